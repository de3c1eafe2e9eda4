/* SPDX-License-Identifier: Apache-2.0 */
#include "network/watch.h"

#include "base/memory.h"
#include "network/rational.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Where a function is so many times what both neighbouring samples are, a resonance hides. A
 * broader one, whose half width is above a third of the way to a sample, is seen in the samples. */
static const double PEAK = 3.0;
/** Misfit of the model in functions whose largest sample is 1; below, there is noise. */
static const double MISFIT = 1e-3;
/** Functions so much smaller than the largest are not heard. */
static const double FLOOR = 1e-9;

/** All functions scaled to a largest sample of 1, to be freed. */
static double complex *normalise(const ali_watch_samples *samples)
{
    size_t n = samples->functions, total = samples->count * n;
    double complex *scaled = ali_calloc(total, sizeof *scaled);
    double all = 0.0;
    if (!scaled)
        return NULL;
    for (size_t i = 0; i < total; i++)
        all = fmax(all, cabs(samples->values[i]));
    for (size_t e = 0; e < n && all > 0.0; e++) {
        double largest = FLOOR * all;
        for (size_t i = 0; i < samples->count; i++)
            largest = fmax(largest, cabs(samples->values[i * n + e]));
        for (size_t i = 0; i < samples->count; i++)
            scaled[i * n + e] = samples->values[i * n + e] / largest;
    }
    return scaled;
}

/** Largest ratio of a function to its larger neighbour. */
static double rise(size_t functions, const double complex *value, const double complex *left,
                   const double complex *right)
{
    double most = 0.0;
    for (size_t e = 0; e < functions; e++) {
        double size = cabs(value[e]), around = fmax(cabs(left[e]), cabs(right[e]));
        if (size > MISFIT)
            most = fmax(most, size / fmax(around, MISFIT));
    }
    return most;
}

/** The candidate between two that are known, of which the model rises most above both.
 *  @param work  [functions, and supports] */
static void search_gap(const ali_rational *model, const ali_watch_samples *scaled, const double *x,
                       size_t left, size_t right, double complex *work, double *most, size_t *peak)
{
    size_t n = scaled->functions;
    double complex *value = work, *low = work + n, *high = work + 2 * n, *share = work + 3 * n;
    if (right - left < 2)
        return;
    ali_rational_evaluate(model, n, scaled->values, x[left], share, low);
    ali_rational_evaluate(model, n, scaled->values, x[right], share, high);
    for (size_t i = left + 1; i < right; i++) {
        ali_rational_evaluate(model, n, scaled->values, x[i], share, value);
        double here = rise(n, value, low, high);
        if (here > *most) {
            *most = here;
            *peak = i;
        }
    }
}

alicorn_status ali_watch_peak(const ali_watch_samples *samples, size_t candidates, const double *x,
                              const bool *known, size_t *peak, alicorn_error *error)
{
    size_t n = samples->functions, count = samples->count, left = 0;
    /* as many samples beside the supports as fix their weights */
    size_t supports = (count * n + 1) / (n + 1);
    double most = PEAK;
    ali_rational model = {0};
    *peak = candidates;
    if (n == 0 || count < 3)
        return ALICORN_OK;
    double complex *scaled = normalise(samples);
    double complex *work = ali_calloc(3 * n + count, sizeof *work);
    ali_watch_samples own = {count, n, samples->at, scaled};
    alicorn_status status =
        scaled && work
            ? ali_rational_fit(count, samples->at, n, scaled, supports, MISFIT, &model, error)
            : ali_error_memory(error, (count + 3) * n * sizeof *scaled, "an adaptive sweep");
    for (size_t i = 1; i < candidates && !status; i++)
        if (known[i]) {
            search_gap(&model, &own, x, left, i, work, &most, peak);
            left = i;
        }
    ali_rational_clear(&model);
    free(scaled);
    free(work);
    return status;
}
