/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/joints.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>

/** One end of a segment in the sorted list. */
typedef struct joint_end {
    double key; /**< projection on sweep_direction [m] */
    ali_vec3 point;
    double tolerance; /**< [m] */
    size_t end;       /**< 2 segment + side */
} joint_end;

/** Unit vector in no direction anybody builds along, so that the ends of a regular grid differ in
 * their keys. */
static const ali_vec3 sweep_direction = {0.5377153416, 0.6731092573, 0.5077386432};

double ali_joints_segment_length(const ali_segment *segment)
{
    return ali_vec3_distance(segment->start, segment->end);
}

bool ali_joints_on_ground(ali_vec3 point, double length)
{
    return fabs(point.z) <= ALI_JOINT_TOLERANCE * length;
}

double ali_joints_soil_reach(const ali_segment *segment)
{
    double rise = fabs(segment->end.z - segment->start.z);
    return ALI_JOINT_TOLERANCE * fmax(rise, segment->radius);
}

void ali_joints_find_ground(const ali_segment *segments, size_t count, const size_t *node_of_end,
                            size_t node_count, const ali_vec3 *point, bool soil, bool *at_zero)
{
    for (size_t node = 0; node < node_count; node++)
        at_zero[node] = soil;
    for (size_t end = 0; end < 2 * count; end++) {
        const ali_segment *segment = &segments[end / 2];
        size_t node = node_of_end[end];
        if (node == ALI_NONE)
            continue;
        if (soil)
            at_zero[node] = at_zero[node] && fabs(point[node].z) <= ali_joints_soil_reach(segment);
        else
            at_zero[node] = at_zero[node] ||
                            ali_joints_on_ground(point[node], ali_joints_segment_length(segment));
    }
}

static int compare_ends(const void *first, const void *second)
{
    const joint_end *a = first, *b = second;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

/** Root of the set that holds `end`; halves the path on its way. */
static size_t find_root(size_t *parent, size_t end)
{
    while (parent[end] != end) {
        parent[end] = parent[parent[end]];
        end = parent[end];
    }
    return end;
}

/** Unite two sets; the smaller index becomes the root. */
static void unite(size_t *parent, size_t a, size_t b)
{
    a = find_root(parent, a);
    b = find_root(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

static alicorn_status collect_ends(const ali_segment *segments, size_t count, bool ground,
                                   joint_end *ends, alicorn_error *error)
{
    for (size_t s = 0; s < count; s++) {
        double length = ali_joints_segment_length(&segments[s]);
        if (!(length > 0.0) || !isfinite(length))
            return ali_error_set(error, ALICORN_E_INPUT, "segment %zu (tag %d) %s", s + 1,
                                 segments[s].tag,
                                 length == 0.0 ? "has no length" : "has an end that is not finite");
        for (size_t side = 0; side < 2; side++) {
            ali_vec3 point = side ? segments[s].end : segments[s].start;
            if (ground && ali_joints_on_ground(point, length))
                point.z = 0.0;
            ends[2 * s + side] = (joint_end){.key = ali_vec3_dot(point, sweep_direction),
                                             .point = point,
                                             .tolerance = ALI_JOINT_TOLERANCE * length,
                                             .end = 2 * s + side};
        }
    }
    return ALICORN_OK;
}

/** Join what is close. An end looks no further along the sweep than its own tolerance: the joint's
 * is the smaller of two, so nothing is missed. */
static void group(const joint_end *ends, size_t end_count, size_t *parent)
{
    for (size_t i = 0; i < end_count; i++)
        parent[i] = i;
    for (size_t i = 0; i < end_count; i++) {
        for (size_t j = i + 1; j < end_count && ends[j].key - ends[i].key <= ends[i].tolerance;
             j++) {
            double tolerance = fmin(ends[i].tolerance, ends[j].tolerance);
            if (ali_vec3_distance(ends[i].point, ends[j].point) <= tolerance)
                unite(parent, ends[i].end, ends[j].end);
        }
    }
}

/** Look for segments joined to themselves, and lower the tolerance of every joint that did it to
 * that of its shortest segment. shortest: work space [end_count]. Returns the number of such
 * segments; *stuck is one whose joint had no tolerance left to give. */
static size_t relax_collapsed(const ali_segment *segments, joint_end *ends, size_t end_count,
                              size_t *parent, double *shortest, size_t *stuck)
{
    size_t collapsed = 0;
    *stuck = ALI_NONE;
    for (size_t s = 0; s < end_count / 2; s++)
        collapsed += find_root(parent, 2 * s) == find_root(parent, 2 * s + 1);
    if (collapsed == 0)
        return 0;
    for (size_t i = 0; i < end_count; i++)
        shortest[i] = HUGE_VAL;
    for (size_t s = 0; s < end_count / 2; s++) {
        size_t root = find_root(parent, 2 * s);
        if (root == find_root(parent, 2 * s + 1))
            shortest[root] = fmin(shortest[root], ali_joints_segment_length(&segments[s]));
    }
    bool changed = false;
    for (size_t i = 0; i < end_count; i++) {
        double tolerance = ALI_JOINT_TOLERANCE * shortest[find_root(parent, ends[i].end)];
        if (ends[i].tolerance > tolerance) {
            ends[i].tolerance = tolerance;
            changed = true;
        }
    }
    for (size_t s = 0; !changed && *stuck == ALI_NONE; s++)
        if (find_root(parent, 2 * s) == find_root(parent, 2 * s + 1))
            *stuck = s;
    return collapsed;
}

/** Number the sets in the order of their first end. The root is the smallest end of its set. */
static size_t number_nodes(size_t *parent, size_t end_count, size_t *node_of_end)
{
    size_t nodes = 0;
    for (size_t end = 0; end < end_count; end++) {
        size_t root = find_root(parent, end);
        node_of_end[end] = root == end ? nodes++ : node_of_end[root];
    }
    return nodes;
}

alicorn_status ali_joints_find(const ali_segment *segments, size_t count, bool ground,
                               size_t *node_of_end, size_t *node_count, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    size_t stuck = ALI_NONE;
    size_t end_count = 2 * count;
    joint_end *ends = ali_calloc(end_count, sizeof *ends);
    size_t *parent = ali_calloc(end_count, sizeof *parent);
    double *shortest = ali_calloc(end_count, sizeof *shortest);
    *node_count = 0;
    if (!ends || !parent || !shortest) {
        status = ali_error_memory(error, end_count * sizeof *ends, "the joints of the wires");
        goto cleanup;
    }
    status = collect_ends(segments, count, ground, ends, error);
    if (status != ALICORN_OK)
        goto cleanup;
    qsort(ends, end_count, sizeof *ends, compare_ends);
    do
        group(ends, end_count, parent);
    while (relax_collapsed(segments, ends, end_count, parent, shortest, &stuck) > 0 &&
           stuck == ALI_NONE);
    if (stuck != ALI_NONE) {
        status = ali_error_set(error, ALICORN_E_INPUT,
                               "both ends of segment %zu (tag %d) fall into one joint", stuck + 1,
                               segments[stuck].tag);
        goto cleanup;
    }
    *node_count = number_nodes(parent, end_count, node_of_end);
cleanup:
    free(ends);
    free(parent);
    free(shortest);
    return status;
}
