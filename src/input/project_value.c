/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Values of a project: numbers with units and expressions, lists, mappings by the table of keys.
 */

/** Values of one range of angles. */
#define MAX_RANGE 100000

/* ---- findings and memory ---- */

void ali_project_report(ali_project_reader *reader, alicorn_severity severity, const char *finding,
                        const ali_yaml_node *node, const char *format, ...)
{
    char path[120], message[400];
    va_list arguments;
    ali_yaml_path(node, path, sizeof path);
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    ali_diagnostics_add(reader->diagnostics, severity, finding, node->line, node->column, path,
                        "%s%s%s", path, path[0] ? ": " : "", message);
}

const ali_yaml_node *ali_project_place(const ali_yaml_node *map, const char *key)
{
    const ali_yaml_node *value = ali_yaml_find(map, key);
    return value ? value : map;
}

/** Memory is given out in blocks that are freed together. */
struct block {
    struct block *older;
    max_align_t memory[];
};

void *ali_project_alloc(ali_project_reader *reader, size_t count, size_t size)
{
    if (size > 0 && count > (SIZE_MAX - sizeof(struct block)) / size)
        return NULL;
    struct block *block = calloc(1, sizeof *block + count * size);
    if (!block)
        return NULL;
    block->older = reader->blocks;
    reader->blocks = block;
    return block->memory;
}

void ali_project_free_blocks(ali_project_reader *reader)
{
    while (reader->blocks) {
        struct block *older = reader->blocks->older;
        free(reader->blocks);
        reader->blocks = older;
    }
}

/* ---- numbers ---- */

/** Length of the decimal number at the start of a text, 0 if there is none. */
static size_t number_length(const char *text)
{
    size_t at = text[0] == '+' || text[0] == '-';
    size_t whole = strspn(text + at, "0123456789"), part = 0;
    at += whole;
    if (text[at] == '.') {
        part = strspn(text + at + 1, "0123456789");
        at += 1 + part;
    }
    if (whole + part == 0)
        return 0;
    if (text[at] == 'e' || text[at] == 'E') {
        size_t sign = text[at + 1] == '+' || text[at + 1] == '-';
        size_t digits = strspn(text + at + 1 + sign, "0123456789");
        if (digits > 0)
            at += 1 + sign + digits;
    }
    return at;
}

/** Factor of a unit of the right kind. */
static bool find_unit(ali_project_unit unit, const char *word, double *factor)
{
    ali_project_unit of;
    const char *known;
    for (size_t i = 0; ali_project_unit_word(i, &of, &known, factor); i++)
        if (of == unit && strcmp(known, word) == 0)
            return true;
    return false;
}

/** "m, mm, cm" of a kind of unit. */
static void list_units(ali_project_unit unit, char *list, size_t size)
{
    ali_project_unit of;
    const char *word;
    double factor;
    list[0] = '\0';
    for (size_t i = 0; ali_project_unit_word(i, &of, &word, &factor); i++) {
        size_t used = strlen(list);
        if (of == unit)
            snprintf(list + used, size - used, "%s%s", used > 0 ? ", " : "", word);
    }
}

static bool evaluate(ali_project_reader *reader, const ali_yaml_node *node, double *value)
{
    ali_symbols_place place = {reader->symbols, ali_symbols_count(reader->symbols)};
    ali_expression_scope scope = {ali_symbols_lookup, &place, NULL};
    alicorn_error error = {0};
    if (ali_expression_evaluate(node->text + 1, node->length - 1, &scope, value, &error) ==
        ALICORN_OK)
        return true;
    if (error.message[0]) /* otherwise the symbol has been reported */
        ali_project_report(reader, ALICORN_ERROR, "expression", node, "%s", error.message);
    return false;
}

