/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The NEC listing: lines of nec2c 1.3 reproduced from its own numbers, whole listings against
 * golden files, and what the print control hides. */

#include "base/constants.h"
#include "listing_cases.h"
#include "output/nec_connections.h"
#include "sample_result.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** A model with its result. */
typedef struct subject {
    ali_model *model;
    alicorn_result *result;
} subject;

static alicorn_status write_listing(FILE *stream, void *user, alicorn_error *error)
{
    const subject *s = user;
    return alicorn_write_nec_listing(s->model, s->result, stream, error);
}

static void end_subject(subject *s)
{
    alicorn_result_destroy(s->result);
    ali_model_destroy(s->model);
}

static void contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("the listing lacks%s", part);
}

/** Value of the digits at *text, its decimal point left out; *text moves behind them. */
static long digits(const char **text)
{
    long value = 0;
    for (; **text == '.' || (**text >= '0' && **text <= '9'); ++*text)
        if (**text != '.')
            value = 10 * value + (**text - '0');
    return value;
}

/** Whether two lines agree character by character, but for the last digit of numbers, which may be
 * off by `units`: nec2c's numbers are printed with few digits, and others are computed from them
 * here. */
static int same_line(const char *line, const char *expected, long units)
{
    for (; *expected != '\n'; line++, expected++) {
        if (*expected >= '0' && *expected <= '9') {
            if (labs(digits(&line) - digits(&expected)) > units)
                return 0;
            line--;
            expected--;
        } else if (*line != *expected) {
            return 0;
        }
    }
    return *line == '\n';
}

/** The listing has all the lines of `block`, one after the other. */
static void contains_lines(const char *text, const char *block, long units)
{
    for (const char *start = text; start; start = strchr(start, '\n')) {
        const char *line = *start == '\n' ? ++start : start, *expected = block;
        while (*expected && same_line(line, expected, units)) {
            line = strchr(line, '\n') + 1;
            expected = strchr(expected, '\n') + 1;
        }
        if (!*expected)
            return;
    }
    fail_msg("the listing lacks\n%s", block);
}

