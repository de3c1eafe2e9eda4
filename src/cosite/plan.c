/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/plan.h"

#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** A channel of the radio that is next, and what it would cost. */
typedef struct choice {
    size_t channel, conflicts;
    double power; /**< that it adds to those that are there, and they to it, relative to limits */
} choice;

/** A product seen from one of its radios. */
typedef struct membership {
    uint32_t product;
    uint16_t others[ALI_PRODUCT_TONES]; /**< repeated, or the radio itself, where there are less */
} membership;

typedef struct planner {
    const ali_scene *scene;
    const ali_product_tables *tables;
    const ali_survey *survey;
    const ali_product_list *products;
    membership *memberships;
    size_t *first_of; /**< [radios + 2]; those of r: memberships[first_of[r] … first_of[r + 1]) */
    size_t *channel;  /**< [radios] or ALI_NONE: not yet */
    size_t *crossed;  /**< [nodes] conflicts with channels that are taken */
    size_t *degree;   /**< [nodes] conflicts in all */
    double *level;    /**< [radios] power of all that have a channel */
    size_t *hurt;     /**< [radios] conflicts of pairs in which it takes part */
    choice *choices;  /**< [radios][longest] of each depth of the search */
    size_t longest;
    size_t *best; /**< [radios] */
    size_t best_conflicts;
    size_t steps;
    double limit;   /**< ratio of the asked margin */
    bool exhausted; /**< the search was given up */
    alicorn_status status;
    alicorn_error *error;
} planner;

/* ---- products by radio ---- */

/** Radios of a product without repetition; returns how many. */
static size_t members(const ali_product *product, size_t radios[ALI_PRODUCT_TONES + 1])
{
    size_t count = 0;
    size_t tones = product->reverse ? 2 : (size_t)product->pattern->tone_count;
    for (size_t t = 0; t < tones; t++)
        radios[count++] = product->radio[t];
    bool again = false;
    for (size_t t = 0; t < tones; t++)
        again |= radios[t] == product->victim;
    if (!again)
        radios[count++] = product->victim;
    return count;
}

static alicorn_status index_products(planner *p)
{
    size_t radios[ALI_PRODUCT_TONES + 1], count = p->scene->count, entries = 0;
    p->first_of = ali_calloc(count + 2, sizeof *p->first_of);
    if (!p->first_of)
        return ali_error_memory(p->error, count * sizeof *p->first_of, "a frequency plan");
    for (size_t i = 0; i < p->products->count; i++) {
        size_t n = members(&p->products->items[i], radios);
        entries += n;
        for (size_t k = 0; k < n; k++)
            p->first_of[radios[k] + 2]++;
    }
    for (size_t r = 0; r < count; r++)
        p->first_of[r + 2] += p->first_of[r + 1];
    p->memberships = ali_calloc(entries, sizeof *p->memberships);
    if (!p->memberships)
        return ali_error_memory(p->error, entries * sizeof *p->memberships, "a frequency plan");
    for (size_t i = 0; i < p->products->count; i++) {
        size_t n = members(&p->products->items[i], radios);
        for (size_t k = 0; k < n; k++) {
            membership *each = &p->memberships[p->first_of[radios[k] + 1]++];
            each->product = (uint32_t)i;
            for (size_t o = 0; o < ALI_PRODUCT_TONES; o++)
                each->others[o] = (uint16_t)radios[(k + 1 + o) % n];
        }
    }
    return ALICORN_OK;
}

/** Products that disturb now that radio r has its channel, all others of theirs having one, too; no
 * more than `most` are counted. */
static size_t product_conflicts(planner *p, size_t r, size_t most)
{
    size_t conflicts = 0, k = p->first_of[r];
    for (; k < p->first_of[r + 1] && conflicts < most; k++) {
        const membership *each = &p->memberships[k];
        if (p->channel[each->others[0]] == ALI_NONE || p->channel[each->others[1]] == ALI_NONE ||
            p->channel[each->others[2]] == ALI_NONE)
            continue;
        const ali_product *product = &p->products->items[each->product];
        if (ali_product_margin(p->scene, product, p->channel) > p->scene->options->margin_db)
            conflicts++;
    }
    p->steps += 1 + k - p->first_of[r];
    return conflicts;
}

/* ---- assignment ---- */

static size_t node_of(const planner *p, size_t r, size_t channel)
{
    return p->survey->first[r] + channel;
}

