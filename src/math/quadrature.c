/* SPDX-License-Identifier: Apache-2.0 */
#include "math/quadrature.h"

#include "base/constants.h"

#include <assert.h>
#include <math.h>

/** P_n(u) and its derivative; |u| < 1. */
static void legendre_with_slope(int n, double u, double *value, double *slope)
{
    double previous = 0.0, current = 1.0;
    for (int k = 1; k <= n; k++) {
        double next = ((2 * k - 1) * u * current - (k - 1) * previous) / k;
        previous = current;
        current = next;
    }
    *value = current;
    *slope = n * (previous - u * current) / (1.0 - u * u);
}

void ali_gauss_legendre(int n, double *node, double *weight)
{
    assert(n >= 1 && n <= ALI_GAUSS_MAX);
    for (int i = 0; i < n; i++) {
        double u = -cos(ALI_PI * (i + 0.75) / (n + 0.5));
        double value, slope;
        for (int step = 0; step < 20; step++) {
            legendre_with_slope(n, u, &value, &slope);
            double change = value / slope;
            u -= change;
            if (fabs(change) < 1e-16)
                break;
        }
        if (2 * i + 1 == n)
            u = 0.0;
        legendre_with_slope(n, u, &value, &slope);
        node[i] = u;
        weight[i] = 2.0 / ((1.0 - u * u) * slope * slope);
    }
}
