/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_OUTPUT_H
#define ALICORN_OUTPUT_H

#include "alicorn/model.h"
#include "alicorn/result.h"

#include <stdio.h>

/** @file
 *  Writers. Each writes one whole document to an open stream; numbers always in the C locale.
 *  They return ALICORN_E_IO when the stream reports an error. */

#ifdef __cplusplus
extern "C" {
#endif

/** One JSON document of all solves (see docs/json.md). */
ALICORN_API alicorn_status alicorn_write_json(const alicorn_model *model,
                                              const alicorn_result *result, FILE *stream,
                                              alicorn_error *error);
/** Touchstone file of the N-port over all frequencies of one task; version 1 (1.1) or 2 (2.0). */
ALICORN_API alicorn_status alicorn_write_touchstone(const alicorn_model *model,
                                                    const alicorn_result *result, size_t task,
                                                    int version, FILE *stream,
                                                    alicorn_error *error);
/** All patterns as CSV, a header line first. */
ALICORN_API alicorn_status alicorn_write_pattern_csv(const alicorn_result *result, FILE *stream,
                                                     alicorn_error *error);
/** All currents as CSV, a header line first. */
ALICORN_API alicorn_status alicorn_write_current_csv(const alicorn_result *result, FILE *stream,
                                                     alicorn_error *error);
/** Listing in the layout of NEC-2's output. */
ALICORN_API alicorn_status alicorn_write_nec_listing(const alicorn_model *model,
                                                     const alicorn_result *result, FILE *stream,
                                                     alicorn_error *error);
/** The same, and beside it the plot file that the deck's PL cards ask for; plot may be NULL. */
ALICORN_API alicorn_status alicorn_write_nec_listing_and_plot(const alicorn_model *model,
                                                              const alicorn_result *result,
                                                              FILE *stream, FILE *plot,
                                                              alicorn_error *error);
/** Whether the deck asks for a plot file (NEC PL). */
ALICORN_API int alicorn_model_asks_plot(const alicorn_model *model);
/** Summary a person can read. `color` allows ANSI colours. */
ALICORN_API alicorn_status alicorn_write_summary(const alicorn_model *model,
                                                 const alicorn_result *result, int color,
                                                 FILE *stream, alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