/** A number with or without unit; what is wrong is reported. */
static bool read_literal(ali_project_reader *reader, const ali_yaml_node *node,
                         ali_project_unit unit, double *value)
{
    char quote[40], units[60];
    double factor = 1;
    size_t length = number_length(node->text);
    const char *word = node->text + length + strspn(node->text + length, " ");
    ali_quote(quote, sizeof quote, node->text, node->length);
    if (length == 0 || length > ALI_EXPRESSION_MAX_NUMBER) {
        const char *base = ali_project_unit_name(unit);
        ali_project_report(reader, ALICORN_ERROR, "value", node,
                           "'%s' is not a number, expected a number%s%s or =expression", quote,
                           base[0] ? " in " : "", base);
        return false;
    }
    if (word[0] && !find_unit(unit, word, &factor)) {
        list_units(unit, units, sizeof units);
        ali_project_report(reader, ALICORN_ERROR, "value", node, "'%s' has %s%s", quote,
                           units[0] ? "an unknown unit, expected one of "
                                    : "text behind the number, expected a number without unit",
                           units);
        return false;
    }
    *value = strtod(node->text, NULL) * factor;
    if (isfinite(*value))
        return true;
    ali_project_report(reader, ALICORN_ERROR, "value", node, "%s is too large a number", quote);
    return false;
}

static bool check_bounds(ali_project_reader *reader, const ali_yaml_node *node,
                         const ali_project_key *key, double value)
{
    bool above = key->flags & ALI_PROJECT_ABOVE;
    bool low = above ? value <= key->low : value < key->low;
    if (!low && value <= key->high)
        return true;
    const char *unit = ali_project_unit_name(key->unit), *blank = unit[0] ? " " : "";
    ali_project_report(reader, ALICORN_ERROR, "value", node, "%.10g%s%s, expected %s %.10g%s%s",
                       value, blank, unit,
                       !low    ? "at most"
                       : above ? "more than"
                               : "at least",
                       low ? key->low : key->high, blank, unit);
    return false;
}

static bool expect_kind(ali_project_reader *reader, const ali_yaml_node *node, ali_yaml_kind kind,
                        const char *expected)
{
    static const char *const kinds[] = {"a single value", "a list", "a mapping"};
    if (node->kind == kind)
        return true;
    bool nothing = node->kind == ALI_YAML_SCALAR && node->length == 0 && !node->quoted;
    ali_project_report(reader, ALICORN_ERROR, "type", node, "%s, expected %s",
                       nothing ? "nothing" : kinds[node->kind], expected);
    return false;
}

bool ali_project_read_real(ali_project_reader *reader, const ali_yaml_node *node,
                           const ali_project_key *key, double *value)
{
    if (!expect_kind(reader, node, ALI_YAML_SCALAR, "a number"))
        return false;
    double read;
    bool good = node->text[0] == '=' ? evaluate(reader, node, &read)
                                     : read_literal(reader, node, key->unit, &read);
    if (!good || !check_bounds(reader, node, key, read))
        return false;
    *value = read;
    return true;
}

static bool read_whole(ali_project_reader *reader, const ali_yaml_node *node,
                       const ali_project_key *key, int *value)
{
    double real;
    if (!ali_project_read_real(reader, node, key, &real))
        return false;
    if (real != floor(real)) {
        ali_project_report(reader, ALICORN_ERROR, "value", node, "%.10g, expected a whole number",
                           real);
        return false;
    }
    *value = (int)real;
    return true;
}

/** One row: `columns` numbers in a list, or a lone number. */
static bool read_row(ali_project_reader *reader, const ali_yaml_node *node,
                     const ali_project_key *key, size_t columns, double *row)
{
    char expected[60];
    if (columns == 1)
        return ali_project_read_real(reader, node, key, row);
    snprintf(expected, sizeof expected, "a list of %zu numbers", columns);
    if (!expect_kind(reader, node, ALI_YAML_LIST, expected))
        return false;
    if (node->count != columns) {
        ali_project_report(reader, ALICORN_ERROR, "value", node, "%zu numbers, expected %zu",
                           node->count, columns);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < columns; i++)
        good = ali_project_read_real(reader, node->entries[i].value, key, &row[i]) && good;
    return good;
}

static bool check_row_count(ali_project_reader *reader, const ali_yaml_node *node,
                            const ali_project_key *key)
{
    if (node->count >= key->least && (key->most == 0 || node->count <= key->most))
        return true;
    char expected[60];
    if (key->most == key->least)
        snprintf(expected, sizeof expected, "%zu", key->least);
    else if (key->most == 0)
        snprintf(expected, sizeof expected, "%zu or more", key->least);
    else
        snprintf(expected, sizeof expected, "%zu to %zu", key->least, key->most);
    ali_project_report(reader, ALICORN_ERROR, "value", node, "%zu element%s, expected %s",
                       node->count, node->count == 1 ? "" : "s", expected);
    return false;
}

