/* SPDX-License-Identifier: Apache-2.0 */
#include "green/ground_kernel.h"
#include "assert_close.h"
#include "base/constants.h"
#include "math/gauss_table.h"
#include "math/quadrature.h"
#include "random.h"

#include <math.h>
#include <string.h>

static const double k0 = 2.0 * ALI_PI; /* lengths in wavelengths */
enum { POINTS = 1003 };                /* some are left over by all vectors */

/** Every variant against the evaluation point by point, images taken out: at random, next to each
 * other, straight above, on the interface, and closer than the table begins. */
static void check_variants(const ali_half_space *space, const ali_ground_range *range)
{
    ali_ground_table *table;
    alicorn_error error;
    if (ali_ground_table_create(space, range, &table, &error) != ALICORN_OK)
        fail_msg("%s", error.message);
    static double rho[POINTS], height[POINTS];
    static ali_half_space_kernels truth[POINTS];
    static double complex xx[POINTS], zz[POINTS], zx[POINTS], phi[POINTS];
    uint64_t random = 5;
    for (int i = 0; i < POINTS; i++) {
        double u = 0.5 + 0.5 * next_random(&random), v = 0.5 + 0.5 * next_random(&random);
        if (i % 7 && i > 500) { /* next to the one before */
            rho[i] = rho[i - 1] * (1.0 + 1e-3 * u);
            height[i] = height[i - 1];
            continue;
        }
        rho[i] = range->rho_max * (i % 3 == 0 ? u : i % 3 == 1 ? exp(-20.0 * u) : 0.0);
        double share = i % 2 ? v : exp(-12.0 * v);
        height[i] = range->height_min + share * (range->height_max - range->height_min);
    }
    ali_ground_table_evaluate(table, POINTS, rho, height, NULL, truth);
    ali_half_space_images images = ali_half_space_images_of(space, false);
    const ali_ground_kernel_variant *const *variants;
    size_t count = ali_ground_kernels(&variants);
    for (size_t variant = 0; variant < count; variant++) {
        variants[variant]->rest(table, POINTS, rho, height, &(ali_ground_rest){xx, zz, zx, phi});
        for (int i = 0; i < POINTS; i++) {
            double r = hypot(rho[i], height[i]), size = 1.0 / (4.0 * ALI_PI * r);
            double complex image = size * cexp(-I * space->k * r);
            double wrong = 1e-11 * size * (1.0 + space->k * r);
            assert_close(xx[i], truth[i].xx, wrong);
            assert_close(zz[i], truth[i].zz - images.zz * image, wrong);
            assert_close(zx[i], truth[i].zx, wrong);
            assert_close(phi[i], truth[i].phi - images.phi * image, wrong);
        }
    }
    /* few points, and none */
    for (size_t few = 0; few < 3; few++) {
        xx[few] = 7.0;
        ali_ground_table_rest(table, few, rho, height, &(ali_ground_rest){xx, zz, zx, phi});
        assert_close(xx[few], 7.0, 0.0);
    }
    ali_ground_table_destroy(table);
}

static void test_variants_agree(void **state)
{
    (void)state;
    const size_t enough = 64u << 20;
    const ali_half_space soil = {k0, 13.0 - 3.0 * I}, sea = {k0, 81.0 - 3000.0 * I},
                         air = {k0, 1.0};
    check_variants(&soil, &(ali_ground_range){.rho_max = 0.5,
                                              .height_min = 0.04,
                                              .height_max = 1.0,
                                              .tolerance = 1e-4,
                                              .bytes_max = enough});
    check_variants(&sea,
                   &(ali_ground_range){
                       .rho_max = 30.0, .height_max = 1.0, .tolerance = 1e-4, .bytes_max = enough});
    check_variants(&soil, &(ali_ground_range){.rho_max = 2.0,
                                              .height_min = 0.02,
                                              .height_max = 0.02,
                                              .tolerance = 1e-4,
                                              .bytes_max = enough});
    check_variants(&air,
                   &(ali_ground_range){
                       .rho_max = 2.0, .height_max = 0.5, .tolerance = 1e-4, .bytes_max = enough});
}

