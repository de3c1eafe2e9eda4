/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "basis/wire_current.h"
#include "math/gauss_table.h"
#include "observe/near_field.h"
#include "operator/excitation.h"
#include "wire_support.h"

typedef double complex vector[3];

static double complex dot(const vector e, ali_vec3 d)
{
    return e[0] * d.x + e[1] * d.y + e[2] * d.z;
}

static ali_vec3 unit(double x, double y, double z)
{
    ali_vec3 v = {x, y, z};
    return ali_vec3_scale(1.0 / ali_vec3_norm(v), v);
}

/** The field of a z-directed element in spherical components, [Balanis:2016] Eq. (4-8) to (4-10).
 */
static void test_current_element_against_the_textbook(void **state)
{
    (void)state;
    const double k = 2.1, moment = 0.3;
    for (double r = 0.05; r < 50.0; r *= 3.0)
        for (double theta = 0.2; theta < 3.0; theta += 0.7) {
            ali_element_field element = {
                .position = {1, 2, 3}, .direction = {0, 0, 1}, .moment = moment, .k = k};
            ali_vec3 along = {sin(theta) * cos(0.8), sin(theta) * sin(0.8), cos(theta)};
            ali_vec3 theta_hat = {cos(theta) * cos(0.8), cos(theta) * sin(0.8), -sin(theta)};
            ali_vec3 phi_hat = {-sin(0.8), cos(0.8), 0.0};
            vector e;
            ali_current_element_field(&element, ali_vec3_axpy(element.position, r, along), e);
            double complex wave = cexp(CMPLX(0.0, -k * r)), jkr = CMPLX(0.0, k * r);
            double complex radial =
                ALI_ETA0 * moment * cos(theta) / (2.0 * ALI_PI * r * r) * (1.0 + 1.0 / jkr) * wave;
            double complex across =
                CMPLX(0.0, ALI_ETA0 * k * moment * sin(theta) / (4.0 * ALI_PI * r)) *
                (1.0 + 1.0 / jkr - 1.0 / (k * r * k * r)) * wave;
            double size = cabs(radial) + cabs(across);
            assert_close(dot(e, along), radial, 1e-12 * size);
            assert_close(dot(e, theta_hat), across, 1e-12 * size);
            assert_close(dot(e, phi_hat), 0.0, 1e-12 * size);
        }
}

/** Any direction: what one element does to another along its direction, the other does to it. */
static void test_current_elements_are_reciprocal(void **state)
{
    (void)state;
    ali_element_field a = {
        .position = {0.1, -0.4, 0.7}, .direction = unit(1, 2, -1), .moment = 1.0, .k = 3.0};
    ali_element_field b = {
        .position = {0.9, 0.2, 0.3}, .direction = unit(-1, 0.4, 2), .moment = 1.0, .k = 3.0};
    for (int image = 0; image < 2; image++) {
        vector at_b, at_a;
        a.image = b.image = image;
        ali_current_element_field(&a, b.position, at_b);
        ali_current_element_field(&b, a.position, at_a);
        assert_close(dot(at_b, b.direction), dot(at_a, a.direction),
                     1e-12 * cabs(dot(at_b, b.direction)));
    }
}

/** Over a perfect ground no field is left along it. */
static void test_image_cancels_the_tangential_field(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        ali_element_field element = {.position = {0.2, 0.1, 0.5},
                                     .direction = unit(i - 2, 1, 3 - i),
                                     .moment = 1.0,
                                     .k = 4.0,
                                     .image = true};
        vector e, free;
        ali_vec3 point = {0.7 - 0.3 * i, 0.4 * i, 0.0};
        ali_current_element_field(&element, point, e);
        element.image = false;
        ali_current_element_field(&element, point, free);
        double size = cabs(free[0]) + cabs(free[1]) + cabs(free[2]);
        assert_close(e[0], 0.0, 1e-13 * size);
        assert_close(e[1], 0.0, 1e-13 * size);
        assert_close(e[2], 2.0 * free[2], 1e-13 * size);
    }
}

