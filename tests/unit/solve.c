/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Whole solves through the public interface, from decks of a few lines: impedances against
 * converged and exact values, identities that hold to rounding, and how a solve ends early. */

#include "alicorn/alicorn.h"
#include "assert_close.h"
#include "random.h"
#include "read_deck.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double complex value_of(alicorn_complex z)
{
    return CMPLX(z.re, z.im);
}

static alicorn_options defaults(void)
{
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    return options;
}

static alicorn_result *solve_with(const char *deck, const alicorn_options *options)
{
    alicorn_model *model = read_deck(deck);
    alicorn_result *result = NULL;
    alicorn_error error = {0};
    if (alicorn_solve(model, options, &result, &error))
        fail_msg("%s", error.message);
    alicorn_model_destroy(model);
    return result;
}

static alicorn_result *solve(const char *deck)
{
    alicorn_options options = defaults();
    return solve_with(deck, &options);
}

static double complex impedance(const alicorn_result *result, size_t solve, size_t source)
{
    assert_true(solve < alicorn_result_count(result));
    const alicorn_solve_result *one = alicorn_result_solve(result, solve);
    assert_true(source < one->source_count);
    return value_of(one->sources[source].impedance);
}

/** Impedance of the first source of a deck of one solve. */
static double complex impedance_of(const char *deck)
{
    alicorn_result *result = solve(deck);
    double complex z = impedance(result, 0, 0);
    alicorn_result_destroy(result);
    return z;
}

/* ---- impedances ---- */

#define HALF_WAVE                                                                                  \
    "CE\nGW 1 11 0 0 -.25 0 0 .25 .001\nGE\nEX 0 1 6 0 1\nFR 0 1 0 0 299.792458\nXQ\nEN\n"

/** A half-wave dipole converges, whichever way it is refined, and its error bar covers what is
 * missing. */
static void test_dipole_converges(void **state)
{
    (void)state;
    alicorn_options options = defaults();
    options.degree = 4;
    options.refine = 4;
    alicorn_result *result = solve_with(HALF_WAVE, &options);
    const double complex converged = impedance(result, 0, 0);
    alicorn_result_destroy(result);
    /* R grows by less than the wire's radius over that of a filament, 73.13 + j42.5 at zero radius
     * and a sinusoidal current */
    assert_true(creal(converged) > 80.0 && creal(converged) < 90.0);
    assert_true(cimag(converged) > 42.0 && cimag(converged) < 55.0);
    for (int degree = 0; degree <= 4; degree++)
        for (int refine = 1; refine <= 3; refine++) {
            options.degree = degree;
            options.refine = refine;
            result = solve_with(HALF_WAVE, &options);
            double complex z = impedance(result, 0, 0);
            const alicorn_solve_result *one = alicorn_result_solve(result, 0);
            if (degree != 1)
                assert_close(z, converged, 0.005 * cabs(converged));
            assert_true(cabs(z - converged) <= one->sources[0].impedance_error);
            if (degree > 1)
                assert_true(one->sources[0].impedance_error < 0.01 * cabs(converged));
            alicorn_result_destroy(result);
        }
}

/** Segments of several wavelengths are cut until the current fits: five of three wavelengths
 * against the same wire in 120. */
static void test_long_segments(void **state)
{
    (void)state;
    const char *coarse = "CE\nGW 1 5 0 0 -7.5 0 0 7.5 .001\nGE\nEX 0 1 3 0 1\n"
                         "FR 0 1 0 0 299.792458\nXQ\nEN\n";
    alicorn_options options = defaults();
    alicorn_result *result = solve(coarse);
    options.refine = 8;
    alicorn_result *fine = solve_with(coarse, &options);
    double complex z = impedance(result, 0, 0), wanted = impedance(fine, 0, 0);
    assert_close(z, wanted, 0.005 * cabs(wanted));
    assert_true(cabs(z - wanted) <=
                alicorn_result_solve(result, 0)->sources[0].impedance_error * 1.5);
    assert_close(alicorn_result_solve(result, 0)->average_gain, 1.0, 1e-4);
    alicorn_result_destroy(result);
    alicorn_result_destroy(fine);
}

/** Radiation resistance of small loops, 20 pi^2 (C/lambda)^4, over four decades of the
 * circumference: twelve decades and more below the reactance. */
