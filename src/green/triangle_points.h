/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_TRIANGLE_POINTS_H
#define ALI_GREEN_TRIANGLE_POINTS_H

#include "green/triangle_frame.h"

enum { ALI_FACE_SIDE_MAX = 10, ALI_FACE_PRODUCT_MAX = ALI_FACE_SIDE_MAX * ALI_FACE_SIDE_MAX };

/** Points of a triangle for smooth kernels, weights of sum 1. */
typedef struct ali_face_points {
    int count;
    double x[ALI_FACE_PRODUCT_MAX], y[ALI_FACE_PRODUCT_MAX], z[ALI_FACE_PRODUCT_MAX]; /**< [m] */
    double lambda[3][ALI_FACE_PRODUCT_MAX], weight[ALI_FACE_PRODUCT_MAX];
} ali_face_points;

/** As many points as a triangle of this electrical size, k times its longest edge, needs. */
void ali_face_points_place(ali_face_points *points, const ali_face_frame *face, double phase);

#endif
