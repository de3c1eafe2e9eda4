/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Fields of single faces against brute force: quadrature that cuts the face into ever smaller
 * pieces towards the point, with nothing but e^{-jkR}/R and its slope. */

#include "observe/face_field.h"

#include "assert_close.h"
#include "base/constants.h"
#include "math/gauss_table.h"
#include "observe/far_field.h"
#include "observe/ground_wave.h"
#include "observe/near_field.h"
#include "random.h"

#include <string.h>

/** One triangle as a mesh, with any current across its edges and into its corners. */
typedef struct lone_face {
    ali_vec3 vertices[3];
    ali_face face;
    ali_face_edge edges[3];
    ali_surface_mesh mesh;
    double complex edge[1][3];
    ali_corner_current corners[3];
    ali_surface_current current;
} lone_face;

static void make_face(lone_face *lone, const ali_vec3 vertices[3], const double complex edge[3],
                      const double complex corner[3])
{
    *lone = (lone_face){.face = {.vertex = {0, 1, 2}, .edge = {0, 1, 2}}};
    memcpy(lone->vertices, vertices, sizeof lone->vertices);
    for (size_t i = 0; i < 3; i++) {
        const ali_vec3 *a = &lone->vertices[(i + 1) % 3], *b = &lone->vertices[(i + 2) % 3];
        lone->edges[i] = (ali_face_edge){.length = ali_vec3_distance(*a, *b), .count = 1};
        lone->edge[0][i] = edge[i];
        lone->corners[i] =
            (ali_corner_current){.face = 0, .vertex = (int)i, .amplitude = corner[i]};
    }
    ali_vec3 cross = ali_vec3_cross(ali_vec3_sub(vertices[1], vertices[0]),
                                    ali_vec3_sub(vertices[2], vertices[0]));
    lone->face.area = 0.5 * ali_vec3_norm(cross);
    lone->face.normal = ali_vec3_scale(1.0 / ali_vec3_norm(cross), cross);
    lone->mesh = (ali_surface_mesh){.vertex_count = 3,
                                    .vertices = lone->vertices,
                                    .face_count = 1,
                                    .faces = &lone->face,
                                    .edge_count = 3,
                                    .edges = lone->edges};
    lone->current = (ali_surface_current){
        .mesh = &lone->mesh, .edge = lone->edge, .corner_count = 3, .corners = lone->corners};
}

/* ---- brute force ---- */

typedef struct fields {
    double complex e[3], h[3];
} fields;

static void add_element(ali_vec3 place, const double complex moment[3], double complex charge,
                        double k, ali_vec3 point, fields *sum)
{
    ali_vec3 d = ali_vec3_sub(point, place);
    double r = ali_vec3_norm(d), at[3] = {d.x, d.y, d.z};
    double complex g = cexp(-I * k * r) / (4 * ALI_PI * r), slope = -(I * k + 1 / r) * g / r;
    for (int c = 0; c < 3; c++) {
        int a = (c + 1) % 3, b = (c + 2) % 3;
        sum->e[c] -= I * ALI_ETA0 * (k * moment[c] * g + charge * slope * at[c] / k);
        sum->h[c] += slope * (at[a] * moment[b] - at[b] * moment[a]);
    }
}

/** A piece of the unit square, s and t from low to low + size. */
typedef struct piece {
    double s, t, size;
} piece;

typedef enum part { LINEAR, CORNER } part;

/** The point of the face at (s, t), and what a piece dS = ds dt there carries: of the linear
 * density with dS = 2 A s ds dt, r = p0 + s (p1 - p0 + t (p2 - p1)); of corner `vertex`, whose
 * filaments have the same form. */
static ali_vec3 carry(const lone_face *lone, part which, int vertex, double s, double t,
                      double complex moment[3], double complex *charge)
{
    ali_vec3 p = lone->vertices[vertex], q = lone->vertices[(vertex + 1) % 3],
             r = lone->vertices[(vertex + 2) % 3];
    ali_vec3 d = ali_vec3_axpy(ali_vec3_sub(q, p), t, ali_vec3_sub(r, q));
    ali_vec3 place = ali_vec3_axpy(p, s, d);
    if (which == CORNER) {
        double complex amplitude = lone->corners[vertex].amplitude;
        moment[0] = amplitude * d.x;
        moment[1] = amplitude * d.y;
        moment[2] = amplitude * d.z;
        *charge = 0.0;
        return place;
    }
    double area = 2 * lone->face.area * s;
    *charge = 0.0;
    moment[0] = moment[1] = moment[2] = 0.0;
    for (int i = 0; i < 3; i++) {
        double complex factor = area * lone->edge[0][i] * lone->edges[i].length;
        ali_vec3 from = ali_vec3_sub(place, lone->vertices[i]);
        moment[0] += factor * from.x / (2 * lone->face.area);
        moment[1] += factor * from.y / (2 * lone->face.area);
        moment[2] += factor * from.z / (2 * lone->face.area);
        *charge += factor / lone->face.area;
    }
    return place;
}

