/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/nec_control.h"
#include "input/nec_reader.h"

#include <stdlib.h>
#include <string.h>

/** @file
 *  From the sequence of cards to tasks.
 *
 *  NEC-2 forgets some cards without a word; here nothing is lost:
 *  - Cards behind the last RP or XQ never act in NEC-2. Here the requests of the last run are asked
 * once more with them, as programs do that read the whole deck first (xnec2c), and the user is
 * told.
 *  - A deck without any RP, XQ, NE or NH computes nothing in NEC-2. Here it is solved for its
 * currents, which is what 4nec2's users mean.
 *  - RP and its like before any EX would print zeros in NEC-2. Here they wait for the end of the
 * deck.
 *  - XQ behind CP does nothing in NEC-2. Here it runs.
 *  - With several frequencies NEC-2 prints no maximum coupling. Here CP's request goes into a task
 * in any case: into the one where NEC-2 has seen every port driven in turn, otherwise into the last
 * one run. */

/** NEC-2's frequency when there is no FR card [Hz]. */
#define DEFAULT_FREQUENCY 299.8e6

size_t ali_nec_flow_frequency_count(const ali_nec_control *control)
{
    return control->swept || control->state.frequency_count == 0 ? 1
                                                                 : control->state.frequency_count;
}

void ali_nec_flow_change(ali_nec_reader *reader, const ali_nec_card *card)
{
    ali_nec_control *c = &reader->control;
    const char *name = card->rule->name;
    bool recorded_only = strcmp(name, "EK") == 0 || strcmp(name, "KH") == 0;
    bool keeps_currents = strcmp(name, "GD") == 0;
    c->open_task = ALI_NONE;
    c->stale = c->stale || !keeps_currents;
    if (recorded_only || c->changed)
        return;
    c->changed = true;
    c->changed_by = ali_nec_origin(card);
}

/* ---- requests ---- */

static bool has_cliff(ali_pattern_mode mode)
{
    return mode == ALI_PATTERN_LINEAR_CLIFF || mode == ALI_PATTERN_CIRCULAR_CLIFF ||
           mode == ALI_PATTERN_SCREEN_LINEAR_CLIFF || mode == ALI_PATTERN_SCREEN_CIRCULAR_CLIFF;
}

/** Bring the pattern's mode into agreement with the ground at the time of the run; reports where it
 * cannot. */
static void fit_pattern(ali_nec_reader *reader, ali_request *request)
{
    const ali_ground *ground = &reader->control.state.ground;
    const ali_origin *origin = &request->origin;
    ali_pattern_mode mode = request->as.pattern.mode;
    if (mode <= ALI_PATTERN_SURFACE_WAVE)
        return;
    if (ground->kind == ALI_GROUND_NONE) {
        ali_diagnostics_add(reader->diagnostics, ALICORN_WARNING, "no-effect", origin->line,
                            origin->column, origin->card,
                            "RP I1 (mode): %d has no effect without a ground, expected a GN card "
                            "before it",
                            (int)mode);
        request->as.pattern.mode = ALI_PATTERN_SPACE_WAVE;
        return;
    }
    bool lacks_medium = has_cliff(mode) && !ground->has_second;
    bool lacks_screen = mode >= ALI_PATTERN_SCREEN && ground->radial_count == 0;
    if (lacks_medium || lacks_screen)
        ali_diagnostics_add(
            reader->diagnostics, ALICORN_ERROR, "field", origin->line, origin->column, origin->card,
            "RP I1 (mode): %d needs %s before it", (int)mode,
            lacks_medium ? "a second medium, expected a GD card"
                         : "a radial screen, expected a GN 0 card with radial wires");
}

static alicorn_status keep_request(ali_nec_reader *reader, ali_request **list, size_t *count,
                                   size_t *capacity, const ali_request *request)
{
    if (ali_grow((void **)list, capacity, *count, sizeof **list))
        return ali_error_memory(reader->error, sizeof **list, "requests");
    (*list)[(*count)++] = *request;
    return ALICORN_OK;
}

/** Append to a task's requests; the room doubles at every power of two. */
static alicorn_status add_request(ali_nec_reader *reader, ali_task *task,
                                  const ali_request *request)
{
    size_t count = task->request_count;
    if ((count & (count - 1)) == 0) {
        size_t room = count ? 2 * count : 1;
        ali_request *grown = realloc(task->requests, room * sizeof *grown);
        if (!grown)
            return ali_error_memory(reader->error, room * sizeof *grown, "requests");
        task->requests = grown;
    }
    ali_request *added = &task->requests[task->request_count++];
    *added = *request;
    memcpy(added->plot, reader->control.state.plot, sizeof added->plot);
    if (added->kind == ALI_REQUEST_PATTERN)
        fit_pattern(reader, added);
    return ALICORN_OK;
}

/* ---- tasks ---- */

