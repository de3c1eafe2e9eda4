/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/compressed.h"

#include "base/clock.h"
#include "base/memory.h"
#include "math/blas.h"
#include "solver/compressed_parts.h"
#include "solver/hierarchical_factor.h"
#include "solver/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

enum {
    TILE_USUAL = 2048,     /**< unknowns of a tile, unless there are too few or too many of them */
    TILES_LEAST_LEVEL = 3, /**< eight tiles keep several threads at work */
    TILES_MOST_LEVEL = 6,
    CHECK = 1,          /**< whole rows and columns drawn by the guard of every far block */
    TRIAL_STEPS = 30,   /**< in which the trial must get to TRIAL_TARGET */
    EXACT_ROWS = 16,    /**< rows that are compared with the matrix in the end */
    EXACT_STRIP = 4096, /**< columns of them at a time */
    ESCALATIONS = 2,    /**< factors that are tried beyond the first */
    USUAL_VECTORS = 14  /**< of a solution in eight steps: right-hand side, solution, Krylov space,
                           work */
};

/** Residual of the trial solution; it shows the contraction, nobody needs the solution. */
#define TRIAL_TARGET 1e-3

/** Bytes held per byte of the matrix's near blocks: the factor has the same. */
#define NEAR_WEIGHT 2.0

/** The compressed matrix may differ from the matrix by this many tolerances. */
#define MATRIX_ERROR_FACTOR 30.0

void ali_compressed_options_default(ali_compressed_options *options)
{
    *options = (ali_compressed_options){.leaf = 128,
                                        .admissibility = 6.0,
                                        .largest_phase = 50.0,
                                        .matrix_tolerance = 1e-5,
                                        .factor_tolerance = 5e-3,
                                        .target = 1e-6,
                                        .steps = 200};
}

int ali_compressed_threads(int wanted)
{
#ifdef _OPENMP
    if (omp_in_parallel())
        return 1;
    return wanted > 0 ? wanted : omp_get_max_threads();
#else
    (void)wanted;
    return 1;
#endif
}

/** Level of the tiles' clusters. */
static unsigned tile_level(size_t n, size_t tile, unsigned depth)
{
    unsigned level = 0;
    while (level < depth && n >> level > (tile > 0 ? tile : TILE_USUAL))
        level++;
    if (tile == 0) {
        level = level < TILES_LEAST_LEVEL ? TILES_LEAST_LEVEL : level;
        level = level > TILES_MOST_LEVEL ? TILES_MOST_LEVEL : level;
    }
    return level < depth ? level : depth;
}

/* ---- matrix and preconditioner, for the iteration ---- */

typedef struct solver_view {
    const ali_compressed *solver;
    int threads;
} solver_view;

alicorn_status ali_compressed_multiply(const ali_compressed *solver, int threads, size_t columns,
                                       const double complex *x, double complex *y,
                                       alicorn_error *error)
{
    return ali_hierarchical_multiply(&solver->matrix, threads, columns, x, y, error);
}

alicorn_status ali_compressed_precondition(const ali_compressed *solver, int threads,
                                           size_t columns, const double complex *x,
                                           double complex *y, alicorn_error *error)
{
    size_t count = solver->n * columns;
    float complex *single = ali_alloc_aligned(count, sizeof *single);
    if (!single)
        return ali_error_memory(error, count * sizeof *single, "the iteration");
    for (size_t i = 0; i < count; i++)
        single[i] = (float complex)x[i];
    alicorn_status status =
        ali_hierarchical_substitute(&solver->factor, threads, columns, single, error);
    for (size_t i = 0; i < count; i++)
        y[i] = (double complex)single[i];
    free(single);
    return status;
}

static alicorn_status multiply(const void *context, size_t columns, const double complex *x,
                               double complex *y, alicorn_error *error)
{
    const solver_view *view = context;
    return ali_compressed_multiply(view->solver, view->threads, columns, x, y, error);
}

static alicorn_status precondition(const void *context, size_t columns, const double complex *x,
                                   double complex *y, alicorn_error *error)
{
    const solver_view *view = context;
    return ali_compressed_precondition(view->solver, view->threads, columns, x, y, error);
}

static ali_iteration iteration_for(const ali_compressed *solver, const solver_view *view)
{
    int steps = solver->options.steps;
    return (ali_iteration){.order = solver->n,
                           .multiply = multiply,
                           .precondition = precondition,
                           .context = view,
                           .weight = solver->weight,
                           .target = solver->options.target,
                           .steps = steps,
                           .restart =
                               steps < ALI_COMPRESSED_RESTART ? steps : ALI_COMPRESSED_RESTART};
}

