/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_PRODUCT_KERNELS_H
#define ALI_SOLVER_PRODUCT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

/** @file
 *  C -= L W^T of tiles, where L and W are packed once and used for a whole row and column of tiles;
 *  gemm would pack both for every tile. Written for AVX-512; elsewhere BLAS is as fast. */

/** Numbers a packed tile may have more per column than the tile, if its edge is a multiple of 32.
 */
enum { ALI_PRODUCT_SPARE = 8 };

/** One precision; void * stands for an array of its complex type. */
typedef struct ali_product_kernels {
    /** Pack L [m, k] of leading dimension ldl: blocks of rows, for each column of L first their
     * real and then their imaginary parts; missing rows are zero. */
    void (*pack_left)(size_t m, size_t k, const void *l, size_t ldl, void *left);

    /** Pack W [n, k]: blocks of rows, for each column of W their numbers; missing rows are zero. */
    void (*pack_right)(size_t n, size_t k, const void *w, size_t ldw, void *right);

    /** The same from W^T [k, n], of leading dimension ldw. */
    void (*pack_right_transposed)(size_t n, size_t k, const void *w, size_t ldw, void *right);

    /** C -= L W^T, C [m, n]; `lower`: at least its lower triangle. */
    void (*update)(bool lower, size_t m, size_t n, size_t k, const void *left, const void *right,
                   void *c, size_t ldc);
} ali_product_kernels;

/** What this machine should use; NULL: BLAS. */
const ali_product_kernels *ali_product_single(void);
const ali_product_kernels *ali_product_double(void);

extern const ali_product_kernels ali_product_avx512_single, ali_product_avx512_double;

#endif
