/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_REPLY_H
#define VIEW_REPLY_H

#include "alicorn/status.h"
#include "assets.h"
#include "events.h"

#include <jansson.h>
#include <stddef.h>

/** @file
 *  Answers to requests, without the protocol that carries them. */

/** Codes of HTTP that are used. */
enum {
    VIEW_OK = 200,
    VIEW_BAD_REQUEST = 400,
    VIEW_FORBIDDEN = 403,
    VIEW_NOT_FOUND = 404,
    VIEW_NOT_ALLOWED = 405,
    VIEW_CONFLICT = 409,
    VIEW_TOO_LARGE = 413,
    VIEW_BAD_TYPE = 415,
    VIEW_FAILED = 500
};

/** One answer: a body, a file of the page, or a stream of events. */
typedef struct view_reply {
    int code;
    char *body; /**< [size]; owned */
    size_t size;
    const view_asset *asset; /**< in place of the body; NULL */
    view_stream *stream;     /**< in place of the body; owned; NULL */
    const char *allow;       /**< methods of the path, with VIEW_NOT_ALLOWED */
} view_reply;

/** Free what a reply owns. */
void view_reply_clear(view_reply *reply);

/** Answer with a document, which is taken over; NULL: memory is out. */
void view_reply_json(view_reply *reply, int code, json_t *document);
/** Answer with text that was malloc'd, which is taken over. */
void view_reply_text(view_reply *reply, char *text, size_t size);
/** Answer with an error of the server's own. @param status  "usage", "busy", … */
void view_reply_error(view_reply *reply, int code, const char *status, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** Answer with why something failed. @param folder  [length] in front of names that are not told */
void view_reply_failure(view_reply *reply, const alicorn_error *error, const char *folder,
                        size_t length);

/** The error document's member: status, message, file, line, column. NULL without memory. */
json_t *view_error_json(const char *status, const alicorn_error *error, const char *folder,
                        size_t length);
/** "input", "memory", …: how documents name a status. */
const char *view_status_name(alicorn_status status);

/** Fill *error (without place) and return the status. */
alicorn_status view_fail(alicorn_error *error, alicorn_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
