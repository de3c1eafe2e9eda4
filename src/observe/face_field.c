/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/face_field.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "green/corner.h"
#include "green/point_kernel.h"
#include "green/triangle_points.h"
#include "math/gauss_table.h"
#include "math/triangle_rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Distances from a face's middle, over its reach, from which it is seen as points: MIDDLE as
 *  twelve or more, FAR as those that are kept, by the error of the gradient of 1/R, 1e-5. */
#define MIDDLE_REACH ALI_FACE_CLOSE
#define FAR_REACH 7.0
/** Wavenumber times the longest edge up to which six points are kept, for 1e-5 of a wave. */
#define SIX_POINTS_PHASE 1.0
/** Points per direction on a corner. */
enum { CORNER_POINTS = 4 };
/** Rows of an ali_point_array. */
enum { PLACE = 0, MOMENT = 3, CHARGE = 9, ROWS = 11 };

/** What carries current: a face, or what an attached wire brings to one of its corners. */
typedef struct carrier {
    ali_vec3 middle; /**< of the face */
    double reach;    /**< from there to the furthest vertex [m] */
    size_t first;    /**< of its points */
    size_t face;
    size_t corner; /**< into corners; ALI_NONE: the face itself */
} carrier;

struct ali_face_field {
    ali_face_share share;
    double phase; /**< magnitude of the wavenumber, by which points are placed [rad/m] */
    const ali_surface_mesh *mesh; /**< borrowed */
    ali_surface_current current;  /**< of its own, but for the mesh */
    size_t carrier_count;
    carrier *carriers; /**< and one more, for the end of the points */
    double *rows;      /**< [ROWS][point_count] */
    size_t point_count;
    ali_point_array points; /**< in rows */
    ali_point_near_fn kernel;
};

/** Fields over 1 [V/m, A/m]. */
typedef struct field_sum {
    double complex e[3], h[3];
} field_sum;

static ali_point_array rows_as_points(const double *rows, size_t stride)
{
    ali_point_array points;
    for (int c = 0; c < 3; c++)
        points.place[c] = rows + (size_t)(PLACE + c) * stride;
    for (int c = 0; c < 6; c++)
        points.moment[c] = rows + (size_t)(MOMENT + c) * stride;
    for (int c = 0; c < 2; c++)
        points.charge[c] = rows + (size_t)(CHARGE + c) * stride;
    return points;
}

static void set_point(double *rows, size_t stride, size_t i, ali_vec3 place,
                      const double complex moment[3], double complex charge)
{
    const double at[3] = {place.x, place.y, place.z};
    for (size_t c = 0; c < 3; c++) {
        rows[(PLACE + c) * stride + i] = at[c];
        rows[(MOMENT + c) * stride + i] = creal(moment[c]);
        rows[(MOMENT + 3 + c) * stride + i] = cimag(moment[c]);
    }
    rows[CHARGE * stride + i] = creal(charge);
    rows[(CHARGE + 1) * stride + i] = cimag(charge);
}

static ali_flat_triangle triangle_of(const ali_surface_mesh *mesh, size_t face)
{
    ali_flat_triangle triangle;
    for (int i = 0; i < 3; i++)
        triangle.vertex[i] = mesh->vertices[mesh->faces[face].vertex[i]];
    return triangle;
}

/* ---- points of faces ---- */

/** The density of a face as points; weights of sum 1. */
typedef struct face_density {
    double complex vertex[3][3]; /**< [vertex][x, y, z] */
    double complex divergence;
    double area;
} face_density;

/** The part of a vector that counts. */
static void weigh(const ali_face_share *share, double complex vector[3])
{
    vector[0] *= share->level;
    vector[1] *= share->level;
    vector[2] *= share->upright;
}

static face_density density_of(const ali_face_field *field, size_t face)
{
    const ali_surface_current *current = &field->current;
    face_density density = {.divergence =
                                field->share.charge * ali_surface_current_divergence(current, face),
                            .area = current->mesh->faces[face].area};
    ali_surface_current_vertices(current, face, density.vertex);
    for (int b = 0; b < 3; b++)
        weigh(&field->share, density.vertex[b]);
    return density;
}

