/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The public way to a model without a file: each call is one wire, source, load or request of the
 * only task. */

#include "alicorn/model.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/model.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const ali_origin no_origin = {0, 0, ""};

alicorn_model *alicorn_model_create(void)
{
    ali_model *model = ali_model_create();
    if (!model)
        return NULL;
    ali_task task;
    ali_task_init(&task);
    if (ali_model_add_task(model, &task, NULL) != ALICORN_OK) {
        ali_model_destroy(model);
        return NULL;
    }
    return model;
}

void alicorn_model_destroy(alicorn_model *model)
{
    ali_model_destroy(model);
}

size_t alicorn_model_segment_count(const alicorn_model *model)
{
    size_t count = 0;
    for (; model; model = model->next)
        count += model->segment_count;
    return count;
}

size_t alicorn_model_task_count(const alicorn_model *model)
{
    size_t count = 0;
    for (; model; model = model->next)
        count += model->task_count;
    return count;
}

size_t alicorn_model_frequency_count(const alicorn_model *model, size_t task)
{
    for (; model; model = model->next) {
        if (task < model->task_count)
            return model->tasks[task].frequency_count;
        task -= model->task_count;
    }
    return 0;
}

const char *alicorn_model_comment(const alicorn_model *model)
{
    return model->comment;
}

/* What follows adds to the first job of a model; only decks have several. */

/** The task that is being built: the last one, so that a deck that was read can be added to.
 *  NULL with *error set if there is none. */
static ali_task *current_task(alicorn_model *model, alicorn_error *error)
{
    if (model->task_count > 0)
        return &model->tasks[model->task_count - 1];
    ali_error_set(error, ALICORN_E_USAGE, "the model has no task to add to");
    return NULL;
}

/** Append a copy of *value (size bytes) to the exactly sized array *items. */
static alicorn_status append(void **items, size_t *count, const void *value, size_t size,
                             alicorn_error *error)
{
    char *grown = *count < SIZE_MAX / size ? realloc(*items, (*count + 1) * size) : NULL;
    if (!grown)
        return ali_error_memory(error, size, "an element of the model");
    memcpy(grown + *count * size, value, size);
    *items = grown;
    (*count)++;
    return ALICORN_OK;
}

static alicorn_status find_segment(const alicorn_model *model, int tag, int number, size_t *segment,
                                   alicorn_error *error)
{
    *segment = ali_model_find_segment(model, tag, number);
    if (*segment != ALI_NONE)
        return ALICORN_OK;
    if (tag == 0)
        return ali_error_set(error, ALICORN_E_INPUT, "segment %d: the structure has %zu segments",
                             number, model->segment_count);
    return ali_error_set(error, ALICORN_E_INPUT, "the wires with tag %d have no segment %d", tag,
                         number);
}

static bool is_finite_point(const double point[3])
{
    return isfinite(point[0]) && isfinite(point[1]) && isfinite(point[2]);
}

static alicorn_status check_wire(int tag, int segments, const double start[3], const double end[3],
                                 double radius, alicorn_error *error)
{
    if (tag < 0)
        return ali_error_set(error, ALICORN_E_INPUT, "tag %d: expected 0 or more", tag);
    if (segments < 1)
        return ali_error_set(error, ALICORN_E_INPUT, "%d segments: expected 1 or more", segments);
    if (!is_finite_point(start) || !is_finite_point(end))
        return ali_error_set(error, ALICORN_E_INPUT, "a wire's end is not a finite point");
    if (!(radius > 0.0 && isfinite(radius)))
        return ali_error_set(error, ALICORN_E_INPUT, "radius %g m: expected more than 0", radius);
    if (start[0] == end[0] && start[1] == end[1] && start[2] == end[2])
        return ali_error_set(error, ALICORN_E_INPUT, "the wire has no length");
    return ALICORN_OK;
}

