/* SPDX-License-Identifier: Apache-2.0 */
/* Potentials and static moments of flat triangles against brute force (triangle_reference.h), which
 * uses no analytic potential. */
#include "assert_close.h"
#include "base/constants.h"
#include "random.h"
#include "triangle_reference.h"

#include <complex.h>
#include <stdbool.h>

static const double four_pi = 4.0 * ALI_PI;

static void inverse_distance(ali_vec3 d, double k, double *value)
{
    (void)k;
    value[0] = 1.0 / ali_vec3_norm(d);
}

static const reference_kernel static_kernel = {1, inverse_distance, 0.0};

static const ali_flat_triangle corner = {{{0, 0, 0}, {1, 0, 0}, {0.3, 0.9, 0}}};

static ali_vec3 random_vector(uint64_t *random, double scale)
{
    double x = next_random(random), y = next_random(random);
    return ali_vec3_scale(scale, (ali_vec3){x, y, next_random(random)});
}

/** Height over the longest edge. */
static double flatness(const ali_flat_triangle *t)
{
    double size = fmax(fmax(ali_vec3_distance(t->vertex[0], t->vertex[1]),
                            ali_vec3_distance(t->vertex[1], t->vertex[2])),
                       ali_vec3_distance(t->vertex[2], t->vertex[0]));
    return 2.0 * reference_area(t) / (size * size);
}

/** No needle. */
static ali_flat_triangle random_triangle(uint64_t *random)
{
    ali_flat_triangle t;
    do {
        for (int i = 0; i < 3; i++)
            t.vertex[i] = random_vector(random, 1.0);
    } while (flatness(&t) < 0.15);
    return t;
}

/** Whether triangles that share their first `common` vertices lie well apart otherwise. */
static bool is_open(const ali_flat_triangle *a, const ali_flat_triangle *b, int common)
{
    static const double middle[3] = {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0};
    ali_vec3 ma = reference_point(a, middle), mb = reference_point(b, middle);
    ali_vec3 apart = ali_vec3_sub(ma, mb);
    apart = ali_vec3_scale(1.0 / ali_vec3_norm(apart), apart);
    for (int i = common; i < 3; i++)
        if (ali_vec3_dot(apart, ali_vec3_sub(a->vertex[i], a->vertex[0])) < 0.2 ||
            ali_vec3_dot(apart, ali_vec3_sub(b->vertex[i], a->vertex[0])) > -0.2)
            return false;
    return true;
}

/* ---- potentials ---- */

/** Potential by Gauss points on the three triangles between a point of the plane and the edges,
 *  collapsed into that point, which lifts the singularity there. */
static void brute_potential(const ali_flat_triangle *t, ali_vec3 point, double scalar[3])
{
    enum { POINTS = 40 };
    const double *node = ali_gauss_node(POINTS), *weight = ali_gauss_weight(POINTS);
    double area = reference_area(t), lambda[3], sum = 0.0;
    for (int b = 0; b < 3; b++) {
        ali_flat_triangle part = *t;
        part.vertex[b] = point;
        lambda[b] = reference_area(&part) / area;
        sum += lambda[b];
        scalar[b] = 0.0;
    }
    assert_close(sum, 1.0, 1e-12); /* the point lies in the triangle */
    for (int e = 0; e < 3; e++)
        for (int m = 0; m < POINTS * POINTS; m++) {
            double u = 0.5 * (1.0 + node[m % POINTS]), v = 0.5 * (1.0 + node[m / POINTS]);
            double w = 0.5 * weight[m % POINTS] * weight[m / POINTS] * u * lambda[e], l[3];
            for (int b = 0; b < 3; b++)
                l[b] = (1.0 - u) * lambda[b];
            l[(e + 1) % 3] += u * (1.0 - v);
            l[(e + 2) % 3] += u * v;
            double r = ali_vec3_distance(reference_point(t, l), point);
            for (int b = 0; b < 3; b++)
                scalar[b] += w * l[b] / r;
        }
}

