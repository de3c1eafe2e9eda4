/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_OUTPUT_H
#define ALICORN_OUTPUT_H

#include "alicorn/assess.h"
#include "alicorn/compare.h"
#include "alicorn/cosite.h"
#include "alicorn/model.h"
#include "alicorn/result.h"
#include "alicorn/solve.h"

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
/** One entry of that document's `solves`, by itself. */
ALICORN_API alicorn_status alicorn_write_solve_json(const alicorn_model *model,
                                                    const alicorn_solve_result *solve, FILE *stream,
                                                    alicorn_error *error);
/** What a program needs to draw a model, and what was found about it, as one JSON document
 *  (docs/api.md, "The geometry"). Of a deck with several jobs (NEC NX): the first.
 *  @param model       NULL: there is none, because the findings have errors
 *  @param findings    [count] of reader and lint
 *  @param prediction  of its solve; NULL: not known */
ALICORN_API alicorn_status alicorn_write_geometry_json(const alicorn_model *model,
                                                       const alicorn_diagnostic *findings,
                                                       size_t count,
                                                       const alicorn_prediction *prediction,
                                                       FILE *stream, alicorn_error *error);
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
/** Currents and charges of all triangles as CSV, a header line first. */
ALICORN_API alicorn_status alicorn_write_face_current_csv(const alicorn_model *model,
                                                          const alicorn_result *result,
                                                          FILE *stream, alicorn_error *error);
/** What passes between every two ports, at every frequency, as CSV, a header line first. */
ALICORN_API alicorn_status alicorn_write_isolation_csv(const alicorn_result *result, FILE *stream,
                                                       alicorn_error *error);
/** Listing in the layout of NEC-2's output. Adaptive sweeps have none (ALICORN_E_USAGE): what it
 * lists at every frequency is not interpolated. */
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

/* ---- requirements ---- */

/** Verdicts about requirements, for a person: the limit, the worst value with its error bar, where.
 */
ALICORN_API alicorn_status alicorn_write_check_table(const alicorn_check *check, FILE *stream,
                                                     alicorn_error *error);
/** The same as one JSON document (docs/json.md). */
ALICORN_API alicorn_status alicorn_write_check_json(const alicorn_check *check, FILE *stream,
                                                    alicorn_error *error);
/** The same as JUnit XML: what is undecided counts as skipped, with the reason as its message. */
ALICORN_API alicorn_status alicorn_write_check_junit(const alicorn_check *check, FILE *stream,
                                                     alicorn_error *error);

/* ---- cosite analysis ---- */

/** How the table of cosite analysis is printed. */
typedef struct alicorn_cosite_view {
    int color;      /**< 1: ANSI colours */
    size_t columns; /**< width of the terminal [characters] */
    size_t list;    /**< most lines of each list */
} alicorn_cosite_view;

/** Tables a person can read: matrix of margins, interferences, what pairs need, a plan. */
ALICORN_API alicorn_status alicorn_write_cosite_table(const alicorn_cosite_result *result,
                                                      const alicorn_cosite_view *view, FILE *stream,
                                                      alicorn_error *error);
/** One JSON document of everything (docs/json.md). */
ALICORN_API alicorn_status alicorn_write_cosite_json(const alicorn_cosite_result *result,
                                                     FILE *stream, alicorn_error *error);
/** All interferences as CSV, a header line first. */
ALICORN_API alicorn_status alicorn_write_cosite_csv(const alicorn_cosite_result *result,
                                                    FILE *stream, alicorn_error *error);

/* ---- comparison ---- */

/** How the table of a comparison is printed. */
typedef struct alicorn_compare_view {
    int color;   /**< 1: ANSI colours */
    size_t list; /**< most lines of each list */
} alicorn_compare_view;

/** Tables a person can read, at most 100 characters wide, what became worse first. */
ALICORN_API alicorn_status alicorn_write_compare_table(const alicorn_comparison *comparison,
                                                       const alicorn_compare_view *view,
                                                       FILE *stream, alicorn_error *error);
