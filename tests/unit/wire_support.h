/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_WIRE_SUPPORT_H
#define TESTS_UNIT_WIRE_SUPPORT_H

#include "assert_close.h"
#include "basis/wire_basis.h"
#include "mesh/wire_mesh.h"
#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Structures of straight wires for the tests of mesh, basis and excitation. */

/** Append a straight wire of `count` equal segments. */
static inline void add_wire(ali_model *model, size_t count, ali_vec3 from, ali_vec3 to,
                            double radius)
{
    ali_vec3 *point = calloc(count + 1, sizeof *point), axis = ali_vec3_sub(to, from);
    double *radii = calloc(count, sizeof *radii);
    assert_non_null(point);
    assert_non_null(radii);
    for (size_t i = 0; i < count; i++) {
        point[i] = ali_vec3_axpy(from, (double)i / (double)count, axis);
        radii[i] = radius;
    }
    point[count] = to;
    ali_origin origin = {.line = (int)model->wire_count + 1, .card = "GW"};
    assert_int_equal(
        ali_model_add_wire(model, (int)model->wire_count + 1, count, point, radii, origin, NULL),
        ALICORN_OK);
    free(point);
    free(radii);
}

/** Wires of one segment each between corners, by pairs of indices. */
static inline ali_model *wire_frame(const ali_vec3 *corner, const int (*edge)[2], size_t count,
                                    size_t segments, double radius)
{
    ali_model *model = ali_model_create();
    assert_non_null(model);
    for (size_t i = 0; i < count; i++)
        add_wire(model, segments, corner[edge[i][0]], corner[edge[i][1]], radius);
    return model;
}

static inline ali_wire_mesh *make_mesh(const ali_model *model, ali_mesh_options options)
{
    ali_wire_mesh *mesh = NULL;
    alicorn_error error = {0};
    if (ali_wire_mesh_create(model, &options, NULL, NULL, &mesh, &error))
        fail_msg("%s", error.message);
    return mesh;
}

static inline ali_wire_basis *make_basis(const ali_wire_mesh *mesh, int degree, double wavenumber)
{
    ali_basis_options options = {.degree = degree, .wavenumber = wavenumber};
    ali_wire_basis *basis = NULL;
    assert_int_equal(ali_wire_basis_create(mesh, &options, &basis, NULL), ALICORN_OK);
    return basis;
}

#endif
