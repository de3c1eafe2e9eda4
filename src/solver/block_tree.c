/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/block_tree.h"

#include <stdlib.h>

ali_block *ali_block_create(const ali_cluster_tree *tree, unsigned level, size_t row, size_t column)
{
    ali_block *block = calloc(1, sizeof *block);
    if (!block)
        return NULL;
    block->level = level;
    block->row = (uint32_t)row;
    block->column = (uint32_t)column;
    block->rows = ali_cluster_count(tree, level, row);
    block->columns = ali_cluster_count(tree, level, column);
    block->row_first = ali_cluster_first(tree, level, row);
    block->column_first = ali_cluster_first(tree, level, column);
    block->low_rank.rows = block->pending.rows = block->rows;
    block->low_rank.columns = block->pending.columns = block->columns;
    return block;
}

void ali_block_destroy(ali_block *block)
{
    if (!block)
        return;
    for (int i = 0; i < 4; i++)
        ali_block_destroy(block->child[i]);
    ali_low_rank_clear(&block->low_rank);
    ali_low_rank_clear(&block->pending);
    free(block->dense);
    free(block);
}

bool ali_block_split(const ali_cluster_tree *tree, ali_block *block)
{
    for (unsigned i = 0; i < 4; i++) {
        size_t row = 2 * (size_t)block->row + i % 2, column = 2 * (size_t)block->column + i / 2;
        if (row < column)
            continue;
        block->child[i] = ali_block_create(tree, block->level + 1, row, column);
        if (!block->child[i])
            return false;
    }
    return true;
}

size_t ali_block_bytes(const ali_block *block)
{
    if (!block)
        return 0;
    size_t bytes =
        sizeof *block + ali_low_rank_bytes(&block->low_rank) + ali_low_rank_bytes(&block->pending);
    if (block->dense)
        bytes += block->rows * block->columns * sizeof *block->dense;
    for (int i = 0; i < 4; i++)
        bytes += ali_block_bytes(block->child[i]);
    return bytes;
}
