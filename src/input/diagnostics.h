/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_DIAGNOSTICS_H
#define ALI_INPUT_DIAGNOSTICS_H

#include "alicorn/status.h"

#include <stdbool.h>

/** @file
 *  Everything a reader has to say about one file, gathered while it goes on reading, so that a user
 * sees all errors of a file in one go and in the order of its lines. */

/** Errors kept of one file; what follows is counted only. A person mends the first dozen, and
 * hostile input must not fill the memory with messages. */
#define ALI_MAX_DIAGNOSTICS 1000

typedef struct ali_diagnostics ali_diagnostics;

/** Empty list for the file `name`, which is borrowed; NULL when memory is out. */
ali_diagnostics *ali_diagnostics_create(const char *name);
void ali_diagnostics_destroy(ali_diagnostics *diagnostics);

/** Add one finding at a 1-based line and column (0: none). `finding` is its short stable name and
 * must outlive the list; `object` is the card or key concerned. Out of memory is remembered and
 * answered by ali_diagnostics_finish. */
void ali_diagnostics_add(ali_diagnostics *diagnostics, alicorn_severity severity,
                         const char *finding, int line, int column, const char *object,
                         const char *format, ...) __attribute__((format(printf, 7, 8)));

/** Number of errors so far. */
size_t ali_diagnostics_error_count(const ali_diagnostics *diagnostics);

/** Report everything in file order and put the first error into *error.
 *  @return ALICORN_OK, ALICORN_E_INPUT if there was an error, ALICORN_E_MEMORY if one could not be
 * kept */
alicorn_status ali_diagnostics_finish(ali_diagnostics *diagnostics, alicorn_report_fn report,
                                      void *user, alicorn_error *error);

/** Copy `length` bytes into `quote` for a message: at most size - 1 bytes, unprintable ones as '?',
 * "..." when cut. */
void ali_quote(char *quote, size_t size, const char *text, size_t length);

#endif
