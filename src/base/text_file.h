/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASE_TEXT_FILE_H
#define ALI_BASE_TEXT_FILE_H

#include "alicorn/status.h"

/** Largest text that is read [bytes]. */
#define ALI_TEXT_FILE_MAX_BYTES (256u << 20)

/** Read a whole file, "-" for standard input, into *text (malloc'd, without terminating zero).
 *  Reading stops soon behind ALI_TEXT_FILE_MAX_BYTES; then *length is larger than that.
 *  @param expected  what was hoped for, for the message: "a NEC deck"
 *  @return ALICORN_OK, ALICORN_E_IO, ALICORN_E_MEMORY; *text is NULL unless ALICORN_OK */
alicorn_status ali_text_file_read(const char *path, const char *expected, char **text,
                                  size_t *length, alicorn_error *error);

/** Length of the UTF-8 character at the front of `length` > 0 bytes, 0 if it is not one. */
size_t ali_utf8_length(const char *text, size_t length);

#endif
