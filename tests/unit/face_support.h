/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_FACE_SUPPORT_H
#define TESTS_UNIT_FACE_SUPPORT_H

#include "assert_close.h"
#include "base/constants.h"
#include "mesh/mesh.h"
#include "operator/face_magnetic.h"
#include "operator/surface_operator.h"

#include <stdlib.h>
#include <string.h>

/** @file
 *  Surfaces for tests, and everything around one operator on them. */

enum { SHEET_VERTICES = 1000, SHEET_FACES = 2000 };

/** Vertices and triangles before they are a surface. */
typedef struct sheet_builder {
    size_t vertex_count, face_count;
    ali_vec3 vertex[SHEET_VERTICES];
    size_t face[SHEET_FACES][3];
} sheet_builder;

/** A parallelogram in n x m cells of two triangles, its diagonals in turn. */
static inline void add_plate(sheet_builder *sheet, ali_vec3 origin, ali_vec3 u, ali_vec3 v,
                             size_t n, size_t m)
{
    size_t first = sheet->vertex_count;
    assert_true(first + (n + 1) * (m + 1) <= SHEET_VERTICES);
    assert_true(sheet->face_count + 2 * n * m <= SHEET_FACES);
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            ali_vec3 along = ali_vec3_axpy(origin, (double)i / (double)n, u);
            sheet->vertex[sheet->vertex_count++] = ali_vec3_axpy(along, (double)j / (double)m, v);
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) {
            size_t a = first + i * (m + 1) + j, b = a + m + 1;
            size_t cut[2][2][3] = {{{a, b, a + 1}, {b, b + 1, a + 1}},
                                   {{a, b, b + 1}, {a, b + 1, a + 1}}};
            memcpy(sheet->face[sheet->face_count], cut[(i + j) % 2], sizeof cut[0]);
            sheet->face_count += 2;
        }
}

/** The six sides of a box with their fronts outside, in so many cells along each axis. */
static inline void add_box(sheet_builder *sheet, ali_vec3 corner, ali_vec3 size,
                           const size_t cells[3])
{
    const ali_vec3 x = {size.x, 0, 0}, y = {0, size.y, 0}, z = {0, 0, size.z};
    const ali_vec3 opposite = ali_vec3_add(corner, size);
    add_plate(sheet, corner, y, x, cells[1], cells[0]);
    add_plate(sheet, corner, x, z, cells[0], cells[2]);
    add_plate(sheet, corner, z, y, cells[2], cells[1]);
    add_plate(sheet, opposite, ali_vec3_scale(-1.0, x), ali_vec3_scale(-1.0, y), cells[0],
              cells[1]);
    add_plate(sheet, opposite, ali_vec3_scale(-1.0, z), ali_vec3_scale(-1.0, x), cells[2],
              cells[0]);
    add_plate(sheet, opposite, ali_vec3_scale(-1.0, y), ali_vec3_scale(-1.0, z), cells[1],
              cells[2]);
}

static inline void add_sheet(ali_model *model, const sheet_builder *sheet, double electric_share)
{
    ali_surface surface = ali_surface_default();
    surface.electric_share = electric_share;
    assert_int_equal(ali_model_add_surface(model, sheet->vertex_count, sheet->vertex,
                                           sheet->face_count, (const size_t(*)[3])sheet->face,
                                           &surface, NULL),
                     ALICORN_OK);
}

