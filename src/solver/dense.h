/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_DENSE_H
#define ALI_SOLVER_DENSE_H

#include "solver/factor.h"
#include "solver/pivoted.h"
#include "solver/solver.h"
#include "solver/tiles.h"

/** Right-hand sides that are solved together: beyond about 64 gemm gains nothing and the work space
 * grows. */
enum { ALI_DENSE_BLOCK = 64 };

/** Refinement stops here: the residual is at the rounding of its own computation. */
#define ALI_DENSE_TARGET (4.0 * 2.220446049250313e-16)
/** A trial that ends above this has failed ... */
#define ALI_DENSE_TRIAL_TOLERANCE (64.0 * 2.220446049250313e-16)
/** ... and a solution above this is refused. */
#define ALI_DENSE_SOLVE_TOLERANCE 1e-12

/** The backward error that refinement aims at with the factor in use, and those above which a trial
 * has failed and a solution is refused. */
double ali_dense_target(const ali_solver *solver);
double ali_dense_trial_tolerance(const ali_solver *solver);
double ali_dense_solve_tolerance(const ali_solver *solver);

struct ali_solver {
    double target; /**< wanted of single precision; 0: rounding */
    ali_tiles tiles;
    int threads;          /**< as asked for; 0: OpenMP's */
    size_t parallel_from; /**< unknowns from which threads pay */
    double complex *z;    /**< the matrix in tiles, for the residual */
    double *scale;        /**< [n], powers of two: S Z S has a diagonal of about one */
    double norm;          /**< Frobenius norm of S Z S */
    ali_factor factor;    /**< levels single and double */
    ali_pivoted pivoted;  /**< level pivoted */
    ali_solver_facts facts;
};

/** How well a block of right-hand sides was solved; the worst of its columns. */
typedef struct ali_refinement {
    double residual;       /**< |b - Z x| / |b| */
    double backward_error; /**< |S r| / (|S Z S| |S^-1 x| + |S b|): does not depend on the units of
                              the unknowns */
    double contraction;    /**< largest reduction of |S r| in a step that did not end at rounding */
    double condition;      /**< |S Z S| |S^-1 x| / |S b| <= condition number of S Z S */
    int steps;             /**< solves with the factor */
} ali_refinement;

/** Bytes of work space that refining `columns` right-hand sides of `order` unknowns needs. */
size_t ali_dense_work_bytes(const ali_solver *solver, size_t order, size_t columns);

/** Solve the leading system for a block and refine. BLAS must be set to one thread.
 *  @param         columns  <= ALI_DENSE_BLOCK
 *  @param[in,out] b        [order, columns]
 *  @param         work     ali_dense_work_bytes, aligned to 64 bytes
 *  @return ALICORN_OK whatever the quality: that is for the caller to judge by *report;
 * ALICORN_E_NUMERIC if b is not finite */
alicorn_status ali_dense_refine(const ali_solver *solver, size_t order, int threads, size_t columns,
                                double complex *b, void *work, ali_refinement *report,
                                alicorn_error *error);

/** r = b - Z x for the leading system; [order, columns]. */
void ali_dense_residual(const ali_solver *solver, size_t order, int threads, size_t columns,
                        const double complex *x, const double complex *b, double complex *r);

#endif
