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

/** Say what makes a coming answer doubtful: the lint's warnings, and those of its errors that a
 *  solve does not refuse in its own words.
 *  @param[in] undriven  nothing needs to drive the structure */
alicorn_status cli_warn_before_solve(const alicorn_model *model, bool undriven,
                                     cli_reporter *reporter, alicorn_error *error);

#endif
