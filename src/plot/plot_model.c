/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "model/model.h"
#include "output/text_format.h"
#include "plot/page.h"
#include "plot/plot.h"
#include "plot/projection.h"
#include "plot/scale.h"
#include "plot/style.h"

#include <math.h>
#include <stdlib.h>

/* A line drawing of wires and triangles, those in front over those behind them. */

/** Heights the drawing may have, and room around it for names, axes and scale [px]. */
enum { LOWEST = 240, HIGHEST = 620, AROUND = 40, FOOT = 64 };

/** From where it is seen unless something else is asked for: the ship's plan turned a little. */
#define AZIMUTH_DEG 300.0
#define ELEVATION_DEG 25.0

/** A wire's segment or a triangle. */
typedef struct piece {
    double depth;
    size_t index; /**< of the segments, then of the triangles */
} piece;

typedef struct drawing {
    FILE *stream;
    const ali_model *model;
    ali_projection view;
    ali_vec3 least, most; /**< corners of the upright box around everything [m] */
    bool ground;
    piece *pieces; /**< [count]; owned */
    size_t count;
} drawing;

/* ---- size ---- */

static void widen(drawing *d, ali_vec3 p)
{
    d->least = (ali_vec3){fmin(d->least.x, p.x), fmin(d->least.y, p.y), fmin(d->least.z, p.z)};
    d->most = (ali_vec3){fmax(d->most.x, p.x), fmax(d->most.y, p.y), fmax(d->most.z, p.z)};
}

static void find_size(drawing *d)
{
    const ali_model *model = d->model;
    d->least = (ali_vec3){HUGE_VAL, HUGE_VAL, HUGE_VAL};
    d->most = (ali_vec3){-HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < model->segment_count; i++) {
        widen(d, model->segments[i].start);
        widen(d, model->segments[i].end);
    }
    for (size_t i = 0; i < model->triangle_count; i++)
        for (size_t k = 0; k < 3; k++)
            widen(d, model->vertices[model->triangles[i].vertex[k]]);
}

/** The i-th corner of the structure's foot on the ground, with a margin. */
static ali_vec3 ground_corner(const drawing *d, size_t i)
{
    double margin = 0.08 * fmax(fmax(d->most.x - d->least.x, d->most.y - d->least.y),
                                0.5 * (d->most.z - d->least.z));
    return (ali_vec3){i == 0 || i == 3 ? d->least.x - margin : d->most.x + margin,
                      i < 2 ? d->least.y - margin : d->most.y + margin, 0.0};
}

/** The rectangle of the picture that everything takes, before it is scaled. */
static void find_extent(const drawing *d, ali_point *low, ali_point *high)
{
    *low = (ali_point){HUGE_VAL, HUGE_VAL};
    *high = (ali_point){-HUGE_VAL, -HUGE_VAL};
    size_t segments = d->model->segment_count, triangles = d->model->triangle_count;
    for (size_t i = 0; i < 2 * segments + 3 * triangles + (d->ground ? 4 : 0); i++) {
        ali_vec3 p;
        if (i < 2 * segments)
            p = i % 2 ? d->model->segments[i / 2].end : d->model->segments[i / 2].start;
        else if (i < 2 * segments + 3 * triangles)
            p = d->model->vertices[d->model->triangles[(i - 2 * segments) / 3]
                                       .vertex[(i - 2 * segments) % 3]];
        else
            p = ground_corner(d, i - 2 * segments - 3 * triangles);
        ali_point at = ali_projection_point(&d->view, p);
        *low = (ali_point){fmin(low->x, at.x), fmin(low->y, at.y)};
        *high = (ali_point){fmax(high->x, at.x), fmax(high->y, at.y)};
    }
}

