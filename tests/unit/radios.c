/* SPDX-License-Identifier: Apache-2.0 */
/* Radios files into descriptions: values, units, defaults, and the document. */
#include "assert_close.h"
#include "key_document.h"
#include "radios_support.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "alicorn-radios: 1\nradios:\n"
#define RECEIVER "receiver: { bandwidth: 16 kHz, sensitivity: -100 }"

/** The worked example: every kind of value, with its unit taken off. */
static void test_example(void **state)
{
    (void)state;
    char *text = read_document_example("docs/radios.md");
    alicorn_radios *radios = read_good(text, NULL);
    assert_int_equal(alicorn_radios_count(radios), 3);
    assert_int_equal(alicorn_radios_platform_count(radios), 1);
    assert_null(alicorn_radios_project(radios, 0));
    assert_false(alicorn_radios_has_network(radios, 0));

    const ali_radio *uhf = &radios->radios[0];
    assert_string_equal(uhf->name, "UHF-1");
    assert_string_equal(uhf->port_name, "UHF-1");
    assert_int_equal(uhf->origin.line, 5);
    assert_int_equal(uhf->channel_count, 100);
    assert_close(uhf->channels[99].transmit, 225e6 + 99 * 25e3, 1e-6);
    assert_close(uhf->channels[99].receive, 225e6 + 99 * 25e3, 1e-6);
    assert_close(uhf->duty, 0.2, 1e-15);

    const ali_transmitter *t = &uhf->transmitter;
    assert_close(t->power_dbm, 50, 1e-12);
    assert_close(t->bandwidth, 16e3, 0);
    assert_int_equal(t->mask.count, 3);
    assert_close(t->mask.x[1], 25e3, 0);
    assert_close(t->mask.y[1], -70, 0);
    assert_close(t->mask_bandwidth, 16e3, 0);
    assert_false(t->noise_absolute);
    assert_close(t->noise.y[1], -175, 0);
    /* 20 dB per decade from -70 dBc at twice the carrier */
    assert_int_equal(t->harmonic_count, 9);
    assert_int_equal(t->harmonics[1].order, 3);
    assert_close(t->harmonics[1].level_dbc, -73.52182518, 1e-8);
    assert_true(t->spurs[0].relative);
    assert_false(t->spurs[0].absolute);
    assert_close(t->spurs[0].frequency, 1.5e6, 0);
    assert_int_equal(t->reverse[0].order, 3);
    assert_close(t->reverse[0].loss, 15, 0);

    const ali_receiver *r = &uhf->receiver;
    assert_close(r->sensitivity_dbm, -101, 0);
    assert_true(isnan(r->noise_figure));
    assert_close(r->preselection.x[1], 20e6, 0);
    assert_close(r->iip[3], 5, 0);
    assert_true(isnan(r->iip[2]));
    assert_int_equal(r->if_count, 2);
    assert_true(r->lo_above);
    assert_close(r->image_rejection[1], 70, 0);
    assert_true(isnan(r->image_rejection[2]));
    assert_int_equal(r->responses[0].q, 2);

    const ali_chain *chain = &uhf->chain;
    assert_int_equal(chain->count, 2);
    assert_int_equal(chain->elements[0].kind, ALI_CHAIN_FILTER);
    assert_int_equal(chain->elements[0].filter.shape, ALI_FILTER_BAND_PASS);
    assert_close(chain->elements[0].filter.high, 405e6, 0);
    assert_int_equal(chain->elements[1].kind, ALI_CHAIN_CABLE);
    assert_close(chain->elements[1].cable.y[0], 0.045, 1e-15);

    const ali_radio *ais = &radios->radios[1], *gnss = &radios->radios[2];
    assert_close(ais->transmitter.power_dbm, 40.96910013, 1e-8);
    assert_int_equal(ais->transmitter.noise.count, 1);
    assert_close(ais->chain.elements[0].isolation, 20, 0);
    assert_int_equal(ais->chain.elements[1].kind, ALI_CHAIN_ATTENUATOR);
    assert_false(gnss->transmits);
    assert_true(isnan(gnss->channels[0].transmit));
    assert_close(gnss->channels[0].receive, 1575.42e6, 0);
    assert_close(gnss->receiver.allowed_inr, -6, 0);
    assert_int_equal(radios->isolation_count, 1);
    assert_int_equal(radios->isolations[0].to, 2);
    assert_false(radios->isolations[0].one_way);
    assert_close(radios->isolations[0].loss.y[0], 45, 0);
    alicorn_radios_destroy(radios);
    free(text);
}

