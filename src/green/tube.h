/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_TUBE_H
#define ALI_GREEN_TUBE_H

#include "base/vec3.h"

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

/** @file
 *  Interaction of two straight tubes that carry axial current spread evenly around their
 * circumference: the double-averaged ("exact") thin-wire kernel
 *
 *      M_pq = 1/(4 pi) int int P_p(u) P_q(v) < e^{-jkR}/R > ds ds'
 *
 *  where u, v in [-1, 1] are the local coordinates, s = h u, and < > averages over both
 * circumferences. Averaging over both keeps the moments symmetric for unequal radii. M is split in
 * a static part, 1/R, that depends on the geometry only and carries the singularity, and a smooth
 * rest (e^{-jkR} - 1)/R. Pure functions, no allocation. */

/** Highest Legendre order of a moment. */
#define ALI_TUBE_ORDER_MAX 6

/** A straight tube. */
typedef struct ali_tube {
    ali_vec3 mid, dir; /**< middle of the axis [m], unit direction */
    double half;       /**< half length [m] */
    double radius;     /**< [m] */
} ali_tube;

/** Shortest distance between the axes [m]. */
double ali_tube_distance(const ali_tube *a, const ali_tube *b);

/** Whether both tubes lie on one axis, as far as the kernel can tell (offset below 1e-3 of the
 * thinner radius, or no more than rounding leaves). */
bool ali_tube_coaxial(const ali_tube *a, const ali_tube *b);

/** Static moments, k = 0, for near tubes of any position: themselves, coaxial, touching, crossing,
 * parallel.
 *  @param[out] moment shape [order_a + 1][order_b + 1], row-major [m]
 *  Accuracy, of M_00 (tests/unit/tube.c): 1e-5 for tubes that do not intersect; 1e-4 for tubes that
 * meet or cross at an angle, 4e-4 if one is shorter than its radius; 1e-3 for parallel tubes that
 * overlap. Valid for any half > 0, radius > 0; for distances much larger than the lengths a plain
 * Gauss rule is cheaper. Cost: 10 to 150 microseconds. Source: ring potential by the
 * arithmetic-geometric mean [AbramowitzStegun:1964] 17.6; coaxial pairs by the overlap integral of
 * the two polynomials, after [WiltonChampagne:2006]; peaks taken out by s = d sinh t. */
void ali_tube_static(const ali_tube *a, const ali_tube *b, int order_a, int order_b,
                     double *moment);

/** The rest, (e^{-jkR} - 1)/R, of near tubes with R^2 averaged over the circumferences: R^2 = |x -
 * x'|^2 + a^2 + b^2.
 *  @param[out] moment shape [order_a + 1][order_b + 1], row-major [m]
 *  Valid for k a < 0.3. Accuracy (tests/unit/tube.c): 0.2 (k a)^2 of the imaginary part, which
 * carries the radiation; 2e-4 of the static M_00 in the real part for lengths up to half a wave. */
void ali_tube_dynamic(const ali_tube *a, const ali_tube *b, double k, int order_a, int order_b,
                      double complex *moment);

/** @name The rest as a power series in k
 *
 *      (e^{-jkR} - 1)/R = sum_{n >= 1} (-jk)^n/n! R^{n-1}
 *
 *  The moments of R^{n-1} depend on the geometry only. Those of n = 1 and 3, which carry the
 * radiation of small antennas, are polynomials of the geometry (ali_tube_leading); the others up to
 * ALI_TUBE_SERIES_DEGREE are integrated once (ali_tube_powers) and summed for every k
 * (ali_tube_series). */
/**@{*/
#define ALI_TUBE_SERIES_DEGREE 16
/** Terms without n = 1 and 3. */
#define ALI_TUBE_SERIES_TERMS (ALI_TUBE_SERIES_DEGREE - 2)
/** Highest k span: what is left out is below 2^17/17! = 4e-10 of the static M_00. */
#define ALI_TUBE_SERIES_PHASE 2.0

/** Longest distance between points of two coaxial tubes, R as above [m]. */
double ali_tube_span(const ali_tube *a, const ali_tube *b);

/** Moments of (R/span)^{n-1}, n = 2, 4, 5, ... ALI_TUBE_SERIES_DEGREE, of coaxial tubes, with the
 * points of ali_tube_dynamic.
 *  @param[out] power shape [ALI_TUBE_SERIES_TERMS][order_a + 1][order_b + 1], row-major [m^2] */
void ali_tube_powers(const ali_tube *a, const ali_tube *b, int order_a, int order_b, double *power);

/** Add the rest without its terms n = 1 and 3 to `size` moments.
 *  @param[in] k      k span <= ALI_TUBE_SERIES_PHASE
 *  @param[in] power  of ali_tube_powers
 *  @param[in,out] re, im  shape [size] [m] */
void ali_tube_series(double k, double span, size_t size, const double *power, double *re,
                     double *im);

/** Imaginary part of the terms n = 1 and 3 of any two tubes, to rounding: im[p][q] [m]; moments
 * with p + q > 2 have none. */
void ali_tube_leading(const ali_tube *a, const ali_tube *b, double k, double im[3][3]);
/**@}*/

/** All of the kernel, e^{-jkR}/R, for tubes that are not near, by points_a x points_b Gauss points,
 * with the finite radii to second order. Same shape. Accuracy: 1.5e-4 at six radii, falling with
 * the fourth power of the distance in radii. */
void ali_tube_far(const ali_tube *a, const ali_tube *b, double k, int points_a, int points_b,
                  int order_a, int order_b, double complex *moment);

/** What averaging over both circumferences does to the kernel e^{-jkR}/R between axis points a
 * vector d apart, to second order in the radii: it multiplies it by 1 + near (1 + jkR) - far, near
 * = sum a^2/4 (1 - 3c^2)/R^2,  far = sum a^2/4 k^2 (1 - c^2),  c = cosine between d and the tube's
 * axis, the mean over a small circle being 1 + a^2/4 times the Laplacian across it. */
typedef struct ali_ring_terms {
    double near, far;
} ali_ring_terms;

/** @param d from one point to the other [m];  r2 = d.d */
ali_ring_terms ali_tube_ring_terms(const ali_tube *a, const ali_tube *b, double k, ali_vec3 d,
                                   double r2);

#endif
