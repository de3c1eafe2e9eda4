/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Adaptive sweeps of real decks, held against a solve at every frequency. */

#include "read_deck.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Half a wavelength at 28.5 MHz, from a tenth of a wavelength in all to one and a half. */
#define DIPOLE "GW 1 21 0 0 -2.5 0 0 2.5 0.005\n"
/** A hairpin beside it, which resonates at 49.5 MHz with a quality of about a thousand. */
#define HAIRPIN                                                                                    \
    "GW 2 11 0.1 0 0.2 0.1 0 1.7 0.001\nGW 3 1 0.1 0 1.7 0.13 0 1.7 0.001\n"                       \
    "GW 4 11 0.13 0 1.7 0.13 0 0.2 0.001\n"
#define DRIVEN "GE 0\nEX 0 1 11 0 1 0\n"

static const double TOLERANCE = 1e-3;

typedef struct watcher {
    size_t calls, stop_at;
    char note[32];
} watcher;

static int count_calls(void *user, const char *stage, size_t done, size_t total)
{
    watcher *w = user;
    assert_true(done <= total);
    w->calls += strcmp(stage, "frequency") == 0 && done > 0;
    return w->stop_at > 0 && strcmp(stage, "frequency") == 0 && done >= w->stop_at;
}

static void keep_note(void *user, const alicorn_diagnostic *diagnostic)
{
    watcher *w = user;
    snprintf(w->note, sizeof w->note, "%s", diagnostic->name);
}

static alicorn_options sweep_options(double tolerance)
{
    alicorn_options options;
    alicorn_options_default(&options);
    options.adaptive = tolerance;
    options.threads = 1;
    return options;
}

static alicorn_status solve_with(const char *deck, const alicorn_options *options,
                                 alicorn_result **result)
{
    alicorn_model *model = read_deck(deck);
    alicorn_error error = {0};
    alicorn_status status = alicorn_solve(model, options, result, &error);
    alicorn_model_destroy(model);
    return status;
}

static alicorn_result *solve(const char *deck, double tolerance)
{
    alicorn_options options = sweep_options(tolerance);
    alicorn_result *result = NULL;
    assert_int_equal(solve_with(deck, &options, &result), ALICORN_OK);
    return result;
}

static double distance(alicorn_complex a, alicorn_complex b)
{
    return hypot(a.re - b.re, a.im - b.im);
}

/** Largest |error| of S11 of the sweep, and how many frequencies are marked as solved. */
static double compare_s(const alicorn_result *swept, const alicorn_result *direct, size_t *solved)
{
    double worst = 0.0;
    *solved = 0;
    assert_int_equal(alicorn_result_count(swept), alicorn_result_count(direct));
    for (size_t i = 0; i < alicorn_result_count(swept); i++) {
        const alicorn_solve_result *a = alicorn_result_solve(swept, i);
        const alicorn_solve_result *b = alicorn_result_solve(direct, i);
        double off = distance(a->ports.s[0], b->ports.s[0]);
        assert_true(a->frequency_hz == b->frequency_hz);
        if (!a->interpolated) {
            assert_true(off == 0.0); /* one like any other solve */
            ++*solved;
        }
        worst = fmax(worst, off);
    }
    return worst;
}

/** Ten to one from a dozen solves. */
static void a_dipole_over_a_decade(void **state)
{
    (void)state;
    const char *deck = DIPOLE DRIVEN "FR 0 151 0 0 10 0.6\nXQ\nEN\n";
    alicorn_result *direct = solve(deck, 0.0), *swept = solve(deck, TOLERANCE);
    size_t solved;
    assert_int_equal(alicorn_result_sweep_count(direct), 0);
    assert_true(compare_s(swept, direct, &solved) < TOLERANCE);
    assert_in_range(solved, 8, 20);
    assert_int_equal(alicorn_result_sweep_count(swept), 1);
    const alicorn_sweep *sweep = alicorn_result_sweep(swept, 0);
    assert_int_equal(sweep->solved, solved);
    assert_int_equal(sweep->frequencies, 151);
    assert_true(sweep->error > 0.0 && sweep->error <= TOLERANCE);
    assert_true(sweep->largest_singular > 0.5 && sweep->largest_singular < 1.0 + TOLERANCE);
    alicorn_result_destroy(direct);
    alicorn_result_destroy(swept);
}

