/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "output/cosite.h"
#include "output/json_document.h"

#include <math.h>

/* Every key written here is described in docs/json.md; tests/unit/output_cosite.c compares the two.
 */

static void put_if(ali_json *json, const char *key, int there, double value)
{
    ali_json_real(json, key, there ? value : NAN);
}

/* ---- radios ---- */

static void put_radio(ali_json *json, const alicorn_cosite_result *result, size_t radio)
{
    size_t count = result->channel_counts[radio];
    ali_json_open_object(json, NULL, ALI_JSON_LINES);
    ali_json_text(json, "name", result->names[radio]);
    ali_json_text(json, "platform", result->platforms[radio]);
    ali_json_reals(json, "transmit_hz", result->transmit_hz[radio], count);
    ali_json_reals(json, "receive_hz", result->receive_hz[radio], count);
    ali_json_close(json);
}

/* ---- interferences ---- */

static void put_tone(ali_json *json, const alicorn_cosite_result *result,
                     const alicorn_cosite_tone *tone)
{
    size_t count = result->channel_counts[tone->radio];
    ali_json_open_object(json, NULL, ALI_JSON_INLINE);
    ali_json_text(json, "radio", result->names[tone->radio]);
    put_if(json, "carrier_hz", tone->channel < count,
           tone->channel < count ? result->transmit_hz[tone->radio][tone->channel] : NAN);
    ali_json_text(json, "emission", alicorn_cosite_emission_text(tone->emission));
    ali_json_integer(json, "number", tone->number);
    ali_json_integer(json, "coefficient", tone->coefficient);
    ali_json_real(json, "frequency_hz", tone->frequency_hz);
    ali_json_real(json, "level_dbm", tone->level_dbm);
    ali_json_close(json);
}

static void put_entry(ali_json *json, const alicorn_cosite_result *result,
                      const alicorn_cosite_entry *entry)
{
    ali_json_open_object(json, NULL, ALI_JSON_LINES);
    ali_json_text(json, "victim", result->names[entry->victim]);
    ali_json_real(json, "receive_hz", entry->receive_hz);
    ali_json_text(json, "emission", alicorn_cosite_emission_text(entry->emission));
    ali_json_text(json, "response", alicorn_cosite_response_text(entry->response));
    ali_json_integer(json, "p", entry->p);
    ali_json_integer(json, "q", entry->q);
    ali_json_integer(json, "order", entry->order);
    ali_json_open_array(json, "tones", ALI_JSON_LINES);
    for (size_t i = 0; i < entry->tone_count; i++)
        put_tone(json, result, &entry->tones[i]);
    ali_json_close(json);
    ali_json_real(json, "frequency_hz", entry->frequency_hz);
    put_if(json, "path_db", entry->has_path, entry->path_db);
    ali_json_real(json, "level_dbm", entry->level_dbm);
    ali_json_real(json, "limit_dbm", entry->limit_dbm);
    ali_json_real(json, "margin_db", entry->margin_db);
    put_if(json, "margin_least_db", entry->has_error, entry->margin_least_db);
    put_if(json, "margin_most_db", entry->has_error, entry->margin_most_db);
    ali_json_real(json, "needed_db", entry->needed_db);
    put_if(json, "desensitisation_db", entry->has_desensitisation, entry->desensitisation_db);
    ali_json_bool(json, "assumed", entry->assumed);
    ali_json_bool(json, "beyond_law", entry->beyond_law);
    ali_json_close(json);
}

/* ---- pairs ---- */

static void put_entry_number(ali_json *json, const char *key, size_t entry)
{
    if (entry == ALICORN_COSITE_NONE)
        ali_json_null(json, key);
    else
        ali_json_integer(json, key, (long long)entry);
}

static void put_pair(ali_json *json, const alicorn_cosite_result *result, size_t victim,
                     size_t aggressor)
{
    const alicorn_cosite_cell *cell = &result->cells[victim * result->radio_count + aggressor];
    bool there = cell->worst < result->entry_count;
    ali_json_open_object(json, NULL, ALI_JSON_INLINE);
    ali_json_text(json, "victim", result->names[victim]);
    ali_json_text(json, "aggressor", result->names[aggressor]);
    put_if(json, "margin_db", there, there ? result->entries[cell->worst].margin_db : NAN);
    put_entry_number(json, "worst", cell->worst);
    put_entry_number(json, "worst_alone", cell->worst_alone);
    ali_json_real(json, "needed_db", cell->needed_db);
    ali_json_real(json, "availability", cell->availability);
    ali_json_integer(json, "unknown", (long long)cell->unknown);
    ali_json_close(json);
}

static void put_unknown(ali_json *json, const alicorn_cosite_result *result,
                        const alicorn_cosite_unknown *unknown)
{
    ali_json_open_object(json, NULL, ALI_JSON_INLINE);
    ali_json_text(json, "victim", result->names[unknown->victim]);
    ali_json_text(json, "aggressor", result->names[unknown->aggressor]);
    ali_json_text(json, "emission", alicorn_cosite_emission_text(unknown->emission));
    ali_json_integer(json, "number", unknown->number);
    ali_json_real(json, "low_hz", unknown->low_hz);
    ali_json_real(json, "high_hz", unknown->high_hz);
    ali_json_integer(json, "count", (long long)unknown->count);
    ali_json_close(json);
}

