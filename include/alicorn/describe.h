/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_DESCRIBE_H
#define ALICORN_DESCRIBE_H

#include "alicorn/model.h"

/** @file
 *  What a deck or project says of itself, without building its model: no file that it names is
 * read, nothing is meshed. */

#ifdef __cplusplus
extern "C" {
#endif

/** A symbol (SY) of a deck or variable of a project. */
typedef struct alicorn_variable {
    char *name;
    char *text;   /**< its definition as written, without '=' */
    double value; /**< SI; NAN if it has none */
    int line;     /**< of the definition */
} alicorn_variable;

typedef struct alicorn_description {
    int project; /**< 1: a project; 0: a deck */
    char *title; /**< name of the project, comment of the deck; "" if it has none, or has errors */
    size_t variable_count;
    alicorn_variable *variables; /**< [variable_count], each name once, in the order of the file */
    size_t requirement_count;    /**< of a project */
} alicorn_description;

/** Describe a text. Errors in it are no failure: what can be told is.
 *  @param name     as alicorn_model_parse
 *  @param options  may set symbols; reports nothing; may be NULL
 *  @return ALICORN_OK, ALICORN_E_MEMORY; *description is NULL unless ALICORN_OK */
ALICORN_API alicorn_status alicorn_describe(const char *text, size_t length, const char *name,
                                            const alicorn_read_options *options,
                                            alicorn_description **description,
                                            alicorn_error *error);
ALICORN_API void alicorn_description_destroy(alicorn_description *description);

#ifdef __cplusplus
}
#endif
#endif
