/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_BLOCK_ARITHMETIC_H
#define ALI_SOLVER_BLOCK_ARITHMETIC_H

#include "solver/block_tree.h"

/** @file
 *  Arithmetic of blocks in single precision, truncated to a tolerance: what a factorisation A = G
 * G^T with lower triangular G is made of (complex-symmetric: G = L D^(1/2), transposed, never
 * conjugated). Sums of low rank are kept pending at the block they concern, truncated now and then,
 * and pushed towards the leaves when the block is needed [Boerm:2019]. Functions return false when
 * memory is out; the blocks are then in no usable state, but can be destroyed. */

typedef struct ali_block_context {
    const ali_cluster_tree *tree;
    double tolerance; /**< of every truncation, of the block at hand in its Frobenius norm */
    bool singular;    /**< out: a pivot was zero or not finite */
} ali_block_context;

/** A copy of a block tree, its low-rank leaves truncated to the tolerance; NULL: memory is out. */
ali_block *ali_block_copy(const ali_block_context *context, const ali_block *block);

/** C -= A B^T; A (i, k), B (j, k), C (i, j) of one level. Of a diagonal C the lower triangle. */
bool ali_block_update(const ali_block_context *context, ali_block *c, const ali_block *a,
                      const ali_block *b);

/** X = X G^-T with a factored diagonal block; what is pending in X is added first. */
bool ali_block_divide(const ali_block_context *context, ali_block *x, const ali_block *g);

/** A = G G^T in place, of a diagonal block; what is pending is added first. */
bool ali_block_factor(ali_block_context *context, ali_block *a);

/** y += factor op(B) x, dense x and y; b off the diagonal. */
bool ali_block_multiply(const ali_block *b, bool transposed, float factor, size_t columns,
                        const float complex *x, size_t ldx, float complex *y, size_t ldy);

/** y = G^-1 y or, transposed, G^-T y, of a factored diagonal block. */
bool ali_block_substitute(const ali_block *g, bool transposed, size_t columns, float complex *y,
                          size_t ldy);

#endif
