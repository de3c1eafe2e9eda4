/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/directions.h"
#include "assess/gain.h"
#include "base/error.h"

#include <math.h>

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
    double sampled = 0, covered = 0;
    for (size_t j = 0; j < pattern->phi_count; j++) {
        double width = ali_directions_width(&grid, sector, j);
        for (size_t i = 0; i < pattern->theta_count; i++) {
            double gain = ali_assess_gain(pattern, i, j);
            double size = width * ali_directions_height(&grid, sector, i);
            sampled += size;
            covered += gain >= gain_dbi ? size : 0;
            if (ali_directions_inside(sector, pattern->theta_deg[i], pattern->phi_deg[j]))
                take_extremes(pattern, i, j, gain, coverage);
        }
    }
    if (!(sampled > 0))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "nothing of the sector's solid angle is in the pattern");
    coverage->share = covered / sampled;
    coverage->solid_angle = sampled;
    coverage->sampled = sampled / ali_directions_sector_size(&grid, sector);
    return ALICORN_OK;
}
