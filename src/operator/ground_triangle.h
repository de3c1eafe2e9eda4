/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_GROUND_TRIANGLE_H
#define ALI_OPERATOR_GROUND_TRIANGLE_H

#include "green/triangle.h"
#include "operator/ground_moments.h"

/** @file
 *  What a half-space reflects between points and triangles above it, besides shares of the image's
 *  wave. Of the kernels (green/half_space.h) five parts count, in Cartesian directions: xx, zz, the
 *  coupling zx rho^ along x and along y, rho^ the horizontal unit vector from the one to the other,
 *  and phi. */

enum {
    ALI_GROUND_XX,
    ALI_GROUND_ZZ,
    ALI_GROUND_X, /**< zx rho^.x */
    ALI_GROUND_Y, /**< zx rho^.y */
    ALI_GROUND_PHI,
    ALI_GROUND_PARTS
};

/** Moments of the parts with lambda_a of one triangle and lambda'_b of another, over areas, [part]
 * [a][b] [1/m]. */
typedef double complex ali_ground_pair_moments[ALI_GROUND_PARTS][3][3];

/** The vector part's integrand with parts in place of kernels. */
static inline double complex ali_ground_product(const double complex part[ALI_GROUND_PARTS],
                                                ali_vec3 u, ali_vec3 v)
{
    return part[ALI_GROUND_XX] * (u.x * v.x + u.y * v.y) + part[ALI_GROUND_ZZ] * (u.z * v.z) +
           part[ALI_GROUND_X] * (v.z * u.x - u.z * v.x) +
           part[ALI_GROUND_Y] * (v.z * u.y - u.z * v.y);
}

typedef struct ali_ground_triangle_work ali_ground_triangle_work;

/** Working memory for one thread; NULL when memory is out. */
ali_ground_triangle_work *ali_ground_triangle_work_create(const ali_ground_kernel *kernel,
                                                          double k);
void ali_ground_triangle_work_destroy(ali_ground_triangle_work *work);

/** Whole kernels over the image's wave e^{-jkR}/(4 pi R), seen from `count` points towards others:
 *  re + j im [part] of shape [count] each.
 *  @param from    the one point
 *  @param to      [coordinate] of shape [count]; the images of no two may coincide
 *  @param square  sum of squared radii, added to the distances' squares [m^2] */
void ali_ground_ratios(ali_ground_triangle_work *work, ali_vec3 from, size_t count,
                       const double *const to[3], double square, double *const re[ALI_GROUND_PARTS],
                       double *const im[ALI_GROUND_PARTS]);

/** The same between two points. */
void ali_ground_ratio(ali_ground_triangle_work *work, ali_vec3 from, ali_vec3 to, double square,
                      double complex ratio[ALI_GROUND_PARTS]);

/** The image's wave between two points [1/m]. */
double complex ali_ground_image_wave(const ali_ground_triangle_work *work, ali_vec3 from,
                                     ali_vec3 to, double square);

/** How far a thing is from the image of another: where its shares of the image's wave come from,
 *  and how what they leave is integrated. */
typedef enum ali_ground_distance {
    ALI_GROUND_FAR,    /**< the ratios between the middles; they leave nothing */
    ALI_GROUND_MIDDLE, /**< those ratios; a rule of a few points on both */
    ALI_GROUND_NEAR    /**< ali_ground_near_shares; one may touch the image of the other */
} ali_ground_distance;

/** @param distance  of the one's middle from the image of the other's [m]
 *  @param reach     of the larger one: largest distance of its points from its middle [m] */
ali_ground_distance ali_ground_distance_of(double distance, double reach);

/** Integral over a triangle, with lambda'_b and over its area, of the kernels seen from a point
 *  without `share` of the image's wave: value[part][b] [1/m].
 *  @param distance  not ALI_GROUND_FAR
 *  @param points    of the triangle's rule, for ALI_GROUND_MIDDLE
 *  @param square    as above */
void ali_ground_point_triangle(ali_ground_triangle_work *work, ali_vec3 point,
                               const ali_flat_triangle *triangle, ali_ground_distance distance,
                               int points, double square,
                               const double complex share[ALI_GROUND_PARTS],
                               double complex value[ALI_GROUND_PARTS][3]);

/** The same between two triangles. */
void ali_ground_triangles(ali_ground_triangle_work *work, const ali_flat_triangle *a,
                          const ali_flat_triangle *b, ali_ground_distance distance, int points,
                          const double complex share[ALI_GROUND_PARTS],
                          ali_ground_pair_moments moments);

/** Shares of the image's wave that leave little behind for things of this size [m]: those of the
 *  images, or for large ones those of a perfect conductor. */
void ali_ground_near_shares(const ali_ground_triangle_work *work, double size,
                            double complex share[ALI_GROUND_PARTS]);

#endif