/** A geodesic sphere, frequency n, of the volume of one of radius 1. */
static inline void build_sphere(sheet_builder *sheet, size_t n)
{
    const double t = 0.5 * (1.0 + sqrt(5.0));
    const double p[12][3] = {{-1, t, 0}, {1, t, 0}, {-1, -t, 0}, {1, -t, 0},
                             {0, -1, t}, {0, 1, t}, {0, -1, -t}, {0, 1, -t},
                             {t, 0, -1}, {t, 0, 1}, {-t, 0, -1}, {-t, 0, 1}};
    static const int sides[20][3] = {{0, 11, 5}, {0, 5, 1},  {0, 1, 7},   {0, 7, 10}, {0, 10, 11},
                                     {1, 5, 9},  {5, 11, 4}, {11, 10, 2}, {10, 7, 6}, {7, 1, 8},
                                     {3, 9, 4},  {3, 4, 2},  {3, 2, 6},   {3, 6, 8},  {3, 8, 9},
                                     {4, 9, 5},  {2, 4, 11}, {6, 2, 10},  {8, 6, 7},  {9, 8, 1}};
    double volume = 0.0;
    for (int side = 0; side < 20; side++) {
        size_t first = sheet->vertex_count, row = first;
        ali_vec3 corner[3];
        for (int c = 0; c < 3; c++)
            corner[c] =
                (ali_vec3){p[sides[side][c]][0], p[sides[side][c]][1], p[sides[side][c]][2]};
        for (size_t i = 0; i <= n; i++)
            for (size_t j = 0; j <= n - i; j++) {
                double u = (double)i / (double)n, v = (double)j / (double)n;
                ali_vec3 at = ali_vec3_scale(1.0 - u - v, corner[0]);
                at = ali_vec3_axpy(ali_vec3_axpy(at, u, corner[1]), v, corner[2]);
                sheet->vertex[sheet->vertex_count++] = ali_vec3_scale(1.0 / ali_vec3_norm(at), at);
            }
        for (size_t i = 0; i < n; row += n + 1 - i, i++)
            for (size_t j = 0; j < n - i; j++) {
                size_t a = row + j, b = row + n + 1 - i + j;
                size_t up[3] = {a, b, a + 1}, down[3] = {b, b + 1, a + 1};
                memcpy(sheet->face[sheet->face_count++], up, sizeof up);
                if (j + 1 < n - i)
                    memcpy(sheet->face[sheet->face_count++], down, sizeof down);
            }
    }
    assert_true(sheet->vertex_count <= SHEET_VERTICES && sheet->face_count <= SHEET_FACES);
    for (size_t f = 0; f < sheet->face_count; f++) {
        const ali_vec3 *v = sheet->vertex;
        const size_t *i = sheet->face[f];
        volume += ali_vec3_dot(v[i[0]], ali_vec3_cross(v[i[1]], v[i[2]])) / 6.0;
    }
    double scale = cbrt(4.0 / 3.0 * ALI_PI / fabs(volume));
    for (size_t i = 0; i < sheet->vertex_count; i++)
        sheet->vertex[i] = ali_vec3_scale(scale, sheet->vertex[i]);
}

typedef struct surface_fixture {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
    ali_face_near *near;
    ali_surface_operator_setup setup;
    ali_surface_operator *operator;
    double *share;
    double k;
} surface_fixture;

static inline void surface_set_up(surface_fixture *f, ali_model *model, double k, bool ground,
                                  const double complex *sheet)
{
    *f = (surface_fixture){.model = model, .k = k};
    ali_mesh_options options = {
        .split_ends = true, .refine = 1, .ground = ground, .connect = ground};
    assert_int_equal(ali_mesh_create(model, &options, NULL, NULL, &f->mesh, NULL), ALICORN_OK);
    ali_basis_options basis = {.wavenumber = k, .degree = 2};
    assert_int_equal(ali_basis_create(f->mesh, &basis, &f->basis, NULL), ALICORN_OK);
    assert_int_equal(ali_face_near_create(f->mesh, 3, ground, 1, NULL, NULL, &f->near, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_magnetic_near(model, f->mesh->surfaces, f->near, 1, NULL), ALICORN_OK);
    assert_int_equal(ali_electric_shares(model, f->mesh->surfaces, &f->share, NULL), ALICORN_OK);
    f->setup = (ali_surface_operator_setup){.basis = f->basis,
                                            .near = f->near,
                                            .omega = k * ALI_C0,
                                            .ground = ground,
                                            .sheet = sheet,
                                            .share = f->share};
    assert_int_equal(ali_surface_operator_create(&f->setup, &f->operator, NULL), ALICORN_OK);
}

static inline void surface_tear_down(surface_fixture *f)
{
    ali_surface_operator_destroy(f->operator);
    free(f->share);
    ali_face_near_destroy(f->near);
    ali_basis_destroy(f->basis);
    ali_mesh_destroy(f->mesh);
    ali_model_destroy(f->model);
}

#endif
