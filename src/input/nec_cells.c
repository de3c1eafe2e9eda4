/* SPDX-License-Identifier: Apache-2.0 */
#include "input/nec_cells.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/** Patches whose normals are closer than this lie in one plane: cosine of 5 degrees. */
static const double same_plane = 0.9962;
/** … and whose middles are no further from it than this part of the side. */
static const double same_height = 0.2;
/** A square grows by this factor before it is cut. */
static const double growth = 2.0;
/** Planes meet between two patches if both middles are this many of their sides away from the line,
 * and no more than half the sum of the sides apart along it. */
static const double nearest_line = 0.2, furthest_line = 1.1;
/** The area of a cell may differ from the patch's by these factors. */
static const double least_area = 0.7, most_area = 1.4;

/** A polygon while it is cut: edge i runs from corner i to the next and came from `source[i]`: the
 * grown square's side 0 … 3, or CUT. */
typedef struct cell {
    ali_vec3 corner[ALI_NEC_OUTLINE_MAX];
    int source[ALI_NEC_OUTLINE_MAX];
    size_t count;
} cell;

enum { CUT = 4 };

/** What is known of a patch. */
typedef struct site {
    ali_vec3 centre, normal;
    double side; /**< root of the area [m] */
    bool by_area;
} site;

/** A site in the sorted list. */
typedef struct site_key {
    double key;
    size_t index;
} site_key;

static ali_vec3 area_vector(const ali_vec3 *corner, size_t count)
{
    ali_vec3 sum = {0, 0, 0};
    for (size_t i = 2; i < count; i++)
        sum = ali_vec3_add(sum, ali_vec3_cross(ali_vec3_sub(corner[i - 1], corner[0]),
                                               ali_vec3_sub(corner[i], corner[0])));
    return ali_vec3_scale(0.5, sum);
}

double ali_nec_polygon_area(const ali_vec3 *corner, size_t count)
{
    return ali_vec3_norm(area_vector(corner, count));
}

/** Unit normal out of a patch's front. */
static ali_vec3 patch_normal(const ali_nec_patch *patch)
{
    ali_vec3 area = area_vector(patch->corner, patch->count);
    return ali_vec3_scale(1.0 / ali_vec3_norm(area), area);
}

/** Keep what lies on the side of a plane where (p - foot) . inward >= 0. */
static void cut_cell(cell *c, ali_vec3 foot, ali_vec3 inward, int source)
{
    cell kept = {.count = 0};
    for (size_t i = 0; i < c->count; i++) {
        ali_vec3 p = c->corner[i], q = c->corner[(i + 1) % c->count];
        double hp = ali_vec3_dot(ali_vec3_sub(p, foot), inward);
        double hq = ali_vec3_dot(ali_vec3_sub(q, foot), inward);
        if (kept.count + 2 > ALI_NEC_OUTLINE_MAX)
            return; /* too many neighbours to be one: leave it as it is */
        if (hp >= 0) {
            kept.corner[kept.count] = p;
            kept.source[kept.count++] = c->source[i];
        }
        if ((hp >= 0) != (hq >= 0)) {
            /* leaving: the cut's edge begins here; coming back: the rest of this edge does */
            kept.corner[kept.count] = ali_vec3_axpy(p, hp / (hp - hq), ali_vec3_sub(q, p));
            kept.source[kept.count++] = hp >= 0 ? source : c->source[i];
        }
    }
    *c = kept;
}

/** Cut the cell of `own` where its plane meets that of `other`, if that is between them. */
static void cut_at_plane(cell *c, const site *own, const site *other)
{
    ali_vec3 line = ali_vec3_cross(own->normal, other->normal);
    double sine = ali_vec3_norm(line);
    line = ali_vec3_scale(1.0 / sine, line);
    ali_vec3 apart = ali_vec3_sub(other->centre, own->centre);
    /* distances of the middles from the line: heights over the other's plane, over the sine */
    double own_height = -ali_vec3_dot(apart, other->normal);
    double own_gap = fabs(own_height) / sine;
    double other_gap = fabs(ali_vec3_dot(apart, own->normal)) / sine;
    if (own_gap < nearest_line * own->side || own_gap > furthest_line * own->side ||
        other_gap < nearest_line * other->side || other_gap > furthest_line * other->side ||
        fabs(ali_vec3_dot(apart, line)) > 0.5 * (own->side + other->side))
        return;
    cut_cell(c, other->centre, ali_vec3_scale(own_height > 0 ? 1.0 : -1.0, other->normal), CUT);
}

