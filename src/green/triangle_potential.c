/* SPDX-License-Identifier: Apache-2.0 */
/* The potentials follow from the divergence theorem in the plane [WiltonRao:1984], [Graglia:1993],
 * for higher powers of R by recursion [JarvenpaaTaskinenYlaOijala:2006]. With h the height of the
 * point above the plane, t_i the distance of its foot from edge i (positive on the inner side) and
 * E_i^q = int R^q dl along edge i,
 *
 *     (q + 2) int R^q dS = q h^2 int R^(q-2) dS + sum t_i E_i^q,
 *     (q + 2) int (rho' - rho) R^q dS = sum m_i E_i^(q+2),
 *     (q + 1) E_i^q = q (t_i^2 + h^2) E_i^(q-2) + [s R^q],
 *
 * with h^2 int R^-3 dS = |h| times the solid angle, E_i^-1 a logarithm. */
#include "base/constants.h"
#include "green/triangle_frame.h"
#include "math/triangle_rule.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const int next_of[3] = {1, 2, 0}, last_of[3] = {2, 0, 1};

void ali_face_frame_init(ali_face_frame *frame, const ali_flat_triangle *triangle)
{
    ali_vec3 edge[3];
    frame->size = 0.0;
    for (int i = 0; i < 3; i++) {
        frame->vertex[i] = triangle->vertex[i];
        edge[i] = ali_vec3_sub(triangle->vertex[last_of[i]], triangle->vertex[next_of[i]]);
        frame->length[i] = ali_vec3_norm(edge[i]);
        frame->tangent[i] = ali_vec3_scale(1.0 / frame->length[i], edge[i]);
        frame->size = fmax(frame->size, frame->length[i]);
    }
    /* the two shorter edges give the best normal of a needle */
    int longest = frame->size == frame->length[0] ? 0 : frame->size == frame->length[1] ? 1 : 2;
    ali_vec3 cross = ali_vec3_cross(edge[next_of[longest]], edge[last_of[longest]]);
    double twice = ali_vec3_norm(cross);
    frame->area = 0.5 * twice;
    frame->normal = ali_vec3_scale(1.0 / twice, cross);
    for (int i = 0; i < 3; i++) {
        frame->outward[i] = ali_vec3_cross(frame->tangent[i], frame->normal);
        frame->rise[i] = frame->length[i] / twice;
    }
    for (int b = 0; b < 3; b++)
        for (int i = 0; i < 3; i++)
            frame->slope[b][i] =
                -frame->rise[b] * ali_vec3_dot(frame->outward[b], frame->outward[i]);
}

/** A triangle seen from a point. */
typedef struct face_view {
    double height;          /**< of the point above the plane, with its sign */
    double solid;           /**< solid angle, >= 0 */
    double lambda[3];       /**< barycentric coordinates of the foot */
    double inner[3];        /**< t_i */
    double low[3], high[3]; /**< places of the edges' ends on them, from the foot */
    double distance[3];     /**< to the vertices */
    double across2[3];      /**< squared distance from the edges' lines */
    double line[3];         /**< E_i^-1 */
} face_view;

/** int dl/R between two places on a line, at distances `near_low` and `near_high`. */
static double line_potential(double low, double high, double near_low, double near_high,
                             double across2, double length)
{
    double floor = 1e-18 * length;
    if (low >= 0.0)
        return log((near_high + high) / (near_low + low + floor));
    if (high <= 0.0)
        return log((near_low - low) / (near_high - high + floor));
    return log((near_high + high) * (near_low - low) / (across2 + floor * floor));
}

