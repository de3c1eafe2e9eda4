/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_SOLVER_SUPPORT_H
#define TESTS_UNIT_SOLVER_SUPPORT_H

/* Matrices for the tests of the solver, and what a solution must fulfil. */

#include "solver/solver.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include <cmocka.h>

static inline double random_number(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-52 - 1.0;
}

static inline double complex random_complex(uint64_t *state)
{
    double re = random_number(state), im = random_number(state);
    return re + I * im;
}

/** A dense matrix [n, n], column-major, and what its fill function observed. */
typedef struct matrix {
    size_t n;
    double complex *a;
    size_t fail_row;    /**< fail on the tile that begins in this row; 0: never */
    int foreign_thread; /**< fill was called by another thread than `thread` */
    int thread;
} matrix;

static inline double complex *new_array(size_t count)
{
    double complex *array = calloc(count, sizeof *array);
    assert_non_null(array);
    return array;
}

static inline matrix new_matrix(size_t n)
{
    return (matrix){.n = n, .a = new_array(n * n)};
}

static inline int thread_number(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

static inline alicorn_status fill(void *context, size_t row_first, size_t row_count,
                                  size_t col_first, size_t col_count, double complex *block,
                                  size_t leading, alicorn_error *error)
{
    matrix *m = context;
    if (m->fail_row != 0 && row_first == m->fail_row)
        return ali_error_set(error, ALICORN_E_INPUT, "no such row %zu", row_first);
    if (thread_number() != m->thread) {
#pragma omp atomic write
        m->foreign_thread = 1;
    }
    for (size_t c = 0; c < col_count; c++)
        for (size_t r = 0; r < row_count; r++)
            block[r + c * leading] = m->a[row_first + r + (col_first + c) * m->n];
    return ALICORN_OK;
}

static inline ali_solver_options options_for(bool mixed, size_t tile, int threads)
{
    ali_solver_options options;
    ali_solver_options_default(&options);
    options.mixed = mixed;
    options.mixed_from = 0;
    options.parallel_from = 0;
    options.tile = tile;
    options.threads = threads;
    return options;
}

static inline ali_solver *must_create(matrix *m, const ali_solver_options *options)
{
    ali_solver *solver = NULL;
    alicorn_error error = {0};
    alicorn_status status = ali_solver_create(m->n, fill, m, options, &solver, &error);
    if (status != ALICORN_OK)
        print_message("%s\n", error.message);
    assert_int_equal(status, ALICORN_OK);
    assert_non_null(solver);
    return solver;
}

static inline double complex *random_columns(size_t n, size_t columns, uint64_t seed)
{
    double complex *b = new_array(n * columns);
    for (size_t i = 0; i < n * columns; i++)
        b[i] = random_complex(&seed);
    return b;
}

static inline double complex *copy_of(const double complex *source, size_t count)
{
    double complex *copy = new_array(count);
    memcpy(copy, source, count * sizeof *copy);
    return copy;
}

/** |b - A x| summed in long double; *scale = |A| |x| + |b| (Frobenius), *rhs = |b|. */
static inline double true_residual(const matrix *m, const double complex *x,
                                   const double complex *b, double *scale, double *rhs)
{
    long double residual = 0, norm_a = 0, norm_x = 0, norm_b = 0;
    for (size_t i = 0; i < m->n; i++) {
        long double re = (long double)creal(b[i]), im = (long double)cimag(b[i]);
        norm_b += re * re + im * im;
        norm_x += (long double)(creal(x[i]) * creal(x[i]) + cimag(x[i]) * cimag(x[i]));
        for (size_t j = 0; j < m->n; j++) {
            double complex value = m->a[i + j * m->n];
            long double a_re = (long double)creal(value), a_im = (long double)cimag(value);
            long double x_re = (long double)creal(x[j]), x_im = (long double)cimag(x[j]);
            norm_a += a_re * a_re + a_im * a_im;
            re -= a_re * x_re - a_im * x_im;
            im -= a_re * x_im + a_im * x_re;
        }
        residual += re * re + im * im;
    }
    *scale = (double)(sqrtl(norm_a) * sqrtl(norm_x) + sqrtl(norm_b));
    *rhs = (double)sqrtl(norm_b);
    return (double)sqrtl(residual);
}

static inline double largest_difference(size_t count, const double complex *u,
                                        const double complex *v)
{
    double difference = 0.0, size = 0.0;
    for (size_t i = 0; i < count; i++) {
        difference = fmax(difference, cabs(u[i] - v[i]));
        size = fmax(size, cabs(v[i]));
    }
    return difference / size;
}

#endif
