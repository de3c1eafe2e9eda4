/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_FRESNEL_H
#define ALI_GREEN_FRESNEL_H

#include <complex.h>

/** @file
 *  Reflection of a plane wave from a flat, lossy half-space that is described by its surface
 * impedance. Both coefficients are relative to what a perfect conductor would do with the same wave
 *  through the field of the PEC image: a PEC gives vertical = +1, horizontal = -1, as NEC counts
 *  them. */

typedef struct ali_fresnel {
    double complex
        vertical; /**< R_V, of E in the plane of incidence: times the PEC image's field */
    double complex horizontal; /**< R_H, of E across that plane: times the incident field */
} ali_fresnel;

/** Wave impedance of a medium over that of the air, 1/sqrt(eps) [1], of the complex relative
 *  permittivity eps = eps_r - j sigma/(omega eps0). */
double complex ali_fresnel_impedance(double complex permittivity);

/** Normalised impedance [1] of the same medium under a screen of radial wires, at distance rho [m]
 *  from their centre: the screen's surface impedance in parallel with the medium's,
 *      Z_s = j omega mu0 rho/N ln(rho/(N a)),
 *  with the logarithm's argument kept above 1 by the caller: rho >= N a.
 *  @param impedance  of the medium [1]
 *  @param k          wavenumber of the air [rad/m]
 *  @param count      N > 0, number of wires
 *  @param radius     a [m], > 0, of a wire
 *  Source: [BurkePoggio:1981] part I, section IV; after [Wait:1969]. */
double complex ali_fresnel_screen(double complex impedance, double k, double rho, int count,
                                  double radius);

/** Coefficients for the angle of incidence whose cosine (from the normal) is `cosine`, 0 … 1.
 *  impedance 0 means a perfect conductor at every angle.
 *      R_V = (c - z q)/(c + z q),  R_H = (z c - q)/(z c + q),  q = sqrt(1 - z^2 (1 - c^2)).
 *  Source: [BurkePoggio:1981] part I, section IV. */
ali_fresnel ali_fresnel_reflect(double complex impedance, double cosine);

/** What the interface z = 0 makes of a plane wave. Wave vectors K are in units of the air's k;
 * level is the size of their horizontal part, the same on both sides, upright the vertical one.
 * Fields are those at the interface over that of the incident wave: its horizontal part in the
 * plane of incidence, its vertical part, and that across the plane. */
typedef struct ali_refraction {
    double complex upright;                          /**< of the transmitted wave, Im <= 0 */
    double complex through, vertical, across;        /**< transmitted */
    double complex back, back_vertical, back_across; /**< reflected */
} ali_refraction;

/** @param from, to  relative permittivity of the medium of the incident wave, and of the other one
 *  @param level     0 … |sqrt(from)|
 *  @param upright   sqrt(from - level^2), Re >= 0 and Im <= 0
 *  Source: continuity of E along and of D across z = 0. */
ali_refraction ali_fresnel_refract(double complex from, double complex to, double level,
                                   double complex upright);

#endif
