/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solver/bordered.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A complex-symmetric matrix of n + m unknowns, solved whole and as a border around its first n. */

typedef struct matrix {
    size_t size;
    double complex *a;
} matrix;

static double next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) * 0x1p-53 - 0.5;
}

static matrix make_matrix(size_t size)
{
    matrix made = {size, calloc(size * size, sizeof *made.a)};
    uint64_t state = 7;
    for (size_t j = 0; j < size; j++)
        for (size_t i = 0; i <= j; i++) {
            double complex value = next(&state) + I * next(&state);
            made.a[i + j * size] = made.a[j + i * size] = value + (i == j ? 6.0 - 3.0 * I : 0.0);
        }
    return made;
}

static alicorn_status fill(void *context, size_t row_first, size_t row_count, size_t col_first,
                           size_t col_count, double complex *block, size_t leading,
                           alicorn_error *error)
{
    const matrix *source = context;
    (void)error;
    for (size_t j = 0; j < col_count; j++)
        for (size_t i = 0; i < row_count; i++)
            block[i + j * leading] = source->a[row_first + i + (col_first + j) * source->size];
    return ALICORN_OK;
}

static double largest_residual(const matrix *whole, size_t columns, const double complex *x,
                               const double complex *b)
{
    double worst = 0.0;
    for (size_t c = 0; c < columns; c++)
        for (size_t i = 0; i < whole->size; i++) {
            double complex sum = -b[c * whole->size + i];
            for (size_t j = 0; j < whole->size; j++)
                sum += whole->a[i + j * whole->size] * x[c * whole->size + j];
            worst = fmax(worst, cabs(sum));
        }
    return worst;
}

/** A bordered system cut out of a whole one. */
typedef struct pieces {
    size_t n, m;
    matrix whole; /**< [n + m] */
    double complex *border, *corner;
} pieces;

static pieces make_pieces(size_t n, size_t m)
{
    pieces p = {.n = n, .m = m, .whole = make_matrix(n + m)};
    p.border = calloc(n * m, sizeof *p.border);
    p.corner = calloc(m * m, sizeof *p.corner);
    for (size_t j = 0; j < m; j++) {
        memcpy(p.border + j * n, p.whole.a + (n + j) * p.whole.size, n * sizeof *p.border);
        memcpy(p.corner + j * m, p.whole.a + (n + j) * p.whole.size + n, m * sizeof *p.corner);
    }
    return p;
}

static void free_pieces(pieces *p)
{
    free(p->whole.a);
    free(p->border);
    free(p->corner);
}

static ali_solver *factor(pieces *p, const ali_solver_options *options)
{
    ali_solver *solver = NULL;
    assert_int_equal(ali_solver_create(p->n, fill, &p->whole, options, &solver, NULL), ALICORN_OK);
    return solver;
}

static double complex *random_columns(size_t count)
{
    double complex *b = calloc(count, sizeof *b);
    uint64_t state = 3;
    for (size_t i = 0; i < count; i++)
        b[i] = next(&state) + I * next(&state);
    return b;
}

/** Solve for random right-hand sides b; x [n + m, columns] to be freed. */
static double complex *solve(const ali_solver *solver, const pieces *p,
                             const ali_solver_options *options, size_t columns,
                             const double complex *b, double *residual)
{
    size_t n = p->n, m = p->m, size = n + m;
    double complex *v = calloc(n * columns, sizeof *v), *w = calloc(m * columns, sizeof *w);
    double complex *x = calloc(size * columns, sizeof *x);
    ali_bordered *bordered = NULL;
    for (size_t c = 0; c < columns; c++) {
        memcpy(v + c * n, b + c * size, n * sizeof *v);
        memcpy(w + c * m, b + c * size + n, m * sizeof *w);
    }
    assert_int_equal(
        ali_bordered_create(solver, n, m, p->border, p->corner, options, &bordered, NULL),
        ALICORN_OK);
    assert_int_equal(ali_bordered_solve(bordered, 0.0, columns, v, w, residual, NULL), ALICORN_OK);
    for (size_t c = 0; c < columns; c++) {
        memcpy(x + c * size, v + c * n, n * sizeof *v);
        memcpy(x + c * size + n, w + c * m, m * sizeof *w);
    }
    ali_bordered_destroy(bordered);
    free(v);
    free(w);
    return x;
}

static void check(size_t n, size_t m, size_t columns, bool mixed)
{
    pieces p = make_pieces(n, m);
    ali_solver_options options;
    ali_solver_options_default(&options);
    options.mixed_from = mixed ? 0 : n + 1;
    ali_solver *solver = factor(&p, &options);
    assert_int_equal(ali_solver_get_facts(solver).level,
                     mixed ? ALI_SOLVER_SINGLE : ALI_SOLVER_DOUBLE);
    double residual = 1.0;
    double complex *b = random_columns((n + m) * columns);
    double complex *x = solve(solver, &p, &options, columns, b, &residual);
    assert_true(residual < 1e-13);
    assert_true(largest_residual(&p.whole, columns, x, b) < 1e-12);
    ali_solver_destroy(solver);
    free_pieces(&p);
    free(b);
    free(x);
}

