/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_WIRE_SIDE_H
#define ALI_OPERATOR_WIRE_SIDE_H

#include "operator/pair_factors.h"
#include "operator/shape_kernel.h"
#include "operator/wire_operator.h"

/** @file
 *  What a side of the wires' blocks consists of; for the wires' operator itself. */

/** A term of functions beyond their first two. */
typedef struct ali_wire_extra {
    size_t function, index;
    double weight;
} ali_wire_extra;

/** Weight of a function of the side in the current of a lumped load. */
typedef struct ali_load_term {
    size_t load, function;
    double weight;
} ali_load_term;

/** A side in vectors: its elements stand in the places of a moment batch, and the values of their
 * shapes with those of one other element are summed to functions. */
typedef struct ali_wire_vectors {
    unsigned others; /**< shapes of other elements that there is room for; 0: nothing is made */
    ali_moment_batch *batch;
    unsigned *group_shapes; /**< [batch->group_count] */
    size_t slot[ALI_SHAPE_COUNT],
        other_slot[ALI_SHAPE_COUNT]; /**< of a shape among those of the side and of the others */
    size_t slots;                    /**< shapes of the side */
    size_t stride;             /**< values per shape of the other: slots * places and a zero */
    double complex *value;     /**< [shapes of the others][stride] */
    ali_pair_factors factors;  /**< of the element at work with those of the side */
    ali_ground_moments ground; /**< over a half-space */
    ali_gather_term *gather;   /**< [functions] */
    ali_wire_extra *extra;
    size_t extra_count;
    double complex *sum; /**< [functions] */
} ali_wire_vectors;

struct ali_wire_side {
    const ali_wire_operator *operator;
    size_t first, functions;   /**< range of places in the selection that holds all of the wires */
    ali_carrier_list elements; /**< its functions are counted from place `first` */
    size_t load_count;
    ali_load_term *loads; /**< ascending load */
    ali_wire_vectors vectors;
};

/** Make the side able to run in vectors against elements with some shapes, if it is not yet. */
alicorn_status ali_wire_side_vectorize(ali_wire_side *side, unsigned shapes, alicorn_error *error);

#endif
