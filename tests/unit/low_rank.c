/* SPDX-License-Identifier: Apache-2.0 */
/* Matrices of low rank: sums and truncations against the full matrices. */
#include "solver/low_rank.h"

#include "math/blas.h"
#include "solver_support.h"

enum { ROWS = 90, COLUMNS = 70, RANK = 30 };

/** sum as a full matrix [rows, columns]. */
static double complex *expand(const ali_low_rank *sum)
{
    double complex *full = new_array(sum->rows * sum->columns);
    for (size_t l = 0; l < sum->rank; l++)
        for (size_t j = 0; j < sum->columns; j++)
            for (size_t i = 0; i < sum->rows; i++)
                full[i + j * sum->rows] += (double complex)sum->u[i + l * sum->rows] *
                                           (double complex)sum->v[j + l * sum->columns];
    return full;
}

static double norm(size_t count, const double complex *a)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += creal(a[i] * conj(a[i]));
    return sqrt(sum);
}

/** |a - b| / |b| */
static double difference(size_t count, const double complex *a, const double complex *b)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += creal((a[i] - b[i]) * conj(a[i] - b[i]));
    return sqrt(sum) / norm(count, b);
}

/** Columns whose size falls tenfold every three, so that the singular values do, about. */
static double complex *decaying_columns(size_t rows, size_t rank, uint64_t seed)
{
    double complex *a = random_columns(rows, rank, seed);
    for (size_t l = 0; l < rank; l++)
        for (size_t i = 0; i < rows; i++)
            a[i + l * rows] *= pow(10.0, -(double)l / 6.0);
    return a;
}

static float complex *single_of(const double complex *a, size_t count)
{
    float complex *made = calloc(count, sizeof *made);
    assert_non_null(made);
    for (size_t i = 0; i < count; i++)
        made[i] = (float complex)a[i];
    return made;
}

/** Truncate a sum of [ROWS, COLUMNS]; the relative error that this makes. */
static double truncated(ali_low_rank *sum, double tolerance)
{
    double complex *before = expand(sum);
    assert_true(ali_low_rank_truncate(sum, tolerance));
    double complex *after = expand(sum);
    double error = difference(ROWS * COLUMNS, after, before);
    free(before);
    free(after);
    return error;
}

static void a_sum_is_truncated_to_the_tolerance(void **state)
{
    (void)state;
    static const double tolerances[] = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
    double complex *u = decaying_columns(ROWS, RANK, 1), *v = decaying_columns(COLUMNS, RANK, 2);
    float complex *u_single = single_of(u, ROWS * RANK), *v_single = single_of(v, COLUMNS * RANK);
    size_t former = 0;
    for (size_t t = 0; t < 5; t++) {
        ali_low_rank sum = {.rows = ROWS, .columns = COLUMNS};
        /* twice the same with weights that add to one: the rank must not double */
        assert_true(ali_low_rank_append(&sum, 0, ROWS, 0, COLUMNS, RANK, 3.0f, u_single, ROWS,
                                        v_single, COLUMNS));
        assert_true(ali_low_rank_append(&sum, 0, ROWS, 0, COLUMNS, RANK, -2.0f, u_single, ROWS,
                                        v_single, COLUMNS));
        assert_int_equal(sum.rank, 2 * RANK);
        assert_true(truncated(&sum, tolerances[t]) <= 1.05 * tolerances[t]);
        /* singular values fall tenfold every three: the best rank is about 3 log10(1/tolerance) */
        assert_true(sum.rank > former && sum.rank <= 3 * (t + 1) + 3);
        assert_true(sum.rank == sum.capacity && sum.rank == sum.settled);
        former = sum.rank;
        ali_low_rank_clear(&sum);
    }
    free(u);
    free(v);
    free(u_single);
    free(v_single);
}

static void terms_of_very_different_sizes_keep_their_share(void **state)
{
    (void)state;
    double complex *u = random_columns(ROWS, 4, 3), *v = random_columns(COLUMNS, 4, 4);
    for (size_t i = 0; i < 2 * ROWS; i++)
        u[i] *= 1e12; /* against tiny v: the terms are of one size */
    for (size_t i = 0; i < 2 * COLUMNS; i++)
        v[i] *= 1e-12;
    float complex *u_single = single_of(u, ROWS * 4), *v_single = single_of(v, COLUMNS * 4);
    ali_low_rank sum = {.rows = ROWS, .columns = COLUMNS};
    assert_true(
        ali_low_rank_append(&sum, 0, ROWS, 0, COLUMNS, 4, 1.0f, u_single, ROWS, v_single, COLUMNS));
    assert_true(truncated(&sum, 1e-5) < 2e-6);
    assert_int_equal(sum.rank, 4);
    ali_low_rank_clear(&sum);
    free(u);
    free(v);
    free(u_single);
    free(v_single);
}

