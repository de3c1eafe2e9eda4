/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/ground_field.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/ground_table.h"
#include "math/gauss_table.h"
#include "observe/element_field.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/** Error of the kernels, relative to 1/(4 pi R), and that of their slopes to 1/(4 pi R^2). */
static const double TOLERANCE = 1e-5;
/** That of tables, whose slopes miss more. */
static const double TABLE_TOLERANCE = 1e-6;
/** Pairs of elements and points from which a table pays: it takes as long as 10,000 to 500,000
 * integrals. */
static const double TABLE_PAIRS[] = {
    [ALI_GROUND_AIR] = 3e3, [ALI_GROUND_SOIL] = 6e3, [ALI_GROUND_ACROSS] = 3e5};
static const size_t TABLE_BYTES_MAX = (size_t)128 << 20;
/** Closer than this many half lengths, radians in the soil or radii an element on the other side is
 *  a tube, with what is left of the kernels at points; further away it is points alone. */
static const double ACROSS_HALVES = 4.0, ACROSS_PHASE = 0.5, ACROSS_RADII = 4.0;
/** Attenuation through the soil beyond which nothing is left, in nepers. */
static const double NOTHING_LEFT = 100.0;
/** Source and observer are kept this far apart, in wavelengths. */
static const double CLOSEST = 1e-7;

/** Points on a part of an element by the distance from it, or from its image, in half lengths. A
 *  Gauss rule converges like (x + sqrt(x^2 + 1))^-2n with x that distance. Closer parts are halved,
 *  but for the last: what is left besides images has a slope that is only logarithmic there. */
static const struct {
    int points;
    double ratio;
} table[] = {{2, 6.0}, {3, 3.0}, {4, 1.5}, {6, 0.8}};
enum { ROWS = sizeof table / sizeof *table, POINTS_MAX = 16, HALVINGS = 8, REST_HALVINGS = 3 };

/** Panels for the image of zx: points, the widest [rad], growth away from the point, distance in
 * half lengths beyond which one is enough, and in radii within which the tube is not its axis. */
enum { BENT_POINTS = 8, BENT_AROUND = 8 };
static const double BENT_WIDEST = 1.4, BENT_GRADE = 3.0, BENT_FAR = 2.0, BENT_AXIS = 10.0;

struct ali_ground_field {
    const ali_wire_current *wires;
    ali_half_space space;
    double complex k_soil;
    ali_ground_table *table[ALI_GROUND_SIDES]; /**< NULL: integrals */
};

/** What happens between an element and a point. */
typedef struct pair {
    const ali_ground_field *field;
    size_t element;
    const ali_element *source;
    ali_vec3 p;
    bool up;                      /**< the point is in air */
    bool across;                  /**< the element is not on its side */
    double up_sign;               /**< of d/dz of the sum of heights, depths or both */
    double distance;              /**< from the element or its image [m] */
    ali_half_space_images images; /**< of the interface */
    ali_field_pair sum;
} pair;

/* ---- points ---- */

/** Current element at one point: moment int I ds along the direction, int I' ds. */
typedef struct point_source {
    ali_vec3 direction;
    double complex moment, charge;
} point_source;

/** Kernels at (x, y) from the source to fields. */
static void add_point(const ali_half_space_slopes *s, double x, double y,
                      const point_source *source, double k, ali_field_pair *sum)
{
    double rho = hypot(x, y), cx = rho > 0.0 ? x / rho : 1.0, cy = rho > 0.0 ? y / rho : 0.0;
    double complex mx = source->moment * source->direction.x;
    double complex my = source->moment * source->direction.y;
    double complex mz = source->moment * source->direction.z, out = cx * mx + cy * my;
    double complex vector = -I * k * ALI_ETA0, scalar = -I * ALI_ETA0 / k * source->charge;
    double complex xz = -s->value.zx * mz, xz_z = -s->zx_z * mz;
    sum->e.x += vector * (s->value.xx * mx + xz * cx) + scalar * s->phi_rho * cx;
    sum->e.y += vector * (s->value.xx * my + xz * cy) + scalar * s->phi_rho * cy;
    sum->e.z += vector * (s->value.zz * mz + s->value.zx * out) + scalar * s->phi_z;
    /* slope of A_z across z, zx_over (mx, my) + (zx_rho - zx_over) rho^ rho^.m from the second */
    double complex turn = s->zz_rho * mz + (s->zx_rho - s->zx_over_rho) * out;
    double complex slope_x = turn * cx + s->zx_over_rho * mx;
    double complex slope_y = turn * cy + s->zx_over_rho * my;
    sum->h.x += slope_y - (s->xx_z * my + xz_z * cy);
    sum->h.y += s->xx_z * mx + xz_z * cx - slope_x;
    sum->h.z += s->xx_rho * (cx * my - cy * mx);
}

