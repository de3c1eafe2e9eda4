/* SPDX-License-Identifier: Apache-2.0 */
/* Values of the magnetic-field equation against brute force (triangle_reference.h). */
#include "assert_close.h"
#include "base/constants.h"
#include "green/face_kernel.h"
#include "random.h"
#include "triangle_reference.h"

#include <complex.h>

/** grad e^{-jkR}/R: three real and three imaginary components. */
static void gradient(ali_vec3 d, double k, double *value)
{
    double r = ali_vec3_norm(d);
    double complex slope = -CMPLX(1.0, k * r) * cexp(CMPLX(0.0, -k * r)) / (r * r * r);
    double component[3] = {d.x, d.y, d.z};
    for (int c = 0; c < 3; c++) {
        value[c] = creal(slope) * component[c];
        value[3 + c] = cimag(slope) * component[c];
    }
}

static void contract(const ali_flat_triangle *a, const ali_flat_triangle *b,
                     reference_moments vectors, double complex value[3][3])
{
    ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(a->vertex[1], a->vertex[0]),
                                     ali_vec3_sub(a->vertex[2], a->vertex[0]));
    normal = ali_vec3_scale(1.0 / ali_vec3_norm(normal), normal);
    for (int m = 0; m < 9; m++) {
        int i = m / 3, j = m % 3;
        value[i][j] = 0.0;
        for (int p = 0; p < 3; p++)
            for (int q = 0; q < 3; q++)
                for (int part = 0; part < 2; part++) {
                    ali_vec3 g = {vectors[3 * part][p][q], vectors[3 * part + 1][p][q],
                                  vectors[3 * part + 2][p][q]};
                    ali_vec3 field = ali_vec3_cross(g, ali_vec3_sub(b->vertex[q], b->vertex[j]));
                    double term = ali_vec3_dot(ali_vec3_sub(a->vertex[p], a->vertex[i]),
                                               ali_vec3_cross(normal, field));
                    value[i][j] += term / (16.0 * ALI_PI) * (part ? CMPLX(0.0, 1.0) : 1.0);
                }
    }
}

static void check(const ali_flat_triangle *a, const ali_flat_triangle *b, double k,
                  reference_moments vectors, double tolerance)
{
    double complex value[3][3], wanted[3][3];
    double largest = 0.0;
    contract(a, b, vectors, wanted);
    ali_triangle_curl(a, b, k, value);
    for (int m = 0; m < 9; m++)
        largest = fmax(largest, cabs(wanted[m / 3][m % 3]));
    for (int m = 0; m < 9; m++)
        assert_close(value[m / 3][m % 3], wanted[m / 3][m % 3], tolerance * largest);
}

static const ali_flat_triangle corner = {{{0, 0, 0}, {1, 0, 0}, {0.3, 0.9, 0}}};
static const double waves[] = {0.0, 0.1, 1.0, 3.0};

static void test_common_edge(void **state)
{
    (void)state;
    static const ali_vec3 tips[] = {
        {0.6, -0.7, 0.4}, {0.4, 0, 0.9}, {0.5, -0.9, -0.1}, {0.7, 0.5, -0.8}};
    for (size_t i = 0; i < sizeof tips / sizeof *tips; i++)
        for (size_t w = 0; w < sizeof waves / sizeof *waves; w++) {
            ali_flat_triangle b = corner;
            b.vertex[2] = tips[i];
            reference_kernel kernel = {6, gradient, waves[w]};
            reference_moments vectors;
            reference_touching(&corner, &b, 2, i == 3 ? 14 : 10, &kernel, vectors);
            check(&corner, &b, waves[w], vectors, 1e-6);
        }
}

static void test_common_vertex(void **state)
{
    (void)state;
    static const ali_flat_triangle others[] = {{{{0, 0, 0}, {-1, 0.2, 0.3}, {-0.3, -0.9, 0.1}}},
                                               {{{0, 0, 0}, {0.2, 0.1, 0.9}, {-0.8, 0.1, 0.5}}}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t w = 0; w < sizeof waves / sizeof *waves; w++) {
            reference_kernel kernel = {6, gradient, waves[w]};
            reference_moments vectors;
            reference_touching(&corner, &others[i], 1, 10, &kernel, vectors);
            check(&corner, &others[i], waves[w], vectors, 1e-6);
            reference_touching(&others[i], &corner, 1, 10, &kernel, vectors);
            check(&others[i], &corner, waves[w], vectors, 1e-6);
        }
}

static void test_apart(void **state)
{
    (void)state;
    uint64_t random = 41;
    for (int trial = 0; trial < 16; trial++) {
        ali_flat_triangle b;
        double scale = trial % 2 ? 1.0 : 0.3, shift[3];
        for (int c = 0; c < 3; c++)
            shift[c] = 1.2 * next_random(&random);
        do {
            for (int i = 0; i < 3; i++)
                b.vertex[i] = (ali_vec3){shift[0] + scale * next_random(&random),
                                         shift[1] + scale * next_random(&random),
                                         shift[2] + scale * next_random(&random)};
        } while (reference_area(&b) < 0.4 * scale * scale);
        if (ali_triangle_distance(&corner, &b) < 0.1 * scale)
            continue;
        reference_kernel kernel = {6, gradient, waves[trial % 4]};
        reference_moments vectors;
        reference_apart(&corner, &b, 1.2, &kernel, vectors);
        check(&corner, &b, waves[trial % 4], vectors, 2e-6);
    }
}

