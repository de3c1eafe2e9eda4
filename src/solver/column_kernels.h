/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_COLUMN_KERNELS_H
#define ALI_SOLVER_COLUMN_KERNELS_H

#include "math/blas.h"

#include <stddef.h>

/** @file
 *  A tile times few columns: the innermost loops of substitutions and residuals. BLAS copies a tile
 *  into its own order before it multiplies, which for few columns costs many times the product;
 *  these read the tile once, where it lies. Variants for different instruction sets are one plain C
 *  text (column_kernels_text.h); tests/unit/column_kernels.c compares them. */

/** Products in one precision; void * stands for an array of its complex type, column-major, leading
 *  dimension ld*. Pure functions: no allocation, no threads, and every column gets the same bits
 *  whatever other columns are with it. */
typedef struct ali_column_products {
    /** y -= op(A) x; A [m, n], so plain: x [n, columns], y [m, columns], transposed: x [m,
     * columns], y [n, columns]. */
    void (*subtract)(ali_blas_op op, size_t m, size_t n, size_t columns, const void *a, size_t lda,
                     const void *x, size_t ldx, void *y, size_t ldy);

    /** row_y -= A column_x and column_y -= A^T row_x in one pass over A [m, n]; row_* [m, columns],
     *  column_* [n, columns]. */
    void (*subtract_both)(size_t m, size_t n, size_t columns, const void *a, size_t lda,
                          const void *row_x, const void *column_x, void *row_y, void *column_y,
                          size_t row_ld, size_t column_ld);
} ali_column_products;

/** The same with substitutions. */
typedef struct ali_column_kernels {
    ali_column_products products;

    /** y = op(L)^-1 y, L [n, n] unit lower triangular; only what lies strictly below the diagonal
     * is read. y [n, columns]. */
    void (*substitute)(ali_blas_op op, size_t n, size_t columns, const void *l, size_t ldl, void *y,
                       size_t ldy);

    /** y = U^-1 y, U [n, n] unit upper triangular; only what lies strictly above the diagonal is
     * read. */
    void (*substitute_upper)(size_t n, size_t columns, const void *u, size_t ldu, void *y,
                             size_t ldy);
} ali_column_kernels;

/** One instruction set. */
typedef struct ali_column_variant {
    const char *name; /**< "plain", "avx2", "avx512" */
    ali_column_kernels kernels_single, kernels_double;
    ali_column_products products_mixed; /**< A single, all else double precision */
} ali_column_variant;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_column_variants(const ali_column_variant *const **table);

/** The fastest of them. */
const ali_column_variant *ali_column_best(void);

extern const ali_column_variant ali_column_plain, ali_column_avx2, ali_column_avx512;

#endif
