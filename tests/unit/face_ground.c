/* SPDX-License-Identifier: Apache-2.0 */
/* What a half-space adds to the matrix of faces and wires: entries against brute force from the
 * definitions, by triangle_reference.h and products of Gauss rules, and the limits of media that
 * hardly differ from air or from a perfect conductor. */
#include "face_support.h"

#include "green/corner.h"
#include "math/quadrature.h"
#include "operator/half_space_kernel.h"
#include "operator/near.h"
#include "random.h"
#include "triangle_reference.h"

/** A fixture over soil. */
typedef struct soil_fixture {
    surface_fixture surface;
    ali_half_space_kernel *kernel;
    double complex *added; /**< [count][count] by the soil */
} soil_fixture;

static double complex *fill_with(const surface_fixture *f, ali_surface_operator_setup setup)
{
    size_t count = f->basis->count;
    ali_surface_operator *operator= NULL;
    double complex *z = calloc(count * count, sizeof *z);
    assert_non_null(z);
    assert_int_equal(ali_surface_operator_create(&setup, &operator, NULL), ALICORN_OK);
    assert_int_equal(ali_surface_operator_add(operator, 0, count, 0, count, z, count, NULL),
                     ALICORN_OK);
    ali_surface_operator_destroy(operator);
    return z;
}

