/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/circuit.h"

#include "assert_close.h"
#include "base/constants.h"
#include "random.h"

#include <string.h>

static const double QUARTER = 0.5 * ALI_PI, HALF = ALI_PI;

static ali_branch line(size_t p, size_t q, double z0, double angle)
{
    return (ali_branch){.kind = ALI_BRANCH_LINE, .port = {p, q}, .z0 = z0, .angle = angle};
}

/** Solve for one column; *v: voltages in and out. */
static alicorn_status solve(size_t ports, const double complex *y, size_t count,
                            const ali_branch *branches, const bool *driven, double complex *v,
                            double complex *network)
{
    return ali_circuit_solve(ports, y, count, branches, driven, 1, v, NULL, network, NULL);
}

/** A generator at port 0, a line, and a structure at port 1: the line transforms as in the
 * textbook, at any length. */
static void test_line_transforms_its_load(void **state)
{
    (void)state;
    const double angles[] = {
        0.0,         1e-9, 0.3,         QUARTER - 1e-9, QUARTER,    QUARTER + 1e-9, 2.0,
        HALF - 1e-9, HALF, HALF + 1e-9, 3.0 * QUARTER,  2.0 * HALF, 17 * HALF,      1000.3};
    const double complex load = CMPLX(0.007, -0.011);
    const bool driven[] = {true, false};
    for (size_t i = 0; i < sizeof angles / sizeof *angles; i++)
        for (int crossed = 0; crossed < 2; crossed++) {
            double z0 = 300.0, c = cos(angles[i]), s = sin(angles[i]);
            double complex y[] = {CMPLX(0.02, 0.1), 0.0, 0.0, load};
            double complex v[] = {CMPLX(2.0, 1.0), 0.0}, network[2];
            ali_branch branch = line(0, 1, crossed ? -z0 : z0, angles[i]);
            assert_int_equal(solve(2, y, 1, &branch, driven, v, network), ALICORN_OK);
            double complex v1 = CMPLX(2.0, 1.0), v2 = v1 / (c + CMPLX(0.0, z0 * s) * load);
            double complex into = v2 * (CMPLX(0.0, s / z0) + c * load);
            double sign = crossed ? -1.0 : 1.0;
            assert_close(v[0], v1, 0.0);
            assert_close(v[1], sign * v2, 1e-11 * cabs(v2));
            assert_close(network[0], into, 1e-11 * cabs(into));
            assert_close(network[1], -sign * v2 * load, 1e-11 * cabs(v2 * load));
            /* no loss in the line */
            double power = creal(v[0] * conj(network[0])) + creal(v[1] * conj(network[1]));
            assert_close(power, 0.0, 1e-11);
        }
}

static void test_shunts_stand_across_the_ends(void **state)
{
    (void)state;
    const bool driven[] = {true, false};
    ali_branch branch = line(0, 1, 50.0, QUARTER);
    branch.y11 = CMPLX(0.01, 0.002);
    branch.y22 = CMPLX(0.005, -0.003);
    double complex y[] = {0.0, 0.0, 0.0, 0.02}, v[] = {1.0, 0.0}, network[2];
    assert_int_equal(solve(2, y, 1, &branch, driven, v, network), ALICORN_OK);
    /* a quarter wave inverts: Y_in = Y0^2 / (Y_load + shunt) */
    double complex total = 0.02 + branch.y22, into = branch.y11 + 0.02 * 0.02 / total;
    assert_close(network[0], into, 1e-14);
    assert_close(v[1], 1.0 / (CMPLX(0.0, 50.0) * total), 1e-13);
    assert_close(network[1], -0.02 * v[1], 1e-15);
}

