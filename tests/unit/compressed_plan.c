/* SPDX-License-Identifier: Apache-2.0 */
/* What is planned from dipoles against what the compressed solver holds of the real matrix. */
#include "study/compressed_plan.h"

#include "basis/places.h"
#include "operator/operator.h"
#include "surface_support.h"
#include "wire_support.h"

#include <math.h>

typedef struct bench {
    ali_model *model;
    ali_mesh *mesh;
    ali_basis *basis;
    ali_near *near;
    ali_face_near *face_near;
    ali_operator *operator;
    double k;
} bench;

static bench make_bench(ali_model *model, double k)
{
    bench b = {.model = model, .k = k};
    alicorn_error error = {0};
    ali_mesh_options options = {.refine = 1};
    ali_basis_options basis_options = {.degree = 1, .wavenumber = k};
    if (ali_mesh_create(model, &options, NULL, NULL, &b.mesh, &error) ||
        ali_basis_create(b.mesh, &basis_options, &b.basis, &error))
        fail_msg("%s", error.message);
    unsigned char *order = calloc(b.mesh->wires->element_count + 1, 1);
    assert_non_null(order);
    memset(order, 2, b.mesh->wires->element_count);
    if (ali_near_create(b.mesh->wires, order, false, 1, &b.near, &error) ||
        (b.mesh->surfaces->face_count > 0 &&
         ali_face_near_create(b.mesh, 2, false, 1, NULL, NULL, &b.face_near, &error)))
        fail_msg("%s", error.message);
    free(order);
    ali_operator_setup setup = {
        .basis = b.basis, .near = b.near, .face_near = b.face_near, .omega = k * ALI_C0};
    if (ali_operator_create(&setup, &b.operator, & error))
        fail_msg("%s", error.message);
    return b;
}

static void clear_bench(bench *b)
{
    ali_operator_destroy(b->operator);
    ali_face_near_destroy(b->face_near);
    ali_near_destroy(b->near);
    ali_basis_destroy(b->basis);
    ali_mesh_destroy(b->mesh);
    ali_model_destroy(b->model);
}

static ali_compressed_options small_options(void)
{
    ali_compressed_options options;
    ali_compressed_options_default(&options);
    options.leaf = 40;
    options.threads = 1;
    return options;
}

/** A source over operator sides, made for every block. */
static alicorn_status fill_block(void *context, const ali_unknown_list *rows,
                                 const ali_unknown_list *columns, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    ali_operator_side *side[2] = {NULL, NULL};
    alicorn_status status =
        ali_operator_side_create(context, rows->count, rows->unknown, &side[0], error);
    if (!status)
        status =
            ali_operator_side_create(context, columns->count, columns->unknown, &side[1], error);
    if (!status)
        status = ali_operator_fill_sides(context, side[0], side[1], block, leading, error);
    ali_operator_side_destroy(side[0]);
    ali_operator_side_destroy(side[1]);
    return status;
}

static void compare_with_solver(const bench *b, double allowed)
{
    ali_compressed_options options = small_options();
    ali_compressed_plan plan;
    ali_places places;
    ali_compressed *solver = NULL;
    alicorn_error error = {0};
    if (ali_compressed_plan_create(b->basis, b->k, false, &options, &plan, &error) ||
        ali_places_create(b->basis, &places, &error))
        fail_msg("%s", error.message);
    ali_compressed_geometry geometry = {
        .centre = places.centre, .radius = places.radius, .kind = places.kind, .wavenumber = b->k};
    ali_list_source source = {.context = b->operator, .fill = fill_block };
    if (ali_compressed_create(b->basis->count, &geometry, &source, &options, &solver, &error))
        fail_msg("%s", error.message);
    ali_compressed_facts facts = ali_compressed_get_facts(solver);
    double stored = (double)(facts.near_bytes + facts.far_bytes) / sizeof(float complex);
    assert_int_equal(plan.unknowns, b->basis->count);
    assert_close((double)plan.counts.bytes / (double)facts.memory_bytes, 1.0, allowed);
    assert_close(plan.counts.stored / stored, 1.0, allowed);
    assert_close((plan.counts.listed + plan.counts.crossed) / (double)facts.evaluated, 1.0,
                 2.0 * allowed);
    assert_true(ali_compressed_plan_bytes(&plan, 1) > plan.counts.bytes);
    assert_true(ali_compressed_plan_bytes(&plan, 8) > ali_compressed_plan_bytes(&plan, 1));
    assert_true(ali_compressed_plan_bytes(&plan, 99) == ali_compressed_plan_bytes(&plan, 8));
    ali_compressed_destroy(solver);
    ali_places_clear(&places);
}

