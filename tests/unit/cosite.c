/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Margins against textbook cases, worked by hand beside each test. */

#include "cosite_support.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* ---- desensitisation ---- */

/** I/N of -16.33, -9.14, -5.87 and -0.02 dB cost 0.1, 0.5, 1 and 3 dB of sensitivity. */
static void desensitisation_follows_interference_over_noise(void **state)
{
    (void)state;
    const double table[][2] = {{-16.33, 0.1}, {-9.14, 0.5}, {-5.87, 1}, {-0.02, 3}};
    for (size_t k = 0; k < 4; k++) {
        alicorn_radios *radios = make_scene();
        ali_radio *sender = add_radio(radios, "sender", 0);
        add_channels(sender, 100e6, 0, 1);
        make_transmitter(sender, 0, 10e3);
        ali_radio *listener = add_radio(radios, "listener", 0);
        add_channels(listener, 100e6, 0, 1);
        make_receiver(listener, NAN, 10e3)->noise_figure = 6;
        double noise = -173.975 + 40 + 6;
        state_isolation(radios, 0, 1, -(noise + table[k][0]));
        alicorn_cosite_result *result = run_scene(radios, NULL);
        const alicorn_cosite_entry *entry =
            find_entry(result, 1, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_CHANNEL, -1);
        assert_non_null(entry);
        assert_near(entry->margin_db, table[k][0], 0.01);
        assert_true(entry->has_desensitisation);
        assert_near(entry->desensitisation_db, table[k][1], 0.005);
        assert_near(result->totals[1].desensitisation_db, table[k][1], 0.005);
        alicorn_cosite_result_destroy(result);
        alicorn_radios_destroy(radios);
    }
}

/* ---- intermodulation in a receiver ---- */

/** Senders of 0 dBm at the frequencies, `loss` dB from a receiver of -120 dBm at `receive`. */
static alicorn_radios *tones_into_receiver(size_t count, const double *frequencies, double loss,
                                           double receive, double preselection)
{
    alicorn_radios *radios = make_scene();
    for (size_t i = 0; i < count; i++) {
        ali_radio *sender = add_radio(radios, "sender", 0);
        add_channels(sender, frequencies[i], 0, 1);
        make_transmitter(sender, 0, 25e3);
    }
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, receive, 0, 1);
    ali_receiver *receiver = make_receiver(listener, -120, 25e3);
    receiver->iip[2] = 50;
    receiver->iip[3] = 10;
    receiver->iip[5] = 5;
    if (preselection > 0)
        add_point(&receiver->preselection, 100e3, preselection);
    for (size_t i = 0; i < count; i++)
        state_isolation(radios, i, count, loss);
    return radios;
}

static double product_level(size_t count, const double *frequencies, double loss, double receive,
                            double preselection, int order)
{
    alicorn_radios *radios = tones_into_receiver(count, frequencies, loss, receive, preselection);
    alicorn_cosite_options options;
    alicorn_cosite_options_default(&options);
    options.floor_db = -100;
    alicorn_cosite_result *result = run_scene(radios, &options);
    const alicorn_cosite_entry *entry = find_entry(result, count, 0, ALICORN_EMISSION_CARRIER,
                                                   ALICORN_RESPONSE_INTERMODULATION, order);
    assert_non_null(entry);
    assert_near(entry->level_dbm - entry->limit_dbm, entry->margin_db, 1e-9);
    assert_near(entry->frequency_hz, receive, 1e-3);
    double level = entry->level_dbm;
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
    return level;
}

/** Two tones of -30 dBm, IIP3 +10 dBm, IIP2 +50 dBm: -110 dBm each, 30 and 20 dB lower behind 10 dB
 * of preselection. */
static void two_tones_mix(void **state)
{
    (void)state;
    const double pair[] = {151e6, 152e6};
    assert_near(product_level(2, pair, 30, 150e6, 0, 3), -110, 0.01);
    assert_near(product_level(2, pair, 30, 303e6, 0, 2), -110, 0.01);
    assert_near(product_level(2, pair, 30, 1e6, 0, 2), -110, 0.01);
    assert_near(product_level(2, pair, 30, 150e6, 10, 3), -140, 0.01);
    assert_near(product_level(2, pair, 30, 303e6, 10, 2), -130, 0.01);
}

