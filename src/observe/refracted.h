/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_REFRACTED_H
#define ALI_OBSERVE_REFRACTED_H

#include "basis/surface_current.h"
#include "green/ray_kernel.h"

/** @file
 *  Far fields that pass the interface z = 0 of two half-spaces: in the air those of currents in the
 *  soil, and in a lossless soil all of them. By reciprocity the field towards r^ is what a plane
 * wave from there does to the current; of that wave the interface makes one with a complex wave
 * vector on the other side. Equations: docs/theory/ground.md. */

/** Cosine of the angle from zenith at which directions count as below the horizon: 0.01 degree, as
 *  in NEC. */
#define ALI_BELOW_HORIZON (-1.7453e-4)

/** Angles of one block, unused places set like the first. */
typedef struct ali_direction_block {
    size_t count;
    double sin_theta[ALI_RAY_BLOCK], cos_theta[ALI_RAY_BLOCK];
    double sin_phi[ALI_RAY_BLOCK], cos_phi[ALI_RAY_BLOCK];
} ali_direction_block;

typedef struct ali_refracted ali_refracted;

/** Prepare a current over, in or across the interface.
 *  @param      k             of the air [rad/m]
 *  @param      permittivity  of the soil, relative and complex
 *  @param[out] refracted     NULL if there is nothing to tell: all in air, and the soil lossy
 *  @return ALICORN_OK; ALICORN_E_MEMORY; ALICORN_E_INPUT as ali_panels_create */
alicorn_status ali_refracted_create(const ali_current *current, double k,
                                    double complex permittivity, ali_refracted **refracted,
                                    alicorn_error *error);
/** NULL is fine. */
void ali_refracted_destroy(ali_refracted *refracted);

/** theta^.N and phi^.N of a block, [2][count] [A m], so that -jk eta/(4 pi) times them are lim r E
 *  e^{jkr} in the air, and lim r E e^{j k2 r} in a lossless soil. Towards the air: of the currents
 * in the soil. Below the horizon: of all currents, or 0 if the soil is lossy. */
void ali_refracted_sums(const ali_refracted *refracted, const ali_direction_block *directions,
                        double complex sums[2][ALI_RAY_BLOCK]);

#endif
