/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/dense.h"

#include "base/clock.h"
#include "base/memory.h"
#include "solver/monitor.h"
#include "solver/random.h"
#include "solver/scaling.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

/** Single precision pays from here at the latest, and for few right-hand sides from the least
 * (docs/theory/solver.md): a factor saves time with the cube of the unknowns, a further step of
 * refinement costs its square for every right-hand side. */
static const size_t default_mixed_from = 1200, least_mixed_from = 200, mixed_per_column = 32;
/** Below this, waiting for threads costs more than they do. */
static const size_t default_parallel_from = 400;
/** A trial in single precision must shrink the residual at least this much per step ("about
 * tenfold"). */
static const double contraction_limit = 0.15;
/** Condition estimates and pivot ratios beyond these call for pivoting and LAPACK's own estimate.
 */
static const double suspicious_condition = 0.1 / DBL_EPSILON, suspicious_ratio = 8.0 * DBL_EPSILON;

const char *ali_solver_level_name(ali_solver_level level)
{
    static const char *const names[ALI_SOLVER_LEVELS] = {"single", "double", "pivoted"};
    return names[level];
}

void ali_solver_options_default(ali_solver_options *options)
{
    *options = (ali_solver_options){.symmetric = true,
                                    .mixed = true,
                                    .mixed_from = default_mixed_from,
                                    .parallel_from = default_parallel_from};
}

/** Threads that a call may use now, when `threads` were asked for: one inside a parallel region. */
static int team(int threads)
{
#ifdef _OPENMP
    if (omp_in_parallel())
        return 1;
    return threads > 0 ? threads : omp_get_max_threads();
#else
    (void)threads;
    return 1;
#endif
}

int ali_dense_team(const ali_solver *solver, size_t m, size_t columns)
{
    size_t smallest = 4 * solver->parallel_from; /* there is a wait at every tile row */
    if (solver->tiles.count == 1 || m * m * columns < smallest * smallest)
        return 1;
    return team(solver->threads);
}

static const ali_tile_kernels *kernels_of(ali_solver_level level)
{
    return level == ALI_SOLVER_SINGLE ? &ali_tile_kernels_single : &ali_tile_kernels_double;
}

const ali_tile_kernels *ali_dense_kernels(const ali_solver *solver)
{
    return kernels_of(solver->facts.level);
}

/** Numbers in the scales of rows and columns. */
static size_t scale_count(const ali_tiles *tiles)
{
    return tiles->symmetric ? tiles->order : 2 * tiles->order;
}

/** What is held whatever the factor: the matrix, its scaling, the solver itself. The number of its
 * elements must not overflow. */
static size_t base_bytes(const ali_tiles *tiles)
{
    size_t elements = 0;
    ali_tiles_elements(tiles, &elements);
    return elements * sizeof(double complex) + scale_count(tiles) * sizeof(double) +
           sizeof(ali_solver);
}

static size_t level_bytes(const ali_tiles *tiles, ali_solver_level level)
{
    return level == ALI_SOLVER_PIVOTED ? ali_pivoted_bytes(tiles)
                                       : ali_factor_bytes(tiles, kernels_of(level));
}

/** The trial solve: a right-hand side, x, r and y. */
static size_t trial_bytes(const ali_tiles *tiles, ali_solver_level level)
{
    return tiles->order * (3 * sizeof(double complex) + kernels_of(level)->element);
}

/** Most that is held while a level is being reached. */
static size_t peak_bytes(const ali_tiles *tiles, ali_solver_level level)
{
    size_t work = level == ALI_SOLVER_PIVOTED ? ali_pivoted_work_bytes(tiles)
                                              : ali_factor_work_bytes(tiles, kernels_of(level));
    size_t trial = trial_bytes(tiles, level);
    return base_bytes(tiles) + level_bytes(tiles, level) + (work > trial ? work : trial);
}

size_t ali_solver_mixed_from(size_t columns)
{
    size_t from = columns < default_mixed_from ? mixed_per_column * columns : default_mixed_from;
    from = from > least_mixed_from ? from : least_mixed_from;
    return from < default_mixed_from ? from : default_mixed_from;
}

size_t ali_solver_memory(size_t n, bool symmetric, bool single)
{
    if (n == 0)
        return 0;
    ali_tiles tiles = ali_tiles_plan(n, 0, symmetric);
    size_t elements = 0;
    if (!ali_tiles_elements(&tiles, &elements))
        return SIZE_MAX;
    return peak_bytes(&tiles, single ? ALI_SOLVER_SINGLE : ALI_SOLVER_DOUBLE);
}

