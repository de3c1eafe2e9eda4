/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Shapes and mesh files into surfaces: all shapes in one run of the mesher, with vertices where
 *  wires end and where ports begin. */

/** Faces around a wire's end, in wire radii: the fan of triangles there has to be wider than the
 *  wire. */
static const double FAN_RADII = 20;

/** The mesher's sizes are goals: a few edges may be longer than asked for by this factor. */
static const double EDGE_MARGIN = 1.125;

/** What goes to the mesher. */
typedef struct order {
    ali_shape *shapes;
    size_t shape_count, shape_capacity;
    ali_embedded_point *points;
    size_t point_count, point_capacity;
    char **files; /* of the shapes */
    size_t file_count, file_capacity;
} order;

static void order_clear(order *o)
{
    for (size_t i = 0; i < o->file_count; i++)
        free(o->files[i]);
    free(o->files);
    free(o->shapes);
    free(o->points);
}

/* ---- shapes ---- */

static ali_shape_kind shape_kind(ali_project_part_kind kind)
{
    static const ali_shape_kind kinds[ALI_PART_KIND_COUNT] = {
        [ALI_PART_CYLINDER] = ALI_SHAPE_CYLINDER, [ALI_PART_CONE] = ALI_SHAPE_CONE,
        [ALI_PART_SPHERE] = ALI_SHAPE_SPHERE,     [ALI_PART_BOX] = ALI_SHAPE_BOX,
        [ALI_PART_PLATE] = ALI_SHAPE_PLATE,       [ALI_PART_DISC] = ALI_SHAPE_DISC,
        [ALI_PART_TORUS] = ALI_SHAPE_TORUS,       [ALI_PART_REVOLVE] = ALI_SHAPE_REVOLVE,
        [ALI_PART_EXTRUDE] = ALI_SHAPE_EXTRUDE,   [ALI_PART_STEP] = ALI_SHAPE_STEP};
    return kinds[kind];
}

/** Measures, 0 where the kind has none. */
static double measure(double value)
{
    return isnan(value) ? 0 : value;
}

static void set_measures(const ali_project_shape *from, ali_shape *shape)
{
    shape->radius = measure(from->radius);
    shape->top_radius = measure(from->top_radius);
    shape->inner_radius = measure(from->inner_radius);
    shape->tube_radius = measure(from->tube_radius);
    shape->height = measure(from->height);
    for (size_t i = 0; i < from->size.count && i < 3; i++)
        shape->size[i] = from->size.values[i];
    shape->open = from->open;
    shape->profile_count = from->profile.count;
    shape->profile = (const double(*)[2])(const void *)from->profile.values;
}

static double longest_edge(const ali_project_reader *reader, const ali_project_part *part)
{
    const ali_project_mesh *mesh = reader->project.mesh;
    double per_wavelength =
        mesh ? mesh->per_wavelength
             : ali_key_named(ali_project_key_table(), ALI_MAP_MESH, "per_wavelength")->initial;
    double longest = ALI_C0 / ali_project_highest_frequency(reader) / per_wavelength;
    if (mesh && mesh->longest_edge < longest)
        longest = mesh->longest_edge;
    return isnan(part->longest_edge) ? longest : part->longest_edge;
}

static alicorn_status add_shape(ali_project_reader *reader, size_t index, order *o)
{
    const ali_project_part *part = ali_project_part_at(reader, index);
    const ali_project_plan *plan = &reader->plans[index];
    ali_shape shape = {.kind = shape_kind(plan->kind),
                       .group = (int)index + 1,
                       .longest_edge = longest_edge(reader, part),
                       .curvature = measure(part->curvature) * ALI_DEGREE,
                       .line = (int)index + 1}; /* see take_failure */
    if (part->shape[plan->kind])
        set_measures(part->shape[plan->kind], &shape);
    if (part->step) {
        char *path = ali_key_file_path(&reader->keys, part->step);
        if (!path ||
            ali_grow((void **)&o->files, &o->file_capacity, o->file_count, sizeof *o->files)) {
            free(path);
            return ali_error_memory(reader->keys.error, strlen(part->step), "a path");
        }
        o->files[o->file_count++] = path;
        shape.file = path;
    }
    for (size_t k = 0; k < plan->copy_count; k++) {
        if (ali_grow((void **)&o->shapes, &o->shape_capacity, o->shape_count, sizeof *o->shapes))
            return ali_error_memory(reader->keys.error, sizeof *o->shapes, "shapes");
        shape.placement = plan->copies[k];
        o->shapes[o->shape_count++] = shape;
    }
    return ALICORN_OK;
}