/** A resonance that moves S11 by 0.06 between two frequencies of the first rounds. */
static void a_narrow_resonance_is_not_missed(void **state)
{
    (void)state;
    const char *deck = DIPOLE HAIRPIN DRIVEN "FR 0 181 0 0 10 0.5\nXQ\nEN\n";
    alicorn_result *direct = solve(deck, 0.0), *swept = solve(deck, TOLERANCE);
    size_t solved;
    assert_true(compare_s(swept, direct, &solved) < TOLERANCE);
    assert_true(solved <= 45);
    alicorn_result_destroy(direct);
    alicorn_result_destroy(swept);
}

/** Eight dipoles around a tube on the ground, all entries of S together. */
static void eight_ports(void **state)
{
    (void)state;
    static const double height[8] = {1.0, 1.5, 2.5, 3.4, 4.6, 5.6, 6.6, 7.2};
    static const double length[8] = {0.9, 1.4, 0.6, 1.0, 0.8, 1.2, 0.7, 0.5};
    char deck[2000], *end = deck + sprintf(deck, "GW 100 16 0 0 0 0 0 8 0.05\n");
    for (int i = 0; i < 8; i++) {
        double x = 0.5 * cos(2.4 * i), y = 0.5 * sin(2.4 * i);
        end += sprintf(end, "GW %d 5 %.4f %.4f %.3f %.4f %.4f %.3f 0.005\n", i + 1, x, y,
                       height[i] - 0.5 * length[i], x, y, height[i] + 0.5 * length[i]);
    }
    end += sprintf(end, "GE 1\nGN 1\nFR 0 51 0 0 100 2\n");
    for (int i = 0; i < 8; i++)
        end += sprintf(end, "EX 0 %d 3 0 1 0\n", i + 1);
    sprintf(end, "XQ\nEN\n");
    alicorn_result *direct = solve(deck, 0.0), *swept = solve(deck, TOLERANCE);
    double worst = 0.0;
    for (size_t i = 0; i < alicorn_result_count(swept); i++) {
        const alicorn_ports *a = &alicorn_result_solve(swept, i)->ports;
        const alicorn_ports *b = &alicorn_result_solve(direct, i)->ports;
        assert_int_equal(a->count, 8);
        for (size_t k = 0; k < 64; k++)
            worst = fmax(worst, distance(a->s[k], b->s[k]));
    }
    assert_true(worst > 0.0 && worst < TOLERANCE);
    assert_in_range(alicorn_result_sweep(swept, 0)->solved, 8, 25);
    alicorn_result_destroy(direct);
    alicorn_result_destroy(swept);
}

/** Fields follow with the same weights, relative to the largest one. */
static void patterns_are_interpolated(void **state)
{
    (void)state;
    const char *deck = "GW 1 21 0 0 -2.5 0 0 2.5 0.005\nGW 2 21 1.5 1 -2.7 1.5 1 2.7 0.005\n" DRIVEN
                       "FR 0 81 0 0 20 0.5\nRP 0 7 8 1000 0 0 15 45\nEN\n";
    alicorn_result *direct = solve(deck, 0.0), *swept = solve(deck, TOLERANCE);
    size_t solved;
    assert_true(compare_s(swept, direct, &solved) < TOLERANCE);
    assert_true(solved <= 20);
    for (size_t i = 0; i < alicorn_result_count(swept); i++) {
        const alicorn_pattern *a = &alicorn_result_solve(swept, i)->patterns[0];
        const alicorn_pattern *b = &alicorn_result_solve(direct, i)->patterns[0];
        double largest = 0.0, worst = 0.0;
        assert_int_equal(alicorn_result_solve(swept, i)->pattern_count, 1);
        for (size_t k = 0; k < 56; k++) {
            largest = fmax(largest, distance(b->e_theta[k], (alicorn_complex){0, 0}));
            worst = fmax(worst, distance(a->e_theta[k], b->e_theta[k]));
            worst = fmax(worst, distance(a->e_phi[k], b->e_phi[k]));
        }
        assert_true(worst < 5.0 * TOLERANCE * largest);
        double gain = alicorn_pattern_at(b, 6, 3).total_dbi;
        assert_true(fabs(alicorn_pattern_at(a, 6, 3).total_dbi - gain) < 0.02);
    }
    alicorn_result_destroy(direct);
    alicorn_result_destroy(swept);
}

