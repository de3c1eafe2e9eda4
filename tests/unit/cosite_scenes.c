/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  What must hold of any scene; paths through S, chains and space; frequency plans. */

#include "cosite_support.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cosite/between.h"
#include "cosite/chain.h"

#define ROUNDS 4

/* ---- properties ---- */

static double cell_margin(const alicorn_cosite_result *result, size_t victim, size_t aggressor)
{
    size_t worst = result->cells[victim * result->radio_count + aggressor].worst;
    return worst == ALICORN_COSITE_NONE ? -HUGE_VAL : result->entries[worst].margin_db;
}

/** No margin of `after` is above that of `before`. */
static void assert_not_worse(const alicorn_cosite_result *before,
                             const alicorn_cosite_result *after)
{
    for (size_t v = 0; v < before->radio_count; v++) {
        for (size_t a = 0; a < before->radio_count; a++)
            assert_true(cell_margin(after, v, a) <= cell_margin(before, v, a) + 1e-9);
        if (before->totals[v].applies && after->totals[v].applies)
            assert_true(after->totals[v].blocking_margin_db <=
                        before->totals[v].blocking_margin_db + 1e-9);
    }
    assert_true(after->availability <= 1 && before->availability >= 0);
}

static void raise_selectivity(ali_radio *radio)
{
    for (size_t i = 1; i < radio->receiver.selectivity.count; i++)
        radio->receiver.selectivity.y[i] += 7;
    radio->receiver.image_rejection[0] += 5;
}

static void lower_power(ali_radio *radio)
{
    radio->transmitter.power_dbm -= 3;
}

static void lengthen_path(ali_radio *radio)
{
    ali_chain_element *pad = ali_chain_add(&radio->chain);
    pad->kind = ALI_CHAIN_ATTENUATOR;
    pad->loss = 2;
}

/** Less power, more loss and more selectivity never make a margin worse. */
static void margins_are_monotonic(void **unused)
{
    (void)unused;
    void (*const changes[])(ali_radio *) = {lower_power, lengthen_path, raise_selectivity};
    uint64_t state = 3;
    for (size_t k = 0; k < ROUNDS * 3; k++) {
        alicorn_radios *radios = random_scene(&state, 6, 5);
        alicorn_cosite_result *before = run_scene(radios, NULL);
        for (size_t r = 0; r < radios->radio_count; r++)
            changes[k % 3](&radios->radios[r]);
        alicorn_cosite_result *after = run_scene(radios, NULL);
        assert_not_worse(before, after);
        alicorn_cosite_result_destroy(before);
        alicorn_cosite_result_destroy(after);
        alicorn_radios_destroy(radios);
    }
}

static void order_of_radios_does_not_matter(void **unused)
{
    (void)unused;
    uint64_t state = 5;
    for (size_t k = 0; k < ROUNDS; k++) {
        alicorn_radios *radios = random_scene(&state, 7, 4);
        size_t n = radios->radio_count;
        alicorn_cosite_result *before = run_scene(radios, NULL);
        for (size_t r = 0; r < n / 2; r++) {
            ali_radio other = radios->radios[r];
            radios->radios[r] = radios->radios[n - 1 - r];
            radios->radios[n - 1 - r] = other;
        }
        alicorn_cosite_result *after = run_scene(radios, NULL);
        assert_int_equal(after->entry_count + after->entries_left_off,
                         before->entry_count + before->entries_left_off);
        for (size_t v = 0; v < n; v++)
            for (size_t a = 0; a < n; a++) {
                double one = cell_margin(before, v, a);
                double two = cell_margin(after, n - 1 - v, n - 1 - a);
                assert_true(one == two || fabs(one - two) < 1e-9);
                assert_near(before->cells[v * n + a].availability,
                            after->cells[(n - 1 - v) * n + n - 1 - a].availability, 1e-12);
            }
        alicorn_cosite_result_destroy(before);
        alicorn_cosite_result_destroy(after);
        alicorn_radios_destroy(radios);
    }
}

