/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/joints.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_SEGMENTS = 2048 };

static ali_segment segment(double x1, double y1, double z1, double x2, double y2, double z2)
{
    return (ali_segment){.start = {x1, y1, z1}, .end = {x2, y2, z2}, .radius = 1e-3, .tag = 7};
}

static size_t find(const ali_segment *segments, size_t count, bool ground, size_t *node)
{
    size_t nodes = 0;
    alicorn_error error = {0};
    assert_int_equal(ali_joints_find(segments, count, ground, node, &nodes, &error), ALICORN_OK);
    return nodes;
}

static void test_chain_shares_inner_nodes(void **state)
{
    (void)state;
    ali_segment chain[] = {segment(0, 0, 0, 1, 0, 0), segment(1, 0, 0, 2, 0, 0),
                           segment(3, 0, 0, 2, 0, 0)};
    size_t node[6], expected[] = {0, 1, 1, 2, 3, 2};
    assert_int_equal(find(chain, 3, false, node), 4);
    assert_memory_equal(node, expected, sizeof expected);
}

static void test_tolerance_is_a_thousandth_of_the_shorter(void **state)
{
    (void)state;
    size_t node[4];
    ali_segment joined[] = {segment(0, 0, 0, 1, 0, 0), segment(1, 0.00099, 0, 1, 2, 0)};
    assert_int_equal(find(joined, 2, false, node), 3);
    ali_segment apart[] = {segment(0, 0, 0, 1, 0, 0), segment(1, 0.00101, 0, 1, 2, 0)};
    assert_int_equal(find(apart, 2, false, node), 4);
    /* the short one decides, whichever comes first */
    ali_segment uneven[] = {segment(0, 0, 0, 1, 0, 0), segment(1, 0.0005, 0, 1, 0.1005, 0)};
    assert_int_equal(find(uneven, 2, false, node), 4);
    ali_segment swapped[] = {uneven[1], uneven[0]};
    assert_int_equal(find(swapped, 2, false, node), 4);
}

static void test_joints_are_transitive(void **state)
{
    (void)state;
    /* each end is within tolerance of the next, the outer two are not of each other */
    ali_segment star[] = {segment(0, 0, 0, 1, 0, 0), segment(0.0008, 0, 0, 0, 1, 0),
                          segment(0.0016, 0, 0, 0, 0, 1)};
    size_t node[6];
    assert_int_equal(find(star, 3, false, node), 4);
    assert_int_equal(node[0], node[2]);
    assert_int_equal(node[0], node[4]);
}

static void test_short_segment_between_long_ones_survives(void **state)
{
    (void)state;
    /* a 5 mm feed between two arms of 10 m segments: the arms are within 10 mm of each other */
    ali_segment dipole[] = {segment(-10, 0, 0, 0, 0, 0), segment(0, 0, 0, 0.005, 0, 0),
                            segment(0.005, 0, 0, 10.005, 0, 0)};
    size_t node[6], expected[] = {0, 1, 1, 2, 2, 3};
    assert_int_equal(find(dipole, 3, false, node), 4);
    assert_memory_equal(node, expected, sizeof expected);
}

static void test_ground_takes_ends_down(void **state)
{
    (void)state;
    /* the ends lie within tolerance of the ground, but 1.8 mm from each other */
    ali_segment feet[] = {segment(0, 0, 0.0009, 0, 0, 1), segment(0, 0, -0.0009, 1, 0, 1)};
    size_t node[4];
    assert_int_equal(find(feet, 2, false, node), 4);
    assert_int_equal(find(feet, 2, true, node), 3);
    assert_true(ali_joints_on_ground((ali_vec3){1, 2, -0.0009}, 1.0));
    assert_false(ali_joints_on_ground((ali_vec3){1, 2, 0.0011}, 1.0));
}

static void test_bad_segments_are_refused(void **state)
{
    (void)state;
    size_t node[4], nodes;
    alicorn_error error = {0};
    ali_segment zero[] = {segment(0, 0, 0, 1, 0, 0), segment(1, 1, 1, 1, 1, 1)};
    assert_int_equal(ali_joints_find(zero, 2, false, node, &nodes, &error), ALICORN_E_INPUT);
    assert_string_equal(error.message, "segment 2 (tag 7) has no length");
    ali_segment nan[] = {segment(0, 0, (double)NAN, 1, 0, 0)};
    assert_int_equal(ali_joints_find(nan, 1, false, node, &nodes, NULL), ALICORN_E_INPUT);
    assert_int_equal(find(zero, 0, false, node), 0);
}

