/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_FAR_FILES_H
#define ALI_OUTPUT_FAR_FILES_H

#include "alicorn/output.h"
#include "model/model.h"

#include <stdbool.h>

/** @file
 *  Far-field files of other programs: which patterns go into which file, and one writer per
 * format. The sources of the formats stand in docs/formats.md. */

/** One pattern at one frequency, driven in one way. */
typedef struct ali_far_block {
    const alicorn_solve_result *solve;
    size_t index; /**< of the pattern within the solve */
} ali_far_block;

/** What a writer of one file gets. */
typedef struct ali_far_content {
    const alicorn_model *model;
    const ali_far_block *blocks; /**< [count] of one file, in the order of the file */
    size_t count;                /**< >= 1 */
} ali_far_content;

/** Check and write one file. Checks come first, so that nothing is written after a failure.
 *  ALICORN_E_USAGE says what the format cannot hold. */
alicorn_status ali_far_check_ffe(const ali_far_content *content, alicorn_error *error);
alicorn_status ali_far_check_ffs(const ali_far_content *content, alicorn_error *error);
alicorn_status ali_far_check_ffd(const ali_far_content *content, alicorn_error *error);
alicorn_status ali_far_check_msi(const ali_far_content *content, alicorn_error *error);
void ali_far_write_ffe(const ali_far_content *content, FILE *stream);
void ali_far_write_ffs(const ali_far_content *content, FILE *stream);
void ali_far_write_ffd(const ali_far_content *content, FILE *stream);
void ali_far_write_msi(const ali_far_content *content, FILE *stream);

/** The pattern of a block. */
const alicorn_pattern *ali_far_pattern(const ali_far_block *block);

/** "pattern 2 of task 1", for messages; returns text. */
const char *ali_far_block_text(char text[80], const ali_far_block *block);

/** Whether angles are start, start + step, … with a step > 0 [degrees]. One alone is. */
bool ali_far_is_uniform(const double *angles_deg, size_t count);

#endif
