/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/entry.h"

#include "alicorn/network.h"
#include "base/constants.h"
#include "cosite/decibel.h"
#include "cosite/pair.h"
#include "network/interpolate.h"

#include <math.h>
#include <stdlib.h>

/* ---- error bars of a path ---- */

/** One way from a radio to another. */
typedef struct path {
    size_t from, to;
    bool backward; /**< into the other's transmitter */
    double frequency;
    int times; /**< how often its gain counts in the margin */
} path;

/** How far a gain may be off [dB]. */
typedef struct bar {
    bool known;        /**< an error is known of something on the way */
    double less, more; /**< >= 0 */
} bar;

/** Directions in which an element of S is moved by its error: the first lengthens it, the middle
 * one shortens it. */
enum { DIRECTIONS = 8 };

/** Estimated |error| of an element of S beside a frequency: the larger of the neighbours'. */
static double error_beside(const alicorn_network *network, double frequency, size_t element)
{
    size_t all = network->ports * network->ports;
    double f =
        fmin(fmax(frequency, network->frequency_hz[0]), network->frequency_hz[network->count - 1]);
    size_t low = ali_network_below(network, f);
    size_t high = low + (low + 1 < network->count && f > network->frequency_hz[low]);
    return fmax(network->s_error[low * all + element], network->s_error[high * all + element]);
}

/** An element of S at the frequency of the path, and its error. */
typedef struct suspect {
    alicorn_complex *value;
    double error;
    bool carries; /**< the path goes through it */
} suspect;

/** Widen the bar of a path by what the error of one element does to its gain. */
static alicorn_status suspect_element(ali_scene *scene, const path *way, double gain,
                                      const suspect *element, bar *widened, alicorn_error *error)
{
    const alicorn_complex value = *element->value;
    double size = hypot(value.re, value.im), less = 0, more = 0;
    double re = size > 0 ? value.re / size : 1, im = size > 0 ? value.im / size : 0;
    alicorn_status status = ALICORN_OK;
    for (size_t k = 0; k < DIRECTIONS && status == ALICORN_OK; k++) {
        double turn = 2 * ALI_PI * (double)k / DIRECTIONS, other;
        double by = element->error;
        if (element->carries && k == DIRECTIONS / 2)
            by = fmin(by, size); /* there may be no coupling at all */
        *element->value = (alicorn_complex){value.re + by * (re * cos(turn) - im * sin(turn)),
                                            value.im + by * (im * cos(turn) + re * sin(turn))};
        if (element->carries && k == DIRECTIONS / 2 && by == size)
            other = -HUGE_VAL; /* without rounding */
        else
            status = ali_scene_gain(scene, way->from, way->to, way->backward, way->frequency,
                                    &other, NULL, error);
        less = fmax(less, gain - other);
        more = fmax(more, other - gain);
    }
    *element->value = value;
    widened->less += less;
    widened->more += more;
    return status;
}

/** The same for the elements between ports of one network, of which either may be ALI_NONE. */
static alicorn_status suspect_network(ali_scene *scene, const path *way, double gain, size_t number,
                                      const size_t port[2], bar *widened, alicorn_error *error)
{
    const alicorn_network *network =
        number == ALI_NONE ? NULL : scene->radios->networks[number].network;
    const alicorn_complex *s;
    ali_knowledge state;
    if (!network || !network->s_error)
        return ALICORN_OK;
    alicorn_status status =
        ali_networks_at_s(&scene->networks, number, way->frequency, &s, &state, error);
    if (status != ALICORN_OK || state == ALI_UNKNOWN)
        return status;
    for (size_t i = 0; i < 4 && status == ALICORN_OK; i++) {
        size_t row = port[i / 2], column = port[i % 2];
        if (row == ALI_NONE || column == ALI_NONE)
            continue;
        size_t element = row * network->ports + column;
        const suspect one = {.value = &scene->networks.s[number][element],
                             .error = error_beside(network, way->frequency, element),
                             .carries = i == 2};
        widened->known = true;
        status = suspect_element(scene, way, gain, &one, widened, error);
    }
    return status;
}

/** Bar of a path, from the errors that are known of the antennas' S. A stated isolation has none.
 */
