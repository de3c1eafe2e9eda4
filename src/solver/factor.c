/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/factor.h"

#include "base/memory.h"
#include "solver/elimination.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static const ali_elimination *elimination_of(const ali_tiles *tiles)
{
    return tiles->symmetric ? &ali_elimination_ldlt : &ali_elimination_lu;
}

static size_t panel_tiles(const ali_tiles *tiles)
{
    return tiles->count == 1 ? 1 : 2 * tiles->count;
}

static size_t pivot_count(const ali_tiles *tiles)
{
    return elimination_of(tiles)->pivots ? tiles->order : 0;
}

size_t ali_factor_bytes(const ali_tiles *tiles, const ali_tile_kernels *kernels)
{
    size_t elements = 0;
    if (!ali_tiles_elements(tiles, &elements))
        return SIZE_MAX;
    return elements * kernels->element + pivot_count(tiles) * sizeof(uint32_t);
}

size_t ali_factor_work_bytes(const ali_tiles *tiles, const ali_tile_kernels *kernels)
{
    return panel_tiles(tiles) * ali_tile_kernels_packed(tiles->edge) * kernels->element +
           2 * ali_tiles_total(tiles) * sizeof(double);
}

void ali_factor_update(ali_factor_run *run, size_t i, size_t j, size_t k)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t m = ali_tiles_extent(&run->tiles, i), n = ali_tiles_extent(&run->tiles, j);
    bool lower = run->tiles.symmetric && i == j;
    run->kernels->update(lower, m, n, ali_tiles_extent(&run->tiles, k), ali_factor_left(run, i),
                         ali_factor_right(run, j), ali_factor_tile(run, i, j), m);
    ali_monitor_advance(&run->monitor,
                        lower ? ALI_FACTOR_UPDATE_UNITS / 2 : ALI_FACTOR_UPDATE_UNITS, 0.0);
}

static void factor_all(ali_factor_run *run, int threads)
{
    size_t count = run->tiles.count;
    const ali_elimination *elimination = elimination_of(&run->tiles);
    if (threads <= 1) {
        for (size_t k = 0; k < count; k++)
            elimination->step(run, k, false);
        return;
    }
    /* master, not single: libgomp leaks the dependence table of a worker that creates tasks */
#pragma omp parallel num_threads(threads)
#pragma omp master
    for (size_t k = 0; k < count; k++)
        elimination->step(run, k, true);
}

/** Scale and convert every tile of tile column j; squares and largest by running number of the
 * tile. */
static void convert_column(ali_factor_run *run, const ali_factor *factor, const double complex *z,
                           size_t j, double *squares, double *largest)
{
    const ali_tiles *tiles = &run->tiles;
    for (size_t i = ali_tiles_top(tiles, j); i < tiles->count; i++) {
        size_t index = ali_tiles_index(tiles, i, j);
        largest[index] = run->kernels->convert(
            ali_tiles_extent(tiles, i), ali_tiles_extent(tiles, j),
            z + ali_tiles_offset(tiles, i, j), factor->row_scale + ali_tiles_first(tiles, i),
            factor->column_scale + ali_tiles_first(tiles, j), ali_factor_tile(run, i, j),
            &squares[index]);
    }
}

/** Fill run->data from z; returns the largest part and the Frobenius norm of R Z C. work [2 tiles].
 */
static double convert_all(ali_factor_run *run, const ali_factor *factor, const double complex *z,
                          int threads, double *work, double *norm)
{
    const ali_tiles *tiles = &run->tiles;
    double *squares = work, *largest = work + ali_tiles_total(tiles);
    if (threads <= 1) {
        for (size_t j = 0; j < tiles->count; j++)
            convert_column(run, factor, z, j, squares, largest);
    } else {
#pragma omp parallel for num_threads(threads) schedule(dynamic)
        for (size_t j = 0; j < tiles->count; j++)
            convert_column(run, factor, z, j, squares, largest);
    }
    double sum = 0.0, top = 0.0;
    for (size_t j = 0; j < tiles->count; j++)
        for (size_t i = ali_tiles_top(tiles, j); i < tiles->count; i++) {
            size_t index = ali_tiles_index(tiles, i, j);
            sum += (i == j || !tiles->symmetric ? 1.0 : 2.0) * squares[index];
            top = largest[index] > top ? largest[index] : top;
        }
    *norm = sqrt(sum);
    return top;
}

