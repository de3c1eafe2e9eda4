/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/decibel.h"
#include "cosite/survey.h"

#include <math.h>

/** Products of this much less than what is there already are left out of a sum [dB]. */
#define NEGLIGIBLE 40.0

typedef struct product_sum {
    const ali_scene *scene;
    const ali_tones *tones;
    const size_t *channels;
    ali_situation *situation;
} product_sum;

static void add_product(void *user, const ali_product *product)
{
    product_sum *sum = user;
    double margin = ali_product_margin(sum->scene, product, sum->channels);
    if (margin == -HUGE_VAL)
        return;
    double power = ali_from_db(margin), duty = 1;
    int radios = product->reverse ? 2 : product->pattern->tone_count;
    for (int t = 0; t < radios; t++)
        duty *= sum->scene->radios->radios[product->radio[t]].duty;
    sum->situation->total += power;
    sum->situation->mean += duty * power;
}

static alicorn_status add_candidate(void *user, const ali_candidate *candidate)
{
    product_sum *sum = user;
    ali_product product = ali_candidate_product(sum->tones, candidate);
    add_product(user, &product);
    return ALICORN_OK;
}

static void add_pairs(const ali_scene *scene, size_t victim, const size_t *channels,
                      ali_situation *situation)
{
    for (size_t a = 0; a < scene->count; a++) {
        if (!ali_scene_applies(scene, victim, a))
            continue;
        size_t i = channels[a], j = channels[victim];
        ali_channel_range range = {i, i + 1, j, j + 1};
        double sum, front, duty = scene->radios->radios[a].duty;
        unsigned char bad;
        ali_pair_levels levels = {&sum, &front, &bad, NULL};
        ali_pair_fill(scene, a, victim, &range, &levels);
        situation->total += sum;
        situation->mean += duty * sum;
        situation->front += front;
        situation->time_free *= bad ? 1 - duty : 1;
    }
}

alicorn_status ali_situation_evaluate(const ali_scene *scene, const ali_product_tables *tables,
                                      size_t victim, const size_t *channels,
                                      ali_situation *situation, alicorn_error *error)
{
    *situation = (ali_situation){.time_free = 1};
    add_pairs(scene, victim, channels, situation);
    ali_tones tones;
    alicorn_status status = ali_tones_create(scene, victim, channels, &tones, error);
    if (status != ALICORN_OK)
        return status;
    product_sum sum = {scene, &tones, channels, situation};
    ali_reverse_walk(scene, tables, victim, scene->options->floor_db, add_product, &sum);
    for (int n = 2; n <= scene->options->order && status == ALICORN_OK; n++) {
        double enough = ali_to_db(situation->total) - NEGLIGIBLE;
        ali_walk_limits limits = {.low = fmax(scene->options->floor_db, enough), .high = HUGE_VAL};
        status = ali_product_walk(scene, tables, &tones, n, &limits, add_candidate, &sum);
    }
    ali_tones_clear(&tones);
    return status;
}
