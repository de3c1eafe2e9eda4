/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_GROUND_POINTS_H
#define ALI_OPERATOR_GROUND_POINTS_H

#include "green/ground_kernel.h"
#include "operator/ground_moments.h"

/** @file
 *  What points on the axes add to the moments of pairs about a half-space: all that neither the
 *  direct wave nor the image have. Pairs wait on a list until there are enough for the kernels. */

typedef struct ali_ground_points ali_ground_points;

/** A pair of elements: one stands in a place of the batch. */
typedef struct ali_ground_pair {
    const ali_element *e, *other;
    ali_ground_sides sides;
    size_t place;
    int degree, other_degree; /**< that decide the rules */
    int order, columns;       /**< moments p <= order, q < columns */
    bool mirror; /**< -g of the image is taken out of xx and zz, see ali_ground_is_mirror */
} ali_ground_pair;

/** Returns NULL when memory is out. */
ali_ground_points *ali_ground_points_create(void);
void ali_ground_points_destroy(ali_ground_points *points);

/** Whether the ground is a mirror for the currents of a pair in the air: a good conductor, the
 * image many skin depths away. Then the image takes a share of -1 of the vector part more, which
 * the points leave out: what they would have to integrate otherwise is as peaked as the image
 * itself.
 *  @param k  of the air [rad/m] */
bool ali_ground_is_mirror(const ali_ground_pair *pair, const ali_ground_kernel *kernel, double k);

/** Put a pair on the list; the sums of those that do not fit any more are made first. */
void ali_ground_points_add(ali_ground_points *points, const ali_ground_kernel *kernel,
                           const ali_moment_batch *batch, const ali_ground_pair *pair,
                           const ali_ground_sums *sums);
/** Make the sums of all pairs on the list. */
void ali_ground_points_flush(ali_ground_points *points, const ali_ground_kernel *kernel,
                             const ali_ground_sums *sums);

/** Points on an element for pairs that are far, and from which distance of element and image they
 * are, in half lengths of the longer one. */
int ali_ground_far_points(ali_moment_precision precision, double half, double k, int degree);
double ali_ground_far_ratio(ali_moment_precision precision);

#endif
