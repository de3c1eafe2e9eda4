/* SPDX-License-Identifier: Apache-2.0 */
/* Rate of the dense solver against the machine's matrix multiplication, measured in the same run:
 *   solver_rate [threads [unknowns ...]]
 * One line per size, kind of matrix and precision: wall times of the factorisation with its trial
 * and of solves with 1, 13 and 64 columns; processor time of the factorisation without trial, its
 * rate by 4/3 n^3 (symmetric) or 8/3 n^3 real operations per second of it, and that in per cent of
 * gemm's on one core. A line zgetrf gives LAPACK's times for the same unsymmetric matrix. On a busy
 * machine only the processor times mean anything, and those only with OMP_WAIT_POLICY=passive or
 * one thread, since a thread that waits by spinning counts as busy. */
#include "math/blas.h"
#include "solver/solver.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double wall_time(void)
{
    return seconds(CLOCK_MONOTONIC);
}

static double processor_time(void)
{
    return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

/** Processor time at the beginning and the end of the factorisation, as its progress tells. */
typedef struct stage_clock {
    double first, last;
} stage_clock;

static int note_progress(void *user, const char *stage, size_t done, size_t total)
{
    stage_clock *clock = user;
    if (!strcmp(stage, "fill") && done == total)
        clock->first = processor_time();
    if (!strcmp(stage, "factor") && done == total)
        clock->last = processor_time();
    return 0;
}

/** A matrix with the decay of an integral operator, about exp(-j k d) / (1 + d), and a heavier
 * diagonal; *context says whether it is symmetric. */
static alicorn_status fill(void *context, size_t row_first, size_t row_count, size_t col_first,
                           size_t col_count, double complex *block, size_t leading,
                           alicorn_error *error)
{
    const bool symmetric = *(const bool *)context;
    (void)error;
    for (size_t c = 0; c < col_count; c++)
        for (size_t r = 0; r < row_count; r++) {
            size_t i = row_first + r, j = col_first + c;
            double distance = (double)(i > j ? i - j : j - i);
            size_t first = symmetric && j < i ? j : i, second = symmetric && j < i ? i : j;
            uint64_t hash = ((uint64_t)first * 2654435761u + second) * 40503u;
            double wobble = (double)(hash % 1024) / 1024.0 - 0.5;
            double size = 1.0 / (1.0 + distance);
            block[r + c * leading] =
                i == j ? 5.0 - 8.0 * I : size * (0.7 + wobble) - I * size * (0.2 - wobble);
        }
    return ALICORN_OK;
}

/** GF/s of C = A B^T, n x n, by processor time, best of three; single: cgemm, else zgemm. */
static double gemm_rate(size_t n, int single)
{
    size_t bytes = n * n * sizeof(double complex);
    void *a = calloc(1, bytes), *b = calloc(1, bytes), *c = calloc(1, bytes);
    double best = HUGE_VAL;
    for (size_t i = 0; a && b && c && i < n * n * (single ? 2 : 1); i++) {
        ((float complex *)a)[i] = (float)(i % 13);
        ((float complex *)b)[i] = (float)(i % 7);
    }
    for (int repeat = 0; a && b && c && repeat < 3; repeat++) {
        double start = processor_time();
        if (single)
            ali_blas_cgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, n, n, n, 1.0f, a, n, b, n, 0.0f, c,
                           n);
        else
            ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, n, n, n, 1.0, a, n, b, n, 0.0, c,
                           n);
        best = fmin(best, processor_time() - start);
    }
    free(a);
    free(b);
    free(c);
    return 8.0 * pow((double)n, 3.0) / best * 1e-9;
}

/** Wall time of solving with `columns` right-hand sides, best of three. */
static double solve_time(const ali_solver *solver, size_t n, size_t columns, double *residual)
{
    double best = HUGE_VAL;
    double complex *b = calloc(n * columns, sizeof *b);
    for (int repeat = 0; b && repeat < 3; repeat++) {
        for (size_t i = 0; i < n * columns; i++)
            b[i] = 1.0 + I * (double)(i % 17);
        alicorn_error error;
        double start = wall_time();
        if (ali_solver_solve(solver, columns, b, residual, &error) != ALICORN_OK)
            fprintf(stderr, "solver_rate: %s\n", error.message);
        best = fmin(best, wall_time() - start);
    }
    free(b);
    return best;
}

