/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_FACE_GEOMETRY_H
#define ALI_MESH_FACE_GEOMETRY_H

#include "mesh/surface_mesh.h"

/** @file
 *  Points and lines against single faces. */

/** Corners of a face [m]. */
typedef struct ali_corners {
    ali_vec3 p[3];
} ali_corners;

ali_corners ali_face_corners(const ali_surface_mesh *mesh, size_t face);
/** Length of the shortest edge [m]. */
double ali_corners_shortest(const ali_corners *corners);
/** Unit vector out of the front, and its double area [m^2] in *twice if not NULL. */
ali_vec3 ali_corners_normal(const ali_corners *corners, double *twice);

/** Size of the fan of faces around a vertex: the distance to the nearest of their edges opposite to
 * it [m]; HUGE_VAL if no face has it. */
double ali_fan_radius(const ali_surface_mesh *mesh, size_t vertex);

/** The point of a line from a to b that is closest to p, as a part 0 … 1 of it. */
double ali_closest_on_line(ali_vec3 a, ali_vec3 b, ali_vec3 p);
/** The point of a triangle that is closest to p. */
ali_vec3 ali_closest_on_triangle(const ali_corners *corners, ali_vec3 p);

/** The part of a line that lies within `tolerance` [m] of a triangle: within that of its plane and,
 *  seen from above, of its edges.
 *  @param[out] part  [2] where that part begins and ends, as parts 0 … 1 of the line from a to b
 *  @return whether there is any */
bool ali_line_in_triangle(const ali_corners *corners, ali_vec3 a, ali_vec3 b, double tolerance,
                          double part[2]);

/** Area [m^2] that two triangles of one plane have in common: the first is looked at from its
 * front, the second is projected onto its plane. */
double ali_overlap_area(const ali_corners *first, const ali_corners *second);

#endif
