/* SPDX-License-Identifier: Apache-2.0 */
#include "mesh/surface_mesh.h"

#include "model/model.h"
#include "random.h"
#include "surface_support.h"

#include <time.h>

static const ali_mesh_options space = {.refine = 1};
static const ali_mesh_options ground = {.refine = 1, .ground = true, .connect = true};

/** Mesh the model, check that it agrees with itself, free the model. */
static ali_surface_mesh *take(ali_model *model, ali_mesh_options options)
{
    ali_surface_mesh *mesh = make_surface_mesh(model, options);
    check_surface_mesh(mesh);
    ali_model_destroy(model);
    return mesh;
}

static double total_area(const ali_surface_mesh *mesh)
{
    double area = 0.0;
    for (size_t f = 0; f < mesh->face_count; f++)
        area += mesh->faces[f].area;
    return area;
}

/* ---- closed bodies ---- */

static void test_sphere(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_sphere(model, (ali_vec3){1, -2, 30}, 0.5, 3);
    ali_surface_mesh *mesh = take(model, space);
    /* Euler: every face had three vertices of its own */
    assert_int_equal(mesh->face_count, 1280);
    assert_int_equal(mesh->vertex_count, 642);
    assert_int_equal(mesh->edge_count, 1920);
    assert_int_equal(mesh->body_count, 1);
    assert_true(mesh->bodies[0].closed && mesh->bodies[0].oriented);
    double volume = 4.0 / 3.0 * ALI_PI * 0.125;
    assert_true(mesh->bodies[0].volume < volume && mesh->bodies[0].volume > 0.985 * volume);
    /* for a body whose faces all touch no inner sphere exactly: volume is the sum of pyramids */
    double pyramids = 0.0;
    for (size_t f = 0; f < mesh->face_count; f++) {
        ali_vec3 from_centre =
            ali_vec3_sub(mesh->vertices[mesh->faces[f].vertex[0]], (ali_vec3){1, -2, 30});
        pyramids += mesh->faces[f].area * ali_vec3_dot(mesh->faces[f].normal, from_centre) / 3.0;
        assert_true(ali_vec3_dot(mesh->faces[f].normal, from_centre) > 0.0);
        assert_false(mesh->faces[f].reversed);
    }
    assert_close(mesh->bodies[0].volume, pyramids, 1e-12);
    ali_surface_mesh_destroy(mesh);
}

static void test_tetrahedron_in_any_orientation_points_outwards(void **state)
{
    (void)state;
    const ali_vec3 p[4] = {{0, 0, 0}, {3, 0, 0}, {0, 2, 0}, {0, 0, 1}};
    const size_t outwards[4][3] = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}};
    for (unsigned turned = 0; turned < 16; turned++) {
        size_t faces[4][3];
        memcpy(faces, outwards, sizeof faces);
        for (size_t f = 0; f < 4; f++)
            if (turned >> f & 1) {
                faces[f][0] = outwards[f][1];
                faces[f][1] = outwards[f][0];
            }
        ali_model *model = ali_model_create();
        add_named_surface(model, "", 4, p, 4, (const size_t(*)[3])faces);
        ali_surface_mesh *mesh = take(model, space);
        assert_close(mesh->bodies[0].volume, 1.0, 1e-14);
        assert_true(mesh->bodies[0].closed && mesh->bodies[0].oriented);
        for (size_t f = 0; f < 4; f++) {
            assert_int_equal(mesh->faces[f].reversed, turned >> f & 1);
            ali_vec3 out =
                ali_vec3_sub(mesh->vertices[mesh->faces[f].vertex[0]], (ali_vec3){0.3, 0.2, 0.1});
            assert_true(ali_vec3_dot(out, mesh->faces[f].normal) > 0.0);
        }
        ali_surface_mesh_destroy(mesh);
    }
}

