/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/radiation.h"

#include "hand_current.h"
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_relative(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance * fabs(expected)))
        fail_msg("%.10g instead of %.10g", value, expected);
}

typedef struct answer {
    double power, gain;
    ali_radiation_peak peak;
} answer;

/** Power, maximum and directivity of a hand-made current. */
static answer radiate(hand_current *hand, double k, const ali_ground *ground)
{
    answer result;
    ali_radiator *radiator;
    alicorn_error error = {0};
    assert_int_equal(
        ali_radiator_create(hand_get(hand), k, ground, ALI_PATTERN_SPACE_WAVE, &radiator, &error),
        ALICORN_OK);
    const ali_radiator *one = radiator;
    assert_int_equal(ali_radiation_survey(&one, 1, &result.power, &result.peak, &error),
                     ALICORN_OK);
    result.gain = ali_radiation_gain(result.peak.intensity, result.power);
    ali_radiator_destroy(radiator);
    return result;
}

static void test_short_dipole(void **state)
{
    (void)state;
    const double k = 2 * ALI_PI, length = 1e-3;
    double complex current = 3.0;
    hand_current hand = hand_create(1);
    hand_add_wire(&hand, (ali_vec3){0, 0, -length / 2}, (ali_vec3){0, 0, length / 2}, 1e-6, 1,
                  hand_constant, &current);
    answer a = radiate(&hand, k, NULL);
    /* R = 20 (k l)^2, peak amplitudes */
    assert_relative(a.power, 0.5 * 9.0 * ALI_ETA0 / (6 * ALI_PI) * pow(k * length, 2), 1e-6);
    assert_relative(a.power, ali_radiation_element_power(k, 3.0 * length), 1e-6);
    assert_relative(a.gain, 1.5, 1e-6);
    assert_relative(a.peak.theta, ALI_PI / 2, 1e-12);
    assert_true(a.peak.phi == 0.0);
    hand_destroy(&hand);
}

static void test_half_wave_dipole_and_monopole(void **state)
{
    (void)state;
    const double k = 2 * ALI_PI;
    hand_sine_data data = {1.0, k, 0.25};
    hand_current dipole = hand_create(16), monopole = hand_create(8);
    hand_add_wire(&dipole, (ali_vec3){1, 2, -0.25}, (ali_vec3){1, 2, 0.25}, 1e-6, 16, hand_sine,
                  &data);
    answer a = radiate(&dipole, k, NULL);
    /* directivity 1.640922, R = eta/(4 pi) Cin(2 pi), Cin(2 pi) = 2.4376534 */
    const double resistance = ALI_ETA0 / (4 * ALI_PI) * 2.4376534;
    assert_relative(a.gain, 1.640922, 1e-6);
    assert_relative(2 * a.power, resistance, 1e-5);
    /* quarter-wave monopole on a PEC: twice the gain, half the resistance */
    for (int i = 0; i < 8; i++)
        hand_add_element(&monopole, (ali_vec3){0, 0, 0.25 * i / 8},
                         (ali_vec3){0, 0, 0.25 * (i + 1) / 8}, 1e-6, 0.25 * i / 8, hand_sine,
                         &data);
    ali_ground pec = {.kind = ALI_GROUND_PEC};
    answer b = radiate(&monopole, k, &pec);
    assert_relative(b.gain, 2 * 1.640922, 1e-6);
    assert_relative(2 * b.power, resistance / 2, 1e-5);
    assert_relative(b.peak.theta, ALI_PI / 2, 1e-12);
    hand_destroy(&dipole);
    hand_destroy(&monopole);
}

