/* SPDX-License-Identifier: Apache-2.0 */
#include "network/touchstone_scan.h"

#include "base/error.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/** Pass a comment, up to the end of its line. */
static void pass_comment(ali_touchstone_scan *scan)
{
    const char *start = scan->text + scan->at + 1;
    while (scan->at < scan->length && scan->text[scan->at] != '\n')
        scan->at++;
    if (scan->comment)
        scan->comment(scan->comment_user, start, (size_t)(scan->text + scan->at - start));
}

bool ali_touchstone_word_next(ali_touchstone_scan *scan, ali_touchstone_word *word)
{
    while (scan->at < scan->length && is_blank(scan->text[scan->at]))
        scan->at++;
    if (scan->at < scan->length && scan->text[scan->at] == '!')
        pass_comment(scan);
    if (scan->at >= scan->length || scan->text[scan->at] == '\n')
        return false;
    size_t start = scan->at;
    bool bracket = scan->text[start] == '[';
    for (; scan->at < scan->length; scan->at++) {
        char c = scan->text[scan->at];
        if (c == '\n' || c == '!' || (!bracket && is_blank(c)))
            break;
        if (bracket && c == ']') {
            scan->at++;
            break;
        }
    }
    *word = (ali_touchstone_word){.text = scan->text + start,
                                  .length = scan->at - start,
                                  .line = scan->line,
                                  .column = (int)(start - scan->line_start) + 1};
    return true;
}

bool ali_touchstone_line_next(ali_touchstone_scan *scan)
{
    while (scan->at < scan->length && scan->text[scan->at] != '\n') {
        if (scan->text[scan->at] == '!')
            pass_comment(scan);
        else
            scan->at++;
    }
    if (scan->at >= scan->length)
        return false;
    scan->at++;
    scan->line++;
    scan->line_start = scan->at;
    return true;
}

bool ali_touchstone_any_next(ali_touchstone_scan *scan, ali_touchstone_word *word)
{
    while (!ali_touchstone_word_next(scan, word))
        if (!ali_touchstone_line_next(scan))
            return false;
    return true;
}

bool ali_touchstone_word_is(const ali_touchstone_word *word, const char *text)
{
    return word->length == strlen(text) && strncasecmp(word->text, text, word->length) == 0;
}

alicorn_status ali_touchstone_number(const ali_touchstone_scan *scan,
                                     const ali_touchstone_word *word, const char *what,
                                     double *value)
{
    char copy[64];
    char *end = copy;
    if (word->length < sizeof copy) {
        memcpy(copy, word->text, word->length);
        copy[word->length] = '\0';
        *value = strtod(copy, &end);
    }
    /* strtod also takes nan, inf and hexadecimal numbers, which no such file has */
    if (end == copy || *end || strpbrk(copy, "xXnN") || !isfinite(*value))
        return ali_touchstone_fail(scan, word, "\"%.*s\" is no number, expected %s",
                                   (int)(word->length < 40 ? word->length : 40), word->text, what);
    return ALICORN_OK;
}

alicorn_status ali_touchstone_fail(const ali_touchstone_scan *scan, const ali_touchstone_word *word,
                                   const char *format, ...)
{
    char message[sizeof scan->error->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    int column = (int)(scan->at - scan->line_start) + 1;
    return ali_error_set_at(scan->error, ALICORN_E_INPUT, scan->name,
                            word ? word->line : scan->line, word ? word->column : column, NULL,
                            "%s", message);
}
