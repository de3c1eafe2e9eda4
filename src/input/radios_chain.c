/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "input/radios_reader.h"

#include <math.h>

/** @file
 *  Chains between radio and antenna. */

/** Whether a filter has the edges that its shape needs, in order. */
static void check_edges(ali_radios_reader *reader, const ali_radios_filter *from)
{
    static const struct {
        bool low, high;
        const char *expected;
    } needed[] = {[ALI_FILTER_LOW_PASS] = {false, true, "high, and no low"},
                  [ALI_FILTER_HIGH_PASS] = {true, false, "low, and no high"},
                  [ALI_FILTER_BAND_PASS] = {true, true, "low and high"},
                  [ALI_FILTER_BAND_STOP] = {true, true, "low and high"},
                  [ALI_FILTER_LISTED] = {false, false, "points, and neither low nor high"}};
    bool low = !isnan(from->low), high = !isnan(from->high);
    bool points = ali_yaml_find(from->node, "points"), order = ali_yaml_find(from->node, "order");
    bool listed = from->shape == ALI_FILTER_LISTED;
    if (needed[from->shape].low != low || needed[from->shape].high != high || listed != points)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->node,
                       "a filter of this shape has %s%s", needed[from->shape].expected,
                       points && !listed ? "; points belong to shape: listed" : "");
    else if (order == listed)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->node, "expected %s",
                       listed ? "no order: it is listed" : "an order");
    else if (low && high && from->low >= from->high)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(from->node, "high"),
                       "%.10g Hz, expected more than low, %.10g Hz", from->high, from->low);
}

static alicorn_status read_filter(ali_radios_reader *reader, const ali_radios_filter *from,
                                  ali_chain_element *element)
{
    ali_filter *filter = &element->filter;
    element->kind = ALI_CHAIN_FILTER;
    filter->shape = from->shape < 0 ? ALI_FILTER_LISTED : (ali_filter_shape)from->shape;
    filter->order = from->order;
    filter->ripple = from->ripple;
    filter->low = isnan(from->low) ? 0 : from->low;
    filter->high = isnan(from->high) ? 0 : from->high;
    filter->loss = from->loss;
    filter->ultimate = from->ultimate;
    if (from->shape >= 0)
        check_edges(reader, from);
    return ali_radios_copy_curve(reader, &from->points, from->node, "points", &filter->listed);
}

static alicorn_status read_two_port(ali_radios_reader *reader, const ali_radios_element *from,
                                    ali_chain_element *element)
{
    const ali_yaml_node *node = ali_key_place(from->node, "network");
    element->kind = ALI_CHAIN_NETWORK;
    alicorn_status status = ali_radios_add_file(reader, node, from->network, &element->network);
    if (status != ALICORN_OK || element->network == ALI_NONE)
        return status;
    size_t ports = reader->radios->networks[element->network].network->ports;
    if (ports != 2)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                       "has %zu port%s, expected a two-port", ports, ports == 1 ? "" : "s");
    return ALICORN_OK;
}

static alicorn_status read_element(ali_radios_reader *reader, const ali_radios_element *from,
                                   ali_chain_element *element)
{
    element->origin = ali_radios_origin(from->node);
    element->reversed = from->reversed;
    if (from->reversed && !from->network && !from->isolator)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(from->node, "reversed"),
                       "expected only with network or isolator");
    alicorn_status status =
        ali_radios_copy_text(reader, from->name ? from->name : "", &element->name);
    if (status != ALICORN_OK)
        return status;
    if (from->network)
        return read_two_port(reader, from, element);
    if (from->filter)
        return read_filter(reader, from->filter, element);
    if (from->cable) {
        element->kind = ALI_CHAIN_CABLE;
        element->length = from->cable->length;
        return ali_radios_copy_curve(reader, &from->cable->loss, from->cable->node, "loss",
                                     &element->cable);
    }
    element->kind = from->isolator ? ALI_CHAIN_ISOLATOR : ALI_CHAIN_ATTENUATOR;
    element->loss = from->isolator ? from->isolator->loss : from->attenuator;
    element->isolation = from->isolator ? from->isolator->isolation : 0;
    return ALICORN_OK;
}

/** Cables grow with the root of the frequency: a loss at 0 Hz says nothing. */
static void check_cable(ali_radios_reader *reader, const ali_radios_cable *cable)
{
    if (cable->loss.count > 0 && cable->loss.values[0] <= 0)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(cable->node, "loss"),
                       "begins at 0 Hz, expected a loss at a frequency above");
}

/** Whether an element of no kind was reported: it is no mapping, or has a key that is unknown or
 * wrong. */
static bool is_reported(const ali_yaml_node *node)
{
    bool name = ali_yaml_find(node, "name"), reversed = ali_yaml_find(node, "reversed");
    return node->kind != ALI_YAML_MAP || node->count > (name ? 1U : 0U) + (reversed ? 1U : 0U);
}

alicorn_status ali_radios_read_chain(ali_radios_reader *reader, const ali_key_items *elements,
                                     ali_chain *chain)
{
    const ali_radios_element *items = elements->items;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < elements->count && status == ALICORN_OK; i++) {
        const ali_radios_element *from = &items[i];
        int kinds = (from->network != NULL) + (from->cable != NULL) + (from->filter != NULL) +
                    (from->isolator != NULL) + (ali_yaml_find(from->node, "attenuator") != NULL);
        if (kinds > 1 || (kinds == 0 && !is_reported(from->node)))
            ali_key_report(&reader->keys, ALICORN_ERROR, "value", from->node,
                           "expected %s network, attenuator, cable, filter and isolator",
                           kinds == 0 ? "one of" : "only one of");
        if (kinds != 1)
            continue;
        ali_chain_element *element = ali_chain_add(chain);
        if (!element)
            return ali_error_memory(reader->keys.error, sizeof *element, "a chain");
        if (from->cable)
            check_cable(reader, from->cable);
        status = read_element(reader, from, element);
    }
    return status;
}
