/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_DIPOLES_H
#define ALI_OPERATOR_DIPOLES_H

#include "basis/basis.h"

#include <complex.h>

/** @file
 *  A matrix like that of a structure, for plans: every function is a few points with a charge and a
 * current moment, one on every element or face that carries it. Far from each other these couple as
 * the functions do, so blocks of this matrix have the ranks of the real ones; near each other
 * and on the diagonal only the size is right. Nothing has to be integrated. */

typedef struct ali_dipoles ali_dipoles;

/** @param k      wavenumber [rad/m], > 0
 *  @param image  add the images in a conducting ground at z = 0
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_dipoles_create(const ali_basis *basis, double k, bool image,
                                  ali_dipoles **dipoles, alicorn_error *error);
void ali_dipoles_destroy(ali_dipoles *dipoles);

/** block[i + leading j] = Z(rows[i], columns[j]) [ohm m^2], e^{+j omega t}:
 *      Z_mn = sum_ab (j k eta p_a.p_b + eta/(j k) q_a q_b) e^{-j k R}/(4 pi R)
 *  over the points a of m and b of n, R^2 = |r_a - r_b|^2 + s_a^2 + s_b^2 with their sizes s.
 *  Thread-safe. */
void ali_dipoles_fill(const ali_dipoles *dipoles, size_t row_count, const size_t *rows,
                      size_t column_count, const size_t *columns, double complex *block,
                      size_t leading);

/** Memory held [bytes]. */
size_t ali_dipoles_bytes(const ali_dipoles *dipoles);

#endif
