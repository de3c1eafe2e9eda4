/* SPDX-License-Identifier: Apache-2.0 */
/* The deck reader: text to cards. What the cards mean is in nec_reader_geometry.c and
 * nec_reader_control.c. */
#include "nec_reader_support.h"

#include "input/expression.h"
#include "input/nec_cards.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- formats ---- */

static void check_dipole(const char *deck)
{
    ali_model *model = read_good(deck, NULL);
    assert_int_equal(model->segment_count, 9);
    assert_true(fabs(model->segments[0].start.z + 0.5) < 1e-15);
    assert_true(fabs(model->segments[8].end.z - 0.5) < 1e-15);
    assert_true(model->segments[4].radius == 0.001);
    assert_int_equal(model->segments[4].tag, 1);
    assert_int_equal(model->task_count, 1);
    assert_int_equal(model->tasks[0].drive.source_count, 1);
    assert_int_equal(model->tasks[0].drive.sources[0].segment, 4);
    assert_true(fabs(model->tasks[0].frequencies[0] - 1.42e8) < 1e-3);
    alicorn_model_destroy(model);
}

static void test_same_deck_in_many_formats(void **unused)
{
    (void)unused;
    const char *decks[] = {
        DIPOLE "FR 0 1 0 0 142 0\nEX 0 1 5 0 1 0\nXQ\nEN\n",
        /* lower case, no EN, no last line end */
        "ce\ngw 1 9 0 0 -.5 0 0 .5 .001\nge 0\nfr 0 1 0 0 142\nex 0 1 5\nxq",
        /* no CE, no comments at all; CR LF and CR; a byte order mark; a DOS end mark and rubbish
           behind it */
        "GW 1 9 0 0 -.5 0 0 .5 .001\r\nGE 0\r\nFR 0 1 0 0 142\r\nEX 0 1 5 0 1\r\nXQ\r\nEN\r\n",
        "CM only CM\rGW 1 9 0 0 -.5 0 0 .5 .001\rGE 0\rFR 0 1 0 0 142\rEX 0 1 5\rXQ\r",
        "\xef\xbb\xbf" DIPOLE "FR 0 1 0 0 142\nEX 0 1 5\nXQ\nEN\n",
        DIPOLE "FR 0 1 0 0 142\nEX 0 1 5\nXQ\n\x1a\x01\x02 rubbish\n",
        /* commas, tabs, empty fields, blanks around commas, a comma at the end */
        "CE\nGW,1,9,0,0,-.5,0,0,.5,.001\nGE,0\nFR,0,1,,,142\nEX,0,1,5,0,1.,0.,\nXQ\nEN\n",
        "CE\nGW\t1\t9\t0\t0\t-.5\t0\t0\t.5\t.001\nGE\t0\nFR\t0\t1\t0\t0\t142\nEX\t0\t1\t5\nXQ\n",
        "CE\nGW 1 9 0,0 ,-.5 0 , 0 .5 .001\nGE\nFR 0 0,,, 142\nEX 0, 1, 5, 00\nXQ\nEN\n",
        /* comments of every kind, blank lines, text behind EN */
        "CE\n' one\n# two\n! three\n\n  \t\nGW 1 9 0 0 -.5 0 0 .5 .001' a wire\nGE 0 ! end\n"
        "FR 0 1 0 0 142'MHz\nEX 0 1 5\t' middle\nCM a comment between\nXQ\nEN\nThe end.\n",
        /* symbols and expressions */
        "CE\nsy L=1, h = l/2 'half\nSY seg=3^2\nGW 1 seg 0 0 -h 0 0 H 1mm\nGE\nFR 0 1 0 0 "
        "(100 + 42)\nEX 0 1 (seg+1)/2\nXQ\nEN\n",
        /* zeros beyond the last field, as xnec2c writes them; no blank behind the name */
        "CE\nGW1 9 0 0 -.5 0 0 .5 .001 0 0.0\nGE 0 0 0. 0. 0. 0. 0. 0. 0.\nFR0 1 0 0 142 0 0 0 0 "
        "0\nEX 0 1 5 0 1 0 0 0 0 0\nXQ 0\nEN 0 0\n",
        /* Fortran's exponents, signs, leading zeros */
        "CE\nGW +1 09 0D0 -0 -5.D-1 0.E0 +.0 5e-01 1.0D-3\nGE\nFR 0 1 0 0 1.42E+2\nEX 0 1 5\nXQ\n",
    };
    for (size_t i = 0; i < sizeof decks / sizeof decks[0]; i++)
        check_dipole(decks[i]);
}

