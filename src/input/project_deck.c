/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  NEC decks as parts of a project: their structure, loads, networks and sources, not their
 *  requests. */

/** Errors of one deck that are told: the wrong file has one in each line. */
enum { MOST_DECK_ERRORS = 10 };

/** The way of a deck's findings to the user. */
typedef struct deck_findings {
    const alicorn_read_options *options; /**< of the project, may be NULL */
    size_t errors;                       /**< so far */
} deck_findings;

/** Requests and remarks do not matter here. */
static void pass_finding(void *user, const alicorn_diagnostic *finding)
{
    deck_findings *findings = user;
    const alicorn_read_options *options = findings->options;
    findings->errors += finding->severity == ALICORN_ERROR;
    bool wanted = finding->severity != ALICORN_NOTE && findings->errors <= MOST_DECK_ERRORS;
    if (options && options->report && wanted)
        options->report(options->report_user, finding);
}

/** Read the deck; NULL if it has errors, which are reported. */
static alicorn_status read_deck(ali_project_reader *reader, const ali_project_part *part,
                                ali_model **deck)
{
    deck_findings findings = {.options = reader->keys.options};
    alicorn_read_options options = {
        .undriven = 1, .report = pass_finding, .report_user = &findings};
    const char **names = NULL;
    double *values = NULL;
    size_t count = 0;
    alicorn_error error = {0};
    alicorn_status status = ALICORN_OK;
    *deck = NULL;
    if (part->set)
        status = ali_project_read_set(reader, part->set, &names, &values, &count);
    if (status != ALICORN_OK || ali_diagnostics_error_count(reader->keys.diagnostics) > 0)
        return status;
    options.set_names = names;
    options.set_values = values;
    options.set_count = count;
    char *path = ali_key_file_path(&reader->keys, part->deck);
    if (!path)
        return ali_error_memory(reader->keys.error, strlen(part->deck), "a path");
    status = reader->mesher->read_deck(reader->mesher->user, path, &options, deck, &error);
    if (status == ALICORN_E_INPUT || status == ALICORN_E_IO) {
        char place[40] = "", more[60] = "";
        if (error.line > 0)
            snprintf(place, sizeof place, " in line %d", error.line);
        if (findings.errors > 1)
            snprintf(more, sizeof more, " (and %zu more error%s)", findings.errors - 1,
                     findings.errors > 2 ? "s" : "");
        ali_key_report(&reader->keys, ALICORN_ERROR, "deck", ali_key_place(part->node, "deck"),
                       "the deck cannot be used%s: %.250s%s", place, error.message, more);
        status = ALICORN_OK;
    } else if (status != ALICORN_OK) {
        *reader->keys.error = error;
    }
    free(path);
    return status;
}

/** Say what of the deck is left out. */
static void note_left_out(ali_project_reader *reader, const ali_project_part *part,
                          const ali_model *deck)
{
    const ali_yaml_node *node = ali_key_place(part->node, "deck");
    const ali_task *task = deck->task_count > 0 ? &deck->tasks[0] : NULL;
    if (deck->next)
        ali_key_report(&reader->keys, ALICORN_WARNING, "deck-jobs", node,
                       "only the structure before NX is used");
    if (task && task->ground.kind != ALI_GROUND_NONE && reader->ground.kind == ALI_GROUND_NONE)
        ali_key_report(&reader->keys, ALICORN_WARNING, "deck-ground", node,
                       "the deck stands on a ground, the project's ground is free");
}

/** One wire of the deck, placed. */
static alicorn_status add_wire(ali_project_reader *reader, size_t part, size_t copy,
                               const ali_model *deck, const ali_wire *wire)
{
    const ali_placement *placement = &reader->plans[part].copies[copy];
    double scale = ali_project_part_at(reader, part)->scale;
    ali_vec3 *points = ali_calloc(wire->count + 1, sizeof *points);
    double *radii = ali_calloc(wire->count, sizeof *radii);
    alicorn_status status = ALICORN_OK;
    if (!points || !radii) {
        status =
            ali_error_memory(reader->keys.error, wire->count * sizeof *points, "a wire's segments");
        goto cleanup;
    }
    points[0] = ali_placement_apply(placement, deck->segments[wire->first].start);
    for (size_t i = 0; i < wire->count; i++) {
        const ali_segment *segment = &deck->segments[wire->first + i];
        points[i + 1] = ali_placement_apply(placement, segment->end);
        radii[i] = segment->radius * scale;
    }
    const ali_project_wire_name name = {.part = part, .copy = copy, .number = wire->tag};
    status = ali_project_add_wire(reader, &name, points, radii, wire->count);
cleanup:
    free(points);
    free(radii);
    return status;
}

