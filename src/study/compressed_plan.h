/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_COMPRESSED_PLAN_H
#define ALI_STUDY_COMPRESSED_PLAN_H

#include "solver/compressed.h"
#include "study/work.h"

/** @file
 *  What the compressed solver will take for a structure, found before anything is integrated by
 * sampling a matrix of dipoles (operator/dipoles.h, docs/theory/compressed.md). */

typedef struct ali_compressed_plan {
    size_t unknowns;
    ali_compressed_prediction counts; /**< counts.bytes: held between solutions */
} ali_compressed_plan;

/** @param k        wavenumber [rad/m], > 0
 *  @param image    over a conducting ground, or one taken for such
 *  @param options  as for ali_compressed_create; threads, limit and progress are heeded
 *  @return ALICORN_OK; ALICORN_E_MEMORY, also if the prediction is above the limit of the options;
 *          ALICORN_E_INTERRUPTED
 *  Cost: some 30 microseconds per unknown and thread. */
alicorn_status ali_compressed_plan_create(const ali_basis *basis, double k, bool image,
                                          const ali_compressed_options *options,
                                          ali_compressed_plan *plan, alicorn_error *error);

/** Most that the solver holds at a time, while it is made or solves for so many columns [bytes];
 * within a tenth. Mesh, near pairs, operator and right-hand sides come on top. */
size_t ali_compressed_plan_bytes(const ali_compressed_plan *plan, size_t columns);

/** Time of one frequency, within a third; `near` is left 0.
 *  @param work  of the same structure at the same wavenumber */
ali_stage_times ali_compressed_plan_times(const ali_compressed_plan *plan, const ali_work *work,
                                          const ali_work_request *request,
                                          const alicorn_rates *rates);

#endif
