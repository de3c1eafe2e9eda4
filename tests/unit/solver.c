/* SPDX-License-Identifier: Apache-2.0 */
/* The dense solver against LAPACK's zsysv and against residuals summed here in long double. */
#include "base/memory.h"
#include "solver_support.h"

#include <stdio.h>

void zsysv_(const char *uplo, const int *n, const int *nrhs, double complex *a, const int *lda,
            int *ipiv, double complex *b, const int *ldb, double complex *work, const int *lwork,
            int *info, size_t uplo_length);

/* ---- the allocator of base/memory.h, replaced: it counts bytes and fails on demand ---- */

static size_t requested_bytes; /**< since the last reset */
static int fail_at = -1;       /**< this allocation fails, counting down */
enum { MOST_REQUESTS = 200 };
static size_t requests, request_bytes[MOST_REQUESTS]; /**< of one thread, since the last reset */

static void *request(size_t count, size_t size)
{
    if (fail_at >= 0 && fail_at-- == 0)
        return NULL;
#pragma omp critical
    {
        requested_bytes += count * size;
        if (requests < MOST_REQUESTS)
            request_bytes[requests++] = count * size;
    }
    return aligned_alloc(64, (count * size + 64) / 64 * 64);
}

void *ali_alloc_aligned(size_t count, size_t size)
{
    return request(count, size);
}

void *ali_calloc(size_t count, size_t size)
{
    void *memory = request(count, size);
    return memory ? memset(memory, 0, count * size) : NULL;
}

void *ali_calloc_aligned(size_t count, size_t size)
{
    return ali_calloc(count, size);
}

/** Random complex-symmetric; the diagonal is `weight` times the size of a row's sum. */
static matrix random_matrix(size_t n, double weight, uint64_t seed)
{
    matrix m = new_matrix(n);
    for (size_t j = 0; j < n; j++)
        for (size_t i = j; i < n; i++) {
            double complex value = random_complex(&seed);
            if (i == j)
                value += weight * sqrt((double)n) * (1.0 - 2.0 * I);
            m.a[i + j * n] = m.a[j + i * n] = value;
        }
    return m;
}

static void solve_by_lapack(const matrix *m, double complex *b, size_t columns)
{
    int n = (int)m->n, count = (int)columns, info = 0, size = 68 * n + 64;
    double complex *a = copy_of(m->a, m->n * m->n), *work = new_array((size_t)size);
    int *pivot = calloc(m->n, sizeof *pivot);
    assert_non_null(pivot);
    zsysv_("L", &n, &count, a, &n, pivot, b, &n, work, &n, &info, 1);
    assert_int_equal(info, 0);
    free(a);
    free(work);
    free(pivot);
}

/* ---- tests ---- */

static void agrees_with_lapack_at_every_size(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 20, 31, 32, 33, 63, 64, 65, 95, 96, 97, 193, 305};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (int mixed = 0; mixed < 2; mixed++) {
            size_t n = sizes[k], columns = 3;
            matrix m = random_matrix(n, 1.5, 7 + n);
            ali_solver_options options = options_for(mixed != 0, 96, 1 + (int)k % 2);
            ali_solver *solver = must_create(&m, &options);
            assert_int_equal(ali_solver_get_facts(solver).level,
                             mixed ? ALI_SOLVER_SINGLE : ALI_SOLVER_DOUBLE);
            double complex *b = random_columns(n, columns, 3), *x = copy_of(b, n * columns);
            double complex *exact = copy_of(b, n * columns);
            double residual = -1.0, worst = 0.0;
            assert_int_equal(ali_solver_solve(solver, columns, x, &residual, NULL), ALICORN_OK);
            solve_by_lapack(&m, exact, columns);
            assert_true(largest_difference(n * columns, x, exact) < 1e-13);
            for (size_t c = 0; c < columns; c++) {
                double scale, rhs, r = true_residual(&m, x + c * n, b + c * n, &scale, &rhs);
                assert_true(r <= 4.5 * 2.3e-16 * scale);
                worst = fmax(worst, r / rhs);
            }
            /* the reported residual is the true one, up to the rounding of its own computation */
            assert_true(residual >= 0.0 && fabs(residual - worst) < 5e-15);
            ali_solver_destroy(solver);
            free(m.a);
            free(b);
            free(x);
            free(exact);
        }
}