static void density_moment(const face_density *density, const double lambda[3], double weight,
                           double complex moment[3])
{
    for (int c = 0; c < 3; c++)
        moment[c] = weight * density->area *
                    (lambda[0] * density->vertex[0][c] + lambda[1] * density->vertex[1][c] +
                     lambda[2] * density->vertex[2][c]);
}

/** Points of a face for waves and the fall with distance. */
static void place_points(const ali_face_frame *frame, double phase, ali_face_points *points)
{
    if (phase >= SIX_POINTS_PHASE) {
        ali_face_points_place(points, frame, phase);
        return;
    }
    ali_triangle_rule rule = ali_triangle_rule_get(6);
    points->count = rule.points;
    for (int i = 0; i < rule.points; i++) {
        ali_vec3 p = {0.0, 0.0, 0.0};
        for (int a = 0; a < 3; a++) {
            p = ali_vec3_axpy(p, rule.lambda[i][a], frame->vertex[a]);
            points->lambda[a][i] = rule.lambda[i][a];
        }
        points->x[i] = p.x;
        points->y[i] = p.y;
        points->z[i] = p.z;
        points->weight[i] = rule.weight[i];
    }
}

static void store_points(const ali_face_points *points, const face_density *density, double *rows,
                         size_t stride, size_t first)
{
    for (int i = 0; i < points->count; i++) {
        double complex moment[3];
        const double lambda[3] = {points->lambda[0][i], points->lambda[1][i], points->lambda[2][i]};
        density_moment(density, lambda, points->weight[i], moment);
        set_point(rows, stride, first + (size_t)i,
                  (ali_vec3){points->x[i], points->y[i], points->z[i]}, moment,
                  points->weight[i] * density->area * density->divergence);
    }
}

/* ---- life ---- */

void ali_face_field_destroy(ali_face_field *field)
{
    if (field == NULL)
        return;
    free(field->current.edge);
    free(field->current.corners);
    free(field->carriers);
    free(field->rows);
    free(field);
}

static carrier make_carrier(const ali_surface_mesh *mesh, size_t face, size_t corner)
{
    ali_flat_triangle triangle = triangle_of(mesh, face);
    const ali_vec3 *p = triangle.vertex;
    carrier made = {.middle =
                        ali_vec3_scale(1.0 / 3.0, ali_vec3_add(p[0], ali_vec3_add(p[1], p[2]))),
                    .face = face,
                    .corner = corner};
    for (int i = 0; i < 3; i++)
        made.reach = fmax(made.reach, ali_vec3_distance(p[i], made.middle));
    return made;
}

/** Number of points of a carrier; writes them if `rows` are given. */
static size_t carrier_points(const ali_face_field *field, const carrier *from, double *rows,
                             size_t stride)
{
    ali_flat_triangle triangle = triangle_of(field->mesh, from->face);
    if (from->corner == ALI_NONE) {
        ali_face_frame frame;
        ali_face_points points;
        ali_face_frame_init(&frame, &triangle);
        place_points(&frame, field->phase * frame.size, &points);
        if (rows != NULL) {
            face_density density = density_of(field, from->face);
            store_points(&points, &density, rows, stride, from->first);
        }
        return (size_t)points.count;
    }
    const ali_corner_current *current = &field->current.corners[from->corner];
    ali_corner corner = {triangle, current->vertex};
    ali_vec3 place[CORNER_POINTS * CORNER_POINTS], direction[CORNER_POINTS * CORNER_POINTS];
    int count = ali_corner_rule(&corner, CORNER_POINTS, place, direction);
    for (int i = 0; rows != NULL && i < count; i++) {
        double complex moment[3] = {current->amplitude * direction[i].x,
                                    current->amplitude * direction[i].y,
                                    current->amplitude * direction[i].z};
        weigh(&field->share, moment);
        set_point(rows, stride, from->first + (size_t)i, place[i], moment, 0.0);
    }
    return (size_t)count;
}

