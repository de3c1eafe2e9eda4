/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"
#include "shape/nearest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Ports by name: on wires, between a wire's end and what it touches, along edges of surfaces. */

/* ---- names of wires ---- */

/** Take a text apart as far as it names a part; *copy_given: [COPY] stands there. */
static ali_project_address split_address(const ali_project_reader *reader, const char *text,
                                         bool *copy_given)
{
    size_t length = strcspn(text, ".[");
    ali_project_address a = {.part = ALI_NONE};
    *copy_given = false;
    for (size_t i = 0; i < reader->project.parts.count && a.part == ALI_NONE; i++) {
        const char *name = ali_project_part_at(reader, i)->name;
        if (strlen(name) == length && strncmp(name, text, length) == 0)
            a.part = i;
    }
    const char *rest = text + length;
    if (rest[0] == '[') {
        char *end;
        long copy = strtol(rest + 1, &end, 10);
        if (rest[1] < '0' || rest[1] > '9' || *end != ']' || copy < 1)
            a.part = ALI_NONE;
        a.copy = copy > 0 ? (size_t)copy - 1 : 0;
        *copy_given = true;
        rest = *end == ']' ? end + 1 : end;
    }
    if (rest[0] == '.')
        a.item = rest + 1;
    else if (rest[0])
        a.part = ALI_NONE;
    return a;
}

ali_project_address ali_project_read_address(ali_project_reader *reader, const ali_yaml_node *node,
                                             const char *text, const char *finding,
                                             const char *form)
{
    bool copy_given;
    char quote[70];
    ali_project_address a = split_address(reader, text, &copy_given);
    ali_quote(quote, sizeof quote, text, strlen(text));
    if (a.part == ALI_NONE) {
        ali_key_report(&reader->keys, ALICORN_ERROR, finding, node,
                       "'%s' names no part, expected %s", quote, form);
        return a;
    }
    size_t copies = reader->plans[a.part].copy_count;
    if (a.copy >= copies || (copies > 1 && !copy_given)) {
        ali_key_report(&reader->keys, ALICORN_ERROR, finding, node,
                       "'%s': the part has %zu cop%s, expected a number from [1] to [%zu]", quote,
                       copies, copies == 1 ? "y" : "ies", copies);
        a.part = ALI_NONE;
    }
    return a;
}

static bool is_meant(const ali_project_wire_name *name, const ali_project_address *a)
{
    char number[16];
    if (name->part != a->part || name->copy != a->copy)
        return false;
    if (!a->item)
        return true;
    snprintf(number, sizeof number, "%d", name->number);
    return strcmp(number, a->item) == 0 || (name->own && strcmp(name->own, a->item) == 0);
}

/** "1, 2, whip" of a part. */
static void list_wires(const ali_project_reader *reader, const ali_project_address *a, char *list,
                       size_t size)
{
    int last = -1;
    list[0] = '\0';
    for (size_t i = 0; i < reader->name_count; i++) {
        const ali_project_wire_name *name = &reader->names[i];
        size_t used = strlen(list);
        if (name->part != a->part || name->copy != 0 || name->number == last)
            continue;
        last = name->number;
        if (name->own)
            snprintf(list + used, size - used, "%s%s", used ? ", " : "", name->own);
        else
            snprintf(list + used, size - used, "%s%d", used ? ", " : "", name->number);
    }
}

/** Runs of segments that `wire` at `node` means, [*count] in memory of the reader; 0: reported. */
static alicorn_status find_runs(ali_project_reader *reader, const ali_yaml_node *node,
                                const char *wire, const ali_project_wire_name ***runs,
                                size_t *count)
{
    ali_project_address a = ali_project_read_address(reader, node, wire, "no-such-wire",
                                                     "PART, PART.WIRE or PART[COPY].WIRE");
    char quote[70], list[150];
    ali_quote(quote, sizeof quote, wire, strlen(wire));
    *count = 0;
    if (a.part == ALI_NONE)
        return ALICORN_OK;
    *runs = ali_key_alloc(&reader->keys, reader->name_count, sizeof **runs);
    if (!*runs)
        return ali_error_memory(reader->keys.error, reader->name_count * sizeof **runs, "wires");
    for (size_t i = 0; i < reader->name_count; i++)
        if (is_meant(&reader->names[i], &a))
            (*runs)[(*count)++] = &reader->names[i];
    list_wires(reader, &a, list, sizeof list);
    if (*count == 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "no-such-wire", node, "'%s' names no wire%s%s",
                       quote, list[0] ? ", expected one of " : ": the part has none", list);
    for (size_t i = 1; i < *count && !a.item; i++)
        if ((*runs)[i]->number != (*runs)[0]->number) {
            ali_key_report(&reader->keys, ALICORN_ERROR, "no-such-wire", node,
                           "'%s' has several wires, expected one of %s", quote, list);
            *count = 0;
        }
    return ALICORN_OK;
}

