/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Whole plots of networks and results composed by hand: what is written where, and what is
 * refused. */

#include "alicorn/plot.h"

#include "assert_close.h"
#include "sample_result.h"

#include <stdlib.h>
#include <string.h>

/** Two ports at three frequencies: S11 = 0.5, 0, 1 (VSWR 3, 1, endless), S21 = S12 = 0.1; the error
 * of each is 0.01. */
static alicorn_network *make_network(void)
{
    static const char *const names[] = {"A<B>", "C,D"};
    static const double z0[] = {50.0, 75.0}, reflections[] = {0.5, 0.0, 1.0};
    alicorn_network *network = NULL;
    assert_int_equal(alicorn_network_create(2, names, z0, &network, NULL), ALICORN_OK);
    for (size_t i = 0; i < 3; i++) {
        const alicorn_complex s[] = {{reflections[i], 0}, {0.1, 0}, {0.1, 0}, {0, 0.2}};
        const double errors[] = {0.01, 0.01, 0.01, 0.01};
        assert_int_equal(alicorn_network_append(network, 1e8 * (double)(i + 1), s, errors, NULL),
                         ALICORN_OK);
    }
    return network;
}

/** A plot as text; to be freed. Not inlined: gcc 12 then takes the text for the address of the
 * variable that the stream puts it into, and warns of a dangling pointer. */
__attribute__((noinline)) static char *drawn(alicorn_plot_kind kind,
                                             const alicorn_plot_input *input,
                                             const alicorn_plot_options *options,
                                             alicorn_status expected, alicorn_error *error)
{
    char *written = NULL;
    size_t length;
    FILE *stream = open_memstream(&written, &length);
    assert_int_equal(alicorn_write_plot(kind, input, options, stream, error), expected);
    fclose(stream);
    assert_true(expected == ALICORN_OK ? length > 0 : length == 0);
    return written;
}

static void expect_refused(alicorn_plot_kind kind, const alicorn_plot_input *input,
                           const alicorn_plot_options *options, const char *reason)
{
    alicorn_error error = {0};
    char *written = drawn(kind, input, options, ALICORN_E_USAGE, &error);
    assert_non_null(strstr(error.message, reason));
    free(written);
}

/** Number of times that a text has another. */
static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)); at++)
        count++;
    return count;
}

static void test_names(void **state)
{
    (void)state;
    alicorn_plot_kind kind = ALICORN_PLOT_VSWR;
    assert_string_equal(alicorn_plot_kind_text(kind), "vswr");
    assert_string_equal(alicorn_plot_kind_text(ALICORN_PLOT_MODEL), "model");
    assert_null(alicorn_plot_kind_text((alicorn_plot_kind)(ALICORN_PLOT_MODEL + 1)));
}

static void test_vswr(void **state)
{
    (void)state;
    alicorn_network *network = make_network();
    const alicorn_plot_input input = {.source = "/some/where/two<.s2p", .network = network};
    alicorn_plot_options options;
    alicorn_plot_options_default(&options);
    char *svg = drawn(ALICORN_PLOT_VSWR, &input, &options, ALICORN_OK, NULL);
    /* at 200 MHz, in the middle, VSWR is 1: the curve is on the axis there, and above it before */
    const char *curve = strstr(strstr(svg, "clip-path=\"url"), "class=\"trace\"");
    double x[3], y[3];
    assert_int_equal(sscanf(strstr(curve, " d=\"") + 4, "M%lf %lfL%lf %lfL%lf %lf", &x[0], &y[0],
                            &x[1], &y[1], &x[2], &y[2]),
                     6);
    assert_close(x[1] - x[0], x[2] - x[1], 0.02);
    const char *rim = strstr(svg, "class=\"rim\"");
    double top, left, width, height;
    assert_int_equal(sscanf(rim, "class=\"rim\" x=\"%lf\" y=\"%lf\" width=\"%lf\" height=\"%lf\"",
                            &left, &top, &width, &height),
                     4);
    assert_close(x[1], left + width / 2.0, 0.02);
    assert_close(y[1], top + height, 0.02);
    assert_close(y[0], top, 0.02); /* 3 is the largest that is shown */
    assert_true(y[2] < top);
    /* names are escaped, folders are left out, each has its own reference */
    assert_int_equal(count_of(svg, "port A&lt;B&gt;"), 1);
    assert_int_equal(count_of(svg, "two&lt;.s2p"), 2);
    assert_null(strstr(svg, "some"));
    assert_non_null(strstr(svg, "each port's own z0"));
    assert_non_null(strstr(svg, "band: estimated error"));
    free(svg);
    alicorn_network_destroy(network);
}

