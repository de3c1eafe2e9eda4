/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/nec_cells.h"
#include "input/nec_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/** @file
 *  From patches, which NEC-2 never connects, to a skin of triangles that share their corners. */

/** How well a corner's place is known. */
typedef enum corner_kind { KIND_GIVEN = 0, KIND_FITTED = 1, KIND_SQUARE = 2 } corner_kind;

/** Corners closer than this part of the shorter side are one, by the worse known of the two. */
static const double join_part[] = {1e-3, 0.1, 0.3};
/** A corner this close to another patch's edge cuts it; the same part, but never so far. */
static const double cut_part[] = {1e-3, 0.1, 0.1};
/** A wire's end this part of its segment away from a patch's middle is connected to it, as in
 * NEC-2. */
static const double contact_part = 1e-3;

/** A corner of an outline. */
typedef struct corner {
    ali_vec3 point;
    size_t patch;
    double side; /**< of the patch, or its shortest edge [m] */
    corner_kind kind;
} corner;

/** Something in space, in a sorted list. */
typedef struct place {
    double key; /**< projection on sweep_direction [m] */
    size_t index;
} place;

/** A sorted list of places, and how far around a point one has to look. */
typedef struct place_list {
    place *places;
    size_t count;
} place_list;

typedef struct skin {
    ali_nec_reader *reader;
    const ali_nec_patch *patches;
    size_t patch_count;
    ali_nec_outline *outlines;
    corner *corners; /**< first those of the outlines, then one per joint */
    size_t *first;   /**< [patch_count + 1] into corners */
    size_t *joint;   /**< [corners]: the joint that each belongs to */
    corner *joints;  /**< place, smallest side and best kind */
    size_t joint_count;
    place_list joint_list, end_list;
    ali_vec3 *ends; /**< of the wires */
    double *end_reach;
    size_t *ring; /**< joints around the patch at work, and the places of the cuts */
    double *ring_place;
    size_t ring_count, ring_capacity, ring_place_capacity;
    double budget;
} skin;

/** Unit vector in no direction anybody builds along. */
static const ali_vec3 sweep_direction = {0.5377153416, 0.6731092573, 0.5077386432};

static void skin_clear(skin *work)
{
    free(work->outlines);
    free(work->corners);
    free(work->first);
    free(work->joint);
    free(work->joints);
    free(work->joint_list.places);
    free(work->end_list.places);
    free(work->ends);
    free(work->end_reach);
    free(work->ring);
    free(work->ring_place);
}

/* ---- lists of places ---- */

