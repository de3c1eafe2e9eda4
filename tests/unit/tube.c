/* SPDX-License-Identifier: Apache-2.0 */
#include "green/tube.h"

#include "assert_close.h"
#include "base/constants.h"
#include "random.h"
#include "tube_reference.h"

static ali_tube tube(ali_vec3 mid, ali_vec3 along, double half, double radius)
{
    return (ali_tube){mid, ali_vec3_scale(1.0 / ali_vec3_norm(along), along), half, radius};
}

static const ali_vec3 up = {0.0, 0.0, 1.0};

/** Largest difference of the moments from those wanted, over the wanted M_00. */
static double worst(const double *moment, const double *wanted, int order_a, int order_b)
{
    double error = 0.0;
    for (int i = 0; i < (order_a + 1) * (order_b + 1); i++) {
        double difference = fabs(moment[i] - wanted[i]) / wanted[0];
        error = difference <= error ? error : difference;
    }
    return error;
}

/** Both orders of the pair against brute force. */
static void check_pair(const ali_tube *a, const ali_tube *b, int order_a, int order_b,
                       double accuracy)
{
    double moment[REF_MOMENTS], swapped[REF_MOMENTS], wanted[REF_MOMENTS];
    ref_static(a, b, order_a, order_b, 0.3 * accuracy, wanted);
    ali_tube_static(a, b, order_a, order_b, moment);
    double error = worst(moment, wanted, order_a, order_b);
    if (!(error < accuracy))
        fail_msg("half %g, %g; radius %g, %g; distance %g; cosine %g: error %.1e > %.1e", a->half,
                 b->half, a->radius, b->radius, ali_tube_distance(a, b),
                 ali_vec3_dot(a->dir, b->dir), error, accuracy);
    ali_tube_static(b, a, order_b, order_a, swapped);
    for (int p = 0; p <= order_a; p++)
        for (int q = 0; q <= order_b; q++)
            assert_close(swapped[q * (order_a + 1) + p], moment[p * (order_b + 1) + q],
                         0.5 * accuracy * wanted[0]);
}

/* ---- static part ---- */

/** int int <1/R> of a tube of length l with itself is 2 l (ln(2 l/a) - 1 + x - x'^2/4) with x =
 * 4a/(pi l) and x'^2 = 2 a^2/l^2, the arithmetic mean and the mean square of the distances across a
 * circle: Maxwell's mean distances, as in Rosa's formula for the inductance of a tube
 * [Grover:1946]. */
static void test_self_term_is_maxwells(void **state)
{
    (void)state;
    for (double ratio = 30.0; ratio < 1e5; ratio *= 7.0) {
        ali_tube a = tube((ali_vec3){1, 2, 3}, (ali_vec3){1, 1, 1}, 0.5, 1.0 / ratio);
        double moment, mean = 4.0 / (ALI_PI * ratio), square = 2.0 / (ratio * ratio);
        ali_tube_static(&a, &a, 0, 0, &moment);
        double wanted = 2.0 * (log(2.0 * ratio) - 1.0 + mean - 0.25 * square) / (4.0 * ALI_PI);
        assert_close(moment, wanted, 5e-6 * wanted);
    }
}

static void test_tubes_on_one_axis(void **state)
{
    (void)state;
    static const struct {
        double half_a, half_b, between, radius_b;
    } cases[] = {{0.3, 0.3, 0.0, 1.0}, {5, 5, 0.0, 1.0},     {400, 400, 0.0, 1.0},
                 {5, 3, 8, 1.0},       {50, 0.5, 50.5, 1.0}, {5, 3, 8, 0.2},
                 {2, 200, 202, 0.999}, {5, 3, 1.3, 0.9},     {20, 3, -21, 0.99999},
                 {0.4, 70, 71.5, 0.05}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_tube a = tube((ali_vec3){0, 0, 0}, up, cases[i].half_a, 1.0);
        ali_vec3 sense = {0, 0, i % 2 ? -1.0 : 1.0};
        ali_tube b =
            tube((ali_vec3){0, 0, cases[i].between}, sense, cases[i].half_b, cases[i].radius_b);
        check_pair(&a, &b, 6, 5, 1e-5);
    }
}

