/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Far-field files of other programs, read back by small readers that know the formats only. */

#include "base/constants.h"
#include "sample_result.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** A result and its files in one format. */
typedef struct far_case {
    ali_model *model;
    alicorn_result *result;
    alicorn_far_files *files;
    size_t file; /**< the one to write */
} far_case;

/** The whole sphere in steps of 30 degrees, phi without 360. */
static const ali_pattern_request sphere = {.theta_count = 7,
                                           .theta_step = 30.0 * ALI_DEGREE,
                                           .phi_count = 12,
                                           .phi_step = 30.0 * ALI_DEGREE};

/** A field of the direction alone, however it is written, and not the same in any two. */
static void set_fields(alicorn_pattern *pattern, double factor)
{
    for (size_t j = 0; j < pattern->phi_count; j++) {
        for (size_t i = 0; i < pattern->theta_count; i++) {
            double theta = pattern->theta_deg[i] * ALI_DEGREE;
            double phi = pattern->phi_deg[j] * ALI_DEGREE;
            double x = sin(theta) * cos(phi), y = sin(theta) * sin(phi), z = cos(theta);
            size_t k = j * pattern->theta_count + i;
            pattern->e_theta[k] = (alicorn_complex){factor * (2.0 + x + 0.3 * y), 0.4 * z};
            pattern->e_phi[k] = (alicorn_complex){0.2 * y, factor * (0.1 + 0.05 * z)};
        }
    }
}

static alicorn_solve_result *solve_at(const far_case *c, size_t i)
{
    return (alicorn_solve_result *)alicorn_result_solve(c->result, i);
}

static far_case make_case(const ali_pattern_request *pattern)
{
    far_case c = {0};
    sample_mast(pattern, &c.model, &c.result);
    for (size_t i = 0; i < 6; i++)
        set_fields(&solve_at(&c, i)->patterns[0], 1.0 + (double)i);
    return c;
}

static void open_files(far_case *c, alicorn_far_format format)
{
    alicorn_error error = {0};
    alicorn_far_files_destroy(c->files);
    if (alicorn_far_files_create(c->model, c->result, format, NULL, &c->files, &error))
        fail_msg("%s", error.message);
}

static void end_case(far_case *c)
{
    alicorn_far_files_destroy(c->files);
    alicorn_result_destroy(c->result);
    ali_model_destroy(c->model);
}

static alicorn_status write_file(FILE *stream, void *user, alicorn_error *error)
{
    const far_case *c = user;
    return alicorn_far_files_write(c->files, c->file, stream, error);
}

static char *written(far_case *c, size_t file)
{
    c->file = file;
    return sample_written(write_file, c);
}

/* ---- reading ---- */

/** Next line, *text behind it; NULL at the end. */
static char *next_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');
    if (*line == '\0')
        return NULL;
    assert_non_null(end);
    *end = '\0';
    *text = end + 1;
    return line;
}

/** Exactly `count` numbers separated by blanks. */
static void read_numbers(const char *line, double *numbers, size_t count)
{
    char *end = (char *)line;
    for (size_t k = 0; k < count; k++) {
        const char *start = end;
        numbers[k] = strtod(start, &end);
        if (end == start)
            fail_msg("%zu numbers expected in '%s'", count, line);
    }
    assert_int_equal(strspn(end, " \t"), strlen(end));
}

static double read_number(const char *line)
{
    double number;
    read_numbers(line, &number, 1);
    return number;
}

/** What stands behind a key in a line, NULL for another line. */
static const char *behind(const char *line, const char *key)
{
    size_t length = strlen(key);
    return strncmp(line, key, length) == 0 ? line + length : NULL;
}

static void check_text(const char *line, const char *expected)
{
    assert_non_null(line);
    assert_string_equal(line, expected);
}

static void close_to(double got, double expected)
{
    sample_close(got, expected, 1e-8 * fabs(expected) + 1e-12);
}