/** A = U diag(s) U^T with U a product of complex reflections: singular values s, from 1 to 1 /
 * condition. */
static matrix conditioned_matrix(size_t n, double condition, uint64_t seed)
{
    matrix m = new_matrix(n);
    for (size_t i = 0; i < n; i++)
        m.a[i + i * n] = pow(condition, -(double)i / (double)(n - 1));
    for (int reflection = 0; reflection < 3; reflection++) {
        double complex *v = random_columns(n, 1, seed + (uint64_t)reflection), *w = new_array(n);
        double norm = 0.0;
        double complex inner = 0.0;
        for (size_t i = 0; i < n; i++)
            norm += creal(v[i] * conj(v[i]));
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                w[i] += m.a[i + j * n] * conj(v[j]) / norm;
        for (size_t i = 0; i < n; i++)
            inner += conj(v[i]) * w[i] / norm;
        for (size_t i = 0; i < n; i++) /* H A H^T, H = 1 - 2 v v^H / |v|^2 */
            for (size_t j = 0; j < n; j++)
                m.a[i + j * n] -= 2.0 * (v[i] * w[j] + w[i] * v[j]) - 4.0 * inner * v[i] * v[j];
        free(v);
        free(w);
    }
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < j; i++)
            m.a[i + j * n] = m.a[j + i * n];
    return m;
}

static void ill_conditioned_systems_escalate(void **state)
{
    (void)state;
    static const double conditions[] = {1e3, 1e9, 1e13};
    for (size_t k = 0; k < 3; k++) {
        matrix m = conditioned_matrix(130, conditions[k], 5);
        ali_solver_options options = options_for(true, 64, 1);
        ali_solver *solver = must_create(&m, &options);
        ali_solver_facts facts = ali_solver_get_facts(solver);
        if (k == 0)
            assert_int_equal(facts.level, ALI_SOLVER_SINGLE);
        else
            assert_true(facts.level >= ALI_SOLVER_DOUBLE && facts.escalations >= 1);
        assert_true(facts.condition <= 200.0 * conditions[k]);
        double complex *b = random_columns(m.n, 2, 17), *x = copy_of(b, 2 * m.n);
        assert_int_equal(ali_solver_solve(solver, 2, x, NULL, NULL), ALICORN_OK);
        for (size_t c = 0; c < 2; c++) {
            double scale, rhs, r = true_residual(&m, x + c * m.n, b + c * m.n, &scale, &rhs);
            assert_true(r <= 1e-13 * scale);
        }
        ali_solver_destroy(solver);
        free(m.a);
        free(b);
        free(x);
    }
}

