/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_PREDICT_H
#define ALI_STUDY_PREDICT_H

#include "alicorn/solve.h"
#include "study/plan.h"

/** What a plan will take; times only if there are rates in the options.
 *  @param threads  that will work on it */
void ali_predict_plan(const ali_plan *plan, const alicorn_options *options, int threads,
                      alicorn_prediction *prediction);

#endif
