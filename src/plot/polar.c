/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/polar.h"

#include "base/constants.h"
#include "output/text_format.h"
#include "plot/style.h"

#include <math.h>

/** Radius of the outermost ring, and room around it for labels [px]. */
enum { RADIUS = 230, AROUND = 30 };

ali_rings ali_rings_of(double largest, double floor, double range)
{
    double span = isnan(floor) ? range : fmax(largest - floor, 1.0);
    double step = span <= 10.0 ? 2.0 : span <= 30.0 ? 5.0 : span <= 60.0 ? 10.0 : 20.0;
    double top = ceil(largest / step - 1e-9) * step;
    if (isnan(floor))
        floor = top - range;
    if (!(top > floor))
        top = floor + step;
    return (ali_rings){.top = top == 0.0 ? 0.0 : top, /* not minus zero */
                       .floor = floor,
                       .step = step,
                       .count = (size_t)ceil((top - floor) / step - 1e-9)};
}

double ali_ring_radius(const ali_rings *rings, double level)
{
    return fmin(1.0, fmax(0.0, (level - rings->floor) / (rings->top - rings->floor)));
}

ali_point ali_dial_point(ali_dial dial, ali_point centre, double angle_deg, double radius)
{
    double turn = (dial == ALI_DIAL_AZIMUTH ? angle_deg : 90.0 - angle_deg) * ALI_DEGREE;
    return (ali_point){centre.x + radius * cos(turn), centre.y - radius * sin(turn)};
}

double ali_polar_height(ali_dial dial)
{
    return dial == ALI_DIAL_UPPER ? RADIUS + 2.0 * AROUND : 2.0 * (RADIUS + AROUND);
}

/** A dial on its way to the stream. */
typedef struct face {
    FILE *stream;
    ali_dial dial;
    ali_point centre;
} face;

/** A ring, or the upper half of one. */
static void put_ring(const face *f, const char *kind, double radius)
{
    char r[ALI_SVG_NUMBER_SIZE], x[ALI_SVG_NUMBER_SIZE], y[ALI_SVG_NUMBER_SIZE];
    if (f->dial != ALI_DIAL_UPPER) {
        ali_svg_circle(f->stream, kind, f->centre, radius);
        return;
    }
    ali_svg_number(r, radius);
    fprintf(f->stream, "<path class=\"%s\"", kind);
    ali_svg_path_begin(f->stream);
    ali_svg_path_to(f->stream, false, (ali_point){f->centre.x - radius, f->centre.y});
    fprintf(f->stream, "A%s %s 0 0 1 %s %s", r, r, ali_svg_number(x, f->centre.x + radius),
            ali_svg_number(y, f->centre.y));
    ali_svg_path_end(f->stream);
}

/** Spokes every 30 degrees with their angles. */
static void put_spokes(const face *f)
{
    int first = f->dial == ALI_DIAL_AZIMUTH ? 0 : f->dial == ALI_DIAL_UPPER ? -90 : -150;
    int last = f->dial == ALI_DIAL_AZIMUTH ? 330 : f->dial == ALI_DIAL_UPPER ? 90 : 180;
    char number[ALI_TEXT_SIZE], text[ALI_TEXT_SIZE + 4];
    for (int angle = first; angle <= last; angle += 30) {
        ali_point label = ali_dial_point(f->dial, f->centre, angle, RADIUS + 17.0);
        ali_svg_line(f->stream, "grid", f->centre,
                     ali_dial_point(f->dial, f->centre, angle, RADIUS));
        snprintf(text, sizeof text, "%s°", ali_text_decimal(number, angle, 0));
        label.y += 4.0;
        ali_svg_text(f->stream, label, "middle", text);
    }
}

/** Levels along a direction between the spokes; the outermost with the unit. */
static void put_levels(const face *f, const ali_rings *rings, const char *unit)
{
    const double angle = f->dial == ALI_DIAL_AZIMUTH ? 75.0 : 15.0;
    char number[ALI_TEXT_SIZE], text[2 * ALI_TEXT_SIZE];
    for (size_t i = 0; i < rings->count; i++) {
        double level = rings->top - (double)i * rings->step;
        double radius = RADIUS * ali_ring_radius(rings, level);
        ali_point at = ali_dial_point(f->dial, f->centre, angle, radius);
        if (radius < 14.0)
            continue;
        ali_text_decimal(number, level, level == floor(level) ? 0 : 1);
        snprintf(text, sizeof text, "%s%s%s", number, i == 0 ? " " : "", i == 0 ? unit : "");
        at.y += 4.0;
        ali_svg_text(f->stream, at, "middle halo", text);
    }
}

static void put_trace(const face *f, const ali_rings *rings, const ali_trace *trace)
{
    bool draw = false;
    fprintf(f->stream, "<path class=\"trace\" stroke=\"%s\"%s", ali_style_colour(trace->style),
            ali_style_dash(trace->style));
    ali_svg_path_begin(f->stream);
    for (size_t i = 0; i < trace->count; i++) {
        bool there = !isnan(trace->y[i]);
        double radius = RADIUS * ali_ring_radius(rings, trace->y[i]);
        if (there)
            ali_svg_path_to(f->stream, draw,
                            ali_dial_point(f->dial, f->centre, trace->x[i], radius));
        draw = there;
    }
    ali_svg_path_end(f->stream);
}

void ali_polar_draw(FILE *stream, ali_dial dial, const ali_rings *rings, const char *unit,
                    const ali_traces *traces, ali_box box)
{
    const face f = {.stream = stream,
                    .dial = dial,
                    .centre = {box.x + box.width / 2.0, box.y + AROUND + RADIUS}};
    for (size_t i = 1; i < rings->count; i++)
        put_ring(&f, "grid", RADIUS * ali_ring_radius(rings, rings->top - (double)i * rings->step));
    put_spokes(&f);
    put_ring(&f, "rim", RADIUS);
    for (size_t i = 0; i < traces->count; i++)
        put_trace(&f, rings, &traces->item[i]);
    for (size_t i = 0; i < traces->count && ali_traces_marked(traces); i++)
        for (size_t k = 0; k < traces->item[i].count; k++)
            if (isfinite(traces->item[i].y[k]))
                ali_style_mark(
                    stream, traces->item[i].style,
                    ali_dial_point(dial, f.centre, traces->item[i].x[k],
                                   RADIUS * ali_ring_radius(rings, traces->item[i].y[k])));
    put_levels(&f, rings, unit);
}
