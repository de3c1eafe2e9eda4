/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/far_field.h"

#include "hand_current.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define WAVELENGTH 2.5
static const double k = 2 * ALI_PI / WAVELENGTH;

static void assert_near(double complex value, double complex expected, double tolerance)
{
    if (!(cabs(value - expected) <= tolerance))
        fail_msg("%.10g%+.10gj instead of %.10g%+.10gj, tolerance %g", creal(value), cimag(value),
                 creal(expected), cimag(expected), tolerance);
}

static void far(const ali_current *current, const ali_ground *ground, ali_pattern_mode mode,
                double theta, double phi, double complex e[2])
{
    alicorn_error error = {0};
    assert_int_equal(ali_far_field(current, k, ground, mode, 1, &theta, &phi, &e[0], &e[1], &error),
                     ALICORN_OK);
}

/** Half-wave dipole along z, sinusoidal current 1 A, centre at (x, y, z). */
static void add_half_wave(hand_current *hand, double x, double y, double z,
                          double complex amplitude)
{
    hand_sine_data data = {amplitude, k, WAVELENGTH / 4};
    hand_add_wire(hand, (ali_vec3){x, y, z - data.half}, (ali_vec3){x, y, z + data.half}, 1e-6, 8,
                  hand_sine, &data);
}

static void test_half_wave_dipole(void **state)
{
    (void)state;
    hand_current hand = hand_create(8);
    add_half_wave(&hand, 0, 0, 0, 1.0);
    for (int degree = 5; degree < 180; degree += 7) {
        double theta = degree * ALI_DEGREE;
        double complex e[2];
        far(hand_get(&hand), NULL, 0, theta, 0.3, e);
        /* F = j eta/(2 pi) cos(pi/2 cos)/sin */
        assert_near(e[0], I * ALI_ETA0 / (2 * ALI_PI) * cos(ALI_PI / 2 * cos(theta)) / sin(theta),
                    2e-6 * 60);
        assert_near(e[1], 0.0, 1e-12);
    }
    hand_destroy(&hand);
}

static void test_short_dipole_in_all_orientations(void **state)
{
    (void)state;
    const ali_vec3 middle = {0.3, -0.7, 1.1};
    const ali_vec3 direction = {1.0 / 3, -2.0 / 3, 2.0 / 3};
    const double length = 1e-4;
    double complex current = 2.0 - 1.0 * I;
    hand_current hand = hand_create(1);
    hand_add_wire(&hand, ali_vec3_axpy(middle, -0.5 * length, direction),
                  ali_vec3_axpy(middle, 0.5 * length, direction), 1e-7, 1, hand_constant, &current);
    for (int i = 0; i < 20; i++) {
        double theta = 0.15 * i, phi = 0.9 * i;
        ali_vec3 n = {sin(theta) * cos(phi), sin(theta) * sin(phi), cos(theta)};
        ali_vec3 theta_hat = {cos(theta) * cos(phi), cos(theta) * sin(phi), -sin(theta)};
        ali_vec3 phi_hat = {-sin(phi), cos(phi), 0};
        double complex f = -I * k * ALI_ETA0 / (4 * ALI_PI) * current * length *
                           cexp(I * k * ali_vec3_dot(n, middle));
        double complex e[2];
        far(hand_get(&hand), NULL, 0, theta, phi, e);
        assert_near(e[0] / cabs(f), f / cabs(f) * ali_vec3_dot(theta_hat, direction), 1e-8);
        assert_near(e[1] / cabs(f), f / cabs(f) * ali_vec3_dot(phi_hat, direction), 1e-8);
    }
    hand_destroy(&hand);
}

static void test_long_element_is_cut(void **state)
{
    (void)state;
    /* constant current over 3.7 wavelengths in one element: a sinc */
    const double length = 3.7 * WAVELENGTH;
    double complex current = 1.0;
    hand_current hand = hand_create(1);
    hand_add_wire(&hand, (ali_vec3){0, 0, -length / 2}, (ali_vec3){0, 0, length / 2}, 1e-6, 1,
                  hand_constant, &current);
    for (int degree = 1; degree < 90; degree += 4) {
        double theta = degree * ALI_DEGREE, x = 0.5 * k * length * cos(theta);
        double complex e[2];
        far(hand_get(&hand), NULL, 0, theta, 0, e);
        double complex f = I * k * ALI_ETA0 / (4 * ALI_PI) * length;
        assert_near(e[0] / cabs(f), I * sin(theta) * sin(x) / x, 1e-10);
    }
    hand_destroy(&hand);
}

