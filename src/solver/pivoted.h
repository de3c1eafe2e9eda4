/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_PIVOTED_H
#define ALI_SOLVER_PIVOTED_H

#include "solver/tiles.h"

#include "base/error.h"

#include <complex.h>

/** The last resort: R Z C factored with pivoting, as one LAPACK matrix in double: by Bunch-Kaufman
 * if symmetric, else by LU with row exchanges. */
typedef struct ali_pivoted {
    size_t order;
    bool symmetric;
    double complex *data; /**< [order, order], if symmetric the lower triangle; owned */
    int *pivot;           /**< [order]; owned */
} ali_pivoted;

/** Bytes the factor holds, and needs besides while it is being computed. */
size_t ali_pivoted_bytes(const ali_tiles *tiles);
size_t ali_pivoted_work_bytes(const ali_tiles *tiles);

/** Scale, factor, and estimate the condition. BLAS must be set to one thread: OpenBLAS's
 * factorisations round differently on any other number. `pivoted` starts zeroed; free with
 * ali_pivoted_clear also after a failure.
 *  @param[out] reciprocal  estimated 1 / condition number of R Z C in the 1-norm; 0 if it is
 * exactly singular
 *  @return ALICORN_E_NUMERIC if exactly singular, ALICORN_E_MEMORY */
alicorn_status ali_pivoted_compute(ali_pivoted *pivoted, const ali_tiles *tiles,
                                   const double complex *z, const double *row_scale,
                                   const double *column_scale, double *reciprocal,
                                   alicorn_error *error);

/** y = (R Z C)^-1 y, [order, columns], `leading` elements between columns. */
alicorn_status ali_pivoted_solve(const ali_pivoted *pivoted, size_t columns, double complex *y,
                                 size_t leading, alicorn_error *error);

void ali_pivoted_clear(ali_pivoted *pivoted);

#endif
