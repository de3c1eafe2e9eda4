/* SPDX-License-Identifier: Apache-2.0 */
/* Results composed by hand side by side: what is matched, what is left, and every figure. */
#include "assert_close.h"

#include "alicorn/compare.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SOLVES_MOST = 4, PORTS_MOST = 3, AZIMUTHS = 12 };

/* The result as the room sees it: through these functions only. */
struct alicorn_result {
    alicorn_solve_result solves[SOLVES_MOST];
    size_t count;
    alicorn_sweep sweep;
    size_t sweep_count;
};

size_t alicorn_result_count(const alicorn_result *result)
{
    return result->count;
}

const alicorn_solve_result *alicorn_result_solve(const alicorn_result *result, size_t i)
{
    return &result->solves[i];
}

size_t alicorn_result_sweep_count(const alicorn_result *result)
{
    return result->sweep_count;
}

const alicorn_sweep *alicorn_result_sweep(const alicorn_result *result, size_t i)
{
    return i < result->sweep_count ? &result->sweep : NULL;
}

static const double z0[PORTS_MOST] = {50, 50, 50};

static alicorn_comparison *compared_with(const alicorn_compare_input *a,
                                         const alicorn_compare_input *b,
                                         const alicorn_compare_options *options)
{
    alicorn_comparison *comparison = NULL;
    alicorn_error error = {0};
    if (alicorn_compare(a, b, options, &comparison, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    return comparison;
}

static alicorn_comparison *compared(const alicorn_compare_input *a, const alicorn_compare_input *b)
{
    alicorn_compare_options options;
    alicorn_compare_options_default(&options);
    return compared_with(a, b, &options);
}

static alicorn_comparison *compared_results(const alicorn_result *a, const alicorn_result *b)
{
    return compared(&(alicorn_compare_input){.title = "a", .result = a},
                    &(alicorn_compare_input){.title = "b", .result = b});
}

static bool is_about(const alicorn_compare_row *row, alicorn_compare_quantity quantity,
                     alicorn_compare_statistic statistic, const char *port, const char *from)
{
    return row->quantity == quantity && row->statistic == statistic &&
           strcmp(row->port[0], port) == 0 && strcmp(row->port[1], from) == 0;
}

/** The only row of a list that is about this. */
static const alicorn_compare_row *the_row(const alicorn_compare_row *rows, size_t count,
                                          alicorn_compare_quantity quantity,
                                          alicorn_compare_statistic statistic, const char *port,
                                          const char *from)
{
    const alicorn_compare_row *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!is_about(&rows[i], quantity, statistic, port, from))
            continue;
        assert_null(found);
        found = &rows[i];
    }
    assert_non_null(found);
    return found;
}

#define POINT(c, quantity, port, from)                                                             \
    the_row((c)->points, (c)->point_count, quantity, ALICORN_COMPARE_VALUE, port, from)
#define SUMMARY(c, quantity, statistic, port, from)                                                \
    the_row((c)->summary, (c)->summary_count, quantity, statistic, port, from)

static const alicorn_compare_only *the_only(const alicorn_comparison *c, alicorn_only_kind kind,
                                            int side, const char *name)
{
    for (size_t i = 0; i < c->only_count; i++)
        if (c->only[i].kind == kind && c->only[i].side == side &&
            strcmp(c->only[i].name, name) == 0)
            return &c->only[i];
    fail_msg("no %s %s only in %c", alicorn_only_text(kind), name, "AB"[side]);
    return NULL;
}

static void check_values(const alicorn_compare_row *row, double a, double b)
{
    assert_true(row->has[0] && row->has[1]);
    assert_close(row->value[0], a, 1e-9);
    assert_close(row->value[1], b, 1e-9);
    assert_close(row->change, b - a, 1e-9);
}

/* ---- ports ---- */

static const char *const names_a[PORTS_MOST] = {"X", "Y", "lone"};
static const char *const names_b[PORTS_MOST] = {"Y", "X"};

