/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_SEARCH_H
#define ALI_COSITE_SEARCH_H

#include "cosite/curve.h"

/** @file
 *  The strongest combination of channels of a few radios whose frequencies meet: branch and bound
 *  over the radios' channels, sorted by frequency and halved again and again. A part of the
 * channels is dropped when interval arithmetic says that its frequencies cannot meet, or when the
 * sum of its best levels is not better than what was found. The answer is exact. */

#define ALI_SEARCH_AXES 4

/** Channels of one participant, in ascending order of frequency. */
typedef struct ali_axis {
    size_t count;
    double *frequency; /**< [count] [Hz] */
    double *level;     /**< [count] [dB] */
    size_t *channel;   /**< [count] number of the channel in its radio */
    double *peak;      /**< [2 size] tree of the largest levels, root at 1, size leaves */
    size_t size;       /**< count rounded up to a power of two */
    double raster;     /**< largest step of which all frequencies are multiples apart [Hz], or 0 */
} ali_axis;

/** An axis of those of `count` channels whose frequency and level are not NAN. */
alicorn_status ali_axis_create(size_t count, const double *frequency, const double *level,
                               ali_axis *axis, alicorn_error *error);
void ali_axis_clear(ali_axis *axis);

/** A loss that depends on how far two participants' frequencies are apart. */
typedef struct ali_search_loss {
    size_t axis[2];
    double weight;
    const ali_curve *curve; /**< [dB], >= 0 */
} ali_search_loss;

typedef struct ali_search_problem {
    size_t axis_count; /**< 2 … 4 */
    const ali_axis *axes[ALI_SEARCH_AXES];
    double coefficient[ALI_SEARCH_AXES]; /**< of the frequency: |sum c f| is to be small */
    double weight[ALI_SEARCH_AXES];      /**< of the level, >= 0 */
    ali_search_loss losses[ALI_SEARCH_AXES];
    size_t loss_count;
    size_t tied[2];          /**< axes of one radio, which are on the same channel; equal: none */
    double width, bandwidth; /**< |sum c f| may be up to half their sum; beyond the middle part the
                                  level falls as the overlap of both does */
} ali_search_problem;

/** Level [dB] that the overlap takes: 0 when the narrower of both lies inside the wider. */
double ali_search_overlap(double width, double bandwidth, double offset);

/** The largest sum of weighted levels less losses that is above `best`.
 *  @param[in,out] best  level to beat; the level found
 *  @param[out] at       shape [axes], index into each axis, if found
 *  @return whether one was found. No allocation. */
bool ali_search_best(const ali_search_problem *problem, double *best, size_t *at);

/** Upper bound of what ali_search_best can find, without frequencies. */
double ali_search_bound(const ali_search_problem *problem);

#endif