/** Patches of the deck. */
static alicorn_status add_patches(ali_project_reader *reader, size_t part, size_t copy,
                                  const ali_model *deck)
{
    size_t vertex_count = deck->vertex_count, triangle_count = deck->triangle_count;
    if (triangle_count == 0)
        return ALICORN_OK;
    ali_vec3 *vertices = ali_calloc(vertex_count, sizeof *vertices);
    size_t(*triangles)[3] = ali_calloc(triangle_count, sizeof *triangles);
    alicorn_status status = ALICORN_OK;
    if (vertices && triangles) {
        for (size_t i = 0; i < vertex_count; i++)
            vertices[i] = ali_placement_apply(&reader->plans[part].copies[copy], deck->vertices[i]);
        for (size_t i = 0; i < triangle_count; i++)
            memcpy(triangles[i], deck->triangles[i].vertex, sizeof triangles[i]);
        ali_surface surface = ali_project_surface(reader, part);
        status = ali_model_add_surface(reader->model, vertex_count, vertices, triangle_count,
                                       (const size_t(*)[3])triangles, &surface, reader->keys.error);
    } else {
        status =
            ali_error_memory(reader->keys.error, triangle_count * sizeof *triangles, "patches");
    }
    free(vertices);
    free(triangles);
    return status;
}

/** Loads and networks of the deck, its segment 0 being segment `base` of the model. */
static alicorn_status add_circuit(ali_project_reader *reader, size_t part, const ali_task *task,
                                  size_t base)
{
    const ali_project_part *p = ali_project_part_at(reader, part);
    ali_origin origin = {.line = p->node->line, .column = p->node->column, .card = "part"};
    for (size_t i = 0; i < task->load_count; i++) {
        if (ali_grow((void **)&reader->loads, &reader->load_capacity, reader->load_count,
                     sizeof *reader->loads))
            return ali_error_memory(reader->keys.error, sizeof *reader->loads, "loads");
        ali_load *load = &reader->loads[reader->load_count++];
        *load = task->loads[i];
        load->first += base;
        load->last += base;
        load->origin = origin;
        if (load->kind == ALI_LOAD_CONDUCTIVITY && p->material)
            ali_key_report(&reader->keys, ALICORN_ERROR, "material", p->material,
                           "the deck gives its wires a conductivity already (LD 5)");
    }
    for (size_t i = 0; i < task->network_count; i++) {
        if (ali_grow((void **)&reader->networks, &reader->network_capacity, reader->network_count,
                     sizeof *reader->networks))
            return ali_error_memory(reader->keys.error, sizeof *reader->networks, "networks");
        ali_network *network = &reader->networks[reader->network_count++];
        *network = task->networks[i];
        network->segment[0] += base;
        network->segment[1] += base;
        network->length *= p->scale;
        network->origin = origin;
    }
    return ALICORN_OK;
}

static alicorn_status add_sources(ali_project_reader *reader, size_t part, size_t copy,
                                  const ali_drive *drive, size_t base)
{
    if (drive->kind != ALI_DRIVE_SOURCES)
        return ALICORN_OK;
    for (size_t i = 0; i < drive->source_count; i++) {
        const ali_source *source = &drive->sources[i];
        bool at_start = source->kind == ALI_SOURCE_SEGMENT_END;
        if (ali_grow((void **)&reader->deck_sources, &reader->deck_source_capacity,
                     reader->deck_source_count, sizeof *reader->deck_sources))
            return ali_error_memory(reader->keys.error, sizeof *reader->deck_sources, "sources");
        reader->deck_sources[reader->deck_source_count++] = (ali_project_deck_source){
            .part = part,
            .copy = copy,
            .site = {at_start ? ALI_SITE_SEGMENT_START : ALI_SITE_SEGMENT, base + source->segment}};
    }
    return ALICORN_OK;
}

static alicorn_status add_copy(ali_project_reader *reader, size_t part, size_t copy,
                               const ali_model *deck)
{
    size_t base = reader->model->segment_count;
    alicorn_status status = ALICORN_OK;
    for (size_t w = 0; w < deck->wire_count && status == ALICORN_OK; w++)
        status = add_wire(reader, part, copy, deck, &deck->wires[w]);
    if (status == ALICORN_OK)
        status = add_patches(reader, part, copy, deck);
    if (status == ALICORN_OK)
        status = ali_project_load_wires(reader, part, base, reader->model->segment_count - base);
    if (status == ALICORN_OK && deck->task_count > 0)
        status = add_circuit(reader, part, &deck->tasks[0], base);
    if (status == ALICORN_OK && deck->task_count > 0)
        status = add_sources(reader, part, copy, &deck->tasks[0].drive, base);
    return status;
}

alicorn_status ali_project_add_deck(ali_project_reader *reader, size_t part)
{
    const ali_project_part *p = ali_project_part_at(reader, part);
    ali_model *deck = NULL;
    alicorn_status status = read_deck(reader, p, &deck);
    if (deck)
        note_left_out(reader, p, deck);
    for (size_t k = 0; deck && k < reader->plans[part].copy_count && status == ALICORN_OK; k++) {
        if (ali_diagnostics_error_count(reader->keys.diagnostics) > 0)
            break;
        status = add_copy(reader, part, k, deck);
    }
    ali_model_destroy(deck);
    return status;
}