static void add_solve(alicorn_result *result, double frequency_hz, size_t ports,
                      const char *const *names, const alicorn_complex *s, const double *s_error)
{
    result->solves[result->count++] =
        (alicorn_solve_result){.frequency_hz = frequency_hz,
                               .driven = 1,
                               .driven_port = -1,
                               .ports = {.count = ports,
                                         .names = names,
                                         .z0 = z0,
                                         .s = (alicorn_complex *)s,
                                         .s_error = (double *)s_error}};
}

/** Row: receives. Y hears X with 0.1 in A, with 0.01 in B; X hears Y with 0.2j in both. */
static const alicorn_complex s_a[9] = {{0.5, 0}, {0, 0.2}, {0, 0}, {0.1, 0}, {0, -0.6},
                                       {0, 0},   {0, 0},   {0, 0}, {0.9, 0}};
static const alicorn_complex s_b[4] = {{0, 0.6}, {0.01, 0}, {0, 0.2}, {0.25, 0}};
static const double error_a[9] = {0.05, 0.01, 0, 0.001, 0.01, 0, 0, 0, 0};
static const double error_b[4] = {0.01, 0.001, 0.01, 0.05};

static void test_ports_go_by_name(void **state)
{
    (void)state;
    alicorn_result a = {.count = 0}, b = {.count = 0};
    add_solve(&a, 100e6, 3, names_a, s_a, error_a);
    add_solve(&a, 110e6, 3, names_a, s_a, error_a);
    add_solve(&b, 120e6, 2, names_b, s_b, error_b);
    add_solve(&b, 110e6 * (1 + 1e-12), 2, names_b, s_b, error_b);
    alicorn_comparison *c = compared_results(&a, &b);

    check_values(POINT(c, ALICORN_COMPARE_ISOLATION, "Y", "X"), 20, 40);
    check_values(POINT(c, ALICORN_COMPARE_ISOLATION, "X", "Y"), -20 * log10(0.2), -20 * log10(0.2));
    check_values(POINT(c, ALICORN_COMPARE_S, "Y", "X"), -20, -40);
    check_values(POINT(c, ALICORN_COMPARE_VSWR, "X", "X"), 3, 1.25 / 0.75);
    check_values(POINT(c, ALICORN_COMPARE_VSWR, "Y", "Y"), 4, 4);
    assert_close(POINT(c, ALICORN_COMPARE_S_DISTANCE, "X", "X")->change, 0.25, 1e-12);
    const alicorn_compare_row *turned = POINT(c, ALICORN_COMPARE_S_DISTANCE, "Y", "Y");
    assert_close(turned->change, 1.2, 1e-12);
    assert_false(turned->has[0] || turned->has[1]);
    assert_int_equal(c->point_count, 4 + 4 + 2 + 2); /* S, distances, isolations, VSWR */
    for (size_t i = 0; i < c->point_count; i++)
        assert_int_equal(c->points[i].interpolated, 0);

    assert_int_equal(c->only_count, 3);
    assert_true(isnan(the_only(c, ALICORN_ONLY_PORT, 0, "lone")->low_hz));
    assert_close(the_only(c, ALICORN_ONLY_FREQUENCY, 0, "")->low_hz, 100e6, 0);
    assert_close(the_only(c, ALICORN_ONLY_FREQUENCY, 1, "")->high_hz, 120e6, 0);
    alicorn_comparison_destroy(c);
}

/** Bars of decibels are those of the side where they are longer. */
static void test_bars_add_up(void **state)
{
    (void)state;
    alicorn_result a = {.count = 0}, b = {.count = 0};
    add_solve(&a, 100e6, 2, names_a, (const alicorn_complex[4]){{0.5, 0}, {0.1, 0}, {0.1, 0}},
              (const double[4]){0.05, 0.001, 0.2, 0});
    add_solve(&b, 100e6, 2, names_a, (const alicorn_complex[4]){{0.52, 0}, {0.01, 0}, {0.1, 0}},
              (const double[4]){0.01, 0.001, 0.001, 0});
    alicorn_comparison *c = compared_results(&a, &b);
    const alicorn_compare_row *row = POINT(c, ALICORN_COMPARE_S, "X", "X");
    assert_true(row->has_error && row->within_error);
    assert_close(row->error, 20 * log10(0.5 / 0.45) + 20 * log10(0.52 / 0.51), 1e-12);
    row = POINT(c, ALICORN_COMPARE_ISOLATION, "X", "Y");
    assert_false(row->within_error);
    assert_close(row->error, 20 * log10(0.1 / 0.099) + 20 * log10(0.01 / 0.009), 1e-12);
    row = POINT(c, ALICORN_COMPARE_ISOLATION, "Y", "X"); /* the bar reaches zero */
    assert_true(row->within_error && isinf(row->error));
    row = POINT(c, ALICORN_COMPARE_S_DISTANCE, "X", "X");
    assert_close(row->error, 0.06, 1e-12);
    assert_true(row->within_error);
    alicorn_comparison_destroy(c);

    b.solves[0].ports.s_error = NULL;
    c = compared_results(&a, &b);
    row = POINT(c, ALICORN_COMPARE_S, "X", "X");
    assert_false(row->has_error || row->within_error);
    assert_true(isnan(row->error));
    alicorn_comparison_destroy(c);
}

