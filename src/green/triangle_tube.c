/* SPDX-License-Identifier: Apache-2.0 */
/* Triangle with tube: the analytic potential of the triangle, averaged around the tube by points on
 * arcs between the places where the ring passes the triangle's plane or rim, integrated along the
 * axis in pieces graded towards such places. */
#include "base/constants.h"
#include "green/triangle_frame.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "math/triangle_rule.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { SIZE = ALI_TUBE_ORDER_MAX + 1, PLACES_MAX = 12, ANGLES_MAX = 10 };

static const int next_of[3] = {1, 2, 0};

typedef struct tube_sum {
    const ali_face_frame *face;
    const ali_tube *tube;
    ali_vec3 first, second; /**< across the axis */
    int order;
    double (*moments)[SIZE];
} tube_sum;

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/** Distance of a point from the triangle's rim, and of its foot. */
static double rim_distance(const ali_face_frame *face, ali_vec3 point)
{
    double best2 = HUGE_VAL;
    for (int i = 0; i < 3; i++) {
        ali_vec3 d = ali_vec3_sub(point, face->vertex[next_of[i]]);
        double s = clamp(ali_vec3_dot(d, face->tangent[i]), 0.0, face->length[i]);
        d = ali_vec3_axpy(d, -s, face->tangent[i]);
        best2 = fmin(best2, ali_vec3_dot(d, d));
    }
    return sqrt(best2);
}

/** Distance of a point from the triangle. */
static double face_distance(const ali_face_frame *face, ali_vec3 point)
{
    bool inside = true;
    for (int i = 0; i < 3; i++)
        if (ali_vec3_dot(face->outward[i], ali_vec3_sub(face->vertex[next_of[i]], point)) < 0.0)
            inside = false;
    if (inside)
        return fabs(ali_vec3_dot(face->normal, ali_vec3_sub(point, face->vertex[0])));
    return rim_distance(face, point);
}

static ali_vec3 ring_point(const tube_sum *sum, ali_vec3 axis, double angle)
{
    double radius = sum->tube->radius;
    axis = ali_vec3_axpy(axis, radius * cos(angle), sum->first);
    return ali_vec3_axpy(axis, radius * sin(angle), sum->second);
}

/* ---- around the tube ---- */

static void sort_ascending(double *value, int count)
{
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && value[j] < value[j - 1]; j--) {
            double swap = value[j];
            value[j] = value[j - 1];
            value[j - 1] = swap;
        }
}

/** Angles in [0, 2 pi) at which the ring passes through a plane. */
static int plane_angles(const tube_sum *sum, ali_vec3 axis, ali_vec3 plane_point, ali_vec3 normal,
                        double *angle)
{
    double radius = sum->tube->radius;
    double height = ali_vec3_dot(normal, ali_vec3_sub(axis, plane_point));
    double x = radius * ali_vec3_dot(normal, sum->first);
    double y = radius * ali_vec3_dot(normal, sum->second), swing = hypot(x, y);
    if (swing <= fabs(height) || swing < 1e-9 * radius)
        return 0;
    double middle = atan2(y, x), half = acos(-height / swing);
    angle[0] = fmod(middle - half + 4.0 * ALI_PI, 2.0 * ALI_PI);
    angle[1] = fmod(middle + half + 4.0 * ALI_PI, 2.0 * ALI_PI);
    return 2;
}

/** Where around the ring the potential is rough: in the plane, and near the rim in the planes
 * across it. Ascending; the first one again, a turn later, at the end. Returns the number of arcs.
 */
static int rough_angles(const tube_sum *sum, ali_vec3 axis, double *angle)
{
    const ali_face_frame *face = sum->face;
    double found[8];
    int count = 0, found_count = plane_angles(sum, axis, face->vertex[0], face->normal, found),
        kept = 0;
    for (int i = 0; i < 3; i++)
        found_count += plane_angles(sum, axis, face->vertex[next_of[i]], face->outward[i],
                                    found + found_count);
    for (int i = 0; i < found_count; i++)
        if (face_distance(face, ring_point(sum, axis, found[i])) < sum->tube->radius)
            angle[count++] = found[i];
    if (count == 0)
        angle[count++] = 0.0;
    sort_ascending(angle, count);
    for (int i = 1; i < count; i++)
        if (angle[i] - angle[kept] > 1e-6)
            angle[++kept] = angle[i];
    angle[kept + 1] = angle[0] + 2.0 * ALI_PI;
    return kept + 1;
}

