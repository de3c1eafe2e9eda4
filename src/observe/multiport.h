/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_MULTIPORT_H
#define ALI_OBSERVE_MULTIPORT_H

#include "alicorn/result.h"

#include <complex.h>

/** @file
 *  N-port matrices, row-major [n][n], and what follows from them. */

/** Z = Y^-1 [ohm]. Returns 0, or -1 if Y is singular or memory is out. */
int ali_multiport_impedance(size_t n, const double complex *y, double complex *z);

/** Scattering matrix for real reference impedances z0 [n] > 0 [ohm]: S = (1 - y)(1 + y)^-1 with y =
 * sqrt(z0) Y sqrt(z0). If y_error (>= 0, [n][n], [S]) is given, s_error receives to first order
 * what these errors do to |S|: dS = -2 (1 + y)^-1 dy (1 + y)^-1. Returns 0, or -1. Source:
 * [Kurokawa:1965] */
int ali_multiport_scattering(size_t n, const double complex *y, const double *z0,
                             const double *y_error, double complex *s, double *s_error);

/** Maximum available gain of a reciprocal two-port under simultaneous conjugate match, with the
 * load that reaches it, as NEC's CP card reports it. Fills maximum_db, load, input and valid of
 * *coupling. Source: [Linvill:1961] */
void ali_multiport_coupling(double complex y11, double complex y12, double complex y22,
                            alicorn_coupling *coupling);

/** The same between all pairs of ports, the others terminated in their z0: coupling_db [n][n],
 * symmetric, NAN on the diagonal and where no simultaneous match exists. With the others matched,
 * the 2 x 2 block of S is the pair's own. */
void ali_multiport_couplings(size_t n, const double complex *s, const double *z0,
                             double *coupling_db);

#endif
