/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/refine.h"

#include "base/memory.h"
#include "solver/random.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Steps after which a column that still contracts is left alone. */
enum { MOST_STEPS = 40 };

/** Combinations of a block's columns whose residuals stand for those of all columns: so many for
 * the backward errors, as many for the residuals. A block of fewer columns than COMBINED_FROM is
 * not worth combining. */
enum { COMBINATIONS = 4, COMBINED_FROM = 24 };
/** The root mean square of the combinations' backward errors times this must not exceed the target.
 * The probability that a column exceeds the target all the same is below (t e^(1-t))^COMBINATIONS,
 * t = 1/combined_safety^2: 3e-6 (docs/theory/solver.md). */
static const double combined_safety = 8.0;

/** Where one right-hand side stands. */
typedef struct column_state {
    double rhs, rhs_scaled;    /**< |b|, |R b| */
    double residual_scaled;    /**< |R r| of the solution kept */
    double residual, solution; /**< |r|, |C^-1 x| */
    double unit;               /**< R r was divided by this before G saw it */
    double backward_error, contraction;
    bool active;
} column_state;

/** The arrays of a block, all [order, columns]. */
typedef struct refine_block {
    size_t order, columns;
    const double complex *b;
    double complex *x, *r;
    char *y; /**< in the kernels' precision */
    column_state column[ALI_REFINE_BLOCK];
} refine_block;

static double target_of(const ali_refine_system *system)
{
    return fmax(system->target, ALI_REFINE_TARGET);
}

double ali_refine_trial_tolerance(double target)
{
    return fmax(target, ALI_REFINE_TRIAL_TOLERANCE);
}

double ali_refine_solve_tolerance(double target)
{
    return fmax(target, ALI_REFINE_SOLVE_TOLERANCE);
}

/** Bytes of one [order, columns] array, rounded up so that the next is aligned. */
static size_t array_bytes(size_t order, size_t columns, size_t element)
{
    return (order * columns * element + 63) / 64 * 64;
}

