/* SPDX-License-Identifier: Apache-2.0 */

/* The text of one variant: the including file defines WAVE_KERNEL and is compiled for its
 * instruction set. */

#include "math/sincos.h"
#include "operator/wave_kernel.h"

void WAVE_KERNEL(size_t count, const double *const vertex[3][3], const double k[3],
                 const ali_wave_rule *rule, double *const re[3], double *const im[3])
{
    const double *restrict ax = vertex[0][0], *restrict ay = vertex[0][1],
                           *restrict az = vertex[0][2];
    const double *restrict bx = vertex[1][0], *restrict by = vertex[1][1],
                           *restrict bz = vertex[1][2];
    const double *restrict cx = vertex[2][0], *restrict cy = vertex[2][1],
                           *restrict cz = vertex[2][2];
    double *restrict ar = re[0], *restrict br = re[1], *restrict cr = re[2];
    double *restrict ai = im[0], *restrict bi = im[1], *restrict ci = im[2];
    const double kx = k[0], ky = k[1], kz = k[2];
    const ali_wave_rule local = *rule;

#pragma omp simd
    for (size_t f = 0; f < count; f++) {
        double a = kx * ax[f] + ky * ay[f] + kz * az[f];
        double b = kx * bx[f] + ky * by[f] + kz * bz[f];
        double c = kx * cx[f] + ky * cy[f] + kz * cz[f];
        double sum_ar = 0.0, sum_br = 0.0, sum_cr = 0.0, sum_ai = 0.0, sum_bi = 0.0, sum_ci = 0.0;
        for (int i = 0; i < ALI_WAVE_POINTS; i++) {
            double sine, cosine;
            ali_sincos(local.lambda[i][0] * a + local.lambda[i][1] * b + local.lambda[i][2] * c,
                       &sine, &cosine);
            double wr = local.weight[i] * cosine, wi = local.weight[i] * sine;
            sum_ar += local.lambda[i][0] * wr;
            sum_br += local.lambda[i][1] * wr;
            sum_cr += local.lambda[i][2] * wr;
            sum_ai += local.lambda[i][0] * wi;
            sum_bi += local.lambda[i][1] * wi;
            sum_ci += local.lambda[i][2] * wi;
        }
        ar[f] = sum_ar, br[f] = sum_br, cr[f] = sum_cr;
        ai[f] = sum_ai, bi[f] = sum_bi, ci[f] = sum_ci;
    }
}
