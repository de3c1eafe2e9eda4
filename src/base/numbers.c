/* SPDX-License-Identifier: Apache-2.0 */
#include "base/numbers.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int ali_numeric_begin(ali_numeric_scope *scope)
{
    scope->own = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (scope->own == (locale_t)0)
        return -1;
    scope->previous = uselocale(scope->own);
    return 0;
}

void ali_numeric_end(ali_numeric_scope *scope)
{
    int saved = errno;
    uselocale(scope->previous);
    freelocale(scope->own);
    errno = saved;
}

/* ---- decimal digits ----
 *
 * printf works on numbers of any length, which takes longer than computing most of what a large
 * result file holds. Twelve digits need no more than a product in twice the working precision; the
 * few values that it cannot decide are left to printf. */

enum { DIGITS = 12, POWER_MAX = 22 };

/** The powers of ten that a double holds exactly. */
static const double power_of_ten[POWER_MAX + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/** Magnitudes that two such powers bring to twelve digits before the point. */
static const double magnitude_min = 1e-31, magnitude_max = 1e31;

/** Twice the working precision: high + low. */
typedef struct pair {
    double high, low;
} pair;

/** value 10^power, -22 <= power <= 44; exact up to 22, to 2^-100 otherwise. */
static pair scale(double value, int power)
{
    if (power < 0) {
        double divisor = power_of_ten[-power], quotient = value / divisor;
        return (pair){quotient, fma(-quotient, divisor, value) / divisor};
    }
    double factor = power_of_ten[power < POWER_MAX ? power : POWER_MAX], product = value * factor;
    pair first = {product, fma(value, factor, -product)};
    if (power <= POWER_MAX)
        return first;
    factor = power_of_ten[power - POWER_MAX];
    product = first.high * factor;
    double rest = fma(first.high, factor, -product) + first.low * factor, sum = product + rest;
    return (pair){sum, rest - (sum - product)};
}

/** Round to the nearest integer; false if that depends on more digits than there are. */
static bool round_pair(pair scaled, int64_t *rounded)
{
    double whole = floor(scaled.high), fraction = scaled.high - whole;
    if (fraction == 0.5 && fabs(scaled.low) < 1e-18)
        return false; /* a tie, or next to one */
    *rounded = (int64_t)whole + (fraction > 0.5 || (fraction == 0.5 && scaled.low > 0.0) ? 1 : 0);
    return true;
}

/** The digits of a positive value, the first one worth 10^*exponent. Returns false if it is out of
 * range or on the border between two roundings. */
static bool find_digits(double value, char digit[DIGITS], int *exponent)
{
    if (!(value >= magnitude_min && value < magnitude_max))
        return false;
    int binary;
    (void)frexp(value, &binary);
    int decimal = (int)floor((binary - 1) * 0.30102999566398120); /* the exponent or one less */
    pair scaled = scale(value, DIGITS - 1 - decimal);
    if (scaled.high >= 1e12)
        scaled = scale(value, DIGITS - 1 - ++decimal);
    int64_t whole;
    if (!round_pair(scaled, &whole))
        return false;
    if (whole == INT64_C(1000000000000)) {
        whole /= 10;
        decimal++;
    }
    /* in halves: short divisions, and two chains of them */
    uint32_t front = (uint32_t)(whole / 1000000), back = (uint32_t)(whole % 1000000);
    for (int i = DIGITS / 2; i-- > 0; front /= 10, back /= 10) {
        digit[i] = (char)('0' + front % 10);
        digit[i + DIGITS / 2] = (char)('0' + back % 10);
    }
    *exponent = decimal;
    return true;
}

/* ---- text ---- */

static char *put_many(char *at, const char *from, int count)
{
    memcpy(at, from, (size_t)count);
    return at + count;
}

static char *put_zeros(char *at, int count)
{
    memset(at, '0', (size_t)count);
    return at + count;
}

/** Digits and exponent as printf's %g sets them. */
static char *put_digits(char *at, const char *digit, int count, int exponent)
{
    if (exponent >= DIGITS || exponent < -4) {
        *at++ = digit[0];
        if (count > 1)
            *at++ = '.';
        at = put_many(at, digit + 1, count - 1);
        int size = exponent < 0 ? -exponent : exponent; /* below 100 */
        *at++ = 'e';
        *at++ = exponent < 0 ? '-' : '+';
        *at++ = (char)('0' + size / 10);
        *at++ = (char)('0' + size % 10);
        return at;
    }
    if (exponent < 0) {
        at = put_zeros(put_many(at, "0.", 2), -exponent - 1);
        return put_many(at, digit, count);
    }
    int before = exponent + 1;
    if (count <= before)
        return put_zeros(put_many(at, digit, count), before - count);
    at = put_many(at, digit, before);
    *at++ = '.';
    return put_many(at, digit + before, count - before);
}

size_t ali_number_write(char text[ALI_NUMBER_SIZE], double value)
{
    char digit[DIGITS];
    int exponent, count = DIGITS;
    if (value == 0.0) {
        memcpy(text, "0", 2);
        return 1;
    }
    if (!find_digits(fabs(value), digit, &exponent))
        return (size_t)snprintf(text, ALI_NUMBER_SIZE, "%.*g", DIGITS, value);
    while (digit[count - 1] == '0')
        count--;
    char *at = text;
    if (value < 0.0)
        *at++ = '-';
    at = put_digits(at, digit, count, exponent);
    *at = '\0';
    return (size_t)(at - text);
}

const char *ali_number_format(char text[ALI_NUMBER_SIZE], double value)
{
    ali_number_write(text, value);
    return text;
}
