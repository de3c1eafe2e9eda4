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

/** Point i of a rule on each of pieces^2 equal parts of a triangle, 0 <= i < pieces^2 rule->points.
 *  @return its weight, of sum 1 */
double ali_triangle_rule_point(const ali_triangle_rule *rule, int pieces, int i, double lambda[3]);

#endif
