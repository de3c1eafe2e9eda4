/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/directions.h"
#include "assess/gain.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

double ali_assess_gain(const alicorn_pattern *pattern, size_t i, size_t j)
{
    return alicorn_pattern_at(pattern, i, j).total_dbi;
}

double ali_assess_shifted(double gain_dbi, double shift)
{
    double field = pow(10, gain_dbi / 20) + shift;
    return field > 0 ? 20 * log10(field) : -HUGE_VAL;
}

double ali_assess_field_error(const alicorn_solve_result *solve)
{
    if (!solve->has_gain || !(solve->max_gain_error_db >= 0))
        return -1;
    return pow(10, solve->max_gain_dbi / 20) * (pow(10, solve->max_gain_error_db / 20) - 1);
}

static void take_extremes(const alicorn_pattern *pattern, size_t i, size_t j, double gain,
                          alicorn_coverage *coverage)
{
    double theta = pattern->theta_deg[i], phi = pattern->phi_deg[j];
    if (gain < coverage->lowest_dbi) {
        coverage->lowest_dbi = gain;
        coverage->lowest_theta_deg = theta;
        coverage->lowest_phi_deg = phi;
    }
    if (gain > coverage->highest_dbi) {
        coverage->highest_dbi = gain;
        coverage->highest_theta_deg = theta;
        coverage->highest_phi_deg = phi;
    }
}

/* ---- share ---- */

/** Parts of an interval of azimuths, in each of which the field is taken as in its middle. */
enum { PARTS = 16 };
/** Runs of a sector of azimuths that may lie in one interval: its end and its begin, a turn on. */
enum { RUNS = 2 };

/** Part of an interval between two samples of azimuth. */
typedef struct part {
    size_t before, after; /**< samples */
    double way;           /**< of its middle from the one to the other, 0 … 1 */
    double half;          /**< half its length on that way */
    double width;         /**< [rad] */
} part;

/** Parts of [from, to] within the interval [low, high]; their number. */
static size_t cut(size_t before, size_t after, double low, double high, double from, double to,
                  part parts[PARTS])
{
    for (size_t k = 0; k < PARTS && from < to; k++) {
        double middle = from + (to - from) * ((double)k + 0.5) / PARTS;
        parts[k] = (part){.before = before,
                          .after = after,
                          .way = (middle - low) / (high - low),
                          .half = (to - from) / (2 * PARTS) / (high - low),
                          .width = (to - from) / PARTS * ALI_DEGREE};
    }
    return from < to ? PARTS : 0;
}

/** Parts of the sector's azimuths; those of a whole turn close. */
static size_t cut_azimuths(const ali_directions *grid, const alicorn_sector *sector, part *parts)
{
    size_t count = 0, last = grid->phi_count - 1;
    bool closes = ali_directions_turn(grid) == grid->phi_count;
    for (size_t j = 0; j < grid->phi_count; j++) {
        if (j == last && !closes)
            break;
        double low = grid->phi_deg[j];
        double high = j < last ? grid->phi_deg[j + 1] : grid->phi_deg[0] + 360;
        double turns = floor((sector->phi_deg[0] - low) / 360);
        size_t runs = 0;
        for (int k = -1; k <= 2 && runs < RUNS; k++) {
            double shift = 360 * (turns + k);
            size_t made =
                cut(j, j < last ? j + 1 : 0, low, high, fmax(low, sector->phi_deg[0] - shift),
                    fmin(high, sector->phi_deg[1] - shift), parts + count);
            count += made;
            runs += made > 0;
        }
    }
    return count;
}

/** Solid angle per azimuth between two polar angles [deg]. */
static double height(double from, double to)
{
    return cos(from * ALI_DEGREE) - cos(to * ALI_DEGREE);
}

/** The same of the part where a field, straight from `first` at theta[0] to `second` at theta[1],
 * is at least the level; only within [from, to]. */
