/* SPDX-License-Identifier: Apache-2.0 */
#include "green/point_kernel.h"

#include "base/constants.h"
#include "random.h"

#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { POINTS = 43, ROWS = 11 };

static double complex dot(const double n[3], const double complex m[3])
{
    return n[0] * m[0] + n[1] * m[1] + n[2] * m[2];
}

static void test_far_sums_against_libm(void **state)
{
    (void)state;
    uint64_t seed = 7;
    ali_ray_point points[POINTS];
    ali_ray_block block = {.count = ALI_RAY_BLOCK};
    for (int p = 0; p < POINTS; p++)
        points[p] = (ali_ray_point){
            .phase = {200 * next_random(&seed), 200 * next_random(&seed), next_random(&seed)},
            .re = {next_random(&seed), next_random(&seed), next_random(&seed)},
            .im = {next_random(&seed), next_random(&seed), next_random(&seed)}};
    for (int i = 0; i < ALI_RAY_BLOCK; i++)
        for (int c = 0; c < 3; c++) {
            block.normal[c][i] = next_random(&seed);
            block.first[c][i] = next_random(&seed);
            block.second[c][i] = next_random(&seed);
        }
    const ali_point_kernel *const *kernels;
    size_t count = ali_point_kernels(&kernels);
    for (size_t v = 0; v < count; v++)
        for (block.count = 1; block.count <= ALI_RAY_BLOCK; block.count += 9) {
            ali_ray_sum sum = {0};
            sum.value[1][1][0] = 5.0; /* is added to */
            kernels[v]->far(POINTS, points, &block, &sum);
            for (size_t i = 0; i < block.count; i++) {
                double complex expected[2] = {0.0, i == 0 ? 5.0 * I : 0.0};
                for (int p = 0; p < POINTS; p++) {
                    const ali_ray_point *from = &points[p];
                    double phase = 0.0;
                    double complex moment[3];
                    for (int c = 0; c < 3; c++) {
                        phase += block.normal[c][i] * from->phase[c];
                        moment[c] = CMPLX(from->re[c], from->im[c]);
                    }
                    const double first[3] = {block.first[0][i], block.first[1][i],
                                             block.first[2][i]};
                    const double second[3] = {block.second[0][i], block.second[1][i],
                                              block.second[2][i]};
                    expected[0] += cexp(I * phase) * dot(first, moment);
                    expected[1] += cexp(I * phase) * dot(second, moment);
                }
                for (int c = 0; c < 2; c++) {
                    double complex value = CMPLX(sum.value[c][0][i], sum.value[c][1][i]);
                    if (cabs(value - expected[c]) > 1e-11)
                        fail_msg("%s: off by %.2e", kernels[v]->name, cabs(value - expected[c]));
                }
            }
        }
}

/** Fields of several currents towards n and -n against libm, with whole and cut chunks of points
 * and groups of currents. */
static void test_far_sums_of_several_currents(void **state)
{
    (void)state;
    enum { MANY = 133, CURRENTS = 5 };
    static double phase[3 * MANY], moment[6 * MANY * CURRENTS], sum[CURRENTS][4][3][ALI_RAY_BLOCK];
    uint64_t seed = 5;
    ali_ray_block block = {.count = ALI_RAY_BLOCK};
    for (int i = 0; i < 3 * MANY; i++)
        phase[i] = 100 * next_random(&seed);
    for (int i = 0; i < ALI_RAY_BLOCK; i++)
        for (int c = 0; c < 3; c++)
            block.normal[c][i] = next_random(&seed);
    const ali_point_kernel *const *kernels;
    size_t variants = ali_point_kernels(&kernels);
    for (size_t v = 0; v < variants; v++)
        for (size_t currents = 1; currents <= CURRENTS; currents++) {
            block.count = 64 - 11 * (currents - 1);
            memset(sum, 0, sizeof sum);
            for (size_t i = 0; i < 6 * MANY * currents; i++)
                moment[i] = next_random(&seed);
            sum[currents - 1][3][2][1] = 5.0; /* is added to */
            kernels[v]->far_sums(MANY, currents, phase, moment, &block, &sum[0][0][0][0]);
            sum[currents - 1][3][2][1] -= 5.0;
            for (size_t i = 0; i < block.count; i++)
                for (size_t j = 0; j < currents; j++)
                    for (int c = 0; c < 3; c++) {
                        double complex there = 0.0, back = 0.0;
                        for (size_t p = 0; p < MANY; p++) {
                            const double *m = moment + 6 * (p * currents + j);
                            double angle = block.normal[0][i] * phase[3 * p] +
                                           block.normal[1][i] * phase[3 * p + 1] +
                                           block.normal[2][i] * phase[3 * p + 2];
                            there += CMPLX(m[c], m[3 + c]) * cexp(I * angle);
                            back += CMPLX(m[c], m[3 + c]) * cexp(-I * angle);
                        }
                        double rc = sum[j][0][c][i], is = sum[j][1][c][i];
                        double rs = sum[j][2][c][i], ic = sum[j][3][c][i];
                        if (cabs(CMPLX(rc - is, rs + ic) - there) > 1e-11 ||
                            cabs(CMPLX(rc + is, ic - rs) - back) > 1e-11)
                            fail_msg("%s: current %zu is off", kernels[v]->name, j);
                    }
        }
}

