/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/lint.h"

#include "base/constants.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

/** Validity of the engine's axially directed, circumferentially uniform current: k a. */
static const double thickest_ka = 0.3;
/** Longest segment [wavelengths] that the polynomials on it follow well. */
static const double longest_segment = 0.25;
/** Segments shorter than this many radii resolve nothing more. */
static const double shortest_in_radii = 0.5;
/** Neighbours along a wire: ratio of radii worth a remark. */
static const double radius_ratio = 10.0;
/** Segments at one joint: ratio of lengths worth a remark. */
static const double length_ratio = 50.0;
/** Cosine of the largest bend, 30 degrees, still taken as straight on. */
static const double straight_cosine = -0.866;

/** How deep a segment's end lies in another wire at a joint. */
typedef struct burial {
    double depth; /**< [m] */
    size_t in;    /**< segment it lies in, ALI_NONE: in its own image in the ground */
} burial;

/** The segment of a wire at which something is worst. */
typedef struct extreme {
    size_t segment, count;
    double value;
} extreme;

static void note_extreme(extreme *worst, size_t segment, double value)
{
    if (worst->count++ == 0 || value > worst->value) {
        worst->segment = segment;
        worst->value = value;
    }
}

/** " (and 7 more of its segments)", or nothing. */
static ali_lint_text more_segments(const extreme *worst)
{
    ali_lint_text text = {""};
    if (worst->count > 1)
        snprintf(text.text, sizeof text.text, " (and %zu more of its segments)", worst->count - 1);
    return text;
}

static void check_soundness(ali_lint *lint, size_t w)
{
    const ali_wire *wire = &lint->model->wires[w];
    extreme zero = {0}, thin = {0};
    for (size_t s = wire->first; s < wire->first + wire->count; s++) {
        const ali_segment *segment = &lint->model->segments[s];
        double length = ali_vec3_distance(segment->start, segment->end);
        if (!(length > 0.0) || !isfinite(length))
            note_extreme(&zero, s, 0.0);
        if (!(segment->radius > 0.0) || !isfinite(segment->radius))
            note_extreme(&thin, s, 0.0);
    }
    if (zero.count > 0) {
        const ali_segment *segment = &lint->model->segments[zero.segment];
        bool finite = isfinite(ali_vec3_distance(segment->start, segment->end));
        ali_lint_add_wire(lint, ALI_LINT_ZERO_LENGTH, w,
                          "%s has no %s: it starts at %s and ends at %s%s",
                          ali_lint_segment_name(lint, zero.segment).text,
                          finite ? "length" : "finite length", ali_lint_point(segment->start).text,
                          ali_lint_point(segment->end).text, more_segments(&zero).text);
    }
    if (thin.count > 0)
        ali_lint_add_wire(lint, ALI_LINT_NO_RADIUS, w,
                          "%s has the radius %.4g m; expected above 0%s",
                          ali_lint_segment_name(lint, thin.segment).text,
                          lint->model->segments[thin.segment].radius, more_segments(&thin).text);
}

static void check_size(ali_lint *lint, size_t w)
{
    const ali_wire *wire = &lint->model->wires[w];
    extreme thick = {0}, fat = {0};
    if (!(lint->shortest_wave > 0.0))
        return;
    double k = 2.0 * ALI_PI / lint->shortest_wave;
    for (size_t s = wire->first; s < wire->first + wire->count; s++) {
        double radius = lint->model->segments[s].radius;
        if (lint->length[s] > longest_segment * lint->shortest_wave)
            note_extreme(&fat, s, lint->length[s]);
        if (lint->length[s] > 0.0 && k * radius > thickest_ka)
            note_extreme(&thick, s, radius);
    }
    if (fat.count > 0)
        ali_lint_add_wire(
            lint, ALI_LINT_SEGMENT_TOO_LONG, w,
            "%s is %.4g m long, %.3g wavelengths at the highest frequency, %.6g MHz; expected at "
            "most %.3g, better 0.1%s",
            ali_lint_segment_name(lint, fat.segment).text, fat.value,
            fat.value / lint->shortest_wave, ALI_C0 / lint->shortest_wave * 1e-6, longest_segment,
            more_segments(&fat).text);
    if (thick.count > 0)
        ali_lint_add_wire(
            lint, ALI_LINT_WIRE_TOO_THICK, w,
            "%s has a radius of %.4g m: ka = %.3g at the highest frequency, %.6g MHz; thin-wire "
            "theory wants ka < %.3g%s",
            ali_lint_segment_name(lint, thick.segment).text, thick.value, k * thick.value,
            ALI_C0 / lint->shortest_wave * 1e-6, thickest_ka, more_segments(&thick).text);
}

/** Length of the first tube's axis, or of its surface on the inner side of the bend, that lies
 * inside the second, when the two leave a joint at an angle of the given cosine [m]. */
static double buried_length(double radius, double other_radius, double cosine)
{
    double sine = sqrt(fmax(1.0 - cosine * cosine, 0.0));
    if (cosine <= straight_cosine)
        return 0.0;
    if (cosine >= 0.0)
        return (other_radius + radius * cosine) / sine;
    return fmin(radius, other_radius) * (1.0 + cosine) / sine;
}

/** Let what leaves the node in direction `other` with `other_radius` bury the start of `end`. */
static void bury(const ali_lint *lint, burial *buried, size_t end, ali_vec3 other,
                 double other_radius, size_t in)
{
    double cosine = ali_vec3_dot(ali_lint_end_direction(lint, end), other);
    if (cosine > 1.0 - 1e-6) /* folded back on itself: that is another finding */
        return;
    double depth = buried_length(lint->model->segments[end / 2].radius, other_radius, cosine);
    if (depth > buried[end].depth)
        buried[end] = (burial){depth, in};
}

