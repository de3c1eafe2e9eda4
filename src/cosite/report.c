/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/report.h"

#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"
#include "cosite/entry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts ---- */

#define TEXT_CASE(name, value, text) [value] = text,
static const char *const emission_texts[] = {ALICORN_COSITE_EMISSION_TABLE(TEXT_CASE)};
static const char *const response_texts[] = {ALICORN_COSITE_RESPONSE_TABLE(TEXT_CASE)};
static const char *const plan_texts[] = {ALICORN_COSITE_PLAN_TABLE(TEXT_CASE)};
#undef TEXT_CASE

static const char *text_of(const char *const *texts, size_t count, size_t value)
{
    return value < count ? texts[value] : "unknown";
}

#define TEXT_OF(texts, value) text_of(texts, sizeof(texts) / sizeof *(texts), (size_t)(value))

const char *alicorn_cosite_emission_text(alicorn_cosite_emission emission)
{
    return TEXT_OF(emission_texts, emission);
}

const char *alicorn_cosite_response_text(alicorn_cosite_response response)
{
    return TEXT_OF(response_texts, response);
}

const char *alicorn_cosite_plan_text(alicorn_cosite_plan_state state)
{
    return TEXT_OF(plan_texts, state);
}

/* ---- create, destroy ---- */

/** Names and channels of one radio. */
static bool describe_radio(const ali_scene *scene, alicorn_cosite_result *result, size_t r)
{
    const ali_radio *radio = &scene->radios->radios[r];
    size_t count = radio->channel_count;
    result->names[r] = ali_strdup(radio->name ? radio->name : "");
    const char *platform = scene->radios->platforms[radio->platform].name;
    result->platforms[r] = ali_strdup(platform ? platform : "");
    result->channel_counts[r] = count;
    result->transmit_hz[r] = ali_calloc(count, sizeof(double));
    result->receive_hz[r] = ali_calloc(count, sizeof(double));
    result->totals[r].channels = ali_calloc(scene->count, sizeof(size_t));
    if (!result->names[r] || !result->platforms[r] || !result->transmit_hz[r] ||
        !result->receive_hz[r] || !result->totals[r].channels)
        return false;
    for (size_t i = 0; i < count; i++) {
        result->transmit_hz[r][i] = radio->transmits ? radio->channels[i].transmit : NAN;
        result->receive_hz[r][i] = radio->receives ? radio->channels[i].receive : NAN;
    }
    return true;
}

alicorn_status ali_report_create(const ali_scene *scene, alicorn_cosite_result **result,
                                 alicorn_error *error)
{
    size_t count = scene->count;
    alicorn_cosite_result *made = ali_calloc(1, sizeof *made);
    *result = made;
    if (!made)
        return ali_error_memory(error, sizeof *made, "a result");
    made->names = ali_calloc(count, sizeof *made->names);
    made->platforms = ali_calloc(count, sizeof *made->platforms);
    made->channel_counts = ali_calloc(count, sizeof *made->channel_counts);
    made->transmit_hz = ali_calloc(count, sizeof *made->transmit_hz);
    made->receive_hz = ali_calloc(count, sizeof *made->receive_hz);
    made->cells = ali_calloc(count * count, sizeof *made->cells);
    made->totals = ali_calloc(count, sizeof *made->totals);
    bool enough = made->names && made->platforms && made->channel_counts && made->transmit_hz &&
                  made->receive_hz && made->cells && made->totals;
    if (enough)
        made->radio_count = count;
    for (size_t r = 0; enough && r < count; r++)
        enough = describe_radio(scene, made, r);
    made->margin_db = scene->options->margin_db;
    made->floor_db = scene->options->floor_db;
    made->order = scene->options->order;
    made->tones = scene->options->tones;
    return enough ? ALICORN_OK
                  : ali_error_memory(error, count * count * sizeof *made->cells, "a result");
}

void alicorn_cosite_result_destroy(alicorn_cosite_result *result)
{
    if (!result)
        return;
    for (size_t r = 0; r < result->radio_count; r++) {
        free(result->names[r]);
        free(result->platforms[r]);
        free(result->transmit_hz[r]);
        free(result->receive_hz[r]);
        free(result->totals[r].channels);
    }
    free(result->names);
    free(result->platforms);
    free(result->channel_counts);
    free(result->transmit_hz);
    free(result->receive_hz);
    free(result->cells);
    free(result->entries);
    free(result->unknowns);
    free(result->totals);
    free(result->plan.channels);
    free(result);
}

/* ---- entries and cells ---- */

