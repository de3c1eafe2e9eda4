/* SPDX-License-Identifier: Apache-2.0 */
/* Bessel quotients and the internal impedance of round wires against values computed with
 * mpmath 1.3 at 60 digits. */
#include "math/bessel.h"
#include "base/constants.h"
#include "green/wire_impedance.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** z, I0(z)/I1(z): moduli 1e-8 … 1e6 at arguments 0, pi/4, 1.3 and pi/2. */
static const double ratio_table[][4] = {
    {1e-08, 0.0, 200000000.0, 0.0},
    {0.001, 0.0, 2000.0002499999896, 0.0},
    {0.3, 0.0, 6.741386989263221, 0.0},
    {1.0, 0.0, 2.2401937238700897, 0.0},
    {2.5, 0.0, 1.307195100047021, 0.0},
    {7.0, 0.0, 1.0804594246827464, 0.0},
    {12.0, 0.0, 1.0445157952354038, 0.0},
    {20.0, 0.0, 1.0259877485828848, 0.0},
    {24.9, 0.0, 1.0207108178382613, 0.0},
    {25.1, 0.0, 1.0205405947411084, 0.0},
    {40.0, 0.0, 1.0127404353619467, 0.0},
    {300.0, 0.0, 1.001670847283336, -5.314083874393914e-261},
    {10000.0, 0.0, 1.000050003750375, -0.0},
    {1000000.0, 0.0, 1.000000500000375, -0.0},
    {7.071067811865475e-09, 7.071067811865475e-09, 141421356.23730952, -141421356.23730952},
    {0.0007071067811865475, 0.0007071067811865475, 1414.2137391497977, -1414.213385596407},
    {0.21213203435596426, 0.21213203435596426, 4.767275964945651, -4.66121218501592},
    {0.7071067811865476, 0.7071067811865476, 1.5978671159929845, -1.2452303005115015},
    {1.7677669529663689, 1.7677669529663689, 1.0685932610483688, -0.26119611740976045},
    {4.949747468305833, 4.949747468305833, 1.0494441504321939, -0.058971929492764176},
    {8.48528137423857, 8.48528137423857, 1.029283255833644, -0.03221731946290048},
    {14.142135623730951, 14.142135623730951, 1.0176412648085091, -0.018648097062282168},
    {17.60695885154503, 17.60695885154503, 1.0141804135326302, -0.01482086545388616},
    {17.748380207782343, 17.748380207782343, 1.014067724679302, -0.014697721776676092},
    {28.284271247461902, 28.284271247461902, 1.0088344934984612, -0.009077346667841043},
    {212.13203435596427, 212.13203435596427, 1.0011785014200407, -0.0011826877893236789},
    {7071.067811865475, 7071.067811865475, 1.0000353553387942, -3.5359089324492415e-05},
    {707106.7811865475, 707106.7811865475, 1.0000003535533906, -3.5355376559353895e-07},
    {2.6749882862458736e-09, 9.63558185417193e-09, 53499765.72491748, -192711637.0834386},
    {0.00026749882862458737, 0.000963558185417193, 534.9977241238895, -1927.1161299448324},
    {0.08024964858737621, 0.2890674556251579, 1.803593658796925, -6.351260600722885},
    {0.26749882862458735, 0.963558185417193, 0.6101130218963337, -1.6789388409776096},
    {0.6687470715614684, 2.4088954635429825, 0.5925978784806812, -0.06698544249352253},
    {1.8724918003721116, 6.744907297920351, 1.0538449819005236, -0.04592286473538061},
    {3.2099859434950484, 11.562698225006315, 1.0057003554237751, -0.042528872279747915},
    {5.349976572491747, 19.27116370834386, 1.0058868755161912, -0.024508362871492526},
    {6.660720832752225, 23.992598816888105, 1.004833675948663, -0.01964461493752432},
    {6.7142205984771435, 24.185310453971546, 1.004799226278265, -0.019484710414493737},
    {10.699953144983494, 38.54232741668772, 1.003138747677157, -0.012161100586769535},
    {80.24964858737621, 289.0674556251579, 1.0004422509576503, -0.0016080686254985792},
    {2674.9882862458735, 9635.581854171929, 1.0000133717278261, -4.8179842143048195e-05},
    {267498.8286245874, 963558.185417193, 1.000000133749093, -4.81779286021353e-07},
    {0.0, 1e-08, 0.0, -200000000.0},
    {0.0, 0.001, 0.0, -1999.9997499999895},
    {0.0, 0.3, 0.0, -6.59138382508503},
    {0.0, 1.0, 0.0, -1.7388857357447036},
    {0.0, 2.5, 0.0, 0.09733323374456111},
    {0.0, 7.0, 0.0, 64.08084175089014},
    {0.0, 12.0, 0.0, 0.2134255035684915},
    {0.0, 20.0, 0.0, -2.4991299808327234},
    {0.0, 24.9, 0.0, 0.6172966262625548},
    {0.0, 25.1, 0.0, 0.9445271984198416},
    {0.0, 40.0, 0.0, -0.058449610395788214},
    {0.0, 300.0, 0.0, -1.0442532821819388},
    {0.0, 10000.0, 0.0, 1.9455123122994697},
    {0.0, 1000000.0, 0.0, 0.4560019877351186},
};

