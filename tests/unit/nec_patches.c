/* SPDX-License-Identifier: Apache-2.0 */
/* The deck reader: surface patches. */
#include "nec_reader_support.h"
#include "surface_support.h"
#include "wire_support.h"

#include "mesh/mesh.h"

/** Area vector of a triangle of the model [m^2]. */
static ali_vec3 area_vector(const ali_model *model, size_t t, ali_vec3 *centroid)
{
    const size_t *v = model->triangles[t].vertex;
    ali_vec3 a = model->vertices[v[0]], b = model->vertices[v[1]], c = model->vertices[v[2]];
    *centroid = ali_vec3_scale(1.0 / 3.0, ali_vec3_add(a, ali_vec3_add(b, c)));
    return ali_vec3_scale(0.5, ali_vec3_cross(ali_vec3_sub(b, a), ali_vec3_sub(c, a)));
}

/* ---- where patches are ---- */

/** 11 patches, reflected, copied, rotated twice and scaled. */
static const char shapes[] = "CE\n"
                             "SP 0 1 1 2 3 1.5 2 3\nSC 0 0 1.5 2.75 3.25\n"
                             "SP 0 2 -1 2 2 -1 3 2\nSC 0 0 -1.5 2.5 3\n"
                             "SP 0 3 2 -1 2 3 -1 2\nSC 0 0 2.75 -2 2 2.1 -1.75 2\n"
                             "SM 2 3 -3 -3 1 -2 -3 1\nSC 0 0 -2 -2 2\n"
                             "SP 0 0 4 4 4 30 60 .25\n"
                             "SP 0 0 8 4 4 -90 0 .16\n"
                             "GX 0 001\nGM 0 1 10 20 30 20 0 0\nGR 0 3\nGS 0 0 .5\nGE\nEN\n";

/** What nec2c 1.3 prints as SURFACE PATCH DATA. */
static const struct {
    size_t number;
    double centre[3], normal[3], area;
} known_patches[] = {
    {1, {0.62500, 1.18750, 1.56250}, {0.0000, -0.3162, 0.9487}, 0.09882},
    {2, {-0.58333, 1.25000, 1.16667}, {0.8944, -0.0000, 0.4472}, 0.13975},
    {3, {1.24423, -0.70620, 1.00000}, {0.0000, 0.0000, -1.0000}, 0.18281},
    {4, {-1.37500, -1.41667, 0.58333}, {0.0000, -0.7071, 0.7071}, 0.05893},
    {5, {-1.12500, -1.41667, 0.58333}, {0.0000, -0.7071, 0.7071}, 0.05893},
    {6, {-1.37500, -1.25000, 0.75000}, {0.0000, -0.7071, 0.7071}, 0.05893},
    {9, {-1.12500, -1.08333, 0.91667}, {0.0000, -0.7071, 0.7071}, 0.05893},
    {10, {2.00000, 2.00000, 2.00000}, {0.4330, 0.7500, 0.5000}, 0.06250},
    {11, {4.00000, 2.00000, 2.00000}, {0.0000, 0.0000, -1.0000}, 0.04000},
    {13, {-0.58333, 1.25000, -1.16667}, {0.8944, -0.0000, -0.4472}, 0.13975},
    {14, {1.24423, -0.70620, -1.00000}, {0.0000, -0.0000, 1.0000}, 0.18281},
    {21, {2.00000, 2.00000, -2.00000}, {0.4330, 0.7500, -0.5000}, 0.06250},
    {24, {9.41568, 0.85016, 1.48313}, {0.8972, 0.4283, 0.1079}, 0.13975},
    {25, {11.70249, -0.02064, 0.38463}, {-0.3785, -0.0180, -0.9254}, 0.18281},
    {36, {10.94544, -0.05669, -1.46620}, {0.3785, 0.0180, 0.9254}, 0.18281},
    {43, {9.98861, 2.66876, -2.20852}, {-0.1676, 0.8564, -0.4884}, 0.06250},
    {47, {-0.01053, 1.43063, 1.00000}, {0.0000, 0.0000, -1.0000}, 0.18281},
    {90, {1.37420, -0.11982, 1.16667}, {-0.4472, -0.7746, 0.4472}, 0.13975},
    {131, {-2.68309, -9.98477, -2.20852}, {0.8254, -0.2830, -0.4884}, 0.06250},
    {132, {-2.68309, -11.86416, -2.89256}, {-0.1736, -0.3368, 0.9254}, 0.04000},
};

