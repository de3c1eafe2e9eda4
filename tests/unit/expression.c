/* SPDX-License-Identifier: Apache-2.0 */
#include "input/expression.h"
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double pi = 3.14159265358979323846;

static double value_of(const char *text)
{
    double value = NAN;
    alicorn_error error = {0};
    alicorn_status status = ali_expression_evaluate(text, strlen(text), NULL, &value, &error);
    if (status != ALICORN_OK)
        print_message("%s: %s\n", text, error.message);
    assert_int_equal(status, ALICORN_OK);
    return value;
}

static void test_values(void **unused)
{
    (void)unused;
    const struct {
        const char *text;
        double value;
    } cases[] = {
        {"1", 1},
        {"-1.5", -1.5},
        {".5", 0.5},
        {"5.", 5},
        {"1.e3", 1000},
        {"1.5E-3", 1.5e-3},
        {"1.5D-3", 1.5e-3},
        {"1d3", 1000},
        {"1+2*3", 7},
        {"(1+2)*3", 9},
        {"7-2-1", 4},
        {"8/4/2", 1},
        {"2^3", 8},
        {"2^3^2", 64},
        {"-2^2", -4},
        {"2^-1", 0.5},
        {"2*-3", -6},
        {"--3", 3},
        {"3--2", 5},
        {"1-3", -2},
        {"7 mod 4", 3},
        {"mod(7.5,2)", 1.5},
        {"2*7 MOD 4", 2},
        {"pi", pi},
        {"2*PI", 2 * pi},
        {"2in", 0.0508},
        {"10ft", 3.048},
        {"135mm", 0.135},
        {"0.1cm", 0.001},
        {"15pF", 15e-12},
        {"1nf", 1e-9},
        {"2uF", 2e-6},
        {"3nH", 3e-9},
        {"2.146uH", 2.146e-6},
        {"1mH", 1e-3},
        {"3*in", 0.0762},
        {"1e2cm", 1},
        {"sqr(16)", 4},
        {"SQRT(2)^2", 2},
        {"exp(1)", exp(1.0)},
        {"log(exp(2))", 2},
        {"ln(10)", log(10.0)},
        {"log10(1000)", 3},
        {"abs(-3)", 3},
        {"sgn(-7)+sgn(0)", -1},
        {"int(2.7)", 2},
        {"int(-2.7)", -3},
        {"fix(-2.7)", -2},
        {"max(2,3)-min(2,3)", 1},
        {"sqr(3^2 + (2+2)^2)", 5},
        {" ( 1 + 2 ) ", 3},
        {"299.792458/7.1/4", 299.792458 / 7.1 / 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double value = value_of(cases[i].text);
        if (fabs(value - cases[i].value) > 1e-15 * fmax(1, fabs(cases[i].value)))
            fail_msg("%s = %.17g, expected %.17g", cases[i].text, value, cases[i].value);
    }
}

/** Plain numbers of all lengths are read to the last bit, signs of zeros included. */
static void test_plain_numbers(void **unused)
{
    (void)unused;
    uint64_t random = 7;
    for (int i = 0; i < 50000; i++) {
        char text[80];
        double number = 1e6 * next_random(&random);
        int decimals = (int)(12.0 * (1.0 + next_random(&random)));
        double smaller = number * pow(10.0, -(i % 8));
        snprintf(text, sizeof text, i % 16 ? "%.*f" : "%.*e", decimals, i % 100 ? smaller : 0.0);
        double value = value_of(text), expected = strtod(text, NULL);
        assert_memory_equal(&value, &expected, sizeof value);
    }
    double value = value_of("-0.000000");
    assert_true(value == 0.0 && signbit(value));
    assert_true(value_of("0.000000000000000000000000000000000001") == 1e-36);
    assert_true(value_of("123456789012345678901234567890") == 123456789012345678901234567890.0);
}

/** Angles are degrees, as in 4nec2, and the axes come out exactly. */
static void test_degrees(void **unused)
{
    (void)unused;
    assert_true(value_of("sin(30)") - 0.5 < 1e-15 && value_of("sin(30)") - 0.5 > -1e-15);
    assert_true(value_of("cos(90)") == 0);
    assert_true(value_of("sin(180)") == 0);
    assert_true(value_of("cos(180)") == -1);
    assert_true(value_of("sin(-90)") == -1);
    assert_true(value_of("cos(360)") == 1);
    assert_true(fabs(value_of("tan(45)") - 1) < 1e-15);
    assert_true(fabs(value_of("atn(1)") - 45) < 1e-13);
    assert_true(fabs(value_of("asin(0.5)") - 30) < 1e-13);
    assert_true(fabs(value_of("acos(0.5)") - 60) < 1e-13);
    for (int d = -720; d <= 720; d += 7) {
        char text[32];
        snprintf(text, sizeof text, "sin(%d)", d);
        assert_true(fabs(value_of(text) - sin(d * pi / 180)) < 1e-14);
        snprintf(text, sizeof text, "cos(%d)", d);
        assert_true(fabs(value_of(text) - cos(d * pi / 180)) < 1e-14);
    }
}

/** Radii of American wire gauges, from published tables of diameters [mm]. */
static void test_gauges(void **unused)
{
    (void)unused;
    assert_true(fabs(2e3 * value_of("#12") - 2.0525) < 1e-4);
    assert_true(fabs(2e3 * value_of("#36") - 0.1270) < 1e-7);
    assert_true(fabs(2e3 * value_of("#0") - 8.2515) < 1e-4);
    assert_true(fabs(2e3 * value_of("#00") - 9.2658) < 1e-4);
    assert_true(fabs(2e3 * value_of("#0000") - 11.684) < 1e-3);
    assert_true(fabs(value_of("#14/2") - 0.5 * value_of("#14")) == 0);
}

static void test_errors(void **unused)
{
    (void)unused;
    const struct {
        const char *text;
        int column;
        const char *message;
    } cases[] = {
        {"", 1, "a number is missing at the end of ''"},
        {"1+", 3, "a number is missing at the end of '1+'"},
        {"1+*2", 3, "unexpected '*', expected a number"},
        {"1 2", 3, "unexpected '2' behind a number"},
        {"1.5x", 4, "'x' behind a number is not a unit"},
        {"(1+2", 1, "'(1+2' lacks its ')'"},
        {"1)", 2, "unexpected ')' behind a number"},
        {"len", 1, "unknown name 'len'"},
        {"2*foo(1)", 3, "unknown function 'foo'"},
        {"max(1)", 6, "function max needs another argument"},
        {"sin(1,2)", 6, "missing ')' of function sin"},
        {"1/0", 3, "division by zero in '1/0'"},
        {"5 mod 0", 6, "division by zero in '5 mod 0'"},
        {"tan(90)", 1, "the value of 'tan(90)' is not a finite number"},
        {"sqr(-1)", 1, "the value of 'sqr(-1)' is not a finite number"},
        {"log(0)", 1, "the value of 'log(0)' is not a finite number"},
        {"(-8)^0.5", 1, "the value of '(-8)^0.5' is not a finite number"},
        {"1e999", 1, "number '1e999' is too large"},
        {"1e-999", 1, "number '1e-999' is too small"},
        {"1e200*1e200", 1, "the value of '1e200*1e200' is not a finite number"},
        {"nan", 1, "unknown name 'nan'"},
        {"inf", 1, "unknown name 'inf'"},
        {"0x10", 2, "'x10' behind a number is not a unit"},
        {"#", 1, "'#' is not a wire gauge, expected #0000 to #56"},
        {"#99", 1, "'#99' is not a wire gauge, expected #0000 to #56"},
        {"1,5", 2, "unexpected ',5' behind a number"},
        {"1\xff", 2, "unexpected '?' behind a number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double value = 7;
        alicorn_error error = {0};
        alicorn_status status =
            ali_expression_evaluate(cases[i].text, strlen(cases[i].text), NULL, &value, &error);
        assert_int_equal(status, ALICORN_E_INPUT);
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.column, cases[i].column);
        assert_true(value == 7);
    }
}

static void test_nesting_is_bounded(void **unused)
{
    (void)unused;
    static char text[200001];
    double value;
    alicorn_error error = {0};
    memset(text, '(', 100000);
    assert_int_equal(ali_expression_evaluate(text, 100000, NULL, &value, &error), ALICORN_E_INPUT);
    assert_int_equal(error.column, ALI_EXPRESSION_MAX_DEPTH + 1);
    memset(text, '-', 100000);
    text[100000] = '1';
    assert_int_equal(ali_expression_evaluate(text, 100001, NULL, &value, &error), ALICORN_OK);
    assert_true(value == 1);
    memset(text, '9', 1000);
    assert_int_equal(ali_expression_evaluate(text, 1000, NULL, &value, &error), ALICORN_E_INPUT);
}

/** A text is not read beyond its length. */
static void test_length_counts(void **unused)
{
    (void)unused;
    double value;
    assert_int_equal(ali_expression_evaluate("123456", 3, NULL, &value, NULL), ALICORN_OK);
    assert_true(value == 123);
    assert_int_equal(ali_expression_evaluate("1e5", 2, NULL, &value, NULL), ALICORN_E_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),        cmocka_unit_test(test_plain_numbers),
        cmocka_unit_test(test_degrees),       cmocka_unit_test(test_gauges),
        cmocka_unit_test(test_errors),        cmocka_unit_test(test_nesting_is_bounded),
        cmocka_unit_test(test_length_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