/** Unpivoted elimination of a zero diagonal is impossible, of a tiny one useless. */
static void pivots_when_it_must(void **state)
{
    (void)state;
    for (int tiny = 0; tiny < 2; tiny++) {
        matrix m = random_matrix(130, 0.0, 23);
        for (size_t i = 0; i < m.n; i++) {
            m.a[i + i * m.n] = tiny ? 1e-14 : 0.0;
            m.a[i + (i ^ 1) * m.n] = 15.0; /* n is even */
        }
        ali_solver_options options = options_for(true, 32, 2);
        ali_solver *solver = must_create(&m, &options);
        ali_solver_facts facts = ali_solver_get_facts(solver);
        assert_true(facts.level > ALI_SOLVER_SINGLE);
        double complex *b = random_columns(m.n, 70, 1), *x = copy_of(b, 70 * m.n), *exact;
        exact = copy_of(b, 70 * m.n);
        double residual = 1.0;
        assert_int_equal(ali_solver_solve(solver, 70, x, &residual, NULL), ALICORN_OK);
        assert_true(residual < 1e-13);
        solve_by_lapack(&m, exact, 70);
        assert_true(largest_difference(70 * m.n, x, exact) < 1e-12);
        if (!tiny) {
            alicorn_error error;
            assert_int_equal(facts.level, ALI_SOLVER_PIVOTED);
            assert_int_equal(ali_solver_solve_leading(solver, 60, 1, x, NULL, &error),
                             ALICORN_E_NUMERIC);
            assert_non_null(strstr(error.message, "leading block"));
        }
        ali_solver_destroy(solver);
        free(m.a);
        free(b);
        free(x);
        free(exact);
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
        else if (kind <
                 3) /* two equal rows and columns; in random order of elimination and at the end */
            for (size_t i = 0, from = 77, to = kind == 1 ? 12 : n - 1; i < n + 1; i++) {
                size_t k = i < n ? i : to;
                m.a[to + k * n] = m.a[from + (k == to ? from : k) * n];
                m.a[k + to * n] = m.a[to + k * n];
            }
        else
            m.a[50 + 60 * n] = m.a[60 + 50 * n] = (double)NAN;
        ali_solver_options options = options_for(kind != 1, 64, 1);
        ali_solver *solver = (ali_solver *)&options;
        alicorn_error error = {0};
        assert_int_equal(ali_solver_create(n, fill, &m, &options, &solver, &error),
                         ALICORN_E_NUMERIC);
        assert_null(solver);
        assert_non_null(strstr(error.message, kind == 3 ? "not finite" : "singular"));
        free(m.a);
    }
}

static void leading_block_is_the_smaller_system(void **state)
{
    (void)state;
    static const size_t leading[] = {1, 33, 64, 100, 128, 200, 209};
    matrix whole = random_matrix(209, 1.0, 77);
    for (int mixed = 0; mixed < 2; mixed++) {
        ali_solver_options options = options_for(mixed != 0, 64, 2 - mixed);
        ali_solver *solver = must_create(&whole, &options);
        for (size_t k = 0; k < sizeof leading / sizeof *leading; k++) {
            size_t m = leading[k];
            matrix part = new_matrix(m);
            for (size_t j = 0; j < m; j++)
                memcpy(part.a + j * m, whole.a + j * whole.n, m * sizeof *part.a);
            ali_solver *alone = must_create(&part, &options);
            double complex *x = random_columns(m, 2, 9), *y = copy_of(x, 2 * m);
            double residual[2];
            assert_int_equal(ali_solver_solve_leading(solver, m, 2, x, &residual[0], NULL), 0);
            assert_int_equal(ali_solver_solve(alone, 2, y, &residual[1], NULL), ALICORN_OK);
            assert_true(largest_difference(2 * m, x, y) < 1e-13);
            assert_true(residual[0] < 1e-13 && residual[1] < 1e-13);
            ali_solver_destroy(alone);
            free(part.a);
            free(x);
            free(y);
        }
        ali_solver_destroy(solver);
    }
    free(whole.a);
}

static void threads_do_not_change_a_bit(void **state)
{
    (void)state;
    for (int level = 0; level < ALI_SOLVER_LEVELS; level++) {
        bool pivoted = level == ALI_SOLVER_PIVOTED;
        matrix m = random_matrix(pivoted ? 500 : 233, 0.8, 4);
        for (size_t j = 0; pivoted && j < 32; j++)
            for (size_t i = 0; i < 32; i++)
                m.a[i + j * m.n] = 0.0;
        double complex *first = NULL;
        for (int run = 0; run < (pivoted ? 3 : 5); run++) {
            ali_solver_options options =
                options_for(level == ALI_SOLVER_SINGLE, 32, run == 4 ? 0 : 1 + run % 4);
            ali_solver *solver = must_create(&m, &options);
            assert_int_equal(ali_solver_get_facts(solver).level, level);
            double complex *x = random_columns(m.n, 2, 8);
            assert_int_equal(ali_solver_solve(solver, 2, x, NULL, NULL), ALICORN_OK);
            if (first)
                assert_memory_equal(first, x, 2 * m.n * sizeof *x);
            else
                first = copy_of(x, 2 * m.n);
            ali_solver_destroy(solver);
            free(x);
        }
        free(first);
        free(m.a);
    }
}

