/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/mesh.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "mesh/face_geometry.h"
#include "study/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  The mesh as a solve would make it, measured. */

void alicorn_mesh_report_destroy(alicorn_mesh_report *report)
{
    if (!report)
        return;
    free(report->surfaces);
    free(report->attachments);
    free(report);
}

static void put_point(double point[3], ali_vec3 v)
{
    point[0] = v.x;
    point[1] = v.y;
    point[2] = v.z;
}

/** `point` on a face. */
static alicorn_mesh_place place_on(const ali_structure *structure, size_t face, ali_vec3 point)
{
    const ali_face *f = &structure->mesh->surfaces->faces[face];
    alicorn_mesh_place place = {.surface = f->surface,
                                .triangle =
                                    f->triangle - structure->model->surfaces[f->surface].first + 1};
    put_point(place.point, point);
    return place;
}

static alicorn_mesh_place place_of_edge(const ali_structure *structure, const ali_face_edge *edge)
{
    const ali_surface_mesh *mesh = structure->mesh->surfaces;
    ali_vec3 middle = ali_vec3_scale(
        0.5, ali_vec3_add(mesh->vertices[edge->vertex[0]], mesh->vertices[edge->vertex[1]]));
    return place_on(structure, mesh->edge_sides[edge->first] / 3, middle);
}

/** Corner of a face at which its angle is smallest: opposite to its shortest edge. */
static ali_vec3 sharpest_corner(const ali_surface_mesh *mesh, size_t face)
{
    const ali_face *f = &mesh->faces[face];
    size_t sharpest = 0;
    for (size_t i = 1; i < 3; i++)
        if (mesh->edges[f->edge[i]].length < mesh->edges[f->edge[sharpest]].length)
            sharpest = i;
    return mesh->vertices[f->vertex[sharpest]];
}

static void measure(const ali_structure *structure, alicorn_mesh_report *report)
{
    const ali_surface_mesh *mesh = structure->mesh->surfaces;
    ali_surface_quality quality = ali_surface_mesh_quality(mesh);
    report->vertices = mesh->vertex_count;
    report->triangles = mesh->face_count;
    report->edges = mesh->edge_count;
    report->bodies = mesh->body_count;
    report->closed_bodies = quality.closed_bodies;
    report->open_edges = quality.open_edges;
    report->shared_edges = quality.crossing_edges;
    if (mesh->face_count == 0)
        return;
    const ali_face_edge *longest = &mesh->edges[0], *shortest = &mesh->edges[0];
    for (size_t e = 1; e < mesh->edge_count; e++) {
        const ali_face_edge *edge = &mesh->edges[e];
        longest = edge->length > longest->length ? edge : longest;
        shortest = edge->length < shortest->length ? edge : shortest;
    }
    report->longest_edge = longest->length;
    report->shortest_edge = shortest->length;
    report->longest_place = place_of_edge(structure, longest);
    report->shortest_place = place_of_edge(structure, shortest);
    report->worst_angle_deg = quality.worst_angle * 180.0 / ALI_PI;
    report->worst_place =
        place_on(structure, quality.worst_face, sharpest_corner(mesh, quality.worst_face));
}

static alicorn_status list_surfaces(const ali_structure *structure, alicorn_mesh_report *report,
                                    alicorn_error *error)
{
    const ali_model *model = structure->model;
    const ali_surface_mesh *mesh = structure->mesh->surfaces;
    size_t count = model->surface_count;
    report->surfaces = ali_calloc(count, sizeof *report->surfaces);
    if (!report->surfaces)
        return ali_error_memory(error, count * sizeof *report->surfaces, "the mesh report");
    report->surface_count = count;
    for (size_t s = 0; s < count; s++)
        report->surfaces[s] =
            (alicorn_mesh_surface){.name = model->surfaces[s].name ? model->surfaces[s].name : "",
                                   .triangles = model->surfaces[s].count,
                                   .closed = model->surfaces[s].count > 0};
    for (size_t f = 0; f < mesh->face_count; f++) {
        const ali_face *face = &mesh->faces[f];
        alicorn_mesh_surface *surface = &report->surfaces[face->surface];
        surface->area += face->area;
        for (size_t i = 0; i < 3; i++)
            surface->longest_edge = fmax(surface->longest_edge, mesh->edges[face->edge[i]].length);
        if (!mesh->bodies[face->body].closed)
            surface->closed = 0;
    }
    return ALICORN_OK;
}

/** Which end of its segment an element's end is: 1 or 2; 0 if the segment goes on. */
static int segment_end(const ali_wire_mesh *wires, ali_element_end end)
{
    size_t element = end / 2, segment = wires->elements[element].segment;
    if (end % 2 == 0)
        return element == wires->segment_first[segment] ? 1 : 0;
    return element + 1 == wires->segment_first[segment + 1] ? 2 : 0;
}

