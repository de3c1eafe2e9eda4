/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_PLOT_H
#define ALI_PLOT_PLOT_H

#include "alicorn/plot.h"
#include "plot/page.h"
#include "plot/polar.h"

/** @file
 *  One file for each family of plots. Each collects its traces first, and writes only when it has
 *  all of them. */

/** A plot on its way to the stream. */
typedef struct ali_plot {
    alicorn_plot_kind kind;
    const alicorn_plot_input *input;
    const alicorn_plot_options *options;
    ali_page page; /**< title and subtitle are set */
    alicorn_error *error;
} ali_plot;

alicorn_status ali_plot_vswr(ali_plot *plot);
alicorn_status ali_plot_return_loss(ali_plot *plot);
alicorn_status ali_plot_impedance(ali_plot *plot);
alicorn_status ali_plot_s(ali_plot *plot);
alicorn_status ali_plot_smith(ali_plot *plot);
alicorn_status ali_plot_isolation(ali_plot *plot);
alicorn_status ali_plot_pattern(ali_plot *plot);
alicorn_status ali_plot_rcs(ali_plot *plot);
alicorn_status ali_plot_model(ali_plot *plot);

/* ---- for several of them ---- */

/** Most traces of one plot. */
enum { ALI_PLOT_TRACES = 42 };

/** "144 MHz" or "144 MHz to 146 MHz, 5 frequencies" into the caption. */
void ali_plot_note_frequencies(ali_plot *plot, double low_hz, double high_hz, size_t count);

/** Whether a frequency is one of those of the options, or none is wanted. */
bool ali_plot_wants_frequency(const ali_plot *plot, double frequency_hz);

/** Whether a solve has what is drawn. */
typedef bool (*ali_plot_has_fn)(const ali_plot *plot, const alicorn_solve_result *solve);

/** The task that is drawn: the wanted one, or of those that have something to draw the one with
 * most solves, the first of several; the caption tells which where there are others. false if
 * there is none. */
bool ali_plot_task(ali_plot *plot, ali_plot_has_fn has, size_t *task);

/** Name in the caption the traces that have no value from low to high. */
void ali_plot_note_beyond(ali_plot *plot, const ali_traces *traces, double low, double high);

/** Write the whole page of a polar plot, `range` dB from the largest level to the centre unless the
 * options say otherwise. */
void ali_plot_polar(ali_plot *plot, ali_dial dial, double range, const char *unit,
                    const ali_traces *traces);

/** Index of a text in a list of names; count if it is none of them. Case does not matter. */
size_t ali_plot_find(const char *name, const char *const *names, size_t count);

/** 20 lg of a magnitude; -HUGE_VAL of 0. */
double ali_plot_decibels(double magnitude);

#endif
