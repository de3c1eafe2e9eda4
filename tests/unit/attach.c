/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/mesh.h"

#include "random.h"
#include "surface_support.h"
#include "wire_support.h"

static const ali_mesh_options space = {.refine = 1, .split_ends = true};
static const ali_mesh_options ground = {
    .refine = 1, .split_ends = true, .ground = true, .connect = true};

static const ali_vec3 x2 = {2, 0, 0}, y2 = {0, 2, 0};

/** Everything that must hold of any mesh with contacts. */
static void check_mesh(const ali_model *model, const ali_mesh *mesh)
{
    check_surface_mesh(mesh->surfaces);
    size_t attached = 0;
    for (size_t n = 0; n < mesh->wires->node_count; n++)
        attached += mesh->wires->node_attached[n];
    assert_int_equal(attached, mesh->attachment_count);
    for (size_t i = 0; i < mesh->attachment_count; i++) {
        const ali_attachment *at = &mesh->attachments[i];
        assert_true(i == 0 || at->node > mesh->attachments[i - 1].node);
        assert_true(mesh->wires->node_attached[at->node]);
        ali_vec3 node = mesh->wires->node[at->node], vertex = mesh->surfaces->vertices[at->vertex];
        assert_close(ali_vec3_distance(node, vertex), 0.0, 0.0);
        assert_true(mesh->surfaces->vertex_first[at->vertex + 1] >
                    mesh->surfaces->vertex_first[at->vertex]);
    }
    /* elements begin and end in their nodes */
    for (size_t end = 0; end < 2 * mesh->wires->element_count; end++) {
        const ali_element *element = &mesh->wires->elements[end / 2];
        ali_vec3 point =
            ali_vec3_axpy(element->mid, end % 2 ? element->half : -element->half, element->dir);
        assert_true(element->half > 0.0);
        assert_close(ali_vec3_distance(point, mesh->wires->node[element->node[end % 2]]), 0.0,
                     1e-14 * (1.0 + ali_vec3_norm(point)));
    }
    /* cutting moves no area */
    double area = 0.0, wanted = 0.0;
    for (size_t f = 0; f < mesh->surfaces->face_count; f++)
        area += mesh->surfaces->faces[f].area;
    for (size_t t = 0; t < model->triangle_count; t++) {
        const size_t *v = model->triangles[t].vertex;
        ali_vec3 p = model->vertices[v[0]];
        wanted += 0.5 * ali_vec3_norm(ali_vec3_cross(ali_vec3_sub(model->vertices[v[1]], p),
                                                     ali_vec3_sub(model->vertices[v[2]], p)));
    }
    assert_close(area, wanted, 1e-12 * wanted);
}

static ali_mesh *mesh_of(const ali_model *model, ali_mesh_options options, report_log *log)
{
    ali_mesh *mesh = NULL;
    alicorn_error error = {0};
    if (ali_mesh_create(model, &options, log ? log_report : NULL, log, &mesh, &error))
        fail_msg("%s", error.message);
    check_mesh(model, mesh);
    return mesh;
}

/** A plate of 2 by 2 m in z = 1 with n by n cells, centred. */
static ali_model *plate(size_t n)
{
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_plate(model, "plate", (ali_vec3){-1, -1, 1}, x2, y2, n, n);
    return model;
}

/* ---- ends ---- */

