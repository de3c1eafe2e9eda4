/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  N-ports: interpolation, other resistances, cascades, passivity. */

#include "alicorn/network.h"
#include "assert_close.h"
#include "network/convert.h"

#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

/** Reflection of a series resonance of quality q at 100 MHz against 50 ohm. */
static double complex resonance(double f, double q)
{
    double complex z = 30.0 * (1.0 + I * q * (f / 100e6 - 100e6 / f));
    return (z - 50.0) / (z + 50.0);
}

static alicorn_network *sampled(size_t count, double from, double to, double q)
{
    alicorn_network *network = NULL;
    assert_int_equal(alicorn_network_create(1, NULL, NULL, &network, NULL), ALICORN_OK);
    for (size_t i = 0; i < count; i++) {
        double f = from + (to - from) * (double)i / (double)(count > 1 ? count - 1 : 1);
        double complex s = resonance(f, q);
        alicorn_complex value = {creal(s), cimag(s)};
        assert_int_equal(alicorn_network_append(network, f, &value, NULL, NULL), ALICORN_OK);
    }
    return network;
}

static double complex at(const alicorn_network *network, double f)
{
    alicorn_complex s;
    assert_int_equal(alicorn_network_at(network, f, &s, NULL), ALICORN_OK);
    return s.re + I * s.im;
}

static void interpolates_between_samples(void **state)
{
    (void)state;
    alicorn_network *network = sampled(41, 80e6, 120e6, 5.0);
    for (double f = 80e6; f <= 120e6; f += 0.37e6)
        assert_close(at(network, f), resonance(f, 5.0), 2e-5);
    for (size_t i = 0; i < network->count; i++)
        assert_true(cabs(at(network, network->frequency_hz[i]) -
                         (network->s[i].re + I * network->s[i].im)) <= 0.0);
    alicorn_network_destroy(network);
}

/** The error falls with the fourth power of the distance of the samples. */
static void converges(void **state)
{
    (void)state;
    double worst[2] = {0};
    for (int k = 0; k < 2; k++) {
        alicorn_network *network = sampled(k ? 81 : 41, 80e6, 120e6, 5.0);
        for (double f = 80.1e6; f < 120e6; f += 0.13e6)
            worst[k] = fmax(worst[k], cabs(at(network, f) - resonance(f, 5.0)));
        alicorn_network_destroy(network);
    }
    assert_true(worst[1] < worst[0] / 10.0);
}

static void nothing_outside(void **state)
{
    (void)state;
    alicorn_complex s;
    alicorn_error error;
    alicorn_network *network = sampled(1, 80e6, 80e6 + 1.0, 5.0);
    assert_int_equal(alicorn_network_at(network, 79e6, &s, &error), ALICORN_E_USAGE);
    assert_int_equal(alicorn_network_at(network, 81e6, &s, &error), ALICORN_E_USAGE);
    assert_int_equal(alicorn_network_at(network, NAN, &s, &error), ALICORN_E_USAGE);
    assert_non_null(strstr(error.message, "only from 80000000 to 80000000 Hz"));
    alicorn_network_destroy(network);
}

/** Two samples make a straight line. */
static void two_samples(void **state)
{
    (void)state;
    alicorn_network *network = sampled(2, 90e6, 110e6, 5.0);
    double complex mean = 0.5 * (resonance(90e6, 5.0) + resonance(110e6, 5.0));
    assert_close(at(network, 100e6), mean, 1e-12);
    alicorn_network_destroy(network);
}

static void frequencies_rise(void **state)
{
    (void)state;
    alicorn_network *network = sampled(2, 90e6, 110e6, 5.0);
    alicorn_complex s = {0};
    double s_error = 0.0;
    assert_int_equal(alicorn_network_append(network, 110e6, &s, NULL, NULL), ALICORN_E_USAGE);
    assert_int_equal(alicorn_network_append(network, INFINITY, &s, NULL, NULL), ALICORN_E_USAGE);
    assert_int_equal(alicorn_network_append(network, 111e6, &s, &s_error, NULL), ALICORN_E_USAGE);
    s.re = NAN;
    assert_int_equal(alicorn_network_append(network, 111e6, &s, NULL, NULL), ALICORN_E_USAGE);
    assert_int_equal(network->count, 2);
    alicorn_network_destroy(network);
    double z0 = 0.0;
    assert_int_equal(alicorn_network_create(1, NULL, &z0, &network, NULL), ALICORN_E_USAGE);
    assert_int_equal(alicorn_network_create(0, NULL, NULL, &network, NULL), ALICORN_E_USAGE);
    assert_null(network);
}

