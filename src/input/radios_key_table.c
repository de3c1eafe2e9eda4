/* SPDX-License-Identifier: Apache-2.0 */
#include "input/radios_keys.h"

/** @file
 *  The table of keys. */

/** Largest coordinate and length [m]: platforms stand on one flat ground. */
#define FAR 1e6

/* Numbers of which there are many. */
#define FREQUENCY .unit = ALI_UNIT_FREQUENCY, .low = 0, .high = 1e15, .flags = ALI_KEY_ABOVE
#define NEEDED_FREQUENCY                                                                           \
    .unit = ALI_UNIT_FREQUENCY, .low = 0, .high = 1e15, .flags = ALI_KEY_ABOVE | ALI_KEY_REQUIRED
#define LEVEL .unit = ALI_UNIT_LEVEL, .low = -250, .high = 150
#define LOSS .unit = ALI_UNIT_RATIO, .low = 0, .high = 1000
#define NEEDED_LOSS .unit = ALI_UNIT_RATIO, .low = 0, .high = 1000, .flags = ALI_KEY_REQUIRED
#define RATIO .unit = ALI_UNIT_RATIO, .low = -200, .high = 200
#define CARRIER .unit = ALI_UNIT_CARRIER, .low = -1000, .high = 0
#define COORDINATES .unit = ALI_UNIT_LENGTH, .low = -FAR, .high = FAR
#define CURVE .least = 1

#define CHANNELS_FORM "frequency, mapping (channels), or list of them"
#define CHAIN(map_, type, help_)                                                                   \
    ALI_KEY(map_, type, chain, "chain", ALI_KEY_MAPS, .map = ALI_RADIOS_ELEMENT, .most = 100,      \
            .help = help_)
#define INTERCEPT(order_, help_)                                                                   \
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, iip[order_], "iip" #order_, ALI_KEY_REAL,    \
            LEVEL, .help = help_)

static const char *const polarisation_words[] = {"vertical", "horizontal", NULL};
static const char *const shape_words[] = {"low-pass",  "high-pass", "band-pass",
                                          "band-stop", "listed",    NULL};
static const char *const lo_words[] = {"below", "above", NULL};
static const char *const path_words[] = {"free space", "two-ray", "ground wave", NULL};