static double ratio_of(const planner *p, size_t from, size_t to)
{
    return p->survey->ratio ? p->survey->ratio[from * p->survey->nodes + to] : 0;
}

/** Give a radio a channel, or take it back, and count what that does to the others. */
static void take(planner *p, size_t r, size_t channel, bool back)
{
    const ali_survey *survey = p->survey;
    size_t node = node_of(p, r, channel), step = back ? (size_t)-1 : 1;
    const uint64_t *row = survey->conflict + node * survey->words;
    for (size_t w = 0; w < survey->words; w++)
        for (uint64_t bits = row[w]; bits; bits &= bits - 1)
            p->crossed[64 * w + (size_t)__builtin_ctzll(bits)] += step;
    p->channel[r] = ALI_NONE;
    for (size_t o = 0; o < p->scene->count; o++) {
        if (p->channel[o] == ALI_NONE)
            continue;
        size_t other = node_of(p, o, p->channel[o]);
        bool conflict = ali_survey_conflict(survey, node, other);
        p->hurt[o] += conflict ? step : 0;
        p->hurt[r] += conflict ? step : 0;
        p->level[o] += (back ? -1 : 1) * ratio_of(p, node, other);
        p->level[r] += (back ? -1 : 1) * ratio_of(p, other, node);
    }
    p->channel[r] = back ? ALI_NONE : channel;
    if (back)
        p->level[r] = 0; /* nothing is left of rounding */
}

/** Radios that stand everybody one by one, but not all together, with radio r on its channel, too.
 */
static size_t crowded_radios(const planner *p, size_t r, size_t channel, double limit)
{
    size_t node = node_of(p, r, channel), crowded = 0, hurt = 0;
    double own = 0;
    for (size_t o = 0; o < p->scene->count; o++) {
        if (p->channel[o] == ALI_NONE || o == r)
            continue;
        size_t other = node_of(p, o, p->channel[o]);
        bool conflict = ali_survey_conflict(p->survey, node, other);
        hurt += conflict;
        own += ratio_of(p, other, node);
        if (!conflict && p->hurt[o] == 0)
            crowded += p->level[o] + ratio_of(p, node, other) > limit;
    }
    return crowded + (hurt == 0 && own > limit);
}

/** Conflicts of a channel with what is taken, and with itself. */
static size_t pair_conflicts(const planner *p, size_t r, size_t channel)
{
    size_t node = node_of(p, r, channel);
    return p->crossed[node] + ali_survey_conflict(p->survey, node, node);
}

/** The radio to come: the fewest channels without conflict; then the most conflicts in all. *least
 * is the sum over radios of the fewest conflicts that each will add. */
static size_t next_radio(const planner *p, size_t *least)
{
    size_t next = ALI_NONE, fewest = 0, crowded = 0;
    *least = 0;
    for (size_t r = 0; r < p->scene->count; r++) {
        if (p->channel[r] != ALI_NONE)
            continue;
        size_t left = 0, degree = 0, minimum = ALI_NONE;
        for (size_t c = 0; c < p->scene->stations[r].channel_count; c++) {
            size_t conflicts = pair_conflicts(p, r, c);
            left += conflicts == 0;
            degree += p->degree[node_of(p, r, c)];
            if (conflicts < minimum)
                minimum = conflicts;
        }
        *least += minimum;
        degree /= p->scene->stations[r].channel_count;
        if (next == ALI_NONE || left < fewest || (left == fewest && degree > crowded)) {
            next = r;
            fewest = left;
            crowded = degree;
        }
    }
    return next;
}

static int fewest_conflicts(const void *a, const void *b)
{
    const choice *left = a, *right = b;
    if (left->conflicts != right->conflicts)
        return left->conflicts < right->conflicts ? -1 : 1;
    if (left->power != right->power)
        return left->power < right->power ? -1 : 1;
    return (left->channel > right->channel) - (left->channel < right->channel);
}

/** Channels of a radio in the order in which to try them. */
static choice *sort_choices(planner *p, size_t r, size_t depth)
{
    choice *choices = p->choices + depth * p->longest;
    size_t count = p->scene->stations[r].channel_count;
    for (size_t c = 0; c < count; c++) {
        size_t node = node_of(p, r, c);
        choices[c] = (choice){.channel = c, .conflicts = pair_conflicts(p, r, c)};
        for (size_t o = 0; o < p->scene->count; o++)
            if (p->channel[o] != ALI_NONE) {
                size_t other = node_of(p, o, p->channel[o]);
                choices[c].power += ratio_of(p, node, other) + ratio_of(p, other, node);
            }
    }
    qsort(choices, count, sizeof *choices, fewest_conflicts);
    return choices;
}

