/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_SOLVER_TILES_H
#define ALI_SOLVER_TILES_H

#include <stdbool.h>
#include <stddef.h>

/** How the lower triangle of a symmetric matrix is cut into tiles and laid out in memory. Tile (i,
 * j), i >= j, is a contiguous column-major block of shape [ali_tiles_extent(i),
 * ali_tiles_extent(j)] whose leading dimension is its row count; tiles follow each other down the
 * tile columns. Contiguous tiles run at the full gemm rate (panels with a long leading dimension
 * lose a tenth), and leave room for storing a tile compressed. Diagonal tiles are square and full.
 */
typedef struct ali_tiles {
    size_t order; /**< unknowns n */
    size_t edge;  /**< rows and columns of a tile; the last of each row and column may be smaller */
    size_t count; /**< tiles per side */
} ali_tiles;

/** Cut n unknowns; edge 0 lets the number of unknowns choose. */
ali_tiles ali_tiles_plan(size_t n, size_t edge);

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

/** Offset of tile (i, j), i >= j [elements]. Tile column j begins after sum_{q<j} edge (order - q
 * edge). */
static inline size_t ali_tiles_offset(const ali_tiles *tiles, size_t i, size_t j)
{
    size_t before = tiles->edge * (j * tiles->order - tiles->edge * (j * (j - (j > 0)) / 2));
    return before + (i - j) * tiles->edge * ali_tiles_extent(tiles, j);
}

/** Number of tiles of the lower triangle. */
static inline size_t ali_tiles_total(const ali_tiles *tiles)
{
    return tiles->count * (tiles->count + 1) / 2;
}

/** Running number of tile (i, j), column by column. */
static inline size_t ali_tiles_index(const ali_tiles *tiles, size_t i, size_t j)
{
    return j * tiles->count - j * (j - (j > 0)) / 2 + (i - j);
}

#endif
