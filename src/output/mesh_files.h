/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_MESH_FILES_H
#define ALI_OUTPUT_MESH_FILES_H

#include "model/model.h"

#include <stdio.h>

/** @file
 *  Meshes and fields on them for other programs. All writers return ALICORN_OK, ALICORN_E_IO when
 *  the stream fails, or ALICORN_E_MEMORY; those of surfaces also ALICORN_E_INPUT for a model that
 *  has none. Coordinates are metres. */

/** Surfaces of a model as gmsh's .msh 4.1, text: each surface is a physical group of its number
 * (from 1) with its name, each edge line one of dimension 1. Coordinates are exact. */
alicorn_status ali_write_msh(const ali_model *model, FILE *stream, alicorn_error *error);

/** Surfaces of a model as binary STL, in single precision, in one solid. */
alicorn_status ali_write_stl(const ali_model *model, FILE *stream, alicorn_error *error);

/** Numbers on the points or cells of a VTU file. */
typedef struct ali_vtu_array {
    const char *name;
    size_t components;    /**< 1, or 3: a vector */
    const double *values; /**< [count][components] */
} ali_vtu_array;

/** Types of cells, as VTK numbers them. */
enum { ALI_VTU_POINT = 1, ALI_VTU_LINE = 3, ALI_VTU_TRIANGLE = 5, ALI_VTU_QUAD = 9 };

/** Points, cells, and what lives on them. Nothing is owned. */
typedef struct ali_vtu {
    size_t point_count;
    const ali_vec3 *points;
    size_t cell_count;
    const size_t *corners;      /**< points of the cells, one cell after the other */
    const size_t *ends;         /**< [cell_count] where each cell's corners end */
    const unsigned char *types; /**< [cell_count] ALI_VTU_… */
    size_t point_array_count, cell_array_count;
    const ali_vtu_array *point_arrays, *cell_arrays;
} ali_vtu;

/** ParaView's XML file of an unstructured grid, its numbers as base64: exact, and readable by any
 *  XML parser. Numbers that do not exist (NAN) are written as such. */
alicorn_status ali_write_vtu(const ali_vtu *vtu, FILE *stream, alicorn_error *error);

/** The cells of a model: its triangles, then its segments as lines. `own` is filled, `vtu` shows
 * it; arrays are left empty for the caller to add. */
typedef struct ali_vtu_cells {
    ali_vec3 *points;
    size_t *corners, *ends;
    unsigned char *types;
    double *part; /**< [cell_count] number of the surface, or minus that of the wire, from 1 */
} ali_vtu_cells;

alicorn_status ali_vtu_cells_of_model(const ali_model *model, ali_vtu_cells *own, ali_vtu *vtu,
                                      alicorn_error *error);
void ali_vtu_cells_clear(ali_vtu_cells *own);

/** A model's mesh as VTU with one array on its cells, "part". */
alicorn_status ali_write_model_vtu(const ali_model *model, FILE *stream, alicorn_error *error);

#endif