static void find_buried(const ali_lint *lint, burial *buried)
{
    for (size_t node = 0; node < lint->node_count; node++) {
        const size_t *ends = lint->node_ends + lint->node_first[node];
        size_t valence = lint->node_first[node + 1] - lint->node_first[node];
        for (size_t i = 0; i < valence; i++) {
            ali_vec3 direction = ali_lint_end_direction(lint, ends[i]);
            double radius = lint->model->segments[ends[i] / 2].radius;
            for (size_t j = 0; j < valence; j++)
                if (j != i)
                    bury(lint, buried, ends[j], direction, radius, ends[i] / 2);
            if (lint->ground && !lint->soil && lint->node_at_zero[node])
                bury(lint, buried, ends[i], ali_vec3_mirror_z(direction), radius, ALI_NONE);
        }
    }
}

/** A segment that is inside its neighbours over its whole length has no surface to carry a current
 * of its own. */
static void check_burial(ali_lint *lint, size_t w, const burial *buried)
{
    const ali_wire *wire = &lint->model->wires[w];
    extreme thick = {0}, fine = {0};
    for (size_t s = wire->first; s < wire->first + wire->count; s++) {
        double depth = buried[2 * s].depth + buried[2 * s + 1].depth;
        double radius = lint->model->segments[s].radius;
        if (!(lint->length[s] > 0.0) || lint->original[s] != s)
            continue;
        lint->swallowed[s] = depth > lint->length[s];
        if (lint->swallowed[s])
            note_extreme(&thick, s, depth / lint->length[s]);
        else if (lint->length[s] < shortest_in_radii * radius)
            note_extreme(&fine, s, radius / lint->length[s]);
    }
    if (thick.count > 0) {
        size_t s = thick.segment;
        const burial *deepest = &buried[2 * s + (buried[2 * s + 1].depth > buried[2 * s].depth)];
        ali_lint_add_wire(
            lint, ALI_LINT_RADIUS_TOO_THICK, w,
            "%s is %.4g m long, %.3g of its radius of %.4g m, and the wires it joins at an angle "
            "cover %.4g m of that (most: %s); use longer segments or thinner wires there%s",
            ali_lint_segment_name(lint, s).text, lint->length[s],
            lint->length[s] / lint->model->segments[s].radius, lint->model->segments[s].radius,
            thick.value * lint->length[s],
            deepest->in == ALI_NONE ? "its image in the ground"
                                    : ali_lint_segment_name(lint, deepest->in).text,
            more_segments(&thick).text);
    }
    if (fine.count > 0)
        ali_lint_add_wire(
            lint, ALI_LINT_SEGMENT_TOO_SHORT, w,
            "%s is %.4g m long, %.3g of its radius: segments below %.3g radii cost time and "
            "resolve nothing more (and are beyond NEC-2)%s",
            ali_lint_segment_name(lint, fine.segment).text, lint->length[fine.segment],
            1.0 / fine.value, shortest_in_radii, more_segments(&fine).text);
}

/** Steps at one joint: of radius where a wire goes straight on, of length anywhere. */
static void check_joint(ali_lint *lint, size_t node)
{
    const ali_segment *segments = lint->model->segments;
    const size_t *ends = lint->node_ends + lint->node_first[node];
    size_t valence = lint->node_first[node + 1] - lint->node_first[node];
    size_t longest = 0, shortest = 0;
    for (size_t i = 1; i < valence; i++) {
        longest = lint->length[ends[i] / 2] > lint->length[ends[longest] / 2] ? i : longest;
        shortest = lint->length[ends[i] / 2] < lint->length[ends[shortest] / 2] ? i : shortest;
    }
    size_t a = ends[longest] / 2, b = ends[shortest] / 2;
    if (lint->length[a] > length_ratio * lint->length[b])
        ali_lint_add_wire(lint, ALI_LINT_LENGTH_STEP, segments[a].wire,
                          "%s, %.4g m, joins %s, %.4g m: a ratio of %.3g",
                          ali_lint_segment_name(lint, a).text, lint->length[a],
                          ali_lint_segment_name(lint, b).text, lint->length[b],
                          lint->length[a] / lint->length[b]);
    if (valence != 2 || ali_vec3_dot(ali_lint_end_direction(lint, ends[0]),
                                     ali_lint_end_direction(lint, ends[1])) > straight_cosine)
        return;
    a = ends[0] / 2;
    b = ends[1] / 2;
    double ratio = segments[a].radius / segments[b].radius;
    ratio = fmax(ratio, 1.0 / ratio);
    if (ratio >= radius_ratio)
        ali_lint_add_wire(
            lint, ALI_LINT_RADIUS_STEP, segments[a].wire,
            "%s, radius %.4g m, continues as %s, radius %.4g m: a step of %.3g, whose "
            "end face carries charge that wires do not model",
            ali_lint_segment_name(lint, a).text, segments[a].radius,
            ali_lint_segment_name(lint, b).text, segments[b].radius, ratio);
}

void ali_lint_check_wires(ali_lint *lint)
{
    burial *buried = ali_calloc(2 * lint->model->segment_count, sizeof *buried);
    if (!buried) {
        lint->out_of_memory = true;
        return;
    }
    find_buried(lint, buried);
    for (size_t w = 0; w < lint->model->wire_count; w++) {
        check_soundness(lint, w);
        check_size(lint, w);
        check_burial(lint, w, buried);
    }
    for (size_t node = 0; node < lint->node_count; node++)
        check_joint(lint, node);
    free(buried);
}
