/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_TRACE_H
#define ALI_PLOT_TRACE_H

#include "alicorn/status.h"

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  What plots draw: named rows of samples. */

enum { ALI_LABEL_SIZE = 96 };

/** Samples of one curve. What x and y mean is the plot's: frequency and level, angle and level, the
 * two parts of a reflection coefficient. */
typedef struct ali_trace {
    char label[ALI_LABEL_SIZE];
    size_t style;       /**< of colour, dash and mark */
    size_t count;       /**< >= 1 */
    double *x, *y;      /**< [count]; y may be NAN (a gap) or endless */
    double *low, *high; /**< [count] error band; NAN: not estimated */
} ali_trace;

typedef struct ali_traces {
    ali_trace *item; /**< [count]; owned */
    size_t count, capacity;
} ali_traces;

/** Append a trace of `count` samples without bands, its style that of its place. The pointer lives
 * until the next call. */
alicorn_status ali_traces_add(ali_traces *traces, size_t count, ali_trace **trace,
                              alicorn_error *error);
void ali_traces_clear(ali_traces *traces);

/** Whether some sample has a band. */
bool ali_traces_banded(const ali_traces *traces);
/** Whether all samples are so few that each gets a mark. */
bool ali_traces_marked(const ali_traces *traces);
/** Smallest and largest finite x, y; false if there is none. */
bool ali_traces_x_range(const ali_traces *traces, double *low, double *high);
bool ali_traces_y_range(const ali_traces *traces, double *low, double *high);
/** The latter with the bands. */
bool ali_traces_band_range(const ali_traces *traces, double *low, double *high);

#endif
