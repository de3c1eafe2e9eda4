/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_SPHERE_SPECTRUM_H
#define ALI_OBSERVE_SPHERE_SPECTRUM_H

#include "base/error.h"

#include <complex.h>
#include <stddef.h>

/** @file
 *  Far fields in free space as functions on the whole sphere: where to sample them, and their
 * values anywhere from those samples. Equations: docs/theory/fields.md. */

/** Harmonics that a function of electrical size x keeps at 1e-7: the order beyond which J_n(x) has
 * died. */
double ali_sphere_harmonics(double x);

/** Rings of directions whose weights integrate the square of a far field over the sphere, equally
 * spaced around. From zenith to nadir they are a Gauss rule in cos theta, in which the square is
 * all but a polynomial; where that asks for more than ALI_GAUSS_MAX nodes, panels in theta. Rings
 * of the lower hemisphere are the opposite directions of those kept here; none is on the equator.
 */
typedef struct ali_sphere_rule {
    int panels, nodes; /**< of a panel, even */
    size_t rings;      /**< of the upper hemisphere, panels nodes/2 */
    double *theta;     /**< [rings] ascending [rad] */
    double *weight;    /**< [rings] of a whole ring, and of the opposite one [sr] */
    size_t *first;     /**< [rings + 1] number of a ring's first direction, which has phi = 0 */
} ali_sphere_rule;

/** @param sphere    k times the radius of a sphere around the structure
 *  @param cylinder  k times that of a vertical cylinder
 *  @return ALICORN_OK or ALICORN_E_MEMORY; clear in any case */
alicorn_status ali_sphere_rule_create(double sphere, double cylinder, ali_sphere_rule *rule,
                                      alicorn_error *error);
void ali_sphere_rule_clear(ali_sphere_rule *rule);
/** Highest harmonic around that the rule's widest ring tells. */
int ali_sphere_rule_highest(const ali_sphere_rule *rule);

/** Harmonics around of a field on a rule's rings. */
typedef struct ali_sphere_spectrum {
    const ali_sphere_rule *rule; /**< borrowed */
    int highest;                 /**< harmonics -highest … highest */
    double (*mode)[4];           /**< [ring of the sphere][harmonic] theta^ re, im, phi^ re, im */
} ali_sphere_spectrum;

/** Harmonics of one field.
 *  @param middle         k times the place from which the phase is taken [rad]
 *  @param e_theta,e_phi  [2 directions of the rule] towards them, then, in their own theta^ and
 *                        phi^, towards the opposite ones
 *  @return ALICORN_OK or ALICORN_E_MEMORY; clear in any case */
alicorn_status ali_sphere_spectrum_create(const ali_sphere_rule *rule, const double middle[3],
                                          const double complex *e_theta,
                                          const double complex *e_phi,
                                          ali_sphere_spectrum *spectrum, alicorn_error *error);
void ali_sphere_spectrum_clear(ali_sphere_spectrum *spectrum);

/** Harmonics at any theta in [0, pi]. With those, the field is good to 1e-5 of its largest value
 * (tests/unit/sphere_spectrum.c).
 *  @param[out] mode  [2 highest + 1] */
void ali_sphere_spectrum_ring(const ali_sphere_spectrum *spectrum, double theta, double (*mode)[4]);

/** Field from the harmonics of a ring.
 *  @param[out] field  theta^, phi^ */
void ali_sphere_spectrum_at(const ali_sphere_spectrum *spectrum, const double (*mode)[4],
                            double phi, double complex field[2]);

#endif
