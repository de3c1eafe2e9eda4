/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/scene.h"

#include "alicorn/network.h"
#include "base/error.h"
#include "base/memory.h"
#include "cosite/between.h"
#include "cosite/decibel.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

bool ali_scene_applies(const ali_scene *scene, size_t victim, size_t aggressor)
{
    const ali_radio *radios = scene->radios->radios;
    return radios[victim].receives && radios[aggressor].transmits &&
           (victim != aggressor || radios[victim].full_duplex);
}

bool ali_scene_interrupted(const ali_scene *scene, const char *stage, size_t done, size_t total)
{
    alicorn_progress_fn progress = scene->options->progress;
    return progress && progress(scene->options->progress_user, stage, done, total);
}

size_t ali_scene_longest(const ali_scene *scene)
{
    size_t longest = 0;
    for (size_t r = 0; r < scene->count; r++)
        if (scene->radios->radios[r].channel_count > longest)
            longest = scene->radios->radios[r].channel_count;
    return longest;
}

/* ---- between two antennas ---- */

static void worsen(ali_way *way, const ali_scene *scene, bool known)
{
    ali_knowledge state = scene->networks.hold ? ALI_ASSUMED : ALI_UNKNOWN;
    if (!known && state > way->state)
        way->state = state;
}

/** Reflection of an antenna as a two-port into (or out of) which its wave goes on without return:
 * matched if its S is not known at this frequency. */
static alicorn_status add_antenna(ali_way *way, ali_scene *scene, const ali_radio *radio,
                                  bool inward, double frequency, alicorn_error *error)
{
    size_t network = scene->radios->platforms[radio->platform].network;
    if (network == ALI_NONE || radio->port == ALI_NONE)
        return ALICORN_OK;
    const alicorn_complex *s;
    ali_knowledge state;
    alicorn_status status =
        ali_networks_at_s(&scene->networks, network, frequency, &s, &state, error);
    if (status != ALICORN_OK || state == ALI_UNKNOWN)
        return status;
    const alicorn_network *antennas = scene->radios->networks[network].network;
    alicorn_complex own = s[radio->port * antennas->ports + radio->port];
    double complex reflection = CMPLX(own.re, own.im);
    double z0 = antennas->z0[radio->port];
    ali_way_add(way, (double complex[4]){inward ? 0 : reflection, 0, 1, inward ? reflection : 0},
                z0, z0);
    return ALICORN_OK;
}

/** Through space, with the gains that the antennas have towards other platforms. */
static alicorn_status add_space(ali_way *way, ali_scene *scene, const ali_radio *from,
                                const ali_radio *to, ali_path_kind kind, double frequency,
                                alicorn_error *error)
{
    const alicorn_radios *radios = scene->radios;
    double ends[2][3], apart = 0, gain = 0;
    const ali_radio *both[2] = {from, to};
    for (size_t e = 0; e < 2; e++) {
        bool known;
        gain += ali_profile_at(&both[e]->gain, frequency, &known);
        worsen(way, scene, known);
        if (both[e]->gain.count == 0)
            way->state = ALI_UNKNOWN;
        for (size_t c = 0; c < 3; c++)
            ends[e][c] = radios->platforms[both[e]->platform].position[c] + both[e]->position[c];
    }
    for (size_t c = 0; c < 3; c++)
        apart += fabs(ends[1][c] - ends[0][c]);
    if (apart == 0)
        way->state = ALI_UNKNOWN;
    if (way->state == ALI_UNKNOWN)
        return ALICORN_OK;
    gain +=
        ali_between_gain(kind, &radios->medium, ends[0], ends[1], from->polarisation, frequency);
    if (from->polarisation != to->polarisation)
        gain -= radios->cross_polar;
    alicorn_status status = add_antenna(way, scene, from, false, frequency, error);
    ali_way_lose(way, -gain);
    return status == ALICORN_OK ? add_antenna(way, scene, to, true, frequency, error) : status;
}

/** Through the structure that both antennas share. */
static alicorn_status add_structure(ali_way *way, ali_scene *scene, const ali_radio *from,
                                    const ali_radio *to, double frequency, alicorn_error *error)
{
    size_t network = scene->radios->platforms[from->platform].network;
    const alicorn_network *antennas = scene->radios->networks[network].network;
    const alicorn_complex *s;
    ali_knowledge state;
    alicorn_status status =
        ali_networks_at_s(&scene->networks, network, frequency, &s, &state, error);
    if (state > way->state)
        way->state = state;
    if (status != ALICORN_OK || state == ALI_UNKNOWN)
        return status;
    size_t ends[2] = {from->port, to->port};
    double complex seen[4];
    for (size_t i = 0; i < 4; i++) {
        alicorn_complex element = s[ends[i / 2] * antennas->ports + ends[i % 2]];
        seen[i] = CMPLX(element.re, element.im);
    }
    ali_way_add(way, seen, antennas->z0[from->port], antennas->z0[to->port]);
    return ALICORN_OK;
}

