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

/** Append one vertex. Its index is vertex_count before the call. @return ALICORN_OK or
 *  ALICORN_E_MEMORY, as do the next three. */
alicorn_status ali_triangulation_add_vertex(ali_triangulation *triangulation, ali_vec3 vertex,
                                            alicorn_error *error);
/** Append one triangle. Its vertices need not be there yet. */
alicorn_status ali_triangulation_add_triangle(ali_triangulation *triangulation,
                                              const size_t corner[3], int group,
                                              alicorn_error *error);
/** Append one marked line. */
alicorn_status ali_triangulation_add_line(ali_triangulation *triangulation, const size_t end[2],
                                          int group, alicorn_error *error);
/** Append the name of a group; the text is copied. */
alicorn_status ali_triangulation_add_name(ali_triangulation *triangulation, int dimension,
                                          int group, const char *name, alicorn_error *error);
/** Append all of another triangulation, as it is: no vertices are joined.
 *  @return ALICORN_OK or ALICORN_E_MEMORY, then with `triangulation` unchanged */
alicorn_status ali_triangulation_append(ali_triangulation *triangulation,
                                        const ali_triangulation *other, alicorn_error *error);
/** Drop the vertices that no triangle and no line has; the others keep their order.
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_triangulation_compact(ali_triangulation *triangulation, alicorn_error *error);
/** Turn every triangle's front to its back. */
void ali_triangulation_flip(ali_triangulation *triangulation);

/** What reading one file may take, the file itself included [bytes]: some ten million triangles,
 * more than can be solved. */
#define ALI_MESH_FILE_MEMORY 2e9

/** Read a mesh: gmsh .msh format 2.x and 4.1 (ASCII and binary), STL (ASCII and binary). The format
 *  is told by the content. STL corners with equal coordinates become one vertex; the solids of an
 *  ASCII STL are the groups 1, 2, …, a binary one is group 1. A surface of several physical groups
 *  belongs to the first, and is turned around where that is listed with a minus sign. Only
 * triangles, the marked lines and their vertices are kept; quadrangles and elements of second order
 * are refused.
 *  @param scale  length of the file's unit [m], > 0
 *  @param[out] triangulation  overwritten; empty on failure
 *  @return ALICORN_OK; ALICORN_E_IO; ALICORN_E_INPUT with file and line (or byte offset in the
 *          message): an index out of range, a coordinate that is not finite, a count that does not
 *          fit the file, no triangles at all; ALICORN_E_MEMORY, predicted from the counts before
 *          anything is allocated for them: more than ALI_MESH_FILE_MEMORY */
alicorn_status ali_mesh_file_read(const char *path, double scale, ali_triangulation *triangulation,
                                  alicorn_error *error);

/** The same with another limit [bytes]. */
alicorn_status ali_mesh_file_read_within(const char *path, double scale, double memory_limit,
                                         ali_triangulation *triangulation, alicorn_error *error);

/** The same from memory, for tests and fuzzing; `name` stands for the file in messages. */
alicorn_status ali_mesh_file_parse(const char *name, const void *data, size_t size, double scale,
                                   ali_triangulation *triangulation, alicorn_error *error);

#endif
