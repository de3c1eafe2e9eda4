/* SPDX-License-Identifier: Apache-2.0 */
#include "green/tube_lossy.h"

#include "assert_close.h"
#include "base/constants.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "random.h"

#include <string.h>

static ali_tube tube(ali_vec3 mid, ali_vec3 along, double half, double radius)
{
    return (ali_tube){mid, ali_vec3_scale(1.0 / ali_vec3_norm(along), along), half, radius};
}

static const ali_vec3 up = {0.0, 0.0, 1.0};

/* ---- brute force: adaptive quadrature along both axes, one inside the other ---- */

enum { ORDER = 2, ROW = ORDER + 1, MOMENTS = ROW * ROW, RULE = 8 };

/** What is integrated: the kernel between two tubes, `angles` points around each, or for 0 the
 * kernel at the mean square of the distance. */
typedef struct brute {
    const ali_tube *a, *b;
    double complex k;
    bool whole; /**< e^{-jkR}/R, and not only the rest */
    int angles;
    double s, tolerance;
} brute;

typedef void (*brute_fn)(brute *work, double place, double complex *value);

static double complex kernel(const brute *work, double r)
{
    double complex x = CMPLX(cimag(work->k) * r, -creal(work->k) * r);
    if (work->whole)
        return cexp(x) / r;
    if (cabs(x) < 1e-3)
        return x / r * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0)));
    return (cexp(x) - 1.0) / r;
}

/** The point at an angle around a tube, from its axis. */
static ali_vec3 rim(const ali_tube *tube, double angle)
{
    ali_vec3 other = {fabs(tube->dir.x) < 0.6, fabs(tube->dir.x) >= 0.6, 0.0};
    ali_vec3 first = ali_vec3_cross(tube->dir, other);
    first = ali_vec3_scale(tube->radius / ali_vec3_norm(first), first);
    ali_vec3 second = ali_vec3_cross(tube->dir, first);
    return ali_vec3_axpy(ali_vec3_scale(cos(angle), first), sin(angle), second);
}

static double complex averaged(const brute *work, ali_vec3 d)
{
    const ali_tube *a = work->a, *b = work->b;
    if (work->angles == 0)
        return kernel(work,
                      sqrt(ali_vec3_dot(d, d) + a->radius * a->radius + b->radius * b->radius));
    double complex sum = 0.0;
    int n = work->angles;
    for (int i = 0; i < n * n; i++) {
        ali_vec3 from = rim(a, 2.0 * ALI_PI * (i / n + 0.3) / n);
        ali_vec3 to = rim(b, 2.0 * ALI_PI * (i % n + 0.8) / n);
        sum += kernel(work, ali_vec3_norm(ali_vec3_add(d, ali_vec3_sub(from, to))));
    }
    return sum / (n * n);
}

static void gauss(brute *work, brute_fn f, double low, double high, int size, double complex *sum)
{
    memset(sum, 0, (size_t)size * sizeof *sum);
    for (int i = 0; i < RULE; i++) {
        double complex value[MOMENTS];
        f(work, 0.5 * (low + high) + 0.5 * (high - low) * ali_gauss_node(RULE)[i], value);
        for (int m = 0; m < size; m++)
            sum[m] += 0.5 * (high - low) * ali_gauss_weight(RULE)[i] * value[m];
    }
}

static void divide(brute *work, brute_fn f, double low, double high, int size, double tolerance,
                   const double complex *whole, int depth, double complex *sum)
{
    double complex left[MOMENTS], right[MOMENTS];
    double middle = 0.5 * (low + high), error = 0.0;
    gauss(work, f, low, middle, size, left);
    gauss(work, f, middle, high, size, right);
    for (int m = 0; m < size; m++)
        error = fmax(error, cabs(left[m] + right[m] - whole[m]));
    if (error < tolerance || depth > 18) {
        for (int m = 0; m < size; m++)
            sum[m] += left[m] + right[m];
        return;
    }
    divide(work, f, low, middle, size, tolerance, left, depth + 1, sum);
    divide(work, f, middle, high, size, tolerance, right, depth + 1, sum);
}

