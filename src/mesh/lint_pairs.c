/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/lint.h"

#include "base/memory.h"
#include "mesh/joints.h"
#include "mesh/segment_distance.h"

#include <stdio.h>
#include <stdlib.h>

/** @file
 *  What any two segments do to each other. Candidates come from sorting the segments along a
 * direction and sweeping; each pair is measured once, and what is found is gathered by pairs of
 * wires. */

/** Two segments whose directions differ by less than this sine run side by side. */
static const double parallel_sine = 0.1;
/** Ends this part of the shorter segment away from a joint look as if meant to join … */
static const double missed_part = 0.01;
/** … unless they are more than this many times the sum of the radii apart: an insulator. */
static const double missed_radii = 10.0;
/** Relative error of the line impedance of two parallel wires that uniform currents may make. */
static const double crowding_limit = 0.02;
/** Spacing over either radius beyond which crowding_limit is never reached, for any ratio of the
 * radii. */
static const double crowding_reach = 3.3;
/** Parallel wires matter when they run on for this many spacings. */
static const double crowding_run = 4.0;
/** Sine below which an angle does not lengthen the way around a joint any further. */
static const double smallest_sine = 0.2;
/** Hits, and steps of the search, after which it ends: the model is hopeless by then, and the
 * report says so. */
enum { MAX_HITS = 50000, MAX_STEPS = 200000000 };

/** Something found about two segments. */
typedef struct hit {
    ali_lint_kind kind;
    size_t wire[2];    /**< the smaller index first */
    size_t segment[2]; /**< of these wires */
    double distance;   /**< between the axes, the smaller the worse [m] */
    double run;        /**< length along which they are that close [m], 0 = in one place */
    ali_vec3 point;
    int ends; /**< bit i: the closest point of segment[i] is an end of it */
} hit;

/** A segment on the sweep. */
typedef struct sweep_item {
    double low, high; /**< interval on the sweep direction, reach included [m] */
    size_t segment;
} sweep_item;

typedef struct pair_search {
    ali_lint *lint;
    double *reach; /**< [segment_count] how far from its axis a segment looks for others [m] */
    hit *hits;
    size_t hit_count, hit_capacity;
    double *path;     /**< [node_count] way to a node [m], HUGE_VAL if not reached */
    size_t *frontier; /**< nodes with a way */
    size_t frontier_capacity;
    size_t steps; /**< so far, to be kept below MAX_STEPS */
    bool full;    /**< the search ended early */
} pair_search;

/** As the joints': no direction anybody builds along. */
static const ali_vec3 sweep_direction = {0.5377153416, 0.6731092573, 0.5077386432};

static void add_hit(pair_search *search, hit found)
{
    const ali_segment *segments = search->lint->model->segments;
    if (search->lint->off[found.kind])
        return;
    if (search->hit_count >= MAX_HITS || ali_grow((void **)&search->hits, &search->hit_capacity,
                                                  search->hit_count, sizeof *search->hits)) {
        search->full = true;
        return;
    }
    size_t a = segments[found.segment[0]].wire, b = segments[found.segment[1]].wire;
    if (a > b || (a == b && found.segment[0] > found.segment[1])) {
        size_t keep = found.segment[0];
        found.segment[0] = found.segment[1];
        found.segment[1] = keep;
        found.ends = (found.ends >> 1 & 1) | (found.ends << 1 & 2);
    }
    found.wire[0] = a < b ? a : b;
    found.wire[1] = a < b ? b : a;
    search->hits[search->hit_count++] = found;
}

/* ---- the way along the wires ---- */

static void reach_node(pair_search *search, size_t *frontier_count, size_t node, double path,
                       double limit)
{
    if (path > limit || path >= search->path[node])
        return;
    if (ali_grow((void **)&search->frontier, &search->frontier_capacity, *frontier_count,
                 sizeof *search->frontier)) {
        search->lint->out_of_memory = true;
        return;
    }
    search->path[node] = path;
    search->frontier[(*frontier_count)++] = node;
}

/** Whether a way of at most `limit` [m] along the wires leads from one place to the other: then the
 * two belong to one bend or joint, and being close there is nothing new. */