static void test_documentation(void **state)
{
    (void)state;
    check_key_document("docs/radios.md", ali_radios_key_table());
}

/** All ways to write a level give the same. */
static void test_levels(void **state)
{
    (void)state;
    static const char *const same[] = {"40 dBm", "10 dBW", "10 W", "0.01 kW", "10000 mW", "=20*2"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 HEAD "- { name: a, channels: 1 MHz, transmitter: { power: %s, noise_absolute: "
                      "-130 dBW/Hz } }\n",
                 same[i]);
        alicorn_radios *radios = read_good(text, NULL);
        assert_close(radios->radios[0].transmitter.power_dbm, 40, 1e-12);
        assert_true(radios->radios[0].transmitter.noise_absolute);
        assert_close(radios->radios[0].transmitter.noise.y[0], -100, 1e-12);
        alicorn_radios_destroy(radios);
    }
}

static void test_channels(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        size_t count;
        double first, last;
    } forms[] = {{"channels: 5e6", 1, 5e6, 5e6},
                 {"channels: [7 MHz, 5 MHz]", 2, 7e6, 5e6},
                 {"channels: { start: 1 MHz, stop: 2 MHz, step: 0.25 MHz }", 5, 1e6, 2e6},
                 {"channels: { start: 1 MHz, stop: 2 MHz, count: 3 }", 3, 1e6, 2e6},
                 {"channels: { start: 1 MHz, step: 0.5 MHz, count: 4 }", 4, 1e6, 2.5e6},
                 {"channels: [9 MHz, { start: 1 MHz, step: 1 MHz, count: 2 }]", 3, 9e6, 2e6}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char text[300];
        snprintf(text, sizeof text, HEAD "- { name: a, " RECEIVER ", %s }\n", forms[i].keys);
        alicorn_radios *radios = read_good(text, NULL);
        const ali_radio *radio = &radios->radios[0];
        assert_int_equal(radio->channel_count, forms[i].count);
        assert_close(radio->channels[0].receive, forms[i].first, 1e-6);
        assert_close(radio->channels[radio->channel_count - 1].receive, forms[i].last, 1e-6);
        alicorn_radios_destroy(radios);
    }
    alicorn_radios *radios =
        read_good(HEAD "- { name: a, " RECEIVER ", transmitter: { power: 1 W }, transmit_channels: "
                       "[1 MHz, 2 MHz], receive_channels: [4 MHz, 3 MHz] }\n",
                  NULL);
    assert_close(radios->radios[0].channels[1].transmit, 2e6, 0);
    assert_close(radios->radios[0].channels[1].receive, 3e6, 0);
    alicorn_radios_destroy(radios);
}

/** Platforms, files read once, ports found, ground and path. */
static void test_platforms(void **state)
{
    (void)state;
    char notes[NOTES_SIZE];
    alicorn_radios *radios =
        read_good("alicorn-radios: 1\n"
                  "platforms:\n"
                  "- { name: one, network: mast.s3p }\n"
                  "- { name: two, network: mast.s3p, at: [500, 0, 0] }\n"
                  "- { name: three, project: ../mast.yaml }\n"
                  "- { name: four, free_space: true }\n"
                  "between: { path: two-ray, cross_polarisation: 15 dB }\n"
                  "ground: { permittivity: 4, conductivity: 0.01 }\n"
                  "radios:\n"
                  "- { name: a, platform: one, port: ais, channels: 162 MHz, " RECEIVER " }\n"
                  "- { name: b, platform: two, port: GNSS, channels: [300 MHz, 1.5 GHz], " RECEIVER
                  ", gain: [[1 GHz, 2 dBi], [2 GHz, 4]], polarisation: horizontal,\n"
                  "    chain: [{ network: f.s2p, reversed: true }] }\n"
                  "- { name: c, platform: two, port: GNSS, channels: 300 MHz, " RECEIVER " }\n",
                  notes);
    assert_string_equal(notes, "11 no-path-data\n13 port-shared\n");
    assert_int_equal(radios->network_count, 2);
    assert_int_equal(radios->platforms[1].network, 0);
    assert_int_equal(radios->radios[0].port, 1);
    assert_int_equal(radios->radios[1].port, 2);
    assert_int_equal(radios->radios[1].platform, 1);
    assert_int_equal(radios->radios[1].polarisation, ALI_RADIO_HORIZONTAL);
    assert_close(radios->radios[1].gain.y[1], 4, 0);
    assert_true(radios->radios[1].chain.elements[0].reversed);
    assert_int_equal(radios->radios[1].chain.elements[0].network, 1);
    assert_string_equal(alicorn_radios_platform(radios, 2), "three");
    assert_null(alicorn_radios_platform(radios, 4));
    assert_string_equal(alicorn_radios_project(radios, 2), "some/where/../mast.yaml");
    assert_true(radios->platforms[2].from_project);
    assert_true(alicorn_radios_has_network(radios, 1));
    assert_true(alicorn_radios_has_network(radios, 3));
    assert_false(alicorn_radios_has_network(radios, 2));
    assert_int_equal(radios->path, ALI_PATH_TWO_RAY);
    assert_close(radios->cross_polar, 15, 0);
    assert_close(radios->medium.eps_r, 4, 0);
    alicorn_radios_destroy(radios);

    radios = read_good("alicorn-radios: 1\nnetwork: m.s3p\nground: perfect\nradios: [{ name: a, "
                       "channels: 1, " RECEIVER " }]\n",
                       NULL);
    assert_int_equal(radios->platforms[0].network, 0);
    assert_true(radios->medium.eps_r == 0);
    alicorn_radios_destroy(radios);
}

