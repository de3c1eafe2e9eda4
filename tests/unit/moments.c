/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/moments.h"

#include "base/constants.h"
#include "wire_support.h"

#include <math.h>

enum { SIZE = ALI_MOMENT_SIZE, BEST_POINTS = 16 };

/** Structure, basis and moments at one frequency. */
typedef struct fixture {
    ali_model *model;
    ali_wire_mesh *mesh;
    ali_wire_basis *basis;
    ali_near *near;
    ali_moment_source source;
} fixture;

static void add_bent_wire(ali_model *model, uint64_t *random, size_t count, ali_vec3 from,
                          ali_vec3 step, double radius)
{
    ali_vec3 point[16] = {from};
    double radii[16];
    assert_true(count < 16);
    for (size_t i = 0; i < count; i++) {
        /* no two segments alike, or they would share static moments to 2e-6 only */
        point[i + 1] = ali_vec3_axpy(point[i], 1.0 + 0.3 * next_random(random), step);
        radii[i] = radius * (i % 3 == 2 ? 2.0 : 1.0);
    }
    ali_origin origin = {.line = 1, .card = "GW"};
    assert_int_equal(ali_model_add_wire(model, 1, count, point, radii, origin, NULL), ALICORN_OK);
}

/** Straight, parallel, touching and far wires over the plane z = 0, one of them standing on it;
 * fine and coarse segments. */
static ali_model *make_model(void)
{
    uint64_t random = 5;
    ali_model *model = ali_model_create();
    assert_non_null(model);
    add_bent_wire(model, &random, 7, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 0.5}, 0.01);
    add_bent_wire(model, &random, 5, (ali_vec3){0.08, 0, 0.3}, (ali_vec3){0, 0, 0.4}, 0.01);
    add_bent_wire(model, &random, 4, (ali_vec3){0, 0, 0.01}, (ali_vec3){0, 0, 0.5}, 0.002);
    add_bent_wire(model, &random, 6, (ali_vec3){1, -1, 0.2}, (ali_vec3){0.3, 0.7, 0.1}, 0.02);
    add_bent_wire(model, &random, 9, (ali_vec3){-2, 3, 2}, (ali_vec3){0.2, -0.05, 0.1}, 0.03);
    add_bent_wire(model, &random, 3, (ali_vec3){9, 7, 1}, (ali_vec3){1.5, 0.3, 0.8}, 0.005);
    add_bent_wire(model, &random, 5, (ali_vec3){3, -2, 0.02}, (ali_vec3){0.1, 0.1, 0.005}, 0.01);
    add_bent_wire(model, &random, 2, (ali_vec3){-2, 3.4, 2}, (ali_vec3){4, -0.3, 0.2}, 0.01);
    return model;
}

static void set_up(fixture *f, int degree, double k, bool image)
{
    f->model = make_model();
    f->mesh = make_mesh(
        f->model,
        (ali_mesh_options){.split_ends = true, .refine = 1, .ground = image, .connect = image});
    f->basis = make_basis(f->mesh, degree, k);
    unsigned char *order = calloc(f->mesh->element_count, 1);
    assert_non_null(order);
    for (size_t e = 0; e < f->mesh->element_count; e++)
        order[e] = (unsigned char)(f->basis->degree[e] + 1);
    assert_int_equal(ali_near_create(f->mesh, order, image, 2, &f->near, NULL), ALICORN_OK);
    free(order);
    assert_int_equal(ali_moment_source_create(f->basis, f->near, k, &f->source, NULL), ALICORN_OK);
}

static void tear_down(fixture *f)
{
    ali_moment_source_clear(&f->source);
    ali_near_destroy(f->near);
    ali_wire_basis_destroy(f->basis);
    ali_wire_mesh_destroy(f->mesh);
    ali_model_destroy(f->model);
}