static void test_cube_of_plates(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_box(model, (ali_vec3){0.1, 0.2, 0.3}, (ali_vec3){1, 2, 3}, 4, 63);
    ali_surface_mesh *mesh = take(model, space);
    assert_int_equal(mesh->face_count, 6 * 32);
    assert_int_equal(mesh->vertex_count, 6 * 16 + 2);
    assert_int_equal(mesh->edge_count, 3 * mesh->face_count / 2);
    assert_int_equal(mesh->body_count, 1);
    assert_close(mesh->bodies[0].volume, 6.0, 1e-13);
    assert_close(total_area(mesh), 22.0, 1e-13);
    /* corner (0,0) of the top and of the front are one vertex of the mesh */
    assert_int_equal(mesh->model_vertex[25], mesh->model_vertex[50 + 20]);
    ali_surface_quality quality = ali_surface_mesh_quality(mesh);
    assert_int_equal(quality.open_edges, 0);
    assert_int_equal(quality.crossing_edges, 0);
    assert_int_equal(quality.closed_bodies, 1);
    assert_close(quality.shortest_edge, 0.25, 1e-14);
    assert_close(quality.longest_edge, hypot(0.5, 0.75), 1e-14);
    assert_close(quality.worst_angle, atan2(0.25, 0.75), 1e-14);
    ali_surface_mesh_destroy(mesh);
}

static void test_two_boxes_are_two_bodies(void **state)
{
    (void)state;
    /* they meet in one corner: a vertex is no way for current */
    ali_model *model = ali_model_create();
    add_box(model, (ali_vec3){0, 0, 0}, (ali_vec3){1, 1, 1}, 2, 63);
    add_box(model, (ali_vec3){1, 1, 1}, (ali_vec3){2, 1, 1}, 2, 63);
    ali_surface_mesh *mesh = take(model, space);
    assert_int_equal(mesh->body_count, 2);
    assert_int_equal(mesh->vertex_count, 2 * 26 - 1);
    assert_close(mesh->bodies[0].volume, 1.0, 1e-14);
    assert_close(mesh->bodies[1].volume, 2.0, 1e-14);
    assert_int_equal(mesh->bodies[0].face_count, 48);
    ali_surface_mesh_destroy(mesh);
}

/* ---- open ones ---- */

static void test_tee_of_three_sheets(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    const ali_vec3 along = {0, 3, 0};
    add_plate(model, "a", (ali_vec3){0, 0, 0}, (ali_vec3){1, 0, 0}, along, 2, 3);
    add_plate(model, "b", (ali_vec3){0, 0, 0}, (ali_vec3){-1, 0, 0}, along, 2, 3);
    add_plate(model, "c", (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, along, 2, 3);
    ali_surface_mesh *mesh = take(model, space);
    assert_int_equal(mesh->body_count, 1);
    assert_false(mesh->bodies[0].closed);
    assert_false(mesh->bodies[0].oriented);
    ali_surface_quality quality = ali_surface_mesh_quality(mesh);
    assert_int_equal(quality.crossing_edges, 3);
    assert_int_equal(quality.open_edges, 3 * (3 + 2 + 2));
    for (size_t e = 0; e < mesh->edge_count; e++) {
        const ali_face_edge *edge = &mesh->edges[e];
        if (edge->count == 3)
            for (size_t i = 0; i < 3; i++)
                assert_int_equal(mesh->faces[mesh->edge_sides[edge->first + i] / 3].surface, i);
    }
    /* within a sheet the faces run alike */
    for (size_t f = 0; f < mesh->face_count; f++)
        assert_false(mesh->faces[f].reversed);
    ali_surface_mesh_destroy(mesh);
}

static void test_plate_with_a_hole(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    for (int j = 0; j < 3; j++)
        for (int i = 0; i < 3; i++)
            if (i != 1 || j != 1)
                add_plate(model, "", (ali_vec3){i, j, 5}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0},
                          2, 2);
    ali_surface_mesh *mesh = take(model, space);
    assert_int_equal(mesh->body_count, 1);
    assert_false(mesh->bodies[0].closed);
    assert_true(mesh->bodies[0].oriented);
    assert_close(mesh->bodies[0].volume, 0.0, 0.0);
    assert_int_equal(ali_surface_mesh_quality(mesh).open_edges, 24 + 8);
    /* a ring: V - E + F = 0 */
    assert_int_equal(mesh->vertex_count + mesh->face_count, mesh->edge_count);
    ali_surface_mesh_destroy(mesh);
}

