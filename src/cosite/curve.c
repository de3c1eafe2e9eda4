/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/curve.h"

#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"

#include <math.h>
#include <stdlib.h>

alicorn_status ali_curve_create(const ali_profile *profile, double start, double level,
                                ali_curve *curve, alicorn_error *error)
{
    size_t lead = profile->count > 0 && !isnan(level);
    size_t count = profile->count + lead;
    *curve = (ali_curve){.count = count,
                         .x = ali_calloc(count, sizeof *curve->x),
                         .y = ali_calloc(count, sizeof *curve->y),
                         .least = ali_calloc(count, sizeof *curve->least)};
    if (!curve->x || !curve->y || !curve->least) {
        ali_curve_clear(curve);
        return ali_error_memory(error, 3 * count * sizeof *curve->x, "masks of radios");
    }
    if (lead) {
        /* Points within the start stand for themselves; the line then begins at the centre. */
        curve->x[0] = profile->x[0] < start ? 0 : start;
        curve->y[0] = level;
        if (profile->x[0] <= 0)
            curve->y[0] = profile->y[0];
    }
    for (size_t i = 0; i < profile->count; i++) {
        curve->x[lead + i] = profile->x[i];
        curve->y[lead + i] = profile->y[i];
    }
    double least = HUGE_VAL;
    for (size_t i = count; i-- > 0;) {
        least = fmin(least, curve->y[i]);
        curve->least[i] = least;
    }
    return ALICORN_OK;
}

void ali_curve_clear(ali_curve *curve)
{
    free(curve->x);
    free(curve->y);
    free(curve->least);
    *curve = (ali_curve){0};
}

/** Number of points with x <= at. */
static size_t points_before(const ali_curve *curve, double at)
{
    size_t low = 0, high = curve->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (curve->x[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double ali_curve_at(const ali_curve *curve, double offset)
{
    if (curve->count == 0)
        return 0;
    double at = fabs(offset);
    size_t next = points_before(curve, at);
    if (next == 0)
        return curve->y[0];
    if (next == curve->count)
        return curve->y[next - 1];
    double share = (at - curve->x[next - 1]) / (curve->x[next] - curve->x[next - 1]);
    return curve->y[next - 1] + share * (curve->y[next] - curve->y[next - 1]);
}

double ali_curve_least(const ali_curve *curve, double distance)
{
    size_t count = curve->count, next = 0;
    const double *x = curve->x, *y = curve->y;
    if (count == 0)
        return 0;
    while (next < count && x[next] < distance)
        next++;
    if (next == 0)
        return curve->least[0];
    if (next == count)
        return y[count - 1];
    double share = (distance - x[next - 1]) / (x[next] - x[next - 1]);
    double at = y[next - 1] + share * (y[next] - y[next - 1]), beyond = curve->least[next];
    return at < beyond ? at : beyond;
}

/* ---- integrals ---- */

/** Integral of 10^(y/10) over a length along which y goes straight from `from` to `to` [dB]. */
static double exponential_piece(double length, double from, double to)
{
    double rise = (to - from) / ALI_DECIBEL;
    double start = ali_from_db(from);
    /* (e^r - 1)/r, which is 1 + r/2 + … for a level piece */
    return length * start * (fabs(rise) < 1e-8 ? 1 + rise / 2 : expm1(rise) / rise);
}

/** First x of a curve, mirrored about zero and shifted, that is beyond `at`; `end` if none is. Zero
 * counts as a point: there a curve has a kink. */
static double next_point(const ali_curve *curve, double shift, double at, double end)
{
    double best = end;
    if (shift > at && shift < best)
        best = shift;
    for (size_t i = 0; i < curve->count; i++) {
        double right = shift + curve->x[i], left = shift - curve->x[i];
        if (right > at && right < best)
            best = right;
        if (left > at && left < best)
            best = left;
    }
    return best;
}

double ali_curve_integral(const ali_curve *curve, double sign, double a, double b)
{
    double sum = 0;
    while (a < b) {
        double end = next_point(curve, 0, a, b);
        double first = ali_curve_at(curve, a + 0.25 * (end - a));
        double second = ali_curve_at(curve, a + 0.75 * (end - a));
        double step = (second - first) / 2;
        sum += exponential_piece(end - a, sign * (first - step), sign * (second + step));
        a = end;
    }
    return sum;
}

double ali_curve_product(const ali_curve *gain, double shift, double gap, const ali_curve *loss,
                         double a, double b)
{
    double sum = 0;
    while (a < b) {
        double end = next_point(gain, shift, a, next_point(loss, 0, a, b));
        for (int side = -1; side <= 1; side += 2) {
            double edge = shift + side * gap;
            if (edge > a && edge < end)
                end = edge;
        }
        double near = a + 0.25 * (end - a), far = a + 0.75 * (end - a);
        if (fabs(near - shift) > gap) {
            /* both are straight within the piece: two points inside tell its ends */
            double first = ali_curve_at(gain, near - shift) - ali_curve_at(loss, near);
            double second = ali_curve_at(gain, far - shift) - ali_curve_at(loss, far);
            double step = (second - first) / 2;
            sum += exponential_piece(end - a, first - step, second + step);
        }
        a = end;
    }
    return sum;
}
