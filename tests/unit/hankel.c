/* SPDX-License-Identifier: Apache-2.0 */
#include "math/hankel.h"
#include "assert_close.h"
#include "base/constants.h"

#include <math.h>

/** J_n(z) by the trapezoidal rule on Bessel's integral over a period, which converges faster than
 * any power. */
static double complex bessel_j(int n, double complex z)
{
    enum { STEPS = 400 };
    double complex sum = 0.0;
    for (int i = 0; i < STEPS; i++) {
        double t = 2.0 * ALI_PI * i / STEPS;
        sum += cexp(I * (z * sin(t) - n * t));
    }
    return sum / STEPS;
}

static void test_bessel_by_its_integral(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++)
        for (double d = -60; d <= 60; d += 15) {
            double complex z = 0.05 * pow(1.12, i) * cexp(I * (d * ALI_DEGREE)), j[2];
            ali_bessel_j01(z, j);
            double size = exp(fabs(cimag(z)));
            for (int n = 0; n < 2; n++)
                assert_close(j[n], bessel_j(n, z), 2e-13 * size);
        }
}

/** J_n+1 H_n - J_n H_n+1 = -j 2/(pi z) with the integral's J tests the recessive part, in the lower
 * half plane and where H is larger than J. */
static void test_wronskian(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++)
        for (double d = -180; d <= 60; d += 15) {
            double complex z = 0.05 * pow(1.12, i) * cexp(I * (d * ALI_DEGREE)), h[2];
            if (d == -180)
                z = CMPLX(creal(z), -0.0);
            ali_hankel2_scaled(z, h);
            double complex value = (bessel_j(1, z) * h[0] - bessel_j(0, z) * h[1]) * cexp(-I * z);
            double size = fmax(1.0, exp(2.0 * cimag(z))) / cabs(z);
            assert_close(value, -2.0 * I / (ALI_PI * z), 3e-13 * (size + 1.0 / cabs(z)));
        }
}

/** Values of K_0 and K_1 on the negative imaginary axis and of J - jY on the real one,
 * [AbramowitzStegun:1964] tables 9.1, 9.8. */
static void test_tables(void **state)
{
    (void)state;
    double complex h[2];
    ali_hankel2_scaled(1.0, h);
    assert_close(h[0] * cexp(-I), CMPLX(0.7651976865579666, -0.0882569642156769), 1e-15);
    assert_close(h[1] * cexp(-I), CMPLX(0.4400505857449335, 0.7812128213002887), 1e-15);
    ali_hankel2_scaled(5.0, h);
    assert_close(h[0] * cexp(-5.0 * I), CMPLX(-0.1775967713143383, 0.3085176252490338), 1e-14);
    ali_hankel2_scaled(-2.0 * I, h);
    assert_close(h[0], 2.0 * I / ALI_PI * exp(2.0) * 0.1138938727495334, 1e-14);
    assert_close(h[1], -2.0 / ALI_PI * exp(2.0) * 0.1398658818165224, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bessel_by_its_integral),
        cmocka_unit_test(test_wronskian),
        cmocka_unit_test(test_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
