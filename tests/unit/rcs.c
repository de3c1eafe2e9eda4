/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/rcs.h"

#include "hand_current.h"
#include "observe/far_field.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.9g instead of %.9g", value, expected);
}

static void test_letters_and_angles(void **state)
{
    (void)state;
    const double complex from_v[2] = {0.1 * I, 0.01}, from_h[2] = {0.001, 0};
    ali_rcs_angles angles = {60 * ALI_DEGREE, 30 * ALI_DEGREE, 45 * ALI_DEGREE, -10 * ALI_DEGREE};
    alicorn_rcs rcs = ali_rcs_combine(&angles, from_v, from_h);
    double four_pi = 10 * log10(4 * ALI_PI);
    assert_near(rcs.vv_dbsm, four_pi - 20, 1e-12);
    assert_near(rcs.hv_dbsm, four_pi - 40, 1e-12); /* received horizontal, sent vertical */
    assert_near(rcs.vh_dbsm, four_pi - 60, 1e-12);
    assert_true(rcs.hh_dbsm == -HUGE_VAL);
    assert_true(rcs.theta_deg == 60 && rcs.phi_deg == 30);
    assert_true(rcs.theta_inc_deg == 45 && rcs.phi_inc_deg == -10);
}

static void test_resonant_short_scatterer(void **state)
{
    (void)state;
    /* A short dipole whose reactance is tuned out and that is shorted carries I = E l/R with R its
     * radiation resistance, so that sigma = lambda^2 G^2/pi with G = 1.5, at broadside (a matched
     * load takes a quarter). */
    const double k = 2 * ALI_PI, length = 1e-3;
    double resistance = ALI_ETA0 / (6 * ALI_PI) * pow(k * length, 2);
    double complex current = length / resistance, from_v[2], from_h[2] = {0, 0};
    hand_current hand = hand_create(1);
    hand_add_wire(&hand, (ali_vec3){0, 0, -length / 2}, (ali_vec3){0, 0, length / 2}, 1e-6, 1,
                  hand_constant, &current);
    ali_rcs_angles angles = {ALI_PI / 2, 0, ALI_PI / 2, 0};
    assert_int_equal(ali_far_field(hand_get(&hand), k, NULL, 0, 1, &angles.theta, &angles.phi,
                                   &from_v[0], &from_v[1], NULL),
                     ALICORN_OK);
    alicorn_rcs rcs = ali_rcs_combine(&angles, from_v, from_h);
    assert_near(rcs.vv_dbsm, 10 * log10(2.25 / ALI_PI), 1e-5);
    assert_true(rcs.hv_dbsm < -200);
    hand_destroy(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_and_angles),
        cmocka_unit_test(test_resonant_short_scatterer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