/** x, J0(x) */
static const double j0_table[][2] = {
    {0.0, 1.0},
    {1e-09, 1.0},
    {0.1, 0.99750156206604},
    {1.0, 0.7651976865579666},
    {2.404825557695773, -6.10876525973673e-17},
    {5.0, -0.1775967713143383},
    {8.0, 0.1716508071375539},
    {14.5, 0.08754486801037623},
    {24.9, 0.0832459683530155},
    {25.1, 0.10827567149994945},
    {60.0, -0.09147180408906187},
    {333.3, 0.038466654416718676},
    {1000.0, 0.024786686152420176},
};

/** radius [m], conductivity [S/m], frequency [Hz], relative permeability, resistance, reactance
 * [ohm/m] */
static const double wire_table[][6] = {
    {0.001, 58000000.0, 50.0, 1, 0.005488116472261765, 1.5707941829671145e-05},
    {0.001, 58000000.0, 10000.0, 1, 0.006039783681917812, 0.0029848227267918626},
    {0.0005, 58000000.0, 1000000.0, 1, 0.08880174332738415, 0.08273452484694066},
    {0.005, 35000000.0, 14200000.0, 1, 0.04037580077983771, 0.040284546427942054},
    {0.02, 1000000.0, 300000000.0, 1, 0.2740603308962645, 0.273861170279071},
    {0.001, 7000000.0, 100000.0, 200, 0.5460717965542539, 0.5343332221707046},
    {1e-06, 1000.0, 1000.0, 1, 318309886.1837907, 0.00031415926553},
};

static void quotient_matches_multiprecision(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ratio_table / sizeof *ratio_table; i++) {
        const double *row = ratio_table[i];
        double complex z = row[0] + I * row[1], exact = row[2] + I * row[3];
        double complex ratio = ali_bessel_ratio_i0_i1(z);
        /* on the imaginary axis, poles and zeros alternate every pi/2: the quotient there inherits
         * the rounding of z itself, magnified by |z| */
        double tolerance = row[0] > 0.0 ? 2e-15 : 1e-13 + 4e-16 * cabs(z);
        assert_true(cabs(ratio - exact) <= tolerance * cabs(exact));
    }
}

static void quotient_is_odd_and_real_on_the_real_axis(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ratio_table / sizeof *ratio_table; i++) {
        double complex z = ratio_table[i][0] + I * ratio_table[i][1];
        double complex ratio = ali_bessel_ratio_i0_i1(z);
        assert_true(cabs(ali_bessel_ratio_i0_i1(conj(z)) - conj(ratio)) <= 1e-15 * cabs(ratio));
        if (creal(z) > 0.0)
            assert_true(cabs(ali_bessel_ratio_i0_i1(-z) + ratio) <= 1e-15 * cabs(ratio));
    }
}

static void methods_meet_without_a_step(void **state)
{
    (void)state;
    for (int k = 0; k <= 45; k++) {
        double complex direction = cexp(I * (ALI_PI / 180.0) * 2.0 * k * (k < 45 ? 1.0 : 0.99));
        double complex below = ali_bessel_ratio_i0_i1(25.0 * (1.0 - 1e-15) * direction);
        double complex above = ali_bessel_ratio_i0_i1(25.0 * (1.0 + 1e-15) * direction);
        assert_true(cabs(above - below) <= 2e-13 * cabs(below));
    }
}

static void j0_matches_multiprecision(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof j0_table / sizeof *j0_table; i++) {
        double x = j0_table[i][0], exact = j0_table[i][1];
        assert_true(fabs(ali_bessel_j0(x) - exact) <= 1e-15);
        assert_true(ali_bessel_j0(-x) == ali_bessel_j0(x));
        if (x <= 12.0)
            assert_true(cabs(ali_bessel_j0_complex(x) - exact) <= 1e-15 + 1e-16 * exp(x));
    }
}