/* ---- creation ---- */

/** Bytes beside the blocks. */
static size_t overhead(const ali_compressed *solver)
{
    return solver->n * (sizeof(size_t) + 3 * sizeof(double)) +
           2 * solver->facts.leaves * sizeof(ali_cluster_box) + sizeof *solver;
}

static void set_memory_facts(ali_compressed *solver)
{
    ali_compressed_facts *facts = &solver->facts;
    facts->factor_bytes = ali_hierarchical_matrix_bytes(&solver->factor);
    facts->memory_bytes =
        facts->factor_bytes + ali_hierarchical_matrix_bytes(&solver->matrix) + overhead(solver);
}

/** Bytes held per byte of the matrix's far blocks. In the factor they are of lower rank, the less
 * so the more levels there are; measured on spheres (1.43 at 5,000 unknowns, 1.63 at 50,000) and a
 * ship of wires (1.31 at 6,000). */
static double far_weight(size_t n)
{
    double weight = 1.40 + 0.055 * log2((double)n / 5000.0);
    return weight < 1.25 ? 1.25 : weight > 1.8 ? 1.8 : weight;
}

static alicorn_status assemble(ali_compressed *solver, const ali_compressed_geometry *geometry,
                               const ali_list_source *source, bool predict_only,
                               alicorn_error *error)
{
    const ali_compressed_options *options = &solver->options;
    ali_assembly_options assembly = {.threads = options->threads,
                                     .admissibility = options->admissibility,
                                     .tolerance = options->matrix_tolerance,
                                     .check = CHECK,
                                     .memory_limit = options->memory_limit,
                                     .near_weight = NEAR_WEIGHT,
                                     .far_weight = far_weight(solver->n),
                                     .predict_only = predict_only,
                                     .progress = options->progress,
                                     .progress_user = options->progress_user};
    if (geometry->wavenumber > 0.0)
        assembly.largest_far = options->largest_phase / geometry->wavenumber;
    ali_assembly_facts found;
    double start = ali_clock_seconds();
    alicorn_status status = ali_hierarchical_assemble(&solver->matrix, source, geometry->kind,
                                                      &assembly, solver->scale, &found, error);
    if (status)
        return status;
    for (size_t p = 0; p < solver->n; p++) {
        solver->place_scale[p] = solver->scale[solver->tree.unknown[p]];
        solver->weight[p] = 1.0 / solver->place_scale[p];
    }
    ali_compressed_facts *facts = &solver->facts;
    solver->prediction = (ali_compressed_prediction){
        .bytes = found.predicted.bytes + overhead(solver),
        .stored = found.predicted.near_elements + found.predicted.far_elements,
        .listed = found.predicted.listed,
        .crossed = found.predicted.crossed,
        .squares = found.predicted.squares,
        .factor_work = found.predicted.factor_work};
    facts->memory_predicted = solver->prediction.bytes;
    double full = 0.5 * (double)solver->n * ((double)solver->n + 1.0);
    facts->fill_s = ali_clock_seconds() - start;
    facts->near_blocks = found.near_blocks;
    facts->far_blocks = found.far_blocks;
    facts->near_bytes = found.near_elements * sizeof(float complex);
    facts->far_bytes = found.far_elements * sizeof(float complex);
    facts->compression = (double)(found.near_elements + found.far_elements) / full;
    facts->mean_rank = found.mean_rank;
    facts->largest_rank = found.largest_rank;
    facts->evaluated = found.evaluated;
    facts->rescues = found.rescues;
    facts->divided = found.divided;
    return ALICORN_OK;
}

/** Places whose rows are compared: the first of every kind from somewhere on, then any. */
static size_t draw_rows(const ali_compressed *solver, const unsigned char *kind, uint64_t *random,
                        size_t *place)
{
    size_t count = 0;
    bool taken[ALI_KINDS] = {false};
    for (size_t i = 0; kind && i < solver->n && count < EXACT_ROWS / 2; i++) {
        size_t p = (solver->n / 3 + i) % solver->n, f = solver->tree.unknown[p];
        if (!taken[kind[f] % ALI_KINDS])
            place[count++] = p;
        taken[kind[f] % ALI_KINDS] = true;
    }
    for (; count < EXACT_ROWS; count++)
        place[count] =
            (size_t)((0.5 + 0.5 * ali_random_next(random)) * (double)solver->n) % solver->n;
    return count;
}

