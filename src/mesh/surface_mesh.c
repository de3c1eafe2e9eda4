/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/surface_mesh.h"

#include "base/error.h"
#include "base/memory.h"
#include "mesh/joints.h"
#include "mesh/surface_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  From the triangles of the model to a mesh: vertices joined, faces checked. */

/** A face whose height is less than this part of its longest edge has no area. */
static const double flat_face = 1e-8;

/** A vertex of the model in the sorted list. */
typedef struct weld_point {
    double key; /**< projection on sweep_direction [m] */
    size_t vertex;
} weld_point;

typedef struct surface_builder {
    const ali_model *model;
    const ali_mesh_options *options;
    ali_surface_mesh *mesh;
    double *shortest;   /**< [vertices of the model]: shortest edge at each [m]; 0 if unused */
    double *climb;      /**< [vertices of the model]: largest height of a triangle at each [m] */
    weld_point *points; /**< [used vertices] */
    size_t *parent;     /**< [vertices of the model]: sets of vertices that are one */
} surface_builder;

void ali_surface_mesh_destroy(ali_surface_mesh *mesh)
{
    if (!mesh)
        return;
    free(mesh->vertices);
    free(mesh->faces);
    free(mesh->edges);
    free(mesh->edge_sides);
    free(mesh->vertex_first);
    free(mesh->vertex_corners);
    free(mesh->bodies);
    free(mesh->model_vertex);
    free(mesh);
}

/* ---- messages ---- */

ali_surface_text ali_surface_name(const ali_model *model, size_t surface)
{
    ali_surface_text name;
    const char *given = model->surfaces[surface].name;
    if (given && given[0])
        snprintf(name.text, sizeof name.text, "surface %.60s", given);
    else
        snprintf(name.text, sizeof name.text, "surface %zu", surface + 1);
    return name;
}

ali_surface_text ali_triangle_name(const ali_model *model, size_t triangle)
{
    size_t surface = model->triangles[triangle].surface;
    ali_surface_text name, of = ali_surface_name(model, surface);
    snprintf(name.text, sizeof name.text, "triangle %zu of %.68s",
             triangle - model->surfaces[surface].first + 1, of.text);
    return name;
}

static alicorn_status refuse_triangle(const ali_model *model, size_t triangle, const char *why,
                                      alicorn_error *error)
{
    const ali_surface *surface = &model->surfaces[model->triangles[triangle].surface];
    return ali_error_set_at(error, ALICORN_E_INPUT, model->name, surface->line, surface->column,
                            NULL, "%s %s", ali_triangle_name(model, triangle).text, why);
}

/* ---- joining vertices ---- */

static ali_vec3 corner(const ali_model *model, size_t triangle, size_t i)
{
    return model->vertices[model->triangles[triangle].vertex[i]];
}

/** Unit vector in no direction anybody builds along, so that the vertices of a regular mesh differ
 * in their keys. */
static const ali_vec3 sweep_direction = {0.5377153416, 0.6731092573, 0.5077386432};

/** Shortest edge at every vertex, and a check of every area. */
static alicorn_status measure_triangles(surface_builder *builder, alicorn_error *error)
{
    const ali_model *model = builder->model;
    for (size_t t = 0; t < model->triangle_count; t++) {
        double length[3], longest = 0.0;
        for (size_t i = 0; i < 3; i++) {
            length[i] =
                ali_vec3_distance(corner(model, t, (i + 1) % 3), corner(model, t, (i + 2) % 3));
            longest = fmax(longest, length[i]);
        }
        ali_vec3 p = corner(model, t, 0);
        double twice = ali_vec3_norm(ali_vec3_cross(ali_vec3_sub(corner(model, t, 1), p),
                                                    ali_vec3_sub(corner(model, t, 2), p)));
        if (!isfinite(twice) || !(twice > flat_face * longest * longest))
            return refuse_triangle(model, t, "has no area", error);
        for (size_t i = 0; i < 3; i++) {
            double *shortest = &builder->shortest[model->triangles[t].vertex[i]];
            double here = fmin(length[(i + 1) % 3], length[(i + 2) % 3]);
            *shortest = *shortest > 0.0 ? fmin(*shortest, here) : here;
            double *climb = &builder->climb[model->triangles[t].vertex[i]];
            for (size_t j = 0; j < 3; j++)
                *climb = fmax(*climb, fabs(corner(model, t, j).z - corner(model, t, i).z));
        }
    }
    return ALICORN_OK;
}

