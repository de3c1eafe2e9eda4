/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/hierarchical_factor.h"

#include "base/memory.h"
#include "solver/block_arithmetic.h"
#include "solver/monitor.h"

#include <stdatomic.h>
#include <stdlib.h>

typedef struct factorisation {
    const ali_hierarchical_matrix *matrix;
    const ali_hierarchical_factor_options *options;
    ali_hierarchical_matrix *factor;
    ali_monitor monitor;
    atomic_size_t bytes;
} factorisation;

/** Work of tile (i, j), about: the products that reach it. */
static size_t tile_work(size_t j)
{
    return j + 1;
}

/** Everything tile (i, j) needs: copy it, subtract the products of the tiles left of it, and divide
 * by the diagonal tile, or factor it. */
static bool make_tile(factorisation *work, ali_block_context *context, size_t i, size_t j)
{
    ali_block **tile = ali_hierarchical_tile(work->factor, i, j);
    ali_block *copy = ali_block_copy(context, *ali_hierarchical_tile(work->matrix, i, j));
    if (!copy)
        return false;
    ali_block_destroy(*tile);
    *tile = copy;
    for (size_t k = 0; k < j; k++)
        if (ali_monitor_stopped(&work->monitor) ||
            !ali_block_update(context, copy, *ali_hierarchical_tile(work->factor, i, k),
                              *ali_hierarchical_tile(work->factor, j, k)))
            return ali_monitor_stopped(&work->monitor);
    if (i == j)
        return ali_block_factor(context, copy);
    return ali_block_divide(context, copy, *ali_hierarchical_tile(work->factor, j, j));
}

static void run_tile(factorisation *work, size_t i, size_t j)
{
    if (ali_monitor_stopped(&work->monitor))
        return;
    ali_block_context context = {.tree = work->matrix->tree, .tolerance = work->options->tolerance};
    alicorn_error error = {0};
    alicorn_status status = ALICORN_OK;
    if (!make_tile(work, &context, i, j))
        status = ali_error_memory(&error, atomic_load(&work->bytes), "the compressed factor");
    else if (context.singular)
        status = ali_error_set(&error, ALICORN_E_NUMERIC,
                               "the compressed factorisation met a singular block");
    if (!status) {
        size_t own = ali_block_bytes(*ali_hierarchical_tile(work->factor, i, j));
        size_t bytes = atomic_fetch_add(&work->bytes, own) + own;
        size_t limit = work->options->memory_limit;
        if (limit > 0 && bytes > limit)
            status = ali_error_set(&error, ALICORN_E_MEMORY,
                                   "the compressed factor needs more than the %zu MB left for it",
                                   limit / 1000000);
    }
    if (status)
        ali_monitor_fail(&work->monitor, status, &error);
    else
        ali_monitor_advance(&work->monitor, tile_work(j), 0.0);
}

alicorn_status ali_hierarchical_factorise(const ali_hierarchical_matrix *matrix,
                                          const ali_hierarchical_factor_options *options,
                                          ali_hierarchical_matrix *factor, alicorn_error *error)
{
    size_t tiles = matrix->tiles, total = 0;
    factorisation work = {.matrix = matrix, .options = options, .factor = factor};
    atomic_init(&work.bytes, 0);
    for (size_t j = 0; j < tiles; j++)
        total += (tiles - j) * tile_work(j);
    ali_monitor_begin(&work.monitor, options->progress, options->progress_user, "factor", total);
    /* Tile (i, j) reads the tiles left of it in rows i and j. The last of those are (i, j - 1) and
     * (j, j - 1), and (j, j) comes after the latter. The addresses stand for the tiles. */
    ali_block **tile = factor->tile;
#pragma omp parallel num_threads(options->threads)
#pragma omp single
    for (size_t j = 0; j < tiles; j++)
        for (size_t i = j; i < tiles; i++) {
            size_t own = i * (i + 1) / 2 + j, left = j > 0 ? own - 1 : own;
            size_t diagonal = i > j ? j * (j + 1) / 2 + j : own;
            (void)own;
            (void)left;
            (void)diagonal;
            (void)tile;
#pragma omp task firstprivate(i, j) depend(in : tile[left], tile[diagonal]) depend(out : tile[own])
            run_tile(&work, i, j);
        }
    return ali_monitor_end(&work.monitor, error);
}

/* ---- substitution ---- */

typedef struct substitution {
    const ali_hierarchical_matrix *factor;
    size_t columns, order;
    float complex *y;
    atomic_bool failed;
} substitution;

static float complex *rows_of(const substitution *work, size_t i)
{
    return work->y + ali_cluster_first(work->factor->tree, work->factor->level, i);
}

static void substitute_diagonal(substitution *work, size_t i, bool transposed)
{
    if (!ali_block_substitute(*ali_hierarchical_tile(work->factor, i, i), transposed, work->columns,
                              rows_of(work, i), work->order))
        atomic_store(&work->failed, true);
}

/** Plain: rows i lose G_ij times rows j; transposed: rows j lose G_ij^T times rows i. */
static void substitute_tile(substitution *work, size_t i, size_t j, bool transposed)
{
    const float complex *from = rows_of(work, transposed ? i : j);
    if (!ali_block_multiply(*ali_hierarchical_tile(work->factor, i, j), transposed, -1.0f,
                            work->columns, from, work->order, rows_of(work, transposed ? j : i),
                            work->order))
        atomic_store(&work->failed, true);
}

alicorn_status ali_hierarchical_substitute(const ali_hierarchical_matrix *factor, int threads,
                                           size_t columns, float complex *y, alicorn_error *error)
{
    substitution work = {
        .factor = factor, .columns = columns, .order = factor->tree->order, .y = y};
    atomic_init(&work.failed, false);
    size_t tiles = factor->tiles;
    /* the address of a pointer to a row's first tile stands for that part of y */
    ali_block **row = factor->tile;
    (void)threads;
#pragma omp parallel num_threads(threads)
#pragma omp single
    {
        for (size_t j = 0; j < tiles; j++) {
#pragma omp task firstprivate(j) depend(inout : row[j])
            substitute_diagonal(&work, j, false);
            for (size_t i = j + 1; i < tiles; i++) {
#pragma omp task firstprivate(i, j) depend(in : row[j]) depend(inout : row[i])
                substitute_tile(&work, i, j, false);
            }
        }
        for (size_t i = tiles; i-- > 0;) {
#pragma omp task firstprivate(i) depend(inout : row[i])
            substitute_diagonal(&work, i, true);
            for (size_t j = i; j-- > 0;) {
#pragma omp task firstprivate(i, j) depend(in : row[i]) depend(inout : row[j])
                substitute_tile(&work, i, j, true);
            }
        }
    }
    (void)row;
    return atomic_load(&work.failed)
               ? ali_error_memory(error, columns * work.order * sizeof *y, "a substitution")
               : ALICORN_OK;
}
