/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_ATTACH_H
#define ALI_MESH_ATTACH_H

#include "mesh/surface_mesh.h"

/** @file
 *  Where wires touch surfaces.
 *
 *  A point of a wire's axis touches a face that is no further away than the wire's radius (or
 *  0.4 of its segment, if that is less), or than ALI_JOINT_TOLERANCE of the shorter of segment and
 *  shortest edge of the face: the same part as for wires among themselves. Call this the reach.
 *  Then:
 *  - a joint of wires within reach is attached, and moved onto the face: to a vertex or an edge
 *    within reach of it, else to the closest point, where the face is cut;
 *  - except that a wire which stays within reach of the surface for 20 reaches and a twentieth of
 *    its segment (or leaves it at less than 3 degrees, which is the same) runs along it: a joint of
 *    such wires only is not attached, and each is reported as `wire-along-surface`;
 *  - a segment that goes through a face further than a reach from its ends is cut there;
 *  - the free end of a wire that is out of reach, but within three radii, is reported as
 *    `wire-near-surface`;
 *  - a joint on a ground that is connected to it stays the ground's: the surface is connected to
 *    that by its own rim. */

/** The reach [m] of a wire of `radius`: `segment` is the segment's length, `face` the face's
 * shortest edge. */
double ali_attach_reach(double radius, double segment, double face);

/** Contacts of the wires, ascending in segment and place as ali_wire_mesh_create_attached wants
 * them, one per joint. */
typedef struct ali_contact_list {
    size_t count, contact_capacity, vertex_capacity;
    ali_wire_contact *contacts;
    size_t *vertex; /**< [count] of the surface mesh */
} ali_contact_list;

/** Find all contacts, and cut the faces so that each is a vertex.
 *  @param[in,out] mesh  with faces
 *  @param[out] list     clear it with ali_contact_list_clear, also after a failure
 *  @return ALICORN_OK; ALICORN_E_INPUT as ali_joints_find; ALICORN_E_MEMORY */
alicorn_status ali_attach_wires(const ali_model *model, const ali_mesh_options *options,
                                ali_surface_mesh *mesh, alicorn_report_fn report, void *report_user,
                                ali_contact_list *list, alicorn_error *error);
void ali_contact_list_clear(ali_contact_list *list);

#endif
