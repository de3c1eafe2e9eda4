/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MATH_TRIANGLE_RULE_H
#define ALI_MATH_TRIANGLE_RULE_H

/** Symmetric quadrature rules with positive weights on a triangle. */
typedef struct ali_triangle_rule {
    int points;
    int degree;                /**< exact for polynomials of this degree */
    const double (*lambda)[3]; /**< [points] barycentric coordinates */
    const double *weight;      /**< [points], sum 1: times the area */
} ali_triangle_rule;

/** The smallest rule with at least `points` of 1, 3, 6, 7 and 12 points; 12 beyond.
 *  Source: [StrangFix:1973], [Dunavant:1985] */
ali_triangle_rule ali_triangle_rule_get(int points);

#endif