/** Z of three ports, lossy and reciprocal [ohm]. */
static const double complex z3[9] = {40.0 + 10.0 * I, 5.0 - 3.0 * I,   2.0 + 7.0 * I,
                                     5.0 - 3.0 * I,   80.0 - 30.0 * I, -6.0 + 1.0 * I,
                                     2.0 + 7.0 * I,   -6.0 + 1.0 * I,  25.0 + 60.0 * I};

/** S for other resistances is S made with them from the same Z. */
static void renormalises(void **state)
{
    (void)state;
    const double from[3] = {50.0, 75.0, 20.0}, to[3] = {300.0, 12.0, 50.0};
    double complex s[9], wanted[9];
    memcpy(s, z3, sizeof s);
    memcpy(wanted, z3, sizeof wanted);
    assert_int_equal(ali_network_s_from_z(3, from, s, NULL), ALICORN_OK);
    assert_int_equal(ali_network_s_from_z(3, to, wanted, NULL), ALICORN_OK);
    for (int i = 0; i < 9; i++)
        assert_close(s[i], s[i % 3 * 3 + i / 3], 1e-14); /* power waves keep reciprocity */
    assert_int_equal(ali_network_renormalise(3, from, to, s, NULL), ALICORN_OK);
    for (int i = 0; i < 9; i++)
        assert_close(s[i], wanted[i], 1e-13);
}

/** A matched line turns the phase of what passes its port, twice what is reflected there. */
static void cascades_a_line(void **state)
{
    (void)state;
    const double z0[3] = {50.0, 50.0, 50.0};
    double complex s[9], before[9], turn = 0.9 * cexp(-I * 0.7);
    const double complex line[4] = {0.0, turn, turn, 0.0};
    memcpy(s, z3, sizeof s);
    assert_int_equal(ali_network_s_from_z(3, z0, s, NULL), ALICORN_OK);
    memcpy(before, s, sizeof before);
    assert_int_equal(ali_network_cascade(3, 1, line, s, NULL), ALICORN_OK);
    for (size_t i = 0; i < 9; i++) {
        double complex factor = (i / 3 == 1 ? turn : 1.0) * (i % 3 == 1 ? turn : 1.0);
        assert_close(s[i], before[i] * factor, 1e-14);
    }
}

/** A series reactance in front of a port adds to its Z and to nothing else. */
static void cascades_a_reactance(void **state)
{
    (void)state;
    const double z0[3] = {50.0, 75.0, 20.0};
    double complex jx = 33.0 * I, s[9], wanted[9];
    const double complex series[4] = {jx / (jx + 40.0), 40.0 / (jx + 40.0), 40.0 / (jx + 40.0),
                                      jx / (jx + 40.0)}; /* between 20 ohm */
    memcpy(s, z3, sizeof s);
    memcpy(wanted, z3, sizeof wanted);
    wanted[8] += jx;
    assert_int_equal(ali_network_s_from_z(3, z0, s, NULL), ALICORN_OK);
    assert_int_equal(ali_network_s_from_z(3, z0, wanted, NULL), ALICORN_OK);
    assert_int_equal(ali_network_cascade(3, 2, series, s, NULL), ALICORN_OK);
    for (int i = 0; i < 9; i++)
        assert_close(s[i], wanted[i], 1e-14);
}

/** A lossless network has singular values of 1, half of it of 0.5; a unitary one made of rotations.
 */
static void finds_the_largest_singular_value(void **state)
{
    (void)state;
    double complex s[4], work[4];
    for (int k = 0; k < 20; k++) {
        double a = 0.1 + 0.3 * k, b = pi * 0.17 * k;
        s[0] = 0.8 * cos(a), s[1] = 0.3 * sin(a) * cexp(I * b);
        s[2] = -0.8 * sin(a) * cexp(-I * b), s[3] = 0.3 * cos(a);
        assert_close(ali_network_largest_singular(2, s, work), 0.8, 1e-6);
    }
    memset(s, 0, sizeof s);
    assert_close(ali_network_largest_singular(2, s, work), 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interpolates_between_samples),
        cmocka_unit_test(converges),
        cmocka_unit_test(nothing_outside),
        cmocka_unit_test(two_samples),
        cmocka_unit_test(frequencies_rise),
        cmocka_unit_test(renormalises),
        cmocka_unit_test(cascades_a_line),
        cmocka_unit_test(cascades_a_reactance),
        cmocka_unit_test(finds_the_largest_singular_value),
    };
    return cmocka_run_group_tests_name("network", tests, NULL, NULL);
}