static alicorn_status copy_current(const ali_surface_current *current, ali_surface_current *copy,
                                   alicorn_error *error)
{
    size_t faces = current->mesh->face_count, corners = current->corner_count;
    *copy = *current;
    copy->edge = ali_calloc(faces, sizeof *copy->edge);
    copy->corners = ali_calloc(corners, sizeof *copy->corners);
    if (copy->edge == NULL || copy->corners == NULL)
        return ali_error_memory(error, faces * sizeof *copy->edge, "fields of surfaces");
    if (faces > 0)
        memcpy(copy->edge, current->edge, faces * sizeof *copy->edge);
    if (corners > 0)
        memcpy(copy->corners, current->corners, corners * sizeof *copy->corners);
    return ALICORN_OK;
}

static bool counts(const ali_face_field *field, size_t face)
{
    ali_face_side side = field->share.side;
    return side == ALI_FACE_BOTH || ali_face_in_soil(field->mesh, face) == (side == ALI_FACE_BELOW);
}

static alicorn_status make_carriers(ali_face_field *field, alicorn_error *error)
{
    size_t faces = field->mesh->face_count, count = faces + field->current.corner_count;
    field->carriers = ali_calloc(count + 1, sizeof *field->carriers);
    if (field->carriers == NULL)
        return ali_error_memory(error, count * sizeof *field->carriers, "fields of surfaces");
    for (size_t i = 0; i < count; i++) {
        size_t corner = i < faces ? ALI_NONE : i - faces;
        size_t face = i < faces ? i : field->current.corners[corner].face;
        if (!counts(field, face))
            continue;
        carrier *made = &field->carriers[field->carrier_count++];
        *made = make_carrier(field->mesh, face, corner);
        made->first = field->point_count;
        field->point_count += carrier_points(field, made, NULL, 0);
    }
    field->carriers[field->carrier_count].first = field->point_count;
    field->rows = ali_calloc_aligned(ROWS * field->point_count, sizeof *field->rows);
    if (field->rows == NULL)
        return ali_error_memory(error, ROWS * field->point_count * sizeof *field->rows,
                                "fields of surfaces");
    for (size_t i = 0; i < field->carrier_count; i++)
        carrier_points(field, &field->carriers[i], field->rows, field->point_count);
    field->points = rows_as_points(field->rows, field->point_count);
    return ALICORN_OK;
}

alicorn_status ali_face_field_create(const ali_surface_current *current, double k,
                                     ali_face_field **field, alicorn_error *error)
{
    const ali_face_share all = {k, k, 1.0, 1.0, 1.0, ALI_FACE_BOTH};
    return ali_face_field_create_share(current, &all, field, error);
}

alicorn_status ali_face_field_create_share(const ali_surface_current *current,
                                           const ali_face_share *share, ali_face_field **field,
                                           alicorn_error *error)
{
    *field = NULL;
    ali_face_field *made = ali_calloc(1, sizeof *made);
    if (made == NULL)
        return ali_error_memory(error, sizeof *made, "fields of surfaces");
    made->share = *share;
    made->phase = cabs(share->wavenumber);
    made->mesh = current->mesh;
    made->kernel = ali_point_kernel_best()->near;
    alicorn_status status = copy_current(current, &made->current, error);
    if (status == ALICORN_OK)
        status = make_carriers(made, error);
    if (status != ALICORN_OK) {
        ali_face_field_destroy(made);
        return status;
    }
    *field = made;
    return ALICORN_OK;
}

/* ---- sums ---- */

