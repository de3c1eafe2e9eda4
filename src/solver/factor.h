/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_FACTOR_H
#define ALI_SOLVER_FACTOR_H

#include "solver/tile_kernels.h"
#include "solver/tiles.h"

#include "base/error.h"

/** The tiled factor of R Z C, R = diag(row_scale), C = diag(column_scale), in the precision of its
 * kernels: L D L^T of a symmetric matrix, for which C = R, else P^-1 L D U with P exchanging rows
 * inside tiles. Tiles (i, j) hold L for i > j, D U for i < j, and all three on the diagonal. */
typedef struct ali_factor {
    const ali_tile_kernels *kernels;
    ali_tiles tiles;
    const double *row_scale, *column_scale; /**< [order], powers of two; borrowed */
    void *data;                             /**< every tile, in the kernels' precision; owned */
    uint32_t *pivot; /**< [order], of ali_tile_kernels.diagonal_lu; owned; NULL if symmetric */
} ali_factor;

/** What the factorisation saw. */
typedef struct ali_factor_facts {
    double growth; /**< largest element met over the largest element of R Z C, by parts */
    double smallest_pivot, largest_pivot;
    size_t smallest_pivot_at; /**< unknown, from 0 */
    double norm;              /**< Frobenius norm of R Z C */
} ali_factor_facts;

/** Bytes the factor holds, and the bytes it needs besides while it is being computed. */
size_t ali_factor_bytes(const ali_tiles *tiles, const ali_tile_kernels *kernels);
size_t ali_factor_work_bytes(const ali_tiles *tiles, const ali_tile_kernels *kernels);

/** Convert and factor. `factor` has everything set but data and pivot; free with ali_factor_clear
 * also after a failure.
 *  @param z        the matrix in the same tiles, double precision
 *  @param threads  1: runs on the calling thread without entering OpenMP
 *  @return ALICORN_E_NUMERIC if a pivot is zero or not finite, ALICORN_E_MEMORY,
 * ALICORN_E_INTERRUPTED */
alicorn_status ali_factor_compute(ali_factor *factor, const double complex *z, int threads,
                                  alicorn_progress_fn progress, void *user, ali_factor_facts *facts,
                                  alicorn_error *error);

/** Y = (R Z C)^-1 Y by the factor, for the leading `order` unknowns (all of them unless symmetric);
 * y [order, columns], in the kernels' precision, `leading` elements between columns. */
void ali_factor_solve(const ali_factor *factor, size_t order, int threads, size_t columns, void *y,
                      size_t leading);

/** Bytes that ali_factor_solve takes besides y: a packed copy of many columns. */
size_t ali_factor_solve_bytes(const ali_tile_kernels *kernels, size_t order, size_t columns);

void ali_factor_clear(ali_factor *factor);

#endif
