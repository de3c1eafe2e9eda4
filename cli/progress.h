/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "alicorn/solve.h"

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  Progress of a solve on standard error, and Ctrl-C. */

/** From now on the first Ctrl-C asks the solve to stop, the second one ends the process. `show`:
 * draw a bar if standard error is a terminal. */
void cli_progress_begin(bool show);

/** What the solve will take; times to go then cover the stages that are still to come. */
void cli_progress_expect(const alicorn_prediction *prediction);

/** alicorn_progress_fn. Nonzero after Ctrl-C. */
int cli_progress(void *user, const char *stage, size_t done, size_t total);

/** Take the bar off the terminal so that something else can be printed. */
void cli_progress_clear(void);

/** Give Ctrl-C its usual meaning back and take the bar away. */
void cli_progress_end(void);

#endif
