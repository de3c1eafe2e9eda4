/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "green/tube.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { SIZE = ALI_TUBE_ORDER_MAX + 1, POINTS_MAX = 24 };

/** (e^{-jkR} - 1)/R without cancellation at small kR. */
static double complex smooth_rest(double k, double r)
{
    double x = k * r;
    if (x < 0.05) {
        double x2 = x * x;
        return k * CMPLX(-x * (0.5 - x2 * (1.0 / 24.0 - x2 / 720.0)),
                         -(1.0 - x2 * (1.0 / 6.0 - x2 * (1.0 / 120.0 - x2 / 5040.0))));
    }
    return CMPLX(cos(x) - 1.0, -sin(x)) / r;
}

/** Legendre values at n Gauss points, times the weights and h: table[i][p]. */
static void weighted_legendre(int n, double half, int order, double table[POINTS_MAX][SIZE])
{
    for (int i = 0; i < n; i++) {
        ali_legendre(ali_gauss_node(n)[i], order, table[i]);
        for (int p = 0; p <= order; p++)
            table[i][p] *= half * ali_gauss_weight(n)[i];
    }
}

static void add_outer_product(double complex value, const double *pa, int order_a, const double *pb,
                              int order_b, double complex *moment)
{
    for (int p = 0; p <= order_a; p++)
        for (int q = 0; q <= order_b; q++)
            moment[p * (order_b + 1) + q] += value * pa[p] * pb[q];
}

/** Coaxial tubes: over the distance z along the axis, with the kink of |z| at a panel's end. */
static void add_coaxial_panel(const ali_tube *a, const ali_tube *b, double k, int order_a,
                              int order_b, double z_low, double z_high, double complex *moment)
{
    double centre = ali_vec3_dot(ali_vec3_sub(b->mid, a->mid), a->dir);
    double sense = ali_vec3_dot(a->dir, b->dir) > 0.0 ? 1.0 : -1.0;
    double ring2 = a->radius * a->radius + b->radius * b->radius;
    double pa[SIZE], pb[SIZE];
    int nz = 8, ns = (order_a + order_b) / 2 + 1;
    for (int i = 0; i < nz; i++) {
        double z = 0.5 * (z_low + z_high) + 0.5 * (z_high - z_low) * ali_gauss_node(nz)[i];
        double low = fmax(-a->half, centre - b->half + z);
        double high = fmin(a->half, centre + b->half + z);
        double complex kernel =
            smooth_rest(k, sqrt(z * z + ring2)) * 0.5 * (z_high - z_low) * ali_gauss_weight(nz)[i];
        for (int j = 0; j < ns && high > low; j++) {
            double s = 0.5 * (low + high) + 0.5 * (high - low) * ali_gauss_node(ns)[j];
            ali_legendre(s / a->half, order_a, pa);
            ali_legendre(sense * (s - z - centre) / b->half, order_b, pb);
            add_outer_product(kernel * 0.5 * (high - low) * ali_gauss_weight(ns)[j], pa, order_a,
                              pb, order_b, moment);
        }
    }
}

static void add_coaxial(const ali_tube *a, const ali_tube *b, double k, int order_a, int order_b,
                        double complex *moment)
{
    double c = ali_vec3_dot(ali_vec3_sub(b->mid, a->mid), a->dir);
    double ha = a->half, hb = b->half, inner = fabs(ha - hb);
    double place[5] = {-c - ha - hb, -c - inner, -c + inner, -c + ha + hb, 0.0};
    int count = place[0] < 0.0 && place[3] > 0.0 ? 5 : 4;
    for (int i = count - 1; count == 5 && i > 0 && place[i] < place[i - 1]; i--) {
        double swap = place[i];
        place[i] = place[i - 1];
        place[i - 1] = swap;
    }
    for (int i = 0; i + 1 < count; i++)
        if (place[i + 1] - place[i] > 1e-9 * (ha + hb))
            add_coaxial_panel(a, b, k, order_a, order_b, place[i], place[i + 1], moment);
}