static size_t occurrences(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

/* ---- against nec2c's own numbers ---- */

/* Two crossed dipoles with sources in quadrature, 300 MHz, run by nec2c: magnitudes, phases and
 * positions below are read from its output, and the lines expected are its lines. Its wavelength is
 * 299.8/300 m, so the frequency here is the one that has this wavelength. */

static const char nec2c_inputs[] =
    "    1     3  1.0000E+00  0.0000E+00  9.2536E-03 -5.2041E-03  8.2100E+01  4.6171E+01  "
    "9.2536E-03 -5.2041E-03  4.6268E-03\n"
    "    2     8  3.0000E-01  7.0000E-01  6.4189E-03  4.9163E-03  8.2100E+01  4.6171E+01  "
    "9.2536E-03 -5.2041E-03  2.6835E-03\n";

static const char nec2c_currents[] =
    "     1    1    0.0000    0.0000   -0.2001   0.10007  3.1468E-03 -2.1931E-03  3.8356E-03  "
    "-34.873\n"
    "     2    1    0.0000    0.0000   -0.1001   0.10007  7.6248E-03 -4.8271E-03  9.0243E-03  "
    "-32.337\n";

static const char nec2c_pattern[] =
    "   10.00     20.00     -2.42   -18.19    -2.31      0.1628     73.30 RIGHT   1.6372E-01    "
    "-20.89  4.8025E-01    -52.19\n"
    "   45.00     20.00     -2.80    -4.26    -0.46      0.8451     72.99 RIGHT   4.1224E-01     "
    "41.47  4.7375E-01    -43.13\n"
    "   80.00     20.00     -0.09    -3.07     1.68      0.7096     -5.65 RIGHT   6.5385E-01     "
    "55.51  4.6731E-01    -38.40\n";

static const char nec2c_pattern_by_components[] =
    "   10.00     20.00    -12.14    -2.79    -2.31      0.1628     73.30 RIGHT   1.6372E-01    "
    "-20.89  4.8025E-01    -52.19\n";

static const char nec2c_near[] =
    "    1.0000    0.5000    0.0000   1.8755E-01   69.69   3.5556E-01  -84.96   5.8464E-01 "
    "-174.80\n";

static const char nec2c_power[] = "                               INPUT POWER   =  7.3104E-03 "
                                  "Watts\n";

static alicorn_complex polar(double magnitude, double phase_deg)
{
    return (alicorn_complex){magnitude * cos(phase_deg * ALI_DEGREE),
                             magnitude * sin(phase_deg * ALI_DEGREE)};
}

static void crossed_task(ali_model *model, double frequency_hz)
{
    ali_pattern_request pattern = {.theta_count = 3,
                                   .theta_start = 10 * ALI_DEGREE,
                                   .theta_step = 35 * ALI_DEGREE,
                                   .phi_count = 1,
                                   .phi_start = 20 * ALI_DEGREE,
                                   .axes = true};
    ali_task task = sample_task(frequency_hz);
    sample_source(&task, 2, 1.0);
    sample_source(&task, 7, 0.3 + 0.7 * I);
    sample_request_pattern(&task, pattern);
    pattern.axes = false;
    sample_request_pattern(&task, pattern);
    sample_request_near(&task, false, (ali_near_request){.count = {1, 1, 1}, .start = {1, .5, 0}});
    sample_end_task(model, &task);
}

static subject crossed_dipoles(void)
{
    const double frequency_hz = ALI_C0 / (299.8 / 300.0);
    subject s = {.model = sample_model("crossed.nec", ""), .result = sample_result()};
    sample_wire(s.model, 1, 5, (ali_vec3){0, 0, -.25}, (ali_vec3){0, 0, .25}, .001);
    sample_wire(s.model, 2, 5, (ali_vec3){.05, -.25, 0}, (ali_vec3){.05, .25, 0}, .001);
    crossed_task(s.model, frequency_hz);
    alicorn_solve_result *solve =
        sample_solve(s.result, s.model, 0, frequency_hz, (alicorn_complex){82.1, 46.171});
    sample_answers(solve, s.model);
    for (size_t k = 0; k < 2; k++) {
        alicorn_source_result *source = &solve->sources[k];
        double complex current =
            (source->voltage.re + source->voltage.im * I) / (82.1 + 46.171 * I);
        source->current = (alicorn_complex){creal(current), cimag(current)};
    }
    solve->power.input = 7.3104e-3;
    solve->currents[0].current = polar(3.8356e-3, -34.873);
    solve->currents[1].current = polar(9.0243e-3, -32.337);
    for (size_t k = 0; k < 2; k++) {
        alicorn_pattern *pattern = &solve->patterns[k];
        pattern->gain_scale = 2 * ALI_PI / (ALI_ETA0 * solve->power.input);
        pattern->e_theta[0] = polar(1.6372e-1, -20.89);
        pattern->e_phi[0] = polar(4.8025e-1, -52.19);
        pattern->e_theta[1] = polar(4.1224e-1, 41.47);
        pattern->e_phi[1] = polar(4.7375e-1, -43.13);
        pattern->e_theta[2] = polar(6.5385e-1, 55.51);
        pattern->e_phi[2] = polar(4.6731e-1, -38.40);
    }
    solve->near_fields[0].field[0] = polar(1.8755e-1, 69.69);
    solve->near_fields[0].field[1] = polar(3.5556e-1, -84.96);
    solve->near_fields[0].field[2] = polar(5.8464e-1, -174.80);
    return s;
}

static void prints_the_lines_of_nec2c(void **state)
{
    (void)state;
    subject s = crossed_dipoles();
    char *text = sample_written(write_listing, &s);
    contains_lines(text, nec2c_inputs, 1);
    contains_lines(text, nec2c_currents, 1);
    contains_lines(text, nec2c_pattern, 2);
    contains_lines(text, nec2c_pattern_by_components, 2);
    contains_lines(text, nec2c_near, 1);
    contains_lines(text, nec2c_power, 0);
    free(text);
    end_subject(&s);
}

/* ---- connections ---- */

/** nec2c's I- and I+ of the structure of listing_loads. */
static void connects_segments_as_nec2c(void **state)
{
    (void)state;
    static const int expected[14][2] = {{0, 2},  {1, 3},   {2, 7},   {0, 5},  {4, 6},
                                        {5, 0},  {-9, 8},  {7, 0},   {3, 10}, {9, 0},
                                        {0, 12}, {11, 13}, {12, 14}, {13, 0}};
    subject s;
    listing_cases[0].make(&s.model, &s.result);
    ali_nec_connection connections[14];
    int members[28];
    assert_int_equal(s.model->segment_count, 14);
    assert_int_equal(ali_nec_connections(s.model, false, connections, NULL), ALICORN_OK);
    for (size_t i = 0; i < 14; i++) {
        assert_int_equal(connections[i].end[0], expected[i][0]);
        assert_int_equal(connections[i].end[1], expected[i][1]);
    }
    assert_int_equal(ali_nec_junction(connections, 14, 2, 1, members), 3);
    assert_int_equal(members[0], 3);
    assert_int_equal(members[1], -7);
    assert_int_equal(members[2], -9);
    assert_int_equal(ali_nec_junction(connections, 14, 6, 0, members), 0); /* seen from segment 3 */
    end_subject(&s);
}

static void connects_to_the_ground(void **state)
{
    (void)state;
    ali_model *model = sample_model("", "");
    sample_wire(model, 1, 2, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, .001);
    sample_wire(model, 1, 1, (ali_vec3){0, 0, 1}, (ali_vec3){1, 0, 1e-4}, .001);
    ali_nec_connection connections[3];
    assert_int_equal(ali_nec_connections(model, true, connections, NULL), ALICORN_OK);
    assert_int_equal(connections[0].end[0], 1);
    assert_int_equal(connections[2].end[1], 3);
    assert_int_equal(connections[2].end[0], 2);
    assert_int_equal(ali_nec_connections(model, false, connections, NULL), ALICORN_OK);
    assert_int_equal(connections[0].end[0], 0);
    ali_model_destroy(model);
}

/* ---- whole listings ---- */

/** First line that differs, for a message a person can use. */
static void check_same(const char *golden, const char *text, const char *expected)
{
    for (size_t line = 1;; line++) {
        size_t length = strcspn(text, "\n"), expected_length = strcspn(expected, "\n");
        if (length != expected_length || memcmp(text, expected, length) != 0)
            fail_msg("%s:%zu is\n%.*s\nexpected\n%.*s", golden, line, (int)length, text,
                     (int)expected_length, expected);
        if (!text[length])
            return;
        text += length + 1;
        expected += length + 1;
    }
}

/** With ALICORN_WRITE_GOLDEN set, the golden files are written anew instead: look at the
 * difference. */
static void matches_the_golden_files(void **state)
{
    (void)state;
    for (size_t k = 0; k < listing_case_count; k++) {
        char path[512];
        subject s;
        listing_cases[k].make(&s.model, &s.result);
        char *text = sample_written(write_listing, &s);
        snprintf(path, sizeof path, "%s/tests/unit/golden/%s", ALI_SOURCE_ROOT,
                 listing_cases[k].golden);
        if (getenv("ALICORN_WRITE_GOLDEN")) {
            FILE *golden = fopen(path, "w");
            assert_non_null(golden);
            fputs(text, golden);
            fclose(golden);
        }
        char *expected = sample_file(path);
        check_same(listing_cases[k].golden, text, expected);
        free(expected);
        free(text);
        end_subject(&s);
    }
}

/** NEC marks zero by -999.99 dB; a listing never says inf or nan. */
static void has_only_numbers(void **state)
{
    (void)state;
    for (size_t k = 0; k < listing_case_count; k++) {
        subject s;
        listing_cases[k].make(&s.model, &s.result);
        char *text = sample_written(write_listing, &s);
        contains(text, " -999.99");
        assert_null(strstr(text, "inf"));
        assert_null(strstr(text, "nan"));
        free(text);
        end_subject(&s);
    }
}

/* ---- print control ---- */

static size_t printed_currents(ali_print_control control, const char *heading)
{
    subject s = {.model = sample_dipoles(), .result = sample_result()};
    ali_task task = sample_task(300e6);
    sample_source(&task, 1, 1.0);
    *(strstr(heading, "CHARGE") ? &task.print_charges : &task.print_currents) = control;
    sample_request_currents(&task);
    sample_end_task(s.model, &task);
    sample_solve(s.result, s.model, 0, 300e6, (alicorn_complex){72, 0});
    char *text = sample_written(write_listing, &s);
    size_t rows = 0;
    char *section = strstr(text, heading);
    if (section) {
        char *end = strstr(section, "\n\n\n");
        *end = '\0';
        for (int segment = 1; segment <= 6; segment++) {
            char start[16];
            snprintf(start, sizeof start, "\n %5d ", segment);
            rows += occurrences(section, start);
        }
    }
    free(text);
    end_subject(&s);
    return rows;
}

static void honours_the_print_control(void **state)
{
    (void)state;
    static const char currents[] = "CURRENTS AND LOCATION", charges[] = "CHARGE DENSITIES";
    static const struct {
        ali_print_control control;
        size_t currents, charges;
    } cases[] = {
        {{-2, 0, 0, 0}, 6, 6}, {{-1, 0, 0, 0}, 0, 0}, {{0, 0, 0, 0}, 6, 6}, {{0, 0, 2, 5}, 4, 4},
        {{0, 2, 2, 3}, 2, 2},  {{0, 2, 3, 0}, 1, 1},  {{0, 9, 1, 1}, 0, 0},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        assert_int_equal(printed_currents(cases[k].control, currents), cases[k].currents);
        assert_int_equal(printed_currents(cases[k].control, charges), cases[k].charges);
    }
}

/** A model built call by call has no cards to echo, yet all sections. */
static void needs_no_cards(void **state)
{
    (void)state;
    subject s;
    sample_full(&s.model, &s.result);
    char *text = sample_written(write_listing, &s);
    assert_null(strstr(text, "DATA CARD"));
    assert_int_equal(occurrences(text, "FREQUENCY :"), 3);
    assert_int_equal(occurrences(text, "RADIATION PATTERNS"), 3);
    assert_int_equal(occurrences(text, "RADIATED FIELDS NEAR GROUND"), 2);
    assert_int_equal(occurrences(text, "NEAR ELECTRIC FIELDS"), 2);
    assert_int_equal(occurrences(text, "NEAR MAGNETIC FIELDS"), 2);
    assert_int_equal(occurrences(text, "ISOLATION DATA"), 2);
    free(text);
    end_subject(&s);
}

/** Each structure with its own frequencies behind its own heading. */
static void lists_one_structure_after_the_other(void **state)
{
    (void)state;
    static const char *const order[] = {"NUMERICAL ELECTROMAGNETICS CODE", "first",
                                        "TOTAL SEGMENTS USED: 1 ",         "FREQUENCY : 1.0000E+02",
                                        "NUMERICAL ELECTROMAGNETICS CODE", "second",
                                        "TOTAL SEGMENTS USED: 2 ",         "FREQUENCY : 2.0000E+02",
                                        "FREQUENCY : 3.0000E+02",          "TOTAL RUN TIME"};
    subject s;
    sample_two_jobs(&s.model, &s.result);
    char *text = sample_written(write_listing, &s), *at = text;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        at = strstr(at, order[k]);
        if (!at)
            fail_msg("no '%s' where expected", order[k]);
        at++;
    }
    assert_null(strstr(at, "FREQUENCY"));
    free(text);
    end_subject(&s);
}

static void tells_of_a_full_disk(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    subject s;
    sample_full(&s.model, &s.result);
    assert_int_equal(write_listing(full, &s, NULL), ALICORN_E_IO);
    fclose(full);
    end_subject(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_the_lines_of_nec2c),
        cmocka_unit_test(connects_segments_as_nec2c),
        cmocka_unit_test(connects_to_the_ground),
        cmocka_unit_test(matches_the_golden_files),
        cmocka_unit_test(has_only_numbers),
        cmocka_unit_test(honours_the_print_control),
        cmocka_unit_test(needs_no_cards),
        cmocka_unit_test(lists_one_structure_after_the_other),
        cmocka_unit_test(tells_of_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
