/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_FEET_H
#define ALI_MESH_FEET_H

#include "mesh/wire_mesh.h"

/** @file
 *  Where the current of a wire that stands on a medium goes, if it is to have the contact of its
 * own end (ali_mesh_options.feet) and not an ideal one, which is the default and needs no foot.
 *
 *  A wire that ends on soil meets it in a disc of its own radius a. From an equipotential disc on a
 * medium of conductivity sigma current flows against 1/(4 sigma a); in electrostatics, a disc with
 * the charge Q has the potential Q/(4 pi eps0) times pi/(2a) [Smythe:1968], and between two media
 * 2/(eps + 1) of that. The mesh has tubes and no discs; so the disc becomes a tube that lies in
 * z = 0 and whose mean inverse distance between its own points, evenly charged, is that pi/(2a).
 * Of the tubes that do this the one of length a is taken: from the wire's axis to the rim of the
 * disc, within the wire's own cross-section, long enough to be a tube (its radius is 0.62 a) and so
 * short that what its own current induces in it is below 0.05 omega mu0 a. The tube stands for an
 * even charge: its current keeps degree 1 (with more, the charge would crowd at the ends and the
 * resistance fall by 3 %). */

/** Length and radius of a foot in radii of its wire: a tube of length a and radius r has the mean
 * inverse distance pi/(2a) if r = 0.6237873 a (tests/unit/feet.c). */
#define ALI_FOOT_LENGTH 1.0
#define ALI_FOOT_RADIUS 0.6237873

/** Add a foot at every grounded joint and mark none of them as grounded any more: their current
 * enters the medium there, and does not continue in an image. The foot of several wires is that of
 * the thickest. It points to where it is farthest from lying above or along any of them, along x
 * among equals.
 *  @param[in,out] mesh  with elements, node positions and marks of the joints, before the ends of
 *                       its nodes are collected; receives elements after all others, one new node
 *                       each */
alicorn_status ali_feet_add(ali_wire_mesh *mesh, size_t joint_count, alicorn_error *error);

#endif
