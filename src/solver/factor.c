/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/factor.h"

#include "base/memory.h"
#include "solver/monitor.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* Right-looking: step k factors the diagonal tile, divides the panel below it, and subtracts L W^T
 * (W = L D) from every tile to the right. Each piece is a task; the tile it changes and the tiles
 * it reads are its dependences. All changes to one tile thus happen in the order of k, so results
 * are the same bits on any number of threads. */

/** Steps whose panels may be alive at once: with two, the next panel starts while the last updates
 * run. A system of few tiles is over before that pays for the memory's first touch. */
static size_t panels(const ali_tiles *tiles)
{
    return tiles->count < 6 ? 1 : 2;
}

/** Progress units of a tile's work, in sixths of edge^3 multiplications. */
enum { DIAGONAL_UNITS = 1, PANEL_UNITS = 3, UPDATE_UNITS = 6, UPDATE_LOWER_UNITS = 3 };

typedef struct factor_run {
    const ali_tile_kernels *kernels;
    ali_tiles tiles;
    char *data;    /**< the tiles */
    char *panel;   /**< packed W of step k, tile row i, then packed L: slot k % panels; W's place in
                      tile row k is the diagonal's work */
    size_t packed; /**< bytes of a packed tile */
    ali_monitor monitor;
} factor_run;

static char *tile_at(const factor_run *run, size_t i, size_t j)
{
    return run->data + ali_tiles_offset(&run->tiles, i, j) * run->kernels->element;
}

static char *panel_at(const factor_run *run, size_t i, size_t k)
{
    const ali_tiles *tiles = &run->tiles;
    size_t slot = (k % panels(tiles)) * tiles->count + i;
    return run->panel + 2 * slot * run->packed;
}

static size_t panel_tiles(const ali_tiles *tiles)
{
    return tiles->count == 1 ? 1 : 2 * panels(tiles) * tiles->count;
}

size_t ali_factor_bytes(const ali_tiles *tiles, const ali_tile_kernels *kernels)
{
    size_t elements = 0;
    return ali_tiles_elements(tiles, &elements) ? elements * kernels->element : SIZE_MAX;
}

size_t ali_factor_work_bytes(const ali_tiles *tiles, const ali_tile_kernels *kernels)
{
    return panel_tiles(tiles) * ali_tile_kernels_packed(tiles->edge) * kernels->element +
           2 * ali_tiles_total(tiles) * sizeof(double);
}

static void step_diagonal(factor_run *run, size_t k, char *tile, char *work)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t n = ali_tiles_extent(&run->tiles, k);
    double largest = 0.0;
    if (run->kernels->diagonal(n, tile, n, work, &largest))
        ali_monitor_advance(&run->monitor, DIAGONAL_UNITS, largest);
    else
        ali_monitor_fail(&run->monitor, ALICORN_E_NUMERIC, NULL);
}

static void step_panel(factor_run *run, size_t i, size_t k, const char *diagonal, char *tile,
                       char *panel)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t m = ali_tiles_extent(&run->tiles, i), n = ali_tiles_extent(&run->tiles, k);
    double largest = run->kernels->panel(m, n, diagonal, n, tile, m, panel + run->packed, panel);
    ali_monitor_advance(&run->monitor, PANEL_UNITS, largest);
}

static void step_update(factor_run *run, size_t i, size_t j, size_t k, const char *left,
                        const char *panel, char *tile)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t m = ali_tiles_extent(&run->tiles, i), n = ali_tiles_extent(&run->tiles, j);
    size_t depth = ali_tiles_extent(&run->tiles, k);
    run->kernels->update(i == j, m, n, depth, left, panel, tile, m);
    ali_monitor_advance(&run->monitor, i == j ? UPDATE_LOWER_UNITS : UPDATE_UNITS, 0.0);
}

/** Create the tasks of step k; with parallel false they run at once, in this order. */
static void factor_step(factor_run *run, size_t k, bool parallel)
{
    size_t count = run->tiles.count;
    char *diagonal = tile_at(run, k, k), *work = panel_at(run, k, k);
    (void)parallel;
#pragma omp task default(none) firstprivate(run, k, diagonal, work) if (parallel)                  \
    depend(inout                                                                                   \
           : *diagonal) depend(inout                                                               \
                               : *work)
    step_diagonal(run, k, diagonal, work);
    for (size_t i = k + 1; i < count; i++) {
        char *tile = tile_at(run, i, k), *panel = panel_at(run, i, k);
#pragma omp task default(none) firstprivate(run, i, k, diagonal, tile, panel) if (parallel)        \
    depend(in                                                                                      \
           : *diagonal) depend(inout                                                               \
                               : *tile) depend(inout                                               \
                                               : *panel)
        step_panel(run, i, k, diagonal, tile, panel);
    }
    for (size_t j = k + 1; j < count; j++)
        for (size_t i = j; i < count; i++) {
            char *left = panel_at(run, i, k), *panel = panel_at(run, j, k);
            char *tile = tile_at(run, i, j);
#pragma omp task default(none) firstprivate(run, i, j, k, left, panel, tile) if (parallel)         \
    depend(in                                                                                      \
           : *left) depend(in                                                                      \
                           : *panel) depend(inout                                                  \
                                            : *tile)
            step_update(run, i, j, k, left + run->packed, panel, tile);
        }
}