static void test_patches_are_where_nec2_puts_them(void **state)
{
    (void)state;
    ali_model *model = read_good(shapes, NULL);
    /* of the 11 patches the second alone is one triangle */
    assert_int_equal(model->triangle_count, 12 * 21);
    for (size_t i = 0; i < sizeof known_patches / sizeof *known_patches; i++) {
        size_t index = known_patches[i].number - 1, shape = index % 11;
        size_t first = 21 * (index / 11) + 2 * shape - (shape > 1);
        ali_vec3 sum = {0, 0, 0}, centre = {0, 0, 0};
        for (size_t t = first; t < first + (shape == 1 ? 1 : 2); t++) {
            ali_vec3 centroid, area = area_vector(model, t, &centroid);
            sum = ali_vec3_add(sum, area);
            centre = ali_vec3_axpy(centre, ali_vec3_norm(area), centroid);
        }
        double area = ali_vec3_norm(sum);
        const double *c = known_patches[i].centre, *n = known_patches[i].normal;
        assert_close(area, known_patches[i].area, 6e-6);
        assert_close(
            ali_vec3_distance(ali_vec3_scale(1 / area, centre), (ali_vec3){c[0], c[1], c[2]}), 0.0,
            1e-5);
        assert_close(ali_vec3_distance(ali_vec3_scale(1 / area, sum), (ali_vec3){n[0], n[1], n[2]}),
                     0.0, 1e-4);
    }
    alicorn_model_destroy(model);
}

static void test_further_corners_continue_a_patch(void **state)
{
    (void)state;
    /* a strip of three, the last one a trapezium */
    ali_model *model = read_good("SP 0 1 0 0 1 1 0 1\nSC 0 0 1 1 1\nSC 0 1 1 3 1\n"
                                 "SC 0 3 .75 4 1 .25 4 1\nGE\nEN\n",
                                 NULL);
    assert_int_equal(model->triangle_count, 6);
    double area[3] = {0};
    for (size_t t = 0; t < 6; t++) {
        ali_vec3 centroid, vector = area_vector(model, t, &centroid);
        area[t / 2] += fabs(vector.z);
    }
    assert_close(area[0], 1.0, 1e-15);
    assert_close(area[1], 2.0, 1e-15);
    assert_close(area[2], 0.75, 1e-15);
    ali_surface_mesh *mesh = make_surface_mesh(model, (ali_mesh_options){.refine = 1});
    check_surface_mesh(mesh);
    assert_int_equal(mesh->vertex_count, 8);
    assert_int_equal(mesh->body_count, 1);
    ali_surface_mesh_destroy(mesh);
    alicorn_model_destroy(model);
}

static void test_surface_is_named_after_its_card(void **state)
{
    (void)state;
    ali_model *model = read_good("CE\nSM 2 2 0 0 -1 1 0 -1\nSC 0 0 1 0 1\nGE\nEN\n", NULL);
    assert_int_equal(model->surface_count, 1);
    assert_string_equal(model->surfaces[0].name, "SM of line 2");
    assert_int_equal(model->surfaces[0].line, 2);
    ali_surface_mesh *mesh = NULL;
    alicorn_error error = {0};
    ali_mesh_options ground = {.refine = 1, .ground = true};
    assert_int_equal(ali_surface_mesh_create(model, &ground, NULL, NULL, &mesh, &error),
                     ALICORN_E_INPUT);
    assert_string_equal(error.message,
                        "triangle 1 of surface SM of line 2 reaches below the ground at z = 0, "
                        "expected surfaces above it, or a lossy ground that is treated exactly "
                        "(GN 2)");
    alicorn_model_destroy(model);
}

/* ---- skins ---- */

static ali_mesh *skin_of(const ali_model *model, bool ground)
{
    ali_mesh_options options = {.refine = 1, .ground = ground, .connect = ground};
    ali_mesh *mesh = NULL;
    report_log log = {0};
    alicorn_error error = {0};
    if (ali_mesh_create(model, &options, log_report, &log, &mesh, &error))
        fail_msg("%s", error.message);
    if (log.count > 0)
        fail_msg("%s", log.last);
    check_surface_mesh(mesh->surfaces);
    return mesh;
}

