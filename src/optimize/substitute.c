/* SPDX-License-Identifier: Apache-2.0 */
#include "optimize/substitute.h"

#include "base/error.h"
#include "base/memory.h"
#include "input/expression.h"
#include "input/nec_lexer.h"
#include "input/project_yaml.h"
#include "optimize/log.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool same_name(const char *a, const char *b)
{
    return ali_expression_compare_names(a, strlen(a), b, strlen(b)) == 0;
}

static int add(ali_definitions *definitions, const char *name, size_t name_length, size_t at,
               size_t length)
{
    if (name_length >= sizeof definitions->items->name)
        return 0; /* no variable's name is so long */
    if (ali_grow((void **)&definitions->items, &definitions->capacity, definitions->count,
                 sizeof *definitions->items))
        return -1;
    ali_definition *item = &definitions->items[definitions->count++];
    memcpy(item->name, name, name_length);
    item->at = at;
    item->length = length;
    return 0;
}

/** name=expression in text[at … end-1]; what is none is the reader's to complain about. */
static int add_symbol(ali_definitions *definitions, const char *text, size_t at, size_t end)
{
    while (at < end && is_blank(text[at]))
        at++;
    size_t name = ali_expression_name_length(text + at, end - at), from = at + name;
    while (from < end && is_blank(text[from]))
        from++;
    if (name == 0 || from >= end || text[from] != '=')
        return 0;
    from++;
    while (from < end && is_blank(text[from]))
        from++;
    while (end > from && is_blank(text[end - 1]))
        end--;
    return add(definitions, text + at, name, from, end - from);
}

static int find_in_deck(ali_definitions *definitions, const char *text, size_t length)
{
    ali_nec_lexer lexer = {.text = text, .length = length};
    ali_nec_line line;
    while (ali_nec_next_line(&lexer, &line)) {
        if (line.kind != ALI_NEC_LINE_CARD || strcmp(line.name, "SY") != 0)
            continue;
        size_t start = (size_t)(line.rest - text), end = start + line.rest_length;
        int depth = 0;
        for (size_t at = start; at <= end; at++) {
            char c = at < end ? text[at] : ',';
            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            if (c != ',' || (depth > 0 && at < end))
                continue;
            if (add_symbol(definitions, text, start, at))
                return -1;
            start = at + 1;
        }
    }
    return 0;
}

/** Offset of a place in the text; length if it lies behind it. */
static size_t offset_of(const char *text, size_t length, int line, int column)
{
    size_t at = 0;
    for (int i = 1; i < line && at < length; i++) {
        const char *end = memchr(text + at, '\n', length - at);
        at = end ? (size_t)(end - text) + 1 : length;
    }
    at += (size_t)column - 1;
    return at < length ? at : length;
}

/** Whether the scalar is written at the front of the text in one piece; of a quoted one, that is
 *  between its quotes. */
static bool is_written(const ali_yaml_node *node, const char *text, size_t left)
{
    return node->length > 0 && node->length <= left && memcmp(text, node->text, node->length) == 0;
}

static int find_in_project(ali_definitions *definitions, const ali_yaml *yaml, const char *text,
                           size_t length)
{
    const ali_yaml_node *variables = yaml->root ? ali_yaml_find(yaml->root, "variables") : NULL;
    for (size_t i = 0; variables && i < variables->count; i++) {
        const ali_yaml_entry *entry = &variables->entries[i];
        const ali_yaml_node *value = entry->value;
        /* an alias is the node of its anchor, which stands elsewhere */
        bool elsewhere = value->line < entry->line ||
                         (value->line == entry->line && value->column <= entry->column);
        if (!entry->key || value->kind != ALI_YAML_SCALAR || elsewhere)
            continue;
        size_t at = offset_of(text, length, value->line, value->column);
        if (is_written(value, text + at, length - at) &&
            add(definitions, entry->key, strlen(entry->key), at, value->length))
            return -1;
    }
    return 0;
}

alicorn_status ali_definitions_find(const char *text, size_t length, bool project,
                                    ali_definitions *definitions, alicorn_error *error)
{
    *definitions = (ali_definitions){0};
    if (!project)
        return find_in_deck(definitions, text, length)
                   ? ali_error_memory(error, length, "definitions")
                   : ALICORN_OK;
    ali_yaml yaml = {0};
    ali_diagnostics *diagnostics = ali_diagnostics_create("");
    if (!diagnostics)
        return ali_error_memory(error, 1, "findings");
    alicorn_status status = ali_yaml_parse(text, length, diagnostics, &yaml, error);
    if (status == ALICORN_OK && find_in_project(definitions, &yaml, text, length))
        status = ali_error_memory(error, length, "definitions");
    ali_yaml_clear(&yaml);
    ali_diagnostics_destroy(diagnostics);
    return status;
}

void ali_definitions_clear(ali_definitions *definitions)
{
    free(definitions->items);
    *definitions = (ali_definitions){0};
}

double ali_definitions_value(const ali_definitions *definitions, const char *text, const char *name,
                             bool *found)
{
    double value = NAN;
    alicorn_error unused;
    *found = false;
    for (size_t i = 0; i < definitions->count; i++) {
        const ali_definition *item = &definitions->items[i];
        if (!same_name(item->name, name))
            continue;
        size_t at = item->at, length = item->length;
        size_t skip = length > 0 && text[at] == '=';
        *found = true;
        if (ali_expression_evaluate(text + at + skip, length - skip, NULL, &value, &unused) !=
            ALICORN_OK)
            value = NAN;
    }
    return value;
}

char *ali_definitions_replace(const ali_definitions *definitions, const char *text, size_t length,
                              const char *const *names, const double *values, size_t count,
                              size_t *made_length)
{
    enum { LONGEST = 32 };
    char *made = malloc(length + definitions->count * LONGEST + 1);
    size_t from = 0, to = 0;
    if (!made)
        return NULL;
    for (size_t i = 0; i < definitions->count; i++) {
        const ali_definition *item = &definitions->items[i];
        for (size_t j = 0; j < count; j++) {
            if (!same_name(item->name, names[j]))
                continue;
            memcpy(made + to, text + from, item->at - from);
            to += item->at - from;
            to += (size_t)snprintf(made + to, LONGEST, "%.*g", ALI_CANDIDATE_DIGITS, values[j]);
            from = item->at + item->length;
            break;
        }
    }
    memcpy(made + to, text + from, length - from);
    *made_length = to + length - from;
    return made;
}
