/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Rational models of few samples, and where the samples are taken. */

#include "network/sampler.h"
#include "assert_close.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 1001, ENTRIES_MAX = 4 };

/** Something to sample, at f from 1 to 2. */
typedef void (*sampled_function)(double f, double complex *value);

/** A rational function of degree 3 and another with the same poles. */
static void two_rationals(double f, double complex *value)
{
    const double complex pole[3] = {1.2 + 0.01 * I, 1.55 + 0.1 * I, 2.5 - 0.5 * I};
    value[0] = 0.3;
    value[1] = -0.1 * I;
    for (int k = 0; k < 3; k++) {
        value[0] += (0.003 + 0.002 * k * I) / (f - pole[k]);
        value[1] += 0.002 * (1.0 - 0.7 * I * k) / (f - pole[k]);
    }
}

/** Reflection of three resonances in parallel, behind a line of two wavelengths. */
static void resonances(double f, double complex *value)
{
    const double at[3] = {1.13, 1.46, 1.87}, quality[3] = {20.0, 100.0, 40.0};
    double complex y = 0.0;
    for (int k = 0; k < 3; k++)
        y += 1.2 / (1.0 + I * quality[k] * (f / at[k] - at[k] / f));
    value[0] = (1.0 - y) / (1.0 + y) * cexp(-2.0 * I * 3.14159265358979 * 2.0 * f);
}

static void constant(double f, double complex *value)
{
    (void)f;
    value[0] = 0.5 - 0.1 * I;
}

static double grid[POINTS];

static ali_sampler *make(size_t entries, double tolerance, double widest)
{
    ali_sampler *sampler = NULL;
    for (size_t i = 0; i < POINTS; i++)
        grid[i] = 1.0 + (double)i / (POINTS - 1);
    const ali_sampler_plan plan = {.count = POINTS,
                                   .x = grid,
                                   .entries = entries,
                                   .bounded = entries,
                                   .tolerance = tolerance,
                                   .bound = 1.0,
                                   .widest = widest};
    assert_int_equal(ali_sampler_create(&plan, &sampler, NULL), ALICORN_OK);
    return sampler;
}

/** Sample until the sampler has enough; returns how many. */
static size_t run(ali_sampler *sampler, sampled_function function, size_t at_once)
{
    size_t chosen[8], count;
    double complex value[ENTRIES_MAX];
    do {
        assert_int_equal(ali_sampler_next(sampler, at_once, chosen, &count, NULL), ALICORN_OK);
        for (size_t i = 0; i < count; i++) {
            assert_false(ali_sampler_knows(sampler, chosen[i]));
            function(grid[chosen[i]], value);
            assert_int_equal(ali_sampler_give(sampler, chosen[i], value, NULL), ALICORN_OK);
        }
    } while (count > 0);
    return ali_sampler_samples(sampler);
}

/** Largest error of the model at any point of the grid. */
static double true_error(const ali_sampler *sampler, sampled_function function, size_t entries)
{
    double complex share[256], value[ENTRIES_MAX], wanted[ENTRIES_MAX];
    double worst = 0.0;
    for (size_t i = 0; i < POINTS; i++) {
        ali_sampler_evaluate(sampler, i, share, value);
        function(grid[i], wanted);
        for (size_t e = 0; e < entries; e++)
            worst = fmax(worst, cabs(value[e] - wanted[e]));
    }
    return worst;
}

/** A rational function is found from as many samples as it has numbers, and is exact then. */
static void finds_a_rational_function(void **state)
{
    (void)state;
    double x[12];
    double complex f[12][2], share[12], value[2], wanted[2];
    ali_rational rational;
    for (int i = 0; i < 12; i++) {
        x[i] = 1.0 + i / 11.0;
        two_rationals(x[i], f[i]);
    }
    assert_int_equal(ali_rational_fit(12, x, 2, f[0], 12, 1e-10, &rational, NULL), ALICORN_OK);
    assert_int_equal(rational.count, 4);
    assert_true(rational.error < 1e-10);
    for (double at = 1.0; at <= 2.0; at += 0.01) {
        ali_rational_evaluate(&rational, 2, f[0], at, share, value);
        two_rationals(at, wanted);
        assert_close(value[0], wanted[0], 1e-8);
        assert_close(value[1], wanted[1], 1e-8);
    }
    ali_rational_clear(&rational);
}

