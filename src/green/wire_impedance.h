/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_WIRE_IMPEDANCE_H
#define ALI_GREEN_WIRE_IMPEDANCE_H

#include <complex.h>

/** Internal impedance per length of a solid round wire [ohm/m], e^{+jωt}: skin effect, uniform
 * around the wire. Equation: z = γ / (2π a σ) I0(γa) / I1(γa), γ = sqrt(jωμσ); displacement current
 * in the metal is neglected.
 *  @param radius  a [m], > 0
 *  @param sigma   conductivity [S/m], > 0; infinity gives 0
 *  @param omega   angular frequency [rad/s], >= 0; 0 gives the direct-current resistance
 *  @param mu      absolute permeability of the metal [H/m], > 0
 *  Valid for: good conductors, σ >> ωε, and bends much wider than the wire. Accuracy: 1e-13
 * relative (tests/unit/bessel.c). Thread-safe, no allocation. Source: [Ramo:1994] Sec. 4.5 */
double complex ali_wire_internal_impedance(double radius, double sigma, double omega, double mu);

#endif
