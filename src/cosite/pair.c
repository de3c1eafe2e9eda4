/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/pair.h"

#include "cosite/decibel.h"
#include "cosite/entry.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

size_t ali_pair_slot_count(const ali_scene *scene, size_t aggressor, size_t victim)
{
    return scene->stations[aggressor].line_count *
               (ALI_SLOT_LINE + scene->stations[victim].hearing_count) +
           ALI_SLOT_REST;
}

/* ---- shares that depend on the offset only, remembered ---- */

#define SHARE_CACHE 1024

/** Offsets on a raster recur; what they give is kept in a table that forgets collisions. */
typedef struct share_cache {
    bool used;
    double offset[SHARE_CACHE];
    double share[SHARE_CACHE][2];
} share_cache;

static void cache_reset(share_cache *cache, bool used)
{
    cache->used = used;
    for (size_t i = 0; used && i < SHARE_CACHE; i++)
        cache->offset[i] = NAN;
}

static size_t cache_place(double offset)
{
    uint64_t bits;
    memcpy(&bits, &offset, sizeof bits);
    return (size_t)((bits * 0x9E3779B97F4A7C15u) >> 54) % SHARE_CACHE;
}

/** Work on one pair. */
typedef struct pair_work {
    const ali_scene *scene;
    const ali_station *from, *to;
    const ali_link *link;
    bool own; /**< a radio's own transmitter: both are on the same channel */
    const ali_channel_range *range;
    const ali_pair_levels *levels;
    size_t width;     /**< of a row of the range */
    double threshold; /**< ratio of an interference */
    /** Over the level that the receiver stands, its compression point and saturation [1/mW]; 0: it
     * has none. */
    double per_limit, per_compression, per_saturation;
    double far;          /**< beyond this offset the shares do not change [Hz] */
    double far_share[2]; /**< there */
    share_cache cache;
} pair_work;

/** Count a ratio at channels (i, j). */
static void count_ratio(pair_work *work, size_t slot, size_t i, size_t j, double ratio)
{
    const ali_pair_levels *levels = work->levels;
    size_t at = (i - work->range->i_first) * work->width + j - work->range->j_first;
    if (levels->bad && ratio > work->threshold)
        levels->bad[at] = 1;
    if (levels->slots && ratio > levels->slots[slot].ratio)
        levels->slots[slot] = (ali_slot){ratio, i, j};
}

static void add_ratio(pair_work *work, size_t slot, size_t i, size_t j, double ratio)
{
    size_t at = (i - work->range->i_first) * work->width + j - work->range->j_first;
    work->levels->sum[at] += ratio;
    count_ratio(work, slot, i, j, ratio);
}

static bool meets(const pair_work *work, size_t i, size_t j)
{
    return !isnan(work->to->radio->channels[j].receive) && (!work->own || i == j);
}

/** Share of a line through the selectivity, and [1] of its power through the preselection. */
static const double *line_shares(pair_work *work, double bandwidth, double offset, double own[2])
{
    share_cache *cache = &work->cache;
    if (fabs(offset) >= work->far)
        return work->far_share;
    size_t place = cache_place(offset);
    if (cache->used && cache->offset[place] == offset)
        return cache->share[place];
    own[0] = ali_station_line_share(work->to, bandwidth, offset);
    own[1] = ali_from_db(-ali_curve_at(&work->to->preselection, offset));
    if (!cache->used)
        return own;
    cache->offset[place] = offset;
    memcpy(cache->share[place], own, sizeof cache->share[place]);
    return cache->share[place];
}

/* ---- lines ---- */

static void fill_front(pair_work *work, size_t i, size_t j, double power)
{
    size_t rest = work->from->line_count * (ALI_SLOT_LINE + work->to->hearing_count);
    size_t at = (i - work->range->i_first) * work->width + j - work->range->j_first;
    if (work->per_compression > 0) {
        double ratio = power * work->per_compression;
        if (work->levels->front)
            work->levels->front[at] = ratio;
        count_ratio(work, rest + ALI_SLOT_BLOCKING, i, j, ratio);
    }
    if (work->per_saturation > 0)
        count_ratio(work, rest + ALI_SLOT_SATURATION, i, j, power * work->per_saturation);
}