static ali_point_array as_points(double rows[ROWS][POINTS])
{
    ali_point_array points;
    for (int c = 0; c < 3; c++)
        points.place[c] = rows[c];
    for (int c = 0; c < 6; c++)
        points.moment[c] = rows[3 + c];
    for (int c = 0; c < 2; c++)
        points.charge[c] = rows[9 + c];
    return points;
}

/** Potential, gradient and curl of points first … end - 1. */
static void expected_near(double rows[ROWS][POINTS], size_t first, size_t end, double k,
                          const double place[3], double complex expected[9])
{
    for (int i = 0; i < 9; i++)
        expected[i] = 0.0;
    for (size_t p = first; p < end; p++) {
        double d[3], r2 = 0.0;
        double complex m[3], slope[3];
        for (int c = 0; c < 3; c++) {
            d[c] = place[c] - rows[c][p];
            r2 += d[c] * d[c];
            m[c] = CMPLX(rows[3 + c][p], rows[6 + c][p]);
        }
        double r = sqrt(r2);
        double complex g = cexp(-I * k * r) / r;
        for (int c = 0; c < 3; c++)
            slope[c] = -(I * k + 1.0 / r) * g * d[c] / r;
        for (int c = 0; c < 3; c++) {
            int a = (c + 1) % 3, b = (c + 2) % 3;
            expected[c] += m[c] * g;
            expected[3 + c] += CMPLX(rows[9][p], rows[10][p]) * slope[c];
            expected[6 + c] += slope[a] * m[b] - slope[b] * m[a];
        }
    }
}

static void test_near_sums_against_libm(void **state)
{
    (void)state;
    uint64_t seed = 11;
    double rows[ROWS][POINTS];
    for (int row = 0; row < ROWS; row++)
        for (int p = 0; p < POINTS; p++)
            rows[row][p] = 3.0 * next_random(&seed);
    ali_point_array points = as_points(rows);
    const ali_point_kernel *const *kernels;
    size_t count = ali_point_kernels(&kernels);
    const double places[2][3] = {{4.0, -3.5, 5.0}, {0.0, 0.0, 0.0}}, k = 11.0;
    for (size_t v = 0; v < count; v++)
        for (size_t n = 0; n < 40; n++) {
            size_t first = n % 7, end = first + n % 19;
            double complex expected[9];
            ali_point_sum sum = {{0}, {0}, {0}};
            kernels[v]->near(&points, first, end, k, places[n % 2], &sum);
            expected_near(rows, first, end, k, places[n % 2], expected);
            for (int c = 0; c < 3; c++) {
                double off = cabs(CMPLX(sum.potential[c], sum.potential[3 + c]) - expected[c]) +
                             cabs(CMPLX(sum.gradient[c], sum.gradient[3 + c]) - expected[3 + c]) +
                             cabs(CMPLX(sum.curl[c], sum.curl[3 + c]) - expected[6 + c]);
                if (!(off < 1e-11))
                    fail_msg("%s: off by %.2e", kernels[v]->name, off);
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_far_sums_against_libm),
        cmocka_unit_test(test_far_sums_of_several_currents),
        cmocka_unit_test(test_near_sums_against_libm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
