/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_RADIATION_H
#define ALI_OBSERVE_RADIATION_H

#include "observe/far_field.h"

/** The strongest direction. */
typedef struct ali_radiation_peak {
    double intensity; /**< |F|^2 [V^2] */
    double theta;     /**< [rad], 0 … pi */
    double phi;       /**< [rad], 0 … 2 pi */
} ali_radiation_peak;

/** Radiated power and strongest direction of several currents on one structure.
 *
 *  Power that leaves through the far sphere, or the upper half of it over a ground [W],
 *      P = int |F|^2/(2 eta) dOmega.
 *  Gauss-Legendre in theta, graded towards the horizon of a lossy ground, times the trapezoidal
 *  rule in phi, with the points that k times the structure's radius asks for. Relative error below
 *  1e-6 without cliffs and screens, which make the pattern jump.
 *
 *  Largest |F|^2: three samples per shortest lobe, then the best of them refined together until the
 *  direction moves by less than a thousandth of a lobe (0.001 dB). Where several directions are
 *  equal, the whole degree and the smallest phi are preferred. In free space most of the samples'
 *  lobes are left out beforehand, by interpolation between the samples.
 *
 *  @param      radiators  [count], of the same structure, frequency and ground
 *  @param[out] power      [count]
 *  @param[out] peak       [count]; of a current that does not radiate, intensity 0
 *  @return ALICORN_OK or ALICORN_E_MEMORY
 *  Parallel over directions, then over currents. */
alicorn_status ali_radiation_survey(const ali_radiator *const *radiators, size_t count,
                                    double *power, ali_radiation_peak *peak, alicorn_error *error);

/** What a survey computes, known before there is a current. */
typedef struct ali_radiation_effort {
    bool shared;       /**< what depends on the places alone is computed once for ALI_RADIATORS_MOST
                          currents, and with the opposite direction: in free space */
    double directions; /**< with fields of every current, opposite ones included */
    double refined;    /**< more of them for each current alone, around its strongest lobes: an
                          estimate, for it is the pattern that decides */
    double harmonics;  /**< products of fields and harmonics, for each current */
} ali_radiation_effort;

/** The effort of ali_radiation_survey for a structure of that extent.
 *  @return ALICORN_OK or ALICORN_E_MEMORY: the directions are listed and counted */
alicorn_status ali_radiation_foresee(const ali_radiator_extent *extent,
                                     ali_radiation_effort *effort, alicorn_error *error);

/** Gain of far field intensity |F|^2 [V^2] for a power [W], 4 pi |F|^2/(2 eta power);
 *  0 if power is not positive. */
double ali_radiation_gain(double intensity, double power);

/** Power that an infinitesimal current element radiates alone in free space,
 *  eta k^2 |I l|^2/(12 pi) [W]. NEC relates the gain of an EX 4 drive to it. */
double ali_radiation_element_power(double k, double moment);

#endif