alicorn_status ali_project_read_rows(ali_project_reader *reader, const ali_yaml_node *node,
                                     const ali_project_key *key, size_t columns,
                                     ali_project_rows *rows)
{
    double lone;
    bool scalar = columns == 1 && key->least <= 1 && node->kind == ALI_YAML_SCALAR;
    rows->count = 0;
    if (!scalar && (!expect_kind(reader, node, ALI_YAML_LIST, "a list") ||
                    !check_row_count(reader, node, key)))
        return ALICORN_OK;
    size_t count = scalar ? 1 : node->count;
    double *values = ali_project_alloc(reader, count * columns, sizeof *values);
    if (!values)
        return ali_error_memory(reader->error, count * columns * sizeof *values, "a list");
    bool good = scalar ? ali_project_read_real(reader, node, key, &lone) : true;
    if (scalar && good)
        values[0] = lone;
    for (size_t i = 0; !scalar && i < count; i++)
        good = read_row(reader, node->entries[i].value, key, columns, values + i * columns) && good;
    if (good)
        *rows = (ali_project_rows){values, count};
    return ALICORN_OK;
}

static void read_range(ali_project_reader *reader, const ali_yaml_node *node,
                       const ali_project_key *key, ali_project_range *range)
{
    double v[3];
    if (node->kind == ALI_YAML_SCALAR) {
        if (ali_project_read_real(reader, node, key, &v[0]))
            *range = (ali_project_range){v[0], 0, 1};
        return;
    }
    if (!read_row(reader, node, key, 3, v))
        return;
    double steps = (v[1] - v[0]) / v[2];
    if (v[1] != v[0] && (v[2] == 0 || steps < 0)) {
        ali_project_report(reader, ALICORN_ERROR, "value", node,
                           "steps of %.10g do not lead from %.10g to %.10g, expected [start, stop, "
                           "step]",
                           v[2], v[0], v[1]);
    } else if (v[1] != v[0] && steps > MAX_RANGE) {
        ali_project_report(reader, ALICORN_ERROR, "value", node, "%.3g steps, expected at most %d",
                           steps, MAX_RANGE);
    } else {
        size_t count = v[1] != v[0] ? 1 + (size_t)floor(steps + 1e-6) : 1;
        *range = (ali_project_range){v[0], v[2], count};
    }
}

/* ---- words ---- */

static void read_switch(ali_project_reader *reader, const ali_yaml_node *node, bool *value)
{
    bool yes = node->kind == ALI_YAML_SCALAR && strcmp(node->text, "true") == 0;
    bool no = node->kind == ALI_YAML_SCALAR && strcmp(node->text, "false") == 0;
    if (yes || no)
        *value = yes;
    else
        ali_project_report(reader, ALICORN_ERROR, "type", node, "expected true or false");
}

static void read_choice(ali_project_reader *reader, const ali_yaml_node *node,
                        const ali_project_key *key, int *value)
{
    char list[100] = "", quote[40];
    for (int i = 0; key->choices[i]; i++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", key->choices[i]);
        if (node->kind == ALI_YAML_SCALAR && strcmp(node->text, key->choices[i]) == 0) {
            *value = i;
            return;
        }
    }
    if (!expect_kind(reader, node, ALI_YAML_SCALAR, list))
        return;
    ali_quote(quote, sizeof quote, node->text, node->length);
    ali_project_report(reader, ALICORN_ERROR, "value", node, "'%s', expected one of %s", quote,
                       list);
}

/** Names appear in tables, file columns and messages, and are parted by dots. */
static bool is_name(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < ' ' || text[i] > '~' || strchr(".[],\"", text[i]))
            return false;
    return length > 0 && length < ALI_PORT_NAME_SIZE && text[0] != ' ' && text[length - 1] != ' ';
}

static void read_text(ali_project_reader *reader, const ali_yaml_node *node,
                      const ali_project_key *key, const char **value)
{
    if (!expect_kind(reader, node, ALI_YAML_SCALAR, "text"))
        return;
    char quote[40];
    ali_quote(quote, sizeof quote, node->text, node->length);
    if (node->length == 0)
        ali_project_report(reader, ALICORN_ERROR, "value", node, "is empty, expected text");
    else if (key->kind == ALI_KEY_NAME && !is_name(node->text, node->length))
        ali_project_report(reader, ALICORN_ERROR, "value", node,
                           "'%s', expected a name of at most %d ASCII characters without . [ ] , "
                           "or quotes",
                           quote, ALI_PORT_NAME_SIZE - 1);
    else
        *value = node->text;
}

