/* SPDX-License-Identifier: Apache-2.0 */
#include "green/half_space.h"
#include "assert_close.h"
#include "base/constants.h"
#include "green/sommerfeld.h"
#include "half_space_lines.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>

/* Lengths in wavelengths of the air throughout. */
static const double k0 = 2.0 * ALI_PI;
static const double sharp = 1e-10;

static ali_half_space_kernels kernels_at(const ali_half_space *space, double rho, double z,
                                         double z_source)
{
    ali_half_space_kernels kernels;
    alicorn_error error;
    alicorn_status status =
        z * z_source > 0.0
            ? ali_half_space_reflected(space, rho, z, z_source, sharp, &kernels, &error)
            : ali_half_space_transmitted(space, rho, z, z_source, sharp, &kernels, &error);
    if (status != ALICORN_OK)
        fail_msg("%s", error.message);
    return kernels;
}

/* ---- the same from the potentials ---- */

/** Central differences of order 8, for the first and the second derivative. */
static const double first_difference[5] = {0.0, 4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
static const double second_difference[5] = {-205.0 / 72, 8.0 / 5, -1.0 / 5, 8.0 / 315, -1.0 / 560};

static double complex phi_at(const ali_half_space *space, const double at[3])
{
    return kernels_at(space, fabs(at[0]), at[1], at[2]).phi;
}

/** d^2 phi/da db of the coordinates rho, z, z_source. */
static double complex phi_derivative(const ali_half_space *space, const double at[3], int a, int b,
                                     double step)
{
    double complex sum = 0.0;
    for (int i = -4; i <= 4; i++) {
        double moved[3] = {at[0], at[1], at[2]};
        moved[a] += i * step;
        if (a == b) {
            sum += second_difference[abs(i)] * phi_at(space, moved);
            continue;
        }
        double start = moved[b];
        for (int m = -4; m <= 4 && i != 0; m++) {
            moved[b] = start + m * step;
            double weight = first_difference[abs(i)] * first_difference[abs(m)];
            if (m != 0)
                sum += (i * m > 0 ? weight : -weight) * phi_at(space, moved);
        }
    }
    return sum / (step * step);
}

static half_space_dipole fields_of_potentials(const ali_half_space *space, double rho, double z,
                                              double z_source)
{
    double at[3] = {rho, z, z_source}, k2 = k0 * k0;
    double k_slow = k0 * (z < 0.0 || z_source < 0.0 ? sqrt(cabs(space->permittivity)) : 1.0);
    double step = fmin(0.12 * fmin(fabs(z), fabs(z_source)), 0.3 / k_slow);
    ali_half_space_kernels kernels = kernels_at(space, rho, z, z_source);
    double complex slope = 0.0; /* d phi/d rho */
    for (int i = 1; i <= 4; i++)
        slope += first_difference[i] / step *
                 (kernels_at(space, rho + i * step, z, z_source).phi -
                  kernels_at(space, fabs(rho - i * step), z, z_source).phi);
    return (half_space_dipole){
        .xx = kernels.xx + phi_derivative(space, at, 0, 0, step) / k2,
        .yy = kernels.xx + slope / rho / k2,
        .zx = kernels.zx + phi_derivative(space, at, 0, 1, step) / k2,
        .xz = kernels.xz - phi_derivative(space, at, 0, 2, step) / k2,
        .zz = kernels.zz - phi_derivative(space, at, 1, 2, step) / k2,
    };
}

static void test_dipole_fields_on_both_sides(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 20.0 - 30.0 * I};
    const double places[][3] = {/* rho, z, z_source */
                                {0.15, 0.1, 0.12},
                                {0.1, -0.05, -0.06},
                                {0.12, -0.06, 0.1},
                                {0.12, 0.1, -0.06}};
    for (size_t s = 0; s < sizeof soils / sizeof soils[0]; s++)
        for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
            ali_half_space space = {k0, soils[s]};
            const double *at = places[p];
            half_space_dipole truth = half_space_fields(&space, at[0], at[1], at[2]);
            half_space_dipole ours = fields_of_potentials(&space, at[0], at[1], at[2]);
            double size = fmax(cabs(truth.xx), cabs(truth.zz));
            assert_close(ours.xx, truth.xx, 1e-6 * size);
            assert_close(ours.yy, truth.yy, 1e-6 * size);
            assert_close(ours.zx, truth.zx, 1e-6 * size);
            assert_close(ours.xz, truth.xz, 1e-6 * size);
            assert_close(ours.zz, truth.zz, 1e-6 * size);
        }
}