static void test_moebius_strip_is_not_oriented(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_tube(model, "strip", 1.0, 0.0, 0.4, 24, 3, true);
    ali_surface_mesh *mesh = take(model, space);
    assert_int_equal(mesh->body_count, 1);
    assert_false(mesh->bodies[0].oriented);
    assert_false(mesh->bodies[0].closed);
    ali_surface_quality quality = ali_surface_mesh_quality(mesh);
    assert_int_equal(quality.open_edges, 48); /* one rim that goes round twice */
    assert_int_equal(mesh->vertex_count + mesh->face_count, mesh->edge_count);
    ali_surface_mesh_destroy(mesh);
    model = ali_model_create();
    add_tube(model, "tube", 1.0, 0.0, 0.4, 24, 3, false);
    mesh = take(model, space);
    assert_true(mesh->bodies[0].oriented);
    ali_surface_mesh_destroy(mesh);
}

/* ---- joining ---- */

static void test_vertices_are_joined_within_tolerance_only(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        ali_model *model = ali_model_create();
        double gap = (i ? 2.0 : 0.5) * ALI_WELD_TOLERANCE * 0.01;
        add_plate(model, "fine", (ali_vec3){0, 0, 0}, (ali_vec3){0.01, 0, 0},
                  (ali_vec3){0, 0.01, 0}, 1, 1);
        add_plate(model, "coarse", (ali_vec3){0.01 + gap, 0, 0}, (ali_vec3){1, 0, 0},
                  (ali_vec3){0, 0.01, 0}, 1, 1);
        ali_surface_mesh *mesh = take(model, space);
        assert_int_equal(mesh->vertex_count, i ? 8 : 6);
        assert_int_equal(mesh->body_count, i ? 2 : 1);
        ali_surface_mesh_destroy(mesh);
    }
}

static void test_unused_vertices_belong_nowhere(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    const ali_vec3 p[5] = {{9, 9, 9}, {0, 0, 0}, {1, 0, 0}, {9, 9, 9}, {0, 1, 0}};
    const size_t face[1][3] = {{1, 2, 4}};
    add_named_surface(model, "", 5, p, 1, face);
    ali_surface_mesh *mesh = take(model, space);
    assert_int_equal(mesh->vertex_count, 3);
    assert_int_equal(mesh->model_vertex_count, 5);
    const size_t place[5] = {ALI_NONE, 0, 1, ALI_NONE, 2};
    assert_memory_equal(mesh->model_vertex, place, sizeof place);
    ali_surface_mesh_destroy(mesh);
}

static void test_without_surfaces_there_are_no_faces(void **state)
{
    (void)state;
    ali_surface_mesh *mesh = take(ali_model_create(), space);
    assert_int_equal(mesh->face_count, 0);
    assert_int_equal(mesh->body_count, 0);
    ali_surface_quality quality = ali_surface_mesh_quality(mesh);
    assert_close(quality.shortest_edge, 0.0, 0.0);
    ali_surface_mesh_destroy(mesh);
    ali_surface_mesh_destroy(NULL);
}

/* ---- over ground ---- */

