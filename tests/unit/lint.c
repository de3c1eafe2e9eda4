/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/lint.h"
#include "heard.h"
#include "mesh/segment_distance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/** Lint and free the model. */
static heard lint(ali_model *model)
{
    heard list = {0};
    size_t count = 0;
    alicorn_error error = {0};
    assert_int_equal(alicorn_model_lint(model, NULL, hear, &list, &count, &error), ALICORN_OK);
    assert_int_equal(count, list.count);
    ali_model_destroy(model);
    return list;
}

/* ---- models ---- */

/** Wire on the line after the last one's, cut into equal segments. */
static void wire_at(ali_model *model, size_t segments, ali_vec3 start, ali_vec3 end, double radius)
{
    ali_vec3 *point = calloc(segments + 1, sizeof *point);
    double *radii = calloc(segments, sizeof *radii);
    assert_true(point && radii);
    for (size_t i = 0; i <= segments; i++)
        point[i] = ali_vec3_axpy(start, (double)i / (double)segments, ali_vec3_sub(end, start));
    for (size_t i = 0; i < segments; i++)
        radii[i] = radius;
    ali_origin origin = {.line = (int)model->wire_count + 2, .column = 1, .card = "GW"};
    assert_int_equal(
        ali_model_add_wire(model, (int)model->wire_count + 1, segments, point, radii, origin, NULL),
        ALICORN_OK);
    free(point);
    free(radii);
}

static void wire(ali_model *model, size_t segments, double x1, double y1, double z1, double x2,
                 double y2, double z2, double radius)
{
    wire_at(model, segments, (ali_vec3){x1, y1, z1}, (ali_vec3){x2, y2, z2}, radius);
}

/** Task at 30 MHz with a source on a segment (ALI_NONE: driven by a plane wave) and a ground; the
 * caller changes it. */
static ali_task *ask(ali_model *model, size_t segment, ali_ground_kind ground, bool connect)
{
    ali_task task;
    ali_task_init(&task);
    task.frequencies = calloc(1, sizeof *task.frequencies);
    task.frequencies[0] = 30e6;
    task.frequency_count = 1;
    task.ground.kind = ground;
    task.ground.connect = connect;
    task.ground.medium = (ali_medium){.eps_r = 13.0, .sigma = 0.005};
    task.ground.origin = (ali_origin){.line = 20, .card = "GN"};
    task.origin = (ali_origin){.line = 30, .card = "XQ"};
    task.drive.kind = ALI_DRIVE_PLANE_WAVE;
    if (segment != ALI_NONE) {
        task.drive.kind = ALI_DRIVE_SOURCES;
        task.drive.sources = calloc(1, sizeof *task.drive.sources);
        task.drive.source_count = 1;
        task.drive.sources[0] =
            (ali_source){.segment = segment, .voltage = 1.0, .origin = {.line = 21, .card = "EX"}};
    }
    assert_int_equal(ali_model_add_task(model, &task, NULL), ALICORN_OK);
    return &model->tasks[model->task_count - 1];
}

/** Two wires in free space, driven by a plane wave. */
static heard lint_two(size_t n, ali_vec3 a, ali_vec3 b, double ra, size_t m, ali_vec3 c, ali_vec3 d,
                      double rb)
{
    ali_model *model = ali_model_create();
    wire_at(model, n, a, b, ra);
    wire_at(model, m, c, d, rb);
    ask(model, ALI_NONE, ALI_GROUND_NONE, false);
    return lint(model);
}

static ali_vec3 at(double x, double y, double z)
{
    return (ali_vec3){x, y, z};
}

/* ---- the distance of two pieces ---- */

static double uniform(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) * 0x1p-53;
}

/** Nested ternary search: the distance is convex in both places. */
static double distance_by_search(const ali_vec3 p[4])
{
    double low = 0.0, high = 1.0, best = HUGE_VAL;
    for (int i = 0; i < 200; i++) {
        double s = low + (high - low) / 3.0, t = high - (high - low) / 3.0;
        double f = ali_segment_point_distance(ali_vec3_axpy(p[0], s, ali_vec3_sub(p[1], p[0])),
                                              p[2], p[3], NULL);
        double g = ali_segment_point_distance(ali_vec3_axpy(p[0], t, ali_vec3_sub(p[1], p[0])),
                                              p[2], p[3], NULL);
        best = fmin(best, fmin(f, g));
        if (f < g)
            high = t;
        else
            low = s;
    }
    return best;
}

