/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Touchstone files of one to five ports, read back token by token as the specification orders
 * them. */

#include "alicorn/network.h"
#include "sample_result.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** What is written, and how. */
typedef struct job {
    ali_model *model;
    alicorn_result *result;
    size_t task;
    int version;
} job;

static alicorn_status write_job(FILE *stream, void *user, alicorn_error *error)
{
    const job *j = user;
    return alicorn_write_touchstone(j->model, j->result, j->task, j->version, stream, error);
}

/** Ports on one wire, frequencies in the given order. */
static job make_job(size_t ports, const double *frequencies_hz, size_t count, int version)
{
    job j = {.model = sample_model("ports \xCE\xA9.nec", ""), .version = version};
    sample_wire(j.model, 1, ports, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, .001);
    ali_task task = sample_task(frequencies_hz[0]);
    for (size_t p = 0; p < ports; p++)
        sample_source(&task, p, 1.0);
    sample_end_task(j.model, &task);
    j.result = sample_result();
    for (size_t i = 0; i < count; i++)
        sample_solve(j.result, j.model, 0, frequencies_hz[i],
                     (alicorn_complex){50.0 + 1e-6 * frequencies_hz[i], 3.0});
    return j;
}

static void end_job(job *j)
{
    alicorn_result_destroy(j->result);
    ali_model_destroy(j->model);
}

/** Solve at a frequency. */
static const alicorn_solve_result *find(const alicorn_result *result, double frequency_hz)
{
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        if (fabs(solve->frequency_hz - frequency_hz) < 1e-3)
            return solve;
    }
    fail_msg("no solve at %g Hz", frequency_hz);
    return NULL;
}

/** One line without its end; *text moves behind it. The caller's text is cut in pieces. */
static char *next_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');
    assert_non_null(end);
    *end = '\0';
    *text = end + 1;
    return line;
}

static double next_number(char **line)
{
    char *end;
    double value = strtod(*line, &end);
    if (end == *line)
        fail_msg("no number in '%s'", *line);
    *line = end;
    return value;
}

/** Row and column of the k-th pair. Two ports: 11 21 12 22. */
static size_t entry(size_t ports, size_t k)
{
    static const size_t two[4] = {0, 2, 1, 3};
    return ports == 2 ? two[k] : k;
}

/** Data of all frequencies, ascending, with at most four pairs on a line and rows on lines of their
 * own. */
static void check_data(const job *j, char **text, size_t ports)
{
    double last_hz = 0;
    for (size_t i = 0; i < alicorn_result_count(j->result); i++) {
        char *line = next_line(text);
        double frequency_hz = next_number(&line);
        assert_true(frequency_hz > last_hz);
        last_hz = frequency_hz;
        const alicorn_complex *s = find(j->result, frequency_hz)->ports.s;
        size_t on_line = 0;
        for (size_t k = 0; k < ports * ports; k++) {
            int row_ends = ports > 2 && k > 0 && k % ports == 0;
            if (on_line == 4 || row_ends) {
                assert_int_equal(strspn(line, " "), strlen(line));
                line = next_line(text);
                on_line = 0;
            }
            sample_close(next_number(&line), s[entry(ports, k)].re, 1e-9);
            sample_close(next_number(&line), s[entry(ports, k)].im, 1e-9);
            on_line++;
        }
        assert_int_equal(strspn(line, " "), strlen(line));
    }
}

static void check_version_1(size_t ports)
{
    const double frequencies_hz[] = {3e8, 1e8, 2e8};
    job j = make_job(ports, frequencies_hz, 3, 1);
    char *text = sample_written(write_job, &j), *rest = text;
    assert_non_null(strstr(next_line(&rest), "ports ?.nec"));
    for (size_t p = 0; p < ports; p++) {
        char expected[64];
        snprintf(expected, sizeof expected, "! Port[%zu] = %zu", p + 1, p + 1);
        assert_string_equal(next_line(&rest), expected);
    }
    assert_string_equal(next_line(&rest), "# Hz S RI R 50");
    check_data(&j, &rest, ports);
    assert_string_equal(rest, "");
    free(text);
    end_job(&j);
}

static void version_1_of_any_size(void **state)
{
    (void)state;
    for (size_t ports = 1; ports <= 9; ports++)
        check_version_1(ports);
}