/** The worst of each side, wherever it is. */
static void test_worst_of_each(void **state)
{
    (void)state;
    const alicorn_complex low[4] = {{0.1, 0}, {0.1, 0}, {0.1, 0}, {0, 0}},
                          high[4] = {{0.5, 0}, {0.01, 0}, {0.01, 0}, {0, 0}};
    alicorn_result a = {.count = 0}, b = {.count = 0};
    add_solve(&a, 100e6, 2, names_a, low, NULL);
    add_solve(&a, 110e6, 2, names_a, high, NULL);
    add_solve(&b, 100e6, 2, names_a, high, NULL);
    add_solve(&b, 110e6, 2, names_a, low, NULL);
    alicorn_comparison *c = compared_results(&a, &b), *swapped = compared_results(&b, &a);
    const alicorn_compare_row *row =
        SUMMARY(c, ALICORN_COMPARE_ISOLATION, ALICORN_COMPARE_LEAST, "X", "Y");
    check_values(row, 20, 20);
    assert_close(row->at[0].frequency_hz, 100e6, 0);
    assert_close(row->at[1].frequency_hz, 110e6, 0);
    row = SUMMARY(c, ALICORN_COMPARE_VSWR, ALICORN_COMPARE_GREATEST, "X", "X");
    check_values(row, 3, 3);
    assert_close(row->at[1].frequency_hz, 100e6, 0);
    assert_close(SUMMARY(c, ALICORN_COMPARE_S_DISTANCE, ALICORN_COMPARE_GREATEST, "X", "X")->change,
                 0.4, 1e-12);
    assert_int_equal(swapped->point_count, c->point_count);
    for (size_t i = 0; i < c->point_count; i++)
        if (c->points[i].quantity != ALICORN_COMPARE_S_DISTANCE)
            assert_close(swapped->points[i].change, -c->points[i].change, 0);
    alicorn_comparison_destroy(c);
    alicorn_comparison_destroy(swapped);
}

/** A file of one port with constant S at 100 and 110 MHz. */
static alicorn_network *file_of(double s, double resistance)
{
    const char *const name[] = {"x"};
    const alicorn_complex element = {s, 0};
    alicorn_network *network = NULL;
    assert_int_equal(alicorn_network_create(1, name, &resistance, &network, NULL), ALICORN_OK);
    for (int k = 0; k < 2; k++)
        assert_int_equal(alicorn_network_append(network, 100e6 + 10e6 * k, &element, NULL, NULL),
                         ALICORN_OK);
    return network;
}

