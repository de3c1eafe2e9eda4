/* SPDX-License-Identifier: Apache-2.0 */
/* Every variant of the kernels between one triangle and many others against sums with libm; the
 * rules that ali_face_rule_points picks against finer ones. */
#include "green/face_kernel.h"
#include "assert_close.h"
#include "base/constants.h"
#include "math/quadrature.h"
#include "random.h"
#include "triangle_reference.h"

#include <complex.h>

enum { COUNT = 21, PLACES = 24, SIZE = ALI_TUBE_ORDER_MAX + 1, TUBE_POINTS = 4 };

typedef struct scene {
    double vertex[3][3][PLACES];
    double mid[3][PLACES], dir[3][PLACES], half[PLACES], radius[PLACES];
    double node[TUBE_POINTS], table[TUBE_POINTS][SIZE];
    ali_flat_triangle triangle;
    ali_face_array faces;
    ali_tube_array tubes;
    ali_far_rule tube_rule;
} scene;

static ali_vec3 random_vector(uint64_t *random, double scale)
{
    double x = next_random(random), y = next_random(random);
    return ali_vec3_scale(scale, (ali_vec3){x, y, next_random(random)});
}

static ali_flat_triangle random_triangle(uint64_t *random, double spread)
{
    ali_flat_triangle t;
    ali_vec3 place = random_vector(random, spread);
    do {
        for (int i = 0; i < 3; i++)
            t.vertex[i] = ali_vec3_add(place, random_vector(random, 0.5));
    } while (reference_area(&t) < 0.15);
    return t;
}

static void set_vertex(scene *s, int v, size_t i, ali_vec3 p)
{
    s->vertex[v][0][i] = p.x;
    s->vertex[v][1][i] = p.y;
    s->vertex[v][2][i] = p.z;
}

static ali_flat_triangle other(const scene *s, size_t i)
{
    ali_flat_triangle t;
    for (int v = 0; v < 3; v++)
        t.vertex[v] = (ali_vec3){s->vertex[v][0][i], s->vertex[v][1][i], s->vertex[v][2][i]};
    return t;
}

static ali_tube other_tube(const scene *s, size_t i)
{
    return (ali_tube){.mid = {s->mid[0][i], s->mid[1][i], s->mid[2][i]},
                      .dir = {s->dir[0][i], s->dir[1][i], s->dir[2][i]},
                      .half = s->half[i],
                      .radius = s->radius[i]};
}

/** Triangles and tubes up to `spread` away. */
static void fill_scene(scene *s, uint64_t seed, double spread)
{
    uint64_t random = seed;
    s->triangle = random_triangle(&random, 0.1);
    for (size_t i = 0; i < PLACES; i++) {
        ali_flat_triangle t = random_triangle(&random, spread);
        for (int v = 0; v < 3; v++)
            set_vertex(s, v, i, t.vertex[v]);
        ali_vec3 mid = random_vector(&random, spread), dir = random_vector(&random, 1.0);
        dir = ali_vec3_scale(1.0 / ali_vec3_norm(dir), dir);
        s->mid[0][i] = mid.x;
        s->mid[1][i] = mid.y;
        s->mid[2][i] = mid.z;
        s->dir[0][i] = dir.x;
        s->dir[1][i] = dir.y;
        s->dir[2][i] = dir.z;
        s->half[i] = 0.6 + 0.4 * next_random(&random);
        s->radius[i] = 0.03 + 0.02 * next_random(&random);
    }
    s->faces.count = s->tubes.count = COUNT;
    for (int v = 0; v < 3; v++) {
        for (int c = 0; c < 3; c++)
            s->faces.vertex[v][c] = s->vertex[v][c];
        s->tubes.mid[v] = s->mid[v];
        s->tubes.dir[v] = s->dir[v];
    }
    s->tubes.half = s->half;
    s->tubes.radius = s->radius;
    const double *weight = ali_gauss_weight(TUBE_POINTS);
    for (int i = 0; i < TUBE_POINTS; i++) {
        s->node[i] = ali_gauss_node(TUBE_POINTS)[i];
        ali_legendre(s->node[i], ALI_TUBE_ORDER_MAX, s->table[i]);
        for (int q = 0; q < SIZE; q++)
            s->table[i][q] *= weight[i];
    }
    s->tube_rule = (ali_far_rule){TUBE_POINTS, s->node, (const double(*)[SIZE])s->table};
}