static void test_small_loops(void **state)
{
    (void)state;
    for (double c = 1e-2; c > 0.9e-5; c *= 0.1) {
        char deck[1024];
        int length = snprintf(deck, sizeof deck, "CE\n");
        for (int i = 0; i < 12; i++) {
            double a = 2.0 * 3.14159265358979 * i / 12.0,
                   b = 2.0 * 3.14159265358979 * (i + 1) / 12.0;
            double r = 1.0 / (24.0 * sin(3.14159265358979 / 12.0)); /* perimeter 1 m */
            length += snprintf(deck + length, sizeof deck - (size_t)length,
                               "GW %d 1 %.12f %.12f 0 %.12f %.12f 0 1e-4\n", i + 1, r * cos(a),
                               r * sin(a), r * cos(b), r * sin(b));
        }
        snprintf(deck + length, sizeof deck - (size_t)length,
                 "GE\nEX 0 1 1 0 1\nFR 0 1 0 0 %.12g\nXQ\nEN\n", 299.792458 * c);
        double complex z = impedance_of(deck);
        /* by the polygon's area instead of the circle's */
        double shape = 4.0 * 3.14159265358979 * (0.25 / 12.0) / tan(3.14159265358979 / 12.0);
        double wanted = 197.392088 * pow(c, 4.0) * shape * shape;
        assert_close(creal(z), wanted, 0.01 * wanted + 2.0 * wanted * c);
    }
}

/** With an odd number of segments in their middle, with an even number at the node there. */
static void test_source_at_a_segments_end(void **state)
{
    (void)state;
    const char *middle = "CE\nGW 1 21 0 0 -.25 0 0 .25 .0005\nGE\nEX 0 1 11 0 1\n"
                         "FR 0 1 0 0 299.792458\nXQ\nEN\n";
    const char *node = "CE\nGW 1 20 0 0 -.25 0 0 .25 .0005\nGE\nEX 5 1 11 0 1\n"
                       "FR 0 1 0 0 299.792458\nXQ\nEN\n";
    const char *down = "CE\nGW 1 20 0 0 .25 0 0 -.25 .0005\nGE\nEX 5 1 11 0 1\n"
                       "FR 0 1 0 0 299.792458\nXQ\nEN\n";
    double complex wanted = impedance_of(middle);
    assert_close(impedance_of(node), wanted, 0.01 * cabs(wanted));
    assert_close(impedance_of(down), impedance_of(node), 1e-9 * cabs(wanted));
    /* at the foot of a monopole half of it */
    const char *foot = "CE\nGW 1 10 0 0 0 0 0 .25 .0005\nGE 1\nGN 1\nEX 5 1 1 0 1\n"
                       "FR 0 1 0 0 299.792458\nXQ\nEN\n";
    assert_close(2.0 * impedance_of(foot), impedance_of(node), 1e-9 * cabs(wanted));
}

/* ---- identities ---- */

/** Over a perfect ground everything is as with the mirrored structure in free space. */
static void test_ground_is_a_mirror(void **state)
{
    (void)state;
    const char *monopole =
        "CE\nGW 1 7 0 0 0 0 0 .25 .001\nGW 2 5 .1 0 .25 0 0 .25 .0005\n"
        "GW 3 6 .3 -.1 .02 .35 .2 .3 .001\nGW 4 5 .1 .1 .05 .1 .6 .05 .001\n"
        "GE 1\nGN 1\nEX 0 1 1 0 1\nEX 0 3 3 0 0 1\nFR 0 1 0 0 299.792458\nXQ\nEN\n";
    const char *mirrored =
        "CE\nGW 1 7 0 0 0 0 0 .25 .001\nGW 2 5 .1 0 .25 0 0 .25 .0005\n"
        "GW 3 6 .3 -.1 .02 .35 .2 .3 .001\nGW 4 5 .1 .1 .05 .1 .6 .05 .001\n"
        "GW 11 7 0 0 0 0 0 -.25 .001\nGW 12 5 .1 0 -.25 0 0 -.25 .0005\n"
        "GW 13 6 .3 -.1 -.02 .35 .2 -.3 .001\nGW 14 5 .1 .1 -.05 .1 .6 -.05 .001\nGE\n"
        "EX 0 1 1 0 1\nEX 0 3 3 0 0 1\nEX 0 11 1 0 -1\nEX 0 13 3 0 0 -1\n"
        "FR 0 1 0 0 299.792458\nXQ\nEN\n";
    alicorn_result *over = solve(monopole), *free_space = solve(mirrored);
    const alicorn_solve_result *a = alicorn_result_solve(over, 0),
                               *b = alicorn_result_solve(free_space, 0);
    for (size_t i = 0; i < 2; i++) {
        double complex wanted = impedance(free_space, 0, i);
        assert_close(impedance(over, 0, i), wanted, 1e-6 * cabs(wanted));
    }
    for (size_t s = 0; s < a->current_count; s++)
        assert_close(value_of(a->currents[s].current), value_of(b->currents[s].current), 1e-8);
    assert_close(2.0 * a->power.far_field, b->power.far_field, 1e-6 * b->power.far_field);
    assert_close(a->max_gain_dbi, b->max_gain_dbi + 3.0103, 1e-4);
    alicorn_result_destroy(over);
    alicorn_result_destroy(free_space);
}

