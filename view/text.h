/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_TEXT_H
#define VIEW_TEXT_H

#include "alicorn/status.h"

#include <jansson.h>
#include <stdatomic.h>
#include <stddef.h>

/** @file
 *  Texts that several threads read. */

/** Most bytes of a file that is served. */
enum { VIEW_TEXT_MAX = 64 << 20 };

typedef struct view_text {
    atomic_int references;
    size_t length;
    char sha256[65];
    char bytes[]; /**< [length + 1], a zero behind them */
} view_text;

/** A copy of bytes, with one reference. NULL without memory. */
view_text *view_text_create(const char *bytes, size_t length);
/** One more reference to it. */
view_text *view_text_keep(view_text *text);
/** One less; freed with the last. NULL is fine. */
void view_text_drop(view_text *text);

/** The content of a file.
 *  @return ALICORN_OK, ALICORN_E_IO (also if it is larger than VIEW_TEXT_MAX), ALICORN_E_MEMORY */
alicorn_status view_text_read(const char *path, view_text **text, alicorn_error *error);

/** As a JSON string; what is not UTF-8 is taken for Latin-1. NULL without memory. */
json_t *view_text_json(const view_text *text);

#endif
