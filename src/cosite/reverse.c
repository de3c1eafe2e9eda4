/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/product.h"

#include "base/error.h"
#include "base/memory.h"
#include "cosite/entry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double ali_reverse_loss(const ali_transmitter *transmitter, int order)
{
    for (size_t i = 0; i < transmitter->reverse_count; i++)
        if (transmitter->reverse[i].order == order)
            return transmitter->reverse[i].loss;
    return HUGE_VAL;
}

/** Whether `other`'s carrier into `maker`'s transmitter may disturb `victim`: three radios, or a
 * victim that is one of them and in full duplex. */
static bool may_disturb(const ali_scene *scene, size_t maker, size_t other, size_t victim)
{
    return other != maker && ali_scene_link(scene, other, maker)->backward != NULL &&
           ali_scene_applies(scene, victim, maker) &&
           (victim != other || scene->radios->radios[victim].full_duplex);
}

/** Channels that take part in the products of one transmitter. */
typedef struct reverse_axes {
    ali_axis own;       /**< its carriers, level 0 */
    ali_axis *incoming; /**< [radios] others' carriers, level at its port [dBm] */
    ali_axis *channel;  /**< [radios] victims' channels, level: gain from it [dB] */
    size_t count;
} reverse_axes;

/** The three radios of a product and the levels of its parts. */
typedef struct reverse_set {
    size_t maker, other, victim;
    const ali_axis *own, *incoming, *channel;
} reverse_set;

static alicorn_status own_axis(const ali_station *station, double *zero, ali_axis *axis,
                               alicorn_error *error)
{
    for (size_t i = 0; i < station->channel_count; i++)
        zero[i] = 0;
    return ali_axis_create(station->channel_count, station->lines[0].frequency, zero, axis, error);
}

static alicorn_status incoming_axis(const ali_scene *scene, size_t maker, size_t other,
                                    double *level, ali_axis *axis, alicorn_error *error)
{
    const ali_station *from = &scene->stations[other];
    const double *backward = ali_scene_link(scene, other, maker)->backward;
    if (!backward)
        return ALICORN_OK;
    for (size_t i = 0; i < from->channel_count; i++)
        level[i] = from->lines[0].level[i] + backward[i];
    return ali_axis_create(from->channel_count, from->lines[0].frequency, level, axis, error);
}

static alicorn_status channel_axis(const ali_scene *scene, size_t maker, size_t victim,
                                   double *frequency, ali_axis *axis, alicorn_error *error)
{
    const ali_station *to = &scene->stations[victim];
    const double *gain = ali_scene_link(scene, maker, victim)->channel;
    if (!gain)
        return ALICORN_OK;
    for (size_t j = 0; j < to->channel_count; j++)
        frequency[j] = to->radio->channels[j].receive;
    return ali_axis_create(to->channel_count, frequency, gain, axis, error);
}

static void clear_axes(reverse_axes *axes)
{
    ali_axis_clear(&axes->own);
    for (size_t r = 0; r < axes->count; r++) {
        if (axes->incoming)
            ali_axis_clear(&axes->incoming[r]);
        if (axes->channel)
            ali_axis_clear(&axes->channel[r]);
    }
    free(axes->incoming);
    free(axes->channel);
}

static alicorn_status make_axes(const ali_scene *scene, size_t maker, reverse_axes *axes,
                                alicorn_error *error)
{
    *axes = (reverse_axes){.incoming = ali_calloc(scene->count, sizeof *axes->incoming),
                           .channel = ali_calloc(scene->count, sizeof *axes->channel),
                           .count = scene->count};
    double *work = ali_calloc(ali_scene_longest(scene), sizeof *work);
    alicorn_status status = ALICORN_OK;
    if (!axes->incoming || !axes->channel || !work)
        status = ali_error_memory(error, 2 * scene->count * sizeof *axes->channel, "channels");
    if (status == ALICORN_OK)
        status = own_axis(&scene->stations[maker], work, &axes->own, error);
    for (size_t r = 0; r < scene->count && status == ALICORN_OK; r++) {
        status = incoming_axis(scene, maker, r, work, &axes->incoming[r], error);
        if (status == ALICORN_OK)
            status = channel_axis(scene, maker, r, work, &axes->channel[r], error);
    }
    free(work);
    if (status != ALICORN_OK)
        clear_axes(axes);
    return status;
}

