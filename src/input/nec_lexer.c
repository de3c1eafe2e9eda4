/* SPDX-License-Identifier: Apache-2.0 */
#include "input/nec_lexer.h"

#include <string.h>

#define DOS_END_OF_FILE '\x1a'

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* ---- lines ---- */

/** Take one line of raw text; false at the end. */
static bool take_line(ali_nec_lexer *lexer, ali_nec_line *line)
{
    if (lexer->at == 0 && lexer->length >= 3 && memcmp(lexer->text, "\xef\xbb\xbf", 3) == 0)
        lexer->at = 3;
    if (lexer->at >= lexer->length || lexer->text[lexer->at] == DOS_END_OF_FILE)
        return false;
    const char *start = lexer->text + lexer->at;
    size_t left = lexer->length - lexer->at, length = 0;
    while (length < left && start[length] != '\n' && start[length] != '\r' &&
           start[length] != DOS_END_OF_FILE)
        length++;
    lexer->at += length;
    if (length < left && start[length] != DOS_END_OF_FILE) {
        lexer->at++;
        if (start[length] == '\r' && length + 1 < left && start[length + 1] == '\n')
            lexer->at++;
    }
    *line = (ali_nec_line){.number = ++lexer->line_number, .text = start, .length = length};
    return true;
}

/** Cut the comment and trailing blanks off the fields. */
static void trim_rest(ali_nec_line *line)
{
    size_t length = 0;
    while (length < line->rest_length && line->rest[length] != '\'' && line->rest[length] != '!')
        length++;
    while (length > 0 && is_blank(line->rest[length - 1]))
        length--;
    line->rest_length = length;
}

bool ali_nec_is_text(const char *name)
{
    return name[0] == 'C' && (name[1] == 'M' || name[1] == 'E');
}

bool ali_nec_next_line(ali_nec_lexer *lexer, ali_nec_line *line)
{
    if (!take_line(lexer, line))
        return false;
    size_t at = 0;
    while (at < line->length && is_blank(line->text[at]))
        at++;
    line->column = (int)at + 1;
    if (at == line->length || strchr("'#!", line->text[at])) {
        line->kind =
            at < line->length && line->text[at] == '\0' ? ALI_NEC_LINE_BAD : ALI_NEC_LINE_BLANK;
        return true;
    }
    if (line->length - at < 2 || !is_letter(line->text[at]) || !is_letter(line->text[at + 1])) {
        line->kind = ALI_NEC_LINE_BAD;
        return true;
    }
    line->kind = ALI_NEC_LINE_CARD;
    line->name[0] = upper(line->text[at]);
    line->name[1] = upper(line->text[at + 1]);
    line->rest = line->text + at + 2;
    line->rest_length = line->length - at - 2;
    line->rest_column = (int)at + 3;
    if (!ali_nec_is_text(line->name))
        trim_rest(line);
    return true;
}

/* ---- free format ---- */

/** End of the field that starts at `at`: the next separator outside parentheses. */
static size_t field_end(const ali_nec_line *line, size_t at)
{
    int depth = 0;
    for (; at < line->rest_length; at++) {
        char c = line->rest[at];
        if (c == '(')
            depth++;
        else if (c == ')' && depth > 0)
            depth--;
        else if (depth == 0 && (c == ',' || is_blank(c)))
            break;
    }
    return at;
}

static size_t skip_blanks(const ali_nec_line *line, size_t at)
{
    while (at < line->rest_length && is_blank(line->rest[at]))
        at++;
    return at;
}

size_t ali_nec_split_free(const ali_nec_line *line, ali_nec_field *fields, size_t capacity,
                          size_t *end)
{
    size_t count = 0;
    size_t at = skip_blanks(line, 0);
    if (at < line->rest_length && line->rest[at] == ',')
        at = skip_blanks(line, at + 1); /* between the name and the first field */
    *end = line->rest_length;
    while (at < line->rest_length) {
        if (count == capacity) {
            *end = at;
            break;
        }
        size_t stop = field_end(line, at);
        fields[count++] = (ali_nec_field){line->rest + at, stop - at, line->rest_column + (int)at};
        at = skip_blanks(line, stop);
        if (at < line->rest_length && line->rest[at] == ',')
            at = skip_blanks(line, at + 1);
    }
    return count;
}