/** What the kernel does, in a medium whose waves fade. */
static void add_fading_points(const ali_point_array *points, size_t first, size_t end,
                              double complex k, const double at[3], field_sum *sum, double k0)
{
    for (size_t i = first; i < end; i++) {
        double d[3], square = 0.0;
        double complex moment[3];
        for (int c = 0; c < 3; c++) {
            d[c] = at[c] - points->place[c][i];
            square += d[c] * d[c];
            moment[c] = CMPLX(points->moment[c][i], points->moment[3 + c][i]);
        }
        double r = sqrt(square);
        double complex g = cexp(-I * k * r) / (4.0 * ALI_PI * r);
        double complex slope = -(1.0 + I * k * r) * g / square;
        double complex potential = -I * k0 * ALI_ETA0 * g;
        double complex gradient =
            -I * ALI_ETA0 / k0 * slope * CMPLX(points->charge[0][i], points->charge[1][i]);
        for (int c = 0; c < 3; c++) {
            int a = (c + 1) % 3, b = (c + 2) % 3;
            sum->e[c] += potential * moment[c] + gradient * d[c];
            sum->h[c] += slope * (d[a] * moment[b] - d[b] * moment[a]);
        }
    }
}

/** Points' sums as fields. */
static void add_sum(const ali_point_sum *sum, double k, field_sum *field)
{
    double complex potential = -I * k * ALI_ETA0 / (4.0 * ALI_PI);
    double complex gradient = -I * ALI_ETA0 / (4.0 * ALI_PI * k);
    for (int c = 0; c < 3; c++) {
        field->e[c] += potential * CMPLX(sum->potential[c], sum->potential[3 + c]) +
                       gradient * CMPLX(sum->gradient[c], sum->gradient[3 + c]);
        field->h[c] += CMPLX(sum->curl[c], sum->curl[3 + c]) / (4.0 * ALI_PI);
    }
}

/** Fields of points. */
static void add_points(const ali_face_field *field, const ali_point_array *points, size_t first,
                       size_t end, ali_vec3 point, field_sum *sum)
{
    const double at[3] = {point.x, point.y, point.z};
    double complex k = field->share.wavenumber;
    if (first == end)
        return;
    if (cimag(k) != 0.0) {
        add_fading_points(points, first, end, k, at, sum, field->share.k);
        return;
    }
    ali_point_sum part = {{0.0}, {0.0}, {0.0}};
    field->kernel(points, first, end, creal(k), at, &part);
    add_sum(&part, field->share.k, sum);
}

/* ---- faces close by ---- */

/** What is left of e^{-jkR}/R, and of its slope over R, without 1/R - k^2 R/2 + k^4 R^3/24. */
typedef struct smooth_rest {
    double complex value; /**< [1/m] */
    double complex slope; /**< [1/m^3] */
} smooth_rest;

static smooth_rest fading_rest_at(double complex k, double distance)
{
    enum { TERMS = 24 };
    double complex y = -I * k * distance, value = 0.0, slope = 0.0;
    if (cabs(y) < 2.0) { /* y^n/n! but for n = 0, 2, 4, and (n - 1) of it */
        double complex term = 1.0;
        for (int n = 1; n < TERMS; n++) {
            term *= y / n;
            if (n == 2 || n == 4)
                continue;
            value += term;
            slope += (n - 1) * term;
        }
    } else {
        double complex y2 = y * y, wave = cexp(y);
        value = wave - 1.0 - y2 / 2.0 - y2 * y2 / 24.0;
        slope = (y - 1.0) * wave + 1.0 - y2 / 2.0 - y2 * y2 / 8.0;
    }
    return (smooth_rest){value / distance, slope / (distance * distance * distance)};
}

