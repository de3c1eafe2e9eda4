/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_table.h"
#include "assert_close.h"
#include "base/constants.h"
#include "random.h"

#include <math.h>

static const double k0 = 2.0 * ALI_PI; /* lengths in wavelengths */
enum { POINTS = 120 };

/** Random places of the range, most of them close by or grazing, against the integrals. */
static void check_table(const ali_half_space *space, const ali_ground_range *range)
{
    ali_ground_table *table;
    alicorn_error error;
    if (ali_ground_table_create(space, range, &table, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    assert_true(ali_ground_table_bytes(table) <= range->bytes_max);
    double rho[POINTS], height[POINTS];
    ali_half_space_kernels ours[POINTS];
    uint64_t random = 11;
    for (int i = 0; i < POINTS; i++) {
        double u = 0.5 + 0.5 * next_random(&random), v = 0.5 + 0.5 * next_random(&random);
        rho[i] = range->rho_max * (i % 3 == 0 ? u : i % 3 == 1 ? exp(-9.0 * u) : 0.0);
        double share = i % 2 ? v : exp(-12.0 * v);
        height[i] = range->height_min + share * (range->height_max - range->height_min);
    }
    ali_ground_table_evaluate(table, POINTS, rho, height, NULL, ours);
    for (int i = 0; i < POINTS; i++) {
        ali_half_space_kernels truth;
        assert_int_equal(
            ali_half_space_reflected(space, rho[i], height[i], 0.0, 1e-9, &truth, &error),
            ALICORN_OK);
        double wrong = range->tolerance / (4.0 * ALI_PI * hypot(rho[i], height[i]));
        assert_close(ours[i].xx, truth.xx, wrong);
        assert_close(ours[i].zz, truth.zz, 2.0 * wrong);
        assert_close(ours[i].zx, truth.zx, wrong);
        assert_close(ours[i].xz, truth.xz, wrong);
        assert_close(ours[i].phi, truth.phi, wrong);
    }
    ali_ground_table_destroy(table);
}

static void test_tables_against_integrals(void **state)
{
    (void)state;
    const size_t enough = 64u << 20;
    check_table(&(ali_half_space){k0, 13.0 - 3.0 * I},
                &(ali_ground_range){ALI_GROUND_AIR, 0.5, 0.04, 1.0, 0.0, 0.0, 1e-5, enough});
    check_table(&(ali_half_space){k0, 81.0 - 3000.0 * I},
                &(ali_ground_range){ALI_GROUND_AIR, 30.0, 0.1, 1.0, 0.0, 0.0, 1e-5, enough});
    check_table(&(ali_half_space){k0, 81.0 - 3000.0 * I},
                &(ali_ground_range){ALI_GROUND_AIR, 0.5, 0.0, 0.1, 0.0, 0.0, 1e-5, enough});
    check_table(&(ali_half_space){k0, 4.0},
                &(ali_ground_range){ALI_GROUND_AIR, 0.3, 2e-3, 0.3, 0.0, 0.0, 1e-4, enough});
}

static void test_air_needs_no_table(void **state)
{
    (void)state;
    ali_half_space air = {k0, 1.0};
    ali_ground_table *table;
    assert_int_equal(ali_ground_table_create(&air,
                                             &(ali_ground_range){ALI_GROUND_AIR, 1.0, 0.0, 1.0, 0.0,
                                                                 0.0, 1e-5, 1u << 20},
                                             &table, NULL),
                     ALICORN_OK);
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
    ali_ground_range range = {ALI_GROUND_AIR, 1.0, 0.1, 1.0, 0.0, 0.0, 1e-5, 4096};
    assert_int_equal(ali_ground_table_create(&soil, &range, &table, &error), ALICORN_E_MEMORY);
    assert_null(table);
    range.bytes_max = 1u << 20;
    range.height_max = 0.05;
    assert_int_equal(ali_ground_table_create(&soil, &range, &table, &error), ALICORN_E_INPUT);
    ali_ground_table_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_against_integrals),
        cmocka_unit_test(test_air_needs_no_table),
        cmocka_unit_test(test_limits_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