static void many_columns_equal_single_columns(void **state)
{
    (void)state;
    size_t columns = 150;
    matrix m = random_matrix(140, 1.0, 11);
    ali_solver_options options = options_for(true, 64, 2);
    options.parallel_from = 100; /* blocks of 64 on two threads, single columns on one */
    ali_solver *solver = must_create(&m, &options);
    double complex *all = random_columns(m.n, columns, 6);
    memset(all + 70 * m.n, 0, m.n * sizeof *all);
    for (size_t i = 0; i < m.n; i++) {
        all[3 * m.n + i] *= 1e-200; /* squares underflow */
        all[4 * m.n + i] *= 1e+200;
    }
    double complex *one = copy_of(all, m.n * columns);
    double residual = 1.0;
    assert_int_equal(ali_solver_solve(solver, columns, all, &residual, NULL), ALICORN_OK);
    assert_true(residual < 1e-13);
    for (size_t c = 0; c < columns; c++) {
        assert_int_equal(ali_solver_solve(solver, 1, one + c * m.n, &residual, NULL), ALICORN_OK);
        if (c == 70) {
            assert_true(residual == 0.0);
            for (size_t i = 0; i < m.n; i++)
                assert_true(all[c * m.n + i] == 0.0 && one[c * m.n + i] == 0.0);
        } else {
            assert_true(largest_difference(m.n, all + c * m.n, one + c * m.n) < 1e-13);
        }
    }
    alicorn_error error;
    assert_int_equal(ali_solver_solve(solver, 0, all, &residual, NULL), ALICORN_OK);
    all[5] = (double)INFINITY;
    assert_int_equal(ali_solver_solve(solver, 1, all, NULL, &error), ALICORN_E_NUMERIC);
    assert_non_null(strstr(error.message, "right-hand side"));
    ali_solver_destroy(solver);
    free(m.a);
    free(all);
    free(one);
}

/** Unknowns measured in units eighty decades apart, beyond the range of single precision. */
static void units_of_the_unknowns_do_not_matter(void **state)
{
    (void)state;
    matrix m = random_matrix(150, 1.0, 15);
    ali_solver_options options = options_for(true, 64, 1);
    ali_solver *plain = must_create(&m, &options);
    for (size_t j = 0; j < m.n; j++)
        for (size_t i = 0; i < m.n; i++)
            m.a[i + j * m.n] = ldexp(1.0, 17 * (int)(i % 17) - 136) * m.a[i + j * m.n] *
                               ldexp(1.0, 17 * (int)(j % 17) - 136);
    ali_solver *scaled = must_create(&m, &options);
    ali_solver_facts a = ali_solver_get_facts(plain), b = ali_solver_get_facts(scaled);
    assert_int_equal(b.level, ALI_SOLVER_SINGLE);
    assert_true(a.condition == b.condition && a.growth == b.growth &&
                a.smallest_pivot == b.smallest_pivot);
    double complex *x = random_columns(m.n, 1, 2), *y = copy_of(x, m.n);
    for (size_t i = 0; i < m.n; i++)
        y[i] *= ldexp(1.0, 17 * (int)(i % 17) - 136);
    assert_int_equal(ali_solver_solve(plain, 1, x, NULL, NULL), ALICORN_OK);
    assert_int_equal(ali_solver_solve(scaled, 1, y, NULL, NULL), ALICORN_OK);
    for (size_t i = 0; i < m.n; i++)
        y[i] *= ldexp(1.0, 17 * (int)(i % 17) - 136);
    assert_memory_equal(x, y, m.n * sizeof *x);
    ali_solver_destroy(plain);
    ali_solver_destroy(scaled);
    free(m.a);
    free(x);
    free(y);
}

