/* SPDX-License-Identifier: Apache-2.0 */
#include "assert_close.h"

#include "optimize/goal.h"
#include "optimize/required.h"
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

static void search_from(const char *algorithm, size_t evaluations, size_t starts, const char *path,
                        found *f)
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
                               .starts = starts,
                               .tolerance = 1e-7,
                               .bounded = true,
                               .evaluate = rosenbrock,
                               .judge = sum_of_squares,
                               .user = &f->calls,
                               .log = log};
    f->status = ali_search_run(&search, &f->result, &error);
    ali_log_close(log);
}

static void search(const char *algorithm, size_t evaluations, const char *path, found *f)
{
    search_from(algorithm, evaluations, 1, path, f);
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

/** No algorithm takes more candidates than it may, and none goes on when nothing is left. */
static void test_ends(void **unused)
{
    const char *name;
    (void)unused;
    for (size_t i = 0; (name = alicorn_optimize_algorithm(i, NULL)); i++) {
        found f;
        search(name, 7, NULL, &f);
        assert_int_equal(f.status, ALICORN_OK);
        assert_int_equal(f.result.evaluations, 7);
        assert_string_equal(f.result.reason, "the evaluations are used up");
    }
    found one;
    search("BOBYQA", 1, NULL, &one);
    assert_int_equal(one.result.evaluations, 1);
    assert_true(one.best[0] == -0.3 && one.best[1] == 1.0);
}

/** Two valleys: the start lies in the shallow one. */
static alicorn_status valleys(void *user, const double *x, double *figures, alicorn_error *error)
{
    (void)error;
    double *calls = user;
    double near = hypot(x[0] + 1.5, x[1] - 1), far = hypot(x[0] - 1.5, x[1] - 2);
    ++*calls;
    figures[0] = fmin(0.5 + near, far);
    figures[1] = 0;
    return ALICORN_OK;
}

static void test_starts(void **unused)
{
    const double lower[] = {-2, -2}, upper[] = {2, 3}, start[] = {-1.4, 0.9};
    double best[2], figures[2], at_start[2], calls = 0;
    alicorn_error error = {0};
    ali_log *log;
    (void)unused;
    ali_search search = {.variables = 2,
                         .figures = 2,
                         .lower = lower,
                         .upper = upper,
                         .start = start,
                         .algorithm = "NELDER-MEAD",
                         .evaluations = 600,
                         .starts = 1,
                         .tolerance = 1e-6,
                         .evaluate = valleys,
                         .judge = sum_of_squares,
                         .user = &calls};
    assert_int_equal(ali_log_open(NULL, "", 2, 2, &log, &error), ALICORN_OK);
    search.log = log;
    ali_search_result result = {.best = best, .best_figures = figures, .start_figures = at_start};
    assert_int_equal(ali_search_run(&search, &result, &error), ALICORN_OK);
    assert_close(result.best_objective, 0.25, 1e-4);
    /* the same start is known, the others find the deep one */
    double first = calls;
    search.starts = 4;
    result = (ali_search_result){.best = best, .best_figures = figures, .start_figures = at_start};
    assert_int_equal(ali_search_run(&search, &result, &error), ALICORN_OK);
    assert_true(result.best_objective < 1e-8 && fabs(best[0] - 1.5) < 1e-4);
    assert_true((double)result.recalled >= first && result.evaluations <= 600);
    /* few candidates are shared out */
    search.evaluations = 10;
    result = (ali_search_result){.best = best, .best_figures = figures, .start_figures = at_start};
    assert_int_equal(ali_search_run(&search, &result, &error), ALICORN_OK);
    assert_int_equal(result.evaluations, 10);
    search.algorithm = "DIRECT";
    assert_int_equal(ali_search_run(&search, &result, &error), ALICORN_E_USAGE);
    ali_log_close(log);
}

/* ---- goals, from results made by hand ---- */

struct alicorn_result {
    alicorn_solve_result solves[2];
};

size_t alicorn_result_count(const alicorn_result *result)
{
    (void)result;
    return 2;
}

const alicorn_solve_result *alicorn_result_solve(const alicorn_result *result, size_t i)
{
    return &result->solves[i];
}

static void test_goals(void **unused)
{
    (void)unused;
    static const char *const names[] = {"A", "B"};
    alicorn_complex s[2][4] = {{{0.5, 0}, {0.01, 0}, {0, 0.02}, {0, 0.2}},
                               {{0, 0.6}, {0.03, 0}, {0.01, 0}, {0.1, 0}}};
    alicorn_result result;
    for (size_t i = 0; i < 2; i++)
        result.solves[i] = (alicorn_solve_result){.frequency_hz = 100e6,
                                                  .ports = {.count = 2, .names = names, .s = s[i]}};
    const struct {
        const char *text;
        double figure, excess;
        bool met;
    } cases[] = {
        {"vswr:A <= 5", 4, 20 * log10(0.8), true},
        {"vswr <= 2 weight 3", 4, 20 * log10(2), false},
        {"vswr:B min", 1.5, 20 * log10(1.5), false},
        {"isolation:A,B >= 30", -20 * log10(0.03), 30 + 20 * log10(0.03), true},
        {"isolation <= 34", -20 * log10(0.02), -34 - 20 * log10(0.02), true},
    };
    alicorn_error error = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_goal goal;
        double figure;
        assert_int_equal(ali_goal_parse(cases[i].text, &goal, &error), ALICORN_OK);
        assert_int_equal(ali_goal_figure(&goal, &result, &figure, &error), ALICORN_OK);
        assert_close(figure, cases[i].figure, 1e-12);
        assert_close(ali_goal_excess(&goal, figure), cases[i].excess, 1e-12);
        assert_int_equal(ali_goal_is_met(&goal, figure), cases[i].met);
    }
    /* one number that is none spoils the figure, and is not taken for a port that is not there */
    ali_goal goal;
    double figure;
    s[1][3].re = NAN;
    assert_int_equal(ali_goal_parse("vswr <= 2", &goal, &error), ALICORN_OK);
    assert_int_equal(ali_goal_figure(&goal, &result, &figure, &error), ALICORN_E_NUMERIC);
    assert_string_equal(error.message, "goal 'vswr <= 2': the vswr at 100 MHz is not a number");
    assert_int_equal(ali_goal_parse("vswr:A <= 2", &goal, &error), ALICORN_OK);
    assert_int_equal(ali_goal_figure(&goal, &result, &figure, &error), ALICORN_OK);
    assert_int_equal(ali_goal_parse("vswr:C <= 2", &goal, &error), ALICORN_OK);
    assert_int_equal(ali_goal_figure(&goal, &result, &figure, &error), ALICORN_E_USAGE);
}