/* ---- input power against radiated power, lossless soil ---- */

/** Power [with omega = k0, mu0 = eps0 = 1] of a dipole of moment 1 at height h, by Parseval's
 * theorem from the waves that leave upwards and downwards. */
static void radiated_power(double permittivity, double h, double *vertical, double *horizontal)
{
    enum { STEPS = 20000 };
    ali_half_space space = {k0, permittivity};
    double index = sqrt(permittivity);
    *vertical = *horizontal = 0.0;
    for (int i = 0; i < STEPS; i++) {
        /* krho = k sin a, in pieces that end at the branch points */
        double complex krho, kz1, kz2;
        double width, a = (i + 0.5) / STEPS * ALI_PI;
        krho = 0.5 * k0 * (1.0 - cos(a));
        width = 0.5 * k0 * sin(a) * ALI_PI / STEPS;
        for (int piece = 0; piece < 2; piece++) {
            if (piece == 1) {
                krho = k0 + 0.5 * k0 * (index - 1.0) * (1.0 - cos(a));
                width = 0.5 * k0 * (index - 1.0) * sin(a) * ALI_PI / STEPS;
            }
            kz1 = half_space_kz(k0, 1.0, krho);
            kz2 = half_space_kz(k0, space.permittivity, krho);
            double complex tm1 = kz1 / k0, tm2 = kz2 / (k0 * permittivity), te1 = k0 / kz1,
                           te2 = k0 / kz2, fall = cexp(-I * kz1 * h);
            double complex tm = (tm2 - tm1) / (tm2 + tm1), te = (te2 - te1) / (te2 + te1);
            double weight = creal(krho) * width / (4.0 * ALI_PI), moment = creal(krho) / k0;
            double down_v = pow(cabs(moment * fall / (tm1 + tm2)), 2) * creal(tm2);
            double down_h = 0.5 * (pow(cabs(tm1 * fall / (tm1 + tm2)), 2) * creal(tm2) +
                                   pow(cabs(te1 * te2 * fall / (te1 + te2)), 2) * creal(1.0 / te2));
            *vertical += weight * down_v;
            *horizontal += weight * down_h;
            if (piece == 1)
                continue;
            double complex back = fall * fall;
            *vertical += weight * pow(cabs(moment * 0.5 / tm1 * (1.0 - tm * back)), 2) * creal(tm1);
            *horizontal += weight * 0.125 *
                           (pow(cabs(tm1 * (1.0 + tm * back)), 2) * creal(1.0 / tm1) +
                            pow(cabs(te1 * (1.0 + te * back)), 2) * creal(1.0 / te1));
        }
    }
}

static void test_input_power_of_dipoles(void **state)
{
    (void)state;
    const double heights[] = {0.1, 0.35};
    for (size_t i = 0; i < 2; i++) {
        ali_half_space space = {k0, 4.0};
        double h = heights[i], vertical, horizontal, alone = k0 * k0 / (12.0 * ALI_PI);
        radiated_power(4.0, h, &vertical, &horizontal);
        double at[3] = {0.0, h, h}, k2 = k0 * k0, step = 0.12 * h;
        ali_half_space_kernels kernels = kernels_at(&space, 0.0, h, h);
        double complex zz = kernels.zz - phi_derivative(&space, at, 1, 2, step) / k2;
        double complex xx = kernels.xx + phi_derivative(&space, at, 0, 0, step) / k2;
        /* -1/2 Re E, with E = -j omega mu0 (zz, xx) */
        assert_close(alone - 0.5 * creal(-I * k0 * zz), vertical, 1e-6 * vertical);
        assert_close(alone - 0.5 * creal(-I * k0 * xx), horizontal, 1e-6 * horizontal);
    }
}

/* ---- paths ---- */

static void compare_paths(const ali_sommerfeld *problem, ali_sommerfeld_path one,
                          ali_sommerfeld_path other)
{
    double complex a[ALI_SOMMERFELD_COUNT], b[ALI_SOMMERFELD_COUNT];
    double size =
        1.0 / (4.0 * ALI_PI * hypot(problem->rho, problem->height[0] + problem->height[1]));
    assert_true(ali_sommerfeld_integrate(problem, one, 1e-10 * size, a));
    assert_true(ali_sommerfeld_integrate(problem, other, 1e-10 * size, b));
    for (int n = 0; n < ALI_SOMMERFELD_COUNT; n++)
        assert_close(a[n], b[n], 1e-8 * size);
}

