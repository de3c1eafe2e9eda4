/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_PANELS_H
#define ALI_OBSERVE_PANELS_H

#include "basis/wire_current.h"
#include "green/ray_kernel.h"

#include <stdbool.h>

/** @file
 *  Currents on wires, cut into pieces so short that a polynomial serves all directions. */

/** Which elements: an interface at z = 0 lies between those in air and those in soil. */
typedef enum ali_side { ALI_SIDE_BOTH, ALI_SIDE_AIR, ALI_SIDE_SOIL } ali_side;

static inline bool ali_side_has(ali_side side, double z)
{
    return side == ALI_SIDE_BOTH || (side == ALI_SIDE_SOIL) == (z < 0.0);
}

/** Pieces of an element for waves of the given wavenumber [rad/m]. */
size_t ali_panel_pieces(const ali_element *element, double wavenumber);

/** Pieces of all elements of one side.
 *  @param      k           of the air [rad/m]: unit of the panels' phases and moments
 *  @param      wavenumber  largest one of the waves that see them [rad/m]
 *  @param[out] panels      [count] caller frees
 *  @return ALICORN_OK; ALICORN_E_MEMORY; ALICORN_E_INPUT for a radius above 0.36 of the air's
 *          wavelength, or on the soil's side above ALI_REFRACTED_TUBE/wavenumber;
 * ALICORN_E_INTERNAL for a current of too high a degree */
alicorn_status ali_panels_create(const ali_wire_current *current, double k, double wavenumber,
                                 ali_side side, ali_ray_panel **panels, size_t *count,
                                 alicorn_error *error);

#endif