static void test_goals_of_patterns(void **unused)
{
    (void)unused;
    double theta = 90, phi[] = {0, 180};
    alicorn_complex field[2][2] = {{{2, 0}, {0, 0.1}}, {{0, 1}, {0.1, 0}}}, none[2] = {{0, 0}};
    alicorn_pattern patterns[2];
    alicorn_result result;
    for (size_t i = 0; i < 2; i++) {
        patterns[i] = (alicorn_pattern){.theta_count = 1,
                                        .phi_count = 2,
                                        .theta_deg = &theta,
                                        .phi_deg = phi,
                                        .e_theta = field[i],
                                        .e_phi = none,
                                        .gain_scale = 2,
                                        .below_index = 1};
        result.solves[i] = (alicorn_solve_result){
            .frequency_hz = 1.5e8, .patterns = &patterns[i], .pattern_count = 1};
    }
    const struct {
        const char *text;
        double figure;
    } cases[] = {
        {"gain:90,0 max", 10 * log10(2)},
        {"gain:90,0 min", 10 * log10(8)},
        {"gain:-90,0 max", 20 * log10(0.1) + 10 * log10(2)},
        {"front-to-back:90,0 >= 22", 20},
    };
    alicorn_error error = {0};
    ali_goal goal;
    double figure;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(ali_goal_parse(cases[i].text, &goal, &error), ALICORN_OK);
        assert_int_equal(ali_goal_figure(&goal, &result, &figure, &error), ALICORN_OK);
        assert_close(figure, cases[i].figure, 1e-9);
    }
    assert_close(ali_goal_excess(&goal, figure), 2, 1e-9);
    assert_int_equal(ali_goal_parse("front-to-back:90,10 max", &goal, &error), ALICORN_OK);
    assert_int_equal(ali_goal_figure(&goal, &result, &figure, &error), ALICORN_E_USAGE);
}