static void test_mast_on_ground_is_closed_by_its_image(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_tube(model, "mast", 0.5, 1e-9, 4.0, 32, 8, false);
    ali_vec3 top[3 * 32];
    size_t faces[32][3];
    for (size_t i = 0; i < 32; i++)
        for (size_t k = 0; k < 3; k++) {
            double turn = 2 * ALI_PI * (double)(i + (k == 2)) / 32;
            double rho = k == 0 ? 0.0 : 0.5;
            top[3 * i + k] = (ali_vec3){rho * cos(turn), rho * sin(turn), 4.0 + 1e-9};
            faces[i][k] = 3 * i + k;
        }
    add_named_surface(model, "lid", 96, top, 32, (const size_t(*)[3])faces);
    ali_surface_mesh *mesh = make_surface_mesh(model, ground);
    check_surface_mesh(mesh);
    assert_int_equal(mesh->body_count, 1);
    assert_true(mesh->bodies[0].closed && mesh->bodies[0].oriented);
    /* prism over a regular polygon of 32 sides */
    double base = 0.5 * 32 * 0.25 * sin(2 * ALI_PI / 32);
    assert_close(mesh->bodies[0].volume, 4.0 * base, 1e-7);
    size_t grounded = 0;
    for (size_t e = 0; e < mesh->edge_count; e++)
        grounded += mesh->edges[e].grounded;
    assert_int_equal(grounded, 32);
    assert_int_equal(ali_surface_mesh_quality(mesh).open_edges, 0);
    ali_surface_mesh_destroy(mesh);
    /* not connected, the rim is open */
    ali_mesh_options apart = ground;
    apart.connect = false;
    mesh = take(model, apart);
    assert_false(mesh->bodies[0].closed);
    assert_int_equal(ali_surface_mesh_quality(mesh).open_edges, 32);
    ali_surface_mesh_destroy(mesh);
}

static void test_faces_in_the_ground_plane_are_left_out(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_box(model, (ali_vec3){0, 0, 0}, (ali_vec3){1, 1, 1}, 2, 63);
    ali_surface_mesh *mesh = NULL;
    report_log log = {0};
    assert_int_equal(ali_surface_mesh_create(model, &ground, log_report, &log, &mesh, NULL),
                     ALICORN_OK);
    check_surface_mesh(mesh);
    assert_int_equal(mesh->face_count, 40);
    assert_int_equal(log.count, 1);
    assert_string_equal(log.names[0], "face-in-ground");
    assert_string_equal(log.last, "triangle 1 of surface bottom and 7 more lie in the ground plane "
                                  "z = 0: they are left out");
    assert_true(mesh->bodies[0].closed);
    assert_close(mesh->bodies[0].volume, 1.0, 1e-14);
    ali_surface_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- errors ---- */

static void check_refused(ali_model *model, ali_mesh_options options, int line, const char *message)
{
    ali_surface_mesh *mesh = (ali_surface_mesh *)model;
    alicorn_error error = {0};
    assert_int_equal(ali_surface_mesh_create(model, &options, NULL, NULL, &mesh, &error),
                     ALICORN_E_INPUT);
    assert_null(mesh);
    assert_string_equal(error.message, message);
    assert_int_equal(error.line, line);
    ali_model_destroy(model);
}

static void test_bad_faces_are_refused_by_name(void **state)
{
    (void)state;
    const ali_vec3 p[5] = {{0, 0, 1}, {1, 0, 1}, {0, 1, 1}, {2, 0, 1}, {0, 0, 1 + 1e-7}};
    const size_t thin[2][3] = {{0, 1, 2}, {0, 1, 3}};
    ali_model *model = ali_model_create();
    add_plate(model, "", (ali_vec3){5, 0, 1}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0}, 1, 1);
    add_named_surface(model, "hull", 5, p, 2, thin);
    check_refused(model, space, 2, "triangle 2 of surface hull has no area");

    const size_t pinched[1][3] = {{0, 1, 4}};
    model = ali_model_create();
    add_named_surface(model, "", 5, p, 1, pinched);
    /* high enough to be a triangle on its own */
    ali_surface_mesh *mesh = take(model, space);
    assert_int_equal(mesh->face_count, 1);
    ali_surface_mesh_destroy(mesh);

    const size_t twice[3][3] = {{0, 1, 2}, {1, 3, 2}, {2, 0, 1}};
    model = ali_model_create();
    add_named_surface(model, "hull", 5, p, 3, twice);
    check_refused(model, space, 1,
                  "triangle 3 of surface hull lies exactly on triangle 1 of surface hull");

    model = ali_model_create();
    add_plate(model, "keel", (ali_vec3){0, 0, -0.5}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 0, 1}, 1,
              2);
    check_refused(model, ground, 1,
                  "triangle 1 of surface keel reaches below the ground at z = 0, expected surfaces "
                  "above it, or a lossy ground that is treated exactly (GN 2)");

    model = ali_model_create();
    add_plate(model, "mat", (ali_vec3){0, 0, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0}, 1, 1);
    check_refused(model, ground, 1,
                  "triangle 1 of surface mat lies in the ground plane z = 0, as all others do");
}

