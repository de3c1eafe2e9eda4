/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_FILE_NAMES_H
#define ALI_OUTPUT_FILE_NAMES_H

#include "alicorn/result.h"

#include <stdbool.h>

/** @file
 *  Parts of names of files, where one output takes several. */

enum { ALI_FILE_SUFFIX_SIZE = 160, ALI_FILE_PART_SIZE = 48 };

/** The driven port in a file's name: its own name, with '_' for what does not belong into file
 * names; "all" if ports are not driven in turn. */
void ali_file_port(char part[ALI_FILE_PART_SIZE], const alicorn_solve_result *solve);

/** Whether two parts are one name where capitals and small letters are not told apart. */
bool ali_file_same(const char *a, const char *b);

/** Add "-part" to a suffix. */
void ali_file_append(char suffix[ALI_FILE_SUFFIX_SIZE], const char *part);

#endif