/** Receivers that stand everything one by one, but not all at once; *worst is the largest margin of
 *  all power sums. */
static size_t crowded_receivers(planner *p, double *worst)
{
    size_t crowded = 0;
    *worst = 0;
    for (size_t v = 0; v < p->scene->count && p->status == ALICORN_OK; v++) {
        ali_situation situation;
        if (!p->scene->radios->radios[v].receives)
            continue;
        p->status =
            ali_situation_evaluate(p->scene, p->tables, v, p->channel, &situation, p->error);
        double most = fmax(situation.total, situation.front);
        crowded += most > p->limit;
        *worst = fmax(*worst, most);
    }
    return crowded;
}

/** Everybody has a channel: keep the assignment if it is the best. */
static void keep_best(planner *p, size_t conflicts)
{
    double worst;
    if (conflicts == 0)
        conflicts = crowded_receivers(p, &worst);
    if (conflicts >= p->best_conflicts)
        return;
    p->best_conflicts = conflicts;
    memcpy(p->best, p->channel, p->scene->count * sizeof *p->best);
}

static void greedy(planner *p)
{
    size_t conflicts = 0, least, depth = 0;
    for (size_t r; (r = next_radio(p, &least)) != ALI_NONE; depth++) {
        choice *choices = sort_choices(p, r, 0);
        size_t count = p->scene->stations[r].channel_count, pick = 0, fewest = ALI_NONE;
        for (size_t c = 0; c < count && fewest > 0; c++) {
            size_t pairs = choices[c].conflicts;
            if (pairs >= fewest)
                break;
            p->channel[r] = choices[c].channel;
            size_t all = pairs + product_conflicts(p, r, fewest - pairs) +
                         crowded_radios(p, r, choices[c].channel, p->limit);
            p->channel[r] = ALI_NONE;
            if (all < fewest) {
                fewest = all;
                pick = choices[c].channel;
            }
        }
        conflicts += fewest;
        take(p, r, pick, false);
    }
    keep_best(p, conflicts);
    for (size_t r = 0; r < p->scene->count; r++)
        take(p, r, p->channel[r], true);
}

static void branch(planner *p, size_t depth, size_t conflicts)
{
    size_t least, r = next_radio(p, &least);
    if (r == ALI_NONE) {
        keep_best(p, conflicts);
        return;
    }
    if (conflicts + least >= p->best_conflicts)
        return;
    choice *choices = sort_choices(p, r, depth);
    for (size_t c = 0; c < p->scene->stations[r].channel_count; c++) {
        size_t sum = conflicts + choices[c].conflicts;
        if (sum >= p->best_conflicts || p->status != ALICORN_OK)
            return;
        if (p->steps > p->scene->options->plan_steps) {
            p->exhausted = true;
            return;
        }
        p->channel[r] = choices[c].channel;
        sum += product_conflicts(p, r, p->best_conflicts - sum);
        p->channel[r] = ALI_NONE;
        if (sum + crowded_radios(p, r, choices[c].channel, p->limit) < p->best_conflicts) {
            take(p, r, choices[c].channel, false);
            branch(p, depth + 1, sum);
            take(p, r, choices[c].channel, true);
        }
    }
}

static alicorn_status prepare(planner *p)
{
    size_t count = p->scene->count, nodes = p->survey->nodes;
    p->longest = ali_scene_longest(p->scene);
    p->channel = ali_calloc(count, sizeof *p->channel);
    p->best = ali_calloc(count, sizeof *p->best);
    p->crossed = ali_calloc(nodes, sizeof *p->crossed);
    p->degree = ali_calloc(nodes, sizeof *p->degree);
    p->choices = ali_calloc(count * p->longest, sizeof *p->choices);
    p->level = ali_calloc(count, sizeof *p->level);
    p->hurt = ali_calloc(count, sizeof *p->hurt);
    if (!p->level || !p->hurt || !p->channel || !p->best || !p->crossed || !p->degree ||
        !p->choices)
        return ali_error_memory(p->error, count * p->longest * sizeof *p->choices,
                                "a frequency plan");
    for (size_t r = 0; r < count; r++)
        p->channel[r] = ALI_NONE;
    for (size_t n = 0; n < nodes; n++)
        for (size_t w = 0; w < p->survey->words; w++)
            p->degree[n] +=
                (size_t)__builtin_popcountll(p->survey->conflict[n * p->survey->words + w]);
    return index_products(p);
}