static void check_fields(const double numbers[4], const alicorn_pattern *pattern, size_t i,
                         size_t j)
{
    size_t k = j * pattern->theta_count + i;
    close_to(numbers[0], pattern->e_theta[k].re);
    close_to(numbers[1], pattern->e_theta[k].im);
    close_to(numbers[2], pattern->e_phi[k].re);
    close_to(numbers[3], pattern->e_phi[k].im);
}

/* ---- .ffe ---- */

/** Header of one solution block: keys in any order up to the line of column names. */
static void read_ffe_header(char **text, const alicorn_solve_result *solve)
{
    const alicorn_pattern *pattern = &solve->patterns[0];
    size_t seen = 0;
    char *line;
    while ((line = next_line(text)) && !behind(line, "# \"Theta\"")) {
        const char *value;
        char name[64];
        snprintf(name, sizeof name, "task1 %s", solve->ports.names[solve->driven_port]);
        if ((value = behind(line, "#Frequency:"))) {
            close_to(read_number(value), solve->frequency_hz);
            seen++;
        } else if ((value = behind(line, "#Coordinate System: "))) {
            check_text(value, "Spherical");
        } else if ((value = behind(line, "#No. of Theta Samples:"))) {
            assert_int_equal(strtoul(value, NULL, 10), pattern->theta_count);
            seen++;
        } else if ((value = behind(line, "#No. of Phi Samples:"))) {
            assert_int_equal(strtoul(value, NULL, 10), pattern->phi_count);
            seen++;
        } else if ((value = behind(line, "#Result Type: "))) {
            check_text(value, pattern->directive ? "Directivity" : "Gain");
            seen++;
        } else if ((value = behind(line, "#No. of Header Lines: "))) {
            check_text(value, "1");
            seen++;
        } else if ((value = behind(line, "#Configuration Name: "))) {
            check_text(value, name);
            seen++;
        } else if ((value = behind(line, "#Request Name: "))) {
            check_text(value, "pattern1");
        } else {
            assert_int_equal(line[0], '\0');
        }
    }
    assert_int_equal(seen, 6);
    assert_non_null(line);
    assert_non_null(
        strstr(line, pattern->directive ? "\"Directivity(Total)\"" : "\"Gain(Total)\""));
}

static void ffe_holds_everything(void **state)
{
    (void)state;
    far_case c = make_case(&sphere);
    solve_at(&c, 1)->patterns[0].directive = 1;
    alicorn_pattern *dark = &solve_at(&c, 2)->patterns[0];
    dark->e_theta[0] = dark->e_phi[0] = (alicorn_complex){0, 0};
    open_files(&c, ALICORN_FAR_FFE);
    assert_int_equal(alicorn_far_files_count(c.files), 1);
    assert_string_equal(alicorn_far_files_suffix(c.files, 0), "");
    char *text = written(&c, 0), *rest = text;
    check_text(next_line(&rest), "##File Type: Far Field");
    check_text(next_line(&rest), "##File Format: 8");
    check_text(next_line(&rest), "##Source: mast.yaml");
    assert_non_null(behind(next_line(&rest), "** "));
    for (size_t s = 0; s < 6; s++) {
        const alicorn_solve_result *solve = solve_at(&c, s);
        const alicorn_pattern *pattern = &solve->patterns[0];
        read_ffe_header(&rest, solve);
        for (size_t j = 0; j < 12; j++) {
            for (size_t i = 0; i < 7; i++) {
                double row[9];
                alicorn_pattern_sample sample = alicorn_pattern_at(pattern, i, j);
                read_numbers(next_line(&rest), row, 9);
                close_to(row[0], 30.0 * (double)i);
                close_to(row[1], 30.0 * (double)j);
                check_fields(row + 2, pattern, i, j);
                bool is_dark = s == 2 && i == 0 && j == 0;
                close_to(row[6], is_dark ? -1000.0 : sample.theta_dbi);
                close_to(row[7], is_dark ? -1000.0 : sample.phi_dbi);
                close_to(row[8], is_dark ? -1000.0 : sample.total_dbi);
            }
        }
    }
    check_text(next_line(&rest), "");
    assert_string_equal(rest, "");
    free(text);
    end_case(&c);
}

