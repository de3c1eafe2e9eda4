/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_EXPONENTIAL_H
#define ALI_MATH_EXPONENTIAL_H

#include <stdint.h>

/** e^x without branches, calls or tables, so that a loop over it vectorises. Relative error below
 *  6e-16 for |x| < 700; smaller x give e^-700, larger ones are not meant.
 *  x is a multiple n of log 2 (in two pieces, n times the first one exact) and a rest r, of which
 *  Taylor's polynomial is taken; n goes into the exponent of the result. */
static inline double ali_exponential(double x)
{
    const double round_to_integer = 0x1.8p52; /* adding it drops the fraction */
    const double inverse_log2 = 1.44269504088896340736;
    const double log2_high = 0x1.62e42fefap-1, log2_low = 0x1.cf79abc9e3b39p-40;
    double y = x < -700.0 ? -700.0 : x;
    union {
        double value;
        uint64_t bits;
    } power = {.value = y * inverse_log2 + round_to_integer}; /* n in the last bits */
    double n = power.value - round_to_integer;
    double r = (y - n * log2_high) - n * log2_low;
    power.bits = (power.bits + 1023) << 52;
    double e = 1.0 / 6227020800.0 * r + 1.0 / 479001600.0;
    e = e * r + 1.0 / 39916800.0;
    e = e * r + 1.0 / 3628800.0;
    e = e * r + 1.0 / 362880.0;
    e = e * r + 1.0 / 40320.0;
    e = e * r + 1.0 / 5040.0;
    e = e * r + 1.0 / 720.0;
    e = e * r + 1.0 / 120.0;
    e = e * r + 1.0 / 24.0;
    e = e * r + 1.0 / 6.0;
    e = e * r + 0.5;
    e = e * r + 1.0;
    return power.value * (e * r + 1.0);
}

#endif
