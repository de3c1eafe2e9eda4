/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_SMALL_DENSE_H
#define ALI_MATH_SMALL_DENSE_H

#include <complex.h>
#include <stddef.h>

/** Solve A X = B by Gaussian elimination with partial pivoting, for circuits of a few ports.
 *  @param[in,out] a  shape [n, n], row-major; destroyed
 *  @param[in,out] b  shape [n, columns], row-major; the right-hand sides, then the solutions
 *  @return 0, or -1 if A is singular to working precision (a pivot below 1e-14 of its row's largest
 * element) or not finite Cost: O(n^2 (n + columns)), no allocation. */
int ali_small_solve(size_t n, size_t columns, double complex *a, double complex *b);

#endif
