/* SPDX-License-Identifier: Apache-2.0 */
#include "model/model.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

ali_surface ali_surface_default(void)
{
    return (ali_surface){.name = NULL,
                         .medium = {ALI_MEDIUM_SPACE, ALI_MEDIUM_SPACE},
                         .currents = ALI_CURRENT_ELECTRIC,
                         .electric_share = 1.0};
}

void ali_model_clear_surfaces(ali_model *model)
{
    for (size_t i = 0; i < model->surface_count; i++)
        free(model->surfaces[i].name);
    for (size_t i = 0; i < model->edge_line_count; i++)
        free(model->edge_lines[i].vertices);
    free(model->vertices);
    free(model->triangles);
    free(model->surfaces);
    free(model->edge_lines);
    free(model->ports);
    model->vertices = NULL;
    model->triangles = NULL;
    model->surfaces = NULL;
    model->edge_lines = NULL;
    model->ports = NULL;
    model->vertex_count = model->vertex_capacity = 0;
    model->triangle_count = model->triangle_capacity = 0;
    model->surface_count = model->surface_capacity = 0;
    model->edge_line_count = model->edge_line_capacity = 0;
    model->port_count = model->port_capacity = 0;
}

/** Room for `more` items behind `count`. */
static int reserve(void **items, size_t *capacity, size_t count, size_t more, size_t size)
{
    while (*capacity < count + more)
        if (ali_grow(items, capacity, *capacity, size))
            return -1;
    return 0;
}

static alicorn_status check_surface(size_t vertex_count, const ali_vec3 *vertices,
                                    size_t triangle_count, const size_t (*triangles)[3],
                                    alicorn_error *error)
{
    for (size_t i = 0; i < vertex_count; i++)
        if (!isfinite(vertices[i].x) || !isfinite(vertices[i].y) || !isfinite(vertices[i].z))
            return ali_error_set(error, ALICORN_E_INPUT,
                                 "vertex %zu of a surface has a coordinate that is not a number",
                                 i + 1);
    for (size_t i = 0; i < triangle_count; i++)
        for (int j = 0; j < 3; j++)
            if (triangles[i][j] >= vertex_count)
                return ali_error_set(error, ALICORN_E_INPUT,
                                     "triangle %zu of a surface names vertex %zu of %zu", i + 1,
                                     triangles[i][j] + 1, vertex_count);
    return ALICORN_OK;
}

alicorn_status ali_model_add_surface(ali_model *model, size_t vertex_count,
                                     const ali_vec3 *vertices, size_t triangle_count,
                                     const size_t (*triangles)[3], const ali_surface *surface,
                                     alicorn_error *error)
{
    alicorn_status status = check_surface(vertex_count, vertices, triangle_count, triangles, error);
    if (status)
        return status;
    char *name = ali_strdup(surface->name ? surface->name : "");
    if (!name ||
        ali_grow((void **)&model->surfaces, &model->surface_capacity, model->surface_count,
                 sizeof *model->surfaces) ||
        reserve((void **)&model->vertices, &model->vertex_capacity, model->vertex_count,
                vertex_count, sizeof *model->vertices) ||
        reserve((void **)&model->triangles, &model->triangle_capacity, model->triangle_count,
                triangle_count, sizeof *model->triangles)) {
        free(name);
        return ali_error_memory(error, triangle_count * sizeof *model->triangles, "a surface");
    }
    if (vertex_count > 0)
        memcpy(model->vertices + model->vertex_count, vertices, vertex_count * sizeof *vertices);
    for (size_t i = 0; i < triangle_count; i++) {
        ali_triangle *triangle = &model->triangles[model->triangle_count + i];
        triangle->surface = model->surface_count;
        for (int j = 0; j < 3; j++)
            triangle->vertex[j] = model->vertex_count + triangles[i][j];
    }
    ali_surface *made = &model->surfaces[model->surface_count++];
    *made = *surface;
    made->name = name;
    made->first = model->triangle_count;
    made->count = triangle_count;
    model->vertex_count += vertex_count;
    model->triangle_count += triangle_count;
    return ALICORN_OK;
}

alicorn_status ali_model_add_edge_line(ali_model *model, size_t count, const size_t *vertices,
                                       size_t *index, alicorn_error *error)
{
    if (count < 2)
        return ali_error_set(error, ALICORN_E_INPUT, "an edge line needs at least two vertices");
    size_t *copy = ali_calloc(count, sizeof *copy);
    if (!copy || ali_grow((void **)&model->edge_lines, &model->edge_line_capacity,
                          model->edge_line_count, sizeof *model->edge_lines)) {
        free(copy);
        return ali_error_memory(error, count * sizeof *copy, "an edge line");
    }
    memcpy(copy, vertices, count * sizeof *copy);
    *index = model->edge_line_count;
    model->edge_lines[model->edge_line_count++] = (ali_edge_line){copy, count};
    return ALICORN_OK;
}

alicorn_status ali_model_add_port(ali_model *model, const ali_named_port *port,
                                  alicorn_error *error)
{
    if (port->name[0] == '\0')
        return ali_error_set(error, ALICORN_E_INPUT, "a port needs a name");
    for (size_t i = 0; i < model->port_count; i++)
        if (strcmp(model->ports[i].name, port->name) == 0)
            return ali_error_set(error, ALICORN_E_INPUT, "there are two ports named %s",
                                 port->name);
    if (ali_grow((void **)&model->ports, &model->port_capacity, model->port_count,
                 sizeof *model->ports))
        return ali_error_memory(error, sizeof *model->ports, "ports");
    model->ports[model->port_count++] = *port;
    return ALICORN_OK;
}
