/* SPDX-License-Identifier: Apache-2.0 */
#include "output/json_stream.h"

#include "base/numbers.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* ---- bytes ---- */

static void flush(ali_json *json)
{
    fwrite(json->buffer, 1, json->length, json->stream);
    json->length = 0;
}

static void put_bytes(ali_json *json, const char *bytes, size_t count)
{
    if (count > sizeof json->buffer - json->length)
        flush(json);
    if (count > sizeof json->buffer) {
        fwrite(bytes, 1, count, json->stream);
        return;
    }
    memcpy(json->buffer + json->length, bytes, count);
    json->length += count;
}

static void put_byte(ali_json *json, char byte)
{
    if (json->length == sizeof json->buffer)
        flush(json);
    json->buffer[json->length++] = byte;
}

static void put_text(ali_json *json, const char *text)
{
    put_bytes(json, text, strlen(text));
}

static void new_line(ali_json *json)
{
    put_byte(json, '\n');
    for (int i = 0; i < json->depth; i++)
        put_bytes(json, "  ", 2);
}

/* ---- strings ---- */

/** Number of bytes of the UTF-8 character at text, 0 if it is not one (overlong, surrogate, beyond
 * U+10FFFF, cut). */
static size_t utf8_length(const unsigned char *text)
{
    static const struct {
        unsigned char first, last, second_least, second_most;
        size_t length;
    } form[] = {
        {0x01, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4}};
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        if (text[0] < form[i].first || text[0] > form[i].last)
            continue;
        if (form[i].length > 1 && (text[1] < form[i].second_least || text[1] > form[i].second_most))
            return 0;
        for (size_t k = 2; k < form[i].length; k++)
            if ((text[k] & 0xC0) != 0x80)
                return 0;
        return form[i].length;
    }
    return 0;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/** One character that is_plain does not let pass; returns its length. */
static size_t put_special(ali_json *json, const unsigned char *text)
{
    char escape[12];
    size_t length = utf8_length(text);
    if (length == 0) {
        put_bytes(json, "\xEF\xBF\xBD", 3);
        return 1;
    }
    if (length > 1) {
        put_bytes(json, (const char *)text, length);
    } else if (*text == '\n') {
        put_bytes(json, "\\n", 2);
    } else if (*text < 0x20) {
        put_bytes(json, escape,
                  (size_t)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*text));
    } else {
        put_byte(json, '\\');
        put_byte(json, (char)*text);
    }
    return length;
}

static void put_string(ali_json *json, const char *string)
{
    const unsigned char *text = (const unsigned char *)string;
    put_byte(json, '"');
    while (*text) {
        size_t plain = 0;
        while (is_plain(text[plain]))
            plain++;
        put_bytes(json, (const char *)text, plain);
        text += plain;
        if (*text)
            text += put_special(json, text);
    }
    put_byte(json, '"');
}

/* ---- values ---- */

void ali_json_begin(ali_json *json, FILE *stream)
{
    json->stream = stream;
    json->length = 0;
    json->depth = 0;
    json->level[0].layout = ALI_JSON_INLINE;
    json->level[0].empty = true;
}

/** Everything that stands before a value: separator, line break, key. */
static void before_value(ali_json *json, const char *key)
{
    bool lines = json->level[json->depth].layout == ALI_JSON_LINES;
    if (!json->level[json->depth].empty)
        put_text(json, lines ? "," : ", ");
    json->level[json->depth].empty = false;
    if (lines)
        new_line(json);
    if (key) {
        put_string(json, key);
        put_bytes(json, ": ", 2);
    }
}

static void open_level(ali_json *json, const char *key, char open, char close,
                       ali_json_layout layout)
{
    assert(json->depth < ALI_JSON_DEPTH);
    before_value(json, key);
    put_byte(json, open);
    json->depth++;
    json->level[json->depth].close = close;
    json->level[json->depth].layout = layout;
    json->level[json->depth].empty = true;
}

void ali_json_open_object(ali_json *json, const char *key, ali_json_layout layout)
{
    open_level(json, key, '{', '}', layout);
}

void ali_json_open_array(ali_json *json, const char *key, ali_json_layout layout)
{
    open_level(json, key, '[', ']', layout);
}

void ali_json_close(ali_json *json)
{
    assert(json->depth > 0);
    int level = json->depth--;
    if (json->level[level].layout == ALI_JSON_LINES && !json->level[level].empty)
        new_line(json);
    put_byte(json, json->level[level].close);
    if (json->depth == 0)
        flush(json);
}

static void put_real(ali_json *json, double value)
{
    char text[ALI_NUMBER_SIZE];
    if (isfinite(value))
        put_bytes(json, text, ali_number_write(text, value));
    else
        put_bytes(json, "null", 4);
}

void ali_json_null(ali_json *json, const char *key)
{
    before_value(json, key);
    put_bytes(json, "null", 4);
}

void ali_json_bool(ali_json *json, const char *key, bool value)
{
    before_value(json, key);
    put_text(json, value ? "true" : "false");
}

void ali_json_integer(ali_json *json, const char *key, long long value)
{
    char text[24];
    before_value(json, key);
    put_bytes(json, text, (size_t)snprintf(text, sizeof text, "%lld", value));
}

void ali_json_real(ali_json *json, const char *key, double value)
{
    before_value(json, key);
    put_real(json, value);
}

void ali_json_complex(ali_json *json, const char *key, alicorn_complex value)
{
    ali_json_reals(json, key, (const double[]){value.re, value.im}, 2);
}

void ali_json_reals(ali_json *json, const char *key, const double *values, size_t count)
{
    before_value(json, key);
    put_byte(json, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            put_bytes(json, ", ", 2);
        put_real(json, values[i]);
    }
    put_byte(json, ']');
}

void ali_json_text(ali_json *json, const char *key, const char *text)
{
    if (!text) {
        ali_json_null(json, key);
        return;
    }
    before_value(json, key);
    put_string(json, text);
}
