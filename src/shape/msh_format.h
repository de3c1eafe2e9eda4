/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_MSH_FORMAT_H
#define ALI_SHAPE_MSH_FORMAT_H

#include "shape/mesh_format.h"

/** @file
 *  The tables of one .msh file while it is read.
 *
 *  Formats 2.2 and 4.1: gmsh's reference manual, "MSH file format" [GeuzaineRemacle:2009]. Both
 * give vertices and elements arbitrary positive tags; 4.1 puts them into blocks, one per entity of
 * the geometry (a curve, a face), and says for each entity to which physical groups it belongs. */

/** A vertex by the file's tag. */
typedef struct ali_msh_node {
    uint64_t tag;
    size_t vertex;
} ali_msh_node;

/** The first physical group of a curve (dimension 1) or face (2); negative: turned around. */
typedef struct ali_msh_entity {
    int dimension, tag, physical;
} ali_msh_entity;

typedef struct ali_msh {
    ali_mesh_reading *reading;
    bool version_4, binary;
    ali_msh_node *nodes; /**< ascending tags once all are read */
    size_t node_count, node_capacity;
    bool has_nodes, has_elements;
    ali_msh_entity *entities; /**< ascending (dimension, tag) once all are read */
    size_t entity_count, entity_capacity;
} ali_msh;

/** The sections' bodies, from behind the line "$Elements" to before "$EndElements". */
alicorn_status ali_msh_elements_2(ali_msh *msh);
alicorn_status ali_msh_elements_4(ali_msh *msh);

/** First physical group of an entity, 0 if it has none. */
int ali_msh_physical(const ali_msh *msh, int dimension, int tag);

#endif
