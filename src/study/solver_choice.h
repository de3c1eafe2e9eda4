/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_SOLVER_CHOICE_H
#define ALI_STUDY_SOLVER_CHOICE_H

#include "study/unit.h"

/** @file
 *  Whether the matrix of a structure is held in full or compressed. The choice hangs on the
 *  structure, on what is asked of it and on the memory that is allowed, not on the machine's speed:
 * the same input is solved the same way everywhere. */

/** What every solve of a structure with so many unknowns asks of its factorisation: the ports. */
ali_work_request ali_structure_request(const ali_structure *structure, size_t unknowns, bool mixed);
/** Add what a task asks of one frequency. */
void ali_work_request_add(ali_work_request *request, const ali_task *task);

/** Set structure->compressed, and structure->compressed_plan if the matrix is to be compressed.
 *  @param highest  highest frequency of the structure [Hz]
 *  @param bytes    that one frequency may take
 *  @return ALICORN_OK; ALICORN_E_INPUT if options ask for what cannot be compressed;
 *          ALICORN_E_MEMORY; ALICORN_E_INTERRUPTED */
alicorn_status ali_choose_solver(ali_structure *structure, const ali_task *const *tasks,
                                 size_t task_count, double highest, const alicorn_options *options,
                                 size_t bytes, alicorn_error *error);

#endif
