/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_CARRIERS_H
#define ALI_OPERATOR_CARRIERS_H

#include "basis/surface_basis.h"

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

/** Incidence of the functions of surfaces, and of those of wires that go on in faces. */
ali_incidence ali_face_incidence(const ali_surface_basis *basis);

/** Some unknowns (or probes), by their numbers in the matrix: first … first + count - 1 or, if
 * there is a list, those. */
typedef struct ali_selection {
    size_t count;
    size_t first;
    const size_t *list; /**< [count] all different, in any order; NULL: a range */
} ali_selection;

/** The wanted part of one carrier's terms. */
typedef struct ali_carrier {
    size_t index; /**< element or face */
    size_t count; /**< terms whose function is selected */
    const ali_term *terms;
    unsigned shapes; /**< bit set of shapes among them */
} ali_carrier;

/** The carriers of selected functions, each once, ascending. */
typedef struct ali_carrier_list {
    size_t first; /**< a term's function + first (modulo 2^64) is the function's place in the
                     selection */
    size_t count;
    ali_carrier *carriers;
    size_t *index;   /**< [count] the same indices */
    unsigned shapes; /**< of all */
    ali_term *terms; /**< of a list: copies, in the order of the carriers, with places for
                        functions; NULL: the terms are the basis's */
} ali_carrier_list;

/** List the carriers of the selected functions, as far as they are of this incidence. Cost of a
 * list: O(t log t) in its number t of terms; of a range: that and one bit per carrier of the
 * incidence. Returns 0, or -1 when memory is out. */
int ali_carrier_list_create(const ali_incidence *incidence, const ali_selection *selection,
                            ali_carrier_list *list);
/** Smallest range of places in the selection that holds all functions of this incidence. */
void ali_selection_span(const ali_incidence *incidence, const ali_selection *selection,
                        size_t *first, size_t *count);
/** Highest degree among a set of shapes of elements. */
int ali_carrier_order(unsigned shapes);
/** Place of a carrier in a list, or SIZE_MAX. */
size_t ali_carrier_find(const ali_carrier_list *list, size_t index);
void ali_carrier_list_clear(ali_carrier_list *list);

#endif
