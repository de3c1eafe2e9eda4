/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/surface_side.h"

#include "base/error.h"

#include <stdlib.h>

void ali_surface_side_destroy(ali_surface_side *side)
{
    if (!side)
        return;
    ali_face_batch_destroy(side->face_batch);
    ali_tube_batch_destroy(side->tube_batch);
    ali_face_scatter_clear(&side->face_scatter);
    ali_face_scatter_clear(&side->tube_scatter);
    ali_face_ground_destroy(side->ground);
    ali_carrier_list_clear(&side->faces);
    ali_carrier_list_clear(&side->elements);
    free(side);
}

alicorn_status ali_surface_side_batch_faces(ali_surface_side *side, alicorn_error *error)
{
    if (side->face_batch)
        return ALICORN_OK;
    return ali_face_batch_create(side->source, side->faces.count, side->faces.index,
                                 &side->face_batch, error);
}

alicorn_status ali_surface_side_scatter_faces(ali_surface_side *side, alicorn_error *error)
{
    alicorn_status status = ali_surface_side_batch_faces(side, error);
    if (status || side->face_scatter.value)
        return status;
    const ali_face_batch *batch = side->face_batch;
    if (ali_face_scatter_create(&side->faces, side->functions, batch->places, batch->place,
                                ALI_EDGE_BITS, &side->face_scatter))
        return ali_error_memory(error, 9 * batch->places * sizeof(double complex),
                                "a block of the matrix");
    return ALICORN_OK;
}

alicorn_status ali_surface_side_batch_tubes(ali_surface_side *side, alicorn_error *error)
{
    if (side->tube_batch)
        return ALICORN_OK;
    int order = ali_carrier_order(side->elements.shapes);
    return ali_tube_batch_create(side->source, side->elements.count, side->elements.index,
                                 order > side->order ? order : side->order, &side->tube_batch,
                                 error);
}

alicorn_status ali_surface_side_scatter_tubes(ali_surface_side *side, alicorn_error *error)
{
    alicorn_status status = ali_surface_side_batch_tubes(side, error);
    if (status || side->tube_scatter.value)
        return status;
    size_t places = side->tube_batch->places;
    if (ali_face_scatter_create(&side->elements, side->functions, places, NULL,
                                side->elements.shapes, &side->tube_scatter))
        return ali_error_memory(error, 3 * places * sizeof(double complex),
                                "a block of the matrix");
    return ALICORN_OK;
}

alicorn_status ali_surface_side_prepare_ground(ali_surface_side *side,
                                               const ali_ground_kernel *kernel,
                                               alicorn_error *error)
{
    if (side->ground || !kernel)
        return ALICORN_OK;
    side->ground = ali_face_ground_create(kernel, side->source);
    return side->ground ? ALICORN_OK : ali_error_memory(error, sizeof side, "the ground");
}
