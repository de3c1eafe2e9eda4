/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/multiport.h"

#include "assert_close.h"
#include "random.h"

#include <string.h>

/** Symmetric Y with a positive definite real part, times `loss`. */
static void random_network(size_t n, double loss, uint64_t *seed, double complex *y)
{
    double g[16];
    for (size_t i = 0; i < n * n; i++)
        g[i] = next_random(seed);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0.0;
            for (size_t k = 0; k < n; k++)
                sum += g[i * n + k] * g[j * n + k];
            y[i * n + j] = y[j * n + i] = 0.02 * CMPLX(loss * sum, next_random(seed));
        }
}

static void test_impedance_is_the_inverse(void **state)
{
    (void)state;
    uint64_t seed = 1;
    double complex y[16], z[16];
    random_network(4, 1.0, &seed, y);
    assert_int_equal(ali_multiport_impedance(4, y, z), 0);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) {
            double complex sum = 0.0;
            for (size_t k = 0; k < 4; k++)
                sum += y[i * 4 + k] * z[k * 4 + j];
            assert_close(sum, i == j, 1e-11);
        }
    const double complex series[] = {1, -1, -1, 1}; /* a series element has no Z */
    assert_int_equal(ali_multiport_impedance(2, series, z), -1);
}

/** One port: S = (Z - z0)/(Z + z0). Two ports of a series impedance: the textbook's S. */
static void test_scattering_by_hand(void **state)
{
    (void)state;
    const double z0[] = {50.0, 75.0};
    const double complex impedance = CMPLX(73.1, 42.5), y = 1.0 / impedance;
    double complex s[4];
    assert_int_equal(ali_multiport_scattering(1, &y, z0, NULL, s, NULL), 0);
    assert_close(s[0], (impedance - 50.0) / (impedance + 50.0), 1e-14);
    const double complex series[] = {y, -y, -y, y};
    assert_int_equal(ali_multiport_scattering(2, series, z0, NULL, s, NULL), 0);
    double complex sum = impedance + 125.0;
    assert_close(s[0], (impedance + 75.0 - 50.0) / sum, 1e-14);
    assert_close(s[3], (impedance + 50.0 - 75.0) / sum, 1e-14);
    assert_close(s[1], 2.0 * sqrt(50.0 * 75.0) / sum, 1e-14);
    assert_close(s[2], s[1], 1e-15);
}

static void test_scattering_of_passive_networks(void **state)
{
    (void)state;
    uint64_t seed = 5;
    const double z0[] = {50.0, 300.0, 12.5, 75.0};
    for (int round = 0; round < 20; round++) {
        double loss = round % 2 ? 1.0 : 0.0;
        double complex y[16], s[16];
        random_network(4, loss, &seed, y);
        assert_int_equal(ali_multiport_scattering(4, y, z0, NULL, s, NULL), 0);
        for (size_t i = 0; i < 4; i++)
            for (size_t j = 0; j < 4; j++) {
                double complex sum = 0.0;
                for (size_t k = 0; k < 4; k++)
                    sum += conj(s[k * 4 + i]) * s[k * 4 + j];
                assert_close(s[i * 4 + j], s[j * 4 + i], 1e-13);
                if (loss == 0.0)
                    assert_close(sum, i == j, 1e-12); /* S^H S = 1 */
                else if (i == j)
                    assert_true(creal(sum) < 1.0);
            }
        /* what goes in: waves a, currents and voltages of the same ports */
        double complex v[4], a[4], b[4];
        for (size_t i = 0; i < 4; i++)
            v[i] = next_complex(&seed);
        for (size_t i = 0; i < 4; i++) {
            double complex current = 0.0;
            for (size_t k = 0; k < 4; k++)
                current += y[i * 4 + k] * v[k];
            a[i] = 0.5 * (v[i] + z0[i] * current) / sqrt(z0[i]);
            b[i] = 0.5 * (v[i] - z0[i] * current) / sqrt(z0[i]);
        }
        for (size_t i = 0; i < 4; i++) {
            double complex sum = 0.0;
            for (size_t k = 0; k < 4; k++)
                sum += s[i * 4 + k] * a[k];
            assert_close(sum, b[i], 1e-13);
        }
    }
}

