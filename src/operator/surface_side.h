/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_SURFACE_SIDE_H
#define ALI_OPERATOR_SURFACE_SIDE_H

#include "operator/face_ground.h"
#include "operator/face_scatter.h"
#include "operator/surface_operator.h"

/** @file
 *  What a side of the surfaces' blocks consists of; for the surfaces' operator itself. */

struct ali_surface_side {
    const ali_face_source *source;
    int order;        /**< of the moments with elements, at least */
    size_t functions; /**< of the selection, whether faces carry them or not */
    ali_carrier_list faces, elements;
    /* each NULL, or its `value` NULL, until it is needed */
    ali_face_batch *face_batch;
    ali_tube_batch *tube_batch;
    ali_face_scatter face_scatter, tube_scatter; /**< from the places of the batches */
    ali_face_ground *ground;                     /**< over a half-space */
};

/** Make a batch of the faces, of which there is at least one, unless it is made. */
alicorn_status ali_surface_side_batch_faces(ali_surface_side *side, alicorn_error *error);
/** And the tables that lead from its places to functions. */
alicorn_status ali_surface_side_scatter_faces(ali_surface_side *side, alicorn_error *error);

/** The same for the elements. */
alicorn_status ali_surface_side_batch_tubes(ali_surface_side *side, alicorn_error *error);
alicorn_status ali_surface_side_scatter_tubes(ali_surface_side *side, alicorn_error *error);

/** Make the working memory for a half-space, unless there is none or it is made. */
alicorn_status ali_surface_side_prepare_ground(ali_surface_side *side,
                                               const ali_ground_kernel *kernel,
                                               alicorn_error *error);

#endif
