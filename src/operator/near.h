/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_NEAR_H
#define ALI_OPERATOR_NEAR_H

#include "basis/wire_basis.h"
#include "green/tube.h"

#include <stdint.h>

/** @file
 *  Near element pairs and the part of their moments that depends on the geometry only: the static
 * moments, and the power series of the rest where it is costly, on a common axis. Pairs that can be
 * moved onto each other share one set of moments (every straight wire and every grid is full of
 * them). Computed once per mesh and kept over a sweep. */

/** One near neighbour of an element. */
typedef struct ali_near_pair {
    uint32_t other; /**< element; its mirror image in z = 0 if `mirrored` */
    uint32_t class_index;
    bool mirrored;
    bool transposed;       /**< the class holds (other, this) */
    unsigned char order_b; /**< the class's moments have shape [order_a + 1][order_b + 1] */
} ali_near_pair;

/** A class of coaxial pairs. */
typedef struct ali_near_coaxial {
    uint32_t class_index;
    ali_tube a, b; /**< one of its pairs */
    size_t width;  /**< its moments have shape [size/width][width] */
    size_t first;  /**< of its moments among those of all coaxial classes */
} ali_near_coaxial;

/** What a class is made of, while its moments are still to be integrated. */
typedef struct ali_near_class ali_near_class;

/** No coaxial class. */
#define ALI_NEAR_SKEW UINT32_MAX

typedef struct ali_near {
    size_t element_count;
    size_t *first;        /**< [element_count + 1] into pairs */
    ali_near_pair *pairs; /**< ascending `other` within an element, direct before mirrored */
    size_t class_count;
    ali_near_class *classes; /**< [class_count]; NULL once they are integrated */
    size_t *offset;          /**< [class_count + 1] into moments */
    double *moments;         /**< static moments, row-major per class */
    uint32_t *coaxial_of;    /**< [class_count] into coaxial, or ALI_NEAR_SKEW */
    size_t coaxial_count;
    ali_near_coaxial *coaxial;
    size_t coaxial_size; /**< moments of all coaxial classes */
    double *powers;      /**< [ALI_TUBE_SERIES_TERMS coaxial_size], ali_tube_powers per class */
} ali_near;

/** An element as a tube. */
ali_tube ali_element_tube(const ali_element *element);
/** A tube's image in the plane z = 0; the local coordinate keeps its sense. */
ali_tube ali_tube_mirror(ali_tube tube);

/** Whether two elements are too near for Gauss points on their axes. */
bool ali_tubes_near(const ali_tube *a, const ali_tube *b);

/** Find the near pairs of a mesh and their classes.
 *  @param[in] order   [element_count] Legendre order that element's moments must reach
 *  @param[in] image   also pairs with the mirror images in z = 0 */
alicorn_status ali_near_find(const ali_wire_mesh *mesh, const unsigned char *order, bool image,
                             ali_near **near, alicorn_error *error);
/** Integrate the static moments, in parallel.
 *  @param progress  stage "near"; may be NULL
 *  @return ALICORN_OK, ALICORN_E_MEMORY or ALICORN_E_INTERRUPTED, after which only
 *          ali_near_destroy may be called */
alicorn_status ali_near_integrate(ali_near *near, int threads, alicorn_progress_fn progress,
                                  void *progress_user, alicorn_error *error);
/** Memory that the pairs and their moments take, whether integrated already or not [bytes]. */
size_t ali_near_bytes(const ali_near *near);
/** Both at once, without progress. */
alicorn_status ali_near_create(const ali_wire_mesh *mesh, const unsigned char *order, bool image,
                               int threads, ali_near **near, alicorn_error *error);
void ali_near_destroy(ali_near *near);

/** Moments of all of the kernel, e^{-jkR}/R, for the coaxial classes, but for ali_tube_leading,
 * which a pair's own lengths must give.
 *  @param[out] re, im  shape [coaxial_size], row-major per class [m] */
void ali_near_coaxial_moments(const ali_near *near, double k, double *re, double *im);

#endif
