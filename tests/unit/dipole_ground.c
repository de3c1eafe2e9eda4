/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Right-hand sides of a current element over a lossy half-space: against plane waves from afar,
 * the image of a conductor, free space, and itself with both ends exchanged. */

#include "assert_close.h"
#include "base/constants.h"
#include "operator/excitation.h"

#include <math.h>
#include <stdlib.h>

static const double k = 3.0;

/** Wires with a basis of degree 3. */
typedef struct structure {
    ali_model *model;
    ali_wire_mesh *mesh;
    ali_wire_basis *basis;
    double complex *v;
} structure;

static structure create(size_t count, const ali_vec3 (*ends)[2])
{
    structure s = {.model = ali_model_create()};
    const double radius = 1e-6;
    ali_mesh_options mesh_options = {.refine = 1};
    ali_basis_options basis_options = {.degree = 3, .wavenumber = k};
    for (size_t i = 0; i < count; i++)
        assert_int_equal(
            ali_model_add_wire(s.model, (int)i + 1, 1, ends[i], &radius, (ali_origin){0}, NULL), 0);
    assert_int_equal(ali_wire_mesh_create(s.model, &mesh_options, NULL, NULL, &s.mesh, NULL), 0);
    assert_int_equal(ali_wire_basis_create(s.mesh, &basis_options, &s.basis, NULL), 0);
    s.v = calloc(s.basis->count, sizeof *s.v);
    assert_non_null(s.v);
    return s;
}

static void destroy(structure *s)
{
    free(s->v);
    ali_wire_basis_destroy(s->basis);
    ali_wire_mesh_destroy(s->mesh);
    ali_model_destroy(s->model);
}

/** All of the field of a current element over a half-space, to v. */
static void excite(structure *s, const ali_element_field *element, double complex eps)
{
    alicorn_error error;
    ali_element_field direct = *element;
    direct.above = true;
    ali_current_element_excitation(s->basis, false, &direct, s->v);
    if (ali_current_element_ground(s->basis, false, &direct, eps, s->v, &error))
        fail_msg("%s", error.message);
}

static double largest(const structure *s)
{
    double size = 0.0;
    for (size_t f = 0; f < s->basis->count; f++)
        size = fmax(size, cabs(s->v[f]));
    return size;
}

/** Slanting wires in the air and in the soil; across the plane a bend would only repeat them. */
static const ali_vec3 slanting[][2] = {{{0.1, 0.2, 0.3}, {0.6, -0.1, 0.9}},
                                       {{-0.3, 0.1, -0.05}, {0.1, 0.4, -0.2}},
                                       {{0.0, 0.0, 0.1}, {0.0, 0.0, 0.4}}};

static void test_from_afar_it_is_a_plane_wave(void **state)
{
    (void)state;
    const double complex eps = 9.0 - 4.0 * I;
    const double distance = 3e4, theta = 0.9, phi = 0.6;
    const ali_vec3 way = {sin(theta) * cos(phi), sin(theta) * sin(phi), cos(theta)};
    const ali_vec3 polarisations[] = {{cos(theta) * cos(phi), cos(theta) * sin(phi), -sin(theta)},
                                      {-sin(phi), cos(phi), 0.0}};
    structure s = create(3, slanting);
    double complex *wave = calloc(s.basis->count, sizeof *wave);
    for (int p = 0; p < 2; p++) {
        ali_element_field element = {.position = ali_vec3_scale(distance, way),
                                     .direction = polarisations[p],
                                     .moment = 1.0,
                                     .k = k};
        excite(&s, &element, eps);
        ali_plane_wave incident = {.theta = theta,
                                   .phi = phi,
                                   .e_theta = p == 0,
                                   .e_phi = p == 1,
                                   .k = k,
                                   .ground = ALI_GROUND_SOMMERFELD,
                                   .permittivity = eps};
        ali_plane_wave_excitation(s.basis, false, &incident, wave);
        double complex scale =
            -I * k * ALI_ETA0 * cexp(-I * k * distance) / (4.0 * ALI_PI * distance);
        for (size_t f = 0; f < s.basis->count; f++)
            assert_close(s.v[f] / scale, wave[f], 2e-4 * largest(&s) / cabs(scale));
    }
    free(wave);
    destroy(&s);
}

static void test_metal_is_an_image(void **state)
{
    (void)state;
    structure s = create(1, slanting), t = create(1, slanting);
    ali_element_field element = {
        .position = {0.4, 0.5, 0.35}, .direction = {0.6, 0.0, 0.8}, .moment = 1.0, .k = k};
    excite(&s, &element, 1.0 - 1e7 * I);
    element.image = true;
    ali_current_element_excitation(t.basis, false, &element, t.v);
    for (size_t f = 0; f < s.basis->count; f++)
        assert_close(s.v[f], t.v[f], 1e-3 * largest(&t));
    destroy(&s);
    destroy(&t);
}

static void test_air_below_is_nothing(void **state)
{
    (void)state;
    structure s = create(3, slanting), t = create(3, slanting);
    ali_element_field element = {
        .position = {0.4, 0.5, 0.35}, .direction = {0.6, 0.0, 0.8}, .moment = 1.0, .k = k};
    excite(&s, &element, 1.0);
    ali_current_element_excitation(t.basis, false, &element, t.v);
    for (size_t f = 0; f < s.basis->count; f++)
        assert_close(s.v[f], t.v[f], 2e-6 * largest(&t));
    destroy(&s);
    destroy(&t);
}

/** Work of an element at one place on a short wire at another. */
static double complex work(ali_vec3 from, ali_vec3 direction, ali_vec3 to, ali_vec3 along,
                           double complex eps)
{
    const double length = 4e-4;
    const ali_vec3 ends[][2] = {
        {ali_vec3_axpy(to, -0.5 * length, along), ali_vec3_axpy(to, 0.5 * length, along)}};
    structure s = create(1, ends);
    ali_element_field element = {.position = from, .direction = direction, .moment = 1.0, .k = k};
    excite(&s, &element, eps);
    double complex result = s.v[0];
    destroy(&s);
    return result;
}

static void test_exchange_of_source_and_observer(void **state)
{
    (void)state;
    const double complex soils[] = {13.0 - 3.0 * I, 80.0 - 600.0 * I, 4.0};
    const ali_vec3 place[] = {{0.0, 0.0, 0.05}, {0.07, 0.04, 0.02}, {0.9, -0.3, 0.4}};
    const ali_vec3 along[] = {{0.6, 0.0, 0.8}, {0.0, 0.8, -0.6}, {0.48, 0.64, 0.6}};
    for (int s = 0; s < 3; s++)
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            double complex there = work(place[i], along[i], place[j], along[j], soils[s]);
            double complex back = work(place[j], along[j], place[i], along[i], soils[s]);
            assert_close(there / back, 1.0, 5e-5);
        }
}

static void test_refuses_a_source_in_the_soil(void **state)
{
    (void)state;
    structure s = create(1, slanting);
    alicorn_error error;
    ali_element_field element = {
        .position = {0.4, 0.5, -0.1}, .direction = {0, 0, 1}, .moment = 1.0, .k = k};
    assert_int_equal(ali_current_element_ground(s.basis, false, &element, 4.0, s.v, &error),
                     ALICORN_E_INPUT);
    destroy(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_afar_it_is_a_plane_wave),
        cmocka_unit_test(test_metal_is_an_image),
        cmocka_unit_test(test_air_below_is_nothing),
        cmocka_unit_test(test_exchange_of_source_and_observer),
        cmocka_unit_test(test_refuses_a_source_in_the_soil),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
