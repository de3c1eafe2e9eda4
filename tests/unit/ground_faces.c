/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Fields of faces over two half-spaces, their currents given: against dipoles, Maxwell's
 *  equations, what is continuous at the interface, the limits of the medium, wires of the same
 *  current, and the same current on finer faces. */

#include "observe/ground_field.h"

#include "assert_close.h"
#include "observe/far_field.h"
#include "observe/ground_wave.h"
#include "soil_fields.h"

#include <math.h>

enum { FACES_MAX = 2048 };

/** Faces whose current is handed in; every face has edges of its own. */
typedef struct hand_sheet {
    ali_vec3 vertices[3 * FACES_MAX];
    ali_face faces[FACES_MAX];
    ali_face_edge edges[3 * FACES_MAX];
    double complex edge[FACES_MAX][3];
    ali_surface_mesh mesh;
    ali_wire_mesh wires;
    ali_current current;
} hand_sheet;

static hand_sheet sheet, finer;

static void clear_sheet(hand_sheet *s)
{
    s->mesh = (ali_surface_mesh){.vertices = s->vertices, .faces = s->faces, .edges = s->edges};
    s->wires = (ali_wire_mesh){0};
    s->current = (ali_current){.wires = {.mesh = &s->wires},
                               .surfaces = {.mesh = &s->mesh, .edge = s->edge}};
}

static void add_face(hand_sheet *s, const ali_vec3 p[3], const double complex edge[3])
{
    size_t f = s->mesh.face_count++;
    assert_true(f < FACES_MAX);
    s->mesh.vertex_count = s->mesh.edge_count = 3 * s->mesh.face_count;
    ali_vec3 cross = ali_vec3_cross(ali_vec3_sub(p[1], p[0]), ali_vec3_sub(p[2], p[0]));
    double twice = ali_vec3_norm(cross);
    s->faces[f] = (ali_face){.vertex = {3 * f, 3 * f + 1, 3 * f + 2},
                             .edge = {3 * f, 3 * f + 1, 3 * f + 2},
                             .area = 0.5 * twice,
                             .normal = ali_vec3_scale(1.0 / twice, cross)};
    for (size_t i = 0; i < 3; i++) {
        s->vertices[3 * f + i] = p[i];
        s->edges[3 * f + i] = (ali_face_edge){
            .length = ali_vec3_distance(p[(i + 1) % 3], p[(i + 2) % 3]), .count = 1};
        s->edge[f][i] = edge[i];
    }
}

/** Current density along a parallelogram's sides u and v at the place s u + t v. */
typedef void (*sheet_density)(double s, double t, double complex *along_u, double complex *along_v);

/** A parallelogram of n x m cells with a current; what crosses an edge is the density's at its
 *  middle, the same from both sides. */
static void add_plate(hand_sheet *to, ali_vec3 origin, ali_vec3 u, ali_vec3 v, int n, int m,
                      sheet_density density)
{
    for (int cell = 0; cell < 2 * n * m; cell++) {
        double i = cell / 2 % n, j = cell / 2 / n;
        const double cut[2][3][2] = {{{0, 0}, {1, 0}, {1, 1}}, {{0, 0}, {1, 1}, {0, 1}}};
        ali_vec3 p[3];
        double st[3][2];
        double complex edge[3];
        for (int c = 0; c < 3; c++) {
            st[c][0] = (i + cut[cell % 2][c][0]) / n;
            st[c][1] = (j + cut[cell % 2][c][1]) / m;
            p[c] = ali_vec3_axpy(ali_vec3_axpy(origin, st[c][0], u), st[c][1], v);
        }
        ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(p[1], p[0]), ali_vec3_sub(p[2], p[0]));
        for (int c = 0; c < 3; c++) {
            int a = (c + 1) % 3, b = (c + 2) % 3;
            double complex along_u, along_v;
            density(0.5 * (st[a][0] + st[b][0]), 0.5 * (st[a][1] + st[b][1]), &along_u, &along_v);
            ali_vec3 out = ali_vec3_cross(ali_vec3_sub(p[b], p[a]), normal);
            out = ali_vec3_scale(1.0 / ali_vec3_norm(out), out);
            edge[c] = along_u * ali_vec3_dot(u, out) / ali_vec3_norm(u) +
                      along_v * ali_vec3_dot(v, out) / ali_vec3_norm(v);
        }
        add_face(to, p, edge);
    }
}

