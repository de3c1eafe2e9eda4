/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_TRIANGLE_PAIR_H
#define ALI_GREEN_TRIANGLE_PAIR_H

#include "green/triangle_frame.h"

/** @file
 *  Integrals over two flat triangles of any position of homogeneous kernels whose potential of one
 *  triangle is known in closed form.
 *
 *  Let o on T and o' on T' be the points nearest to each other, c = o - o'. Every pair of points is
 *  r = o + tau (x - o), r' = o' + tau (x' - o') with 0 <= tau <= 1 and x on the rim of T, or x' on
 *  the rim of T'. For a kernel f that is homogeneous of degree p,
 *
 *      int int w f(r - r') dS dS' = int_0^1 dtau tau^(p + 3)
 *          { sum_i d_i int_edge_i dl int_T' dS' w f(x + c (1/tau - 1) - x') + the same of T' },
 *
 *  d_i being the distance of o from edge i. Nothing cancels; the inner integral is a potential. If
 *  the triangles touch or cross, c = 0, the potential does not depend on tau, and one integral
 *  along few edges is left: with a common vertex one edge of each triangle, on which the potential
 *  is smooth. Otherwise c moves the edges away, and tau takes a Gauss rule. */

/** Values of one kernel at most. */
enum { ALI_PAIR_VALUES_MAX = 9 };

/** Kernels that share their points. */
typedef struct ali_pair_kernel {
    int values;
    const int *degree; /**< [values] of homogeneity */
    double sign;       /**< f(-d) = sign f(d) */
    /** Potentials int lambda_b f(point - r') dS' at [value][b]. */
    void (*potential)(const ali_face_frame *source, ali_vec3 point, double value[][3]);
    double finest; /**< part of an edge up to which points are graded towards singular places */
} ali_pair_kernel;

/** Points of two triangles nearest to each other. */
typedef struct ali_nearest {
    double lambda[2][3]; /**< their barycentric coordinates */
    ali_vec3 apart;      /**< from the second to the first; 0 if the triangles touch or cross */
    double distance;     /**< [m] */
} ali_nearest;

ali_nearest ali_face_nearest(const ali_face_frame *a, const ali_face_frame *b);

/** Some order of triangles, the smaller first: negative, 0 for the same one, or positive. */
int ali_face_compare(const ali_face_frame *a, const ali_face_frame *b);

/** @param[out] moments int int lambda_a lambda'_b f dS dS' at [value][a][b]; those of (b, a) are
 *                      exactly the transposed ones times the kernel's sign */
void ali_pair_integrate(const ali_face_frame *a, const ali_face_frame *b,
                        const ali_pair_kernel *kernel, double moments[][3][3]);

#endif
