/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/directions.h"

#include "base/constants.h"
#include "base/error.h"

#include <math.h>

/** Directions on the edge of a sector belong to it [degrees]. */
#define EDGE 1e-9
/** Azimuths this near to uniform ones are [degrees]. */
#define UNIFORM 1e-6

ali_directions ali_directions_of(const alicorn_pattern *pattern)
{
    return (ali_directions){.theta_deg = pattern->theta_deg,
                            .phi_deg = pattern->phi_deg,
                            .theta_count = pattern->theta_count,
                            .phi_count = pattern->phi_count};
}

static bool ascends(const double *at, size_t count)
{
    for (size_t k = 1; k < count; k++)
        if (!(at[k] > at[k - 1]))
            return false;
    return count > 0;
}

alicorn_status ali_directions_check(const ali_directions *grid, const alicorn_sector *sector,
                                    alicorn_error *error)
{
    const double *theta = sector->theta_deg, *phi = sector->phi_deg;
    if (!(theta[0] >= 0 && theta[0] <= theta[1] && theta[1] <= 180 && phi[0] < phi[1] &&
          phi[1] <= phi[0] + 360 + EDGE))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "a sector from theta %g to %g and phi %g to %g", theta[0], theta[1],
                             phi[0], phi[1]);
    if (!ascends(grid->theta_deg, grid->theta_count) || !ascends(grid->phi_deg, grid->phi_count) ||
        grid->phi_deg[grid->phi_count - 1] - grid->phi_deg[0] > 360 + EDGE)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "directions that are not a grid that ascends, at most once around");
    return ALICORN_OK;
}

size_t ali_directions_turn(const ali_directions *grid)
{
    size_t count = grid->phi_count;
    if (count < 2)
        return 0;
    const double *phi = grid->phi_deg;
    double step = phi[1] - phi[0];
    for (size_t j = 1; j < count; j++)
        if (!(step > 0) || fabs(phi[j] - phi[0] - (double)j * step) > UNIFORM)
            return 0;
    double turn = phi[count - 1] - phi[0];
    if (fabs(turn - 360) < UNIFORM)
        return count - 1;
    return fabs(turn + step - 360) < UNIFORM ? count : 0;
}

/** The cell of sample k between the middles towards its neighbours; at the ends of a grid that does
 * not close, the sample itself. */
static void cell(const double *at, size_t count, size_t k, double overhang, double *low,
                 double *high)
{
    *low = k > 0 ? (at[k - 1] + at[k]) / 2 : at[k] - overhang;
    *high = k + 1 < count ? (at[k] + at[k + 1]) / 2 : at[k] + overhang;
}

double ali_directions_height(const ali_directions *grid, const alicorn_sector *sector, size_t i)
{
    double low, high, theta = grid->theta_deg[i];
    if (grid->theta_count == 1)
        return theta >= sector->theta_deg[0] - EDGE && theta <= sector->theta_deg[1] + EDGE;
    cell(grid->theta_deg, grid->theta_count, i, 0, &low, &high);
    low = fmax(low, sector->theta_deg[0]);
    high = fmin(high, sector->theta_deg[1]);
    return high > low ? cos(low * ALI_DEGREE) - cos(high * ALI_DEGREE) : 0;
}

double ali_directions_width(const ali_directions *grid, const alicorn_sector *sector, size_t j)
{
    double low, high, sum = 0;
    size_t turn = ali_directions_turn(grid), count = grid->phi_count;
    double overhang = turn == count && count > 0 ? 180 / (double)turn : 0;
    cell(grid->phi_deg, count, j, overhang, &low, &high);
    double turns = floor((sector->phi_deg[0] - low) / 360);
    for (int k = -1; k <= 2; k++) {
        double shift = 360 * (turns + k);
        double from = fmax(low + shift, sector->phi_deg[0]);
        double to = fmin(high + shift, sector->phi_deg[1]);
        sum += fmax(to - from, 0);
    }
    return sum * ALI_DEGREE;
}

double ali_directions_sector_size(const ali_directions *grid, const alicorn_sector *sector)
{
    double height = grid->theta_count == 1 ? 1
                                           : cos(sector->theta_deg[0] * ALI_DEGREE) -
                                                 cos(sector->theta_deg[1] * ALI_DEGREE);
    return height * (sector->phi_deg[1] - sector->phi_deg[0]) * ALI_DEGREE;
}

bool ali_directions_inside(const alicorn_sector *sector, double theta_deg, double phi_deg)
{
    phi_deg -= 360 * floor((phi_deg - sector->phi_deg[0] + EDGE) / 360);
    return theta_deg >= sector->theta_deg[0] - EDGE && theta_deg <= sector->theta_deg[1] + EDGE &&
           phi_deg <= sector->phi_deg[1] + EDGE;
}