/** Edits that turn one word into the other: letters changed, added, left out. */
static size_t edit_distance(const char *from, const char *to)
{
    size_t row[ALI_PORT_NAME_SIZE + 1];
    size_t n = strlen(from), m = strlen(to);
    if (n > ALI_PORT_NAME_SIZE || m > ALI_PORT_NAME_SIZE)
        return SIZE_MAX;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = diagonal + (from[i - 1] != to[j - 1]);
            best = best <= row[j] ? best : row[j] + 1;
            best = best <= row[j - 1] ? best : row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

/* ---- mappings ---- */

const ali_project_key *ali_project_key_named(ali_project_map map, const char *name)
{
    size_t count;
    const ali_project_key *keys = ali_project_keys_of(map, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

static void report_unknown(ali_project_reader *reader, const ali_yaml_node *map_node,
                           const ali_yaml_entry *entry, ali_project_map map)
{
    size_t count, limit = 1 + strlen(entry->key) / 4;
    const ali_project_key *keys = ali_project_keys_of(map, &count);
    const char *nearest = NULL;
    char quote[40], path[100], known[260] = "";
    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(entry->key, keys[i].name), used = strlen(known);
        if (distance <= limit && (distance < limit || !nearest)) {
            nearest = keys[i].name;
            limit = distance;
        }
        if (keys[i].kind != ALI_KEY_REFUSED)
            snprintf(known + used, sizeof known - used, "%s%s", used ? ", " : "", keys[i].name);
    }
    ali_quote(quote, sizeof quote, entry->key, strlen(entry->key));
    ali_yaml_path(map_node, path, sizeof path);
    ali_diagnostics_add(reader->diagnostics, ALICORN_ERROR, "unknown-key", entry->line,
                        entry->column, path, "%s%sunknown key '%s', %s%s%s", path,
                        path[0] ? ": " : "", quote, nearest ? "did you mean '" : "expected one of ",
                        nearest ? nearest : known, nearest ? "'?" : "");
}

static void set_defaults(const ali_yaml_node *node, ali_project_map map, char *into)
{
    size_t count;
    const ali_project_key *keys = ali_project_keys_of(map, &count);
    memset(into, 0, ali_project_map_size(map));
    *(const ali_yaml_node **)(void *)into = node; /* the first member of all */
    for (size_t i = 0; i < count; i++) {
        double value = keys[i].has_initial ? keys[i].initial : NAN;
        void *member = into + keys[i].offset;
        if (keys[i].kind == ALI_KEY_REAL)
            *(double *)member = value;
        else if (keys[i].kind == ALI_KEY_POINT)
            for (int j = 0; j < 3; j++)
                ((double *)member)[j] = value;
        else if (keys[i].kind == ALI_KEY_SWITCH)
            *(bool *)member = keys[i].initial != 0;
        else if (keys[i].kind == ALI_KEY_CHOICE)
            *(int *)member = (int)keys[i].initial;
    }
}

static void report_missing(ali_project_reader *reader, const ali_yaml_node *node,
                           ali_project_map map)
{
    size_t count;
    const ali_project_key *keys = ali_project_keys_of(map, &count);
    for (size_t i = 0; i < count; i++)
        if ((keys[i].flags & ALI_PROJECT_REQUIRED) && !ali_yaml_find(node, keys[i].name))
            ali_project_report(reader, ALICORN_ERROR, "missing-key", node,
                               "the key '%s' is missing (%s)", keys[i].name, keys[i].help);
}

/** As if the mapping had stood there without a key. */
static void read_nothing(ali_project_reader *reader, const ali_yaml_node *node, ali_project_map map,
                         void *into)
{
    set_defaults(node, map, into);
    report_missing(reader, node, map);
}

/** A word in place of a mapping: the key of that name with all its defaults. */
static alicorn_status read_word(ali_project_reader *reader, const ali_yaml_node *node,
                                ali_project_map map, void *into)
{
    const ali_project_key *key = ali_project_key_named(map, node->text);
    if (!key || key->kind != ALI_KEY_MAP) {
        const ali_yaml_entry entry = {node->text, node->line, node->column, NULL};
        report_unknown(reader, node, &entry, map);
        return ALICORN_OK;
    }
    void *child = ali_project_alloc(reader, 1, ali_project_map_size(key->map));
    if (!child)
        return ali_error_memory(reader->error, ali_project_map_size(key->map), "a request");
    *(void **)(void *)((char *)into + key->offset) = child;
    read_nothing(reader, node, key->map, child);
    return ALICORN_OK;
}

static alicorn_status read_maps(ali_project_reader *reader, const ali_yaml_node *node,
                                const ali_project_key *key, ali_project_items *items)
{
    if (!expect_kind(reader, node, ALI_YAML_LIST, "a list of mappings") ||
        !check_row_count(reader, node, key))
        return ALICORN_OK;
    size_t size = ali_project_map_size(key->map);
    char *made = ali_project_alloc(reader, node->count, size);
    if (!made)
        return ali_error_memory(reader->error, node->count * size, key->name);
    *items = (ali_project_items){made, node->count};
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < node->count && status == ALICORN_OK; i++) {
        const ali_yaml_node *item = node->entries[i].value;
        set_defaults(item, key->map, made + i * size);
        if (key->map == ALI_MAP_REQUEST && item->kind == ALI_YAML_SCALAR)
            status = read_word(reader, item, key->map, made + i * size);
        else
            status = ali_project_read_map(reader, item, key->map, made + i * size);
    }
    return status;
}

static alicorn_status read_submap(ali_project_reader *reader, const ali_yaml_node *node,
                                  const ali_project_key *key, void **member)
{
    *member = ali_project_alloc(reader, 1, ali_project_map_size(key->map));
    if (!*member)
        return ali_error_memory(reader->error, ali_project_map_size(key->map), key->name);
    return ali_project_read_map(reader, node, key->map, *member);
}

static alicorn_status read_value(ali_project_reader *reader, const ali_yaml_node *node,
                                 const ali_project_key *key, void *member)
{
    double point[3];
    switch (key->kind) {
    case ALI_KEY_TEXT:
    case ALI_KEY_NAME:
        read_text(reader, node, key, member);
        break;
    case ALI_KEY_REAL:
        ali_project_read_real(reader, node, key, member);
        break;
    case ALI_KEY_WHOLE:
        read_whole(reader, node, key, member);
        break;
    case ALI_KEY_SWITCH:
        read_switch(reader, node, member);
        break;
    case ALI_KEY_CHOICE:
        read_choice(reader, node, key, member);
        break;
    case ALI_KEY_POINT:
        if (read_row(reader, node, key, 3, point))
            memcpy(member, point, sizeof point);
        break;
    case ALI_KEY_REALS:
        return ali_project_read_rows(reader, node, key, 1, member);
    case ALI_KEY_PAIRS:
        return ali_project_read_rows(reader, node, key, 2, member);
    case ALI_KEY_POINTS:
        return ali_project_read_rows(reader, node, key, 3, member);
    case ALI_KEY_RANGE:
        read_range(reader, node, key, member);
        break;
    case ALI_KEY_MAP:
        return read_submap(reader, node, key, member);
    case ALI_KEY_MAPS:
        return read_maps(reader, node, key, member);
    case ALI_KEY_ANY:
        *(const ali_yaml_node **)member = node;
        break;
    case ALI_KEY_REFUSED:
        ali_project_report(reader, ALICORN_ERROR, "not-yet", node,
                           "%s, expected a project without it", key->help);
        break;
    }
    return ALICORN_OK;
}

alicorn_status ali_project_read_map(ali_project_reader *reader, const ali_yaml_node *node,
                                    ali_project_map map, void *into)
{
    alicorn_status status = ALICORN_OK;
    if (node->kind == ALI_YAML_SCALAR && node->length == 0 && !node->quoted) {
        read_nothing(reader, node, map, into);
        return ALICORN_OK;
    }
    set_defaults(node, map, into);
    char expected[60];
    snprintf(expected, sizeof expected, "a mapping (%s)", ali_project_map_name(map));
    if (!expect_kind(reader, node, ALI_YAML_MAP, expected))
        return ALICORN_OK;
    for (size_t i = 0; i < node->count && status == ALICORN_OK; i++) {
        const ali_project_key *key = ali_project_key_named(map, node->entries[i].key);
        if (!key)
            report_unknown(reader, node, &node->entries[i], map);
        else
            status = read_value(reader, node->entries[i].value, key, (char *)into + key->offset);
    }
    report_missing(reader, node, map);
    return status;
}
