/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_SURVEY_PLAN_H
#define ALI_OBSERVE_SURVEY_PLAN_H

#include "observe/far_field.h"
#include "observe/sphere_spectrum.h"

/** @file
 *  Directions in which a survey of the far field (observe/radiation.h) looks: those whose weights
 *  integrate the power, and a grid that is fine enough to find every lobe. */

/** Rings from the zenith on. */
typedef struct ali_survey_grid {
    size_t rings;  /**< number of the last ring: at the horizon of a ground, else at the nadir */
    double step;   /**< between rings [rad] */
    size_t *first; /**< [rings + 2] number of each ring's first sample, which has phi = 0 */
} ali_survey_grid;

static inline size_t ali_survey_ring_count(const ali_survey_grid *grid, size_t ring)
{
    return grid->first[ring + 1] - grid->first[ring];
}

static inline size_t ali_survey_samples(const ali_survey_grid *grid)
{
    return grid->first[grid->rings + 1];
}

typedef struct ali_survey_direction {
    double theta, phi;
    double weight; /**< of an integral over the sphere [sr] */
} ali_survey_direction;

/** Directions of the power, then, over a ground, those of the grid; in free space the opposite ones
 * are to follow. */
typedef struct ali_survey_plan {
    ali_radiator_extent extent;
    ali_sphere_rule rule; /**< in free space */
    ali_survey_grid grid;
    size_t power_count, count;
    ali_survey_direction *directions; /**< [count] */
    size_t places;                    /**< directions with the opposite ones */
} ali_survey_plan;

/** @return ALICORN_OK or ALICORN_E_MEMORY; clear in any case */
alicorn_status ali_survey_plan_create(const ali_radiator_extent *extent, ali_survey_plan *plan,
                                      alicorn_error *error);
void ali_survey_plan_clear(ali_survey_plan *plan);

#endif