/** NEC's 80 columns: blank fields are zeros, and fields need no separator. */
static void test_fixed_columns(void **unused)
{
    (void)unused;
    char notes[NOTES_SIZE];
    ali_model *model = read_good("CETHE FIRST EXAMPLE OF THE MANUAL\n"
                                 "GW  0    7        0.        0.      -.25        0.        0."
                                 "       .25      .001\n"
                                 "GE\n"
                                 "EX  0         4             1.\n"
                                 "XQ\n"
                                 "LD  0         4    4       10. 3.000E-09 5.300E-11\n"
                                 "NE       1    1   15      .001        0         0        0."
                                 "        0.    .01786\n"
                                 "EN\n",
                                 notes);
    assert_string_equal(notes, "");
    assert_string_equal(model->comment, "THE FIRST EXAMPLE OF THE MANUAL");
    assert_int_equal(model->segment_count, 7);
    assert_true(model->segments[6].end.z == 0.25);
    assert_int_equal(model->task_count, 2);
    assert_int_equal(model->tasks[0].drive.sources[0].segment, 3);
    assert_int_equal(model->tasks[1].loads[0].first, 3);
    assert_true(model->tasks[1].loads[0].value[0] == 10);
    assert_int_equal(model->tasks[1].requests[0].kind, ALI_REQUEST_NEAR_E);
    assert_int_equal(model->tasks[1].requests[0].as.near.count[2], 15);
    assert_true(model->tasks[1].requests[0].as.near.step[2] == 0.01786);
    alicorn_model_destroy(model);

    /* Numbers that touch: only the columns part them. */
    model = read_good("CE\n"
                      "GW  1    3-1000.0000-2000.0000-3000.0000 1000.0000 2000.0000 3000.0000"
                      "     0.001\n"
                      "GE\n",
                      NULL);
    assert_true(model->segments[0].start.y == -2000);
    assert_true(model->segments[2].end.z == 3000);
    alicorn_model_destroy(model);

    /* The same line in a deck that is not of 80 columns is an error, never a guess. */
    const char *errors = read_bad("CE\nSY a=1\nGW 1 3 0 0 0 0 0 a .001\n"
                                  "GW  1    3-1000.0000-2000.0000-3000.0000 1000.0000 2000.0000"
                                  " 3000.0000     0.001\nGW 2 3 1 0 0 1 0 1 .001\nGE\n");
    assert_non_null(strstr(errors, "4:10: GW I2 (number of segments)"));
}

static void test_long_lines(void **unused)
{
    (void)unused;
    size_t size = 200000;
    char *deck = malloc(size + 200);
    assert_non_null(deck);
    char *at = deck;
    memcpy(at, "CM ", 3);
    at += 3;
    memset(at, 'x', size / 2);
    at += size / 2;
    memcpy(at, "\nGW 1 9", 7);
    at += 7;
    memset(at, ' ', size / 4);
    strcpy(at + size / 4, "0 0 -.5 0 0 .5 .001\nGE\nEX 0 1 5\nFR 0 1 0 0 142\nXQ\n");
    check_dipole(deck);
    free(deck);
}

/** The reader follows neither the process's locale nor changes it. */
static void test_locale(void **unused)
{
    (void)unused;
    const char *names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (setlocale(LC_ALL, names[i]))
            break;
    const char *before = localeconv()->decimal_point;
    check_dipole(DIPOLE "FR 0 1 0 0 142.0\nEX 0 1 5 0 1.0\nXQ\n");
    assert_string_equal(localeconv()->decimal_point, before);
    setlocale(LC_ALL, "C");
}

static void test_comments(void **unused)
{
    (void)unused;
    ali_model *model = read_good("CM  two blanks\nCM\ncm caf\xe9 \x07 'quoted' !\nCEend\n"
                                 "GW 1 9 0 0 -.5 0 0 .5 .001\nGE\n",
                                 NULL);
    assert_string_equal(model->comment, " two blanks\n\ncaf\xc3\xa9   'quoted' !\nend");
    assert_int_equal(model->task_count, 0);
    alicorn_model_destroy(model);
    model = read_good("CM \xc3\xa9t\xc3\xa9\nCE\nGW 1 9 0 0 -.5 0 0 .5 .001\nGE\n", NULL);
    assert_string_equal(model->comment, "\xc3\xa9t\xc3\xa9");
    alicorn_model_destroy(model);
}

