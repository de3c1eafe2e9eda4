/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASIS_WIRE_CURRENT_H
#define ALI_BASIS_WIRE_CURRENT_H

#include "basis/wire_basis.h"

#include <complex.h>

/** A solved current on the mesh, element by element, in Legendre polynomials of the local
 * coordinate u: I(u) = sum_k current[e][k] P_k(u) [A] along dir, dI/ds = sum_k slope[e][k] P_k(u)
 * [A/m]. The charge per length is j/omega dI/ds. Both arrays have shape [element_count][order + 1].
 *  slope is exact also where current's own derivative would cancel (loop currents). */
typedef struct ali_wire_current {
    const ali_wire_mesh *mesh; /**< borrowed */
    int order;
    double complex *current;
    double complex *slope;
} ali_wire_current;

/** The current that coefficients x [basis->count] describe. Clear with ali_wire_current_clear. */
alicorn_status ali_wire_current_create(const ali_wire_basis *basis, const double complex *x,
                                       ali_wire_current *current, alicorn_error *error);
void ali_wire_current_clear(ali_wire_current *current);

/** Current [A] and slope dI/ds [A/m] in element e at local coordinate u. */
double complex ali_wire_current_at(const ali_wire_current *current, size_t e, double u);
double complex ali_wire_current_slope(const ali_wire_current *current, size_t e, double u);

#endif
