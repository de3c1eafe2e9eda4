/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/smith.h"

#include "output/text_format.h"
#include "plot/style.h"

#include <math.h>

/** Radius of the chart, and room around it for labels [px]. */
enum { RADIUS = 240, AROUND = 34 };

/** Of the circles that are drawn. */
static const double grid_values[] = {0.2, 0.5, 1.0, 2.0, 5.0};
enum { GRID_COUNT = sizeof grid_values / sizeof *grid_values };

ali_smith_circle ali_smith_resistance(double r)
{
    return (ali_smith_circle){.x = r / (1.0 + r), .y = 0.0, .radius = 1.0 / (1.0 + r)};
}

ali_smith_circle ali_smith_reactance(double x)
{
    return (ali_smith_circle){.x = 1.0, .y = 1.0 / x, .radius = 1.0 / fabs(x)};
}

double complex ali_smith_reflection(double complex z)
{
    return (z - 1.0) / (z + 1.0);
}

double complex ali_smith_impedance(double complex reflection)
{
    return (1.0 + reflection) / (1.0 - reflection);
}

double ali_smith_height(void)
{
    return 2.0 * (RADIUS + AROUND);
}

static ali_point place(ali_point centre, double u, double v)
{
    return (ali_point){centre.x + RADIUS * u, centre.y - RADIUS * v};
}

/** The part inside the chart of the circle of reactance x: from the rim to the open circuit. */
static void put_reactance(FILE *stream, ali_point centre, double x)
{
    double complex end = ali_smith_reflection(I * x);
    ali_point open = place(centre, 1.0, 0.0);
    char radius[ALI_SVG_NUMBER_SIZE], to_x[ALI_SVG_NUMBER_SIZE], to_y[ALI_SVG_NUMBER_SIZE];
    ali_svg_number(radius, RADIUS * ali_smith_reactance(x).radius);
    fputs("<path class=\"grid\"", stream);
    ali_svg_path_begin(stream);
    ali_svg_path_to(stream, false, place(centre, creal(end), cimag(end)));
    fprintf(stream, "A%s %s 0 0 %d %s %s", radius, radius, x > 0.0 ? 0 : 1,
            ali_svg_number(to_x, open.x), ali_svg_number(to_y, open.y));
    ali_svg_path_end(stream);
}

static void put_reactance_label(FILE *stream, ali_point centre, double x)
{
    double complex end = 1.065 * ali_smith_reflection(I * x);
    ali_point at = place(centre, creal(end), cimag(end));
    char text[ALI_TEXT_SIZE];
    snprintf(text, sizeof text, "%sj%g", x < 0.0 ? "−" : "+", fabs(x));
    at.y += 4.0;
    ali_svg_text(stream, at, "middle", text);
}

static void put_grid(FILE *stream, ali_point centre)
{
    for (size_t i = 0; i < GRID_COUNT; i++) {
        ali_smith_circle circle = ali_smith_resistance(grid_values[i]);
        ali_svg_circle(stream, "grid", place(centre, circle.x, circle.y), RADIUS * circle.radius);
        put_reactance(stream, centre, grid_values[i]);
        put_reactance(stream, centre, -grid_values[i]);
    }
    ali_svg_line(stream, "grid", place(centre, -1.0, 0.0), place(centre, 1.0, 0.0));
    ali_svg_circle(stream, "rim", centre, RADIUS);
}

static void put_labels(FILE *stream, ali_point centre)
{
    char text[ALI_TEXT_SIZE];
    for (size_t i = 0; i < GRID_COUNT; i++) {
        ali_point at = place(centre, creal(ali_smith_reflection(grid_values[i])), 0.0);
        snprintf(text, sizeof text, "%g", grid_values[i]);
        ali_svg_text(stream, (ali_point){at.x + 4.0, at.y - 4.0}, "halo", text);
        put_reactance_label(stream, centre, grid_values[i]);
        put_reactance_label(stream, centre, -grid_values[i]);
    }
    ali_point shorted = place(centre, -1.0, 0.0), open = place(centre, 1.0, 0.0);
    ali_svg_text(stream, (ali_point){shorted.x - 8.0, shorted.y + 4.0}, "end", "0");
    ali_svg_text(stream, (ali_point){open.x + 8.0, open.y + 4.0}, "", "∞");
}

static void put_trace(FILE *stream, ali_point centre, const ali_trace *trace)
{
    const char *colour = ali_style_colour(trace->style);
    ali_point first = place(centre, trace->x[0], trace->y[0]);
    char x[ALI_SVG_NUMBER_SIZE], y[ALI_SVG_NUMBER_SIZE];
    fprintf(stream, "<path class=\"trace\" stroke=\"%s\"%s", colour, ali_style_dash(trace->style));
    ali_svg_path_begin(stream);
    for (size_t i = 0; i < trace->count; i++)
        ali_svg_path_to(stream, i > 0, place(centre, trace->x[i], trace->y[i]));
    ali_svg_path_end(stream);
    fprintf(stream,
            "<circle class=\"first\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" "
            "cx=\"%s\" cy=\"%s\" r=\"6\"/>\n",
            colour, ali_svg_number(x, first.x), ali_svg_number(y, first.y));
    ali_style_mark(stream, trace->style,
                   place(centre, trace->x[trace->count - 1], trace->y[trace->count - 1]));
}

void ali_smith_draw(FILE *stream, const ali_traces *traces, ali_box box)
{
    ali_point centre = {box.x + box.width / 2.0, box.y + box.height / 2.0};
    put_grid(stream, centre);
    put_labels(stream, centre);
    for (size_t i = 0; i < traces->count; i++)
        put_trace(stream, centre, &traces->item[i]);
}
