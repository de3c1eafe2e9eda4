/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_RCS_H
#define ALICORN_RCS_H

#include "alicorn/model.h"
#include "alicorn/options.h"
#include "alicorn/result.h"
#include "alicorn/solve.h"

#include <stdio.h>

/** @file
 *  Radar cross-sections of a model, whatever drives it otherwise. */

#ifdef __cplusplus
extern "C" {
#endif

/** Angles start_deg, start_deg + step_deg, … [degrees]. */
typedef struct alicorn_angles {
    double start_deg, step_deg;
    size_t count; /**< >= 1 */
} alicorn_angles;

/** What cross-sections are asked for. */
typedef struct alicorn_rcs_request {
    alicorn_angles theta, phi;                 /**< directions the waves come from, all pairs */
    int bistatic;                              /**< 0: the receiver stands there, too */
    alicorn_angles receive_theta, receive_phi; /**< bistatic: of the receiver, all pairs for every
                                                  incident direction */
    size_t task;                  /**< ground, loads and networks are those of this task of the
                                     model, from 0; its sources are short circuits */
    const double *frequencies_hz; /**< [frequency_count] */
    size_t frequency_count;       /**< 0: the task's own frequencies */
} alicorn_rcs_request;

/** Cross-sections in all four pairs of polarisations, from one factorisation per frequency.
 *  *result holds one solve per frequency, with `rcs` filled: incident directions in the order theta
 * fastest, then, bistatic, receivers in the same order within each. Under a ground nothing is
 * received: the cross-section is exactly zero there. options as in alicorn_solve, checkpoint
 * included.
 *  @return as alicorn_solve; ALICORN_E_USAGE for an empty or too large grid, or if there is no such
 * task */
ALICORN_API alicorn_status alicorn_solve_rcs(const alicorn_model *model,
                                             const alicorn_rcs_request *request,
                                             const alicorn_options *options,
                                             alicorn_result **result, alicorn_error *error);

/** Plan cross-sections without solving, as alicorn_predict (solve.h) does.
 *  @return as alicorn_predict, and ALICORN_E_USAGE as above */
ALICORN_API alicorn_status alicorn_predict_rcs(const alicorn_model *model,
                                               const alicorn_rcs_request *request,
                                               const alicorn_options *options,
                                               alicorn_prediction *prediction,
                                               alicorn_error *error);

/** Table for a person to read, one line per pair of directions. */
ALICORN_API alicorn_status alicorn_write_rcs(const alicorn_model *model,
                                             const alicorn_result *result, FILE *stream,
                                             alicorn_error *error);
/** All cross-sections as CSV, a header line first. */
ALICORN_API alicorn_status alicorn_write_rcs_csv(const alicorn_result *result, FILE *stream,
                                                 alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
