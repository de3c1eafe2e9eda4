/* SPDX-License-Identifier: Apache-2.0 */
/* Results of cosite analysis: table, JSON and CSV say the same, and what the documents say. */
#include "assert_close.h"
#include "json_keys.h"
#include "key_document.h"

#include "alicorn/output.h"
#include "alicorn/radios.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

/** A hits B with its second harmonic, and C with noise; C only receives, and has no path from B. */
static const char scene[] =
    "alicorn-radios: 1\n"
    "radios:\n"
    "- name: A; or so\n"
    "  channels: [100 MHz, 101 MHz]\n"
    "  transmitter: { power: 10 W, bandwidth: 10 kHz, noise: -150 dBc/Hz,\n"
    "                 harmonics: { listed: [{ number: 2, level: -60 dBc }] } }\n"
    "  receiver: { bandwidth: 10 kHz, sensitivity: -100 dBm, selectivity: [[1 MHz, 120 dB]] }\n"
    "- name: B\n"
    "  channels: 200 MHz\n"
    "  transmitter: { power: 1 mW, bandwidth: 10 kHz }\n"
    "  receiver: { bandwidth: 10 kHz, noise_figure: 10 dB, selectivity: [[1 MHz, 120 dB]] }\n"
    "- name: C\n"
    "  channels: 303 MHz\n"
    "  receiver: { bandwidth: 10 kHz, sensitivity: -100, selectivity: [[1 MHz, 120 dB]] }\n"
    "isolations:\n"
    "- { from: \"A; or so\", to: B, loss: 30 dB }\n"
    "- { from: \"A; or so\", to: C, loss: 30 dB }\n";

static alicorn_cosite_result *analyse(const char *text)
{
    alicorn_radios *radios = NULL;
    alicorn_cosite_result *result = NULL;
    alicorn_cosite_options options;
    alicorn_error error = {0};
    alicorn_cosite_options_default(&options);
    if (alicorn_radios_parse(text, strlen(text), "r.yaml", NULL, &radios, &error) != ALICORN_OK ||
        alicorn_cosite_run(radios, &options, &result, &error) != ALICORN_OK)
        fail_msg("%d:%d: %s", error.line, error.column, error.message);
    alicorn_radios_destroy(radios);
    return result;
}

typedef alicorn_status (*writer)(const alicorn_cosite_result *result, FILE *stream,
                                 alicorn_error *error);

/** All that was written to a temporary file, which is closed. */
static char *taken_back(FILE *stream)
{
    long size = ftell(stream);
    assert_true(size >= 0);
    char *text = calloc((size_t)size + 1, 1);
    assert_non_null(text);
    rewind(stream);
    assert_int_equal(fread(text, 1, (size_t)size, stream), size);
    fclose(stream);
    return text;
}

static char *written(const alicorn_cosite_result *result, writer write)
{
    FILE *stream = tmpfile();
    assert_non_null(stream);
    assert_int_equal(write(result, stream, NULL), ALICORN_OK);
    return taken_back(stream);
}

static char *table(const alicorn_cosite_result *result, alicorn_cosite_view view)
{
    FILE *stream = tmpfile();
    assert_non_null(stream);
    assert_int_equal(alicorn_write_cosite_table(result, &view, stream, NULL), ALICORN_OK);
    return taken_back(stream);
}

