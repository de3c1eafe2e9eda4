/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/lint.h"

#include "base/memory.h"
#include "mesh/attach.h"
#include "mesh/face_geometry.h"

#include <stdlib.h>

/** Number of values of ali_load_kind. */
enum { LOAD_KINDS = ALI_LOAD_CONDUCTIVITY + 1 };

/** A source, a load or one end of a network. */
typedef struct device {
    const char *name; /**< "source" */
    const char *verb; /**< "drives" */
    const char *card; /**< "EX": object of the finding */
    size_t segment;
    bool at_start; /**< acts at the segment's first end only */
    ali_origin origin;
} device;

/** Whether the end is attached to a surface. */
static bool on_surface(const ali_lint *lint, size_t end)
{
    const ali_model *model = lint->model;
    ali_vec3 point = ali_lint_end_point(lint, end);
    for (size_t t = 0; t < model->triangle_count; t++) {
        const size_t *v = model->triangles[t].vertex;
        ali_corners corners = {
            {model->vertices[v[0]], model->vertices[v[1]], model->vertices[v[2]]}};
        double reach = ali_attach_reach(model->segments[end / 2].radius, lint->length[end / 2],
                                        ali_corners_shortest(&corners));
        if (ali_vec3_distance(ali_closest_on_triangle(&corners, point), point) <= reach)
            return true;
    }
    return false;
}

/** Whether the current must vanish at the end: nothing else is joined there. An end that GE
 * connects with a ground is not called open, even if GN forgot the ground: that is another finding.
 */
static bool is_open(const ali_lint *lint, const ali_task *task, size_t end)
{
    size_t node = lint->node_of_end[end];
    bool grounded = task->ground.connect && ali_lint_is_grounded(lint, node);
    return !grounded && ali_lint_valence(lint, node) == 1 && !on_surface(lint, end);
}

static bool has_network(const ali_task *task, size_t segment)
{
    for (size_t n = 0; n < task->network_count; n++)
        if (task->networks[n].segment[0] == segment || task->networks[n].segment[1] == segment)
            return true;
    return false;
}

/** Where devices sit. A segment alone in space that a network meets is a known trick, a terminal
 * without an antenna, and is left in peace. */
static void check_device(ali_lint *lint, const ali_task *task, const device *what)
{
    const size_t segment = what->segment;
    if (segment >= lint->model->segment_count || !(lint->length[segment] > 0.0))
        return;
    ali_lint_text card = ali_lint_card_name(what->origin);
    ali_lint_text place = ali_lint_segment_name(lint, segment);
    bool start = is_open(lint, task, 2 * segment);
    bool end = !what->at_start && is_open(lint, task, 2 * segment + 1);
    if (lint->original[segment] != segment)
        ali_lint_add(lint, ALI_LINT_ON_DUPLICATE, what->origin, what->card,
                     "the %s%s %s %s, which lies exactly on %s: the two act as one", what->name,
                     card.text, what->verb, place.text,
                     ali_lint_segment_name(lint, lint->original[segment]).text);
    if (start && end && has_network(task, segment))
        return;
    if (start && end)
        ali_lint_add(
            lint, ALI_LINT_ON_OPEN_END, what->origin, what->card,
            "the %s%s %s %s, a single segment with two open ends, where hardly any current "
            "can flow; cut the wire into three segments or more",
            what->name, card.text, what->verb, place.text);
    else if (start || end)
        ali_lint_add(
            lint, ALI_LINT_ON_OPEN_END, what->origin, what->card,
            "the %s%s %s %s, whose end at %s is open: the current vanishes there; expected "
            "is a segment joined at both ends",
            what->name, card.text, what->verb, place.text,
            ali_lint_point(ali_lint_end_point(lint, 2 * segment + (start ? 0 : 1))).text);
}

/* ---- sources ---- */

static int compare_sources(const void *first, const void *second)
{
    const ali_source *a = *(const ali_source *const *)first;
    const ali_source *b = *(const ali_source *const *)second;
    if (a->segment != b->segment)
        return a->segment < b->segment ? -1 : 1;
    return a < b ? -1 : a > b;
}

/** Two sources of one kind on one segment. */
static void check_repeated_sources(ali_lint *lint, const ali_drive *drive)
{
    const ali_source **sorted = ali_calloc(drive->source_count, sizeof *sorted);
    if (!sorted) {
        lint->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < drive->source_count; i++)
        sorted[i] = &drive->sources[i];
    qsort(sorted, drive->source_count, sizeof *sorted, compare_sources);
    for (size_t i = 1; i < drive->source_count; i++) {
        const ali_source *a = sorted[i - 1], *b = sorted[i];
        if (a->segment == b->segment && a->kind == b->kind && a->kind != ALI_SOURCE_PORT &&
            b->segment < lint->model->segment_count)
            ali_lint_add(lint, ALI_LINT_SOURCE_TWICE, b->origin, "EX",
                         "the source%s drives %s, as the source%s does: only the last of them "
                         "counts in NEC-2",
                         ali_lint_card_name(b->origin).text,
                         ali_lint_segment_name(lint, b->segment).text,
                         ali_lint_card_name(a->origin).text);
    }
    free(sorted);
}

