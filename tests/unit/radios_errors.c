/* SPDX-License-Identifier: Apache-2.0 */
/* Radios files with errors: each is found at its place, all of them in one go. */
#include "radios_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define RECEIVER "receiver: { bandwidth: 16 kHz, sensitivity: -100 }"

/** A file around some lines, which are lines 2 and up. */
static const char *with(const char *lines)
{
    static char text[8000];
    snprintf(text, sizeof text, "alicorn-radios: 1\n%s", lines);
    return read_bad(text);
}

/** A radio with a transmitter of which one line, number 7, is given. */
static const char *sender(const char *line)
{
    static char text[4000];
    snprintf(text, sizeof text,
             "radios:\n- name: r\n  channels: 100 MHz\n  transmitter:\n    bandwidth: 20 kHz\n"
             "    %s\n",
             line);
    return with(text);
}

/** A radio with a receiver of which one line, number 7, is given. */
static const char *hearer(const char *line)
{
    static char text[4000];
    snprintf(text, sizeof text,
             "radios:\n- name: r\n  channels: 100 MHz\n  receiver:\n    bandwidth: 20 kHz\n"
             "    %s\n",
             line);
    return with(text);
}

/** A radio of which one line, number 5, is given. */
static const char *radio(const char *line)
{
    static char text[4000];
    snprintf(text, sizeof text, "radios:\n- name: r\n  " RECEIVER "\n  %s\n", line);
    return with(text);
}

static void test_file(void **state)
{
    (void)state;
    assert_string_equal(read_bad(""), "1:1: this is not a radios file, expected a mapping that "
                                      "begins with alicorn-radios: 1\n");
    assert_string_equal(with("radio: []\n"),
                        "1:1: the key 'radios' is missing (what sends and receives)\n"
                        "2:1: unknown key 'radio', did you mean 'radios'?\n");
    assert_string_equal(radio("channels: 1\nisolations:\n- { from: r, to: x, loss: 3 dB }"),
                        "7:18: isolations[1].to: there is no radio 'x'\n");
    assert_string_equal(radio("channels: 1\nground: mud"),
                        "6:9: ground: mud is no ground, expected perfect, sea, fresh water, wet, "
                        "average, dry, city, ice, or mapping (ground)\n");
    assert_string_equal(with("radios:\n- { name: a, channels: 1, " RECEIVER
                             " }\n- { name: a, channels: 1, " RECEIVER " }\n"),
                        "4:11: radios[a].name: there are two radios named 'a'\n");
    assert_string_equal(with("platforms: []\n"
                             "radios: [{ name: a, platform: p, channels: 1 MHz, " RECEIVER " }]\n"),
                        "2:12: platforms: 0 elements, expected 1 to 100\n");
    /* what follows from an error is not told */
    assert_string_equal(
        with("platforms: []\nradios: [a, { name: b, channels: 1 MHz, receiver: [1] }]\n"),
        "2:12: platforms: 0 elements, expected 1 to 100\n"
        "3:10: radios[1]: a single value, expected a mapping (radio)\n"
        "3:51: radios[b].receiver: a list, expected a mapping (receiver)\n");
    assert_string_equal(radio("channels: 1 MHz\nnetwork: m.s3p\nproject: m.yaml"),
                        "7:10: project: expected only one of network, project and free_space\n");
    assert_string_equal(with("radios:\n- { name: a, channels: '100,5 MHz', " RECEIVER " }\n"),
                        "3:25: radios[a].channels: '100,5 MHz' has a comma, expected a decimal "
                        "point\n");
}

