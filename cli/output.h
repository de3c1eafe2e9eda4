/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "command.h"

#include <stdio.h>

/** @file
 *  Results into files. */

/** Check before a long solve that everything asked for can be written: folders exist, no output is
 * the input, at most one goes to standard output, names and versions of Touchstone files agree. */
alicorn_status cli_output_check(const cli_settings *settings, const char *input,
                                alicorn_error *error);

/** True if one of the outputs is standard output. */
bool cli_output_to_stdout(const cli_settings *settings);

/** Write every output that was asked for. `result` may be NULL if they are all of the model. */
alicorn_status cli_output_write(const cli_settings *settings, const alicorn_model *model,
                                const alicorn_result *result, alicorn_error *error);

/** Write the files of cosite analysis that were asked for. */
alicorn_status cli_output_cosite(const cli_settings *settings, const alicorn_cosite_result *result,
                                 alicorn_error *error);

/** Write the files of verdicts that were asked for. */
alicorn_status cli_output_check_files(const cli_settings *settings, const alicorn_check *check,
                                      alicorn_error *error);

/** Write the files of a comparison that were asked for. */
alicorn_status cli_output_compare(const cli_settings *settings,
                                  const alicorn_comparison *comparison, alicorn_error *error);

/** Write a drawing or report that was made, a document of `length` bytes. */
alicorn_status cli_output_text(const cli_settings *settings, const char *text, size_t length,
                               alicorn_error *error);

/** Whether a name is that of a Touchstone file: .sNp or .ts. */
bool cli_is_touchstone(const char *name);

/** Whether standard output is a terminal that takes colours. */
bool cli_color_wanted(void);

/** Write the table of cross-sections to standard output. */
alicorn_status cli_output_rcs(const alicorn_model *model, const alicorn_result *result,
                              alicorn_error *error);

/** Write the summary to standard output. */
alicorn_status cli_output_summary(const alicorn_model *model, const alicorn_result *result,
                                  alicorn_error *error);

#endif
