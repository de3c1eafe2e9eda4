/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_JSON_DOCUMENT_H
#define ALI_OUTPUT_JSON_DOCUMENT_H

#include "output/json_stream.h"
#include "output/writer.h"

/** @file
 *  What all JSON documents have in common (docs/json.md). */

/** A document of one object, open between begin and end. */
typedef struct ali_json_document {
    ali_writer writer;
    ali_json json; /**< within the object */
} ali_json_document;

/** Begin with the version of the program.
 *  @return ALICORN_OK, or ALICORN_E_MEMORY (then there is nothing to end) */
alicorn_status ali_json_document_begin(ali_json_document *document, FILE *stream,
                                       alicorn_error *error);
/** Close the object and its line. @return as ali_writer_end */
alicorn_status ali_json_document_end(ali_json_document *document, alicorn_error *error);

#endif
