/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_SURFACE_BUILD_H
#define ALI_MESH_SURFACE_BUILD_H

#include "mesh/surface_mesh.h"

/** @file
 *  Steps on the way to a surface mesh, for those who build or cut one. */

/** Text for messages, to be used at once. */
typedef struct ali_surface_text {
    char text[96];
} ali_surface_text;

/** "surface hull", or "surface 3" if it has no name. */
ali_surface_text ali_surface_name(const ali_model *model, size_t surface);
/** "triangle 7 of surface hull": counted from 1 within its surface. */
ali_surface_text ali_triangle_name(const ali_model *model, size_t triangle);

/** Cut all faces that cross z = 0 there, so that each lies on one side. As while faces are cut
 *  (surface_cut.h), only the vertices and the faces' `vertex`, `triangle` and `surface` count. */
alicorn_status ali_surface_mesh_split(ali_surface_mesh *mesh, alicorn_error *error);

/** Find everything that follows from the vertices and the faces' `vertex`: edges, corners, bodies,
 *  normals and areas, in place of what was known before. Faces are turned (and `reversed` toggled)
 *  until they run alike across every edge of two sides, and until closed bodies enclose a positive
 *  volume.
 *  @param[in] grounded  edges in the plane z = 0 go on in the image
 *  @return ALICORN_OK or ALICORN_E_MEMORY
 *  Cost: O(n log n) at worst, O(n) if no vertex has many edges. */
alicorn_status ali_surface_mesh_connect(ali_surface_mesh *mesh, bool grounded,
                                        alicorn_error *error);

#endif
