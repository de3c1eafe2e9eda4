/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_STATUS_H
#define ALICORN_STATUS_H

#include <stddef.h>

/** @file
 *  Status codes, error details and callbacks.
 *
 *  Every fallible function returns an alicorn_status and passes its results through pointers. A
 *  caller that wants the reason gives an alicorn_error; NULL is accepted everywhere one is taken.
 *  */

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define ALICORN_API
#else
#define ALICORN_API __attribute__((visibility("default")))
#endif

/** X(name, value, text): every status, its process exit code and its meaning. */
#define ALICORN_STATUS_TABLE(X)                                                                    \
    X(ALICORN_OK, 0, "done")                                                                       \
    X(ALICORN_E_INTERNAL, 1, "internal failure")                                                   \
    X(ALICORN_E_USAGE, 2, "wrong use")                                                             \
    X(ALICORN_E_INPUT, 3, "bad input")                                                             \
    X(ALICORN_E_NUMERIC, 4, "numerical failure")                                                   \
    X(ALICORN_E_REQUIREMENT, 5, "a requirement is violated")                                       \
    X(ALICORN_E_MEMORY, 6, "does not fit in memory")                                               \
    X(ALICORN_E_IO, 7, "file cannot be read or written")                                           \
    X(ALICORN_E_INTERRUPTED, 130, "interrupted")

typedef enum alicorn_status {
#define ALICORN_STATUS_ENUM(name, value, text) name = value,
    ALICORN_STATUS_TABLE(ALICORN_STATUS_ENUM)
#undef ALICORN_STATUS_ENUM
} alicorn_status;

/** Short English text of a status, never NULL. */
ALICORN_API const char *alicorn_status_text(alicorn_status status);

/** Where and why something failed. Owned by the caller; filled only when a function fails. */
typedef struct alicorn_error {
    alicorn_status code;
    char message[512]; /**< what was wrong and what was expected, one line, no trailing period */
    char file[256];    /**< input file, or "" */
    int line;          /**< 1-based line in file, 0 if it does not apply */
    int column;        /**< 1-based column in bytes, 0 if it does not apply */
    char object[64];   /**< card, wire or key concerned ("GW", "wire 3"), or "" */
} alicorn_error;

typedef enum alicorn_severity {
    ALICORN_NOTE = 0,
    ALICORN_WARNING = 1,
    ALICORN_ERROR = 2
} alicorn_severity;

/** One finding about an input: from the reader, the lint or the solver. Strings live during the
 * call. */
typedef struct alicorn_diagnostic {
    alicorn_severity severity;
    const char *name;    /**< short stable name a user can switch off ("wires-cross"), never NULL */
    const char *message; /**< one line */
    const char *file;    /**< may be NULL */
    int line;            /**< 0 if it does not apply */
    int column;          /**< 0 if it does not apply */
    const char *object;  /**< card or wire, may be NULL */
} alicorn_diagnostic;

/** Receives diagnostics in the order found. */
typedef void (*alicorn_report_fn)(void *user, const alicorn_diagnostic *diagnostic);

/** Receives progress: done of total units of the named stage ("fill", "factor", ...).
 *  Return nonzero to interrupt; the running call then ends with ALICORN_E_INTERRUPTED.
 *  May be called from any worker thread, never from two at once. */
typedef int (*alicorn_progress_fn)(void *user, const char *stage, size_t done, size_t total);

/** Complex number of the public interface; layout of C's double complex. */
typedef struct alicorn_complex {
    double re, im;
} alicorn_complex;

/** Version of the library, "major.minor.patch". */
ALICORN_API const char *alicorn_version(void);

#ifdef __cplusplus
}
#endif
#endif
