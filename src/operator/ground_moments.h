/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_GROUND_MOMENTS_H
#define ALI_OPERATOR_GROUND_MOMENTS_H

#include "operator/moments.h"

/** @file
 *  What a half-space of a medium adds to the moments of the direct way. With K the kernels that the
 *  medium reflects, t and t' the directions of two elements above it and rho^ the horizontal unit
 *  vector from the source to the observer, the vector part of a pair is
 *
 *      M^A_pq = int int P_p P_q (xx t_h.t'_h + zz t_z t'_z + zx (t_z rho^.t'_h - t'_z rho^.t_h)),
 *      M^Phi_pq = int int P_p P_q phi,
 *
 *  which is symmetric. Of the kernels, the image in the interface takes a constant share g each, g
 * = e^{-jkR}/(4 pi R): these are moments of the image, tubes and all. The rest is bounded, and
 * taken between Gauss points on the axes. Source: docs/theory/wires.md. */

/** Kernels of reflection [1/m] at some points; what the image has is taken out of all but zx.
 * Arrays of shape [count]. */
typedef struct ali_ground_values {
    double complex *xx, *zz, *zx, *phi;
} ali_ground_values;

/** Evaluate at horizontal distances rho >= 0 and sums of heights > 0, both [count, m]. */
typedef void (*ali_ground_values_fn)(const void *context, size_t count, const double *rho,
                                     const double *height, const ali_ground_values *values);

/** A half-space below z = 0 at one frequency. */
typedef struct ali_ground_kernel {
    double complex xx, zz, phi;    /**< shares of the image */
    double wavenumber;             /**< magnitude of the medium's [rad/m] */
    ali_ground_values_fn evaluate; /**< thread-safe */
    const void *context;
} ali_ground_kernel;

/** Working memory for the pairs of one batch, and the moments of their scalar part, laid out as the
 *  batch's own. */
typedef struct ali_ground_moments {
    double *re, *im;
    struct ali_ground_scratch *scratch;
} ali_ground_moments;

/** @param order  highest order of the elements at work, as for the batch
 *  Returns 0, or -1 when memory is out. Clear in either case. */
int ali_ground_moments_create(const ali_moment_batch *batch, int order, ali_ground_moments *ground);
void ali_ground_moments_clear(ali_ground_moments *ground);

/** Turn the moments of e's image, as ali_moment_batch_run left them in the batch, into those of the
 *  vector part, and set those of the scalar part. The arguments are those of that call. No element
 *  may reach down to z = 0. */
void ali_ground_moments_run(const ali_ground_moments *ground, const ali_ground_kernel *kernel,
                            ali_moment_batch *batch, const ali_moment_group *group, size_t from,
                            size_t e, int order);

#endif
