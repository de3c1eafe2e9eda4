/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/sphere_spectrum.h"

#include "base/constants.h"
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SOURCES = 9, TRIES = 200 };

/** Elements of current in a sphere, places times k. */
typedef struct cloud {
    double place[SOURCES][3];
    double complex moment[SOURCES][3];
} cloud;

static cloud make_cloud(const double middle[3], double radius, uint64_t *seed)
{
    cloud made;
    for (int s = 0; s < SOURCES; s++) {
        double u = next_random(seed), phi = ALI_PI * next_random(seed);
        double rho = radius * sqrt(1 - u * u);
        const double from_middle[3] = {rho * cos(phi), rho * sin(phi), radius * u};
        for (int c = 0; c < 3; c++) {
            made.place[s][c] = middle[c] + from_middle[c];
            made.moment[s][c] = next_complex(seed);
        }
    }
    return made;
}

/** theta^ and phi^ components of sum moment e^{j n.(place - origin)}. */
static void far_field(const cloud *from, const double origin[3], double theta, double phi,
                      double complex field[2])
{
    const double n[3] = {sin(theta) * cos(phi), sin(theta) * sin(phi), cos(theta)};
    const double up[3] = {cos(theta) * cos(phi), cos(theta) * sin(phi), -sin(theta)};
    const double side[3] = {-sin(phi), cos(phi), 0.0};
    field[0] = field[1] = 0.0;
    for (int s = 0; s < SOURCES; s++) {
        double phase = 0.0;
        for (int c = 0; c < 3; c++)
            phase += n[c] * (from->place[s][c] - origin[c]);
        for (int c = 0; c < 3; c++) {
            field[0] += up[c] * from->moment[s][c] * cexp(I * phase);
            field[1] += side[c] * from->moment[s][c] * cexp(I * phase);
        }
    }
}

/** Power of the cloud over the sphere, from pairs: elements a and b in line with d, kd apart, are
 * worth (8 pi/3) (m_a . m_b* (j0 - j2/2) + 3/2 (m_a . d)(m_b* . d) j2) together. */
static double exact_power(const cloud *from)
{
    double complex power = 0.0;
    for (int a = 0; a < SOURCES; a++)
        for (int b = 0; b < SOURCES; b++) {
            double d[3], x = 0.0, j0 = 1.0, j2 = 0.0;
            double complex dot = 0.0, along_a = 0.0, along_b = 0.0;
            for (int c = 0; c < 3; c++) {
                d[c] = from->place[a][c] - from->place[b][c];
                x += d[c] * d[c];
            }
            x = sqrt(x);
            for (int c = 0; c < 3; c++) {
                double unit = a == b ? 0.0 : d[c] / x;
                dot += from->moment[a][c] * conj(from->moment[b][c]);
                along_a += unit * from->moment[a][c];
                along_b += unit * conj(from->moment[b][c]);
            }
            if (a != b) {
                j0 = sin(x) / x;
                j2 = (3 / (x * x) - 1) * sin(x) / x - 3 * cos(x) / (x * x);
            }
            power += 8 * ALI_PI / 3 * (dot * (j0 - 0.5 * j2) + 1.5 * along_a * along_b * j2);
        }
    return creal(power);
}

/** Sample a cloud by the rule of its size, and hold power and field in between against the exact
 * ones. */
static void check(double radius, bool several)
{
    uint64_t seed = 3;
    const double middle[3] = {3.0, -7.0, 11.0}, zero[3] = {0};
    cloud from = make_cloud(middle, radius, &seed);
    ali_sphere_rule rule;
    ali_sphere_spectrum spectrum;
    assert_int_equal(ali_sphere_rule_create(radius, radius, &rule, NULL), ALICORN_OK);
    assert_int_equal(rule.panels > 1, several);
    size_t count = rule.first[rule.rings];
    double complex *field[2] = {calloc(2 * count, sizeof *field[0]),
                                calloc(2 * count, sizeof *field[0])};
    double power = 0.0, largest = 0.0;
    for (size_t r = 0; r < rule.rings; r++) {
        size_t around = rule.first[r + 1] - rule.first[r];
        for (size_t i = 0; i < 2 * around; i++) {
            bool opposite = i >= around;
            size_t at = rule.first[r] + (opposite ? count + i - around : i);
            double phi = 2 * ALI_PI * (double)(i % around) / (double)around, theta = rule.theta[r];
            double complex value[2];
            far_field(&from, zero, opposite ? ALI_PI - theta : theta, opposite ? phi + ALI_PI : phi,
                      value);
            double strength = pow(cabs(value[0]), 2) + pow(cabs(value[1]), 2);
            largest = fmax(largest, sqrt(strength));
            power += rule.weight[r] / (double)around * strength;
            field[0][at] = value[0];
            field[1][at] = value[1];
        }
    }
    double exact = exact_power(&from);
    if (!(fabs(power - exact) < 1e-7 * exact))
        fail_msg("radius %g: power %.12g instead of %.12g", radius, power, exact);

    assert_int_equal(ali_sphere_spectrum_create(&rule, middle, field[0], field[1], &spectrum, NULL),
                     ALICORN_OK);
    double(*mode)[4] = calloc((size_t)(2 * spectrum.highest + 1), sizeof *mode);
    for (int t = 0; t < TRIES; t++) {
        /* the poles and a node, then anywhere */
        double theta = t < 2    ? t * ALI_PI
                       : t == 2 ? rule.theta[0]
                                : 0.5 * ALI_PI * (1 + next_random(&seed));
        double phi = 7 * next_random(&seed);
        double complex value[2], expected[2];
        ali_sphere_spectrum_ring(&spectrum, theta, mode);
        ali_sphere_spectrum_at(&spectrum, (const double(*)[4])mode, phi, value);
        far_field(&from, middle, theta, phi, expected);
        double off = cabs(value[0] - expected[0]) + cabs(value[1] - expected[1]);
        if (!(off < 1e-5 * largest))
            fail_msg("radius %g: off by %.2e at theta %g", radius, off / largest, theta);
    }
    free(mode);
    free(field[0]);
    free(field[1]);
    ali_sphere_spectrum_clear(&spectrum);
    ali_sphere_rule_clear(&rule);
}

static void test_small_structures(void **state)
{
    (void)state;
    check(1e-3, false);
    check(0.7, false);
    check(6.0, false);
}

static void test_large_structures(void **state)
{
    (void)state;
    check(30.0, false);
    check(60.0, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_structures),
        cmocka_unit_test(test_large_structures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
