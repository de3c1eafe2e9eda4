/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/feet.h"
#include "wire_support.h"

static const ali_mesh_options soil = {
    .refine = 1, .ground = true, .connect = true, .soil = true, .feet = true};

static ali_model *one_wire(size_t count, ali_vec3 from, ali_vec3 to)
{
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_wire(model, count, from, to, 0.001);
    return model;
}

/** That every element lies on one side, with its length, and that elements, nodes and segments
 * agree. */
static void check_consistent(const ali_wire_mesh *mesh)
{
    assert_int_equal(mesh->node_first[mesh->node_count], 2 * mesh->element_count);
    for (size_t e = 0; e < mesh->element_count; e++) {
        const ali_element *element = &mesh->elements[e];
        ali_vec3 a = mesh->node[element->node[0]], b = mesh->node[element->node[1]];
        assert_true(ali_element_in_soil(element) ? a.z <= 0.0 && b.z <= 0.0
                                                 : a.z >= 0.0 && b.z >= 0.0);
        assert_close(ali_vec3_distance(a, b), 2.0 * element->half, 1e-12);
        assert_true(element->half > 0.0);
    }
    for (size_t s = 0; s < mesh->segment_count; s++)
        for (size_t e = mesh->segment_first[s]; e < mesh->segment_first[s + 1]; e++)
            assert_int_equal(mesh->elements[e].segment, s);
}

/* ---- crossing ---- */

static void test_a_crossing_is_a_node(void **state)
{
    (void)state;
    const ali_vec3 ends[][2] = {{{0, 0, -1}, {0, 0, 3}}, {{1, 2, 0.7}, {4, 1, -0.1}}};
    for (size_t i = 0; i < 2; i++)
        for (size_t turned = 0; turned < 2; turned++) {
            ali_vec3 from = ends[i][turned], to = ends[i][1 - turned];
            ali_model *model = one_wire(1, from, to);
            ali_wire_mesh *mesh = make_mesh(model, soil);
            check_consistent(mesh);
            assert_int_equal(mesh->element_count, 2);
            assert_int_equal(mesh->node_count, 3);
            size_t node = mesh->elements[0].node[1];
            assert_int_equal(mesh->elements[1].node[0], node);
            assert_true(mesh->node[node].z == 0.0);
            double part = from.z / (from.z - to.z);
            assert_close(mesh->node[node].x, from.x + part * (to.x - from.x), 1e-14);
            assert_int_equal(mesh->node_first[node + 1] - mesh->node_first[node], 2);
            assert_int_equal(ali_element_in_soil(&mesh->elements[0]), from.z < 0.0);
            assert_int_equal(ali_element_in_soil(&mesh->elements[1]), to.z < 0.0);
            ali_wire_mesh_destroy(mesh);
            ali_model_destroy(model);
        }
}

