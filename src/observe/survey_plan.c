/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/survey_plan.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <math.h>
#include <stdlib.h>

/** Least directions on a ring of the grid. */
#define AROUND_LEAST 12

typedef struct direction_list {
    ali_survey_direction *items;
    size_t count, capacity;
} direction_list;

static alicorn_status append(direction_list *list, double theta, double phi, double weight,
                             alicorn_error *error)
{
    if (ali_grow((void **)&list->items, &list->capacity, list->count, sizeof *list->items) != 0)
        return ali_error_memory(error, (list->count + 1) * sizeof *list->items,
                                "directions of the far field");
    list->items[list->count++] = (ali_survey_direction){theta, phi, weight};
    return ALICORN_OK;
}

/** A ring of `count` directions. */
static alicorn_status append_ring(direction_list *list, double theta, size_t count, double weight,
                                  alicorn_error *error)
{
    for (size_t i = 0; i < count; i++) {
        alicorn_status status = append(list, theta, 2.0 * ALI_PI * (double)i / (double)count,
                                       weight / (double)count, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

/* ---- power ---- */

/** Over a ground: Gauss rule over theta in [low, high], with the trapezoidal rule around. */
static alicorn_status append_panel(direction_list *list, const ali_radiator_extent *extent,
                                   double low, double high, alicorn_error *error)
{
    double half = 0.5 * (high - low), middle = 0.5 * (high + low);
    int n = (int)fmin(ceil(0.5 * ali_sphere_harmonics(2.0 * extent->sphere * half)) + 2.0,
                      ALI_GAUSS_MAX);
    for (int q = 0; q < n; q++) {
        double theta = middle + half * ali_gauss_node(n)[q];
        double weight = 2.0 * ALI_PI * half * ali_gauss_weight(n)[q] * sin(theta);
        size_t around = (size_t)ceil(ali_sphere_harmonics(2.0 * extent->cylinder * sin(theta)));
        alicorn_status status = append_ring(list, theta, around, weight, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

/** Panels of at most 64 points over [low, high]. */
static alicorn_status append_panels(direction_list *list, const ali_radiator_extent *extent,
                                    double low, double high, alicorn_error *error)
{
    int panels = (int)ceil(extent->sphere * (high - low) / 80.0 + 1e-9);
    for (int i = 0; i < panels; i++) {
        double width = (high - low) / panels;
        alicorn_status status =
            append_panel(list, extent, low + i * width, low + (i + 1) * width, error);
        if (status != ALICORN_OK)
            return status;
    }
    return ALICORN_OK;
}

/** Directions and weights of the integral over a ground. */
static alicorn_status ground_rule(const ali_radiator_extent *extent, direction_list *list,
                                  alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    double high = 0.5 * ALI_PI;
    if (extent->horizon > 0.0) {
        /* panels whose width is twice their distance from the reflection's pole just below the
         *  horizon */
        for (double width = fmax(extent->horizon, 1e-4); status == ALICORN_OK && width < 0.7;
             width *= 3.0) {
            double low = 0.5 * ALI_PI - width;
            status = append_panels(list, extent, low, high, error);
            high = low;
        }
    }
    if (status == ALICORN_OK)
        status = append_panels(list, extent, 0.0, high, error);
    return status;
}

/** In free space: directions of one hemisphere, to be taken with the opposite ones. */
static alicorn_status free_rule(const ali_radiator_extent *extent, ali_sphere_rule *rule,
                                direction_list *list, alicorn_error *error)
{
    alicorn_status status = ali_sphere_rule_create(extent->sphere, extent->cylinder, rule, error);
    for (size_t r = 0; status == ALICORN_OK && r < rule->rings; r++)
        status = append_ring(list, rule->theta[r], rule->first[r + 1] - rule->first[r],
                             rule->weight[r], error);
    return status;
}

/* ---- grid ---- */

/** Rings `step` apart, an even number of directions on each that keeps that distance where the
 *  structure is wide. */
static alicorn_status make_grid(const ali_radiator_extent *extent, ali_survey_grid *grid,
                                alicorn_error *error)
{
    double high = extent->ground ? 0.5 * ALI_PI : ALI_PI;
    size_t rings = (size_t)ceil(high * fmax(3.0 * extent->sphere / ALI_PI, 6.0));
    rings += !extent->ground && rings % 2;
    *grid = (ali_survey_grid){.rings = rings, .step = high / (double)rings};
    grid->first = ali_calloc(rings + 2, sizeof *grid->first);
    if (grid->first == NULL)
        return ali_error_memory(error, (rings + 2) * sizeof *grid->first,
                                "directions of the far field");
    for (size_t r = 0; r <= rings; r++) {
        size_t from_pole = !extent->ground && 2 * r > rings ? rings - r : r;
        double around = 6.0 * extent->cylinder * sin(grid->step * (double)from_pole);
        size_t half = (size_t)ceil(0.5 * fmax(around, AROUND_LEAST));
        grid->first[r + 1] = grid->first[r] + 2 * half;
    }
    return ALICORN_OK;
}

/** Append the grid's directions. */
static alicorn_status append_grid(const ali_survey_grid *grid, direction_list *list,
                                  alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t r = 0; r <= grid->rings && status == ALICORN_OK; r++)
        status =
            append_ring(list, grid->step * (double)r, ali_survey_ring_count(grid, r), 0.0, error);
    return status;
}

/* ---- both ---- */

alicorn_status ali_survey_plan_create(const ali_radiator_extent *extent, ali_survey_plan *plan,
                                      alicorn_error *error)
{
    direction_list list = {0};
    *plan = (ali_survey_plan){.extent = *extent};
    alicorn_status status = extent->ground ? ground_rule(extent, &list, error)
                                           : free_rule(extent, &plan->rule, &list, error);
    plan->power_count = list.count;
    if (status == ALICORN_OK)
        status = make_grid(extent, &plan->grid, error);
    if (status == ALICORN_OK && extent->ground)
        status = append_grid(&plan->grid, &list, error);
    plan->directions = list.items;
    plan->count = list.count;
    plan->places = extent->ground ? list.count : 2 * list.count;
    return status;
}

void ali_survey_plan_clear(ali_survey_plan *plan)
{
    ali_sphere_rule_clear(&plan->rule);
    free(plan->grid.first);
    free(plan->directions);
    *plan = (ali_survey_plan){0};
}