static void wire_impedance_matches_multiprecision(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wire_table / sizeof *wire_table; i++) {
        const double *row = wire_table[i];
        double complex z =
            ali_wire_internal_impedance(row[0], row[1], 2.0 * ALI_PI * row[2], ALI_MU0 * row[3]);
        assert_true(fabs(creal(z) - row[4]) <= 1e-13 * row[4]);
        assert_true(fabs(cimag(z) - row[5]) <= 1e-11 * row[5]);
    }
}

static void wire_impedance_has_its_limits(void **state)
{
    (void)state;
    double radius = 1e-3, sigma = 5.8e7, resistance = 1.0 / (ALI_PI * radius * radius * sigma);
    assert_true(ali_wire_internal_impedance(radius, sigma, 0.0, ALI_MU0) == resistance);
    assert_true(ali_wire_internal_impedance(radius, HUGE_VAL, 1e6, ALI_MU0) == 0.0);
    /* skin effect: (1 + j) / (2 pi a sigma depth), the curvature adding depth / (2 a) to the
     * resistance */
    double omega = 2.0 * ALI_PI * 1e9, depth = sqrt(2.0 / (omega * ALI_MU0 * sigma));
    double complex z = ali_wire_internal_impedance(radius, sigma, omega, ALI_MU0);
    double surface = 1.0 / (2.0 * ALI_PI * radius * sigma * depth);
    assert_true(fabs(cimag(z) / surface - 1.0) < 1e-5);
    assert_true(fabs(creal(z) / (surface * (1.0 + depth / (2.0 * radius))) - 1.0) < 1e-5);
}

/** The closed forms of the first ones [DLMF:2024] 10.49, and for all orders the identity
 *  sum (2n + 1) j_n^2 = 1, [DLMF:2024] 10.60.12, and the recurrence. */
static void spherical_functions_obey_their_laws(void **state)
{
    (void)state;
    static const double x[] = {
        1e-150, 1e-30, 1e-6, 0.01, 0.3, 1.0, 3.14159265358979, 4.493409457909064, 7.7, 20.0, 60.0};
    enum { ORDER = 90 };
    double j[ORDER + 1], few[7];
    for (size_t i = 0; i < 2 * sizeof x / sizeof *x; i++) {
        double at = i % 2 ? -x[i / 2] : x[i / 2], sum = 0.0;
        ali_bessel_spherical(ORDER, at, j);
        ali_bessel_spherical(6, at, few);
        for (int n = 0; n <= ORDER; n++)
            sum += (2 * n + 1) * j[n] * j[n];
        assert_true(fabs(sum - 1.0) < 1e-13);
        assert_true(fabs(j[0] - sin(at) / at) < 1e-15);
        for (int n = 0; n <= 6; n++)
            assert_true(fabs(few[n] - j[n]) < 1e-14);
        for (int n = 1; n < ORDER; n++)
            assert_true(fabs((2 * n + 1) * j[n] - at * (j[n - 1] + j[n + 1])) < 1e-13);
        if (fabs(at) > 0.3) {
            double j2 = (3.0 / (at * at) - 1.0) * sin(at) / at - 3.0 * cos(at) / (at * at);
            assert_true(fabs(j[2] - j2) < 1e-14);
        }
        if (fabs(at) < 0.02 && fabs(at) > 1e-100) /* leading term x^2/15 */
            assert_true(fabs(j[2] - at * at / 15.0) <= 1e-5 * at * at);
    }
}

static void j0_of_complex_argument_is_bessels_integral(void **state)
{
    (void)state;
    for (double size = 0.01; size < 12.0; size *= 1.7)
        for (double angle = -1.5; angle < 1.6; angle += 0.5) {
            double complex z = size * cexp(I * angle), mean = 0.0;
            for (int i = 0; i < 64; i++)
                mean += ccos(z * sin(2.0 * ALI_PI * (i + 0.5) / 64)) / 64;
            assert_true(cabs(ali_bessel_j0_complex(z) - mean) <= 1e-14 + 1e-16 * exp(size));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotient_matches_multiprecision),
        cmocka_unit_test(quotient_is_odd_and_real_on_the_real_axis),
        cmocka_unit_test(methods_meet_without_a_step),
        cmocka_unit_test(j0_matches_multiprecision),
        cmocka_unit_test(j0_of_complex_argument_is_bessels_integral),
        cmocka_unit_test(spherical_functions_obey_their_laws),
        cmocka_unit_test(wire_impedance_matches_multiprecision),
        cmocka_unit_test(wire_impedance_has_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
