/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_GROUND_SLOPES_H
#define ALI_OBSERVE_GROUND_SLOPES_H

#include "green/ground_table.h"
#include "observe/field_pair.h"

#include <stdbool.h>

/** @file
 *  Kernels of two half-spaces with their slopes, from tables where they pay and else from
 *  integrals, and the fields that sources in points make with them. */

/** Numbers, heights and depths of what lies in air [0] and in the soil [1]. */
typedef struct ali_ground_extent {
    double count[2];
    double least[2], most[2]; /**< distances from z = 0 [m] */
} ali_ground_extent;

/** Where sources and points of observation are. */
typedef struct ali_ground_places {
    double low[2], high[2]; /**< box around all of them, x and y [m] */
    ali_ground_extent points, sources;
} ali_ground_places;

/** Nothing yet. */
ali_ground_places ali_ground_places_none(void);

/** Widen the box [m] by a margin around a place. */
void ali_ground_places_widen(ali_ground_places *places, double x, double y, double margin);

/** Add one of the sources or points that has distances between least and most from z = 0 [m];
 *  `kernels`: how many kernels between a source and a point it takes. */
void ali_ground_extent_add(ali_ground_extent *extent, bool in_soil, double least, double most,
                           double kernels);

typedef struct ali_ground_slopes {
    ali_half_space space;
    double complex k_soil;
    ali_ground_table *table[ALI_GROUND_SIDES]; /**< NULL: integrals */
} ali_ground_slopes;

/** Make tables where they pay. Clear in either case. An integral costs 45 us, the table 1 us on one
 *  side, 2.6 us across, and its making as much as 3,000 to 300,000 integrals.
 *  @return ALICORN_OK, ALICORN_E_MEMORY or ALICORN_E_NUMERIC */
alicorn_status ali_ground_slopes_create(const ali_half_space *space,
                                        const ali_ground_places *places, ali_ground_slopes *slopes,
                                        alicorn_error *error);
void ali_ground_slopes_clear(ali_ground_slopes *slopes);

/** Sides of a point and a source. */
typedef struct ali_ground_pair {
    bool up;     /**< the point is in air */
    bool across; /**< the source is not on its side */
} ali_ground_pair;

/** d/dz, z the point's height, of the sum of heights, of depths or of both. */
static inline double ali_ground_pair_sign(ali_ground_pair sides)
{
    return sides.up ? 1.0 : -1.0;
}

/** A source's height, on its own side even where rounding leads across. */
static inline double ali_ground_pair_height(ali_ground_pair sides, double z_source)
{
    return sides.up != sides.across ? fmax(z_source, 0.0) : fmin(z_source, 0.0);
}

/** Kernels besides all images, that of zx too (one side), or the whole kernels (across), at a point
 *  of height z from a source of height z_source.
 *  @return ALICORN_OK or ALICORN_E_NUMERIC */
alicorn_status ali_ground_slopes_at(const ali_ground_slopes *slopes, ali_ground_pair sides,
                                    double rho, double z, double z_source,
                                    ali_half_space_slopes *kernels, alicorn_error *error);

/** Kernels of images: shares of g = e^{-jkR}/(4 pi R), R = hypot(rho, h), on xx, zz and phi alike,
 *  and of g rho/(R + h) on zx.
 *  @param up  dh/dz, +1 or -1 */
ali_half_space_slopes ali_ground_image_slopes(const ali_half_space_images *images, double complex k,
                                              double rho, double h, double up);

/** kernels -= part */
void ali_ground_slopes_subtract(ali_half_space_slopes *kernels, const ali_half_space_slopes *part);

/** A source in a point: int J dV [A m] and int div J dV [A]. */
typedef struct ali_ground_source {
    ali_cvec3 moment;
    double complex charge;
} ali_ground_source;

/** Add the field of a source from which the point is x and y away. */
void ali_ground_add_source(const ali_half_space_slopes *kernels, double x, double y,
                           const ali_ground_source *source, double k, ali_field_pair *sum);

#endif
