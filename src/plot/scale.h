/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_SCALE_H
#define ALI_PLOT_SCALE_H

#include <stddef.h>

/** @file
 *  Round numbers for axes, and where values lie on them. */

/** Step of 1, 2 or 5 times a power of ten that divides `span` > 0 into at most `parts`. */
double ali_nice_step(double span, size_t parts);
/** The same of angles: 1, 2, 5, 10, 15, 30, 45, 90 degrees, or a nice step outside these. */
double ali_degree_step(double span, size_t parts);

/** Move the ends outwards to multiples of the step. */
void ali_nice_range(double step, double *low, double *high);

/** Values first, first + step, …: the multiples of step in a range. */
typedef struct ali_ticks {
    double first, step;
    size_t count;
    int decimals; /**< that all of them need */
} ali_ticks;

ali_ticks ali_ticks_in(double low, double high, double step);
/** The i-th tick; exactly 0 where it should be. */
double ali_tick(const ali_ticks *ticks, size_t i);

/** Maps [low, high] to [from, to] linearly; all other values are beyond the ends. */
typedef struct ali_scale {
    double low, high; /**< of the values */
    double from, to;  /**< where they are drawn [px] */
} ali_scale;

double ali_scale_at(const ali_scale *scale, double value);

/** Prefix of a unit with which values up to `largest` are written: "G", "M", "k" or "", and its
 * factor. */
const char *ali_scale_prefix(double largest, double *factor);

#endif
