/* SPDX-License-Identifier: Apache-2.0 */
/* The dense solver of unsymmetric matrices against LAPACK's zgesv and against residuals summed in
 * long double. What does not depend on the kind of matrix is in solver.c. */
#include "solver_support.h"

#include "solver/bordered.h"
#include "solver/scaling.h"

void zgesv_(const int *n, const int *nrhs, double complex *a, const int *lda, int *ipiv,
            double complex *b, const int *ldb, int *info);

static ali_solver_options unsymmetric(bool mixed, size_t tile, int threads)
{
    ali_solver_options options = options_for(mixed, tile, threads);
    options.symmetric = false;
    return options;
}

/** Random; the diagonal is `weight` times the size of a row's sum. */
static matrix random_matrix(size_t n, double weight, uint64_t seed)
{
    matrix m = new_matrix(n);
    for (size_t i = 0; i < n * n; i++)
        m.a[i] = random_complex(&seed);
    for (size_t i = 0; i < n; i++)
        m.a[i + i * n] += weight * sqrt((double)n) * (1.0 - 2.0 * I);
    return m;
}

static void solve_by_lapack(const matrix *m, double complex *b, size_t columns)
{
    int n = (int)m->n, count = (int)columns, info = 0;
    double complex *a = copy_of(m->a, m->n * m->n);
    int *pivot = calloc(m->n, sizeof *pivot);
    assert_non_null(pivot);
    zgesv_(&n, &count, a, &n, pivot, b, &n, &info);
    assert_int_equal(info, 0);
    free(a);
    free(pivot);
}

/** Solve and hold every column to the promises: backward error, true residual, LAPACK's solution.
 */
static void check_solutions(const matrix *m, const ali_solver *solver, size_t columns,
                            double backward_error, double difference)
{
    size_t n = m->n;
    double complex *b = random_columns(n, columns, 3), *x = copy_of(b, n * columns);
    double complex *exact = copy_of(b, n * columns);
    double residual = -1.0, worst = 0.0, rounding = 5e-15;
    assert_int_equal(ali_solver_solve(solver, columns, x, &residual, NULL), ALICORN_OK);
    solve_by_lapack(m, exact, columns);
    assert_true(largest_difference(n * columns, x, exact) < difference);
    for (size_t c = 0; c < columns; c++) {
        double scale, rhs, r = true_residual(m, x + c * n, b + c * n, &scale, &rhs);
        assert_true(r <= backward_error * scale);
        worst = fmax(worst, r / rhs);
        rounding = fmax(rounding, 4.0 * 2.3e-16 * scale / rhs);
    }
    /* the reported residual is the true one, up to the rounding of its own computation */
    assert_true(residual >= 0.0 && fabs(residual - worst) < rounding);
    free(b);
    free(x);
    free(exact);
}

static void agrees_with_lapack_at_every_size(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 600; n = n < 70 ? n + 1 : n < 200 ? n + 31 : n + 133)
        for (int mixed = 0; mixed < 2; mixed++) {
            matrix m = random_matrix(n, 1.5, 7 + n);
            ali_solver_options options = unsymmetric(mixed != 0,
                                                     n % 3 == 0   ? 32
                                                     : n % 3 == 1 ? 96
                                                                  : 0,
                                                     1 + (int)n % 2);
            ali_solver *solver = must_create(&m, &options);
            assert_int_equal(ali_solver_get_facts(solver).level,
                             mixed ? ALI_SOLVER_SINGLE : ALI_SOLVER_DOUBLE);
            /* few columns and many take different ways */
            check_solutions(&m, solver, n % 5 == 0 ? 70 : 3, 8.0 * 2.3e-16, 1e-13);
            ali_solver_destroy(solver);
            free(m.a);
        }
}

/** Multiply row i by 10^rows(i) and column j by 10^columns(j), both spread over +-`decades`. */
static void grade(matrix *m, int decades)
{
    for (size_t j = 0; j < m->n; j++)
        for (size_t i = 0; i < m->n; i++) {
            double row = (double)(i * 37 % m->n) / (double)m->n * 2.0 - 1.0;
            double column = (double)(j * 59 % m->n) / (double)m->n * 2.0 - 1.0;
            m->a[i + j * m->n] *= pow(10.0, decades * row) * pow(10.0, -decades * column);
        }
}

