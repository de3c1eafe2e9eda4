/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPTIMIZE_LOG_H
#define ALI_OPTIMIZE_LOG_H

#include "alicorn/status.h"

#include <stdbool.h>

/** @file
 *  All evaluations of a search as lines of text, so that the next run need not repeat them: a
 * header that tells which search it is, then the variables of a candidate, "=", and its figures or
 * "infeasible". */

/** Significant digits of variables: candidates are rounded to what the log and the written model
 * hold. */
#define ALI_CANDIDATE_DIGITS 9

typedef struct ali_log ali_log;

/** Open a log. `path` NULL keeps evaluations in memory only. A last line without end, left by a
 *  crash, is cut off.
 *  @return ALICORN_OK, ALICORN_E_INPUT (another search's), ALICORN_E_IO, ALICORN_E_MEMORY */
alicorn_status ali_log_open(const char *path, const char *header, size_t variables, size_t figures,
                            ali_log **log, alicorn_error *error);
/** Whether the candidate is there; *figures then are its own, NULL if it is infeasible. */
bool ali_log_find(const ali_log *log, const double *values, const double **figures);
/** Add a candidate and flush; figures NULL: infeasible. */
alicorn_status ali_log_add(ali_log *log, const double *values, const double *figures,
                           alicorn_error *error);
void ali_log_close(ali_log *log);

#endif
