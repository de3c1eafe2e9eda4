/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_TESTS_RADIOS_SUPPORT_H
#define ALI_TESTS_RADIOS_SUPPORT_H

#include "findings_text.h"
#include "input/radios_reader.h"

/** Files of the tests: any .s3p has the ports UHF-1, AIS and GNSS from 100 to 400 MHz, any .s2p is
 *  a two-port over the same; bad.s3p has an error in line 4, loud.s3p reflects 100 W of 1 W. */
extern const ali_radios_files test_files;

/** Read radios that have no errors; other findings are appended to `notes` (of NOTES_SIZE) as "line
 *  name\n", which may be NULL. */
alicorn_radios *read_good(const char *text, char *notes);
/** Read radios that have errors and give "line:column: message\n" of each, in static memory. */
const char *read_bad(const char *text);

#endif
