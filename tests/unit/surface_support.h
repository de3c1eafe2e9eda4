/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_SURFACE_SUPPORT_H
#define TESTS_UNIT_SURFACE_SUPPORT_H

#include "assert_close.h"
#include "base/constants.h"
#include "mesh/surface_mesh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Structures of triangles for the tests of mesh and basis. */

/** Append a named surface; its line is its number. */
static inline void add_named_surface(ali_model *model, const char *name, size_t vertex_count,
                                     const ali_vec3 *vertices, size_t triangle_count,
                                     const size_t (*triangles)[3])
{
    char copy[64];
    snprintf(copy, sizeof copy, "%s", name);
    ali_surface surface = ali_surface_default();
    surface.name = copy;
    surface.line = (int)model->surface_count + 1;
    assert_int_equal(ali_model_add_surface(model, vertex_count, vertices, triangle_count, triangles,
                                           &surface, NULL),
                     ALICORN_OK);
}

/** Append a parallelogram of n by m cells, two triangles each, with its front on the side of
 * u x v. */
static inline void add_plate(ali_model *model, const char *name, ali_vec3 corner, ali_vec3 u,
                             ali_vec3 v, size_t n, size_t m)
{
    ali_vec3 *vertices = calloc((n + 1) * (m + 1), sizeof *vertices);
    size_t(*triangles)[3] = calloc(2 * n * m, sizeof *triangles), count = 0;
    assert_non_null(vertices);
    assert_non_null(triangles);
    for (size_t j = 0; j <= m; j++)
        for (size_t i = 0; i <= n; i++)
            vertices[j * (n + 1) + i] = ali_vec3_axpy(
                ali_vec3_axpy(corner, (double)i / (double)n, u), (double)j / (double)m, v);
    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i < n; i++) {
            size_t p = j * (n + 1) + i, q = p + n + 1;
            const size_t pair[2][3] = {{p, p + 1, q + 1}, {p, q + 1, q}};
            memcpy(triangles[count], pair, sizeof pair);
            count += 2;
        }
    add_named_surface(model, name, (n + 1) * (m + 1), vertices, count,
                      (const size_t(*)[3])triangles);
    free(vertices);
    free(triangles);
}

/** Append the six sides of a box as surfaces of n by n cells with their fronts outside; `sides` is
 * a bit set: 1 bottom, 2 top, 4 front (-y), 8 back (+y), 16 left (-x), 32 right (+x). */
static inline void add_box(ali_model *model, ali_vec3 p, ali_vec3 size, size_t n, unsigned sides)
{
    ali_vec3 x = {size.x, 0, 0}, y = {0, size.y, 0}, z = {0, 0, size.z};
    if (sides & 1)
        add_plate(model, "bottom", p, y, x, n, n);
    if (sides & 2)
        add_plate(model, "top", ali_vec3_add(p, z), x, y, n, n);
    if (sides & 4)
        add_plate(model, "front", p, x, z, n, n);
    if (sides & 8)
        add_plate(model, "back", ali_vec3_add(p, y), z, x, n, n);
    if (sides & 16)
        add_plate(model, "left", p, z, y, n, n);
    if (sides & 32)
        add_plate(model, "right", ali_vec3_add(p, x), y, z, n, n);
}

/** Append an icosahedron cut `levels` times into four, its vertices on the sphere, every triangle
 * with vertices of its own as in an STL file. */
static inline void add_sphere(ali_model *model, ali_vec3 centre, double radius, int levels)
{
    const double g = 1.618033988749894848;
    const ali_vec3 corner[12] = {{-1, g, 0}, {1, g, 0}, {-1, -g, 0}, {1, -g, 0},
                                 {0, -1, g}, {0, 1, g}, {0, -1, -g}, {0, 1, -g},
                                 {g, 0, -1}, {g, 0, 1}, {-g, 0, -1}, {-g, 0, 1}};
    const int face[20][3] = {{0, 11, 5}, {0, 5, 1},  {0, 1, 7},   {0, 7, 10}, {0, 10, 11},
                             {1, 5, 9},  {5, 11, 4}, {11, 10, 2}, {10, 7, 6}, {7, 1, 8},
                             {3, 9, 4},  {3, 4, 2},  {3, 2, 6},   {3, 6, 8},  {3, 8, 9},
                             {4, 9, 5},  {2, 4, 11}, {6, 2, 10},  {8, 6, 7},  {9, 8, 1}};
    size_t count = 20;
    for (int level = 0; level < levels; level++)
        count *= 4;
    ali_vec3 *vertices = calloc(3 * count, sizeof *vertices);
    size_t(*triangles)[3] = calloc(count, sizeof *triangles);
    assert_non_null(vertices);
    assert_non_null(triangles);
    for (size_t f = 0; f < 20; f++)
        for (size_t i = 0; i < 3; i++)
            vertices[3 * f + i] = corner[face[f][i]];
    for (size_t have = 20; have < count; have *= 4)
        for (size_t f = have; f-- > 0;) {
            ali_vec3 p[3], q[3];
            memcpy(p, vertices + 3 * f, sizeof p);
            for (size_t i = 0; i < 3; i++)
                q[i] = ali_vec3_scale(0.5, ali_vec3_add(p[(i + 1) % 3], p[(i + 2) % 3]));
            const ali_vec3 cut[12] = {p[0], q[2], q[1], p[1], q[0], q[2],
                                      p[2], q[1], q[0], q[0], q[1], q[2]};
            memcpy(vertices + 12 * f, cut, sizeof cut);
        }
    for (size_t v = 0; v < 3 * count; v++) {
        triangles[v / 3][v % 3] = v;
        vertices[v] = ali_vec3_axpy(centre, radius / ali_vec3_norm(vertices[v]), vertices[v]);
    }
    add_named_surface(model, "sphere", 3 * count, vertices, count, (const size_t(*)[3])triangles);
    free(vertices);
    free(triangles);
}