/** Scale the picture to the page. Returns its height [px]. */
static double fit(drawing *d, ali_point *low, ali_point *high)
{
    find_extent(d, low, high);
    double width = fmax(high->x - low->x, 1e-9), height = fmax(high->y - low->y, 1e-9);
    d->view.scale =
        fmin((ALI_PAGE_WIDTH - 2.0 * AROUND - 60.0) / width, (HIGHEST - 2.0 * AROUND) / height);
    return fmax(height * d->view.scale + 2.0 * AROUND, LOWEST);
}

/* ---- pieces ---- */

static int by_depth(const void *a, const void *b)
{
    const piece *left = a, *right = b;
    if (left->depth != right->depth)
        return left->depth < right->depth ? -1 : 1;
    return (left->index > right->index) - (left->index < right->index);
}

static alicorn_status sort_pieces(drawing *d, alicorn_error *error)
{
    const ali_model *model = d->model;
    d->count = model->segment_count + model->triangle_count;
    d->pieces = ali_calloc(d->count, sizeof *d->pieces);
    if (!d->pieces)
        return ali_error_memory(error, d->count * sizeof *d->pieces, "the drawing");
    for (size_t i = 0; i < d->count; i++) {
        ali_vec3 sum;
        double points = 2.0;
        if (i < model->segment_count) {
            sum = ali_vec3_add(model->segments[i].start, model->segments[i].end);
        } else {
            const size_t *corner = model->triangles[i - model->segment_count].vertex;
            sum =
                ali_vec3_add(model->vertices[corner[0]],
                             ali_vec3_add(model->vertices[corner[1]], model->vertices[corner[2]]));
            points = 3.0;
        }
        d->pieces[i] =
            (piece){ali_projection_depth(&d->view, ali_vec3_scale(1.0 / points, sum)), i};
    }
    if (d->count > 1)
        qsort(d->pieces, d->count, sizeof *d->pieces, by_depth);
    return ALICORN_OK;
}

static void put_polygon(const drawing *d, const ali_vec3 *points, size_t count)
{
    ali_svg_path_begin(d->stream);
    for (size_t i = 0; i < count; i++)
        ali_svg_path_to(d->stream, i > 0, ali_projection_point(&d->view, points[i]));
    if (count > 2)
        fputc('Z', d->stream);
    ali_svg_path_end(d->stream);
}

/** Lighter where it faces whoever looks. */
static void put_triangle(const drawing *d, const ali_triangle *triangle)
{
    const ali_vec3 *v = d->model->vertices;
    const ali_vec3 points[3] = {v[triangle->vertex[0]], v[triangle->vertex[1]],
                                v[triangle->vertex[2]]};
    ali_vec3 normal =
        ali_vec3_cross(ali_vec3_sub(points[1], points[0]), ali_vec3_sub(points[2], points[0]));
    double length = ali_vec3_norm(normal);
    double facing = length > 0.0 ? fabs(ali_vec3_dot(normal, d->view.towards)) / length : 1.0;
    unsigned grey = (unsigned)lround(175.0 + 65.0 * facing);
    fprintf(d->stream, "<path class=\"face\" fill=\"#%02x%02x%02x\"", grey, grey, grey);
    put_polygon(d, points, 3);
}

static void put_pieces(const drawing *d)
{
    /* edges are thinner where there are more of them */
    double edge = d->model->triangle_count > 4000 ? 0.25 : 0.6;
    fprintf(d->stream,
            "<g stroke=\"#888\" stroke-width=\"%g\" stroke-linejoin=\"round\" "
            "stroke-linecap=\"round\">\n",
            edge);
    for (size_t i = 0; i < d->count; i++) {
        size_t index = d->pieces[i].index;
        if (index >= d->model->segment_count) {
            put_triangle(d, &d->model->triangles[index - d->model->segment_count]);
            continue;
        }
        const ali_segment *segment = &d->model->segments[index];
        double width = fmin(fmax(2.0 * segment->radius * d->view.scale, 1.8), 12.0);
        char text[ALI_SVG_NUMBER_SIZE];
        fprintf(d->stream, "<path class=\"wire\" stroke=\"%s\" stroke-width=\"%s\"",
                ali_style_colour(0), ali_svg_number(text, width));
        put_polygon(d, (const ali_vec3[]){segment->start, segment->end}, 2);
    }
    fputs("</g>\n", d->stream);
}

