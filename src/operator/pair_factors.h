/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_PAIR_FACTORS_H
#define ALI_OPERATOR_PAIR_FACTORS_H

#include "operator/wire_operator.h"

/** What turns the moments of one element with the places of a batch into matrix elements: the value
 * of a pair is vector times the moment of both currents plus scalar times that of both slopes, the
 * slope on the batch's side taken by its local coordinate. All arrays of shape [places]. */
typedef struct ali_pair_factors {
    double *vector_re, *vector_im, *scalar_re, *scalar_im; /**< [ohm/m^2], [ohm/m]; the real parts
                                                              over reflecting ground only */
    double *inverse_half;                                  /**< [1/m] */
} ali_pair_factors;

/** Returns 0, or -1 when memory is out. Clear in either case. */
int ali_pair_factors_create(const ali_moment_batch *batch, ali_pair_factors *factors);
void ali_pair_factors_clear(ali_pair_factors *factors);

/** Whether the factors of the image have real parts. */
static inline bool ali_pair_factors_complex(const ali_wire_operator_setup *setup, bool image)
{
    return image && setup->ground == ALI_GROUND_REFLECTION;
}

/** Whether the moments, of the elements or of their images, are made those of a half-space
 * (ground_moments.h), whose vector and scalar parts differ. */
static inline bool ali_pair_factors_half_space(const ali_wire_operator_setup *setup, bool image)
{
    return setup->ground == ALI_GROUND_SOMMERFELD && (image || setup->half_space->buried);
}

/** Factors of element e, or of its image, with the places from … end - 1. */
void ali_pair_factors_set(const ali_pair_factors *factors, const ali_wire_operator_setup *setup,
                          const ali_moment_batch *batch, size_t e, bool image, size_t from,
                          size_t end);

#endif