static smooth_rest real_rest_at(double k, double distance)
{
    double x = k * distance, x2 = x * x;
    double value, slope, sine, turn; /* real parts; sin x/x, and its slope over x */
    if (x < 1.0) {
        value = -x2 * x2 * x / 720.0 * (1.0 - x2 / 56.0 * (1.0 - x2 / 90.0 * (1.0 - x2 / 132.0)));
        slope = -x2 * x / 144.0 *
                (1.0 - x2 / 40.0 * (1.0 - x2 / 70.0 * (1.0 - x2 / 108.0 * (1.0 - x2 / 154.0))));
        sine = 1.0 -
               x2 / 6.0 *
                   (1.0 - x2 / 20.0 * (1.0 - x2 / 42.0 * (1.0 - x2 / 72.0 * (1.0 - x2 / 110.0))));
        turn = -1.0 / 3.0 *
               (1.0 -
                x2 / 10.0 *
                    (1.0 - x2 / 28.0 * (1.0 - x2 / 54.0 * (1.0 - x2 / 88.0 * (1.0 - x2 / 130.0)))));
    } else {
        double s = sin(x), c = cos(x);
        value = (c - 1.0 + x2 / 2.0 - x2 * x2 / 24.0) / x;
        slope = (-s + x - x * x2 / 6.0 - value) / x2;
        sine = s / x;
        turn = (c - sine) / x2;
    }
    return (smooth_rest){k * CMPLX(value, -sine), k * k * k * CMPLX(slope, -turn)};
}

static smooth_rest rest_at(double complex k, double distance)
{
    return cimag(k) == 0.0 ? real_rest_at(creal(k), distance)
                           : fading_rest_at(k, fmax(distance, 1e-3 / cabs(k)));
}

/** Potentials int lambda_b G dS and their gradients, over 1/(4 pi). */
typedef struct face_potential {
    double complex value[3];       /**< [m] */
    double complex gradient[3][3]; /**< [b][x, y, z] */
} face_potential;

static void add_static(const ali_face_frame *frame, double complex k, ali_vec3 point,
                       face_potential *sum)
{
    const double complex power[ALI_FACE_POWERS] = {1.0, -0.5 * k * k, k * k * k * k / 24.0};
    double value[ALI_FACE_POWERS][3];
    ali_vec3 gradient[ALI_FACE_POWERS][3];
    ali_face_potentials(frame, point, ALI_FACE_POWERS, value);
    ali_face_gradients(frame, point, ALI_FACE_POWERS, gradient);
    for (int n = 0; n < ALI_FACE_POWERS; n++)
        for (int b = 0; b < 3; b++) {
            sum->value[b] += power[n] * value[n][b];
            sum->gradient[b][0] += power[n] * gradient[n][b].x;
            sum->gradient[b][1] += power[n] * gradient[n][b].y;
            sum->gradient[b][2] += power[n] * gradient[n][b].z;
        }
}

static void add_rest(const ali_face_frame *frame, double complex k, ali_vec3 point,
                     face_potential *sum)
{
    ali_face_points points;
    ali_face_points_place(&points, frame, cabs(k) * frame->size);
    for (int i = 0; i < points.count; i++) {
        ali_vec3 d = ali_vec3_sub(point, (ali_vec3){points.x[i], points.y[i], points.z[i]});
        smooth_rest rest = rest_at(k, ali_vec3_norm(d));
        for (int b = 0; b < 3; b++) {
            double weight = frame->area * points.weight[i] * points.lambda[b][i];
            sum->value[b] += weight * rest.value;
            sum->gradient[b][0] += weight * rest.slope * d.x;
            sum->gradient[b][1] += weight * rest.slope * d.y;
            sum->gradient[b][2] += weight * rest.slope * d.z;
        }
    }
}

static void add_near_face(const ali_face_field *field, const carrier *from, ali_vec3 point,
                          field_sum *sum)
{
    ali_flat_triangle triangle = triangle_of(field->mesh, from->face);
    face_density density = density_of(field, from->face);
    ali_face_frame frame;
    face_potential p = {{0.0}, {{0.0}}};
    ali_face_frame_init(&frame, &triangle);
    add_static(&frame, field->share.wavenumber, point, &p);
    add_rest(&frame, field->share.wavenumber, point, &p);
    double complex current = -I * field->share.k * ALI_ETA0 / (4.0 * ALI_PI);
    double complex charge = -I * ALI_ETA0 / (4.0 * ALI_PI * field->share.k) * density.divergence;
    for (int b = 0; b < 3; b++)
        for (int c = 0; c < 3; c++) {
            int d = (c + 1) % 3, e = (c + 2) % 3;
            sum->e[c] += current * density.vertex[b][c] * p.value[b] + charge * p.gradient[b][c];
            sum->h[c] += (p.gradient[b][d] * density.vertex[b][e] -
                          p.gradient[b][e] * density.vertex[b][d]) /
                         (4.0 * ALI_PI);
        }
}

