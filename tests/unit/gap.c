/* SPDX-License-Identifier: Apache-2.0 */
#include "basis/wire_current.h"
#include "math/gauss_table.h"
#include "operator/excitation.h"
#include "wire_support.h"

static const double LOW = 1e-4;

/** A structure with a random current on it. */
typedef struct bench {
    ali_model *model;
    ali_wire_mesh *mesh;
    ali_wire_basis *basis;
    double complex *x;
    ali_wire_current current;
} bench;

static bench set_up(ali_model *model, ali_mesh_options options, int degree)
{
    bench b = {.model = model, .mesh = make_mesh(model, options)};
    uint64_t seed = 11;
    b.basis = make_basis(b.mesh, degree, LOW);
    b.x = calloc(b.basis->count, sizeof *b.x);
    for (size_t f = 0; f < b.basis->count; f++)
        b.x[f] = CMPLX(next_random(&seed), next_random(&seed));
    assert_int_equal(ali_wire_current_create(b.basis, b.x, &b.current, NULL), ALICORN_OK);
    return b;
}

static void tear_down(bench *b)
{
    ali_wire_current_clear(&b->current);
    free(b->x);
    ali_wire_basis_destroy(b->basis);
    ali_wire_mesh_destroy(b->mesh);
    ali_model_destroy(b->model);
}

/** Mean of the current towards +x over x0 < x < x1 on the wires along the x axis. */
static double complex mean_along_x(const bench *b, double x0, double x1)
{
    double complex sum = 0.0;
    for (size_t e = 0; e < b->mesh->element_count; e++) {
        const ali_element *element = &b->mesh->elements[e];
        if (fabs(element->dir.x) < 0.99 || fabs(element->mid.y) + fabs(element->mid.z) > 1e-9)
            continue;
        double low = fmax(x0, element->mid.x - element->half);
        double high = fmin(x1, element->mid.x + element->half);
        for (int i = 0; i < 8 && high > low; i++) {
            double x = 0.5 * (low + high) + 0.5 * (high - low) * ali_gauss_node(8)[i];
            double u = (x - element->mid.x) * element->dir.x / element->half;
            sum += 0.5 * (high - low) * ali_gauss_weight(8)[i] * element->dir.x *
                   ali_wire_current_at(&b->current, e, u);
        }
    }
    return sum / (x1 - x0);
}

static void check_gap(const bench *b, size_t segment, ali_site_kind where, double sign, double x0,
                      double x1)
{
    ali_functional gap;
    assert_int_equal(ali_gap_functional(b->basis, segment, where, &gap, NULL), ALICORN_OK);
    for (size_t i = 1; i < gap.count; i++)
        assert_true(gap.function[i] > gap.function[i - 1]);
    double complex value = ali_functional_apply(&gap, b->x, b->basis->count);
    assert_close(value, sign * mean_along_x(b, x0, x1), 1e-12);
    ali_functional_clear(&gap);
}

static ali_model *along_x(size_t count, double x0, double x1, double radius)
{
    ali_model *model = ali_model_create();
    add_wire(model, count, (ali_vec3){x0, 0, 0}, (ali_vec3){x1, 0, 0}, radius);
    return model;
}

/** Nine segments of 1 along x: on thin wires the gap is the segment. */
static void test_gap_is_the_segment(void **state)
{
    (void)state;
    for (int refine = 1; refine <= 3; refine++)
        for (int degree = 1; degree <= 4; degree++) {
            ali_mesh_options options = {.refine = refine, .split_ends = true};
            bench b = set_up(along_x(9, 0, 9, 0.2), options, degree);
            for (size_t s = 0; s < 9; s++)
                check_gap(&b, s, ALI_SITE_SEGMENT, 1.0, (double)s, (double)s + 1.0);
            tear_down(&b);
            b = set_up(along_x(9, 9, 0, 0.2), options, degree); /* drawn the other way */
            for (size_t s = 0; s < 9; s++)
                check_gap(&b, s, ALI_SITE_SEGMENT, -1.0, 8.0 - (double)s, 9.0 - (double)s);
            tear_down(&b);
        }
}

