/* SPDX-License-Identifier: Apache-2.0 */
#include "cosite/search.h"

#include "base/error.h"
#include "base/memory.h"
#include "cosite/decibel.h"

#include <math.h>
#include <stdlib.h>

/* ---- axes ---- */

typedef struct axis_item {
    double frequency, level;
    size_t channel;
} axis_item;

static int by_frequency(const void *a, const void *b)
{
    const axis_item *left = a, *right = b;
    if (left->frequency != right->frequency)
        return left->frequency < right->frequency ? -1 : 1;
    return (left->channel > right->channel) - (left->channel < right->channel);
}

/** Greatest common divisor of whole numbers of hertz; 0 if one is none, or too large to be exact.
 */
static double common_raster(double a, double b)
{
    const double largest = 9e15;
    if (a != floor(a) || b != floor(b) || fabs(a) > largest || fabs(b) > largest)
        return 0;
    while (b > 0) {
        double rest = fmod(a, b);
        a = b;
        b = rest;
    }
    return a;
}

static void find_raster(ali_axis *axis)
{
    double raster = 0;
    bool whole = axis->count > 0 && axis->frequency[0] == floor(axis->frequency[0]);
    for (size_t i = 1; whole && i < axis->count; i++) {
        double step = axis->frequency[i] - axis->frequency[0];
        whole = step == floor(step);
        if (whole)
            raster = common_raster(fmax(raster, step), fmin(raster, step));
    }
    /* a single channel is on every raster */
    axis->raster = whole ? (raster > 0 ? raster : HUGE_VAL) : 0;
}

static void build_peaks(ali_axis *axis)
{
    for (size_t i = 0; i < axis->size; i++)
        axis->peak[axis->size + i] = i < axis->count ? axis->level[i] : -HUGE_VAL;
    for (size_t i = axis->size; i-- > 1;)
        axis->peak[i] = fmax(axis->peak[2 * i], axis->peak[2 * i + 1]);
}

alicorn_status ali_axis_create(size_t count, const double *frequency, const double *level,
                               ali_axis *axis, alicorn_error *error)
{
    *axis = (ali_axis){.size = 1};
    axis_item *items = ali_calloc(count, sizeof *items);
    if (!items)
        return ali_error_memory(error, count * sizeof *items, "channels");
    for (size_t i = 0; i < count; i++)
        if (!isnan(frequency[i]) && !isnan(level[i]) && level[i] > -HUGE_VAL)
            items[axis->count++] = (axis_item){frequency[i], level[i], i};
    qsort(items, axis->count, sizeof *items, by_frequency);
    while (axis->size < axis->count)
        axis->size *= 2;
    axis->frequency = ali_calloc(axis->count, sizeof *axis->frequency);
    axis->level = ali_calloc(axis->count, sizeof *axis->level);
    axis->channel = ali_calloc(axis->count, sizeof *axis->channel);
    axis->peak = ali_calloc(2 * axis->size, sizeof *axis->peak);
    if (!axis->frequency || !axis->level || !axis->channel || !axis->peak) {
        free(items);
        ali_axis_clear(axis);
        return ali_error_memory(error, 6 * count * sizeof(double), "channels");
    }
    for (size_t i = 0; i < axis->count; i++) {
        axis->frequency[i] = items[i].frequency;
        axis->level[i] = items[i].level;
        axis->channel[i] = items[i].channel;
    }
    free(items);
    find_raster(axis);
    build_peaks(axis);
    return ALICORN_OK;
}

void ali_axis_clear(ali_axis *axis)
{
    free(axis->frequency);
    free(axis->level);
    free(axis->channel);
    free(axis->peak);
    *axis = (ali_axis){0};
}

/* ---- levels ---- */

double ali_search_overlap(double width, double bandwidth, double offset)
{
    double distance = fabs(offset);
    if (bandwidth == 0)
        return distance <= width / 2 ? 0 : -HUGE_VAL;
    double overlap =
        fmin(width / 2, distance + bandwidth / 2) - fmax(-width / 2, distance - bandwidth / 2);
    return fmin(ali_to_db(overlap / fmin(width, bandwidth)), 0);
}

double ali_search_bound(const ali_search_problem *problem)
{
    double sum = 0;
    for (size_t a = 0; a < problem->axis_count; a++) {
        if (problem->axes[a]->count == 0)
            return -HUGE_VAL;
        if (problem->weight[a] > 0)
            sum += problem->weight[a] * problem->axes[a]->peak[1];
    }
    return sum;
}

/* ---- branch and bound ---- */

/** A part of the channels of one axis: those below one place of the tree. */
typedef struct part {
    size_t node, first, last; /**< [first, last) */
} part;

typedef struct search {
    const ali_search_problem *problem;
    double best;
    bool found;
    size_t *at;
} search;

/** Smallest distance between frequencies of two parts. */
static double part_distance(const ali_axis *a, part pa, const ali_axis *b, part pb)
{
    double above = b->frequency[pb.first] - a->frequency[pa.last - 1];
    double below = a->frequency[pa.first] - b->frequency[pb.last - 1];
    double most = above > below ? above : below; /* fmax would be a call */
    return most > 0 ? most : 0;
}

