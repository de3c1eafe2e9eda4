/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_LISTING_CASES_H
#define TESTS_UNIT_LISTING_CASES_H

#include "sample_result.h"

/** @file
 *  Models that between them make every section of the listing. Each corresponds to a deck that was
 * also run through nec2c 1.3: headings, order and columns of the golden files agree with its output
 * character by character. */

typedef struct listing_case {
    const char *golden; /**< file name in tests/unit/golden */
    void (*make)(ali_model **model, alicorn_result **result);
} listing_case;

extern const listing_case listing_cases[];
extern const size_t listing_case_count;

#endif
