/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_SHEET_POWER_H
#define ALI_OBSERVE_SHEET_POWER_H

#include "basis/surface_current.h"

/** Power that a current turns into heat in sheets [W], 1/2 Re z_s int |J|^2 dS, by the integrals of
 *  the matrix.
 *
 *  The density that attached wires bring to the vertices of faces falls as 1/rho; the integral of
 * its square ends at the wire's radius.
 *  @param[in] mesh   the current's, with the wires
 *  @param[in] sheet  [surfaces of the model] impedance per square [ohm] */
double ali_sheet_power(const ali_mesh *mesh, const ali_surface_current *current,
                       const double complex *sheet);

#endif
