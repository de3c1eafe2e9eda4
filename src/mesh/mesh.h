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

/** Mesh of everything in the model. Without surfaces its wires are those of ali_wire_mesh_create.
 *
 *  Wire ends that touch a face, and segments that go through one, are attached at a vertex, for
 *  which an edge or a face is cut where there is none; mesh/attach.h tells what touches.
 *
 *  @return ALICORN_OK; ALICORN_E_INPUT (as ali_surface_mesh_create,
 *          ali_surface_mesh_check_crossings and ali_wire_mesh_create); ALICORN_E_MEMORY */
alicorn_status ali_mesh_create(const ali_model *model, const ali_mesh_options *options,
                               alicorn_report_fn report, void *report_user, ali_mesh **mesh,
                               alicorn_error *error);
void ali_mesh_destroy(ali_mesh *mesh);

/** Largest radius of the wires that are attached at a vertex of the surfaces [m]; 0: none are. */
double ali_mesh_attached_radius(const ali_mesh *mesh, size_t vertex);

#endif