/** share g of a wave, g = e^{-jkR}/(4 pi R), on xx, zz and phi alike, and of g rho/(R + h) on zx;
 *  up: dh/dz = +-1. */
static ali_half_space_slopes image_slopes(const ali_half_space_images *images, double complex k,
                                          double rho, double h, double up)
{
    double r = hypot(rho, h), t = 1.0 / (r + h);
    double complex g = cexp(-I * k * r) / (4.0 * ALI_PI * r), fall = -(1.0 + I * k * r) * g / r;
    double complex g_rho = fall * rho / r, g_h = fall * h / r;
    ali_half_space_slopes s = {
        .value = {images->xx * g, images->zz * g, images->zx * g * rho * t, 0.0, images->phi * g},
        .xx_rho = images->xx * g_rho,
        .zz_rho = images->zz * g_rho,
        .phi_rho = images->phi * g_rho,
        .zx_rho = images->zx * (g * t + rho * t * g_rho - g * t * t * rho * rho / r),
        .zx_over_rho = images->zx * g * t,
        .xx_z = up * images->xx * g_h,
        .phi_z = up * images->phi * g_h,
        .zx_z = up * images->zx * rho * t * (g_h - g / r)};
    s.value.xz = -s.value.zx;
    return s;
}

static void subtract(ali_half_space_slopes *s, const ali_half_space_slopes *part)
{
    s->value.xx -= part->value.xx;
    s->value.zz -= part->value.zz;
    s->value.zx -= part->value.zx;
    s->value.xz -= part->value.xz;
    s->value.phi -= part->value.phi;
    s->xx_rho -= part->xx_rho;
    s->zz_rho -= part->zz_rho;
    s->zx_rho -= part->zx_rho;
    s->phi_rho -= part->phi_rho;
    s->xx_z -= part->xx_z;
    s->zx_z -= part->zx_z;
    s->phi_z -= part->phi_z;
    s->zx_over_rho -= part->zx_over_rho;
}

/** Sum of the distances of a source and the point from the interface. */
static double way_of(const pair *q, double z_source)
{
    return fabs(q->p.z) + fabs(z_source);
}

/** The source's height, on the side of its element even where rounding or the tube leads across. */
static double height_of(const pair *q, ali_vec3 source)
{
    return q->up != q->across ? fmax(source.z, 0.0) : fmin(source.z, 0.0);
}

static ali_ground_sides sides_of(const pair *q)
{
    return q->across ? ALI_GROUND_ACROSS : q->up ? ALI_GROUND_AIR : ALI_GROUND_SOIL;
}

/** What the kernels have besides images (one side), or all of them (across). */
static alicorn_status integrate_kernels(const pair *q, double rho, double z_source,
                                        ali_half_space_slopes *s, alicorn_error *error)
{
    const ali_half_space *space = &q->field->space;
    ali_ground_sides sides = sides_of(q);
    if (q->field->table[sides]) {
        double height = fmax(q->p.z, 0.0) + fmax(z_source, 0.0);
        double depth = fmax(-q->p.z, 0.0) + fmax(-z_source, 0.0);
        ali_ground_table_slopes(q->field->table[sides], !q->up, 1, &rho, &height, &depth, s);
        return ALICORN_OK;
    }
    if (q->across)
        return ali_half_space_transmitted_slopes(space, rho, q->p.z, z_source, TOLERANCE, s, error);
    alicorn_status status =
        ali_half_space_remainder_slopes(space, rho, q->p.z, z_source, TOLERANCE, s, error);
    ali_half_space_images bent = {.zx = q->images.zx};
    ali_half_space_slopes image = image_slopes(&bent, q->up ? space->k : q->field->k_soil, rho,
                                               way_of(q, z_source), q->up_sign);
    subtract(s, &image);
    return status;
}

