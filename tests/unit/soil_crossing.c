/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Surfaces in and across a lossy ground: moments against the sums of those of parts, currents as
 *  they receive against how they radiate, and whole solves against free space, wires and the
 *  balance of power. */

#include "observe/far_field.h"
#include "operator/face_excitation.h"
#include "operator/ground_triangle.h"
#include "operator/half_space_kernel.h"
#include "random.h"
#include "soil_support.h"

/* ---- moments ---- */

/** Totals of the parts between two triangles: what points give, and shares of the air's wave. */
static void totals(ali_ground_triangle_work *work, double k, const ali_flat_triangle *a,
                   const ali_flat_triangle *b, ali_ground_way way,
                   double complex total[ALI_GROUND_PARTS])
{
    bool image = ali_ground_way_is_image(way);
    ali_flat_triangle seen = image ? ali_triangle_mirror(*a) : *a;
    ali_vec3 from = ali_triangle_middle(&seen), to = ali_triangle_middle(b);
    const bool in_soil[2] = {ali_triangle_middle(a).z < 0.0, to.z < 0.0};
    const double reach[2] = {ali_triangle_reach(a), ali_triangle_reach(b)};
    ali_ground_view view = ali_ground_view_of(
        work, way, in_soil, reach, ali_vec3_distance(from, to), ali_triangle_distance(&seen, b));
    ali_ground_pair_moments rest;
    double fixed[3][3];
    double complex wave[3][3];
    ali_ground_triangles(work, a, b, &view, rest);
    ali_triangle_static(&seen, b, fixed);
    ali_triangle_dynamic(&seen, b, k, wave);
    for (int p = 0; p < ALI_GROUND_PARTS; p++) {
        total[p] = 0.0;
        for (int m = 0; m < 9; m++)
            total[p] +=
                rest[p][m / 3][m % 3] + view.share[p] * (fixed[m / 3][m % 3] + wave[m / 3][m % 3]);
    }
}

static void quarter(const ali_flat_triangle *t, ali_flat_triangle part[4])
{
    ali_vec3 middle[3];
    for (int i = 0; i < 3; i++)
        middle[i] =
            ali_vec3_scale(0.5, ali_vec3_add(t->vertex[(i + 1) % 3], t->vertex[(i + 2) % 3]));
    for (int i = 0; i < 3; i++)
        part[i] = (ali_flat_triangle){{t->vertex[i], middle[(i + 2) % 3], middle[(i + 1) % 3]}};
    part[3] = (ali_flat_triangle){{middle[0], middle[1], middle[2]}};
}

