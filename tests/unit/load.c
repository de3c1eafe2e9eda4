/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/load.h"

#include "base/constants.h"
#include "basis/wire_current.h"
#include "math/gauss_table.h"
#include "wire_support.h"

/** Four segments of 0.5 m, 2 mm thick, and one that duplicates the second, the other way. */
typedef struct bench {
    ali_model *model;
    ali_wire_mesh *mesh;
    ali_wire_basis *basis;
} bench;

static bench set_up(int degree)
{
    bench b = {.model = ali_model_create()};
    add_wire(b.model, 4, (ali_vec3){0, 0, 0}, (ali_vec3){2, 0, 0}, 1e-3);
    add_wire(b.model, 1, (ali_vec3){1, 0, 0}, (ali_vec3){0.5, 0, 0}, 1e-3);
    b.mesh = make_mesh(b.model, (ali_mesh_options){.refine = 1, .split_ends = true});
    b.basis = make_basis(b.mesh, degree, 0.1);
    return b;
}

static void tear_down(bench *b)
{
    ali_wire_basis_destroy(b->basis);
    ali_wire_mesh_destroy(b->mesh);
    ali_model_destroy(b->model);
}

static ali_load_set load(const bench *b, const ali_load *loads, size_t count, double omega)
{
    ali_load_set set;
    assert_int_equal(ali_load_set_create(b->basis, b->model, loads, count, omega, &set, NULL),
                     ALICORN_OK);
    return set;
}

static const double OMEGA = 2.0 * ALI_PI * 14.2e6;

/** One load on segment 1; its impedance, or impedance per length. */
static double complex one(ali_load_kind kind, double r, double l, double c, bool distributed)
{
    bench b = set_up(2);
    ali_load given = {.kind = kind, .first = 1, .last = 1, .value = {r, l, c}};
    ali_load_set set = load(&b, &given, 1, OMEGA);
    double complex value;
    if (distributed) {
        assert_int_equal(set.lumped_count, 0);
        assert_non_null(set.series);
        value = set.series[b.mesh->segment_first[1]];
        for (size_t e = 0; e < b.mesh->element_count; e++)
            if (b.mesh->elements[e].segment != 1)
                assert_true(set.series[e] == 0.0);
    } else {
        assert_int_equal(set.lumped_count, 1);
        assert_null(set.series);
        value = set.lumped[0].impedance;
    }
    ali_load_set_clear(&set);
    ali_load_set_clear(&set);
    tear_down(&b);
    return value;
}

static void test_lumped_loads(void **state)
{
    (void)state;
    /* omega 89.2212 Mrad/s; 1 uH is j89.2212 ohm, 100 pF -j112.081 ohm */
    const double x_l = OMEGA * 1e-6, x_c = 1.0 / (OMEGA * 1e-10);
    assert_close(x_l, 89.2212, 1e-4);
    assert_close(x_c, 112.081, 1e-3);
    assert_close(one(ALI_LOAD_SERIES_RLC, 50, 1e-6, 1e-10, false), CMPLX(50, x_l - x_c), 1e-9);
    assert_close(one(ALI_LOAD_SERIES_RLC, 0, 1e-6, 0, false), CMPLX(0, x_l), 1e-9);
    assert_close(one(ALI_LOAD_SERIES_RLC, 0, 0, 1e-10, false), CMPLX(0, -x_c), 1e-9);
    assert_close(one(ALI_LOAD_SERIES_RLC, 7, 0, 0, false), 7.0, 1e-12);
    double complex y = 1.0 / 50.0 + 1.0 / CMPLX(0, x_l) + 1.0 / CMPLX(0, -x_c);
    assert_close(one(ALI_LOAD_PARALLEL_RLC, 50, 1e-6, 1e-10, false), 1.0 / y, 1e-9);
    assert_close(one(ALI_LOAD_PARALLEL_RLC, 0, 1e-6, 1e-10, false),
                 1.0 / (1.0 / CMPLX(0, x_l) + 1.0 / CMPLX(0, -x_c)), 1e-9);
    assert_close(one(ALI_LOAD_PARALLEL_RLC, 50, 0, 0, false), 50.0, 1e-9);
    assert_close(one(ALI_LOAD_IMPEDANCE, 12, -34, 0, false), CMPLX(12, -34), 1e-12);
}

/** LD 2 and 3: what one metre has; a segment of 0.5 m has half the R and L, but C per metre adds up
 * along it too: 0.5 C in series with the segment, as in NEC. */
static void test_loads_per_metre(void **state)
{
    (void)state;
    const double x_l = OMEGA * 1e-6, x_c = 1.0 / (OMEGA * 0.5e-10), length = 0.5;
    double complex segment = CMPLX(50.0 * length, x_l * length - x_c);
    assert_close(one(ALI_LOAD_SERIES_RLC_PER_METRE, 50, 1e-6, 1e-10, true), segment / length, 1e-9);
    assert_close(one(ALI_LOAD_SERIES_RLC_PER_METRE, 50, 0, 0, true), 50.0, 1e-9);
    double complex y = 1.0 / (50.0 * length) + 1.0 / CMPLX(0, x_l * length) + 1.0 / CMPLX(0, -x_c);
    assert_close(one(ALI_LOAD_PARALLEL_RLC_PER_METRE, 50, 1e-6, 1e-10, true), 1.0 / y / length,
                 1e-9);
}

/** Skin effect. At low frequency the direct-current resistance; at high frequency that of a layer
 * one skin depth thick, with the same reactance, and half a skin depth's worth of R more, 1/(2 pi a
 * sigma delta) (1 + delta/2a). */
