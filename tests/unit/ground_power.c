/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Where the power of antennas over ground goes, by whole solves: what the sources deliver, from
 * the impedances, against what the far fields of both sides carry. */

#include "alicorn/alicorn.h"
#include "assert_close.h"
#include "base/constants.h"
#include "read_deck.h"

#include <math.h>
#include <stdio.h>

/** Power over the input that a pattern carries through the sector it was asked for, by its average
 * gain. */
static double share_of(const alicorn_pattern *pattern)
{
    assert_true(pattern->average != 0);
    return pattern->average_gain * pattern->solid_angle / (4.0 * ALI_PI);
}

static alicorn_result *solve(const char *deck)
{
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = 1;
    alicorn_model *model = read_deck(deck);
    alicorn_result *result = NULL;
    alicorn_error error = {0};
    if (alicorn_solve(model, &options, &result, &error))
        fail_msg("%s", error.message);
    alicorn_model_destroy(model);
    return result;
}

/** A dipole between two points, at 299.8 MHz, over a ground (GN card), with patterns of both
 * halves.
 */
static void make_deck(const char *ends, const char *ground, char *deck, size_t size)
{
    snprintf(
        deck, size,
        "CE\nGW 1 9 %s .001\nGE 0\n%sEX 0 1 5 0 1\nFR 0 1 0 0 299.8\n"
        "RP 0 901 13 1001 0 0 .1 30\nRP 0 901 13 1001 90 0 .1 30\nRP 0 1801 13 1001 90 0 .05 30\n"
        "EN\n",
        ends, ground);
}

static const char *const dipoles[] = {
    "-.22 0 .2 .22 0 .2",     /* level */
    "0 0 .1 0 0 .5",          /* upright */
    "-.15 0 .05 .15 0 .3",    /* slanting */
    "-.15 0 -.05 .15 0 -.12", /* buried */
    "-.1 0 -.15 .1 0 .2"      /* through the ground */
};
enum { DIPOLES = sizeof dipoles / sizeof *dipoles };

static void test_lossless_ground_takes_what_is_radiated_below(void **state)
{
    (void)state;
    for (int d = 0; d < DIPOLES; d++) {
        char deck[400];
        make_deck(dipoles[d], "GN 2 0 0 0 4 0\n", deck, sizeof deck);
        alicorn_result *result = solve(deck);
        const alicorn_solve_result *one = alicorn_result_solve(result, 0);
        const alicorn_power *power = &one->power;
        assert_int_equal(one->pattern_count, 3);
        assert_close(one->patterns[1].below_index, 2.0, 1e-12);
        /* beyond the critical angle the field starts like a root, so that errors of the sum over
         * steps h fall like h^(3/2) */
        double up = share_of(&one->patterns[0]), root = pow(2.0, 1.5);
        double down =
            (root * share_of(&one->patterns[2]) - share_of(&one->patterns[1])) / (root - 1.0);
        assert_close(up, power->far_field / power->input, 1e-5);
        assert_close(up + down, 1.0, 1e-4);
        assert_true(power->has_ground_loss);
        assert_close(power->ground_loss / power->input, down, 1e-4);
        alicorn_result_destroy(result);
    }
}

static void test_lossy_ground_keeps_power(void **state)
{
    (void)state;
    const char *grounds[] = {"GN 2 0 0 0 13 .05\n", "GN 0 0 0 0 13 .05\n"};
    double loss[2];
    for (int g = 0; g < 2; g++) {
        char deck[400];
        make_deck(dipoles[0], grounds[g], deck, sizeof deck);
        alicorn_result *result = solve(deck);
        const alicorn_solve_result *one = alicorn_result_solve(result, 0);
        const alicorn_power *power = &one->power;
        assert_close(one->patterns[1].below_index, 0.0, 0.0);
        assert_close(share_of(&one->patterns[1]), 0.0, 0.0);
        assert_true(power->has_ground_loss);
        loss[g] = power->ground_loss / power->input;
        assert_close(share_of(&one->patterns[0]) + loss[g], 1.0, 1e-5);
        alicorn_result_destroy(result);
    }
    assert_true(loss[0] > 0.1 && loss[0] < 0.5);
    assert_close(loss[1], loss[0], 0.1); /* reflection coefficients know it roughly */
}

static void test_no_loss_without_a_lossy_ground(void **state)
{
    (void)state;
    const char *grounds[] = {"", "GN 1\n"};
    for (int g = 0; g < 2; g++) {
        char deck[400];
        make_deck(dipoles[1], grounds[g], deck, sizeof deck);
        alicorn_result *result = solve(deck);
        const alicorn_solve_result *one = alicorn_result_solve(result, 0);
        assert_false(one->power.has_ground_loss);
        assert_close(one->patterns[1].below_index, g ? 0.0 : 1.0, 0.0);
        assert_close(share_of(&one->patterns[0]) + (g ? 0.0 : share_of(&one->patterns[1])), 1.0,
                     1e-5);
        alicorn_result_destroy(result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lossless_ground_takes_what_is_radiated_below),
        cmocka_unit_test(test_lossy_ground_keeps_power),
        cmocka_unit_test(test_no_loss_without_a_lossy_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