/** f1 + f2 - f3 is 6 dB above 2 f1 - f2; 3 f1 - 2 f2 is at 5 P - 4 IIP5, and f1 + f2 + f3 - 2 f4's
 * like of three tones, 2 f1 + f2 - 2 f3, by 20 lg(30/10) above. */
static void multinomial_decides_levels(void **state)
{
    (void)state;
    const double three[] = {151e6, 152.3e6, 153.1e6};
    assert_near(product_level(3, three, 30, 151e6 + 153.1e6 - 152.3e6, 0, 3), -104, 0.03);
    const double pair[] = {151e6, 152e6};
    assert_near(product_level(2, pair, 30, 149e6, 0, 5), -150 - 20, 0.01);
    assert_near(product_level(3, three, 30, 2 * 151e6 + 153.1e6 - 2 * 152.3e6, 0, 5), -170 + 9.54,
                0.01);
}

/** Tones of unequal power: 2 P1 + P2 - 2 IIP3. */
static void unequal_tones_mix(void **state)
{
    (void)state;
    const double pair[] = {151e6, 152e6};
    alicorn_radios *radios = tones_into_receiver(2, pair, 30, 150e6, 0);
    radios->radios[0].transmitter.power_dbm = 7;
    radios->radios[1].transmitter.power_dbm = -4;
    alicorn_cosite_result *result = run_scene(radios, NULL);
    double margin =
        margin_of(result, 2, 1, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_INTERMODULATION, 3);
    assert_near(margin, 2 * -23 + -34 - 20 + 120, 0.01);
    /* filtering of both tones by a third of the excess is enough */
    const alicorn_cosite_entry *entry =
        find_entry(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_INTERMODULATION, 3);
    assert_near(entry->needed_db, margin / 3, 1e-9);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/* ---- the textbook's pair ---- */

/** HF transmitter of 5 W, VHF receiver 100 m away; harmonics -32 dBc, floor -52 dBc. */
static alicorn_radios *hf_to_vhf(void)
{
    alicorn_radios *radios = make_scene();
    size_t other = add_platform(radios, "other", 100, 0, 0);
    ali_radio *hf = add_radio(radios, "HF", 0);
    hf->gain.count = 0;
    add_point(&hf->gain, 10e6, 1.8);
    ali_transmitter *transmitter = make_transmitter(hf, dbm_of_watts(5), 3e3);
    add_channels(hf, 10e6, 0, 1);
    add_harmonics(transmitter, 4, -32);
    add_point(&transmitter->mask, 10e3, -52);
    add_point(&transmitter->mask, 10e3, -52);
    ali_radio *vhf = add_radio(radios, "VHF", other);
    vhf->gain.count = 0;
    add_point(&vhf->gain, 10e6, 1.8);
    add_point(&vhf->gain, 20e6, 1.9);
    add_point(&vhf->gain, 50e6, 1.9);
    add_channels(vhf, 35e6, 0, 1);
    ali_receiver *receiver = make_receiver(vhf, -113, 3e3);
    add_point(&receiver->selectivity, 1.5e3, 80);
    return radios;
}

static void hf_disturbs_vhf(void **state)
{
    (void)state;
    alicorn_radios *radios = hf_to_vhf();
    alicorn_cosite_result *result = run_scene(radios, NULL);
    const struct {
        alicorn_cosite_emission emission;
        alicorn_cosite_response response;
        int number;
        double frequency, loss, gains, margin;
    } table[] = {
        {ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_SELECTIVITY, 0, 10e6, 32.44, 3.6, 41.2},
        {ALICORN_EMISSION_HARMONIC, ALICORN_RESPONSE_SELECTIVITY, 2, 20e6, 38.46, 3.7, 3.2},
        {ALICORN_EMISSION_HARMONIC, ALICORN_RESPONSE_SELECTIVITY, 3, 30e6, 41.98, 3.7, -0.3},
        {ALICORN_EMISSION_SIDEBAND, ALICORN_RESPONSE_CHANNEL, 0, 35e6, 43.32, 3.7, 58.4},
        {ALICORN_EMISSION_HARMONIC, ALICORN_RESPONSE_SELECTIVITY, 4, 40e6, 44.48, 3.7, -2.8},
    };
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        const alicorn_cosite_entry *entry =
            find_entry(result, 1, 0, table[k].emission, table[k].response, table[k].number);
        assert_non_null(entry);
        assert_near(entry->frequency_hz, table[k].frequency, 1e-3);
        assert_near(entry->path_db + table[k].gains, table[k].loss, 0.02);
        assert_near(entry->margin_db, table[k].margin, 0.1);
    }
    /* the cell names the worst, and what it needs */
    const alicorn_cosite_cell *cell = &result->cells[1 * 2 + 0];
    assert_true(cell->applies);
    assert_int_equal(result->entries[cell->worst].emission, ALICORN_EMISSION_SIDEBAND);
    assert_near(cell->needed_db, 58.4, 0.1);
    assert_false(result->cells[0].applies);
    assert_false(result->cells[1].applies);
    /* all at once: the power sum of the five */
    double sum = 0;
    for (size_t k = 0; k < 5; k++)
        sum += pow(10, table[k].margin / 10);
    assert_near(result->totals[1].margin_db, 10 * log10(sum), 0.1);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** 100 W against -110 dBm on the same channel: 160 dB of isolation bring the margin to 0. */
static void hundred_watts_need_160_db(void **state)
{
    (void)state;
    alicorn_radios *radios = make_scene();
    ali_radio *sender = add_radio(radios, "sender", 0);
    add_channels(sender, 300e6, 0, 1);
    make_transmitter(sender, dbm_of_watts(100), 25e3);
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, 300e6, 0, 1);
    make_receiver(listener, -110, 25e3);
    state_isolation(radios, 0, 1, 40);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    assert_near(result->cells[2].needed_db, 160 - 40, 1e-6);
    assert_near(result->entries[0].path_db, 40, 1e-9);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/* ---- what falls into a channel ---- */

static double carrier_margin(double transmit, double transmit_bandwidth, double receive,
                             double receive_bandwidth, alicorn_cosite_response response)
{
    alicorn_radios *radios = make_scene();
    ali_radio *sender = add_radio(radios, "sender", 0);
    add_channels(sender, transmit, 0, 1);
    make_transmitter(sender, 0, transmit_bandwidth);
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, receive, 0, 1);
    ali_receiver *receiver = make_receiver(listener, -100, receive_bandwidth);
    add_point(&receiver->selectivity, receive_bandwidth / 2, 0);
    add_point(&receiver->selectivity, receive_bandwidth, 60);
    state_isolation(radios, 0, 1, 100);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    double margin = margin_of(result, 1, 0, ALICORN_EMISSION_CARRIER, response, 0);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
    return margin;
}