size_t ali_refine_work_bytes(const ali_refine_system *system, size_t columns)
{
    return 2 * array_bytes(system->order, columns, sizeof(double complex)) +
           array_bytes(system->order, columns, system->kernels->element);
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

double ali_refine_norm(size_t n, const double complex *v, const double *scale, int weight)
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

/** Start from x = 0, r = b. False if a right-hand side is not finite. */
static bool begin(const ali_refine_system *system, refine_block *block)
{
    size_t n = block->order;
    bool finite = true;
#pragma omp parallel for num_threads(system->threads) reduction(&& : finite) if (system->threads > 1)
    for (size_t c = 0; c < block->columns; c++) {
        memset(block->x + c * n, 0, n * sizeof *block->x);
        memcpy(block->r + c * n, block->b + c * n, n * sizeof *block->r);
        double rhs = ali_refine_norm(n, block->b + c * n, system->row_scale, 0);
        double rhs_scaled = ali_refine_norm(n, block->b + c * n, system->row_scale, 1);
        finite = finite && isfinite(rhs) && isfinite(rhs_scaled);
        block->column[c] = (column_state){.rhs = rhs,
                                          .rhs_scaled = rhs_scaled,
                                          .residual = rhs,
                                          .residual_scaled = rhs_scaled,
                                          .backward_error = rhs > 0.0 ? 1.0 : 0.0,
                                          .active = rhs > 0.0};
    }
    return finite;
}

/** x += G r for the active columns; r enters with a norm of about one, so that single precision
 * cannot overflow. */
static alicorn_status correct(const ali_refine_system *system, refine_block *block,
                              alicorn_error *error)
{
    const ali_tile_kernels *kernels = system->kernels;
    size_t n = block->order, stride = n * kernels->element;
#pragma omp parallel for num_threads(system->threads) if (system->threads > 1)
    for (size_t c = 0; c < block->columns; c++) {
        column_state *state = &block->column[c];
        if (!state->active) {
            memset(block->y + c * stride, 0, stride);
            continue;
        }
        state->unit = unit_of(state->residual_scaled);
        kernels->load(n, 1.0 / state->unit, system->row_scale, block->r + c * n,
                      block->y + c * stride);
    }
    alicorn_status status = system->approximate(system->context, block->columns, block->y, error);
    if (status != ALICORN_OK)
        return status;
#pragma omp parallel for num_threads(system->threads) if (system->threads > 1)
    for (size_t c = 0; c < block->columns; c++)
        if (block->column[c].active)
            kernels->add(n, block->column[c].unit, system->column_scale, block->y + c * stride,
                         block->x + c * n);
    return ALICORN_OK;
}

/** Take the last correction of column c back: it did not help. */
static void withdraw(const ali_refine_system *system, refine_block *block, size_t c, bool finite)
{
    const ali_tile_kernels *kernels = system->kernels;
    column_state *state = &block->column[c];
    size_t n = block->order;
    if (finite) {
        kernels->add(n, -state->unit, system->column_scale, block->y + c * n * kernels->element,
                     block->x + c * n);
    } else {
        memset(block->x + c * n, 0, n * sizeof *block->x);
        state->backward_error = 1.0;
        state->residual = state->rhs;
    }
    if (state->backward_error > ali_refine_trial_tolerance(system->target))
        state->contraction = 1.0;
    state->active = false;
}

/** Accept the last correction of column c if it helped, and decide whether another is worth it. */
static void judge(const ali_refine_system *system, refine_block *block, size_t c)
{
    column_state *state = &block->column[c];
    size_t n = block->order;
    double residual = ali_refine_norm(n, block->r + c * n, system->row_scale, 0);
    double residual_scaled = ali_refine_norm(n, block->r + c * n, system->row_scale, 1);
    double solution = ali_refine_norm(n, block->x + c * n, system->column_scale, -1);
    double backward_error = residual_scaled / (system->norm * solution + state->rhs_scaled);
    double contraction = residual_scaled / state->residual_scaled;
    bool reached = backward_error <= target_of(system) || contraction <= system->enough;
    if (!reached && !(contraction < 1.0)) {
        withdraw(system, block, c, isfinite(residual_scaled) && isfinite(solution));
        return;
    }
    if (backward_error > ali_refine_trial_tolerance(system->target) &&
        contraction > state->contraction)
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

/** d_j = |R A C| |C^-1 x_j| + |R b_j|, by which |R r_j| is divided for the backward error. */
static double measure_of(const ali_refine_system *system, const column_state *state)
{
    return system->norm * state->solution + state->rhs_scaled;
}

/** Root of the sum of the squares of the backward errors that the contraction promises. Notes
 * |C^-1 x_j| of all columns. Not a number if an x_j is not finite. */
static double predict(const ali_refine_system *system, refine_block *block)
{
    size_t n = block->order;
    double sum = 0.0;
#pragma omp parallel for num_threads(system->threads) if (system->threads > 1)
    for (size_t c = 0; c < block->columns; c++)
        block->column[c].solution = ali_refine_norm(n, block->x + c * n, system->column_scale, -1);
    for (size_t c = 0; c < block->columns; c++) {
        const column_state *state = &block->column[c];
        if (state->rhs == 0.0)
            continue;
        double contraction = larger(state->contraction, system->contraction);
        double backward_error = contraction * state->residual_scaled / measure_of(system, state);
        sum += backward_error * backward_error;
    }
    return sqrt(sum);
}

/** Combinations of x and b with random weights, complex normal, over d_j for the first COMBINATIONS
 * of them and over |b_j| for the others; to r as [combinations of x][of b]. */
static void combine_columns(const ali_refine_system *system, refine_block *block)
{
    size_t n = block->order, columns = block->columns;
    double complex weight[2 * COMBINATIONS][ALI_REFINE_BLOCK];
    uint64_t state = 2;
    for (size_t k = 0; k < 2 * COMBINATIONS; k++)
        for (size_t c = 0; c < columns; c++) {
            const column_state *own = &block->column[c];
            double size = k < COMBINATIONS ? measure_of(system, own) : own->rhs;
            weight[k][c] = own->rhs > 0.0 ? ali_random_normal(&state) / size : 0.0;
        }
#pragma omp parallel for num_threads(system->threads) if (system->threads > 1)
    for (size_t k = 0; k < 4 * COMBINATIONS; k++) {
        const double complex *from = k < 2 * COMBINATIONS ? block->x : block->b;
        const double complex *own = weight[k % (2 * COMBINATIONS)];
        double complex *to = block->r + k * n;
        memset(to, 0, n * sizeof *to);
        for (size_t c = 0; c < columns; c++) {
            double re = creal(own[c]), im = cimag(own[c]);
            for (size_t i = 0; i < n; i++) {
                double complex v = from[c * n + i];
                to[i] += CMPLX(re * creal(v) - im * cimag(v), re * cimag(v) + im * creal(v));
            }
        }
    }
}

/** Whether random combinations of the columns show that all have reached the target
 * (docs/theory/solver.md). Not tried where the contraction does not promise it, or for few columns.
 * If not, x is as it was and r is lost; else the block is done. */
static bool all_reached(const ali_refine_system *system, refine_block *block)
{
    size_t n = block->order;
    if (block->columns < COMBINED_FROM)
        return false;
    double target = target_of(system) / combined_safety;
    if (!(predict(system, block) <= target))
        return false;
    combine_columns(system, block);
    double complex *x = block->r, *b = x + 2 * COMBINATIONS * n, *r = b + 2 * COMBINATIONS * n;
    system->residual(system->context, 2 * COMBINATIONS, x, b, r);
    double backward_error = 0.0, residual = 0.0;
    for (size_t k = 0; k < COMBINATIONS; k++) {
        double scaled = ali_refine_norm(n, r + k * n, system->row_scale, 1);
        double plain = ali_refine_norm(n, r + (COMBINATIONS + k) * n, system->row_scale, 0);
        backward_error += scaled * scaled / COMBINATIONS;
        residual += plain * plain / COMBINATIONS;
    }
    if (!(sqrt(backward_error) <= target))
        return false;
    for (size_t c = 0; c < block->columns; c++) {
        column_state *state = &block->column[c];
        state->backward_error = state->rhs > 0.0 ? sqrt(backward_error) : 0.0;
        state->residual = state->rhs * sqrt(residual);
        state->active = false;
    }
    return true;
}

static void summarise(const ali_refine_system *system, const refine_block *block,
                      ali_refinement *report)
{
    for (size_t c = 0; c < block->columns; c++) {
        const column_state *state = &block->column[c];
        if (state->rhs == 0.0)
            continue;
        report->residual = larger(report->residual, state->residual / state->rhs);
        report->backward_error = larger(report->backward_error, state->backward_error);
        report->contraction = larger(report->contraction, state->contraction);
        report->condition =
            larger(report->condition, system->norm * state->solution / state->rhs_scaled);
    }
}

alicorn_status ali_refine_block(const ali_refine_system *system, size_t columns, double complex *b,
                                void *work, ali_refinement *report, alicorn_error *error)
{
    assert(columns <= ALI_REFINE_BLOCK);
    size_t order = system->order, bytes = array_bytes(order, columns, sizeof *b);
    refine_block block = {.order = order, .columns = columns, .b = b};
    block.x = work;
    block.r = (double complex *)(void *)((char *)work + bytes);
    block.y = (char *)work + 2 * bytes;
    *report = (ali_refinement){0};
    if (!begin(system, &block))
        return ali_error_set(error, ALICORN_E_NUMERIC, "a right-hand side is not finite");
    bool active = true;
    while (active && report->steps < MOST_STEPS) {
        alicorn_status status = correct(system, &block, error);
        if (status != ALICORN_OK)
            return status;
        report->steps++;
        report->combined = all_reached(system, &block);
        if (report->combined)
            break;
        system->residual(system->context, columns, block.x, b, block.r);
        active = false;
#pragma omp parallel for num_threads(system->threads) if (system->threads > 1)
        for (size_t c = 0; c < columns; c++)
            if (block.column[c].active)
                judge(system, &block, c);
        for (size_t c = 0; c < columns; c++)
            active = active || block.column[c].active;
    }
    summarise(system, &block, report);
    memcpy(b, block.x, order * columns * sizeof *b);
    return ALICORN_OK;
}

alicorn_status ali_refine_all(const ali_refine_system *system, size_t columns, double complex *b,
                              double *residual, alicorn_error *error)
{
    size_t block = columns < ALI_REFINE_BLOCK ? columns : ALI_REFINE_BLOCK;
    size_t bytes = ali_refine_work_bytes(system, block);
    alicorn_status status = ALICORN_OK;
    *residual = 0.0;
    if (columns == 0)
        return ALICORN_OK;
    void *work = ali_alloc_aligned(bytes, 1);
    if (!work)
        return ali_error_memory(error, bytes, "right-hand sides");
    for (size_t first = 0; first < columns && status == ALICORN_OK; first += block) {
        size_t rest = columns - first, count = rest < block ? rest : block;
        ali_refinement report;
        status = ali_refine_block(system, count, b + first * system->order, work, &report, error);
        if (status != ALICORN_OK)
            break;
        *residual = larger(*residual, report.residual);
        if (!(report.backward_error <= ali_refine_solve_tolerance(system->target)))
            status = ali_error_set(error, ALICORN_E_NUMERIC,
                                   "refinement stalled at a backward error of %.1e",
                                   report.backward_error);
    }
    free(work);
    return status;
}