static ali_tube tube_of(const fixture *f, size_t e, bool image)
{
    ali_tube tube = ali_element_tube(&f->mesh->elements[e]);
    return image ? ali_tube_mirror(tube) : tube;
}

/** The pair as ali_near_create sees it: the lower index first, the other mirrored. */
static bool pair_is_near(const fixture *f, size_t e, size_t g, bool image)
{
    ali_tube low = tube_of(f, e < g ? e : g, false), high = tube_of(f, e < g ? g : e, image);
    return ali_tubes_near(&low, &high);
}

/** Near pairs by looking at all of them. */
static void test_near_pairs(void **state)
{
    (void)state;
    for (int image = 0; image < 2; image++) {
        fixture f;
        set_up(&f, 1, 0.6, image);
        size_t at = 0;
        for (size_t e = 0; e < f.mesh->element_count; e++) {
            assert_int_equal(f.near->first[e], at);
            for (size_t g = 0; g < f.mesh->element_count; g++)
                for (int mirrored = 0; mirrored <= image; mirrored++) {
                    if (!pair_is_near(&f, e, g, mirrored))
                        continue;
                    const ali_near_pair *pair = &f.near->pairs[at++];
                    assert_int_equal(pair->other, g);
                    assert_int_equal(pair->mirrored, mirrored);
                    assert_int_equal(pair->transposed, e > g);
                }
        }
        assert_int_equal(f.near->first[f.mesh->element_count], at);
        assert_true(at > 5 * f.mesh->element_count);
        tear_down(&f);
    }
}

static int larger_order(int wanted, int degree)
{
    return wanted > degree ? wanted : degree;
}

/** Static moments, to the order in which they are kept, and the smooth rest, one pair at a time and
 * with the points for all orders of the currents. */
static void near_reference(const fixture *f, size_t e, size_t g, bool image, int order,
                           int other_order, double complex *moment)
{
    size_t low = e < g ? e : g, high = e < g ? g : e;
    ali_tube a = tube_of(f, e, image), b = tube_of(f, g, false);
    ali_tube first = tube_of(f, low, false), second = tube_of(f, high, image);
    int rows = f->basis->degree[low] + 1, columns = f->basis->degree[high] + 1;
    double fixed[SIZE * SIZE];
    ali_tube_static(&first, &second, rows, columns, fixed);
    int all = larger_order(order, f->basis->degree[e]);
    int other_all = larger_order(other_order, f->basis->degree[g]);
    double complex rest[SIZE * SIZE];
    ali_tube_dynamic(&a, &b, f->source.k, all, other_all, rest);
    for (int p = 0; p <= order; p++)
        for (int q = 0; q <= other_order; q++)
            moment[p * (other_order + 1) + q] =
                rest[p * (other_all + 1) + q] +
                (e <= g ? fixed[p * (columns + 1) + q] : fixed[q * (columns + 1) + p]);
}

/** Largest errors relative to M_00, and how many pairs were looked at. */
typedef struct worst_errors {
    double near, apart, apart_first; /**< near pairs; the others; their M_00 */
    size_t near_count, apart_count;
} worst_errors;

static double larger(double a, double b)
{
    return b <= a ? a : b; /* not a number counts */
}

static void compare_pair(const fixture *f, const ali_moment_batch *batch,
                         const ali_moment_group *group, size_t e, int order, bool image,
                         size_t place, worst_errors *worst)
{
    double complex wanted[SIZE * SIZE];
    size_t g = batch->element[place];
    int other_order = batch->order[place];
    bool near = pair_is_near(f, e, g, image);
    ali_tube a = tube_of(f, e, image), b = tube_of(f, g, false);
    if (near)
        near_reference(f, e, g, image, order, other_order, wanted);
    else
        ali_tube_far(&a, &b, f->source.k, BEST_POINTS, BEST_POINTS, order, other_order, wanted);
    for (int p = 0; p <= order; p++)
        for (int q = 0; q <= other_order; q++) {
            size_t at = (size_t)(p * (group->order + 1) + q) * batch->places + place;
            double complex difference =
                CMPLX(batch->re[at], batch->im[at]) - wanted[p * (other_order + 1) + q];
            double error = cabs(difference) / cabs(wanted[0]);
            if (near)
                worst->near = larger(worst->near, error);
            else
                worst->apart = larger(worst->apart, error);
            if (!near && p == 0 && q == 0)
                worst->apart_first = larger(worst->apart_first, error);
        }
    *(near ? &worst->near_count : &worst->apart_count) += 1;
}

