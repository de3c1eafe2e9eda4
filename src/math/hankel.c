/* SPDX-License-Identifier: Apache-2.0 */
#include "math/hankel.h"

#include "base/constants.h"

#include <float.h>
#include <math.h>

/** J's series loses e^{|z|}/e^{|Im z|}. */
static const double bessel_series_below = 5.0;
/** Series and continued fraction meet here: the series loses digits beyond, the fraction's number
 * of terms grows like 1/|z| below. */
static const double series_below = 2.0;
static const double expansion_from = 20.0;
enum { SERIES_TERMS = 40, FRACTION_TERMS = 400, EXPANSION_TERMS = 40 };
static const double euler_gamma = 0.57721566490153286060651209008240243;

/** Cheap bound of |z|, tight within sqrt 2, for convergence. */
static double size_of(double complex z)
{
    return fabs(creal(z)) + fabs(cimag(z));
}

/** e^w K_n(w), n = 0, 1, [DLMF:2024] 10.31.1, 10.31.2. */
static void k_by_series(double complex w, double complex k[2])
{
    double complex quarter = 0.25 * w * w, logarithm = clog(0.5 * w);
    double complex term = 1.0; /* (w/2)^(2m)/(m!)^2 */
    double complex sum0 = 0.0, sum1 = 0.0, i0 = 0.0, i1 = 0.0;
    double digamma = -euler_gamma; /* psi(m + 1) */
    for (int m = 0; m < SERIES_TERMS; m++) {
        double next = digamma + 1.0 / (m + 1);
        i0 += term;
        i1 += term / (m + 1);
        sum0 += term * digamma;
        sum1 += term / (m + 1) * (digamma + next);
        term *= quarter / ((m + 1.0) * (m + 1.0));
        digamma = next;
        if (size_of(term) < 0.01 * DBL_EPSILON)
            break;
    }
    double complex scale = cexp(w);
    k[0] = scale * (sum0 - logarithm * i0);
    k[1] = scale * (1.0 / w + 0.5 * w * (logarithm * i1 - 0.5 * sum1));
}

/** The same from the continued fraction of K_1/K_0 and the sum that normalises both, taken together
 * by Steed's method. */
static void k_by_fraction(double complex w, double complex k[2])
{
    double complex b = 2.0 * (1.0 + w);
    double complex d = 1.0 / b, step = d, fraction = d;
    double a = -0.25, growth = 0.25;
    /* terms of the normalising series with their factorials taken in, so that none overflows */
    double complex before = 0.0, here = 0.25, q = 0.25, sum = 1.0 + q * step;
    for (int n = 2; n < FRACTION_TERMS; n++) {
        a -= 2.0 * (n - 1);
        double complex next = (b * here - growth * before) / n;
        growth = -a / n;
        before = here;
        here = next;
        q += next;
        b += 2.0;
        d = 1.0 / (b + a * d);
        step *= b * d - 1.0;
        fraction += step;
        sum += q * step;
        if (size_of(q * step) < 0.1 * DBL_EPSILON * size_of(sum))
            break;
    }
    k[0] = csqrt(0.5 * ALI_PI / w) / sum;
    k[1] = k[0] * (w + 0.5 - 0.25 * fraction) / w;
}

static void k_by_expansion(double complex w, double complex k[2])
{
    double complex scale = csqrt(0.5 * ALI_PI / w), inverse = 1.0 / w;
    for (int order = 0; order < 2; order++) {
        double complex term = 1.0, sum = 1.0;
        for (int m = 1; m <= EXPANSION_TERMS; m++) {
            double odd = 2.0 * m - 1.0;
            term *= (4.0 * order - odd * odd) / (8.0 * m) * inverse;
            sum += term;
            if (size_of(term) < 0.1 * DBL_EPSILON)
                break;
        }
        k[order] = scale * sum;
    }
}

void ali_hankel2_scaled(double complex z, double complex h[2])
{
    double complex w = CMPLX(-cimag(z), creal(z)), k[2];
    double size = cabs(z);
    if (size < series_below)
        k_by_series(w, k);
    else if (size < expansion_from)
        k_by_fraction(w, k);
    else
        k_by_expansion(w, k);
    h[0] = 2.0 / ALI_PI * I * k[0];
    h[1] = -2.0 / ALI_PI * k[1];
}

static void j_by_series(double complex z, double complex j[2])
{
    double complex quarter = -0.25 * z * z, term = 1.0;
    j[0] = j[1] = 0.0;
    for (int m = 0; m < SERIES_TERMS; m++) {
        j[0] += term;
        j[1] += term / (m + 1);
        term *= quarter / ((m + 1.0) * (m + 1.0));
        if (size_of(term) < 0.01 * DBL_EPSILON)
            break;
    }
    j[1] *= 0.5 * z;
}

void ali_bessel_j01(double complex z, double complex j[2])
{
    if (cabs(z) < bessel_series_below) {
        j_by_series(z, j);
        return;
    }
    /* H^(1)(z) is the conjugate of H^(2)(conj z) */
    double complex second[2], first[2];
    ali_hankel2_scaled(z, second);
    ali_hankel2_scaled(conj(z), first);
    double complex phase = cexp(I * z);
    for (int n = 0; n < 2; n++)
        j[n] = 0.5 * (second[n] / phase + conj(first[n]) * phase);
}
