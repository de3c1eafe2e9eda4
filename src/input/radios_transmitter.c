/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "input/radios_reader.h"

#include <math.h>

/** @file
 *  What a radio sends. */

/** Last harmonic where none is given. */
#define STANDARD_HIGHEST 10

/** Powers above this are odd: 10 MW [dBm]. */
#define STRONGEST 100.0

static alicorn_status add_harmonic(ali_radios_reader *reader, ali_transmitter *transmitter,
                                   int order, double level)
{
    ali_harmonic *harmonic = ali_transmitter_add_harmonic(transmitter);
    if (!harmonic)
        return ali_error_memory(reader->keys.error, sizeof *harmonic, "harmonics");
    *harmonic = (ali_harmonic){.order = order, .level_dbc = level};
    return ALICORN_OK;
}

static alicorn_status list_harmonics(ali_radios_reader *reader, const ali_radios_harmonics *from,
                                     ali_transmitter *transmitter)
{
    const ali_radios_harmonic *listed = from->listed.items;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < from->listed.count && status == ALICORN_OK; i++) {
        if (i > 0 && listed[i].number <= listed[i - 1].number)
            ali_key_report(&reader->keys, ALICORN_ERROR, "unsorted", listed[i].node,
                           "harmonic %d behind %d, expected ascending numbers", listed[i].number,
                           listed[i - 1].number);
        status = add_harmonic(reader, transmitter, listed[i].number, listed[i].level);
    }
    return status;
}

static alicorn_status read_harmonics(ali_radios_reader *reader, const ali_radios_harmonics *from,
                                     ali_transmitter *transmitter)
{
    bool constant = ali_yaml_find(from->node, "constant");
    bool second = ali_yaml_find(from->node, "second"), slope = ali_yaml_find(from->node, "slope");
    bool listed = ali_yaml_find(from->node, "listed");
    transmitter->harmonic_spread = from->spread;
    if (from->node->kind != ALI_YAML_MAP) /* reported */
        return ALICORN_OK;
    if (constant + second + listed != 1 || slope != second ||
        (listed && ali_yaml_find(from->node, "highest"))) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->node,
                       "expected constant, or second with slope, or listed without highest");
        return ALICORN_OK;
    }
    if (listed)
        return list_harmonics(reader, from, transmitter);
    int highest = from->highest > 0 ? from->highest : STANDARD_HIGHEST;
    alicorn_status status = ALICORN_OK;
    for (int n = 2; n <= highest && status == ALICORN_OK; n++)
        status = add_harmonic(reader, transmitter, n,
                              constant ? from->constant
                                       : from->second - from->slope * log10((double)n / 2));
    return status;
}

static alicorn_status read_spurs(ali_radios_reader *reader, const ali_key_items *items,
                                 ali_transmitter *transmitter)
{
    const ali_radios_spur *spurs = items->items;
    for (size_t i = 0; i < items->count; i++) {
        const ali_yaml_node *node = spurs[i].node;
        bool absolute = ali_yaml_find(node, "power"), relative = ali_yaml_find(node, "offset");
        if (absolute == (ali_yaml_find(node, "level") != NULL) ||
            relative == (ali_yaml_find(node, "frequency") != NULL))
            ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                           "expected one of frequency and offset, and one of level and power");
        ali_spur *spur = ali_transmitter_add_spur(transmitter);
        if (!spur)
            return ali_error_memory(reader->keys.error, sizeof *spur, "spurs");
        *spur = (ali_spur){.relative = relative,
                           .frequency = relative ? spurs[i].offset : spurs[i].frequency,
                           .absolute = absolute,
                           .level = absolute ? spurs[i].power : spurs[i].level,
                           .origin = ali_radios_origin(node)};
    }
    return ALICORN_OK;
}

static alicorn_status read_reverse(ali_radios_reader *reader, const ali_key_items *items,
                                   ali_transmitter *transmitter)
{
    const ali_radios_reverse *reverse = items->items;
    for (size_t i = 0; i < items->count; i++) {
        for (size_t j = 0; j < i; j++)
            if (reverse[j].order == reverse[i].order)
                ali_key_report(&reader->keys, ALICORN_ERROR, "value",
                               ali_key_place(reverse[i].node, "order"), "order %d is there already",
                               reverse[i].order);
        ali_reverse_product *product = ali_transmitter_add_reverse(transmitter);
        if (!product)
            return ali_error_memory(reader->keys.error, sizeof *product, "products");
        *product = (ali_reverse_product){.order = reverse[i].order, .loss = reverse[i].loss};
    }
    return ALICORN_OK;
}

/** The mask and what it is measured in. */
static void check_mask(ali_radios_reader *reader, const ali_radios_transmitter *from)
{
    if (from->mask.count == 0)
        return;
    const ali_yaml_node *node = ali_key_place(from->node, "mask");
    if (isnan(from->mask_bandwidth) && from->bandwidth == 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                       "counts power in a bandwidth, expected mask_bandwidth: the bandwidth is 0");
    if (from->mask.values[0] < from->bandwidth / 2)
        ali_key_report(&reader->keys, ALICORN_WARNING, "mask-inside", node,
                       "begins %.6g Hz from the carrier, within half the bandwidth of %.6g Hz: "
                       "what it says there is not used",
                       from->mask.values[0], from->bandwidth);
}

alicorn_status ali_radios_read_transmitter(ali_radios_reader *reader,
                                           const ali_radios_transmitter *from,
                                           ali_transmitter *transmitter)
{
    bool absolute = ali_yaml_find(from->node, "noise_absolute");
    transmitter->origin = ali_radios_origin(from->node);
    transmitter->power_dbm = from->power;
    transmitter->bandwidth = from->bandwidth;
    transmitter->mask_bandwidth =
        isnan(from->mask_bandwidth) ? from->bandwidth : from->mask_bandwidth;
    transmitter->noise_absolute = absolute;
    check_mask(reader, from);
    if (from->power > STRONGEST)
        ali_key_report(&reader->keys, ALICORN_WARNING, "power-high",
                       ali_key_place(from->node, "power"),
                       "%.10g dBm are %.3g MW: is the unit right?", from->power,
                       pow(10, from->power / 10 - 9));
    if (absolute && ali_yaml_find(from->node, "noise"))
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(from->node, "noise"),
                       "expected only one of noise and noise_absolute");
    alicorn_status status =
        ali_radios_copy_curve(reader, &from->mask, from->node, "mask", &transmitter->mask);
    if (status == ALICORN_OK)
        status = ali_radios_copy_curve(reader, absolute ? &from->noise_absolute : &from->noise,
                                       from->node, absolute ? "noise_absolute" : "noise",
                                       &transmitter->noise);
    if (status == ALICORN_OK)
        status = ali_radios_copy_curve(reader, &from->tracking, from->node, "tracking",
                                       &transmitter->tracking);
    if (status == ALICORN_OK && from->harmonics)
        status = read_harmonics(reader, from->harmonics, transmitter);
    if (status == ALICORN_OK)
        status = read_spurs(reader, &from->spurs, transmitter);
    if (status == ALICORN_OK)
        status = read_reverse(reader, &from->reverse, transmitter);
    return status == ALICORN_OK ? ali_radios_read_chain(reader, &from->chain, &transmitter->chain)
                                : status;
}