/** Exact rows times x: sum [count], strip by strip; block [EXACT_ROWS, EXACT_STRIP]. */
static alicorn_status multiply_rows(const ali_compressed *solver, const ali_matrix_source *source,
                                    size_t count, const size_t *place, const double complex *x,
                                    double complex *block, double complex *sum,
                                    alicorn_error *error)
{
    size_t rows[EXACT_ROWS];
    for (size_t i = 0; i < count; i++) {
        rows[i] = solver->tree.unknown[place[i]];
        sum[i] = 0.0;
    }
    for (size_t first = 0; first < solver->n; first += EXACT_STRIP) {
        size_t width = solver->n - first < EXACT_STRIP ? solver->n - first : EXACT_STRIP;
        alicorn_status status = ali_matrix_source_fill(
            source, &(ali_unknown_list){count, rows, NULL},
            &(ali_unknown_list){width, solver->tree.unknown + first, NULL}, block, error);
        if (status)
            return status;
        for (size_t j = 0; j < width; j++)
            for (size_t i = 0; i < count; i++)
                sum[i] += block[i + j * count] * x[first + j];
    }
    return ALICORN_OK;
}

/** Compare the compressed matrix with the matrix itself on a random vector, in some rows. */
static alicorn_status compare_rows(ali_compressed *solver, const ali_compressed_geometry *geometry,
                                   const ali_list_source *list_source, alicorn_error *error)
{
    size_t n = solver->n, place[EXACT_ROWS], count;
    uint64_t random = 3;
    ali_matrix_source source = {.z = *list_source, .scale = solver->scale};
    double complex sum[EXACT_ROWS];
    double complex *x = ali_alloc_aligned(2 * n + EXACT_ROWS * EXACT_STRIP, sizeof *x);
    if (!x)
        return ali_error_memory(error, 2 * n * sizeof *x, "the check of the matrix");
    double complex *y = x + n, *block = y + n;
    for (size_t i = 0; i < n; i++)
        x[i] = ali_random_normal(&random);
    count = draw_rows(solver, geometry->kind, &random, place);
    alicorn_status status =
        ali_hierarchical_multiply(&solver->matrix, solver->options.threads, 1, x, y, error);
    if (!status)
        status = multiply_rows(solver, &source, count, place, x, block, sum, error);
    double difference = 0.0, size = 0.0;
    for (size_t i = 0; i < count && !status; i++) {
        double own = cabs(sum[i]), off = cabs(sum[i] - y[place[i]]);
        difference += off * off;
        size += own * own;
    }
    free(x);
    if (status)
        return status;
    solver->facts.matrix_error = size > 0.0 ? sqrt(difference / size) : 0.0;
    if (!(solver->facts.matrix_error <= MATRIX_ERROR_FACTOR * solver->options.matrix_tolerance))
        return ali_error_set(error, ALICORN_E_NUMERIC,
                             "the compressed matrix differs from the matrix by %.1e, the tolerance "
                             "is %.1e",
                             solver->facts.matrix_error, solver->options.matrix_tolerance);
    return ALICORN_OK;
}

static alicorn_status factorise(ali_compressed *solver, double tolerance, alicorn_error *error)
{
    ali_hierarchical_matrix_clear(&solver->factor);
    alicorn_status status =
        ali_hierarchical_matrix_create(&solver->tree, solver->matrix.level, &solver->factor, error);
    if (status)
        return status;
    size_t limit = solver->options.memory_limit;
    size_t held = solver->facts.near_bytes + solver->facts.far_bytes;
    if (limit > 0)
        limit = limit > held ? limit - held : 1;
    ali_hierarchical_factor_options options = {.threads = solver->options.threads,
                                               .tolerance = tolerance,
                                               .memory_limit = limit,
                                               .progress = solver->options.progress,
                                               .progress_user = solver->options.progress_user};
    double start = ali_clock_seconds();
    status = ali_hierarchical_factorise(&solver->matrix, &options, &solver->factor, error);
    solver->facts.factor_s += ali_clock_seconds() - start;
    solver->facts.factor_tolerance = tolerance;
    return status;
}

