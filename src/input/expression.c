/* SPDX-License-Identifier: Apache-2.0 */
#include "input/expression.h"

#include "base/constants.h"
#include "base/error.h"
#include "input/diagnostics.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct parser {
    const char *text;
    size_t length, at;
    const ali_expression_scope *scope;
    int *depth;
    alicorn_error *error;
} parser;

/* ---- characters ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

size_t ali_expression_name_length(const char *text, size_t length)
{
    if (length == 0 || !is_letter(text[0]))
        return 0;
    size_t n = 1;
    while (n < length && (is_letter(text[n]) || is_digit(text[n])))
        n++;
    return n;
}

int ali_expression_compare_names(const char *a, size_t a_length, const char *b, size_t b_length)
{
    for (size_t i = 0; i < a_length && i < b_length; i++) {
        int difference = (unsigned char)lower(a[i]) - (unsigned char)lower(b[i]);
        if (difference)
            return difference;
    }
    return a_length < b_length ? -1 : a_length > b_length;
}

/* ---- constants ---- */

static const struct {
    const char *name;
    double value;
} constants[] = {
    {"pi", ALI_PI}, {"mm", 1e-3}, {"cm", 1e-2}, {"in", 0.0254}, {"ft", 0.3048}, {"pF", 1e-12},
    {"nF", 1e-9},   {"uF", 1e-6}, {"nH", 1e-9}, {"uH", 1e-6},   {"mH", 1e-3},
};
#define CONSTANT_COUNT (sizeof constants / sizeof constants[0])

bool ali_expression_constant(const char *name, size_t length, double *value)
{
    for (size_t i = 0; i < CONSTANT_COUNT; i++) {
        const char *known = constants[i].name;
        if (ali_expression_compare_names(name, length, known, strlen(known)) == 0) {
            if (value)
                *value = constants[i].value;
            return true;
        }
    }
    return false;
}

/* ---- functions ---- */

/** Sine of degrees; exact zeros and ones at multiples of 90. */
static double sin_degrees(double x)
{
    int quadrant;
    double rest = remquo(x, 90.0, &quadrant) * ALI_DEGREE;
    switch (quadrant & 3) {
    case 0:
        return sin(rest);
    case 1:
        return cos(rest);
    case 2:
        return -sin(rest);
    default:
        return -cos(rest);
    }
}

static double cos_degrees(double x)
{
    int quadrant;
    double rest = remquo(x, 90.0, &quadrant) * ALI_DEGREE;
    switch (quadrant & 3) {
    case 0:
        return cos(rest);
    case 1:
        return -sin(rest);
    case 2:
        return -cos(rest);
    default:
        return sin(rest);
    }
}

static double call_sin(const double *x)
{
    return sin_degrees(x[0]);
}
static double call_cos(const double *x)
{
    return cos_degrees(x[0]);
}
static double call_tan(const double *x)
{
    return sin_degrees(x[0]) / cos_degrees(x[0]);
}
static double call_asin(const double *x)
{
    return asin(x[0]) / ALI_DEGREE;
}
static double call_acos(const double *x)
{
    return acos(x[0]) / ALI_DEGREE;
}
static double call_atn(const double *x)
{
    return atan(x[0]) / ALI_DEGREE;
}
static double call_sqr(const double *x)
{
    return sqrt(x[0]);
}
static double call_exp(const double *x)
{
    return exp(x[0]);
}
static double call_log(const double *x)
{
    return log(x[0]);
}
static double call_log10(const double *x)
{
    return log10(x[0]);
}
static double call_abs(const double *x)
{
    return fabs(x[0]);
}
static double call_sgn(const double *x)
{
    return (x[0] > 0) - (x[0] < 0);
}
static double call_int(const double *x)
{
    return floor(x[0]);
}
static double call_fix(const double *x)
{
    return trunc(x[0]);
}
static double call_mod(const double *x)
{
    return fmod(x[0], x[1]);
}
static double call_max(const double *x)
{
    return x[0] > x[1] ? x[0] : x[1];
}
static double call_min(const double *x)
{
    return x[0] < x[1] ? x[0] : x[1];
}

#define MAX_ARGUMENTS 2