static bool is_one_joint(pair_search *search, const size_t segment[2], const double place[2],
                         double limit)
{
    const ali_lint *lint = search->lint;
    size_t count = 0;
    for (size_t side = 0; side < 2; side++) {
        double way = (side ? 1.0 - place[0] : place[0]) * lint->length[segment[0]];
        reach_node(search, &count, lint->node_of_end[2 * segment[0] + side], way, limit);
    }
    for (size_t i = 0; i < count; i++) {
        size_t node = search->frontier[i];
        search->steps += 1 + lint->node_first[node + 1] - lint->node_first[node];
        for (size_t j = lint->node_first[node]; j < lint->node_first[node + 1]; j++) {
            size_t end = lint->node_ends[j];
            reach_node(search, &count, lint->node_of_end[end ^ 1],
                       search->path[node] + lint->length[end / 2], limit);
        }
    }
    bool found = false;
    for (size_t side = 0; side < 2; side++) {
        double way = (side ? 1.0 - place[1] : place[1]) * lint->length[segment[1]];
        found = found || search->path[lint->node_of_end[2 * segment[1] + side]] + way <= limit;
    }
    for (size_t i = 0; i < count; i++)
        search->path[search->frontier[i]] = HUGE_VAL;
    return found;
}

/* ---- two segments ---- */

/** Everything the rules ask about two segments. */
typedef struct pair_view {
    size_t segment[2];
    ali_segment_approach approach;
    double touch;     /**< sum of the radii [m] */
    double tolerance; /**< of a joint [m] */
    double shorter;   /**< length [m] */
    double sine;      /**< of the angle between the axes */
    double run;       /**< length along which each has the other at its side [m] */
    double
        gap[3]; /**< distance of the axes where that begins, in its middle and where it ends [m] */
    double middle[2]; /**< places of its middle */
} pair_view;

/** Project the second segment on the first: where are they side by side, and how far apart? */
static void view_run(pair_view *view, const ali_segment *a, const ali_segment *b, double length,
                     double other_length)
{
    ali_vec3 u = ali_vec3_scale(1.0 / length, ali_vec3_sub(a->end, a->start));
    ali_vec3 v = ali_vec3_scale(1.0 / other_length, ali_vec3_sub(b->end, b->start));
    view->sine = ali_vec3_norm(ali_vec3_cross(u, v));
    double start = ali_vec3_dot(ali_vec3_sub(b->start, a->start), u);
    double end = ali_vec3_dot(ali_vec3_sub(b->end, a->start), u);
    double low = fmax(fmin(start, end), 0.0), high = fmin(fmax(start, end), length);
    view->run = fmax(high - low, 0.0);
    if (!(view->run > 0.0))
        return;
    for (int i = 0; i < 3; i++) {
        double along = low + 0.5 * i * (high - low), place;
        view->gap[i] =
            ali_segment_point_distance(ali_vec3_axpy(a->start, along, u), b->start, b->end, &place);
        if (i == 1) {
            view->middle[0] = along / length;
            view->middle[1] = place;
        }
    }
}

/** By how much uniform currents make the impedance of the line of two parallel wires too high.
 * Exact: two-wire line, Z0 = eta/(2 pi) acosh((s^2 - a^2 - b^2)/(2 a b)). */
static double crowding_error(double spacing, double a, double b)
{
    double square = spacing * spacing;
    double argument = (square - a * a - b * b) / (2.0 * a * b);
    return argument > 1.0 ? log(square / (a * b)) / acosh(argument) - 1.0 : HUGE_VAL;
}

/** Longest way [m] around a joint that brings two axes at the view's angle within `distance` of
 * each other. */
static double way_around(const pair_view *view, double distance)
{
    return 2.0 * distance / fmax(view->sine, smallest_sine);
}

