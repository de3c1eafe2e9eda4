/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/chart.h"

#include "output/text_format.h"
#include "plot/page.h"
#include "plot/scale.h"
#include "plot/style.h"

#include <math.h>

/** Room for labels around the panels [px]. */
enum { LEFT = 82, RIGHT = 30, BELOW = 46, ABOVE = 8, BETWEEN = 18 };

ali_axis ali_axis_round(const char *label, double low, double high)
{
    enum { PARTS = 8 };
    ali_axis axis = {.label = label, .low = low, .high = high, .factor = 1.0};
    if (!(high - low > 1e-9 * fmax(fabs(low), fabs(high)))) {
        double pad = fmax(0.1 * fabs(low), 0.1);
        axis.low = low - pad;
        axis.high = high + pad;
    }
    axis.step = ali_nice_step(axis.high - axis.low, PARTS);
    ali_nice_range(axis.step, &axis.low, &axis.high);
    return axis;
}

/** A panel on its way to the stream. */
typedef struct frame {
    FILE *stream;
    const ali_panel *panel;
    ali_box box;
    ali_scale x, y;
} frame;

static ali_point place(const frame *f, double x, double y)
{
    /* endless levels lead far out of the frame, where they are cut off */
    double level = isinf(y) ? (y > 0.0 ? 1e9 : -1e9) : y;
    return (ali_point){ali_scale_at(&f->x, x), ali_scale_at(&f->y, level)};
}

static const char *tick_text(char text[ALI_TEXT_SIZE], const ali_ticks *ticks, size_t i)
{
    return ali_text_decimal(text, ali_tick(ticks, i), ticks->decimals);
}

static ali_ticks ticks_of(const ali_axis *axis)
{
    return ali_ticks_in(axis->low / axis->factor, axis->high / axis->factor,
                        axis->step / axis->factor);
}

static void put_vertical_grid(const frame *f, const ali_axis *x, bool labelled)
{
    char text[ALI_TEXT_SIZE];
    const ali_ticks ticks = ticks_of(x);
    double bottom = f->box.y + f->box.height;
    for (size_t i = 0; i < ticks.count; i++) {
        double at = ali_scale_at(&f->x, ali_tick(&ticks, i) * x->factor);
        ali_svg_line(f->stream, "grid", (ali_point){at, f->box.y}, (ali_point){at, bottom});
        if (labelled)
            ali_svg_text(f->stream, (ali_point){at, bottom + 18.0}, "middle",
                         tick_text(text, &ticks, i));
    }
    if (labelled)
        ali_svg_text(f->stream, (ali_point){f->box.x + f->box.width / 2.0, bottom + 38.0},
                     "axis middle", x->label);
}

static void put_horizontal_grid(const frame *f)
{
    char text[ALI_TEXT_SIZE];
    const ali_ticks ticks = ticks_of(&f->panel->y);
    for (size_t i = 0; i < ticks.count; i++) {
        double at = ali_scale_at(&f->y, ali_tick(&ticks, i) * f->panel->y.factor);
        ali_svg_line(f->stream, "grid", (ali_point){f->box.x, at},
                     (ali_point){f->box.x + f->box.width, at});
        ali_svg_text(f->stream, (ali_point){f->box.x - 8.0, at + 4.0}, "end",
                     tick_text(text, &ticks, i));
    }
    ali_svg_turned_text(f->stream,
                        (ali_point){f->box.x - LEFT + 28.0, f->box.y + f->box.height / 2.0}, -90.0,
                        "axis middle", f->panel->y.label);
}

static bool has_band(const ali_trace *trace, size_t i)
{
    return trace->high[i] >= trace->low[i] && isfinite(trace->x[i]) && !isnan(trace->y[i]);
}

