/* SPDX-License-Identifier: Apache-2.0 */
#include "output/mesh_files.h"

#include "base/error.h"
#include "output/writer.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static alicorn_status check_surfaces(const ali_model *model, const char *what, alicorn_error *error)
{
    if (model->triangle_count > 0)
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_INPUT, "there are no surfaces to write as %s", what);
}

/* ---- .msh 4.1, as gmsh's reference manual lays it out [GeuzaineRemacle:2009] ---- */

/** A name in quotes, without what would end them. */
static void put_name(FILE *stream, int dimension, size_t number, const char *name, const char *kind)
{
    fprintf(stream, "%d %zu \"", dimension, number);
    if (!name || !*name)
        fprintf(stream, "%s %zu", kind, number);
    for (; name && *name; name++)
        fputc(*name == '"' ? '\'' : (unsigned char)*name < ' ' ? ' ' : *name, stream);
    fputs("\"\n", stream);
}

static void put_box(FILE *stream, const ali_vec3 *low, const ali_vec3 *high)
{
    fprintf(stream, "%.17g %.17g %.17g %.17g %.17g %.17g", low->x, low->y, low->z, high->x, high->y,
            high->z);
}

static void widen(ali_vec3 *low, ali_vec3 *high, ali_vec3 v)
{
    *low = (ali_vec3){fmin(low->x, v.x), fmin(low->y, v.y), fmin(low->z, v.z)};
    *high = (ali_vec3){fmax(high->x, v.x), fmax(high->y, v.y), fmax(high->z, v.z)};
}

/** One entity of each surface and edge line: its tag, box, physical group and no bounds. */
static void put_entities(FILE *stream, const ali_model *model)
{
    const ali_vec3 least = {INFINITY, INFINITY, INFINITY}, most = {-INFINITY, -INFINITY, -INFINITY};
    fprintf(stream, "$Entities\n0 %zu %zu 0\n", model->edge_line_count, model->surface_count);
    for (size_t i = 0; i < model->edge_line_count; i++) {
        const ali_edge_line *line = &model->edge_lines[i];
        ali_vec3 low = least, high = most;
        for (size_t k = 0; k < line->count; k++)
            widen(&low, &high, model->vertices[line->vertices[k]]);
        fprintf(stream, "%zu ", i + 1);
        put_box(stream, &low, &high);
        fprintf(stream, " 1 %zu 0\n", i + 1);
    }
    for (size_t i = 0; i < model->surface_count; i++) {
        const ali_surface *s = &model->surfaces[i];
        ali_vec3 low = s->count > 0 ? least : (ali_vec3){0, 0, 0};
        ali_vec3 high = s->count > 0 ? most : (ali_vec3){0, 0, 0};
        for (size_t k = 0; k < 3 * s->count; k++)
            widen(&low, &high, model->vertices[model->triangles[s->first + k / 3].vertex[k % 3]]);
        fprintf(stream, "%zu ", i + 1);
        put_box(stream, &low, &high);
        fprintf(stream, " 1 %zu 0\n", i + 1);
    }
    fputs("$EndEntities\n", stream);
}

static void put_nodes(FILE *stream, const ali_model *model)
{
    size_t n = model->vertex_count;
    fprintf(stream, "$Nodes\n1 %zu 1 %zu\n2 1 0 %zu\n", n, n, n);
    for (size_t i = 0; i < n; i++)
        fprintf(stream, "%zu\n", i + 1);
    for (size_t i = 0; i < n; i++) {
        const ali_vec3 *v = &model->vertices[i];
        fprintf(stream, "%.17g %.17g %.17g\n", v->x, v->y, v->z);
    }
    fputs("$EndNodes\n", stream);
}

