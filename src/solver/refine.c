/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/dense.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* Iterative refinement [Higham:2002] Ch. 12: x += F^-1 (b - Z x), F the factor in whatever
 * precision, the residual always in double against the unfactored matrix. */

/** Steps after which a column that still contracts is left alone. */
enum { MOST_STEPS = 40 };

/** Where one right-hand side stands. */
typedef struct column_state {
    double rhs, rhs_scaled;    /**< |b|, |S b| */
    double residual_scaled;    /**< |S r| of the solution kept */
    double residual, solution; /**< |r|, |S^-1 x| */
    double unit;               /**< S r was divided by this before the factor saw it */
    double backward_error, contraction;
    bool active;
} column_state;

/** The arrays of a block, all [order, columns]. */
typedef struct refine_block {
    size_t order, columns;
    const double complex *b;
    double complex *x, *r;
    char *y; /**< in the factor's precision */
    column_state column[ALI_DENSE_BLOCK];
} refine_block;

static const ali_tile_kernels *precision(const ali_solver *solver)
{
    return solver->facts.level == ALI_SOLVER_SINGLE ? &ali_tile_kernels_single
                                                    : &ali_tile_kernels_double;
}

double ali_dense_target(const ali_solver *solver)
{
    return solver->facts.level == ALI_SOLVER_SINGLE ? fmax(solver->target, ALI_DENSE_TARGET)
                                                    : ALI_DENSE_TARGET;
}

double ali_dense_trial_tolerance(const ali_solver *solver)
{
    return fmax(ali_dense_target(solver), ALI_DENSE_TRIAL_TOLERANCE);
}

double ali_dense_solve_tolerance(const ali_solver *solver)
{
    return fmax(ali_dense_target(solver), ALI_DENSE_SOLVE_TOLERANCE);
}

/** Bytes of one [order, columns] array, rounded up so that the next is aligned. */
static size_t array_bytes(size_t order, size_t columns, size_t element)
{
    return (order * columns * element + 63) / 64 * 64;
}

size_t ali_dense_work_bytes(const ali_solver *solver, size_t order, size_t columns)
{
    return 2 * array_bytes(order, columns, sizeof(double complex)) +
           array_bytes(order, columns, precision(solver)->element);
}

/** The power of two next below x > 0: scaling by it is exact. */
static double unit_of(double x)
{
    return ldexp(1.0, ilogb(x));
}

/** s^weight, weight -1, 0 or 1. */
static double weigh(double s, int weight)
{
    return weight > 0 ? s : weight < 0 ? 1.0 / s : 1.0;
}

/** Euclidean norm of v_i s_i^weight, safe from under- and overflow; not a number if an entry is not
 * finite. */
static double norm(size_t n, const double complex *v, const double *scale, int weight)
{
    const double *part = (const double *)v;
    double peak = 0.0, sum = 0.0;
    for (size_t i = 0; i < 2 * n; i++) {
        double size = fabs(part[i]) * weigh(scale[i / 2], weight);
        if (!isfinite(size))
            return (double)NAN;
        peak = size > peak ? size : peak;
    }
    if (peak < DBL_MIN) /* zero, or denormal and as good as zero */
        return 0.0;
    double unit = unit_of(peak), inverse = 1.0 / unit;
    for (size_t i = 0; i < 2 * n; i++) {
        double size = part[i] * weigh(scale[i / 2], weight) * inverse;
        sum += size * size;
    }
    return unit * sqrt(sum);
}

/** The arrays of a residual, [order, columns]. */
typedef struct residual_run {
    const ali_solver *solver;
    size_t order, columns, count; /**< count: tiles per side of the leading system */
    const double complex *x;
    double complex *r;
} residual_run;

static double complex *residual_rows(const residual_run *run, size_t i)
{
    return run->r + ali_tiles_first(&run->solver->tiles, i);
}