size_t ali_solver_solve_memory(size_t n, size_t columns, bool single)
{
    const ali_tile_kernels *kernels = kernels_of(single ? ALI_SOLVER_SINGLE : ALI_SOLVER_DOUBLE);
    ali_refine_system system = {.order = n, .kernels = kernels};
    size_t block = columns < ALI_REFINE_BLOCK ? columns : ALI_REFINE_BLOCK;
    size_t approximate = ali_factor_solve_bytes(kernels, n, block);
    size_t residual = ali_dense_residual_bytes(n, block);
    return ali_refine_work_bytes(&system, block) +
           (approximate > residual ? approximate : residual);
}

/** Which tile has this running number. */
static void locate(const ali_tiles *tiles, size_t index, size_t *i, size_t *j)
{
    size_t column = 0;
    for (; index >= tiles->count - ali_tiles_top(tiles, column); column++)
        index -= tiles->count - ali_tiles_top(tiles, column);
    *j = column;
    *i = ali_tiles_top(tiles, column) + index;
}

static void fill_tile(ali_solver *solver, ali_fill_fn fill, void *context, size_t index,
                      ali_monitor *monitor)
{
    if (ali_monitor_stopped(monitor))
        return;
    const ali_tiles *tiles = &solver->tiles;
    size_t i, j;
    locate(tiles, index, &i, &j);
    size_t rows = ali_tiles_extent(tiles, i), columns = ali_tiles_extent(tiles, j);
    alicorn_error error;
    memset(&error, 0, sizeof error);
    alicorn_status status =
        fill(context, ali_tiles_first(tiles, i), rows, ali_tiles_first(tiles, j), columns,
             solver->z + ali_tiles_offset(tiles, i, j), rows, &error);
    if (status == ALICORN_OK)
        ali_monitor_advance(monitor, rows * columns, 0.0);
    else
        ali_monitor_fail(monitor, status, &error);
}

static alicorn_status fill_all(ali_solver *solver, ali_fill_fn fill, void *context, int threads,
                               const ali_solver_options *options, alicorn_error *error)
{
    double start = ali_clock_seconds();
    size_t total = ali_tiles_total(&solver->tiles), elements = 0;
    ali_monitor monitor;
    ali_tiles_elements(&solver->tiles, &elements);
    ali_monitor_begin(&monitor, options->progress, options->progress_user, "fill", elements);
    if (threads <= 1) {
        for (size_t index = 0; index < total; index++)
            fill_tile(solver, fill, context, index, &monitor);
    } else {
#pragma omp parallel for num_threads(threads) schedule(dynamic)
        for (size_t index = 0; index < total; index++)
            fill_tile(solver, fill, context, index, &monitor);
    }
    alicorn_status status = ali_monitor_end(&monitor, error);
    solver->facts.fill_s = ali_clock_seconds() - start;
    return status;
}

static void choose_scale(ali_solver *solver, int threads)
{
    if (solver->tiles.symmetric)
        ali_scaling_diagonal(&solver->tiles, solver->z, solver->row_scale);
    else
        ali_scaling_equilibrate(&solver->tiles, solver->z, threads, solver->row_scale,
                                solver->column_scale);
}

alicorn_status ali_dense_approximate(const ali_solver *solver, size_t order, int threads,
                                     size_t columns, void *y, size_t leading, alicorn_error *error)
{
    if (solver->facts.level == ALI_SOLVER_PIVOTED)
        return ali_pivoted_solve(&solver->pivoted, columns, y, leading, error);
    ali_factor_solve(&solver->factor, order, threads, columns, y, leading);
    return ALICORN_OK;
}

/** Refinement of the leading system of `order` unknowns. */
typedef struct leading_system {
    const ali_solver *solver;
    size_t order;
    int threads;
} leading_system;

static alicorn_status approximate(void *context, size_t columns, void *y, alicorn_error *error)
{
    const leading_system *own = context;
    return ali_dense_approximate(own->solver, own->order, own->threads, columns, y, own->order,
                                 error);
}

static void residual_of(void *context, size_t columns, const double complex *x,
                        const double complex *b, double complex *r)
{
    const leading_system *own = context;
    ali_dense_residual(own->solver, own->order, own->threads, columns, x, b, r, own->order);
}

static ali_refine_system refined(leading_system *own)
{
    return (ali_refine_system){.order = own->order,
                               .row_scale = own->solver->row_scale,
                               .column_scale = own->solver->column_scale,
                               .norm = own->solver->norm,
                               .target = own->solver->target,
                               .contraction = own->solver->facts.contraction,
                               .threads = own->threads,
                               .kernels = ali_dense_kernels(own->solver),
                               .context = own,
                               .approximate = approximate,
                               .residual = residual_of};
}