static ali_model *make_sphere(void)
{
    ali_model *model = ali_model_create();
    add_sphere(model, (ali_vec3){1, 2, 3}, 0.5, 2);
    return model;
}

/** Twelve wires above each other, each turned a little further. */
static ali_model *make_fan(void)
{
    ali_model *model = ali_model_create();
    for (int i = 0; i < 12; i++) {
        double turn = ALI_PI * i / 12.0, x = cos(turn), y = sin(turn);
        add_wire(model, 50, (ali_vec3){3 * x, 3 * y, 0.3 * i}, (ali_vec3){-3 * x, -3 * y, 0.3 * i},
                 0.01);
    }
    return model;
}

static void test_faces(void **state)
{
    (void)state;
    bench b = make_bench(make_sphere(), 8.0);
    assert_int_equal(b.basis->count, 480);
    compare_with_solver(&b, 0.12);
    clear_bench(&b);
}

static void test_wires(void **state)
{
    (void)state;
    bench b = make_bench(make_fan(), 2.0);
    assert_int_equal(b.basis->count, 12 * 49);
    compare_with_solver(&b, 0.12);
    clear_bench(&b);
}

static void test_limit_is_obeyed(void **state)
{
    (void)state;
    bench b = make_bench(make_sphere(), 8.0);
    ali_compressed_options options = small_options();
    ali_compressed_plan plan;
    alicorn_error error;
    assert_int_equal(ali_compressed_plan_create(b.basis, b.k, false, &options, &plan, &error),
                     ALICORN_OK);
    options.memory_limit = plan.counts.bytes / 2;
    assert_int_equal(ali_compressed_plan_create(b.basis, b.k, false, &options, &plan, &error),
                     ALICORN_E_MEMORY);
    assert_non_null(strstr(error.message, "needs about"));
    clear_bench(&b);
}

/** Times follow the rates that they depend on, and only those. */
static void test_times_follow_rates(void **state)
{
    (void)state;
    bench b = make_bench(make_fan(), 2.0);
    ali_compressed_options options = small_options();
    ali_compressed_plan plan;
    assert_int_equal(ali_compressed_plan_create(b.basis, b.k, false, &options, &plan, NULL),
                     ALICORN_OK);
    ali_work work = ali_work_count(b.basis, b.near, b.face_near, false, true, b.k);
    ali_work_request request = {
        .unknowns = b.basis->count, .symmetric = true, .single = true, .columns = 1};
    alicorn_rates rates = {1, 1e11, 1e11, 1e10, 1e7, 1e7, 1e5};
    ali_stage_times first = ali_compressed_plan_times(&plan, &work, &request, &rates);
    assert_true(first.fill > 0.0 && first.factor > 0.0 && first.solve > 0.0);
    assert_true(first.near == 0.0);
    rates.wire_pair *= 2.0;
    ali_stage_times second = ali_compressed_plan_times(&plan, &work, &request, &rates);
    assert_true(second.fill < first.fill && second.fill > 0.5 * first.fill);
    assert_true(second.factor == first.factor && second.solve == first.solve);
    rates.factor_single *= 2.0;
    ali_stage_times third = ali_compressed_plan_times(&plan, &work, &request, &rates);
    assert_close(third.fill, 0.5 * first.fill, 1e-12);
    assert_true(third.factor < first.factor);
    request.columns = 16;
    ali_stage_times wide = ali_compressed_plan_times(&plan, &work, &request, &rates);
    assert_true(wide.solve > 2.0 * third.solve && wide.solve < 16.0 * third.solve);
    clear_bench(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faces),
        cmocka_unit_test(test_wires),
        cmocka_unit_test(test_limit_is_obeyed),
        cmocka_unit_test(test_times_follow_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