static void test_border_solves_the_whole(void **state)
{
    (void)state;
    for (int mixed = 0; mixed < 2; mixed++) {
        check(40, 1, 1, mixed != 0);
        check(60, 17, 3, mixed != 0);
        check(5, 30, 2, mixed != 0);
        check(300, 70, 70, mixed != 0);
    }
}

/** C = B^T Z^-1 B + small: S is small, and single precision alone would give little else than its
 * own rounding. */
static void test_small_schur_complement(void **state)
{
    (void)state;
    size_t n = 150, m = 9, size = n + m;
    pieces p = make_pieces(n, m);
    double complex *weight = calloc(n * m, sizeof *weight);
    ali_solver_options options;
    ali_solver_options_default(&options);
    ali_solver *exact = factor(&p, &options);
    memcpy(weight, p.border, n * m * sizeof *weight);
    assert_int_equal(ali_solver_solve(exact, m, weight, NULL, NULL), ALICORN_OK);
    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i <= j; i++) {
            double complex value = 2e-7 * p.corner[i + j * m];
            for (size_t k = 0; k < n; k++)
                value += p.border[k + i * n] * weight[k + j * n];
            p.corner[i + j * m] = p.corner[j + i * m] = value;
            p.whole.a[n + i + (n + j) * size] = p.whole.a[n + j + (n + i) * size] = value;
        }
    options.mixed_from = 0;
    ali_solver *single = factor(&p, &options);
    assert_int_equal(ali_solver_get_facts(single).level, ALI_SOLVER_SINGLE);
    double residual = 1.0;
    double complex *b = random_columns(size);
    double complex *x = solve(single, &p, &options, 1, b, &residual);
    double largest = 0.0;
    for (size_t i = 0; i < size; i++)
        largest = fmax(largest, cabs(x[i]));
    assert_true(largest > 1e5);
    assert_true(residual < 1e-15 * 100.0 * largest);
    assert_true(largest_residual(&p.whole, 1, x, b) < 1e-14 * largest);
    ali_solver_destroy(exact);
    ali_solver_destroy(single);
    free_pieces(&p);
    free(weight);
    free(b);
    free(x);
}

static void test_target_is_met(void **state)
{
    (void)state;
    pieces p = make_pieces(200, 12);
    ali_solver_options options;
    ali_solver_options_default(&options);
    options.mixed_from = 0;
    options.target = 1e-10;
    ali_solver *solver = factor(&p, &options);
    double residual = 1.0;
    double complex *b = random_columns(212 * 3);
    double complex *x = solve(solver, &p, &options, 3, b, &residual);
    assert_true(residual < 2e-9); /* of |b|; the target is of |A| |x| + |b| */
    assert_true(largest_residual(&p.whole, 3, x, b) < 1e-9);
    ali_solver_destroy(solver);
    free_pieces(&p);
    free(b);
    free(x);
}

static void test_threads_do_not_change_a_bit(void **state)
{
    (void)state;
    size_t size = 300 + 40, columns = 2;
    pieces p = make_pieces(300, 40);
    double complex *b = random_columns(size * columns), *first = NULL;
    for (int threads = 1; threads <= 3; threads++) {
        ali_solver_options options;
        ali_solver_options_default(&options);
        options.threads = threads;
        options.mixed_from = options.parallel_from = 0;
        options.tile = 64;
        ali_solver *solver = factor(&p, &options);
        double complex *x = solve(solver, &p, &options, columns, b, NULL);
        ali_solver_destroy(solver);
        if (first) {
            assert_memory_equal(first, x, size * columns * sizeof *x);
            free(x);
        } else {
            first = x;
        }
    }
    free(first);
    free(b);
    free_pieces(&p);
}

static void test_singular_corner_is_refused(void **state)
{
    (void)state;
    /* the added unknown repeats the first one: S = 0 */
    matrix one = {1, (double complex[]){2.0 + 1.0 * I}};
    ali_solver_options options;
    ali_solver_options_default(&options);
    ali_solver *solver = NULL;
    ali_bordered *bordered = NULL;
    alicorn_error error;
    assert_int_equal(ali_solver_create(1, fill, &one, &options, &solver, NULL), ALICORN_OK);
    assert_int_equal(ali_bordered_create(solver, 1, 1, one.a, one.a, &options, &bordered, &error),
                     ALICORN_E_NUMERIC);
    assert_null(bordered);
    ali_bordered_destroy(NULL);
    ali_solver_destroy(solver);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_border_solves_the_whole),
        cmocka_unit_test(test_small_schur_complement),
        cmocka_unit_test(test_target_is_met),
        cmocka_unit_test(test_threads_do_not_change_a_bit),
        cmocka_unit_test(test_singular_corner_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
