/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ring.h"

#include "base/constants.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** The average by its definition, with the nearest point of the ring resolved. */
static ali_ring brute(double complex k, double radius, double gap, double z)
{
    enum { POINTS = 40000 };
    double rho = radius + gap;
    ali_ring sum = {0};
    for (int i = 0; i < POINTS; i++) {
        double half_angle = 0.5 * ALI_PI * (i + 0.5) / POINTS, sine = sin(half_angle);
        double r = sqrt(z * z + gap * gap + 4 * rho * radius * sine * sine);
        double complex wave = cexp(-I * k * r) / (4 * ALI_PI * r);
        sum.value += wave / POINTS;
        sum.axial -= wave * (1 / r + I * k) * z / r / POINTS;
        sum.slope -= wave * (1 / r + I * k) * (gap + 2 * radius * sine * sine) / r / POINTS;
    }
    return sum;
}

static void assert_close(double complex value, double complex expected, double tolerance)
{
    if (!(cabs(value - expected) <= tolerance * cabs(expected)))
        fail_msg("%.10g%+.10gj instead of %.10g%+.10gj", creal(value), cimag(value),
                 creal(expected), cimag(expected));
}

static void test_against_definition(void **state)
{
    (void)state;
    const double radius = 0.01;
    const double places[][2] = {{1e-3, 2e-3}, {0, 0.02},  {0, 1e-3},  {-0.7, 0.3}, {0.3, 0.4},
                                {1.9, 0.1},   {1.5, 1.5}, {-0.9, 3},  {3, 5},      {10, 1},
                                {60, 20},     {0.5, 57},  {4000, 100}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        double gap = places[i][0] * radius, z = places[i][1] * radius;
        ali_ring expected = brute(0.0, radius, gap, z);
        ali_ring ring = ali_ring_kernel(0.0, radius, gap, z);
        assert_close(ring.value, expected.value, 5e-7);
        assert_close(ring.slope, expected.slope, 5e-7);
        assert_close(ring.axial, expected.axial, 5e-7);
        const double wavenumbers[] = {2.0, 30.0};
        for (int n = 0; n < 2; n++) {
            double k = wavenumbers[n],
                   near = z * z + gap * gap < 9e-4 ? 1e-3 * pow(k * radius, 2) : 0;
            expected = brute(k, radius, gap, z);
            ring = ali_ring_kernel(k, radius, gap, z);
            assert_close(ring.value, expected.value, 5e-7 + near);
            assert_close(ring.slope, expected.slope, 5e-7 + near);
            assert_close(ring.axial, expected.axial, 5e-7 + near);
        }
        const double complex lossy[] = {2.0 - 1.0 * I, 25.0 - 20.0 * I};
        for (int n = 0; n < 2; n++) {
            double complex k = lossy[n];
            double near = z * z + gap * gap < 9e-4 ? 1e-3 * pow(cabs(k) * radius, 2) : 0;
            expected = brute(k, radius, gap, z);
            ring = ali_ring_kernel_lossy(k, radius, gap, z);
            assert_close(ring.value, expected.value, 5e-7 + near);
            assert_close(ring.slope, expected.slope, 5e-7 + near);
            assert_close(ring.axial, expected.axial, 5e-7 + near);
        }
    }
}

static void test_on_the_axis(void **state)
{
    (void)state;
    double k = 3.0, a = 0.1, z = 0.2, r = sqrt(a * a + z * z);
    ali_ring ring = ali_ring_kernel(k, a, -a, z);
    assert_close(ring.value, cexp(-I * k * r) / (4 * ALI_PI * r), 1e-4);
    assert_true(cabs(ring.slope) < 1e-12 * cabs(ring.value));
    a = 1e-3;
    r = sqrt(a * a + z * z);
    assert_close(ali_ring_kernel(k, a, -a, z).value, cexp(-I * k * r) / (4 * ALI_PI * r), 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_definition),
        cmocka_unit_test(test_on_the_axis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
