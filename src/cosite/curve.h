/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_COSITE_CURVE_H
#define ALI_COSITE_CURVE_H

#include "model/radios.h"

/** @file
 *  Levels in dB over the distance from a channel: masks, selectivities, filters that follow the
 *  channel. Curves are even in the offset and straight between points in dB, hence exponentials
 *  in power, whose products integrate in closed form. */

typedef struct ali_curve {
    size_t count;
    double *x;     /**< [count] |offset|, ascending, x[0] >= 0 */
    double *y;     /**< [count] [dB]; y[0] holds before x[0], the last beyond */
    double *least; /**< [count] smallest y at this point or beyond */
} ali_curve;

/** A curve from a profile; where the profile begins beyond x = start, a straight line leads to its
 *  first point from (start, level). A NAN level: its first value holds instead. An empty profile
 *  gives an empty curve.
 *  @return ALICORN_OK or ALICORN_E_MEMORY */
alicorn_status ali_curve_create(const ali_profile *profile, double start, double level,
                                ali_curve *curve, alicorn_error *error);
void ali_curve_clear(ali_curve *curve);

/** Value at an offset of either sign [dB]; 0 of an empty curve. */
double ali_curve_at(const ali_curve *curve, double offset);

/** A lower bound of the values at all offsets of |offset| >= distance; 0 of an empty curve. */
double ali_curve_least(const ali_curve *curve, double distance);

/** Integral of 10^(sign y/10) over offsets from a to b >= a; sign is +1 or -1. Not of an empty
 * curve. Relative error about 1e-15 per piece: no differences of large integrals are taken. */
double ali_curve_integral(const ali_curve *curve, double sign, double a, double b);

/** Integral over offsets t from a to b >= a of 10^(gain(t - shift)/10 - loss(t)/10), with loss
 *  taken as 0 dB where the curve is empty, and gain counting only at |t - shift| > gap. */
double ali_curve_product(const ali_curve *gain, double shift, double gap, const ali_curve *loss,
                         double a, double b);

#endif
