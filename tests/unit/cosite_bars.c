/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Error bars of margins from those of S, and products beyond their law: worked by hand. */

#include "cosite_support.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PORTS = 3 };

/** Three antennas from 100 to 160 MHz of one reflection, each pair coupled alike. The error of all
 * couplings goes from the first to the second value at 130 MHz. */
static alicorn_network *make_antennas(double reflection, double reflection_error, double coupling,
                                      const double coupling_error[2])
{
    const char *names[] = {"A", "B", "C"};
    alicorn_network *network;
    assert_int_equal(alicorn_network_create(PORTS, names, NULL, &network, NULL), ALICORN_OK);
    for (size_t k = 0; k < 61; k++) {
        alicorn_complex s[PORTS * PORTS];
        double error[PORTS * PORTS];
        for (size_t i = 0; i < PORTS * PORTS; i++) {
            bool own = i % (PORTS + 1) == 0;
            s[i] = (alicorn_complex){own ? reflection : 0, own ? 0 : coupling};
            error[i] = own ? reflection_error : coupling_error[k >= 30];
        }
        assert_int_equal(alicorn_network_append(network, 100e6 + 1e6 * (double)k, s, error, NULL),
                         ALICORN_OK);
    }
    return network;
}

/** Senders of 0 dBm at A and B and a listener at C, which stands -100 dBm. The network is taken
 * over. */
static alicorn_radios *make_mast(double first, double second, double listened,
                                 alicorn_network *network)
{
    alicorn_radios *radios = make_scene();
    radios->platforms[0].free_space = false;
    const double frequency[PORTS] = {first, second, listened};
    const char *const port[PORTS] = {"A", "B", "C"};
    for (size_t r = 0; r < PORTS; r++) {
        ali_radio *radio = add_radio(radios, port[r], 0);
        add_channels(radio, frequency[r], 0, 1);
        radios->radios[r].port_name = strdup(port[r]);
        if (r < 2)
            make_transmitter(&radios->radios[r], 0, 10e3);
        else
            make_receiver(&radios->radios[r], -100, 10e3);
    }
    assert_int_equal(alicorn_radios_set_network(radios, "mast", network, NULL), ALICORN_OK);
    return radios;
}

static void assert_bar(const alicorn_cosite_entry *entry, double less, double more)
{
    assert_non_null(entry);
    assert_true(entry->has_error);
    assert_near(entry->margin_db - entry->margin_least_db, less, 1e-9);
    assert_near(entry->margin_most_db - entry->margin_db, more, 1e-9);
}

/** 0.01 that may be off by 0.001 is 20 lg 1.1 = 0.828 dB more or -20 lg 0.9 = 0.915 dB less;
 * between samples the larger error of the two beside counts. */
