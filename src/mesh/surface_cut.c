/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/surface_cut.h"

#include "base/error.h"
#include "base/memory.h"
#include "mesh/face_geometry.h"
#include "mesh/surface_build.h"

#include <stdlib.h>

alicorn_status ali_surface_cutter_start(ali_surface_cutter *cutter, ali_surface_mesh *mesh,
                                        alicorn_error *error)
{
    *cutter = (ali_surface_cutter){.mesh = mesh,
                                   .face_capacity = mesh->face_count,
                                   .vertex_capacity = mesh->vertex_count,
                                   .next_capacity = mesh->face_count};
    cutter->next = ali_calloc(mesh->face_count, sizeof *cutter->next);
    if (!cutter->next)
        return ali_error_memory(error, mesh->face_count * sizeof *cutter->next, "cuts of faces");
    for (size_t f = 0; f < mesh->face_count; f++)
        cutter->next[f] = ALI_NONE;
    return ali_face_tree_create(mesh, &cutter->tree, error);
}

void ali_surface_cutter_clear(ali_surface_cutter *cutter)
{
    ali_face_tree_destroy(cutter->tree);
    free(cutter->next);
}

alicorn_status ali_surface_cutter_finish(ali_surface_cutter *cutter, bool grounded,
                                         alicorn_error *error)
{
    return cutter->cut_count > 0 ? ali_surface_mesh_connect(cutter->mesh, grounded, error)
                                 : ALICORN_OK;
}

bool ali_surface_cutter_nearest(const ali_surface_cutter *cutter, ali_vec3 point, double reach,
                                size_t *face, ali_vec3 *closest, double *distance)
{
    ali_box box = ali_box_around(&point, 1, reach);
    ali_face_search search = ali_face_search_start(cutter->tree, &box);
    bool found = false;
    for (size_t whole; ali_face_search_next(&search, &whole);)
        for (size_t f = whole; f != ALI_NONE; f = cutter->next[f]) {
            ali_corners corners = ali_face_corners(cutter->mesh, f);
            ali_vec3 foot = ali_closest_on_triangle(&corners, point);
            double gap = ali_vec3_distance(point, foot);
            if (gap > reach)
                continue;
            found = true;
            reach = gap;
            if (face)
                *face = f;
            if (closest)
                *closest = foot;
            if (distance)
                *distance = gap;
        }
    return found;
}

/* ---- cutting ---- */

static alicorn_status add_vertex(ali_surface_cutter *cutter, ali_vec3 point, size_t *vertex,
                                 alicorn_error *error)
{
    ali_surface_mesh *mesh = cutter->mesh;
    if (ali_grow((void **)&mesh->vertices, &cutter->vertex_capacity, mesh->vertex_count,
                 sizeof *mesh->vertices))
        return ali_error_memory(error, mesh->vertex_count * sizeof *mesh->vertices, "vertices");
    *vertex = mesh->vertex_count;
    mesh->vertices[mesh->vertex_count++] = point;
    cutter->cut_count++;
    return ALICORN_OK;
}

/** Append a copy of a face. */
static alicorn_status copy_face(ali_surface_cutter *cutter, size_t face, ali_face **copy,
                                alicorn_error *error)
{
    ali_surface_mesh *mesh = cutter->mesh;
    if (ali_grow((void **)&mesh->faces, &cutter->face_capacity, mesh->face_count,
                 sizeof *mesh->faces) ||
        ali_grow((void **)&cutter->next, &cutter->next_capacity, mesh->face_count,
                 sizeof *cutter->next))
        return ali_error_memory(error, mesh->face_count * sizeof *mesh->faces, "faces");
    size_t made = mesh->face_count++;
    *copy = &mesh->faces[made];
    **copy = mesh->faces[face];
    cutter->next[made] = cutter->next[face];
    cutter->next[face] = made;
    return ALICORN_OK;
}

/** Three faces around a new vertex in place of one: each has it for another corner. */
static alicorn_status cut_face(ali_surface_cutter *cutter, size_t face, ali_vec3 point,
                               size_t *vertex, alicorn_error *error)
{
    alicorn_status status = add_vertex(cutter, point, vertex, error);
    for (size_t i = 0; i < 2 && !status; i++) {
        ali_face *copy;
        if ((status = copy_face(cutter, face, &copy, error)))
            break;
        copy->vertex[i] = *vertex;
    }
    if (!status)
        cutter->mesh->faces[face].vertex[2] = *vertex;
    return status;
}

/** Corner of a face that is `vertex`; 3 if none is. */
static size_t corner_of(const ali_face *face, size_t vertex)
{
    for (size_t i = 0; i < 3; i++)
        if (face->vertex[i] == vertex)
            return i;
    return 3;
}

/** Halve all faces that have the edge from a to b. */
static alicorn_status cut_edge(ali_surface_cutter *cutter, size_t a, size_t b, ali_vec3 point,
                               double margin, size_t *vertex, alicorn_error *error)
{
    alicorn_status status = add_vertex(cutter, point, vertex, error);
    ali_box box = ali_box_around(&point, 1, margin);
    ali_face_search search = ali_face_search_start(cutter->tree, &box);
    for (size_t whole; !status && ali_face_search_next(&search, &whole);)
        for (size_t f = whole; f != ALI_NONE && !status; f = cutter->next[f]) {
            size_t i = corner_of(&cutter->mesh->faces[f], a);
            size_t j = corner_of(&cutter->mesh->faces[f], b);
            ali_face *copy;
            if (i == 3 || j == 3 || (status = copy_face(cutter, f, &copy, error)))
                continue;
            copy->vertex[i] = *vertex;
            cutter->mesh->faces[f].vertex[j] = *vertex;
        }
    return status;
}

alicorn_status ali_surface_cutter_insert(ali_surface_cutter *cutter, size_t face, ali_vec3 point,
                                         double snap, size_t *vertex, alicorn_error *error)
{
    const size_t *v = cutter->mesh->faces[face].vertex;
    ali_corners corners = ali_face_corners(cutter->mesh, face);
    double best = HUGE_VAL;
    for (size_t i = 0; i < 3; i++) {
        double gap = ali_vec3_distance(point, corners.p[i]);
        if (gap <= snap && gap < best) {
            best = gap;
            *vertex = v[i];
        }
    }
    if (best <= snap)
        return ALICORN_OK;
    size_t edge = 3;
    ali_vec3 foot = point;
    for (size_t i = 0; i < 3; i++) {
        ali_vec3 a = corners.p[(i + 1) % 3], b = corners.p[(i + 2) % 3];
        ali_vec3 on = ali_vec3_axpy(a, ali_closest_on_line(a, b, point), ali_vec3_sub(b, a));
        if (ali_vec3_distance(point, on) > snap || ali_vec3_distance(point, on) >= best)
            continue;
        best = ali_vec3_distance(point, on);
        edge = i;
        foot = on;
    }
    if (edge == 3)
        return cut_face(cutter, face, point, vertex, error);
    for (size_t k = 1; k < 3; k++)
        if (ali_vec3_distance(foot, corners.p[(edge + k) % 3]) <= snap) {
            *vertex = v[(edge + k) % 3];
            return ALICORN_OK;
        }
    return cut_edge(cutter, v[(edge + 1) % 3], v[(edge + 2) % 3], foot, snap, vertex, error);
}
