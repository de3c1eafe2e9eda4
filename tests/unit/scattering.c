/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Radar cross-sections of whole structures: against theory, against nec2c, and against themselves
 * by reciprocity, energy and finer meshes. */

#include "alicorn/alicorn.h"
#include "base/constants.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ONE(angle)                                                                                 \
    {                                                                                              \
        .start_deg = angle, .count = 1                                                             \
    }

static alicorn_model *parse(const char *text)
{
    alicorn_read_options options = {.undriven = 1};
    alicorn_error error = {0};
    alicorn_model *model = NULL;
    if (alicorn_model_parse_nec(text, strlen(text), "deck.nec", &options, &model, &error))
        fail_msg("%d: %s", error.line, error.message);
    return model;
}

static alicorn_result *scatter(const char *deck, const alicorn_rcs_request *request, int degree,
                               int refine)
{
    alicorn_model *model = parse(deck);
    alicorn_options options;
    alicorn_error error = {0};
    alicorn_result *result = NULL;
    alicorn_options_default(&options);
    options.degree = degree;
    options.refine = refine;
    if (alicorn_solve_rcs(model, request, &options, &result, &error))
        fail_msg("%s", error.message);
    alicorn_model_destroy(model);
    return result;
}

static const alicorn_rcs *entry(const alicorn_result *result, size_t solve, size_t i)
{
    const alicorn_solve_result *found = alicorn_result_solve(result, solve);
    assert_non_null(found);
    assert_true(i < found->rcs_count);
    return &found->rcs[i];
}

static void expect_db(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance))
        fail_msg("%.6f dB is not %.6f dB within %g", got, expected, tolerance);
}

/* ---- theory ---- */

static const char dipole[] = "CE\nGW 1 21 0 0 -.25 0 0 .25 .001\nGE 0\nFR 0 1 0 0 299.8 0\nEN\n";

/** The resonant short-circuited half-wave dipole has 0.86 wavelengths squared broadside
 *  [Balanis:2016] 2.17; its maximum over frequency is that of the resonance, just below half a
 * wave. */
static void a_resonant_dipole_has_086_square_wavelengths(void **state)
{
    (void)state;
    double frequencies[41], best = -HUGE_VAL;
    alicorn_rcs_request request = {
        .theta = ONE(90.0), .phi = ONE(0.0), .frequencies_hz = frequencies, .frequency_count = 41};
    for (size_t i = 0; i < 41; i++)
        frequencies[i] = 270e6 + 1e6 * (double)i;
    alicorn_result *result = scatter(dipole, &request, 0, 1);
    assert_int_equal(alicorn_result_count(result), 41);
    for (size_t i = 0; i < 41; i++) {
        double wavelength = ALI_C0 / frequencies[i];
        const alicorn_rcs *rcs = entry(result, i, 0);
        best = fmax(best, rcs->vv_dbsm - 20.0 * log10(wavelength));
        assert_true(isinf(rcs->hh_dbsm) && isinf(rcs->hv_dbsm) && isinf(rcs->vh_dbsm));
        assert_true(rcs->vv_error_db > 0.0 && rcs->vv_error_db < 0.2);
        assert_true(rcs->hh_error_db < 0.0); /* of nothing there is no estimate */
    }
    expect_db(best, 10.0 * log10(0.86), 0.15);
    alicorn_result_destroy(result);
}

/** Far below resonance the cross-section grows with the fourth power of frequency [Balanis:2016],
 * and with sin^4 of the angle of incidence. */
static void a_short_wire_scatters_as_rayleigh_says(void **state)
{
    (void)state;
    const double frequencies[] = {1e6, 2e6};
    alicorn_rcs_request request = {.theta = {.start_deg = 90.0, .step_deg = -60.0, .count = 2},
                                   .phi = ONE(0.0),
                                   .frequencies_hz = frequencies,
                                   .frequency_count = 2};
    alicorn_result *result = scatter(dipole, &request, 0, 1);
    double low = entry(result, 0, 0)->vv_dbsm, high = entry(result, 1, 0)->vv_dbsm;
    expect_db(high - low, 40.0 * log10(2.0), 0.002);
    expect_db(low - entry(result, 0, 1)->vv_dbsm, 40.0 * log10(2.0), 0.002); /* sin 30 degrees */
    alicorn_result_destroy(result);
}

