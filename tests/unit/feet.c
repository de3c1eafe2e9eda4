/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/feet.h"

#include "green/tube.h"
#include "wire_support.h"

static const ali_mesh_options standing = {
    .refine = 1, .split_ends = true, .ground = true, .connect = true, .soil = true, .feet = true};

/* ---- its size ---- */

/** Mean of 1/R between the points of a tube of which `order` Legendre polynomials carry the charge,
 * spread so that the energy is least; order 0: evenly. */
static double mean_inverse_distance(double length, double radius, bool free_to_crowd)
{
    ali_tube tube = {.dir = {1, 0, 0}, .half = 0.5 * length, .radius = radius};
    double m[9];
    ali_tube_static(&tube, &tube, 2, 2, m);
    double energy = free_to_crowd ? m[0] - m[2] * m[6] / m[8] : m[0];
    return energy * 4.0 * 3.14159265358979 / (length * length);
}

static void test_is_a_disc(void **state)
{
    (void)state;
    double disc = 0.5 * 3.14159265358979; /* of radius 1 */
    assert_close(mean_inverse_distance(ALI_FOOT_LENGTH, ALI_FOOT_RADIUS, false), disc, 1e-5 * disc);
    /* what a higher degree would do */
    double crowded = mean_inverse_distance(ALI_FOOT_LENGTH, ALI_FOOT_RADIUS, true);
    assert_close(crowded, 0.971 * disc, 0.001 * disc);
}

/* ---- where there is one ---- */

static size_t count_feet(const ali_wire_mesh *mesh)
{
    size_t count = 0;
    for (size_t e = 0; e < mesh->element_count; e++)
        count += ali_element_is_foot(&mesh->elements[e]);
    return count;
}

static void expect_feet(const ali_model *model, ali_mesh_options options, size_t wanted)
{
    ali_wire_mesh *mesh = make_mesh(model, options);
    assert_int_equal(count_feet(mesh), wanted);
    assert_int_equal(mesh->element_count - mesh->segment_first[mesh->segment_count], wanted);
    for (size_t node = 0; node < mesh->node_count; node++)
        assert_false(mesh->node_grounded[node]);
    ali_wire_mesh_destroy(mesh);
}

static ali_model *monopole(void)
{
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_wire(model, 3, (ali_vec3){1, 2, 0}, (ali_vec3){1, 2, 3}, 0.01);
    return model;
}

