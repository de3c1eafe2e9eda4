/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of the matrix of faces against brute force from the definitions of the functions: Rao,
 * Wilton and Glisson's across edges, the fan of an attached wire, rooftops on wires. Pairs of
 * triangles are integrated by triangle_reference.h, which knows no potential. */
#include "face_support.h"

#include "math/quadrature.h"
#include "operator/near.h"
#include "random.h"
#include "triangle_reference.h"

static double complex *fill_all(const surface_fixture *f, size_t count)
{
    double complex *z = calloc(count * count, sizeof *z);
    assert_non_null(z);
    assert_int_equal(ali_surface_operator_add(f->operator, 0, count, 0, count, z, count, NULL),
                     ALICORN_OK);
    return z;
}

/* ---- brute force ---- */

static void whole_kernel(ali_vec3 d, double k, double *value)
{
    double r = ali_vec3_norm(d);
    value[0] = cos(k * r) / r;
    value[1] = -sin(k * r) / r;
}

/** M_ab of any two faces. */
static void brute_moments(ali_flat_triangle a, ali_flat_triangle b, double k,
                          double complex moments[3][3])
{
    reference_kernel kernel = {2, whole_kernel, k};
    reference_moments sum;
    reference_any(a, b, &kernel, sum);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            moments[i][j] = CMPLX(sum[0][i][j], sum[1][i][j]) / (4.0 * ALI_PI);
}

/** The faces of function f of the surfaces, with the vertex opposite to its edge and 1 or -1 for
 * the face it leaves and the one it enters: 2, or 1 at the ground. */
typedef struct edge_function {
    int sides;
    size_t face[2];
    int opposite[2];
    double sign[2], length;
} edge_function;

/** Number of an edge's functions before function f. */
static size_t rank_on_edge(const ali_surface_basis *basis, size_t f)
{
    size_t rank = 0;
    while (rank < f && basis->function_edge[f - rank - 1] == basis->function_edge[f])
        rank++;
    return rank;
}

static edge_function edge_function_of(const ali_surface_basis *basis, size_t f)
{
    const ali_face_edge *edge = &basis->mesh->edges[basis->function_edge[f]];
    const ali_edge_side *sides = basis->mesh->edge_sides + edge->first;
    size_t rank = rank_on_edge(basis, f);
    edge_function function = {.length = edge->length, .sides = edge->grounded ? 1 : 2};
    size_t used[2] = {sides[edge->grounded ? rank : 0], sides[edge->grounded ? 0 : rank + 1]};
    for (int i = 0; i < function.sides; i++) {
        function.face[i] = used[i] / 3;
        function.opposite[i] = (int)(used[i] % 3);
        function.sign[i] = i ? -1.0 : 1.0;
    }
    return function;
}

/** The two parts of an entry, j omega mu int int f.f' G and int int div f div f' G/(j omega eps),
 *  of one face each: f = sign l (r - p)/(2A), whose divergence is sign l/A. */
static void add_faces_entry(const surface_fixture *f, const edge_function *m, int i,
                            const edge_function *n, int j, bool image, double complex part[2])
{
    ali_flat_triangle a = ali_face_triangle(f->mesh->surfaces, m->face[i]);
    ali_flat_triangle b = ali_face_triangle(f->mesh->surfaces, n->face[j]);
    double complex moments[3][3], vector = 0.0, scalar = 0.0;
    if (image)
        b = ali_triangle_mirror(b);
    brute_moments(a, b, f->k, moments);
    for (int p = 0; p < 3; p++)
        for (int q = 0; q < 3; q++) {
            ali_vec3 u = ali_vec3_sub(a.vertex[p], a.vertex[m->opposite[i]]);
            ali_vec3 v = ali_vec3_sub(b.vertex[q], b.vertex[n->opposite[j]]);
            vector += 0.25 * ali_vec3_dot(u, v) * moments[p][q];
            scalar += moments[p][q];
        }
    double weight = m->sign[i] * m->length * n->sign[j] * n->length * (image ? -1.0 : 1.0);
    part[0] += CMPLX(0.0, f->k * ALI_ETA0) * weight * vector;
    part[1] += CMPLX(0.0, -ALI_ETA0 / f->k) * weight * scalar;
}

static void brute_edges(const surface_fixture *f, size_t m, size_t n, double complex part[2])
{
    edge_function a = edge_function_of(f->basis->surfaces, m);
    edge_function b = edge_function_of(f->basis->surfaces, n);
    part[0] = part[1] = 0.0;
    for (int i = 0; i < a.sides; i++)
        for (int j = 0; j < b.sides; j++)
            for (int image = 0; image <= f->setup.ground; image++)
                add_faces_entry(f, &a, i, &b, j, image, part);
}