static point_source source_at(const pair *q, double u, double weight)
{
    const ali_wire_current *wires = q->field->wires;
    return (point_source){q->source->dir, weight * ali_wire_current_at(wires, q->element, u),
                          weight * ali_wire_current_slope(wires, q->element, u)};
}

/** Highest degree that counts. */
static int degree_of(const ali_wire_current *wires, size_t e)
{
    const double complex *current = wires->current + e * (size_t)(wires->order + 1);
    double largest = 0.0;
    for (int m = 0; m <= wires->order; m++)
        largest = fmax(largest, cabs(current[m]));
    int degree = wires->order;
    while (degree > 0 && cabs(current[degree]) < 1e-3 * largest)
        degree--;
    return degree;
}

static double distance_from_part(const pair *q, double low, double high)
{
    ali_vec3 p = q->across ? q->p : ali_vec3_mirror_z(q->p), r = ali_vec3_sub(p, q->source->mid);
    double along = fmin(fmax(ali_vec3_dot(r, q->source->dir), low), high);
    return ali_vec3_norm(ali_vec3_axpy(r, -along, q->source->dir));
}

/** Of the waves along an element whose nearest point is `distance` away. */
static double wavenumber_on(const pair *q, double distance)
{
    double soil = cabs(q->field->k_soil);
    return q->source->mid.z >= 0.0
               ? ali_half_space_rule_wavenumber(q->field->space.k, soil, distance)
               : soil;
}

static int points_on(const pair *q, double half, double distance)
{
    int row = 0;
    while (row + 1 < ROWS && distance < table[row].ratio * half)
        row++;
    double n = table[row].points + 0.5 * degree_of(q->field->wires, q->element) +
               wavenumber_on(q, distance) * half;
    return n < POINTS_MAX ? (int)n : POINTS_MAX;
}

/** The rest of the kernels at points on the axis, from s = low to high. */
static alicorn_status add_rest_part(pair *q, const ali_half_space_images *wave, double low,
                                    double high, int points, alicorn_error *error)
{
    const ali_half_space *space = &q->field->space;
    const double *node = ali_gauss_node(points), *weight = ali_gauss_weight(points);
    double closest = CLOSEST * 2.0 * ALI_PI / space->k, half = 0.5 * (high - low);
    for (int i = 0; i < points; i++) {
        double s = 0.5 * (low + high) + half * node[i];
        ali_vec3 at = ali_vec3_axpy(q->source->mid, s, q->source->dir);
        double x = q->p.x - at.x, y = q->p.y - at.y, z_source = height_of(q, at);
        double way = way_of(q, z_source), rho = hypot(x, y);
        if (rho + way < closest)
            rho = closest;
        ali_half_space_slopes slopes;
        alicorn_status status = integrate_kernels(q, rho, z_source, &slopes, error);
        if (status != ALICORN_OK)
            return status;
        if (wave) {
            ali_half_space_slopes part = image_slopes(wave, space->k, rho, way, q->up_sign);
            subtract(&slopes, &part);
        }
        point_source source = source_at(q, s / q->source->half, half * weight[i]);
        add_point(&slopes, x, y, &source, space->k, &q->sum);
    }
    return ALICORN_OK;
}

/** All of an element, in parts that are not too close.
 *  @param wave  without this image, of k0; NULL: as integrate_kernels has it */
static alicorn_status add_rest(pair *q, const ali_half_space_images *wave, alicorn_error *error)
{
    double half = q->source->half, end[HALVINGS + 1], low = -half;
    int open = 0, most = wave || !q->across ? REST_HALVINGS : HALVINGS;
    end[open++] = half;
    while (open > 0) {
        double high = end[open - 1], part = 0.5 * (high - low);
        double distance = distance_from_part(q, low, high);
        bool close = distance < table[ROWS - 1].ratio * part;
        if ((close || wavenumber_on(q, distance) * part > POINTS_MAX / 2) &&
            part > ldexp(half, -most)) {
            end[open++] = low + part;
            continue;
        }
        alicorn_status status =
            add_rest_part(q, wave, low, high, points_on(q, part, distance), error);
        if (status != ALICORN_OK)
            return status;
        low = high;
        open--;
    }
    return ALICORN_OK;
}

/* ---- waves of tubes ---- */

