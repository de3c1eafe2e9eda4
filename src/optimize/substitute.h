/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPTIMIZE_SUBSTITUTE_H
#define ALI_OPTIMIZE_SUBSTITUTE_H

#include "alicorn/status.h"

#include <stdbool.h>

/** @file
 *  Definitions of symbols (SY) and variables as pieces of a file's text. */

/** One definition's value: text[at … at+length-1], without blanks and comments around it. */
typedef struct ali_definition {
    char name[64];
    size_t at, length;
} ali_definition;

typedef struct ali_definitions {
    ali_definition *items; /**< in the order of the text */
    size_t count, capacity;
} ali_definitions;

/** Find all definitions of a deck, or of a project if `project`.
 *  @return ALICORN_OK, ALICORN_E_INPUT (the project is no YAML), ALICORN_E_MEMORY */
alicorn_status ali_definitions_find(const char *text, size_t length, bool project,
                                    ali_definitions *definitions, alicorn_error *error);
void ali_definitions_clear(ali_definitions *definitions);

/** Number that the last definition of a name gives, if it is one or an expression of numbers; NAN
 *  else. *found tells whether there is a definition. Call in a numeric scope. */
double ali_definitions_value(const ali_definitions *definitions, const char *text, const char *name,
                             bool *found);

/** The text with every definition of the names replaced by their values; malloc'd, *made_length
 *  bytes. NULL when memory is out. Call in a numeric scope. */
char *ali_definitions_replace(const ali_definitions *definitions, const char *text, size_t length,
                              const char *const *names, const double *values, size_t count,
                              size_t *made_length);

#endif
