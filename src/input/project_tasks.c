/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "input/nec_cards.h"
#include "input/project_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Requests into tasks: requests of the project's frequencies share one task, those with their own
 *  have their own, and so have radar cross-sections. */

static ali_origin origin_of(const ali_yaml_node *node, const char *card)
{
    ali_origin origin = {.line = node->line, .column = node->column};
    snprintf(origin.card, sizeof origin.card, "%s", card);
    return origin;
}

/* ---- what all tasks share ---- */

static int copy_items(void **target, const void *source, size_t count, size_t size)
{
    *target = count > 0 ? malloc(count * size) : NULL;
    if (*target)
        memcpy(*target, source, count * size);
    return count > 0 && !*target;
}

/** A task at the frequencies of a sweep, without drive and requests. */
static alicorn_status start_task(ali_project_reader *reader, const ali_project_sweep *sweep,
                                 const ali_yaml_node *node, ali_task *task)
{
    ali_task_init(task);
    task->origin = origin_of(node, "request");
    task->ground = reader->ground;
    task->adaptive_tolerance = sweep->adaptive_tolerance;
    int failed = 0;
#define COPY_ITEMS(member, from, number)                                                           \
    do {                                                                                           \
        failed |= copy_items((void **)&task->member, from, number, sizeof *task->member);          \
    } while (0)
    COPY_ITEMS(frequencies, sweep->values, sweep->count);
    COPY_ITEMS(loads, reader->loads, reader->load_count);
    COPY_ITEMS(networks, reader->networks, reader->network_count);
#undef COPY_ITEMS
    task->frequency_count = sweep->count;
    task->load_count = reader->load_count;
    task->network_count = reader->network_count;
    if (!failed)
        return ALICORN_OK;
    ali_task_clear(task);
    return ali_error_memory(reader->keys.error, sweep->count * sizeof *task->frequencies, "a task");
}

/** Drive a task by all ports in turn, or by one (ALI_NONE: all). */
static alicorn_status drive_ports(ali_project_reader *reader, size_t only, ali_task *task)
{
    const ali_model *model = reader->model;
    ali_drive *drive = &task->drive;
    drive->sources = ali_calloc(model->port_count, sizeof *drive->sources);
    if (!drive->sources)
        return ali_error_memory(reader->keys.error, model->port_count * sizeof *drive->sources,
                                "sources");
    drive->kind = ALI_DRIVE_SOURCES;
    drive->in_turn = true;
    for (size_t i = 0; i < model->port_count; i++) {
        const ali_named_port *port = &model->ports[i];
        if (only != ALI_NONE && only != i)
            continue;
        drive->sources[drive->source_count++] =
            (ali_source){.kind = ALI_SOURCE_PORT,
                         .segment = i,
                         .voltage = 1,
                         .origin = {.line = port->line, .card = "port"}};
    }
    return ALICORN_OK;
}

static alicorn_status add_request(ali_project_reader *reader, ali_task *task, size_t *capacity,
                                  const ali_request *request)
{
    if (ali_grow((void **)&task->requests, capacity, task->request_count, sizeof *task->requests))
        return ali_error_memory(reader->keys.error, sizeof *task->requests, "requests");
    task->requests[task->request_count++] = *request;
    return ALICORN_OK;
}

/* ---- single requests ---- */

static bool check_point_count(ali_project_reader *reader, const ali_yaml_node *node, double count)
{
    if (count <= ALI_NEC_MAX_POINTS)
        return true;
    ali_key_report(&reader->keys, ALICORN_ERROR, "too-many-points", node,
                   "%.3g points or directions, expected at most %d", count, ALI_NEC_MAX_POINTS);
    return false;
}

static ali_direction_grid direction_grid(const ali_key_range *theta, const ali_key_range *phi)
{
    return (ali_direction_grid){.theta_count = theta->count,
                                .phi_count = phi->count,
                                .theta_start = theta->start * ALI_DEGREE,
                                .theta_step = theta->step * ALI_DEGREE,
                                .phi_start = phi->start * ALI_DEGREE,
                                .phi_step = phi->step * ALI_DEGREE};
}

