/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_WAVE_KERNEL_H
#define ALI_OPERATOR_WAVE_KERNEL_H

#include <stddef.h>

/** @file
 *  The phase of a plane wave over many faces: the innermost loop of their right-hand sides.
 *  Variants for different instruction sets; tests/unit/face_wave.c compares them. */

enum { ALI_WAVE_POINTS = 7 };

/** The quadrature rule on a face: barycentric coordinates and weights. */
typedef struct ali_wave_rule {
    double lambda[ALI_WAVE_POINTS][3], weight[ALI_WAVE_POINTS];
} ali_wave_rule;

/** re[b][f] + j im[b][f] = mean of lambda_b e^{j k.r} over face f, f < count.
 *  @param vertex  [corner][x, y, z] arrays [count] [m]
 *  @param k       [x, y, z] [rad/m]; |k.r| < 1e3 or so */
typedef void (*ali_wave_kernel_fn)(size_t count, const double *const vertex[3][3],
                                   const double k[3], const ali_wave_rule *rule,
                                   double *const re[3], double *const im[3]);

/** Variants this machine can run, the plain one first, the fastest last; returns their number. */
size_t ali_wave_kernels(const ali_wave_kernel_fn **table);

void ali_wave_kernel_plain(size_t count, const double *const vertex[3][3], const double k[3],
                           const ali_wave_rule *rule, double *const re[3], double *const im[3]);
void ali_wave_kernel_avx2(size_t count, const double *const vertex[3][3], const double k[3],
                          const ali_wave_rule *rule, double *const re[3], double *const im[3]);
void ali_wave_kernel_avx512(size_t count, const double *const vertex[3][3], const double k[3],
                            const ali_wave_rule *rule, double *const re[3], double *const im[3]);

#endif
