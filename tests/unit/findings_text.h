/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_TESTS_FINDINGS_TEXT_H
#define ALI_TESTS_FINDINGS_TEXT_H

#include "alicorn/status.h"

/** @file
 *  Findings of readers as text, for comparison (alicorn_report_fn). */

#define NOTES_SIZE 1000
#define ERRORS_SIZE 8000

/** Append "line name\n" of a note or warning to a text of NOTES_SIZE, which may be NULL; errors
 * fail the test. */
void collect_notes(void *notes, const alicorn_diagnostic *finding);

/** Append "line:column: message\n" of an error in test.yaml to a text of ERRORS_SIZE. */
void collect_errors(void *errors, const alicorn_diagnostic *finding);

#endif
