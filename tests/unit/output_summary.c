/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The summary a person reads: how quantities are written, and whole pages. */

#include "output/text_format.h"
#include "output/text_table.h"
#include "sample_result.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check_impedance(double re, double im, double error, const char *expected)
{
    char text[ALI_TEXT_SIZE];
    assert_string_equal(ali_text_impedance(text, (alicorn_complex){re, im}, error), expected);
}

/** As many digits as the error leaves meaning to, and one more. */
static void impedances_fit_their_errors(void **state)
{
    (void)state;
    check_impedance(72.1349, -2.3011, 0.41, "72.13 − j2.30 ± 0.41");
    check_impedance(72.1349, 2.3011, 0.0413, "72.135 + j2.301 ± 0.041");
    check_impedance(532.6, 12.2, 12.3, "533 + j12 ± 12");
    check_impedance(5326.0, 1234.0, 341.0, "5326 + j1234 ± 341");
    check_impedance(72.1349, -2.3011, -1.0, "72.13 − j2.30");
    check_impedance(-5.0, 0.0, -1.0, "−5.00 + j0.00");
    check_impedance(1.929e-6, 12.3456, 0.03, "1.93e-06 + j12.346 ± 0.030");
    check_impedance(50.0, 0.0, 0.0, "50.00 + j0.00 ± 0.00");
}

static void quantities_have_their_units(void **state)
{
    (void)state;
    char text[ALI_TEXT_SIZE];
    assert_string_equal(ali_text_frequency(text, 14.2e6), "14.2 MHz");
    assert_string_equal(ali_text_frequency(text, 472e3), "472 kHz");
    assert_string_equal(ali_text_frequency(text, 1575.42e6), "1.57542 GHz");
    assert_string_equal(ali_text_power(text, 6.925e-3), "6.92 mW");
    assert_string_equal(ali_text_power(text, 0.9999), "1.00 W");
    assert_string_equal(ali_text_power(text, 100.0), "100 W");
    assert_string_equal(ali_text_power(text, -2.5e-6), "−2.50 µW");
    assert_string_equal(ali_text_power(text, 0.0), "0 W");
    assert_string_equal(ali_text_duration(text, 0.0012), "1.2 ms");
    assert_string_equal(ali_text_duration(text, 1.239), "1.24 s");
    assert_string_equal(ali_text_duration(text, 125.0), "2 min 05 s");
    assert_string_equal(ali_text_decimal(text, -0.001, 2), "0.00");
    assert_string_equal(ali_text_decimal(text, -0.35, 1), "−0.3");
    assert_string_equal(ali_text_decimal(text, NAN, 1), "—");
    assert_string_equal(ali_text_decimal(text, -HUGE_VAL, 1), "−∞");
}

/** 100 ohm on 50: a third comes back, VSWR 2, return loss 9.54 dB. */
static void matching(void **state)
{
    (void)state;
    char text[ALI_TEXT_SIZE];
    double third = ali_reflection((alicorn_complex){100.0, 0.0}, 50.0);
    sample_close(third, 1.0 / 3.0, 1e-15);
    assert_string_equal(ali_text_vswr(text, third), "2.00");
    assert_string_equal(ali_text_return_loss(text, third), "9.5 dB");
    sample_close(ali_reflection((alicorn_complex){50.0, 50.0}, 50.0), 0.4472135955, 1e-9);
    assert_string_equal(ali_text_vswr(text, 0.0), "1.00");
    assert_string_equal(ali_text_return_loss(text, 0.0), "∞");
    assert_string_equal(ali_text_vswr(text, 1.0), "∞");
    assert_string_equal(ali_text_vswr(text, 0.9999), "> 999");
    assert_string_equal(ali_text_vswr(text, 0.9), "19.0");
    assert_string_equal(ali_text_vswr(text, NAN), "—");
    double active = ali_reflection((alicorn_complex){-10.0, 0.0}, 50.0);
    sample_close(active, 1.5, 1e-12);
    assert_string_equal(ali_text_return_loss(text, active), "−3.5 dB");
}

/* ---- whole pages ---- */

/** What is summarised, in colour or not. */
typedef struct page {
    ali_model *model;
    alicorn_result *result;
    int color;
} page;

static alicorn_status write_page(FILE *stream, void *user, alicorn_error *error)
{
    const page *p = user;
    return alicorn_write_summary(p->model, p->result, p->color, stream, error);
}

