/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The kernels for packed right-hand sides against those for columns as they are, on random tiles
 * of awkward sizes. */

#include "solver/tile_kernels.h"

#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SPARE = 3 };

static void *new_array(size_t count, size_t element)
{
    void *made = aligned_alloc(64, (count * element + 63) / 64 * 64);
    assert_non_null(made);
    memset(made, 0, count * element);
    return made;
}

static void fill(void *array, bool single, size_t count, double size, uint64_t seed)
{
    for (size_t i = 0; i < 2 * count; i++)
        if (single)
            ((float *)array)[i] = (float)(size * next_random(&seed));
        else
            ((double *)array)[i] = size * next_random(&seed);
}

/** Largest difference of two arrays of complex numbers, by parts. */
static double distance(const void *a, const void *b, bool single, size_t count)
{
    double worst = 0.0;
    for (size_t i = 0; i < 2 * count; i++) {
        double difference = single ? (double)((const float *)a)[i] - (double)((const float *)b)[i]
                                   : ((const double *)a)[i] - ((const double *)b)[i];
        worst = fmax(worst, fabs(difference));
    }
    return worst;
}

/** A tile with both its sets of kernels and right-hand sides in both forms. */
typedef struct bench {
    bool single;
    const ali_tile_kernels *tile;
    const ali_wide_kernels *wide;
    size_t rows, depth, columns, element;
    void *a;                   /**< [rows, depth], leading dimension rows + SPARE */
    void *x, *y;               /**< [depth or rows, columns] */
    void *x_packed, *y_packed; /**< the same packed */
    void *result;              /**< y_packed unpacked */
} bench;

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static bench make(bool single, size_t rows, size_t depth, size_t columns)
{
    bench b = {.single = single, .rows = rows, .depth = depth, .columns = columns};
    b.tile = single ? &ali_tile_kernels_single : &ali_tile_kernels_double;
    b.wide = b.tile->wide();
    b.element = b.tile->element;
    if (!b.wide)
        return b;
    size_t order = larger(rows, depth), packed = ali_wide_numbers(b.wide, order, columns);
    b.a = new_array((rows + SPARE) * depth, b.element);
    b.x = new_array(order * columns, b.element);
    b.y = new_array(order * columns, b.element);
    b.result = new_array(order * columns, b.element);
    b.x_packed = new_array(packed, b.element);
    b.y_packed = new_array(packed, b.element);
    fill(b.a, single, (rows + SPARE) * depth, 0.05, 1);
    fill(b.x, single, order * columns, 1.0, 2);
    fill(b.y, single, order * columns, 1.0, 3);
    b.wide->pack(order, columns, b.x, order, b.x_packed);
    b.wide->pack(order, columns, b.y, order, b.y_packed);
    return b;
}

/** Unpack y and compare, then free all. */
static void compare_and_clear(bench *b)
{
    size_t order = larger(b->rows, b->depth);
    b->wide->unpack(order, b->columns, b->y_packed, b->result, order);
    double worst = distance(b->result, b->y, b->single, order * b->columns);
    assert_true(worst <= (b->single ? 3e-5 : 3e-14));
    free(b->a);
    free(b->x);
    free(b->y);
    free(b->result);
    free(b->x_packed);
    free(b->y_packed);
}

static const size_t sizes[][3] = {{1, 1, 1}, {12, 12, 16}, {13, 25, 17}, {50, 7, 33}, {96, 96, 54}};
enum { CASES = sizeof sizes / sizeof *sizes };

static void products_agree(void **state)
{
    (void)state;
    for (size_t k = 0; k < 4 * CASES; k++) {
        ali_blas_op op = k % 2 ? ALI_BLAS_TRANSPOSED : ALI_BLAS_PLAIN;
        const size_t *size = sizes[k / 4];
        bench b = make(k / 2 % 2 != 0, size[0], size[1], size[2]);
        if (!b.wide)
            skip();
        size_t order = larger(b.rows, b.depth), lda = b.rows + SPARE;
        b.tile->subtract(op, b.rows, b.depth, b.columns, b.a, lda, b.x, order, b.y, order);
        b.wide->subtract(op, b.rows, b.depth, b.columns, b.a, lda, b.x_packed, order, b.y_packed,
                         order);
        compare_and_clear(&b);
    }
}

static void triangles_agree(void **state)
{
    (void)state;
    for (size_t k = 0; k < 2 * CASES; k++) {
        bench b = make(k % 2 != 0, sizes[k / 2][0], sizes[k / 2][0], sizes[k / 2][2]);
        if (!b.wide)
            skip();
        size_t n = b.rows, ldd = n + SPARE;
        uint32_t *pivot = new_array(n, sizeof *pivot);
        for (size_t i = 0; i < n; i++)
            pivot[i] = (uint32_t)(i + (n - i) / 3);
        b.tile->permute(n, b.columns, pivot, b.y, n);
        b.wide->permute(n, b.columns, pivot, b.y_packed, n);
        for (int op = ALI_BLAS_PLAIN; op <= ALI_BLAS_TRANSPOSED; op++) {
            b.tile->substitute((ali_blas_op)op, n, b.columns, b.a, ldd, b.y, n);
            b.wide->substitute((ali_blas_op)op, n, b.columns, b.a, ldd, b.y_packed, n);
        }
        b.tile->substitute_upper(n, b.columns, b.a, ldd, b.y, n);
        b.wide->substitute_upper(n, b.columns, b.a, ldd, b.y_packed, n);
        free(pivot);
        compare_and_clear(&b);
    }
}

static void divisions_agree(void **state)
{
    (void)state;
    for (int single = 0; single < 2; single++) {
        bench b = make(single != 0, 29, 29, 21);
        if (!b.wide)
            skip();
        for (size_t i = 0; i < b.rows; i++)
            fill((char *)b.a + i * (b.rows + SPARE + 1) * b.element, b.single, 1, 1.0, 7);
        b.tile->divide(b.rows, b.columns, b.a, b.rows + SPARE, b.y, b.rows);
        b.wide->divide(b.rows, b.columns, b.a, b.rows + SPARE, b.y_packed, b.rows);
        compare_and_clear(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_agree),
        cmocka_unit_test(triangles_agree),
        cmocka_unit_test(divisions_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