/** Over soil every face lies on one side, wherever z = 0 runs through a body, and nothing else
 * changes. */
static void test_faces_are_cut_at_the_surface_of_soil(void **state)
{
    (void)state;
    const ali_mesh_options soil = {.refine = 1, .ground = true, .connect = true, .soil = true};
    /* through faces, through vertices, through both */
    const double bottoms[] = {-0.8, -1.0, -0.9999, -0.35, -3.0, 0.0};
    for (size_t i = 0; i < sizeof bottoms / sizeof *bottoms; i++) {
        ali_model *model = ali_model_create();
        add_box(model, (ali_vec3){0, 0, bottoms[i]}, (ali_vec3){1, 2, 3}, 3, 63);
        add_sphere(model, (ali_vec3){5, 0, bottoms[i]}, 1.0, 2);
        ali_surface_mesh *mesh = take(model, soil);
        double area[2] = {0.0, 0.0};
        for (size_t f = 0; f < mesh->face_count; f++) {
            bool below = ali_face_in_soil(mesh, f);
            for (int c = 0; c < 3; c++) {
                double z = mesh->vertices[mesh->faces[f].vertex[c]].z;
                assert_true(below ? z <= 0.0 : z >= 0.0);
            }
            if (mesh->faces[f].surface < 6)
                area[below] += mesh->faces[f].area;
        }
        double depth = fabs(bottoms[i] + 0.9999) < 1e-9 ? 1.0 : -bottoms[i]; /* put into z = 0 */
        assert_close(area[1], depth > 0.0 ? 2.0 + 6.0 * depth : 0.0, 2e-3);
        assert_close(area[0] + area[1], 22.0, 2e-3);
        assert_int_equal(mesh->body_count, 2);
        for (size_t b = 0; b < 2; b++)
            assert_true(mesh->bodies[b].closed && mesh->bodies[b].oriented);
        ali_surface_mesh_destroy(mesh);
    }
}

/** A level sheet stays where it is, a millimetre above or below soil. */
static void test_level_sheets_stay_off_soil(void **state)
{
    (void)state;
    const ali_mesh_options soil = {.refine = 1, .ground = true, .connect = true, .soil = true};
    for (int side = -1; side <= 1; side += 2) {
        ali_model *model = ali_model_create();
        add_plate(model, "mat", (ali_vec3){0, 0, side * 1e-4}, (ali_vec3){1, 0, 0},
                  (ali_vec3){0, 1, 0}, 1, 1);
        ali_surface_mesh *mesh = take(model, soil);
        assert_int_equal(mesh->face_count, 2);
        for (size_t f = 0; f < 2; f++)
            assert_int_equal(ali_face_in_soil(mesh, f), side < 0);
        assert_close(mesh->vertices[0].z, side * 1e-4, 0.0);
        ali_surface_mesh_destroy(mesh);
    }
}

static void test_combined_equation_needs_a_closed_body(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_box(model, (ali_vec3){0, 0, 1}, (ali_vec3){1, 1, 1}, 2, 63);
    for (size_t s = 0; s < model->surface_count; s++)
        model->surfaces[s].electric_share = 0.5;
    ali_surface_mesh *mesh = take(model, space);
    assert_true(mesh->bodies[0].closed);
    ali_surface_mesh_destroy(mesh);
    model = ali_model_create();
    add_box(model, (ali_vec3){0, 0, 1}, (ali_vec3){1, 1, 1}, 2, 62);
    model->surfaces[3].electric_share = 0.5;
    check_refused(model, space, 4,
                  "surface left is to be solved by the combined field equation, but the body that "
                  "it belongs to is not closed; expected a closed body, or the electric field "
                  "equation");
}

