/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_COMPARE_FIELDS_H
#define ALI_OUTPUT_COMPARE_FIELDS_H

#include "alicorn/compare.h"
#include "output/cosite.h"

/** @file
 *  A row of a comparison as named fields, the same in JSON and in CSV (docs/json.md). */

typedef enum ali_field_kind {
    ALI_FIELD_TEXT,
    ALI_FIELD_REAL,
    ALI_FIELD_INTEGER,
    ALI_FIELD_FLAG
} ali_field_kind;

typedef struct ali_compare_field {
    const char *name;
    ali_field_kind kind;
    const char *text; /**< NULL: absent */
    double number;    /**< NAN: absent; flags are 0 and 1 */
} ali_compare_field;

enum { ALI_COMPARE_FIELDS = 30 };

/** All fields of a row, in the order of the columns. `text` holds what they point to. */
void ali_compare_fields(const alicorn_compare_row *row, ali_compare_field field[ALI_COMPARE_FIELDS],
                        char text[2][ALI_COSITE_TEXT]);

#endif
