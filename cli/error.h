/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_ERROR_H
#define CLI_ERROR_H

#include "alicorn/status.h"

#include <stdbool.h>
#include <stdio.h>

/** Fill *error and return the status. */
alicorn_status cli_error(alicorn_error *error, alicorn_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Print an error as `file:line:column: error: message`, as far as the place is known, on standard
 * error. */
void cli_error_print(const alicorn_error *error);

/** Receives diagnostics of the library and prints them. */
typedef struct cli_reporter {
    FILE *stream;
    const char *const *off; /**< names that are not printed, NULL-terminated; may be NULL */
    bool quiet;             /**< print errors only */
    size_t errors, warnings;
} cli_reporter;

/** alicorn_report_fn; user is a cli_reporter. */
void cli_report(void *user, const alicorn_diagnostic *diagnostic);

#endif
