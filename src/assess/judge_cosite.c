/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/judge.h"

#include "alicorn/network.h"
#include "alicorn/radios.h"

#include <math.h>
#include <string.h>

/** @file
 *  The judge of radios that use the antennas: margins of cosite analysis with the result's S. */

/** Give the platforms that have no S that of the result. */
static alicorn_status give_networks(const ali_requirement *required, const alicorn_result *result,
                                    alicorn_radios *radios, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t p = 0; p < alicorn_radios_platform_count(radios) && status == ALICORN_OK; p++) {
        alicorn_network *network = NULL;
        if (alicorn_radios_has_network(radios, p))
            continue;
        status = alicorn_network_from_result(result, required->task, &network, error);
        if (status == ALICORN_OK)
            status = alicorn_radios_set_network(radios, alicorn_radios_platform(radios, p), network,
                                                error);
    }
    return status;
}

static size_t radio_named(const alicorn_cosite_result *cosite, const char *name)
{
    size_t i = 0;
    while (i < cosite->radio_count && strcmp(cosite->names[i], name) != 0)
        i++;
    return i;
}

/** Whether an entry has the aggressor among its tones. */
static bool comes_from(const alicorn_cosite_entry *entry, size_t aggressor)
{
    for (size_t k = 0; k < entry->tone_count; k++)
        if (entry->tones[k].radio == aggressor)
            return true;
    return false;
}

/** How an entry disturbs, in a few words. */
static const char *detail_of(const alicorn_cosite_entry *entry)
{
    return entry->beyond_law ? "intermodulation beyond its law, at most"
                             : alicorn_cosite_response_text(entry->response);
}

/** Disturbances one by one, of those that the requirement means. */
static void judge_entries(const ali_requirement *required, const alicorn_cosite_result *cosite,
                          alicorn_verdict *verdict)
{
    size_t aggressor = radio_named(cosite, required->port[0]);
    size_t victim = radio_named(cosite, required->port[1]);
    for (size_t i = 0; i < cosite->entry_count; i++) {
        const alicorn_cosite_entry *entry = &cosite->entries[i];
        if ((required->port[0][0] && !comes_from(entry, aggressor)) ||
            (required->port[1][0] && entry->victim != victim))
            continue;
        size_t from = required->port[0][0] ? aggressor : entry->tones[0].radio;
        const ali_sample s = {.value = entry->margin_db,
                              .least = entry->margin_least_db,
                              .most = entry->margin_most_db,
                              .has_error = entry->has_error,
                              .port = {cosite->names[from], cosite->names[entry->victim]},
                              .detail = detail_of(entry),
                              .frequency_hz = entry->receive_hz};
        ali_verdict_weigh(verdict, &s);
    }
    for (size_t i = 0; i < cosite->unknown_count; i++) {
        const alicorn_cosite_unknown *unknown = &cosite->unknowns[i];
        verdict->unknown += (!required->port[0][0] || unknown->aggressor == aggressor) &&
                            (!required->port[1][0] || unknown->victim == victim);
    }
}

/** Everybody at once, unless one aggressor is meant. */
static void judge_totals(const ali_requirement *required, const alicorn_cosite_result *cosite,
                         alicorn_verdict *verdict)
{
    for (size_t v = 0; v < cosite->radio_count && !required->port[0][0]; v++) {
        const alicorn_cosite_total *total = &cosite->totals[v];
        if (!total->applies || !ali_requirement_means(required->port[1], cosite->names[v]))
            continue;
        ali_sample s = {.value = total->margin_db,
                        .least = total->margin_least_db,
                        .most = total->margin_most_db,
                        .has_error = total->has_error,
                        .port = {"all", cosite->names[v]},
                        .detail = "all at once",
                        .frequency_hz = total->receive_hz};
        ali_verdict_weigh(verdict, &s);
        if (!total->has_blocking)
            continue;
        s.value = total->blocking_margin_db;
        s.least = total->blocking_least_db;
        s.most = total->blocking_most_db;
        s.has_error = total->has_blocking_error;
        s.detail = "all at once, blocking";
        ali_verdict_weigh(verdict, &s);
    }
}

/** Nobody hears anybody: no level at all. */
static void judge_silence(const ali_requirement *required, alicorn_verdict *verdict)
{
    const ali_sample silence = {.value = -HUGE_VAL,
                                .least = -HUGE_VAL,
                                .most = -HUGE_VAL,
                                .port = {required->port[0], required->port[1]},
                                .detail = "nothing arrives"};
    ali_verdict_weigh(verdict, &silence);
}

alicorn_status ali_judge_cosite(const ali_requirement *required, const alicorn_result *result,
                                alicorn_verdict *verdict, alicorn_error *error)
{
    alicorn_radios *radios = NULL;
    alicorn_cosite_result *cosite = NULL;
    alicorn_cosite_options options;
    const alicorn_read_options read = {0};
    alicorn_cosite_options_default(&options);
    options.plan = 0;
    options.samples = 1;
    alicorn_status status = alicorn_radios_read(required->radios, &read, &radios, error);
    if (status == ALICORN_OK)
        status = give_networks(required, result, radios, error);
    if (status == ALICORN_OK)
        status = alicorn_cosite_run(radios, &options, &cosite, error);
    if (status == ALICORN_OK) {
        judge_entries(required, cosite, verdict);
        judge_totals(required, cosite, verdict);
        if (verdict->samples == 0 && verdict->unknown == 0)
            judge_silence(required, verdict);
        /* what has no path data may be worse than all that has */
        if (verdict->unknown > 0 && verdict->judgement == ALICORN_PASS)
            verdict->judgement = ALICORN_UNDECIDED;
    }
    alicorn_cosite_result_destroy(cosite);
    alicorn_radios_destroy(radios);
    return status;
}