/** Progress that stops at its `stop_at`-th call and checks that it is asked in order. */
typedef struct watch {
    const char *stop_stage;
    size_t calls, stop_at, done, total;
    char stage[16];
} watch;

static int watch_progress(void *user, const char *stage, size_t done, size_t total)
{
    watch *w = user;
    if (strcmp(stage, w->stage) != 0) {
        snprintf(w->stage, sizeof w->stage, "%s", stage);
        w->done = 0;
    }
    assert_true(done > w->done && done <= total);
    w->done = done;
    w->total = total;
    w->calls += w->stop_stage && strcmp(stage, w->stop_stage) == 0;
    return w->stop_at != 0 && w->calls >= w->stop_at;
}

static void progress_interrupts(void **state)
{
    (void)state;
    static const char *const stages[] = {"fill", "factor"};
    matrix m = random_matrix(200, 1.0, 19);
    for (int run = 0; run < 4; run++)
        for (size_t stage = 0; stage < 2; stage++)
            for (size_t stop_at = 0; stop_at < 20; stop_at += 8) {
                watch w = {.stop_stage = stages[stage], .stop_at = stop_at};
                ali_solver_options options = options_for(false, 32, 1 + run % 2);
                options.symmetric = run < 2;
                options.progress = watch_progress;
                options.progress_user = &w;
                ali_solver *solver = NULL;
                alicorn_error error = {0};
                alicorn_status status = ali_solver_create(m.n, fill, &m, &options, &solver, &error);
                if (stop_at == 0) {
                    assert_int_equal(status, ALICORN_OK);
                    assert_string_equal(w.stage, "factor");
                    assert_true(w.done == w.total);
                } else {
                    assert_int_equal(status, ALICORN_E_INTERRUPTED);
                    assert_int_equal(error.code, ALICORN_E_INTERRUPTED);
                    assert_null(solver);
                    assert_int_equal(w.calls, stop_at); /* never asked again */
                }
                ali_solver_destroy(solver);
            }
    free(m.a);
}

static void fill_failures_come_through(void **state)
{
    (void)state;
    matrix m = random_matrix(200, 1.0, 3);
    m.fail_row = 96;
    for (int run = 0; run < 4; run++) {
        ali_solver_options options = options_for(false, 32, 1 + run % 2);
        options.symmetric = run < 2;
        ali_solver *solver = NULL;
        alicorn_error error = {0};
        assert_int_equal(ali_solver_create(m.n, fill, &m, &options, &solver, &error),
                         ALICORN_E_INPUT);
        assert_string_equal(error.message, "no such row 96");
        assert_null(solver);
    }
    free(m.a);
}

static void survive_allocation_failures(bool symmetric)
{
    matrix m = random_matrix(100, 0.0, 2);
    for (size_t j = 0; j < 32; j++) /* goes through all three levels */
        for (size_t i = 0; i < 32; i++)
            m.a[i + j * m.n] = 0.0;
    ali_solver_options options = options_for(true, 32, 1);
    options.symmetric = symmetric;
    alicorn_status status = ALICORN_E_MEMORY;
    int failures = 0;
    for (; status != ALICORN_OK && failures < 100; failures++) {
        ali_solver *solver = NULL;
        alicorn_error error = {0};
        fail_at = failures;
        status = ali_solver_create(m.n, fill, &m, &options, &solver, &error);
        fail_at = -1;
        assert_true(status == ALICORN_OK || status == ALICORN_E_MEMORY);
        if (status == ALICORN_OK) {
            double complex *b = random_columns(m.n, 1, 1);
            assert_int_equal(ali_solver_get_facts(solver).level, ALI_SOLVER_PIVOTED);
            fail_at = 0;
            assert_int_equal(ali_solver_solve(solver, 1, b, NULL, NULL), ALICORN_E_MEMORY);
            fail_at = -1;
            assert_int_equal(ali_solver_solve(solver, 1, b, NULL, NULL), ALICORN_OK);
            free(b);
        } else {
            assert_null(solver);
            assert_non_null(strstr(error.message, "memory"));
        }
        ali_solver_destroy(solver);
    }
    assert_true(failures > 10);
    free(m.a);
}

