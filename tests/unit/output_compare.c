/* SPDX-License-Identifier: Apache-2.0 */
/* A small comparison as table, JSON and CSV: exact text, and the same fields in both files. */
#include "json_keys.h"
#include "key_document.h"

#include "alicorn/output.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#define NOWHERE                                                                                    \
    {                                                                                              \
        NAN, NAN, NAN                                                                              \
    }
#define AT(mhz)                                                                                    \
    {                                                                                              \
        (mhz) * 1e6, NAN, NAN                                                                      \
    }
#define ROW(quantity_, statistic_, to, from, a, b, bar, ...)                                       \
    {                                                                                              \
        .quantity = quantity_, .statistic = statistic_, .port = {to, from}, .polarisation = -1,    \
        .level = NAN, .azimuth_deg = {NAN, NAN}, .transmitter_deg = {NAN, NAN}, .has = {1, 1},     \
        .value = {a, b}, .change = (b) - (a), .has_error = (bar) > 0, .error = bar, __VA_ARGS__    \
    }

static alicorn_cosite_entry harmonic = {.emission = ALICORN_EMISSION_HARMONIC,
                                        .tone_count = 1,
                                        .tones = {{.number = 3}}},
                            image = {.emission = ALICORN_EMISSION_CARRIER,
                                     .response = ALICORN_RESPONSE_IMAGE,
                                     .tone_count = 1};

static alicorn_compare_row summary[] = {
    ROW(ALICORN_COMPARE_S, ALICORN_COMPARE_GREATEST, "UHF", "UHF", -6.0206, -9.5424, 0.25,
        .at = {AT(300), AT(310)}),
    ROW(ALICORN_COMPARE_VSWR, ALICORN_COMPARE_GREATEST, "UHF", "UHF", 3, 2, NAN,
        .at = {AT(300), AT(310)}),
    ROW(ALICORN_COMPARE_ISOLATION, ALICORN_COMPARE_LEAST, "AIS", "UHF", 52.8, 30.3, NAN,
        .at = {AT(300), AT(310)}),
    ROW(ALICORN_COMPARE_ISOLATION, ALICORN_COMPARE_LEAST, "UHF", "AIS", 52.82, 30.3, NAN,
        .at = {AT(300), AT(310)}),
    ROW(ALICORN_COMPARE_ISOLATION, ALICORN_COMPARE_LEAST, "RX", "AIS", 60, 60.1, 0.2,
        .at = {AT(300), AT(300)}, .within_error = 1, .interpolated = 2),
    ROW(ALICORN_COMPARE_MARGIN, ALICORN_COMPARE_VALUE, "UHF", "VHF", 16.4, 14, NAN,
        .at = {AT(300), AT(300)}, .entry = {&harmonic, &image}, .unknown = 2),
    ROW(ALICORN_COMPARE_MARGIN, ALICORN_COMPARE_VALUE, "VHF", "UHF", NAN, NAN, NAN,
        .at = {NOWHERE, NOWHERE}, .unknown = 1),
};

static alicorn_compare_only only[] = {
    {.kind = ALICORN_ONLY_PORT,
     .side = 0,
     .name = "GNSS",
     .count = 1,
     .low_hz = NAN,
     .high_hz = NAN},
    {.kind = ALICORN_ONLY_FREQUENCY,
     .side = 1,
     .name = "",
     .count = 3,
     .low_hz = 320e6,
     .high_hz = 340e6},
    {.kind = ALICORN_ONLY_PATTERN,
     .side = 1,
     .name = "UHF",
     .task = 1,
     .count = 1,
     .low_hz = 3e8,
     .high_hz = 3e8},
};

/** The last but one margin has no values. */
static alicorn_comparison sample(void)
{
    summary[6].has[0] = summary[6].has[1] = 0;
    return (alicorn_comparison){.title = {"one.yaml", "two, \"three\".s2p"},
                                .coverage_dbi = -3,
                                .percent = 90,
                                .points = summary + 3,
                                .point_count = 1,
                                .summary = summary,
                                .summary_count = sizeof summary / sizeof *summary,
                                .only = only,
                                .only_count = sizeof only / sizeof *only};
}

typedef alicorn_status (*writer)(const alicorn_comparison *comparison, FILE *stream,
                                 alicorn_error *error);

static alicorn_status write_table(const alicorn_comparison *comparison, FILE *stream,
                                  alicorn_error *error)
{
    return alicorn_write_compare_table(comparison, &(alicorn_compare_view){.list = 10}, stream,
                                       error);
}