static const char *text_of(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static double number_of(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

/** 40 dBm - 60 - 30 dB = -50 dBm of the harmonic in B's channel, whose noise is -124 dBm. */
static void test_json(void **state)
{
    (void)state;
    alicorn_cosite_result *result = analyse(scene);
    char *text = written(result, alicorn_write_cosite_json), *page = read_document("docs/json.md");
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    const char *begin = strstr(page, "## `alicorn cosite --json`");
    assert_non_null(begin);
    every_key_is_documented(root, begin);

    json_t *worst = json_array_get(json_object_get(root, "interferences"), 0);
    assert_string_equal(text_of(worst, "victim"), "B");
    assert_string_equal(text_of(worst, "emission"), "harmonic");
    assert_string_equal(text_of(worst, "response"), "in channel");
    json_t *tone = json_array_get(json_object_get(worst, "tones"), 0);
    assert_string_equal(text_of(tone, "radio"), "A; or so");
    assert_int_equal((int)number_of(tone, "number"), 2);
    assert_close(number_of(tone, "carrier_hz"), 100e6, 1e-6);
    assert_close(number_of(worst, "frequency_hz"), 200e6, 1e-6);
    assert_close(number_of(worst, "level_dbm"), -50, 1e-9);
    assert_close(number_of(worst, "limit_dbm"), -123.975, 1e-3);
    assert_close(number_of(worst, "margin_db"), 73.975, 1e-3);
    assert_close(number_of(worst, "path_db"), 30, 1e-9);

    /* receivers that nobody can reach are no pairs; C from B is not known */
    json_t *radios = json_object_get(root, "radios"),
           *unknown = json_object_get(root, "no_path_data");
    assert_int_equal(json_array_size(radios), 3);
    assert_true(
        json_is_null(json_array_get(json_object_get(json_array_get(radios, 2), "transmit_hz"), 0)));
    bool found = false;
    for (size_t i = 0; i < json_array_size(unknown); i++)
        found = found || (strcmp(text_of(json_array_get(unknown, i), "victim"), "C") == 0 &&
                          strcmp(text_of(json_array_get(unknown, i), "aggressor"), "B") == 0);
    assert_true(found);
    json_decref(root);
    free(page);
    free(text);
    alicorn_cosite_result_destroy(result);
}

static void test_csv(void **state)
{
    (void)state;
    alicorn_cosite_result *result = analyse(scene);
    char *text = written(result, alicorn_write_cosite_csv),
         *page = read_document("docs/formats.md");
    size_t lines = 0, commas = 0;
    char *second = strchr(text, '\n') + 1, *third = strchr(second, '\n') + 1;
    for (char *at = text; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 1 + result->entry_count);
    for (char *at = text; at < second; at++)
        commas += *at == ',';
    assert_int_equal(commas, 17);
    assert_memory_equal(
        second, "B,200000000,A; or so,A; or so 100 MHz,harmonic,in channel,0,200000000,", 69);
    assert_non_null(strstr(third - 30, ",0,0,,\n"));
    char name[40];
    for (const char *at = text; at < second; at += strcspn(at, ",\n") + 1) {
        snprintf(name, sizeof name, "`%.*s`", (int)strcspn(at, ",\n"), at);
        if (!strstr(page, name))
            fail_msg("docs/formats.md does not describe %s", name);
    }
    free(page);
    free(text);
    alicorn_cosite_result_destroy(result);
}

static void test_table(void **state)
{
    (void)state;
    alicorn_cosite_result *result = analyse(scene);
    char *text = table(result, (alicorn_cosite_view){.columns = 80, .list = 10});
    assert_null(strchr(text, '\033'));
    assert_non_null(strstr(text, "A; or so        B\n"));
    assert_non_null(strstr(text, " 2 B          +74.0H          \n"));
    assert_non_null(strstr(text, "H: harmonic."));
    assert_non_null(strstr(text, "?: no path data"));
    assert_non_null(strstr(text, "+74.0   74.0  B         200 MHz  harmonic 2"));
    assert_non_null(strstr(text, "No path data\n"));
    assert_non_null(strstr(text, "Frequency plan, as far as paths are known: "));
    free(text);
    result->entries[0].has_error = result->entries[0].beyond_law = 1;
    result->entries[0].margin_least_db = result->entries[0].margin_db - 2;
    result->entries[0].margin_most_db = result->entries[0].margin_db + 1;
    text = table(result, (alicorn_cosite_view){.columns = 80, .list = 10});
    assert_non_null(strstr(text, "+74.0 ± 2.0   74.0  B         200 MHz  harmonic 2 (at most)"));
    free(text);
    result->entries[0].margin_least_db = -HUGE_VAL;
    text = table(result, (alicorn_cosite_view){.columns = 80, .list = 10});
    assert_non_null(strstr(text, "+74.0 or less, + 1.0   74.0"));
    free(text);
    text = table(result, (alicorn_cosite_view){.color = 1, .columns = 80, .list = 0});
    assert_non_null(strstr(text, "\033[1;31m"));
    assert_non_null(strstr(text, "\033[0m"));
    free(text);
    alicorn_cosite_result_destroy(result);
}

/** Nobody sends: no matrix of nothing. */
static void test_nothing(void **state)
{
    (void)state;
    alicorn_cosite_result *result =
        analyse("alicorn-radios: 1\nradios: [{ name: a, channels: 1 MHz, receiver: { bandwidth: 1, "
                "sensitivity: -99 } }]\n");
    char *text = table(result, (alicorn_cosite_view){.columns = 80, .list = 3});
    assert_memory_equal(text, "There is no pair", 16);
    assert_null(strstr(text, "Margins"));
    free(text);
    alicorn_cosite_result_destroy(result);
}

/** Forty radios: no line of the matrix is wider than the terminal, and each pair is there once. */
static void test_width(void **state)
{
    (void)state;
    char *scenario = calloc(1, 40000);
    assert_non_null(scenario);
    strcpy(scenario, "alicorn-radios: 1\nplatforms: [{ name: p, free_space: true }]\nradios:\n");
    for (int i = 0; i < 40; i++) {
        size_t used = strlen(scenario);
        snprintf(
            scenario + used, 40000 - used,
            "- { name: radio number %d, at: [0, %d, 0], gain: 0, channels: %d MHz, transmitter: "
            "{ power: 1 W }, receiver: { bandwidth: 1 kHz, sensitivity: -100, selectivity: "
            "[[1 MHz, 60 dB]] } }\n",
            i, 10 * i, 100 + i);
    }
    alicorn_cosite_result *result = analyse(scenario);
    for (size_t columns = 60; columns <= 120; columns += 60) {
        char *text = table(result, (alicorn_cosite_view){.columns = columns, .list = 3});
        char *end = strstr(text, "Margins in dB");
        size_t cells = 0, line = 0;
        assert_non_null(end);
        for (char *at = strchr(text, '\n') + 1; at < end; at++) {
            cells += *at == 'O';
            line = *at == '\n' ? 0 : line + 1;
            assert_true(line <= columns);
        }
        assert_int_equal(cells, 40 * 39);
        free(text);
    }
    alicorn_cosite_result_destroy(result);
    free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json),    cmocka_unit_test(test_csv),   cmocka_unit_test(test_table),
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
