/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_RECORD_H
#define ALI_STUDY_RECORD_H

#include "alicorn/result.h"

#include <stdbool.h>
#include <stdint.h>

/** @file
 *  Solves as bytes, complete and bit for bit, for the checkpoint file.
 *
 *  Every function works in both directions, so that what is written and what is read cannot drift
 * apart. Numbers have the machine's own layout: 4 bytes per int, 8 per count, real number or half a
 * complex one. Reading trusts nothing: whatever the bytes are, nothing outside them is read and
 * memory stays in proportion to their number. */

typedef struct ali_record {
    unsigned char *bytes; /**< [size]; owned */
    size_t size, capacity;
    size_t at;             /**< reading: next byte */
    bool reading;          /**< false: values are appended */
    alicorn_status status; /**< of the first failure, after which nothing happens any more:
                              ALICORN_E_MEMORY, or ALICORN_E_INPUT if the bytes make no sense */
} ali_record;

void ali_record_clear(ali_record *record);

void ali_record_bytes(ali_record *record, void *bytes, size_t count);
void ali_record_int(ali_record *record, int *value);
void ali_record_size(ali_record *record, size_t *value);
void ali_record_real(ali_record *record, double *value);

/** A whole solve. When reading, *solve is zero before and is to be cleared by the caller, also
 * after a failure. */
void ali_record_solve(ali_record *record, alicorn_solve_result *solve);

#endif
