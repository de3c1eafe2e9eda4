/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_FACE_GROUND_H
#define ALI_OPERATOR_FACE_GROUND_H

#include "operator/face_moments.h"
#include "operator/ground_triangle.h"

/** @file
 *  What a half-space below z = 0 makes of pairs of faces, and of faces with wire elements. Each
 * lies wholly above, in the plane, which counts as above, or below. With u and v on the one and the
 *  other, and the kernels of green/half_space.h, the vector part of a pair is
 *
 *      int int xx u_h.v_h + zz u_z v_z + zx (v_z rho^.u_h - u_z rho^.v_h).
 *
 *  Above, kernels of the reflection are the wave of the image times something that changes slowly:
 *  for far pairs its value between the middles makes them moments of the image. Closer pairs, and
 *  all of which one at least is below, have kernels between points, near pairs besides shares of
 *  waves whose moments are known. */

typedef struct ali_face_ground ali_face_ground;

/** For one thread at a time. @return NULL when memory is out */
ali_face_ground *ali_face_ground_create(const ali_ground_kernel *kernel,
                                        const ali_face_source *source);
void ali_face_ground_destroy(ali_face_ground *ground);

/** Its memory for kernels between points and triangles. */
ali_ground_triangle_work *ali_face_ground_work(ali_face_ground *ground);

/** Turn values of the edges of a face with the faces of a group from place `from` on (a multiple of
 *  ALI_FAR_LANES), which are those in air, into those about the half-space: add the reflection to
 *  pairs above, set all others.
 *  @param pair  lengths, side, factors, row and column; no image's
 *  @return 0, or -1 when memory is out */
int ali_face_ground_edges(ali_face_ground *ground, ali_face_batch *batch,
                          const ali_shape_kernel *kernel, const ali_edge_pair *pair,
                          const ali_face_group *group, size_t from, size_t face,
                          double complex *value);

/** Moments of the parts, [part][a][q]. */
typedef double complex ali_ground_tube_moments[ALI_GROUND_PARTS][3][ALI_TUBE_ORDER_MAX + 1];

/** Moments of a face with the element in a place: those of the reflection, or the others that are
 *  not those of free space. ali_tube_batch_run has just left those of the air's wave in the batch,
 *  of the face or of its image.
 *  @return false if there are none */
bool ali_face_ground_tube(ali_face_ground *ground, const ali_tube_batch *batch, size_t face,
                          size_t place, bool image, ali_ground_tube_moments moments);

#endif
