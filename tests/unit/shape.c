/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Shapes as geometry, without gmsh: distances against sampled surfaces, areas and volumes against
 *  Monte Carlo, the sides of sheets, points snapped to edges, programs. */

#include "assert_close.h"
#include "base/constants.h"
#include "random.h"
#include "shape/form.h"
#include "shape/nearest.h"
#include "shape/program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double vase[][2] = {{0, 0}, {0.5, 0}, {0.3, 1}, {0.4, 1.1}, {0, 1.2}};
static const double ring[][2] = {{1, 0}, {1.2, 0}, {1.2, 0.5}, {1, 0.5}, {1, 0}};
static const double wall[][2] = {{0.6, 0}, {0.5, 2}};
static const double angle[][2] = {{0, 0}, {1, 0}, {1, 0.3}, {0.3, 0.3}, {0.3, 1}, {0, 1}};

/** One of each, turned, shifted, scaled and every second one mirrored. */
static size_t make_shapes(ali_shape shapes[16])
{
    static const ali_shape all[] = {
        {.kind = ALI_SHAPE_CYLINDER, .radius = 0.5, .height = 2},
        {.kind = ALI_SHAPE_CYLINDER, .radius = 0.5, .height = 2, .open = true},
        {.kind = ALI_SHAPE_CONE, .radius = 0.5, .top_radius = 0.2, .height = 1},
        {.kind = ALI_SHAPE_CONE, .radius = 0.5, .height = 1},
        {.kind = ALI_SHAPE_SPHERE, .radius = 0.7},
        {.kind = ALI_SHAPE_BOX, .size = {1, 2, 0.5}},
        {.kind = ALI_SHAPE_PLATE, .size = {1, 2, 0}},
        {.kind = ALI_SHAPE_DISC, .radius = 1, .inner_radius = 0.3},
        {.kind = ALI_SHAPE_TORUS, .radius = 1, .tube_radius = 0.3},
        {.kind = ALI_SHAPE_REVOLVE, .profile_count = 5, .profile = vase},
        {.kind = ALI_SHAPE_REVOLVE, .profile_count = 2, .profile = wall},
        {.kind = ALI_SHAPE_EXTRUDE, .height = 0.4, .profile_count = 6, .profile = angle},
        {.kind = ALI_SHAPE_EXTRUDE,
         .height = 0.4,
         .profile_count = 6,
         .profile = angle,
         .open = true},
        {.kind = ALI_SHAPE_REVOLVE, .profile_count = 5, .profile = ring},
    };
    size_t count = sizeof all / sizeof all[0];
    for (size_t i = 0; i < count; i++) {
        ali_placement size = ali_placement_scale(i % 2 ? -1.5 : 1.5);
        ali_placement turn = ali_placement_rotation((ali_vec3){1, (double)i, -2}, 0.4 + (double)i);
        shapes[i] = all[i];
        shapes[i].placement = ali_placement_compose(&turn, &size);
        shapes[i].placement.shift = (ali_vec3){3, -2, 1};
        shapes[i].longest_edge = 1;
        shapes[i].line = 7;
    }
    return count;
}

