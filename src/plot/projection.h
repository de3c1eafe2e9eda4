/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_PROJECTION_H
#define ALI_PLOT_PROJECTION_H

#include "base/vec3.h"
#include "plot/svg.h"

/** @file
 *  Axonometric views: parallel rays, so that lengths in the plane of the picture keep their scale.
 */

typedef struct ali_projection {
    ali_vec3 right, up, towards; /**< unit vectors: of the picture, and to whoever looks */
    double scale;                /**< [px/m] */
    ali_point origin;            /**< where the origin of coordinates is [px] */
} ali_projection;

/** The view of somebody who stands in this direction; the z axis points up in the picture.
 *  Scale 1, origin at 0. */
ali_projection ali_projection_from(double azimuth_deg, double elevation_deg);

ali_point ali_projection_point(const ali_projection *projection, ali_vec3 point);

/** How near a point is to whoever looks [m]. */
double ali_projection_depth(const ali_projection *projection, ali_vec3 point);

#endif