static void test_echo(void **unused)
{
    (void)unused;
    ali_model *model = read_good(DIPOLE "FR 0 1 0 0 142 .5\nex 0 1 5 0 1 2\nXQ\nEN\n", NULL);
    assert_int_equal(model->echo_count, 4);
    assert_string_equal(model->echo[0].name, "FR");
    assert_int_equal(model->echo[0].integer[1], 1);
    assert_true(model->echo[0].real[0] == 142 && model->echo[0].real[1] == 0.5);
    assert_string_equal(model->echo[1].name, "EX");
    assert_int_equal(model->echo[1].integer[2], 5);
    assert_true(model->echo[1].real[1] == 2);
    assert_string_equal(model->echo[3].name, "EN");
    alicorn_model_destroy(model);
}

/* ---- symbols ---- */

static double top_of(const char *symbols, const alicorn_read_options *options)
{
    char deck[500];
    ali_model *model;
    snprintf(deck, sizeof deck, "CE\n%s\nGW 1 3 0 0 0 0 0 top .001\nGE\n", symbols);
    alicorn_status status =
        alicorn_model_parse_nec(deck, strlen(deck), "test.nec", options, &model, NULL);
    assert_int_equal(status, ALICORN_OK);
    double top = model->segments[2].end.z;
    alicorn_model_destroy(model);
    return top;
}

static void test_symbols(void **unused)
{
    (void)unused;
    assert_true(top_of("SY top=2", NULL) == 2);
    assert_true(top_of("SY TOP=max(1,3), b=4", NULL) == 3);
    assert_true(top_of("SY top=half*2\nSY half=base/2\nSY base=5", NULL) == 5);
    assert_true(fabs(top_of("SY ang=110, len=10.472\nSY top = len*cos(ang/2) ' height", NULL) -
                     10.472 * cos(55 * acos(-1.0) / 180)) < 1e-14);
    assert_true(top_of("SY ft=2\nSY top=3*ft", NULL) == 6); /* a deck's own names go first */
    assert_true(top_of("SY x=1\nSY x=x+1\nSY top=x\nSY x=10", NULL) == 2);

    const char *names[] = {"LEN"};
    const double values[] = {7};
    alicorn_read_options options = {.set_names = names, .set_values = values, .set_count = 1};
    assert_true(top_of("SY len=1, top=2*len", &options) == 14);
}

static void test_symbol_errors(void **unused)
{
    (void)unused;
#define WIRE "GW 1 3 0 0 0 0 0 1 .001\nGE\n"
    assert_string_equal(read_bad("SY a=b, b=a\n" WIRE),
                        "1:11: symbol b: 'a' is defined by itself (line 1), expected a definition "
                        "without a circle\n");
    assert_string_equal(read_bad("SY a=a+1\n" WIRE),
                        "1:6: symbol a: 'a' is defined by itself (line 1), expected a definition "
                        "without a circle\n");
    assert_string_equal(read_bad("SY a=2*nix\n" WIRE), "1:8: symbol a: unknown name 'nix'\n");
    assert_string_equal(read_bad("SY a\n" WIRE), "1:4: 'a', expected name=expression\n");
    assert_string_equal(read_bad("SY a=1 b=2\n" WIRE),
                        "1:8: symbol a: unexpected 'b=2' behind a number\n");
    assert_string_equal(read_bad("SY a=\n" WIRE),
                        "1:6: symbol a: a number is missing at the end of ''\n");
    /* One wrong symbol is one error, however often it is used. */
    assert_string_equal(read_bad("SY a=1/0, b=a, c=b+a\nGW 1 3 0 0 0 0 0 c a\nGE\nEX 0 1 2\n"),
                        "1:8: symbol a: division by zero in '1/0'\n");

    const char *names[] = {"length"};
    const double values[] = {1};
    alicorn_read_options options = {.set_names = names, .set_values = values, .set_count = 1};
    const char *deck = "SY len=1, rad=2\n" WIRE;
    alicorn_model *model;
    alicorn_error error;
    assert_int_equal(
        alicorn_model_parse_nec(deck, strlen(deck), "test.nec", &options, &model, &error),
        ALICORN_E_INPUT);
    assert_string_equal(error.message,
                        "there is no symbol 'length' to set, expected one of len, rad");
    assert_null(model);
}

