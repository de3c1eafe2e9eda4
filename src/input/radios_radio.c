/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "input/radios_reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** @file
 *  Radios: what they are part of and connected to. */

/** Necessary bandwidth of Morse code, 100HA1A of [ITURSM1138:2019], and above which frequency less
 * is odd [Hz]. */
#define TELEGRAPHY 100.0
#define HIGH_FREQUENCY 1e6

/** The platform of a radio, ALI_NONE if it was reported, or all platforms were. */
static size_t find_platform(ali_radios_reader *reader, const ali_radios_radio *from)
{
    const alicorn_radios *radios = reader->radios;
    char quote[40];
    if (radios->platform_count == 0)
        return ALI_NONE;
    if (!from->platform && radios->platform_count == 1)
        return 0;
    for (size_t i = 0; from->platform && i < radios->platform_count; i++)
        if (strcmp(radios->platforms[i].name, from->platform) == 0)
            return i;
    const char *name = from->platform ? from->platform : "";
    ali_quote(quote, sizeof quote, name, strlen(name));
    if (from->platform)
        ali_key_report(&reader->keys, ALICORN_ERROR, "no-platform",
                       ali_key_place(from->node, "platform"), "there is no platform '%s'", quote);
    else
        ali_key_report(&reader->keys, ALICORN_ERROR, "missing-key", from->node,
                       "the key 'platform' is missing: there are %zu", radios->platform_count);
    return ALI_NONE;
}

/** The N-port of a radio's platform, NULL if it has none, or none yet. */
static const ali_radio_network *network_of(const ali_radios_reader *reader, const ali_radio *radio)
{
    const alicorn_radios *radios = reader->radios;
    size_t network =
        radio->platform == ALI_NONE ? ALI_NONE : radios->platforms[radio->platform].network;
    return network == ALI_NONE ? NULL : &radios->networks[network];
}

static void report_port(ali_radios_reader *reader, const ali_radios_radio *from,
                        const ali_radio_network *has)
{
    char quote[40], known[200] = "";
    size_t used = 0, i = 0;
    for (; i < has->network->ports && used + ALI_PORT_NAME_SIZE + 2 < sizeof known; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "",
                                 has->network->names[i]);
    ali_quote(quote, sizeof quote, from->port, strlen(from->port));
    ali_key_report(&reader->keys, ALICORN_ERROR, "no-port", ali_key_place(from->node, "port"),
                   "%s has no port '%s', expected one of %s%s", has->file, quote, known,
                   i < has->network->ports ? ", …" : "");
}

static alicorn_status read_port(ali_radios_reader *reader, const ali_radios_radio *from,
                                ali_radio *radio)
{
    const alicorn_radios *radios = reader->radios;
    const ali_radio_network *has = network_of(reader, radio);
    if (!from->port)
        return ALICORN_OK;
    alicorn_status status = ali_radios_copy_text(reader, from->port, &radio->port_name);
    if (has && status == ALICORN_OK) {
        size_t port = alicorn_network_port(has->network, from->port);
        radio->port = port < has->network->ports ? port : ALI_NONE;
        if (radio->port == ALI_NONE)
            report_port(reader, from, has);
    }
    for (const ali_radio *other = radios->radios; status == ALICORN_OK && other < radio; other++)
        if (other->platform == radio->platform && other->port_name &&
            strcmp(other->port_name, from->port) == 0)
            ali_key_report(&reader->keys, ALICORN_WARNING, "port-shared",
                           ali_key_place(from->node, "port"),
                           "radio '%s' has this port, too: S does not tell how the two are kept "
                           "apart, state it in isolations",
                           other->name);
    return status;
}

/** Say how many channels S does not reach. */
static void check_range(ali_radios_reader *reader, const ali_radios_radio *from,
                        const ali_radio *radio)
{
    const ali_radio_network *has = network_of(reader, radio);
    if (!has || radio->port == ALI_NONE || has->network->count == 0)
        return;
    const alicorn_network *s = has->network;
    double low = s->frequency_hz[0], high = s->frequency_hz[s->count - 1];
    size_t outside = 0;
    const ali_yaml_node *node = from->channels            ? from->channels
                                : from->transmit_channels ? from->transmit_channels
                                                          : from->receive_channels;
    for (size_t i = 0; i < radio->channel_count; i++) {
        const ali_channel *channel = &radio->channels[i];
        outside += channel->transmit < low || channel->transmit > high || channel->receive < low ||
                   channel->receive > high;
    }
    if (outside > 0)
        ali_key_report(
            &reader->keys, ALICORN_NOTE, "no-path-data", node ? node : from->node,
            "%zu of %zu channels lie outside of %s, %.6g to %.6g MHz: no path data there", outside,
            radio->channel_count, has->file, low / 1e6, high / 1e6);
}

