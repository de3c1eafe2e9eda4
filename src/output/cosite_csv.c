/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "output/cosite.h"
#include "output/csv_fields.h"
#include "output/writer.h"

#include <math.h>

/* Every column written here is described in docs/formats.md. */

static void put_entry(FILE *stream, const alicorn_cosite_result *result,
                      const alicorn_cosite_entry *entry)
{
    char by[ALI_COSITE_TEXT];
    const double numbers[] = {
        entry->margin_db,
        entry->needed_db,
        entry->level_dbm,
        entry->limit_dbm,
        entry->has_path ? entry->path_db : NAN,
        entry->has_desensitisation ? entry->desensitisation_db : NAN,
    };
    ali_csv_text(stream, result->names[entry->victim]);
    fputc(',', stream);
    ali_csv_number(stream, entry->receive_hz);
    fputc(',', stream);
    ali_csv_text(stream, result->names[entry->tones[0].radio]);
    fputc(',', stream);
    ali_csv_text(stream, ali_cosite_by(result, entry, by));
    fputc(',', stream);
    ali_csv_text(stream, alicorn_cosite_emission_text(entry->emission));
    fputc(',', stream);
    ali_csv_text(stream, alicorn_cosite_response_text(entry->response));
    fprintf(stream, ",%d,", entry->order);
    ali_csv_number(stream, entry->frequency_hz);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        fputc(',', stream);
        ali_csv_number(stream, numbers[k]);
    }
    fprintf(stream, ",%d,%d", entry->assumed, entry->beyond_law);
    for (size_t k = 0; k < 2; k++) {
        fputc(',', stream);
        ali_csv_number(stream, !entry->has_error ? NAN
                               : k == 0          ? entry->margin_least_db
                                                 : entry->margin_most_db);
    }
    fputc('\n', stream);
}

alicorn_status alicorn_write_cosite_csv(const alicorn_cosite_result *result, FILE *stream,
                                        alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "cosite CSV", error);
    if (status != ALICORN_OK)
        return status;
    fputs("victim,receive_hz,aggressor,by,emission,response,order,frequency_hz,margin_db,needed_db,"
          "level_dbm,"
          "limit_dbm,path_db,desensitisation_db,assumed,beyond_law,margin_least_db,"
          "margin_most_db\n",
          stream);
    for (size_t i = 0; i < result->entry_count && !ferror(stream); i++)
        put_entry(stream, result, &result->entries[i]);
    return ali_writer_end(&writer, ALICORN_OK, error);
}
