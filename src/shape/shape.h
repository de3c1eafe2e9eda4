/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_SHAPE_H
#define ALI_SHAPE_SHAPE_H

#include "shape/triangulation.h"

#include <stdbool.h>

/** @file
 *  Bodies and plates by their measures, and how they become triangles: gmsh is run as a program. */

/** Rotation, then shift: x' = matrix x + shift; the matrix includes any scale. */
typedef struct ali_placement {
    double matrix[3][3];
    ali_vec3 shift;
} ali_placement;

ali_placement ali_placement_identity(void);
/** First `inner`, then `outer`. */
ali_placement ali_placement_compose(const ali_placement *outer, const ali_placement *inner);
ali_vec3 ali_placement_apply(const ali_placement *placement, ali_vec3 point);
/** The matrix times a direction: no shift. */
ali_vec3 ali_placement_turn(const ali_placement *placement, ali_vec3 direction);
/** Determinant of the matrix: negative if it mirrors. */
double ali_placement_determinant(const ali_placement *placement);
/** Rotation by an angle [rad] around an axis through the origin; the axis need not be a unit vector
 *  but must not be zero. */
ali_placement ali_placement_rotation(ali_vec3 axis, double angle);
ali_placement ali_placement_shift(ali_vec3 shift);
ali_placement ali_placement_scale(double scale);
/** Place a triangulation. What was outside a closed body stays outside, and what was in front of a
 *  sheet stays in front, also where the placement mirrors. */
void ali_triangulation_place(ali_triangulation *triangulation, const ali_placement *placement);

typedef enum ali_shape_kind {
    ALI_SHAPE_CYLINDER, /**< radius, height: base circle at z = 0 around the z axis */
    ALI_SHAPE_CONE,     /**< radius of the base, top_radius >= 0, height */
    ALI_SHAPE_SPHERE,   /**< radius; centre at the origin */
    ALI_SHAPE_BOX,      /**< size[3]; one corner at the origin */
    ALI_SHAPE_PLATE,    /**< size[0], size[1] in the plane z = 0, centred */
    ALI_SHAPE_DISC,     /**< radius, inner_radius >= 0 (a hole), in z = 0 */
    ALI_SHAPE_TORUS,    /**< radius of the ring's centre line, tube_radius; axis z */
    ALI_SHAPE_REVOLVE,  /**< profile points (rho, z), turned around the z axis */
    ALI_SHAPE_EXTRUDE,  /**< closed polygon of profile points (x, y), z from 0 to height */
    ALI_SHAPE_STEP      /**< a CAD file */
} ali_shape_kind;

typedef struct ali_shape {
    ali_shape_kind kind;
    double radius, top_radius, inner_radius, tube_radius, height; /**< [m] */
    double size[3];
    bool open;            /**< cylinder, cone, extrude: without end caps */
    size_t profile_count; /**< [profile_count][2] [m]; borrowed */
    const double (*profile)[2];
    const char *file; /**< STEP; borrowed */
    ali_placement placement;
    int group;           /**< number that its triangles get; shapes of one group are united */
    double longest_edge; /**< [m] largest edge wanted */
    int line;            /**< of the input, for messages */
} ali_shape;

/** A point where the mesh must have a vertex, with finer faces around it. */
typedef struct ali_embedded_point {
    ali_vec3 point;
    double size; /**< [m] edges wanted there: about 20 wire radii, or 0: the shape's own */
} ali_embedded_point;

typedef struct ali_mesher_options {
    const char *program; /**< "gmsh" or a path */
    double timeout_s;    /**< seconds; 0: 300 */
    double curvature;    /**< at most this angle per edge on curved faces [rad]; 0: pi/6 */
    bool keep_volume;    /**< move the vertices of curved faces outwards so that each shape keeps
                            its volume (or area, if open) */
    bool unite;          /**< cut touching and crossing shapes so that they share edges, and drop
                            what lies inside closed ones */
} ali_mesher_options;

/** Mesh a list of shapes in one run.
 *  @param[in] shapes   placed; those that touch or cross are joined
 *  @param[in] points   where wires end; points that are on no shape are ignored
 *  @param[out] triangulation  normals of closed shapes point outwards
 *  @return ALICORN_OK; ALICORN_E_INPUT: a measure that is not positive, a profile that crosses
 *          itself, gmsh refused the shapes (its own words in the message), naming the shape's line;
 *          ALICORN_E_IO: gmsh is not installed, failed, timed out; ALICORN_E_INTERRUPTED;
 *          ALICORN_E_MEMORY. Temporary files live in a directory of their own and are removed. */
alicorn_status ali_shape_mesh(size_t shape_count, const ali_shape *shapes, size_t point_count,
                              const ali_embedded_point *points, const ali_mesher_options *options,
                              ali_triangulation *triangulation, alicorn_error *error);

#endif