static void test_no_scattering_where_port_and_reference_cancel(void **state)
{
    (void)state;
    const double complex y = -0.02;
    const double z0 = 50.0;
    double complex s;
    assert_int_equal(ali_multiport_scattering(1, &y, &z0, NULL, &s, NULL), -1);
}

/** The stated error covers every change of Y of that size, and is reached by one of them. */
static void test_error_of_scattering(void **state)
{
    (void)state;
    uint64_t seed = 9;
    const double z0[] = {50.0, 75.0};
    double complex y[4], s[4], changed[4];
    double y_error[4], s_error[4], largest[4] = {0};
    random_network(2, 1.0, &seed, y);
    for (size_t i = 0; i < 4; i++)
        y_error[i] = 1e-7 * (double)(i + 1);
    assert_int_equal(ali_multiport_scattering(2, y, z0, y_error, s, s_error), 0);
    for (int round = 0; round < 2000; round++) {
        double complex other[4];
        for (size_t i = 0; i < 4; i++)
            other[i] = y[i] + y_error[i] * cexp(CMPLX(0.0, 3.1416 * next_random(&seed)));
        assert_int_equal(ali_multiport_scattering(2, other, z0, NULL, changed, NULL), 0);
        for (size_t i = 0; i < 4; i++)
            largest[i] = fmax(largest[i], cabs(changed[i] - s[i]));
    }
    for (size_t i = 0; i < 4; i++) {
        assert_true(largest[i] <= s_error[i] * (1.0 + 1e-5));
        assert_true(largest[i] >= 0.9 * s_error[i]);
    }
}

/* ---- maximum coupling ---- */

/** Power into a load at port 2 over the power that port 1 takes. */
static double power_gain(double complex y11, double complex y12, double complex y22,
                         double complex load)
{
    double complex v2 = -y12 / (y22 + load); /* for 1 V at port 1 */
    double complex input = y11 + y12 * v2;
    return creal(load) * creal(v2 * conj(v2)) / creal(input);
}

/** Best gain over all passive loads by search. */
static double search_gain(double complex y11, double complex y12, double complex y22)
{
    double best_g = creal(y22), best_b = -cimag(y22), step = cabs(y22);
    double best = power_gain(y11, y12, y22, CMPLX(best_g, best_b));
    while (step > 1e-9 * cabs(y22)) {
        bool better = false;
        for (int i = -1; i <= 1; i++)
            for (int j = -1; j <= 1; j++) {
                double g = best_g + i * step, b = best_b + j * step;
                double gain = g > 0.0 ? power_gain(y11, y12, y22, CMPLX(g, b)) : 0.0;
                if (gain > best) {
                    best = gain;
                    best_g = g;
                    best_b = b;
                    better = true;
                }
            }
        if (!better)
            step *= 0.5;
    }
    return best;
}

static double complex from_public(alicorn_complex value)
{
    return CMPLX(value.re, value.im);
}

static void test_coupling_is_the_best_over_all_loads(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (int round = 0; round < 40; round++) {
        double complex y[4];
        alicorn_coupling coupling = {0};
        random_network(2, 1.0, &seed, y);
        if (round % 2)
            y[1] *= 1e-3; /* far apart */
        ali_multiport_coupling(y[0], y[1], y[3], &coupling);
        assert_true(coupling.valid);
        double best = search_gain(y[0], y[1], y[3]), gain = pow(10.0, 0.1 * coupling.maximum_db);
        assert_close(gain, best, 1e-8 * best);
        /* at the stated load it is reached, and both sides are matched */
        double complex load = 1.0 / from_public(coupling.load);
        assert_close(power_gain(y[0], y[1], y[3], load), best, 1e-8 * best);
        double complex input = y[0] - y[1] * y[1] / (y[3] + load);
        assert_close(1.0 / from_public(coupling.input), input, 1e-10 * cabs(input));
        double complex back = y[3] - y[1] * y[1] / (y[0] + conj(input));
        assert_close(load, conj(back), 1e-8 * cabs(back));
        /* the other way round it is the same */
        alicorn_coupling other = {0};
        ali_multiport_coupling(y[3], y[1], y[0], &other);
        assert_close(other.maximum_db, coupling.maximum_db, 1e-9);
    }
}

