/* SPDX-License-Identifier: Apache-2.0 */
#include "optimize/search.h"
#include "optimize/substitute.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- a function with a known minimum: 0 at (1, 1) [Rosenbrock:1960] ---- */

static alicorn_status rosenbrock(void *user, const double *x, double *figures, alicorn_error *error)
{
    size_t *calls = user;
    (void)error;
    ++*calls;
    if (x[0] < -0.5) /* part of the box has no answer */
        return ALICORN_E_NUMERIC;
    figures[0] = 1.0 - x[0];
    figures[1] = 10.0 * (x[1] - x[0] * x[0]);
    return ALICORN_OK;
}

static double sum_of_squares(void *user, const double *figures)
{
    (void)user;
    return figures[0] * figures[0] + figures[1] * figures[1];
}

typedef struct found {
    double best[2], figures[2], start[2];
    ali_search_result result;
    size_t calls;
    alicorn_status status;
} found;

static void search(const char *algorithm, size_t evaluations, const char *path, found *f)
{
    const double lower[] = {-2, -2}, upper[] = {2, 3}, start[] = {-0.3, 1};
    alicorn_error error = {0};
    ali_log *log;
    memset(f, 0, sizeof *f);
    f->result =
        (ali_search_result){.best = f->best, .best_figures = f->figures, .start_figures = f->start};
    assert_int_equal(ali_log_open(path, "test\n", 2, 2, &log, &error), ALICORN_OK);
    const ali_search search = {.variables = 2,
                               .figures = 2,
                               .lower = lower,
                               .upper = upper,
                               .start = start,
                               .algorithm = algorithm,
                               .evaluations = evaluations,
                               .tolerance = 1e-7,
                               .bounded = true,
                               .evaluate = rosenbrock,
                               .judge = sum_of_squares,
                               .user = &f->calls,
                               .log = log};
    f->status = ali_search_run(&search, &f->result, &error);
    ali_log_close(log);
}

static void test_minimum(void **unused)
{
    static const char *const names[] = {"BOBYQA", "NELDER-MEAD", "sbplx", "CRS2"};
    (void)unused;
    for (size_t i = 0; i < 4; i++) {
        found f;
        search(names[i], 5000, NULL, &f);
        assert_int_equal(f.status, ALICORN_OK);
        assert_true(fabs(f.best[0] - 1.0) < 1e-3 && fabs(f.best[1] - 1.0) < 2e-3);
        assert_true(f.result.best_objective < 1e-6 && f.result.start_objective > 10.0 * 0.1);
        assert_true(f.calls + f.result.recalled == f.result.evaluations);
    }
}

static void test_names(void **unused)
{
    found f;
    (void)unused;
    search("SLSQP", 10, NULL, &f);
    assert_int_equal(f.status, ALICORN_E_USAGE);
    assert_int_equal(f.calls, 0);
    search("BOBIQA", 10, NULL, &f);
    assert_int_equal(f.status, ALICORN_E_USAGE);
}

/** A run whose log lost its end goes on and finds the same as one that was not disturbed. */
static void test_resume(void **unused)
{
    char path[] = "optimize-log-XXXXXX";
    found whole, again;
    (void)unused;
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    search("NELDER-MEAD", 60, path, &whole);
    off_t length = lseek(descriptor, 0, SEEK_END);
    assert_int_equal(ftruncate(descriptor, length / 2), 0);
    search("NELDER-MEAD", 60, path, &again);
    assert_true(again.result.recalled > 20 && again.calls < 40 && again.calls > 20);
    assert_memory_equal(whole.best, again.best, sizeof whole.best);
    assert_true(lseek(descriptor, 0, SEEK_END) == length);
    ali_log *log;
    alicorn_error error = {0};
    assert_int_equal(ali_log_open(path, "other\n", 2, 2, &log, &error), ALICORN_E_INPUT);
    close(descriptor);
    unlink(path);
}

static void check_replaced(const char *text, bool project, const char *expected)
{
    const char *const names[] = {"a", "long_name"};
    const double values[] = {0.25, -1e-3};
    ali_definitions definitions;
    alicorn_error error = {0};
    size_t length = 0;
    assert_int_equal(ali_definitions_find(text, strlen(text), project, &definitions, &error),
                     ALICORN_OK);
    char *made =
        ali_definitions_replace(&definitions, text, strlen(text), names, values, 2, &length);
    assert_non_null(made);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(made, expected, length);
    free(made);
    ali_definitions_clear(&definitions);
}

static void test_replace(void **unused)
{
    (void)unused;
    check_replaced("CM SY a=1\nCE\nSY A = mod(7,4)*b , b=2 ' a=3\nsy long_name=12 mm!x\r\nGW a\n",
                   false,
                   "CM SY a=1\nCE\nSY A = 0.25 , b=2 ' a=3\nsy long_name=-0.001!x\r\nGW a\n");
    check_replaced("alicorn: 1\nvariables: { a: =3*b, b: 2, long_name: '7 mm' } # a: 1\n", true,
                   "alicorn: 1\nvariables: { a: 0.25, b: 2, long_name: '-0.001' } # a: 1\n");
    check_replaced("alicorn: 1\nvariables:\n  a: &x 3   # long\n  b: *x\nname: a\n", true,
                   "alicorn: 1\nvariables:\n  a: &x 0.25   # long\n  b: *x\nname: a\n");
}

static void test_value(void **unused)
{
    const char text[] = "SY a=1/4, b=a, a=30mm";
    ali_definitions definitions;
    alicorn_error error = {0};
    bool there;
    (void)unused;
    assert_int_equal(ali_definitions_find(text, strlen(text), false, &definitions, &error),
                     ALICORN_OK);
    assert_true(fabs(ali_definitions_value(&definitions, text, "A", &there) - 0.03) < 1e-15);
    assert_true(there && isnan(ali_definitions_value(&definitions, text, "b", &there)) && there);
    assert_true(isnan(ali_definitions_value(&definitions, text, "c", &there)) && !there);
    ali_definitions_clear(&definitions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_minimum), cmocka_unit_test(test_names), cmocka_unit_test(test_resume),
        cmocka_unit_test(test_replace), cmocka_unit_test(test_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