/** A carrier four times as wide as the channel leaves a quarter of its power in it, and the skirts
 * 2 int_{0}^{B/2} 10^{-12 x/B} dx = 2 B/(12 ln 10); a line has all of it or the skirt's. */
static void bandwidths_are_integrated(void **state)
{
    (void)state;
    double b = 10e3, skirt = 2 * b / (12 * log(10)) * (1 - 1e-6) + 1e-6 * 2 * b;
    assert_near(carrier_margin(100e6, 4 * b, 100e6, b, ALICORN_RESPONSE_CHANNEL),
                10 * log10((b + skirt) / (4 * b)), 1e-6);
    assert_near(carrier_margin(100e6, b, 100e6, b, ALICORN_RESPONSE_CHANNEL), 0, 1e-9);
    assert_near(carrier_margin(100e6, 0, 100e6, b, ALICORN_RESPONSE_CHANNEL), 0, 1e-9);
    assert_near(carrier_margin(100.0075e6, 0, 100e6, b, ALICORN_RESPONSE_SELECTIVITY), -30, 1e-6);
    assert_near(carrier_margin(107e6, b, 100e6, b, ALICORN_RESPONSE_SELECTIVITY), -60, 1e-9);
}

/** Noise of -140 dBc/Hz in 25 kHz: 44 dB more in the channel; a mask of -60 dBc in 10 kHz. */
static void noise_is_collected_over_the_channel(void **state)
{
    (void)state;
    alicorn_radios *radios = make_scene();
    ali_radio *sender = add_radio(radios, "sender", 0);
    add_channels(sender, 300e6, 0, 1);
    ali_transmitter *transmitter = make_transmitter(sender, 40, 25e3);
    add_point(&transmitter->noise, 1e6, -140);
    add_point(&transmitter->mask, 50e3, -60);
    transmitter->mask_bandwidth = 10e3;
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, 310e6, 0, 1);
    make_receiver(listener, -110, 25e3);
    state_isolation(radios, 0, 1, 30);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    double width = 10 * log10(25e3);
    assert_near(margin_of(result, 1, 0, ALICORN_EMISSION_NOISE, ALICORN_RESPONSE_CHANNEL, 0),
                40 - 140 + width - 30 + 110, 1e-6);
    assert_near(margin_of(result, 1, 0, ALICORN_EMISSION_SIDEBAND, ALICORN_RESPONSE_CHANNEL, 0),
                40 - 60 - 40 + width - 30 + 110, 1e-6);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/** Straight line in dB between two points of a curve that begins at (x0, y0) and holds its end. */