static void test_small_loop(void **state)
{
    (void)state;
    /* R = 20 pi^2 C^4 for C in wavelengths, of a 40-gon by its area: 320 pi^4 A^2 */
    enum { SIDES = 40 };
    const double k = 2 * ALI_PI, r = 1e-4;
    double complex current = 1.0;
    hand_current hand = hand_create(SIDES);
    for (int i = 0; i < SIDES; i++) {
        double t = 2 * ALI_PI * i / SIDES, u = 2 * ALI_PI * (i + 1) / SIDES;
        hand_add_wire(&hand, (ali_vec3){r * cos(t), r * sin(t), 0},
                      (ali_vec3){r * cos(u), r * sin(u), 0}, 1e-7, 1, hand_constant, &current);
    }
    answer a = radiate(&hand, k, NULL);
    double area = 0.5 * SIDES * r * r * sin(2 * ALI_PI / SIDES);
    assert_relative(2 * a.power, ALI_ETA0 * 8.0 / 3.0 * pow(ALI_PI, 3) * area * area, 1e-5);
    assert_relative(a.gain, 1.5, 1e-5);
    hand_destroy(&hand);
}

/** Mutual resistance of two parallel short dipoles over the self resistance, kd apart, side by
 *  side. */
static double side_by_side(double kd)
{
    return 1.5 * (sin(kd) / kd + cos(kd) / (kd * kd) - sin(kd) / (kd * kd * kd));
}

static void test_power_of_a_wide_structure(void **state)
{
    (void)state;
    /* two short dipoles 41.3 wavelengths apart: thin lobes, known mutual resistance */
    const double k = 2 * ALI_PI, length = 1e-3, distance = 41.3;
    double complex current = 1.0;
    for (int axis = 0; axis < 2; axis++) {
        hand_current hand = hand_create(2);
        for (int side = -1; side <= 1; side += 2) {
            /* along y, apart in x; then along y, apart in z */
            double x = axis == 0 ? side * distance / 2 : 0, z = axis == 1 ? side * distance / 2 : 0;
            hand_add_wire(&hand, (ali_vec3){x, -length / 2, z}, (ali_vec3){x, length / 2, z}, 1e-6,
                          1, hand_constant, &current);
        }
        answer a = radiate(&hand, k, NULL);
        double one = ali_radiation_element_power(k, length);
        assert_relative(a.power, 2 * one * (1 + side_by_side(k * distance)), 1e-6);
        assert_relative(a.gain, 4 * one * 1.5 / a.power, 1e-6);
        hand_destroy(&hand);
    }
}

static void test_maximum_of_a_steered_array(void **state)
{
    (void)state;
    /* 16 y-directed short dipoles along x, 0.4 wavelengths apart, phased towards theta = 61.3, phi
     *  = 0 */
    enum { COUNT = 16 };
    const double k = 2 * ALI_PI, step = 0.4, aim = 61.3 * ALI_DEGREE;
    hand_current hand = hand_create(COUNT);
    for (int i = 0; i < COUNT; i++) {
        double complex current = cexp(-I * k * step * i * sin(aim));
        hand_add_wire(&hand, (ali_vec3){step * i, -5e-4, 2}, (ali_vec3){step * i, 5e-4, 2}, 1e-6, 1,
                      hand_constant, &current);
    }
    answer a = radiate(&hand, k, NULL);
    /* broadside to the dipoles all 16 add up */
    assert_relative(a.peak.intensity, pow(COUNT * k * ALI_ETA0 / (4 * ALI_PI) * 1e-3, 2), 1e-5);
    assert_true(fabs(sin(a.peak.theta) * cos(a.peak.phi) - sin(aim)) < 2e-3);
    hand_destroy(&hand);
}