/** Contraction of the first step of a trial from which a single-precision factor is beyond doubt.
 * With E = 1 - Z F^-1 a random residual contracts by |E|_F / sqrt(n) on average, and every residual
 * by |E|_F or better. */
static double convincing(const ali_solver *solver)
{
    double safety = 0.1;
    return solver->facts.level == ALI_SOLVER_SINGLE
               ? safety * contraction_limit / sqrt((double)solver->tiles.order)
               : 0.0;
}

/** Solve with a random right-hand side: it has a share in every singular vector, so its refinement
 * shows how far the factor is from the matrix, and its solution how close the matrix is to a
 * singular one. */
static alicorn_status try_out(ali_solver *solver, ali_refinement *report, alicorn_error *error)
{
    size_t n = solver->tiles.order;
    leading_system whole = {solver, n, ali_dense_team(solver, n, 1)};
    ali_refine_system system = refined(&whole);
    system.enough = convincing(solver);
    size_t bytes = ali_refine_work_bytes(&system, 1);
    double complex *b = ali_alloc_aligned(n, sizeof *b);
    void *work = ali_alloc_aligned(bytes, 1);
    alicorn_status status = ALICORN_OK;
    if (b && work) {
        uint64_t state = 1;
        for (size_t i = 0; i < n; i++) {
            double re = ali_random_next(&state), im = ali_random_next(&state);
            b[i] = (re + I * im) / solver->row_scale[i];
        }
        status = ali_refine_block(&system, 1, b, work, report, error);
    } else {
        status = ali_error_memory(error, bytes, "the trial solve");
    }
    free(b);
    free(work);
    if (status == ALICORN_OK) {
        solver->facts.condition = report->condition;
        solver->facts.backward_error = report->backward_error;
        solver->facts.contraction = report->contraction;
        solver->facts.trial_steps = report->steps;
    }
    return status;
}

static void note_factor_facts(ali_solver *solver, const ali_factor_facts *facts)
{
    solver->norm = facts->norm;
    solver->facts.growth = facts->growth;
    solver->facts.smallest_pivot = facts->smallest_pivot;
    solver->facts.largest_pivot = facts->largest_pivot;
    solver->facts.smallest_pivot_at = facts->smallest_pivot_at;
}

/** Levels single and double: ALICORN_E_NUMERIC if the factor should not be used. */
static alicorn_status attempt_unpivoted(ali_solver *solver, int threads,
                                        const ali_solver_options *options, alicorn_error *error)
{
    ali_solver_level level = solver->facts.level;
    ali_factor_facts facts;
    solver->factor = (ali_factor){.kernels = kernels_of(level),
                                  .tiles = solver->tiles,
                                  .row_scale = solver->row_scale,
                                  .column_scale = solver->column_scale};
    alicorn_status status =
        ali_factor_compute(&solver->factor, solver->z, threads, options->progress,
                           options->progress_user, &facts, error);
    note_factor_facts(solver, &facts);
    if (status != ALICORN_OK)
        return status;
    ali_refinement trial;
    status = try_out(solver, &trial, error);
    if (status != ALICORN_OK)
        return status;
    bool good = trial.backward_error <= ali_refine_trial_tolerance(solver->target);
    if (level == ALI_SOLVER_SINGLE)
        good = (good && trial.contraction <= contraction_limit) ||
               trial.contraction <= convincing(solver);
    else
        good = good && trial.condition < suspicious_condition &&
               facts.smallest_pivot > suspicious_ratio * facts.largest_pivot;
    if (good)
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_NUMERIC,
                         "the unpivoted factorisation failed its trial: backward error %.1e",
                         trial.backward_error);
}

static alicorn_status attempt_pivoted(ali_solver *solver, alicorn_error *error)
{
    double reciprocal = 0.0;
    double ratio = solver->facts.largest_pivot > 0.0
                       ? solver->facts.smallest_pivot / solver->facts.largest_pivot
                       : 0.0;
    alicorn_status status =
        ali_pivoted_compute(&solver->pivoted, &solver->tiles, solver->z, solver->row_scale,
                            solver->column_scale, &reciprocal, error);
    if (status != ALICORN_OK && status != ALICORN_E_NUMERIC)
        return status;
    if (status == ALICORN_E_NUMERIC || reciprocal < DBL_EPSILON)
        return ali_error_set(error, ALICORN_E_NUMERIC,
                             "the matrix of %zu unknowns is numerically singular: reciprocal "
                             "condition number %.1e, smallest over largest pivot %.1e at unknown "
                             "%zu",
                             solver->tiles.order, reciprocal, ratio,
                             solver->facts.smallest_pivot_at + 1);
    note_factor_facts(solver, &(ali_factor_facts){.norm = solver->norm});
    ali_refinement trial;
    status = try_out(solver, &trial, error);
    if (status == ALICORN_OK &&
        !(trial.backward_error <= ali_refine_solve_tolerance(solver->target)))
        status = ali_error_set(error, ALICORN_E_NUMERIC,
                               "the pivoted factorisation failed its trial: backward error %.1e",
                               trial.backward_error);
    return status;
}