static void add_general(const ali_tube *a, const ali_tube *b, double k, int order_a, int order_b,
                        double complex *moment)
{
    double ta[POINTS_MAX][SIZE], tb[POINTS_MAX][SIZE];
    int na = 4 + order_a + (int)(2.0 * k * a->half), nb = 4 + order_b + (int)(2.0 * k * b->half);
    na = na > POINTS_MAX ? POINTS_MAX : na;
    nb = nb > POINTS_MAX ? POINTS_MAX : nb;
    weighted_legendre(na, a->half, order_a, ta);
    weighted_legendre(nb, b->half, order_b, tb);
    double ring2 = a->radius * a->radius + b->radius * b->radius;
    for (int i = 0; i < na; i++) {
        ali_vec3 x =
            ali_vec3_axpy(ali_vec3_sub(a->mid, b->mid), a->half * ali_gauss_node(na)[i], a->dir);
        for (int j = 0; j < nb; j++) {
            ali_vec3 d = ali_vec3_axpy(x, -b->half * ali_gauss_node(nb)[j], b->dir);
            double r = sqrt(ali_vec3_dot(d, d) + ring2);
            add_outer_product(smooth_rest(k, r), ta[i], order_a, tb[j], order_b, moment);
        }
    }
}

void ali_tube_dynamic(const ali_tube *a, const ali_tube *b, double k, int order_a, int order_b,
                      double complex *moment)
{
    assert(order_a <= ALI_TUBE_ORDER_MAX && order_b <= ALI_TUBE_ORDER_MAX);
    size_t size = (size_t)(order_a + 1) * (size_t)(order_b + 1);
    memset(moment, 0, size * sizeof *moment);
    if (ali_tube_coaxial(a, b))
        add_coaxial(a, b, k, order_a, order_b, moment);
    else
        add_general(a, b, k, order_a, order_b, moment);
    for (size_t i = 0; i < size; i++)
        moment[i] /= 4.0 * ALI_PI;
}

ali_ring_terms ali_tube_ring_terms(const ali_tube *a, const ali_tube *b, double k, ali_vec3 d,
                                   double r2)
{
    double ca = ali_vec3_dot(d, a->dir), cb = ali_vec3_dot(d, b->dir);
    double a2 = 0.25 * a->radius * a->radius, b2 = 0.25 * b->radius * b->radius;
    double ca2 = ca * ca / r2, cb2 = cb * cb / r2;
    return (ali_ring_terms){.near = (a2 * (1.0 - 3.0 * ca2) + b2 * (1.0 - 3.0 * cb2)) / r2,
                            .far = k * k * (a2 * (1.0 - ca2) + b2 * (1.0 - cb2))};
}

void ali_tube_far(const ali_tube *a, const ali_tube *b, double k, int points_a, int points_b,
                  int order_a, int order_b, double complex *moment)
{
    assert(points_a <= POINTS_MAX && points_b <= POINTS_MAX);
    double ta[POINTS_MAX][SIZE], tb[POINTS_MAX][SIZE];
    memset(moment, 0, (size_t)(order_a + 1) * (size_t)(order_b + 1) * sizeof *moment);
    weighted_legendre(points_a, a->half, order_a, ta);
    weighted_legendre(points_b, b->half, order_b, tb);
    for (int i = 0; i < points_a; i++) {
        ali_vec3 x = ali_vec3_axpy(ali_vec3_sub(a->mid, b->mid),
                                   a->half * ali_gauss_node(points_a)[i], a->dir);
        for (int j = 0; j < points_b; j++) {
            ali_vec3 d = ali_vec3_axpy(x, -b->half * ali_gauss_node(points_b)[j], b->dir);
            double r2 = ali_vec3_dot(d, d);
            double phase = k * sqrt(r2), scale = k / (4.0 * ALI_PI * phase);
            ali_ring_terms ring = ali_tube_ring_terms(a, b, k, d, r2);
            double complex kernel = scale * CMPLX(cos(phase), -sin(phase)) *
                                    (1.0 - ring.far + ring.near * CMPLX(1.0, phase));
            add_outer_product(kernel, ta[i], order_a, tb[j], order_b, moment);
        }
    }
}
