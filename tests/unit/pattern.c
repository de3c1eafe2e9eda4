/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/pattern.h"

#include "hand_current.h"
#include "observe/far_field.h"
#include "observe/ground_wave.h"
#include "observe/radiation.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double k = 2 * ALI_PI;

static void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.9g instead of %.9g", value, expected);
}

static hand_current dipole_along(ali_vec3 direction, double complex amplitude)
{
    hand_sine_data data = {amplitude, k, 0.25};
    hand_current hand = hand_create(8);
    hand_add_wire(&hand, ali_vec3_scale(-0.25, direction), ali_vec3_scale(0.25, direction), 1e-6, 8,
                  hand_sine, &data);
    return hand;
}

static alicorn_pattern make(hand_current *hand, const ali_ground *ground,
                            const ali_pattern_request *request, const ali_pattern_drive *drive)
{
    alicorn_pattern pattern;
    alicorn_error error = {0};
    assert_int_equal(
        ali_pattern_create(request, hand_get(hand), k, ground, drive, &pattern, &error),
        ALICORN_OK);
    return pattern;
}

/** The whole sphere in steps of 5 degrees. */
static const ali_pattern_request sphere = {.theta_count = 37,
                                           .theta_step = 5 * ALI_DEGREE,
                                           .phi_count = 73,
                                           .phi_step = 5 * ALI_DEGREE,
                                           .average = 1,
                                           .axes = true,
                                           .normalised = 5,
                                           .distance = 100};

static void test_power_and_directive_gain(void **state)
{
    (void)state;
    const double resistance = ALI_ETA0 / (4 * ALI_PI) * 2.4376534;
    hand_current hand = dipole_along((ali_vec3){0, 0, 1}, 1.0);
    /* a fifth of the input power is lost */
    ali_pattern_drive drive = {ALI_DRIVE_SOURCES, 0.5 * resistance / 0.8, 0.5 * resistance, 0};
    alicorn_pattern pattern = make(&hand, NULL, &sphere, &drive);
    assert_int_equal(pattern.theta_count, 37);
    assert_int_equal(pattern.phi_count, 73);
    assert_true(pattern.theta_deg[6] == 30 && pattern.phi_deg[72] == 360);
    assert_true(pattern.mode == 0 && pattern.bistatic == 0 && pattern.axes == 1 &&
                pattern.normalised == 5 && pattern.distance == 100);
    for (size_t i = 1; i < 36; i++) {
        double theta = pattern.theta_deg[i] * ALI_DEGREE;
        double gain = 1.640922 * pow(cos(ALI_PI / 2 * cos(theta)) / sin(theta), 2);
        alicorn_pattern_sample sample = alicorn_pattern_at(&pattern, i, 7);
        assert_near(sample.total_dbi, 10 * log10(0.8 * gain), 1e-4);
        assert_near(sample.theta_dbi, sample.total_dbi, 1e-9);
        assert_true(sample.sense == 0 && sample.axial_ratio < 1e-6);
        assert_true(fabs(sample.tilt_deg) < 1e-6);
    }
    /* NEC's rule on this grid errs by its own 0.3 %; a directive pattern averages the power gain
     *  all the same */
    assert_near(pattern.average_gain, 0.8, 0.003);
    assert_near(pattern.solid_angle, 4 * ALI_PI, 1e-9);
    ali_pattern_clear(&pattern);

    ali_pattern_request directive = sphere;
    directive.directive = true;
    pattern = make(&hand, NULL, &directive, &drive);
    assert_near(alicorn_pattern_at(&pattern, 18, 0).total_dbi, 10 * log10(1.640922), 1e-5);
    assert_near(pattern.average_gain, 0.8, 0.003);
    ali_pattern_clear(&pattern);

    /* nothing drives it: no gain, yet fields */
    ali_pattern_drive none = {ALI_DRIVE_NONE, 0, 0, 0};
    pattern = make(&hand, NULL, &sphere, &none);
    assert_true(alicorn_pattern_at(&pattern, 18, 0).total_dbi == -HUGE_VAL);
    assert_near(hypot(pattern.e_theta[18].re, pattern.e_theta[18].im), ALI_ETA0 / (2 * ALI_PI),
                1e-3);
    ali_pattern_clear(&pattern);
    hand_destroy(&hand);
}