/** The same current on faces cut into four, which can carry it. */
static void cut_faces(const hand_sheet *from, hand_sheet *to)
{
    clear_sheet(to);
    for (size_t f = 0; f < from->mesh.face_count; f++) {
        const ali_vec3 *v = from->vertices + 3 * f;
        ali_vec3 p[6] = {v[0], v[1], v[2]};
        for (int i = 0; i < 3; i++)
            p[3 + i] = ali_vec3_scale(0.5, ali_vec3_add(v[(i + 1) % 3], v[(i + 2) % 3]));
        const int cut[4][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}, {3, 4, 5}};
        for (int c = 0; c < 4; c++) {
            ali_vec3 q[3] = {p[cut[c][0]], p[cut[c][1]], p[cut[c][2]]};
            double complex edge[3];
            for (int i = 0; i < 3; i++) {
                ali_vec3 a = q[(i + 1) % 3], b = q[(i + 2) % 3], d = ali_vec3_sub(b, a);
                ali_vec3 out = ali_vec3_cross(d, from->faces[f].normal);
                out = ali_vec3_scale(1.0 / ali_vec3_norm(out), out);
                double complex j[3];
                ali_surface_current_at(&from->current.surfaces, f,
                                       ali_vec3_scale(0.5, ali_vec3_add(a, b)), j);
                edge[i] = j[0] * out.x + j[1] * out.y + j[2] * out.z;
            }
            add_face(to, q, edge);
        }
    }
}

/* ---- fields ---- */

static void assert_sample(const sample *value, const sample *expected, double tolerance)
{
    assert_vector(value->e, expected->e, tolerance);
    assert_vector(value->h, expected->h, tolerance);
}

/* ---- Hertzian dipoles ---- */

/** Two triangles with 1 A/m across their common edge: a dipole. */
static void test_pairs_are_dipoles(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 20.0 - 30.0 * I};
    const double heights[][2] = {{0.1, 0.12}, {-0.05, -0.06}, {-0.06, 0.1}, {0.1, -0.06}};
    const double size = 4e-4;
    const ali_vec3 along = {2.0 / 7, 3.0 / 7, 6.0 / 7}, side = {6.0 / 7, 2.0 / 7, -3.0 / 7};
    for (int s = 0; s < 2; s++)
        for (int i = 0; i < 4; i++) {
            ali_half_space space = {k0, soils[s]};
            ali_ground ground = ground_of(soils[s]);
            ali_vec3 source = {0.3, 0.2, heights[i][1]}, p = {0.41, 0.14, heights[i][0]};
            ali_vec3 a = ali_vec3_axpy(source, size, side), b = ali_vec3_axpy(source, -size, side);
            ali_vec3 front[3] = {ali_vec3_axpy(source, size, along), a, b};
            ali_vec3 back[3] = {ali_vec3_axpy(source, -size, along), b, a};
            const double complex in[3] = {-1.0, 0.0, 0.0}, out[3] = {1.0, 0.0, 0.0};
            clear_sheet(&sheet);
            add_face(&sheet, front, in);
            add_face(&sheet, back, out);
            sample ours = field_at(&sheet.current, &ground, p);
            /* int J dS = l (c+ - c-), the middles 2/3 of a size apart */
            double moment = 2.0 * size * 2.0 / 3.0 * size;
            double complex truth[3];
            dipole_truth(&space, along, source, p, truth);
            for (int c = 0; c < 3; c++)
                truth[c] *= -I * k0 * ALI_ETA0 * moment;
            assert_vector(ours.e, truth, 3e-5);
        }
}

/* ---- sheets ---- */

/** Along u with two half waves in all, none at its ends, and some of it across. */
static void waves(double s, double t, double complex *along_u, double complex *along_v)
{
    *along_u = sin(ALI_PI * s) * (1.0 + 0.4 * t + I * s);
    *along_v = (0.5 - 0.7 * I) * sin(ALI_PI * t) * (1.0 + s);
}