static void test_files_are_interpolated(void **state)
{
    (void)state;
    const alicorn_complex s[] = {{0.25, 0}};
    alicorn_network *file = file_of(0.5, 50);
    alicorn_result solved = {.count = 0};
    add_solve(&solved, 105e6, 1, names_a, s, NULL);
    add_solve(&solved, 111e6, 1, names_a, s, NULL);
    const alicorn_compare_input a = {.network = file}, b = {.result = &solved};
    alicorn_comparison *c = compared(&a, &b);
    const alicorn_compare_row *row = POINT(c, ALICORN_COMPARE_VSWR, "x", "x");
    check_values(row, 3, 1.25 / 0.75);
    assert_close(row->at[0].frequency_hz, 105e6, 0);
    assert_int_equal(row->interpolated, 1);
    assert_int_equal(the_only(c, ALICORN_ONLY_FREQUENCY, 0, "")->count, 2);
    assert_int_equal(the_only(c, ALICORN_ONLY_FREQUENCY, 1, "")->count, 1); /* outside */
    alicorn_comparison_destroy(c);

    /* as an adaptive sweep the other may be interpolated, too, and says what it interpolated */
    solved.sweep_count = 1;
    solved.solves[1].interpolated = 1;
    c = compared(&b, &a);
    assert_int_equal(c->point_count, 2 * 3); /* at 105 and 110 MHz */
    assert_int_equal(c->points[0].interpolated, 2);
    assert_int_equal(c->points[3].interpolated, 1);
    assert_close(the_only(c, ALICORN_ONLY_FREQUENCY, 0, "")->low_hz, 111e6, 0);
    alicorn_comparison_destroy(c);
    alicorn_network_destroy(file);
}

/** 50 ohm at 100 ohm: S = -1/3, at the other's 50 ohm nothing is reflected. */
static void test_resistances_are_converted(void **state)
{
    (void)state;
    alicorn_network *a = file_of(0, 50), *b = file_of(-1.0 / 3, 100);
    alicorn_comparison *c =
        compared(&(alicorn_compare_input){.network = a}, &(alicorn_compare_input){.network = b});
    assert_close(SUMMARY(c, ALICORN_COMPARE_S_DISTANCE, ALICORN_COMPARE_GREATEST, "x", "x")->change,
                 0, 1e-12);
    alicorn_comparison_destroy(c);
    alicorn_network_destroy(a);
    alicorn_network_destroy(b);
}

static void test_tasks_and_lack_of_ports(void **state)
{
    (void)state;
    const alicorn_complex s[] = {{0.25, 0}};
    alicorn_result a = {.count = 0}, b = {.count = 0};
    add_solve(&a, 100e6, 1, names_a, s, NULL);
    add_solve(&a, 100e6, 1, names_a, s, NULL);
    a.solves[1].task = 1;
    add_solve(&b, 100e6, 1, names_b + 1, s, NULL);
    b.solves[0].task = 1;
    alicorn_comparison *c = compared_results(&a, &b);
    assert_int_equal(the_only(c, ALICORN_ONLY_S, 0, "")->task, 0);
    assert_int_equal(POINT(c, ALICORN_COMPARE_VSWR, "X", "X")->task, 1);
    alicorn_comparison_destroy(c);

    a.solves[1].task = 0; /* one frequency twice: not a function of frequency */
    alicorn_compare_options options;
    alicorn_compare_options_default(&options);
    c = (alicorn_comparison *)&options;
    assert_int_equal(alicorn_compare(&(alicorn_compare_input){.result = &a},
                                     &(alicorn_compare_input){.result = &b}, &options, &c, NULL),
                     ALICORN_E_USAGE);
    assert_null(c);
}

/* ---- patterns ---- */

/** A pattern of one theta, 12 azimuths once around. */
typedef struct cut {
    double theta, phi[AZIMUTHS];
    alicorn_complex e_theta[AZIMUTHS], e_phi[AZIMUTHS];
    alicorn_pattern pattern;
} cut;

/** Gain 1 for the first `full` azimuths, a hundredth beyond. */
static void fill_cut(cut *c, size_t full)
{
    *c = (cut){.theta = 88};
    c->pattern = (alicorn_pattern){.theta_count = 1,
                                   .phi_count = AZIMUTHS,
                                   .theta_deg = &c->theta,
                                   .phi_deg = c->phi,
                                   .e_theta = c->e_theta,
                                   .e_phi = c->e_phi,
                                   .gain_scale = 1,
                                   .below_index = 1};
    for (size_t j = 0; j < AZIMUTHS; j++) {
        c->phi[j] = 30 * (double)j;
        c->e_theta[j].re = j < full ? 1 : 0.1;
    }
}

static void add_pattern(alicorn_result *result, const char *const *names, int port, cut *c)
{
    result->solves[result->count++] = (alicorn_solve_result){
        .frequency_hz = 100e6,
        .driven = 1,
        .driven_port = port,
        .ports = {.count = 2, .names = names, .z0 = z0},
        .patterns = &c->pattern,
        .pattern_count = 1,
    };
}