static void check_values(const char *what, size_t size, const double *re, const double *im,
                         const double complex (*wanted)[3 * SIZE], double tolerance)
{
    (void)what;
    for (size_t i = 0; i < COUNT; i++) {
        double largest = 0.0;
        for (size_t m = 0; m < size; m++)
            largest = fmax(largest, cabs(wanted[i][m]));
        for (size_t m = 0; m < size; m++)
            assert_close(CMPLX(re[m * PLACES + i], im[m * PLACES + i]), wanted[i][m],
                         tolerance * largest);
    }
}

/* ---- sums with libm ---- */

static void sum_moments(const ali_face_task *task, const ali_flat_triangle *b,
                        double complex value[9])
{
    memset(value, 0, 9 * sizeof *value);
    for (int i = 0; i < task->rule.points; i++)
        for (int j = 0; j < task->other_rule.points; j++) {
            const double *la = task->rule.lambda[i], *lb = task->other_rule.lambda[j];
            double r =
                ali_vec3_distance(reference_point(&task->triangle, la), reference_point(b, lb));
            double complex g = task->rule.weight[i] * task->other_rule.weight[j] / (4.0 * ALI_PI) *
                               cexp(CMPLX(0.0, -task->k * r)) / r;
            for (int m = 0; m < 9; m++)
                value[m] += la[m / 3] * lb[m % 3] * g;
        }
}

static void sum_curl(const ali_face_task *task, const ali_flat_triangle *b, double complex value[9])
{
    const ali_flat_triangle *a = &task->triangle;
    ali_vec3 normal = ali_vec3_cross(ali_vec3_sub(a->vertex[1], a->vertex[0]),
                                     ali_vec3_sub(a->vertex[2], a->vertex[0]));
    normal = ali_vec3_scale(1.0 / ali_vec3_norm(normal), normal);
    memset(value, 0, 9 * sizeof *value);
    for (int i = 0; i < task->rule.points; i++)
        for (int j = 0; j < task->other_rule.points; j++) {
            ali_vec3 x = reference_point(a, task->rule.lambda[i]);
            ali_vec3 y = reference_point(b, task->other_rule.lambda[j]), d = ali_vec3_sub(x, y);
            double r = ali_vec3_norm(d);
            double complex slope = -CMPLX(1.0, task->k * r) * cexp(CMPLX(0.0, -task->k * r)) /
                                   (r * r * r) * task->rule.weight[i] * task->other_rule.weight[j] /
                                   (16.0 * ALI_PI);
            for (int m = 0; m < 9; m++) {
                ali_vec3 test = ali_vec3_sub(x, a->vertex[m / 3]);
                ali_vec3 flow = ali_vec3_sub(y, b->vertex[m % 3]);
                value[m] +=
                    slope * ali_vec3_dot(test, ali_vec3_cross(normal, ali_vec3_cross(d, flow)));
            }
        }
}

