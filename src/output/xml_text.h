/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_XML_TEXT_H
#define ALI_OUTPUT_XML_TEXT_H

#include <stdio.h>

/** UTF-8 text between tags or in an attribute of XML: what is special there becomes an entity,
 * control characters become blanks, and bytes that are no UTF-8 become '?'. */
void ali_xml_text(FILE *stream, const char *text);

#endif
