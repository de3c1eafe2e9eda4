/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/refine.h"

#include "base/memory.h"
#include "solver/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** @file
 *  A matrix 1 + N with small N, refined with the approximate inverse 1: its first step leaves -N b,
 *  unless a column is spoilt on purpose. */

enum { ORDER = 50, COLUMNS = 60 };

typedef struct fixture {
    double complex n[ORDER * ORDER];
    double complex b[ORDER * COLUMNS];
    double scale[ORDER];
    size_t spoilt;            /**< column whose first correction is wrong, or COLUMNS: none */
    double spoil;             /**< by how much, relatively */
    size_t solves, residuals; /**< columns that were handed to the two functions */
} fixture;

static alicorn_status approximate(void *context, size_t columns, void *y, alicorn_error *error)
{
    fixture *f = context;
    (void)error;
    double complex *column = (double complex *)y + f->spoilt * ORDER;
    for (size_t i = 0; f->solves == 0 && f->spoilt < columns && i < ORDER; i++)
        column[i] *= i % 2 ? 1.0 + f->spoil : 1.0 - f->spoil;
    f->solves += columns;
    return ALICORN_OK;
}

static void residual_of(void *context, size_t columns, const double complex *x,
                        const double complex *b, double complex *r)
{
    fixture *f = context;
    f->residuals += columns;
    for (size_t c = 0; c < columns; c++)
        for (size_t i = 0; i < ORDER; i++) {
            double complex sum = b[c * ORDER + i] - x[c * ORDER + i];
            for (size_t j = 0; j < ORDER; j++)
                sum -= f->n[j * ORDER + i] * x[c * ORDER + j];
            r[c * ORDER + i] = sum;
        }
}

static fixture *make(double size)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    uint64_t state = 7;
    for (size_t i = 0; i < ORDER * ORDER; i++)
        f->n[i] = size / sqrt(ORDER) * ali_random_normal(&state);
    for (size_t i = 0; i < ORDER * COLUMNS; i++)
        f->b[i] = ali_random_normal(&state);
    for (size_t i = 0; i < ORDER; i++)
        f->scale[i] = 1.0;
    f->spoilt = COLUMNS;
    return f;
}

static ali_refine_system system_of(fixture *f, double target)
{
    return (ali_refine_system){.order = ORDER,
                               .row_scale = f->scale,
                               .column_scale = f->scale,
                               .norm = sqrt(ORDER),
                               .target = target,
                               .contraction = 1e-7,
                               .threads = 1,
                               .kernels = &ali_tile_kernels_double,
                               .context = f,
                               .approximate = approximate,
                               .residual = residual_of};
}

/** Solve for the first columns; the truly largest relative residual and backward error. */
static ali_refinement solve(fixture *f, double target, size_t columns, double *residual,
                            double *backward_error)
{
    static double complex x[ORDER * COLUMNS], r[ORDER * COLUMNS];
    ali_refine_system system = system_of(f, target);
    ali_refinement report;
    void *work = ali_alloc_aligned(ali_refine_work_bytes(&system, columns), 1);
    assert_non_null(work);
    memcpy(x, f->b, columns * ORDER * sizeof *x);
    assert_int_equal(ali_refine_block(&system, columns, x, work, &report, NULL), ALICORN_OK);
    free(work);
    size_t counted = f->residuals;
    residual_of(f, columns, x, f->b, r);
    f->residuals = counted;
    *residual = *backward_error = 0.0;
    for (size_t c = 0; c < columns; c++) {
        double size = ali_refine_norm(ORDER, r + c * ORDER, f->scale, 0);
        double rhs = ali_refine_norm(ORDER, f->b + c * ORDER, f->scale, 0);
        double solution = ali_refine_norm(ORDER, x + c * ORDER, f->scale, 0);
        *residual = fmax(*residual, size / rhs);
        *backward_error = fmax(*backward_error, size / (system.norm * solution + rhs));
    }
    return report;
}

