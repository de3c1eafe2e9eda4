/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/wire_mesh.h"

#include "wire_support.h"

static const ali_mesh_options plain = {.refine = 1};
static const ali_mesh_options split = {.refine = 1, .split_ends = true};
static const ali_mesh_options grounded = {
    .refine = 1, .split_ends = true, .ground = true, .connect = true};

static ali_model *straight(size_t count, double length, double radius)
{
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_wire(model, count, (ali_vec3){0, 0, 0}, (ali_vec3){length, 0, 0}, radius);
    return model;
}

/** Places along x where the elements of a straight wire begin, and where the last one ends. */
static void check_places(const ali_wire_mesh *mesh, const double *place, size_t count)
{
    assert_int_equal(mesh->element_count, count - 1);
    for (size_t e = 0; e + 1 < count; e++) {
        const ali_element *element = &mesh->elements[e];
        assert_close(element->mid.x - element->half, place[e], 1e-14);
        assert_close(element->mid.x + element->half, place[e + 1], 1e-14);
    }
}

/* ---- free ends ---- */

static void test_ends_are_graded(void **state)
{
    (void)state;
    ali_model *model = straight(3, 3.0, 0.05);
    ali_wire_mesh *mesh = make_mesh(model, split);
    const double place[] = {0, 0.0175, 0.075, 0.3, 1.0, 2.0, 2.7, 2.925, 2.9825, 3.0};
    check_places(mesh, place, 10);
    const size_t first[] = {0, 4, 5, 9};
    assert_memory_equal(mesh->segment_first, first, sizeof first);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_cuts_leave_a_good_part_of_the_segment(void **state)
{
    (void)state;
    static const struct {
        double radius;
        size_t elements; /**< of a wire of two segments of length 1 */
        size_t single;   /**< of a wire of one segment of length 1, whose two ends share it */
    } cases[] = {{0.0999, 8, 5}, {0.1001, 6, 5}, {0.0499, 8, 7}, {0.399, 6, 3}, {0.401, 4, 3},
                 {0.19, 6, 5},   {0.21, 6, 3},   {0.84, 4, 3},   {0.86, 4, 1},  {1.72, 2, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_model *model = straight(2, 2.0, cases[i].radius);
        ali_wire_mesh *mesh = make_mesh(model, split);
        assert_int_equal(mesh->element_count, cases[i].elements);
        ali_wire_mesh_destroy(mesh);
        ali_model_destroy(model);
        model = straight(1, 1.0, cases[i].radius);
        mesh = make_mesh(model, split);
        assert_int_equal(mesh->element_count, cases[i].single);
        ali_wire_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
}

static void test_only_free_ends_are_split(void **state)
{
    (void)state;
    /* a closed square has none; an open one has two; a monopole on the ground one */
    const ali_vec3 corner[] = {{0, 0, 0}, {1, 0, 0}, {1, 0, 1}, {0, 0, 1}};
    const int edge[][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 0}};
    ali_model *closed = wire_frame(corner, edge, 4, 1, 0.01);
    ali_wire_mesh *mesh = make_mesh(closed, split);
    assert_int_equal(mesh->element_count, 4);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(closed);

    ali_model *open = wire_frame(corner, edge, 3, 1, 0.01);
    mesh = make_mesh(open, split);
    assert_int_equal(mesh->element_count, 4 + 1 + 4);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(open);

    ali_model *monopole = wire_frame(corner, edge + 3, 1, 1, 0.01);
    mesh = make_mesh(monopole, grounded);
    assert_int_equal(mesh->element_count, 4);
    /* the wire runs down: its first end is the free one */
    assert_close(mesh->elements[0].half, 0.5 * 0.0035, 1e-15);
    ali_wire_mesh_destroy(mesh);
    ali_mesh_options apart = grounded;
    apart.connect = false; /* ends at z = 0 stay free */
    mesh = make_mesh(monopole, apart);
    assert_int_equal(mesh->element_count, 7);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(monopole);
}

static void test_refinement_cuts_evenly(void **state)
{
    (void)state;
    ali_model *model = straight(2, 2.0, 0.02);
    ali_mesh_options options = {.refine = 4};
    ali_wire_mesh *mesh = make_mesh(model, options);
    const double even[] = {0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0};
    check_places(mesh, even, 9);
    ali_wire_mesh_destroy(mesh);
    options.split_ends = true; /* within the outer quarter */
    mesh = make_mesh(model, options);
    const double graded[] = {0,    0.007, 0.03, 0.12, 0.25, 0.5,   0.75, 1.0,
                             1.25, 1.5,   1.75, 1.88, 1.97, 1.993, 2.0};
    check_places(mesh, graded, 15);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_long_segments_are_cut(void **state)
{
    (void)state;
    ali_model *model = straight(2, 5.0, 1e-3);
    ali_mesh_options options = {.refine = 2, .longest = 2.5};
    ali_wire_mesh *mesh = make_mesh(model, options);
    assert_int_equal(mesh->element_count, 4);
    ali_wire_mesh_destroy(mesh);
    options.longest = 0.8;
    mesh = make_mesh(model, options);
    double place[17]; /* four parts, each in two */
    for (int i = 0; i < 17; i++)
        place[i] = 0.3125 * i;
    check_places(mesh, place, 17);
    ali_wire_mesh_destroy(mesh);
    options.longest = 0.00249;
    alicorn_error error = {0};
    assert_int_equal(ali_wire_mesh_create(model, &options, NULL, NULL, &mesh, &error),
                     ALICORN_E_INPUT);
    assert_non_null(strstr(error.message, "thousand wavelengths"));
    ali_model_destroy(model);
}

/* ---- duplicates ---- */

typedef struct report_log {
    size_t count;
    char name[32], message[256];
    int line;
} report_log;

static void note(void *user, const alicorn_diagnostic *diagnostic)
{
    report_log *log = user;
    log->count++;
    snprintf(log->name, sizeof log->name, "%s", diagnostic->name);
    snprintf(log->message, sizeof log->message, "%s", diagnostic->message);
    log->line = diagnostic->line;
}

static void test_duplicates_have_no_elements(void **state)
{
    (void)state;
    ali_model *model = straight(3, 3.0, 0.01);
    add_wire(model, 1, (ali_vec3){2, 0, 0}, (ali_vec3){1, 0, 0}, 0.02);      /* against segment 1 */
    add_wire(model, 1, (ali_vec3){2.0005, 0, 0}, (ali_vec3){3, 0, 0}, 0.01); /* along segment 2 */
    report_log log = {0};
    ali_wire_mesh *mesh = NULL;
    assert_int_equal(ali_wire_mesh_create(model, &split, note, &log, &mesh, NULL), ALICORN_OK);
    assert_int_equal(log.count, 2);
    assert_string_equal(log.name, "duplicate-wire");
    const size_t master[] = {0, 1, 2, 1, 2};
    const bool reversed[] = {false, false, false, true, false};
    assert_memory_equal(mesh->segment_master, master, sizeof master);
    assert_memory_equal(mesh->segment_reversed, reversed, sizeof reversed);
    /* the end at 3 is still free, although two segments end there */
    assert_int_equal(mesh->element_count, 4 + 1 + 4);
    assert_int_equal(mesh->segment_first[3], 9);
    assert_int_equal(mesh->segment_first[5], 9);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** Three on one another: all point at the first, whatever the order of the ends. */
static void test_triplicates_point_at_the_first(void **state)
{
    (void)state;
    const ali_vec3 corner[] = {{0, 0, 0}, {1, 1, 0}, {1, 1, 1}};
    const int edge[][2] = {{1, 2}, {1, 0}, {0, 1}, {1, 0}};
    ali_model *model = wire_frame(corner, edge, 4, 1, 0.01);
    ali_wire_mesh *mesh = make_mesh(model, plain);
    const size_t master[] = {0, 1, 1, 1};
    const bool reversed[] = {false, false, true, false};
    assert_memory_equal(mesh->segment_master, master, sizeof master);
    assert_memory_equal(mesh->segment_reversed, reversed, sizeof reversed);
    assert_int_equal(mesh->element_count, 2);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- ground ---- */

static void test_feet_stand_exactly_on_the_ground(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_wire(model, 1, (ali_vec3){0, 0, 0.0008}, (ali_vec3){0, 0, 1}, 0.01);
    add_wire(model, 1, (ali_vec3){1, 0, 1}, (ali_vec3){1, 0, -0.0008}, 0.01);
    add_wire(model, 1, (ali_vec3){2, 0, 0.002}, (ali_vec3){2, 0, 1}, 0.01); /* misses it */
    ali_mesh_options options = grounded;
    options.split_ends = false;
    ali_wire_mesh *mesh = make_mesh(model, options);
    assert_int_equal(mesh->element_count, 3);
    size_t feet[] = {mesh->elements[0].node[0], mesh->elements[1].node[1],
                     mesh->elements[2].node[0]};
    for (size_t i = 0; i < 2; i++) {
        assert_true(mesh->node[feet[i]].z == 0.0);
        assert_true(mesh->node_grounded[feet[i]]);
        assert_close(mesh->elements[i].half, 0.5, 1e-15);
        assert_close(mesh->elements[i].mid.z, 0.5, 1e-15);
    }
    assert_close(mesh->node[feet[2]].z, 0.002, 1e-15);
    assert_false(mesh->node_grounded[feet[2]]);
    ali_wire_mesh_destroy(mesh);

    /* without ground nothing is moved or grounded */
    mesh = make_mesh(model, plain);
    assert_close(mesh->node[mesh->elements[0].node[0]].z, 0.0008, 1e-15);
    for (size_t n = 0; n < mesh->node_count; n++)
        assert_false(mesh->node_grounded[n]);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- errors ---- */

static void expect_refused(ali_vec3 from, ali_vec3 to, double radius, bool ground, const char *word)
{
    ali_model *model = straight(1, 1.0, 0.01);
    if (ground)
        model->segments[0].start.z = model->segments[0].end.z = 5.0;
    model->segments[0].tag = 3;
    add_wire(model, 1, from, to, radius);
    ali_mesh_options options = {.refine = 1, .ground = ground, .connect = ground};
    ali_wire_mesh *mesh = (ali_wire_mesh *)&options;
    alicorn_error error = {0};
    assert_int_equal(ali_wire_mesh_create(model, &options, NULL, NULL, &mesh, &error),
                     ALICORN_E_INPUT);
    assert_null(mesh);
    assert_int_equal(error.code, ALICORN_E_INPUT);
    assert_non_null(strstr(error.message, word));
    assert_non_null(strstr(error.message, "segment 2 (tag 2)"));
    ali_model_destroy(model);
}

static void test_impossible_segments_are_refused(void **state)
{
    (void)state;
    ali_vec3 here = {0, 3, 1}, there = {0, 3, 2};
    expect_refused(here, here, 0.01, false, "no length");
    expect_refused(here, there, 0.0, false, "no radius");
    expect_refused(here, there, -1.0, false, "no radius");
    expect_refused(here, there, NAN, false, "no radius");
    expect_refused(here, (ali_vec3){NAN, 0, 0}, 0.01, false, "not finite");
    expect_refused(here, (ali_vec3){0, 3, -1}, 0.01, true, "below the ground");
    expect_refused((ali_vec3){0, 3, 0}, (ali_vec3){0, 4, 0}, 0.01, true, "in the ground plane");
    expect_refused((ali_vec3){0, 3, 0}, (ali_vec3){0, 4, 0.0005}, 0.01, true,
                   "in the ground plane");
}

static void test_refusal_names_the_card(void **state)
{
    (void)state;
    ali_model *model = straight(1, 1.0, 0.01);
    add_wire(model, 1, (ali_vec3){0, 0, 0}, (ali_vec3){0, 1, 0}, 0.0);
    ali_wire_mesh *mesh;
    alicorn_error error = {0};
    assert_int_equal(ali_wire_mesh_create(model, &plain, NULL, NULL, &mesh, &error),
                     ALICORN_E_INPUT);
    assert_int_equal(error.line, 2);
    assert_string_equal(error.object, "GW");
    ali_model_destroy(model);
}

/* ---- topology ---- */

/** Everything a mesh promises about its nodes and elements. */
static void check_topology(const ali_model *model, const ali_wire_mesh *mesh)
{
    assert_int_equal(mesh->segment_count, model->segment_count);
    assert_int_equal(mesh->segment_first[mesh->segment_count], mesh->element_count);
    assert_int_equal(mesh->node_first[0], 0);
    assert_int_equal(mesh->node_first[mesh->node_count], 2 * mesh->element_count);
    for (size_t n = 0; n < mesh->node_count; n++)
        for (size_t i = mesh->node_first[n]; i < mesh->node_first[n + 1]; i++) {
            const ali_element *element = &mesh->elements[mesh->node_ends[i] / 2];
            double u = mesh->node_ends[i] % 2 ? 1.0 : -1.0;
            assert_int_equal(element->node[mesh->node_ends[i] % 2], n);
            if (i > mesh->node_first[n])
                assert_true(mesh->node_ends[i] > mesh->node_ends[i - 1]);
            ali_vec3 end = ali_vec3_axpy(element->mid, u * element->half, element->dir);
            assert_close(ali_vec3_distance(end, mesh->node[n]), 0.0, 1e-14);
        }
    for (size_t s = 0; s < mesh->segment_count; s++) {
        double length = 0.0;
        for (size_t e = mesh->segment_first[s]; e < mesh->segment_first[s + 1]; e++) {
            const ali_element *element = &mesh->elements[e];
            assert_int_equal(element->segment, s);
            assert_true(element->half > 0.0);
            assert_close(ali_vec3_norm(element->dir), 1.0, 1e-14);
            assert_true(element->radius == model->segments[s].radius);
            if (e > mesh->segment_first[s])
                assert_int_equal(element->node[0], element[-1].node[1]);
            length += 2.0 * element->half;
        }
        if (mesh->segment_master[s] == s)
            assert_close(length,
                         ali_vec3_distance(model->segments[s].start, model->segments[s].end),
                         3e-3 * length);
    }
}

static void test_many_wires_meet_in_one_node(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    for (int i = 0; i < 9; i++) {
        ali_vec3 tip = {cos(0.7 * i), sin(0.7 * i), 1.0}, hub = {0, 0, 1e-4 * (i % 3)};
        if (i % 2)
            add_wire(model, 2, hub, tip, 0.01);
        else
            add_wire(model, 2, tip, hub, 0.01);
    }
    ali_wire_mesh *mesh = make_mesh(model, split);
    check_topology(model, mesh);
    size_t largest = 0, hubs = 0;
    for (size_t n = 0; n < mesh->node_count; n++) {
        size_t ends = mesh->node_first[n + 1] - mesh->node_first[n];
        largest = ends > largest ? ends : largest;
        hubs += ends > 2;
        if (ends > 2) /* at the mean of the ends that meet */
            assert_close(mesh->node[n].z, 1e-4, 1e-12);
    }
    assert_int_equal(largest, 9);
    assert_int_equal(hubs, 1);
    assert_int_equal(mesh->element_count, 9 * (4 + 1));
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_random_structures_are_sound_and_reproducible(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 20; round++) {
        ali_vec3 corner[12];
        int edge[25][2];
        for (int i = 0; i < 12; i++)
            corner[i] = (ali_vec3){next_random(&seed), next_random(&seed), i < 4 ? 0.0 : 1.5 + i};
        for (int i = 0; i < 25; i++) {
            edge[i][0] = (int)(6.0 + 5.99 * next_random(&seed));
            edge[i][1] = (edge[i][0] + 4 + i % 4) % 12;
            if (edge[i][0] < 4 && edge[i][1] < 4)
                edge[i][1] += 4; /* not in the ground plane */
        }
        ali_model *model = wire_frame(corner, edge, 25, 1 + (size_t)round % 3, 0.003);
        ali_mesh_options options = grounded;
        options.refine = 1 + round % 2;
        ali_wire_mesh *mesh = make_mesh(model, options), *again = make_mesh(model, options);
        check_topology(model, mesh);
        assert_int_equal(mesh->element_count, again->element_count);
        assert_int_equal(mesh->node_count, again->node_count);
        assert_memory_equal(mesh->elements, again->elements,
                            mesh->element_count * sizeof *mesh->elements);
        assert_memory_equal(mesh->node_ends, again->node_ends,
                            2 * mesh->element_count * sizeof *mesh->node_ends);
        ali_wire_mesh_destroy(mesh);
        ali_wire_mesh_destroy(again);
        ali_model_destroy(model);
    }
    ali_wire_mesh_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends_are_graded),
        cmocka_unit_test(test_cuts_leave_a_good_part_of_the_segment),
        cmocka_unit_test(test_only_free_ends_are_split),
        cmocka_unit_test(test_refinement_cuts_evenly),
        cmocka_unit_test(test_long_segments_are_cut),
        cmocka_unit_test(test_duplicates_have_no_elements),
        cmocka_unit_test(test_triplicates_point_at_the_first),
        cmocka_unit_test(test_feet_stand_exactly_on_the_ground),
        cmocka_unit_test(test_impossible_segments_are_refused),
        cmocka_unit_test(test_refusal_names_the_card),
        cmocka_unit_test(test_many_wires_meet_in_one_node),
        cmocka_unit_test(test_random_structures_are_sound_and_reproducible),
    };
    return cmocka_run_group_tests_name("wire_mesh", tests, NULL, NULL);
}