/** The deformed paths, with sheets, loop and pole, against the one that meets none of them. */
static void test_paths_agree(void **state)
{
    (void)state;
    const double complex soils[] = {
        4.0,  13.0 - 3.0 * I, 81.0 - 3000.0 * I, 81.0 - 30000.0 * I, 1.1, 2.25 - 0.001 * I,
        81.0, 5.0 - 5.0 * I};
    uint64_t random = 7;
    for (size_t s = 0; s < sizeof soils / sizeof soils[0]; s++)
        for (int i = 0; i < 6; i++) {
            int base = i % 2;
            double complex k_soil = k0 * csqrt(soils[s]);
            double k = base ? cabs(k_soil) : k0;
            double distance = 10.0 * exp(0.6 * (1.0 + next_random(&random))) / k;
            /* a third of the rays graze: h down to 1e-5 of the distance */
            double angle = i % 3 ? 0.25 * ALI_PI * (1.0 + next_random(&random))
                                 : 0.5 * ALI_PI - 0.1 * exp(4.0 * next_random(&random) - 5.0);
            ali_sommerfeld problem = {.k = {k0, k_soil}, .permittivity = soils[s], .base = base};
            problem.rho = distance * sin(angle);
            problem.height[base] = distance * cos(angle);
            /* where the detour does not drown in what cancels */
            if (base && -cimag(k_soil) * distance * (1.0 - cos(angle)) > 8.0)
                continue;
            if (k * problem.rho * problem.rho > 8.0 * distance)
                compare_paths(&problem, ALI_SOMMERFELD_RAY, ALI_SOMMERFELD_DETOUR);
            problem.rho = problem.height[base] * 0.3;
            if (k * problem.rho * problem.rho < 8.0 * problem.height[base])
                compare_paths(&problem, ALI_SOMMERFELD_NADIR, ALI_SOMMERFELD_DETOUR);
        }
}

/** The same for waves that cross the interface. */
static void test_paths_across_agree(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 13.0 - 3.0 * I, 81.0 - 300.0 * I};
    for (size_t s = 0; s < sizeof soils / sizeof soils[0]; s++) {
        ali_sommerfeld problem = {.k = {k0, k0 * csqrt(soils[s])},
                                  .permittivity = soils[s],
                                  .rho = 3.0,
                                  .height = {0.4, 0.01},
                                  .transmitted = true};
        compare_paths(&problem, ALI_SOMMERFELD_RAY, ALI_SOMMERFELD_DETOUR);
        problem.rho = 0.1;
        compare_paths(&problem, ALI_SOMMERFELD_NADIR, ALI_SOMMERFELD_DETOUR);
    }
}

/* ---- limits ---- */

static double complex spherical_wave(double complex k, double distance)
{
    return cexp(-I * k * distance) / (4.0 * ALI_PI * distance);
}

static void test_metal_is_an_image(void **state)
{
    (void)state;
    ali_half_space space = {k0, 1.0 - 1e12 * I};
    const double places[][3] = {
        {0.0, 0.01, 0.02}, {0.1, 0.1, 0.2}, {5.0, 1e-3, 1e-3}, {40.0, 3.0, 1.0}};
    for (size_t p = 0; p < 4; p++) {
        double rho = places[p][0], z = places[p][1], z_source = places[p][2];
        double complex wave = spherical_wave(k0, hypot(rho, z + z_source));
        ali_half_space_kernels kernels = kernels_at(&space, rho, z, z_source);
        assert_close(kernels.xx, -wave, 2e-5 * cabs(wave));
        assert_close(kernels.phi, -wave, 2e-5 * cabs(wave));
        assert_close(kernels.zz, wave, 1e-3 * cabs(wave));
        assert_close(kernels.zx, 0.0, 1e-3 * cabs(wave));
    }
}

static void test_air_reflects_nothing(void **state)
{
    (void)state;
    for (double contrast = 0.0; contrast < 2e-4; contrast += 1e-4)
        for (double rho = 1e-3; rho < 30.0; rho *= 6.0) {
            ali_half_space space = {k0, 1.0 + contrast * (1.0 - 0.5 * I)};
            ali_half_space_kernels kernels = kernels_at(&space, rho, 0.4, 0.3);
            /* Fresnel's coefficients are contrast/(4 cos^2) towards grazing */
            double distance = hypot(rho, 0.7), over_cosine = distance / 0.7;
            double size = contrast * over_cosine * over_cosine * cabs(spherical_wave(k0, distance));
            assert_close(kernels.xx, 0.0, size);
            assert_close(kernels.zz, 0.0, 3.0 * size);
            assert_close(kernels.phi, 0.0, 3.0 * size);
            assert_close(kernels.zx, 0.0, 3.0 * size);
            double complex direct = spherical_wave(k0, hypot(rho, 0.5));
            kernels = kernels_at(&space, rho, -0.2, 0.3);
            double late = contrast * (1.0 + k0 * hypot(rho, 0.5)) * cabs(direct) + 1e-10;
            assert_close(kernels.xx, direct, late);
            assert_close(kernels.zz, direct, late);
            assert_close(kernels.phi, direct, late);
        }
}