static void add_piece(const lone_face *lone, part which, int vertex, piece p, double k,
                      ali_vec3 point, int depth, fields *sum)
{
    enum { POINTS = 7 };
    double complex moment[3], charge;
    ali_vec3 middle =
        carry(lone, which, vertex, p.s + p.size / 2, p.t + p.size / 2, moment, &charge);
    double longest =
        fmax(lone->edges[0].length, fmax(lone->edges[1].length, lone->edges[2].length));
    if (depth < 24 && ali_vec3_distance(middle, point) < 1.5 * longest * p.size) {
        for (int i = 0; i < 4; i++) {
            piece quarter = {p.s + (i % 2 ? p.size / 2 : 0), p.t + (i / 2 ? p.size / 2 : 0),
                             p.size / 2};
            add_piece(lone, which, vertex, quarter, k, point, depth + 1, sum);
        }
        return;
    }
    const double *node = ali_gauss_node(POINTS), *weight = ali_gauss_weight(POINTS);
    for (int i = 0; i < POINTS; i++)
        for (int j = 0; j < POINTS; j++) {
            double scale = 0.25 * p.size * p.size * weight[i] * weight[j];
            ali_vec3 place = carry(lone, which, vertex, p.s + p.size * (0.5 + 0.5 * node[i]),
                                   p.t + p.size * (0.5 + 0.5 * node[j]), moment, &charge);
            for (int c = 0; c < 3; c++)
                moment[c] *= scale;
            add_element(place, moment, scale * charge, k, point, sum);
        }
}

static fields brute_force(const lone_face *lone, double k, ali_vec3 point)
{
    fields sum = {{0}, {0}};
    const piece whole = {0, 0, 1};
    add_piece(lone, LINEAR, 0, whole, k, point, 0, &sum);
    for (int vertex = 0; vertex < 3; vertex++)
        if (lone->corners[vertex].amplitude != 0.0)
            add_piece(lone, CORNER, vertex, whole, k, point, 0, &sum);
    return sum;
}

static fields field_at(const lone_face *lone, double k, ali_vec3 point)
{
    ali_face_field *field;
    fields sum = {{0}, {0}};
    assert_int_equal(ali_face_field_create(&lone->current, k, &field, NULL), ALICORN_OK);
    ali_face_field_at(field, point, sum.e, sum.h);
    ali_face_field_destroy(field);
    return sum;
}

static double norm(const double complex v[3])
{
    return sqrt(pow(cabs(v[0]), 2) + pow(cabs(v[1]), 2) + pow(cabs(v[2]), 2));
}