#define THREE_DIPOLES                                                                              \
    "CE\nGW 1 9 0 -.24 0 0 .24 0 .002\nGW 2 11 .2 -.23 .05 .21 .26 0 .001\n"                       \
    "GW 3 8 .5 0 -.2 .4 .1 .25 .003\nGE\n"

/** Ports of one solve against solves with one source each, the other gaps shorted. */
static void test_ports_against_single_solves(void **state)
{
    (void)state;
    const char *sources[] = {"EX 0 1 5 0 1\n", "EX 0 2 4 0 1\n", "EX 0 3 4 0 1\n"};
    char deck[600];
    snprintf(deck, sizeof deck,
             THREE_DIPOLES "EX 0 1 5 0 1 0\nEX 0 2 4 0 .5 .3\nEX 0 3 4 0 0 -2\n"
                           "FR 0 1 0 0 299.792458\nXQ\nEN\n");
    const double complex v[] = {1.0, CMPLX(0.5, 0.3), CMPLX(0.0, -2.0)};
    alicorn_options options = defaults();
    options.degree = 2; /* chosen degrees would suit all three ports */
    alicorn_result *all = solve_with(deck, &options);
    const alicorn_solve_result *one = alicorn_result_solve(all, 0);
    const alicorn_ports *ports = &one->ports;
    assert_int_equal(ports->count, 3);
    for (size_t i = 0; i < 3; i++) {
        double complex current = 0.0;
        for (size_t j = 0; j < 3; j++) {
            double complex y = value_of(ports->y[i * 3 + j]), back = value_of(ports->y[j * 3 + i]);
            assert_close(y, back, 1e-10 * cabs(y));
            assert_close(value_of(ports->s[i * 3 + j]), value_of(ports->s[j * 3 + i]), 1e-10);
            current += y * v[j];
        }
        assert_close(value_of(one->sources[i].current), current, 1e-12);
        snprintf(deck, sizeof deck, THREE_DIPOLES "%sFR 0 1 0 0 299.792458\nXQ\nEN\n", sources[i]);
        alicorn_result *single = solve_with(deck, &options);
        double complex alone = impedance(single, 0, 0);
        alicorn_result_destroy(single);
        assert_close(1.0 / value_of(ports->y[i * 3 + i]), alone, 1e-9 * cabs(alone));
    }
    alicorn_result_destroy(all);
}

/** Tasks that share a factorisation answer as if alone, at a degree that is given: degrees that are
 * chosen suit all of them. */
static void test_tasks_do_not_disturb_each_other(void **state)
{
    (void)state;
    alicorn_options options = defaults();
    options.degree = 2;
    /* further runs after a sweep see its last frequency only, unless FR comes again */
    alicorn_result *together =
        solve_with(THREE_DIPOLES "FR 0 2 0 0 280 20\nEX 0 1 5 0 1\nRP 0 3 2 1000 0 0 40 70\n"
                                 "FR 0 2 0 0 280 20\nEX 0 2 4 0 1\nEX 0 3 4 0 2\nXQ\n"
                                 "FR 0 2 0 0 280 20\nTL 1 5 2 4 75 .3\nXQ\n"
                                 "FR 0 2 0 0 280 20\nEX 1 2 1 0 30 10 45 20 0\nXQ\nEN\n",
                   &options);
    alicorn_result *first = solve_with(
        THREE_DIPOLES "FR 0 2 0 0 280 20\nEX 0 1 5 0 1\nRP 0 3 2 1000 0 0 40 70\nEN\n", &options);
    alicorn_result *second = solve_with(
        THREE_DIPOLES "FR 0 2 0 0 280 20\nEX 0 2 4 0 1\nEX 0 3 4 0 2\nXQ\nEN\n", &options);
    alicorn_result *third = solve_with(
        THREE_DIPOLES "FR 0 2 0 0 280 20\nEX 0 2 4 0 1\nEX 0 3 4 0 2\nTL 1 5 2 4 75 .3\nXQ\nEN\n",
        &options);
    const alicorn_result *alone[] = {first, second, third};
    assert_int_equal(alicorn_result_count(together), 2 + 2 + 2 + 4);
    for (size_t task = 0; task < 3; task++)
        for (size_t f = 0; f < 2; f++) {
            const alicorn_solve_result *a = alicorn_result_solve(together, 2 * task + f);
            const alicorn_solve_result *b = alicorn_result_solve(alone[task], f);
            assert_int_equal(a->task, task);
            assert_close(a->frequency_hz, f ? 300e6 : 280e6, 1e-3);
            assert_int_equal(a->source_count, b->source_count);
            for (size_t i = 0; i < a->source_count; i++)
                assert_close(value_of(a->sources[i].current), value_of(b->sources[i].current),
                             1e-9);
            for (size_t s = 0; s < a->current_count; s++)
                assert_close(value_of(a->currents[s].current), value_of(b->currents[s].current),
                             1e-9);
        }
    for (size_t i = 6; i < 10; i++) {
        const alicorn_solve_result *wave = alicorn_result_solve(together, i);
        assert_int_equal(wave->driven, 2);
        assert_close(wave->theta_inc_deg, i % 2 ? 50.0 : 30.0, 1e-9);
    }
    alicorn_result_destroy(together);
    alicorn_result_destroy(first);
    alicorn_result_destroy(second);
    alicorn_result_destroy(third);
}