/** Worst first; then by who and what, so that the order does not depend on how they were found. */
static int worst_first(const void *a, const void *b)
{
    const alicorn_cosite_entry *left = a, *right = b;
    if (left->margin_db != right->margin_db)
        return left->margin_db > right->margin_db ? -1 : 1;
    size_t keys[][2] = {{left->victim, right->victim},
                        {left->tones[0].radio, right->tones[0].radio},
                        {left->tones[1].radio, right->tones[1].radio},
                        {left->response, right->response},
                        {left->emission, right->emission},
                        {(size_t)left->tones[0].number, (size_t)right->tones[0].number},
                        {(size_t)left->order, (size_t)right->order}};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        if (keys[k][0] != keys[k][1])
            return keys[k][0] < keys[k][1] ? -1 : 1;
    return 0;
}

static alicorn_cosite_cell *cell_of(alicorn_cosite_result *result, size_t victim, size_t aggressor)
{
    return &result->cells[victim * result->radio_count + aggressor];
}

/** Point the cells at the worst of the sorted entries; mark those that cells point at. */
static void fill_cells(const ali_scene *scene, const ali_survey *survey, size_t count,
                       const alicorn_cosite_entry *entries, unsigned char *wanted,
                       alicorn_cosite_result *result)
{
    for (size_t v = 0; v < scene->count; v++)
        for (size_t a = 0; a < scene->count; a++)
            *cell_of(result, v, a) =
                (alicorn_cosite_cell){.applies = ali_scene_applies(scene, v, a),
                                      .worst = ALICORN_COSITE_NONE,
                                      .worst_alone = ALICORN_COSITE_NONE,
                                      .availability = survey->available[v * scene->count + a]};
    for (size_t e = 0; e < count; e++) {
        bool alone = entries[e].order == 0;
        for (size_t t = 0; t < entries[e].tone_count; t++) {
            alicorn_cosite_cell *cell =
                cell_of(result, entries[e].victim, entries[e].tones[t].radio);
            cell->needed_db = fmax(cell->needed_db, entries[e].needed_db);
            if (cell->worst == ALICORN_COSITE_NONE) {
                cell->worst = e;
                wanted[e] = 1;
            }
            if (alone && cell->worst_alone == ALICORN_COSITE_NONE) {
                cell->worst_alone = e;
                wanted[e] = 1;
            }
        }
    }
}

/** Drop entries beyond the limit that no cell points at. */
static void shorten(size_t limit, const unsigned char *wanted, size_t *place,
                    ali_findings *findings, alicorn_cosite_result *result)
{
    size_t kept = 0;
    for (size_t e = 0; e < findings->count; e++) {
        place[e] = kept;
        if (e < limit || wanted[e])
            findings->entries[kept++] = findings->entries[e];
    }
    result->entries_left_off = findings->count - kept;
    for (size_t c = 0; c < result->radio_count * result->radio_count; c++) {
        alicorn_cosite_cell *cell = &result->cells[c];
        if (cell->worst != ALICORN_COSITE_NONE)
            cell->worst = place[cell->worst];
        if (cell->worst_alone != ALICORN_COSITE_NONE)
            cell->worst_alone = place[cell->worst_alone];
    }
    result->entry_count = kept;
    result->entries = findings->entries;
    findings->entries = NULL;
    findings->count = findings->capacity = 0;
}

alicorn_status ali_report_entries(ali_scene *scene, const ali_survey *survey,
                                  ali_findings *findings, alicorn_cosite_result *result,
                                  alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    unsigned char *wanted = ali_calloc(findings->count, 1);
    size_t *place = ali_calloc(findings->count, sizeof *place);
    if (!wanted || !place) {
        status = ali_error_memory(error, findings->count * sizeof *place, "interferences");
        goto cleanup;
    }
    if (findings->count > 0)
        qsort(findings->entries, findings->count, sizeof *findings->entries, worst_first);
    fill_cells(scene, survey, findings->count, findings->entries, wanted, result);
    shorten(scene->options->entry_limit, wanted, place, findings, result);
    result->unknowns = scene->unknowns;
    result->unknown_count = scene->unknown_count;
    scene->unknowns = NULL;
    scene->unknown_count = scene->unknown_capacity = 0;
    for (size_t u = 0; u < result->unknown_count; u++)
        cell_of(result, result->unknowns[u].victim, result->unknowns[u].aggressor)->unknown++;
cleanup:
    free(wanted);
    free(place);
    return status;
}

/* ---- all at once ---- */

/** Channels of everybody when victim v is on its channel j: each on the one that is worst there. */
static void worst_channels(const ali_scene *scene, const ali_survey *survey, size_t v, size_t j,
                           size_t *channels)
{
    for (size_t a = 0; a < scene->count; a++)
        channels[a] = survey->pick[a * survey->nodes + survey->first[v] + j];
    channels[v] = j;
}

