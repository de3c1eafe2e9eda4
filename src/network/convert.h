/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_NETWORK_CONVERT_H
#define ALI_NETWORK_CONVERT_H

#include "base/error.h"

#include <complex.h>

/** @file
 *  S-parameters at one frequency, power waves with real reference resistances [Kurokawa:1965].
 *  Matrices are row-major [n][n], row: the port that receives. */

/** S from Z: S = D^-1 (Z - R)(Z + R)^-1 D, D = sqrt(R).
 *  @param[in,out] matrix  [n][n] Z [ohm], then S
 *  @param z0              [n] R [ohm]
 *  @return ALICORN_OK, ALICORN_E_NUMERIC if Z + R is singular, ALICORN_E_MEMORY */
alicorn_status ali_network_s_from_z(size_t n, const double *z0, double complex *matrix,
                                    alicorn_error *error);

/** S from Y [S]: S = D^-1 (G + Y)^-1 (G - Y) D with G = 1/R; as above. */
alicorn_status ali_network_s_from_y(size_t n, const double *z0, double complex *matrix,
                                    alicorn_error *error);

/** S for other reference resistances.
 *  @param[in,out] s  [n][n] for `from`, then for `to`, both [n] [ohm] */
alicorn_status ali_network_renormalise(size_t n, const double *from, const double *to,
                                       double complex *s, alicorn_error *error);

/** Connect a two-port to a port of an N-port: its port 2 (index 1) to `port`, whose place port 1
 * takes. Exact, with all reflections between the two.
 *  @param[in,out] s   [n][n]; the resistance of `port` is that of the two-port's port 2, and
 *                     becomes that of its port 1
 *  @param two         [2][2]
 *  @return ALICORN_OK, or ALICORN_E_NUMERIC if the two resonate without any loss */
alicorn_status ali_network_cascade(size_t n, size_t port, const double complex two[4],
                                   double complex *s, alicorn_error *error);

/** Largest singular value of S: at most 1 if the N-port is passive.
 *  @param work  [2 n] */
double ali_network_largest_singular(size_t n, const double complex *s, double complex *work);

#endif