/** From antenna to antenna: what the user states, else the shared structure, else space. */
static alicorn_status add_coupling(ali_way *way, ali_scene *scene, size_t a, size_t b,
                                   double frequency, alicorn_error *error)
{
    const alicorn_radios *radios = scene->radios;
    const ali_radio *from = &radios->radios[a], *to = &radios->radios[b];
    const ali_platform *platform = &radios->platforms[from->platform];
    size_t stated = scene->isolations[a * scene->count + b];
    if (stated != ALI_NONE) {
        bool known;
        double loss = ali_profile_at(&radios->isolations[stated].loss, frequency, &known);
        worsen(way, scene, known);
        ali_way_lose(way, loss);
        return ALICORN_OK;
    }
    if (from->platform != to->platform)
        return add_space(way, scene, from, to, radios->path, frequency, error);
    if (platform->network != ALI_NONE && from->port != ALI_NONE && to->port != ALI_NONE &&
        from->port != to->port)
        return add_structure(way, scene, from, to, frequency, error);
    if (platform->network == ALI_NONE && platform->free_space && a != b)
        return add_space(way, scene, from, to, ALI_PATH_FREE_SPACE, frequency, error);
    way->state = ALI_UNKNOWN;
    return ALICORN_OK;
}

/** Gain from a's transmitter to b's receiver, or to b's transmitter if `backward`; NAN: unknown.
 * *outward is the part up to a's antenna, made once for all b. */
static alicorn_status port_gain(ali_scene *scene, const ali_way *outward, size_t a, size_t b,
                                bool backward, double frequency, double *gain, bool *assumed,
                                alicorn_error *error)
{
    const ali_radio *to = &scene->radios->radios[b];
    ali_way way = *outward;
    alicorn_status status = ALICORN_OK;
    if (way.state != ALI_UNKNOWN)
        status = add_coupling(&way, scene, a, b, frequency, error);
    if (status == ALICORN_OK)
        status = ali_way_add_chain(&way, &to->chain, true, frequency, &scene->networks, error);
    if (status == ALICORN_OK)
        status = ali_way_add_chain(&way, backward ? &to->transmitter.chain : &to->receiver.chain,
                                   true, frequency, &scene->networks, error);
    *gain = way.state == ALI_UNKNOWN ? NAN : ali_way_gain(&way);
    if (assumed)
        *assumed = way.state == ALI_ASSUMED;
    return status;
}

static alicorn_status outward_way(ali_scene *scene, size_t a, double frequency, ali_way *way,
                                  alicorn_error *error)
{
    const ali_radio *from = &scene->radios->radios[a];
    *way = ali_way_begin();
    alicorn_status status =
        ali_way_add_chain(way, &from->transmitter.chain, false, frequency, &scene->networks, error);
    return status == ALICORN_OK
               ? ali_way_add_chain(way, &from->chain, false, frequency, &scene->networks, error)
               : status;
}

alicorn_status ali_scene_gain(ali_scene *scene, size_t a, size_t b, bool backward, double frequency,
                              double *gain, bool *assumed, alicorn_error *error)
{
    ali_way way;
    *gain = NAN;
    alicorn_status status = outward_way(scene, a, frequency, &way, error);
    return status == ALICORN_OK
               ? port_gain(scene, &way, a, b, backward, frequency, gain, assumed, error)
               : status;
}

/* ---- what is not known ---- */

/** One more combination without path data; those of one kind are consecutive for a pair. */
static alicorn_status note_unknown(ali_scene *scene, size_t victim, size_t aggressor,
                                   alicorn_cosite_emission emission, int number, double frequency,
                                   size_t combinations, alicorn_error *error)
{
    alicorn_cosite_unknown *known = scene->unknowns;
    for (size_t i = scene->unknown_count; i-- > 0 && known[i].aggressor == aggressor;)
        if (known[i].victim == victim && known[i].emission == emission &&
            known[i].number == number) {
            known[i].low_hz = fmin(known[i].low_hz, frequency);
            known[i].high_hz = fmax(known[i].high_hz, frequency);
            known[i].count += combinations;
            return ALICORN_OK;
        }
    if (ali_grow((void **)&scene->unknowns, &scene->unknown_capacity, scene->unknown_count,
                 sizeof *scene->unknowns))
        return ali_error_memory(error, sizeof *scene->unknowns, "missing path data");
    scene->unknowns[scene->unknown_count++] = (alicorn_cosite_unknown){.victim = victim,
                                                                       .aggressor = aggressor,
                                                                       .emission = emission,
                                                                       .number = number,
                                                                       .low_hz = frequency,
                                                                       .high_hz = frequency,
                                                                       .count = combinations};
    return ALICORN_OK;
}

