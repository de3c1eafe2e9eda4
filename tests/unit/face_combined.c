/* SPDX-License-Identifier: Apache-2.0 */
/* Closed bodies under the combined-field equation: entries against brute force, spheres against
 * Mie's series [Balanis:2016] 11.8, resonances, wires beside them and a ground below. And a sheet
 * of some impedance that a wire feeds. */
#include "face_support.h"

#include "basis/surface_current.h"
#include "math/quadrature.h"
#include "operator/face_excitation.h"
#include "operator/face_magnetic.h"
#include "operator/near.h"
#include "operator/operator.h"
#include "random.h"
#include "solver/solver.h"
#include "triangle_reference.h"

/* ---- entries ---- */

/** n . grad of e^{-jkR}/R is taken by the caller: x, y, z, real and imaginary parts. */
static void gradient_kernel(ali_vec3 d, double k, double *value)
{
    double r = ali_vec3_norm(d), scale = -1.0 / (r * r * r), x = k * r;
    double re = scale * (cos(x) + x * sin(x)), im = scale * (x * cos(x) - sin(x));
    const double vector[3] = {d.x, d.y, d.z};
    for (int c = 0; c < 3; c++) {
        value[c] = re * vector[c];
        value[3 + c] = im * vector[c];
    }
}

/** PV 1/(4 pi) int int (r - v_i) . [n x (grad g x (r' - v_j'))]/(4 A A'). */
static double complex brute_curl(ali_flat_triangle a, int i, ali_flat_triangle b, int j, ali_vec3 n,
                                 double k)
{
    reference_kernel kernel = {6, gradient_kernel, k};
    reference_moments moments;
    ali_vec3 from_a = a.vertex[i], from_b = b.vertex[j];
    reference_any(a, b, &kernel, moments);
    double complex sum = 0.0;
    for (int p = 0; p < 3; p++)
        for (int q = 0; q < 3; q++)
            for (int part = 0; part < 2; part++) {
                ali_vec3 g = {moments[3 * part][p][q], moments[3 * part + 1][p][q],
                              moments[3 * part + 2][p][q]};
                ali_vec3 field = ali_vec3_cross(g, ali_vec3_sub(b.vertex[q], from_b));
                double value =
                    ali_vec3_dot(ali_vec3_sub(a.vertex[p], from_a), ali_vec3_cross(n, field));
                sum += (part ? I : 1.0) * value / (16.0 * ALI_PI);
            }
    return sum;
}

/** (1/(2A))^2 int (r - v_i).(r - v_j) dS, by midpoints of the edges, which are exact. */
static double brute_overlap(const ali_flat_triangle *t, int i, int j)
{
    double sum = 0.0;
    for (int c = 0; c < 3; c++) {
        ali_vec3 at =
            ali_vec3_scale(0.5, ali_vec3_add(t->vertex[(c + 1) % 3], t->vertex[(c + 2) % 3]));
        sum += ali_vec3_dot(ali_vec3_sub(at, t->vertex[i]), ali_vec3_sub(at, t->vertex[j])) / 3.0;
    }
    return 0.25 * sum / reference_area(t);
}

/** 1/2 <f_m, f_n> - <f_m, n x curl G f_n>. */
static double complex brute_magnetic(const surface_fixture *f, size_t m, size_t n)
{
    const ali_surface_mesh *mesh = f->mesh->surfaces;
    const ali_face_edge *edge_m = &mesh->edges[f->basis->surfaces->function_edge[m]];
    const ali_face_edge *edge_n = &mesh->edges[f->basis->surfaces->function_edge[n]];
    double complex sum = 0.0;
    for (size_t s = 0; s < 2; s++)
        for (size_t t = 0; t < 2; t++) {
            ali_edge_side from = mesh->edge_sides[edge_m->first + s];
            ali_edge_side to = mesh->edge_sides[edge_n->first + t];
            int i = (int)(from % 3), j = (int)(to % 3);
            ali_flat_triangle a = ali_face_triangle(mesh, from / 3);
            ali_flat_triangle b = ali_face_triangle(mesh, to / 3);
            double sign = (s == t ? 1.0 : -1.0) * edge_m->length * edge_n->length;
            if (from / 3 == to / 3)
                sum += 0.5 * sign * brute_overlap(&a, i, j);
            else
                sum -= sign * brute_curl(a, i, b, j, mesh->faces[from / 3].normal, f->k);
        }
    return sum;
}