/** A source on a wire drawn twice, the second time backwards, drives as it was drawn. */
static void test_source_on_a_reversed_duplicate(void **state)
{
    (void)state;
    const char *plain = "CE\nGW 1 7 0 0 -.25 0 0 .25 .001\nGW 2 7 .3 0 -.25 .3 0 .25 .001\nGE\n"
                        "EX 0 1 4 0 1\nEX 0 2 4 0 1\nFR 0 1 0 0 299.792458\nXQ\nEN\n";
    const char *twice = "CE\nGW 1 7 0 0 -.25 0 0 .25 .001\nGW 2 7 .3 0 -.25 .3 0 .25 .001\n"
                        "GW 3 7 .3 0 .25 .3 0 -.25 .001\nGE\n"
                        "EX 0 1 4 0 1\nEX 0 3 4 0 -1\nFR 0 1 0 0 299.792458\nXQ\nEN\n";
    alicorn_result *a = solve(plain), *b = solve(twice);
    for (size_t i = 0; i < 2; i++)
        assert_close(impedance(a, 0, i), impedance(b, 0, i), 1e-9 * cabs(impedance(a, 0, i)));
    assert_close(value_of(alicorn_result_solve(b, 0)->sources[1].current),
                 -value_of(alicorn_result_solve(a, 0)->sources[1].current), 1e-12);
    alicorn_result_destroy(a);
    alicorn_result_destroy(b);
}

/* ---- power ---- */

static void test_power_balances(void **state)
{
    (void)state;
    const char *decks[] = {
        HALF_WAVE,
        /* loaded, lossy and thick */
        "CE\nGW 1 13 0 0 -.3 .1 0 .25 .01\nGE\nLD 4 1 4 4 30 -20\nLD 5 1 0 0 1e5\nLD 2 1 9 11 50 "
        "1e-7\n"
        "EX 0 1 7 0 1\nFR 0 1 0 0 250\nXQ\nEN\n",
        /* over a perfect ground, with a capacity hat */
        "CE\nGW 1 6 0 0 0 0 0 .1 .002\nGW 2 3 0 0 .1 .07 0 .1 .002\nGW 3 3 0 0 .1 -.03 .06 .1 "
        ".001\n"
        "GW 4 3 0 0 .1 -.03 -.06 .1 .001\nGE 1\nGN 1\nLD 5 0 0 0 3.7e7\nEX 0 1 1 0 1\nFR 0 1 0 0 "
        "250\nXQ\nEN\n",
        /* a square loop of unequal wires with a network and a line that lose power */
        "CE\nGW 1 5 0 0 0 .3 0 0 .004\nGW 2 5 .3 0 0 .3 0 .3 .001\nGW 3 5 .3 0 .3 0 0 .3 .004\n"
        "GW 4 5 0 0 .3 0 0 0 .001\nGE\nTL 1 3 3 3 100 .2 .001 .002 .003 0\nNT 2 2 4 2 .01 .001 "
        "-.004 .01 .02 0\n"
        "EX 0 1 3 0 1\nFR 0 1 0 0 220\nXQ\nEN\n",
        /* a helix of one and a half turns, and a bent wire that touches it */
        ("CE\nGH 1 24 .1 .15 .06 .06 .06 .06 .001\nGW 2 4 .06 0 0 .2 0 -.1 .001\nGE\n"
         "EX 0 1 3 0 1\nFR 0 1 0 0 400\nXQ\nEN\n")};
    for (size_t i = 0; i < sizeof decks / sizeof *decks; i++) {
        alicorn_result *result = solve(decks[i]);
        const alicorn_solve_result *one = alicorn_result_solve(result, 0);
        const alicorn_power *power = &one->power;
        assert_true(power->input > 0.0 && power->structure_loss >= 0.0 &&
                    power->network_loss >= 0.0);
        assert_close(power->radiated, power->input - power->structure_loss - power->network_loss,
                     1e-12 * power->input);
        assert_close(power->far_field, power->radiated, 1e-3 * power->input);
        assert_close(one->average_gain * power->input, power->far_field * (i == 2 ? 2.0 : 1.0),
                     1e-9 * power->input);
        if (i == 0)
            assert_close(one->average_gain, 1.0, 1e-3);
        assert_true((i == 1 || i == 2) == (power->structure_loss > 1e-6 * power->input));
        assert_true((i == 3) == (power->network_loss > 1e-6 * power->input));
        alicorn_result_destroy(result);
    }
}