static void integrate(brute *work, brute_fn f, double half, int size, double tolerance,
                      double complex *sum)
{
    double complex whole[MOMENTS];
    memset(sum, 0, (size_t)size * sizeof *sum);
    for (int i = 0; i < 3; i++) { /* not cut at the middle, where much is symmetric */
        double low = half * (2.0 * i / 3.0 - 1.0), high = low + half * 2.0 / 3.0;
        gauss(work, f, low, high, size, whole);
        divide(work, f, low, high, size, tolerance, whole, 0, sum);
    }
}

static void along_b(brute *work, double t, double complex *value)
{
    const ali_tube *a = work->a, *b = work->b;
    double p[ROW];
    ali_legendre(t / b->half, ORDER, p);
    ali_vec3 d = ali_vec3_axpy(ali_vec3_sub(a->mid, b->mid), work->s, a->dir);
    double complex mean = averaged(work, ali_vec3_axpy(d, -t, b->dir));
    for (int q = 0; q <= ORDER; q++)
        value[q] = mean * p[q];
}

static void along_a(brute *work, double s, double complex *value)
{
    double complex potential[ROW];
    double p[ROW];
    work->s = s;
    integrate(work, along_b, work->b->half, ROW, 0.1 * work->tolerance / work->a->half, potential);
    ali_legendre(s / work->a->half, ORDER, p);
    for (int m = 0; m < MOMENTS; m++)
        value[m] = p[m / ROW] * potential[m % ROW];
}

/** Moments up to ORDER to about `accuracy` [m]. */
static void brute_force(brute work, double accuracy, double complex *moment)
{
    work.tolerance = 4.0 * ALI_PI * accuracy;
    integrate(&work, along_a, work.a->half, MOMENTS, work.tolerance, moment);
    for (int m = 0; m < MOMENTS; m++)
        moment[m] /= 4.0 * ALI_PI;
}

static double worst(const double complex *moment, const double complex *wanted)
{
    double error = 0.0;
    for (int m = 0; m < MOMENTS; m++) {
        double difference = cabs(moment[m] - wanted[m]);
        error = difference <= error ? error : difference;
    }
    return error;
}

/** Largest difference from the moments of the exchanged pair. */
static double exchanged(const double complex *moment, const double complex *swapped)
{
    double complex turned[MOMENTS];
    for (int m = 0; m < MOMENTS; m++)
        turned[m] = swapped[m % ROW * ROW + m / ROW];
    return worst(moment, turned);
}

/* ---- the rest ---- */

static const struct near_case {
    ali_vec3 mid_a, mid, along; /**< a points up */
    double half, radius_a, radius;
} near_cases[] = {{{0, 0, 0}, {0, 0, 0}, {0, 0, 1}, 1, 1e-2, 1e-2}, /* itself */
                  {{0, 0, 0}, {0, 0, 0}, {0, 0, 1}, 1, 1e-5, 1e-5}, /* a needle */
                  {{0, 0, 0}, {0, 0, 1.6}, {0, 0, -1}, 0.6, 1e-2, 5e-3},
                  {{0, 0, 0}, {0, 0, 0.3}, {0, 0, 1}, 0.5, 1e-2, 2e-3}, /* overlapping */
                  {{0, 0, -1}, {1, 0, 0}, {1, 0, 0}, 1, 1e-2, 1e-2},    /* meeting, 90 degrees */
                  {{0, 0, -1}, {0.336, 0, 0.614}, {0.336, 0, 0.614}, 0.7, 1e-3, 1e-2}, /* 151 */
                  {{0, 0, -1}, {0.343, 0, -0.939}, {0.343, 0, -0.939}, 1, 1e-2, 1e-2}, /* 20 */
                  {{0, 0, 0}, {0.1, 0.2, 0.3}, {1, 2, 0.5}, 1, 1e-2, 1e-2}, /* crossing */
                  {{0, 0, 0}, {0.03, 0, 0.3}, {0, 0, 1}, 1, 1e-2, 1e-2},    /* parallel */
                  {{0, 0, 0}, {0.2, 0, -0.7}, {0, 0, -1}, 0.4, 1e-2, 1e-2},
                  {{0, 0, 0}, {0.05, 0, 0.7}, {0.05, 0, 1}, 0.5, 1e-3, 1e-2}};
enum { NEAR_CASES = sizeof near_cases / sizeof *near_cases };