static void test_platforms(void **state)
{
    (void)state;
    assert_string_equal(with("platforms: [{ name: p, network: bad.s3p }, { name: q, network: x }, "
                             "{ name: q, network: m.s3p, free_space: true }]\n"
                             "project: m.yaml\n"
                             "radios:\n"
                             "- { name: r, channels: 1, " RECEIVER " }\n"
                             "- { name: s, platform: u, channels: 1, " RECEIVER " }\n"),
                        "2:33: platforms[p].network: bad.s3p:4:7: x is no number\n"
                        "2:64: platforms[q].network: x: there is no such file\n"
                        "2:69: platforms[q]: expected only one of network, project and free_space\n"
                        "2:77: platforms[q].name: there are two platforms named 'q'\n"
                        "3:10: project: there are platforms, expected it in one of them\n"
                        "5:3: radios[r]: the key 'platform' is missing: there are 3\n"
                        "6:24: radios[s].platform: there is no platform 'u'\n");
    assert_string_equal(radio("channels: 1\n  port: UHF-2\nnetwork: m.s3p"),
                        "6:9: radios[r].port: m.s3p has no port 'UHF-2', expected one of UHF-1, "
                        "AIS, GNSS\n");
}

/** Two statements about one path contradict each other, or one is too many. */
static void test_isolations(void **state)
{
    (void)state;
#define TWO                                                                                        \
    "radios:\n- { name: a, channels: 1 MHz, " RECEIVER                                             \
    " }\n- { name: b, channels: 1 MHz, " RECEIVER " }\nisolations:\n"
    assert_string_equal(with(TWO "- { from: a, to: b, loss: 3 }\n- { from: b, to: a, loss: 4 }\n"),
                        "7:3: isolations[2]: the loss from 'b' to 'a' is stated in line 6 already, "
                        "expected it once\n");
    assert_string_equal(with(TWO "- { from: a, to: b, loss: 3, one_way: true }\n"
                                 "- { from: b, to: a, loss: 4 }\n"),
                        "7:3: isolations[2]: the loss from 'a' to 'b' is stated in line 6 already, "
                        "expected it once\n");
    assert_string_equal(with(TWO "- { from: a, to: a, loss: -3 }\n"),
                        "6:27: isolations[1].loss: -3 dB, expected at least 0 dB\n");
    alicorn_radios_destroy(read_good("alicorn-radios: 1\n" TWO
                                     "- { from: a, to: b, loss: 3, one_way: true }\n"
                                     "- { from: b, to: a, loss: 4, one_way: true }\n"
                                     "- { from: a, to: a, loss: 5 }\n",
                                     NULL));
}

static void test_channels(void **state)
{
    (void)state;
    assert_string_equal(radio("duty: 2"), "3:3: radios[r]: the key 'channels' is missing\n"
                                          "5:9: radios[r].duty: 2, expected at most 1\n");
    assert_string_equal(radio("channels: -3 MHz"),
                        "5:13: radios[r].channels: -3000000 Hz, expected more than 0 Hz\n");
    assert_string_equal(radio("channels: []"),
                        "5:13: radios[r].channels: no channels, expected at least one\n");
    assert_string_equal(radio("channels: { start: 1 MHz, stop: 2 MHz }"),
                        "5:13: radios[r].channels: expected two of stop, step and count\n");
    assert_string_equal(radio("channels: { start: 3 MHz, stop: 2 MHz, step: 1 kHz }"),
                        "5:13: radios[r].channels: stop is below start, expected at least start\n");
    assert_string_equal(radio("channels: { start: 3 MHz, stop: 9 GHz, step: 1 kHz }"),
                        "5:13: radios[r].channels: too many channels, expected at most 10000 of a "
                        "radio\n");
    assert_string_equal(
        radio("channels: [{ start: 3 MHz, count: 9999, step: 1 }, 4, 5]"),
        "5:57: radios[r].channels[3]: expected at most 10000 channels of a radio\n");
    assert_string_equal(radio("receive_channels: 3\n  transmit_channels: 4"),
                        "3:3: radios[r]: transmit_channels without a transmitter\n");
    assert_string_equal(radio("receive_channels: [3, 4]\n  transmit_channels: 4\n  transmitter: "
                              "{ power: 1 W }"),
                        "5:21: radios[r].receive_channels: 2 channels, expected as many as "
                        "transmit_channels, 1\n");
    assert_string_equal(with("radios: [{ name: r, channels: 3 }]\n"),
                        "2:10: radios[r]: expected a transmitter, a receiver or both\n");
}

