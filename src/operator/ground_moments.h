/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_GROUND_MOMENTS_H
#define ALI_OPERATOR_GROUND_MOMENTS_H

#include "green/ground_table.h"
#include "operator/moments.h"

/** @file
 *  Moments of pairs of elements about a half-space of a medium, the soil, in z < 0. Every element
 * lies in the air (z >= 0) or in the soil. With K the kernels of the potentials
 * (green/half_space.h), t and t' the directions of two elements, and rho^ the horizontal unit
 * vector from the source to the observer, the vector part of a pair is
 *
 *      M^A_pq = int int P_p P_q (xx t_h.t'_h + zz t_z t'_z + zx (t_z rho^.t'_h - t'_z rho^.t_h)),
 *      M^Phi_pq = int int P_p P_q phi,
 *
 * which is symmetric. Of the kernels, waves from the source and from its image in the interface
 * take a constant share each, and these are moments of tubes, singular ones and all. The rest is
 * bounded but for zx, and taken between points on the axes. Source: docs/theory/ground.md. */

/** Shares [1] of g = e^{-jkR}/(4 pi R) in the kernels; zx has none. */
typedef struct ali_ground_shares {
    double complex xx, zz, phi;
} ali_ground_shares;

/** Kernels [1/m] at some points, without the shares. Arrays of shape [count]. */
typedef struct ali_ground_values {
    double complex *xx, *zz, *zx, *phi;
} ali_ground_values;

/** Evaluate for pairs on given sides, all arrays of shape [count].
 *  @param rho     horizontal distances [m], >= 0
 *  @param height  above the ground [m]: of both together in the air, of the one in the air across
 *  @param depth   below it [m]: of both together in the soil, of the one in the soil across */
typedef void (*ali_ground_values_fn)(const void *context, ali_ground_sides sides, size_t count,
                                     const double *rho, const double *height, const double *depth,
                                     const ali_ground_values *values);

/** A half-space below z = 0 at one frequency, by the sides of a pair. */
typedef struct ali_ground_kernel {
    /** of the direct wave, with the soil's wavenumber in the soil, the air's otherwise */
    ali_ground_shares direct[ALI_GROUND_SIDES];
    ali_ground_shares image[ALI_GROUND_SIDES]; /**< of the image's, likewise; none across */
    double complex wavenumber;                 /**< of the soil [rad/m] */
    bool buried;                               /**< there are elements in the soil */
    bool below;                                /**< there are elements or faces in it */
    ali_ground_values_fn evaluate;             /**< thread-safe */
    const void *context;
    const ali_ground_table *air; /**< its table for two points in air; NULL: always evaluate */
} ali_ground_kernel;

/** Working memory for the pairs of one batch, and the moments of their scalar part, laid out as the
 *  batch's own. */
typedef struct ali_ground_moments {
    double *re, *im;
    struct ali_ground_points *points;
    struct ali_ground_far *far;
} ali_ground_moments;

/** @param order  highest order of the elements at work, as for the batch
 *  Returns 0, or -1 when memory is out. Clear in either case. */
int ali_ground_moments_create(const ali_moment_batch *batch, int order, ali_ground_moments *ground);
void ali_ground_moments_clear(ali_ground_moments *ground);

/** Turn the moments of e, or of its image, as ali_moment_batch_run left them in the batch, into
 * those of the vector part, and set those of the scalar part. The arguments are those of that call.
 * Those of e are asked for if elements are buried; without any they are what they are in free
 * space. */
void ali_ground_moments_run(const ali_ground_moments *ground, const ali_ground_kernel *kernel,
                            ali_moment_batch *batch, const ali_moment_group *group, size_t from,
                            size_t e, int order, bool image);

#endif