static void check_sources(ali_lint *lint, const ali_task *task)
{
    const ali_drive *drive = &task->drive;
    bool all_zero = drive->source_count > 0;
    for (size_t i = 0; i < drive->source_count; i++) {
        const ali_source *source = &drive->sources[i];
        const ali_site site = ali_model_source_site(lint->model, source);
        if (site.kind == ALI_SITE_SEGMENT || site.kind == ALI_SITE_SEGMENT_START)
            check_device(lint, task,
                         &(device){.name = "source",
                                   .verb = "drives",
                                   .card = "EX",
                                   .segment = site.index,
                                   .at_start = site.kind == ALI_SITE_SEGMENT_START,
                                   .origin = source->origin});
        all_zero = all_zero && source->voltage == 0.0;
    }
    check_repeated_sources(lint, drive);
    if (all_zero)
        ali_lint_add(lint, ALI_LINT_SOURCE_ZERO, drive->sources[0].origin, "EX",
                     "the source%s has 0 V, and so have all others: nothing is driven",
                     ali_lint_card_name(drive->sources[0].origin).text);
}

/* ---- loads ---- */

static void check_load_values(ali_lint *lint, const ali_load *load)
{
    const double *value = load->value;
    ali_lint_text card = ali_lint_card_name(load->origin);
    bool empty =
        value[0] == 0.0 && value[1] == 0.0 && (load->kind >= ALI_LOAD_IMPEDANCE || value[2] == 0.0);
    if (empty)
        ali_lint_add(lint, ALI_LINT_LOAD_EMPTY, load->origin, "LD",
                     "the load%s on %s has only zeros and changes nothing", card.text,
                     ali_lint_segment_name(lint, load->first).text);
    else if (value[0] < 0.0)
        ali_lint_add(lint, ALI_LINT_LOAD_NEGATIVE, load->origin, "LD",
                     "the load%s on %s has the %s %.4g and supplies power", card.text,
                     ali_lint_segment_name(lint, load->first).text,
                     load->kind == ALI_LOAD_CONDUCTIVITY ? "conductivity" : "resistance", value[0]);
}

/** Loads of one kind on one segment: NEC adds them up. loaded: work space [segment_count]. */
static void check_repeated_loads(ali_lint *lint, const ali_task *task, ali_load_kind kind,
                                 size_t *loaded)
{
    for (size_t s = 0; s < lint->model->segment_count; s++)
        loaded[s] = ALI_NONE;
    for (size_t i = 0; i < task->load_count; i++) {
        const ali_load *load = &task->loads[i];
        size_t other = ALI_NONE;
        if (load->kind != kind || load->last >= lint->model->segment_count)
            continue;
        for (size_t s = load->first; s <= load->last; s++) {
            if (loaded[s] != ALI_NONE && loaded[s] != other) {
                other = loaded[s];
                ali_lint_add(lint, ALI_LINT_LOAD_TWICE, load->origin, "LD",
                             "the load%s is put on %s, which the load%s of the same type loads "
                             "already: the two add up",
                             ali_lint_card_name(load->origin).text,
                             ali_lint_segment_name(lint, s).text,
                             ali_lint_card_name(task->loads[other].origin).text);
            }
            loaded[s] = i;
        }
    }
}

static void check_loads(ali_lint *lint, const ali_task *task)
{
    for (size_t i = 0; i < task->load_count; i++) {
        const ali_load *load = &task->loads[i];
        if (load->first >= lint->model->segment_count)
            continue;
        check_load_values(lint, load);
        if (load->first == load->last && load->kind != ALI_LOAD_CONDUCTIVITY)
            check_device(lint, task,
                         &(device){.name = "load",
                                   .verb = "loads",
                                   .card = "LD",
                                   .segment = load->first,
                                   .origin = load->origin});
    }
    if (task->load_count < 2)
        return;
    size_t *loaded = ali_calloc(lint->model->segment_count, sizeof *loaded);
    if (!loaded) {
        lint->out_of_memory = true;
        return;
    }
    for (int kind = 0; kind < LOAD_KINDS; kind++)
        check_repeated_loads(lint, task, (ali_load_kind)kind, loaded);
    free(loaded);
}

/* ---- networks ---- */

static void check_networks(ali_lint *lint, const ali_task *task)
{
    for (size_t i = 0; i < task->network_count; i++) {
        const ali_network *network = &task->networks[i];
        bool line = network->kind == ALI_NETWORK_LINE;
        device end = {.name = line ? "transmission line" : "network",
                      .verb = "attaches to",
                      .card = line ? "TL" : "NT",
                      .origin = network->origin};
        for (size_t side = 0; side < 2; side++) {
            end.segment = network->segment[side];
            check_device(lint, task, &end);
        }
        if (network->segment[0] == network->segment[1] &&
            network->segment[0] < lint->model->segment_count)
            ali_lint_add(lint, ALI_LINT_NETWORK_SAME_SEGMENT, network->origin, end.card,
                         "both ends of the %s%s attach to %s", end.name,
                         ali_lint_card_name(network->origin).text,
                         ali_lint_segment_name(lint, network->segment[0]).text);
    }
}

void ali_lint_check_tasks(ali_lint *lint)
{
    const ali_model *model = lint->model;
    if (model->task_count == 0)
        ali_lint_add(
            lint, ALI_LINT_NO_TASK, (ali_origin){0}, "",
            "nothing is asked: expected a card that starts a calculation, such as XQ or RP");
    for (size_t t = 0; t < model->task_count; t++) {
        const ali_task *task = &model->tasks[t];
        ali_lint_text card = ali_lint_card_name(task->origin);
        if (task->frequency_count == 0)
            ali_lint_add(lint, ALI_LINT_NO_FREQUENCY, task->origin, task->origin.card,
                         "the calculation%s has no frequency", card.text);
        if (task->drive.kind == ALI_DRIVE_NONE ||
            (task->drive.kind == ALI_DRIVE_SOURCES && task->drive.source_count == 0))
            ali_lint_add(lint, ALI_LINT_NO_SOURCE, task->origin, task->origin.card,
                         "the calculation%s has neither a source nor an incident wave", card.text);
        check_sources(lint, task);
        check_loads(lint, task);
        check_networks(lint, task);
    }
}
