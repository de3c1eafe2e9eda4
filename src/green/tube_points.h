/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_GREEN_TUBE_POINTS_H
#define ALI_GREEN_TUBE_POINTS_H

#include "green/tube.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"

#include <math.h>
#include <string.h>

/** @file
 *  What moments of tubes by Gauss points have in common, for the files of this room. */

enum { ALI_TUBE_SIZE = ALI_TUBE_ORDER_MAX + 1, ALI_TUBE_PLACES = 5 };

/** Legendre values at n Gauss points, times the weights and h: table[i][p]. */
static inline void ali_tube_weighted_legendre(int n, double half, int order,
                                              double table[][ALI_TUBE_SIZE])
{
    for (int i = 0; i < n; i++) {
        ali_legendre(ali_gauss_node(n)[i], order, table[i]);
        for (int p = 0; p <= order; p++)
            table[i][p] *= half * ali_gauss_weight(n)[i];
    }
}

/** Add value P_p P_q to the moments; pa, pb of ali_tube_weighted_legendre. */
static inline void ali_tube_add_product(double complex value, const double *pa, int order_a,
                                        const double *pb, int order_b, double complex *moment)
{
    for (int p = 0; p <= order_a; p++)
        for (int q = 0; q <= order_b; q++)
            moment[p * (order_b + 1) + q] += value * pa[p] * pb[q];
}

/** R^2 of two coaxial rings in one plane, on average [m^2]. */
static inline double ali_tube_ring_square(const ali_tube *a, const ali_tube *b)
{
    return a->radius * a->radius + b->radius * b->radius;
}

/** Distances z along the axis of coaxial tubes at which ends pass each other, and zero if it lies
 * between: where the sum over all pairs of points z apart is not smooth. Ascending; returns their
 * number, 4 or 5. */
static inline int ali_tube_coaxial_places(const ali_tube *a, const ali_tube *b,
                                          double place[ALI_TUBE_PLACES])
{
    double c = ali_vec3_dot(ali_vec3_sub(b->mid, a->mid), a->dir);
    double sum = a->half + b->half, inner = fabs(a->half - b->half);
    const double at[ALI_TUBE_PLACES] = {-c - sum, -c - inner, -c + inner, -c + sum, 0.0};
    memcpy(place, at, sizeof at);
    int places = place[0] < 0.0 && place[3] > 0.0 ? 5 : 4;
    for (int i = places - 1; places == 5 && i > 0 && place[i] < place[i - 1]; i--) {
        double swap = place[i];
        place[i] = place[i - 1];
        place[i - 1] = swap;
    }
    return places;
}

/** X_pq(z) = int P_p(s/h_a) P_q(sigma (s - z - c)/h_b) ds, the sum over all pairs of points a
 * distance z apart; shape [order_a + 1][order_b + 1]. */
static inline void ali_tube_overlap(const ali_tube *a, const ali_tube *b, double z, int order_a,
                                    int order_b, double *sum)
{
    double centre = ali_vec3_dot(ali_vec3_sub(b->mid, a->mid), a->dir);
    double sense = ali_vec3_dot(a->dir, b->dir) > 0.0 ? 1.0 : -1.0;
    double low = fmax(-a->half, centre - b->half + z);
    double high = fmin(a->half, centre + b->half + z);
    int n = (order_a + order_b) / 2 + 1;
    double pa[ALI_TUBE_SIZE], pb[ALI_TUBE_SIZE];
    memset(sum, 0, (size_t)(order_a + 1) * (size_t)(order_b + 1) * sizeof *sum);
    for (int i = 0; i < n && high > low; i++) {
        double s = 0.5 * (low + high) + 0.5 * (high - low) * ali_gauss_node(n)[i];
        double weight = 0.5 * (high - low) * ali_gauss_weight(n)[i];
        ali_legendre(s / a->half, order_a, pa);
        ali_legendre(sense * (s - z - centre) / b->half, order_b, pb);
        for (int p = 0; p <= order_a; p++)
            for (int q = 0; q <= order_b; q++)
                sum[p * (order_b + 1) + q] += weight * pa[p] * pb[q];
    }
}

#endif