/** Each side has its own cuts: graded to its free end, refined, of its own longest part. */
static void test_each_side_is_cut_by_itself(void **state)
{
    (void)state;
    ali_model *model = one_wire(1, (ali_vec3){0, 0, -0.5}, (ali_vec3){0, 0, 3});
    ali_mesh_options options = soil;
    options.longest = 1.1;
    options.soil_wavenumber = 10.0; /* parts of 0.125 */
    ali_wire_mesh *mesh = make_mesh(model, options);
    check_consistent(mesh);
    assert_int_equal(mesh->element_count, 4 + 3);
    for (size_t e = 0; e < 7; e++)
        assert_close(mesh->elements[e].half, e < 4 ? 0.0625 : 0.5, 1e-14);
    ali_wire_mesh_destroy(mesh);

    options.refine = 3;
    mesh = make_mesh(model, options);
    check_consistent(mesh);
    assert_int_equal(mesh->element_count, 12 + 9);
    ali_wire_mesh_destroy(mesh);

    options = (ali_mesh_options){.refine = 1, .split_ends = true, .ground = true, .soil = true};
    mesh = make_mesh(model, options);
    check_consistent(mesh);
    assert_int_equal(mesh->element_count, 4 + 4);
    assert_close(mesh->elements[0].half, 0.5 * 0.35 * 0.001, 1e-15);
    assert_close(mesh->elements[3].half, 0.5 * (0.5 - 0.006), 1e-14);
    assert_close(mesh->elements[4].half, 0.5 * (3.0 - 0.006), 1e-14);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** One segment of many crosses; the others are whole. */
static void test_segments_keep_their_elements(void **state)
{
    (void)state;
    ali_model *model = one_wire(5, (ali_vec3){0, 0, 3.5}, (ali_vec3){0, 0, -1.5});
    add_wire(model, 1, (ali_vec3){7, 0, 0}, (ali_vec3){7, 0, 1}, 0.01);
    ali_wire_mesh *mesh = make_mesh(model, soil);
    check_consistent(mesh);
    const size_t first[] = {0, 1, 2, 3, 5, 6, 7};
    assert_memory_equal(mesh->segment_first, first, sizeof first);
    assert_int_equal(mesh->element_count, 8);
    assert_true(ali_element_is_foot(&mesh->elements[7]));
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_a_duplicate_crosses_once(void **state)
{
    (void)state;
    ali_model *model = one_wire(1, (ali_vec3){0, 0, -1}, (ali_vec3){0, 0, 3});
    add_wire(model, 1, (ali_vec3){0, 0, 3}, (ali_vec3){0, 0, -1}, 0.001);
    ali_wire_mesh *mesh = make_mesh(model, soil);
    check_consistent(mesh);
    assert_int_equal(mesh->element_count, 2);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** A contact with a surface where the wire goes through z = 0 is the cut, with its own point. */
static void test_a_contact_takes_the_crossing(void **state)
{
    (void)state;
    ali_model *model = one_wire(1, (ali_vec3){0, 0, -1}, (ali_vec3){0, 0, 3});
    const struct {
        double place, z;
        size_t elements;
    } cases[] = {{0.25, 0.0, 2}, {0.5, 1.0, 3}, {0.125, -0.5, 3}};
    for (size_t i = 0; i < 3; i++) {
        ali_wire_contact contact = {0, cases[i].place, {0, 0, cases[i].z}};
        size_t node;
        ali_wire_mesh *mesh;
        assert_int_equal(ali_wire_mesh_create_attached(model, &soil, 1, &contact, &node, NULL, NULL,
                                                       &mesh, NULL),
                         ALICORN_OK);
        check_consistent(mesh);
        assert_int_equal(mesh->element_count, cases[i].elements);
        assert_true(mesh->node[node].z == cases[i].z);
        for (size_t n = 0; n < mesh->node_count; n++)
            assert_int_equal(mesh->node_attached[n], n == node);
        ali_wire_mesh_destroy(mesh);
    }
    ali_model_destroy(model);
}

/* ---- what lies in z = 0 ---- */

static void test_a_lying_wire_counts_as_air(void **state)
{
    (void)state;
    ali_model *model = one_wire(2, (ali_vec3){0, 0, 0}, (ali_vec3){4, 0, 0});
    ali_mesh_options options = soil;
    options.split_ends = true; /* both ends are free: the wire meets the soil all along */
    ali_wire_mesh *mesh = make_mesh(model, options);
    check_consistent(mesh);
    assert_int_equal(mesh->element_count, 8);
    for (size_t e = 0; e < 8; e++) {
        assert_false(ali_element_in_soil(&mesh->elements[e]));
        assert_true(mesh->elements[e].mid.z == 0.0);
    }
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** Radials two millimetres under the surface stay there and hold their hub, and the mast that
 * stands on it crosses; over a mirror all of it would be at z = 0. */
static void test_low_radials_stay_where_they_are(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        double z = sign * 0.002;
        ali_model *model = one_wire(1, (ali_vec3){0, 0, z}, (ali_vec3){0, 0, 10});
        add_wire(model, 1, (ali_vec3){0, 0, z}, (ali_vec3){10, 0, z}, 0.001);
        add_wire(model, 1, (ali_vec3){0, 0, z}, (ali_vec3){-10, 0, z}, 0.001);
        ali_wire_mesh *mesh = make_mesh(model, soil);
        check_consistent(mesh);
        assert_int_equal(mesh->element_count, sign < 0 ? 4 : 3);
        assert_close(mesh->node[mesh->elements[0].node[0]].z, z, 1e-15);
        assert_close(mesh->elements[mesh->element_count - 1].mid.z, z, 1e-15);
        ali_wire_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
}

/** Heights that only rounding makes, and feet a thousandth of their segment away, are zero. */
static void test_small_heights_are_zero(void **state)
{
    (void)state;
    ali_model *model = one_wire(1, (ali_vec3){0, 0, 1e-16}, (ali_vec3){4, 0, -2e-16});
    add_wire(model, 1, (ali_vec3){0, 9, -0.0009}, (ali_vec3){0, 9, 1}, 1e-4);
    ali_wire_mesh *mesh = make_mesh(model, soil);
    check_consistent(mesh);
    assert_int_equal(mesh->element_count, 3);
    assert_true(mesh->elements[0].mid.z == 0.0);
    assert_true(mesh->node[mesh->elements[1].node[0]].z == 0.0);
    assert_true(ali_element_is_foot(&mesh->elements[2]));
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- refused ---- */

static void test_endless_wires_are_refused(void **state)
{
    (void)state;
    ali_model *model = one_wire(1, (ali_vec3){0, 0, -1}, (ali_vec3){125.0, 0, -1});
    ali_mesh_options options = soil;
    options.soil_wavenumber = 20.0; /* 2000 parts are long, but no mistake */
    ali_wire_mesh *mesh = make_mesh(model, options);
    assert_int_equal(mesh->element_count, 2000);
    ali_wire_mesh_destroy(mesh);
    options.soil_wavenumber = 1e4;
    alicorn_error error = {0};
    assert_int_equal(ali_wire_mesh_create(model, &options, NULL, NULL, &mesh, &error),
                     ALICORN_E_INPUT);
    assert_non_null(strstr(error.message, "wavelengths of the medium"));
    ali_model_destroy(model);
}

/* ---- the current in the medium ---- */

static void test_degrees_follow_the_medium(void **state)
{
    (void)state;
    ali_model *model = one_wire(1, (ali_vec3){0, 0, -0.5}, (ali_vec3){0, 0, 0.5});
    ali_wire_mesh *mesh = make_mesh(model, soil);
    unsigned char degree[2];
    ali_basis_options options = {.wavenumber = 0.05, .soil_wavenumber = 1.0};
    ali_wire_basis_degrees(mesh, &options, degree);
    assert_int_equal(degree[0], 2);
    assert_int_equal(degree[1], 1);
    options.soil_wavenumber = 4.0; /* 2 rad */
    ali_wire_basis_degrees(mesh, &options, degree);
    assert_int_equal(degree[0], 3);
    assert_int_equal(degree[1], 1);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** A loop that is small in air is none that is large against the skin depth. */
static void test_loops_are_measured_in_the_medium(void **state)
{
    (void)state;
    const ali_vec3 corner[] = {{0, 0, -0.1}, {1, 0, -0.1}, {1, 0, -1.1}, {0, 0, -1.1}};
    const int edge[][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 0}};
    ali_model *model = wire_frame(corner, edge, 4, 1, 0.001);
    ali_wire_mesh *mesh = make_mesh(model, soil);
    const struct {
        double soil_wavenumber;
        size_t loops;
    } cases[] = {{0.0, 1}, {0.15, 1}, {0.2, 0}};
    for (size_t i = 0; i < 3; i++) {
        ali_basis_options options = {
            .degree = 1, .wavenumber = 0.1, .soil_wavenumber = cases[i].soil_wavenumber};
        ali_wire_basis *basis;
        assert_int_equal(ali_wire_basis_create(mesh, &options, &basis, NULL), ALICORN_OK);
        assert_int_equal(basis->loop_count, cases[i].loops);
        ali_wire_basis_destroy(basis);
    }
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_crossing_is_a_node),
        cmocka_unit_test(test_each_side_is_cut_by_itself),
        cmocka_unit_test(test_segments_keep_their_elements),
        cmocka_unit_test(test_a_duplicate_crosses_once),
        cmocka_unit_test(test_a_contact_takes_the_crossing),
        cmocka_unit_test(test_a_lying_wire_counts_as_air),
        cmocka_unit_test(test_low_radials_stay_where_they_are),
        cmocka_unit_test(test_small_heights_are_zero),
        cmocka_unit_test(test_endless_wires_are_refused),
        cmocka_unit_test(test_degrees_follow_the_medium),
        cmocka_unit_test(test_loops_are_measured_in_the_medium),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
