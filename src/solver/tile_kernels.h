/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_TILE_KERNELS_H
#define ALI_SOLVER_TILE_KERNELS_H

#include "math/blas.h"
#include "solver/wide_kernels.h"

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The arithmetic on tiles, once per precision; void * stands for an array of that precision's
 * complex type. Pure functions: no allocation, no threads, column-major with leading dimension ld*.
 */
typedef struct ali_tile_kernels {
    size_t element; /**< bytes of one complex number */

    /** Right-hand sides up to which `substitute`, `subtract` and so on read a tile where it lies.
     */
    size_t few_columns;

    /** Kernels for more of them, packed; NULL: this machine has none. */
    const ali_wide_kernels *(*wide)(void);

    /** a = R z C in the kernel's precision, R and C diagonal; a and z [m, n] with leading dimension
     * m. Returns the largest |real or imaginary part| of a; *squares gets sum |a|^2. */
    double (*convert)(size_t m, size_t n, const double complex *z, const double *row_scale,
                      const double *col_scale, void *a, double *squares);

    /** A = L D L^T in place, lower triangle of a [n, n]: D on the diagonal, unit lower L below it;
     * the strictly upper part is overwritten with nothing of use. work and `inverse` of
     * ali_tile_kernels_packed elements; `inverse` is for `panel`, NULL if
     * there is none. *largest is raised to the largest
     * part of the reduced matrices. False if a pivot is zero or not finite. */
    bool (*diagonal)(size_t n, void *a, size_t lda, void *work, void *inverse, double *largest);

    /** Panel below a factored diagonal tile and its `inverse`: W = A L^-T, a = W D^-1 (= L_panel);
     * a [m, n]. Both are also packed for `update`: into left and right, of ali_tile_kernels_packed
     * elements. Returns the largest part of W. */
    double (*panel)(size_t m, size_t n, const void *diagonal, size_t ldd, const void *inverse,
                    void *a, size_t lda, void *left, void *right);

    /** C -= L W^T from the panels of L [m, k] and W [n, k]; c [m, n]. On a diagonal tile, `lower`,
     * only its lower triangle becomes valid. */
    void (*update)(bool lower, size_t m, size_t n, size_t k, const void *left, const void *right,
                   void *c, size_t ldc);

    /** y = op(L)^-1 y, L from a factored diagonal tile; y [n, columns]. */
    void (*substitute)(ali_blas_op op, size_t n, size_t columns, const void *diagonal, size_t ldd,
                       void *y, size_t ldy);

    /** y = D^-1 y. */
    void (*divide)(size_t n, size_t columns, const void *diagonal, size_t ldd, void *y, size_t ldy);

    /** y -= op(A) x; A [m, n]. Plain: x [n, columns], y [m, columns]; transposed: x [m, columns],
     * y [n, columns]. */
    void (*subtract)(ali_blas_op op, size_t m, size_t n, size_t columns, const void *a, size_t lda,
                     const void *x, size_t ldx, void *y, size_t ldy);

    /** row_y -= A column_x and column_y -= A^T row_x; A [m, n], row_* [m, columns], column_* [n,
     * columns], all four of leading dimension ld. */
    void (*subtract_both)(size_t m, size_t n, size_t columns, const void *a, size_t lda,
                          const void *row_x, const void *column_x, void *row_y, void *column_y,
                          size_t ld);

    /** y = factor S r, S = diag(scale), one column of n. */
    void (*load)(size_t n, double factor, const double *scale, const double complex *r, void *y);

    /** x += factor S y, one column of n. */
    void (*add)(size_t n, double factor, const double *scale, const void *y, double complex *x);

    /** P A = L D U with partial pivoting, a [n, n] in place: unit lower L below, D on, unit upper U
     * above the diagonal. Step k exchanged rows k and pivot[k] >= k; pivot [n]. work [n]. *largest
     * is raised to the largest part of D U. False if a pivot is zero or not finite. */
    bool (*diagonal_lu)(size_t n, void *a, size_t lda, uint32_t *pivot, void *work,
                        double *largest);

    /** Panel below a diagonal tile so factored: a = A U^-1 D^-1, also packed for `update` into
     * left; a [m, n]. Returns the largest part of A U^-1. */
    double (*panel_below)(size_t m, size_t n, const void *diagonal, size_t ldd, void *a, size_t lda,
                          void *left);

    /** Panel to the right of it: a = L^-1 P A, its transpose also packed for `update` into right;
     * a [m, n]. Returns its largest part. */
    double (*panel_right)(size_t m, size_t n, const void *diagonal, size_t ldd,
                          const uint32_t *pivot, void *a, size_t lda, void *right);

    /** y = P y. */
    void (*permute)(size_t n, size_t columns, const uint32_t *pivot, void *y, size_t ldy);

    /** y = U^-1 y, U unit upper. */
    void (*substitute_upper)(size_t n, size_t columns, const void *diagonal, size_t ldd, void *y,
                             size_t ldy);

    /** |d_kk| of a factored diagonal tile, [n]. */
    void (*pivots)(size_t n, const void *diagonal, size_t ldd, double *modulus);
} ali_tile_kernels;

/** The packed kernels for so many right-hand sides; NULL where the tiles' own serve, because they
 * are few or this machine has none. */
const ali_wide_kernels *ali_tile_kernels_wide(const ali_tile_kernels *kernels, size_t columns);

/** Elements of a packed tile. */
size_t ali_tile_kernels_packed(size_t edge);

extern const ali_tile_kernels ali_tile_kernels_single;
extern const ali_tile_kernels ali_tile_kernels_double;

#endif
