/* SPDX-License-Identifier: Apache-2.0 */
#include "green/corner.h"

#include "base/constants.h"
#include "green/ring.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "math/triangle_rule.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Points per direction of a rule: for what is far, near, and touches. */
enum { FAR_POINTS = 3, BATCH_POINTS = 4, NEAR_POINTS = 6, TOUCHING_POINTS = 12, INNER_POINTS = 12 };
/** Distance of the middles over the larger size from which a pair is far. */
static const double FAR_SIZES = 4.0, BATCH_SIZES = 2.0;

/** From the vertex to the point of the opposite edge at v, 0 … 1. */
static ali_vec3 filament(const ali_corner *corner, double v)
{
    const ali_vec3 *p = corner->triangle.vertex;
    ali_vec3 from = p[corner->vertex], first = p[(corner->vertex + 1) % 3],
             second = p[(corner->vertex + 2) % 3];
    return ali_vec3_sub(ali_vec3_axpy(first, v, ali_vec3_sub(second, first)), from);
}

/** Product rule over u and v; graded: points crowd at all rims, x^2 (3 - 2 x) for x. */
static int product_rule(const ali_corner *corner, int n, bool graded, ali_vec3 *point,
                        ali_vec3 *moment)
{
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    double place[ALI_CORNER_SIDE_MAX], share[ALI_CORNER_SIDE_MAX];
    int count = 0;
    for (int i = 0; i < n; i++) {
        double x = 0.5 + 0.5 * node[i];
        place[i] = graded ? x * x * (3.0 - 2.0 * x) : x;
        share[i] = 0.5 * weight[i] * (graded ? 6.0 * x * (1.0 - x) : 1.0);
    }
    for (int j = 0; j < n; j++) {
        ali_vec3 d = filament(corner, place[j]);
        for (int i = 0; i < n; i++) {
            point[count] = ali_vec3_axpy(corner->triangle.vertex[corner->vertex], place[i], d);
            moment[count++] = ali_vec3_scale(share[i] * share[j], d);
        }
    }
    return count;
}

int ali_corner_rule(const ali_corner *corner, int n, ali_vec3 *point, ali_vec3 *moment)
{
    return product_rule(corner, n, false, point, moment);
}

static ali_vec3 middle_of(const ali_flat_triangle *triangle)
{
    const ali_vec3 *p = triangle->vertex;
    return ali_vec3_scale(1.0 / 3.0, ali_vec3_add(p[0], ali_vec3_add(p[1], p[2])));
}

static double size_of(const ali_flat_triangle *triangle)
{
    double size = 0.0;
    for (int i = 0; i < 3; i++)
        size = fmax(size, ali_vec3_distance(triangle->vertex[i], triangle->vertex[(i + 1) % 3]));
    return size;
}

ali_triangle_rule ali_corner_far_rule(int vertex, ali_corner_far *far)
{
    const double *node = ali_gauss_node(BATCH_POINTS), *weight = ali_gauss_weight(BATCH_POINTS);
    _Static_assert(BATCH_POINTS * BATCH_POINTS == sizeof far->weight / sizeof *far->weight,
                   "as many");
    for (int i = 0; i < BATCH_POINTS * BATCH_POINTS; i++) {
        double u = 0.5 + 0.5 * node[i % BATCH_POINTS], v = 0.5 + 0.5 * node[i / BATCH_POINTS];
        far->lambda[i][vertex] = 1.0 - u;
        far->lambda[i][(vertex + 1) % 3] = u * (1.0 - v);
        far->lambda[i][(vertex + 2) % 3] = u * v;
        /* over u: S dS is (p_1 - p) (1 - v) + (p_2 - p) v, without the u of the coordinates */
        far->weight[i] = 0.25 * weight[i % BATCH_POINTS] * weight[i / BATCH_POINTS] / u;
    }
    return (ali_triangle_rule){.points = BATCH_POINTS * BATCH_POINTS,
                               .lambda = (const double(*)[3])far->lambda,
                               .weight = far->weight};
}

bool ali_corner_is_far(const ali_corner *corner, ali_vec3 middle, double length)
{
    double size = fmax(size_of(&corner->triangle), length);
    return ali_vec3_distance(middle_of(&corner->triangle), middle) > BATCH_SIZES * size;
}