static void units_of_equations_and_unknowns_do_not_matter(void **state)
{
    (void)state;
    size_t n = 150, columns = 3;
    matrix plain = random_matrix(n, 1.0, 15), graded = random_matrix(n, 1.0, 15);
    grade(&graded, 30); /* far beyond the range of single precision */
    ali_solver_options options = unsymmetric(true, 64, 1);
    ali_solver *solver = must_create(&graded, &options);
    ali_solver_facts facts = ali_solver_get_facts(solver);
    assert_int_equal(facts.level, ALI_SOLVER_SINGLE);
    assert_true(facts.condition < 1e4);
    double complex *x = random_columns(n, columns, 2), *y = copy_of(x, n * columns);
    for (size_t at = 0; at < n * columns; at++)
        y[at] *= pow(10.0, 30 * ((double)(at % n * 37 % n) / (double)n * 2.0 - 1.0));
    assert_int_equal(ali_solver_solve(solver, columns, y, NULL, NULL), ALICORN_OK);
    for (size_t at = 0; at < n * columns; at++)
        y[at] *= pow(10.0, -30 * ((double)(at % n * 59 % n) / (double)n * 2.0 - 1.0));
    solve_by_lapack(&plain, x, columns);
    assert_true(largest_difference(n * columns, y, x) < 1e-12);
    ali_solver_destroy(solver);
    free(plain.a);
    free(graded.a);
    free(x);
    free(y);
}

static void scales_bring_rows_and_columns_to_one(void **state)
{
    (void)state;
    size_t n = 70;
    matrix m = random_matrix(n, 0.0, 4);
    grade(&m, 20);
    memset(m.a + 5 * n, 0, n * sizeof *m.a); /* column 5 */
    for (size_t j = 0; j < n; j++)
        m.a[9 + j * n] = 0.0; /* row 9 */
    m.a[11 + 5 * n] = 1e-300;
    for (size_t edge = 32; edge <= 96; edge += 64) { /* one tile: the array itself */
        ali_tiles tiles = ali_tiles_plan(n, edge, false);
        double complex *z = new_array(n * n);
        double row[70], column[70];
        for (size_t j = 0; j < n; j++)
            for (size_t i = 0; i < n; i++) {
                size_t ti = i / tiles.edge, tj = j / tiles.edge;
                z[ali_tiles_offset(&tiles, ti, tj) + i % tiles.edge +
                  j % tiles.edge * ali_tiles_extent(&tiles, ti)] = m.a[i + j * n];
            }
        ali_scaling_equilibrate(&tiles, z, 2, row, column);
        for (size_t i = 0; i < n; i++) {
            double in_row = 0.0, in_column = 0.0;
            int exponent;
            assert_true(frexp(row[i], &exponent) == 0.5 && frexp(column[i], &exponent) == 0.5);
            for (size_t j = 0; j < n; j++) {
                double complex u = m.a[i + j * n] * row[i] * column[j];
                double complex v = m.a[j + i * n] * row[j] * column[i];
                in_row = fmax(in_row, fmax(fabs(creal(u)), fabs(cimag(u))));
                in_column = fmax(in_column, fmax(fabs(creal(v)), fabs(cimag(v))));
            }
            assert_true(in_row < 2.0 && (i == 9 ? row[i] == 1.0 : in_row >= 0.5));
            assert_true(i == 5 || (in_column < 2.0 && in_column >= 1.0));
        }
        free(z);
    }
    free(m.a);
}