/** Eight residuals instead of sixty, and what they tell is about the root of the sum of squares. */
static void combinations_stand_for_all_columns(void **state)
{
    (void)state;
    fixture *f = make(1e-7);
    double residual, backward_error;
    ali_refinement report = solve(f, 1e-5, COLUMNS, &residual, &backward_error);
    assert_true(report.combined && report.steps == 1);
    assert_int_equal(f->residuals, 8);
    assert_true(backward_error > 1e-9 && backward_error < 1e-7);
    assert_true(report.residual > residual && report.residual < 3.0 * sqrt(COLUMNS) * residual);
    assert_true(report.backward_error > backward_error &&
                report.backward_error < 3.0 * sqrt(COLUMNS) * backward_error);
    free(f);
}

/** Whichever column is wrong by little more than the target, and whatever its size: it is found,
 * and refined as if nothing had been combined. */
static void one_wrong_column_is_found(void **state)
{
    (void)state;
    for (size_t wrong = 0; wrong < COLUMNS; wrong++)
        for (int small = 0; small < 2; small++) {
            fixture *f = make(1e-7);
            double residual, backward_error;
            f->spoilt = wrong;
            f->spoil = 2e-4; /* a backward error of 2.5e-5 */
            for (size_t i = 0; small && i < ORDER; i++)
                f->b[wrong * ORDER + i] *= 1e-30;
            ali_refinement report = solve(f, 1e-5, COLUMNS, &residual, &backward_error);
            assert_true(report.steps == 2 && f->residuals >= 8 + COLUMNS);
            assert_true(backward_error < 1e-5 && report.backward_error >= backward_error);
            free(f);
        }
}

/** Neither for few columns, nor when the contraction does not promise the target. */
static void combines_where_it_pays_only(void **state)
{
    (void)state;
    double residual, backward_error;
    fixture *f = make(1e-7);
    ali_refinement report = solve(f, 1e-5, 8, &residual, &backward_error);
    assert_true(!report.combined && report.steps == 1);
    assert_int_equal(f->residuals, 8);
    assert_true(fabs(report.residual - residual) < 1e-6 * residual);
    free(f);
    f = make(1e-7);
    report = solve(f, 1e-12, COLUMNS, &residual, &backward_error);
    assert_true(report.combined && report.steps == 2); /* one of all columns, then combined */
    assert_int_equal(f->residuals, COLUMNS + 8);
    assert_true(backward_error < 1e-12);
    free(f);
}

/** A solution that is not finite passes no check. */
static void infinite_solutions_do_not_pass(void **state)
{
    (void)state;
    fixture *f = make(1e-7);
    double residual, backward_error;
    f->spoilt = 5;
    f->spoil = HUGE_VAL;
    ali_refinement report = solve(f, 1e-5, COLUMNS, &residual, &backward_error);
    assert_false(report.combined);
    assert_true(report.backward_error >= 1.0);
    free(f);
}

/** Complex normal: E z = 0, E |z|^2 = 1, E |z|^4 = 2, E z^2 = 0. */
static void weights_are_normal(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    uint64_t seed = 1;
    double complex mean = 0.0, square = 0.0;
    double second = 0.0, fourth = 0.0;
    for (int i = 0; i < COUNT; i++) {
        double complex z = ali_random_normal(&seed);
        double size = creal(z * conj(z));
        mean += z / COUNT;
        square += z * z / COUNT;
        second += size / COUNT;
        fourth += size * size / COUNT;
    }
    assert_true(cabs(mean) < 0.01 && cabs(square) < 0.02);
    assert_true(fabs(second - 1.0) < 0.015 && fabs(fourth - 2.0) < 0.06);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(combinations_stand_for_all_columns),
        cmocka_unit_test(one_wrong_column_is_found),
        cmocka_unit_test(combines_where_it_pays_only),
        cmocka_unit_test(infinite_solutions_do_not_pass),
        cmocka_unit_test(weights_are_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