static int compare_points(const void *left, const void *right)
{
    const weld_point *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->vertex < b->vertex ? -1 : a->vertex > b->vertex;
}

static size_t find_root(size_t *parent, size_t v)
{
    while (parent[v] != v) {
        parent[v] = parent[parent[v]];
        v = parent[v];
    }
    return v;
}

/** Join vertices that coincide; the first of each set stands for it. A vertex looks no further
 * along the sweep than its own tolerance: the pair's is the smaller of two, so nothing is missed.
 */
static void weld(surface_builder *builder)
{
    const ali_model *model = builder->model;
    size_t used = 0;
    for (size_t v = 0; v < model->vertex_count; v++) {
        builder->parent[v] = v;
        if (builder->shortest[v] > 0.0)
            builder->points[used++] =
                (weld_point){ali_vec3_dot(model->vertices[v], sweep_direction), v};
    }
    if (used > 1)
        qsort(builder->points, used, sizeof *builder->points, compare_points);
    for (size_t i = 0; i < used; i++) {
        size_t v = builder->points[i].vertex;
        double reach = ALI_WELD_TOLERANCE * builder->shortest[v];
        for (size_t j = i + 1; j < used && builder->points[j].key - builder->points[i].key <= reach;
             j++) {
            size_t w = builder->points[j].vertex;
            double tolerance = fmin(reach, ALI_WELD_TOLERANCE * builder->shortest[w]);
            if (ali_vec3_distance(model->vertices[v], model->vertices[w]) > tolerance)
                continue;
            size_t a = find_root(builder->parent, v), b = find_root(builder->parent, w);
            builder->parent[a < b ? b : a] = a < b ? a : b;
        }
    }
}

/** Number the sets in the order of their first vertex, put them on the ground if they are close. */
static alicorn_status number_vertices(surface_builder *builder, alicorn_error *error)
{
    const ali_model *model = builder->model;
    ali_surface_mesh *mesh = builder->mesh;
    mesh->model_vertex_count = model->vertex_count;
    mesh->model_vertex = ali_calloc(model->vertex_count, sizeof *mesh->model_vertex);
    mesh->vertices = ali_calloc(model->vertex_count, sizeof *mesh->vertices);
    if (!mesh->model_vertex || !mesh->vertices)
        return ali_error_memory(error, model->vertex_count * sizeof *mesh->vertices, "vertices");
    for (size_t v = 0; v < model->vertex_count; v++) {
        size_t root = find_root(builder->parent, v);
        mesh->model_vertex[v] = ALI_NONE;
        if (!(builder->shortest[v] > 0.0))
            continue;
        builder->shortest[root] = fmin(builder->shortest[root], builder->shortest[v]);
        builder->climb[root] = fmax(builder->climb[root], builder->climb[v]);
        if (root == v) {
            mesh->vertices[mesh->vertex_count] = model->vertices[v];
            mesh->model_vertex[v] = mesh->vertex_count++;
        } else {
            mesh->model_vertex[v] = mesh->model_vertex[root];
        }
    }
    for (size_t v = 0; v < model->vertex_count && builder->options->ground; v++) {
        if (mesh->model_vertex[v] == ALI_NONE)
            continue;
        /* a level sheet stays a millimetre above or below soil, see joints.h */
        size_t root = find_root(builder->parent, v);
        double length = builder->shortest[root];
        if (builder->options->soil)
            length = fmin(length, builder->climb[root]);
        if (ali_joints_on_ground(model->vertices[v], length))
            mesh->vertices[mesh->model_vertex[v]].z = 0.0;
    }
    return ALICORN_OK;
}

/* ---- faces ---- */

static void report_in_ground(const surface_builder *builder, size_t triangle, size_t count,
                             alicorn_report_fn report, void *user)
{
    if (!report || count == 0)
        return;
    const ali_model *model = builder->model;
    char message[256];
    if (count == 1)
        snprintf(message, sizeof message, "%s lies in the ground plane z = 0: it is left out",
                 ali_triangle_name(model, triangle).text);
    else
        snprintf(message, sizeof message,
                 "%s and %zu more lie in the ground plane z = 0: they are left out",
                 ali_triangle_name(model, triangle).text, count - 1);
    const ali_surface *surface = &model->surfaces[model->triangles[triangle].surface];
    alicorn_diagnostic diagnostic = {.severity = ALICORN_NOTE,
                                     .name = "face-in-ground",
                                     .message = message,
                                     .file = model->name,
                                     .line = surface->line,
                                     .column = surface->column};
    report(user, &diagnostic);
}