/** As R -> 0 nothing is left but the images. */
static void test_images_close_by(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 13.0 - 3.0 * I, 81.0 - 300.0 * I};
    for (size_t s = 0; s < 3; s++)
        for (int places = 0; places < 4; places++) {
            ali_half_space space = {k0, soils[s]};
            bool in_soil = places & 1, source_in_soil = places & 2;
            double distance = 1e-7, sine = 0.6, cosine = 0.8, height = 0.5 * cosine * distance;
            ali_half_space_images images = in_soil == source_in_soil
                                               ? ali_half_space_images_of(&space, in_soil)
                                               : ali_half_space_images_across(&space);
            ali_half_space_kernels kernels =
                kernels_at(&space, sine * distance, in_soil ? -height : height,
                           source_in_soil ? -height : height);
            double size = 1.0 / (4.0 * ALI_PI * distance);
            double small = 1e-5 * cabs(soils[s]);
            assert_close(kernels.xx / size, images.xx, small);
            assert_close(kernels.zz / size, images.zz, small);
            assert_close(kernels.phi / size, images.phi, small);
            assert_close(kernels.zx / size, images.zx * sine / (1.0 + cosine), small);
        }
}

/** On the interface the potentials of either side are one: tangential E needs xx and phi
 * continuous, the tangential H of a vertical dipole zz/mu and of a horizontal one zx. */
static void test_continuity_at_the_interface(void **state)
{
    (void)state;
    ali_half_space space = {k0, 13.0 - 3.0 * I};
    for (double rho = 1e-4; rho < 50.0; rho *= 7.0) {
        double z = 0.1, tiny = 1e-12;
        ali_half_space_kernels above = kernels_at(&space, rho, tiny, z);
        ali_half_space_kernels below = kernels_at(&space, rho, -tiny, z);
        double complex direct = spherical_wave(k0, hypot(rho, z));
        assert_close(above.xx + direct, below.xx, 1e-8 * cabs(direct));
        assert_close(above.phi + direct, below.phi, 1e-8 * cabs(direct));
        assert_close(above.zx, below.zx, 1e-8 * cabs(direct));
    }
}

static void test_reciprocity(void **state)
{
    (void)state;
    uint64_t random = 3;
    ali_half_space space = {k0, 5.0 - 2.0 * I};
    for (int i = 0; i < 10; i++) {
        double rho = 1.0 + next_random(&random), a = next_random(&random), b = next_random(&random);
        ali_half_space_kernels there = kernels_at(&space, rho, a, b);
        ali_half_space_kernels back = kernels_at(&space, rho, b, a);
        assert_close(there.xx, back.xx, 0.0);
        assert_close(there.zz, back.zz, 0.0);
        assert_close(there.phi, back.phi, 0.0);
        assert_close(there.zx, -back.xz, 0.0);
    }
}

/* ---- slopes ---- */

static ali_half_space_slopes slopes_at(const ali_half_space *space, double rho, double z,
                                       double z_source)
{
    ali_half_space_slopes slopes;
    alicorn_error error;
    alicorn_status status =
        z * z_source > 0.0
            ? ali_half_space_remainder_slopes(space, rho, z, z_source, sharp, &slopes, &error)
            : ali_half_space_transmitted_slopes(space, rho, z, z_source, sharp, &slopes, &error);
    if (status != ALICORN_OK)
        fail_msg("%s", error.message);
    return slopes;
}

/** Differences of the values along rho (0) or z (1). */
static ali_half_space_kernels differences(const ali_half_space *space, const double at[3], int axis,
                                          double step)
{
    ali_half_space_kernels sum = {0};
    for (int i = -4; i <= 4; i++) {
        double moved[3] = {at[0], at[1], at[2]};
        moved[axis] += i * step;
        double weight = (i < 0 ? -1.0 : 1.0) * first_difference[abs(i)] / step;
        ali_half_space_kernels k = slopes_at(space, moved[0], moved[1], moved[2]).value;
        sum.xx += weight * k.xx;
        sum.zz += weight * k.zz;
        sum.zx += weight * k.zx;
        sum.phi += weight * k.phi;
    }
    return sum;
}