static size_t count_receiving(const ali_radio *radio)
{
    size_t count = 0;
    for (size_t j = 0; j < radio->channel_count; j++)
        if (!isnan(radio->channels[j].receive))
            count++;
    return count;
}

/* ---- tables of gains ---- */

static bool makes_products(const ali_scene *scene, size_t radio)
{
    const ali_radio *r = &scene->radios->radios[radio];
    return r->transmits && r->transmitter.reverse_count > 0;
}

static alicorn_status allocate_link(const ali_scene *scene, size_t a, size_t b,
                                    alicorn_error *error)
{
    const ali_station *from = &scene->stations[a], *to = &scene->stations[b];
    ali_link *link = ali_scene_link(scene, a, b);
    bool enough = true;
    if (ali_scene_applies(scene, b, a)) {
        link->line = ali_calloc(from->line_count, sizeof *link->line);
        link->channel = ali_calloc(to->channel_count, sizeof *link->channel);
        enough = link->line && link->channel;
        for (size_t i = 0; enough && i < from->line_count; i++)
            enough = (link->line[i] = ali_calloc(from->channel_count, sizeof(double))) != NULL;
    }
    if (enough && a != b && from->line_count > 0 && makes_products(scene, b))
        enough = (link->backward = ali_calloc(from->channel_count, sizeof(double))) != NULL;
    return enough ? ALICORN_OK
                  : ali_error_memory(error, from->channel_count * sizeof(double), "paths");
}

/** Gains of one line of a on channel i to everybody. */
static alicorn_status line_gains(ali_scene *scene, size_t a, size_t l, size_t i,
                                 alicorn_error *error)
{
    const ali_line *line = &scene->stations[a].lines[l];
    double frequency = line->frequency[i];
    if (isnan(frequency))
        return ALICORN_OK;
    ali_way way;
    alicorn_status status = outward_way(scene, a, frequency, &way, error);
    for (size_t b = 0; b < scene->count && status == ALICORN_OK; b++) {
        ali_link *link = ali_scene_link(scene, a, b);
        if (link->line) {
            double *gain = &link->line[l][i];
            status = port_gain(scene, &way, a, b, false, frequency, gain, NULL, error);
            if (status == ALICORN_OK && isnan(*gain))
                status = note_unknown(scene, b, a, line->emission, line->number, frequency,
                                      count_receiving(&scene->radios->radios[b]), error);
        }
        if (link->backward && l == 0 && status == ALICORN_OK) {
            double *gain = &link->backward[i];
            status = port_gain(scene, &way, a, b, true, frequency, gain, NULL, error);
            if (status == ALICORN_OK && isnan(*gain))
                status = note_unknown(scene, b, a, ALICORN_EMISSION_INTERMODULATION, 0, frequency,
                                      1, error);
        }
    }
    return status;
}

/** Gains of a to b at b's channel j. */
static alicorn_status channel_gain(ali_scene *scene, size_t a, size_t b, size_t j,
                                   alicorn_error *error)
{
    const ali_station *from = &scene->stations[a];
    ali_link *link = ali_scene_link(scene, a, b);
    double frequency = scene->radios->radios[b].channels[j].receive;
    link->channel[j] = NAN;
    if (isnan(frequency))
        return ALICORN_OK;
    ali_way way;
    alicorn_status status = outward_way(scene, a, frequency, &way, error);
    if (status == ALICORN_OK)
        status = port_gain(scene, &way, a, b, false, frequency, &link->channel[j], NULL, error);
    if (!isnan(link->channel[j]))
        return status;
    struct {
        bool has;
        alicorn_cosite_emission emission;
    } kinds[] = {{from->sideband.count > 0, ALICORN_EMISSION_SIDEBAND},
                 {from->noise.count > 0, ALICORN_EMISSION_NOISE},
                 {makes_products(scene, a), ALICORN_EMISSION_INTERMODULATION}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds && status == ALICORN_OK; k++)
        if (kinds[k].has)
            status = note_unknown(scene, b, a, kinds[k].emission, 0, frequency, from->channel_count,
                                  error);
    return status;
}