alicorn_status ali_plan_make(const ali_scene *scene, const ali_product_tables *tables,
                             const ali_survey *survey, const ali_product_list *products,
                             const size_t *start, alicorn_cosite_plan *plan, alicorn_error *error)
{
    planner p = {.scene = scene,
                 .tables = tables,
                 .survey = survey,
                 .products = products,
                 .limit = ali_from_db(scene->options->margin_db),
                 .best_conflicts = ALI_NONE,
                 .error = error};
    *plan = (alicorn_cosite_plan){.state = ALICORN_PLAN_NONE};
    p.status = prepare(&p);
    if (p.status == ALICORN_OK)
        greedy(&p);
    if (p.status == ALICORN_OK && p.best_conflicts > 0 && start) {
        memcpy(p.channel, start, scene->count * sizeof *start);
        keep_best(&p, 0);
        for (size_t r = 0; r < scene->count; r++)
            p.channel[r] = ALI_NONE;
    }
    if (p.status == ALICORN_OK && p.best_conflicts > 0) {
        p.steps = 0;
        branch(&p, 0, 0);
        plan->exact = !p.exhausted && !products->full;
    }
    if (p.status == ALICORN_OK) {
        double worst;
        memcpy(p.channel, p.best, scene->count * sizeof *p.best);
        crowded_receivers(&p, &worst);
        plan->conflicts = p.best_conflicts;
        plan->has_worst = worst > 0;
        plan->worst_margin_db = ali_to_db(worst);
        plan->state = plan->conflicts == 0 ? ALICORN_PLAN_FREE
                      : plan->exact        ? ALICORN_PLAN_BEST
                                           : ALICORN_PLAN_FOUND;
        plan->channels = p.best;
        p.best = NULL;
    }
    free(p.first_of);
    free(p.memberships);
    free(p.channel);
    free(p.best);
    free(p.level);
    free(p.hurt);
    free(p.crossed);
    free(p.degree);
    free(p.choices);
    return p.status;
}

/* ---- availability ---- */

/** Products of samples that are evaluated at most. */
#define AVAILABILITY_WORK 5e7

/** Whether all power sums of a sample stay within the limit. */
static bool sums_hold(const ali_scene *scene, const ali_samples *samples, size_t s, double limit)
{
    for (size_t v = 0; v < scene->count; v++)
        if (samples->total[s * scene->count + v] > limit ||
            samples->front[s * scene->count + v] > limit)
            return false;
    return true;
}

static bool sample_holds(const ali_scene *scene, ali_samples *samples, size_t s, double limit,
                         const ali_product_list *products)
{
    const size_t *channels = samples->channel + s * scene->count;
    for (size_t i = 0; i < products->count; i++) {
        const ali_product *product = &products->items[i];
        double margin = ali_product_margin(scene, product, channels);
        if (margin > scene->options->margin_db)
            return false;
        if (margin > -HUGE_VAL)
            samples->total[s * scene->count + product->victim] += ali_from_db(margin);
    }
    return sums_hold(scene, samples, s, limit);
}

void ali_availability(const ali_scene *scene, ali_samples *samples,
                      const ali_product_list *products, double *share, double *share_error,
                      size_t *count, const size_t **found)
{
    double limit = ali_from_db(scene->options->margin_db), work = 0;
    size_t good = 0, s = 0;
    *found = NULL;
    for (; s < samples->count && work < AVAILABILITY_WORK; s++) {
        if (!sums_hold(scene, samples, s, limit))
            continue;
        work += (double)products->count;
        if (sample_holds(scene, samples, s, limit, products)) {
            *found = samples->channel + s * scene->count;
            good++;
        }
    }
    double n = (double)s;
    *count = s;
    *share = (double)good / n;
    /* of a share of n, with one more of each kind, so that 0 and all have an error, too */
    double p = ((double)good + 1) / (n + 2);
    *share_error = samples->all && s == samples->count ? 0 : sqrt(p * (1 - p) / (n + 3));
}
