/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/product.h"

#include "base/error.h"
#include "base/memory.h"

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

/** The three radios of a product and the levels of its parts. */
typedef struct reverse_set {
    size_t maker, other, victim;
    ali_axis own;      /**< maker's carriers, level 0 */
    ali_axis incoming; /**< other's carriers, level at the maker's port [dBm] */
    ali_axis channel;  /**< victim's channels, level: gain from the maker [dB] */
} reverse_set;

static alicorn_status own_axis(const ali_station *station, ali_axis *axis, alicorn_error *error)
{
    const ali_line *carrier = &station->lines[0];
    alicorn_status status =
        ali_axis_create(station->channel_count, carrier->frequency, carrier->level, axis, error);
    for (size_t i = 0; status == ALICORN_OK && i < axis->count; i++)
        axis->level[i] = 0;
    return status;
}

static alicorn_status make_set(const ali_scene *scene, reverse_set *set, alicorn_error *error)
{
    const ali_station *other = &scene->stations[set->other];
    const ali_station *victim = &scene->stations[set->victim];
    const double *backward = ali_scene_link(scene, set->other, set->maker)->backward;
    size_t longest =
        other->channel_count > victim->channel_count ? other->channel_count : victim->channel_count;
    double *work = ali_calloc(longest, sizeof *work);
    if (!work)
        return ali_error_memory(error, longest * sizeof *work, "channels");
    for (size_t i = 0; i < other->channel_count; i++)
        work[i] = other->lines[0].level[i] + backward[i];
    alicorn_status status = own_axis(&scene->stations[set->maker], &set->own, error);
    if (status == ALICORN_OK)
        status = ali_axis_create(other->channel_count, other->lines[0].frequency, work,
                                 &set->incoming, error);
    for (size_t j = 0; j < victim->channel_count; j++)
        work[j] = victim->radio->channels[j].receive;
    if (status == ALICORN_OK)
        status = ali_axis_create(victim->channel_count, work,
                                 ali_scene_link(scene, set->maker, set->victim)->channel,
                                 &set->channel, error);
    free(work);
    return status;
}

static void clear_set(reverse_set *set)
{
    ali_axis_clear(&set->own);
    ali_axis_clear(&set->incoming);
    ali_axis_clear(&set->channel);
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
                                    .axes = {&set->own, &set->incoming, &set->channel},
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
    const ali_axis *axes[2] = {&set->own, &set->incoming};
    size_t radios[2] = {set->maker, set->other};
    *entry = (alicorn_cosite_entry){.victim = set->victim,
                                    .victim_channel = set->channel.channel[at[2]],
                                    .receive_hz = set->channel.frequency[at[2]],
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
    ali_entry_complete(scene, entry);
    bool assumed;
    alicorn_status status =
        ali_scene_assumed(scene, set->maker, set->victim, entry->receive_hz, &assumed, error);
    entry->assumed = assumed;
    return status;
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
    for (size_t other = 0; other < scene->count && status == ALICORN_OK; other++)
        for (size_t victim = 0; victim < scene->count && status == ALICORN_OK; victim++) {
            if (!may_disturb(scene, maker, other, victim))
                continue;
            reverse_set set = {.maker = maker, .other = other, .victim = victim};
            status = make_set(scene, &set, error);
            if (status == ALICORN_OK)
                status = search_set(scene, tables, &set, findings, error);
            clear_set(&set);
        }
    return status;
}

/* ---- products for situations ---- */

static double largest(size_t count, const double *values)
{
    double most = -HUGE_VAL;
    for (size_t i = 0; i < count; i++)
        if (values[i] > most) /* not if it is NAN */
            most = values[i];
    return most;
}

/** Upper bound of the margin over all channels, without frequencies. */
static double reverse_bound(const ali_scene *scene, const ali_product *product)
{
    size_t a = product->radio[0], b = product->radio[1], v = product->victim;
    const ali_station *maker = &scene->stations[a], *other = &scene->stations[b];
    double power = maker->radio->transmitter.power_dbm;
    double incoming = largest(other->channel_count, ali_scene_link(scene, b, a)->backward) +
                      other->radio->transmitter.power_dbm;
    return power + abs(product->pattern->m[1]) * (incoming - power) -
           ali_reverse_loss(&maker->radio->transmitter, product->pattern->order) +
           largest(scene->stations[v].channel_count, ali_scene_link(scene, a, v)->channel) -
           scene->stations[v].limit;
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
                    if (reverse_bound(scene, &product) > floor)
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
        keep->products->dropped++;
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
