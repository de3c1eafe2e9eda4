/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/elimination.h"

/* Right-looking: step k factors the diagonal tile with partial pivoting inside it, P A_kk = L D U,
 * divides the panel below it, L_ik = A_ik U^-1 D^-1, permutes and substitutes the panel to its
 * right, W_kj = L^-1 P A_kj, and subtracts L_ik W_kj from every tile (i, j) beyond. Rows never
 * leave their tile: the matrices this is for need no more, and others are found out by the trial.
 */

/** See ALI_FACTOR_PANEL_UNITS. */
enum { DIAGONAL_UNITS = 2 };

static uint32_t *pivot_of(const ali_factor_run *run, size_t k)
{
    return run->pivot + ali_tiles_first(&run->tiles, k);
}

static void factor_diagonal(ali_factor_run *run, size_t k)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t n = ali_tiles_extent(&run->tiles, k);
    double largest = 0.0;
    if (run->kernels->diagonal_lu(n, ali_factor_tile(run, k, k), n, pivot_of(run, k),
                                  ali_factor_right(run, k), &largest))
        ali_monitor_advance(&run->monitor, DIAGONAL_UNITS, largest);
    else
        ali_monitor_fail(&run->monitor, ALICORN_E_NUMERIC, NULL);
}

static void divide_below(ali_factor_run *run, size_t i, size_t k)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t m = ali_tiles_extent(&run->tiles, i), n = ali_tiles_extent(&run->tiles, k);
    double largest =
        run->kernels->panel_below(m, n, ali_factor_tile(run, k, k), n, ali_factor_tile(run, i, k),
                                  m, ali_factor_left(run, i));
    ali_monitor_advance(&run->monitor, ALI_FACTOR_PANEL_UNITS, largest);
}

static void substitute_right(ali_factor_run *run, size_t j, size_t k)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t m = ali_tiles_extent(&run->tiles, k), n = ali_tiles_extent(&run->tiles, j);
    double largest =
        run->kernels->panel_right(m, n, ali_factor_tile(run, k, k), m, pivot_of(run, k),
                                  ali_factor_tile(run, k, j), m, ali_factor_right(run, j));
    ali_monitor_advance(&run->monitor, ALI_FACTOR_PANEL_UNITS, largest);
}

static void step(ali_factor_run *run, size_t k, bool parallel)
{
    size_t count = run->tiles.count;
    char *diagonal = ali_factor_tile(run, k, k), *work = ali_factor_right(run, k);
    (void)parallel, (void)diagonal, (void)work;
#pragma omp task default(none) firstprivate(run, k) if (parallel) depend(inout : *diagonal, *work)
    factor_diagonal(run, k);
    for (size_t i = k + 1; i < count; i++) {
        char *below = ali_factor_tile(run, i, k), *left = ali_factor_left(run, i);
        char *beside = ali_factor_tile(run, k, i), *right = ali_factor_right(run, i);
        (void)below, (void)left, (void)beside, (void)right;
#pragma omp task default(none) firstprivate(run, i, k) if (parallel) depend(in                     \
                                                                            : *diagonal)           \
    depend(inout                                                                                   \
           : *below, *left)
        divide_below(run, i, k);
#pragma omp task default(none) firstprivate(run, i, k) if (parallel) depend(in                     \
                                                                            : *diagonal)           \
    depend(inout                                                                                   \
           : *beside, *right)
        substitute_right(run, i, k);
    }
    for (size_t j = k + 1; j < count; j++)
        for (size_t i = k + 1; i < count; i++) {
            char *left = ali_factor_left(run, i), *right = ali_factor_right(run, j);
            char *tile = ali_factor_tile(run, i, j);
            (void)left, (void)right, (void)tile;
#pragma omp task default(none) firstprivate(run, i, j, k) if (parallel) depend(in                  \
                                                                               : *left, *right)    \
    depend(inout                                                                                   \
           : *tile)
            ali_factor_update(run, i, j, k);
        }
}

static size_t units(const ali_tiles *tiles)
{
    size_t sum = 0;
    for (size_t k = 0; k < tiles->count; k++) {
        size_t rest = tiles->count - k - 1;
        sum += DIAGONAL_UNITS + 2 * rest * ALI_FACTOR_PANEL_UNITS +
               rest * rest * ALI_FACTOR_UPDATE_UNITS;
    }
    return sum;
}

/** Y_k = L_kk^-1 P_k Y_k. */
static void substitute_lower(const ali_substitution_tile *tile, size_t columns, void *y,
                             size_t leading)
{
    tile->kernels->permute(tile->n, columns, tile->pivot, y, leading);
    tile->kernels->substitute(ALI_BLAS_PLAIN, tile->n, columns, tile->diagonal, tile->ldd, y,
                              leading);
}

/** Y_k = U_kk^-1 D_k^-1 Y_k: the panels to the right are W = D U, so D comes last. */
static void substitute_upper(const ali_substitution_tile *tile, size_t columns, void *y,
                             size_t leading)
{
    tile->kernels->divide(tile->n, columns, tile->diagonal, tile->ldd, y, leading);
    tile->kernels->substitute_upper(tile->n, columns, tile->diagonal, tile->ldd, y, leading);
}

const ali_elimination ali_elimination_lu = {
    .step = step,
    .units = units,
    .pivots = true,
    .passes = 2,
    .pass = {{ALI_SUBSTITUTE_DOWN, ALI_BLAS_PLAIN, substitute_lower},
             {ALI_SUBSTITUTE_UP, ALI_BLAS_PLAIN, substitute_upper}},
};