static void allocation_failures_are_survived(void **state)
{
    (void)state;
    survive_allocation_failures(true);
    survive_allocation_failures(false);
}

static void memory_is_predicted(void **state)
{
    (void)state;
    static const size_t sizes[] = {20, 400, 1250};
    for (size_t k = 0; k < 3; k++)
        for (int run = 0; run < 4; run++) {
            bool mixed = run % 2 != 0, symmetric = run < 2;
            matrix m = random_matrix(sizes[k], 1.0, 5);
            ali_solver_options options;
            ali_solver_options_default(&options);
            options.mixed = mixed;
            options.symmetric = symmetric;
            options.threads = 1;
            requested_bytes = 0;
            ali_solver *solver = must_create(&m, &options);
            bool single = mixed && k == 2;
            double predicted = (double)ali_solver_memory(m.n, symmetric, single);
            ali_solver_facts facts = ali_solver_get_facts(solver);
            /* everything asked for, the factor's work and the trial's counted both: a small part
             * each */
            assert_true(k == 0 || fabs((double)requested_bytes / predicted - 1.0) < 0.05);
            assert_true((double)facts.memory_peak == predicted);
            assert_true(facts.memory_bytes < facts.memory_peak);
            assert_int_equal(facts.level, single ? ALI_SOLVER_SINGLE : ALI_SOLVER_DOUBLE);
            ali_solver_destroy(solver);
            free(m.a);
        }
    assert_true((double)ali_solver_memory(10368, true, true) < 13.2 * 10368.0 * 10368.0);
    assert_true((double)ali_solver_memory(10368, false, true) < 25.2 * 10368.0 * 10368.0);
    assert_true(ali_solver_memory((size_t)1 << 40, false, true) == SIZE_MAX);
    assert_true(ali_solver_memory((size_t)1 << 40, true, true) == SIZE_MAX);
    assert_true(ali_solver_memory(0, true, true) == 0);
    ali_solver_options defaults;
    ali_solver_options_default(&defaults);
    assert_int_equal(ali_solver_mixed_from(0), 200);
    assert_int_equal(ali_solver_mixed_from(20), 640);
    assert_int_equal(ali_solver_mixed_from(SIZE_MAX), defaults.mixed_from);
}

/** One work space, and what comes and goes while it is held. */
static void memory_of_solving_is_predicted(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 16, 17, 64, 100};
    for (int mixed = 0; mixed < 2; mixed++) {
        matrix m = random_matrix(mixed ? 1250 : 300, 1.0, 5);
        ali_solver_options options;
        ali_solver_options_default(&options);
        options.mixed = mixed;
        options.threads = 1;
        ali_solver *solver = must_create(&m, &options);
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
            uint64_t seed = 9;
            double complex *b = new_array(m.n * counts[k]);
            for (size_t i = 0; i < m.n * counts[k]; i++)
                b[i] = random_complex(&seed);
            requests = 0;
            assert_int_equal(ali_solver_solve(solver, counts[k], b, NULL, NULL), ALICORN_OK);
            size_t passing = 0;
            for (size_t i = 1; i < requests; i++)
                passing = request_bytes[i] > passing ? request_bytes[i] : passing;
            assert_in_range(requests, 1, MOST_REQUESTS - 1);
            assert_int_equal(request_bytes[0] + passing,
                             ali_solver_solve_memory(m.n, counts[k], mixed));
            free(b);
        }
        ali_solver_destroy(solver);
        free(m.a);
    }
}