/** Free the former factor, check that this level's fits, factor and try out. */
static alicorn_status attempt(ali_solver *solver, ali_solver_level level, int threads,
                              const ali_solver_options *options, alicorn_error *error)
{
    ali_solver_facts *facts = &solver->facts;
    size_t peak = peak_bytes(&solver->tiles, level);
    ali_factor_clear(&solver->factor);
    facts->level = level;
    solver->target = level == ALI_SOLVER_SINGLE ? options->target : 0.0;
    if (options->memory_limit != 0 && peak > options->memory_limit)
        return ali_error_set(error, ALICORN_E_MEMORY,
                             "%zu unknowns need %.3g MB in %s precision, the limit is %.3g MB",
                             solver->tiles.order, (double)peak / 1e6, ali_solver_level_name(level),
                             (double)options->memory_limit / 1e6);
    facts->memory_bytes = base_bytes(&solver->tiles) + level_bytes(&solver->tiles, level);
    facts->memory_peak = peak > facts->memory_peak ? peak : facts->memory_peak;
    if (level == ALI_SOLVER_PIVOTED)
        return attempt_pivoted(solver, error);
    return attempt_unpivoted(solver, threads, options, error);
}

/** Try the levels from the cheapest on until one passes its trial. */
static alicorn_status factor_by_evidence(ali_solver *solver, ali_solver_level first, int threads,
                                         const ali_solver_options *options, alicorn_error *error)
{
    double start = ali_clock_seconds();
    alicorn_status status = attempt(solver, first, threads, options, error);
    for (int level = (int)first + 1; level < ALI_SOLVER_LEVELS && status == ALICORN_E_NUMERIC &&
                                     (solver->norm == 0.0 || isfinite(solver->norm));
         level++) {
        solver->facts.escalations++;
        status = attempt(solver, (ali_solver_level)level, threads, options, error);
    }
    solver->facts.factor_s = ali_clock_seconds() - start;
    return status;
}

static alicorn_status check_arguments(size_t n, ali_fill_fn fill, const ali_solver_options *options,
                                      alicorn_error *error)
{
    if (n == 0 || !fill)
        return ali_error_set(error, ALICORN_E_USAGE, "a solver needs unknowns and a fill function");
    if (options->threads < 0 || options->tile % 32 != 0)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "threads must not be negative, the tile edge a multiple of 32");
    return ALICORN_OK;
}

/** Allocate the matrix, unless the plan says that the first attempt cannot fit. */
static alicorn_status allocate(ali_solver *solver, ali_solver_level first, alicorn_error *error)
{
    size_t elements = 0;
    if (!ali_tiles_elements(&solver->tiles, &elements))
        return ali_error_set(error, ALICORN_E_MEMORY, "%zu unknowns are more than can be addressed",
                             solver->tiles.order);
    solver->z = ali_alloc_aligned(elements, sizeof *solver->z);
    solver->row_scale = ali_calloc_aligned(scale_count(&solver->tiles), sizeof *solver->row_scale);
    if (!solver->z || !solver->row_scale)
        return ali_error_memory(error, peak_bytes(&solver->tiles, first), "the matrix");
    solver->column_scale = solver->row_scale + scale_count(&solver->tiles) - solver->tiles.order;
    return ALICORN_OK;
}

static alicorn_status over_limit(const ali_tiles *tiles, ali_solver_level first, size_t limit,
                                 alicorn_error *error)
{
    size_t elements = 0;
    if (limit == 0 || !ali_tiles_elements(tiles, &elements) || peak_bytes(tiles, first) <= limit)
        return ALICORN_OK;
    return ali_error_set(error, ALICORN_E_MEMORY, "%zu unknowns need %.3g MB, the limit is %.3g MB",
                         tiles->order, (double)peak_bytes(tiles, first) / 1e6, (double)limit / 1e6);
}

