/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_FACE_FIELD_H
#define ALI_OBSERVE_FACE_FIELD_H

#include "basis/surface_current.h"

/** @file
 *  Electric and magnetic field of the current on faces, at any point. With G = e^{-jkR}/(4 pi R)
 * and the density J of divergence D,
 *
 *      E = -jk eta int J G dS - (j eta/k) int D grad G dS,   H = int grad G x J dS.
 *
 *  On a face the field is the mean of both sides: the part of E along the face is continuous, the
 *  one across it and H along the face jump by D j eta/k and J. On an edge, where the field of a
 *  density that is linear on each side has a logarithmic singularity, it is some finite number. */

/** A current made ready. Independent of what it was made from, but for the mesh. */
typedef struct ali_face_field ali_face_field;

/** Prepare a current.
 *  @param k  wavenumber [rad/m], > 0
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_face_field_create(const ali_surface_current *current, double k,
                                     ali_face_field **field, alicorn_error *error);
/** NULL is fine. */
void ali_face_field_destroy(ali_face_field *field);

/** Add the field at a point, in free space, to e [V/m] and h [A/m].
 *
 *  Faces closer than three times their reach (from middle to furthest vertex) by analytic
 *  potentials, others as points. Accuracy 3e-6 of the strongest field that a face makes at the same
 *  distance, for faces up to half a wavelength; 2e-5 of what attached wires bring to corners
 *  (tests/unit/face_field.c).
 *  Cost: 30 ns per face with AVX-512, 50 ns with AVX2, 130 ns without, and about 2 us for each of
 *  the twenty or so that are close. */
void ali_face_field_at(const ali_face_field *field, ali_vec3 point, double complex e[3],
                       double complex h[3]);

#endif
