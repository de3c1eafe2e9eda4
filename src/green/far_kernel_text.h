/* SPDX-License-Identifier: Apache-2.0 */
/* The text of one variant. The including file defines FAR_KERNEL_NAME and is compiled for its
 * instruction set. */
#include "base/constants.h"
#include "green/far_kernel.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/** Adding this rounds a double of size below 2^51 to an integer, which then stands in the low bits.
 */
#define ROUNDER 0x1.8p52

static inline uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Taylor coefficients of sin and cos; on |x| <= pi/4 the first terms left out are below 1e-17
 * [AbramowitzStegun:1964] 4.3.65, 4.3.66. */
static inline double sine_near_zero(double x, double x2)
{
    double p = -1.0 / 1307674368000.0;
    p = p * x2 + 1.0 / 6227020800.0;
    p = p * x2 - 1.0 / 39916800.0;
    p = p * x2 + 1.0 / 362880.0;
    p = p * x2 - 1.0 / 5040.0;
    p = p * x2 + 1.0 / 120.0;
    p = p * x2 - 1.0 / 6.0;
    return x + x * (x2 * p);
}

static inline double cosine_near_zero(double x2)
{
    double p = 1.0 / 20922789888000.0;
    p = p * x2 - 1.0 / 87178291200.0;
    p = p * x2 + 1.0 / 479001600.0;
    p = p * x2 - 1.0 / 3628800.0;
    p = p * x2 + 1.0 / 40320.0;
    p = p * x2 - 1.0 / 720.0;
    p = p * x2 + 1.0 / 24.0;
    p = p * x2 - 0.5;
    return 1.0 + x2 * p;
}

void FAR_KERNEL_NAME(size_t n, const double *restrict x, const double *restrict y,
                     const double *restrict z, double px, double py, double pz, double k,
                     double *restrict re, double *restrict im)
{
    /* pi/2 in three parts, the first two with trailing zero bits so that their multiples are exact
     */
    const double half_pi_high = 0x1.921fb544p+0, half_pi_middle = 0x1.0b4611a6p-34,
                 half_pi_low = 0x1.3198a2e037073p-69;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        double dx = x[i] - px, dy = y[i] - py, dz = z[i] - pz;
        double r2 = dx * dx + dy * dy + dz * dz;
        double r = sqrt(r2);
        double scale = 1.0 / (4.0 * ALI_PI * (r + 1e-150));
        double phase = k * r;
        double shifted = phase * (2.0 / ALI_PI) + ROUNDER;
        double turns = shifted - ROUNDER;
        double t = phase - turns * half_pi_high;
        t -= turns * half_pi_middle;
        t -= turns * half_pi_low;
        double t2 = t * t, s = sine_near_zero(t, t2), c = cosine_near_zero(t2);
        uint64_t quarter = bits_of(shifted);
        /* quarter 1: sin = c, cos = -s; 2: both negative; 3: sin = -c, cos = s */
        uint64_t swap = -(quarter & 1);
        uint64_t sine = (bits_of(s) & ~swap) | (bits_of(c) & swap);
        uint64_t cosine = (bits_of(c) & ~swap) | (bits_of(s) & swap);
        uint64_t sine_sign = (quarter & 2) << 62, cosine_sign = ((quarter + 1) & 2) << 62;
        re[i] = scale * from_bits(cosine ^ cosine_sign);
        im[i] = -scale * from_bits(sine ^ sine_sign);
    }
}
