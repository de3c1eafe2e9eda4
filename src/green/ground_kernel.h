/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_GROUND_KERNEL_H
#define ALI_GREEN_GROUND_KERNEL_H

#include "green/far_kernel.h"
#include "green/ground_table.h"

/** @file
 *  The table of a ground for two points in air, in vectors: the innermost loop of the fill over
 *  ground. The same text for every instruction set (ground_kernel_text.h);
 *  tests/unit/ground_kernel.c compares all of them with the table point by point. */

/** As ali_ground_table_rest. */
typedef void (*ali_ground_rest_fn)(const ali_ground_table *table, size_t count, const double *rho,
                                   const double *height, const ali_ground_rest *rest);

/** Where moments are added: (p, q) of the i-th other at [(p (other_order + 1) + q) stride + i]. */
typedef struct ali_ground_sums {
    size_t stride;
    double *vector_re, *vector_im, *scalar_re, *scalar_im;
} ali_ground_sums;

/** Add the moments of what the reflection has besides the images, between one tube and many, all
 *  above the ground and far from each other's images: with t and t' their directions and rho^ the
 *  horizontal unit vector between two points of the axes,
 *      vector int int P_p P_q (xx t_h.t'_h + zz t_z t'_z + zx (t_z rho^.t'_h - t'_z rho^.t_h)),
 *      scalar int int P_p P_q phi,
 *  distances those of the circumferences, in the mean of squares.
 *  In single precision, from the middles on: of what is between two points, to 1e-6 of 1/(4 pi R)
 *  and three tenths of the table's tolerance besides its own error, at any distance.
 *  @param task    the tube itself, not its image; rules of at most 32 points
 *  @param points  [others, padded] the others that are meant have here the points of
 *                 task->other_rule; nothing is added to the rest */
typedef void (*ali_ground_moments_fn)(const ali_ground_table *table, const ali_far_task *task,
                                      const double *points, const ali_ground_sums *sums);

typedef struct ali_ground_kernel_variant {
    const char *name; /**< "plain", "avx2", "avx512" */
    ali_ground_rest_fn rest;
    ali_ground_moments_fn moments;
} ali_ground_kernel_variant;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_ground_kernels(const ali_ground_kernel_variant *const **table);

/** The fastest of them. */
const ali_ground_kernel_variant *ali_ground_kernel_best(void);

extern const ali_ground_kernel_variant ali_ground_kernel_plain, ali_ground_kernel_avx2,
    ali_ground_kernel_avx512;

#endif
