/* SPDX-License-Identifier: Apache-2.0 */
#include "output/xml_text.h"

#include "base/text_file.h"

#include <string.h>

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void ali_xml_text(FILE *stream, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        size_t length = ali_utf8_length(text, left);
        const char *entity = entity_of(*text);
        if (entity)
            fputs(entity, stream);
        else if (length == 0)
            fputc('?', stream);
        else if (length == 1 && ((unsigned char)*text < ' ' || *text == 0x7F))
            fputc(' ', stream);
        else
            fwrite(text, 1, length, stream);
        length += length == 0;
        text += length;
        left -= length;
    }
}
