/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_POINT_KERNEL_H
#define ALI_GREEN_POINT_KERNEL_H

#include "green/ray_kernel.h"

#include <stddef.h>

/** @file
 *  Far and near fields of current elements in points, as which surfaces are seen from afar.
 * Variants of one text for different instruction sets as in green/far_kernel.h;
 * tests/unit/point_kernel.c compares every variant with libm. */

/** A current element for far fields. */
typedef struct ali_ray_point {
    double phase[3];     /**< k times its place [rad] */
    double re[3], im[3]; /**< moment [A m] */
} ali_ray_point;

/** For the block's directions sum += projections of  sum_points moment e^{jk n.place}. */
typedef void (*ali_point_ray_fn)(size_t count, const ali_ray_point *point,
                                 const ali_ray_block *block, ali_ray_sum *sum);

/** Sums of several currents on the same points over directions n, without projection: of every
 * component of the moments [current][part][x, y, z][direction of the block],
 *     part 0: sum re cos(k n.place), 1: sum im sin, 2: sum re sin, 3: sum im cos.
 *  Together they are the field towards n, (0 - 1) + j (2 + 3), and towards -n, (0 + 1) + j (3 - 2).
 *  @param phase   [count][3] k times the places [rad]
 *  @param moment  [count][currents][6] re x, y, z, im x, y, z [A m]
 *  @param sum     [currents][4][3][ALI_RAY_BLOCK], added to */
typedef void (*ali_point_sums_fn)(size_t count, size_t currents, const double *phase,
                                  const double *moment, const ali_ray_block *block, double *sum);

/** Current elements with charges as a structure of arrays, each of shape [count]; no alignment or
 * padding is asked for. */
typedef struct ali_point_array {
    const double *place[3];  /**< [m] */
    const double *moment[6]; /**< re x, y, z, im x, y, z [A m] */
    const double *charge[2]; /**< re, im of int div J dS [A] */
} ali_point_array;

/** What points do at a place, with g = e^{-jkR}/R, R from the point to the place. */
typedef struct ali_point_sum {
    double potential[6]; /**< sum moment g: re x, y, z, im x, y, z [A] */
    double gradient[6];  /**< sum charge grad g [A/m^2] */
    double curl[6];      /**< sum grad g x moment [A/m] */
} ali_point_sum;

/** Add what points first … end - 1 do at a place that none of them has. Accuracy 1e-14 of every
 *  point's share for k R < 1e3. */
typedef void (*ali_point_near_fn)(const ali_point_array *points, size_t first, size_t end, double k,
                                  const double place[3], ali_point_sum *sum);

typedef struct ali_point_kernel {
    const char *name; /**< "plain", "avx2", "avx512" */
    ali_point_ray_fn far;
    ali_point_sums_fn far_sums;
    ali_point_near_fn near;
} ali_point_kernel;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_point_kernels(const ali_point_kernel *const **table);

/** The fastest of them. */
const ali_point_kernel *ali_point_kernel_best(void);

extern const ali_point_kernel ali_point_kernel_plain, ali_point_kernel_avx2,
    ali_point_kernel_avx512;

#endif