static double line_between(double x, double x0, double y0, double x1, double y1)
{
    return x >= x1 ? y1 : y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}

/** Power of sidebands in a neighbouring channel, and of the carrier in its skirt, against sums over
 * narrow strips. */
static void neighbours_are_integrated(void **state)
{
    (void)state;
    double bandwidth = 16e3, spacing = 25e3, strip = 1, edge = bandwidth / 2;
    double sidebands = 0, carrier = 0;
    for (double t = -40e3 + strip / 2; t < 40e3; t += strip) {
        double from = fabs(t + spacing), loss = 0; /* offset from the sender's channel */
        if (fabs(t) > edge)
            loss = line_between(fabs(t), edge, 0, 40e3, 80);
        if (from <= edge)
            carrier += strip / bandwidth * pow(10, -loss / 10);
        else
            sidebands +=
                strip / 10e3 *
                pow(10, (line_between(from, edge, 10 * log10(10e3 / bandwidth), 60e3, -70) - loss) /
                            10);
    }
    alicorn_radios *radios = make_scene();
    ali_radio *sender = add_radio(radios, "sender", 0);
    add_channels(sender, 150e6, 0, 1);
    ali_transmitter *transmitter = make_transmitter(sender, 40, bandwidth);
    transmitter->mask_bandwidth = 10e3;
    add_point(&transmitter->mask, 60e3, -70);
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, 150e6 + spacing, 0, 1);
    ali_receiver *receiver = make_receiver(listener, -110, bandwidth);
    add_point(&receiver->selectivity, 40e3, 80);
    state_isolation(radios, 0, 1, 100);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    assert_near(margin_of(result, 1, 0, ALICORN_EMISSION_SIDEBAND, ALICORN_RESPONSE_CHANNEL, 0),
                50 + 10 * log10(sidebands), 0.01);
    assert_near(margin_of(result, 1, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_SELECTIVITY, 0),
                50 + 10 * log10(carrier), 0.01);
    assert_near(result->totals[1].margin_db, 50 + 10 * log10(sidebands + carrier), 0.01);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/* ---- receivers ---- */

/** IF 10.7 MHz, oscillator above: image 21.4 MHz above the channel; |2 RF - 2 LO| = IF half the
 * IF above; the IF itself. */
static void spurious_responses_are_found(void **state)
{
    (void)state;
    const struct {
        double frequency;
        alicorn_cosite_response response;
        int p, q;
        double margin;
    } table[] = {
        {121.4e6, ALICORN_RESPONSE_IMAGE, 1, 1, 0 - 20 + 100 - 60},
        {105.35e6, ALICORN_RESPONSE_SPURIOUS, 2, 2, 0 - 20 + 100 - 75},
        {10.7e6, ALICORN_RESPONSE_SPURIOUS, 1, 0, 0 - 20 + 100 - 70},
        {100.9e6, ALICORN_RESPONSE_IMAGE, 2, 0, 0 - 20 + 100 - 65},
    };
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        alicorn_radios *radios = make_scene();
        ali_radio *sender = add_radio(radios, "sender", 0);
        add_channels(sender, table[k].frequency, 0, 1);
        make_transmitter(sender, 0, 5e3);
        ali_radio *listener = add_radio(radios, "listener", 0);
        add_channels(listener, 100e6, 0, 1);
        ali_receiver *receiver = make_receiver(listener, -100, 15e3);
        receiver->ifs[0] = 10.7e6;
        receiver->ifs[1] = 450e3;
        receiver->if_count = 2;
        receiver->lo_above = true;
        receiver->image_rejection[0] = 60;
        receiver->image_rejection[1] = 65;
        *ali_receiver_add_response(receiver) = (ali_response){1, 0, 70};
        *ali_receiver_add_response(receiver) = (ali_response){2, 2, 75};
        state_isolation(radios, 0, 1, 20);
        alicorn_cosite_result *result = run_scene(radios, NULL);
        assert_int_equal(result->entry_count, 1);
        const alicorn_cosite_entry *entry = &result->entries[0];
        assert_int_equal(entry->response, table[k].response);
        assert_int_equal(entry->p, table[k].p);
        assert_int_equal(entry->q, table[k].q);
        assert_near(entry->margin_db, table[k].margin, 1e-6);
        alicorn_cosite_result_destroy(result);
        alicorn_radios_destroy(radios);
    }
}