static void test_closest_approach(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 500; i++) {
        ali_vec3 p[4];
        for (int j = 0; j < 4; j++)
            p[j] = at(uniform(&seed), uniform(&seed), uniform(&seed));
        if (i % 5 == 1) /* nearly parallel */
            p[3] = ali_vec3_axpy(ali_vec3_add(p[2], at(1e-9, 0, 0)), 1.7, ali_vec3_sub(p[1], p[0]));
        if (i % 5 == 2) /* parallel */
            p[3] = ali_vec3_axpy(p[2], -0.3, ali_vec3_sub(p[1], p[0]));
        if (i % 5 == 3) /* without length */
            p[3] = p[2];
        ali_segment_approach found = ali_segment_closest(p[0], p[1], p[2], p[3]);
        assert_true(fabs(found.distance - distance_by_search(p)) < 1e-7);
        assert_true(fabs(ali_vec3_distance(found.point[0], found.point[1]) - found.distance) <
                    1e-15);
    }
    ali_segment_approach point =
        ali_segment_closest(at(1, 2, 3), at(1, 2, 3), at(1, 2, 5), at(1, 2, 5));
    assert_true(point.distance == 2.0);
    ali_segment_approach cross =
        ali_segment_closest(at(-1, 0, 0), at(1, 0, 0), at(0.5, -3, 0.25), at(0.5, 1, 0.25));
    assert_true(cross.distance == 0.25 && cross.place[0] == 0.75 && cross.place[1] == 0.75);
}

/* ---- single wires ---- */

static void test_good_dipole_is_silent(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    wire(model, 11, 0, -2.5, 0, 0, 2.5, 0, 1e-3);
    ask(model, 5, ALI_GROUND_NONE, false);
    heard list = lint(model);
    assert_silent(&list);
}

static void test_zero_length_and_no_radius(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    wire(model, 2, 0, 0, 1, 0, 0, 1, 1e-3);
    wire(model, 3, 0, 1, 0, 0, 2, 0, 0.0);
    ask(model, ALI_NONE, ALI_GROUND_PEC, true);
    heard list = lint(model);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.name[0], "zero-length");
    assert_int_equal(list.severity[0], ALICORN_ERROR);
    assert_int_equal(list.line[0], 2);
    assert_string_equal(list.message[0],
                        "segment 1 of wire 1 (GW, line 2) has no length: it starts at (0, 0, 1) m "
                        "and ends at (0, 0, 1) m (and 1 more of its segments)");
    assert_string_equal(list.name[1], "no-radius");
    assert_int_equal(list.line[1], 3);
}

static void test_wavelength_limits(void **state)
{
    (void)state;
    /* 30 MHz: 9.993 m */
    ali_model *model = ali_model_create();
    wire(model, 3, 0, 0, 0, 0, 0, 7.6, 1e-3);
    ask(model, 1, ALI_GROUND_NONE, false);
    heard list = lint(model);
    assert_only(&list, "segment-too-long", "0.254 wavelengths at the highest frequency, 30 MHz");
    model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 7.6, 0.5);
    ask(model, 2, ALI_GROUND_NONE, false);
    list = lint(model);
    assert_only(&list, "wire-too-thick", "ka = 0.314");
    model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 7.6, 0.47);
    ask(model, 2, ALI_GROUND_NONE, false);
    list = lint(model);
    assert_silent(&list); /* ka = 0.2955 */
}

static void test_thick_segments_at_bends(void **state)
{
    (void)state;
    /* square loop, 0.1 m sides of one segment: each corner takes one radius of each end */
    const double radius[] = {0.049, 0.051};
    for (int i = 0; i < 2; i++) {
        ali_model *model = ali_model_create();
        wire(model, 1, 0, 0, 0, 0.1, 0, 0, radius[i]);
        wire(model, 1, 0.1, 0, 0, 0.1, 0.1, 0, radius[i]);
        wire(model, 1, 0.1, 0.1, 0, 0, 0.1, 0, radius[i]);
        wire(model, 1, 0, 0.1, 0, 0, 0, 0, radius[i]);
        ask(model, ALI_NONE, ALI_GROUND_NONE, false);
        heard list = lint(model);
        if (i == 0) {
            assert_silent(&list);
        } else {
            assert_int_equal(list.count, 4);
            for (size_t j = 0; j < 4; j++)
                assert_string_equal(list.name[j], "radius-too-thick");
            assert_non_null(strstr(list.message[0], "cover 0.102 m of that"));
        }
    }
}

static void test_fine_segments_of_a_straight_wire_are_a_note(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    wire(model, 51, 0, 0, 0, 0, 0, 5, 0.21);
    ask(model, 25, ALI_GROUND_NONE, false);
    heard list = lint(model);
    assert_only(&list, "segment-too-short", "0.467 of its radius");
    assert_int_equal(list.severity[0], ALICORN_NOTE);
}

