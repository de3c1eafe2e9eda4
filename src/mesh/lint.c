/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/lint.h"

#include "alicorn/model.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "mesh/joints.h"

#include <complex.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Findings of one kind that are reported one by one; if there are more, the first stands for all.
 */
enum { MAX_ALIKE = 4 };

const ali_lint_description ali_lint_descriptions[] = {
#define LINT_ROW(symbol, name, severity, explanation) {name, ALICORN_##severity, explanation},
    ALI_LINT_TABLE(LINT_ROW)
#undef LINT_ROW
};

/* ---- texts ---- */

ali_lint_text ali_lint_card_name(ali_origin origin)
{
    ali_lint_text name = {""};
    if (origin.line > 0)
        snprintf(name.text, sizeof name.text, " (%s, line %d)", origin.card, origin.line);
    else if (origin.card[0])
        snprintf(name.text, sizeof name.text, " (%s)", origin.card);
    return name;
}

ali_lint_text ali_lint_wire_name(const ali_lint *lint, size_t wire)
{
    const ali_wire *w = &lint->model->wires[wire];
    ali_lint_text name, card = ali_lint_card_name(w->origin);
    char tag[24] = "";
    if (w->tag != 0 && (size_t)w->tag != wire + 1)
        snprintf(tag, sizeof tag, "tag %d", w->tag);
    if (tag[0] && card.text[0])
        snprintf(name.text, sizeof name.text, "wire %zu (%s, %.64s", wire + 1, tag, card.text + 2);
    else if (tag[0])
        snprintf(name.text, sizeof name.text, "wire %zu (%s)", wire + 1, tag);
    else
        snprintf(name.text, sizeof name.text, "wire %zu%.64s", wire + 1, card.text);
    return name;
}

ali_lint_text ali_lint_segment_name(const ali_lint *lint, size_t segment)
{
    size_t wire = lint->model->segments[segment].wire;
    ali_lint_text name = ali_lint_wire_name(lint, wire);
    if (lint->model->wires[wire].count == 1)
        return name;
    ali_lint_text full;
    snprintf(full.text, sizeof full.text, "segment %zu of %.92s",
             segment - lint->model->wires[wire].first + 1, name.text);
    return full;
}

/** A coordinate, or 0 if it is nothing but rounding of the others. */
static double clean(double coordinate, double largest)
{
    return fabs(coordinate) < 1e-12 * largest ? 0.0 : coordinate;
}

ali_lint_text ali_lint_point(ali_vec3 point)
{
    ali_lint_text text;
    double largest = fmax(fmax(fabs(point.x), fabs(point.y)), fabs(point.z));
    snprintf(text.text, sizeof text.text, "(%.5g, %.5g, %.5g) m", clean(point.x, largest),
             clean(point.y, largest), clean(point.z, largest));
    return text;
}

/* ---- geometry that all checks use ---- */

ali_vec3 ali_lint_end_point(const ali_lint *lint, size_t end)
{
    const ali_segment *segment = &lint->model->segments[end / 2];
    return end % 2 ? segment->end : segment->start;
}

ali_vec3 ali_lint_end_direction(const ali_lint *lint, size_t end)
{
    ali_vec3 axis = ali_vec3_sub(ali_lint_end_point(lint, end ^ 1), ali_lint_end_point(lint, end));
    return ali_vec3_scale(1.0 / lint->length[end / 2], axis);
}

bool ali_lint_is_grounded(const ali_lint *lint, size_t node)
{
    if (!lint->node_at_zero[node] || !lint->soil)
        return lint->node_at_zero[node];
    for (size_t i = lint->node_first[node]; i < lint->node_first[node + 1]; i++) {
        size_t far = lint->node_ends[i] ^ 1;
        if (lint->node_at_zero[lint->node_of_end[far]] || ali_lint_end_point(lint, far).z < 0.0)
            return false;
    }
    return true;
}

size_t ali_lint_valence(const ali_lint *lint, size_t node)
{
    size_t valence = 0;
    for (size_t i = lint->node_first[node]; i < lint->node_first[node + 1]; i++)
        valence += lint->original[lint->node_ends[i] / 2] == lint->node_ends[i] / 2;
    return valence;
}

/* ---- findings ---- */