static void put_ground(const drawing *d)
{
    ali_vec3 corners[4];
    for (size_t i = 0; i < 4; i++)
        corners[i] = ground_corner(d, i);
    fputs("<path class=\"ground\" fill=\"#f3efe6\" stroke=\"#c9bfa8\"", d->stream);
    put_polygon(d, corners, 4);
}

/* ---- ports, axes, scale ---- */

/** A port's name in the picture. */
typedef struct label {
    ali_point at;   /**< left end of its base line [px] */
    double width;   /**< [px] */
    ali_point port; /**< what it names */
} label;

static bool overlap(const label *a, const label *b)
{
    const double line = 14.0, gap = 4.0, dot = 7.0;
    bool names = fabs(a->at.y - b->at.y) < line && a->at.x < b->at.x + b->width + gap &&
                 b->at.x < a->at.x + a->width + gap;
    double middle = a->at.y - 4.0;
    bool covers = fabs(b->port.y - middle) < dot + 4.0 && b->port.x > a->at.x - dot &&
                  b->port.x < a->at.x + a->width + dot;
    return names || covers;
}

/** Beside its port, right or left of it, further and further down until nothing is in the way. */
static void find_place(label *labels, size_t count)
{
    label *own = &labels[count];
    for (size_t tries = 0; tries < 2 * count + 8; tries++) {
        bool free_here = true;
        own->at.x = tries % 2 == 0 ? own->port.x + 9.0 : own->port.x - 9.0 - own->width;
        own->at.y = own->port.y + 4.0 + 7.0 * (double)(tries / 2);
        for (size_t i = 0; i < count && free_here; i++)
            free_here = !overlap(own, &labels[i]);
        if (free_here)
            break;
    }
}

static void put_label(const drawing *d, const label *own, const char *name)
{
    ali_point middle = {own->at.x + (own->at.x > own->port.x ? -2.0 : own->width + 2.0),
                        own->at.y - 4.0};
    if (own->at.y > own->port.y + 12.0)
        ali_svg_line(d->stream, "grid", own->port, middle);
    fprintf(d->stream, "<g fill=\"%s\" stroke=\"#fff\">", ali_style_colour(1));
    ali_svg_circle(d->stream, "port", own->port, 4.5);
    fputs("</g>\n", d->stream);
    ali_svg_text(d->stream, own->at, "halo", name);
}

static alicorn_status put_ports(const drawing *d, alicorn_error *error)
{
    size_t count = ali_model_shown_port_count(d->model), placed = 0;
    label *labels = ali_calloc(count, sizeof *labels);
    if (!labels)
        return ali_error_memory(error, count * sizeof *labels, "ports");
    for (size_t i = 0; i < count; i++) {
        const ali_shown_port port = ali_model_shown_port(d->model, i);
        if (!port.placed)
            continue;
        labels[placed].port = ali_projection_point(&d->view, port.point);
        labels[placed].width = ali_page_text_width(port.name, 12.0);
        find_place(labels, placed);
        put_label(d, &labels[placed++], port.name);
    }
    free(labels);
    return ALICORN_OK;
}

