/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_TESTS_KEY_DOCUMENT_H
#define ALI_TESTS_KEY_DOCUMENT_H

#include "input/keys.h"

/** Text of a document, "docs/project.md"; to be freed. */
char *read_document(const char *path);
/** The document's first block of YAML; to be freed. */
char *read_document_example(const char *path);
/** The document has every key and unit as the table has it, each mapping in its own section, and no
 *  row besides. */
void check_key_document(const char *path, const ali_key_table *table);

#endif
