/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_COMPRESSED_BORDER_H
#define ALI_SOLVER_COMPRESSED_BORDER_H

#include "solver/compressed.h"

/** @file
 *  A few unknowns more around a compressed system, as bordered.h is for the dense one:
 *
 *      [ Z  B ] [ x ]   [ v ]        W = F^-1 B,  S = C - B^T W,
 *      [ B^T C ] [ y ] = [ w ],      F about Z: its factor.
 *
 *  GMRES on the whole system, preconditioned by elimination of the border with F, W and S. B is
 * stored in single precision, as Z is; solutions reach the solver's target. */

typedef struct ali_compressed_border ali_compressed_border;

/** Extend a compressed system of n unknowns by m.
 *  @param[in] solver  borrowed; must outlive the result
 *  @param[in] border  B, shape [n, m], column-major, rows in the order of the unknowns
 *  @param[in] corner  C, shape [m, m], symmetric
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if S is singular or B not finite; ALICORN_E_MEMORY
 *  Cost: m substitutions with F, eight at a time. */
alicorn_status ali_compressed_border_create(const ali_compressed *solver, size_t m,
                                            const double complex *border,
                                            const double complex *corner,
                                            ali_compressed_border **made, alicorn_error *error);
void ali_compressed_border_destroy(ali_compressed_border *border);

/** Solve for `columns` right-hand sides; v [n, columns] and w [m, columns] are overwritten by x and
 * y. Thread-safe.
 *  @param      target    residual wanted; the solver's own if that is more
 *  @param[out] solution  of the whole system; may be NULL
 *  @return as ali_compressed_solve. After a failure v and w are undefined. */
alicorn_status ali_compressed_border_solve(const ali_compressed_border *border, double target,
                                           size_t columns, double complex *v, double complex *w,
                                           ali_compressed_solution *solution, alicorn_error *error);

/** Memory that a border of m unknowns around n holds [bytes]: 16 n m and 32 m^2. */
size_t ali_compressed_border_memory(size_t n, size_t m);

#endif
