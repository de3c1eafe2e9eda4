/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_SOLVER_H
#define ALI_SOLVER_SOLVER_H

#include "base/error.h"

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

/** @file
 *  Direct solver of a dense complex system Z x = b, symmetric (Z = transpose of Z, not Hermitian)
 * or not.
 *
 *  The matrix is held in tiles. A symmetric one is factored as Z = L D L^T without pivoting, from
 * the tiles of its lower triangle; any other as LU, with pivoting inside diagonal tiles only. It is
 * done in single precision when that pays, and every solution is refined against the
 * double-precision matrix. What the solver could not solve well it factors again by itself:
 * single, then double, then with full pivoting by LAPACK. It decides on evidence, by a trial solve
 * inside ali_solver_create, so that a created solver is constant: any number of threads may call
 * ali_solver_solve on it at once. See docs/theory/solver.md.
 *
 *  Leading blocks: a symmetric matrix is factored without pivoting between unknowns, so the factor
 * of the first m unknowns is the leading part of the whole factor, and ali_solver_solve_leading
 * solves their system without a new factorisation. */

/** Fill the block of rows [row_first, row_first + row_count) and columns [col_first, …) of the
 * matrix. Called for all tiles, of a symmetric matrix for those of the lower triangle
 * (row_first >= col_first); tiles on the diagonal are asked for in full. Called from several
 * threads at once; must not open parallel regions of its own.
 *  @param[out] block    shape [row_count, col_count], column-major with `leading` elements between
 * columns, uninitialised at entry
 *  @return ALICORN_OK, or a failure that ends ali_solver_create with this status and error. */
typedef alicorn_status (*ali_fill_fn)(void *context, size_t row_first, size_t row_count,
                                      size_t col_first, size_t col_count, double complex *block,
                                      size_t leading, alicorn_error *error);

/** How the matrix was factored in the end. */
typedef enum ali_solver_level {
    ALI_SOLVER_SINGLE = 0,  /**< L D L^T or tiled LU in single precision, refined in double */
    ALI_SOLVER_DOUBLE = 1,  /**< the same in double */
    ALI_SOLVER_PIVOTED = 2, /**< LAPACK in double: zsytrf (Bunch-Kaufman) or zgetrf */
    ALI_SOLVER_LEVELS = 3
} ali_solver_level;

/** "single", "double", "pivoted". */
const char *ali_solver_level_name(ali_solver_level level);

typedef struct ali_solver_options {
    int threads;    /**< worker threads; 0: as many as OpenMP gives. Inside a parallel region always
                       one. */
    bool symmetric; /**< Z equals its transpose; false: `fill` is asked for both triangles */
    bool mixed;     /**< allow single precision */
    size_t mixed_from; /**< unknowns from which single precision is tried first; for those who know
                          how many right-hand sides there will be, ali_solver_mixed_from */
    size_t parallel_from; /**< unknowns from which more than one thread works on one system */
    size_t tile;          /**< edge of a tile, a multiple of 32; 0: chosen */
    double target; /**< backward error at which refinement of a single-precision factor stops; 0: at
                      rounding */
    size_t memory_limit;          /**< [bytes] refuse what needs more; 0: no limit */
    alicorn_progress_fn progress; /**< stages "fill" and "factor"; may be NULL */
    void *progress_user;
} ali_solver_options;

/** Symmetric, all cores, mixed precision, no limit, no progress. */
void ali_solver_options_default(ali_solver_options *options);

typedef struct ali_solver_facts {
    size_t unknowns;
    size_t tile;             /**< edge of a tile */
    ali_solver_level level;  /**< factor in use */
    int escalations;         /**< factorisations that were thrown away */
    double fill_s, factor_s; /**< wall time [s]; factor_s holds all attempts and trial solves */
    double growth; /**< largest element of the reduced matrices over the largest of the matrix; 0:
                      pivoted */
    double smallest_pivot; /**< smallest |d_kk| of the scaled matrix; 0: pivoted */
    double largest_pivot;
    size_t smallest_pivot_at; /**< unknown of the smallest pivot, from 0 */
    double condition; /**< lower estimate of the scaled matrix's condition number, from the trial
                         solve */
    double backward_error; /**< of the trial solve, which may end early */
    double
        contraction; /**< worst reduction of the residual per refinement step of the trial solve */
    int trial_steps; /**< solves the trial took, 1: no doubt left after the first */
    size_t memory_bytes; /**< held by the solver */
    size_t memory_peak;  /**< most that was held during ali_solver_create */
} ali_solver_facts;

