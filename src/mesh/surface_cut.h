/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_SURFACE_CUT_H
#define ALI_MESH_SURFACE_CUT_H

#include "mesh/face_tree.h"

/** @file
 *  New vertices in a surface mesh: faces and edges are cut until a given point is a vertex. While
 *  this goes on only the vertices and the faces' `vertex`, `triangle` and `surface` are right. */

typedef struct ali_surface_cutter {
    ali_surface_mesh *mesh; /**< borrowed */
    ali_face_tree *tree;    /**< of the faces before the first cut */
    size_t *next; /**< [face_capacity]: the next face cut from the same one; ALI_NONE at the end */
    size_t next_capacity, face_capacity, vertex_capacity;
    size_t cut_count; /**< vertices made */
} ali_surface_cutter;

/** Start to cut a mesh. */
alicorn_status ali_surface_cutter_start(ali_surface_cutter *cutter, ali_surface_mesh *mesh,
                                        alicorn_error *error);
/** Find edges, bodies and the rest again, if anything was cut.
 *  @param[in] grounded  as ali_surface_mesh_connect */
alicorn_status ali_surface_cutter_finish(ali_surface_cutter *cutter, bool grounded,
                                         alicorn_error *error);
/** Free what the cutter owns. */
void ali_surface_cutter_clear(ali_surface_cutter *cutter);

/** The face closest to a point; false if none is within `reach` [m]. Outputs may be NULL. */
bool ali_surface_cutter_nearest(const ali_surface_cutter *cutter, ali_vec3 point, double reach,
                                size_t *face, ali_vec3 *closest, double *distance);

/** Make a point of a face a vertex.
 *  @param[in]  face    that the point lies in
 *  @param[in]  snap    a vertex or an edge closer than this [m] is taken instead
 *  @param[out] vertex  the one it has become */
alicorn_status ali_surface_cutter_insert(ali_surface_cutter *cutter, size_t face, ali_vec3 point,
                                         double snap, size_t *vertex, alicorn_error *error);

#endif
