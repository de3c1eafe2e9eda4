/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/product.h"

#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"
#include "cosite/entry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- patterns ---- */

static double factorial_db(int n)
{
    double factorial = 1;
    for (int k = 2; k <= n; k++)
        factorial *= k;
    return 2 * ali_to_db(factorial);
}

/** Multinomial coefficient of a pattern over that of the balanced product of two tones [dB].
 *  Source: docs/theory/cosite.md. */
static double pattern_gain(const ali_pattern_of_tones *pattern)
{
    int n = pattern->order;
    double gain = factorial_db(n / 2) + factorial_db(n - n / 2);
    for (int t = 0; t < pattern->tone_count; t++)
        gain -= factorial_db(abs(pattern->m[t]));
    return gain;
}

/** Append the pattern with all signs of its multiples but all negative ones. */
static alicorn_status add_signs(ali_patterns *patterns, ali_pattern_of_tones pattern,
                                alicorn_error *error)
{
    int signs = 1 << pattern.tone_count;
    pattern.gain = pattern_gain(&pattern);
    for (int negative = 0; negative < signs - 1; negative++) {
        if (ali_grow((void **)&patterns->items, &patterns->capacity, patterns->count,
                     sizeof *patterns->items))
            return ali_error_memory(error, sizeof *patterns->items, "patterns of products");
        ali_pattern_of_tones *item = &patterns->items[patterns->count++];
        *item = pattern;
        for (int t = 0; t < pattern.tone_count; t++)
            if (negative >> t & 1)
                item->m[t] = -item->m[t];
    }
    return ALICORN_OK;
}

static void patterns_clear(ali_patterns *patterns)
{
    free(patterns->items);
    *patterns = (ali_patterns){0};
}

static alicorn_status patterns_create(int order, int tone_count, ali_patterns *patterns,
                                      alicorn_error *error)
{
    *patterns = (ali_patterns){0};
    alicorn_status status = ALICORN_OK;
    for (int first = 1; first <= order && status == ALICORN_OK; first++)
        for (int second = 0; first + second <= order && status == ALICORN_OK; second++) {
            int third = order - first - second;
            int used = 1 + (second > 0) + (third > 0);
            if (used != tone_count || (second == 0 && third > 0))
                continue;
            ali_pattern_of_tones pattern = {
                .order = order, .tone_count = tone_count, .m = {first, second, third}};
            status = add_signs(patterns, pattern, error);
        }
    if (status != ALICORN_OK)
        patterns_clear(patterns);
    return status;
}

alicorn_status ali_product_tables_create(const alicorn_cosite_options *options,
                                         ali_product_tables *tables, alicorn_error *error)
{
    *tables = (ali_product_tables){0};
    alicorn_status status = ALICORN_OK;
    for (int n = 2; n <= options->order; n++)
        for (int t = 1; t <= options->tones && t <= n && status == ALICORN_OK; t++)
            status = patterns_create(n, t, &tables->patterns[n][t], error);
    if (status != ALICORN_OK)
        ali_product_tables_clear(tables);
    return status;
}

void ali_product_tables_clear(ali_product_tables *tables)
{
    for (size_t n = 0; n <= ALI_RADIO_ORDER; n++)
        for (size_t t = 0; t <= ALI_PRODUCT_TONES; t++)
            patterns_clear(&tables->patterns[n][t]);
}

/* ---- tones ---- */

static int strongest_first(const void *a, const void *b)
{
    const ali_tone *left = a, *right = b;
    if (left->peak != right->peak)
        return left->peak > right->peak ? -1 : 1;
    if (left->radio != right->radio)
        return left->radio < right->radio ? -1 : 1;
    return (left->line > right->line) - (left->line < right->line);
}

/** Smallest distance between the frequencies of two axes. */
static double axes_distance(const ali_axis *a, const ali_axis *b)
{
    double above = b->frequency[0] - a->frequency[a->count - 1];
    double below = a->frequency[0] - b->frequency[b->count - 1];
    return fmax(fmax(above, below), 0);
}