/** Cut the cell of `own` between it and another of its plane, in proportion to their sides. */
static void cut_between(cell *c, const site *own, const site *other)
{
    ali_vec3 apart = ali_vec3_sub(other->centre, own->centre);
    double distance = ali_vec3_norm(apart), part = own->side / (own->side + other->side);
    double height = ali_vec3_dot(apart, own->normal);
    if (!other->by_area || fabs(height) > same_height * own->side ||
        !(distance > 0.1 * own->side) || distance > 1.1 * (own->side + other->side))
        return;
    cut_cell(c, ali_vec3_axpy(own->centre, part, apart), ali_vec3_scale(-1.0 / distance, apart),
             CUT);
}

/** The square of a patch, grown. */
static cell grown_square(const ali_nec_patch *patch)
{
    cell c = {.count = 4};
    for (int k = 0; k < 4; k++) {
        c.corner[k] =
            ali_vec3_axpy(patch->centre, growth, ali_vec3_sub(patch->corner[k], patch->centre));
        c.source[k] = k;
    }
    return c;
}

/** Where a side of the grown square has not met a neighbour, go back to the square's own. */
static void cut_open_sides(cell *c, const ali_nec_patch *patch)
{
    bool open[4] = {false};
    double scale = ali_vec3_distance(patch->corner[0], patch->corner[1]);
    for (size_t i = 0; i < c->count; i++)
        if (c->source[i] < CUT &&
            ali_vec3_distance(c->corner[i], c->corner[(i + 1) % c->count]) > 1e-6 * scale)
            open[c->source[i]] = true;
    for (int k = 0; k < 4; k++) {
        if (!open[k])
            continue;
        ali_vec3 foot =
            ali_vec3_scale(0.5, ali_vec3_add(patch->corner[k], patch->corner[(k + 1) % 4]));
        cut_cell(c, foot, ali_vec3_sub(patch->centre, foot), CUT);
    }
}

/** Take the corners of a cell, those that coincide once, if its area is about right. */
static void take_cell(const cell *c, double side, ali_nec_outline *outline)
{
    double area = ali_nec_polygon_area(c->corner, c->count);
    if (!(area >= least_area * side * side && area <= most_area * side * side))
        return; /* so it has three corners apart at least */
    outline->count = 0;
    outline->fitted = true;
    for (size_t i = 0; i < c->count; i++) {
        ali_vec3 before = c->corner[i > 0 ? i - 1 : c->count - 1];
        if (ali_vec3_distance(c->corner[i], before) > 1e-6 * side)
            outline->corner[outline->count++] = c->corner[i];
    }
}

static int compare_keys(const void *left, const void *right)
{
    const site_key *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/** Unit vector in no direction anybody builds along. */
static const ali_vec3 sweep_direction = {0.5377153416, 0.6731092573, 0.5077386432};

/** Cut a cell by all patches around; the site stands at place `at` of the sorted list. */
static void fit_cell(const site *sites, const site_key *keys, size_t count, size_t at,
                     double largest, double *budget, cell *c)
{
    const site *own = &sites[keys[at].index];
    double reach = 1.5 * (own->side + largest);
    for (int direction = -1; direction <= 1; direction += 2)
        for (size_t j = at; direction < 0 ? j-- > 0 : ++j < count;) {
            const site *other = &sites[keys[j].index];
            if (fabs(keys[j].key - keys[at].key) > reach || --*budget < 0)
                break;
            if (ali_vec3_distance(own->centre, other->centre) > 1.5 * (own->side + other->side))
                continue;
            if (fabs(ali_vec3_dot(own->normal, other->normal)) > same_plane)
                cut_between(c, own, other);
            else
                cut_at_plane(c, own, other);
        }
}

int ali_nec_cells_find(const ali_nec_patch *patches, size_t count, double *budget,
                       ali_nec_outline *outlines)
{
    site *sites = ali_calloc(count, sizeof *sites);
    site_key *keys = ali_calloc(count, sizeof *keys);
    double largest = 0;
    bool any = false;
    if (!sites || !keys) {
        free(sites);
        free(keys);
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const ali_nec_patch *patch = &patches[i];
        sites[i] = (site){patch->centre, patch_normal(patch),
                          sqrt(ali_nec_polygon_area(patch->corner, patch->count)), patch->by_area};
        keys[i] = (site_key){ali_vec3_dot(patch->centre, sweep_direction), i};
        largest = fmax(largest, sites[i].side);
        any = any || patch->by_area;
        outlines[i] = (ali_nec_outline){.count = patch->count};
        for (size_t k = 0; k < patch->count; k++)
            outlines[i].corner[k] = patch->corner[k];
    }
    if (any && count > 1)
        qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t at = 0; any && at < count && *budget >= 0; at++) {
        size_t i = keys[at].index;
        if (!patches[i].by_area)
            continue;
        cell c = grown_square(&patches[i]);
        fit_cell(sites, keys, count, at, largest, budget, &c);
        cut_open_sides(&c, &patches[i]);
        take_cell(&c, sites[i].side, &outlines[i]);
    }
    free(sites);
    free(keys);
    return 0;
}