static void test_patterns(void **state)
{
    (void)state;
    cut cuts[4];
    alicorn_result a = {.count = 0}, b = {.count = 0};
    const size_t full[] = {12, 9, 6, 12};
    for (size_t k = 0; k < 4; k++)
        fill_cut(&cuts[k], full[k]);
    add_pattern(&a, names_a, 0, &cuts[0]); /* X: all against nine of twelve */
    add_pattern(&a, names_a, 1, &cuts[2]);
    add_pattern(&b, names_b, 0, &cuts[3]); /* Y: half against all, but of another theta */
    add_pattern(&b, names_b, 1, &cuts[1]);
    cuts[3].theta = 89;
    b.solves[1].has_gain = 1;
    b.solves[1].max_gain_error_db = 20 * log10(1.02); /* the field ± 0.02 */
    alicorn_comparison *c = compared_results(&a, &b);
    check_values(SUMMARY(c, ALICORN_COMPARE_GAIN, ALICORN_COMPARE_LEAST, "X", ""), 0, -20);
    check_values(SUMMARY(c, ALICORN_COMPARE_GAIN, ALICORN_COMPARE_GREATEST, "X", ""), 0, 0);
    check_values(SUMMARY(c, ALICORN_COMPARE_RIPPLE, ALICORN_COMPARE_GREATEST, "X", ""), 0, 20);
    const alicorn_compare_row *row =
        SUMMARY(c, ALICORN_COMPARE_COVERAGE, ALICORN_COMPARE_VALUE, "X", "");
    /* eight of twelve intervals, and two up to where a field from 1 to 0.1 passes -3 dB */
    check_values(row, 100, 100 * (8 + 2 * (1 - pow(10, -0.15)) / 0.9) / 12);
    assert_close(row->level, -3, 0);
    assert_false(row->has_error); /* of A nothing is estimated */
    assert_int_equal(c->point_count, AZIMUTHS);
    check_values(&c->points[8], 0, 0);
    check_values(&c->points[9], 0, -20);
    assert_close(c->points[9].at[0].phi_deg, 270, 0);
    assert_int_equal(the_only(c, ALICORN_ONLY_PATTERN, 0, "Y")->count, 1);
    assert_int_equal(the_only(c, ALICORN_ONLY_PATTERN, 1, "Y")->count, 1);
    alicorn_comparison_destroy(c);

    a.solves[0].has_gain = 1;
    c = compared_results(&a, &b);
    row = &c->points[9];
    assert_true(row->has_error);
    assert_close(row->error, 20 * log10(0.1 / 0.08), 1e-9);
    alicorn_comparison_destroy(c);
}

/** Where both are exactly zero nothing changed. */
static void test_nulls(void **state)
{
    (void)state;
    cut cuts[2];
    alicorn_result a = {.count = 0}, b = {.count = 0};
    for (size_t k = 0; k < 2; k++) {
        fill_cut(&cuts[k], 12);
        cuts[k].e_theta[3].re = 0;
    }
    add_pattern(&a, names_a, 0, &cuts[0]);
    add_pattern(&b, names_a, 0, &cuts[1]);
    alicorn_comparison *c = compared_results(&a, &b);
    assert_true(isinf(c->points[3].value[0]) && isinf(c->points[3].value[1]));
    assert_close(c->points[3].change, 0, 0);
    alicorn_comparison_destroy(c);
}

/* ---- cross-sections ---- */

/** One theta, 12 azimuths, receiver at the transmitter: VV = azimuth / 30 + shift, HH = 0. */
static void fill_echo(alicorn_rcs *rcs, double shift, double error)
{
    for (size_t j = 0; j < AZIMUTHS; j++)
        rcs[j] = (alicorn_rcs){.theta_deg = 85,
                               .phi_deg = 30 * (double)j,
                               .theta_inc_deg = 85,
                               .phi_inc_deg = 30 * (double)j,
                               .vv_dbsm = (double)j + shift,
                               .hv_dbsm = NAN,
                               .vh_dbsm = NAN,
                               .hh_dbsm = 0,
                               .vv_error_db = error,
                               .hv_error_db = -1,
                               .vh_error_db = -1,
                               .hh_error_db = -1};
}

