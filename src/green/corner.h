/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_CORNER_H
#define ALI_GREEN_CORNER_H

#include "green/triangle.h"
#include "math/triangle_rule.h"

#include <stdbool.h>

/** @file
 *  The current that enters a flat triangle at a vertex p and leaves it straight across the opposite
 *  edge, 1 A without charge,
 *
 *      S(r) = (r - p)/(2A) (h/((r - p).h^))^2,
 *
 *  h the height and h^ the direction of that edge from p. With r = p + u d(v), d(v) running along
 *  the edge, S dS = d(v) du dv: the singularity at the vertex is gone, and S is a bundle of
 * straight filaments from the vertex to the edge. Only its vector potential counts. */

typedef struct ali_corner {
    ali_flat_triangle triangle;
    int vertex; /**< local index of p */
} ali_corner;

/** Largest number of points of a rule. */
enum { ALI_CORNER_SIDE_MAX = 12, ALI_CORNER_POINTS_MAX = 144 };

/** Points and moments of S: sum_q moment_q f(point_q) = int S f dS for smooth f, by n x n Gauss
 * points, n <= 12. Returns n^2. */
int ali_corner_rule(const ali_corner *corner, int n, ali_vec3 *point, ali_vec3 *moment);

/** A rule for pairs that are not near in the form that green/face_kernel.h takes: with it the
 * moments M_ab of the corner's triangle with something make the corner's value, (p_1 - p) M_1b +
 * (p_2 - p) M_2b, p_1 and p_2 the vertices after p. */
typedef struct ali_corner_far {
    double lambda[16][3], weight[16];
} ali_corner_far;

/** @return the rule, which points into `far` */
ali_triangle_rule ali_corner_far_rule(int vertex, ali_corner_far *far);

/** Whether something whose middle is here and that is so long [m] is far: 1e-5 of what the corner
 * has with itself. */
bool ali_corner_is_far(const ali_corner *corner, ali_vec3 middle, double length);

/** 1/(4 pi A') int int S lambda'_b e^{-jkR}/R dS dS' with a triangle in any position, value[b][x,
 * y, z]. Accuracy 5e-5 of the largest (tests/unit/corner.c); S is a small part of the
 * fan it belongs to. */
void ali_corner_triangle(const ali_corner *corner, const ali_flat_triangle *b, double k,
                         double complex value[3][3]);

/** 1/(4 pi) int int S P_q(u) e^{-jkR}/R dS ds with a tube, averaged around it, value[q][x, y, z],
 *  q <= order. Accuracy 1e-3 of the largest, 1e-4 for tubes that do not start at the vertex. */
void ali_corner_tube(const ali_corner *corner, const ali_tube *tube, int order, double k,
                     double complex (*value)[3]);

/** 1/(4 pi) int int S . S' e^{-jkR}/R dS dS' of two corners [m]. Accuracy 4e-4 of what
 * either has with itself. Symmetric. */
double complex ali_corner_corner(const ali_corner *a, const ali_corner *b, double k);

/** int S . l_i (r - p_i)/(2A) dS over the corner's own triangle, i the local index of an edge [m]:
 * for the impedance of a sheet. */
double ali_corner_overlap(const ali_corner *corner, int i);

/** int S . S' dS of two corners of one triangle [1]. At one vertex it is cut where a wire of the
 *  given radius [m] meets the triangle: int |d(v)|^2/(2A) ln(|d(v)|/radius) dv. */
double ali_corner_square(const ali_corner *a, const ali_corner *b, double radius);

#endif