/* ---- tests ---- */

/** A plate with a fin in its middle, and a needle-like strip some way off. */
static ali_model *finned_plate(double height)
{
    static sheet_builder sheet;
    sheet = (sheet_builder){0};
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_plate(&sheet, (ali_vec3){0, 0, height}, (ali_vec3){1.2, 0, 0}, (ali_vec3){0, 0.4, 0.1}, 8,
              4);
    add_plate(&sheet, (ali_vec3){0.6, 0, height}, (ali_vec3){0, 0.4, 0.1}, (ali_vec3){0.1, 0, 0.3},
              4, 3);
    add_plate(&sheet, (ali_vec3){2.5, 0.1, height}, (ali_vec3){0, 0.7, 0.3},
              (ali_vec3){0.02, 0, 0.05}, 3, 1);
    add_sheet(model, &sheet, 1.0);
    return model;
}

static void check_entries(const surface_fixture *f, int trials)
{
    size_t count = f->basis->count;
    double complex *z = fill_all(f, count);
    uint64_t random = 11;
    for (int t = 0; t < trials; t++) {
        size_t m = (size_t)((0.5 + 0.5 * next_random(&random)) * (double)f->basis->surfaces->count);
        size_t n =
            t % 3 ? (size_t)((0.5 + 0.5 * next_random(&random)) * (double)f->basis->surfaces->count)
                  : m + (size_t)(t / 3) % 5;
        if (n >= f->basis->surfaces->count)
            n = 0;
        double complex part[2];
        brute_edges(f, m, n, part);
        double scale = sqrt(cabs(z[m + m * count]) * cabs(z[n + n * count]));
        assert_close(z[m + n * count], part[0] + part[1], 5e-6 * scale);
        assert_close(z[n + m * count], z[m + n * count], 1e-13 * scale);
    }
    free(z);
}

static void test_entries_of_edges(void **state)
{
    (void)state;
    surface_fixture f;
    static const double k[] = {0.05, 2.0, 4.5, 7.0};
    for (size_t i = 0; i < sizeof k / sizeof *k; i++) {
        surface_set_up(&f, finned_plate(1.0), k[i], false, NULL);
        check_entries(&f, 60);
        surface_tear_down(&f);
    }
}

static void test_entries_over_ground(void **state)
{
    (void)state;
    surface_fixture f;
    surface_set_up(&f, finned_plate(0.0), 2.0, true, NULL);
    check_entries(&f, 60);
    surface_tear_down(&f);
}

/** The current that runs around a vertex, without charge: functions of its edges and their weights.
 *  Returns how many, 0 on a rim or where sheets meet. */
static size_t loop_around(const surface_fixture *f, size_t vertex, size_t *function, double *weight)
{
    const ali_surface_basis *basis = f->basis->surfaces;
    size_t count = 0;
    for (size_t e = 0; e < basis->mesh->edge_count; e++) {
        const ali_face_edge *edge = &basis->mesh->edges[e];
        if ((edge->vertex[0] == vertex || edge->vertex[1] == vertex) && edge->count != 2)
            return 0;
    }
    for (size_t m = 0; m < basis->count; m++) {
        const ali_face_edge *edge = &basis->mesh->edges[basis->function_edge[m]];
        if (edge->vertex[0] != vertex && edge->vertex[1] != vertex)
            continue;
        edge_function sides = edge_function_of(basis, m);
        const ali_face *face = &basis->mesh->faces[sides.face[0]];
        int next = (sides.opposite[0] + 2) % 3; /* whose edges are left counterclockwise here */
        function[count] = m;
        weight[count++] = (face->vertex[next] == vertex ? 1.0 : -1.0) / edge->length;
    }
    return count;
}

static double complex loop_entry(const surface_fixture *f, const double complex *z, size_t a,
                                 size_t b, double complex *brute)
{
    size_t row[20], column[20], count = f->basis->count;
    double row_weight[20], column_weight[20];
    size_t rows = loop_around(f, a, row, row_weight);
    size_t columns = loop_around(f, b, column, column_weight);
    double complex sum = 0.0;
    assert_true(rows > 2 && columns > 2);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            double weight = row_weight[i] * column_weight[j];
            sum += weight * z[row[i] + column[j] * count];
            if (brute) {
                double complex part[2];
                brute_edges(f, row[i], column[j], part);
                *brute += weight * part[0];
            }
        }
    return sum;
}