static void add_finding(ali_lint *lint, ali_lint_kind kind, ali_origin origin, const char *object,
                        const char *format, va_list arguments)
{
    if (lint->off[kind] || lint->out_of_memory)
        return;
    char message[1024];
    vsnprintf(message, sizeof message, format, arguments);
    ali_lint_finding finding = {.kind = kind, .origin = origin, .message = ali_strdup(message)};
    snprintf(finding.object, sizeof finding.object, "%s", object);
    if (!finding.message || ali_grow((void **)&lint->findings, &lint->finding_capacity,
                                     lint->finding_count, sizeof *lint->findings)) {
        free(finding.message);
        lint->out_of_memory = true;
        return;
    }
    finding.order = lint->finding_count;
    lint->findings[lint->finding_count++] = finding;
}

void ali_lint_add(ali_lint *lint, ali_lint_kind kind, ali_origin origin, const char *object,
                  const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(lint, kind, origin, object, format, arguments);
    va_end(arguments);
}

void ali_lint_add_wire(ali_lint *lint, ali_lint_kind kind, size_t wire, const char *format, ...)
{
    char object[32];
    snprintf(object, sizeof object, "wire %zu", wire + 1);
    va_list arguments;
    va_start(arguments, format);
    add_finding(lint, kind, lint->model->wires[wire].origin, object, format, arguments);
    va_end(arguments);
}