static alicorn_status make_faces(surface_builder *builder, alicorn_report_fn report, void *user,
                                 alicorn_error *error)
{
    const ali_model *model = builder->model;
    ali_surface_mesh *mesh = builder->mesh;
    size_t in_ground = 0, first_in_ground = 0;
    mesh->faces = ali_calloc(model->triangle_count, sizeof *mesh->faces);
    if (!mesh->faces)
        return ali_error_memory(error, model->triangle_count * sizeof *mesh->faces, "faces");
    for (size_t t = 0; t < model->triangle_count; t++) {
        ali_face face = {.triangle = t, .surface = model->triangles[t].surface};
        double lowest = HUGE_VAL, highest = -HUGE_VAL;
        for (size_t i = 0; i < 3; i++) {
            face.vertex[i] = mesh->model_vertex[model->triangles[t].vertex[i]];
            lowest = fmin(lowest, mesh->vertices[face.vertex[i]].z);
            highest = fmax(highest, mesh->vertices[face.vertex[i]].z);
        }
        if (face.vertex[0] == face.vertex[1] || face.vertex[1] == face.vertex[2] ||
            face.vertex[2] == face.vertex[0])
            return refuse_triangle(model, t, "has no area", error);
        bool mirrored = builder->options->ground && !builder->options->soil;
        if (mirrored && lowest < 0.0)
            return refuse_triangle(model, t,
                                   "reaches below the ground at z = 0, expected surfaces above it, "
                                   "or a lossy ground that is treated exactly (GN 2)",
                                   error);
        if (!mirrored || highest > 0.0) {
            mesh->faces[mesh->face_count++] = face;
        } else if (in_ground++ == 0) {
            first_in_ground = t;
        }
    }
    if (mesh->face_count == 0 && model->segment_count == 0)
        return refuse_triangle(model, first_in_ground,
                               "lies in the ground plane z = 0, as all others do", error);
    report_in_ground(builder, first_in_ground, in_ground, report, user);
    return builder->options->soil ? ali_surface_mesh_split(mesh, error) : ALICORN_OK;
}

/** A side of an edge with the vertex opposite to it. */
typedef struct opposite {
    size_t vertex, face;
} opposite;

static int compare_opposites(const void *left, const void *right)
{
    const opposite *a = left, *b = right;
    if (a->vertex != b->vertex)
        return a->vertex < b->vertex ? -1 : 1;
    return a->face < b->face ? -1 : a->face > b->face;
}

/** Faces with the same three vertices have the same vertex opposite to the same edge. */
static alicorn_status check_duplicates(const surface_builder *builder, alicorn_error *error)
{
    const ali_surface_mesh *mesh = builder->mesh;
    size_t most = 0;
    for (size_t e = 0; e < mesh->edge_count; e++)
        most = mesh->edges[e].count > most ? mesh->edges[e].count : most;
    opposite *sides = ali_calloc(most, sizeof *sides);
    if (!sides)
        return ali_error_memory(error, most * sizeof *sides, "a search of duplicates");
    alicorn_status status = ALICORN_OK;
    for (size_t e = 0; e < mesh->edge_count && !status; e++) {
        size_t count = mesh->edges[e].count;
        for (size_t i = 0; i < count; i++) {
            ali_edge_side side = mesh->edge_sides[mesh->edges[e].first + i];
            sides[i] = (opposite){mesh->faces[side / 3].vertex[side % 3], side / 3};
        }
        if (count > 2)
            qsort(sides, count, sizeof *sides, compare_opposites);
        for (size_t i = 1; i < count && !status; i++)
            if (sides[i].vertex == sides[i - 1].vertex) {
                char why[160];
                snprintf(why, sizeof why, "lies exactly on %s",
                         ali_triangle_name(builder->model, mesh->faces[sides[i - 1].face].triangle)
                             .text);
                status = refuse_triangle(builder->model, mesh->faces[sides[i].face].triangle, why,
                                         error);
            }
    }
    free(sides);
    return status;
}

