/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_PATTERN_H
#define ALI_OBSERVE_PATTERN_H

#include "alicorn/result.h"
#include "basis/surface_current.h"
#include "model/model.h"

/** What a pattern's gain refers to. */
typedef struct ali_pattern_drive {
    ali_drive_kind kind;
    double input_w; /**< delivered by the sources; of a current element: what it radiates alone, see
                         ali_radiation_element_power. Power gain refers to it */
    double radiated_w;  /**< input minus all losses. Directive gain refers to it */
    double axial_ratio; /**< plane wave: minor over major axis, 0 = linear. The incident |E|^2 is 1
                           + its square [V^2/m^2] */
} ali_pattern_drive;

/** Fields over the grid of a request.
 *
 *  Gain, as NEC defines it: with sources or a current element, 4 pi (|F|^2/2 eta) over the power;
 *  driven by a plane wave, the scattering cross-section over the square of the wavelength, 4 pi
 *  |F|^2/(lambda^2 |E_i|^2). Nothing driven or no power: every gain is that of a zero field.
 *
 *  Average gain, if asked, over the requested sector by NEC's rule: every direction weighs
 *      |d phi (cos(theta - d theta/2) - cos(theta + d theta/2))|,
 *  cut off at the first and last theta and halved at the first and last phi; always of the power
 *  gain; directions under a ground count as zero. It exists only for grids of at least 2 x 2.
 *
 *  In SURFACE_WAVE mode the fields are those of observe/ground_wave.h and there is no gain.
 *
 *  @param[out] pattern  uninitialised before; free with ali_pattern_clear. Zero if this fails
 *  @return ALICORN_OK, ALICORN_E_INPUT as ali_radiator_create or ali_ground_wave, ALICORN_E_MEMORY
 */
alicorn_status ali_pattern_create(const ali_pattern_request *request, const ali_current *current,
                                  double k, const ali_ground *ground,
                                  const ali_pattern_drive *drive, alicorn_pattern *pattern,
                                  alicorn_error *error);

/** Free the arrays, not the structure itself. */
void ali_pattern_clear(alicorn_pattern *pattern);

#endif