static alicorn_status add_tone(const ali_scene *scene, ali_tones *tones, size_t radio, size_t l,
                               const size_t *channels, double *level, alicorn_error *error)
{
    const ali_station *from = &scene->stations[radio];
    const double *gain = ali_scene_link(scene, radio, tones->victim)->line[l];
    for (size_t i = 0; i < from->channel_count; i++)
        level[i] = from->lines[l].level[i] + gain[i];
    ali_tone *tone = &tones->items[tones->count];
    *tone = (ali_tone){.radio = radio, .line = l};
    size_t first = channels ? channels[radio] : 0;
    alicorn_status status =
        ali_axis_create(channels ? 1 : from->channel_count, from->lines[l].frequency + first,
                        level + first, &tone->axis, error);
    if (status != ALICORN_OK)
        return status;
    if (tone->axis.count == 0 || tones->axis.count == 0) {
        ali_axis_clear(&tone->axis);
        return ALICORN_OK;
    }
    tone->least = ali_curve_least(&scene->stations[tones->victim].preselection,
                                  axes_distance(&tone->axis, &tones->axis));
    tone->peak = tone->axis.peak[1] - tone->least;
    tones->count++;
    return ALICORN_OK;
}

alicorn_status ali_tones_create(const ali_scene *scene, size_t victim, const size_t *channels,
                                ali_tones *tones, alicorn_error *error)
{
    *tones = (ali_tones){.victim = victim};
    const ali_station *to = &scene->stations[victim];
    size_t most = 0, longest = ali_scene_longest(scene);
    for (size_t a = 0; a < scene->count; a++)
        most += scene->stations[a].line_count;
    double *work = ali_calloc(2 * longest, sizeof *work);
    tones->items = ali_calloc(most, sizeof *tones->items);
    alicorn_status status = ALICORN_OK;
    if (!work || !tones->items) {
        status = ali_error_memory(error, most * sizeof *tones->items, "tones");
        goto cleanup;
    }
    for (size_t j = 0; j < to->channel_count; j++)
        work[longest + j] = to->radio->channels[j].receive;
    size_t first = channels ? channels[victim] : 0;
    status = ali_axis_create(channels ? 1 : to->channel_count, work + longest + first, work,
                             &tones->axis, error);
    for (size_t a = 0; a < scene->count && status == ALICORN_OK; a++) {
        if (!ali_scene_applies(scene, victim, a))
            continue;
        size_t lines = scene->options->emission_tones ? scene->stations[a].line_count : 1;
        for (size_t l = 0; l < lines && status == ALICORN_OK; l++)
            status = add_tone(scene, tones, a, l, channels, work, error);
    }
    qsort(tones->items, tones->count, sizeof *tones->items, strongest_first);
cleanup:
    free(work);
    if (status != ALICORN_OK)
        ali_tones_clear(tones);
    return status;
}

void ali_tones_clear(ali_tones *tones)
{
    for (size_t i = 0; i < tones->count; i++)
        ali_axis_clear(&tones->items[i].axis);
    free(tones->items);
    ali_axis_clear(&tones->axis);
    *tones = (ali_tones){0};
}

/* ---- candidates ---- */

/** A walk over the sets of tones. */
typedef struct walk {
    const ali_scene *scene;
    const ali_tones *tones;
    const ali_patterns *patterns; /**< of the order and number of tones at work */
    double base;                  /**< of the margin: -(n - 1) IIPn - limit [dB] */
    double most;                  /**< largest gain of the patterns [dB] */
    const ali_walk_limits *limits;
    ali_candidate_fn visit;
    void *user;
} walk;

static double product_bandwidth(const ali_scene *scene, const ali_tones *tones,
                                const ali_candidate *candidate)
{
    double sum = 0;
    for (int t = 0; t < candidate->pattern->tone_count; t++) {
        const ali_tone *tone = &tones->items[candidate->tones[t]];
        sum += abs(candidate->pattern->m[t]) *
               scene->stations[tone->radio].lines[tone->line].bandwidth;
    }
    return sum;
}

/** Whether the range of sum m f meets the range of the victim's channels. */
static bool ranges_meet(const walk *w, const ali_candidate *candidate)
{
    const ali_axis *victim = &w->tones->axis;
    double low = -victim->frequency[victim->count - 1], high = -victim->frequency[0];
    for (int t = 0; t < candidate->pattern->tone_count; t++) {
        const ali_axis *axis = &w->tones->items[candidate->tones[t]].axis;
        int m = candidate->pattern->m[t];
        double first = m * axis->frequency[0], last = m * axis->frequency[axis->count - 1];
        low += m > 0 ? first : last;
        high += m > 0 ? last : first;
    }
    double reach = (w->scene->stations[w->tones->victim].radio->receiver.bandwidth +
                    product_bandwidth(w->scene, w->tones, candidate)) /
                   2;
    return low <= reach && high >= -reach;
}

