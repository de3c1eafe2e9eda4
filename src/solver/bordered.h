/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_BORDERED_H
#define ALI_SOLVER_BORDERED_H

#include "solver/solver.h"

/** @file
 *  A few unknowns more around a system that is already factored:
 *
 *      [ Z  B ] [ x ]   [ v ]        W = Z^-1 B,  S = C - B^T W,
 *      [ B^T C ] [ y ] = [ w ],      y = S^-1 (w - B^T Z^-1 v),  x = Z^-1 v - W y.
 *
 *  This is how degrees are raised where an error estimate asks for it, without a new factorisation.
 *  W and S are as exact as Z's factor; what is refined is the solution, against the whole matrix.
 */

typedef struct ali_bordered ali_bordered;

/** Extend a factored system of n unknowns by m.
 *  @param[in] solver  borrowed; must outlive the result
 *  @param[in] border  B, shape [n, m], column-major; copied
 *  @param[in] corner  C, shape [m, m], symmetric; copied
 *  @return ALICORN_OK, ALICORN_E_NUMERIC if S is singular or Z not symmetric, ALICORN_E_MEMORY
 *  Cost: m right-hand sides of Z without refinement, and memory for n m numbers in double and n m
 * in the factor's precision. */
alicorn_status ali_bordered_create(const ali_solver *solver, size_t n, size_t m,
                                   const double complex *border, const double complex *corner,
                                   const ali_solver_options *options, ali_bordered **bordered,
                                   alicorn_error *error);
void ali_bordered_destroy(ali_bordered *bordered);

/** Solve for `columns` right-hand sides; v [n, columns] and w [m, columns] are overwritten by x and
 * y.
 *  @param      target    backward error wanted; the solver's own if that is more
 *  @param[out] residual  largest relative residual of the whole system, |r| / |(v, w)|; may be NULL
 */
alicorn_status ali_bordered_solve(const ali_bordered *bordered, double target, size_t columns,
                                  double complex *v, double complex *w, double *residual,
                                  alicorn_error *error);

#endif
