/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/rcs.h"

#include "base/constants.h"
#include "base/error.h"
#include "model/model.h"
#include "study/result.h"

#include <math.h>

/** Most cross-sections of one frequency, 1.2 GB of results. */
static const double PAIRS_MAX = 1e7;

static alicorn_status check_angles(const alicorn_angles *angles, const char *name,
                                   alicorn_error *error)
{
    if (angles->count > 0 && isfinite(angles->start_deg) && isfinite(angles->step_deg))
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_USAGE,
                         "%s: expected at least one angle, start and step finite", name);
}

static alicorn_status check_request(const alicorn_rcs_request *request, alicorn_error *error)
{
    const struct {
        const alicorn_angles *angles;
        const char *name;
    } axes[] = {{&request->theta, "theta"},
                {&request->phi, "phi"},
                {&request->receive_theta, "theta of the receiver"},
                {&request->receive_phi, "phi of the receiver"}};
    double pairs = 1.0;
    for (size_t i = 0; i < (request->bistatic ? 4 : 2); i++) {
        alicorn_status status = check_angles(axes[i].angles, axes[i].name, error);
        if (status)
            return status;
        pairs *= (double)axes[i].angles->count;
    }
    if (pairs > PAIRS_MAX)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%.10g pairs of directions, expected at most %.10g", pairs, PAIRS_MAX);
    return ALICORN_OK;
}

/** The job that holds task `index`, which becomes the task's number within the job. NULL if there
 * is none. */
static const ali_model *find_job(const ali_model *model, size_t *index)
{
    const ali_model *job = model;
    while (job && *index >= job->task_count) {
        *index -= job->task_count;
        job = job->next;
    }
    return job;
}

static ali_direction_grid make_grid(const alicorn_angles *theta, const alicorn_angles *phi)
{
    return (ali_direction_grid){.theta_count = theta->count,
                                .theta_start = theta->start_deg * ALI_DEGREE,
                                .theta_step = theta->step_deg * ALI_DEGREE,
                                .phi_count = phi->count,
                                .phi_start = phi->start_deg * ALI_DEGREE,
                                .phi_step = phi->step_deg * ALI_DEGREE};
}

/** The same structure, asked something else: everything but this is shared with the model. */
typedef struct rcs_view {
    ali_request ask;
    ali_task task;
    ali_model model; /**< its only task is `task` */
} rcs_view;

static alicorn_status make_view(const alicorn_model *model, const alicorn_rcs_request *request,
                                rcs_view *view, alicorn_error *error)
{
    alicorn_status status = check_request(request, error);
    if (status)
        return status;
    size_t index = request->task;
    const ali_model *job = find_job(model, &index);
    if (!job)
        return ali_error_set(error, ALICORN_E_USAGE, "there is no task %zu", request->task + 1);
    view->ask = (ali_request){.kind = ALI_REQUEST_RCS,
                              .as.rcs = {.incident = make_grid(&request->theta, &request->phi),
                                         .bistatic = request->bistatic != 0}};
    if (request->bistatic)
        view->ask.as.rcs.receive = make_grid(&request->receive_theta, &request->receive_phi);
    view->task = job->tasks[index];
    view->task.drive =
        (ali_drive){.kind = ALI_DRIVE_PLANE_WAVE, .waves = {.theta_count = 1, .phi_count = 1}};
    view->task.coupling_count = 0;
    view->task.requests = &view->ask;
    view->task.request_count = 1;
    if (request->frequency_count > 0) {
        view->task.frequencies = (double *)request->frequencies_hz;
        view->task.frequency_count = request->frequency_count;
    }
    view->model = *job;
    view->model.tasks = &view->task;
    view->model.task_count = 1;
    view->model.next = NULL;
    return ALICORN_OK;
}

/** The way of solves to the caller, who counts tasks in the whole model. */
typedef struct way_out {
    const alicorn_options *options;
    size_t task;
} way_out;

static void pass_solve(void *user, const alicorn_solve_result *solve, int recalled)
{
    const way_out *way = user;
    alicorn_solve_result numbered = *solve;
    numbered.task = way->task;
    way->options->solved(way->options->solved_user, &numbered, recalled);
}

alicorn_status alicorn_solve_rcs(const alicorn_model *model, const alicorn_rcs_request *request,
                                 const alicorn_options *options, alicorn_result **result,
                                 alicorn_error *error)
{
    rcs_view view;
    *result = NULL;
    alicorn_status status = make_view(model, request, &view, error);
    way_out way = {options, request->task};
    alicorn_options numbering;
    if (options && options->solved) {
        numbering = *options;
        numbering.solved = pass_solve;
        numbering.solved_user = &way;
        options = &numbering;
    }
    if (!status)
        status = alicorn_solve(&view.model, options, result, error);
    for (size_t i = 0; *result && i < (*result)->count; i++)
        (*result)->solves[i].task = request->task;
    return status;
}

alicorn_status alicorn_predict_rcs(const alicorn_model *model, const alicorn_rcs_request *request,
                                   const alicorn_options *options, alicorn_prediction *prediction,
                                   alicorn_error *error)
{
    rcs_view view;
    alicorn_status status = make_view(model, request, &view, error);
    return status ? status : alicorn_predict(&view.model, options, prediction, error);
}