alicorn_status alicorn_model_add_wire(alicorn_model *model, int tag, int segments,
                                      const double start[3], const double end[3], double radius,
                                      alicorn_error *error)
{
    alicorn_status status = check_wire(tag, segments, start, end, radius, error);
    if (status != ALICORN_OK)
        return status;
    size_t count = (size_t)segments;
    ali_vec3 *points = ali_calloc(count + 1, sizeof *points);
    double *radii = ali_calloc(count, sizeof *radii);
    if (!points || !radii) {
        status = ali_error_memory(error, (count + 1) * sizeof *points, "a wire's segments");
        goto cleanup;
    }
    for (size_t i = 0; i <= count; i++) {
        double t = (double)i / (double)count; /* exactly 1 at the end: the given point is kept */
        points[i] = (ali_vec3){(1.0 - t) * start[0] + t * end[0], (1.0 - t) * start[1] + t * end[1],
                               (1.0 - t) * start[2] + t * end[2]};
    }
    for (size_t i = 0; i < count; i++)
        radii[i] = radius;
    status = ali_model_add_wire(model, tag, count, points, radii, no_origin, error);
cleanup:
    free(points);
    free(radii);
    return status;
}

alicorn_status alicorn_model_add_source(alicorn_model *model, int tag, int number,
                                        alicorn_complex voltage, alicorn_error *error)
{
    ali_task *task = current_task(model, error);
    if (!task)
        return ALICORN_E_USAGE;
    ali_source source = {.kind = ALI_SOURCE_GAP, .voltage = CMPLX(voltage.re, voltage.im)};
    alicorn_status status = find_segment(model, tag, number, &source.segment, error);
    if (status != ALICORN_OK)
        return status;
    if (!isfinite(voltage.re) || !isfinite(voltage.im))
        return ali_error_set(error, ALICORN_E_INPUT, "the source voltage is not finite");
    ali_drive *drive = &task->drive;
    if (drive->kind != ALI_DRIVE_NONE && drive->kind != ALI_DRIVE_SOURCES)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "the task is driven by a wave, a source cannot join it");
    for (size_t i = 0; i < drive->source_count; i++)
        if (drive->sources[i].segment == source.segment)
            return ali_error_set(error, ALICORN_E_INPUT, "segment %zu has a source already",
                                 source.segment + 1);
    status = append((void **)&drive->sources, &drive->source_count, &source, sizeof source, error);
    if (status == ALICORN_OK)
        drive->kind = ALI_DRIVE_SOURCES;
    return status;
}

alicorn_status alicorn_model_add_impedance(alicorn_model *model, int tag, int number,
                                           alicorn_complex impedance, alicorn_error *error)
{
    ali_task *task = current_task(model, error);
    if (!task)
        return ALICORN_E_USAGE;
    size_t segment;
    alicorn_status status = find_segment(model, tag, number, &segment, error);
    if (status != ALICORN_OK)
        return status;
    if (!isfinite(impedance.re) || !isfinite(impedance.im))
        return ali_error_set(error, ALICORN_E_INPUT, "the impedance is not finite");
    ali_load load = {.kind = ALI_LOAD_IMPEDANCE,
                     .first = segment,
                     .last = segment,
                     .value = {impedance.re, impedance.im, 0.0}};
    return append((void **)&task->loads, &task->load_count, &load, sizeof load, error);
}

/** Give one wire its conductivity, replacing what it had. */
static alicorn_status set_wire_conductivity(ali_task *task, const ali_wire *wire,
                                            double conductivity, alicorn_error *error)
{
    for (size_t i = 0; i < task->load_count; i++) {
        ali_load *old = &task->loads[i];
        if (old->kind == ALI_LOAD_CONDUCTIVITY && old->first == wire->first &&
            old->last == wire->first + wire->count - 1) {
            old->value[0] = conductivity;
            return ALICORN_OK;
        }
    }
    ali_load load = {.kind = ALI_LOAD_CONDUCTIVITY,
                     .first = wire->first,
                     .last = wire->first + wire->count - 1,
                     .value = {conductivity, 0.0, 0.0}};
    return append((void **)&task->loads, &task->load_count, &load, sizeof load, error);
}

