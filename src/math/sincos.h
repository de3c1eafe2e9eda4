/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_SINCOS_H
#define ALI_MATH_SINCOS_H

/** Sine and cosine of x, both at once, without branches, calls or tables, so that a loop over it
 *  vectorises. Absolute error below 6e-16 for |x| < 1e3, growing to 2e-13 at 1e6; not meant beyond.
 *  x is brought into [-pi/2, pi/2] by a multiple n of pi (in two pieces, n times the first one
 *  exact), there polynomials of r^2, Chebyshev fits good to 1.2e-16, finish; the parity of n gives
 *  the sign. */
static inline void ali_sincos(double x, double *sine, double *cosine)
{
    const double round_to_integer = 0x1.8p52; /* adding it drops the fraction */
    const double inverse_pi = 0.318309886183790671538;
    const double pi_high = 0x1.921fb544p+1, pi_low = 0x1.0b4611a626331p-33;
    double n = (x * inverse_pi + round_to_integer) - round_to_integer;
    double r = (x - n * pi_high) - n * pi_low;
    double odd = n - 2.0 * ((0.5 * n + round_to_integer) - round_to_integer);
    double sign = 1.0 - 2.0 * odd * odd;
    double t = r * r;
    double s = 1.60481683160152474189e-10 - 7.37438747705041635267e-13 * t;
    s = s * t - 2.50518819466452328903e-08;
    s = s * t + 2.75573166090726356101e-06;
    s = s * t - 1.98412698248618887820e-04;
    s = s * t + 8.33333333328275562002e-03;
    s = s * t - 1.66666666666660717722e-01;
    s = s * t + 9.99999999999999888978e-01;
    double c = -1.14629019002062796230e-11 + 4.60897698624109067666e-14 * t;
    c = c * t + 2.08765618398751156341e-09;
    c = c * t - 2.75573163910246232978e-07;
    c = c * t + 2.48015872774149124863e-05;
    c = c * t - 1.38888888887729903751e-03;
    c = c * t + 4.16666666666638818572e-02;
    c = c * t - 4.99999999999999722444e-01;
    c = c * t + 1.0;
    *sine = sign * r * s;
    *cosine = sign * c;
}

#endif