static void test_separate_tubes(void **state)
{
    (void)state;
    static const struct {
        double half_a, half_b, radius_b;
        ali_vec3 mid, along;
    } cases[] = {{5, 5, 1, {2.02, 0, 0}, {0, 0, 1}},        /* parallel, nearly touching */
                 {5, 7, 0.1, {1.12, 0, 1.3}, {0, 0, -1}},   /* a thin wire at a thick one */
                 {9, 10, 0.07, {1.1, 0, 12}, {0, 0, 1}},    /* ends abreast */
                 {5, 500, 1, {3, 0, 1.3}, {0, 0, 1}},       /* 100 : 1 */
                 {0.5, 86, 0.09, {1.2, 0, 0.3}, {3, 1, 1}}, /* a needle past a ring */
                 {5, 7, 0.5, {0, 2.2, 1.3}, {0.2, 0, 1}},   /* skew */
                 {5, 7, 0.5, {3, 0, -2}, {0, 1, 0}},        /* crossing at a distance */
                 {5, 7, 0.5, {9.2, 0, 2}, {1, 0, 0}},       /* end on, not in contact */
                 {0.4, 0.5, 0.8, {2.3, 0, 0}, {0, 1, 1}},   /* fat rings */
                 {40, 30, 1, {0, 2.5, 20}, {0.1, 0.01, -1}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_tube a = tube((ali_vec3){0, 0, 0}, up, cases[i].half_a, 1.0);
        ali_tube b = tube(cases[i].mid, cases[i].along, cases[i].half_b, cases[i].radius_b);
        check_pair(&a, &b, i < 3 ? 6 : 2, i < 3 ? 6 : 3, 1e-5);
    }
}

/** Two wires that meet in a node, at interior angles from sharp to nearly straight. */
static void test_tubes_that_meet(void **state)
{
    (void)state;
    static const double halves[] = {2.0, 9.0, 150.0}, radii[] = {1.0, 0.8, 0.15};
    for (int i = 0; i < 18; i++) {
        double angle = (5.0 + 10.0 * i) * ALI_DEGREE, half = halves[i % 3];
        ali_vec3 along = {sin(angle), 0.0, -cos(angle)};
        ali_tube a = tube((ali_vec3){0, 0, -4}, up, 4.0, 1.0);
        ali_tube b = tube(ali_vec3_scale(half, along), along, half, radii[i / 3 % 3]);
        check_pair(&a, &b, 2, 2, 1e-4);
    }
}

/** Wires that cross or end on another's middle. The tubes run into each other, and the potential
 * has kinks where they do. */
static void test_tubes_that_run_into_each_other(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        double angle = (20.0 + 20.0 * i) * ALI_DEGREE, half = i % 2 ? 12.0 : 3.0;
        ali_vec3 along = {sin(angle), 0.0, cos(angle)};
        ali_tube a = tube((ali_vec3){0, 0, 0}, up, 6.0, 1.0);
        ali_tube b = tube(ali_vec3_axpy((ali_vec3){0, 0, 1.5}, i % 3 ? half : 1.0, along), along,
                          half, i % 4 ? 0.3 : 1.0);
        check_pair(&a, &b, 2, 2, 1e-4);
    }
    /* parallel, closer than their radii */
    for (int i = 1; i < 4; i++) {
        ali_tube a = tube((ali_vec3){0, 0, 0}, up, 6.0, 1.0);
        ali_tube b = tube((ali_vec3){0.4 * i, 0, 2.0 * i}, up, 3.0, 0.6);
        check_pair(&a, &b, 2, 2, 1e-3);
    }
}

/** A point of the outer rule exactly on the other tube's surface, abreast of its middle. */
static void test_symmetric_positions_are_finite(void **state)
{
    (void)state;
    for (int angles = 2; angles <= 16; angles++)
        for (int i = 0; i < angles; i++) {
            double distance = 2.0 * fabs(cos(ALI_PI * (i + 0.5) / angles));
            ali_tube a = tube((ali_vec3){0, 0, 0}, up, 3.0, 1.0);
            ali_tube b = tube((ali_vec3){distance, 0, 0}, up, 3.0, 1.0);
            double moment[9];
            ali_tube_static(&a, &b, 2, 2, moment);
            for (int m = 0; m < 9; m++)
                assert_true(isfinite(moment[m]));
        }
}

