/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_GROUND_TRIANGLE_H
#define ALI_OPERATOR_GROUND_TRIANGLE_H

#include "green/triangle.h"
#include "operator/ground_moments.h"

/** @file
 *  Kernels of a half-space between points and triangles on either side of it, besides shares of
 *  the wave e^{-jkR}/(4 pi R) of the air, R the distance of the one from the other or from its
 *  image. Of the kernels (green/half_space.h) five parts count, in Cartesian directions: xx, zz,
 * the coupling zx rho^ along x and along y, rho^ the horizontal unit vector from the one to the
 * other, and phi. */

/** Kernels come in pieces, each of which has a wave of its own. */
typedef enum ali_ground_way {
    ALI_WAY_AIR_IMAGE,  /**< both above, or in z = 0: what is reflected */
    ALI_WAY_SOIL_IMAGE, /**< both below: what is reflected */
    ALI_WAY_SOIL,       /**< both below: the direct wave */
    ALI_WAY_ACROSS      /**< one on each side: all */
} ali_ground_way;

/** Whether R is the distance from the image. */
static inline bool ali_ground_way_is_image(ali_ground_way way)
{
    return way == ALI_WAY_AIR_IMAGE || way == ALI_WAY_SOIL_IMAGE;
}

/** Which way, of those from the image or of those without, leads from one thing to another.
 *  @return false if there is none, or it is the direct one through air, which is no ground's */
bool ali_ground_way_of(bool in_soil, bool other_in_soil, bool image, ali_ground_way *way);

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

/** Between things above: whole kernels over the image's wave e^{-jkR}/(4 pi R), seen from `count`
 * points towards others: re + j im [part] of shape [count] each.
 *  @param from    the one point
 *  @param to      [coordinate] of shape [count]; the images of no two may coincide
 *  @param square  sum of squared radii, added to the distances' squares [m^2] */
void ali_ground_ratios(ali_ground_triangle_work *work, ali_vec3 from, size_t count,
                       const double *const to[3], double square, double *const re[ALI_GROUND_PARTS],
                       double *const im[ALI_GROUND_PARTS]);

/** The same between two points. */
void ali_ground_ratio(ali_ground_triangle_work *work, ali_vec3 from, ali_vec3 to, double square,
                      double complex ratio[ALI_GROUND_PARTS]);

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

/** Points of a triangle: those of a rule on each of pieces^2 equal parts. */
typedef struct ali_ground_rule {
    int points, pieces;
} ali_ground_rule;

/** How one thing sees another. */
typedef struct ali_ground_view {
    ali_ground_way way;
    ali_ground_distance distance;           /**< not ALI_GROUND_FAR where something is integrated */
    double complex share[ALI_GROUND_PARTS]; /**< of the air's wave that is left out */
    ali_ground_rule rule[2]; /**< of the one and of the other; near pairs take the pieces of the
                                one, and rules of their own */
} ali_ground_view;

/** The other's view of the one. */
ali_ground_view ali_ground_view_back(const ali_ground_view *view);

/** How two things see each other of which one at least is in the soil. Far ones do so like those in
 *  between.
 *  @param in_soil   of either
 *  @param reach     of either [m]
 *  @param distance  between the middles, or from that of the image [m]
 *  @param gap       between the things themselves, or less [m] */
ali_ground_view ali_ground_view_of(const ali_ground_triangle_work *work, ali_ground_way way,
                                   const bool in_soil[2], const double reach[2], double distance,
                                   double gap);

/** Integral over a triangle, with lambda'_b and over its area, of the kernels seen from a point
 *  without shares of the wave: value[part][b] [1/m].
 *  @param square  as above */
void ali_ground_point_triangle(ali_ground_triangle_work *work, ali_vec3 point,
                               const ali_flat_triangle *triangle, const ali_ground_view *view,
                               double square, double complex value[ALI_GROUND_PARTS][3]);

/** The same between two triangles. */
void ali_ground_triangles(ali_ground_triangle_work *work, const ali_flat_triangle *a,
                          const ali_flat_triangle *b, const ali_ground_view *view,
                          ali_ground_pair_moments moments);

/** The kernels between two points, without shares of the wave. */
void ali_ground_points_between(ali_ground_triangle_work *work, ali_vec3 from, ali_vec3 to,
                               double square, ali_ground_way way,
                               const double complex share[ALI_GROUND_PARTS],
                               double complex part[ALI_GROUND_PARTS]);

/** Shares of the wave that leave little behind for things of this size [m]: those of the images,
 *  or for large ones those of a perfect conductor; in the soil, those of the wave near R = 0, or
 *  none. */
void ali_ground_near_shares(const ali_ground_triangle_work *work, ali_ground_way way, double size,
                            double complex share[ALI_GROUND_PARTS]);

#endif
