/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_HALF_SPACE_H
#define ALI_GREEN_HALF_SPACE_H

#include "alicorn/status.h"

#include <complex.h>
#include <stdbool.h>

/** @file
 *  Green's functions of two half-spaces in mixed potentials, Michalski and Zheng's formulation C.
 *  Air fills z > 0, a medium of complex relative permittivity eps = eps_r - j sigma/(omega eps0)
 *  (the soil) z < 0; both have mu0; e^{+j omega t}. With
 *      E = -j omega A - grad Phi,  A = mu0 int K_A . J dV',  Phi = 1/eps0 int K_Phi q dV',
 *  q = -div J/(j omega), the kernels K [1/m] are
 *      K_A = xx (x x + y y) + zz z z + zx z rho^ + xz rho^ z,   K_Phi = phi,
 *  rho^ the horizontal unit vector from the source to the observer. zx is what a horizontal current
 *  adds to A_z, xz what a vertical one adds to the horizontal A; xz = -zx everywhere, which
 *  makes the potentials reciprocal: K_zx(r|r') = K_xz(r'|r) with rho^ reversed.
 *  Theory: docs/theory/ground.md. Source: [MichalskiZheng:1990]. */

typedef struct ali_half_space {
    double k;                    /**< wavenumber of the air [rad/m], > 0 */
    double complex permittivity; /**< eps [1] of the soil, Re >= 1, Im <= 0 */
} ali_half_space;

/** Kernels [1/m]. zx and xz count along the horizontal unit vector from source to observer. */
typedef struct ali_half_space_kernels {
    double complex xx, zz, zx, xz, phi;
} ali_half_space_kernels;

/** What the quasi-static images take of the kernels of one side: the part reflected by the
 *  interface is, with g = e^{-j k R}/(4 pi R), R = sqrt(rho^2 + h^2), k the wavenumber of that
 *  side, and h the sum of the distances of source and observer from the interface,
 *      xx: xx g,  zz: zz g,  phi: phi g,  zx: zx g rho/(R + h),
 *  plus a remainder that stays finite as R -> 0. */
typedef struct ali_half_space_images {
    double xx; /**< 0, across 1 */
    double complex zz, zx, phi;
} ali_half_space_images;

/** Wavenumber k sqrt(eps) [rad/m] of the soil, Re > 0, Im <= 0. */
double complex ali_half_space_wavenumber(const ali_half_space *space);

/** Wavenumber [rad/m] by which rules on things in the air are chosen: waves of the soil run along
 * its surface, and die out above it.
 *  @param k         of the air
 *  @param k_soil    magnitude of the soil's
 *  @param distance  from the other thing or its image [m] */
double ali_half_space_rule_wavenumber(double k, double k_soil, double distance);

/** Images for source and observer both in air, or both in the soil. Never fails. */
ali_half_space_images ali_half_space_images_of(const ali_half_space *space, bool in_soil);

/** The same of the whole kernels across, k the wavenumber of either side. Never fails. */
ali_half_space_images ali_half_space_images_across(const ali_half_space *space);

/** Kernels of the reflection alone, source and observer on the same side of the interface: the
 *  whole kernel of the potentials is this plus, for the direct way in the medium of both,
 *      xx, zz: g,  phi: g/eps_side,  zx = xz = 0.
 *  @param rho        horizontal distance [m], >= 0
 *  @param z, z_source  heights [m] of observer and source, both >= 0 (air) or both <= 0 (soil,
 * unless both are 0); rho^2 + (z + z_source)^2 > 0
 *  @param tolerance  1e-3 … 1e-11, error relative to 1/(4 pi R) times the attenuation of the
 *                    strongest wave: the direct one, or the lateral one through the air
 *  @return ALICORN_OK; ALICORN_E_INPUT for arguments outside these limits; ALICORN_E_NUMERIC if the
 *          tolerance is not reached, with the best value there is
 *  Cost: 500 to 10,000 evaluations of Hankel functions, 0.07 ms on average, 1.5 ms at worst; no
 * allocation, thread-safe. */
alicorn_status ali_half_space_reflected(const ali_half_space *space, double rho, double z,
                                        double z_source, double tolerance,
                                        ali_half_space_kernels *kernels, alicorn_error *error);

/** The same without the images: the smooth part that tables want. zx still contains its image. */
alicorn_status ali_half_space_remainder(const ali_half_space *space, double rho, double z,
                                        double z_source, double tolerance,
                                        ali_half_space_kernels *kernels, alicorn_error *error);

/** Whole kernels with source and observer on opposite sides, z z_source <= 0, the other arguments
 * as before; one of them may lie on the interface, at z = 0 of either side. */
alicorn_status ali_half_space_transmitted(const ali_half_space *space, double rho, double z,
                                          double z_source, double tolerance,
                                          ali_half_space_kernels *kernels, alicorn_error *error);

/** Kernels and their slopes [1/m^2] with respect to the observer, which fields are made of. */
typedef struct ali_half_space_slopes {
    ali_half_space_kernels value;
    double complex xx_rho, zz_rho, zx_rho, phi_rho; /**< d/d rho */
    double complex xx_z, zx_z, phi_z;               /**< d/dz; xz_z = -zx_z */
    double complex zx_over_rho;                     /**< zx/rho, its limit at rho = 0 */
} ali_half_space_slopes;

/** ali_half_space_remainder with slopes, which may miss `tolerance` times as much as the values do,
 *  times 1/R or k, whichever is larger; phi and its slopes 2/|eps + 1| times as much. All of zx
 *  still contains its image. Cost: little more than that of the values. */
alicorn_status ali_half_space_remainder_slopes(const ali_half_space *space, double rho, double z,
                                               double z_source, double tolerance,
                                               ali_half_space_slopes *slopes, alicorn_error *error);

/** ali_half_space_transmitted with slopes. For an observer at z = 0, those on the side that the
 *  source is not on; the source at z = 0: those on the observer's side. */
alicorn_status ali_half_space_transmitted_slopes(const ali_half_space *space, double rho, double z,
                                                 double z_source, double tolerance,
                                                 ali_half_space_slopes *slopes,
                                                 alicorn_error *error);

#endif