/** r_i -= Z_ij x_j, and for its mirror image r_j -= Z_ij^T x_i in the same pass. */
static void residual_tile(const residual_run *run, size_t i, size_t j, double complex *row,
                          double complex *mirrored)
{
    const ali_tiles *tiles = &run->solver->tiles;
    const double complex *tile = run->solver->z + ali_tiles_offset(tiles, i, j);
    size_t m = ali_tiles_extent_within(tiles, i, run->order);
    size_t n = ali_tiles_extent_within(tiles, j, run->order), leading = ali_tiles_extent(tiles, i);
    const double complex *row_x = run->x + ali_tiles_first(tiles, i);
    const double complex *column_x = run->x + ali_tiles_first(tiles, j);
    if (i == j)
        ali_tile_kernels_double.subtract(ALI_BLAS_PLAIN, m, n, run->columns, tile, leading, row_x,
                                         run->order, row, run->order);
    else
        ali_tile_kernels_double.subtract_both(m, n, run->columns, tile, leading, row_x, column_x,
                                              row, mirrored, run->order);
}

/** Create the tasks of all tiles in rounds: a round holds the tiles whose row and column add up to
 * the same number, modulo the count. No two of them share rows of r, so a round runs in parallel,
 * and the order in which the tiles come to a row, and with it every bit, is always the same. */
static void residual_all(const residual_run *run, bool parallel)
{
    (void)parallel;
    for (size_t round = 0; round < run->count; round++)
        for (size_t i = 0; i < run->count; i++) {
            size_t j = (round + run->count - i) % run->count;
            if (j > i)
                continue;
            double complex *row = residual_rows(run, i), *mirrored = residual_rows(run, j);
#pragma omp task default(none) firstprivate(run, i, j, row, mirrored) if (parallel) depend(inout   \
                                                                                           : *row) \
    depend(inout                                                                                   \
           : *mirrored)
            residual_tile(run, i, j, row, mirrored);
        }
}

void ali_dense_residual(const ali_solver *solver, size_t order, int threads, size_t columns,
                        const double complex *x, const double complex *b, double complex *r)
{
    size_t count = (order + solver->tiles.edge - 1) / solver->tiles.edge;
    residual_run run = {
        .solver = solver, .order = order, .columns = columns, .count = count, .x = x, .r = r};
    if (r != b)
        memcpy(r, b, order * columns * sizeof *r);
    if (threads <= 1 || count == 1) {
        residual_all(&run, false);
        return;
    }
#pragma omp parallel num_threads(threads)
#pragma omp master
    residual_all(&run, true);
}

/** Start from x = 0, r = b. False if a right-hand side is not finite. */
static bool begin(const ali_solver *solver, refine_block *block)
{
    size_t n = block->order;
    memset(block->x, 0, n * block->columns * sizeof *block->x);
    memcpy(block->r, block->b, n * block->columns * sizeof *block->r);
    for (size_t c = 0; c < block->columns; c++) {
        double rhs = norm(n, block->b + c * n, solver->scale, 0);
        double rhs_scaled = norm(n, block->b + c * n, solver->scale, 1);
        if (!isfinite(rhs) || !isfinite(rhs_scaled))
            return false;
        block->column[c] = (column_state){.rhs = rhs,
                                          .rhs_scaled = rhs_scaled,
                                          .residual = rhs,
                                          .residual_scaled = rhs_scaled,
                                          .backward_error = rhs > 0.0 ? 1.0 : 0.0,
                                          .active = rhs > 0.0};
    }
    return true;
}

/** x += F^-1 r for the active columns; r enters with a norm of about one, so that single precision
 * cannot overflow. */
static alicorn_status correct(const ali_solver *solver, refine_block *block, int threads,
                              alicorn_error *error)
{
    const ali_tile_kernels *kernels = precision(solver);
    size_t n = block->order, stride = n * kernels->element;
    for (size_t c = 0; c < block->columns; c++) {
        column_state *state = &block->column[c];
        if (!state->active) {
            memset(block->y + c * stride, 0, stride);
            continue;
        }
        state->unit = unit_of(state->residual_scaled);
        kernels->load(n, 1.0 / state->unit, solver->scale, block->r + c * n, block->y + c * stride);
    }
    if (solver->facts.level == ALI_SOLVER_PIVOTED) {
        alicorn_status status = ali_pivoted_solve(&solver->pivoted, block->columns,
                                                  (double complex *)(void *)block->y, error);
        if (status != ALICORN_OK)
            return status;
    } else {
        ali_factor_solve(&solver->factor, n, threads, block->columns, block->y);
    }
    for (size_t c = 0; c < block->columns; c++)
        if (block->column[c].active)
            kernels->add(n, block->column[c].unit, solver->scale, block->y + c * stride,
                         block->x + c * n);
    return ALICORN_OK;
}

