/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts as a table, as JSON, whose keys the documents describe, and as JUnit XML. */
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

typedef alicorn_status (*writer)(const alicorn_check *check, FILE *stream, alicorn_error *error);

static alicorn_verdict verdicts[] = {
    {.kind = ALICORN_REQUIRE_RCS,
     .name = "rcs",
     .unit = "dBsm",
     .detail = "vv",
     .line = 12,
     .column = 5,
     .low = -HUGE_VAL,
     .high = 10,
     .percent = 50,
     .judgement = ALICORN_FAIL,
     .value = 12,
     .least = 11.5,
     .most = 12.5,
     .has_error = 1,
     .samples = 360,
     .unestimated = 2,
     .frequency_hz = 1e9,
     .has_direction = 1,
     .theta_deg = 85,
     .phi_deg = 20},
    {.kind = ALICORN_REQUIRE_ISOLATION,
     .name = "isolation",
     .unit = "dB",
     .detail = "",
     .line = 13,
     .column = 5,
     .low = 40,
     .high = HUGE_VAL,
     .judgement = ALICORN_PASS,
     .value = 45,
     .least = 44,
     .most = 46,
     .assumed_error = 1,
     .samples = 2,
     .unestimated = 2,
     .frequency_hz = 162e6,
     .port = {"A&B", "C"}},
    {.kind = ALICORN_REQUIRE_COSITE,
     .name = "cosite",
     .unit = "dB",
     .detail = "",
     .line = 14,
     .column = 5,
     .low = -HUGE_VAL,
     .high = 0,
     .judgement = ALICORN_UNDECIDED,
     .value = NAN,
     .least = NAN,
     .most = NAN,
     .unknown = 3},
};

static char *written(writer write)
{
    const alicorn_check check = {.count = 3, .verdicts = verdicts, .failed = 1, .undecided = 1};
    FILE *stream = tmpfile();
    assert_non_null(stream);
    assert_int_equal(write(&check, stream, NULL), ALICORN_OK);
    long size = ftell(stream);
    char *text = calloc((size_t)size + 1, 1);
    assert_non_null(text);
    rewind(stream);
    assert_int_equal(fread(text, 1, (size_t)size, stream), size);
    fclose(stream);
    return text;
}

static void test_table(void **state)
{
    (void)state;
    char *text = written(alicorn_write_check_table);
    assert_string_equal(text, "fail       line 12: rcs (vv) of 50 % of the sector at most 10 dBsm\n"
                              "           worst 12 dBsm (11.5 to 12.5)\n"
                              "           at 1000 MHz, theta 85, phi 20\n"
                              "           of 2 of 360 values the error is not estimated\n"
                              "pass       line 13: isolation at least 40 dB\n"
                              "           worst 45 dB (44 to 46, assumed)\n"
                              "           at A&B to C, 162 MHz\n"
                              "undecided  line 14: cosite at most 0 dB\n"
                              "           nothing is there to be judged\n"
                              "           of 3 disturbances there is no path data\n"
                              "3 verdicts: 1 passed, 1 failed, 1 undecided\n");
    free(text);
}

static void test_json(void **state)
{
    (void)state;
    char *text = written(alicorn_write_check_json), *page = read_document("docs/json.md");
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    char *begin = strstr(page, "## `alicorn check --json`"),
         *end = strstr(page, "## `alicorn cosite --json`");
    assert_true(begin && end && begin < end);
    *end = '\0';
    every_key_is_documented(root, begin);
    json_t *list = json_object_get(root, "verdicts"), *first = json_array_get(list, 0),
           *last = json_array_get(list, 2);
    assert_int_equal(json_array_size(list), 3);
    assert_string_equal(json_string_value(json_object_get(first, "verdict")), "fail");
    assert_true(json_is_null(json_object_get(first, "at_least")));
    assert_true(json_number_value(json_object_get(first, "value_most")) == 12.5);
    assert_true(json_is_null(json_object_get(first, "port")));
    assert_true(json_is_null(json_object_get(last, "value")));
    assert_true(json_is_null(json_object_get(last, "frequency_hz")));
    json_decref(root);
    free(page);
    free(text);
}

static void test_junit(void **state)
{
    (void)state;
    char *text = written(alicorn_write_check_junit);
    assert_non_null(strstr(text, "tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\">\n"));
    assert_non_null(strstr(text, "    <failure message=\"fail: worst 12 dBsm (11.5 to 12.5) at "
                                 "1000 MHz, theta 85, phi 20\"/>\n"));
    assert_non_null(strstr(text, "name=\"line 13: isolation at least 40 dB\"/>\n"));
    assert_non_null(
        strstr(text, "    <skipped message=\"undecided: nothing is there to be judged\"/>\n"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_junit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