static alicorn_status add_pattern(ali_project_reader *reader, const ali_project_pattern *pattern,
                                  ali_task *task, size_t *capacity)
{
    ali_key_range theta = pattern->theta, phi = pattern->phi;
    bool by_step = !isnan(pattern->step);
    if (by_step ? theta.count + phi.count > 0 : theta.count == 0 || phi.count == 0) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", pattern->node,
                       "expected either step, or theta and phi");
        return ALICORN_OK;
    }
    if (by_step) {
        double range = reader->ground.kind != ALI_GROUND_NONE ? 90 : 180;
        theta = (ali_key_range){0, pattern->step, 1 + (size_t)floor(range / pattern->step + 1e-6)};
        phi = (ali_key_range){0, pattern->step, 1 + (size_t)floor(360 / pattern->step + 1e-6)};
    }
    if (!check_point_count(reader, pattern->node, (double)theta.count * (double)phi.count))
        return ALICORN_OK;
    ali_direction_grid grid = direction_grid(&theta, &phi);
    ali_request request = {.kind = ALI_REQUEST_PATTERN,
                           .origin = origin_of(pattern->node, "pattern"),
                           .as.pattern = {.mode = ALI_PATTERN_SPACE_WAVE,
                                          .theta_count = grid.theta_count,
                                          .phi_count = grid.phi_count,
                                          .theta_start = grid.theta_start,
                                          .theta_step = grid.theta_step,
                                          .phi_start = grid.phi_start,
                                          .phi_step = grid.phi_step}};
    return add_request(reader, task, capacity, &request);
}

/** One grid, for each of the fields that are asked. */
static alicorn_status add_near_grid(ali_project_reader *reader, const ali_project_near *near,
                                    const ali_near_request *grid, ali_task *task, size_t *capacity)
{
    static const ali_request_kind kinds[] = {ALI_REQUEST_NEAR_E, ALI_REQUEST_NEAR_H};
    alicorn_status status = ALICORN_OK;
    for (int k = 0; k < 2 && status == ALICORN_OK; k++) {
        ali_request request = {
            .kind = kinds[k], .origin = origin_of(near->node, "near"), .as.near = *grid};
        if (near->field == k || near->field == ALI_PROJECT_NEAR_BOTH)
            status = add_request(reader, task, capacity, &request);
    }
    return status;
}

static alicorn_status add_near(ali_project_reader *reader, const ali_project_near *near,
                               ali_task *task, size_t *capacity)
{
    bool box = !isnan(near->from[0]) && !isnan(near->to[0]) && near->count.count == 3;
    bool part = !isnan(near->from[0]) || !isnan(near->to[0]) || near->count.count > 0;
    if ((near->points.count > 0) == part || part != box) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", near->node,
                       "expected either points, or from, to and count");
        return ALICORN_OK;
    }
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < near->points.count && status == ALICORN_OK; i++) {
        ali_near_request grid = {.count = {1, 1, 1}};
        memcpy(grid.start, near->points.values + 3 * i, sizeof grid.start);
        status = add_near_grid(reader, near, &grid, task, capacity);
    }
    if (!box)
        return status;
    ali_near_request grid = {0};
    double points = 1;
    for (int i = 0; i < 3; i++) {
        double count = floor(near->count.values[i]);
        grid.count[i] = (size_t)count;
        grid.start[i] = near->from[i];
        grid.step[i] = count > 1 ? (near->to[i] - near->from[i]) / (count - 1) : 0;
        points *= count;
        if (count != near->count.values[i] || (count == 1 && near->to[i] != near->from[i]))
            ali_key_report(&reader->keys, ALICORN_ERROR, "value",
                           ali_key_place(near->node, "count"),
                           count == 1 ? "one point cannot reach from `from` to `to`"
                                      : "expected whole numbers");
    }
    return check_point_count(reader, near->node, points)
               ? add_near_grid(reader, near, &grid, task, capacity)
               : ALICORN_OK;
}

