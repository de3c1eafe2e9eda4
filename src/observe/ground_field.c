/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/ground_field.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/gauss_table.h"
#include "observe/element_field.h"
#include "observe/ground_faces.h"
#include "observe/ground_slopes.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/** Closer than this many half lengths, radians in the soil or radii an element on the other side is
 *  a tube, with what is left of the kernels at points; further away it is points alone. */
static const double ACROSS_HALVES = 4.0, ACROSS_PHASE = 0.5, ACROSS_RADII = 4.0;
/** Attenuation through the soil beyond which nothing is left, in nepers. */
static const double NOTHING_LEFT = 100.0;
/** Source and observer are kept this far apart, in wavelengths. */
static const double CLOSEST = 1e-7;

/** Kernels between an element and a point, in the mean. */
static const double KERNELS = 3.0;

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
    ali_ground_faces *faces;
    ali_ground_slopes slopes;
};

/** What happens between an element and a point. */
typedef struct pair {
    const ali_ground_field *field;
    size_t element;
    const ali_element *source;
    ali_vec3 p;
    ali_ground_pair sides;
    double distance;              /**< from the element or its image [m] */
    ali_half_space_images images; /**< of the interface */
    ali_field_pair sum;
} pair;

/* ---- points ---- */

/** Sum of the distances of a source and the point from the interface. */
static double way_of(const pair *q, double z_source)
{
    return fabs(q->p.z) + fabs(z_source);
}