/** A chain of forward references as long as the file, and one in the usual order. */
static void test_symbol_chains(void **unused)
{
    (void)unused;
    enum { COUNT = 20000 };
    char *deck = malloc(COUNT * 40);
    assert_non_null(deck);
    for (int backward = 0; backward < 2; backward++) {
        char *at = deck;
        for (int i = 0; i < COUNT; i++) {
            int k = backward ? i : COUNT - 1 - i;
            at += k == 0 ? sprintf(at, "SY a0=1\n") : sprintf(at, "SY a%d=a%d+1\n", k, k - 1);
        }
        sprintf(at, "GW 1 1 0 0 0 0 0 a%d 1\nGE\n", COUNT - 1);
        if (backward) {
            ali_model *model = read_good(deck, NULL);
            assert_true(model->segments[0].end.z == COUNT);
            alicorn_model_destroy(model);
        } else {
            assert_non_null(strstr(read_bad(deck), "is nested too deeply"));
        }
    }
    free(deck);
}

/* ---- errors ---- */

static void test_all_errors_in_one_go(void **unused)
{
    (void)unused;
    assert_string_equal(
        read_bad("CM Four mistakes\nCE\nGW 1 eleven 0 0 -0.237 0 0 0.237 0.001\n"
                 "GW 2 11 0 0 -0.237 0 0 0.237\nGX 1 1\nCW 1 9 0 0 0 0 0 1\nGE 0\nQQ 1\n"
                 "EX 0 1 6 0 1 0\nEN\n"),
        "3:6: GW I2 (number of segments): unknown name 'eleven', expected whole 1 to 1000000\n"
        "4:1: GW F7 (wire radius): 0 stands for a tapered wire, expected a GC card on the next "
        "line or a radius above 0\n"
        "6:1: CW (catenary wire) belongs to NEC-4 or NEC-5, expected NEC-2 cards only\n"
        "8:1: unknown card 'QQ', expected a NEC-2 card, SY, or a comment behind '\n");
}

static void test_field_errors(void **unused)
{
    (void)unused;
    const struct {
        const char *card, *error;
    } cases[] = {
        {"GW 1 2000000000 0 0 0 0 0 1 .001",
         "1:6: GW I2 (number of segments): '2000000000' is out of range, expected whole 1 to "
         "1000000\n"},
        {"GW 1 0 0 0 0 0 0 1 .001",
         "1:6: GW I2 (number of segments): '0' is out of range, expected whole 1 to 1000000\n"},
        {"GW 1.5 3 0 0 0 0 0 1 .001",
         "1:4: GW I1 (tag): '1.5' is not a whole number, expected whole 0 to 1000000000\n"},
        {"GW 1", "1:1: GW I2 (number of segments): is missing, expected whole 1 to 1000000\n"},
        {"GW 1 3 0 0 0 0 0 1 -.001",
         "1:20: GW F7 (wire radius): '-.001' is out of range, expected at least 0 m\n"},
        {"GW 1 3 0 0 0 0 0 1x .001",
         "1:19: GW F6 (z of end 2): 'x' behind a number is not a unit, expected a number in m\n"},
        {"GW 1 3 0 0 0 0 0 1e999 .001",
         "1:18: GW F6 (z of end 2): number '1e999' is too large, expected a number in m\n"},
        {"GW 1 3 0 0 0 0 0 nan .001",
         "1:18: GW F6 (z of end 2): unknown name 'nan', expected a number in m\n"},
        {"GW 1 3 0 0 0 0 0 1 .001 wire",
         "1:25: 'wire' behind the last field of GW, expected at most 9 fields or a comment behind "
         "'\n"},
        {"GW 1 3 0 0 0 0 0 1 .001 0 7", "1:27: '7' behind the last field of GW, expected at most 9 "
                                        "fields or a comment behind '\n"},
        {"GW 1 3 0 0 0 0 0 1 mm",
         "1:20: GW F7 (wire radius): unit 'mm' stands apart from its number (write 1mm), expected "
         "at least 0 m\n"},
        {"GWX 1 3 0 0 0 0 0 1 .001",
         "1:1: unknown card 'GWX', expected a NEC-2 card, SY, or a comment behind '\n"},
        {"1 2 3", "1:1: '1 2 3' is not a card, expected a card name of two letters or a comment "
                  "behind '\n"},
        {"CW 1 3 0 0 0 0 0 1 .001",
         "1:1: CW (catenary wire) belongs to NEC-4 or NEC-5, expected NEC-2 cards only\n"},
        {"GF 0", "1:1: GF (read a numerical Green's function) is not supported yet, expected a "
                 "deck without it\n"},
        {"FR 0 1 0 0 30", "1:1: FR within the geometry, expected a GE card before it\n"
                          "1:1: the structure has no wires, expected GW, GA, GH, SP or SM cards "
                          "before FR\n"
                          "2:1: GW is a geometry card behind GE, expected control cards up to NX "
                          "or EN\n"
                          "3:1: GE is a geometry card behind GE, expected control cards up to NX "
                          "or EN\n"},
        {"GW 1 3 0 0 0 0 0 1 .001\0", NULL},
    };
    for (size_t i = 0; cases[i].error; i++) {
        char deck[300];
        snprintf(deck, sizeof deck, "%s\nGW 9 3 5 0 0 5 0 1 .001\nGE\n", cases[i].card);
        assert_string_equal(read_bad(deck), cases[i].error);
    }
    const char zero_byte[] = "GW 1 3 0 0 0 0 0 1 .00\0001\nGE\n";
    alicorn_model *model;
    alicorn_error error;
    assert_int_equal(
        alicorn_model_parse_nec(zero_byte, sizeof zero_byte - 1, "test.nec", NULL, &model, &error),
        ALICORN_E_INPUT);
    assert_int_equal(error.column, 23);
}

