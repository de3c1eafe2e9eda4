/* SPDX-License-Identifier: Apache-2.0 */
#define FAR_KERNEL ali_far_kernel_avx512
#define FAR_KERNEL_NAME "avx512"
#define LANES 8
#include "green/far_kernel_text.h"

#include <immintrin.h>

/** From an estimate of 14 bits by one step of fourth order: with h = 1 - x y^2,
 * 1/sqrt(x) = y (1 - h)^{-1/2} = y (1 + h/2 + 3 h^2/8 + 5 h^3/16 + ...). */
static inline vec inverse_root(vec x)
{
    vec y = _mm512_rsqrt14_pd(x), h = 1.0 - x * y * y;
    return y + h * y * (0.5 + h * (0.375 + h * 0.3125));
}
