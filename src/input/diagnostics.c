/* SPDX-License-Identifier: Apache-2.0 */
#include "input/diagnostics.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    alicorn_severity severity;
    const char *finding;
    int line, column;
    size_t order; /* of arrival: keeps the sort stable */
    char object[sizeof((alicorn_error *)0)->object];
    char *message;
} entry;

struct ali_diagnostics {
    const char *name;
    entry *entries;
    size_t count, capacity;
    size_t error_count;
    size_t dropped;
    bool out_of_memory;
};

ali_diagnostics *ali_diagnostics_create(const char *name)
{
    ali_diagnostics *diagnostics = calloc(1, sizeof *diagnostics);
    if (diagnostics)
        diagnostics->name = name;
    return diagnostics;
}

void ali_diagnostics_destroy(ali_diagnostics *diagnostics)
{
    if (!diagnostics)
        return;
    for (size_t i = 0; i < diagnostics->count; i++)
        free(diagnostics->entries[i].message);
    free(diagnostics->entries);
    free(diagnostics);
}

void ali_diagnostics_add(ali_diagnostics *diagnostics, alicorn_severity severity,
                         const char *finding, int line, int column, const char *object,
                         const char *format, ...)
{
    if (severity == ALICORN_ERROR)
        diagnostics->error_count++;
    if (diagnostics->count >= ALI_MAX_DIAGNOSTICS) {
        diagnostics->dropped++;
        return;
    }
    char message[sizeof((alicorn_error *)0)->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    char *copy = ali_strdup(message);
    if (!copy || ali_grow((void **)&diagnostics->entries, &diagnostics->capacity,
                          diagnostics->count, sizeof *diagnostics->entries)) {
        free(copy);
        diagnostics->out_of_memory = true;
        return;
    }
    entry *added = &diagnostics->entries[diagnostics->count];
    *added = (entry){.severity = severity,
                     .finding = finding,
                     .line = line,
                     .column = column,
                     .order = diagnostics->count,
                     .message = copy};
    snprintf(added->object, sizeof added->object, "%s", object ? object : "");
    diagnostics->count++;
}

size_t ali_diagnostics_error_count(const ali_diagnostics *diagnostics)
{
    return diagnostics->error_count;
}

static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

alicorn_status ali_diagnostics_finish(ali_diagnostics *diagnostics, alicorn_report_fn report,
                                      void *user, alicorn_error *error)
{
    if (diagnostics->out_of_memory)
        return ali_error_memory(error, sizeof(entry), "messages");
    if (diagnostics->count > 1)
        qsort(diagnostics->entries, diagnostics->count, sizeof *diagnostics->entries,
              compare_entries);
    bool first = true;
    for (size_t i = 0; i < diagnostics->count; i++) {
        const entry *e = &diagnostics->entries[i];
        if (e->severity == ALICORN_ERROR && first) {
            ali_error_set_at(error, ALICORN_E_INPUT, diagnostics->name, e->line, e->column,
                             e->object, "%s", e->message);
            first = false;
        }
        if (report)
            report(user, &(alicorn_diagnostic){.severity = e->severity,
                                               .name = e->finding,
                                               .message = e->message,
                                               .file = diagnostics->name,
                                               .line = e->line,
                                               .column = e->column,
                                               .object = e->object[0] ? e->object : NULL});
    }
    if (diagnostics->dropped > 0) {
        char message[80];
        snprintf(message, sizeof message, "%zu more findings are not shown", diagnostics->dropped);
        if (first && diagnostics->error_count > 0)
            ali_error_set_at(error, ALICORN_E_INPUT, diagnostics->name, 0, 0, NULL, "%s", message);
        if (report)
            report(user, &(alicorn_diagnostic){.severity = ALICORN_NOTE,
                                               .name = "more-findings",
                                               .message = message,
                                               .file = diagnostics->name});
    }
    return diagnostics->error_count > 0 ? ALICORN_E_INPUT : ALICORN_OK;
}

void ali_quote(char *quote, size_t size, const char *text, size_t length)
{
    size_t shown = length < size ? length : size - 1;
    for (size_t i = 0; i < shown; i++)
        quote[i] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
    quote[shown] = '\0';
    if (shown < length && size > 4)
        memcpy(quote + shown - 3, "...", 3);
}
