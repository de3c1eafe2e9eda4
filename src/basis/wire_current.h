/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASIS_WIRE_CURRENT_H
#define ALI_BASIS_WIRE_CURRENT_H

#include "mesh/wire_mesh.h"

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

#endif
