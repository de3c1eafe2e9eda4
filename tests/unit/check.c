/* SPDX-License-Identifier: Apache-2.0 */
/* Requirements held against results whose verdicts are worked out by hand. */
#include "assert_close.h"

#include "alicorn/network.h"
#include "base/constants.h"
#include "base/memory.h"
#include "model/model.h"
#include "model/requirement.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PORTS_MOST = 21, AZIMUTHS = 25, SOLVES_MOST = 2 * PORTS_MOST };

/* The result as the room sees it: through these functions only. */
struct alicorn_result {
    alicorn_solve_result solves[SOLVES_MOST];
    size_t count;
};

size_t alicorn_result_count(const alicorn_result *result)
{
    return result->count;
}

const alicorn_solve_result *alicorn_result_solve(const alicorn_result *result, size_t i)
{
    return &result->solves[i];
}

static const char *names[PORTS_MOST] = {"A", "B"};
static double z0[PORTS_MOST] = {50, 50};

static alicorn_verdict judged(const ali_requirement *required, const alicorn_result *result)
{
    ali_model model = {.requirements = (ali_requirement *)required, .requirement_count = 1};
    alicorn_check *check;
    alicorn_error error = {0};
    if (alicorn_check_requirements(&model, result, &check, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    alicorn_verdict verdict = check->verdicts[0];
    assert_int_equal(check->failed, verdict.judgement == ALICORN_FAIL);
    assert_int_equal(check->undecided, verdict.judgement == ALICORN_UNDECIDED);
    alicorn_check_destroy(check);
    return verdict;
}

/* ---- ports ---- */

/** Two ports at two frequencies; task 1 has what must not be looked at. */
static void fill_ports(alicorn_result *result, alicorn_complex s[3][4], double s_error[4])
{
    *result = (alicorn_result){.count = 3};
    for (size_t i = 0; i < 3; i++)
        result->solves[i] = (alicorn_solve_result){
            .task = i / 2,
            .frequency_hz = 100e6 + 10e6 * (double)i,
            .driven = 1,
            .ports = {.count = 2, .names = names, .z0 = z0, .s = s[i], .s_error = s_error}};
}

static void test_magnitudes_have_bars(void **state)
{
    (void)state;
    alicorn_complex s[3][4] = {{{0.5, 0}, {0.01, 0}, {0.01, 0}, {0, 0.2}},
                               {{0, -0.6}, {0, 0.02}, {0.02, 0}, {0.1, 0}},
                               {{0.99, 0}, {0.9, 0}, {0.9, 0}, {0.99, 0}}};
    double s_error[4] = {0.05, 0.01, 0.002, 0.05};
    alicorn_result result;
    fill_ports(&result, s, s_error);

    ali_requirement vswr = {
        .kind = ALICORN_REQUIRE_VSWR, .low = -HUGE_VAL, .high = 3.9, .port = {"A"}, .line = 7};
    alicorn_verdict v = judged(&vswr, &result);
    assert_close(v.value, 4, 1e-12);
    assert_close(v.least, 1.55 / 0.45, 1e-12);
    assert_close(v.most, 1.65 / 0.35, 1e-12);
    assert_int_equal(v.judgement, ALICORN_UNDECIDED);
    assert_close(v.frequency_hz, 110e6, 0);
    assert_int_equal(v.samples, 2);
    assert_int_equal(v.line, 7);
    vswr.high = 3.4;
    assert_int_equal(judged(&vswr, &result).judgement, ALICORN_FAIL);
    vswr.high = 4.8;
    assert_int_equal(judged(&vswr, &result).judgement, ALICORN_PASS);

    ali_requirement loss = {.kind = ALICORN_REQUIRE_RETURN_LOSS, .low = 12, .high = HUGE_VAL};
    v = judged(&loss, &result); /* all ports: A is worse */
    assert_string_equal(v.port[0], "A");
    assert_close(v.value, -20 * log10(0.6), 1e-12);
    assert_int_equal(v.samples, 4);

    /* from B to A stands in row A; its error is the larger one, and so it outweighs from A to B */
    ali_requirement isolation = {.kind = ALICORN_REQUIRE_ISOLATION, .low = 33, .high = HUGE_VAL};
    v = judged(&isolation, &result);
    assert_int_equal(v.judgement, ALICORN_UNDECIDED);
    assert_string_equal(v.port[0], "B");
    assert_string_equal(v.port[1], "A");
    assert_close(v.value, -20 * log10(0.02), 1e-12);
    assert_close(v.least, -20 * log10(0.03), 1e-12);
    assert_close(v.most, 40, 1e-12);
    snprintf(isolation.port[0], 32, "A");
    snprintf(isolation.port[1], 32, "B");
    assert_int_equal(judged(&isolation, &result).judgement, ALICORN_PASS);
}

static void test_stated_errors_and_none(void **state)
{
    (void)state;
    alicorn_complex s[3][4] = {{{0.5, 0}}, {{0.25, 0}}};
    alicorn_result result;
    fill_ports(&result, s, NULL);
    ali_requirement vswr = {
        .kind = ALICORN_REQUIRE_VSWR, .low = -HUGE_VAL, .high = 2.9, .port = {"A"}};
    alicorn_verdict v = judged(&vswr, &result);
    assert_int_equal(v.judgement, ALICORN_FAIL); /* the value alone decides */
    assert_false(v.has_error);
    assert_int_equal(v.unestimated, 2);
    vswr.assumed_error = 0.2;
    v = judged(&vswr, &result);
    assert_int_equal(v.judgement, ALICORN_UNDECIDED);
    assert_close(v.least, 2.8, 1e-12);
    assert_close(v.most, 3.2, 1e-12);
    vswr.task = 5; /* which has no solves */
    v = judged(&vswr, &result);
    assert_int_equal(v.judgement, ALICORN_UNDECIDED);
    assert_int_equal(v.samples, 0);
    assert_true(isnan(v.value));
}

static void test_efficiency(void **state)
{
    (void)state;
    alicorn_complex s[3][4] = {{{0.5, 0}}, {{0, 0.5}}};
    alicorn_result result;
    fill_ports(&result, s, NULL);
    result.solves[0].power = (alicorn_power){.input = 2, .radiated = 1.6};
    result.solves[1].power = (alicorn_power){.input = NAN, .radiated = NAN}; /* interpolated */
    ali_requirement required = {.kind = ALICORN_REQUIRE_EFFICIENCY, .low = 75, .high = HUGE_VAL};
    alicorn_verdict v = judged(&required, &result);
    assert_close(v.value, 80, 1e-12);
    assert_int_equal(v.samples, 1);
    assert_int_equal(v.judgement, ALICORN_PASS);
    required.mismatch = true;
    v = judged(&required, &result);
    assert_close(v.value, 60, 1e-12);
    assert_int_equal(v.judgement, ALICORN_FAIL);
    result.solves[0].power.has_ground_loss = 1;
    result.solves[0].power.far_field = 0.4;
    assert_close(judged(&required, &result).value, 15, 1e-12);
}

/* ---- patterns ---- */

/** A pattern around the horizon and its memory. */
typedef struct ring {
    alicorn_pattern pattern;
    alicorn_complex e_theta[AZIMUTHS], e_phi[AZIMUTHS];
} ring;

static double horizon_deg = 90, azimuth_deg[AZIMUTHS];

static void begin_ring(ring *r)
{
    *r = (ring){.pattern = {.theta_count = 1,
                            .phi_count = AZIMUTHS,
                            .theta_deg = &horizon_deg,
                            .phi_deg = azimuth_deg,
                            .gain_scale = 1,
                            .below_index = 1}};
    r->pattern.e_theta = r->e_theta;
    r->pattern.e_phi = r->e_phi;
    for (int j = 0; j < AZIMUTHS; j++)
        azimuth_deg[j] = 15 * j;
}

/** One port with a gain of 1 that is known to 1 dB where it is largest. */
static void fill_pattern(alicorn_result *result, ring *r)
{
    begin_ring(r);
    for (int j = 0; j < AZIMUTHS; j++)
        r->e_theta[j].re = j == 3 ? 0.5 : 1;
    *result = (alicorn_result){.count = 1};
    result->solves[0] = (alicorn_solve_result){.frequency_hz = 1e9,
                                               .driven = 1,
                                               .ports = {.count = 1, .names = names, .z0 = z0},
                                               .patterns = &r->pattern,
                                               .pattern_count = 1,
                                               .has_gain = 1,
                                               .max_gain_dbi = 0,
                                               .max_gain_error_db = 1};
}

static void test_gain_and_ripple(void **state)
{
    (void)state;
    static ring r;
    alicorn_result result;
    fill_pattern(&result, &r);
    const double delta = pow(10, 0.05) - 1;
    ali_requirement gain = {.kind = ALICORN_REQUIRE_GAIN, .low = -7, .high = HUGE_VAL};
    alicorn_verdict v = judged(&gain, &result);
    assert_close(v.value, 20 * log10(0.5), 1e-12);
    assert_close(v.least, 20 * log10(0.5 - delta), 1e-12);
    assert_close(v.most, 20 * log10(0.5 + delta), 1e-12);
    assert_close(v.phi_deg, 45, 1e-12);
    assert_int_equal(v.judgement, ALICORN_UNDECIDED);
    ali_requirement ripple = {.kind = ALICORN_REQUIRE_RIPPLE, .low = -HUGE_VAL, .high = 9.5};
    v = judged(&ripple, &result);
    assert_close(v.value, 20 * log10(2), 1e-12);
    assert_close(v.most, 20 * log10((1 + delta) / (0.5 - delta)), 1e-12);
    assert_close(v.least, 20 * log10((1 - delta) / (0.5 + delta)), 1e-12);
    assert_int_equal(v.judgement, ALICORN_PASS);
}

/* From 1 at 30 degrees to 0.5 at 45: -3 dB is passed on a straight line of decibels. */
static void test_blind_azimuths(void **state)
{
    (void)state;
    static ring r;
    alicorn_result result;
    fill_pattern(&result, &r);
    const double half = 20 * log10(2), delta = pow(10, 0.05) - 1, level = pow(10, -0.15);
    ali_requirement required = {
        .kind = ALICORN_REQUIRE_BLIND, .low = -HUGE_VAL, .high = 16, .gain_dbi = -3};
    alicorn_verdict v = judged(&required, &result);
    assert_close(v.value, 30 * (1 - 3 / half), 1e-9);
    assert_close(v.most, 30 * (1 + 20 * log10(level + delta) / half), 1e-9);
    assert_close(v.least, 30 * (1 + 20 * log10(level - delta) / half), 1e-9);
    assert_close(v.phi_deg, 45, 1e-9);
    assert_int_equal(v.judgement, ALICORN_UNDECIDED);
    required.gain_dbi = -20;
    v = judged(&required, &result);
    assert_close(v.value, 0, 0);
    assert_int_equal(v.judgement, ALICORN_PASS);
}

static void test_axial_ratio_and_sense(void **state)
{
    (void)state;
    static ring r;
    alicorn_result result;
    fill_pattern(&result, &r);
    for (int j = 0; j < AZIMUTHS; j++)
        r.e_theta[j].re = 1;
    for (int j = 0; j < AZIMUTHS; j++)
        r.e_phi[j].im = 0.5; /* the axes are those of the coordinates */
    const double delta = pow(10, 0.05) - 1;
    ali_requirement required = {
        .kind = ALICORN_REQUIRE_AXIAL_RATIO, .low = -HUGE_VAL, .high = 10.5};
    alicorn_verdict v = judged(&required, &result);
    assert_close(v.value, 20 * log10(2), 1e-9);
    assert_close(v.most, 20 * log10((1 + delta) / (0.5 - delta)), 1e-9);
    assert_close(v.least, 20 * log10((1 - delta) / (0.5 + delta)), 1e-9);
    assert_int_equal(v.judgement, ALICORN_PASS);
    /* phi^ leads by a quarter turn: the field turns from theta^ towards -phi^, left about r^ */
    required.sense = 1;
    v = judged(&required, &result);
    assert_int_equal(v.judgement, ALICORN_FAIL);
    assert_true(isinf(v.value) && isinf(v.least));
    required.sense = -1;
    assert_int_equal(judged(&required, &result).judgement, ALICORN_PASS);
    for (int j = 0; j < AZIMUTHS; j++)
        r.e_phi[j].im = 0.1; /* as thin as the bar: of either sense */
    required.sense = 1;
    assert_int_equal(judged(&required, &result).judgement, ALICORN_FAIL);
    required.high = 30;
    assert_int_equal(judged(&required, &result).judgement, ALICORN_UNDECIDED);
}

static void test_cross_sections(void **state)
{
    (void)state;
    alicorn_rcs cut[8];
    for (int k = 0; k < 8; k++)
        cut[k] = (alicorn_rcs){.theta_deg = 85,
                               .phi_deg = 45 * k,
                               .vv_dbsm = k,
                               .hv_dbsm = -50,
                               .vh_dbsm = -50,
                               .hh_dbsm = -k,
                               .vv_error_db = 0.5,
                               .hh_error_db = 0.5};
    alicorn_result result = {.count = 2};
    result.solves[0] =
        (alicorn_solve_result){.driven = 4, .frequency_hz = 1e9, .rcs = cut, .rcs_count = 8};
    result.solves[1] = (alicorn_solve_result){.task = 1, .driven = 4};
    ali_requirement required = {.kind = ALICORN_REQUIRE_RCS,
                                .low = -HUGE_VAL,
                                .high = 3.8,
                                .percent = 50,
                                .component = ALICORN_RCS_VV,
                                .sector = {{85, 85}, {0, 360}}};
    alicorn_verdict v = judged(&required, &result);
    assert_close(v.value, 3.5, 1e-12);
    assert_close(v.most, 4, 1e-12);
    assert_int_equal(v.judgement, ALICORN_UNDECIDED);
    assert_string_equal(v.detail, "vv");
    required.percent = 100;
    v = judged(&required, &result);
    assert_int_equal(v.judgement, ALICORN_FAIL);
    assert_close(v.phi_deg, 315, 1e-12);
}

/* ---- beacons ---- */

enum { ELEMENTS = PORTS_MOST - 1 };

/** A steady port in the centre with a field of 1 all around, of which a wave makes 1 only with
 *  the right voltage, and a ring of elements whose fields superpose to cos(phi - x) and
 *  cos 9 (phi - x); what they radiate at phi they radiate as if it were phi + 3 deg sin(phi). */
static void fill_beacon(alicorn_result *result, ring rings[PORTS_MOST], ali_beacon *beacon)
{
    static alicorn_complex s[PORTS_MOST * PORTS_MOST];
    static alicorn_source_result sources[PORTS_MOST];
    static char labels[PORTS_MOST][8];
    *result = (alicorn_result){.count = PORTS_MOST};
    s[0].re = 0.5;
    for (size_t p = 0; p < PORTS_MOST; p++) {
        snprintf(labels[p], sizeof labels[p], "%zu", p);
        names[p] = labels[p];
        z0[p] = 50;
        sources[p].voltage.re = p == 0 ? 3 : sqrt(50);
        begin_ring(&rings[p]);
        beacon->ports[p] = (ali_beacon_port){.weight = {1, 0}, .steady = p == 0};
        snprintf(beacon->ports[p].name, sizeof beacon->ports[p].name, "%s", labels[p]);
        beacon->ports[p].azimuth_deg = 360.0 * (double)p / ELEMENTS;
        for (int j = 0; j < AZIMUTHS; j++) {
            double phi = azimuth_deg[j] + 3 * sin(azimuth_deg[j] * ALI_DEGREE);
            double angle = (phi - beacon->ports[p].azimuth_deg) * ALI_DEGREE;
            rings[p].e_theta[j].re =
                p == 0 ? 3 / (sqrt(50) * 1.5) : 2 * (cos(angle) + cos(9 * angle)) / ELEMENTS;
        }
        result->solves[p] =
            (alicorn_solve_result){.frequency_hz = 1e9,
                                   .driven = 1,
                                   .driven_port = (int)p,
                                   .ports = {.count = PORTS_MOST, .names = names, .z0 = z0, .s = s},
                                   .sources = &sources[p],
                                   .source_count = 1,
                                   .patterns = &rings[p].pattern,
                                   .pattern_count = 1};
    }
}

static void test_beacon_that_turns(void **state)
{
    (void)state;
    static ring rings[PORTS_MOST];
    static ali_beacon_port ports[PORTS_MOST];
    alicorn_result result;
    ali_requirement required = {.kind = ALICORN_REQUIRE_TACAN,
                                .beacon = {.ports = ports,
                                           .port_count = PORTS_MOST,
                                           .turns = true,
                                           .depth = {0.25, 0.2},
                                           .bearing_error_deg = 2.9}};
    fill_beacon(&result, rings, &required.beacon);
    /* turned by 10 degrees when it was installed, which alignment makes good */
    for (size_t p = 0; p < PORTS_MOST; p++)
        ports[p].azimuth_deg += 10;
    ali_model model = {.requirements = &required, .requirement_count = 1};
    alicorn_check *check;
    assert_int_equal(alicorn_check_requirements(&model, &result, &check, NULL), ALICORN_OK);
    assert_int_equal(check->count, ALICORN_TACAN_LIMITS + 2);
    const alicorn_verdict *v = check->verdicts;
    assert_close(v[ALICORN_TACAN_15_HZ].value, 0.25, 1e-9);
    assert_close(v[ALICORN_TACAN_135_HZ].value, 0.2, 1e-9);
    assert_close(v[ALICORN_TACAN_SUM].value, 0.45, 1e-9);
    assert_close(v[ALICORN_TACAN_LOW].value, 0, 1e-9);
    assert_close(v[ALICORN_TACAN_MULTIPLES].value, 0, 1e-9);
    assert_close(v[ALICORN_TACAN_15_HZ].low, 0.12, 1e-12);
    const alicorn_verdict *coarse = &v[ALICORN_TACAN_LIMITS], *fine = coarse + 1;
    assert_close(coarse->value, 3, 1e-9);
    assert_close(fine->value, 3, 1e-9);
    assert_true(fabs(remainder(coarse->phi_deg - 90, 180)) < 1e-9);
    assert_string_equal(coarse->unit, "deg");
    assert_int_equal(check->failed, 2);
    assert_false(coarse->has_error);
    alicorn_check_destroy(check);
    required.beacon.bearing_error_deg = HUGE_VAL;
    assert_int_equal(alicorn_check_requirements(&model, &result, &check, NULL), ALICORN_OK);
    assert_int_equal(check->count, ALICORN_TACAN_LIMITS);
    assert_int_equal(check->failed, 0);
    alicorn_check_destroy(check);
}

/* An error of 1 dB of the steady field 1: a depth moves by twice its part of the mean. */
static void test_beacon_has_bars(void **state)
{
    (void)state;
    static ring rings[PORTS_MOST];
    static ali_beacon_port ports[PORTS_MOST];
    alicorn_result result;
    ali_requirement required = {.kind = ALICORN_REQUIRE_TACAN,
                                .beacon = {.ports = ports,
                                           .port_count = PORTS_MOST,
                                           .turns = true,
                                           .depth = {0.29, 0.2},
                                           .bearing_error_deg = HUGE_VAL}};
    fill_beacon(&result, rings, &required.beacon);
    for (size_t p = 0; p < PORTS_MOST; p++) {
        result.solves[p].has_gain = 1;
        result.solves[p].max_gain_dbi = 20 * log10(3 / (sqrt(50) * 1.5));
        result.solves[p].max_gain_error_db = p == 0 ? 1 : 0;
    }
    ali_model model = {.requirements = &required, .requirement_count = 1};
    alicorn_check *check;
    assert_int_equal(alicorn_check_requirements(&model, &result, &check, NULL), ALICORN_OK);
    const alicorn_verdict *v = &check->verdicts[ALICORN_TACAN_15_HZ];
    assert_true(v->has_error);
    assert_close(v->most - v->value, 2 * (pow(10, 0.05) - 1), 1e-9);
    assert_int_equal(v->judgement, ALICORN_UNDECIDED);
    alicorn_check_destroy(check);
}

/* ---- radios ---- */

/** A radios file in a folder of its own; to be removed. */
static void write_radios(char *path, size_t size)
{
    static const char text[] =
        "alicorn-radios: 1\n"
        "radios:\n"
        "  - name: T\n    port: A\n    channels: 100 MHz\n"
        "    transmitter: { power: 40 dBm, bandwidth: 10 kHz, harmonics: { constant: -60 dBc } }\n"
        "  - name: R\n    port: B\n    channels: 200 MHz\n"
        "    receiver: { bandwidth: 10 kHz, noise_figure: 10 dB, selectivity: [[1 MHz, 120 dB]] "
        "}\n";
    snprintf(path, size, "/tmp/alicorn-check-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, sizeof text - 1), sizeof text - 1);
    close(file);
}

/* 40 dBm - 60 dB - 30 dB = -50 dBm of a harmonic, at a noise of -174 + 40 + 10 = -124 dBm. */
static void test_radios(void **state)
{
    (void)state;
    char path[64];
    const double through = pow(10, -1.5);
    alicorn_complex s[3][4] = {{{0, 0}, {through, 0}, {through, 0}, {0, 0}},
                               {{0, 0}, {through, 0}, {through, 0}, {0, 0}}};
    alicorn_result result;
    names[0] = "A";
    names[1] = "B";
    fill_ports(&result, s, NULL);
    result.solves[0].frequency_hz = 100e6;
    result.solves[1].frequency_hz = 200e6;
    write_radios(path, sizeof path);
    ali_requirement required = {.kind = ALICORN_REQUIRE_COSITE,
                                .low = -HUGE_VAL,
                                .high = 70,
                                .radios = path,
                                .needs_s = true};
    alicorn_verdict v = judged(&required, &result);
    assert_close(v.value, 73.975, 1e-3);
    assert_int_equal(v.judgement, ALICORN_FAIL);
    assert_string_equal(v.port[1], "R");
    snprintf(required.port[0], 32, "T");
    v = judged(&required, &result);
    assert_string_equal(v.port[0], "T");
    assert_string_equal(v.detail, "in channel");
    /* where S ends, nobody knows */
    result.solves[1].frequency_hz = 150e6;
    v = judged(&required, &result);
    assert_int_equal(v.judgement, ALICORN_UNDECIDED);
    assert_true(v.unknown > 0);
    unlink(path);
}

/** Names and limits are known before anything is solved. */
static void test_what_is_required(void **state)
{
    (void)state;
    ali_requirement required[] = {
        {.kind = ALICORN_REQUIRE_VSWR, .low = -HUGE_VAL, .high = 2, .line = 4, .task = 0},
        {.kind = ALICORN_REQUIRE_TACAN, .beacon = {.bearing_error_deg = 1}, .line = 5, .task = 0},
        {.kind = ALICORN_REQUIRE_RCS, .low = -HUGE_VAL, .high = 20, .percent = 50, .task = 0},
    };
    ali_model model = {.requirements = required, .requirement_count = 3};
    alicorn_check *check;
    alicorn_error error = {0};
    assert_int_equal(alicorn_check_begin(&model, &check, &error), ALICORN_OK);
    assert_int_equal(check->undecided, check->count);
    assert_int_equal(check->count, 2 + ALICORN_TACAN_LIMITS + 2);
    for (size_t i = 0; i < check->count; i++)
        assert_true(check->verdicts[i].samples == 0 && isnan(check->verdicts[i].value));
    assert_string_equal(check->verdicts[0].name, "vswr");
    assert_close(check->verdicts[0].high, 2, 0);
    assert_close(check->verdicts[1].low, 0.12, 0);
    assert_string_equal(check->verdicts[check->count - 2].unit, "deg");
    assert_close(check->verdicts[check->count - 2].high, 1, 0);
    assert_close(check->verdicts[check->count - 1].percent, 50, 0);
    alicorn_check_destroy(check);

    /* what has tasks needs a result; what has no requirement is refused */
    assert_int_equal(alicorn_check_requirements(&model, NULL, &check, &error), ALICORN_E_USAGE);
    assert_null(check);
    model.requirement_count = 0;
    assert_int_equal(alicorn_check_begin(&model, &check, &error), ALICORN_E_USAGE);
    assert_null(check);
    assert_int_equal(alicorn_check_requirements(&model, NULL, &check, &error), ALICORN_E_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_magnitudes_have_bars), cmocka_unit_test(test_stated_errors_and_none),
        cmocka_unit_test(test_efficiency),           cmocka_unit_test(test_gain_and_ripple),
        cmocka_unit_test(test_blind_azimuths),       cmocka_unit_test(test_axial_ratio_and_sense),
        cmocka_unit_test(test_cross_sections),       cmocka_unit_test(test_beacon_that_turns),
        cmocka_unit_test(test_beacon_has_bars),      cmocka_unit_test(test_radios),
        cmocka_unit_test(test_what_is_required),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