/** One run of samples with bands, as a filled ribbon; a run of one sample as a bar. */
static void put_ribbon(const frame *f, const ali_trace *trace, size_t first, size_t end)
{
    const char *colour = ali_style_colour(trace->style);
    if (end - first == 1)
        fprintf(f->stream, "<path class=\"bar\" stroke=\"%s\"", colour);
    else
        fprintf(f->stream, "<path class=\"band\" fill=\"%s\"", colour);
    ali_svg_path_begin(f->stream);
    for (size_t i = first; i < end; i++)
        ali_svg_path_to(f->stream, i > first, place(f, trace->x[i], trace->high[i]));
    for (size_t i = end; i-- > first;)
        ali_svg_path_to(f->stream, true, place(f, trace->x[i], trace->low[i]));
    fputc('Z', f->stream);
    ali_svg_path_end(f->stream);
}

static void put_band(const frame *f, const ali_trace *trace)
{
    for (size_t i = 0; i < trace->count; i++) {
        size_t first = i;
        while (i < trace->count && has_band(trace, i))
            i++;
        if (i > first)
            put_ribbon(f, trace, first, i);
    }
}

static void put_curve(const frame *f, const ali_trace *trace)
{
    bool draw = false;
    fprintf(f->stream, "<path class=\"trace\" stroke=\"%s\"%s", ali_style_colour(trace->style),
            ali_style_dash(trace->style));
    ali_svg_path_begin(f->stream);
    for (size_t i = 0; i < trace->count; i++) {
        bool there = isfinite(trace->x[i]) && !isnan(trace->y[i]);
        if (there)
            ali_svg_path_to(f->stream, draw, place(f, trace->x[i], trace->y[i]));
        draw = there;
    }
    ali_svg_path_end(f->stream);
}

/** Marks inside the frame, whole even at its edge. */
static void put_marks(const frame *f, const ali_trace *trace)
{
    const ali_axis *y = &f->panel->y;
    for (size_t i = 0; i < trace->count; i++)
        if (isfinite(trace->x[i]) && trace->y[i] >= y->low && trace->y[i] <= y->high)
            ali_style_mark(f->stream, trace->style, place(f, trace->x[i], trace->y[i]));
}

static void put_traces(const frame *f, int id)
{
    const ali_traces *traces = f->panel->traces;
    ali_svg_clip(f->stream, id, f->box);
    for (size_t i = 0; i < traces->count; i++)
        put_band(f, &traces->item[i]);
    for (size_t i = 0; i < traces->count; i++)
        put_curve(f, &traces->item[i]);
    ali_svg_unclip(f->stream);
}

static void put_limits(const frame *f)
{
    double right = f->box.x + f->box.width;
    for (size_t i = 0; i < f->panel->limit_count; i++) {
        const ali_limit *limit = &f->panel->limits[i];
        double at = ali_scale_at(&f->y, limit->value);
        /* below the line where there is no room above it */
        double text = at - f->box.y < 16.0 ? at + 14.0 : at - 5.0;
        if (limit->value < f->panel->y.low || limit->value > f->panel->y.high)
            continue;
        ali_svg_line(f->stream, "limit", (ali_point){f->box.x, at}, (ali_point){right, at});
        ali_svg_text(f->stream, (ali_point){right - 6.0, text}, "end halo", limit->label);
    }
}

void ali_chart_draw(FILE *stream, const ali_axis *x, const ali_panel *panels, size_t count,
                    ali_box box)
{
    double gaps = ABOVE + BELOW + BETWEEN * ((double)count - 1.0);
    double height = (box.height - gaps) / (double)count, left = box.x + LEFT,
           width = box.width - LEFT - RIGHT;
    for (size_t k = 0; k < count; k++) {
        const ali_axis *y = &panels[k].y;
        double top = box.y + ABOVE + (double)k * (height + BETWEEN), bottom = top + height;
        const frame f = {.stream = stream,
                         .panel = &panels[k],
                         .box = {left, top, width, height},
                         .x = {x->low, x->high, left, left + width},
                         .y = {y->low, y->high, y->down ? top : bottom, y->down ? bottom : top}};
        put_vertical_grid(&f, x, k + 1 == count);
        put_horizontal_grid(&f);
        put_traces(&f, (int)k);
        ali_svg_rectangle(stream, "rim", f.box);
        for (size_t i = 0; i < f.panel->traces->count && ali_traces_marked(f.panel->traces); i++)
            put_marks(&f, &f.panel->traces->item[i]);
        put_limits(&f);
    }
}
