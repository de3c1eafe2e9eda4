/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Findings about surfaces: each on a structure that has the trouble, and silence on one that
 *  nearly has it. */

#include "heard.h"
#include "mesh/lint.h"
#include "surface_support.h"

#include <stdint.h>

/** Lint a model under waves of 1 m, but for what tasks lack, and free it. */
static heard lint(ali_model *model)
{
    static const char *const off[] = {"no-task", "no-source", NULL};
    heard list = {0};
    alicorn_error error = {0};
    ali_task task;
    ali_task_init(&task);
    task.frequencies = calloc(1, sizeof *task.frequencies);
    assert_non_null(task.frequencies);
    task.frequencies[0] = ALI_C0;
    task.frequency_count = 1;
    if (model->task_count == 0)
        assert_int_equal(ali_model_add_task(model, &task, NULL), ALICORN_OK);
    ali_task_clear(&task);
    assert_int_equal(alicorn_model_lint(model, off, hear, &list, NULL, &error), ALICORN_OK);
    ali_model_destroy(model);
    return list;
}

/** Exactly one finding, of that name, on that line, with `part` in its message. */
static void assert_only_at(const heard *list, const char *name, int line, const char *part)
{
    assert_only(list, name, part);
    assert_int_equal(list->line[0], line);
}

/** A plate 0.4 m square in z = 0 around the origin, its vertices 0.1 m apart. */
static ali_model *plate_model(void)
{
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_plate(model, "plate", (ali_vec3){-0.2, -0.2, 0}, (ali_vec3){0.4, 0, 0},
              (ali_vec3){0, 0.4, 0}, 4, 4);
    return model;
}

static void add_whip(ali_model *model, double x, double y, double from, double radius)
{
    enum { SEGMENTS = 3 };
    ali_vec3 point[SEGMENTS + 1];
    double radii[SEGMENTS];
    for (int i = 0; i <= SEGMENTS; i++)
        point[i] = (ali_vec3){x, y, from + 0.2 * i / SEGMENTS};
    for (int i = 0; i < SEGMENTS; i++)
        radii[i] = radius;
    assert_int_equal(ali_model_add_wire(model, 1, SEGMENTS, point, radii,
                                        (ali_origin){.line = 70 + (int)model->wire_count}, NULL),
                     ALICORN_OK);
}

static void test_good_structures_are_silent(void **state)
{
    (void)state;
    ali_model *model = plate_model();
    add_whip(model, 0, 0, 0, 0.001);
    heard list = lint(model);
    assert_silent(&list);
    model = ali_model_create();
    add_sphere(model, (ali_vec3){0, 0, 0}, 0.3, 2);
    add_box(model, (ali_vec3){1, 0, 0}, (ali_vec3){0.2, 0.2, 0.2}, 2, 63);
    add_tube(model, "tube", 0.1, 2, 0.3, 8, 3, false);
    list = lint(model);
    assert_silent(&list);
}

static void test_triangles_that_cannot_be_solved(void **state)
{
    (void)state;
    ali_model *model = plate_model();
    add_plate(model, "twin", (ali_vec3){-0.2, -0.2, 0}, (ali_vec3){0.4, 0, 0},
              (ali_vec3){0, 0.4, 0}, 4, 4);
    heard list = lint(model);
    assert_only_at(&list, "bad-surface", 2, "triangle 1 of surface twin lies exactly on");
    assert_int_equal(list.severity[0], ALICORN_ERROR);

    model = plate_model();
    model->surfaces[0].electric_share = 0.5;
    list = lint(model);
    assert_only_at(&list, "bad-surface", 1, "not closed");

    model = ali_model_create();
    add_box(model, (ali_vec3){-0.1, -0.1, -0.2}, (ali_vec3){0.2, 0.2, 0.2}, 2, 63);
    for (size_t i = 0; i < model->surface_count; i++)
        model->surfaces[i].electric_share = 0.5;
    add_whip(model, 0, 0, 0, 0.001);
    list = lint(model);
    assert_only_at(&list, "bad-surface", 70, "is attached to surface top");

    model = plate_model();
    ali_task task;
    ali_task_init(&task);
    task.ground = (ali_ground){.kind = ALI_GROUND_REFLECTION, .medium = {.eps_r = 13}};
    assert_int_equal(ali_model_add_task(model, &task, NULL), ALICORN_OK);
    static const char *const off[] = {"no-source", "no-frequency", NULL};
    list = (heard){0};
    assert_int_equal(alicorn_model_lint(model, off, hear, &list, NULL, NULL), ALICORN_OK);
    ali_model_destroy(model);
    assert_true(list.count >= 1);
    assert_string_equal(list.name[0], "bad-surface");
    assert_non_null(strstr(list.message[0], "reflection coefficients"));
}

