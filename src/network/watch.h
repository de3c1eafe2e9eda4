/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_NETWORK_WATCH_H
#define ALI_NETWORK_WATCH_H

#include "base/error.h"

#include <complex.h>
#include <stdbool.h>

/** @file
 *  Resonances too narrow to be seen between samples in what is wanted, S say, but not in the
 *  currents of the part that resonates: off resonance these are little else than the tail of the
 *  resonance, and a rational function of them has its pole. */

typedef struct ali_watch_samples {
    size_t count;                 /**< samples */
    size_t functions;             /**< that are watched */
    const double *at;             /**< [count] */
    const double complex *values; /**< [count][functions], each in a unit of its own */
} ali_watch_samples;

/** Find the candidate where a rational model of the watched functions rises farthest above both
 *  neighbouring samples, if it does so more than threefold in any function.
 *  @param x      [candidates] ascending
 *  @param known  [candidates] those that are among the samples; the first and the last are
 *  @param peak   `candidates` if there is none
 *  @return ALICORN_OK, ALICORN_E_NUMERIC, ALICORN_E_MEMORY */
alicorn_status ali_watch_peak(const ali_watch_samples *samples, size_t candidates, const double *x,
                              const bool *known, size_t *peak, alicorn_error *error);

#endif
