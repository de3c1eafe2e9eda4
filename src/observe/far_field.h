/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_FAR_FIELD_H
#define ALI_OBSERVE_FAR_FIELD_H

#include "basis/surface_current.h"
#include "green/point_kernel.h"
#include "model/model.h"

/** @file
 *  The far field F = lim r E e^{jkr} [V] of a solved current, over any of NEC's grounds.
 *
 *      F = -jk eta/(4 pi) (theta^ theta^ + phi^ phi^) . N,
 *      N = sum_e d_e J0(k a_e sin gamma_e) int I_e e^{jk r^.r'} ds' + int J e^{jk r^.r'} dS'
 *
 *  gamma_e is the angle between r^ and the axis d_e of the tube; faces are seen as points
 *  (ali_surface_current_points). Equations: docs/theory/fields.md.
 */

/** A current made ready for far fields. Independent of what it was made from. */
typedef struct ali_radiator ali_radiator;

/** Prepare a current.
 *  @param k       wavenumber of the air [rad/m], > 0
 *  @param ground  NULL or kind ALI_GROUND_NONE: free space; mode is then of no consequence
 *  @param mode    how the ground enters; SURFACE_WAVE counts as SPACE_WAVE. A screen mode without
 *                 radial wires is the plain ground
 *  @return ALICORN_OK; ALICORN_E_MEMORY; ALICORN_E_INPUT when a cliff is asked for and no second
 *          medium is known, or when a radius exceeds 0.36 wavelengths, 1.3 in the medium below */
alicorn_status ali_radiator_create(const ali_current *current, double k, const ali_ground *ground,
                                   ali_pattern_mode mode, ali_radiator **radiator,
                                   alicorn_error *error);
/** NULL is fine. */
void ali_radiator_destroy(ali_radiator *radiator);

/** Far field in any directions. Over an ALI_GROUND_SOMMERFELD also of currents below z = 0, and if
 *  the medium is lossless, below the horizon lim r E e^{j k2 r} of all currents, k2 of the medium.
 *  @param[in]  theta,phi       shape [count] [rad]; theta may be negative or beyond pi, as in NEC
 *  @param[out] e_theta,e_phi   shape [count] [V]; exactly 0 more than 0.01 degree below the horizon
 *                              of any other ground
 *  Accuracy: 1e-9 of sum |I| ds of the wires, 1e-4 of any face's share (tests/unit/far_field.c).
 *  Cost: about 6 ns per element and direction on one core with AVX-512, 20 ns without; per face of
 *  0.03 to 0.25 wavelengths 8 ns, 13 ns with AVX2, smaller ones half of it; twice that over ground,
 *  eight times over cliffs and screens, 5 to 18 ns per piece of wire in the soil.
 * Parallel over directions. */
void ali_radiator_far_field(const ali_radiator *radiator, size_t count, const double *theta,
                            const double *phi, double complex *e_theta, double complex *e_phi);

/** Most radiators that ali_radiators_sphere takes. */
enum { ALI_RADIATORS_MOST = 16 };

/** Far fields of several currents on one structure in free space, towards any directions and the
 * opposite ones: what depends on the places alone is computed once for all of them.
 *  @param      radiators     [currents] of the same structure at the same frequency, none over a
 *                            ground; at most ALI_RADIATORS_MOST
 *  @param      theta, phi    [count] [rad]
 *  @param[out] e_theta,e_phi [currents][2 count] [V]: first towards (theta, phi), then, in their
 * own theta^ and phi^, towards (pi - theta, phi + pi)
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_radiators_sphere(const ali_radiator *const *radiators, size_t currents,
                                    size_t count, const double *theta, const double *phi,
                                    double complex *e_theta, double complex *e_phi,
                                    alicorn_error *error);

/** How finely a far field can vary. */
typedef struct ali_radiator_extent {
    double sphere;   /**< k times the radius of a sphere around the structure, its image included */
    double cylinder; /**< k times the radius of a vertical cylinder around it */
    double middle[3]; /**< k times the middle of that sphere */
    bool ground;      /**< only the directions above the horizon count */
    double horizon; /**< angle from the horizon over which a lossy ground's reflection turns [rad];
                       0 = none */
} ali_radiator_extent;

ali_radiator_extent ali_radiator_get_extent(const ali_radiator *radiator);

/** What far fields of a structure take, known before there is a current. */
typedef struct ali_radiator_outline {
    ali_radiator_extent extent; /**< as radiators of this structure will have it */
    size_t panels;              /**< terms of the field in one direction: pieces of wires */
    size_t points;              /**< and points of faces, without those of attached wires */
} ali_radiator_outline;

/** @param ground  NULL or kind ALI_GROUND_NONE: free space */
ali_radiator_outline ali_radiator_foresee(const ali_mesh *mesh, double k, const ali_ground *ground);

/** The short pieces the current was cut into; owned by the radiator. Over an ALI_GROUND_SOMMERFELD
 *  those in the air. */
const ali_ray_panel *ali_radiator_panels(const ali_radiator *radiator, size_t *count);

/** Create, compute and destroy in one. */
alicorn_status ali_far_field(const ali_current *current, double k, const ali_ground *ground,
                             ali_pattern_mode mode, size_t count, const double *theta,
                             const double *phi, double complex *e_theta, double complex *e_phi,
                             alicorn_error *error);

#endif