static double last_point(const ali_curve *curve)
{
    return curve->count > 0 ? curve->x[curve->count - 1] : 0;
}

/** Where the shares of a line of this bandwidth become constant. */
static void set_far(pair_work *work, double bandwidth)
{
    const ali_station *to = work->to;
    double edge = fmax(last_point(&to->selectivity), to->radio->receiver.bandwidth / 2);
    work->far = fmax(edge + bandwidth / 2, last_point(&to->preselection)) * (1 + 1e-12);
    work->far_share[0] = ali_station_line_share(to, bandwidth, work->far);
    work->far_share[1] = ali_from_db(-ali_curve_at(&to->preselection, work->far));
}

/** One line in the channel and beside it, and, of the carrier, at the front end. */
static void fill_line(pair_work *work, size_t l)
{
    const ali_line *line = &work->from->lines[l];
    size_t slot = l * (ALI_SLOT_LINE + work->to->hearing_count);
    double reach = (line->bandwidth + work->to->radio->receiver.bandwidth) / 2;
    const ali_channel_range *range = work->range;
    cache_reset(&work->cache, (range->i_last - range->i_first) * work->width > SHARE_CACHE / 8);
    set_far(work, line->bandwidth);
    for (size_t i = range->i_first; i < range->i_last; i++) {
        double gain = work->link->line[l][i];
        if (isnan(line->frequency[i]) || isnan(gain))
            continue;
        double power = ali_from_db(line->level[i] + gain);
        double relative = power * work->per_limit;
        for (size_t j = range->j_first; j < range->j_last; j++) {
            if (!meets(work, i, j))
                continue;
            double offset = line->frequency[i] - work->to->radio->channels[j].receive, own[2];
            const double *share = line_shares(work, line->bandwidth, offset, own);
            bool inside = fabs(offset) < reach || offset == 0;
            add_ratio(work, slot + (inside ? ALI_SLOT_CHANNEL : ALI_SLOT_SELECTIVITY), i, j,
                      relative * share[0]);
            if (l == 0)
                fill_front(work, i, j, power * share[1]);
        }
    }
}

/** One line where the receiver hears besides its channel. */
static void fill_hearing(pair_work *work, size_t l, size_t h)
{
    const ali_line *line = &work->from->lines[l];
    const ali_hearing *hearing = &work->to->hearings[h];
    size_t slot = l * (ALI_SLOT_LINE + work->to->hearing_count) + ALI_SLOT_LINE + h;
    double reach = (line->bandwidth + hearing->width) / 2;
    const ali_channel_range *range = work->range;
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t j = range->j_first; j < range->j_last; j++)
        if (!isnan(hearing->frequency[j])) {
            low = fmin(low, hearing->frequency[j]);
            high = fmax(high, hearing->frequency[j]);
        }
    for (size_t i = range->i_first; i < range->i_last; i++) {
        double frequency = line->frequency[i], gain = work->link->line[l][i];
        if (isnan(frequency) || isnan(gain) || frequency < low - reach || frequency > high + reach)
            continue;
        double relative = ali_from_db(line->level[i] + gain - work->to->limit - hearing->rejection);
        for (size_t j = range->j_first; j < range->j_last; j++) {
            double offset = frequency - hearing->frequency[j];
            if (meets(work, i, j) && fabs(offset) <= reach)
                add_ratio(work, slot, i, j,
                          relative *
                              ali_station_window_share(hearing->width, line->bandwidth, offset));
        }
    }
}

/* ---- sidebands and noise ---- */