static void test_two_element_array(void **state)
{
    (void)state;
    /* endfire pair: a quarter wave apart along x, the second lags 90 degrees: nothing towards -x */
    hand_current pair = hand_create(16), single = hand_create(8);
    add_half_wave(&single, 0, 0, 0, 1.0);
    add_half_wave(&pair, 0, 0, 0, 1.0);
    add_half_wave(&pair, WAVELENGTH / 4, 0, 0, -I);
    for (int degree = 0; degree < 360; degree += 15) {
        double phi = degree * ALI_DEGREE;
        double complex e[2], one[2];
        far(hand_get(&pair), NULL, 0, ALI_PI / 2, phi, e);
        far(hand_get(&single), NULL, 0, ALI_PI / 2, phi, one);
        assert_near(e[0], one[0] * (1.0 - I * cexp(I * ALI_PI / 2 * cos(phi))), 1e-10);
    }
    hand_destroy(&pair);
    hand_destroy(&single);
}

/** Point on a circle of radius r at angle t. */
static ali_vec3 on_circle(double r, double t)
{
    return (ali_vec3){r * cos(t), r * sin(t), 0};
}

/** J1 by Bessel's integral. */
static double bessel_j1(double x)
{
    double sum = 0.0;
    for (int i = 0; i < 64; i++) {
        double t = 2 * ALI_PI * (i + 0.5) / 64;
        sum += cos(t - x * sin(t)) / 64;
    }
    return sum;
}

static void test_circular_loop(void **state)
{
    (void)state;
    /* uniform current on a loop of one wavelength circumference: E_phi = eta ka/2 J1(ka sin) */
    enum { SIDES = 360 };
    double r = 1.0 / k;
    double complex current = 1.0;
    hand_current hand = hand_create(SIDES);
    for (int i = 0; i < SIDES; i++)
        hand_add_wire(&hand, on_circle(r, 2 * ALI_PI * i / SIDES),
                      on_circle(r, 2 * ALI_PI * (i + 1) / SIDES), 1e-6, 1, hand_constant, &current);
    for (int degree = 0; degree <= 180; degree += 10) {
        double theta = degree * ALI_DEGREE;
        double complex e[2];
        far(hand_get(&hand), NULL, 0, theta, 0.1, e);
        assert_near(e[0], 0.0, 1e-8);
        assert_near(e[1], 0.5 * ALI_ETA0 * bessel_j1(sin(theta)), 1e-4 * ALI_ETA0);
    }
    hand_destroy(&hand);
}

static void test_tube_factor(void **state)
{
    (void)state;
    /* broadside of a tube with ka = 0.3: J0(0.3) of the thin wire's field; along the axis nothing
     *  changes */
    double complex current = 1.0;
    hand_current thin = hand_create(1), thick = hand_create(1);
    ali_vec3 a = {0, 0, -0.1}, b = {0, 0, 0.1};
    hand_add_wire(&thin, a, b, 1e-9, 1, hand_constant, &current);
    hand_add_wire(&thick, a, b, 0.3 / k, 1, hand_constant, &current);
    double complex e[2], f[2];
    far(hand_get(&thin), NULL, 0, ALI_PI / 2, 0, e);
    far(hand_get(&thick), NULL, 0, ALI_PI / 2, 0, f);
    assert_near(f[0] / e[0], 0.977626246538296, 1e-10); /* [AbramowitzStegun:1964] table 9.1 */
    far(hand_get(&thin), NULL, 0, 1e-3, 0, e);
    far(hand_get(&thick), NULL, 0, 1e-3, 0, f);
    assert_near(f[0] / e[0], 1.0, 1e-7);
    hand_destroy(&thin);
    hand_destroy(&thick);
}

/** A bent wire with a complex current above ground; with `image`, below it what a PEC makes of it.
 */
static hand_current bent_wire(bool image)
{
    const ali_vec3 point[] = {{0.1, 0.2, 0.3}, {0.2, -0.1, 1.0}, {1.3, 0.4, 1.2}};
    hand_current hand = hand_create(16);
    for (int side = 0; side <= image; side++)
        for (int i = 0; i < 2; i++) {
            double complex current = (side ? -1.0 : 1.0) * (1.0 + 0.5 * I * i);
            ali_vec3 a = point[i], b = point[i + 1];
            if (side) {
                a = ali_vec3_mirror_z(a);
                b = ali_vec3_mirror_z(b);
            }
            hand_add_wire(&hand, a, b, 1e-3, 4, hand_constant, &current);
        }
    return hand;
}

