/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_TRIANGLE_H
#define ALI_GREEN_TRIANGLE_H

#include "base/vec3.h"
#include "green/tube.h"

#include <complex.h>

/** @file
 *  Moments of the kernel between flat triangles, and between a triangle and a tube.
 *
 *  With barycentric coordinates lambda_a of a point r of triangle T (area A) and lambda'_b of r' on
 *  T' (area A'):
 *
 *      M_ab = 1/(4 pi A A') int int lambda_a lambda'_b g(|r - r'|) dS dS',  g(R) = e^{-jkR}/R,
 *
 *  stored [a][b], a, b < 3, in 1/m. All degree-1 functions and charges are linear in lambda, so M
 *  is all the electric-field equation needs. Near pairs are split in the static part, k = 0, which
 *  a sweep keeps, and a smooth rest. */

typedef struct ali_flat_triangle {
    ali_vec3 vertex[3];
} ali_flat_triangle;

/** Smallest distance between two triangles [m], 0 if they touch or cross. */
double ali_triangle_distance(const ali_flat_triangle *a, const ali_flat_triangle *b);

/** Static moments, g = 1/R, for any two triangles: the same one, with a common edge, a common
 *  vertex, close, crossing, of very different size, needles. Relative error of M below 1e-6 of the
 *  largest (tests/unit/triangle.c; 1e-7 in thousands of random pairs of each kind against a finer
 *  rule). M(a, b) is exactly the transpose of M(b, a). Cost: 2 to 10 microseconds for touching
 * pairs and those half a size apart, up to 150 for close ones in between. */
void ali_triangle_static(const ali_flat_triangle *a, const ali_flat_triangle *b,
                         double moments[3][3]);

/** Moments of the rest (e^{-jkR} - 1)/R of near triangles, k R < 10. Error of the static moments
 *  below 1e-6, growing to 4e-6 from k R = 8 on; the imaginary part, which radiates, is that good of
 *  itself (tests/unit/triangle_dynamic.c). Transposes exactly. */
void ali_triangle_dynamic(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                          double complex moments[3][3]);

/** @name The same in two steps
 *  The moments of R [m] and R^3 [m^3], of which the rest's kink at R = 0 consists, depend on the
 *  geometry only, and cost as much as the static ones; a sweep keeps them. */
/**@{*/
void ali_triangle_odd(const ali_flat_triangle *a, const ali_flat_triangle *b,
                      double moments[2][3][3]);
void ali_triangle_rest(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                       const double odd[2][3][3], double complex moments[3][3]);
/** Static moments and those of R and R^3 in one pass, [0] and [1 … 2]. */
void ali_triangle_powers(const ali_flat_triangle *a, const ali_flat_triangle *b,
                         double moments[3][3][3]);
/**@}*/

/** Static and dynamic moments of a triangle with a tube: [a][q] = 1/(4 pi A) int int lambda_a
 *  P_q(u) <g> dS ds, s = half u along the tube's axis, < > averaged around the tube; q <= order.
 *  Any position, touching included. Dimensionless.
 *
 *  Accuracy, of the largest static moment (tests/unit/triangle_tube.c): the static ones 2e-6, and
 *  1e-5 where a tube thicker than 0.01 of the triangle runs along its plane through its rim. The
 *  rest takes R^2 averaged around the tube: 0.3 (k radius)^2 of the imaginary part, (k radius)^2 of
 *  the static moment in the real part; k R < 10. */
void ali_triangle_tube_static(const ali_flat_triangle *a, const ali_tube *tube, int order,
                              double moments[3][ALI_TUBE_ORDER_MAX + 1]);
void ali_triangle_tube_dynamic(const ali_flat_triangle *a, const ali_tube *tube, int order,
                               double k, double complex moments[3][ALI_TUBE_ORDER_MAX + 1]);

/** Values of the magnetic-field equation for functions r - v_i on a and r' - v'_j on b, v being the
 *  vertices: value[i][j], dimensionless,
 *
 *      1/(4 pi 4 A A') int int (r - v_i) . [n x (grad g(|r - r'|) x (r' - v'_j))] dS dS',
 *
 *  n the normal of a, right-handed with its vertices, grad with respect to r. Near pairs of any
 *  position; principal value, 0 for triangles in one plane. k R < 10.
 *  Accuracy, of the largest value (tests/unit/triangle_curl.c): 1e-6. Far pairs: `curl` in
 *  green/face_kernel.h. */
void ali_triangle_curl(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                       double complex value[3][3]);

/** @name The same in two steps
 *  A sweep keeps what depends on the geometry only: the values for 1/R, R and R^3 in place of g. */
/**@{*/
void ali_triangle_curl_powers(const ali_flat_triangle *a, const ali_flat_triangle *b,
                              double powers[3][3][3]);
void ali_triangle_curl_sum(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                           const double powers[3][3][3], double complex value[3][3]);
/**@}*/

/** Potentials of a triangle at a point, g = 1/R: scalar[b] = 1/(4 pi A') int lambda'_b/R dS' [1/m].
 *  Analytic [WiltonRao:1984], finite everywhere, vertices included. */
void ali_triangle_potential(const ali_flat_triangle *source, ali_vec3 point, double scalar[3]);

/** Gradients with respect to the point of the same potentials: gradient[b] [1/m^2]. On the triangle
 *  itself the normal part is the mean of both sides, 0. Singular on the rim. */
void ali_triangle_gradient(const ali_flat_triangle *source, ali_vec3 point, ali_vec3 gradient[3]);

#endif
