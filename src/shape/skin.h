/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SHAPE_SKIN_H
#define ALI_SHAPE_SKIN_H

#include "shape/form.h"
#include "shape/mesh_format.h"

/** @file
 *  From all faces that gmsh has meshed to the skin of the shapes: which face belongs to which shape
 *  is found by geometry, because its booleans in a script do not tell. */

/** What is known of each triangle of a skin. */
typedef struct ali_skin {
    size_t *owner; /**< [triangle_count] index of its form; owned */
    size_t *part;  /**< [triangle_count] as ali_form_part; owned */
    bool *wall;    /**< [triangle_count] it bounds a body; else it is of a sheet; owned */
} ali_skin;

void ali_skin_clear(ali_skin *skin);

/** Keep the faces that bound one body and the sheets outside of bodies, find their owners and turn
 *  their fronts outwards.
 *  @param[in,out] triangulation  its groups are faces; afterwards indices of forms
 *  @param[in] bounds     which faces bound bodies
 *  @param[in] tolerance  [m] how far vertices may be from the exact surfaces
 *  @return ALICORN_OK; ALICORN_E_INPUT: the skin of a body has holes, or folds; ALICORN_E_INTERNAL:
 * a face belongs to no form; ALICORN_E_MEMORY. Clear the skin in any case. */
alicorn_status ali_skin_make(ali_triangulation *triangulation, const ali_msh_bounds *bounds,
                             size_t form_count, const ali_form *forms, double tolerance,
                             ali_skin *skin, alicorn_error *error);

/** Three edges per triangle: edge k runs from corner k to corner k + 1. */
typedef struct ali_skin_edge {
    size_t low, high; /**< vertices */
    size_t triangle;
    int corner;
} ali_skin_edge;

/** The edges of some triangles, sorted so that equal ones follow each other. NULL: out of memory.
 *  @param[in] wanted  [triangle_count], or NULL: all */
ali_skin_edge *ali_skin_edges(const ali_triangulation *triangulation, const bool *wanted,
                              size_t *count);

/** Move the vertices on curved faces along the surface's normal, by what the triangles around them
 *  lack on average, times one factor per form. The factor makes the volume of a closed body exact,
 *  the area of a sheet that is alone, and what is left of a form that is cut by others neither lack
 *  nor exceed its true surface on average. Vertices stay on the plane faces they are on; those on
 *  several curved surfaces stay on their intersection; those of `pinned` do not move. Forms of
 * files are left as they are.
 *  @param[in] pinned  [vertex_count] */
alicorn_status ali_skin_keep_volume(ali_triangulation *triangulation, const ali_skin *skin,
                                    size_t form_count, const ali_form *forms, const bool *pinned,
                                    alicorn_error *error);

#endif
