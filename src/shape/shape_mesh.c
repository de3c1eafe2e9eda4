/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/shape.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "shape/gmsh.h"
#include "shape/skin.h"

#include <stdlib.h>
#include <string.h>

/** Vertices may be this part of the model's size off the exact surfaces: intersections of curved
 *  faces are splines. */
static const double vertex_tolerance = 1e-5;
/** A wire's end may be this part of the shape's size off its surface, or this part of the edges
 * that it asks for: a tenth of its radius. */
static const double point_tolerance = 1e-6, point_size_tolerance = 1.0 / 200;

/** Projections back and forth between surfaces that meet. */
enum { MOST_PROJECTIONS = 40 };

/** A point as it is given, and as gmsh gets it: exactly on the surface. */
typedef struct anchor {
    ali_vec3 wanted;
    double tolerance; /**< [m] between the two, or between it and a vertex */
    bool certain;     /**< it is on a form whose surface is known */
} anchor;

typedef struct mesher {
    const ali_mesher_options *options;
    double curvature;
    size_t point_count;
    const ali_embedded_point *points;
    alicorn_error *error;
} mesher;

/* ---- points ---- */

static double tolerance_of(const ali_form *form, const ali_embedded_point *point)
{
    ali_vec3 centre;
    double radius, half;
    if (!ali_form_cylinder(form, &centre, &radius, &half))
        return fmax(point_tolerance, point_size_tolerance * point->size);
    return fmax(point_tolerance * (radius + half), point_size_tolerance * point->size);
}

/** Put a point onto the surface that it is near, or onto the line where several meet, and onto
 * sharp edges: a vertex right beside an edge would make needles. False: it is near no surface. */
static bool find_place(const ali_embedded_point *point, size_t form_count, const ali_form *forms,
                       ali_embedded_point *placed, anchor *a)
{
    bool unknown = false;
    ali_vec3 first = point->point;
    *placed = *point;
    *a = (anchor){.wanted = point->point};
    for (int round = 0; round < MOST_PROJECTIONS; round++) {
        ali_vec3 before = placed->point;
        for (size_t i = 0; i < form_count; i++) {
            ali_vec3 nearest;
            double tolerance = tolerance_of(&forms[i], point);
            bool file = forms[i].kind == ALI_FORM_FILE;
            unknown = unknown || file;
            if (file || fabs(ali_form_distance(&forms[i], point->point, NULL)) > tolerance)
                continue;
            ali_form_distance(&forms[i], placed->point, &nearest);
            placed->point = ali_form_snap(&forms[i], nearest, tolerance);
            if (!a->certain)
                first = placed->point;
            a->certain = true;
            a->tolerance = fmax(a->tolerance, 2 * tolerance);
        }
        if (ali_vec3_distance(before, placed->point) == 0)
            break;
    }
    if (ali_vec3_distance(placed->point, point->point) > a->tolerance)
        placed->point = first; /* the surfaces do not meet here */
    if (!a->certain && unknown)
        a->tolerance = fmax(point_tolerance, point_size_tolerance * point->size);
    return a->certain || unknown;
}

/** The points that are on these forms; of those that come to lie at one place, the first. Both
 * lists have room for all. */
static size_t place_points(const mesher *m, size_t form_count, const ali_form *forms,
                           ali_embedded_point *placed, anchor *anchors)
{
    size_t count = 0;
    for (size_t i = 0; i < m->point_count; i++) {
        bool wanted = find_place(&m->points[i], form_count, forms, &placed[count], &anchors[count]);
        for (size_t k = 0; wanted && k < count; k++)
            wanted = ali_vec3_distance(placed[k].point, placed[count].point) >
                     0.5 * anchors[count].tolerance;
        count += wanted;
    }
    return count;
}

static bool is_inside(size_t form_count, const ali_form *forms, ali_vec3 point, double tolerance)
{
    for (size_t i = 0; i < form_count; i++)
        if (forms[i].solid && ali_form_distance(&forms[i], point, NULL) < -tolerance)
            return true;
    return false;
}