static void test_steps_along_a_wire(void **state)
{
    (void)state;
    heard list = lint_two(2, at(0, 0, 0), at(0, 0, 1), 0.05, 2, at(0, 0, 1), at(0, 0, 2), 0.005);
    assert_only(&list, "radius-step", "a step of 10");
    list = lint_two(2, at(0, 0, 0), at(0, 0, 1), 0.05, 2, at(0, 0, 1), at(0, 0, 2), 0.0051);
    assert_silent(&list);
    list = lint_two(1, at(0, 0, 0), at(0, 0, 1), 1e-4, 1, at(0, 0, 1), at(0, 0, 1.0196), 1e-4);
    assert_only(&list, "length-step", "a ratio of 51");
}

/* ---- pairs ---- */

static void test_duplicate_wire(void **state)
{
    (void)state;
    heard list = lint_two(3, at(0, 0, 0), at(0, 0, 1), 1e-3, 3, at(0, 0, 1), at(0, 0, 0), 1e-3);
    assert_only(&list, "duplicate-wire",
                "segment 3 of wire 2 (GW, line 3) lies exactly on segment 1 "
                "of wire 1 (GW, line 2) (and in 2 more places)");
    assert_int_equal(list.line[0], 2);
}

static void test_overlap(void **state)
{
    (void)state;
    /* other cuts over the same stretch */
    heard list = lint_two(3, at(0, 0, 0), at(0, 0, 1), 1e-3, 1, at(0, 0, 0.4), at(0, 0, 2), 1e-3);
    assert_only(&list, "wires-overlap", "share 0.6 m of their axes");
    assert_int_equal(list.severity[0], ALICORN_ERROR);
    /* folded back from a joint */
    list = lint_two(1, at(0, 0, 0), at(1, 0, 0), 1e-3, 1, at(0, 0, 0), at(0.7, 0, 0), 1e-3);
    assert_only(&list, "wires-overlap", "share 0.7 m");
    /* end to end is fine */
    list = lint_two(3, at(0, 0, 0), at(0, 0, 1), 1e-3, 2, at(0, 0, 1), at(0, 0, 2), 1e-3);
    assert_silent(&list);
}

static void test_crossing(void **state)
{
    (void)state;
    heard list =
        lint_two(3, at(-1, 0, 2), at(1.1, 0, 2), 1e-3, 4, at(0.1, -1, 2), at(0.1, 1.1, 2), 1e-3);
    assert_only(&list, "wires-cross",
                "segment 2 of wire 1 (GW, line 2) crosses segment 2 of wire 2 (GW, line 3) at "
                "(0.1, 0, 2) m without a joint");
    /* a joint where both have a segment end */
    list = lint_two(2, at(-1, 0, 2), at(1, 0, 2), 1e-3, 2, at(0, -1, 2), at(0, 1, 2), 1e-3);
    assert_silent(&list);
    /* well above each other */
    list = lint_two(3, at(-1, 0, 2), at(1.1, 0, 2), 1e-3, 4, at(0.1, -1, 2.0021),
                    at(0.1, 1.1, 2.0021), 1e-3);
    assert_silent(&list);
    /* surfaces meet */
    list = lint_two(3, at(-1, 0, 2), at(1.1, 0, 2), 1e-3, 4, at(0.1, -1, 2.0019),
                    at(0.1, 1.1, 2.0019), 1e-3);
    assert_only(&list, "wires-nearly-touch", "0.0019 m away");
}

static void test_end_on_middle(void **state)
{
    (void)state;
    heard list = lint_two(3, at(-1, 0, 0), at(1, 0, 0), 1e-3, 2, at(0, 0, 0), at(0, 0, 1), 1e-3);
    assert_only(
        &list, "end-touches-middle",
        "segment 1 of wire 2 (GW, line 3) ends at (0, 0, 0) m on the middle of segment 2 of "
        "wire 1 (GW, line 2)");
    list = lint_two(2, at(-1, 0, 0), at(1, 0, 0), 1e-3, 2, at(0, 0, 0), at(0, 0, 1), 1e-3);
    assert_silent(&list);
}

static void test_missed_joint(void **state)
{
    (void)state;
    /* 2 mm beside: outside the tolerance of 1 mm, far inside 1 % of a segment */
    heard list = lint_two(1, at(0, 0, 0), at(1, 0, 0), 5e-4, 1, at(1, 0.002, 0), at(1, 1, 1), 5e-4);
    assert_only(&list, "wires-nearly-touch", "ends beside the end of");
    /* an end on the middle, but 3 mm from the end: it was meant to meet that (rounded coordinates)
     */
    list = lint_two(1, at(0, 0, 0), at(1, 0, 0), 5e-4, 1, at(0.997, 0, 0), at(1, 1, 1), 5e-4);
    assert_only(&list, "wires-nearly-touch", "ends beside the end of");
    /* 20 mm: an insulator */
    list = lint_two(1, at(0, 0, 0), at(1, 0, 0), 5e-4, 1, at(1, 0.02, 0), at(1, 1, 1), 5e-4);
    assert_silent(&list);
    /* joined only to the skin of a thick mast */
    list = lint_two(5, at(0, 0, 0), at(0, 0, 1), 0.04, 4, at(0.04, 0, 0.5), at(1, 0, 0.5), 1e-3);
    assert_only(&list, "wires-nearly-touch", "ends beside segment 3 of wire 1");
}

