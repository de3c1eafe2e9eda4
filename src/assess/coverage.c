/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/gain.h"
#include "base/constants.h"
#include "base/error.h"

#include <math.h>
#include <stdbool.h>

/** Directions on the edge of a sector belong to it [degrees]. */
#define EDGE 1e-9

double ali_assess_gain(const alicorn_pattern *pattern, size_t i, size_t j)
{
    return alicorn_pattern_at(pattern, i, j).total_dbi;
}

/** The cell of sample k between the middles towards its neighbours; at the ends of a grid that does
 * not close, the sample itself. */
static void cell(const double *at, size_t count, size_t k, double overhang, double *low,
                 double *high)
{
    *low = k > 0 ? (at[k - 1] + at[k]) / 2 : at[k] - overhang;
    *high = k + 1 < count ? (at[k] + at[k + 1]) / 2 : at[k] + overhang;
}

/** Solid angle of [low, high] in theta that lies in the sector, per azimuth. */
static double theta_weight(const alicorn_pattern *pattern, const alicorn_sector *sector, size_t i)
{
    double low, high, theta = pattern->theta_deg[i];
    if (pattern->theta_count == 1)
        return theta >= sector->theta_deg[0] - EDGE && theta <= sector->theta_deg[1] + EDGE;
    cell(pattern->theta_deg, pattern->theta_count, i, 0, &low, &high);
    low = fmax(low, sector->theta_deg[0]);
    high = fmin(high, sector->theta_deg[1]);
    return high > low ? cos(low * ALI_DEGREE) - cos(high * ALI_DEGREE) : 0;
}

/** Part of the azimuths of cell j that lies in the sector [rad]. */
static double phi_weight(const alicorn_pattern *pattern, const alicorn_sector *sector, size_t j)
{
    double low, high, sum = 0;
    size_t turn = ali_assess_turn(pattern), count = pattern->phi_count;
    double overhang = turn == count && count > 0 ? 180 / (double)turn : 0;
    cell(pattern->phi_deg, count, j, overhang, &low, &high);
    double turns = floor((sector->phi_deg[0] - low) / 360);
    for (int k = -1; k <= 2; k++) {
        double shift = 360 * (turns + k);
        double from = fmax(low + shift, sector->phi_deg[0]);
        double to = fmin(high + shift, sector->phi_deg[1]);
        sum += fmax(to - from, 0);
    }
    return sum * ALI_DEGREE;
}

static bool ascends(const double *at, size_t count)
{
    for (size_t k = 1; k < count; k++)
        if (!(at[k] > at[k - 1]))
            return false;
    return count > 0;
}

static double sector_size(const alicorn_pattern *pattern, const alicorn_sector *sector)
{
    double height = pattern->theta_count == 1 ? 1
                                              : cos(sector->theta_deg[0] * ALI_DEGREE) -
                                                    cos(sector->theta_deg[1] * ALI_DEGREE);
    return height * (sector->phi_deg[1] - sector->phi_deg[0]) * ALI_DEGREE;
}

static alicorn_status check(const alicorn_pattern *pattern, const alicorn_sector *sector,
                            alicorn_error *error)
{
    const double *theta = sector->theta_deg, *phi = sector->phi_deg;
    if (!(theta[0] >= 0 && theta[0] <= theta[1] && theta[1] <= 180 && phi[0] < phi[1] &&
          phi[1] <= phi[0] + 360 + EDGE))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "a sector from theta %g to %g and phi %g to %g", theta[0], theta[1],
                             phi[0], phi[1]);
    if (pattern->mode == 1 || pattern->bistatic ||
        !ascends(pattern->theta_deg, pattern->theta_count) ||
        !ascends(pattern->phi_deg, pattern->phi_count) ||
        pattern->phi_deg[pattern->phi_count - 1] - pattern->phi_deg[0] > 360 + EDGE)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "coverage needs the gain on a grid that ascends, at most once around");
    return ALICORN_OK;
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

/** Whether the sample itself lies in the sector. */
static bool inside(const alicorn_pattern *pattern, const alicorn_sector *sector, size_t i, size_t j)
{
    double theta = pattern->theta_deg[i], phi = pattern->phi_deg[j];
    phi -= 360 * floor((phi - sector->phi_deg[0] + EDGE) / 360);
    return theta >= sector->theta_deg[0] - EDGE && theta <= sector->theta_deg[1] + EDGE &&
           phi <= sector->phi_deg[1] + EDGE;
}

alicorn_status alicorn_assess_coverage(const alicorn_pattern *pattern, const alicorn_sector *sector,
                                       double gain_dbi, alicorn_coverage *coverage,
                                       alicorn_error *error)
{
    *coverage = (alicorn_coverage){.lowest_dbi = HUGE_VAL, .highest_dbi = -HUGE_VAL};
    alicorn_status status = check(pattern, sector, error);
    if (status)
        return status;
    double sampled = 0, covered = 0;
    for (size_t i = 0; i < pattern->theta_count; i++) {
        double height = theta_weight(pattern, sector, i);
        for (size_t j = 0; j < pattern->phi_count; j++) {
            double gain = ali_assess_gain(pattern, i, j);
            double size = height * phi_weight(pattern, sector, j);
            sampled += size;
            covered += gain >= gain_dbi ? size : 0;
            if (inside(pattern, sector, i, j))
                take_extremes(pattern, i, j, gain, coverage);
        }
    }
    if (!(sampled > 0))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "nothing of the sector's solid angle is in the pattern");
    coverage->share = covered / sampled;
    coverage->solid_angle = sampled;
    coverage->sampled = sampled / sector_size(pattern, sector);
    return ALICORN_OK;
}