static void test_same_bytes(void **state)
{
    (void)state;
    static const alicorn_plot_kind kinds[] = {ALICORN_PLOT_VSWR,      ALICORN_PLOT_RETURN_LOSS,
                                              ALICORN_PLOT_IMPEDANCE, ALICORN_PLOT_S,
                                              ALICORN_PLOT_SMITH,     ALICORN_PLOT_ISOLATION};
    alicorn_network *network = make_network();
    const alicorn_plot_input input = {.source = "x.s2p", .network = network};
    alicorn_plot_options options;
    alicorn_plot_options_default(&options);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *first = drawn(kinds[i], &input, &options, ALICORN_OK, NULL);
        char *second = drawn(kinds[i], &input, &options, ALICORN_OK, NULL);
        assert_string_equal(first, second);
        assert_null(strstr(first, "nan"));
        assert_null(strstr(first, "inf"));
        free(first);
        free(second);
    }
    alicorn_network_destroy(network);
}

static void test_elements(void **state)
{
    (void)state;
    static const char *const pairs[] = {"C,D,A<B>", "a<b>,c,d"};
    alicorn_network *network = make_network();
    const alicorn_plot_input input = {.source = "x.s2p", .network = network};
    alicorn_plot_options options;
    alicorn_plot_options_default(&options);
    char *svg = drawn(ALICORN_PLOT_S, &input, &options, ALICORN_OK, NULL);
    assert_int_equal(count_of(svg, "class=\"legend\""), 3); /* S12 is S21 */
    free(svg);
    network->s[1].re = 0.2;
    svg = drawn(ALICORN_PLOT_S, &input, &options, ALICORN_OK, NULL);
    assert_int_equal(count_of(svg, "class=\"legend\""), 4);
    free(svg);
    options.pairs = pairs; /* a name with a comma is found all the same */
    options.pair_count = 2;
    svg = drawn(ALICORN_PLOT_S, &input, &options, ALICORN_OK, NULL);
    assert_int_equal(count_of(svg, "class=\"legend\""), 2);
    assert_non_null(strstr(svg, "S C,D, A&lt;B&gt;"));
    free(svg);
    alicorn_network_destroy(network);
}

static void test_isolation(void **state)
{
    (void)state;
    const double at[] = {1.5e8}, outside[] = {5e8};
    alicorn_network *network = make_network();
    const alicorn_plot_input input = {.source = "x.s2p", .network = network};
    alicorn_plot_options options;
    alicorn_plot_options_default(&options);
    network->s[4 + 2].re = 0.2; /* from the first to the second at 200 MHz: 13.98 dB */
    char *svg = drawn(ALICORN_PLOT_ISOLATION, &input, &options, ALICORN_OK, NULL);
    assert_int_equal(count_of(svg, ">14.0</text>"), 1);
    assert_int_equal(count_of(svg, ">20.0</text>"), 1);
    assert_int_equal(count_of(svg, ">200 MHz</text>"), 1);
    free(svg);
    options.frequencies_hz = at;
    options.frequency_count = 1;
    svg = drawn(ALICORN_PLOT_ISOLATION, &input, &options, ALICORN_OK, NULL);
    assert_int_equal(count_of(svg, ">20.0</text>"), 1);
    assert_non_null(strstr(svg, "150 MHz"));
    free(svg);
    options.frequencies_hz = outside;
    expect_refused(ALICORN_PLOT_ISOLATION, &input, &options, "500000000");
    alicorn_network_destroy(network);
}

