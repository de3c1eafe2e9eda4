/* SPDX-License-Identifier: Apache-2.0 */

/* Vectors of LANES doubles (an extension that gcc and clang share) for the texts of the kernels.
 * The including file is compiled for its instruction set and defines LANES before: 2, 4 with AVX2,
 * or 8 with AVX-512. */

#include "base/constants.h"

#include <math.h>
#include <stdint.h>
#include <string.h>
#if LANES > 2
#include <immintrin.h>
#endif

/** LANES doubles, and their bits. */
typedef double vec __attribute__((vector_size(8 * LANES)));
typedef uint64_t bits __attribute__((vector_size(8 * LANES)));

#define INLINE static inline __attribute__((always_inline))

INLINE vec load(const double *from)
{
    vec x;
    memcpy(&x, from, sizeof x);
    return x;
}

INLINE void store(double *to, vec x)
{
    memcpy(to, &x, sizeof x);
}

/** Sine and cosine but for their common sign, which is that of the result. The argument is brought
 * into [-pi/2, pi/2] by a multiple of pi, of which the first part's multiples are exact; the
 * polynomials are those of math/sincos.h. */
INLINE bits sine_cosine(vec x, vec *sine, vec *cosine)
{
    /* adding this rounds a double of size below 2^51 to an integer, which then stands in the low
     * bits */
    const double rounder = 0x1.8p52;
    const double pi_high = 0x1.921fb544p+1, pi_low = 0x1.0b4611a626331p-33;
    vec shifted = x * (1.0 / ALI_PI) + rounder;
    vec turns = shifted - rounder;
    vec r = x - turns * pi_high;
    r = r - turns * pi_low;
    vec t = r * r;
    vec s = 1.60481683160152474189e-10 - 7.37438747705041635267e-13 * t;
    s = s * t - 2.50518819466452328903e-08;
    s = s * t + 2.75573166090726356101e-06;
    s = s * t - 1.98412698248618887820e-04;
    s = s * t + 8.33333333328275562002e-03;
    s = s * t - 1.66666666666660717722e-01;
    s = s * t + 9.99999999999999888978e-01;
    vec c = 4.60897698624109067666e-14 * t - 1.14629019002062796230e-11;
    c = c * t + 2.08765618398751156341e-09;
    c = c * t - 2.75573163910246232978e-07;
    c = c * t + 2.48015872774149124863e-05;
    c = c * t - 1.38888888887729903751e-03;
    c = c * t + 4.16666666666638818572e-02;
    c = c * t - 4.99999999999999722444e-01;
    *sine = r * s;
    *cosine = c * t + 1.0;
    return (bits)shifted << 63;
}

/** 1/sqrt(x), x > 0, to 4e-16 relative. */
#if LANES == 8
/** From an estimate of 14 bits by one step of fourth order: with h = 1 - x y^2,
 * 1/sqrt(x) = y (1 - h)^{-1/2} = y (1 + h/2 + 3 h^2/8 + 5 h^3/16 + ...). */
INLINE vec inverse_root(vec x)
{
    vec y = _mm512_rsqrt14_pd(x), h = 1.0 - x * y * y;
    return y + h * y * (0.5 + h * (0.375 + h * 0.3125));
}
#elif LANES == 4
/** From an estimate of 12 bits, in single precision, by one step of fifth order: with h = 1 - x
 * y^2, 1/sqrt(x) = y (1 - h)^{-1/2} = y (1 + h/2 + 3 h^2/8 + 5 h^3/16 + 35 h^4/128 + ...). */
INLINE vec inverse_root(vec x)
{
    vec y = _mm256_cvtps_pd(_mm_rsqrt_ps(_mm256_cvtpd_ps(x))), h = 1.0 - x * y * y;
    return y + h * y * (0.5 + h * (0.375 + h * (0.3125 + h * 0.2734375)));
}
#else
INLINE vec inverse_root(vec x)
{
    return 1.0 / (vec){sqrt(x[0]), sqrt(x[1])};
}
#endif
