/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_NEAR_FIELD_H
#define ALI_OBSERVE_NEAR_FIELD_H

#include "alicorn/result.h"
#include "basis/surface_current.h"
#include "model/model.h"

/** Electric and magnetic field of a current at points [V/m, A/m]: of the current alone, without an
 *  incident wave or current element, as NEC prints it.
 *
 *  The current flows evenly around every tube. On a tube's surface the field is the one just
 *  outside. A point inside a tube gets a mean of the surface on its own side and on the opposite
 * one, weighted with its position, so that on the axis only the field along the wire and what other
 *  wires contribute is left. On a face it is the mean of both sides (observe/face_field.h): on a
 *  closed body, half of what there is just outside.
 *
 *  Over a PEC the image contributes, and there is no field below it. Over and in a lossy half-space
 *  that is treated exactly (GN 2) the field is exact on both sides (observe/ground_field.h); at z =
 * 0 it is the one in air. By reflection coefficients (GN 0) every element's image is weighted with
 * the Fresnel coefficients of the ray from its middle to the point, with the radial screen if the
 * ray is reflected there: NEC's reflection-coefficient approximation.
 *
 *  @param[in]  point  shape [count][3] [m]
 *  @param[out] e,h    shape [count][3]; either may be NULL
 *  @return ALICORN_OK; ALICORN_E_MEMORY; ALICORN_E_INPUT for a point below the ground of GN 0, and
 *          for faces over it; ALICORN_E_NUMERIC
 *  Accuracy: 3e-6, and 1e-3 (ka)^2 near a tube, down to its surface (tests/unit/near_field.c);
 * faces 1e-5 (tests/unit/face_field.c). Cost: about 1 us per element and point; faces see
 * observe/face_field.h. Parallel over points. */
alicorn_status ali_near_field(const ali_current *current, double k, const ali_ground *ground,
                              size_t count, const double *point, double complex *e,
                              double complex *h, alicorn_error *error);

/** A field over the grid of a request. */
typedef struct ali_near_question {
    const ali_near_request *grid; /**< borrowed */
    bool magnetic;                /**< H, else E */
} ali_near_question;

/** Fields over grids, in NEC's order. Points of all of them share what is prepared for points; an H
 *  asked for right after the E over the same grid costs nothing.
 *  @param[out] field  [count] uninitialised before; free each with ali_near_field_clear. Zero if
 *                     this fails
 *  @return as ali_near_field */
alicorn_status ali_near_fields_create(size_t count, const ali_near_question *question,
                                      const ali_current *current, double k,
                                      const ali_ground *ground, alicorn_near_field *field,
                                      alicorn_error *error);

/** Free the arrays, not the structure itself. */
void ali_near_field_clear(alicorn_near_field *field);

#endif