/* ---- .ffs ---- */

/** The line behind a comment line. */
static char *value_behind(char **text, const char *comment)
{
    char *line;
    while ((line = next_line(text)) && strcmp(line, comment) != 0)
        assert_true(line[0] == '\0' || line[0] == '/');
    if (!line)
        fail_msg("no line '%s'", comment);
    return next_line(text);
}

/** The sphere of one frequency: 360 degrees are there, and are 0 degrees again. */
static void check_ffs_sphere(char **rest, const alicorn_pattern *pattern)
{
    double counts[2], row[6];
    read_numbers(value_behind(rest, "// >> Total #phi samples, total #theta samples"), counts, 2);
    close_to(counts[0], 13);
    close_to(counts[1], 7);
    char *line =
        value_behind(rest, "// >> Phi, Theta, Re(E_Theta), Im(E_Theta), Re(E_Phi), Im(E_Phi):");
    for (size_t j = 0; j < 13; j++) {
        for (size_t i = 0; i < 7; i++, line = next_line(rest)) {
            read_numbers(line, row, 6);
            close_to(row[0], 30.0 * (double)j);
            close_to(row[1], 30.0 * (double)i);
            check_fields(row + 2, pattern, i, j % 12);
        }
    }
}

static void ffs_has_spheres_and_powers(void **state)
{
    (void)state;
    static const char *const suffix[] = {"-UHF-1", "-AIS_top", "-L_band"};
    far_case c = make_case(&sphere);
    open_files(&c, ALICORN_FAR_FFS);
    assert_int_equal(alicorn_far_files_count(c.files), 3);
    for (size_t port = 0; port < 3; port++) {
        assert_string_equal(alicorn_far_files_suffix(c.files, port), suffix[port]);
        char *text = written(&c, port), *rest = text;
        check_text(next_line(&rest), "// CST Farfield Source File");
        check_text(value_behind(&rest, "// Version:"), "3.0");
        check_text(value_behind(&rest, "// Data Type"), "Farfield");
        check_text(value_behind(&rest, "// #Frequencies"), "2");
        check_text(value_behind(&rest, "// Position"), "0 0 0");
        check_text(value_behind(&rest, "// zAxis"), "0 0 1");
        check_text(value_behind(&rest, "// xAxis"), "1 0 0");
        char *line = value_behind(&rest, "// Radiated/Accepted/Stimulated Power , Frequency");
        for (size_t f = 0; f < 2; f++) { /* ascending: the 200 MHz come second in the result */
            const alicorn_solve_result *solve = solve_at(&c, 3 * (1 - f) + port);
            double s2 = pow(hypot(solve->ports.s[4 * port].re, solve->ports.s[4 * port].im), 2.0);
            close_to(read_number(line), solve->power.radiated);
            close_to(read_number(next_line(&rest)), solve->power.input);
            /* what the port accepts is 1 - |S|^2 of what runs towards it */
            close_to(read_number(next_line(&rest)), solve->power.input / (1.0 - s2));
            close_to(read_number(next_line(&rest)), 200e6 + 100e6 * (double)f);
            check_text(next_line(&rest), "");
            line = f == 0 ? next_line(&rest) : NULL;
        }
        check_ffs_sphere(&rest, &solve_at(&c, 3 + port)->patterns[0]);
        assert_ptr_equal(rest[-1], '\0');
        rest[-1] = '\0';
        free(text);
    }
    end_case(&c);
}

/* ---- .ffd ---- */

