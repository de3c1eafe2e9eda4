/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/loops.h"

#include "wire_support.h"

enum { VERTICES_MAX = 128, EDGES_MAX = 512 };

/** A graph while it is built. */
typedef struct graph {
    size_t vertex_count, edge_count;
    ali_edge edges[EDGES_MAX];
} graph;

static void join(graph *g, size_t a, size_t b, double length)
{
    assert_true(g->edge_count < EDGES_MAX);
    g->edges[g->edge_count++] = (ali_edge){{a, b}, length};
}

static size_t root(const size_t *parent, size_t v)
{
    while (parent[v] != v)
        v = parent[v];
    return v;
}

/** Edges that are not in a spanning forest: the number of independent loops. */
static size_t cycle_rank(const graph *g)
{
    size_t parent[VERTICES_MAX], trees = 0;
    for (size_t v = 0; v < g->vertex_count; v++)
        parent[v] = v;
    for (size_t e = 0; e < g->edge_count; e++)
        parent[root(parent, g->edges[e].vertex[0])] = root(parent, g->edges[e].vertex[1]);
    for (size_t v = 0; v < g->vertex_count; v++)
        trees += parent[v] == v;
    return g->edge_count + trees - g->vertex_count;
}

static double loop_length(const graph *g, const ali_loops *loops, size_t loop)
{
    double length = 0.0;
    for (size_t i = loops->first[loop]; i < loops->first[loop + 1]; i++)
        length += g->edges[loops->steps[i] / 2].length;
    return length;
}

/** Every loop runs through each of its vertices once, in and out, and begins with its closing edge,
 * which no earlier loop contains: the loops are independent. */
static void check_loops(const graph *g, const ali_loops *loops, double longest)
{
    for (size_t l = 0; l < loops->count; l++) {
        int balance[VERTICES_MAX] = {0}, visits[VERTICES_MAX] = {0};
        assert_int_equal(loops->steps[loops->first[l]], 2 * loops->closing[l]);
        assert_true(loop_length(g, loops, l) <= longest * (1.0 + 1e-12));
        if (l > 0)
            assert_true(loops->closing[l] > loops->closing[l - 1]);
        for (size_t i = loops->first[l]; i < loops->first[l + 1]; i++) {
            size_t e = loops->steps[i] / 2, backwards = loops->steps[i] % 2;
            size_t from = g->edges[e].vertex[backwards], to = g->edges[e].vertex[1 - backwards];
            balance[from]--;
            balance[to]++;
            visits[to]++;
            assert_true(e < g->edge_count);
            for (size_t k = 0; k < l; k++) /* the closing edge is new */
                for (size_t j = loops->first[k]; i == loops->first[l] && j < loops->first[k + 1];
                     j++)
                    assert_int_not_equal(loops->steps[j] / 2, loops->closing[l]);
        }
        for (size_t v = 0; v < g->vertex_count; v++) {
            assert_int_equal(balance[v], 0);
            assert_true(visits[v] <= 1);
        }
    }
}

static ali_loops find(const graph *g, double longest)
{
    ali_loops loops;
    assert_int_equal(
        ali_loops_find(g->vertex_count, g->edges, g->edge_count, longest, &loops, NULL),
        ALICORN_OK);
    check_loops(g, &loops, longest);
    return loops;
}

static graph grid(size_t columns, size_t rows, double width, double height)
{
    graph g = {.vertex_count = columns * rows};
    for (size_t y = 0; y < rows; y++)
        for (size_t x = 0; x < columns; x++) {
            if (x + 1 < columns)
                join(&g, y * columns + x, y * columns + x + 1, width);
            if (y + 1 < rows)
                join(&g, y * columns + x, (y + 1) * columns + x, height);
        }
    return g;
}

static void test_trees_have_none(void **state)
{
    (void)state;
    graph g = {.vertex_count = 8};
    for (size_t v = 1; v < 8; v++)
        join(&g, v, v / 2, 1.0);
    ali_loops loops = find(&g, 100.0);
    assert_int_equal(loops.count, 0);
    ali_loops_clear(&loops);
    g.edge_count = 0;
    loops = find(&g, 100.0);
    assert_int_equal(loops.count, 0);
    ali_loops_clear(&loops);
    ali_loops_clear(&loops);
}

static void test_triangle_is_one(void **state)
{
    (void)state;
    graph g = {.vertex_count = 3};
    join(&g, 0, 1, 1.0);
    join(&g, 2, 1, 1.0);
    join(&g, 0, 2, 1.5);
    ali_loops loops = find(&g, 3.5);
    assert_int_equal(loops.count, 1);
    assert_int_equal(loops.closing[0], 2);
    assert_int_equal(loops.first[1], 3);
    ali_loops_clear(&loops);
    loops = find(&g, 3.49); /* too long */
    assert_int_equal(loops.count, 0);
    ali_loops_clear(&loops);
}