static void test_average_over_ground_counts_the_upper_half(void **state)
{
    (void)state;
    hand_current hand = hand_create(4);
    hand_sine_data data = {1.0, k, 0.25};
    for (int i = 0; i < 4; i++)
        hand_add_element(&hand, (ali_vec3){0, 0, 0.0625 * i}, (ali_vec3){0, 0, 0.0625 * (i + 1)},
                         1e-6, 0.0625 * i, hand_sine, &data);
    ali_ground pec = {.kind = ALI_GROUND_PEC};
    double power = ALI_ETA0 / (4 * ALI_PI) * 2.4376534 / 4;
    ali_pattern_drive drive = {ALI_DRIVE_SOURCES, power, power, 0};
    ali_pattern_request half = sphere;
    half.theta_count = 19;
    alicorn_pattern pattern = make(&hand, &pec, &half, &drive);
    assert_near(pattern.average_gain, 2.0, 0.01);
    assert_near(pattern.solid_angle, 2 * ALI_PI, 1e-9);
    assert_near(alicorn_pattern_at(&pattern, 18, 3).total_dbi, 10 * log10(2 * 1.640922), 1e-4);
    ali_pattern_clear(&pattern);
    pattern = make(&hand, &pec, &sphere, &drive);
    assert_near(pattern.average_gain, 1.0, 0.09); /* its horizon row weighs twice now */
    assert_true(alicorn_pattern_at(&pattern, 19, 0).total_dbi == -HUGE_VAL);
    assert_true(alicorn_pattern_at(&pattern, 19, 0).axial_ratio == 0);
    ali_pattern_clear(&pattern);
    hand_destroy(&hand);
}

static void test_average_by_hand(void **state)
{
    (void)state;
    /* 3 x 2 directions; NEC's weights worked out here */
    hand_current hand = dipole_along((ali_vec3){0, 0, 1}, 1.0);
    ali_pattern_drive drive = {ALI_DRIVE_SOURCES, 1, 1, 0};
    ali_pattern_request request = {.theta_count = 3,
                                   .theta_start = 30 * ALI_DEGREE,
                                   .theta_step = 20 * ALI_DEGREE,
                                   .phi_count = 2,
                                   .phi_step = 40 * ALI_DEGREE,
                                   .average = 2};
    alicorn_pattern pattern = make(&hand, NULL, &request, &drive);
    const double edges[4] = {30, 40, 60, 70};
    double sum = 0;
    for (size_t i = 0; i < 3; i++)
        sum += pow(10, alicorn_pattern_at(&pattern, i, 0).total_dbi / 10) *
               (cos(edges[i] * ALI_DEGREE) - cos(edges[i + 1] * ALI_DEGREE));
    assert_int_equal(pattern.average, 2);
    assert_near(pattern.average_gain, sum / (cos(30 * ALI_DEGREE) - cos(70 * ALI_DEGREE)), 1e-12);
    ali_pattern_clear(&pattern);
    request.phi_count = 1;
    pattern = make(&hand, NULL, &request, &drive);
    assert_int_equal(pattern.average, 0);
    ali_pattern_clear(&pattern);
    hand_destroy(&hand);
}