/** Frequency by frequency, so that S is asked once for each. */
static alicorn_status fill_links(ali_scene *scene, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t a = 0; a < scene->count && status == ALICORN_OK; a++) {
        const ali_station *from = &scene->stations[a];
        for (size_t l = 0; l < from->line_count; l++)
            for (size_t i = 0; i < from->channel_count && status == ALICORN_OK; i++)
                status = line_gains(scene, a, l, i, error);
        if (status == ALICORN_OK && ali_scene_interrupted(scene, "paths", a, 2 * scene->count))
            status = ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted");
    }
    for (size_t b = 0; b < scene->count && status == ALICORN_OK; b++) {
        for (size_t j = 0; j < scene->stations[b].channel_count; j++)
            for (size_t a = 0; a < scene->count && status == ALICORN_OK; a++)
                if (ali_scene_link(scene, a, b)->channel)
                    status = channel_gain(scene, a, b, j, error);
        if (status == ALICORN_OK &&
            ali_scene_interrupted(scene, "paths", scene->count + b, 2 * scene->count))
            status = ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted");
    }
    return status;
}

static double largest(size_t count, const double *values)
{
    double most = -HUGE_VAL;
    for (size_t i = 0; values && i < count; i++)
        if (values[i] > most) /* not if it is NAN */
            most = values[i];
    return most;
}

static void find_peaks(ali_scene *scene)
{
    for (size_t i = 0; i < scene->count * scene->count; i++) {
        ali_link *link = &scene->links[i];
        link->channel_peak =
            largest(scene->stations[i % scene->count].channel_count, link->channel);
        link->backward_peak =
            largest(scene->stations[i / scene->count].channel_count, link->backward);
    }
}

static alicorn_status prepare(ali_scene *scene, alicorn_error *error)
{
    const alicorn_radios *radios = scene->radios;
    size_t count = scene->count;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < count * count; i++)
        scene->isolations[i] = ALI_NONE;
    for (size_t i = 0; i < radios->isolation_count; i++) {
        const ali_isolation *isolation = &radios->isolations[i];
        scene->isolations[isolation->from * count + isolation->to] = i;
        if (!isolation->one_way)
            scene->isolations[isolation->to * count + isolation->from] = i;
    }
    for (size_t i = 0; i < count && status == ALICORN_OK; i++)
        status = ali_station_create(&radios->radios[i], &scene->stations[i], error);
    for (size_t i = 0; i < count * count && status == ALICORN_OK; i++)
        status = allocate_link(scene, i / count, i % count, error);
    if (status == ALICORN_OK)
        status = fill_links(scene, error);
    if (status == ALICORN_OK)
        find_peaks(scene);
    return status;
}

alicorn_status ali_scene_create(const alicorn_radios *radios, const alicorn_cosite_options *options,
                                ali_scene *scene, alicorn_error *error)
{
    size_t count = radios->radio_count;
    *scene = (ali_scene){.radios = radios,
                         .options = options,
                         .count = count,
                         .stations = ali_calloc(count, sizeof *scene->stations),
                         .links = ali_calloc(count * count, sizeof *scene->links),
                         .isolations = ali_calloc(count * count, sizeof *scene->isolations)};
    alicorn_status status = ALICORN_OK;
    if (!scene->stations || !scene->links || !scene->isolations)
        status = ali_error_memory(error, count * count * sizeof *scene->links, "pairs of radios");
    if (status == ALICORN_OK)
        status = ali_networks_at_create(radios, options->hold != 0, &scene->networks, error);
    if (status == ALICORN_OK)
        status = prepare(scene, error);
    if (status != ALICORN_OK)
        ali_scene_clear(scene);
    return status;
}

void ali_scene_clear(ali_scene *scene)
{
    for (size_t i = 0; scene->links && scene->stations && i < scene->count * scene->count; i++) {
        ali_link *link = &scene->links[i];
        for (size_t l = 0; link->line && l < scene->stations[i / scene->count].line_count; l++)
            free(link->line[l]);
        free(link->line);
        free(link->channel);
        free(link->backward);
    }
    for (size_t i = 0; scene->stations && i < scene->count; i++)
        ali_station_clear(&scene->stations[i]);
    free(scene->stations);
    free(scene->links);
    free(scene->isolations);
    free(scene->unknowns);
    if (scene->networks.radios)
        ali_networks_at_clear(&scene->networks);
    *scene = (ali_scene){0};
}
