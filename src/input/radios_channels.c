/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "input/radios_reader.h"

#include <math.h>

/** @file
 *  Channels: a frequency, start with two of stop, step and count, or a list of both. */

/** Frequencies as they are gathered. */
typedef struct gathering {
    double *values; /**< [ALI_RADIOS_MAX_CHANNELS] */
    size_t count;
    bool full; /**< reported */
} gathering;

static void gather(ali_radios_reader *reader, const ali_yaml_node *node, double frequency,
                   gathering *into)
{
    if (into->count < ALI_RADIOS_MAX_CHANNELS) {
        into->values[into->count++] = frequency;
    } else if (!into->full) {
        into->full = true;
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                       "expected at most %d channels of a radio", ALI_RADIOS_MAX_CHANNELS);
    }
}

/** Number of channels of a range, 0: reported. *step is filled in. */
static size_t count_channels(ali_radios_reader *reader, const ali_radios_channels *c, double *step)
{
    bool stop = !isnan(c->stop), by_step = !isnan(c->step), count = c->count > 0;
    const char *wrong = NULL;
    double steps = (c->stop - c->start) / c->step;
    if (stop + by_step + count != 2)
        wrong = "expected two of stop, step and count";
    else if (stop && c->stop < c->start)
        wrong = "stop is below start, expected at least start";
    else if (stop && count && (c->count == 1) != (c->stop == c->start))
        wrong = "one channel goes with stop equal to start";
    else if (stop && by_step && !(steps < ALI_RADIOS_MAX_CHANNELS))
        wrong = "too many channels, expected at most 10000 of a radio";
    if (wrong) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", c->node, "%s", wrong);
        return 0;
    }
    if (stop && by_step) {
        *step = c->step;
        return 1 + (size_t)floor(steps + 1e-6);
    }
    *step = by_step ? c->step : c->count > 1 ? (c->stop - c->start) / (c->count - 1) : 0;
    return (size_t)c->count;
}

static alicorn_status gather_range(ali_radios_reader *reader, const ali_yaml_node *node,
                                   gathering *into)
{
    ali_radios_channels channels;
    double step;
    size_t before = ali_diagnostics_error_count(reader->keys.diagnostics);
    alicorn_status status = ali_key_read_map(&reader->keys, node, ALI_RADIOS_CHANNELS, &channels);
    if (status != ALICORN_OK || ali_diagnostics_error_count(reader->keys.diagnostics) > before)
        return status;
    size_t count = count_channels(reader, &channels, &step);
    for (size_t i = 0; i < count && !into->full; i++)
        gather(reader, node, channels.start + (double)i * step, into);
    return ALICORN_OK;
}

static alicorn_status gather_one(ali_radios_reader *reader, const ali_yaml_node *node,
                                 gathering *into)
{
    const ali_key *key = ali_key_named(reader->keys.table, ALI_RADIOS_RADIO, "channels");
    double frequency;
    if (node->kind == ALI_YAML_MAP)
        return gather_range(reader, node, into);
    if (ali_key_read_real(&reader->keys, node, key, &frequency))
        gather(reader, node, frequency, into);
    return ALICORN_OK;
}

static alicorn_status gather_all(ali_radios_reader *reader, const ali_yaml_node *node,
                                 gathering *into)
{
    *into = (gathering){
        .values = ali_key_alloc(&reader->keys, ALI_RADIOS_MAX_CHANNELS, sizeof *into->values)};
    if (!into->values)
        return ali_error_memory(reader->keys.error, ALI_RADIOS_MAX_CHANNELS * sizeof *into->values,
                                "channels");
    if (node->kind != ALI_YAML_LIST)
        return gather_one(reader, node, into);
    if (node->count == 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                       "no channels, expected at least one");
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < node->count && status == ALICORN_OK && !into->full; i++)
        status = gather_one(reader, node->entries[i].value, into);
    return status;
}

/** Say which keys belong together. */
static bool check_keys(ali_radios_reader *reader, const ali_radios_radio *from,
                       const ali_radio *radio)
{
    const ali_yaml_node *transmit = from->transmit_channels, *receive = from->receive_channels;
    const char *wrong = NULL;
    if (!from->channels && !transmit && !receive)
        wrong = "the key 'channels' is missing";
    else if (from->channels && (transmit || receive))
        wrong = "expected either channels, or transmit_channels and receive_channels";
    else if (transmit && !radio->transmits)
        wrong = "transmit_channels without a transmitter";
    else if (receive && !radio->receives)
        wrong = "receive_channels without a receiver";
    else if (!from->channels && ((radio->transmits && !transmit) || (radio->receives && !receive)))
        wrong = "expected both transmit_channels and receive_channels";
    if (wrong)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->node, "%s", wrong);
    return !wrong;
}

/** A first oscillator at or below zero is none. */
static void check_oscillator(ali_radios_reader *reader, const ali_radios_radio *from,
                             const ali_radio *radio)
{
    const ali_receiver *receiver = &radio->receiver;
    if (!radio->receives || receiver->if_count == 0 || receiver->lo_above)
        return;
    for (size_t i = 0; i < radio->channel_count; i++) {
        if (!(radio->channels[i].receive <= receiver->ifs[0]))
            continue;
        ali_key_report(&reader->keys, ALICORN_ERROR, "value",
                       ali_key_place(from->receiver->node, "ifs"),
                       "the first oscillator of channel %.10g Hz would be at %.10g Hz, expected "
                       "lo: above or another intermediate frequency",
                       radio->channels[i].receive, radio->channels[i].receive - receiver->ifs[0]);
        return;
    }
}

alicorn_status ali_radios_read_channels(ali_radios_reader *reader, const ali_radios_radio *from,
                                        ali_radio *radio)
{
    gathering sent = {0}, heard = {0};
    if (!check_keys(reader, from, radio))
        return ALICORN_OK;
    const ali_yaml_node *first = from->channels ? from->channels : from->transmit_channels;
    alicorn_status status = ALICORN_OK;
    if (first)
        status = gather_all(reader, first, &sent);
    if (status == ALICORN_OK && from->receive_channels)
        status = gather_all(reader, from->receive_channels, &heard);
    else
        heard = sent;
    if (status != ALICORN_OK)
        return status;
    if (first && from->receive_channels && sent.count != heard.count)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->receive_channels,
                       "%zu channels, expected as many as transmit_channels, %zu", heard.count,
                       sent.count);
    for (size_t i = 0; i < heard.count; i++) {
        ali_channel *channel = ali_radio_add_channel(radio);
        if (!channel)
            return ali_error_memory(reader->keys.error, sizeof *channel, "channels");
        if (radio->transmits && i < sent.count)
            channel->transmit = sent.values[i];
        if (radio->receives)
            channel->receive = heard.values[i];
    }
    check_oscillator(reader, from, radio);
    return ALICORN_OK;
}
