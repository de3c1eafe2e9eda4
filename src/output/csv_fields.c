/* SPDX-License-Identifier: Apache-2.0 */
#include "output/csv_fields.h"

#include <math.h>
#include <string.h>

void ali_csv_number(FILE *stream, double value)
{
    if (isfinite(value))
        fprintf(stream, "%.9g", value + 0.0);
}

void ali_csv_text(FILE *stream, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, stream);
        return;
    }
    fputc('"', stream);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', stream);
        fputc(*text, stream);
    }
    fputc('"', stream);
}
