/* SPDX-License-Identifier: Apache-2.0 */
#include "output/json_stream.h"

#include "base/numbers.h"

#include <assert.h>
#include <math.h>

void ali_json_begin(ali_json *json, FILE *stream)
{
    *json = (ali_json){.stream = stream};
    json->level[0].layout = ALI_JSON_INLINE;
    json->level[0].empty = true;
}

static void new_line(const ali_json *json)
{
    fprintf(json->stream, "\n%*s", 2 * json->depth, "");
}

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

static void put_string(FILE *stream, const char *string)
{
    const unsigned char *text = (const unsigned char *)string;
    fputc('"', stream);
    while (*text) {
        size_t length = utf8_length(text);
        if (length == 0) {
            fputs("\xEF\xBF\xBD", stream);
            length = 1;
        } else if (*text == '"' || *text == '\\') {
            fprintf(stream, "\\%c", *text);
        } else if (*text == '\n') {
            fputs("\\n", stream);
        } else if (*text < 0x20) {
            fprintf(stream, "\\u%04x", (unsigned)*text);
        } else {
            fwrite(text, 1, length, stream);
        }
        text += length;
    }
    fputc('"', stream);
}

/** Everything that stands before a value: separator, line break, key. */
static void before_value(ali_json *json, const char *key)
{
    bool lines = json->level[json->depth].layout == ALI_JSON_LINES;
    if (!json->level[json->depth].empty)
        fputs(lines ? "," : ", ", json->stream);
    json->level[json->depth].empty = false;
    if (lines)
        new_line(json);
    if (key) {
        put_string(json->stream, key);
        fputs(": ", json->stream);
    }
}

static void open_level(ali_json *json, const char *key, char open, char close,
                       ali_json_layout layout)
{
    assert(json->depth < ALI_JSON_DEPTH);
    before_value(json, key);
    fputc(open, json->stream);
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
    fputc(json->level[level].close, json->stream);
}

static void put_real(FILE *stream, double value)
{
    char text[ALI_NUMBER_SIZE];
    fputs(isfinite(value) ? ali_number_format(text, value) : "null", stream);
}

void ali_json_null(ali_json *json, const char *key)
{
    before_value(json, key);
    fputs("null", json->stream);
}

void ali_json_bool(ali_json *json, const char *key, bool value)
{
    before_value(json, key);
    fputs(value ? "true" : "false", json->stream);
}

void ali_json_integer(ali_json *json, const char *key, long long value)
{
    before_value(json, key);
    fprintf(json->stream, "%lld", value);
}

void ali_json_real(ali_json *json, const char *key, double value)
{
    before_value(json, key);
    put_real(json->stream, value);
}

void ali_json_complex(ali_json *json, const char *key, alicorn_complex value)
{
    ali_json_reals(json, key, (const double[]){value.re, value.im}, 2);
}

void ali_json_reals(ali_json *json, const char *key, const double *values, size_t count)
{
    before_value(json, key);
    fputc('[', json->stream);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            fputs(", ", json->stream);
        put_real(json->stream, values[i]);
    }
    fputc(']', json->stream);
}

void ali_json_text(ali_json *json, const char *key, const char *text)
{
    if (!text) {
        ali_json_null(json, key);
        return;
    }
    before_value(json, key);
    put_string(json->stream, text);
}
