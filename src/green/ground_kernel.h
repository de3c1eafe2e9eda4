/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_GROUND_KERNEL_H
#define ALI_GREEN_GROUND_KERNEL_H

#include "green/ground_table.h"

/** @file
 *  The table of a ground for two points in air, in vectors: the same text for every instruction set
 *  (ground_kernel_text.h). Behind ali_ground_table_rest. */

/** As ali_ground_table_rest. */
typedef void (*ali_ground_rest_fn)(const ali_ground_table *table, size_t count, const double *rho,
                                   const double *height, const ali_ground_rest *rest);

typedef struct ali_ground_kernel_variant {
    const char *name; /**< "plain", "avx2", "avx512" */
    ali_ground_rest_fn rest;
} ali_ground_kernel_variant;

/** Variants this machine can run, the plain one first; returns their number. */
size_t ali_ground_kernels(const ali_ground_kernel_variant *const **table);

extern const ali_ground_kernel_variant ali_ground_kernel_plain, ali_ground_kernel_avx2,
    ali_ground_kernel_avx512;

#endif