/** Waves from the directions of a request, on a structure that is terminated. */
static alicorn_status add_rcs_request(ali_project_reader *reader, const ali_yaml_node *node,
                                      const ali_request *request, ali_task *task, size_t *capacity)
{
    const ali_direction_grid *incident = &request->as.rcs.incident,
                             *receive = &request->as.rcs.receive;
    double count = (double)incident->theta_count * (double)incident->phi_count;
    if (request->as.rcs.bistatic)
        count *= (double)receive->theta_count * (double)receive->phi_count;
    task->drive.kind = ALI_DRIVE_PLANE_WAVE;
    task->terminated = true;
    task->drive.waves.theta_count = task->drive.waves.phi_count = 1;
    task->drive.origin = request->origin;
    return check_point_count(reader, node, count) ? add_request(reader, task, capacity, request)
                                                  : ALICORN_OK;
}

static alicorn_status add_rcs(ali_project_reader *reader, const ali_project_rcs *rcs,
                              ali_task *task, size_t *capacity)
{
    ali_request request = {.kind = ALI_REQUEST_RCS, .origin = origin_of(rcs->node, "rcs")};
    request.as.rcs.incident = direction_grid(&rcs->theta, &rcs->phi);
    request.as.rcs.bistatic = rcs->receive != NULL;
    if (rcs->receive)
        request.as.rcs.receive = direction_grid(&rcs->receive->theta, &rcs->receive->phi);
    return add_rcs_request(reader, rcs->node, &request, task, capacity);
}

static alicorn_status add_currents(ali_project_reader *reader, const ali_yaml_node *node,
                                   ali_task *task, size_t *capacity)
{
    ali_request request = {.kind = ALI_REQUEST_CURRENTS, .origin = origin_of(node, "request")};
    return add_request(reader, task, capacity, &request);
}

/** What a request asks of the ports. */
static alicorn_status add_port_request(ali_project_reader *reader,
                                       const ali_project_request *request, ali_task *task,
                                       size_t *capacity)
{
    if (request->pattern)
        return add_pattern(reader, request->pattern, task, capacity);
    if (request->near)
        return add_near(reader, request->near, task, capacity);
    return add_currents(reader, request->node, task, capacity);
}

/* ---- tasks ---- */

static bool needs_ports(const ali_project_request *request)
{
    return !request->rcs;
}

/** The only port that a request drives, NULL for all. */
static const char *only_port(const ali_project_request *request)
{
    return request->pattern ? request->pattern->port : request->near ? request->near->port : NULL;
}

/** Its index; ALI_NONE for all, or if there is none of that name, which is reported. */
static size_t find_port(ali_project_reader *reader, const ali_project_request *request)
{
    const char *name = only_port(request);
    const ali_model *model = reader->model;
    for (size_t i = 0; name && i < model->port_count; i++)
        if (strcmp(model->ports[i].name, name) == 0)
            return i;
    if (name) {
        char quote[40];
        const ali_yaml_node *node = request->pattern ? request->pattern->node : request->near->node;
        ali_quote(quote, sizeof quote, name, strlen(name));
        ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", ali_key_place(node, "port"),
                       "there is no port '%s'", quote);
    }
    return ALI_NONE;
}

/** Whether a request goes with those of the project's own frequencies. */
static bool is_shared(const ali_project_reader *reader, size_t index)
{
    const ali_project_request *requests = reader->project.requests.items;
    return needs_ports(&requests[index]) && !only_port(&requests[index]) &&
           reader->sweeps[index + 1].count == 0;
}

