/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_TRIANGLE_REFERENCE_H
#define TESTS_UNIT_TRIANGLE_REFERENCE_H

#include "green/triangle.h"
#include "math/gauss_table.h"
#include "math/triangle_rule.h"

#include <math.h>
#include <string.h>

/** @file
 *  Brute force over two triangles that shares nothing with src/green: touching pairs by the
 *  four-dimensional transformations of [SauterSchwab:2011] chapter 5, which lift the singularity,
 *  and a product of Gauss rules; others by cutting the larger triangle until both are small against
 *  their distance. */

enum { REFERENCE_VALUES = 18 };

/** Kernel between two points, d = r - r'; fills `values` numbers. */
typedef struct reference_kernel {
    int values;
    void (*kernel)(ali_vec3 d, double k, double *value);
    double k;
} reference_kernel;

/** Sums int int lambda_a lambda'_b f/(A A') at [value][a][b]. */
typedef double reference_moments[REFERENCE_VALUES][3][3];

static inline ali_vec3 reference_point(const ali_flat_triangle *t, const double lambda[3])
{
    ali_vec3 p = ali_vec3_scale(lambda[0], t->vertex[0]);
    p = ali_vec3_axpy(p, lambda[1], t->vertex[1]);
    return ali_vec3_axpy(p, lambda[2], t->vertex[2]);
}

static inline double reference_area(const ali_flat_triangle *t)
{
    return 0.5 * ali_vec3_norm(ali_vec3_cross(ali_vec3_sub(t->vertex[1], t->vertex[0]),
                                              ali_vec3_sub(t->vertex[2], t->vertex[0])));
}

