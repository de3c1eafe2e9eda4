/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/surface_mesh.h"

#include "base/error.h"
#include "mesh/face_geometry.h"
#include "mesh/face_tree.h"
#include "mesh/surface_build.h"

#include <stdio.h>

/** @file
 *  Faces that lie in each other's way. */

/** Faces closer than this part of their shortest edge touch. */
static const double touching = 1e-4;
/** Faces that have more than this part of the smaller one's area in common overlap. */
static const double overlapping = 1e-3;

/** Pairs that are reported one by one. */
enum { MAX_REPORTED = 4 };

typedef struct crossing {
    size_t face[2];
    ali_vec3 point;
} crossing;

typedef struct crossing_search {
    const ali_surface_mesh *mesh;
    crossing found[MAX_REPORTED];
    size_t count;
} crossing_search;

/** Number of vertices that two faces share; own[i] tells whether vertex i of the first is one. */
static int shared_vertices(const ali_face *first, const ali_face *second, bool own[3])
{
    int count = 0;
    for (int i = 0; i < 3; i++) {
        own[i] = first->vertex[i] == second->vertex[0] || first->vertex[i] == second->vertex[1] ||
                 first->vertex[i] == second->vertex[2];
        count += own[i];
    }
    return count;
}

/** Whether all corners of `second` lie within `tolerance` of the plane of `first`. */
static bool in_plane(const ali_corners *first, const ali_corners *second, double tolerance)
{
    ali_vec3 normal = ali_corners_normal(first, NULL);
    for (int i = 0; i < 3; i++)
        if (fabs(ali_vec3_dot(ali_vec3_sub(second->p[i], first->p[0]), normal)) > tolerance)
            return false;
    return true;
}

/** Whether an edge of `corners` that ends in no shared vertex comes within tolerance of `other`. */
static bool edges_meet(const ali_corners *corners, const bool own[3], const ali_corners *other,
                       double tolerance, ali_vec3 *point)
{
    for (size_t i = 0; i < 3; i++) {
        ali_vec3 a = corners->p[(i + 1) % 3], b = corners->p[(i + 2) % 3];
        double part[2];
        if (own[(i + 1) % 3] || own[(i + 2) % 3] ||
            !ali_line_in_triangle(other, a, b, tolerance, part))
            continue;
        *point = ali_vec3_axpy(a, 0.5 * (part[0] + part[1]), ali_vec3_sub(b, a));
        return true;
    }
    return false;
}

/** Look at two faces whose boxes meet. Returns whether they overlap in one plane. */
static bool compare_faces(crossing_search *search, size_t f, size_t g)
{
    const ali_surface_mesh *mesh = search->mesh;
    const ali_face *first = &mesh->faces[f], *second = &mesh->faces[g];
    bool own[3], theirs[3];
    int shared = shared_vertices(first, second, own);
    shared_vertices(second, first, theirs);
    ali_corners p = ali_face_corners(mesh, f), q = ali_face_corners(mesh, g);
    double tolerance = touching * fmin(ali_corners_shortest(&p), ali_corners_shortest(&q));
    if (in_plane(&p, &q, tolerance) && in_plane(&q, &p, tolerance) &&
        ali_overlap_area(&p, &q) > overlapping * fmin(first->area, second->area))
        return true;
    ali_vec3 point;
    if (shared < 2 && (edges_meet(&p, own, &q, tolerance, &point) ||
                       edges_meet(&q, theirs, &p, tolerance, &point))) {
        if (search->count < MAX_REPORTED)
            search->found[search->count] = (crossing){{f, g}, point};
        search->count++;
    }
    return false;
}

static void report_crossing(const ali_model *model, const crossing_search *search, size_t index,
                            alicorn_report_fn report, void *user)
{
    const crossing *found = &search->found[index];
    const ali_face *first = &search->mesh->faces[found->face[0]];
    const ali_face *second = &search->mesh->faces[found->face[1]];
    char message[512], more[64] = "";
    if (index + 1 == MAX_REPORTED && search->count > MAX_REPORTED)
        snprintf(more, sizeof more, " (and %zu more pairs of faces)", search->count - MAX_REPORTED);
    snprintf(message, sizeof message,
             "%s and %s cross or touch near (%.5g, %.5g, %.5g) m without a common vertex: no "
             "current flows between them%s",
             ali_triangle_name(model, first->triangle).text,
             ali_triangle_name(model, second->triangle).text, found->point.x, found->point.y,
             found->point.z, more);
    alicorn_diagnostic diagnostic = {.severity = ALICORN_WARNING,
                                     .name = "surfaces-cross",
                                     .message = message,
                                     .file = model->name,
                                     .line = model->surfaces[first->surface].line,
                                     .column = model->surfaces[first->surface].column};
    report(user, &diagnostic);
}

static alicorn_status refuse_overlap(const ali_model *model, const ali_surface_mesh *mesh, size_t f,
                                     size_t g, alicorn_error *error)
{
    const ali_face *first = &mesh->faces[f], *second = &mesh->faces[g];
    return ali_error_set_at(
        error, ALICORN_E_INPUT, model->name, model->surfaces[second->surface].line,
        model->surfaces[second->surface].column, NULL, "%s overlaps %s in one plane",
        ali_triangle_name(model, second->triangle).text,
        ali_triangle_name(model, first->triangle).text);
}

alicorn_status ali_surface_mesh_check_crossings(const ali_model *model,
                                                const ali_surface_mesh *mesh,
                                                alicorn_report_fn report, void *report_user,
                                                size_t *count, alicorn_error *error)
{
    ali_face_tree *tree = NULL;
    crossing_search search = {.mesh = mesh};
    alicorn_status status = ali_face_tree_create(mesh, &tree, error);
    for (size_t f = 0; f < mesh->face_count && !status; f++) {
        ali_corners corners = ali_face_corners(mesh, f);
        ali_box box = ali_box_around(corners.p, 3, touching * ali_corners_shortest(&corners));
        ali_face_search near = ali_face_search_start(tree, &box);
        for (size_t g; !status && ali_face_search_next(&near, &g);)
            if (g > f && compare_faces(&search, f, g))
                status = refuse_overlap(model, mesh, f, g, error);
    }
    ali_face_tree_destroy(tree);
    for (size_t i = 0; !status && report && i < search.count && i < MAX_REPORTED; i++)
        report_crossing(model, &search, i, report, report_user);
    if (count)
        *count = search.count;
    return status;
}