/** (e^{-jkR} - 1)/R, finite at R = 0. */
static double complex rest(double k, double distance)
{
    double phase = k * distance;
    if (phase < 1e-4)
        return CMPLX(-0.5 * k * phase, -k);
    double sine = sin(0.5 * phase);
    return CMPLX(-2.0 * sine * sine, -sin(phase)) / distance;
}

/** What a triangle's lambda_b do at a point, 1/(4 pi A') int lambda_b g dS'. */
static void triangle_at(const ali_flat_triangle *source, ali_vec3 point, double k, bool near,
                        double complex value[3])
{
    double fixed[3] = {0.0, 0.0, 0.0};
    ali_triangle_rule rule = ali_triangle_rule_get(7);
    if (near)
        ali_triangle_potential(source, point, fixed);
    for (int b = 0; b < 3; b++)
        value[b] = fixed[b];
    for (int j = 0; j < rule.points; j++) {
        const ali_vec3 *p = source->vertex;
        const double *lambda = rule.lambda[j];
        ali_vec3 from = ali_vec3_axpy(
            ali_vec3_axpy(ali_vec3_scale(lambda[0], p[0]), lambda[1], p[1]), lambda[2], p[2]);
        double distance = ali_vec3_distance(from, point);
        double complex g = near ? rest(k, distance) : cexp(CMPLX(0.0, -k * distance)) / distance;
        for (int b = 0; b < 3; b++)
            value[b] += rule.weight[j] * lambda[b] * g / (4.0 * ALI_PI);
    }
}

static void add_vector(double complex *sum, double complex factor, ali_vec3 vector)
{
    sum[0] += factor * vector.x;
    sum[1] += factor * vector.y;
    sum[2] += factor * vector.z;
}

void ali_corner_triangle(const ali_corner *corner, const ali_flat_triangle *b, double k,
                         double complex value[3][3])
{
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    double distance = ali_vec3_distance(middle_of(&corner->triangle), middle_of(b));
    double size = fmax(size_of(&corner->triangle), size_of(b));
    bool far = distance > FAR_SIZES * size, near = distance < 1.5 * size;
    int count = ali_corner_rule(corner,
                                far    ? FAR_POINTS
                                : near ? TOUCHING_POINTS
                                       : NEAR_POINTS,
                                point, moment);
    memset(value, 0, 3 * sizeof *value);
    for (int i = 0; i < count; i++) {
        double complex potential[3];
        triangle_at(b, point[i], k, !far, potential);
        for (int q = 0; q < 3; q++)
            add_vector(value[q], potential[q], moment[i]);
    }
}

/** P_q(u) of a tube at a point, 1/(4 pi) int P_q g ds with the ring kernel: along the axis graded
 * towards the point's projection, where the kernel peaks. */
static void tube_at(const ali_tube *tube, ali_vec3 point, int order, double k,
                    double complex *value)
{
    ali_vec3 d = ali_vec3_sub(point, tube->mid);
    double s = ali_vec3_dot(d, tube->dir);
    double rho = ali_vec3_norm(ali_vec3_axpy(d, -s, tube->dir));
    double peak = fmin(fmax(s, -tube->half), tube->half);
    double width = fmax(hypot(rho - tube->radius, s - peak), 1e-3 * tube->radius);
    const double *node = ali_gauss_node(INNER_POINTS), *weight = ali_gauss_weight(INNER_POINTS);
    memset(value, 0, ((size_t)order + 1) * sizeof *value);
    for (int side = -1; side <= 1; side += 2) {
        double length = side * tube->half - peak; /* signed */
        if (length == 0.0)
            continue;
        /* s = width sinh t takes the peak out */
        double end = asinh(fabs(length) / width);
        for (int j = 0; j < INNER_POINTS; j++) {
            double t = 0.5 * end * (1.0 + node[j]);
            double step = width * sinh(t), place = peak + copysign(step, length);
            double legendre[ALI_TUBE_ORDER_MAX + 1];
            ali_ring ring = ali_ring_kernel(k, tube->radius, rho - tube->radius, s - place);
            ali_legendre(place / tube->half, order, legendre);
            for (int q = 0; q <= order; q++)
                value[q] += 0.5 * end * weight[j] * width * cosh(t) * legendre[q] * ring.value;
        }
    }
}

