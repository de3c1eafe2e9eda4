/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_RANDOM_H
#define ALI_SOLVER_RANDOM_H

#include <complex.h>
#include <math.h>
#include <stdint.h>

/** @file
 *  Random numbers that are the same on every machine: splitmix64 [SteeleLeaFlood:2014]. */

/** Uniform in [-1, 1). */
static inline double ali_random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-52 - 1.0;
}

/** Complex normal with E|z|^2 = 1, by Marsaglia's polar method: |z|^2 is exponentially distributed,
 * its phase uniform. */
static inline double complex ali_random_normal(uint64_t *state)
{
    double re, im, square;
    do {
        re = ali_random_next(state);
        im = ali_random_next(state);
        square = re * re + im * im;
    } while (square >= 1.0 || square == 0.0);
    double size = sqrt(-log(square) / square);
    return CMPLX(size * re, size * im);
}

#endif
