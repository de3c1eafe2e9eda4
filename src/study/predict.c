/* SPDX-License-Identifier: Apache-2.0 */
#include "study/predict.h"

#include "alicorn/rates.h"
#include "base/constants.h"

#include <math.h>
#include <omp.h>

/** Directions over a sphere, half of it over a ground, in which the power of a current is summed
 * and its strongest direction searched: per (k times the structure's radius)^2, and at least. */
static const double SURVEY_DIRECTIONS = 12.0, SURVEY_LEAST = 400.0;

/** Add what a task asks of one frequency. */
static void add_task(const ali_task *task, const ali_work *work, ali_work_request *request)
{
    double answers = (double)ali_answer_count(task);
    if (task->request_count > 0 && task->requests[0].kind == ALI_REQUEST_RCS) {
        const ali_rcs_request *rcs = &task->requests[0].as.rcs;
        request->waves += 2 * rcs->incident.theta_count * rcs->incident.phi_count;
        if (rcs->bistatic)
            request->waves += 2 * rcs->receive.theta_count * rcs->receive.phi_count;
        return;
    }
    if (task->drive.kind != ALI_DRIVE_SOURCES)
        request->columns += (size_t)answers;
    double survey = fmax(SURVEY_LEAST, SURVEY_DIRECTIONS * work->phase * work->phase);
    request->directions += answers * survey;
    for (size_t i = 0; i < task->request_count; i++) {
        const ali_pattern_request *pattern = &task->requests[i].as.pattern;
        const ali_near_request *near = &task->requests[i].as.near;
        switch (task->requests[i].kind) {
        case ALI_REQUEST_PATTERN:
            request->directions +=
                answers * (double)pattern->theta_count * (double)pattern->phi_count;
            break;
        case ALI_REQUEST_NEAR_E:
        case ALI_REQUEST_NEAR_H:
            request->points +=
                answers * (double)near->count[0] * (double)near->count[1] * (double)near->count[2];
            break;
        default:
            break;
        }
    }
}

/** Times of one frequency; `near` is that of its structure, shared with others. */
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
    ali_work_request request = {.unknowns = n,
                                .probes = structure->mesh->wires->element_count,
                                .symmetric = structure->symmetric,
                                .single = options->mixed_precision &&
                                          n >= ali_structure_mixed_from(structure),
                                .columns = structure->ports.count};
    for (size_t i = 0; i < unit->slot_count; i++)
        add_task(unit->slots[i].task, &work, &request);
    *times = ali_work_times(&work, &request, options->rates);
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
        .unknowns = plan->largest,
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
