/* SPDX-License-Identifier: Apache-2.0 */
#include "solver/tiles.h"

#include <stdint.h>

/** Products reach their rate from about 96 on; beyond 192 nothing is gained (n = 3000 in single
 *  precision needs 0.28 s of processor time with 160 and 192, 0.29 s with 256), and the panels grow
 * ... */
static const size_t smallest_edge = 96, largest_edge = 192;
/** ... up to here one tile on one thread is faster than several on two ... */
static const size_t single_tile_until = 192;
/** ... and below this many tiles per side the threads run out of independent work. */
static const size_t tiles_per_side = 14;

ali_tiles ali_tiles_plan(size_t n, size_t edge, bool symmetric)
{
    if (edge == 0 && n <= single_tile_until)
        edge = n;
    if (edge == 0) {
        edge = (n / tiles_per_side + 31) / 32 * 32;
        edge = edge < smallest_edge ? smallest_edge : edge;
        edge = edge > largest_edge ? largest_edge : edge;
    }
    if (edge > n)
        edge = n;
    return (ali_tiles){
        .order = n, .edge = edge, .count = (n + edge - 1) / edge, .symmetric = symmetric};
}

bool ali_tiles_elements(const ali_tiles *tiles, size_t *elements)
{
    if (tiles->order > SIZE_MAX / 8 / sizeof(double) / tiles->order)
        return false;
    size_t last = tiles->count - 1;
    size_t extent = ali_tiles_extent(tiles, last);
    *elements = ali_tiles_offset(tiles, last, last) + extent * extent;
    return true;
}
