/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MODEL_REQUIREMENT_H
#define ALI_MODEL_REQUIREMENT_H

#include "alicorn/assess.h"

#include <stdbool.h>

/** @file
 *  What a model is required to do. Judged by the room `assess`, from results. */

/** A port that takes part in a beacon. Its wave at turn x of the modulation is
 *  weight (constant + depth[0] cos(azimuth - x) + depth[1] cos 9 (azimuth - x)), or weight alone if
 *  it is steady. */
typedef struct ali_beacon_port {
    char name[32];
    alicorn_complex weight;
    double azimuth_deg;
    bool steady;
} ali_beacon_port;

/** How a TACAN antenna is fed. */
typedef struct ali_beacon {
    ali_beacon_port *ports; /**< [port_count]; owned */
    size_t port_count;
    bool turns; /**< false: the weights stand, and the pattern as a whole turns */
    double constant, depth[2];
    double bearing_error_deg; /**< largest allowed; HUGE_VAL: not judged */
    int relative;             /**< harmonics as parts of their fundamental, not of the carrier */
} ali_beacon;

/** One requirement. Numbers in the unit of its kind (alicorn_verdict). */
typedef struct ali_requirement {
    alicorn_requirement_kind kind;
    double low, high;      /**< bounds of the value; -+HUGE_VAL: none */
    double gain_dbi;       /**< of coverage and blind azimuths */
    double assumed_error;  /**< of samples whose error is not estimated; 0: none */
    char port[2][32];      /**< names; "": every port, every pair. Of cosite: of the radios that
                                transmit and receive */
    alicorn_sector sector; /**< of patterns and cross-sections */
    double percent;        /**< of cross-sections: which percentile */
    alicorn_rcs_component component;
    int sense;         /**< of axial ratio: 1 right, -1 left, 0 either */
    bool mismatch;     /**< of efficiency: reflection counts as loss */
    ali_beacon beacon; /**< of tacan */
    char *radios;      /**< of cosite: path of the file; owned */
    bool needs_s;      /**< of cosite: the file has not all S itself */
    size_t task;       /**< whose solves are judged; ALI_NONE: none are needed */
    size_t pattern;    /**< index of its pattern in each of them */
    int line, column;
} ali_requirement;

/** Free what requirements own, and the array. */
void ali_requirements_destroy(ali_requirement *requirements, size_t count);

#endif