static void soil_set_up(soil_fixture *s, ali_model *model, double k, double complex permittivity)
{
    surface_fixture *f = &s->surface;
    *f = (surface_fixture){.model = model, .k = k};
    ali_mesh_options options = {
        .split_ends = true, .refine = 1, .ground = true, .connect = true, .soil = true};
    assert_int_equal(ali_mesh_create(model, &options, NULL, NULL, &f->mesh, NULL), ALICORN_OK);
    ali_basis_options basis = {.wavenumber = k, .degree = 2};
    assert_int_equal(ali_basis_create(f->mesh, &basis, &f->basis, NULL), ALICORN_OK);
    assert_int_equal(ali_face_near_create(f->mesh, 3, true, 1, NULL, NULL, &f->near, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_half_space_kernel_create(f->mesh, k, permittivity, &s->kernel, NULL),
                     ALICORN_OK);
    f->setup =
        (ali_surface_operator_setup){.basis = f->basis, .near = f->near, .omega = k * ALI_C0};
    double complex *alone = fill_with(f, f->setup);
    f->setup.half_space = ali_half_space_kernel_get(s->kernel);
    s->added = fill_with(f, f->setup);
    for (size_t i = 0; i < f->basis->count * f->basis->count; i++)
        s->added[i] -= alone[i];
    free(alone);
}

static void soil_tear_down(soil_fixture *s)
{
    free(s->added);
    ali_half_space_kernel_destroy(s->kernel);
    surface_tear_down(&s->surface);
}

/* ---- brute force ---- */

/** Context of a reference kernel, which gets nothing but a number. */
static const ali_ground_kernel *reference_medium;

/** Reflected kernels between a point and the image of another, d from the image: xx, zz, zx rho^,
 * phi. */
static void reflected_kernel(ali_vec3 d, double k, double *value)
{
    double rho = hypot(d.x, d.y), height = fabs(d.z), r = hypot(rho, height);
    double complex xx, zz, zx, phi, wave = cexp(CMPLX(0.0, -k * r)) / (4.0 * ALI_PI * r);
    ali_ground_values values = {&xx, &zz, &zx, &phi};
    const ali_ground_shares *share = &reference_medium->image[ALI_GROUND_AIR];
    const double depth = 0.0;
    reference_medium->evaluate(reference_medium->context, ALI_GROUND_AIR, 1, &rho, &height, &depth,
                               &values);
    const double complex part[5] = {xx + share->xx * wave, zz + share->zz * wave,
                                    rho > 0.0 ? zx * d.x / rho : 0.0,
                                    rho > 0.0 ? zx * d.y / rho : 0.0, phi + share->phi * wave};
    for (int i = 0; i < 5; i++) {
        value[2 * i] = creal(part[i]);
        value[2 * i + 1] = cimag(part[i]);
    }
}

/** Moments [part][a][b] of the reflected kernels, rho^ from the image of b to a. */
static void brute_moments(ali_flat_triangle a, ali_flat_triangle b, double k,
                          double complex moments[5][3][3])
{
    reference_kernel kernel = {10, reflected_kernel, k};
    reference_moments sum;
    for (int i = 0; i < 3; i++)
        b.vertex[i] = ali_vec3_mirror_z(b.vertex[i]);
    reference_any(a, b, &kernel, sum);
    for (int p = 0; p < 5; p++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                moments[p][i][j] = CMPLX(sum[2 * p][i][j], sum[2 * p + 1][i][j]);
}

/** xx u_h.v_h + zz u_z v_z + zx (u_z rho^.v_h - v_z rho^.u_h), rho^ from v to u. */
static double complex couple(const double complex part[5], ali_vec3 u, ali_vec3 v)
{
    return part[0] * (u.x * v.x + u.y * v.y) + part[1] * u.z * v.z +
           part[2] * (u.z * v.x - v.z * u.x) + part[3] * (u.z * v.y - v.z * u.y);
}

/** The two faces of function f of an edge, with the vertices opposite to it. */
typedef struct edge_function {
    size_t face[2];
    int opposite[2];
    double length;
} edge_function;

static edge_function edge_function_of(const ali_surface_basis *basis, size_t f)
{
    const ali_face_edge *edge = &basis->mesh->edges[basis->function_edge[f]];
    const ali_edge_side *sides = basis->mesh->edge_sides + edge->first;
    assert_int_equal(edge->count, 2);
    assert_false(edge->grounded);
    return (edge_function){.face = {sides[0] / 3, sides[1] / 3},
                           .opposite = {(int)(sides[0] % 3), (int)(sides[1] % 3)},
                           .length = edge->length};
}

static double complex brute_entry(const surface_fixture *f, size_t m, size_t n)
{
    edge_function a = edge_function_of(f->basis->surfaces, m);
    edge_function b = edge_function_of(f->basis->surfaces, n);
    double complex sum = 0.0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            ali_flat_triangle s = ali_face_triangle(f->mesh->surfaces, a.face[i]);
            ali_flat_triangle t = ali_face_triangle(f->mesh->surfaces, b.face[j]);
            double complex moments[5][3][3], vector = 0.0, scalar = 0.0;
            brute_moments(s, t, f->k, moments);
            for (int p = 0; p < 3; p++)
                for (int q = 0; q < 3; q++) {
                    double complex part[5];
                    for (int c = 0; c < 5; c++)
                        part[c] = moments[c][p][q];
                    vector +=
                        0.25 * couple(part, ali_vec3_sub(s.vertex[p], s.vertex[a.opposite[i]]),
                                      ali_vec3_sub(t.vertex[q], t.vertex[b.opposite[j]]));
                    scalar += part[4];
                }
            double sign = i == j ? a.length * b.length : -a.length * b.length;
            sum += CMPLX(0.0, ALI_ETA0) * sign * (f->k * vector - scalar / f->k);
        }
    return sum;
}

/* ---- faces ---- */

/** A plate that leans back from a line in z = 0, where another one lies in the ground, and one
 * some way off. */
static ali_model *leaning_plates(double height)
{
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_plate(&sheet, (ali_vec3){0, 0, height}, (ali_vec3){0.9, 0, 0}, (ali_vec3){0, 0.3, 0.35}, 6,
              3);
    add_plate(&sheet, (ali_vec3){0, 0, height}, (ali_vec3){0.9, 0, 0}, (ali_vec3){0, -0.3, 0}, 6,
              2);
    add_plate(&sheet, (ali_vec3){1.8, 0.1, height + 0.05}, (ali_vec3){0, 0.4, 0.3},
              (ali_vec3){0.1, 0, 0.05}, 3, 1);
    add_sheet(model, &sheet, 1.0);
    return model;
}

static void check_entries(const soil_fixture *s, int trials, double tolerance)
{
    const surface_fixture *f = &s->surface;
    size_t count = f->basis->count, edges = f->basis->surfaces->count;
    double complex *whole = fill_with(f, f->setup);
    uint64_t random = 5;
    double worst = 0.0;
    reference_medium = f->setup.half_space;
    for (int t = 0; t < trials; t++) {
        size_t m = (size_t)((0.5 + 0.5 * next_random(&random)) * (double)edges);
        size_t n = t % 3 ? (size_t)((0.5 + 0.5 * next_random(&random)) * (double)edges)
                         : (m + (size_t)(t / 3) % 5) % edges;
        double scale = sqrt(cabs(whole[m + m * count]) * cabs(whole[n + n * count]));
        double complex brute = brute_entry(f, m, n);
        worst = fmax(worst, cabs(s->added[m + n * count] - brute) / scale);
        assert_close(s->added[n + m * count], s->added[m + n * count], 1e-12 * scale);
    }
    assert_true(worst < tolerance);
    free(whole);
}

static void test_entries(void **state)
{
    (void)state;
    soil_fixture s;
    const struct {
        double height;
        double complex permittivity;
        double tolerance;
        /* on the sea next to nothing is left of the whole that errors are compared with */
    } cases[] = {{0.5, 13.0 - 3.0 * I, 2e-5},
                 {0.0, 13.0 - 3.0 * I, 1e-5},
                 {0.02, 80.0 - 3000.0 * I, 1e-5},
                 {0.0, 80.0 - 3000.0 * I, 1.5e-2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        soil_set_up(&s, leaning_plates(cases[i].height), 2.0, cases[i].permittivity);
        check_entries(&s, 9, cases[i].tolerance);
        soil_tear_down(&s);
    }
}

/* ---- wires ---- */

/** A box with a mast on its roof and a wire from its wall, and a wire aside. */
static ali_model *box_with_wires(double height)
{
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    ali_model *model = ali_model_create();
    assert_non_null(model);
    const size_t cells[3] = {2, 2, 2};
    add_box(&sheet, (ali_vec3){0, 0, height}, (ali_vec3){0.4, 0.3, 0.25}, cells);
    add_sheet(model, &sheet, 1.0);
    const ali_vec3 mast[] = {{0.2, 0.15, height + 0.25}, {0.25, 0.2, height + 0.6}};
    const ali_vec3 stay[] = {{0.4, 0.15, height + 0.125}, {0.75, 0.1, height + 0.05}};
    const ali_vec3 aside[] = {{-0.3, -0.1, height + 0.03}, {-0.2, 0.2, height + 0.3}};
    const double radius[] = {0.002, 0.002};
    const ali_vec3 *wires[] = {mast, stay, aside};
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            ali_model_add_wire(model, i + 1, 1, wires[i], radius, (ali_origin){0}, NULL),
            ALICORN_OK);
    return model;
}

/** Largest difference of what a medium and what a perfect conductor or, `pec` false, free space
 * adds, over the largest entry that the conductor adds. */
static double difference(double height, double complex permittivity, bool pec)
{
    soil_fixture s;
    soil_set_up(&s, box_with_wires(height), 2.0, permittivity);
    const surface_fixture *f = &s.surface;
    assert_int_equal(f->mesh->attachment_count, 2);
    ali_surface_operator_setup setup = f->setup;
    size_t count = f->basis->count;
    setup.half_space = NULL;
    double complex *alone = fill_with(f, setup);
    setup.ground = true;
    double complex *conductor = fill_with(f, setup);
    double largest = 0.0, worst = 0.0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            double complex added = conductor[i + j * count] - alone[i + j * count];
            double complex wanted = pec ? added : 0.0;
            largest = fmax(largest, cabs(added));
            worst = fmax(worst, cabs(s.added[i + j * count] - wanted));
            assert_close(s.added[i + j * count], s.added[j + i * count],
                         1e-9 * cabs(added) + 1e-9 * largest);
        }
    free(alone);
    free(conductor);
    soil_tear_down(&s);
    return worst / largest;
}

/** A medium that hardly differs from air does nothing, in proportion to what it differs; one that
 * conducts well is a perfect conductor but for its skin depth. */
static void test_limits(void **state)
{
    (void)state;
    double little = difference(0.1, 1.0001 - 1e-4 * I, false);
    assert_true(little < 3e-4 && little > 2e-5);
    assert_true(difference(0.1, 1.0 + 1e-9, false) < 3e-9);
    double skin = difference(0.1, 80.0 - 1e8 * I, true);
    assert_true(skin < 1e-3 && skin > 1e-7);
    assert_true(difference(0.1, 13.0 - 3.0 * I, true) > 0.05);
    assert_true(difference(0.0, 1.0 + 1e-9, false) < 3e-9);
    assert_true(difference(0.0, 80.0 - 1e6 * I, true) < 0.03);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
