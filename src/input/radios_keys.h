/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_RADIOS_KEYS_H
#define ALI_INPUT_RADIOS_KEYS_H

#include "input/keys.h"
#include "model/radios.h"

/** @file
 *  The keys of a radios file. Reading, checking and docs/radios.md all come from this table. */

/** Channels of one radio. */
#define ALI_RADIOS_MAX_CHANNELS 10000
/** Radios of a file. */
#define ALI_RADIOS_MAX 1000

/* Frequencies in Hz, levels in dBm, ratios in dB, lengths in m. */

typedef struct ali_radios_harmonic {
    const ali_yaml_node *node;
    int number;
    double level;
} ali_radios_harmonic;

typedef struct ali_radios_harmonics {
    const ali_yaml_node *node;
    double constant, second, slope;
    ali_key_items listed;
    int highest;
    bool spread;
} ali_radios_harmonics;

typedef struct ali_radios_spur {
    const ali_yaml_node *node;
    double frequency, offset, level, power;
} ali_radios_spur;

typedef struct ali_radios_reverse {
    const ali_yaml_node *node;
    int order;
    double loss;
} ali_radios_reverse;

typedef struct ali_radios_filter {
    const ali_yaml_node *node;
    int shape; /**< -1: reported */
    int order;
    double ripple, low, high, loss, ultimate;
    ali_key_rows points;
} ali_radios_filter;

typedef struct ali_radios_cable {
    const ali_yaml_node *node;
    double length;
    ali_key_rows loss;
} ali_radios_cable;

typedef struct ali_radios_isolator {
    const ali_yaml_node *node;
    double loss, isolation;
} ali_radios_isolator;

typedef struct ali_radios_element {
    const ali_yaml_node *node;
    const char *name;
    const char *network;
    double attenuator;
    ali_radios_cable *cable;
    ali_radios_filter *filter;
    ali_radios_isolator *isolator;
    bool reversed;
} ali_radios_element;

typedef struct ali_radios_transmitter {
    const ali_yaml_node *node;
    double power, bandwidth;
    ali_key_rows mask;
    double mask_bandwidth;
    ali_key_rows noise, noise_absolute;
    ali_radios_harmonics *harmonics;
    ali_key_items spurs, reverse;
    ali_key_rows tracking;
    ali_key_items chain;
} ali_radios_transmitter;

typedef struct ali_radios_response {
    const ali_yaml_node *node;
    int p, q;
    double rejection;
} ali_radios_response;

typedef struct ali_radios_receiver {
    const ali_yaml_node *node;
    double bandwidth, sensitivity, noise_figure, required_snr, allowed_inr;
    ali_key_rows selectivity, preselection;
    double p1db, saturation;
    double iip[ALI_RADIO_ORDER + 1];
    ali_key_rows ifs;
    int lo;
    ali_key_rows image_rejection;
    ali_key_items responses, chain;
} ali_radios_receiver;

/** Channels as start, stop, step, count. */
typedef struct ali_radios_channels {
    const ali_yaml_node *node;
    double start, stop, step;
    int count; /**< 0: not given */
} ali_radios_channels;

typedef struct ali_radios_radio {
    const ali_yaml_node *node;
    const char *name, *platform, *port;
    const ali_yaml_node *channels, *transmit_channels, *receive_channels;
    double duty;
    bool full_duplex;
    ali_radios_transmitter *transmitter;
    ali_radios_receiver *receiver;
    ali_key_items chain;
    double at[3];
    ali_key_rows gain;
    int polarisation;
} ali_radios_radio;

typedef struct ali_radios_platform {
    const ali_yaml_node *node;
    const char *name, *network, *project;
    bool free_space;
    double at[3];
} ali_radios_platform;

typedef struct ali_radios_isolation {
    const ali_yaml_node *node;
    const char *from, *to;
    bool one_way;
    ali_key_rows loss;
} ali_radios_isolation;

typedef struct ali_radios_between {
    const ali_yaml_node *node;
    int path;
    double cross_polarisation;
} ali_radios_between;

typedef struct ali_radios_ground {
    const ali_yaml_node *node;
    double permittivity, conductivity;
} ali_radios_ground;

typedef struct ali_radios_file {
    const ali_yaml_node *node;
    int version;
    const ali_yaml_node *variables;
    const char *network, *project;
    ali_key_items platforms, radios, isolations;
    ali_radios_between *between;
    const ali_yaml_node *ground;
} ali_radios_file;

/** The mappings of a radios file. */
typedef enum ali_radios_map {
    ALI_RADIOS_FILE,
    ALI_RADIOS_PLATFORM,
    ALI_RADIOS_RADIO,
    ALI_RADIOS_CHANNELS,
    ALI_RADIOS_TRANSMITTER,
    ALI_RADIOS_HARMONICS,
    ALI_RADIOS_HARMONIC,
    ALI_RADIOS_SPUR,
    ALI_RADIOS_REVERSE,
    ALI_RADIOS_RECEIVER,
    ALI_RADIOS_RESPONSE,
    ALI_RADIOS_ELEMENT,
    ALI_RADIOS_CABLE,
    ALI_RADIOS_FILTER,
    ALI_RADIOS_ISOLATOR,
    ALI_RADIOS_ISOLATION,
    ALI_RADIOS_BETWEEN,
    ALI_RADIOS_GROUND,
    ALI_RADIOS_MAP_COUNT
} ali_radios_map;

/** The keys of a radios file; mappings are numbered by ali_radios_map. */
const ali_key_table *ali_radios_key_table(void);

#endif