static void make_form(const ali_shape *shape, ali_form *form)
{
    alicorn_error error = {0};
    if (ali_form_make(shape, form, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
}

/** In a cube around the form. */
static ali_vec3 random_point(const ali_form *form, double *side, uint64_t *state)
{
    ali_vec3 centre;
    double radius, half;
    assert_true(ali_form_cylinder(form, &centre, &radius, &half));
    *side = 2.2 * hypot(radius, half);
    return (ali_vec3){centre.x + *side / 2 * next_random(state),
                      centre.y + *side / 2 * next_random(state),
                      centre.z + *side / 2 * next_random(state)};
}

/** |distance| is that of the nearest point, which is on the surface; nothing is nearer along a
 * random walk: the distance changes by no more than the step. */
static void test_distances(void **state)
{
    (void)state;
    ali_shape shapes[16];
    size_t count = make_shapes(shapes);
    uint64_t random = 1;
    for (size_t i = 0; i < count; i++) {
        ali_form form;
        make_form(&shapes[i], &form);
        for (int k = 0; k < 2000; k++) {
            double side;
            ali_vec3 at, foot, p = random_point(&form, &side, &random);
            ali_vec3 q =
                ali_vec3_axpy(p, 0.1, ali_vec3_sub(random_point(&form, &side, &random), p));
            double distance = ali_form_distance(&form, p, &at);
            assert_close(ali_vec3_distance(p, at), fabs(distance), 1e-12);
            assert_close(ali_form_distance(&form, at, &foot), 0, 1e-12);
            double step = ali_vec3_distance(p, q), other = ali_form_distance(&form, q, NULL);
            assert_true(fabs(fabs(other) - fabs(distance)) <= step + 1e-12);
            if (form.solid)
                assert_true(fabs(other - distance) <= step + 1e-12);
        }
        ali_form_clear(&form);
    }
}

/** The volume is that of the points at negative distance; the area that of a thin layer around the
 *  surface over its thickness, but for the rims of sheets and edges, which are second order. */
static void test_area_and_volume(void **state)
{
    (void)state;
    ali_shape shapes[16];
    size_t count = make_shapes(shapes);
    uint64_t random = 2;
    const int samples = 200000;
    for (size_t i = 0; i < count; i++) {
        ali_form form;
        double side, inside = 0, near = 0;
        make_form(&shapes[i], &form);
        const double layer = 0.02;
        for (int k = 0; k < samples; k++) {
            double d = ali_form_distance(&form, random_point(&form, &side, &random), NULL);
            inside += d < 0;
            near += fabs(d) < layer;
        }
        double cube = side * side * side, area = ali_form_area(&form);
        double area_deviation = sqrt(near) * cube / samples / (2 * layer);
        assert_close(near * cube / samples / (2 * layer), area, 4 * area_deviation + 0.02 * area);
        if (form.solid)
            assert_close(inside * cube / samples, ali_form_volume(&form),
                         4 * sqrt(inside) * cube / samples);
        else
            assert_close(ali_form_volume(&form), 0, 0);
        ali_form_clear(&form);
    }
}

/** Sheets have their front where the header says. */
static void test_sides(void **state)
{
    (void)state;
    ali_shape shapes[16];
    make_shapes(shapes);
    for (size_t i = 0; i < 16; i++)
        shapes[i].placement = ali_placement_identity();
    const struct {
        size_t shape;
        ali_vec3 point;
        double distance;
    } cases[] = {
        {1, {0.6, 0, 1}, 0.1},      {1, {0.4, 0, 1}, -0.1},      {6, {0.1, 0.3, 0.2}, 0.2},
        {6, {0.1, 0.3, -.2}, -.2},  {7, {0.5, 0, 0.1}, 0.1},     {7, {0.5, 0, -0.1}, -0.1},
        {7, {0, 0, 0}, 0.3},        {10, {2, 0, 0}, 1.4},        {12, {0.6, -0.1, 0.2}, 0.1},
        {12, {0.6, 0.1, 0.2}, -.1}, {11, {0.6, 0.15, 0.1}, -.1}, {0, {0.1, 0, 1.9}, -0.1},
        {0, {0.8, 0, 2.4}, 0.5},    {8, {1, 0, 0}, -0.3},        {8, {0, 0, 0}, 0.7},
        {4, {0, 0, 0}, -0.7},       {5, {1.3, 2.4, 0.25}, 0.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ali_form form;
        make_form(&shapes[cases[i].shape], &form);
        double distance = ali_form_distance(&form, cases[i].point, NULL);
        double wanted = cases[i].distance;
        if (cases[i].shape == 7 && i == 6) /* in the hole, neither in front nor behind */
            distance = fabs(distance);
        assert_close(distance, wanted, 1e-12);
        ali_form_clear(&form);
    }
}

static void test_snap(void **state)
{
    (void)state;
    ali_shape shapes[16];
    make_shapes(shapes);
    for (size_t i = 0; i < 16; i++)
        shapes[i].placement = ali_placement_identity();
    const double e = 1e-4;
    const struct {
        size_t shape;
        ali_vec3 point, wanted;
    } cases[] = {
        {0, {0.5 - e / 2, 0, 2}, {0.5, 0, 2}}, {0, {0.3, 0.4, 1}, {0.3, 0.4, 1}},
        {5, {e / 2, 1, 0.5}, {0, 1, 0.5}},     {5, {0, 2 - e / 2, 0.5 - e / 2}, {0, 2, 0.5}},
        {5, {0, 0, 0.2}, {0, 0, 0.2}},         {6, {0.5 - e / 2, 0.3, 0}, {0.5, 0.3, 0}},
        {7, {0, 0.3 + e / 2, 0}, {0, 0.3, 0}}, {8, {0, 1.3, e / 2}, {0, 1.3, 0}},
        {4, {0.7, 0, 0}, {0.7, 0, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ali_form form;
        make_form(&shapes[cases[i].shape], &form);
        ali_vec3 at = ali_form_snap(&form, cases[i].point, e);
        assert_close(ali_vec3_distance(at, cases[i].wanted), 0, 1e-14);
        ali_form_clear(&form);
    }
}

/** A gap is what a chord lacks: r (1 - cos) for two points of a circle. */
static void test_gaps(void **state)
{
    (void)state;
    ali_shape shapes[16];
    make_shapes(shapes);
    const size_t round[] = {0, 2, 4, 8, 9};
    for (size_t i = 0; i < 5; i++) {
        ali_form form;
        ali_vec3 direction;
        shapes[round[i]].placement = ali_placement_shift((ali_vec3){1, 2, 3});
        make_form(&shapes[round[i]], &form);
        double z = round[i] == 4 || round[i] == 8 ? 0 : 0.5;
        double rho = (const double[]){0.5, 0.35, 0.7, 1.3, 0.4}[i], step = 0.3;
        ali_vec3 a = ali_form_point(&form, rho, 0, z);
        ali_vec3 b = ali_form_point(&form, rho * cos(step), rho * sin(step), z);
        const ali_vec3 four[] = {a, b, ali_form_point(&form, rho, 0, z + 1e-3), a};
        size_t part = ali_form_part(&form, 3, four, 1e-6);
        assert_true(part != ALI_FORM_FLAT);
        ali_vec3 middle = ali_vec3_scale(0.5, ali_vec3_add(a, b));
        double gap = ali_form_gap(&form, part, middle, &direction);
        assert_close(gap, rho * (1 - cos(step / 2)), 1e-12);
        assert_close(ali_vec3_norm(direction), 1, 1e-12);
        ali_vec3 there = ali_vec3_axpy(middle, gap, direction);
        assert_close(ali_form_distance(&form, there, NULL), 0, 1e-12);
        ali_form_clear(&form);
    }
}

/** A triangulated cube, against the exact one. */
static void test_nearest(void **state)
{
    (void)state;
    ali_triangulation cube = {0};
    for (int i = 0; i < 8; i++)
        assert_int_equal(
            ali_triangulation_add_vertex(&cube, (ali_vec3){i & 1, i >> 1 & 1, i >> 2}, NULL), 0);
    const size_t sides[6][4] = {{0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4},
                                {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}};
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 2; k++) {
            const size_t corner[] = {sides[i][0], sides[i][1 + k], sides[i][2 + k]};
            assert_int_equal(ali_triangulation_add_triangle(&cube, corner, 1, NULL), 0);
        }
    ali_shape box = {.kind = ALI_SHAPE_BOX,
                     .size = {1, 1, 1},
                     .longest_edge = 1,
                     .placement = ali_placement_identity()};
    ali_form form, file = {.kind = ALI_FORM_FILE, .surface = &cube};
    uint64_t random = 3;
    make_form(&box, &form);
    for (int k = 0; k < 2000; k++) {
        ali_vec3 p = {2 * next_random(&random), 2 * next_random(&random), 2 * next_random(&random)};
        ali_vec3 at;
        assert_close(ali_form_distance(&file, p, &at), ali_form_distance(&form, p, NULL), 1e-12);
        assert_close(ali_vec3_distance(p, at), fabs(ali_form_distance(&form, p, NULL)), 1e-12);
    }
    ali_form_clear(&form);
    ali_triangulation_clear(&cube);
}

/** Triangle counts are right within a third for equilateral meshes of known ones. */
static void test_counts(void **state)
{
    (void)state;
    ali_shape plate = {.kind = ALI_SHAPE_PLATE,
                       .size = {1, 1, 0},
                       .longest_edge = 1,
                       .placement = ali_placement_identity()};
    ali_form form;
    make_form(&plate, &form);
    assert_close(ali_form_triangles(&form, 0.1, 1), 231, 1);
    ali_form_clear(&form);
    ali_shape cylinder = {.kind = ALI_SHAPE_CYLINDER,
                          .radius = 0.01,
                          .height = 1,
                          .longest_edge = 1,
                          .placement = ali_placement_identity()};
    make_form(&cylinder, &form);
    double edge = 0.01 * ALI_PI / 6; /* curvature decides */
    assert_close(ali_form_triangles(&form, 0.1, ALI_PI / 6),
                 2 * ALI_PI * 0.01 / (0.433 * edge * edge), 10);
    ali_form_clear(&form);
}

/** What a program prints, its exit status and its variables. */
static void test_program(void **state)
{
    (void)state;
    char log[] = "/tmp/alicorn-program-XXXXXX", text[256] = "";
    int descriptor = mkstemp(log), status = -1;
    assert_true(descriptor >= 0);
    close(descriptor);
    const char *const arguments[] = {"sh",
                                     "-c",
                                     "echo \"$ALICORN_TEST; $1\"; echo second >&2; cat; exit 5",
                                     "name",
                                     "a b 'c' $HOME",
                                     NULL};
    const char *const settings[] = {"ALICORN_TEST=given", NULL};
    ali_program program = {
        .arguments = arguments, .settings = settings, .output = log, .timeout_s = 20};
    assert_int_equal(ali_program_run(&program, &status, NULL), ALICORN_OK);
    assert_int_equal(status, 5);
    FILE *stream = fopen(log, "r");
    text[fread(text, 1, sizeof text - 1, stream)] = '\0';
    fclose(stream);
    assert_string_equal(text, "given; a b 'c' $HOME\nsecond\n");
    alicorn_error error = {0};
    program.arguments = (const char *const[]){"/nonexistent/program", NULL};
    assert_int_equal(ali_program_run(&program, &status, &error), ALICORN_E_IO);
    assert_non_null(strstr(error.message, "No such file"));
    program.arguments = (const char *const[]){"sleep", "30", NULL};
    program.timeout_s = 0.05;
    assert_int_equal(ali_program_run(&program, &status, &error), ALICORN_E_IO);
    unlink(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distances), cmocka_unit_test(test_area_and_volume),
        cmocka_unit_test(test_sides),     cmocka_unit_test(test_snap),
        cmocka_unit_test(test_gaps),      cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_counts),    cmocka_unit_test(test_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