/** A = U diag(s) V, U and V products of reflections: singular values s from 1 to 1 / condition. */
static matrix conditioned_matrix(size_t n, double condition, uint64_t seed)
{
    matrix m = new_matrix(n);
    for (size_t i = 0; i < n; i++)
        m.a[i + i * n] = pow(condition, -(double)i / (double)(n - 1));
    for (int reflection = 0; reflection < 6; reflection++) {
        bool left = reflection % 2 == 0;
        double complex *v = random_columns(n, 1, seed + (uint64_t)reflection);
        double norm = 0.0;
        for (size_t i = 0; i < n; i++)
            norm += creal(v[i] * conj(v[i]));
        for (size_t k = 0; k < n; k++) { /* column k, or row k, minus 2 v v^H / |v|^2 of it */
            double complex *first = m.a + (left ? k * n : k), inner = 0.0;
            size_t stride = left ? 1 : n;
            for (size_t i = 0; i < n; i++)
                inner += conj(v[i]) * first[i * stride];
            for (size_t i = 0; i < n; i++)
                first[i * stride] -= 2.0 / norm * inner * v[i];
        }
        free(v);
    }
    return m;
}

static void ill_conditioned_systems_escalate(void **state)
{
    (void)state;
    static const double conditions[] = {1e2, 1e9, 1e13};
    for (size_t k = 0; k < 3; k++) {
        matrix m = conditioned_matrix(130, conditions[k], 5);
        ali_solver_options options = unsymmetric(true, 64, 1);
        ali_solver *solver = must_create(&m, &options);
        ali_solver_facts facts = ali_solver_get_facts(solver);
        if (k == 0)
            assert_int_equal(facts.level, ALI_SOLVER_SINGLE);
        else
            assert_true(facts.level >= ALI_SOLVER_DOUBLE && facts.escalations >= 1);
        assert_true(facts.condition <= 500.0 * conditions[k]);
        check_solutions(&m, solver, 2, 1e-14, 1e-14 * conditions[k] + 1e-13);
        ali_solver_destroy(solver);
        free(m.a);
    }
}

/** Large numbers only where rows i meet columns i ^ `distance`: with distance 1 exchanges inside a
 * tile suffice, with 64 the diagonal tiles of edge 32 are small or zero. */
static void pivots_when_it_must(void **state)
{
    (void)state;
    static const size_t distances[] = {1, 64, 64};
    for (int k = 0; k < 3; k++) {
        size_t n = 128;
        matrix m = random_matrix(n, 0.0, 23);
        for (size_t j = 0; j < n; j++)
            for (size_t i = 0; i < n; i++)
                if (k > 0 && i / 32 == j / 32)
                    m.a[i + j * n] *= k == 1 ? 1e-14 : 0.0;
        for (size_t i = 0; i < n; i++) {
            m.a[i + i * n] = 0.0;
            m.a[i + (i ^ distances[k]) * n] = 20.0;
        }
        ali_solver_options options = unsymmetric(true, 32, 2);
        ali_solver *solver = must_create(&m, &options);
        ali_solver_facts facts = ali_solver_get_facts(solver);
        assert_int_equal(facts.level, k == 0 ? ALI_SOLVER_SINGLE : ALI_SOLVER_PIVOTED);
        assert_int_equal(facts.escalations, k == 0 ? 0 : 2);
        check_solutions(&m, solver, 70, 8.0 * 2.3e-16, 1e-12);
        ali_solver_destroy(solver);
        free(m.a);
    }
}

static void singular_matrices_are_reported(void **state)
{
    (void)state;
    for (int kind = 0; kind < 5; kind++) {
        matrix m = random_matrix(kind == 4 ? 1 : 130, 1.0, 31);
        size_t n = m.n;
        if (kind == 0 || kind == 4)
            memset(m.a, 0, n * n * sizeof *m.a);
        else if (kind == 1)
            memcpy(m.a + 12 * n, m.a + 77 * n, n * sizeof *m.a); /* two equal columns */
        else if (kind == 2)
            for (size_t j = 0; j < n; j++)
                m.a[n - 1 + j * n] = 2.0 * m.a[3 + j * n]; /* dependent rows */
        else
            m.a[50 + 60 * n] = (double)NAN;
        ali_solver_options options = unsymmetric(kind != 1, 64, 1);
        ali_solver *solver = (ali_solver *)&options;
        alicorn_error error = {0};
        assert_int_equal(ali_solver_create(n, fill, &m, &options, &solver, &error),
                         ALICORN_E_NUMERIC);
        assert_null(solver);
        assert_non_null(strstr(error.message, kind == 3 ? "not finite" : "singular"));
        free(m.a);
    }
}

