/* SPDX-License-Identifier: Apache-2.0 */
#include "findings_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void append(char *text, size_t size, const char *line)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s", line);
}

void collect_notes(void *notes, const alicorn_diagnostic *finding)
{
    char line[200];
    if (finding->severity == ALICORN_ERROR)
        fail_msg("%d:%d: %s", finding->line, finding->column, finding->message);
    snprintf(line, sizeof line, "%d %s\n", finding->line, finding->name);
    if (notes)
        append(notes, NOTES_SIZE, line);
}

void collect_errors(void *errors, const alicorn_diagnostic *finding)
{
    char line[700];
    if (finding->severity != ALICORN_ERROR || strcmp(finding->file, "test.yaml") != 0)
        return;
    snprintf(line, sizeof line, "%d:%d: %s\n", finding->line, finding->column, finding->message);
    append(errors, ERRORS_SIZE, line);
}
