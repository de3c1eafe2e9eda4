/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_REFINE_H
#define ALI_SOLVER_REFINE_H

#include "solver/tile_kernels.h"

#include "base/error.h"

#include <stdbool.h>

/** @file
 *  Iterative refinement [Higham:2002] Ch. 12 of A x = b: x += G (b - A x), with G an approximate
 *  inverse of A in whatever precision, and the residual in double. */

/** Right-hand sides that are solved together: beyond about 64 gemm gains nothing and the work space
 * grows. */
enum { ALI_REFINE_BLOCK = 64 };

/** Refinement stops here: the residual is at the rounding of its own computation. */
#define ALI_REFINE_TARGET (4.0 * 2.220446049250313e-16)
/** A trial that ends above this has failed ... */
#define ALI_REFINE_TRIAL_TOLERANCE (64.0 * 2.220446049250313e-16)
/** ... and a solution above this is refused. */
#define ALI_REFINE_SOLVE_TOLERANCE 1e-12

/** What is refined: a matrix A scaled to R A C, R = diag(row_scale), C = diag(column_scale). */
typedef struct ali_refine_system {
    size_t order;
    const double *row_scale, *column_scale; /**< [order], powers of two; may be the same */
    double norm;                            /**< Frobenius norm of R A C */
    double target;                          /**< backward error wanted; ALI_REFINE_TARGET if less */
    double enough;      /**< a contraction so small ends the refinement too (a trial); 0: none */
    double contraction; /**< to be expected of a step, from the trial; 1: not known */
    int threads;        /**< that may work on the columns, >= 1 */
    const ali_tile_kernels *kernels; /**< precision of the approximate inverse */
    void *context;                   /**< of the two functions */
    /** y = about (R A C)^-1 y; [order, columns] in the kernels' precision. */
    alicorn_status (*approximate)(void *context, size_t columns, void *y, alicorn_error *error);
    /** r = b - A x; [order, columns]. */
    void (*residual)(void *context, size_t columns, const double complex *x,
                     const double complex *b, double complex *r);
} ali_refine_system;

/** How well a block of right-hand sides was solved; the worst of its columns. */
typedef struct ali_refinement {
    double residual;       /**< |b - A x| / |b| */
    double backward_error; /**< |R r| / (|R A C| |C^-1 x| + |R b|): does not depend on the units of
                              the unknowns */
    double contraction;    /**< largest reduction of |R r| in a step that did not end at rounding */
    double condition;      /**< |R A C| |C^-1 x| / |R b| <= condition number of R A C */
    int steps;             /**< approximate solves */
    bool combined; /**< residual and backward_error are estimates from random combinations of the
                      last block's columns: the root of the sum of their squares over the columns */
} ali_refinement;

/** Bytes of work space that refining `columns` right-hand sides at once needs. */
size_t ali_refine_work_bytes(const ali_refine_system *system, size_t columns);

/** Solve for a block.
 *  @param         columns  <= ALI_REFINE_BLOCK
 *  @param[in,out] b        [order, columns]
 *  @param         work     ali_refine_work_bytes, aligned to 64 bytes
 *  @return ALICORN_OK whatever the quality: that is for the caller to judge by *report;
 * ALICORN_E_NUMERIC if b is not finite */
alicorn_status ali_refine_block(const ali_refine_system *system, size_t columns, double complex *b,
                                void *work, ali_refinement *report, alicorn_error *error);

/** Solve for any number of columns, block by block. BLAS must be set to one thread.
 *  @param[out] residual  the largest |b - A x| / |b|
 *  @return ALICORN_E_NUMERIC if b is not finite or its backward error stays too large;
 * ALICORN_E_MEMORY */
alicorn_status ali_refine_all(const ali_refine_system *system, size_t columns, double complex *b,
                              double *residual, alicorn_error *error);

/** The backward errors above which a trial has failed and a solution is refused. */
double ali_refine_trial_tolerance(double target);
double ali_refine_solve_tolerance(double target);

/** Euclidean norm of v_i s_i^weight, weight -1, 0 or 1, safe from under- and overflow; not a number
 * if an entry is not finite. */
double ali_refine_norm(size_t n, const double complex *v, const double *scale, int weight);

#endif
