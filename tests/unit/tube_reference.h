/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_TUBE_REFERENCE_H
#define TESTS_UNIT_TUBE_REFERENCE_H

#include "green/tube.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <math.h>
#include <string.h>

/** @file
 *  Brute-force moments of two tubes, by another route than green/tube_static.c takes: along tube b
 * in closed form (one filament at a time), around b by tanh-sinh quadrature, over the surface of a
 * by adaptive subdivision in place and angle. Slow, sure, and without elliptic integrals. */

enum { REF_SIZE = ALI_TUBE_ORDER_MAX + 1, REF_MOMENTS = REF_SIZE * REF_SIZE };

/** int t^n / sqrt(rho^2 + t^2) dt over low < t < high for n = 0 … order, by recursion; added to
 * power times weight. */
static inline void ref_filament(long double rho2, long double low, long double high, int order,
                                long double weight, long double *power)
{
    long double r_low = sqrtl(rho2 + low * low), r_high = sqrtl(rho2 + high * high);
    long double value[REF_SIZE], low_power = low, high_power = high;
    if (low > 0.0L)
        value[0] = logl((high + r_high) / (low + r_low));
    else if (high < 0.0L)
        value[0] = logl((r_low - low) / (r_high - high));
    else
        value[0] = logl((high + r_high) * (r_low - low) / rho2);
    value[1] = r_high - r_low;
    for (int n = 2; n <= order; n++) {
        value[n] = (high_power * r_high - low_power * r_low - (n - 1) * rho2 * value[n - 2]) / n;
        high_power *= high;
        low_power *= low;
    }
    for (int n = 0; n <= order; n++)
        power[n] += weight * value[n];
}

/** Combine powers of t into Legendre polynomials P_q((t + z)/h). */
static inline void ref_combine(const long double *power, long double z, long double h, int order,
                               double *potential)
{
    long double p[REF_SIZE][REF_SIZE] = {{0}};
    p[0][0] = 1.0L;
    p[1][0] = z / h;
    p[1][1] = 1.0L / h;
    for (int q = 2; q <= order; q++)
        for (int n = 0; n <= q; n++) {
            long double times_u = p[q - 1][n] * z / h + (n > 0 ? p[q - 1][n - 1] / h : 0.0L);
            p[q][n] = ((2 * q - 1) * times_u - (q - 1) * p[q - 2][n]) / q;
        }
    for (int q = 0; q <= order; q++) {
        long double value = 0.0L;
        for (int n = 0; n <= q; n++)
            value += p[q][n] * power[n];
        potential[q] = (double)value;
    }
}

enum { REF_ANGLES = 41 };

/** Tanh-sinh quadrature over the angle 0 … pi between two points of circles. */
typedef struct ref_angles {
    double sine2[REF_ANGLES]; /**< 4 sin^2(phi/2) */
    double weight[REF_ANGLES];
} ref_angles;

static inline ref_angles ref_angles_make(void)
{
    const double pi = 3.14159265358979323846, step = 0.14;
    ref_angles angles;
    for (int i = 0; i < REF_ANGLES; i++) {
        double t = (i - REF_ANGLES / 2) * step, e = exp(-pi * sinh(t));
        double sine = sin(0.5 * pi / (1.0 + e)); /* phi = pi/(1 + e) */
        angles.sine2[i] = 4.0 * sine * sine;
        angles.weight[i] = step * pi * cosh(t) * e / ((1.0 + e) * (1.0 + e));
    }
    return angles;
}

/** The potential of tube b, int P_q <1/R> ds, at the point (distance r from its axis, place z along
 * it). */
static inline void ref_potential(const ali_tube *b, const ref_angles *angles, double r, double z,
                                 int order, double *potential)
{
    double h = b->half, near2 = (r - b->radius) * (r - b->radius);
    bool far = fabs(z) > 2.0 * h || near2 > 4.0 * h * h;
    long double power[REF_SIZE] = {0};
    memset(potential, 0, ((size_t)order + 1) * sizeof *potential);
    for (int i = 0; i < REF_ANGLES; i++) {
        double rho2 = fmax(near2 + r * b->radius * angles->sine2[i], 1e-60);
        if (!far)
            ref_filament(rho2, -h - (long double)z, h - (long double)z, order, angles->weight[i],
                         power);
        for (int j = 0; j < 20 && far; j++) {
            double u = ali_gauss_node(20)[j], d = z - h * u, p[REF_SIZE];
            double w = angles->weight[i] * h * ali_gauss_weight(20)[j] / sqrt(rho2 + d * d);
            ali_legendre(u, order, p);
            for (int q = 0; q <= order; q++)
                potential[q] += w * p[q];
        }
    }
    if (!far)
        ref_combine(power, z, h, order, potential);
}

typedef struct ref_frame {
    const ali_tube *a, *b;
    ali_vec3 first, second; /**< across a */
    int order_a, order_b;
    bool coaxial;
    double tolerance;
    ref_angles angles;
} ref_frame;