static void test_entries_of_combined_rows(void **state)
{
    (void)state;
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    build_sphere(&sheet, 2);
    const double shares[2] = {1.0, 0.3};
    double complex *z[2];
    surface_fixture f;
    for (int c = 0; c < 2; c++) {
        ali_model *model = ali_model_create();
        add_sheet(model, &sheet, shares[c]);
        surface_set_up(&f, model, 2.0, false, NULL);
        assert_true(f.mesh->surfaces->bodies[0].volume > 0.0);
        assert_int_equal(f.share == NULL, c == 0);
        size_t count = f.basis->count;
        z[c] = calloc(count * count, sizeof **z);
        assert_non_null(z[c]);
        assert_int_equal(
            ali_surface_operator_add(f.operator, 0, count, 0, count, z[c], count, NULL),
            ALICORN_OK);
        if (c == 0)
            surface_tear_down(&f);
    }
    size_t count = f.basis->count;
    uint64_t random = 4;
    double scale = 0.0;
    for (size_t m = 0; m < count; m++)
        scale = fmax(scale, cabs(brute_magnetic(&f, m, m)));
    for (int t = 0; t < 30; t++) {
        size_t m = (size_t)((0.5 + 0.5 * next_random(&random)) * (double)count);
        size_t n = t % 2 ? (m + (size_t)t / 2 % 4) % count
                         : (size_t)((0.5 + 0.5 * next_random(&random)) * (double)count);
        double complex magnetic = (z[1][m + n * count] - 0.3 * z[0][m + n * count]) / 0.7;
        assert_close(magnetic / ALI_ETA0, brute_magnetic(&f, m, n), 2e-5 * scale);
    }
    /* any block is part of the whole */
    double complex part[7 * 5] = {0};
    assert_int_equal(ali_surface_operator_add(f.operator, 11, 7, 14, 5, part, 7, NULL), ALICORN_OK);
    for (size_t i = 0; i < 35; i++)
        assert_close(part[i], z[1][11 + i % 7 + (14 + i / 7) * count], 1e-9 * ALI_ETA0 * scale);
    free(z[0]);
    free(z[1]);
    surface_tear_down(&f);
}

/** A straight current by many short elements. */
static void test_magnetic_field_of_tubes(void **state)
{
    (void)state;
    enum { ORDER = 2, PIECES = 2000, PARTS = 16 };
    const ali_flat_triangle face = {{{0, 0, 0}, {0.2, 0, 0}, {0.05, 0.15, 0.03}}};
    const double k = 3.0;
    static const ali_vec3 places[] = {{0.1, 0.05, 0.03}, {0.3, 0.1, 0.1}, {-2, 1, 0.5}};
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        ali_tube tube = {.mid = places[p], .dir = {0.6, 0.0, 0.8}, .half = 0.02, .radius = 1e-5};
        double complex value[3][ALI_TUBE_ORDER_MAX + 1], wanted[3][ORDER + 1] = {{0}};
        if (p == 0)
            tube.dir = (ali_vec3){0.0, 1.0, 0.0};
        else
            tube.half = 0.2;
        ali_magnetic_tube(&face, &tube, ORDER, k, value);
        ali_vec3 n = ali_vec3_cross(ali_vec3_sub(face.vertex[1], face.vertex[0]),
                                    ali_vec3_sub(face.vertex[2], face.vertex[0]));
        n = ali_vec3_scale(1.0 / ali_vec3_norm(n), n);
        double largest = 0.0;
        for (int s = 0; s < PIECES / (p ? 10 : 20); s++) {
            double pieces = PIECES / (p ? 10 : 20), u = (2.0 * s + 1.0) / pieces - 1.0;
            double legendre[ALI_TUBE_ORDER_MAX + 1];
            ali_vec3 from = ali_vec3_axpy(tube.mid, u * tube.half, tube.dir);
            ali_legendre(u, ORDER, legendre);
            for (int a = 0; a < PARTS; a++)
                for (int b = 0; b < PARTS; b++) {
                    double first = (a + 0.5) / PARTS, second = (b + 0.5) / PARTS * (1.0 - first);
                    double lambda[3] = {first, second, 1.0 - first - second};
                    double weight = (1.0 - first) / PARTS / PARTS * 2.0 * tube.half / pieces;
                    ali_vec3 at = reference_point(&face, lambda), d = ali_vec3_sub(at, from);
                    double r = ali_vec3_norm(d);
                    double complex slope =
                        -CMPLX(1.0, k * r) * cexp(CMPLX(0.0, -k * r)) / (4.0 * ALI_PI * r * r * r);
                    ali_vec3 turned = ali_vec3_cross(n, ali_vec3_cross(d, tube.dir));
                    for (int i = 0; i < 3; i++)
                        for (int q = 0; q <= ORDER; q++)
                            wanted[i][q] += weight * legendre[q] * slope *
                                            ali_vec3_dot(ali_vec3_sub(at, face.vertex[i]), turned);
                }
        }
        for (int i = 0; i < 3; i++)
            for (int q = 0; q <= ORDER; q++)
                largest = fmax(largest, cabs(wanted[i][q]));
        for (int i = 0; i < 3; i++)
            for (int q = 0; q <= ORDER; q++)
                assert_close(value[i][q], wanted[i][q], 2e-3 * largest);
    }
}

