/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_FACTORED_H
#define ALI_STUDY_FACTORED_H

#include "solver/bordered.h"
#include "solver/compressed_border.h"

/** @file
 *  A factored matrix, in full or compressed, and perhaps a border around it: whoever solves with it
 *  need not know which. */

/** Owns what it points to; all NULL: nothing is factored. */
typedef struct ali_factored {
    ali_solver *dense;
    ali_compressed *compressed; /**< one of the two */
    ali_bordered *dense_border;
    ali_compressed_border *compressed_border; /**< the one that belongs to it, or none */
} ali_factored;

void ali_factored_clear(ali_factored *factored);

/** Put a border of m unknowns around n, as ali_bordered_create. */
alicorn_status ali_factored_extend(ali_factored *factored, size_t n, size_t m,
                                   const double complex *border, const double complex *corner,
                                   const ali_solver_options *options, alicorn_error *error);
void ali_factored_drop_border(ali_factored *factored);

/** Solve for columns of the factored unknowns, v, and of those of the border, w; NULL without one.
 *  @param      target    backward error wanted; the solver's own if that is more
 *  @param[out] residual  largest relative residual */
alicorn_status ali_factored_solve(const ali_factored *factored, double target, size_t columns,
                                  double complex *v, double complex *w, double *residual,
                                  alicorn_error *error);

#endif