/** Example 4 of NEC-2's manual: the top's edges are cut by the corners of the sides. */
static void test_box_of_squares_is_closed_by_the_ground(void **state)
{
    (void)state;
    char notes[NOTES_SIZE];
    ali_model *model = read_good("CE\nSP 0 0 .1 .05 .05 0. 0. .01\nSP 0 0 .05 .1 .05 0. 90. .01\n"
                                 "GX 0 110\nSP 0 0 0. 0. .1 90. 0. .04\n"
                                 "GW 1 4 0. 0. .1 0. 0. .3 .001\nGW 2 2 0. 0. .3 .15 0. .3 .001\n"
                                 "GW 3 2 0. 0. .3 -.15 0. .3 .001\nGE 1\nGN 1\nEX 0 1 1 0 1.\nXQ\n"
                                 "EN\n",
                                 notes);
    assert_string_equal(notes, ""); /* nothing had to be moved */
    ali_mesh *mesh = skin_of(model, true);
    assert_int_equal(mesh->surfaces->face_count, 8 * 2 + 8);
    assert_int_equal(mesh->surfaces->body_count, 1);
    assert_true(mesh->surfaces->bodies[0].closed && mesh->surfaces->bodies[0].oriented);
    assert_close(mesh->surfaces->bodies[0].volume, 0.2 * 0.2 * 0.1, 1e-15);
    assert_int_equal(mesh->attachment_count, 1);
    size_t v = mesh->attachments[0].vertex;
    assert_int_equal(mesh->surfaces->vertex_first[v + 1] - mesh->surfaces->vertex_first[v], 8);
    ali_mesh_destroy(mesh);
    alicorn_model_destroy(model);
}

/** Example 6 of NEC-2's manual: squares around a cylinder and on its lids become the prism of 12
 * sides that touch the cylinder. */
static void test_cylinder_of_squares_becomes_a_prism(void **state)
{
    (void)state;
    static const char *const last_lid[] = {"-90", "90"}; /* xnec2c's copy has its front inside */
    for (int i = 0; i < 2; i++) {
        char deck[800], notes[NOTES_SIZE];
        snprintf(deck, sizeof deck,
                 "CE\nSP 0 0 10 0 7.3333 0 0 38.4\nSP 0 0 10 0 0 0 0 38.4\n"
                 "SP 0 0 10 0 -7.3333 0 0 38.4\nGM 0 1 0 0 30\nSP 0 0 6.89 0 11 90 0 44.88\n"
                 "SP 0 0 6.89 0 -11 -90 0 44.88\nGR 0 6\nSP 0 0 0 0 11 90 0 44.89\n"
                 "SP 0 0 0 0 -11 %s 0 44.89\nGW 1 4 0 0 11 0 0 23 .1\n"
                 "GW 2 5 10 0 0 27.6 0 0 .2\nGS 0 0 .01\nGE\nEX 0 1 1 0 1\nXQ\nEN\n",
                 last_lid[i]);
        ali_model *model = read_good(deck, notes);
        assert_string_equal(notes, "2 patches-joined\n");
        ali_mesh *mesh = skin_of(model, false);
        assert_int_equal(mesh->surfaces->body_count, 1);
        assert_true(mesh->surfaces->bodies[0].closed && mesh->surfaces->bodies[0].oriented);
        double side = 2 * 0.1 * tan(ALI_PI / 12), base = 12 * 0.5 * side * 0.1, area = 0.0;
        assert_close(mesh->surfaces->bodies[0].volume, 0.22 * base, 1e-14);
        for (size_t f = 0; f < mesh->surfaces->face_count; f++)
            area += mesh->surfaces->faces[f].area;
        assert_close(area, 2 * base + 12 * side * 0.22, 1e-14);
        assert_true(ali_surface_mesh_quality(mesh->surfaces).worst_angle > 25 * ALI_DEGREE);
        assert_int_equal(mesh->attachment_count, 2);
        for (size_t k = 0; k < 2; k++) {
            ali_vec3 at = mesh->surfaces->vertices[mesh->attachments[k].vertex];
            ali_vec3 wanted = at.z > 0.1 ? (ali_vec3){0, 0, 0.11} : (ali_vec3){0.1, 0, 0};
            assert_close(ali_vec3_distance(at, wanted), 0.0, 1e-15);
        }
        ali_mesh_destroy(mesh);
        alicorn_model_destroy(model);
    }
}

/** The decks that are kept for validation are read without errors, and are sound. */
static void test_decks_of_the_manual(void **state)
{
    (void)state;
    static const char *const names[] = {"box", "cylinder"};
    for (int i = 0; i < 2; i++) {
        char path[1024];
        snprintf(path, sizeof path, ALI_SOURCE_ROOT "/tests/validate/surfaces/%s.nec", names[i]);
        ali_model *model = NULL;
        alicorn_error error = {0};
        if (alicorn_model_read_nec(path, NULL, &model, &error))
            fail_msg("%s", error.message);
        ali_mesh *mesh = skin_of(model, i == 0);
        assert_true(mesh->surfaces->body_count == 1 && mesh->surfaces->bodies[0].closed);
        assert_int_equal(mesh->attachment_count, 1 + i);
        ali_mesh_destroy(mesh);
        alicorn_model_destroy(model);
    }
}