static void what_cancels_leaves_nothing(void **state)
{
    (void)state;
    double complex *u = random_columns(ROWS, 3, 5), *v = random_columns(COLUMNS, 3, 6);
    float complex *u_single = single_of(u, ROWS * 3), *v_single = single_of(v, COLUMNS * 3);
    ali_low_rank sum = {.rows = ROWS, .columns = COLUMNS};
    for (int sign = -1; sign <= 1; sign += 2)
        assert_true(ali_low_rank_append(&sum, 0, ROWS, 0, COLUMNS, 3, (float)sign, u_single, ROWS,
                                        v_single, COLUMNS));
    assert_true(ali_low_rank_truncate(&sum, 1e-4));
    double complex *after = expand(&sum);
    assert_true(norm(ROWS * COLUMNS, after) < 1e-5 * norm(ROWS * 3, u));
    free(after);
    ali_low_rank_clear(&sum);
    free(u);
    free(v);
    free(u_single);
    free(v_single);
}

static void parts_are_put_in_their_place(void **state)
{
    (void)state;
    double complex *u = random_columns(10, 2, 7), *v = random_columns(20, 2, 8);
    float complex *u_single = single_of(u, 20), *v_single = single_of(v, 40);
    ali_low_rank sum = {.rows = 30, .columns = 40};
    assert_true(ali_low_rank_append(&sum, 5, 10, 15, 20, 2, -1.0f, u_single, 10, v_single, 20));
    assert_true(ali_low_rank_truncate(&sum, 1e-6));
    double complex *after = expand(&sum);
    for (size_t j = 0; j < 40; j++)
        for (size_t i = 0; i < 30; i++) {
            double complex expected = 0.0;
            bool inside = i >= 5 && i < 15 && j >= 15 && j < 35;
            for (size_t l = 0; inside && l < 2; l++)
                expected -= u[i - 5 + l * 10] * v[j - 15 + l * 20];
            assert_true(cabs(after[i + j * 30] - expected) < 1e-5);
        }
    free(after);
    ali_low_rank_clear(&sum);
    free(u);
    free(v);
    free(u_single);
    free(v_single);
}

static void dense_matrices_and_products_are_compressed(void **state)
{
    (void)state;
    double complex *u = decaying_columns(ROWS, RANK, 9), *v = decaying_columns(COLUMNS, RANK, 10);
    double complex *full = new_array(ROWS * COLUMNS);
    ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, ROWS, COLUMNS, RANK, 1.0, u, ROWS, v,
                   COLUMNS, 0.0, full, ROWS);
    float complex *full_single = single_of(full, ROWS * COLUMNS);
    for (int way = 0; way < 3; way++) {
        ali_low_rank sum = {.rows = ROWS, .columns = COLUMNS};
        if (way == 0)
            assert_true(ali_low_rank_from_dense(&sum, full, ROWS, 1e-4));
        else if (way == 1)
            assert_true(ali_low_rank_from_product(&sum, RANK, u, v, 1e-4));
        else
            assert_true(ali_low_rank_append_dense(&sum, 1.0f, full_single, ROWS, 1e-4));
        double complex *after = expand(&sum);
        assert_true(difference(ROWS * COLUMNS, after, full) <= 1.05e-4);
        assert_in_range(sum.rank, 9, 16);
        free(after);
        ali_low_rank_clear(&sum);
    }
    free(u);
    free(v);
    free(full);
    free(full_single);
}

static void nothing_stays_nothing(void **state)
{
    (void)state;
    ali_low_rank sum = {.rows = 8, .columns = 6};
    double complex *zero = new_array(48);
    assert_true(ali_low_rank_truncate(&sum, 1e-3));
    assert_true(ali_low_rank_from_dense(&sum, zero, 8, 1e-3));
    assert_int_equal(sum.rank, 0);
    assert_true(ali_low_rank_from_product(&sum, 2, zero, zero, 1e-3));
    assert_int_equal(sum.rank, 0);
    ali_low_rank_clear(&sum);
    free(zero);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_is_truncated_to_the_tolerance),
        cmocka_unit_test(terms_of_very_different_sizes_keep_their_share),
        cmocka_unit_test(what_cancels_leaves_nothing),
        cmocka_unit_test(parts_are_put_in_their_place),
        cmocka_unit_test(dense_matrices_and_products_are_compressed),
        cmocka_unit_test(nothing_stays_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
