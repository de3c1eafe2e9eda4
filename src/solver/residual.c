/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/dense.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/** The arrays of a residual, [order, columns], or packed (wide_kernels.h). */
typedef struct residual_run {
    const ali_solver *solver;
    const ali_wide_kernels *wide;          /**< NULL: not packed */
    size_t row;                            /**< numbers from row to row */
    size_t order, columns, leading, count; /**< count: tiles per side of the leading system */
    const double complex *x;
    double complex *r;
} residual_run;

static double complex *residual_rows(const residual_run *run, size_t i)
{
    return run->r + ali_tiles_first(&run->solver->tiles, i) * run->row;
}

static const double complex *solution_rows(const residual_run *run, size_t i)
{
    return run->x + ali_tiles_first(&run->solver->tiles, i) * run->row;
}

static void subtract(const residual_run *run, ali_blas_op op, size_t m, size_t n,
                     const double complex *tile, size_t leading, const double complex *x,
                     double complex *r)
{
    if (run->wide)
        run->wide->subtract(op, m, n, run->columns, tile, leading, x, run->leading, r,
                            run->leading);
    else
        ali_tile_kernels_double.subtract(op, m, n, run->columns, tile, leading, x, run->leading, r,
                                         run->leading);
}

/** r_i -= Z_ij x_j, and for its mirror image r_j -= Z_ij^T x_i in the same pass. */
static void residual_tile(const residual_run *run, size_t i, size_t j, double complex *row,
                          double complex *mirrored)
{
    const ali_tiles *tiles = &run->solver->tiles;
    const double complex *tile = run->solver->z + ali_tiles_offset(tiles, i, j);
    size_t m = ali_tiles_extent_within(tiles, i, run->order);
    size_t n = ali_tiles_extent_within(tiles, j, run->order), leading = ali_tiles_extent(tiles, i);
    const double complex *row_x = solution_rows(run, i), *column_x = solution_rows(run, j);
    if (i != j && !run->wide) {
        ali_tile_kernels_double.subtract_both(m, n, run->columns, tile, leading, row_x, column_x,
                                              row, mirrored, run->leading);
        return;
    }
    subtract(run, ALI_BLAS_PLAIN, m, n, tile, leading, column_x, row);
    if (i != j)
        subtract(run, ALI_BLAS_TRANSPOSED, m, n, tile, leading, row_x, mirrored);
}

/** Create the tasks of all tiles in rounds: a round holds the tiles whose row and column add up to
 * the same number, modulo the count. No two of them share rows of r, so a round runs in parallel,
 * and the order in which the tiles come to a row, and with it every bit, is always the same. */
static void residual_symmetric(const residual_run *run, bool parallel)
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

/** r_i -= Z_i x of an unsymmetric matrix, tile by tile. */
static void residual_row(const residual_run *run, size_t i, double complex *row)
{
    const ali_tiles *tiles = &run->solver->tiles;
    for (size_t j = 0; j < run->count; j++)
        subtract(run, ALI_BLAS_PLAIN, ali_tiles_extent_within(tiles, i, run->order),
                 ali_tiles_extent_within(tiles, j, run->order),
                 run->solver->z + ali_tiles_offset(tiles, i, j), ali_tiles_extent(tiles, i),
                 solution_rows(run, j), row);
}

/** Create a task for every tile row: none of them shares rows of r. */
static void residual_unsymmetric(const residual_run *run, bool parallel)
{
    (void)parallel;
    for (size_t i = 0; i < run->count; i++) {
        double complex *row = residual_rows(run, i);
#pragma omp task default(none) firstprivate(run, i, row) if (parallel)
        residual_row(run, i, row);
    }
}

static void residual_on(const residual_run *run, int threads)
{
    void (*all)(const residual_run *, bool) =
        run->solver->tiles.symmetric ? residual_symmetric : residual_unsymmetric;
    if (threads <= 1 || run->count == 1) {
        all(run, false);
        return;
    }
#pragma omp parallel num_threads(threads)
#pragma omp master
    all(run, true);
}

/** The same with packed copies of the arrays. False, and nothing done, if they should not or cannot
 * be packed. */
static bool residual_packed(residual_run run, int threads)
{
    const ali_wide_kernels *wide = ali_tile_kernels_wide(&ali_tile_kernels_double, run.columns);
    if (!wide)
        return false;
    size_t numbers = ali_wide_numbers(wide, run.order, run.columns);
    double complex *packed = ali_alloc_aligned(2 * numbers, sizeof *packed), *r = run.r;
    if (!packed)
        return false;
    wide->pack(run.order, run.columns, run.x, run.leading, packed);
    wide->pack(run.order, run.columns, r, run.leading, packed + numbers);
    size_t leading = run.leading;
    run.wide = wide;
    run.row = wide->lanes;
    run.leading = run.order;
    run.x = packed;
    run.r = packed + numbers;
    residual_on(&run, threads);
    wide->unpack(run.order, run.columns, run.r, r, leading);
    free(packed);
    return true;
}

size_t ali_dense_residual_bytes(size_t order, size_t columns)
{
    const ali_wide_kernels *wide = ali_tile_kernels_wide(&ali_tile_kernels_double, columns);
    return wide ? 2 * ali_wide_numbers(wide, order, columns) * sizeof(double complex) : 0;
}

void ali_dense_residual(const ali_solver *solver, size_t order, int threads, size_t columns,
                        const double complex *x, const double complex *b, double complex *r,
                        size_t leading)
{
    size_t count = (order + solver->tiles.edge - 1) / solver->tiles.edge;
    residual_run run = {.solver = solver,
                        .row = 1,
                        .order = order,
                        .columns = columns,
                        .leading = leading,
                        .count = count,
                        .x = x,
                        .r = r};
    for (size_t c = 0; r != b && c < columns; c++)
        memcpy(r + c * leading, b + c * leading, order * sizeof *r);
    if (!residual_packed(run, threads))
        residual_on(&run, threads);
}
