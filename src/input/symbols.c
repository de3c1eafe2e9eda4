/* SPDX-License-Identifier: Apache-2.0 */
#include "input/symbols.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum state { UNKNOWN = 0, EVALUATING, KNOWN, FAILED } state;

typedef struct definition {
    const char *name, *text;
    size_t name_length, text_length;
    int line, column;
    const char *object;
    state state;
    double value;
} definition;

struct ali_symbols {
    definition *definitions; /* in file order */
    size_t count, capacity;
    definition **sorted; /* by name, then by place in the file */
    int depth;           /* of nested evaluation, shared by all expressions */
    ali_diagnostics *diagnostics;
};

ali_symbols *ali_symbols_create(void)
{
    return calloc(1, sizeof(ali_symbols));
}

void ali_symbols_destroy(ali_symbols *symbols)
{
    if (!symbols)
        return;
    free(symbols->definitions);
    free(symbols->sorted);
    free(symbols);
}

int ali_symbols_define(ali_symbols *symbols, const char *name, size_t name_length, const char *text,
                       size_t text_length, int line, int column, const char *object)
{
    if (ali_grow((void **)&symbols->definitions, &symbols->capacity, symbols->count,
                 sizeof *symbols->definitions))
        return -1;
    symbols->definitions[symbols->count++] = (definition){.name = name,
                                                          .name_length = name_length,
                                                          .text = text,
                                                          .text_length = text_length,
                                                          .line = line,
                                                          .column = column,
                                                          .object = object};
    return 0;
}

size_t ali_symbols_count(const ali_symbols *symbols)
{
    return symbols->count;
}

int ali_symbols_line(const ali_symbols *symbols, size_t index)
{
    return symbols->definitions[index].line;
}

bool ali_symbols_override(ali_symbols *symbols, const char *name, double value)
{
    bool found = false;
    for (size_t i = 0; i < symbols->count; i++) {
        definition *d = &symbols->definitions[i];
        if (ali_expression_compare_names(d->name, d->name_length, name, strlen(name)) == 0) {
            d->state = KNOWN;
            d->value = value;
            found = true;
        }
    }
    return found;
}

/* ---- the index by name ---- */

static int compare_definitions(const void *left, const void *right)
{
    const definition *a = *(definition *const *)left, *b = *(definition *const *)right;
    int order = ali_expression_compare_names(a->name, a->name_length, b->name, b->name_length);
    if (order)
        return order;
    return a < b ? -1 : a > b; /* one array: address order is file order */
}

/** Fill symbols->sorted. Returns 0, or -1 when memory is out. */
static int sort_definitions(ali_symbols *symbols)
{
    symbols->sorted = ali_calloc(symbols->count, sizeof(definition *));
    if (!symbols->sorted)
        return -1;
    for (size_t i = 0; i < symbols->count; i++)
        symbols->sorted[i] = &symbols->definitions[i];
    if (symbols->count > 1)
        qsort(symbols->sorted, symbols->count, sizeof(definition *), compare_definitions);
    return 0;
}

