/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_FACE_KERNEL_H
#define ALI_GREEN_FACE_KERNEL_H

#include "green/far_kernel.h"
#include "green/triangle.h"
#include "math/triangle_rule.h"

#include <stddef.h>

/** @file
 *  Moments of all of the kernel, e^{-jkR}/R, between one triangle and many triangles or tubes that
 *  are not near: the innermost loop of the matrix fill. Variants of one text for different
 *  instruction sets; the table picks the best for the machine. tests/unit/face_kernel.c compares
 *  every variant with libm. Arrays are padded as for green/far_kernel.h, to ALI_FAR_LANES. */

/** Flat triangles as a structure of arrays, each of shape [count] and padded. */
typedef struct ali_face_array {
    size_t count;
    const double *vertex[3][3]; /**< [corner][coordinate] [m] */
} ali_face_array;

/** One triangle and many others, each with a quadrature rule of up to ALI_FACE_POINTS_MAX points.
 */
typedef struct ali_face_task {
    ali_flat_triangle triangle;
    ali_triangle_rule rule;
    ali_face_array others;
    ali_triangle_rule other_rule; /**< the same for all others */
    double k;                     /**< [rad/m], >= 0 */
} ali_face_task;

/** One triangle and many tubes. */
typedef struct ali_face_tube_task {
    ali_flat_triangle triangle;
    ali_triangle_rule rule;
    ali_tube_array tubes;
    ali_far_rule tube_rule;
    int order;
    double k;
} ali_face_tube_task;

#define ALI_FACE_POINTS_MAX 16

/** Nine values for every one of the others, (a, b) at [(3 a + b) stride + i] of the i-th other; the
 *  arrays padded and without alias. A point of the triangle closer than 1e-18 m to one of the
 * others makes that one's values useless, and no other's. Valid for k R < 1e6; accuracy of the
 * kernel at a pair of points as in green/far_kernel.h. */
typedef void (*ali_face_values_fn)(const ali_face_task *task, size_t stride, double *restrict re,
                                   double *restrict im);

/** Moments (a, q), q <= order, at [(a (order + 1) + q) stride + i] of the i-th tube. */
typedef void (*ali_face_tube_moments_fn)(const ali_face_tube_task *task, size_t stride,
                                         double *restrict re, double *restrict im);

typedef struct ali_face_kernel {
    const char *name;           /**< "plain", "avx2", "avx512" */
    ali_face_values_fn moments; /**< M_ab of green/triangle.h */
    ali_face_values_fn rest;    /**< of near pairs: the smooth part of ali_triangle_rest, without
                                   odd powers of R; touching points are no harm */
    ali_face_values_fn curl;    /**< as ali_triangle_curl, the one triangle tested */
    ali_face_tube_moments_fn tubes; /**< as ali_triangle_tube_static with all of the kernel, the
                                       finite radius to second order (ali_tube_ring_terms) */
} ali_face_kernel;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_face_kernels(const ali_face_kernel *const **table);

/** The fastest of them. */
const ali_face_kernel *ali_face_kernel_best(void);

/** Points of the rule on each of two triangles that makes the moments M_ab good to `tolerance`, of
 *  the largest; potentials of whole charges, sums of moments, are a power of the ratio better.
 *  With 3 points: 1e-3 from ratio 6 and up to phase 0.25, 1e-4 from 19 and 0.08. 7 points: 1e-4
 * from 3 and 1.0, 1e-5 from 4.6 and 0.65. 12 points: 1e-5 from 3 and 1.5, 1e-6 from 4.1 and 1.05.
 *  @param ratio  distance of the middles over the larger reach, the largest distance of a vertex
 *                from the middle; >= 2
 *  @param phase  k times the larger reach
 *  @return 1, 3, 6, 7 or 12; 0 if none is good enough, for near pairs and faces of a wave */
int ali_face_rule_points(double ratio, double phase, double tolerance);

extern const ali_face_kernel ali_face_kernel_plain, ali_face_kernel_avx2, ali_face_kernel_avx512;

#endif
