/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_CORNER_GROUND_H
#define ALI_OPERATOR_CORNER_GROUND_H

#include "green/corner.h"
#include "mesh/wire_mesh.h"
#include "operator/ground_triangle.h"

/** @file
 *  What a half-space makes of the currents that spread from the vertices where wires are attached
 *  (green/corner.h): as face_ground.h, of the vector part only, one way after the other. */

/** With edges: value[j] = int int of S and sum_b lambda'_b (v_b - v_j).
 *  @param wave  vectors in air as ali_corner_triangle, of the corner, or of the mirrored one for
 * the ways of images */
void ali_corner_ground_face(ali_ground_triangle_work *work, const ali_corner *corner,
                            const ali_flat_triangle *triangle, ali_ground_way way,
                            const double complex wave[3][3], double complex value[3]);

/** With Legendre polynomials along an element, q <= order.
 *  @param wave  as ali_corner_tube, likewise */
void ali_corner_ground_tube(ali_ground_triangle_work *work, const ali_corner *corner,
                            const ali_element *element, ali_ground_way way, int order,
                            const double complex wave[][3], double complex *value);

/** With another corner. */
double complex ali_corner_ground_corner(ali_ground_triangle_work *work, const ali_corner *a,
                                        const ali_corner *b, ali_ground_way way, double k);

#endif
