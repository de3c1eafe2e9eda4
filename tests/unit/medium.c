/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Permittivities of sea, lakes, ice and soils against measurements and against formulas and curves
 * of other authors. */

#include "assert_close.h"
#include "base/constants.h"
#include "model/model.h"

#include <math.h>

static double complex at(const ali_medium *medium, double frequency)
{
    return ali_medium_permittivity(medium, 2 * ALI_PI * frequency);
}

/** Loss as a conductivity [S/m]. */
static double conductivity(const ali_medium *medium, double frequency)
{
    return -cimag(at(medium, frequency)) * 2 * ALI_PI * frequency * ALI_EPS0;
}

static ali_medium find(const char *name)
{
    ali_medium medium;
    assert_true(ali_medium_find(name, &medium));
    return medium;
}

/** One relaxation, in closed form: half of it is gone at its frequency, and is loss there. */
static void test_relaxation(void **state)
{
    (void)state;
    ali_medium medium = {
        .eps_r = 10, .sigma = 0.02, .relaxations = {{.strength = 6, .frequency = 2e9}}};
    double metal = 0.02 / (2 * ALI_PI * ALI_EPS0);
    assert_close(at(&medium, 2e9), CMPLX(7, -3 - metal / 2e9), 1e-12);
    assert_close(at(&medium, 1e3), CMPLX(10, -metal / 1e3), 1e-5);
    assert_close(at(&medium, 2e15), 4, 1e-5);
    medium.eps_imag = 1;
    assert_close(at(&medium, 2e9), CMPLX(7, -4 - metal / 2e9), 1e-12);
}

/** Static permittivities of water by Malmberg and Maryott (1956), conductivity of standard sea
 * water of 35 g/kg at 15 degrees C [CulkinSmith:1980]. */
static void test_measured_water(void **state)
{
    (void)state;
    static const double measured[][2] = {
        {0, 87.740}, {10, 83.832}, {20, 80.103}, {25, 78.304}, {40, 73.151}};
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++) {
        ali_medium water = ali_medium_water(measured[i][0], 0);
        assert_close(water.eps_r, measured[i][1], 0.003 * measured[i][1]);
        assert_true(water.sigma == 0);
    }
    assert_close(ali_medium_water(15, 35).sigma, 4.2914, 1e-4);
}

/** Sea water by [KleinSwift:1977], another fit to other measurements, with one relaxation. */
static double complex klein_swift(double t, double s, double frequency)
{
    double low = (87.134 - 1.949e-1 * t - 1.276e-2 * t * t + 2.491e-4 * t * t * t) *
                 (1 + 1.613e-5 * s * t - 3.656e-3 * s + 3.21e-5 * s * s - 4.232e-7 * s * s * s);
    double time = (1.768e-11 - 6.086e-13 * t + 1.104e-14 * t * t - 8.111e-17 * t * t * t) *
                  (1 + 2.282e-5 * s * t - 7.638e-4 * s - 7.760e-6 * s * s + 1.105e-8 * s * s * s);
    double d = 25 - t;
    double beta = 2.033e-2 + 1.266e-4 * d + 2.464e-6 * d * d -
                  s * (1.849e-5 - 2.551e-7 * d + 2.551e-8 * d * d);
    double sigma = s * (0.182521 - 1.46192e-3 * s + 2.09324e-5 * s * s - 1.28205e-7 * s * s * s) *
                   exp(-beta * d);
    double omega = 2 * ALI_PI * frequency;
    return 4.9 + (low - 4.9) / (1 + CMPLX(0, omega * time)) - CMPLX(0, sigma / (omega * ALI_EPS0));
}