/** Exactly one key each; answers that need ports have some. */
static void check_requests(ali_project_reader *reader)
{
    const ali_key_items *list = &reader->project.requests;
    const ali_project_request *requests = list->items;
    for (size_t i = 0; i < list->count; i++) {
        const ali_project_request *r = &requests[i];
        int asked = (r->s_parameters != NULL) + (r->currents != NULL) + (r->pattern != NULL) +
                    (r->near != NULL) + (r->rcs != NULL);
        if (asked != 1)
            ali_key_report(&reader->keys, ALICORN_ERROR, "request", r->node,
                           "expected one of s_parameters, pattern, near, rcs and currents");
        else if (needs_ports(r) && reader->model->port_count == 0)
            ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", r->node,
                           "there is no port to drive, expected ports, or a deck with sources");
    }
}

/** Hand a task over to the model, unless it is wrong or empty. */
static alicorn_status finish_task(ali_project_reader *reader, ali_task *task, alicorn_status status)
{
    if (status == ALICORN_OK && task->request_count > 0)
        status = ali_model_add_task(reader->model, task, reader->keys.error);
    ali_task_clear(task);
    return status;
}

/** The requests of the project's own frequencies in one task. */
static alicorn_status add_shared_task(ali_project_reader *reader)
{
    const ali_key_items *list = &reader->project.requests;
    const ali_project_request *requests = list->items;
    size_t capacity = 0, shared = 0;
    for (size_t i = 0; i < list->count; i++)
        shared += is_shared(reader, i);
    if (shared == 0 && list->count > 0)
        return ALICORN_OK;
    ali_task task;
    const ali_yaml_node *node = ali_key_place(reader->project.node, "requests");
    alicorn_status status = start_task(reader, &reader->sweeps[0], node, &task);
    if (status == ALICORN_OK)
        status = drive_ports(reader, ALI_NONE, &task);
    for (size_t i = 0; i < list->count && status == ALICORN_OK; i++)
        if (is_shared(reader, i))
            status = add_port_request(reader, &requests[i], &task, &capacity);
    if (list->count == 0 && status == ALICORN_OK)
        status = add_currents(reader, node, &task, &capacity);
    return finish_task(reader, &task, status);
}

/** A request with a task of its own. */
static alicorn_status add_own_task(ali_project_reader *reader, const ali_project_request *request,
                                   const ali_project_sweep *own)
{
    ali_task task;
    size_t capacity = 0;
    const ali_project_sweep *sweep = own->count > 0 ? own : &reader->sweeps[0];
    alicorn_status status = start_task(reader, sweep, request->node, &task);
    if (status == ALICORN_OK && request->rcs) {
        status = add_rcs(reader, request->rcs, &task, &capacity);
    } else if (status == ALICORN_OK) {
        status = drive_ports(reader, find_port(reader, request), &task);
        if (status == ALICORN_OK)
            status = add_port_request(reader, request, &task, &capacity);
    }
    return finish_task(reader, &task, status);
}

/** A structure that nothing drives, for those who bring their own waves. */
static alicorn_status add_undriven_task(ali_project_reader *reader)
{
    ali_task task;
    size_t capacity = 0;
    alicorn_status status = start_task(reader, &reader->sweeps[0], reader->project.node, &task);
    if (status == ALICORN_OK)
        status = add_currents(reader, reader->project.node, &task, &capacity);
    return finish_task(reader, &task, status);
}

/* ---- tasks of requirements ---- */

/** Where a requirement is judged. */
static const ali_project_sweep *sweep_of(const ali_project_reader *reader, size_t requirement)
{
    const ali_project_sweep *own = &reader->required_sweeps[requirement];
    return own->count > 0 ? own : &reader->sweeps[0];
}

static bool same_sweep(const ali_project_sweep *a, const ali_project_sweep *b)
{
    return a->count == b->count && a->adaptive_tolerance == b->adaptive_tolerance &&
           memcmp(a->values, b->values, a->count * sizeof *a->values) == 0;
}

/** What drives the structure for a requirement. */
typedef enum need { NEEDS_NOTHING, NEEDS_PORTS, NEEDS_WAVES } need;