static void test_wire_on_vertex_edge_and_face(void **state)
{
    (void)state;
    static const struct {
        double x, y;
        size_t faces, edges; /**< of the mesh of 8 faces, 16 edges, 9 vertices */
        size_t around;       /**< faces around the vertex */
    } cases[] = {
        {0.0, 0.0, 8, 16, 6},   /* inner vertex */
        {1.0, 1.0, 8, 16, 2},   /* corner */
        {0.5, 0.0, 10, 19, 4},  /* middle of an inner edge: both faces are cut */
        {0.5, 0.5, 10, 19, 4},  /* middle of a diagonal */
        {0.5, 1.0, 9, 18, 2},   /* middle of the rim: one face is cut */
        {0.7, 0.2, 10, 19, 3},  /* inside a face */
        {0.5, 5e-4, 10, 19, 4}, /* within the radius of an edge */
        {5e-4, 5e-4, 8, 16, 6}, /* within the radius of a vertex */
        {0.9995, 5e-4, 8, 16, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_model *model = plate(2);
        ali_vec3 foot = {cases[i].x, cases[i].y, 1};
        add_wire(model, 2, foot, (ali_vec3){cases[i].x, cases[i].y, 2}, 1e-3);
        report_log log = {0};
        ali_mesh *mesh = mesh_of(model, space, &log);
        assert_int_equal(log.count, 0);
        assert_int_equal(mesh->surfaces->face_count, cases[i].faces);
        assert_int_equal(mesh->surfaces->edge_count, cases[i].edges);
        assert_int_equal(mesh->attachment_count, 1);
        size_t node = mesh->attachments[0].node, vertex = mesh->attachments[0].vertex;
        assert_int_equal(node, mesh->wires->elements[0].node[0]);
        assert_true(ali_vec3_distance(mesh->wires->node[node], foot) <= 1.5e-3);
        assert_int_equal(mesh->surfaces->vertex_first[vertex + 1] -
                             mesh->surfaces->vertex_first[vertex],
                         cases[i].around);
        /* one element from the plate, and the free end graded */
        assert_int_equal(mesh->wires->segment_first[1], 1);
        assert_int_equal(mesh->wires->element_count, 5);
        ali_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
}

static void test_all_faces_of_an_edge_are_cut(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    const ali_vec3 along = {0, 3, 0};
    add_plate(model, "a", (ali_vec3){0, 0, 0}, (ali_vec3){1, 0, 0}, along, 2, 3);
    add_plate(model, "b", (ali_vec3){0, 0, 0}, (ali_vec3){-1, 0, 0}, along, 2, 3);
    add_plate(model, "c", (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, along, 2, 3);
    add_wire(model, 1, (ali_vec3){0, 1.5, 0}, (ali_vec3){0.5, 1.5, -1}, 1e-3);
    ali_mesh *mesh = mesh_of(model, space, NULL);
    assert_int_equal(mesh->surfaces->face_count, 36 + 3);
    assert_int_equal(ali_surface_mesh_quality(mesh->surfaces).crossing_edges, 4);
    size_t vertex = mesh->attachments[0].vertex;
    assert_int_equal(
        mesh->surfaces->vertex_first[vertex + 1] - mesh->surfaces->vertex_first[vertex], 6);
    /* a cut face remembers its triangle */
    for (size_t f = 36; f < 39; f++)
        assert_true(mesh->surfaces->faces[f].triangle < 36);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_wires_at_any_angle_share_a_vertex(void **state)
{
    (void)state;
    ali_model *model = plate(2);
    const ali_vec3 foot = {0.3, 0.1, 1};
    add_wire(model, 1, foot, (ali_vec3){0.3, 0.1, 2}, 1e-3);
    add_wire(model, 1, (ali_vec3){1, 1, 0.2}, foot, 1e-3);
    add_wire(model, 1, foot, (ali_vec3){-0.5, 0.2, 1.2}, 1e-3);
    ali_mesh *mesh = mesh_of(model, space, NULL);
    assert_int_equal(mesh->attachment_count, 1);
    size_t node = mesh->attachments[0].node;
    assert_int_equal(mesh->wires->node_first[node + 1] - mesh->wires->node_first[node], 3);
    assert_int_equal(mesh->surfaces->face_count, 10);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_wire_in_the_plane_leaves_the_rim(void **state)
{
    (void)state;
    ali_model *model = plate(2);
    add_wire(model, 3, (ali_vec3){1, 0.5, 1}, (ali_vec3){3, 0.5, 1}, 1e-3);
    report_log log = {0};
    ali_mesh *mesh = mesh_of(model, space, &log);
    assert_int_equal(log.count, 0);
    assert_int_equal(mesh->attachment_count, 1);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_many_wires_on_one_face(void **state)
{
    (void)state;
    uint64_t random = 12345;
    for (int round = 0; round < 20; round++) {
        ali_model *model = plate(1);
        enum { WIRES = 40 };
        for (int i = 0; i < WIRES; i++) {
            double x = next_random(&random), y = next_random(&random);
            if (i % 4 == 0)
                x = i % 8 ? y : -1; /* on the diagonal, on the rim */
            add_wire(model, 1, (ali_vec3){x, y, 1}, (ali_vec3){x, y, 1.5}, 1e-5);
        }
        ali_mesh *mesh = mesh_of(model, space, NULL);
        assert_true(mesh->attachment_count >= WIRES - 2);
        assert_true(mesh->surfaces->vertex_count <= 4 + WIRES);
        assert_true(mesh->surfaces->bodies[0].oriented);
        assert_int_equal(mesh->surfaces->body_count, 1);
        for (size_t f = 0; f < mesh->surfaces->face_count; f++)
            assert_close(mesh->surfaces->faces[f].normal.z, 1.0, 1e-12);
        ali_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
}

/* ---- passages ---- */

static void test_wire_through_a_sphere(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_sphere(model, (ali_vec3){0, 0, 5}, 1.0, 2);
    add_wire(model, 3, (ali_vec3){0.02, 0.03, 2}, (ali_vec3){0.02, 0.03, 8}, 1e-3);
    ali_mesh *mesh = mesh_of(model, space, NULL);
    /* segments from 2 to 4, to 6, to 8: the sphere from 4 to 6 is cut just inside the middle one */
    assert_int_equal(mesh->attachment_count, 2);
    assert_int_equal(mesh->wires->segment_first[2] - mesh->wires->segment_first[1], 3);
    assert_int_equal(mesh->surfaces->face_count, 320 + 4);
    assert_true(mesh->surfaces->bodies[0].closed && mesh->surfaces->bodies[0].oriented);
    for (size_t i = 0; i < 2; i++) {
        size_t node = mesh->attachments[i].node;
        assert_int_equal(mesh->wires->node_first[node + 1] - mesh->wires->node_first[node], 2);
        assert_close(mesh->wires->node[node].x, 0.02, 1e-12);
        assert_close(fabs(mesh->wires->node[node].z - 5), 0.98, 0.02);
    }
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_wire_through_an_edge_a_vertex_and_a_joint(void **state)
{
    (void)state;
    const ali_vec3 place[3] = {{0.5, 0, 0}, {0, 0, 0}, {0.7, 0.2, 0}};
    for (size_t i = 0; i < 3; i++)
        for (size_t segments = 1; segments <= 2; segments++) {
            ali_model *model = plate(2);
            ali_vec3 from = place[i], to = place[i];
            to.z = 2.0;
            from.x += 0.3; /* aslant through (x, y, 1) */
            to.x -= 0.3;
            add_wire(model, segments, from, to, 1e-3);
            ali_mesh *mesh = mesh_of(model, space, NULL);
            assert_int_equal(mesh->attachment_count, 1);
            size_t node = mesh->attachments[0].node;
            assert_int_equal(mesh->wires->node_first[node + 1] - mesh->wires->node_first[node], 2);
            assert_close(
                ali_vec3_distance(mesh->wires->node[node], (ali_vec3){place[i].x, place[i].y, 1}),
                0.0, 1e-12);
            assert_int_equal(mesh->wires->element_count, 8); /* graded at both tips */
            ali_mesh_destroy(mesh);
            ali_model_destroy(model);
        }
}

static void test_cut_segments_are_divided_by_length(void **state)
{
    (void)state;
    ali_model *model = plate(2);
    add_plate(model, "second", (ali_vec3){-1, -1, 2}, x2, y2, 2, 2);
    add_wire(model, 1, (ali_vec3){0.7, 0.2, 3.2}, (ali_vec3){0.7, 0.2, 0.5}, 1e-3);
    ali_mesh_options options = {.refine = 2, .longest = 0.7};
    ali_mesh *mesh = mesh_of(model, options, NULL);
    /* 1.2 m in 2 times 2, 1 m in 2 times 2, 0.5 m in 2 */
    static const double length[] = {0.3, 0.3, 0.3, 0.3, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25};
    assert_int_equal(mesh->wires->element_count, 10);
    for (size_t e = 0; e < 10; e++)
        assert_close(2 * mesh->wires->elements[e].half, length[e], 1e-12);
    assert_int_equal(mesh->attachment_count, 2);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- wires that are not attached ---- */

static void test_wire_along_a_plate_is_reported(void **state)
{
    (void)state;
    static const double height[] = {0.0, 9e-4};
    for (size_t i = 0; i < 2; i++) {
        ali_model *model = plate(4);
        add_wire(model, 3, (ali_vec3){-0.61, 0.13, 1 + height[i]},
                 (ali_vec3){0.6, 0.17, 1 + height[i]}, 1e-3);
        report_log log = {0};
        ali_mesh *mesh = mesh_of(model, space, &log);
        assert_int_equal(log.count, 1);
        assert_string_equal(log.names[0], "wire-along-surface");
        assert_int_equal(mesh->attachment_count, 0);
        assert_int_equal(mesh->surfaces->face_count, 32);
        ali_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
    /* bent up at its end, it is connected at the bend */
    ali_model *model = plate(4);
    add_wire(model, 3, (ali_vec3){-0.61, 0.13, 1}, (ali_vec3){0.6, 0.17, 1}, 1e-3);
    add_wire(model, 1, (ali_vec3){0.6, 0.17, 1}, (ali_vec3){0.6, 0.17, 2}, 1e-3);
    report_log log = {0};
    ali_mesh *mesh = mesh_of(model, space, &log);
    assert_int_equal(reports_of(&log, "wire-along-surface"), 1);
    assert_int_equal(mesh->attachment_count, 1);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_short_segment_leads_from_surface_to_surface(void **state)
{
    (void)state;
    static const double radius[] = {1e-3, 6e-3, 2e-2};
    for (size_t i = 0; i < 3; i++) {
        ali_model *model = plate(4);
        add_plate(model, "upper", (ali_vec3){-1, -1, 1.1}, x2, y2, 4, 4);
        add_wire(model, 1, (ali_vec3){0.1, 0.17, 1}, (ali_vec3){0.1, 0.17, 1.1}, radius[i]);
        report_log log = {0};
        ali_mesh *mesh = mesh_of(model, space, &log);
        assert_int_equal(log.count, 0);
        assert_int_equal(mesh->attachment_count, 2);
        ali_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
}

static void test_gap_decides_between_attached_reported_and_silent(void **state)
{
    (void)state;
    static const struct {
        double gap;
        size_t attached, reports;
    } cases[] = {{0.0, 1, 0},    {0.9e-2, 1, 0}, {-0.9e-2, 1, 0},
                 {1.1e-2, 0, 1}, {2.9e-2, 0, 1}, {3.1e-2, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ali_model *model = plate(2);
        add_wire(model, 2, (ali_vec3){0.7, 0.2, 1 + cases[i].gap}, (ali_vec3){0.7, 0.2, 3}, 1e-2);
        report_log log = {0};
        ali_mesh *mesh = mesh_of(model, space, &log);
        assert_int_equal(mesh->attachment_count, cases[i].attached);
        assert_int_equal(log.count, cases[i].reports);
        assert_int_equal(reports_of(&log, "wire-near-surface"), cases[i].reports);
        if (cases[i].attached)
            assert_close(mesh->wires->node[mesh->attachments[0].node].z, 1.0, 1e-15);
        ali_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
    /* a wire that overshoots by more than its radius keeps a stub */
    ali_model *model = plate(2);
    add_wire(model, 2, (ali_vec3){0.7, 0.2, 0.95}, (ali_vec3){0.7, 0.2, 3}, 1e-2);
    ali_mesh *mesh = mesh_of(model, space, NULL);
    assert_int_equal(mesh->attachment_count, 1);
    size_t node = mesh->attachments[0].node;
    assert_int_equal(mesh->wires->node_first[node + 1] - mesh->wires->node_first[node], 2);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_segments_shorter_than_the_radius_are_attached_once(void **state)
{
    (void)state;
    ali_model *model = plate(2);
    add_wire(model, 20, (ali_vec3){0.1, 0.2, 1}, (ali_vec3){0.1, 0.2, 2}, 0.07);
    ali_mesh *mesh = mesh_of(model, (ali_mesh_options){.refine = 1}, NULL);
    assert_int_equal(mesh->attachment_count, 1);
    assert_int_equal(mesh->attachments[0].node, 0);
    assert_int_equal(mesh->wires->element_count, 20);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- ground ---- */

static void test_wires_on_a_mast_on_the_ground(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_tube(model, "mast", 0.5, 0.0, 4.0, 16, 8, false);
    add_wire(model, 2, (ali_vec3){0.5, 0, 0}, (ali_vec3){1.5, 0, 2}, 1e-3); /* from the rim */
    add_wire(model, 2, (ali_vec3){1.5, 0, 2}, (ali_vec3){0.5, 0, 3}, 1e-3); /* to the side */
    ali_mesh *mesh = mesh_of(model, ground, NULL);
    assert_int_equal(mesh->attachment_count, 1);
    assert_close(mesh->wires->node[mesh->attachments[0].node].z, 3.0, 1e-12);
    size_t foot = mesh->wires->elements[0].node[0];
    assert_true(mesh->wires->node_grounded[foot]);
    assert_false(mesh->wires->node_attached[foot]);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- without the one or the other ---- */

static void test_without_surfaces_the_wire_mesh_is_the_same(void **state)
{
    (void)state;
    uint64_t random = 99;
    ali_model *model = ali_model_create();
    for (int i = 0; i < 30; i++)
        add_wire(model, 3,
                 (ali_vec3){5 + 4 * next_random(&random), 5 + 4 * next_random(&random),
                            5 + 4 * next_random(&random)},
                 (ali_vec3){5 + 4 * next_random(&random), 5 + 4 * next_random(&random), 0}, 1e-3);
    ali_mesh *mesh = mesh_of(model, ground, NULL);
    ali_wire_mesh *plain = make_mesh(model, ground);
    assert_int_equal(mesh->surfaces->face_count, 0);
    assert_int_equal(mesh->attachment_count, 0);
    assert_int_equal(mesh->wires->element_count, plain->element_count);
    assert_int_equal(mesh->wires->node_count, plain->node_count);
    assert_memory_equal(mesh->wires->elements, plain->elements,
                        plain->element_count * sizeof *plain->elements);
    assert_memory_equal(mesh->wires->node, plain->node, plain->node_count * sizeof *plain->node);
    ali_wire_mesh_destroy(plain);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_without_wires_there_are_no_elements(void **state)
{
    (void)state;
    ali_model *model = plate(3);
    ali_mesh *mesh = mesh_of(model, space, NULL);
    assert_int_equal(mesh->wires->element_count, 0);
    assert_int_equal(mesh->surfaces->face_count, 18);
    ali_mesh_destroy(mesh);
    ali_mesh_destroy(NULL);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wire_on_vertex_edge_and_face),
        cmocka_unit_test(test_all_faces_of_an_edge_are_cut),
        cmocka_unit_test(test_wires_at_any_angle_share_a_vertex),
        cmocka_unit_test(test_wire_in_the_plane_leaves_the_rim),
        cmocka_unit_test(test_many_wires_on_one_face),
        cmocka_unit_test(test_wire_through_a_sphere),
        cmocka_unit_test(test_wire_through_an_edge_a_vertex_and_a_joint),
        cmocka_unit_test(test_cut_segments_are_divided_by_length),
        cmocka_unit_test(test_wire_along_a_plate_is_reported),
        cmocka_unit_test(test_short_segment_leads_from_surface_to_surface),
        cmocka_unit_test(test_gap_decides_between_attached_reported_and_silent),
        cmocka_unit_test(test_segments_shorter_than_the_radius_are_attached_once),
        cmocka_unit_test(test_wires_on_a_mast_on_the_ground),
        cmocka_unit_test(test_without_surfaces_the_wire_mesh_is_the_same),
        cmocka_unit_test(test_without_wires_there_are_no_elements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
