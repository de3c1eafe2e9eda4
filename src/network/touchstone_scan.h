/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_NETWORK_TOUCHSTONE_SCAN_H
#define ALI_NETWORK_TOUCHSTONE_SCAN_H

#include "alicorn/network.h"

#include <stdbool.h>

/** @file
 *  Words and lines of a Touchstone file, with their places. */

/** A word, or "[several words]", of the current line. */
typedef struct ali_touchstone_word {
    const char *text; /**< [length] without a terminator */
    size_t length;
    int line, column; /**< from 1 */
} ali_touchstone_word;

typedef struct ali_touchstone_scan {
    const char *name; /**< of the file, for messages */
    const char *text; /**< [length] */
    size_t length, at;
    int line;          /**< of `at`, from 1 */
    size_t line_start; /**< where it begins */
    /** What is to become of a comment: its text after the '!', [length] up to the line's end. */
    void (*comment)(void *user, const char *text, size_t length);
    void *comment_user;
    alicorn_error *error;
} ali_touchstone_scan;

/** Next word of the current line; false at its end. Comments are handed over and passed. */
bool ali_touchstone_word_next(ali_touchstone_scan *scan, ali_touchstone_word *word);

/** Go behind the end of the current line; false at the end of the text. */
bool ali_touchstone_line_next(ali_touchstone_scan *scan);

/** Next word of this or a following line; false at the end of the text. */
bool ali_touchstone_any_next(ali_touchstone_scan *scan, ali_touchstone_word *word);

/** Whether a word is this text, in any case. */
bool ali_touchstone_word_is(const ali_touchstone_word *word, const char *text);

/** A finite number, all of the word.
 *  @return ALICORN_OK, or ALICORN_E_INPUT, naming `what` was expected */
alicorn_status ali_touchstone_number(const ali_touchstone_scan *scan,
                                     const ali_touchstone_word *word, const char *what,
                                     double *value);

/** Fail at a word, or at the place reached if it is NULL. */
alicorn_status ali_touchstone_fail(const ali_touchstone_scan *scan, const ali_touchstone_word *word,
                                   const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
