/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_WAVE_SPAN_H
#define ALI_STUDY_WAVE_SPAN_H

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

/** @file
 *  Right-hand sides that are combinations of others need no solving. A wave as the structure sees
 *  it has a limited angular bandwidth, about k times the radius around it
 * [BucciFranceschetti:1987], and many directions are combinations of few: what they span is kept as
 * an orthonormal basis q with solutions y = Z^-1 q, and every further right-hand side is q c to
 * within a tolerance, its solution y c. */

/** What may be left of a right-hand side, relative to its norm: far below the error of any
 *  discretisation, and 126 dB below the strongest echo, and no more than what solving leaves. */
#define ALI_WAVE_SPAN_TOLERANCE 5e-7

typedef struct ali_wave_span {
    size_t rows;
    size_t capacity, count; /**< vectors: room, and there */
    double complex *q;      /**< [capacity][rows] orthonormal; owned */
    double complex *y;      /**< [capacity][rows] for the caller; owned */
    int threads;            /**< that split uses */
    double complex *work;   /**< owned */
} ali_wave_span;

/** Capacity of a span for so many right-hand sides in all, within bounds of memory. */
size_t ali_wave_span_capacity(size_t rows, size_t columns);
/** Memory of a span [bytes]. */
size_t ali_wave_span_bytes(size_t rows, size_t capacity);

/** Step, without common divisor, in which to take so many neighbouring directions: about the golden
 * section of them. Neighbours differ little, and each would add a vector of what it has beyond all
 * earlier ones; from far apart, half as many vectors do. */
size_t ali_wave_span_step(size_t count);

/** 0, or -1 without memory. Clear in any case. */
int ali_wave_span_create(size_t rows, size_t capacity, int threads, ali_wave_span *span);
void ali_wave_span_clear(ali_wave_span *span);

/** Write right-hand sides as combinations b = q c of what the span holds, to within the tolerance;
 *  the span grows by what is new until it is full. BLAS is on one thread, as everywhere in a solve.
 *  @param[in]  b     [columns][rows]
 *  @param[out] c     [columns][capacity], of which span->count are set
 *  @param[out] kept  [columns]: it is not such a combination, for the span is full; its c is
 *                    undefined */
void ali_wave_span_split(ali_wave_span *span, size_t columns, const double complex *b,
                         double complex *c, bool *kept);

#endif
