/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_kernel.h"
#include "assert_close.h"
#include "base/constants.h"
#include "random.h"

#include <math.h>

static const double k0 = 2.0 * ALI_PI; /* lengths in wavelengths */
enum { POINTS = 1003 };                /* some are left over by all vectors */

/** Every variant against the evaluation point by point, images taken out: at random, next to each
 * other, straight above, on the interface, and closer than the table begins. */
static void check_variants(const ali_half_space *space, const ali_ground_range *range)
{
    ali_ground_table *table;
    alicorn_error error;
    if (ali_ground_table_create(space, range, &table, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    static double rho[POINTS], height[POINTS];
    static ali_half_space_kernels truth[POINTS];
    static double complex xx[POINTS], zz[POINTS], zx[POINTS], phi[POINTS];
    uint64_t random = 5;
    for (int i = 0; i < POINTS; i++) {
        double u = 0.5 + 0.5 * next_random(&random), v = 0.5 + 0.5 * next_random(&random);
        if (i % 7 && i > 500) { /* next to the one before */
            rho[i] = rho[i - 1] * (1.0 + 1e-3 * u);
            height[i] = height[i - 1];
            continue;
        }
        rho[i] = range->rho_max * (i % 3 == 0 ? u : i % 3 == 1 ? exp(-20.0 * u) : 0.0);
        double share = i % 2 ? v : exp(-12.0 * v);
        height[i] = range->height_min + share * (range->height_max - range->height_min);
    }
    ali_ground_table_evaluate(table, POINTS, rho, height, NULL, truth);
    ali_half_space_images images = ali_half_space_images_of(space, false);
    const ali_ground_kernel_variant *const *variants;
    size_t count = ali_ground_kernels(&variants);
    for (size_t variant = 0; variant < count; variant++) {
        variants[variant]->rest(table, POINTS, rho, height, &(ali_ground_rest){xx, zz, zx, phi});
        for (int i = 0; i < POINTS; i++) {
            double r = hypot(rho[i], height[i]), size = 1.0 / (4.0 * ALI_PI * r);
            double complex image = size * cexp(-I * space->k * r);
            double wrong = 1e-11 * size * (1.0 + space->k * r);
            assert_close(xx[i], truth[i].xx, wrong);
            assert_close(zz[i], truth[i].zz - images.zz * image, wrong);
            assert_close(zx[i], truth[i].zx, wrong);
            assert_close(phi[i], truth[i].phi - images.phi * image, wrong);
        }
    }
    /* few points, and none */
    for (size_t few = 0; few < 3; few++) {
        xx[few] = 7.0;
        ali_ground_table_rest(table, few, rho, height, &(ali_ground_rest){xx, zz, zx, phi});
        assert_close(xx[few], 7.0, 0.0);
    }
    ali_ground_table_destroy(table);
}

static void test_variants_agree(void **state)
{
    (void)state;
    const size_t enough = 64u << 20;
    const ali_half_space soil = {k0, 13.0 - 3.0 * I}, sea = {k0, 81.0 - 3000.0 * I},
                         air = {k0, 1.0};
    check_variants(&soil, &(ali_ground_range){.rho_max = 0.5,
                                              .height_min = 0.04,
                                              .height_max = 1.0,
                                              .tolerance = 1e-4,
                                              .bytes_max = enough});
    check_variants(&sea,
                   &(ali_ground_range){
                       .rho_max = 30.0, .height_max = 1.0, .tolerance = 1e-4, .bytes_max = enough});
    check_variants(&soil, &(ali_ground_range){.rho_max = 2.0,
                                              .height_min = 0.02,
                                              .height_max = 0.02,
                                              .tolerance = 1e-4,
                                              .bytes_max = enough});
    check_variants(&air,
                   &(ali_ground_range){
                       .rho_max = 2.0, .height_max = 0.5, .tolerance = 1e-4, .bytes_max = enough});
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_variants_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
