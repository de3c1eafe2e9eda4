/* SPDX-License-Identifier: Apache-2.0 */
#define FAR_KERNEL ali_far_kernel_avx2
#define FAR_KERNEL_NAME "avx2"
#define LANES 4
#include "green/far_kernel_text.h"

#include <immintrin.h>

/** From an estimate of 12 bits, in single precision, by one step of fifth order: with h = 1 - x
 * y^2, 1/sqrt(x) = y (1 - h)^{-1/2} = y (1 + h/2 + 3 h^2/8 + 5 h^3/16 + 35 h^4/128 + ...). */
static inline vec inverse_root(vec x)
{
    vec y = _mm256_cvtps_pd(_mm_rsqrt_ps(_mm256_cvtpd_ps(x))), h = 1.0 - x * y * y;
    return y + h * y * (0.5 + h * (0.375 + h * (0.3125 + h * 0.2734375)));
}