/** int rounds down and fix towards zero, as Visual Basic's, in which 4nec2 is written. */
static const struct {
    const char *name;
    int argument_count;
    double (*call)(const double *arguments);
} functions[] = {
    {"sin", 1, call_sin},     {"cos", 1, call_cos}, {"tan", 1, call_tan},  {"asin", 1, call_asin},
    {"acos", 1, call_acos},   {"atn", 1, call_atn}, {"atan", 1, call_atn}, {"sqr", 1, call_sqr},
    {"sqrt", 1, call_sqr},    {"exp", 1, call_exp}, {"log", 1, call_log},  {"ln", 1, call_log},
    {"log10", 1, call_log10}, {"abs", 1, call_abs}, {"sgn", 1, call_sgn},  {"int", 1, call_int},
    {"fix", 1, call_fix},     {"mod", 2, call_mod}, {"max", 2, call_max},  {"min", 2, call_min},
};
#define FUNCTION_COUNT (sizeof functions / sizeof functions[0])

const char *ali_expression_builtin(size_t index)
{
    if (index < FUNCTION_COUNT)
        return functions[index].name;
    index -= FUNCTION_COUNT;
    return index < CONSTANT_COUNT ? constants[index].name : NULL;
}

/* ---- parsing ---- */

static alicorn_status parse_sum(parser *p, double *value);

static alicorn_status fail(parser *p, size_t at, const char *what, const char *text, size_t length)
{
    char quote[32];
    ali_quote(quote, sizeof quote, text, length);
    return ali_error_set_at(p->error, ALICORN_E_INPUT, NULL, 0, (int)at + 1, NULL, what, quote);
}

static void skip_space(parser *p)
{
    while (p->at < p->length && (p->text[p->at] == ' ' || p->text[p->at] == '\t'))
        p->at++;
}

static bool accept(parser *p, char c)
{
    skip_space(p);
    if (p->at >= p->length || p->text[p->at] != c)
        return false;
    p->at++;
    return true;
}

static alicorn_status check_finite(parser *p, size_t at, double value)
{
    if (isfinite(value))
        return ALICORN_OK;
    return fail(p, at, "the value of '%s' is not a finite number", p->text + at, p->at - at);
}

/** End of the literal number at text[at]; at itself if there is none. */
static size_t number_end(const char *text, size_t length, size_t at)
{
    size_t end = at, digits = 0;
    while (end < length && is_digit(text[end]))
        end++, digits++;
    if (end < length && text[end] == '.')
        for (end++; end < length && is_digit(text[end]); end++)
            digits++;
    if (digits == 0)
        return at;
    if (end < length && (lower(text[end]) == 'e' || lower(text[end]) == 'd')) {
        size_t exponent = end + 1;
        if (exponent < length && (text[exponent] == '+' || text[exponent] == '-'))
            exponent++;
        if (exponent < length && is_digit(text[exponent])) {
            while (exponent < length && is_digit(text[exponent]))
                exponent++;
            end = exponent;
        }
    }
    return end;
}

static alicorn_status parse_number(parser *p, double *value)
{
    size_t start = p->at;
    size_t end = number_end(p->text, p->length, start);
    const char *text = p->text + start;
    size_t length = end - start;
    if (length > ALI_EXPRESSION_MAX_NUMBER)
        return fail(p, start, "number '%s' has too many digits", text, length);
    char copy[ALI_EXPRESSION_MAX_NUMBER + 1];
    bool nonzero = false, mantissa = true;
    for (size_t i = 0; i < length; i++) {
        char c = lower(text[i]);
        copy[i] = c == 'd' ? 'e' : c;
        mantissa = mantissa && c != 'd' && c != 'e';
        nonzero = nonzero || (mantissa && c >= '1' && c <= '9');
    }
    copy[length] = '\0';
    *value = strtod(copy, NULL);
    p->at = end;
    if (!isfinite(*value))
        return fail(p, start, "number '%s' is too large", text, length);
    if (nonzero && *value == 0)
        return fail(p, start, "number '%s' is too small", text, length);

    size_t unit = ali_expression_name_length(p->text + end, p->length - end);
    double factor;
    if (unit == 0)
        return ALICORN_OK;
    if (!ali_expression_constant(p->text + end, unit, &factor))
        return fail(p, end, "'%s' behind a number is not a unit", p->text + end, unit);
    p->at += unit;
    *value *= factor;
    return ALICORN_OK;
}

