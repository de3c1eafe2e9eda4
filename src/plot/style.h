/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_STYLE_H
#define ALI_PLOT_STYLE_H

#include "plot/svg.h"

#include <stddef.h>
#include <stdio.h>

/** @file
 *  Colours that people with every kind of colour vision can tell apart, those of the page
 *  (web/src/data/colour.ts), and dashes and marks beside them for grey prints. */

/** Number of pairs of colour and dash before they come again. */
enum { ALI_STYLE_PAIRS = 42 };

/** "#0072b2", … of the i-th trace. */
const char *ali_style_colour(size_t i);
/** Attribute `stroke-dasharray`, "" for a solid line. */
const char *ali_style_dash(size_t i);
/** A mark at a sample of the i-th trace. */
void ali_style_mark(FILE *stream, size_t i, ali_point at);

/** Red, green, blue of viridis at t, 0 … 1 (held there), each 0 … 255. */
void ali_style_viridis(double t, int rgb[3]);
/** Class of a text that is to be read on this colour: "" or "white". */
const char *ali_style_ink(const int rgb[3]);

#endif
