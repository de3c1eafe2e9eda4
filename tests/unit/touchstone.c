/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The reader of Touchstone files: what the versions allow, and what is wrong with bad files. */

#include "alicorn/network.h"
#include "assert_close.h"

#include <stdio.h>
#include <string.h>

static alicorn_network *parse(const char *name, const char *text)
{
    alicorn_network *network = NULL;
    alicorn_error error = {0};
    if (alicorn_network_parse(text, strlen(text), name, &network, &error))
        fail_msg("%s:%d:%d: %s", error.file, error.line, error.column, error.message);
    return network;
}

static double complex entry(const alicorn_network *network, size_t f, size_t row, size_t column)
{
    alicorn_complex s = network->s[(f * network->ports + row) * network->ports + column];
    return s.re + I * s.im;
}

/** A two-port: version 1 has the second row's first element before the first row's second. */
static void two_ports_are_transposed(void **state)
{
    (void)state;
    alicorn_network *network = parse("amp.S2P", "! an amplifier\n"
                                                "# MHZ S RI R 75\n"
                                                "100 0.1 0.2 3 4 0.01 0.02 0.5 0.6 ! first\n"
                                                "200 0.1 0.2 3 5 0.01 0.02 0.5 0.6\r\n"
                                                "# GHz S MA R 50\n");
    assert_int_equal(network->ports, 2);
    assert_int_equal(network->count, 2);
    assert_close(network->frequency_hz[1], 200e6, 0.0);
    assert_close(network->z0[1], 75.0, 0.0);
    assert_close(entry(network, 0, 0, 0), 0.1 + 0.2 * I, 0.0);
    assert_close(entry(network, 1, 1, 0), 3.0 + 5.0 * I, 0.0);
    assert_close(entry(network, 0, 0, 1), 0.01 + 0.02 * I, 0.0);
    alicorn_network_destroy(network);
}

/** Without an option line: GHz, S, magnitude and angle, 50 ohm. */
static void standard_options(void **state)
{
    (void)state;
    alicorn_network *network = parse("dir.d/x.s1p", "1.5 0.5 90\n2.5 1 -180\n");
    assert_close(network->frequency_hz[0], 1.5e9, 1e-6);
    assert_close(entry(network, 0, 0, 0), 0.5 * I, 1e-15);
    assert_close(entry(network, 1, 0, 0), -1.0, 1e-15);
    assert_close(network->z0[0], 50.0, 0.0);
    assert_string_equal(network->names[0], "1");
    alicorn_network_destroy(network);
}

static void decibels(void **state)
{
    (void)state;
    alicorn_network *network = parse("x.s1p", "# db kHz\n7 -20 30\n");
    assert_close(entry(network, 0, 0, 0), 0.1 * cexp(I * 0.52359877559829887), 1e-15);
    assert_close(network->frequency_hz[0], 7e3, 0.0);
    alicorn_network_destroy(network);
}

/** Three ports, rows on lines of their own, names in comments, noise of no importance. */
static void rows_and_names(void **state)
{
    (void)state;
    alicorn_network *network =
        parse("x.s3p", "! Port[1] = VHF\n! port[3] =  GNSS left \n!Port[9] = none\n"
                       "# Hz S RI R 50\n"
                       "1e6 11 0 12 0 13 0\n 21 0 22 0 23 0\n 31 0 32 0\n 33 -1\n");
    for (size_t i = 0; i < 9; i++)
        assert_close(creal(entry(network, 0, i / 3, i % 3)), (double)(10 * (i / 3 + 1) + i % 3 + 1),
                     0.0);
    assert_close(cimag(entry(network, 0, 2, 2)), -1.0, 0.0);
    assert_string_equal(network->names[0], "VHF");
    assert_string_equal(network->names[1], "2");
    assert_string_equal(network->names[2], "GNSS left");
    assert_int_equal(alicorn_network_port(network, "gnss LEFT"), 2);
    assert_int_equal(alicorn_network_port(network, "none"), 3);
    alicorn_network_destroy(network);
}

/** Noise parameters begin where the frequency falls back. */
static void noise_is_left_out(void **state)
{
    (void)state;
    alicorn_network *network = parse("x.s2p", "# GHz S MA R 50\n"
                                              "2 .95 -26 3.57 157 .04 76 .66 -14\n"
                                              "22 .60 -144 1.30 40 .14 40 .56 -85\n"
                                              "4 .7 .64 69 .38\n18 2.7 .46 -33 .40\n");
    assert_int_equal(network->count, 2);
    alicorn_network_destroy(network);
}

