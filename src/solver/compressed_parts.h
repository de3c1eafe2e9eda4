/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_COMPRESSED_PARTS_H
#define ALI_SOLVER_COMPRESSED_PARTS_H

#include "solver/compressed.h"
#include "solver/hierarchical_matrix.h"
#include "solver/iteration.h"

/** @file
 *  What the compressed solver is made of, for what is built around it. Vectors here are of the
 * scaled system S Z S in the order of the tree. */

enum {
    ALI_COMPRESSED_COLUMNS = 8, /**< right-hand sides that are solved in step */
    ALI_COMPRESSED_RESTART = 50 /**< steps of a cycle of the iteration */
};

struct ali_compressed {
    size_t n;
    ali_compressed_options options;
    ali_compressed_facts facts;
    ali_compressed_prediction prediction;
    ali_cluster_tree tree;
    ali_hierarchical_matrix matrix, factor;
    double *scale;       /**< [n] by unknown */
    double *place_scale; /**< [n] the same by place */
    double *weight;      /**< [n] one over the latter */
};

/** Threads that work on a solution: one inside a parallel region. */
int ali_compressed_threads(int wanted);

/** y = S Z S x, [n, columns] both. */
alicorn_status ali_compressed_multiply(const ali_compressed *solver, int threads, size_t columns,
                                       const double complex *x, double complex *y,
                                       alicorn_error *error);

/** y = (G G^T)^-1 x, about the inverse, [n, columns] both; may be the same. */
alicorn_status ali_compressed_precondition(const ali_compressed *solver, int threads,
                                           size_t columns, const double complex *x,
                                           double complex *y, alicorn_error *error);

/** Run an iteration and hold what it reached against the target. Updates *solution. */
alicorn_status ali_compressed_iterate(const ali_iteration *iteration, size_t columns,
                                      const double complex *b, double complex *x,
                                      ali_compressed_solution *solution, alicorn_error *error);

#endif
