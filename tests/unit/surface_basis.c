/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/surface_current.h"
#include "surface_support.h"
#include "wire_support.h"

#include <math.h>

/** A meshed model with its basis. */
typedef struct bench {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
} bench;

static bench make_bench(ali_model *model, bool ground)
{
    bench b = {.model = model};
    alicorn_error error = {0};
    ali_mesh_options options = {.refine = 1, .ground = ground, .connect = ground};
    ali_basis_options basis_options = {.degree = 2, .wavenumber = 1.0};
    if (ali_mesh_create(model, &options, NULL, NULL, &b.mesh, &error) ||
        ali_basis_create(b.mesh, &basis_options, &b.basis, &error))
        fail_msg("%s", error.message);
    return b;
}

static void clear_bench(bench *b)
{
    ali_basis_destroy(b->basis);
    ali_mesh_destroy(b->mesh);
    ali_model_destroy(b->model);
}

/** Current that the charge of one function takes up on faces: the outflow of its edge terms. */
static double charge_on_faces(const ali_surface_basis *basis, size_t function)
{
    const ali_surface_mesh *mesh = basis->mesh;
    double sum = 0.0;
    for (size_t f = 0; f < mesh->face_count; f++)
        for (size_t t = basis->face_first[f]; t < basis->face_first[f + 1]; t++) {
            const ali_term *term = &basis->terms[t];
            if (term->function == function && term->shape < ALI_FACE_CORNER)
                sum += term->weight * mesh->edges[mesh->faces[f].edge[term->shape]].length;
        }
    return sum;
}

/** The same on wires: what leaves each element's ends. */
static double charge_on_wires(const ali_wire_basis *basis, size_t function)
{
    double sum = 0.0;
    for (size_t t = 0; t < basis->element_first[basis->mesh->element_count]; t++) {
        const ali_term *term = &basis->terms[t];
        if (term->function == function && term->shape <= ALI_SHAPE_END)
            sum += term->shape == ALI_SHAPE_END ? term->weight : -term->weight;
    }
    return sum;
}

/** The lists by face and by function name the same pairs. */
static void check_lists(const ali_surface_basis *basis)
{
    for (size_t f = 0; f < basis->function_count; f++)
        for (size_t i = basis->function_first[f]; i < basis->function_first[f + 1]; i++) {
            size_t face = basis->function_faces[i], found = 0;
            for (size_t t = basis->face_first[face]; t < basis->face_first[face + 1]; t++)
                found += basis->terms[t].function == f;
            assert_true(found > 0);
        }
    for (size_t face = 0; face < basis->mesh->face_count; face++)
        for (size_t t = basis->face_first[face]; t + 1 < basis->face_first[face + 1]; t++)
            assert_true(basis->terms[t].function <= basis->terms[t + 1].function);
}

static void test_closed_body_has_a_function_per_edge(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_sphere(model, (ali_vec3){1, 2, 3}, 0.5, 1);
    bench b = make_bench(model, false);
    assert_int_equal(b.basis->count, 120);
    assert_int_equal(b.basis->wire_first, 120);
    for (size_t f = 0; f < b.basis->count; f++)
        assert_close(charge_on_faces(b.basis->surfaces, f), 0.0, 1e-14);
    check_lists(b.basis->surfaces);
    clear_bench(&b);
}

static void test_rims_carry_nothing_and_sheets_branch(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    ali_vec3 x = {1, 0, 0}, y = {0, 1, 0}, z = {0, 0, 1}, o = {0, 0, 0};
    add_plate(model, "a", o, x, y, 2, 2);
    bench plate = make_bench(model, false);
    assert_int_equal(plate.basis->count, 8); /* 16 edges, 8 of them on the rim */
    clear_bench(&plate);

    model = ali_model_create();
    add_plate(model, "a", o, x, y, 1, 1);
    add_plate(model, "b", o, ali_vec3_scale(-1.0, x), y, 1, 1);
    add_plate(model, "c", o, z, y, 1, 1);
    bench star = make_bench(model, false);
    assert_int_equal(star.basis->count,
                     3 + 2); /* a diagonal each, and two across the common edge */
    for (size_t f = 0; f < star.basis->count; f++)
        assert_close(charge_on_faces(star.basis->surfaces, f), 0.0, 1e-14);
    check_lists(star.basis->surfaces);
    clear_bench(&star);
}

