/* SPDX-License-Identifier: Apache-2.0 */
/* The matrix of dipoles against the real one. */
#include "operator/dipoles.h"

#include "basis/places.h"
#include "operator/operator.h"
#include "surface_support.h"
#include "wire_support.h"

#include <math.h>

typedef struct bench {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
    ali_near *near;
    ali_face_near *face_near;
    ali_operator *operator;
    ali_dipoles *dipoles;
    ali_places places;
} bench;

static bench make_bench(ali_model *model, int degree, double k, bool ground)
{
    bench b = {.model = model};
    alicorn_error error = {0};
    ali_mesh_options options = {.refine = 1, .ground = ground, .connect = ground};
    ali_basis_options basis_options = {.degree = degree, .wavenumber = k};
    if (ali_mesh_create(model, &options, NULL, NULL, &b.mesh, &error) ||
        ali_basis_create(b.mesh, &basis_options, &b.basis, &error))
        fail_msg("%s", error.message);
    unsigned char *order = calloc(b.mesh->wires->element_count + 1, 1);
    assert_non_null(order);
    memset(order, degree + 1, b.mesh->wires->element_count);
    if (ali_near_create(b.mesh->wires, order, ground, 1, &b.near, &error) ||
        (b.mesh->surfaces->face_count > 0 &&
         ali_face_near_create(b.mesh, degree + 1, ground, 1, NULL, NULL, &b.face_near, &error)))
        fail_msg("%s", error.message);
    free(order);
    ali_operator_setup setup = {.basis = b.basis,
                                .near = b.near,
                                .face_near = b.face_near,
                                .omega = k * ALI_C0,
                                .ground = ground ? ALI_GROUND_PEC : ALI_GROUND_NONE};
    if (ali_operator_create(&setup, &b.operator, & error) ||
        ali_dipoles_create(b.basis, k, ground, &b.dipoles, &error) ||
        ali_places_create(b.basis, &b.places, &error))
        fail_msg("%s", error.message);
    return b;
}

static void clear_bench(bench *b)
{
    ali_places_clear(&b->places);
    ali_dipoles_destroy(b->dipoles);
    ali_operator_destroy(b->operator);
    ali_face_near_destroy(b->face_near);
    ali_near_destroy(b->near);
    ali_basis_destroy(b->basis);
    ali_mesh_destroy(b->mesh);
    ali_model_destroy(b->model);
}

static double complex element_of(const bench *b, size_t row, size_t column)
{
    double complex value = NAN;
    ali_dipoles_fill(b->dipoles, 1, &row, 1, &column, &value, 1);
    return value;
}

/** Functions further apart than `distance` times their sizes couple alike, in the mean over all
 * such pairs of two groups of functions; and the diagonals have the same size. */
static void compare(const bench *b, double distance, double allowed)
{
    size_t n = b->basis->count, pairs = 0;
    double complex *z = calloc(n * n, sizeof *z);
    assert_non_null(z);
    assert_int_equal(ali_operator_fill(b->operator, 0, n, 0, n, z, n, NULL), ALICORN_OK);
    double off = 0.0, size = 0.0;
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < n; i++) {
            double reach = b->places.radius[i] + b->places.radius[j];
            double complex own = element_of(b, i, j), real = z[i + j * n];
            if (i == j)
                assert_true(cabs(own) > 0.25 * cabs(real) && cabs(own) < 4.0 * cabs(real));
            if (ali_vec3_distance(b->places.centre[i], b->places.centre[j]) < distance * reach)
                continue;
            off += creal((own - real) * conj(own - real));
            size += creal(real * conj(real));
            pairs++;
        }
    assert_true(pairs > n * n / 4);
    assert_true(off < allowed * allowed * size);
    free(z);
}