/** First place in `sorted` whose definition is not before (name, position). */
static size_t lower_bound(const ali_symbols *symbols, const char *name, size_t length,
                          size_t position)
{
    size_t low = 0, high = symbols->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const definition *d = symbols->sorted[middle];
        size_t index = (size_t)(d - symbols->definitions);
        int order = ali_expression_compare_names(d->name, d->name_length, name, length);
        if (order < 0 || (order == 0 && index < position))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_name(const ali_symbols *symbols, size_t place, const char *name, size_t length)
{
    if (place >= symbols->count)
        return false;
    const definition *d = symbols->sorted[place];
    return ali_expression_compare_names(d->name, d->name_length, name, length) == 0;
}

/** The definition that `name` means at `position`; NULL if there is none. */
static definition *find(ali_symbols *symbols, const char *name, size_t length, size_t position)
{
    size_t place = lower_bound(symbols, name, length, position);
    if (place > 0 && has_name(symbols, place - 1, name, length))
        return symbols->sorted[place - 1];
    if (has_name(symbols, place, name, length))
        return symbols->sorted[place];
    return NULL;
}

/* ---- values ---- */

static void evaluate(ali_symbols *symbols, definition *d)
{
    ali_symbols_place place = {symbols, (size_t)(d - symbols->definitions)};
    ali_expression_scope scope = {ali_symbols_lookup, &place, &symbols->depth};
    alicorn_error error = {0};
    d->state = EVALUATING;
    alicorn_status status =
        ali_expression_evaluate(d->text, d->text_length, &scope, &d->value, &error);
    d->state = status == ALICORN_OK ? KNOWN : FAILED;
    if (status == ALICORN_OK || !error.message[0])
        return;
    char name[32];
    ali_quote(name, sizeof name, d->name, d->name_length);
    ali_diagnostics_add(symbols->diagnostics, ALICORN_ERROR, "expression", d->line,
                        d->column + (error.column > 0 ? error.column - 1 : 0), d->object,
                        "symbol %s: %s", name, error.message);
}

alicorn_status ali_symbols_lookup(void *user, const char *name, size_t length, double *value,
                                  alicorn_error *error)
{
    ali_symbols_place *place = user;
    ali_symbols *symbols = place->symbols;
    definition *d = find(symbols, name, length, place->position);
    if (!d)
        return ALICORN_E_USAGE;
    char quote[32];
    ali_quote(quote, sizeof quote, name, length);
    if (d->state == EVALUATING)
        return ali_error_set(error, ALICORN_E_INPUT,
                             "'%s' is defined by itself (line %d), expected a definition "
                             "without a circle",
                             quote, d->line);
    if (d->state == UNKNOWN)
        evaluate(symbols, d);
    if (d->state == FAILED)
        return ali_error_set(error, ALICORN_E_INPUT, "%s", "");
    *value = d->value;
    return ALICORN_OK;
}

static void warn_redefinitions(const ali_symbols *symbols)
{
    for (size_t i = 1; i < symbols->count; i++) {
        const definition *above = symbols->sorted[i - 1];
        const definition *here = symbols->sorted[i];
        if (ali_expression_compare_names(above->name, above->name_length, here->name,
                                         here->name_length) != 0)
            continue;
        char name[32];
        ali_quote(name, sizeof name, here->name, here->name_length);
        ali_diagnostics_add(symbols->diagnostics, ALICORN_WARNING, "symbol-redefined", here->line,
                            here->column, here->object,
                            "symbol %s already has a value from line %d; the new one holds from "
                            "here on",
                            name, above->line);
    }
}

int ali_symbols_resolve(ali_symbols *symbols, ali_diagnostics *diagnostics)
{
    symbols->diagnostics = diagnostics;
    if (sort_definitions(symbols))
        return -1;
    warn_redefinitions(symbols);
    for (size_t i = 0; i < symbols->count; i++)
        if (symbols->definitions[i].state == UNKNOWN)
            evaluate(symbols, &symbols->definitions[i]);
    return 0;
}

void ali_symbols_list(const ali_symbols *symbols, char *list, size_t size)
{
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < symbols->count; i++) {
        const definition *d = &symbols->definitions[i];
        if (used + d->name_length + 8 > size) {
            snprintf(list + used, size - used, ", ...");
            return;
        }
        if (used > 0) {
            memcpy(list + used, ", ", 2);
            used += 2;
        }
        memcpy(list + used, d->name, d->name_length);
        used += d->name_length;
        list[used] = '\0';
    }
}

/** Copy of a text that need not end with zero; NULL when memory is out. */
static char *copy_text(const char *text, size_t length)
{
    char *copy = ali_calloc(length + 1, 1);
    if (copy && length > 0)
        memcpy(copy, text, length);
    return copy;
}

int ali_symbols_describe(const ali_symbols *symbols, alicorn_variable **variables, size_t *count)
{
    *count = 0;
    *variables = ali_calloc(symbols->count, sizeof **variables);
    if (!*variables)
        return -1;
    for (size_t i = 0; i < symbols->count; i++) {
        const definition *d = &symbols->definitions[i];
        size_t first = lower_bound(symbols, d->name, d->name_length, 0);
        if (symbols->sorted[first] != d)
            continue;
        alicorn_variable *variable = &(*variables)[(*count)++];
        *variable = (alicorn_variable){.name = copy_text(d->name, d->name_length),
                                       .text = copy_text(d->text, d->text_length),
                                       .value = d->state == KNOWN ? d->value : NAN,
                                       .line = d->line};
        if (!variable->name || !variable->text)
            return -1;
    }
    return 0;
}