static void test_potential_on_the_triangle(void **state)
{
    (void)state;
    /* inside, on edges, vertices */
    static const double places[][3] = {{0.2, 0.3, 0.5}, {0.7, 0.1, 0.2}, {0.4, 0.6, 0},
                                       {0.8, 0.2, 0},   {0, 0.5, 0.5},   {1, 0, 0},
                                       {0, 1, 0},       {0, 0, 1}};
    uint64_t random = 3;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        ali_flat_triangle t = i % 2 ? corner : random_triangle(&random);
        ali_vec3 point = reference_point(&t, places[i]);
        double wanted[3], scalar[3];
        brute_potential(&t, point, wanted);
        ali_triangle_potential(&t, point, scalar);
        for (int b = 0; b < 3; b++)
            assert_close(four_pi * scalar[b], wanted[b], 2e-6 * wanted[b]);
    }
}

/** A tiny second triangle samples the potential of the first. */
static void test_potential_and_gradient_apart(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int trial = 0; trial < 40; trial++) {
        ali_flat_triangle t = random_triangle(&random);
        /* every third one as far as the far formulas */
        ali_vec3 point = random_vector(&random, trial % 3 ? 2.0 : 50.0);
        const double tiny = 1e-7;
        ali_flat_triangle probe = {{point, ali_vec3_add(point, (ali_vec3){tiny, 0, 0}),
                                    ali_vec3_add(point, (ali_vec3){0, tiny, 0})}};
        if (ali_triangle_distance(&t, &probe) < 0.1)
            continue;
        reference_moments wanted;
        double scalar[3];
        ali_vec3 gradient[3];
        reference_apart(&t, &probe, 1.5, &static_kernel, wanted);
        ali_triangle_potential(&t, point, scalar);
        ali_triangle_gradient(&t, point, gradient);
        for (int b = 0; b < 3; b++) {
            double sum = wanted[0][b][0] + wanted[0][b][1] + wanted[0][b][2];
            assert_close(four_pi * scalar[b], sum, 1e-6 * sum);
        }
        const double step = 1e-4;
        for (int c = 0; c < 3; c++) {
            ali_vec3 shift = {c == 0 ? step : 0, c == 1 ? step : 0, c == 2 ? step : 0};
            double above[3], below[3];
            ali_triangle_potential(&t, ali_vec3_add(point, shift), above);
            ali_triangle_potential(&t, ali_vec3_sub(point, shift), below);
            for (int b = 0; b < 3; b++) {
                double value = c == 0 ? gradient[b].x : c == 1 ? gradient[b].y : gradient[b].z;
                assert_close(value, (above[b] - below[b]) / (2.0 * step),
                             1e-4 * ali_vec3_norm(gradient[b]) + 1e-9);
            }
        }
    }
}

static void test_potential_is_finite_everywhere(void **state)
{
    (void)state;
    /* on the rim, its extensions, above it, and a hair beside all of these */
    static const double hair[] = {0.0, 1e-300, 1e-18, 1e-12, 1e-6};
    for (int i = 0; i < 3; i++)
        for (int m = -8; m <= 16; m++)
            for (size_t h = 0; h < sizeof hair / sizeof *hair; h++)
                for (int c = 0; c < 3; c++) {
                    double part = 0.125 * m, lambda[3] = {0, 0, 0}, scalar[3], here[3];
                    ali_vec3 gradient[3];
                    lambda[i] = 1.0 - part;
                    lambda[(i + 1) % 3] = part;
                    ali_vec3 point = reference_point(&corner, lambda), beside = point;
                    beside.x += c == 0 ? hair[h] : 0.0;
                    beside.y += c == 1 ? hair[h] : 0.0;
                    beside.z += c == 2 ? hair[h] : 0.0;
                    ali_triangle_potential(&corner, point, here);
                    ali_triangle_potential(&corner, beside, scalar);
                    ali_triangle_gradient(&corner, beside, gradient);
                    for (int b = 0; b < 3; b++) {
                        assert_close(scalar[b], here[b], 1e-15 + 30.0 * hair[h]);
                        assert_true(isfinite(ali_vec3_norm(gradient[b])));
                    }
                }
    /* in the plane the normal part is the mean of both sides */
    ali_vec3 gradient[3], above[3];
    ali_triangle_gradient(&corner, (ali_vec3){0.4, 0.3, 0}, gradient);
    ali_triangle_gradient(&corner, (ali_vec3){0.4, 0.3, 1e-9}, above);
    for (int b = 0; b < 3; b++) {
        assert_true(gradient[b].z == 0.0);
        assert_true(above[b].z < -0.1);
    }
}