static void test_bends_of_one_wire_are_no_neighbours(void **state)
{
    (void)state;
    /* hairpins and sharp bends of thick wire: what is near around a joint is the joint */
    for (int degrees = 20; degrees < 180; degrees += 20) {
        double angle = degrees * 3.14159265358979 / 180.0, length = 4.0;
        heard list = lint_two(20, at(length, 0, 0), at(0, 0, 0), 0.03, 20, at(0, 0, 0),
                              at(length * cos(angle), length * sin(angle), 0), 0.03);
        assert_silent(&list);
    }
    /* helix of 8 turns, pitch 40 radii, short thick segments */
    ali_model *model = ali_model_create();
    ali_vec3 point[161];
    double radius[160];
    for (int i = 0; i <= 160; i++) {
        double angle = i * 3.14159265358979 / 10.0;
        point[i] = at(cos(angle), sin(angle), 0.4 * i / 20.0);
        radius[i < 160 ? i : 0] = 0.01;
    }
    ali_model_add_wire(model, 1, 160, point, radius, (ali_origin){.line = 2, .card = "GH"}, NULL);
    ask(model, 80, ALI_GROUND_NONE, false);
    heard list = lint(model);
    assert_silent(&list);
    /* the same with a pitch below the wire's diameter: the turns lie in each other */
    model = ali_model_create();
    for (int i = 0; i <= 160; i++)
        point[i].z = 0.018 * i / 20.0;
    ali_model_add_wire(model, 1, 160, point, radius, (ali_origin){.line = 2, .card = "GH"}, NULL);
    ask(model, 80, ALI_GROUND_NONE, false);
    list = lint(model);
    assert_only(&list, "wires-nearly-touch",
                "wire 1 (GH, line 2) and wire 1 (GH, line 2) run 0.018 m");
}

/** Exact: line impedance by acosh against the logarithm of uniform currents. */
static void test_close_parallel_wires(void **state)
{
    (void)state;
    const struct {
        double spacing, radius[2];
        bool found;
    } cases[] = {
        {3.0e-3, {1e-3, 1e-3}, true},    /* log(9)/acosh(3.5) - 1 = 14 % */
        {5.4e-3, {1e-3, 1e-3}, true},    /* 2.2 % */
        {5.8e-3, {1e-3, 1e-3}, false},   /* 1.8 % */
        {20e-3, {10e-3, 0.1e-3}, true},  /* 5.1 % */
        {28e-3, {10e-3, 0.1e-3}, true},  /* 2.1 % */
        {30e-3, {10e-3, 0.1e-3}, false}, /* 1.8 % */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double s = cases[i].spacing, a = cases[i].radius[0], b = cases[i].radius[1];
        double error = log(s * s / (a * b)) / acosh((s * s - a * a - b * b) / (2 * a * b)) - 1.0;
        assert_int_equal(error > 0.02, cases[i].found);
        heard list =
            lint_two(20, at(0, 0, 0), at(1, 0, 0), a, 20, at(0.02, s, 0), at(1.02, s, 0), b);
        if (cases[i].found) {
            char part[32];
            snprintf(part, sizeof part, "comes out %.2g %% too high", 100.0 * error);
            assert_only(&list, "spacing-too-small", part);
        } else {
            assert_silent(&list);
        }
    }
}

static void test_many_alike_are_folded(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    for (int i = 0; i < 5; i++)
        wire(model, 1, i, -0.5, 0, i, 4.5, 0, 1e-3);
    for (int i = 0; i < 5; i++)
        wire(model, 1, -0.5, i, 0, 4.5, i, 0, 1e-3);
    ask(model, ALI_NONE, ALI_GROUND_NONE, false);
    model->tasks[0].frequencies[0] = 3e6;
    heard list = lint(model);
    assert_only(&list, "wires-cross", "; and 24 more like this");
    /* copies of one card are one finding even if they are few */
    model = ali_model_create();
    for (int i = 0; i < 3; i++) {
        wire(model, 1, 10.0 * i, 0, 0, 10.0 * i + 2, 0, 0, 1e-3);
        wire(model, 1, 10.0 * i + 1, -1, 0, 10.0 * i + 1, 1, 0, 1e-3);
    }
    for (size_t w = 0; w < model->wire_count; w++)
        model->wires[w].origin.line = 2 + (int)(w % 2);
    ask(model, ALI_NONE, ALI_GROUND_NONE, false);
    list = lint(model);
    assert_only(&list, "wires-cross", "; and 2 more like this");
}