/** Not close, not far: a dozen points, or more on faces of many degrees. */
static void add_middle_face(const ali_face_field *field, const carrier *from, ali_vec3 point,
                            field_sum *sum)
{
    const double twelve = 0.5; /* phase for which ali_face_points_place takes 12 points */
    ali_flat_triangle triangle = triangle_of(field->mesh, from->face);
    face_density density = density_of(field, from->face);
    ali_face_frame frame;
    ali_face_points points;
    double rows[ROWS * ALI_FACE_PRODUCT_MAX];
    ali_face_frame_init(&frame, &triangle);
    ali_face_points_place(&points, &frame, fmax(field->phase * frame.size, twelve));
    store_points(&points, &density, rows, ALI_FACE_PRODUCT_MAX, 0);
    ali_point_array array = rows_as_points(rows, ALI_FACE_PRODUCT_MAX);
    add_points(field, &array, 0, (size_t)points.count, point, sum);
}

/* ---- corners close by ---- */

/** Gauss points of a panel of filaments, and of the smooth rest in each direction. */
enum { FILAMENT_POINTS = 12, CORNER_REST_POINTS = 6 };
/** Panels of filaments grow by this factor away from the point. */
#define FILAMENT_GRADE 3.0
/** Widest and narrowest panel [rad], and closest distance, as a part of a filament. */
#define FILAMENT_WIDEST 0.35
#define FILAMENT_NARROWEST 1e-8
#define FILAMENT_CLOSEST 1e-9

/** int d g du and int grad g x d du, over 1/(4 pi). */
typedef struct filament_sum {
    double complex potential[3], curl[3];
} filament_sum;

/** A source of moment m along d, its share: `potential` of it, and (slope d + out o) x m. */
typedef struct filament_source {
    double complex moment[3];
    double complex potential, slope;
    ali_vec3 along;
    double complex out;
    ali_vec3 across;
} filament_source;

static void add_filament_source(const filament_source *from, double weight, filament_sum *sum)
{
    const double along[3] = {from->along.x, from->along.y, from->along.z};
    const double across[3] = {from->across.x, from->across.y, from->across.z};
    double complex gradient[3];
    for (int c = 0; c < 3; c++)
        gradient[c] = weight * (from->slope * along[c] + from->out * across[c]);
    for (int c = 0; c < 3; c++) {
        int a = (c + 1) % 3, b = (c + 2) % 3;
        sum->potential[c] += weight * from->potential * from->moment[c];
        sum->curl[c] += gradient[a] * from->moment[b] - gradient[b] * from->moment[a];
    }
}

/** A filament along d: 1/R - k^2 R/2 of g, in closed form. `ray` leads from its start to the
 *  point. */
static void add_filament(const ali_face_share *share, ali_vec3 d, ali_vec3 ray, double weight,
                         filament_sum *sum)
{
    double length = ali_vec3_norm(d);
    ali_vec3 t = ali_vec3_scale(1.0 / length, d);
    double z = ali_vec3_dot(ray, t), rest = length - z;
    ali_vec3 across = ali_vec3_axpy(ray, -z, t);
    double rho = fmax(ali_vec3_norm(across), FILAMENT_CLOSEST * length);
    double near = hypot(rho, z), far = hypot(rho, rest);
    double complex half = 0.5 * share->wavenumber * share->wavenumber;
    double logarithm = asinh(rest / rho) + asinh(z / rho);
    double distance = 0.5 * (rest * far + z * near + rho * rho * logarithm);
    filament_source from = {
        .moment = {t.x, t.y, t.z},
        .potential = logarithm - half * distance,
        .slope = 1.0 / near - 1.0 / far - half * (near - far),
        .along = t,
        .out = -((rest / far + z / near) / (rho * rho) + half * logarithm),
        .across = across,
    };
    weigh(share, from.moment);
    add_filament_source(&from, weight, sum);
}

