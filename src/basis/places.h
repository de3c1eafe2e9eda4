/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASIS_PLACES_H
#define ALI_BASIS_PLACES_H

#include "basis/basis.h"

/** @file
 *  Where the unknowns are, for a solver that sorts them by place, and which of them couple alike.
 */

/** Kinds of unknowns. Those that have a direction are kind + 0, 1 or 2 for the axis x, y or z that
 * is nearest to that of their current moment (the first of equals). */
enum {
    ALI_PLACE_ROOFTOP = 0, /**< current of wires alone, with charges */
    ALI_PLACE_BUBBLE = 3,  /**< of degree 2 or more on one element; by the element's direction */
    ALI_PLACE_EDGE = 6,    /**< current of faces alone */
    ALI_PLACE_FAN = 9,     /**< of wires that goes on in faces */
    ALI_PLACE_LOOP = 12,   /**< around a loop of wires, without charge or direction */
    ALI_PLACE_KINDS = 13
};

typedef struct ali_places {
    size_t count;        /**< unknowns */
    ali_vec3 *centre;    /**< [count] middle of the box around the support, whose faces are
                            taken whole and whose wires are their axes [m] */
    double *radius;      /**< [count] the support lies within it around the centre, to the
                            outside of its wires [m] */
    unsigned char *kind; /**< [count] */
} ali_places;

/** Find the places of all unknowns. Images in a ground are not part of a support.
 *  @param[out] places  clear with ali_places_clear, also after a failure
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_places_create(const ali_basis *basis, ali_places *places, alicorn_error *error);
void ali_places_clear(ali_places *places);

#endif
