/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_SCALING_H
#define ALI_SOLVER_SCALING_H

#include "solver/tiles.h"

#include <complex.h>

/** @file
 *  Scaling by powers of two is exact, and so leaves an elimination without exchanges as it is; it
 * makes norms, pivots and the range of single precision independent of the units of unknowns and
 * equations. */

/** Powers of two s with |s^2 d| in [1, 4), for d on the diagonal; 1 if d is zero or not finite. */
double ali_scaling_of(double complex d);

/** S such that S Z S has a diagonal with moduli in [1, 4); scale [n]. */
void ali_scaling_diagonal(const ali_tiles *tiles, const double complex *z, double *scale);

/** R and C such that the largest part of every row and column of R Z C is about one, of columns in
 * [1, 2), unless they are zero or not finite, or exponents leave the range of +-510. row, column
 * [n]. Z in full tiles. */
void ali_scaling_equilibrate(const ali_tiles *tiles, const double complex *z, int threads,
                             double *row, double *column);

#endif
