/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_SMITH_H
#define ALI_PLOT_SMITH_H

#include "plot/svg.h"
#include "plot/trace.h"

#include <complex.h>

/** @file
 *  The Smith chart: the plane of reflection coefficients with circles of constant resistance and
 *  reactance [Smith:1939]. */

/** A circle in the plane of reflection coefficients. */
typedef struct ali_smith_circle {
    double x, y, radius;
} ali_smith_circle;

/** Circle of constant normalised resistance r >= 0, and of constant reactance x, not 0. */
ali_smith_circle ali_smith_resistance(double r);
ali_smith_circle ali_smith_reactance(double x);

/** Reflection coefficient of a normalised impedance, and back; 1 is an open circuit, endless. */
double complex ali_smith_reflection(double complex z);
double complex ali_smith_impedance(double complex reflection);

double ali_smith_height(void);
/** Draw traces of reflection coefficients, real part x and imaginary part y, into a box. A ring is
 * around the first sample of each, and a mark on the last. */
void ali_smith_draw(FILE *stream, const ali_traces *traces, ali_box box);

#endif