/** Averaged around the tube by points on the circumference, or to second order in the radius. */
static void sum_tube(const ali_face_tube_task *task, const ali_tube *tube, int angles,
                     double complex *value)
{
    const ali_tube filament = {.dir = {1.0, 0.0, 0.0}};
    ali_vec3 axis = {fabs(tube->dir.x) < 0.6, fabs(tube->dir.x) >= 0.6, 0.0};
    ali_vec3 first = ali_vec3_cross(tube->dir, axis), second;
    first = ali_vec3_scale(1.0 / ali_vec3_norm(first), first);
    second = ali_vec3_cross(tube->dir, first);
    memset(value, 0, 3 * SIZE * sizeof *value);
    for (int i = 0; i < task->rule.points; i++)
        for (int j = 0; j < task->tube_rule.points; j++) {
            ali_vec3 x = reference_point(&task->triangle, task->rule.lambda[i]);
            ali_vec3 y = ali_vec3_axpy(tube->mid, task->tube_rule.node[j] * tube->half, tube->dir);
            ali_vec3 d = ali_vec3_sub(x, y);
            double r = ali_vec3_norm(d);
            double complex g = cexp(CMPLX(0.0, -task->k * r)) / r;
            ali_ring_terms terms = ali_tube_ring_terms(&filament, tube, task->k, d, r * r);
            g *= 1.0 + terms.near * CMPLX(1.0, task->k * r) - terms.far;
            if (angles)
                g = 0.0;
            for (int p = 0; p < angles; p++) {
                double phi = 2.0 * ALI_PI * p / angles;
                ali_vec3 z = ali_vec3_axpy(d, tube->radius * cos(phi), first);
                r = ali_vec3_norm(ali_vec3_axpy(z, tube->radius * sin(phi), second));
                g += cexp(CMPLX(0.0, -task->k * r)) / (r * angles);
            }
            for (int m = 0; m < 3 * (task->order + 1); m++)
                value[m] += task->rule.weight[i] * task->rule.lambda[i][m / (task->order + 1)] *
                            task->tube_rule.table[j][m % (task->order + 1)] * tube->half * g /
                            (4.0 * ALI_PI);
        }
}

/* ---- tests ---- */

static const int rules[][2] = {{1, 1}, {3, 3}, {7, 3}, {12, 7}};
static const double waves[] = {0.0, 1e-3, 1.0, 40.0};

static void test_triangles_against_libm(void **state)
{
    (void)state;
    static scene s;
    static double re[9 * PLACES], im[9 * PLACES];
    static double complex moments[COUNT][3 * SIZE], curl[COUNT][3 * SIZE];
    const ali_face_kernel *const *kernels;
    size_t kernel_count = ali_face_kernels(&kernels);
    fill_scene(&s, 7, 6.0);
    for (size_t test = 0; test < 16; test++) {
        const int *points = rules[test / 4];
        ali_face_task task = {s.triangle, ali_triangle_rule_get(points[0]), s.faces,
                              ali_triangle_rule_get(points[1]), waves[test % 4]};
        for (size_t i = 0; i < COUNT; i++) {
            ali_flat_triangle t = other(&s, i);
            sum_moments(&task, &t, moments[i]);
            sum_curl(&task, &t, curl[i]);
        }
        for (size_t v = 0; v < kernel_count; v++) {
            kernels[v]->moments(&task, PLACES, re, im);
            check_values(kernels[v]->name, 9, re, im, (const double complex(*)[3 * SIZE]) moments,
                         3e-14 + 3e-15 * task.k);
            kernels[v]->curl(&task, PLACES, re, im);
            check_values(kernels[v]->name, 9, re, im, (const double complex(*)[3 * SIZE]) curl,
                         2e-12 + 3e-14 * task.k);
        }
    }
}

static void test_tubes_against_libm(void **state)
{
    (void)state;
    static scene s;
    static double re[3 * SIZE * PLACES], im[3 * SIZE * PLACES];
    static double complex wanted[COUNT][3 * SIZE], averaged[3 * SIZE];
    const ali_face_kernel *const *kernels;
    size_t kernel_count = ali_face_kernels(&kernels);
    fill_scene(&s, 9, 4.0);
    for (int order = 0; order <= ALI_TUBE_ORDER_MAX; order += 2)
        for (size_t w = 0; w < 3; w++) {
            ali_face_tube_task task = {
                s.triangle, ali_triangle_rule_get(3), s.tubes, s.tube_rule, order, waves[w]};
            for (size_t i = 0; i < COUNT; i++) {
                ali_tube tube = other_tube(&s, i);
                sum_tube(&task, &tube, 0, wanted[i]);
                /* the mean around the tube, where that is more than ten radii away */
                sum_tube(&task, &tube, 16, averaged);
                if (ali_vec3_norm(tube.mid) > 2.0)
                    for (int m = 0; m < 3 * (order + 1); m++)
                        assert_close(wanted[i][m], averaged[m], 2e-5 * cabs(averaged[0]));
            }
            for (size_t v = 0; v < kernel_count; v++) {
                kernels[v]->tubes(&task, PLACES, re, im);
                check_values(kernels[v]->name, 3 * ((size_t)order + 1), re, im,
                             (const double complex(*)[3 * SIZE]) wanted, 3e-14);
            }
        }
}