/** Everybody together is at least as bad as anybody alone; the mean is not worse than the peak. */
static void totals_contain_the_worst(void **unused)
{
    (void)unused;
    uint64_t state = 9;
    size_t seen = 0;
    for (size_t k = 0; k < ROUNDS; k++) {
        alicorn_radios *radios = random_scene(&state, 6, 5);
        alicorn_cosite_result *result = run_scene(radios, NULL);
        for (size_t e = 0; e < result->entry_count; e++) {
            const alicorn_cosite_entry *entry = &result->entries[e];
            const alicorn_cosite_total *total = &result->totals[entry->victim];
            if (entry->response == ALICORN_RESPONSE_BLOCKING)
                assert_true(total->blocking_margin_db >= entry->margin_db - 1e-9);
            else if (entry->response != ALICORN_RESPONSE_SATURATION)
                assert_true(total->margin_db >= entry->margin_db - 1e-9);
            assert_true(total->mean_dbm <= total->level_dbm + 1e-9);
            assert_true(total->time_share >= 0 && total->time_share <= 1);
            seen++;
        }
        alicorn_cosite_result_destroy(result);
        alicorn_radios_destroy(radios);
    }
    assert_true(seen > 100);
}

/* ---- paths ---- */

/** Two-port of one coupling at `count` frequencies from `first` on. */
static alicorn_network *make_network(double reflection, double coupling, double first, double step,
                                     size_t count)
{
    alicorn_network *network;
    const char *names[] = {"A", "B"};
    assert_int_equal(alicorn_network_create(2, names, NULL, &network, NULL), ALICORN_OK);
    const alicorn_complex s[] = {{reflection, 0}, {coupling, 0}, {coupling, 0}, {reflection, 0}};
    for (size_t k = 0; k < count; k++)
        assert_int_equal(alicorn_network_append(network, first + step * (double)k, s, NULL, NULL),
                         ALICORN_OK);
    return network;
}

/** A sender of 0 dBm at 120 MHz with a second harmonic, and a receiver, on the ports of a mast. */
static alicorn_radios *mast_scene(double reflection)
{
    alicorn_radios *radios = make_scene();
    radios->platforms[0].free_space = false;
    ali_radio *sender = add_radio(radios, "sender", 0);
    add_channels(sender, 120e6, 0, 1);
    add_harmonics(make_transmitter(sender, 0, 10e3), 2, -50);
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, 120e6, 0, 1);
    make_receiver(listener, -100, 10e3);
    add_point(&radios->radios[1].receiver.selectivity, 5e3, 60);
    radios->radios[0].port_name = strdup("a"); /* in any case */
    radios->radios[1].port_name = strdup("B");
    assert_int_equal(alicorn_radios_set_network(
                         radios, "mast", make_network(reflection, 0.01, 100e6, 1e6, 61), NULL),
                     ALICORN_OK);
    return radios;
}