/** Potential of the triangle averaged around the tube. */
static void ring_potential(const tube_sum *sum, ali_vec3 axis, double potential[3])
{
    double distance = face_distance(sum->face, axis), radius = sum->tube->radius, value[1][3];
    memset(potential, 0, 3 * sizeof *potential);
    if (distance > 2.5 * radius) {
        /* exponential convergence, like (radius/distance)^angles */
        int angles = (int)clamp(ceil(12.0 / log(distance / radius)), 4.0, 14.0);
        for (int i = 0; i < angles; i++) {
            ali_face_potentials(
                sum->face, ring_point(sum, axis, 2.0 * ALI_PI * (i + 0.25) / angles), 1, value);
            for (int b = 0; b < 3; b++)
                potential[b] += value[0][b] / angles;
        }
        return;
    }
    double angle[ANGLES_MAX];
    int arcs = rough_angles(sum, axis, angle);
    for (int arc = 0; arc < arcs; arc++) {
        double half = 0.5 * (angle[arc + 1] - angle[arc]);
        int n = (int)clamp(5.0 + 2.0 * half, 5.0, 12.0);
        const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
        for (int i = 0; i < n; i++) {
            ali_face_potentials(
                sum->face, ring_point(sum, axis, angle[arc] + half * (1.0 + node[i])), 1, value);
            for (int b = 0; b < 3; b++)
                potential[b] += half * weight[i] / (2.0 * ALI_PI) * value[0][b];
        }
    }
}

/* ---- along the axis ---- */

/** Adds to the moments what a place of the axis contributes. */
typedef void (*axis_fn)(const tube_sum *sum, double s, double weight);

static void add_static(const tube_sum *sum, double s, double weight)
{
    double potential[3], legendre[SIZE];
    ring_potential(sum, ali_vec3_axpy(sum->tube->mid, s, sum->tube->dir), potential);
    ali_legendre(s / sum->tube->half, sum->order, legendre);
    for (int a = 0; a < 3; a++)
        for (int q = 0; q <= sum->order; q++)
            sum->moments[a][q] += weight * potential[a] * legendre[q];
}

/** Places of the axis abreast of vertices, nearest to edges, and where the ring enters, passes and
 *  leaves the plane. */
static int rough_places(const ali_face_frame *face, const ali_tube *tube, double *place)
{
    int count = 0;
    for (int i = 0; i < 3; i++) {
        ali_vec3 d = ali_vec3_sub(tube->mid, face->vertex[next_of[i]]);
        double along = ali_vec3_dot(d, tube->dir), part = ali_vec3_dot(d, face->tangent[i]);
        double cosine = ali_vec3_dot(tube->dir, face->tangent[i]), sine2 = 1.0 - cosine * cosine;
        place[count++] = -along;
        if (sine2 > 1e-12)
            place[count++] = (cosine * part - along) / sine2;
    }
    double climb = ali_vec3_dot(face->normal, tube->dir);
    double height = ali_vec3_dot(face->normal, ali_vec3_sub(tube->mid, face->vertex[0]));
    if (fabs(climb) > 1e-6) {
        double reach = tube->radius * sqrt(fmax(1.0 - climb * climb, 0.0)) / fabs(climb);
        place[count++] = -height / climb;
        place[count++] = -height / climb - reach;
        place[count++] = -height / climb + reach;
    }
    return count;
}

