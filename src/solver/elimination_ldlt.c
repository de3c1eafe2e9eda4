/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/elimination.h"

/* Right-looking: step k factors the diagonal tile, divides the panel below it, and subtracts L W^T
 * (W = L D) from every tile of the lower triangle to the right. */

/** See ALI_FACTOR_PANEL_UNITS. */
enum { DIAGONAL_UNITS = 1, UPDATE_LOWER_UNITS = 3 };

static void factor_diagonal(ali_factor_run *run, size_t k)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t n = ali_tiles_extent(&run->tiles, k);
    double largest = 0.0;
    void *inverse = k + 1 < run->tiles.count ? ali_factor_left(run, k) : NULL;
    if (run->kernels->diagonal(n, ali_factor_tile(run, k, k), n, ali_factor_right(run, k), inverse,
                               &largest))
        ali_monitor_advance(&run->monitor, DIAGONAL_UNITS, largest);
    else
        ali_monitor_fail(&run->monitor, ALICORN_E_NUMERIC, NULL);
}

static void divide_panel(ali_factor_run *run, size_t i, size_t k)
{
    if (ali_monitor_stopped(&run->monitor))
        return;
    size_t m = ali_tiles_extent(&run->tiles, i), n = ali_tiles_extent(&run->tiles, k);
    double largest = run->kernels->panel(m, n, ali_factor_tile(run, k, k), n,
                                         ali_factor_left(run, k), ali_factor_tile(run, i, k), m,
                                         ali_factor_left(run, i), ali_factor_right(run, i));
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
        char *tile = ali_factor_tile(run, i, k), *panel = ali_factor_right(run, i);
        (void)tile, (void)panel;
#pragma omp task default(none) firstprivate(run, i, k) if (parallel) depend(in                     \
                                                                            : *diagonal)           \
    depend(inout                                                                                   \
           : *tile, *panel)
        divide_panel(run, i, k);
    }
    for (size_t j = k + 1; j < count; j++)
        for (size_t i = j; i < count; i++) {
            char *left = ali_factor_right(run, i), *right = ali_factor_right(run, j);
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
        size_t below = tiles->count - k - 1;
        sum += DIAGONAL_UNITS + below * (ALI_FACTOR_PANEL_UNITS + UPDATE_LOWER_UNITS) +
               below * (below - (below > 0)) / 2 * ALI_FACTOR_UPDATE_UNITS;
    }
    return sum;
}

/** Y_k = L_kk^-1 Y_k. */
static void substitute(const ali_substitution_tile *tile, size_t columns, void *y, size_t leading)
{
    tile->kernels->substitute(ALI_BLAS_PLAIN, tile->n, columns, tile->diagonal, tile->ldd, y,
                              leading);
}

/** Y_k = D_kk^-1 Y_k. */
static void divide(const ali_substitution_tile *tile, size_t columns, void *y, size_t leading)
{
    tile->kernels->divide(tile->n, columns, tile->diagonal, tile->ldd, y, leading);
}

/** Y_k = L_kk^-T Y_k. */
static void substitute_transposed(const ali_substitution_tile *tile, size_t columns, void *y,
                                  size_t leading)
{
    tile->kernels->substitute(ALI_BLAS_TRANSPOSED, tile->n, columns, tile->diagonal, tile->ldd, y,
                              leading);
}

const ali_elimination ali_elimination_ldlt = {
    .step = step,
    .units = units,
    .passes = 3,
    .pass = {{ALI_SUBSTITUTE_DOWN, ALI_BLAS_PLAIN, substitute},
             {ALI_SUBSTITUTE_STAY, ALI_BLAS_PLAIN, divide},
             {ALI_SUBSTITUTE_UP, ALI_BLAS_TRANSPOSED, substitute_transposed}},
};
