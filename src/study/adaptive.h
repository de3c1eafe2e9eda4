/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_ADAPTIVE_H
#define ALI_STUDY_ADAPTIVE_H

#include "study/plan.h"

/** @file
 *  Adaptive sweeps: of the frequencies that a plan has, those are solved that a rational model of
 *  the N-port needs, and the others are interpolated (network/sampler.h, docs/theory/sweep.md). */

typedef struct ali_adaptive ali_adaptive;

/** Whether any task of a plan will be swept adaptively. */
bool ali_adaptive_wanted(const ali_plan *plan, const alicorn_options *options);

/** Find the tasks of a plan that are swept adaptively: asked for by the options or the task, with
 * at least five frequencies, driven by sources, and asked for nothing that cannot be interpolated.
 * Those that are asked for and cannot be are reported, and solved at all frequencies.
 *  @param adaptive  NULL if there are none */
alicorn_status ali_adaptive_create(const ali_plan *plan, const alicorn_options *options,
                                   ali_adaptive **adaptive, alicorn_error *error);
void ali_adaptive_destroy(ali_adaptive *adaptive);

/** Units to be solved next.
 *  @param solves  of the plan, as far as done
 *  @param done    [units]
 *  @param units   [plan->unit_count]
 *  @param count   how many; 0: enough is known */
alicorn_status ali_adaptive_next(ali_adaptive *adaptive, const alicorn_solve_result *solves,
                                 const bool *done, size_t *units, size_t *count,
                                 alicorn_error *error);

/** Interpolate all solves of adaptive sweeps that were not done.
 *  @param sweeps  *sweep_count of them, one per adaptive task; the caller's to free */
alicorn_status ali_adaptive_finish(const ali_adaptive *adaptive, alicorn_solve_result *solves,
                                   alicorn_sweep **sweeps, size_t *sweep_count,
                                   alicorn_error *error);

#endif
