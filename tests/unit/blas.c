/* SPDX-License-Identifier: Apache-2.0 */
/* The wrappers of BLAS and LAPACK against plain sums. */
#include "math/blas.h"

#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { M = 5, N = 7, K = 6, LEADING = 9 };

/** Fill [LEADING, LEADING] with numbers that differ by place. */
static void number(double complex *a, double seed)
{
    for (int i = 0; i < LEADING * LEADING; i++)
        a[i] = sin(seed + 1.7 * i) + I * cos(2.0 * seed + 0.9 * i);
}

static double complex at(const double complex *a, ali_blas_op op, int i, int j)
{
    return op == ALI_BLAS_PLAIN ? a[i + j * LEADING] : a[j + i * LEADING];
}

static void to_single(const double complex *a, float complex *single)
{
    for (int i = 0; i < LEADING * LEADING; i++)
        single[i] = (float complex)a[i];
}

static void gemm_multiplies_all_transposes(void **state)
{
    (void)state;
    const double complex alpha = 0.3 - 0.7 * I, beta = -0.2 + 0.4 * I;
    for (int ops = 0; ops < 4; ops++) {
        ali_blas_op op_a = ops & 1 ? ALI_BLAS_TRANSPOSED : ALI_BLAS_PLAIN;
        ali_blas_op op_b = ops & 2 ? ALI_BLAS_TRANSPOSED : ALI_BLAS_PLAIN;
        double complex a[LEADING * LEADING], b[LEADING * LEADING], c[LEADING * LEADING],
            exact[LEADING * LEADING];
        float complex fa[LEADING * LEADING], fb[LEADING * LEADING], fc[LEADING * LEADING];
        number(a, 1.0);
        number(b, 2.0);
        number(c, 3.0);
        memcpy(exact, c, sizeof c);
        to_single(a, fa);
        to_single(b, fb);
        to_single(c, fc);
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++) {
                double complex sum = 0.0;
                for (int k = 0; k < K; k++)
                    sum += at(a, op_a, i, k) * at(b, op_b, k, j);
                exact[i + j * LEADING] = alpha * sum + beta * c[i + j * LEADING];
            }
        ali_blas_zgemm(op_a, op_b, M, N, K, alpha, a, LEADING, b, LEADING, beta, c, LEADING);
        ali_blas_cgemm(op_a, op_b, M, N, K, (float complex)alpha, fa, LEADING, fb, LEADING,
                       (float complex)beta, fc, LEADING);
        for (int i = 0; i < LEADING * LEADING; i++) {
            assert_true(cabs(c[i] - exact[i]) < 1e-14);
            assert_true(cabs((double complex)fc[i] - exact[i]) < 1e-5);
        }
    }
}

static void trsm_inverts_a_unit_lower_triangle(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        ali_blas_side side = kind & 1 ? ALI_BLAS_RIGHT : ALI_BLAS_LEFT;
        ali_blas_op op = kind & 2 ? ALI_BLAS_TRANSPOSED : ALI_BLAS_PLAIN;
        int order = side == ALI_BLAS_LEFT ? M : N;
        double complex l[LEADING * LEADING], x[LEADING * LEADING], b[LEADING * LEADING];
        float complex fl[LEADING * LEADING], fb[LEADING * LEADING];
        number(l, 4.0);
        number(x, 5.0);
        number(b, 6.0);
        double complex unit[LEADING * LEADING] = {0};
        for (int j = 0; j < order; j++)
            for (int i = j; i < order; i++)
                unit[i + j * LEADING] = i == j ? 1.0 : l[i + j * LEADING];
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++) {
                double complex sum = 0.0;
                for (int k = 0; k < order; k++)
                    sum += side == ALI_BLAS_LEFT ? at(unit, op, i, k) * x[k + j * LEADING]
                                                 : x[i + k * LEADING] * at(unit, op, k, j);
                b[i + j * LEADING] = sum;
            }
        to_single(l, fl);
        to_single(b, fb);
        ali_blas_ztrsm_unit_lower(side, op, M, N, l, LEADING, b, LEADING);
        ali_blas_ctrsm_unit_lower(side, op, M, N, fl, LEADING, fb, LEADING);
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++) {
                double complex exact = x[i + j * LEADING];
                assert_true(cabs(b[i + j * LEADING] - exact) < 1e-12);
                assert_true(cabs((double complex)fb[i + j * LEADING] - exact) < 1e-3);
            }
    }
}

/** A symmetric matrix that cannot be eliminated without pivoting, and whose condition is known: the
 * exchange of 1 and 2, of 3 and 4, …, the last pair 100 times weaker. */
static void lapack_solves_and_estimates(void **state)
{
    (void)state;
    enum { ORDER = 6, SPARE = 64 };
    double complex a[ORDER * ORDER + SPARE] = {0}, b[ORDER];
    size_t work_size = ali_lapack_zsytrf_work(ORDER);
    double complex *work = calloc(work_size, sizeof *work);
    int pivot[ORDER];
    double reciprocal = 0.0;
    alicorn_error error;
    assert_non_null(work);
    for (int i = 0; i < ORDER; i++) {
        a[i + (i ^ 1) * ORDER] = (i < 4 ? 1.0 : 0.01) * I;
        b[i] = i + 1.0;
    }
    assert_int_equal(ali_lapack_zsytrf(ORDER, a, ORDER, pivot, work, work_size, &error), 0);
    assert_int_equal(ali_lapack_zsytrs(ORDER, 1, a, ORDER, pivot, b, ORDER, &error), 0);
    for (int i = 0; i < ORDER; i++)
        assert_true(cabs(b[i] - ((i ^ 1) + 1.0) / ((i < 4 ? 1.0 : 0.01) * I)) < 1e-12);
    assert_int_equal(ali_lapack_zsycon(ORDER, a, ORDER, pivot, 1.0, work, &reciprocal, &error), 0);
    assert_true(fabs(reciprocal - 0.01) < 1e-12);
    memset(a, 0, sizeof a);
    assert_int_equal(ali_lapack_zsytrf(ORDER, a, ORDER, pivot, work, work_size, &error),
                     ALICORN_E_NUMERIC);
    assert_non_null(strstr(error.message, "singular"));
    assert_int_equal(ali_lapack_zsytrf_work((size_t)INT_MAX), 0);
    assert_int_equal(ali_lapack_zsytrs((size_t)INT_MAX + 1, 1, a, ORDER, pivot, b, ORDER, &error),
                     ALICORN_E_MEMORY);
    free(work);
}

static void facts_name_the_library(void **state)
{
    (void)state;
    char facts[128], shortened[10];
    ali_blas_facts(facts, sizeof facts);
    assert_non_null(strstr(facts, ", kernel "));
    assert_non_null(strstr(facts, ", threads "));
    assert_true(strncmp(facts, "OpenBLAS ", 9) == 0 && facts[9] >= '0' && facts[9] <= '9');
    ali_blas_facts(shortened, sizeof shortened);
    assert_int_equal(strlen(shortened), sizeof shortened - 1);
    int former = ali_blas_set_threads(1);
    assert_int_equal(ali_blas_set_threads(former), 1);
    assert_int_equal(ali_blas_set_threads(former), former);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gemm_multiplies_all_transposes),
        cmocka_unit_test(trsm_inverts_a_unit_lower_triangle),
        cmocka_unit_test(lapack_solves_and_estimates),
        cmocka_unit_test(facts_name_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