/** How sheets lie: above, grazing, standing in z = 0, and lying in it. */
typedef enum sheet_place { ABOVE, GRAZING, STANDING, LYING, BELOW, PLACES } sheet_place;

static void place_sheet(hand_sheet *to, sheet_place place, int n)
{
    ali_vec3 origin = {0.0, 0.0, 0.2}, u = {0.12, 0.02, 0.05}, v = {-0.03, 0.08, 0.06};
    if (place == GRAZING)
        origin.z = 3e-4;
    if (place == BELOW)
        origin.z = -0.15;
    if (place == STANDING) {
        origin.z = 0.0;
        v.z = 0.0;
    }
    if (place == LYING)
        origin.z = u.z = v.z = 0.0;
    clear_sheet(to);
    add_plate(to, origin, u, v, n, n, waves);
}

/** Coarse faces, close to points, against finer ones that are farther away for their size. */
static void test_finer_faces(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 13.0 - 3.0 * I, 80.0 - 900.0 * I};
    const ali_vec3 points[] = {
        {0.05, 0.04, 0.01}, {0.045, 0.037, -0.004}, {0.03, 0.02, 0.002}, {0.02, 0.1, -0.03}};
    for (int place = ABOVE; place < PLACES; place++)
        /* faces in the soil are small against its waves */
        for (int s = place % 2; s < (place == BELOW ? 2 : 3); s += 2) {
            ali_ground ground = ground_of(soils[s]);
            place_sheet(&sheet, (sheet_place)place, 1);
            cut_faces(&sheet, &finer);
            for (int i = (place + s) % 2; i < 4; i += 3) {
                sample ours = field_at(&sheet.current, &ground, points[i]);
                sample fine = field_at(&finer.current, &ground, points[i]);
                assert_sample(&ours, &fine, 1e-5);
            }
        }
}

static void test_fields_obey_maxwell(void **state)
{
    (void)state;
    const double complex eps = 6.0 - 4.0 * I;
    const ali_vec3 places[] = {{0.02, 0.08, 0.04}, {0.06, 0.05, -0.03}};
    for (int i = 0; i < 2; i++)
        for (int place = i; place < PLACES; place += 2) {
            place_sheet(&sheet, (sheet_place)place, 1);
            assert_maxwell(&sheet.current, eps, places[i], 1e-4, 3e-4);
        }
}

static void test_continuity_at_the_interface(void **state)
{
    (void)state;
    const double complex soils[] = {4.0, 13.0 - 3.0 * I, 81.0 - 300.0 * I};
    const ali_vec3 points[] = {{0.2, 0.05, 0.0}, {0.07, 0.1, 0.0}, {0.02, -0.01, 0.0}};
    for (int s = 0; s < 3; s++)
        for (int place = s % 2; place < PLACES; place += 2) {
            place_sheet(&sheet, (sheet_place)place, 2);
            assert_continuous(&sheet.current, soils[s], points[(s + place) % 3], 2e-5);
        }
}

static void test_limits(void **state)
{
    (void)state;
    ali_ground metal = ground_of(1.0 - 1e9 * I), pec = {.kind = ALI_GROUND_PEC};
    ali_ground air = ground_of(1.0), nearly = ground_of(1.0 + 1e-7);
    const ali_vec3 up = {0.1, 0.05, 0.06}, down = {0.07, 0.05, -0.02};
    for (int place = ABOVE; place < PLACES; place++) {
        place_sheet(&sheet, (sheet_place)place, 2);
        ali_vec3 p = place % 2 ? down : up;
        sample truth = field_at(&sheet.current, NULL, p);
        sample ours = field_at(&sheet.current, &air, p);
        assert_sample(&ours, &truth, 1e-9);
        if (place % 3 == 0) {
            ours = field_at(&sheet.current, &nearly, p);
            assert_sample(&ours, &truth, 1e-6);
        }
        if (place == ABOVE) {
            truth = field_at(&sheet.current, &pec, up);
            ours = field_at(&sheet.current, &metal, up);
            assert_sample(&ours, &truth, 1e-4);
        }
    }
}

/* ---- strips and wires ---- */

static const double strip_half = 0.25;
static const double strip_width = 2e-3;