/* ---- static moments ---- */

static void check_static(const ali_flat_triangle *a, const ali_flat_triangle *b,
                         reference_moments wanted, double tolerance)
{
    double moments[3][3], turned[3][3], largest = 0.0;
    ali_triangle_static(a, b, moments);
    ali_triangle_static(b, a, turned);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            largest = fmax(largest, wanted[0][i][j]);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            assert_close(four_pi * moments[i][j], wanted[0][i][j], tolerance * largest);
            assert_true(moments[i][j] == turned[j][i]);
        }
}

static void test_touching_against_brute_force(void **state)
{
    (void)state;
    uint64_t random = 11;
    for (int trial = 0; trial < 5; trial++)
        for (int common = 1; common <= 3; common++) {
            ali_flat_triangle a, b;
            /* the reference needs open angles */
            do {
                a = random_triangle(&random);
                b = random_triangle(&random);
                ali_vec3 other = b.vertex[2];
                memcpy(b.vertex, a.vertex, (size_t)common * sizeof *b.vertex);
                if (common == 2 && trial == 0) {
                    ali_vec3 sum = ali_vec3_add(a.vertex[0], a.vertex[1]);
                    b.vertex[2] = ali_vec3_sub(sum, a.vertex[2]);
                } else if (common < 3) {
                    b.vertex[2] = other;
                }
            } while (flatness(&b) < 0.3 || !is_open(&a, &b, common));
            reference_moments wanted;
            reference_touching(&a, &b, common, 10, &static_kernel, wanted);
            check_static(&a, &b, wanted, 1e-6);
        }
}

static void test_apart_against_brute_force(void **state)
{
    (void)state;
    uint64_t random = 13;
    for (int trial = 0; trial < 30; trial++) {
        ali_flat_triangle a = random_triangle(&random), b = random_triangle(&random);
        /* up to 30 times smaller, up to 2 away */
        double scale = pow(10.0, 0.75 * (next_random(&random) - 1.0));
        ali_vec3 place = random_vector(&random, 2.0);
        for (int i = 0; i < 3; i++)
            b.vertex[i] = ali_vec3_axpy(place, scale, b.vertex[i]);
        if (ali_triangle_distance(&a, &b) < 0.1 * scale)
            continue;
        reference_moments wanted;
        reference_apart(&a, &b, 1.2, &static_kernel, wanted);
        check_static(&a, &b, wanted, 1e-6);
    }
}

static void test_parallel_sheets_against_brute_force(void **state)
{
    (void)state;
    for (double height = 1.5; height > 0.08; height *= 0.5) {
        ali_flat_triangle b = corner;
        for (int i = 0; i < 3; i++)
            b.vertex[i].z += height;
        reference_moments wanted;
        reference_apart(&corner, &b, 1.2, &static_kernel, wanted);
        check_static(&corner, &b, wanted, 1e-6);
    }
}

/** Sum over parts of b: the moments of b from those with its quarters. */
static void add_quarters(const ali_flat_triangle *a, const ali_flat_triangle *b,
                         reference_moments sum)
{
    static const reference_part whole = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    reference_part quarters[4];
    reference_cut(&whole, quarters);
    memset(sum, 0, sizeof(reference_moments));
    for (int q = 0; q < 4; q++) {
        ali_flat_triangle part;
        double moments[3][3];
        for (int i = 0; i < 3; i++)
            part.vertex[i] = reference_point(b, quarters[q].corner[i]);
        ali_triangle_static(a, &part, moments);
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                for (int c = 0; c < 3; c++)
                    sum[0][i][c] += 0.25 * four_pi * moments[i][j] * quarters[q].corner[j][c];
    }
}

/** Positions where brute force is too slow: the whole is the sum of its quarters, which lie
 *  differently. */
