/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASIS_SURFACE_BASIS_H
#define ALI_BASIS_SURFACE_BASIS_H

#include "basis/wire_basis.h"
#include "mesh/mesh.h"

/** @file
 *  The unknowns on faces: H(div)-conforming functions, numbered degree by degree like those of
 *  wires. Now only degree 1 exists, but nothing may assume one function per edge.
 *
 *  Degree 1: across an edge with s sides, s - 1 functions (s if it is grounded) of Rao, Wilton and
 *  Glisson [RaoWiltonGlisson:1982], current 1 A/m flowing from one face into another. Where wires
 *  are attached, their functions go on in the faces around the vertex: the current that flows into
 *  the vertex leaves it in this fan, shared among its faces by angle, with constant charge on each
 *  face, no current across the fan's rim and 1/rho at the vertex [HwuWiltonRao:1988]. */

/** Shapes on a face with vertices p_0 … p_2, edge i of length l_i opposite to p_i, area A, height
 * h_i over edge i, h^ the unit vector from p_i towards edge i. */
enum {
    ALI_FACE_EDGE = 0,   /**< + i: l_i (r - p_i)/(2A), 1 A/m out across edge i; divergence l_i/A */
    ALI_FACE_CORNER = 3, /**< + i: (r - p_i)/(2A) (h_i/((r - p_i).h^))^2, 1 A from vertex i straight
                            out across edge i; no divergence. A fan, with 1 A out at vertex i and
                            nothing across the edges, is edge i over l_i minus this */
    ALI_FACE_SHAPE_COUNT = 6
};

typedef struct ali_surface_basis {
    const ali_surface_mesh *mesh; /**< borrowed */
    size_t count;           /**< functions that live on faces alone, numbers 0 … count - 1 */
    size_t *face_first;     /**< [face_count + 1] into terms */
    ali_term *terms;        /**< by face, ascending function within one. Function count + w is
                                      function w of the wire basis */
    size_t *function_edge;  /**< [count]: edge that the function crosses */
    size_t function_count;  /**< count + functions of the wire basis */
    size_t *function_first; /**< [function_count + 1] into function_faces */
    size_t *function_faces; /**< faces that carry function f, ascending */
} ali_surface_basis;

/** Number the functions of the surfaces, and spread the attached functions of the wires.
 *  @param[in] wires  basis of mesh->wires in which the nodes of attachments are open ends (every
 *                    wire end there has a function of its own); borrowed during the call */
alicorn_status ali_surface_basis_create(const ali_mesh *mesh, const ali_wire_basis *wires,
                                        ali_surface_basis **basis, alicorn_error *error);
void ali_surface_basis_destroy(ali_surface_basis *basis);

#endif