static void limits_and_misuse_are_refused(void **state)
{
    (void)state;
    matrix m = random_matrix(1300, 1.0, 5);
    ali_solver *solver = NULL;
    alicorn_error error = {0};
    ali_solver_options options;
    ali_solver_options_default(&options);
    options.mixed = false;
    options.memory_limit = ali_solver_memory(m.n, true, false) - 1;
    assert_int_equal(ali_solver_create(m.n, fill, &m, &options, &solver, &error), ALICORN_E_MEMORY);
    assert_non_null(strstr(error.message, "limit"));
    options.memory_limit++;
    ali_solver_destroy(must_create(&m, &options));
    memset(m.a, 0, sizeof *m.a); /* needs pivoting, which does not fit */
    assert_int_equal(ali_solver_create(m.n, fill, &m, &options, &solver, &error), ALICORN_E_MEMORY);
    assert_non_null(strstr(error.message, "pivoted"));
    assert_int_equal(ali_solver_create((size_t)1 << 40, fill, &m, NULL, &solver, &error),
                     ALICORN_E_MEMORY);
    assert_int_equal(ali_solver_create(0, fill, &m, NULL, &solver, &error), ALICORN_E_USAGE);
    assert_int_equal(ali_solver_create(1, NULL, &m, NULL, &solver, &error), ALICORN_E_USAGE);
    options = options_for(false, 33, 1);
    assert_int_equal(ali_solver_create(m.n, fill, &m, &options, &solver, &error), ALICORN_E_USAGE);
    m.a[0] = 20.0;
    options = options_for(false, 0, 1);
    solver = must_create(&m, &options);
    assert_int_equal(ali_solver_solve_leading(solver, 1301, 1, m.a, NULL, &error), ALICORN_E_USAGE);
    assert_int_equal(ali_solver_solve_leading(solver, 0, 1, m.a, NULL, &error), ALICORN_E_USAGE);
    ali_solver_destroy(solver);
    ali_solver_destroy(NULL);
    free(m.a);
}

/** Sweeps solve one frequency per thread: inside a parallel region a solver must stay on its
 * thread, and threads must not disturb each other's results. */
static void works_inside_a_parallel_region(void **state)
{
    (void)state;
    enum { SOLVES = 6 };
    size_t n = 150;
    matrix m[SOLVES];
    double complex *alone[SOLVES], *inside[SOLVES];
    alicorn_status status[SOLVES];
    for (int k = 0; k < SOLVES; k++) {
        m[k] = random_matrix(n, 1.0, 40 + (uint64_t)k);
        alone[k] = random_columns(n, 1, 3);
        inside[k] = copy_of(alone[k], n);
        ali_solver_options options = options_for(k % 2 != 0, 32, 2);
        options.symmetric = k < SOLVES / 2;
        ali_solver *solver = must_create(&m[k], &options);
        assert_int_equal(ali_solver_solve(solver, 1, alone[k], NULL, NULL), ALICORN_OK);
        ali_solver_destroy(solver);
        m[k].foreign_thread = 0;
    }
#pragma omp parallel for num_threads(2) schedule(dynamic)
    for (int k = 0; k < SOLVES; k++) {
        ali_solver_options options = options_for(k % 2 != 0, 32, 2);
        options.symmetric = k < SOLVES / 2;
        ali_solver *solver = NULL;
        m[k].thread = thread_number();
        status[k] = ali_solver_create(n, fill, &m[k], &options, &solver, NULL);
        if (status[k] == ALICORN_OK)
            status[k] = ali_solver_solve(solver, 1, inside[k], NULL, NULL);
        ali_solver_destroy(solver);
    }
    for (int k = 0; k < SOLVES; k++) {
        assert_int_equal(status[k], ALICORN_OK);
        assert_int_equal(m[k].foreign_thread, 0);
        assert_memory_equal(alone[k], inside[k], n * sizeof **alone);
        free(m[k].a);
        free(alone[k]);
        free(inside[k]);
    }
}

