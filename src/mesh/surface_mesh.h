/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_SURFACE_MESH_H
#define ALI_MESH_SURFACE_MESH_H

#include "mesh/wire_mesh.h"

#include <math.h>

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
    bool oriented; /**< every shared edge is walked once in each direction; hence none is shared by
                      three faces */
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
    size_t model_vertex_count;
    size_t *model_vertex; /**< [model_vertex_count]: where each vertex of the model ended up;
                             ALI_NONE if no face has it */
} ali_surface_mesh;

/** Whether a face lies in the half-space below z = 0. Over soil every face lies wholly on one side;
 * one in z = 0 counts as above. */
static inline bool ali_face_in_soil(const ali_surface_mesh *mesh, size_t face)
{
    const size_t *v = mesh->faces[face].vertex;
    return fmin(mesh->vertices[v[0]].z, fmin(mesh->vertices[v[1]].z, mesh->vertices[v[2]].z)) < 0.0;
}

/** Vertices closer than this part of the shortest edge at either are one. */
#define ALI_WELD_TOLERANCE 1e-5

/** Mesh of all surfaces of the model; without faces if it has none.
 *
 *  Over a ground, vertices within ALI_JOINT_TOLERANCE of their shortest edge from z = 0 are put on
 *  it. Over a mirror, edges that then lie in it are connected to it if options->connect, and faces
 *  that lie in the plane carry nothing that their image does not cancel: they are left out with the
 *  note `face-in-ground`, so that the rest of a box stands on the ground with its rim. Over soil,
 *  heights count against those that the faces at a vertex climb, if that is less; faces in the
 * plane stay, for their current goes on into it, and a rim is a rim there too; faces that cross z =
 * 0 are cut there, with edges in it.
 *
 *  @return ALICORN_OK; ALICORN_E_INPUT: a face of no area, two faces with the same three vertices,
 *          a face below a mirror, a body that is not closed or not oriented under CFIE, each
 *          naming surface, triangle (from 1 within the surface) and line; ALICORN_E_MEMORY */
alicorn_status ali_surface_mesh_create(const ali_model *model, const ali_mesh_options *options,
                                       alicorn_report_fn report, void *report_user,
                                       ali_surface_mesh **mesh, alicorn_error *error);
void ali_surface_mesh_destroy(ali_surface_mesh *mesh);

/** Look for faces that cross or touch each other where they have no vertex or edge in common: no
 *  current flows between them. The first few are reported as `surfaces-cross`, with how many there
 *  are.
 *  @param[out] count  number of such pairs of faces; may be NULL
 *  @return ALICORN_OK; ALICORN_E_INPUT: two faces in one plane overlap; ALICORN_E_MEMORY
 *  Cost: O(n log n) for faces that do not crowd. */
alicorn_status ali_surface_mesh_check_crossings(const ali_model *model,
                                                const ali_surface_mesh *mesh,
                                                alicorn_report_fn report, void *report_user,
                                                size_t *count, alicorn_error *error);

/** What can be said about a mesh before it is solved. */
typedef struct ali_surface_quality {
    double longest_edge;  /**< [m] */
    double shortest_edge; /**< [m] */
    double worst_angle;   /**< smallest inner angle of any face [rad] */
    size_t worst_face;
    size_t open_edges;     /**< with one side, not grounded */
    size_t crossing_edges; /**< with more than two sides */
    size_t closed_bodies;
} ali_surface_quality;

ali_surface_quality ali_surface_mesh_quality(const ali_surface_mesh *mesh);

#endif
