/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_MESH_FORMAT_H
#define ALI_SHAPE_MESH_FORMAT_H

#include "shape/mesh_scan.h"
#include "shape/triangulation.h"

/** @file
 *  What the readers of the formats share. */

/** Which faces bound volumes, as a .msh 4.1 file tells: a face that is listed twice lies between
 *  two of them. */
typedef struct ali_msh_bounds {
    int *faces;
    size_t count, capacity;
} ali_msh_bounds;

typedef struct ali_mesh_file_options {
    double scale;           /**< length of the file's unit [m] */
    double memory_limit;    /**< [bytes] */
    bool by_entity;         /**< .msh: `group` is the face of the geometry, not the physical group;
                               no lines are kept */
    ali_msh_bounds *bounds; /**< filled if not NULL; free(bounds->faces) */
} ali_mesh_file_options;

/** One file while it is read. */
typedef struct ali_mesh_reading {
    ali_mesh_scan scan;
    const ali_mesh_file_options *options;
    double claimed; /**< memory that is or will be in use [bytes] */
    ali_triangulation *out;
} ali_mesh_reading;

/** Count memory before it is taken.
 *  @return ALICORN_OK, or ALICORN_E_MEMORY with the figures if that is more than the limit */
alicorn_status ali_mesh_reading_claim(ali_mesh_reading *reading, const char *what, uint64_t count,
                                      double bytes_each);

/** Append one vertex in the file's unit; ALICORN_E_INPUT if it is not finite in metres. */
alicorn_status ali_mesh_reading_vertex(ali_mesh_reading *reading, const double at[3]);

/** All of ali_mesh_file_parse. */
alicorn_status ali_mesh_file_parse_with(const char *name, const void *data, size_t size,
                                        const ali_mesh_file_options *options,
                                        ali_triangulation *triangulation, alicorn_error *error);
alicorn_status ali_mesh_file_read_with(const char *path, const ali_mesh_file_options *options,
                                       ali_triangulation *triangulation, alicorn_error *error);

/* The formats: from the first byte to the end. Vertices that nothing uses may be left over. */
alicorn_status ali_msh_read(ali_mesh_reading *reading);
alicorn_status ali_stl_read_text(ali_mesh_reading *reading);
alicorn_status ali_stl_read_binary(ali_mesh_reading *reading);

/** Bytes of a binary STL file: a heading of 80, the count of triangles in 4, then 50 each. */
enum { ALI_STL_HEADING = 80, ALI_STL_START = 84, ALI_STL_TRIANGLE = 50 };

#endif
