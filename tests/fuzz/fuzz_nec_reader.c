/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer target: any bytes as a NEC deck, without solving.
 * Run: fuzz_nec_reader -max_len=4000 -dict=tests/fuzz/nec.dict CORPUS tests/data/decks */
#include "alicorn/model.h"
#include "model/model.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** What everything behind the reader relies on. */
static void check_model(const ali_model *model)
{
    for (size_t i = 0; i < model->segment_count; i++) {
        const ali_segment *s = &model->segments[i];
        double length = ali_vec3_distance(s->start, s->end);
        if (!isfinite(length) || !(s->radius > 0) || s->wire >= model->wire_count)
            abort();
    }
    for (size_t t = 0; t < model->task_count; t++) {
        const ali_task *task = &model->tasks[t];
        if (task->frequency_count == 0 || task->request_count == 0)
            abort();
        for (size_t i = 0; i < task->frequency_count; i++)
            if (!(task->frequencies[i] > 0) || !isfinite(task->frequencies[i]))
                abort();
        if (task->drive.kind == ALI_DRIVE_NONE ||
            (task->drive.kind == ALI_DRIVE_SOURCES && task->drive.source_count == 0))
            abort();
        for (size_t i = 0; i < task->drive.source_count; i++)
            if (task->drive.sources[i].segment >= model->segment_count)
                abort();
        for (size_t i = 0; i < task->load_count; i++)
            if (task->loads[i].first > task->loads[i].last ||
                task->loads[i].last >= model->segment_count)
                abort();
        for (size_t i = 0; i < task->network_count; i++)
            if (task->networks[i].segment[0] >= model->segment_count ||
                task->networks[i].segment[1] >= model->segment_count)
                abort();
        for (size_t i = 0; i < task->coupling_count; i++)
            if (task->coupling[i] >= model->segment_count)
                abort();
    }
}

static void count_finding(void *user, const alicorn_diagnostic *finding)
{
    size_t *errors = user;
    *errors += finding->severity == ALICORN_ERROR;
    if (!finding->name || !finding->message || strlen(finding->message) == 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t errors = 0;
    alicorn_read_options options = {.report = count_finding, .report_user = &errors};
    alicorn_model *model;
    alicorn_error error = {0};
    alicorn_status status =
        alicorn_model_parse_nec((const char *)data, size, "fuzz", &options, &model, &error);
    if ((status == ALICORN_OK) != (model != NULL) || (status == ALICORN_OK) != (errors == 0))
        abort();
    if (status == ALICORN_E_INPUT && error.message[0] == '\0')
        abort();
    for (const ali_model *job = model; job; job = job->next)
        check_model(job);
    alicorn_model_destroy(model);
    return 0;
}