/** The magnetic field equation holds on the outside of closed bodies only. */
static alicorn_status check_combined(const surface_builder *builder, alicorn_error *error)
{
    const ali_model *model = builder->model;
    const ali_surface_mesh *mesh = builder->mesh;
    for (size_t f = 0; f < mesh->face_count; f++) {
        const ali_face *face = &mesh->faces[f];
        const ali_body *body = &mesh->bodies[face->body];
        const ali_surface *surface = &model->surfaces[face->surface];
        if (surface->electric_share >= 1.0 || (body->closed && body->oriented))
            continue;
        return ali_error_set_at(
            error, ALICORN_E_INPUT, model->name, surface->line, surface->column, NULL,
            "%s is to be solved by the combined field equation, but the body that it belongs to is "
            "not %s; expected a closed body, or the electric field equation",
            ali_surface_name(model, face->surface).text, body->closed ? "two-sided" : "closed");
    }
    return ALICORN_OK;
}

/* ---- all together ---- */

static alicorn_status build(surface_builder *builder, alicorn_report_fn report, void *user,
                            alicorn_error *error)
{
    const ali_model *model = builder->model;
    size_t count = model->vertex_count;
    builder->shortest = ali_calloc(count, sizeof *builder->shortest);
    builder->climb = ali_calloc(count, sizeof *builder->climb);
    builder->points = ali_calloc(count, sizeof *builder->points);
    builder->parent = ali_calloc(count, sizeof *builder->parent);
    if (!builder->shortest || !builder->climb || !builder->points || !builder->parent)
        return ali_error_memory(error, count * (sizeof(weld_point) + 16), "the surface mesh");
    alicorn_status status = measure_triangles(builder, error);
    if (status)
        return status;
    weld(builder);
    if ((status = number_vertices(builder, error)))
        return status;
    if (model->triangle_count > 0 && (status = make_faces(builder, report, user, error)))
        return status;
    if ((status = ali_surface_mesh_connect(builder->mesh, ali_mesh_grounds_rims(builder->options),
                                           error)) ||
        (status = check_duplicates(builder, error)))
        return status;
    return check_combined(builder, error);
}

alicorn_status ali_surface_mesh_create(const ali_model *model, const ali_mesh_options *options,
                                       alicorn_report_fn report, void *report_user,
                                       ali_surface_mesh **mesh, alicorn_error *error)
{
    *mesh = NULL;
    surface_builder builder = {.model = model, .options = options};
    builder.mesh = calloc(1, sizeof *builder.mesh);
    if (!builder.mesh)
        return ali_error_memory(error, sizeof *builder.mesh, "the surface mesh");
    alicorn_status status = build(&builder, report, report_user, error);
    free(builder.shortest);
    free(builder.climb);
    free(builder.points);
    free(builder.parent);
    if (status)
        ali_surface_mesh_destroy(builder.mesh);
    else
        *mesh = builder.mesh;
    return status;
}

ali_surface_quality ali_surface_mesh_quality(const ali_surface_mesh *mesh)
{
    ali_surface_quality quality = {.shortest_edge = mesh->edge_count > 0 ? HUGE_VAL : 0.0,
                                   .worst_angle = mesh->face_count > 0 ? HUGE_VAL : 0.0};
    for (size_t e = 0; e < mesh->edge_count; e++) {
        const ali_face_edge *edge = &mesh->edges[e];
        quality.longest_edge = fmax(quality.longest_edge, edge->length);
        quality.shortest_edge = fmin(quality.shortest_edge, edge->length);
        quality.open_edges += edge->count == 1 && !edge->grounded;
        quality.crossing_edges += edge->count > 2;
    }
    for (size_t f = 0; f < mesh->face_count; f++)
        for (size_t i = 0; i < 3; i++) {
            const ali_face *face = &mesh->faces[f];
            ali_vec3 p = mesh->vertices[face->vertex[i]];
            ali_vec3 a = ali_vec3_sub(mesh->vertices[face->vertex[(i + 1) % 3]], p);
            ali_vec3 b = ali_vec3_sub(mesh->vertices[face->vertex[(i + 2) % 3]], p);
            double angle = atan2(2.0 * face->area, ali_vec3_dot(a, b));
            if (angle < quality.worst_angle) {
                quality.worst_angle = angle;
                quality.worst_face = f;
            }
        }
    for (size_t b = 0; b < mesh->body_count; b++)
        quality.closed_bodies += mesh->bodies[b].closed;
    return quality;
}
