/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_HANKEL_H
#define ALI_MATH_HANKEL_H

#include <complex.h>

/** Scaled Hankel functions of the second kind h[n] = e^{jz} H_n^(2)(z), n = 0, 1, for z != 0 with
 *  -pi <= arg z <= pi/3 (arg z = -pi is the lower side of the cut: Im z = -0). They vary like
 *  sqrt(2 j/(pi z)), so nothing overflows.
 *  Accuracy: 1e-13 relative (tests/unit/hankel.c). Cost: 50 to 150 ns, no allocation.
 *  Source: H_n^(2)(z) = (2/pi) j^{n+1} K_n(jz) [DLMF:2024] 10.27.8; K by its power series 10.31 for
 *  |z| < 2.5, beyond by Gauss quadrature of the Stieltjes function that 10.40.2 expands, or where
 *  that has its poles, around arg z = pi/2, by Temme's continued fraction [Temme:1975]. */
void ali_hankel2_scaled(double complex z, double complex h[2]);

/** Bessel functions of the first kind j[n] = J_n(z), n = 0, 1, for Re z >= 0.
 *  Accuracy: 1e-13 of e^{|Im z|}, and relative where |z| < 2. Source: power series for |z| < 2,
 * half the sum of both Hankel functions beyond. */
void ali_bessel_j01(double complex z, double complex j[2]);

#endif