/** Solve for a random right-hand side, which has a share in every singular vector. */
static alicorn_status try_factor(ali_compressed *solver, bool *good, alicorn_error *error)
{
    solver_view view = {solver, solver->options.threads};
    ali_iteration iteration = iteration_for(solver, &view);
    iteration.weight = NULL;
    iteration.target = fmax(iteration.target, TRIAL_TARGET);
    iteration.steps = iteration.steps < TRIAL_STEPS ? iteration.steps : TRIAL_STEPS;
    double complex *b = ali_alloc_aligned(2 * solver->n, sizeof *b);
    if (!b)
        return ali_error_memory(error, 2 * solver->n * sizeof *b, "the trial solution");
    uint64_t random = 5;
    for (size_t i = 0; i < solver->n; i++)
        b[i] = ali_random_normal(&random);
    double start = ali_clock_seconds();
    ali_compressed_facts *facts = &solver->facts;
    alicorn_status status = ali_iteration_run(
        &iteration, 1, b, b + solver->n, &facts->trial_residual, NULL, &facts->trial_steps, error);
    free(b);
    facts->trial_s += ali_clock_seconds() - start;
    *good = !status && facts->trial_residual <= iteration.target;
    if (*good && facts->trial_steps > 0)
        facts->contraction = pow(facts->trial_residual, 1.0 / facts->trial_steps);
    return status == ALICORN_E_NUMERIC ? ALICORN_OK : status;
}

/** Factors of ever tighter tolerance until a trial solution converges. */
static alicorn_status find_factor(ali_compressed *solver, alicorn_error *error)
{
    double tolerance = solver->options.factor_tolerance;
    bool good = false;
    for (int attempt = 0; attempt <= ESCALATIONS; attempt++, tolerance *= 0.1) {
        alicorn_status status = factorise(solver, tolerance, error);
        if (!status)
            status = try_factor(solver, &good, error);
        if ((status && status != ALICORN_E_NUMERIC) || good)
            return status;
        solver->facts.escalations = attempt + 1;
    }
    return ali_error_set(error, ALICORN_E_NUMERIC,
                         "the compressed solver does not converge: a random right-hand side is "
                         "solved to %.1e after %d steps only; expected the dense solver or, at low "
                         "frequencies, coarser triangles",
                         solver->facts.trial_residual, solver->facts.trial_steps);
}

static alicorn_status prepare(ali_compressed *solver, const ali_compressed_geometry *geometry,
                              alicorn_error *error)
{
    const ali_compressed_options *options = &solver->options;
    alicorn_status status =
        ali_cluster_tree_create(solver->n, geometry->centre, geometry->radius,
                                options->leaf < 2 ? 2 : options->leaf, &solver->tree, error);
    if (status)
        return status;
    solver->scale = ali_calloc(solver->n, sizeof *solver->scale);
    solver->place_scale = ali_calloc(solver->n, sizeof *solver->place_scale);
    solver->weight = ali_calloc(solver->n, sizeof *solver->weight);
    if (!solver->scale || !solver->place_scale || !solver->weight)
        return ali_error_memory(error, 3 * solver->n * sizeof(double), "the scales");
    unsigned level = tile_level(solver->n, options->tile, solver->tree.depth);
    solver->facts.leaves = (size_t)1 << solver->tree.depth;
    solver->facts.tiles = (size_t)1 << level;
    return ali_hierarchical_matrix_create(&solver->tree, level, &solver->matrix, error);
}

/** A solver without contents. */
static alicorn_status begin(size_t n, const ali_compressed_geometry *geometry,
                            const ali_compressed_options *options, ali_compressed **solver,
                            alicorn_error *error)
{
    *solver = NULL;
    if (n == 0)
        return ali_error_set(error, ALICORN_E_USAGE, "a system without unknowns");
    ali_compressed *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the compressed solver");
    made->n = n;
    if (options)
        made->options = *options;
    else
        ali_compressed_options_default(&made->options);
    made->options.threads = ali_compressed_threads(made->options.threads);
    made->facts.unknowns = n;
    alicorn_status status = prepare(made, geometry, error);
    if (status)
        ali_compressed_destroy(made);
    else
        *solver = made;
    return status;
}

alicorn_status ali_compressed_predict(size_t n, const ali_compressed_geometry *geometry,
                                      const ali_list_source *source,
                                      const ali_compressed_options *options,
                                      ali_compressed_prediction *prediction, alicorn_error *error)
{
    ali_compressed *solver;
    *prediction = (ali_compressed_prediction){0};
    alicorn_status status = begin(n, geometry, options, &solver, error);
    if (status)
        return status;
    int former = ali_blas_set_threads(1);
    status = assemble(solver, geometry, source, true, error);
    ali_blas_set_threads(former);
    *prediction = solver->prediction;
    ali_compressed_destroy(solver);
    return status;
}

