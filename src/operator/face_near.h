/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPERATOR_FACE_NEAR_H
#define ALI_OPERATOR_FACE_NEAR_H

#include "green/triangle.h"
#include "mesh/mesh.h"

#include <stdint.h>

/** @file
 *  Near pairs of faces, and of faces with wire elements, and their static moments: the part of the
 * matrix that depends on the geometry only. Computed once per mesh and kept over a sweep. */

/** One near neighbour of a face: another face, itself, or the mirror image in z = 0 of one. */
typedef struct ali_face_partner {
    uint32_t other;
    uint32_t pair;   /**< whose moments are used, with the lower face first */
    bool mirrored;   /**< it is other's image that is near */
    bool transposed; /**< this face is the pair's second */
} ali_face_partner;

/** One wire element near a face or near its image. */
typedef struct ali_tube_partner {
    uint32_t element;
    bool mirrored; /**< it is the face's image that is near */
    size_t first;  /**< moments [3][order + 1], in `tube_moments` */
} ali_tube_partner;

typedef struct ali_face_near {
    size_t face_count;
    size_t *first;              /**< [face_count + 1] into partners */
    ali_face_partner *partners; /**< direct before mirrored, ascending `other` */
    size_t pair_count;
    double (*powers)[3][3][3]; /**< [pair_count] ali_triangle_powers: 216 bytes a pair, 3 kilobytes
                                    a face */
    double (*curl)[3][3][3];   /**< [partners] ali_triangle_curl_powers of this face, or its image
                                    if mirrored, tested and the other; NULL if there are none */
    size_t *tube_first;        /**< [face_count + 1] into tubes */
    ali_tube_partner *tubes;   /**< direct before mirrored, ascending element */
    int order;                 /**< of all moments with elements */
    double *tube_moments;
} ali_face_near;

/** A face as the kernels want it. */
ali_flat_triangle ali_face_triangle(const ali_surface_mesh *mesh, size_t face);
/** Its mirror image in z = 0, corner by corner. */
ali_flat_triangle ali_triangle_mirror(ali_flat_triangle triangle);

/** Largest distance of a face's corners from its middle [m]. */
double ali_triangle_reach(const ali_flat_triangle *triangle);
/** Mean of the corners. */
ali_vec3 ali_triangle_middle(const ali_flat_triangle *triangle);
/** Largest distance of an element's wall from its middle, three radii at least [m]: closer than
 *  that its roundness shows. */
double ali_element_reach(const ali_element *element);

/** Find the near pairs of a mesh.
 *  @param order  Legendre order of moments with elements
 *  @param image  also pairs with the mirror images in z = 0 */
alicorn_status ali_face_near_find(const ali_mesh *mesh, int order, bool image, ali_face_near **near,
                                  alicorn_error *error);
/** Integrate their static moments, in parallel.
 *  @param mesh      the same
 *  @param progress  stage "near"; may be NULL
 *  @return ALICORN_OK, ALICORN_E_MEMORY or ALICORN_E_INTERRUPTED, after which only
 *          ali_face_near_destroy may be called */
alicorn_status ali_face_near_integrate(ali_face_near *near, const ali_mesh *mesh, int threads,
                                       alicorn_progress_fn progress, void *progress_user,
                                       alicorn_error *error);
/** Both at once. */
alicorn_status ali_face_near_create(const ali_mesh *mesh, int order, bool image, int threads,
                                    alicorn_progress_fn progress, void *progress_user,
                                    ali_face_near **near, alicorn_error *error);
/** Memory that the pairs and their moments take, whether integrated already or not [bytes].
 *  @param curl  with those of ali_face_near_add_curl */
size_t ali_face_near_bytes(const ali_face_near *near, bool curl);
void ali_face_near_destroy(ali_face_near *near);

/** Integrate also what the magnetic-field equation needs of the near pairs of some faces, in
 *  parallel: 5.5 kilobytes per face of the mesh.
 *  @param[in] tested  [face_count] */
alicorn_status ali_face_near_add_curl(ali_face_near *near, const ali_surface_mesh *mesh,
                                      const bool *tested, int threads, alicorn_error *error);

/** The faces near a face, or near its image: from the returned one to `end`. */
const ali_face_partner *ali_face_near_partners(const ali_face_near *near, size_t face, bool image,
                                               const ali_face_partner **end);
/** The elements near a face, or near its image. */
const ali_tube_partner *ali_face_near_tubes(const ali_face_near *near, size_t face, bool image,
                                            const ali_tube_partner **end);

#endif
