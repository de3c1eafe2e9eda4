/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_MEMORY_H
#define ALI_STUDY_MEMORY_H

#include "study/unit.h"

/** @file
 *  How much memory a solve takes, from what is known before anything is integrated: within a tenth
 *  of what the process holds at most, as long as no degrees are raised; m unknowns more take about
 *  60 n m bytes. Cross-sections of many directions take less, for how few waves make up the others
 *  is not known before (wave_span.h). */

/** The program itself, its libraries and their buffers [bytes]. */
#define ALI_PROGRAM_BYTES ((size_t)8000000)

/** What a structure holds over all frequencies: mesh and near pairs [bytes]. */
size_t ali_structure_bytes(const ali_structure *structure);

/** What one frequency of a structure holds at most: the system, the currents of its ports, and the
 * answers of the most demanding of its tasks [bytes].
 *  @param tasks  [task_count] */
size_t ali_unit_bytes(const ali_structure *structure, const ali_task *const *tasks,
                      size_t task_count, bool mixed);

/** What the solver of a structure holds while it is made [bytes]; part of ali_unit_bytes. */
size_t ali_unit_matrix_bytes(const ali_structure *structure, bool mixed);

/** All results of a task [bytes]. */
size_t ali_results_bytes(const ali_model *model, const ali_task *task);

#endif