/** Shares of a wave between the point, or its mirrored place, and the tube. */
static void add_tube_wave(pair *q, const ali_half_space_images *shares, double complex k,
                          bool mirrored)
{
    ali_element_potentials v;
    ali_element_potentials_at(q->field->wires, q->element, k,
                              mirrored ? ali_vec3_mirror_z(q->p) : q->p, false, &v);
    if (mirrored) { /* slopes at p */
        v.along = ali_vec3_mirror_z(v.along);
        v.out = ali_vec3_mirror_z(v.out);
    }
    double k0 = q->field->space.k;
    double complex vector = -I * k0 * ALI_ETA0 * v.current, scalar = -I * ALI_ETA0 / k0;
    ali_vec3 d = q->source->dir, level = {d.x, d.y, 0.0}, upright = {0.0, 0.0, d.z};
    ali_cvec3_add_scaled(&q->sum.e, shares->xx * vector, level);
    ali_cvec3_add_scaled(&q->sum.e, shares->zz * vector, upright);
    ali_cvec3_add_scaled(&q->sum.e, shares->phi * scalar * v.charge_along, v.along);
    ali_cvec3_add_scaled(&q->sum.e, shares->phi * scalar * v.charge_out, v.out);
    ali_cvec3_add_scaled(&q->sum.h, shares->xx * v.current_along, ali_vec3_cross(v.along, level));
    ali_cvec3_add_scaled(&q->sum.h, shares->xx * v.current_out, ali_vec3_cross(v.out, level));
    ali_cvec3_add_scaled(&q->sum.h, shares->zz * v.current_along, ali_vec3_cross(v.along, upright));
    ali_cvec3_add_scaled(&q->sum.h, shares->zz * v.current_out, ali_vec3_cross(v.out, upright));
}

/* ---- the image of zx ---- */

/** What is integrated along an element. */
typedef struct bent_image {
    ali_half_space_images shares; /**< zx only */
    double complex k;
    int around;         /**< points on the circumference, 1: the axis */
    ali_vec3 across[2]; /**< radii of the tube */
} bent_image;

static void add_bent_panel(pair *q, const bent_image *bent, double low, double high)
{
    double half = 0.5 * (high - low), middle = 0.5 * (high + low);
    const double *node = ali_gauss_node(BENT_POINTS), *weight = ali_gauss_weight(BENT_POINTS);
    for (int i = 0; i < BENT_POINTS; i++) {
        double s = middle + half * node[i];
        point_source source = source_at(q, s / q->source->half, half * weight[i] / bent->around);
        source.charge = 0.0;
        for (int a = 0; a < bent->around; a++) {
            ali_vec3 at = ali_vec3_axpy(q->source->mid, s, q->source->dir);
            if (bent->around > 1) {
                double angle = 2.0 * ALI_PI * (a + 0.5) / bent->around;
                at = ali_vec3_axpy(at, cos(angle), bent->across[0]);
                at = ali_vec3_axpy(at, sin(angle), bent->across[1]);
            }
            double x = q->p.x - at.x, y = q->p.y - at.y, way = way_of(q, height_of(q, at));
            ali_half_space_slopes slopes =
                image_slopes(&bent->shares, bent->k, fmax(hypot(x, y), 1e-9 * q->source->radius),
                             way, q->up_sign);
            add_point(&slopes, x, y, &source, q->field->space.k, &q->sum);
        }
    }
}

static void add_bent_panels(pair *q, const bent_image *bent, double low, double high)
{
    int pieces = (int)fmax(1.0, ceil(cabs(bent->k) * (high - low) / BENT_WIDEST));
    double width = (high - low) / pieces;
    for (int i = 0; i < pieces; i++)
        add_bent_panel(q, bent, low + i * width, low + (i + 1) * width);
}

