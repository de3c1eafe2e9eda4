/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The JSON document, read back by Jansson. */

#include "json_keys.h"
#include "output/json_stream.h"
#include "sample_result.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** A result and what was written of it. */
typedef struct document {
    ali_model *model;
    alicorn_result *result;
    char *text;
    json_t *root;
} document;

static alicorn_status write_document(FILE *stream, void *user, alicorn_error *error)
{
    const document *doc = user;
    return alicorn_write_json(doc->model, doc->result, stream, error);
}

static json_t *parse(const char *text)
{
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("line %d column %d: %s", error.line, error.column, error.text);
    return root;
}

static int open_document(void **state)
{
    document *doc = calloc(1, sizeof *doc);
    sample_full(&doc->model, &doc->result);
    sample_sweep_adaptively(doc->result);
    doc->text = sample_written(write_document, doc);
    doc->root = parse(doc->text);
    *state = doc;
    return 0;
}

static int close_document(void **state)
{
    document *doc = *state;
    json_decref(doc->root);
    free(doc->text);
    alicorn_result_destroy(doc->result);
    ali_model_destroy(doc->model);
    free(doc);
    return 0;
}

/** Follow keys and indices ("solves", "0", "s") from a value. */
static json_t *at(json_t *value, const char *const path[])
{
    for (; *path; path++) {
        json_t *next = json_is_array(value)
                           ? json_array_get(value, (size_t)strtoul(*path, NULL, 10))
                           : json_object_get(value, *path);
        if (!next)
            fail_msg("no '%s'", *path);
        value = next;
    }
    return value;
}

#define AT(root, ...) at(root, (const char *const[]){__VA_ARGS__, NULL})

/** To all twelve digits. */
static void check_number(json_t *value, double expected)
{
    assert_true(json_is_number(value));
    sample_close(json_number_value(value), expected, 5.001e-12 * fabs(expected));
}

static void check_complex(json_t *value, alicorn_complex expected)
{
    assert_int_equal(json_array_size(value), 2);
    check_number(json_array_get(value, 0), expected.re);
    check_number(json_array_get(value, 1), expected.im);
}

static void has_the_fixed_fields(void **state)
{
    const document *doc = *state;
    json_t *root = doc->root;
    const alicorn_solve_result *solve = alicorn_result_solve(doc->result, 0);
    assert_string_equal(json_string_value(AT(root, "alicorn")), alicorn_version());
    assert_string_equal(json_string_value(AT(root, "input")), "dipoles.nec");
    assert_string_equal(json_string_value(AT(root, "comment")), "two dipoles\nside by side");
    check_number(AT(root, "unknowns"), 12);
    assert_int_equal(json_array_size(AT(root, "solves")), 3);
    json_t *first = AT(root, "solves", "0");
    check_number(AT(first, "frequency_hz"), 290e6);
    json_t *source = AT(first, "sources", "1");
    assert_string_equal(json_string_value(AT(source, "port")), "2");
    check_number(AT(source, "tag"), 2);
    check_number(AT(source, "segment"), 5);
    check_complex(AT(source, "impedance"), solve->sources[1].impedance);
    check_complex(AT(source, "current"), solve->sources[1].current);
    check_number(AT(source, "impedance_error"), 0.4);
    check_number(AT(source, "power_w"), solve->sources[1].power_w);
    assert_string_equal(json_string_value(AT(first, "ports", "0")), "1");
    check_number(AT(first, "z0", "1"), 50.0);
    check_number(AT(first, "gain", "max_dbi"), 2.15);
    check_number(AT(first, "gain", "theta_deg"), 90.0);
    check_number(AT(first, "gain", "average"), 0.9998);
    check_number(AT(first, "radiated_w"), solve->power.radiated);
    check_number(AT(first, "lost_w"), solve->power.structure_loss + solve->power.network_loss);
    check_number(AT(first, "residual"), 2e-13);
}

static void tells_of_adaptive_sweeps(void **state)
{
    const document *doc = *state;
    assert_null(json_object_get(AT(doc->root, "solves", "0"), "interpolated"));
    assert_true(json_is_true(AT(doc->root, "solves", "1", "interpolated")));
    json_t *sweep = AT(doc->root, "sweeps", "0");
    check_number(AT(sweep, "task"), 1);
    check_number(AT(sweep, "solved"), 17);
    check_number(AT(sweep, "frequencies"), 201);
    check_number(AT(sweep, "error"), 4e-4);
    check_number(AT(sweep, "tolerance"), 1e-3);
    check_number(AT(sweep, "largest_singular"), 0.998);
}