/* ---- all at once ---- */

/** Frequency that each radio sends on; null where its channel does not matter. */
static void put_channels(ali_json *json, const alicorn_cosite_result *result,
                         const size_t *channels)
{
    ali_json_open_array(json, "transmit_hz", ALI_JSON_INLINE);
    for (size_t i = 0; i < result->radio_count; i++) {
        bool there = channels && channels[i] < result->channel_counts[i];
        put_if(json, NULL, there, there ? result->transmit_hz[i][channels[i]] : NAN);
    }
    ali_json_close(json);
}

static void put_total(ali_json *json, const alicorn_cosite_result *result, size_t victim)
{
    const alicorn_cosite_total *total = &result->totals[victim];
    ali_json_open_object(json, NULL, ALI_JSON_LINES);
    ali_json_text(json, "victim", result->names[victim]);
    ali_json_real(json, "receive_hz", total->receive_hz);
    put_channels(json, result, total->channels);
    ali_json_real(json, "level_dbm", total->level_dbm);
    ali_json_real(json, "mean_dbm", total->mean_dbm);
    ali_json_real(json, "limit_dbm", total->limit_dbm);
    ali_json_real(json, "margin_db", total->margin_db);
    put_if(json, "margin_least_db", total->has_error, total->margin_least_db);
    put_if(json, "margin_most_db", total->has_error, total->margin_most_db);
    put_if(json, "desensitisation_db", total->has_desensitisation, total->desensitisation_db);
    put_if(json, "mean_desensitisation_db", total->has_desensitisation,
           total->mean_desensitisation_db);
    put_if(json, "blocking_dbm", total->has_blocking, total->blocking_dbm);
    put_if(json, "blocking_margin_db", total->has_blocking, total->blocking_margin_db);
    put_if(json, "blocking_least_db", total->has_blocking_error, total->blocking_least_db);
    put_if(json, "blocking_most_db", total->has_blocking_error, total->blocking_most_db);
    ali_json_real(json, "time_share", total->time_share);
    ali_json_real(json, "availability", total->availability);
    ali_json_integer(json, "unknown", (long long)total->unknown);
    ali_json_bool(json, "assumed", total->assumed);
    ali_json_bool(json, "beyond_law", total->beyond_law);
    ali_json_close(json);
}

static void put_plan(ali_json *json, const alicorn_cosite_result *result)
{
    const alicorn_cosite_plan *plan = &result->plan;
    if (!plan->channels) {
        ali_json_null(json, "plan");
        return;
    }
    ali_json_open_object(json, "plan", ALI_JSON_LINES);
    ali_json_text(json, "state", alicorn_cosite_plan_text(plan->state));
    ali_json_bool(json, "exact", plan->exact);
    ali_json_open_array(json, "channels", ALI_JSON_INLINE);
    for (size_t i = 0; i < result->radio_count; i++) {
        if (plan->channels[i] < result->channel_counts[i])
            ali_json_integer(json, NULL, (long long)plan->channels[i]);
        else
            ali_json_null(json, NULL);
    }
    ali_json_close(json);
    put_channels(json, result, plan->channels);
    ali_json_integer(json, "conflicts", (long long)plan->conflicts);
    put_if(json, "worst_margin_db", plan->has_worst, plan->worst_margin_db);
    ali_json_close(json);
}

/* ---- the document ---- */

static void put_document(ali_json *json, const alicorn_cosite_result *result)
{
    size_t count = result->radio_count;
    ali_json_integer(json, "order", result->order);
    ali_json_integer(json, "tones", result->tones);
    ali_json_real(json, "asked_margin_db", result->margin_db);
    ali_json_real(json, "floor_db", result->floor_db);
    ali_json_open_array(json, "radios", ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++)
        put_radio(json, result, i);
    ali_json_close(json);
    ali_json_open_array(json, "pairs", ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            if (result->cells[i * count + j].applies)
                put_pair(json, result, i, j);
    ali_json_close(json);
    ali_json_open_array(json, "interferences", ALI_JSON_LINES);
    for (size_t i = 0; i < result->entry_count; i++)
        put_entry(json, result, &result->entries[i]);
    ali_json_close(json);
    ali_json_integer(json, "left_off", (long long)result->entries_left_off);
    ali_json_open_array(json, "no_path_data", ALI_JSON_LINES);
    for (size_t i = 0; i < result->unknown_count; i++)
        put_unknown(json, result, &result->unknowns[i]);
    ali_json_close(json);
    ali_json_open_array(json, "all_at_once", ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++)
        if (result->totals[i].applies)
            put_total(json, result, i);
    ali_json_close(json);
    put_plan(json, result);
    put_if(json, "availability", result->has_availability, result->availability);
    put_if(json, "availability_error", result->has_availability, result->availability_error);
    ali_json_integer(json, "combinations", (long long)result->combinations);
}

alicorn_status alicorn_write_cosite_json(const alicorn_cosite_result *result, FILE *stream,
                                         alicorn_error *error)
{
    ali_json_document document;
    ali_json *json = &document.json;
    alicorn_status status = ali_json_document_begin(&document, stream, error);
    if (status != ALICORN_OK)
        return status;
    put_document(json, result);
    return ali_json_document_end(&document, error);
}