static void near_pair(const struct near_case *this, ali_tube *a, ali_tube *b)
{
    *a = tube(this->mid_a, up, 1.0, this->radius_a);
    *b = tube(this->mid, this->along, this->half, this->radius);
}

static double static_moment(const ali_tube *a, const ali_tube *b)
{
    double moment;
    ali_tube_static(a, b, 0, 0, &moment);
    return moment;
}

/** Half length 1: tubes of up to one and a half wavelengths, from no loss to skin depths of a
 * quarter of the length. */
static void test_rest_against_brute_force(void **state)
{
    (void)state;
    static const double complex k[] = {CMPLX(0.1, -0.1), CMPLX(1.5, 0.0), CMPLX(1.5, -1.5),
                                       CMPLX(4.0, -0.2), CMPLX(4.0, -4.0)};
    for (int i = 0; i < NEAR_CASES; i++)
        for (size_t j = 0; j < sizeof k / sizeof *k; j++) {
            ali_tube a, b;
            near_pair(&near_cases[i], &a, &b);
            double radius = hypot(a.radius, b.radius), fixed = static_moment(&a, &b);
            if (cabs(k[j]) * radius > 0.05)
                continue; /* there the mean square is no longer used */
            double complex moment[MOMENTS], swapped[MOMENTS], wanted[MOMENTS];
            ali_tube_lossy_rest(&a, &b, k[j], ORDER, ORDER, moment);
            ali_tube_lossy_rest(&b, &a, k[j], ORDER, ORDER, swapped);
            brute_force((brute){.a = &a, .b = &b, .k = k[j]}, 3e-6 * fixed, wanted);
            if (!(worst(moment, wanted) < 5e-5 * fixed))
                fail_msg("case %d, k %g%+gj: %.1e", i, creal(k[j]), cimag(k[j]),
                         worst(moment, wanted) / fixed);
            assert_true(exchanged(moment, swapped) < 2e-5 * fixed);
        }
}

/** Far longer than the skin depth. Only what is near counts, and static part and rest cancel
 * elsewhere. */
static void test_rest_of_long_tubes(void **state)
{
    (void)state;
    const double complex k = CMPLX(15.0, -15.0);
    for (int i = 0; i < NEAR_CASES; i += 3) {
        ali_tube a, b;
        near_pair(&near_cases[i], &a, &b);
        a.radius *= 0.1;
        b.radius *= 0.1;
        double complex moment[MOMENTS], wanted[MOMENTS];
        double fixed = static_moment(&a, &b);
        ali_tube_lossy_rest(&a, &b, k, ORDER, ORDER, moment);
        brute_force((brute){.a = &a, .b = &b, .k = k}, 3e-6 * fixed, wanted);
        assert_true(worst(moment, wanted) < 5e-5 * fixed);
    }
}

/** Against the mean over both circumferences itself: thin tubes have the mean square, thick ones
 * have the mean. */
static void test_rest_around_the_tubes(void **state)
{
    (void)state;
    static const struct {
        double radius_a, radius_b;
        ali_vec3 mid, along;
        double complex k;
    } cases[] = {{0.01, 0.01, {0, 0, 0}, {0, 0, 1}, CMPLX(1.5, -1.5)},
                 {0.01, 0.004, {0.3, 0, 1}, {1, 0, 0.5}, CMPLX(3.5, -3.5)},
                 {0.1, 0.1, {0, 0, 0}, {0, 0, 1}, CMPLX(1.0, -1.0)},
                 {0.2, 0.1, {0, 0, 1.6}, {0, 0, 1}, CMPLX(5.0, -5.0)},
                 {0.2, 0.1, {1, 0, 1}, {1, 0, 0}, CMPLX(2.0, -2.0)},
                 {0.2, 0.1, {0.5, 0.2, 0.3}, {1, 0, 1}, CMPLX(3.0, -1.0)}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_tube a = tube((ali_vec3){0, 0, 0}, up, 1.0, cases[i].radius_a);
        ali_tube b = tube(cases[i].mid, cases[i].along, 1.0, cases[i].radius_b);
        double complex moment[MOMENTS], wanted[MOMENTS];
        double fixed = static_moment(&a, &b);
        ali_tube_lossy_rest(&a, &b, cases[i].k, ORDER, ORDER, moment);
        brute_force((brute){.a = &a, .b = &b, .k = cases[i].k, .angles = 10}, 1e-4 * fixed, wanted);
        if (!(worst(moment, wanted) < 1.5e-4 * fixed))
            fail_msg("case %zu: %.1e", i, worst(moment, wanted) / fixed);
    }
}

