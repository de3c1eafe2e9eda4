/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_QUADRATURE_H
#define ALI_MATH_QUADRATURE_H

/** Largest order ali_gauss_legendre accepts. */
#define ALI_GAUSS_MAX 64

/** Nodes (ascending) and weights of the n-point Gauss-Legendre rule on [-1, 1], 1 <= n <=
 * ALI_GAUSS_MAX. Exact for polynomials of degree 2n - 1. Cost O(n^2), no allocation. Source: Newton
 * iteration on the three-term recurrence, [AbramowitzStegun:1964] 22.16, 25.4.29. */
void ali_gauss_legendre(int n, double *node, double *weight);

/** Legendre polynomials p[k] = P_k(u) for k = 0 … order. */
static inline void ali_legendre(double u, int order, double *p)
{
    p[0] = 1.0;
    if (order > 0)
        p[1] = u;
    for (int k = 2; k <= order; k++)
        p[k] = ((2 * k - 1) * u * p[k - 1] - (k - 1) * p[k - 2]) / k;
}

#endif
