/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/near_field.h"

#include "hand_current.h"
#include "observe/far_field.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double k = 2 * ALI_PI;

typedef double complex field3[3];

static double norm(const field3 v)
{
    return sqrt(pow(cabs(v[0]), 2) + pow(cabs(v[1]), 2) + pow(cabs(v[2]), 2));
}

static void assert_field(const field3 value, const field3 expected, double tolerance)
{
    field3 error;
    for (int c = 0; c < 3; c++)
        error[c] = value[c] - expected[c];
    if (!(norm(error) <= tolerance * norm(expected)))
        for (int c = 0; c < 3; c++)
            print_error("%.9g%+.9gj instead of %.9g%+.9gj\n", creal(value[c]), cimag(value[c]),
                        creal(expected[c]), cimag(expected[c]));
    assert_true(norm(error) <= tolerance * norm(expected));
}

static void near(hand_current *hand, const ali_ground *ground, double x, double y, double z,
                 field3 e, field3 h)
{
    double point[3] = {x, y, z};
    alicorn_error error = {0};
    assert_int_equal(ali_near_field(hand_get(hand), k, ground, 1, point, e, h, &error), ALICORN_OK);
}

/** Field of a filament along z with current sin k(l - |z|), at (x, y, z) [Balanis:2005]
 *  section 8.5. */
static void sine_filament(double l, double x, double y, double z, field3 e, field3 h)
{
    double rho = hypot(x, y), r = hypot(rho, z), r1 = hypot(rho, z - l), r2 = hypot(rho, z + l);
    double complex p = cexp(-I * k * r) * 2 * cos(k * l), p1 = cexp(-I * k * r1),
                   p2 = cexp(-I * k * r2);
    double complex e_z = -I * ALI_ETA0 / (4 * ALI_PI) * (p1 / r1 + p2 / r2 - p / r);
    double complex e_rho =
        I * ALI_ETA0 / (4 * ALI_PI * rho) * ((z - l) * p1 / r1 + (z + l) * p2 / r2 - z * p / r);
    double complex h_phi = I / (4 * ALI_PI * rho) * (p1 + p2 - p);
    e[0] = e_rho * x / rho;
    e[1] = e_rho * y / rho;
    e[2] = e_z;
    h[0] = -h_phi * y / rho;
    h[1] = h_phi * x / rho;
    h[2] = 0;
}

static hand_current sine_dipole(double l, double radius, int elements)
{
    hand_sine_data data = {1.0, k, l};
    hand_current hand = hand_create((size_t)elements);
    hand_add_wire(&hand, (ali_vec3){0, 0, -l}, (ali_vec3){0, 0, l}, radius, elements, hand_sine,
                  &data);
    return hand;
}

static void test_thin_dipole_against_closed_form(void **state)
{
    (void)state;
    const double lengths[] = {0.25, 0.31};
    for (int n = 0; n < 2; n++) {
        hand_current hand = sine_dipole(lengths[n], 1e-7, 16);
        const double places[][3] = {{0.3, 0.1, 0.2}, {0.01, 0.02, 0.11}, {3, -2, 1},
                                    {1e-4, 0, 0.05}, {0, 1e-3, 0.4},     {50, 60, -70}};
        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
            const double *p = places[i];
            field3 e, h, e0, h0;
            near(&hand, NULL, p[0], p[1], p[2], e, h);
            sine_filament(lengths[n], p[0], p[1], p[2], e0, h0);
            assert_field(e, e0, 3e-6);
            assert_field(h, h0, 3e-6);
        }
        hand_destroy(&hand);
    }
}

/** The tube as a ring of filaments. */
static void sine_tube(double l, double a, double rho, double z, field3 e, field3 h)
{
    enum { FILAMENTS = 4000 };
    for (int c = 0; c < 3; c++)
        e[c] = h[c] = 0;
    for (int i = 0; i < FILAMENTS; i++) {
        double t = 2 * ALI_PI * (i + 0.5) / FILAMENTS;
        field3 e1, h1;
        sine_filament(l, rho - a * cos(t), -a * sin(t), z, e1, h1);
        for (int c = 0; c < 3; c++) {
            e[c] += e1[c] / FILAMENTS;
            h[c] += h1[c] / FILAMENTS;
        }
    }
}