alicorn_status alicorn_model_set_conductivity(alicorn_model *model, int tag, double conductivity,
                                              alicorn_error *error)
{
    ali_task *task = current_task(model, error);
    if (!task)
        return ALICORN_E_USAGE;
    if (!(conductivity > 0.0 && isfinite(conductivity)))
        return ali_error_set(error, ALICORN_E_INPUT, "conductivity %g S/m: expected more than 0",
                             conductivity);
    alicorn_status status = ALICORN_OK;
    size_t found = 0;
    for (size_t i = 0; i < model->wire_count && status == ALICORN_OK; i++) {
        if (tag != 0 && model->wires[i].tag != tag)
            continue;
        found++;
        status = set_wire_conductivity(task, &model->wires[i], conductivity, error);
    }
    if (status == ALICORN_OK && found == 0)
        return tag == 0 ? ali_error_set(error, ALICORN_E_INPUT, "the model has no wires")
                        : ali_error_set(error, ALICORN_E_INPUT, "no wire has the tag %d", tag);
    return status;
}

alicorn_status alicorn_model_set_pec_ground(alicorn_model *model, alicorn_error *error)
{
    ali_task *task = current_task(model, error);
    if (!task)
        return ALICORN_E_USAGE;
    task->ground = (ali_ground){.kind = ALI_GROUND_PEC, .connect = true};
    return ALICORN_OK;
}

alicorn_status alicorn_model_add_frequency(alicorn_model *model, double frequency_hz,
                                           alicorn_error *error)
{
    ali_task *task = current_task(model, error);
    if (!task)
        return ALICORN_E_USAGE;
    if (!(frequency_hz > 0.0 && isfinite(frequency_hz)))
        return ali_error_set(error, ALICORN_E_INPUT, "frequency %g Hz: expected more than 0",
                             frequency_hz);
    return append((void **)&task->frequencies, &task->frequency_count, &frequency_hz,
                  sizeof frequency_hz, error);
}

alicorn_status alicorn_model_add_pattern(alicorn_model *model, size_t theta_count,
                                         double theta_start, double theta_step, size_t phi_count,
                                         double phi_start, double phi_step, alicorn_error *error)
{
    ali_task *task = current_task(model, error);
    if (!task)
        return ALICORN_E_USAGE;
    if (theta_count == 0 || phi_count == 0)
        return ali_error_set(error, ALICORN_E_INPUT, "a pattern needs at least one direction");
    if (theta_count > SIZE_MAX / phi_count)
        return ali_error_set(error, ALICORN_E_INPUT, "%zu by %zu directions are too many",
                             theta_count, phi_count);
    if (!isfinite(theta_start) || !isfinite(theta_step) || !isfinite(phi_start) ||
        !isfinite(phi_step))
        return ali_error_set(error, ALICORN_E_INPUT, "an angle of the pattern is not finite");
    ali_request request = {.kind = ALI_REQUEST_PATTERN,
                           .as.pattern = {.mode = ALI_PATTERN_SPACE_WAVE,
                                          .theta_count = theta_count,
                                          .phi_count = phi_count,
                                          .theta_start = theta_start * ALI_DEGREE,
                                          .theta_step = theta_step * ALI_DEGREE,
                                          .phi_start = phi_start * ALI_DEGREE,
                                          .phi_step = phi_step * ALI_DEGREE}};
    return append((void **)&task->requests, &task->request_count, &request, sizeof request, error);
}

alicorn_status alicorn_model_set_frequency(alicorn_model *model, double frequency_hz,
                                           alicorn_error *error)
{
    if (!(frequency_hz > 0.0) || !isfinite(frequency_hz))
        return ali_error_set(error, ALICORN_E_USAGE, "%g Hz, expected a frequency above 0",
                             frequency_hz);
    for (const ali_model *job = model; job; job = job->next)
        for (size_t i = 0; i < job->task_count; i++)
            if (job->tasks[i].frequency_count == 0) {
                double *room = malloc(sizeof *room);
                if (!room)
                    return ali_error_memory(error, sizeof *room, "a frequency");
                free(job->tasks[i].frequencies);
                job->tasks[i].frequencies = room;
            }
    for (ali_model *job = model; job; job = job->next)
        for (size_t i = 0; i < job->task_count; i++) {
            job->tasks[i].frequencies[0] = frequency_hz;
            job->tasks[i].frequency_count = 1;
        }
    return ALICORN_OK;
}