/** The problem of a pattern; its best level plus *constant is the margin. */
static void make_problem(const ali_scene *scene, const reverse_set *set,
                         const ali_pattern_of_tones *pattern, ali_search_problem *problem,
                         double *constant)
{
    const ali_station *maker = &scene->stations[set->maker], *other = &scene->stations[set->other];
    const ali_station *victim = &scene->stations[set->victim];
    int times = abs(pattern->m[1]);
    *problem = (ali_search_problem){.axis_count = 3,
                                    .axes = {set->own, set->incoming, set->channel},
                                    .coefficient = {pattern->m[0], pattern->m[1], -1},
                                    .weight = {0, times, 1},
                                    .width = victim->radio->receiver.bandwidth,
                                    .bandwidth = abs(pattern->m[0]) * maker->lines[0].bandwidth +
                                                 times * other->lines[0].bandwidth};
    if (maker->tracking.count > 0) {
        problem->losses[0] = (ali_search_loss){{1, 0}, times, &maker->tracking};
        problem->losses[1] = (ali_search_loss){{2, 0}, 1, &maker->tracking};
        problem->loss_count = 2;
    }
    if (set->victim == set->maker || set->victim == set->other) {
        problem->tied[0] = set->victim == set->other;
        problem->tied[1] = 2;
    }
    *constant = (1 - times) * maker->radio->transmitter.power_dbm -
                ali_reverse_loss(&maker->radio->transmitter, pattern->order) - victim->limit;
}

static alicorn_status make_entry(ali_scene *scene, const reverse_set *set,
                                 const ali_pattern_of_tones *pattern, const size_t *at,
                                 double margin, alicorn_cosite_entry *entry, alicorn_error *error)
{
    const ali_station *victim = &scene->stations[set->victim];
    const ali_axis *axes[2] = {set->own, set->incoming};
    size_t radios[2] = {set->maker, set->other};
    *entry = (alicorn_cosite_entry){.victim = set->victim,
                                    .victim_channel = set->channel->channel[at[2]],
                                    .receive_hz = set->channel->frequency[at[2]],
                                    .emission = ALICORN_EMISSION_INTERMODULATION,
                                    .response = ALICORN_RESPONSE_CHANNEL,
                                    .order = pattern->order,
                                    .tone_count = 2,
                                    .limit_dbm = victim->limit,
                                    .margin_db = margin,
                                    .level_dbm = victim->limit + margin};
    double sum = 0;
    for (size_t t = 0; t < 2; t++) {
        double frequency = axes[t]->frequency[at[t]];
        entry->tones[t] = (alicorn_cosite_tone){.radio = radios[t],
                                                .channel = axes[t]->channel[at[t]],
                                                .emission = ALICORN_EMISSION_CARRIER,
                                                .coefficient = pattern->m[t],
                                                .frequency_hz = frequency,
                                                .level_dbm = axes[t]->level[at[t]]};
        sum += pattern->m[t] * frequency;
    }
    const ali_station *maker = &scene->stations[set->maker];
    entry->tones[0].level_dbm = maker->radio->transmitter.power_dbm;
    entry->tones[1].level_dbm -=
        ali_curve_at(&maker->tracking, entry->tones[1].frequency_hz - entry->tones[0].frequency_hz);
    entry->frequency_hz = fabs(sum);
    return ali_entry_complete(scene, entry, error);
}

static alicorn_status search_set(ali_scene *scene, const ali_product_tables *tables,
                                 const reverse_set *set, ali_findings *findings,
                                 alicorn_error *error)
{
    double margin = scene->options->floor_db;
    const ali_pattern_of_tones *found = NULL;
    size_t best_at[ALI_SEARCH_AXES];
    for (int n = 2; n <= scene->options->order; n++)
        for (size_t k = 0; k < tables->patterns[n][2].count; k++) {
            const ali_pattern_of_tones *pattern = &tables->patterns[n][2].items[k];
            ali_search_problem problem;
            double constant;
            size_t at[ALI_SEARCH_AXES];
            make_problem(scene, set, pattern, &problem, &constant);
            double best = margin - constant;
            if (ali_search_bound(&problem) > best && ali_search_best(&problem, &best, at)) {
                margin = best + constant;
                found = pattern;
                memcpy(best_at, at, sizeof best_at);
            }
        }
    if (!found)
        return ALICORN_OK;
    alicorn_cosite_entry entry;
    alicorn_status status = make_entry(scene, set, found, best_at, margin, &entry, error);
    return status == ALICORN_OK ? ali_findings_add(findings, &entry, error) : status;
}

