/* SPDX-License-Identifier: Apache-2.0 */
#include "study/solver_choice.h"

#include "base/constants.h"
#include "base/error.h"
#include "study/answer.h"
#include "study/memory.h"

#include <math.h>

/** Fewer unknowns are solved faster in full, whatever is asked of them. */
enum { COMPRESS_LEAST = 5000 };

/** Rates for which the choice is made: two cores with AVX-512, measured. Only their ratios matter,
 * and these are much alike on other machines. */
static const alicorn_rates nominal = {.threads = 2,
                                      .factor_single = 2.9e11,
                                      .factor_double = 1.7e11,
                                      .memory = 1.5e10,
                                      .wire_pair = 4e7,
                                      .face_pair = 6e7,
                                      .near_pair = 4e5};

/* ---- what is asked ---- */

ali_work_request ali_structure_request(const ali_structure *structure, size_t unknowns, bool mixed)
{
    return (ali_work_request){.unknowns = unknowns,
                              .probes = structure->mesh->wires->element_count,
                              .symmetric = structure->symmetric,
                              .single = mixed && unknowns >= ali_structure_mixed_from(structure),
                              .columns = structure->ports.count};
}

void ali_work_request_add(ali_work_request *request, const ali_task *task)
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
    request->surveys += answers;
    request->survey_batches += ceil(answers / ALI_RADIATORS_MOST);
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

/* ---- the choice ---- */

static double sum(ali_stage_times times)
{
    return times.fill + times.factor + times.solve;
}

/** Whether the compressed solver is expected to be the faster one. */
static bool compressed_is_faster(const ali_structure *structure, const ali_work *work,
                                 const ali_work_request *request)
{
    return sum(ali_compressed_plan_times(&structure->compressed_plan, work, request, &nominal)) <
           sum(ali_work_times(work, request, &nominal));
}

static alicorn_status plan_compressed(ali_structure *structure, double highest,
                                      const alicorn_options *options, alicorn_error *error)
{
    ali_compressed_options compressed;
    ali_compressed_options_default(&compressed);
    compressed.threads = options->threads;
    double k = 2.0 * ALI_PI * highest / ALI_C0;
    ali_basis *basis;
    alicorn_status status = ali_structure_start_basis(structure, k, options, &basis, error);
    if (!status)
        status =
            ali_compressed_plan_create(basis, k, structure->state->ground.kind != ALI_GROUND_NONE,
                                       &compressed, &structure->compressed_plan, error);
    ali_basis_destroy(basis);
    return status;
}

alicorn_status ali_choose_solver(ali_structure *structure, const ali_task *const *tasks,
                                 size_t task_count, double highest, const alicorn_options *options,
                                 size_t bytes, alicorn_error *error)
{
    bool mixed = options->mixed_precision, forced = options->solver == ALICORN_SOLVER_COMPRESSED;
    structure->compressed = false;
    if (options->solver == ALICORN_SOLVER_DENSE || (!structure->symmetric && !forced))
        return ALICORN_OK;
    if (!structure->symmetric)
        return ali_error_set_at(error, ALICORN_E_INPUT, structure->model->name, 0, 0, NULL,
                                "a body under the combined-field equation cannot be compressed; "
                                "expected an electric share of 1, or --solver dense or auto");
    bool fits = ali_unit_bytes(structure, tasks, task_count, mixed) <= bytes;
    if (!forced && fits && structure->unknowns < COMPRESS_LEAST)
        return ALICORN_OK;
    size_t n;
    ali_work work;
    alicorn_status status = plan_compressed(structure, highest, options, error);
    if (!status)
        status = ali_structure_count(structure, highest, options, &n, &work, error);
    if (status)
        return status;
    ali_work_request request = ali_structure_request(structure, n, mixed);
    for (size_t t = 0; t < task_count; t++)
        ali_work_request_add(&request, tasks[t]);
    structure->compressed = forced || !fits || compressed_is_faster(structure, &work, &request);
    return ALICORN_OK;
}