static alicorn_status write_short(const alicorn_comparison *comparison, FILE *stream,
                                  alicorn_error *error)
{
    return alicorn_write_compare_table(comparison, &(alicorn_compare_view){.list = 1, .color = 1},
                                       stream, error);
}

static char *written(writer write)
{
    alicorn_comparison comparison = sample();
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(write(&comparison, stream, NULL), ALICORN_OK);
    fclose(stream);
    return text;
}

static const char table[] =
    "A  one.yaml\n"
    "B  two, \"three\".s2p\n"
    "only in A: port GNSS\n"
    "only in B: S at 3 frequencies, 320 MHz to 340 MHz\n"
    "only in B: 1 pattern of UHF, 300 MHz (task 2)\n"
    "\n"
    "Ports, the worst of all frequencies\n"
    "port  |S| [dB] A     B  change  VSWR A     B  change  |S_A − S_B|\n"
    "UHF         −6.0  −9.5    −3.5    3.00  2.00   −1.00            —\n"
    "\n"
    "Isolation [dB], least of all frequencies\n"
    "pair          A      B  change   A's at   B's at\n"
    "AIS – UHF  52.8   30.3   −22.5  300 MHz  310 MHz\n"
    "AIS to RX  60.0  *60.1   ~+0.1  300 MHz  300 MHz\n"
    "worst of all: A 52.8 dB (AIS – UHF), B 30.3 dB (AIS – UHF)\n"
    "\n"
    "Margins [dB], above 0: disturbed\n"
    "receiver  transmitter      A       B  change  by, in A    in B\n"
    "UHF       VHF          +16.4  +14.0?    −2.4  harmonic 3  carrier, image\n"
    "1 more pair: nothing found, or no path data\n"
    "\n"
    "Changes are B − A, those for the worse first. ~: within the error. *: interpolated.\n"
    "?: no path data for some of it, it may be worse.\n";

static void test_table(void **state)
{
    (void)state;
    char *text = written(write_table);
    assert_string_equal(text, table);
    free(text);
    text = written(write_short);
    assert_non_null(strstr(text, "\033[1mIsolation [dB], least of all frequencies\033[0m: 1 of 2"));
    assert_null(strstr(text, "AIS to RX"));
    free(text);
}

static void test_json(void **state)
{
    (void)state;
    char *text = written(alicorn_write_compare_json), *page = read_document("docs/json.md");
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    const char *begin = strstr(page, "## `alicorn compare --json`");
    assert_non_null(root);
    assert_non_null(begin);
    every_key_is_documented(root, begin);
    json_t *row = json_array_get(json_object_get(root, "summary"), 4);
    assert_string_equal(json_string_value(json_object_get(row, "from")), "AIS");
    assert_true(json_is_true(json_object_get(row, "within_error")));
    assert_true(json_is_true(json_object_get(row, "interpolated_b")));
    assert_true(json_is_false(json_object_get(row, "interpolated_a")));
    assert_true(json_is_null(json_object_get(row, "pattern")));
    row = json_array_get(json_object_get(root, "summary"), 6); /* no path data */
    assert_true(json_is_null(json_object_get(row, "a")));
    assert_true(json_is_true(json_object_get(row, "unknown_a")));
    assert_true(json_is_null(json_object_get(row, "within_error")));
    row = json_array_get(json_object_get(root, "only"), 2);
    assert_string_equal(json_string_value(json_object_get(row, "side")), "b");
    assert_int_equal(json_integer_value(json_object_get(row, "task")), 2);
    json_decref(root);
    free(page);
    free(text);
}

/** The columns are the keys of the JSON rows in the same order. */
static void test_csv(void **state)
{
    (void)state;
    char *text = written(alicorn_write_compare_csv), *json = written(alicorn_write_compare_json);
    json_t *root = json_loads(json, 0, NULL), *value;
    const char *key, *at = text;
    assert_memory_equal(at, "list,", 5);
    at += 5;
    json_object_foreach(json_array_get(json_object_get(root, "summary"), 0), key, value)
    {
        assert_memory_equal(at, key, strlen(key));
        at += strlen(key) + 1;
    }
    assert_int_equal(at[-1], '\n');
    assert_memory_equal(at, "summary,s,greatest,dB,1,UHF,UHF,,,,,,,,300000000,,,310000000,,,", 63);
    assert_non_null(strstr(text, ",,,16.4,14,-2.4,,,0,0,0,1,harmonic 3,\"carrier, image\"\n"));
    assert_non_null(
        strstr(text, "\nsummary,margin,value,dB,1,VHF,UHF,,,,,,,,,,,,,,,,,,,0,0,1,0,,\n"));
    assert_non_null(strstr(text, "\npoint,isolation,least,"));
    json_decref(root);
    free(json);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
