/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_WIDE_KERNELS_H
#define ALI_SOLVER_WIDE_KERNELS_H

#include "math/blas.h"

#include <stddef.h>
#include <stdint.h>

/** @file
 *  The kernels that solve with a factored tile, for many right-hand sides. These are packed:
 * `lanes` columns side by side, of each row first their real and then their imaginary parts. Then a
 * row is a vector, and the tile is read as it lies; gemm would copy it first, which for some fifty
 * columns takes as long as the product. Written for AVX-512; elsewhere gemm serves. */

typedef struct ali_wide_kernels {
    size_t lanes; /**< columns of a packed block */

    /** Packed [blocks][order][2][lanes] from y [order, columns] and back. Missing columns are zero.
     */
    void (*pack)(size_t order, size_t columns, const void *y, size_t ldy, void *packed);
    void (*unpack)(size_t order, size_t columns, const void *packed, void *y, size_t ldy);

    /** The rest is as in ali_tile_kernels, but x and y are rows of packed blocks, and their leading
     * dimensions the rows from block to block. */
    void (*substitute)(ali_blas_op op, size_t n, size_t columns, const void *diagonal, size_t ldd,
                       void *y, size_t ldy);
    void (*divide)(size_t n, size_t columns, const void *diagonal, size_t ldd, void *y, size_t ldy);
    void (*subtract)(ali_blas_op op, size_t m, size_t n, size_t columns, const void *a, size_t lda,
                     const void *x, size_t ldx, void *y, size_t ldy);
    void (*permute)(size_t n, size_t columns, const uint32_t *pivot, void *y, size_t ldy);
    void (*substitute_upper)(size_t n, size_t columns, const void *diagonal, size_t ldd, void *y,
                             size_t ldy);
} ali_wide_kernels;

/** Complex numbers of packed right-hand sides [order, columns]. */
static inline size_t ali_wide_numbers(const ali_wide_kernels *wide, size_t order, size_t columns)
{
    return (columns + wide->lanes - 1) / wide->lanes * wide->lanes * order;
}

extern const ali_wide_kernels ali_wide_avx512_single, ali_wide_avx512_double;

#endif
