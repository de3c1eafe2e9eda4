/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_RCS_H
#define ALI_OBSERVE_RCS_H

#include "alicorn/result.h"

#include <complex.h>

/** Directions of a scattering measurement [rad], both pointing away from the structure. */
typedef struct ali_rcs_angles {
    double theta, phi;         /**< to the receiver */
    double theta_inc, phi_inc; /**< to the transmitter, where the wave comes from */
} ali_rcs_angles;

/** Radar cross-section sigma = 4 pi |F|^2/|E_i|^2 of all four pairs of polarisations, V along
 *  theta^ and H along phi^ at either end.
 *  @param[in] from_v  scattered far field (F_theta, F_phi) [V] of an incident wave along theta^,
 *                     1 V/m
 *  @param[in] from_h  the same of an incident wave along phi^, 1 V/m */
alicorn_rcs ali_rcs_combine(const ali_rcs_angles *angles, const double complex from_v[2],
                            const double complex from_h[2]);

#endif
