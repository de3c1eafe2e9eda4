/* SPDX-License-Identifier: Apache-2.0 */
#include "math/bessel.h"

#include "base/constants.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

/** From here Hankel's expansions reach rounding: the smallest term is about exp(-2 |z|). */
static const double asymptotic_from = 25.0;
enum { ASYMPTOTIC_TERMS = 40 };
/** Below this five terms of J0's power series are exact to rounding: the next is x^10/1.5e7. */
static const double series_below = 0.1;

/** r_1 = I1/I0 by r_v = 1 / (2 v / z + r_(v+1)), downwards: I is the minimal solution, so the start
 * is forgotten. It returns I0/I1 = 2/z + r_2, which needs no division and keeps the leading term
 * exact for small z. */
static double complex ratio_by_recurrence(double complex z)
{
    int start = 22 + (int)(1.4 * cabs(z));
    double complex inverse = 1.0 / z, ratio = 0.0;
    for (int order = start; order >= 2; order--) {
        double complex denominator = 2.0 * order * inverse + ratio;
        if (denominator == 0.0)
            denominator = DBL_MIN; /* a pole in passing; the next step takes it back */
        ratio = 1.0 / denominator;
    }
    return 2.0 * inverse + ratio;
}

/** Sums of Hankel's expansion: plus = sum a_k(order) / z^k, minus the same with alternating signs.
 */
static void hankel_sums(int order, double complex z, double complex *plus, double complex *minus)
{
    double complex term = 1.0;
    double mu = 4.0 * order * order;
    *plus = *minus = 1.0;
    for (int k = 1; k <= ASYMPTOTIC_TERMS; k++) {
        double odd = 2.0 * k - 1.0;
        term *= (mu - odd * odd) / (8.0 * k) / z;
        *plus += term;
        *minus += k % 2 ? -term : term;
        if (cabs(term) < 0.1 * DBL_EPSILON)
            break;
    }
}

/** Re z >= 0, Im z >= 0. The recessive exponential matters close to the imaginary axis only. */
static double complex ratio_by_expansion(double complex z)
{
    double complex plus0, minus0, plus1, minus1;
    hankel_sums(0, z, &plus0, &minus0);
    hankel_sums(1, z, &plus1, &minus1);
    double complex recessive = I * cexp(-2.0 * z);
    return (minus0 + recessive * plus0) / (minus1 - recessive * plus1);
}

double complex ali_bessel_ratio_i0_i1(double complex z)
{
    if (cabs(z) < asymptotic_from)
        return ratio_by_recurrence(z);
    bool negative = creal(z) < 0.0;
    double complex w = negative ? -z : z;
    bool lower = cimag(w) < 0.0;
    double complex ratio = ratio_by_expansion(lower ? conj(w) : w);
    if (lower)
        ratio = conj(ratio);
    return negative ? -ratio : ratio;
}

/** Miller's algorithm, normalised by 1 = J0 + 2 (J2 + J4 + …). */
static double j0_by_recurrence(double x)
{
    int start = 2 * (14 + (int)(0.8 * x)); /* even */
    double above = 0.0, here = 1e-300, sum = 0.0;
    for (int order = start; order >= 1; order--) {
        if (order % 2 == 0)
            sum += 2.0 * here;
        double below = 2.0 * order / x * here - above;
        above = here;
        here = below;
        if (fabs(here) > 1e200) {
            here *= 1e-200;
            above *= 1e-200;
            sum *= 1e-200;
        }
    }
    return here / (sum + here);
}

double ali_bessel_j0(double x)
{
    double magnitude = fabs(x);
    if (magnitude < series_below) {
        double q = -0.25 * x * x;
        return 1.0 + q * (1.0 + q / 4.0 * (1.0 + q / 9.0 * (1.0 + q / 16.0)));
    }
    if (magnitude < asymptotic_from)
        return j0_by_recurrence(magnitude);
    /* J0 = Re H0, H0 = sqrt(2 / (pi x)) e^{j(x - pi/4)} sum j^k a_k / x^k */
    double complex plus, minus;
    hankel_sums(0, -I * magnitude, &plus, &minus);
    return sqrt(2.0 / (ALI_PI * magnitude)) *
           creal(plus * cexp(I * magnitude) * (1.0 - I) * sqrt(0.5));
}

double complex ali_bessel_j0_complex(double complex z)
{
    double complex q = -0.25 * z * z, term = 1.0, sum = 1.0;
    for (int m = 1; m < 60 && cabs(term) > 0.1 * DBL_EPSILON * cabs(sum); m++) {
        term *= q / (double)(m * m);
        sum += term;
    }
    return sum;
}

void ali_bessel_spherical(int order, double x, double *j)
{
    double magnitude = fabs(x);
    int start = order + 16 + (int)magnitude;
    double above = 0.0, here = 1e-300;
    if (magnitude < 1e-100) { /* beyond it the recurrence overflows; j_1 = x/3 is nothing */
        for (int n = 0; n <= order; n++)
            j[n] = n == 0;
        return;
    }
    double first[2] = {0.0, 0.0};
    for (int n = start; n >= 0; n--) {
        double below = (2.0 * n + 3.0) / x * here - above;
        above = here;
        here = below;
        if (n <= order)
            j[n] = here;
        if (n <= 1)
            first[n] = here;
        if (fabs(here) > 1e200) {
            here *= 1e-200;
            above *= 1e-200;
            first[1] *= 1e-200;
            for (int m = n; m <= order; m++)
                j[m] *= 1e-200;
        }
    }
    first[0] = here;
    double j0 = sin(x) / x, j1 = (j0 - cos(x)) / x;
    double scale = fabs(j0) > fabs(j1) ? j0 / first[0] : j1 / first[1];
    for (int n = 0; n <= order; n++)
        j[n] *= scale;
}
