/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_BETWEEN_H
#define ALI_COSITE_BETWEEN_H

#include "model/radios.h"

/** Basic transmission gain between isotropic antennas at two points [dB], negative of the path
 *  loss; never above 0 dB: at distances below lambda/(4 pi) the formula of the far field would
 *  receive more than is sent. -HUGE_VAL in a zero of the two-ray field.
 *
 *  Free space: (lambda/(4 pi R))^2. [Friis:1946], [ITURP525:2019], in dB 32.45 + 20 lg R/km + 20 lg
 * f/MHz. Two rays: |e^{-jkR1}/R1 + Gamma e^{-jkR2}/R2|^2 in place of 1/R^2, Gamma of the plane
 * ground [Parsons:2000]. Ground wave: and (1 - Gamma) F(p) e^{-jkR2}/R2, [Norton:1937]. Heights are
 * z over the ground; waves of the sea, the earth's curvature and the patterns' dependence on
 * elevation are not in it.
 *  @param a, b     antennas [m], not the same point
 *  @param polarisation  of the transmitting antenna */
double ali_between_gain(ali_path_kind kind, const ali_medium *medium, const double a[3],
                        const double b[3], ali_radio_polarisation polarisation, double frequency);

#endif