/** Verdicts on the scale of goals, their error bars included. */
static void test_required(void **unused)
{
    (void)unused;
    const struct {
        alicorn_verdict verdict;
        double excess;
    } cases[] = {
        {{.unit = "dB", .low = 30, .high = HUGE_VAL, .value = 28, .least = 27, .most = 29}, 3},
        {{.unit = "dB", .low = 30, .high = HUGE_VAL, .value = 31, .least = 29.5, .most = 33}, 0.5},
        {{.unit = "dB", .low = 30, .high = HUGE_VAL, .value = 31, .least = 30, .most = 32}, 0},
        {{.unit = "dBi", .low = 0, .high = 3, .value = 4, .least = 4, .most = 5}, 2},
        {{.unit = "dBi", .low = 0, .high = 3, .value = -HUGE_VAL, .least = -HUGE_VAL}, 100},
        {{.unit = "dBsm", .low = -HUGE_VAL, .high = 20, .value = 19, .least = 18, .most = 21}, 1},
        {{.unit = "", .low = -HUGE_VAL, .high = 2, .value = 4, .least = 4, .most = 4},
         20 * log10(2)},
        {{.unit = "", .low = -HUGE_VAL, .high = 2, .value = HUGE_VAL, .most = HUGE_VAL}, 100},
        {{.unit = "deg", .low = -HUGE_VAL, .high = 0.3, .value = 3, .least = 3, .most = 3}, 20},
        {{.unit = "%", .low = 80, .high = HUGE_VAL, .value = 8, .least = 8, .most = 9}, 10},
        {{.unit = "%", .low = 80, .high = HUGE_VAL, .value = 1, .least = 0, .most = 2}, 100},
        {{.unit = "%", .low = 0, .high = HUGE_VAL, .value = 1, .least = -1, .most = 3}, 0},
        {{.unit = "dB", .low = 30, .high = HUGE_VAL, .value = NAN, .least = NAN, .most = NAN}, 100},
    };
    enum { COUNT = sizeof cases / sizeof *cases };
    alicorn_verdict verdicts[COUNT];
    double figures[COUNT * ALI_REQUIRED_FIGURES], sum = 0;
    for (size_t i = 0; i < COUNT; i++) {
        verdicts[i] = cases[i].verdict;
        verdicts[i].samples = isnan(verdicts[i].value) ? 0u : 1u;
        verdicts[i].judgement = (alicorn_judgement)(i % 3);
        sum += cases[i].excess * cases[i].excess;
    }
    ali_required_figures(verdicts, COUNT, figures);
    for (size_t i = 0; i < COUNT; i++) {
        const double *own = figures + i * ALI_REQUIRED_FIGURES;
        assert_close(own[ALI_REQUIRED_EXCESS], cases[i].excess, 1e-12);
        assert_true(own[ALI_REQUIRED_VALUE] == verdicts[i].value || isnan(verdicts[i].value));
        assert_int_equal(ali_required_judgement(own), verdicts[i].judgement);
    }
    assert_close(ali_required_objective(figures, COUNT), sum, 1e-12 * sum);
    figures[ALI_REQUIRED_JUDGEMENT] = 7;
    assert_int_equal(ali_required_judgement(figures), ALICORN_UNDECIDED);
}

static void check_required_text(alicorn_verdict verdict, const char *expected)
{
    char text[128];
    ali_required_text(&verdict, text, sizeof text);
    assert_string_equal(text, expected);
}

static void test_required_text(void **unused)
{
    (void)unused;
    alicorn_verdict verdict = {
        .kind = ALICORN_REQUIRE_GAIN, .name = "gain", .detail = "", .line = 3};
    verdict.low = -2.5;
    verdict.high = 9;
    check_required_text(verdict, "gain >= -2.5 <= 9 (line 3)");
    verdict.high = HUGE_VAL;
    verdict.kind = ALICORN_REQUIRE_COVERAGE;
    verdict.name = "coverage";
    verdict.low = 50;
    verdict.gain_dbi = -1;
    check_required_text(verdict, "coverage with -1 dBi >= 50 (line 3)");
    verdict.kind = ALICORN_REQUIRE_TACAN;
    verdict.name = "tacan";
    verdict.detail = "15 Hz depth";
    verdict.low = 0.12;
    verdict.high = 0.3;
    check_required_text(verdict, "tacan 15 Hz depth >= 0.12 <= 0.3 (line 3)");
}

/* ---- definitions ---- */

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
        cmocka_unit_test(test_minimum),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_resume),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_starts),
        cmocka_unit_test(test_goals),
        cmocka_unit_test(test_goals_of_patterns),
        cmocka_unit_test(test_required),
        cmocka_unit_test(test_required_text),
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