/** One JSON document of everything (docs/json.md). */
ALICORN_API alicorn_status alicorn_write_compare_json(const alicorn_comparison *comparison,
                                                      FILE *stream, alicorn_error *error);
/** Points and summary as CSV, a line for each value, a header line first. */
ALICORN_API alicorn_status alicorn_write_compare_csv(const alicorn_comparison *comparison,
                                                     FILE *stream, alicorn_error *error);

/* ---- far-field files of other programs ---- */

/** Formats, described with their limits in docs/formats.md. */
typedef enum alicorn_far_format {
    ALICORN_FAR_FFE = 0, /**< FEKO: one file for everything */
    ALICORN_FAR_FFS = 1, /**< CST: one file for each task, driven port and pattern */
    ALICORN_FAR_FFD = 2, /**< HFSS: the same */
    ALICORN_FAR_MSI = 3  /**< MSI Planet: one file for each task, driven port and frequency */
} alicorn_far_format;

/** Which patterns are meant. Zero-initialise. */
typedef struct alicorn_far_selection {
    size_t task;    /**< from 1; 0: all */
    size_t pattern; /**< from 1 within its solve; 0: all */
} alicorn_far_selection;

/** The files that a result makes in one format. */
typedef struct alicorn_far_files alicorn_far_files;

/** Find out which files there will be, and check that the format can hold what goes into them.
 *  Model and result are borrowed until the files are destroyed. `selection` may be NULL.
 *  @return ALICORN_OK, ALICORN_E_USAGE (no pattern, or one that the format cannot hold),
 *          ALICORN_E_MEMORY; *files is NULL unless ALICORN_OK */
ALICORN_API alicorn_status alicorn_far_files_create(
    const alicorn_model *model, const alicorn_result *result, alicorn_far_format format,
    const alicorn_far_selection *selection, alicorn_far_files **files, alicorn_error *error);
ALICORN_API void alicorn_far_files_destroy(alicorn_far_files *files);
/** Number of files, >= 1. */
ALICORN_API size_t alicorn_far_files_count(const alicorn_far_files *files);
/** What tells file i from the others, "-UHF-1-300MHz": to be put before the extension of its name;
 * "" if it is the only one. Letters, digits, '.', '_' and '-' only. */
ALICORN_API const char *alicorn_far_files_suffix(const alicorn_far_files *files, size_t i);
/** Write file i. */
ALICORN_API alicorn_status alicorn_far_files_write(const alicorn_far_files *files, size_t i,
                                                   FILE *stream, alicorn_error *error);

/* ---- currents and near fields for ParaView ---- */

/** The VTU files that a result makes, described in docs/formats.md: one for the currents of each
 * entry (frequency, port, wave), one for each of its near fields. */
typedef struct alicorn_field_files alicorn_field_files;

/** Find out which files there will be. Model and result are borrowed until the files are destroyed.
 *  @return ALICORN_OK, ALICORN_E_USAGE (the result has neither currents nor near fields),
 *          ALICORN_E_MEMORY; *files is NULL unless ALICORN_OK */
ALICORN_API alicorn_status alicorn_field_files_create(const alicorn_model *model,
                                                      const alicorn_result *result,
                                                      alicorn_field_files **files,
                                                      alicorn_error *error);
ALICORN_API void alicorn_field_files_destroy(alicorn_field_files *files);
/** Number of files, >= 1. */
ALICORN_API size_t alicorn_field_files_count(const alicorn_field_files *files);
/** What tells file i from the others, as alicorn_far_files_suffix. */
ALICORN_API const char *alicorn_field_files_suffix(const alicorn_field_files *files, size_t i);
/** Write file i. */
ALICORN_API alicorn_status alicorn_field_files_write(const alicorn_field_files *files, size_t i,
                                                     FILE *stream, alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