static const ali_key table[] = {
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, version, "alicorn-radios", ALI_KEY_WHOLE, .low = 1,
            .high = 1, .flags = ALI_KEY_REQUIRED, .help = "version of this format"),
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, variables, "variables", ALI_KEY_ANY,
            .form = "mapping from names to numbers or expressions",
            .help = "values for expressions; --set gives them others"),
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, network, "network", ALI_KEY_TEXT, .form = "file name",
            .help = "Touchstone file with S, if there are no `platforms`"),
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, project, "project", ALI_KEY_TEXT, .form = "file name",
            .help = "project that gives S, if there are no `platforms`"),
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, platforms, "platforms", ALI_KEY_MAPS,
            .map = ALI_RADIOS_PLATFORM, .least = 1, .most = 100, .standard = "one",
            .help = "ships, masts, vehicles"),
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, radios, "radios", ALI_KEY_MAPS,
            .map = ALI_RADIOS_RADIO, .flags = ALI_KEY_REQUIRED, .least = 1, .most = ALI_RADIOS_MAX,
            .help = "what sends and receives"),
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, isolations, "isolations", ALI_KEY_MAPS,
            .map = ALI_RADIOS_ISOLATION, .most = 100000,
            .help = "what is known between two radios, instead of S and any other path"),
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, between, "between", ALI_KEY_MAP,
            .map = ALI_RADIOS_BETWEEN, .help = "path between platforms"),
    ALI_KEY(ALI_RADIOS_FILE, ali_radios_file, ground, "ground", ALI_KEY_ANY,
            .form = "perfect, sea, fresh water, wet, average, dry, city, ice, or mapping (ground)",
            .standard = "sea", .help = "ground between platforms, at z = 0"),

    ALI_KEY(ALI_RADIOS_PLATFORM, ali_radios_platform, name, "name", ALI_KEY_NAME,
            .flags = ALI_KEY_REQUIRED, .help = "name by which radios mean the platform"),
    ALI_KEY(ALI_RADIOS_PLATFORM, ali_radios_platform, network, "network", ALI_KEY_TEXT,
            .form = "file name", .help = "Touchstone file with S between the antennas"),
    ALI_KEY(ALI_RADIOS_PLATFORM, ali_radios_platform, project, "project", ALI_KEY_TEXT,
            .form = "file name", .help = "project that gives S, solved at its own frequencies"),
    ALI_KEY(ALI_RADIOS_PLATFORM, ali_radios_platform, free_space, "free_space", ALI_KEY_SWITCH,
            ALI_KEY_INITIAL(0, "false"),
            .help = "without S: antennas of this platform see each other through free space, with "
                    "their `gain`"),
    ALI_KEY(ALI_RADIOS_PLATFORM, ali_radios_platform, at, "at", ALI_KEY_POINT, COORDINATES,
            ALI_KEY_INITIAL(0, "[0, 0, 0]"), .help = "where it stands; z = 0 is the ground"),

    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, name, "name", ALI_KEY_NAME,
            .flags = ALI_KEY_REQUIRED, .help = "name in tables and messages"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, platform, "platform", ALI_KEY_TEXT,
            .standard = "the only one", .help = "platform that carries it"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, port, "port", ALI_KEY_TEXT, .standard = "none",
            .help = "port of the platform's S that it is connected to"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, channels, "channels", ALI_KEY_ANY, FREQUENCY,
            .form = CHANNELS_FORM, .help = "carriers on which it sends and receives"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, transmit_channels, "transmit_channels", ALI_KEY_ANY,
            FREQUENCY, .form = CHANNELS_FORM, .standard = "`channels`",
            .help = "carriers on which it sends, if it receives on others: in their order"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, receive_channels, "receive_channels", ALI_KEY_ANY,
            FREQUENCY, .form = CHANNELS_FORM, .standard = "`channels`",
            .help = "frequencies on which it receives, as many as it sends on"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, duty, "duty", ALI_KEY_REAL, .unit = ALI_UNIT_SHARE,
            .low = 0, .high = 1, ALI_KEY_INITIAL(1, "1"),
            .help = "share of time in which it sends"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, full_duplex, "full_duplex", ALI_KEY_SWITCH,
            ALI_KEY_INITIAL(0, "false"),
            .help = "receives while it sends: its own transmitter counts"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, transmitter, "transmitter", ALI_KEY_MAP,
            .map = ALI_RADIOS_TRANSMITTER, .standard = "none", .help = "what it sends"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, receiver, "receiver", ALI_KEY_MAP,
            .map = ALI_RADIOS_RECEIVER, .standard = "none", .help = "what it stands"),
    CHAIN(ALI_RADIOS_RADIO, ali_radios_radio,
          "what lies between radio and antenna, the radio's side first"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, at, "at", ALI_KEY_POINT, COORDINATES,
            ALI_KEY_INITIAL(0, "[0, 0, 0]"),
            .help = "where the antenna is, seen from the platform's `at`"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, gain, "gain", ALI_KEY_CURVE, CURVE,
            .unit = ALI_UNIT_GAIN, .low = -200, .high = 100, .flags = ALI_KEY_LONE,
            .standard = "unknown",
            .help = "realised gain towards other platforms; no path is known without it"),
    ALI_KEY(ALI_RADIOS_RADIO, ali_radios_radio, polarisation, "polarisation", ALI_KEY_CHOICE,
            .choices = polarisation_words, ALI_KEY_INITIAL(0, "vertical"),
            .help = "of the antenna, towards other platforms"),

    ALI_KEY(ALI_RADIOS_CHANNELS, ali_radios_channels, start, "start", ALI_KEY_REAL,
            NEEDED_FREQUENCY, .help = "first frequency"),
    ALI_KEY(ALI_RADIOS_CHANNELS, ali_radios_channels, stop, "stop", ALI_KEY_REAL, FREQUENCY,
            .help = "last frequency; two of `stop`, `step` and `count` are given"),
    ALI_KEY(ALI_RADIOS_CHANNELS, ali_radios_channels, step, "step", ALI_KEY_REAL, FREQUENCY,
            .help = "distance of two channels"),
    ALI_KEY(ALI_RADIOS_CHANNELS, ali_radios_channels, count, "count", ALI_KEY_WHOLE, .low = 1,
            .high = ALI_RADIOS_MAX_CHANNELS, .help = "number of channels"),

    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, power, "power", ALI_KEY_REAL,
            .unit = ALI_UNIT_LEVEL, .low = -250, .high = 150,
            .flags = ALI_KEY_REQUIRED | ALI_KEY_UNIT,
            .help = "at the radio's connector; with its unit"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, bandwidth, "bandwidth", ALI_KEY_REAL,
            .unit = ALI_UNIT_FREQUENCY, .low = 0, .high = 1e15, ALI_KEY_INITIAL(0, "0: a line"),
            .help = "necessary bandwidth of the emission"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, mask, "mask", ALI_KEY_CURVE, CARRIER,
            CURVE, .standard = "no sidebands",
            .help = "power of the sidebands in `mask_bandwidth` over the distance from the "
                    "carrier, to both sides; the last point holds beyond"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, mask_bandwidth, "mask_bandwidth",
            ALI_KEY_REAL, FREQUENCY, .standard = "`bandwidth`",
            .help = "bandwidth in which the mask counts the power"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, noise, "noise", ALI_KEY_CURVE, CURVE,
            .unit = ALI_UNIT_CARRIER_NOISE, .low = -1000, .high = 0, .flags = ALI_KEY_LONE,
            .standard = "none",
            .help = "broadband noise over the distance from the carrier; the last point holds "
                    "beyond"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, noise_absolute, "noise_absolute",
            ALI_KEY_CURVE, CURVE, .unit = ALI_UNIT_NOISE, .low = -300, .high = 100,
            .flags = ALI_KEY_LONE, .standard = "none",
            .help = "the same whatever the power, instead of `noise`"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, harmonics, "harmonics", ALI_KEY_MAP,
            .map = ALI_RADIOS_HARMONICS, .standard = "none", .help = "harmonics of the carrier"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, spurs, "spurs", ALI_KEY_MAPS,
            .map = ALI_RADIOS_SPUR, .most = 10000, .help = "discrete spurious emissions"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, reverse, "reverse_intermodulation",
            ALI_KEY_MAPS, .map = ALI_RADIOS_REVERSE, .most = 6,
            .help = "what the output stage makes of signals that come in through the antenna"),
    ALI_KEY(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter, tracking, "tracking", ALI_KEY_CURVE,
            LOSS, CURVE, .standard = "none",
            .help = "filter that follows the channel: loss over the distance from it, both ways; "
                    "the last point holds beyond"),
    CHAIN(ALI_RADIOS_TRANSMITTER, ali_radios_transmitter,
          "what only the transmitter has, before the radio's chain"),

    ALI_KEY(ALI_RADIOS_HARMONICS, ali_radios_harmonics, constant, "constant", ALI_KEY_REAL, CARRIER,
            .help = "level of all of them"),
    ALI_KEY(ALI_RADIOS_HARMONICS, ali_radios_harmonics, second, "second", ALI_KEY_REAL, CARRIER,
            .help = "level of the second, with `slope`"),
    ALI_KEY(ALI_RADIOS_HARMONICS, ali_radios_harmonics, slope, "slope", ALI_KEY_REAL, LOSS,
            .help = "how much the others lie below it per decade of frequency"),
    ALI_KEY(ALI_RADIOS_HARMONICS, ali_radios_harmonics, listed, "listed", ALI_KEY_MAPS,
            .map = ALI_RADIOS_HARMONIC, .least = 1, .most = 100, .help = "each of them"),
    ALI_KEY(ALI_RADIOS_HARMONICS, ali_radios_harmonics, highest, "highest", ALI_KEY_WHOLE, .low = 2,
            .high = 100, .standard = "10",
            .help = "number of the last one, with `constant` and `slope`"),
    ALI_KEY(ALI_RADIOS_HARMONICS, ali_radios_harmonics, spread, "spread", ALI_KEY_SWITCH,
            ALI_KEY_INITIAL(0, "false"),
            .help = "the n-th occupies n bandwidths, else, which is worse, one"),

    ALI_KEY(ALI_RADIOS_HARMONIC, ali_radios_harmonic, number, "number", ALI_KEY_WHOLE, .low = 2,
            .high = 100, .flags = ALI_KEY_REQUIRED, .help = "2: twice the carrier's frequency"),
    ALI_KEY(ALI_RADIOS_HARMONIC, ali_radios_harmonic, level, "level", ALI_KEY_REAL,
            .unit = ALI_UNIT_CARRIER, .low = -1000, .high = 0, .flags = ALI_KEY_REQUIRED,
            .help = "power below the carrier"),

    ALI_KEY(ALI_RADIOS_SPUR, ali_radios_spur, frequency, "frequency", ALI_KEY_REAL, FREQUENCY,
            .help = "where it is, whatever the channel"),
    ALI_KEY(ALI_RADIOS_SPUR, ali_radios_spur, offset, "offset", ALI_KEY_REAL,
            .unit = ALI_UNIT_FREQUENCY, .low = -1e15, .high = 1e15,
            .help = "how far it is from the channel, instead of `frequency`"),
    ALI_KEY(ALI_RADIOS_SPUR, ali_radios_spur, level, "level", ALI_KEY_REAL, CARRIER,
            .help = "power below the carrier"),
    ALI_KEY(ALI_RADIOS_SPUR, ali_radios_spur, power, "power", ALI_KEY_REAL, LEVEL,
            .help = "power, instead of `level`"),

    ALI_KEY(ALI_RADIOS_REVERSE, ali_radios_reverse, order, "order", ALI_KEY_WHOLE, .low = 2,
            .high = ALI_RADIO_ORDER, .flags = ALI_KEY_REQUIRED, .help = "of the products"),
    ALI_KEY(ALI_RADIOS_REVERSE, ali_radios_reverse, loss, "loss", ALI_KEY_REAL, NEEDED_LOSS,
            .help = "of order 3: the turnaround loss, from the signal that comes in to the "
                    "product at twice the own frequency minus the other"),

    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, bandwidth, "bandwidth", ALI_KEY_REAL,
            NEEDED_FREQUENCY, .help = "of the channel filter"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, sensitivity, "sensitivity", ALI_KEY_REAL,
            LEVEL, .help = "weakest wanted signal at the connector; this or `noise_figure`"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, noise_figure, "noise_figure", ALI_KEY_REAL,
            .unit = ALI_UNIT_RATIO, .low = 0, .high = 100, .help = "noise figure"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, required_snr, "required_snr", ALI_KEY_REAL,
            RATIO, .help = "signal over noise that the sensitivity needs"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, allowed_inr, "allowed_inr", ALI_KEY_REAL,
            RATIO, .standard = "0 dB", .help = "interference over noise that is allowed"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, selectivity, "selectivity", ALI_KEY_CURVE,
            LOSS, CURVE, .standard = "nothing is received outside the bandwidth",
            .help = "loss over the distance from the channel; the last point holds beyond"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, preselection, "preselection", ALI_KEY_CURVE,
            LOSS, CURVE, .standard = "none",
            .help = "the part of it that lies before amplifier and mixer"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, p1db, "p1db", ALI_KEY_REAL, LEVEL,
            .standard = "no blocking is computed", .help = "1-dB compression point of the input"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, saturation, "saturation", ALI_KEY_REAL, LEVEL,
            .standard = "none", .help = "highest level that the input stands"),
    INTERCEPT(2, "input intercept point of second order; products are computed of orders that "
                 "have one"),
    INTERCEPT(3, "the same of third order"),
    INTERCEPT(4, "the same of fourth order"),
    INTERCEPT(5, "the same of fifth order"),
    INTERCEPT(6, "the same of sixth order"),
    INTERCEPT(7, "the same of seventh order"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, ifs, "ifs", ALI_KEY_REALS, FREQUENCY,
            .least = 1, .most = ALI_RADIO_IFS, .help = "intermediate frequencies, the first first"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, lo, "lo", ALI_KEY_CHOICE, .choices = lo_words,
            ALI_KEY_INITIAL(0, "below"),
            .help = "where the first local oscillator is, seen from the channel"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, image_rejection, "image_rejection",
            ALI_KEY_REALS, LOSS, .least = 1, .most = ALI_RADIO_IFS,
            .standard = "images are not computed",
            .help = "what the image of each mixer takes more than the channel"),
    ALI_KEY(ALI_RADIOS_RECEIVER, ali_radios_receiver, responses, "responses", ALI_KEY_MAPS,
            .map = ALI_RADIOS_RESPONSE, .most = 1000,
            .help = "spurious responses of the first mixer"),
    CHAIN(ALI_RADIOS_RECEIVER, ali_radios_receiver,
          "what only the receiver has, before the radio's chain"),

    ALI_KEY(ALI_RADIOS_RESPONSE, ali_radios_response, p, "p", ALI_KEY_WHOLE, .low = 1, .high = 99,
            .flags = ALI_KEY_REQUIRED, .help = "multiple of the frequency received"),
    ALI_KEY(ALI_RADIOS_RESPONSE, ali_radios_response, q, "q", ALI_KEY_WHOLE, .low = 0, .high = 99,
            .flags = ALI_KEY_REQUIRED,
            .help = "multiple of the local oscillator; |p RF ± q LO| is the first of `ifs`"),
    ALI_KEY(ALI_RADIOS_RESPONSE, ali_radios_response, rejection, "rejection", ALI_KEY_REAL,
            NEEDED_LOSS, .help = "what it takes more than the channel"),

    ALI_KEY(ALI_RADIOS_ELEMENT, ali_radios_element, name, "name", ALI_KEY_TEXT,
            .standard = "its number", .help = "for messages"),
    ALI_KEY(ALI_RADIOS_ELEMENT, ali_radios_element, network, "network", ALI_KEY_TEXT,
            .form = "file name", .help = "two-port from a Touchstone file"),
    ALI_KEY(ALI_RADIOS_ELEMENT, ali_radios_element, attenuator, "attenuator", ALI_KEY_REAL, LOSS,
            .help = "loss both ways, matched"),
    ALI_KEY(ALI_RADIOS_ELEMENT, ali_radios_element, cable, "cable", ALI_KEY_MAP,
            .map = ALI_RADIOS_CABLE, .help = "matched line"),
    ALI_KEY(ALI_RADIOS_ELEMENT, ali_radios_element, filter, "filter", ALI_KEY_MAP,
            .map = ALI_RADIOS_FILTER, .help = "filter by parameters or points"),
    ALI_KEY(ALI_RADIOS_ELEMENT, ali_radios_element, isolator, "isolator", ALI_KEY_MAP,
            .map = ALI_RADIOS_ISOLATOR, .help = "isolator, or circulator with its load"),
    ALI_KEY(ALI_RADIOS_ELEMENT, ali_radios_element, reversed, "reversed", ALI_KEY_SWITCH,
            ALI_KEY_INITIAL(0, "false"),
            .help = "port 2 of the network or the isolator's output is on the radio's side"),

    ALI_KEY(ALI_RADIOS_CABLE, ali_radios_cable, length, "length", ALI_KEY_REAL,
            .unit = ALI_UNIT_LENGTH, .low = 0, .high = FAR, .flags = ALI_KEY_REQUIRED,
            .help = "length"),
    ALI_KEY(ALI_RADIOS_CABLE, ali_radios_cable, loss, "loss", ALI_KEY_CURVE, CURVE,
            .unit = ALI_UNIT_LINE_LOSS, .low = 0, .high = 1000, .flags = ALI_KEY_REQUIRED,
            .help = "loss over frequency; grows with its square root beyond the points"),

    ALI_KEY(ALI_RADIOS_FILTER, ali_radios_filter, shape, "shape", ALI_KEY_CHOICE,
            .choices = shape_words, .flags = ALI_KEY_REQUIRED, .initial = -1,
            .help = "what passes; listed: "
                    "by `points`"),
    ALI_KEY(ALI_RADIOS_FILTER, ali_radios_filter, order, "order", ALI_KEY_WHOLE, .low = 1,
            .high = 30, .help = "of the low-pass prototype: number of resonators"),
    ALI_KEY(ALI_RADIOS_FILTER, ali_radios_filter, ripple, "ripple", ALI_KEY_REAL,
            .unit = ALI_UNIT_RATIO, .low = 0, .high = 10, ALI_KEY_INITIAL(0, "0: Butterworth"),
            .help = "of a Chebyshev filter in its band and at its edges; a Butterworth filter has "
                    "3 dB there"),
    ALI_KEY(ALI_RADIOS_FILTER, ali_radios_filter, low, "low", ALI_KEY_REAL, FREQUENCY,
            .help = "lower edge; a low-pass has none"),
    ALI_KEY(ALI_RADIOS_FILTER, ali_radios_filter, high, "high", ALI_KEY_REAL, FREQUENCY,
            .help = "upper edge; a high-pass has none"),
    ALI_KEY(ALI_RADIOS_FILTER, ali_radios_filter, loss, "loss", ALI_KEY_REAL, LOSS,
            ALI_KEY_INITIAL(0, "0 dB"), .help = "dissipated at all frequencies"),
    ALI_KEY(ALI_RADIOS_FILTER, ali_radios_filter, ultimate, "ultimate", ALI_KEY_REAL, LOSS,
            .standard = "it grows on", .help = "where the loss stops growing"),
    ALI_KEY(ALI_RADIOS_FILTER, ali_radios_filter, points, "points", ALI_KEY_CURVE, CURVE,
            .unit = ALI_UNIT_RATIO, .low = 0, .high = 1000, .flags = ALI_KEY_LONE,
            .help = "of a listed filter: its loss over frequency, unknown beyond"),

    ALI_KEY(ALI_RADIOS_ISOLATOR, ali_radios_isolator, loss, "loss", ALI_KEY_REAL, LOSS,
            ALI_KEY_INITIAL(0, "0 dB"), .help = "from the radio to the antenna"),
    ALI_KEY(ALI_RADIOS_ISOLATOR, ali_radios_isolator, isolation, "isolation", ALI_KEY_REAL,
            NEEDED_LOSS, .help = "from the antenna to the radio"),

    ALI_KEY(ALI_RADIOS_ISOLATION, ali_radios_isolation, from, "from", ALI_KEY_TEXT,
            .flags = ALI_KEY_REQUIRED, .help = "name of the radio that sends"),
    ALI_KEY(ALI_RADIOS_ISOLATION, ali_radios_isolation, to, "to", ALI_KEY_TEXT,
            .flags = ALI_KEY_REQUIRED, .help = "name of the radio that receives; may be the same"),
    ALI_KEY(ALI_RADIOS_ISOLATION, ali_radios_isolation, one_way, "one_way", ALI_KEY_SWITCH,
            ALI_KEY_INITIAL(0, "false"), .help = "this way only, else both"),
    ALI_KEY(ALI_RADIOS_ISOLATION, ali_radios_isolation, loss, "loss", ALI_KEY_CURVE, CURVE,
            .unit = ALI_UNIT_RATIO, .low = 0, .high = 1000,
            .flags = ALI_KEY_REQUIRED | ALI_KEY_LONE,
            .help = "between the antenna ends of the chains, over frequency; unknown beyond "
                    "several points"),

    ALI_KEY(ALI_RADIOS_BETWEEN, ali_radios_between, path, "path", ALI_KEY_CHOICE,
            .choices = path_words, ALI_KEY_INITIAL(0, "free space"),
            .help = "two-ray: with the ray that the ground reflects; ground wave: with the "
                    "surface wave, too"),
    ALI_KEY(ALI_RADIOS_BETWEEN, ali_radios_between, cross_polarisation, "cross_polarisation",
            ALI_KEY_REAL, LOSS, ALI_KEY_INITIAL(0, "0 dB"),
            .help = "loss between vertical and horizontal antennas"),

    ALI_KEY(ALI_RADIOS_GROUND, ali_radios_ground, permittivity, "permittivity", ALI_KEY_REAL,
            .low = 1, .high = 1e6, .flags = ALI_KEY_REQUIRED, .help = "relative permittivity"),
    ALI_KEY(ALI_RADIOS_GROUND, ali_radios_ground, conductivity, "conductivity", ALI_KEY_REAL,
            .unit = ALI_UNIT_CONDUCTIVITY, .low = 0, .high = 1e12, .flags = ALI_KEY_REQUIRED,
            .help = "conductivity"),
};