static void strip_density(double s, double t, double complex *along_u, double complex *along_v)
{
    (void)t;
    *along_u = sin(k0 * strip_half * (1.0 - fabs(2.0 * s - 1.0))) / strip_width;
    *along_v = 0.0;
}

/** A half-wave dipole as a strip and as a wire, through p along u of length 0.5. */
static void make_strip(ali_vec3 p, ali_vec3 u, ali_vec3 across)
{
    clear_sheet(&sheet);
    ali_vec3 corner = ali_vec3_axpy(ali_vec3_axpy(p, -0.5, u), -0.5, across);
    add_plate(&sheet, corner, u, across, 40, 1, strip_density);
}

static hand_current make_wire(ali_vec3 p, ali_vec3 u)
{
    static const hand_sine_data data = {1.0, 2.0 * ALI_PI, strip_half};
    hand_current hand = hand_create(20);
    hand_add_wire(&hand, ali_vec3_axpy(p, -0.5, u), ali_vec3_axpy(p, 0.5, u), 1e-4, 20, hand_sine,
                  &data);
    return hand;
}

static void test_strips_are_wires(void **state)
{
    (void)state;
    const ali_vec3 across = {0.0, strip_width, 0.0};
    const ali_vec3 along[] = {{0.0, 0.0, 0.5}, {0.5, 0.0, 0.0}, {0.3, 0.0, 0.4}};
    const ali_vec3 middle[] = {{0.0, 0.0, 0.26}, {0.0, 0.0, 0.1}, {0.0, 0.0, 0.3}};
    const ali_vec3 points[] = {{0.2, 0.15, 0.0}, {-0.1, 0.3, -0.05}, {0.1, 0.1, 0.5}};
    const double complex eps = 13.0 - 3.0 * I;
    const ali_ground ground = ground_of(eps);
    for (int i = 0; i < 3; i++) {
        make_strip(middle[i], along[i], across);
        hand_current hand = make_wire(middle[i], along[i]);
        sample ours = field_at(&sheet.current, &ground, points[i]);
        sample wire = field_at(hand_get(&hand), &ground, points[i]);
        assert_sample(&ours, &wire, 3e-4);
        /* RP 1, on the ground and above it */
        const double z[] = {0.0, 0.5}, phi[] = {0.3, 1.2};
        double complex strip_wave[3][2], wire_wave[3][2];
        assert_int_equal(ali_ground_wave(&sheet.current, k0, &ground, i < 2 ? 20.0 : 3.0, 2, z, phi,
                                         strip_wave[0], strip_wave[1], strip_wave[2], NULL),
                         ALICORN_OK);
        assert_int_equal(ali_ground_wave(hand_get(&hand), k0, &ground, i < 2 ? 20.0 : 3.0, 2, z,
                                         phi, wire_wave[0], wire_wave[1], wire_wave[2], NULL),
                         ALICORN_OK);
        for (int n = 0; n < 2; n++) {
            const double complex a[] = {strip_wave[0][n], strip_wave[1][n], strip_wave[2][n]};
            const double complex b[] = {wire_wave[0][n], wire_wave[1][n], wire_wave[2][n]};
            assert_vector(a, b, 3e-4);
        }
        hand_destroy(&hand);
    }
}

/* ---- attached wires ---- */

static void constant(double s, const void *data, double complex *value, double complex *slope)
{
    (void)s;
    *value = *(const double *)data;
    *slope = 0.0;
}

