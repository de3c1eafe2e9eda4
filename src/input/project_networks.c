/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** @file
 *  Networks of a project: transmission lines and two-ports between the middles of segments, as the
 *  decks' TL and NT cards give. */

/** Segment across whose middle the named port stands; ALI_NONE if there is none, reported. */
static size_t port_segment(ali_project_reader *reader, const ali_project_end *end)
{
    const ali_yaml_node *node = ali_key_place(end->node, "port");
    const ali_model *model = reader->model;
    char quote[40];
    ali_quote(quote, sizeof quote, end->port, strlen(end->port));
    for (size_t i = 0; i < model->port_count; i++) {
        const ali_named_port *port = &model->ports[i];
        if (strcmp(port->name, end->port) != 0)
            continue;
        if (port->site.kind == ALI_SITE_SEGMENT)
            return port->site.index;
        ali_key_report(&reader->keys, ALICORN_ERROR, "not-yet", node,
                       "port '%s' stands %s; networks are solved in the middle of segments "
                       "only yet",
                       quote,
                       port->site.kind == ALI_SITE_EDGES ? "on a surface" : "at the end of a wire");
        return ALI_NONE;
    }
    ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports", node, "there is no port '%s'", quote);
    return ALI_NONE;
}

/** Segment in whose middle an end of a network stands; ALI_NONE if there is none, reported. */
static alicorn_status find_segment(ali_project_reader *reader, const ali_project_end *end,
                                   size_t *segment)
{
    *segment = ALI_NONE;
    if (!end->port == !end->wire) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "network", end->node,
                       "expected either port or wire");
        return ALICORN_OK;
    }
    if (end->port) {
        if (end->at)
            ali_key_report(&reader->keys, ALICORN_ERROR, "network", end->at, "goes with wire only");
        *segment = port_segment(reader, end);
        return ALICORN_OK;
    }
    bool word = end->at && end->at->kind == ALI_YAML_SCALAR;
    if (word && (strcmp(end->at->text, "start") == 0 || strcmp(end->at->text, "end") == 0)) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "not-yet", end->at,
                       "networks are solved in the middle of segments only yet, expected a "
                       "number from 0 to 1");
        return ALICORN_OK;
    }
    ali_site site = {ALI_SITE_SEGMENT, ALI_NONE};
    alicorn_status status = ali_project_wire_site(reader, end->node, end->wire, end->at, &site);
    *segment = site.index;
    return status;
}

static ali_vec3 middle_of(const ali_model *model, size_t segment)
{
    const ali_segment *s = &model->segments[segment];
    return ali_vec3_scale(0.5, ali_vec3_add(s->start, s->end));
}

static void set_line(const ali_model *model, const ali_project_line *line, ali_network *network)
{
    const double *y = line->shunts.values;
    double length = line->length;
    if (isnan(length))
        length = ali_vec3_distance(middle_of(model, network->segment[0]),
                                   middle_of(model, network->segment[1]));
    network->kind = ALI_NETWORK_LINE;
    network->z0 = line->z0;
    network->length = length / line->velocity;
    network->crossed = line->crossed;
    for (size_t i = 0; i < line->shunts.count; i++)
        network->shunt[i] = CMPLX(y[2 * i], y[2 * i + 1]);
}

static double complex element(const ali_key_rows *rows)
{
    return CMPLX(rows->values[0], rows->count > 1 ? rows->values[1] : 0);
}

static void set_admittance(const ali_project_admittance *admittance, ali_network *network)
{
    network->kind = ALI_NETWORK_ADMITTANCE;
    network->y11 = element(&admittance->y11);
    network->y12 = element(&admittance->y12);
    network->y22 = element(&admittance->y22);
}

static alicorn_status add_network(ali_project_reader *reader, const ali_project_network *given)
{
    const ali_yaml_node *node = given->node;
    ali_network network = {
        .origin = {.line = node->line, .column = node->column, .card = "network"}};
    if (!given->line == !given->admittance) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "network", node,
                       "expected either line or admittance");
        return ALICORN_OK;
    }
    alicorn_status status = find_segment(reader, given->from, &network.segment[0]);
    if (status == ALICORN_OK)
        status = find_segment(reader, given->to, &network.segment[1]);
    if (status != ALICORN_OK || network.segment[0] == ALI_NONE || network.segment[1] == ALI_NONE)
        return status;
    if (network.segment[0] == network.segment[1]) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "network", node,
                       "both ends stand in the middle of one segment");
        return ALICORN_OK;
    }
    if (given->line)
        set_line(reader->model, given->line, &network);
    else
        set_admittance(given->admittance, &network);
    if (ali_grow((void **)&reader->networks, &reader->network_capacity, reader->network_count,
                 sizeof *reader->networks))
        return ali_error_memory(reader->keys.error, sizeof *reader->networks, "networks");
    reader->networks[reader->network_count++] = network;
    return ALICORN_OK;
}

alicorn_status ali_project_add_networks(ali_project_reader *reader)
{
    const ali_key_items *list = &reader->project.networks;
    const ali_project_network *networks = list->items;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < list->count && status == ALICORN_OK; i++)
        status = add_network(reader, &networks[i]);
    return status;
}
