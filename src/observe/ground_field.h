/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_GROUND_FIELD_H
#define ALI_OBSERVE_GROUND_FIELD_H

#include "alicorn/status.h"
#include "basis/surface_current.h"
#include "green/half_space.h"
#include "observe/field_pair.h"

/** @file
 *  Fields of wires and faces over, in or across the interface of two half-spaces, on either side of
 * it. With the kernels K of green/half_space.h, E = -j omega mu0 int K_A I ds - (j eta0/k) grad int
 * K_Phi I' ds,  H = curl int K_A I ds. The direct way and the images of tubes and faces are
 * integrated as in free space, what is left of the kernels at points. Theory:
 * docs/theory/ground.md. */

typedef struct ali_ground_field ali_ground_field;

/** Make a current ready for fields at some points: tables where they pay.
 *  @param current  borrowed, as its meshes. Elements and faces with their middle at z >= 0 are in
 *                  air
 *  @param point  shape [count][3] [m]; z >= 0 lies in air
 *  @return ALICORN_OK, ALICORN_E_MEMORY or ALICORN_E_NUMERIC */
alicorn_status ali_ground_field_create(const ali_current *current, const ali_half_space *space,
                                       size_t count, const double *point, ali_ground_field **field,
                                       alicorn_error *error);
/** NULL is fine. */
void ali_ground_field_destroy(ali_ground_field *field);

/** Field at one of those points. Thread-safe.
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if an integral does not converge, with the best field
 * there is */
alicorn_status ali_ground_field_at(const ali_ground_field *field, ali_vec3 p, ali_field_pair *sum,
                                   alicorn_error *error);

#endif
