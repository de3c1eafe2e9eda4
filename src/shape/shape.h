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
    double longest_edge; /**< [m] largest edge wanted; about one in a hundred is longer, seldom
 by more than an eighth */
    double curvature;    /**< at most this angle per edge on curved faces [rad]; 0: as the options
                            say */
    int line;            /**< the caller's number for it, which errors give as their line; >= 1 */
} ali_shape;

/** A point where the mesh must have a vertex, with finer faces around it. */
typedef struct ali_embedded_point {
    ali_vec3 point;
    double size; /**< [m] edges wanted there: about 20 wire radii, or 0: the shape's own */
} ali_embedded_point;

typedef struct ali_mesher_options {
    const char *program; /**< "gmsh" or a path; NULL: "gmsh" */
    double timeout_s;    /**< seconds; 0: 300 */
    double curvature;    /**< of shapes that have none of their own [rad]; 0: pi/6 */
    bool keep_volume;    /**< move the vertices of curved faces outwards so that each shape keeps
                            its volume (or area, if open) */
    bool unite;          /**< cut touching and crossing shapes so that they share edges, and drop
                            what lies inside closed ones */
    const char
        *temporary_directory;     /**< where a directory for gmsh's files is made; NULL: "/tmp" */
    size_t most_triangles;        /**< refuse what would give more; 0: 1,000,000 */
    alicorn_progress_fn progress; /**< stage "mesh", percent of 100; may be NULL */
    void *progress_user;
} ali_mesher_options;

/** Mesh a list of shapes with gmsh.
 *
 *  With `unite` all are cut by each other in one run: faces between closed shapes and sheets inside
 *  of them vanish, plates that stand on bodies or cross each other are joined to them in shared
 *  edges, whatever their groups. Where faces of two shapes coincide, the triangles are there once
 *  and belong to the closed shape, or to the first of the list. Without `unite` each shape is
 * meshed alone.
 *
 *  A revolved profile is a closed shape if its ends meet, or are both on the axis; otherwise it is
 * a sheet whose front is to the right of the profile's walk (rho to the right, z up). Fronts of
 * other open shapes look away from their axis or inside, those of plates and discs along own z.
 *
 *  With `keep_volume`, a closed shape that the others leave whole has its exact volume, a sheet
 * that touches nothing its exact area, and what is left of others lies on average on its true
 * surface. Vertices on plane faces stay on their planes, embedded points and CAD files are not
 * moved.
 *
 *  @param[in] shapes   placed; scaled by one factor in all directions, mirrored or not
 *  @param[in] points   where wires end; a point that is farther from every shape than a millionth
 * of the shapes' size and a tenth of the wire's radius (size / 200) is ignored. The others are
 * vertices of the result with exactly these coordinates
 *  @param[out] triangulation  overwritten; normals of closed shapes point outwards; groups as the
 *                      shapes say; no lines or names
 *  @return ALICORN_OK; ALICORN_E_INPUT with the shape's line: a measure that is not positive, a
 *          profile that crosses itself, edges so short that there would be more than
 * most_triangles, gmsh refused the shapes (its own words in the message); ALICORN_E_IO: gmsh is not
 *          installed, failed, timed out; ALICORN_E_INTERRUPTED; ALICORN_E_MEMORY. Temporary files
 * live in a directory of their own and are removed. */
alicorn_status ali_shape_mesh(size_t shape_count, const ali_shape *shapes, size_t point_count,
                              const ali_embedded_point *points, const ali_mesher_options *options,
                              ali_triangulation *triangulation, alicorn_error *error);

#endif
