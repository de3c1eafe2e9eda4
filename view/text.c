/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include "alicorn/digest.h"
#include "reply.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

view_text *view_text_create(const char *bytes, size_t length)
{
    view_text *text = malloc(sizeof *text + length + 1);
    if (!text)
        return NULL;
    atomic_init(&text->references, 1);
    text->length = length;
    if (length > 0)
        memcpy(text->bytes, bytes, length);
    text->bytes[length] = '\0';
    alicorn_sha256_hex(text->bytes, length, text->sha256);
    return text;
}

view_text *view_text_keep(view_text *text)
{
    atomic_fetch_add(&text->references, 1);
    return text;
}

void view_text_drop(view_text *text)
{
    if (text && atomic_fetch_sub(&text->references, 1) == 1)
        free(text);
}

alicorn_status view_text_read(const char *path, view_text **text, alicorn_error *error)
{
    size_t capacity = 1 << 16, length = 0;
    char *bytes = malloc(capacity);
    FILE *file = fopen(path, "rb");
    alicorn_status status = ALICORN_OK;
    *text = NULL;
    if (!file)
        status = view_fail(error, ALICORN_E_IO, "cannot read: %s", strerror(errno));
    while (status == ALICORN_OK && bytes && !feof(file) && !ferror(file)) {
        if (length == capacity) {
            char *more = capacity < VIEW_TEXT_MAX ? realloc(bytes, 2 * capacity) : NULL;
            if (!more)
                status = view_fail(error, ALICORN_E_IO, "expected at most %d bytes", VIEW_TEXT_MAX);
            bytes = more ? more : bytes;
            capacity *= 2;
        }
        if (status == ALICORN_OK)
            length += fread(bytes + length, 1, capacity - length, file);
    }
    if (status == ALICORN_OK && bytes && ferror(file))
        status = view_fail(error, ALICORN_E_IO, "cannot read: %s", strerror(errno));
    if (file)
        fclose(file);
    if (status == ALICORN_OK && (!bytes || !(*text = view_text_create(bytes, length))))
        status = view_fail(error, ALICORN_E_MEMORY, "out of memory");
    free(bytes);
    if (status != ALICORN_OK)
        snprintf(error->file, sizeof error->file, "%s", path);
    return status;
}

json_t *view_text_json(const view_text *text)
{
    json_t *string = json_stringn(text->bytes, text->length);
    char *utf8 = string ? NULL : malloc(2 * text->length + 1);
    if (!utf8)
        return string;
    size_t length = 0;
    for (size_t i = 0; i < text->length; i++) {
        unsigned char c = (unsigned char)text->bytes[i];
        if (c >= 0x80)
            utf8[length++] = (char)(0xc0 | c >> 6);
        utf8[length++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3f));
    }
    string = json_stringn(utf8, length);
    free(utf8);
    return string;
}
