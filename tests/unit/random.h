/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_RANDOM_H
#define TESTS_UNIT_RANDOM_H

#include <complex.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/** Reproducible numbers in [-1, 1). */
static inline double next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 4503599627370496.0 - 1.0;
}

/** In the square around 0. */
static inline double complex next_complex(uint64_t *state)
{
    double re = next_random(state);
    return CMPLX(re, next_random(state));
}

#endif
