/* SPDX-License-Identifier: Apache-2.0 */
/* Every variant of the few-column kernels against sums in long double. */
#include "solver/column_kernels.h"

#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** An array in both precisions, with the same numbers: what is drawn fits a float. */
typedef struct array {
    size_t count;
    double complex *wide;
    float complex *narrow;
} array;

static double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 44) * 0x1p-19 - 1.0;
}

static array draw_array(size_t count, double size, uint64_t seed)
{
    array made = {count, calloc(count, sizeof *made.wide), calloc(count, sizeof *made.narrow)};
    assert_non_null(made.wide);
    assert_non_null(made.narrow);
    for (size_t i = 0; i < count; i++) {
        double re = size * draw(&seed), im = size * draw(&seed);
        made.wide[i] = re + I * im;
        made.narrow[i] = (float)re + I * (float)im;
    }
    return made;
}

static void release(array *a)
{
    free(a->wide);
    free(a->narrow);
}

static void *data(const array *a, bool single)
{
    return single ? (void *)a->narrow : (void *)a->wide;
}

static double complex element(const array *a, bool single, size_t i)
{
    return single ? (double complex)a->narrow[i] : a->wide[i];
}

static const ali_column_kernels *kernels(const ali_column_variant *variant, bool single)
{
    return single ? &variant->kernels_single : &variant->kernels_double;
}

/** y[at] before, minus sum_k op(A)_(row, k) x_k, in long double. */
static double complex expected(const array *a, size_t lda, bool transposed, size_t row,
                               size_t count, const array *x, size_t first, double complex y)
{
    long double re = (long double)creal(y), im = (long double)cimag(y);
    for (size_t k = 0; k < count; k++) {
        double complex u = a->wide[transposed ? k + row * lda : row + k * lda];
        double complex v = x->wide[first + k];
        re -= (long double)creal(u) * (long double)creal(v) -
              (long double)cimag(u) * (long double)cimag(v);
        im -= (long double)creal(u) * (long double)cimag(v) +
              (long double)cimag(u) * (long double)creal(v);
    }
    return (double)re + I * (double)im;
}

static const size_t extents[][2] = {{1, 1},  {2, 3},   {3, 2},   {7, 8},   {8, 4},
                                    {16, 5}, {17, 17}, {33, 30}, {64, 64}, {96, 41}};
enum { EXTENTS = sizeof extents / sizeof *extents, COLUMNS = 5, SPARE = 3 };

/** Of the products: of the tile, and of all else. */
typedef enum precision { BOTH_DOUBLE, BOTH_SINGLE, MIXED, PRECISIONS } precision;

static const ali_column_products *products(const ali_column_variant *variant, precision which)
{
    return which == MIXED ? &variant->products_mixed
                          : &kernels(variant, which == BOTH_SINGLE)->products;
}

static void check_products(const ali_column_variant *variant, precision which, size_t m, size_t n)
{
    size_t lda = m + SPARE, ld = (m > n ? m : n) + SPARE;
    bool single = which == BOTH_SINGLE, single_tile = which != BOTH_DOUBLE;
    double tolerance = (single ? 1e-6 : 2e-15) * (double)(m + n + 4);
    array a = draw_array(lda * n, 1.0, 1 + m), row_x = draw_array(ld * COLUMNS, 1.0, 2);
    array column_x = draw_array(ld * COLUMNS, 1.0, 3), before = draw_array(ld * COLUMNS, 1.0, 4);
    for (int both = 0; both < 2; both++) {
        array row_y = draw_array(ld * COLUMNS, 1.0, 4), column_y = draw_array(ld * COLUMNS, 1.0, 4);
        const ali_column_products *k = products(variant, which);
        if (both) {
            k->subtract_both(m, n, COLUMNS, data(&a, single_tile), lda, data(&row_x, single),
                             data(&column_x, single), data(&row_y, single), data(&column_y, single),
                             ld, ld);
        } else {
            k->subtract(ALI_BLAS_PLAIN, m, n, COLUMNS, data(&a, single_tile), lda,
                        data(&column_x, single), ld, data(&row_y, single), ld);
            k->subtract(ALI_BLAS_TRANSPOSED, m, n, COLUMNS, data(&a, single_tile), lda,
                        data(&row_x, single), ld, data(&column_y, single), ld);
        }
        for (size_t c = 0; c < COLUMNS; c++)
            for (size_t i = 0; i < ld; i++) {
                size_t at = i + c * ld;
                double complex row = before.wide[at], column = row;
                if (i < m)
                    row = expected(&a, lda, false, i, n, &column_x, c * ld, row);
                if (i < n)
                    column = expected(&a, lda, true, i, m, &row_x, c * ld, column);
                assert_true(cabs(element(&row_y, single, at) - row) <= (i < m ? tolerance : 0.0));
                assert_true(cabs(element(&column_y, single, at) - column) <=
                            (i < n ? tolerance : 0.0));
            }
        release(&row_y);
        release(&column_y);
    }
    release(&a);
    release(&row_x);
    release(&column_x);
    release(&before);
}

