/* SPDX-License-Identifier: Apache-2.0 */
#include "output/nec_connections.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** Ends closer than this part of the segment's length touch. */
#define TOUCH 1e-3

/** One end of one segment, sorted by its position along an oblique axis: ends that touch are
 * neighbours there. */
typedef struct sorted_end {
    double along; /**< [m] */
    size_t segment;
    int end;
} sorted_end;

static ali_vec3 end_point(const ali_model *model, size_t segment, int end)
{
    const ali_segment *s = &model->segments[segment];
    return end == 0 ? s->start : s->end;
}

/** Coefficients below one, so that two points differ here by no more than the sum of their
 * coordinate differences; irregular, so that the points of a regular structure spread out. */
static double along_axis(ali_vec3 p)
{
    return 0.61803 * p.x + 0.75488 * p.y + 0.81917 * p.z;
}

static double taxicab(ali_vec3 a, ali_vec3 b)
{
    return fabs(a.x - b.x) + fabs(a.y - b.y) + fabs(a.z - b.z);
}

static int by_position(const void *a, const void *b)
{
    double left = ((const sorted_end *)a)->along, right = ((const sorted_end *)b)->along;
    return (left > right) - (left < right);
}

/** First of the sorted ends that is not before `along`. */
static size_t lower_bound(const sorted_end *ends, size_t count, double along)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ends[middle].along < along)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Connection number of one end: the touching segment that follows soonest in cyclic order; of its
 * two ends the first counts. */
static int find_connection(const ali_model *model, const sorted_end *ends, size_t segment, int end,
                           double tolerance)
{
    size_t n = model->segment_count, nearest = n;
    ali_vec3 point = end_point(model, segment, end);
    double along = along_axis(point);
    int other_end = 0;
    for (size_t k = lower_bound(ends, 2 * n, along - tolerance);
         k < 2 * n && ends[k].along <= along + tolerance; k++) {
        size_t other = ends[k].segment;
        size_t steps = (other + n - segment) % n;
        if (steps == 0 || steps > nearest || (steps == nearest && ends[k].end > other_end))
            continue;
        if (taxicab(point, end_point(model, other, ends[k].end)) > tolerance)
            continue;
        nearest = steps;
        other_end = ends[k].end;
    }
    if (nearest == n)
        return 0;
    int number = (int)((segment + nearest) % n) + 1;
    return other_end == end ? -number : number;
}

alicorn_status ali_nec_connections(const ali_model *model, bool ground,
                                   ali_nec_connection *connections, alicorn_error *error)
{
    size_t n = model->segment_count;
    sorted_end *ends = ali_calloc(2 * n, sizeof *ends);
    if (!ends)
        return ali_error_memory(error, 2 * n * sizeof *ends, "the ends of the segments");
    for (size_t k = 0; k < 2 * n; k++)
        ends[k] = (sorted_end){.along = along_axis(end_point(model, k / 2, (int)(k % 2))),
                               .segment = k / 2,
                               .end = (int)(k % 2)};
    qsort(ends, 2 * n, sizeof *ends, by_position);
    for (size_t i = 0; i < n; i++) {
        const ali_segment *segment = &model->segments[i];
        double tolerance = TOUCH * ali_vec3_distance(segment->start, segment->end);
        for (int end = 0; end < 2; end++) {
            bool grounded = ground && fabs(end_point(model, i, end).z) <= tolerance;
            connections[i].end[end] =
                grounded ? (int)i + 1 : find_connection(model, ends, i, end, tolerance);
        }
    }
    free(ends);
    return ALICORN_OK;
}

size_t ali_nec_junction(const ali_nec_connection *connections, size_t segment_count, size_t segment,
                        int end, int *members)
{
    int self = (int)segment + 1;
    size_t count = 0;
    size_t at = segment;
    int at_end = end;
    do {
        if (count == 2 * segment_count)
            return 0; /* tolerances of unequal segments can make a chain that does not close */
        members[count++] = at_end == 0 ? -(int)at - 1 : (int)at + 1;
        int next = connections[at].end[at_end];
        if (next == 0 || abs(next) == (int)at + 1)
            break;
        at_end = next > 0 ? 1 - at_end : at_end;
        at = (size_t)abs(next) - 1;
        if ((int)at + 1 < self)
            return 0;
    } while (at != segment);
    return count;
}