/** Give the vertices at the points exactly the coordinates that were asked for, and pin them. */
static alicorn_status pin_points(const mesher *m, ali_triangulation *t, size_t form_count,
                                 const ali_form *forms, size_t count, const anchor *anchors,
                                 bool *pinned)
{
    for (size_t i = 0; i < count; i++) {
        double best = INFINITY;
        size_t vertex = 0;
        for (size_t k = 0; k < t->vertex_count; k++) {
            double distance = ali_vec3_distance(t->vertices[k], anchors[i].wanted);
            if (distance < best) {
                best = distance;
                vertex = k;
            }
        }
        if (best <= anchors[i].tolerance) {
            t->vertices[vertex] = anchors[i].wanted;
            pinned[vertex] = true;
        } else if (anchors[i].certain &&
                   !is_inside(form_count, forms, anchors[i].wanted, anchors[i].tolerance)) {
            return ali_error_set(m->error, ALICORN_E_INTERNAL,
                                 "gmsh put no vertex at the wire's end (%g, %g, %g)",
                                 anchors[i].wanted.x, anchors[i].wanted.y, anchors[i].wanted.z);
        }
    }
    return ALICORN_OK;
}

/* ---- one run ---- */

static double extent_of(const ali_triangulation *t)
{
    ali_vec3 low = t->vertices[0], high = low;
    for (size_t i = 1; i < t->vertex_count; i++) {
        ali_vec3 v = t->vertices[i];
        low = (ali_vec3){fmin(low.x, v.x), fmin(low.y, v.y), fmin(low.z, v.z)};
        high = (ali_vec3){fmax(high.x, v.x), fmax(high.y, v.y), fmax(high.z, v.z)};
    }
    return ali_vec3_distance(low, high);
}

/** From what gmsh made to the skin with moved vertices. */
static alicorn_status finish(const mesher *m, ali_triangulation *t, const ali_msh_bounds *bounds,
                             size_t form_count, ali_form *forms, size_t anchor_count,
                             const anchor *anchors)
{
    ali_skin skin = {0};
    bool *pinned = NULL;
    alicorn_status status = ali_skin_make(t, bounds, form_count, forms,
                                          vertex_tolerance * extent_of(t), &skin, m->error);
    if (status == ALICORN_OK)
        status = ali_triangulation_compact(t, m->error);
    if (status != ALICORN_OK)
        goto cleanup;
    pinned = ali_calloc(t->vertex_count, sizeof *pinned);
    if (!pinned) {
        status = ali_error_memory(m->error, t->vertex_count, "pinned vertices");
        goto cleanup;
    }
    status = pin_points(m, t, form_count, forms, anchor_count, anchors, pinned);
    if (status == ALICORN_OK && m->options->keep_volume)
        status = ali_skin_keep_volume(t, &skin, form_count, forms, pinned, m->error);
    if (form_count == 1 && forms[0].kind == ALI_FORM_FILE && t->triangle_count > 0)
        forms[0].solid = skin.wall[0];
cleanup:
    free(pinned);
    ali_skin_clear(&skin);
    return status;
}

/** One attempt with one of gmsh's algorithms. *again: another one may succeed. */
static alicorn_status attempt(const mesher *m, const ali_geo_job *job, ali_form *forms,
                              const anchor *anchors, ali_triangulation *t, bool *again)
{
    ali_msh_bounds bounds;
    alicorn_status status = ali_gmsh_run(job, m->options, t, &bounds, again, m->error);
    if (status == ALICORN_OK) {
        status = finish(m, t, &bounds, job->shape_count, forms, job->point_count, anchors);
        *again = status == ALICORN_E_INPUT;
    }
    if (status != ALICORN_OK)
        ali_triangulation_clear(t);
    free(bounds.faces);
    return status;
}

/** Mesh shapes in one run; groups of the triangles are indices of the shapes. gmsh's frontal
 * algorithm makes the best triangles, but now and then it fails at a tip or a seam: then others may
 * not. */
static alicorn_status mesh_together(const mesher *m, size_t count, const ali_shape *shapes,
                                    ali_form *forms, bool join, ali_triangulation *t)
{
    static const int algorithms[] = {6, 5, 1};
    ali_embedded_point *placed = ali_calloc(m->point_count, sizeof *placed);
    anchor *anchors = ali_calloc(m->point_count, sizeof *anchors);
    alicorn_status status = ALICORN_OK;
    bool again = true;
    memset(t, 0, sizeof *t);
    if (!placed || !anchors) {
        status = ali_error_memory(m->error, m->point_count * sizeof *placed, "embedded points");
        goto cleanup;
    }
    ali_geo_job job = {.shape_count = count,
                       .shapes = shapes,
                       .forms = forms,
                       .point_count = place_points(m, count, forms, placed, anchors),
                       .points = placed,
                       .curvature = m->curvature,
                       .join = join};
    for (size_t i = 0; again && i < sizeof algorithms / sizeof algorithms[0]; i++) {
        job.algorithm = algorithms[i];
        status = attempt(m, &job, forms, anchors, t, &again);
    }
cleanup:
    free(placed);
    free(anchors);
    return status;
}