/* ---- networks ---- */

/** Three dipoles joined by crossed lines, one with shunts, and a network. nec2c 1.3 gives for this
 * deck, at 27, 30, 33 MHz, as input impedance 104.22 + j89.095, 81.143 + j6.9156, 36.223 + j4.0026
 * ohm and as voltages and currents of segments 11 and 32 the numbers below. Thin parallel wires:
 * the two programs must agree but for NEC-2's own discretisation error. */
static void test_networks_against_nec(void **state)
{
    (void)state;
    const double complex z[] = {CMPLX(104.22, 89.095), CMPLX(81.143, 6.9156),
                                CMPLX(36.223, 4.0026)};
    const double complex v[][2] = {{CMPLX(-.51268, -.16746), CMPLX(-.32455, .30654)},
                                   {CMPLX(-.15686, -.35487), CMPLX(-.29730, .67770)},
                                   {CMPLX(.28895, -.97293), CMPLX(-.20314, 1.0151)}};
    const double complex current[][2] = {
        {CMPLX(-3.2055e-3, -6.6547e-3), CMPLX(-2.7058e-3, -2.5433e-4)},
        {CMPLX(-5.7894e-3, -3.6926e-3), CMPLX(-4.9125e-3, 3.9434e-3)},
        {CMPLX(-6.1844e-3, -6.5128e-4), CMPLX(-1.7648e-3, 9.0152e-3)}};
    alicorn_result *result = solve(
        "CE\nGW 1 21 0 -2.6 0 0 2.6 0 .002\nGW 2 21 -1.2 -2.3 0 -1.2 2.3 0 .002\n"
        "GW 3 21 -2.2 -2.05 0 -2.2 2.05 0 .002\nGE\nTL 1 11 2 11 -150 0 0 0 0 0\n"
        "TL 2 11 3 11 -150 1.3 0 0.001 0.002 -0.003\nNT 1 11 3 11 0 0.002 0.001 0 0.001 -0.002\n"
        "EX 0 3 11 0 1 0\nFR 0 3 0 0 27 3\nXQ\nEN\n");
    assert_int_equal(alicorn_result_count(result), 3);
    for (size_t f = 0; f < 3; f++) {
        const alicorn_solve_result *one = alicorn_result_solve(result, f);
        assert_close(impedance(result, f, 0), z[f], 0.02 * cabs(z[f]));
        assert_int_equal(one->connection_count, 3);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(one->connections[i].segment, i ? 32 : 11);
            assert_close(value_of(one->connections[i].voltage), v[f][i], 0.015);
            assert_close(value_of(one->connections[i].current), current[f][i], 1.5e-4);
        }
        assert_int_equal(one->connections[2].segment, 53);
        /* 2 mS across the source by the second line's shunt; Re V^H Y V / 2 in the network */
        double lost = 1e-3 + 0.5 * (1e-3 + 2e-3 * one->connections[0].voltage.re);
        assert_close(one->power.network_loss, lost, 1e-9 * lost);
    }
    alicorn_result_destroy(result);
}