static void ffd_has_phi_fastest(void **state)
{
    (void)state;
    far_case c = make_case(&sphere);
    open_files(&c, ALICORN_FAR_FFD);
    assert_int_equal(alicorn_far_files_count(c.files), 3);
    char *text = written(&c, 2), *rest = text;
    check_text(next_line(&rest), "0 180 7");
    check_text(next_line(&rest), "0 330 12");
    check_text(next_line(&rest), "Frequencies 2");
    for (size_t f = 0; f < 2; f++) {
        const char *value = behind(next_line(&rest), "Frequency ");
        assert_non_null(value);
        close_to(read_number(value), 200e6 + 100e6 * (double)f);
        const alicorn_pattern *pattern = &solve_at(&c, 3 * (1 - f) + 2)->patterns[0];
        for (size_t i = 0; i < 7; i++) {
            for (size_t j = 0; j < 12; j++) {
                double row[4];
                read_numbers(next_line(&rest), row, 4);
                check_fields(row, pattern, i, j);
            }
        }
    }
    assert_string_equal(rest, "");
    free(text);
    end_case(&c);
}

/* ---- .msi ---- */

/** 720 directions: the horizontal circle in one pattern, the vertical one in the other. */
static const ali_pattern_request horizontal = {
    .theta_count = 1, .theta_start = 90.0 * ALI_DEGREE, .phi_count = 360, .phi_step = ALI_DEGREE};
static const ali_pattern_request vertical = {.theta_count = 360,
                                             .theta_start = -180.0 * ALI_DEGREE,
                                             .theta_step = ALI_DEGREE,
                                             .phi_count = 1};

static far_case make_circles(void)
{
    far_case c = make_case(&horizontal);
    ali_task *task = &c.model->tasks[0];
    task->requests[0].as.pattern = vertical;
    for (size_t i = 0; i < 6; i++) {
        sample_answers(solve_at(&c, i), c.model);
        set_fields(&solve_at(&c, i)->patterns[1], 1.0 + (double)i);
    }
    return c;
}

/** Gain in a direction, from the field that set_fields gives it [dBi]. */
static double gain_of(const alicorn_solve_result *solve, double factor, double x, double y,
                      double z)
{
    double theta2 = pow(factor * (2.0 + x + 0.3 * y), 2.0) + pow(0.4 * z, 2.0);
    double phi2 = pow(0.2 * y, 2.0) + pow(factor * (0.1 + 0.05 * z), 2.0);
    return 10.0 * log10(solve->patterns[0].gain_scale * (theta2 + phi2));
}

static void check_circle(char **rest, const char *title, const alicorn_solve_result *solve,
                         double factor, double gain_dbi, bool is_vertical)
{
    double row[2];
    check_text(next_line(rest), title);
    for (size_t k = 0; k < 360; k++) {
        double angle = (double)k * ALI_DEGREE;
        read_numbers(next_line(rest), row, 2);
        close_to(row[0], (double)k);
        assert_true(row[1] >= 0.0);
        double expected = is_vertical ? gain_of(solve, factor, cos(angle), 0.0, -sin(angle))
                                      : gain_of(solve, factor, cos(angle), -sin(angle), 0.0);
        sample_close(gain_dbi - row[1], expected, 1.1e-3);
    }
}

static void msi_runs_clockwise_and_down(void **state)
{
    (void)state;
    far_case c = make_circles();
    open_files(&c, ALICORN_FAR_MSI);
    assert_int_equal(alicorn_far_files_count(c.files), 6);
    assert_string_equal(alicorn_far_files_suffix(c.files, 1), "-UHF-1-300MHz");
    assert_string_equal(alicorn_far_files_suffix(c.files, 4), "-L_band-200MHz");
    char *text = written(&c, 4), *rest = text;
    const alicorn_solve_result *solve = solve_at(&c, 5);
    check_text(next_line(&rest), "NAME mast.yaml L band");
    assert_non_null(behind(next_line(&rest), "MAKE Alicorn "));
    check_text(next_line(&rest), "FREQUENCY 200");
    double gain_dbd = NAN, front_to_back = NAN;
    const char *line, *value;
    while ((line = next_line(&rest)) && !(value = behind(line, "GAIN "))) {
        if ((value = behind(line, "FRONT_TO_BACK ")))
            front_to_back = read_number(value);
    }
    assert_non_null(line);
    char *unit;
    gain_dbd = strtod(behind(line, "GAIN "), &unit);
    assert_string_equal(unit, " dBd");
    check_circle(&rest, "HORIZONTAL 360", solve, 6.0, gain_dbd + 2.15, false);
    check_circle(&rest, "VERTICAL 360", solve, 6.0, gain_dbd + 2.15, true);
    assert_string_equal(rest, "");
    assert_true(front_to_back > 0.0);
    free(text);
    end_case(&c);
}