static void test_scattering_and_current_element(void **state)
{
    (void)state;
    hand_current hand = dipole_along((ali_vec3){0, 0, 1}, 1e-3);
    ali_pattern_request one = {.theta_count = 1, .theta_start = ALI_PI / 2, .phi_count = 1};
    /* sigma/lambda^2 with |E_i|^2 = 1 + 0.5^2; lambda = 1 */
    ali_pattern_drive wave = {ALI_DRIVE_PLANE_WAVE, 0, 0, 0.5};
    alicorn_pattern pattern = make(&hand, NULL, &one, &wave);
    double field2 = pow(1e-3 * ALI_ETA0 / (2 * ALI_PI), 2);
    assert_int_equal(pattern.bistatic, 1);
    assert_near(alicorn_pattern_at(&pattern, 0, 0).total_dbi,
                10 * log10(4 * ALI_PI * field2 / 1.25), 1e-4);
    ali_pattern_clear(&pattern);
    ali_pattern_drive element = {ALI_DRIVE_CURRENT_ELEMENT, ali_radiation_element_power(k, 0.01), 1,
                                 0};
    pattern = make(&hand, NULL, &one, &element);
    double power = ALI_ETA0 * k * k * 1e-4 / (12 * ALI_PI);
    assert_near(alicorn_pattern_at(&pattern, 0, 0).total_dbi,
                10 * log10(2 * ALI_PI * field2 / (ALI_ETA0 * power)), 1e-4);
    ali_pattern_clear(&pattern);
    hand_destroy(&hand);
}

