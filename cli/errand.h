/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_ERRAND_H
#define CLI_ERRAND_H

#include "command.h"

/** @file
 *  What all commands that solve one model have in common: its reading and warnings, prediction,
 *  progress, interruption and checkpoints. */

/** What they do differently. */
typedef struct cli_errand {
    alicorn_status (*solve)(const cli_settings *settings, const alicorn_model *model,
                            alicorn_result **result, alicorn_error *error);
    alicorn_status (*predict)(const cli_settings *settings, const alicorn_model *model,
                              alicorn_prediction *prediction, alicorn_error *error);
    /** What becomes of the result. Returns the exit status. */
    int (*conclude)(const cli_settings *settings, const alicorn_model *model,
                    const alicorn_result *result);
    bool undriven; /**< decks without excitation will do */
    bool idle;     /**< there may be nothing to solve: concluded from no result then */
    bool whole;    /**< nothing is concluded from what an interrupted solve has */
} cli_errand;

/** Do it with the model at `path`. Returns the exit status. */
int cli_errand_run(cli_settings *settings, const char *path, const cli_errand *work);

/** The same, with a checkpoint if one is wanted. */
int cli_errand_run_resumable(cli_settings *settings, const char *path, const cli_errand *work);

/** The first `length` bytes of text with a suffix; to be freed. NULL without memory. */
char *cli_join(const char *text, size_t length, const char *suffix);

#endif
