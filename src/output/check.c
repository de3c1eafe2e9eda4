/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "output/json_document.h"
#include "output/writer.h"
#include "output/xml_text.h"

#include <math.h>
#include <stdio.h>

/** @file
 *  Verdicts about requirements: for a person, as JSON and as JUnit XML. */

enum { TEXT_SIZE = 160 };

static const char *const judgements[] = {"pass", "undecided", "fail"};

/** "line 12: isolation at least 30 dB", "line 13: tacan (order 7) at most 0.15". */
static void put_limit(const alicorn_verdict *v, char *text)
{
    const char *gap = v->unit[0] ? " " : "";
    int used = snprintf(text, TEXT_SIZE, "line %d: %s", v->line, v->name);
    if (v->kind == ALICORN_REQUIRE_COVERAGE || v->kind == ALICORN_REQUIRE_BLIND)
        used += snprintf(text + used, TEXT_SIZE - (size_t)used, " with %g dBi", v->gain_dbi);
    if (v->kind == ALICORN_REQUIRE_RCS)
        used += snprintf(text + used, TEXT_SIZE - (size_t)used, " (%s) of %g %% of the sector",
                         v->detail, v->percent);
    if (v->kind == ALICORN_REQUIRE_TACAN)
        used += snprintf(text + used, TEXT_SIZE - (size_t)used, " (%s)", v->detail);
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
    if (isinf(v->value) && v->least == v->value && v->most == v->value)
        return;
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
    int used =
        snprintf(text, TEXT_SIZE, "%s%s%s%s%.6g MHz", v->port[0], v->port[1][0] ? " to " : "",
                 v->port[1], v->port[0][0] ? ", " : "", v->frequency_hz / 1e6);
    if (v->kind == ALICORN_REQUIRE_COSITE)
        used += snprintf(text + used, TEXT_SIZE - (size_t)used, ", %s", v->detail);
    if (v->has_direction)
        snprintf(text + used, TEXT_SIZE - (size_t)used, ", theta %.4g, phi %.4g", v->theta_deg,
                 v->phi_deg);
}

/** What decides, and where it is, on lines of their own. */
static void put_worst(const alicorn_verdict *v, FILE *stream)
{
    char text[TEXT_SIZE];
    if (v->samples == 0) {
        fprintf(stream, "           nothing is there to be judged\n");
        return;
    }
    put_value(v, text);
    fprintf(stream, "           worst %s\n", text);
    put_place(v, text);
    fprintf(stream, "           at %s\n", text);
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
        put_worst(v, stream);
        if (v->unestimated > 0 && v->unestimated < v->samples)
            fprintf(stream, "           of %zu of %zu values the error is not estimated\n",
                    v->unestimated, v->samples);
        if (v->unknown > 0)
            fprintf(stream, "           of %zu disturbance%s there is no path data\n", v->unknown,
                    v->unknown == 1 ? "" : "s");
    }
    fprintf(stream, "%zu verdict%s: %zu passed, %zu failed, %zu undecided\n", check->count,
            check->count == 1 ? "" : "s", check->count - check->failed - check->undecided,
            check->failed, check->undecided);
    return ali_writer_end(&writer, ALICORN_OK, error);
}

static void put_case(FILE *stream, const alicorn_verdict *v)
{
    char text[TEXT_SIZE];
    put_limit(v, text);
    fputs("  <testcase classname=\"requirements\" name=\"", stream);
    ali_xml_text(stream, text);
    if (v->judgement == ALICORN_PASS) {
        fputs("\"/>\n", stream);
        return;
    }
    const char *element = v->judgement == ALICORN_FAIL ? "failure" : "skipped";
    fprintf(stream, "\">\n    <%s message=\"%s: ", element, judgements[v->judgement]);
    if (v->samples == 0) {
        fputs("nothing is there to be judged", stream);
    } else {
        fputs("worst ", stream);
        put_value(v, text);
        ali_xml_text(stream, text);
        fputs(" at ", stream);
        put_place(v, text);
        ali_xml_text(stream, text);
    }
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

/* Every key written here is described in docs/json.md; tests/unit/output_check.c compares the two.
 */

static void put_verdict(ali_json *json, const alicorn_verdict *v)
{
    bool there = v->samples > 0;
    ali_json_open_object(json, NULL, ALI_JSON_LINES);
    ali_json_text(json, "verdict", judgements[v->judgement]);
    ali_json_text(json, "requirement", v->name);
    ali_json_integer(json, "line", v->line);
    ali_json_integer(json, "column", v->column);
    ali_json_text(json, "unit", v->unit);
    ali_json_real(json, "at_least", v->low);
    ali_json_real(json, "at_most", v->high);
    if (v->kind == ALICORN_REQUIRE_COVERAGE || v->kind == ALICORN_REQUIRE_BLIND)
        ali_json_real(json, "gain_dbi", v->gain_dbi);
    if (v->kind == ALICORN_REQUIRE_RCS)
        ali_json_real(json, "percentile", v->percent);
    ali_json_text(json, "detail", v->detail[0] ? v->detail : NULL);
    ali_json_real(json, "value", v->value);
    ali_json_real(json, "value_least", v->least);
    ali_json_real(json, "value_most", v->most);
    ali_json_text(json, "error",
                  v->has_error           ? "estimated"
                  : v->assumed_error > 0 ? "assumed"
                                         : NULL);
    ali_json_text(json, "port", there && v->port[0][0] ? v->port[0] : NULL);
    ali_json_text(json, "other_port", there && v->port[1][0] ? v->port[1] : NULL);
    ali_json_real(json, "frequency_hz", there ? v->frequency_hz : NAN);
    ali_json_real(json, "theta_deg", v->has_direction ? v->theta_deg : NAN);
    ali_json_real(json, "phi_deg", v->has_direction ? v->phi_deg : NAN);
    ali_json_integer(json, "samples", (long long)v->samples);
    ali_json_integer(json, "unestimated", (long long)v->unestimated);
    ali_json_integer(json, "unknown", (long long)v->unknown);
    ali_json_close(json);
}

alicorn_status alicorn_write_check_json(const alicorn_check *check, FILE *stream,
                                        alicorn_error *error)
{
    ali_json_document document;
    ali_json *json = &document.json;
    alicorn_status status = ali_json_document_begin(&document, stream, error);
    if (status != ALICORN_OK)
        return status;
    ali_json_integer(json, "failed", (long long)check->failed);
    ali_json_integer(json, "undecided", (long long)check->undecided);
    ali_json_open_array(json, "verdicts", ALI_JSON_LINES);
    for (size_t i = 0; i < check->count; i++)
        put_verdict(json, &check->verdicts[i]);
    ali_json_close(json);
    return ali_json_document_end(&document, error);
}
