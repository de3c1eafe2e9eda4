/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/spread.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

size_t ali_spread_distinct(double *values, size_t count, double slack)
{
    size_t kept = 0;
    if (count > 1)
        qsort(values, count, sizeof *values, by_value);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || values[i] - values[kept - 1] > slack * fabs(values[i]))
            values[kept++] = values[i];
    return kept;
}

size_t ali_spread_index(const double *values, size_t count, double wanted)
{
    size_t nearest = 0;
    for (size_t i = 1; i < count; i++)
        if (fabs(values[i] - wanted) < fabs(values[nearest] - wanted))
            nearest = i;
    return nearest;
}

bool ali_spread_keeps(size_t i, size_t count, size_t room)
{
    if (count <= room)
        return true;
    if (room == 1)
        return i == count / 2;
    double gap = (double)(count - 1) / (double)(room - 1);
    return lround(round((double)i / gap) * gap) == (long)i;
}
