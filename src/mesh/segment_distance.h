/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_SEGMENT_DISTANCE_H
#define ALI_MESH_SEGMENT_DISTANCE_H

#include "base/vec3.h"

/** Where two straight pieces come closest. */
typedef struct ali_segment_approach {
    double distance;   /**< [m] */
    double place[2];   /**< along each piece, 0 at its start, 1 at its end */
    ali_vec3 point[2]; /**< the closest points [m] */
} ali_segment_approach;

/** Distance [m] of `point` from the piece a–b; *place (0 … 1) receives where, may be NULL. */
double ali_segment_point_distance(ali_vec3 point, ali_vec3 a, ali_vec3 b, double *place);

/** Closest approach of the pieces a0–a1 and b0–b1. Pieces without length and parallel pieces are
 * legal; where the closest points are not unique one pair of them is given, an end among them. */
ali_segment_approach ali_segment_closest(ali_vec3 a0, ali_vec3 a1, ali_vec3 b0, ali_vec3 b1);

#endif
