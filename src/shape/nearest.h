/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_NEAREST_H
#define ALI_SHAPE_NEAREST_H

#include "shape/triangulation.h"

/** The point of a triangle with corners v[3] that is nearest to p. */
ali_vec3 ali_nearest_on_triangle(const ali_vec3 v[3], ali_vec3 p);

/** Distance of a point from a triangulated surface [m], negative behind its nearest triangle; of
 *  several equally near ones the one that is faced most squarely tells the side. *nearest receives
 *  the nearest point; may be NULL.  Cost: O(triangles) */
double ali_nearest_distance(const ali_triangulation *surface, ali_vec3 point, ali_vec3 *nearest);

#endif