/** Radii down to where coordinates are rounded, offsets far below the lengths. */
static void test_needles_are_finite(void **state)
{
    (void)state;
    const double offsets[] = {0.0, 1e-17, 1e-14, 1e-10, 1e-7, 1e-5};
    for (double radius = 1e-18; radius < 1e-3; radius *= 30.0)
        for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++)
            for (int j = 0; j < 4; j++) {
                ali_vec3 along = {1.0, 0.3, j % 2 ? -2.0 : -2.0 + 1e-9};
                ali_tube a =
                    tube((ali_vec3){0.1, 0.2, 0.3}, (ali_vec3){1.0, 0.3, -2.0}, 1.0, radius);
                ali_tube b =
                    tube(ali_vec3_axpy(a.mid, j / 2 * 2.0, a.dir), along, 1.0, 0.5 * radius);
                b.mid.y += offsets[i];
                double moment[9];
                ali_tube_static(&a, &b, 2, 2, moment);
                for (int m = 0; m < 9; m++)
                    assert_true(isfinite(moment[m]));
                assert_true(moment[0] > 0.0);
            }
}

/** Rotation about `axis` (unit) by an angle, then a shift. */
static ali_vec3 turn(ali_vec3 v, ali_vec3 axis, double angle)
{
    ali_vec3 across = ali_vec3_cross(axis, v);
    ali_vec3 turned = ali_vec3_scale(cos(angle), v);
    turned = ali_vec3_axpy(turned, sin(angle), across);
    return ali_vec3_axpy(turned, (1.0 - cos(angle)) * ali_vec3_dot(axis, v), axis);
}

static ali_tube move(ali_tube t, ali_vec3 axis, double angle, ali_vec3 shift)
{
    t.mid = ali_vec3_add(turn(t.mid, axis, angle), shift);
    t.dir = turn(t.dir, axis, angle);
    return t;
}

static void test_moments_do_not_depend_on_the_frame(void **state)
{
    (void)state;
    const ali_vec3 axis = {0.36, 0.48, 0.8}, shift = {300.0, -200.0, 100.0};
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 4.0, 0.5);
    ali_tube others[] = {a, tube((ali_vec3){0, 0, 7}, up, 3.0, 0.5),
                         tube((ali_vec3){1.2, 0, 1}, up, 3.0, 0.4),
                         tube((ali_vec3){2, 0, 4}, (ali_vec3){1, 0, 0}, 2.0, 0.5),
                         tube((ali_vec3){2, 1, 1}, (ali_vec3){1, -2, 1}, 3.0, 0.3)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        double here[16], there[16], mirrored[16], turned[16];
        ali_tube b = others[i], reversed = b;
        ali_tube a2 = move(a, axis, 1.1, shift), b2 = move(b, axis, 1.1, shift);
        ali_tube_static(&a, &b, 3, 3, here);
        ali_tube_static(&a2, &b2, 3, 3, there);
        assert_true(worst(there, here, 3, 3) < 3e-7);
        a2 = a;
        b2 = b;
        a2.mid.y *= -1.0;
        a2.dir.y *= -1.0;
        b2.mid.y *= -1.0;
        b2.dir.y *= -1.0;
        ali_tube_static(&a2, &b2, 3, 3, mirrored);
        assert_true(worst(mirrored, here, 3, 3) < 1e-7);
        /* run the other way, P_q(-v) = (-1)^q P_q(v) */
        reversed.dir = ali_vec3_scale(-1.0, b.dir);
        ali_tube_static(&a, &reversed, 3, 3, turned);
        for (int m = 0; m < 16; m++)
            turned[m] *= m % 2 ? -1.0 : 1.0;
        assert_true(worst(turned, here, 3, 3) < 1e-7);
        /* lengths scale the moments */
        a2 = a;
        b2 = b;
        a2.mid = ali_vec3_scale(1e-3, a.mid);
        b2.mid = ali_vec3_scale(1e-3, b.mid);
        a2.half *= 1e-3;
        b2.half *= 1e-3;
        a2.radius *= 1e-3;
        b2.radius *= 1e-3;
        ali_tube_static(&a2, &b2, 3, 3, mirrored);
        for (int m = 0; m < 16; m++)
            mirrored[m] *= 1e3;
        assert_true(worst(mirrored, here, 3, 3) < 1e-9);
    }
}