static void test_pec_ground_is_the_mirrored_current(void **state)
{
    (void)state;
    hand_current real = bent_wire(false), both = bent_wire(true);
    ali_ground pec = {.kind = ALI_GROUND_PEC};
    for (int i = 0; i <= 12; i++) {
        double theta = i * ALI_PI / 24, phi = 1.7 * i;
        double complex e[2], f[2];
        far(hand_get(&real), &pec, ALI_PATTERN_SPACE_WAVE, theta, phi, e);
        far(hand_get(&both), NULL, ALI_PATTERN_SPACE_WAVE, theta, phi, f);
        assert_near(e[0], f[0], 1e-9);
        assert_near(e[1], f[1], 1e-9);
    }
    double complex e[2];
    far(hand_get(&real), &pec, ALI_PATTERN_SPACE_WAVE, 100 * ALI_DEGREE, 0, e);
    assert_true(e[0] == 0.0 && e[1] == 0.0);
    hand_destroy(&real);
    hand_destroy(&both);
}

static void test_lossy_ground_between_its_limits(void **state)
{
    (void)state;
    hand_current real = bent_wire(false);
    ali_ground pec = {.kind = ALI_GROUND_PEC};
    ali_ground metal = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 1, .sigma = 5.8e7}};
    ali_ground air = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 1}};
    ali_ground soil = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 13, .sigma = 0.005}};
    double complex e[2], f[2];
    for (int i = 0; i < 8; i++) {
        double theta = i * 0.19, phi = 2.1 * i;
        far(hand_get(&real), &metal, 0, theta, phi, e);
        far(hand_get(&real), &pec, 0, theta, phi, f);
        assert_near(e[0], f[0], 1e-3 * cabs(f[0]) + 1e-3);
        assert_near(e[1], f[1], 1e-3 * cabs(f[1]) + 1e-3);
        far(hand_get(&real), &air, 0, theta, phi, e);
        far(hand_get(&real), NULL, 0, theta, phi, f);
        assert_near(e[0], f[0], 1e-10);
        assert_near(e[1], f[1], 1e-10);
    }
    /* at the horizon the reflection cancels the direct ray */
    far(hand_get(&real), &soil, 0, ALI_PI / 2, 0.4, e);
    assert_true(cabs(e[0]) < 1e-12 && cabs(e[1]) < 1e-12);
    hand_destroy(&real);
}

static void test_lossy_ground_by_ray_optics(void **state)
{
    (void)state;
    /* a short vertical and a short horizontal dipole at height h, with reflection coefficients
     *  worked out here */
    const double h = 0.9, theta = 65 * ALI_DEGREE, omega = k * ALI_C0;
    ali_ground soil = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 5, .sigma = 0.02}};
    double complex eps = 5 - I * 0.02 / (omega * ALI_EPS0);
    double complex root = csqrt(eps - pow(sin(theta), 2));
    double complex r_v = (eps * cos(theta) - root) / (eps * cos(theta) + root);
    double complex r_h = (cos(theta) - root) / (cos(theta) + root);
    double complex up = cexp(I * k * h * cos(theta)), down = cexp(-I * k * h * cos(theta));
    double complex current = 1.0;
    double unit = k * ALI_ETA0 / (4 * ALI_PI) * 1e-4;
    hand_current vertical = hand_create(1), horizontal = hand_create(1);
    hand_add_wire(&vertical, (ali_vec3){0, 0, h - 5e-5}, (ali_vec3){0, 0, h + 5e-5}, 1e-7, 1,
                  hand_constant, &current);
    hand_add_wire(&horizontal, (ali_vec3){0, -5e-5, h}, (ali_vec3){0, 5e-5, h}, 1e-7, 1,
                  hand_constant, &current);
    double complex e[2];
    far(hand_get(&vertical), &soil, 0, theta, 0.2, e);
    assert_near(e[0] / unit, I * sin(theta) * (up + r_v * down), 1e-8);
    far(hand_get(&horizontal), &soil, 0, theta, 0.0, e);
    assert_near(e[1] / unit, -I * (up + r_h * down), 1e-8);
    far(hand_get(&horizontal), &soil, 0, theta, ALI_PI / 2, e);
    assert_near(e[0] / unit, -I * cos(theta) * (up - r_v * down), 1e-8);
    hand_destroy(&vertical);
    hand_destroy(&horizontal);
}

