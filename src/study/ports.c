/* SPDX-License-Identifier: Apache-2.0 */
#include "study/ports.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>

size_t ali_port_list_find(const ali_port_list *list, size_t segment, bool at_start)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->ports[i].segment == segment && list->ports[i].at_start == at_start)
            return i;
    return ALI_NONE;
}

static alicorn_status add(ali_port_list *list, size_t segment, bool at_start, alicorn_error *error)
{
    if (ali_port_list_find(list, segment, at_start) != ALI_NONE)
        return ALICORN_OK;
    if (ali_grow((void **)&list->ports, &list->capacity, list->count, sizeof *list->ports))
        return ali_error_memory(error, list->count * sizeof *list->ports, "ports");
    list->ports[list->count++] = (ali_port){.segment = segment, .at_start = at_start};
    return ALICORN_OK;
}

alicorn_status ali_port_list_add(ali_port_list *list, const ali_task *task, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    if (task->drive.kind == ALI_DRIVE_SOURCES)
        for (size_t i = 0; i < task->drive.source_count && !status; i++)
            status = add(list, task->drive.sources[i].segment,
                         task->drive.sources[i].kind == ALI_SOURCE_SEGMENT_END, error);
    for (size_t i = 0; i < 2 * task->network_count && !status; i++)
        status = add(list, task->networks[i / 2].segment[i % 2], false, error);
    for (size_t i = 0; i < task->coupling_count && !status; i++)
        status = add(list, task->coupling[i], false, error);
    return status;
}

alicorn_status ali_port_list_place(ali_port_list *list, const ali_wire_basis *basis,
                                   alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < list->count && !status; i++) {
        ali_functional_clear(&list->ports[i].gap);
        status = ali_gap_functional(basis, list->ports[i].segment, list->ports[i].at_start,
                                    &list->ports[i].gap, error);
    }
    return status;
}

void ali_port_list_clear(ali_port_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        ali_functional_clear(&list->ports[i].gap);
    free(list->ports);
    *list = (ali_port_list){0};
}
