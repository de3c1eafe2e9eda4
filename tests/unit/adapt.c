/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alicorn/alicorn.h"
#include "study/adapt.h"

#include <complex.h>
#include <math.h>

static void test_good_estimate_raises_nothing(void **state)
{
    (void)state;
    double weight[3] = {1e-3, 1e-3, 5e-4};
    unsigned char degree[3] = {1, 1, 1};
    size_t marked[3];
    assert_int_equal(ali_adapt_mark(3, 2.5e-3, weight, degree, marked), 0);
    assert_int_equal(degree[0] + degree[1] + degree[2], 3);
}

static void test_only_what_matters_is_raised(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    double weight[COUNT], worst = 0.0;
    unsigned char degree[COUNT];
    size_t marked[COUNT];
    for (size_t e = 0; e < COUNT; e++) {
        weight[e] = e == 17 || e == 400 ? 0.02 : e == 30 ? 2e-3 : 2e-7;
        degree[e] = e == 400 ? ALI_ADAPT_DEGREE_MAX : 1;
        worst += weight[e];
    }
    /* the small ones leave 2e-4 together, below a quarter of the tolerance; 400 is at the top
     * already */
    assert_int_equal(ali_adapt_mark(COUNT, worst, weight, degree, marked), 2);
    assert_int_equal(marked[0], 17);
    assert_int_equal(marked[1], 30);
    assert_int_equal(degree[17], 3); /* alone above the tolerance: by two at once */
    assert_int_equal(degree[30], 2);
    assert_int_equal(degree[16], 1);
    assert_int_equal(degree[400], ALI_ADAPT_DEGREE_MAX);
}

static void test_many_small_ones_are_raised_together(void **state)
{
    (void)state;
    enum { COUNT = 100 };
    double weight[COUNT];
    unsigned char degree[COUNT];
    size_t marked[COUNT];
    for (size_t e = 0; e < COUNT; e++) {
        weight[e] = 1e-4;
        degree[e] = 2;
    }
    assert_int_equal(ali_adapt_mark(COUNT, 1e-2, weight, degree, marked), COUNT);
    for (size_t e = 0; e < COUNT; e++)
        assert_int_equal(marked[e], e);
}

/** A dipole of `segments` segments beside a grid-like crowd of parasitic wires that makes the mesh
 * large. */
static alicorn_model *make_crowd(int segments)
{
    alicorn_model *model = alicorn_model_create();
    double low[3] = {0, 0, -2.4}, high[3] = {0, 0, 2.4};
    assert_int_equal(alicorn_model_add_wire(model, 1, segments, low, high, 0.005, NULL), 0);
    for (int i = 0; i < 6; i++) {
        double a[3] = {12.0 + i, -20.0, 0}, b[3] = {12.0 + i, 20.0, 0};
        assert_int_equal(alicorn_model_add_wire(model, 2, 100, a, b, 0.01, NULL), 0);
    }
    assert_int_equal(
        alicorn_model_add_source(model, 1, segments / 2 + 1, (alicorn_complex){1, 0}, NULL), 0);
    assert_int_equal(alicorn_model_add_frequency(model, 30e6, NULL), 0);
    return model;
}

typedef struct solved {
    double complex impedance;
    double error; /**< of the impedance */
    size_t unknowns;
    double residual, average_gain;
} solved;

/** Where the degrees start: at free ends, around the port and along its wire in a large mesh, and
 * low elsewhere. */
static void test_start(void **state)
{
    (void)state;
    alicorn_model *model = make_crowd(8);
    ali_mesh_options mesh_options = {.refine = 1};
    ali_wire_mesh *mesh;
    assert_int_equal(ali_wire_mesh_create(model, &mesh_options, NULL, NULL, &mesh, NULL),
                     ALICORN_OK);
    unsigned char degree[700];
    assert_true(mesh->element_count <= sizeof degree);
    ali_port port = {.site = {ALI_SITE_SEGMENT, 4}};
    ali_port_list ports = {.ports = &port, .count = 1};
    /* 0.6 m are kL = 0.38 */
    ali_basis_options options = {.wavenumber = 2.0 * 3.14159265358979 * 30e6 / 299792458.0};
    const unsigned char wire[8] = {3, 2, 2, 3, 3, 3, 2, 3};
    assert_int_equal(ali_adapt_start(mesh, &ports, &options, false, degree, NULL), ALICORN_OK);
    assert_memory_equal(degree, wire, 8);
    for (size_t e = 8; e < mesh->element_count; e++) {
        size_t inside = (e - 8) % 100 < 50 ? (e - 8) % 100 : 99 - (e - 8) % 100;
        assert_int_equal(degree[e], inside == 0 ? 3 : inside == 1 ? 2 : 1);
    }
    options.degree = 2;
    assert_int_equal(ali_adapt_start(mesh, &ports, &options, false, degree, NULL), ALICORN_OK);
    for (size_t e = 0; e < mesh->element_count; e++)
        assert_int_equal(degree[e], 2);
    options.degree = 0;
    assert_int_equal(ali_adapt_start(mesh, &ports, &options, true, degree, NULL), ALICORN_OK);
    assert_int_equal(degree[0], 3);
    assert_int_equal(degree[4], 2);
    assert_int_equal(degree[20], 2);
    ali_wire_mesh_destroy(mesh);
    alicorn_model_destroy(model);
}

static solved solve(const alicorn_model *model, int degree)
{
    alicorn_options options;
    alicorn_result *result = NULL;
    alicorn_options_default(&options);
    options.degree = degree;
    options.threads = 1;
    assert_int_equal(alicorn_solve(model, &options, &result, NULL), ALICORN_OK);
    const alicorn_solve_result *first = alicorn_result_solve(result, 0);
    const alicorn_source_result *source = &first->sources[0];
    solved made = {.impedance = CMPLX(source->impedance.re, source->impedance.im),
                   .error = source->impedance_error,
                   .unknowns = first->unknowns,
                   .residual = first->residual,
                   .average_gain = first->average_gain};
    alicorn_result_destroy(result);
    return made;
}

/* A mesh too large to start with degree 2 must come to the accuracy of a fixed high degree, by
 * raising a few elements. */
static void test_border_reaches_the_accuracy_of_high_degree(void **state)
{
    (void)state;
    alicorn_model *model = make_crowd(7);
    solved low = solve(model, 1), high = solve(model, 4), chosen = solve(model, 0);
    double size = cabs(high.impedance);
    assert_true(cabs(low.impedance - high.impedance) > 0.02 * size);
    assert_true(cabs(chosen.impedance - high.impedance) < 0.005 * size);
    assert_true(cabs(chosen.impedance - high.impedance) < chosen.error);
    assert_true(chosen.unknowns > low.unknowns);
    assert_true(chosen.unknowns < low.unknowns + 60);
    assert_true(chosen.residual < 1e-10);
    assert_true(fabs(chosen.average_gain - 1.0) < 2e-3);
    alicorn_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_estimate_raises_nothing),
        cmocka_unit_test(test_only_what_matters_is_raised),
        cmocka_unit_test(test_many_small_ones_are_raised_together),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_border_reaches_the_accuracy_of_high_degree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