/** The shape's number for its triangles. */
static void set_groups(ali_triangulation *t, const ali_shape *shapes)
{
    for (size_t i = 0; i < t->triangle_count; i++)
        t->group[i] = shapes[t->group[i]].group;
}

/** Shapes that stay apart: one run for each. */
static alicorn_status mesh_apart(const mesher *m, size_t count, const ali_shape *shapes,
                                 ali_form *forms, ali_triangulation *t)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; status == ALICORN_OK && i < count; i++) {
        ali_triangulation one;
        status = mesh_together(m, 1, &shapes[i], &forms[i], false, &one);
        if (status != ALICORN_OK)
            break;
        set_groups(&one, &shapes[i]);
        status = ali_triangulation_append(t, &one, m->error);
        ali_triangulation_clear(&one);
    }
    return status;
}

/** All in one run. Where a CAD file is among several shapes, a mesh of it alone says which faces
 * are its own. */
static alicorn_status mesh_united(const mesher *m, size_t count, const ali_shape *shapes,
                                  ali_form *forms, ali_triangulation *t)
{
    const mesher alone = {m->options, m->curvature, 0, NULL, m->error};
    ali_triangulation *surfaces = ali_calloc(count, sizeof *surfaces);
    alicorn_status status = ALICORN_OK;
    if (!surfaces)
        return ali_error_memory(m->error, count * sizeof *surfaces, "surfaces of files");
    for (size_t i = 0; status == ALICORN_OK && count > 1 && i < count; i++) {
        if (forms[i].kind != ALI_FORM_FILE)
            continue;
        status = mesh_together(&alone, 1, &shapes[i], &forms[i], true, &surfaces[i]);
        forms[i].surface = &surfaces[i];
    }
    if (status == ALICORN_OK)
        status = mesh_together(m, count, shapes, forms, true, t);
    if (status == ALICORN_OK)
        set_groups(t, shapes);
    for (size_t i = 0; i < count; i++)
        ali_triangulation_clear(&surfaces[i]);
    free(surfaces);
    return status;
}

/** Refuse what would take too many triangles, before gmsh tries. */
static alicorn_status check_count(const mesher *m, size_t count, const ali_shape *shapes,
                                  const ali_form *forms)
{
    double sum = 0, most = m->options->most_triangles ? (double)m->options->most_triangles : 1e6;
    double largest = 0;
    size_t worst = 0;
    for (size_t i = 0; i < count; i++) {
        double own = ali_form_triangles(&forms[i], shapes[i].longest_edge,
                                        ali_geo_curvature(&shapes[i], m->curvature));
        sum += own;
        if (own > largest) {
            largest = own;
            worst = i;
        }
    }
    if (sum <= most)
        return ALICORN_OK;
    return ali_error_set_at(m->error, ALICORN_E_INPUT, NULL, shapes[worst].line, 0, NULL,
                            "edges of %g m need about %.3g triangles on this shape and %.3g in "
                            "all; the limit is %.3g",
                            shapes[worst].longest_edge, largest, sum, most);
}

alicorn_status ali_shape_mesh(size_t shape_count, const ali_shape *shapes, size_t point_count,
                              const ali_embedded_point *points, const ali_mesher_options *options,
                              ali_triangulation *triangulation, alicorn_error *error)
{
    mesher m = {.options = options,
                .curvature = options->curvature > 0 ? options->curvature : ALI_PI / 6,
                .point_count = point_count,
                .points = points,
                .error = error};
    ali_form *forms = ali_calloc(shape_count, sizeof *forms);
    alicorn_status status = ALICORN_OK;
    memset(triangulation, 0, sizeof *triangulation);
    if (!forms)
        return ali_error_memory(error, shape_count * sizeof *forms, "shapes");
    for (size_t i = 0; status == ALICORN_OK && i < shape_count; i++)
        status = ali_form_make(&shapes[i], &forms[i], error);
    if (status == ALICORN_OK)
        status = check_count(&m, shape_count, shapes, forms);
    if (status == ALICORN_OK && options->unite && shape_count > 0)
        status = mesh_united(&m, shape_count, shapes, forms, triangulation);
    else if (status == ALICORN_OK)
        status = mesh_apart(&m, shape_count, shapes, forms, triangulation);
    if (status != ALICORN_OK)
        ali_triangulation_clear(triangulation);
    for (size_t i = 0; i < shape_count; i++)
        ali_form_clear(&forms[i]);
    free(forms);
    return status;
}