static void test_refusals(void **state)
{
    (void)state;
    static const char *const names[] = {"nowhere"};
    const alicorn_plot_input nothing = {.source = "x.nec"};
    alicorn_plot_options options;
    alicorn_plot_options_default(&options);
    expect_refused(ALICORN_PLOT_VSWR, &nothing, &options, "no ports");
    expect_refused(ALICORN_PLOT_PATTERN, &nothing, &options, "no pattern");
    expect_refused(ALICORN_PLOT_RCS, &nothing, &options, "no cross-sections");
    expect_refused(ALICORN_PLOT_MODEL, &nothing, &options, "no structure");
    expect_refused((alicorn_plot_kind)99, &nothing, &options, "number 99");
    options.polar = 1;
    expect_refused(ALICORN_PLOT_VSWR, &nothing, &options, "no use for a polar form");
    alicorn_plot_options_default(&options);
    options.components = names;
    options.component_count = 1;
    expect_refused(ALICORN_PLOT_RCS, &nothing, &options, "expected one of vv, hv, vh, hh");
    alicorn_plot_options_default(&options);
    options.elevation_deg = 91.0;
    expect_refused(ALICORN_PLOT_MODEL, &nothing, &options, "elevation 91");
    alicorn_network *network = make_network();
    const alicorn_plot_input input = {.source = "x.s2p", .network = network};
    alicorn_plot_options_default(&options);
    options.ports = names;
    options.port_count = 1;
    expect_refused(ALICORN_PLOT_SMITH, &input, &options, "no port 'nowhere'");
    alicorn_network_destroy(network);
}

/* ---- results ---- */

static const ali_pattern_request around = {.theta_count = 3,
                                           .phi_count = 12,
                                           .theta_start = 1.0,
                                           .theta_step = 0.5,
                                           .phi_step = 0.52359877559829882};

static void test_patterns(void **state)
{
    (void)state;
    static const char *const one[] = {"ais/TOP"};
    static const double high[] = {3e8};
    ali_model *model;
    alicorn_result *result;
    alicorn_plot_options options;
    sample_mast(&around, &model, &result);
    const alicorn_plot_input input = {.source = "mast.yaml", .model = model, .result = result};
    alicorn_plot_options_default(&options);
    char *svg = drawn(ALICORN_PLOT_PATTERN, &input, &options, ALICORN_OK, NULL);
    /* three ports at two frequencies, each driven in turn */
    assert_int_equal(count_of(svg, "class=\"legend\""), 6);
    assert_int_equal(count_of(svg, ">AIS/top, 200 MHz<"), 1);
    assert_non_null(strstr(svg, "azimuth cut at theta"));
    free(svg);
    options.ports = one;
    options.port_count = 1;
    options.frequencies_hz = high;
    options.frequency_count = 1;
    options.cut = ALICORN_CUT_ELEVATION;
    svg = drawn(ALICORN_PLOT_PATTERN, &input, &options, ALICORN_OK, NULL);
    assert_int_equal(count_of(svg, ">AIS/top<"), 1);
    assert_int_equal(count_of(svg, "class=\"legend\""), 1);
    assert_non_null(strstr(svg, "elevation cut at phi"));
    free(svg);
    options.pattern = 2;
    expect_refused(ALICORN_PLOT_PATTERN, &input, &options, "no pattern with such a cut");
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

static void test_longest_task(void **state)
{
    (void)state;
    ali_model *model;
    alicorn_result *result;
    alicorn_plot_options options;
    sample_two_jobs(&model, &result); /* tasks of one frequency each: 100, 200, 300 MHz */
    const alicorn_plot_input input = {.source = "jobs.nec", .model = model, .result = result};
    alicorn_plot_options_default(&options);
    char *svg = drawn(ALICORN_PLOT_VSWR, &input, &options, ALICORN_OK, NULL);
    assert_non_null(strstr(svg, "task 1 of 3 · 100 MHz"));
    free(svg);
    options.task = 3;
    svg = drawn(ALICORN_PLOT_VSWR, &input, &options, ALICORN_OK, NULL);
    assert_non_null(strstr(svg, "task 3 of 3 · 300 MHz"));
    free(svg);
    options.task = 4;
    expect_refused(ALICORN_PLOT_VSWR, &input, &options, "task 4 has no ports");
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

static void test_model(void **state)
{
    (void)state;
    ali_model *model = sample_dipoles();
    const alicorn_plot_input input = {.source = "pair.nec", .model = model};
    alicorn_plot_options options;
    alicorn_plot_options_default(&options);
    char *svg = drawn(ALICORN_PLOT_MODEL, &input, &options, ALICORN_OK, NULL);
    assert_int_equal(count_of(svg, "class=\"wire\""), 6);
    assert_non_null(strstr(svg, "6 segments"));
    free(svg);
    alicorn_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),      cmocka_unit_test(test_vswr),
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_elements),
        cmocka_unit_test(test_isolation),  cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_patterns),   cmocka_unit_test(test_longest_task),
        cmocka_unit_test(test_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