/** A smooth field that is no polynomial. */
static void some_field(const void *context, ali_vec3 point, double complex field[3])
{
    const double *k = context;
    double complex wave = cexp(CMPLX(0.0, *k * (point.x + 0.5 * point.y - point.z)));
    field[0] = wave * (1.0 + point.x);
    field[1] = wave * CMPLX(0.3, -2.0);
    field[2] = wave * point.y * point.y;
}

/** Tested with every function alike: x.v is the work of the field on the current x, int I E.t ds,
 * for any x. */
static void test_excitation_is_the_work_of_the_field(void **state)
{
    (void)state;
    const double k = 1.9;
    uint64_t seed = 6;
    for (int degree = 1; degree <= 4; degree++) {
        ali_model *model = ali_model_create();
        add_wire(model, 2, (ali_vec3){0, 0, 0}, (ali_vec3){1, 2, 2}, 0.01);
        add_wire(model, 1, (ali_vec3){1, 2, 2}, (ali_vec3){2, 2, 1}, 0.01);
        add_wire(model, 1, (ali_vec3){1, 2, 2}, (ali_vec3){1, 1, 3}, 0.01);
        ali_wire_mesh *mesh = make_mesh(model, (ali_mesh_options){.refine = 1, .split_ends = true});
        ali_wire_basis *basis = make_basis(mesh, degree, k);
        size_t functions = basis->count + mesh->element_count;
        double complex *x = calloc(functions, sizeof *x), *v = calloc(functions, sizeof *v);
        ali_wire_current current;
        ali_field_excitation(basis, k, true, some_field, &k, v);
        for (size_t f = 0; f < basis->count; f++)
            x[f] = next_complex(&seed);
        assert_int_equal(ali_wire_current_create(basis, x, &current, NULL), ALICORN_OK);
        double complex sum = 0.0, wanted = 0.0;
        for (size_t f = 0; f < basis->count; f++)
            sum += x[f] * v[f];
        for (size_t e = 0; e < mesh->element_count; e++) {
            const ali_element *element = &mesh->elements[e];
            double complex probe = 0.0;
            for (int i = 0; i < 30; i++) {
                double u = ali_gauss_node(30)[i];
                double ds = element->half * ali_gauss_weight(30)[i];
                vector field;
                some_field(&k, ali_vec3_axpy(element->mid, u * element->half, element->dir), field);
                wanted += ds * dot(field, element->dir) * ali_wire_current_at(&current, e, u);
                /* the probe is (P_d - P_{d-2})/(2d - 1), d one above the degree */
                double high[8] = {1.0, u};
                for (int n = 2; n <= degree + 1; n++)
                    high[n] = ((2 * n - 1) * u * high[n - 1] - (n - 1) * high[n - 2]) / n;
                probe += ds * dot(field, element->dir) * (high[degree + 1] - high[degree - 1]) /
                         (2 * degree + 1);
            }
            assert_close(v[basis->count + e], probe, 1e-12);
        }
        assert_close(sum, wanted, 1e-11 * cabs(wanted));
        /* without probes the rest is left alone */
        double complex last = v[basis->count];
        ali_field_excitation(basis, k, false, some_field, &k, v);
        assert_close(v[basis->count], last, 0.0);
        ali_wire_current_clear(&current);
        free(x);
        free(v);
        ali_wire_basis_destroy(basis);
        ali_wire_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
}

/** Reciprocity: what an element does to any current is what that current's field does to the
 * element. The field of the current comes from quite other formulas. */
static void test_current_element_near_a_wire(void **state)
{
    (void)state;
    const double k = 1.9;
    uint64_t seed = 8;
    for (int ground = 0; ground < 2; ground++) {
        ali_model *model = ali_model_create();
        add_wire(model, 2, (ali_vec3){0, 0, 1}, (ali_vec3){2, 0, 1}, 0.01);
        add_wire(model, 1, (ali_vec3){2.1, 0, 1}, (ali_vec3){2, 1, 1.5}, 0.03);
        ali_mesh_options options = {.refine = 1, .ground = ground, .connect = ground};
        ali_wire_mesh *mesh = make_mesh(model, options);
        ali_wire_basis *basis = make_basis(mesh, 3, k);
        double complex *x = calloc(basis->count, sizeof *x), *v = calloc(basis->count, sizeof *v);
        const ali_surface_mesh faces = {0};
        ali_current current = {.surfaces = {.mesh = &faces}};
        for (size_t f = 0; f < basis->count; f++)
            x[f] = next_complex(&seed);
        assert_int_equal(ali_wire_current_create(basis, x, &current.wires, NULL), ALICORN_OK);
        for (int i = 0; i < 40; i++) {
            /* from a radius off the wall to a wavelength away, also beyond the end */
            double distance = 0.02 * exp2(0.25 * i), angle = 0.9 * i;
            ali_element_field element = {
                .position = {-0.2 + 0.05 * i, distance * cos(angle),
                             1.0 + distance * fabs(sin(angle))},
                .direction = unit(next_random(&seed), next_random(&seed), next_random(&seed)),
                .moment = 0.7,
                .k = k,
                .image = ground};
            ali_ground plane = {.kind = ground ? ALI_GROUND_PEC : ALI_GROUND_NONE};
            double point[3] = {element.position.x, element.position.y, element.position.z};
            double complex work = 0.0;
            vector e;
            ali_current_element_excitation(basis, false, &element, v);
            assert_int_equal(ali_near_field(&current, k, &plane, 1, point, e, NULL, NULL),
                             ALICORN_OK);
            for (size_t f = 0; f < basis->count; f++)
                work += x[f] * v[f];
            double size = element.moment * (cabs(e[0]) + cabs(e[1]) + cabs(e[2]));
            assert_close(work, element.moment * dot(e, element.direction), 5e-6 * size);
        }
        ali_wire_current_clear(&current.wires);
        free(x);
        free(v);
        ali_wire_basis_destroy(basis);
        ali_wire_mesh_destroy(mesh);
        ali_model_destroy(model);
    }
}

/** On a wire's axis or wall nothing breaks. */
static void test_current_element_inside_a_wire(void **state)
{
    (void)state;
    ali_model *model = ali_model_create();
    add_wire(model, 2, (ali_vec3){0, 0, 0}, (ali_vec3){2, 0, 0}, 0.01);
    ali_wire_mesh *mesh = make_mesh(model, (ali_mesh_options){.refine = 1});
    for (int i = 0; i < 3; i++) {
        double complex along[2], v[32];
        for (int degree = 3; degree <= 4; degree++) {
            ali_wire_basis *basis = make_basis(mesh, degree, 1.0);
            ali_element_field element = {
                .position = {0.5, 0.005 * i, 0}, .direction = {1, 0, 0}, .moment = 1.0, .k = 1.0};
            ali_current_element_excitation(basis, false, &element, v);
            for (size_t f = 0; f < basis->count; f++)
                assert_true(isfinite(creal(v[f])) && isfinite(cimag(v[f])));
            along[degree - 3] = v[0];
            ali_wire_basis_destroy(basis);
        }
        if (i < 2) /* off the wall it is a number */
            assert_close(along[0], along[1], 1e-3 * cabs(along[0]));
    }
    ali_wire_mesh_destroy(mesh);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_current_element_against_the_textbook),
        cmocka_unit_test(test_current_elements_are_reciprocal),
        cmocka_unit_test(test_image_cancels_the_tangential_field),
        cmocka_unit_test(test_excitation_is_the_work_of_the_field),
        cmocka_unit_test(test_current_element_near_a_wire),
        cmocka_unit_test(test_current_element_inside_a_wire),
    };
    return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
