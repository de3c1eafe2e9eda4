/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/keys.h"
#include "model/model.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Values of a file of keys: numbers with units and expressions, lists, mappings by the table of
 * keys.
 */

/** Values of one range of angles. */
#define MAX_RANGE 100000
/** Frequencies of curves [Hz]. */
#define HIGHEST_FREQUENCY 1e15

/* ---- findings ---- */

void ali_key_report(ali_key_reader *reader, alicorn_severity severity, const char *finding,
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

const ali_yaml_node *ali_key_place(const ali_yaml_node *map, const char *key)
{
    const ali_yaml_node *value = ali_yaml_find(map, key);
    return value ? value : map;
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

/** The word of a unit of the right kind, or NULL. */
static const ali_key_word *find_word(ali_key_unit unit, const char *word)
{
    const ali_key_word *known;
    for (size_t i = 0; (known = ali_key_word_at(i)); i++)
        if (known->unit == unit && strcmp(known->word, word) == 0)
            return known;
    return NULL;
}

/** "m, mm, cm" of a kind of unit. */
static void list_units(ali_key_unit unit, char *list, size_t size)
{
    const ali_key_word *known;
    list[0] = '\0';
    for (size_t i = 0; (known = ali_key_word_at(i)); i++) {
        size_t used = strlen(list);
        if (known->unit == unit && known->word[0])
            snprintf(list + used, size - used, "%s%s", used > 0 ? ", " : "", known->word);
    }
}

static bool evaluate(ali_key_reader *reader, const ali_yaml_node *node, double *value)
{
    ali_symbols_place place = {reader->symbols, ali_symbols_count(reader->symbols)};
    ali_expression_scope scope = {ali_symbols_lookup, &place, NULL};
    alicorn_error error = {0};
    if (ali_expression_evaluate(node->text + 1, node->length - 1, &scope, value, &error) ==
        ALICORN_OK)
        return true;
    if (error.message[0]) /* otherwise the symbol has been reported */
        ali_key_report(reader, ALICORN_ERROR, "expression", node, "%s", error.message);
    return false;
}

/** What is wrong with the unit behind a number. */
static void report_unit(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                        bool lacks)
{
    char quote[40], units[60];
    ali_quote(quote, sizeof quote, node->text, node->length);
    list_units(key->unit, units, sizeof units);
    ali_key_report(reader, ALICORN_ERROR, "value", node, "'%s' has %s%s", quote,
                   !units[0] ? "text behind the number, expected a number without unit"
                   : lacks   ? "no unit, expected one of "
                             : "an unknown unit, expected one of ",
                   units);
}

/** A number with or without unit; what is wrong is reported. */
static bool read_literal(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                         double *value)
{
    static const ali_key_word pure = {.factor = 1};
    const ali_key_word *unit = &pure;
    char quote[40];
    size_t length = number_length(node->text);
    const char *word = node->text + length + strspn(node->text + length, " ");
    ali_quote(quote, sizeof quote, node->text, node->length);
    if (length == 0 || length > ALI_EXPRESSION_MAX_NUMBER) {
        const char *base = ali_key_unit_name(key->unit);
        ali_key_report(reader, ALICORN_ERROR, "value", node,
                       "'%s' is not a number, expected a number%s%s or =expression", quote,
                       base[0] ? " in " : "", base);
        return false;
    }
    if (word[0] == ',') {
        ali_key_report(reader, ALICORN_ERROR, "value", node,
                       "'%s' has a comma, expected a decimal point", quote);
        return false;
    }
    if (word[0])
        unit = find_word(key->unit, word);
    if (!unit || (!word[0] && (key->flags & ALI_KEY_UNIT))) {
        report_unit(reader, node, key, unit != NULL);
        return false;
    }
    double number = strtod(node->text, NULL) * unit->factor;
    if (unit->power && !(number > 0)) {
        ali_key_report(reader, ALICORN_ERROR, "value", node, "'%s', expected a power above 0",
                       quote);
        return false;
    }
    *value = (unit->power ? 10 * log10(number) : number) + unit->offset;
    if (isfinite(*value))
        return true;
    ali_key_report(reader, ALICORN_ERROR, "value", node, "%s is too large a number", quote);
    return false;
}

static bool check_bounds(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                         double value)
{
    bool above = key->flags & ALI_KEY_ABOVE;
    bool low = above ? value <= key->low : value < key->low;
    if (!low && value <= key->high)
        return true;
    const char *unit = ali_key_unit_name(key->unit), *blank = unit[0] ? " " : "";
    ali_key_report(reader, ALICORN_ERROR, "value", node, "%.10g%s%s, expected %s %.10g%s%s", value,
                   blank, unit,
                   !low    ? "at most"
                   : above ? "more than"
                           : "at least",
                   low ? key->low : key->high, blank, unit);
    return false;
}

static bool expect_kind(ali_key_reader *reader, const ali_yaml_node *node, ali_yaml_kind kind,
                        const char *expected)
{
    static const char *const kinds[] = {"a single value", "a list", "a mapping"};
    if (node->kind == kind)
        return true;
    bool nothing = node->kind == ALI_YAML_SCALAR && node->length == 0 && !node->quoted;
    ali_key_report(reader, ALICORN_ERROR, "type", node, "%s, expected %s",
                   nothing ? "nothing" : kinds[node->kind], expected);
    return false;
}

bool ali_key_read_real(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                       double *value)
{
    if (!expect_kind(reader, node, ALI_YAML_SCALAR, "a number"))
        return false;
    double read;
    bool good = node->text[0] == '=' ? evaluate(reader, node, &read)
                                     : read_literal(reader, node, key, &read);
    if (!good || !check_bounds(reader, node, key, read))
        return false;
    *value = read;
    return true;
}

static bool read_whole(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                       int *value)
{
    double real;
    if (!ali_key_read_real(reader, node, key, &real))
        return false;
    if (real != floor(real)) {
        ali_key_report(reader, ALICORN_ERROR, "value", node, "%.10g, expected a whole number",
                       real);
        return false;
    }
    *value = (int)real;
    return true;
}

/** One row: `columns` numbers in a list, or a lone number. */
static bool read_row(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                     size_t columns, double *row)
{
    char expected[60];
    if (columns == 1)
        return ali_key_read_real(reader, node, key, row);
    snprintf(expected, sizeof expected, "a list of %zu numbers", columns);
    if (!expect_kind(reader, node, ALI_YAML_LIST, expected))
        return false;
    if (node->count != columns) {
        ali_key_report(reader, ALICORN_ERROR, "value", node, "%zu numbers, expected %zu",
                       node->count, columns);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < columns; i++)
        good = ali_key_read_real(reader, node->entries[i].value, key, &row[i]) && good;
    return good;
}

static bool check_row_count(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key)
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
    ali_key_report(reader, ALICORN_ERROR, "value", node, "%zu element%s, expected %s", node->count,
                   node->count == 1 ? "" : "s", expected);
    return false;
}

alicorn_status ali_key_read_rows(ali_key_reader *reader, const ali_yaml_node *node,
                                 const ali_key *key, size_t columns, ali_key_rows *rows)
{
    double lone;
    bool scalar = columns == 1 && key->least <= 1 && node->kind == ALI_YAML_SCALAR;
    rows->count = 0;
    if (!scalar && (!expect_kind(reader, node, ALI_YAML_LIST, "a list") ||
                    !check_row_count(reader, node, key)))
        return ALICORN_OK;
    size_t count = scalar ? 1 : node->count;
    double *values = ali_key_alloc(reader, count * columns, sizeof *values);
    if (!values)
        return ali_error_memory(reader->error, count * columns * sizeof *values, "a list");
    bool good = scalar ? ali_key_read_real(reader, node, key, &lone) : true;
    if (scalar && good)
        values[0] = lone;
    for (size_t i = 0; !scalar && i < count; i++)
        good = read_row(reader, node->entries[i].value, key, columns, values + i * columns) && good;
    if (good)
        *rows = (ali_key_rows){values, count};
    return ALICORN_OK;
}

/** Rows of frequency and value. Those that do not ascend are reported. */
static alicorn_status read_curve(ali_key_reader *reader, const ali_yaml_node *node,
                                 const ali_key *key, ali_key_rows *rows)
{
    static const ali_key frequency = {
        .unit = ALI_UNIT_FREQUENCY, .low = 0, .high = HIGHEST_FREQUENCY};
    bool lone = node->kind == ALI_YAML_SCALAR && (key->flags & ALI_KEY_LONE);
    rows->count = 0;
    if (!lone && (!expect_kind(reader, node, ALI_YAML_LIST, "a list of [frequency, value]") ||
                  !check_row_count(reader, node, key)))
        return ALICORN_OK;
    size_t count = lone ? 1 : node->count;
    double *values = ali_key_alloc(reader, 2 * count, sizeof *values);
    if (!values)
        return ali_error_memory(reader->error, 2 * count * sizeof *values, "a list");
    bool good = !lone || ali_key_read_real(reader, node, key, &values[1]);
    for (size_t i = 0; !lone && i < count; i++) {
        const ali_yaml_node *row = node->entries[i].value;
        double *x = values + 2 * i;
        bool pair = row->kind == ALI_YAML_LIST && row->count == 2;
        if (!pair)
            ali_key_report(reader, ALICORN_ERROR, "type", row, "expected [frequency, value]");
        good = pair && ali_key_read_real(reader, row->entries[0].value, &frequency, x) &&
               ali_key_read_real(reader, row->entries[1].value, key, x + 1) && good;
        if (good && i > 0 && (x[0] < x[-2] || (i > 1 && x[0] == x[-4]))) {
            ali_key_report(reader, ALICORN_ERROR, "unsorted", row,
                           "%.10g Hz behind %.10g Hz, expected ascending frequencies%s", x[0],
                           x[-2], x[0] < x[-2] ? "" : ", equal ones twice at most");
            good = false;
        }
    }
    if (good)
        *rows = (ali_key_rows){values, count};
    return ALICORN_OK;
}

static void read_range(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                       ali_key_range *range)
{
    double v[3];
    if (node->kind == ALI_YAML_SCALAR) {
        if (ali_key_read_real(reader, node, key, &v[0]))
            *range = (ali_key_range){v[0], 0, 1};
        return;
    }
    if (!read_row(reader, node, key, 3, v))
        return;
    double steps = (v[1] - v[0]) / v[2];
    if (v[1] != v[0] && (v[2] == 0 || steps < 0)) {
        ali_key_report(reader, ALICORN_ERROR, "value", node,
                       "steps of %.10g do not lead from %.10g to %.10g, expected [start, stop, "
                       "step]",
                       v[2], v[0], v[1]);
    } else if (v[1] != v[0] && steps > MAX_RANGE) {
        ali_key_report(reader, ALICORN_ERROR, "value", node, "%.3g steps, expected at most %d",
                       steps, MAX_RANGE);
    } else {
        size_t count = v[1] != v[0] ? 1 + (size_t)floor(steps + 1e-6) : 1;
        *range = (ali_key_range){v[0], v[2], count};
    }
}

/* ---- words ---- */

static void read_switch(ali_key_reader *reader, const ali_yaml_node *node, bool *value)
{
    bool yes = node->kind == ALI_YAML_SCALAR && strcmp(node->text, "true") == 0;
    bool no = node->kind == ALI_YAML_SCALAR && strcmp(node->text, "false") == 0;
    if (yes || no)
        *value = yes;
    else
        ali_key_report(reader, ALICORN_ERROR, "type", node, "expected true or false");
}

static void read_choice(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                        int *value)
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
    ali_key_report(reader, ALICORN_ERROR, "value", node, "'%s', expected one of %s", quote, list);
}

