/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_WRITER_H
#define ALI_OUTPUT_WRITER_H

#include "alicorn/status.h"
#include "base/numbers.h"

#include <stdio.h>

/** @file
 *  What all writers share: the C locale while they write, and one place where a stream's failure
 * becomes a status. */

typedef struct ali_writer {
    FILE *stream;
    const char *what; /**< "JSON", "listing", … for messages */
    ali_numeric_scope numeric;
} ali_writer;

/** Begin a document. @return ALICORN_OK or ALICORN_E_MEMORY (then ali_writer_end must not be
 * called). */
alicorn_status ali_writer_begin(ali_writer *writer, FILE *stream, const char *what,
                                alicorn_error *error);

/** End it: flush the stream, restore the locale. `status` is how the writing went; if it is
 * ALICORN_OK and the stream has failed, the answer is ALICORN_E_IO. */
alicorn_status ali_writer_end(ali_writer *writer, alicorn_status status, alicorn_error *error);

/** Text in a format that knows ASCII only: any other character becomes '?', control characters
 * become blanks. */
void ali_put_ascii(FILE *stream, const char *text);

#endif