/** The weights of one function interpolate another one of the same poles. */
static void weights_serve_others(void **state)
{
    (void)state;
    double x[16];
    double complex f[16], other[16], both[2], share[16];
    ali_rational rational;
    for (int i = 0; i < 16; i++) {
        x[i] = 1.0 + i / 15.0;
        two_rationals(x[i], both);
        f[i] = both[0];
        other[i] = both[1];
    }
    assert_int_equal(ali_rational_fit(16, x, 1, f, 16, 1e-10, &rational, NULL), ALICORN_OK);
    for (double at = 1.0; at <= 2.0; at += 0.01) {
        double complex sum = 0.0;
        ali_rational_shares(&rational, at, share);
        for (size_t k = 0; k < rational.count; k++)
            sum += share[k] * other[rational.support[k]];
        two_rationals(at, both);
        assert_close(sum, both[1], 1e-6);
    }
    ali_rational_clear(&rational);
}

static void few_samples_are_enough(void **state)
{
    (void)state;
    for (size_t at_once = 1; at_once <= 4; at_once++) {
        ali_sampler *sampler = make(1, 1e-3, 0.25);
        size_t samples = run(sampler, resonances, at_once);
        assert_true(samples < 45);
        assert_true(true_error(sampler, resonances, 1) <= 1e-3);
        assert_true(ali_sampler_error(sampler) <= 1e-3);
        ali_sampler_destroy(sampler);
    }
}

/** A weak resonance of quality 1e4, at a point of the grid and narrower than its steps, that the
 * first function hardly shows; behind it two currents: one of the part that resonates, which is
 * little else, and one of another. */
static void hidden(double f, double complex *value)
{
    const double complex pole = 1.437 + 0.5e-4 * 1.437 * I;
    const double complex broad = 1.7 + 0.15 * I;
    double complex tail = 1e-4 / (f - pole);
    value[0] = 0.3 + 0.05 * I / (f - broad) + 0.01 * tail;
    value[1] = (2.0 + f * I) * tail + 1e-4 / (f - broad);
    value[2] = 1.0 + 0.1 * I / (f - broad);
}

static ali_sampler *make_watching(size_t watched)
{
    ali_sampler *sampler = NULL;
    for (size_t i = 0; i < POINTS; i++)
        grid[i] = 1.0 + (double)i / (POINTS - 1);
    const ali_sampler_plan plan = {.count = POINTS,
                                   .x = grid,
                                   .entries = 1,
                                   .watched = watched,
                                   .bounded = 1,
                                   .tolerance = 1e-3,
                                   .bound = 1.0,
                                   .widest = 0.25};
    assert_int_equal(ali_sampler_create(&plan, &sampler, NULL), ALICORN_OK);
    return sampler;
}

/** Whoever looks at S alone misses it; the tails of the currents give it away. */
static void hidden_resonances_are_found(void **state)
{
    (void)state;
    for (size_t at_once = 1; at_once <= 2; at_once++) {
        ali_sampler *blind = make_watching(0), *watching = make_watching(2);
        run(blind, hidden, at_once);
        assert_true(true_error(blind, hidden, 1) > 0.01);
        assert_in_range(run(watching, hidden, at_once), 8, 24);
        assert_true(ali_sampler_knows(watching, 437));
        assert_true(true_error(watching, hidden, 1) <= 1e-3);
        ali_sampler_destroy(blind);
        ali_sampler_destroy(watching);
    }
}