static void put_elements(FILE *stream, const ali_model *model)
{
    size_t blocks = model->edge_line_count, total = model->triangle_count, number = 1;
    for (size_t i = 0; i < model->surface_count; i++)
        blocks += model->surfaces[i].count > 0;
    for (size_t i = 0; i < model->edge_line_count; i++)
        total += model->edge_lines[i].count - 1;
    fprintf(stream, "$Elements\n%zu %zu 1 %zu\n", blocks, total, total);
    for (size_t i = 0; i < model->edge_line_count; i++) {
        const ali_edge_line *line = &model->edge_lines[i];
        fprintf(stream, "1 %zu 1 %zu\n", i + 1, line->count - 1);
        for (size_t k = 0; k + 1 < line->count; k++)
            fprintf(stream, "%zu %zu %zu\n", number++, line->vertices[k] + 1,
                    line->vertices[k + 1] + 1);
    }
    for (size_t i = 0; i < model->surface_count; i++) {
        const ali_surface *s = &model->surfaces[i];
        if (s->count == 0)
            continue;
        fprintf(stream, "2 %zu 2 %zu\n", i + 1, s->count);
        for (size_t k = s->first; k < s->first + s->count; k++) {
            const size_t *v = model->triangles[k].vertex;
            fprintf(stream, "%zu %zu %zu %zu\n", number++, v[0] + 1, v[1] + 1, v[2] + 1);
        }
    }
    fputs("$EndElements\n", stream);
}

alicorn_status ali_write_msh(const ali_model *model, FILE *stream, alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = check_surfaces(model, ".msh", error);
    if (status == ALICORN_OK)
        status = ali_writer_begin(&writer, stream, ".msh file", error);
    if (status != ALICORN_OK)
        return status;
    fputs("$MeshFormat\n4.1 0 8\n$EndMeshFormat\n", stream);
    fprintf(stream, "$PhysicalNames\n%zu\n", model->edge_line_count + model->surface_count);
    for (size_t i = 0; i < model->edge_line_count; i++)
        put_name(stream, 1, i + 1, NULL, "edge line");
    for (size_t i = 0; i < model->surface_count; i++)
        put_name(stream, 2, i + 1, model->surfaces[i].name, "surface");
    fputs("$EndPhysicalNames\n", stream);
    put_entities(stream, model);
    put_nodes(stream, model);
    put_elements(stream, model);
    return ali_writer_end(&writer, ALICORN_OK, error);
}

/* ---- STL ---- */

static void put_low_bytes(FILE *stream, uint64_t bits, int count)
{
    for (int i = 0; i < count; i++)
        fputc((int)(bits >> 8 * i & 0xFF), stream);
}

static void put_single_vector(FILE *stream, ali_vec3 v)
{
    const float values[3] = {(float)v.x, (float)v.y, (float)v.z};
    for (int k = 0; k < 3; k++) {
        uint32_t bits;
        memcpy(&bits, &values[k], sizeof bits);
        put_low_bytes(stream, bits, 4);
    }
}

alicorn_status ali_write_stl(const ali_model *model, FILE *stream, alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = check_surfaces(model, "STL", error);
    if (status == ALICORN_OK && model->triangle_count > UINT32_MAX)
        status = ali_error_set(error, ALICORN_E_INPUT, "an STL file cannot hold %zu triangles",
                               model->triangle_count);
    if (status == ALICORN_OK)
        status = ali_writer_begin(&writer, stream, "STL file", error);
    if (status != ALICORN_OK)
        return status;
    fprintf(stream, "%-80.80s", "binary STL by Alicorn, metres"); /* must not begin with "solid" */
    put_low_bytes(stream, model->triangle_count, 4);
    for (size_t i = 0; i < model->triangle_count; i++) {
        const size_t *c = model->triangles[i].vertex;
        ali_vec3 a = model->vertices[c[0]], b = model->vertices[c[1]], d = model->vertices[c[2]];
        ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(b, a), ali_vec3_sub(d, a));
        double size = ali_vec3_norm(normal);
        put_single_vector(stream, ali_vec3_scale(size > 0 ? 1 / size : 0, normal));
        put_single_vector(stream, a);
        put_single_vector(stream, b);
        put_single_vector(stream, d);
        put_low_bytes(stream, 0, 2);
    }
    return ali_writer_end(&writer, ALICORN_OK, error);
}
