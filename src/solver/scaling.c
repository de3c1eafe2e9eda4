/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/scaling.h"

#include <math.h>

double ali_scaling_of(double complex d)
{
    double modulus = cabs(d);
    bool usable = modulus > 0.0 && isfinite(modulus);
    int exponent = usable ? ilogb(modulus) : 0;
    int half = (exponent - (exponent < 0)) / 2; /* rounded down */
    return ldexp(1.0, -half);
}

void ali_scaling_diagonal(const ali_tiles *tiles, const double complex *z, double *scale)
{
    for (size_t k = 0; k < tiles->count; k++) {
        const double complex *tile = z + ali_tiles_offset(tiles, k, k);
        size_t n = ali_tiles_extent(tiles, k);
        for (size_t i = 0; i < n; i++)
            scale[ali_tiles_first(tiles, k) + i] = ali_scaling_of(tile[i + i * n]);
    }
}

/** The power of two that brings x to [1, 2). No product of two of them overflows. */
static double inverse_power(double x)
{
    enum { RANGE = 510 };
    int exponent = x > 0.0 && isfinite(x) ? ilogb(x) : 0;
    exponent = exponent > RANGE ? RANGE : exponent < -RANGE ? -RANGE : exponent;
    return ldexp(1.0, -exponent);
}

static double larger_part(const double *z)
{
    double re = fabs(z[0]), im = fabs(z[1]);
    return re > im ? re : im;
}

/** Scales of the rows of tile row i. */
static void scale_rows(const ali_tiles *tiles, const double complex *z, size_t i, double *row)
{
    size_t m = ali_tiles_extent(tiles, i);
    double *restrict top = row + ali_tiles_first(tiles, i);
    for (size_t r = 0; r < m; r++)
        top[r] = 0.0;
    for (size_t j = 0; j < tiles->count; j++) {
        const double *part = (const double *)(z + ali_tiles_offset(tiles, i, j));
        for (size_t c = 0; c < ali_tiles_extent(tiles, j); c++, part += 2 * m)
            for (size_t r = 0; r < m; r++) {
                double size = larger_part(part + 2 * r);
                top[r] = size > top[r] ? size : top[r];
            }
    }
    for (size_t r = 0; r < m; r++)
        top[r] = inverse_power(top[r]);
}

/** Scales of the columns of tile column j, after those of the rows. */
static void scale_columns(const ali_tiles *tiles, const double complex *z, size_t j,
                          const double *row, double *column)
{
    for (size_t c = 0; c < ali_tiles_extent(tiles, j); c++) {
        double top = 0.0;
        for (size_t i = 0; i < tiles->count; i++) {
            size_t m = ali_tiles_extent(tiles, i);
            const double *part = (const double *)(z + ali_tiles_offset(tiles, i, j) + c * m);
            const double *scale = row + ali_tiles_first(tiles, i);
#ifndef __clang__ /* clang 14 cannot, and warns */
#pragma omp simd reduction(max : top)
#endif
            for (size_t r = 0; r < m; r++) {
                double size = scale[r] * larger_part(part + 2 * r);
                top = size > top ? size : top;
            }
        }
        column[ali_tiles_first(tiles, j) + c] = inverse_power(top);
    }
}

void ali_scaling_equilibrate(const ali_tiles *tiles, const double complex *z, int threads,
                             double *row, double *column)
{
    (void)threads;
#pragma omp parallel for num_threads(threads) schedule(dynamic) if (threads > 1)
    for (size_t i = 0; i < tiles->count; i++)
        scale_rows(tiles, z, i, row);
#pragma omp parallel for num_threads(threads) schedule(dynamic) if (threads > 1)
    for (size_t j = 0; j < tiles->count; j++)
        scale_columns(tiles, z, j, row, column);
}