static void test_cross_sections(void **state)
{
    (void)state;
    alicorn_rcs rcs[2][AZIMUTHS];
    alicorn_result a = {.count = 1}, b = {.count = 1};
    fill_echo(rcs[0], 0, 0.5);
    fill_echo(rcs[1], 1, 0.25);
    a.solves[0] = (alicorn_solve_result){
        .frequency_hz = 1e9, .driven = 4, .rcs = rcs[0], .rcs_count = AZIMUTHS};
    b.solves[0] = a.solves[0];
    b.solves[0].rcs = rcs[1];
    const alicorn_compare_options options = {.coverage_dbi = 0, .percent = 75, .sectors = 2};
    const alicorn_compare_input side_a = {.rcs = &a}, side_b = {.rcs = &b};
    alicorn_comparison *c = compared_with(&side_a, &side_b, &options);
    assert_int_equal(c->point_count, 2 * AZIMUTHS);      /* VV and HH, what was asked for */
    assert_int_equal(c->summary_count, 2 * (1 + 2) * 3); /* all and two sectors; three levels */
    for (size_t i = 0; i < c->summary_count; i++) {
        const alicorn_compare_row *row = &c->summary[i];
        bool vv = row->polarisation == ALICORN_RCS_VV;
        assert_int_equal(row->quantity, ALICORN_COMPARE_RCS);
        assert_close(row->change, vv ? 1 : 0, 1e-9);
        assert_int_equal(row->has_error, vv);
        assert_false(row->within_error); /* 1 dB is more than 0.5 + 0.25 */
        assert_true(row->statistic != ALICORN_COMPARE_PERCENTILE || row->level == 75);
    }
    assert_close(c->summary[0].error, 0.75, 1e-9);
    assert_true(isnan(c->summary[0].azimuth_deg[0]));
    check_values(&c->summary[0], 5.5, 6.5); /* median of 0 … 11 */
    check_values(&c->summary[2], 11, 12);
    assert_close(c->summary[8].azimuth_deg[0], 180, 0);
    check_values(&c->summary[8], 11, 12); /* greatest of 180 to 360 */
    alicorn_comparison_destroy(c);

    rcs[1][3].phi_inc_deg = 91; /* another direction */
    c = compared_with(&side_a, &side_b, &options);
    assert_int_equal(c->point_count + c->summary_count, 0);
    assert_int_equal(the_only(c, ALICORN_ONLY_RCS, 0, "")->count, 1);
    assert_int_equal(the_only(c, ALICORN_ONLY_RCS, 1, "")->count, 1);
    alicorn_comparison_destroy(c);
}

/** Two transmitters: a summary for each. */
static void test_bistatic(void **state)
{
    (void)state;
    alicorn_rcs rcs[AZIMUTHS];
    alicorn_result a = {.count = 1};
    fill_echo(rcs, 0, -1);
    for (size_t j = 0; j < AZIMUTHS; j++)
        rcs[j].phi_inc_deg = j < 6 ? 0 : 180;
    a.solves[0] =
        (alicorn_solve_result){.frequency_hz = 1e9, .driven = 4, .rcs = rcs, .rcs_count = AZIMUTHS};
    const alicorn_compare_options options = {.percent = 90, .sectors = 1};
    const alicorn_compare_input side = {.result = &a};
    alicorn_comparison *c = compared_with(&side, &side, &options);
    assert_int_equal(c->summary_count, 2 * 2 * 3);
    assert_close(c->summary[0].transmitter_deg[1], 0, 0);
    assert_close(c->summary[6].transmitter_deg[1], 180, 0);
    check_values(&c->summary[2], 5, 5);
    check_values(&c->summary[8], 11, 11);
    assert_close(c->points[0].transmitter_deg[0], 85, 0);
    alicorn_comparison_destroy(c);
}

/* ---- margins ---- */

