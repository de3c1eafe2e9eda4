/* SPDX-License-Identifier: Apache-2.0 */
#include "green/far_kernel.h"

#include "assert_close.h"
#include "base/constants.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

enum { SIZE = ALI_TUBE_ORDER_MAX + 1, MOST = 64, POINTS = 24 };

typedef enum kernel_part { FAR, MIDDLE, REST } kernel_part;

/** Tubes both ways, and room for what the kernels write. */
typedef struct fixture {
    ali_tube one, other[MOST];
    double array[8][MOST];
    double table[2][POINTS][SIZE];
    double re[SIZE * SIZE * MOST], im[SIZE * SIZE * MOST];
    ali_far_task task;
} fixture;

static double random_between(double low, double high)
{
    return low + (high - low) * rand() / RAND_MAX;
}

static ali_vec3 random_direction(void)
{
    double z = random_between(-1, 1), phi = random_between(0, 2 * ALI_PI), s = sqrt(1 - z * z);
    return (ali_vec3){s * cos(phi), s * sin(phi), z};
}

static ali_far_rule make_rule(int points, double table[POINTS][SIZE])
{
    for (int i = 0; i < points; i++) {
        ali_legendre(ali_gauss_node(points)[i], ALI_TUBE_ORDER_MAX, table[i]);
        for (int p = 0; p < SIZE; p++)
            table[i][p] *= ali_gauss_weight(points)[i];
    }
    return (ali_far_rule){points, ali_gauss_node(points), (const double(*)[SIZE])table};
}

/** A tube at the origin's place and `count` others `near` … `far` away, in random directions. */
static void set_up(fixture *f, size_t count, double near, double far, double k, int points,
                   int other_points, int order, int other_order)
{
    f->one = (ali_tube){{3.0, -2.0, 7.0}, random_direction(), random_between(0.1, 0.5), 0.03};
    for (size_t i = 0; i < MOST; i++) {
        ali_vec3 mid = ali_vec3_axpy(f->one.mid, random_between(near, far), random_direction());
        f->other[i] = (ali_tube){mid, random_direction(), random_between(0.1, 0.5),
                                 random_between(0.001, 0.05)};
        const double value[8] = {mid.x,
                                 mid.y,
                                 mid.z,
                                 f->other[i].dir.x,
                                 f->other[i].dir.y,
                                 f->other[i].dir.z,
                                 f->other[i].half,
                                 f->other[i].radius};
        for (int c = 0; c < 8; c++)
            f->array[c][i] = value[c];
    }
    f->task = (ali_far_task){
        .tube = f->one,
        .rule = make_rule(points, f->table[0]),
        .order = order,
        .others = {count,
                   {f->array[0], f->array[1], f->array[2]},
                   {f->array[3], f->array[4], f->array[5]},
                   f->array[6],
                   f->array[7]},
        .other_rule = make_rule(other_points, f->table[1]),
        .other_order = other_order,
        .k = k,
    };
}

static void run(const ali_far_kernel *kernel, kernel_part part, fixture *f)
{
    const ali_far_moments_fn functions[] = {kernel->far, kernel->middle, kernel->rest};
    for (size_t i = 0; i < SIZE * SIZE * MOST; i++)
        f->re[i] = f->im[i] = NAN;
    functions[part](&f->task, MOST, f->re, f->im);
}

static double complex moment_of(const fixture *f, int p, int q, size_t i)
{
    size_t at = (size_t)(p * (f->task.other_order + 1) + q) * MOST + i;
    return CMPLX(f->re[at], f->im[at]);
}

/** The kernel between two points by libm in extended precision. */
static double complex kernel_between(kernel_part part, const ali_tube *a, const ali_tube *b,
                                     double k, ali_vec3 d)
{
    long double r2 = (long double)d.x * d.x + (long double)d.y * d.y + (long double)d.z * d.z;
    if (part == REST)
        r2 += (long double)a->radius * a->radius + (long double)b->radius * b->radius;
    long double r = sqrtl(r2), x = k * r, half_sine = sinl(0.5L * x);
    long double re = (part == REST ? -2.0L * half_sine * half_sine : cosl(x)) / r;
    double complex value = CMPLX((double)re, (double)(-sinl(x) / r)) / (4.0 * ALI_PI);
    if (part != MIDDLE)
        return value;
    ali_ring_terms ring = ali_tube_ring_terms(a, b, k, d, (double)r2);
    return value * (1.0 - ring.far + ring.near * CMPLX(1.0, (double)x));
}