/** Grid of n by n squares in the plane x = 3, every edge one segment; returns the number of
 * segments. */
static size_t grid(size_t n, ali_segment *segments)
{
    size_t count = 0;
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j < n; j++) {
            double a = 0.1 * (double)i, b = 0.1 * (double)j, c = 0.1 * (double)(j + 1);
            segments[count++] = segment(3, a, b, 3, a, c);
            segments[count++] = segment(3, c, a, 3, b, a);
        }
    return count;
}

static void test_grid_has_one_node_per_crossing(void **state)
{
    (void)state;
    static ali_segment segments[MAX_SEGMENTS];
    static size_t node[2 * MAX_SEGMENTS];
    size_t count = grid(30, segments);
    assert_int_equal(count, 2 * 31 * 30);
    assert_int_equal(find(segments, count, false, node), 31 * 31);
}

/** Nodes by trying all pairs: union by repeated relabelling. */
static void brute_force(const ali_segment *segments, size_t count, size_t *label)
{
    for (size_t i = 0; i < 2 * count; i++)
        label[i] = i;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < 2 * count; i++)
            for (size_t j = 0; j < 2 * count; j++) {
                const ali_segment *a = &segments[i / 2], *b = &segments[j / 2];
                double shorter =
                    fmin(ali_vec3_distance(a->start, a->end), ali_vec3_distance(b->start, b->end));
                if (ali_vec3_distance(i % 2 ? a->end : a->start, j % 2 ? b->end : b->start) <=
                        1e-3 * shorter &&
                    label[j] < label[i]) {
                    label[i] = label[j];
                    changed = true;
                }
            }
    }
}

static double uniform(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) * 0x1p-53;
}

/** A random cloud that has exact, near and missed joints agrees with the definition, in any order.
 */
static void test_random_cloud_matches_all_pairs_in_any_order(void **state)
{
    (void)state;
    enum { COUNT = 120 };
    ali_segment segments[COUNT], shuffled[COUNT];
    size_t node[2 * COUNT], other[2 * COUNT], label[2 * COUNT], from[COUNT];
    uint64_t seed = 1;
    for (size_t s = 0; s < COUNT; s++) {
        double p[6];
        for (size_t c = 0; c < 6; c++)
            p[c] = floor(3 * uniform(&seed)) + 1.5e-3 * (uniform(&seed) - 0.5);
        if (floor(p[0] + 0.5) == floor(p[3] + 0.5))
            p[3] += 1.0;
        segments[s] = segment(p[0], p[1], p[2], p[3], p[4], p[5]);
        from[s] = s;
    }
    size_t nodes = find(segments, COUNT, false, node);
    brute_force(segments, COUNT, label);
    size_t joined = 0;
    for (size_t i = 0; i < 2 * COUNT; i++)
        for (size_t j = 0; j < i; j++) {
            assert_int_equal(node[i] == node[j], label[i] == label[j]);
            joined += node[i] == node[j];
        }
    assert_true(joined > 100 && nodes > 30); /* the cloud is neither all apart nor all one */
    for (size_t s = COUNT - 1; s > 0; s--) {
        size_t t = (size_t)(uniform(&seed) * (double)(s + 1)), keep = from[s];
        from[s] = from[t];
        from[t] = keep;
    }
    for (size_t s = 0; s < COUNT; s++)
        shuffled[s] = segments[from[s]];
    assert_int_equal(find(shuffled, COUNT, false, other), nodes);
    for (size_t i = 0; i < 2 * COUNT; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_equal(other[i] == other[j],
                             node[2 * from[i / 2] + i % 2] == node[2 * from[j / 2] + j % 2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain_shares_inner_nodes),
        cmocka_unit_test(test_tolerance_is_a_thousandth_of_the_shorter),
        cmocka_unit_test(test_joints_are_transitive),
        cmocka_unit_test(test_short_segment_between_long_ones_survives),
        cmocka_unit_test(test_ground_takes_ends_down),
        cmocka_unit_test(test_bad_segments_are_refused),
        cmocka_unit_test(test_grid_has_one_node_per_crossing),
        cmocka_unit_test(test_random_cloud_matches_all_pairs_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