/** Optical theorem: a lossless structure takes from the wave what it scatters,
 *  int |F|^2 dOmega = (4 pi/k) |Im F_forward| for |E_i| = 1 V/m. */
static void extinction_is_scattering(void **state)
{
    (void)state;
    static const char deck[] = "CE\n"
                               "GW 1 9 0 0 0 .2 0 .3 .004\n"
                               "GW 2 9 .2 0 .3 .2 .35 .4 .004\n"
                               "GE 0\nFR 0 1 0 0 299.792458 0\n"
                               "EX 1 1 1 0 60 30 0 0 0 0\n"
                               "RP 0 91 180 1000 0 0 2 2 0 0\n"
                               "RP 0 1 1 1000 120 210 0 0 0 0\nEN\n";
    alicorn_model *model = parse(deck);
    alicorn_result *result;
    assert_int_equal(alicorn_solve(model, NULL, &result, NULL), 0);
    const alicorn_solve_result *solve = alicorn_result_solve(result, 0);
    const alicorn_pattern *sphere = &solve->patterns[0];
    double scattered = 0.0, k = 2.0 * ALI_PI;
    for (size_t j = 0; j < sphere->phi_count; j++)
        for (size_t i = 0; i < sphere->theta_count; i++) {
            size_t at = j * sphere->theta_count + i;
            alicorn_complex t = sphere->e_theta[at], p = sphere->e_phi[at];
            double sine = sin(sphere->theta_deg[i] * ALI_DEGREE);
            scattered += (t.re * t.re + t.im * t.im + p.re * p.re + p.im * p.im) * sine * 4.0 *
                         ALI_DEGREE * ALI_DEGREE;
        }
    /* where the wave goes, theta^ is turned over: theta^(pi - t, p + pi) = theta^(t, p) mirrored */
    double extinct = 4.0 * ALI_PI / k * fabs(solve->patterns[1].e_theta[0].im);
    assert_true(scattered > 0.001);
    assert_true(fabs(extinct / scattered - 1.0) < 1e-3);
    /* every direction of both patterns has its cross-section, of the one polarisation sent */
    assert_int_equal(solve->rcs_count, 91 * 180 + 1);
    const alicorn_rcs *rcs = &solve->rcs[91 * 180];
    alicorn_complex f = solve->patterns[1].e_theta[0];
    expect_db(rcs->vv_dbsm, 10.0 * log10(4.0 * ALI_PI * (f.re * f.re + f.im * f.im)), 1e-9);
    assert_true(isnan(rcs->hh_dbsm) && isnan(rcs->vh_dbsm) && !isnan(rcs->hv_dbsm));
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

/* ---- nec2c ---- */

#define BENT                                                                                       \
    "CE\n"                                                                                         \
    "GW 1 15 0 0 0 .2 0 .3 .002\n"                                                                 \
    "GW 2 15 .2 0 .3 .2 .35 .4 .002\n"                                                             \
    "GW 3 11 -.3 .1 0 -.3 .1 .45 .002\n"
#define BENT_END "LD 4 3 6 6 50 20\nFR 0 1 0 0 299.8 0\nEN\n"

static const char free_bent[] = BENT "GE 0\n" BENT_END;
static const char ground_bent[] = BENT "GE 1\nGN 1\n" BENT_END;
static const char loop[] = "CE\n"
                           "GW 1 9 .1 .1 0 -.1 .1 0 .001\n"
                           "GW 1 9 -.1 .1 0 -.1 -.1 0 .001\n"
                           "GW 1 9 -.1 -.1 0 .1 -.1 0 .001\n"
                           "GW 1 9 .1 -.1 0 .1 .1 0 .001\n"
                           "GE 0\nFR 0 1 0 0 300 0\nEN\n";

/** nec2c 1.3, EX 1 with eta 0 (VV, HV) and 90 (VH, HH) and RP, sigma over its wavelength (1 m)
 * squared; two decimals. Its thin-wire ends account for a few hundredths. */
static void agrees_with_nec2c(void **state)
{
    (void)state;
    static const struct {
        const char *deck;
        double theta_inc, phi_inc, theta, phi;
        double vv, hv, vh, hh; /* HUGE_VAL: printed as zero */
    } cases[] = {
        {dipole, 90, 0, 90, 0, -2.20, -HUGE_VAL, -HUGE_VAL, -HUGE_VAL},
        {free_bent, 60, 30, 30, 0, -15.38, -19.30, -37.08, -25.25},
        {free_bent, 60, 30, 60, 0, -10.62, -19.27, -24.16, -24.87},
        {free_bent, 60, 30, 90, 100, -6.47, -28.54, -22.58, -23.32},
        {ground_bent, 60, 30, 30, 0, -15.90, -8.70, -7.86, 2.71},
        {ground_bent, 60, 30, 60, 0, -23.06, -9.42, -5.85, 2.06},
        {ground_bent, 60, 30, 60, 100, -4.99, -16.65, -6.46, -17.02},
        {loop, 70, 20, 70, 20, -35.58, -58.67, -58.64, -17.44},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        alicorn_rcs_request request = {.theta = ONE(cases[i].theta_inc),
                                       .phi = ONE(cases[i].phi_inc),
                                       .bistatic = 1,
                                       .receive_theta = ONE(cases[i].theta),
                                       .receive_phi = ONE(cases[i].phi)};
        alicorn_result *result = scatter(cases[i].deck, &request, 0, 1);
        const alicorn_rcs *rcs = entry(result, 0, 0);
        const double got[] = {rcs->vv_dbsm, rcs->hv_dbsm, rcs->vh_dbsm, rcs->hh_dbsm};
        const double nec[] = {cases[i].vv, cases[i].hv, cases[i].vh, cases[i].hh};
        for (size_t p = 0; p < 4; p++) {
            if (isinf(nec[p]))
                assert_true(isinf(got[p]));
            else /* small differences of large currents are NEC's to round */
                expect_db(got[p], nec[p], nec[p] > -40.0 ? 0.11 : 0.5);
        }
        alicorn_result_destroy(result);
    }
}

/* ---- itself ---- */

/** EX 1 with RP goes through the currents and the far field, cross-sections through products of
 * waves: both must say the same, here with a network and over lossy ground. */
static void patterns_and_products_agree(void **state)
{
    (void)state;
    static const char state_cards[] =
        BENT "GE 1\nGN 0 0 0 0 13 .005\nTL 1 8 3 4 75 .2\nLD 4 2 3 3 10 5\nFR 0 1 0 0 250 0\n";
    for (int h = 0; h < 2; h++) {
        char deck[600];
        snprintf(deck, sizeof deck, "%sEX 1 2 1 0 40 10 %d 15 0 0\nRP 0 3 4 1000 10 20 25 50\nEN\n",
                 state_cards, 90 * h);
        alicorn_model *model = parse(deck);
        alicorn_result *patterns, *products;
        assert_int_equal(alicorn_solve(model, NULL, &patterns, NULL), 0);
        alicorn_rcs_request request = {
            .theta = {.start_deg = 40.0, .step_deg = 15.0, .count = 2},
            .phi = ONE(10.0),
            .bistatic = 1,
            .receive_theta = {.start_deg = 10.0, .step_deg = 25.0, .count = 3},
            .receive_phi = {.start_deg = 20.0, .step_deg = 50.0, .count = 4}};
        assert_int_equal(alicorn_solve_rcs(model, &request, NULL, &products, NULL), 0);
        assert_int_equal(alicorn_result_count(patterns), 2);
        assert_int_equal(alicorn_result_count(products), 1);
        for (size_t wave = 0; wave < 2; wave++)
            for (size_t i = 0; i < 12; i++) {
                const alicorn_rcs *a = entry(patterns, wave, i);
                const alicorn_rcs *b = entry(products, 0, wave * 12 + i);
                expect_db(a->theta_inc_deg, b->theta_inc_deg, 1e-9);
                expect_db(a->theta_deg, b->theta_deg, 1e-9);
                expect_db(a->phi_deg, b->phi_deg, 1e-9);
                expect_db(h ? a->vh_dbsm : a->vv_dbsm, h ? b->vh_dbsm : b->vv_dbsm, 1e-6);
                expect_db(h ? a->hh_dbsm : a->hv_dbsm, h ? b->hh_dbsm : b->hv_dbsm, 1e-6);
                assert_true(b->hv_error_db > 0.0 && a->hv_error_db < 0.0);
            }
        alicorn_result_destroy(patterns);
        alicorn_result_destroy(products);
        alicorn_model_destroy(model);
    }
}

/** Exchange transmitter and receiver: VH becomes HV. */
static void exchange_of_ends_changes_nothing(void **state)
{
    (void)state;
    static const char deck[] = BENT "GE 0\nTL 1 8 3 4 75 .2\n" BENT_END;
    const double there[2] = {35.0, 110.0}, here[2] = {75.0, -40.0};
    const alicorn_rcs *rcs[2];
    alicorn_result *result[2];
    for (int i = 0; i < 2; i++) {
        const double *from = i ? here : there, *to = i ? there : here;
        alicorn_rcs_request request = {.theta = ONE(from[0]),
                                       .phi = ONE(from[1]),
                                       .bistatic = 1,
                                       .receive_theta = ONE(to[0]),
                                       .receive_phi = ONE(to[1])};
        result[i] = scatter(deck, &request, 0, 1);
        rcs[i] = entry(result[i], 0, 0);
    }
    expect_db(rcs[0]->vv_dbsm, rcs[1]->vv_dbsm, 1e-8);
    expect_db(rcs[0]->hh_dbsm, rcs[1]->hh_dbsm, 1e-8);
    expect_db(rcs[0]->vh_dbsm, rcs[1]->hv_dbsm, 1e-8);
    expect_db(rcs[0]->hv_dbsm, rcs[1]->vh_dbsm, 1e-8);
    assert_true(fabs(rcs[0]->hv_dbsm - rcs[0]->vh_dbsm) > 0.1); /* it is not trivial */
    alicorn_result_destroy(result[0]);
    alicorn_result_destroy(result[1]);
}

/** Blocks of right-hand sides must not show: any direction out of many is what it is alone. */
static void many_directions_equal_each_alone(void **state)
{
    (void)state;
    alicorn_rcs_request all = {.theta = {.start_deg = 0.0, .step_deg = 7.0, .count = 26},
                               .phi = {.start_deg = 0.0, .step_deg = 11.0, .count = 33}};
    alicorn_result *many = scatter(free_bent, &all, 2, 1);
    assert_int_equal(alicorn_result_solve(many, 0)->rcs_count, 26 * 33);
    static const size_t some[] = {0, 25, 26, 511, 512, 513, 700, 857};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        alicorn_rcs_request one = {.theta = ONE(7.0 * (double)(some[i] % 26)),
                                   .phi = ONE(11.0 * (double)(some[i] / 26))};
        alicorn_result *alone = scatter(free_bent, &one, 2, 1);
        const alicorn_rcs *a = entry(many, 0, some[i]), *b = entry(alone, 0, 0);
        expect_db(a->theta_deg, b->theta_deg, 1e-9);
        expect_db(a->phi_deg, b->phi_deg, 1e-9);
        expect_db(a->vv_dbsm, b->vv_dbsm, 1e-8);
        expect_db(a->hh_dbsm, b->hh_dbsm, 1e-8);
        expect_db(a->vv_error_db, b->vv_error_db, 1e-6);
        alicorn_result_destroy(alone);
    }
    alicorn_result_destroy(many);
}

