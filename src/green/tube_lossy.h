/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_TUBE_LOSSY_H
#define ALI_GREEN_TUBE_LOSSY_H

#include "green/tube.h"

/** @file
 *  Moments of two tubes as in green/tube.h, in a medium of complex wavenumber k, Re k >= 0, Im k <=
 * 0: wires in soil or sea. The static part is that of ali_tube_static. Symmetric under exchange of
 * the tubes, to the accuracy stated. Pure functions, no allocation. */

/** The rest, (e^{-jkR} - 1)/R, of near tubes: themselves, coaxial, touching, crossing, parallel.
 *  @param[out] moment shape [order_a + 1][order_b + 1], row-major [m]
 *  As in ali_tube_dynamic R^2 is averaged over the circumferences, |x - x'|^2 + a^2 + b^2, where
 * |k| sqrt(a^2 + b^2) < 0.06, and the rest itself is where it is larger, so that tubes may be
 * thicker than the skin depth. Accuracy against that average (tests/unit/tube_lossy.c): 1.5e-4 of
 * the static M_00 for tubes of any length up to 80/|k|. Cost: 1 to 20 microseconds up to a length
 * of 3/|k|, ten times that for thick tubes; some milliseconds for thick ones of 40/|k|. */
void ali_tube_lossy_rest(const ali_tube *a, const ali_tube *b, double complex k, int order_a,
                         int order_b, double complex *moment);

/** All of the kernel, e^{-jkR}/R, for tubes that are not near, by points_a x points_b Gauss points
 * (at most ALI_TUBE_LOSSY_POINTS), with the finite radii to second order. Same shape. Accuracy:
 * 2e-4 of the static M_00 with the attenuation up to the nearest point, at six radii and |k| a <
 * 0.4. */
void ali_tube_lossy_far(const ali_tube *a, const ali_tube *b, double complex k, int points_a,
                        int points_b, int order_a, int order_b, double complex *moment);

/** Most Gauss points of a tube. */
#define ALI_TUBE_LOSSY_POINTS 24

/** Gauss points that a tube takes in ali_tube_lossy_far: for 1e-4 of the static M_00 with the
 *  attenuation up to the nearest point, as long as neither distance < 0.6 half nor |k| half > 20.
 *  @param half      its half length [m]
 *  @param distance  of the two axes, ali_tube_distance, or less [m]
 *  @param order     highest order of its moments */
int ali_tube_lossy_points(double half, double distance, double complex k, int order);

#endif
