/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_MESH_H
#define ALI_MESH_MESH_H

#include "mesh/surface_mesh.h"
#include "mesh/wire_mesh.h"

/** @file
 *  Wires, surfaces, and where they meet. */

/** A node of the wire mesh that lies on a vertex of the surface mesh: the current of every wire end
 * there flows on in the faces around the vertex. */
typedef struct ali_attachment {
    size_t node;   /**< of the wire mesh */
    size_t vertex; /**< of the surface mesh */
} ali_attachment;

typedef struct ali_mesh {
    ali_wire_mesh *wires;       /**< possibly without elements */
    ali_surface_mesh *surfaces; /**< possibly without faces */
    size_t attachment_count;
    ali_attachment *attachments; /**< ascending node, one per node */
} ali_mesh;

/** Mesh of everything in the model.
 *
 *  A wire end that lies on a face (within 1e-3 of the shorter of segment and face, or its radius)
 *  is attached: at the vertex it lies on, or at a new vertex for which the edge or face is cut. A
 *  segment that passes through a face is cut there and attached with both halves. Wires that merely
 *  lie in a face or touch it alongside are not attached, and reported.
 *
 *  @return ALICORN_OK; ALICORN_E_INPUT (as ali_wire_mesh_create; a face of no area; two faces on
 *          one another; faces below a ground; a body that is not closed or not oriented under
 *          CFIE), each naming surface, triangle and line; ALICORN_E_MEMORY */
alicorn_status ali_mesh_create(const ali_model *model, const ali_mesh_options *options,
                               alicorn_report_fn report, void *report_user, ali_mesh **mesh,
                               alicorn_error *error);
void ali_mesh_destroy(ali_mesh *mesh);

#endif