/** From a place near which the integrand varies over the length d. */
static void add_graded(const tube_sum *sum, axis_fn add, double from, double to, double d)
{
    double range = asinh((to - from) / d);
    int n = (int)clamp(5.0 + 1.0 * fabs(range) + 0.4 * sum->order, 5.0, 30.0);
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    for (int i = 0; i < n; i++) {
        double grown = exp(0.5 * range * (1.0 + node[i])), shrunk = 1.0 / grown;
        add(sum, from + 0.5 * d * (grown - shrunk),
            fabs(0.5 * range) * weight[i] * 0.5 * d * (grown + shrunk));
    }
}

static void add_piece(const tube_sum *sum, axis_fn add, double from, double to)
{
    const ali_tube *tube = sum->tube;
    double d[2], ends[2] = {from, to}, middle = 0.5 * (from + to);
    for (int i = 0; i < 2; i++)
        d[i] = fmax(rim_distance(sum->face, ali_vec3_axpy(tube->mid, ends[i], tube->dir)),
                    0.2 * tube->radius);
    if (fmin(d[0], d[1]) > 0.7 * (to - from)) {
        int n = 7 + sum->order / 2;
        const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
        for (int i = 0; i < n; i++)
            add(sum, middle + 0.5 * (to - from) * node[i], 0.5 * (to - from) * weight[i]);
        return;
    }
    add_graded(sum, add, from, middle, d[0]);
    add_graded(sum, add, to, middle, d[1]);
}

static void add_axis(const tube_sum *sum, axis_fn add)
{
    const ali_tube *tube = sum->tube;
    double found[PLACES_MAX], place[PLACES_MAX + 2] = {-tube->half, tube->half};
    int count = 2, found_count = rough_places(sum->face, tube, found);
    for (int i = 0; i < found_count; i++) {
        ali_vec3 point = ali_vec3_axpy(tube->mid, found[i], tube->dir);
        if (fabs(found[i]) < (1.0 - 1e-6) * tube->half &&
            face_distance(sum->face, point) < tube->half + 2.0 * tube->radius)
            place[count++] = found[i];
    }
    sort_ascending(place, count);
    for (int i = 0; i + 1 < count; i++)
        if (place[i + 1] - place[i] > 1e-9 * tube->half)
            add_piece(sum, add, place[i], place[i + 1]);
}

static tube_sum start_sum(const ali_face_frame *face, const ali_tube *tube, int order,
                          double moments[3][SIZE])
{
    assert(order <= ALI_TUBE_ORDER_MAX);
    tube_sum sum = {.face = face, .tube = tube, .order = order, .moments = moments};
    ali_vec3 other = {fabs(tube->dir.x) < 0.6, fabs(tube->dir.x) >= 0.6, 0.0};
    sum.first = ali_vec3_cross(tube->dir, other);
    sum.first = ali_vec3_scale(1.0 / ali_vec3_norm(sum.first), sum.first);
    sum.second = ali_vec3_cross(tube->dir, sum.first);
    memset(moments, 0, 3 * sizeof *moments);
    return sum;
}

void ali_triangle_tube_static(const ali_flat_triangle *a, const ali_tube *tube, int order,
                              double moments[3][ALI_TUBE_ORDER_MAX + 1])
{
    ali_face_frame face;
    ali_face_frame_init(&face, a);
    tube_sum sum = start_sum(&face, tube, order, moments);
    add_axis(&sum, add_static);
    double scale = 1.0 / (4.0 * ALI_PI) / face.area;
    for (int i = 0; i < 3; i++)
        for (int q = 0; q <= order; q++)
            moments[i][q] *= scale;
}

/* ---- the rest, with R^2 averaged around the tube: R^2 = |x - x'|^2 + radius^2 ---- */

typedef struct odd_sum {
    tube_sum sum; /**< first, so that one points to both */
    double k;
} odd_sum;