static void test_transmitter(void **state)
{
    (void)state;
    assert_string_equal(sender("power: 100"), "7:12: radios[r].transmitter.power: '100' has no "
                                              "unit, expected one of dBm, dBW, W, kW, mW\n");
    assert_string_equal(sender("power: 30 MHz"),
                        "7:12: radios[r].transmitter.power: '30 MHz' has an unknown unit, expected "
                        "one of dBm, dBW, W, kW, mW\n");
    assert_string_equal(sender("power: 0 W"), "7:12: radios[r].transmitter.power: '0 W', expected "
                                              "a power above 0\n");
    assert_string_equal(
        sender("power: 1 W\n    mask: [[10 kHz, -20 dBc], [8 kHz, -30 "
               "dBc]]"),
        "8:31: radios[r].transmitter.mask[2]: 8000 Hz behind 10000 Hz, expected ascending "
        "frequencies\n");
    assert_string_equal(
        sender("power: 1 W\n    mask: [[1e4, -20], [1e4, -30], [1e4, -40]]"),
        "8:36: radios[r].transmitter.mask[3]: 10000 Hz behind 10000 Hz, expected ascending "
        "frequencies, equal ones twice at most\n");
    assert_string_equal(sender("power: 1 W\n    mask: [[10 kHz, 3 dBc], [20 kHz, 30 MHz], [3]]"),
                        "8:21: radios[r].transmitter.mask[1][2]: 3 dBc, expected at most 0 dBc\n"
                        "8:38: radios[r].transmitter.mask[2][2]: '30 MHz' has an unknown unit, "
                        "expected one of dBc\n"
                        "8:47: radios[r].transmitter.mask[3]: expected [frequency, value]\n");
    assert_string_equal(sender("power: 1 W\n    mask_bandwidth: -3 kHz"),
                        "8:21: radios[r].transmitter.mask_bandwidth: -3000 Hz, expected more than "
                        "0 Hz\n");
    assert_string_equal(sender("power: 1 W\n    noise: -100 dBc\n    noise_absolute: -90 dBm/Hz"),
                        "8:12: radios[r].transmitter.noise: '-100 dBc' has an unknown unit, "
                        "expected one of dBc/Hz\n"
                        "8:12: radios[r].transmitter.noise: expected only one of noise and "
                        "noise_absolute\n");
    assert_string_equal(sender("power: 1 W\n    harmonics: { constant: -60, slope: 3 }"),
                        "8:16: radios[r].transmitter.harmonics: expected constant, or second with "
                        "slope, or listed without highest\n");
    assert_string_equal(sender("power: 1 W\n    harmonics: { listed: [{ number: 3, level: -9 }, { "
                               "number: 2, level: -8 }] }"),
                        "8:53: radios[r].transmitter.harmonics.listed[2]: harmonic 2 behind 3, "
                        "expected ascending numbers\n");
    assert_string_equal(sender("power: 1 W\n    harmonics: [-60]"),
                        "8:16: radios[r].transmitter.harmonics: a list, expected a mapping "
                        "(harmonics)\n");
    assert_string_equal(sender("power: 1 W\n    spurs: [{ offset: 1, frequency: 2, level: 0 }]"),
                        "8:13: radios[r].transmitter.spurs[1]: expected one of frequency and "
                        "offset, and one of level and power\n");
}

