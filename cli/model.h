/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_MODEL_H
#define CLI_MODEL_H

#include "command.h"
#include "error.h"

#include <stdio.h>

/** @file
 *  What every command does with its input before anything else. */

/** A reporter to a stream that leaves out what the settings switch off. */
cli_reporter cli_reporter_to(FILE *stream, const cli_settings *settings);

/** Read a deck or project, its errors and warnings to the reporter.
 *  @param[in] undriven  decks without excitation will do
 *  @return the exit status */
int cli_read_model(const cli_settings *settings, const char *path, bool undriven,
                   cli_reporter *reporter, alicorn_model **model);

/** The file that an operand means: itself, or the only project in a folder; *path is to be freed.
 *  @return ALICORN_OK, ALICORN_E_USAGE (no project in the folder, or several), ALICORN_E_MEMORY */
alicorn_status cli_model_path(const char *operand, char **path, alicorn_error *error);

/** What the settings say of a solve, its progress shown and its reports to the reporter. */
alicorn_options cli_solver(const cli_settings *settings, cli_reporter *reporter);

/** The command line's cross-sections; frequencies_hz is to be freed. NULL there without memory. */
alicorn_rcs_request cli_rcs_request(const cli_settings *settings);

/** Solve for them. */
alicorn_status cli_solve_rcs(const cli_settings *settings, const alicorn_model *model,
                             const alicorn_options *solver, alicorn_result **result,
                             alicorn_error *error);

/** Plan it. */
alicorn_status cli_predict_rcs(const cli_settings *settings, const alicorn_model *model,
                               alicorn_prediction *prediction, alicorn_error *error);

/** What is about to be done with a model. */
typedef enum cli_purpose { CLI_TO_SOLVE, CLI_TO_MESH, CLI_TO_RADAR } cli_purpose;

/** Say what makes the coming answer doubtful: the lint's warnings, and those of its errors that do
 * not stop what is to be done; what that says in its own words is left to it. */
alicorn_status cli_warn(const alicorn_model *model, cli_purpose purpose, cli_reporter *reporter,
                        alicorn_error *error);

#endif
