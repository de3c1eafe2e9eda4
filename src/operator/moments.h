/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_MOMENTS_H
#define ALI_OPERATOR_MOMENTS_H

#include "green/far_kernel.h"
#include "operator/near.h"

#include <complex.h>

/** @file
 *  Moments of the kernel for any pair of elements at one frequency. Far pairs, nearly all of them,
 * take the kernel between Gauss points on the axes, evaluated for one element against many at a
 * time; pairs in the middle range take more points; near pairs the stored static moments and the
 * smooth rest. */

/** Gauss points of all elements, and the near pairs. */
typedef struct ali_moment_source {
    const ali_wire_basis *basis; /**< borrowed */
    const ali_near *near;        /**< borrowed */
    double k;
    unsigned char *points; /**< [element_count] Gauss points per element for far pairs */
    ali_far_kernel_fn kernel;
} ali_moment_source;

alicorn_status ali_moment_source_create(const ali_wire_basis *basis, const ali_near *near, double k,
                                        ali_moment_source *source, alicorn_error *error);
void ali_moment_source_clear(ali_moment_source *source);

/** Moments of one element after the other against a fixed list of elements. */
typedef struct ali_moment_batch ali_moment_batch;

/** Batch for a list of up to `capacity` elements; one thread each. */
alicorn_status ali_moment_batch_create(const ali_moment_source *source, size_t capacity,
                                       ali_moment_batch **batch, alicorn_error *error);
/** Append an element to the list; ascending order. */
void ali_moment_batch_add(ali_moment_batch *batch, size_t element);
/** Begin with element e (its moments up to `order`) against the list, or against the list's mirror
 * images. */
void ali_moment_batch_start(ali_moment_batch *batch, size_t e, int order, bool image);
/** Moments [order + 1][order_f + 1] of e with the j-th of the list; j ascending after each start.
 */
void ali_moment_batch_get(ali_moment_batch *batch, size_t j, int order_f, double complex *moments);
void ali_moment_batch_destroy(ali_moment_batch *batch);

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