/* ---- places along a wire ---- */

static double segment_length(const ali_model *model, size_t i)
{
    return ali_vec3_distance(model->segments[i].start, model->segments[i].end);
}

/** Segment whose middle is nearest to the fraction `at` of the runs' length. */
static ali_site middle_site(ali_project_reader *reader, const ali_yaml_node *node,
                            const ali_project_wire_name *const *runs, size_t count, double at)
{
    const ali_model *model = reader->model;
    double total = 0, along = 0, best = INFINITY;
    size_t nearest = ALI_NONE;
    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < runs[r]->count; i++)
            total += segment_length(model, runs[r]->first + i);
    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < runs[r]->count; i++) {
            double length = segment_length(model, runs[r]->first + i);
            double off = fabs(along + length / 2 - at * total);
            if (off < best - 1e-9 * total) {
                best = off;
                nearest = runs[r]->first + i;
            }
            along += length;
        }
    double length = segment_length(model, nearest);
    if (best > 0.05 * length && at > 0 && at < 1 && best <= 0.5 * length + 1e-9 * total)
        ali_key_report(&reader->keys, ALICORN_NOTE, "port-moved", node,
                       "stands in the middle of a segment, %.3g m beside the wanted place", best);
    return (ali_site){ALI_SITE_SEGMENT, nearest};
}

/** Whether a point lies within `reach` [m] of a triangle. */
static bool touches_surface(const ali_model *model, ali_vec3 point, double reach)
{
    for (size_t i = 0; i < model->triangle_count; i++) {
        const size_t *c = model->triangles[i].vertex;
        const ali_vec3 v[3] = {model->vertices[c[0]], model->vertices[c[1]], model->vertices[c[2]]};
        if (ali_vec3_distance(ali_nearest_on_triangle(v, point), point) <= reach)
            return true;
    }
    return false;
}

/** Whether a wire's end touches anything that a port could stand against, as the mesh will see it:
 * surfaces are touched within the wire's radius. */
static bool touches(const ali_project_reader *reader, size_t segment, ali_vec3 end)
{
    const ali_model *model = reader->model;
    double length = segment_length(model, segment), tolerance = 1e-3 * length;
    if (reader->ground.kind != ALI_GROUND_NONE && fabs(end.z) < tolerance)
        return true;
    for (size_t i = 0; i < model->segment_count; i++)
        if (i != segment && (ali_vec3_distance(model->segments[i].start, end) < tolerance ||
                             ali_vec3_distance(model->segments[i].end, end) < tolerance))
            return true;
    double radius = fmin(model->segments[segment].radius, 0.4 * length);
    return touches_surface(model, end, fmax(radius, tolerance));
}

static ali_site end_site(ali_project_reader *reader, const ali_yaml_node *node,
                         const ali_project_wire_name *const *runs, size_t count, bool start)
{
    const ali_project_wire_name *run = start ? runs[0] : runs[count - 1];
    size_t segment = start ? run->first : run->first + run->count - 1;
    const ali_segment *s = &reader->model->segments[segment];
    ali_vec3 end = start ? s->start : s->end;
    if (!touches(reader, segment, end))
        ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                       "the wire's end at (%.6g, %.6g, %.6g) m touches nothing, expected "
                       "another wire, a surface or the ground there",
                       end.x, end.y, end.z);
    return (ali_site){start ? ALI_SITE_SEGMENT_START : ALI_SITE_SEGMENT_END, segment};
}

alicorn_status ali_project_wire_site(ali_project_reader *reader, const ali_yaml_node *owner,
                                     const char *wire, const ali_yaml_node *at, ali_site *site)
{
    static const ali_key fraction = {.name = "at", .low = 0, .high = 1};
    const ali_project_wire_name **runs = NULL;
    double value = 0.5;
    size_t count;
    alicorn_status status = find_runs(reader, ali_key_place(owner, "wire"), wire, &runs, &count);
    if (status != ALICORN_OK || count == 0)
        return status;
    bool word = at && at->kind == ALI_YAML_SCALAR;
    bool start = word && strcmp(at->text, "start") == 0;
    bool end = word && strcmp(at->text, "end") == 0;
    if (start || end)
        *site = end_site(reader, at, runs, count, start);
    else if (!at || ali_key_read_real(&reader->keys, at, &fraction, &value))
        *site = middle_site(reader, at ? at : owner, runs, count, value);
    return ALICORN_OK;
}

/* ---- all ports ---- */

static bool is_same_place(const ali_model *model, size_t v, size_t w)
{
    return ali_vec3_distance(model->vertices[v], model->vertices[w]) == 0;
}