/** Smallest and largest |d|; modulus [edge] is work space. */
static void gather_pivots(const ali_factor_run *run, double *modulus, ali_factor_facts *facts)
{
    const ali_tiles *tiles = &run->tiles;
    facts->smallest_pivot = HUGE_VAL;
    facts->largest_pivot = 0.0;
    for (size_t k = 0; k < tiles->count; k++) {
        size_t n = ali_tiles_extent(tiles, k);
        run->kernels->pivots(n, ali_factor_tile(run, k, k), n, modulus);
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
    ali_factor_run run = {.kernels = kernels, .tiles = *tiles};
    alicorn_status status = ALICORN_OK;
    size_t elements = 0, packed = ali_tile_kernels_packed(tiles->edge);
    double *work = NULL;

    run.packed = packed * kernels->element;
    *facts = (ali_factor_facts){0};
    if (ali_tiles_elements(tiles, &elements))
        factor->data = ali_alloc_aligned(elements, kernels->element);
    if (pivot_count(tiles) > 0)
        factor->pivot = ali_calloc(pivot_count(tiles), sizeof *factor->pivot);
    run.data = factor->data;
    run.pivot = factor->pivot;
    run.panel = ali_alloc_aligned(panel_tiles(tiles) * packed, kernels->element);
    work = ali_calloc(2 * ali_tiles_total(tiles), sizeof *work);
    if (!factor->data || (pivot_count(tiles) > 0 && !factor->pivot) || !run.panel || !work) {
        status = ali_error_memory(
            error, ali_factor_bytes(tiles, kernels) + ali_factor_work_bytes(tiles, kernels),
            "the factor");
        goto cleanup;
    }
    double largest = convert_all(&run, factor, z, threads, work, &facts->norm);
    if (!isfinite(facts->norm)) {
        status = ali_error_set(error, ALICORN_E_NUMERIC, "the matrix is not finite");
        goto cleanup;
    }
    ali_monitor_begin(&run.monitor, progress, user, "factor", elimination_of(tiles)->units(tiles));
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

static char *rows_at(const ali_substitution *run, size_t i)
{
    return run->y + ali_tiles_first(&run->factor->tiles, i) * run->row;
}

static const char *factor_tile(const ali_substitution *run, size_t i, size_t j)
{
    const ali_factor *factor = run->factor;
    return (const char *)factor->data +
           ali_tiles_offset(&factor->tiles, i, j) * factor->kernels->element;
}

/** Y_k by the diagonal tile. */
static void solve_diagonal(const ali_substitution *run, const ali_substitution_pass *pass, size_t k,
                           char *rows)
{
    const ali_factor *factor = run->factor;
    const ali_tiles *tiles = &factor->tiles;
    ali_substitution_tile tile = {.kernels = &run->kernels,
                                  .diagonal = factor_tile(run, k, k),
                                  .pivot = factor->pivot ? factor->pivot + ali_tiles_first(tiles, k)
                                                         : NULL,
                                  .n = ali_tiles_extent_within(tiles, k, run->order),
                                  .ldd = ali_tiles_extent(tiles, k)};
    pass->diagonal(&tile, run->columns, rows, run->leading);
}

/** Y_i -= op(tile) Y_k. */
static void eliminate(const ali_substitution *run, ali_blas_op op, size_t i, size_t k,
                      const char *from, char *rows)
{
    const ali_tiles *tiles = &run->factor->tiles;
    size_t row = op == ALI_BLAS_PLAIN ? i : k, column = op == ALI_BLAS_PLAIN ? k : i;
    run->kernels.subtract(op, ali_tiles_extent_within(tiles, row, run->order),
                          ali_tiles_extent_within(tiles, column, run->order), run->columns,
                          factor_tile(run, row, column), ali_tiles_extent(tiles, row), from,
                          run->leading, rows, run->leading);
}

/** Create the tasks of one step of a pass: solve with tile k, take its share out of the others. */
static void solve_step(const ali_substitution *run, const ali_substitution_pass *pass, size_t k,
                       bool parallel)
{
    char *own = rows_at(run, k);
    size_t first = pass->way == ALI_SUBSTITUTE_DOWN ? k + 1 : 0;
    size_t end = pass->way == ALI_SUBSTITUTE_DOWN ? run->count
                 : pass->way == ALI_SUBSTITUTE_UP ? k
                                                  : 0;
    ali_blas_op op = pass->op;
    (void)parallel;
#pragma omp task default(none) firstprivate(run, pass, k, own) if (parallel) depend(inout : *own)
    solve_diagonal(run, pass, k, own);
    for (size_t i = first; i < end; i++) {
        char *rows = rows_at(run, i);
#pragma omp task default(none) firstprivate(run, op, i, k, own, rows) if (parallel) depend(in      \
                                                                                           : *own) \
    depend(inout                                                                                   \
           : *rows)
        eliminate(run, op, i, k, own, rows);
    }
}

static void solve_all(const ali_substitution *run, bool parallel)
{
    const ali_elimination *elimination = elimination_of(&run->factor->tiles);
    for (size_t p = 0; p < elimination->passes; p++) {
        const ali_substitution_pass *pass = &elimination->pass[p];
        for (size_t step = 0; step < run->count; step++)
            solve_step(run, pass, pass->way == ALI_SUBSTITUTE_UP ? run->count - 1 - step : step,
                       parallel);
    }
}

static void solve_on(const ali_substitution *run, int threads)
{
    if (threads <= 1 || run->count == 1) {
        solve_all(run, false);
        return;
    }
#pragma omp parallel num_threads(threads)
#pragma omp master
    solve_all(run, true);
}

/** Solve packed copies of the right-hand sides. False, and nothing done, if they should not or
 * cannot be packed. */
static bool solve_packed(ali_substitution *run, int threads)
{
    const ali_wide_kernels *wide = ali_tile_kernels_wide(&run->kernels, run->columns);
    if (!wide)
        return false;
    size_t leading = run->leading;
    char *y = run->y, *packed = ali_alloc_aligned(ali_wide_numbers(wide, run->order, run->columns),
                                                  run->kernels.element);
    if (!packed)
        return false;
    run->y = packed;
    run->row = wide->lanes * run->kernels.element;
    run->leading = run->order;
    run->kernels.substitute = wide->substitute;
    run->kernels.divide = wide->divide;
    run->kernels.subtract = wide->subtract;
    run->kernels.permute = wide->permute;
    run->kernels.substitute_upper = wide->substitute_upper;
    wide->pack(run->order, run->columns, y, leading, packed);
    solve_on(run, threads);
    wide->unpack(run->order, run->columns, packed, y, leading);
    free(packed);
    return true;
}

void ali_factor_solve(const ali_factor *factor, size_t order, int threads, size_t columns, void *y,
                      size_t leading)
{
    size_t count = (order + factor->tiles.edge - 1) / factor->tiles.edge;
    ali_substitution run = {.factor = factor,
                            .kernels = *factor->kernels,
                            .row = factor->kernels->element,
                            .order = order,
                            .columns = columns,
                            .leading = leading,
                            .count = count,
                            .y = y};
    if (!solve_packed(&run, threads))
        solve_on(&run, threads);
}

size_t ali_factor_solve_bytes(const ali_tile_kernels *kernels, size_t order, size_t columns)
{
    const ali_wide_kernels *wide = ali_tile_kernels_wide(kernels, columns);
    return wide ? ali_wide_numbers(wide, order, columns) * kernels->element : 0;
}

void ali_factor_clear(ali_factor *factor)
{
    free(factor->data);
    free(factor->pivot);
    factor->data = NULL;
    factor->pivot = NULL;
}
