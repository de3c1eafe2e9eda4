/* SPDX-License-Identifier: Apache-2.0 */
#include "output/text_table.h"

#include "base/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void ali_text_table_init(ali_text_table *table, const char *align)
{
    *table = (ali_text_table){.align = align, .columns = strlen(align)};
    assert(table->columns > 0 && table->columns <= ALI_TEXT_COLUMNS);
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

/** Width of every column. */
static void measure(const ali_text_table *table, size_t width[ALI_TEXT_COLUMNS])
{
    memset(width, 0, ALI_TEXT_COLUMNS * sizeof *width);
    for (size_t k = 0; k < table->count; k++) {
        size_t here = ali_text_columns(table->cell[k]), column = k % table->columns;
        width[column] = here > width[column] ? here : width[column];
    }
}

static void blanks(FILE *stream, size_t count)
{
    fprintf(stream, "%*s", (int)count, "");
}

/** One cell with its padding, to the left or to the right of it. */
static void print_cell(const char *text, size_t width, char align, bool is_last, FILE *stream)
{
    size_t padding = width - ali_text_columns(text);
    if (align == 'r')
        blanks(stream, padding);
    fputs(text, stream);
    if (align != 'r' && !is_last)
        blanks(stream, padding);
}

/** Columns first … end - 1 of a table. */
typedef struct column_range {
    size_t first, end;
} column_range;

/** Whether a column is printed: the first always is. */
static bool is_in(column_range range, size_t column)
{
    return column == 0 || (column >= range.first && column < range.end);
}

/** A row without blanks at its end. */
static void print_row(const ali_text_table *table, const size_t width[ALI_TEXT_COLUMNS], size_t row,
                      column_range range, FILE *stream)
{
    char(*cell)[ALI_TEXT_CELL] = table->cell + row * table->columns;
    size_t used = range.end;
    while (used > range.first && cell[used - 1][0] == '\0')
        used--;
    for (size_t column = 0; column < used; column++) {
        if (!is_in(range, column))
            continue;
        blanks(stream, column == 0 ? 0 : 2);
        print_cell(cell[column], width[column], table->align[column], column + 1 == used, stream);
    }
}

static void print_range(const ali_text_table *table, const size_t width[ALI_TEXT_COLUMNS],
                        size_t indent, column_range range, const char *emphasis, const char *normal,
                        FILE *stream)
{
    for (size_t row = 0; row < table->count / table->columns; row++) {
        fputs(row == 0 ? emphasis : "", stream);
        blanks(stream, indent);
        print_row(table, width, row, range, stream);
        fprintf(stream, "%s\n", row == 0 ? normal : "");
    }
}

void ali_text_table_print(const ali_text_table *table, size_t indent, const char *emphasis,
                          const char *normal, FILE *stream)
{
    size_t width[ALI_TEXT_COLUMNS];
    measure(table, width);
    print_range(table, width, indent, (column_range){0, table->columns}, emphasis, normal, stream);
}

void ali_text_table_print_blocks(const ali_text_table *table, size_t indent, size_t limit,
                                 const char *emphasis, const char *normal, FILE *stream)
{
    size_t width[ALI_TEXT_COLUMNS];
    measure(table, width);
    for (size_t first = 1, end; first < table->columns; first = end) {
        size_t total = indent + width[0] + 2 + width[first];
        for (end = first + 1; end < table->columns && total + 2 + width[end] <= limit; end++)
            total += 2 + width[end];
        if (first > 1)
            fputc('\n', stream);
        print_range(table, width, indent, (column_range){first, end}, emphasis, normal, stream);
    }
}
