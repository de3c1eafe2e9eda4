/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_MOMENTS_H
#define ALI_OPERATOR_MOMENTS_H

#include "green/far_kernel.h"
#include "operator/near.h"

#include <complex.h>

/** @file
 *  Moments of the kernel for any pair of elements at one frequency. Far pairs, nearly all of them,
 * take the kernel between a few Gauss points on the axes; pairs in the middle range take more
 * points; near pairs the stored static moments and the smooth rest. All three are evaluated for one
 * element against a list of others at a time. */

enum { ALI_MOMENT_SIZE = ALI_TUBE_ORDER_MAX + 1 };

/** How good moments of pairs that are not near must be, relative to M_00. */
typedef enum ali_moment_precision {
    ALI_MOMENT_FULL,     /**< 1e-4, most to 1e-5 and better: the matrix */
    ALI_MOMENT_ESTIMATE, /**< 5e-3: error estimates, which are good to some per cent at best */
    ALI_MOMENT_PRECISIONS
} ali_moment_precision;

/** Gauss points of each element for far pairs, and from where on they are enough. */
typedef struct ali_moment_rules {
    unsigned char *points; /**< [element_count] per element; 1: by expansion, if both elements'
                              are, otherwise 2 */
    double *reach;         /**< [element_count] distance from which they are enough [m] */
} ali_moment_rules;

/** What all pairs of a frequency share. */
typedef struct ali_moment_source {
    const ali_wire_basis *basis; /**< borrowed */
    const ali_near *near;        /**< borrowed */
    double k;
    ali_moment_rules rules[ALI_MOMENT_PRECISIONS];
    double *coaxial_re, *coaxial_im;  /**< ali_near_coaxial_moments */
    double (*table)[ALI_MOMENT_SIZE]; /**< weighted Legendre polynomials of all rules, as the Gauss
                                         table */
    const ali_far_kernel *kernel;
} ali_moment_source;

alicorn_status ali_moment_source_create(const ali_wire_basis *basis, const ali_near *near, double k,
                                        ali_moment_source *source, alicorn_error *error);
void ali_moment_source_clear(ali_moment_source *source);

/** Gauss's rule of so many points on an element, up to 24, for the kernels. */
ali_far_rule ali_moment_rule(const ali_moment_source *source, int points);

/** Elements of a batch that take the same Gauss points, in consecutive places. */
typedef struct ali_moment_group {
    size_t first; /**< place, a multiple of ALI_FAR_LANES */
    size_t count;
    int points;
    int order; /**< highest of its elements */
} ali_moment_group;

/** A list of elements, and the moments of one other element with all of them. */
typedef struct ali_moment_batch {
    const ali_moment_source *source; /**< borrowed */
    ali_moment_precision precision;
    size_t group_count, places; /**< places are groups padded to full vectors */
    ali_moment_group *groups;
    size_t *place;        /**< [list]: where the i-th element of the list stands */
    size_t *element;      /**< [places] */
    unsigned char *order; /**< [places] order of its moments, >= 1 */
    int order_max;
    double *re, *im; /**< moments (p, q) of the element at work and the one in a place: [(p (group's
                        order + 1) + q) places + place] */
    /* tubes of the list */
    ali_tube_array tubes;
    double *reach;
    struct ali_moment_scratch *scratch;
} ali_moment_batch;

/** Batch for a list of elements; one thread each.
 *  @param[in] elements  [count], ascending
 *  @param[in] orders    [count] Legendre order wanted of each
 *  @param     order     highest order wanted of the elements at work */
alicorn_status ali_moment_batch_create(const ali_moment_source *source,
                                       ali_moment_precision precision, size_t count,
                                       const size_t *elements, const unsigned char *orders,
                                       int order, ali_moment_batch **batch, alicorn_error *error);
void ali_moment_batch_destroy(ali_moment_batch *batch);

/** Tubes of the list in the places from … end - 1. */
ali_tube_array ali_moment_tubes(const ali_moment_batch *batch, size_t from, size_t end);

/** Moments of element e, or of its mirror image in z = 0, up to `order` (at least 1) with the
 * elements of a group from place `from` on (a multiple of ALI_FAR_LANES). */
void ali_moment_batch_run(ali_moment_batch *batch, const ali_moment_group *group, size_t from,
                          size_t e, int order, bool image);

/** A ground that reflects by Fresnel's coefficients, with a screen of radial wires around the
 * origin. */
typedef struct ali_reflector {
    double complex impedance; /**< of the medium over that of the air [1] */
    int screen_count;         /**< radial wires, 0 = none */
    double screen_length;     /**< [m] */
    double screen_radius;     /**< of a wire [m] */
} ali_reflector;

/** Factors of the vector and the scalar part of an image term over such a ground, relative to j
 * omega mu and 1/(j omega eps); over PEC they are -t.mirror(t') and -1. Source:
 * docs/theory/wires.md. */
void ali_reflection_factors(const ali_element *test, const ali_element *source, double k,
                            const ali_reflector *reflector, double complex *vector,
                            double complex *scalar);

#endif
