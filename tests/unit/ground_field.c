/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/ground_field.h"

#include "assert_close.h"
#include "half_space_lines.h"
#include "hand_current.h"
#include "observe/near_field.h"

#include <math.h>

static const double k0 = 2.0 * ALI_PI; /* lengths in wavelengths of the air */

typedef struct sample {
    double complex e[3], h[3];
} sample;

/** Over a ground of the given permittivity at k0; NULL: free space. */
static ali_ground ground_of(double complex permittivity)
{
    double omega = k0 * ALI_C0;
    return (ali_ground){
        .kind = ALI_GROUND_SOMMERFELD,
        .medium = {.eps_r = creal(permittivity), .sigma = -cimag(permittivity) * omega * ALI_EPS0}};
}

static sample field_at(hand_current *hand, const ali_ground *ground, ali_vec3 p)
{
    double point[3] = {p.x, p.y, p.z};
    alicorn_error error = {0};
    sample s;
    if (ali_near_field(hand_get(hand), k0, ground, 1, point, s.e, s.h, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    return s;
}

static double size_of(const double complex v[3])
{
    return sqrt(pow(cabs(v[0]), 2) + pow(cabs(v[1]), 2) + pow(cabs(v[2]), 2));
}

static void assert_vector(const double complex value[3], const double complex expected[3],
                          double tolerance)
{
    double wrong = 0.0;
    for (int c = 0; c < 3; c++)
        wrong = fmax(wrong, cabs(value[c] - expected[c]));
    if (!(wrong <= tolerance))
        for (int c = 0; c < 3; c++)
            print_error("%.9g%+.9gj instead of %.9g%+.9gj\n", creal(value[c]), cimag(value[c]),
                        creal(expected[c]), cimag(expected[c]));
    assert_true(wrong <= tolerance);
}

/** 1 - (s/half)^2. */
static void arch(double s, const void *data, double complex *value, double complex *slope)
{
    double half = *(const double *)data;
    *value = 1.0 - s * s / (half * half);
    *slope = -2.0 * s / (half * half);
}

/* ---- Hertzian dipoles ---- */

/** E/(-j omega mu0) of a dipole of moment d in a medium of wavenumber k. */
static void direct_dipole(double complex k, ali_vec3 d, ali_vec3 r, double complex e[3])
{
    double distance = ali_vec3_norm(r), along = ali_vec3_dot(r, d) / (distance * distance);
    double complex g = cexp(-I * k * distance) / (4.0 * ALI_PI * distance),
                   x = 1.0 / (k * distance);
    double complex a = g * (1.0 - I * x - x * x),
                   b = -g * along * (1.0 - 3.0 * I * x - 3.0 * x * x);
    e[0] = a * d.x + b * r.x;
    e[1] = a * d.y + b * r.y;
    e[2] = a * d.z + b * r.z;
}

static void dipole_truth(const ali_half_space *space, ali_vec3 d, ali_vec3 source, ali_vec3 p,
                         double complex e[3])
{
    ali_vec3 r = ali_vec3_sub(p, source);
    double rho = hypot(r.x, r.y), cx = r.x / rho, cy = r.y / rho;
    double out = d.x * cx + d.y * cy, around = d.y * cx - d.x * cy;
    half_space_dipole f = half_space_fields(space, rho, p.z, source.z);
    double complex e_rho = f.xx * out + f.xz * d.z, e_phi = f.yy * around;
    double complex direct[3] = {0.0};
    if (p.z * source.z > 0.0)
        direct_dipole(p.z > 0.0 ? space->k : ali_half_space_wavenumber(space), d, r, direct);
    e[0] = e_rho * cx - e_phi * cy + direct[0];
    e[1] = e_rho * cy + e_phi * cx + direct[1];
    e[2] = f.zx * out + f.zz * d.z + direct[2];
}

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
            sample ours = field_at(&hand, &ground, p);
            double complex truth[3], factor = -I * k0 * ALI_ETA0 * half * 4.0 / 3.0;
            dipole_truth(&space, direction, source, p, truth);
            for (int c = 0; c < 3; c++)
                truth[c] *= factor;
            assert_vector(ours.e, truth, 3e-5 * size_of(truth));
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
    const ali_ground ground = ground_of(eps);
    const ali_vec3 places[] = {{0.1, 0.05, 0.06}, {0.2, -0.05, -0.04}};
    for (int i = 0; i < 2; i++)
        for (int w = i; w < WIRES; w += 2) {
            hand_current hand = tilted_wire(wire_heights[w], 1e-3, 8);
            const double d = 2e-3;
            sample middle = field_at(&hand, &ground, places[i]), side[3][2];
            for (int c = 0; c < 6; c++) {
                double step[3] = {0.0};
                step[c / 2] = c % 2 ? d : -d;
                side[c / 2][c % 2] = field_at(
                    &hand, &ground, ali_vec3_add(places[i], (ali_vec3){step[0], step[1], step[2]}));
            }
            double complex curl_e[3], curl_h[3], e[3], h[3];
            double complex permittivity = places[i].z > 0.0 ? 1.0 : eps;
            for (int c = 0; c < 3; c++) {
                int a = (c + 1) % 3, b = (c + 2) % 3;
                curl_e[c] = (side[a][1].e[b] - side[a][0].e[b] - side[b][1].e[a] + side[b][0].e[a]);
                curl_h[c] = (side[a][1].h[b] - side[a][0].h[b] - side[b][1].h[a] + side[b][0].h[a]);
                e[c] = middle.e[c] * 2.0 * d * I * k0 / ALI_ETA0 * permittivity;
                h[c] = -middle.h[c] * 2.0 * d * I * k0 * ALI_ETA0;
            }
            /* differences of second order: (d/R)^2/6, and the kernels' own errors over d */
            assert_vector(curl_e, h, 2e-3 * size_of(h));
            assert_vector(curl_h, e, 2e-3 * size_of(e));
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
            ali_ground ground = ground_of(soils[s]);
            hand_current hand = tilted_wire(wire_heights[w], 1e-4, 16);
            ali_vec3 above = places[(s + w + 1) % 3], below = above;
            below.z = -2e-9; /* the nearest that counts as below */
            sample up = field_at(&hand, &ground, above);
            sample down = field_at(&hand, &ground, below);
            up.e[2] /= soils[s];
            for (int c = 0; c < 3; c++) {
                assert_close(up.e[c], down.e[c], tolerance[s] * size_of(down.e));
                assert_close(up.h[c], down.h[c], tolerance[s] * size_of(down.h));
            }
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
        sample truth = field_at(&hand, NULL, up);
        for (int i = w % 2; i < 2; i += 2) {
            sample ours = field_at(&hand, i ? &nearly : &air, up);
            assert_vector(ours.e, truth.e, 5e-5 * size_of(truth.e));
            assert_vector(ours.h, truth.h, 5e-5 * size_of(truth.h));
            ours = field_at(&hand, i ? &nearly : &air, down);
            sample below = field_at(&hand, NULL, down);
            assert_vector(ours.e, below.e, 5e-5 * size_of(below.e));
            assert_vector(ours.h, below.h, 5e-5 * size_of(below.h));
        }
        if (wire_heights[w] > 0.2) {
            truth = field_at(&hand, &pec, up);
            sample ours = field_at(&hand, &metal, up);
            assert_vector(ours.e, truth.e, 1e-4 * size_of(truth.e));
            assert_vector(ours.h, truth.h, 1e-4 * size_of(truth.h));
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
        sample exact = field_at(&hand, &ground, (ali_vec3){point[i][0], point[i][1], point[i][2]});
        assert_vector(e[i], exact.e, 2e-5 * size_of(exact.e));
        assert_vector(h[i], exact.h, 2e-5 * size_of(exact.h));
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
