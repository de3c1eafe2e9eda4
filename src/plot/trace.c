/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/trace.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** Up to so many samples, each gets a mark. */
#define MARKS 21

alicorn_status ali_traces_add(ali_traces *traces, size_t count, ali_trace **trace,
                              alicorn_error *error)
{
    if (ali_grow((void **)&traces->item, &traces->capacity, traces->count, sizeof *traces->item))
        return ali_error_memory(error, (traces->count + 1) * sizeof *traces->item, "traces");
    double *samples = ali_calloc(count, 4 * sizeof *samples);
    if (!samples)
        return ali_error_memory(error, count * 4 * sizeof *samples, "traces");
    *trace = &traces->item[traces->count];
    **trace = (ali_trace){.style = traces->count,
                          .count = count,
                          .x = samples,
                          .y = samples + count,
                          .low = samples + 2 * count,
                          .high = samples + 3 * count};
    for (size_t i = 0; i < count; i++)
        (*trace)->low[i] = (*trace)->high[i] = NAN;
    traces->count++;
    return ALICORN_OK;
}

void ali_traces_clear(ali_traces *traces)
{
    for (size_t i = 0; i < traces->count; i++)
        free(traces->item[i].x); /* all four */
    free(traces->item);
    *traces = (ali_traces){0};
}

bool ali_traces_banded(const ali_traces *traces)
{
    for (size_t i = 0; i < traces->count; i++)
        for (size_t k = 0; k < traces->item[i].count; k++)
            if (traces->item[i].high[k] > traces->item[i].low[k])
                return true;
    return false;
}

bool ali_traces_marked(const ali_traces *traces)
{
    for (size_t i = 0; i < traces->count; i++)
        if (traces->item[i].count > MARKS)
            return false;
    return true;
}

static bool widen(const double *values, size_t count, double *low, double *high)
{
    for (size_t k = 0; k < count; k++) {
        if (!isfinite(values[k]))
            continue;
        *low = fmin(*low, values[k]);
        *high = fmax(*high, values[k]);
    }
    return *low <= *high;
}

bool ali_traces_x_range(const ali_traces *traces, double *low, double *high)
{
    bool any = false;
    *low = HUGE_VAL;
    *high = -HUGE_VAL;
    for (size_t i = 0; i < traces->count; i++)
        any = widen(traces->item[i].x, traces->item[i].count, low, high);
    return any;
}

bool ali_traces_y_range(const ali_traces *traces, double *low, double *high)
{
    bool any = false;
    *low = HUGE_VAL;
    *high = -HUGE_VAL;
    for (size_t i = 0; i < traces->count; i++)
        any = widen(traces->item[i].y, traces->item[i].count, low, high);
    return any;
}

bool ali_traces_band_range(const ali_traces *traces, double *low, double *high)
{
    bool any = ali_traces_y_range(traces, low, high);
    for (size_t i = 0; i < traces->count; i++) {
        widen(traces->item[i].low, traces->item[i].count, low, high);
        widen(traces->item[i].high, traces->item[i].count, low, high);
    }
    return any;
}
