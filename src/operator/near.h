/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_NEAR_H
#define ALI_OPERATOR_NEAR_H

#include "basis/wire_basis.h"
#include "green/tube.h"

#include <stdint.h>

/** @file
 *  Near element pairs and their static moments: the part of the matrix that depends on the geometry
 * only. Pairs that can be moved onto each other share one set of moments (every straight wire and
 * every grid is full of them). Computed once per mesh and kept over a sweep. */

/** One near neighbour of an element. */
typedef struct ali_near_pair {
    uint32_t other; /**< element; its mirror image in z = 0 if `mirrored` */
    uint32_t class_index;
    bool mirrored;
    bool transposed;       /**< the class holds (other, this) */
    unsigned char order_b; /**< the class's moments have shape [order_a + 1][order_b + 1] */
} ali_near_pair;

typedef struct ali_near {
    size_t element_count;
    size_t *first;        /**< [element_count + 1] into pairs */
    ali_near_pair *pairs; /**< ascending `other` within an element, direct before mirrored */
    size_t class_count;
    size_t *offset;  /**< [class_count + 1] into moments */
    double *moments; /**< static moments, row-major per class */
} ali_near;

/** An element as a tube. */
ali_tube ali_element_tube(const ali_element *element);
/** A tube's image in the plane z = 0; the local coordinate keeps its sense. */
ali_tube ali_tube_mirror(ali_tube tube);

/** Whether two elements are too near for Gauss points on their axes. */
bool ali_tubes_near(const ali_tube *a, const ali_tube *b);

/** Find the near pairs of a mesh and integrate their static moments, in parallel.
 *  @param[in] order   [element_count] Legendre order that element's moments must reach
 *  @param[in] image   also pairs with the mirror images in z = 0 */
alicorn_status ali_near_create(const ali_wire_mesh *mesh, const unsigned char *order, bool image,
                               int threads, ali_near **near, alicorn_error *error);
void ali_near_destroy(ali_near *near);

#endif