static void test_admittance_network(void **state)
{
    (void)state;
    const bool driven[] = {true, false};
    const double complex load = CMPLX(0.01, 0.02);
    ali_branch branch = {.kind = ALI_BRANCH_ADMITTANCE,
                         .port = {0, 1},
                         .y11 = CMPLX(0.03, 0.01),
                         .y12 = CMPLX(-0.01, 0.005),
                         .y22 = CMPLX(0.02, -0.01)};
    double complex y[] = {0.5, 0.0, 0.0, load}, v[] = {1.0, 0.0}, network[2];
    assert_int_equal(solve(2, y, 1, &branch, driven, v, network), ALICORN_OK);
    double complex v2 = -branch.y12 / (branch.y22 + load);
    assert_close(v[1], v2, 1e-14);
    assert_close(network[0], branch.y11 + branch.y12 * v2, 1e-15);
    assert_close(network[1], branch.y12 + branch.y22 * v2, 1e-15);
    /* the other end driven: port 0's own admittance counts now */
    const bool other[] = {false, true};
    v[0] = 0.0;
    v[1] = 1.0;
    assert_int_equal(solve(2, y, 1, &branch, other, v, network), ALICORN_OK);
    assert_close(v[0], -branch.y12 / (branch.y11 + 0.5), 1e-14);
}

/** Both ends on one port. A line closed on itself is 2j Y0 tan(angle/2), crossed -2j Y0
 * cot(angle/2). */
static void test_branches_back_to_their_own_port(void **state)
{
    (void)state;
    const bool driven = true;
    const double complex y = 0.0;
    for (double angle = 0.3; angle < 6.0; angle += 0.4) {
        double complex v = 1.0, network;
        ali_branch branch = line(0, 0, 75.0, angle);
        assert_int_equal(solve(1, &y, 1, &branch, &driven, &v, &network), ALICORN_OK);
        assert_close(network, CMPLX(0.0, 2.0 / 75.0 * tan(0.5 * angle)), 1e-11);
        branch.z0 = -75.0;
        assert_int_equal(solve(1, &y, 1, &branch, &driven, &v, &network), ALICORN_OK);
        assert_close(network, CMPLX(0.0, -2.0 / 75.0 / tan(0.5 * angle)), 1e-11);
    }
    ali_branch branch = {.kind = ALI_BRANCH_ADMITTANCE, .y11 = 3.0, .y12 = -1.0, .y22 = 2.5};
    double complex v = 2.0, network;
    assert_int_equal(solve(1, &y, 1, &branch, &driven, &v, &network), ALICORN_OK);
    assert_close(network, 2.0 * (3.0 - 2.0 + 2.5), 1e-14);
}

/** Lines in cascade are one line, also over a port without any structure. */
static void test_lines_in_cascade(void **state)
{
    (void)state;
    const bool driven[] = {true, false, false};
    const double pieces[][2] = {{QUARTER, QUARTER}, {0.7, 1.9}, {HALF, 0.4}, {QUARTER, HALF}};
    for (int i = 0; i < 4; i++) {
        double complex y[9] = {[8] = CMPLX(0.01, 0.005)}, v[] = {1.0, 0.0, 0.0}, network[3];
        double complex one_y[] = {0.0, 0.0, 0.0, y[8]}, one_v[] = {1.0, 0.0}, one_network[2];
        ali_branch parts[] = {line(0, 1, 100.0, pieces[i][0]), line(2, 1, 100.0, pieces[i][1])};
        ali_branch whole = line(0, 1, 100.0, pieces[i][0] + pieces[i][1]);
        assert_int_equal(solve(3, y, 2, parts, driven, v, network), ALICORN_OK);
        assert_int_equal(solve(2, one_y, 1, &whole, driven, one_v, one_network), ALICORN_OK);
        assert_close(network[0], one_network[0], 1e-13);
        assert_close(v[2], one_v[1], 1e-12);
    }
}

/** Ring of lines and networks on a coupled structure: Kirchhoff's law at every port, superposition
 * over columns, reciprocity, power. */
