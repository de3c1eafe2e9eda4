/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"
#include "model/radios.h"
#include "model/requirement.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Requirements that are about several antennas at work: beacons, and radios. */

/** A pattern that turns as a whole has its orders from its azimuths: as many as
 *  alicorn_assess_orders needs. */
static const double LARGEST_STEP = 360.0 / (2 * ALICORN_ORDERS);

/* ---- beacons ---- */

/** The ports by name, or all; NULL in beacon->ports after an error that was reported. */
static alicorn_status take_beacon_ports(ali_project_reader *reader, const ali_yaml_node *list,
                                        ali_beacon *beacon)
{
    const ali_model *model = reader->model;
    if (list && (list->kind != ALI_YAML_LIST || list->count == 0)) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "type", list,
                       "expected a list of names of ports");
        return ALICORN_OK;
    }
    size_t count = list ? list->count : model->port_count;
    beacon->ports = count > 0 ? ali_calloc(count, sizeof *beacon->ports) : NULL;
    if (count > 0 && !beacon->ports)
        return ali_error_memory(reader->keys.error, count * sizeof *beacon->ports, "ports");
    beacon->port_count = count;
    for (size_t i = 0; i < count; i++) {
        const ali_yaml_node *node = list ? list->entries[i].value : NULL;
        const char *name = node && node->kind == ALI_YAML_SCALAR ? node->text : "";
        beacon->ports[i].weight.re = 1;
        if (!node)
            memcpy(beacon->ports[i].name, model->ports[i].name, sizeof beacon->ports[i].name);
        else
            ali_project_take_port(reader, node, name, beacon->ports[i].name);
        for (size_t j = 0; j < i; j++)
            if (node && strcmp(beacon->ports[j].name, beacon->ports[i].name) == 0)
                ali_key_report(&reader->keys, ALICORN_ERROR, "value", node,
                               "port '%s' stands here twice", beacon->ports[i].name);
    }
    return ALICORN_OK;
}

/** The port that is not modulated, and where the others stand. */
static void take_azimuths(ali_project_reader *reader, const ali_project_limit *limit,
                          ali_beacon *beacon)
{
    size_t modulated = beacon->port_count, next = 0;
    for (size_t i = 0; limit->steady && i < beacon->port_count; i++)
        if (strcmp(beacon->ports[i].name, limit->steady) == 0) {
            beacon->ports[i].steady = true;
            modulated--;
        }
    if (limit->steady && modulated == beacon->port_count)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(limit->node, "steady"),
                       "'%.40s' is not among the beacon's ports", limit->steady);
    if (limit->azimuths.count > 0 && limit->azimuths.count != modulated) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "value",
                       ali_key_place(limit->node, "azimuths"),
                       "%zu azimuths, expected %zu, one for each modulated port",
                       limit->azimuths.count, modulated);
        return;
    }
    for (size_t i = 0; i < beacon->port_count; i++) {
        if (beacon->ports[i].steady)
            continue;
        beacon->ports[i].azimuth_deg = limit->azimuths.count > 0
                                           ? limit->azimuths.values[next]
                                           : 360.0 * (double)next / (double)modulated;
        next++;
    }
}

/** Keys of a beacon that turns by its weights, in one that does not. */
static void refuse_modulation(ali_project_reader *reader, const ali_project_requirement *from,
                              const ali_project_limit *limit)
{
    const char *idle = limit->azimuths.count > 0      ? "azimuths"
                       : limit->steady                ? "steady"
                       : !isnan(limit->bearing_error) ? "max_bearing_error"
                                                      : NULL;
    if (idle)
        ali_key_report(&reader->keys, ALICORN_ERROR, "request", ali_key_place(limit->node, idle),
                       "`%s` goes with `modulation`", idle);
    if (from->step > LARGEST_STEP)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(from->node, "step"),
                       "a beacon that turns as a whole needs its orders from the azimuths, "
                       "expected a step of at most %.3g degrees",
                       LARGEST_STEP);
}

