/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_PLAN_H
#define ALI_COSITE_PLAN_H

#include "cosite/survey.h"

/** Look for one channel per radio such that nothing disturbs anybody. Nodes of the conflict graph
 * are channels of radios, edges the pairs that disturb one another; products of three and four
 * radios are checked as soon as all of theirs have a channel, and the power sums of everybody at
 * the end. First greedy: the radio with the fewest channels left comes next, [Brelaz:1979], on the
 * channel with the fewest conflicts. If conflicts remain, branch and bound in the same order, until
 * it ends or options->plan_steps channels and products were tried.
 *  @param start  [radios] channels that are known to be free of interference, or NULL */
alicorn_status ali_plan_make(const ali_scene *scene, const ali_product_tables *tables,
                             const ali_survey *survey, const ali_product_list *products,
                             const size_t *start, alicorn_cosite_plan *plan, alicorn_error *error);

/** Share of the survey's samples in which nothing disturbs anybody, all at once; its standard
 * error; and how many were looked at: fewer than drawn if products are many. *found: [radios]
 * channels of one of them, which lives in the samples, or NULL. */
void ali_availability(const ali_scene *scene, ali_samples *samples,
                      const ali_product_list *products, double *share, double *share_error,
                      size_t *count, const size_t **found);

#endif