typedef enum triangle { LOWER, LOWER_TRANSPOSED, UPPER, TRIANGLES } triangle;

/** L y = b, L^T y = b or U y = b, unit triangular; the rest of its array is not a number. */
static void check_substitution(const ali_column_variant *variant, bool single, triangle which,
                               size_t n)
{
    size_t ldl = n + SPARE, ld = n + SPARE;
    double tolerance = (single ? 1e-6 : 2e-15) * (double)(n + 4);
    array l = draw_array(ldl * n, 1.0 / (double)(n + 1), n), whole = draw_array(n * n, 0.0, 1);
    array b = draw_array(ld * COLUMNS, 1.0, 5);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < ldl; i++) {
            if (i < n && (which == UPPER ? i < j : i > j))
                whole.wide[i + j * n] = l.wide[i + j * ldl];
            else
                l.wide[i + j * ldl] = l.narrow[i + j * ldl] = (float)NAN;
            if (i == j)
                whole.wide[i + j * n] = 1.0;
        }
    array y = draw_array(ld * COLUMNS, 1.0, 5);
    const ali_column_kernels *k = kernels(variant, single);
    if (which == UPPER)
        k->substitute_upper(n, COLUMNS, data(&l, single), ldl, data(&y, single), ld);
    else
        k->substitute(which == LOWER ? ALI_BLAS_PLAIN : ALI_BLAS_TRANSPOSED, n, COLUMNS,
                      data(&l, single), ldl, data(&y, single), ld);
    for (size_t at = 0; at < ld * COLUMNS; at++)
        y.wide[at] = element(&y, single, at);
    for (size_t c = 0; c < COLUMNS; c++)
        for (size_t i = 0; i < n; i++) {
            double complex left = expected(&whole, n, which == LOWER_TRANSPOSED, i, n, &y, c * ld,
                                           b.wide[i + c * ld]);
            assert_true(cabs(left) <= tolerance);
        }
    release(&y);
    release(&l);
    release(&whole);
    release(&b);
}

static void every_variant_multiplies(void **state)
{
    (void)state;
    const ali_column_variant *const *table;
    size_t count = ali_column_variants(&table);
    assert_string_equal(table[0]->name, "plain");
    assert_ptr_equal(ali_column_best(), table[count - 1]);
    for (size_t v = 0; v < count; v++)
        for (size_t k = 0; k < EXTENTS; k++)
            for (int which = 0; which < PRECISIONS; which++)
                check_products(table[v], (precision)which, extents[k][0], extents[k][1]);
}

static void every_variant_substitutes(void **state)
{
    (void)state;
    const ali_column_variant *const *table;
    size_t count = ali_column_variants(&table);
    for (size_t v = 0; v < count; v++)
        for (size_t k = 0; k < EXTENTS; k++)
            for (int single = 0; single < 2; single++)
                for (int which = 0; which < TRIANGLES; which++)
                    check_substitution(table[v], single != 0, (triangle)which, extents[k][0]);
}

/** A column gets the same bits alone as among others. */
static void columns_do_not_mix(void **state)
{
    (void)state;
    enum { M = 37, N = 22 };
    const ali_column_variant *const *table;
    size_t count = ali_column_variants(&table);
    for (size_t v = 0; v < count; v++) {
        const ali_column_products *k = &table[v]->kernels_double.products;
        array a = draw_array((size_t)M * N, 1.0, 1), x = draw_array((size_t)M * COLUMNS, 1.0, 2);
        array row[2], column[2];
        for (int alone = 0; alone < 2; alone++) {
            size_t step = alone ? 1 : COLUMNS;
            row[alone] = draw_array((size_t)M * COLUMNS, 1.0, 3);
            column[alone] = draw_array((size_t)M * COLUMNS, 1.0, 4);
            for (size_t c = 0; c < COLUMNS; c += step)
                k->subtract_both(M, N, step, a.wide, M, x.wide + c * M, x.wide + c * M,
                                 row[alone].wide + c * M, column[alone].wide + c * M, M, M);
        }
        assert_memory_equal(row[0].wide, row[1].wide, row[0].count * sizeof *row[0].wide);
        assert_memory_equal(column[0].wide, column[1].wide, row[0].count * sizeof *row[0].wide);
        for (int alone = 0; alone < 2; alone++) {
            release(&row[alone]);
            release(&column[alone]);
        }
        release(&a);
        release(&x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_variant_multiplies),
        cmocka_unit_test(every_variant_substitutes),
        cmocka_unit_test(columns_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
