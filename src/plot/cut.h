/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_CUT_H
#define ALI_PLOT_CUT_H

#include "alicorn/plot.h"
#include "plot/trace.h"

/** @file
 *  Levels over an angle, taken out of the grid of a pattern. */

/** Of an azimuth cut x is phi, of an elevation cut the angle from the zenith, theta along phi and
 *  -theta along phi + 180 degrees, -180 … 180; ascending, the first repeated at the end where it
 *  goes all around.
 *  @param index      theta or phi that is cut at
 *  @param component  0 … 4: total, theta, phi, major, minor
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_cut_take(const alicorn_pattern *pattern, alicorn_plot_cut cut, size_t index,
                            size_t component, ali_traces *traces, ali_trace **trace,
                            alicorn_error *error);

/** Whether a pattern has directions to cut it so. */
bool ali_cut_possible(const alicorn_pattern *pattern, alicorn_plot_cut cut);

/** Index of the theta or phi nearest to an angle [degrees]. */
size_t ali_cut_nearest(const alicorn_pattern *pattern, alicorn_plot_cut cut, double angle_deg);

/** A level at an angle [degrees]. */
typedef struct ali_bearing {
    double angle_deg, level; /**< level NAN: none */
    double error;            /**< half its band; NAN: not estimated */
} ali_bearing;

/** Sort by angle, make one of those of the same angle, and repeat the first one turn later where
 *  they go all around. There is room for one more than `count`. @return their number */
size_t ali_cut_order(ali_bearing *bearings, size_t count);

/** Append them, ordered, as a trace; `bearings` as above. */
alicorn_status ali_cut_add(ali_bearing *bearings, size_t count, ali_traces *traces,
                           ali_trace **trace, alicorn_error *error);

#endif