/** On thick wires it is four radii wide, however the mesh is cut, and ends at the wire's ends. */
static void test_gap_is_four_radii_wide(void **state)
{
    (void)state;
    for (int refine = 1; refine <= 4; refine++) {
        ali_mesh_options options = {.refine = refine, .split_ends = refine % 2};
        bench b = set_up(along_x(9, 0, 9, 0.8), options, 2);
        check_gap(&b, 4, ALI_SITE_SEGMENT, 1.0, 4.5 - 1.6, 4.5 + 1.6);
        check_gap(&b, 3, ALI_SITE_SEGMENT, 1.0, 3.5 - 1.6, 3.5 + 1.6);
        check_gap(&b, 0, ALI_SITE_SEGMENT, 1.0, 0.0, 0.5 + 1.6);
        check_gap(&b, 8, ALI_SITE_SEGMENT, 1.0, 8.5 - 1.6, 9.0);
        tear_down(&b);
        /* far wider than a segment, and wider than the wire */
        b = set_up(along_x(9, 0, 9, 1.7), options, 2);
        check_gap(&b, 4, ALI_SITE_SEGMENT, 1.0, 4.5 - 3.4, 4.5 + 3.4);
        tear_down(&b);
        b = set_up(along_x(9, 0, 9, 5.0), options, 2);
        check_gap(&b, 4, ALI_SITE_SEGMENT, 1.0, 0.0, 9.0);
        tear_down(&b);
    }
}

/** Wires drawn against each other share a gap, in the sense of the source's segment. */
static void test_gap_crosses_wires_that_continue_straight(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_wire(model, 2, (ali_vec3){2, 0, 0}, (ali_vec3){0, 0, 0}, 0.8);
    add_wire(model, 1, (ali_vec3){2, 0, 0}, (ali_vec3){3, 0, 0}, 0.8);
    add_wire(model, 2, (ali_vec3){5, 0, 0}, (ali_vec3){3, 0, 0}, 0.5); /* thinner: goes on */
    bench b = set_up(model, (ali_mesh_options){.refine = 1}, 3);
    check_gap(&b, 2, ALI_SITE_SEGMENT, 1.0, 2.5 - 1.6, 2.5 + 1.6);
    check_gap(&b, 0, ALI_SITE_SEGMENT, -1.0, 1.5 - 1.6 < 0 ? 0.0 : 1.5 - 1.6, 1.5 + 1.6);
    check_gap(&b, 3, ALI_SITE_SEGMENT, -1.0, 4.5 - 1.0, 5.0);
    tear_down(&b);
}

static void test_gap_ends_at_junctions_and_bends(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_wire(model, 6, (ali_vec3){0, 0, 0}, (ali_vec3){6, 0, 0}, 0.8);
    add_wire(model, 1, (ali_vec3){2, 0, 0}, (ali_vec3){2, 2, 0}, 0.1); /* a branch at 2 */
    add_wire(model, 1, (ali_vec3){6, 0, 0}, (ali_vec3){7, 0.06, 0},
             0.8); /* a bend of 3.4 degrees */
    bench b = set_up(model, (ali_mesh_options){.refine = 1}, 2);
    check_gap(&b, 2, ALI_SITE_SEGMENT, 1.0, 2.0, 2.5 + 1.6);
    check_gap(&b, 1, ALI_SITE_SEGMENT, 1.0, 0.0, 2.0);
    check_gap(&b, 5, ALI_SITE_SEGMENT, 1.0, 5.5 - 1.6, 6.0);
    tear_down(&b);
}

/** EX 5: around the segment's first end. */
static void test_gap_at_a_segments_start(void **state)
{
    (void)state;
    for (int refine = 1; refine <= 3; refine++) {
        ali_mesh_options options = {.refine = refine, .split_ends = true};
        bench b = set_up(along_x(9, 0, 9, 0.1), options, 3);
        check_gap(&b, 4, ALI_SITE_SEGMENT_START, 1.0, 3.5, 4.5);
        check_gap(&b, 0, ALI_SITE_SEGMENT_START, 1.0, 0.0, 0.5); /* a free end: what there is */
        tear_down(&b);
        b = set_up(along_x(9, 9, 0, 0.7), options, 3);
        check_gap(&b, 4, ALI_SITE_SEGMENT_START, -1.0, 5.0 - 1.4, 5.0 + 1.4);
        tear_down(&b);
    }
}

/** On the ground the gap goes on in the image: the half above it carries all of the voltage. */
static void test_gap_at_the_ground(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_wire(model, 5, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 5}, 0.1);
    ali_mesh_options options = {.refine = 1, .ground = true, .connect = true};
    bench b = set_up(model, options, 1);
    ali_functional gap;
    assert_int_equal(ali_gap_functional(b.basis, 0, ALI_SITE_SEGMENT_START, &gap, NULL),
                     ALICORN_OK);
    double complex foot = ali_wire_current_at(&b.current, 0, -1.0);
    double complex half = ali_wire_current_at(&b.current, 0, 0.0);
    assert_close(ali_functional_apply(&gap, b.x, b.basis->count), 0.5 * (foot + half), 1e-13);
    ali_functional_clear(&gap);
    tear_down(&b);
}

