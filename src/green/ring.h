/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_RING_H
#define ALI_GREEN_RING_H

#include <complex.h>

/** The kernel G = e^{-jkR}/(4 pi R) averaged over a ring, and its slopes. */
typedef struct ali_ring {
    double complex value; /**< <G> [1/m] */
    double complex slope; /**< d<G>/d rho [1/m^2] */
    double complex axial; /**< d<G>/d z [1/m^2] */
} ali_ring;

/** Average over a source ring of radius `radius` around the z axis in the plane z = 0, seen from
 *  (rho, z).
 *
 *  Away from the ring by the trapezoidal rule, which converges exponentially. Near it 1/R by the
 *  complete elliptic integrals,
 *      <1/R> = 2 K(m)/(pi s),  s^2 = (rho + a)^2 + z^2,  m = 4 rho a/s^2,
 *      d<1/R>/d rho = -(K - E + 2 rho d E/(d^2 + z^2))/(pi rho s),   d = rho - a,
 *      d<1/R>/d z = -2 z E/(pi s (d^2 + z^2)),
 *  and the rest, (e^{-jkR} - 1)/R, by the trapezoidal rule.
 *
 *  @param k       wavenumber [rad/m], >= 0
 *  @param radius  a [m], > 0
 *  @param gap     d = rho - a [m], given apart because it may be tiny; d = 0 gives the mean of the
 *                 slopes on both sides of a tube of such rings; with z = 0 as well, the values at
 *                 1e-9 a from the ring
 *  Accuracy: 5e-7 relative, 1e-3 (ka)^2 closer than 2.7 a (tests/unit/ring.c).
 *  Source: [Jackson:1998] section 5.5; K and E by the arithmetic-geometric mean
 *  [AbramowitzStegun:1964] 17.6. */
ali_ring ali_ring_kernel(double k, double radius, double gap, double z);

/** The same in a lossy medium.
 *  @param k  complex wavenumber [rad/m], Im <= 0; |k| counts in the accuracy */
ali_ring ali_ring_kernel_lossy(double complex k, double radius, double gap, double z);

#endif
