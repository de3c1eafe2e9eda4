/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_GROUND_TABLE_H
#define ALI_GREEN_GROUND_TABLE_H

#include "green/half_space.h"

#include <stddef.h>

/** @file
 *  Kernels of a half-space for source and observer on given sides of the interface, interpolated.
 *  A table holds what is left of them besides images and without the phase of the strongest wave,
 *  as polynomials on cells that are halved until the polynomials converge. */

typedef struct ali_ground_table ali_ground_table;

/** Where source and observer are. */
typedef enum ali_ground_sides {
    ALI_GROUND_AIR,    /**< both in air: the reflected kernels, of rho and the sum of heights */
    ALI_GROUND_SOIL,   /**< both in the soil: the reflected kernels, of rho and the sum of depths */
    ALI_GROUND_ACROSS, /**< one on each side: the whole kernels, of rho, height of the one in air,
                            depth of the one in the soil */
    ALI_GROUND_SIDES
} ali_ground_sides;

/** Where it will be asked; lengths in m. What the sides do not have is ignored. */
typedef struct ali_ground_range {
    ali_ground_sides sides;
    double rho_max;    /**< horizontal distance, > 0 */
    double height_min; /**< smallest and largest sum of both heights (AIR), or height */
    double height_max; /**< (ACROSS); 0 <= min <= max */
    double depth_min;  /**< smallest and largest sum of both depths (SOIL), or depth */
    double depth_max;  /**< (ACROSS); 0 <= min <= max */
    double tolerance; /**< error of kernels, 1e-3 … 1e-8: of xx, zx, and of phi times eps - 1 (one
                           side) or (eps + 1)/2 (across), relative to 1/(4 pi R) times the
                           attenuation of the strongest wave, e^{Im k_soil depth}; deeper than
                           23 nepers kernels are 0 */
    size_t bytes_max; /**< what it may occupy */
} ali_ground_range;

/** Build it in parallel (OpenMP).
 *  @return ALICORN_OK; ALICORN_E_INPUT; ALICORN_E_MEMORY if it does not fit into bytes_max;
 *          ALICORN_E_NUMERIC if an integral does not converge
 *  Cost: cells of 45 (one side) or 243 integrals of 20 to 100 us; 10 to 700 cells, or 35 to 500
 *  across. Measured in docs/theory/ground.md. */
alicorn_status ali_ground_table_create(const ali_half_space *space, const ali_ground_range *range,
                                       ali_ground_table **table, alicorn_error *error);

void ali_ground_table_destroy(ali_ground_table *table);

/** What it occupies [bytes]. */
size_t ali_ground_table_bytes(const ali_ground_table *table);

/** Kernels kernels[count] at rho[count], height[count], depth[count] [m] inside the range, outside
 *  it they are only roughly right. AIR needs no depth, SOIL no height (NULL).
 *  AIR and SOIL: the reflected kernels, images included, as ali_half_space_reflected; the direct
 *  wave is not in them. They are the same with source and observer exchanged.
 *  ACROSS: the whole kernels, as ali_half_space_transmitted, for the source in the soil and the
 *  observer in air and as well for the reverse: xx, zz, phi, zx and xz = -zx depend on heights and
 *  depths only, zx and xz along the horizontal unit vector from the source to the observer.
 *  Cost: 0.15 to 0.3 us per point on one side, 0.7 us across; no allocation, thread-safe. */
void ali_ground_table_evaluate(const ali_ground_table *table, size_t count, const double *rho,
                               const double *height, const double *depth,
                               ali_half_space_kernels *kernels);

/** Kernels [1/m] without what the images have in xx, zz and phi; arrays of shape [count]. */
typedef struct ali_ground_rest {
    double complex *xx, *zz, *zx, *phi;
} ali_ground_rest;

/** What the reflected kernels have besides the images, in air: as ali_ground_table_evaluate, but
 *  nothing of the image is in xx, zz and phi.
 *  Cost: 10 to 40 ns per point, least if neighbours in the list are neighbours in space. */
void ali_ground_table_rest(const ali_ground_table *table, size_t count, const double *rho,
                           const double *height, const ali_ground_rest *rest);

/** What fields need: AIR and SOIL: the kernels besides all images, that of zx too, with their
 * slopes; ACROSS: the whole kernels.
 *  Differences take steps of a thousandth of R or of the soil's 1/|k|, the smaller: the range of
 *  heights and depths must be much wider than that.
 *  @param in_soil  ACROSS: the observer is the one in the soil; else ignored
 *  Accuracy: slopes miss what the polynomials do times their degree: a tolerance of 1e-6 gives 3e-5
 *  of 1/(4 pi R^2) (tests/unit/ground_table_slopes.c). Cost: five to seven times that of the
 *  kernels. No allocation, thread-safe. */
void ali_ground_table_slopes(const ali_ground_table *table, bool in_soil, size_t count,
                             const double *rho, const double *height, const double *depth,
                             ali_half_space_slopes *slopes);

#endif
