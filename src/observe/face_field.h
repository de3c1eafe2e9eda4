/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_FACE_FIELD_H
#define ALI_OBSERVE_FACE_FIELD_H

#include "basis/surface_current.h"

#include <stdbool.h>

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

/** Faces of which side of z = 0 count; those in z = 0 are above it. */
typedef enum ali_face_side { ALI_FACE_ABOVE, ALI_FACE_BELOW, ALI_FACE_BOTH } ali_face_side;

/** What of a current counts, and in which medium. The shares multiply density and divergence: with
 *  those of an image, its field is that at the mirrored point, mirrored. */
typedef struct ali_face_share {
    double k;                      /**< wavenumber of vacuum [rad/m], > 0 */
    double complex wavenumber;     /**< of the medium, k sqrt(eps) [rad/m], Im <= 0 */
    double complex level, upright; /**< of J's horizontal part, and of J_z */
    double complex charge;         /**< of D; 1/eps for the whole field in the medium */
    ali_face_side side;
} ali_face_share;

/** Prepare a current, all of it in free space.
 *  @param k  wavenumber [rad/m], > 0
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_face_field_create(const ali_surface_current *current, double k,
                                     ali_face_field **field, alicorn_error *error);
/** The same of a share of it. In a lossy medium points are summed without vector instructions. */
alicorn_status ali_face_field_create_share(const ali_surface_current *current,
                                           const ali_face_share *share, ali_face_field **field,
                                           alicorn_error *error);
/** NULL is fine. */
void ali_face_field_destroy(ali_face_field *field);

/** Add the field at a point to e [V/m] and h [A/m].
 *
 *  Faces closer than three times their reach (from middle to furthest vertex) by analytic
 *  potentials, others as points. Accuracy 3e-6 of the strongest field that a face makes at the same
 *  distance, for faces up to half a wavelength; 2e-5 of what attached wires bring to corners
 *  (tests/unit/face_field.c).
 *  Cost: 30 ns per face with AVX-512, 50 ns with AVX2, 130 ns without, and about 2 us for each of
 *  the twenty or so that are close. */
void ali_face_field_at(const ali_face_field *field, ali_vec3 point, double complex e[3],
                       double complex h[3]);

/** Distance from a face's middle, over its reach, below which it is close to a point. */
#define ALI_FACE_CLOSE 3.0

/** The same of one face that is close, or of what an attached wire brings to one of its corners.
 *  @param which  faces that count, ascending, then corners of such faces in the current's order
 */
void ali_face_field_near_at(const ali_face_field *field, size_t which, ali_vec3 point,
                            double complex e[3], double complex h[3]);

#endif
