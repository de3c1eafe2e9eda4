/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "input/nec_cards.h"
#include "input/project_reader.h"

#include <math.h>
#include <string.h>

/** @file
 *  Frequencies: a number, a list, or start and stop. */

static alicorn_status set_sweep(ali_project_reader *reader, size_t count, ali_project_sweep *sweep)
{
    sweep->values = ali_key_alloc(&reader->keys, count, sizeof *sweep->values);
    if (!sweep->values)
        return ali_error_memory(reader->keys.error, count * sizeof *sweep->values, "frequencies");
    sweep->count = count;
    return ALICORN_OK;
}

/** Frequencies of an adaptive sweep that says neither step nor count, tolerance that it does not
 * say.
 */
enum { ADAPTIVE_COUNT = 201 };
static const double ADAPTIVE_TOLERANCE = 1e-3;

/** Frequencies of start, stop and either step or count; 0: reported. */
static size_t count_steps(ali_project_reader *reader, const ali_project_frequencies *f)
{
    bool by_step = !isnan(f->step), by_count = f->count > 0;
    const ali_yaml_node *node = f->node;
    if (by_step == by_count || (by_step && f->spacing == ALI_PROJECT_LOGARITHMIC)) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                       f->spacing == ALI_PROJECT_LOGARITHMIC
                           ? "logarithmic spacing goes with count, not with step"
                           : "expected either step or count");
        return 0;
    }
    if (f->stop < f->start || (by_count && (f->count == 1) != (f->stop == f->start))) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                       f->stop < f->start ? "stop is below start, expected at least start"
                                          : "one frequency goes with stop equal to start");
        return 0;
    }
    if (by_count)
        return (size_t)f->count;
    double steps = (f->stop - f->start) / f->step;
    if (steps < ALI_NEC_MAX_FREQUENCIES)
        return 1 + (size_t)floor(steps + 1e-6);
    ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                   "%.3g frequencies, expected at most %d", steps, ALI_NEC_MAX_FREQUENCIES);
    return 0;
}

/** Whether a tolerance stands where it means nothing; then it is reported. */
static bool check_tolerance(ali_project_reader *reader, const ali_project_frequencies *f)
{
    bool idle = !f->adaptive && !isnan(f->tolerance);
    if (idle)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", f->node,
                       "tolerance goes with 'adaptive: true'");
    return idle;
}

static alicorn_status read_steps(ali_project_reader *reader, const ali_yaml_node *node,
                                 ali_project_sweep *sweep)
{
    ali_project_frequencies f;
    size_t before = ali_diagnostics_error_count(reader->keys.diagnostics);
    alicorn_status status = ali_key_read_map(&reader->keys, node, ALI_MAP_FREQUENCIES, &f);
    if (status != ALICORN_OK || ali_diagnostics_error_count(reader->keys.diagnostics) > before)
        return status;
    if (f.adaptive && isnan(f.step) && f.count == 0)
        f.count = f.stop > f.start ? ADAPTIVE_COUNT : 1;
    size_t count = count_steps(reader, &f);
    if (count == 0 || check_tolerance(reader, &f))
        return ALICORN_OK;
    status = set_sweep(reader, count, sweep);
    if (f.adaptive)
        sweep->adaptive_tolerance = isnan(f.tolerance) ? ADAPTIVE_TOLERANCE : f.tolerance;
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        double t = count > 1 ? (double)i / (double)(count - 1) : 0;
        if (!isnan(f.step))
            sweep->values[i] = f.start + (double)i * f.step;
        else if (f.spacing == ALI_PROJECT_LOGARITHMIC)
            sweep->values[i] = f.start * pow(f.stop / f.start, t);
        else
            sweep->values[i] = (1 - t) * f.start + t * f.stop;
    }
    if (status == ALICORN_OK && isnan(f.step))
        sweep->values[count - 1] = f.stop; /* not off by rounding */
    return status;
}