/* ---- faces in each other's way ---- */

/** Number of pairs that cross; the model is freed. */
static size_t crossings(ali_model *model, report_log *log)
{
    ali_surface_mesh *mesh = make_surface_mesh(model, space);
    size_t count = 99;
    alicorn_error error = {0};
    if (ali_surface_mesh_check_crossings(model, mesh, log ? log_report : NULL, log, &count, &error))
        fail_msg("%s", error.message);
    ali_surface_mesh_destroy(mesh);
    ali_model_destroy(model);
    return count;
}

static void test_sound_surfaces_do_not_cross(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_sphere(model, (ali_vec3){0, 0, 0}, 1.0, 3);
    add_sphere(model, (ali_vec3){0, 0, 0}, 0.9, 2);
    add_box(model, (ali_vec3){1, 1, 1}, (ali_vec3){1, 1, 1}, 5, 63);
    add_tube(model, "strip", 9.0, 0.0, 0.4, 24, 3, true);
    add_plate(model, "tee", (ali_vec3){2, 1, 2}, (ali_vec3){0, 1, 0}, (ali_vec3){0, 0, 1}, 5, 5);
    assert_int_equal(crossings(model, NULL), 0);
}

static void test_crossing_sheets_are_reported(void **state)
{
    (void)state;
    /* they cross along y = 0.3, |x| < 0.5; the diagonal of `flat` cuts that line at x = 0.3, that
     * of `fin` at 0: three pieces, three pairs */
    ali_model *model = ali_model_create();
    add_plate(model, "flat", (ali_vec3){-1, -1, 0}, (ali_vec3){2, 0, 0}, (ali_vec3){0, 2, 0}, 1, 1);
    add_plate(model, "fin", (ali_vec3){-0.5, 0.3, -1}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 0, 2}, 1,
              1);
    report_log log = {0};
    assert_int_equal(crossings(model, &log), 3);
    assert_int_equal(log.count, 3);
    assert_int_equal(reports_of(&log, "surfaces-cross"), 3);
    assert_non_null(strstr(log.last, "of surface flat and triangle "));
    assert_non_null(strstr(log.last, "of surface fin cross or touch near ("));

    /* finer ones: the first few stand for all */
    model = ali_model_create();
    add_plate(model, "flat", (ali_vec3){-1, -1, 0}, (ali_vec3){2, 0, 0}, (ali_vec3){0, 2, 0}, 9, 9);
    add_plate(model, "fin", (ali_vec3){-0.5, 0.3, -1}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 0, 2}, 9,
              9);
    memset(&log, 0, sizeof log);
    size_t count = crossings(model, &log);
    assert_true(count > 10 && count < 100);
    assert_int_equal(log.count, 4);
    assert_non_null(strstr(log.last, "more pairs of faces)"));
}

static void test_touching_without_vertices_is_reported(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        /* the fin stands on the middle of a face, or a little above it */
        double gap = i ? 1e-3 : 0.0;
        ali_model *model = ali_model_create();
        add_plate(model, "flat", (ali_vec3){-1, -1, 0}, (ali_vec3){2, 0, 0}, (ali_vec3){0, 2, 0}, 1,
                  1);
        add_plate(model, "fin", (ali_vec3){0.2, -0.5, gap}, (ali_vec3){0.2, 0, 0},
                  (ali_vec3){0, 0, 1}, 1, 1);
        report_log log = {0};
        size_t count = crossings(model, &log);
        assert_true(i ? count == 0 : count > 0);
        /* side by side: seams whose vertices do not match, 3 cells against 2 */
        model = ali_model_create();
        add_plate(model, "a", (ali_vec3){-1, 0, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 2, 0}, 2, 3);
        add_plate(model, "b", (ali_vec3){gap, 0, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 2, 0}, 2,
                  2);
        count = crossings(model, &log);
        assert_true(i ? count == 0 : count > 0);
    }
}