/** A field cos(alpha/2) around both circles falls 3 dB where its square is 10^-0.3, and to nothing
 * behind; another one is the same everywhere. */
static void msi_measures_the_beam(void **state)
{
    (void)state;
    far_case c = make_circles();
    for (size_t p = 0; p < 2; p++) {
        alicorn_pattern *pattern = &solve_at(&c, 0)->patterns[p];
        for (size_t k = 0; k < 360; k++) {
            double along = p == 0 ? cos(pattern->phi_deg[k] * ALI_DEGREE)
                                  : sin(pattern->theta_deg[k] * ALI_DEGREE);
            pattern->e_theta[k] = (alicorn_complex){sqrt(fmax(0.0, 0.5 + 0.5 * along)), 0.0};
            pattern->e_phi[k] = (alicorn_complex){0.0, 0.0};
        }
    }
    solve_at(&c, 0)->patterns[0].e_theta[180] = (alicorn_complex){0.0, 0.0};
    open_files(&c, ALICORN_FAR_MSI);
    char *text = written(&c, 1); /* UHF-1 at 300 MHz */
    double width = 4.0 * acos(pow(10.0, -0.15)) / ALI_DEGREE;
    const char *h = strstr(text, "\nH_WIDTH "), *v = strstr(text, "\nV_WIDTH ");
    assert_non_null(h);
    assert_non_null(v);
    sample_close(strtod(h + 9, NULL), width, 0.1);
    sample_close(strtod(v + 9, NULL), width, 0.1);
    assert_null(strstr(text, "FRONT_TO_BACK")); /* infinite */
    assert_non_null(strstr(text, "\n180 99.900\n"));
    const char *gain = strstr(text, "\nGAIN ");
    sample_close(strtod(gain + 6, NULL), 10.0 * log10(0.5) - 2.15, 1e-3);
    free(text);
    for (size_t p = 0; p < 2; p++)
        for (size_t k = 0; k < 360; k++)
            solve_at(&c, 1)->patterns[p].e_theta[k] = (alicorn_complex){1.0, 0.0},
                         solve_at(&c, 1)->patterns[p].e_phi[k] = (alicorn_complex){0.0, 0.0};
    text = written(&c, 3); /* AIS/top at 300 MHz */
    assert_null(strstr(text, "WIDTH"));
    assert_non_null(strstr(text, "\nFRONT_TO_BACK 0.00\n"));
    free(text);
    end_case(&c);
}

/* ---- what cannot be written ---- */

static void refused(const far_case *c, alicorn_far_format format,
                    const alicorn_far_selection *selection, const char *reason)
{
    alicorn_error error = {0};
    alicorn_far_files *files = (alicorn_far_files *)1;
    assert_int_equal(
        alicorn_far_files_create(c->model, c->result, format, selection, &files, &error),
        ALICORN_E_USAGE);
    assert_null(files);
    if (!strstr(error.message, reason))
        fail_msg("'%s' does not say '%s'", error.message, reason);
}