static face_view view_face(const ali_face_frame *frame, ali_vec3 point)
{
    face_view view;
    ali_vec3 ray[3];
    double reach = 0.0;
    for (int i = 0; i < 3; i++) {
        ray[i] = ali_vec3_sub(frame->vertex[i], point);
        view.distance[i] = ali_vec3_norm(ray[i]);
        reach = fmax(reach, view.distance[i]);
    }
    view.height = -ali_vec3_dot(frame->normal, ray[0]);
    if (fabs(view.height) < 1e-15 * reach)
        view.height = 0.0;
    for (int i = 0; i < 3; i++) {
        int from = next_of[i], to = last_of[i];
        view.inner[i] = ali_vec3_dot(frame->outward[i], ray[from]);
        view.lambda[i] = view.inner[i] * frame->rise[i];
        view.low[i] = ali_vec3_dot(frame->tangent[i], ray[from]);
        view.high[i] = ali_vec3_dot(frame->tangent[i], ray[to]);
        view.across2[i] = view.inner[i] * view.inner[i] + view.height * view.height;
        view.line[i] = line_potential(view.low[i], view.high[i], view.distance[from],
                                      view.distance[to], view.across2[i], frame->length[i]);
    }
    /* [VanOosteromStrackee:1983] */
    double product = view.distance[0] * view.distance[1] * view.distance[2] +
                     ali_vec3_dot(ray[0], ray[1]) * view.distance[2] +
                     ali_vec3_dot(ray[1], ray[2]) * view.distance[0] +
                     ali_vec3_dot(ray[2], ray[0]) * view.distance[1];
    view.solid = 2.0 * atan2(2.0 * frame->area * fabs(view.height), product);
    return view;
}

/** Integrals of R^q over triangle and edges for q = 2n - 1. */
typedef struct face_powers {
    double area[ALI_FACE_POWERS];        /**< [n] int R^q dS */
    double edge[ALI_FACE_POWERS + 1][3]; /**< [n][i] E_i^q */
} face_powers;

static face_powers integrate_powers(const face_view *view, int powers)
{
    face_powers sum;
    double height2 = view->height * view->height, below = fabs(view->height) * view->solid;
    double low_power[3], high_power[3];
    for (int i = 0; i < 3; i++) {
        sum.edge[0][i] = view->line[i];
        low_power[i] = view->low[i];
        high_power[i] = view->high[i];
    }
    for (int n = 0; n < powers; n++) {
        double q = 2.0 * n - 1.0, area = q * (n ? height2 * sum.area[n - 1] : below);
        for (int i = 0; i < 3; i++) {
            area += view->inner[i] * sum.edge[n][i];
            double r_low = view->distance[next_of[i]], r_high = view->distance[last_of[i]];
            low_power[i] *= n ? r_low * r_low : r_low;
            high_power[i] *= n ? r_high * r_high : r_high;
            sum.edge[n + 1][i] =
                ((q + 2.0) * view->across2[i] * sum.edge[n][i] + high_power[i] - low_power[i]) /
                (q + 3.0);
        }
        sum.area[n] = area / (q + 2.0);
    }
    return sum;
}

/** int lambda_b R^q dS. */
static void linear_potential(const ali_face_frame *frame, const face_view *view,
                             const face_powers *sum, int n, double value[3])
{
    const double *edge = sum->edge[n + 1], factor = 1.0 / (2.0 * n + 1.0);
    for (int b = 0; b < 3; b++) {
        const double *slope = frame->slope[b];
        value[b] = view->lambda[b] * sum->area[n] +
                   factor * (slope[0] * edge[0] + slope[1] * edge[1] + slope[2] * edge[2]);
    }
}

/* ---- from afar ---- */

/** Beyond this many sizes the terms above cancel, and a Gauss rule of degree 6 is good to 1e-10. */
static const double far_sizes = 12.0;

static bool is_far(const ali_face_frame *frame, ali_vec3 point)
{
    ali_vec3 d = ali_vec3_sub(point, frame->vertex[0]);
    return ali_vec3_dot(d, d) > far_sizes * far_sizes * frame->size * frame->size;
}

/** From the point to one of the rule. */
static ali_vec3 rule_ray(const ali_face_frame *frame, ali_vec3 point, const double lambda[3])
{
    ali_vec3 ray = ali_vec3_scale(-1.0, point);
    for (int i = 0; i < 3; i++)
        ray = ali_vec3_axpy(ray, lambda[i], frame->vertex[i]);
    return ray;
}

static void far_potentials(const ali_face_frame *frame, ali_vec3 point, int powers,
                           double value[][3])
{
    ali_triangle_rule rule = ali_triangle_rule_get(12);
    memset(value, 0, (size_t)powers * sizeof *value);
    for (int p = 0; p < rule.points; p++) {
        ali_vec3 ray = rule_ray(frame, point, rule.lambda[p]);
        double r2 = ali_vec3_dot(ray, ray), power = frame->area * rule.weight[p] / sqrt(r2);
        for (int n = 0; n < powers; n++, power *= r2)
            for (int b = 0; b < 3; b++)
                value[n][b] += power * rule.lambda[p][b];
    }
}