static void end_page(page *p)
{
    alicorn_result_destroy(p->result);
    ali_model_destroy(p->model);
}

static const char single_page[] =
    "dipoles.nec\n"
    "two dipoles\n"
    "6 segments in 2 wires, free space\n"
    "\n"
    "299.8 MHz, wavelength 1 m\n"
    "  port  tag  segment         impedance [Ω]  VSWR (50 Ω)  return loss    power\n"
    "  1       1        2  72.13 − j2.30 ± 0.40         1.45      14.8 dB  6.92 mW\n"
    "\n"
    "  gain       2.15 ± 0.02 dBi at θ = 90.0°, φ = 0.0°; average 0.9998\n"
    "  power      6.92 mW in, 6.72 mW radiated; efficiency 97.0 %\n"
    "  lost       138 µW in the structure, 69.2 µW in networks\n"
    "  solved     12 unknowns, residual 2.0e-13; fill 3.0 ms, factor 1.2 ms, solve 0.5 ms\n";

static size_t widest_line(const char *text)
{
    size_t widest = 0;
    while (*text) {
        size_t length = strcspn(text, "\n");
        char line[512];
        snprintf(line, sizeof line, "%.*s", (int)length, text);
        size_t columns = ali_text_columns(line);
        widest = columns > widest ? columns : widest;
        assert_true(length == 0 || line[length - 1] != ' ');
        text += length + (text[length] == '\n');
    }
    return widest;
}

static page single(void)
{
    page p = {.model = sample_dipoles(), .result = sample_result()};
    ali_task task = sample_task(299.8e6);
    sample_source(&task, 1, 1.0);
    sample_end_task(p.model, &task);
    sample_solve(p.result, p.model, 0, 299.8e6, (alicorn_complex){72.13, -2.3});
    return p;
}

static void one_frequency(void **state)
{
    (void)state;
    page p = single();
    char *text = sample_written(write_page, &p);
    assert_string_equal(text, single_page);
    assert_true(widest_line(text) <= 100);
    free(text);
    end_page(&p);
}