static void test_parallel_edges_make_a_loop(void **state)
{
    (void)state;
    graph g = {.vertex_count = 2};
    join(&g, 0, 1, 1.0);
    join(&g, 1, 0, 2.0);
    join(&g, 0, 1, 0.5);
    ali_loops loops = find(&g, 10.0);
    assert_int_equal(loops.count, 2);
    ali_loops_clear(&loops);
}

static void test_grid_gets_its_faces(void **state)
{
    (void)state;
    graph g = grid(7, 5, 1.0, 1.0);
    ali_loops loops = find(&g, 100.0);
    assert_int_equal(loops.count, 6 * 4);
    assert_int_equal(loops.count, cycle_rank(&g));
    for (size_t l = 0; l < loops.count; l++)
        assert_int_equal(loops.first[l + 1] - loops.first[l], 4);
    ali_loops_clear(&loops);
    /* with a bound below a face's girth there are none, at it all */
    loops = find(&g, 3.999);
    assert_int_equal(loops.count, 0);
    ali_loops_clear(&loops);
    loops = find(&g, 4.0);
    assert_int_equal(loops.count, 24);
    ali_loops_clear(&loops);
}

static void test_ladder_gets_its_rungs(void **state)
{
    (void)state;
    graph g = {.vertex_count = 40};
    for (size_t i = 0; i + 1 < 20; i++) { /* rails first */
        join(&g, i, i + 1, 1.0);
        join(&g, 20 + i + 1, 20 + i, 1.0);
    }
    for (size_t i = 0; i < 20; i++)
        join(&g, i, 20 + i, 0.1);
    ali_loops loops = find(&g, 1e3);
    assert_int_equal(loops.count, 19);
    for (size_t l = 0; l < loops.count; l++)
        assert_close(loop_length(&g, &loops, l), 2.2, 1e-12);
    ali_loops_clear(&loops);
}

/** Random graphs, in pieces: as many loops as edges beyond a spanning forest, whatever the order of
 * the edges. */
static void test_random_graphs_have_their_cycle_rank(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 60; round++) {
        graph g = {.vertex_count = 40};
        size_t edges = 10 + 5 * (size_t)round;
        while (g.edge_count < edges) {
            size_t a = (size_t)(20.0 + 20.0 * next_random(&seed)) % 40;
            size_t b = (a + 1 + (size_t)(19.0 + 19.0 * next_random(&seed)) % 39) % 40;
            if (a % 2 == b % 2) /* at least two pieces */
                join(&g, a, b, 1.5 + next_random(&seed));
        }
        ali_loops loops = find(&g, 1e9);
        assert_int_equal(loops.count, cycle_rank(&g));
        ali_loops_clear(&loops);
        loops = find(&g, 4.0);
        assert_true(loops.count <= cycle_rank(&g));
        ali_loops_clear(&loops);
    }
}

/** The loop that closes an edge is a shortest one through earlier edges: held against a search over
 * all simple paths. */
static double shortest_path(const graph *g, const bool *allowed, size_t from, size_t to, bool *used)
{
    if (from == to)
        return 0.0;
    double best = HUGE_VAL;
    used[from] = true;
    for (size_t e = 0; e < g->edge_count; e++)
        for (int side = 0; side < 2; side++) {
            size_t next = g->edges[e].vertex[1 - side];
            if (allowed[e] && g->edges[e].vertex[side] == from && !used[next])
                best = fmin(best, g->edges[e].length + shortest_path(g, allowed, next, to, used));
        }
    used[from] = false;
    return best;
}

static void test_loops_are_shortest(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 10; round++) {
        graph g = {.vertex_count = 7};
        for (size_t a = 0; a < 7; a++)
            for (size_t b = a + 1; b < 7; b++)
                if (next_random(&seed) > -0.4)
                    join(&g, a, b, 1.1 + next_random(&seed));
        ali_loops loops = find(&g, 1e9);
        /* allowed are the forest and what came before */
        bool allowed[EDGES_MAX];
        for (size_t e = 0; e < g.edge_count; e++)
            allowed[e] = true;
        for (size_t l = 0; l < loops.count; l++)
            allowed[loops.closing[l]] = false;
        for (size_t l = 0; l < loops.count; l++) {
            bool used[VERTICES_MAX] = {false};
            const ali_edge *edge = &g.edges[loops.closing[l]];
            double wanted =
                edge->length + shortest_path(&g, allowed, edge->vertex[0], edge->vertex[1], used);
            assert_close(loop_length(&g, &loops, l), wanted, 1e-12);
            allowed[loops.closing[l]] = true;
        }
        ali_loops_clear(&loops);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees_have_none),
        cmocka_unit_test(test_triangle_is_one),
        cmocka_unit_test(test_parallel_edges_make_a_loop),
        cmocka_unit_test(test_grid_gets_its_faces),
        cmocka_unit_test(test_ladder_gets_its_rungs),
        cmocka_unit_test(test_random_graphs_have_their_cycle_rank),
        cmocka_unit_test(test_loops_are_shortest),
    };
    return cmocka_run_group_tests_name("loops", tests, NULL, NULL);
}
