/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_MESH_SCAN_H
#define ALI_SHAPE_MESH_SCAN_H

#include "alicorn/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** @file
 *  Words and numbers of a mesh file held in memory. A number is read by one call whether the file
 *  is text or binary, so that a section of a format is written down once. */

/** Longest word that is kept; no number needs more. */
enum { ALI_SCAN_WORD = 64 };

typedef struct ali_mesh_scan {
    const char *name; /**< of the file, for messages */
    const unsigned char *data;
    size_t size, at; /**< bytes, and the next one to read */
    int line;        /**< of `at`, 1-based; counts while text is read */
    bool binary;     /**< numbers come as bytes from here on */
    bool swapped;    /**< their bytes are in the order that is not little-endian */
    bool had_binary; /**< lines mean nothing in this file: messages give the byte */
    alicorn_error *error;
} ali_mesh_scan;

/** An ALICORN_E_INPUT at the place of `at`: the line of a text, the byte of a binary file. */
alicorn_status ali_scan_fail(const ali_mesh_scan *scan, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Go over white space and count its lines. */
void ali_scan_blanks(ali_mesh_scan *scan);
/** The next word, "" at the end of the file; one that is longer than the room is cut. */
void ali_scan_word(ali_mesh_scan *scan, char word[ALI_SCAN_WORD]);
/** The rest of the line without its end, cut to the room; `at` moves behind the line's end. */
void ali_scan_rest_of_line(ali_mesh_scan *scan, char *text, size_t room);
/** Whether `at` stands at this text (bytes as they are). */
bool ali_scan_stands_at(const ali_mesh_scan *scan, const char *text);
/** Move `at` behind the next occurrence of a text, counting lines. False: there is none. */
bool ali_scan_find(ali_mesh_scan *scan, const char *text);
/** How many bytes are left. */
size_t ali_scan_left(const ali_mesh_scan *scan);

/** A signed number of 32 bits. `what` names it in messages. */
alicorn_status ali_scan_integer(ali_mesh_scan *scan, const char *what, int *value);
/** A number of 64 bits, >= 0: a count or a tag. */
alicorn_status ali_scan_size(ali_mesh_scan *scan, const char *what, uint64_t *value);
/** A finite number: a double where the file is binary. */
alicorn_status ali_scan_real(ali_mesh_scan *scan, const char *what, double *value);
/** A finite number of 32 bits, in binary files only. */
alicorn_status ali_scan_single(ali_mesh_scan *scan, const char *what, double *value);

/** Refuse a count of things that take at least `bytes` each if the rest of the file cannot hold
 *  them. */
alicorn_status ali_scan_check_count(const ali_mesh_scan *scan, const char *what, uint64_t count,
                                    size_t bytes);

#endif
