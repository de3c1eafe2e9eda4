/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_SURFACE_MESH_H
#define ALI_MESH_SURFACE_MESH_H

#include "base/vec3.h"
#include "model/model.h"

/** @file
 *  The surfaces as the numerics see them: flat faces that meet in edges, whatever surface of the
 *  model they come from. Vertices that coincide are one; faces are oriented alike across every edge
 *  that two faces share, where that is possible. */

/** A flat face. Local index i of an edge is that of the vertex opposite to it. */
typedef struct ali_face {
    size_t vertex[3]; /**< counterclockwise seen from the front */
    size_t edge[3];
    ali_vec3 normal; /**< unit vector out of the front */
    double area;     /**< [m^2] */
    size_t triangle; /**< of the model; a face made by cutting a triangle names the whole */
    size_t surface;  /**< of the model */
    size_t body;     /**< connected set of faces */
    bool reversed;   /**< runs against its triangle of the model: media are exchanged */
} ali_face;

/** One side of an edge: face * 3 + local index. */
typedef size_t ali_edge_side;

/** An edge of the mesh. One side: the rim of an open sheet. Two: the usual. More: sheets that meet
 * in a T or a cross. */
typedef struct ali_face_edge {
    size_t vertex[2]; /**< [0] < [1] */
    double length;    /**< [m] */
    size_t first;     /**< sides edge_sides[first … first + count - 1] */
    size_t count;
    bool grounded; /**< lies in the plane of a conducting ground: current goes on in the image */
} ali_face_edge;

/** A set of faces that hang together. */
typedef struct ali_body {
    size_t face_count;
    bool closed;   /**< every edge has two sides, image included */
    bool oriented; /**< every shared edge is walked once in each direction */
    double volume; /**< [m^3] enclosed, > 0 if the normals point outwards; 0 unless closed and
                      oriented */
} ali_body;

typedef struct ali_surface_mesh {
    size_t vertex_count;
    ali_vec3 *vertices; /**< [m] */
    size_t face_count;
    ali_face *faces;
    size_t edge_count;
    ali_face_edge *edges;
    ali_edge_side *edge_sides;
    size_t *vertex_first;   /**< [vertex_count + 1] into vertex_corners */
    size_t *vertex_corners; /**< corners of the faces around a vertex: face * 3 + local vertex */
    size_t body_count;
    ali_body *bodies;
    size_t *model_vertex; /**< [vertices of the model]: where each ended up */
} ali_surface_mesh;

/** What can be said about a mesh before it is solved. */
typedef struct ali_surface_quality {
    double longest_edge;  /**< [m] */
    double shortest_edge; /**< [m] */
    double worst_angle;   /**< smallest inner angle of any face [rad] */
    size_t worst_face;
    size_t open_edges;
    size_t crossing_edges; /**< with more than two sides */
    size_t closed_bodies;
} ali_surface_quality;

ali_surface_quality ali_surface_mesh_quality(const ali_surface_mesh *mesh);

#endif