alicorn_status ali_reverse_search(ali_scene *scene, const ali_product_tables *tables, size_t maker,
                                  ali_findings *findings, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    if (scene->stations[maker].line_count == 0 ||
        scene->radios->radios[maker].transmitter.reverse_count == 0)
        return status;
    reverse_axes axes;
    status = make_axes(scene, maker, &axes, error);
    if (status != ALICORN_OK)
        return status;
    for (size_t other = 0; other < scene->count; other++)
        for (size_t victim = 0; victim < scene->count && status == ALICORN_OK; victim++) {
            if (!may_disturb(scene, maker, other, victim))
                continue;
            reverse_set set = {.maker = maker,
                               .other = other,
                               .victim = victim,
                               .own = &axes.own,
                               .incoming = &axes.incoming[other],
                               .channel = &axes.channel[victim]};
            status = search_set(scene, tables, &set, findings, error);
        }
    clear_axes(&axes);
    return status;
}

/* ---- products for situations ---- */

/** Upper bound of the margin over all channels, without frequencies. */
static double reverse_bound(const ali_scene *scene, const ali_product *product)
{
    size_t a = product->radio[0], b = product->radio[1], v = product->victim;
    const ali_station *maker = &scene->stations[a], *other = &scene->stations[b];
    double power = maker->radio->transmitter.power_dbm;
    double incoming =
        ali_scene_link(scene, b, a)->backward_peak + other->radio->transmitter.power_dbm;
    return power + abs(product->pattern->m[1]) * (incoming - power) -
           ali_reverse_loss(&maker->radio->transmitter, product->pattern->order) +
           ali_scene_link(scene, a, v)->channel_peak - scene->stations[v].limit;
}

/** Whether the ranges of the carriers' channels let a product meet the victim's. */
static bool reverse_meets(const ali_scene *scene, const ali_product *product)
{
    const ali_station *victim = &scene->stations[product->victim];
    double low = -victim->receive_high, high = -victim->receive_low;
    double reach = victim->radio->receiver.bandwidth / 2;
    for (size_t t = 0; t < 2; t++) {
        const ali_station *from = &scene->stations[product->radio[t]];
        int m = product->pattern->m[t];
        low += m * (m > 0 ? from->transmit_low : from->transmit_high);
        high += m * (m > 0 ? from->transmit_high : from->transmit_low);
        reach += abs(m) * from->lines[0].bandwidth / 2;
    }
    return low <= reach && high >= -reach;
}

void ali_reverse_walk(const ali_scene *scene, const ali_product_tables *tables, size_t victim,
                      double floor, ali_product_fn visit, void *user)
{
    for (size_t maker = 0; maker < scene->count; maker++)
        for (size_t other = 0; other < scene->count; other++) {
            if (!may_disturb(scene, maker, other, victim))
                continue;
            for (int n = 2; n <= scene->options->order; n++)
                for (size_t k = 0; k < tables->patterns[n][2].count; k++) {
                    ali_product product = {.pattern = &tables->patterns[n][2].items[k],
                                           .reverse = true,
                                           .victim = (uint16_t)victim,
                                           .radio = {(uint16_t)maker, (uint16_t)other}};
                    if (reverse_bound(scene, &product) > floor && reverse_meets(scene, &product))
                        visit(user, &product);
                }
        }
}

typedef struct keeping {
    ali_product_list *products;
    alicorn_status status;
    alicorn_error *error;
} keeping;

static void keep_product(void *user, const ali_product *product)
{
    keeping *keep = user;
    if (keep->products->count >= keep->products->limit)
        keep->products->full = true;
    else if (keep->status == ALICORN_OK)
        keep->status = ali_product_list_add(keep->products, product, keep->error);
}

alicorn_status ali_reverse_keep(const ali_scene *scene, const ali_product_tables *tables,
                                size_t victim, ali_product_list *products, alicorn_error *error)
{
    keeping keep = {.products = products, .error = error};
    ali_reverse_walk(scene, tables, victim, ali_product_list_floor(scene->options), keep_product,
                     &keep);
    return keep.status;
}
