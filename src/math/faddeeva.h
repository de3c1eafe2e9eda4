/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_FADDEEVA_H
#define ALI_MATH_FADDEEVA_H

#include <complex.h>

/** Faddeeva function w(z) = e^{-z^2} erfc(-j z), for all z whose w does not overflow.
 *  Relative error below 1e-14 for Im z >= 0.
 *  Source: modified trapezoidal and midpoint rules with 12 points, [AlAzahChandlerWilde:2021]. */
double complex ali_faddeeva(double complex z);

/** Sommerfeld's attenuation function F(p) = 1 - j sqrt(pi p) e^{-p} erfc(j sqrt(p)) of the
 *  numerical distance p, principal square root. F(0) = 1, F(p) -> -1/(2p) for large |p| with Im
 *  sqrt(p) < 0. Relative error below 1e-12. Source: [Norton:1937]; [BurkePoggio:1981] part I,
 *  section IV. */
double complex ali_sommerfeld_attenuation(double complex p);

#endif