static double covered_height(const double theta[2], double first, double second, double from,
                             double to, double level)
{
    if (first < level && second < level)
        return 0;
    if (first < level || second < level) {
        double crossing = theta[0] + (theta[1] - theta[0]) * (level - first) / (second - first);
        if (first < level)
            from = fmax(from, crossing);
        else
            to = fmin(to, crossing);
    }
    return from < to ? height(from, to) : 0;
}

/** Share of a part at a single theta where a field with this value in the middle and this slope on
 * the way is at least the level. */
static double covered_share(const part *p, double middle, double slope, double level)
{
    double first = middle - slope * p->half, second = middle + slope * p->half;
    if (first >= level && second >= level)
        return 1;
    if (first < level && second < level)
        return 0;
    double crossing = (level - first) / (second - first);
    return first < level ? 1 - crossing : crossing;
}

/** Solid angle of the sector in *sampled, and of where the field is at least the level in
 *  *covered. Between samples the field's magnitude is interpolated, which near a null is linear
 *  where decibels are not. */
static void sum_parts(const double *field, const ali_directions *grid, const alicorn_sector *sector,
                      const part *parts, size_t count, double level, double *sampled,
                      double *covered)
{
    size_t rows = grid->theta_count;
    const double *theta = grid->theta_deg;
    *sampled = *covered = 0;
    for (size_t k = 0; k < count; k++) {
        const part *p = &parts[k];
        const double *before = field + p->before * rows, *after = field + p->after * rows;
        double low = before[0] + p->way * (after[0] - before[0]);
        if (rows == 1 && ali_directions_height(grid, sector, 0) > 0) { /* stands for itself */
            *sampled += p->width;
            *covered += p->width * covered_share(p, low, after[0] - before[0], level);
        }
        for (size_t i = 0; i + 1 < rows; i++) {
            double high = before[i + 1] + p->way * (after[i + 1] - before[i + 1]);
            double from = fmax(theta[i], sector->theta_deg[0]);
            double to = fmin(theta[i + 1], sector->theta_deg[1]);
            *sampled += from < to ? p->width * height(from, to) : 0;
            *covered += p->width * covered_height(theta + i, low, high, from, to, level);
            low = high;
        }
    }
}

alicorn_status alicorn_assess_coverage(const alicorn_pattern *pattern, const alicorn_sector *sector,
                                       double gain_dbi, alicorn_coverage *coverage,
                                       alicorn_error *error)
{
    *coverage = (alicorn_coverage){.lowest_dbi = HUGE_VAL, .highest_dbi = -HUGE_VAL};
    const ali_directions grid = ali_directions_of(pattern);
    if (pattern->mode == 1 || pattern->bistatic)
        return ali_error_set(error, ALICORN_E_USAGE, "coverage needs the gain of a space wave");
    alicorn_status status = ali_directions_check(&grid, sector, error);
    if (status)
        return status;
    size_t rows = grid.theta_count, columns = grid.phi_count;
    double *field = ali_calloc(rows * columns, sizeof *field), sampled, covered;
    part *parts = ali_calloc(RUNS * PARTS * columns, sizeof *parts);
    if (!field || !parts) {
        status = ali_error_memory(error, rows * columns * sizeof *field, "coverage");
        goto cleanup;
    }
    for (size_t j = 0; j < columns; j++)
        for (size_t i = 0; i < rows; i++) {
            double here = ali_assess_gain(pattern, i, j);
            field[j * rows + i] = pow(10, here / 20);
            if (ali_directions_inside(sector, pattern->theta_deg[i], pattern->phi_deg[j]))
                take_extremes(pattern, i, j, here, coverage);
        }
    sum_parts(field, &grid, sector, parts, cut_azimuths(&grid, sector, parts),
              pow(10, gain_dbi / 20), &sampled, &covered);
    if (!(sampled > 0)) {
        status = ali_error_set(error, ALICORN_E_USAGE,
                               "nothing of the sector's solid angle is in the pattern");
        goto cleanup;
    }
    coverage->share = covered / sampled;
    coverage->solid_angle = sampled;
    coverage->sampled = sampled / ali_directions_sector_size(&grid, sector);
cleanup:
    free(field);
    free(parts);
    return status;
}