/** Panels that grow away from the place s0 nearest to the point's image. */
static void add_bent_image(pair *q, double complex k)
{
    ali_vec3 d = q->source->dir, p = q->across ? q->p : ali_vec3_mirror_z(q->p);
    double half = q->source->half, radius = q->source->radius;
    bent_image bent = {.shares = {.zx = q->images.zx}, .k = k, .around = 1};
    if (q->distance < BENT_AXIS * radius) {
        ali_vec3 side = ali_vec3_cross(d, fabs(d.z) < 0.9 ? (ali_vec3){0.0, 0.0, 1.0}
                                                          : (ali_vec3){1.0, 0.0, 0.0});
        bent.around = BENT_AROUND;
        bent.across[0] = ali_vec3_scale(radius / ali_vec3_norm(side), side);
        bent.across[1] = ali_vec3_cross(d, bent.across[0]);
    }
    if (q->distance > BENT_FAR * half) {
        add_bent_panels(q, &bent, -half, half);
        return;
    }
    double s0 = fmin(fmax(ali_vec3_dot(ali_vec3_sub(p, q->source->mid), d), -half), half);
    double nearest = fmax(q->distance, 0.1 * radius);
    for (int side = -1; side <= 1; side += 2) {
        double whole = side < 0 ? s0 + half : half - s0, done = 0.0, reach = nearest;
        while (done < whole) {
            double next = BENT_GRADE * reach > whole ? whole : reach;
            double a = s0 + side * done, b = s0 + side * next;
            add_bent_panels(q, &bent, fmin(a, b), fmax(a, b));
            done = next;
            reach *= BENT_GRADE;
        }
    }
}

/* ---- elements ---- */

static alicorn_status add_same_side(pair *q, alicorn_error *error)
{
    double complex eps = q->up ? 1.0 : q->field->space.permittivity;
    double complex k = q->up ? q->field->space.k : q->field->k_soil;
    const ali_half_space_images direct = {.xx = 1.0, .zz = 1.0, .phi = 1.0 / eps};
    add_tube_wave(q, &direct, k, false);
    add_tube_wave(q, &q->images, k, true);
    add_bent_image(q, k);
    return add_rest(q, NULL, error);
}

static alicorn_status add_across(pair *q, alicorn_error *error)
{
    double depth = fmax(0.0, -fmin(q->p.z, q->source->mid.z + q->source->half));
    if (-cimag(q->field->k_soil) * depth > NOTHING_LEFT)
        return ALICORN_OK;
    double close = fmin(ACROSS_HALVES * q->source->half, ACROSS_PHASE / cabs(q->field->k_soil));
    if (q->distance > fmax(close, ACROSS_RADII * q->source->radius))
        return add_rest(q, NULL, error);
    double k = q->field->space.k;
    add_tube_wave(q, &q->images, k, false);
    add_bent_image(q, k);
    return add_rest(q, &q->images, error);
}

alicorn_status ali_ground_field_at(const ali_ground_field *field, ali_vec3 p, ali_field_pair *sum,
                                   alicorn_error *error)
{
    const ali_half_space *space = &field->space;
    bool up = p.z >= 0.0;
    pair q = {.field = field, .p = p, .up = up, .up_sign = up ? 1.0 : -1.0};
    const ali_half_space_images same = ali_half_space_images_of(space, !up);
    const ali_half_space_images across = ali_half_space_images_across(space);
    for (size_t e = 0; e < field->wires->mesh->element_count; e++) {
        q.element = e;
        q.source = &field->wires->mesh->elements[e];
        q.across = (q.source->mid.z >= 0.0) != up;
        q.images = q.across ? across : same;
        q.distance = distance_from_part(&q, -q.source->half, q.source->half);
        alicorn_status status = q.across ? add_across(&q, error) : add_same_side(&q, error);
        if (status != ALICORN_OK)
            return status;
    }
    *sum = q.sum;
    return ALICORN_OK;
}

/* ---- life ---- */

/** Heights and depths of what lies on either side of the interface. */
typedef struct extent {
    double count[2]; /**< in air, in the soil */
    double least[2], most[2];
} extent;

static void add_extent(extent *of, int side, double least, double most)
{
    of->least[side] = of->count[side] > 0.0 ? fmin(of->least[side], least) : least;
    of->most[side] = fmax(of->most[side], most);
}

/** A box around everything, and the extents of points and elements. */
typedef struct surroundings {
    double low[2], high[2];
    extent points, elements;
} surroundings;

static void add_place(surroundings *all, double x, double y, double margin)
{
    all->low[0] = fmin(all->low[0], x - margin);
    all->low[1] = fmin(all->low[1], y - margin);
    all->high[0] = fmax(all->high[0], x + margin);
    all->high[1] = fmax(all->high[1], y + margin);
}

