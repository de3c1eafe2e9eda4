/* SPDX-License-Identifier: Apache-2.0 */
#include "reply.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

alicorn_status view_fail(alicorn_error *error, alicorn_status status, const char *format, ...)
{
    va_list arguments;
    memset(error, 0, sizeof *error);
    error->code = status;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

const char *view_status_name(alicorn_status status)
{
    switch (status) {
    case ALICORN_E_USAGE:
        return "usage";
    case ALICORN_E_INPUT:
        return "input";
    case ALICORN_E_IO:
        return "io";
    case ALICORN_E_MEMORY:
        return "memory";
    case ALICORN_E_INTERRUPTED:
        return "interrupted";
    default:
        return "numeric";
    }
}

/** Text of the library as a JSON string: names of files may be of any bytes. */
static json_t *safe_string(const char *text)
{
    json_t *string = json_string(text);
    char ascii[512];
    size_t length = 0;
    if (string)
        return string;
    for (; text[length] && length + 1 < sizeof ascii; length++)
        ascii[length] = (char)((unsigned char)text[length] < 0x80 ? text[length] : '?');
    ascii[length] = '\0';
    return json_string(ascii);
}

static json_t *number_or_null(int number)
{
    return number > 0 ? json_integer(number) : json_null();
}

json_t *view_error_json(const char *status, const alicorn_error *error, const char *folder,
                        size_t length)
{
    const char *file = error->file, *message = error->message;
    if (length > 0 && strncmp(file, folder, length) == 0)
        file += length;
    if (!*message)
        message = alicorn_status_text(error->code);
    return json_pack("{s:s, s:o, s:o, s:o, s:o}", "status", status, "message", safe_string(message),
                     "file", *file ? safe_string(file) : json_null(), "line",
                     number_or_null(error->line), "column", number_or_null(error->column));
}

void view_reply_clear(view_reply *reply)
{
    free(reply->body);
    view_stream_close(reply->stream);
    memset(reply, 0, sizeof *reply);
}

void view_reply_text(view_reply *reply, char *text, size_t size)
{
    view_reply_clear(reply);
    reply->code = text ? VIEW_OK : VIEW_FAILED;
    reply->body = text;
    reply->size = text ? size : 0;
}

void view_reply_json(view_reply *reply, int code, json_t *document)
{
    char *text = document ? json_dumps(document, JSON_COMPACT) : NULL;
    json_decref(document);
    view_reply_text(reply, text, text ? strlen(text) : 0);
    if (text)
        reply->code = code;
}

void view_reply_error(view_reply *reply, int code, const char *status, const char *format, ...)
{
    alicorn_error error = {0};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error.message, sizeof error.message, format, arguments);
    va_end(arguments);
    view_reply_json(reply, code,
                    json_pack("{s:o}", "error", view_error_json(status, &error, "", 0)));
}

void view_reply_failure(view_reply *reply, const alicorn_error *error, const char *folder,
                        size_t length)
{
    bool ours = error->code == ALICORN_E_IO || error->code == ALICORN_E_MEMORY ||
                error->code == ALICORN_E_INTERNAL;
    view_reply_json(
        reply, ours ? VIEW_FAILED : VIEW_BAD_REQUEST,
        json_pack("{s:o}", "error",
                  view_error_json(view_status_name(error->code), error, folder, length)));
}