/** All elements against all, at orders from 0 to one above the degree. */
static worst_errors compare_all(const fixture *f, ali_moment_precision precision, bool image,
                                int extra)
{
    size_t count = f->mesh->element_count;
    size_t *elements = calloc(count, sizeof *elements);
    unsigned char *orders = calloc(count, 1);
    assert_non_null(elements);
    assert_non_null(orders);
    for (size_t e = 0; e < count; e++) {
        elements[e] = e;
        orders[e] = (unsigned char)((int)e % 4 == 3 ? 0 : f->basis->degree[e] + extra);
    }
    ali_moment_batch *batch;
    worst_errors worst = {0};
    assert_int_equal(
        ali_moment_batch_create(&f->source, precision, count, elements, orders, 5, &batch, NULL),
        ALICORN_OK);
    for (size_t e = 0; e < count; e++) {
        int order = orders[e];
        for (size_t n = 0; n < batch->group_count; n++) {
            const ali_moment_group *group = &batch->groups[n];
            ali_moment_batch_run(batch, group, group->first, e, order, image);
            for (size_t i = 0; i < group->count; i++)
                compare_pair(f, batch, group, e, order, image, group->first + i, &worst);
        }
    }
    ali_moment_batch_destroy(batch);
    free(elements);
    free(orders);
    return worst;
}

/* Near pairs are the same numbers as one by one. The others have fewer points than the reference;
 * where they are far, only M_00 has the finite radii, which costs the next moments (a/R)^2 h/R. The
 * highest moment of a probe, itself of order (h/R)^2 of M_00, is not integrated there. */
static void test_all_pairs(void **state)
{
    (void)state;
    for (int degree = 1; degree <= 4; degree++)
        for (int image = 0; image < 2; image++) {
            fixture f;
            set_up(&f, degree, 0.6, image);
            int extra = (degree + image) % 2;
            worst_errors worst = compare_all(&f, ALI_MOMENT_FULL, image, extra);
            assert_true(worst.near_count > 30 && worst.apart_count > 1000);
            assert_in_range(worst.near_count + worst.apart_count,
                            f.mesh->element_count * f.mesh->element_count,
                            f.mesh->element_count * f.mesh->element_count);
            assert_close(worst.near, 0.0, 5e-13);
            assert_close(worst.apart_first, 0.0, 6e-5);
            assert_close(worst.apart, 0.0, extra ? 4e-3 : 3e-4);
            tear_down(&f);
        }
}

/* Near pairs do not change; the others are good to 5e-3, the highest moment of a probe aside. */
static void test_estimate(void **state)
{
    (void)state;
    for (int degree = 1; degree <= 3; degree++)
        for (int image = 0; image < 2; image++) {
            fixture f;
            set_up(&f, degree, 0.6, image);
            worst_errors worst = compare_all(&f, ALI_MOMENT_ESTIMATE, image, 0);
            assert_close(worst.near, 0.0, 5e-13);
            assert_close(worst.apart_first, 0.0, 2e-3);
            assert_close(worst.apart, 0.0, 5e-3);
            if (degree == 1) /* the full precision is another */
                assert_true(worst.apart > 3e-4);
            tear_down(&f);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_near_pairs),
        cmocka_unit_test(test_all_pairs),
        cmocka_unit_test(test_estimate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