/* ---- whole systems ---- */

/** A body, perhaps a wire beside it, and its solver. */
typedef struct body_fixture {
    ali_mesh *mesh;
    ali_basis *basis;
    ali_face_near *face_near;
    ali_near *near;
    double *share;
    ali_operator *operator;
    ali_solver *solver;
    ali_model *model;
    double k;
    bool ground;
} body_fixture;

/** @param sheet  impedance of surface 0 [ohm], 0: none */
static void body_set_up(body_fixture *f, ali_model *model, double k, bool ground,
                        double complex sheet)
{
    *f = (body_fixture){.model = model, .k = k, .ground = ground};
    ali_mesh_options options = {
        .split_ends = true, .refine = 1, .ground = ground, .connect = ground};
    ali_basis_options basis = {.wavenumber = k, .degree = 2};
    assert_int_equal(ali_mesh_create(model, &options, NULL, NULL, &f->mesh, NULL), ALICORN_OK);
    assert_int_equal(ali_basis_create(f->mesh, &basis, &f->basis, NULL), ALICORN_OK);
    unsigned char *order = calloc(f->mesh->wires->element_count + 1, 1);
    assert_non_null(order);
    memset(order, 3, f->mesh->wires->element_count);
    assert_int_equal(ali_near_create(f->mesh->wires, order, ground, 1, &f->near, NULL), ALICORN_OK);
    free(order);
    assert_int_equal(ali_face_near_create(f->mesh, 3, ground, 1, NULL, NULL, &f->face_near, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_magnetic_near(model, f->mesh->surfaces, f->face_near, 1, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_electric_shares(model, f->mesh->surfaces, &f->share, NULL), ALICORN_OK);
    ali_operator_setup setup = {.basis = f->basis,
                                .near = f->near,
                                .face_near = f->face_near,
                                .omega = k * ALI_C0,
                                .ground = ground ? ALI_GROUND_PEC : ALI_GROUND_NONE,
                                .share = f->share,
                                .sheet = sheet != 0.0 ? &sheet : NULL};
    assert_int_equal(ali_operator_create(&setup, &f->operator, NULL), ALICORN_OK);
    assert_int_equal(ali_operator_is_symmetric(f->operator), f->share == NULL);
    ali_solver_options solver;
    ali_solver_options_default(&solver);
    solver.symmetric = ali_operator_is_symmetric(f->operator);
    assert_int_equal(ali_solver_create(f->basis->count, ali_operator_fill, f->operator, & solver,
                                       &f->solver, NULL),
                     ALICORN_OK);
}

static void body_tear_down(body_fixture *f)
{
    ali_solver_destroy(f->solver);
    ali_operator_destroy(f->operator);
    free(f->share);
    ali_face_near_destroy(f->face_near);
    ali_near_destroy(f->near);
    ali_basis_destroy(f->basis);
    ali_mesh_destroy(f->mesh);
    ali_model_destroy(f->model);
}

/** sigma/(pi a^2) of a wave from (theta, phi) towards another direction, same polarisation. */
static double cross_section(const body_fixture *f, const double from[2], const double to[2])
{
    size_t n = f->basis->count;
    double complex *x = calloc(n, sizeof *x), *v = calloc(n, sizeof *v), sum = 0.0;
    assert_true(x && v);
    ali_plane_wave wave = {.theta = from[0],
                           .phi = from[1],
                           .e_theta = 1.0,
                           .k = f->k,
                           .ground = f->ground ? ALI_GROUND_PEC : ALI_GROUND_NONE};
    ali_excite_plane_wave(f->basis, false, &wave, x);
    ali_combine_plane_wave(f->basis, f->share, &wave, x);
    wave.theta = to[0];
    wave.phi = to[1];
    ali_excite_plane_wave(f->basis, false, &wave, v);
    assert_int_equal(ali_solver_solve(f->solver, 1, x, NULL, NULL), ALICORN_OK);
    for (size_t i = 0; i < n; i++)
        sum += v[i] * x[i];
    double field = f->k * ALI_ETA0 / (4.0 * ALI_PI) * cabs(sum);
    free(x);
    free(v);
    return 4.0 * field * field;
}

/** Back and forward cross-sections of a conducting sphere, over pi a^2. */
static void mie(double x, double *back, double *forward)
{
    enum { TERMS = 12 };
    double j[TERMS + 2] = {sin(x) / x}, y[TERMS + 2] = {-cos(x) / x};
    double above = 0.0, here = 1e-30;
    for (int n = 60; n > 0; n--) {
        double below = (2 * n + 1) / x * here - above;
        above = here;
        here = below;
        if (n - 1 <= TERMS)
            j[n - 1] = below;
    }
    double scale = sin(x) / x / j[0];
    for (int n = 0; n <= TERMS; n++)
        j[n] *= scale;
    y[1] = -cos(x) / (x * x) - sin(x) / x;
    for (int n = 1; n < TERMS; n++)
        y[n + 1] = (2 * n + 1) / x * y[n] - y[n - 1];
    double complex sums[2] = {0.0, 0.0};
    for (int n = 1; n < TERMS; n++) {
        double complex h = CMPLX(j[n], -y[n]), h_below = CMPLX(j[n - 1], -y[n - 1]);
        double complex a = (x * j[n - 1] - n * j[n]) / (x * h_below - n * h), b = j[n] / h;
        sums[0] += (n % 2 ? -1.0 : 1.0) * (2 * n + 1) * (a - b);
        sums[1] += (2 * n + 1) * (a + b);
    }
    *back = creal(sums[0] * conj(sums[0])) / (x * x);
    *forward = creal(sums[1] * conj(sums[1])) / (x * x);
}

static ali_model *sphere_model(size_t n, double share, ali_vec3 centre, bool inside_out)
{
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    build_sphere(&sheet, n);
    for (size_t i = 0; i < sheet.vertex_count; i++)
        sheet.vertex[i] = ali_vec3_add(sheet.vertex[i], centre);
    for (size_t i = 0; i < sheet.face_count && inside_out; i++) {
        size_t first = sheet.face[i][0];
        sheet.face[i][0] = sheet.face[i][1];
        sheet.face[i][1] = first;
    }
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_sheet(model, &sheet, share);
    return model;
}

static void test_spheres(void **state)
{
    (void)state;
    static const double from[2] = {0.9, 0.4}, opposite[2] = {ALI_PI - 0.9, 0.4 + ALI_PI};
    double back, forward;
    mie(1.0, &back, &forward);
    assert_close(back, 3.6376, 1e-4);
    for (int c = 0; c < 3; c++) {
        body_fixture f;
        body_set_up(&f, sphere_model(4, c ? 0.5 : 1.0, (ali_vec3){0, 0, 0}, c == 2), 1.0, false,
                    0.0);
        assert_close(cross_section(&f, from, from), back, 0.002 * back);
        assert_close(cross_section(&f, from, opposite), forward, 0.01 * forward);
        body_tear_down(&f);
    }
}

/** At ka = 2.744 the sphere resonates inside: the electric field alone cannot tell the current. */
static void test_resonance(void **state)
{
    (void)state;
    static const double from[2] = {0.9, 0.4};
    double condition[2];
    for (int c = 0; c < 2; c++) {
        body_fixture f;
        double back, forward;
        mie(2.7456, &back, &forward);
        body_set_up(&f, sphere_model(4, c ? 0.5 : 1.0, (ali_vec3){0, 0, 0}, false), 2.7456, false,
                    0.0);
        condition[c] = ali_solver_get_facts(f.solver).condition;
        if (c == 1)
            assert_close(cross_section(&f, from, from), back, 0.06 * back);
        body_tear_down(&f);
    }
    assert_true(condition[0] > 800.0);
    assert_true(condition[1] < 50.0);
}

/** A dipole beside a sphere, and both over a ground: the two equations agree as far as the mesh
 *  allows. */
static void test_wire_beside_body(void **state)
{
    (void)state;
    for (int ground = 0; ground < 2; ground++) {
        double complex y[2];
        double echo[2];
        for (int c = 0; c < 2; c++) {
            ali_model *model =
                sphere_model(4, c ? 0.5 : 1.0, (ali_vec3){0, 0, ground ? 1.6 : 0.0}, false);
            const ali_vec3 ends[] = {{1.6, 0.1, 1.1}, {1.6, 0.2, 1.6}, {1.6, 0.3, 2.1}};
            const double radius[3] = {0.01, 0.01, 0.01}, from[2] = {0.9, 0.4};
            assert_int_equal(ali_model_add_wire(model, 1, 2, ends, radius, (ali_origin){0}, NULL),
                             ALICORN_OK);
            body_fixture f;
            body_set_up(&f, model, 2.0, ground, 0.0);
            size_t n = f.basis->count;
            double complex *v = calloc(n + f.basis->probe_count, sizeof *v);
            assert_non_null(v);
            ali_functional gap;
            assert_int_equal(
                ali_gap_functional(f.basis->wires, 0, ALI_SITE_SEGMENT_END, &gap, NULL),
                ALICORN_OK);
            for (size_t i = 0; i < gap.count; i++)
                v[f.basis->wire_first + gap.function[i]] = gap.weight[i];
            ali_combine_gap(f.basis, f.share, v);
            assert_int_equal(ali_solver_solve(f.solver, 1, v, NULL, NULL), ALICORN_OK);
            y[c] = ali_functional_apply(&gap, v + f.basis->wire_first, f.basis->wires->count);
            echo[c] = cross_section(&f, from, from);
            free(v);
            ali_functional_clear(&gap);
            body_tear_down(&f);
        }
        assert_close(y[1], y[0], 0.01 * cabs(y[0]));
        assert_close(echo[1], echo[0], 0.03 * echo[0]);
    }
}

/** A flat cone of a sheet with its rim on the ground and a wire from its tip to the ground: at low
 * frequencies the current spreads evenly from the wire's radius to the rim, which takes z_s/(2 pi
 * cos alpha) ln(b/a). */
static void test_cone_fed_by_wire(void **state)
{
    (void)state;
    enum { SECTORS = 24, RINGS = 12 };
    const double rim = 1.0, height = 0.3, radius = 0.01, impedance = 50.0;
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    sheet.vertex[sheet.vertex_count++] = (ali_vec3){0, 0, height};
    for (int r = 0; r < RINGS; r++)
        for (int s = 0; s < SECTORS; s++) {
            double rho = rim * pow(0.78, RINGS - 1 - r),
                   phi = 2.0 * ALI_PI * (s + 0.5 * r) / SECTORS;
            sheet.vertex[sheet.vertex_count++] =
                (ali_vec3){rho * cos(phi), rho * sin(phi), height * (1.0 - rho / rim)};
        }
    for (size_t s = 0; s < SECTORS; s++) {
        size_t next = (s + 1) % SECTORS, tip[3] = {0, 1 + s, 1 + next};
        memcpy(sheet.face[sheet.face_count++], tip, sizeof tip);
        for (size_t r = 0; r + 1 < RINGS; r++) {
            size_t in = 1 + r * SECTORS, out = in + SECTORS;
            size_t up[3] = {in + s, out + s, in + next}, down[3] = {in + next, out + s, out + next};
            memcpy(sheet.face[sheet.face_count++], up, sizeof up);
            memcpy(sheet.face[sheet.face_count++], down, sizeof down);
        }
    }
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_sheet(model, &sheet, 1.0);
    const ali_vec3 ends[] = {{0, 0, height}, {0, 0, 0.5 * height}, {0, 0, 0}};
    const double radii[3] = {radius, radius, radius};
    assert_int_equal(ali_model_add_wire(model, 1, 2, ends, radii, (ali_origin){0}, NULL),
                     ALICORN_OK);
    body_fixture f;
    body_set_up(&f, model, 0.01, true, impedance);
    assert_int_equal(f.mesh->attachment_count, 1);
    double complex *v = calloc(f.basis->count + f.basis->probe_count, sizeof *v);
    assert_non_null(v);
    ali_functional gap;
    assert_int_equal(ali_gap_functional(f.basis->wires, 0, ALI_SITE_SEGMENT_END, &gap, NULL),
                     ALICORN_OK);
    for (size_t i = 0; i < gap.count; i++)
        v[f.basis->wire_first + gap.function[i]] = gap.weight[i];
    assert_int_equal(ali_solver_solve(f.solver, 1, v, NULL, NULL), ALICORN_OK);
    double complex y = ali_functional_apply(&gap, v + f.basis->wire_first, f.basis->wires->count);
    double slant = hypot(rim, height) / rim;
    double wanted = impedance / (2.0 * ALI_PI) * slant * log(rim / radius);
    assert_close(creal(1.0 / y), wanted, 0.02 * wanted);
    free(v);
    ali_functional_clear(&gap);
    body_tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries_of_combined_rows),
        cmocka_unit_test(test_magnetic_field_of_tubes),
        cmocka_unit_test(test_spheres),
        cmocka_unit_test(test_resonance),
        cmocka_unit_test(test_wire_beside_body),
        cmocka_unit_test(test_cone_fed_by_wire),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