/** #n: wire radius of American wire gauge n; diameter 0.127 mm * 92^((36-n)/39) by definition (ASTM
 * B258). */
static alicorn_status parse_gauge(parser *p, double *value)
{
    size_t start = p->at++, zeros = 0, digits = 0;
    int gauge = 0;
    while (p->at < p->length && is_digit(p->text[p->at]) && digits < 4) {
        zeros += gauge == 0 && p->text[p->at] == '0';
        gauge = 10 * gauge + (p->text[p->at++] - '0');
        digits++;
    }
    if (gauge == 0)
        gauge = 1 - (int)zeros;
    bool glued = p->at < p->length && (is_letter(p->text[p->at]) || is_digit(p->text[p->at]));
    if (digits == 0 || glued || gauge > 56)
        return fail(p, start, "'%s' is not a wire gauge, expected #0000 to #56", p->text + start,
                    p->at - start);
    *value = 0.5 * 0.127e-3 * pow(92.0, (36.0 - gauge) / 39.0);
    return ALICORN_OK;
}

static alicorn_status parse_call(parser *p, size_t start, size_t length, double *value)
{
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        const char *name = functions[i].name;
        if (ali_expression_compare_names(p->text + start, length, name, strlen(name)) != 0)
            continue;
        double arguments[MAX_ARGUMENTS] = {0};
        for (int k = 0; k < functions[i].argument_count; k++) {
            if (k > 0 && !accept(p, ','))
                return fail(p, p->at, "function %s needs another argument", name, strlen(name));
            alicorn_status status = parse_sum(p, &arguments[k]);
            if (status != ALICORN_OK)
                return status;
        }
        if (!accept(p, ')'))
            return fail(p, p->at, "missing ')' of function %s", name, strlen(name));
        *value = functions[i].call(arguments);
        return check_finite(p, start, *value);
    }
    return fail(p, start, "unknown function '%s'", p->text + start, length);
}

static alicorn_status parse_name(parser *p, double *value)
{
    size_t start = p->at;
    size_t length = ali_expression_name_length(p->text + start, p->length - start);
    p->at += length;
    if (accept(p, '('))
        return parse_call(p, start, length, value);
    alicorn_status status = ALICORN_E_USAGE;
    if (p->scope && p->scope->lookup)
        status = p->scope->lookup(p->scope->user, p->text + start, length, value, p->error);
    if (status == ALICORN_E_INPUT && p->error)
        p->error->column = (int)start + 1;
    if (status != ALICORN_E_USAGE)
        return status;
    if (ali_expression_constant(p->text + start, length, value))
        return ALICORN_OK;
    return fail(p, start, "unknown name '%s'", p->text + start, length);
}

static alicorn_status parse_primary(parser *p, double *value)
{
    skip_space(p);
    if (p->at >= p->length)
        return fail(p, p->at, "a number is missing at the end of '%s'", p->text, p->length);
    char c = p->text[p->at];
    if (number_end(p->text, p->length, p->at) > p->at)
        return parse_number(p, value);
    if (c == '#')
        return parse_gauge(p, value);
    bool name = is_letter(c), parenthesis = c == '(';
    if (!name && !parenthesis)
        return fail(p, p->at, "unexpected '%s', expected a number", p->text + p->at, 1);

    size_t start = p->at;
    if (++*p->depth > ALI_EXPRESSION_MAX_DEPTH) {
        --*p->depth;
        return fail(p, start, "'%s' is nested too deeply", p->text + start, p->length - start);
    }
    alicorn_status status;
    if (name) {
        status = parse_name(p, value);
    } else {
        p->at++;
        status = parse_sum(p, value);
        if (status == ALICORN_OK && !accept(p, ')'))
            status = fail(p, start, "'%s' lacks its ')'", p->text + start, p->length - start);
    }
    --*p->depth;
    return status;
}