/** The error bars cover the distance to a much finer solution, and do not exaggerate. */
static void error_bars_cover_the_converged_value(void **state)
{
    (void)state;
    static const char *const decks[] = {dipole, free_bent, ground_bent, loop};
    size_t covered = 0, count = 0;
    for (size_t d = 0; d < sizeof decks / sizeof *decks; d++) {
        alicorn_rcs_request request = {.theta = {.start_deg = 20.0, .step_deg = 35.0, .count = 3},
                                       .phi = {.start_deg = 10.0, .step_deg = 80.0, .count = 3}};
        alicorn_result *rough = scatter(decks[d], &request, 0, 1);
        alicorn_result *fine = scatter(decks[d], &request, 4, 2);
        for (size_t i = 0; i < 9; i++) {
            const alicorn_rcs *a = entry(rough, 0, i), *b = entry(fine, 0, i);
            const double pairs[][3] = {{a->vv_dbsm, b->vv_dbsm, a->vv_error_db},
                                       {a->hh_dbsm, b->hh_dbsm, a->hh_error_db},
                                       {a->hv_dbsm, b->hv_dbsm, a->hv_error_db}};
            for (size_t p = 0; p < 3; p++) {
                if (isinf(pairs[p][0]) || pairs[p][0] < -100.0)
                    continue;
                count++;
                covered += fabs(pairs[p][0] - pairs[p][1]) <= pairs[p][2];
                assert_true(pairs[p][2] < 3.0);
            }
        }
        alicorn_result_destroy(rough);
        alicorn_result_destroy(fine);
    }
    print_message("%zu of %zu covered\n", covered, count);
    assert_true(count > 60);
    assert_true(covered * 100 >= 95 * count);
}

