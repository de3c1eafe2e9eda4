/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_FACE_WAVE_H
#define ALI_OPERATOR_FACE_WAVE_H

#include "basis/basis.h"
#include "operator/excitation.h"

/** @file
 *  Right-hand sides of plane waves from many directions: what ali_excite_plane_wave does
 *  (face_excitation.h), with everything that no direction changes prepared once. */

typedef struct ali_face_waves ali_face_waves;

/** @param[in] basis  borrowed */
alicorn_status ali_face_waves_create(const ali_basis *basis, ali_face_waves **waves,
                                     alicorn_error *error);
void ali_face_waves_destroy(ali_face_waves *waves);

/** Right-hand sides of waves that differ in polarisation only, on the whole basis: v[i] of shape
 *  [unknowns], then probes, for wave[i], i < count <= 2. Thread-safe. */
void ali_face_waves_excite(const ali_face_waves *waves, size_t count, const ali_plane_wave *wave,
                           double complex *const *v);

#endif