static void factor_all(factor_run *run, int threads)
{
    size_t count = run->tiles.count;
    if (threads <= 1) {
        for (size_t k = 0; k < count; k++)
            factor_step(run, k, false);
        return;
    }
    /* master, not single: libgomp leaks the dependence table of a worker that creates tasks */
#pragma omp parallel num_threads(threads)
#pragma omp master
    for (size_t k = 0; k < count; k++)
        factor_step(run, k, true);
}

static size_t total_units(const ali_tiles *tiles)
{
    size_t units = 0;
    for (size_t k = 0; k < tiles->count; k++) {
        size_t below = tiles->count - k - 1;
        units += DIAGONAL_UNITS + below * (PANEL_UNITS + UPDATE_LOWER_UNITS) +
                 below * (below - (below > 0)) / 2 * UPDATE_UNITS;
    }
    return units;
}

/** Scale and convert every tile of tile column j; squares and largest by running number of the
 * tile. */
static void convert_column(factor_run *run, const double complex *z, const double *scale, size_t j,
                           double *squares, double *largest)
{
    const ali_tiles *tiles = &run->tiles;
    for (size_t i = j; i < tiles->count; i++) {
        size_t index = ali_tiles_index(tiles, i, j);
        largest[index] = run->kernels->convert(
            ali_tiles_extent(tiles, i), ali_tiles_extent(tiles, j),
            z + ali_tiles_offset(tiles, i, j), scale + ali_tiles_first(tiles, i),
            scale + ali_tiles_first(tiles, j), tile_at(run, i, j), &squares[index]);
    }
}

/** Fill run->data from z; returns the largest part and the Frobenius norm of S Z S. work [2 tiles].
 */
static double convert_all(factor_run *run, const double complex *z, const double *scale,
                          int threads, double *work, double *norm)
{
    const ali_tiles *tiles = &run->tiles;
    double *squares = work, *largest = work + ali_tiles_total(tiles);
    if (threads <= 1) {
        for (size_t j = 0; j < tiles->count; j++)
            convert_column(run, z, scale, j, squares, largest);
    } else {
#pragma omp parallel for num_threads(threads) schedule(dynamic)
        for (size_t j = 0; j < tiles->count; j++)
            convert_column(run, z, scale, j, squares, largest);
    }
    double sum = 0.0, top = 0.0;
    for (size_t j = 0; j < tiles->count; j++)
        for (size_t i = j; i < tiles->count; i++) {
            size_t index = ali_tiles_index(tiles, i, j);
            sum += (i == j ? 1.0 : 2.0) * squares[index];
            top = largest[index] > top ? largest[index] : top;
        }
    *norm = sqrt(sum);
    return top;
}

/** Smallest and largest |d|; modulus [edge] is work space. */
static void gather_pivots(const factor_run *run, double *modulus, ali_factor_facts *facts)
{
    const ali_tiles *tiles = &run->tiles;
    facts->smallest_pivot = HUGE_VAL;
    facts->largest_pivot = 0.0;
    for (size_t k = 0; k < tiles->count; k++) {
        size_t n = ali_tiles_extent(tiles, k);
        run->kernels->pivots(n, tile_at(run, k, k), n, modulus);
        for (size_t i = 0; i < n; i++) {
            if (modulus[i] < facts->smallest_pivot) {
                facts->smallest_pivot = modulus[i];
                facts->smallest_pivot_at = ali_tiles_first(tiles, k) + i;
            }
            if (modulus[i] > facts->largest_pivot)
                facts->largest_pivot = modulus[i];
        }
    }
}

alicorn_status ali_factor_compute(ali_factor *factor, const double complex *z, int threads,
                                  alicorn_progress_fn progress, void *user, ali_factor_facts *facts,
                                  alicorn_error *error)
{
    const ali_tiles *tiles = &factor->tiles;
    const ali_tile_kernels *kernels = factor->kernels;
    factor_run run = {.kernels = kernels, .tiles = *tiles};
    alicorn_status status = ALICORN_OK;
    size_t elements = 0, packed = ali_tile_kernels_packed(tiles->edge);
    double *work = NULL;

    run.packed = packed * kernels->element;
    *facts = (ali_factor_facts){0};
    if (ali_tiles_elements(tiles, &elements))
        factor->data = ali_alloc_aligned(elements, kernels->element);
    run.data = factor->data;
    run.panel = ali_alloc_aligned(panel_tiles(tiles) * packed, kernels->element);
    work = ali_calloc(2 * ali_tiles_total(tiles), sizeof *work);
    if (!factor->data || !run.panel || !work) {
        status = ali_error_memory(
            error, ali_factor_bytes(tiles, kernels) + ali_factor_work_bytes(tiles, kernels),
            "the factor");
        goto cleanup;
    }
    double largest = convert_all(&run, z, factor->scale, threads, work, &facts->norm);
    if (!isfinite(facts->norm)) {
        status = ali_error_set(error, ALICORN_E_NUMERIC, "the matrix is not finite");
        goto cleanup;
    }
    ali_monitor_begin(&run.monitor, progress, user, "factor", total_units(tiles));
    factor_all(&run, threads);
    facts->growth = largest > 0.0 ? run.monitor.largest / largest : 0.0;
    status = ali_monitor_end(&run.monitor, error);
    if (status == ALICORN_E_NUMERIC)
        ali_error_set(error, status, "a pivot is zero or not finite");
    if (status == ALICORN_OK)
        gather_pivots(&run, (double *)run.panel, facts);
cleanup:
    free(run.panel);
    free(work);
    return status;
}

