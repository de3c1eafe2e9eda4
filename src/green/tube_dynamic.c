/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "green/tube_points.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { SIZE = ALI_TUBE_SIZE, POINTS_MAX = 24 };

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

/* ---- coaxial tubes: over the distance z along the axis, with the kink of |z| at a panel's end
 * ----
 */

/** Between the places where ends pass each other, and zero. */
enum {
    PANEL_POINTS = 8,
    PANELS_MAX = ALI_TUBE_PLACES - 1,
    COAXIAL_POINTS_MAX = PANELS_MAX * PANEL_POINTS
};

/** Points z and weights of the panels; returns their number. */
static int coaxial_rule(const ali_tube *a, const ali_tube *b, double *z, double *weight)
{
    double place[ALI_TUBE_PLACES];
    int places = ali_tube_coaxial_places(a, b, place), count = 0;
    for (int i = 0; i + 1 < places; i++) {
        double half = 0.5 * (place[i + 1] - place[i]);
        if (2.0 * half <= 1e-9 * (a->half + b->half))
            continue;
        for (int j = 0; j < PANEL_POINTS; j++, count++) {
            z[count] = place[i] + half * (1.0 + ali_gauss_node(PANEL_POINTS)[j]);
            weight[count] = half * ali_gauss_weight(PANEL_POINTS)[j];
        }
    }
    return count;
}

static void add_coaxial(const ali_tube *a, const ali_tube *b, double k, int order_a, int order_b,
                        double complex *moment)
{
    double z[COAXIAL_POINTS_MAX], weight[COAXIAL_POINTS_MAX], sum[SIZE * SIZE];
    int points = coaxial_rule(a, b, z, weight), size = (order_a + 1) * (order_b + 1);
    for (int i = 0; i < points; i++) {
        double complex kernel =
            weight[i] * smooth_rest(k, sqrt(z[i] * z[i] + ali_tube_ring_square(a, b)));
        ali_tube_overlap(a, b, z[i], order_a, order_b, sum);
        for (int m = 0; m < size; m++)
            moment[m] += kernel * sum[m];
    }
}

static void add_general(const ali_tube *a, const ali_tube *b, double k, int order_a, int order_b,
                        double complex *moment)
{
    double ta[POINTS_MAX][SIZE], tb[POINTS_MAX][SIZE];
    int na = 4 + order_a + (int)(2.0 * k * a->half), nb = 4 + order_b + (int)(2.0 * k * b->half);
    na = na > POINTS_MAX ? POINTS_MAX : na;
    nb = nb > POINTS_MAX ? POINTS_MAX : nb;
    ali_tube_weighted_legendre(na, a->half, order_a, ta);
    ali_tube_weighted_legendre(nb, b->half, order_b, tb);
    double ring2 = ali_tube_ring_square(a, b);
    for (int i = 0; i < na; i++) {
        ali_vec3 x =
            ali_vec3_axpy(ali_vec3_sub(a->mid, b->mid), a->half * ali_gauss_node(na)[i], a->dir);
        for (int j = 0; j < nb; j++) {
            ali_vec3 d = ali_vec3_axpy(x, -b->half * ali_gauss_node(nb)[j], b->dir);
            double r = sqrt(ali_vec3_dot(d, d) + ring2);
            ali_tube_add_product(smooth_rest(k, r), ta[i], order_a, tb[j], order_b, moment);
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

/* ---- power series ---- */

double ali_tube_span(const ali_tube *a, const ali_tube *b)
{
    double z = ali_vec3_distance(a->mid, b->mid) + a->half + b->half;
    return sqrt(z * z + ali_tube_ring_square(a, b));
}

/** n of a term that ali_tube_powers integrates. */
static int series_degree(int term)
{
    return term == 0 ? 2 : term + 3;
}

void ali_tube_powers(const ali_tube *a, const ali_tube *b, int order_a, int order_b, double *power)
{
    assert(order_a <= ALI_TUBE_ORDER_MAX && order_b <= ALI_TUBE_ORDER_MAX);
    double z[COAXIAL_POINTS_MAX], weight[COAXIAL_POINTS_MAX], sum[SIZE * SIZE];
    int points = coaxial_rule(a, b, z, weight), size = (order_a + 1) * (order_b + 1);
    double inverse_span = 1.0 / ali_tube_span(a, b);
    memset(power, 0, (size_t)(ALI_TUBE_SERIES_TERMS * size) * sizeof *power);
    for (int i = 0; i < points; i++) {
        double x = sqrt(z[i] * z[i] + ali_tube_ring_square(a, b)) * inverse_span;
        double value = weight[i] / (4.0 * ALI_PI) * x; /* of n = 2 */
        ali_tube_overlap(a, b, z[i], order_a, order_b, sum);
        for (int term = 0; term < ALI_TUBE_SERIES_TERMS; term++) {
            for (int m = 0; m < size; m++)
                power[term * size + m] += value * sum[m];
            value *= term == 0 ? x * x : x;
        }
    }
}

void ali_tube_series(double k, double span, size_t size, const double *power, double *re,
                     double *im)
{
    const double negligible = 1e-14; /* of the static M_00, which is at least M_00 of 1/span */
    double x = k * span, factor = x / span; /* x^n/n! / span */
    assert(x <= ALI_TUBE_SERIES_PHASE * (1.0 + 1e-9));
    for (int term = 0, n = 1; term < ALI_TUBE_SERIES_TERMS; term++, power += size) {
        for (; n < series_degree(term); n++)
            factor *= x / (n + 1);
        if (factor * span < negligible)
            break;
        /* (-j)^n = -j, -1, j, 1 for n = 1, 2, 3, 4 */
        double signed_factor = n % 4 == 1 || n % 4 == 2 ? -factor : factor;
        double *sum = n % 2 ? im : re;
        for (size_t m = 0; m < size; m++)
            sum[m] += signed_factor * power[m];
    }
}

void ali_tube_leading(const ali_tube *a, const ali_tube *b, double k, double im[3][3])
{
    /* with R^2 = |c - u h_a t_a + v h_b t_b|^2 + ring^2; int P_1^2 = 2/3, int u^2 P_2 = 4/15 */
    ali_vec3 c = ali_vec3_sub(b->mid, a->mid);
    double ha = a->half, hb = b->half, area = ha * hb / ALI_PI; /* M_00 of 1 */
    double cubic = area * k * k * k / 6.0;
    double mean = ali_vec3_dot(c, c) + ali_tube_ring_square(a, b) + (ha * ha + hb * hb) / 3.0;
    memset(im, 0, 9 * sizeof(double));
    im[0][0] = cubic * mean - k * area;
    im[1][0] = cubic * (-2.0 / 3.0) * ha * ali_vec3_dot(c, a->dir);
    im[0][1] = cubic * (2.0 / 3.0) * hb * ali_vec3_dot(c, b->dir);
    im[1][1] = cubic * (-2.0 / 9.0) * ha * hb * ali_vec3_dot(a->dir, b->dir);
    im[2][0] = cubic * (2.0 / 15.0) * ha * ha;
    im[0][2] = cubic * (2.0 / 15.0) * hb * hb;
}

/* ---- far tubes ---- */

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
    ali_tube_weighted_legendre(points_a, a->half, order_a, ta);
    ali_tube_weighted_legendre(points_b, b->half, order_b, tb);
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
            ali_tube_add_product(kernel, ta[i], order_a, tb[j], order_b, moment);
        }
    }
}