/** The same for what falls into the channel of a density. */
static void set_far_density(pair_work *work, const ali_curve *density)
{
    const ali_station *from = work->from;
    double edge = fmax(last_point(density), from->radio->transmitter.bandwidth / 2);
    work->far = fmax(edge + work->to->reach, last_point(&from->tracking)) * (1 + 1e-12);
    work->far_share[0] = ali_station_sideband_share(from, density, work->to, work->far);
}

static double density_share(pair_work *work, const ali_curve *density, double offset)
{
    share_cache *cache = &work->cache;
    if (fabs(offset) >= work->far)
        return work->far_share[0];
    size_t place = cache_place(offset);
    if (cache->used && cache->offset[place] == offset)
        return cache->share[place][0];
    double share = ali_station_sideband_share(work->from, density, work->to, offset);
    if (cache->used) {
        cache->offset[place] = offset;
        cache->share[place][0] = share;
    }
    return share;
}

static void fill_density(pair_work *work, const ali_curve *density, size_t rest)
{
    if (density->count == 0)
        return;
    size_t slot = work->from->line_count * (ALI_SLOT_LINE + work->to->hearing_count) + rest;
    const ali_channel_range *range = work->range;
    const ali_radio *from = work->from->radio;
    cache_reset(&work->cache, (range->i_last - range->i_first) * work->width > SHARE_CACHE / 8);
    set_far_density(work, density);
    for (size_t j = range->j_first; j < range->j_last; j++) {
        double receive = work->to->radio->channels[j].receive, gain = work->link->channel[j];
        if (isnan(receive) || isnan(gain))
            continue;
        double relative = ali_from_db(from->transmitter.power_dbm + gain - work->to->limit);
        for (size_t i = range->i_first; i < range->i_last; i++) {
            double transmit = from->channels[i].transmit;
            if (!isnan(transmit) && meets(work, i, j))
                add_ratio(work, slot, i, j,
                          relative * density_share(work, density, transmit - receive));
        }
    }
}

void ali_pair_fill(const ali_scene *scene, size_t aggressor, size_t victim,
                   const ali_channel_range *range, const ali_pair_levels *levels)
{
    pair_work work = {.scene = scene,
                      .from = &scene->stations[aggressor],
                      .to = &scene->stations[victim],
                      .link = ali_scene_link(scene, aggressor, victim),
                      .own = aggressor == victim,
                      .range = range,
                      .levels = levels,
                      .width = range->j_last - range->j_first,
                      .threshold = ali_from_db(scene->options->margin_db)};
    const ali_receiver *receiver = &work.to->radio->receiver;
    work.per_limit = ali_from_db(-work.to->limit);
    work.per_compression = isnan(receiver->p1db_dbm) ? 0 : ali_from_db(-receiver->p1db_dbm);
    work.per_saturation =
        isnan(receiver->saturation_dbm) ? 0 : ali_from_db(-receiver->saturation_dbm);
    size_t cells = (range->i_last - range->i_first) * work.width;
    memset(levels->sum, 0, cells * sizeof *levels->sum);
    if (levels->front)
        memset(levels->front, 0, cells * sizeof *levels->front);
    if (levels->bad)
        memset(levels->bad, 0, cells);
    for (size_t l = 0; l < work.from->line_count; l++) {
        fill_line(&work, l);
        for (size_t h = 0; h < work.to->hearing_count; h++)
            fill_hearing(&work, l, h);
    }
    fill_density(&work, &work.from->sideband, ALI_SLOT_SIDEBAND);
    fill_density(&work, &work.from->noise, ALI_SLOT_NOISE);
}

/* ---- entries ---- */

