/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_HIERARCHICAL_FACTOR_H
#define ALI_SOLVER_HIERARCHICAL_FACTOR_H

#include "solver/hierarchical_matrix.h"

/** @file
 *  Factorisation A = G G^T of a hierarchical complex-symmetric matrix with truncation, in single
 * precision and without pivoting: a preconditioner. */

typedef struct ali_hierarchical_factor_options {
    int threads;
    double tolerance;             /**< of every truncation, relative */
    size_t memory_limit;          /**< [bytes] of the factor; 0: none */
    alicorn_progress_fn progress; /**< stage "factor" */
    void *progress_user;
} ali_hierarchical_factor_options;

/** Factor a copy of `matrix` into the empty lattice `factor`.
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if a pivot is zero or not finite; ALICORN_E_MEMORY;
 *          ALICORN_E_INTERRUPTED. The result is the same on any number of threads. */
alicorn_status ali_hierarchical_factorise(const ali_hierarchical_matrix *matrix,
                                          const ali_hierarchical_factor_options *options,
                                          ali_hierarchical_matrix *factor, alicorn_error *error);

/** y = (G G^T)^-1 y; y [order, columns] in the order of the tree. Deterministic. */
alicorn_status ali_hierarchical_substitute(const ali_hierarchical_matrix *factor, int threads,
                                           size_t columns, float complex *y, alicorn_error *error);

#endif
