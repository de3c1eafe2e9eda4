/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OUTPUT_ISOLATION_H
#define ALI_OUTPUT_ISOLATION_H

#include "alicorn/result.h"

#include <stdbool.h>

/** @file
 *  What passes between the ports of one solve. */

/** Whether the solve has S between two ports or more. */
bool ali_has_isolation(const alicorn_solve_result *solve);

/** Name of the port that drives this entry alone, NULL if ports are not driven in turn. */
const char *ali_driven_port(const alicorn_solve_result *solve);

/** |S| from one port into another [dB]; -infinity for exactly nothing. */
double ali_transmission_db(const alicorn_ports *ports, size_t from, size_t to);
/** Maximum available gain [dB]; NAN if not known. */
double ali_coupling_db(const alicorn_ports *ports, size_t from, size_t to);

/** The pair of different ports with the largest |S|. Returns it [dB]. */
double ali_worst_pair(const alicorn_ports *ports, size_t *from, size_t *to);

#endif