static void test_whole_decks(void **unused)
{
    (void)unused;
    assert_string_equal(read_bad(""), "1:1: there are no cards, expected a NEC-2 deck\n");
    assert_string_equal(read_bad("CM only words\nCE\n"),
                        "2:1: there are no cards, expected a NEC-2 deck\n");
    assert_string_equal(read_bad("GW 1 3 0 0 0 0 0 1 .001\nEN\n"),
                        "2:1: the deck ends within the geometry, expected a GE card\n");
    assert_string_equal(read_bad("GE\nEN\n"), "1:1: the structure has no wires, expected GW, GA, "
                                              "GH, SP or SM cards before GE\n");
    assert_string_equal(read_bad("GW 1 3 0 0 0 0 0 1 0\nEN\n"),
                        "1:20: GW F7 (wire radius): 0 stands for a tapered wire, expected a GC "
                        "card on the next line or a radius above 0\n"
                        "2:1: the deck ends within the geometry, expected a GE card\n");
}

static void test_warnings(void **unused)
{
    (void)unused;
    char notes[NOTES_SIZE];
    alicorn_model_destroy(read_good(" GW 1 9 0 0 0 0 0 1 .001\nGE\n", notes));
    assert_string_equal(notes, "1 indented-card\n");
    alicorn_model_destroy(read_good("GM 0 0 0 0 0 1 1 1\nGW 1 9 0 0 0 0 0 1 .001\nGE\n", notes));
    assert_string_equal(notes, "1 no-effect\n");
    alicorn_model_destroy(
        read_good(DIPOLE "EX 0 1 5 0 1 0 0 0 7\nFR 0 1 3 0 30\nZO 50\nXQ\nEN\nmore\n", notes));
    assert_string_equal(notes, "4 unused-field\n5 unused-field\n6 no-effect\n9 text-behind-end\n");
    alicorn_model_destroy(read_good("SY a=1\nSY a=2\n" DIPOLE, notes));
    assert_string_equal(notes, "2 symbol-redefined\n");
}

static void test_too_many_errors(void **unused)
{
    (void)unused;
    enum { COUNT = 5000 };
    char *deck = malloc(COUNT * 3 + 1);
    assert_non_null(deck);
    for (int i = 0; i < COUNT; i++)
        memcpy(deck + 3 * i, "QQ\n", 4);
    const char *errors = read_bad(deck);
    assert_non_null(strstr(errors, "1:1: unknown card 'QQ'"));
    free(deck);
}

/* ---- files ---- */

static void test_files(void **unused)
{
    (void)unused;
    alicorn_model *model;
    alicorn_error error;
    assert_int_equal(alicorn_model_read_nec("/no/such/deck.nec", NULL, &model, &error),
                     ALICORN_E_IO);
    assert_string_equal(error.message, "there is no such file, expected a NEC deck");
    assert_null(model);
    assert_int_equal(alicorn_model_read_nec("/", NULL, &model, &error), ALICORN_E_IO);
    assert_int_equal(alicorn_model_read_nec(ALI_SOURCE_ROOT "/tests/data/decks/symbols.nec", NULL,
                                            &model, &error),
                     ALICORN_OK);
    assert_int_equal(alicorn_model_task_count(model), 1);
    alicorn_model_destroy(model);
}