/** Rows of the matrix are rows of the document: S21 is s[1][0]. */
static void keeps_the_order_of_matrices(void **state)
{
    const document *doc = *state;
    json_t *first = AT(doc->root, "solves", "0");
    const alicorn_ports *ports = &alicorn_result_solve(doc->result, 0)->ports;
    check_complex(AT(first, "s", "1", "0"), ports->s[2]);
    check_complex(AT(first, "s", "0", "1"), ports->s[1]);
    check_number(AT(first, "s_error", "1", "0"), ports->s_error[2]);
    check_number(AT(first, "max_coupling_db", "1", "0"), ports->coupling_db[2]);
    check_complex(AT(first, "y", "1", "1"), ports->y[3]);
    const alicorn_pattern *pattern = &alicorn_result_solve(doc->result, 0)->patterns[0];
    check_complex(AT(first, "patterns", "0", "e_theta", "1", "2"),
                  pattern->e_theta[1 * pattern->theta_count + 2]);
    check_number(AT(first, "patterns", "0", "total_dbi", "1", "2"),
                 alicorn_pattern_at(pattern, 2, 1).total_dbi);
    check_complex(AT(first, "near_fields", "1", "field", "1", "2"), (alicorn_complex){2.0, 0.1});
    check_number(AT(first, "near_fields", "0", "points", "1", "0"), 1.5);
}

static void says_null_for_what_does_not_exist(void **state)
{
    const document *doc = *state;
    json_t *first = AT(doc->root, "solves", "0"), *wave = AT(doc->root, "solves", "2");
    assert_true(json_is_null(AT(first, "connections", "0", "impedance_error")));
    assert_true(json_is_null(AT(first, "patterns", "0", "total_dbi", "0", "0")));
    assert_true(json_is_null(AT(first, "couplings", "1", "maximum_db")));
    check_number(AT(first, "couplings", "0", "maximum_db"), -13.706);
    assert_null(json_object_get(first, "driven_port"));
    assert_null(json_object_get(wave, "isolation"));
    assert_true(json_is_null(AT(wave, "gain")));
    assert_true(json_is_null(AT(wave, "radiated_w")));
    assert_true(json_is_null(AT(wave, "rcs", "1", "vv_dbsm")));
    check_number(AT(wave, "rcs", "0", "vv_dbsm"), -12.5);
    check_number(AT(wave, "plane_wave", "theta_deg"), 30.0);
    assert_int_equal(json_array_size(AT(wave, "ports")), 0);
    assert_null(json_object_get(wave, "s"));
}

static void counts_over_all_jobs(void **state)
{
    (void)state;
    document doc = {0};
    sample_two_jobs(&doc.model, &doc.result);
    doc.text = sample_written(write_document, &doc);
    doc.root = parse(doc.text);
    static const double job[] = {1, 2, 2}, segments[] = {1, 2, 2};
    check_number(AT(doc.root, "segments"), 3);
    for (size_t k = 0; k < 3; k++) {
        json_t *solve = json_array_get(AT(doc.root, "solves"), k);
        check_number(AT(solve, "job"), job[k]);
        check_number(AT(solve, "task"), (double)k + 1);
        assert_int_equal(json_array_size(AT(solve, "currents")), segments[k]);
    }
    json_decref(doc.root);
    free(doc.text);
    alicorn_result_destroy(doc.result);
    ali_model_destroy(doc.model);
}

