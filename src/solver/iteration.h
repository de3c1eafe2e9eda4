/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_ITERATION_H
#define ALI_SOLVER_ITERATION_H

#include "base/error.h"

#include <complex.h>
#include <stddef.h>

/** @file
 *  GMRES [Saad:1986] with right preconditioning, restarts, and several right-hand sides in step:
 * every column has a Krylov space of its own, products are made for all of them together. */

/** y = A x, both [order, columns]. */
typedef alicorn_status (*ali_apply_fn)(const void *context, size_t columns, const double complex *x,
                                       double complex *y, alicorn_error *error);

typedef struct ali_iteration {
    size_t order;
    ali_apply_fn multiply;     /**< the matrix */
    ali_apply_fn precondition; /**< about its inverse */
    const void *context;
    const double *weight; /**< [order] of rows, > 0, in a second norm that is to reach the target
                             too, |w (b - A x)| / |w b|; NULL: none */
    double target;        /**< |b - A x| / |b| */
    int steps;            /**< most products per column */
    int restart;          /**< steps of one cycle */
} ali_iteration;

/** Solve A X = B.
 *  @param[in]  b         [order, columns]
 *  @param[out] x         [order, columns]
 *  @param[out] residual  [columns]: the larger of the relative residuals in both norms, computed
 * anew in the end; 0 for b = 0
 *  @param[out] weighted  [columns]: that of the second norm; may be NULL
 *  @param[out] taken     products of the slowest column
 *  @return ALICORN_OK even if a column did not reach the target; ALICORN_E_NUMERIC if numbers are
 *          not finite; ALICORN_E_MEMORY. */
alicorn_status ali_iteration_run(const ali_iteration *iteration, size_t columns,
                                 const double complex *b, double complex *x, double *residual,
                                 double *weighted, int *taken, alicorn_error *error);

#endif