/** Take the last correction of column c back: it did not help. */
static void withdraw(const ali_solver *solver, refine_block *block, size_t c, bool finite)
{
    const ali_tile_kernels *kernels = precision(solver);
    column_state *state = &block->column[c];
    size_t n = block->order;
    if (finite) {
        kernels->add(n, -state->unit, solver->scale, block->y + c * n * kernels->element,
                     block->x + c * n);
    } else {
        memset(block->x + c * n, 0, n * sizeof *block->x);
        state->backward_error = 1.0;
        state->residual = state->rhs;
    }
    if (state->backward_error > ali_dense_trial_tolerance(solver))
        state->contraction = 1.0;
    state->active = false;
}

/** Accept the last correction of column c if it helped, and decide whether another is worth it. */
static void judge(const ali_solver *solver, refine_block *block, size_t c)
{
    column_state *state = &block->column[c];
    size_t n = block->order;
    double residual = norm(n, block->r + c * n, solver->scale, 0);
    double residual_scaled = norm(n, block->r + c * n, solver->scale, 1);
    double solution = norm(n, block->x + c * n, solver->scale, -1);
    double backward_error = residual_scaled / (solver->norm * solution + state->rhs_scaled);
    double contraction = residual_scaled / state->residual_scaled;
    bool reached = backward_error <= ali_dense_target(solver);
    if (!reached && !(contraction < 1.0)) {
        withdraw(solver, block, c, isfinite(residual_scaled) && isfinite(solution));
        return;
    }
    if (backward_error > ali_dense_trial_tolerance(solver) && contraction > state->contraction)
        state->contraction = contraction;
    state->residual = residual;
    state->residual_scaled = residual_scaled;
    state->solution = solution;
    state->backward_error = backward_error;
    state->active = !reached;
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static void summarise(const ali_solver *solver, const refine_block *block, ali_refinement *report)
{
    for (size_t c = 0; c < block->columns; c++) {
        const column_state *state = &block->column[c];
        if (state->rhs == 0.0)
            continue;
        report->residual = larger(report->residual, state->residual / state->rhs);
        report->backward_error = larger(report->backward_error, state->backward_error);
        report->contraction = larger(report->contraction, state->contraction);
        report->condition =
            larger(report->condition, solver->norm * state->solution / state->rhs_scaled);
    }
}

alicorn_status ali_dense_refine(const ali_solver *solver, size_t order, int threads, size_t columns,
                                double complex *b, void *work, ali_refinement *report,
                                alicorn_error *error)
{
    assert(columns <= ALI_DENSE_BLOCK);
    size_t bytes = array_bytes(order, columns, sizeof *b);
    refine_block block = {.order = order, .columns = columns, .b = b};
    block.x = work;
    block.r = (double complex *)(void *)((char *)work + bytes);
    block.y = (char *)work + 2 * bytes;
    *report = (ali_refinement){0};
    if (!begin(solver, &block))
        return ali_error_set(error, ALICORN_E_NUMERIC, "a right-hand side is not finite");
    bool active = true;
    while (active && report->steps < MOST_STEPS) {
        alicorn_status status = correct(solver, &block, threads, error);
        if (status != ALICORN_OK)
            return status;
        ali_dense_residual(solver, order, threads, columns, block.x, b, block.r);
        report->steps++;
        active = false;
        for (size_t c = 0; c < columns; c++) {
            if (block.column[c].active)
                judge(solver, &block, c);
            active = active || block.column[c].active;
        }
    }
    summarise(solver, &block, report);
    memcpy(b, block.x, order * columns * sizeof *b);
    return ALICORN_OK;
}