/** What is odd, but not wrong. */
static void test_warnings(void **state)
{
    (void)state;
    char notes[NOTES_SIZE];
    alicorn_radios_destroy(read_good(HEAD "- name: a\n"
                                          "  channels: 100 MHz\n"
                                          "  transmitter:\n"
                                          "    power: 1 W\n"
                                          "    bandwidth: 20 kHz\n"
                                          "    mask: [[9 kHz, -10 dBc]]\n"
                                          "  receiver:\n"
                                          "    bandwidth: 20 kHz\n"
                                          "    sensitivity: -180\n"
                                          "    selectivity: [[5 kHz, 3 dB], [10 kHz, 60 dB]]\n"
                                          "    p1db: 0 dBm\n"
                                          "    iip3: -3 dBm\n",
                                     notes));
    assert_string_equal(notes,
                        "8 mask-inside\n11 sensitivity-low\n12 mask-inside\n14 intercept-low\n");
    /* units forgotten: 100 Hz, 16 Hz, 100 dBW, +101 dBm; dB read as magnitudes; nothing connected
     */
    alicorn_radios_destroy(read_good("alicorn-radios: 1\n"
                                     "network: loud.s3p\n"
                                     "radios:\n"
                                     "- name: a\n"
                                     "  port: AIS\n"
                                     "  channels: 100\n"
                                     "  transmitter:\n"
                                     "    bandwidth: 16 kHz\n"
                                     "    power: 100 dBW\n"
                                     "- name: b\n"
                                     "  channels: [1 GHz, 160 MHz]\n"
                                     "  receiver:\n"
                                     "    bandwidth: 16\n"
                                     "    sensitivity: 101\n"
                                     "- name: c\n"
                                     "  channels: [1 GHz, 10 MHz]\n"
                                     "  receiver: { bandwidth: 21 MHz, sensitivity: -10 }\n"
                                     "isolations: [{ from: a, to: b, loss: 30 }]\n",
                                     notes));
    assert_string_equal(notes, "2 not-passive\n6 no-path-data\n8 band-below-zero\n9 power-high\n"
                               "13 bandwidth-narrow\n14 sensitivity-high\n15 no-path-data\n"
                               "17 band-below-zero\n");
    /* the same just right */
    alicorn_radios_destroy(read_good(
        HEAD "- name: a\n"
             "  channels: 100 MHz\n"
             "  transmitter: { power: 1 W, bandwidth: 20 kHz, mask: [[10 kHz, -10 dBc]] }\n"
             "  receiver: { bandwidth: 20 kHz, sensitivity: -175, selectivity: [[0, 0], [10 kHz, "
             "0], [10 kHz, 60 dB]], p1db: 0, iip3: 0 }\n",
        notes));
    assert_string_equal(notes, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_example),   cmocka_unit_test(test_documentation),
        cmocka_unit_test(test_levels),    cmocka_unit_test(test_channels),
        cmocka_unit_test(test_platforms), cmocka_unit_test(test_warnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