static void test_power_over_soil_by_brute_force(void **state)
{
    (void)state;
    const double k = 2 * ALI_PI / 20;
    double complex current = 1.0;
    const ali_medium media[] = {
        {.eps_r = 13, .sigma = 0.005}, {.eps_r = 81, .sigma = 4}, {.eps_r = 1.2, .sigma = 1e-4}};
    for (int m = 0; m < 3; m++) {
        hand_current hand = hand_create(4);
        hand_add_wire(&hand, (ali_vec3){0, 0, 3}, (ali_vec3){4, 1, 8}, 1e-3, 4, hand_constant,
                      &current);
        ali_ground soil = {.kind = ALI_GROUND_REFLECTION, .medium = media[m]};
        answer a = radiate(&hand, k, &soil);
        enum { RINGS = 4000, AROUND = 16 };
        static double theta[RINGS * AROUND], phi[RINGS * AROUND];
        static double complex e[2][RINGS * AROUND];
        for (int i = 0; i < RINGS * AROUND; i++) {
            double t = (i / AROUND + 0.5) / RINGS; /* denser at the horizon */
            theta[i] = ALI_PI / 2 * (1 - t * t);
            phi[i] = 2 * ALI_PI * (i % AROUND) / AROUND;
        }
        assert_int_equal(ali_far_field(hand_get(&hand), k, &soil, 0, RINGS * AROUND, theta, phi,
                                       e[0], e[1], NULL),
                         ALICORN_OK);
        double power = 0;
        for (int i = 0; i < RINGS * AROUND; i++) {
            double t = (i / AROUND + 0.5) / RINGS;
            power += ALI_PI * t / RINGS * sin(theta[i]) * 2 * ALI_PI / AROUND *
                     (pow(cabs(e[0][i]), 2) + pow(cabs(e[1][i]), 2)) / (2 * ALI_ETA0);
        }
        assert_relative(a.power, power, 2e-6);
        for (int i = 0; i < RINGS * AROUND; i++)
            assert_true(pow(cabs(e[0][i]), 2) + pow(cabs(e[1][i]), 2) <=
                        a.peak.intensity * (1 + 1e-5));
        hand_destroy(&hand);
    }
}

/** Wires all over a space of 3 wavelengths, far from the origin, with random currents: many lobes
 * of about the same height. */
static hand_current scattered(uint64_t seed)
{
    enum { COUNT = 12 };
    uint64_t places = 99;
    hand_current hand = hand_create(COUNT);
    for (int i = 0; i < COUNT; i++) {
        ali_vec3 at = {20 + 1.5 * next_random(&places), -7 + 1.5 * next_random(&places),
                       1.5 * next_random(&places)};
        ali_vec3 along = {0.2 * next_random(&places), 0.2 * next_random(&places),
                          0.2 * next_random(&places)};
        double complex current = CMPLX(next_random(&seed), next_random(&seed));
        hand_add_wire(&hand, at, ali_vec3_axpy(at, 1.0, along), 1e-5, 1, hand_constant, &current);
    }
    return hand;
}

/** Several currents at once give what each gives alone, and no direction of a fine grid is stronger
 * than the maximum. */