static void test_polarisation_of_given_fields(void **state)
{
    (void)state;
    const double half = sqrt(0.5);
    const struct {
        alicorn_complex theta, phi;
        double major, minor, ratio, tilt;
        int sense;
    } cases[] = {
        {{1, 0}, {0, 0}, 1, 0, 0, 0, 0},
        {{0, 0}, {0, 2}, 4, 0, 0, 90, 0},
        {{1, 1}, {1, 1}, 4, 0, 0, 45, 0},
        {{0, 1}, {0, -1}, 2, 0, 0, -45, 0},
        {{1, 0}, {0, -1}, 1, 1, 1, 0, 1}, /* phi lags by 90 degrees: right */
        {{1, 0}, {0, 1}, 1, 1, 1, 0, -1},
        {{2, 0}, {0, -1}, 4, 1, 0.5, 0, 1},
        {{0, 1}, {-2, 0}, 4, 1, 0.5, 90, -1},
        /* axes 3 and 1 turned by 45 degrees: theta = (3 + j)/sqrt 2, phi = (3 - j)/sqrt 2 */
        {{3 * half, half}, {3 * half, -half}, 9, 1, 1.0 / 3, 45, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        alicorn_complex theta = cases[i].theta, phi = cases[i].phi;
        double zenith = 0.0;
        alicorn_pattern pattern = {.theta_count = 1,
                                   .phi_count = 1,
                                   .theta_deg = &zenith,
                                   .e_theta = &theta,
                                   .e_phi = &phi,
                                   .gain_scale = 1};
        alicorn_pattern_sample sample = alicorn_pattern_at(&pattern, 0, 0);
        assert_near(pow(10, sample.major_dbi / 10), cases[i].major, 1e-12);
        assert_near(pow(10, sample.minor_dbi / 10), cases[i].minor, 1e-12);
        assert_near(sample.axial_ratio, cases[i].ratio, 1e-12);
        if (cases[i].ratio < 1)
            assert_near(fabs(sample.tilt_deg), fabs(cases[i].tilt), 1e-9);
        if (cases[i].tilt < 80)
            assert_near(sample.tilt_deg, cases[i].tilt, 1e-9);
        assert_int_equal(sample.sense, cases[i].sense);
    }
}

static void test_helix_is_right_handed(void **state)
{
    (void)state;
    /* A travelling wave up a right-handed helix (x = cos, y = sin, z rising) of one wavelength per
     * turn radiates a right-hand wave along +z [Balanis:2005] section 10.3.1; along -z, mirrored in
     *  z, the other one. */
    enum { SIDES = 36, TURNS = 3 };
    for (int hand_sign = -1; hand_sign <= 1; hand_sign += 2) {
        hand_current hand = hand_create(SIDES * TURNS);
        double r = 1 / k, rise = 0.25 / SIDES, phase = 0;
        for (int i = 0; i < SIDES * TURNS; i++) {
            double t = hand_sign * 2 * ALI_PI * i / SIDES,
                   u = hand_sign * 2 * ALI_PI * (i + 1) / SIDES;
            ali_vec3 a = {r * cos(t), r * sin(t), rise * i};
            ali_vec3 b = {r * cos(u), r * sin(u), rise * (i + 1)};
            double length = ali_vec3_distance(a, b);
            /* the wave on a helix is slow */
            double complex current = cexp(-1.2 * I * (phase + 0.5 * k * length));
            phase += k * length;
            hand_add_wire(&hand, a, b, 1e-4, 1, hand_constant, &current);
        }
        ali_pattern_request top = {.theta_count = 1, .phi_count = 1};
        ali_pattern_drive drive = {ALI_DRIVE_SOURCES, 1, 1, 0};
        alicorn_pattern pattern = make(&hand, NULL, &top, &drive);
        alicorn_pattern_sample sample = alicorn_pattern_at(&pattern, 0, 0);
        assert_int_equal(sample.sense, hand_sign);
        assert_true(sample.axial_ratio > 0.7);
        ali_pattern_clear(&pattern);
        hand_destroy(&hand);
    }
}

static void test_surface_wave_grid(void **state)
{
    (void)state;
    hand_current hand = dipole_along((ali_vec3){0, 0, 1}, 1.0);
    for (size_t e = 0; e < hand.mesh.element_count; e++)
        hand.mesh.elements[e].mid.z += 1;
    ali_ground soil = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 13, .sigma = 0.1}};
    ali_pattern_request request = {.mode = ALI_PATTERN_SURFACE_WAVE,
                                   .theta_count = 3,
                                   .theta_start = 0.5,
                                   .theta_step = 2.25,
                                   .phi_count = 2,
                                   .phi_step = 90 * ALI_DEGREE,
                                   .distance = 40,
                                   .average = 1};
    ali_pattern_drive drive = {ALI_DRIVE_SOURCES, 1, 1, 0};
    alicorn_pattern pattern = make(&hand, &soil, &request, &drive);
    assert_true(pattern.theta_deg[2] == 5.0 && pattern.phi_deg[1] == 90 && pattern.average == 0);
    double complex e[3];
    double z = 2.75, phi = ALI_PI / 2;
    assert_int_equal(
        ali_ground_wave(hand_get(&hand), k, &soil, 40, 1, &z, &phi, e, e + 1, e + 2, NULL),
        ALICORN_OK);
    assert_near(pattern.e_theta[4].re, creal(e[0]), 1e-12);
    assert_near(pattern.e_rho[4].im, cimag(e[2]), 1e-12);
    assert_true(alicorn_pattern_at(&pattern, 1, 1).total_dbi == -HUGE_VAL);
    ali_pattern_clear(&pattern);
    hand_destroy(&hand);
}

static void test_failure_leaves_nothing(void **state)
{
    (void)state;
    hand_current hand = dipole_along((ali_vec3){0, 0, 1}, 1.0);
    ali_ground soil = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 13}};
    ali_pattern_request request = sphere;
    request.mode = ALI_PATTERN_CIRCULAR_CLIFF;
    ali_pattern_drive drive = {ALI_DRIVE_SOURCES, 1, 1, 0};
    alicorn_pattern pattern;
    alicorn_error error = {0};
    assert_int_equal(
        ali_pattern_create(&request, hand_get(&hand), k, &soil, &drive, &pattern, &error),
        ALICORN_E_INPUT);
    assert_null(pattern.e_theta);
    assert_int_equal(pattern.theta_count, 0);
    hand_destroy(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power_and_directive_gain),
        cmocka_unit_test(test_average_over_ground_counts_the_upper_half),
        cmocka_unit_test(test_average_by_hand),
        cmocka_unit_test(test_scattering_and_current_element),
        cmocka_unit_test(test_polarisation_of_given_fields),
        cmocka_unit_test(test_helix_is_right_handed),
        cmocka_unit_test(test_surface_wave_grid),
        cmocka_unit_test(test_failure_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
