/* SPDX-License-Identifier: Apache-2.0 */
#include "green/fresnel.h"

#include "base/constants.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_near(double complex value, double complex expected, double tolerance)
{
    if (!(cabs(value - expected) <= tolerance))
        fail_msg("%g%+gj instead of %g%+gj", creal(value), cimag(value), creal(expected),
                 cimag(expected));
}

static void test_perfect_conductor_and_its_limit(void **state)
{
    (void)state;
    for (int degree = 0; degree <= 90; degree += 15) {
        ali_fresnel pec = ali_fresnel_reflect(0.0, cos(degree * ALI_DEGREE));
        assert_near(pec.vertical, 1.0, 0.0);
        assert_near(pec.horizontal, -1.0, 0.0);
    }
    double complex copper = ali_fresnel_impedance(1.0 - I * 5.8e7 / (2 * ALI_PI * 1e7 * ALI_EPS0));
    ali_fresnel limit = ali_fresnel_reflect(copper, cos(60 * ALI_DEGREE));
    assert_near(limit.vertical, 1.0, 3e-5);
    assert_near(limit.horizontal, -1.0, 3e-5);
}

static void test_air_reflects_nothing(void **state)
{
    (void)state;
    ali_fresnel air = ali_fresnel_reflect(ali_fresnel_impedance(1.0), cos(70 * ALI_DEGREE));
    assert_near(air.vertical, 0.0, 1e-15);
    assert_near(air.horizontal, 0.0, 1e-15);
}

static void test_dielectric_at_special_angles(void **state)
{
    (void)state;
    /* Brewster's angle of eps = 4 is atan 2; at normal incidence both say (n - 1)/(n + 1) */
    double complex z = ali_fresnel_impedance(4.0);
    assert_near(ali_fresnel_reflect(z, cos(atan(2.0))).vertical, 0.0, 1e-15);
    assert_near(ali_fresnel_reflect(z, 1.0).vertical, 1.0 / 3.0, 1e-15);
    assert_near(ali_fresnel_reflect(z, 1.0).horizontal, -1.0 / 3.0, 1e-15);
    assert_near(ali_fresnel_reflect(z, 0.0).vertical, -1.0, 1e-15);
    assert_near(ali_fresnel_reflect(z, 0.0).horizontal, -1.0, 1e-15);
    /* Snell's law by hand at 45 degrees: sin 45/2, cos = sqrt(7/8) */
    double c = sqrt(0.5), t = sqrt(7.0 / 8.0);
    assert_near(ali_fresnel_reflect(z, c).vertical, (2 * c - t) / (2 * c + t), 1e-15);
    assert_near(ali_fresnel_reflect(z, c).horizontal, (c - 2 * t) / (c + 2 * t), 1e-15);
}

static void test_screen_shorts_the_medium(void **state)
{
    (void)state;
    double k = 2 * ALI_PI / 10.0;
    double complex soil = ali_fresnel_impedance(13.0 - 3.0 * I);
    /* at the hub, rho = N a, nothing is left of the soil; far out, with few wires, all of it */
    assert_near(ali_fresnel_screen(soil, k, 60 * 1e-3, 60, 1e-3), 0.0, 1e-15);
    double complex sparse = ali_fresnel_screen(soil, k, 1e5, 1, 1e-3);
    assert_near(sparse / soil, 1.0, 1e-4);
    /* parallel connection of eta0 z_soil with j omega mu0 rho/N ln(rho/(N a)), from the component
     * values */
    double omega = ALI_C0 * k, rho = 5.0;
    double complex screen = I * omega * ALI_MU0 * rho / 60.0 * log(rho / (60.0 * 1e-3));
    double complex both = 1.0 / (1.0 / screen + 1.0 / (ALI_ETA0 * soil)) / ALI_ETA0;
    assert_near(ali_fresnel_screen(soil, k, rho, 60, 1e-3), both, 1e-14);
}

static void test_refraction(void **state)
{
    (void)state;
    /* E along the interface and D across it are continuous, and reflection is that of a surface of
     * the same impedance */
    const double complex eps = 13.0 - 3.0 * I;
    for (int degree = 0; degree < 90; degree += 15) {
        double s = sin(degree * ALI_DEGREE), c = cos(degree * ALI_DEGREE);
        ali_refraction wave = ali_fresnel_refract(1.0, eps, s, c);
        ali_fresnel reflected = ali_fresnel_reflect(ali_fresnel_impedance(eps), c);
        assert_near(wave.upright * wave.upright + s * s, eps, 1e-13);
        assert_true(cimag(wave.upright) < 0.0);
        assert_near(1.0 + wave.back, wave.through, 1e-15);
        assert_near(1.0 + wave.back_vertical, eps * wave.vertical, 1e-14);
        assert_near(1.0 + wave.back_across, wave.across, 1e-15);
        assert_near(wave.back_vertical, reflected.vertical, 1e-15);
        assert_near(wave.back_across, reflected.horizontal, 1e-15);
        /* there and back again: 1 = r^2 + t t' for each polarisation */
        ali_refraction again = ali_fresnel_refract(eps, 1.0, s, wave.upright);
        assert_near(again.upright, c, 1e-13);
        assert_near(wave.through * again.through, 1.0 - wave.back * wave.back, 1e-13);
        assert_near(wave.across * again.across, 1.0 - wave.back_across * wave.back_across, 1e-13);
    }
    /* from a dielectric beyond its critical angle of 30 degrees: evanescent in the air, all back */
    double s = 2.0 * sin(50 * ALI_DEGREE), c = 2.0 * cos(50 * ALI_DEGREE);
    ali_refraction total = ali_fresnel_refract(4.0, 1.0, s, c);
    assert_near(total.upright, -I * sqrt(s * s - 1.0), 1e-15);
    assert_near(cabs(total.back), 1.0, 1e-15);
    assert_near(cabs(total.back_across), 1.0, 1e-15);
    /* nothing at all */
    ali_refraction none = ali_fresnel_refract(1.0, 1.0, 1.0, 0.0);
    assert_true(none.through == 1.0 && none.vertical == 1.0 && none.across == 1.0 &&
                none.back == 0.0 && none.back_across == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_perfect_conductor_and_its_limit),
        cmocka_unit_test(test_air_reflects_nothing),
        cmocka_unit_test(test_dielectric_at_special_angles),
        cmocka_unit_test(test_refraction),
        cmocka_unit_test(test_screen_shorts_the_medium),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
