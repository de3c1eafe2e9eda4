/* SPDX-License-Identifier: Apache-2.0 */
#include "model/model.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/requirement.h"

#include <stdlib.h>
#include <string.h>

ali_model *ali_model_create(void)
{
    ali_model *model = calloc(1, sizeof *model);
    if (!model)
        return NULL;
    model->name = ali_strdup("");
    model->comment = ali_strdup("");
    if (!model->name || !model->comment) {
        ali_model_destroy(model);
        return NULL;
    }
    return model;
}

void ali_model_destroy(ali_model *model)
{
    while (model) {
        ali_model *next = model->next;
        for (size_t i = 0; i < model->task_count; i++)
            ali_task_clear(&model->tasks[i]);
        free(model->name);
        free(model->comment);
        free(model->segments);
        free(model->wires);
        ali_model_clear_surfaces(model);
        free(model->tasks);
        ali_requirements_destroy(model->requirements, model->requirement_count);
        free(model->echo);
        free(model);
        model = next;
    }
}

alicorn_status ali_model_add_wire(ali_model *model, int tag, size_t count, const ali_vec3 *point,
                                  const double *radius, ali_origin origin, alicorn_error *error)
{
    if (count == 0)
        return ali_error_set(error, ALICORN_E_INPUT, "a wire needs at least one segment");
    if (ali_grow((void **)&model->wires, &model->wire_capacity, model->wire_count,
                 sizeof *model->wires))
        return ali_error_memory(error, sizeof *model->wires, "wires");
    size_t wire = model->wire_count;
    for (size_t i = 0; i < count; i++) {
        if (ali_grow((void **)&model->segments, &model->segment_capacity, model->segment_count + i,
                     sizeof *model->segments))
            return ali_error_memory(error, count * sizeof *model->segments, "segments");
        model->segments[model->segment_count + i] = (ali_segment){
            .start = point[i], .end = point[i + 1], .radius = radius[i], .tag = tag, .wire = wire};
    }
    model->wires[wire] =
        (ali_wire){.tag = tag, .first = model->segment_count, .count = count, .origin = origin};
    model->wire_count++;
    model->segment_count += count;
    return ALICORN_OK;
}

void ali_task_init(ali_task *task)
{
    memset(task, 0, sizeof *task);
    task->interaction_range = 1.0;
    task->print_currents.format = -2;
    task->print_charges.format = -1;
}

void ali_task_clear(ali_task *task)
{
    free(task->frequencies);
    free(task->drive.sources);
    free(task->loads);
    free(task->networks);
    free(task->coupling);
    free(task->requests);
    memset(task, 0, sizeof *task);
}

/** Copy an owned array; an absent or empty one stays NULL. Returns 0, or -1 when memory is out. */
static int copy_array(void **target, const void *source, size_t count, size_t size)
{
    *target = NULL;
    if (!source || count == 0)
        return 0;
    *target = malloc(count * size);
    if (!*target)
        return -1;
    memcpy(*target, source, count * size);
    return 0;
}

alicorn_status ali_task_copy(const ali_task *task, ali_task *copy, alicorn_error *error)
{
    *copy = *task;
    int failed = 0;
#define COPY_ARRAY(member, count)                                                                  \
    failed |= copy_array((void **)&copy->member, task->member, task->count, sizeof *task->member)
    COPY_ARRAY(frequencies, frequency_count);
    COPY_ARRAY(drive.sources, drive.source_count);
    COPY_ARRAY(loads, load_count);
    COPY_ARRAY(networks, network_count);
    COPY_ARRAY(coupling, coupling_count);
    COPY_ARRAY(requests, request_count);
#undef COPY_ARRAY
    if (failed) {
        ali_task_clear(copy);
        return ali_error_memory(error, sizeof *task, "a task");
    }
    return ALICORN_OK;
}

alicorn_status ali_model_add_task(ali_model *model, ali_task *task, alicorn_error *error)
{
    if (ali_grow((void **)&model->tasks, &model->task_capacity, model->task_count,
                 sizeof *model->tasks))
        return ali_error_memory(error, sizeof *model->tasks, "tasks");
    model->tasks[model->task_count++] = *task;
    memset(task, 0, sizeof *task);
    return ALICORN_OK;
}

size_t ali_model_find_segment(const ali_model *model, int tag, int number)
{
    if (number < 1)
        return ALI_NONE;
    if (tag == 0)
        return (size_t)number <= model->segment_count ? (size_t)number - 1 : ALI_NONE;
    int seen = 0;
    for (size_t i = 0; i < model->segment_count; i++)
        if (model->segments[i].tag == tag && ++seen == number)
            return i;
    return ALI_NONE;
}

ali_site ali_model_source_site(const ali_model *model, const ali_source *source)
{
    switch (source->kind) {
    case ALI_SOURCE_SEGMENT_END:
        return (ali_site){ALI_SITE_SEGMENT_START, source->segment};
    case ALI_SOURCE_PORT:
        return source->segment < model->port_count ? model->ports[source->segment].site
                                                   : (ali_site){ALI_SITE_SEGMENT, ALI_NONE};
    default:
        return (ali_site){ALI_SITE_SEGMENT, source->segment};
    }
}
