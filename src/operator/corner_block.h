/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_CORNER_BLOCK_H
#define ALI_OPERATOR_CORNER_BLOCK_H

#include "operator/surface_side.h"

/** @file
 *  What the corner shapes of attached wires' fans add to a block: a few faces, term by term. */

/** A block and its sides. */
typedef struct ali_corner_block {
    const ali_surface_operator_setup *setup;
    const ali_face_source *source;
    ali_surface_side *side[2]; /**< rows, columns */
    double complex *block;
    size_t stride[2]; /**< from one row to the next, from one column to the next */
} ali_corner_block;

/** @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_corner_block_add(const ali_corner_block *target, alicorn_error *error);

#endif
