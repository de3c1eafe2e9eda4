/* SPDX-License-Identifier: Apache-2.0 */
#include "study/predict.h"

#include "alicorn/rates.h"
#include "study/adaptive.h"
#include "study/solver_choice.h"

#include <omp.h>

/** Times of one frequency; `near` is that of its structure, shared with others. Of a compressed
 * matrix the counts are those of the highest frequency, which hardly change. */
static alicorn_status unit_times(const ali_plan *plan, const ali_plan_unit *unit,
                                 const alicorn_options *options, ali_stage_times *times)
{
    const ali_structure *structure = &plan->structures[unit->structure];
    size_t n;
    ali_work work;
    alicorn_status status =
        ali_structure_count(structure, unit->frequency, options, &n, &work, NULL);
    if (status)
        return status;
    ali_work_request request = ali_structure_request(structure, n, options->mixed_precision);
    for (size_t i = 0; i < unit->slot_count; i++)
        ali_work_request_add(&request, unit->slots[i].task);
    *times = structure->compressed ? ali_compressed_plan_times(&structure->compressed_plan, &work,
                                                               &request, options->rates)
                                   : ali_work_times(&work, &request, options->rates);
    return ALICORN_OK;
}

/** Sum over all frequencies, as if they came one after the other with all threads. */
static alicorn_status add_times(const ali_plan *plan, const alicorn_options *options,
                                alicorn_prediction *prediction)
{
    for (size_t u = 0; u < plan->unit_count; u++) {
        const ali_plan_unit *unit = &plan->units[u];
        ali_stage_times times;
        alicorn_status status = unit_times(plan, unit, options, &times);
        if (status)
            return status;
        if (u == 0 || unit[-1].structure != unit->structure)
            prediction->near_s += times.near;
        prediction->fill_s += times.fill;
        prediction->factor_s += times.factor;
        prediction->solve_s += times.solve;
    }
    return ALICORN_OK;
}

void ali_predict_plan(const ali_plan *plan, const alicorn_options *options, int threads,
                      alicorn_prediction *prediction)
{
    int at_once = ali_plan_units_at_once(plan, plan->unit_count, threads);
    *prediction = (alicorn_prediction){
        .solves = plan->result_count,
        .factorisations = plan->unit_count,
        .adaptive = ali_adaptive_wanted(plan, options),
        .unknowns = plan->largest,
        .compressed = plan->compressed,
        .memory_bytes = ali_plan_bytes(plan, (size_t)at_once),
        .memory_limit_bytes = plan->memory_limit,
        .total_s = -1.0,
    };
    if (!options->rates || !alicorn_rates_valid(options->rates) ||
        add_times(plan, options, prediction))
        return;
    /* threads that have nothing to do, and those that were not there when the rates were measured
     */
    int busy = at_once > 1 ? at_once : ali_plan_team(plan, threads);
    double slower = (double)options->rates->threads / busy;
    prediction->fill_s *= slower;
    prediction->factor_s *= slower;
    prediction->solve_s *= slower;
    prediction->total_s =
        prediction->near_s + prediction->fill_s + prediction->factor_s + prediction->solve_s;
}

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
    ali_predict_plan(&plan, options,
                     options->threads > 0 ? options->threads : omp_get_max_threads(), prediction);
    ali_plan_clear(&plan);
    return ALICORN_OK;
}
