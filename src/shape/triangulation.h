/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_TRIANGULATION_H
#define ALI_SHAPE_TRIANGULATION_H

#include "alicorn/status.h"
#include "base/vec3.h"

#include <stddef.h>

/** @file
 *  A list of triangles on its way from a file or a mesher into the model. */

typedef struct ali_triangulation {
    size_t vertex_count, vertex_capacity;
    ali_vec3 *vertices; /**< [m] */
    size_t triangle_count, triangle_capacity;
    size_t (*triangles)[3]; /**< counterclockwise seen from the front */
    int *group;             /**< [triangle_count]: number of the part it belongs to, as the file or
                               the mesher tells: a physical group of .msh, a shape of a list */
    size_t group_capacity;
    size_t line_count, line_capacity;
    size_t (*lines)[2]; /**< edges that the file marks: 1-D elements of physical groups */
    int *line_group;    /**< [line_count] */
    size_t line_group_capacity;
    size_t name_count, name_capacity;
    struct ali_group_name *names;
} ali_triangulation;

/** Name of a group, from $PhysicalNames or the name of an STL solid. */
typedef struct ali_group_name {
    int dimension, group;
    char *name; /**< owned */
} ali_group_name;

/** Free what it owns. */
void ali_triangulation_clear(ali_triangulation *triangulation);

/** Read a mesh: gmsh .msh format 2.x and 4.1 (ASCII and binary), STL (ASCII and binary). The format
 *  is told by the content. STL corners that are bitwise equal become one vertex. Only triangles and
 *  the marked lines are kept; elements of second order are refused.
 *  @param scale  length of the file's unit [m]
 *  @return ALICORN_OK; ALICORN_E_IO; ALICORN_E_INPUT with file and line (or byte offset in the
 *          message): an index out of range, a coordinate that is not finite, a count that does not
 *          fit the file, no triangles at all; ALICORN_E_MEMORY, predicted from the counts */
alicorn_status ali_mesh_file_read(const char *path, double scale, ali_triangulation *triangulation,
                                  alicorn_error *error);

/** The same from memory, for tests and fuzzing; `name` stands for the file in messages. */
alicorn_status ali_mesh_file_parse(const char *name, const void *data, size_t size, double scale,
                                   ali_triangulation *triangulation, alicorn_error *error);

#endif
