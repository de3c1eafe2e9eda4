/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_HIERARCHICAL_MATRIX_H
#define ALI_SOLVER_HIERARCHICAL_MATRIX_H

#include "solver/block_tree.h"
#include "solver/cross_approximation.h"

#include <complex.h>

/** @file
 *  The lower triangle of a complex-symmetric matrix as a lattice of tiles, each of which is a block
 * tree [Ida:2018]. The unknowns are in the order of a cluster tree, and a tile is a pair of
 * clusters of one level. */

typedef struct ali_hierarchical_matrix {
    const ali_cluster_tree *tree; /**< borrowed */
    unsigned level;               /**< of the tiles' clusters */
    size_t tiles;                 /**< 2^level per side */
    ali_block **tile;             /**< tile (i, j), i >= j, is tile[i (i + 1)/2 + j] */
} ali_hierarchical_matrix;

alicorn_status ali_hierarchical_matrix_create(const ali_cluster_tree *tree, unsigned level,
                                              ali_hierarchical_matrix *matrix,
                                              alicorn_error *error);
void ali_hierarchical_matrix_clear(ali_hierarchical_matrix *matrix);

static inline ali_block **ali_hierarchical_tile(const ali_hierarchical_matrix *matrix, size_t i,
                                                size_t j)
{
    return &matrix->tile[i * (i + 1) / 2 + j];
}

size_t ali_hierarchical_matrix_bytes(const ali_hierarchical_matrix *matrix);

typedef struct ali_assembly_options {
    int threads;
    double admissibility; /**< eta: far is where the smaller diameter is <= eta times the distance
                           */
    double largest_far;   /**< largest diameter of the clusters of a far block [m]; 0: any */
    double tolerance;     /**< of every far block, in its own Frobenius norm */
    size_t check;         /**< random rows and columns of the guard */
    size_t memory_limit;  /**< [bytes] for the matrix and what will be made of it; 0: none */
    double near_weight;   /**< what the limit counts for each byte of near blocks, >= 1 */
    double far_weight;    /**< the same of far blocks */
    bool predict_only;    /**< fill diagonal blocks and samples of far ones, and predict */
    alicorn_progress_fn progress; /**< stage "fill" */
    void *progress_user;
} ali_assembly_options;

/** What the plan and the samples say about the whole, before the rest is filled. */
typedef struct ali_assembly_prediction {
    size_t bytes;                       /**< weighted */
    double near_elements, far_elements; /**< stored */
    double listed;  /**< elements evaluated in whole blocks: near ones, and all between leaves */
    double crossed; /**< evaluated in single rows and columns, and in patches */
    double squares; /**< sum of rank^2 (rows + columns) over far blocks, which compressing them
                       takes time for */
    double factor_work; /**< the same sum, weighted by the root of the blocks per row on each
                           level: products of blocks that meet, in about */
} ali_assembly_prediction;

typedef struct ali_assembly_facts {
    ali_assembly_prediction predicted;
    size_t near_blocks, far_blocks;
    size_t near_elements, far_elements; /**< stored */
    size_t largest_rank;
    double mean_rank; /**< of far blocks, weighted by rows + columns */
    size_t evaluated; /**< elements of the matrix that were asked for */
    size_t rescues;   /**< checks that found what the crosses had left out */
    size_t divided;   /**< far blocks that did not converge and were split */
} ali_assembly_facts;

/** Fill and compress S Z S.
 *  @param[out] scale   [order] S by unknown: powers of two that bring the diagonal to [1, 4)
 *  @param[out] matrix  empty tiles before */
alicorn_status ali_hierarchical_assemble(ali_hierarchical_matrix *matrix,
                                         const ali_list_source *source, const unsigned char *kind,
                                         const ali_assembly_options *options, double *scale,
                                         ali_assembly_facts *facts, alicorn_error *error);

/** y = A x in double precision, for few columns; x, y [order, columns] in the order of the tree,
 *  contiguous. Deterministic. */
alicorn_status ali_hierarchical_multiply(const ali_hierarchical_matrix *matrix, int threads,
                                         size_t columns, const double complex *x, double complex *y,
                                         alicorn_error *error);

#endif
