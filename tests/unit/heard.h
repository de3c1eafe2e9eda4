/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_HEARD_H
#define TESTS_UNIT_HEARD_H

#include "alicorn/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/** @file
 *  What the lint said, and assertions on it. */

enum { MAX_HEARD = 64 };

typedef struct heard {
    size_t count;
    char name[MAX_HEARD][32];
    char message[MAX_HEARD][640];
    int line[MAX_HEARD];
    alicorn_severity severity[MAX_HEARD];
} heard;

/** An alicorn_report_fn; user is a heard. */
static inline void hear(void *user, const alicorn_diagnostic *diagnostic)
{
    heard *list = user;
    assert_true(list->count < MAX_HEARD);
    assert_non_null(diagnostic->object);
    assert_null(strchr(diagnostic->message, '\n'));
    snprintf(list->name[list->count], sizeof *list->name, "%s", diagnostic->name);
    snprintf(list->message[list->count], sizeof *list->message, "%s", diagnostic->message);
    list->line[list->count] = diagnostic->line;
    list->severity[list->count++] = diagnostic->severity;
}

static inline void assert_silent(const heard *list)
{
    for (size_t i = 0; i < list->count; i++)
        print_message("heard %s: %s\n", list->name[i], list->message[i]);
    assert_int_equal(list->count, 0);
}

/** Exactly one finding, of that name; a substring of its message if not NULL. */
static inline void assert_only(const heard *list, const char *name, const char *part)
{
    if (list->count != 1 || strcmp(list->name[0], name) != 0)
        for (size_t i = 0; i < list->count; i++)
            print_message("heard %s: %s\n", list->name[i], list->message[i]);
    assert_int_equal(list->count, 1);
    assert_string_equal(list->name[0], name);
    if (part && !strstr(list->message[0], part))
        fail_msg("\"%s\" is not in \"%s\"", part, list->message[0]);
}

#endif