/** Currents in loops see the vector potential only, which is a small part of other entries. */
static void test_loops(void **state)
{
    (void)state;
    surface_fixture f;
    surface_set_up(&f, finned_plate(1.0), 4.5, false, NULL);
    double complex *z = fill_all(&f, f.basis->count);
    size_t loops[200], count = 0, function[20];
    double weight[20];
    for (size_t v = 0; v < f.mesh->surfaces->vertex_count && count < 200; v++)
        if (loop_around(&f, v, function, weight) > 2)
            loops[count++] = v;
    assert_true(count > 10);
    for (size_t i = 1; i < count; i += 4) {
        double complex wanted = 0.0, value = loop_entry(&f, z, loops[0], loops[i], &wanted);
        double scale = sqrt(cabs(loop_entry(&f, z, loops[0], loops[0], NULL)) *
                            cabs(loop_entry(&f, z, loops[i], loops[i], NULL)));
        assert_close(value, wanted, 1e-6 * scale);
    }
    free(z);
    surface_tear_down(&f);
}

/** Moments of faces with wire elements, from touching to far, against those of tests/unit/
 * triangle_tube.c, which hold at any distance. */
static void test_moments_of_elements(void **state)
{
    (void)state;
    enum { ORDER = 3, SIZE = ALI_TUBE_ORDER_MAX + 1 };
    ali_model *model = finned_plate(1.0);
    const ali_vec3 mast[] = {{0.3, 0.2, 1.05}, {0.3, 0.25, 1.3}, {0.3, 0.3, 1.6}, {0.4, 0.4, 2.2}};
    const ali_vec3 thick[] = {{-0.1, 0.0, 0.95}, {-0.2, 0.3, 0.95}};
    const double radius[4] = {0.001, 0.001, 0.001, 0.001}, wide[2] = {0.02, 0.02};
    assert_int_equal(ali_model_add_wire(model, 1, 3, mast, radius, (ali_origin){0}, NULL),
                     ALICORN_OK);
    assert_int_equal(ali_model_add_wire(model, 2, 1, thick, wide, (ali_origin){0}, NULL),
                     ALICORN_OK);
    surface_fixture f;
    surface_set_up(&f, model, 2.0, false, NULL);
    size_t count = f.mesh->wires->element_count, elements[20];
    assert_in_range(count, 4, 20);
    assert_true(f.mesh->attachment_count == 1);
    for (size_t e = 0; e < count; e++)
        elements[e] = e;
    ali_face_source source;
    ali_tube_batch *batch;
    assert_int_equal(ali_face_source_create(f.mesh, f.near, f.k, &source, NULL), ALICORN_OK);
    assert_int_equal(ali_tube_batch_create(&source, count, elements, ORDER, &batch, NULL),
                     ALICORN_OK);
    for (size_t face = 0; face < f.mesh->surfaces->face_count; face += 3) {
        ali_flat_triangle triangle = ali_face_triangle(f.mesh->surfaces, face);
        ali_tube_batch_run(batch, face, false);
        for (size_t e = 0; e < count; e++) {
            ali_tube tube = ali_element_tube(&f.mesh->wires->elements[e]);
            double fixed[3][SIZE], near[3][SIZE];
            double complex rest[3][SIZE];
            /* what the element has with a triangle of this size at its middle */
            ali_flat_triangle close = triangle;
            ali_vec3 shift = ali_vec3_sub(tube.mid, triangle.vertex[0]);
            for (int c = 0; c < 3; c++)
                close.vertex[c] = ali_vec3_add(close.vertex[c], shift);
            ali_triangle_tube_static(&close, &tube, 0, near);
            ali_triangle_tube_static(&triangle, &tube, ORDER, fixed);
            ali_triangle_tube_dynamic(&triangle, &tube, ORDER, f.k, rest);
            for (int a = 0; a < 3; a++)
                for (int q = 0; q <= ORDER; q++) {
                    size_t at = (size_t)(a * (ORDER + 1) + q) * batch->places + e;
                    assert_close(CMPLX(batch->re[at], batch->im[at]), fixed[a][q] + rest[a][q],
                                 1e-4 * near[0][0]);
                }
        }
    }
    ali_tube_batch_destroy(batch);
    ali_face_source_clear(&source);
    surface_tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries_of_edges),
        cmocka_unit_test(test_entries_over_ground),
        cmocka_unit_test(test_loops),
        cmocka_unit_test(test_moments_of_elements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
