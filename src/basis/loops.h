/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_BASIS_LOOPS_H
#define ALI_BASIS_LOOPS_H

#include "alicorn/status.h"

/** @file
 *  Independent loops of a graph, found as short as possible. */

/** One edge between two vertices with a length; a rooftop joins two elements. */
typedef struct ali_edge {
    size_t vertex[2];
    double length;
} ali_edge;

/** Loops as lists of edges with direction. */
typedef struct ali_loops {
    size_t count;
    size_t *closing; /**< [count]: the edge that the loop closes and that it may replace */
    size_t *first;   /**< [count + 1] into steps */
    size_t *steps; /**< 2 * edge + (1 if walked from vertex[1] to vertex[0]); the closing edge comes
                      first, forwards */
} ali_loops;

/** For every edge outside a spanning forest the shortest loop that closes it through earlier edges,
 * kept if it is shorter than `longest`. Replacing each kept closing edge by its loop keeps the set
 * independent. Cost O(edges log edges) plus the edges within `longest` of each closing edge. */
alicorn_status ali_loops_find(size_t vertex_count, const ali_edge *edges, size_t edge_count,
                              double longest, ali_loops *loops, alicorn_error *error);
void ali_loops_clear(ali_loops *loops);

#endif