/** Cutting a tube in two must not change the sum of the zeroth moments. */
static void test_moments_add_up_over_parts(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 4.0, 0.3), low = a, high = a;
    low.half = 0.5;
    low.mid.z = -3.5;
    high.half = 3.5;
    high.mid.z = 0.5;
    ali_tube others[] = {a, tube((ali_vec3){0.7, 0, 0}, up, 4.0, 0.3),
                         tube((ali_vec3){1.5, 0, 2.5}, (ali_vec3){1, 0, 1}, 2.0, 0.3)};
    for (size_t i = 0; i < 3; i++) {
        double whole, first, second;
        ali_tube_static(&a, &others[i], 0, 0, &whole);
        ali_tube_static(&low, &others[i], 0, 0, &first);
        ali_tube_static(&high, &others[i], 0, 0, &second);
        assert_close(first + second, whole, 1e-5 * whole);
    }
}

/* ---- the rest, and all of the kernel ---- */

static double complex rest(double k, double r)
{
    double x = k * r;
    return x < 1e-4 ? k * CMPLX(-0.5 * x, -1.0 + x * x / 6.0) : CMPLX(cos(x) - 1.0, -sin(x)) / r;
}

static double complex wave(double k, double r)
{
    return CMPLX(cos(k * r), -sin(k * r)) / r;
}

enum { BRUTE_PANELS = 6, BRUTE_POINTS = 8, BRUTE_ANGLES = 8 };

/** The mean of a kernel over both circumferences between two places on the axes. */
static double complex averaged(double complex (*kernel)(double, double), double k,
                               const ali_tube *a, const ali_tube *b, double s, double t)
{
    ali_vec3 basis[2][2];
    const ali_tube *tubes[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        ali_vec3 dir = tubes[i]->dir, other = {fabs(dir.x) < 0.6, fabs(dir.x) >= 0.6, 0.0};
        basis[i][0] = ali_vec3_cross(dir, other);
        basis[i][0] = ali_vec3_scale(1.0 / ali_vec3_norm(basis[i][0]), basis[i][0]);
        basis[i][1] = ali_vec3_cross(dir, basis[i][0]);
    }
    double complex sum = 0.0;
    for (int i = 0; i < BRUTE_ANGLES; i++)
        for (int j = 0; j < BRUTE_ANGLES; j++) {
            double f = 2.0 * ALI_PI * i / BRUTE_ANGLES, g = 2.0 * ALI_PI * (j + 0.5) / BRUTE_ANGLES;
            ali_vec3 x = ali_vec3_axpy(a->mid, s, a->dir), y = ali_vec3_axpy(b->mid, t, b->dir);
            x = ali_vec3_axpy(x, a->radius * cos(f), basis[0][0]);
            x = ali_vec3_axpy(x, a->radius * sin(f), basis[0][1]);
            y = ali_vec3_axpy(y, b->radius * cos(g), basis[1][0]);
            y = ali_vec3_axpy(y, b->radius * sin(g), basis[1][1]);
            sum += kernel(k, ali_vec3_distance(x, y));
        }
    return sum / (BRUTE_ANGLES * BRUTE_ANGLES);
}

/** Moments up to order 2 by panels of Gauss points and a product rule around. */
static void brute_force(double complex (*kernel)(double, double), double k, const ali_tube *a,
                        const ali_tube *b, double complex *moment)
{
    memset(moment, 0, 9 * sizeof *moment);
    for (int i = 0; i < BRUTE_PANELS * BRUTE_POINTS; i++)
        for (int j = 0; j < BRUTE_PANELS * BRUTE_POINTS; j++) {
            const double *node = ali_gauss_node(BRUTE_POINTS);
            const double *weight = ali_gauss_weight(BRUTE_POINTS);
            double u =
                -1.0 + (2.0 * (i / BRUTE_POINTS) + 1.0 + node[i % BRUTE_POINTS]) / BRUTE_PANELS;
            double v =
                -1.0 + (2.0 * (j / BRUTE_POINTS) + 1.0 + node[j % BRUTE_POINTS]) / BRUTE_PANELS;
            double w = a->half * b->half * weight[i % BRUTE_POINTS] * weight[j % BRUTE_POINTS] /
                       (BRUTE_PANELS * BRUTE_PANELS * 4.0 * ALI_PI);
            double complex value = averaged(kernel, k, a, b, u * a->half, v * b->half);
            double p[3] = {1.0, u, 1.5 * u * u - 0.5}, q[3] = {1.0, v, 1.5 * v * v - 0.5};
            for (int m = 0; m < 9; m++)
                moment[m] += w * p[m / 3] * q[m % 3] * value;
        }
}

