/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_ASSESS_DIRECTIONS_H
#define ALI_ASSESS_DIRECTIONS_H

#include "alicorn/assess.h"

#include <stdbool.h>

/** @file
 *  Grids of directions, and what part of a sector each of their samples stands for. */

/** Directions [deg] of every theta with every phi; borrowed. */
typedef struct ali_directions {
    const double *theta_deg, *phi_deg;
    size_t theta_count, phi_count;
} ali_directions;

ali_directions ali_directions_of(const alicorn_pattern *pattern);

/** A sector as alicorn_sector wants it, and a grid that ascends and goes at most once around;
 *  ALICORN_E_USAGE otherwise. */
alicorn_status ali_directions_check(const ali_directions *grid, const alicorn_sector *sector,
                                    alicorn_error *error);

/** Number of azimuths of one turn if they are uniform and go once around, whether or not the first
 *  is repeated at the end; 0 otherwise. */
size_t ali_directions_turn(const ali_directions *grid);

/** Solid angle per azimuth of the cells of theta index i that lies in the sector: up to the middle
 *  towards the neighbours. A grid of one theta only: 1 if that lies in the sector. */
double ali_directions_height(const ali_directions *grid, const alicorn_sector *sector, size_t i);

/** Part of the azimuths of the cells of phi index j that lies in the sector [rad]. */
double ali_directions_width(const ali_directions *grid, const alicorn_sector *sector, size_t j);

/** The sector's own size in the unit of height times width. */
double ali_directions_sector_size(const ali_directions *grid, const alicorn_sector *sector);

/** Whether a direction [deg] itself lies in the sector. */
bool ali_directions_inside(const alicorn_sector *sector, double theta_deg, double phi_deg);

#endif