/** Whether two edge lines have an edge in common. */
static bool share_edge(const ali_model *model, const ali_edge_line *a, const ali_edge_line *b)
{
    for (size_t i = 0; i + 1 < a->count; i++)
        for (size_t j = 0; j + 1 < b->count; j++) {
            const size_t *v = a->vertices + i, *w = b->vertices + j;
            if ((is_same_place(model, v[0], w[0]) && is_same_place(model, v[1], w[1])) ||
                (is_same_place(model, v[0], w[1]) && is_same_place(model, v[1], w[0])))
                return true;
        }
    return false;
}

static bool is_taken(const ali_model *model, ali_site a, ali_site b)
{
    if (a.kind != b.kind)
        return false;
    return a.kind == ALI_SITE_EDGES
               ? share_edge(model, &model->edge_lines[a.index], &model->edge_lines[b.index])
               : a.index == b.index;
}

static alicorn_status add_port(ali_project_reader *reader, const char *name, ali_site site,
                               double z0, const ali_yaml_node *node)
{
    ali_named_port made = {.site = site, .z0 = z0, .line = node->line};
    snprintf(made.name, sizeof made.name, "%s", name);
    for (size_t i = 0; i < reader->model->port_count; i++) {
        const ali_named_port *other = &reader->model->ports[i];
        if (is_taken(reader->model, site, other->site))
            ali_key_report(&reader->keys, ALICORN_ERROR, "port-twice", node,
                           "stands where port '%s' stands already", other->name);
    }
    return ali_model_add_port(reader->model, &made, reader->keys.error);
}

static alicorn_status add_named_port(ali_project_reader *reader, const ali_project_port *port)
{
    ali_site site = {ALI_SITE_SEGMENT, ALI_NONE};
    alicorn_status status = ALICORN_OK;
    if ((port->wire != NULL) + (port->edge.count > 0) + (port->edge_group != NULL) != 1) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "port", port->node,
                       "expected one of wire, edge and edge_group");
        return ALICORN_OK;
    }
    if (port->wire) {
        status = ali_project_wire_site(reader, port->node, port->wire, port->at, &site);
    } else {
        site.kind = ALI_SITE_EDGES;
        if (port->at)
            ali_key_report(&reader->keys, ALICORN_ERROR, "port", port->at, "goes with wire only");
        status = port->edge_group
                     ? ali_project_find_marks(reader, ali_key_place(port->node, "edge_group"),
                                              port->edge_group, &site.index)
                     : ali_project_find_edges(reader, ali_key_place(port->node, "edge"),
                                              &port->edge, &site.index);
    }
    if (status != ALICORN_OK || site.index == ALI_NONE)
        return status;
    return add_port(reader, port->name, site, port->z0, port->node);
}

/** Name of source number `number` of all those of its part's copies: "part", "part[2]", with ".3"
 *  behind it if a copy has several. */
static void name_source(const ali_project_reader *reader, size_t index, char *name, size_t size)
{
    const ali_project_deck_source *source = &reader->deck_sources[index];
    size_t same = 0, before = 0;
    for (size_t i = 0; i < reader->deck_source_count; i++) {
        const ali_project_deck_source *other = &reader->deck_sources[i];
        bool sibling = other->part == source->part && other->copy == source->copy;
        same += sibling;
        before += sibling && i < index;
    }
    char copy[24] = "", number[24] = "";
    if (reader->plans[source->part].copy_count > 1)
        snprintf(copy, sizeof copy, "[%zu]", source->copy + 1);
    if (same > 1)
        snprintf(number, sizeof number, ".%zu", before + 1);
    snprintf(name, size, "%.*s%s%s", ALI_PORT_NAME_SIZE - 12,
             ali_project_part_at(reader, source->part)->name, copy, number);
}

alicorn_status ali_project_add_ports(ali_project_reader *reader)
{
    const ali_project *project = &reader->project;
    const ali_project_port *ports = project->ports.items;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < project->ports.count && status == ALICORN_OK; i++)
        status = add_named_port(reader, &ports[i]);
    if (ali_yaml_find(project->node, "ports"))
        return status;
    if (reader->deck_source_count > 1000) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "port", project->node,
                       "the decks have more than 1000 sources, expected ports");
        return status;
    }
    for (size_t i = 0; i < reader->deck_source_count && status == ALICORN_OK; i++) {
        const ali_project_deck_source *source = &reader->deck_sources[i];
        char name[ALI_PORT_NAME_SIZE + 64];
        name_source(reader, i, name, sizeof name);
        status = add_port(reader, name, source->site, 50,
                          ali_project_part_at(reader, source->part)->node);
    }
    return status;
}
