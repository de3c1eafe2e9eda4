/* SPDX-License-Identifier: Apache-2.0 */
#include "output/mesh_files.h"

#include "base/error.h"
#include "base/memory.h"
#include "output/writer.h"
#include "output/xml_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  VTK's XML format for unstructured grids [VtkFileFormats:2023]: every array is a count of bytes
 * in 64 bits and the numbers, little-endian, both together in base64. */

/** Bytes on their way to base64: groups of three become four letters. */
typedef struct base64 {
    FILE *stream;
    unsigned char held[3];
    int count;
} base64;

static void put_group(base64 *b)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = (unsigned)b->held[0] << 16 | (unsigned)b->held[1] << 8 | b->held[2];
    for (int k = 0; k < 4; k++)
        fputc(k <= b->count ? letters[bits >> (18 - 6 * k) & 63] : '=', b->stream);
    memset(b->held, 0, sizeof b->held);
    b->count = 0;
}

/** `size` bytes of a number, the lowest first. */
static void put_number(base64 *b, uint64_t bits, int size)
{
    for (int i = 0; i < size; i++) {
        b->held[b->count++] = (unsigned char)(bits >> 8 * i);
        if (b->count == 3)
            put_group(b);
    }
}

static base64 begin_array(FILE *stream, const char *type, const char *name, size_t components,
                          uint64_t bytes)
{
    base64 b = {.stream = stream};
    fprintf(stream, "<DataArray type=\"%s\" Name=\"", type);
    ali_xml_text(stream, name);
    fprintf(stream, "\" NumberOfComponents=\"%zu\" format=\"binary\">\n", components);
    put_number(&b, bytes, 8);
    return b;
}

static void end_array(base64 *b)
{
    if (b->count > 0)
        put_group(b);
    fputs("\n</DataArray>\n", b->stream);
}

static void put_real(base64 *b, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_number(b, bits, 8);
}

static void put_reals(FILE *stream, const ali_vtu_array *array, size_t count)
{
    base64 b = begin_array(stream, "Float64", array->name, array->components,
                           8 * (uint64_t)(count * array->components));
    for (size_t i = 0; i < count * array->components; i++)
        put_real(&b, array->values[i]);
    end_array(&b);
}

static void put_indices(FILE *stream, const char *name, size_t count, const size_t *values)
{
    base64 b = begin_array(stream, "Int64", name, 1, 8 * (uint64_t)count);
    for (size_t i = 0; i < count; i++)
        put_number(&b, values[i], 8);
    end_array(&b);
}

static void put_arrays(FILE *stream, const char *element, size_t array_count,
                       const ali_vtu_array *arrays, size_t count)
{
    fprintf(stream, "<%s>\n", element);
    for (size_t i = 0; i < array_count; i++)
        put_reals(stream, &arrays[i], count);
    fprintf(stream, "</%s>\n", element);
}

static void put_cells(FILE *stream, const ali_vtu *vtu)
{
    size_t corner_count = vtu->cell_count > 0 ? vtu->ends[vtu->cell_count - 1] : 0;
    fputs("<Cells>\n", stream);
    put_indices(stream, "connectivity", corner_count, vtu->corners);
    put_indices(stream, "offsets", vtu->cell_count, vtu->ends);
    base64 b = begin_array(stream, "UInt8", "types", 1, vtu->cell_count);
    for (size_t i = 0; i < vtu->cell_count; i++)
        put_number(&b, vtu->types[i], 1);
    end_array(&b);
    fputs("</Cells>\n", stream);
}

