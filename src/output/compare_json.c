/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "output/compare_fields.h"
#include "output/json_document.h"

#include <math.h>

/* Every key written here is described in docs/json.md; tests/unit/output_compare.c compares the
 * two. */

static void put_field(ali_json *json, const ali_compare_field *field)
{
    if (field->kind == ALI_FIELD_TEXT)
        ali_json_text(json, field->name, field->text);
    else if (field->kind == ALI_FIELD_FLAG)
        ali_json_bool(json, field->name, field->number != 0);
    else if (field->kind == ALI_FIELD_REAL || isnan(field->number))
        ali_json_real(json, field->name, field->number);
    else
        ali_json_integer(json, field->name, (long long)field->number);
}

static void put_rows(ali_json *json, const char *key, const alicorn_compare_row *rows, size_t count)
{
    ali_compare_field field[ALI_COMPARE_FIELDS];
    char text[2][ALI_COSITE_TEXT];
    ali_json_open_array(json, key, ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++) {
        ali_compare_fields(&rows[i], field, text);
        ali_json_open_object(json, NULL, ALI_JSON_INLINE);
        for (size_t k = 0; k < ALI_COMPARE_FIELDS; k++)
            put_field(json, &field[k]);
        ali_json_close(json);
    }
    ali_json_close(json);
}

static void put_only(ali_json *json, const alicorn_compare_only *only)
{
    ali_json_open_object(json, NULL, ALI_JSON_INLINE);
    ali_json_text(json, "kind", alicorn_only_text(only->kind));
    ali_json_text(json, "side", only->side ? "b" : "a");
    ali_json_text(json, "name", only->name[0] ? only->name : NULL);
    ali_json_integer(json, "task", (long long)only->task + 1);
    ali_json_integer(json, "count", (long long)only->count);
    ali_json_real(json, "low_hz", only->low_hz);
    ali_json_real(json, "high_hz", only->high_hz);
    ali_json_close(json);
}

alicorn_status alicorn_write_compare_json(const alicorn_comparison *comparison, FILE *stream,
                                          alicorn_error *error)
{
    ali_json_document document;
    ali_json *json = &document.json;
    alicorn_status status = ali_json_document_begin(&document, stream, error);
    if (status != ALICORN_OK)
        return status;
    ali_json_text(json, "a_title", comparison->title[0]);
    ali_json_text(json, "b_title", comparison->title[1]);
    ali_json_real(json, "coverage_dbi", comparison->coverage_dbi);
    ali_json_real(json, "percentile", comparison->percent);
    ali_json_open_array(json, "only", ALI_JSON_LINES);
    for (size_t i = 0; i < comparison->only_count; i++)
        put_only(json, &comparison->only[i]);
    ali_json_close(json);
    put_rows(json, "summary", comparison->summary, comparison->summary_count);
    put_rows(json, "points", comparison->points, comparison->point_count);
    return ali_json_document_end(&document, error);
}