/** Z and Y of a series resistor of 50 ohm between two ports: S11 = 1/3, S21 = 2/3. */
static void impedances_and_admittances(void **state)
{
    (void)state;
    static const char *const files[] = {
        "# Hz Y RI R 50\n1e6 1 0 -1 0 -1 0 1 0\n", /* version 1: times 50 ohm */
        "[Version] 2.0\n# Hz Y RI R 50\n[Number of Ports] 2\n[Two-Port Data Order] 12_21\n"
        "[Number of Frequencies] 1\n[Matrix Format] Lower\n[Network Data]\n"
        "1e6 0.02 0 -0.02 0 0.02 0\n[End]\n",
        /* the same with a shunt of 1 Gohm, without which there is no Z */
        "# Hz Z RI R 50\n1e6 2e7 0 2e7 0 2e7 0 20000001 0\n"};
    for (size_t i = 0; i < 3; i++) {
        alicorn_network *network = parse("x.s2p", files[i]);
        assert_close(entry(network, 0, 0, 0), 1.0 / 3.0, 1e-7);
        assert_close(entry(network, 0, 1, 0), 2.0 / 3.0, 1e-7);
        alicorn_network_destroy(network);
    }
}

/** Version 2: resistances of each port, half matrices, numbers of ports without an extension. */
static void version_2(void **state)
{
    (void)state;
    alicorn_network *network =
        parse("x.ts", "[Version] 2.0\n# GHz S RI R 50\n[Number of Ports] 3\n"
                      "[Number of Frequencies] 2\n[Reference] 50 75\n 0.01 ! in ohm\n"
                      "[Begin Information]\n[Manufacturer] none\n[End Information]\n"
                      "[Matrix Format] Upper\n[Network Data]\n"
                      "1 11 0 12 0 13 0\n 22 0 23 0\n 33 0\n"
                      "2 11 0 12 0 13 0 22 0 23 0 33 9\n[End]\n");
    assert_int_equal(network->count, 2);
    assert_close(network->z0[1], 75.0, 0.0);
    assert_close(network->z0[2], 0.01, 0.0);
    assert_close(entry(network, 1, 2, 1), 23.0, 0.0);
    assert_close(entry(network, 1, 1, 2), 23.0, 0.0);
    assert_close(entry(network, 1, 2, 2), 33.0 + 9.0 * I, 0.0);
    alicorn_network_destroy(network);
}

static void bad_files(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *message;
        int line, column;
    } cases[] = {
        {"x.s1p", "", "there are no data", 1, 1},
        {"x.txt", "# Hz S RI\n1 0 0\n", "the number of ports is not known", 2, 1},
        {"x.s1p", "# Hz S RI\n2 0 0\n1 0 0\n", "1 Hz follows 2 Hz", 3, 1},
        {"x.s1p", "# Hz S RI\n1 0 0\n1 0 0\n", "1 Hz follows 1 Hz", 3, 1},
        {"x.s1p", "# Hz S RI\n-1 0 0\n", "a frequency of -1 Hz", 2, 1},
        {"x.s1p", "# Hz S RI\n1 0 0 5\n", "more than 2 numbers at 1 Hz", 2, 7},
        {"x.s2p", "# Hz S RI\n1 0 0 0 0 0 0\n", "the file ends at 1 Hz after 6 of 8", 3, 1},
        {"x.s1p", "# Hz S RI\n1 0 nan\n", "\"nan\" is no number", 2, 5},
        {"x.s1p", "# Hz S RI\n1 0 0x1p3\n", "\"0x1p3\" is no number", 2, 5},
        {"x.s1p", "# Hz S RI\n1 0 1e999\n", "\"1e999\" is no number", 2, 5},
        {"x.s1p", "# Hz S DB\n1 1e9 0\n", "no S-parameters at 1 Hz", 2, 1},
        {"x.s1p", "# Hz S RI R -50\n1 0 0\n", "the reference resistance is -50 ohm", 1, 13},
        {"x.s1p", "# Hz S RI R\n1 0 0\n", "expected a resistance", 1, 12},
        {"x.s1p", "# mm S RI\n1 0 0\n", "unknown option \"mm\"", 1, 3},
        {"x.s2p", "# Hz H RI\n1 0 0 0 0 0 0 0 0\n", "hybrid parameters (H)", 1, 6},
        {"x.s1p", "# Hz Z RI\n1 -1 0\n", "no S-parameters at 1 Hz", 2, 1},
        {"x.s999p", "# Hz S RI\n1 0 0\n", "the file is too short for 999 ports", 2, 1},
        {"x.s2p", "[Version] 2.0\n# Hz S RI\n[Number of Ports] 3\n", "3 ports, but the name", 3,
         20},
        {"x.ts", "[Version] 2.0\n[Network Data]\n1 0 0\n", "[Number of Ports] is missing", 3, 1},
        {"x.ts", "[Version] 2.0\n[Number of Ports] 2\n[Network Data]\n1 0 0\n",
         "[Two-Port Data Order] is missing", 3, 1},
        {"x.ts",
         "[Version] 2.0\n# Hz S RI\n[Number of Ports] 1\n[Number of Frequencies] 2\n"
         "[Network Data]\n1 0 0\n[End]\n",
         "1 frequencies, but [Number of Frequencies] says 2", 7, 6},
        {"x.ts", "[Version] 2.0\n[Number of Ports] 1.5\n", "1.5, expected a number of ports", 2,
         19},
        {"x.ts", "[Version] 2.0\n[Mixed-Mode Order] D1\n", "mixed-mode", 2, 19},
        {"x.ts", "[Version] 2.0\n[Nonsense]\n", "unknown keyword [Nonsense]", 2, 1},
        /* one port in a file that says two or three, and a row that was cut off */
        {"x.s2p", "# Hz S RI\n1 0 0\n2 0 0\n3 0 0\n", "after 2 of 8 numbers at 1 Hz", 3, 1},
        {"x.s3p", "# Hz S RI\n1 0 0 0 0 0 0 0 0\n2 0 0 0 0 0 0 0 0\n",
         "after 8 of 18 numbers at 1 Hz; are there 3 ports?", 3, 1},
        {"x.s2p", "# Hz S RI\n1 0 0 0 0 0 0\n2 0 0 0 0 0 0 0 0\n", "after 6 of 8 numbers", 3, 1},
        {"x.s1p", "1 0 0\n# MHz S RI\n2 0 0\n", "the option line stands behind data", 2, 1},
        {"x.s1p", "# Hz S MA\n1 -10 0\n", "a magnitude of -10, expected a positive one", 2, 3},
        {"x.ts",
         "[Version] 2.0\n# Hz S RI\n[Number of Ports] 2\n[Reference] 50\n[Network Data]\n1 0 0\n",
         "[Reference] has 1 resistances, expected one for each of 2 ports", 5, 1},
        {"x.s1p", "#\tHz S,RI\n1 0 0\n", "unknown option \"S,RI\"", 1, 6},
        {"x.s1p", "# Hz S RI\n1,0,0\n", "\"1,0,0\" is no number, expected a frequency", 2, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        alicorn_network *network = NULL;
        alicorn_error error = {0};
        alicorn_status status = alicorn_network_parse(cases[i].text, strlen(cases[i].text),
                                                      cases[i].name, &network, &error);
        if (status != ALICORN_E_INPUT || !strstr(error.message, cases[i].message) ||
            error.line != cases[i].line || error.column != cases[i].column)
            fail_msg("case %zu: status %d, %d:%d: %s", i, status, error.line, error.column,
                     error.message);
        assert_null(network);
        assert_string_equal(error.file, cases[i].name);
    }
}