static void one_solver_serves_several_threads(void **state)
{
    (void)state;
    matrix m = random_matrix(150, 1.0, 8);
    ali_solver_options options = options_for(true, 32, 1);
    ali_solver *solver = must_create(&m, &options);
    assert_int_equal(m.foreign_thread, 0); /* one thread: nobody else filled */
    double complex *x[8], *first = random_columns(m.n, 3, 3);
    alicorn_status status[8];
    for (int k = 0; k < 8; k++)
        x[k] = copy_of(first, 3 * m.n);
    assert_int_equal(ali_solver_solve(solver, 3, first, NULL, NULL), ALICORN_OK);
#pragma omp parallel for num_threads(2)
    for (int k = 0; k < 8; k++)
        status[k] = ali_solver_solve(solver, 3, x[k], NULL, NULL);
    for (int k = 0; k < 8; k++) {
        assert_int_equal(status[k], ALICORN_OK);
        assert_memory_equal(x[k], first, 3 * m.n * sizeof *first);
        free(x[k]);
    }
    ali_solver_destroy(solver);
    free(m.a);
    free(first);
}

static void check_residual_function(bool symmetric)
{
    matrix m = random_matrix(75, 1.0, 12);
    ali_solver_options options = options_for(false, 32, 2);
    options.symmetric = symmetric;
    if (!symmetric)
        m.a[3 + 60 * m.n] += 2.0;
    ali_solver *solver = must_create(&m, &options);
    double complex *x = random_columns(m.n, 2, 1), *b = random_columns(m.n, 2, 2);
    double complex *r = new_array(2 * m.n);
    ali_solver_residual(solver, 2, x, b, r);
    for (size_t c = 0; c < 2; c++)
        for (size_t i = 0; i < m.n; i++) {
            double complex sum = b[i + c * m.n];
            for (size_t j = 0; j < m.n; j++)
                sum -= m.a[i + j * m.n] * x[j + c * m.n];
            assert_true(cabs(sum - r[i + c * m.n]) < 1e-13);
        }
    ali_solver_residual(solver, 2, x, b, b); /* in place */
    assert_memory_equal(b, r, 2 * m.n * sizeof *b);
    ali_solver_destroy(solver);
    free(m.a);
    free(x);
    free(b);
    free(r);
}

static void residual_function_is_b_minus_zx(void **state)
{
    (void)state;
    check_residual_function(true);
    check_residual_function(false);
}

/** Pivots and growth of a matrix small enough to eliminate by hand: [[1, 2], [2, 1]] = L diag(1,
 * -3) L^T. */
static void facts_are_those_of_the_elimination(void **state)
{
    (void)state;
    matrix m = new_matrix(2);
    m.a[0] = m.a[3] = 1.0;
    m.a[1] = m.a[2] = 2.0;
    ali_solver *solver = must_create(&m, NULL);
    ali_solver_facts facts = ali_solver_get_facts(solver);
    assert_true(facts.smallest_pivot == 1.0 && facts.smallest_pivot_at == 0);
    assert_true(facts.largest_pivot == 3.0 && facts.growth == 1.5);
    assert_true(facts.condition <= 3.0 * sqrt(10.0) && facts.unknowns == 2);
    assert_string_equal(ali_solver_level_name(facts.level), "double");
    ali_solver_destroy(solver);
    free(m.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lapack_at_every_size),
        cmocka_unit_test(ill_conditioned_systems_escalate),
        cmocka_unit_test(pivots_when_it_must),
        cmocka_unit_test(singular_matrices_are_reported),
        cmocka_unit_test(leading_block_is_the_smaller_system),
        cmocka_unit_test(threads_do_not_change_a_bit),
        cmocka_unit_test(many_columns_equal_single_columns),
        cmocka_unit_test(units_of_the_unknowns_do_not_matter),
        cmocka_unit_test(progress_interrupts),
        cmocka_unit_test(fill_failures_come_through),
        cmocka_unit_test(allocation_failures_are_survived),
        cmocka_unit_test(memory_is_predicted),
        cmocka_unit_test(memory_of_solving_is_predicted),
        cmocka_unit_test(limits_and_misuse_are_refused),
        cmocka_unit_test(works_inside_a_parallel_region),
        cmocka_unit_test(one_solver_serves_several_threads),
        cmocka_unit_test(residual_function_is_b_minus_zx),
        cmocka_unit_test(facts_are_those_of_the_elimination),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
