/* SPDX-License-Identifier: Apache-2.0 */

/* The text of ali_ray_kernel, compiled once per instruction set under the names RAY_KERNEL_NAME and
 * REFRACTED_KERNEL_NAME. */

#include "green/ray_kernel.h"
#include "math/exponential.h"
#include "math/sincos.h"

/** J0(2 sqrt(q)) */
static inline double tube_factor(double q)
{
    double j = q * (1.0 / 1625702400.0) - 1.0 / 25401600.0;
    j = j * q + 1.0 / 518400.0;
    j = j * q - 1.0 / 14400.0;
    j = j * q + 1.0 / 576.0;
    j = j * q - 1.0 / 36.0;
    j = j * q + 0.25;
    j = j * q - 1.0;
    return j * q + 1.0;
}

void RAY_KERNEL_NAME(size_t count, const ali_ray_panel *panel, const ali_ray_block *block,
                     ali_ray_sum *sum)
{
    const double *restrict nx = block->normal[0], *restrict ny = block->normal[1],
                           *restrict nz = block->normal[2];
    const double *restrict ax = block->first[0], *restrict ay = block->first[1],
                           *restrict az = block->first[2];
    const double *restrict bx = block->second[0], *restrict by = block->second[1],
                           *restrict bz = block->second[2];
    double *restrict a_re = sum->value[0][0], *restrict a_im = sum->value[0][1];
    double *restrict b_re = sum->value[1][0], *restrict b_im = sum->value[1][1];

    const size_t places = (block->count + ALI_RAY_LANES - 1) / ALI_RAY_LANES * ALI_RAY_LANES;
    for (size_t p = 0; p < count; p++) {
        const ali_ray_panel piece = panel[p];
#pragma omp simd
        for (size_t i = 0; i < places; i++) {
            double along = nx[i] * piece.dir[0] + ny[i] * piece.dir[1] + nz[i] * piece.dir[2];
            double phase = nx[i] * piece.phase[0] + ny[i] * piece.phase[1] + nz[i] * piece.phase[2];
            double re = piece.re[ALI_RAY_TERMS - 1], im = piece.im[ALI_RAY_TERMS - 1];
            for (int m = ALI_RAY_TERMS - 2; m >= 0; m--) {
                re = re * along + piece.re[m];
                im = im * along + piece.im[m];
            }
            double sine, cosine;
            ali_sincos(phase, &sine, &cosine);
            double around = tube_factor(piece.tube * (1.0 - along * along));
            double value_re = around * (re * cosine - im * sine);
            double value_im = around * (re * sine + im * cosine);
            double a = ax[i] * piece.dir[0] + ay[i] * piece.dir[1] + az[i] * piece.dir[2];
            double b = bx[i] * piece.dir[0] + by[i] * piece.dir[1] + bz[i] * piece.dir[2];
            a_re[i] += a * value_re;
            a_im[i] += a * value_im;
            b_re[i] += b * value_re;
            b_im[i] += b * value_im;
        }
    }
}

/** ALI_RAY_LANES complex numbers. */
typedef struct lanes {
    double re[ALI_RAY_LANES], im[ALI_RAY_LANES];
} lanes;

/** Terms of J0(2 sqrt(q)) = sum (-q)^m/m!^2 that leave 1e-11, or of its growth, for |q| <= size^2.
 */
static inline int tube_terms(double size)
{
    return 4 + (int)(3.5 * size);
}

/** value *= J0(2 sqrt(q)) */
static inline void multiply_tube_factor(int terms, const lanes *q, lanes *value)
{
    lanes j;
    for (size_t l = 0; l < ALI_RAY_LANES; l++) {
        j.re[l] = 1.0;
        j.im[l] = 0.0;
    }
    for (int m = terms; m >= 1; m--) {
        double share = -1.0 / (m * m);
#pragma omp simd
        for (size_t l = 0; l < ALI_RAY_LANES; l++) {
            double re = j.re[l] * q->re[l] - j.im[l] * q->im[l];
            double im = j.re[l] * q->im[l] + j.im[l] * q->re[l];
            j.re[l] = 1.0 + share * re;
            j.im[l] = share * im;
        }
    }
#pragma omp simd
    for (size_t l = 0; l < ALI_RAY_LANES; l++) {
        double re = value->re[l] * j.re[l] - value->im[l] * j.im[l];
        value->im[l] = value->re[l] * j.im[l] + value->im[l] * j.re[l];
        value->re[l] = re;
    }
}

/** Moment of a panel for the waves from `first` on, and what its radius makes of it. */
static inline void refracted_moments(const ali_ray_panel *piece, const ali_refracted_block *block,
                                     size_t first, lanes *value, lanes *q)
{
    const double *restrict kx = block->level[0] + first, *restrict ky = block->level[1] + first;
    const double *restrict kz = block->upright[0] + first, *restrict fade =
                                                               block->upright[1] + first;
#pragma omp simd
    for (size_t l = 0; l < ALI_RAY_LANES; l++) {
        double c = kx[l] * piece->dir[0] + ky[l] * piece->dir[1] + kz[l] * piece->dir[2];
        double d = fade[l] * piece->dir[2];
        double phase = kx[l] * piece->phase[0] + ky[l] * piece->phase[1] + kz[l] * piece->phase[2];
        double re = piece->re[ALI_RAY_TERMS - 1], im = piece->im[ALI_RAY_TERMS - 1];
        for (int m = ALI_RAY_TERMS - 2; m >= 0; m--) {
            double next = re * c - im * d + piece->re[m];
            im = re * d + im * c + piece->im[m];
            re = next;
        }
        double sine, cosine, size = ali_exponential(-fade[l] * piece->phase[2]);
        ali_sincos(phase, &sine, &cosine);
        value->re[l] = size * (re * cosine - im * sine);
        value->im[l] = size * (re * sine + im * cosine);
        q->re[l] = piece->tube * (block->permittivity[0] - c * c + d * d);
        q->im[l] = piece->tube * (block->permittivity[1] - 2.0 * c * d);
    }
}

/** Bound of sqrt |K.K - (K.d)^2|/k for all waves of a block. */
static inline double largest_across(const ali_refracted_block *block)
{
    double eps = __builtin_hypot(block->permittivity[0], block->permittivity[1]), largest = 0.0;
    for (size_t i = 0; i < block->count; i++) {
        double square = block->level[0][i] * block->level[0][i] +
                        block->level[1][i] * block->level[1][i] +
                        block->upright[0][i] * block->upright[0][i] +
                        block->upright[1][i] * block->upright[1][i];
        largest = square > largest ? square : largest;
    }
    return __builtin_sqrt(eps + largest);
}

void REFRACTED_KERNEL_NAME(size_t count, const ali_ray_panel *panel,
                           const ali_refracted_block *block, ali_refracted_sum *sum)
{
    const double across = largest_across(block);
    for (size_t p = 0; p < count; p++) {
        const ali_ray_panel piece = panel[p];
        int terms = tube_terms(across * __builtin_sqrt(piece.tube));
        for (size_t i = 0; i < block->count; i += ALI_RAY_LANES) {
            lanes value, q;
            refracted_moments(&piece, block, i, &value, &q);
            multiply_tube_factor(terms, &q, &value);
            for (int axis = 0; axis < 3; axis++) {
                double *restrict re = sum->value[axis][0] + i, *restrict im =
                                                                   sum->value[axis][1] + i;
#pragma omp simd
                for (size_t l = 0; l < ALI_RAY_LANES; l++) {
                    re[l] += piece.dir[axis] * value.re[l];
                    im[l] += piece.dir[axis] * value.im[l];
                }
            }
        }
    }
}