/** UTF-16, as some editors save it. */
static void other_encodings(void **state)
{
    (void)state;
    static const char wide[] = {'\xff', '\xfe', '#', 0, '\n', 0};
    alicorn_network *network = NULL;
    alicorn_error error = {0};
    assert_int_equal(alicorn_network_parse(wide, sizeof wide, "x.s1p", &network, &error),
                     ALICORN_E_INPUT);
    assert_string_equal(error.message, "byte 4 of the file is 0, expected text (ASCII or UTF-8)");
    assert_int_equal(error.line, 1);
    network = parse("x.s1p", "\xEF\xBB\xBF# Hz S RI\r\n1\t0.5 0\r\n");
    assert_true(network->frequency_hz[0] == 1 && network->s[0].re == 0.5);
    alicorn_network_destroy(network);
}

/** Rows may go on in further lines, pair by pair, behind a lone frequency, too. */
static void rows_go_on(void **state)
{
    (void)state;
    alicorn_network *network =
        parse("x.s2p", "# Hz S RI R 50\n1\n.1 0 .2 0\n.3 0 .4 0\n2 .1 0 .2 0 .3 0\n.4 0\n");
    assert_int_equal(network->count, 2);
    assert_true(network->s[3].re == 0.4 && network->s[4 + 3].re == 0.4);
    alicorn_network_destroy(network);
}

/** -10 dB that were taken for a magnitude, or real part, put 100 W out for 1 W. */
static void doubtful_formats(void **state)
{
    (void)state;
    char text[160];
    alicorn_network *network =
        parse("x.s2p", "# MHz S RI\n1 .6 0 .8 0 .8 0 .6 0\n2 .6 0 -10 0 .8 0 .6 0\n");
    assert_true(alicorn_network_doubt(network, text, sizeof text));
    assert_string_equal(text, "100 W leave the ports for 1 W into port 1 at 2 MHz: is the format "
                              "(MA, DB, RI) right?");
    alicorn_network_destroy(network);
    network = parse("x.s2p", "# MHz S RI\n1 .6 0 .8 0 .8 0 .6 0\n");
    assert_false(alicorn_network_doubt(network, text, sizeof text));
    assert_string_equal(text, "");
    alicorn_network_destroy(network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_ports_are_transposed),
        cmocka_unit_test(standard_options),
        cmocka_unit_test(decibels),
        cmocka_unit_test(rows_and_names),
        cmocka_unit_test(noise_is_left_out),
        cmocka_unit_test(impedances_and_admittances),
        cmocka_unit_test(version_2),
        cmocka_unit_test(bad_files),
        cmocka_unit_test(other_encodings),
        cmocka_unit_test(rows_go_on),
        cmocka_unit_test(doubtful_formats),
    };
    return cmocka_run_group_tests_name("touchstone", tests, NULL, NULL);
}