static void test_wires(void **state)
{
    (void)state;
    for (int degree = 1; degree <= 3; degree++)
        for (int ground = 0; ground < 2; ground++) {
            ali_model *model = ali_model_create();
            add_wire(model, 12, (ali_vec3){0, 0, 0.0}, (ali_vec3){0.1, 0.2, 1.2}, 0.002);
            add_wire(model, 12, (ali_vec3){0, 1, 0.7}, (ali_vec3){1, 1.5, 0.4}, 0.002);
            add_wire(model, 12, (ali_vec3){1, 1.5, 0.4}, (ali_vec3){1, 0, 0.5}, 0.002);
            bench b = make_bench(model, degree, 3.0, ground);
            compare(&b, 2.0, 0.05);
            clear_bench(&b);
        }
}

static void test_faces_and_attached_wires(void **state)
{
    (void)state;
    for (int ground = 0; ground < 2; ground++) {
        ali_model *model = ali_model_create();
        add_plate(model, "plate", (ali_vec3){-0.5, -0.5, 0.5}, (ali_vec3){1, 0, 0},
                  (ali_vec3){0, 1, 0.2}, 8, 8);
        add_wire(model, 6, (ali_vec3){0, 0, 0.6}, (ali_vec3){0.1, 0, 1.2}, 2e-3);
        bench b = make_bench(model, 1, 3.0, ground);
        assert_int_equal(b.mesh->attachment_count, 1);
        compare(&b, 2.0, 0.06);
        clear_bench(&b);
    }
}

static void test_loops(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    for (int i = 0; i < 2; i++) {
        double x = i;
        add_wire(model, 2, (ali_vec3){x, 0, 1}, (ali_vec3){x + 0.1, 0, 1}, 1e-3);
        add_wire(model, 2, (ali_vec3){x + 0.1, 0, 1}, (ali_vec3){x + 0.1, 0.1, 1}, 1e-3);
        add_wire(model, 4, (ali_vec3){x + 0.1, 0.1, 1}, (ali_vec3){x, 0, 1}, 1e-3);
    }
    bench b = make_bench(model, 1, 0.05, false);
    size_t loop[2], count = 0, n = b.basis->count;
    for (size_t f = 0; f < n; f++)
        if (b.places.kind[f] == ALI_PLACE_LOOP) {
            assert_true(count < 2);
            loop[count++] = f;
        }
    assert_int_equal(count, 2);
    double complex real, own = element_of(&b, loop[0], loop[1]);
    assert_int_equal(ali_operator_fill(b.operator, loop[0], 1, loop[1], 1, &real, 1, NULL),
                     ALICORN_OK);
    assert_true(cabs(own - real) < 0.05 * cabs(real)); /* a magnetic dipole's; charges would be
                                                          a million times as much */
    clear_bench(&b);
}

/** Any lists give the same numbers, whichever is the longer one. */
static void test_lists(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_plate(model, "plate", (ali_vec3){0, 0, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0}, 12,
              12);
    bench b = make_bench(model, 1, 3.0, false);
    enum { LONG = 310, SHORT = 7, LEADING = 320 };
    size_t n = b.basis->count, list[2][LONG];
    static double complex block[2][LEADING * LONG];
    assert_true(n > LONG);
    for (size_t i = 0; i < LONG; i++) {
        list[0][i] = (i * 7) % n;
        list[1][i] = n - 1 - i;
    }
    ali_dipoles_fill(b.dipoles, LONG, list[0], SHORT, list[1], block[0], LEADING);
    ali_dipoles_fill(b.dipoles, SHORT, list[1], LONG, list[0], block[1], LEADING);
    for (size_t j = 0; j < SHORT; j++)
        for (size_t i = 0; i < LONG; i++) {
            double complex value = element_of(&b, list[0][i], list[1][j]);
            double size = cabs(element_of(&b, list[1][j], list[1][j]));
            assert_true(cabs(block[0][i + j * LEADING] - value) < 1e-13 * size);
            assert_true(cabs(block[1][j + i * LEADING] - value) < 1e-13 * size);
        }
    assert_true(ali_dipoles_bytes(b.dipoles) > n * 2 * 8 * sizeof(double));
    clear_bench(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wires),
        cmocka_unit_test(test_faces_and_attached_wires),
        cmocka_unit_test(test_loops),
        cmocka_unit_test(test_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
