/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/solve.h"

#include "study/plan.h"

alicorn_status alicorn_predict(const alicorn_model *model, const alicorn_options *options,
                               alicorn_prediction *prediction, alicorn_error *error)
{
    alicorn_options defaults;
    ali_plan plan;
    if (!options) {
        alicorn_options_default(&defaults);
        options = &defaults;
    }
    alicorn_status status = alicorn_options_check(options, error);
    if (status == ALICORN_OK)
        status = ali_plan_create(model, options, &plan, error);
    if (status != ALICORN_OK)
        return status;
    *prediction = (alicorn_prediction){
        .solves = plan.result_count,
        .factorisations = plan.unit_count,
        .unknowns = plan.largest,
        .memory_bytes = ali_plan_bytes(&plan, 1),
        .memory_limit_bytes = plan.memory_limit,
    };
    ali_plan_clear(&plan);
    return ALICORN_OK;
}