/** A line of half a wave, or of none, puts two sources' gaps in parallel. */
static void test_lines_of_half_a_wave(void **state)
{
    (void)state;
    const char *half =
        THREE_DIPOLES "TL 1 5 2 4 75 .5\nEX 0 1 5 0 1\nFR 0 1 0 0 299.792458\nXQ\nEN\n";
    const char *crossed =
        THREE_DIPOLES "TL 1 5 2 4 -75 1.0\nEX 0 1 5 0 1\nFR 0 1 0 0 299.792458\nXQ\nEN\n";
    const char *both = THREE_DIPOLES "EX 0 1 5 0 1\nEX 0 2 4 0 -1\nFR 0 1 0 0 299.792458\nXQ\nEN\n";
    alicorn_result *driven = solve(both), *by_line = solve(half);
    const alicorn_solve_result *two = alicorn_result_solve(driven, 0);
    double complex wanted =
        1.0 / (value_of(two->sources[0].current) - value_of(two->sources[1].current));
    assert_close(impedance(by_line, 0, 0), wanted, 1e-6 * cabs(wanted));
    assert_close(impedance_of(crossed), wanted, 1e-6 * cabs(wanted));
    alicorn_result_destroy(driven);
    alicorn_result_destroy(by_line);
}

/* ---- plane waves ---- */

/** A wave from the zenith: right-handed means that E turns from x to -y in time, seen from above
 * clockwise, so E = x + jy. Equal dipoles along x and y carry currents in that ratio. */
static void test_sense_of_circular_waves(void **state)
{
    (void)state;
    for (int sense = 2; sense <= 3; sense++) {
        char deck[300];
        snprintf(deck, sizeof deck,
                 "CE\nGW 1 9 -.2 0 0 .2 0 0 .001\nGW 2 9 0 -.2 5 0 .2 5 .001\nGE\n"
                 "EX %d 1 1 0 0 0 0 0 0 .5\nFR 0 1 0 0 299.792458\nXQ\nEN\n",
                 sense);
        alicorn_result *result = solve(deck);
        const alicorn_solve_result *one = alicorn_result_solve(result, 0);
        double complex x = value_of(one->currents[4].current),
                       y = value_of(one->currents[13].current);
        y /= cexp(CMPLX(0.0, 2.0 * 3.14159265358979 * 5.0)); /* 5 wavelengths higher */
        assert_close(y / x, CMPLX(0.0, sense == 2 ? 0.5 : -0.5), 0.03);
        alicorn_result_destroy(result);
    }
    /* an antenna receives what it radiates: right-handed F_theta + j F_phi */
    alicorn_result *helix =
        solve("CE\nGH 1 30 .25 .7 .16 .16 .16 .16 .002\nGE\nFR 0 1 0 0 299.792458\n"
              "EX 0 1 5 0 1\nRP 0 1 1 1000 35 20 0 0\n"
              "EX 2 1 1 0 35 20 0 0 0 1\nXQ\nEX 3 1 1 0 35 20 0 0 0 1\nXQ\nEN\n");
    const alicorn_pattern *pattern = alicorn_result_solve(helix, 0)->patterns;
    double complex e_theta = value_of(pattern->e_theta[0]), e_phi = value_of(pattern->e_phi[0]);
    double complex right = e_theta + CMPLX(0.0, 1.0) * e_phi,
                   left = e_theta - CMPLX(0.0, 1.0) * e_phi;
    double complex received[2];
    for (size_t i = 0; i < 2; i++)
        received[i] = value_of(alicorn_result_solve(helix, 1 + i)->currents[4].current);
    assert_true(fabs(log(cabs(right / left))) > 0.3);
    /* at the middle of the gap, not on its mean */
    assert_close(received[0] / received[1], right / left, 0.06 * cabs(right / left));
    assert_int_equal(alicorn_pattern_at(pattern, 0, 0).sense, cabs(right) > cabs(left) ? 1 : -1);
    alicorn_result_destroy(helix);
}

/* ---- how a solve runs ---- */

static void check_same_bits(const alicorn_result *a, const alicorn_result *b)
{
    assert_int_equal(alicorn_result_count(a), alicorn_result_count(b));
    for (size_t i = 0; i < alicorn_result_count(a); i++) {
        const alicorn_solve_result *p = alicorn_result_solve(a, i), *q = alicorn_result_solve(b, i);
        assert_int_equal(p->source_count, q->source_count);
        for (size_t s = 0; s < p->source_count; s++)
            assert_memory_equal(&p->sources[s].current, &q->sources[s].current,
                                sizeof(alicorn_complex));
        assert_memory_equal(p->currents, q->currents, p->current_count * sizeof *p->currents);
        assert_true(p->max_gain_dbi == q->max_gain_dbi);
        assert_true(p->power.far_field == q->power.far_field);
    }
}