/** All patterns of one set of tones. */
static alicorn_status visit_patterns(const walk *w, const size_t *set, double low)
{
    alicorn_status status = ALICORN_OK;
    for (size_t k = 0; k < w->patterns->count && status == ALICORN_OK; k++) {
        const ali_pattern_of_tones *pattern = &w->patterns->items[k];
        ali_candidate candidate = {.pattern = pattern, .bound = w->base + pattern->gain};
        for (int t = 0; t < pattern->tone_count; t++) {
            candidate.tones[t] = set[t];
            candidate.bound += abs(pattern->m[t]) * w->tones->items[set[t]].peak;
        }
        if (candidate.bound > low && candidate.bound <= w->limits->high &&
            ranges_meet(w, &candidate))
            status = w->visit(w->user, &candidate);
    }
    return status;
}

/** What a set must be above: the lower end, and the least record of its radios. */
static double set_floor(const walk *w, const size_t *set, int count)
{
    double least = w->limits->record ? HUGE_VAL : -HUGE_VAL;
    for (int t = 0; w->limits->record && t < count; t++)
        least = fmin(least, w->limits->record[w->tones->items[set[t]].radio]);
    return fmax(w->limits->low, least);
}

static bool same_radio(const walk *w, size_t a, size_t b)
{
    return w->tones->items[a].radio == w->tones->items[b].radio;
}

/** Sets of `count` tones of different radios. Tones come strongest first: the best that a set can
 * do is to give all multiples but one of each to its first, and later sets do no better. */
static alicorn_status visit_sets(const walk *w, int order, int count, size_t *set, int chosen,
                                 double bound)
{
    const ali_tone *tone = w->tones->items;
    size_t first = chosen == 0 ? 0 : set[chosen - 1] + 1;
    double times = chosen == 0 ? order - count + 1 : 1;
    alicorn_status status = ALICORN_OK;
    for (size_t a = first; a < w->tones->count && status == ALICORN_OK; a++) {
        double with = bound + times * tone[a].peak;
        /* the rest is not stronger than this one */
        if (!(with + (count - chosen - 1) * tone[a].peak > w->limits->low))
            break;
        bool again = false;
        for (int t = 0; t < chosen; t++)
            again |= same_radio(w, set[t], a);
        if (again)
            continue;
        set[chosen] = a;
        if (chosen + 1 < count) {
            status = visit_sets(w, order, count, set, chosen + 1, with);
            continue;
        }
        double low = set_floor(w, set, count);
        if (with > low)
            status = visit_patterns(w, set, low);
    }
    return status;
}

/** The walk for one number of tones. */
static walk make_walk(const ali_scene *scene, const ali_product_tables *tables,
                      const ali_tones *tones, int order, int count)
{
    const ali_station *victim = &scene->stations[tones->victim];
    double intercept = victim->radio->receiver.iip[order];
    walk w = {.scene = scene,
              .tones = tones,
              .patterns = &tables->patterns[order][count],
              .base = -(order - 1) * intercept - victim->limit,
              .most = -HUGE_VAL};
    for (size_t k = 0; !isnan(intercept) && k < w.patterns->count; k++)
        w.most = fmax(w.most, w.patterns->items[k].gain);
    return w;
}

/** Bound of the margins of an order [dB]; -HUGE_VAL if the receiver makes no such products. */
static double bound_of_order(const ali_scene *scene, const ali_product_tables *tables,
                             const ali_tones *tones, int order)
{
    double bound = -HUGE_VAL;
    for (int t = 1; tones->count > 0 && t <= ALI_PRODUCT_TONES; t++) {
        walk w = make_walk(scene, tables, tones, order, t);
        if (w.most > -HUGE_VAL)
            bound = fmax(bound, w.base + w.most + order * tones->items[0].peak);
    }
    return bound;
}

alicorn_status ali_product_walk(const ali_scene *scene, const ali_product_tables *tables,
                                const ali_tones *tones, int order, const ali_walk_limits *limits,
                                ali_candidate_fn visit, void *user)
{
    alicorn_status status = ALICORN_OK;
    for (int t = 1; t <= ALI_PRODUCT_TONES && status == ALICORN_OK; t++) {
        walk w = make_walk(scene, tables, tones, order, t);
        w.limits = limits;
        w.visit = visit;
        w.user = user;
        size_t set[ALI_PRODUCT_TONES];
        if (w.most > -HUGE_VAL)
            status = visit_sets(&w, order, t, set, 0, w.base + w.most);
    }
    return status;
}

