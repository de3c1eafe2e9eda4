/* SPDX-License-Identifier: Apache-2.0 */
#include "assert_close.h"
#include "base/constants.h"
#include "green/ground_table.h"
#include "random.h"

#include <math.h>

static const double k0 = 2.0 * ALI_PI; /* lengths in wavelengths */
static const double waves_died = 1e-3; /* where the strongest wave is weaker, nothing is compared */

/** Integrals without any image on one side, whole across. */
static ali_half_space_slopes truth_at(const ali_half_space *space, ali_ground_sides sides,
                                      bool in_soil, double rho, double height, double depth)
{
    ali_half_space_slopes s;
    alicorn_error error;
    alicorn_status status;
    if (sides == ALI_GROUND_ACROSS) {
        double z = in_soil ? -depth : height, z_source = in_soil ? height : -depth;
        status = ali_half_space_transmitted_slopes(space, rho, z, z_source, 1e-9, &s, &error);
    } else {
        double z = sides == ALI_GROUND_SOIL ? -depth : height;
        status = ali_half_space_remainder_slopes(space, rho, z, 0.0, 1e-9, &s, &error);
        double h = fabs(z), r = hypot(rho, h), t = 1.0 / (r + h);
        bool soil = sides == ALI_GROUND_SOIL;
        double complex k = soil ? ali_half_space_wavenumber(space) : space->k;
        double complex share = ali_half_space_images_of(space, soil).zx;
        double complex g = share * cexp(-I * k * r) / (4.0 * ALI_PI * r);
        double complex fall = -(1.0 + I * k * r) * g / r;
        s.value.zx -= g * rho * t;
        s.zx_over_rho -= g * t;
        s.zx_rho -= g * t + fall * rho * rho * t / r - g * t * t * rho * rho / r;
        s.zx_z -= (soil ? -1.0 : 1.0) * rho * t * (fall * h / r - g / r);
    }
    if (status != ALICORN_OK)
        fail_msg("%s", error.message);
    return s;
}

static void check_slopes(const ali_half_space *space, const ali_ground_range *range)
{
    ali_ground_table *table;
    alicorn_error error;
    if (ali_ground_table_create(space, range, &table, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    uint64_t random = 5;
    double weak = 0.5 * cabs(space->permittivity + 1.0);
    for (int i = 0; i < 60; i++) {
        double u = 0.5 + 0.5 * next_random(&random), v = 0.5 + 0.5 * next_random(&random);
        double w = 0.5 + 0.5 * next_random(&random);
        double rho = range->rho_max * (i % 3 == 0 ? u : i % 3 == 1 ? exp(-6.0 * u) : 0.0);
        double height = range->height_min + v * (range->height_max - range->height_min);
        double depth = range->depth_min + w * w * (range->depth_max - range->depth_min);
        bool in_soil = i % 2;
        double sum = (range->sides != ALI_GROUND_SOIL ? height : 0.0) +
                     (range->sides != ALI_GROUND_AIR ? depth : 0.0);
        ali_half_space_slopes truth = truth_at(space, range->sides, in_soil, rho, height, depth);
        ali_half_space_slopes ours;
        ali_ground_table_slopes(table, in_soil, 1, &rho, &height, &depth, &ours);
        double r = hypot(rho, sum), steep = 40.0 * range->tolerance / (4.0 * ALI_PI * r);
        double complex k_soil = ali_half_space_wavenumber(space);
        if (range->sides != ALI_GROUND_AIR && cimag(k_soil) * depth < log(waves_died))
            continue;
        steep *= fmax(1.0 / r, range->sides == ALI_GROUND_AIR ? k0 : cabs(k_soil));
        double complex wrong[] = {ours.xx_rho - truth.xx_rho,
                                  ours.zx_rho - truth.zx_rho,
                                  ours.xx_z - truth.xx_z,
                                  ours.zx_z - truth.zx_z,
                                  weak * (ours.phi_rho - truth.phi_rho),
                                  weak * (ours.phi_z - truth.phi_z),
                                  ours.zx_over_rho - truth.zx_over_rho,
                                  0.5 * (ours.zz_rho - truth.zz_rho)};
        for (int n = 0; n < 8; n++)
            assert_close(wrong[n], 0.0, steep);
    }
    ali_ground_table_destroy(table);
}

static void test_slopes_of_tables_against_integrals(void **state)
{
    (void)state;
    const size_t enough = 64u << 20;
    const ali_half_space soil = {k0, 13.0 - 3.0 * I};
    check_slopes(&soil,
                 &(ali_ground_range){ALI_GROUND_AIR, 0.5, 0.04, 1.0, 0.0, 0.0, 1e-6, enough});
    check_slopes(&soil,
                 &(ali_ground_range){ALI_GROUND_SOIL, 0.2, 0.0, 0.0, 0.02, 0.2, 1e-6, enough});
    check_slopes(&soil,
                 &(ali_ground_range){ALI_GROUND_ACROSS, 0.2, 0.05, 0.2, 0.02, 0.05, 1e-5, enough});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slopes_of_tables_against_integrals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