/** Barycentric coordinates in quarter q, of reference_cut, of the whole's vertex j. */
static void vertex_in_quarter(int q, int j, double c[3])
{
    for (int v = 0; v < 3; v++) {
        if (q == 3)
            c[v] = v == j ? -1.0 : 1.0;
        else if (j == q)
            c[v] = v == 0 ? 1.0 : 0.0;
        else
            c[v] = v == 0 ? -1.0 : v == (j - q + 3) % 3 ? 2.0 : 0.0;
    }
}

/** Where brute force is too slow: the whole against its quarters, which lie differently. */
static void test_quarters_add_up(void **state)
{
    (void)state;
    static const reference_part whole = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    static const ali_flat_triangle others[] = {
        {{{0, 0, 0}, {1, 0, 0}, {0.4, 0.7, 0.05}}},                /* a sharp fold */
        {{{0.01, 0, 0.01}, {1, 0.02, 0.01}, {0.4, 0.7, 0.03}}},    /* close */
        {{{0.3, 0.2, -0.3}, {0.4, 0.4, 0.5}, {0.5, 0.1, 0.4}}},    /* crossing */
        {{{0.3, 0.2, 0}, {0.6, 0.3, 0}, {0.4, 0.3, 0.6}}},         /* standing on it */
        {{{1, 0, 0}, {0.3, 0.9, 0}, {0.655, 0.4550, 0.002}}},      /* a needle */
        {{{0.3, 0.3, 0.002}, {0.31, 0.3, 0.003}, {0.3, 0.31, 0}}}, /* small */
    };
    reference_part quarters[4];
    reference_cut(&whole, quarters);
    for (size_t t = 0; t < sizeof others / sizeof *others; t++) {
        double complex value[3][3], sum[3][3] = {{0.0}};
        double largest = 0.0;
        ali_triangle_curl(&corner, &others[t], 1.0, value);
        for (int q = 0; q < 4; q++) {
            ali_flat_triangle part;
            double complex of_part[3][3];
            for (int v = 0; v < 3; v++)
                part.vertex[v] = reference_point(&others[t], quarters[q].corner[v]);
            ali_triangle_curl(&corner, &part, 1.0, of_part);
            for (int j = 0; j < 3; j++) {
                double c[3];
                vertex_in_quarter(q, j, c);
                for (int m = 0; m < 9; m++)
                    sum[m / 3][j] += 0.25 * c[m % 3] * of_part[m / 3][m % 3];
            }
        }
        for (int m = 0; m < 9; m++)
            largest = fmax(largest, cabs(value[m / 3][m % 3]));
        for (int m = 0; m < 9; m++)
            assert_close(value[m / 3][m % 3], sum[m / 3][m % 3], 2e-6 * largest);
    }
}

static void test_one_plane(void **state)
{
    (void)state;
    ali_flat_triangle moved = corner;
    double complex value[3][3];
    for (int i = 0; i < 2; i++) {
        ali_triangle_curl(&corner, &moved, 2.0, value);
        for (int m = 0; m < 9; m++)
            assert_true(value[m / 3][m % 3] == 0.0);
        moved.vertex[2] = (ali_vec3){0.6, -0.8, 0};
    }
}

/** Near and far formulas agree in between. */
static void test_far_kernel_agrees(void **state)
{
    (void)state;
    enum { PLACES = ALI_FAR_LANES };
    double vertex[3][3][PLACES], re[9 * PLACES], im[9 * PLACES];
    ali_face_task task = {
        corner, ali_triangle_rule_get(12), {1, {{NULL}}}, ali_triangle_rule_get(12), 1.5};
    ali_flat_triangle b = {{{2, 1, 1.5}, {2.3, 1.8, 1.6}, {1.5, 1.7, 2.5}}};
    for (int v = 0; v < 3; v++)
        for (int c = 0; c < 3; c++) {
            double coordinate = c == 0 ? b.vertex[v].x : c == 1 ? b.vertex[v].y : b.vertex[v].z;
            for (int i = 0; i < PLACES; i++)
                vertex[v][c][i] = coordinate;
            task.others.vertex[v][c] = vertex[v][c];
        }
    double complex value[3][3];
    double largest = 0.0;
    ali_face_kernel_best()->curl(&task, PLACES, re, im);
    ali_triangle_curl(&corner, &b, task.k, value);
    for (int m = 0; m < 9; m++)
        largest = fmax(largest, cabs(value[m / 3][m % 3]));
    for (int m = 0; m < 9; m++)
        assert_close(CMPLX(re[m * PLACES], im[m * PLACES]), value[m / 3][m % 3], 2e-5 * largest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_common_edge), cmocka_unit_test(test_common_vertex),
        cmocka_unit_test(test_apart),       cmocka_unit_test(test_quarters_add_up),
        cmocka_unit_test(test_one_plane),   cmocka_unit_test(test_far_kernel_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