static void test_ground_takes_the_current_of_a_rim(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_tube(model, "tube", 0.2, 0.0, 1.0, 6, 2, false);
    bench b = make_bench(model, true);
    size_t grounded = 0;
    for (size_t f = 0; f < b.basis->count; f++) {
        const ali_face_edge *edge = &b.mesh->surfaces->edges[b.basis->surfaces->function_edge[f]];
        double charge = charge_on_faces(b.basis->surfaces, f);
        grounded += edge->grounded;
        assert_close(charge, edge->grounded ? edge->length : 0.0, 1e-14);
    }
    assert_int_equal(grounded, 6);
    clear_bench(&b);
}

static void test_attached_wires_lose_no_charge(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_plate(model, "plate", (ali_vec3){-0.5, -0.5, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0},
              4, 4);
    ali_vec3 centre = {0, 0, 0};
    add_wire(model, 3, centre, (ali_vec3){0.1, 0, 0.3}, 1e-3); /* starts there */
    add_wire(model, 2, (ali_vec3){0, 0, 0.2}, centre, 1e-3);   /* ends there */
    add_wire(model, 4, (ali_vec3){0.3, 0.2, -0.4}, (ali_vec3){0.3, 0.2, 0.4},
             1e-3); /* goes through */
    bench b = make_bench(model, false);
    assert_int_equal(b.mesh->attachment_count, 2);
    size_t attached = 0;
    for (size_t w = 0; w < b.basis->wires->count; w++) {
        double there = charge_on_faces(b.basis->surfaces, b.basis->wire_first + w);
        attached += fabs(there) > 0.5;
        assert_close(there + charge_on_wires(b.basis->wires, w), 0.0, 1e-13);
    }
    assert_int_equal(attached, 4);
    check_lists(b.basis->surfaces);
    clear_bench(&b);
}

/** The current of a fan: what crosses a line around the vertex is what the wire brings. */
static void test_fan_spreads_the_wire_current(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_plate(model, "plate", (ali_vec3){-0.5, -0.5, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0},
              2, 2);
    add_wire(model, 1, (ali_vec3){0, 0, 0.3}, (ali_vec3){0, 0, 0}, 1e-3);
    bench b = make_bench(model, false);
    double complex *x = calloc(b.basis->count, sizeof *x);
    assert_non_null(x);
    x[b.basis->wire_first] = 2.0; /* the only function of degree 1 there is */
    ali_current current;
    assert_int_equal(ali_current_create(b.basis, x, &current, NULL), ALICORN_OK);
    double complex into = ali_wire_current_at(&current.wires, 0, 1.0);
    double complex spread = 0.0, charge = 0.0, moment[3] = {0.0, 0.0, 0.0};
    for (size_t i = 0; i < current.surfaces.corner_count; i++)
        spread += current.surfaces.corners[i].amplitude;
    for (size_t f = 0; f < b.mesh->surfaces->face_count; f++)
        charge +=
            ali_surface_current_divergence(&current.surfaces, f) * b.mesh->surfaces->faces[f].area;
    assert_close(cabs(into), 2.0, 1e-14);
    assert_close(cabs(spread - into), 0.0, 1e-13);
    assert_close(cabs(charge + into), 0.0, 1e-13);
    /* the dipole moment of currents, int J dS, is minus the charge's, sum div J r dS: continuity */
    ali_current_point *points;
    size_t count;
    assert_int_equal(ali_surface_current_points(&current.surfaces, 1.0, &points, &count, NULL),
                     ALICORN_OK);
    for (size_t i = 0; i < count; i++)
        for (int c = 0; c < 3; c++)
            moment[c] += points[i].moment[c];
    double complex expected[2] = {0.0, 0.0};
    for (size_t f = 0; f < b.mesh->surfaces->face_count; f++) {
        const ali_face *face = &b.mesh->surfaces->faces[f];
        ali_vec3 middle = {0, 0, 0};
        for (int i = 0; i < 3; i++)
            middle = ali_vec3_axpy(middle, 1.0 / 3.0, b.mesh->surfaces->vertices[face->vertex[i]]);
        double complex q = ali_surface_current_divergence(&current.surfaces, f) * face->area;
        expected[0] -= q * middle.x;
        expected[1] -= q * middle.y;
    }
    assert_close(cabs(moment[0] - expected[0]), 0.0, 1e-13);
    assert_close(cabs(moment[1] - expected[1]), 0.0, 1e-13);
    free(points);
    ali_current_clear(&current);
    free(x);
    clear_bench(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closed_body_has_a_function_per_edge),
        cmocka_unit_test(test_rims_carry_nothing_and_sheets_branch),
        cmocka_unit_test(test_ground_takes_the_current_of_a_rim),
        cmocka_unit_test(test_attached_wires_lose_no_charge),
        cmocka_unit_test(test_fan_spreads_the_wire_current),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
