/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_WIRE_MESH_H
#define ALI_MESH_WIRE_MESH_H

#include "base/vec3.h"
#include "model/model.h"

/** @file
 *  The wires as the numerics see them: straight elements that meet in nodes. A segment of the model
 * becomes one element or several (graded towards a free end, or refined on request). */

/** Straight tube element; local coordinate u in [-1, 1] runs along dir. */
typedef struct ali_element {
    ali_vec3 mid;   /**< middle of the axis [m] */
    ali_vec3 dir;   /**< unit vector */
    double half;    /**< half length [m] */
    double radius;  /**< [m] */
    size_t segment; /**< of the model; ALI_NONE: a foot (mesh/feet.h) */
    size_t node[2]; /**< at u = -1 and u = +1 */
} ali_element;

/** One end of an element: element * 2 + side, side 0 at u = -1, 1 at u = +1. */
typedef size_t ali_element_end;

typedef struct ali_wire_mesh {
    ali_element *elements; /**< in the order of the segments, along each segment; then feet, if
                              the options ask for them */
    size_t element_count;
    size_t segment_count;
    size_t *segment_first;  /**< [segment_count + 1]: elements of segment s are segment_first[s] …
                               segment_first[s+1]-1 */
    size_t *segment_master; /**< [segment_count]: itself, or the segment a duplicate lies exactly
                               on; duplicates have no elements */
    bool *segment_reversed; /**< [segment_count]: a duplicate that runs against its master */
    size_t node_count;
    ali_vec3 *node;             /**< [node_count] [m] */
    size_t *node_first;         /**< [node_count + 1] into node_ends */
    ali_element_end *node_ends; /**< [2 element_count] */
    bool *node_grounded;        /**< [node_count]: current continues into the ground's image */
    bool *node_attached;        /**< [node_count]: current continues in the faces of a surface */
} ali_wire_mesh;

typedef struct ali_mesh_options {
    bool split_ends; /**< grade towards free ends */
    double longest;  /**< [m] cut longer segments into equal parts of at most this; 0: any length */
    int refine;      /**< >= 1: cut every segment or part into this many */
    bool ground;     /**< a half-space fills z < 0 */
    bool connect;    /**< ends at z = 0 are connected to it */
    bool soil;       /**< the half-space is a medium that wires may lie on, cross and lie in; else a
                        mirror, whatever reflects */
    bool feet;       /**< ends on the medium have the contact of a disc; else they go on in the
                        ground's image */
    double soil_wavenumber; /**< |k2| of the medium [rad/m]: elements in it are cut to 1.25/|k2|;
                               0: any length */
} ali_mesh_options;

/** Whether an element lies in the half-space below z = 0. Every element lies wholly on one side;
 * one in z = 0 counts as above. */
static inline bool ali_element_in_soil(const ali_element *element)
{
    return element->mid.z < 0.0;
}

/** Whether an element is a foot: part of no segment, its current of degree 1. */
static inline bool ali_element_is_foot(const ali_element *element)
{
    return element->segment == ALI_NONE;
}

/** Whether the current of edges in z = 0 goes on in the ground's image. */
static inline bool ali_mesh_grounds_rims(const ali_mesh_options *options)
{
    return options->ground && options->connect && !options->soil;
}

/** A point of a wire that lies on a surface. */
typedef struct ali_wire_contact {
    size_t segment;
    double place; /**< 0: the segment's start, 1: its end; between: the segment is cut at this part
                     of its length */
    ali_vec3 point; /**< where the node is put [m] */
} ali_wire_contact;

/** Mesh of all wires of the model. Two ends closer than 1e-3 of the shorter segment are one node,
 * as in NEC. Exact duplicates of a segment carry no unknowns of their own and are reported through
 * `report`.
 *
 *  Over a ground that is no medium to be in (`soil` not set), joints at z = 0 within tolerance are
 * put there and are grounded if `connect`; no wire may lie in z = 0 or below. With `soil`, joints
 * are put into z = 0 by the finer rule of ali_joints_find_ground, and a segment that crosses z = 0
 * is cut there, in a node like any other. With `connect`, a joint in z = 0 whose wires are all
 * above is grounded, or gets a foot with `feet`. Ends that lie lower or in z = 0 along a wire are
 * free ends, for a bare wire in or on the medium leaks into it along its length by itself.
 *  @return ALICORN_OK, ALICORN_E_INPUT (segment of zero length, or of more than a thousand times
 * the longest part; wire below ground without `soil`), ALICORN_E_MEMORY */
alicorn_status ali_wire_mesh_create(const ali_model *model, const ali_mesh_options *options,
                                    alicorn_report_fn report, void *report_user,
                                    ali_wire_mesh **mesh, alicorn_error *error);
/** The same with nodes on surfaces: there the current of every wire end goes its own way, and no
 * wire ends freely.
 *  @param[in]  contacts      [contact_count] ascending in segment and place, cuts well apart
 *  @param[out] contact_node  [contact_count]: node of each; ALI_NONE for a cut of a duplicate */
alicorn_status ali_wire_mesh_create_attached(const ali_model *model,
                                             const ali_mesh_options *options, size_t contact_count,
                                             const ali_wire_contact *contacts, size_t *contact_node,
                                             alicorn_report_fn report, void *report_user,
                                             ali_wire_mesh **mesh, alicorn_error *error);
void ali_wire_mesh_destroy(ali_wire_mesh *mesh);

#endif