alicorn_status ali_solver_create(size_t n, ali_fill_fn fill, void *context,
                                 const ali_solver_options *options, ali_solver **solver,
                                 alicorn_error *error)
{
    ali_solver_options defaults;
    ali_solver_options_default(&defaults);
    if (!options)
        options = &defaults;
    *solver = NULL;
    alicorn_status status = check_arguments(n, fill, options, error);
    if (status != ALICORN_OK)
        return status;
    ali_solver_level first =
        options->mixed && n >= options->mixed_from ? ALI_SOLVER_SINGLE : ALI_SOLVER_DOUBLE;
    ali_tiles tiles = ali_tiles_plan(n, options->tile, options->symmetric);
    status = over_limit(&tiles, first, options->memory_limit, error);
    if (status != ALICORN_OK)
        return status;
    ali_solver *created = ali_calloc(1, sizeof *created);
    if (!created)
        return ali_error_memory(error, sizeof *created, "the solver");
    created->tiles = tiles;
    created->threads = options->threads;
    created->parallel_from = options->parallel_from;
    created->facts = (ali_solver_facts){.unknowns = n, .tile = tiles.edge};

    int threads = tiles.count == 1 || n < options->parallel_from ? 1 : team(options->threads);
    int former = ali_blas_set_threads(1);
    status = allocate(created, first, error);
    if (status == ALICORN_OK)
        status = fill_all(created, fill, context, threads, options, error);
    if (status == ALICORN_OK) {
        choose_scale(created, threads);
        status = factor_by_evidence(created, first, threads, options, error);
    }
    ali_blas_set_threads(former);
    if (status != ALICORN_OK) {
        ali_solver_destroy(created);
        return status;
    }
    *solver = created;
    return ALICORN_OK;
}

void ali_solver_destroy(ali_solver *solver)
{
    if (!solver)
        return;
    ali_factor_clear(&solver->factor);
    ali_pivoted_clear(&solver->pivoted);
    free(solver->z);
    free(solver->row_scale);
    free(solver);
}

/** Solve the system of the first m unknowns to a backward error of `target` or the solver's own,
 * whichever is larger. */
static alicorn_status solve_block(const ali_solver *solver, size_t m, double target, size_t columns,
                                  double complex *b, double *residual, alicorn_error *error)
{
    double worst = 0.0;
    size_t block = columns < ALI_REFINE_BLOCK ? columns : ALI_REFINE_BLOCK;
    leading_system own = {solver, m, ali_dense_team(solver, m, block)};
    ali_refine_system system = refined(&own);
    system.target = fmax(system.target, target);
    int former = ali_blas_set_threads(1);
    alicorn_status status = ali_refine_all(&system, columns, b, &worst, error);
    ali_blas_set_threads(former);
    if (status == ALICORN_OK && residual)
        *residual = worst;
    return status;
}

alicorn_status ali_solver_solve_leading(const ali_solver *solver, size_t m, size_t columns,
                                        double complex *b, double *residual, alicorn_error *error)
{
    if (m == 0 || m > solver->tiles.order)
        return ali_error_set(error, ALICORN_E_USAGE, "a leading block of %zu of %zu unknowns", m,
                             solver->tiles.order);
    if (m < solver->tiles.order && !solver->tiles.symmetric)
        return ali_error_set(
            error, ALICORN_E_NUMERIC,
            "the factor of an unsymmetric matrix has no leading block to solve with");
    if (m < solver->tiles.order && solver->facts.level == ALI_SOLVER_PIVOTED)
        return ali_error_set(error, ALICORN_E_NUMERIC,
                             "a pivoted factor has no leading block to solve with");
    return solve_block(solver, m, 0.0, columns, b, residual, error);
}

alicorn_status ali_solver_solve_to(const ali_solver *solver, double target, size_t columns,
                                   double complex *b, double *residual, alicorn_error *error)
{
    return solve_block(solver, solver->tiles.order, target, columns, b, residual, error);
}

alicorn_status ali_solver_solve(const ali_solver *solver, size_t columns, double complex *b,
                                double *residual, alicorn_error *error)
{
    return ali_solver_solve_leading(solver, solver->tiles.order, columns, b, residual, error);
}

void ali_solver_residual(const ali_solver *solver, size_t columns, const double complex *x,
                         const double complex *b, double complex *r)
{
    size_t n = solver->tiles.order;
    int threads = ali_dense_team(solver, n, columns);
    int former = ali_blas_set_threads(1);
    ali_dense_residual(solver, n, threads, columns, x, b, r, n);
    ali_blas_set_threads(former);
}

ali_solver_facts ali_solver_get_facts(const ali_solver *solver)
{
    return solver->facts;
}