static int compare_places(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static double key_of(ali_vec3 point)
{
    return ali_vec3_dot(point, sweep_direction);
}

static void sort_places(place_list *list)
{
    if (list->count > 1)
        qsort(list->places, list->count, sizeof *list->places, compare_places);
}

/** First place whose key is not below `key`. */
static size_t lower_bound(const place_list *list, double key)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->places[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- corners that are one ---- */

static int list_corners(skin *work)
{
    size_t count = 0;
    work->first = ali_calloc(work->patch_count + 1, sizeof *work->first);
    if (!work->first)
        return -1;
    for (size_t i = 0; i < work->patch_count; i++)
        work->first[i + 1] = count += work->outlines[i].count;
    work->corners = ali_calloc(count, sizeof *work->corners);
    work->joint = ali_calloc(count, sizeof *work->joint);
    work->joints = ali_calloc(count, sizeof *work->joints);
    if (!work->corners || !work->joint || !work->joints)
        return -1;
    for (size_t i = 0; i < work->patch_count; i++) {
        const ali_nec_outline *outline = &work->outlines[i];
        double side = sqrt(ali_nec_polygon_area(outline->corner, outline->count));
        for (size_t k = 0; k < outline->count && !work->patches[i].by_area; k++)
            side = fmin(side, ali_vec3_distance(outline->corner[k],
                                                outline->corner[(k + 1) % outline->count]));
        for (size_t k = 0; k < outline->count; k++)
            work->corners[work->first[i] + k] =
                (corner){.point = outline->corner[k],
                         .patch = i,
                         .side = side,
                         .kind = !work->patches[i].by_area ? KIND_GIVEN
                                 : outline->fitted         ? KIND_FITTED
                                                           : KIND_SQUARE};
    }
    return 0;
}

static corner_kind worse(corner_kind a, corner_kind b)
{
    return a > b ? a : b;
}

static size_t find_root(size_t *parent, size_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/** Unite corners of different patches that are close: parent[corner] leads to the first of its set.
 */
static void unite_corners(skin *work, const place_list *list, size_t *parent)
{
    for (size_t i = 0; i < list->count; i++)
        parent[i] = i;
    for (size_t i = 0; i < list->count; i++) {
        size_t a = list->places[i].index;
        const corner *p = &work->corners[a];
        for (size_t j = i + 1; j < list->count && list->places[j].key - list->places[i].key <=
                                                      join_part[KIND_SQUARE] * p->side;
             j++) {
            size_t b = list->places[j].index;
            const corner *q = &work->corners[b];
            if (--work->budget < 0)
                return;
            double reach = join_part[worse(p->kind, q->kind)] * fmin(p->side, q->side);
            if (p->patch == q->patch || ali_vec3_distance(p->point, q->point) > reach)
                continue;
            size_t first = find_root(parent, a), second = find_root(parent, b);
            parent[first < second ? second : first] = first < second ? first : second;
        }
    }
}

/** Number the sets, and put each joint at the mean of its best known corners. */
static int make_joints(skin *work, size_t *parent, size_t corners)
{
    size_t *members = ali_calloc(corners, sizeof *members);
    if (!members)
        return -1;
    for (size_t i = 0; i < corners; i++) {
        const corner *c = &work->corners[i];
        size_t root = find_root(parent, i); /* never behind its members */
        size_t j = work->joint[i] = root == i ? work->joint_count++ : work->joint[root];
        corner *joint = &work->joints[j];
        if (root == i || c->kind < joint->kind) {
            *joint =
                (corner){c->point, i, root == i ? c->side : fmin(c->side, joint->side), c->kind};
            members[j] = 1;
        } else if (c->kind == joint->kind) {
            joint->side = fmin(c->side, joint->side);
            members[j]++;
            joint->point = ali_vec3_axpy(joint->point, 1.0 / (double)members[j],
                                         ali_vec3_sub(c->point, joint->point));
        }
    }
    free(members);
    return 0;
}

static int join_corners(skin *work)
{
    size_t count = work->first[work->patch_count];
    place_list list = {ali_calloc(count, sizeof *list.places), count};
    size_t *parent = ali_calloc(count, sizeof *parent);
    int failed = !list.places || !parent ? -1 : 0;
    for (size_t i = 0; i < count && !failed; i++)
        list.places[i] = (place){key_of(work->corners[i].point), i};
    if (!failed) {
        sort_places(&list);
        unite_corners(work, &list, parent);
        failed = make_joints(work, parent, count);
    }
    free(list.places);
    free(parent);
    work->joint_list.places = ali_calloc(work->joint_count, sizeof *work->joint_list.places);
    if (!work->joint_list.places)
        return -1;
    work->joint_list.count = work->joint_count;
    for (size_t j = 0; j < work->joint_count; j++)
        work->joint_list.places[j] = (place){key_of(work->joints[j].point), j};
    sort_places(&work->joint_list);
    return failed;
}

/** Say once that squares were fitted to each other. */
static void note_joined(skin *work)
{
    size_t fitted = 0, first = 0;
    for (size_t i = work->patch_count; i-- > 0;) {
        const ali_nec_patch *patch = &work->patches[i];
        if (!patch->by_area)
            continue;
        double side = ali_vec3_distance(patch->corner[0], patch->corner[1]), moved = 0;
        for (size_t k = work->first[i]; k < work->first[i + 1]; k++) {
            double nearest = HUGE_VAL;
            for (size_t c = 0; c < patch->count; c++)
                nearest = fmin(nearest, ali_vec3_distance(work->joints[work->joint[k]].point,
                                                          patch->corner[c]));
            moved = fmax(moved, nearest);
        }
        if (moved > 1e-3 * side) {
            fitted++;
            first = i;
        }
    }
    if (fitted == 0)
        return;
    ali_origin origin = work->patches[first].origin;
    ali_diagnostics_add(work->reader->diagnostics, ALICORN_NOTE, "patches-joined", origin.line,
                        origin.column, origin.card,
                        "%zu patches that SP gives by their areas have been fitted to their "
                        "neighbours, so that they share edges; expected SP 1 to 3 or SM where the "
                        "outline matters",
                        fitted);
}

/* ---- wires that end in the middle of a patch ---- */

static int list_wire_ends(skin *work)
{
    const ali_nec_geometry *g = &work->reader->geometry;
    size_t count = 2 * g->segment_count, n = 0;
    work->ends = ali_calloc(count, sizeof *work->ends);
    work->end_reach = ali_calloc(count, sizeof *work->end_reach);
    work->end_list.places = ali_calloc(count, sizeof *work->end_list.places);
    if (!work->ends || !work->end_reach || !work->end_list.places)
        return -1;
    for (size_t r = 0; r < g->run_count; r++)
        for (size_t i = 0; i < g->runs[r].count; i++) {
            const ali_vec3 *p = &g->points[g->runs[r].first_point + i];
            for (size_t side = 0; side < 2; side++, n++) {
                work->ends[n] = p[side];
                work->end_reach[n] = contact_part * ali_vec3_distance(p[0], p[1]);
                work->end_list.places[n] = (place){key_of(p[side]), n};
            }
        }
    work->end_list.count = count;
    sort_places(&work->end_list);
    return 0;
}

/** Where a wire ends in the middle of a patch, that end's place. */
static bool find_wire(skin *work, size_t patch, double side, ali_vec3 *point)
{
    ali_vec3 centre = work->patches[patch].centre;
    double key = key_of(centre);
    const place_list *list = &work->end_list;
    for (size_t i = lower_bound(list, key - side);
         i < list->count && list->places[i].key <= key + side && --work->budget >= 0; i++) {
        size_t end = list->places[i].index;
        if (ali_vec3_distance(work->ends[end], centre) > fmin(work->end_reach[end], side))
            continue;
        *point = work->ends[end];
        return true;
    }
    return false;
}

/* ---- one patch ---- */

static int add_to_ring(skin *work, size_t joint, double at)
{
    if (ali_grow((void **)&work->ring, &work->ring_capacity, work->ring_count,
                 sizeof *work->ring) ||
        ali_grow((void **)&work->ring_place, &work->ring_place_capacity, work->ring_count,
                 sizeof *work->ring_place))
        return -1;
    work->ring[work->ring_count] = joint;
    work->ring_place[work->ring_count++] = at;
    return 0;
}

/** Put the joints on the edge from joint a to joint b into the ring, in their order. */
static int add_cuts(skin *work, size_t a, size_t b, double side, corner_kind kind)
{
    ali_vec3 p = work->joints[a].point;
    ali_vec3 axis = ali_vec3_sub(work->joints[b].point, p);
    double length = ali_vec3_norm(axis);
    double margin = cut_part[KIND_SQUARE] * side;
    double from = key_of(p), to = key_of(work->joints[b].point);
    const place_list *list = &work->joint_list;
    size_t start = work->ring_count;
    for (size_t i = lower_bound(list, fmin(from, to) - margin);
         i < list->count && list->places[i].key <= fmax(from, to) + margin; i++) {
        size_t j = list->places[i].index;
        if (--work->budget < 0)
            return 0;
        if (j == a || j == b)
            continue;
        const corner *joint = &work->joints[j];
        double reach = cut_part[worse(kind, joint->kind)] * fmin(side, joint->side);
        double at = ali_vec3_dot(ali_vec3_sub(joint->point, p), axis) / (length * length);
        ali_vec3 foot = ali_vec3_axpy(p, at, axis);
        if (!(at * length > reach && (1.0 - at) * length > reach) ||
            ali_vec3_distance(joint->point, foot) > reach)
            continue;
        if (add_to_ring(work, j, at))
            return -1;
        for (size_t k = work->ring_count - 1; k > start && work->ring_place[k - 1] > at; k--) {
            work->ring[k] = work->ring[k - 1];
            work->ring_place[k] = work->ring_place[k - 1];
            work->ring[k - 1] = j;
            work->ring_place[k - 1] = at;
        }
    }
    return 0;
}

/** All joints around a patch, each once. *corners counts those that are its own. */
static int make_ring(skin *work, size_t patch, size_t *corners)
{
    size_t first = work->first[patch], count = work->first[patch + 1] - first;
    const corner *own = &work->corners[first];
    work->ring_count = *corners = 0;
    for (size_t k = 0; k < count; k++) {
        size_t a = work->joint[first + k], b = work->joint[first + (k + 1) % count];
        if (a == b)
            continue;
        ++*corners;
        if (add_to_ring(work, a, 0.0) || add_cuts(work, a, b, own->side, own->kind))
            return -1;
    }
    return 0;
}

/* ---- into the model ---- */

/** A surface while its triangles are gathered. */
typedef struct surface_parts {
    ali_vec3 *vertices;
    size_t vertex_count, vertex_capacity;
    size_t (*triangles)[3];
    size_t triangle_count, triangle_capacity;
    size_t *local; /**< [joints]: vertex of each … */
    size_t *stamp; /**< … if this is the number of the surface, from 1 */
    size_t surface;
} surface_parts;

static int add_vertex(surface_parts *parts, ali_vec3 point, size_t *vertex)
{
    if (ali_grow((void **)&parts->vertices, &parts->vertex_capacity, parts->vertex_count,
                 sizeof *parts->vertices))
        return -1;
    *vertex = parts->vertex_count;
    parts->vertices[parts->vertex_count++] = point;
    return 0;
}

static int vertex_of(skin *work, surface_parts *parts, size_t joint, size_t *vertex)
{
    if (parts->stamp[joint] != parts->surface) {
        if (add_vertex(parts, work->joints[joint].point, &parts->local[joint]))
            return -1;
        parts->stamp[joint] = parts->surface;
    }
    *vertex = parts->local[joint];
    return 0;
}

static int add_triangle(surface_parts *parts, size_t a, size_t b, size_t c)
{
    if (ali_grow((void **)&parts->triangles, &parts->triangle_capacity, parts->triangle_count,
                 sizeof *parts->triangles))
        return -1;
    size_t *triangle = parts->triangles[parts->triangle_count++];
    triangle[0] = a;
    triangle[1] = b;
    triangle[2] = c;
    return 0;
}

/** Triangles around the middle. */
static int add_fan(skin *work, surface_parts *parts, ali_vec3 middle)
{
    size_t hub, last, next;
    if (add_vertex(parts, middle, &hub) ||
        vertex_of(work, parts, work->ring[work->ring_count - 1], &last))
        return -1;
    for (size_t k = 0; k < work->ring_count; k++, last = next)
        if (vertex_of(work, parts, work->ring[k], &next) || add_triangle(parts, hub, last, next))
            return -1;
    return 0;
}

/** A triangle, or two along the shorter diagonal. */
static int add_plain(skin *work, surface_parts *parts)
{
    const double same = 1 + 1e-9;
    size_t v[4], n = work->ring_count;
    for (size_t k = 0; k < n; k++)
        if (vertex_of(work, parts, work->ring[k], &v[k]))
            return -1;
    if (n == 3)
        return add_triangle(parts, v[0], v[1], v[2]);
    const ali_vec3 *p = parts->vertices;
    size_t turn = ali_vec3_distance(p[v[0]], p[v[2]]) > same * ali_vec3_distance(p[v[1]], p[v[3]]);
    return add_triangle(parts, v[turn], v[turn + 1], v[turn + 2]) ||
           add_triangle(parts, v[turn], v[turn + 2], v[(turn + 3) % 4]);
}

static int add_patch(skin *work, surface_parts *parts, size_t patch)
{
    size_t corners;
    ali_vec3 middle = work->patches[patch].centre;
    if (make_ring(work, patch, &corners))
        return -1;
    if (work->ring_count < 3 || work->budget < 0)
        return 0;
    bool wire = find_wire(work, patch, work->corners[work->first[patch]].side, &middle);
    return wire || work->ring_count > 4 || work->ring_count != corners
               ? add_fan(work, parts, middle)
               : add_plain(work, parts);
}

/** The patches first … end-1, all of one card, as a surface. */
static alicorn_status add_surface(skin *work, surface_parts *parts, size_t first, size_t end)
{
    ali_nec_reader *reader = work->reader;
    ali_origin origin = work->patches[first].origin;
    parts->vertex_count = parts->triangle_count = 0;
    parts->surface++;
    for (size_t i = first; i < end; i++)
        if (add_patch(work, parts, i))
            return ali_error_memory(reader->error, parts->triangle_count * sizeof(size_t[3]),
                                    "patches");
    char name[40];
    snprintf(name, sizeof name, "%s of line %d", origin.card, origin.line);
    ali_surface surface = ali_surface_default();
    surface.name = name;
    surface.line = origin.line;
    return ali_model_add_surface(reader->model, parts->vertex_count, parts->vertices,
                                 parts->triangle_count, (const size_t(*)[3])parts->triangles,
                                 &surface, reader->error);
}

static alicorn_status add_surfaces(skin *work)
{
    surface_parts parts = {.local = ali_calloc(work->joint_count, sizeof *parts.local),
                           .stamp = ali_calloc(work->joint_count, sizeof *parts.stamp)};
    alicorn_status status = ALICORN_OK;
    if (!parts.local || !parts.stamp)
        status =
            ali_error_memory(work->reader->error, work->joint_count * sizeof(size_t), "patches");
    for (size_t i = 0, end; i < work->patch_count && !status; i = end) {
        for (end = i + 1; end < work->patch_count &&
                          work->patches[end].origin.line == work->patches[i].origin.line;)
            end++;
        status = add_surface(work, &parts, i, end);
    }
    free(parts.vertices);
    free(parts.triangles);
    free(parts.local);
    free(parts.stamp);
    return status;
}

alicorn_status ali_nec_skin_finish(ali_nec_reader *reader, const ali_nec_card *card)
{
    const ali_nec_patches *patches = &reader->geometry.patches;
    skin work = {.reader = reader,
                 .patches = patches->patches,
                 .patch_count = patches->count,
                 .budget = ALI_NEC_MAX_MOVES};
    alicorn_status status = ALICORN_OK;
    work.outlines = ali_calloc(patches->count, sizeof *work.outlines);
    if (!work.outlines ||
        ali_nec_cells_find(work.patches, work.patch_count, &work.budget, work.outlines) ||
        list_corners(&work) || join_corners(&work) || list_wire_ends(&work))
        status = ali_error_memory(reader->error, patches->count * sizeof *work.outlines, "patches");
    if (!status)
        status = add_surfaces(&work);
    if (!status)
        note_joined(&work);
    if (!status && work.budget < 0) {
        reader->geometry.broken = true;
        ALI_NEC_REPORT(reader, ALICORN_ERROR, "too-many-patches", card, -1,
                       "so many patches lie in the same places that their edges cannot be "
                       "found, expected patches side by side");
    }
    skin_clear(&work);
    return status;
}
