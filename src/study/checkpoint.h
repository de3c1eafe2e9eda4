/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_CHECKPOINT_H
#define ALI_STUDY_CHECKPOINT_H

#include "study/plan.h"
#include "study/signature.h"

/** @file
 *  A file that grows by one record per finished unit of a plan, so that a run which was interrupted
 * or crashed can go on where it was.
 *
 *      magic text, byte-order mark, version of the format     16 bytes
 *      frame with the signature
 *      one frame per finished unit, in the order they finished
 *
 *  A frame is its payload's length (8 bytes), a hash of length and payload (16 bytes), and the
 * payload (study/record.h). What a crash cut off, or what does not have its hash, ends the valid
 * part; it is cut away and its frequencies are solved again. Byte order and layout are those of the
 * machine; the mark tells when they are another's. */

typedef struct ali_checkpoint ali_checkpoint;

/** Open or make a checkpoint file and lock it against a second run.
 *  @param resume  true: go on from the file if there is one; false: there must be none
 *  @return ALICORN_OK; ALICORN_E_USAGE if it exists and resume is false; ALICORN_E_INPUT if it is
 * something else or belongs to another model, other options or another version; ALICORN_E_IO if it
 * cannot be made, or another run has it; ALICORN_E_MEMORY */
alicorn_status ali_checkpoint_open(const char *path, bool resume, const ali_signature *signature,
                                   ali_checkpoint **checkpoint, alicorn_error *error);

/** What was found in a checkpoint. */
typedef struct ali_restored {
    size_t units;   /**< taken over */
    size_t dropped; /**< bytes of damaged records that were cut off */
} ali_restored;

/** Take over the finished units of an earlier run. Call once, before the first append.
 *  @param[in,out] solves  [plan->result_count], zero where a unit is not done
 *  @param[in,out] done    [plan->unit_count] */
alicorn_status ali_checkpoint_restore(ali_checkpoint *checkpoint, const ali_plan *plan,
                                      alicorn_solve_result *solves, bool *done,
                                      ali_restored *restored, alicorn_error *error);

/** Append a finished unit; solves as above. After a failure the file is as before. Not for parallel
 * use. */
alicorn_status ali_checkpoint_append(ali_checkpoint *checkpoint, const ali_plan *plan, size_t unit,
                                     const alicorn_solve_result *solves, alicorn_error *error);

/** Close the file, which stays. NULL is fine. */
void ali_checkpoint_close(ali_checkpoint *checkpoint);

#endif
