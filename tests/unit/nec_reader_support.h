/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_TESTS_NEC_READER_SUPPORT_H
#define ALI_TESTS_NEC_READER_SUPPORT_H

#include "alicorn/model.h"
#include "model/model.h"

/** A straight dipole of 9 segments with tag 1 and its GE card: lines 1 to 3 of a deck. */
#define DIPOLE "CE\nGW 1 9 0 0 -.5 0 0 .5 .001\nGE 0\n"

/** Read a deck that has no errors; every other finding is appended to `notes` (of NOTES_SIZE) as
 * "line name\n". notes may be NULL. */
ali_model *read_good(const char *deck, char *notes);

/** Read a deck that has errors and give "line:column: message\n" of each, in static memory. */
const char *read_bad(const char *deck);

#define NOTES_SIZE 1000

#endif
