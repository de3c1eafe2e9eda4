/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "input/project_reader.h"

#include <math.h>
#include <stdlib.h>

/** @file
 *  Lines of mesh edges for ports: from point to point along the edges that stay nearest to the
 *  straight line. */

/** How much dearer an edge is that leads one edge length away from the straight line. */
static const double DETOUR_COST = 100;
/** Corners of triangles are one vertex within this share of an edge, as the mesh joins them. */
static const double SAME_TOLERANCE = 1e-5;
/** A point is on a vertex within this share of the longest edge there. */
static const double POINT_TOLERANCE = 0.05;

/** The vertices of all surfaces, those at one place being one, and the edges between them. */
typedef struct graph {
    const ali_vec3 *points; /* of the model */
    size_t count;
    size_t *same;  /* [count] smallest vertex at the same place */
    size_t *first; /* [count + 1] neighbours of vertex i: first[i] … first[i+1] - 1 */
    size_t *neighbours;
    double *cost;       /* [count] */
    size_t *before;     /* [count] on the cheapest way */
    size_t *heap;       /* [count] vertices by cost */
    size_t *heap_place; /* [count] ALI_NONE: not in it */
    size_t heap_count;
} graph;

static void graph_clear(graph *g)
{
    free(g->same);
    free(g->first);
    free(g->neighbours);
    free(g->cost);
    free(g->before);
    free(g->heap);
    free(g->heap_place);
}

typedef struct placed {
    ali_vec3 point;
    size_t vertex;
} placed;

static int compare_placed(const void *left, const void *right)
{
    const placed *a = left, *b = right;
    if (a->point.x != b->point.x)
        return a->point.x < b->point.x ? -1 : 1;
    if (a->point.y != b->point.y)
        return a->point.y < b->point.y ? -1 : 1;
    if (a->point.z != b->point.z)
        return a->point.z < b->point.z ? -1 : 1;
    return a->vertex < b->vertex ? -1 : a->vertex > b->vertex;
}

