/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_CSV_FIELDS_H
#define ALI_OUTPUT_CSV_FIELDS_H

#include <stdio.h>

/** @file
 *  Fields of CSV files. */

/** Nine significant digits; a value that does not exist is an empty field. */
void ali_csv_number(FILE *stream, double value);

/** Text, in quotes where it holds a comma, a quote or a line break [RFC4180]. */
void ali_csv_text(FILE *stream, const char *text);

#endif