static void check_overlap(ali_model *model, const char *message)
{
    ali_surface_mesh *mesh = make_surface_mesh(model, space);
    alicorn_error error = {0};
    assert_int_equal(ali_surface_mesh_check_crossings(model, mesh, NULL, NULL, NULL, &error),
                     ALICORN_E_INPUT);
    assert_string_equal(error.message, message);
    ali_surface_mesh_destroy(mesh);
    ali_model_destroy(model);
}

static void test_overlapping_faces_are_refused(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_plate(model, "under", (ali_vec3){0, 0, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0}, 1, 1);
    add_plate(model, "over", (ali_vec3){0.7, 0.1, 0}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 1, 0}, 1,
              1);
    check_overlap(model, "triangle 1 of surface over overlaps triangle 1 of surface under in one "
                         "plane");
    /* folded flat along the edge they share */
    model = ali_model_create();
    const ali_vec3 p[4] = {{0, 0, 3}, {1, 0, 3}, {0, 1, 3}, {0.6, 0.7, 3}};
    const size_t faces[2][3] = {{0, 1, 2}, {1, 0, 3}};
    add_named_surface(model, "fold", 4, p, 2, faces);
    check_overlap(model,
                  "triangle 2 of surface fold overlaps triangle 1 of surface fold in one plane");
}

/* ---- size ---- */

static void test_large_mesh_is_quick(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_sphere(model, (ali_vec3){0, 0, 0}, 1.0, 6); /* 81920 triangles, vertices not shared */
    clock_t start = clock();
    ali_surface_mesh *mesh = make_surface_mesh(model, space);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_int_equal(mesh->face_count, 81920);
    assert_int_equal(mesh->vertex_count, 40962);
    assert_true(seconds < 2.0); /* 0.1 s in release; a quadratic search would take minutes */
    print_message("81920 triangles: %.3f s\n", seconds);
    start = clock();
    size_t count = 1;
    assert_int_equal(ali_surface_mesh_check_crossings(model, mesh, NULL, NULL, &count, NULL),
                     ALICORN_OK);
    assert_int_equal(count, 0);
    seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_true(seconds < 5.0);
    print_message("crossings: %.3f s\n", seconds);
    ali_surface_mesh_destroy(mesh);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sphere),
        cmocka_unit_test(test_tetrahedron_in_any_orientation_points_outwards),
        cmocka_unit_test(test_cube_of_plates),
        cmocka_unit_test(test_two_boxes_are_two_bodies),
        cmocka_unit_test(test_tee_of_three_sheets),
        cmocka_unit_test(test_plate_with_a_hole),
        cmocka_unit_test(test_moebius_strip_is_not_oriented),
        cmocka_unit_test(test_vertices_are_joined_within_tolerance_only),
        cmocka_unit_test(test_unused_vertices_belong_nowhere),
        cmocka_unit_test(test_without_surfaces_there_are_no_faces),
        cmocka_unit_test(test_mast_on_ground_is_closed_by_its_image),
        cmocka_unit_test(test_faces_in_the_ground_plane_are_left_out),
        cmocka_unit_test(test_bad_faces_are_refused_by_name),
        cmocka_unit_test(test_faces_are_cut_at_the_surface_of_soil),
        cmocka_unit_test(test_level_sheets_stay_off_soil),
        cmocka_unit_test(test_combined_equation_needs_a_closed_body),
        cmocka_unit_test(test_sound_surfaces_do_not_cross),
        cmocka_unit_test(test_crossing_sheets_are_reported),
        cmocka_unit_test(test_touching_without_vertices_is_reported),
        cmocka_unit_test(test_overlapping_faces_are_refused),
        cmocka_unit_test(test_large_mesh_is_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