/** A sphere by rings of patches of equal area. */
static void test_sphere_of_squares_is_closed(void **state)
{
    (void)state;
    char deck[5000] = "CE\n", notes[NOTES_SIZE];
    static const int around[] = {1, 6, 12, 15, 12, 6, 1};
    const double all = 53, area = 4 * ALI_PI / all;
    double below = 0;
    size_t used = strlen(deck);
    for (int ring = 0; ring < 7; ring++) {
        /* between the circles that leave the right areas above them */
        double z = 1 - 2 * (below + 0.5 * around[ring]) / all;
        double elevation = ring == 0 ? 90 : ring == 6 ? -90 : asin(z) / ALI_DEGREE;
        for (int k = 0; k < around[ring]; k++) {
            double azimuth = 360.0 * (k + 0.5 * (ring % 2)) / around[ring];
            used += (size_t)snprintf(deck + used, sizeof deck - used,
                                     "SP 0 0 %.6f %.6f %.6f %.4f %.4f %.6f\n",
                                     cos(elevation * ALI_DEGREE) * cos(azimuth * ALI_DEGREE),
                                     cos(elevation * ALI_DEGREE) * sin(azimuth * ALI_DEGREE),
                                     sin(elevation * ALI_DEGREE), elevation, azimuth, area);
            if (used + 80 > sizeof deck)
                fail();
        }
        below += around[ring];
    }
    snprintf(deck + used, sizeof deck - used, "GE\nEN\n");
    ali_model *model = read_good(deck, notes);
    ali_mesh *mesh = skin_of(model, false);
    assert_int_equal(mesh->surfaces->body_count, 1);
    assert_true(mesh->surfaces->bodies[0].closed && mesh->surfaces->bodies[0].oriented);
    assert_close(mesh->surfaces->bodies[0].volume, 4 * ALI_PI / 3, 0.3);
    ali_mesh_destroy(mesh);
    alicorn_model_destroy(model);
}

/** Surfaces of different cells share the edges that they meet in. */
static void test_unequal_surfaces_are_joined(void **state)
{
    (void)state;
    ali_model *model = read_good("SM 3 2 0 0 0 1 0 0\nSC 0 0 1 1 0\n"
                                 "SM 2 4 1 0 0 2 0 0.5\nSC 0 0 2 1 0.5\n"
                                 "SP 0 2 0 1 0 1 1 0\nSC 0 0 .5 2 0\nGE\nEN\n",
                                 NULL);
    ali_mesh *mesh = skin_of(model, false);
    assert_int_equal(mesh->surfaces->body_count, 1);
    assert_true(mesh->surfaces->bodies[0].oriented);
    double area = 0.0;
    for (size_t f = 0; f < mesh->surfaces->face_count; f++)
        area += mesh->surfaces->faces[f].area;
    assert_close(area, 1.0 + sqrt(1.25) + 0.5, 1e-14);
    /* the rim: 3 + 2 cells of the first, 2 + 4 + 2 of the second, two sides of the triangle */
    assert_int_equal(ali_surface_mesh_quality(mesh->surfaces).open_edges, 5 + 8 + 2);
    ali_mesh_destroy(mesh);
    alicorn_model_destroy(model);
}

static void test_wire_in_the_middle_of_a_triangle(void **state)
{
    (void)state;
    ali_model *model =
        read_good("SP 0 2 0 0 0 3 0 0\nSC 0 0 0 3 0\nGW 1 3 1 1 0 1 1 2 .001\nGE\nEX "
                  "0 1 1 0 1\nXQ\nEN\n",
                  NULL);
    assert_int_equal(model->triangle_count, 3);
    ali_mesh *mesh = skin_of(model, false);
    assert_int_equal(mesh->attachment_count, 1);
    assert_int_equal(mesh->surfaces->face_count, 3);
    ali_mesh_destroy(mesh);
    alicorn_model_destroy(model);
}

/* ---- mistakes ---- */