/** What a slot stands for: emission, line and response. */
static void describe_slot(const ali_scene *scene, size_t aggressor, size_t victim, size_t slot,
                          alicorn_cosite_entry *entry, size_t *line)
{
    const ali_station *from = &scene->stations[aggressor], *to = &scene->stations[victim];
    size_t per_line = ALI_SLOT_LINE + to->hearing_count;
    *line = slot / per_line;
    if (*line < from->line_count) {
        size_t kind = slot % per_line;
        entry->emission = from->lines[*line].emission;
        if (kind < ALI_SLOT_LINE) {
            entry->response =
                kind == ALI_SLOT_CHANNEL ? ALICORN_RESPONSE_CHANNEL : ALICORN_RESPONSE_SELECTIVITY;
        } else {
            const ali_hearing *hearing = &to->hearings[kind - ALI_SLOT_LINE];
            entry->response = hearing->response;
            entry->p = hearing->p;
            entry->q = hearing->q;
        }
        return;
    }
    static const struct {
        alicorn_cosite_emission emission;
        alicorn_cosite_response response;
    } rest[ALI_SLOT_REST] = {
        [ALI_SLOT_SIDEBAND] = {ALICORN_EMISSION_SIDEBAND, ALICORN_RESPONSE_CHANNEL},
        [ALI_SLOT_NOISE] = {ALICORN_EMISSION_NOISE, ALICORN_RESPONSE_CHANNEL},
        [ALI_SLOT_BLOCKING] = {ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_BLOCKING},
        [ALI_SLOT_SATURATION] = {ALICORN_EMISSION_CARRIER, ALICORN_RESPONSE_SATURATION},
    };
    size_t which = slot - from->line_count * per_line;
    entry->emission = rest[which].emission;
    entry->response = rest[which].response;
    *line = 0;
}

/** Level and limit: what arrives of a line at the port, and the level of it that the receiver
 *  stands; of sidebands and noise what falls into the channel. */
static void set_levels(const ali_scene *scene, const ali_slot *slot, size_t line,
                       alicorn_cosite_entry *entry)
{
    const ali_station *to = &scene->stations[entry->victim];
    alicorn_cosite_tone *tone = &entry->tones[0];
    const ali_station *from = &scene->stations[tone->radio];
    const ali_link *link = ali_scene_link(scene, tone->radio, entry->victim);
    const ali_line *of = &from->lines[line];
    bool dense =
        entry->emission == ALICORN_EMISSION_SIDEBAND || entry->emission == ALICORN_EMISSION_NOISE;
    double gain = dense ? link->channel[slot->j] : link->line[line][slot->i];
    tone->number = dense ? 0 : of->number;
    tone->frequency_hz = of->frequency[slot->i];
    tone->level_dbm = of->level[slot->i] + link->line[line][slot->i] -
                      ali_curve_at(&to->preselection, tone->frequency_hz - entry->receive_hz);
    entry->has_path = 1;
    entry->path_db = -gain;
    entry->margin_db = ali_to_db(slot->ratio);
    entry->frequency_hz = dense ? entry->receive_hz : tone->frequency_hz;
    if (entry->response == ALICORN_RESPONSE_BLOCKING ||
        entry->response == ALICORN_RESPONSE_SATURATION) {
        entry->level_dbm = tone->level_dbm;
        entry->limit_dbm = entry->level_dbm - entry->margin_db;
    } else if (dense) {
        entry->limit_dbm = to->limit;
        entry->level_dbm = to->limit + entry->margin_db;
    } else {
        entry->level_dbm = of->level[slot->i] + gain;
        entry->limit_dbm = entry->level_dbm - entry->margin_db;
    }
}

alicorn_status ali_pair_entry(ali_scene *scene, size_t aggressor, size_t victim, size_t number,
                              const ali_slot *slot, alicorn_cosite_entry *entry,
                              alicorn_error *error)
{
    *entry = (alicorn_cosite_entry){
        .victim = victim,
        .victim_channel = slot->j,
        .receive_hz = scene->radios->radios[victim].channels[slot->j].receive,
        .tone_count = 1,
        .tones = {{.radio = aggressor, .channel = slot->i, .coefficient = 1}}};
    size_t line;
    describe_slot(scene, aggressor, victim, number, entry, &line);
    entry->tones[0].emission = entry->emission;
    set_levels(scene, slot, line, entry);
    return ali_entry_complete(scene, entry, error);
}