static void test_quarters_add_up(void **state)
{
    (void)state;
    uint64_t random = 17;
    enum { FOLDED, CROSSING, TEE, CLOSE, COPLANAR, UNEQUAL, NEEDLE, NEEDLES, KINDS };
    for (int trial = 0; trial < 20 * KINDS; trial++) {
        ali_flat_triangle a = random_triangle(&random), b = random_triangle(&random);
        ali_vec3 side = ali_vec3_sub(a.vertex[1], a.vertex[0]);
        ali_vec3 other = ali_vec3_sub(a.vertex[2], a.vertex[0]);
        ali_vec3 normal = ali_vec3_cross(side, other);
        ali_vec3 middle = ali_vec3_axpy(ali_vec3_axpy(a.vertex[0], 0.3, side), 0.4, other);
        double part = 0.5 + 0.4 * next_random(&random), tiny = pow(10.0, next_random(&random) - 4);
        switch (trial % KINDS) {
        case FOLDED:
            b = a;
            b.vertex[2] = ali_vec3_axpy(ali_vec3_axpy(b.vertex[2], tiny, normal), part - 0.5, side);
            break;
        case CROSSING:
            for (int i = 0; i < 3; i++)
                b.vertex[i] = ali_vec3_axpy(middle, 0.7, b.vertex[i]);
            break;
        case TEE:
            b.vertex[0] = ali_vec3_axpy(a.vertex[0], part, side);
            b.vertex[1] = ali_vec3_axpy(b.vertex[0], 0.3, other);
            break;
        case CLOSE:
            for (int i = 0; i < 3; i++)
                b.vertex[i] =
                    ali_vec3_axpy(ali_vec3_axpy(a.vertex[i], tiny, normal), tiny, b.vertex[i]);
            break;
        case COPLANAR:
            for (int i = 0; i < 3; i++)
                b.vertex[i] = ali_vec3_axpy(a.vertex[i], part - 0.5, other);
            break;
        case UNEQUAL:
            for (int i = 0; i < 3; i++)
                b.vertex[i] =
                    ali_vec3_axpy(trial % 16 == UNEQUAL ? middle : a.vertex[0], 0.003, b.vertex[i]);
            break;
        case NEEDLE:
            a.vertex[2] = ali_vec3_axpy(ali_vec3_axpy(a.vertex[0], part, side), 1e-3, other);
            if (trial % 16 == NEEDLE)
                b.vertex[1] = a.vertex[1];
            break;
        default:
            a.vertex[2] = ali_vec3_axpy(ali_vec3_axpy(a.vertex[0], part, side), 1e-3, other);
            b = a;
            if (trial % 16 == NEEDLES)
                b.vertex[2] = ali_vec3_axpy(ali_vec3_axpy(a.vertex[1], -part, side), 1e-3, normal);
        }
        reference_moments sum;
        add_quarters(&a, &b, sum);
        check_static(&a, &b, sum, 1e-6);
    }
}

static void test_distance(void **state)
{
    (void)state;
    uint64_t random = 19;
    for (int trial = 0; trial < 200; trial++) {
        ali_flat_triangle a = random_triangle(&random), b = random_triangle(&random);
        ali_vec3 shift = random_vector(&random, 2.0);
        for (int i = 0; i < 3; i++)
            b.vertex[i] = ali_vec3_add(b.vertex[i], shift);
        double distance = ali_triangle_distance(&a, &b), best = HUGE_VAL;
        enum { STEPS = 12 };
        for (int m = 0; m < (STEPS + 1) * (STEPS + 1) * (STEPS + 1) * (STEPS + 1); m++) {
            int at[4], rest = m;
            for (int c = 0; c < 4; c++, rest /= STEPS + 1)
                at[c] = rest % (STEPS + 1);
            if (at[0] + at[1] > STEPS || at[2] + at[3] > STEPS)
                continue;
            double la[3] = {at[0] / 12.0, at[1] / 12.0, (STEPS - at[0] - at[1]) / 12.0};
            double lb[3] = {at[2] / 12.0, at[3] / 12.0, (STEPS - at[2] - at[3]) / 12.0};
            best = fmin(best, ali_vec3_distance(reference_point(&a, la), reference_point(&b, lb)));
        }
        assert_true(distance <= best + 1e-12);
        assert_true(best <= distance + 0.25);
        assert_close(ali_triangle_distance(&b, &a), distance, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_potential_on_the_triangle),
        cmocka_unit_test(test_potential_and_gradient_apart),
        cmocka_unit_test(test_potential_is_finite_everywhere),
        cmocka_unit_test(test_touching_against_brute_force),
        cmocka_unit_test(test_apart_against_brute_force),
        cmocka_unit_test(test_parallel_sheets_against_brute_force),
        cmocka_unit_test(test_quarters_add_up),
        cmocka_unit_test(test_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
