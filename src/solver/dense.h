/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_DENSE_H
#define ALI_SOLVER_DENSE_H

#include "solver/factor.h"
#include "solver/pivoted.h"
#include "solver/refine.h"
#include "solver/solver.h"
#include "solver/tiles.h"

struct ali_solver {
    double target; /**< backward error wanted of the factor in use */
    ali_tiles tiles;
    int threads;          /**< as asked for; 0: OpenMP's */
    size_t parallel_from; /**< unknowns from which threads pay */
    double complex *z;    /**< the matrix in tiles, for the residual */
    double *row_scale;    /**< [n], powers of two, see scaling.h; owned */
    double *column_scale; /**< [n]; if symmetric, row_scale again */
    double norm;          /**< Frobenius norm of Z scaled */
    ali_factor factor;    /**< levels single and double */
    ali_pivoted pivoted;  /**< level pivoted */
    ali_solver_facts facts;
};

/** Threads that may work on `columns` right-hand sides of m unknowns now: one inside a parallel
 *  region, and where waiting for each other would cost more than they do. */
int ali_dense_team(const ali_solver *solver, size_t m, size_t columns);

/** The precision of the factor in use. */
const ali_tile_kernels *ali_dense_kernels(const ali_solver *solver);

/** y = (R Z C)^-1 y for the leading `order` unknowns as exactly as the factor is: no refinement. y
 *  [order, columns] in the factor's precision, `leading` elements between columns. */
alicorn_status ali_dense_approximate(const ali_solver *solver, size_t order, int threads,
                                     size_t columns, void *y, size_t leading, alicorn_error *error);

/** r = b - Z x for the leading system; [order, columns], `leading` elements between columns. r may
 * be b. */
void ali_dense_residual(const ali_solver *solver, size_t order, int threads, size_t columns,
                        const double complex *x, const double complex *b, double complex *r,
                        size_t leading);

/** Bytes that ali_dense_residual takes besides its arrays: packed copies of many columns. */
size_t ali_dense_residual_bytes(size_t order, size_t columns);

#endif