/** Signs in front of a factor; -1 for an odd number of minus signs. */
static double accept_signs(parser *p)
{
    double sign = 1;
    for (;;) {
        if (accept(p, '-'))
            sign = -sign;
        else if (!accept(p, '+'))
            return sign;
    }
}

static alicorn_status parse_power(parser *p, double *value)
{
    double sign = accept_signs(p);
    size_t start = p->at;
    alicorn_status status = parse_primary(p, value);
    while (status == ALICORN_OK && accept(p, '^')) {
        double exponent_sign = accept_signs(p);
        double exponent;
        status = parse_primary(p, &exponent);
        if (status != ALICORN_OK)
            break;
        *value = pow(*value, exponent_sign * exponent);
        status = check_finite(p, start, *value);
    }
    *value *= sign;
    return status;
}

/** The operator at the front, if it is one of * / mod: its first letter, else 0. */
static char accept_product(parser *p)
{
    if (accept(p, '*'))
        return '*';
    if (accept(p, '/'))
        return '/';
    size_t length = ali_expression_name_length(p->text + p->at, p->length - p->at);
    if (ali_expression_compare_names(p->text + p->at, length, "mod", 3) != 0)
        return 0;
    p->at += length;
    return 'm';
}

static alicorn_status parse_product(parser *p, double *value)
{
    skip_space(p);
    size_t start = p->at;
    alicorn_status status = parse_power(p, value);
    char op;
    while (status == ALICORN_OK && (op = accept_product(p)) != 0) {
        double right;
        size_t at = p->at;
        status = parse_power(p, &right);
        if (status != ALICORN_OK)
            break;
        if (op != '*' && right == 0)
            return fail(p, at, "division by zero in '%s'", p->text + start, p->at - start);
        *value = op == '*' ? *value * right : op == '/' ? *value / right : fmod(*value, right);
        status = check_finite(p, start, *value);
    }
    return status;
}

static alicorn_status parse_sum(parser *p, double *value)
{
    skip_space(p);
    size_t start = p->at;
    alicorn_status status = parse_product(p, value);
    while (status == ALICORN_OK) {
        double sign = accept(p, '+') ? 1 : accept(p, '-') ? -1 : 0;
        if (sign == 0)
            break;
        double right;
        status = parse_product(p, &right);
        if (status != ALICORN_OK)
            break;
        *value += sign * right;
        status = check_finite(p, start, *value);
    }
    return status;
}

/** A signed decimal number alone, as nearly all fields are, whose digits and power of ten are both
 * exact in a double, so that their quotient is what strtod gives. Returns false for anything else.
 */
static bool read_plain(const char *text, size_t length, double *value)
{
    enum { EXACT_DIGITS = 15, EXACT_POWER = 22, LENGTH_MAX = 32 };
    static const double power_of_ten[EXACT_POWER + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    bool negative = length > 0 && text[0] == '-', point = false;
    int64_t digits = 0;
    size_t at = negative, count = 0, significant = 0, decimals = 0;
    if (length > LENGTH_MAX)
        return false;
    for (; at < length; at++) {
        if (is_digit(text[at])) {
            digits = 10 * digits + (text[at] - '0');
            count++;
            decimals += point;
            significant += digits > 0;
            if (significant > EXACT_DIGITS)
                return false;
        } else if (text[at] == '.' && !point) {
            point = true;
        } else {
            return false;
        }
    }
    if (count == 0 || decimals > EXACT_POWER)
        return false;
    *value = (negative ? -1.0 : 1.0) * ((double)digits / power_of_ten[decimals]);
    return true;
}

alicorn_status ali_expression_evaluate(const char *text, size_t length,
                                       const ali_expression_scope *scope, double *value,
                                       alicorn_error *error)
{
    int own_depth = 0;
    if (read_plain(text, length, value))
        return ALICORN_OK;
    parser p = {.text = text,
                .length = length,
                .scope = scope,
                .depth = scope && scope->depth ? scope->depth : &own_depth,
                .error = error};
    double result = 0;
    alicorn_status status = parse_sum(&p, &result);
    if (status != ALICORN_OK)
        return status;
    skip_space(&p);
    if (p.at < length)
        return fail(&p, p.at, "unexpected '%s' behind a number", text + p.at, length - p.at);
    *value = result;
    return ALICORN_OK;
}