static void test_cliff_and_screen_choose_by_specular_point(void **state)
{
    (void)state;
    hand_current hand = hand_create(1);
    double complex current = 1.0, e[2], f[2];
    hand_add_wire(&hand, (ali_vec3){0, 0, 1}, (ali_vec3){0, 0, 1.01}, 1e-5, 1, hand_constant,
                  &current);
    ali_ground ground = {
        .kind = ALI_GROUND_REFLECTION,
        .medium = {.eps_r = 13, .sigma = 0.005},
        .radial_count = 30,
        .radial_length = 1.5,
        .radial_radius = 1e-3,
        .has_second = true,
        .second = {.eps_r = 81, .sigma = 4},
        .cliff_distance = 3.0,
    };
    ali_ground near = ground, sea = ground;
    near.kind = ALI_GROUND_REFLECTION;
    sea.medium = ground.second;
    /* specular point at tan(theta) metres: 70 degrees is inside 3 m, 75 beyond */
    const ali_pattern_mode modes[] = {ALI_PATTERN_LINEAR_CLIFF, ALI_PATTERN_CIRCULAR_CLIFF};
    for (int m = 0; m < 2; m++) {
        far(hand_get(&hand), &ground, modes[m], 70 * ALI_DEGREE, 0, e);
        far(hand_get(&hand), &near, 0, 70 * ALI_DEGREE, 0, f);
        assert_near(e[0], f[0], 1e-12);
        far(hand_get(&hand), &ground, modes[m], 75 * ALI_DEGREE, 0, e);
        far(hand_get(&hand), &sea, 0, 75 * ALI_DEGREE, 0, f);
        assert_near(e[0], f[0], 1e-12);
    }
    /* the linear edge is at x = 3 only, the circular one all around */
    far(hand_get(&hand), &ground, modes[0], 75 * ALI_DEGREE, ALI_PI, e);
    far(hand_get(&hand), &near, 0, 75 * ALI_DEGREE, ALI_PI, f);
    assert_near(e[0], f[0], 1e-12);
    far(hand_get(&hand), &ground, modes[1], 75 * ALI_DEGREE, ALI_PI, e);
    far(hand_get(&hand), &sea, 0, 75 * ALI_DEGREE, ALI_PI, f);
    assert_near(e[0], f[0], 1e-12);
    /* a second medium 2 m lower: as if over it alone, the antenna 2 m higher */
    ground.cliff_height = 2.0;
    far(hand_get(&hand), &ground, modes[1], 75 * ALI_DEGREE, 0.5, e);
    hand_current raised = hand_create(1);
    hand_add_wire(&raised, (ali_vec3){0, 0, 3}, (ali_vec3){0, 0, 3.01}, 1e-5, 1, hand_constant,
                  &current);
    far(hand_get(&raised), &sea, 0, 75 * ALI_DEGREE, 0.5, f);
    assert_near(cabs(e[0]), cabs(f[0]), 1e-9);
    hand_destroy(&raised);
    /* dense wires make a screen of metal, and it ends where they end */
    ali_ground pec = {.kind = ALI_GROUND_PEC};
    ground.radial_count = 100000;
    ground.radial_radius = 1e-6;
    far(hand_get(&hand), &ground, ALI_PATTERN_SCREEN, 40 * ALI_DEGREE, 0, e);
    far(hand_get(&hand), &pec, 0, 40 * ALI_DEGREE, 0, f);
    assert_near(e[0], f[0], 1e-3 * cabs(f[0]));
    far(hand_get(&hand), &ground, ALI_PATTERN_SCREEN, 60 * ALI_DEGREE, 0, e);
    far(hand_get(&hand), &near, 0, 60 * ALI_DEGREE, 0, f);
    assert_near(e[0], f[0], 1e-12);
    hand_destroy(&hand);
}

static void test_refusals(void **state)
{
    (void)state;
    hand_current hand = hand_create(1);
    double complex current = 1.0, e[2];
    hand_add_wire(&hand, (ali_vec3){0, 0, 1}, (ali_vec3){0, 0, 2}, 1.0, 1, hand_constant, &current);
    double angle = 0;
    alicorn_error error = {0};
    assert_int_equal(
        ali_far_field(hand_get(&hand), k, NULL, 0, 1, &angle, &angle, e, e + 1, &error),
        ALICORN_E_INPUT);
    assert_non_null(strstr(error.message, "0.36 wavelengths"));
    hand.mesh.elements[0].radius = 1e-3;
    ali_ground soil = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 13, .sigma = 0.005}};
    assert_int_equal(ali_far_field(hand_get(&hand), k, &soil, ALI_PATTERN_LINEAR_CLIFF, 1, &angle,
                                   &angle, e, e + 1, &error),
                     ALICORN_E_INPUT);
    assert_non_null(strstr(error.message, "second medium"));
    hand_destroy(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half_wave_dipole),
        cmocka_unit_test(test_short_dipole_in_all_orientations),
        cmocka_unit_test(test_long_element_is_cut),
        cmocka_unit_test(test_two_element_array),
        cmocka_unit_test(test_circular_loop),
        cmocka_unit_test(test_tube_factor),
        cmocka_unit_test(test_pec_ground_is_the_mirrored_current),
        cmocka_unit_test(test_lossy_ground_between_its_limits),
        cmocka_unit_test(test_lossy_ground_by_ray_optics),
        cmocka_unit_test(test_cliff_and_screen_choose_by_specular_point),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