/** The terms with a kink, -k^2 R/2 + k^4 R^3/24: the radius only lifts the point off the plane. */
static void add_odd(const tube_sum *sum, double s, double weight)
{
    const odd_sum *odd = (const odd_sum *)sum;
    const ali_tube *tube = sum->tube;
    double k2 = odd->k * odd->k, value[ALI_FACE_POWERS][3], legendre[SIZE];
    ali_vec3 point = ali_vec3_axpy(tube->mid, s, tube->dir);
    double height = ali_vec3_dot(sum->face->normal, ali_vec3_sub(point, sum->face->vertex[0]));
    point = ali_vec3_axpy(point, hypot(height, tube->radius) - height, sum->face->normal);
    ali_face_potentials(sum->face, point, ALI_FACE_POWERS, value);
    ali_legendre(s / tube->half, sum->order, legendre);
    for (int a = 0; a < 3; a++) {
        double potential = weight * k2 * (k2 * value[2][a] / 24.0 - 0.5 * value[1][a]);
        for (int q = 0; q <= sum->order; q++)
            sum->moments[a][q] += potential * legendre[q];
    }
}

/** (e^{-jkR} - 1)/R + k^2 R/2 - k^4 R^3/24 */
static double complex smooth_rest(double k, double r)
{
    double phase = k * r, phase2 = phase * phase, half_sine = sin(0.5 * phase);
    double even = 0.5 * phase2 - phase2 * phase2 / 24.0 - 2.0 * half_sine * half_sine;
    return r > 0.0 ? CMPLX(even, -sin(phase)) / r : CMPLX(0.0, -k);
}

/** Add the rest at one place of the axis. */
static void add_rest(const ali_flat_triangle *a, const ali_tube *tube, int order, double k,
                     double u, double weight, double complex moments[3][SIZE])
{
    double size2 = 0.0, legendre[SIZE];
    for (int i = 0; i < 3; i++) {
        ali_vec3 edge = ali_vec3_sub(a->vertex[i], a->vertex[next_of[i]]);
        size2 = fmax(size2, ali_vec3_dot(edge, edge));
    }
    double complex row[3] = {0.0, 0.0, 0.0};
    ali_vec3 place = ali_vec3_axpy(tube->mid, u * tube->half, tube->dir);
    int n = (int)clamp(4.0 + 1.2 * k * sqrt(size2), 4.0, 12.0);
    const double *node = ali_gauss_node(n), *w = ali_gauss_weight(n);
    for (int i = 0; i < n * n; i++) {
        double v = 0.5 * (1.0 + node[i / n]), t = 0.5 * (1.0 + node[i % n]);
        double lambda[3] = {1.0 - v, v * (1.0 - t), v * t};
        ali_vec3 d = ali_vec3_axpy(place, -lambda[0], a->vertex[0]);
        d = ali_vec3_axpy(ali_vec3_axpy(d, -lambda[1], a->vertex[1]), -lambda[2], a->vertex[2]);
        double r = sqrt(ali_vec3_dot(d, d) + tube->radius * tube->radius);
        double complex value = 0.5 * v * w[i / n] * w[i % n] * smooth_rest(k, r);
        for (int b = 0; b < 3; b++)
            row[b] += lambda[b] * value;
    }
    ali_legendre(u, order, legendre);
    for (int b = 0; b < 3; b++)
        for (int q = 0; q <= order; q++)
            moments[b][q] += weight * tube->half / (4.0 * ALI_PI) * legendre[q] * row[b];
}

void ali_triangle_tube_dynamic(const ali_flat_triangle *a, const ali_tube *tube, int order,
                               double k, double complex moments[3][ALI_TUBE_ORDER_MAX + 1])
{
    ali_face_frame face;
    double kinked[3][SIZE];
    ali_face_frame_init(&face, a);
    odd_sum odd = {.sum = start_sum(&face, tube, order, kinked), .k = k};
    add_axis(&odd.sum, add_odd);
    memset(moments, 0, 3 * sizeof *moments);
    int n = (int)clamp(4.0 + 2.0 * k * tube->half, 4.0, 20.0) + order / 2;
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    for (int i = 0; i < n; i++)
        add_rest(a, tube, order, k, node[i], weight[i], moments);
    double scale = 1.0 / (4.0 * ALI_PI) / face.area;
    for (int b = 0; b < 3; b++)
        for (int q = 0; q <= order; q++)
            moments[b][q] += scale * kinked[b][q];
}