static void paths_end_where_s_ends(void **unused)
{
    (void)unused;
    alicorn_radios *radios = mast_scene(0);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    assert_int_equal(result->entry_count, 1);
    assert_near(result->entries[0].path_db, 40, 1e-9);
    assert_int_equal(result->unknown_count, 1);
    const alicorn_cosite_unknown *unknown = &result->unknowns[0];
    assert_int_equal(unknown->victim, 1);
    assert_int_equal(unknown->aggressor, 0);
    assert_int_equal(unknown->emission, ALICORN_EMISSION_HARMONIC);
    assert_int_equal(unknown->number, 2);
    assert_near(unknown->low_hz, 240e6, 1);
    assert_int_equal(result->cells[2].unknown, 1);
    assert_false(result->entries[0].assumed);
    alicorn_cosite_result_destroy(result);

    alicorn_cosite_options options;
    alicorn_cosite_options_default(&options);
    options.hold = 1;
    result = run_scene(radios, &options);
    assert_int_equal(result->unknown_count, 0);
    const alicorn_cosite_entry *held =
        find_entry(result, 1, 0, ALICORN_EMISSION_HARMONIC, ALICORN_RESPONSE_SELECTIVITY, 2);
    assert_non_null(held);
    assert_true(held->assumed);
    assert_near(held->margin_db, -50 - 40 + 100 - 60, 1e-9);
    assert_false(
        find_entry(result, 1, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_CHANNEL, 0)->assumed);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** Bands with nothing between them are not joined by interpolation. */
static void paths_do_not_cross_gaps(void **unused)
{
    (void)unused;
    alicorn_radios *radios = mast_scene(0);
    alicorn_network *network = make_network(0, 0.01, 100e6, 1e6, 61);
    const alicorn_complex s[] = {{0, 0}, {0.01, 0}, {0.01, 0}, {0, 0}};
    for (size_t k = 0; k < 10; k++)
        assert_int_equal(alicorn_network_append(network, 300e6 + 1e6 * (double)k, s, NULL, NULL),
                         ALICORN_OK);
    assert_int_equal(alicorn_radios_set_network(radios, "mast", network, NULL), ALICORN_OK);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    assert_int_equal(result->unknown_count, 1); /* the harmonic at 240 MHz */
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

static void missing_ports_are_named(void **unused)
{
    (void)unused;
    alicorn_radios *radios = mast_scene(0);
    free(radios->radios[1].port_name);
    radios->radios[1].port_name = strdup("C");
    radios->radios[1].origin.line = 17;
    alicorn_error error;
    assert_int_equal(
        alicorn_radios_set_network(radios, "mast", make_network(0, 0.01, 100e6, 1e6, 3), &error),
        ALICORN_E_INPUT);
    assert_int_equal(error.line, 17);
    assert_non_null(strstr(error.message, "\"C\""));
    alicorn_radios_destroy(radios);
}

/** Two mismatches of 0.5 with a lossless line's two-port between them: S of the chain and of the
 * antennas join with all reflections, t1 t2/(1 - r2 r1) for each interface. */
static void chains_cascade_with_their_mismatch(void **unused)
{
    (void)unused;
    alicorn_radios *radios = mast_scene(0.5);
    ali_radio_network *stub = ali_radios_add_network(radios);
    stub->file = strdup("");
    stub->network = make_network(0.5, sqrt(0.75), 100e6, 1e6, 61);
    ali_chain_element *element = ali_chain_add(&radios->radios[0].transmitter.chain);
    element->kind = ALI_CHAIN_NETWORK;
    element->network = 1;
    alicorn_cosite_result *result = run_scene(radios, NULL);
    double through = sqrt(0.75) * 0.01 / (1 - 0.5 * 0.5);
    assert_near(result->entries[0].path_db, -20 * log10(through), 1e-3);
    alicorn_cosite_result_destroy(result);

    /* what is known by its loss only adds in dB, and separates the mismatches */
    ali_chain_element *cable = ali_chain_add(&radios->radios[0].transmitter.chain);
    cable->kind = ALI_CHAIN_CABLE;
    cable->length = 20;
    add_point(&cable->cable, 30e6, 0.05);
    result = run_scene(radios, NULL);
    assert_near(result->entries[0].path_db,
                -20 * log10(sqrt(0.75) * 0.01) + 20 * 0.05 * sqrt(120. / 30), 1e-9);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** Total reflections that face each other in phase: S does not tell what passes, 0/0. */
static void lossless_resonance_is_no_path(void **unused)
{
    (void)unused;
    ali_way way = ali_way_begin();
    ali_way_add(&way, (double _Complex[4]){1, 0, 0, 1}, 50, 50);
    assert_int_equal(way.state, ALI_KNOWN);
    ali_way_add(&way, (double _Complex[4]){1, 0, 0, 1}, 50, 50);
    assert_int_equal(way.state, ALI_UNKNOWN);
}

/** Butterworth of order 3: 1 + Omega^6. Chebyshev of order 3 and 0.5 dB: 19.2 dB at twice the edge.
 * A band-pass has its prototype's loss at (f/f0 - f0/f)/(B/f0). */
static void filters_follow_their_prototypes(void **unused)
{
    (void)unused;
    bool known;
    ali_filter filter = {.shape = ALI_FILTER_LOW_PASS, .order = 3, .high = 100e6, .ultimate = NAN};
    assert_near(ali_filter_loss(&filter, 100e6, &known), 3.0103, 1e-4);
    assert_near(ali_filter_loss(&filter, 200e6, &known), 10 * log10(1 + 64), 1e-9);
    filter.ripple = 0.5;
    filter.loss = 1;
    double cosine = cosh(3 * acosh(2)), ripple = pow(10, 0.05) - 1;
    assert_near(ali_filter_loss(&filter, 100e6, &known), 1.5, 1e-9);
    assert_near(ali_filter_loss(&filter, 200e6, &known),
                1 + 10 * log10(1 + ripple * cosine * cosine), 1e-9);
    filter.ultimate = 15;
    assert_near(ali_filter_loss(&filter, 300e6, &known), 16, 1e-9);
    filter = (ali_filter){
        .shape = ALI_FILTER_BAND_PASS, .order = 2, .low = 90e6, .high = 110e6, .ultimate = NAN};
    assert_near(ali_filter_loss(&filter, sqrt(90e6 * 110e6), &known), 0, 1e-9);
    assert_near(ali_filter_loss(&filter, 90e6, &known), 3.0103, 1e-4);
    assert_near(ali_filter_loss(&filter, 200e6, &known),
                10 * log10(1 + pow((200. * 200 - 9900) / (20 * 200), 4)), 1e-9);
    filter.shape = ALI_FILTER_BAND_STOP;
    filter.ultimate = 50;
    assert_near(ali_filter_loss(&filter, sqrt(90e6 * 110e6), &known), 50, 1e-9);
}

/** Free space; plane earth far away, (h1 h2/d^2)^2 whatever the frequency; a perfect conductor
 * doubles the field of vertical antennas at z = 0; Norton's wave over sea reaches where the rays of
 * low antennas cancel. */
static void space_follows_its_laws(void **unused)
{
    (void)unused;
    ali_medium sea, metal = {0};
    assert_true(ali_medium_find("sea", &sea));
    const double a[] = {0, 0, 0}, b[] = {100, 0, 0};
    assert_near(ali_between_gain(ALI_PATH_FREE_SPACE, &sea, a, b, ALI_RADIO_VERTICAL, 10e6), -32.45,
                0.01);
    assert_near(ali_between_gain(ALI_PATH_TWO_RAY, &metal, a, b, ALI_RADIO_VERTICAL, 10e6),
                -32.45 + 6.02, 0.01);
    const double low[] = {0, 0, 10}, far[] = {20e3, 0, 15};
    assert_near(ali_between_gain(ALI_PATH_TWO_RAY, &metal, low, far, ALI_RADIO_HORIZONTAL, 150e6),
                20 * log10(10. * 15 / (20e3 * 20e3)), 0.1);
    assert_near(ali_between_gain(ALI_PATH_TWO_RAY, &sea, low, far, ALI_RADIO_HORIZONTAL, 300e6),
                20 * log10(10. * 15 / (20e3 * 20e3)), 0.1);
    /* 2 MHz over 100 km of sea from antennas on it: little less than over metal */
    const double shore[] = {0, 0, 0}, ship[] = {20e3, 0, 0};
    double over_metal =
        ali_between_gain(ALI_PATH_TWO_RAY, &metal, shore, ship, ALI_RADIO_VERTICAL, 2e6);
    double over_sea =
        ali_between_gain(ALI_PATH_GROUND_WAVE, &sea, shore, ship, ALI_RADIO_VERTICAL, 2e6);
    assert_near(over_sea, over_metal, 0.5);
    assert_true(ali_between_gain(ALI_PATH_TWO_RAY, &sea, shore, ship, ALI_RADIO_VERTICAL, 2e6) <
                over_metal - 40);
    /* not more than is sent */
    const double near_by[] = {0, 0, 0.1};
    assert_near(
        ali_between_gain(ALI_PATH_FREE_SPACE, &sea, shore, near_by, ALI_RADIO_VERTICAL, 2e6), 0, 0);
}

/* ---- plans ---- */

/** Simplex radios that disturb each other on the same channel only, or by products of order 3. */
static alicorn_radios *net_scene(size_t radio_count, size_t channel_count, double intercept)
{
    alicorn_radios *radios = make_scene();
    for (size_t r = 0; r < radio_count; r++) {
        ali_radio *radio = add_radio(radios, "net", 0);
        add_channels(radio, 150e6, 1e6, channel_count);
        make_transmitter(radio, 40, 16e3);
        ali_receiver *receiver = make_receiver(radio, -100, 16e3);
        if (isfinite(intercept))
            receiver->iip[3] = intercept;
    }
    for (size_t r = 0; r < radio_count; r++)
        for (size_t other = 0; other < r; other++)
            state_isolation(radios, r, other, 60);
    return radios;
}

static void three_nets_need_three_channels(void **unused)
{
    (void)unused;
    alicorn_radios *radios = net_scene(3, 3, NAN);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    assert_int_equal(result->plan.state, ALICORN_PLAN_FREE);
    const size_t *c = result->plan.channels;
    assert_true(c[0] != c[1] && c[1] != c[2] && c[0] != c[2]);
    assert_int_equal(result->plan.conflicts, 0);
    assert_near(result->availability, 6. / 27, 1e-12);
    assert_near(result->availability_error, 0, 0);
    assert_near(result->cells[1].availability, 2. / 3, 1e-12);
    assert_near(result->totals[0].availability, 4. / 9, 1e-12);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);

    radios = net_scene(3, 2, NAN);
    result = run_scene(radios, NULL);
    assert_int_equal(result->plan.state, ALICORN_PLAN_BEST);
    assert_true(result->plan.exact);
    assert_int_equal(result->plan.conflicts, 1);
    assert_near(result->plan.worst_margin_db, 80, 1e-6);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** With products of order 3 the channels of four nets, one of which only listens to the others,
 * must not be a + b - c or 2 a - b of each other: differences occur once (a Golomb ruler, of
 * length 6 for four marks: seven channels are enough and six are not). */
static void products_make_plans_sparse(void **unused)
{
    (void)unused;
    for (size_t channels = 6; channels <= 7; channels++) {
        alicorn_radios *radios = net_scene(4, channels, -10);
        alicorn_cosite_options options;
        alicorn_cosite_options_default(&options);
        options.order = 3;
        alicorn_cosite_result *result = run_scene(radios, &options);
        if (channels == 6) {
            assert_int_equal(result->plan.state, ALICORN_PLAN_BEST);
            assert_true(result->plan.conflicts > 0);
        } else {
            assert_int_equal(result->plan.state, ALICORN_PLAN_FREE);
            for (size_t a = 0; a < 4; a++)
                for (size_t b = 0; b < 4; b++)
                    for (size_t c = 0; c < 4; c++)
                        for (size_t d = 0; d < 4; d++)
                            if (c != d && a != d && b != d && a != c && b != c)
                                assert_true(result->plan.channels[a] + result->plan.channels[b] !=
                                            result->plan.channels[c] + result->plan.channels[d]);
        }
        alicorn_cosite_result_destroy(result);
        alicorn_radios_destroy(radios);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(margins_are_monotonic),
        cmocka_unit_test(order_of_radios_does_not_matter),
        cmocka_unit_test(totals_contain_the_worst),
        cmocka_unit_test(paths_end_where_s_ends),
        cmocka_unit_test(paths_do_not_cross_gaps),
        cmocka_unit_test(missing_ports_are_named),
        cmocka_unit_test(chains_cascade_with_their_mismatch),
        cmocka_unit_test(lossless_resonance_is_no_path),
        cmocka_unit_test(filters_follow_their_prototypes),
        cmocka_unit_test(space_follows_its_laws),
        cmocka_unit_test(three_nets_need_three_channels),
        cmocka_unit_test(products_make_plans_sparse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
