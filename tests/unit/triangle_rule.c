/* SPDX-License-Identifier: Apache-2.0 */
#include "math/triangle_rule.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** int lambda_0^p lambda_1^q over the triangle, over its area: 2 p! q!/(p + q + 2)!. */
static double exact(int p, int q)
{
    return 2.0 * tgamma(p + 1.0) * tgamma(q + 1.0) / tgamma(p + q + 3.0);
}

static void test_rules_are_exact_to_their_degree(void **state)
{
    (void)state;
    const int points[] = {1, 3, 6, 7, 12};
    for (int i = 0; i < 5; i++) {
        ali_triangle_rule rule = ali_triangle_rule_get(points[i]);
        assert_int_equal(rule.points, points[i]);
        double worst = 0.0;
        for (int degree = 0; degree <= rule.degree + 1; degree++)
            for (int p = 0; p <= degree; p++) {
                double sum = 0.0;
                for (int j = 0; j < rule.points; j++)
                    sum += rule.weight[j] * pow(rule.lambda[j][0], p) *
                           pow(rule.lambda[j][1], degree - p);
                if (degree <= rule.degree)
                    assert_float_equal(sum, exact(p, degree - p), 1e-15);
                else
                    worst = fmax(worst, fabs(sum - exact(p, degree - p)));
            }
        assert_true(worst > 1e-6); /* and no further: the table is not mixed up */
    }
}

static void test_next_larger_rule_is_taken(void **state)
{
    (void)state;
    assert_int_equal(ali_triangle_rule_get(0).points, 1);
    assert_int_equal(ali_triangle_rule_get(4).points, 6);
    assert_int_equal(ali_triangle_rule_get(99).points, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_are_exact_to_their_degree),
        cmocka_unit_test(test_next_larger_rule_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
