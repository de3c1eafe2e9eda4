/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The right-hand side of a plane wave: against plain quadrature on a thin wire, and against the
 * far field on thick ones, whose adjoint it is by reciprocity. */

#include "base/constants.h"
#include "observe/far_field.h"
#include "operator/excitation.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** A bent wire of three segments, one of them long, and a second wire; unequal radii. */
typedef struct structure {
    ali_model *model;
    ali_wire_mesh *mesh;
    ali_wire_basis *basis;
    double k;
} structure;

typedef struct places {
    ali_vec3 bent[4], upright[2];
} places;
static const places above = {{{0.1, 0, 0.4}, {0.1, 0.2, 0.5}, {0.4, 0.3, 1.1}, {0.2, 0.9, 1.0}},
                             {{-0.3, 0, 0.2}, {-0.3, 0, 1.9}}};
/** The bent wire crosses z = 0, the other one lies below it. */
static const places across = {{{0.1, 0, -0.3}, {0.1, 0.2, -0.2}, {0.4, 0.3, 0}, {0.2, 0.9, 0.7}},
                              {{-0.3, 0, -1.5}, {-0.3, 0, -0.1}}};

static structure create(const places *at, double radius, double k, int degree, bool ground)
{
    structure s = {.model = ali_model_create(), .k = k};
    const double radii[] = {radius, 2.0 * radius, 0.5 * radius};
    ali_mesh_options mesh_options = {.refine = 1, .ground = ground, .connect = ground};
    ali_basis_options basis_options = {.degree = degree, .wavenumber = k};
    assert_non_null(s.model);
    assert_int_equal(ali_model_add_wire(s.model, 1, 3, at->bent, radii, (ali_origin){0}, NULL), 0);
    assert_int_equal(ali_model_add_wire(s.model, 2, 1, at->upright, radii, (ali_origin){0}, NULL),
                     0);
    assert_int_equal(ali_wire_mesh_create(s.model, &mesh_options, NULL, NULL, &s.mesh, NULL), 0);
    assert_int_equal(ali_wire_basis_create(s.mesh, &basis_options, &s.basis, NULL), 0);
    return s;
}

static void destroy(structure *s)
{
    ali_wire_basis_destroy(s->basis);
    ali_wire_mesh_destroy(s->mesh);
    ali_model_destroy(s->model);
}

static const double angles[][2] = {{0.3, 0.7}, {1.2, -2.0}, {1.57, 3.0}, {0.0, 0.4}};
enum { ANGLES = sizeof angles / sizeof *angles };

/** A wave along theta^ in free space, written down once more. */
static void theta_wave(const void *context, ali_vec3 point, double complex field[3])
{
    const ali_plane_wave *w = context;
    double st = sin(w->theta), ct = cos(w->theta), sp = sin(w->phi), cp = cos(w->phi);
    double complex phase =
        cexp(CMPLX(0.0, w->k * (point.x * st * cp + point.y * st * sp + point.z * ct)));
    field[0] = ct * cp * phase;
    field[1] = ct * sp * phase;
    field[2] = -st * phase;
}

static void agrees_with_quadrature_on_thin_wires(void **state)
{
    (void)state;
    structure s = create(&above, 1e-6, 3.1, 4, false);
    size_t functions = s.basis->count + s.mesh->element_count;
    double complex *v = calloc(2 * functions, sizeof *v), *exact = v + functions;
    assert_non_null(v);
    for (size_t a = 0; a < ANGLES; a++) {
        ali_plane_wave wave = {
            .theta = angles[a][0], .phi = angles[a][1], .e_theta = 1.0, .k = s.k};
        double largest = 0.0;
        ali_plane_wave_excitation(s.basis, true, &wave, v);
        ali_field_excitation(s.basis, s.k, true, theta_wave, &wave, exact);
        for (size_t i = 0; i < functions; i++)
            largest = fmax(largest, cabs(exact[i]));
        for (size_t i = 0; i < functions; i++)
            assert_true(cabs(v[i] - exact[i]) < 1e-10 * largest);
        memset(v, 0, functions * sizeof *v);
        ali_plane_wave_excitation(s.basis, false, &wave, v);
        assert_true(v[s.basis->count] == 0.0); /* no probes asked, none touched */
    }
    free(v);
    destroy(&s);
}

