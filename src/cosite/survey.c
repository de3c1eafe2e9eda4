/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/survey.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* ---- samples ---- */

/** Next number of a sequence that fills 64 bits evenly. Source: [SteeleLeaFlood:2014]. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static alicorn_status draw_samples(const ali_scene *scene, ali_samples *samples,
                                   alicorn_error *error)
{
    double combinations = 1;
    for (size_t r = 0; r < scene->count; r++)
        combinations *= (double)scene->stations[r].channel_count;
    samples->all = combinations <= (double)scene->options->samples;
    samples->count = samples->all ? (size_t)combinations : scene->options->samples;
    size_t cells = samples->count * scene->count;
    samples->channel = ali_calloc(cells, sizeof *samples->channel);
    samples->total = ali_calloc(cells, sizeof *samples->total);
    samples->front = ali_calloc(cells, sizeof *samples->front);
    if (!samples->channel || !samples->total || !samples->front)
        return ali_error_memory(error, 3 * cells * sizeof(double), "combinations of channels");
    uint64_t state = 1;
    for (size_t s = 0; s < samples->count; s++) {
        size_t rest = s;
        for (size_t r = 0; r < scene->count; r++) {
            size_t count = scene->stations[r].channel_count;
            samples->channel[s * scene->count + r] =
                samples->all ? rest % count : (size_t)(next_random(&state) % count);
            rest /= count;
        }
    }
    return ALICORN_OK;
}

/* ---- the pass ---- */

/** Nodes whose powers are kept pair by pair: 64 MB of them. */
#define RATIO_NODES 4096

/** Work space of one pair: shapes [channels][channels] of the longest lists. */
typedef struct pair_space {
    double *sum, *front;
    unsigned char *bad;
    ali_slot *slots;
} pair_space;

static alicorn_status allocate_space(const ali_scene *scene, pair_space *space,
                                     alicorn_error *error)
{
    size_t longest = ali_scene_longest(scene), slots = 0;
    for (size_t p = 0; p < scene->count * scene->count; p++) {
        size_t count = ali_pair_slot_count(scene, p / scene->count, p % scene->count);
        if (count > slots)
            slots = count;
    }
    space->sum = ali_calloc(longest * longest, sizeof *space->sum);
    space->front = ali_calloc(longest * longest, sizeof *space->front);
    space->bad = ali_calloc(longest * longest, 1);
    space->slots = ali_calloc(slots, sizeof *space->slots);
    return space->sum && space->front && space->bad && space->slots
               ? ALICORN_OK
               : ali_error_memory(error, longest * longest * 17, "a pair of radios");
}

static void free_space(pair_space *space)
{
    free(space->sum);
    free(space->front);
    free(space->bad);
    free(space->slots);
}

/** Keep the aggressor's worst channel for each of the victim's. */
static void keep_worst(const ali_scene *scene, ali_survey *survey, const pair_space *space,
                       size_t a, size_t v)
{
    size_t rows = scene->stations[a].channel_count, columns = scene->stations[v].channel_count;
    for (size_t j = 0; j < columns; j++) {
        double worst = 0, front = 0;
        size_t pick = 0, good = 0, met = 0;
        for (size_t i = 0; i < rows; i++) {
            if (a == v && i != j)
                continue;
            size_t at = i * columns + j;
            met++;
            good += !space->bad[at];
            front = fmax(front, space->front[at]);
            if (space->sum[at] > worst) {
                worst = space->sum[at];
                pick = i;
            }
        }
        size_t node = survey->first[v] + j;
        survey->total[node] += worst;
        survey->blocking[node] += front;
        survey->pick[a * survey->nodes + node] = (uint32_t)(a == v ? j : pick);
        survey->free[node] *= (double)good / (double)met;
        survey->available[v * scene->count + a] += (double)good / (double)(met * columns);
    }
}

static void set_conflict(ali_survey *survey, size_t a, size_t b)
{
    survey->conflict[a * survey->words + b / 64] |= (uint64_t)1 << (b % 64);
    survey->conflict[b * survey->words + a / 64] |= (uint64_t)1 << (a % 64);
}

static void keep_conflicts(const ali_scene *scene, ali_survey *survey, const pair_space *space,
                           size_t a, size_t v)
{
    size_t rows = scene->stations[a].channel_count, columns = scene->stations[v].channel_count;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            size_t from = survey->first[a] + i, to = survey->first[v] + j;
            if (survey->ratio)
                survey->ratio[from * survey->nodes + to] = (float)space->sum[i * columns + j];
            if (space->bad[i * columns + j])
                set_conflict(survey, from, to);
        }
}

