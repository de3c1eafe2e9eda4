/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_table.h"
#include "assert_close.h"
#include "base/constants.h"
#include "random.h"

#include <math.h>

static const double k0 = 2.0 * ALI_PI; /* lengths in wavelengths */
static const size_t enough = 64u << 20;
enum { POINTS = 40 };

/** A point of the range, often close by, grazing, or at an end. */
static double draw(uint64_t *random, int i, double low, double high)
{
    double u = 0.5 + 0.5 * next_random(random);
    double share = i % 5 == 0 ? 0.0 : i % 5 < 3 ? exp(-12.0 * u) : u;
    return low + share * (high - low);
}

static ali_half_space_kernels truth_at(const ali_half_space *space, ali_ground_sides sides,
                                       double rho, double height, double depth)
{
    ali_half_space_kernels kernels;
    alicorn_error error;
    alicorn_status status;
    if (sides == ALI_GROUND_ACROSS)
        status = ali_half_space_transmitted(space, rho, height, -depth, 1e-9, &kernels, &error);
    else /* in soil even on the interface */
        status = ali_half_space_reflected(space, rho,
                                          sides == ALI_GROUND_AIR ? height : -fmax(depth, 1e-15),
                                          0.0, 1e-9, &kernels, &error);
    if (status != ALICORN_OK)
        fail_msg("%s", error.message);
    return kernels;
}