static void test_rest_without_loss(void **state)
{
    (void)state;
    for (int i = 0; i < NEAR_CASES; i++)
        for (double k = 0.02; k < 2.0; k *= 4.0) {
            ali_tube a, b;
            near_pair(&near_cases[i], &a, &b);
            double complex moment[MOMENTS], wanted[MOMENTS], little[MOMENTS];
            double fixed = static_moment(&a, &b);
            ali_tube_dynamic(&a, &b, k, ORDER, ORDER, wanted);
            ali_tube_lossy_rest(&a, &b, k, ORDER, ORDER, moment);
            ali_tube_lossy_rest(&a, &b, CMPLX(k, -1e-9), ORDER, ORDER, little);
            assert_true(worst(moment, wanted) < 4e-4 * fixed); /* the other one is the coarser */
            assert_true(worst(moment, little) < 1e-8);
            /* what carries the radiated power */
            assert_close(cimag(moment[0]), cimag(wanted[0]), 1e-12 * fabs(cimag(wanted[0])));
        }
}

/* ---- far tubes ---- */

static void test_far_without_loss(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 1.0, 0.1);
    ali_tube b = tube((ali_vec3){2, 1, 1.3}, (ali_vec3){1, 2, -1}, 0.7, 0.2);
    for (double k = 0.01; k < 5.0; k *= 3.0) {
        double complex moment[MOMENTS], wanted[MOMENTS];
        ali_tube_far(&a, &b, k, 7, 5, ORDER, ORDER, wanted);
        ali_tube_lossy_far(&a, &b, k, 7, 5, ORDER, ORDER, moment);
        assert_true(worst(moment, wanted) < 1e-14 * cabs(wanted[0]));
    }
}

/** The finite radii, which multiply the wave of a medium with loss as they do without. */
static void test_far_against_brute_force(void **state)
{
    (void)state;
    static const double complex k[] = {CMPLX(0.2, -0.2), CMPLX(1.0, -1.0), CMPLX(1.5, -0.1)};
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 1.0, 0.2);
    ali_tube others[] = {tube((ali_vec3){0, 0, 3.4}, up, 1.0, 0.2),
                         tube((ali_vec3){1.4, 0, 0.4}, up, 1.0, 0.1),
                         tube((ali_vec3){-2, 1.5, 0.4}, (ali_vec3){1, 2, -1}, 0.8, 0.05)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t j = 0; j < sizeof k / sizeof *k; j++) {
            double complex moment[MOMENTS], wanted[MOMENTS];
            brute work = {.a = &a, .b = &others[i], .k = k[j], .whole = true, .angles = 6};
            brute_force(work, 1e-5 * static_moment(&a, &others[i]), wanted);
            ali_tube_lossy_far(&a, &others[i], k[j], 14, 14, ORDER, ORDER, moment);
            double distance = ali_tube_distance(&a, &others[i]);
            double scale = static_moment(&a, &others[i]) * exp(cimag(k[j]) * distance);
            if (!(worst(moment, wanted) < 3e-4 * scale))
                fail_msg("pair %zu, k %zu: %.1e", i, j, worst(moment, wanted) / scale);
            ali_tube thin_a = a, thin_b = others[i];
            thin_a.radius = thin_b.radius = 1e-9;
            ali_tube_lossy_far(&thin_a, &thin_b, k[j], 14, 14, ORDER, ORDER, moment);
            /* with the radii neglected it is worse, or the test shows nothing */
            assert_true(worst(moment, wanted) > 4e-4 * scale);
        }
}