alicorn_status ali_compressed_create(size_t n, const ali_compressed_geometry *geometry,
                                     const ali_list_source *source,
                                     const ali_compressed_options *options, ali_compressed **solver,
                                     alicorn_error *error)
{
    ali_compressed *made;
    *solver = NULL;
    alicorn_status status = begin(n, geometry, options, &made, error);
    if (status)
        return status;
    int former = ali_blas_set_threads(1);
    status = assemble(made, geometry, source, false, error);
    if (!status)
        status = compare_rows(made, geometry, source, error);
    if (!status)
        status = find_factor(made, error);
    ali_blas_set_threads(former);
    if (status) {
        ali_compressed_destroy(made);
        return status;
    }
    set_memory_facts(made);
    *solver = made;
    return ALICORN_OK;
}

void ali_compressed_destroy(ali_compressed *solver)
{
    if (!solver)
        return;
    ali_hierarchical_matrix_clear(&solver->matrix);
    ali_hierarchical_matrix_clear(&solver->factor);
    ali_cluster_tree_clear(&solver->tree);
    free(solver->scale);
    free(solver->place_scale);
    free(solver->weight);
    free(solver);
}

/* ---- solution ---- */

alicorn_status ali_compressed_iterate(const ali_iteration *iteration, size_t columns,
                                      const double complex *b, double complex *x,
                                      ali_compressed_solution *solution, alicorn_error *error)
{
    double larger[ALI_COMPRESSED_COLUMNS], residual[ALI_COMPRESSED_COLUMNS];
    int steps = 0;
    alicorn_status status =
        ali_iteration_run(iteration, columns, b, x, larger, residual, &steps, error);
    for (size_t j = 0; j < columns && !status; j++) {
        if (!(larger[j] <= iteration->target))
            status = ali_error_set(error, ALICORN_E_NUMERIC,
                                   "the iteration ends at a residual of %.1e after %d steps; %.1e "
                                   "is asked for",
                                   larger[j], steps, iteration->target);
        solution->residual = fmax(solution->residual, residual[j]);
    }
    solution->steps = steps > solution->steps ? steps : solution->steps;
    return status;
}

static alicorn_status solve_block(const ali_compressed *solver, double target, size_t columns,
                                  double complex *b, ali_compressed_solution *solution,
                                  alicorn_error *error)
{
    size_t n = solver->n;
    solver_view view = {solver, ali_compressed_threads(solver->options.threads)};
    ali_iteration iteration = iteration_for(solver, &view);
    iteration.target = fmax(iteration.target, target);
    double complex *work = ali_alloc_aligned(2 * n * columns, sizeof *work);
    if (!work)
        return ali_error_memory(error, 2 * n * columns * sizeof *work, "the solution");
    double complex *x = work + n * columns;
    for (size_t j = 0; j < columns; j++)
        for (size_t p = 0; p < n; p++)
            work[p + j * n] = solver->place_scale[p] * b[solver->tree.unknown[p] + j * n];
    alicorn_status status = ali_compressed_iterate(&iteration, columns, work, x, solution, error);
    for (size_t j = 0; j < columns && !status; j++)
        for (size_t p = 0; p < n; p++)
            b[solver->tree.unknown[p] + j * n] = solver->place_scale[p] * x[p + j * n];
    free(work);
    return status;
}

alicorn_status ali_compressed_solve_to(const ali_compressed *solver, double target, size_t columns,
                                       double complex *b, ali_compressed_solution *solution,
                                       alicorn_error *error)
{
    ali_compressed_solution found = {0};
    alicorn_status status = ALICORN_OK;
    int former = ali_blas_set_threads(1);
    for (size_t first = 0; first < columns && !status; first += ALI_COMPRESSED_COLUMNS) {
        size_t left = columns - first;
        size_t count = left < ALI_COMPRESSED_COLUMNS ? left : ALI_COMPRESSED_COLUMNS;
        status = solve_block(solver, target, count, b + first * solver->n, &found, error);
    }
    ali_blas_set_threads(former);
    if (solution)
        *solution = found;
    return status;
}

alicorn_status ali_compressed_solve(const ali_compressed *solver, size_t columns, double complex *b,
                                    ali_compressed_solution *solution, alicorn_error *error)
{
    return ali_compressed_solve_to(solver, 0.0, columns, b, solution, error);
}

size_t ali_compressed_solve_memory(size_t n, size_t columns)
{
    size_t width = columns < ALI_COMPRESSED_COLUMNS ? columns : ALI_COMPRESSED_COLUMNS;
    return n * width * USUAL_VECTORS * sizeof(double complex);
}

ali_compressed_facts ali_compressed_get_facts(const ali_compressed *solver)
{
    return solver->facts;
}