static void test_survey_of_several_currents(void **state)
{
    (void)state;
    enum { CURRENTS = 18, RINGS = 180, AROUND = 360 }; /* two groups */
    const double k = 2 * ALI_PI;
    hand_current hand[CURRENTS];
    ali_radiator *radiator[CURRENTS];
    double power[CURRENTS];
    ali_radiation_peak peak[CURRENTS];
    static double theta[RINGS * AROUND], phi[RINGS * AROUND]; /* midpoint rule */
    static double complex e[2][RINGS * AROUND];
    for (int i = 0; i < RINGS * AROUND; i++) {
        theta[i] = ALI_PI * (i / AROUND + 0.5) / RINGS;
        phi[i] = 2 * ALI_PI * (i % AROUND) / AROUND;
    }
    for (size_t j = 0; j < CURRENTS; j++) {
        hand[j] = scattered(j + 1);
        assert_int_equal(ali_radiator_create(hand_get(&hand[j]), k, NULL, 0, &radiator[j], NULL),
                         ALICORN_OK);
    }
    assert_int_equal(
        ali_radiation_survey((const ali_radiator *const *)radiator, CURRENTS, power, peak, NULL),
        ALICORN_OK);
    for (size_t j = 0; j < CURRENTS; j++) {
        double sum = 0.0, largest = 0.0;
        ali_radiator_far_field(radiator[j], RINGS * AROUND, theta, phi, e[0], e[1]);
        for (int i = 0; i < RINGS * AROUND; i++) {
            double intensity = pow(cabs(e[0][i]), 2) + pow(cabs(e[1][i]), 2);
            sum += intensity * sin(theta[i]);
            largest = fmax(largest, intensity);
        }
        sum *= ALI_PI / RINGS * 2 * ALI_PI / AROUND / (2 * ALI_ETA0);
        assert_relative(power[j], sum, 1e-4);
        assert_true(peak[j].intensity >= largest * (1 - 1e-6));
        assert_true(peak[j].intensity <= largest * (1 + 5e-3));
        double complex at[2];
        ali_radiator_far_field(radiator[j], 1, &peak[j].theta, &peak[j].phi, &at[0], &at[1]);
        assert_relative(pow(cabs(at[0]), 2) + pow(cabs(at[1]), 2), peak[j].intensity, 2e-6);
        answer alone = radiate(&hand[j], k, NULL);
        assert_relative(alone.power, power[j], 1e-12);
        assert_relative(alone.peak.intensity, peak[j].intensity, 1e-12);
    }
    for (size_t j = 0; j < CURRENTS; j++) {
        ali_radiator_destroy(radiator[j]);
        hand_destroy(&hand[j]);
    }
}

/** Fields towards opposite directions are those that each direction gives alone. */
static void test_opposite_directions(void **state)
{
    (void)state;
    enum { COUNT = 70 }; /* two blocks */
    hand_current hand = scattered(3);
    ali_radiator *radiator;
    double angle[4][COUNT];
    double complex both[2][2 * COUNT], one[2][COUNT];
    uint64_t seed = 11;
    assert_int_equal(ali_radiator_create(hand_get(&hand), 4.0, NULL, 0, &radiator, NULL),
                     ALICORN_OK);
    for (int i = 0; i < COUNT; i++) {
        angle[0][i] = i == 0 ? 0.0 : i == 1 ? ALI_PI / 2 : 1.5 * (1 + next_random(&seed));
        angle[1][i] = 3 * (1 + next_random(&seed));
        angle[2][i] = ALI_PI - angle[0][i];
        angle[3][i] = angle[1][i] + ALI_PI;
    }
    const ali_radiator *same = radiator;
    assert_int_equal(
        ali_radiators_sphere(&same, 1, COUNT, angle[0], angle[1], both[0], both[1], NULL),
        ALICORN_OK);
    for (int side = 0; side < 2; side++) {
        ali_radiator_far_field(radiator, COUNT, angle[2 * side], angle[2 * side + 1], one[0],
                               one[1]);
        for (int i = 0; i < COUNT; i++)
            for (int c = 0; c < 2; c++)
                assert_true(cabs(both[c][side * COUNT + i] - one[c][i]) < 1e-9);
    }
    ali_radiator_destroy(radiator);
    hand_destroy(&hand);
}