static void put_axes(const drawing *d, ali_point origin)
{
    static const char *const names[3] = {"x", "y", "z"};
    static const ali_vec3 axes[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    const double length = 26.0;
    ali_projection small = d->view;
    small.scale = length;
    small.origin = origin;
    for (size_t i = 0; i < 3; i++) {
        ali_point end = ali_projection_point(&small, axes[i]);
        ali_point name = ali_projection_point(&small, ali_vec3_scale(1.4, axes[i]));
        /* an axis that points at whoever looks has no length */
        if (hypot(end.x - origin.x, end.y - origin.y) < 0.2 * length)
            continue;
        ali_svg_line(d->stream, "rim", origin, end);
        ali_svg_text(d->stream, (ali_point){name.x, name.y + 4.0}, "middle", names[i]);
    }
}

/** A bar of round length, an eighth of the page or up to two and a half times that. */
static void put_scale(const drawing *d, ali_point right)
{
    double metres = ali_nice_step(ALI_PAGE_WIDTH / 8.0 / d->view.scale, 1);
    double unit = metres >= 1000.0 ? 1000.0 : metres >= 1.0 ? 1.0 : metres >= 0.01 ? 0.01 : 0.001;
    const char *name = metres >= 1000.0 ? "km" : metres >= 1.0 ? "m" : metres >= 0.01 ? "cm" : "mm";
    ali_point left = {right.x - metres * d->view.scale, right.y};
    char text[ALI_TEXT_SIZE];
    ali_svg_line(d->stream, "rim", left, right);
    ali_svg_line(d->stream, "rim", (ali_point){left.x, left.y - 5.0},
                 (ali_point){left.x, left.y + 5.0});
    ali_svg_line(d->stream, "rim", (ali_point){right.x, right.y - 5.0},
                 (ali_point){right.x, right.y + 5.0});
    snprintf(text, sizeof text, "%.6g %s", metres / unit, name);
    ali_svg_text(d->stream, (ali_point){(left.x + right.x) / 2.0, right.y - 8.0}, "middle", text);
}

static void note_size(ali_plot *plot, const drawing *d)
{
    ali_vec3 size = ali_vec3_sub(d->most, d->least);
    ali_page_note(&plot->page, "%.4g m × %.4g m × %.4g m", size.x, size.y, size.z);
    if (d->model->segment_count > 0)
        ali_page_note(&plot->page, "%zu segments", d->model->segment_count);
    if (d->model->triangle_count > 0)
        ali_page_note(&plot->page, "%zu triangles", d->model->triangle_count);
    if (d->ground)
        ali_page_note(&plot->page, "ground at z = 0");
    ali_page_note(&plot->page, "the scale holds in the plane of the picture");
}

static double or_else(double value, double standard)
{
    return isnan(value) ? standard : value;
}

static alicorn_status draw(ali_plot *plot, drawing *d)
{
    ali_point low, high;
    ali_box box;
    double picture = fit(d, &low, &high);
    note_size(plot, d);
    plot->page.height = picture + FOOT;
    ali_page_begin(&plot->page, &box);
    d->view.origin = (ali_point){ALI_PAGE_WIDTH / 2.0 - d->view.scale * (low.x + high.x) / 2.0,
                                 box.y + picture / 2.0 - d->view.scale * (low.y + high.y) / 2.0};
    if (d->ground)
        put_ground(d);
    put_pieces(d);
    alicorn_status status = put_ports(d, plot->error);
    double foot = box.y + box.height - FOOT / 2.0;
    put_axes(d, (ali_point){ALI_PAGE_MARGIN + 34.0, foot});
    put_scale(d, (ali_point){ALI_PAGE_WIDTH - ALI_PAGE_MARGIN, foot + 12.0});
    ali_page_end(&plot->page);
    return status;
}

alicorn_status ali_plot_model(ali_plot *plot)
{
    const alicorn_plot_options *options = plot->options;
    drawing d = {.stream = plot->page.stream, .model = plot->input->model};
    if (!d.model || d.model->segment_count + d.model->triangle_count == 0)
        return ali_error_set(plot->error, ALICORN_E_USAGE, "there is no structure to draw");
    d.ground = d.model->task_count > 0 && d.model->tasks[0].ground.kind != ALI_GROUND_NONE;
    d.view = ali_projection_from(or_else(options->azimuth_deg, AZIMUTH_DEG),
                                 or_else(options->elevation_deg, ELEVATION_DEG));
    find_size(&d);
    alicorn_status status = sort_pieces(&d, plot->error);
    if (status == ALICORN_OK)
        status = draw(plot, &d);
    free(d.pieces);
    return status;
}