/** The current from a vertex to the opposite edge is a bundle of filaments. */
static void test_corners_are_filaments(void **state)
{
    (void)state;
    enum { FILAMENTS = 30 };
    const ali_vec3 lying[3] = {{0.02, 0.0, 0.0}, {0.1, 0.01, 0.0}, {0.05, 0.07, 0.0}};
    const ali_vec3 points[] = {
        {0.06, 0.03, 0.03}, {0.05, 0.03, -0.02}, {0.07, 0.02, 0.01}, {0.3, 0.1, 0.05}};
    const ali_ground ground = ground_of(13.0 - 3.0 * I);
    double node[FILAMENTS], weight[FILAMENTS];
    ali_gauss_legendre(FILAMENTS, node, weight);
    for (int height = 0; height < 3; height++) {
        ali_vec3 v[3];
        const double complex none[3] = {0.0, 0.0, 0.0};
        for (int i = 0; i < 3; i++) {
            v[i] = lying[i]; /* in z = 0, a little above, standing on an edge */
            v[i].z = height == 2 ? (i == 1 ? 0.06 : 0.0) : 0.004 * height;
        }
        clear_sheet(&sheet);
        add_face(&sheet, v, none);
        ali_corner_current corner = {.face = 0, .vertex = 0, .amplitude = 1.0};
        sheet.current.surfaces.corner_count = 1;
        sheet.current.surfaces.corners = &corner;
        hand_current hand = hand_create(FILAMENTS);
        for (int i = 0; i < FILAMENTS; i++) {
            ali_vec3 end = ali_vec3_axpy(v[1], 0.5 + 0.5 * node[i], ali_vec3_sub(v[2], v[1]));
            double current = 0.5 * weight[i];
            hand_add_element(&hand, v[0], end, 1e-7, 0.0, constant, &current);
        }
        for (int i = 0; i < 4; i++) {
            sample ours = field_at(&sheet.current, &ground, points[i]);
            sample wires = field_at(hand_get(&hand), &ground, points[i]);
            /* as well as the wires' own rules have it */
            assert_sample(&ours, &wires, 1.5e-4);
        }
        hand_destroy(&hand);
    }
}

/** r E e^{jkr} far away is the far field. */
static void test_near_field_goes_over_into_far_field(void **state)
{
    (void)state;
    const ali_ground ground = ground_of(13.0 - 3.0 * I);
    const double r = 2e4, theta = 1.1, phi = 0.7, s = sin(theta), c = cos(theta);
    const ali_vec3 up = {c * cos(phi), c * sin(phi), -s}, around = {-sin(phi), cos(phi), 0.0};
    for (int place = ABOVE; place < BELOW; place++) {
        place_sheet(&sheet, (sheet_place)place, 2);
        sample near = field_at(&sheet.current, &ground,
                               (ali_vec3){r * s * cos(phi), r * s * sin(phi), r * c});
        double complex far[2], scale = r * cexp(I * k0 * r);
        assert_int_equal(ali_far_field(&sheet.current, k0, &ground, ALI_PATTERN_SPACE_WAVE, 1,
                                       &theta, &phi, &far[0], &far[1], NULL),
                         ALICORN_OK);
        const ali_vec3 unit[2] = {up, around};
        for (int i = 0; i < 2; i++) {
            double complex e =
                near.e[0] * unit[i].x + near.e[1] * unit[i].y + near.e[2] * unit[i].z;
            assert_close(scale * e, far[i], 3e-4 * hypot(cabs(far[0]), cabs(far[1])));
        }
    }
}

/** Many points get a table, few integrals. */
static void test_tables_and_integrals_agree(void **state)
{
    (void)state;
    enum { POINTS = 400, EVERY = 133 };
    static double point[POINTS][3];
    static double complex e[POINTS][3], h[POINTS][3];
    const ali_ground ground = ground_of(13.0 - 3.0 * I);
    place_sheet(&sheet, STANDING, 2);
    for (int i = 0; i < POINTS; i++) {
        point[i][0] = 0.02 * (i % 20) - 0.17;
        point[i][1] = 0.02 * (i / 20) - 0.19;
        point[i][2] = 0.02;
    }
    assert_int_equal(
        ali_near_field(&sheet.current, k0, &ground, POINTS, point[0], e[0], h[0], NULL),
        ALICORN_OK);
    for (int i = 0; i < POINTS; i += EVERY) {
        sample exact =
            field_at(&sheet.current, &ground, (ali_vec3){point[i][0], point[i][1], point[i][2]});
        assert_vector(e[i], exact.e, 2e-5);
        assert_vector(h[i], exact.h, 2e-5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs_are_dipoles),
        cmocka_unit_test(test_finer_faces),
        cmocka_unit_test(test_fields_obey_maxwell),
        cmocka_unit_test(test_continuity_at_the_interface),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_strips_are_wires),
        cmocka_unit_test(test_corners_are_filaments),
        cmocka_unit_test(test_near_field_goes_over_into_far_field),
        cmocka_unit_test(test_tables_and_integrals_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