static alicorn_status bar_of_path(ali_scene *scene, const path *way, bar *made, bool *assumed,
                                  alicorn_error *error)
{
    const ali_radio *from = &scene->radios->radios[way->from];
    const ali_radio *to = &scene->radios->radios[way->to];
    const ali_platform *platforms = scene->radios->platforms;
    double gain;
    *made = (bar){0};
    alicorn_status status = ali_scene_gain(scene, way->from, way->to, way->backward, way->frequency,
                                           &gain, assumed, error);
    bool stated = scene->isolations[way->from * scene->count + way->to] != ALI_NONE;
    if (status != ALICORN_OK || !(gain > -HUGE_VAL) || stated)
        return status;
    if (from->platform == to->platform)
        return suspect_network(scene, way, gain, platforms[from->platform].network,
                               (size_t[2]){from->port, to->port}, made, error);
    status = suspect_network(scene, way, gain, platforms[from->platform].network,
                             (size_t[2]){from->port, ALI_NONE}, made, error);
    if (status == ALICORN_OK)
        status = suspect_network(scene, way, gain, platforms[to->platform].network,
                                 (size_t[2]){to->port, ALI_NONE}, made, error);
    return status;
}

/* ---- entries ---- */

enum { PATHS = 3 };

/** The ways on which an interference comes. Returns how many. */
static size_t paths_of(const alicorn_cosite_entry *entry, path paths[PATHS])
{
    const alicorn_cosite_tone *tones = entry->tones;
    if (entry->emission == ALICORN_EMISSION_INTERMODULATION) {
        paths[0] = (path){.from = tones[1].radio,
                          .to = tones[0].radio,
                          .backward = true,
                          .frequency = tones[1].frequency_hz,
                          .times = abs(tones[1].coefficient)};
        paths[1] = (path){.from = tones[0].radio,
                          .to = entry->victim,
                          .frequency = entry->receive_hz,
                          .times = 1};
        return 2;
    }
    for (size_t t = 0; t < entry->tone_count; t++)
        paths[t] =
            (path){.from = tones[t].radio,
                   .to = entry->victim,
                   .frequency = entry->order > 0 ? tones[t].frequency_hz : entry->frequency_hz,
                   .times = abs(tones[t].coefficient)};
    return entry->tone_count;
}

static alicorn_status set_sureness(ali_scene *scene, alicorn_cosite_entry *entry,
                                   alicorn_error *error)
{
    path paths[PATHS];
    size_t count = paths_of(entry, paths);
    alicorn_status status = ALICORN_OK;
    entry->margin_least_db = entry->margin_most_db = entry->margin_db;
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        bar one;
        bool assumed = false;
        status = bar_of_path(scene, &paths[i], &one, &assumed, error);
        entry->assumed |= assumed;
        entry->has_error |= one.known;
        entry->margin_least_db -= paths[i].times * one.less;
        entry->margin_most_db += paths[i].times * one.more;
    }
    return status;
}

/** Whether a product is stronger than its law can tell: a tone compresses the receiver or exceeds
 * the intercept, or the law has the product above all of its tones; a carrier that comes into a
 * transmitter is above its own. Source: docs/theory/cosite.md. */
static bool beyond_law(const ali_scene *scene, const alicorn_cosite_entry *entry)
{
    const ali_receiver *receiver = &scene->radios->radios[entry->victim].receiver;
    if (entry->emission == ALICORN_EMISSION_INTERMODULATION)
        return entry->tones[1].level_dbm > entry->tones[0].level_dbm;
    double strongest = -HUGE_VAL;
    for (size_t t = 0; t < entry->tone_count; t++)
        strongest = fmax(strongest, entry->tones[t].level_dbm);
    return entry->order > 0 &&
           (strongest > receiver->p1db_dbm || strongest > receiver->iip[entry->order] ||
            entry->level_dbm > strongest);
}

alicorn_status ali_entry_complete(ali_scene *scene, alicorn_cosite_entry *entry,
                                  alicorn_error *error)
{
    const ali_station *victim = &scene->stations[entry->victim];
    double excess = entry->margin_db - scene->options->margin_db;
    int shared = entry->response == ALICORN_RESPONSE_INTERMODULATION ? entry->order : 1;
    entry->needed_db = excess > 0 ? excess / shared : 0;
    bool noisy = entry->response != ALICORN_RESPONSE_BLOCKING &&
                 entry->response != ALICORN_RESPONSE_SATURATION;
    entry->has_desensitisation = noisy && victim->has_noise_floor;
    if (entry->has_desensitisation) {
        double interference = victim->limit + entry->margin_db;
        entry->desensitisation_db =
            ALI_DECIBEL * log1p(ali_from_db(interference - victim->noise_floor));
    }
    entry->beyond_law = beyond_law(scene, entry);
    return set_sureness(scene, entry, error);
}

/* ---- all at once ---- */

/** Products this far below others do not move their sum, whatever their bars are; nor does a sum of
 * products that is this far below the whole [dB]. */
#define NEGLIGIBLE 20.0

/** Differences of sums below this are none. */
#define ROUNDING 1e-9

/** A sum of powers and its ends, in any unit. */
typedef struct power_sum {
    bool known; /**< an error is known of one of them */
    double power, least, most;
} power_sum;

