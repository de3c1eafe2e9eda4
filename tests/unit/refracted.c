/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Far fields through the interface of two half-spaces, of short pieces of wire: against
 * Sommerfeld's integrals far away, and against the power that the same integrals take from a
 * dipole. */

#include "assert_close.h"
#include "green/half_space.h"
#include "hand_current.h"
#include "math/quadrature.h"
#include "observe/radiation.h"

#include <math.h>

/* Lengths in wavelengths of the air throughout. */
static const double k = 2.0 * ALI_PI;
static const double moment = 1e-4; /* of an element 1e-4 long [A m] */

/** An element of 1 A with its middle at (0, 0, z). */
static hand_current element_at(double z, ali_vec3 direction)
{
    double complex current = 1.0;
    ali_vec3 middle = {0.0, 0.0, z};
    hand_current hand = hand_create(1);
    hand_add_wire(&hand, ali_vec3_axpy(middle, -0.5 * moment, direction),
                  ali_vec3_axpy(middle, 0.5 * moment, direction), 1e-6, 1, hand_constant, &current);
    return hand;
}

static ali_ground soil_of(double complex permittivity)
{
    return (ali_ground){.kind = ALI_GROUND_SOMMERFELD,
                        .medium = {.eps_r = creal(permittivity),
                                   .sigma = -cimag(permittivity) * k * ALI_C0 * ALI_EPS0}};
}

static void far(hand_current *hand, double complex permittivity, double theta, double phi,
                double complex field[2])
{
    ali_ground ground = soil_of(permittivity);
    alicorn_error error;
    if (ali_far_field(hand_get(hand), k, &ground, ALI_PATTERN_SPACE_WAVE, 1, &theta, &phi,
                      &field[0], &field[1], &error))
        fail_msg("%s", error.message);
}

/* ---- Sommerfeld's integrals far away ---- */

/** r e^{jk_r r} E_theta and E_phi at distance r, without what falls faster than 1/r, of an element
 * of `moment` at height z along x or z; k_r is the wavenumber on the observer's side. */
static void potential_field(const ali_half_space *space, double z, bool along_x, double theta,
                            double phi, double r, double complex field[2])
{
    double rho = r * fabs(sin(theta)), height = r * cos(theta);
    double complex index = height > 0.0 ? 1.0 : csqrt(space->permittivity);
    double complex grow = r * cexp(I * k * index * r) * (-I * k * ALI_ETA0 * moment);
    ali_half_space_kernels whole;
    alicorn_error error;
    alicorn_status status =
        z * height < 0.0 ? ali_half_space_transmitted(space, rho, height, z, 1e-10, &whole, &error)
                         : ali_half_space_reflected(space, rho, height, z, 1e-10, &whole, &error);
    if (status != ALICORN_OK)
        fail_msg("%s", error.message);
    if (z * height > 0.0) {
        double distance = hypot(rho, height - z);
        double complex direct = cexp(-I * k * index * distance) / (4.0 * ALI_PI * distance);
        whole.xx += direct;
        whole.zz += direct;
    }
    double st = sin(theta), ct = cos(theta);
    if (along_x) {
        field[0] = grow * (whole.xx * cos(phi) * ct - whole.zx * cos(phi) * st);
        field[1] = grow * -whole.xx * sin(phi);
    } else {
        field[0] = grow * (whole.xz * ct - whole.zz * st);
        field[1] = 0.0;
    }
}

/** The same as r -> infinity: the next term falls like 1/r. */
static void limit_field(const ali_half_space *space, double z, bool along_x, double theta,
                        double phi, double complex field[2])
{
    double complex near[2], farther[2];
    potential_field(space, z, along_x, theta, phi, 2e6, near);
    potential_field(space, z, along_x, theta, phi, 4e6, farther);
    for (int c = 0; c < 2; c++)
        field[c] = 2.0 * farther[c] - near[c];
}

/** Of an element at height z in both orientations, towards angles from `first` degrees on. */
static void compare_with_integrals(double complex permittivity, double z, const double *degrees,
                                   size_t count)
{
    ali_half_space space = {k, permittivity};
    for (int along_x = 0; along_x < 2; along_x++) {
        hand_current hand = element_at(z, along_x ? (ali_vec3){1, 0, 0} : (ali_vec3){0, 0, 1});
        for (size_t i = 0; i < count; i++) {
            double theta = degrees[i] * ALI_DEGREE, phi = 0.7 + (double)i;
            double complex field[2], wanted[2];
            far(&hand, permittivity, theta, phi, field);
            limit_field(&space, z, along_x, theta, phi, wanted);
            double size = k * ALI_ETA0 * moment / (4.0 * ALI_PI) / cabs(csqrt(permittivity));
            for (int c = 0; c < 2; c++)
                assert_close(field[c] / size, wanted[c] / size, 1e-5);
        }
        hand_destroy(&hand);
    }
}

