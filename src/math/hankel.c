/* SPDX-License-Identifier: Apache-2.0 */
#include "math/hankel.h"

#include "base/constants.h"
#include "math/root.h"

#include <float.h>
#include <math.h>

/** J's series loses e^{|z|}/e^{|Im z|}. */
static const double bessel_series_below = 5.0;
/** Series and rules meet here: the series loses digits beyond, the rules below. */
static const double series_below = 2.5;
/** The long rule up to here, the short one beyond; neither too close to the negative real axis of
 * jz, where their poles are. */
static const double short_rule_from = 8.0, rule_sector = -0.3;
enum { SERIES_TERMS = 40, FRACTION_TERMS = 400, LONG_RULE = 24, SHORT_RULE = 12 };
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
    k[0] = ali_root(0.5 * ALI_PI / w) / sum;
    k[1] = k[0] * (w + 0.5 - 0.25 * fraction) / w;
}

/** sqrt(2w/pi) e^w K_0(w) = int w/(w + a) dM(a), M the measure with moments
 * ((1/2)_m)^2/(2^m m!), the coefficients of Hankel's expansion with alternating signs: its Gauss
 * rules are partial fractions that converge for all w off the negative real axis. The rules of 40
 * nodes, all but its 16 smallest weights, and of 12. */
static const double
    long_node[LONG_RULE] = {0.0047221233356497965702, 0.056517134778466354953,
                            0.16773595435383467339,   0.33969838160375919885,
                            0.57318152836672442803,   0.86881563257454374317,
                            1.2272174283773078344,    1.6490498527363455418,
                            2.1350541704938990283,    2.6860704468263108901,
                            3.3030530467208595535,    3.9870843566567467648,
                            4.7393884526630235902,    5.5613457862479641913,
                            6.4545096796876988374,    7.4206253319857968032,
                            8.4616520585896430937,    9.5797895907852859311,
                            10.777509437937703874,    12.057592576363782665,
                            13.423175095274777177,    14.87780394152361153,
                            16.425505621693296989,    18.070871737081462039},
    long_weight[LONG_RULE] = {0.46072112182633150523,     0.24531460118691189597,
                              0.14252466944432289782,     0.079175151213751156221,
                              0.040687156946889749805,    0.019044221478440156991,
                              0.0080437237366379859633,   0.0030458996803716412974,
                              0.001028846557280850923,    0.00030868835257989146131,
                              0.000081953337351105382419, 0.000019182970339373698502,
                              3.944665485795503582e-6,    7.1000035140004510602e-7,
                              1.1142869479824696495e-7,   1.518638872710664127e-8,
                              1.7894545538332335243e-9,   1.8143201210500597589e-10,
                              1.574516618040627898e-11,   1.1627611360640281788e-12,
                              7.2598396089324448269e-14,  3.8045437272769732983e-15,
                              1.6598313622615658251e-16,  5.9728793362040764089e-18},
    short_node[SHORT_RULE] = {0.014203779684183544738, 0.18149401541021827784,
                              0.55021636816005197618,  1.1314032597272753072,
                              1.937660906991013347,    2.9865172502052995018,
                              4.3032995138624719581,   5.9255561215300337396,
                              7.911464813001192671,    10.358444772312466765,
                              13.453876146866708809,   17.678027174896546675},
    short_weight[SHORT_RULE] = {
        0.65482974615218605268,     0.24414291232864278962,    0.079076814426492155933,
        0.018635677426269365409,    0.0029866990641347292339,  0.00030820111833666987252,
        0.000019264591464417118372, 6.731190282629119805e-7,   1.1689889565968470457e-8,
        8.3385307211042215661e-11,  1.7064311231568477486e-13, 4.0922314470658852932e-17};

/** The same from a rule; K_1 from the derivative of K_0. */
static void k_by_rule(double complex w, int count, const double *node, const double *weight,
                      double complex k[2])
{
    double re = creal(w), im = cimag(w);
    double sum_re = 0.0, sum_im = 0.0, slope_re = 0.0, slope_im = 0.0;
#pragma omp simd reduction(+ : sum_re, sum_im, slope_re, slope_im)
    for (int i = 0; i < count; i++) {
        double x = re + node[i], size = 1.0 / (x * x + im * im);
        double q_re = x * size, q_im = -im * size; /* 1/(w + a) */
        double q = weight[i] * node[i];
        sum_re += weight[i] * q_re;
        sum_im += weight[i] * q_im;
        slope_re += q * (q_re * q_re - q_im * q_im);
        slope_im += 2.0 * q * q_re * q_im;
    }
    double complex inverse = conj(w) / (re * re + im * im);
    double complex scale = ali_root(0.5 * ALI_PI * inverse);
    double complex value = w * CMPLX(sum_re, sum_im);
    k[0] = scale * value;
    k[1] = scale * (value + 0.5 * inverse * value - CMPLX(slope_re, slope_im));
}

void ali_hankel2_scaled(double complex z, double complex h[2])
{
    double complex w = CMPLX(-cimag(z), creal(z)), k[2];
    double size = sqrt(creal(z) * creal(z) + cimag(z) * cimag(z));
    if (size < series_below)
        k_by_series(w, k);
    else if (creal(w) < rule_sector * size)
        k_by_fraction(w, k);
    else if (size < short_rule_from)
        k_by_rule(w, LONG_RULE, long_node, long_weight, k);
    else
        k_by_rule(w, SHORT_RULE, short_node, short_weight, k);
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
