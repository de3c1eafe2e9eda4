/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_FACE_SCATTER_H
#define ALI_OPERATOR_FACE_SCATTER_H

#include "operator/carriers.h"
#include "operator/shape_kernel.h"

/** @file
 *  From the values of one face's edges with the shapes of many carriers to the functions of both.
 */

enum { ALI_EDGE_SHAPES = 3, ALI_EDGE_BITS = (1 << ALI_EDGE_SHAPES) - 1, ALI_SLOTS_MAX = 32 };

/** A term of many's functions beyond their first two. */
typedef struct ali_extra_term {
    size_t function, index;
    double weight;
} ali_extra_term;

/** Sums of values to functions, and where they go. */
typedef struct ali_face_scatter {
    const ali_carrier_list *many; /**< borrowed */
    size_t places, functions;     /**< functions: length of many's side of the block */
    size_t slot[ALI_SLOTS_MAX];   /**< of a shape among those of many, or SIZE_MAX */
    size_t stride;                /**< values per edge of one: slots * places and a zero */
    double complex *value;        /**< [3][stride]: (edge, shape, place) at [edge stride +
                                     slot[shape] places + place] */
    ali_gather_term *gather;      /**< [functions] */
    ali_extra_term *extra;
    size_t extra_count;
    size_t *lowest; /**< [list + 1] lowest function of its i-th and all later carriers */
} ali_face_scatter;

/** @param[in] place   [many->count]: where the carriers stand among `places`; NULL: in their order
 *  @param     shapes  those of many's shapes that take part
 *  Returns 0, or -1 when memory is out. */
int ali_face_scatter_create(const ali_carrier_list *many, size_t functions, size_t places,
                            const size_t *place, unsigned shapes, ali_face_scatter *scatter);
void ali_face_scatter_clear(ali_face_scatter *scatter);

/** Add the values of a face's edges to the functions that have them: function m of many with
 *  function n of one, for m that are not below `first`, to block[m + leading n]. */
void ali_face_scatter_add(const ali_face_scatter *scatter, const ali_shape_kernel *kernel,
                          const ali_carrier_list *one, const ali_carrier *face, size_t first,
                          double complex *block, size_t leading);

#endif