/* ---- moments ---- */

enum { TUBES = 21, PADDED = 24, ORDERS = ALI_TUBE_ORDER_MAX + 1, RULE = 4, SETS = 16 };

/** Tubes in all directions above the ground, one straight above the one tube. */
typedef struct tube_list {
    double mid[3][PADDED], dir[3][PADDED], half[PADDED], radius[PADDED];
    double points[PADDED];
} tube_list;

static void make_tubes(tube_list *list, ali_vec3 below)
{
    uint64_t random = 3;
    memset(list, 0, sizeof *list);
    for (int i = 0; i < PADDED; i++) {
        ali_vec3 dir = {next_random(&random), next_random(&random), next_random(&random)};
        dir = ali_vec3_scale(1.0 / ali_vec3_norm(dir), dir);
        double mid[3] = {next_random(&random), next_random(&random),
                         0.4 + 0.1 * next_random(&random)};
        if (i == 4) {
            mid[0] = below.x;
            mid[1] = below.y;
            dir = (ali_vec3){0.0, 0.0, 1.0};
        }
        const double way[3] = {dir.x, dir.y, dir.z};
        for (int c = 0; c < 3; c++) {
            list->mid[c][i] = mid[c];
            list->dir[c][i] = way[c];
        }
        list->half[i] = 0.03 + 0.01 * next_random(&random);
        list->radius[i] = 1e-3;
        list->points[i] = i < TUBES ? (i % 3 ? 2.0 : 3.0) : 0.0;
    }
    list->mid[2][6] = -0.2; /* in the soil, and not meant */
    list->points[6] = 0.0;
}

/** Sum over the points of one pair, both parts [vector, scalar]. */
static void sum_pair(const ali_ground_table *table, const ali_far_task *task, int i, int p, int q,
                     double complex sum[2])
{
    const ali_tube_array *others = &task->others;
    ali_vec3 t = {others->dir[0][i], others->dir[1][i], others->dir[2][i]}, s = task->tube.dir;
    double ring = task->tube.radius * task->tube.radius + others->radius[i] * others->radius[i];
    sum[0] = sum[1] = 0.0;
    for (int a = 0; a < task->rule.points; a++)
        for (int b = 0; b < task->other_rule.points; b++) {
            ali_vec3 mid = {others->mid[0][i], others->mid[1][i], others->mid[2][i]};
            ali_vec3 to = ali_vec3_axpy(mid, task->other_rule.node[b] * others->half[i], t);
            ali_vec3 from = ali_vec3_axpy(task->tube.mid, task->rule.node[a] * task->tube.half, s);
            double height = to.z + from.z, x = to.x - from.x, y = to.y - from.y;
            double level = hypot(x, y), rho = sqrt(x * x + y * y + ring);
            double complex xx, zz, zx, phi;
            ali_ground_table_rest(table, 1, &rho, &height, &(ali_ground_rest){&xx, &zz, &zx, &phi});
            double across = level > 1e-12
                                ? (t.z * (x * s.x + y * s.y) - s.z * (x * t.x + y * t.y)) / level
                                : 0.0;
            double w = task->rule.table[a][p] * task->other_rule.table[b][q] * task->tube.half *
                       others->half[i];
            sum[0] += w * (xx * (s.x * t.x + s.y * t.y) + zz * s.z * t.z + across * zx);
            sum[1] += w * phi;
        }
}

