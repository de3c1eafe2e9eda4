/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_SIGNATURE_H
#define ALI_STUDY_SIGNATURE_H

#include "alicorn/options.h"
#include "base/hash.h"
#include "model/model.h"
#include "study/record.h"

/** @file
 *  What the numbers of a solve depend on, small enough to be kept beside them: two solves with
 * equal signatures have equal results. File names, comments, line numbers and what only NEC's
 * listing shows do not count; neither do settings that only say how the work is done. */

enum {
    ALI_SIGNATURE_OPTIONS = 0
#define ALI_SIGNATURE_COUNT(type, field, flag, init, lo, hi, unit, help) +1
    ALICORN_OPTION_TABLE(ALI_SIGNATURE_COUNT)
#undef ALI_SIGNATURE_COUNT
};

typedef struct ali_signature {
    char version[32];  /**< of the library */
    ali_hash wires;    /**< the segments of all jobs */
    ali_hash surfaces; /**< their triangles, what these are made of, and edge lines */
    ali_hash tasks;    /**< named ports, grounds, loads, networks, sources, frequencies, requests */
    double options[ALI_SIGNATURE_OPTIONS]; /**< in the order of the table; 0 where they do not
                                              count */
} ali_signature;

void ali_signature_make(const ali_model *model, const alicorn_options *options,
                        ali_signature *signature);

/** Compare an earlier signature with the present one.
 *  @return ALICORN_OK, or ALICORN_E_INPUT with a message that says what is different */
alicorn_status ali_signature_compare(const ali_signature *earlier, const ali_signature *present,
                                     const char *file, alicorn_error *error);

/** Write or read a signature. */
void ali_record_signature(ali_record *record, ali_signature *signature);

#endif
