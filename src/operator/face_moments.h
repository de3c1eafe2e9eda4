/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_FACE_MOMENTS_H
#define ALI_OPERATOR_FACE_MOMENTS_H

#include "green/face_kernel.h"
#include "operator/face_near.h"
#include "operator/shape_kernel.h"

#include <complex.h>

/** @file
 *  Moments of the kernel between one face and many faces or wire elements, at one frequency. Far
 *  pairs, nearly all of them, take the kernel between the points of one rule per face; pairs in the
 *  middle range a rule with more points; near pairs the stored static moments and the smooth rest.
 *  All three are evaluated for one face against a list at a time. */

/** What all pairs of a frequency share. */
typedef struct ali_face_source {
    const ali_mesh *mesh;      /**< borrowed */
    const ali_face_near *near; /**< borrowed */
    double k;                  /**< [rad/m] */
    unsigned char *points;     /**< [face_count] of the rule for far pairs */
    double *reach;             /**< [face_count] distance from which it is enough [m] */
    double longest;            /**< half length of the longest wire element [m] */
    double (*table)[ALI_TUBE_ORDER_MAX + 1]; /**< weighted Legendre polynomials of the rules of
                                                elements, as the Gauss table */
    const ali_face_kernel *kernel;
} ali_face_source;

alicorn_status ali_face_source_create(const ali_mesh *mesh, const ali_face_near *near, double k,
                                      ali_face_source *source, alicorn_error *error);
void ali_face_source_clear(ali_face_source *source);

/** Gauss's rule on an element for the kernels, up to 16 points. */
ali_far_rule ali_face_tube_rule(const ali_face_source *source, int points);

/** Faces of a batch that take the same rule, in consecutive places. */
typedef struct ali_face_group {
    size_t first; /**< place, a multiple of ALI_FAR_LANES */
    size_t count;
    int points;
} ali_face_group;

/** What is integrated over a pair of faces. */
typedef enum ali_face_integral {
    ALI_FACE_MOMENTS = 0, /**< M_ab of green/triangle.h */
    ALI_FACE_CURL = 1     /**< the magnetic field's values, as ali_triangle_curl with the face at
                             work tested; near pairs need ali_face_near_add_curl */
} ali_face_integral;

enum { ALI_FACE_GROUPS_MAX = 3 };

/** A list of faces, and what is integrated of one other face with all of them. */
typedef struct ali_face_batch {
    const ali_face_source *source; /**< borrowed */
    size_t group_count, places;    /**< places are groups padded to full vectors; padding repeats
                                      the last face */
    ali_face_group groups[ALI_FACE_GROUPS_MAX];
    size_t *place;        /**< [list]: where the i-th face of the list stands */
    size_t *face;         /**< [places] ascending within a group */
    double *vertex[3][3]; /**< [corner][coordinate][places] [m] */
    double *middle[3];    /**< [coordinate][places] [m] */
    double *reach;        /**< [places] of the faces themselves [m] */
    double *far;          /**< [places] distance from which their rules are enough [m] */
    double *length[3];    /**< of edges, [edge][places] [m] */
    double *re, *im;      /**< values (a, b) of the face at work, a, and the one in a place, b:
                             [(3 a + b) places + place] */
    struct ali_face_scratch *scratch;
} ali_face_batch;

/** Batch for a list of faces; one thread each.
 *  @param[in] faces  [count >= 1], ascending */
alicorn_status ali_face_batch_create(const ali_face_source *source, size_t count,
                                     const size_t *faces, ali_face_batch **batch,
                                     alicorn_error *error);
void ali_face_batch_destroy(ali_face_batch *batch);

/** Integrate over a face, or its mirror image in z = 0, with the faces of a group from place `from`
 *  on (a multiple of ALI_FAR_LANES). */
void ali_face_batch_run(ali_face_batch *batch, ali_face_integral integral,
                        const ali_face_group *group, size_t from, size_t face, bool image);

/** Values of the edges of a face, or its mirror image, with the faces of a group from place `from`
 * on (a multiple of ALI_FAR_LANES): what `edges` of the kernel makes of ALI_FACE_MOMENTS, in fewer
 *  steps where three points do on both sides.
 *  @param pair   lengths, side and middle of the face at work, factors, row and column; the rest is
 *                set here
 *  @param value  set or, if `image`, added to: (i, j) of a place at [i row + j column + place] */
void ali_face_batch_edges(ali_face_batch *batch, const ali_shape_kernel *kernel,
                          const ali_edge_pair *pair, const ali_face_group *group, size_t from,
                          size_t face, bool image, double complex *value);

/** A list of wire elements, and the moments of one face with all of them. */
typedef struct ali_tube_batch {
    const ali_face_source *source; /**< borrowed */
    size_t count, places;
    size_t *element; /**< [places] */
    int order;       /**< highest Legendre order, of all */
    int points;      /**< on every element, for far pairs */
    ali_tube_array tubes;
    double *far;     /**< [places] distance from which `points` are enough [m] */
    double *reach;   /**< [places] largest distance from the middle [m] */
    double *re, *im; /**< moments (a, q): [(a (order + 1) + q) places + place] */
    struct ali_face_scratch *scratch;
} ali_tube_batch;

/** @param[in] elements  [count >= 1], ascending
 *  @param     order     <= near->order */
alicorn_status ali_tube_batch_create(const ali_face_source *source, size_t count,
                                     const size_t *elements, int order, ali_tube_batch **batch,
                                     alicorn_error *error);
void ali_tube_batch_destroy(ali_tube_batch *batch);

/** Moments of a face, or of its image, with all elements of the batch. */
void ali_tube_batch_run(ali_tube_batch *batch, size_t face, bool image);

#endif
