/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "input/radios_reader.h"

#include <math.h>
#include <string.h>

/** @file
 *  What a radio receives and stands. */

/** Thermal noise at 290 K [dBm/Hz], and how far below it a sensitivity is believed [dB]: direct
 * sequence receivers hear 30 dB below. */
#define THERMAL_DBM_HZ -173.975
#define BELIEVED 45
/** Sensitivities above this are odd [dBm]: the minus was forgotten. */
#define DEAF 0.0

/** Levels that must lie in order: each pair says what is wrong if the first is not below. */
static void check_order(ali_radios_reader *reader, const ali_radios_receiver *from)
{
    const struct {
        double low, high;
        const char *key, *than;
    } pairs[] = {{from->sensitivity, from->saturation, "sensitivity", "saturation"},
                 {from->sensitivity, from->p1db, "sensitivity", "p1db"},
                 {from->p1db, from->saturation, "p1db", "saturation"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].low > pairs[i].high)
            ali_key_report(&reader->keys, ALICORN_ERROR, "value",
                           ali_key_place(from->node, pairs[i].key),
                           "%.10g dBm, expected less than %s, %.10g dBm", pairs[i].low,
                           pairs[i].than, pairs[i].high);
    if (from->iip[3] < from->p1db)
        ali_key_report(&reader->keys, ALICORN_WARNING, "intercept-low",
                       ali_key_place(from->node, "iip3"),
                       "%.10g dBm lies below the compression point p1db, %.10g dBm; usually it "
                       "lies 10 dB above",
                       from->iip[3], from->p1db);
}

static void check_sensitivity(ali_radios_reader *reader, const ali_radios_receiver *from)
{
    bool given = ali_yaml_find(from->node, "sensitivity");
    double floor_dbm = THERMAL_DBM_HZ + 10 * log10(from->bandwidth);
    if (!given && !ali_yaml_find(from->node, "noise_figure"))
        ali_key_report(&reader->keys, ALICORN_ERROR, "missing-key", from->node,
                       "expected sensitivity or noise_figure");
    if (!isnan(from->allowed_inr) && isnan(from->noise_figure) &&
        (isnan(from->sensitivity) || isnan(from->required_snr)))
        ali_key_report(&reader->keys, ALICORN_ERROR, "missing-key",
                       ali_key_place(from->node, "allowed_inr"),
                       "is over noise, expected noise_figure, or sensitivity and required_snr");
    if (from->sensitivity < floor_dbm - BELIEVED)
        ali_key_report(
            &reader->keys, ALICORN_WARNING, "sensitivity-low",
            ali_key_place(from->node, "sensitivity"),
            "%.10g dBm is %.0f dB below the thermal noise in %.6g Hz: is the unit right?",
            from->sensitivity, floor_dbm - from->sensitivity, from->bandwidth);
    if (from->sensitivity > DEAF)
        ali_key_report(&reader->keys, ALICORN_WARNING, "sensitivity-high",
                       ali_key_place(from->node, "sensitivity"),
                       "%.10g dBm: is that the weakest signal, or is the minus missing?",
                       from->sensitivity);
}

static void check_selectivity(ali_radios_reader *reader, const ali_radios_receiver *from)
{
    const ali_key_rows *rows = &from->selectivity;
    if (rows->count > 0 && rows->values[0] < from->bandwidth / 2 && rows->values[1] > 0)
        ali_key_report(&reader->keys, ALICORN_WARNING, "mask-inside",
                       ali_key_place(from->node, "selectivity"),
                       "begins %.6g Hz from the channel, within half the bandwidth of %.6g Hz: "
                       "what it says there is not used",
                       rows->values[0], from->bandwidth);
}

static void read_mixers(ali_radios_reader *reader, const ali_radios_receiver *from,
                        ali_receiver *receiver)
{
    const ali_yaml_node *rejection = ali_key_place(from->node, "image_rejection");
    receiver->lo_above = from->lo == 1;
    receiver->if_count = from->ifs.count;
    for (size_t i = 0; i < from->ifs.count; i++)
        receiver->ifs[i] = from->ifs.values[i];
    for (size_t i = 0; i < from->image_rejection.count; i++)
        receiver->image_rejection[i] = from->image_rejection.values[i];
    if (from->image_rejection.count > from->ifs.count && !ali_key_has_errors(&reader->keys))
        ali_key_report(&reader->keys, ALICORN_ERROR, "value", rejection,
                       "%zu mixer%s, expected no more than there are ifs, %zu",
                       from->image_rejection.count, from->image_rejection.count == 1 ? "" : "s",
                       from->ifs.count);
}

static alicorn_status read_responses(ali_radios_reader *reader, const ali_radios_receiver *from,
                                     ali_receiver *receiver)
{
    const ali_radios_response *responses = from->responses.items;
    if (from->responses.count > 0 && !ali_yaml_find(from->node, "ifs"))
        ali_key_report(&reader->keys, ALICORN_ERROR, "missing-key",
                       ali_key_place(from->node, "responses"),
                       "responses are of a mixer, expected ifs");
    for (size_t i = 0; i < from->responses.count; i++) {
        ali_response *response = ali_receiver_add_response(receiver);
        if (!response)
            return ali_error_memory(reader->keys.error, sizeof *response, "responses");
        *response = (ali_response){
            .p = responses[i].p, .q = responses[i].q, .rejection = responses[i].rejection};
    }
    return ALICORN_OK;
}

alicorn_status ali_radios_read_receiver(ali_radios_reader *reader, const ali_radios_receiver *from,
                                        ali_receiver *receiver)
{
    receiver->origin = ali_radios_origin(from->node);
    if (from->node->kind != ALI_YAML_MAP) /* reported */
        return ALICORN_OK;
    receiver->bandwidth = from->bandwidth;
    receiver->sensitivity_dbm = from->sensitivity;
    receiver->noise_figure = from->noise_figure;
    receiver->required_snr = from->required_snr;
    receiver->allowed_inr = from->allowed_inr;
    receiver->p1db_dbm = from->p1db;
    receiver->saturation_dbm = from->saturation;
    memcpy(receiver->iip + 2, from->iip + 2, sizeof receiver->iip - 2 * sizeof *receiver->iip);
    check_order(reader, from);
    check_sensitivity(reader, from);
    check_selectivity(reader, from);
    read_mixers(reader, from, receiver);
    alicorn_status status = ali_radios_copy_curve(reader, &from->selectivity, from->node,
                                                  "selectivity", &receiver->selectivity);
    if (status == ALICORN_OK)
        status = ali_radios_copy_curve(reader, &from->preselection, from->node, "preselection",
                                       &receiver->preselection);
    if (status == ALICORN_OK)
        status = read_responses(reader, from, receiver);
    return status == ALICORN_OK ? ali_radios_read_chain(reader, &from->chain, &receiver->chain)
                                : status;
}