static double worst_complex(const double complex *moment, const double complex *wanted)
{
    double error = 0.0;
    for (int i = 0; i < 9; i++) {
        double difference = cabs(moment[i] - wanted[i]) / cabs(wanted[0]);
        error = difference <= error ? error : difference;
    }
    return error;
}

static void test_rest_against_brute_force(void **state)
{
    (void)state;
    static const double k[] = {0.02, 0.5, 1.5};
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 1.0, 0.02);
    ali_tube others[] = {a, tube((ali_vec3){0, 0, 1.7}, up, 0.7, 0.01),
                         tube((ali_vec3){0.3, 0, 0.4}, up, 1.0, 0.02),
                         tube((ali_vec3){0.7, 0, 1}, (ali_vec3){1, 0, 0}, 0.7, 0.02),
                         tube((ali_vec3){0.3, 0.2, 0.4}, (ali_vec3){1, 2, -1}, 0.8, 0.01)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t j = 0; j < 3; j++) {
            double complex moment[9], wanted[9];
            double fixed[9];
            ali_tube_dynamic(&a, &others[i], k[j], 2, 2, moment);
            ali_tube_static(&a, &others[i], 2, 2, fixed);
            brute_force(rest, k[j], &a, &others[i], wanted);
            double ka = k[j] * a.radius;
            for (int m = 0; m < 9; m++) {
                assert_close(creal(moment[m]), creal(wanted[m]), 2e-4 * fixed[0]);
                /* what carries the radiated power is held tighter */
                assert_close(cimag(moment[m]), cimag(wanted[m]),
                             (1e-8 + 0.2 * ka * ka) * fabs(cimag(wanted[0])));
            }
        }
}

/** Between 0 and 1. */
static double next_share(uint64_t *random)
{
    return 0.5 + 0.5 * next_random(random);
}

static ali_vec3 next_vector(uint64_t *random)
{
    double x = next_random(random), y = next_random(random);
    return (ali_vec3){x, y, next_random(random)};
}

/** Coaxial tubes of random lengths, places and senses: end to end, apart, overlapping, themselves.
 */
static void random_coaxial_pair(uint64_t *random, ali_tube *a, ali_tube *b)
{
    ali_vec3 axis = next_vector(random);
    double half = pow(10.0, next_random(random));
    *a = tube((ali_vec3){1, -2, 3}, axis, 1.0, pow(10.0, -1.0 - 3.0 * next_share(random)));
    *b = *a;
    if (next_share(random) < 0.1)
        return;
    double sense = next_share(random) < 0.5 ? 1.0 : -1.0, place = 1.5 * next_random(random);
    *b = tube(ali_vec3_axpy(a->mid, (1.0 + half) * place, a->dir), ali_vec3_scale(sense, a->dir),
              half, a->radius * (0.5 + next_share(random)));
}

static void test_series_against_quadrature(void **state)
{
    (void)state;
    enum { ORDER_A = 3, ORDER_B = 4, ROW = ORDER_B + 1, MOMENTS = (ORDER_A + 1) * ROW };
    uint64_t random = 7;
    for (int trial = 0; trial < 300; trial++) {
        ali_tube a, b;
        random_coaxial_pair(&random, &a, &b);
        double power[ALI_TUBE_SERIES_TERMS * MOMENTS], fixed[MOMENTS], leading[3][3];
        ali_tube_powers(&a, &b, ORDER_A, ORDER_B, power);
        ali_tube_static(&a, &b, ORDER_A, ORDER_B, fixed);
        double span = ali_tube_span(&a, &b);
        double phase = trial % 10 ? ALI_TUBE_SERIES_PHASE * pow(10.0, -6.0 * next_share(&random))
                                  : ALI_TUBE_SERIES_PHASE;
        double k = phase / span, re[MOMENTS] = {0.0}, im[MOMENTS] = {0.0};
        double complex wanted[MOMENTS];
        ali_tube_dynamic(&a, &b, k, ORDER_A, ORDER_B, wanted);
        ali_tube_series(k, span, MOMENTS, power, re, im);
        ali_tube_leading(&a, &b, k, leading);
        for (int p = 0; p <= ORDER_A; p++)
            for (int q = 0; q <= ORDER_B; q++) {
                int m = p * ROW + q;
                double imaginary = im[m] + (p + q < 3 ? leading[p][q] : 0.0);
                assert_close(re[m], creal(wanted[m]), 1e-9 * fixed[0]);
                /* relative to what radiates, at any wavelength */
                assert_close(imaginary, cimag(wanted[m]),
                             (1e-9 * phase * phase + 1e-12) * fabs(cimag(wanted[0])));
            }
    }
}