/** Lattice of 70 by 70 squares, one wire of one segment per edge: 9,940 wires. */
static void test_large_grid_is_silent_and_fast(void **state)
{
    (void)state;
    enum { N = 70 };
    ali_model *model = ali_model_create();
    for (int i = 0; i <= N; i++)
        for (int j = 0; j < N; j++) {
            wire(model, 1, 0, 0.1 * i, 0.1 * j, 0, 0.1 * i, 0.1 * (j + 1), 0.1 / 6.2832);
            wire(model, 1, 0, 0.1 * j, 0.1 * i, 0, 0.1 * (j + 1), 0.1 * i, 0.1 / 6.2832);
        }
    ask(model, ALI_NONE, ALI_GROUND_NONE, false);
    clock_t start = clock();
    heard list = lint(model);
    assert_silent(&list);
    assert_true((double)(clock() - start) < 2.0 * CLOCKS_PER_SEC);
}

/* ---- ground ---- */

static heard lint_over_ground(ali_vec3 start, ali_vec3 end, double radius, ali_ground_kind kind,
                              bool connect)
{
    ali_model *model = ali_model_create();
    wire_at(model, 5, start, end, radius);
    ask(model, ALI_NONE, kind, connect);
    return lint(model);
}

static void test_places_over_ground(void **state)
{
    (void)state;
    heard list = lint_over_ground(at(0, 0, 0), at(0, 0, 2.5), 1e-3, ALI_GROUND_PEC, true);
    assert_silent(&list);
    list = lint_over_ground(at(0, 0, -0.1), at(0, 0, 2.5), 1e-3, ALI_GROUND_PEC, true);
    assert_only(&list, "below-ground", "z = -0.1 m");
    list = lint_over_ground(at(0, 0, -0.1), at(0, 0, 2.5), 1e-3, ALI_GROUND_NONE, false);
    assert_silent(&list);
    list = lint_over_ground(at(0, 0, 0), at(2, 0, 0), 1e-3, ALI_GROUND_PEC, true);
    assert_only(&list, "in-ground-plane", "segment 1 of wire 1");
    list = lint_over_ground(at(0, 0, 0.009), at(2, 0, 0.009), 1e-2, ALI_GROUND_PEC, true);
    assert_only(&list, "near-ground", "less than its radius, 0.01 m");
    list = lint_over_ground(at(0, 0, 0.011), at(2, 0, 0.011), 1e-2, ALI_GROUND_PEC, true);
    assert_silent(&list);
    list = lint_over_ground(at(0, 0, 0.002), at(0, 0, 2.5), 1e-3, ALI_GROUND_PEC, true);
    assert_only(&list, "misses-ground", "it connects within 0.0005 m");
    list = lint_over_ground(at(0, 0, 0.02), at(0, 0, 2.5), 1e-3, ALI_GROUND_PEC, true);
    assert_silent(&list);
}

static void test_ground_contradictions(void **state)
{
    (void)state;
    heard list = lint_over_ground(at(0, 0, 0), at(0, 0, 2.5), 1e-3, ALI_GROUND_NONE, true);
    assert_only(&list, "ground-contradiction",
                "no GN card stands before the calculation (XQ, line 30)");
    assert_int_equal(list.line[0], 30);
    list = lint_over_ground(at(0, 0, -1), at(0, 0, 2.5), 1e-3, ALI_GROUND_NONE, true);
    assert_only(&list, "ground-contradiction", "NEC-2 refuses that");
    list = lint_over_ground(at(0, 0, 0), at(0, 0, 2.5), 1e-3, ALI_GROUND_PEC, false);
    assert_only(&list, "ground-contradiction", "GE 0 connects nothing");
    list = lint_over_ground(at(0, 0, 5), at(0, 0, 7.5), 1e-3, ALI_GROUND_PEC, false);
    assert_silent(&list);
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
    ask(model, ALI_NONE, ALI_GROUND_PEC, false)->ground.current_to_zero = true;
    list = lint(model);
    assert_silent(&list); /* GE -1 */
}

