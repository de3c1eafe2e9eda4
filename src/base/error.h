/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_ERROR_H
#define ALI_BASE_ERROR_H

#include "alicorn/status.h"

#include <stdarg.h>

/** Fill *error (if not NULL) and return code, so that `return ali_error_set(...)` reads as one
 * step. */
alicorn_status ali_error_set(alicorn_error *error, alicorn_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The same with a place in an input file; file and object may be NULL. */
alicorn_status ali_error_set_at(alicorn_error *error, alicorn_status code, const char *file,
                                int line, int column, const char *object, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

/** Out of memory while trying to get `bytes` for `what`. */
alicorn_status ali_error_memory(alicorn_error *error, size_t bytes, const char *what);

#endif
