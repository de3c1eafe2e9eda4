/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_GROUND_FACES_H
#define ALI_OBSERVE_GROUND_FACES_H

#include "basis/surface_current.h"
#include "observe/ground_slopes.h"

/** @file
 *  Fields of faces over two half-spaces, each face wholly on one side, at points on either side.
 * The direct wave and the images of xx, zz and phi are those of faces in a homogeneous medium
 *  (observe/face_field.h); what is left of the kernels, and the image of zx, is taken at points,
 *  which crowd where a face that is close is closest. Theory: docs/theory/ground.md. */

typedef struct ali_ground_faces ali_ground_faces;

/** @param current  borrowed, as its mesh
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_ground_faces_create(const ali_surface_current *current,
                                       const ali_half_space *space, ali_ground_faces **faces,
                                       alicorn_error *error);
/** NULL is fine. */
void ali_ground_faces_destroy(ali_ground_faces *faces);

/** Add the faces to the places that tables are made for. */
void ali_ground_faces_places(const ali_ground_faces *faces, ali_ground_places *places);

/** Add the field at p. Thread-safe.
 *  @return ALICORN_OK or ALICORN_E_NUMERIC */
alicorn_status ali_ground_faces_at(const ali_ground_faces *faces, const ali_ground_slopes *slopes,
                                   ali_vec3 p, ali_field_pair *sum, alicorn_error *error);

#endif
