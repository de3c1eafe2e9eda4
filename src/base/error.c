/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <stdio.h>
#include <string.h>

const char *alicorn_status_text(alicorn_status status)
{
    switch (status) {
#define STATUS_CASE(name, value, text)                                                             \
    case name:                                                                                     \
        return text;
        ALICORN_STATUS_TABLE(STATUS_CASE)
#undef STATUS_CASE
    }
    return "unknown status";
}

static void copy_text(char *target, size_t size, const char *text)
{
    snprintf(target, size, "%s", text ? text : "");
}

static alicorn_status set_place(alicorn_error *error, alicorn_status code, const char *file,
                                int line, int column, const char *object, const char *format,
                                va_list arguments)
{
    if (!error)
        return code;
    memset(error, 0, sizeof *error);
    error->code = code;
    error->line = line;
    error->column = column;
    copy_text(error->file, sizeof error->file, file);
    copy_text(error->object, sizeof error->object, object);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    return code;
}

alicorn_status ali_error_set(alicorn_error *error, alicorn_status code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set_place(error, code, NULL, 0, 0, NULL, format, arguments);
    va_end(arguments);
    return code;
}

alicorn_status ali_error_set_at(alicorn_error *error, alicorn_status code, const char *file,
                                int line, int column, const char *object, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set_place(error, code, file, line, column, object, format, arguments);
    va_end(arguments);
    return code;
}

alicorn_status ali_error_memory(alicorn_error *error, size_t bytes, const char *what)
{
    return ali_error_set(error, ALICORN_E_MEMORY, "out of memory: %.3g MB for %s",
                         (double)bytes / 1e6, what);
}
