/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text_file.h"

#include "base/error.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static alicorn_status read_stream(FILE *stream, const char *path, char **text, size_t *length,
                                  alicorn_error *error)
{
    size_t capacity = 1 << 16;
    *length = 0;
    *text = malloc(capacity);
    while (*text) {
        *length += fread(*text + *length, 1, capacity - *length, stream);
        if (ferror(stream)) {
            free(*text);
            *text = NULL;
            return ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL,
                                    "the file cannot be read (error %d)", errno);
        }
        if (*length < capacity || *length > ALI_TEXT_FILE_MAX_BYTES)
            return ALICORN_OK;
        capacity *= 2;
        char *grown = realloc(*text, capacity);
        if (!grown)
            free(*text);
        *text = grown;
    }
    return ali_error_memory(error, capacity, "a file");
}

alicorn_status ali_text_file_read(const char *path, const char *expected, char **text,
                                  size_t *length, alicorn_error *error)
{
    bool standard_input = strcmp(path, "-") == 0;
    FILE *stream = standard_input ? stdin : fopen(path, "rb");
    *text = NULL;
    *length = 0;
    if (!stream)
        return ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL,
                                errno == ENOENT ? "there is no such file, expected %s"
                                                : "the file cannot be opened, expected %s",
                                expected);
    alicorn_status status = read_stream(stream, path, text, length, error);
    if (!standard_input)
        fclose(stream);
    return status;
}

size_t ali_utf8_length(const char *text, size_t length)
{
    unsigned char first = (unsigned char)text[0];
    size_t wanted = first < 0x80                    ? 1
                    : first >= 0xc2 && first < 0xe0 ? 2
                    : first >= 0xe0 && first < 0xf0 ? 3
                    : first >= 0xf0 && first < 0xf5 ? 4
                                                    : 0;
    if (wanted > length)
        return 0;
    for (size_t i = 1; i < wanted; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return 0;
    unsigned char second = wanted > 1 ? (unsigned char)text[1] : 0;
    bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    bool surrogate = first == 0xed && second >= 0xa0;
    bool beyond = first == 0xf4 && second >= 0x90;
    return overlong || surrogate || beyond ? 0 : wanted;
}
