/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Prepared right-hand sides of plane waves: against those made one by one, and the kernels against
 * the rule written down once more. */

#include "operator/face_wave.h"
#include "base/constants.h"
#include "math/triangle_rule.h"
#include "operator/face_excitation.h"
#include "operator/wave_kernel.h"
#include "random.h"
#include "surface_support.h"

/** Two plates with a common edge, a wire on a vertex of one, and a wire beside. */
typedef struct structure {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
} structure;

/** Over soil, half of it below z = 0. */
static structure create(double k, ali_ground_kind ground)
{
    bool soil = ground == ALI_GROUND_SOMMERFELD;
    double up = soil ? -0.3 : 0.0;
    structure s = {.model = ali_model_create()};
    const ali_vec3 attached[] = {{0.25, 0.25, up + 0.5}, {0.3, 0.2, up + 0.9}};
    const ali_vec3 beside[] = {{-0.4, 0.1, up + 0.1}, {-0.4, 0.3, up + 0.8}};
    const double radius = 0.002;
    ali_mesh_options mesh_options = {.refine = 1,
                                     .ground = ground != ALI_GROUND_NONE,
                                     .connect = ground != ALI_GROUND_NONE,
                                     .soil = soil,
                                     .soil_wavenumber = 2.0 * k};
    ali_basis_options basis_options = {.degree = 2, .wavenumber = k};
    assert_non_null(s.model);
    add_plate(s.model, "top", (ali_vec3){0, 0, up + 0.5}, (ali_vec3){0.5, 0, 0},
              (ali_vec3){0, 0.5, 0}, 6, 6);
    add_plate(s.model, "side", (ali_vec3){0, 0, up}, (ali_vec3){0, 0.5, 0}, (ali_vec3){0, 0, 0.5},
              6, 6);
    assert_int_equal(ali_model_add_wire(s.model, 1, 1, attached, &radius, (ali_origin){0}, NULL),
                     0);
    assert_int_equal(ali_model_add_wire(s.model, 2, 1, beside, &radius, (ali_origin){0}, NULL), 0);
    assert_int_equal(ali_mesh_create(s.model, &mesh_options, NULL, NULL, &s.mesh, NULL), 0);
    assert_int_equal(s.mesh->attachment_count, 1);
    assert_int_equal(ali_basis_create(s.mesh, &basis_options, &s.basis, NULL), 0);
    return s;
}

static void destroy(structure *s)
{
    ali_basis_destroy(s->basis);
    ali_mesh_destroy(s->mesh);
    ali_model_destroy(s->model);
}

static void agrees_with_one_by_one(void **state)
{
    (void)state;
    const double angles[][2] = {{0.3, 0.7}, {1.2, -2.0}, {1.57, 3.0}, {0.0, 0.4}};
    const ali_ground_kind grounds[] = {ALI_GROUND_NONE, ALI_GROUND_PEC, ALI_GROUND_SOMMERFELD};
    for (int g = 0; g < 3; g++) {
        double k = 9.0;
        structure s = create(k, grounds[g]);
        size_t rows = s.basis->count + s.basis->probe_count;
        double complex *v = calloc(3 * rows, sizeof *v), *one = v + 2 * rows;
        ali_face_waves *waves;
        assert_non_null(v);
        assert_true(s.basis->wire_first > 150);
        assert_int_equal(ali_face_waves_create(s.basis, &waves, NULL), 0);
        for (size_t a = 0; a < sizeof angles / sizeof *angles; a++) {
            ali_plane_wave wave[2];
            for (int p = 0; p < 2; p++)
                wave[p] = (ali_plane_wave){.theta = angles[a][0],
                                           .phi = angles[a][1],
                                           .e_theta = p == 0 ? CMPLX(0.6, 0.8) : 0.0,
                                           .e_phi = p,
                                           .k = k,
                                           .ground = grounds[g],
                                           .permittivity = CMPLX(4.0, -1.0)};
            ali_face_waves_excite(waves, 2, wave, (double complex *const[2]){v, v + rows});
            for (size_t p = 0; p < 2; p++) {
                double largest = 0.0;
                ali_excite_plane_wave(s.basis, true, &wave[p], one);
                for (size_t i = 0; i < rows; i++)
                    largest = fmax(largest, cabs(one[i]));
                assert_true(largest > 1e-5); /* small along the ground */
                for (size_t i = 0; i < rows; i++)
                    assert_close(v[p * rows + i], one[i], 1e-14);
            }
        }
        ali_face_waves_destroy(waves);
        free(v);
        destroy(&s);
    }
}

static void kernels_agree(void **state)
{
    (void)state;
    enum { COUNT = 24 };
    uint64_t seed = 7;
    double vertices[9][COUNT], sums[6][COUNT];
    const double k[3] = {31.0, -14.0, 8.0};
    ali_wave_rule rule;
    ali_triangle_rule points = ali_triangle_rule_get(ALI_WAVE_POINTS);
    assert_int_equal(points.points, ALI_WAVE_POINTS);
    memcpy(rule.lambda, points.lambda, sizeof rule.lambda);
    memcpy(rule.weight, points.weight, sizeof rule.weight);
    for (int i = 0; i < 9; i++)
        for (int f = 0; f < COUNT; f++)
            vertices[i][f] = 3.0 * next_random(&seed);
    const double *vertex[3][3];
    for (int i = 0; i < 9; i++)
        vertex[i / 3][i % 3] = vertices[i];
    const ali_wave_kernel_fn *table;
    size_t variants = ali_wave_kernels(&table);
    assert_true(variants >= 1);
    for (size_t variant = 0; variant < variants; variant++) {
        table[variant](COUNT, vertex, k, &rule, (double *const[3]){sums[0], sums[1], sums[2]},
                       (double *const[3]){sums[3], sums[4], sums[5]});
        for (int f = 0; f < COUNT; f++)
            for (int b = 0; b < 3; b++) {
                double complex expected = 0.0;
                for (int i = 0; i < ALI_WAVE_POINTS; i++) {
                    double phase = 0.0;
                    for (int a = 0; a < 3; a++)
                        for (int x = 0; x < 3; x++)
                            phase += points.lambda[i][a] * vertices[3 * a + x][f] * k[x];
                    expected +=
                        points.weight[i] * points.lambda[i][b] * CMPLX(cos(phase), sin(phase));
                }
                assert_close(CMPLX(sums[b][f], sums[3 + b][f]), expected, 1e-13);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_one_by_one),
        cmocka_unit_test(kernels_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
