/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "output/compare_fields.h"
#include "output/csv_fields.h"
#include "output/writer.h"

#include <math.h>

/* Every column written here is described in docs/json.md. */

static void put_field(FILE *stream, const ali_compare_field *field)
{
    fputc(',', stream);
    if (field->kind == ALI_FIELD_TEXT)
        ali_csv_text(stream, field->text ? field->text : "");
    else
        ali_csv_number(stream, field->number);
}

static void put_rows(FILE *stream, const char *list, const alicorn_compare_row *rows, size_t count)
{
    ali_compare_field field[ALI_COMPARE_FIELDS];
    char text[2][ALI_COSITE_TEXT];
    for (size_t i = 0; i < count && !ferror(stream); i++) {
        ali_compare_fields(&rows[i], field, text);
        fputs(list, stream);
        for (size_t k = 0; k < ALI_COMPARE_FIELDS; k++)
            put_field(stream, &field[k]);
        fputc('\n', stream);
    }
}

alicorn_status alicorn_write_compare_csv(const alicorn_comparison *comparison, FILE *stream,
                                         alicorn_error *error)
{
    ali_writer writer;
    ali_compare_field field[ALI_COMPARE_FIELDS];
    char text[2][ALI_COSITE_TEXT];
    alicorn_status status = ali_writer_begin(&writer, stream, "comparison CSV", error);
    if (status != ALICORN_OK)
        return status;
    ali_compare_fields(&(alicorn_compare_row){.polarisation = -1}, field, text);
    fputs("list", stream);
    for (size_t k = 0; k < ALI_COMPARE_FIELDS; k++)
        fprintf(stream, ",%s", field[k].name);
    fputc('\n', stream);
    put_rows(stream, "summary", comparison->summary, comparison->summary_count);
    put_rows(stream, "point", comparison->points, comparison->point_count);
    return ali_writer_end(&writer, ALICORN_OK, error);
}
