/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_ELIMINATION_H
#define ALI_SOLVER_ELIMINATION_H

#include "solver/factor.h"
#include "solver/monitor.h"

/** @file
 *  The two eliminations that factor.c drives, as tables: what a step does to the tiles, and how its
 *  result is substituted. Each piece of work is an OpenMP task; the tile it changes and the tiles
 * it reads are its dependences. All changes to one tile thus happen in the order of the steps, so
 *  results are the same bits on any number of threads. */

typedef struct ali_factor_run {
    const ali_tile_kernels *kernels;
    ali_tiles tiles;
    char *data;      /**< the tiles */
    uint32_t *pivot; /**< of ali_factor */
    char *panel;     /**< of index i two packed tiles, see ali_factor_right, _left */
    size_t packed;   /**< bytes of a packed tile */
    ali_monitor monitor;
} ali_factor_run;

static inline char *ali_factor_tile(const ali_factor_run *run, size_t i, size_t j)
{
    return run->data + ali_tiles_offset(&run->tiles, i, j) * run->kernels->element;
}

/** Packed right factor of the updates of tile column i (rows i if symmetric). That of i =
 * k is the diagonal's work space. Every step packs into the same memory, as soon as the last
 * updates with what was there are done: with a second set steps overlap more, but what its first
 * touch costs is not won back. */
static inline char *ali_factor_right(const ali_factor_run *run, size_t i)
{
    return run->panel + 2 * i * run->packed;
}

/** Packed left factor of the updates of tile row i. That of i = k is the inverse of the
 * diagonal tile. */
static inline char *ali_factor_left(const ali_factor_run *run, size_t i)
{
    return ali_factor_right(run, i) + run->packed;
}

/** Progress units, in sixths of edge^3 multiplications. */
enum { ALI_FACTOR_PANEL_UNITS = 3, ALI_FACTOR_UPDATE_UNITS = 6 };

/** C -= L W^T of tile (i, j) in step k; nothing once the run is stopped. */
void ali_factor_update(ali_factor_run *run, size_t i, size_t j, size_t k);

/** Solving for a block of right-hand sides y [order, columns], or packed ones (wide_kernels.h). */
typedef struct ali_substitution {
    const ali_factor *factor;
    ali_tile_kernels kernels;              /**< the factor's, or for packed right-hand sides */
    size_t row;                            /**< bytes from row to row of y */
    size_t order, columns, leading, count; /**< count: tiles per side of the leading system */
    char *y;
} ali_substitution;

/** Diagonal tile k of the factor, and how much of it takes part. */
typedef struct ali_substitution_tile {
    const ali_tile_kernels *kernels;
    const void *diagonal;
    const uint32_t *pivot; /**< NULL: none */
    size_t n, ldd;
} ali_substitution_tile;

/** Which unknowns a pass takes the share of an unknown out of. */
typedef enum ali_substitution_way {
    ALI_SUBSTITUTE_DOWN, /**< those below, from the first unknown on */
    ALI_SUBSTITUTE_STAY, /**< none */
    ALI_SUBSTITUTE_UP    /**< those above, from the last on */
} ali_substitution_way;

/** One pass through the unknowns: y_k by the diagonal tile, then y_i -= op(tile) y_k. */
typedef struct ali_substitution_pass {
    ali_substitution_way way;
    ali_blas_op op; /**< plain: with tile (i, k), transposed: with tile (k, i) */
    void (*diagonal)(const ali_substitution_tile *tile, size_t columns, void *y, size_t leading);
} ali_substitution_pass;

typedef struct ali_elimination {
    /** Create the tasks of step k; with parallel false they run at once, in this order. */
    void (*step)(ali_factor_run *run, size_t k, bool parallel);
    size_t (*units)(const ali_tiles *tiles); /**< progress units of all steps */
    bool pivots;                             /**< needs ali_factor.pivot */
    size_t passes;
    ali_substitution_pass pass[3];
} ali_elimination;

extern const ali_elimination ali_elimination_ldlt; /**< L D L^T of the lower triangle */
extern const ali_elimination ali_elimination_lu;   /**< P A = L D U, P inside diagonal tiles */

#endif