static double complex expected(const fixture *f, kernel_part part, int p, int q, size_t i)
{
    const ali_tube *a = &f->one, *b = &f->other[i];
    const ali_far_rule *ra = &f->task.rule, *rb = &f->task.other_rule;
    ali_vec3 apart = ali_vec3_sub(b->mid, a->mid);
    double complex sum = 0.0;
    for (int j = 0; j < ra->points; j++)
        for (int l = 0; l < rb->points; l++) {
            ali_vec3 d = ali_vec3_axpy(apart, b->half * rb->node[l], b->dir);
            d = ali_vec3_axpy(d, -a->half * ra->node[j], a->dir);
            sum += ra->table[j][p] * rb->table[l][q] * kernel_between(part, a, b, f->task.k, d);
        }
    sum *= a->half * b->half;
    if (part == FAR && p == 0 && q == 0) {
        double r2 = ali_vec3_dot(apart, apart), x = f->task.k * sqrt(r2);
        ali_ring_terms ring = ali_tube_ring_terms(a, b, f->task.k, apart, r2);
        double re = creal(sum), im = cimag(sum), rest = x < 0.1 ? im * x * x / 3.0 : im + x * re;
        sum += CMPLX((ring.near - ring.far) * re - ring.near * x * im,
                     ring.near * rest - ring.far * im);
    }
    return sum;
}

/** Compare all moments of one set-up with libm; the phase kR has itself an error of 1e-16 kR. */
static void check(const ali_far_kernel *kernel, kernel_part part, fixture *f, double distance)
{
    run(kernel, part, f);
    for (size_t i = 0; i < f->task.others.count; i++) {
        double size = f->one.half * f->other[i].half / (ALI_PI * distance);
        double tolerance = 4e-15 * size * (1.0 + f->task.k * 2.0 * distance);
        for (int p = 0; p <= f->task.order; p++)
            for (int q = 0; q <= f->task.other_order; q++)
                assert_close(moment_of(f, p, q, i), expected(f, part, p, q, i), tolerance);
    }
}

typedef void (*variant_test)(const ali_far_kernel *kernel, fixture *f);

static void for_variants(variant_test test)
{
    const ali_far_kernel *const *table;
    fixture *f = malloc(sizeof *f);
    assert_non_null(f);
    size_t count = ali_far_kernels(&table);
    assert_true(count >= 1);
    assert_string_equal(table[0]->name, "plain");
    for (size_t v = 0; v < count; v++) {
        srand(17);
        test(table[v], f);
    }
    free(f);
}

static void all_orders(const ali_far_kernel *kernel, fixture *f)
{
    for (int order = 0; order < SIZE; order++)
        for (int other = 0; other < SIZE; other++)
            for (int part = FAR; part <= REST; part++) {
                set_up(f, 9, 4.0, 6.0, 0.7, 2 + order, 3 + other, order, other);
                check(kernel, (kernel_part)part, f, 4.0);
            }
}

static void test_all_orders(void **state)
{
    (void)state;
    for_variants(all_orders);
}

static void all_points(const ali_far_kernel *kernel, fixture *f)
{
    static const int points[] = {1, 2, 3, 4, 5, 8, 13, POINTS};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        for (size_t j = 0; j < sizeof points / sizeof *points; j++)
            for (int part = FAR; part <= REST; part++) {
                set_up(f, 3, 4.0, 6.0, 0.7, points[i], points[j], 1, 1);
                check(kernel, (kernel_part)part, f, 4.0);
            }
}

static void test_all_points(void **state)
{
    (void)state;
    for_variants(all_points);
}

static void all_counts(const ali_far_kernel *kernel, fixture *f)
{
    for (size_t count = 1; count <= 35; count++)
        for (int part = FAR; part <= REST; part++) {
            set_up(f, count, 4.0, 6.0, 0.7, 2, 2, 1, 1);
            check(kernel, (kernel_part)part, f, 4.0);
        }
}

static void test_all_counts(void **state)
{
    (void)state;
    for_variants(all_counts);
}

static void all_distances(const ali_far_kernel *kernel, fixture *f)
{
    for (double k = 1e-9; k < 7.0; k *= 7.0) /* k a < 0.3 */
        for (double distance = 2.0; distance < 7e4; distance *= 5.0)
            for (int part = FAR; part <= REST; part++) {
                set_up(f, 16, distance, 2.0 * distance, k, 2, 2, 1, 1);
                check(kernel, (kernel_part)part, f, distance);
            }
}

static void test_all_distances(void **state)
{
    (void)state;
    for_variants(all_distances);
}

/* The expansion about the middles against ali_tube_far with more points than needed: the next terms
 * it leaves are of order (h/R)^4 + (k h)^4 in M_00 and M_11, (h/R)^3 + (k h)^3 in M_01 and M_10. */