/** Whether the tasks together stay within reason; reports if not. */
static bool check_items(ali_nec_reader *reader, ali_origin origin, size_t frequency_count)
{
    ali_nec_control *c = &reader->control;
    size_t before = c->item_count;
    c->item_count += frequency_count + c->state.load_count + c->state.network_count +
                     c->state.drive.source_count + 1;
    if (c->item_count <= ALI_NEC_MAX_TASK_ITEMS)
        return true;
    if (before <= ALI_NEC_MAX_TASK_ITEMS)
        ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "too-many-items", origin.line,
                            origin.column, origin.card,
                            "the runs up to this %s have more than %d frequencies, loads, networks "
                            "and sources together, expected fewer",
                            origin.card, ALI_NEC_MAX_TASK_ITEMS);
    return false;
}

/** Append a task with the state of the moment and no request; *task is NULL after a report. */
static alicorn_status open_task(ali_nec_reader *reader, ali_origin origin, ali_task **task)
{
    ali_nec_control *c = &reader->control;
    double standard = DEFAULT_FREQUENCY;
    ali_task view = c->state; /* shares the state's lists */
    size_t count = ali_nec_flow_frequency_count(c);
    *task = NULL;
    if (!check_items(reader, origin, count))
        return ALICORN_OK;
    if (view.frequency_count == 0)
        view.frequencies = &standard;
    else
        view.frequencies += view.frequency_count - count;
    view.frequency_count = count;
    view.coupling = NULL;
    view.coupling_count = 0;
    view.origin = origin;
    ali_task copy;
    alicorn_status status = ali_task_copy(&view, &copy, reader->error);
    if (status != ALICORN_OK)
        return status;
    status = ali_model_add_task(reader->model, &copy, reader->error);
    if (status != ALICORN_OK) {
        ali_task_clear(&copy);
        return status;
    }
    *task = &reader->model->tasks[reader->model->task_count - 1];
    return ALICORN_OK;
}

/** Put the request for maximum coupling into a task. */
static alicorn_status ask_coupling(ali_nec_reader *reader, size_t index)
{
    ali_nec_control *c = &reader->control;
    ali_task *task = &reader->model->tasks[index];
    size_t bytes = c->state.coupling_count * sizeof *task->coupling;
    free(task->coupling);
    task->coupling = malloc(bytes);
    if (!task->coupling)
        return ali_error_memory(reader->error, bytes, "coupling");
    memcpy(task->coupling, c->state.coupling, bytes);
    task->coupling_count = c->state.coupling_count;
    c->coupling_asked = true;
    return add_request(reader, task,
                       &(ali_request){.kind = ALI_REQUEST_COUPLING, .origin = c->coupling_origin});
}

/** NEC-2 gathers the admittances of CP's ports from one run after the other, each driven by a
 * single source on the next port of the list, and prints the coupling when it has seen them all. */
static alicorn_status follow_coupling(ali_nec_reader *reader, size_t index)
{
    ali_nec_control *c = &reader->control;
    const ali_drive *drive = &c->state.drive;
    if (c->state.coupling_count < 2 || c->coupling_asked)
        return ALICORN_OK;
    c->coupling_task = index;
    bool single = drive->kind == ALI_DRIVE_SOURCES && drive->source_count == 1 &&
                  drive->sources[0].kind == ALI_SOURCE_GAP;
    if (!single || drive->sources[0].segment != c->state.coupling[c->coupling_done])
        return ALICORN_OK;
    return ++c->coupling_done == c->state.coupling_count ? ask_coupling(reader, index) : ALICORN_OK;
}

alicorn_status ali_nec_flow_end_coupling(ali_nec_reader *reader)
{
    ali_nec_control *c = &reader->control;
    alicorn_status status = ALICORN_OK;
    if (c->state.coupling_count >= 2 && !c->coupling_asked && c->coupling_task != ALI_NONE)
        status = ask_coupling(reader, c->coupling_task);
    else if (c->state.coupling_count == 1)
        ali_diagnostics_add(reader->diagnostics, ALICORN_WARNING, "no-effect",
                            c->coupling_origin.line, c->coupling_origin.column, "CP",
                            "CP names one segment only, expected two or more to couple");
    c->state.coupling_count = 0;
    c->coupling_done = 0;
    c->coupling_asked = false;
    c->coupling_task = ALI_NONE;
    return status;
}

/** The state has been run. */
static void note_run(ali_nec_control *c, size_t task)
{
    size_t count = ali_nec_flow_frequency_count(c);
    c->open_task = count == 1 ? task : ALI_NONE;
    c->swept = c->swept || count > 1;
    c->frequency_used = c->source_used = c->load_used = c->network_used = true;
    c->stale = c->changed = false;
    c->near_count = 0;
}