/* ---- points ---- */

static alicorn_status add_point(ali_project_reader *reader, order *o, ali_vec3 point, double size)
{
    if (ali_grow((void **)&o->points, &o->point_capacity, o->point_count, sizeof *o->points))
        return ali_error_memory(reader->keys.error, sizeof *o->points, "points");
    o->points[o->point_count++] = (ali_embedded_point){point, size};
    return ALICORN_OK;
}

/** Ends and corners of the wires. */
static alicorn_status add_wire_points(ali_project_reader *reader, order *o)
{
    const ali_model *model = reader->model;
    alicorn_status status = ALICORN_OK;
    for (size_t w = 0; w < model->wire_count && status == ALICORN_OK; w++) {
        const ali_segment *s = model->segments + model->wires[w].first;
        size_t count = model->wires[w].count;
        status = add_point(reader, o, s[0].start, FAN_RADII * s[0].radius);
        for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
            ali_vec3 here = ali_vec3_sub(s[i].end, s[i].start);
            ali_vec3 next = i + 1 < count ? ali_vec3_sub(s[i + 1].end, s[i + 1].start) : here;
            double turn = ali_vec3_norm(ali_vec3_cross(here, next));
            if (i + 1 == count || turn > 1e-6 * ali_vec3_norm(here) * ali_vec3_norm(next))
                status = add_point(reader, o, s[i].end, FAN_RADII * s[i].radius);
        }
    }
    return status;
}

static alicorn_status add_port_points(ali_project_reader *reader, order *o)
{
    const ali_project_port *ports = reader->project.ports.items;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < reader->project.ports.count; i++)
        for (size_t j = 0; j < ports[i].edge.count && status == ALICORN_OK; j++) {
            const double *p = ports[i].edge.values + 3 * j;
            status = add_point(reader, o, (ali_vec3){p[0], p[1], p[2]}, 0);
        }
    return status;
}

static int compare_points(const void *left, const void *right)
{
    const ali_embedded_point *a = left, *b = right;
    if (a->point.x != b->point.x)
        return a->point.x < b->point.x ? -1 : 1;
    if (a->point.y != b->point.y)
        return a->point.y < b->point.y ? -1 : 1;
    if (a->point.z != b->point.z)
        return a->point.z < b->point.z ? -1 : 1;
    return 0;
}

/** Ends that meet are one point, as coarse as the thickest wire there needs it. */
static void unite_points(order *o)
{
    size_t kept = 0;
    for (size_t i = 0; i < o->point_count; i++) { /* rounding must not part ends that meet */
        double *coordinate[] = {&o->points[i].point.x, &o->points[i].point.y,
                                &o->points[i].point.z};
        for (int j = 0; j < 3; j++)
            *coordinate[j] = round(*coordinate[j] * 1e9) / 1e9;
    }
    if (o->point_count > 1)
        qsort(o->points, o->point_count, sizeof *o->points, compare_points);
    for (size_t i = 0; i < o->point_count; i++) {
        if (kept > 0 && compare_points(&o->points[kept - 1], &o->points[i]) == 0)
            o->points[kept - 1].size = fmax(o->points[kept - 1].size, o->points[i].size);
        else
            o->points[kept++] = o->points[i];
    }
    o->point_count = kept;
}

/* ---- triangles into the model ---- */

/** The triangles of one group as a surface; group 0: all triangles.
 *  @param number  out, [from->vertex_count]: of the vertex among those that are added, from 1; 0:
 *                 not used. Zeroed before */