/** Tensor Gauss rule of n x n points over s in [s0, s1] and phi in [f0, f1] of tube a's surface. */
static inline void ref_cell(ref_frame *frame, int n, double s0, double s1, double f0, double f1,
                            double *sum)
{
    static const double nodes[3][4] = {{0.0},
                                       {0.57735026918962576451, 0, 0, 0},
                                       {0.33998104358485626480, 0.86113631159405257522, 0, 0}};
    static const double weights[3][4] = {
        {0.0}, {1.0, 0, 0, 0}, {0.65214515486254614263, 0.34785484513745385737, 0, 0}};
    const ali_tube *a = frame->a, *b = frame->b;
    int pairs = n / 2;
    memset(sum, 0, sizeof(double) * REF_MOMENTS);
    for (int i = 0; i < n; i++) {
        double sign = i % 2 ? 1.0 : -1.0;
        double s = 0.5 * (s0 + s1) + 0.5 * (s1 - s0) * sign * nodes[pairs][i / 2];
        double potential[REF_SIZE] = {0}, p[REF_SIZE];
        for (int j = 0; j < (frame->coaxial ? 1 : n); j++) {
            double phi =
                0.5 * (f0 + f1) + 0.5 * (f1 - f0) * (j % 2 ? 1.0 : -1.0) * nodes[pairs][j / 2];
            double around = frame->coaxial ? f1 - f0 : 0.5 * (f1 - f0) * weights[pairs][j / 2];
            ali_vec3 x = ali_vec3_axpy(a->mid, s, a->dir);
            x = ali_vec3_axpy(x, a->radius * cos(phi), frame->first);
            x = ali_vec3_axpy(x, a->radius * sin(phi), frame->second);
            x = ali_vec3_sub(x, b->mid);
            double z = ali_vec3_dot(x, b->dir), value[REF_SIZE];
            double r = ali_vec3_norm(ali_vec3_axpy(x, -z, b->dir));
            if (frame->coaxial)
                r = a->radius;
            ref_potential(b, &frame->angles, r, z, frame->order_b, value);
            for (int q = 0; q <= frame->order_b; q++)
                potential[q] += around * value[q];
        }
        double w = 0.5 * (s1 - s0) * weights[pairs][i / 2], u = s / a->half;
        p[0] = 1.0;
        p[1] = u;
        for (int k = 2; k <= frame->order_a; k++)
            p[k] = ((2 * k - 1) * u * p[k - 1] - (k - 1) * p[k - 2]) / k;
        for (int k = 0; k <= frame->order_a; k++)
            for (int q = 0; q <= frame->order_b; q++)
                sum[k * (frame->order_b + 1) + q] += w * p[k] * potential[q];
    }
}

/** Cut the cell along and around until its four quarters together agree with the whole. */
static inline void ref_divide(ref_frame *frame, double s0, double s1, double f0, double f1,
                              const double *whole, int depth, double *total)
{
    double part[4][REF_MOMENTS], error = 0.0;
    double s[3] = {s0, 0.5 * (s0 + s1), s1}, f[3] = {f0, 0.5 * (f0 + f1), f1};
    int size = (frame->order_a + 1) * (frame->order_b + 1), around = frame->coaxial ? 1 : 2;
    if (frame->coaxial)
        f[1] = f1;
    for (int i = 0; i < 2 * around; i++)
        ref_cell(frame, 4, s[i % 2], s[i % 2 + 1], f[i / 2], f[i / 2 + 1], part[i]);
    for (int m = 0; m < size; m++) {
        double sum = 0.0;
        for (int i = 0; i < 2 * around; i++)
            sum += part[i][m];
        error = fmax(error, fabs(sum - whole[m]));
    }
    bool done = error < frame->tolerance || depth > 20;
    for (int i = 0; i < 2 * around; i++) {
        for (int m = 0; m < size && done; m++)
            total[m] += part[i][m];
        if (!done)
            ref_divide(frame, s[i % 2], s[i % 2 + 1], f[i / 2], f[i / 2 + 1], part[i], depth + 1,
                       total);
    }
}

/** Static moments of two tubes to about `accuracy` of M_00. */
static inline void ref_static(const ali_tube *a, const ali_tube *b, int order_a, int order_b,
                              double accuracy, double *moment)
{
    const double pi = 3.14159265358979323846;
    ref_frame frame = {
        .a = a, .b = b, .order_a = order_a, .order_b = order_b, .angles = ref_angles_make()};
    ali_vec3 other = fabs(a->dir.x) < 0.6 ? (ali_vec3){1, 0, 0} : (ali_vec3){0, 1, 0};
    frame.first = ali_vec3_cross(a->dir, other);
    frame.first = ali_vec3_scale(1.0 / ali_vec3_norm(frame.first), frame.first);
    frame.second = ali_vec3_cross(a->dir, frame.first);
    ali_vec3 d = ali_vec3_sub(b->mid, a->mid);
    frame.coaxial = ali_vec3_norm(ali_vec3_cross(d, a->dir)) < 1e-12 &&
                    ali_vec3_norm(ali_vec3_cross(b->dir, a->dir)) < 1e-12;
    double whole[REF_MOMENTS];
    ref_cell(&frame, 4, -a->half, a->half, 0.0, 2.0 * pi, whole);
    memset(moment, 0, sizeof(double) * (size_t)((order_a + 1) * (order_b + 1)));
    frame.tolerance = fabs(whole[0]) * accuracy * 0.2;
    /* four quarters, lest the first comparison be fooled by symmetry */
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            double s0 = a->half * (-1.0 + 0.5 * i), s1 = s0 + 0.5 * a->half;
            double f0 = 0.5 * pi * j + 0.1, f1 = f0 + 0.5 * pi;
            ref_cell(&frame, 4, s0, s1, f0, f1, whole);
            ref_divide(&frame, s0, s1, f0, f1, whole, 0, moment);
        }
    for (int i = 0; i < (order_a + 1) * (order_b + 1); i++)
        moment[i] /= 8.0 * pi * pi;
}

#endif
