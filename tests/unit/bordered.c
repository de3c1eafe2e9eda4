/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solver/bordered.h"

#include <math.h>
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

static void check(size_t n, size_t m, size_t columns)
{
    size_t size = n + m;
    matrix whole = make_matrix(size);
    double complex *border = calloc(n * m, sizeof *border);
    double complex *corner = calloc(m * m, sizeof *corner);
    double complex *v = calloc(n * columns, sizeof *v), *w = calloc(m * columns, sizeof *w);
    double complex *b = calloc(size * columns, sizeof *b), *x = calloc(size * columns, sizeof *x);
    for (size_t j = 0; j < m; j++) {
        for (size_t i = 0; i < n; i++)
            border[i + j * n] = whole.a[i + (n + j) * size];
        for (size_t i = 0; i < m; i++)
            corner[i + j * m] = whole.a[n + i + (n + j) * size];
    }
    uint64_t state = 3;
    for (size_t i = 0; i < size * columns; i++)
        b[i] = next(&state) + I * next(&state);
    for (size_t c = 0; c < columns; c++) {
        memcpy(v + c * n, b + c * size, n * sizeof *v);
        memcpy(w + c * m, b + c * size + n, m * sizeof *w);
    }
    ali_solver_options options;
    ali_solver_options_default(&options);
    ali_solver *solver = NULL;
    ali_bordered *bordered = NULL;
    double residual = 1.0;
    assert_int_equal(ali_solver_create(n, fill, &whole, &options, &solver, NULL), ALICORN_OK);
    assert_int_equal(ali_bordered_create(solver, n, m, border, corner, &options, &bordered, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_bordered_solve(bordered, columns, v, w, &residual, NULL), ALICORN_OK);
    for (size_t c = 0; c < columns; c++) {
        memcpy(x + c * size, v + c * n, n * sizeof *v);
        memcpy(x + c * size + n, w + c * m, m * sizeof *w);
    }
    assert_true(residual < 1e-12);
    assert_true(largest_residual(&whole, columns, x, b) < 1e-12);
    ali_bordered_destroy(bordered);
    ali_solver_destroy(solver);
    free(whole.a);
    free(border);
    free(corner);
    free(v);
    free(w);
    free(b);
    free(x);
}

static void test_border_solves_the_whole(void **state)
{
    (void)state;
    check(40, 1, 1);
    check(60, 17, 3);
    check(5, 30, 2);
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
        cmocka_unit_test(test_singular_corner_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