typedef struct ali_solver ali_solver;

/** Unknowns from which single precision pays, refinement included, for so many right-hand sides
 * that are solved nearly to rounding: 200 to 1200, the default of mixed_from. */
size_t ali_solver_mixed_from(size_t columns);

/** Most memory ali_solver_create holds for n unknowns [bytes] if the first attempt, in single or
 * double precision, stands: 12 n^2 in single precision, 16 n^2 in double, and a quarter (3,000
 * unknowns) to a twentieth (10,000) more for diagonal tiles and panels; unsymmetric 24 n^2, 32 n^2,
 * and half as much more. An escalation from single to double needs the latter, pivoting 24 n^2 and
 * 32 n^2. SIZE_MAX if it overflows. */
size_t ali_solver_memory(size_t n, bool symmetric, bool single);

/** Most memory ali_solver_solve holds besides solver and right-hand sides [bytes], under the same
 * conditions: 40 (single) or 48 bytes per unknown and column, for at most 64 columns; on machines
 * with kernels for many columns (wide_kernels.h) 32 more above 16. */
size_t ali_solver_solve_memory(size_t n, size_t columns, bool single);

/** Fill the n x n matrix and factor it.
 *  @param[in]  n        >= 1
 *  @param[in]  fill     called during this function only
 *  @param[in]  options  NULL for the defaults
 *  @param[out] solver   destroy with ali_solver_destroy; NULL after a failure
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if the matrix is numerically singular or not finite;
 *          ALICORN_E_MEMORY; ALICORN_E_INTERRUPTED; ALICORN_E_USAGE; or what `fill` returned.
 *  Identical input gives identical bits, whatever the number of threads.
 *  Cost: 4/3 n^3 real operations, unsymmetric 8/3 n^3. */
alicorn_status ali_solver_create(size_t n, ali_fill_fn fill, void *context,
                                 const ali_solver_options *options, ali_solver **solver,
                                 alicorn_error *error);

void ali_solver_destroy(ali_solver *solver);

/** Solve Z X = B, in blocks of 64 right-hand sides. Thread-safe.
 *  @param[in,out] b         shape [n, columns], column-major; the right-hand sides, then the
 * solutions
 *  @param[out]    residual  largest |b - Z x| / |b| over the columns (Euclidean norms); may be NULL
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if a column is not finite or refinement fails;
 *          ALICORN_E_MEMORY. After a failure b is undefined. */
alicorn_status ali_solver_solve(const ali_solver *solver, size_t columns, double complex *b,
                                double *residual, alicorn_error *error);

/** The same to a backward error of `target` only, if that is more than the solver's own. Of many
 * columns the residual is then an estimate, from random combinations of them
 * (docs/theory/solver.md).
 */
alicorn_status ali_solver_solve_to(const ali_solver *solver, double target, size_t columns,
                                   double complex *b, double *residual, alicorn_error *error);

/** The same for the system of the first m unknowns, 1 <= m <= n, shape [m, columns]. For m < n
 * not with a pivoted factor nor with an unsymmetric matrix: ALICORN_E_NUMERIC. */
alicorn_status ali_solver_solve_leading(const ali_solver *solver, size_t m, size_t columns,
                                        double complex *b, double *residual, alicorn_error *error);

/** Residuals R = B - Z X of any X, shapes [n, columns], in double precision and with the solver's
 * threads. r may be b, not x. */
void ali_solver_residual(const ali_solver *solver, size_t columns, const double complex *x,
                         const double complex *b, double complex *r);

ali_solver_facts ali_solver_get_facts(const ali_solver *solver);

#endif
