/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_FACE_MOMENTS_H
#define ALI_OPERATOR_FACE_MOMENTS_H

#include "operator/face_near.h"

#include <complex.h>

/** @file
 *  Moments of the kernel between one face and many faces or wire elements, at one frequency. Far
 *  pairs take the kernel between the points of a quadrature rule that the distance asks for; near
 *  pairs the stored static moments and the smooth rest. */

/** What all pairs of a frequency share; borrowed. */
typedef struct ali_face_source {
    const ali_mesh *mesh;
    const ali_face_near *near;
    double k; /**< [rad/m] */
} ali_face_source;

/** A list of faces, and the moments of one other face with all of them. */
typedef struct ali_face_batch {
    const ali_face_source *source; /**< borrowed */
    size_t count, places;          /**< places: padded to full vectors; padding repeats the last */
    size_t *face;                  /**< [places] ascending up to count */
    double *vertex[3][3];          /**< [corner][coordinate][places] [m] */
    double *middle[3];             /**< [coordinate][places] [m] */
    double *reach;                 /**< [places] [m] */
    double *length[3];             /**< [edge][places] [m] */
    double *re, *im; /**< moments (a, b) of the face at work, a, and the one in a place, b:
                        [(3 a + b) places + place] */
} ali_face_batch;

/** @param[in] faces  [count], ascending */
alicorn_status ali_face_batch_create(const ali_face_source *source, size_t count,
                                     const size_t *faces, ali_face_batch **batch,
                                     alicorn_error *error);
void ali_face_batch_destroy(ali_face_batch *batch);

/** Moments of a face, or of its mirror image in z = 0, with all of the batch. */
void ali_face_batch_run(ali_face_batch *batch, size_t face, bool image);

/** A list of wire elements, and the moments of one face with all of them. */
typedef struct ali_tube_batch {
    const ali_face_source *source; /**< borrowed */
    size_t count, places;
    size_t *element; /**< [places] */
    int order;       /**< highest Legendre order, of all */
    double *dir[3];  /**< [places] */
    double *half;    /**< [places] */
    double *re, *im; /**< moments (a, q): [(a (order + 1) + q) places + place] */
} ali_tube_batch;

/** @param[in] elements  [count], ascending
 *  @param     order     <= near->order */
alicorn_status ali_tube_batch_create(const ali_face_source *source, size_t count,
                                     const size_t *elements, int order, ali_tube_batch **batch,
                                     alicorn_error *error);
void ali_tube_batch_destroy(ali_tube_batch *batch);

/** Moments of a face, or of its image, with all elements of the batch. */
void ali_tube_batch_run(ali_tube_batch *batch, size_t face, bool image);

#endif