static need need_of(const ali_requirement *requirement)
{
    if (requirement->kind == ALICORN_REQUIRE_RCS)
        return NEEDS_WAVES;
    return requirement->kind == ALICORN_REQUIRE_COSITE && !requirement->needs_s ? NEEDS_NOTHING
                                                                                : NEEDS_PORTS;
}

/** The ports in turn at the frequencies of requirement `first`, for it and all behind it that have
 *  the same. */
static alicorn_status add_ports_task(ali_project_reader *reader, size_t first)
{
    ali_task task;
    ali_model *model = reader->model;
    size_t capacity = 0, patterns = 0, number = model->task_count;
    const ali_project_requirement *items = reader->project.requirements.items;
    const ali_project_sweep *sweep = sweep_of(reader, first);
    alicorn_status status = start_task(reader, sweep, items[first].node, &task);
    if (status == ALICORN_OK)
        status = drive_ports(reader, ALI_NONE, &task);
    for (size_t i = first; i < model->requirement_count && status == ALICORN_OK; i++) {
        ali_requirement *requirement = &model->requirements[i];
        ali_request request;
        if (need_of(requirement) != NEEDS_PORTS || !same_sweep(sweep_of(reader, i), sweep))
            continue;
        requirement->task = number;
        requirement->pattern = patterns;
        if (ali_project_required_request(reader, i, &request)) {
            patterns++;
            status = add_request(reader, &task, &capacity, &request);
        }
    }
    if (status == ALICORN_OK && task.request_count == 0)
        status = add_currents(reader, items[first].node, &task, &capacity);
    return finish_task(reader, &task, status);
}

static alicorn_status add_waves_task(ali_project_reader *reader, size_t index)
{
    ali_task task;
    ali_request request;
    size_t capacity = 0;
    const ali_project_requirement *items = reader->project.requirements.items;
    ali_requirement *requirement = &reader->model->requirements[index];
    alicorn_status status = start_task(reader, sweep_of(reader, index), items[index].node, &task);
    requirement->task = reader->model->task_count;
    if (status == ALICORN_OK) {
        ali_project_required_request(reader, index, &request);
        status = add_rcs_request(reader, items[index].node, &request, &task, &capacity);
    }
    return finish_task(reader, &task, status);
}

static alicorn_status add_required_tasks(ali_project_reader *reader)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < reader->model->requirement_count && status == ALICORN_OK; i++) {
        const ali_requirement *requirement = &reader->model->requirements[i];
        need what = requirement->task == ALI_NONE ? need_of(requirement) : NEEDS_NOTHING;
        if (what == NEEDS_WAVES)
            status = add_waves_task(reader, i);
        else if (what == NEEDS_PORTS)
            status = add_ports_task(reader, i);
    }
    return status;
}

alicorn_status ali_project_add_tasks(ali_project_reader *reader)
{
    const ali_key_items *list = &reader->project.requests;
    const ali_project_request *requests = list->items;
    bool undriven = reader->keys.options && reader->keys.options->undriven;
    alicorn_status required = ali_project_read_requirements(reader);
    if (required != ALICORN_OK || ali_diagnostics_error_count(reader->keys.diagnostics) > 0)
        return required;
    if (ali_project_is_judged(reader))
        return add_required_tasks(reader);
    if (list->count == 0 && reader->model->port_count == 0) {
        if (undriven)
            return add_undriven_task(reader);
        ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", reader->project.node,
                       "nothing is driven, expected ports, a deck with sources, or requests "
                       "for rcs");
        return ALICORN_OK;
    }
    check_requests(reader);
    if (ali_diagnostics_error_count(reader->keys.diagnostics) > 0)
        return ALICORN_OK;
    alicorn_status status = add_shared_task(reader);
    for (size_t i = 0; i < list->count && status == ALICORN_OK; i++)
        if (!is_shared(reader, i))
            status = add_own_task(reader, &requests[i], &reader->sweeps[i + 1]);
    return status;
}