/** Moments with each triangle cut into four, with 12 points each. */
static void fine_moments(const ali_face_task *task, const ali_flat_triangle *b,
                         double complex value[9])
{
    static const reference_part whole = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    reference_part parts[4];
    reference_cut(&whole, parts);
    ali_face_task fine = *task;
    fine.rule = fine.other_rule = ali_triangle_rule_get(12);
    memset(value, 0, 9 * sizeof *value);
    for (int pair = 0; pair < 16; pair++) {
        const reference_part *pa = &parts[pair / 4], *pb = &parts[pair % 4];
        ali_flat_triangle other_part;
        double complex part[9];
        for (int v = 0; v < 3; v++) {
            fine.triangle.vertex[v] = reference_point(&task->triangle, pa->corner[v]);
            other_part.vertex[v] = reference_point(b, pb->corner[v]);
        }
        sum_moments(&fine, &other_part, part);
        for (int m = 0; m < 81; m++) {
            int to = m / 9, from = m % 9;
            value[to] +=
                part[from] / 16.0 * pa->corner[from / 3][to / 3] * pb->corner[from % 3][to % 3];
        }
    }
}

static double reach_of(const ali_flat_triangle *t, ali_vec3 *middle)
{
    static const double lambda[3] = {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0};
    double reach = 0.0;
    *middle = reference_point(t, lambda);
    for (int v = 0; v < 3; v++)
        reach = fmax(reach, ali_vec3_distance(*middle, t->vertex[v]));
    return reach;
}

static void test_rules_are_good_enough(void **state)
{
    (void)state;
    uint64_t random = 31;
    int used[13] = {0};
    for (int trial = 0; trial < 400; trial++) {
        double spread = pow(10.0, 0.5 + 0.7 * next_random(&random));
        double tolerance = pow(10.0, -3.0 + 2.0 * next_random(&random));
        ali_flat_triangle a = random_triangle(&random, 0.1), b = random_triangle(&random, spread);
        ali_vec3 middle_a, middle_b;
        double reach = reach_of(&a, &middle_a);
        reach = fmax(reach, reach_of(&b, &middle_b));
        double ratio = ali_vec3_distance(middle_a, middle_b) / reach;
        double phase = pow(10.0, -1.0 + next_random(&random));
        int points = ratio < 2.0 ? 0 : ali_face_rule_points(ratio, phase, tolerance);
        used[points]++;
        if (points == 0)
            continue;
        ali_face_task task = {.triangle = a, .k = phase / reach};
        task.rule = task.other_rule = ali_triangle_rule_get(points);
        assert_int_equal(task.rule.points, points);
        double complex value[9], wanted[9];
        double largest = 0.0;
        sum_moments(&task, &b, value);
        fine_moments(&task, &b, wanted);
        for (int m = 0; m < 9; m++)
            largest = fmax(largest, cabs(wanted[m]));
        for (int m = 0; m < 9; m++)
            assert_close(value[m], wanted[m], tolerance * largest);
    }
    assert_true(used[3] >= 10 && used[6] >= 10 && used[7] >= 5 && used[12] >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_triangles_against_libm),
        cmocka_unit_test(test_tubes_against_libm),
        cmocka_unit_test(test_rules_are_good_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
