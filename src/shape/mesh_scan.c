/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/mesh_scan.h"

#include "base/error.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

alicorn_status ali_scan_fail(const ali_mesh_scan *scan, const char *format, ...)
{
    char reason[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    if (scan->had_binary)
        return ali_error_set_at(scan->error, ALICORN_E_INPUT, scan->name, 0, 0, NULL,
                                "at byte %zu: %s", scan->at, reason);
    return ali_error_set_at(scan->error, ALICORN_E_INPUT, scan->name, scan->line, 0, NULL, "%s",
                            reason);
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static void count_line(ali_mesh_scan *scan, unsigned char c)
{
    if (c == '\n' && scan->line < INT_MAX)
        scan->line++;
}

size_t ali_scan_left(const ali_mesh_scan *scan)
{
    return scan->size - scan->at;
}

void ali_scan_blanks(ali_mesh_scan *scan)
{
    while (scan->at < scan->size && is_blank(scan->data[scan->at]))
        count_line(scan, scan->data[scan->at++]);
}

void ali_scan_word(ali_mesh_scan *scan, char word[ALI_SCAN_WORD])
{
    size_t length = 0;
    ali_scan_blanks(scan);
    for (; scan->at < scan->size && !is_blank(scan->data[scan->at]); scan->at++)
        if (length < ALI_SCAN_WORD - 1)
            word[length++] = (char)scan->data[scan->at];
    word[length] = '\0';
}

void ali_scan_rest_of_line(ali_mesh_scan *scan, char *text, size_t room)
{
    size_t length = 0;
    for (; scan->at < scan->size && scan->data[scan->at] != '\n'; scan->at++)
        if (length + 1 < room)
            text[length++] = (char)scan->data[scan->at];
    if (scan->at < scan->size)
        count_line(scan, scan->data[scan->at++]);
    while (length > 0 && is_blank((unsigned char)text[length - 1]))
        length--;
    text[length] = '\0';
}

bool ali_scan_stands_at(const ali_mesh_scan *scan, const char *text)
{
    size_t length = strlen(text);
    return ali_scan_left(scan) >= length && memcmp(scan->data + scan->at, text, length) == 0;
}

bool ali_scan_find(ali_mesh_scan *scan, const char *text)
{
    for (; scan->at < scan->size; scan->at++) {
        if (scan->data[scan->at] == (unsigned char)text[0] && ali_scan_stands_at(scan, text)) {
            scan->at += strlen(text);
            return true;
        }
        count_line(scan, scan->data[scan->at]);
    }
    return false;
}

/** The next `count` <= 8 bytes as an unsigned number. */
static alicorn_status get_bytes(ali_mesh_scan *scan, const char *what, size_t count,
                                uint64_t *value)
{
    if (ali_scan_left(scan) < count)
        return ali_scan_fail(scan, "the file ends where %s is expected", what);
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        size_t place = scan->swapped ? i : count - 1 - i;
        *value = *value << 8 | scan->data[scan->at + place];
    }
    scan->at += count;
    return ALICORN_OK;
}

/** A word that must be there, for a number. */
static alicorn_status get_word(ali_mesh_scan *scan, const char *what, char word[ALI_SCAN_WORD])
{
    ali_scan_word(scan, word);
    if (word[0] == '\0')
        return ali_scan_fail(scan, "the file ends where %s is expected", what);
    return ALICORN_OK;
}

alicorn_status ali_scan_integer(ali_mesh_scan *scan, const char *what, int *value)
{
    if (scan->binary) {
        uint64_t bits = 0;
        alicorn_status status = get_bytes(scan, what, 4, &bits);
        if (status != ALICORN_OK)
            return status;
        uint32_t low = (uint32_t)bits;
        int32_t number;
        memcpy(&number, &low, sizeof number);
        *value = number;
        return ALICORN_OK;
    }
    char word[ALI_SCAN_WORD], *end;
    alicorn_status status = get_word(scan, what, word);
    if (status != ALICORN_OK)
        return status;
    errno = 0;
    long number = strtol(word, &end, 10);
    if (*end != '\0' || errno != 0 || number < INT_MIN || number > INT_MAX)
        return ali_scan_fail(scan, "'%s' where %s, a whole number, is expected", word, what);
    *value = (int)number;
    return ALICORN_OK;
}

alicorn_status ali_scan_size(ali_mesh_scan *scan, const char *what, uint64_t *value)
{
    if (scan->binary)
        return get_bytes(scan, what, 8, value);
    char word[ALI_SCAN_WORD], *end;
    alicorn_status status = get_word(scan, what, word);
    if (status != ALICORN_OK)
        return status;
    errno = 0;
    unsigned long long number = strtoull(word, &end, 10);
    if (*end != '\0' || errno != 0 || word[0] == '-')
        return ali_scan_fail(scan, "'%s' where %s, a whole number, is expected", word, what);
    *value = number;
    return ALICORN_OK;
}

alicorn_status ali_scan_real(ali_mesh_scan *scan, const char *what, double *value)
{
    if (scan->binary) {
        uint64_t bits = 0;
        alicorn_status status = get_bytes(scan, what, 8, &bits);
        if (status != ALICORN_OK)
            return status;
        memcpy(value, &bits, sizeof *value);
    } else {
        char word[ALI_SCAN_WORD], *end;
        alicorn_status status = get_word(scan, what, word);
        if (status != ALICORN_OK)
            return status;
        *value = strtod(word, &end);
        if (*end != '\0' || strpbrk(word, "xX"))
            return ali_scan_fail(scan, "'%s' where %s, a number, is expected", word, what);
    }
    if (!isfinite(*value))
        return ali_scan_fail(scan, "%s is not finite", what);
    return ALICORN_OK;
}

alicorn_status ali_scan_single(ali_mesh_scan *scan, const char *what, double *value)
{
    uint64_t bits = 0;
    alicorn_status status = get_bytes(scan, what, 4, &bits);
    if (status != ALICORN_OK)
        return status;
    uint32_t low = (uint32_t)bits;
    float number;
    memcpy(&number, &low, sizeof number);
    if (!isfinite(number))
        return ali_scan_fail(scan, "%s is not finite", what);
    *value = number;
    return ALICORN_OK;
}

alicorn_status ali_scan_check_count(const ali_mesh_scan *scan, const char *what, uint64_t count,
                                    size_t bytes)
{
    size_t left = ali_scan_left(scan);
    if (count <= left / bytes)
        return ALICORN_OK;
    return ali_scan_fail(
        scan, "%llu %s need at least %.3g MB, but the file has %.3g MB left from here",
        (unsigned long long)count, what, (double)count * (double)bytes / 1e6, (double)left / 1e6);
}