/* ---- fixed format ---- */

/** Whether the text is one plain decimal number; *has_point whether it has a point or exponent,
 * *nonzero its value. */
static bool is_plain_number(const char *text, size_t length, bool *has_point, bool *nonzero)
{
    size_t at = 0, digits = 0;
    *has_point = *nonzero = false;
    if (at < length && (text[at] == '+' || text[at] == '-'))
        at++;
    for (; at < length && (is_digit(text[at]) || (text[at] == '.' && !*has_point)); at++) {
        *has_point = *has_point || text[at] == '.';
        *nonzero = *nonzero || (text[at] >= '1' && text[at] <= '9');
        digits += is_digit(text[at]);
    }
    if (digits == 0)
        return false;
    if (at == length)
        return true;
    if (!strchr("eEdD", text[at]))
        return false;
    *has_point = true;
    at++;
    if (at < length && (text[at] == '+' || text[at] == '-'))
        at++;
    size_t exponent = at;
    while (at < length && is_digit(text[at]))
        at++;
    return at == length && at > exponent;
}

/** First column (1-based) of field `index`; the field behind the last one gives the end of the card
 * plus one. */
static int fixed_column(const ali_nec_layout *layout, int index)
{
    const int name_width = 2, first_integer = 3, integer = 5, real = 10;
    if (index == 0)
        return name_width + 1;
    int reals = index - layout->integer_count;
    int integers = reals > 0 ? layout->integer_count : index;
    return name_width + 1 + first_integer + (integers - 1) * integer +
           (reals > 0 ? reals * real : 0);
}

/** One field of the card, blanks trimmed. Returns false if the field cannot be one of a fixed card.
 */
static bool fixed_field(const ali_nec_line *line, const ali_nec_layout *layout, int index,
                        ali_nec_field *field)
{
    size_t start = (size_t)fixed_column(layout, index) - 1;
    size_t end = (size_t)fixed_column(layout, index + 1) - 1;
    size_t line_end = (size_t)line->rest_column - 1 + line->rest_length;
    size_t full_end = end;
    if (end > line_end)
        end = line_end;
    while (start < end && line->text[start] == ' ')
        start++;
    while (end > start && line->text[end - 1] == ' ')
        end--;
    *field = (ali_nec_field){line->text + start, 0, (int)start + 1};
    if (start >= end)
        return true;
    field->length = end - start;
    bool has_point, nonzero;
    if (!is_plain_number(field->text, field->length, &has_point, &nonzero))
        return false;
    if (index < layout->integer_count)
        return !has_point && end == full_end;
    return has_point || !nonzero;
}

/** Whether cutting at blanks gives the same fields. */
static bool reads_the_same(const ali_nec_line *line, const ali_nec_field *fixed, int count)
{
    ali_nec_field free_fields[ALI_NEC_FIELD_COUNT];
    size_t end;
    size_t free_count = ali_nec_split_free(line, free_fields, ALI_NEC_FIELD_COUNT, &end);
    if (end < line->rest_length)
        return false;
    for (size_t i = 0; i < (size_t)count; i++) {
        bool in_free = i<free_count, in_fixed = fixed[i].length> 0;
        if (in_free != in_fixed)
            return false;
        if (in_free &&
            (free_fields[i].text != fixed[i].text || free_fields[i].length != fixed[i].length))
            return false;
    }
    return free_count <= (size_t)count;
}

ali_nec_fixed_verdict ali_nec_split_fixed(const ali_nec_line *line, const ali_nec_layout *layout,
                                          ali_nec_field *fields)
{
    int count = layout->integer_count + layout->real_count;
    size_t card_end = (size_t)fixed_column(layout, count) - 1;
    size_t line_end = (size_t)line->rest_column - 1 + line->rest_length;
    if (line->column != 1 || line_end > card_end)
        return ALI_NEC_FIXED_NO;
    for (int i = 0; i < count; i++)
        if (!fixed_field(line, layout, i, &fields[i]))
            return ALI_NEC_FIXED_NO;
    return reads_the_same(line, fields, count) ? ALI_NEC_FIXED_SAME : ALI_NEC_FIXED_DIFFERENT;
}
