/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_RAY_KERNEL_H
#define ALI_GREEN_RAY_KERNEL_H

#include <stddef.h>

/** @file
 *  The radiation integral of many short pieces of tube in many directions: the innermost loop of
 *  every far field. Variants for different instruction sets as in green/far_kernel.h;
 *  tests/unit/ray_kernel.c compares them with each other and with quadrature. */

/** Terms of the moment series. */
#define ALI_RAY_TERMS 10
/** Longest piece: k times its half length. Truncating the series costs at most 0.5^10/10! = 3e-10
 *  of the piece's own moment. */
#define ALI_RAY_HALF_MAX 0.5
/** Most directions of one block. */
#define ALI_RAY_BLOCK 64
/** The kernels do the directions in vectors of so many. */
#define ALI_RAY_LANES 8

/** One straight piece of tube with its current, so prepared that no direction needs its polynomial
 *  again:
 *
 *      int I(s) e^{jk (n.d) s} ds = sum_m moment_m (n.d)^m,
 *      moment_m = (jk)^m/m! int I(s) s^m ds [A m]. */
typedef struct ali_ray_panel {
    double phase[3]; /**< k times the middle [rad] */
    double dir[3];   /**< unit vector d */
    double tube;     /**< (k a/2)^2, a the radius */
    double re[ALI_RAY_TERMS], im[ALI_RAY_TERMS];
} ali_ray_panel;

/** Directions of propagation, and the two vectors on which the moments are projected. Each a
 *  structure of arrays; the places behind `count` up to a multiple of ALI_RAY_LANES must hold
 * finite numbers. */
typedef struct ali_ray_block {
    size_t count;
    double normal[3][ALI_RAY_BLOCK]; /**< n, unit vector */
    double first[3][ALI_RAY_BLOCK];
    double second[3][ALI_RAY_BLOCK];
} ali_ray_block;

/** Sums of one block, added to: [first, second] [re, im] [direction] [A m]. */
typedef struct ali_ray_sum {
    double value[2][2][ALI_RAY_BLOCK];
} ali_ray_sum;

/** For the block's directions sum += projections of  sum_panels d J0(k a sin) e^{jk n.mid} int I
 * e^{jk (n.d) s} ds, where sin is that of the angle between n and d: J0 is the average of the phase
 * around the tube. J0 by its series to (ka/2)^16, good to 1e-9 for k a < 2.3. */
typedef void (*ali_ray_kernel_fn)(size_t count, const ali_ray_panel *panel,
                                  const ali_ray_block *block, ali_ray_sum *sum);

/** Plane waves e^{jK.r} with complex wave vectors K, K.K = k^2 eps: those that an interface at z =
 * 0 makes of waves in the other medium, which fade with the distance from it. In units of the air's
 * k; the places behind `count` as in ali_ray_block. */
typedef struct ali_refracted_block {
    size_t count;
    double permittivity[2];           /**< eps: re, im */
    double level[2][ALI_RAY_BLOCK];   /**< x and y of K/k, real as they are on both sides */
    double upright[2][ALI_RAY_BLOCK]; /**< z of K/k: re, im */
} ali_refracted_block;

/** Sums of one block, added to: [x, y, z] [re, im] [direction] [A m]. */
typedef struct ali_refracted_sum {
    double value[3][2][ALI_RAY_BLOCK];
} ali_refracted_sum;

/** For the block's waves sum += sum_panels d J0(a sqrt(K.K - (K.d)^2)) e^{jK.mid} int I e^{j K.d s}
 *  ds, without projection. `phase` and the moments of the panels are in terms of the air's k; their
 *  half length times |K| may not exceed ALI_RAY_HALF_MAX, their radius times |K|
 * ALI_REFRACTED_TUBE. Good to 1e-9 of the panel's own moment and attenuation; 5 ns per panel and
 * wave with AVX-512. */
typedef void (*ali_refracted_kernel_fn)(size_t count, const ali_ray_panel *panel,
                                        const ali_refracted_block *block, ali_refracted_sum *sum);

/** Largest |K| a. */
#define ALI_REFRACTED_TUBE 8.0

typedef struct ali_ray_kernel {
    const char *name; /**< "plain", "avx2", "avx512" */
    ali_ray_kernel_fn run;
    ali_refracted_kernel_fn run_refracted;
} ali_ray_kernel;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_ray_kernels(const ali_ray_kernel **table);

/** The fastest of them. */
const ali_ray_kernel *ali_ray_kernel_best(void);

void ali_ray_kernel_plain(size_t count, const ali_ray_panel *panel, const ali_ray_block *block,
                          ali_ray_sum *sum);
void ali_ray_kernel_avx2(size_t count, const ali_ray_panel *panel, const ali_ray_block *block,
                         ali_ray_sum *sum);
void ali_ray_kernel_avx512(size_t count, const ali_ray_panel *panel, const ali_ray_block *block,
                           ali_ray_sum *sum);
void ali_refracted_kernel_plain(size_t count, const ali_ray_panel *panel,
                                const ali_refracted_block *block, ali_refracted_sum *sum);
void ali_refracted_kernel_avx2(size_t count, const ali_ray_panel *panel,
                               const ali_refracted_block *block, ali_refracted_sum *sum);
void ali_refracted_kernel_avx512(size_t count, const ali_ray_panel *panel,
                                 const ali_refracted_block *block, ali_refracted_sum *sum);

#endif