/** Two segments side by side. Returns whether anything is settled about them. */
static bool judge_parallel(pair_search *search, const pair_view *view, bool joined)
{
    const ali_segment *segments = search->lint->model->segments;
    double widest = fmax(view->gap[0], view->gap[2]);
    double narrowest = fmin(view->approach.distance, view->gap[1]);
    hit found = {.segment = {view->segment[0], view->segment[1]},
                 .distance = view->gap[1],
                 .run = view->run,
                 .point = ali_vec3_axpy(segments[view->segment[0]].start, view->middle[0],
                                        ali_vec3_sub(segments[view->segment[0]].end,
                                                     segments[view->segment[0]].start))};
    if (widest <= view->tolerance && view->run > 10.0 * view->tolerance) {
        found.kind = ALI_LINT_WIRES_OVERLAP;
        add_hit(search, found);
        return true;
    }
    if (joined || view->run <= 0.1 * view->shorter || view->sine > parallel_sine)
        return joined;
    if (narrowest <= view->tolerance ||
        (view->gap[1] > view->touch && view->gap[1] > 3.0 * narrowest))
        return false; /* rather a crossing, or a missed joint, at a small angle */
    if (view->gap[1] < view->touch) {
        if (!is_one_joint(search, view->segment, view->middle, way_around(view, view->touch))) {
            found.kind = ALI_LINT_WIRES_NEARLY_TOUCH;
            add_hit(search, found);
        }
        return true;
    }
    if (crowding_error(view->gap[1], segments[view->segment[0]].radius,
                       segments[view->segment[1]].radius) > crowding_limit &&
        !is_one_joint(search, view->segment, view->middle, way_around(view, view->gap[1]))) {
        found.kind = ALI_LINT_SPACING_TOO_SMALL;
        add_hit(search, found);
    }
    return true;
}

/** The two ends of the segments that are closest to each other. */
static ali_segment_approach closest_ends(const ali_segment *a, const ali_segment *b)
{
    const ali_vec3 first[] = {a->start, a->end}, second[] = {b->start, b->end};
    ali_segment_approach best = {.distance = HUGE_VAL};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            double distance = ali_vec3_distance(first[i], second[j]);
            if (distance < best.distance)
                best = (ali_segment_approach){distance, {i, j}, {first[i], second[j]}};
        }
    return best;
}

/** Which of the closest points are ends: bit i for segment i. */
static int which_ends(const ali_lint *lint, const pair_view *view,
                      const ali_segment_approach *approach)
{
    int ends = 0;
    for (int i = 0; i < 2; i++) {
        double length = lint->length[view->segment[i]];
        double from_end = fmin(approach->place[i], 1.0 - approach->place[i]) * length;
        ends |= from_end <= ALI_JOINT_TOLERANCE * length ? 1 << i : 0;
    }
    return ends;
}

/** Two segments at an angle that share no joint. */
static void judge_crossing(pair_search *search, const pair_view *view)
{
    const ali_segment *segments = search->lint->model->segments;
    double meant = fmin(missed_part * view->shorter, missed_radii * view->touch);
    bool meet = view->approach.distance <= view->tolerance;
    ali_segment_approach approach =
        closest_ends(&segments[view->segment[0]], &segments[view->segment[1]]);
    bool missed = approach.distance < meant ||
                  (!meet && approach.distance < fmin(view->touch, 2.0 * view->approach.distance));
    if (!missed)
        approach = view->approach;
    hit found = {.segment = {view->segment[0], view->segment[1]},
                 .distance = approach.distance,
                 .point = approach.point[0],
                 .ends = missed ? 3 : which_ends(search->lint, view, &approach)};
    double reach = found.ends ? fmax(view->touch, meant) : view->touch;
    if (meet && !missed) {
        found.kind = found.ends ? ALI_LINT_END_TOUCHES_MIDDLE : ALI_LINT_WIRES_CROSS;
        add_hit(search, found);
    } else if (approach.distance < reach &&
               !is_one_joint(search, view->segment, approach.place, way_around(view, reach))) {
        found.kind = ALI_LINT_WIRES_NEARLY_TOUCH;
        add_hit(search, found);
    }
}

