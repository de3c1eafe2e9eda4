/* SPDX-License-Identifier: Apache-2.0 */
#include "nec_reader_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void append(char *text, size_t size, const char *line)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s", line);
}

static void collect_notes(void *user, const alicorn_diagnostic *d)
{
    char line[200];
    assert_string_equal(d->file, "test.nec");
    if (d->severity == ALICORN_ERROR)
        print_message("%d:%d: %s\n", d->line, d->column, d->message);
    assert_int_not_equal(d->severity, ALICORN_ERROR);
    snprintf(line, sizeof line, "%d %s\n", d->line, d->name);
    if (user)
        append(user, NOTES_SIZE, line);
}

ali_model *read_good(const char *deck, char *notes)
{
    ali_model *model = NULL;
    alicorn_error error = {0};
    alicorn_read_options options = {.report = collect_notes, .report_user = notes};
    if (notes)
        notes[0] = '\0';
    alicorn_status status =
        alicorn_model_parse_nec(deck, strlen(deck), "test.nec", &options, &model, &error);
    if (status != ALICORN_OK)
        print_message("%d:%d: %s\n", error.line, error.column, error.message);
    assert_int_equal(status, ALICORN_OK);
    assert_non_null(model);
    return model;
}

static void collect_errors(void *user, const alicorn_diagnostic *d)
{
    char line[700];
    if (d->severity != ALICORN_ERROR)
        return;
    snprintf(line, sizeof line, "%d:%d: %s\n", d->line, d->column, d->message);
    append(user, 8000, line);
}

const char *read_bad(const char *deck)
{
    static char errors[8000];
    ali_model *model = NULL;
    alicorn_error error = {0};
    alicorn_read_options options = {.report = collect_errors, .report_user = errors};
    errors[0] = '\0';
    alicorn_status status =
        alicorn_model_parse_nec(deck, strlen(deck), "test.nec", &options, &model, &error);
    assert_int_equal(status, ALICORN_E_INPUT);
    assert_null(model);

    /* *error holds the first of them, with its place. */
    char first[700];
    snprintf(first, sizeof first, "%d:%d: %s\n", error.line, error.column, error.message);
    assert_memory_equal(first, errors, strlen(first));
    assert_string_equal(error.file, "test.nec");
    return errors;
}
