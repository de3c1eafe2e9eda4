/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/directions.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** @file
 *  Percentiles of cross-sections over solid angle. */

/** Shares that differ by less are the same. */
#define SAME_SHARE 1e-9

typedef struct weighed {
    double level, weight;
    size_t index;
} weighed;

const char *alicorn_rcs_component_text(alicorn_rcs_component component)
{
#define TEXT_ENTRY(name, value, text) [name] = text,
    static const char *const texts[] = {ALICORN_RCS_COMPONENT_TABLE(TEXT_ENTRY)};
#undef TEXT_ENTRY
    return (size_t)component < sizeof texts / sizeof *texts ? texts[component] : NULL;
}

double alicorn_rcs_value(const alicorn_rcs *sample, alicorn_rcs_component component,
                         double *error_db)
{
    const double values[] = {sample->vv_dbsm, sample->hv_dbsm, sample->vh_dbsm, sample->hh_dbsm};
    const double errors[] = {sample->vv_error_db, sample->hv_error_db, sample->vh_error_db,
                             sample->hh_error_db};
    size_t found = component;
    if (component == ALICORN_RCS_LARGEST) {
        found = 0;
        for (size_t k = 1; k < 4; k++)
            if (isnan(values[found]) || values[k] > values[found])
                found = k;
    }
    *error_db = errors[found];
    return values[found];
}

/** The grid that the samples' directions are, theta fastest; the arrays are the caller's, [count].
 */
static alicorn_status find_grid(const alicorn_rcs *samples, size_t count, double *theta,
                                double *phi, ali_directions *grid, alicorn_error *error)
{
    size_t rows = 1;
    while (rows < count && samples[rows].phi_deg == samples[0].phi_deg &&
           samples[rows].theta_deg > samples[rows - 1].theta_deg)
        rows++;
    *grid = (ali_directions){
        .theta_deg = theta, .phi_deg = phi, .theta_count = rows, .phi_count = count / rows};
    bool same = count > 0 && count % rows == 0;
    for (size_t k = 0; k < count && same; k++) {
        theta[k % rows] = samples[k % rows].theta_deg;
        phi[k / rows] = samples[k - k % rows].phi_deg;
        same = samples[k].theta_deg == theta[k % rows] && samples[k].phi_deg == phi[k / rows];
    }
    if (!same)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "cross-sections whose directions are not one grid");
    return ALICORN_OK;
}

static int by_level(const void *a, const void *b)
{
    const weighed *first = a, *second = b;
    if (first->level != second->level)
        return first->level < second->level ? -1 : 1;
    return (first->index > second->index) - (first->index < second->index);
}

/** The level that a share of the weight is not above; *index is of the sample there. Sorts. */
static double percentile(weighed *sorted, size_t count, double share, size_t *index)
{
    double total = 0, sum = 0;
    qsort(sorted, count, sizeof *sorted, by_level);
    for (size_t k = 0; k < count; k++)
        total += sorted[k].weight;
    size_t at = 0;
    for (; at + 1 < count; at++) {
        sum += sorted[at].weight;
        if (sum >= (share - SAME_SHARE) * total)
            break;
    }
    *index = sorted[at].index;
    bool between = at + 1 < count && fabs(sum - share * total) <= SAME_SHARE * total;
    return between ? (sorted[at].level + sorted[at + 1].level) / 2 : sorted[at].level;
}

/** Weigh the samples of the sector; their number, or 0 if one has not the component. */
static size_t weigh_samples(const alicorn_rcs *samples, const ali_directions *grid,
                            const alicorn_sector *sector, alicorn_rcs_component component,
                            weighed *list, double *errors)
{
    size_t found = 0;
    for (size_t j = 0; j < grid->phi_count; j++) {
        double width = ali_directions_width(grid, sector, j);
        for (size_t i = 0; i < grid->theta_count; i++) {
            size_t k = j * grid->theta_count + i;
            double weight = width * ali_directions_height(grid, sector, i);
            double level = alicorn_rcs_value(&samples[k], component, &errors[k]);
            if (isnan(level))
                return 0;
            if (weight > 0)
                list[found++] = (weighed){.level = level, .weight = weight, .index = k};
        }
    }
    return found;
}

/** The percentile with every level moved by its error times `sign`. */
static double shifted(const alicorn_rcs *samples, alicorn_rcs_component component, weighed *list,
                      size_t count, double share, const double *errors, double sign)
{
    size_t ignored;
    double error_db;
    for (size_t k = 0; k < count; k++)
        list[k].level = alicorn_rcs_value(&samples[list[k].index], component, &error_db) +
                        sign * fmax(errors[list[k].index], 0);
    return percentile(list, count, share, &ignored);
}

alicorn_status alicorn_assess_rcs(const alicorn_rcs *samples, size_t count,
                                  const alicorn_sector *sector, alicorn_rcs_component component,
                                  double percent, alicorn_rcs_statistic *statistic,
                                  alicorn_error *error)
{
    double *numbers = ali_calloc(3 * count + 1, sizeof *numbers), *errors = numbers + 2 * count;
    weighed *list = ali_calloc(count + 1, sizeof *list);
    ali_directions grid;
    alicorn_status status = ALICORN_OK;
    *statistic = (alicorn_rcs_statistic){0};
    if (!numbers || !list) {
        status = ali_error_memory(error, count * sizeof *list, "cross-sections");
        goto cleanup;
    }
    if (!(percent >= 0 && percent <= 100) || !alicorn_rcs_component_text(component)) {
        status =
            ali_error_set(error, ALICORN_E_USAGE, "a percentile of %g, expected 0 to 100", percent);
        goto cleanup;
    }
    status = find_grid(samples, count, numbers, numbers + count, &grid, error);
    if (status == ALICORN_OK)
        status = ali_directions_check(&grid, sector, error);
    if (status != ALICORN_OK)
        goto cleanup;
    size_t found = weigh_samples(samples, &grid, sector, component, list, errors), at = 0;
    if (found == 0) {
        status = ali_error_set(error, ALICORN_E_USAGE,
                               "no cross-section of this polarisation in the sector");
        goto cleanup;
    }
    *statistic = (alicorn_rcs_statistic){.has_error = 1, .samples = found};
    for (size_t k = 0; k < found; k++)
        statistic->has_error &= errors[list[k].index] >= 0;
    double share = percent / 100;
    statistic->dbsm = percentile(list, found, share, &at);
    statistic->theta_deg = samples[at].theta_deg;
    statistic->phi_deg = samples[at].phi_deg;
    statistic->least_dbsm = shifted(samples, component, list, found, share, errors, -1);
    statistic->most_dbsm = shifted(samples, component, list, found, share, errors, 1);
cleanup:
    free(numbers);
    free(list);
    return status;
}
