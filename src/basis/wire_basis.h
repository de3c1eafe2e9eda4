/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASIS_WIRE_BASIS_H
#define ALI_BASIS_WIRE_BASIS_H

#include "mesh/wire_mesh.h"

/** @file
 *  The unknowns: H(div)-conforming, hierarchical functions of the current on the wire mesh.
 *
 *  Degree 1: at a node where v element ends meet, v - 1 rooftops (v at a grounded node, whose
 * current goes on in the image, and at a node on a surface, where it goes on in the faces): ramps
 * of one element out into another, so that Kirchhoff's law holds by construction. Where
 * electrically small loops exist, one rooftop per loop is replaced by the current that runs around
 * it, whose charge is zero exactly. Degree d >= 2: one bubble (P_d - P_{d-2})/(2d - 1) per element
 * of that degree. Functions are numbered degree by degree, so the system of a lower degree is the
 * leading block. After the `count` unknowns come `element_count` probes: on every element the
 * bubble one degree higher than its own, for the error estimate. */

/** Highest degree of an unknown; a probe is one higher. */
#define ALI_DEGREE_MAX 5

/** Shapes on one element, as functions of u in [-1, 1]. */
enum {
    ALI_SHAPE_START = 0,    /**< (1 - u)/2: current 1 at the start, 0 at the end */
    ALI_SHAPE_END = 1,      /**< (1 + u)/2 */
    ALI_SHAPE_CONSTANT = 2, /**< 1, without charge */
    ALI_SHAPE_BUBBLE = 1,   /**< the bubble of degree d is shape ALI_SHAPE_BUBBLE + d, d >= 2 */
    ALI_SHAPE_COUNT = ALI_SHAPE_BUBBLE + ALI_DEGREE_MAX + 2
};

/** Share of a function on one element: weight times a shape, positive along the element's
 * direction. */
typedef struct ali_term {
    size_t function;
    int shape;
    double weight;
} ali_term;

typedef struct ali_wire_basis {
    const ali_wire_mesh *mesh;               /**< borrowed */
    size_t count;                            /**< unknowns */
    size_t degree_count[ALI_DEGREE_MAX + 1]; /**< [d]: number of unknowns of degree <= d */
    unsigned char *degree;     /**< [element_count]: degree of the current on the element */
    size_t *element_first;     /**< [element_count + 1] into terms */
    ali_term *terms;           /**< by element, ascending function within one */
    size_t *function_first;    /**< [count + element_count + 1] into function_elements */
    size_t *function_elements; /**< elements that carry function f */
    size_t loop_count;         /**< loop currents among the unknowns */
} ali_wire_basis;

typedef struct ali_basis_options {
    int degree;        /**< 1 … ALI_DEGREE_MAX - 1 for all elements, or 0: by electrical length;
                          2 at least for an element that touches no other, 1 for a foot */
    double wavenumber; /**< [rad/m] */
    double soil_wavenumber; /**< |k2| of the medium of elements below z = 0 [rad/m]; 0: the same */
    bool coarse;            /**< by electrical length: the lowest degree that can work */
    const unsigned char *degrees; /**< [element_count] override the above; NULL: none */
} ali_basis_options;

/** Degree of the current that options give each element, degree [element_count]. */
void ali_wire_basis_degrees(const ali_wire_mesh *mesh, const ali_basis_options *options,
                            unsigned char *degree);

/** Number the unknowns on a mesh. */
alicorn_status ali_wire_basis_create(const ali_wire_mesh *mesh, const ali_basis_options *options,
                                     ali_wire_basis **basis, alicorn_error *error);
void ali_wire_basis_destroy(ali_wire_basis *basis);

/** Where each function of one basis stands in another of the same mesh and wavenumber whose degrees
 * are nowhere lower: image[f], f < from->count. */
void ali_wire_basis_map(const ali_wire_basis *from, const ali_wire_basis *to, size_t *image);

/** Legendre coefficients of a shape on an element of half length `half` [m]: of the current, [order
 * + 1], and of its slope dI/ds [1/m], [order + 1]; order >= the shape's degree. Both arrays are
 * overwritten. */
void ali_shape_legendre(int shape, double half, int order, double *current, double *slope);

/** Degree of a shape as a polynomial. */
static inline int ali_shape_degree(int shape)
{
    return shape < ALI_SHAPE_CONSTANT    ? 1
           : shape == ALI_SHAPE_CONSTANT ? 0
                                         : shape - ALI_SHAPE_BUBBLE;
}

#endif
