/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  What texts say of themselves, and which files a text may have read. */

#include "alicorn/describe.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static alicorn_description *describe(const char *text, const char *name,
                                     const alicorn_read_options *options)
{
    alicorn_description *description = NULL;
    alicorn_error error = {0};
    if (alicorn_describe(text, strlen(text), name, options, &description, &error))
        fail_msg("%s", error.message);
    return description;
}

static void check_variable(const alicorn_variable *variable, const char *name, const char *text,
                           double value, int line)
{
    assert_string_equal(variable->name, name);
    assert_string_equal(variable->text, text);
    assert_float_equal(variable->value, value, 1e-12);
    assert_int_equal(variable->line, line);
}

static void tells_a_decks_symbols(void **state)
{
    (void)state;
    static const char deck[] = "CM a dipole\nCE\nSY half=len/2, len=1.5\nSY half=9\n"
                               "GW 1 5 0 0 -half 0 0 half .001\nGE 0\nEX 0 1 3 0 1\nXQ\nEN\n";
    alicorn_description *d = describe(deck, "x.nec", NULL);
    assert_false(d->project);
    assert_string_equal(d->title, "a dipole");
    assert_int_equal(d->variable_count, 2);
    check_variable(&d->variables[0], "half", "len/2", 0.75, 3);
    check_variable(&d->variables[1], "len", "1.5", 1.5, 3);
    assert_int_equal(d->requirement_count, 0);
    alicorn_description_destroy(d);
}

static void takes_other_values(void **state)
{
    (void)state;
    static const char *const names[] = {"LEN"};
    static const double values[] = {3.0};
    const alicorn_read_options options = {.set_names = names, .set_values = values, .set_count = 1};
    alicorn_description *d =
        describe("SY len=1.5, half=len/2\nGW 1 5 0 0 0 0 0 half .001\nGE\nXQ\nEN\n", "x", &options);
    check_variable(&d->variables[0], "len", "1.5", 3.0, 1);
    check_variable(&d->variables[1], "half", "len/2", 1.5, 1);
    alicorn_description_destroy(d);
}

/** What can be told of a text with errors is told. */
static void describes_broken_texts(void **state)
{
    (void)state;
    alicorn_description *d = describe("SY a=1, b=nothing\nGW 1 0 zzz\n", "x.nec", NULL);
    assert_string_equal(d->title, "");
    assert_int_equal(d->variable_count, 2);
    assert_true(isnan(d->variables[1].value));
    alicorn_description_destroy(d);
    d = describe("alicorn: 1\nvariables: {h: 2}\nparts: [\n", "x.yaml", NULL);
    assert_true(d->project);
    assert_int_equal(d->variable_count, 0);
    alicorn_description_destroy(d);
    d = describe("", "", NULL);
    assert_false(d->project);
    alicorn_description_destroy(d);
}

static const char project[] = "alicorn: 1\n"
                              "name: a mast\n"
                              "variables:\n"
                              "  h: 10\n"
                              "  half: =h/2\n"
                              "frequencies: [100 MHz]\n"
                              "parts:\n"
                              "- {name: a, deck: ../other/antenna.nec}\n"
                              "requirements:\n"
                              "- vswr: {max: 2}\n"
                              "- efficiency: {min_percent: 50}\n";

static void tells_a_projects_variables_without_its_files(void **state)
{
    (void)state;
    alicorn_description *d = describe(project, "folder/x.yaml", NULL);
    assert_true(d->project);
    assert_string_equal(d->title, "a mast");
    assert_int_equal(d->variable_count, 2);
    check_variable(&d->variables[0], "h", "10", 10.0, 4);
    check_variable(&d->variables[1], "half", "h/2", 5.0, 5);
    assert_int_equal(d->requirement_count, 2);
    alicorn_description_destroy(d);
}

static int refuse(void *user, const char *path)
{
    snprintf(user, 100, "%s", path);
    return 0;
}

static void reads_no_file_that_it_may_not(void **state)
{
    (void)state;
    char asked[100] = "";
    const alicorn_read_options options = {.may_read = refuse, .may_read_user = asked};
    alicorn_model *model = NULL;
    alicorn_error error = {0};
    assert_int_equal(
        alicorn_model_parse(project, strlen(project), "folder/x.yaml", &options, &model, &error),
        ALICORN_E_INPUT);
    assert_null(model);
    assert_string_equal(asked, "folder/../other/antenna.nec");
    assert_non_null(strstr(error.message, "outside of the folder"));
    assert_int_equal(error.line, 8);
}

static void asks_a_model_at_one_frequency(void **state)
{
    (void)state;
    static const char deck[] = "GW 1 5 0 0 -1 0 0 1 .001\nGE\nFR 0 7 0 0 100 5\nEX 0 1 3 0 1\nXQ\n"
                               "FR 0 2 0 0 200 5\nXQ\nEN\n";
    alicorn_model *model = NULL;
    alicorn_error error = {0};
    assert_int_equal(alicorn_model_parse(deck, strlen(deck), "x.nec", NULL, &model, &error),
                     ALICORN_OK);
    assert_int_equal(alicorn_model_set_frequency(model, -1.0, &error), ALICORN_E_USAGE);
    assert_int_equal(alicorn_model_frequency_count(model, 0), 7);
    assert_int_equal(alicorn_model_set_frequency(model, 123e6, &error), ALICORN_OK);
    assert_int_equal(alicorn_model_frequency_count(model, 0), 1);
    assert_int_equal(alicorn_model_frequency_count(model, 1), 1);
    alicorn_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_a_decks_symbols),
        cmocka_unit_test(takes_other_values),
        cmocka_unit_test(describes_broken_texts),
        cmocka_unit_test(tells_a_projects_variables_without_its_files),
        cmocka_unit_test(reads_no_file_that_it_may_not),
        cmocka_unit_test(asks_a_model_at_one_frequency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
