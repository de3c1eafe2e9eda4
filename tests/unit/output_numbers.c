/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Numbers as text: short, and the same whatever locale the host program has. */

#include "base/numbers.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check_text(double value, const char *expected)
{
    char text[ALI_NUMBER_SIZE];
    assert_string_equal(ali_number_format(text, value), expected);
}

static void writes_short_text(void **state)
{
    (void)state;
    check_text(0.0, "0");
    check_text(-0.0, "0");
    check_text(0.1, "0.1");
    check_text(-2.3, "-2.3");
    check_text(14.2e6, "14200000");
    check_text(299792458.0, "299792458");
    check_text(1e300, "1e+300");
    check_text(1.0 / 3.0, "0.333333333333");
    check_text(0.1 + 0.2, "0.3");
    check_text(29.999999999999996, "30");
}

/** Doubles of all magnitudes and signs, from random bits: twelve digits are kept, and a text that
 * is read and written again stays as it is. */
static void keeps_twelve_digits(void **state)
{
    (void)state;
    uint64_t bits = 0x9E3779B97F4A7C15u;
    for (int k = 0; k < 20000; k++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value) || fabs(value) < 1e-300)
            continue;
        char text[ALI_NUMBER_SIZE], again[ALI_NUMBER_SIZE];
        double back = strtod(ali_number_format(text, value), NULL);
        assert_true(fabs(back - value) <= 5.001e-12 * fabs(value));
        assert_string_equal(ali_number_format(again, back), text);
    }
}

static uint64_t next_bits(uint64_t *bits)
{
    *bits ^= *bits << 13;
    *bits ^= *bits >> 7;
    *bits ^= *bits << 17;
    return *bits;
}

/** The value and its neighbours are rounded as printf does, which is exact in glibc. */
static void check_rounding(double value)
{
    const double values[] = {nextafter(value, -INFINITY), value, nextafter(value, INFINITY)};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[ALI_NUMBER_SIZE], expected[64];
        snprintf(expected, sizeof expected, "%.12g", values[i] + 0.0);
        assert_int_equal(ali_number_write(text, values[i]), strlen(expected));
        assert_string_equal(text, expected);
    }
}

/** Powers of ten and halfway cases of the twelfth digit, at all magnitudes. */
static void rounds_as_printf_does(void **state)
{
    (void)state;
    uint64_t bits = 0x2545F4914F6CDD1Du;
    for (int power = -320; power <= 308; power++)
        check_rounding(pow(10.0, power));
    for (int k = 0; k < 20000; k++) {
        double digits = (double)(next_bits(&bits) % UINT64_C(1000000000000));
        double magnitude = pow(10.0, (double)(next_bits(&bits) % 80) - 50.0);
        check_rounding((digits + 0.5) * magnitude);
        check_rounding(-digits * magnitude);
        check_rounding(ldexp(2.0 * digits + 1.0, -(int)(next_bits(&bits) % 8))); /* exact ties */
    }
}

static void scopes_nest_and_end(void **state)
{
    (void)state;
    locale_t before = uselocale((locale_t)0);
    ali_numeric_scope outer, inner;
    assert_int_equal(ali_numeric_begin(&outer), 0);
    assert_int_equal(ali_numeric_begin(&inner), 0);
    errno = EPIPE;
    ali_numeric_end(&inner);
    assert_int_equal(errno, EPIPE);
    assert_ptr_equal(uselocale((locale_t)0), outer.own);
    ali_numeric_end(&outer);
    assert_ptr_equal(uselocale((locale_t)0), before);
}

/** Under a locale with a decimal comma, on machines that have one. */
static void ignores_the_locale_of_the_thread(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "it_IT.UTF-8"};
    locale_t comma = (locale_t)0;
    for (size_t k = 0; k < sizeof names / sizeof *names && comma == (locale_t)0; k++)
        comma = newlocale(LC_ALL_MASK, names[k], (locale_t)0);
    if (comma == (locale_t)0)
        skip();
    locale_t before = uselocale(comma);
    assert_string_equal(localeconv()->decimal_point, ",");
    ali_numeric_scope scope;
    assert_int_equal(ali_numeric_begin(&scope), 0);
    check_text(0.5, "0.5");
    ali_numeric_end(&scope);
    assert_string_equal(localeconv()->decimal_point, ",");
    uselocale(before);
    freelocale(comma);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_short_text),
        cmocka_unit_test(keeps_twelve_digits),
        cmocka_unit_test(rounds_as_printf_does),
        cmocka_unit_test(scopes_nest_and_end),
        cmocka_unit_test(ignores_the_locale_of_the_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
