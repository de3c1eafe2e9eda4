/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/cut.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** Angles [degrees] that are the same. */
#define SAME 1e-6

static double component_of(const alicorn_pattern_sample *sample, size_t component)
{
    const double values[] = {sample->total_dbi, sample->theta_dbi, sample->phi_dbi,
                             sample->major_dbi, sample->minor_dbi};
    return values[component];
}

/** Difference of two azimuths, 0 … 180 degrees. */
static double apart(double a, double b)
{
    return fabs(remainder(a - b, 360.0));
}

bool ali_cut_possible(const alicorn_pattern *pattern, alicorn_plot_cut cut)
{
    const int surface_wave = 1;
    if (pattern->mode == surface_wave || pattern->bistatic)
        return false;
    return cut == ALICORN_CUT_ELEVATION ? pattern->theta_count > 1 : pattern->phi_count > 1;
}

size_t ali_cut_nearest(const alicorn_pattern *pattern, alicorn_plot_cut cut, double angle_deg)
{
    bool azimuth = cut == ALICORN_CUT_AZIMUTH;
    size_t count = azimuth ? pattern->theta_count : pattern->phi_count, nearest = 0;
    double least = HUGE_VAL;
    for (size_t i = 0; i < count; i++) {
        double here = azimuth ? fabs(pattern->theta_deg[i] - angle_deg)
                              : apart(pattern->phi_deg[i], angle_deg);
        if (here < least - SAME) {
            least = here;
            nearest = i;
        }
    }
    return nearest;
}

/* ---- rows of levels ---- */

static int by_angle(const void *a, const void *b)
{
    const ali_bearing *left = a, *right = b;
    return (left->angle_deg > right->angle_deg) - (left->angle_deg < right->angle_deg);
}

/** Sorted without repetitions; of two at one angle the one that is there. */
static size_t join(ali_bearing *bearings, size_t count)
{
    size_t kept = 0;
    qsort(bearings, count, sizeof *bearings, by_angle);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || bearings[i].angle_deg - bearings[kept - 1].angle_deg > SAME)
            bearings[kept++] = bearings[i];
        else if (isnan(bearings[kept - 1].level))
            bearings[kept - 1].level = bearings[i].level;
    }
    return kept;
}

size_t ali_cut_order(ali_bearing *bearings, size_t count)
{
    double widest = 0.0, span;
    count = join(bearings, count);
    for (size_t i = 1; i < count; i++)
        widest = fmax(widest, bearings[i].angle_deg - bearings[i - 1].angle_deg);
    if (count < 3)
        return count;
    span = bearings[count - 1].angle_deg - bearings[0].angle_deg;
    /* closed if the gap that is left is no wider than the others */
    if (360.0 - span <= 1.01 * widest + SAME && span < 360.0 - SAME) {
        bearings[count] = bearings[0];
        bearings[count++].angle_deg += 360.0;
    }
    return count;
}

alicorn_status ali_cut_add(ali_bearing *bearings, size_t count, ali_traces *traces,
                           ali_trace **trace, alicorn_error *error)
{
    count = ali_cut_order(bearings, count);
    alicorn_status status = ali_traces_add(traces, count, trace, error);
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        (*trace)->x[i] = bearings[i].angle_deg;
        (*trace)->y[i] = bearings[i].level;
        (*trace)->low[i] = bearings[i].level - bearings[i].error;
        (*trace)->high[i] = bearings[i].level + bearings[i].error;
    }
    return status;
}

/* ---- cuts ---- */

/** The samples of one phi at `sign` times their thetas. Returns their number. */
static size_t take_theta(const alicorn_pattern *pattern, size_t phi, double sign, size_t component,
                         ali_bearing *bearings)
{
    for (size_t i = 0; i < pattern->theta_count; i++) {
        const alicorn_pattern_sample sample = alicorn_pattern_at(pattern, i, phi);
        double angle = remainder(sign * pattern->theta_deg[i], 360.0);
        bearings[i] = (ali_bearing){angle <= -180.0 + SAME ? angle + 360.0 : angle,
                                    component_of(&sample, component), NAN};
    }
    return pattern->theta_count;
}

static size_t take_elevation(const alicorn_pattern *pattern, size_t phi, size_t component,
                             ali_bearing *bearings)
{
    double opposite = pattern->phi_deg[phi] + 180.0;
    size_t back = ali_cut_nearest(pattern, ALICORN_CUT_ELEVATION, opposite);
    size_t count = take_theta(pattern, phi, 1.0, component, bearings);
    if (apart(pattern->phi_deg[back], opposite) < 1e-3)
        count += take_theta(pattern, back, -1.0, component, bearings + count);
    return count;
}

static size_t take_azimuth(const alicorn_pattern *pattern, size_t theta, size_t component,
                           ali_bearing *bearings)
{
    for (size_t i = 0; i < pattern->phi_count; i++) {
        const alicorn_pattern_sample sample = alicorn_pattern_at(pattern, theta, i);
        bearings[i] = (ali_bearing){pattern->phi_deg[i], component_of(&sample, component), NAN};
    }
    return pattern->phi_count;
}

alicorn_status ali_cut_take(const alicorn_pattern *pattern, alicorn_plot_cut cut, size_t index,
                            size_t component, ali_traces *traces, ali_trace **trace,
                            alicorn_error *error)
{
    size_t room = 2 * pattern->theta_count + pattern->phi_count + 1;
    ali_bearing *bearings = ali_calloc(room, sizeof *bearings);
    if (!bearings)
        return ali_error_memory(error, room * sizeof *bearings, "a cut");
    size_t count = cut == ALICORN_CUT_ELEVATION
                       ? take_elevation(pattern, index, component, bearings)
                       : take_azimuth(pattern, index, component, bearings);
    alicorn_status status = ali_cut_add(bearings, count, traces, trace, error);
    free(bearings);
    return status;
}