void ali_corner_tube(const ali_corner *corner, const ali_tube *tube, int order, double k,
                     double complex (*value)[3])
{
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    double distance = ali_vec3_distance(middle_of(&corner->triangle), tube->mid);
    double size = fmax(size_of(&corner->triangle), 2.0 * tube->half);
    bool touching = distance < size;
    int count = product_rule(corner,
                             distance > FAR_SIZES * size ? FAR_POINTS
                             : touching                  ? TOUCHING_POINTS
                                                         : NEAR_POINTS,
                             touching, point, moment);
    memset(value, 0, ((size_t)order + 1) * sizeof *value);
    for (int i = 0; i < count; i++) {
        double complex potential[ALI_TUBE_ORDER_MAX + 1];
        tube_at(tube, point[i], order, k, potential);
        for (int q = 0; q <= order; q++)
            add_vector(value[q], potential[q], moment[i]);
    }
}

/* ---- two corners ---- */

/** int_0^1 dt/|d - t d'|. */
static double along_filament(ali_vec3 d, ali_vec3 e)
{
    double length = ali_vec3_norm(e), from = ali_vec3_dot(d, e) / length;
    double across = ali_vec3_norm(ali_vec3_axpy(d, -from / length, e));
    double floor = 1e-14 * (length + fabs(from)); /* parallel filaments do not occur in a rule */
    across = fmax(across, floor);
    return (asinh(from / across) + asinh((length - from) / across)) / length;
}

/** Static part of two corners at one vertex: filaments d u and d' u' from it, u' = u t or u = u' t,
 *  int int d.d'/|u d - u' d'| du du' = int (1/|d - t d'| + 1/|t d - d'|) dt d.d'. The integrand
 * over v and v' has a logarithmic singularity where two filaments coincide: each panel of v' is
 * graded towards v, and both towards their ends, where those of neighbouring faces meet. */
static double common_vertex(const ali_corner *a, const ali_corner *b)
{
    const double *node = ali_gauss_node(TOUCHING_POINTS),
                 *weight = ali_gauss_weight(TOUCHING_POINTS);
    double sum = 0.0;
    for (int half = 0; half < 2; half++)
        for (int i = 0; i < TOUCHING_POINTS; i++) {
            double x = 0.5 + 0.5 * node[i], graded = 0.5 * x * x * x;
            double v = half ? 1.0 - graded : graded;
            double weight_v = 0.5 * weight[i] * 1.5 * x * x;
            ali_vec3 d = filament(a, v);
            for (int panel = 0; panel < 4; panel++) {
                /* from v to an end, each halved and graded to both of its ends */
                double end = panel < 2 ? 0.0 : 1.0, mid = 0.5 * (v + end);
                double towards = panel % 2 ? end : v, length = mid - towards;
                for (int j = 0; j < TOUCHING_POINTS; j++) {
                    double y = 0.5 + 0.5 * node[j];
                    ali_vec3 e = filament(b, towards + length * y * y * y);
                    double weight_w = 0.5 * weight[j] * 3.0 * y * y * fabs(length);
                    sum += weight_v * weight_w * ali_vec3_dot(d, e) *
                           (along_filament(d, e) + along_filament(e, d));
                }
            }
        }
    return sum / (4.0 * ALI_PI);
}

/** S at a point of the corner's plane. */
static ali_vec3 density(const ali_corner *corner, ali_vec3 point)
{
    const ali_vec3 *p = corner->triangle.vertex;
    ali_vec3 from = p[corner->vertex], edge = filament(corner, 0.0), other = filament(corner, 1.0);
    ali_vec3 along = ali_vec3_sub(other, edge), normal = ali_vec3_cross(edge, other);
    ali_vec3 d = ali_vec3_sub(point, from), up = ali_vec3_cross(along, normal);
    double u = ali_vec3_dot(d, up) / ali_vec3_dot(edge, up);
    return ali_vec3_scale(1.0 / (ali_vec3_norm(normal) * u * u), d);
}

/** Static part of corners at different vertices. On one triangle both densities are smooth where
 * the kernel is singular: S' at the point of S is taken with the whole triangle's potential, which
 * is known, and the difference has no singularity. */
