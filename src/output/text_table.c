/* SPDX-License-Identifier: Apache-2.0 */
#include "output/text_table.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void ali_text_table_init(ali_text_table *table, const char *align)
{
    *table = (ali_text_table){.align = align, .columns = strlen(align)};
}

void ali_text_table_clear(ali_text_table *table)
{
    free(table->cell);
    table->cell = NULL;
    table->count = table->capacity = 0;
}

void ali_text_table_add(ali_text_table *table, const char *format, ...)
{
    if (table->failed ||
        ali_grow((void **)&table->cell, &table->capacity, table->count, sizeof *table->cell)) {
        table->failed = 1;
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(table->cell[table->count++], ALI_TEXT_CELL, format, arguments);
    va_end(arguments);
}

size_t ali_text_columns(const char *text)
{
    size_t columns = 0;
    for (; *text; text++)
        columns += ((unsigned char)*text & 0xC0) != 0x80;
    return columns;
}

static size_t column_width(const ali_text_table *table, size_t column)
{
    size_t width = 0;
    for (size_t k = column; k < table->count; k += table->columns) {
        size_t here = ali_text_columns(table->cell[k]);
        width = here > width ? here : width;
    }
    return width;
}

static void blanks(FILE *stream, size_t count)
{
    fprintf(stream, "%*s", (int)count, "");
}

/** One cell with its padding; blanks at the end of a line are left out. */
static void print_cell(const ali_text_table *table, size_t row, size_t column, FILE *stream)
{
    const char *text = table->cell[row * table->columns + column];
    size_t padding = column_width(table, column) - ali_text_columns(text);
    if (table->align[column] == 'r')
        blanks(stream, padding);
    fputs(text, stream);
    if (table->align[column] != 'r' && column + 1 < table->columns)
        blanks(stream, padding);
}

void ali_text_table_print(const ali_text_table *table, size_t indent, const char *emphasis,
                          const char *normal, FILE *stream)
{
    size_t rows = table->columns > 0 ? table->count / table->columns : 0;
    for (size_t row = 0; row < rows; row++) {
        fputs(row == 0 ? emphasis : "", stream);
        for (size_t column = 0; column < table->columns; column++) {
            blanks(stream, column == 0 ? indent : 2);
            print_cell(table, row, column, stream);
        }
        fprintf(stream, "%s\n", row == 0 ? normal : "");
    }
}
