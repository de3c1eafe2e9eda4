/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_JSON_STREAM_H
#define ALI_OUTPUT_JSON_STREAM_H

#include "alicorn/status.h"

#include <stdbool.h>
#include <stdio.h>

/** @file
 *  JSON written straight to a stream, so that a document of any size needs no memory
 * (docs/decisions/0006-json-writer.md). `key` is NULL inside arrays. Write inside a numeric scope;
 * failures of the stream are found at its end. */

/** How the members of an object or array are set. */
typedef enum ali_json_layout {
    ALI_JSON_LINES, /**< each on a line of its own, indented */
    ALI_JSON_INLINE /**< all on one line */
} ali_json_layout;

#define ALI_JSON_DEPTH 12

/** Bytes collected before they go to the stream. */
#define ALI_JSON_BUFFER 4096

typedef struct ali_json {
    FILE *stream;
    char buffer[ALI_JSON_BUFFER];
    size_t length; /**< of what is in the buffer */
    int depth;
    struct {
        char close;
        ali_json_layout layout;
        bool empty;
    } level[ALI_JSON_DEPTH + 1];
} ali_json;

void ali_json_begin(ali_json *json, FILE *stream);
void ali_json_open_object(ali_json *json, const char *key, ali_json_layout layout);
void ali_json_open_array(ali_json *json, const char *key, ali_json_layout layout);
/** Close the innermost object or array. All is with the stream when the outermost is closed. */
void ali_json_close(ali_json *json);

void ali_json_null(ali_json *json, const char *key);
void ali_json_bool(ali_json *json, const char *key, bool value);
void ali_json_integer(ali_json *json, const char *key, long long value);
/** A number with twelve significant digits; null if it is infinite or not a number. */
void ali_json_real(ali_json *json, const char *key, double value);
/** [re, im] */
void ali_json_complex(ali_json *json, const char *key, alicorn_complex value);
/** count numbers on one line */
void ali_json_reals(ali_json *json, const char *key, const double *values, size_t count);
/** A string; bytes that are not UTF-8 become U+FFFD. NULL becomes null. */
void ali_json_text(ali_json *json, const char *key, const char *text);

#endif