/** Solving for a block of right-hand sides y [order, columns]. */
typedef struct solve_run {
    const ali_factor *factor;
    size_t order, columns, leading, count; /**< count: tiles per side of the leading system */
    char *y;
} solve_run;

static char *rows_at(const solve_run *run, size_t i)
{
    return run->y + ali_tiles_first(&run->factor->tiles, i) * run->factor->kernels->element;
}

static const char *factor_tile(const solve_run *run, size_t i, size_t j)
{
    const ali_factor *factor = run->factor;
    return (const char *)factor->data +
           ali_tiles_offset(&factor->tiles, i, j) * factor->kernels->element;
}

/** Y_k = op(L_kk)^-1 Y_k. */
static void substitute(const solve_run *run, ali_blas_op op, size_t k, char *rows)
{
    const ali_tile_kernels *kernels = run->factor->kernels;
    const char *diagonal = factor_tile(run, k, k);
    size_t n = ali_tiles_extent_within(&run->factor->tiles, k, run->order);
    size_t ldd = ali_tiles_extent(&run->factor->tiles, k);
    kernels->substitute(op, n, run->columns, diagonal, ldd, rows, run->leading);
}

/** Y_k = D_kk^-1 Y_k. */
static void divide(const solve_run *run, size_t k, char *rows)
{
    const ali_tiles *tiles = &run->factor->tiles;
    run->factor->kernels->divide(ali_tiles_extent_within(tiles, k, run->order), run->columns,
                                 factor_tile(run, k, k), ali_tiles_extent(tiles, k), rows,
                                 run->leading);
}

/** Y_i -= op(tile) Y_k: tile (i, k) going down, tile (k, i) transposed going up. */
static void eliminate(const solve_run *run, ali_blas_op op, size_t i, size_t k, const char *from,
                      char *rows)
{
    const ali_tiles *tiles = &run->factor->tiles;
    size_t row = i > k ? i : k, column = i > k ? k : i;
    run->factor->kernels->subtract(op, ali_tiles_extent_within(tiles, row, run->order),
                                   ali_tiles_extent_within(tiles, column, run->order), run->columns,
                                   factor_tile(run, row, column), ali_tiles_extent(tiles, row),
                                   from, run->leading, rows, run->leading);
}

/** Create the tasks of one step of a substitution: solve with tile k, take its share out of tiles
 * [first, end). */
static void solve_step(const solve_run *run, ali_blas_op op, size_t k, size_t first, size_t end,
                       bool parallel)
{
    char *own = rows_at(run, k);
    (void)parallel;
#pragma omp task default(none) firstprivate(run, op, k, own) if (parallel) depend(inout : *own)
    substitute(run, op, k, own);
    for (size_t i = first; i < end; i++) {
        char *rows = rows_at(run, i);
#pragma omp task default(none) firstprivate(run, op, i, k, own, rows) if (parallel) depend(in      \
                                                                                           : *own) \
    depend(inout                                                                                   \
           : *rows)
        eliminate(run, op, i, k, own, rows);
    }
}

static void solve_all(const solve_run *run, bool parallel)
{
    for (size_t k = 0; k < run->count; k++)
        solve_step(run, ALI_BLAS_PLAIN, k, k + 1, run->count, parallel);
    for (size_t k = 0; k < run->count; k++) {
        char *own = rows_at(run, k);
#pragma omp task default(none) firstprivate(run, k, own) if (parallel) depend(inout : *own)
        divide(run, k, own);
    }
    for (size_t k = run->count; k-- > 0;)
        solve_step(run, ALI_BLAS_TRANSPOSED, k, 0, k, parallel);
}

void ali_factor_solve(const ali_factor *factor, size_t order, int threads, size_t columns, void *y,
                      size_t leading)
{
    size_t count = (order + factor->tiles.edge - 1) / factor->tiles.edge;
    solve_run run = {.factor = factor,
                     .order = order,
                     .columns = columns,
                     .leading = leading,
                     .count = count,
                     .y = y};
    if (threads <= 1 || count == 1) {
        solve_all(&run, false);
        return;
    }
#pragma omp parallel num_threads(threads)
#pragma omp master
    solve_all(&run, true);
}

void ali_factor_clear(ali_factor *factor)
{
    free(factor->data);
    factor->data = NULL;
}
