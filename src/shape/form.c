/* SPDX-License-Identifier: Apache-2.0 */
#include "shape/form.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/** Axes may be off by this from equally long and square to each other. */
static const double shear_tolerance = 1e-9;
/** Points of a profile that are closer than this part of its size are one. */
static const double profile_tolerance = 1e-9;

static alicorn_status refuse(const ali_shape *shape, alicorn_error *error, const char *reason)
{
    return ali_error_set_at(error, ALICORN_E_INPUT, NULL, shape->line, 0, NULL, "%s", reason);
}

/** The measures that each kind needs; the first that is bad is named. */
static const char *bad_measure(const ali_shape *s)
{
    bool radius = false, height = false;
    size_t sizes = 0;
    switch (s->kind) {
    case ALI_SHAPE_CYLINDER:
    case ALI_SHAPE_CONE:
        radius = height = true;
        break;
    case ALI_SHAPE_SPHERE:
    case ALI_SHAPE_DISC:
    case ALI_SHAPE_TORUS:
        radius = true;
        break;
    case ALI_SHAPE_BOX:
        sizes = 3;
        break;
    case ALI_SHAPE_PLATE:
        sizes = 2;
        break;
    case ALI_SHAPE_EXTRUDE:
        height = true;
        break;
    case ALI_SHAPE_REVOLVE:
    case ALI_SHAPE_STEP:
        break;
    }
    if (radius && !(s->radius > 0 && isfinite(s->radius)))
        return "the radius must be positive";
    if (height && !(s->height > 0 && isfinite(s->height)))
        return "the height must be positive";
    for (size_t k = 0; k < sizes; k++)
        if (!(s->size[k] > 0 && isfinite(s->size[k])))
            return "the size must be positive in each direction";
    if (s->kind == ALI_SHAPE_CONE && !(s->top_radius >= 0 && isfinite(s->top_radius)))
        return "the top radius must not be negative";
    if (s->kind == ALI_SHAPE_DISC && !(s->inner_radius >= 0 && s->inner_radius < s->radius))
        return "the inner radius must be at least 0 and less than the radius";
    if (s->kind == ALI_SHAPE_TORUS && !(s->tube_radius > 0 && s->tube_radius < s->radius))
        return "the tube radius must be positive and less than the radius";
    if (s->kind == ALI_SHAPE_STEP && (!s->file || !*s->file))
        return "the CAD file has no name";
    if (!(s->longest_edge > 0 && isfinite(s->longest_edge)))
        return "the longest edge must be positive";
    return NULL;
}

/** Split the placement into axes and one scale. */
static alicorn_status make_frame(const ali_shape *shape, ali_form *form, alicorn_error *error)
{
    const ali_placement *p = &shape->placement;
    ali_vec3 axis[3] = {ali_placement_turn(p, (ali_vec3){1, 0, 0}),
                        ali_placement_turn(p, (ali_vec3){0, 1, 0}),
                        ali_placement_turn(p, (ali_vec3){0, 0, 1})};
    double scale = ali_vec3_norm(axis[0]);
    if (!(scale > 0) || !isfinite(scale) || !isfinite(ali_vec3_norm(p->shift)))
        return refuse(shape, error, "the placement is not finite, or its scale is zero");
    for (int i = 0; i < 3; i++) {
        double length = ali_vec3_norm(axis[i]);
        double along = ali_vec3_dot(axis[i], axis[(i + 1) % 3]);
        if (!(fabs(length - scale) <= shear_tolerance * scale) ||
            !(fabs(along) <= shear_tolerance * scale * scale))
            return refuse(shape, error,
                          "shapes can be scaled by one factor only, the same in all "
                          "directions");
    }
    form->scale = scale;
    form->origin = p->shift;
    form->ex = ali_vec3_scale(1 / scale, axis[0]);
    form->ey = ali_vec3_scale(1 / scale, axis[1]);
    form->ez = ali_vec3_scale(1 / scale, axis[2]);
    return ALICORN_OK;
}

/** Copy profile points in the shape's units, dropping what repeats the point before. */
static alicorn_status set_profile(ali_form *form, size_t count, const double (*points)[2],
                                  alicorn_error *error)
{
    double largest = 0;
    form->profile = ali_calloc(count, sizeof *form->profile);
    if (!form->profile)
        return ali_error_memory(error, count * sizeof *form->profile, "a profile");
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fmax(fabs(points[i][0]), fabs(points[i][1])));
    for (size_t i = 0; i < count; i++) {
        const double *before = i > 0 ? form->profile[form->count - 1] : NULL;
        double x = points[i][0] * form->scale, y = points[i][1] * form->scale;
        if (before &&
            hypot(x - before[0], y - before[1]) <= profile_tolerance * largest * form->scale)
            continue;
        form->profile[form->count][0] = x;
        form->profile[form->count++][1] = y;
    }
    return ALICORN_OK;
}