static void examine(pair_search *search, size_t first, size_t second)
{
    const ali_lint *lint = search->lint;
    const ali_segment *a = &lint->model->segments[first], *b = &lint->model->segments[second];
    const size_t *p = &lint->node_of_end[2 * first], *q = &lint->node_of_end[2 * second];
    size_t shared = (size_t)((p[0] == q[0] || p[0] == q[1]) + (p[1] == q[0] || p[1] == q[1]));
    if (shared == 2) {
        if (lint->original[second] == first || lint->original[first] == second)
            add_hit(search, (hit){.kind = ALI_LINT_DUPLICATE_WIRE,
                                  .segment = {first, second},
                                  .run = lint->length[first],
                                  .point = a->start});
        return;
    }
    pair_view view = {.segment = {first, second},
                      .approach = ali_segment_closest(a->start, a->end, b->start, b->end),
                      .touch = a->radius + b->radius,
                      .shorter = fmin(lint->length[first], lint->length[second])};
    if (view.approach.distance > search->reach[first] + search->reach[second])
        return;
    view.tolerance = ALI_JOINT_TOLERANCE * view.shorter;
    view_run(&view, a, b, lint->length[first], lint->length[second]);
    if (!judge_parallel(search, &view, shared == 1) && shared == 0)
        judge_crossing(search, &view);
}

/* ---- all pairs that may matter ---- */

static int compare_items(const void *first, const void *second)
{
    const sweep_item *a = first, *b = second;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return a->segment < b->segment ? -1 : a->segment > b->segment;
}

/** Whether the boxes around two segments, their reaches included, meet. */
static bool boxes_meet(const ali_segment *a, const ali_segment *b, double reach)
{
    return fmax(a->start.x, a->end.x) + reach >= fmin(b->start.x, b->end.x) &&
           fmax(b->start.x, b->end.x) + reach >= fmin(a->start.x, a->end.x) &&
           fmax(a->start.y, a->end.y) + reach >= fmin(b->start.y, b->end.y) &&
           fmax(b->start.y, b->end.y) + reach >= fmin(a->start.y, a->end.y) &&
           fmax(a->start.z, a->end.z) + reach >= fmin(b->start.z, b->end.z) &&
           fmax(b->start.z, b->end.z) + reach >= fmin(a->start.z, a->end.z);
}

static void sweep(pair_search *search, sweep_item *items)
{
    const ali_lint *lint = search->lint;
    const ali_segment *segments = lint->model->segments;
    size_t count = 0;
    for (size_t s = 0; s < lint->model->segment_count; s++) {
        double radius = segments[s].radius;
        if (!(lint->length[s] > 0.0))
            continue;
        /* inside its neighbours a segment is close to everything: that has been said */
        search->reach[s] =
            fmax(lint->swallowed[s] ? 0.0 : crowding_reach * radius, missed_part * lint->length[s]);
        double start = ali_vec3_dot(segments[s].start, sweep_direction);
        double end = ali_vec3_dot(segments[s].end, sweep_direction);
        items[count++] = (sweep_item){fmin(start, end) - search->reach[s],
                                      fmax(start, end) + search->reach[s], s};
    }
    qsort(items, count, sizeof *items, compare_items);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && items[j].low <= items[i].high && !search->full; j++) {
            size_t a = items[i].segment, b = items[j].segment;
            search->full = search->full || ++search->steps > MAX_STEPS;
            if (boxes_meet(&segments[a], &segments[b], search->reach[a] + search->reach[b]))
                examine(search, a, b);
        }
}

/* ---- what is said ---- */

/** By wires and kind; what runs along before what meets in one place, then the worst first. */
static int compare_hits(const void *first, const void *second)
{
    const hit *a = first, *b = second;
    const double differences[] = {(double)a->wire[0] - (double)b->wire[0],
                                  (double)a->wire[1] - (double)b->wire[1],
                                  (double)a->kind - (double)b->kind,
                                  (double)(b->run > 0.0) - (double)(a->run > 0.0),
                                  a->distance - b->distance,
                                  (double)a->segment[0] - (double)b->segment[0],
                                  (double)a->segment[1] - (double)b->segment[1]};
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
        if (differences[i] != 0.0)
            return differences[i] < 0.0 ? -1 : 1;
    return 0;
}

