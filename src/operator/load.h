/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_LOAD_H
#define ALI_OPERATOR_LOAD_H

#include "operator/wire_operator.h"

/** Loads of a task at one frequency, as the operator takes them. */
typedef struct ali_load_set {
    double complex
        *series; /**< [element_count] distributed impedance [ohm/m]; NULL if there is none */
    ali_lumped *lumped;
    size_t lumped_count;
} ali_load_set;

/** Translate loads. Distributed kinds act along the segment, lumped kinds on the mean current of
 * the segment. Loads on one segment add in series. Loads on a duplicate act on the segment it lies
 * on.
 *  @return ALICORN_OK, ALICORN_E_INPUT (a parallel load of nothing, an open circuit),
 * ALICORN_E_MEMORY */
alicorn_status ali_load_set_create(const ali_wire_basis *basis, const ali_model *model,
                                   const ali_load *loads, size_t count, double omega,
                                   ali_load_set *set, alicorn_error *error);
void ali_load_set_clear(ali_load_set *set);

/** Power that a current x turns into heat in the loads [W], x of shape [basis->count], peak
 * amperes. */
double ali_load_power(const ali_wire_basis *basis, const ali_load_set *set,
                      const double complex *x);

#endif