static const ali_key_map maps[ALI_RADIOS_MAP_COUNT] = {
    [ALI_RADIOS_FILE] = {.name = "radios file", .size = sizeof(ali_radios_file)},
    [ALI_RADIOS_PLATFORM] = {.name = "platform", .size = sizeof(ali_radios_platform)},
    [ALI_RADIOS_RADIO] = {.name = "radio", .size = sizeof(ali_radios_radio)},
    [ALI_RADIOS_CHANNELS] = {.name = "channels", .size = sizeof(ali_radios_channels)},
    [ALI_RADIOS_TRANSMITTER] = {.name = "transmitter", .size = sizeof(ali_radios_transmitter)},
    [ALI_RADIOS_HARMONICS] = {.name = "harmonics", .size = sizeof(ali_radios_harmonics)},
    [ALI_RADIOS_HARMONIC] = {.name = "harmonic", .size = sizeof(ali_radios_harmonic)},
    [ALI_RADIOS_SPUR] = {.name = "spur", .size = sizeof(ali_radios_spur)},
    [ALI_RADIOS_REVERSE] = {.name = "reverse intermodulation", .size = sizeof(ali_radios_reverse)},
    [ALI_RADIOS_RECEIVER] = {.name = "receiver", .size = sizeof(ali_radios_receiver)},
    [ALI_RADIOS_RESPONSE] = {.name = "response", .size = sizeof(ali_radios_response)},
    [ALI_RADIOS_ELEMENT] = {.name = "element of a chain", .size = sizeof(ali_radios_element)},
    [ALI_RADIOS_CABLE] = {.name = "cable", .size = sizeof(ali_radios_cable)},
    [ALI_RADIOS_FILTER] = {.name = "filter", .size = sizeof(ali_radios_filter)},
    [ALI_RADIOS_ISOLATOR] = {.name = "isolator", .size = sizeof(ali_radios_isolator)},
    [ALI_RADIOS_ISOLATION] = {.name = "isolation", .size = sizeof(ali_radios_isolation)},
    [ALI_RADIOS_BETWEEN] = {.name = "between", .size = sizeof(ali_radios_between)},
    [ALI_RADIOS_GROUND] = {.name = "ground", .size = sizeof(ali_radios_ground)},
};

const ali_key_table *ali_radios_key_table(void)
{
    static const ali_key_table keys = {"radios file", table, sizeof table / sizeof *table, maps,
                                       ALI_RADIOS_MAP_COUNT};
    return &keys;
}