static void check_version_2(size_t ports)
{
    const double frequencies_hz[] = {1.5e8, 1e8};
    job j = make_job(ports, frequencies_hz, 2, 2);
    for (size_t i = 0; i < 2;
         i++) /* ports of their own reference impedances are what version 2 is for */
        ((double *)alicorn_result_solve(j.result, i)->ports.z0)[ports - 1] = 75.0;
    char *text = sample_written(write_job, &j), *rest = text, expected[64];
    for (size_t p = 0; p <= ports; p++)
        assert_int_equal(next_line(&rest)[0], '!');
    assert_string_equal(next_line(&rest), "[Version] 2.0");
    assert_string_equal(next_line(&rest), ports == 1 ? "# Hz S RI R 75" : "# Hz S RI R 50");
    snprintf(expected, sizeof expected, "[Number of Ports] %zu", ports);
    assert_string_equal(next_line(&rest), expected);
    if (ports == 2)
        assert_string_equal(next_line(&rest), "[Two-Port Data Order] 21_12");
    assert_string_equal(next_line(&rest), "[Number of Frequencies] 2");
    char *line = next_line(&rest);
    assert_int_equal(strncmp(line, "[Reference] ", 12), 0);
    line += 12;
    for (size_t p = 0; p < ports; p++)
        sample_close(next_number(&line), p + 1 == ports ? 75.0 : 50.0, 0.0);
    assert_string_equal(next_line(&rest), "[Matrix Format] Full");
    assert_string_equal(next_line(&rest), "[Network Data]");
    check_data(&j, &rest, ports);
    assert_string_equal(rest, "[End]\n");
    free(text);
    end_job(&j);
}

static void version_2_of_any_size(void **state)
{
    (void)state;
    for (size_t ports = 1; ports <= 6; ports++)
        check_version_2(ports);
}

/** Ports that are driven in turn give one matrix per frequency, not one per port. */
static void version_1_of_ports_in_turn(void **state)
{
    (void)state;
    const ali_pattern_request pattern = {.theta_count = 1, .phi_count = 1};
    job j = {.version = 1};
    sample_mast(&pattern, &j.model, &j.result);
    char *text = sample_written(write_job, &j), *rest = text, *line;
    size_t frequencies = 0;
    while (*rest && (line = next_line(&rest)))
        frequencies += strncmp(line, "200000000 ", 10) == 0 || strncmp(line, "300000000 ", 10) == 0;
    assert_int_equal(frequencies, 2);
    free(text);
    end_job(&j);
}

/** What was written is read again as it was: names, resistances and S to the digits there are. */
static void is_read_again(void **state)
{
    (void)state;
    const double frequency_hz[] = {2e8, 3e8};
    for (int version = 1; version <= 2; version++)
        for (size_t ports = 1; ports <= 3; ports++) {
            job j = make_job(ports, frequency_hz, 2, version);
            char *text = sample_written(write_job, &j), name[16];
            alicorn_network *network = NULL;
            alicorn_error error = {0};
            snprintf(name, sizeof name, "x.s%zup", ports);
            if (alicorn_network_parse(text, strlen(text), name, &network, &error))
                fail_msg("%d:%d: %s", error.line, error.column, error.message);
            assert_int_equal(network->ports, ports);
            assert_int_equal(network->count, 2);
            for (size_t f = 0; f < 2; f++) {
                const alicorn_solve_result *solve = alicorn_result_solve(j.result, f);
                sample_close(network->frequency_hz[f], solve->frequency_hz, 0.0);
                for (size_t i = 0; i < ports * ports; i++) {
                    alicorn_complex s = network->s[f * ports * ports + i];
                    sample_close(s.re, solve->ports.s[i].re, 1e-9);
                    sample_close(s.im, solve->ports.s[i].im, 1e-9);
                }
            }
            assert_string_equal(network->names[0],
                                alicorn_result_solve(j.result, 0)->ports.names[0]);
            alicorn_network_destroy(network);
            free(text);
            end_job(&j);
        }
}

/** The writer refuses, says why, and writes nothing. */
static void check_refused(const job *j, const char *reason)
{
    alicorn_error error = {0};
    FILE *stream = tmpfile();
    assert_non_null(stream);
    assert_int_equal(write_job(stream, (void *)j, &error), ALICORN_E_USAGE);
    if (!strstr(error.message, reason))
        fail_msg("'%s' does not say '%s'", error.message, reason);
    assert_int_equal(ftell(stream), 0);
    fclose(stream);
}

static void refuses_what_the_format_cannot_say(void **state)
{
    (void)state;
    const double twice_hz[] = {1e8, 2e8, 1e8};
    job j = make_job(2, twice_hz, 3, 1);
    check_refused(&j, "100000000 Hz occurs twice");
    j.task = 1;
    check_refused(&j, "task 2 has no ports");
    j.version = 3;
    check_refused(&j, "expected 1 or 2");
    end_job(&j);
    job unequal = make_job(2, twice_hz, 2, 1);
    ((double *)alicorn_result_solve(unequal.result, 0)->ports.z0)[1] = 75.0;
    check_refused(&unequal, "use version 2");
    end_job(&unequal);
}

static void tells_of_a_full_disk(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    const double frequency_hz = 1e8;
    job j = make_job(1, &frequency_hz, 1, 1);
    assert_int_equal(write_job(full, &j, NULL), ALICORN_E_IO);
    fclose(full);
    end_job(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_1_of_any_size),
        cmocka_unit_test(version_2_of_any_size),
        cmocka_unit_test(version_1_of_ports_in_turn),
        cmocka_unit_test(is_read_again),
        cmocka_unit_test(refuses_what_the_format_cannot_say),
        cmocka_unit_test(tells_of_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