/** Several functions of the same poles need fewer. */
static void several_functions(void **state)
{
    (void)state;
    ali_sampler *sampler = make(2, 1e-4, 0.25);
    assert_true(run(sampler, two_rationals, 2) <= 16);
    assert_true(true_error(sampler, two_rationals, 2) <= 1e-4);
    ali_sampler_destroy(sampler);
}

/** Nothing happens, and still no gap is wider than asked. */
static void gaps_are_bounded(void **state)
{
    (void)state;
    ali_sampler *sampler = make(1, 1e-3, 0.1);
    size_t samples = run(sampler, constant, 2), last = 0;
    assert_in_range(samples, 11, 24);
    for (size_t i = 1; i < POINTS; i++)
        if (ali_sampler_knows(sampler, i)) {
            assert_true(grid[i] - grid[last] <= 0.1 + 1e-9);
            last = i;
        }
    assert_int_equal(last, POINTS - 1);
    ali_sampler_destroy(sampler);
}

/** What cannot be modelled is sampled at all candidates, and has no error then. */
static void noise_is_sampled_everywhere(void **state)
{
    (void)state;
    double x[40], complex_noise = 0.7;
    ali_sampler *sampler = NULL;
    size_t chosen[2], count;
    for (size_t i = 0; i < 40; i++)
        x[i] = (double)i;
    const ali_sampler_plan plan = {.count = 40,
                                   .x = x,
                                   .entries = 1,
                                   .bounded = 1,
                                   .tolerance = 1e-3,
                                   .bound = 1.0,
                                   .widest = 40.0};
    assert_int_equal(ali_sampler_create(&plan, &sampler, NULL), ALICORN_OK);
    do {
        assert_int_equal(ali_sampler_next(sampler, 2, chosen, &count, NULL), ALICORN_OK);
        for (size_t i = 0; i < count; i++) {
            complex_noise = fmod(complex_noise * 97.31 + 0.123, 1.0);
            double complex value = complex_noise;
            assert_int_equal(ali_sampler_give(sampler, chosen[i], &value, NULL), ALICORN_OK);
        }
    } while (count > 0);
    assert_int_equal(ali_sampler_samples(sampler), 40);
    assert_close(ali_sampler_error(sampler), 0.0, 0.0);
    ali_sampler_destroy(sampler);
}

/** One candidate, and two. */
static void tiny_grids(void **state)
{
    (void)state;
    const double x[2] = {5.0, 6.0};
    for (size_t n = 1; n <= 2; n++) {
        ali_sampler *sampler = NULL;
        size_t chosen[4], count;
        const ali_sampler_plan plan = {.count = n,
                                       .x = x,
                                       .entries = 1,
                                       .bounded = 1,
                                       .tolerance = 1e-3,
                                       .bound = 1.0,
                                       .widest = 1.0};
        assert_int_equal(ali_sampler_create(&plan, &sampler, NULL), ALICORN_OK);
        assert_int_equal(ali_sampler_next(sampler, 4, chosen, &count, NULL), ALICORN_OK);
        assert_int_equal(count, n);
        for (size_t i = 0; i < count; i++) {
            double complex value = 0.1;
            assert_int_equal(ali_sampler_give(sampler, chosen[i], &value, NULL), ALICORN_OK);
        }
        assert_int_equal(ali_sampler_next(sampler, 4, chosen, &count, NULL), ALICORN_OK);
        assert_int_equal(count, 0);
        ali_sampler_destroy(sampler);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_rational_function),
        cmocka_unit_test(weights_serve_others),
        cmocka_unit_test(few_samples_are_enough),
        cmocka_unit_test(hidden_resonances_are_found),
        cmocka_unit_test(several_functions),
        cmocka_unit_test(gaps_are_bounded),
        cmocka_unit_test(noise_is_sampled_everywhere),
        cmocka_unit_test(tiny_grids),
    };
    return cmocka_run_group_tests_name("sampler", tests, NULL, NULL);
}
