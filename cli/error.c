/* SPDX-License-Identifier: Apache-2.0 */
#include "error.h"

#include "command.h"
#include "progress.h"

#include <stdarg.h>
#include <string.h>

alicorn_status cli_error(alicorn_error *error, alicorn_status status, const char *format, ...)
{
    va_list arguments;
    memset(error, 0, sizeof *error);
    error->code = status;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

int cli_exit_reading(alicorn_status status)
{
    return status == ALICORN_E_IO ? ALICORN_E_INPUT : (int)status;
}

int cli_exit_writing(alicorn_status status)
{
    return status == ALICORN_E_IO ? ALICORN_E_INTERNAL : (int)status;
}

static void print_place(FILE *stream, const char *file, int line, int column)
{
    fprintf(stream, "%s:", file && *file ? file : "alicorn");
    if (line > 0)
        fprintf(stream, "%d:", line);
    if (line > 0 && column > 0)
        fprintf(stream, "%d:", column);
    fputc(' ', stream);
}

void cli_error_print(const alicorn_error *error)
{
    cli_progress_clear();
    print_place(stderr, error->file, error->line, error->column);
    fprintf(stderr, "error: %s\n",
            *error->message ? error->message : alicorn_status_text(error->code));
}

static bool is_off(const char *const *off, const char *name)
{
    for (; off && *off; off++)
        if (strcmp(*off, name) == 0)
            return true;
    return false;
}

void cli_report(void *user, const alicorn_diagnostic *diagnostic)
{
    cli_reporter *reporter = user;
    if (diagnostic->severity == ALICORN_ERROR) {
        reporter->errors++;
    } else {
        if (is_off(reporter->off, diagnostic->name))
            return;
        reporter->warnings += diagnostic->severity == ALICORN_WARNING;
        if (reporter->quiet)
            return;
    }
    static const char *const words[] = {"note", "warning", "error"};
    cli_progress_clear();
    print_place(reporter->stream, diagnostic->file, diagnostic->line, diagnostic->column);
    fprintf(reporter->stream, "%s: %s", words[diagnostic->severity], diagnostic->message);
    if (diagnostic->severity != ALICORN_ERROR)
        fprintf(reporter->stream, " [%s]", diagnostic->name);
    fputc('\n', reporter->stream);
}
