/* SPDX-License-Identifier: Apache-2.0 */
/* Every variant of the kernels from moments to the matrix against the plain one, on random input,
 * and far pairs of faces against their definition with libm. */
#include "operator/shape_kernel.h"

#include "assert_close.h"
#include "base/constants.h"
#include "base/vec3.h"
#include "random.h"

#include <string.h>

enum { COUNT = 43, PLACES = 48, SLOTS = 9 * PLACES };

/** Random numbers for any kernel; arrays are long enough for vectors. */
typedef struct fixture {
    _Alignas(64) double real[64][PLACES];
    _Alignas(64) double complex value[4 * PLACES];
    ali_gather_term term[PLACES];
} fixture;

static void make_fixture(fixture *f, uint64_t seed)
{
    for (int i = 0; i < 64; i++)
        for (int j = 0; j < PLACES; j++)
            f->real[i][j] = next_random(&seed);
    for (int i = 0; i < 4 * PLACES; i++)
        f->value[i] = next_complex(&seed);
    for (int i = 0; i < PLACES; i++)
        for (int t = 0; t < 2; t++) {
            f->term[i].index[t] = (size_t)(2.0 * PLACES * (1.0 + next_random(&seed)));
            f->term[i].weight[t] = next_random(&seed);
        }
}

/** Results of two variants, of order 1; what stands in the padding is nobody's. */
static void assert_same(size_t count, const double complex *value, const double complex *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (i % PLACES < COUNT)
            assert_close(value[i], wanted[i], 1e-13 * (1.0 + cabs(wanted[i])));
}

/** Call `run` for the plain kernel and another from the same start, and compare. */
static void compare(void (*run)(const ali_shape_kernel *kernel, const fixture *f, int which,
                                double complex *result),
                    int cases)
{
    static fixture f;
    static double complex start[SLOTS], wanted[SLOTS], value[SLOTS];
    const ali_shape_kernel *const *kernels;
    size_t variants = ali_shape_kernels(&kernels);
    assert_true(variants >= 1 && kernels[0] == &ali_shape_kernel_plain);
    assert_ptr_equal(kernels[variants - 1], ali_shape_kernel_best());
    for (int which = 0; which < cases; which++) {
        make_fixture(&f, 17 + (uint64_t)which);
        uint64_t seed = 5;
        for (int i = 0; i < SLOTS; i++)
            start[i] = next_complex(&seed);
        memcpy(wanted, start, sizeof start);
        run(kernels[0], &f, which, wanted);
        assert_memory_not_equal(wanted, start, sizeof start);
        for (size_t v = 1; v < variants; v++) {
            memcpy(value, start, sizeof start);
            run(kernels[v], &f, which, value);
            assert_same(SLOTS, value, wanted);
        }
    }
}

static void run_combine(const ali_shape_kernel *kernel, const fixture *f, int which,
                        double complex *result)
{
    ali_shape_pair pair = {.count = COUNT,
                           .weight = {0.3, -0.7, 1.1, 0.2},
                           .slope_re = f->real[8],
                           .slope_im = f->real[9],
                           .slope_weight = -0.4,
                           .vector_re = which == 2 ? f->real[10] : NULL,
                           .vector_im = f->real[11],
                           .scalar_re = f->real[12],
                           .scalar_im = f->real[13]};
    for (int t = 0; t < ALI_SHAPE_PAIR_TERMS; t++) {
        pair.re[t] = f->real[t];
        pair.im[t] = f->real[4 + t];
    }
    kernel->combine(&pair, which > 0, result);
}

static void run_sums(const ali_shape_kernel *kernel, const fixture *f, int which,
                     double complex *result)
{
    if (which == 0)
        kernel->gather(COUNT, f->term, f->value, result);
    else if (which == 1)
        kernel->scatter(COUNT, f->term, f->value, -1.3, result);
    else
        kernel->add(COUNT, 0.7, f->value, result, which == 2 ? 1 : 3);
}

static void run_lines(const ali_shape_kernel *kernel, const fixture *f, int which,
                      double complex *result)
{
    ali_moment_line line = {.count = COUNT,
                            .re = f->real[0],
                            .im = f->real[1],
                            .factor_re = which % 2 ? f->real[2] : NULL,
                            .factor_im = f->real[3]};
    double *to = (double *)result;
    if (which < 2)
        kernel->collect(&line, f->real[4], f->real[5], 0.9, to);
    else
        kernel->spread(&line, CMPLX(0.4, -1.2), f->real[4], to, to + 2 * PLACES);
}

