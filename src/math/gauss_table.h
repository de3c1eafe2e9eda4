/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_GAUSS_TABLE_H
#define ALI_MATH_GAUSS_TABLE_H

/** All Gauss-Legendre rules of 1 … ALI_GAUSS_MAX points, one after the other; made at build time by
 *  tools/gauss_table.c from ali_gauss_legendre. */
extern const double ali_gauss_nodes[];
extern const double ali_gauss_weights[];

/** Nodes on [-1, 1] of the n-point rule, ascending; 1 <= n <= ALI_GAUSS_MAX. */
static inline const double *ali_gauss_node(int n)
{
    return ali_gauss_nodes + n * (n - 1) / 2;
}

/** Weights of the n-point rule. */
static inline const double *ali_gauss_weight(int n)
{
    return ali_gauss_weights + n * (n - 1) / 2;
}

#endif
