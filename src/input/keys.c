/* SPDX-License-Identifier: Apache-2.0 */
#include "input/keys.h"

#include <stdio.h>
#include <string.h>

/** @file
 *  Tables of keys: looking keys up, units, and the rows of documents. */

const ali_key *ali_key_table_of(const ali_key_table *table, int map, size_t *count)
{
    size_t first = 0, end = table->key_count;
    while (first < end && table->keys[first].owner != map)
        first++;
    *count = 0;
    while (first + *count < end && table->keys[first + *count].owner == map)
        (*count)++;
    return table->keys + first;
}

const ali_key *ali_key_named(const ali_key_table *table, int map, const char *name)
{
    size_t count;
    const ali_key *keys = ali_key_table_of(table, map, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

/* ---- units ---- */

#define TIMES(unit, word, factor)                                                                  \
    {                                                                                              \
        unit, word, factor, 0, false                                                               \
    }
#define POWER(unit, word, watts)                                                                   \
    {                                                                                              \
        unit, word, watts, 30, true                                                                \
    }
#define LEVEL(unit, word, offset)                                                                  \
    {                                                                                              \
        unit, word, 1, offset, false                                                               \
    }

static const ali_key_word words[] = {
    TIMES(ALI_UNIT_LENGTH, "m", 1),
    TIMES(ALI_UNIT_LENGTH, "mm", 1e-3),
    TIMES(ALI_UNIT_LENGTH, "cm", 1e-2),
    TIMES(ALI_UNIT_LENGTH, "km", 1e3),
    TIMES(ALI_UNIT_LENGTH, "in", 0.0254),
    TIMES(ALI_UNIT_LENGTH, "ft", 0.3048),
    TIMES(ALI_UNIT_FREQUENCY, "Hz", 1),
    TIMES(ALI_UNIT_FREQUENCY, "kHz", 1e3),
    TIMES(ALI_UNIT_FREQUENCY, "MHz", 1e6),
    TIMES(ALI_UNIT_FREQUENCY, "GHz", 1e9),
    TIMES(ALI_UNIT_ANGLE, "deg", 1),
    TIMES(ALI_UNIT_ANGLE, "rad", 57.295779513082320877),
    TIMES(ALI_UNIT_RESISTANCE, "ohm", 1),
    TIMES(ALI_UNIT_RESISTANCE, "kohm", 1e3),
    TIMES(ALI_UNIT_CONDUCTIVITY, "S/m", 1),
    TIMES(ALI_UNIT_CONDUCTIVITY, "MS/m", 1e6),
    TIMES(ALI_UNIT_ADMITTANCE, "S", 1),
    TIMES(ALI_UNIT_ADMITTANCE, "mS", 1e-3),
    TIMES(ALI_UNIT_TIME, "s", 1),
    TIMES(ALI_UNIT_TIME, "min", 60),
    TIMES(ALI_UNIT_SHARE, "", 1),
    TIMES(ALI_UNIT_SHARE, "%", 0.01),
    LEVEL(ALI_UNIT_LEVEL, "dBm", 0),
    LEVEL(ALI_UNIT_LEVEL, "dBW", 30),
    POWER(ALI_UNIT_LEVEL, "W", 1),
    POWER(ALI_UNIT_LEVEL, "kW", 1e3),
    POWER(ALI_UNIT_LEVEL, "mW", 1e-3),
    LEVEL(ALI_UNIT_RATIO, "dB", 0),
    LEVEL(ALI_UNIT_CARRIER, "dBc", 0),
    LEVEL(ALI_UNIT_CARRIER_NOISE, "dBc/Hz", 0),
    LEVEL(ALI_UNIT_NOISE, "dBm/Hz", 0),
    LEVEL(ALI_UNIT_NOISE, "dBW/Hz", 30),
    LEVEL(ALI_UNIT_GAIN, "dBi", 0),
    LEVEL(ALI_UNIT_CROSS_SECTION, "dBsm", 0),
    POWER(ALI_UNIT_CROSS_SECTION, "m2", 1),
    TIMES(ALI_UNIT_LINE_LOSS, "dB/m", 1),
    TIMES(ALI_UNIT_LINE_LOSS, "dB/100m", 1e-2),
};

const ali_key_word *ali_key_word_at(size_t index)
{
    return index < sizeof words / sizeof *words ? &words[index] : NULL;
}

const char *ali_key_unit_name(ali_key_unit unit)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].unit == unit)
            return words[i].word;
    return "";
}