static void assert_same_sweep(const alicorn_result *a, const alicorn_result *b)
{
    assert_int_equal(alicorn_result_count(a), alicorn_result_count(b));
    for (size_t i = 0; i < alicorn_result_count(a); i++) {
        const alicorn_solve_result *p = alicorn_result_solve(a, i);
        const alicorn_solve_result *q = alicorn_result_solve(b, i);
        assert_int_equal(p->interpolated, q->interpolated);
        assert_memory_equal(p->ports.s, q->ports.s, sizeof *p->ports.s);
    }
    assert_true(alicorn_result_sweep(a, 0)->error == alicorn_result_sweep(b, 0)->error);
}

static const char *const short_sweep = DIPOLE DRIVEN "FR 0 101 0 0 10 0.5\nXQ\nEN\n";

/** The same frequencies are solved whatever the number of threads. */
static void threads_change_nothing(void **state)
{
    (void)state;
    alicorn_options options = sweep_options(TOLERANCE);
    alicorn_result *one = solve(short_sweep, TOLERANCE), *three = NULL;
    options.threads = 3;
    assert_int_equal(solve_with(short_sweep, &options, &three), ALICORN_OK);
    assert_same_sweep(one, three);
    alicorn_result_destroy(one);
    alicorn_result_destroy(three);
}

/** A sweep that was interrupted goes on, and ends as if it had not been. */
static void an_interrupted_sweep_goes_on(void **state)
{
    (void)state;
    char path[64];
    snprintf(path, sizeof path, "adaptive_sweep_%ld.resume", (long)getpid());
    unlink(path);
    watcher w = {.stop_at = 5};
    alicorn_options options = sweep_options(TOLERANCE);
    alicorn_result *whole = solve(short_sweep, TOLERANCE), *part = NULL, *rest = NULL;
    options.checkpoint = path;
    options.progress = count_calls;
    options.progress_user = &w;
    assert_int_equal(solve_with(short_sweep, &options, &part), ALICORN_E_INTERRUPTED);
    for (size_t i = 0; i < alicorn_result_count(part); i++)
        assert_int_equal(alicorn_result_solve(part, i)->interpolated, 0);
    assert_in_range(alicorn_result_count(part), 5, 7);
    options.resume = 1;
    w.stop_at = 0;
    assert_int_equal(solve_with(short_sweep, &options, &rest), ALICORN_OK);
    assert_same_sweep(whole, rest);
    unlink(path);
    alicorn_result_destroy(whole);
    alicorn_result_destroy(part);
    alicorn_result_destroy(rest);
}

/** What cannot be interpolated is solved, and that is said. */
static void near_fields_are_solved(void **state)
{
    (void)state;
    const char *deck = DIPOLE DRIVEN "FR 0 6 0 0 20 1\nNE 0 1 1 1 1 0 0 0 0 0\nEN\n";
    watcher w = {0};
    alicorn_options options = sweep_options(TOLERANCE);
    alicorn_result *result = NULL;
    options.report = keep_note;
    options.report_user = &w;
    assert_int_equal(solve_with(deck, &options, &result), ALICORN_OK);
    assert_string_equal(w.note, "not-adaptive");
    assert_int_equal(alicorn_result_sweep_count(result), 0);
    for (size_t i = 0; i < alicorn_result_count(result); i++)
        assert_int_equal(alicorn_result_solve(result, i)->interpolated, 0);
    alicorn_result_destroy(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dipole_over_a_decade),
        cmocka_unit_test(a_narrow_resonance_is_not_missed),
        cmocka_unit_test(eight_ports),
        cmocka_unit_test(patterns_are_interpolated),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(an_interrupted_sweep_goes_on),
        cmocka_unit_test(near_fields_are_solved),
    };
    return cmocka_run_group_tests_name("adaptive_sweep", tests, NULL, NULL);
}