/** Blocking counts at the front end, behind the preselection; two carriers add 3 dB. */
static void carriers_block(void **state)
{
    (void)state;
    alicorn_radios *radios = make_scene();
    for (size_t i = 0; i < 2; i++) {
        ali_radio *sender = add_radio(radios, "sender", 0);
        add_channels(sender, 110e6 + 1e6 * (double)i, 0, 1);
        make_transmitter(sender, 47, 25e3);
    }
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, 100e6, 0, 1);
    ali_receiver *receiver = make_receiver(listener, -110, 25e3);
    receiver->p1db_dbm = -10;
    receiver->saturation_dbm = 10;
    add_point(&receiver->preselection, 5e6, 20);
    state_isolation(radios, 0, 2, 30);
    state_isolation(radios, 1, 2, 30);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    assert_near(margin_of(result, 2, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_BLOCKING, 0), 7,
                1e-9);
    assert_near(margin_of(result, 2, 1, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_SATURATION, 0),
                -13, 1e-9);
    assert_true(result->totals[2].has_blocking);
    assert_near(result->totals[2].blocking_margin_db, 7 + 3.0103, 1e-4);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/* ---- transmitters ---- */

/** 44 dBm into 44 dBm 30 dB away, turnaround loss 10 dB: 2 f1 - f2 leaves at 4 dBm; f1's share
 * squared, 2 f2 - f1, 30 dB lower. */
static void transmitters_mix(void **state)
{
    (void)state;
    alicorn_radios *radios = make_scene();
    for (size_t i = 0; i < 2; i++) {
        ali_radio *sender = add_radio(radios, "sender", 0);
        add_channels(sender, 150e6 + 1e6 * (double)i, 0, 1);
        ali_transmitter *transmitter = make_transmitter(sender, 44, 25e3);
        if (i == 0)
            *ali_transmitter_add_reverse(transmitter) = (ali_reverse_product){3, 10};
    }
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, 149e6, 3e6, 2);
    make_receiver(listener, -110, 25e3);
    state_isolation(radios, 0, 1, 30);
    state_isolation(radios, 0, 2, 60);
    state_isolation(radios, 1, 2, 60);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    const alicorn_cosite_entry *entry =
        find_entry(result, 2, 1, ALICORN_EMISSION_INTERMODULATION, ALICORN_RESPONSE_CHANNEL, 3);
    assert_non_null(entry);
    assert_near(entry->receive_hz, 149e6, 1e-3);
    assert_near(entry->margin_db, 44 - 30 - 10 - 60 + 110, 1e-9);
    assert_int_equal(entry->tones[0].radio, 0);
    assert_int_equal(entry->tones[0].coefficient, 2);
    alicorn_cosite_result_destroy(result);

    /* an isolator of 25 dB and 0.5 dB forward takes both ways */
    ali_chain_element *isolator = ali_chain_add(&radios->radios[0].transmitter.chain);
    isolator->kind = ALI_CHAIN_ISOLATOR;
    isolator->loss = 0.5;
    isolator->isolation = 25;
    result = run_scene(radios, NULL);
    assert_near(
        margin_of(result, 2, 1, ALICORN_EMISSION_INTERMODULATION, ALICORN_RESPONSE_CHANNEL, 3),
        44 - 30 - 10 - 60 + 110 - 25.5, 1e-9);
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

/* ---- duty cycles, full duplex, names ---- */

