/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_PLOT_SVG_H
#define ALI_PLOT_SVG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** @file
 *  Elements of SVG 1.1 on a stream. Coordinates are pixels of the drawing, y downwards, written
 *  with two decimals at most. Call inside a numeric scope (base/numbers.h). */

typedef struct ali_point {
    double x, y; /**< [px] */
} ali_point;

/** An upright rectangle: its upper left corner and its size. */
typedef struct ali_box {
    double x, y, width, height; /**< [px] */
} ali_box;

#define ALI_SVG_NUMBER_SIZE 24

/** A coordinate: "12", "0.5", "-3.25". What is not finite or too far away for any drawing is held
 * at 100000 px. */
const char *ali_svg_number(char text[ALI_SVG_NUMBER_SIZE], double value);

/** The root with its style sheet; `title` and `description` are what a reader that does not see is
 * told. */
void ali_svg_begin(FILE *stream, double width, double height, const char *title,
                   const char *description);
void ali_svg_end(FILE *stream);

/** A text at a point; `kind` lists classes of the style sheet: its size and where it is anchored.
 */
void ali_svg_text(FILE *stream, ali_point at, const char *kind, const char *text);
/** The same, turned about that point [degrees, clockwise]. */
void ali_svg_turned_text(FILE *stream, ali_point at, double turn, const char *kind,
                         const char *text);
void ali_svg_line(FILE *stream, const char *kind, ali_point from, ali_point to);
void ali_svg_rectangle(FILE *stream, const char *kind, ali_box box);
void ali_svg_circle(FILE *stream, const char *kind, ali_point centre, double radius);

/** Begin the path of an element whose other attributes were printed: `d="`. */
void ali_svg_path_begin(FILE *stream);
/** Go on to a point, drawing a line or lifting the pen. */
void ali_svg_path_to(FILE *stream, bool draw, ali_point to);
/** End the path and its element. */
void ali_svg_path_end(FILE *stream);

/** Everything up to ali_svg_unclip is seen inside the box only; `id` tells the clips of a drawing
 * apart. */
void ali_svg_clip(FILE *stream, int id, ali_box box);
void ali_svg_unclip(FILE *stream);

#endif
