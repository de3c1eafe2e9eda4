/* SPDX-License-Identifier: Apache-2.0 */

/* Vectors of SINGLES = 2 LANES floats, as wide as those of vector_text.h, which the including file
 * has included before. Polynomials are truncated Chebyshev series; errors are those of the
 * polynomials, to which rounding adds one or two units of 6e-8. */

enum { SINGLES = 2 * LANES, ALL_SINGLES = (1 << SINGLES) - 1 };

/** SINGLES floats, and their bits. */
typedef float single __attribute__((vector_size(8 * LANES)));
typedef uint32_t single_bits __attribute__((vector_size(8 * LANES)));
/** As many floats as there are doubles in a vec. */
typedef float half_single __attribute__((vector_size(4 * LANES)));

INLINE single single_splat(float x)
{
    return x - (single){0};
}

/** a where the mask is set, b elsewhere. */
INLINE single single_choose(single_bits mask, single a, single b)
{
    return (single)((mask & (single_bits)a) | (~mask & (single_bits)b));
}

/** Lanes of a mask as bits of a number. */
INLINE unsigned single_lanes(single_bits mask)
{
#if LANES == 8
    return _mm512_movepi32_mask((__m512i)mask);
#elif LANES == 4
    return (unsigned)_mm256_movemask_ps((__m256)mask);
#else
    unsigned lanes = 0;
    for (int lane = 0; lane < SINGLES; lane++)
        lanes |= (mask[lane] >> 31) << lane;
    return lanes;
#endif
}

INLINE single both_halves(half_single low, half_single high)
{
#if LANES == 8
    return (single)_mm512_insertf32x8(_mm512_castps256_ps512((__m256)low), (__m256)high, 1);
#elif LANES == 4
    return (single)_mm256_insertf128_ps(_mm256_castps128_ps256((__m128)low), (__m128)high, 1);
#else
    return (single){low[0], low[1], high[0], high[1]};
#endif
}

/** LANES doubles, rounded, twice. */
INLINE single twice(vec x)
{
    half_single rounded = __builtin_convertvector(x, half_single);
    return both_halves(rounded, rounded);
}

/** The sum of the lower and the upper half. */
INLINE vec sum_halves(single x)
{
#if LANES == 8
    half_single low = (half_single)_mm512_castps512_ps256((__m512)x),
                high = (half_single)_mm512_extractf32x8_ps((__m512)x, 1);
#elif LANES == 4
    half_single low = (half_single)_mm256_castps256_ps128((__m256)x),
                high = (half_single)_mm256_extractf128_ps((__m256)x, 1);
#else
    half_single low = {x[0], x[1]}, high = {x[2], x[3]};
#endif
    return __builtin_convertvector(low + high, vec);
}

/** 1/sqrt(x), x > 0: from an estimate of 12 or 14 bits by one step of third order. */
INLINE single single_inverse_root(single x)
{
#if LANES == 8
    single y = (single)_mm512_rsqrt14_ps((__m512)x), h = 1.0f - x * y * y;
    return y + h * y * (0.5f + 0.375f * h);
#elif LANES == 4
    single y = (single)_mm256_rsqrt_ps((__m256)x), h = 1.0f - x * y * y;
    return y + h * y * (0.5f + 0.375f * h);
#else
    for (int lane = 0; lane < SINGLES; lane++)
        x[lane] = 1.0f / sqrtf(x[lane]);
    return x;
#endif
}

/** log x of a normal x > 0, to 3e-8: of the exponent, and of the mantissa 1 + f in
 * [1/sqrt 2, sqrt 2) as f + f^2 p(f). */
INLINE single single_logarithm(single x)
{
    /* so that the exponent changes at 1/sqrt 2 */
    single_bits raw = (single_bits)x - 0x3f3504f3u;
    single f = (single)((raw & 0x007fffffu) + 0x3f3504f3u) - 1.0f;
    /* the exponent, 128 more, in the low bits of 2^23 */
    single power = (single)(((raw + 0x40000000u) >> 23) | 0x4b000000u) - (0x1p23f + 128.0f);
    single p = 0.0900420212f * f - 0.14257795f;
    p = p * f + 0.148064596f;
    p = p * f - 0.165750481f;
    p = p * f + 0.199731059f;
    p = p * f - 0.250016096f;
    p = p * f + 0.333336598f;
    p = p * f - 0.499999948f;
    return power * 0.693147181f + (f + f * f * p);
}

/** Angle of (x, y) from the x axis, x, y >= 0, not both 0, to 8e-9: brought into [-pi/8, pi/8] by
 * reflection in pi/4 and rotation by pi/4. */
INLINE single single_angle(single x, single y)
{
    const float eighth = 0.414213562f; /* tan pi/8 */
    single_bits steep = (single_bits)(y > x);
    single low = single_choose(steep, x, y), high = single_choose(steep, y, x);
    single_bits turned = (single_bits)(low > eighth * high);
    single q = single_choose(turned, low - high, low) / single_choose(turned, low + high, high);
    single t = q * q;
    single p = 0.0798496291f * t - 0.138514784f;
    p = p * t + 0.199744048f;
    p = p * t - 0.333327969f;
    p = p * t + 0.999999982f;
    single angle = q * p + single_choose(turned, single_splat(0.785398163f), single_splat(0.0f));
    return single_choose(steep, 1.57079633f - angle, angle);
}

/** Sine and cosine but for their common sign, which is that of the result, as sine_cosine: to 5e-8,
 * and as exactly as |x| < 1e4 itself is known. */
INLINE single_bits single_sine_cosine(single x, single *sine, single *cosine)
{
    /* adding this rounds to an integer, which then stands in the low bits */
    const float rounder = 0x1.8p23f, pi_high = 0x1.92p+1f, pi_middle = 0x1.fbp-11f,
                pi_low = 0x1.5110b4p-21f;
    single shifted = x * 0.318309886f + rounder, turns = shifted - rounder;
    single r = x - turns * pi_high;
    r = r - turns * pi_middle;
    r = r - turns * pi_low;
    single t = r * r;
    single s = 2.60516627e-06f * t - 0.000198090464f;
    s = s * t + 0.00833305062f;
    s = s * t - 0.16666658f;
    s = s * t + 0.999999996f;
    single c = 2.31531742e-05f * t - 0.00138536669f;
    c = c * t + 0.0416635789f;
    c = c * t - 0.499999051f;
    *sine = r * s;
    *cosine = c * t + 0.999999953f;
    return (single_bits)shifted << 31;
}