/** All distances and rules take part: quarters of near triangles are not all near. */
static void test_moments_are_sums_of_those_of_parts(void **state)
{
    (void)state;
    const double k = 2.0, h = 0.2;
    const double complex permittivity = 13.0 - 3.0 * I;
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    ali_model *model = ali_model_create();
    add_plate(&sheet, (ali_vec3){0, 0, -2 * h}, (ali_vec3){2 * h, 0, 0}, (ali_vec3){0, 0, 3 * h}, 2,
              3);
    add_sheet(model, &sheet, 1.0);
    ali_mesh_options options = {
        .split_ends = true, .refine = 1, .ground = true, .connect = true, .soil = true};
    ali_mesh *mesh;
    assert_int_equal(ali_mesh_create(model, &options, NULL, NULL, &mesh, NULL), ALICORN_OK);
    ali_half_space_kernel *kernel;
    assert_int_equal(ali_half_space_kernel_create(mesh, k, permittivity, &kernel, NULL),
                     ALICORN_OK);
    ali_ground_triangle_work *work =
        ali_ground_triangle_work_create(ali_half_space_kernel_get(kernel), k);
    assert_non_null(work);
    const ali_flat_triangle up = {{{0, 0, 0}, {h, 0, 0}, {0, 0, h}}};
    const ali_flat_triangle down = {{{0, 0, 0}, {h, 0, 0}, {0, 0, -h}}};
    const ali_flat_triangle corner = {{{h, 0, 0}, {2 * h, 0, 0}, {2 * h, 0, -h}}};
    const ali_flat_triangle deep = {{{0, 0, -h}, {h, 0, -h}, {0, 0, -2 * h}}};
    const ali_flat_triangle level = {{{0, 0, 0}, {h, 0, 0}, {0, h, 0}}};
    const struct {
        const ali_flat_triangle *a, *b;
        ali_ground_way way;
    } cases[] = {{&up, &down, ALI_WAY_ACROSS},        {&up, &corner, ALI_WAY_ACROSS},
                 {&level, &down, ALI_WAY_ACROSS},     {&up, &deep, ALI_WAY_ACROSS},
                 {&down, &down, ALI_WAY_SOIL},        {&down, &deep, ALI_WAY_SOIL},
                 {&down, &corner, ALI_WAY_SOIL},      {&down, &down, ALI_WAY_SOIL_IMAGE},
                 {&down, &corner, ALI_WAY_SOIL_IMAGE}};
    double complex self[ALI_GROUND_PARTS];
    totals(work, k, &down, &down, ALI_WAY_SOIL, self);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        double complex whole[ALI_GROUND_PARTS], sum[ALI_GROUND_PARTS] = {0};
        ali_flat_triangle a[4], b[4];
        totals(work, k, cases[c].a, cases[c].b, cases[c].way, whole);
        quarter(cases[c].a, a);
        quarter(cases[c].b, b);
        for (int i = 0; i < 16; i++) {
            double complex part[ALI_GROUND_PARTS];
            totals(work, k, &a[i / 4], &b[i % 4], cases[c].way, part);
            for (int p = 0; p < ALI_GROUND_PARTS; p++)
                sum[p] += part[p] / 16.0;
        }
        for (int p = 0; p < ALI_GROUND_PARTS; p++) {
            bool coupling = p == ALI_GROUND_X || p == ALI_GROUND_Y;
            double scale = cabs(self[coupling ? ALI_GROUND_XX : p]);
            assert_close(whole[p], sum[p], (coupling ? 1e-3 : 1e-5) * scale);
        }
    }
    ali_ground_triangle_work_destroy(work);
    ali_half_space_kernel_destroy(kernel);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/* ---- waves ---- */