static void test_margins(void **state)
{
    (void)state;
    char *names[] = {"A", "B", "C"}, *fewer[] = {"B", "A"};
    alicorn_cosite_entry entry = {.margin_db = 12,
                                  .receive_hz = 1e8,
                                  .emission = ALICORN_EMISSION_HARMONIC},
                         other = {.margin_db = -3, .receive_hz = 2e8};
    alicorn_cosite_cell cells[9] = {
        [1] = {.applies = 1, .worst = 0},
        [3] = {.applies = 1, .worst = ALICORN_COSITE_NONE, .unknown = 2}};
    alicorn_cosite_cell less[4] = {[1] = {.applies = 1, .worst = ALICORN_COSITE_NONE},
                                   [2] = {.applies = 1, .worst = 0, .unknown = 1}};
    alicorn_cosite_total totals[3] = {{.applies = 1, .margin_db = 13}},
                         of_less[2] = {[1] = {.applies = 1, .margin_db = -2, .unknown = 1}};
    const alicorn_cosite_result a = {.radio_count = 3,
                                     .names = names,
                                     .cells = cells,
                                     .entries = &entry,
                                     .entry_count = 1,
                                     .totals = totals},
                                b = {.radio_count = 2,
                                     .names = fewer,
                                     .cells = less,
                                     .entries = &other,
                                     .entry_count = 1,
                                     .totals = of_less};
    alicorn_comparison *c =
        compared(&(alicorn_compare_input){.cosite = &a}, &(alicorn_compare_input){.cosite = &b});
    const alicorn_compare_row *row =
        SUMMARY(c, ALICORN_COMPARE_MARGIN, ALICORN_COMPARE_VALUE, "A", "B");
    check_values(row, 12, -3);
    assert_int_equal(row->unknown, 2);
    assert_int_equal(row->entry[0]->emission, ALICORN_EMISSION_HARMONIC);
    assert_true(row->entry[0] != &entry); /* lives longer than what it was made of */
    assert_close(row->at[1].frequency_hz, 2e8, 0);
    row = SUMMARY(c, ALICORN_COMPARE_MARGIN, ALICORN_COMPARE_VALUE, "B", "A");
    assert_false(row->has[0] || row->has[1]);
    assert_true(isnan(row->value[0]) && isnan(row->change));
    assert_null(row->entry[0]);
    assert_int_equal(row->unknown, 1);
    row = SUMMARY(c, ALICORN_COMPARE_TOTAL_MARGIN, ALICORN_COMPARE_VALUE, "A", "");
    check_values(row, 13, -2);
    assert_int_equal(the_only(c, ALICORN_ONLY_RADIO, 0, "C")->count, 1);
    assert_int_equal(c->summary_count, 3);
    alicorn_comparison_destroy(c);
}

/* ---- use ---- */

static void test_options_are_checked(void **state)
{
    (void)state;
    const alicorn_compare_input nothing = {0};
    const alicorn_compare_options bad[] = {{.percent = 101, .sectors = 1},
                                           {.percent = NAN, .sectors = 1},
                                           {.percent = 50, .sectors = 0},
                                           {.percent = 50, .sectors = 361}};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        alicorn_comparison *c;
        alicorn_error error;
        assert_int_equal(alicorn_compare(&nothing, &nothing, &bad[k], &c, &error), ALICORN_E_USAGE);
        assert_null(c);
        assert_non_null(strstr(error.message, "expected"));
    }
    alicorn_comparison *c = compared(&nothing, &nothing);
    assert_int_equal(c->point_count + c->summary_count + c->only_count, 0);
    alicorn_comparison_destroy(c);
    alicorn_comparison_destroy(NULL);
    assert_null(alicorn_compare_quantity_text((alicorn_compare_quantity)99, NULL, NULL));
    assert_null(alicorn_compare_statistic_text((alicorn_compare_statistic)99));
    assert_null(alicorn_only_text((alicorn_only_kind)99));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ports_go_by_name),
        cmocka_unit_test(test_bars_add_up),
        cmocka_unit_test(test_worst_of_each),
        cmocka_unit_test(test_files_are_interpolated),
        cmocka_unit_test(test_resistances_are_converted),
        cmocka_unit_test(test_tasks_and_lack_of_ports),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_nulls),
        cmocka_unit_test(test_cross_sections),
        cmocka_unit_test(test_bistatic),
        cmocka_unit_test(test_margins),
        cmocka_unit_test(test_options_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