/** Random faces in distances up to `far` from the one face in reach 1 of the origin. */
typedef struct pair_fixture {
    ali_edge_pair pair;
    ali_vec3 own[3];
    _Alignas(64) double vertex[9][PLACES];
    _Alignas(64) double length[3][PLACES];
    _Alignas(64) double far[PLACES];
} pair_fixture;

static ali_vec3 random_point(uint64_t *seed, double size)
{
    double x = next_random(seed), y = next_random(seed);
    return (ali_vec3){size * x, size * y, size * next_random(seed)};
}

static void make_pair(pair_fixture *p, const fixture *f, double far, uint64_t seed)
{
    ali_vec3 middle = {0};
    p->pair = (ali_edge_pair){.count = COUNT,
                              .re = f->real[0],
                              .im = f->real[9],
                              .stride = PLACES,
                              .reach = 3.0,
                              .far = p->far,
                              .vector = 0.8,
                              .scalar = -1.7,
                              .row = 3 * PLACES,
                              .column = PLACES};
    for (int i = 0; i < 3; i++) {
        p->own[i] = random_point(&seed, 0.5);
        middle = ali_vec3_add(middle, ali_vec3_scale(1.0 / 3.0, p->own[i]));
        p->pair.own_length[i] = next_random(&seed);
        p->pair.length[i] = p->length[i];
        for (int c = 0; c < 3; c++)
            p->pair.vertex[i][c] = p->vertex[3 * i + c];
    }
    for (int i = 0; i < 2; i++) {
        ali_vec3 side = ali_vec3_sub(p->own[i], p->own[2]);
        memcpy(p->pair.side[i], (double[]){side.x, side.y, side.z}, sizeof p->pair.side[i]);
    }
    memcpy(p->pair.middle, (double[]){middle.x, middle.y, middle.z}, sizeof p->pair.middle);
    for (int n = 0; n < PLACES; n++) {
        ali_vec3 at = random_point(&seed, far);
        p->far[n] = 4.0 * (1.0 + next_random(&seed));
        for (int i = 0; i < 3; i++) {
            ali_vec3 vertex = ali_vec3_add(at, random_point(&seed, 0.5));
            p->length[i][n] = next_random(&seed);
            p->vertex[3 * i][n] = vertex.x;
            p->vertex[3 * i + 1][n] = vertex.y;
            p->vertex[3 * i + 2][n] = vertex.z;
        }
    }
}

static void run_edges(const ali_shape_kernel *kernel, const fixture *f, int which,
                      double complex *result)
{
    static pair_fixture p;
    make_pair(&p, f, 5.0, 3);
    if (which < 2)
        kernel->edges(&p.pair, which == 1, result);
    else
        kernel->edge_curl(&p.pair, result);
}

static void run_tubes(const ali_shape_kernel *kernel, const fixture *f, int which,
                      double complex *result)
{
    static double half[PLACES];
    for (int n = 0; n < PLACES; n++)
        half[n] = 1.1 + f->real[40][n];
    ali_edge_tube pair = {.count = COUNT,
                          .re = f->real[0],
                          .im = f->real[12],
                          .stride = PLACES,
                          .order = which / 2 + 1,
                          .vertex = {{0.1, 0.2, 0.3}, {-0.4, 0.5, 0.6}, {0.7, 0.8, -0.9}},
                          .own_length = {0.3, -0.2, 0.6},
                          .dir = {f->real[30], f->real[31], f->real[32]},
                          .half = half,
                          .current = f->real[33],
                          .slope = f->real[34],
                          .vector = 0.7,
                          .scalar = -1.1,
                          .row = PLACES};
    kernel->tubes(&pair, which % 2, result);
}

static void test_variants(void **state)
{
    (void)state;
    compare(run_combine, 3);
    compare(run_sums, 4);
    compare(run_lines, 4);
    compare(run_edges, 3);
    compare(run_tubes, 4);
}

/** The point of a triangle half-way from its middle to a corner. */
static ali_vec3 rule_point(const ali_vec3 corner[3], int p)
{
    ali_vec3 sum = ali_vec3_add(ali_vec3_add(corner[0], corner[1]), corner[2]);
    return ali_vec3_add(ali_vec3_scale(0.5, corner[p]), ali_vec3_scale(1.0 / 6.0, sum));
}

