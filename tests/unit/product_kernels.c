/* SPDX-License-Identifier: Apache-2.0 */
/* Products of packed tiles, by whatever this machine uses, against sums in long double. */
#include "solver/tile_kernels.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { EDGE = 64, SPARE = 3 };

static double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 44) * 0x1p-19 - 1.0;
}

static double complex get(const void *array, bool single, size_t i)
{
    return single ? (double complex)((const float complex *)array)[i]
                  : ((const double complex *)array)[i];
}

static void set(void *array, bool single, size_t i, double complex value)
{
    if (single)
        ((float complex *)array)[i] = (float complex)value;
    else
        ((double complex *)array)[i] = value;
}

static void *new_array(const ali_tile_kernels *kernels, size_t count)
{
    void *made = aligned_alloc(64, (count * kernels->element + 63) / 64 * 64);
    assert_non_null(made);
    memset(made, 0, count * kernels->element);
    return made;
}

static void fill(void *array, bool single, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count; i++) {
        double re = draw(&seed), im = draw(&seed);
        set(array, single, i, re + I * im);
    }
}

/** Column j of W L_kk^T, L_kk from the factored diagonal tile of order k, at row i. */
static double complex times_transposed(const void *w, size_t ldw, const void *diagonal, size_t k,
                                       bool single, size_t i, size_t j)
{
    double complex sum = get(w, single, i + j * ldw);
    for (size_t p = 0; p < j; p++)
        sum += get(w, single, i + p * ldw) * get(diagonal, single, j + p * k);
    return sum;
}

/** Two panels below one diagonal tile of order k, of m and of n rows: L = A L_kk^-T D^-1 and
 *  W = A L_kk^-T, and then C - L_m W_n^T. */
static void check(bool single, bool lower, size_t m, size_t n, size_t k)
{
    const ali_tile_kernels *kernels = single ? &ali_tile_kernels_single : &ali_tile_kernels_double;
    size_t packed = ali_tile_kernels_packed(EDGE), lda = EDGE + SPARE;
    size_t rows[2] = {m, n};
    void *diagonal = new_array(kernels, k * k), *c = new_array(kernels, lda * n);
    void *before = new_array(kernels, lda * n), *original = new_array(kernels, lda * k);
    void *work = new_array(kernels, packed), *inverse = new_array(kernels, packed);
    void *a[2], *left[2], *right[2], *w[2];
    fill(diagonal, single, k * k, 1);
    for (size_t j = 0; j < k; j++)
        set(diagonal, single, j + j * k, (1.5 - 0.5 * I) * sqrt((double)k));
    double growth = 0.0, tolerance = (single ? 1e-6 : 2e-15) * (double)(k + 4);
    assert_true(kernels->diagonal(k, diagonal, k, work, inverse, &growth));
    for (int p = 0; p < 2; p++) {
        a[p] = new_array(kernels, lda * k);
        w[p] = new_array(kernels, lda * k);
        left[p] = new_array(kernels, packed);
        right[p] = new_array(kernels, packed);
        fill(a[p], single, lda * k, 5 + (uint64_t)(lower ? 0 : p));
        memcpy(original, a[p], lda * k * kernels->element);
        double largest =
            kernels->panel(rows[p], k, diagonal, k, inverse, a[p], lda, left[p], right[p]);
        double expected = 0.0;
        for (size_t j = 0; j < k; j++)
            for (size_t i = 0; i < rows[p]; i++) {
                double complex pivot = get(diagonal, single, j + j * k);
                double complex value = get(a[p], single, i + j * lda) * pivot;
                set(w[p], single, i + j * lda, value);
                expected = fmax(expected, fmax(fabs(creal(value)), fabs(cimag(value))));
                value = times_transposed(w[p], lda, diagonal, k, single, i, j);
                assert_true(cabs(value - get(original, single, i + j * lda)) <= tolerance);
            }
        assert_true(fabs(largest - expected) <= 1e-6 * expected);
    }
    fill(c, single, lda * n, 9);
    memcpy(before, c, lda * n * kernels->element);
    kernels->update(lower, m, n, k, left[0], right[1], c, lda);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < lda; i++) {
            double complex sum = get(before, single, i + j * lda);
            if (i >= m) {
                assert_true(get(c, single, i + j * lda) == sum);
                continue;
            }
            if (lower && i < j)
                continue;
            for (size_t p = 0; p < k; p++)
                sum -= get(a[0], single, i + p * lda) * get(w[1], single, j + p * lda);
            assert_true(cabs(get(c, single, i + j * lda) - sum) <= tolerance);
        }
    for (int p = 0; p < 2; p++) {
        free(a[p]);
        free(w[p]);
        free(left[p]);
        free(right[p]);
    }
    free(diagonal);
    free(c);
    free(before);
    free(original);
    free(work);
    free(inverse);
}

static void packed_tiles_multiply(void **state)
{
    (void)state;
    static const size_t extents[][3] = {{64, 64, 64}, {32, 64, 32}, {1, 6, 32},  {33, 7, 64},
                                        {31, 5, 32},  {16, 13, 64}, {64, 1, 64}, {47, 47, 33}};
    for (size_t e = 0; e < sizeof extents / sizeof *extents; e++)
        for (int single = 0; single < 2; single++)
            check(single != 0, false, extents[e][0], extents[e][1], extents[e][2]);
}

static void lower_triangles_are_complete(void **state)
{
    (void)state;
    static const size_t extents[] = {1, 5, 17, 32, 33, 63, 64};
    for (size_t e = 0; e < sizeof extents / sizeof *extents; e++)
        for (int single = 0; single < 2; single++)
            check(single != 0, true, extents[e], extents[e], 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packed_tiles_multiply),
        cmocka_unit_test(lower_triangles_are_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
