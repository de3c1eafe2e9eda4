/* SPDX-License-Identifier: Apache-2.0 */
#include "math/small_dense.h"

#include "assert_close.h"
#include "random.h"

enum { SIZE_MAX_TESTED = 12 };

static void test_random_systems(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (size_t n = 1; n <= SIZE_MAX_TESTED; n++)
        for (size_t columns = 1; columns <= 3; columns++) {
            double complex a[SIZE_MAX_TESTED * SIZE_MAX_TESTED],
                copy[SIZE_MAX_TESTED * SIZE_MAX_TESTED];
            double complex b[SIZE_MAX_TESTED * 3] = {0}, x[SIZE_MAX_TESTED * 3];
            for (size_t i = 0; i < n * n; i++) /* rows in very different units */
                copy[i] = a[i] = next_complex(&seed) * pow(10.0, (double)(i / n % 5) * 4.0 - 8.0);
            for (size_t i = 0; i < n * columns; i++)
                x[i] = next_complex(&seed);
            for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < columns; j++)
                    for (size_t k = 0; k < n; k++)
                        b[i * columns + j] += copy[i * n + k] * x[k * columns + j];
            assert_int_equal(ali_small_solve(n, columns, a, b), 0);
            for (size_t i = 0; i < n * columns; i++)
                assert_close(b[i], x[i], 1e-11);
        }
}

static void test_pivots_are_exchanged(void **state)
{
    (void)state;
    double complex a[] = {0, 1, 0, 0, 0, 2, 3, 0, 0}, b[] = {5, 8, 9};
    assert_int_equal(ali_small_solve(3, 1, a, b), 0);
    assert_close(b[0], 3.0, 1e-15);
    assert_close(b[1], 5.0, 1e-15);
    assert_close(b[2], 4.0, 1e-15);
}

static void test_singular_systems_are_refused(void **state)
{
    (void)state;
    double complex b[] = {1, 1, 1};
    double complex zero[] = {0}, row[] = {1, 2, 0, 0}, twins[] = {1, 2, 3, 2, 4, 6, 1, 0, 1};
    double complex thirds[] = {1.0 / 3, 1, 1, 3}, nan[] = {1, NAN, 0, 1},
                   inf[] = {1, INFINITY, 0, 1};
    assert_int_equal(ali_small_solve(1, 1, zero, b), -1);
    assert_int_equal(ali_small_solve(2, 1, row, b), -1);
    assert_int_equal(ali_small_solve(3, 1, twins, b), -1);
    assert_int_equal(ali_small_solve(2, 1, thirds, b), -1);
    assert_int_equal(ali_small_solve(2, 1, nan, b), -1);
    assert_int_equal(ali_small_solve(2, 1, inf, b), -1);
    /* nothing to solve is solved */
    assert_int_equal(ali_small_solve(0, 1, zero, b), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_systems),
        cmocka_unit_test(test_pivots_are_exchanged),
        cmocka_unit_test(test_singular_systems_are_refused),
    };
    return cmocka_run_group_tests_name("small_dense", tests, NULL, NULL);
}