static inline void reference_add(const ali_flat_triangle *a, const ali_flat_triangle *b,
                                 const double la[3], const double lb[3], double weight,
                                 const reference_kernel *f, reference_moments sum)
{
    double value[REFERENCE_VALUES];
    f->kernel(ali_vec3_sub(reference_point(a, la), reference_point(b, lb)), f->k, value);
    for (int v = 0; v < f->values; v++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                sum[v][i][j] += weight * la[i] * lb[j] * value[v];
}

/** Points of the reference triangle 0 <= x2 <= x1 <= 1 of the regions of a pair with `common`
 *  vertices, and the Jacobian. Returns the number of regions. */
static inline int reference_regions(int common, double e, double f, double g, double h,
                                    double x[6][4], double *jacobian)
{
    static const int regions[4] = {0, 2, 5, 6};
    if (common == 1) {
        double p[2][4] = {{1, f, g, g * h}, {g, g * h, 1, f}};
        memcpy(x, p, sizeof p);
        jacobian[0] = jacobian[1] = e * e * e * g;
    } else if (common == 2) {
        double p[5][4] = {{1, f * h, 1 - f * g, f * (1 - g)},
                          {1, f, 1 - f * g * h, f * g * (1 - h)},
                          {1 - f * g, f * (1 - g), 1, f * g * h},
                          {1 - f * g * h, f * g * (1 - h), 1, f},
                          {1 - f * g * h, f * (1 - g * h), 1, f * g}};
        memcpy(x, p, sizeof p);
        for (int i = 0; i < 5; i++)
            jacobian[i] = e * e * e * f * f * (i ? g : 1.0);
    } else {
        double p[6][4] = {{1, 1 - f + f * g, 1 - f * g * h, 1 - f},
                          {1 - f * g * h, 1 - f, 1, 1 - f + f * g},
                          {1, f * (1 - g + g * h), 1 - f * g, f * (1 - g)},
                          {1 - f * g, f * (1 - g), 1, f * (1 - g + g * h)},
                          {1 - f * g * h, f * (1 - g * h), 1, f * (1 - g)},
                          {1, f * (1 - g), 1 - f * g * h, f * (1 - g * h)}};
        memcpy(x, p, sizeof p);
        for (int i = 0; i < 6; i++)
            jacobian[i] = e * e * e * f * f * g;
    }
    for (int i = 0; i < regions[common]; i++)
        for (int c = 0; c < 4; c++)
            x[i][c] *= e;
    return regions[common];
}

/** Touching triangles, their `common` vertices the first ones of both, by n^4 points per region. */
static inline void reference_touching(const ali_flat_triangle *a, const ali_flat_triangle *b,
                                      int common, int n, const reference_kernel *kernel,
                                      reference_moments sum)
{
    const double *node = ali_gauss_node(n), *weight = ali_gauss_weight(n);
    memset(sum, 0, sizeof(reference_moments));
    for (int m = 0; m < n * n * n * n; m++) {
        int at[4] = {m % n, m / n % n, m / n / n % n, m / n / n / n};
        double u[4], w = 1.0, x[6][4], jacobian[6];
        for (int c = 0; c < 4; c++) {
            u[c] = 0.5 * (1.0 + node[at[c]]);
            w *= 0.5 * weight[at[c]];
        }
        int regions = reference_regions(common, u[0], u[1], u[2], u[3], x, jacobian);
        for (int i = 0; i < regions; i++) {
            double la[3] = {1.0 - x[i][0], x[i][0] - x[i][1], x[i][1]};
            double lb[3] = {1.0 - x[i][2], x[i][2] - x[i][3], x[i][3]};
            /* twice the area each */
            reference_add(a, b, la, lb, 4.0 * w * jacobian[i], kernel, sum);
        }
    }
}

/** A part of a triangle: the barycentric coordinates of its corners. */
typedef struct reference_part {
    double corner[3][3];
} reference_part;

static inline void reference_cut(const reference_part *part, reference_part quarters[4])
{
    double middle[3][3];
    for (int i = 0; i < 3; i++)
        for (int c = 0; c < 3; c++)
            middle[i][c] = 0.5 * (part->corner[(i + 1) % 3][c] + part->corner[(i + 2) % 3][c]);
    for (int i = 0; i < 3; i++)
        for (int c = 0; c < 3; c++) {
            quarters[i].corner[0][c] = part->corner[i][c];
            quarters[i].corner[1][c] = middle[(i + 2) % 3][c];
            quarters[i].corner[2][c] = middle[(i + 1) % 3][c];
            quarters[3].corner[i][c] = middle[i][c];
        }
}

static inline void reference_ball(const ali_flat_triangle *t, const reference_part *part,
                                  ali_vec3 *middle, double *radius)
{
    ali_vec3 corner[3];
    *middle = (ali_vec3){0.0, 0.0, 0.0};
    *radius = 0.0;
    for (int i = 0; i < 3; i++) {
        corner[i] = reference_point(t, part->corner[i]);
        *middle = ali_vec3_axpy(*middle, 1.0 / 3.0, corner[i]);
    }
    for (int i = 0; i < 3; i++)
        *radius = fmax(*radius, ali_vec3_distance(*middle, corner[i]));
}

static inline void reference_parts(const ali_flat_triangle *a, const ali_flat_triangle *b,
                                   const reference_part *pa, const reference_part *pb,
                                   double weight, double sizes, int depth,
                                   const reference_kernel *kernel, reference_moments sum)
{
    ali_vec3 ma, mb;
    double ra, rb;
    reference_ball(a, pa, &ma, &ra);
    reference_ball(b, pb, &mb, &rb);
    if (depth == 0 || ali_vec3_distance(ma, mb) - ra - rb > sizes * fmax(ra, rb)) {
        ali_triangle_rule rule = ali_triangle_rule_get(12);
        for (int i = 0; i < rule.points; i++)
            for (int j = 0; j < rule.points; j++) {
                double la[3] = {0, 0, 0}, lb[3] = {0, 0, 0};
                for (int c = 0; c < 9; c++) {
                    la[c % 3] += rule.lambda[i][c / 3] * pa->corner[c / 3][c % 3];
                    lb[c % 3] += rule.lambda[j][c / 3] * pb->corner[c / 3][c % 3];
                }
                reference_add(a, b, la, lb, weight * rule.weight[i] * rule.weight[j], kernel, sum);
            }
        return;
    }
    reference_part quarters[4];
    reference_cut(ra > rb ? pa : pb, quarters);
    for (int i = 0; i < 4; i++)
        reference_parts(a, b, ra > rb ? &quarters[i] : pa, ra > rb ? pb : &quarters[i],
                        0.25 * weight, sizes, depth - 1, kernel, sum);
}

/** Triangles apart, in parts whose distance is more than `sizes` times their radii. */
static inline void reference_apart(const ali_flat_triangle *a, const ali_flat_triangle *b,
                                   double sizes, const reference_kernel *kernel,
                                   reference_moments sum)
{
    static const reference_part whole = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    memset(sum, 0, sizeof(reference_moments));
    reference_parts(a, b, &whole, &whole, 1.0, sizes, 40, kernel, sum);
}

/** Bring the vertices that two triangles share to the front of both: vertex i was order[i] before.
 * Returns how many there are. */
static inline int reference_sort(ali_flat_triangle *a, ali_flat_triangle *b, int order_a[3],
                                 int order_b[3])
{
    const ali_flat_triangle from_a = *a, from_b = *b;
    int common = 0;
    for (int i = 0; i < 3; i++)
        order_a[i] = order_b[i] = i;
    for (int i = 0; i < 3; i++)
        for (int j = common; j < 3; j++)
            if (ali_vec3_distance(from_a.vertex[order_a[i]], from_b.vertex[order_b[j]]) < 1e-9) {
                int swap = order_a[i];
                order_a[i] = order_a[common];
                order_a[common] = swap;
                swap = order_b[j];
                order_b[j] = order_b[common];
                order_b[common++] = swap;
                break;
            }
    for (int i = 0; i < 3; i++) {
        a->vertex[i] = from_a.vertex[order_a[i]];
        b->vertex[i] = from_b.vertex[order_b[i]];
    }
    return common;
}

/** Any two triangles of similar size, touching or apart. */
static inline void reference_any(ali_flat_triangle a, ali_flat_triangle b,
                                 const reference_kernel *kernel, reference_moments sum)
{
    reference_moments sorted;
    int order_a[3], order_b[3], common = reference_sort(&a, &b, order_a, order_b);
    if (common > 0)
        reference_touching(&a, &b, common, 8, kernel, sorted);
    else
        reference_apart(&a, &b, 0.7, kernel, sorted);
    for (int v = 0; v < kernel->values; v++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                sum[v][order_a[i]][order_b[j]] = sorted[v][i][j];
}

#endif