/** Value of the edges (i, j) of the one face and the n-th, as the header says. */
static double complex far_value(const pair_fixture *f, int n, int i, int j)
{
    const ali_edge_pair *pair = &f->pair;
    ali_vec3 corner[3];
    double complex sum = 0.0;
    for (int q = 0; q < 3; q++)
        corner[q] =
            (ali_vec3){f->vertex[3 * q][n], f->vertex[3 * q + 1][n], f->vertex[3 * q + 2][n]};
    for (int p = 0; p < 3; p++)
        for (int q = 0; q < 3; q++) {
            ali_vec3 a = rule_point(f->own, p), b = rule_point(corner, q);
            double distance = ali_vec3_distance(a, b);
            double flow = ali_vec3_dot(ali_vec3_sub(a, f->own[i]), ali_vec3_sub(b, corner[j]));
            double complex kernel = CMPLX(cos(pair->k * distance), -sin(pair->k * distance)) /
                                    (4.0 * ALI_PI * distance);
            sum += I * (0.25 * pair->vector * flow + pair->scalar) * kernel / 9.0;
        }
    return pair->own_length[i] * f->length[j][n] * sum;
}

static bool is_far(const pair_fixture *f, int n)
{
    const double *m = f->pair.middle;
    double square = 0.0;
    for (int c = 0; c < 3; c++) {
        double d = (f->vertex[c][n] + f->vertex[3 + c][n] + f->vertex[6 + c][n]) / 3.0 - m[c];
        square += d * d;
    }
    return sqrt(square) >= fmax(f->far[n], f->pair.reach);
}

/** One variant against libm. Imaginary parts of the kernel,
 *  the real ones of the values, are good relative to k when that is small. */
static void check_far(const ali_shape_kernel *kernel, const pair_fixture *f, bool add)
{
    static double complex value[SLOTS];
    unsigned char close[PLACES / 8];
    int far_count = 0;
    for (int i = 0; i < SLOTS; i++)
        value[i] = CMPLX(0.0, 1e-3 * i);
    memset(close, 0xa5, sizeof close);
    kernel->far_edges(&f->pair, add, value, close);
    for (int n = 0; n < COUNT; n++) {
        assert_int_equal(close[n / 8] >> n % 8 & 1, !is_far(f, n));
        far_count += is_far(f, n);
        for (int m = 0; m < 9; m++) {
            int at = m * PLACES + n;
            double complex start = add ? CMPLX(0.0, 1e-3 * at) : 0.0;
            double complex wanted = far_value(f, n, m / 3, m % 3);
            if (is_far(f, n)) {
                assert_close(value[at], wanted + start, 1e-14);
                assert_close(creal(value[at]), creal(wanted), 1e-14 * fmin(1.0, f->pair.k));
            } else if (add) {
                assert_close(value[at], start, 0.0);
            }
        }
    }
    assert_true(far_count > COUNT / 8);
}

static void test_far_edges(void **state)
{
    (void)state;
    static const double waves[] = {1e-5, 0.1, 0.55}, sizes[] = {6.0, 6.0, 500.0};
    static fixture f;
    static pair_fixture pair;
    const ali_shape_kernel *const *kernels;
    size_t variants = ali_shape_kernels(&kernels);
    make_fixture(&f, 1);
    for (size_t i = 0; i < sizeof waves / sizeof *waves; i++) {
        make_pair(&pair, &f, sizes[i], 11 + i);
        pair.pair.k = waves[i];
        for (size_t v = 0; v < variants; v++) {
            check_far(kernels[v], &pair, false);
            check_far(kernels[v], &pair, true);
        }
    }
}

/** A face on itself is not far, and its neighbours in the same vector are right. */
static void test_far_edges_of_itself(void **state)
{
    (void)state;
    static fixture f;
    static pair_fixture pair;
    const ali_shape_kernel *const *kernels;
    size_t variants = ali_shape_kernels(&kernels);
    make_fixture(&f, 1);
    make_pair(&pair, &f, 6.0, 4);
    pair.pair.k = 0.3;
    for (int n = 3; n < PLACES; n += 8)
        for (int i = 0; i < 3; i++) {
            pair.vertex[3 * i][n] = pair.own[i].x;
            pair.vertex[3 * i + 1][n] = pair.own[i].y;
            pair.vertex[3 * i + 2][n] = pair.own[i].z;
        }
    for (size_t v = 0; v < variants; v++) {
        check_far(kernels[v], &pair, false);
        check_far(kernels[v], &pair, true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_variants),
        cmocka_unit_test(test_far_edges),
        cmocka_unit_test(test_far_edges_of_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