/** The problem of a candidate; its best level is the margin. */
static void make_problem(const ali_scene *scene, const ali_tones *tones,
                         const ali_candidate *candidate, ali_search_problem *problem,
                         double *constant)
{
    const ali_pattern_of_tones *pattern = candidate->pattern;
    const ali_station *victim = &scene->stations[tones->victim];
    size_t count = (size_t)pattern->tone_count;
    *problem = (ali_search_problem){.axis_count = count + 1,
                                    .width = victim->radio->receiver.bandwidth,
                                    .bandwidth = product_bandwidth(scene, tones, candidate)};
    for (size_t t = 0; t < count; t++) {
        const ali_tone *tone = &tones->items[candidate->tones[t]];
        problem->axes[t] = &tone->axis;
        problem->coefficient[t] = pattern->m[t];
        problem->weight[t] = abs(pattern->m[t]);
        if (victim->preselection.count > 0)
            problem->losses[problem->loss_count++] = (ali_search_loss){
                .axis = {t, count}, .weight = problem->weight[t], .curve = &victim->preselection};
        if (tone->radio == tones->victim) {
            problem->tied[0] = t;
            problem->tied[1] = count;
        }
    }
    problem->axes[count] = &tones->axis;
    problem->coefficient[count] = -1;
    *constant = pattern->gain - (pattern->order - 1) * victim->radio->receiver.iip[pattern->order] -
                victim->limit;
}

/* ---- search ---- */

/** The worst product of one order in which one aggressor takes part. */
typedef struct record {
    bool found;
    ali_candidate candidate;
    size_t at[ALI_SEARCH_AXES];
} record;

/** The search at one victim for one order. */
typedef struct product_search {
    ali_scene *scene;
    const ali_tones *tones;
    double *margin;  /**< [radios] of the records; the floor where there is none */
    record *records; /**< [radios] */
} product_search;

static alicorn_status try_candidate(void *user, const ali_candidate *candidate)
{
    product_search *search = user;
    const ali_tones *tones = search->tones;
    double beat = HUGE_VAL;
    for (int t = 0; t < candidate->pattern->tone_count; t++)
        beat = fmin(beat, search->margin[tones->items[candidate->tones[t]].radio]);
    if (!(candidate->bound > beat))
        return ALICORN_OK;
    ali_search_problem problem;
    double constant;
    make_problem(search->scene, tones, candidate, &problem, &constant);
    double best = beat - constant;
    size_t at[ALI_SEARCH_AXES] = {0};
    if (!ali_search_best(&problem, &best, at))
        return ALICORN_OK;
    for (int t = 0; t < candidate->pattern->tone_count; t++) {
        size_t radio = tones->items[candidate->tones[t]].radio;
        if (best + constant > search->margin[radio]) {
            search->margin[radio] = best + constant;
            search->records[radio] = (record){.found = true, .candidate = *candidate};
            memcpy(search->records[radio].at, at, sizeof at);
        }
    }
    return ALICORN_OK;
}

/** First step below the highest bound [dB]; each next one is twice as far below. */
#define FIRST_TIER 3.0

/** Visit the candidates of an order tier by tier, from the highest bounds down: records of one tier
 * spare most of the next. */
static alicorn_status visit_tiers(const ali_scene *scene, const ali_product_tables *tables,
                                  const ali_tones *tones, int order, double floor,
                                  const double *record_margins, ali_candidate_fn visit, void *user)
{
    double top = bound_of_order(scene, tables, tones, order);
    ali_walk_limits limits = {.high = HUGE_VAL, .record = record_margins};
    alicorn_status status = ALICORN_OK;
    for (double depth = FIRST_TIER; limits.high > floor && status == ALICORN_OK; depth *= 2) {
        /* a tier as deep as a thousand decibels is the last */
        limits.low = depth > 1e3 ? floor : fmax(top - depth, floor);
        if (top > floor)
            status = ali_product_walk(scene, tables, tones, order, &limits, visit, user);
        limits.high = limits.low;
    }
    return status;
}

static bool same_product(const record *a, const record *b)
{
    return a->found && b->found && a->candidate.pattern == b->candidate.pattern &&
           memcmp(a->candidate.tones, b->candidate.tones, sizeof a->candidate.tones) == 0 &&
           memcmp(a->at, b->at, sizeof a->at) == 0;
}

