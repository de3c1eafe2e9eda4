/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_SHEET_POWER_H
#define ALI_OBSERVE_SHEET_POWER_H

#include "basis/surface_current.h"

/** Power that a current turns into heat in sheets [W], 1/2 Re z_s int |J|^2 dS.
 *
 *  The density that attached wires bring to the vertices of faces falls as 1/rho, so that its own
 *  square has no integral; as in the matrix it is left out, and its product with the rest counts.
 * The budget of power is that of the matrix.
 *  @param[in] sheet  [surfaces of the model] impedance per square [ohm] */
double ali_sheet_power(const ali_surface_current *current, const double complex *sheet);

#endif
