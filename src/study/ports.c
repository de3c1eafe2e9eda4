/* SPDX-License-Identifier: Apache-2.0 */
#include "study/ports.h"

#include "base/error.h"
#include "base/memory.h"
#include "operator/face_excitation.h"

#include <stdlib.h>

size_t ali_port_list_find(const ali_port_list *list, ali_site site)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->ports[i].site.kind == site.kind && list->ports[i].site.index == site.index)
            return i;
    return ALI_NONE;
}

size_t ali_port_list_find_segment(const ali_port_list *list, size_t segment)
{
    return ali_port_list_find(list, (ali_site){ALI_SITE_SEGMENT, segment});
}

static alicorn_status add(ali_port_list *list, ali_site site, alicorn_error *error)
{
    if (ali_port_list_find(list, site) != ALI_NONE)
        return ALICORN_OK;
    if (ali_grow((void **)&list->ports, &list->capacity, list->count, sizeof *list->ports))
        return ali_error_memory(error, list->count * sizeof *list->ports, "ports");
    list->ports[list->count++] = (ali_port){.site = site};
    return ALICORN_OK;
}

static alicorn_status add_segment(ali_port_list *list, size_t segment, alicorn_error *error)
{
    return add(list, (ali_site){ALI_SITE_SEGMENT, segment}, error);
}

alicorn_status ali_port_list_add(ali_port_list *list, const ali_model *model, const ali_task *task,
                                 alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    if (task->drive.kind == ALI_DRIVE_SOURCES)
        for (size_t i = 0; i < task->drive.source_count && !status; i++)
            status = add(list, ali_model_source_site(model, &task->drive.sources[i]), error);
    for (size_t i = 0; i < 2 * task->network_count && !status; i++)
        status = add_segment(list, task->networks[i / 2].segment[i % 2], error);
    for (size_t i = 0; i < task->coupling_count && !status; i++)
        status = add_segment(list, task->coupling[i], error);
    for (size_t i = 0; ali_task_terminates(task) && i < model->port_count && !status; i++)
        status = add(list, model->ports[i].site, error);
    return status;
}

/** A gap along edges, whose vertices the mesh may have numbered anew. */
static alicorn_status place_edges(const ali_edge_line *line, const ali_basis *basis,
                                  ali_functional *gap, alicorn_error *error)
{
    size_t *vertices = ali_calloc(line->count, sizeof *vertices);
    if (!vertices)
        return ali_error_memory(error, line->count * sizeof *vertices, "an edge gap");
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < line->count && !status; i++) {
        vertices[i] = basis->mesh->surfaces->model_vertex[line->vertices[i]];
        if (vertices[i] == ALI_NONE)
            status = ali_error_set(error, ALICORN_E_INPUT,
                                   "an edge gap runs along vertices that no face has");
    }
    if (!status)
        status = ali_edge_gap_functional(basis, line->count, vertices, gap, error);
    free(vertices);
    return status;
}

alicorn_status ali_port_list_place(ali_port_list *list, const ali_model *model,
                                   const ali_basis *basis, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < list->count && !status; i++) {
        ali_port *port = &list->ports[i];
        ali_functional_clear(&port->gap);
        if (port->site.kind == ALI_SITE_EDGES) {
            status = place_edges(&model->edge_lines[port->site.index], basis, &port->gap, error);
            continue;
        }
        status =
            ali_gap_functional(basis->wires, port->site.index, port->site.kind, &port->gap, error);
        for (size_t t = 0; t < port->gap.count; t++)
            port->gap.function[t] += basis->wire_first;
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
