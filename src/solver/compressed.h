/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_COMPRESSED_H
#define ALI_SOLVER_COMPRESSED_H

#include "base/vec3.h"
#include "solver/cross_approximation.h"

/** @file
 *  Solver of a complex-symmetric system Z x = b too large to be held in full: the matrix of an
 * integral equation, whose blocks between places far from each other are nearly of low rank.
 *
 *  Z is stored in single precision as a hierarchical matrix, far blocks compressed to a tight
 * tolerance. A copy truncated to a loose tolerance is factored without pivoting, and preconditions
 * GMRES [Saad:1986] against the tight one, in double precision, to a stated residual. The system is
 * solved as S Z S (S^-1 x) = S b with powers of two S that bring the diagonal to [1, 4); both its
 * residual and that of the system as given reach the target, and the latter is stated. Two things
 * differ from the dense solver (solver.h): the residual is that of the compressed matrix, whose own
 * error is stated beside it (facts.matrix_error, against rows evaluated exactly), and the unknowns
 * need places. See docs/theory/compressed.md. */

/** Where the unknowns are. */
typedef struct ali_compressed_geometry {
    const ali_vec3 *centre; /**< [n] of the supports [m] */
    const double *radius;   /**< [n] supports lie within it around the centres [m]; NULL: points */
    const unsigned char *kind; /**< [n] below ALI_KINDS: unknowns of a kind couple alike - wires or
                                  faces, by direction; the guard of the compression draws from
                                  every kind. NULL: all alike */
    double wavenumber;         /**< [rad/m]; 0: static */
} ali_compressed_geometry;

typedef struct ali_compressed_options {
    int threads;             /**< 0: as many as OpenMP gives; inside a parallel region always one */
    size_t leaf;             /**< most unknowns of a leaf cluster */
    size_t tile;             /**< most unknowns of a tile; 0: chosen */
    double admissibility;    /**< a block is far if the smaller diameter is at most this times the
                                distance */
    double largest_phase;    /**< diameter of far clusters times the wavenumber; 0: any */
    double matrix_tolerance; /**< of far blocks, in their own Frobenius norm */
    double factor_tolerance; /**< of the factor's blocks, to begin with */
    double target;           /**< of |b - Z x| / |b|, in the units of the caller and in those in
                                which Z has a diagonal of about one */
    int steps;               /**< most iterations per solution */
    size_t memory_limit;     /**< [bytes] refuse what needs more; 0: no limit */
    alicorn_progress_fn progress; /**< stages "fill" and "factor"; may be NULL */
    void *progress_user;
} ali_compressed_options;

void ali_compressed_options_default(ali_compressed_options *options);

typedef struct ali_compressed_facts {
    size_t unknowns;
    size_t leaves, tiles; /**< leaf clusters; tiles per side */
    size_t near_blocks, far_blocks;
    size_t near_bytes, far_bytes; /**< of the matrix */
    size_t factor_bytes;
    double compression; /**< bytes of the matrix over those of its full lower triangle
                           in single precision */
    double mean_rank;
    size_t largest_rank;
    size_t evaluated;        /**< elements of Z that were asked for */
    size_t rescues;          /**< times the guard found what cross approximation had left
                                out */
    size_t divided;          /**< far blocks that had to be split */
    int escalations;         /**< factors that were thrown away */
    double factor_tolerance; /**< of the factor in use */
    double matrix_error;     /**< |(Z - compressed Z) x| / |Z x| of a random x, by some
                                exact rows */
    int trial_steps;         /**< iterations of the trial solution */
    double contraction;      /**< of its residual per iteration, mean */
    double trial_residual;
    double fill_s, factor_s, trial_s; /**< wall time [s] */
    size_t memory_bytes;              /**< held by the solver: matrix, factor, trees */
    size_t memory_predicted;          /**< as by ali_compressed_predict */
} ali_compressed_facts;

typedef struct ali_compressed ali_compressed;

/** What a solver will take. */
typedef struct ali_compressed_prediction {
    size_t bytes;       /**< held, as memory_bytes of the facts; within a tenth */
    double stored;      /**< elements of the matrix; a product reads all of them */
    double listed;      /**< elements to evaluate in whole blocks */
    double crossed;     /**< elements to evaluate in single rows and columns */
    double squares;     /**< sum of rank^2 (rows + columns) over far blocks, for compressing them */
    double factor_work; /**< the same, by how many meet, for the factorisation */
} ali_compressed_prediction;

/** Predict what a solver will take, from the plan of the blocks and some of them; a small share of
 * the time of ali_compressed_create, with whose arguments and failures. */
alicorn_status ali_compressed_predict(size_t n, const ali_compressed_geometry *geometry,
                                      const ali_list_source *source,
                                      const ali_compressed_options *options,
                                      ali_compressed_prediction *prediction, alicorn_error *error);

/** Fill, compress and factor.
 *  @param[in]  n        >= 1
 *  @param[in]  source   called during this function only, from several threads
 *  @param[in]  options  NULL for the defaults
 *  @param[out] solver   destroy with ali_compressed_destroy; NULL after a failure
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if the compressed matrix is not the matrix, or no factor
 *          makes the iteration converge; ALICORN_E_MEMORY; ALICORN_E_INTERRUPTED; or what the
 * source returned. Identical input gives identical bits, whatever the number of threads. */
alicorn_status ali_compressed_create(size_t n, const ali_compressed_geometry *geometry,
                                     const ali_list_source *source,
                                     const ali_compressed_options *options, ali_compressed **solver,
                                     alicorn_error *error);

void ali_compressed_destroy(ali_compressed *solver);

typedef struct ali_compressed_solution {
    double residual; /**< largest |b - Z x| / |b| over the columns, in the caller's units; Z as
                        compressed, x as returned but for rounding */
    int steps;       /**< iterations of the slowest column */
} ali_compressed_solution;

/** Solve Z X = B, several right-hand sides at a time. Thread-safe.
 *  @param[in,out] b         shape [n, columns], column-major; the right-hand sides, then the
 * solutions
 *  @param[out]    solution  may be NULL
 *  @return ALICORN_OK; ALICORN_E_NUMERIC if a column is not finite or does not reach the target;
 *          ALICORN_E_MEMORY. After a failure b is undefined. */
alicorn_status ali_compressed_solve(const ali_compressed *solver, size_t columns, double complex *b,
                                    ali_compressed_solution *solution, alicorn_error *error);

/** The same to a residual of `target` only, if that is more than the solver's own. */
alicorn_status ali_compressed_solve_to(const ali_compressed *solver, double target, size_t columns,
                                       double complex *b, ali_compressed_solution *solution,
                                       alicorn_error *error);

/** Memory that a solution takes for a while [bytes], in as many steps as usual. */
size_t ali_compressed_solve_memory(size_t n, size_t columns);

ali_compressed_facts ali_compressed_get_facts(const ali_compressed *solver);

#endif
