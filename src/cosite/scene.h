/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_SCENE_H
#define ALI_COSITE_SCENE_H

#include "cosite/chain.h"
#include "cosite/station.h"

/** @file
 *  All radios, and the gains between their ports at every frequency that matters, computed once.
 *  Gains count from a transmitter's port to a receiver's port, chains and antennas included [dB];
 *  NAN is no path data. */

/** Gains from one transmitter's ports to one radio. */
typedef struct ali_link {
    double **line;    /**< [lines of the transmitter][its channels] at the line's frequency */
    double *channel;  /**< [channels of the receiver] at the receiver's frequencies */
    double *backward; /**< [channels of the transmitter] carrier into the other's transmitter; NULL
                           if that makes no products */
    double channel_peak, backward_peak; /**< the largest of each; -HUGE_VAL if nothing is known */
} ali_link;

typedef struct ali_scene {
    const alicorn_radios *radios;
    const alicorn_cosite_options *options;
    size_t count;          /**< radios */
    ali_station *stations; /**< [count] */
    ali_link *links;       /**< [count transmitters][count receivers]; void where not applicable */
    size_t *isolations;    /**< [count][count] stated isolation, or ALI_NONE */
    ali_networks_at networks;
    alicorn_cosite_unknown *unknowns;
    size_t unknown_count, unknown_capacity;
} ali_scene;

/** @return ALICORN_OK, ALICORN_E_MEMORY, ALICORN_E_INTERRUPTED or what S says */
alicorn_status ali_scene_create(const alicorn_radios *radios, const alicorn_cosite_options *options,
                                ali_scene *scene, alicorn_error *error);
void ali_scene_clear(ali_scene *scene);

/** Whether a transmitter can disturb a receiver at all: both exist, and a radio hears itself only
 * in full duplex. */
bool ali_scene_applies(const ali_scene *scene, size_t victim, size_t aggressor);

static inline ali_link *ali_scene_link(const ali_scene *scene, size_t from, size_t to)
{
    return &scene->links[from * scene->count + to];
}

/** Channels of the radio that has most. */
size_t ali_scene_longest(const ali_scene *scene);

/** Gain from a's transmitter to b's receiver, or into b's transmitter if `backward`, at a
 * frequency; NAN: no path data. *assumed (may be NULL): it rests on something that was held beyond
 * its range.
 */
alicorn_status ali_scene_gain(ali_scene *scene, size_t a, size_t b, bool backward, double frequency,
                              double *gain, bool *assumed, alicorn_error *error);

/** Report progress; true: the user wants to stop. */
bool ali_scene_interrupted(const ali_scene *scene, const char *stage, size_t done, size_t total);

#endif