/** For any current x and any direction, e^.F = -jk eta/(4 pi) v.x with v of a wave of polarisation
 * e^ from there. The far field has its own code, and its own tests. */
static void compare_with_far_field(structure *s, const ali_ground *ground)
{
    size_t n = s->basis->count;
    double complex *x = calloc(2 * n, sizeof *x), *v = x + n;
    const ali_surface_mesh faces = {0};
    ali_current current = {.surfaces = {.mesh = &faces}};
    assert_non_null(x);
    for (size_t i = 0; i < n; i++)
        x[i] = CMPLX(cos(1.0 + 2.3 * (double)i), sin(0.3 + 1.7 * (double)i));
    assert_int_equal(ali_wire_current_create(s->basis, x, &current.wires, NULL), 0);
    ali_radiator *radiator;
    assert_int_equal(
        ali_radiator_create(&current, s->k, ground, ALI_PATTERN_SPACE_WAVE, &radiator, NULL), 0);
    for (size_t a = 0; a < ANGLES; a++) {
        double complex field[2];
        ali_radiator_far_field(radiator, 1, &angles[a][0], &angles[a][1], &field[0], &field[1]);
        double size = hypot(cabs(field[0]), cabs(field[1]));
        for (int p = 0; p < 2; p++) {
            ali_plane_wave wave = {.theta = angles[a][0],
                                   .phi = angles[a][1],
                                   .e_theta = p == 0,
                                   .e_phi = p == 1,
                                   .k = s->k,
                                   .ground = ground->kind,
                                   .permittivity =
                                       ali_medium_permittivity(&ground->medium, s->k * ALI_C0)};
            double complex sum = 0.0;
            ali_plane_wave_excitation(s->basis, false, &wave, v);
            for (size_t i = 0; i < n; i++)
                sum += v[i] * x[i];
            sum *= CMPLX(0.0, -s->k * ALI_ETA0 / (4.0 * ALI_PI));
            assert_true(size > 0.001);
            assert_true(cabs(sum - field[p]) < 1e-7); /* of about 100 V */
        }
    }
    ali_radiator_destroy(radiator);
    ali_wire_current_clear(&current.wires);
    free(x);
}

static void is_the_adjoint_of_the_far_field(void **state)
{
    (void)state;
    static const ali_ground_kind kinds[] = {ALI_GROUND_NONE, ALI_GROUND_PEC, ALI_GROUND_REFLECTION};
    for (size_t g = 0; g < 3; g++) {
        structure s = create(&above, 0.02, 4.0, 3, kinds[g] != ALI_GROUND_NONE);
        ali_ground ground = {.kind = kinds[g], .medium = {.eps_r = 13.0, .sigma = 0.01}};
        compare_with_far_field(&s, &ground);
        destroy(&s);
    }
}

static void is_the_adjoint_in_soil_too(void **state)
{
    (void)state;
    static const ali_medium soils[] = {
        {.eps_r = 13.0, .sigma = 0.01}, {.eps_r = 81.0, .sigma = 5.0}, {.eps_r = 3.0}};
    for (size_t m = 0; m < sizeof soils / sizeof *soils; m++) {
        structure s = create(&across, 0.02, 4.0, 3, false);
        ali_ground ground = {.kind = ALI_GROUND_SOMMERFELD, .medium = soils[m]};
        compare_with_far_field(&s, &ground);
        destroy(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_quadrature_on_thin_wires),
        cmocka_unit_test(is_the_adjoint_of_the_far_field),
        cmocka_unit_test(is_the_adjoint_in_soil_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
