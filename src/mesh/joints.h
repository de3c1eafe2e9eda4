/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MESH_JOINTS_H
#define ALI_MESH_JOINTS_H

#include "model/model.h"

/** @file
 *  Which segment ends meet. The mesh and the lint both ask here, so that they never disagree. */

/** Ends closer than this part of the shorter segment's length are one joint [BurkePoggio:1981]. */
#define ALI_JOINT_TOLERANCE 1e-3

/** Length of a segment [m]. */
double ali_joints_segment_length(const ali_segment *segment);

/** Whether an end at `point` of a segment of `length` [m] counts as touching the ground plane z =
 * 0, a mirror. */
bool ali_joints_on_ground(ali_vec3 point, double length);

/** Height [m] up to which an end of a segment counts as lying on the surface of a medium that fills
 * z < 0, see ali_joints_find_ground. */
double ali_joints_soil_reach(const ali_segment *segment);

/** Which nodes lie in the ground plane.
 *
 *  On a mirror: those that are within tolerance of z = 0 for any segment that ends there. A medium
 * has two sides, and radials a millimetre above or below its surface are a matter of course, so
 * there the height must be small for all segments that end there, against their radius or against
 * the height difference of their ends.
 *  @param[in]  node_of_end  [2 count], ALI_NONE: an end without a node
 *  @param[in]  point        [node_count] positions [m]
 *  @param[in]  soil         a medium fills z < 0
 *  @param[out] at_zero      [node_count] */
void ali_joints_find_ground(const ali_segment *segments, size_t count, const size_t *node_of_end,
                            size_t node_count, const ali_vec3 *point, bool soil, bool *at_zero);

/** Group the ends of all segments into nodes.
 *
 *  Two ends are joined when their distance is at most ALI_JOINT_TOLERANCE times the length of the
 * shorter segment, and joints are transitive; hence the grouping does not depend on the order of
 * the segments (NEC-2's own search, in the order of the deck and by the length of one side only,
 * does). A tolerance taken from long neighbours never swallows a short segment: where it would, the
 * joint's tolerance falls to that of its shortest segment.
 *
 *  @param[in]  segments     [count], none of zero length
 *  @param[in]  ground       ends within tolerance of z = 0 are taken to lie on it
 *  @param[out] node_of_end  [2 count]: node of segment s's start at 2s, of its end at 2s + 1; nodes
 * are numbered from 0 in the order in which the ends first name them
 *  @param[out] node_count   number of nodes
 *  @return ALICORN_OK, ALICORN_E_INPUT (a segment without length or with a coordinate that is not
 * finite, or so many ends a tolerance apart that they join a segment to itself) or ALICORN_E_MEMORY
 *  Cost: O(n log n) for structures whose ends do not crowd within the tolerance of much longer
 * segments. */
alicorn_status ali_joints_find(const ali_segment *segments, size_t count, bool ground,
                               size_t *node_of_end, size_t *node_count, alicorn_error *error);

#endif