static ali_ground_source source_at(const pair *q, double u, double weight)
{
    const ali_wire_current *wires = q->field->wires;
    double complex moment = weight * ali_wire_current_at(wires, q->element, u);
    ali_vec3 d = q->source->dir;
    return (ali_ground_source){{moment * d.x, moment * d.y, moment * d.z},
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
    ali_vec3 p = q->sides.across ? q->p : ali_vec3_mirror_z(q->p),
             r = ali_vec3_sub(p, q->source->mid);
    double along = fmin(fmax(ali_vec3_dot(r, q->source->dir), low), high);
    return ali_vec3_norm(ali_vec3_axpy(r, -along, q->source->dir));
}

/** Of the waves along an element whose nearest point is `distance` away. */
static double wavenumber_on(const pair *q, double distance)
{
    double soil = cabs(q->field->slopes.k_soil);
    return q->source->mid.z >= 0.0
               ? ali_half_space_rule_wavenumber(q->field->slopes.space.k, soil, distance)
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
    const ali_half_space *space = &q->field->slopes.space;
    const double *node = ali_gauss_node(points), *weight = ali_gauss_weight(points);
    double closest = CLOSEST * 2.0 * ALI_PI / space->k, half = 0.5 * (high - low);
    for (int i = 0; i < points; i++) {
        double s = 0.5 * (low + high) + half * node[i];
        ali_vec3 at = ali_vec3_axpy(q->source->mid, s, q->source->dir);
        double x = q->p.x - at.x, y = q->p.y - at.y,
               z_source = ali_ground_pair_height(q->sides, at.z);
        double way = way_of(q, z_source), rho = hypot(x, y);
        if (rho + way < closest)
            rho = closest;
        ali_half_space_slopes slopes;
        alicorn_status status = ali_ground_slopes_at(&q->field->slopes, q->sides, rho, q->p.z,
                                                     z_source, &slopes, error);
        if (status != ALICORN_OK)
            return status;
        if (wave) {
            ali_half_space_slopes part =
                ali_ground_image_slopes(wave, space->k, rho, way, ali_ground_pair_sign(q->sides));
            ali_ground_slopes_subtract(&slopes, &part);
        }
        ali_ground_source source = source_at(q, s / q->source->half, half * weight[i]);
        ali_ground_add_source(&slopes, x, y, &source, space->k, &q->sum);
    }
    return ALICORN_OK;
}

/** All of an element, in parts that are not too close.
 *  @param wave  without this image, of k0; NULL: as ali_ground_slopes_at has it */
static alicorn_status add_rest(pair *q, const ali_half_space_images *wave, alicorn_error *error)
{
    double half = q->source->half, end[HALVINGS + 1], low = -half;
    int open = 0, most = wave || !q->sides.across ? REST_HALVINGS : HALVINGS;
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
    double k0 = q->field->slopes.space.k;
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
        ali_ground_source source =
            source_at(q, s / q->source->half, half * weight[i] / bent->around);
        source.charge = 0.0;
        for (int a = 0; a < bent->around; a++) {
            ali_vec3 at = ali_vec3_axpy(q->source->mid, s, q->source->dir);
            if (bent->around > 1) {
                double angle = 2.0 * ALI_PI * (a + 0.5) / bent->around;
                at = ali_vec3_axpy(at, cos(angle), bent->across[0]);
                at = ali_vec3_axpy(at, sin(angle), bent->across[1]);
            }
            double x = q->p.x - at.x, y = q->p.y - at.y,
                   way = way_of(q, ali_ground_pair_height(q->sides, at.z));
            ali_half_space_slopes slopes = ali_ground_image_slopes(
                &bent->shares, bent->k, fmax(hypot(x, y), 1e-9 * q->source->radius), way,
                ali_ground_pair_sign(q->sides));
            ali_ground_add_source(&slopes, x, y, &source, q->field->slopes.space.k, &q->sum);
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
    ali_vec3 d = q->source->dir, p = q->sides.across ? q->p : ali_vec3_mirror_z(q->p);
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
    double complex eps = q->sides.up ? 1.0 : q->field->slopes.space.permittivity;
    double complex k = q->sides.up ? q->field->slopes.space.k : q->field->slopes.k_soil;
    const ali_half_space_images direct = {.xx = 1.0, .zz = 1.0, .phi = 1.0 / eps};
    add_tube_wave(q, &direct, k, false);
    add_tube_wave(q, &q->images, k, true);
    add_bent_image(q, k);
    return add_rest(q, NULL, error);
}

static alicorn_status add_across(pair *q, alicorn_error *error)
{
    double depth = fmax(0.0, -fmin(q->p.z, q->source->mid.z + q->source->half));
    if (-cimag(q->field->slopes.k_soil) * depth > NOTHING_LEFT)
        return ALICORN_OK;
    double close =
        fmin(ACROSS_HALVES * q->source->half, ACROSS_PHASE / cabs(q->field->slopes.k_soil));
    if (q->distance > fmax(close, ACROSS_RADII * q->source->radius))
        return add_rest(q, NULL, error);
    double k = q->field->slopes.space.k;
    add_tube_wave(q, &q->images, k, false);
    add_bent_image(q, k);
    return add_rest(q, &q->images, error);
}

alicorn_status ali_ground_field_at(const ali_ground_field *field, ali_vec3 p, ali_field_pair *sum,
                                   alicorn_error *error)
{
    const ali_half_space *space = &field->slopes.space;
    bool up = p.z >= 0.0;
    pair q = {.field = field, .p = p, .sides = {.up = up}};
    const ali_half_space_images same = ali_half_space_images_of(space, !up);
    const ali_half_space_images across = ali_half_space_images_across(space);
    for (size_t e = 0; e < field->wires->mesh->element_count; e++) {
        q.element = e;
        q.source = &field->wires->mesh->elements[e];
        q.sides.across = (q.source->mid.z >= 0.0) != up;
        q.images = q.sides.across ? across : same;
        q.distance = distance_from_part(&q, -q.source->half, q.source->half);
        alicorn_status status = q.sides.across ? add_across(&q, error) : add_same_side(&q, error);
        if (status != ALICORN_OK)
            return status;
    }
    *sum = q.sum;
    return ali_ground_faces_at(field->faces, &field->slopes, p, sum, error);
}

/* ---- life ---- */

static void add_wires(const ali_wire_mesh *mesh, ali_ground_places *places)
{
    for (size_t e = 0; e < mesh->element_count; e++) {
        const ali_element *element = &mesh->elements[e];
        double z = fabs(element->mid.z), half = element->half * fabs(element->dir.z);
        ali_ground_extent_add(&places->sources, ali_element_in_soil(element),
                              fmax(z - half - element->radius, 0.0), z + half + element->radius,
                              KERNELS);
        for (int end = -1; end <= 1; end += 2) {
            ali_vec3 at = ali_vec3_axpy(element->mid, end * element->half, element->dir);
            ali_ground_places_widen(places, at.x, at.y, element->radius);
        }
    }
}

static void add_points(const ali_wire_mesh *mesh, size_t count, const double *point,
                       ali_ground_places *places)
{
    double thickest = 0.0;
    for (size_t e = 0; e < mesh->element_count; e++)
        thickest = fmax(thickest, mesh->elements[e].radius);
    /* points inside tubes are moved to their surfaces */
    double margin = 2.0 * thickest;
    for (size_t i = 0; i < count; i++) {
        double z = point[3 * i + 2];
        ali_ground_extent_add(&places->points, z < 0.0, fmax(fabs(z) - margin, 0.0),
                              fabs(z) + margin, 1.0);
        ali_ground_places_widen(places, point[3 * i], point[3 * i + 1], margin);
    }
}

void ali_ground_field_destroy(ali_ground_field *field)
{
    if (!field)
        return;
    ali_ground_slopes_clear(&field->slopes);
    ali_ground_faces_destroy(field->faces);
    free(field);
}

alicorn_status ali_ground_field_create(const ali_current *current, const ali_half_space *space,
                                       size_t count, const double *point, ali_ground_field **field,
                                       alicorn_error *error)
{
    *field = NULL;
    ali_ground_field *made = ali_calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "fields over the ground");
    made->wires = &current->wires;
    alicorn_status status = ali_ground_faces_create(&current->surfaces, space, &made->faces, error);
    if (status == ALICORN_OK) {
        ali_ground_places places = ali_ground_places_none();
        add_wires(current->wires.mesh, &places);
        ali_ground_faces_places(made->faces, &places);
        add_points(current->wires.mesh, count, point, &places);
        status = ali_ground_slopes_create(space, &places, &made->slopes, error);
    }
    if (status != ALICORN_OK) {
        ali_ground_field_destroy(made);
        return status;
    }
    *field = made;
    return ALICORN_OK;
}