#define SWEEP                                                                                      \
    THREE_DIPOLES                                                                                  \
    "EX 0 1 5 0 1\nEX 0 3 4 0 1\nFR 0 5 0 0 250 20\nRP 0 5 5 1000 0 0 20 20\n"                     \
    "EX 1 2 2 0 30 0 45 40 50\nFR 0 5 0 0 250 20\nXQ\nEN\n"

static void test_threads_change_no_bit(void **state)
{
    (void)state;
    alicorn_options options = defaults();
    alicorn_result *one = solve_with(SWEEP, &options);
    assert_int_equal(alicorn_result_count(one), 5 + 5 * 4);
    for (int threads = 2; threads <= 3; threads++) {
        options.threads = threads;
        alicorn_result *many = solve_with(SWEEP, &options);
        check_same_bits(one, many);
        alicorn_result_destroy(many);
    }
    alicorn_result_destroy(one);
}

/** Loads change the matrix, not the ground below it: its tables serve both, by threads that solve
 * two frequencies at a time. */
static void test_loads_share_the_ground(void **state)
{
    (void)state;
#define OVER_SOIL "CE\nGW 1 5 0 -.2 .3 0 .2 .3 .001\nGE\nGN 2 0 0 0 13 .005\nEX 0 1 3 0 1\n"
#define TWICE "FR 0 2 0 0 300 10\nXQ\n"
    alicorn_options options = defaults();
    const char *deck = OVER_SOIL TWICE "LD 4 1 2 2 50 20\n" TWICE "EN\n";
    alicorn_result *loaded = solve_with(OVER_SOIL "LD 4 1 2 2 50 20\n" TWICE "EN\n", &options);
    for (int threads = 1; threads <= 3; threads++) {
        options.threads = threads;
        alicorn_result *both = solve_with(deck, &options);
        assert_int_equal(alicorn_result_count(both), 4);
        for (size_t f = 0; f < 2; f++) {
            double complex bare = impedance(both, f, 0), with = impedance(both, 2 + f, 0);
            assert_close(with, impedance(loaded, f, 0), 0.0);
            assert_true(cabs(with - bare) > 1.0);
        }
        alicorn_result_destroy(both);
    }
    alicorn_result_destroy(loaded);
}

typedef struct parallel_solve {
    const alicorn_model *model;
    alicorn_result *result;
    alicorn_status status;
} parallel_solve;

static void *run_solve(void *data)
{
    parallel_solve *task = data;
    alicorn_options options = defaults();
    task->status = alicorn_solve(task->model, &options, &task->result, NULL);
    return NULL;
}

static void test_two_solves_at_once(void **state)
{
    (void)state;
    alicorn_model *model = read_deck(SWEEP);
    alicorn_result *alone = solve(SWEEP);
    parallel_solve tasks[2] = {{.model = model}, {.model = model}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run_solve, &tasks[i]), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(tasks[i].status, ALICORN_OK);
        check_same_bits(alone, tasks[i].result);
        alicorn_result_destroy(tasks[i].result);
    }
    alicorn_result_destroy(alone);
    alicorn_model_destroy(model);
}

/** Stops after so many frequencies. */
static int stop_after(void *user, const char *stage, size_t done, size_t total)
{
    const size_t *limit = user;
    assert_true(done <= total);
    return strcmp(stage, "frequency") == 0 && done >= *limit;
}

static void test_interrupted_solve_keeps_what_is_done(void **state)
{
    (void)state;
    size_t limit = 2;
    alicorn_model *model = read_deck(SWEEP);
    alicorn_options options = defaults();
    alicorn_result *result = NULL, *all = solve(SWEEP);
    alicorn_error error = {0};
    options.progress = stop_after;
    options.progress_user = &limit;
    assert_int_equal(alicorn_solve(model, &options, &result, &error), ALICORN_E_INTERRUPTED);
    assert_int_equal(error.code, ALICORN_E_INTERRUPTED);
    assert_non_null(result);
    assert_int_equal(alicorn_result_count(result), 2 + 2 * 4);
    double complex wanted = impedance(all, 1, 0);
    assert_close(impedance(result, 1, 0), wanted, 0.0);
    assert_close(alicorn_result_solve(result, 2)->frequency_hz, 250e6, 1.0);
    assert_int_equal(alicorn_result_solve(result, 2)->driven, 2);
    alicorn_result_destroy(result);
    alicorn_result_destroy(all);
    alicorn_model_destroy(model);
}