static void under_a_ground_there_is_nothing(void **state)
{
    (void)state;
    alicorn_rcs_request request = {.theta = {.start_deg = 60.0, .step_deg = 60.0, .count = 2},
                                   .phi = ONE(0.0)};
    alicorn_result *result = scatter(ground_bent, &request, 0, 1);
    assert_true(isfinite(entry(result, 0, 0)->vv_dbsm));
    assert_true(isinf(entry(result, 0, 1)->vv_dbsm) && entry(result, 0, 1)->vv_error_db < 0.0);
    alicorn_result_destroy(result);
}

static void bad_requests_are_refused(void **state)
{
    (void)state;
    alicorn_model *model = parse(dipole);
    alicorn_result *result;
    alicorn_error error;
    const alicorn_rcs_request bad[] = {
        {.theta = ONE(90.0)},                                /* no phi */
        {.theta = ONE(NAN), .phi = ONE(0.0)},                /* no number */
        {.theta = ONE(0.0), .phi = ONE(0.0), .task = 1},     /* no such task */
        {.theta = ONE(0.0), .phi = ONE(0.0), .bistatic = 1}, /* no receiver */
        {.theta = {0.0, 0.1, 100000}, .phi = {0.0, 0.1, 100000}},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(alicorn_solve_rcs(model, &bad[i], NULL, &result, &error), ALICORN_E_USAGE);
        assert_null(result);
        assert_true(error.message[0] != '\0');
    }
    alicorn_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_resonant_dipole_has_086_square_wavelengths),
        cmocka_unit_test(a_short_wire_scatters_as_rayleigh_says),
        cmocka_unit_test(extinction_is_scattering),
        cmocka_unit_test(agrees_with_nec2c),
        cmocka_unit_test(patterns_and_products_agree),
        cmocka_unit_test(exchange_of_ends_changes_nothing),
        cmocka_unit_test(many_directions_equal_each_alone),
        cmocka_unit_test(error_bars_cover_the_converged_value),
        cmocka_unit_test(under_a_ground_there_is_nothing),
        cmocka_unit_test(bad_requests_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