/** Both agree where the operator changes over. */
static void test_near_and_far_agree(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 1.0, 0.02);
    ali_tube others[] = {tube((ali_vec3){0, 0, 2.7}, up, 1.0, 0.02),
                         tube((ali_vec3){0.7, 0, 0.3}, up, 1.0, 0.02),
                         tube((ali_vec3){0.5, 0.5, 1.4}, (ali_vec3){1, 0, 0}, 1.0, 0.02)};
    for (size_t i = 0; i < 3; i++)
        for (double k = 0.01; k < 3.0; k *= 4.0) {
            double complex near[MOMENTS], far[MOMENTS];
            double fixed[MOMENTS];
            ali_tube_static(&a, &others[i], ORDER, ORDER, fixed);
            ali_tube_lossy_rest(&a, &others[i], CMPLX(k, -k), ORDER, ORDER, near);
            for (int m = 0; m < MOMENTS; m++)
                near[m] += fixed[m];
            ali_tube_lossy_far(&a, &others[i], CMPLX(k, -k), 16, 16, ORDER, ORDER, far);
            assert_true(worst(near, far) < 1e-4 * fixed[0]);
        }
}

/** The points chosen are enough: relative to M_00 of 1/R and to the attenuation up to the nearest
 * points. */
static void test_points(void **state)
{
    (void)state;
    uint64_t random = 5;
    int checked = 0;
    for (int trial = 0; trial < 2000; trial++) {
        ali_tube t[2];
        for (int i = 0; i < 2; i++) {
            double x = next_random(&random), y = next_random(&random);
            ali_vec3 along = {x, y, next_random(&random)};
            t[i] = tube((ali_vec3){0, 0, 0}, along, pow(2.0, next_random(&random)), 1e-4);
        }
        double reach = pow(10.0, next_random(&random));
        t[1].mid = (ali_vec3){0.6 * reach, 1.5 * reach, next_random(&random) * reach};
        double distance = ali_tube_distance(&t[0], &t[1]);
        if (distance < 0.6 * fmax(t[0].half, t[1].half))
            continue;
        checked++;
        double angle = 0.25 * ALI_PI * (1.0 + next_random(&random)) / 2.0;
        double length = 5.0 * pow(10.0, 1.5 * next_random(&random) - 1.5);
        double complex k = length * CMPLX(cos(angle), -sin(angle));
        double complex moment[MOMENTS], wanted[MOMENTS], fixed;
        int points[2];
        for (int i = 0; i < 2; i++)
            points[i] = ali_tube_lossy_points(t[i].half, distance, k, ORDER);
        ali_tube_lossy_far(&t[0], &t[1], k, 24, 24, ORDER, ORDER, wanted);
        ali_tube_lossy_far(&t[0], &t[1], 0.0, 24, 24, 0, 0, &fixed);
        ali_tube_lossy_far(&t[0], &t[1], k, points[0], points[1], ORDER, ORDER, moment);
        double scale = creal(fixed) * exp(cimag(k) * distance);
        if (!(worst(moment, wanted) < 1e-4 * scale))
            fail_msg("half %g, %g; distance %g; k %g%+gj; points %d, %d: %.1e", t[0].half,
                     t[1].half, distance, creal(k), cimag(k), points[0], points[1],
                     worst(moment, wanted) / scale);
    }
    assert_true(checked > 1000);
}

/** Nothing overflows where the waves are long dead. */
static void test_dead_waves_are_zero(void **state)
{
    (void)state;
    ali_tube a = tube((ali_vec3){0, 0, 0}, up, 1.0, 1e-3);
    ali_tube b = tube((ali_vec3){50, 0, 0}, up, 1.0, 1e-3);
    double complex moment[MOMENTS];
    ali_tube_lossy_far(&a, &b, CMPLX(50.0, -50.0), 8, 8, ORDER, ORDER, moment);
    for (int m = 0; m < MOMENTS; m++)
        assert_true(cabs(moment[m]) == 0.0);
    ali_tube_lossy_rest(&a, &a, CMPLX(1e5, -1e5), ORDER, ORDER, moment);
    for (int m = 0; m < MOMENTS; m++)
        assert_true(isfinite(cabs(moment[m])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rest_against_brute_force),
        cmocka_unit_test(test_rest_of_long_tubes),
        cmocka_unit_test(test_rest_around_the_tubes),
        cmocka_unit_test(test_rest_without_loss),
        cmocka_unit_test(test_far_without_loss),
        cmocka_unit_test(test_far_against_brute_force),
        cmocka_unit_test(test_near_and_far_agree),
        cmocka_unit_test(test_points),
        cmocka_unit_test(test_dead_waves_are_zero),
    };
    return cmocka_run_group_tests_name("tube_lossy", tests, NULL, NULL);
}
