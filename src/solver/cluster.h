/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_CLUSTER_H
#define ALI_SOLVER_CLUSTER_H

#include "base/error.h"
#include "base/vec3.h"

#include <stddef.h>

/** @file
 *  Unknowns sorted by place: a binary tree of clusters, each of which is halved across the longest
 * side of the box around its points. All leaves are on one level and their counts differ by one at
 * most, so that clusters of one level are alike and a cluster is named by its level and number. */

typedef struct ali_cluster_box {
    ali_vec3 low, high; /**< [m] */
} ali_cluster_box;

typedef struct ali_cluster_tree {
    size_t order;         /**< unknowns */
    unsigned depth;       /**< level of the leaves; level l has 2^l clusters */
    size_t *unknown;      /**< [order]: unknown in each place, ascending within a leaf */
    size_t *leaf_first;   /**< [2^depth + 1]: first place of each leaf */
    ali_cluster_box *box; /**< [2^(depth + 1) - 1], level by level: around the supports */
} ali_cluster_tree;

/** Sort n >= 1 unknowns.
 *  @param[in] centre  [n] centres of the supports [m]
 *  @param[in] radius  [n] the supports lie within it around the centres [m]; NULL: points
 *  @param     leaf    most unknowns of a leaf, >= 2 */
alicorn_status ali_cluster_tree_create(size_t n, const ali_vec3 *centre, const double *radius,
                                       size_t leaf, ali_cluster_tree *tree, alicorn_error *error);
void ali_cluster_tree_clear(ali_cluster_tree *tree);

/** First place of cluster `c` of a level; that of c + 1 is its end. */
static inline size_t ali_cluster_first(const ali_cluster_tree *tree, unsigned level, size_t c)
{
    return tree->leaf_first[c << (tree->depth - level)];
}

/** Unknowns in cluster `c` of a level. */
static inline size_t ali_cluster_count(const ali_cluster_tree *tree, unsigned level, size_t c)
{
    return ali_cluster_first(tree, level, c + 1) - ali_cluster_first(tree, level, c);
}

static inline const ali_cluster_box *ali_cluster_box_of(const ali_cluster_tree *tree,
                                                        unsigned level, size_t c)
{
    return &tree->box[((size_t)1 << level) - 1 + c];
}

/** Length of a box's diagonal [m]. */
double ali_cluster_box_diameter(const ali_cluster_box *box);

/** Least distance between points of two boxes [m]. */
double ali_cluster_box_distance(const ali_cluster_box *a, const ali_cluster_box *b);

#endif
