/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Most angles of one axis, and most frequencies, that a request may ask for. */
enum { ANGLES_MAX = 100000, FREQUENCIES_MAX = 100000 };

static bool wrong(view_reply *reply, const char *key, const char *expected)
{
    view_reply_error(reply, VIEW_BAD_REQUEST, "usage", "'%s': expected %s", key, expected);
    return false;
}

static bool take_what(view_job *job, const json_t *request, view_reply *reply)
{
#define WHAT_TEXT(name, text) text,
    static const char *const texts[] = {VIEW_WHAT_TABLE(WHAT_TEXT)};
#undef WHAT_TEXT
    const char *what = json_string_value(json_object_get(request, "what"));
    for (size_t i = 0; what && i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i], what) == 0) {
            job->what = (view_what)i;
            return true;
        }
    return wrong(reply, "what", "solve, rcs, check or cosite");
}

static bool is_frequency(const json_t *value)
{
    return json_is_number(value) && json_number_value(value) > 0.0;
}

/** [start, stop, step] in degrees; left out: one angle. */
static bool take_angles(alicorn_angles *angles, double standard, const json_t *rcs, const char *key,
                        view_reply *reply)
{
    static const char form[] = "[start, stop, step] in degrees, at most 100000 angles";
    const json_t *range = json_object_get(rcs, key);
    double part[3];
    *angles = (alicorn_angles){.start_deg = standard, .count = 1};
    if (!range)
        return true;
    if (!json_is_array(range) || json_array_size(range) != 3)
        return wrong(reply, key, form);
    for (size_t i = 0; i < 3; i++) {
        const json_t *number = json_array_get(range, i);
        if (!json_is_number(number))
            return wrong(reply, key, form);
        part[i] = json_number_value(number);
    }
    double steps = part[1] == part[0] ? 0.0 : (part[1] - part[0]) / part[2];
    if (!(steps >= 0.0 && steps < ANGLES_MAX) || fabs(part[0]) > 1e4)
        return wrong(reply, key, form);
    *angles = (alicorn_angles){
        .start_deg = part[0], .step_deg = part[2], .count = (size_t)floor(steps + 1e-9) + 1};
    return true;
}

static bool take_frequencies(view_job *job, const json_t *list, view_reply *reply)
{
    static const char form[] = "a list of frequencies above 0 [Hz]";
    size_t count = json_array_size(list);
    if (!list || json_is_null(list))
        return true;
    if (!json_is_array(list) || count == 0 || count > FREQUENCIES_MAX)
        return wrong(reply, "rcs.frequency_hz", form);
    job->rcs_frequencies = malloc(count * sizeof *job->rcs_frequencies);
    for (size_t i = 0; job->rcs_frequencies && i < count; i++) {
        if (!is_frequency(json_array_get(list, i)))
            return wrong(reply, "rcs.frequency_hz", form);
        job->rcs_frequencies[i] = json_number_value(json_array_get(list, i));
    }
    job->rcs_frequency_count = job->rcs_frequencies ? count : 0;
    return job->rcs_frequencies || wrong(reply, "rcs.frequency_hz", "fewer frequencies");
}

static bool take_rcs(view_job *job, const json_t *rcs, view_reply *reply)
{
    if (!json_is_object(rcs))
        return wrong(reply, "rcs", "an object with theta and phi");
    return take_angles(&job->theta, 90.0, rcs, "theta", reply) &&
           take_angles(&job->phi, 0.0, rcs, "phi", reply) &&
           take_frequencies(job, json_object_get(rcs, "frequency_hz"), reply);
}

static bool take_radios(view_job *job, const json_t *request, view_reply *reply)
{
    const json_t *text;
    if (!view_take_string(request, "radios", &text, reply))
        return false;
    if (!text)
        return wrong(reply, "radios", "the text of a radios file");
    job->radios = view_text_create(json_string_value(text), json_string_length(text));
    if (!job->radios)
        view_reply_error(reply, VIEW_FAILED, "memory", "out of memory");
    return job->radios != NULL;
}

bool view_job_take(view_job *job, const view_session *session, const json_t *request,
                   view_reply *reply)
{
    const json_t *frequency = json_object_get(request, "frequency_hz");
    *job = (view_job){0};
    if (!take_what(job, request, reply))
        return false;
    if (frequency && !json_is_null(frequency)) {
        if (!is_frequency(frequency))
            return wrong(reply, "frequency_hz", "a frequency above 0 [Hz]");
        job->frequency_hz = json_number_value(frequency);
    }
    if (job->what == VIEW_RCS && !take_rcs(job, json_object_get(request, "rcs"), reply))
        return false;
    if (job->what == VIEW_COSITE && !take_radios(job, request, reply))
        return false;
    return view_source_take(&job->source, session, request, reply);
}

void view_job_clear(view_job *job)
{
    view_source_clear(&job->source);
    view_text_drop(job->radios);
    free(job->rcs_frequencies);
    *job = (view_job){0};
}
