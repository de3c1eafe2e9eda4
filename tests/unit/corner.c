/* SPDX-License-Identifier: Apache-2.0 */
/* The current that enters a triangle at a vertex against brute force: its potential at a point is
 * that of straight filaments from the vertex, a logarithm each, summed by rules that are graded
 * towards the filament through the point; and that is summed over points of the other side. */
#include "green/corner.h"

#include "assert_close.h"
#include "base/constants.h"
#include "green/face_kernel.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "math/triangle_rule.h"

#include <math.h>
#include <string.h>

enum { ORDER = 2, GRADED_MAX = 400 };

/** Points on 0 … 1 in panels that shrink fourfold towards a place, 1 and 0. */
typedef struct graded_rule {
    int count;
    double point[GRADED_MAX], weight[GRADED_MAX];
} graded_rule;

static void add_panel(graded_rule *rule, double from, double to, int points)
{
    for (int i = 0; i < points; i++) {
        assert_true(rule->count < GRADED_MAX);
        rule->point[rule->count] =
            0.5 * (from + to) + 0.5 * (to - from) * ali_gauss_node(points)[i];
        rule->weight[rule->count++] = 0.5 * fabs(to - from) * ali_gauss_weight(points)[i];
    }
}

/** From `at` to `end`, panels shrinking towards `at`. */
static void add_graded(graded_rule *rule, double at, double end, int levels, int points)
{
    double part = 1.0;
    for (int i = 0; i < levels; i++, part *= 0.25)
        add_panel(rule, at + 0.25 * part * (end - at), at + part * (end - at), points);
    add_panel(rule, at, at + part * (end - at), points);
}

/** Towards both ends. */
static graded_rule both_ends(int levels, int points)
{
    graded_rule rule = {0};
    add_graded(&rule, 0.0, 0.5, levels, points);
    add_graded(&rule, 1.0, 0.5, levels, points);
    return rule;
}

static ali_vec3 filament(const ali_corner *c, double v)
{
    const ali_vec3 *p = c->triangle.vertex;
    ali_vec3 end = ali_vec3_scale(1.0 - v, p[(c->vertex + 1) % 3]);
    return ali_vec3_sub(ali_vec3_axpy(end, v, p[(c->vertex + 2) % 3]), p[c->vertex]);
}

/** int_0^1 du/|at - u d|, the textbook's logarithm in the form that does not cancel. */
static double filament_potential(ali_vec3 at, ali_vec3 d)
{
    double length = ali_vec3_norm(d), s = ali_vec3_dot(at, d) / length;
    double r0 = ali_vec3_norm(at), r1 = ali_vec3_distance(at, d);
    double rho2 = fmax(r0 * r0 - s * s, 1e-28 * (length * length + r0 * r0));
    double first = s > 0.0 ? s + r0 : rho2 / (r0 - s);
    double t = length - s, second = t > 0.0 ? t + r1 : rho2 / (r1 - t);
    return log(first * second / rho2) / length;
}

/** 1/(4 pi) int S/R dS at a point. */
static ali_vec3 brute_potential(const ali_corner *c, ali_vec3 point)
{
    ali_vec3 at = ali_vec3_sub(point, c->triangle.vertex[c->vertex]), sum = {0, 0, 0};
    ali_vec3 first = filament(c, 0.0), along = ali_vec3_sub(filament(c, 1.0), first);
    /* the filament nearest to the point: at = a first + b along has v = b/a */
    ali_vec3 n = ali_vec3_cross(first, along);
    double n2 = ali_vec3_dot(n, n);
    double a = ali_vec3_dot(ali_vec3_cross(at, along), n) / n2;
    double b = ali_vec3_dot(ali_vec3_cross(first, at), n) / n2;
    double v = a > 0.0 ? fmin(fmax(b / a, 0.0), 1.0) : 0.5;
    graded_rule rule = {0};
    if (v > 0.0)
        add_graded(&rule, v, 0.0, 11, 8);
    if (v < 1.0)
        add_graded(&rule, v, 1.0, 11, 8);
    for (int i = 0; i < rule.count; i++) {
        ali_vec3 d = filament(c, rule.point[i]);
        sum = ali_vec3_axpy(sum, rule.weight[i] * filament_potential(at, d), d);
    }
    return ali_vec3_scale(0.25 / ALI_PI, sum);
}

/** (e^{-jkR} - 1)/R */
static double complex rest_kernel(double k, double r)
{
    return r > 1e-12 ? (cexp(CMPLX(0.0, -k * r)) - 1.0) / r : CMPLX(0.0, -k);
}