static alicorn_mesh_attachment describe_attachment(const ali_structure *structure,
                                                   const ali_attachment *attachment)
{
    const ali_wire_mesh *wires = structure->mesh->wires;
    const ali_surface_mesh *mesh = structure->mesh->surfaces;
    size_t v = attachment->vertex, first = wires->node_first[attachment->node];
    alicorn_mesh_attachment made = {
        .wire_count = wires->node_first[attachment->node + 1] - first,
        .surface = mesh->faces[mesh->vertex_corners[mesh->vertex_first[v]] / 3].surface,
        .triangles = mesh->vertex_first[v + 1] - mesh->vertex_first[v],
        .fan = ali_fan_radius(mesh, v)};
    put_point(made.point, mesh->vertices[v]);
    for (size_t i = 0; i < made.wire_count; i++) {
        ali_element_end end = wires->node_ends[first + i];
        const ali_element *element = &wires->elements[end / 2];
        made.radius = fmax(made.radius, element->radius);
        if (i > 0)
            continue;
        made.segment = element->segment + 1;
        made.tag = structure->model->segments[element->segment].tag;
        made.end = segment_end(wires, end);
    }
    return made;
}

static alicorn_status list_attachments(const ali_structure *structure, alicorn_mesh_report *report,
                                       alicorn_error *error)
{
    size_t count = structure->mesh->attachment_count;
    report->attachments = ali_calloc(count, sizeof *report->attachments);
    if (!report->attachments)
        return ali_error_memory(error, count * sizeof *report->attachments, "the mesh report");
    report->attachment_count = count;
    for (size_t i = 0; i < count; i++)
        report->attachments[i] = describe_attachment(structure, &structure->mesh->attachments[i]);
    return ALICORN_OK;
}

static double highest_frequency(const ali_model *model)
{
    double highest = 0.0;
    for (size_t t = 0; t < model->task_count; t++)
        for (size_t f = 0; f < model->tasks[t].frequency_count; f++)
            highest = fmax(highest, model->tasks[t].frequencies[f]);
    return highest;
}

/** Mesh what all tasks of a model, or none, are asked of. */
static alicorn_status describe_model(const ali_model *model, double frequency,
                                     const alicorn_options *options, ali_structure *structure,
                                     alicorn_error *error)
{
    /* a frequency so low that it cuts nothing, where there is none */
    static const double static_hz = 1.0;
    ali_task nothing;
    ali_task_init(&nothing);
    size_t count = model->task_count > 0 ? model->task_count : 1;
    const ali_task **tasks = ali_calloc(count, sizeof *tasks);
    if (!tasks)
        return ali_error_memory(error, count * sizeof *tasks, "the mesh report");
    tasks[0] = &nothing;
    for (size_t t = 0; t < model->task_count; t++)
        tasks[t] = &model->tasks[t];
    alicorn_status status = ali_structure_describe(
        model, tasks, count, frequency > 0.0 ? frequency : static_hz, options, structure, error);
    structure->state = NULL; /* it may be `nothing` */
    free(tasks);
    return status;
}

static alicorn_status fill(const ali_structure *structure, double frequency,
                           alicorn_mesh_report *report, alicorn_error *error)
{
    report->frequency_hz = frequency;
    report->wavelength = frequency > 0.0 ? ALI_C0 / frequency : 0.0;
    report->segments = structure->model->segment_count;
    report->surface_unknowns = structure->surface_unknowns;
    if (frequency > 0.0)
        report->wire_unknowns = structure->unknowns - structure->surface_unknowns;
    measure(structure, report);
    alicorn_status status = list_surfaces(structure, report, error);
    return status ? status : list_attachments(structure, report, error);
}

alicorn_status alicorn_mesh_inspect(const alicorn_model *model, const alicorn_options *options,
                                    alicorn_mesh_report **report, alicorn_error *error)
{
    alicorn_options defaults;
    ali_structure structure = {0};
    *report = NULL;
    if (!options) {
        alicorn_options_default(&defaults);
        options = &defaults;
    }
    double frequency = highest_frequency(model);
    alicorn_mesh_report *made = ali_calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the mesh report");
    alicorn_status status = alicorn_options_check(options, error);
    if (!status)
        status = describe_model(model, frequency, options, &structure, error);
    if (!status)
        status = fill(&structure, frequency, made, error);
    ali_structure_clear(&structure);
    if (status)
        alicorn_mesh_report_destroy(made);
    else
        *report = made;
    return status;
}
