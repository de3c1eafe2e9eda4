/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_BESSEL_H
#define ALI_MATH_BESSEL_H

#include <complex.h>

/** I0(z) / I1(z), the quotient of modified Bessel functions of the first kind, z != 0.
 *  Neither function is formed, so nothing overflows. Odd in z; poles and zeros lie on the imaginary
 * axis only. Valid for: any z != 0. Accuracy: 1e-13 relative where |arg z| <= pi/4 (metals), to the
 * conditioning of the function next to its poles and zeros (tests/unit/bessel.c). Cost: at most 60
 * complex divisions, no allocation. Source: backward recurrence of the continued fraction
 * [DLMF:2024] 10.33.1 for |z| < 25, Hankel's expansion with both exponentials [DLMF:2024] 10.40.5
 * beyond. */
double complex ali_bessel_ratio_i0_i1(double complex z);

/** J0(x), the Bessel function of the first kind and order zero. Absolute error below 1e-14 for |x|
 * <= 1e3, beyond that limited by the rounding of x itself. Source: Miller's backward recurrence
 * [DLMF:2024] 3.6, 10.12.4 for |x| < 25, Hankel's expansion 10.17.3 beyond. */
double ali_bessel_j0(double x);

/** The same for complex z, |z| <= 12; error below 1e-15 + 1e-16 e^|z|. Source: power series
 * [DLMF:2024] 10.2.2. */
double complex ali_bessel_j0_complex(double complex z);

/** Spherical Bessel functions j_0(x) … j_order(x) of the first kind, j[order + 1], for real x.
 *  Accuracy: 1e-14 of the largest of them. Cost: about order + |x| + 16 divisions. Source: Miller's
 *  backward recurrence [DLMF:2024] 3.6, 10.51.1, normalised by the larger of j_0 and j_1. */
void ali_bessel_spherical(int order, double x, double *j);

#endif