/** @param tolerance  of what is between a pair of points, relative to 1/(4 pi R) */
static void check_moments(const ali_ground_table *table, const ali_far_task *task,
                          const double *points, const ali_ground_kernel_variant *variant,
                          double tolerance)
{
    static double out[4][SETS * PADDED];
    for (int part = 0; part < 4; part++)
        for (int i = 0; i < SETS * PADDED; i++)
            out[part][i] = 1.0; /* moments are added */
    variant->moments(table, task, points,
                     &(ali_ground_sums){PADDED, out[0], out[1], out[2], out[3]});
    for (int p = 0; p <= task->order; p++)
        for (int q = 0; q <= task->other_order; q++)
            for (int i = 0; i < PADDED; i++) {
                int at = (p * (task->other_order + 1) + q) * PADDED + i;
                double complex vector = CMPLX(out[0][at] - 1.0, out[1][at] - 1.0), truth[2] = {0};
                double complex scalar = CMPLX(out[2][at] - 1.0, out[3][at] - 1.0);
                if (points[i] != (double)task->other_rule.points) {
                    assert_close(vector, 0.0, 0.0);
                    assert_close(scalar, 0.0, 0.0);
                    continue;
                }
                sum_pair(table, task, i, p, q, truth);
                ali_vec3 apart = {task->others.mid[0][i] - task->tube.mid.x,
                                  task->others.mid[1][i] - task->tube.mid.y,
                                  task->others.mid[2][i] + task->tube.mid.z};
                double size = 4.0 * task->tube.half * task->others.half[i] /
                              (4.0 * ALI_PI * ali_vec3_norm(apart));
                assert_close(vector, truth[0], tolerance * size);
                assert_close(scalar, truth[1], tolerance * size);
            }
}

/** What float leaves, and of the table's tolerance what terms left out may take. */
static const double rounding = 1e-6, omitted = 0.3;

/** @param far  to the others [wavelengths] */
static void check_tubes(double far, double tolerance)
{
    const ali_half_space soil = {k0, 13.0 - 3.0 * I};
    const ali_ground_range range = {.rho_max = far + 3.0,
                                    .height_min = 0.4,
                                    .height_max = 1.2,
                                    .tolerance = tolerance,
                                    .bytes_max = 64u << 20};
    ali_ground_table *table;
    assert_int_equal(ali_ground_table_create(&soil, &range, &table, NULL), ALICORN_OK);
    double rules[RULE + 1][RULE][ORDERS];
    for (int n = 1; n <= RULE; n++)
        for (int i = 0; i < n; i++) {
            ali_legendre(ali_gauss_node(n)[i], ALI_TUBE_ORDER_MAX, rules[n][i]);
            for (int p = 0; p < ORDERS; p++)
                rules[n][i][p] *= ali_gauss_weight(n)[i];
        }
    ali_far_task task = {
        .tube = {.mid = {0.1, -0.2, 0.35}, .dir = {0.48, 0.6, 0.64}, .half = 0.04, .radius = 2e-3},
        .k = k0};
    tube_list list;
    make_tubes(&list, task.tube.mid);
    for (int i = 0; i < PADDED; i++)
        list.mid[0][i] += far;
    task.others = (ali_tube_array){.count = TUBES,
                                   .mid = {list.mid[0], list.mid[1], list.mid[2]},
                                   .dir = {list.dir[0], list.dir[1], list.dir[2]},
                                   .half = list.half,
                                   .radius = list.radius};
    static const int cases[][4] = {{2, 2, 1, 1}, {3, 2, 1, 2}, {4, 3, 3, 3}, {2, 3, 2, 1}};
    const ali_ground_kernel_variant *const *variants;
    size_t count = ali_ground_kernels(&variants);
    for (size_t variant = 0; variant < count; variant++)
        for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
            int a = cases[c][0], b = cases[c][1];
            task.rule = (ali_far_rule){a, ali_gauss_node(a), (const double(*)[ORDERS])rules[a]};
            task.other_rule =
                (ali_far_rule){b, ali_gauss_node(b), (const double(*)[ORDERS])rules[b]};
            task.order = cases[c][2];
            task.other_order = cases[c][3];
            check_moments(table, &task, list.points, variants[variant],
                          omitted * tolerance + rounding);
        }
    ali_ground_table_destroy(table);
}

static void test_moments_are_sums_over_points(void **state)
{
    (void)state;
    check_tubes(0.0, 1e-5);
    check_tubes(0.0, 1e-8);
    check_tubes(157.3, 1e-5); /* a thousand radians, as exact as close by */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_variants_agree),
                                       cmocka_unit_test(test_moments_are_sums_over_points)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
