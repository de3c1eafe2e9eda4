/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_BLOCK_TREE_H
#define ALI_SOLVER_BLOCK_TREE_H

#include "solver/cluster.h"
#include "solver/low_rank.h"

#include <stdbool.h>
#include <stdint.h>

/** @file
 *  Blocks of a hierarchical matrix: a pair of clusters of one level, which is either dense (leaf
 * clusters only), of low rank, or split into the blocks of their halves. */

typedef enum ali_block_kind {
    ALI_BLOCK_SPLIT = 0,
    ALI_BLOCK_LOW_RANK = 1,
    ALI_BLOCK_DENSE = 2
} ali_block_kind;

typedef struct ali_block {
    ali_block_kind kind;
    unsigned level;
    uint32_t row, column;           /**< clusters; row >= column */
    size_t rows, columns;           /**< unknowns */
    size_t row_first, column_first; /**< places */
    float complex *dense;           /**< [rows, columns]; on the diagonal in full */
    ali_low_rank low_rank;          /**< of a low-rank block */
    ali_low_rank pending;           /**< of any block: what is still to be added to it */
    struct ali_block *child[4]; /**< of row half a and column half b: child[a + 2 b]; child[2] of a
                                   diagonal block is NULL */
} ali_block;

/** A block without contents; NULL when memory is out. */
ali_block *ali_block_create(const ali_cluster_tree *tree, unsigned level, size_t row,
                            size_t column);
/** With everything below. */
void ali_block_destroy(ali_block *block);

/** Give a block its children, empty and split themselves. */
bool ali_block_split(const ali_cluster_tree *tree, ali_block *block);

/** Bytes of the contents of a block and all below. */
size_t ali_block_bytes(const ali_block *block);

static inline bool ali_block_is_diagonal(const ali_block *block)
{
    return block->row == block->column;
}

#endif