static surroundings survey(const ali_wire_current *wires, size_t count, const double *point)
{
    surroundings all = {.low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
    double thickest = 0.0;
    for (size_t e = 0; e < wires->mesh->element_count; e++) {
        const ali_element *element = &wires->mesh->elements[e];
        int side = ali_element_in_soil(element);
        double z = fabs(element->mid.z), half = element->half * fabs(element->dir.z);
        thickest = fmax(thickest, element->radius);
        add_extent(&all.elements, side, fmax(z - half - element->radius, 0.0),
                   z + half + element->radius);
        all.elements.count[side]++;
        for (int end = -1; end <= 1; end += 2) {
            ali_vec3 at = ali_vec3_axpy(element->mid, end * element->half, element->dir);
            add_place(&all, at.x, at.y, element->radius);
        }
    }
    for (size_t i = 0; i < count; i++) {
        double z = point[3 * i + 2];
        int side = z < 0.0;
        /* points inside tubes are moved to their surfaces */
        add_extent(&all.points, side, fmax(fabs(z) - 2.0 * thickest, 0.0),
                   fabs(z) + 2.0 * thickest);
        all.points.count[side]++;
        add_place(&all, point[3 * i], point[3 * i + 1], 2.0 * thickest);
    }
    return all;
}

static bool wants_table(const surroundings *all, ali_ground_sides sides)
{
    const double *points = all->points.count, *elements = all->elements.count;
    if (sides == ALI_GROUND_ACROSS)
        return points[0] * elements[1] + points[1] * elements[0] > TABLE_PAIRS[sides];
    int side = sides == ALI_GROUND_SOIL;
    return points[side] * elements[side] > TABLE_PAIRS[sides];
}

/** @param k_soil  magnitude */
static ali_ground_range range_of(const surroundings *all, ali_ground_sides sides, double k_soil)
{
    ali_ground_range range = {.sides = sides,
                              .rho_max =
                                  hypot(all->high[0] - all->low[0], all->high[1] - all->low[1]),
                              .tolerance = TABLE_TOLERANCE,
                              .bytes_max = TABLE_BYTES_MAX};
    const extent *p = &all->points, *e = &all->elements;
    double least[2], most[2];
    for (int side = 0; side < 2; side++) {
        least[side] = p->least[side] + e->least[side];
        most[side] = p->most[side] + e->most[side];
        if (sides == ALI_GROUND_ACROSS) {
            /* either of both, as far as the other one lies across */
            bool point = p->count[side] > 0.0 && e->count[1 - side] > 0.0;
            bool element = e->count[side] > 0.0 && p->count[1 - side] > 0.0;
            least[side] =
                fmin(point ? p->least[side] : INFINITY, element ? e->least[side] : INFINITY);
            most[side] = fmax(point ? p->most[side] : 0.0, element ? e->most[side] : 0.0);
        }
    }
    /* slopes want cells that are wider than the steps of differences */
    range.height_min = least[0];
    range.height_max = most[0] + 0.05 * fmax(most[0], 1.0 / k_soil);
    range.depth_min = least[1];
    range.depth_max = most[1] + 0.05 * fmax(most[1], 1.0 / k_soil);
    return range;
}

void ali_ground_field_destroy(ali_ground_field *field)
{
    if (!field)
        return;
    for (int sides = 0; sides < ALI_GROUND_SIDES; sides++)
        ali_ground_table_destroy(field->table[sides]);
    free(field);
}

alicorn_status ali_ground_field_create(const ali_wire_current *wires, const ali_half_space *space,
                                       size_t count, const double *point, ali_ground_field **field,
                                       alicorn_error *error)
{
    ali_ground_field *made = ali_calloc(1, sizeof *made);
    *field = made;
    if (!made)
        return ali_error_memory(error, sizeof *made, "fields over the ground");
    *made = (ali_ground_field){wires, *space, ali_half_space_wavenumber(space), {NULL}};
    surroundings all = survey(wires, count, point);
    for (int sides = 0; sides < ALI_GROUND_SIDES; sides++) {
        if (!wants_table(&all, (ali_ground_sides)sides) || space->permittivity == 1.0)
            continue;
        ali_ground_range range = range_of(&all, (ali_ground_sides)sides, cabs(made->k_soil));
        alicorn_status status = ali_ground_table_create(space, &range, &made->table[sides], error);
        if (status == ALICORN_E_MEMORY) /* then integrals have to do */
            continue;
        if (status != ALICORN_OK) {
            ali_ground_field_destroy(made);
            *field = NULL;
            return status;
        }
    }
    return ALICORN_OK;
}
