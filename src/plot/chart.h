/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_CHART_H
#define ALI_PLOT_CHART_H

#include "plot/svg.h"
#include "plot/trace.h"

/** @file
 *  Curves over a common axis, in one panel or several below each other. */

typedef struct ali_axis {
    const char *label; /**< with its unit */
    double low, high;  /**< low < high */
    double step;       /**< between ticks */
    double factor;     /**< ticks are labelled with their value over this */
    bool down;         /**< of a vertical axis: values grow downwards */
} ali_axis;

/** A value that is required. */
typedef struct ali_limit {
    double value;
    char label[2 * ALI_LABEL_SIZE];
} ali_limit;

typedef struct ali_panel {
    ali_axis y;
    const ali_traces *traces;
    const ali_limit *limits; /**< [limit_count] */
    size_t limit_count;
} ali_panel;

/** Draw panels below each other into a box, margins for labels included. */
void ali_chart_draw(FILE *stream, const ali_axis *x, const ali_panel *panels, size_t count,
                    ali_box box);

/** An axis around [low, high], its ends round. */
ali_axis ali_axis_round(const char *label, double low, double high);

#endif