static const alicorn_cosite_entry *worst_entry(const alicorn_cosite_result *result, size_t v)
{
    for (size_t e = 0; e < result->entry_count; e++) {
        const alicorn_cosite_entry *entry = &result->entries[e];
        if (entry->victim == v && entry->response != ALICORN_RESPONSE_BLOCKING &&
            entry->response != ALICORN_RESPONSE_SATURATION)
            return entry;
    }
    return NULL;
}

static void fill_total(const ali_scene *scene, size_t v, const ali_situation *situation,
                       alicorn_cosite_total *total)
{
    const ali_station *victim = &scene->stations[v];
    total->limit_dbm = victim->limit;
    total->margin_db = ali_to_db(situation->total);
    total->level_dbm = victim->limit + total->margin_db;
    total->mean_dbm = victim->limit + ali_to_db(situation->mean);
    total->has_desensitisation = victim->has_noise_floor;
    if (victim->has_noise_floor) {
        double over = ali_from_db(victim->limit - victim->noise_floor);
        total->desensitisation_db = ALI_DECIBEL * log1p(situation->total * over);
        total->mean_desensitisation_db = ALI_DECIBEL * log1p(situation->mean * over);
    }
    total->time_share = 1 - situation->time_free;
}

/** Front end and availability, which do not depend on the situation. */
static void fill_rest(const ali_scene *scene, const ali_survey *survey, size_t v,
                      const alicorn_cosite_result *result, alicorn_cosite_total *total)
{
    size_t channels = scene->stations[v].channel_count;
    double front = 0, free_share = 0;
    for (size_t n = survey->first[v]; n < survey->first[v + 1]; n++) {
        front = fmax(front, survey->blocking[n]);
        free_share += survey->free[n] / (double)channels;
    }
    double compression = scene->radios->radios[v].receiver.p1db_dbm;
    total->has_blocking = !isnan(compression) && front > 0;
    if (total->has_blocking) {
        total->blocking_margin_db = ali_to_db(front);
        total->blocking_dbm = compression + total->blocking_margin_db;
    }
    total->availability = free_share;
    for (size_t u = 0; u < result->unknown_count; u++)
        total->unknown += result->unknowns[u].victim == v;
    for (size_t e = 0; e < result->entry_count; e++)
        total->assumed |= result->entries[e].victim == v && result->entries[e].assumed;
}

static alicorn_status total_of(ali_scene *scene, const ali_product_tables *tables,
                               const ali_survey *survey, size_t v, size_t *channels,
                               alicorn_cosite_result *result, alicorn_error *error)
{
    alicorn_cosite_total *total = &result->totals[v];
    size_t worst = survey->first[v];
    for (size_t n = survey->first[v]; n < survey->first[v + 1]; n++)
        if (survey->total[n] > survey->total[worst])
            worst = n;
    ali_situation situation, other;
    worst_channels(scene, survey, v, worst - survey->first[v], total->channels);
    alicorn_status status =
        ali_situation_evaluate(scene, tables, v, total->channels, &situation, error);
    const alicorn_cosite_entry *entry = worst_entry(result, v);
    if (status == ALICORN_OK && entry) {
        worst_channels(scene, survey, v, entry->victim_channel, channels);
        for (size_t t = 0; t < entry->tone_count; t++)
            channels[entry->tones[t].radio] = entry->tones[t].channel;
        status = ali_situation_evaluate(scene, tables, v, channels, &other, error);
        if (status == ALICORN_OK && other.total > situation.total) {
            situation = other;
            memcpy(total->channels, channels, scene->count * sizeof *channels);
        }
    }
    if (status != ALICORN_OK)
        return status;
    total->applies = situation.total > 0 || situation.front > 0;
    total->receive_hz = scene->radios->radios[v].channels[total->channels[v]].receive;
    fill_total(scene, v, &situation, total);
    fill_rest(scene, survey, v, result, total);
    return ali_total_complete(scene, v, result, total, error);
}

alicorn_status ali_report_totals(ali_scene *scene, const ali_product_tables *tables,
                                 const ali_survey *survey, alicorn_cosite_result *result,
                                 alicorn_error *error)
{
    size_t *channels = ali_calloc(scene->count, sizeof *channels);
    if (!channels)
        return ali_error_memory(error, scene->count * sizeof *channels, "a situation");
    alicorn_status status = ALICORN_OK;
    for (size_t v = 0; v < scene->count && status == ALICORN_OK; v++)
        if (scene->radios->radios[v].receives)
            status = total_of(scene, tables, survey, v, channels, result, error);
    free(channels);
    return status;
}
