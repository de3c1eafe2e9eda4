/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_PRODUCT_KERNELS_H
#define ALI_SOLVER_PRODUCT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  C -= L W^T of tiles, where L and W are packed once and used for a whole row and column of tiles;
 *  gemm would pack both for every tile. Written for AVX-512; elsewhere BLAS is as fast. */

/** Real numbers a packed number takes: its real and imaginary part and their sum. With them a
 *  complex product takes three real ones instead of four [Higham:1992]; its error is as small
 *  against the whole number, though not against each part, and refinement does not mind. */
enum { ALI_PRODUCT_PARTS = 3 };

/** Most rows of a block of L, and rows of a block of W; packed tiles have whole blocks. */
enum { ALI_PRODUCT_ROWS = 32, ALI_PRODUCT_COLUMNS = 12 };

/** One precision; void * stands for an array of its complex type. */
typedef struct ali_product_kernels {
    /** Pack L [m, k] of leading dimension ldl: blocks of rows, of each the real parts of all
     * columns, then the imaginary parts, then their sums; missing rows are zero. */
    void (*pack_left)(size_t m, size_t k, const void *l, size_t ldl, void *left);

    /** Pack W [n, k] in the same way, in smaller blocks. */
    void (*pack_right)(size_t n, size_t k, const void *w, size_t ldw, void *right);

    /** The same from W^T [k, n], of leading dimension ldw. */
    void (*pack_right_transposed)(size_t n, size_t k, const void *w, size_t ldw, void *right);

    /** C -= L W^T, C [m, n]; `lower`: at least its lower triangle. */
    void (*update)(bool lower, size_t m, size_t n, size_t k, const void *left, const void *right,
                   void *c, size_t ldc);

    /** The same where W [n, n] is zero on and above its diagonal, C [m, n]: with W = I - U^-1 and
     * L = C this is C = C U^-T, U unit lower. */
    void (*substitute)(size_t m, size_t n, const void *left, const void *right, void *c,
                       size_t ldc);
} ali_product_kernels;

extern const ali_product_kernels ali_product_avx512_single, ali_product_avx512_double;

#endif