static alicorn_status read_sweep(ali_project_reader *reader, const ali_yaml_node *node,
                                 ali_project_sweep *sweep)
{
    const ali_key *key = ali_key_named(ali_project_key_table(), ALI_MAP_PROJECT, "frequencies");
    if (node->kind == ALI_YAML_MAP)
        return read_steps(reader, node, sweep);
    ali_key bounds = *key;
    bounds.least = 1;
    bounds.most = ALI_NEC_MAX_FREQUENCIES;
    ali_key_rows rows = {0};
    alicorn_status status = ali_key_read_rows(&reader->keys, node, &bounds, 1, &rows);
    *sweep = (ali_project_sweep){.values = rows.values, .count = rows.count};
    return status;
}

/** The frequencies' node of a request, whatever it is. */
static const ali_yaml_node *own_frequencies(const ali_project_request *request)
{
    return request->s_parameters ? request->s_parameters->frequencies
           : request->pattern    ? request->pattern->frequencies
           : request->near       ? request->near->frequencies
           : request->rcs        ? request->rcs->frequencies
           : request->currents   ? request->currents->frequencies
                                 : NULL;
}

static alicorn_status read_required_sweeps(ali_project_reader *reader)
{
    const ali_project_requirement *items = reader->project.requirements.items;
    size_t count = reader->project.requirements.count;
    alicorn_status status = ALICORN_OK;
    reader->required_sweeps = ali_key_alloc(&reader->keys, count, sizeof *reader->required_sweeps);
    if (count > 0 && !reader->required_sweeps)
        return ali_error_memory(reader->keys.error, count * sizeof *reader->required_sweeps,
                                "sweeps");
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        if (items[i].frequencies)
            status = read_sweep(reader, items[i].frequencies, &reader->required_sweeps[i]);
        else if (!reader->project.frequencies)
            ali_key_report(&reader->keys, ALICORN_ERROR, "no-frequencies", items[i].node,
                           "has no frequencies, neither has the project");
    }
    return status;
}

alicorn_status ali_project_read_sweeps(ali_project_reader *reader)
{
    const ali_project *project = &reader->project;
    const ali_project_request *requests = project->requests.items;
    size_t count = project->requests.count;
    reader->sweeps = ali_key_alloc(&reader->keys, count + 1, sizeof *reader->sweeps);
    if (!reader->sweeps)
        return ali_error_memory(reader->keys.error, (count + 1) * sizeof *reader->sweeps, "sweeps");
    alicorn_status status = ALICORN_OK;
    if (project->frequencies)
        status = read_sweep(reader, project->frequencies, &reader->sweeps[0]);
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        const ali_yaml_node *node = own_frequencies(&requests[i]);
        if (node)
            status = read_sweep(reader, node, &reader->sweeps[i + 1]);
        else if (!project->frequencies)
            ali_key_report(&reader->keys, ALICORN_ERROR, "no-frequencies", requests[i].node,
                           "has no frequencies, neither has the project");
    }
    if (status == ALICORN_OK)
        status = read_required_sweeps(reader);
    if (count == 0 && !project->frequencies && !ali_project_is_judged(reader))
        ali_key_report(&reader->keys, ALICORN_ERROR, "missing-key", project->node,
                       "the key 'frequencies' is missing");
    return status;
}

bool ali_project_is_judged(const ali_project_reader *reader)
{
    return reader->keys.options && reader->keys.options->requirements &&
           reader->project.requirements.count > 0;
}

static double highest_of(const ali_project_sweep *sweeps, size_t count)
{
    double highest = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < sweeps[i].count; j++)
            highest = fmax(highest, sweeps[i].values[j]);
    return highest;
}

double ali_project_highest_frequency(const ali_project_reader *reader)
{
    if (!ali_project_is_judged(reader))
        return highest_of(reader->sweeps, 1 + reader->project.requests.count);
    return fmax(highest_of(reader->sweeps, 1),
                highest_of(reader->required_sweeps, reader->project.requirements.count));
}
