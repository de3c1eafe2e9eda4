/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_NEC_LISTING_H
#define ALI_OUTPUT_NEC_LISTING_H

#include "alicorn/result.h"
#include "model/model.h"

#include <stdbool.h>
#include <stdio.h>

/** @file
 *  The sections of a listing laid out as nec2c 1.3 prints them: the same headings, column order,
 * widths and number formats, so that programs that parse such listings go on working. As there, a
 * line break comes before a line, not after it. Lengths in wavelengths use the true speed of light.
 * A section returns nothing: failures of the stream are found at its end.
 *
 *  Layout: the NEC-2 user's guide [BurkePoggio:1981] and the output of nec2c 1.3. */

/** One solve with everything a section may need. */
typedef struct ali_nec_view {
    FILE *out;
    FILE *plot; /**< plot file, NULL if none is written */
    const ali_model *model;
    const ali_task *task;
    const alicorn_solve_result *solve;
    double wavelength; /**< [m] */
} ali_nec_view;

/** How much of what precedes the currents a solve prints: what changed since the one before. */
typedef enum ali_nec_level {
    ALI_NEC_FREQUENCY,  /**< everything */
    ALI_NEC_LOADING,    /**< loads, ground */
    ALI_NEC_EXCITATION, /**< sources, networks */
    ALI_NEC_DIRECTION,  /**< the next direction of the same plane waves */
    ALI_NEC_NOTHING     /**< only what is asked of the same currents */
} ali_nec_level;

/** Line break, `indent` blanks, text; `breaks` line breaks. */
void ali_nec_line(FILE *out, int breaks, int indent, const char *text);
/** Phase of a phasor [degrees], 0 for zero. */
double ali_nec_phase(alicorn_complex value);
double ali_nec_magnitude(alicorn_complex value);
/** Decibels as NEC prints them: nothing is below -999.99, which stands for zero. */
double ali_nec_decibels(double value);
/** NEC's word for the polarisation of incident plane waves: "LINEAR", "RIGHT", "LEFT". */
const char *ali_nec_wave_type(const ali_plane_waves *waves);

/* nec_header.c */
void ali_nec_banner(FILE *out);
void ali_nec_comments(FILE *out, const ali_model *model);
/** Wires, segments and junctions. @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_nec_structure(FILE *out, const ali_model *model, alicorn_error *error);
void ali_nec_card(FILE *out, size_t number, const ali_card_echo *card);

/* nec_environment.c */
void ali_nec_frequency(const ali_nec_view *view);
void ali_nec_loading(const ali_nec_view *view);
void ali_nec_ground(const ali_nec_view *view);
void ali_nec_timing(const ali_nec_view *view);
void ali_nec_excitation(const ali_nec_view *view);
void ali_nec_networks(const ali_nec_view *view);

/* nec_currents.c */
void ali_nec_asymmetry(const ali_nec_view *view);
void ali_nec_connection_points(const ali_nec_view *view);
void ali_nec_input_parameters(const ali_nec_view *view);
void ali_nec_currents(const ali_nec_view *view);
void ali_nec_charges(const ali_nec_view *view);
void ali_nec_power(const ali_nec_view *view);
/** Input impedance of the last source at the `count` solves from `first`, plain and normalised. */
void ali_nec_impedance_table(FILE *out, const ali_task *task, const alicorn_result *result,
                             size_t first, size_t count);

/* nec_receive.c */
/** Heading of the receiving pattern, then one line per direction. */
void ali_nec_receiving_heading(const ali_nec_view *view);
void ali_nec_receiving_line(const ali_nec_view *view);
/** Currents of the `count` solves from `first`, over the largest. */
void ali_nec_normalised_receiving(FILE *out, const ali_task *task, const alicorn_result *result,
                                  size_t first, size_t count);

/* nec_pattern.c */
/** `plot_flags`: of the PL card in force. */
void ali_nec_pattern(const ali_nec_view *view, const alicorn_pattern *pattern,
                     const int plot_flags[4]);

/* nec_near.c */
void ali_nec_near_field(const ali_nec_view *view, const alicorn_near_field *near,
                        const int plot_flags[4]);
void ali_nec_couplings(const ali_nec_view *view);

/* nec_plot.c: one line of the plot file, if PL asks for it */
void ali_nec_plot_current(const ali_nec_view *view, alicorn_complex current);
void ali_nec_plot_near(const ali_nec_view *view, const int flags[4], const double point[3],
                       const alicorn_complex field[3]);
/** A line of a pattern as it is printed. */
typedef struct ali_nec_direction {
    double theta_deg, phi_deg;
    double gain_db[3];                 /**< vertical or major, horizontal or minor, total */
    double magnitude[2], phase_deg[2]; /**< of E(theta) and E(phi) */
} ali_nec_direction;
void ali_nec_plot_direction(const ali_nec_view *view, const int flags[4],
                            const ali_nec_direction *direction);

/** Whether the print control shows a segment with this tag. Call for all segments in order, with
 * *seen starting at 0: it counts those with the control's tag. */
int ali_nec_wanted(const ali_print_control *control, int tag, int *seen);

#endif