alicorn_status ali_write_vtu(const ali_vtu *vtu, FILE *stream, alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "VTU file", error);
    if (status != ALICORN_OK)
        return status;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<VTKFile type=\"UnstructuredGrid\" version=\"1.0\" byte_order=\"LittleEndian\" "
          "header_type=\"UInt64\">\n<UnstructuredGrid>\n",
          stream);
    fprintf(stream, "<Piece NumberOfPoints=\"%zu\" NumberOfCells=\"%zu\">\n", vtu->point_count,
            vtu->cell_count);
    fputs("<Points>\n", stream);
    base64 b = begin_array(stream, "Float64", "Points", 3, 24 * (uint64_t)vtu->point_count);
    for (size_t i = 0; i < vtu->point_count; i++) {
        put_real(&b, vtu->points[i].x);
        put_real(&b, vtu->points[i].y);
        put_real(&b, vtu->points[i].z);
    }
    end_array(&b);
    fputs("</Points>\n", stream);
    put_cells(stream, vtu);
    put_arrays(stream, "PointData", vtu->point_array_count, vtu->point_arrays, vtu->point_count);
    put_arrays(stream, "CellData", vtu->cell_array_count, vtu->cell_arrays, vtu->cell_count);
    fputs("</Piece>\n</UnstructuredGrid>\n</VTKFile>\n", stream);
    return ali_writer_end(&writer, ALICORN_OK, error);
}

/* ---- a model's cells ---- */

void ali_vtu_cells_clear(ali_vtu_cells *own)
{
    free(own->points);
    free(own->corners);
    free(own->ends);
    free(own->types);
    free(own->part);
    memset(own, 0, sizeof *own);
}

static void add_cell(ali_vtu_cells *own, size_t cell, unsigned char type, double part, size_t count,
                     const size_t *corners)
{
    size_t start = cell > 0 ? own->ends[cell - 1] : 0;
    memcpy(own->corners + start, corners, count * sizeof *corners);
    own->ends[cell] = start + count;
    own->types[cell] = type;
    own->part[cell] = part;
}

alicorn_status ali_vtu_cells_of_model(const ali_model *model, ali_vtu_cells *own, ali_vtu *vtu,
                                      alicorn_error *error)
{
    size_t points = model->vertex_count + 2 * model->segment_count;
    size_t cells = model->triangle_count + model->segment_count;
    *own = (ali_vtu_cells){.points = ali_calloc(points, sizeof *own->points),
                           .corners = ali_calloc(3 * cells, sizeof *own->corners),
                           .ends = ali_calloc(cells, sizeof *own->ends),
                           .types = ali_calloc(cells, sizeof *own->types),
                           .part = ali_calloc(cells, sizeof *own->part)};
    if (!own->points || !own->corners || !own->ends || !own->types || !own->part) {
        ali_vtu_cells_clear(own);
        return ali_error_memory(error, points * sizeof(ali_vec3) + cells * 41,
                                "cells of a VTU file");
    }
    for (size_t i = 0; i < model->vertex_count; i++)
        own->points[i] = model->vertices[i];
    for (size_t i = 0; i < model->triangle_count; i++)
        add_cell(own, i, ALI_VTU_TRIANGLE, (double)model->triangles[i].surface + 1, 3,
                 model->triangles[i].vertex);
    for (size_t i = 0; i < model->segment_count; i++) {
        const ali_segment *s = &model->segments[i];
        size_t from = model->vertex_count + 2 * i, ends[2] = {from, from + 1};
        own->points[from] = s->start;
        own->points[from + 1] = s->end;
        add_cell(own, model->triangle_count + i, ALI_VTU_LINE, -((double)s->wire + 1), 2, ends);
    }
    *vtu = (ali_vtu){.point_count = points,
                     .points = own->points,
                     .cell_count = cells,
                     .corners = own->corners,
                     .ends = own->ends,
                     .types = own->types};
    return ALICORN_OK;
}

alicorn_status ali_write_model_vtu(const ali_model *model, FILE *stream, alicorn_error *error)
{
    ali_vtu_cells own;
    ali_vtu vtu;
    alicorn_status status = ali_vtu_cells_of_model(model, &own, &vtu, error);
    if (status != ALICORN_OK)
        return status;
    const ali_vtu_array part = {"part", 1, own.part};
    vtu.cell_array_count = 1;
    vtu.cell_arrays = &part;
    status = ali_write_vtu(&vtu, stream, error);
    ali_vtu_cells_clear(&own);
    return status;
}