/** What is foreseen of a structure is what its radiators have. */
static void test_extent_is_foreseen(void **state)
{
    (void)state;
    const double k = 5.0;
    hand_current hand = scattered(7);
    const ali_current *current = hand_get(&hand);
    const ali_mesh mesh = {.wires = &hand.mesh, .surfaces = &hand.faces};
    const ali_ground grounds[] = {
        {.kind = ALI_GROUND_NONE},
        {.kind = ALI_GROUND_PEC},
        {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 13.0, .sigma = 0.005}},
    };
    for (size_t g = 0; g < sizeof grounds / sizeof grounds[0]; g++) {
        ali_radiator *radiator;
        size_t panels;
        assert_int_equal(
            ali_radiator_create(current, k, &grounds[g], ALI_PATTERN_SPACE_WAVE, &radiator, NULL),
            ALICORN_OK);
        ali_radiator_outline outline = ali_radiator_foresee(&mesh, k, &grounds[g]);
        ali_radiator_extent extent = ali_radiator_get_extent(radiator);
        ali_radiator_panels(radiator, &panels);
        assert_int_equal(outline.panels, panels);
        assert_int_equal(outline.points, 0);
        assert_true(outline.extent.ground == (g > 0) && extent.ground == (g > 0));
        assert_relative(outline.extent.sphere, extent.sphere, 1e-12);
        assert_relative(outline.extent.cylinder, extent.cylinder, 1e-12);
        assert_true((outline.extent.horizon > 0.0) == (g == 2));
        assert_true(outline.extent.horizon == extent.horizon);
        for (size_t e = 0; e < hand.mesh.element_count; e++) {
            const ali_element *element = &hand.mesh.elements[e];
            ali_vec3 end = ali_vec3_axpy(element->mid, element->half, element->dir);
            ali_vec3 away = {k * end.x - extent.middle[0], k * end.y - extent.middle[1],
                             k * end.z - extent.middle[2]};
            assert_true(ali_vec3_norm(away) <= extent.sphere);
            assert_true(hypot(away.x, away.y) <= extent.cylinder);
        }
        ali_radiator_destroy(radiator);
    }
    hand_destroy(&hand);
}

static ali_radiation_effort effort_of(double sphere, double cylinder, bool ground)
{
    ali_radiator_extent extent = {.sphere = sphere, .cylinder = cylinder, .ground = ground};
    ali_radiation_effort effort;
    assert_int_equal(ali_radiation_foresee(&extent, &effort, NULL), ALICORN_OK);
    assert_true(effort.shared == !ground);
    return effort;
}

/** |F|^2 is a polynomial on the sphere of degree 2 ka, for whose integral no rule has fewer than
 * about (ka + 1)^2 directions; a product of Gauss and trapezoidal rules has twice as many,
 * and pi/2 times more in panels of theta. */
static void test_effort_follows_the_shape(void **state)
{
    (void)state;
    for (double size = 2.0; size < 400.0; size *= 3.0) {
        double least = (size + 1.0) * (size + 1.0);
        double directions = effort_of(size, size, false).directions;
        assert_true(directions > least);
        assert_true(directions <
                    ALI_PI * least * pow(1.0 + 5.0 * cbrt(size) / size + 8.0 / size, 2));
    }
    /* of a slender structure only the rings grow, with the height */
    double low = effort_of(100.0, 1.0, false).directions;
    assert_relative(effort_of(400.0, 1.0, false).directions / low, 4.0, 0.3);
    assert_relative(effort_of(400.0, 400.0, false).directions /
                        effort_of(100.0, 100.0, false).directions,
                    16.0, 0.3);
    /* lobes of slender structures are followed far around, over a ground */
    assert_true(effort_of(50.0, 2.0, true).refined > 2.0 * effort_of(50.0, 50.0, true).refined);
    assert_true(effort_of(50.0, 2.0, true).harmonics == 0.0);
}

static void test_no_power_no_gain(void **state)
{
    (void)state;
    assert_true(ali_radiation_gain(1.0, 0.0) == 0.0);
    assert_true(ali_radiation_gain(1.0, -2.0) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_dipole),
        cmocka_unit_test(test_half_wave_dipole_and_monopole),
        cmocka_unit_test(test_small_loop),
        cmocka_unit_test(test_power_of_a_wide_structure),
        cmocka_unit_test(test_maximum_of_a_steered_array),
        cmocka_unit_test(test_power_over_soil_by_brute_force),
        cmocka_unit_test(test_survey_of_several_currents),
        cmocka_unit_test(test_opposite_directions),
        cmocka_unit_test(test_extent_is_foreseen),
        cmocka_unit_test(test_effort_follows_the_shape),
        cmocka_unit_test(test_no_power_no_gain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