/** 1/(4 pi) int S (e^{-jkR} - 1)/R dS at a point, by a plain product rule. */
static void rest_potential(const ali_corner *c, ali_vec3 point, double k, double complex sum[3])
{
    enum { POINTS = 16 };
    sum[0] = sum[1] = sum[2] = 0.0;
    for (int i = 0; i < POINTS * POINTS; i++) {
        double u = 0.5 + 0.5 * ali_gauss_node(POINTS)[i % POINTS];
        double v = 0.5 + 0.5 * ali_gauss_node(POINTS)[i / POINTS];
        double weight = 0.25 * ali_gauss_weight(POINTS)[i % POINTS] *
                        ali_gauss_weight(POINTS)[i / POINTS] / (4.0 * ALI_PI);
        ali_vec3 d = filament(c, v);
        ali_vec3 from = ali_vec3_axpy(c->triangle.vertex[c->vertex], u, d);
        double complex g = weight * rest_kernel(k, ali_vec3_distance(from, point));
        sum[0] += g * d.x;
        sum[1] += g * d.y;
        sum[2] += g * d.z;
    }
}

static void whole_potential(const ali_corner *c, ali_vec3 point, double k, double complex sum[3])
{
    ali_vec3 fixed = brute_potential(c, point);
    rest_potential(c, point, k, sum);
    sum[0] += fixed.x;
    sum[1] += fixed.y;
    sum[2] += fixed.z;
}

static double complex brute_corners(const ali_corner *a, const ali_corner *b, double k, int levels)
{
    graded_rule rule = both_ends(levels, 5);
    double complex sum = 0.0;
    for (int j = 0; j < rule.count; j++) {
        ali_vec3 d = filament(b, rule.point[j]);
        for (int i = 0; i < rule.count; i++) {
            double complex value[3];
            ali_vec3 at = ali_vec3_axpy(b->triangle.vertex[b->vertex], rule.point[i], d);
            whole_potential(a, at, k, value);
            sum += rule.weight[i] * rule.weight[j] *
                   (value[0] * d.x + value[1] * d.y + value[2] * d.z);
        }
    }
    return sum;
}

/* four faces around a vertex, a neighbour beyond the rim, and one that is far */
static const ali_vec3 top = {0, 0, 0}, east = {1, 0, 0.1}, north = {0.3, 0.9, 0},
                      west = {-0.8, 0.2, 0.2}, south = {0.1, -1.1, -0.3}, beyond = {1.2, 1.0, 0.4};

static ali_corner corner_at(ali_vec3 a, ali_vec3 b, ali_vec3 c, int vertex)
{
    return (ali_corner){{{a, b, c}}, vertex};
}

static void check_corners(const ali_corner *a, const ali_corner *b, double k, double tolerance)
{
    double complex wanted = brute_corners(a, b, k, 4);
    double scale = sqrt(creal(ali_corner_corner(a, a, 0.0)) * creal(ali_corner_corner(b, b, 0.0)));
    assert_close(ali_corner_corner(a, b, k), wanted, tolerance * scale);
    assert_close(ali_corner_corner(b, a, k), ali_corner_corner(a, b, k), 1e-6 * scale);
}

static void test_pairs_of_corners(void **state)
{
    (void)state;
    const ali_corner first = corner_at(top, east, north, 0);
    const ali_corner others[] = {
        first,                             /* itself */
        corner_at(north, west, top, 2),    /* the next around the vertex */
        corner_at(west, south, top, 2),    /* only the vertex in common */
        corner_at(top, east, north, 1),    /* another vertex of the face */
        corner_at(east, beyond, north, 0), /* the face beyond the rim, a common vertex */
        corner_at(east, beyond, north, 1), /* its far vertex */
        corner_at((ali_vec3){9, 1, 2}, (ali_vec3){9.5, 1, 2.5}, (ali_vec3){9, 2, 2}, 1),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        check_corners(&first, &others[i], 0.0, 4e-4);
        check_corners(&first, &others[i], 0.7, 4e-4);
    }
}

/** 1/(4 pi A') int S lambda_b g, from the triangle's side. */
static void brute_triangle(const ali_corner *c, const ali_flat_triangle *t, double k,
                           double complex value[3][3])
{
    graded_rule rule = both_ends(4, 5);
    memset(value, 0, 3 * sizeof *value);
    for (int j = 0; j < rule.count; j++)
        for (int i = 0; i < rule.count; i++) {
            double u = rule.point[i], v = rule.point[j];
            double lambda[3] = {1.0 - u, u * (1.0 - v), u * v};
            double weight = 2.0 * u * rule.weight[i] * rule.weight[j];
            double complex part[3];
            ali_vec3 at = {0, 0, 0};
            for (int b = 0; b < 3; b++)
                at = ali_vec3_axpy(at, lambda[b], t->vertex[b]);
            whole_potential(c, at, k, part);
            for (int b = 0; b < 3; b++)
                for (int d = 0; d < 3; d++)
                    value[b][d] += weight * lambda[b] * part[d];
        }
}