static void test_lossy_ground(void **state)
{
    (void)state;
    heard list = lint_over_ground(at(0, 0, 0), at(0, 0, 2.5), 1e-3, ALI_GROUND_REFLECTION, true);
    assert_only(&list, "lossy-joint", NULL);
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
    ali_task *task = ask(model, ALI_NONE, ALI_GROUND_REFLECTION, true);
    task->ground.radial_count = 32;
    task->ground.radial_length = 2.0;
    list = lint(model);
    assert_silent(&list);
    /* 30 MHz: 0.15 wavelengths are 1.499 m */
    list = lint_over_ground(at(0, 0, 1.49), at(5, 0, 1.49), 1e-3, ALI_GROUND_REFLECTION, true);
    assert_only(&list, "low-over-ground", "0.15 wavelengths");
    list = lint_over_ground(at(0, 0, 1.51), at(5, 0, 1.51), 1e-3, ALI_GROUND_REFLECTION, true);
    assert_silent(&list);
    list = lint_over_ground(at(0, 0, 0.1), at(5, 0, 0.1), 1e-3, ALI_GROUND_SOMMERFELD, true);
    assert_silent(&list);
}

/** 13 - 3j at 30 MHz: a disc of 1 mm meets it with 1/(4 (eps + 1) j omega eps0 a). */
static void test_contact_with_soil(void **state)
{
    (void)state;
    heard list = lint_over_ground(at(0, 0, 0), at(0, 0, 2.5), 1e-3, ALI_GROUND_SOMMERFELD, true);
    assert_only(&list, "ground-contact",
                "a disc of 0.001 m radius, would have 2.19e+03 - j1.02e+04 ohm at 30 MHz");
    assert_non_null(strstr(list.message[0], "segment 1 of wire 1"));
    list = lint_over_ground(at(0, 0, 0), at(0, 0, 2.5), 1e-3, ALI_GROUND_SOMMERFELD, false);
    assert_only(&list, "ground-contradiction", "GE 0 connects nothing");

    ali_model *model = ali_model_create(); /* wide in the sea: half an ohm */
    wire(model, 2, 0, 0, 0, 0, 0, 2.5, 0.1);
    ask(model, ALI_NONE, ALI_GROUND_SOMMERFELD, true)->ground.medium =
        (ali_medium){.eps_r = 80.0, .sigma = 5.0};
    list = lint(model);
    assert_silent(&list);

    model = ali_model_create(); /* radials on the ground, or a rod, are the contact */
    wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
    wire(model, 5, 0, 0, 0, 0, 0, -1.0, 1e-3);
    ask(model, ALI_NONE, ALI_GROUND_SOMMERFELD, true);
    list = lint(model);
    assert_only(&list, "wire-in-ground", "with GE 1, too, where NEC-4 wants GE -1");
}

static void test_wires_in_soil(void **state)
{
    (void)state;
    heard list = lint_over_ground(at(0, 0, -1), at(0, 0, 2.5), 1e-3, ALI_GROUND_SOMMERFELD, false);
    assert_only(&list, "wire-in-ground", "lies below the ground");
    assert_null(strstr(list.message[0], "NEC-4"));
    list = lint_over_ground(at(0, 0, 0), at(2, 0, 0), 1e-3, ALI_GROUND_SOMMERFELD, true);
    assert_only(&list, "wire-in-ground", "lies on the ground");
    /* a segment of 2 m is not put into z = 0 from two millimetres, as over a mirror */
    list = lint_over_ground(at(0, 0, 0.002), at(10, 0, 0.002), 1e-3, ALI_GROUND_SOMMERFELD, true);
    assert_silent(&list);
    list = lint_over_ground(at(0, 0, 0.002), at(10, 0, 0.002), 3e-3, ALI_GROUND_SOMMERFELD, true);
    assert_only(&list, "near-ground", "comes within 0.002 m");
    list = lint_over_ground(at(0, 0, 0.002), at(0, 0, 2.5), 1e-3, ALI_GROUND_SOMMERFELD, true);
    assert_only(&list, "misses-ground", "it connects within 0.0005 m");
    /* |k2| = 0.6288 sqrt|13 - 3j| = 2.30 */
    list = lint_over_ground(at(0, 0, -3), at(5, 0, -3), 0.129, ALI_GROUND_SOMMERFELD, true);
    assert_only(&list, "wire-in-ground", NULL);
    list = lint_over_ground(at(0, 0, -3), at(5, 0, -3), 0.132, ALI_GROUND_SOMMERFELD, true);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.name[1], "thick-in-ground");
    assert_non_null(strstr(list.message[1], "expected at most 0.3, a radius of 0.131 m"));

    ali_model *model = ali_model_create(); /* a task over a mirror makes it one */
    wire(model, 5, 0, 0, -1, 0, 0, 2.5, 1e-3);
    ask(model, ALI_NONE, ALI_GROUND_SOMMERFELD, true);
    ask(model, ALI_NONE, ALI_GROUND_REFLECTION, true);
    list = lint(model);
    assert_string_equal(list.name[0], "below-ground");
}

/* ---- tasks ---- */