static alicorn_status make_entry(ali_scene *scene, const ali_tones *tones, const record *from,
                                 double margin, alicorn_cosite_entry *entry, alicorn_error *error)
{
    const ali_pattern_of_tones *pattern = from->candidate.pattern;
    const ali_station *victim = &scene->stations[tones->victim];
    size_t place = from->at[pattern->tone_count];
    *entry = (alicorn_cosite_entry){.victim = tones->victim,
                                    .victim_channel = tones->axis.channel[place],
                                    .receive_hz = tones->axis.frequency[place],
                                    .response = ALICORN_RESPONSE_INTERMODULATION,
                                    .order = pattern->order,
                                    .tone_count = (size_t)pattern->tone_count,
                                    .limit_dbm = victim->limit,
                                    .margin_db = margin,
                                    .level_dbm = victim->limit + margin};
    double sum = 0;
    for (size_t t = 0; t < entry->tone_count; t++) {
        const ali_tone *tone = &tones->items[from->candidate.tones[t]];
        const ali_line *line = &scene->stations[tone->radio].lines[tone->line];
        double frequency = tone->axis.frequency[from->at[t]];
        double loss = ali_curve_at(&victim->preselection, frequency - entry->receive_hz);
        entry->tones[t] = (alicorn_cosite_tone){.radio = tone->radio,
                                                .channel = tone->axis.channel[from->at[t]],
                                                .emission = line->emission,
                                                .number = line->number,
                                                .coefficient = pattern->m[t],
                                                .frequency_hz = frequency,
                                                .level_dbm = tone->axis.level[from->at[t]] - loss};
        sum += pattern->m[t] * frequency;
    }
    entry->frequency_hz = fabs(sum);
    entry->emission = entry->tones[0].emission;
    return ali_entry_complete(scene, entry, error);
}

/** Entries of the records, each product once. */
static alicorn_status add_entries(const product_search *search, ali_findings *findings,
                                  alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    const record *records = search->records;
    for (size_t r = 0; r < search->scene->count && status == ALICORN_OK; r++) {
        bool again = !records[r].found;
        for (size_t other = 0; other < r && !again; other++)
            again = same_product(&records[other], &records[r]);
        if (again)
            continue;
        alicorn_cosite_entry entry;
        status =
            make_entry(search->scene, search->tones, &records[r], search->margin[r], &entry, error);
        if (status == ALICORN_OK)
            status = ali_findings_add(findings, &entry, error);
    }
    return status;
}

alicorn_status ali_product_search(ali_scene *scene, const ali_product_tables *tables,
                                  const ali_tones *tones, ali_findings *findings,
                                  alicorn_error *error)
{
    product_search search = {.scene = scene,
                             .tones = tones,
                             .margin = ali_calloc(scene->count, sizeof *search.margin),
                             .records = ali_calloc(scene->count, sizeof *search.records)};
    alicorn_status status = ALICORN_OK;
    if (!search.margin || !search.records)
        status = ali_error_memory(error, scene->count * sizeof *search.records, "products");
    double floor = scene->options->floor_db;
    for (int n = 2; n <= scene->options->order && status == ALICORN_OK; n++) {
        for (size_t r = 0; r < scene->count; r++) {
            search.margin[r] = floor;
            search.records[r].found = false;
        }
        status = visit_tiers(scene, tables, tones, n, floor, search.margin, try_candidate, &search);
        if (status == ALICORN_OK)
            status = add_entries(&search, findings, error);
    }
    free(search.margin);
    free(search.records);
    return status;
}

/* ---- products for plans and samples ---- */

typedef struct product_keeper {
    const ali_tones *tones;
    ali_product_list *products;
    size_t most; /**< products in the list when this victim has its share */
    alicorn_error *error;
} product_keeper;

static alicorn_status keep_candidate(void *user, const ali_candidate *candidate)
{
    product_keeper *keeper = user;
    if (keeper->products->count >= keeper->most) {
        keeper->products->full = true;
        return ALICORN_E_INTERRUPTED;
    }
    ali_product product = ali_candidate_product(keeper->tones, candidate);
    return ali_product_list_add(keeper->products, &product, keeper->error);
}

alicorn_status ali_product_keep(const ali_scene *scene, const ali_product_tables *tables,
                                const ali_tones *tones, ali_product_list *products,
                                alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    size_t share = products->limit / scene->count + 1;
    for (int n = 2; n <= scene->options->order && status == ALICORN_OK; n++) {
        product_keeper keeper = {tones, products, products->count + share, error};
        status = visit_tiers(scene, tables, tones, n, ali_product_list_floor(scene->options), NULL,
                             keep_candidate, &keeper);
        if (status == ALICORN_E_INTERRUPTED) /* it has its share */
            status = ALICORN_OK;
    }
    return status;
}