static void test_corner_with_triangles(void **state)
{
    (void)state;
    const ali_corner first = corner_at(top, east, north, 0);
    const ali_flat_triangle others[] = {{{top, east, north}},
                                        {{north, top, west}},
                                        {{west, south, top}},
                                        {{east, beyond, north}},
                                        {{beyond, {1.3, 1.6, 0.4}, {0.4, 1.4, 0.2}}},
                                        {{{5, 5, 5}, {5, 6, 5}, {6, 5, 5.5}}}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (int trial = 0; trial < 2; trial++) {
            double k = trial ? 0.7 : 0.0, largest = 0.0;
            double complex wanted[3][3], value[3][3], own[3][3];
            brute_triangle(&first, &others[i], k, wanted);
            ali_corner_triangle(&first, &others[i], k, value);
            ali_corner_triangle(&first, &first.triangle, k, own);
            for (int b = 0; b < 9; b++)
                largest = fmax(largest, cabs(own[b / 3][b % 3]));
            for (int b = 0; b < 9; b++)
                assert_close(value[b / 3][b % 3], wanted[b / 3][b % 3], 5e-5 * largest);
        }
}

static void brute_tube(const ali_corner *c, const ali_tube *tube, double k,
                       double complex (*value)[3])
{
    enum { ANGLES = 24 };
    graded_rule rule = both_ends(7, 5);
    ali_vec3 other = {fabs(tube->dir.x) < 0.6, fabs(tube->dir.x) >= 0.6, 0.0};
    ali_vec3 x = ali_vec3_cross(tube->dir, other), y;
    x = ali_vec3_scale(1.0 / ali_vec3_norm(x), x);
    y = ali_vec3_cross(tube->dir, x);
    memset(value, 0, (ORDER + 1) * sizeof *value);
    for (int i = 0; i < rule.count; i++)
        for (int a = 0; a < ANGLES; a++) {
            double u = 2.0 * rule.point[i] - 1.0, phi = 2.0 * ALI_PI * (a + 0.3) / ANGLES;
            double legendre[ORDER + 1], weight = 2.0 * rule.weight[i] * tube->half / ANGLES;
            double complex part[3];
            ali_vec3 at = ali_vec3_axpy(tube->mid, u * tube->half, tube->dir);
            at = ali_vec3_axpy(at, tube->radius * cos(phi), x);
            at = ali_vec3_axpy(at, tube->radius * sin(phi), y);
            ali_legendre(u, ORDER, legendre);
            whole_potential(c, at, k, part);
            for (int q = 0; q <= ORDER; q++)
                for (int d = 0; d < 3; d++)
                    value[q][d] += weight * legendre[q] * part[d];
        }
}

static void test_corner_with_tubes(void **state)
{
    (void)state;
    const ali_corner first = corner_at(top, east, north, 0);
    const ali_tube tubes[] = {
        {.mid = {0, 0, 0.5}, .dir = {0, 0, 1}, .half = 0.5, .radius = 0.02}, /* the attached wire */
        {.mid = {0.12, -0.16, 0.0}, .dir = {0.6, -0.8, 0.0}, .half = 0.2, .radius = 0.001},
        {.mid = {0.4, 0.3, 0.3}, .dir = {0.8, 0.6, 0.0}, .half = 0.4, .radius = 0.01},
        {.mid = {6, 2, 1}, .dir = {0, 0.6, 0.8}, .half = 0.5, .radius = 0.01}};
    for (size_t i = 0; i < sizeof tubes / sizeof *tubes; i++)
        for (int trial = 0; trial < 2; trial++) {
            double k = trial ? 0.7 : 0.0, largest = 0.0;
            double complex wanted[ORDER + 1][3], value[ORDER + 1][3];
            brute_tube(&first, &tubes[i], k, wanted);
            ali_corner_tube(&first, &tubes[i], ORDER, k, value);
            for (int q = 0; q <= ORDER; q++)
                for (int d = 0; d < 3; d++)
                    largest = fmax(largest, cabs(wanted[q][d]));
            for (int q = 0; q <= ORDER; q++)
                for (int d = 0; d < 3; d++)
                    assert_close(value[q][d], wanted[q][d], 1e-3 * largest);
        }
}

/** The kernels with the rule for pairs that are not near, for every vertex and at all distances
 * from the smallest on. */
static void test_far_rule(void **state)
{
    (void)state;
    const ali_flat_triangle face = {{top, east, north}};
    const double k = 0.7;
    for (int vertex = 0; vertex < 3; vertex++)
        for (int trial = 0; trial < 8; trial++) {
            const ali_corner corner = {face, vertex};
            ali_vec3 shift = {4.1 * (1.0 + 0.2 * trial), 0.3, trial % 2 ? 1.5 : -0.4};
            ali_flat_triangle other = {
                {ali_vec3_add(top, shift), ali_vec3_add(west, shift), ali_vec3_add(south, shift)}};
            ali_corner_far far;
            ali_face_task task = {.triangle = face,
                                  .rule = ali_corner_far_rule(vertex, &far),
                                  .others = {.count = 1},
                                  .other_rule = ali_triangle_rule_get(7),
                                  .k = k};
            double geometry[9][ALI_FAR_LANES], re[9 * ALI_FAR_LANES], im[9 * ALI_FAR_LANES];
            for (int c = 0; c < 9; c++) {
                const ali_vec3 *p = &other.vertex[c / 3];
                for (int i = 0; i < ALI_FAR_LANES; i++)
                    geometry[c][i] = c % 3 == 0 ? p->x : c % 3 == 1 ? p->y : p->z;
                task.others.vertex[c / 3][c % 3] = geometry[c];
            }
            ali_vec3 middle = ali_vec3_scale(
                1.0 / 3.0,
                ali_vec3_add(other.vertex[0], ali_vec3_add(other.vertex[1], other.vertex[2])));
            assert_true(ali_corner_is_far(&corner, middle, 1.66));
            ali_face_kernel_best()->moments(&task, ALI_FAR_LANES, re, im);
            double complex wanted[3][3], own[3][3];
            double scale = 0.0;
            brute_triangle(&corner, &other, k, wanted);
            ali_corner_triangle(&corner, &face, k, own);
            for (int i = 0; i < 9; i++)
                scale = fmax(scale, cabs(own[i / 3][i % 3]));
            ali_vec3 first = filament(&corner, 0.0), last = filament(&corner, 1.0);
            for (int b = 0; b < 3; b++) {
                int one = (vertex + 1) % 3 * 3 + b, two = (vertex + 2) % 3 * 3 + b;
                double complex m1 = CMPLX(re[one * ALI_FAR_LANES], im[one * ALI_FAR_LANES]);
                double complex m2 = CMPLX(re[two * ALI_FAR_LANES], im[two * ALI_FAR_LANES]);
                assert_close(m1 * first.x + m2 * last.x, wanted[b][0], 2e-5 * scale);
                assert_close(m1 * first.y + m2 * last.y, wanted[b][1], 2e-5 * scale);
                assert_close(m1 * first.z + m2 * last.z, wanted[b][2], 2e-5 * scale);
            }
        }
}

/** S is divergence-free and leaves straight across the edge: its flux through any line from edge to
 *  edge is 1, and its rule gives exact moments. */
static void test_rule_and_overlap(void **state)
{
    (void)state;
    const ali_corner first = corner_at(top, east, north, 0);
    ali_vec3 point[ALI_CORNER_POINTS_MAX], moment[ALI_CORNER_POINTS_MAX], sum = {0, 0, 0};
    int count = ali_corner_rule(&first, 4, point, moment);
    assert_int_equal(count, 16);
    for (int i = 0; i < count; i++)
        sum = ali_vec3_add(sum, moment[i]);
    /* int S dS is the mean filament */
    ali_vec3 mean = ali_vec3_scale(0.5, ali_vec3_add(east, north));
    assert_close(ali_vec3_distance(sum, mean), 0.0, 1e-14);
    const ali_vec3 *p = first.triangle.vertex;
    double area =
        0.5 * ali_vec3_norm(ali_vec3_cross(ali_vec3_sub(p[1], p[0]), ali_vec3_sub(p[2], p[0])));
    for (int i = 0; i < 3; i++) {
        double length = ali_vec3_distance(p[(i + 1) % 3], p[(i + 2) % 3]), wanted = 0.0;
        for (int a = 0; a < 20 * 20; a++) {
            double u = 0.5 + 0.5 * ali_gauss_node(20)[a % 20];
            double v = 0.5 + 0.5 * ali_gauss_node(20)[a / 20];
            ali_vec3 d = filament(&first, v), at = ali_vec3_axpy(top, u, d);
            wanted += 0.25 * ali_gauss_weight(20)[a % 20] * ali_gauss_weight(20)[a / 20] *
                      ali_vec3_dot(d, ali_vec3_sub(at, p[i])) * length / (2.0 * area);
        }
        assert_close(ali_corner_overlap(&first, i), wanted, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs_of_corners),  cmocka_unit_test(test_corner_with_triangles),
        cmocka_unit_test(test_corner_with_tubes), cmocka_unit_test(test_far_rule),
        cmocka_unit_test(test_rule_and_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
