/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/cluster.h"

#include "base/memory.h"

#include <stdlib.h>

static double coordinate(ali_vec3 point, int axis)
{
    return axis == 0 ? point.x : axis == 1 ? point.y : point.z;
}

static ali_cluster_box box_join(ali_cluster_box a, ali_cluster_box b)
{
    return (ali_cluster_box){
        {fmin(a.low.x, b.low.x), fmin(a.low.y, b.low.y), fmin(a.low.z, b.low.z)},
        {fmax(a.high.x, b.high.x), fmax(a.high.y, b.high.y), fmax(a.high.z, b.high.z)}};
}

static ali_cluster_box box_around(ali_vec3 centre, double radius)
{
    return (ali_cluster_box){{centre.x - radius, centre.y - radius, centre.z - radius},
                             {centre.x + radius, centre.y + radius, centre.z + radius}};
}

double ali_cluster_box_diameter(const ali_cluster_box *box)
{
    return ali_vec3_distance(box->low, box->high);
}

double ali_cluster_box_distance(const ali_cluster_box *a, const ali_cluster_box *b)
{
    ali_vec3 gap = {fmax(0.0, fmax(a->low.x - b->high.x, b->low.x - a->high.x)),
                    fmax(0.0, fmax(a->low.y - b->high.y, b->low.y - a->high.y)),
                    fmax(0.0, fmax(a->low.z - b->high.z, b->low.z - a->high.z))};
    return ali_vec3_norm(gap);
}

/** Whether unknown a comes before b along an axis; a total order, so that the tree depends on
 * nothing but the points. */
static int before(const ali_vec3 *centre, int axis, size_t a, size_t b)
{
    double x = coordinate(centre[a], axis), y = coordinate(centre[b], axis);
    return x < y || (!(y < x) && a < b);
}

/** Reorder so that the `rank` first along the axis come first, 0 < rank < count [Hoare:1961]. */
static void select_first(const ali_vec3 *centre, int axis, size_t *unknown, size_t count,
                         size_t rank)
{
    ptrdiff_t low = 0, high = (ptrdiff_t)count - 1, wanted = (ptrdiff_t)rank;
    while (low < high) {
        size_t pivot = unknown[low + (high - low) / 2];
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (before(centre, axis, unknown[i], pivot))
                i++;
            while (before(centre, axis, pivot, unknown[j]))
                j--;
            if (i > j)
                break;
            size_t swap = unknown[i];
            unknown[i++] = unknown[j];
            unknown[j--] = swap;
        }
        if (wanted > j && wanted < i)
            return;
        if (wanted <= j)
            high = j;
        else
            low = i;
    }
}

static int longest_axis(const ali_vec3 *centre, const size_t *unknown, size_t count)
{
    ali_cluster_box box = box_around(centre[unknown[0]], 0.0);
    for (size_t i = 1; i < count; i++)
        box = box_join(box, box_around(centre[unknown[i]], 0.0));
    ali_vec3 side = ali_vec3_sub(box.high, box.low);
    if (side.x >= side.y && side.x >= side.z)
        return 0;
    return side.y >= side.z ? 1 : 2;
}

static int ascending(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/** Halve every cluster of a level. */
static void halve_level(ali_cluster_tree *tree, const ali_vec3 *centre, unsigned level)
{
    for (size_t c = 0; c < (size_t)1 << level; c++) {
        size_t first = ali_cluster_first(tree, level, c);
        size_t count = ali_cluster_count(tree, level, c);
        size_t middle = ali_cluster_first(tree, level + 1, 2 * c + 1);
        size_t *unknown = tree->unknown + first;
        select_first(centre, longest_axis(centre, unknown, count), unknown, count, middle - first);
    }
}

static void enclose(ali_cluster_tree *tree, const ali_vec3 *centre, const double *radius)
{
    size_t leaves = (size_t)1 << tree->depth;
    for (size_t c = 0; c < leaves; c++) {
        ali_cluster_box *box = &tree->box[leaves - 1 + c];
        for (size_t p = tree->leaf_first[c]; p < tree->leaf_first[c + 1]; p++) {
            size_t f = tree->unknown[p];
            ali_cluster_box own = box_around(centre[f], radius ? radius[f] : 0.0);
            *box = p == tree->leaf_first[c] ? own : box_join(*box, own);
        }
    }
    for (size_t c = leaves - 1; c-- > 0;)
        tree->box[c] = box_join(tree->box[2 * c + 1], tree->box[2 * c + 2]);
}

alicorn_status ali_cluster_tree_create(size_t n, const ali_vec3 *centre, const double *radius,
                                       size_t leaf, ali_cluster_tree *tree, alicorn_error *error)
{
    *tree = (ali_cluster_tree){.order = n};
    while ((n >> tree->depth) > leaf || ((n >> tree->depth) == leaf && n > leaf << tree->depth))
        tree->depth++;
    size_t leaves = (size_t)1 << tree->depth;
    tree->unknown = ali_calloc(n, sizeof *tree->unknown);
    tree->leaf_first = ali_calloc(leaves + 1, sizeof *tree->leaf_first);
    tree->box = ali_calloc(2 * leaves, sizeof *tree->box);
    if (!tree->unknown || !tree->leaf_first || !tree->box) {
        ali_cluster_tree_clear(tree);
        return ali_error_memory(error, n * sizeof *tree->unknown, "the tree of unknowns");
    }
    for (size_t i = 0; i < n; i++)
        tree->unknown[i] = i;
    for (size_t c = 0; c <= leaves; c++)
        tree->leaf_first[c] = n / leaves * c + n % leaves * c / leaves;
    for (unsigned level = 0; level < tree->depth; level++)
        halve_level(tree, centre, level);
    for (size_t c = 0; c < leaves; c++)
        qsort(tree->unknown + tree->leaf_first[c], tree->leaf_first[c + 1] - tree->leaf_first[c],
              sizeof *tree->unknown, ascending);
    enclose(tree, centre, radius);
    return ALICORN_OK;
}

void ali_cluster_tree_clear(ali_cluster_tree *tree)
{
    free(tree->unknown);
    free(tree->leaf_first);
    free(tree->box);
    *tree = (ali_cluster_tree){0};
}