static double different_vertices(const ali_corner *a, const ali_corner *b, bool same)
{
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    ali_vec3 other[ALI_CORNER_POINTS_MAX], other_moment[ALI_CORNER_POINTS_MAX];
    int count = ali_corner_rule(a, TOUCHING_POINTS, point, moment);
    int others = ali_corner_rule(b, TOUCHING_POINTS - 1, other, other_moment);
    const ali_vec3 *p = b->triangle.vertex;
    double twice_area =
        ali_vec3_norm(ali_vec3_cross(ali_vec3_sub(p[1], p[0]), ali_vec3_sub(p[2], p[0])));
    double sum = 0.0;
    for (int i = 0; i < count; i++) {
        ali_vec3 here = same ? density(b, point[i]) : (ali_vec3){0.0, 0.0, 0.0};
        for (int j = 0; j < others; j++) {
            double distance = ali_vec3_distance(point[i], other[j]);
            /* dS of a point is its moment's length over that of S */
            double area =
                same ? ali_vec3_norm(other_moment[j]) / ali_vec3_norm(density(b, other[j])) : 0.0;
            ali_vec3 there = ali_vec3_axpy(other_moment[j], -area, here);
            sum += ali_vec3_dot(moment[i], there) / (4.0 * ALI_PI * distance);
        }
        if (same) {
            double whole[3];
            ali_triangle_potential(&b->triangle, point[i], whole);
            sum +=
                ali_vec3_dot(moment[i], here) * 0.5 * twice_area * (whole[0] + whole[1] + whole[2]);
        }
    }
    return sum;
}

static bool same_triangle(const ali_flat_triangle *a, const ali_flat_triangle *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

double complex ali_corner_corner(const ali_corner *a, const ali_corner *b, double k)
{
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    ali_vec3 other[ALI_CORNER_POINTS_MAX], other_moment[ALI_CORNER_POINTS_MAX];
    double size = fmax(size_of(&a->triangle), size_of(&b->triangle));
    double apart = ali_vec3_distance(a->triangle.vertex[a->vertex], b->triangle.vertex[b->vertex]);
    bool far =
        ali_vec3_distance(middle_of(&a->triangle), middle_of(&b->triangle)) > FAR_SIZES * size;
    int count = ali_corner_rule(a, far ? FAR_POINTS : NEAR_POINTS, point, moment);
    int others = ali_corner_rule(b, far ? FAR_POINTS : NEAR_POINTS, other, other_moment);
    double complex sum = 0.0;
    for (int i = 0; i < count; i++)
        for (int j = 0; j < others; j++) {
            double distance = ali_vec3_distance(point[i], other[j]);
            sum += ali_vec3_dot(moment[i], other_moment[j]) *
                   (far ? cexp(CMPLX(0.0, -k * distance)) / distance : rest(k, distance));
        }
    sum /= 4.0 * ALI_PI;
    if (far)
        return sum;
    if (apart < 1e-9 * size)
        return sum + common_vertex(a, b);
    bool same = same_triangle(&a->triangle, &b->triangle);
    return sum + 0.5 * (different_vertices(a, b, same) + different_vertices(b, a, same));
}

double ali_corner_overlap(const ali_corner *corner, int i)
{
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    const ali_vec3 *p = corner->triangle.vertex;
    int count = ali_corner_rule(corner, FAR_POINTS, point, moment);
    ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(p[1], p[0]), ali_vec3_sub(p[2], p[0]));
    double length = ali_vec3_distance(p[(i + 1) % 3], p[(i + 2) % 3]), sum = 0.0;
    for (int q = 0; q < count; q++)
        sum += ali_vec3_dot(moment[q], ali_vec3_sub(point[q], p[i]));
    return sum * length / ali_vec3_norm(normal);
}

/** int_radius^|d| du/u along every filament. */
static double cut_square(const ali_corner *corner, double radius)
{
    const double *node = ali_gauss_node(TOUCHING_POINTS),
                 *weight = ali_gauss_weight(TOUCHING_POINTS);
    ali_vec3 first = filament(corner, 0.0), last = filament(corner, 1.0);
    double twice_area = ali_vec3_norm(ali_vec3_cross(first, last)), sum = 0.0;
    for (int i = 0; i < TOUCHING_POINTS; i++) {
        double length = ali_vec3_norm(filament(corner, 0.5 + 0.5 * node[i]));
        if (length > radius)
            sum += 0.5 * weight[i] * length * length / twice_area * log(length / radius);
    }
    return sum;
}

double ali_corner_square(const ali_corner *a, const ali_corner *b, double radius)
{
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX];
    if (a->vertex == b->vertex)
        return cut_square(a, radius);
    int count = product_rule(a, TOUCHING_POINTS, true, point, moment);
    double sum = 0.0;
    for (int i = 0; i < count; i++)
        sum += ali_vec3_dot(moment[i], density(b, point[i]));
    return sum;
}