static void test_thick_dipole_near_its_surface(void **state)
{
    (void)state;
    const double l = 0.25;
    const double radii[] = {0.02, 1e-3};
    const double tolerances[] = {3e-5, 3e-6};
    for (int n = 0; n < 2; n++) {
        double a = radii[n];
        hand_current hand = sine_dipole(l, a, 16);
        const double places[][2] = {{1.01, 0.07}, {1.05, 0.1},  {1.5, 0.24}, {2, 0.0313},
                                    {5, 0.2},     {1.1, 0.251}, {0.5, 0.26}, {30, 0.1}};
        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
            field3 e, h, e0, h0;
            near(&hand, NULL, places[i][0] * a, 0, places[i][1], e, h);
            sine_tube(l, a, places[i][0] * a, places[i][1], e0, h0);
            assert_field(e, e0, tolerances[n]);
            assert_field(h, h0, tolerances[n]);
        }
        hand_destroy(&hand);
    }
}

static void test_surface_and_inside(void **state)
{
    (void)state;
    const double a = 0.01, z = 0.081, cosine = cos(0.7), sine = sin(0.7);
    hand_current hand = sine_dipole(0.25, a, 16);
    field3 e, h, surface, current, axis, none;
    near(&hand, NULL, a * cosine, a * sine, z, surface, current);
    /* just outside it is the same: no step, no loss of digits */
    const double gaps[] = {1e-8, 1.1e-6, 1e-5};
    for (int i = 0; i < 3; i++) {
        double rho = a * (1 + gaps[i]);
        near(&hand, NULL, rho * cosine, rho * sine, z, e, h);
        assert_field(e, surface, 3e-5);
        assert_field(h, current, 3e-5);
    }
    /* Gauss and Ampere: the charge and the current of the place, but for ends and curvature */
    double complex i0 = sin(k * (0.25 - z)), slope = -k * cos(k * (0.25 - z));
    double complex normal = I * ALI_ETA0 / k * slope / (2 * ALI_PI * a);
    double complex radial = surface[0] * cosine + surface[1] * sine;
    assert_true(cabs(radial - normal) < 0.02 * cabs(normal));
    double complex around = current[1] * cosine - current[0] * sine;
    assert_true(cabs(around - i0 / (2 * ALI_PI * a)) < 0.02 * cabs(i0) / (2 * ALI_PI * a));
    /* on the axis only the part along the wire is left, half way half of the rest */
    near(&hand, NULL, 0, 0, z, axis, none);
    assert_true(cabs(axis[0]) + cabs(axis[1]) < 1e-9 * norm(surface));
    assert_true(cabs(axis[2] - surface[2]) < 1e-9 * cabs(surface[2]));
    assert_true(norm(none) < 1e-9 * norm(current));
    near(&hand, NULL, 0.5 * a * cosine, 0.5 * a * sine, z, e, h);
    assert_true(cabs(e[0] - 0.5 * surface[0]) < 1e-9 * norm(surface));
    assert_true(cabs(h[1] - 0.5 * current[1]) < 1e-9 * norm(current));
    hand_destroy(&hand);
}

/** An oblique dipole near the ground. */
static hand_current oblique_dipole(bool image)
{
    hand_sine_data data = {1.0 + 0.3 * I, k, 0.25}, mirrored = {-1.0 - 0.3 * I, k, 0.25};
    hand_current hand = hand_create(16);
    ali_vec3 middle = {0.2, 0.1, 0.35}, half = {0.25 * 2 / 7, 0.25 * 3 / 7, 0.25 * 6 / 7};
    ali_vec3 start = ali_vec3_sub(middle, half), end = ali_vec3_add(middle, half);
    hand_add_wire(&hand, start, end, 1e-3, 8, hand_sine, &data);
    if (image)
        hand_add_wire(&hand, ali_vec3_mirror_z(start), ali_vec3_mirror_z(end), 1e-3, 8, hand_sine,
                      &mirrored);
    return hand;
}