static void test_errors(void **state)
{
    (void)state;
    static const struct {
        const char *cards, *errors;
    } cases[] = {
        {"SP 0 1 0 0 0 1 0 0\nGE\n",
         "1:1: SP without its third corner, expected an SC card on the next line\n"},
        {"SM 2 2 0 0 0 1 0 0\nGW 1 3 0 0 0 0 0 1 .001\nGE\n",
         "1:1: SM without its third corner, expected an SC card on the next line\n"},
        {"GW 1 3 0 0 0 0 0 1 .001\nSC 0 0 1 1 0\nGE\n",
         "2:1: SC without a patch to continue, expected an SP 1, SP 2, SP 3 or SM card before\n"},
        {"SM 2 2 0 0 0 1 0 0\nSC 0 0 1 1 0\nSC 0 1 1 2 0\nGE\n",
         "3:1: SC without a patch to continue, expected an SP 1, SP 2, SP 3 or SM card before\n"},
        {"SP 0 1 0 0 0 1 0 0\nSC 0 0 1 1 0\nSC 0 2 1 2 0\nGE\n",
         "3:6: SC I2 (shape): a further patch is a rectangle or a quadrilateral, expected I1 = 0 "
         "and I2 = 1 or 3\n"},
        {"SP 0 0 0 0 0 90 0\nGE\n",
         "1:1: SP F6 (area): is not above 0, expected more than 0 m^2\n"},
        {"SP 0 0 0 0 0 90 0 -1\nGE\n",
         "1:19: SP F6 (area): is not above 0, expected more than 0 m^2\n"},
        {"SP 0 2 0 0 0 1 0 0\nSC 0 0 2 0 0\nGE\n",
         "1:1: SP makes a patch of no area, expected corners apart, and in order\n"},
        {"SP 0 3 0 0 0 1 0 0\nSC 0 0 1 1 0 0 1 .2\nGE\n",
         "1:1: SP makes a patch whose corners do not lie in one plane and in order, expected a "
         "flat "
         "quadrilateral\n"},
        {"SP 0 3 0 0 0 1 0 0\nSC 0 0 0 1 0 1 1 0\nGE\n",
         "1:1: SP makes a patch whose corners do not lie in one plane and in order, expected a "
         "flat "
         "quadrilateral\n"},
        {"SM 2 2 0 0 0 1 0 0\nSC 0 0 3 0 0\nGE\n",
         "1:1: SM makes patches of no area, expected three corners apart\n"},
        {"SM 0 2 0 0 0 1 0 0\nSC 0 0 1 1 0\nGE\n",
         "1:4: SM I1 (patches from corner 1 to corner 2): '0' is out of range, expected whole 1 to "
         "100000\n"},
        {"SM 1000 1000 0 0 0 1 0 0\nSC 0 0 1 1 0\nGE\n",
         "1:4: SM makes a structure of 1000000 patches, expected at most 100000\n"},
        {"SP 0 4 0 0 0 1 0 0\nGE\n",
         "1:6: SP I2 (shape: 0 by its area, 1 rectangle, 2 triangle, 3 quadrilateral): '4' is out "
         "of range, expected whole 0 to 3\n"},
        {"SP 0 0 1 1 0 90 0 1\nGX 0 1\nGE\n",
         "2:6: GX I2 (planes): the middle of patch 1 lies in the xy plane, expected all patches on "
         "one side\n"},
        {"SM 300 300 0 0 1 1 0 1\nSC 0 0 1 1 1\nGR 0 2\nGE\n",
         "3:6: GR makes a structure of 180000 patches, expected at most 100000\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(read_bad(cases[i].cards), cases[i].errors);
}

/** Many patches in one place must not keep the reader busy. */
static void test_crowds_are_refused(void **state)
{
    (void)state;
    assert_string_equal(read_bad("SP 0 0 1 0 0 0 0 4\nGM 0 30000\nGE\n"),
                        "3:1: so many patches lie in the same places that their edges cannot be "
                        "found, expected patches side by side\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patches_are_where_nec2_puts_them),
        cmocka_unit_test(test_further_corners_continue_a_patch),
        cmocka_unit_test(test_surface_is_named_after_its_card),
        cmocka_unit_test(test_box_of_squares_is_closed_by_the_ground),
        cmocka_unit_test(test_cylinder_of_squares_becomes_a_prism),
        cmocka_unit_test(test_decks_of_the_manual),
        cmocka_unit_test(test_sphere_of_squares_is_closed),
        cmocka_unit_test(test_unequal_surfaces_are_joined),
        cmocka_unit_test(test_wire_in_the_middle_of_a_triangle),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_crowds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