static void threads_do_not_change_a_bit(void **state)
{
    (void)state;
    for (int level = 0; level < ALI_SOLVER_LEVELS; level++) {
        bool pivoted = level == ALI_SOLVER_PIVOTED;
        matrix m = random_matrix(pivoted ? 500 : 333, 0.8, 4);
        for (size_t j = 0; pivoted && j < 32; j++)
            for (size_t i = 0; i < 32; i++)
                m.a[i + j * m.n] = 0.0;
        double complex *first = NULL;
        for (int run = 0; run < (pivoted ? 3 : 5); run++) {
            ali_solver_options options =
                unsymmetric(level == ALI_SOLVER_SINGLE, 32, run == 4 ? 0 : 1 + run % 4);
            ali_solver *solver = must_create(&m, &options);
            assert_int_equal(ali_solver_get_facts(solver).level, level);
            double complex *x = random_columns(m.n, 20, 8);
            assert_int_equal(ali_solver_solve(solver, 20, x, NULL, NULL), ALICORN_OK);
            if (first)
                assert_memory_equal(first, x, 20 * m.n * sizeof *x);
            else
                first = copy_of(x, 20 * m.n);
            ali_solver_destroy(solver);
            free(x);
        }
        free(first);
        free(m.a);
    }
}

/** [[1, 2], [3, 4]] is scaled to [[1, 1], [1.5, 1]]; after an exchange D is 1.5 and 1/3. */
static void facts_are_those_of_the_elimination(void **state)
{
    (void)state;
    matrix m = new_matrix(2);
    m.a[0] = 1.0;
    m.a[1] = 3.0;
    m.a[2] = 2.0;
    m.a[3] = 4.0;
    ali_solver_options options = unsymmetric(false, 0, 1);
    ali_solver *solver = must_create(&m, &options);
    ali_solver_facts facts = ali_solver_get_facts(solver);
    assert_true(fabs(facts.smallest_pivot - 1.0 / 3.0) < 1e-15 && facts.smallest_pivot_at == 1);
    assert_true(facts.largest_pivot == 1.5 && facts.growth == 1.0 && facts.unknowns == 2);
    assert_true(facts.condition <= 11.0 * sqrt(2.0));
    ali_solver_destroy(solver);
    free(m.a);
}

static void what_needs_symmetry_is_refused(void **state)
{
    (void)state;
    matrix m = random_matrix(100, 1.0, 4);
    ali_solver_options options = unsymmetric(false, 32, 1);
    ali_solver *solver = must_create(&m, &options);
    ali_bordered *bordered = (ali_bordered *)&m;
    alicorn_error error = {0};
    assert_int_equal(ali_solver_solve_leading(solver, 64, 1, m.a, NULL, &error), ALICORN_E_NUMERIC);
    assert_non_null(strstr(error.message, "unsymmetric"));
    assert_int_equal(ali_solver_solve_leading(solver, 100, 1, m.a, NULL, &error), ALICORN_OK);
    assert_int_equal(ali_bordered_create(solver, 100, 1, m.a, m.a, &options, &bordered, &error),
                     ALICORN_E_NUMERIC);
    assert_non_null(strstr(error.message, "unsymmetric"));
    assert_null(bordered);
    ali_solver_destroy(solver);
    free(m.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lapack_at_every_size),
        cmocka_unit_test(units_of_equations_and_unknowns_do_not_matter),
        cmocka_unit_test(scales_bring_rows_and_columns_to_one),
        cmocka_unit_test(ill_conditioned_systems_escalate),
        cmocka_unit_test(pivots_when_it_must),
        cmocka_unit_test(singular_matrices_are_reported),
        cmocka_unit_test(threads_do_not_change_a_bit),
        cmocka_unit_test(facts_are_those_of_the_elimination),
        cmocka_unit_test(what_needs_symmetry_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