/* ---- for people ---- */

static void describe_value(const ali_key_table *table, const ali_key *key, char *text, size_t size)
{
    static const char *const kinds[] = {
        [ALI_KEY_TEXT] = "text",
        [ALI_KEY_NAME] = "name",
        [ALI_KEY_REAL] = "number",
        [ALI_KEY_WHOLE] = "whole number",
        [ALI_KEY_SWITCH] = "true or false",
        [ALI_KEY_POINT] = "[x, y, z]",
        [ALI_KEY_REALS] = "list of numbers",
        [ALI_KEY_PAIRS] = "list of [a, b]",
        [ALI_KEY_POINTS] = "list of [x, y, z]",
        [ALI_KEY_CURVE] = "list of [frequency, value]",
        [ALI_KEY_RANGE] = "number or [start, stop, step]",
        [ALI_KEY_MAP] = "mapping",
        [ALI_KEY_MAPS] = "list of mappings",
    };
    if (key->form)
        snprintf(text, size, "%s", key->form);
    else if (key->kind == ALI_KEY_CHOICE)
        for (size_t i = 0, used = 0; key->choices[i]; used = strlen(text), i++)
            snprintf(text + used, size - used, "%s%s", i ? ", " : "", key->choices[i]);
    else if (key->kind == ALI_KEY_MAP || key->kind == ALI_KEY_MAPS)
        snprintf(text, size, "%s (%s)", kinds[key->kind], table->maps[key->map].name);
    else
        snprintf(text, size, "%s%s", key->flags & ALI_KEY_LONE ? "number or " : "",
                 kinds[key->kind]);
}

/** "> 0, ≤ 90; 2 or more". */
static void describe_bounds(const ali_key *key, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    if (key->low < key->high && key->low == -key->high)
        snprintf(text, size, "±%.10g", key->high);
    else if (key->low < key->high)
        snprintf(text, size, "%s %.10g, ≤ %.10g", key->flags & ALI_KEY_ABOVE ? ">" : "≥", key->low,
                 key->high);
    else if (key->kind == ALI_KEY_WHOLE)
        snprintf(text, size, "%.10g", key->low);
    used = strlen(text);
    const char *semicolon = used > 0 ? "; " : "";
    if (key->most > 0 && key->most == key->least)
        snprintf(text + used, size - used, "%s%zu of them", semicolon, key->least);
    else if (key->most > 0)
        snprintf(text + used, size - used, "%s%zu to %zu of them", semicolon, key->least,
                 key->most);
    else if (key->least > 0)
        snprintf(text + used, size - used, "%s%zu or more", semicolon, key->least);
}

void ali_key_describe(const ali_key_table *table, const ali_key *key, char *text, size_t size)
{
    char value[120], bounds[80];
    if (key->kind == ALI_KEY_REFUSED) {
        snprintf(text, size, "| `%s` | refused | | | | %s |", key->name, key->help);
        return;
    }
    const char *standard = key->flags & ALI_KEY_REQUIRED ? "required"
                           : key->standard               ? key->standard
                                                         : "";
    describe_value(table, key, value, sizeof value);
    describe_bounds(key, bounds, sizeof bounds);
    snprintf(text, size, "| `%s` | %s | %s | %s | %s | %s |", key->name, value,
             ali_key_unit_name(key->unit), bounds, standard, key->help);
}