static void test_receiver(void **state)
{
    (void)state;
    assert_string_equal(hearer("p1db: 0"),
                        "6:5: radios[r].receiver: expected sensitivity or noise_figure\n");
    assert_string_equal(hearer("sensitivity: 3\n    p1db: 5\n    "
                               "saturation: 1"),
                        "7:18: radios[r].receiver.sensitivity: 3 dBm, expected less than "
                        "saturation, 1 dBm\n"
                        "8:11: radios[r].receiver.p1db: 5 dBm, expected less than saturation, 1 "
                        "dBm\n");
    assert_string_equal(hearer("sensitivity: -100\n    allowed_inr: 3"),
                        "8:18: radios[r].receiver.allowed_inr: is over noise, expected "
                        "noise_figure, or sensitivity and required_snr\n");
    assert_string_equal(hearer("sensitivity: -100\n    image_rejection: [3, 4]\n    ifs: 1 MHz"),
                        "8:22: radios[r].receiver.image_rejection: 2 mixers, expected no more than "
                        "there are ifs, 1\n");
    assert_string_equal(hearer("sensitivity: -100\n    responses: [{ p: 1, q: 1, rejection: 3 }]"),
                        "8:16: radios[r].receiver.responses: responses are of a mixer, expected "
                        "ifs\n");
    assert_string_equal(hearer("sensitivity: -100\n    ifs: 120 MHz"),
                        "8:10: radios[r].receiver.ifs: the first oscillator of channel 100000000 "
                        "Hz would be at -20000000 Hz, expected lo: above or another intermediate "
                        "frequency\n");
}

static void test_chain(void **state)
{
    (void)state;
    assert_string_equal(radio("channels: 1\n  chain: [{ attenuator: 3, network: f.s2p }, {}, "
                              "{ attenuator: 3, reversed: true }]"),
                        "6:11: radios[r].chain[1]: expected only one of network, attenuator, "
                        "cable, filter and isolator\n"
                        "6:46: radios[r].chain[2]: expected one of network, attenuator, cable, "
                        "filter and isolator\n"
                        "6:77: radios[r].chain[3].reversed: expected only with network or "
                        "isolator\n");
    assert_string_equal(
        radio("channels: 1\n  chain: [{ atenuator: 3 }, 3]"),
        "6:13: radios[r].chain[1]: unknown key 'atenuator', did you mean "
        "'attenuator'?\n"
        "6:29: radios[r].chain[2]: a single value, expected a mapping (element of a "
        "chain)\n");
    assert_string_equal(radio("channels: 1\n  chain: [{ network: mast.s3p }]"),
                        "6:22: radios[r].chain[1].network: has 3 ports, expected a two-port\n");
    assert_string_equal(radio("channels: 1\n  chain: [filter: { shape: bandpass, order: 3 }]"),
                        "6:28: radios[r].chain[1].filter.shape: 'bandpass', expected one of "
                        "low-pass, high-pass, band-pass, band-stop, listed\n");
    assert_string_equal(radio("channels: 1\n  chain: [filter: { shape: low-pass, order: 3, low: 3 "
                              "}]"),
                        "6:19: radios[r].chain[1].filter: a filter of this shape has high, and no "
                        "low\n");
    assert_string_equal(
        radio("channels: 1\n  chain: [filter: { shape: band-pass, order: 3, low: 3, high: 2 }]"),
        "6:63: radios[r].chain[1].filter.high: 2 Hz, expected more than low, 3 Hz\n");
    assert_string_equal(radio("channels: 1\n  chain: [filter: { shape: listed, order: 3, points: 9 "
                              "dB }]"),
                        "6:19: radios[r].chain[1].filter: expected no order: it is listed\n");
    assert_string_equal(radio("channels: 1\n  chain: [cable: { length: 3, loss: [[0, 3]] }]"),
                        "6:37: radios[r].chain[1].cable.loss: begins at 0 Hz, expected a loss at a "
                        "frequency above\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_isolations),  cmocka_unit_test(test_file),
        cmocka_unit_test(test_platforms),   cmocka_unit_test(test_channels),
        cmocka_unit_test(test_transmitter), cmocka_unit_test(test_receiver),
        cmocka_unit_test(test_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