static bool coincide(ali_vec3 a, ali_vec3 b)
{
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

/** Fill g->same. Vertices of one run of the mesher coincide to the bit. Returns 0 or -1. */
static int unite_vertices(graph *g)
{
    placed *sorted = ali_calloc(g->count, sizeof *sorted);
    if (!sorted)
        return -1;
    for (size_t i = 0; i < g->count; i++)
        sorted[i] = (placed){g->points[i], i};
    if (g->count > 1)
        qsort(sorted, g->count, sizeof *sorted, compare_placed);
    for (size_t i = 0; i < g->count; i++)
        g->same[sorted[i].vertex] = i > 0 && coincide(sorted[i - 1].point, sorted[i].point)
                                        ? g->same[sorted[i - 1].vertex]
                                        : sorted[i].vertex;
    free(sorted);
    return 0;
}

/** Neighbours along triangle edges, listed twice where two triangles share one. */
static void link_neighbours(graph *g, const ali_model *model)
{
    for (size_t t = 0; t < model->triangle_count; t++)
        for (int j = 0; j < 3; j++)
            g->first[g->same[model->triangles[t].vertex[j]] + 1] += 2;
    for (size_t i = 0; i < g->count; i++)
        g->first[i + 1] += g->first[i];
    for (size_t t = model->triangle_count; t-- > 0;)
        for (int j = 0; j < 3; j++) {
            size_t vertex = g->same[model->triangles[t].vertex[j]];
            for (int k = 1; k <= 2; k++) {
                size_t other = g->same[model->triangles[t].vertex[(j + k) % 3]];
                g->neighbours[g->first[vertex + 1] - 1 - g->heap_place[vertex]++] = other;
            }
        }
}

static int graph_create(graph *g, const ali_model *model)
{
    size_t n = model->vertex_count;
    *g = (graph){.points = model->vertices, .count = n};
    g->same = ali_calloc(n, sizeof *g->same);
    g->first = ali_calloc(n + 1, sizeof *g->first);
    g->neighbours = ali_calloc(6 * model->triangle_count, sizeof *g->neighbours);
    g->cost = ali_calloc(n, sizeof *g->cost);
    g->before = ali_calloc(n, sizeof *g->before);
    g->heap = ali_calloc(n, sizeof *g->heap);
    g->heap_place = ali_calloc(n, sizeof *g->heap_place);
    if (!g->same || !g->first || !g->neighbours || !g->cost || !g->before || !g->heap ||
        !g->heap_place || unite_vertices(g)) {
        graph_clear(g);
        return -1;
    }
    link_neighbours(g, model); /* counts in heap_place, which is free until then */
    return 0;
}

/* ---- the heap ---- */

static void heap_put(graph *g, size_t place, size_t vertex)
{
    g->heap[place] = vertex;
    g->heap_place[vertex] = place;
}

/** Move a vertex up to where its cost belongs. */
static void heap_rise(graph *g, size_t vertex)
{
    size_t place = g->heap_place[vertex];
    while (place > 0 && g->cost[g->heap[(place - 1) / 2]] > g->cost[vertex]) {
        heap_put(g, place, g->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    heap_put(g, place, vertex);
}

static size_t heap_take(graph *g)
{
    size_t cheapest = g->heap[0], last = g->heap[--g->heap_count], place = 0;
    g->heap_place[cheapest] = ALI_NONE;
    while (g->heap_count > 0) {
        size_t child = 2 * place + 1;
        if (child + 1 < g->heap_count && g->cost[g->heap[child + 1]] < g->cost[g->heap[child]])
            child++;
        if (child >= g->heap_count || g->cost[g->heap[child]] >= g->cost[last])
            break;
        heap_put(g, place, g->heap[child]);
        place = child;
    }
    if (g->heap_count > 0)
        heap_put(g, place, last);
    return cheapest;
}

/* ---- ways ---- */

static double distance_from_line(ali_vec3 p, ali_vec3 a, ali_vec3 b)
{
    ali_vec3 along = ali_vec3_sub(b, a);
    double t = ali_vec3_dot(ali_vec3_sub(p, a), along) / ali_vec3_dot(along, along);
    return ali_vec3_distance(p, ali_vec3_axpy(a, fmin(fmax(t, 0), 1), along));
}

/** Cheapest way (Dijkstra) from `from` to `to`, left in g->before. False if there is none. */
static bool find_way(graph *g, size_t from, size_t to)
{
    ali_vec3 a = g->points[from], b = g->points[to];
    for (size_t i = 0; i < g->count; i++) {
        g->cost[i] = INFINITY;
        g->heap_place[i] = ALI_NONE;
    }
    g->cost[from] = 0;
    g->before[from] = ALI_NONE;
    g->heap_count = 1;
    heap_put(g, 0, from);
    while (g->heap_count > 0) {
        size_t here = heap_take(g);
        if (here == to)
            return true;
        for (size_t k = g->first[here]; k < g->first[here + 1]; k++) {
            size_t next = g->neighbours[k];
            double length = ali_vec3_distance(g->points[here], g->points[next]);
            double off = distance_from_line(g->points[next], a, b);
            double cost = g->cost[here] + length;
            if (length > 0)
                cost += DETOUR_COST * off * off / length;
            if (!(cost < g->cost[next]))
                continue;
            if (g->cost[next] == INFINITY)
                heap_put(g, g->heap_count++, next);
            g->cost[next] = cost;
            g->before[next] = here;
            heap_rise(g, next);
        }
    }
    return false;
}

/** Vertex at a point; ALI_NONE, reported, if there is none. */
static size_t find_vertex(ali_project_reader *reader, const graph *g, const ali_yaml_node *node,
                          const double *p)
{
    ali_vec3 point = {p[0], p[1], p[2]};
    size_t nearest = ALI_NONE;
    double least = INFINITY, longest = 0;
    for (size_t i = 0; i < g->count; i++) {
        double distance = ali_vec3_distance(g->points[i], point);
        if (g->same[i] == i && distance < least) {
            least = distance;
            nearest = i;
        }
    }
    if (nearest == ALI_NONE) {
        ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                       "there is no surface, expected a line on one");
        return ALI_NONE;
    }
    for (size_t k = g->first[nearest]; k < g->first[nearest + 1]; k++)
        longest = fmax(longest, ali_vec3_distance(g->points[nearest], g->points[g->neighbours[k]]));
    if (least <= POINT_TOLERANCE * longest)
        return nearest;
    ali_vec3 v = g->points[nearest];
    ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                   "no vertex of the mesh is there; the nearest is at (%.6g, %.6g, %.6g) m, "
                   "%.3g m away",
                   v.x, v.y, v.z, least);
    return ALI_NONE;
}

/** Complain if the way leaves the straight line between vertices a and b. */
static bool check_way(ali_project_reader *reader, const graph *g, const ali_yaml_node *node,
                      size_t a, size_t b)
{
    double off = 0, longest = 0;
    for (size_t v = b; g->before[v] != ALI_NONE; v = g->before[v]) {
        off = fmax(off, distance_from_line(g->points[v], g->points[a], g->points[b]));
        longest = fmax(longest, ali_vec3_distance(g->points[v], g->points[g->before[v]]));
    }
    if (off > longest)
        ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                       "no mesh edges lead here along the straight line: they leave it by "
                       "%.3g m, their longest is %.3g m",
                       off, longest);
    else if (off > 0.02 * longest)
        ali_key_report(&reader->keys, ALICORN_WARNING, "port-line-bent", node,
                       "the mesh edges leave the straight line by %.3g m, their longest is "
                       "%.3g m; a line on a sharp edge or between two parts is met exactly",
                       off, longest);
    return off <= longest;
}

