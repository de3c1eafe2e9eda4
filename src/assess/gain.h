/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_ASSESS_GAIN_H
#define ALI_ASSESS_GAIN_H

#include "alicorn/assess.h"

/** Total gain [dBi] of theta index i, phi index j; -HUGE_VAL of a zero field. */
double ali_assess_gain(const alicorn_pattern *pattern, size_t i, size_t j);

/** 20 lg(10^(gain / 20) + shift) [dBi]: a gain whose field is larger by a share of the unit. */
double ali_assess_shifted(double gain_dbi, double shift);

/** Error of the field in the same unit, which is taken to be the same in all directions as where
 *  the gain is largest; < 0 if not estimated. */
double ali_assess_field_error(const alicorn_solve_result *solve);

/** ali_directions_turn of the pattern's azimuths. */
size_t ali_assess_turn(const alicorn_pattern *pattern);

#endif