/** By kind, then in the order found, equal messages side by side first. */
static int compare_for_merging(const void *first, const void *second)
{
    const ali_lint_finding *a = first, *b = second;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = strcmp(a->message, b->message);
    if (order != 0)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

/** By line of the input, then by kind, then as found. */
static int compare_for_reporting(const void *first, const void *second)
{
    const ali_lint_finding *a = first, *b = second;
    if (a->origin.line != b->origin.line)
        return a->origin.line < b->origin.line ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/** Tasks repeat what cards said once: drop findings whose kind and message are those of an earlier
 * one. */
static void drop_repeated(ali_lint *lint)
{
    ali_lint_finding *findings = lint->findings;
    size_t kept = 0;
    if (lint->finding_count > 1)
        qsort(findings, lint->finding_count, sizeof *findings, compare_for_merging);
    for (size_t i = 0; i < lint->finding_count; i++) {
        if (kept > 0 && findings[kept - 1].kind == findings[i].kind &&
            strcmp(findings[kept - 1].message, findings[i].message) == 0)
            free(findings[i].message);
        else
            findings[kept++] = findings[i];
    }
    lint->finding_count = kept;
    if (kept > 1)
        qsort(findings, kept, sizeof *findings, compare_for_reporting);
}

/** Let the first of many findings stand for all: of one kind and card (the copies that GM, GX and
 * GR make), then of one kind if there are still more than MAX_ALIKE. Those that are stood for get
 * more = ALI_NONE. */
static void fold(ali_lint *lint)
{
    size_t first[ALI_LINT_KIND_COUNT], groups[ALI_LINT_KIND_COUNT] = {0};
    for (size_t i = 0; i < lint->finding_count; i++) {
        ali_lint_finding *finding = &lint->findings[i], *before = i > 0 ? finding - 1 : NULL;
        while (before && before->more == ALI_NONE)
            before--;
        if (before && before->kind == finding->kind && finding->origin.line > 0 &&
            before->origin.line == finding->origin.line) {
            before->more++;
            finding->more = ALI_NONE;
        } else if (groups[finding->kind]++ == 0) {
            first[finding->kind] = i;
        }
    }
    for (size_t i = 0; i < lint->finding_count; i++) {
        ali_lint_finding *finding = &lint->findings[i];
        if (finding->more == ALI_NONE || groups[finding->kind] <= MAX_ALIKE ||
            first[finding->kind] == i)
            continue;
        lint->findings[first[finding->kind]].more += 1 + finding->more;
        finding->more = ALI_NONE;
    }
}

static void report_findings(ali_lint *lint, alicorn_report_fn report, void *user, size_t *count)
{
    drop_repeated(lint);
    fold(lint);
    for (size_t i = 0; i < lint->finding_count; i++) {
        const ali_lint_finding *finding = &lint->findings[i];
        const ali_lint_description *description = &ali_lint_descriptions[finding->kind];
        char message[1152];
        if (finding->more == ALI_NONE)
            continue;
        int length = snprintf(message, sizeof message, "%s", finding->message);
        if (finding->more > 0)
            snprintf(message + length, sizeof message - (size_t)length, "; and %zu more like this",
                     finding->more);
        alicorn_diagnostic diagnostic = {.severity = description->severity,
                                         .name = description->name,
                                         .message = message,
                                         .file = lint->model->name,
                                         .line = finding->origin.line,
                                         .column = finding->origin.column,
                                         .object = finding->object};
        if (report)
            report(user, &diagnostic);
        ++*count;
    }
}

static alicorn_status switch_off(ali_lint *lint, const char *const *names, alicorn_error *error)
{
    for (; names && *names; names++) {
        size_t kind = 0;
        while (kind < ALI_LINT_KIND_COUNT && strcmp(*names, ali_lint_descriptions[kind].name) != 0)
            kind++;
        if (kind == ALI_LINT_KIND_COUNT)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "no finding of the lint is called %.40s, see docs/lint.md",
                                 *names);
        lint->off[kind] = true;
    }
    return ALICORN_OK;
}

/* ---- facts ---- */

static bool is_sound(const ali_segment *segment)
{
    double length = ali_joints_segment_length(segment);
    return isfinite(length) && length > 0.0 && isfinite(segment->radius) && segment->radius > 0.0;
}

/** Join the sound segments only: the others have their own finding. */
static alicorn_status find_joints(ali_lint *lint, alicorn_error *error)
{
    const ali_model *model = lint->model;
    size_t sound = 0, count = model->segment_count;
    ali_segment *segments = ali_calloc(count, sizeof *segments);
    size_t *node = ali_calloc(2 * count, sizeof *node);
    alicorn_status status = ALICORN_OK;
    if (!segments || !node) {
        status = ali_error_memory(error, count * sizeof *segments, "the lint");
        goto cleanup;
    }
    for (size_t s = 0; s < count; s++)
        if (lint->length[s] > 0.0)
            segments[sound++] = model->segments[s];
    bool mirror = lint->ground && !lint->soil;
    status = ali_joints_find(segments, sound, mirror, node, &lint->node_count, error);
    if (status != ALICORN_OK)
        goto cleanup;
    for (size_t s = 0, i = 0; s < count; s++)
        for (size_t side = 0; side < 2; side++)
            lint->node_of_end[2 * s + side] = lint->length[s] > 0.0 ? node[i++] : ALI_NONE;
cleanup:
    free(segments);
    free(node);
    return status;
}

/** List the ends of every node. */
static alicorn_status list_ends(ali_lint *lint, alicorn_error *error)
{
    const size_t end_count = 2 * lint->model->segment_count, nodes = lint->node_count;
    const size_t *node = lint->node_of_end;
    lint->node_first = ali_calloc(nodes + 2, sizeof *lint->node_first);
    lint->node_ends = ali_calloc(end_count, sizeof *lint->node_ends);
    lint->node_at_zero = ali_calloc(nodes, sizeof *lint->node_at_zero);
    if (!lint->node_first || !lint->node_ends || !lint->node_at_zero)
        return ali_error_memory(error, end_count * sizeof *lint->node_ends, "the lint");
    for (size_t end = 0; end < end_count; end++)
        if (node[end] != ALI_NONE)
            lint->node_first[node[end] + 2]++;
    for (size_t n = 0; n < nodes; n++)
        lint->node_first[n + 2] += lint->node_first[n + 1];
    for (size_t end = 0; end < end_count; end++)
        if (node[end] != ALI_NONE)
            lint->node_ends[lint->node_first[node[end] + 1]++] = end;
    return ALICORN_OK;
}

/** Mark nodes at z = 0. */
static alicorn_status mark_ground(ali_lint *lint, alicorn_error *error)
{
    ali_vec3 *point = ali_calloc(lint->node_count, sizeof *point);
    if (!point)
        return ali_error_memory(error, lint->node_count * sizeof *point, "the lint");
    for (size_t n = 0; n < lint->node_count; n++) {
        double share = 1.0 / (double)(lint->node_first[n + 1] - lint->node_first[n]);
        for (size_t i = lint->node_first[n]; i < lint->node_first[n + 1]; i++)
            point[n] = ali_vec3_axpy(point[n], share, ali_lint_end_point(lint, lint->node_ends[i]));
    }
    ali_joints_find_ground(lint->model->segments, lint->model->segment_count, lint->node_of_end,
                           lint->node_count, point, lint->soil, lint->node_at_zero);
    free(point);
    return ALICORN_OK;
}

/** For every segment the first one between the same two nodes. */
static void find_originals(ali_lint *lint)
{
    for (size_t s = 0; s < lint->model->segment_count; s++) {
        lint->original[s] = s;
        if (!(lint->length[s] > 0.0))
            continue;
        size_t near = lint->node_of_end[2 * s], far = lint->node_of_end[2 * s + 1];
        for (size_t i = lint->node_first[near]; i < lint->node_first[near + 1]; i++) {
            size_t end = lint->node_ends[i];
            if (lint->node_of_end[end ^ 1] == far && end / 2 < lint->original[s])
                lint->original[s] = end / 2;
        }
    }
}

/** The shorter of two waves of which 0 is none. */
static double shorter(double wave, double other)
{
    return !(wave > 0.0) ? other : other > 0.0 ? fmin(wave, other) : wave;
}

/** Wavelength below z = 0 of a wave of the air; 0 in conductors, where waves do not run. */
static double wave_below(const ali_ground *ground, double wave)
{
    double complex permittivity =
        ali_medium_permittivity(&ground->medium, 2.0 * ALI_PI * ALI_C0 / wave);
    return -cimag(permittivity) < creal(permittivity) ? wave / creal(csqrt(permittivity)) : 0.0;
}

static void find_frequencies(ali_lint *lint)
{
    const ali_model *model = lint->model;
    for (size_t t = 0; t < model->task_count; t++) {
        const ali_task *task = &model->tasks[t];
        bool soil = task->ground.kind == ALI_GROUND_SOMMERFELD;
        if (task->ground.kind != ALI_GROUND_NONE) {
            lint->soil = soil && (lint->soil || !lint->ground);
            lint->ground = true;
        }
        for (size_t f = 0; f < task->frequency_count; f++) {
            double wave = task->frequencies[f] > 0.0 ? ALI_C0 / task->frequencies[f] : 0.0;
            if (!(wave > 0.0))
                continue;
            lint->longest_wave = fmax(lint->longest_wave, wave);
            lint->shortest_wave = shorter(lint->shortest_wave, wave);
            if (soil)
                lint->shortest_below =
                    shorter(lint->shortest_below, wave_below(&task->ground, wave));
        }
    }
}

static alicorn_status gather(ali_lint *lint, alicorn_error *error)
{
    const ali_model *model = lint->model;
    const size_t count = model->segment_count;
    find_frequencies(lint);
    lint->length = ali_calloc(count, sizeof *lint->length);
    lint->node_of_end = ali_calloc(2 * count, sizeof *lint->node_of_end);
    lint->original = ali_calloc(count, sizeof *lint->original);
    lint->swallowed = ali_calloc(count, sizeof *lint->swallowed);
    if (!lint->length || !lint->node_of_end || !lint->original || !lint->swallowed)
        return ali_error_memory(error, count * sizeof *lint->node_of_end, "the lint");
    for (size_t s = 0; s < count; s++)
        if (is_sound(&model->segments[s]))
            lint->length[s] = ali_joints_segment_length(&model->segments[s]);
    alicorn_status status = find_joints(lint, error);
    if (status == ALICORN_OK)
        status = list_ends(lint, error);
    if (status == ALICORN_OK)
        status = mark_ground(lint, error);
    if (status == ALICORN_OK)
        find_originals(lint);
    return status;
}

static void clear(ali_lint *lint)
{
    for (size_t i = 0; i < lint->finding_count; i++)
        free(lint->findings[i].message);
    free(lint->findings);
    free(lint->length);
    free(lint->node_of_end);
    free(lint->node_first);
    free(lint->node_ends);
    free(lint->original);
    free(lint->swallowed);
    free(lint->node_at_zero);
}

/** Lint one job, its own structure with its own tasks; *reported counts on. */
static alicorn_status lint_job(ali_lint *lint, alicorn_report_fn report, void *report_user,
                               size_t *reported, alicorn_error *error)
{
    alicorn_status status = gather(lint, error);
    if (status != ALICORN_OK)
        return status;
    ali_lint_check_wires(lint);
    ali_lint_check_pairs(lint);
    ali_lint_check_ground(lint);
    ali_lint_check_tasks(lint);
    ali_lint_check_surfaces(lint);
    if (lint->out_of_memory)
        return ali_error_memory(error, 0, "the findings of the lint");
    report_findings(lint, report, report_user, reported);
    return ALICORN_OK;
}

alicorn_status alicorn_model_lint(const alicorn_model *model, const char *const *off,
                                  alicorn_report_fn report, void *report_user, size_t *count,
                                  alicorn_error *error)
{
    size_t reported = 0;
    alicorn_status status = ALICORN_OK;
    for (const ali_model *job = model; job && status == ALICORN_OK; job = job->next) {
        ali_lint lint = {.model = job};
        status = switch_off(&lint, off, error);
        if (status == ALICORN_OK)
            status = lint_job(&lint, report, report_user, &reported, error);
        clear(&lint);
    }
    if (count)
        *count = reported;
    return status;
}
