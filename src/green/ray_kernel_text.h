/* SPDX-License-Identifier: Apache-2.0 */

/* The text of ali_ray_kernel, compiled once per instruction set under the name RAY_KERNEL_NAME. */

#include "green/ray_kernel.h"
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