static alicorn_status add_surface(ali_project_reader *reader, size_t part, int group,
                                  const ali_triangulation *from, const ali_placement *placement,
                                  size_t *number)
{
    ali_vec3 *vertices = ali_calloc(from->vertex_count, sizeof *vertices);
    size_t(*triangles)[3] = ali_calloc(from->triangle_count, sizeof *triangles);
    size_t vertex_count = 0, triangle_count = 0;
    alicorn_status status = ALICORN_OK;
    if (!vertices || !triangles) {
        status = ali_error_memory(reader->keys.error, from->triangle_count * sizeof *triangles,
                                  "a surface");
        goto cleanup;
    }
    for (size_t i = 0; i < from->triangle_count; i++) {
        if (group != 0 && from->group[i] != group)
            continue;
        for (int j = 0; j < 3; j++) {
            size_t vertex = from->triangles[i][j];
            if (number[vertex] == 0) {
                vertices[vertex_count] = ali_placement_apply(placement, from->vertices[vertex]);
                number[vertex] = ++vertex_count;
            }
            triangles[triangle_count][j] = number[vertex] - 1;
        }
        triangle_count++;
    }
    if (triangle_count == 0) {
        ali_key_report(&reader->keys, ALICORN_WARNING, "no-triangles",
                       ali_project_part_at(reader, part)->node,
                       "nothing is left of the part: it lies inside of others");
        goto cleanup;
    }
    ali_surface surface = ali_project_surface(reader, part);
    status = ali_model_add_surface(reader->model, vertex_count, vertices, triangle_count,
                                   (const size_t(*)[3])triangles, &surface, reader->keys.error);
cleanup:
    free(vertices);
    free(triangles);
    return status;
}

/** A failure of the mesher or of a mesh file: bad input is a finding, anything else ends the
 *  reading. The line of a shape's error is the number of its part. */
static alicorn_status take_failure(ali_project_reader *reader, alicorn_status status,
                                   const ali_yaml_node *node, const alicorn_error *error)
{
    bool of_shape = error->line > 0 && !error->file[0];
    if ((status == ALICORN_E_INPUT || status == ALICORN_E_IO) && of_shape) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "shape",
                       ali_project_part_at(reader, (size_t)error->line - 1)->node, "%.350s",
                       error->message);
        return ALICORN_OK;
    }
    if (status == ALICORN_E_INPUT) {
        char line[40] = "";
        if (error->line > 0)
            snprintf(line, sizeof line, "line %d of the file: ", error->line);
        ali_key_report(&reader->keys, ALICORN_ERROR, "shape", node, "%s%.350s", line,
                       error->message);
        return ALICORN_OK;
    }
    if (status != ALICORN_OK) {
        *reader->keys.error = *error;
        if (!error->file[0])
            snprintf(reader->keys.error->file, sizeof reader->keys.error->file, "%s",
                     reader->model->name);
    }
    return status;
}

/** The triangles of a mesh file as one copy of a part, and the edges that it marks. */
static alicorn_status add_mesh_copy(ali_project_reader *reader, size_t part, size_t copy,
                                    const ali_triangulation *from)
{
    size_t base = reader->model->vertex_count;
    size_t *number = ali_calloc(from->vertex_count, sizeof *number);
    if (!number)
        return ali_error_memory(reader->keys.error, from->vertex_count * sizeof *number,
                                "a surface");
    alicorn_status status =
        add_surface(reader, part, 0, from, &reader->plans[part].copies[copy], number);
    if (status == ALICORN_OK)
        status = ali_project_add_marks(reader, part, copy, from, number, base);
    free(number);
    return status;
}

/** Say so where the mesher's edges are longer than a few may be. */
static void check_longest_edge(ali_project_reader *reader, size_t part,
                               const ali_triangulation *from)
{
    const ali_project_part *p = ali_project_part_at(reader, part);
    double longest = 0, wanted = longest_edge(reader, p);
    for (size_t i = 0; i < from->triangle_count; i++)
        for (int j = 0; j < 3 && from->group[i] == (int)part + 1; j++)
            longest =
                fmax(longest, ali_vec3_distance(from->vertices[from->triangles[i][j]],
                                                from->vertices[from->triangles[i][(j + 1) % 3]]));
    if (longest > EDGE_MARGIN * wanted)
        ali_key_report(&reader->keys, ALICORN_NOTE, "edge-too-long", p->node,
                       "the longest edge of its triangles is %.3g m, the mesher was asked for "
                       "%.3g m",
                       longest, wanted);
}