/** All hits of one kind on one pair of wires. */
typedef struct hit_group {
    const ali_lint *lint;
    const hit *worst;
    size_t count;
    double run; /**< sum over the hits [m] */
    double touch;
    ali_lint_text wire[2], segment[2], point;
    char places[48]; /**< " (and in 4 more places)", or nothing */
} hit_group;

static hit_group make_group(const ali_lint *lint, const hit *hits, size_t count)
{
    const ali_segment *segments = lint->model->segments;
    hit_group group = {.lint = lint, .worst = hits, .count = count};
    for (size_t i = 0; i < count; i++)
        group.run += hits[i].run;
    for (size_t i = 0; i < 2; i++) {
        group.wire[i] = ali_lint_wire_name(lint, hits->wire[i]);
        group.segment[i] = ali_lint_segment_name(lint, hits->segment[i]);
        group.touch += segments[hits->segment[i]].radius;
    }
    group.point = ali_lint_point(hits->point);
    if (count > 1)
        snprintf(group.places, sizeof group.places, " (and in %zu more place%s)", count - 1,
                 count == 2 ? "" : "s");
    return group;
}

static void say_duplicate(ali_lint *lint, const hit_group *group)
{
    const ali_segment *segments = lint->model->segments;
    const ali_segment *a = &segments[group->worst->segment[0]];
    const ali_segment *b = &segments[group->worst->segment[1]];
    char radii[80] = "";
    if (a->radius != b->radius)
        snprintf(radii, sizeof radii, ", with radius %.4g m instead of %.4g m", b->radius,
                 a->radius);
    ali_lint_add_wire(lint, ALI_LINT_DUPLICATE_WIRE, group->worst->wire[0],
                      "%s lies exactly on %s%s%s: only the first carries current",
                      group->segment[1].text, group->segment[0].text, radii, group->places);
}

static void say_overlap(ali_lint *lint, const hit_group *group)
{
    ali_lint_add_wire(lint, ALI_LINT_WIRES_OVERLAP, group->worst->wire[0],
                      "%s and %s share %.4g m of their axes around %s: the same conductor twice, "
                      "and nothing tells which carries the current",
                      group->wire[0].text, group->wire[1].text, group->run, group->point.text);
}

static void say_crossing(ali_lint *lint, const hit_group *group)
{
    ali_lint_add_wire(lint, ALI_LINT_WIRES_CROSS, group->worst->wire[0],
                      "%s crosses %s at %s without a joint%s: NEC joins wires only at segment ends",
                      group->segment[0].text, group->segment[1].text, group->point.text,
                      group->places);
}

static void say_end_on_middle(ali_lint *lint, const hit_group *group)
{
    size_t end = group->worst->ends & 1 ? 0 : 1;
    ali_lint_add_wire(
        lint, ALI_LINT_END_TOUCHES_MIDDLE, group->worst->wire[0],
        "%s ends at %s on the middle of %s without a joint%s: NEC joins wires only at "
        "segment ends; cut the other wire there",
        group->segment[end].text, group->point.text, group->segment[1 - end].text, group->places);
}

/** Surfaces that intersect along a run or in one place, ends that miss a joint. */
static void say_near_touch(ali_lint *lint, const hit_group *group)
{
    static const char *const how[] = {"passes", "ends beside", "ends beside",
                                      "ends beside the end of"};
    const hit *worst = group->worst;
    size_t subject = worst->ends == 2;
    double shorter = fmin(lint->length[worst->segment[0]], lint->length[worst->segment[1]]);
    char what[96];
    if (worst->distance < group->touch)
        snprintf(what, sizeof what, "less than the sum of the radii, %.4g m", group->touch);
    else
        snprintf(what, sizeof what, "%.2g %% of a segment", 100.0 * worst->distance / shorter);
    if (worst->run > 0.0)
        ali_lint_add_wire(lint, ALI_LINT_WIRES_NEARLY_TOUCH, worst->wire[0],
                          "%s and %s run %.4g m apart over %.4g m around %s, %s: their surfaces "
                          "intersect",
                          group->wire[0].text, group->wire[1].text, worst->distance, group->run,
                          group->point.text, what);
    else
        ali_lint_add_wire(lint, ALI_LINT_WIRES_NEARLY_TOUCH, worst->wire[0],
                          "%s %s %s without a joint, %.4g m away at %s, %s%s: only ends within "
                          "%.3g m are joined",
                          group->segment[subject].text, how[worst->ends],
                          group->segment[1 - subject].text, worst->distance, group->point.text,
                          what, group->places, ALI_JOINT_TOLERANCE * shorter);
}

