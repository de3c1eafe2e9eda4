/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_SOMMERFELD_H
#define ALI_GREEN_SOMMERFELD_H

#include <complex.h>
#include <stdbool.h>

/** @file
 *  Sommerfeld integrals of the half-space, on paths where they converge exponentially. Behind
 *  half_space.h, which says what they mean. */

enum { ALI_SOMMERFELD_XX, ALI_SOMMERFELD_PHI, ALI_SOMMERFELD_ZX, ALI_SOMMERFELD_COUNT };

/** What fields need besides: slopes along rho and along the height of one side, zx/rho, and zx/rho
 * + d zx/d rho. */
enum {
    ALI_SOMMERFELD_ZX_OVER_RHO = ALI_SOMMERFELD_COUNT,
    ALI_SOMMERFELD_ZX_DIVERGENCE,
    ALI_SOMMERFELD_XX_RHO,
    ALI_SOMMERFELD_PHI_RHO,
    ALI_SOMMERFELD_XX_HEIGHT,
    ALI_SOMMERFELD_PHI_HEIGHT,
    ALI_SOMMERFELD_ZX_HEIGHT,
    ALI_SOMMERFELD_SLOPES_COUNT
};

typedef enum ali_sommerfeld_path {
    /** J_n on the path of steepest descent of the ray straight down; needs a small rho. */
    ALI_SOMMERFELD_NADIR,
    /** J_n above the real axis past all singularities, then its two Hankel functions on vertical
     * lines, up and down; needs rho not small, cost grows with |k_soil| rho. */
    ALI_SOMMERFELD_DETOUR,
    /** H_n^(2) on the path of steepest descent of the specular ray, with the branch cut and the
     * pole that lie between it and the real axis; needs a large |k| rho^2/R. */
    ALI_SOMMERFELD_RAY
} ali_sommerfeld_path;

typedef struct ali_sommerfeld {
    double complex k[2];         /**< wavenumbers of air and soil [rad/m] */
    double complex permittivity; /**< of the soil */
    double rho;                  /**< [m] */
    double height[2];            /**< distance [m] the wave goes up or down in air, in the soil */
    int base;                    /**< 0 air, 1 soil: the side of the reflection, or the one whose
                                      |k| height is larger */
    bool transmitted;            /**< else reflected, images taken out */
} ali_sommerfeld;

/** The path to take, from rho and heights. */
ali_sommerfeld_path ali_sommerfeld_choose(const ali_sommerfeld *problem);

/** Integrals of xx, phi [S_0] and zx [S_1] along a path.
 *  @param absolute  error [1/m] aimed at in xx, zx, and phi; in (eps - 1) phi if that is larger
 *  @return whether it was reached everywhere */
bool ali_sommerfeld_integrate(const ali_sommerfeld *problem, ali_sommerfeld_path path,
                              double absolute, double complex integral[ALI_SOMMERFELD_COUNT]);

/** The same with the slopes.
 *  @param side  whose height the slopes along the height belong to: 0 air, 1 soil
 *  @param goal  error [1/m, 1/m^2] aimed at in each */
bool ali_sommerfeld_integrate_slopes(const ali_sommerfeld *problem, ali_sommerfeld_path path,
                                     int side, const double goal[ALI_SOMMERFELD_SLOPES_COUNT],
                                     double complex integral[ALI_SOMMERFELD_SLOPES_COUNT]);

#endif
