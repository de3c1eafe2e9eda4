/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_POLAR_H
#define ALI_PLOT_POLAR_H

#include "plot/svg.h"
#include "plot/trace.h"

/** @file
 *  Levels over an angle, in decibels from the centre outwards. */

/** Rings of levels. */
typedef struct ali_rings {
    double top, floor; /**< levels of the outermost ring and of the centre */
    double step;       /**< between rings, from the top downwards */
    size_t count;      /**< rings, without the centre */
} ali_rings;

/** Rings for levels up to `largest`: `range` dB down to the centre if `floor` is NAN. */
ali_rings ali_rings_of(double largest, double floor, double range);
/** Distance from the centre of a level, 0 … 1; below the floor it is the centre. */
double ali_ring_radius(const ali_rings *rings, double level);

typedef enum ali_dial {
    ALI_DIAL_AZIMUTH,   /**< 0 degrees to the right, counterclockwise */
    ALI_DIAL_ELEVATION, /**< 0 degrees upwards, clockwise: angle from the zenith */
    ALI_DIAL_UPPER      /**< the same, the upper half only */
} ali_dial;

/** The point at an angle [degrees] and a distance [px] from the centre. */
ali_point ali_dial_point(ali_dial dial, ali_point centre, double angle_deg, double radius);

/** Height that a dial of this width needs [px]. */
double ali_polar_height(ali_dial dial);

/** Draw traces of level over angle into a box. */
void ali_polar_draw(FILE *stream, ali_dial dial, const ali_rings *rings, const char *unit,
                    const ali_traces *traces, ali_box box);

#endif
