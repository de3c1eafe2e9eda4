/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_FAR_KERNEL_H
#define ALI_GREEN_FAR_KERNEL_H

#include <stddef.h>

/** @file
 *  The free-space kernel for many points at once: the innermost loop of every far interaction.
 *  Several variants of one plain C text, compiled for different instruction sets; the table picks
 *  the best for the machine. tests/unit/far_kernel.c compares every variant with libm on random
 *  input. */

/** Kernel between one point and n others.
 *  re + j im = e^{-jkR} / (4 pi R), R = |(x[i], y[i], z[i]) - (px, py, pz)|.
 *  @param[in]  x,y,z  shape [n] [m], no point within 1e-150 m of (px, py, pz) gives a useful value
 *  @param[out] re,im  shape [n] [1/m], no alias
 *  Valid for k R < 1e6.  Accuracy: 1e-15 (k R + 1) absolute in phase, 4 ulp in magnitude. */
typedef void (*ali_far_kernel_fn)(size_t n, const double *restrict x, const double *restrict y,
                                  const double *restrict z, double px, double py, double pz,
                                  double k, double *restrict re, double *restrict im);

typedef struct ali_far_kernel {
    const char *name; /**< "plain", "avx2", "avx512" */
    ali_far_kernel_fn run;
} ali_far_kernel;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_far_kernels(const ali_far_kernel **table);

/** The fastest of them. */
const ali_far_kernel *ali_far_kernel_best(void);

void ali_far_kernel_plain(size_t n, const double *restrict x, const double *restrict y,
                          const double *restrict z, double px, double py, double pz, double k,
                          double *restrict re, double *restrict im);
void ali_far_kernel_avx2(size_t n, const double *restrict x, const double *restrict y,
                         const double *restrict z, double px, double py, double pz, double k,
                         double *restrict re, double *restrict im);
void ali_far_kernel_avx512(size_t n, const double *restrict x, const double *restrict y,
                           const double *restrict z, double px, double py, double pz, double k,
                           double *restrict re, double *restrict im);

#endif