static void test_conductivity(void **state)
{
    (void)state;
    const double sigma = 5.8e7, a = 1e-3;
    double complex z = one(ALI_LOAD_CONDUCTIVITY, sigma, 0, 0, true);
    double delta = sqrt(2.0 / (OMEGA * ALI_MU0 * sigma));
    assert_close(creal(z), (1.0 + delta / (2.0 * a)) / (2.0 * ALI_PI * a * sigma * delta),
                 1e-4 * creal(z));
    assert_close(cimag(z), 1.0 / (2.0 * ALI_PI * a * sigma * delta), 1e-3 * cimag(z));
    bench b = set_up(1);
    ali_load given = {.kind = ALI_LOAD_CONDUCTIVITY, .first = 0, .last = 3, .value = {sigma}};
    ali_load_set set = load(&b, &given, 1, 2.0 * ALI_PI * 50.0);
    assert_close(creal(set.series[0]), 1.0 / (ALI_PI * a * a * sigma), 1e-4 * creal(set.series[0]));
    ali_load_set_clear(&set);
    tear_down(&b);
}

static void test_loads_on_one_segment_add(void **state)
{
    (void)state;
    bench b = set_up(2);
    const ali_load given[] = {
        {.kind = ALI_LOAD_IMPEDANCE, .first = 1, .last = 2, .value = {10, 5}},
        {.kind = ALI_LOAD_SERIES_RLC, .first = 2, .last = 2, .value = {7}},
        {.kind = ALI_LOAD_SERIES_RLC_PER_METRE, .first = 0, .last = 3, .value = {3}},
        {.kind = ALI_LOAD_CONDUCTIVITY, .first = 3, .last = 3, .value = {1e3}},
        {.kind = ALI_LOAD_SERIES_RLC_PER_METRE,
         .first = 4,
         .last = 4,
         .value = {100}}, /* duplicate */
    };
    ali_load_set set = load(&b, given, 5, OMEGA);
    assert_int_equal(set.lumped_count, 3);
    assert_close(set.lumped[0].impedance, CMPLX(10, 5), 0);
    assert_close(set.lumped[2].impedance, 7.0, 0);
    assert_close(set.series[b.mesh->segment_first[1]], 103.0, 1e-12);
    assert_close(set.series[0], 3.0, 1e-12);
    assert_true(creal(set.series[b.mesh->element_count - 1]) > 3.0);
    ali_load_set_clear(&set);
    tear_down(&b);
}

static void test_open_circuits_are_refused(void **state)
{
    (void)state;
    bench b = set_up(1);
    ali_load given = {.kind = ALI_LOAD_PARALLEL_RLC, .origin = {.line = 9, .card = "LD"}};
    ali_load_set set;
    alicorn_error error = {0};
    assert_int_equal(ali_load_set_create(b.basis, b.model, &given, 1, OMEGA, &set, &error),
                     ALICORN_E_INPUT);
    assert_int_equal(error.line, 9);
    assert_null(set.lumped);
    given.kind = ALI_LOAD_PARALLEL_RLC_PER_METRE;
    assert_int_equal(ali_load_set_create(b.basis, b.model, &given, 1, OMEGA, &set, NULL),
                     ALICORN_E_INPUT);
    tear_down(&b);
}

/** Heat: |mean I|^2 R/2 in lumps, int |I|^2 R'/2 ds along the wire. */
static void test_power_in_loads(void **state)
{
    (void)state;
    bench b = set_up(3);
    const ali_load given[] = {
        {.kind = ALI_LOAD_IMPEDANCE, .first = 0, .last = 1, .value = {10, 500}},
        {.kind = ALI_LOAD_SERIES_RLC_PER_METRE, .first = 1, .last = 2, .value = {3, 1e-6}},
    };
    ali_load_set set = load(&b, given, 2, OMEGA);
    double complex *x = calloc(b.basis->count, sizeof *x);
    uint64_t seed = 2;
    for (size_t f = 0; f < b.basis->count; f++)
        x[f] = CMPLX(next_random(&seed), next_random(&seed));
    ali_wire_current current;
    assert_int_equal(ali_wire_current_create(b.basis, x, &current, NULL), ALICORN_OK);
    double complex mean[4] = {0};
    double square[4] = {0};
    for (size_t e = 0; e < b.mesh->element_count; e++)
        for (int i = 0; i < 8; i++) {
            double complex value = ali_wire_current_at(&current, e, ali_gauss_node(8)[i]);
            double ds = b.mesh->elements[e].half * ali_gauss_weight(8)[i];
            mean[b.mesh->elements[e].segment] += value * ds / 0.5;
            square[b.mesh->elements[e].segment] += creal(value * conj(value)) * ds;
        }
    double wanted = 0.5 * 10.0 * (pow(cabs(mean[0]), 2) + pow(cabs(mean[1]), 2)) +
                    0.5 * 3.0 * (square[1] + square[2]);
    assert_close(ali_load_power(b.basis, &set, x), wanted, 1e-11 * wanted);
    ali_wire_current_clear(&current);
    free(x);
    ali_load_set_clear(&set);
    tear_down(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lumped_loads),
        cmocka_unit_test(test_loads_per_metre),
        cmocka_unit_test(test_conductivity),
        cmocka_unit_test(test_loads_on_one_segment_add),
        cmocka_unit_test(test_open_circuits_are_refused),
        cmocka_unit_test(test_power_in_loads),
    };
    return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