static void test_sources_on_open_ends(void **state)
{
    (void)state;
    for (size_t segment = 0; segment < 5; segment++) {
        ali_model *model = ali_model_create();
        wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
        ask(model, segment, ALI_GROUND_PEC, true);
        heard list = lint(model);
        if (segment == 4) {
            assert_only(&list, "on-open-end",
                        "the source (EX, line 21) drives segment 5 of wire 1 "
                        "(GW, line 2), whose end at (0, 0, 2.5) m is open");
            assert_int_equal(list.line[0], 21);
        } else {
            assert_silent(&list);
        }
    }
    /* a source at the inner end of the last segment is well placed */
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
    ask(model, 4, ALI_GROUND_PEC, true)->drive.sources[0].kind = ALI_SOURCE_SEGMENT_END;
    heard list = lint(model);
    assert_silent(&list);
    model = ali_model_create();
    wire(model, 1, 0, 0, 1, 0, 0, 1.5, 1e-3);
    ask(model, 0, ALI_GROUND_NONE, true);
    list = lint(model);
    assert_only(&list, "on-open-end", "a single segment with two open ends");
}

static void test_sources_twice_zero_and_duplicate(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
    wire(model, 1, 0, 0, 1, 0, 0, 1.5, 1e-3); /* on segment 3 of the first */
    ali_task *task = ask(model, 5, ALI_GROUND_PEC, true);
    ali_source *sources = realloc(task->drive.sources, 2 * sizeof *sources);
    sources[0].voltage = 0.0;
    sources[1] = sources[0];
    sources[1].origin.line = 22;
    task->drive.sources = sources;
    task->drive.source_count = 2;
    heard list = lint(model);
    const char *expected[] = {"duplicate-wire", "on-duplicate", "source-zero", "on-duplicate",
                              "source-twice"};
    assert_int_equal(list.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(list.name[i], expected[i]);
}

static void test_loads(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
    ali_task *task = ask(model, 0, ALI_GROUND_PEC, true);
    task->load_count = 6;
    task->loads = calloc(task->load_count, sizeof *task->loads);
    const ali_load loads[] = {
        {ALI_LOAD_CONDUCTIVITY, 0, 4, {5.8e7, 0, 0}, {31, 0, "LD"}},
        {ALI_LOAD_CONDUCTIVITY, 2, 3, {5.8e7, 0, 0}, {32, 0, "LD"}},
        {ALI_LOAD_SERIES_RLC, 1, 1, {0, 1e-6, 0}, {33, 0, "LD"}},
        {ALI_LOAD_SERIES_RLC, 2, 2, {0, 0, 0}, {34, 0, "LD"}},
        {ALI_LOAD_IMPEDANCE, 1, 1, {-50, 0, 0}, {35, 0, "LD"}},
        {ALI_LOAD_IMPEDANCE, 4, 4, {50, 0, 0}, {36, 0, "LD"}},
    };
    memcpy(task->loads, loads, sizeof loads);
    heard list = lint(model);
    const char *expected[] = {"load-twice", "load-empty", "load-negative", "on-open-end"};
    const int line[] = {32, 34, 35, 36};
    assert_int_equal(list.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(list.name[i], expected[i]);
        assert_int_equal(list.line[i], line[i]);
    }
}

static void test_networks(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
    wire(model, 1, 9, 9, 9, 9, 9, 9.01, 1e-3); /* a terminal in space, driven through a line */
    ali_task *task = ask(model, 5, ALI_GROUND_PEC, true);
    const ali_network networks[] = {
        {.kind = ALI_NETWORK_LINE, .segment = {5, 0}, .z0 = 50, .origin = {31, 0, "TL"}},
        {.kind = ALI_NETWORK_LINE, .segment = {1, 1}, .z0 = 50, .origin = {32, 0, "TL"}},
        {.kind = ALI_NETWORK_ADMITTANCE, .segment = {1, 4}, .y12 = 1, .origin = {33, 0, "NT"}},
    };
    task->network_count = 3;
    task->networks = calloc(3, sizeof *networks);
    memcpy(task->networks, networks, sizeof networks);
    heard list = lint(model);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.name[0], "network-same-segment");
    assert_int_equal(list.line[0], 32);
    assert_string_equal(list.name[1], "on-open-end");
    assert_int_equal(list.line[1], 33);
}

static void test_empty_tasks(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    heard list = lint(model);
    assert_only(&list, "no-task", NULL);
    model = ali_model_create();
    wire(model, 5, 0, 0, 0, 0, 0, 2.5, 1e-3);
    ali_task *task = ask(model, ALI_NONE, ALI_GROUND_NONE, false);
    task->frequency_count = 0;
    task->drive.kind = ALI_DRIVE_NONE;
    list = lint(model);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.name[0], "no-frequency");
    assert_string_equal(list.name[1], "no-source");
}