/** What a model of a box over a half-space is told; `sides` as of add_box. */
static heard lint_box_on_soil(double height, unsigned sides, ali_ground_kind kind)
{
    ali_model *model = ali_model_create();
    ali_task task;
    add_box(model, (ali_vec3){0, 0, height}, (ali_vec3){0.2, 0.2, 0.2}, 2, sides);
    ali_task_init(&task);
    task.ground = (ali_ground){.kind = kind, .connect = true, .medium = {.eps_r = 13}};
    assert_int_equal(ali_model_add_task(model, &task, NULL), ALICORN_OK);
    static const char *const off[] = {"no-source", "no-frequency", NULL};
    heard list = {0};
    assert_int_equal(alicorn_model_lint(model, off, hear, &list, NULL, NULL), ALICORN_OK);
    ali_model_destroy(model);
    return list;
}

static void test_open_on_the_ground(void **state)
{
    (void)state;
    heard list = lint_box_on_soil(0.0, 62, ALI_GROUND_SOMMERFELD);
    assert_int_equal(list.count, 4);
    for (size_t i = 0; i < list.count; i++)
        assert_string_equal(list.name[i], "rim-on-ground");
    assert_non_null(strstr(list.message[0], "closed by a plate in z = 0"));
    list = lint_box_on_soil(0.0, 63, ALI_GROUND_SOMMERFELD);
    assert_silent(&list);
    list = lint_box_on_soil(0.01, 62, ALI_GROUND_SOMMERFELD);
    assert_silent(&list);
    list = lint_box_on_soil(0.0, 62, ALI_GROUND_PEC);
    assert_silent(&list);
}

static void test_crossing_plates(void **state)
{
    (void)state;
    ali_model *model = plate_model();
    add_plate(model, "fin", (ali_vec3){-0.13, 0.03, -0.11}, (ali_vec3){0.1, 0, 0},
              (ali_vec3){0, 0, 0.2}, 1, 2);
    heard list = lint(model);
    assert_true(list.count >= 1);
    for (size_t i = 0; i < list.count; i++)
        assert_string_equal(list.name[i], "surfaces-cross");
}

static void test_long_edges(void **state)
{
    (void)state;
    ali_model *model = ali_model_create(); /* diagonals of 0.199 and 0.201 m, wavelength 1 m */
    add_plate(model, "fine", (ali_vec3){0, 0, 0}, (ali_vec3){0.1407, 0, 0},
              (ali_vec3){0, 0.1407, 0}, 1, 1);
    heard list = lint(model);
    assert_silent(&list);
    model = ali_model_create();
    add_plate(model, "coarse", (ali_vec3){0, 0, 0}, (ali_vec3){0.142, 0, 0},
              (ali_vec3){0, 0.142, 0}, 1, 1);
    list = lint(model);
    assert_only_at(
        &list, "triangle-too-long", 1,
        "triangle 1 of surface coarse has an edge of 0.201 m at (0.071, 0.071, 0) m, 0.20 "
        "wavelengths at 299.792 MHz (and 1 more triangles)");
}

/** A model at a wavelength of 1 m over a ground. */
static heard lint_over(ali_model *model, ali_ground ground)
{
    ali_task task;
    ali_task_init(&task);
    task.ground = ground;
    task.frequencies = calloc(1, sizeof *task.frequencies);
    assert_non_null(task.frequencies);
    task.frequencies[0] = ALI_C0;
    task.frequency_count = 1;
    assert_int_equal(ali_model_add_task(model, &task, NULL), ALICORN_OK);
    ali_task_clear(&task);
    return lint(model);
}