static void test_sea_water(void **state)
{
    (void)state;
    static const double waters[][2] = {{20, 35}, {5, 35}, {15, 7}, {25, 38}};
    static const double frequencies[] = {3e6, 1e8, 1e9, 3e9, 1e10};
    for (size_t i = 0; i < sizeof waters / sizeof *waters; i++) {
        ali_medium water = ali_medium_water(waters[i][0], waters[i][1]);
        for (size_t j = 0; j < sizeof frequencies / sizeof *frequencies; j++) {
            double complex wanted = klein_swift(waters[i][0], waters[i][1], frequencies[j]);
            assert_close(at(&water, frequencies[j]), wanted, 0.03 * cabs(wanted));
        }
    }
    /* the constants of [ITURP527:1992], good to about a gigahertz */
    ali_medium sea = find("sea");
    static const double low[] = {1e5, 1e7, 1e8, 1e9};
    for (size_t i = 0; i < sizeof low / sizeof *low; i++) {
        assert_close(creal(at(&sea, low[i])), 70, 0.03 * 70);
        assert_close(conductivity(&sea, low[i]), 5, 0.05 * 5);
    }
}

/** A lake conducts by what is dissolved in it at HF, by its own relaxation from some 100 MHz. */
static void test_fresh_water(void **state)
{
    (void)state;
    ali_medium lake = find("fresh water");
    assert_close(at(&lake, 7e6), CMPLX(80.07, -3e-3 / (2 * ALI_PI * 7e6 * ALI_EPS0)), 0.1);
    assert_true(conductivity(&lake, 3e7) < 3.3e-3);
    assert_close(cimag(at(&lake, 1e9)), cimag(klein_swift(20, 0, 1e9)), 0.1);
}

/** Ice for frequencies above its relaxation of some kilohertz: permittivity of [Evans:1965], speed
 * of waves of [Robin:1975], tangent of loss of the order of 1/f. */
static void test_ice(void **state)
{
    (void)state;
    ali_medium ice = find("ice");
    assert_close(creal(at(&ice, 30e6)), 3.17, 0.07);
    ali_medium colder = ali_medium_ice(-20);
    assert_close(ALI_C0 / sqrt(creal(at(&colder, 440e6))), 167.7e6, 0.8e6);
    double tangent = -cimag(at(&ice, 100e6)) / creal(at(&ice, 100e6));
    assert_close(tangent, 8.4e-4, 0.2e-4); /* A/f alone, by hand */
    assert_true(ali_medium_ice(-40).sigma < 0.2 * ice.sigma);
}

/** Wet ground along the curve of [ITURP527:1992]: permittivity, conductivity [S/m]. */
static void test_wet_ground(void **state)
{
    (void)state;
    static const double curve[][3] = {{1e6, 30, 0.01},   {3e7, 30, 0.01},   {5e7, 30, 0.0101},
                                      {1e8, 30, 0.015},  {2e8, 30, 0.0256}, {3e8, 30, 0.0374},
                                      {6e8, 30, 0.0793}, {1e9, 30, 0.149},  {2e9, 28.7, 0.38},
                                      {3e9, 25.9, 0.67}};
    ali_medium wet = find("wet");
    for (size_t i = 0; i < sizeof curve / sizeof *curve; i++) {
        assert_close(creal(at(&wet, curve[i][0])), curve[i][1], 0.07 * curve[i][1]);
        assert_close(conductivity(&wet, curve[i][0]), curve[i][2], 0.15 * curve[i][2]);
    }
}

static void test_names(void **state)
{
    (void)state;
    static const char *const names[] = {"sea", "fresh water", "wet", "average",
                                        "dry", "city",        "ice"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ali_medium one = find(names[i]);
        for (double f = 1e4; f < 1e11; f *= 10) {
            double complex epsilon = at(&one, f);
            assert_true(creal(epsilon) >= 1 && cimag(epsilon) <= 0);
        }
        for (size_t j = 0; j <= i; j++) {
            ali_medium other = find(names[j]);
            assert_int_equal(ali_medium_equal(&one, &other), i == j);
        }
        ali_medium changed = one;
        changed.relaxations[1].strength += 1;
        assert_false(ali_medium_equal(&one, &changed));
    }
    ali_medium untouched = {.eps_r = 7};
    assert_false(ali_medium_find("lava", &untouched));
    assert_true(untouched.eps_r == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relaxation), cmocka_unit_test(test_measured_water),
        cmocka_unit_test(test_sea_water),  cmocka_unit_test(test_fresh_water),
        cmocka_unit_test(test_ice),        cmocka_unit_test(test_wet_ground),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
