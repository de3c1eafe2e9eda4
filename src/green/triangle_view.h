/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_TRIANGLE_VIEW_H
#define ALI_GREEN_TRIANGLE_VIEW_H

#include "green/triangle.h"

#include <stddef.h>

enum { ALI_VIEW_MAX = 3 * 24 * 14 };

/** Points of a triangle, weights of sum 1. */
typedef struct ali_triangle_view {
    size_t count;
    double x[ALI_VIEW_MAX], y[ALI_VIEW_MAX], z[ALI_VIEW_MAX]; /**< [m] */
    double lambda[3][ALI_VIEW_MAX], weight[ALI_VIEW_MAX];
} ali_triangle_view;

/** Those of a rule (math/triangle_rule.h) on each of pieces^2 equal parts, ALI_VIEW_MAX in all at
 * most. */
void ali_triangle_view_pieces(ali_triangle_view *view, const ali_flat_triangle *triangle,
                              int points, int pieces);

/** How many points rules in polar coordinates have; radial_max angular_max 3 <= ALI_VIEW_MAX. */
typedef struct ali_view_fineness {
    double closest;              /**< least scale, as a part of a ray */
    double radial, angular;      /**< for every e-fold of the distance, along rays and across */
    double least;                /**< and so many more in either direction */
    double waves;                /**< and along rays, so many for every metre [1/m] */
    int radial_max, angular_max; /**< at most 24 and 14 */
} ali_view_fineness;

/** Points that crowd around a place o of the triangle, for kernels that are singular close to it:
 * polar coordinates with sinh in both variables.
 *  @param scale  on which the kernel changes at o [m], >= 0 */
void ali_triangle_view_around(ali_triangle_view *view, const ali_flat_triangle *triangle,
                              ali_vec3 o, double scale, const ali_view_fineness *fineness);

#endif