/** The leading terms of tubes in any position, by Gauss points, which are exact for polynomials. */
static void test_leading_terms(void **state)
{
    (void)state;
    uint64_t random = 11;
    for (int trial = 0; trial < 50; trial++) {
        ali_tube t[2];
        for (int i = 0; i < 2; i++)
            t[i] = tube(next_vector(&random), next_vector(&random), 0.2 + next_share(&random), 0.1);
        double k = 0.7, leading[3][3], wanted[3][3] = {{0.0}};
        ali_tube_leading(&t[0], &t[1], k, leading);
        for (int i = 0; i < 9; i++) {
            double u = ali_gauss_node(3)[i / 3], v = ali_gauss_node(3)[i % 3];
            double weight = t[0].half * ali_gauss_weight(3)[i / 3] * t[1].half *
                            ali_gauss_weight(3)[i % 3] / (4.0 * ALI_PI);
            double r = ali_vec3_distance(ali_vec3_axpy(t[0].mid, u * t[0].half, t[0].dir),
                                         ali_vec3_axpy(t[1].mid, v * t[1].half, t[1].dir));
            double r2 = r * r + t[0].radius * t[0].radius + t[1].radius * t[1].radius;
            double value = weight * (k * k * k * r2 / 6.0 - k);
            double p[3] = {1.0, u, 1.5 * u * u - 0.5}, q[3] = {1.0, v, 1.5 * v * v - 0.5};
            for (int m = 0; m < 9; m++)
                if (m / 3 + m % 3 < 3)
                    wanted[m / 3][m % 3] += value * p[m / 3] * q[m % 3];
        }
        for (int m = 0; m < 9; m++)
            assert_close(leading[m / 3][m % 3], wanted[m / 3][m % 3], 1e-14 * fabs(wanted[0][0]));
    }
}

static void test_far_against_brute_force(void **state)
{
    (void)state;
    static const double k[] = {1e-3, 0.2, 0.5};
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 1.0, 0.2);
    ali_tube others[] = {tube((ali_vec3){0, 0, 3.4}, up, 1.0, 0.2),
                         tube((ali_vec3){1.4, 0, 0.4}, up, 1.0, 0.1),
                         tube((ali_vec3){1.2, 1, 1.6}, (ali_vec3){1, 0, 0}, 0.7, 0.2),
                         tube((ali_vec3){-2, 1.5, 0.4}, (ali_vec3){1, 2, -1}, 0.8, 0.05)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t j = 0; j < 3; j++) {
            double complex moment[9], wanted[9];
            brute_force(wave, k[j], &a, &others[i], wanted);
            ali_tube_far(&a, &others[i], k[j], 14, 14, 2, 2, moment);
            assert_true(worst_complex(moment, wanted) < 1.5e-4);
            /* with the radii neglected it is worse, or the test shows nothing */
            ali_tube thin_a = a, thin_b = others[i];
            thin_a.radius = thin_b.radius = 1e-9;
            ali_tube_far(&thin_a, &thin_b, k[j], 14, 14, 2, 2, moment);
            assert_true(worst_complex(moment, wanted) > 3e-4);
        }
}

/** The split and the unsplit kernel meet at the distance where the operator changes over. */
static void test_near_and_far_agree(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 1.0, 0.05);
    ali_tube others[] = {tube((ali_vec3){0, 0, 2.7}, up, 1.0, 0.05),
                         tube((ali_vec3){0.7, 0, 0.3}, up, 1.0, 0.05),
                         tube((ali_vec3){0.5, 0.5, 1.4}, (ali_vec3){1, 0, 0}, 1.0, 0.02)};
    for (size_t i = 0; i < 3; i++)
        for (double k = 0.01; k < 0.3; k *= 5.0) {
            double complex near[9], far[9];
            double fixed[9];
            ali_tube_static(&a, &others[i], 2, 2, fixed);
            ali_tube_dynamic(&a, &others[i], k, 2, 2, near);
            for (int m = 0; m < 9; m++)
                near[m] += fixed[m];
            ali_tube_far(&a, &others[i], k, 14, 14, 2, 2, far);
            assert_true(worst_complex(near, far) < 5e-5);
        }
}