/** Append the side of a cylinder around the z axis, n cells around and m along, front outside. With
 * `twist`, a Moebius strip in its place: of width `height` around the circle. */
static inline void add_tube(ali_model *model, const char *name, double radius, double bottom,
                            double height, size_t n, size_t m, bool twist)
{
    ali_vec3 *vertices = calloc(4 * n * m, sizeof *vertices);
    size_t(*triangles)[3] = calloc(2 * n * m, sizeof *triangles), count = 0;
    assert_non_null(vertices);
    assert_non_null(triangles);
    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i < n; i++, count++)
            for (size_t k = 0; k < 4; k++) {
                double turn = 2 * ALI_PI * (double)(i + (k == 1 || k == 2)) / (double)n;
                double z = height * (double)(j + k / 2) / (double)m - (twist ? 0.5 * height : 0);
                double lean = twist ? 0.5 * turn : 0;
                double rho = radius + z * sin(lean);
                vertices[4 * count + k] =
                    (ali_vec3){rho * cos(turn), rho * sin(turn), bottom + z * cos(lean)};
            }
    for (size_t c = 0; c < count; c++) {
        const size_t pair[2][3] = {{4 * c, 4 * c + 1, 4 * c + 2}, {4 * c, 4 * c + 2, 4 * c + 3}};
        memcpy(triangles[2 * c], pair, sizeof pair);
    }
    add_named_surface(model, name, 4 * count, vertices, 2 * count, (const size_t(*)[3])triangles);
    free(vertices);
    free(triangles);
}

/** What was reported, by name. */
typedef struct report_log {
    size_t count;
    char names[16][32];
    char last[512];
} report_log;

static inline void log_report(void *user, const alicorn_diagnostic *diagnostic)
{
    report_log *log = user;
    if (log->count < 16)
        snprintf(log->names[log->count], sizeof log->names[0], "%s", diagnostic->name);
    snprintf(log->last, sizeof log->last, "%s", diagnostic->message);
    log->count++;
}

static inline size_t reports_of(const report_log *log, const char *name)
{
    size_t found = 0;
    for (size_t i = 0; i < log->count && i < 16; i++)
        found += strcmp(log->names[i], name) == 0;
    return found;
}

static inline ali_surface_mesh *make_surface_mesh(const ali_model *model, ali_mesh_options options)
{
    ali_surface_mesh *mesh = NULL;
    alicorn_error error = {0};
    if (ali_surface_mesh_create(model, &options, NULL, NULL, &mesh, &error))
        fail_msg("%s", error.message);
    return mesh;
}

/** Indices, references and orientation agree with each other; normals and areas with vertices. */
static inline void check_surface_mesh(const ali_surface_mesh *mesh)
{
    size_t sides = 0;
    for (size_t e = 0; e < mesh->edge_count; e++) {
        const ali_face_edge *edge = &mesh->edges[e];
        assert_true(edge->vertex[0] < edge->vertex[1] && edge->vertex[1] < mesh->vertex_count);
        assert_true(edge->count >= 1);
        assert_int_equal(edge->first, sides);
        sides += edge->count;
        for (size_t s = edge->first; s < sides; s++) {
            ali_edge_side side = mesh->edge_sides[s];
            const ali_face *face = &mesh->faces[side / 3];
            assert_true(s == edge->first || side > mesh->edge_sides[s - 1]);
            assert_int_equal(face->edge[side % 3], e);
            size_t a = face->vertex[(side + 1) % 3], b = face->vertex[(side + 2) % 3];
            assert_int_equal(a < b ? a : b, edge->vertex[0]);
            assert_int_equal(a < b ? b : a, edge->vertex[1]);
            if (edge->count == 2 && mesh->bodies[face->body].oriented) {
                ali_edge_side other = mesh->edge_sides[2 * edge->first + 1 - s];
                assert_int_equal(mesh->faces[other / 3].vertex[(other + 1) % 3], b);
            }
        }
    }
    assert_int_equal(sides, 3 * mesh->face_count);
    assert_int_equal(mesh->vertex_first[0], 0);
    assert_int_equal(mesh->vertex_first[mesh->vertex_count], 3 * mesh->face_count);
    for (size_t v = 0; v < mesh->vertex_count; v++)
        for (size_t i = mesh->vertex_first[v]; i < mesh->vertex_first[v + 1]; i++) {
            size_t corner = mesh->vertex_corners[i];
            assert_int_equal(mesh->faces[corner / 3].vertex[corner % 3], v);
        }
    for (size_t f = 0; f < mesh->face_count; f++) {
        const ali_face *face = &mesh->faces[f];
        ali_vec3 p = mesh->vertices[face->vertex[0]];
        ali_vec3 cross = ali_vec3_cross(ali_vec3_sub(mesh->vertices[face->vertex[1]], p),
                                        ali_vec3_sub(mesh->vertices[face->vertex[2]], p));
        assert_true(face->area > 0.0);
        assert_close(ali_vec3_norm(face->normal), 1.0, 1e-14);
        assert_close(ali_vec3_dot(cross, face->normal), 2 * face->area, 1e-12 * face->area);
    }
}

#endif
