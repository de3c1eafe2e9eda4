/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/scale.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/** Differences of steps that are rounding only. */
#define SLACK 1e-9

double ali_nice_step(double span, size_t parts)
{
    static const double factors[] = {1.0, 2.0, 5.0};
    double raw = span / (double)parts, power = pow(10.0, floor(log10(raw)));
    for (size_t k = 0; k < COUNT(factors); k++)
        if (raw <= factors[k] * power * (1.0 + SLACK))
            return factors[k] * power;
    return 10.0 * power;
}

double ali_degree_step(double span, size_t parts)
{
    static const double steps[] = {1, 2, 5, 10, 15, 30, 45, 90};
    double raw = span / (double)parts;
    if (raw > 1.0)
        for (size_t k = 0; k < COUNT(steps); k++)
            if (raw <= steps[k] * (1.0 + SLACK))
                return steps[k];
    return ali_nice_step(span, parts);
}

void ali_nice_range(double step, double *low, double *high)
{
    *low = floor(*low / step + SLACK) * step;
    *high = ceil(*high / step - SLACK) * step;
}

ali_ticks ali_ticks_in(double low, double high, double step)
{
    double first = ceil(low / step - SLACK), last = floor(high / step + SLACK);
    int decimals = (int)ceil(-log10(step) - SLACK);
    return (ali_ticks){.first = first * step,
                       .step = step,
                       .count = last >= first ? (size_t)(last - first) + 1 : 0,
                       .decimals = decimals > 0 ? decimals : 0};
}

double ali_tick(const ali_ticks *ticks, size_t i)
{
    double value = ticks->first + (double)i * ticks->step;
    return fabs(value) < SLACK * ticks->step ? 0.0 : value;
}

double ali_scale_at(const ali_scale *scale, double value)
{
    double share = (value - scale->low) / (scale->high - scale->low);
    return scale->from + share * (scale->to - scale->from);
}

const char *ali_scale_prefix(double largest, double *factor)
{
    static const struct {
        double factor;
        const char *prefix;
    } prefixes[] = {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}};
    for (size_t k = 0; k < COUNT(prefixes); k++)
        if (largest >= prefixes[k].factor * (1.0 - SLACK)) {
            *factor = prefixes[k].factor;
            return prefixes[k].prefix;
        }
    *factor = 1.0;
    return "";
}