/** Seen from very far, two tubes are two points. */
static void test_far_away_tubes_are_points(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 0.01, 0.001);
    ali_tube b = tube((ali_vec3){300, 400, 1200}, (ali_vec3){1, 0, 0}, 0.02, 0.001);
    double complex moment;
    ali_tube_far(&a, &b, 0.01, 2, 2, 0, 0, &moment);
    double complex wanted = wave(0.01, 1300.0) * 0.02 * 0.04 / (4.0 * ALI_PI);
    assert_true(cabs(moment - wanted) < 1e-7 * cabs(wanted));
}

/* ---- geometry ---- */

static void test_distance_of_axes(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 2.0, 0.1);
    ali_tube crossing = tube((ali_vec3){0.5, 0, 1}, (ali_vec3){0, 1, 0}, 1.0, 0.1);
    ali_tube beyond = tube((ali_vec3){3, 0, 6}, (ali_vec3){1, 0, 0}, 1.0, 0.1);
    ali_tube parallel = tube((ali_vec3){0.3, 0.4, 1}, up, 5.0, 0.1);
    ali_tube inline_with = tube((ali_vec3){0, 0, 6}, up, 1.0, 0.1);
    assert_close(ali_tube_distance(&a, &crossing), 0.5, 1e-14);
    assert_close(ali_tube_distance(&a, &beyond), hypot(2.0, 4.0), 1e-14);
    assert_close(ali_tube_distance(&beyond, &a), hypot(2.0, 4.0), 1e-14);
    assert_close(ali_tube_distance(&a, &parallel), 0.5, 1e-14);
    assert_close(ali_tube_distance(&a, &inline_with), 3.0, 1e-14);
    assert_close(ali_tube_distance(&a, &a), 0.0, 1e-14);
}

static void test_coaxial_is_recognised(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 2.0, 0.1);
    ali_tube on = tube((ali_vec3){5e-5, 0, 7}, (ali_vec3){0, 0, -1}, 3.0, 0.06);
    ali_tube off = tube((ali_vec3){7e-5, 0, 7}, up, 3.0, 0.06);
    ali_tube bent = tube((ali_vec3){0, 0, 5}, (ali_vec3){1e-3, 0, 1}, 3.0, 0.1);
    assert_true(ali_tube_coaxial(&a, &a));
    assert_true(ali_tube_coaxial(&a, &on));
    assert_false(ali_tube_coaxial(&a, &off));
    assert_false(ali_tube_coaxial(&a, &bent));
}

/** Nothing jumps where the coaxial rule gives way to the general one. */
static void test_rules_agree_where_they_meet(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 6.0, 1.0);
    double places[] = {12.0, 12.3, 30.0};
    for (size_t i = 0; i < 3; i++) {
        ali_tube on = tube((ali_vec3){0.9e-3, 0, places[i]}, up, 6.0, 1.0), off = on;
        off.mid.x = 1.1e-3;
        double before[9], after[9];
        assert_true(ali_tube_coaxial(&a, &on) && !ali_tube_coaxial(&a, &off));
        ali_tube_static(&a, &on, 2, 2, before);
        ali_tube_static(&a, &off, 2, 2, after);
        assert_true(worst(after, before, 2, 2) < 1e-4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_self_term_is_maxwells),
        cmocka_unit_test(test_tubes_on_one_axis),
        cmocka_unit_test(test_separate_tubes),
        cmocka_unit_test(test_tubes_that_meet),
        cmocka_unit_test(test_tubes_that_run_into_each_other),
        cmocka_unit_test(test_symmetric_positions_are_finite),
        cmocka_unit_test(test_needles_are_finite),
        cmocka_unit_test(test_moments_do_not_depend_on_the_frame),
        cmocka_unit_test(test_moments_add_up_over_parts),
        cmocka_unit_test(test_rest_against_brute_force),
        cmocka_unit_test(test_series_against_quadrature),
        cmocka_unit_test(test_leading_terms),
        cmocka_unit_test(test_far_against_brute_force),
        cmocka_unit_test(test_near_and_far_agree),
        cmocka_unit_test(test_far_away_tubes_are_points),
        cmocka_unit_test(test_distance_of_axes),
        cmocka_unit_test(test_coaxial_is_recognised),
        cmocka_unit_test(test_rules_agree_where_they_meet),
    };
    return cmocka_run_group_tests_name("tube", tests, NULL, NULL);
}