static void test_fields_obey_maxwell(void **state)
{
    (void)state;
    /* curl E = -j k eta H and curl H = j k E/eta by central differences */
    hand_current hand = oblique_dipole(false);
    const double p[3] = {0.3, -0.05, 0.3}, d = 1e-4;
    field3 e[3][2], h[3][2], e0, h0;
    near(&hand, NULL, p[0], p[1], p[2], e0, h0);
    for (int c = 0; c < 3; c++)
        for (int side = 0; side < 2; side++) {
            double q[3] = {p[0], p[1], p[2]};
            q[c] += side ? d : -d;
            near(&hand, NULL, q[0], q[1], q[2], e[c][side], h[c][side]);
        }
    field3 curl_e, curl_h;
    for (int c = 0; c < 3; c++) {
        int a = (c + 1) % 3, b = (c + 2) % 3;
        curl_e[c] = (e[a][1][b] - e[a][0][b] - e[b][1][a] + e[b][0][a]) / (2 * d);
        curl_h[c] = (h[a][1][b] - h[a][0][b] - h[b][1][a] + h[b][0][a]) / (2 * d);
        e0[c] *= I * k / ALI_ETA0;
        h0[c] *= -I * k * ALI_ETA0;
    }
    assert_field(curl_e, h0, 2e-5);
    assert_field(curl_h, e0, 2e-5);
    hand_destroy(&hand);
}

static void test_pec_ground_is_the_mirrored_current(void **state)
{
    (void)state;
    hand_current real = oblique_dipole(false), both = oblique_dipole(true);
    ali_ground pec = {.kind = ALI_GROUND_PEC};
    const double places[][3] = {{0.5, 0.1, 0}, {0.2, 0.1, 0.15}, {-2, 3, 4}};
    for (int i = 0; i < 3; i++) {
        const double *p = places[i];
        field3 e, h, e0, h0;
        near(&real, &pec, p[0], p[1], p[2], e, h);
        near(&both, NULL, p[0], p[1], p[2], e0, h0);
        assert_field(e, e0, 1e-7);
        assert_field(h, h0, 1e-7);
        if (p[2] == 0)
            assert_true(cabs(e[0]) + cabs(e[1]) + ALI_ETA0 * cabs(h[2]) < 1e-7 * norm(e));
    }
    field3 e, h;
    near(&real, &pec, 0.3, 0.3, -0.1, e, h);
    assert_true(norm(e) == 0 && norm(h) == 0);
    hand_destroy(&real);
    hand_destroy(&both);
}

static void test_lossy_ground(void **state)
{
    (void)state;
    hand_current hand = oblique_dipole(false);
    ali_ground pec = {.kind = ALI_GROUND_PEC};
    ali_ground metal = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 1, .sigma = 5.8e9}};
    ali_ground air = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 1}};
    ali_ground soil = {.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 13, .sigma = 0.05}};
    field3 e, h, e0, h0;
    near(&hand, &metal, 0.8, 0.3, 0.4, e, h);
    near(&hand, &pec, 0.8, 0.3, 0.4, e0, h0);
    assert_field(e, e0, 1e-3);
    assert_field(h, h0, 1e-3);
    near(&hand, &air, 0.8, 0.3, 0.4, e, h);
    near(&hand, NULL, 0.8, 0.3, 0.4, e0, h0);
    assert_field(e, e0, 1e-10);
    assert_field(h, h0, 1e-10);
    /* far away: the far field's reflection coefficients, and H = r^ x E/eta */
    const double r = 1e5, theta = 1.1, phi = 0.4;
    ali_vec3 n = {sin(theta) * cos(phi), sin(theta) * sin(phi), cos(theta)};
    double complex f_theta, f_phi, phase = cexp(-I * k * r) / r;
    assert_int_equal(
        ali_far_field(hand_get(&hand), k, &soil, 0, 1, &theta, &phi, &f_theta, &f_phi, NULL),
        ALICORN_OK);
    near(&hand, &soil, r * n.x, r * n.y, r * n.z, e, h);
    double complex e_theta =
        e[0] * cos(theta) * cos(phi) + e[1] * cos(theta) * sin(phi) - e[2] * sin(theta);
    double complex e_phi = e[1] * cos(phi) - e[0] * sin(phi);
    double f = hypot(cabs(f_theta), cabs(f_phi));
    assert_true(cabs(e_theta / phase - f_theta) < 1e-4 * f);
    assert_true(cabs(e_phi / phase - f_phi) < 1e-4 * f);
    field3 cross = {(n.y * e[2] - n.z * e[1]) / ALI_ETA0, (n.z * e[0] - n.x * e[2]) / ALI_ETA0,
                    (n.x * e[1] - n.y * e[0]) / ALI_ETA0};
    assert_field(h, cross, 1e-4);
    /* nothing is known inside the ground */
    double point[3] = {0, 0, -1};
    alicorn_error error = {0};
    assert_int_equal(ali_near_field(hand_get(&hand), k, &soil, 1, point, e, h, &error),
                     ALICORN_E_INPUT);
    hand_destroy(&hand);
}