/** Names appear in tables, file columns and messages, and are parted by dots. */
static bool is_name(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < ' ' || text[i] > '~' || strchr(".[],\"", text[i]))
            return false;
    return length > 0 && length < ALI_PORT_NAME_SIZE && text[0] != ' ' && text[length - 1] != ' ';
}

static void read_text(ali_key_reader *reader, const ali_yaml_node *node, const ali_key *key,
                      const char **value)
{
    if (!expect_kind(reader, node, ALI_YAML_SCALAR, "text"))
        return;
    char quote[40];
    ali_quote(quote, sizeof quote, node->text, node->length);
    if (node->length == 0)
        ali_key_report(reader, ALICORN_ERROR, "value", node, "is empty, expected text");
    else if (key->kind == ALI_KEY_NAME && !is_name(node->text, node->length))
        ali_key_report(reader, ALICORN_ERROR, "value", node,
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

static void report_unknown(ali_key_reader *reader, const ali_yaml_node *map_node,
                           const ali_yaml_entry *entry, int map)
{
    size_t count, limit = 1 + strlen(entry->key) / 4;
    const ali_key *keys = ali_key_table_of(reader->table, map, &count);
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

static void set_defaults(const ali_key_table *table, const ali_yaml_node *node, int map, char *into)
{
    size_t count;
    const ali_key *keys = ali_key_table_of(table, map, &count);
    memset(into, 0, table->maps[map].size);
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

static void report_missing(ali_key_reader *reader, const ali_yaml_node *node, int map)
{
    size_t count;
    const ali_key *keys = ali_key_table_of(reader->table, map, &count);
    for (size_t i = 0; i < count; i++)
        if ((keys[i].flags & ALI_KEY_REQUIRED) && !ali_yaml_find(node, keys[i].name))
            ali_key_report(reader, ALICORN_ERROR, "missing-key", node,
                           "the key '%s' is missing (%s)", keys[i].name, keys[i].help);
}

/** As if the mapping had stood there without a key. */
static void read_nothing(ali_key_reader *reader, const ali_yaml_node *node, int map, void *into)
{
    set_defaults(reader->table, node, map, into);
    report_missing(reader, node, map);
}

/** A word in place of a mapping: the key of that name with all its defaults. */
static alicorn_status read_word(ali_key_reader *reader, const ali_yaml_node *node, int map,
                                void *into)
{
    const ali_key *key = ali_key_named(reader->table, map, node->text);
    if (!key || key->kind != ALI_KEY_MAP) {
        const ali_yaml_entry entry = {node->text, node->line, node->column, NULL};
        report_unknown(reader, node, &entry, map);
        return ALICORN_OK;
    }
    void *child = ali_key_alloc(reader, 1, reader->table->maps[key->map].size);
    if (!child)
        return ali_error_memory(reader->error, reader->table->maps[key->map].size, "a request");
    *(void **)(void *)((char *)into + key->offset) = child;
    read_nothing(reader, node, key->map, child);
    return ALICORN_OK;
}

static alicorn_status read_maps(ali_key_reader *reader, const ali_yaml_node *node,
                                const ali_key *key, ali_key_items *items)
{
    if (!expect_kind(reader, node, ALI_YAML_LIST, "a list of mappings") ||
        !check_row_count(reader, node, key))
        return ALICORN_OK;
    size_t size = reader->table->maps[key->map].size;
    char *made = ali_key_alloc(reader, node->count, size);
    if (!made)
        return ali_error_memory(reader->error, node->count * size, key->name);
    *items = (ali_key_items){made, node->count};
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < node->count && status == ALICORN_OK; i++) {
        const ali_yaml_node *item = node->entries[i].value;
        set_defaults(reader->table, item, key->map, made + i * size);
        if (reader->table->maps[key->map].words && item->kind == ALI_YAML_SCALAR)
            status = read_word(reader, item, key->map, made + i * size);
        else
            status = ali_key_read_map(reader, item, key->map, made + i * size);
    }
    return status;
}

static alicorn_status read_submap(ali_key_reader *reader, const ali_yaml_node *node,
                                  const ali_key *key, void **member)
{
    *member = ali_key_alloc(reader, 1, reader->table->maps[key->map].size);
    if (!*member)
        return ali_error_memory(reader->error, reader->table->maps[key->map].size, key->name);
    return ali_key_read_map(reader, node, key->map, *member);
}

static alicorn_status read_value(ali_key_reader *reader, const ali_yaml_node *node,
                                 const ali_key *key, void *member)
{
    double point[3];
    switch (key->kind) {
    case ALI_KEY_TEXT:
    case ALI_KEY_NAME:
        read_text(reader, node, key, member);
        break;
    case ALI_KEY_REAL:
        ali_key_read_real(reader, node, key, member);
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
        return ali_key_read_rows(reader, node, key, 1, member);
    case ALI_KEY_PAIRS:
        return ali_key_read_rows(reader, node, key, 2, member);
    case ALI_KEY_POINTS:
        return ali_key_read_rows(reader, node, key, 3, member);
    case ALI_KEY_CURVE:
        return read_curve(reader, node, key, member);
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
        ali_key_report(reader, ALICORN_ERROR, "not-yet", node, "%s, expected a %s without it",
                       key->help, reader->table->what);
        break;
    }
    return ALICORN_OK;
}

alicorn_status ali_key_read_map(ali_key_reader *reader, const ali_yaml_node *node, int map,
                                void *into)
{
    alicorn_status status = ALICORN_OK;
    if (node->kind == ALI_YAML_SCALAR && node->length == 0 && !node->quoted) {
        read_nothing(reader, node, map, into);
        return ALICORN_OK;
    }
    set_defaults(reader->table, node, map, into);
    char expected[60];
    snprintf(expected, sizeof expected, "a mapping (%s)", reader->table->maps[map].name);
    if (!expect_kind(reader, node, ALI_YAML_MAP, expected))
        return ALICORN_OK;
    for (size_t i = 0; i < node->count && status == ALICORN_OK; i++) {
        const ali_key *key = ali_key_named(reader->table, map, node->entries[i].key);
        if (!key)
            report_unknown(reader, node, &node->entries[i], map);
        else
            status = read_value(reader, node->entries[i].value, key, (char *)into + key->offset);
    }
    report_missing(reader, node, map);
    return status;
}