static void add_power(power_sum *sum, double power, const bar *off)
{
    sum->known |= off->known;
    sum->power += power;
    sum->least += power * ali_from_db(-off->less);
    sum->most += power * ali_from_db(off->more);
}

/** Widen a bar to that of one more path. */
static alicorn_status include(ali_scene *scene, const path *way, bar *widest, alicorn_error *error)
{
    bar one = {0};
    bool assumed;
    if (isnan(way->frequency))
        return ALICORN_OK;
    alicorn_status status = bar_of_path(scene, way, &one, &assumed, error);
    widest->known |= one.known;
    widest->less = fmax(widest->less, one.less);
    widest->more = fmax(widest->more, one.more);
    return status;
}

/** Everything that one radio sends to the victim on its channel: not further off than the worst of
 * its parts. */
static alicorn_status add_radio(ali_scene *scene, size_t victim, size_t from,
                                const alicorn_cosite_total *total, power_sum *sum,
                                alicorn_error *error)
{
    const ali_station *station = &scene->stations[from];
    size_t i = total->channels[from], j = total->channels[victim];
    const ali_channel_range range = {i, i + 1, j, j + 1};
    double power;
    bar widest = {0};
    ali_pair_fill(scene, from, victim, &range, &(ali_pair_levels){.sum = &power});
    if (power == 0)
        return ALICORN_OK;
    path way = {.from = from, .to = victim, .frequency = total->receive_hz};
    alicorn_status status = include(scene, &way, &widest, error);
    for (size_t l = 0; l < station->line_count && status == ALICORN_OK; l++) {
        way.frequency = station->lines[l].frequency[i];
        status = include(scene, &way, &widest, error);
    }
    add_power(sum, power, &widest);
    return status;
}

/** Products, which are what radios one by one leave of the whole: as far off as the worst that is
 * not negligible. */
static void add_products(const alicorn_cosite_result *result, size_t victim,
                         alicorn_cosite_total *total, power_sum *sum)
{
    double whole = ali_from_db(total->margin_db), power = whole - sum->power;
    bar widest = {0};
    if (!(power > ROUNDING * whole))
        return;
    double margin = ali_to_db(power);
    for (size_t e = 0; e < result->entry_count; e++) {
        const alicorn_cosite_entry *entry = &result->entries[e];
        if (entry->victim != victim || entry->order == 0 ||
            !(entry->margin_db > margin - NEGLIGIBLE))
            continue;
        widest.known |= entry->has_error;
        widest.less = fmax(widest.less, entry->margin_db - entry->margin_least_db);
        widest.more = fmax(widest.more, entry->margin_most_db - entry->margin_db);
        total->beyond_law |= entry->beyond_law && margin > total->margin_db - NEGLIGIBLE;
    }
    add_power(sum, power, &widest);
}

/** The sum at the front end, by what its carriers may bring more or less. */
static void complete_blocking(const alicorn_cosite_result *result, size_t victim,
                              alicorn_cosite_total *total)
{
    double front = ali_from_db(total->blocking_margin_db), rise = 0, fall = 0;
    for (size_t e = 0; e < result->entry_count; e++) {
        const alicorn_cosite_entry *entry = &result->entries[e];
        if (entry->victim != victim || entry->response != ALICORN_RESPONSE_BLOCKING)
            continue;
        double power = ali_from_db(entry->margin_db);
        total->has_blocking_error |= entry->has_error;
        rise += ali_from_db(entry->margin_most_db) - power;
        fall += power - ali_from_db(entry->margin_least_db);
    }
    if (!total->has_blocking_error)
        return;
    total->blocking_least_db = ali_to_db(fmax(front - fall, 0));
    total->blocking_most_db = ali_to_db(front + rise);
}

alicorn_status ali_total_complete(ali_scene *scene, size_t victim,
                                  const alicorn_cosite_result *result, alicorn_cosite_total *total,
                                  alicorn_error *error)
{
    power_sum sum = {0};
    alicorn_status status = ALICORN_OK;
    for (size_t a = 0; a < scene->count && status == ALICORN_OK; a++)
        if (ali_scene_applies(scene, victim, a))
            status = add_radio(scene, victim, a, total, &sum, error);
    add_products(result, victim, total, &sum);
    total->has_error = sum.known;
    total->margin_least_db = sum.known ? ali_to_db(sum.least) : total->margin_db;
    total->margin_most_db = sum.known ? ali_to_db(sum.most) : total->margin_db;
    total->blocking_least_db = total->blocking_most_db = total->blocking_margin_db;
    if (total->has_blocking)
        complete_blocking(result, victim, total);
    return status;
}