static void add_to_samples(const ali_scene *scene, ali_samples *samples, const pair_space *space,
                           size_t a, size_t v)
{
    size_t columns = scene->stations[v].channel_count;
    for (size_t s = 0; s < samples->count; s++) {
        const size_t *channel = samples->channel + s * scene->count;
        size_t at = channel[a] * columns + channel[v];
        samples->total[s * scene->count + v] += space->sum[at];
        samples->front[s * scene->count + v] += space->front[at];
    }
}

static alicorn_status survey_pair(ali_scene *scene, ali_survey *survey, const pair_space *space,
                                  size_t a, size_t v, ali_findings *findings, alicorn_error *error)
{
    ali_channel_range range = {.i_last = scene->stations[a].channel_count,
                               .j_last = scene->stations[v].channel_count};
    ali_pair_levels levels = {space->sum, space->front, space->bad, space->slots};
    size_t slots = ali_pair_slot_count(scene, a, v);
    for (size_t s = 0; s < slots; s++)
        space->slots[s] = (ali_slot){0};
    ali_pair_fill(scene, a, v, &range, &levels);
    keep_worst(scene, survey, space, a, v);
    if (survey->conflict)
        keep_conflicts(scene, survey, space, a, v);
    add_to_samples(scene, &survey->samples, space, a, v);
    alicorn_status status = ALICORN_OK;
    for (size_t s = 0; s < slots && status == ALICORN_OK; s++) {
        if (!(space->slots[s].ratio > 0))
            continue;
        alicorn_cosite_entry entry;
        status = ali_pair_entry(scene, a, v, s, &space->slots[s], &entry, error);
        if (status == ALICORN_OK)
            status = ali_findings_add(findings, &entry, error);
    }
    return status;
}

static alicorn_status allocate_survey(const ali_scene *scene, ali_survey *survey,
                                      alicorn_error *error)
{
    size_t count = scene->count, nodes = 0;
    survey->radios = count;
    survey->first = ali_calloc(count + 1, sizeof *survey->first);
    for (size_t r = 0; survey->first && r < count; r++) {
        survey->first[r] = nodes;
        nodes += scene->stations[r].channel_count;
        survey->first[r + 1] = nodes;
    }
    survey->nodes = nodes;
    survey->words = nodes / 64 + 1;
    survey->total = ali_calloc(nodes, sizeof *survey->total);
    survey->blocking = ali_calloc(nodes, sizeof *survey->blocking);
    survey->free = ali_calloc(nodes, sizeof *survey->free);
    survey->pick = ali_calloc(count * nodes, sizeof *survey->pick);
    survey->available = ali_calloc(count * count, sizeof *survey->available);
    if (!survey->first || !survey->total || !survey->blocking || !survey->free || !survey->pick ||
        !survey->available)
        return ali_error_memory(error, (count + 4) * nodes * sizeof(double), "channels");
    if (scene->options->plan) {
        survey->conflict = ali_calloc(nodes * survey->words, sizeof *survey->conflict);
        if (!survey->conflict)
            return ali_error_memory(error, nodes * survey->words * sizeof *survey->conflict,
                                    "conflicts of channels");
    }
    if (scene->options->plan && nodes <= RATIO_NODES) {
        survey->ratio = ali_calloc(nodes * nodes, sizeof *survey->ratio);
        if (!survey->ratio)
            return ali_error_memory(error, nodes * nodes * sizeof *survey->ratio,
                                    "powers between channels");
    }
    for (size_t n = 0; n < nodes; n++)
        survey->free[n] = 1;
    return draw_samples(scene, &survey->samples, error);
}

alicorn_status ali_survey_create(ali_scene *scene, ali_findings *findings, ali_survey *survey,
                                 alicorn_error *error)
{
    *survey = (ali_survey){0};
    pair_space space = {0};
    alicorn_status status = allocate_survey(scene, survey, error);
    if (status == ALICORN_OK)
        status = allocate_space(scene, &space, error);
    for (size_t a = 0; a < scene->count && status == ALICORN_OK; a++) {
        for (size_t v = 0; v < scene->count && status == ALICORN_OK; v++)
            if (ali_scene_applies(scene, v, a))
                status = survey_pair(scene, survey, &space, a, v, findings, error);
        if (status == ALICORN_OK && ali_scene_interrupted(scene, "pairs", a + 1, scene->count))
            status = ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted");
    }
    free_space(&space);
    if (status != ALICORN_OK)
        ali_survey_clear(survey);
    return status;
}

void ali_survey_clear(ali_survey *survey)
{
    free(survey->first);
    free(survey->total);
    free(survey->blocking);
    free(survey->free);
    free(survey->pick);
    free(survey->available);
    free(survey->conflict);
    free(survey->ratio);
    free(survey->samples.channel);
    free(survey->samples.total);
    free(survey->samples.front);
    *survey = (ali_survey){0};
}