static void far_gradients(const ali_face_frame *frame, ali_vec3 point, int powers,
                          ali_vec3 value[][3])
{
    ali_triangle_rule rule = ali_triangle_rule_get(12);
    memset(value, 0, (size_t)powers * sizeof *value);
    for (int p = 0; p < rule.points; p++) {
        ali_vec3 ray = rule_ray(frame, point, rule.lambda[p]);
        double r2 = ali_vec3_dot(ray, ray), power = frame->area * rule.weight[p] / (r2 * sqrt(r2));
        for (int n = 0; n < powers; n++, power *= r2)
            for (int b = 0; b < 3; b++)
                value[n][b] =
                    ali_vec3_axpy(value[n][b], (1.0 - 2.0 * n) * power * rule.lambda[p][b], ray);
    }
}

/* ---- anywhere ---- */

void ali_face_potentials(const ali_face_frame *frame, ali_vec3 point, int powers, double value[][3])
{
    if (is_far(frame, point)) {
        far_potentials(frame, point, powers, value);
        return;
    }
    face_view view = view_face(frame, point);
    face_powers sum = integrate_powers(&view, powers);
    for (int n = 0; n < powers; n++)
        linear_potential(frame, &view, &sum, n, value[n]);
}

static double odd_power(double r, int n)
{
    return n == 0 ? r : n == 1 ? r * r * r : r * r * r * r * r;
}

/** The part in the plane, -sum m_i int lambda_b R^q dl + grad lambda_b int R^q dS. */
static ali_vec3 plane_gradient(const ali_face_frame *frame, const face_view *view,
                               const face_powers *sum, int n, int b)
{
    ali_vec3 value = ali_vec3_scale(-frame->rise[b] * sum->area[n], frame->outward[b]);
    for (int i = 0; i < 3; i++) {
        if (i == b)
            continue;
        double first =
            (odd_power(view->distance[last_of[i]], n) - odd_power(view->distance[next_of[i]], n)) /
            (2.0 * n + 1.0);
        double edge = sum->edge[n][i];
        double along = b == next_of[i] ? view->high[i] * edge - first : first - view->low[i] * edge;
        value = ali_vec3_axpy(value, -along / frame->length[i], frame->outward[i]);
    }
    return value;
}

void ali_face_gradients(const ali_face_frame *frame, ali_vec3 point, int powers,
                        ali_vec3 value[][3])
{
    if (is_far(frame, point)) {
        far_gradients(frame, point, powers, value);
        return;
    }
    face_view view = view_face(frame, point);
    face_powers sum = integrate_powers(&view, powers);
    /* across the plane q h int lambda_b R^(q-2) dS */
    double turn = view.height > 0.0 ? view.solid : view.height < 0.0 ? -view.solid : 0.0;
    for (int n = 0; n < powers; n++) {
        double across[3];
        for (int b = 0; b < 3; b++) {
            const double *slope = frame->slope[b], *line = view.line;
            if (n == 0)
                across[b] =
                    view.height * (slope[0] * line[0] + slope[1] * line[1] + slope[2] * line[2]) -
                    view.lambda[b] * turn;
        }
        if (n > 0) {
            linear_potential(frame, &view, &sum, n - 1, across);
            for (int b = 0; b < 3; b++)
                across[b] *= (2.0 * n - 1.0) * view.height;
        }
        for (int b = 0; b < 3; b++)
            value[n][b] =
                ali_vec3_axpy(plane_gradient(frame, &view, &sum, n, b), across[b], frame->normal);
    }
}

void ali_triangle_potential(const ali_flat_triangle *source, ali_vec3 point, double scalar[3])
{
    ali_face_frame frame;
    double value[1][3];
    ali_face_frame_init(&frame, source);
    ali_face_potentials(&frame, point, 1, value);
    for (int b = 0; b < 3; b++)
        scalar[b] = value[0][b] / (4.0 * ALI_PI * frame.area);
}

void ali_triangle_gradient(const ali_flat_triangle *source, ali_vec3 point, ali_vec3 gradient[3])
{
    ali_face_frame frame;
    ali_vec3 value[1][3];
    ali_face_frame_init(&frame, source);
    ali_face_gradients(&frame, point, 1, value);
    for (int b = 0; b < 3; b++)
        gradient[b] = ali_vec3_scale(1.0 / (4.0 * ALI_PI * frame.area), value[0][b]);
}