/** A box that stands `bottom` above or below z = 0, with a mast; 40 MHz. */
static ali_model *box_with_mast(double bottom)
{
    static sheet_builder sheet;
    const size_t cells[3] = {2, 2, 2};
    sheet = (sheet_builder){0};
    ali_model *model = alicorn_model_create();
    assert_non_null(model);
    add_box(&sheet, (ali_vec3){0, 0, bottom}, (ali_vec3){2.0, 1.5, 1.0}, cells);
    add_sheet(model, &sheet, 1.0);
    const double foot[3] = {1.0, 0.75, bottom + 1.0}, top[3] = {1.2, 0.8, bottom + 4.0};
    assert_int_equal(alicorn_model_add_wire(model, 1, 5, foot, top, 0.01, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_source(model, 1, 1, volt, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_frequency(model, 40e6, NULL), ALICORN_OK);
    return model;
}

/** A rod below the box, or below its middle if it crosses, and a buried wire with a source. */
static void add_wires_below(ali_model *model, double bottom)
{
    const double foot[3] = {1.0, 0.75, bottom}, tip[3] = {0.9, 0.75, bottom - 1.0};
    const double from[3] = {-1.0, 0.5, -0.4}, to[3] = {-1.0, 0.9, -1.5};
    assert_int_equal(alicorn_model_add_wire(model, 2, 3, foot, tip, 0.01, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_wire(model, 3, 3, from, to, 0.01, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_source(model, 3, 2, volt, NULL), ALICORN_OK);
}

/** What a wave from a direction does to a current is the far field towards there. */
static void test_receiving_is_radiating(void **state)
{
    (void)state;
    const double k = 2.0 * ALI_PI * 40e6 / ALI_C0;
    const double complex permittivity = 13.0 - 2.0 * I;
    ali_ground ground = soil(permittivity, 40e6);
    ali_model *model = box_with_mast(-1.37); /* the mast's foot is below, too */
    ali_mesh_options mesh_options = {
        .split_ends = true, .refine = 1, .ground = true, .connect = true, .soil = true};
    ali_mesh *mesh;
    assert_int_equal(ali_mesh_create(model, &mesh_options, NULL, NULL, &mesh, NULL), ALICORN_OK);
    ali_basis *basis;
    ali_basis_options basis_options = {.wavenumber = k, .degree = 2};
    assert_int_equal(ali_basis_create(mesh, &basis_options, &basis, NULL), ALICORN_OK);
    double complex *x = calloc(2 * basis->count, sizeof *x), *v = x + basis->count;
    uint64_t seed = 11;
    for (size_t i = 0; i < basis->count; i++)
        x[i] = CMPLX(next_random(&seed), next_random(&seed));
    ali_current current;
    ali_radiator *radiator;
    assert_int_equal(ali_current_create(basis, x, &current, NULL), ALICORN_OK);
    assert_int_equal(
        ali_radiator_create(&current, k, &ground, ALI_PATTERN_SPACE_WAVE, &radiator, NULL),
        ALICORN_OK);
    const double angles[][2] = {{0.2, 0.4}, {0.9, 2.5}, {1.4, -1.0}};
    for (int i = 0; i < 3; i++) {
        double complex field[2];
        ali_radiator_far_field(radiator, 1, &angles[i][0], &angles[i][1], &field[0], &field[1]);
        for (int p = 0; p < 2; p++) {
            ali_plane_wave wave = {.theta = angles[i][0],
                                   .phi = angles[i][1],
                                   .e_theta = p == 0,
                                   .e_phi = p == 1,
                                   .k = k,
                                   .ground = ground.kind,
                                   .permittivity = permittivity};
            double complex sum = 0.0;
            ali_excite_plane_wave(basis, false, &wave, v);
            for (size_t j = 0; j < basis->count; j++)
                sum += v[j] * x[j];
            sum *= CMPLX(0.0, -k * ALI_ETA0 / (4.0 * ALI_PI));
            assert_close(sum, field[p], 1e-4 * (cabs(field[0]) + cabs(field[1])));
        }
    }
    ali_radiator_destroy(radiator);
    ali_current_clear(&current);
    free(x);
    ali_basis_destroy(basis);
    ali_mesh_destroy(mesh);
    ali_model_destroy(model);
}

/** A gap along edges that go through the ground is as long as it was. */
static void test_gap_along_cut_edges(void **state)
{
    (void)state;
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    ali_model *model = ali_model_create();
    add_plate(&sheet, (ali_vec3){0, 0, -0.37}, (ali_vec3){1, 0, 0}, (ali_vec3){0, 0, 1}, 2, 2);
    add_sheet(model, &sheet, 1.0);
    for (int soil = 0; soil < 2; soil++) {
        ali_mesh_options mesh_options = {
            .refine = 1, .ground = soil, .connect = soil, .soil = soil};
        ali_basis_options basis_options = {.wavenumber = 1.0, .degree = 2};
        ali_mesh *mesh;
        ali_basis *basis;
        ali_functional gap;
        assert_int_equal(ali_mesh_create(model, &mesh_options, NULL, NULL, &mesh, NULL),
                         ALICORN_OK);
        assert_int_equal(ali_basis_create(mesh, &basis_options, &basis, NULL), ALICORN_OK);
        size_t line[3];
        for (size_t i = 0; i < 3; i++) /* up the middle */
            line[i] = mesh->surfaces->model_vertex[3 + i];
        assert_int_equal(ali_edge_gap_functional(basis, 3, line, &gap, NULL), ALICORN_OK);
        assert_int_equal(gap.count, soil ? 3 : 2);
        double length = 0.0, sense = 0.0;
        for (size_t i = 0; i < gap.count; i++) {
            /* out of the first face: one sense if that lies left of the line */
            const ali_face_edge *edge =
                &mesh->surfaces->edges[basis->surfaces->function_edge[gap.function[i]]];
            size_t face = mesh->surfaces->edge_sides[edge->first] / 3;
            ali_flat_triangle triangle = ali_face_triangle(mesh->surfaces, face);
            double here = (ali_triangle_middle(&triangle).x < 0.5) == (gap.weight[i] > 0.0);
            assert_true(i == 0 || here == sense);
            sense = here;
            length += fabs(gap.weight[i]);
        }
        assert_close(length, 1.0, 1e-12);
        ali_functional_clear(&gap);
        ali_basis_destroy(basis);
        ali_mesh_destroy(mesh);
    }
    ali_model_destroy(model);
}

/* ---- solves ---- */

/** Over next to nothing, bodies and wires across are those in free space, with edges in z = 0; cut
 * faces are a finer mesh. */
static void test_next_to_nothing(void **state)
{
    (void)state;
    ali_model *model[2];
    for (int j = 0; j < 2; j++) {
        model[j] = box_with_mast(-0.5);
        add_wires_below(model[j], -0.5);
    }
    double complex free_space = impedance_of(solve(model[0], (ali_ground){0}));
    double complex air = impedance_of(solve(model[1], soil(1.0 + 1e-6, 40e6)));
    assert_close(air, free_space, 1e-5 * cabs(free_space));
}

/** Over a lossless soil what is fed in on both sides is radiated, up and down, and ports on both
 * sides are reciprocal. */
static void test_power_and_reciprocity(void **state)
{
    (void)state;
    ali_model *model = box_with_mast(-0.37);
    add_wires_below(model, -0.37);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(alicorn_model_add_pattern(model, i ? 451 : 226, 90.0, i ? 0.2 : 0.4, 19,
                                                   0.0, 20.0, NULL),
                         ALICORN_OK);
        model->tasks[0].requests[i].as.pattern.average = 1;
    }
    alicorn_result *result = solve(model, soil(4.0, 40e6));
    const alicorn_solve_result *one = alicorn_result_solve(result, 0);
    double share[2], root = pow(2.0, 1.5);
    for (int i = 0; i < 2; i++) {
        const alicorn_pattern *pattern = &one->patterns[i];
        share[i] = pattern->average_gain * pattern->solid_angle / (4.0 * ALI_PI);
    }
    /* beyond the critical angle the field starts like a root */
    double down = (root * share[1] - share[0]) / (root - 1.0);
    assert_true(down > 0.5);
    assert_close(down + one->power.far_field / one->power.input, 1.0, 1e-3);
    assert_close(one->power.ground_loss / one->power.input, down, 1e-3);
    const alicorn_ports *ports = &one->ports;
    assert_int_equal(ports->count, 2);
    double complex there = CMPLX(ports->y[1].re, ports->y[1].im);
    assert_true(cabs(there) > 1e-6);
    assert_close(CMPLX(ports->y[2].re, ports->y[2].im), there, 1e-9 * cabs(there));
    alicorn_result_destroy(result);
}

/** A dipole of 4 m that goes through the ground at a slant, 15 MHz: a wire, or a strip of the same
 * equivalent radius that leads on from a short wire at the gap. */
static double complex slanting(bool strip)
{
    const double half = 2.0, gap = 0.1, radius = 0.01;
    const ali_vec3 u = {0.8, 0.0, 0.6}, side = {0.0, 4.0 * radius, 0.0}, middle = {0.0, 0.0, 0.3};
    static sheet_builder sheet;
    ali_model *model = alicorn_model_create();
    double ends[2][3];
    sheet = (sheet_builder){0};
    for (int i = 0; i < 2; i++) {
        ali_vec3 end = ali_vec3_axpy(middle, (strip ? gap : half) * (i ? 1.0 : -1.0), u);
        memcpy(ends[i], &end, sizeof end);
        if (strip)
            add_plate(&sheet, ali_vec3_axpy(end, -0.5, side),
                      ali_vec3_scale((half - gap) * (i ? 1.0 : -1.0), u), side, 8, 1);
    }
    if (strip)
        add_sheet(model, &sheet, 1.0);
    int segments = strip ? 3 : 21;
    assert_int_equal(alicorn_model_add_wire(model, 1, segments, ends[0], ends[1], radius, NULL),
                     ALICORN_OK);
    assert_int_equal(alicorn_model_add_source(model, 1, segments / 2 + 1, volt, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_frequency(model, 15e6, NULL), ALICORN_OK);
    return impedance_of(solve(model, soil(13.0 - 6.0 * I, 15e6)));
}

static void test_strip_for_a_wire(void **state)
{
    (void)state;
    double complex wire = slanting(false), strip = slanting(true);
    assert_true(cabs(wire) > 200.0 && creal(wire) > 40.0);
    assert_close(strip, wire, 0.015 * cabs(wire));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments_are_sums_of_those_of_parts),
        cmocka_unit_test(test_receiving_is_radiating),
        cmocka_unit_test(test_gap_along_cut_edges),
        cmocka_unit_test(test_next_to_nothing),
        cmocka_unit_test(test_power_and_reciprocity),
        cmocka_unit_test(test_strip_for_a_wire),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
