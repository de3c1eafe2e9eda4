/* SPDX-License-Identifier: Apache-2.0 */
/* Moments of a triangle with a tube against sums over points of the tube and parts of the triangle
 * that use nothing of src/green but, where they touch, the potential at a point, which
 * tests/unit/triangle.c holds to brute force. */
#include "assert_close.h"
#include "base/constants.h"
#include "math/quadrature.h"
#include "random.h"
#include "triangle_reference.h"

#include <complex.h>

enum { SIZE = ALI_TUBE_ORDER_MAX + 1, ORDER = 3 };

static const ali_flat_triangle face = {{{0, 0, 0}, {1, 0, 0}, {0.3, 0.9, 0}}};

static ali_tube tube_from(ali_vec3 start, ali_vec3 dir, double length, double radius)
{
    ali_tube tube = {.dir = ali_vec3_scale(1.0 / ali_vec3_norm(dir), dir)};
    tube.half = 0.5 * length;
    tube.mid = ali_vec3_axpy(start, tube.half, tube.dir);
    tube.radius = radius;
    return tube;
}

/** What the triangle gives at a point, for its three functions. */
typedef void (*point_fn)(ali_vec3 point, double k, double complex value[3]);

static void analytic(ali_vec3 point, double k, double complex value[3])
{
    (void)k;
    double scalar[3];
    ali_triangle_potential(&face, point, scalar);
    for (int b = 0; b < 3; b++)
        value[b] = scalar[b];
}

/** Sum of (e^{-jkR} - 1)/R over 1,024 parts. */
static void rest(ali_vec3 point, double k, double complex value[3])
{
    enum { PARTS = 32 };
    value[0] = value[1] = value[2] = 0.0;
    for (int i = 0; i < PARTS; i++)
        for (int j = 0; i + j < PARTS; j++)
            for (int up = 0; up < 2 && i + j + up < PARTS; up++) {
                double first = (i + (1.0 + up) / 3.0) / PARTS;
                double second = (j + (1.0 + up) / 3.0) / PARTS;
                double lambda[3] = {1.0 - first - second, first, second};
                double r = ali_vec3_distance(reference_point(&face, lambda), point);
                double complex term = (cexp(CMPLX(0.0, -k * r)) - 1.0) / r;
                for (int b = 0; b < 3; b++)
                    value[b] += lambda[b] * term / (4.0 * ALI_PI * PARTS * PARTS);
            }
}

/** Panels along the axis that shrink by two towards both ends and the middle, a product rule around
 *  it. */
static void brute_force(const ali_tube *tube, point_fn potential, double k, int levels, int points,
                        int angles, double complex moments[3][SIZE])
{
    const double *node = ali_gauss_node(points), *weight = ali_gauss_weight(points);
    ali_vec3 other = {fabs(tube->dir.x) < 0.6, fabs(tube->dir.x) >= 0.6, 0.0};
    ali_vec3 first = ali_vec3_cross(tube->dir, other), second;
    first = ali_vec3_scale(1.0 / ali_vec3_norm(first), first);
    second = ali_vec3_cross(tube->dir, first);
    memset(moments, 0, 3 * sizeof *moments);
    for (int panel = 0; panel < 4 * (levels + 1); panel++) {
        int level = panel / 4, side = panel % 4;
        double low = level == levels ? 0.0 : pow(0.5, level + 1), high = pow(0.5, level);
        for (int i = 0; i < points; i++) {
            double t = 0.5 * (low + 0.5 * (high - low) * (1.0 + node[i]));
            double u = side == 0 ? -1.0 + t : side == 1 ? -t : side == 2 ? t : 1.0 - t;
            double legendre[SIZE], w = 0.25 * (high - low) * weight[i] * tube->half / angles;
            ali_legendre(u, ORDER, legendre);
            for (int j = 0; j < angles; j++) {
                double phi = 2.0 * ALI_PI * (j + 0.37) / angles;
                ali_vec3 x = ali_vec3_axpy(tube->mid, u * tube->half, tube->dir);
                double complex value[3];
                x = ali_vec3_axpy(x, tube->radius * cos(phi), first);
                x = ali_vec3_axpy(x, tube->radius * sin(phi), second);
                potential(x, k, value);
                for (int b = 0; b < 3; b++)
                    for (int q = 0; q <= ORDER; q++)
                        moments[b][q] += w * legendre[q] * value[b];
            }
        }
    }
}

static double largest(double complex moments[3][SIZE])
{
    double most = 0.0;
    for (int b = 0; b < 3; b++)
        for (int q = 0; q <= ORDER; q++)
            most = fmax(most, cabs(moments[b][q]));
    return most;
}

static void check_static(const ali_tube *tube, int levels, int points, int angles, double tolerance)
{
    double moments[3][SIZE];
    double complex wanted[3][SIZE];
    brute_force(tube, analytic, 0.0, levels, points, angles, wanted);
    ali_triangle_tube_static(&face, tube, ORDER, moments);
    for (int b = 0; b < 3; b++)
        for (int q = 0; q <= ORDER; q++)
            assert_close(moments[b][q], wanted[b][q], tolerance * largest(wanted));
}