static void test_no_coupling_without_a_match(void **state)
{
    (void)state;
    alicorn_coupling coupling = {.valid = 1};
    ali_multiport_coupling(CMPLX(0.01, 0), 0.0, CMPLX(0.01, 0), &coupling);
    assert_false(coupling.valid); /* decoupled: no gain to state */
    coupling.valid = 1;
    ali_multiport_coupling(CMPLX(0.01, 0), CMPLX(0.02, 0), CMPLX(0.01, 0), &coupling);
    assert_false(coupling.valid); /* active */
    coupling.valid = 1;
    ali_multiport_coupling(CMPLX(0, 0.01), CMPLX(0, 0.02), CMPLX(0, 0.01), &coupling);
    assert_true(coupling.valid && fabs(coupling.maximum_db) < 1e-9); /* lossless: all of it */
    coupling.valid = 1;
    ali_multiport_coupling(CMPLX(NAN, 0), CMPLX(0, 0.02), CMPLX(0, 0.01), &coupling);
    assert_false(coupling.valid);
}

/** Against the pair that is left when the others' terminations are eliminated from Y. */
static void test_couplings_of_all_pairs(void **state)
{
    (void)state;
    enum { N = 4 };
    uint64_t seed = 11;
    const double z0[] = {50.0, 300.0, 12.5, 75.0};
    double complex y[N * N], s[N * N];
    double coupling_db[N * N];
    for (int round = 0; round < 10; round++) {
        random_network(N, 1.0, &seed, y);
        assert_int_equal(ali_multiport_scattering(N, y, z0, NULL, s, NULL), 0);
        ali_multiport_couplings(N, s, z0, coupling_db);
        for (size_t i = 0; i < N; i++)
            for (size_t j = 0; j < i; j++) {
                double complex left[N * N];
                alicorn_coupling expected = {0};
                memcpy(left, y, sizeof left);
                for (size_t p = 0; p < N; p++) { /* one elimination after the other */
                    if (p == i || p == j)
                        continue;
                    double complex pivot = left[p * N + p] + 1.0 / z0[p];
                    double complex row[N], column[N];
                    for (size_t q = 0; q < N; q++)
                        row[q] = left[p * N + q], column[q] = left[q * N + p];
                    for (size_t a = 0; a < N; a++)
                        for (size_t b = 0; b < N; b++)
                            if (a != p && b != p)
                                left[a * N + b] -= column[a] * row[b] / pivot;
                }
                ali_multiport_coupling(left[i * N + i], left[i * N + j], left[j * N + j],
                                       &expected);
                assert_true(expected.valid);
                assert_close(coupling_db[i * N + j], expected.maximum_db, 1e-9);
                assert_true(coupling_db[j * N + i] == coupling_db[i * N + j]);
            }
        assert_true(isnan(coupling_db[0]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_impedance_is_the_inverse),
        cmocka_unit_test(test_scattering_by_hand),
        cmocka_unit_test(test_scattering_of_passive_networks),
        cmocka_unit_test(test_couplings_of_all_pairs),
        cmocka_unit_test(test_no_scattering_where_port_and_reference_cancel),
        cmocka_unit_test(test_error_of_scattering),
        cmocka_unit_test(test_coupling_is_the_best_over_all_loads),
        cmocka_unit_test(test_no_coupling_without_a_match),
    };
    return cmocka_run_group_tests_name("multiport", tests, NULL, NULL);
}
