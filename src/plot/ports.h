/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_PORTS_H
#define ALI_PLOT_PORTS_H

#include "alicorn/assess.h"
#include "plot/chart.h"
#include "plot/plot.h"

/** @file
 *  S over frequency, as all plots of ports begin with. */

typedef struct ali_plot_ports {
    const alicorn_network *network;
    alicorn_network *own; /**< the same, if it was made of a result */
    size_t *index;        /**< [count] the ports that are drawn; owned */
    size_t count;         /**< >= 1 */
} ali_plot_ports;

/** Find S and the ports, and note frequencies in the caption.
 *  @return ALICORN_OK, ALICORN_E_USAGE (no ports, none of that name), ALICORN_E_MEMORY; clear it
 *          in any case */
alicorn_status ali_plot_ports_find(ali_plot *plot, ali_plot_ports *ports);
void ali_plot_ports_clear(ali_plot_ports *ports);

/** S of `to` from `from` at sample i, and its error, < 0 if not known. */
alicorn_complex ali_plot_ports_s(const ali_plot_ports *ports, size_t i, size_t to, size_t from,
                                 double *error);

/** A curve over frequency: its value and band for one element of S at one sample. */
typedef struct ali_plot_value {
    double value, low, high; /**< NAN: none, no band */
} ali_plot_value;
typedef ali_plot_value (*ali_plot_value_fn)(alicorn_complex s, double error, double z0);

/** Add the trace of an element of S. */
alicorn_status ali_plot_ports_trace(ali_plot *plot, const ali_plot_ports *ports, size_t to,
                                    size_t from, ali_plot_value_fn value, ali_traces *traces,
                                    ali_trace **trace);

/** |S| in decibels. */
ali_plot_value ali_plot_level(alicorn_complex s, double error, double z0);

/** Limits of the model's requirements of a kind for the ports that are drawn, as sign times their
 * bounds; *limits is to be freed. */
alicorn_status ali_plot_ports_limits(ali_plot *plot, const ali_plot_ports *ports,
                                     alicorn_requirement_kind kind, double sign, ali_limit **limits,
                                     size_t *count);

/** The options' floor and ceiling in place of an axis's own ends. */
void ali_plot_hold_axis(const ali_plot *plot, ali_axis *axis);

/** Write the whole page of panels over the network's frequencies. */
void ali_plot_ports_draw(ali_plot *plot, const ali_plot_ports *ports, const ali_panel *panels,
                         size_t count, double height);

#endif