static void test_a_monopole_has_one(void **state)
{
    (void)state;
    ali_model *model = monopole();
    ali_wire_mesh *mesh = make_mesh(model, standing);
    /* three segments, the last one graded towards the free end; the foot is none and not graded */
    assert_int_equal(mesh->element_count, 3 + 3 + 1);
    const size_t first[] = {0, 1, 2, 6};
    assert_memory_equal(mesh->segment_first, first, sizeof first);
    for (size_t e = 0; e < 6; e++)
        assert_false(ali_element_is_foot(&mesh->elements[e]));
    const ali_element *foot = &mesh->elements[6];
    assert_true(ali_element_is_foot(foot));
    assert_false(ali_element_in_soil(foot));
    assert_true(foot->mid.z == 0.0 && foot->dir.z == 0.0);
    assert_close(foot->half, 0.005, 1e-15);
    assert_close(foot->radius, 0.006237873, 1e-12);
    assert_close(foot->mid.x, 1.005, 1e-15);
    assert_close(foot->mid.y, 2.0, 1e-15);

    size_t base = mesh->elements[0].node[0], tip = foot->node[1];
    assert_int_equal(foot->node[0], base);
    assert_int_equal(mesh->node_first[base + 1] - mesh->node_first[base], 2);
    assert_int_equal(mesh->node_first[tip + 1] - mesh->node_first[tip], 1);
    assert_int_equal(mesh->node_ends[mesh->node_first[tip]], 13);
    assert_int_equal(tip, mesh->node_count - 1);
    assert_close(mesh->node[tip].x, 1.01, 1e-15);
    assert_true(mesh->node[base].z == 0.0 && mesh->node[tip].z == 0.0);
    ali_wire_mesh_destroy(mesh);

    ali_mesh_options options = standing;
    options.connect = false; /* a free end, graded like any other */
    expect_feet(model, options, 0);
    mesh = make_mesh(model, options);
    assert_int_equal(mesh->element_count, 3 + 3 + 3);
    ali_wire_mesh_destroy(mesh);
    options = standing;
    options.soil = false; /* into the image */
    mesh = make_mesh(model, options);
    assert_int_equal(count_feet(mesh), 0);
    assert_true(mesh->node_grounded[mesh->elements[0].node[0]]);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_what_meets_the_soil_itself_has_none(void **state)
{
    (void)state;
    /* a rod below, a wire that lies in z = 0, both of which end there; a wire that goes through */
    const struct {
        ali_vec3 from, to;
        size_t feet; /**< with the monopole */
    } cases[] = {
        {{1, 2, 0}, {1, 2, -1}, 0}, {{1, 2, 0}, {5, 2, 0}, 0},  {{1, 2, 0}, {5, 2, -0.5}, 0},
        {{1, 2, 0}, {5, 2, 1}, 1},  {{4, 2, 0}, {4, 2, -1}, 1}, {{4, 2, 0}, {5, 2, 0}, 1},
        {{4, 2, 1}, {4, 2, -1}, 1}, {{4, 2, 1}, {4, 2, 0}, 2},  {{1, 2, -2}, {1, 2, -1}, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_model *model = monopole();
        add_wire(model, 2, cases[i].from, cases[i].to, 0.01);
        expect_feet(model, standing, cases[i].feet);
        ali_model_destroy(model);
    }
}

static void test_several_wires_share_one(void **state)
{
    (void)state;
    ali_model *model = monopole();
    add_wire(model, 1, (ali_vec3){1, 2, 0}, (ali_vec3){4, 2, 1}, 0.03);
    add_wire(model, 1, (ali_vec3){-2, 2, 1}, (ali_vec3){1, 2, 0}, 0.02);
    ali_wire_mesh *mesh = make_mesh(model, standing);
    assert_int_equal(count_feet(mesh), 1);
    const ali_element *foot = &mesh->elements[mesh->element_count - 1];
    assert_close(2.0 * foot->half, 0.03, 1e-15); /* that of the thickest */
    assert_close(fabs(foot->dir.y), 1.0, 1e-12); /* across the sloping wires */
    assert_int_equal(mesh->node_first[foot->node[0] + 1] - mesh->node_first[foot->node[0]], 4);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_a_duplicate_changes_nothing(void **state)
{
    (void)state;
    ali_model *model = monopole();
    add_wire(model, 3, (ali_vec3){1, 2, 3}, (ali_vec3){1, 2, 0}, 0.01);
    ali_wire_mesh *mesh = make_mesh(model, standing);
    assert_int_equal(mesh->element_count, 3 + 3 + 1);
    assert_int_equal(count_feet(mesh), 1);
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- its current ---- */

static void test_carries_degree_one(void **state)
{
    (void)state;
    ali_model *model = monopole();
    ali_wire_mesh *mesh = make_mesh(model, standing);
    for (int degree = 0; degree <= 4; degree++) {
        ali_wire_basis *basis = make_basis(mesh, degree, 2.0);
        assert_int_equal(basis->degree[6], 1);
        /* the base current is the foot's: one rooftop per inner node, the base among them */
        assert_int_equal(basis->degree_count[1], 6);
        /* one share of an unknown, and its probe */
        assert_int_equal(basis->element_first[7] - basis->element_first[6], 2);
        ali_wire_basis_destroy(basis);
    }
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_a_disc),
        cmocka_unit_test(test_a_monopole_has_one),
        cmocka_unit_test(test_what_meets_the_soil_itself_has_none),
        cmocka_unit_test(test_several_wires_share_one),
        cmocka_unit_test(test_a_duplicate_changes_nothing),
        cmocka_unit_test(test_carries_degree_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
