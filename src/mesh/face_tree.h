/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_FACE_TREE_H
#define ALI_MESH_FACE_TREE_H

#include "mesh/surface_mesh.h"

/** @file
 *  Which faces are near: a balanced tree of boxes around the faces of a mesh, for faces of any
 *  sizes side by side. */

/** A box with edges along the axes. */
typedef struct ali_box {
    ali_vec3 low, high;
} ali_box;

/** The box around `count` points, grown by `margin` [m] on all sides. */
ali_box ali_box_around(const ali_vec3 *points, size_t count, double margin);

typedef struct ali_face_tree ali_face_tree;

/** Tree of the faces that the mesh has now; it keeps their boxes, not the mesh. O(n log n). */
alicorn_status ali_face_tree_create(const ali_surface_mesh *mesh, ali_face_tree **tree,
                                    alicorn_error *error);
void ali_face_tree_destroy(ali_face_tree *tree);

/** A walk over the faces whose boxes meet a box; the caller's, without memory of its own. */
typedef struct ali_face_search {
    const ali_face_tree *tree;
    ali_box box;
    size_t stack[64];
    size_t depth;
    size_t at, end; /**< faces of the leaf still to be looked at */
} ali_face_search;

ali_face_search ali_face_search_start(const ali_face_tree *tree, const ali_box *box);
/** The next face, in no particular but always the same order; false if there is none. */
bool ali_face_search_next(ali_face_search *search, size_t *face);

#endif
