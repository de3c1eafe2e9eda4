/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_ASSESS_GAIN_H
#define ALI_ASSESS_GAIN_H

#include "alicorn/assess.h"

/** Total gain [dBi] of theta index i, phi index j; -HUGE_VAL of a zero field. */
double ali_assess_gain(const alicorn_pattern *pattern, size_t i, size_t j);

/** ali_directions_turn of the pattern's azimuths. */
size_t ali_assess_turn(const alicorn_pattern *pattern);

#endif