/* ---- the table and its documentation ---- */

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size > 0);
    rewind(file);
    char *text = calloc(1, (size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, file), (size_t)size);
    fclose(file);
    return text;
}

/** A deck of all cards is read without complaint, and it does use every row of the table that is
 * not refused. */
static void test_every_card(void **unused)
{
    (void)unused;
    char *deck = read_file(ALI_SOURCE_ROOT "/tests/data/decks/every_card.nec");
    char notes[NOTES_SIZE];
    ali_model *model = read_good(deck, notes);
    assert_string_equal(notes, "20 several-fr\n37 no-effect\n"); /* the second FR; ZO */
    assert_non_null(model->next);
    alicorn_model_destroy(model);

    size_t count;
    const ali_nec_card_rule *table = ali_nec_card_table(&count);
    for (size_t i = 0; i < count; i++) {
        bool used = table[i].refusal != NULL;
        for (const char *line = deck; line && !used; line = strchr(line, '\n')) {
            line += *line == '\n';
            bool name = strncmp(line, table[i].name, 2) == 0;
            long type = name ? strtol(line + 2, NULL, 10) : 0;
            used =
                name && (!table[i].by_i1 || (type >= table[i].i1_low && type <= table[i].i1_high));
        }
        if (!used)
            fail_msg("card %s (%s) is not in every_card.nec", table[i].name, table[i].help);
    }
    free(deck);
}

/** Every card, field, function and unit stands in docs/decks.md as the table has it. */
static void test_documentation(void **unused)
{
    (void)unused;
    char *text = read_file(ALI_SOURCE_ROOT "/docs/decks.md");
    size_t count, missing = 0;
    const ali_nec_card_rule *table = ali_nec_card_table(&count);
    for (size_t i = 0; i < count; i++) {
        char row[400];
        snprintf(row, sizeof row, "`%s`", table[i].name);
        if (!strstr(text, row)) {
            print_message("card missing in docs/decks.md: %s\n", row);
            missing++;
        }
        for (int field = 0; field < ALI_NEC_FIELD_COUNT; field++) {
            if (!ali_nec_describe_field(&table[i], field, row, sizeof row) || strstr(text, row))
                continue;
            print_message("row missing in docs/decks.md: %s\n", row);
            missing++;
        }
    }
    for (size_t i = 0; ali_expression_builtin(i); i++) {
        char name[32];
        snprintf(name, sizeof name, "`%s`", ali_expression_builtin(i));
        if (!strstr(text, name)) {
            print_message("name missing in docs/decks.md: %s\n", name);
            missing++;
        }
    }
    free(text);
    assert_int_equal(missing, 0);
}

/** Rows of one name stand together, and every row that is not refused has a handler and a help
 * text. */
static void test_table_is_sound(void **unused)
{
    (void)unused;
    size_t count;
    const ali_nec_card_rule *table = ali_nec_card_table(&count);
    for (size_t i = 0; i < count; i++) {
        assert_true(strlen(table[i].help) > 0);
        assert_true((table[i].handler == NULL) == (table[i].refusal != NULL));
        const ali_nec_card_rule *first = ali_nec_find_card(table[i].name);
        for (const ali_nec_card_rule *rule = first; rule <= &table[i]; rule++)
            assert_string_equal(rule->name, table[i].name);
        assert_true(first == &table[i] || table[i].by_i1);
        ali_nec_layout layout = ali_nec_card_layout(table[i].section);
        for (int field = 0; field < ALI_NEC_FIELD_COUNT; field++) {
            const ali_nec_field_rule *f = &table[i].fields[field];
            if (field >= layout.integer_count + layout.real_count)
                assert_null(f->label);
            if (f->label)
                assert_true(f->low <= f->high && f->unit);
            if (f->label && !(f->flags & ALI_NEC_REQUIRED))
                assert_true(table[i].by_i1 || (f->initial >= f->low && f->initial <= f->high));
        }
    }
    assert_null(ali_nec_find_card("ZZ"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_deck_in_many_formats),
        cmocka_unit_test(test_fixed_columns),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_locale),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_echo),
        cmocka_unit_test(test_symbols),
        cmocka_unit_test(test_symbol_errors),
        cmocka_unit_test(test_symbol_chains),
        cmocka_unit_test(test_all_errors_in_one_go),
        cmocka_unit_test(test_field_errors),
        cmocka_unit_test(test_whole_decks),
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_too_many_errors),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_every_card),
        cmocka_unit_test(test_documentation),
        cmocka_unit_test(test_table_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