static void test_everything_together(void **state)
{
    (void)state;
    enum { N = 5 };
    uint64_t seed = 3;
    double complex y[N * N];
    for (int i = 0; i < N; i++)
        for (int j = 0; j <= i; j++)
            y[i * N + j] = y[j * N + i] = CMPLX(i == j ? 0.03 : 0.002, 0.01 * next_random(&seed));
    ali_branch branches[] = {line(0, 1, 50.0, HALF),
                             line(1, 2, -300.0, QUARTER),
                             line(2, 3, 75.0, 1.0),
                             line(3, 0, 75.0, 2.0),
                             {.kind = ALI_BRANCH_ADMITTANCE,
                              .port = {4, 1},
                              .y11 = CMPLX(0, 0.01),
                              .y12 = CMPLX(0, -0.004),
                              .y22 = CMPLX(0, -0.02)}};
    const bool driven[N] = {false, false, true, false, true};
    double complex v[N * 2] = {0}, network[N * 2], incident[N * 2];
    for (int i = 0; i < N * 2; i++)
        incident[i] = i % 2 ? next_complex(&seed) : 0.0;
    v[2 * 2] = 1.0; /* column 0: 1 V at port 2; column 1: both, and a field */
    v[2 * 2 + 1] = CMPLX(0.0, 2.0);
    v[4 * 2 + 1] = -1.0;
    assert_int_equal(ali_circuit_solve(N, y, 5, branches, driven, 2, v, incident, network, NULL),
                     ALICORN_OK);
    for (int c = 0; c < 2; c++) {
        double lost = 0.0;
        for (int p = 0; p < N; p++) {
            double complex current = incident[p * 2 + c] + network[p * 2 + c];
            for (int q = 0; q < N; q++)
                current += y[p * N + q] * v[q * 2 + c];
            if (!driven[p])
                assert_close(current, 0.0, 1e-14);
            lost += creal(v[p * 2 + c] * conj(network[p * 2 + c]));
        }
        assert_close(lost, 0.0, 1e-13); /* lossless branches */
    }
    assert_close(v[2 * 2 + 1], CMPLX(0.0, 2.0), 0.0);
    assert_close(v[4 * 2 + 1], -1.0, 0.0);
    /* transfer admittance from 2 to 4 and back */
    double complex unit[N * 2] = {[2 * 2] = 1.0, [4 * 2 + 1] = 1.0}, total[2] = {0};
    assert_int_equal(ali_circuit_solve(N, y, 5, branches, driven, 2, unit, NULL, network, NULL),
                     ALICORN_OK);
    for (int q = 0; q < N; q++) {
        total[0] += y[4 * N + q] * unit[q * 2];
        total[1] += y[2 * N + q] * unit[q * 2 + 1];
    }
    assert_close(total[0] + network[4 * 2], total[1] + network[2 * 2 + 1], 1e-15);
}

/** What has no answer gets none. */
static void test_resonances_without_loss_are_refused(void **state)
{
    (void)state;
    const bool driven[] = {true, true, false};
    double complex y[9] = {0}, v[] = {1.0, 1.0, 0.0}, network[3];
    ali_branch branch = line(0, 1, 50.0, HALF); /* two voltages across a half wave */
    alicorn_error error = {0};
    assert_int_equal(ali_circuit_solve(2, y, 1, &branch, driven, 1, v, NULL, network, &error),
                     ALICORN_E_NUMERIC);
    assert_non_null(strstr(error.message, "singular"));
    branch = line(0, 2, 50.0, QUARTER); /* an open quarter wave shorts its generator */
    assert_int_equal(solve(3, y, 1, &branch, driven, v, network), ALICORN_E_NUMERIC);
}

static void test_without_branches(void **state)
{
    (void)state;
    const bool driven[] = {true, false};
    double complex y[] = {0.02, -0.01, -0.01, 0.04}, v[] = {1.0, 5.0}, network[] = {7.0, 7.0};
    assert_int_equal(solve(2, y, 0, NULL, driven, v, network), ALICORN_OK);
    assert_close(v[1], 0.25, 1e-15); /* open */
    assert_close(network[0], 0.0, 0.0);
    assert_int_equal(solve(0, NULL, 0, NULL, NULL, NULL, NULL), ALICORN_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_transforms_its_load),
        cmocka_unit_test(test_shunts_stand_across_the_ends),
        cmocka_unit_test(test_admittance_network),
        cmocka_unit_test(test_branches_back_to_their_own_port),
        cmocka_unit_test(test_lines_in_cascade),
        cmocka_unit_test(test_everything_together),
        cmocka_unit_test(test_resonances_without_loss_are_refused),
        cmocka_unit_test(test_without_branches),
    };
    return cmocka_run_group_tests_name("circuit", tests, NULL, NULL);
}
