/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_PAIR_H
#define ALI_COSITE_PAIR_H

#include "cosite/scene.h"

/** @file
 *  One transmitter against one receiver, for all pairs of their channels. Powers count relative to
 *  the level that the receiver stands in its channel, so that contributions add and 1 is the limit;
 *  front-end powers relative to its 1-dB compression point. */

/** The worst pair of channels for one way of disturbing. */
typedef struct ali_slot {
    double ratio; /**< of the power to what the receiver stands of this; 0: nothing arrives */
    size_t i, j;  /**< channels of transmitter and receiver */
} ali_slot;

/** Slots of a pair, in this order: for every line ALI_SLOT_LINE and one per hearing, then the rest.
 */
enum { ALI_SLOT_CHANNEL = 0, ALI_SLOT_SELECTIVITY = 1, ALI_SLOT_LINE = 2 };
enum {
    ALI_SLOT_SIDEBAND = 0,
    ALI_SLOT_NOISE = 1,
    ALI_SLOT_BLOCKING = 2,
    ALI_SLOT_SATURATION = 3,
    ALI_SLOT_REST = 4
};

/** Number of slots of a pair. */
size_t ali_pair_slot_count(const ali_scene *scene, size_t aggressor, size_t victim);

/** Part of the channels, [first, last) each. */
typedef struct ali_channel_range {
    size_t i_first, i_last; /**< of the transmitter */
    size_t j_first, j_last; /**< of the receiver */
} ali_channel_range;

/** What is to be filled; all but `sum` may be NULL. Shapes [i][j] of the range. */
typedef struct ali_pair_levels {
    double *sum;        /**< all contributions of the pair */
    double *front;      /**< of its carrier at the front end, in units of the compression point */
    unsigned char *bad; /**< 1: one of them is above the asked margin */
    ali_slot *slots;    /**< raised where the range has something worse */
} ali_pair_levels;

/** Fill the levels of a pair. Pairs without path data have none. */
void ali_pair_fill(const ali_scene *scene, size_t aggressor, size_t victim,
                   const ali_channel_range *range, const ali_pair_levels *levels);

/** The entry of a slot that has something.
 *  @return ALICORN_OK, or what S says */
alicorn_status ali_pair_entry(ali_scene *scene, size_t aggressor, size_t victim, size_t number,
                              const ali_slot *slot, alicorn_cosite_entry *entry,
                              alicorn_error *error);

#endif
