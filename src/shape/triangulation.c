/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/triangulation.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void ali_triangulation_clear(ali_triangulation *triangulation)
{
    if (!triangulation)
        return;
    for (size_t i = 0; i < triangulation->name_count; i++)
        free(triangulation->names[i].name);
    free(triangulation->vertices);
    free(triangulation->triangles);
    free(triangulation->group);
    free(triangulation->lines);
    free(triangulation->line_group);
    free(triangulation->names);
    memset(triangulation, 0, sizeof *triangulation);
}

alicorn_status ali_triangulation_add_vertex(ali_triangulation *t, ali_vec3 vertex,
                                            alicorn_error *error)
{
    if (ali_grow((void **)&t->vertices, &t->vertex_capacity, t->vertex_count, sizeof *t->vertices))
        return ali_error_memory(error, 2 * t->vertex_count * sizeof *t->vertices, "vertices");
    t->vertices[t->vertex_count++] = vertex;
    return ALICORN_OK;
}

alicorn_status ali_triangulation_add_triangle(ali_triangulation *t, const size_t corner[3],
                                              int group, alicorn_error *error)
{
    if (ali_grow((void **)&t->triangles, &t->triangle_capacity, t->triangle_count,
                 sizeof *t->triangles) ||
        ali_grow((void **)&t->group, &t->group_capacity, t->triangle_count, sizeof *t->group))
        return ali_error_memory(error, 2 * t->triangle_count * sizeof *t->triangles, "triangles");
    memcpy(t->triangles[t->triangle_count], corner, sizeof *t->triangles);
    t->group[t->triangle_count++] = group;
    return ALICORN_OK;
}

alicorn_status ali_triangulation_add_line(ali_triangulation *t, const size_t end[2], int group,
                                          alicorn_error *error)
{
    if (ali_grow((void **)&t->lines, &t->line_capacity, t->line_count, sizeof *t->lines) ||
        ali_grow((void **)&t->line_group, &t->line_group_capacity, t->line_count,
                 sizeof *t->line_group))
        return ali_error_memory(error, 2 * t->line_count * sizeof *t->lines, "lines");
    memcpy(t->lines[t->line_count], end, sizeof *t->lines);
    t->line_group[t->line_count++] = group;
    return ALICORN_OK;
}

alicorn_status ali_triangulation_add_name(ali_triangulation *t, int dimension, int group,
                                          const char *name, alicorn_error *error)
{
    char *copy = ali_strdup(name);
    if (!copy || ali_grow((void **)&t->names, &t->name_capacity, t->name_count, sizeof *t->names)) {
        free(copy);
        return ali_error_memory(error, strlen(name) + 1, "a name");
    }
    t->names[t->name_count++] = (ali_group_name){dimension, group, copy};
    return ALICORN_OK;
}

/** Give back what was appended behind the counts of `before`. */
static void shrink_to(ali_triangulation *t, const ali_triangulation *before)
{
    t->vertex_count = before->vertex_count;
    t->triangle_count = before->triangle_count;
    t->line_count = before->line_count;
    while (t->name_count > before->name_count)
        free(t->names[--t->name_count].name);
}

alicorn_status ali_triangulation_append(ali_triangulation *t, const ali_triangulation *other,
                                        alicorn_error *error)
{
    const ali_triangulation before = *t;
    size_t shift = t->vertex_count;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; status == ALICORN_OK && i < other->vertex_count; i++)
        status = ali_triangulation_add_vertex(t, other->vertices[i], error);
    for (size_t i = 0; status == ALICORN_OK && i < other->triangle_count; i++) {
        const size_t *c = other->triangles[i];
        size_t corner[3] = {c[0] + shift, c[1] + shift, c[2] + shift};
        status = ali_triangulation_add_triangle(t, corner, other->group[i], error);
    }
    for (size_t i = 0; status == ALICORN_OK && i < other->line_count; i++) {
        size_t end[2] = {other->lines[i][0] + shift, other->lines[i][1] + shift};
        status = ali_triangulation_add_line(t, end, other->line_group[i], error);
    }
    for (size_t i = 0; status == ALICORN_OK && i < other->name_count; i++)
        status = ali_triangulation_add_name(t, other->names[i].dimension, other->names[i].group,
                                            other->names[i].name, error);
    if (status != ALICORN_OK)
        shrink_to(t, &before);
    return status;
}

alicorn_status ali_triangulation_compact(ali_triangulation *t, alicorn_error *error)
{
    size_t *place = ali_calloc(t->vertex_count, sizeof *place);
    if (!place)
        return ali_error_memory(error, t->vertex_count * sizeof *place, "vertices in use");
    for (size_t i = 0; i < t->triangle_count; i++)
        for (int k = 0; k < 3; k++)
            place[t->triangles[i][k]] = 1;
    for (size_t i = 0; i < t->line_count; i++)
        for (int k = 0; k < 2; k++)
            place[t->lines[i][k]] = 1;
    size_t used = 0;
    for (size_t i = 0; i < t->vertex_count; i++) {
        if (place[i] == 0)
            continue;
        t->vertices[used] = t->vertices[i];
        place[i] = used++;
    }
    t->vertex_count = used;
    for (size_t i = 0; i < t->triangle_count; i++)
        for (int k = 0; k < 3; k++)
            t->triangles[i][k] = place[t->triangles[i][k]];
    for (size_t i = 0; i < t->line_count; i++)
        for (int k = 0; k < 2; k++)
            t->lines[i][k] = place[t->lines[i][k]];
    free(place);
    return ALICORN_OK;
}

void ali_triangulation_flip(ali_triangulation *t)
{
    for (size_t i = 0; i < t->triangle_count; i++) {
        size_t second = t->triangles[i][1];
        t->triangles[i][1] = t->triangles[i][2];
        t->triangles[i][2] = second;
    }
}
