/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_STATION_H
#define ALI_COSITE_STATION_H

#include "cosite/curve.h"

/** @file
 *  A radio as the numerics see it: the lines that it sends channel by channel, its masks as curves,
 *  the level that its receiver stands and the frequencies at which it hears besides its own. */

/** An emission that has a frequency: carrier, harmonic or spur. */
typedef struct ali_line {
    alicorn_cosite_emission emission;
    int number;        /**< of the harmonic, of the spur from 1, or 0 */
    double bandwidth;  /**< [Hz] */
    double *frequency; /**< [channels] [Hz]; NAN: the radio does not transmit on this channel */
    double *level;     /**< [channels] behind the filter that follows the channel [dBm] */
} ali_line;

/** A frequency besides its channel at which a receiver hears. */
typedef struct ali_hearing {
    alicorn_cosite_response response; /**< IMAGE or SPURIOUS */
    int p, q;                         /**< as in alicorn_cosite_entry */
    double rejection;                 /**< [dB] */
    double width;                     /**< [Hz] */
    double *frequency;                /**< [channels] [Hz]; NAN: none on this channel */
} ali_hearing;

typedef struct ali_station {
    const ali_radio *radio;
    size_t channel_count;
    double transmit_low, transmit_high; /**< of the channels; +-HUGE_VAL if there are none */
    double receive_low, receive_high;

    ali_line *lines; /**< the carrier first; none if it does not transmit */
    size_t line_count;
    ali_curve sideband; /**< density relative to the carrier's power [dB/Hz]; empty: none */
    ali_curve noise;    /**< the same; empty: none */
    ali_curve tracking; /**< attenuation [dB] */

    ali_curve selectivity;  /**< attenuation [dB]; empty: nothing beyond the bandwidth */
    ali_curve preselection; /**< attenuation [dB] */
    double reach;           /**< |offset| up to which sidebands and noise are collected [Hz] */
    double collected;       /**< integral of the selectivity up to there [Hz] */
    bool has_noise_floor;
    double noise_floor; /**< N [dBm] */
    double limit;       /**< level in the channel that the receiver stands [dBm] */
    ali_hearing *hearings;
    size_t hearing_count;
} ali_station;

alicorn_status ali_station_create(const ali_radio *radio, ali_station *station,
                                  alicorn_error *error);
void ali_station_clear(ali_station *station);

/** Share of the power of a line of `bandwidth` that counts as if it were in the channel, when its
 *  centre is `offset` away: its density, level over the bandwidth, times the selectivity. The
 *  inverse of the frequency-dependent rejection. [ITURSM337:2008] */
double ali_station_line_share(const ali_station *receiver, double bandwidth, double offset);

/** What reaches a receiver's channel of a transmitter's sidebands or noise, relative to the
 *  carrier's power. `offset` is the transmitter's channel minus the receiver's [Hz]. */
double ali_station_sideband_share(const ali_station *transmitter, const ali_curve *density,
                                  const ali_station *receiver, double offset);

/** Share of a line of `bandwidth` that lies in a window of `width`, centres `offset` apart. */
double ali_station_window_share(double width, double bandwidth, double offset);

#endif