static void names_the_driven_port(void **state)
{
    (void)state;
    const ali_pattern_request pattern = {.theta_count = 2, .theta_step = 1.0, .phi_count = 1};
    document doc = {0};
    sample_mast(&pattern, &doc.model, &doc.result);
    alicorn_result_solve(doc.result, 0)->ports.s[2 * 3 + 1] = (alicorn_complex){0.3, 0.4};
    doc.text = sample_written(write_document, &doc);
    doc.root = parse(doc.text);
    json_t *second = AT(doc.root, "solves", "1");
    const alicorn_solve_result *solve = alicorn_result_solve(doc.result, 1);
    assert_string_equal(json_string_value(AT(second, "driven_port")), "AIS/top");
    assert_int_equal(json_array_size(AT(second, "sources")), 1);
    assert_string_equal(json_string_value(AT(second, "sources", "0", "port")), "AIS/top");
    assert_int_equal(json_array_size(AT(second, "ports")), 3);
    check_number(AT(second, "power", "termination_w"), solve->power.termination);
    assert_true(json_is_null(AT(second, "max_coupling_db", "1", "1")));
    check_number(AT(second, "max_coupling_db", "2", "1"), -13.0);
    json_t *first = AT(doc.root, "solves", "0", "isolation");
    check_number(AT(first, "worst_db"), -20.0 * log10(0.5));
    assert_string_equal(json_string_value(AT(first, "from")), "AIS/top");
    assert_string_equal(json_string_value(AT(first, "to")), "L band");
    json_t *face = AT(second, "face_currents", "1");
    assert_string_equal(json_string_value(AT(face, "surface")), "hull");
    check_number(AT(face, "triangle"), 2);
    check_number(AT(face, "area"), 1.0);
    check_number(AT(face, "centre", "1"), 0.4);
    check_complex(AT(face, "current", "1"), (alicorn_complex){0.0, 6e-3});
    check_complex(AT(face, "charge"), (alicorn_complex){-1e-11, 6e-12});
    char *page = sample_file(ALI_SOURCE_ROOT "/docs/json.md");
    every_key_is_documented(doc.root, page);
    free(page);
    json_decref(doc.root);
    free(doc.text);
    alicorn_result_destroy(doc.result);
    ali_model_destroy(doc.model);
}

static void is_what_the_manual_says(void **state)
{
    const document *doc = *state;
    char *page = sample_file(ALI_SOURCE_ROOT "/docs/json.md");
    every_key_is_documented(doc->root, page);
    free(page);
}

static alicorn_status write_texts(FILE *stream, void *user, alicorn_error *error)
{
    (void)error;
    const char *const *texts = user;
    ali_json json;
    ali_json_begin(&json, stream);
    ali_json_open_array(&json, NULL, ALI_JSON_LINES);
    for (; *texts; texts++)
        ali_json_text(&json, NULL, *texts);
    ali_json_text(&json, NULL, NULL);
    ali_json_real(&json, NULL, NAN);
    ali_json_bool(&json, NULL, true);
    ali_json_open_object(&json, NULL, ALI_JSON_LINES);
    ali_json_close(&json);
    ali_json_close(&json);
    return ALICORN_OK;
}

/** Quotes, control characters, and bytes that are no UTF-8 (Latin-1, overlong, surrogate, cut
 * short). */
static void escapes_any_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "plain",    "a \"quoted\" \\ back", "tab\tand\nline\x01", "Ω φ 𝄞", "caf\xE9",
        "\xC0\xAF", "\xED\xA0\x80",         "cut \xE2\x82",       "",      NULL};
    static const char *const expected[] = {"plain",
                                           "a \"quoted\" \\ back",
                                           "tab\tand\nline\x01",
                                           "Ω φ 𝄞",
                                           "caf\xEF\xBF\xBD",
                                           "\xEF\xBF\xBD\xEF\xBF\xBD",
                                           "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD",
                                           "cut \xEF\xBF\xBD\xEF\xBF\xBD",
                                           ""};
    char *text = sample_written(write_texts, (void *)texts);
    json_t *root = parse(text);
    const size_t count = sizeof expected / sizeof *expected;
    assert_int_equal(json_array_size(root), count + 4);
    for (size_t k = 0; k < count; k++)
        assert_string_equal(json_string_value(json_array_get(root, k)), expected[k]);
    assert_true(json_is_null(json_array_get(root, count)));
    assert_true(json_is_null(json_array_get(root, count + 1)));
    assert_true(json_is_true(json_array_get(root, count + 2)));
    assert_int_equal(json_object_size(json_array_get(root, count + 3)), 0);
    json_decref(root);
    free(text);
}

static void tells_of_a_full_disk(void **state)
{
    const document *doc = *state;
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    alicorn_error error = {0};
    assert_int_equal(alicorn_write_json(doc->model, doc->result, full, &error), ALICORN_E_IO);
    assert_non_null(strstr(error.message, "JSON"));
    fclose(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_fixed_fields),
        cmocka_unit_test(keeps_the_order_of_matrices),
        cmocka_unit_test(tells_of_adaptive_sweeps),
        cmocka_unit_test(says_null_for_what_does_not_exist),
        cmocka_unit_test(counts_over_all_jobs),
        cmocka_unit_test(names_the_driven_port),
        cmocka_unit_test(is_what_the_manual_says),
        cmocka_unit_test(escapes_any_text),
        cmocka_unit_test(tells_of_a_full_disk),
    };
    return cmocka_run_group_tests(tests, open_document, close_document);
}
