/* SPDX-License-Identifier: Apache-2.0 */
#include "green/triangle_view.h"

#include "math/gauss_table.h"
#include "math/triangle_rule.h"

#include <math.h>

static void add_view_point(ali_triangle_view *view, const ali_flat_triangle *triangle,
                           const double lambda[3], double weight)
{
    size_t at = view->count++;
    const ali_vec3 *v = triangle->vertex;
    view->x[at] = lambda[0] * v[0].x + lambda[1] * v[1].x + lambda[2] * v[2].x;
    view->y[at] = lambda[0] * v[0].y + lambda[1] * v[1].y + lambda[2] * v[2].y;
    view->z[at] = lambda[0] * v[0].z + lambda[1] * v[1].z + lambda[2] * v[2].z;
    for (int b = 0; b < 3; b++)
        view->lambda[b][at] = lambda[b];
    view->weight[at] = weight;
}

void ali_triangle_view_pieces(ali_triangle_view *view, const ali_flat_triangle *triangle,
                              int points, int pieces)
{
    ali_triangle_rule rule = ali_triangle_rule_get(points);
    view->count = 0;
    for (int i = 0; i < pieces * pieces * rule.points; i++) {
        double lambda[3], weight = ali_triangle_rule_point(&rule, pieces, i, lambda);
        add_view_point(view, triangle, lambda, weight);
    }
}

/** Barycentric coordinates of a point of the triangle. */
static void barycentric(const ali_flat_triangle *triangle, ali_vec3 point, double lambda[3])
{
    ali_vec3 u = ali_vec3_sub(triangle->vertex[1], triangle->vertex[0]);
    ali_vec3 v = ali_vec3_sub(triangle->vertex[2], triangle->vertex[0]);
    ali_vec3 d = ali_vec3_sub(point, triangle->vertex[0]);
    ali_vec3 normal = ali_vec3_cross(u, v);
    double scale = 1.0 / ali_vec3_dot(normal, normal);
    lambda[1] = scale * ali_vec3_dot(ali_vec3_cross(d, v), normal);
    lambda[2] = scale * ali_vec3_dot(ali_vec3_cross(u, d), normal);
    for (int i = 1; i < 3; i++)
        lambda[i] = fmin(fmax(lambda[i], 0.0), 1.0);
    lambda[0] = fmax(0.0, 1.0 - lambda[1] - lambda[2]);
}

static int count_of(double least, double more, int most)
{
    double count = least + more;
    return count < most ? (int)count : most;
}

/** Points of the part between a point o of the triangle and one of its edges. Along a ray from o,
 *  s = s_0 sinh x; across, the same around the foot of o on the edge: the integrand changes where
 *  distances double.
 *  @param origin  barycentric coordinates of o */
static void view_part(ali_triangle_view *view, const ali_flat_triangle *triangle,
                      const double origin[3], int edge, ali_vec3 o, double scale,
                      const ali_view_fineness *fineness)
{
    int from = (edge + 1) % 3, to = (edge + 2) % 3;
    if (origin[edge] < 1e-10)
        return;
    ali_vec3 start = ali_vec3_sub(triangle->vertex[from], o);
    ali_vec3 end = ali_vec3_sub(triangle->vertex[to], o), along = ali_vec3_sub(end, start);
    double length = ali_vec3_norm(along);
    double foot = -ali_vec3_dot(start, along) / (length * length);
    double height = ali_vec3_norm(ali_vec3_axpy(start, foot, along)) / length;
    double low = asinh(-foot / height), high = asinh((1.0 - foot) / height);
    int across = count_of(fineness->least, fineness->angular * (high - low), fineness->angular_max);
    for (int i = 0; i < across; i++) {
        double x = 0.5 * (low + high) + 0.5 * (high - low) * ali_gauss_node(across)[i];
        double t = foot + height * sinh(x);
        double weight = 0.5 * (high - low) * ali_gauss_weight(across)[i] * height * cosh(x);
        double ray = ali_vec3_norm(ali_vec3_axpy(start, t, along));
        double first = fmin(fmax(scale / ray, fineness->closest), 1.0), range = asinh(1.0 / first);
        int count = count_of(fineness->least, fineness->radial * range + fineness->waves * ray,
                             fineness->radial_max);
        for (int j = 0; j < count; j++) {
            double y = 0.5 * range * (1.0 + ali_gauss_node(count)[j]), s = first * sinh(y);
            double w = 0.5 * range * ali_gauss_weight(count)[j] * first * cosh(y), lambda[3];
            for (int b = 0; b < 3; b++)
                lambda[b] = (1.0 - s) * origin[b];
            lambda[from] += s * (1.0 - t);
            lambda[to] += s * t;
            /* over the area: 2 s ds dt times the part's share of it */
            add_view_point(view, triangle, lambda, 2.0 * origin[edge] * s * w * weight);
        }
    }
}

void ali_triangle_view_around(ali_triangle_view *view, const ali_flat_triangle *triangle,
                              ali_vec3 o, double scale, const ali_view_fineness *fineness)
{
    double origin[3];
    barycentric(triangle, o, origin);
    view->count = 0;
    for (int edge = 0; edge < 3; edge++)
        view_part(view, triangle, origin, edge, o, scale, fineness);
}