static int measure(size_t n, int threads, bool symmetric, bool mixed, double gemm)
{
    stage_clock clock = {0};
    ali_solver_options options;
    ali_solver_options_default(&options);
    options.threads = threads;
    options.symmetric = symmetric;
    options.mixed = mixed;
    options.mixed_from = 0;
    options.progress = note_progress;
    options.progress_user = &clock;
    ali_solver *solver = NULL;
    alicorn_error error;
    if (ali_solver_create(n, fill, &symmetric, &options, &solver, &error) != ALICORN_OK) {
        fprintf(stderr, "solver_rate: %s\n", error.message);
        return 1;
    }
    ali_solver_facts facts = ali_solver_get_facts(solver);
    static const size_t columns[] = {1, 13, 64};
    double solve_s[3], residual = 0.0;
    for (int k = 0; k < 3; k++)
        solve_s[k] = solve_time(solver, n, columns[k], &residual);
    double processor_s = clock.last - clock.first;
    double rate = (symmetric ? 4.0 : 8.0) / 3.0 * pow((double)n, 3.0) / processor_s * 1e-9;
    printf("%7zu %-4s %-7s %4zu %8.4f %8.4f %8.5f %8.5f %8.4f %8.4f %6.1f %4.0f %% %8.1e %8.1f\n",
           n, symmetric ? "LDLT" : "LU", ali_solver_level_name(facts.level), facts.tile,
           facts.fill_s, facts.factor_s, solve_s[0], solve_s[1], solve_s[2], processor_s, rate,
           100.0 * rate / gemm, residual, (double)facts.memory_peak / 1e6);
    ali_solver_destroy(solver);
    return 0;
}

/** The same unsymmetric matrix by LAPACK with partial pivoting, then 1, 13 and 64 columns. */
static int measure_lapack(size_t n, int threads, double gemm)
{
    bool symmetric = false;
    double complex *a = calloc(n * n + 64, sizeof *a), *b = calloc(n * 64, sizeof *b);
    int *pivot = calloc(n, sizeof *pivot), failed = 1;
    alicorn_error error;
    if (a && b && pivot && fill(&symmetric, 0, n, 0, n, a, n, &error) == ALICORN_OK) {
        int former = ali_blas_set_threads(threads > 0 ? threads : 2);
        double wall = wall_time(), processor = processor_time(), solve_s[3];
        failed = ali_lapack_zgetrf(n, a, n, pivot, &error) != ALICORN_OK;
        wall = wall_time() - wall;
        processor = processor_time() - processor;
        static const size_t columns[] = {1, 13, 64};
        for (int k = 0; k < 3; k++) {
            for (size_t i = 0; i < n * columns[k]; i++)
                b[i] = 1.0 + I * (double)(i % 17);
            double start = wall_time();
            ali_lapack_zgetrs(n, columns[k], a, n, pivot, b, n, &error);
            solve_s[k] = wall_time() - start;
        }
        ali_blas_set_threads(former);
        double rate = 8.0 / 3.0 * pow((double)n, 3.0) / processor * 1e-9;
        printf("%7zu %-4s %-7s %4s %8s %8.4f %8.5f %8.5f %8.4f %8.4f %6.1f %4.0f %%\n", n, "LU",
               "zgetrf", "", "", wall, solve_s[0], solve_s[1], solve_s[2], processor, rate,
               100.0 * rate / gemm);
    }
    free(a);
    free(b);
    free(pivot);
    return failed;
}

int main(int count, char **argument)
{
    static const size_t usual[] = {20, 100, 192, 300, 600, 1000, 1500, 3000};
    int threads = count > 1 ? atoi(argument[1]) : 0, failures = 0;
    char facts[128];
    ali_blas_facts(facts, sizeof facts);
    puts(facts);
    if (ali_blas_advice())
        puts(ali_blas_advice());
    int former = ali_blas_set_threads(1);
    double gemm[2] = {gemm_rate(2048, 1), gemm_rate(2048, 0)};
    ali_blas_set_threads(former);
    printf("one core: cgemm %.1f GF/s, zgemm %.1f GF/s\n", gemm[0], gemm[1]);
    puts("      n kind factor  tile   fill_s factor_s  solve_1 solve_13 solve_64   proc_s   GF/s   "
         "gemm "
         "residual  peak_MB");
    size_t sizes = count > 2 ? (size_t)count - 2 : sizeof usual / sizeof *usual;
    for (size_t k = 0; k < sizes; k++) {
        size_t n = count > 2 ? (size_t)strtoul(argument[k + 2], NULL, 10) : usual[k];
        for (int kind = 0; kind < 4; kind++)
            failures += measure(n, threads, kind < 2, kind % 2 == 0, gemm[kind % 2]);
        failures += measure_lapack(n, threads, gemm[1]);
    }
    return failures ? 1 : 0;
}
