/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OBSERVE_CIRCUIT_H
#define ALI_OBSERVE_CIRCUIT_H

#include "alicorn/status.h"

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

/** @file
 *  Networks and transmission lines between the ports of a structure, solved by nodal analysis with
 * the currents of the lines as unknowns of their own, so that a line of any length is regular, half
 * a wavelength included. */

typedef enum ali_branch_kind {
    ALI_BRANCH_ADMITTANCE = 0, /**< y11, y12 = y21, y22 */
    ALI_BRANCH_LINE = 1        /**< lossless line; y11 and y22 are shunts across its ends */
} ali_branch_kind;

/** A two-port between two ports of the structure; both may be the same. */
typedef struct ali_branch {
    ali_branch_kind kind;
    size_t port[2];
    double complex y11, y12, y22; /**< [S] */
    double z0;                    /**< line [ohm]; negative: its conductors change sides */
    double angle;                 /**< line: electrical length [rad] */
} ali_branch;

/** Port voltages and network currents.
 *  @param ports      n
 *  @param y          shape [n][n]: short-circuit admittance of the structure [S]
 *  @param driven     [n]: a voltage source stands across the port
 *  @param columns    number of cases
 *  @param v          [n][columns], in: voltages of driven ports, rest ignored; out: all voltages
 * [V]
 *  @param incident   [n][columns]: current into each port of the structure with all ports shorted,
 * from impressed fields [A]; NULL if there are none
 *  @param network    out, [n][columns]: current from each port into the networks [A]
 *  @return ALICORN_OK, ALICORN_E_NUMERIC (a resonance without loss) or ALICORN_E_MEMORY */
alicorn_status ali_circuit_solve(size_t ports, const double complex *y, size_t branch_count,
                                 const ali_branch *branches, const bool *driven, size_t columns,
                                 double complex *v, const double complex *incident,
                                 double complex *network, alicorn_error *error);

#endif