static void say_spacing(ali_lint *lint, const hit_group *group)
{
    const ali_segment *segments = lint->model->segments;
    const hit *worst = group->worst;
    double excess = crowding_error(worst->distance, segments[worst->segment[0]].radius,
                                   segments[worst->segment[1]].radius);
    if (group->run < crowding_run * worst->distance)
        return;
    ali_lint_add_wire(lint, ALI_LINT_SPACING_TOO_SMALL, worst->wire[0],
                      "%s and %s run %.4g m apart over %.4g m, %.3g times the sum of their radii: "
                      "currents crowd on the facing sides, and without that a two-wire line's "
                      "impedance comes out %.2g %% too high",
                      group->wire[0].text, group->wire[1].text, worst->distance, group->run,
                      worst->distance / group->touch, 100.0 * excess);
}

typedef void (*say_function)(ali_lint *lint, const hit_group *group);

static const say_function say[ALI_LINT_KIND_COUNT] = {
    [ALI_LINT_DUPLICATE_WIRE] = say_duplicate,
    [ALI_LINT_WIRES_OVERLAP] = say_overlap,
    [ALI_LINT_WIRES_CROSS] = say_crossing,
    [ALI_LINT_END_TOUCHES_MIDDLE] = say_end_on_middle,
    [ALI_LINT_WIRES_NEARLY_TOUCH] = say_near_touch,
    [ALI_LINT_SPACING_TOO_SMALL] = say_spacing,
};

static bool same_wires(const hit *a, const hit *b)
{
    return a->wire[0] == b->wire[0] && a->wire[1] == b->wire[1];
}

/** Whether what was already said about two wires makes a group redundant: wires that touch are
 * close, and where they touch their neighbouring segments are close too. */
static bool is_redundant(const hit *group, bool touch, bool run)
{
    return (group->kind == ALI_LINT_SPACING_TOO_SMALL && run) ||
           (group->kind == ALI_LINT_WIRES_NEARLY_TOUCH && touch && !(group->run > 0.0));
}

/** One finding per kind and pair of wires. */
static void say_hits(pair_search *search)
{
    const hit *hits = search->hits;
    const size_t count = search->hit_count;
    bool touch = false, run = false;
    if (count > 1)
        qsort(search->hits, count, sizeof *hits, compare_hits);
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && same_wires(&hits[next], &hits[first]) &&
                               hits[next].kind == hits[first].kind;
             next++)
            ;
        if (first == 0 || !same_wires(&hits[first - 1], &hits[first]))
            touch = run = false;
        hit_group group = make_group(search->lint, &hits[first], next - first);
        if (!is_redundant(&hits[first], touch, run))
            say[hits[first].kind](search->lint, &group);
        touch = true;
        run = run || hits[first].run > 0.0;
    }
}

void ali_lint_check_pairs(ali_lint *lint)
{
    size_t count = lint->model->segment_count;
    pair_search search = {.lint = lint};
    sweep_item *items = ali_calloc(count, sizeof *items);
    search.reach = ali_calloc(count, sizeof *search.reach);
    search.path = ali_calloc(lint->node_count, sizeof *search.path);
    if (items && search.reach && search.path) {
        for (size_t node = 0; node < lint->node_count; node++)
            search.path[node] = HUGE_VAL;
        sweep(&search, items);
        say_hits(&search);
        if (search.full)
            ali_lint_add(lint, ALI_LINT_INCOMPLETE, (ali_origin){0}, "",
                         "so many wires lie in or beside each other that the search ended early: "
                         "there may be more pairs than are reported");
    } else {
        lint->out_of_memory = true;
    }
    free(items);
    free(search.reach);
    free(search.path);
    free(search.hits);
    free(search.frontier);
}
