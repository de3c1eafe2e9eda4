/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_ELEMENT_FIELD_H
#define ALI_OBSERVE_ELEMENT_FIELD_H

#include "basis/wire_current.h"
#include "observe/field_pair.h"

/** @file
 *  Potentials and fields that one element of a wire makes at a point of a homogeneous medium. */

/** Highest degree of the current. */
enum { ALI_ELEMENT_FIELD_ORDER = 12 };
/** A gap between point and tube below this part of the radius is none: the point lies on the
 * surface. */
#define ALI_ELEMENT_ON_SURFACE 1e-6

/** Potentials of the current I and of its slope I' [A/m], the kernel G = e^{-jkR}/(4 pi R) averaged
 *  around the tube. */
typedef struct ali_element_potentials {
    ali_vec3 along, out;          /**< the element's direction; from its axis to the point */
    double complex current;       /**< int I G ds [A] */
    double complex current_along; /**< slope of that along the axis [A/m] ... */
    double complex current_out;   /**< ... and away from it */
    double complex charge_along;  /**< slopes of int I' G ds [A/m^2] */
    double complex charge_out;
} ali_element_potentials;

/** Potentials of element e at p.
 *  @param k      wavenumber [rad/m], Im <= 0
 *  @param alone  with the charges that its ends carry; in a sum over elements they cancel
 *  Cost: about 1 us. On the surface of the tube: as just outside. */
void ali_element_potentials_at(const ali_wire_current *current, size_t e, double complex k,
                               ali_vec3 p, bool alone, ali_element_potentials *potentials);

/** Field in free space, k [rad/m]. The charge along the element is (j/omega) I':
 *      E = -jk eta int I G - (j eta/k) grad int I' G,  H = grad (int I G) x direction. */
ali_field_pair ali_element_field(const ali_wire_current *current, size_t e, double k, ali_vec3 p,
                                 bool alone);

#endif