/** The corner as a bundle of filaments, told apart by their angle from the height over the opposite
 * edge. */
typedef struct filament_bundle {
    ali_vec3 from, height, along; /**< the vertex; from there to the edge's line; along the edge */
    double low, high;             /**< angles of the edge's ends */
    double length;                /**< of the edge */
} filament_bundle;

static filament_bundle make_bundle(const ali_corner *corner)
{
    const ali_vec3 *p = corner->triangle.vertex;
    ali_vec3 from = p[corner->vertex], first = p[(corner->vertex + 1) % 3],
             second = p[(corner->vertex + 2) % 3];
    filament_bundle bundle = {.from = from, .length = ali_vec3_distance(first, second)};
    bundle.along = ali_vec3_scale(1.0 / bundle.length, ali_vec3_sub(second, first));
    ali_vec3 side = ali_vec3_sub(first, from);
    double begin = ali_vec3_dot(side, bundle.along);
    bundle.height = ali_vec3_axpy(side, -begin, bundle.along);
    bundle.low = atan2(begin, ali_vec3_norm(bundle.height));
    bundle.high = atan2(begin + bundle.length, ali_vec3_norm(bundle.height));
    return bundle;
}

/** Filaments between two angles. */
static void add_filaments(const filament_bundle *bundle, ali_vec3 ray, const ali_face_share *share,
                          double low, double high, filament_sum *sum)
{
    const double *node = ali_gauss_node(FILAMENT_POINTS),
                 *weight = ali_gauss_weight(FILAMENT_POINTS);
    double height = ali_vec3_norm(bundle->height);
    for (int i = 0; i < FILAMENT_POINTS; i++) {
        double angle = 0.5 * (low + high) + 0.5 * (high - low) * node[i], cosine = cos(angle);
        ali_vec3 d = ali_vec3_axpy(bundle->height, height * tan(angle), bundle->along);
        double part = height / (bundle->length * cosine * cosine); /* dv/d angle */
        add_filament(share, d, ray, 0.5 * (high - low) * weight[i] * part, sum);
    }
}

/** Angle of the filament that passes closest to a point, and how narrow the panels must be there.
 */
static double closest_filament(const filament_bundle *bundle, ali_vec3 ray, double *width)
{
    double height = ali_vec3_norm(bundle->height), x = ali_vec3_dot(ray, bundle->along);
    double angle = atan2(x, ali_vec3_dot(ray, bundle->height) / height);
    angle = fmin(fmax(angle, bundle->low), bundle->high);
    ali_vec3 d = ali_vec3_axpy(bundle->height, height * tan(angle), bundle->along);
    double length = ali_vec3_norm(d), along = fmin(ali_vec3_dot(ray, d) / length, length);
    double distance = ali_vec3_norm(ali_vec3_axpy(ray, -along / length, d));
    *width = along > 0.0 ? distance / along : FILAMENT_WIDEST;
    *width = fmin(fmax(*width, FILAMENT_NARROWEST), FILAMENT_WIDEST);
    return angle;
}

/** 1/R - k^2 R/2 of g, by panels that grow away from the closest filament. */
static void add_bundle(const filament_bundle *bundle, ali_vec3 ray, const ali_face_share *share,
                       filament_sum *sum)
{
    double narrowest, middle = closest_filament(bundle, ray, &narrowest);
    for (int side = -1; side <= 1; side += 2) {
        double whole = side < 0 ? middle - bundle->low : bundle->high - middle;
        double done = 0.0, width = narrowest;
        while (done < whole) {
            double next = fmin(width, done + FILAMENT_WIDEST);
            next = next > 0.7 * whole ? whole : next;
            double a = middle + side * done, b = middle + side * next;
            add_filaments(bundle, ray, share, fmin(a, b), fmax(a, b), sum);
            done = next;
            width *= FILAMENT_GRADE;
        }
    }
}

