/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_TEXT_TABLE_H
#define ALI_OUTPUT_TEXT_TABLE_H

#include <stddef.h>
#include <stdio.h>

/** @file
 *  A table of short texts for the terminal, its columns as wide as their widest cell. Text is
 * UTF-8; every character counts as one column, which holds for all that the summary writes. */

#define ALI_TEXT_CELL 80
#define ALI_TEXT_COLUMNS 16 /**< most columns of a table */

typedef struct ali_text_table {
    const char *align; /**< one letter per column: 'l' or 'r' */
    size_t columns;
    char (*cell)[ALI_TEXT_CELL]; /**< [row][column]; owned */
    size_t count, capacity;
    int failed; /**< memory ran out; cells since then are lost */
} ali_text_table;

/** Empty table; `align` is borrowed. */
void ali_text_table_init(ali_text_table *table, const char *align);
void ali_text_table_clear(ali_text_table *table);

/** Append the next cell, row by row, as printf does. */
void ali_text_table_add(ali_text_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Print with `indent` blanks before each row and two between columns. The first row is the header;
 * before and after it go `emphasis` and `normal` (terminal sequences, or ""). A last row that is
 * not full is not printed. */
void ali_text_table_print(const ali_text_table *table, size_t indent, const char *emphasis,
                          const char *normal, FILE *stream);

/** The same in blocks of columns, none wider than `limit` characters if that is possible at all;
 * each block begins with the first column. An empty line between blocks. */
void ali_text_table_print_blocks(const ali_text_table *table, size_t indent, size_t limit,
                                 const char *emphasis, const char *normal, FILE *stream);

/** Number of characters of UTF-8 text. */
size_t ali_text_columns(const char *text);

#endif