static void test_grids(void **state)
{
    (void)state;
    hand_current hand = sine_dipole(0.25, 1e-3, 8);
    ali_near_request box = {.count = {2, 1, 2}, .start = {1, 2, 3}, .step = {0.5, 0, 0.25}};
    alicorn_near_field field;
    const ali_near_question box_h = {&box, true};
    assert_int_equal(ali_near_fields_create(1, &box_h, hand_get(&hand), k, NULL, &field, NULL),
                     ALICORN_OK);
    const double expected[4][3] = {{1, 2, 3}, {1.5, 2, 3}, {1, 2, 3.25}, {1.5, 2, 3.25}};
    assert_int_equal(field.count, 4);
    assert_memory_equal(field.point, expected, sizeof expected);
    field3 e, h;
    near(&hand, NULL, 1.5, 2, 3.25, e, h);
    assert_true(field.field[9].re == creal(h[0]) && field.field[10].im == cimag(h[1]));
    ali_near_field_clear(&field);

    ali_near_request ball = {.spherical = true,
                             .count = {1, 2, 1},
                             .start = {2, ALI_PI / 6, ALI_PI / 3},
                             .step = {0, ALI_PI / 3, 0}};
    /* E alone, then E and H */
    const ali_near_question asked[] = {{&ball, false}, {&box, false}, {&box, true}};
    alicorn_near_field fields[3];
    assert_int_equal(ali_near_fields_create(3, asked, hand_get(&hand), k, NULL, fields, NULL),
                     ALICORN_OK);
    near(&hand, NULL, 1.5, 2, 3.25, e, h);
    assert_true(fields[1].field[9].re == creal(e[0]) && fields[2].field[10].im == cimag(h[1]));
    assert_true(!fields[1].magnetic && fields[2].magnetic && fields[2].count == 4);
    assert_memory_equal(fields[2].point, expected, sizeof expected);
    ali_near_field_clear(&fields[1]);
    ali_near_field_clear(&fields[2]);
    field = fields[0];
    const double points[2][3] = {{1.5, sqrt(0.75), 1}, {0, sqrt(3), 1}};
    for (int i = 0; i < 6; i++)
        assert_true(fabs(field.point[i] - points[i / 3][i % 3]) < 1e-12);
    near(&hand, NULL, 0, sqrt(3), 1, e, h);
    assert_true(fabs(field.field[5].re - creal(e[2])) < 1e-9);
    ali_near_field_clear(&field);
    hand_destroy(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thin_dipole_against_closed_form),
        cmocka_unit_test(test_thick_dipole_near_its_surface),
        cmocka_unit_test(test_surface_and_inside),
        cmocka_unit_test(test_fields_obey_maxwell),
        cmocka_unit_test(test_pec_ground_is_the_mirrored_current),
        cmocka_unit_test(test_lossy_ground),
        cmocka_unit_test(test_grids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
