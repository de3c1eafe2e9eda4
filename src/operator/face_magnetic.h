/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_FACE_MAGNETIC_H
#define ALI_OPERATOR_FACE_MAGNETIC_H

#include "green/triangle.h"
#include "mesh/surface_mesh.h"
#include "model/model.h"
#include "operator/face_near.h"

/** @file
 *  The magnetic-field equation's share of rows on closed bodies, as far as it is not from face to
 *  face: which bodies have it, and what the currents of wires do.
 *
 *  A body with electric share alpha is tested with alpha times the electric-field equation and
 *  (1 - alpha) eta times
 *
 *      <f, n x H_inc> = 1/2 <f, J> - PV <f, n x int grad G x J>,
 *
 *  n pointing outwards. Both hold on a perfect conductor, but at no frequency do both have a
 *  resonance inside the body. */

/** Electric share of each body, the smallest of its surfaces': a function that crosses from one to
 *  another is tested with one equation.
 *  @param[out] share  [body_count] caller frees; NULL if all are 1 */
alicorn_status ali_electric_shares(const ali_model *model, const ali_surface_mesh *mesh,
                                   double **share, alicorn_error *error);

/** Integrate what combined bodies need of near pairs, if there are any. */
alicorn_status ali_magnetic_near(const ali_model *model, const ali_surface_mesh *mesh,
                                 ali_face_near *near, int threads, alicorn_error *error);

/** What a current along a tube does, value[i][q] for the function r - v_i on a triangle and P_q(u)
 *  along the tube, q <= order [m]:
 *
 *      1/(2A) int int (r - v_i) . [n x (grad G x t)] P_q(u) ds dS,
 *
 *  n right-handed with the vertices. The current flows on the axis: error (radius/distance)^2, and
 *  otherwise 1e-4 of the largest value. */
void ali_magnetic_tube(const ali_flat_triangle *tested, const ali_tube *tube, int order, double k,
                       double complex (*value)[ALI_TUBE_ORDER_MAX + 1]);

/** The same of current elements moment[count] at points that are some faces away. */
void ali_magnetic_points(const ali_flat_triangle *tested, int count, const ali_vec3 *point,
                         const ali_vec3 *moment, double k, double complex value[3]);

#endif
