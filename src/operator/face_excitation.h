/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_FACE_EXCITATION_H
#define ALI_OPERATOR_FACE_EXCITATION_H

#include "basis/basis.h"
#include "operator/excitation.h"
#include "operator/face_near.h"

/** @file
 *  What an impressed field or an edge gap does to the unknowns on faces. Numbers of unknowns are
 * those of the whole basis. */

/** Pieces per edge of a triangle, on each of which seven points integrate a wave. */
int ali_face_wave_pieces(const ali_flat_triangle *triangle, double wavenumber);

/** Add int f_m . E dS to v [basis->count] for the part of every function that lies on faces. Smooth
 *  fields only: 7 points per face, below z = 0 as many as a wave of soil_wavenumber [rad/m] wants.
 */
void ali_face_field_excitation(const ali_basis *basis, double soil_wavenumber, ali_field_fn field,
                               const void *context, double complex *v);

/** Right-hand side of a plane wave on the whole basis, [unknowns], then probes if wanted:
 *  ali_plane_wave_excitation on the wires, 7 points per face on faces. */
void ali_excite_plane_wave(const ali_basis *basis, bool probes, const ali_plane_wave *wave,
                           double complex *v);

/** The same of a current element. */
void ali_excite_current_element(const ali_basis *basis, bool probes,
                                const ali_element_field *element, double complex *v);

/** @name Combined rows
 *  Turn the right-hand side v of the electric field into that of bodies with an electric share
 * alpha below 1, alpha v + (1 - alpha) eta int f . (n x H) dS for their functions. What a current
 * does to a receiver, or at a gap, is the plain functional.
 *  @param[in] share  [body_count], ali_electric_shares; NULL: nothing to do */
/**@{*/
void ali_combine_plane_wave(const ali_basis *basis, const double *share, const ali_plane_wave *wave,
                            double complex *v);
void ali_combine_current_element(const ali_basis *basis, const double *share,
                                 const ali_element_field *element, double complex *v);
/** A gap's voltage: a step of the tangential electric field, no magnetic field. */
void ali_combine_gap(const ali_basis *basis, const double *share, double complex *v);
/**@}*/

/** Gap along a line of mesh edges: the current that crosses it, sum of l_e times the functions of
 * the edges, counted positive from the left of the walk to its right, seen from the front of the
 * faces. A voltage V there puts V times it on the right-hand side. Edges of a ground's plane count
 * once: the gap is between the face and the ground.
 *  @param[in] vertices  [count] of the surface mesh
 *  @return ALICORN_OK; ALICORN_E_INPUT if two consecutive vertices share no edge, or the edge is
 *          not between exactly two faces; ALICORN_E_MEMORY */
alicorn_status ali_edge_gap_functional(const ali_basis *basis, size_t count, const size_t *vertices,
                                       ali_functional *gap, alicorn_error *error);

#endif