/** A thin wire that starts in a vertex, pierces the middle, or ends on an edge. */
static void test_attached_wires(void **state)
{
    (void)state;
    static const ali_vec3 dirs[] = {{0, 0, 1}, {-1, -0.5, 0}, {1, 0.3, 0.5}, {0.2, -1, -3}};
    for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++)
        for (int v = 0; v < 3; v++) {
            ali_tube tube = tube_from(face.vertex[v], dirs[i], 0.8, v == 2 ? 0.03 : 0.003);
            check_static(&tube, 14, 6, 240, v == 2 ? 1e-5 : 2e-6);
        }
    ali_tube piercing = tube_from((ali_vec3){0.3, 0.3, -0.5}, (ali_vec3){0.2, 0.1, 1}, 1.0, 0.01);
    piercing.mid = (ali_vec3){0.4, 0.35, 0};
    check_static(&piercing, 14, 6, 240, 2e-6);
    ali_tube ending = tube_from((ali_vec3){0.3, 0.3, 0}, (ali_vec3){0.2, 0.1, 1}, 1.0, 0.01);
    check_static(&ending, 14, 6, 240, 2e-6);
    ali_tube edge = tube_from((ali_vec3){0.5, 0, 0}, (ali_vec3){0.2, -1, 1}, 1.0, 0.01);
    check_static(&edge, 14, 6, 240, 2e-6);
}

/** Inside the plane, half of the tube on each side; and thick tubes. */
static void test_tubes_along_the_plane(void **state)
{
    (void)state;
    ali_tube inside = tube_from(face.vertex[0], (ali_vec3){0.6, 0.5, 0}, 0.7, 0.02);
    check_static(&inside, 9, 5, 200, 1e-5);
    ali_tube along = tube_from(face.vertex[0], (ali_vec3){1, 0, 0}, 1.0, 0.01);
    check_static(&along, 9, 5, 200, 1e-5);
    ali_tube hovering = tube_from((ali_vec3){-0.3, 0.2, 0.06}, (ali_vec3){1, 0.2, 0}, 1.5, 0.05);
    check_static(&hovering, 6, 16, 60, 1e-5);
    ali_tube thick = tube_from(face.vertex[1], (ali_vec3){0, 0.2, 1}, 0.3, 0.3);
    check_static(&thick, 9, 6, 200, 3e-5);
}

static void test_apart(void **state)
{
    (void)state;
    uint64_t random = 23;
    for (int trial = 0; trial < 20; trial++) {
        ali_vec3 place = {next_random(&random), next_random(&random),
                          0.8 + 0.5 * next_random(&random)};
        ali_vec3 dir = {next_random(&random), next_random(&random), 0.3 * next_random(&random)};
        ali_tube tube = tube_from(place, dir, 0.8 + 0.5 * next_random(&random), 0.02);
        check_static(&tube, 4, 10, 12, 1e-6);
    }
}

static void test_rest(void **state)
{
    (void)state;
    static const double ks[] = {0.05, 0.8, 3.0};
    ali_tube tubes[] = {tube_from(face.vertex[0], (ali_vec3){0, 0, 1}, 0.6, 0.005),
                        tube_from((ali_vec3){0.2, 0.3, -0.3}, (ali_vec3){0.3, 0.1, 1}, 0.7, 0.01),
                        tube_from((ali_vec3){-0.3, 0.1, 0.3}, (ali_vec3){1, 0.4, 0}, 1.2, 0.02)};
    for (size_t i = 0; i < sizeof tubes / sizeof *tubes; i++)
        for (size_t j = 0; j < sizeof ks / sizeof *ks; j++) {
            double fixed[3][SIZE], ka = ks[j] * tubes[i].radius;
            double complex moments[3][SIZE], wanted[3][SIZE];
            ali_triangle_tube_dynamic(&face, &tubes[i], ORDER, ks[j], moments);
            ali_triangle_tube_static(&face, &tubes[i], ORDER, fixed);
            brute_force(&tubes[i], rest, ks[j], 1, 4, 4, wanted);
            double imaginary = 0.0;
            for (int b = 0; b < 3; b++)
                imaginary = fmax(imaginary, fabs(cimag(wanted[b][0])));
            for (int b = 0; b < 3; b++)
                for (int q = 0; q <= ORDER; q++) {
                    /* the brute force itself is good to 1e-4 of the curvature */
                    assert_close(creal(moments[b][q]), creal(wanted[b][q]),
                                 (ka * ka + 2e-4 * ks[j] * ks[j]) * fixed[b][0]);
                    assert_close(cimag(moments[b][q]), cimag(wanted[b][q]),
                                 (1e-8 + 0.3 * ka * ka + 2e-4 * ks[j] * ks[j]) * imaginary);
                }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attached_wires),
        cmocka_unit_test(test_tubes_along_the_plane),
        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