static void expansion(const ali_far_kernel *kernel, fixture *f)
{
    for (double kh = 1e-6; kh < 0.5; kh *= 3.0)
        for (double distance = 4.0; distance < 2e3; distance *= 3.0) {
            set_up(f, 19, distance, 1.5 * distance, kh / 0.5, 2, 2, 2, 3);
            for (size_t i = 0; i < MOST * SIZE * SIZE; i++)
                f->re[i] = f->im[i] = NAN;
            kernel->expand(&f->task, MOST, f->re, f->im);
            double x = 0.5 / distance, third = x * x * x + kh * kh * kh;
            double fourth = x * x * x * x + kh * kh * kh * kh;
            for (size_t i = 0; i < f->task.others.count; i++) {
                double complex wanted[SIZE * SIZE];
                ali_tube_far(&f->one, &f->other[i], f->task.k, 8, 8, 1, 1, wanted);
                /* the rings' mean leaves their own fourth order, all but nothing of these radii */
                double size = cabs(wanted[0]), rings = 2e-3 * x * x;
                assert_close(moment_of(f, 0, 0, i), wanted[0], (1.1 * fourth + rings * x) * size);
                assert_close(moment_of(f, 0, 1, i), wanted[1], (0.6 * third + rings) * size);
                assert_close(moment_of(f, 1, 0, i), wanted[2], (0.6 * third + rings) * size);
                assert_close(moment_of(f, 1, 1, i), wanted[3], (0.6 * fourth + rings) * size);
                for (int p = 0; p <= 2; p++)
                    for (int q = 0; q <= 3; q++)
                        assert_true((p < 2 && q < 2) || moment_of(f, p, q, i) == 0.0);
            }
        }
}

static void test_expansion(void **state)
{
    (void)state;
    for_variants(expansion);
}

/* Small loops have their resistance from what the imaginary part, -k/(4 pi) for all pairs alike,
 * leaves over: 1e-11 of it at a circumference of 1e-5 wavelengths. */
static void small_phase(const ali_far_kernel *kernel, fixture *f)
{
    for (int part = FAR; part <= REST; part++) {
        set_up(f, 16, 4.0, 6.0, 1e-9, 3, 3, 1, 1);
        run(kernel, (kernel_part)part, f);
        for (size_t i = 0; i < f->task.others.count; i++) {
            double whole = -f->task.k / ALI_PI * f->one.half * f->other[i].half;
            assert_close(cimag(moment_of(f, 0, 0, i)) / whole, 1.0, 2e-15);
        }
    }
}

static void test_small_phase(void **state)
{
    (void)state;
    for_variants(small_phase);
}

/** One of the others right on the tube must not spoil its neighbours. */
static void touching(const ali_far_kernel *kernel, fixture *f)
{
    set_up(f, 16, 4.0, 6.0, 0.7, 2, 2, 1, 1);
    f->other[5] = f->one;
    const double value[8] = {f->one.mid.x, f->one.mid.y, f->one.mid.z, f->one.dir.x,
                             f->one.dir.y, f->one.dir.z, f->one.half,  f->one.radius};
    for (int c = 0; c < 8; c++)
        f->array[c][5] = value[c];
    run(kernel, FAR, f);
    for (size_t i = 0; i < 16; i++)
        if (i != 5)
            assert_close(moment_of(f, 0, 0, i), expected(f, FAR, 0, 0, i), 1e-15);
}

static void test_touching(void **state)
{
    (void)state;
    for_variants(touching);
}

static void selection(const ali_far_kernel *kernel, fixture *f)
{
    const double radii = 12.0;
    for (size_t count = 1; count <= MOST; count += 7) {
        double reach[MOST], own = random_between(0.5, 2.0);
        size_t index[MOST], wanted = 0;
        set_up(f, count, 0.0, 3.0, 0.7, 2, 2, 1, 1);
        for (size_t i = 0; i < MOST; i++)
            reach[i] = random_between(0.0, 2.0);
        size_t found = kernel->select(&f->one, own, &f->task.others, reach, radii, index);
        for (size_t i = 0; i < count; i++) {
            const ali_tube *b = &f->other[i];
            double r = ali_vec3_distance(b->mid, f->one.mid);
            bool near = r <= b->half + own || r <= f->one.half + reach[i] ||
                        r <= radii * fmax(b->radius, f->one.radius);
            if (!near)
                continue;
            assert_true(wanted < found);
            assert_int_equal(index[wanted++], i);
        }
        assert_int_equal(found, wanted);
    }
}

static void test_selection(void **state)
{
    (void)state;
    for_variants(selection);
}

/** For the log only: machines differ. */
static void timing(const ali_far_kernel *kernel, fixture *f)
{
    double best = HUGE_VAL;
    set_up(f, MOST, 10.0, 20.0, 0.7, 2, 2, 1, 1);
    for (int repeat = 0; repeat < 20; repeat++) {
        struct timespec start, end;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
        for (int i = 0; i < 50; i++)
            kernel->far(&f->task, MOST, f->re, f->im);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
        best = fmin(best, 1e9 * (double)(end.tv_sec - start.tv_sec) +
                              (double)(end.tv_nsec - start.tv_nsec));
    }
    print_message("%-7s %.2f ns per evaluation of the kernel\n", kernel->name,
                  best / (50.0 * MOST * 4.0));
}

static void test_timing(void **state)
{
    (void)state;
    for_variants(timing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_orders), cmocka_unit_test(test_all_points),
        cmocka_unit_test(test_all_counts), cmocka_unit_test(test_all_distances),
        cmocka_unit_test(test_expansion),  cmocka_unit_test(test_small_phase),
        cmocka_unit_test(test_touching),   cmocka_unit_test(test_selection),
        cmocka_unit_test(test_timing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
