/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_GROUND_TABLE_H
#define ALI_GREEN_GROUND_TABLE_H

#include "green/half_space.h"

#include <stddef.h>

/** @file
 *  Reflected kernels of a half-space for source and observer in air, interpolated. The table holds
 *  the remainders besides the images, without their phase e^{-j k R}, as polynomials of log R and
 *  of the elevation of the image on rectangles that are halved until the polynomials converge. */

typedef struct ali_ground_table ali_ground_table;

/** Where it will be asked. */
typedef struct ali_ground_range {
    double rho_max;    /**< [m] horizontal distance, > 0 */
    double height_min; /**< [m] smallest and largest sum of the heights of source and */
    double height_max; /**< observer; 0 <= min <= max, 0 < max */
    double tolerance;  /**< error of each kernel relative to 1/(4 pi R), 1e-3 … 1e-8 */
    size_t bytes_max;  /**< what it may occupy */
} ali_ground_range;

/** Build it in parallel (OpenMP). Below a distance of 1e-6 wavelengths remainders are constant.
 *  @return ALICORN_OK; ALICORN_E_INPUT; ALICORN_E_MEMORY if it does not fit into bytes_max;
 *          ALICORN_E_NUMERIC if an integral does not converge
 *  Cost: 10 to 2000 rectangles of 40 integrals of about 0.1 ms (tests/unit/ground_table.c). */
alicorn_status ali_ground_table_create(const ali_half_space *space, const ali_ground_range *range,
                                       ali_ground_table **table, alicorn_error *error);

void ali_ground_table_destroy(ali_ground_table *table);

/** What it occupies. */
size_t ali_ground_table_bytes(const ali_ground_table *table);

/** Reflected kernels, images included, kernels[count] at rho[count], height[count] (sum of both
 *  heights) [m] inside the range; outside it they may lack the remainder.
 *  Cost: 100 to 200 ns per point, no allocation, thread-safe. */
void ali_ground_table_evaluate(const ali_ground_table *table, size_t count, const double *rho,
                               const double *height, ali_half_space_kernels *kernels);

#endif