/** Colour adds terminal sequences and nothing else. */
static void colour_is_only_colour(void **state)
{
    (void)state;
    page p = single();
    p.color = 1;
    char *text = sample_written(write_page, &p), *to = text;
    size_t sequences = 0;
    for (const char *from = text; *from;) {
        if (*from == '\033') {
            from = strchr(from, 'm') + 1;
            sequences++;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
    assert_true(sequences > 0 && sequences % 2 == 0);
    assert_string_equal(text, single_page);
    free(text);
    end_page(&p);
}

/** Resistance 20, 40, 60, 80, 100, 120 ohm at 14.0 … 14.5 MHz: VSWR 2.5, 1.25, 1.2, 1.6, 2, 2.4. */
static void sweep(void **state)
{
    (void)state;
    page p = {.model = sample_dipoles(), .result = sample_result()};
    ali_task task = sample_task(14e6);
    sample_source(&task, 1, 1.0);
    sample_end_task(p.model, &task);
    for (int k = 0; k < 6; k++) {
        alicorn_solve_result *solve = sample_solve(p.result, p.model, 0, 14e6 + 1e5 * k,
                                                   (alicorn_complex){20.0 + 20.0 * k, 0.0});
        solve->has_gain = k != 1;
    }
    char *text = sample_written(write_page, &p);
    static const char *const expected[] = {
        "\n   MHz  port          impedance [Ω]  VSWR (50 Ω)  return loss  gain [dBi]  efficiency\n",
        "\n  14.0  1      20.00 + j0.00 ± 0.40         2.50       7.4 dB        2.15      97.0 %\n",
        "\n  14.1  1      40.00 + j0.00 ± 0.40         1.25      19.1 dB           —      97.0 %\n",
        "\n  14.5  1     120.00 + j0.00 ± 0.40         2.40       7.7 dB        2.15      97.0 %\n",
        "\n  port 1     lowest VSWR 1.20 at 14.2 MHz; 2 or less from 14.1 MHz to 14.4 MHz\n"};
    for (size_t k = 0; k < sizeof expected / sizeof *expected; k++)
        if (!strstr(text, expected[k]))
            fail_msg("missing:%sin:\n%s", expected[k], text);
    free(text);
    end_page(&p);
}

/** Row receives, column transmits: the sample's S21 is not its S12. Frequencies are searched for
 * the largest. */
static void several_ports(void **state)
{
    (void)state;
    page p = {0};
    sample_full(&p.model, &p.result);
    alicorn_result_solve(p.result, 1)->ports.s[2] = (alicorn_complex){0.5, 0.0};
    char *text = sample_written(write_page, &p);
    assert_non_null(strstr(text, "largest |S| [dB]      1      2\n"
                                 "  1                 −14.8  −17.7\n"
                                 "  2                  −6.0  −12.3\n"));
    assert_non_null(strstr(text, "2 and 5         −13.71 dB  52.50 + j36.00  48.25 − j30.50\n"));
    assert_non_null(strstr(text, "no match exists\n"));
    assert_non_null(strstr(text, "largest −12.50 dBsm (VV) at θ = 30.0°, φ = 10.0°"));
    assert_true(widest_line(text) <= 100);
    free(text);
    end_page(&p);
}

/** Too many ports for a matrix: the strongest pairs, strongest first. */
static void very_many_ports(void **state)
{
    (void)state;
    page p = {.model = sample_model("", ""), .result = sample_result()};
    sample_wire(p.model, 1, 12, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, .001);
    ali_task task = sample_task(1e8);
    for (size_t k = 0; k < 12; k++)
        sample_source(&task, k, 1.0);
    sample_end_task(p.model, &task);
    alicorn_solve_result *solve = sample_solve(p.result, p.model, 0, 1e8, (alicorn_complex){50, 0});
    solve->ports.s[7 * 12 + 3] = (alicorn_complex){0.9, 0.0};
    char *text = sample_written(write_page, &p);
    char *list = strstr(text, "strongest of 66 pairs");
    assert_non_null(list);
    list = strchr(list, '\n') + 1;
    assert_int_equal(strncmp(list, "  4                             8", 24), 0);
    assert_non_null(strstr(list, "−0.9"));
    size_t rows = 0;
    double last_db = 0;
    while (list[0] == ' ' && list[1] == ' ' && list[2] != ' ') {
        const char *minus = strstr(list, "−");
        double db = -strtod(minus + strlen("−"), NULL);
        assert_true(db <= last_db);
        last_db = db;
        rows++;
        list = strchr(list, '\n') + 1;
        if (*list == '\n')
            break;
    }
    assert_int_equal(rows, 12);
    free(text);
    end_page(&p);
}

static void end_page_of(page *p, char *text)
{
    free(text);
    end_page(p);
}

/** The text must have these pieces, in this order. */
static void check_pieces(const char *text, const char *const *pieces, size_t count)
{
    const char *from = text;
    for (size_t k = 0; k < count; k++) {
        const char *found = strstr(from, pieces[k]);
        if (!found)
            fail_msg("missing, or not in its place:%s\nin:\n%s", pieces[k], text);
        from = found + strlen(pieces[k]) - 1; /* the next may begin with this line's end */
    }
}

static page mast(void)
{
    page p = {0};
    const ali_pattern_request pattern = {.theta_count = 2, .theta_step = 1.0, .phi_count = 1};
    sample_mast(&pattern, &p.model, &p.result);
    return p;
}

/** Ports in turn: a line for each with what its own excitation does; S is the same in all. */
static void ports_in_turn(void **state)
{
    (void)state;
    page p = mast();
    char *text = sample_written(write_page, &p);
    static const char *const pieces[] = {
        "\n  MHz  port             impedance [Ω]  VSWR (50 Ω)  return loss  gain [dBi]  radiated  "
        "into ports\n",
        "\n  300  UHF-1    60.00 + j12.00 ± 0.40         1.33      17.0 dB        2.00    88.0 %   "
        "   "
        "10.0 %\n",
        "\n       AIS/top  70.00 + j12.00 ± 0.40  ",
        "\n       L band   80.00 + j12.00 ± 0.40         1.66      12.1 dB        4.00    88.0 %   "
        "   "
        "10.0 %\n",
        "\n  200  UHF-1    ",
        "\n  largest |S| [dB]  UHF-1  AIS/top  L band\n  UHF-1 ",
        "\n  largest maximum coupling [dB]  UHF-1  AIS/top  L band\n  UHF-1                        "
        "      "
        "—    −11.0   −12.0\n",
        "\n  isolation  worst 16.0 dB, from L band to AIS/top at 300 MHz\n"
        "  matched    at most −11.0 dB, UHF-1 and AIS/top at 300 MHz\n"};
    check_pieces(text, pieces, sizeof pieces / sizeof *pieces);
    assert_true(widest_line(text) <= 100);
    end_page_of(&p, text);
}

/** At one frequency the frequency stands above the table, and nothing is "largest". */
static void ports_in_turn_at_one_frequency(void **state)
{
    (void)state;
    page p = mast();
    for (size_t i = 3; i < 6; i++) /* a task of their own */
        ((alicorn_solve_result *)alicorn_result_solve(p.result, i))->task = 1;
    char *text = sample_written(write_page, &p);
    static const char *const pieces[] = {
        "\n300 MHz, wavelength 0.9993 m\n  port             impedance [Ω]  VSWR",
        "\n  UHF-1    60.00 + j12.00 ± 0.40 ",
        "\n  L band   80.00 + j12.00 ± 0.40 ",
        "\n  |S| [dB]  UHF-1 ",
        "\n  maximum coupling [dB] ",
        " dB, from L band to AIS/top\n",
        "\n200 MHz, wavelength 1.499 m\n"};
    check_pieces(text, pieces, sizeof pieces / sizeof *pieces);
    end_page_of(&p, text);
}

/** Three frequencies of two ports in turn: VSWR 4, 1.67, 1 (below 2 from 110 MHz on) and 1.2,
 * 3, 2.5. */
static void best_match_of_each_port(void **state)
{
    (void)state;
    page p = mast();
    static const double r[] = {200.0, 60.0, 30.0, 150.0, 50.0, 20.0};
    for (size_t i = 0; i < 6; i++) {
        alicorn_solve_result *solve = (alicorn_solve_result *)alicorn_result_solve(p.result, i);
        solve->frequency_hz = 100e6 + 10e6 * (double)(i / 2);
        solve->driven_port = (int)(i % 2);
        solve->sources[0].impedance = (alicorn_complex){r[i], 0.0};
        snprintf(solve->sources[0].port, sizeof solve->sources[0].port, "p%zu", i % 2);
    }
    char *text = sample_written(write_page, &p);
    static const char *const pieces[] = {
        "\n  port p0    lowest VSWR 1.00 at 120 MHz; 2 or less from 110 MHz to 120 MHz\n",
        "  port p1    lowest VSWR 1.20 at 100 MHz\n"};
    check_pieces(strstr(text, "\n  port p0"), pieces, 1);
    check_pieces(strstr(text, "\n  port p0"), pieces + 1, 1);
    end_page_of(&p, text);
}

/** Only the second of the ports is driven, at six frequencies. */
static void one_port_of_several(void **state)
{
    (void)state;
    page p = mast();
    for (size_t i = 0; i < 6; i++) {
        alicorn_solve_result *solve = (alicorn_solve_result *)alicorn_result_solve(p.result, i);
        solve->frequency_hz = 100e6 + 10e6 * (double)i;
        solve->driven_port = 1;
        solve->sources[0].impedance = (alicorn_complex){i == 4 ? 50.0 : 500.0, 0.0};
        snprintf(solve->sources[0].port, sizeof solve->sources[0].port, "AIS");
    }
    char *text = sample_written(write_page, &p);
    static const char *const pieces[] = {"\n  100  AIS/top ", "\n  150  AIS/top ",
                                         "\n  port AIS   lowest VSWR 1.00 at 140 MHz\n"};
    check_pieces(text, pieces, sizeof pieces / sizeof *pieces);
    end_page_of(&p, text);
}

/** Eight ports with long names: the matrix in blocks that a terminal of 80 columns holds. */
static void wide_matrices_come_in_blocks(void **state)
{
    (void)state;
    static const char *const names[] = {"HF whip port",  "VHF collinear", "UHF ring 1",
                                        "UHF ring 2",    "AIS",           "L-band link 1",
                                        "TACAN lower 3", "GNSS"};
    page p = {.model = sample_model("", ""), .result = sample_result()};
    sample_wire(p.model, 1, 8, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, .001);
    ali_task task = sample_task(1e8);
    for (size_t k = 0; k < 8; k++)
        sample_source(&task, k, 1.0);
    sample_end_task(p.model, &task);
    alicorn_solve_result *solve = sample_solve(p.result, p.model, 0, 1e8, (alicorn_complex){50, 0});
    memcpy((void *)solve->ports.names, names, sizeof names);
    solve->ports.s[7 * 8 + 6] = (alicorn_complex){0.9, 0.0};
    char *text = sample_written(write_page, &p), *matrix = strstr(text, "\n  |S| [dB]") + 1;
    char *end = strstr(matrix, "\n  maximum coupling");
    assert_non_null(end);
    *end = '\0';
    assert_true(widest_line(matrix) <= 80);
    size_t blocks = 0, seen[8] = {0};
    for (char *header = matrix; (header = strstr(header, "  |S| [dB]")); blocks++) {
        size_t length = strcspn(header, "\n");
        header[length] = '\0';
        for (size_t k = 0; k < 8; k++)
            seen[k] += strstr(header, names[k]) != NULL;
        size_t rows = 0;
        for (header += length + 1; *header && *header != '\n'; rows++) {
            assert_int_equal(strncmp(header + 2, names[rows], strlen(names[rows])), 0);
            header += strcspn(header, "\n");
            header += *header == '\n';
        }
        assert_int_equal(rows, 8);
    }
    assert_true(blocks >= 2);
    for (size_t k = 0; k < 8; k++)
        assert_int_equal(seen[k], 1);
    assert_non_null(strstr(end + 1, "isolation  worst 0.9 dB, from TACAN lower 3 to GNSS\n"));
    end_page_of(&p, text);
}

static void several_structures(void **state)
{
    (void)state;
    page p = {0};
    sample_two_jobs(&p.model, &p.result);
    char *text = sample_written(write_page, &p);
    assert_ptr_equal(strstr(text, "jobs.nec, structure 1\nfirst\n1 segment in 1 wire\n"), text);
    const char *second = strstr(text, "\njobs.nec, structure 2\nsecond\n2 segments in 1 wire\n");
    assert_non_null(second);
    assert_null(strstr(second + 2, "jobs.nec"));
    assert_non_null(strstr(second, "Task 2: free space\n200 MHz"));
    assert_non_null(strstr(second, "Task 3: free space\n300 MHz"));
    free(text);
    end_page(&p);
}

/** The first solve, to be changed. */
static alicorn_solve_result *first_solve(const page *p)
{
    return (alicorn_solve_result *)alicorn_result_solve(p->result, 0);
}

/** The page of one frequency must hold `expected`. */
static void page_holds(page *p, const char *expected)
{
    char *text = sample_written(write_page, p);
    if (!strstr(text, expected))
        fail_msg("%s misses \"%s\"", text, expected);
    free(text);
}

static void ground_takes_its_part(void **state)
{
    (void)state;
    page p = single();
    alicorn_power *power = &first_solve(&p)->power;
    power->has_ground_loss = 1;
    power->far_field = 0.5 * power->input;
    power->ground_loss = power->radiated - power->far_field;
    page_holds(
        &p, "  ground     3.46 mW above it (50.0 % of the input), 3.25 mW lost in it (47.0 %)\n");
    power->far_field = 1.005 * power->radiated; /* quadrature, not power out of nothing */
    power->ground_loss = -0.005 * power->radiated;
    page_holds(&p, "above it (97.5 % of the input), 0 W lost in it (0.0 %)\n");
    power->far_field = 2.0 * power->radiated;
    page_holds(&p, "more than is radiated: reflection coefficients do not serve here\n");
    power->input = -power->input;
    page_holds(&p, "  power      −6.92 mW in, less than nothing");
    end_page(&p);
}

static void unknown_gain_is_said_to_be(void **state)
{
    (void)state;
    page p = single();
    first_solve(&p)->max_gain_error_db = 8374.66;
    page_holds(&p, "  gain       2.15 ± > 20 dBi at");
    end_page(&p);
}

static void tells_of_a_full_disk(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    page p = single();
    assert_int_equal(write_page(full, &p, NULL), ALICORN_E_IO);
    fclose(full);
    end_page(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(impedances_fit_their_errors),
        cmocka_unit_test(quantities_have_their_units),
        cmocka_unit_test(matching),
        cmocka_unit_test(one_frequency),
        cmocka_unit_test(colour_is_only_colour),
        cmocka_unit_test(sweep),
        cmocka_unit_test(several_ports),
        cmocka_unit_test(very_many_ports),
        cmocka_unit_test(ports_in_turn),
        cmocka_unit_test(ports_in_turn_at_one_frequency),
        cmocka_unit_test(best_match_of_each_port),
        cmocka_unit_test(one_port_of_several),
        cmocka_unit_test(wide_matrices_come_in_blocks),
        cmocka_unit_test(several_structures),
        cmocka_unit_test(ground_takes_its_part),
        cmocka_unit_test(unknown_gain_is_said_to_be),
        cmocka_unit_test(tells_of_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