/** A bandwidth that does not go with the channels: units are easily forgotten. */
static void check_bandwidth(ali_radios_reader *reader, const ali_yaml_node *map, double bandwidth,
                            double lowest)
{
    const ali_yaml_node *node = ali_key_place(map, "bandwidth");
    if (bandwidth > 2 * lowest)
        ali_key_report(&reader->keys, ALICORN_WARNING, "band-below-zero", node,
                       "half of %.10g Hz reaches below 0 Hz from the channel %.10g Hz: are both "
                       "units right?",
                       bandwidth, lowest);
    else if (bandwidth > 0 && bandwidth < TELEGRAPHY && lowest > HIGH_FREQUENCY)
        ali_key_report(&reader->keys, ALICORN_WARNING, "bandwidth-narrow", node,
                       "%.10g Hz are narrower than Morse code, %.0f Hz: is the unit right?",
                       bandwidth, TELEGRAPHY);
}

static void check_bandwidths(ali_radios_reader *reader, const ali_radios_radio *from,
                             const ali_radio *radio)
{
    double transmit = HUGE_VAL, receive = HUGE_VAL;
    for (size_t i = 0; i < radio->channel_count; i++) {
        transmit = fmin(transmit, radio->channels[i].transmit);
        receive = fmin(receive, radio->channels[i].receive);
    }
    if (from->transmitter && radio->channel_count > 0)
        check_bandwidth(reader, from->transmitter->node, from->transmitter->bandwidth, transmit);
    if (from->receiver && radio->channel_count > 0)
        check_bandwidth(reader, from->receiver->node, from->receiver->bandwidth, receive);
}

static alicorn_status read_radio(ali_radios_reader *reader, const ali_radios_radio *from,
                                 ali_radio *radio)
{
    radio->origin = ali_radios_origin(from->node);
    radio->platform = ALI_NONE;
    if (from->node->kind != ALI_YAML_MAP) /* reported */
        return ali_radios_copy_text(reader, "", &radio->name);
    radio->platform = find_platform(reader, from);
    radio->duty = from->duty;
    radio->full_duplex = from->full_duplex;
    radio->transmits = from->transmitter != NULL;
    radio->receives = from->receiver != NULL;
    radio->polarisation = (ali_radio_polarisation)from->polarisation;
    memcpy(radio->position, from->at, sizeof radio->position);
    if (!radio->transmits && !radio->receives)
        ali_key_report(&reader->keys, ALICORN_ERROR, "missing-key", from->node,
                       "expected a transmitter, a receiver or both");
    alicorn_status status =
        ali_radios_copy_text(reader, from->name ? from->name : "", &radio->name);
    if (status == ALICORN_OK)
        status = ali_radios_copy_curve(reader, &from->gain, from->node, "gain", &radio->gain);
    if (status == ALICORN_OK && from->transmitter)
        status = ali_radios_read_transmitter(reader, from->transmitter, &radio->transmitter);
    if (status == ALICORN_OK && from->receiver)
        status = ali_radios_read_receiver(reader, from->receiver, &radio->receiver);
    if (status == ALICORN_OK)
        status = ali_radios_read_chain(reader, &from->chain, &radio->chain);
    if (status == ALICORN_OK)
        status = ali_radios_read_channels(reader, from, radio);
    if (status == ALICORN_OK)
        status = read_port(reader, from, radio);
    if (status == ALICORN_OK) {
        check_bandwidths(reader, from, radio);
        check_range(reader, from, radio);
    }
    return status;
}

alicorn_status ali_radios_read_radios(ali_radios_reader *reader)
{
    const ali_radios_radio *radios = reader->file.radios.items;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < reader->file.radios.count && status == ALICORN_OK; i++) {
        ali_radio *radio = ali_radios_add_radio(reader->radios);
        status = radio ? read_radio(reader, &radios[i], radio)
                       : ali_error_memory(reader->keys.error, sizeof *radio, "radios");
    }
    return status;
}