/** A deck may hold several structures, one after the other. */
static void test_every_job_is_looked_at(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 1, 0, 0, 2.5, 1e-3);
    ask(model, 2, ALI_GROUND_NONE, false);
    model->next = ali_model_create();
    wire(model->next, 5, 0, 0, 1, 0, 0, 2.5, 1e-3);
    ask(model->next, 4, ALI_GROUND_NONE, false);
    heard list = lint(model);
    assert_only(&list, "on-open-end", NULL);
}

static void test_tasks_do_not_repeat_findings(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 1, 0, 0, 2.5, 1e-3);
    for (int i = 0; i < 3; i++)
        ask(model, 4, ALI_GROUND_NONE, false);
    heard list = lint(model);
    assert_only(&list, "on-open-end", NULL);
}

/* ---- names ---- */

static void test_switching_off(void **state)
{
    (void)state;
    const char *off[] = {"on-open-end", NULL}, *unknown[] = {"on-open-end", "wires-crossed", NULL};
    ali_model *model = ali_model_create();
    wire(model, 5, 0, 0, 1, 0, 0, 2.5, 1e-3);
    ask(model, 4, ALI_GROUND_NONE, false);
    heard list = {0};
    size_t count = 7;
    alicorn_error error = {0};
    assert_int_equal(alicorn_model_lint(model, off, hear, &list, &count, &error), ALICORN_OK);
    assert_int_equal(count, 0);
    assert_int_equal(list.count, 0);
    assert_int_equal(alicorn_model_lint(model, NULL, NULL, NULL, &count, NULL), ALICORN_OK);
    assert_int_equal(count, 1);
    assert_int_equal(alicorn_model_lint(model, unknown, hear, &list, &count, &error),
                     ALICORN_E_USAGE);
    assert_int_equal(count, 0);
    assert_non_null(strstr(error.message, "wires-crossed"));
    ali_model_destroy(model);
}

/** docs/lint.md has one heading per finding, in the table's order, with its severity. */
static void test_manual_matches_the_table(void **state)
{
    (void)state;
    static const char *const severity[] = {"note", "warning", "error"};
    char path[1024], line[4096];
    snprintf(path, sizeof path, "%s", __FILE__);
    char *slash = strrchr(path, '/');
    assert_non_null(slash);
    snprintf(slash, sizeof path - (size_t)(slash - path), "/../../docs/lint.md");
    FILE *manual = fopen(path, "r");
    if (!manual)
        fail_msg("%s cannot be read", path);
    size_t next = 0;
    while (fgets(line, sizeof line, manual)) {
        char name[64], level[16];
        if (sscanf(line, "### `%63[a-z-]` (%15[a-z])", name, level) != 2)
            continue;
        assert_true(next < ALI_LINT_KIND_COUNT);
        assert_string_equal(name, ali_lint_descriptions[next].name);
        assert_string_equal(level, severity[ali_lint_descriptions[next].severity]);
        next++;
    }
    fclose(manual);
    assert_int_equal(next, ALI_LINT_KIND_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closest_approach),
        cmocka_unit_test(test_good_dipole_is_silent),
        cmocka_unit_test(test_zero_length_and_no_radius),
        cmocka_unit_test(test_wavelength_limits),
        cmocka_unit_test(test_thick_segments_at_bends),
        cmocka_unit_test(test_fine_segments_of_a_straight_wire_are_a_note),
        cmocka_unit_test(test_steps_along_a_wire),
        cmocka_unit_test(test_duplicate_wire),
        cmocka_unit_test(test_overlap),
        cmocka_unit_test(test_crossing),
        cmocka_unit_test(test_end_on_middle),
        cmocka_unit_test(test_missed_joint),
        cmocka_unit_test(test_bends_of_one_wire_are_no_neighbours),
        cmocka_unit_test(test_close_parallel_wires),
        cmocka_unit_test(test_many_alike_are_folded),
        cmocka_unit_test(test_large_grid_is_silent_and_fast),
        cmocka_unit_test(test_places_over_ground),
        cmocka_unit_test(test_ground_contradictions),
        cmocka_unit_test(test_lossy_ground),
        cmocka_unit_test(test_contact_with_soil),
        cmocka_unit_test(test_wires_in_soil),
        cmocka_unit_test(test_sources_on_open_ends),
        cmocka_unit_test(test_sources_twice_zero_and_duplicate),
        cmocka_unit_test(test_loads),
        cmocka_unit_test(test_networks),
        cmocka_unit_test(test_empty_tasks),
        cmocka_unit_test(test_every_job_is_looked_at),
        cmocka_unit_test(test_tasks_do_not_repeat_findings),
        cmocka_unit_test(test_switching_off),
        cmocka_unit_test(test_manual_matches_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