static void test_from_soil_into_air(void **state)
{
    (void)state;
    const double degrees[] = {0.0, 20.0, 45.0, 70.0, 80.0};
    const double complex soils[] = {13.0 - 3.0 * I, 81.0 - 300.0 * I, 4.0, 2.0 - 0.01 * I};
    for (size_t s = 0; s < sizeof soils / sizeof *soils; s++) {
        compare_with_integrals(soils[s], -0.003, degrees, 5);
        compare_with_integrals(soils[s], -0.08, degrees, 5);
    }
}

/** Below the critical angle of 30 degrees from the nadir and beyond it, where the wave in the air
 * is evanescent. */
static void test_into_a_lossless_soil(void **state)
{
    (void)state;
    const double degrees[] = {180.0, 165.0, 140.0, 110.0};
    compare_with_integrals(4.0, -0.3, degrees, 4);
    compare_with_integrals(4.0, 0.05, degrees, 4);
    compare_with_integrals(4.0, 0.4, degrees, 2);
}

/* ---- power ---- */

/** Second derivative of the reflected scalar kernel at the source, along x or with the sum of the
 * heights. */
static double complex second_derivative(const ali_half_space *space, double z, bool along_x)
{
    double step = 0.1 * fabs(z);
    double complex value[5];
    alicorn_error error;
    for (int i = -2; i <= 2; i++) {
        ali_half_space_kernels kernels;
        double rho = along_x ? fabs(step * i) : 0.0, up = along_x ? z : z + step * i;
        if (ali_half_space_reflected(space, rho, up, z, 1e-11, &kernels, &error))
            fail_msg("%s", error.message);
        value[i + 2] = kernels.phi;
    }
    return (-value[0] + 16.0 * value[1] - 30.0 * value[2] + 16.0 * value[3] - value[4]) /
           (12.0 * step * step);
}

/** Power that a dipole of `moment` takes in over a lossless soil [W]. */
static double input_power(const ali_half_space *space, double z, bool along_x)
{
    ali_half_space_kernels kernels;
    alicorn_error error;
    if (ali_half_space_reflected(space, 0.0, z, z, 1e-11, &kernels, &error))
        fail_msg("%s", error.message);
    double complex derivative = second_derivative(space, z, along_x) / (k * k);
    double complex kernel = along_x ? kernels.xx + derivative : kernels.zz - derivative;
    double index = z < 0.0 ? sqrt(creal(space->permittivity)) : 1.0;
    return moment * moment * k * ALI_ETA0 *
           (index * k / (12.0 * ALI_PI) - 0.5 * creal(-I * kernel));
}

/** Power that leaves between two angles from zenith, both ends of which are singular like a root.
 */
static double power_between(hand_current *hand, double permittivity, double low, double high)
{
    enum { RINGS = 40, AROUND = 4 };
    double node[RINGS], weight[RINGS], power = 0.0;
    double index = low >= 0.5 * ALI_PI ? sqrt(permittivity) : 1.0;
    ali_gauss_legendre(RINGS, node, weight);
    for (int i = 0; i < RINGS; i++) {
        double at = 0.5 * ALI_PI * (1.0 + node[i]);
        double theta = low + 0.5 * (high - low) * (1.0 - cos(at));
        double width = 0.25 * ALI_PI * weight[i] * (high - low) * sin(at) * fabs(sin(theta));
        for (int j = 0; j < AROUND; j++) {
            double complex field[2];
            far(hand, permittivity, theta, 0.3 + 2.0 * ALI_PI * j / AROUND, field);
            power += 2.0 * ALI_PI / AROUND * width * index / (2.0 * ALI_ETA0) *
                     (creal(field[0] * conj(field[0])) + creal(field[1] * conj(field[1])));
        }
    }
    return power;
}