static void test_slopes_are_those_of_the_kernels(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 13.0 - 3.0 * I, 81.0 - 300.0 * I};
    const double places[][3] = {/* nadir, detour and ray, on all four combinations of sides */
                                {0.01, 0.1, 0.12},    {0.15, 0.01, 0.02},   {4.0, 0.1, 0.2},
                                {0.01, -0.05, -0.06}, {0.05, -0.01, -0.01}, {3.0, -0.01, -0.02},
                                {0.01, 0.1, -0.04},   {0.15, 0.01, -0.02},  {4.0, 0.2, -0.01},
                                {0.01, -0.04, 0.1},   {0.15, -0.02, 0.01},  {4.0, -0.01, 0.2}};
    for (size_t s = 0; s < sizeof soils / sizeof soils[0]; s++)
        for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
            ali_half_space space = {k0, soils[s]};
            const double *at = places[p];
            ali_half_space_slopes slopes = slopes_at(&space, at[0], at[1], at[2]);
            bool soil = at[1] < 0.0 || at[2] < 0.0;
            double k_slow = k0 * (soil ? sqrt(cabs(soils[s])) : 1.0);
            double step = fmin(0.1 * fabs(at[1]), 0.1 / k_slow), across = fmin(step, 0.2 * at[0]);
            ali_half_space_kernels along = differences(&space, at, 0, across);
            ali_half_space_kernels up = differences(&space, at, 1, step);
            double distance = hypot(at[0], fabs(at[1]) + fabs(at[2]));
            double small = 2e-6 / (4.0 * ALI_PI * distance) * fmax(1.0 / distance, k_slow);
            assert_close(slopes.xx_rho, along.xx, small);
            assert_close(slopes.zz_rho, along.zz, 2.0 * cabs(soils[s] - 1.0) * small);
            assert_close(slopes.zx_rho, along.zx, small);
            assert_close(slopes.phi_rho, along.phi, small);
            assert_close(slopes.xx_z, up.xx, small);
            assert_close(slopes.zx_z, up.zx, small);
            assert_close(slopes.phi_z, up.phi, small);
            assert_close(slopes.zx_over_rho, slopes.value.zx / at[0], small);
            slopes = slopes_at(&space, 0.0, at[1], at[2]);
            assert_close(slopes.zx_over_rho, slopes.zx_rho,
                         1e-8 * cabs(slopes.zx_rho) + 1e-7 * small);
        }
}

static void test_refuses_nonsense(void **state)
{
    (void)state;
    ali_half_space space = {k0, 4.0}, active = {k0, 4.0 + I}, standing = {0.0, 4.0};
    ali_half_space_kernels kernels;
    alicorn_error error;
    assert_int_equal(ali_half_space_reflected(&space, 1.0, 1.0, -1.0, 1e-6, &kernels, &error),
                     ALICORN_E_INPUT);
    assert_int_equal(ali_half_space_transmitted(&space, 1.0, 1.0, 1.0, 1e-6, &kernels, &error),
                     ALICORN_E_INPUT);
    assert_int_equal(ali_half_space_reflected(&space, 0.0, 0.0, 0.0, 1e-6, &kernels, &error),
                     ALICORN_E_INPUT);
    assert_int_equal(ali_half_space_reflected(&active, 1.0, 1.0, 1.0, 1e-6, &kernels, &error),
                     ALICORN_E_INPUT);
    assert_int_equal(ali_half_space_reflected(&standing, 1.0, 1.0, 1.0, 1e-6, &kernels, &error),
                     ALICORN_E_INPUT);
    assert_int_equal(ali_half_space_reflected(&space, 1.0, 1.0, 1.0, 0.0, &kernels, &error),
                     ALICORN_E_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dipole_fields_on_both_sides),
        cmocka_unit_test(test_input_power_of_dipoles),
        cmocka_unit_test(test_paths_agree),
        cmocka_unit_test(test_paths_across_agree),
        cmocka_unit_test(test_metal_is_an_image),
        cmocka_unit_test(test_air_reflects_nothing),
        cmocka_unit_test(test_images_close_by),
        cmocka_unit_test(test_continuity_at_the_interface),
        cmocka_unit_test(test_reciprocity),
        cmocka_unit_test(test_slopes_are_those_of_the_kernels),
        cmocka_unit_test(test_refuses_nonsense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