static void coupling_errors_are_those_of_margins(void **unused)
{
    (void)unused;
    const double error[2] = {0.001, 0.002};
    alicorn_radios *radios = make_mast(120e6, 129.5e6, 120e6, make_antennas(0, 0, 0.01, error));
    add_point(&radios->radios[2].receiver.selectivity, 5e3, 30);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    assert_bar(find_entry(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_CHANNEL, 0),
               -20 * log10(0.9), 20 * log10(1.1));
    assert_bar(find_entry(result, 2, 1, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_SELECTIVITY, 0),
               -20 * log10(0.8), 20 * log10(1.2));
    /* 60 and 30 dB add, and so do their ends: the weak one's matter little */
    assert_true(result->totals[2].has_error);
    assert_near(result->totals[2].margin_db, 10 * log10(1e6 + 1e3), 1e-9);
    assert_near(result->totals[2].margin_most_db, 10 * log10(1e6 * 1.21 + 1e3 * 1.44), 1e-9);
    assert_near(result->totals[2].margin_least_db, 10 * log10(1e6 * 0.81 + 1e3 * 0.64), 1e-9);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** An error as large as the coupling: there may be none, or twice as much. */
static void coupling_may_vanish(void **unused)
{
    (void)unused;
    const double error[2] = {0.01, 0.01};
    alicorn_radios *radios = make_mast(120e6, 150e6, 120e6, make_antennas(0, 0, 0.01, error));
    alicorn_cosite_result *result = run_scene(radios, NULL);
    const alicorn_cosite_entry *entry =
        find_entry(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_CHANNEL, 0);
    assert_true(entry->margin_least_db == -HUGE_VAL);
    assert_near(entry->margin_most_db - entry->margin_db, 20 * log10(2), 1e-9);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** S without errors: no bars. */
static void nothing_is_claimed_without_errors(void **unused)
{
    (void)unused;
    const double error[2] = {0.001, 0.001};
    alicorn_network *network = make_antennas(0, 0, 0.01, error);
    free(network->s_error);
    network->s_error = NULL;
    alicorn_radios *radios = make_mast(120e6, 150e6, 120e6, network);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    const alicorn_cosite_entry *entry = &result->entries[0];
    assert_false(entry->has_error);
    assert_true(entry->margin_least_db == entry->margin_db &&
                entry->margin_most_db == entry->margin_db);
    assert_false(result->totals[2].has_error);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** Behind a two-port of reflection 0.5, an antenna of reflection 0.5 ± 0.05 takes 1/(1 - 0.25):
 * from 1/(1 - 0.225) to 1/(1 - 0.275). */
static void reflections_count_where_there_is_mismatch(void **unused)
{
    (void)unused;
    const double none[2] = {0, 0};
    alicorn_radios *radios = make_mast(120e6, 150e6, 120e6, make_antennas(0.5, 0.05, 0.01, none));
    ali_radio_network *stub = ali_radios_add_network(radios);
    stub->file = strdup("");
    assert_int_equal(alicorn_network_create(2, NULL, NULL, &stub->network, NULL), ALICORN_OK);
    const alicorn_complex s[] = {{0.5, 0}, {sqrt(0.75), 0}, {sqrt(0.75), 0}, {0.5, 0}};
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(
            alicorn_network_append(stub->network, 100e6 + 30e6 * (double)k, s, NULL, NULL),
            ALICORN_OK);
    ali_chain_element *element = ali_chain_add(&radios->radios[0].transmitter.chain);
    element->kind = ALI_CHAIN_NETWORK;
    element->network = 1;
    alicorn_cosite_result *result = run_scene(radios, NULL);
    assert_bar(find_entry(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_CHANNEL, 0),
               20 * log10(0.775 / 0.75), 20 * log10(0.75 / 0.725));
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** 2 · 120 - 121 = 119 MHz: the path of the first counts twice, that of the second once. Levels are
 * -40 dBm, the product 2 (-40) - 40 - 2 · 10 = -140 dBm at 10 dBm of intercept. */
static void products_count_their_paths(void **unused)
{
    (void)unused;
    const double error[2] = {0.001, 0.001};
    alicorn_cosite_options options;
    alicorn_cosite_options_default(&options);
    options.floor_db = -HUGE_VAL;
    options.order = 3;
    alicorn_radios *radios = make_mast(120e6, 121e6, 119e6, make_antennas(0, 0, 0.01, error));
    ali_receiver *receiver = &radios->radios[2].receiver;
    receiver->iip[3] = 10;
    alicorn_cosite_result *result = run_scene(radios, &options);
    const alicorn_cosite_entry *entry =
        find_entry(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_INTERMODULATION, 3);
    assert_bar(entry, -60 * log10(0.9), 60 * log10(1.1));
    assert_near(entry->margin_db, -40, 1e-9);
    assert_false(entry->beyond_law);
    /* nothing else is heard: the sum is the product, and has its bar */
    assert_near(result->totals[2].margin_db, -40, 1e-9);
    assert_near(result->totals[2].margin_most_db, entry->margin_most_db, 1e-9);
    assert_near(result->totals[2].margin_least_db, entry->margin_least_db, 1e-9);
    assert_false(result->totals[2].beyond_law);
    alicorn_cosite_result_destroy(result);

    /* tones of -40 dBm compress this one, and are above the intercept of that one */
    receiver->p1db_dbm = -41;
    result = run_scene(radios, &options);
    entry = find_entry(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_INTERMODULATION, 3);
    assert_near(entry->margin_db, -40, 1e-9);
    assert_true(entry->beyond_law);
    assert_false(find_entry(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_BLOCKING, 0)
                     ->beyond_law);
    assert_true(result->totals[2].beyond_law);
    /* both carriers are 1 dB above the compression point, each 0.828 dB more or 0.915 dB less */
    assert_near(result->totals[2].blocking_margin_db, 1 + 10 * log10(2), 1e-9);
    assert_near(result->totals[2].blocking_most_db, 1 + 10 * log10(2 * 1.21), 1e-9);
    assert_near(result->totals[2].blocking_least_db, 1 + 10 * log10(2 * 0.81), 1e-9);
    alicorn_cosite_result_destroy(result);
    receiver->p1db_dbm = NAN;
    receiver->iip[3] = -41;
    result = run_scene(radios, &options);
    assert_true(
        find_entry(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_INTERMODULATION, 3)
            ->beyond_law);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** B's carrier comes into A's transmitter with -40 dBm, which makes 2 · 120 - 121 = 119 MHz of it:
 * 0 + 1 (-40 - 0) - 10 = -50 dBm, and -90 dBm at C. Each of both paths counts once. */
static void products_of_transmitters_count_both_paths(void **unused)
{
    (void)unused;
    const double error[2] = {0.001, 0.001};
    alicorn_radios *radios = make_mast(120e6, 121e6, 119e6, make_antennas(0, 0, 0.01, error));
    *ali_transmitter_add_reverse(&radios->radios[0].transmitter) = (ali_reverse_product){3, 10};
    alicorn_cosite_result *result = run_scene(radios, NULL);
    const alicorn_cosite_entry *entry =
        find_entry(result, 2, 0, ALICORN_EMISSION_INTERMODULATION, ALICORN_RESPONSE_CHANNEL, 3);
    assert_bar(entry, -40 * log10(0.9), 40 * log10(1.1));
    assert_near(entry->margin_db, 10, 1e-9);
    assert_false(entry->beyond_law);
    alicorn_cosite_result_destroy(result);

    /* 45 dBm come in with 5: more than the transmitter's own 0 */
    radios->radios[1].transmitter.power_dbm = 45;
    result = run_scene(radios, NULL);
    entry = find_entry(result, 2, 0, ALICORN_EMISSION_INTERMODULATION, ALICORN_RESPONSE_CHANNEL, 3);
    assert_true(entry->beyond_law);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** The beat of three tones T is 3 T - 2 IIP3 + 6.02: stronger than T from 3.01 dB below IIP3 on. */
static void beats_leave_their_law_earlier(void **unused)
{
    (void)unused;
    for (int k = 0; k < 2; k++) {
        alicorn_radios *radios = make_scene();
        const double frequency[] = {120e6, 121e6, 123e6, 118e6}; /* 120 + 121 - 123 */
        for (size_t r = 0; r < 4; r++) {
            add_channels(add_radio(radios, "", 0), frequency[r], 0, 1);
            if (r < 3)
                make_transmitter(&radios->radios[r], 30, 0);
            else
                make_receiver(&radios->radios[r], -100, 10e3)->iip[3] = k ? -7.1 : -6.9;
        }
        for (size_t r = 0; r < 3; r++)
            state_isolation(radios, r, 3, 40);
        alicorn_cosite_result *result = run_scene(radios, NULL);
        const alicorn_cosite_entry *entry =
            find_entry(result, 3, 2, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_INTERMODULATION, 3);
        assert_non_null(entry);
        assert_near(entry->level_dbm, -30 + 20 * log10(2) + 2 * (k ? 7.1 : 6.9), 1e-9);
        assert_int_equal(entry->beyond_law, k);
        alicorn_cosite_result_destroy(result);
        alicorn_radios_destroy(radios);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coupling_errors_are_those_of_margins),
        cmocka_unit_test(coupling_may_vanish),
        cmocka_unit_test(nothing_is_claimed_without_errors),
        cmocka_unit_test(reflections_count_where_there_is_mismatch),
        cmocka_unit_test(products_count_their_paths),
        cmocka_unit_test(products_of_transmitters_count_both_paths),
        cmocka_unit_test(beats_leave_their_law_earlier),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
