/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_ROOT_H
#define ALI_MATH_ROOT_H

#include <complex.h>
#include <math.h>

/** Principal square root, cut along the negative real axis, whose sides the sign of Im z tells
 *  apart, as csqrt, but without its care for what over- or underflows when squared: |z| in
 *  1e-150 … 1e150, or 0. Accuracy: 4 ulp. */
static inline double complex ali_root(double complex z)
{
    double re = creal(z), im = cimag(z);
    double large = sqrt(0.5 * (sqrt(re * re + im * im) + fabs(re)));
    double small = large > 0.0 ? 0.5 * im / large : im;
    return re >= 0.0 ? CMPLX(large, small) : CMPLX(fabs(small), copysign(large, im));
}

#endif
