/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/ground_field.h"

#include "assert_close.h"
#include "soil_fields.h"

#include <math.h>

/** 1 - (s/half)^2. */
static void arch(double s, const void *data, double complex *value, double complex *slope)
{
    double half = *(const double *)data;
    *value = 1.0 - s * s / (half * half);
    *slope = -2.0 * s / (half * half);
}

/* ---- Hertzian dipoles ---- */

static void test_dipoles_against_transmission_lines(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 20.0 - 30.0 * I};
    const double heights[][2] = {{0.1, 0.12}, {-0.05, -0.06}, {-0.06, 0.1}, {0.1, -0.06}};
    const double half = 2.5e-4, radius = 1e-7;
    const ali_vec3 direction = {2.0 / 7, 3.0 / 7, 6.0 / 7};
    for (int s = 0; s < 2; s++)
        for (int i = 0; i < 4; i++) {
            ali_half_space space = {k0, soils[s]};
            ali_ground ground = ground_of(soils[s]);
            ali_vec3 source = {0.3, 0.2, heights[i][1]}, p = {0.41, 0.14, heights[i][0]};
            hand_current hand = hand_create(1);
            hand_add_element(&hand, ali_vec3_axpy(source, -half, direction),
                             ali_vec3_axpy(source, half, direction), radius, -half, arch, &half);
            sample ours = field_at(hand_get(&hand), &ground, p);
            double complex truth[3], factor = -I * k0 * ALI_ETA0 * half * 4.0 / 3.0;
            dipole_truth(&space, direction, source, p, truth);
            for (int c = 0; c < 3; c++)
                truth[c] *= factor;
            assert_vector(ours.e, truth, 3e-5);
            hand_destroy(&hand);
        }
}

/* ---- wires ---- */

/** A wire of half length 0.25 with the current of a dipole around height z, in `count` elements;
 * one more node where it crosses z = 0. */
static hand_current tilted_wire(double z, double radius, int count)
{
    static const hand_sine_data data = {1.0 + 0.3 * I, 2.0 * ALI_PI, 0.25};
    const ali_vec3 direction = {2.0 / 7, 3.0 / 7, 6.0 / 7};
    hand_current hand = hand_create((size_t)count + 2);
    const ali_vec3 middle = {0.0, 0.0, z};
    const double step = 0.5 / count;
    double from = -0.25, cut = -middle.z / direction.z;
    while (from < 0.25 - 1e-9) {
        double to = from + step < 0.25 - 1e-9 ? from + step : 0.25;
        if (from < cut - 1e-9 && to > cut + 1e-9)
            to = cut;
        hand_add_element(&hand, ali_vec3_axpy(middle, from, direction),
                         ali_vec3_axpy(middle, to, direction), radius, from, hand_sine, &data);
        from = to;
    }
    return hand;
}

/** Above, grazing with its end 0.7 mm over the ground, across, and below. */
static const double wire_heights[] = {0.4, 0.215, 0.07, -0.3};
enum { WIRES = sizeof wire_heights / sizeof *wire_heights };

static void test_fields_obey_maxwell(void **state)
{
    (void)state;
    const double complex eps = 6.0 - 4.0 * I;
    const ali_vec3 places[] = {{0.1, 0.05, 0.06}, {0.2, -0.05, -0.04}};
    for (int i = 0; i < 2; i++)
        for (int w = i; w < WIRES; w += 2) {
            hand_current hand = tilted_wire(wire_heights[w], 1e-3, 8);
            /* differences of second order: (d/R)^2/6, and the kernels' own errors over d */
            assert_maxwell(hand_get(&hand), eps, places[i], 2e-3, 2e-3);
            hand_destroy(&hand);
        }
}

static void test_continuity_at_the_interface(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 13.0 - 3.0 * I, 81.0 - 300.0 * I};
    const ali_vec3 places[] = {{0.1, 0.05, 0.0}, {0.02, -0.01, 0.0}, {-0.3, 0.2, 0.0}};
    /* where it is the current that conserves its charge only as well as polynomials fit it */
    const double tolerance[] = {3e-6, 3e-5, 3e-4};
    for (int s = 0; s < 3; s++)
        for (int w = s % 2; w < WIRES; w += 2) {
            hand_current hand = tilted_wire(wire_heights[w], 1e-4, 16);
            assert_continuous(hand_get(&hand), soils[s], places[(s + w + 1) % 3], tolerance[s]);
            hand_destroy(&hand);
        }
}

static void test_limits(void **state)
{
    (void)state;
    ali_ground metal = ground_of(1.0 - 1e9 * I), pec = {.kind = ALI_GROUND_PEC};
    ali_ground air = ground_of(1.0), nearly = ground_of(1.0 + 1e-7);
    for (int w = 0; w < WIRES; w++) {
        hand_current hand = tilted_wire(wire_heights[w], 1e-3, 8);
        const ali_vec3 up = {0.1, 0.05, 0.06}, down = {0.2, -0.05, -0.04};
        sample truth = field_at(hand_get(&hand), NULL, up);
        for (int i = w % 2; i < 2; i += 2) {
            sample ours = field_at(hand_get(&hand), i ? &nearly : &air, up);
            assert_vector(ours.e, truth.e, 5e-5);
            assert_vector(ours.h, truth.h, 5e-5);
            ours = field_at(hand_get(&hand), i ? &nearly : &air, down);
            sample below = field_at(hand_get(&hand), NULL, down);
            assert_vector(ours.e, below.e, 5e-5);
            assert_vector(ours.h, below.h, 5e-5);
        }
        if (wire_heights[w] > 0.2) {
            truth = field_at(hand_get(&hand), &pec, up);
            sample ours = field_at(hand_get(&hand), &metal, up);
            assert_vector(ours.e, truth.e, 1e-4);
            assert_vector(ours.h, truth.h, 1e-4);
        }
        hand_destroy(&hand);
    }
}

/** Many points get a table, few integrals. */
static void test_tables_and_integrals_agree(void **state)
{
    (void)state;
    enum { POINTS = 800, EVERY = 199 };
    static double point[POINTS][3];
    static double complex e[POINTS][3], h[POINTS][3];
    const ali_ground ground = ground_of(13.0 - 3.0 * I);
    hand_current hand = tilted_wire(0.215, 1e-3, 8);
    for (int i = 0; i < POINTS; i++) {
        point[i][0] = 0.02 * (i % 20) - 0.17;
        point[i][1] = 0.02 * (i / 20 % 20) - 0.21;
        point[i][2] = 0.04 * (0.5 + i / 400);
    }
    assert_int_equal(
        ali_near_field(hand_get(&hand), k0, &ground, POINTS, point[0], e[0], h[0], NULL),
        ALICORN_OK);
    for (int i = 0; i < POINTS; i += EVERY) {
        sample exact =
            field_at(hand_get(&hand), &ground, (ali_vec3){point[i][0], point[i][1], point[i][2]});
        assert_vector(e[i], exact.e, 2e-5);
        assert_vector(h[i], exact.h, 2e-5);
    }
    hand_destroy(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dipoles_against_transmission_lines),
        cmocka_unit_test(test_fields_obey_maxwell),
        cmocka_unit_test(test_continuity_at_the_interface),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_tables_and_integrals_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
