/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/directions.h"
#include "assess/gain.h"
#include "base/error.h"

#include <math.h>
#include <stdbool.h>

size_t ali_assess_turn(const alicorn_pattern *pattern)
{
    const ali_directions grid = ali_directions_of(pattern);
    return ali_directions_turn(&grid);
}

/** Azimuth between two samples where the gain passes a level. */
static double crossing(double phi, double step, double before, double after, double level)
{
    double share = (level - before) / (after - before);
    /* next to a zero field the slope is endless: the edge lies at the sample that has none */
    if (!isfinite(before) || !isfinite(after))
        share = isfinite(before) ? 1 : 0;
    return phi + step * share;
}

alicorn_status alicorn_assess_blind(const alicorn_pattern *pattern, size_t theta, double gain_dbi,
                                    alicorn_azimuths *blind, size_t capacity, size_t *count,
                                    alicorn_error *error)
{
    size_t turn = ali_assess_turn(pattern), start = 0;
    *count = 0;
    if (turn == 0 || theta >= pattern->theta_count)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "blind sectors need a uniform pattern once around");
    while (start < turn && ali_assess_gain(pattern, theta, start) < gain_dbi)
        start++;
    if (start == turn) {
        if (capacity > 0)
            blind[0] = (alicorn_azimuths){pattern->phi_deg[0], pattern->phi_deg[0] + 360};
        *count = 1;
        return ALICORN_OK;
    }
    /* once around from a sample that is not blind: every sector begins and ends on the way */
    double step = 360 / (double)turn, from = 0;
    double before = ali_assess_gain(pattern, theta, start);
    for (size_t k = 0; k < turn; k++) {
        double phi = pattern->phi_deg[start] + (double)k * step;
        double after = ali_assess_gain(pattern, theta, (start + k + 1) % turn);
        bool was = before < gain_dbi, is = after < gain_dbi;
        double edge = was != is ? crossing(phi, step, before, after, gain_dbi) : 0;
        if (is && !was)
            from = edge;
        if (was && !is) {
            if (*count < capacity)
                blind[*count] = (alicorn_azimuths){from, edge};
            ++*count;
        }
        before = after;
    }
    return ALICORN_OK;
}
