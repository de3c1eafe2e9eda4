/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_CARRIERS_H
#define ALI_OPERATOR_CARRIERS_H

#include "basis/wire_basis.h"

/** @file
 *  What carries the functions of one side of a block: wire elements or faces, each with the terms
 *  that are wanted. */

/** Which function lives on what, as the bases say it. */
typedef struct ali_incidence {
    size_t offset;         /**< number in the matrix of the basis's function 0 */
    size_t function_count; /**< of the basis */
    size_t carrier_count;
    const size_t *carrier_first;  /**< [carrier_count + 1] into terms */
    const ali_term *terms;        /**< ascending function within one carrier */
    const size_t *function_first; /**< [function_count + 1] into function_carriers */
    const size_t *function_carriers;
} ali_incidence;

/** Incidence of the functions and probes of a wire basis whose function 0 has number `offset`. */
ali_incidence ali_wire_incidence(const ali_wire_basis *basis, size_t offset);

/** The wanted part of one carrier's terms. */
typedef struct ali_carrier {
    size_t index; /**< element or face */
    size_t count; /**< terms whose function is in range */
    const ali_term *terms;
    unsigned shapes; /**< bit set of shapes among them */
} ali_carrier;

/** The carriers of a range of functions, each once, ascending. */
typedef struct ali_carrier_list {
    size_t first; /**< place in the block of the range's first function, minus that function's
                     number: function + first (modulo 2^64) is its place */
    size_t count;
    ali_carrier *carriers;
    size_t *index;   /**< [count] the same indices */
    unsigned shapes; /**< of all */
} ali_carrier_list;

/** List the carriers of the functions with numbers from … from + count - 1 in the matrix, as far as
 * they are of this incidence. Returns 0, or -1 when memory is out. */
int ali_carrier_list_create(const ali_incidence *incidence, size_t from, size_t count,
                            ali_carrier_list *list);
/** Highest degree among a set of shapes of elements. */
int ali_carrier_order(unsigned shapes);
/** Place of a carrier in a list, or SIZE_MAX. */
size_t ali_carrier_find(const ali_carrier_list *list, size_t index);
void ali_carrier_list_clear(ali_carrier_list *list);

#endif