/** Append the way that ends at `to` behind the vertices found so far. Returns its new length. */
static size_t append_way(const graph *g, size_t to, size_t *line, size_t count)
{
    size_t steps = 0;
    for (size_t v = to; g->before[v] != ALI_NONE; v = g->before[v])
        steps++;
    size_t end = count + steps, at = end;
    for (size_t v = to; g->before[v] != ALI_NONE; v = g->before[v])
        line[--at] = v;
    return end;
}

/* ---- what a gap needs ---- */

/** Triangles with corners at both ends, as the mesh will join vertices. */
static size_t count_triangles(const ali_model *model, ali_vec3 a, ali_vec3 b)
{
    const ali_vec3 ends[2] = {a, b};
    double tolerance = SAME_TOLERANCE * ali_vec3_distance(a, b);
    size_t count = 0;
    for (size_t t = 0; t < model->triangle_count; t++) {
        bool at_end[2] = {false, false};
        for (int j = 0; j < 3; j++)
            for (int e = 0; e < 2; e++) {
                ali_vec3 off =
                    ali_vec3_sub(model->vertices[model->triangles[t].vertex[j]], ends[e]);
                at_end[e] |= fabs(off.x) <= tolerance && ali_vec3_norm(off) <= tolerance;
            }
        count += at_end[0] && at_end[1];
    }
    return count;
}

/** Triangles that the port in an edge lies between, of which an image counts but is not in the
 * model. */
static size_t triangles_wanted(const ali_project_reader *reader, ali_vec3 a, ali_vec3 b)
{
    double tolerance = SAME_TOLERANCE * ali_vec3_distance(a, b);
    bool on_ground = fabs(a.z) <= tolerance && fabs(b.z) <= tolerance;
    return reader->ground.kind == ALI_GROUND_PEC && on_ground ? 1 : 2;
}

bool ali_project_check_line(ali_project_reader *reader, const ali_yaml_node *node,
                            const size_t *line, size_t count)
{
    const ali_model *model = reader->model;
    for (size_t i = 0; i + 1 < count; i++) {
        ali_vec3 a = model->vertices[line[i]], b = model->vertices[line[i + 1]];
        size_t triangles = count_triangles(model, a, b), wanted = triangles_wanted(reader, a, b);
        if (triangles == wanted)
            continue;
        ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", node,
                       "%zu triangle%s at the edge from (%.6g, %.6g, %.6g) to (%.6g, %.6g, "
                       "%.6g) m, expected %s",
                       triangles, triangles == 1 ? "" : "s", a.x, a.y, a.z, b.x, b.y, b.z,
                       wanted == 1 ? "one above the ground that the port connects it to"
                                   : "two with the port between them");
        return false;
    }
    return true;
}

static alicorn_status walk(ali_project_reader *reader, graph *g, const ali_yaml_node *node,
                           const ali_key_rows *points, size_t *index)
{
    size_t *line = ali_calloc(g->count * (points->count - 1) + 1, sizeof *line), count = 0;
    if (!line)
        return ali_error_memory(reader->keys.error, g->count * sizeof *line, "an edge line");
    bool good = true;
    size_t from = ALI_NONE;
    for (size_t i = 0; i < points->count && good; i++) {
        const ali_yaml_node *place = node->entries[i].value;
        size_t to = find_vertex(reader, g, place, points->values + 3 * i);
        good = to != ALI_NONE;
        if (good && i == 0) {
            line[count++] = to;
        } else if (good && (to == from || !find_way(g, from, to))) {
            good = false;
            ali_key_report(&reader->keys, ALICORN_ERROR, "port-on-nothing", place,
                           to == from ? "the point repeats the one before"
                                      : "no mesh edges lead there from the point before");
        } else if (good) {
            good = check_way(reader, g, place, from, to);
            count = append_way(g, to, line, count);
        }
        from = to;
    }
    alicorn_status status = ALICORN_OK;
    if (good && ali_project_check_line(reader, node, line, count))
        status = ali_model_add_edge_line(reader->model, count, line, index, reader->keys.error);
    free(line);
    return status;
}

alicorn_status ali_project_find_edges(ali_project_reader *reader, const ali_yaml_node *node,
                                      const ali_key_rows *points, size_t *index)
{
    graph g;
    *index = ALI_NONE;
    if (graph_create(&g, reader->model))
        return ali_error_memory(reader->keys.error, reader->model->vertex_count * sizeof *g.cost,
                                "the edges of the mesh");
    alicorn_status status = walk(reader, &g, node, points, index);
    graph_clear(&g);
    return status;
}
