/* SPDX-License-Identifier: Apache-2.0 */
#include "math/faddeeva.h"

#include "base/constants.h"

#include <math.h>

#define POINTS 12

/** w in the first quadrant, x = Re z >= 0, y = Im z >= 0. */
static double complex first_quadrant(double complex z)
{
    const double step = sqrt(ALI_PI / POINTS);
    double x = creal(z), y = cimag(z);
    double fraction = x / step - floor(x / step);
    /* the rule whose nodes stay away from z */
    int trapezoid = y < x && fraction >= 0.25 && fraction <= 0.75;
    double complex square = z * z, sum = 0.0;
    for (int n = 0; n < POINTS; n++) {
        double t = (trapezoid ? n + 1.0 : n + 0.5) * step;
        sum += exp(-t * t) / (square - t * t);
    }
    double complex w = 2.0 * I * step / ALI_PI * z * sum;
    if (trapezoid)
        w += I * step / (ALI_PI * z);
    if (trapezoid || y < fmax(x, ALI_PI / step)) {
        /* residue of the pole at z, which lies inside the strip of the rule */
        double complex turn = cexp(-2.0 * I * ALI_PI * z / step);
        w += 2.0 * cexp(-square) / (trapezoid ? 1.0 - turn : 1.0 + turn);
    }
    return w;
}

double complex ali_faddeeva(double complex z)
{
    if (cimag(z) < 0.0)
        return 2.0 * cexp(-z * z) - ali_faddeeva(-z);
    if (creal(z) < 0.0)
        return conj(first_quadrant(-conj(z)));
    return first_quadrant(z);
}

/** Laplace's continued fraction: c with w(z) = (j/sqrt(pi))/(z - c); for |z| > 7, Im z >= 0. */
static double complex continued_fraction(double complex z)
{
    double complex c = 0.0;
    for (int n = 24; n >= 1; n--)
        c = 0.5 * n / (z - c);
    return c;
}

double complex ali_sommerfeld_attenuation(double complex p)
{
    double complex z = -csqrt(p);
    if (cabs(z) > 7.0) {
        /* 1 + j sqrt(pi) z w(z) without the cancellation */
        double complex pole = 0.0;
        if (cimag(z) < 0.0) {
            pole = 2.0 * I * sqrt(ALI_PI) * z * cexp(-p);
            z = -z;
        }
        double complex c = continued_fraction(z);
        return pole - c / (z - c);
    }
    return 1.0 + I * sqrt(ALI_PI) * z * ali_faddeeva(z);
}
