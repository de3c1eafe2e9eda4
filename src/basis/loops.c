/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/loops.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/** Entry of the search front. */
typedef struct front_entry {
    double distance;
    size_t vertex;
} front_entry;

/** Working state: adjacency, the edges already allowed, and a bounded shortest-path search. */
typedef struct loop_finder {
    const ali_edge *edges;
    size_t *adjacent_first; /**< [vertex_count + 1] */
    size_t *adjacent;       /**< [2 edge_count] edges at each vertex */
    bool *allowed;          /**< [edge_count] */
    double *distance;       /**< [vertex_count], HUGE_VAL when not reached */
    size_t *arrived_by;     /**< [vertex_count] edge of the shortest path */
    size_t *reached;        /**< vertices whose distance must be reset */
    size_t reached_count;
    front_entry *heap;
    size_t heap_count, heap_capacity;
    size_t step_capacity;
} loop_finder;

static void finder_clear(loop_finder *finder)
{
    free(finder->adjacent_first);
    free(finder->adjacent);
    free(finder->allowed);
    free(finder->distance);
    free(finder->arrived_by);
    free(finder->reached);
    free(finder->heap);
}

void ali_loops_clear(ali_loops *loops)
{
    free(loops->closing);
    free(loops->first);
    free(loops->steps);
    *loops = (ali_loops){0};
}

static size_t root_of(size_t *parent, size_t vertex)
{
    while (parent[vertex] != vertex) {
        parent[vertex] = parent[parent[vertex]];
        vertex = parent[vertex];
    }
    return vertex;
}

/** Mark the edges of a spanning forest as allowed. */
static int span(loop_finder *finder, size_t vertex_count, size_t edge_count)
{
    size_t *parent = ali_calloc(vertex_count, sizeof *parent);
    if (!parent)
        return -1;
    for (size_t v = 0; v < vertex_count; v++)
        parent[v] = v;
    for (size_t e = 0; e < edge_count; e++) {
        size_t a = root_of(parent, finder->edges[e].vertex[0]);
        size_t b = root_of(parent, finder->edges[e].vertex[1]);
        finder->allowed[e] = a != b;
        parent[a] = b;
    }
    free(parent);
    return 0;
}

static int prepare(loop_finder *finder, size_t vertex_count, size_t edge_count)
{
    finder->adjacent_first = ali_calloc(vertex_count + 2, sizeof *finder->adjacent_first);
    finder->adjacent = ali_calloc(2 * edge_count, sizeof *finder->adjacent);
    finder->allowed = ali_calloc(edge_count, sizeof *finder->allowed);
    finder->distance = ali_calloc(vertex_count, sizeof *finder->distance);
    finder->arrived_by = ali_calloc(vertex_count, sizeof *finder->arrived_by);
    finder->reached = ali_calloc(vertex_count, sizeof *finder->reached);
    if (!finder->adjacent_first || !finder->adjacent || !finder->allowed || !finder->distance ||
        !finder->arrived_by || !finder->reached)
        return -1;
    size_t *first = finder->adjacent_first + 1;
    for (size_t e = 0; e < edge_count; e++)
        for (int side = 0; side < 2; side++)
            first[finder->edges[e].vertex[side]]++;
    for (size_t v = 0, sum = 0; v <= vertex_count; v++) {
        size_t count = v < vertex_count ? first[v] : 0;
        first[v] = sum;
        sum += count;
    }
    for (size_t e = 0; e < edge_count; e++)
        for (int side = 0; side < 2; side++)
            finder->adjacent[first[finder->edges[e].vertex[side]]++] = e;
    /* filling moved each entry to the next vertex's start: adjacent_first[v] is v's start again */
    for (size_t v = 0; v < vertex_count; v++)
        finder->distance[v] = HUGE_VAL;
    return span(finder, vertex_count, edge_count);
}

/* ---- bounded Dijkstra ---- */

static int front_push(loop_finder *finder, double distance, size_t vertex)
{
    if (ali_grow((void **)&finder->heap, &finder->heap_capacity, finder->heap_count,
                 sizeof *finder->heap))
        return -1;
    size_t i = finder->heap_count++;
    for (; i > 0 && finder->heap[(i - 1) / 2].distance > distance; i = (i - 1) / 2)
        finder->heap[i] = finder->heap[(i - 1) / 2];
    finder->heap[i] = (front_entry){distance, vertex};
    return 0;
}