/** A new task with the waiting near fields and the given requests. */
static alicorn_status run_new(ali_nec_reader *reader, ali_origin origin, const ali_request *list,
                              size_t count)
{
    ali_nec_control *c = &reader->control;
    ali_task *task;
    alicorn_status status = open_task(reader, origin, &task);
    if (!task)
        return status;
    size_t index = reader->model->task_count - 1;
    for (size_t i = 0; i < c->near_count && status == ALICORN_OK; i++)
        status = add_request(reader, task, &c->near[i]);
    for (size_t i = 0; i < count && status == ALICORN_OK; i++)
        status = add_request(reader, task, &list[i]);
    if (status == ALICORN_OK)
        status = follow_coupling(reader, index);
    note_run(c, index);
    return status;
}

static alicorn_status ask(ali_nec_reader *reader, const ali_request *request)
{
    ali_nec_control *c = &reader->control;
    return keep_request(reader, &c->asked, &c->asked_count, &c->asked_capacity, request);
}

alicorn_status ali_nec_flow_wait(ali_nec_reader *reader, const ali_request *request)
{
    ali_nec_control *c = &reader->control;
    return keep_request(reader, &c->near, &c->near_count, &c->near_capacity, request);
}

alicorn_status ali_nec_flow_run(ali_nec_reader *reader, const ali_nec_card *card,
                                const ali_request *request)
{
    ali_nec_control *c = &reader->control;
    alicorn_status status = ALICORN_OK;
    if (c->state.drive.kind == ALI_DRIVE_NONE)
        return keep_request(reader, &c->early, &c->early_count, &c->early_capacity, request);
    if (c->changed)
        c->asked_count = 0;
    for (size_t i = 0; i < c->near_count && status == ALICORN_OK; i++)
        status = ask(reader, &c->near[i]);
    if (status == ALICORN_OK)
        status = ask(reader, request);
    if (status != ALICORN_OK)
        return status;
    if (c->open_task != ALI_NONE && c->near_count == 0)
        return add_request(reader, &reader->model->tasks[c->open_task], request);
    return run_new(reader, ali_nec_origin(card), request, 1);
}

/* ---- the end of a job ---- */

static void report_undriven(ali_nec_reader *reader)
{
    const ali_origin *origin = &reader->control.early[0].origin;
    if (!reader->geometry.broken && ali_diagnostics_error_count(reader->diagnostics) == 0)
        ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "nothing-driven", origin->line,
                            origin->column, origin->card,
                            "nothing drives the structure of this %s, expected an EX card",
                            origin->card);
}

/** Tell the user why requests are run at the end. */
static void warn_late(ali_nec_reader *reader)
{
    const ali_nec_control *c = &reader->control;
    if (c->changed && reader->model->task_count > 0)
        ali_diagnostics_add(reader->diagnostics, ALICORN_WARNING, "after-last-run",
                            c->changed_by.line, c->changed_by.column, c->changed_by.card,
                            "%s comes behind the last RP or XQ, where NEC-2 never uses it; solved "
                            "once more with it, as programs do that read the whole deck first",
                            c->changed_by.card);
    else if (c->early_count > 0)
        ali_diagnostics_add(reader->diagnostics, ALICORN_WARNING, "before-excitation",
                            c->early[0].origin.line, c->early[0].origin.column,
                            c->early[0].origin.card,
                            "%s comes before any EX card, where NEC-2 would print zeros; run at "
                            "the end of the deck instead",
                            c->early[0].origin.card);
}

/** Run what is left at the end with the state it has come to. */
static alicorn_status run_left(ali_nec_reader *reader)
{
    ali_nec_control *c = &reader->control;
    ali_origin origin = c->changed          ? c->changed_by
                        : c->near_count > 0 ? c->near[0].origin
                                            : c->early[0].origin;
    alicorn_status status = ALICORN_OK;
    warn_late(reader);
    if (!c->changed)
        c->asked_count = 0;
    for (size_t i = 0; i < c->early_count && status == ALICORN_OK; i++)
        status = ask(reader, &c->early[i]);
    if (status == ALICORN_OK && c->asked_count == 0 && c->near_count == 0)
        status = ask(reader, &(ali_request){.kind = ALI_REQUEST_CURRENTS, .origin = origin});
    if (status != ALICORN_OK)
        return status;
    c->swept = false; /* all frequencies once more */
    return run_new(reader, origin, c->asked, c->asked_count);
}

alicorn_status ali_nec_flow_end_job(ali_nec_reader *reader)
{
    ali_nec_control *c = &reader->control;
    alicorn_status status = ALICORN_OK;
    bool left = c->changed || c->near_count > 0 || c->early_count > 0;
    if (left && c->state.drive.kind != ALI_DRIVE_NONE && !reader->geometry.broken)
        status = run_left(reader);
    else if (reader->options && reader->options->undriven && reader->model->task_count == 0 &&
             !reader->geometry.broken)
        status = run_new(reader, (ali_origin){0}, NULL, 0);
    else if (c->early_count > 0)
        report_undriven(reader);
    return status == ALICORN_OK ? ali_nec_flow_end_coupling(reader) : status;
}
