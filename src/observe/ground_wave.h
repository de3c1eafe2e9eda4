/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_GROUND_WAVE_H
#define ALI_OBSERVE_GROUND_WAVE_H

#include "basis/surface_current.h"
#include "model/model.h"

/** Electric field at points at a finite distance rho from the z axis and height z, as NEC's
 *  RP 1 [V/m].
 *
 *  Over lossy ground by reflection coefficients (GN 0): direct, reflected and surface wave of every
 *  element by Norton's formulas, good from about a wavelength away from the structure and its image
 *  and for |eps| well above 1; equations in docs/theory/fields.md. Where |1/sqrt(eps)| > 0.5 the
 *  surface wave is not covered by them, and direct and reflected wave alone are given, as NEC does.
 *  Over an exact ground (GN 2): the exact field, on the ground and below it too (near_field.h). On
 *  the ground Norton misses it by 0.1 % over the sea, 4 to 6 % over average soil and 9 to 12 % over
 *  dry soil at 10 to 200 wavelengths from a vertical antenna (docs/theory/ground.md).
 *  In free space and over a PEC: the exact field.
 *
 *  @param[in]  distance  rho [m], > 0 over GN 0
 *  @param[in]  z         shape [count] heights [m], >= 0 over GN 0
 *  @param[in]  phi       shape [count] [rad]
 *  @param[out] e_z,e_phi,e_rho  shape [count] [V/m], along the cylinder's coordinates at the point
 *  @return ALICORN_OK, ALICORN_E_MEMORY, ALICORN_E_INPUT for a point below GN 0 or at distance 0;
 * as ali_near_field
 */
alicorn_status ali_ground_wave(const ali_current *current, double k, const ali_ground *ground,
                               double distance, size_t count, const double *z, const double *phi,
                               double complex *e_z, double complex *e_phi, double complex *e_rho,
                               alicorn_error *error);

#endif