static void says_what_a_format_cannot_hold(void **state)
{
    (void)state;
    far_case c = {0};
    sample_full(&c.model, &c.result);
    refused(&c, ALICORN_FAR_FFE, NULL, "pattern 2 of task 1 is a field at finite distance");
    refused(&c, ALICORN_FAR_FFE, &(alicorn_far_selection){.task = 2},
            "pattern 1 of task 2 is what a plane wave scatters");
    refused(&c, ALICORN_FAR_FFE, &(alicorn_far_selection){.pattern = 3}, "there is no pattern");
    refused(&c, ALICORN_FAR_FFS, &(alicorn_far_selection){.task = 1, .pattern = 1},
            "needs the whole sphere");
    refused(&c, ALICORN_FAR_MSI, &(alicorn_far_selection){.task = 1, .pattern = 1},
            "lack 360 of 360 directions in the horizontal");
    alicorn_pattern *pattern = &solve_at(&c, 0)->patterns[0];
    pattern->theta_deg[1] += 0.01;
    refused(&c, ALICORN_FAR_FFD, &(alicorn_far_selection){.task = 1, .pattern = 1}, "equal steps");
    pattern->theta_deg[1] = -pattern->theta_deg[2],
    pattern->theta_deg[0] = 3 * pattern->theta_deg[1];
    refused(&c, ALICORN_FAR_FFD, &(alicorn_far_selection){.task = 1, .pattern = 1},
            "holds theta from 0 to 180");
    refused(&c, (alicorn_far_format)4, NULL, "no far-field format 4");
    end_case(&c);
}

static void each_frequency_once(void **state)
{
    (void)state;
    far_case c = make_circles();
    for (size_t i = 3; i < 6; i++)
        solve_at(&c, i)->frequency_hz = 300e6;
    const alicorn_far_selection first = {.pattern = 1};
    refused(&c, ALICORN_FAR_FFD, &first, "frequency 300000000 Hz occurs twice");
    refused(&c, ALICORN_FAR_MSI, NULL, "frequency 300000000 Hz occurs twice");
    solve_at(&c, 0)->patterns[1].directive = 1;
    refused(&c, ALICORN_FAR_MSI, NULL, "holds power gain");
    end_case(&c);
}

/** Port names that become the same file name are numbered; one selected pattern needs no name. */
static void names_are_all_different(void **state)
{
    (void)state;
    far_case c = make_case(&sphere);
    for (size_t i = 0; i < 6; i++) {
        sample_answers(solve_at(&c, i), c.model);
        const char **names = (const char **)solve_at(&c, i)->ports.names;
        names[0] = "A/B", names[1] = "a:b";
    }
    open_files(&c, ALICORN_FAR_FFD);
    static const char *const suffix[] = {"-port1-pattern1", "-port1-pattern2", "-port2-pattern1",
                                         "-port2-pattern2", "-port3-pattern1", "-port3-pattern2"};
    assert_int_equal(alicorn_far_files_count(c.files), 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(alicorn_far_files_suffix(c.files, i), suffix[i]);
    for (size_t i = 0; i < 6; i++)
        solve_at(&c, i)->driven_port = -1, solve_at(&c, i)->task = i / 2;
    solve_at(&c, 1)->frequency_hz = solve_at(&c, 5)->frequency_hz = 310e6;
    solve_at(&c, 3)->frequency_hz = 310e6;
    open_files(&c, ALICORN_FAR_FFD);
    assert_int_equal(alicorn_far_files_count(c.files), 6);
    assert_string_equal(alicorn_far_files_suffix(c.files, 3), "-task2-pattern2");
    end_case(&c);
}

static void tells_of_a_full_disk(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    far_case c = make_case(&sphere);
    open_files(&c, ALICORN_FAR_FFE);
    assert_int_equal(alicorn_far_files_write(c.files, 0, full, NULL), ALICORN_E_IO);
    assert_int_equal(alicorn_far_files_write(c.files, 1, stdout, NULL), ALICORN_E_USAGE);
    fclose(full);
    end_case(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ffe_holds_everything),  cmocka_unit_test(ffs_has_spheres_and_powers),
        cmocka_unit_test(ffd_has_phi_fastest),   cmocka_unit_test(msi_runs_clockwise_and_down),
        cmocka_unit_test(msi_measures_the_beam), cmocka_unit_test(says_what_a_format_cannot_hold),
        cmocka_unit_test(each_frequency_once),   cmocka_unit_test(names_are_all_different),
        cmocka_unit_test(tells_of_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