/** Below z = 0 waves are shorter; in a conductor there are none. */
static void test_long_edges_in_the_ground(void **state)
{
    (void)state;
    const struct {
        double z, eps_r, sigma;
        bool found;
    } cases[] = {{-0.5, 9.0, 0.0, true}, {0.5, 9.0, 0.0, false}, {-0.5, 81.0, 5.0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_model *model = ali_model_create();
        add_plate(model, "mat", (ali_vec3){0, 0, cases[i].z}, (ali_vec3){0.1, 0, 0},
                  (ali_vec3){0, 0.1, 0}, 1, 1);
        heard list = lint_over(
            model, (ali_ground){.kind = ALI_GROUND_SOMMERFELD,
                                .connect = true,
                                .medium = {.eps_r = cases[i].eps_r, .sigma = cases[i].sigma}});
        if (cases[i].found)
            assert_only_at(&list, "triangle-too-long", 1,
                           "triangle 1 of surface mat has an edge of 0.141 m at (0.05, 0.05, "
                           "-0.5) m, 0.42 wavelengths of the ground at 299.792 MHz (and 1 more "
                           "triangles)");
        else
            assert_silent(&list);
    }
}

static void test_needles(void **state)
{
    (void)state;
    ali_model *model = ali_model_create(); /* angles of 5.2 and 4.8 degrees */
    add_plate(model, "slim", (ali_vec3){0, 0, 0}, (ali_vec3){0.1, 0, 0}, (ali_vec3){0, 0.0091, 0},
              1, 1);
    heard list = lint(model);
    assert_silent(&list);
    model = ali_model_create();
    add_plate(model, "needle", (ali_vec3){0, 0, 0}, (ali_vec3){0.1, 0, 0}, (ali_vec3){0, 0.0084, 0},
              1, 1);
    list = lint(model);
    assert_only_at(&list, "needle-triangle", 1, "has an angle of 4.8 degrees at ");
}

static void test_cracks(void **state)
{
    (void)state;
    const double gaps[] = {0.0, 0.0005, 0.002}; /* edges of 0.1 m: joined, crack, gap */
    for (size_t i = 0; i < 3; i++) {
        ali_model *model = plate_model();
        add_plate(model, "next", (ali_vec3){0.2 + gaps[i], -0.2, 0}, (ali_vec3){0.4, 0, 0},
                  (ali_vec3){0, 0.4, 0}, 4, 4);
        heard list = lint(model);
        if (i == 1)
            assert_only_at(&list, "surface-crack", 1,
                           "the rims of surface plate and surface next are 0.0005 m apart");
        else
            assert_silent(&list);
    }
}

/** A box without some triangles in the middle of its lid. */
static ali_model *holed_box(size_t missing)
{
    enum { LID = 5, MIDDLE = 8 }; /* surface; triangle of it */
    ali_model *model = ali_model_create();
    add_box(model, (ali_vec3){0, 0, 0}, (ali_vec3){0.3, 0.3, 0.3}, 3, 63 & ~2U);
    add_plate(model, "lid", (ali_vec3){0, 0, 0.3}, (ali_vec3){0.3, 0, 0}, (ali_vec3){0, 0.3, 0}, 3,
              3);
    for (size_t i = 0; i < missing; i++) {
        ali_triangle *lid = &model->triangles[model->surfaces[LID].first];
        lid[MIDDLE + i] = lid[--model->surfaces[LID].count];
        model->triangle_count--;
    }
    return model;
}

static void test_missing_triangles(void **state)
{
    (void)state;
    heard list = lint(holed_box(0));
    assert_silent(&list);
    list = lint(holed_box(1));
    assert_only_at(
        &list, "triangle-missing", 6,
        "surface lid has a hole of the size of one triangle at (0.16667, 0.13333, 0.3) m");
    list = lint(holed_box(2)); /* a square window may be wanted */
    assert_silent(&list);
}

static void test_flipped_triangles(void **state)
{
    (void)state;
    ali_model *model = plate_model();
    size_t *v = model->triangles[7].vertex, swapped = v[1];
    v[1] = v[2];
    v[2] = swapped;
    heard list = lint(model);
    assert_only_at(
        &list, "triangles-flipped", 1,
        "1 of 32 triangles of surface plate run against the others, the first of them is "
        "triangle 8 of surface plate");
    assert_int_equal(list.severity[0], ALICORN_NOTE);
}

static void test_wires_and_surfaces(void **state)
{
    (void)state;
    /* in the middle of a triangle, and 2 mm beside an edge */
    ali_model *model = plate_model();
    add_whip(model, 0.033, 0.066, 0, 0.0005);
    heard list = lint(model);
    assert_silent(&list);
    model = plate_model();
    add_whip(model, 0.002, 0.05, 0, 0.0005);
    list = lint(model);
    assert_only_at(&list, "fan-uneven", 70, "where the triangles end at 0.002 m on one side");

    /* on vertices with one between them, and without */
    model = plate_model();
    add_whip(model, -0.1, 0, 0, 0.001);
    add_whip(model, 0.1, 0, 0, 0.001);
    list = lint(model);
    assert_silent(&list);
    model = plate_model();
    add_whip(model, 0, 0, 0, 0.001);
    add_whip(model, 0.1, 0, 0, 0.001);
    list = lint(model);
    assert_only_at(&list, "attachments-adjacent", 70, "0.1 m apart");

    /* an end that stops two radii above the plate */
    model = plate_model();
    add_whip(model, 0, 0, 0.002, 0.001);
    list = lint(model);
    assert_only_at(&list, "wire-near-surface", 70, "0.002 m from");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_structures_are_silent),
        cmocka_unit_test(test_triangles_that_cannot_be_solved),
        cmocka_unit_test(test_open_on_the_ground),
        cmocka_unit_test(test_crossing_plates),
        cmocka_unit_test(test_long_edges),
        cmocka_unit_test(test_long_edges_in_the_ground),
        cmocka_unit_test(test_needles),
        cmocka_unit_test(test_cracks),
        cmocka_unit_test(test_missing_triangles),
        cmocka_unit_test(test_flipped_triangles),
        cmocka_unit_test(test_wires_and_surfaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
