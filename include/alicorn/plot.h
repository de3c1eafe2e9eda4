/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_PLOT_H
#define ALICORN_PLOT_H

#include "alicorn/model.h"
#include "alicorn/network.h"
#include "alicorn/result.h"

#include <stdio.h>

/** @file
 *  Plots as SVG, one a document: docs/plot.md. They need no browser, no font and no network; the
 * same input gives the same bytes. */

#ifdef __cplusplus
extern "C" {
#endif

/** X(name, value, text, title): what can be drawn. */
#define ALICORN_PLOT_TABLE(X)                                                                      \
    X(ALICORN_PLOT_VSWR, 0, "vswr", "Standing wave ratio")                                         \
    X(ALICORN_PLOT_RETURN_LOSS, 1, "return-loss", "Return loss")                                   \
    X(ALICORN_PLOT_IMPEDANCE, 2, "impedance", "Impedance")                                         \
    X(ALICORN_PLOT_S, 3, "s", "S-parameters")                                                      \
    X(ALICORN_PLOT_SMITH, 4, "smith", "Smith chart")                                               \
    X(ALICORN_PLOT_ISOLATION, 5, "isolation", "Isolation")                                         \
    X(ALICORN_PLOT_PATTERN, 6, "pattern", "Radiation pattern")                                     \
    X(ALICORN_PLOT_RCS, 7, "rcs", "Radar cross-section")                                           \
    X(ALICORN_PLOT_MODEL, 8, "model", "Model")

#define ALICORN_PLOT_ENUM(name, value, text, title) name = value,
typedef enum alicorn_plot_kind { ALICORN_PLOT_TABLE(ALICORN_PLOT_ENUM) } alicorn_plot_kind;
#undef ALICORN_PLOT_ENUM

/** Which way a pattern is cut. */
typedef enum alicorn_plot_cut {
    ALICORN_CUT_AUTO,     /**< azimuth, or elevation if the pattern has one azimuth only */
    ALICORN_CUT_AZIMUTH,  /**< around the z axis at one theta */
    ALICORN_CUT_ELEVATION /**< through the z axis along one phi and the opposite one */
} alicorn_plot_cut;

/** What is drawn; borrowed. What a kind does not need may be NULL. */
typedef struct alicorn_plot_input {
    const char *source;             /**< name of the file, for the caption */
    const alicorn_model *model;     /**< of `model`; elsewhere its comment and its requirements */
    const alicorn_result *result;   /**< of patterns and cross-sections; of ports unless there is a
                                       network */
    const alicorn_network *network; /**< of ports */
} alicorn_plot_input;

/** How. Options that a kind has no use for are refused if they are set. */
typedef struct alicorn_plot_options {
    const char *title;        /**< NULL: the kind's */
    const char *const *ports; /**< [port_count] only these; none: all */
    size_t port_count;
    const char *const *pairs; /**< [pair_count] "TO,FROM": only these elements of S; none: all
                                 of the ports above, S_ij once where it equals S_ji */
    size_t pair_count;
    const char *const *components; /**< [component_count] of patterns total, theta, phi, major,
                                      minor, none: total; of cross-sections vv, hv, vh, hh, none:
                                      vv and hh */
    size_t component_count;
    const double *frequencies_hz; /**< [frequency_count] only these; none: all, of isolation the
                                     worst */
    size_t frequency_count;
    size_t task;    /**< from 1; 0: of those that have what is drawn the one with most solves */
    size_t pattern; /**< from 1 within its solve; 0: the first that can be cut so */
    alicorn_plot_cut cut;
    double angle_deg;      /**< theta or phi of the cut; NAN: through the largest gain */
    double floor, ceiling; /**< ends of the axis of values; NAN: by the values */
    int polar;             /**< cross-sections over angle as a polar plot */
    double azimuth_deg, elevation_deg; /**< from where the model is seen; NAN: 300, 25 */
} alicorn_plot_options;

/** "vswr", …; NULL past the end. */
ALICORN_API const char *alicorn_plot_kind_text(alicorn_plot_kind kind);

ALICORN_API void alicorn_plot_options_default(alicorn_plot_options *options);

/** Check before a long solve that the options suit the kind.
 *  @param model  NULL, or the model that will be solved: whether it asks for what is drawn, and has
 *                the ports
 *  @return ALICORN_OK or ALICORN_E_USAGE */
ALICORN_API alicorn_status alicorn_plot_check(alicorn_plot_kind kind, const alicorn_model *model,
                                              const alicorn_plot_options *options,
                                              alicorn_error *error);

/** Write one SVG document to an open stream.
 *  @return ALICORN_OK, ALICORN_E_USAGE (options as above, nothing to draw, no such port or
 *  frequency), ALICORN_E_IO, ALICORN_E_MEMORY; nothing is written unless ALICORN_OK or
 *  ALICORN_E_IO */
ALICORN_API alicorn_status alicorn_write_plot(alicorn_plot_kind kind,
                                              const alicorn_plot_input *input,
                                              const alicorn_plot_options *options, FILE *stream,
                                              alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
