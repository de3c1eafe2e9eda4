/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_CHAIN_H
#define ALI_COSITE_CHAIN_H

#include "model/radios.h"

/** @file
 *  From one radio's port to another's: chains, and S of the antennas between them. Two-ports whose
 * S is known are cascaded exactly; what is known by its loss only is matched, and adds in dB. */

/** How sure a number is. */
typedef enum ali_knowledge {
    ALI_KNOWN = 0,
    ALI_ASSUMED = 1, /**< held beyond the range of what was computed */
    ALI_UNKNOWN = 2  /**< no path data */
} ali_knowledge;

/** S of every network at one frequency, evaluated when first asked. */
typedef struct ali_networks_at {
    const alicorn_radios *radios;
    bool hold;            /**< take the nearest end of the range outside it */
    double *frequency;    /**< [networks] that s holds, NAN at first [Hz] */
    ali_knowledge *state; /**< [networks] of s */
    alicorn_complex **s;  /**< [networks][ports][ports] */
    double (*step)[2]; /**< [networks] median step of the frequencies [Hz], and of their logarithms;
                          where both are exceeded ten times there is a gap */
} ali_networks_at;

alicorn_status ali_networks_at_create(const alicorn_radios *radios, bool hold,
                                      ali_networks_at *networks, alicorn_error *error);
void ali_networks_at_clear(ali_networks_at *networks);

/** S of a network at f; *s stays valid until the next call for the same network. */
alicorn_status ali_networks_at_s(ali_networks_at *networks, size_t network, double frequency,
                                 const alicorn_complex **s, ali_knowledge *state,
                                 alicorn_error *error);

/** A way that grows from a transmitter's port, piece by piece. */
typedef struct ali_way {
    double gain;          /**< of the sections that are complete [dB] */
    bool open;            /**< s holds the two-ports since then */
    double _Complex s[4]; /**< S11, S12, S21, S22 of the open section */
    double z0[2];         /**< its reference impedances [ohm] */
    ali_knowledge state;
} ali_way;

/** A way of no length. */
ali_way ali_way_begin(void);
/** Append a two-port: its S, with the references of its ports; steps between references reflect.
 * What resonates without any loss, so that S does not tell what passes, leaves the way unknown. */
void ali_way_add(ali_way *way, const double _Complex s[4], double z0_first, double z0_second);
/** Append a matched loss [dB]. */
void ali_way_lose(ali_way *way, double loss);
/** Gain from end to end [dB], both ends terminated in their references. */
double ali_way_gain(const ali_way *way);

/** Append a chain, from radio to antenna or, if inward, from antenna to radio. */
alicorn_status ali_way_add_chain(ali_way *way, const ali_chain *chain, bool inward,
                                 double frequency, ali_networks_at *networks, alicorn_error *error);

/** Attenuation of a filter [dB]; *known is false where its points end.
 *  Source: [MatthaeiYoungJones:1964] (prototypes and their frequency transformations). */
double ali_filter_loss(const ali_filter *filter, double frequency, bool *known);

/** Value of a profile over frequency: one point holds everywhere; *known is false outside several,
 *  where the nearest end is given. */
double ali_profile_at(const ali_profile *profile, double frequency, bool *known);

#endif