static void duty_cycles_weigh_the_mean(void **state)
{
    (void)state;
    alicorn_radios *radios = make_scene();
    const double duties[] = {0.1, 0.5};
    for (size_t i = 0; i < 2; i++) {
        ali_radio *sender = add_radio(radios, "sender", 0);
        sender->duty = duties[i];
        add_channels(sender, 100e6, 0, 1);
        make_transmitter(sender, 10, 25e3);
    }
    ali_radio *listener = add_radio(radios, "listener", 0);
    add_channels(listener, 100e6, 0, 1);
    make_receiver(listener, -100, 25e3);
    state_isolation(radios, 0, 2, 100);
    state_isolation(radios, 1, 2, 100);
    alicorn_cosite_result *result = run_scene(radios, NULL);
    const alicorn_cosite_total *total = &result->totals[2];
    assert_near(total->level_dbm, -90 + 3.0103, 1e-4);
    assert_near(total->mean_dbm, -90 + 10 * log10(0.6), 1e-6);
    assert_near(total->time_share, 1 - 0.9 * 0.5, 1e-12);
    assert_false(total->has_desensitisation); /* the noise is not known */
    alicorn_cosite_result_destroy(result);
    alicorn_radios_destroy(radios);
}

static void own_transmitter_counts_in_full_duplex_only(void **state)
{
    (void)state;
    for (int duplex = 0; duplex < 2; duplex++) {
        alicorn_radios *radios = make_scene();
        ali_radio *radio = add_radio(radios, "relay", 0);
        add_channels(radio, 100e6, 1e6, 3);
        for (size_t i = 0; i < 3; i++)
            radio->channels[i].transmit += 4.5e6;
        make_transmitter(radio, 40, 25e3);
        ali_receiver *receiver = make_receiver(radio, -110, 25e3);
        add_point(&receiver->selectivity, 12.5e3, 80);
        radio->full_duplex = duplex;
        state_isolation(radios, 0, 0, 60);
        alicorn_cosite_result *result = run_scene(radios, NULL);
        assert_int_equal(result->cells[0].applies, duplex);
        assert_int_equal(result->entry_count > 0, duplex);
        if (duplex) { /* always 4.5 MHz apart: never in the channel */
            assert_null(
                find_entry(result, 0, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_CHANNEL, 0));
            assert_near(
                margin_of(result, 0, 0, ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_SELECTIVITY, 0),
                40 - 60 + 110 - 80, 1e-9);
        }
        alicorn_cosite_result_destroy(result);
        alicorn_radios_destroy(radios);
    }
}

/* ---- descriptions that cannot be ---- */

static void bad_descriptions_are_refused(void **state)
{
    (void)state;
    alicorn_radios *radios = hf_to_vhf();
    alicorn_cosite_options options;
    alicorn_cosite_options_default(&options);
    alicorn_cosite_result *result;
    alicorn_error error;
    radios->radios[1].receiver.bandwidth = -3e3;
    assert_int_equal(alicorn_cosite_run(radios, &options, &result, &error), ALICORN_E_INPUT);
    assert_string_equal(error.object, "VHF");
    assert_null(result);
    radios->radios[1].receiver.bandwidth = 3e3;
    radios->radios[0].transmitter.mask.x[1] = 5e3;
    assert_int_equal(alicorn_cosite_run(radios, &options, &result, &error), ALICORN_E_INPUT);
    radios->radios[0].transmitter.mask.x[1] = 10e3;
    radios->platforms[0].from_project = true;
    assert_int_equal(alicorn_cosite_run(radios, &options, &result, &error), ALICORN_E_INPUT);
    radios->platforms[0].from_project = false;
    options.order = 8;
    assert_int_equal(alicorn_cosite_run(radios, &options, &result, &error), ALICORN_E_USAGE);
    alicorn_radios_destroy(radios);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(desensitisation_follows_interference_over_noise),
        cmocka_unit_test(two_tones_mix),
        cmocka_unit_test(multinomial_decides_levels),
        cmocka_unit_test(unequal_tones_mix),
        cmocka_unit_test(hf_disturbs_vhf),
        cmocka_unit_test(hundred_watts_need_160_db),
        cmocka_unit_test(bandwidths_are_integrated),
        cmocka_unit_test(noise_is_collected_over_the_channel),
        cmocka_unit_test(neighbours_are_integrated),
        cmocka_unit_test(spurious_responses_are_found),
        cmocka_unit_test(carriers_block),
        cmocka_unit_test(transmitters_mix),
        cmocka_unit_test(duty_cycles_weigh_the_mean),
        cmocka_unit_test(own_transmitter_counts_in_full_duplex_only),
        cmocka_unit_test(bad_descriptions_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