static void test_too_little_memory_is_said_before(void **state)
{
    (void)state;
    alicorn_model *model = read_deck(SWEEP);
    alicorn_options options = defaults();
    alicorn_result *result = (alicorn_result *)&options;
    alicorn_error error = {0};
    options.memory_gb = 1e-6;
    assert_int_equal(alicorn_solve(model, &options, &result, &error), ALICORN_E_MEMORY);
    assert_int_equal(ALICORN_E_MEMORY, 6);
    assert_null(result);
    assert_non_null(strstr(error.message, "unknowns"));
    alicorn_model_destroy(model);
}

static void test_jobs_follow_each_other(void **state)
{
    (void)state;
    alicorn_result *chain = solve(
        "CE\nGW 1 11 0 0 -.25 0 0 .25 .001\nGE\nEX 0 1 6 0 1\nFR 0 1 0 0 299.792458\nXQ\nNX\n"
        "CE\nGW 1 9 0 0 -.1 0 0 .1 .002\nGE\nEX 0 1 5 0 1\nFR 0 2 0 0 299.792458 10\nXQ\nEN\n");
    assert_int_equal(alicorn_result_count(chain), 3);
    double complex first = impedance_of(HALF_WAVE);
    double complex second = impedance_of(
        "CE\nGW 1 9 0 0 -.1 0 0 .1 .002\nGE\nEX 0 1 5 0 1\nFR 0 1 0 0 299.792458\nXQ\nEN\n");
    assert_close(impedance(chain, 0, 0), first, 0.0);
    assert_close(impedance(chain, 1, 0), second, 1e-9 * cabs(second));
    assert_int_equal(alicorn_result_solve(chain, 2)->task, 1);
    assert_int_equal(alicorn_result_solve(chain, 2)->current_count, 9);
    alicorn_result_destroy(chain);
}

static void expect_refused(alicorn_model *model, const alicorn_options *options,
                           alicorn_status status)
{
    alicorn_result *result = (alicorn_result *)&status;
    alicorn_error error = {0};
    assert_int_equal(alicorn_solve(model, options, &result, &error), status);
    assert_int_equal(error.code, status);
    assert_true(error.message[0] != '\0');
    assert_null(result);
}

static void test_what_cannot_be_solved_is_refused(void **state)
{
    (void)state;
    const double start[] = {0, 0, 0}, end[] = {0, 0, 1}, below[] = {0, 0, -1};
    alicorn_options options = defaults();
    alicorn_model *model = alicorn_model_create();
    assert_int_equal(alicorn_model_add_frequency(model, 1e8, NULL), ALICORN_OK);
    expect_refused(model, NULL, ALICORN_E_INPUT); /* no wires */
    alicorn_model_destroy(model);
    model = alicorn_model_create();
    assert_int_equal(alicorn_model_add_wire(model, 1, 5, start, end, 0.01, NULL), ALICORN_OK);
    expect_refused(model, NULL, ALICORN_E_INPUT); /* no frequency */
    assert_int_equal(alicorn_model_add_frequency(model, 1e8, NULL), ALICORN_OK);
    options.degree = 5;
    expect_refused(model, &options, ALICORN_E_USAGE);
    options = defaults();
    options.memory_gb = NAN;
    expect_refused(model, &options, ALICORN_E_USAGE);
    assert_int_equal(alicorn_model_add_wire(model, 1, 5, start, below, 0.01, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_set_pec_ground(model, NULL), ALICORN_OK);
    expect_refused(model, NULL, ALICORN_E_INPUT); /* below the ground */
    alicorn_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dipole_converges),
        cmocka_unit_test(test_long_segments),
        cmocka_unit_test(test_small_loops),
        cmocka_unit_test(test_source_at_a_segments_end),
        cmocka_unit_test(test_ground_is_a_mirror),
        cmocka_unit_test(test_ports_against_single_solves),
        cmocka_unit_test(test_tasks_do_not_disturb_each_other),
        cmocka_unit_test(test_source_on_a_reversed_duplicate),
        cmocka_unit_test(test_power_balances),
        cmocka_unit_test(test_networks_against_nec),
        cmocka_unit_test(test_lines_of_half_a_wave),
        cmocka_unit_test(test_sense_of_circular_waves),
        cmocka_unit_test(test_threads_change_no_bit),
        cmocka_unit_test(test_loads_share_the_ground),
        cmocka_unit_test(test_two_solves_at_once),
        cmocka_unit_test(test_interrupted_solve_keeps_what_is_done),
        cmocka_unit_test(test_too_little_memory_is_said_before),
        cmocka_unit_test(test_jobs_follow_each_other),
        cmocka_unit_test(test_what_cannot_be_solved_is_refused),
    };
    return cmocka_run_group_tests_name("solve", tests, NULL, NULL);
}