size_t ali_form_segment_count(const ali_form *form)
{
    return form->cyclic ? form->count : form->count - 1;
}

void ali_form_segment(const ali_form *form, size_t k, const double **from, const double **to)
{
    *from = form->profile[k];
    *to = form->profile[(k + 1) % form->count];
}

static double side_of(const double *a, const double *b, const double *c)
{
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Whether two segments meet in more than a common end of neighbours. */
static bool segments_cross(const double *a, const double *b, const double *c, const double *d)
{
    double p = side_of(a, b, c), q = side_of(a, b, d), r = side_of(c, d, a), s = side_of(c, d, b);
    if (((p > 0 && q < 0) || (p < 0 && q > 0)) && ((r > 0 && s < 0) || (r < 0 && s > 0)))
        return true;
    const double *ends[4][3] = {{a, b, c}, {a, b, d}, {c, d, a}, {c, d, b}};
    const double sides[4] = {p, q, r, s};
    for (int i = 0; i < 4; i++) {
        const double *u = ends[i][0], *v = ends[i][1], *w = ends[i][2];
        double size = hypot(v[0] - u[0], v[1] - u[1]);
        double along = (w[0] - u[0]) * (v[0] - u[0]) + (w[1] - u[1]) * (v[1] - u[1]);
        if (fabs(sides[i]) <= profile_tolerance * size * size && along >= 0 && along <= size * size)
            return true;
    }
    return false;
}

/** Neighbours share an end; they overlap only where the line turns straight back. */
static bool turns_back(const double *a, const double *b, const double *c)
{
    double ab = hypot(b[0] - a[0], b[1] - a[1]), bc = hypot(c[0] - b[0], c[1] - b[1]);
    double along = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
    return along < 0 && fabs(side_of(a, b, c)) <= profile_tolerance * ab * bc;
}

static bool crosses_itself(const ali_form *form)
{
    size_t n = ali_form_segment_count(form);
    const double *a, *b, *c, *d;
    for (size_t i = 0; i < n; i++) {
        ali_form_segment(form, i, &a, &b);
        for (size_t j = i + 1; j < n; j++) {
            ali_form_segment(form, j, &c, &d);
            bool next = j == i + 1, wrapped = form->cyclic && i == 0 && j == n - 1;
            if (next      ? turns_back(a, b, d)
                : wrapped ? turns_back(c, d, b)
                          : segments_cross(a, b, c, d))
                return true;
        }
    }
    return false;
}

static double signed_area(const ali_form *form)
{
    double sum = 0;
    for (size_t i = 0; i < form->count; i++) {
        const double *a = form->profile[i], *b = form->profile[(i + 1) % form->count];
        sum += a[0] * b[1] - a[1] * b[0];
    }
    return sum / 2;
}

/** The user's polyline for revolve and extrude. */
static alicorn_status make_profile(const ali_shape *shape, ali_form *form, alicorn_error *error)
{
    bool revolved = shape->kind == ALI_SHAPE_REVOLVE;
    size_t least = revolved ? 2 : 3;
    double largest = 0;
    for (size_t i = 0; i < shape->profile_count; i++) {
        const double *p = shape->profile[i];
        if (!isfinite(p[0]) || !isfinite(p[1]))
            return refuse(shape, error, "a point of the profile is not finite");
        if (revolved && p[0] < 0)
            return refuse(shape, error, "a profile to be turned must not have a negative radius");
        largest = fmax(largest, fmax(fabs(p[0]), fabs(p[1])));
    }
    alicorn_status status = set_profile(form, shape->profile_count, shape->profile, error);
    if (status != ALICORN_OK)
        return status;
    double *first = form->profile[0], *last = form->profile[form->count ? form->count - 1 : 0];
    double tolerance = profile_tolerance * largest * form->scale;
    bool closed = form->count > 3 && hypot(last[0] - first[0], last[1] - first[1]) <= tolerance;
    if (closed)
        form->count--;
    if (form->count < least)
        return refuse(shape, error, "the profile has too few different points");
    form->cyclic = !revolved || closed;
    if (revolved) {
        for (size_t i = 0; i < form->count; i++)
            if (form->profile[i][0] <= tolerance)
                form->profile[i][0] = 0;
        bool on_axis = first[0] == 0 && form->profile[form->count - 1][0] == 0 && form->count > 2;
        form->solid = !shape->open && (closed || on_axis);
    } else {
        form->solid = !shape->open;
    }
    if (crosses_itself(form))
        return refuse(shape, error, "the profile crosses or touches itself");
    if ((form->solid || !revolved) && !(fabs(signed_area(form)) > tolerance * largest))
        return refuse(shape, error, "the profile encloses no area");
    return ALICORN_OK;
}

static alicorn_status make_round(const ali_shape *s, ali_form *form, alicorn_error *error)
{
    double top = s->kind == ALI_SHAPE_CONE ? s->top_radius : s->radius, r = s->radius;
    const double body[][2] = {{0, 0}, {r, 0}, {top, s->height}, {0, s->height}};
    const double disc[][2] = {{r, 0}, {s->inner_radius, 0}};
    form->kind = ALI_FORM_REVOLVED;
    if (s->kind == ALI_SHAPE_DISC)
        return set_profile(form, 2, disc, error);
    form->solid = !s->open;
    return s->open ? set_profile(form, 2, body + 1, error) : set_profile(form, 4, body, error);
}

static alicorn_status make_kind(const ali_shape *s, ali_form *form, alicorn_error *error)
{
    const double box[][2] = {{0, 0}, {s->size[0], 0}, {s->size[0], s->size[1]}, {0, s->size[1]}};
    switch (s->kind) {
    case ALI_SHAPE_CYLINDER:
    case ALI_SHAPE_CONE:
    case ALI_SHAPE_DISC:
        return make_round(s, form, error);
    case ALI_SHAPE_REVOLVE:
        form->kind = ALI_FORM_REVOLVED;
        return make_profile(s, form, error);
    case ALI_SHAPE_EXTRUDE:
        form->kind = ALI_FORM_PRISM;
        return make_profile(s, form, error);
    case ALI_SHAPE_BOX:
        form->kind = ALI_FORM_PRISM;
        form->solid = form->cyclic = true;
        form->height = s->size[2] * form->scale;
        return set_profile(form, 4, box, error);
    case ALI_SHAPE_SPHERE:
        form->kind = ALI_FORM_SPHERE;
        form->solid = true;
        return ALICORN_OK;
    case ALI_SHAPE_TORUS:
        form->kind = ALI_FORM_TORUS;
        form->solid = true;
        return ALICORN_OK;
    case ALI_SHAPE_PLATE:
        form->kind = ALI_FORM_PLATE;
        return ALICORN_OK;
    case ALI_SHAPE_STEP:
        form->kind = ALI_FORM_FILE;
        return ALICORN_OK;
    }
    return refuse(s, error, "an unknown kind of shape");
}

alicorn_status ali_form_make(const ali_shape *shape, ali_form *form, alicorn_error *error)
{
    memset(form, 0, sizeof *form);
    const char *bad = bad_measure(shape);
    if (bad)
        return refuse(shape, error, bad);
    alicorn_status status = make_frame(shape, form, error);
    if (status != ALICORN_OK)
        return status;
    form->radius = shape->radius * form->scale;
    form->tube = shape->tube_radius * form->scale;
    form->height = shape->height * form->scale;
    form->size[0] = shape->size[0] * form->scale;
    form->size[1] = shape->size[1] * form->scale;
    return make_kind(shape, form, error);
}

void ali_form_clear(ali_form *form)
{
    free(form->profile);
    form->profile = NULL;
}

ali_vec3 ali_form_point(const ali_form *form, double x, double y, double z)
{
    ali_vec3 p = ali_vec3_axpy(form->origin, x, form->ex);
    return ali_vec3_axpy(ali_vec3_axpy(p, y, form->ey), z, form->ez);
}

/* ---- area, volume, size ---- */

/** Pappus' theorems, segment by segment. */
static double revolved_area(const ali_form *form)
{
    double sum = 0;
    const double *a, *b;
    for (size_t k = 0; k < ali_form_segment_count(form); k++) {
        ali_form_segment(form, k, &a, &b);
        sum += ALI_PI * (a[0] + b[0]) * hypot(b[0] - a[0], b[1] - a[1]);
    }
    return sum;
}

static double revolved_volume(const ali_form *form)
{
    double sum = 0;
    for (size_t i = 0; i < form->count; i++) { /* the axis closes what is not cyclic */
        const double *a = form->profile[i], *b = form->profile[(i + 1) % form->count];
        sum += ALI_PI / 3 * (b[1] - a[1]) * (a[0] * a[0] + a[0] * b[0] + b[0] * b[0]);
    }
    return fabs(sum);
}

static double prism_area(const ali_form *form)
{
    double length = 0;
    for (size_t i = 0; i < form->count; i++) {
        const double *a = form->profile[i], *b = form->profile[(i + 1) % form->count];
        length += hypot(b[0] - a[0], b[1] - a[1]);
    }
    return length * form->height + (form->solid ? 2 * fabs(signed_area(form)) : 0);
}

double ali_form_area(const ali_form *form)
{
    switch (form->kind) {
    case ALI_FORM_REVOLVED:
        return revolved_area(form);
    case ALI_FORM_SPHERE:
        return 4 * ALI_PI * form->radius * form->radius;
    case ALI_FORM_TORUS:
        return 4 * ALI_PI * ALI_PI * form->radius * form->tube;
    case ALI_FORM_PRISM:
        return prism_area(form);
    case ALI_FORM_PLATE:
        return form->size[0] * form->size[1];
    case ALI_FORM_FILE:
        break;
    }
    return 0;
}

double ali_form_volume(const ali_form *form)
{
    if (!form->solid)
        return 0;
    switch (form->kind) {
    case ALI_FORM_REVOLVED:
        return revolved_volume(form);
    case ALI_FORM_SPHERE:
        return 4 * ALI_PI / 3 * pow(form->radius, 3);
    case ALI_FORM_TORUS:
        return 2 * ALI_PI * ALI_PI * form->radius * form->tube * form->tube;
    case ALI_FORM_PRISM:
        return fabs(signed_area(form)) * form->height;
    case ALI_FORM_PLATE:
    case ALI_FORM_FILE:
        break;
    }
    return 0;
}

/** Triangles on an area, equilateral ones. */
static double count_triangles(double area, double edge)
{
    return area / (0.4330127018922193 * edge * edge);
}

double ali_form_triangles(const ali_form *form, double edge, double angle)
{
    double sum = 0;
    const double *a, *b;
    switch (form->kind) {
    case ALI_FORM_REVOLVED: /* a cone's tip has no end to it: the mean radius stands for all */
        for (size_t k = 0; k < ali_form_segment_count(form); k++) {
            ali_form_segment(form, k, &a, &b);
            double across = (a[0] + b[0]) / 2, length = hypot(b[0] - a[0], b[1] - a[1]);
            if (across > 0)
                sum += count_triangles(2 * ALI_PI * across * length,
                                       a[1] == b[1] ? edge : fmin(edge, angle * across));
        }
        return sum;
    case ALI_FORM_SPHERE:
        return count_triangles(ali_form_area(form), fmin(edge, angle * form->radius));
    case ALI_FORM_TORUS:
        return count_triangles(ali_form_area(form), fmin(edge, angle * form->tube));
    case ALI_FORM_PRISM:
    case ALI_FORM_PLATE:
        return count_triangles(ali_form_area(form), edge);
    case ALI_FORM_FILE:
        break;
    }
    return 0;
}

double ali_form_least_radius(const ali_form *form)
{
    double least = INFINITY;
    const double *a, *b;
    if (form->kind == ALI_FORM_SPHERE)
        return form->radius;
    if (form->kind == ALI_FORM_TORUS)
        return form->tube;
    for (size_t k = 0; form->kind == ALI_FORM_REVOLVED && k < ali_form_segment_count(form); k++) {
        ali_form_segment(form, k, &a, &b);
        double low = fmin(a[0], b[0]), high = fmax(a[0], b[0]);
        if (a[1] != b[1] && high > 0)
            least = fmin(least, low > 0 ? low : high / 2);
    }
    return least;
}

bool ali_form_cylinder(const ali_form *form, ali_vec3 *centre, double *radius, double *half_height)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (size_t i = 0; i < form->count; i++)
        for (int k = 0; k < 2; k++) {
            low[k] = fmin(low[k], form->profile[i][k]);
            high[k] = fmax(high[k], form->profile[i][k]);
        }
    switch (form->kind) {
    case ALI_FORM_REVOLVED:
        *centre = ali_form_point(form, 0, 0, (low[1] + high[1]) / 2);
        *radius = high[0];
        *half_height = (high[1] - low[1]) / 2;
        return true;
    case ALI_FORM_PRISM:
        *centre =
            ali_form_point(form, (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, form->height / 2);
        *radius = hypot(high[0] - low[0], high[1] - low[1]) / 2;
        *half_height = form->height / 2;
        return true;
    case ALI_FORM_SPHERE:
    case ALI_FORM_TORUS:
        *centre = form->origin;
        *radius = form->radius + form->tube;
        *half_height = form->kind == ALI_FORM_SPHERE ? form->radius : form->tube;
        return true;
    case ALI_FORM_PLATE:
        *centre = form->origin;
        *radius = hypot(form->size[0], form->size[1]) / 2;
        *half_height = 0;
        return true;
    case ALI_FORM_FILE:
        break;
    }
    return false;
}