static front_entry front_pop(loop_finder *finder)
{
    front_entry top = finder->heap[0], last = finder->heap[--finder->heap_count];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < finder->heap_count; i = child) {
        if (child + 1 < finder->heap_count &&
            finder->heap[child + 1].distance < finder->heap[child].distance)
            child++;
        if (finder->heap[child].distance >= last.distance)
            break;
        finder->heap[i] = finder->heap[child];
    }
    finder->heap[i] = last;
    return top;
}

static int reach(loop_finder *finder, size_t vertex, double distance, size_t edge)
{
    if (isinf(finder->distance[vertex]))
        finder->reached[finder->reached_count++] = vertex;
    finder->distance[vertex] = distance;
    finder->arrived_by[vertex] = edge;
    return front_push(finder, distance, vertex);
}

/** Shortest path from `start` to `goal` over allowed edges, not longer than `longest`.
 *  Returns 1 if there is one, 0 if not, -1 when memory is out. */
static int search(loop_finder *finder, size_t start, size_t goal, double longest)
{
    finder->heap_count = 0;
    finder->reached_count = 0;
    if (reach(finder, start, 0.0, (size_t)-1))
        return -1;
    while (finder->heap_count) {
        front_entry here = front_pop(finder);
        if (here.distance > finder->distance[here.vertex])
            continue;
        if (here.vertex == goal)
            return 1;
        for (size_t i = finder->adjacent_first[here.vertex];
             i < finder->adjacent_first[here.vertex + 1]; i++) {
            size_t e = finder->adjacent[i];
            const ali_edge *edge = &finder->edges[e];
            double distance = here.distance + edge->length;
            size_t next = edge->vertex[edge->vertex[0] == here.vertex];
            if (!finder->allowed[e] || distance > longest || distance >= finder->distance[next])
                continue;
            if (reach(finder, next, distance, e))
                return -1;
        }
    }
    return 0;
}

/** Append the loop that edge `closing` makes with the path just found. */
static int add_loop(loop_finder *finder, size_t closing, ali_loops *loops)
{
    size_t used = loops->first[loops->count];
    loops->closing[loops->count] = closing;
    if (ali_grow((void **)&loops->steps, &finder->step_capacity, used, sizeof *loops->steps))
        return -1;
    loops->steps[used++] = 2 * closing;
    /* the path runs from vertex[1] to vertex[0]; it is read backwards, which a set of steps does
     * not mind */
    size_t start = finder->edges[closing].vertex[1];
    for (size_t v = finder->edges[closing].vertex[0]; v != start;) {
        size_t e = finder->arrived_by[v];
        int from_second = finder->edges[e].vertex[0] == v;
        if (ali_grow((void **)&loops->steps, &finder->step_capacity, used, sizeof *loops->steps))
            return -1;
        loops->steps[used++] = 2 * e + (size_t)from_second;
        v = finder->edges[e].vertex[from_second];
    }
    loops->first[++loops->count] = used;
    return 0;
}

alicorn_status ali_loops_find(size_t vertex_count, const ali_edge *edges, size_t edge_count,
                              double longest, ali_loops *loops, alicorn_error *error)
{
    loop_finder finder = {.edges = edges};
    *loops = (ali_loops){0};
    loops->closing = ali_calloc(edge_count, sizeof *loops->closing);
    loops->first = ali_calloc(edge_count + 1, sizeof *loops->first);
    if (!loops->closing || !loops->first || prepare(&finder, vertex_count, edge_count))
        goto out_of_memory;
    for (size_t e = 0; e < edge_count; e++) {
        if (finder.allowed[e])
            continue;
        int found =
            search(&finder, edges[e].vertex[1], edges[e].vertex[0], longest - edges[e].length);
        if (found < 0 || (found && add_loop(&finder, e, loops)))
            goto out_of_memory;
        for (size_t i = 0; i < finder.reached_count; i++)
            finder.distance[finder.reached[i]] = HUGE_VAL;
        finder.allowed[e] = true;
    }
    finder_clear(&finder);
    return ALICORN_OK;

out_of_memory:
    finder_clear(&finder);
    ali_loops_clear(loops);
    return ali_error_memory(error, edge_count * sizeof *loops->closing, "the loop search");
}
