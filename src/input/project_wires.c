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
 *  Wires of parts into the model: cut into segments, placed, named, loaded. */

/** Segments of a wavelength when the project gives neither number nor length. */
static const double SEGMENTS_PER_WAVELENGTH = 20;

alicorn_status ali_project_add_wire(ali_project_reader *reader, const ali_project_wire_name *name,
                                    const ali_vec3 *points, const double *radii, size_t count)
{
    ali_model *model = reader->model;
    const ali_yaml_node *node = ali_project_part_at(reader, name->part)->node;
    if (model->segment_count + count > ALI_NEC_MAX_SEGMENTS) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "too-many-segments", node,
                       "the wires have more than %d segments", ALI_NEC_MAX_SEGMENTS);
        return ALICORN_OK;
    }
    ali_origin origin = {.line = node->line, .column = node->column};
    snprintf(origin.card, sizeof origin.card, "part");
    if (ali_grow((void **)&reader->names, &reader->name_capacity, reader->name_count,
                 sizeof *reader->names))
        return ali_error_memory(reader->keys.error, sizeof *name, "names of wires");
    ali_project_wire_name *made = &reader->names[reader->name_count++];
    *made = *name;
    made->first = model->segment_count;
    made->count = count;
    return ali_model_add_wire(model, (int)model->wire_count + 1, count, points, radii, origin,
                              reader->keys.error);
}

alicorn_status ali_project_load_wires(ali_project_reader *reader, size_t part, size_t first,
                                      size_t count)
{
    const ali_project_material *material = reader->plans[part].material;
    if (!material || isnan(material->conductivity) || count == 0)
        return ALICORN_OK;
    if (ali_grow((void **)&reader->loads, &reader->load_capacity, reader->load_count,
                 sizeof *reader->loads))
        return ali_error_memory(reader->keys.error, sizeof *reader->loads, "loads");
    const ali_yaml_node *node = ali_project_part_at(reader, part)->material;
    reader->loads[reader->load_count++] =
        (ali_load){.kind = ALI_LOAD_CONDUCTIVITY,
                   .first = first,
                   .last = first + count - 1,
                   .value = {material->conductivity, 0, 0},
                   .origin = {.line = node->line, .column = node->column, .card = "part"}};
    return ALICORN_OK;
}

/* ---- cutting ---- */

/** Corners of a wire: points, or from and to. */
static const double *wire_corners(const ali_project_wire *wire, double pair[6], size_t *count)
{
    if (wire->points.count > 0) {
        *count = wire->points.count;
        return wire->points.values;
    }
    memcpy(pair, wire->from, 3 * sizeof *pair);
    memcpy(pair + 3, wire->to, 3 * sizeof *pair);
    *count = 2;
    return pair;
}

/** Segments of a straight piece; a default number is odd, so that the middle can be driven. */
static double piece_segments(const ali_project_reader *reader, const ali_project_wire *wire,
                             const double *a, const double *b, double scale)
{
    if (wire->segments > 0)
        return wire->segments;
    double length = hypot(hypot(b[0] - a[0], b[1] - a[1]), b[2] - a[2]), longest;
    if (isnan(wire->longest_segment))
        longest = ALI_C0 / ali_project_highest_frequency(reader) / SEGMENTS_PER_WAVELENGTH / scale;
    else
        longest = wire->longest_segment;
    double count = fmax(1, ceil(length / longest * (1 - 1e-9)));
    return fmod(count, 2) == 0 ? count + 1 : count;
}

/** Points of a wire along its corners. points: [sum of the pieces' segments + 1], not placed. */
static void cut_pieces(const ali_project_reader *reader, const ali_project_wire *wire,
                       const double *corners, size_t corner_count, double scale, ali_vec3 *points)
{
    size_t at = 0;
    for (size_t i = 0; i + 1 < corner_count; i++) {
        const double *a = corners + 3 * i, *b = a + 3;
        size_t count = (size_t)piece_segments(reader, wire, a, b, scale);
        for (size_t k = i > 0; k <= count; k++) {
            double t = (double)k / (double)count;
            points[at++] = (ali_vec3){(1 - t) * a[0] + t * b[0], (1 - t) * a[1] + t * b[1],
                                      (1 - t) * a[2] + t * b[2]};
        }
    }
}

/** All copies of one wire. */
static alicorn_status add_copies(ali_project_reader *reader, size_t part,
                                 const ali_project_wire *wire, int number)
{
    const ali_project_plan *plan = &reader->plans[part];
    double scale = ali_project_part_at(reader, part)->scale, pair[6], total = 0;
    size_t corner_count;
    const double *corners = wire_corners(wire, pair, &corner_count);
    for (size_t i = 0; i + 1 < corner_count; i++)
        total += piece_segments(reader, wire, corners + 3 * i, corners + 3 * i + 3, scale);
    if (!(total * (double)plan->copy_count <= ALI_NEC_MAX_SEGMENTS)) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "too-many-segments", wire->node,
                       "%.3g segments, expected at most %d", total * (double)plan->copy_count,
                       ALI_NEC_MAX_SEGMENTS);
        return ALICORN_OK;
    }
    size_t count = (size_t)total;
    ali_vec3 *points = ali_calloc(2 * (count + 1), sizeof *points), *placed = points + count + 1;
    double *radii = ali_calloc(count, sizeof *radii);
    alicorn_status status = ALICORN_OK;
    if (!points || !radii) {
        status = ali_error_memory(reader->keys.error, count * sizeof *points, "a wire's segments");
        goto cleanup;
    }
    cut_pieces(reader, wire, corners, corner_count, scale, points);
    for (size_t i = 0; i < count; i++)
        radii[i] = wire->radius * scale;
    for (size_t k = 0; k < plan->copy_count && status == ALICORN_OK; k++) {
        for (size_t i = 0; i <= count; i++)
            placed[i] = ali_placement_apply(&plan->copies[k], points[i]);
        const ali_project_wire_name name = {
            .part = part, .copy = k, .number = number, .own = wire->name};
        size_t first = reader->model->segment_count;
        status = ali_project_add_wire(reader, &name, placed, radii, count);
        if (status == ALICORN_OK)
            status =
                ali_project_load_wires(reader, part, first, reader->model->segment_count - first);
    }
cleanup:
    free(points);
    free(radii);
    return status;
}

alicorn_status ali_project_add_wires(ali_project_reader *reader)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < reader->project.parts.count && status == ALICORN_OK; i++) {
        const ali_project_part *part = ali_project_part_at(reader, i);
        const ali_project_wire *wires = part->wires.items;
        if (part->deck)
            status = ali_project_add_deck(reader, i);
        if (part->wire && status == ALICORN_OK)
            status = add_copies(reader, i, part->wire, 1);
        for (size_t w = 0; w < part->wires.count && status == ALICORN_OK; w++)
            status = add_copies(reader, i, &wires[w], (int)w + 1);
    }
    return status;
}
