/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_FAR_KERNEL_H
#define ALI_GREEN_FAR_KERNEL_H

#include "green/tube.h"

#include <stddef.h>

/** @file
 *  Moments of the kernel between one tube and many: the innermost loop of the matrix fill. Variants
 *  of one text for different instruction sets; the table picks the best for the machine.
 *  tests/unit/far_kernel.c compares every variant with libm in extended precision. */

/** Arrays that the kernels read or write are padded to a multiple of this many entries; the padding
 *  is read (any finite numbers) and written. */
#define ALI_FAR_LANES 8

/** Straight tubes as a structure of arrays, each of shape [count] and padded. */
typedef struct ali_tube_array {
    size_t count;
    const double *mid[3]; /**< middles of the axes [m] */
    const double *dir[3]; /**< unit directions */
    const double *half;   /**< half lengths [m] */
    const double *radius; /**< [m] */
} ali_tube_array;

/** Legendre polynomials on a Gauss rule, times the weights. */
typedef struct ali_far_rule {
    int points;
    const double *node;                            /**< [points] on [-1, 1] */
    const double (*table)[ALI_TUBE_ORDER_MAX + 1]; /**< [points]: w P_p(u) */
} ali_far_rule;

/** One tube and many others, and how to integrate over them. */
typedef struct ali_far_task {
    ali_tube tube;
    ali_far_rule rule;
    int order;
    ali_tube_array others;
    ali_far_rule other_rule; /**< the same for all others */
    int other_order;
    double k; /**< [rad/m], >= 0 */
} ali_far_task;

/** Moments M_pq of task->tube with every one of the others,
 *  re + j im at [(p (other_order + 1) + q) stride + i], p <= order, q <= other_order, of the i-th
 * other; the arrays padded and without alias. A point of the tube closer than 1e-18 m to one of the
 * others makes that one's moments useless, and no other's. Valid for k R < 1e6. Accuracy: of the
 * kernel at a pair of points 1e-15 (k R + 1) absolute in phase, 1e-15 relative in magnitude; of its
 * imaginary part also relative when k R is small. */
typedef void (*ali_far_moments_fn)(const ali_far_task *task, size_t stride, double *restrict re,
                                   double *restrict im);

/** Which of the others have their middle closer to the tube's than
 *  max(half + reach_other[i], half_other[i] + reach, radii max(radius, radius_other[i])).
 *  @param[in]  reach_other  shape [count], padded [m]
 *  @param[out] index        shape [count], ascending
 *  @return their number */
typedef size_t (*ali_far_select_fn)(const ali_tube *tube, double reach,
                                    const ali_tube_array *others, const double *reach_other,
                                    double radii, size_t *index);

typedef struct ali_far_kernel {
    const char *name;          /**< "plain", "avx2", "avx512" */
    ali_far_moments_fn far;    /**< all of the kernel; the finite radii to second order, applied to
                                  M_00 with the distance of the middles */
    ali_far_moments_fn middle; /**< all of the kernel; the same between every pair of points, as
                                  ali_tube_far */
    ali_far_moments_fn rest;   /**< (e^{-jkR} - 1)/R with R^2 averaged over the circumferences, as
                                  ali_tube_dynamic of tubes that are not coaxial */
    ali_far_moments_fn expand; /**< all of the kernel, by one evaluation: its expansion about the
                                  middles, whatever the rules. Moments with p + q <= 2 and
                                  p, q <= 1 to the next order beyond their first, which leaves
                                  (h/R)^3 + (k h)^3 of M_00; those with P_2 and above are 0 */
    ali_far_select_fn select;
} ali_far_kernel;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_far_kernels(const ali_far_kernel *const **table);

/** The fastest of them. */
const ali_far_kernel *ali_far_kernel_best(void);

extern const ali_far_kernel ali_far_kernel_plain, ali_far_kernel_avx2, ali_far_kernel_avx512;

#endif
