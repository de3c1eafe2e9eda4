/* SPDX-License-Identifier: Apache-2.0 */
#include "output/writer.h"

#include "base/error.h"

#include <errno.h>
#include <string.h>

alicorn_status ali_writer_begin(ali_writer *writer, FILE *stream, const char *what,
                                alicorn_error *error)
{
    writer->stream = stream;
    writer->what = what;
    if (ali_numeric_begin(&writer->numeric))
        return ali_error_memory(error, sizeof(locale_t), "the C locale");
    return ALICORN_OK;
}

alicorn_status ali_writer_end(ali_writer *writer, alicorn_status status, alicorn_error *error)
{
    int failed_now = fflush(writer->stream) != 0;
    int code = errno;
    ali_numeric_end(&writer->numeric);
    if (status != ALICORN_OK || (!failed_now && !ferror(writer->stream)))
        return status;
    char reason[128] = "an earlier write failed";
    if (failed_now && strerror_r(code, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", code);
    return ali_error_set(error, ALICORN_E_IO, "cannot write the %s: %s", writer->what, reason);
}

void ali_put_ascii(FILE *stream, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20)
            fputc(' ', stream);
        else if (c < 0x7F)
            fputc(c, stream);
        else if (c >= 0xC0) /* the first byte of a UTF-8 character; the others are dropped */
            fputc('?', stream);
    }
}
