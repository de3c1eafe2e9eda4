/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_TILES_H
#define ALI_SOLVER_TILES_H

#include <stdbool.h>
#include <stddef.h>

/** How a matrix is cut into tiles and laid out in memory: the lower triangle of a symmetric one,
 * all of any other. Tile (i, j) is a contiguous column-major block of shape [ali_tiles_extent(i),
 * ali_tiles_extent(j)] whose leading dimension is its row count; tiles follow each other down the
 * tile columns. Contiguous tiles run at the full gemm rate (panels with a long leading dimension
 * lose a tenth), and leave room for storing a tile compressed. Diagonal tiles are square and full.
 */
typedef struct ali_tiles {
    size_t order; /**< unknowns n */
    size_t edge;  /**< rows and columns of a tile; the last of each row and column may be smaller */
    size_t count; /**< tiles per side */
    bool symmetric; /**< only tiles with i >= j exist */
} ali_tiles;

/** Cut n unknowns; edge 0 lets the number of unknowns choose. */
ali_tiles ali_tiles_plan(size_t n, size_t edge, bool symmetric);

/** Elements of all tiles together; false if their number overflows. */
bool ali_tiles_elements(const ali_tiles *tiles, size_t *elements);

/** First unknown of tile i. */
static inline size_t ali_tiles_first(const ali_tiles *tiles, size_t i)
{
    return i * tiles->edge;
}

/** Unknowns in tile i. */
static inline size_t ali_tiles_extent(const ali_tiles *tiles, size_t i)
{
    size_t first = i * tiles->edge;
    return tiles->order - first < tiles->edge ? tiles->order - first : tiles->edge;
}

/** Unknowns of tile i among the first `order`; the tile must begin before that. */
static inline size_t ali_tiles_extent_within(const ali_tiles *tiles, size_t i, size_t order)
{
    size_t rest = order - i * tiles->edge, extent = ali_tiles_extent(tiles, i);
    return rest < extent ? rest : extent;
}

/** First tile of tile column j. */
static inline size_t ali_tiles_top(const ali_tiles *tiles, size_t j)
{
    return tiles->symmetric ? j : 0;
}

/** Tiles that the columns before j lack: sum of ali_tiles_top. */
static inline size_t ali_tiles_lacking(const ali_tiles *tiles, size_t j)
{
    return tiles->symmetric ? j * (j - (j > 0)) / 2 : 0;
}

/** Offset of tile (i, j), i >= ali_tiles_top(j) [elements]. Tile column j begins after sum_{q<j}
 * edge (order - edge top(q)). */
static inline size_t ali_tiles_offset(const ali_tiles *tiles, size_t i, size_t j)
{
    size_t before = tiles->edge * (j * tiles->order - tiles->edge * ali_tiles_lacking(tiles, j));
    return before + (i - ali_tiles_top(tiles, j)) * tiles->edge * ali_tiles_extent(tiles, j);
}

/** Running number of tile (i, j), column by column. */
static inline size_t ali_tiles_index(const ali_tiles *tiles, size_t i, size_t j)
{
    return j * tiles->count - ali_tiles_lacking(tiles, j) + (i - ali_tiles_top(tiles, j));
}

/** Number of tiles. */
static inline size_t ali_tiles_total(const ali_tiles *tiles)
{
    return tiles->count * tiles->count - ali_tiles_lacking(tiles, tiles->count);
}

#endif