alicorn_status ali_project_take_beacon(ali_project_reader *reader,
                                       const ali_project_requirement *from, ali_requirement *to)
{
    const ali_project_limit *limit = from->limits[ALICORN_REQUIRE_TACAN];
    ali_beacon *beacon = &to->beacon;
    alicorn_status status = take_beacon_ports(reader, limit->ports, beacon);
    if (status != ALICORN_OK || !beacon->ports)
        return status;
    if (limit->weights.count > 0 && limit->weights.count != beacon->port_count)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(limit->node, "weights"),
                       "%zu weights, expected %zu, one for each port", limit->weights.count,
                       beacon->port_count);
    else
        for (size_t i = 0; i < limit->weights.count; i++) {
            const double *row = limit->weights.values + 2 * i;
            beacon->ports[i].weight = (alicorn_complex){row[0] * cos(row[1] * ALI_DEGREE),
                                                        row[0] * sin(row[1] * ALI_DEGREE)};
        }
    beacon->constant = limit->constant;
    beacon->relative = limit->harmonics;
    beacon->bearing_error_deg = isnan(limit->bearing_error) ? HUGE_VAL : limit->bearing_error;
    beacon->turns = limit->modulation.count == 2;
    if (beacon->turns) {
        memcpy(beacon->depth, limit->modulation.values, sizeof beacon->depth);
        take_azimuths(reader, limit, beacon);
    } else {
        refuse_modulation(reader, from, limit);
    }
    return ALICORN_OK;
}

/* ---- radios ---- */

/** Whether there is a radio of that name; reported if not. NULL is every radio. */
static bool take_radio(ali_project_reader *reader, const alicorn_radios *radios,
                       const ali_project_limit *limit, const char *key, const char *name,
                       char into[32])
{
    bool found = !name;
    for (size_t i = 0; i < radios->radio_count && !found; i++)
        found = strcmp(radios->radios[i].name, name) == 0;
    if (name)
        snprintf(into, 32, "%s", name);
    if (!found)
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", ali_key_place(limit->node, key),
                       "there is no radio '%.40s' in that file", name);
    return found;
}

/** The antennas of radios on platforms without S must be ports of the project. True if S of the
 *  project is needed. */
static bool check_antennas(ali_project_reader *reader, const alicorn_radios *radios,
                           const ali_project_limit *limit)
{
    bool needed = false;
    for (size_t i = 0; i < radios->radio_count; i++) {
        const ali_radio *radio = &radios->radios[i];
        bool there = alicorn_radios_has_network(radios, radio->platform) != 0;
        bool known = !radio->port_name;
        needed |= !there;
        for (size_t k = 0; k < reader->model->port_count && !known; k++)
            known = strcmp(reader->model->ports[k].name, radio->port_name) == 0;
        if (!there && !known)
            ali_key_report(&reader->keys, ALICORN_ERROR, "no-ports",
                           ali_key_place(limit->node, "radios"),
                           "the antenna '%.40s' of radio '%.40s' is no port of the project",
                           radio->port_name, radio->name);
    }
    return needed;
}

alicorn_status ali_project_take_radios(ali_project_reader *reader, const ali_project_limit *limit,
                                       ali_requirement *to)
{
    alicorn_radios *radios = NULL;
    alicorn_error error = {0};
    const alicorn_read_options options = {0};
    const ali_yaml_node *place = ali_key_place(limit->node, "radios");
    to->radios = ali_key_file_path(&reader->keys, limit->radios);
    if (!to->radios)
        return ali_error_memory(reader->keys.error, strlen(limit->radios), "a path");
    alicorn_status status =
        reader->mesher->read_radios(reader->mesher->user, to->radios, &options, &radios, &error);
    if (status == ALICORN_E_INPUT || status == ALICORN_E_IO) {
        char where[40] = "";
        if (error.line > 0)
            snprintf(where, sizeof where, " in line %d", error.line);
        ali_key_report(&reader->keys, ALICORN_ERROR, "radios", place,
                       "the radios cannot be used%s: %.250s", where, error.message);
        return ALICORN_OK;
    }
    if (status != ALICORN_OK) {
        *reader->keys.error = error;
        return status;
    }
    take_radio(reader, radios, limit, "aggressor", limit->aggressor, to->port[0]);
    take_radio(reader, radios, limit, "victim", limit->victim, to->port[1]);
    to->needs_s = check_antennas(reader, radios, limit);
    alicorn_radios_destroy(radios);
    return ALICORN_OK;
}
