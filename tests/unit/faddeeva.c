/* SPDX-License-Identifier: Apache-2.0 */
#include "math/faddeeva.h"

#include "base/constants.h"
#include "math/sincos.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct sample {
    double x, y, re, im;
} sample;

static void assert_close(double complex value, double complex expected, double tolerance)
{
    double error = cabs(value - expected) / cabs(expected);
    if (error > tolerance)
        fail_msg("%.17g%+.17gj instead of %.17g%+.17gj: %.2e", creal(value), cimag(value),
                 creal(expected), cimag(expected), error);
}

/* Both tables: 60-digit arithmetic from the defining formulas with erfc. */
static void test_faddeeva_against_multiprecision(void **state)
{
    (void)state;
    const sample samples[] = {
        {0.3, 0.2, 7.52894790136879211e-01, 2.29653152349069939e-01},
        {1.0, 0.0, 3.67879441171442334e-01, 6.07157705841393724e-01},
        {0.0, 3.0, 1.79001151181389956e-01, 0.00000000000000000e+00},
        {-2.5, 0.001, 2.06066785570854696e-03, -2.51713298504885108e-01},
        {4.2, 0.7, 2.37916864190935579e-02, 1.34136464824985868e-01},
        {6.5, 0.01, 1.38583185176074572e-04, 8.78642032437435549e-02},
        {12.0, -0.5, -1.97624367649480454e-03, 4.70975569622678128e-02},
        {-0.7, -0.4, 7.25934187070835568e-01, -1.09529945524301842e+00},
        {30.0, 40.0, 9.02782636582354255e-03, 6.76816257540474673e-03},
        {1.33, 1.0, 2.41853170614504759e-01, 2.30032393788156431e-01},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        assert_close(ali_faddeeva(samples[i].x + I * samples[i].y),
                     samples[i].re + I * samples[i].im, 2e-14);
    assert_close(ali_faddeeva(0.0), 1.0, 1e-15);
}

static void test_attenuation_against_multiprecision(void **state)
{
    (void)state;
    const sample samples[] = {
        {1.0e-6, -1.0e-6, 9.99191376978129098e-01, -1.94536574976947969e-03},
        {0.1, -0.3, 4.19953812881978361e-01, -3.42944880075533476e-01},
        {2.0, -5.0, -9.91394774492285712e-03, -9.41392663542265917e-02},
        {-3.0, -20.0, 5.29686410912858906e-03, -2.37338577336189613e-02},
        {30.0, -38.0, -6.30899146667612126e-03, -8.42332293785257036e-03},
        {10.0, -48.9, -1.72239654393124332e-03, -9.91959251854786922e-03},
        {0.0, -1000.0, 7.49993437662413998e-07, -4.99998125029530219e-04},
        {3.0, 4.0, 1.15480743956909757e-01, 4.67565662244592728e-01},
        {20.0, 60.0, -2.34406891279580979e-03, 7.60794416375486400e-03},
        {400.0, -10000.0, -1.98934079287753070e-06, -4.99207240229496837e-05},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        assert_close(ali_sommerfeld_attenuation(samples[i].x + I * samples[i].y),
                     samples[i].re + I * samples[i].im, 1e-12);
    assert_close(ali_sommerfeld_attenuation(0.0), 1.0, 1e-15);
}

static void test_sincos_against_libm(void **state)
{
    (void)state;
    double worst_small = 0.0, worst_large = 0.0;
    for (int i = -20000; i <= 20000; i++) {
        double s, c, x = i * 0.0471;
        ali_sincos(x, &s, &c);
        worst_small = fmax(worst_small, fmax(fabs(s - sin(x)), fabs(c - cos(x))));
        x *= 1000.0;
        ali_sincos(x, &s, &c);
        worst_large = fmax(worst_large, fmax(fabs(s - sin(x)), fabs(c - cos(x))));
    }
    assert_true(worst_small < 6e-16);
    assert_true(worst_large < 2e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faddeeva_against_multiprecision),
        cmocka_unit_test(test_attenuation_against_multiprecision),
        cmocka_unit_test(test_sincos_against_libm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
