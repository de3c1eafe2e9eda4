/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_GROUND_FAR_H
#define ALI_OPERATOR_GROUND_FAR_H

#include "green/ground_kernel.h"
#include "operator/ground_moments.h"

/** @file
 *  Nearly all pairs of elements over a ground: both in air, each far from the other's image. What
 *  ground_moments.h wants of them is made for one element and a list of others at a time. */

typedef struct ali_ground_far ali_ground_far;

/** Working memory for a batch. Returns NULL when memory is out. */
ali_ground_far *ali_ground_far_create(const ali_moment_batch *batch);
void ali_ground_far_destroy(ali_ground_far *far);

/** Make the moments of e's image those of the vector and of the scalar part, e in air, for all
 *  elements in air; of those that are far add the rest. The arguments are those of
 *  ali_ground_moments_run.
 *  @return  [places]: > 0 for pairs that are done, 0 for those whose rest is wanted, and for
 *           elements in the soil */
const double *ali_ground_far_run(ali_ground_far *far, const ali_ground_kernel *kernel,
                                 const ali_moment_batch *batch, const ali_moment_group *group,
                                 size_t from, size_t e, int order, const ali_ground_sums *sums);

#endif