/** Random places of the range against the integrals. */
static void check_table(double complex permittivity, ali_ground_range range)
{
    ali_half_space space = {k0, permittivity};
    ali_ground_table *table;
    alicorn_error error;
    range.bytes_max = enough;
    if (ali_ground_table_create(&space, &range, &table, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    assert_true(ali_ground_table_bytes(table) <= range.bytes_max);
    double rho[POINTS], height[POINTS], depth[POINTS];
    ali_half_space_kernels ours[POINTS];
    uint64_t random = 11;
    for (int i = 0; i < POINTS; i++) {
        rho[i] = draw(&random, i, 0.0, range.rho_max);
        height[i] = draw(&random, i / 2 + 1, range.height_min, range.height_max);
        depth[i] = draw(&random, i / 3 + 1, range.depth_min, range.depth_max);
        if (rho[i] + height[i] + depth[i] == 0.0)
            rho[i] = 1e-7;
    }
    bool air = range.sides == ALI_GROUND_AIR, across = range.sides == ALI_GROUND_ACROSS;
    ali_ground_table_evaluate(table, POINTS, rho, range.sides == ALI_GROUND_SOIL ? NULL : height,
                              air ? NULL : depth, ours);
    double complex lift = across ? 0.5 * (permittivity + 1.0) : permittivity - 1.0;
    double fall = -cimag(ali_half_space_wavenumber(&space));
    for (int i = 0; i < POINTS; i++) {
        ali_half_space_kernels truth = truth_at(&space, range.sides, rho[i], height[i], depth[i]);
        double wrong = range.tolerance / (4.0 * ALI_PI * hypot(rho[i], height[i] + depth[i]));
        if (!air)
            wrong *= exp(-fall * depth[i]);
        assert_close(ours[i].xx, truth.xx, wrong);
        assert_close(ours[i].zz, truth.zz, 2.0 * wrong);
        assert_close(ours[i].zx, truth.zx, wrong);
        assert_close(ours[i].xz, truth.xz, wrong);
        assert_close(lift * ours[i].phi, lift * truth.phi, wrong);
    }
    ali_ground_table_destroy(table);
}

static void check_air(double complex permittivity, double rho, double low, double high,
                      double tolerance)
{
    check_table(permittivity, (ali_ground_range){.sides = ALI_GROUND_AIR,
                                                 .rho_max = rho,
                                                 .height_min = low,
                                                 .height_max = high,
                                                 .tolerance = tolerance});
}

static void check_soil(double complex permittivity, double rho, double low, double high,
                       double tolerance)
{
    check_table(permittivity, (ali_ground_range){.sides = ALI_GROUND_SOIL,
                                                 .rho_max = rho,
                                                 .depth_min = low,
                                                 .depth_max = high,
                                                 .tolerance = tolerance});
}

static void check_across(double complex permittivity, double rho, double height, double low,
                         double high, double tolerance)
{
    check_table(permittivity, (ali_ground_range){.sides = ALI_GROUND_ACROSS,
                                                 .rho_max = rho,
                                                 .height_max = height,
                                                 .depth_min = low,
                                                 .depth_max = high,
                                                 .tolerance = tolerance});
}

static void test_air(void **state)
{
    (void)state;
    check_air(13.0 - 3.0 * I, 0.3, 0.04, 0.3, 1e-5);
    check_air(81.0 - 3000.0 * I, 10.0, 0.1, 0.5, 1e-5);
    check_air(4.0, 0.3, 2e-3, 0.3, 1e-4);
    check_air(81.0 - 18000.0 * I, 1.0, 0.0, 2e-4, 1e-4); /* layer on the ground */
    check_air(13.0 - 3.0 * I, 2.0, 0.02, 0.02, 1e-5);
    check_air(13.0 - 3.0 * I, 0.5, 0.0, 0.0, 1e-5);
}

static void test_soil(void **state)
{
    (void)state;
    check_soil(13.0 - 3.0 * I, 0.1, 0.0, 0.01, 1e-5);
    check_soil(4.0, 0.2, 0.0, 0.05, 1e-4);
    check_soil(81.0 - 3000.0 * I, 0.2, 0.0, 0.01, 1e-3);
    check_soil(81.0 - 18000.0 * I, 0.2, 0.0, 1e-4, 1e-4);
    check_soil(13.0 - 3.0 * I, 0.5, 0.01, 0.01, 1e-5);
    check_soil(13.0 - 3.0 * I, 0.5, 0.0, 0.0, 1e-5);
}

static void test_across(void **state)
{
    (void)state;
    check_across(13.0 - 3.0 * I, 0.05, 0.05, 0.0, 1e-3, 1e-3);
    check_across(4.0, 0.05, 0.03, 0.0, 0.01, 1e-3);
    check_across(81.0 - 3000.0 * I, 0.03, 0.03, 0.0, 1e-4, 1e-3);
    check_across(13.0 - 3.0 * I, 0.1, 0.1, 0.005, 0.005, 1e-5);
    check_across(13.0 - 3.0 * I, 0.05, 0.0, 0.0, 0.01, 1e-5);
    check_across(81.0 - 18000.0 * I, 0.1, 0.1, 0.0, 0.0, 1e-4);
}

/** Deep in the sea there is nothing, and the table need not reach there. */
static void test_waves_die(void **state)
{
    (void)state;
    ali_half_space sea = {k0, 81.0 - 3000.0 * I};
    ali_ground_range range = {.sides = ALI_GROUND_SOIL,
                              .rho_max = 0.1,
                              .depth_min = 0.2,
                              .depth_max = 0.5,
                              .tolerance = 1e-5,
                              .bytes_max = enough};
    for (int across = 0; across < 2; across++) {
        range.sides = across ? ALI_GROUND_ACROSS : ALI_GROUND_SOIL;
        ali_ground_table *table;
        assert_int_equal(ali_ground_table_create(&sea, &range, &table, NULL), ALICORN_OK);
        double rho = 0.05, height = 0.0, depth = 0.3;
        ali_half_space_kernels kernels;
        ali_ground_table_evaluate(table, 1, &rho, &height, &depth, &kernels);
        assert_close(kernels.xx, 0.0, 1e-10);
        assert_close(kernels.zz, 0.0, 1e-10);
        assert_close(kernels.phi, 0.0, 1e-10);
        ali_ground_table_destroy(table);
    }
}

static void test_air_needs_no_table(void **state)
{
    (void)state;
    ali_half_space air = {k0, 1.0};
    ali_ground_table *table;
    ali_ground_range range = {.sides = ALI_GROUND_AIR,
                              .rho_max = 1.0,
                              .height_max = 1.0,
                              .tolerance = 1e-5,
                              .bytes_max = 1u << 20};
    assert_int_equal(ali_ground_table_create(&air, &range, &table, NULL), ALICORN_OK);
    double rho = 0.3, height = 0.2;
    ali_half_space_kernels kernels;
    ali_ground_table_evaluate(table, 1, &rho, &height, NULL, &kernels);
    assert_close(kernels.xx, 0.0, 0.0);
    assert_close(kernels.zz, 0.0, 0.0);
    assert_close(kernels.phi, 0.0, 0.0);
    ali_ground_table_destroy(table);
}

static void test_limits_are_kept(void **state)
{
    (void)state;
    ali_half_space soil = {k0, 4.0};
    ali_ground_table *table;
    alicorn_error error;
    ali_ground_range range = {ALI_GROUND_AIR, 1.0, 0.1, 0.5, 0.0, 0.0, 1e-5, 4096};
    assert_int_equal(ali_ground_table_create(&soil, &range, &table, &error), ALICORN_E_MEMORY);
    assert_null(table);
    range.bytes_max = 1u << 20;
    range.height_max = 0.05;
    assert_int_equal(ali_ground_table_create(&soil, &range, &table, &error), ALICORN_E_INPUT);
    range = (ali_ground_range){ALI_GROUND_ACROSS, 1.0, 0.0, 1.0, 0.2, 0.1, 1e-5, 1u << 20};
    assert_int_equal(ali_ground_table_create(&soil, &range, &table, &error), ALICORN_E_INPUT);
    ali_ground_table_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_air),
        cmocka_unit_test(test_soil),
        cmocka_unit_test(test_across),
        cmocka_unit_test(test_waves_die),
        cmocka_unit_test(test_air_needs_no_table),
        cmocka_unit_test(test_limits_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