/** The triangles that the mesher made of a part's shapes. */
static alicorn_status add_meshed_part(ali_project_reader *reader, size_t part,
                                      const ali_triangulation *from)
{
    const ali_placement identity = ali_placement_identity();
    size_t *number = ali_calloc(from->vertex_count, sizeof *number);
    if (!number)
        return ali_error_memory(reader->keys.error, from->vertex_count * sizeof *number,
                                "a surface");
    alicorn_status status = add_surface(reader, part, (int)part + 1, from, &identity, number);
    check_longest_edge(reader, part, from);
    free(number);
    return status;
}

/** Read a mesh file and add it once per copy. */
static alicorn_status add_mesh_file(ali_project_reader *reader, size_t index)
{
    const ali_project_part *part = ali_project_part_at(reader, index);
    const ali_project_plan *plan = &reader->plans[index];
    const ali_yaml_node *node = ali_key_place(part->node, "mesh");
    ali_triangulation triangulation = {0};
    alicorn_error error = {0};
    char *path = ali_key_file_path(&reader->keys, part->mesh);
    if (!path)
        return ali_error_memory(reader->keys.error, strlen(part->mesh), "a path");
    alicorn_status status =
        reader->mesher->read_mesh(reader->mesher->user, path, 1.0, &triangulation, &error);
    if (status == ALICORN_E_IO) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "mesh-file", node, "%.350s", error.message);
        status = ALICORN_OK;
    } else if (status != ALICORN_OK) {
        status = take_failure(reader, status, node, &error);
    } else {
        for (size_t k = 0; k < plan->copy_count && status == ALICORN_OK; k++)
            status = add_mesh_copy(reader, index, k, &triangulation);
    }
    ali_triangulation_clear(&triangulation);
    free(path);
    return status;
}

static ali_mesher_options mesher_options(const ali_project_reader *reader)
{
    const ali_project_mesh *mesh = reader->project.mesh;
    const char *program = reader->keys.options ? reader->keys.options->mesher : NULL;
    ali_mesher_options options = {
        .program = program ? program : "gmsh", .keep_volume = true, .unite = true};
    if (mesh) {
        options.timeout_s = mesh->timeout;
        options.curvature = mesh->curvature * ALI_DEGREE;
        options.keep_volume = mesh->keep_volume;
        options.unite = mesh->unite;
    }
    return options;
}

static alicorn_status mesh_shapes(ali_project_reader *reader, const order *o)
{
    ali_triangulation triangulation = {0};
    alicorn_error error = {0};
    ali_mesher_options options = mesher_options(reader);
    alicorn_status status =
        reader->mesher->mesh(reader->mesher->user, o->shape_count, o->shapes, o->point_count,
                             o->points, &options, &triangulation, &error);
    if (status != ALICORN_OK)
        status = take_failure(reader, status, ali_key_place(reader->project.node, "parts"), &error);
    else
        for (size_t i = 0; i < reader->project.parts.count && status == ALICORN_OK; i++) {
            ali_project_part_kind kind = reader->plans[i].kind;
            if (kind >= ALI_PART_CYLINDER && kind <= ALI_PART_STEP)
                status = add_meshed_part(reader, i, &triangulation);
        }
    ali_triangulation_clear(&triangulation);
    return status;
}

alicorn_status ali_project_add_surfaces(ali_project_reader *reader)
{
    order o = {0};
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < reader->project.parts.count && status == ALICORN_OK; i++) {
        ali_project_part_kind kind = reader->plans[i].kind;
        if (kind == ALI_PART_MESH)
            status = add_mesh_file(reader, i);
        else if (kind >= ALI_PART_CYLINDER && kind <= ALI_PART_STEP)
            status = add_shape(reader, i, &o);
    }
    if (o.shape_count > 0 && status == ALICORN_OK)
        status = add_wire_points(reader, &o);
    if (o.shape_count > 0 && status == ALICORN_OK)
        status = add_port_points(reader, &o);
    unite_points(&o);
    if (o.shape_count > 0 && status == ALICORN_OK &&
        ali_diagnostics_error_count(reader->keys.diagnostics) == 0)
        status = mesh_shapes(reader, &o);
    order_clear(&o);
    return status;
}