static void add_near_corner(const ali_face_field *field, const carrier *from, ali_vec3 point,
                            field_sum *sum)
{
    const ali_corner_current *current = &field->current.corners[from->corner];
    ali_corner corner = {triangle_of(field->mesh, from->face), current->vertex};
    filament_sum part = {{0.0}, {0.0}};
    const double complex k = field->share.wavenumber, k4 = k * k * k * k;
    filament_bundle bundle = make_bundle(&corner);
    add_bundle(&bundle, ali_vec3_sub(point, bundle.from), &field->share, &part);
    ali_vec3 place[CORNER_REST_POINTS * CORNER_REST_POINTS],
        moment[CORNER_REST_POINTS * CORNER_REST_POINTS];
    int count = ali_corner_rule(&corner, CORNER_REST_POINTS, place, moment);
    for (int i = 0; i < count; i++) {
        ali_vec3 d = ali_vec3_sub(point, place[i]);
        double r = ali_vec3_norm(d);
        smooth_rest rest = rest_at(k, r);
        filament_source source = {.moment = {moment[i].x, moment[i].y, moment[i].z},
                                  .potential = rest.value + k4 * r * r * r / 24.0,
                                  .slope = rest.slope + k4 * r / 8.0,
                                  .along = d};
        weigh(&field->share, source.moment);
        add_filament_source(&source, 1.0, &part);
    }
    double complex factor = current->amplitude / (4.0 * ALI_PI);
    for (int c = 0; c < 3; c++) {
        sum->e[c] += -I * field->share.k * ALI_ETA0 * factor * part.potential[c];
        sum->h[c] += factor * part.curl[c];
    }
}

/* ---- all of it ---- */

static void add_near(const ali_face_field *field, const carrier *from, ali_vec3 point,
                     field_sum *sum)
{
    if (from->corner != ALI_NONE)
        add_near_corner(field, from, point, sum);
    else
        add_near_face(field, from, point, sum);
}

static void hand_over(const field_sum *sum, double complex e[3], double complex h[3])
{
    for (int c = 0; c < 3; c++) {
        e[c] += sum->e[c];
        h[c] += sum->h[c];
    }
}

void ali_face_field_at(const ali_face_field *field, ali_vec3 point, double complex e[3],
                       double complex h[3])
{
    field_sum sum = {{0.0}, {0.0}};
    size_t run = 0; /* first point of the carriers that are far and not yet added */
    for (size_t i = 0; i < field->carrier_count; i++) {
        const carrier *from = &field->carriers[i];
        ali_vec3 d = ali_vec3_sub(point, from->middle);
        double square = ali_vec3_dot(d, d), reach2 = from->reach * from->reach;
        double limit = from->corner == ALI_NONE ? FAR_REACH : MIDDLE_REACH;
        if (square > limit * limit * reach2)
            continue;
        add_points(field, &field->points, run, from->first, point, &sum);
        run = field->carriers[i + 1].first;
        if (square > MIDDLE_REACH * MIDDLE_REACH * reach2)
            add_middle_face(field, from, point, &sum);
        else
            add_near(field, from, point, &sum);
    }
    add_points(field, &field->points, run, field->point_count, point, &sum);
    hand_over(&sum, e, h);
}

void ali_face_field_near_at(const ali_face_field *field, size_t which, ali_vec3 point,
                            double complex e[3], double complex h[3])
{
    field_sum sum = {{0.0}, {0.0}};
    add_near(field, &field->carriers[which], point, &sum);
    hand_over(&sum, e, h);
}