/** Bound of the level of a box of parts; -HUGE_VAL if their frequencies cannot meet. */
static double box_bound(const ali_search_problem *problem, const part *box)
{
    double low = 0, high = 0, bound = 0;
    for (size_t a = 0; a < problem->axis_count; a++) {
        const ali_axis *axis = problem->axes[a];
        double c = problem->coefficient[a];
        double first = c * axis->frequency[box[a].first];
        double last = c * axis->frequency[box[a].last - 1];
        low += c > 0 ? first : last;
        high += c > 0 ? last : first;
        if (problem->weight[a] > 0)
            bound += problem->weight[a] * axis->peak[box[a].node];
    }
    double reach = (problem->width + problem->bandwidth) / 2;
    if (low > reach || high < -reach)
        return -HUGE_VAL;
    for (size_t i = 0; i < problem->loss_count; i++) {
        const ali_search_loss *loss = &problem->losses[i];
        size_t a = loss->axis[0], b = loss->axis[1];
        double distance = part_distance(problem->axes[a], box[a], problem->axes[b], box[b]);
        bound -= loss->weight * ali_curve_least(loss->curve, distance);
    }
    return bound;
}

/** Level of one combination. */
static double leaf_level(const ali_search_problem *problem, const part *box)
{
    double offset = 0, level = 0;
    for (size_t a = 0; a < problem->axis_count; a++) {
        const ali_axis *axis = problem->axes[a];
        offset += problem->coefficient[a] * axis->frequency[box[a].first];
        if (problem->weight[a] > 0)
            level += problem->weight[a] * axis->level[box[a].first];
    }
    for (size_t i = 0; i < problem->loss_count; i++) {
        const ali_search_loss *loss = &problem->losses[i];
        size_t a = loss->axis[0], b = loss->axis[1];
        double distance =
            problem->axes[a]->frequency[box[a].first] - problem->axes[b]->frequency[box[b].first];
        level -= loss->weight * ali_curve_at(loss->curve, distance);
    }
    size_t t = problem->tied[0], u = problem->tied[1];
    if (t != u &&
        problem->axes[t]->channel[box[t].first] != problem->axes[u]->channel[box[u].first])
        return -HUGE_VAL;
    return level + ali_search_overlap(problem->width, problem->bandwidth, offset);
}

/** The axis to halve: whose part spans most in the sum; any that has several channels if none does.
 */
static size_t widest(const ali_search_problem *problem, const part *box)
{
    size_t choice = problem->axis_count;
    double most = -1;
    for (size_t a = 0; a < problem->axis_count; a++) {
        if (box[a].last - box[a].first < 2)
            continue;
        const double *frequency = problem->axes[a]->frequency;
        double span =
            fabs(problem->coefficient[a]) * (frequency[box[a].last - 1] - frequency[box[a].first]);
        if (span > most) {
            most = span;
            choice = a;
        }
    }
    return choice;
}

static void halve(const ali_axis *axis, part whole, part halves[2])
{
    /* the tree is that of `size` leaves, of which the first `count` are there */
    size_t leaves = axis->size;
    for (size_t node = whole.node; node > 1; node /= 2)
        leaves /= 2;
    size_t middle = whole.first + leaves / 2;
    size_t cut = middle < whole.last ? middle : whole.last;
    halves[0] = (part){2 * whole.node, whole.first, cut};
    halves[1] = (part){2 * whole.node + 1, cut, whole.last};
}

/** Depth is at most the sum of the trees' heights. */
static void visit(search *s, part *box)
{
    const ali_search_problem *problem = s->problem;
    size_t axis = widest(problem, box);
    if (axis == problem->axis_count) {
        double level = leaf_level(problem, box);
        if (level > s->best) {
            s->best = level;
            s->found = true;
            for (size_t a = 0; a < problem->axis_count; a++)
                s->at[a] = box[a].first;
        }
        return;
    }
    part whole = box[axis], halves[2];
    double bound[2] = {-HUGE_VAL, -HUGE_VAL};
    halve(problem->axes[axis], whole, halves);
    for (size_t h = 0; h < 2; h++)
        if (halves[h].first < halves[h].last) {
            box[axis] = halves[h];
            bound[h] = box_bound(problem, box);
        }
    size_t order = bound[1] > bound[0];
    for (size_t k = 0; k < 2; k++, order = !order)
        if (bound[order] > s->best) {
            box[axis] = halves[order];
            visit(s, box);
        }
    box[axis] = whole;
}

/** Whether whole numbers can meet at all: the sum stays on the common raster of all axes. */
static bool rasters_meet(const ali_search_problem *problem)
{
    double raster = 0, origin = 0;
    for (size_t a = 0; a < problem->axis_count; a++) {
        const ali_axis *axis = problem->axes[a];
        double c = fabs(problem->coefficient[a]);
        if (axis->raster == 0)
            return true;
        origin += problem->coefficient[a] * axis->frequency[0];
        if (axis->raster < HUGE_VAL)
            raster = common_raster(fmax(raster, c * axis->raster), fmin(raster, c * axis->raster));
        if (axis->raster < HUGE_VAL && raster == 0)
            return true;
    }
    double reach = (problem->width + problem->bandwidth) / 2;
    double distance = raster > 0 ? fabs(remainder(origin, raster)) : fabs(origin);
    return distance <= reach;
}

bool ali_search_best(const ali_search_problem *problem, double *best, size_t *at)
{
    part box[ALI_SEARCH_AXES];
    for (size_t a = 0; a < problem->axis_count; a++) {
        if (problem->axes[a]->count == 0)
            return false;
        box[a] = (part){1, 0, problem->axes[a]->count};
    }
    search s = {.problem = problem, .best = *best, .at = at};
    if (box_bound(problem, box) > *best && rasters_meet(problem))
        visit(&s, box);
    *best = s.best;
    return s.found;
}
