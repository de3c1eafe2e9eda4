/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_NEC_CELLS_H
#define ALI_INPUT_NEC_CELLS_H

#include "input/nec_patch.h"

/** @file
 *  The outline of patches that are known by their area only. */

/** Corners of an outline at most. */
enum { ALI_NEC_OUTLINE_MAX = 24 };

/** A flat polygon, convex, counterclockwise seen from outside. */
typedef struct ali_nec_outline {
    ali_vec3 corner[ALI_NEC_OUTLINE_MAX];
    size_t count;
    bool fitted; /**< cut to fit its neighbours; else the patch as it was given */
} ali_nec_outline;

/** Outline of every patch. One given by its corners has these. One given by its area (SP 0) is cut
 *  where its plane meets those of the patches around it, and halfway to those in its own plane;
 *  sides without a neighbour stay as in the square of its area. Where the outcome is not of about
 *  that area, the square itself is taken.
 *
 *  @param[out] outlines  [count]
 *  @param[in,out] budget  comparisons of patches that may still be made; below 0: it was used up
 *  @return 0, or -1 when memory is out */
int ali_nec_cells_find(const ali_nec_patch *patches, size_t count, double *budget,
                       ali_nec_outline *outlines);

/** Area of a polygon [m^2]. */
double ali_nec_polygon_area(const ali_vec3 *corner, size_t count);

#endif