/** A source on a duplicate stands where the user drew it, and drives the way it was drawn. */
static void test_gap_on_a_duplicate(void **state)
{
    (void)state;
    ali_model *model = along_x(5, 0, 5, 0.1);
    add_wire(model, 1, (ali_vec3){3, 0, 0}, (ali_vec3){2, 0, 0}, 0.1);
    add_wire(model, 1, (ali_vec3){2, 0, 0}, (ali_vec3){3, 0, 0}, 0.1);
    bench b = set_up(model, (ali_mesh_options){.refine = 2}, 2);
    check_gap(&b, 2, ALI_SITE_SEGMENT, 1.0, 2.0, 3.0);
    check_gap(&b, 5, ALI_SITE_SEGMENT, -1.0, 2.0, 3.0);
    check_gap(&b, 6, ALI_SITE_SEGMENT, 1.0, 2.0, 3.0);
    check_gap(&b, 2, ALI_SITE_SEGMENT_START, 1.0, 1.5, 2.5);
    check_gap(&b, 5, ALI_SITE_SEGMENT_START, -1.0, 2.5, 3.5);
    check_gap(&b, 6, ALI_SITE_SEGMENT_START, 1.0, 1.5, 2.5);
    check_gap(&b, 2, ALI_SITE_SEGMENT_END, 1.0, 2.5, 3.5);
    check_gap(&b, 5, ALI_SITE_SEGMENT_END, -1.0, 1.5, 2.5);
    ali_functional mean;
    assert_int_equal(ali_segment_functional(b.basis, 5, &mean, NULL), ALICORN_OK);
    assert_close(ali_functional_apply(&mean, b.x, b.basis->count), -mean_along_x(&b, 2.0, 3.0),
                 1e-13);
    ali_functional_clear(&mean);
    tear_down(&b);
}

/** Loads act on exactly their segment, thick or thin. */
static void test_mean_over_a_segment(void **state)
{
    (void)state;
    ali_mesh_options options = {.refine = 1, .split_ends = true};
    bench b = set_up(along_x(4, 0, 4, 0.3), options, 4);
    for (size_t s = 0; s < 4; s++) {
        ali_functional mean;
        assert_int_equal(ali_segment_functional(b.basis, s, &mean, NULL), ALICORN_OK);
        assert_close(ali_functional_apply(&mean, b.x, b.basis->count),
                     mean_along_x(&b, (double)s, (double)s + 1.0), 1e-12);
        ali_functional_clear(&mean);
        ali_functional_clear(&mean);
    }
    tear_down(&b);
}

/** A constant current of 1 A is 1 A in every gap: a loop function, around a square. */
static void test_gaps_of_a_constant_current(void **state)
{
    (void)state;
    const ali_vec3 corner[] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}};
    const int edge[][2] = {{0, 1}, {2, 1}, {2, 3}, {0, 3}};
    const double sense[] = {1, -1, 1, -1};
    ali_model *model = wire_frame(corner, edge, 4, 3, 0.15);
    bench b = set_up(model, (ali_mesh_options){.refine = 1}, 3);
    assert_int_equal(b.basis->loop_count, 1);
    size_t loop = 0;
    for (size_t f = 0; f < b.basis->count; f++) {
        b.x[f] = 0.0;
        if (b.basis->function_first[f + 1] - b.basis->function_first[f] == 12)
            loop = f;
    }
    b.x[loop] = 1.0;
    double complex first = 0.0;
    for (size_t s = 0; s < 12; s++)
        for (int at_start = 0; at_start < 2; at_start++) {
            ali_functional gap;
            assert_int_equal(
                ali_gap_functional(b.basis, s, at_start ? ALI_SITE_SEGMENT_START : ALI_SITE_SEGMENT,
                                   &gap, NULL),
                ALICORN_OK);
            double complex value = sense[s / 3] * ali_functional_apply(&gap, b.x, b.basis->count);
            if (s == 0 && !at_start)
                first = value;
            assert_close(cabs(value), 1.0, 1e-14);
            assert_close(value, first, 1e-14);
            ali_functional_clear(&gap);
        }
    tear_down(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gap_is_the_segment),
        cmocka_unit_test(test_gap_is_four_radii_wide),
        cmocka_unit_test(test_gap_crosses_wires_that_continue_straight),
        cmocka_unit_test(test_gap_ends_at_junctions_and_bends),
        cmocka_unit_test(test_gap_at_a_segments_start),
        cmocka_unit_test(test_gap_at_the_ground),
        cmocka_unit_test(test_gap_on_a_duplicate),
        cmocka_unit_test(test_mean_over_a_segment),
        cmocka_unit_test(test_gaps_of_a_constant_current),
    };
    return cmocka_run_group_tests_name("gap", tests, NULL, NULL);
}