static double difference(const double complex a[3], const double complex b[3])
{
    double complex d[3] = {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    return norm(d);
}

static const ali_vec3 shapes[][3] = {{{0, 0, 0}, {1, 0, 0}, {0.5, 0.866, 0}},
                                     {{0.2, 0, 0.1}, {1, 0.3, -0.2}, {-0.3, 0.4, 0.3}},
                                     {{0, 0, 0}, {1, 0, 0}, {0.1, 0.1, 0}}};
enum { SHAPES = sizeof shapes / sizeof shapes[0] };

static ali_vec3 centre_of(const ali_vec3 p[3])
{
    return ali_vec3_scale(1.0 / 3.0, ali_vec3_add(p[0], ali_vec3_add(p[1], p[2])));
}

/** Largest error over points at a distance, in units of the strongest field among them. */
static void compare_at(const lone_face *lone, double k, double distance, double tolerance)
{
    uint64_t seed = 17;
    double worst_e = 0, worst_h = 0, largest_e = 0, largest_h = 0;
    for (int i = 0; i < 6; i++) {
        ali_vec3 d = {next_random(&seed), next_random(&seed), next_random(&seed)};
        /* from any place of the face, edges and vertices included */
        double a = fabs(next_random(&seed)), b = (1 - a) * (i % 3 / 2.0);
        ali_vec3 from = ali_vec3_scale(a, lone->vertices[i % 3]);
        from = ali_vec3_axpy(from, b, lone->vertices[(i + 1) % 3]);
        from = ali_vec3_axpy(from, 1 - a - b, lone->vertices[(i + 2) % 3]);
        ali_vec3 point = ali_vec3_axpy(from, distance / ali_vec3_norm(d), d);
        fields is = field_at(lone, k, point), should = brute_force(lone, k, point);
        worst_e = fmax(worst_e, difference(is.e, should.e));
        worst_h = fmax(worst_h, difference(is.h, should.h));
        largest_e = fmax(largest_e, norm(should.e));
        largest_h = fmax(largest_h, norm(should.h));
    }
    assert_true(worst_e < tolerance * largest_e);
    assert_true(worst_h < tolerance * largest_h);
}

static const double distances[] = {0.01, 0.1, 0.5, 1.2, 1.8, 2.5, 3.9, 4.5, 6.0, 12.0};
enum { DISTANCES = sizeof distances / sizeof distances[0] };
static const double complex nothing[3] = {0, 0, 0};

/** Small faces and faces of half a wavelength. */
static void test_linear_density_against_brute_force(void **state)
{
    (void)state;
    const double complex edge[3] = {1.0, 0.3 - 0.8 * I, -0.5 + 0.2 * I};
    const double wavenumbers[] = {0.01, 0.6, 3.0};
    lone_face lone;
    for (int shape = 0; shape < SHAPES; shape++)
        for (int w = 0; w < 3; w++)
            for (int i = 0; i < DISTANCES; i++) {
                make_face(&lone, shapes[shape], edge, nothing);
                compare_at(&lone, wavenumbers[w], distances[i], 5e-6);
            }
}

/** A current without charge: E is the vector potential's, and small. */
static void test_current_without_charge(void **state)
{
    (void)state;
    lone_face lone;
    make_face(&lone, shapes[0], (const double complex[3]){1.0, -2.0, 1.0}, nothing);
    for (int i = 0; i < DISTANCES; i++)
        compare_at(&lone, 0.6, distances[i], 5e-6);
}

static void test_corners_against_brute_force(void **state)
{
    (void)state;
    const double complex corner[3] = {1.0, 0.0, 0.4 - 0.3 * I};
    lone_face lone;
    for (int shape = 0; shape < SHAPES; shape++)
        for (int w = 0; w < 2; w++)
            for (int i = w; i < DISTANCES; i += 2) {
                make_face(&lone, shapes[shape], nothing, corner);
                compare_at(&lone, w ? 1.0 : 0.01, distances[i], 3e-5);
            }
}

/** On the face: the mean of both sides, across which n.E jumps by the charge and n x H by the
 * current. */
static void test_jumps_through_the_face(void **state)
{
    (void)state;
    const double complex edge[3] = {1.0, 0.3 - 0.8 * I, -0.5 + 0.2 * I};
    const double complex corner[3] = {0.5, 0.2 * I, 0.0};
    const double k = 0.8, step = 1e-7;
    for (int shape = 0; shape < SHAPES; shape++) {
        lone_face lone;
        make_face(&lone, shapes[shape], edge, corner);
        ali_vec3 n = lone.face.normal, centre = centre_of(lone.vertices);
        fields on = field_at(&lone, k, centre);
        fields front = field_at(&lone, k, ali_vec3_axpy(centre, step, n));
        fields back = field_at(&lone, k, ali_vec3_axpy(centre, -step, n));
        double complex density[3], jump[3], expected[3], charge;
        ali_surface_current_at(&lone.current, 0, centre, density);
        for (int i = 0; i < 3; i++)
            ali_surface_current_add_corner(&lone.current, &lone.corners[i], centre, density);
        charge = ali_surface_current_divergence(&lone.current, 0);
        const double normal[3] = {n.x, n.y, n.z};
        for (int c = 0; c < 3; c++) {
            int a = (c + 1) % 3, b = (c + 2) % 3;
            assert_close(on.e[c], 0.5 * (front.e[c] + back.e[c]), 1e-5 * norm(front.e));
            assert_close(on.h[c], 0.5 * (front.h[c] + back.h[c]), 1e-5 * norm(front.h));
            assert_close(front.e[c] - back.e[c], I * ALI_ETA0 / k * charge * normal[c],
                         1e-5 * norm(front.e));
            jump[c] = front.h[c] - back.h[c];
            expected[c] = normal[b] * density[a] - normal[a] * density[b]; /* J x n */
        }
        assert_true(difference(jump, expected) < 1e-4 * norm(expected));
    }
}

/** Corners and edges of faces, where the field has a logarithm: finite. */
static void test_rims_are_finite(void **state)
{
    (void)state;
    const double complex edge[3] = {1.0, 0.3 - 0.8 * I, -0.5 + 0.2 * I};
    const double complex corner[3] = {0.5, 0.2 * I, 0.0};
    lone_face lone;
    make_face(&lone, shapes[0], edge, corner);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            ali_vec3 point = ali_vec3_scale(
                0.5, ali_vec3_add(lone.vertices[i], lone.vertices[j])); /* i == j: a vertex */
            fields at = field_at(&lone, 1.0, point);
            assert_true(norm(at.e) < 1e5 && norm(at.h) < 100);
        }
}

