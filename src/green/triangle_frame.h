/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_TRIANGLE_FRAME_H
#define ALI_GREEN_TRIANGLE_FRAME_H

#include "green/triangle.h"

/** @file
 *  Analytic potentials of a flat triangle, for the moments in this room. Edge i lies opposite
 * vertex i and runs from vertex i + 1 to i + 2 (modulo 3). */

/** What all points share. */
typedef struct ali_face_frame {
    ali_vec3 vertex[3];
    ali_vec3 normal;     /**< right-handed with the vertices */
    ali_vec3 tangent[3]; /**< unit vectors along the edges */
    ali_vec3 outward[3]; /**< unit vectors in the plane, across the edges */
    double length[3];    /**< of the edges [m] */
    double rise[3];      /**< 1 over the height above edge b: grad lambda_b = -rise outward [1/m] */
    double slope[3][3];  /**< [b][i] grad lambda_b . outward_i [1/m] */
    double area;         /**< [m^2] */
    double size;         /**< the longest edge [m] */
} ali_face_frame;

void ali_face_frame_init(ali_face_frame *frame, const ali_flat_triangle *triangle);

/** Kernels with analytic potentials: R^-1, R, R^3. */
enum { ALI_FACE_POWERS = 3 };

/** Potentials int lambda_b R^(2n - 1) dS, n < powers, at [n][b]. */
void ali_face_potentials(const ali_face_frame *frame, ali_vec3 point, int powers,
                         double value[][3]);

/** Their gradients with respect to the point, at [n][b]; in the plane of the triangle the mean of
 *  both sides; on the rim, where that of 1/R is infinite, some large number. */
void ali_face_gradients(const ali_face_frame *frame, ali_vec3 point, int powers,
                        ali_vec3 value[][3]);

#endif
