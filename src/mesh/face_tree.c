/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/face_tree.h"

#include "base/error.h"
#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>

/** Faces of a leaf at most. */
enum { LEAF_FACES = 4 };

/** Nodes stand in preorder: the first child of an inner node is the next one. */
typedef struct tree_node {
    ali_box box;
    size_t first, count; /**< faces of a leaf; count 0: inner node, whose second child is `first` */
} tree_node;

struct ali_face_tree {
    tree_node *nodes;
    size_t node_count;
    size_t *order;  /**< [faces] by leaf */
    ali_box *boxes; /**< [faces] */
};

static ali_vec3 lower(ali_vec3 a, ali_vec3 b)
{
    return (ali_vec3){fmin(a.x, b.x), fmin(a.y, b.y), fmin(a.z, b.z)};
}

static ali_vec3 upper(ali_vec3 a, ali_vec3 b)
{
    return (ali_vec3){fmax(a.x, b.x), fmax(a.y, b.y), fmax(a.z, b.z)};
}

ali_box ali_box_around(const ali_vec3 *points, size_t count, double margin)
{
    ali_box box = {points[0], points[0]};
    for (size_t i = 1; i < count; i++) {
        box.low = lower(box.low, points[i]);
        box.high = upper(box.high, points[i]);
    }
    const ali_vec3 all = {margin, margin, margin};
    return (ali_box){ali_vec3_sub(box.low, all), ali_vec3_add(box.high, all)};
}

/** Twice the middle of a face's box along an axis. */
static double middle(const ali_face_tree *tree, size_t face, int axis)
{
    const ali_box *box = &tree->boxes[face];
    return axis == 0   ? box->low.x + box->high.x
           : axis == 1 ? box->low.y + box->high.y
                       : box->low.z + box->high.z;
}

/** Arrange order[first … end-1] so that those before `half` lie no higher along the axis than those
 * from there on: Hoare's selection with the median of three. */
static void split(ali_face_tree *tree, size_t first, size_t end, size_t half, int axis)
{
    size_t *order = tree->order;
    while (end - first > 1) {
        double a = middle(tree, order[first], axis), b = middle(tree, order[end - 1], axis);
        double c = middle(tree, order[first + (end - first) / 2], axis);
        double pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
        size_t i = first, j = end - 1;
        while (i <= j) {
            while (middle(tree, order[i], axis) < pivot)
                i++;
            while (middle(tree, order[j], axis) > pivot)
                j--;
            if (i > j)
                break;
            size_t face = order[i];
            order[i++] = order[j];
            order[j] = face;
            if (j == first)
                break;
            j--;
        }
        if (half < i && half > j)
            return;
        if (half >= i)
            first = i;
        else
            end = j + 1;
    }
}

/** Build the node of order[first … end-1] and all below it. The depth is that of a balanced tree.
 */
static void build(ali_face_tree *tree, size_t first, size_t end)
{
    tree_node *node = &tree->nodes[tree->node_count++];
    node->box = tree->boxes[tree->order[first]];
    for (size_t i = first + 1; i < end; i++) {
        node->box.low = lower(node->box.low, tree->boxes[tree->order[i]].low);
        node->box.high = upper(node->box.high, tree->boxes[tree->order[i]].high);
    }
    node->first = first;
    node->count = end - first;
    if (node->count <= LEAF_FACES)
        return;
    ali_vec3 size = ali_vec3_sub(node->box.high, node->box.low);
    int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
    size_t half = first + (end - first) / 2;
    split(tree, first, end, half, axis);
    node->count = 0;
    build(tree, first, half);
    node->first = tree->node_count;
    build(tree, half, end);
}

alicorn_status ali_face_tree_create(const ali_surface_mesh *mesh, ali_face_tree **tree,
                                    alicorn_error *error)
{
    size_t count = mesh->face_count;
    *tree = calloc(1, sizeof **tree);
    if (*tree) {
        (*tree)->nodes = ali_calloc(count + 1, sizeof *(*tree)->nodes);
        (*tree)->order = ali_calloc(count, sizeof *(*tree)->order);
        (*tree)->boxes = ali_calloc(count, sizeof *(*tree)->boxes);
    }
    if (!*tree || !(*tree)->nodes || !(*tree)->order || !(*tree)->boxes) {
        ali_face_tree_destroy(*tree);
        *tree = NULL;
        return ali_error_memory(error, count * sizeof(tree_node), "a tree of faces");
    }
    for (size_t f = 0; f < count; f++) {
        const size_t *v = mesh->faces[f].vertex;
        const ali_vec3 p[3] = {mesh->vertices[v[0]], mesh->vertices[v[1]], mesh->vertices[v[2]]};
        (*tree)->boxes[f] = ali_box_around(p, 3, 0.0);
        (*tree)->order[f] = f;
    }
    if (count > 0)
        build(*tree, 0, count);
    return ALICORN_OK;
}

void ali_face_tree_destroy(ali_face_tree *tree)
{
    if (!tree)
        return;
    free(tree->nodes);
    free(tree->order);
    free(tree->boxes);
    free(tree);
}

static bool boxes_meet(const ali_box *a, const ali_box *b)
{
    return a->low.x <= b->high.x && b->low.x <= a->high.x && a->low.y <= b->high.y &&
           b->low.y <= a->high.y && a->low.z <= b->high.z && b->low.z <= a->high.z;
}

ali_face_search ali_face_search_start(const ali_face_tree *tree, const ali_box *box)
{
    return (ali_face_search){.tree = tree, .box = *box, .depth = tree->node_count > 0 ? 1 : 0};
}

bool ali_face_search_next(ali_face_search *search, size_t *face)
{
    const ali_face_tree *tree = search->tree;
    for (;;) {
        while (search->at < search->end) {
            *face = tree->order[search->at++];
            if (boxes_meet(&tree->boxes[*face], &search->box))
                return true;
        }
        if (search->depth == 0)
            return false;
        size_t n = search->stack[--search->depth];
        const tree_node *node = &tree->nodes[n];
        if (!boxes_meet(&node->box, &search->box))
            continue;
        if (node->count > 0) {
            search->at = node->first;
            search->end = node->first + node->count;
        } else {
            assert(search->depth + 2 <= sizeof search->stack / sizeof *search->stack);
            search->stack[search->depth++] = node->first;
            search->stack[search->depth++] = n + 1;
        }
    }
}