/** A face above the ground with a current that has corners. */
static ali_current make_current(lone_face *lone, const ali_wire_mesh *wires)
{
    const double complex edge[3] = {1.0, 0.3 - 0.8 * I, -0.5 + 0.2 * I};
    const double complex corner[3] = {0.5, 0.2 * I, 0.0};
    ali_vec3 raised[3];
    for (int i = 0; i < 3; i++)
        raised[i] = ali_vec3_add(shapes[1][i], (ali_vec3){0, 0, 0.4});
    make_face(lone, raised, edge, corner);
    return (ali_current){.wires = {.mesh = wires}, .surfaces = lone->current};
}

/** Far away the near field is the far field's, with and without ground. */
static void test_far_limit(void **state)
{
    (void)state;
    const double k = 1.5, distance = 1e6, theta = 1.1, phi = 0.7;
    lone_face lone;
    ali_wire_mesh wires = {0};
    ali_current current = make_current(&lone, &wires);
    for (int ground = 0; ground < 2; ground++) {
        const ali_ground below = {.kind = ground ? ALI_GROUND_PEC : ALI_GROUND_NONE};
        double complex f_theta, f_phi, e[3];
        const double point[3] = {distance * sin(theta) * cos(phi), distance * sin(theta) * sin(phi),
                                 distance * cos(theta)};
        assert_int_equal(
            ali_far_field(&current, k, &below, 0, 1, &theta, &phi, &f_theta, &f_phi, NULL),
            ALICORN_OK);
        assert_int_equal(ali_near_field(&current, k, &below, 1, point, e, NULL, NULL), ALICORN_OK);
        double complex e_theta =
            e[0] * cos(theta) * cos(phi) + e[1] * cos(theta) * sin(phi) - e[2] * sin(theta);
        double complex e_phi = e[1] * cos(phi) - e[0] * sin(phi);
        double complex spread = cexp(-I * k * distance) / distance;
        double size = hypot(cabs(f_theta), cabs(f_phi));
        assert_close(e_theta / spread, f_theta, 1e-4 * size);
        assert_close(e_phi / spread, f_phi, 1e-4 * size);
    }
}

/** On a perfect ground there is no E along it and no H across it; above, RP 1's field is exact;
 * over soil neither is known. */
static void test_grounds(void **state)
{
    (void)state;
    const double k = 1.5, z = 0.6, phi = 0.3;
    const ali_ground metal = {.kind = ALI_GROUND_PEC};
    const ali_ground soil = {.kind = ALI_GROUND_REFLECTION,
                             .medium = {.eps_r = 13.0, .sigma = 0.005}};
    lone_face lone;
    ali_wire_mesh wires = {0};
    ali_current current = make_current(&lone, &wires);
    double complex e[3], h[3], wave[3];
    alicorn_error error = {0};
    for (int i = 0; i < 10; i++) {
        const double point[3] = {0.3 * i - 1.0, 0.1 * i, 0.0};
        assert_int_equal(ali_near_field(&current, k, &metal, 1, point, e, h, NULL), ALICORN_OK);
        assert_true(hypot(cabs(e[0]), cabs(e[1])) < 1e-10 * cabs(e[2]));
        assert_true(cabs(h[2]) < 1e-10 * norm(h));
    }
    const double point[3] = {2.0 * cos(phi), 2.0 * sin(phi), z};
    assert_int_equal(ali_near_field(&current, k, &metal, 1, point, e, h, NULL), ALICORN_OK);
    assert_int_equal(
        ali_ground_wave(&current, k, &metal, 2.0, 1, &z, &phi, &wave[0], &wave[1], &wave[2], NULL),
        ALICORN_OK);
    assert_close(wave[0], e[2], 1e-12 * norm(e));
    assert_close(wave[1], e[1] * cos(phi) - e[0] * sin(phi), 1e-12 * norm(e));
    assert_int_equal(ali_near_field(&current, k, &soil, 1, point, e, h, &error), ALICORN_E_INPUT);
    assert_int_equal(
        ali_ground_wave(&current, k, &soil, 2.0, 1, &z, &phi, &wave[0], &wave[1], &wave[2], &error),
        ALICORN_E_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_linear_density_against_brute_force),
        cmocka_unit_test(test_current_without_charge),
        cmocka_unit_test(test_corners_against_brute_force),
        cmocka_unit_test(test_jumps_through_the_face),
        cmocka_unit_test(test_rims_are_finite),
        cmocka_unit_test(test_far_limit),
        cmocka_unit_test(test_grounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
