/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/product.h"

#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"

#include <math.h>
#include <stdlib.h>

/** Products this far below the asked margin are not kept for sums [dB]. */
#define LIST_DEPTH 10.0

alicorn_status ali_findings_add(ali_findings *findings, const alicorn_cosite_entry *entry,
                                alicorn_error *error)
{
    if (ali_grow((void **)&findings->entries, &findings->capacity, findings->count,
                 sizeof *findings->entries))
        return ali_error_memory(error, findings->count * sizeof *findings->entries,
                                "interferences");
    findings->entries[findings->count++] = *entry;
    return ALICORN_OK;
}

void ali_findings_clear(ali_findings *findings)
{
    free(findings->entries);
    free(findings->products.items);
    *findings = (ali_findings){0};
}

double ali_product_list_floor(const alicorn_cosite_options *options)
{
    return fmax(options->floor_db, options->margin_db - LIST_DEPTH);
}

alicorn_status ali_product_list_add(ali_product_list *list, const ali_product *product,
                                    alicorn_error *error)
{
    if (ali_grow((void **)&list->items, &list->capacity, list->count, sizeof *list->items))
        return ali_error_memory(error, list->count * sizeof *list->items, "products");
    list->items[list->count++] = *product;
    return ALICORN_OK;
}

ali_product ali_candidate_product(const ali_tones *tones, const ali_candidate *candidate)
{
    ali_product product = {.pattern = candidate->pattern, .victim = (uint16_t)tones->victim};
    for (int t = 0; t < candidate->pattern->tone_count; t++) {
        const ali_tone *tone = &tones->items[candidate->tones[t]];
        product.radio[t] = (uint16_t)tone->radio;
        product.line[t] = (uint16_t)tone->line;
    }
    return product;
}

/** Loss [dB] of the overlap of the channel with a product that misses its middle by `offset`. */
static double channel_overlap(const ali_station *victim, double bandwidth, double offset)
{
    return ali_search_overlap(victim->radio->receiver.bandwidth, bandwidth, offset);
}

static double reverse_margin(const ali_scene *scene, const ali_product *product,
                             const size_t *channels)
{
    size_t a = product->radio[0], b = product->radio[1], v = product->victim;
    const ali_station *maker = &scene->stations[a], *other = &scene->stations[b];
    const ali_station *victim = &scene->stations[v];
    const int *m = product->pattern->m;
    double own = maker->lines[0].frequency[channels[a]];
    double incoming = other->lines[0].frequency[channels[b]];
    double receive = victim->radio->channels[channels[v]].receive;
    double bandwidth =
        abs(m[0]) * maker->lines[0].bandwidth + abs(m[1]) * other->lines[0].bandwidth;
    double offset = m[0] * own + m[1] * incoming - receive;
    if (!(fabs(offset) <= (bandwidth + victim->radio->receiver.bandwidth) / 2))
        return -HUGE_VAL;
    double power = maker->radio->transmitter.power_dbm;
    double level = other->lines[0].level[channels[b]] +
                   ali_scene_link(scene, b, a)->backward[channels[b]] -
                   ali_curve_at(&maker->tracking, incoming - own);
    double margin = power + abs(m[1]) * (level - power) -
                    ali_reverse_loss(&maker->radio->transmitter, product->pattern->order) +
                    ali_scene_link(scene, a, v)->channel[channels[v]] -
                    ali_curve_at(&maker->tracking, receive - own) - victim->limit +
                    channel_overlap(victim, bandwidth, offset);
    return isnan(margin) ? -HUGE_VAL : margin;
}

static double receiver_margin(const ali_scene *scene, const ali_product *product,
                              const size_t *channels)
{
    const ali_pattern_of_tones *pattern = product->pattern;
    const ali_station *victim = &scene->stations[product->victim];
    double receive = victim->radio->channels[channels[product->victim]].receive;
    double offset = -receive, bandwidth = 0;
    for (int t = 0; t < pattern->tone_count; t++) {
        size_t radio = product->radio[t];
        const ali_line *line = &scene->stations[radio].lines[product->line[t]];
        offset += pattern->m[t] * line->frequency[channels[radio]];
        bandwidth += abs(pattern->m[t]) * line->bandwidth;
    }
    if (!(fabs(offset) <= (bandwidth + victim->radio->receiver.bandwidth) / 2))
        return -HUGE_VAL;
    double margin = pattern->gain - victim->limit -
                    (pattern->order - 1) * victim->radio->receiver.iip[pattern->order];
    for (int t = 0; t < pattern->tone_count; t++) {
        size_t radio = product->radio[t], l = product->line[t], i = channels[radio];
        const ali_line *line = &scene->stations[radio].lines[l];
        double gain = ali_scene_link(scene, radio, product->victim)->line[l][i];
        double loss = ali_curve_at(&victim->preselection, line->frequency[i] - receive);
        margin += abs(pattern->m[t]) * (line->level[i] + gain - loss);
    }
    margin += channel_overlap(victim, bandwidth, offset);
    return isnan(margin) ? -HUGE_VAL : margin;
}

double ali_product_margin(const ali_scene *scene, const ali_product *product,
                          const size_t *channels)
{
    return product->reverse ? reverse_margin(scene, product, channels)
                            : receiver_margin(scene, product, channels);
}