static void test_up_and_down_is_all(void **state)
{
    (void)state;
    const double heights[] = {0.1, 0.35, -0.05, -0.2}, permittivity = 4.0;
    ali_half_space space = {k, permittivity};
    ali_ground ground = soil_of(permittivity);
    for (size_t i = 0; i < sizeof heights / sizeof *heights; i++)
        for (int along_x = 0; along_x < 2; along_x++) {
            hand_current hand =
                element_at(heights[i], along_x ? (ali_vec3){1, 0, 0} : (ali_vec3){0, 0, 1});
            double critical = ALI_PI - asin(1.0 / sqrt(permittivity)), middle = 0.5 * ALI_PI;
            double up = power_between(&hand, permittivity, 0.0, middle);
            double down = power_between(&hand, permittivity, middle, critical) +
                          power_between(&hand, permittivity, critical, ALI_PI);
            double input = input_power(&space, heights[i], along_x);
            assert_close((up + down) / input, 1.0, 1e-4);
            /* and what a survey reports is the power upwards */
            ali_radiator *radiator;
            double surveyed;
            ali_radiation_peak peak;
            assert_int_equal(ali_radiator_create(hand_get(&hand), k, &ground,
                                                 ALI_PATTERN_SPACE_WAVE, &radiator, NULL),
                             ALICORN_OK);
            assert_int_equal(ali_radiation_survey((const ali_radiator *const *)&radiator, 1,
                                                  &surveyed, &peak, NULL),
                             ALICORN_OK);
            assert_close(surveyed / up, 1.0, 1e-6);
            ali_radiator_destroy(radiator);
            hand_destroy(&hand);
        }
}

/* ---- limits ---- */

/** E along the interface is continuous, E across it jumps by the permittivity. */
static void test_through_the_interface(void **state)
{
    (void)state;
    const double complex eps = 13.0 - 3.0 * I;
    const ali_vec3 axes[] = {{1, 0, 0}, {0, 0, 1}};
    for (int a = 0; a < 2; a++) {
        hand_current above = element_at(1e-9 + 0.5 * moment * axes[a].z, axes[a]);
        hand_current below = element_at(-1e-9 - 0.5 * moment * axes[a].z, axes[a]);
        for (double theta = 0.1; theta < 1.5; theta += 0.2) {
            double complex up[2], down[2];
            far(&above, eps, theta, 0.4, up);
            far(&below, eps, theta, 0.4, down);
            for (int c = 0; c < 2; c++)
                assert_close(down[c] * (a ? eps : 1.0) / cabs(up[0]), up[c] / cabs(up[0]),
                             a ? 2.0 * k * moment * cabs(csqrt(eps)) : 1e-6);
        }
        hand_destroy(&above);
        hand_destroy(&below);
    }
}

/** A bent wire that crosses the plane, in a soil that is nothing but air. */
static void test_air_below_is_free_space(void **state)
{
    (void)state;
    const ali_vec3 point[] = {{0.1, 0.2, 0.3}, {0.2, -0.1, 0.0}, {0.5, 0.1, -0.4}};
    double complex current = 1.0 - 0.5 * I;
    hand_current hand = hand_create(2);
    for (int i = 0; i < 2; i++)
        hand_add_wire(&hand, point[i], point[i + 1], 1e-2, 1, hand_constant, &current);
    for (double theta = 0.05; theta < ALI_PI; theta += 0.2) {
        double complex field[2], alone[2];
        double phi = 3.0 * theta;
        far(&hand, 1.0, theta, phi, field);
        assert_int_equal(
            ali_far_field(hand_get(&hand), k, NULL, 0, 1, &theta, &phi, &alone[0], &alone[1], NULL),
            ALICORN_OK);
        for (int c = 0; c < 2; c++)
            assert_close(field[c], alone[c], 1e-6);
    }
    hand_destroy(&hand);
}

static void test_no_far_field_in_lossy_soil(void **state)
{
    (void)state;
    double complex field[2];
    hand_current hand = element_at(-0.05, (ali_vec3){0.6, 0, 0.8});
    far(&hand, 4.0 - 1e-9 * I, 2.0, 0.3, field);
    assert_true(field[0] == 0.0 && field[1] == 0.0);
    far(&hand, 4.0, 2.0, 0.3, field);
    assert_true(cabs(field[0]) > 0.01);
    hand_destroy(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_soil_into_air),
        cmocka_unit_test(test_into_a_lossless_soil),
        cmocka_unit_test(test_up_and_down_is_all),
        cmocka_unit_test(test_through_the_interface),
        cmocka_unit_test(test_air_below_is_free_space),
        cmocka_unit_test(test_no_far_field_in_lossy_soil),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
