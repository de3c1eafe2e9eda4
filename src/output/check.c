/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "output/writer.h"

#include <math.h>
#include <stdio.h>

/** @file
 *  Verdicts about requirements, for a person and as JUnit XML. */

enum { TEXT_SIZE = 160 };

static const char *const judgements[] = {"pass", "undecided", "fail"};

/** "line 12: isolation at least 30 dB". */
static void put_limit(const alicorn_verdict *v, char *text)
{
    const char *gap = v->unit[0] ? " " : "";
    int used = snprintf(text, TEXT_SIZE, "line %d: %s", v->line, v->name);
    if (v->kind == ALICORN_REQUIRE_COVERAGE)
        used += snprintf(text + used, TEXT_SIZE - (size_t)used, " with %g dBi", v->gain_dbi);
    if (!isinf(v->low))
        used += snprintf(text + used, TEXT_SIZE - (size_t)used, " at least %g%s%s", v->low, gap,
                         v->unit);
    if (!isinf(v->high))
        snprintf(text + used, TEXT_SIZE - (size_t)used, " at most %g%s%s", v->high, gap, v->unit);
}

/** "31.2 dB (30.8 to 31.6)". */
static void put_value(const alicorn_verdict *v, char *text)
{
    const char *gap = v->unit[0] ? " " : "";
    int used = snprintf(text, TEXT_SIZE, "%.4g%s%s", v->value, gap, v->unit);
    if (v->has_error)
        snprintf(text + used, TEXT_SIZE - (size_t)used, " (%.4g to %.4g)", v->least, v->most);
    else if (v->assumed_error > 0)
        snprintf(text + used, TEXT_SIZE - (size_t)used, " (%.4g to %.4g, assumed)", v->least,
                 v->most);
    else
        snprintf(text + used, TEXT_SIZE - (size_t)used, " (error not estimated)");
}

/** "UHF to AIS, 162 MHz, theta 90, phi 10". */
static void put_place(const alicorn_verdict *v, char *text)
{
    int used = snprintf(text, TEXT_SIZE, "%s%s%s, %.6g MHz", v->port[0],
                        v->port[1][0] ? " to " : "", v->port[1], v->frequency_hz / 1e6);
    if (v->has_direction)
        snprintf(text + used, TEXT_SIZE - (size_t)used, ", theta %.4g, phi %.4g", v->theta_deg,
                 v->phi_deg);
}

alicorn_status alicorn_write_check_table(const alicorn_check *check, FILE *stream,
                                         alicorn_error *error)
{
    ali_writer writer;
    char text[TEXT_SIZE];
    alicorn_status status = ali_writer_begin(&writer, stream, "verdicts", error);
    if (status != ALICORN_OK)
        return status;
    for (size_t i = 0; i < check->count; i++) {
        const alicorn_verdict *v = &check->verdicts[i];
        put_limit(v, text);
        fprintf(stream, "%-9s  %s\n", judgements[v->judgement], text);
        put_value(v, text);
        fprintf(stream, "           worst %s\n", text);
        put_place(v, text);
        fprintf(stream, "           at %s\n", text);
        if (v->unestimated > 0 && v->unestimated < v->samples)
            fprintf(stream, "           of %zu of %zu values the error is not estimated\n",
                    v->unestimated, v->samples);
    }
    fprintf(stream, "%zu requirement%s: %zu passed, %zu failed, %zu undecided\n", check->count,
            check->count == 1 ? "" : "s", check->count - check->failed - check->undecided,
            check->failed, check->undecided);
    return ali_writer_end(&writer, ALICORN_OK, error);
}

/** Text in an attribute; names of ports are printable ASCII, what else there is becomes '?'. */
static void put_escaped(FILE *stream, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        const char *entity = c == '&'   ? "&amp;"
                             : c == '<' ? "&lt;"
                             : c == '>' ? "&gt;"
                             : c == '"' ? "&quot;"
                                        : NULL;
        if (entity)
            fputs(entity, stream);
        else
            fputc(c < ' ' || c > '~' ? '?' : c, stream);
    }
}

static void put_case(FILE *stream, const alicorn_verdict *v)
{
    char text[TEXT_SIZE];
    put_limit(v, text);
    fputs("  <testcase classname=\"requirements\" name=\"", stream);
    put_escaped(stream, text);
    if (v->judgement == ALICORN_PASS) {
        fputs("\"/>\n", stream);
        return;
    }
    const char *element = v->judgement == ALICORN_FAIL ? "failure" : "skipped";
    fprintf(stream, "\">\n    <%s message=\"%s: worst ", element, judgements[v->judgement]);
    put_value(v, text);
    put_escaped(stream, text);
    fputs(" at ", stream);
    put_place(v, text);
    put_escaped(stream, text);
    fputs("\"/>\n  </testcase>\n", stream);
}

alicorn_status alicorn_write_check_junit(const alicorn_check *check, FILE *stream,
                                         alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "JUnit XML", error);
    if (status != ALICORN_OK)
        return status;
    fprintf(stream,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuite name=\"alicorn check\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
            "skipped=\"%zu\">\n",
            check->count, check->failed, check->undecided);
    for (size_t i = 0; i < check->count; i++)
        put_case(stream, &check->verdicts[i]);
    fputs("</testsuite>\n", stream);
    return ali_writer_end(&writer, ALICORN_OK, error);
}
