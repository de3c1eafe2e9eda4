/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_SOURCE_H
#define VIEW_SOURCE_H

#include "reply.h"
#include "session.h"

/** @file
 *  What a request wants to have read: the file, or a text in its place, with other values. It
 * stands by itself, so that nothing is locked while it is read. */

typedef struct view_source {
    const view_session *session; /**< for what stays of it */
    view_text *text;             /**< to be read */
    view_text *disk;             /**< the file, whose names of files may be followed anywhere */
    json_t *set;                 /**< as asked: names and numbers */
    size_t set_count;            /**< with those of the command line */
    const char **set_names;      /**< [set_count] of `set` or the options; the array is owned */
    double *set_values;          /**< [set_count] */
} view_source;

/** Take `text` and `set` of a request; the file must have been looked at and the lock be held.
 *  False if they are wrong or memory is out: then the reply says so. Clear it in any case. */
bool view_source_take(view_source *source, const view_session *session, const json_t *request,
                      view_reply *reply);
void view_source_clear(view_source *source);

/** How the library reads it. The source is borrowed. */
alicorn_read_options view_source_options(const view_source *source);

/** Member of a request that must be a string, if it is there. False if it is something else: then
 *  the reply says so. */
bool view_take_string(const json_t *request, const char *key, const json_t **string,
                      view_reply *reply);

#endif
