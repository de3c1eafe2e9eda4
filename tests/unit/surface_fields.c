/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  What follows from the currents of whole structures of wires and faces: fields inside and on
 *  conductors, power lost in sheets and radiated, surface currents in the results. */

#include "alicorn/alicorn.h"
#include "assert_close.h"
#include "base/memory.h"
#include "math/quadrature.h"
#include "model/model.h"
#include "read_deck.h"
#include "surface_support.h"

#include <math.h>

static alicorn_result *solve(const ali_model *model)
{
    alicorn_result *result = NULL;
    alicorn_options options;
    alicorn_error error = {0};
    alicorn_options_default(&options);
    options.threads = 1;
    options.error_bars = 0;
    if (alicorn_solve(model, &options, &result, &error))
        fail_msg("%s", error.message);
    return result;
}

/** Ask for E and H at a point; the result's near fields come in the order asked. */
static void ask_at(ali_model *model, ali_vec3 point)
{
    ali_task *task = &model->tasks[0];
    ali_request *grown =
        realloc(task->requests, (task->request_count + 2) * sizeof *task->requests);
    assert_non_null(grown);
    task->requests = grown;
    for (int h = 0; h < 2; h++)
        task->requests[task->request_count++] =
            (ali_request){.kind = h ? ALI_REQUEST_NEAR_H : ALI_REQUEST_NEAR_E,
                          .as.near = {.count = {1, 1, 1}, .start = {point.x, point.y, point.z}}};
}

/** Field number i asked for, E or H. */
static void field_at(const alicorn_solve_result *solve, size_t i, bool magnetic,
                     double complex field[3])
{
    const alicorn_near_field *near = &solve->near_fields[2 * i + magnetic];
    assert_int_equal(near->magnetic, magnetic);
    for (int c = 0; c < 3; c++)
        field[c] = CMPLX(near->field[c].re, near->field[c].im);
}

static double norm(const double complex v[3])
{
    return sqrt(pow(cabs(v[0]), 2) + pow(cabs(v[1]), 2) + pow(cabs(v[2]), 2));
}

static double complex along(const double complex v[3], ali_vec3 n)
{
    return v[0] * n.x + v[1] * n.y + v[2] * n.z;
}

/** a x n */
static void cross(const double complex a[3], ali_vec3 n, double complex out[3])
{
    out[0] = a[1] * n.z - a[2] * n.y;
    out[1] = a[2] * n.x - a[0] * n.z;
    out[2] = a[0] * n.y - a[1] * n.x;
}

static ali_vec3 normal_of(const ali_model *model, size_t triangle)
{
    const size_t *v = model->triangles[triangle].vertex;
    ali_vec3 n = ali_vec3_cross(ali_vec3_sub(model->vertices[v[1]], model->vertices[v[0]]),
                                ali_vec3_sub(model->vertices[v[2]], model->vertices[v[0]]));
    return ali_vec3_scale(1.0 / ali_vec3_norm(n), n);
}

static ali_vec3 middle_of(const ali_model *model, size_t triangle)
{
    const size_t *v = model->triangles[triangle].vertex;
    ali_vec3 sum = ali_vec3_add(model->vertices[v[0]], model->vertices[v[1]]);
    return ali_vec3_scale(1.0 / 3.0, ali_vec3_add(sum, model->vertices[v[2]]));
}

#define DIPOLE "CE\nGW 1 9 1.6 0 -.4 1.6 0 .5 .001\nGE\nFR 0 1 0 0 70\nEX 0 1 5 0 1\nXQ\nEN\n"

/** A dipole next to a conducting sphere, 1.5 radians around it: no field inside; on the surface the
 * mean of both sides has no E along it, E across it is half the charge's, and H half the
 * current's. */
static void test_sphere_keeps_fields_out(void **state)
{
    (void)state;
    enum { INSIDE = 8, ON = 40 };
    ali_model *model = read_deck(DIPOLE);
    add_sphere(model, (ali_vec3){0, 0, 0}, 1.0, 2);
    for (int i = 0; i < INSIDE; i++)
        ask_at(model, (ali_vec3){0.7 * cos(i), 0.5 * sin(i), 0.4 * cos(2 * i)});
    size_t stride = model->triangle_count / ON;
    for (size_t i = 0; i < ON; i++)
        ask_at(model, middle_of(model, i * stride));
    ask_at(model, (ali_vec3){1.2, 0, 0});
    alicorn_result *result = solve(model);
    const alicorn_solve_result *one = alicorn_result_solve(result, 0);
    assert_int_equal(one->face_current_count, model->triangle_count);
    double complex e[3], h[3], turned[3];
    field_at(one, INSIDE + ON, false, e);
    field_at(one, INSIDE + ON, true, h);
    double outside_e = norm(e), outside_h = norm(h);
    for (size_t i = 0; i < INSIDE; i++) {
        field_at(one, i, false, e);
        field_at(one, i, true, h);
        assert_true(norm(e) < 4e-3 * outside_e && norm(h) < 2e-3 * outside_h);
    }
    double e_along = 0, e_off = 0, e_across = 0, h_off = 0, h_along = 0;
    for (size_t i = 0; i < ON; i++) {
        const alicorn_face_current *face = &one->face_currents[i * stride];
        ali_vec3 n = normal_of(model, i * stride);
        field_at(one, INSIDE + i, false, e);
        field_at(one, INSIDE + i, true, h);
        double complex half = 0.5 / ALI_EPS0 * CMPLX(face->charge.re, face->charge.im);
        e_off += pow(cabs(along(e, n) - half), 2);
        e_across += pow(cabs(half), 2);
        cross(e, n, turned);
        e_along += pow(norm(turned), 2);
        cross(h, n, turned);
        for (int c = 0; c < 3; c++) { /* n x H = J/2 */
            double complex j = 0.5 * CMPLX(face->current[c].re, face->current[c].im);
            h_off += pow(cabs(-turned[c] - j), 2);
            h_along += pow(cabs(j), 2);
        }
    }
    /* 0.3 wavelengths around the sphere are cut into 16 */
    assert_true(e_along < pow(0.1, 2) * e_across);
    assert_true(e_off < pow(0.12, 2) * e_across);
    assert_true(h_off < pow(0.13, 2) * h_along);
    assert_close(one->average_gain, 1.0, 1e-4);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

#define PLATE "CE\nSM 8 8 -.5 -.5 0 .5 -.5 0\nSC 0 0 .5 .5 0\n"
#define ABOVE                                                                                      \
    PLATE "GW 1 11 -.25 .05 .1 .25 .05 .1 .002\nGE\nEX 0 1 6 0 1\nFR 0 1 0 0 300\nXQ\nEN\n"
#define ON_IT PLATE "GW 1 7 .04 .04 0 .04 .04 .25 .002\nGE\nEX 0 1 2 0 1\nFR 0 1 0 0 300\nXQ\nEN\n"

/** What goes in and is not lost in the plate, of so many ohms per square, is radiated. */
static void check_balance(const char *deck, double complex sheet)
{
    ali_model *model = read_deck(deck);
    if (sheet != 0.0)
        model->surfaces[0].sheet = (ali_sheet){.kind = ALI_SHEET_IMPEDANCE, .impedance = sheet};
    alicorn_result *result = solve(model);
    alicorn_power power = alicorn_result_solve(result, 0)->power;
    assert_true(power.input > 0.0);
    if (sheet == 0.0)
        assert_true(power.structure_loss == 0.0);
    else
        assert_true(power.structure_loss > 0.2 * power.input);
    assert_close(power.far_field, power.input - power.structure_loss, 1e-4 * power.input);
    assert_close(power.radiated, power.input - power.structure_loss, 1e-12 * power.input);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

static void test_power_balances_on_plates(void **state)
{
    (void)state;
    check_balance(ABOVE, 0.0);
    check_balance(ABOVE, 150.0);
    check_balance(ON_IT, 0.0);
    check_balance(ON_IT, 20.0 + 30.0 * I);
}

/** A box on the ground, a whip on it: the fan's field and the whip's cancel inside. */
static void test_box_with_a_whip_is_empty(void **state)
{
    (void)state;
    ali_model *model = read_deck("CE\nGW 1 9 .05 .05 .4 .05 .05 1 .003\nGE 1\nGN 1\n"
                                 "FR 0 1 0 0 150\nEX 0 1 1 0 1\nXQ\nEN\n");
    add_box(model, (ali_vec3){-0.2, -0.2, 0}, (ali_vec3){0.4, 0.4, 0.4}, 6, 2 | 4 | 8 | 16 | 32);
    enum { INSIDE = 6 };
    for (int i = 0; i < INSIDE; i++)
        ask_at(model, (ali_vec3){0.1 * cos(i), 0.1 * sin(i), 0.05 * i});
    ask_at(model, (ali_vec3){0.25, 0, 0.45});
    alicorn_result *result = solve(model);
    const alicorn_solve_result *one = alicorn_result_solve(result, 0);
    double complex e[3], h[3];
    field_at(one, INSIDE, false, e);
    field_at(one, INSIDE, true, h);
    double outside_e = norm(e), outside_h = norm(h);
    for (size_t i = 0; i < INSIDE; i++) {
        field_at(one, i, false, e);
        field_at(one, i, true, h);
        assert_true(norm(e) < 2e-3 * outside_e && norm(h) < 4e-3 * outside_h);
    }
    assert_close(one->average_gain, 2.0, 1e-3);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

/** Gauss points on the sides of a box, with weights that point outwards; returns their number. */
enum { SIDE_POINTS = 9, BOX_POINTS = 6 * SIDE_POINTS * SIDE_POINTS };
static void place_on_box(ali_vec3 low, ali_vec3 high, ali_vec3 point[BOX_POINTS],
                         ali_vec3 weight[BOX_POINTS])
{
    double node[SIDE_POINTS], part[SIDE_POINTS];
    const double from[3] = {low.x, low.y, low.z}, to[3] = {high.x, high.y, high.z};
    ali_gauss_legendre(SIDE_POINTS, node, part);
    for (int n = 0; n < BOX_POINTS; n++) {
        int side = n / (SIDE_POINTS * SIDE_POINTS), axis = side / 2, a = (axis + 1) % 3,
            b = (axis + 2) % 3, i = n % SIDE_POINTS, j = n / SIDE_POINTS % SIDE_POINTS;
        double p[3], w[3] = {0.0, 0.0, 0.0};
        p[axis] = side % 2 ? to[axis] : from[axis];
        p[a] = 0.5 * (from[a] + to[a] + (to[a] - from[a]) * node[i]);
        p[b] = 0.5 * (from[b] + to[b] + (to[b] - from[b]) * node[j]);
        w[axis] =
            (side % 2 ? 0.25 : -0.25) * part[i] * part[j] * (to[a] - from[a]) * (to[b] - from[b]);
        point[n] = (ali_vec3){p[0], p[1], p[2]};
        weight[n] = (ali_vec3){w[0], w[1], w[2]};
    }
}

/** A closed box over soil, a whip on it: no field inside, and what the source delivers leaves
 *  through a larger box around both. */
static void test_box_over_soil(void **state)
{
    (void)state;
    ali_model *model = read_deck("CE\nGW 1 5 .05 .05 .6 .05 .05 1 .003\nGE 1\n"
                                 "GN 2 0 0 0 13 .005\nFR 0 1 0 0 150\nEX 0 1 1 0 1\nXQ\nEN\n");
    add_box(model, (ali_vec3){-0.2, -0.2, 0.2}, (ali_vec3){0.4, 0.4, 0.4}, 4, 63);
    enum { INSIDE = 2 };
    static ali_vec3 point[BOX_POINTS], weight[BOX_POINTS];
    place_on_box((ali_vec3){-0.6, -0.6, 0.05}, (ali_vec3){0.6, 0.6, 1.5}, point, weight);
    for (int i = 0; i < INSIDE; i++)
        ask_at(model, (ali_vec3){0.05 * i, 0.03, 0.3 + 0.1 * i});
    for (int n = 0; n < BOX_POINTS; n++)
        ask_at(model, point[n]);
    alicorn_result *result = solve(model);
    const alicorn_solve_result *one = alicorn_result_solve(result, 0);
    double complex e[3], h[3];
    double flux = 0.0, largest_e = 0.0, largest_h = 0.0;
    for (size_t n = 0; n < BOX_POINTS; n++) {
        field_at(one, INSIDE + n, false, e);
        field_at(one, INSIDE + n, true, h);
        largest_e = fmax(largest_e, norm(e));
        largest_h = fmax(largest_h, norm(h));
        const double w[3] = {weight[n].x, weight[n].y, weight[n].z};
        for (int c = 0; c < 3; c++) {
            int a = (c + 1) % 3, b = (c + 2) % 3;
            flux += 0.5 * w[c] * creal(e[a] * conj(h[b]) - e[b] * conj(h[a]));
        }
    }
    assert_close(flux, one->power.input, 1e-4 * one->power.input);
    for (size_t i = 0; i < INSIDE; i++) {
        field_at(one, i, false, e);
        field_at(one, i, true, h);
        assert_true(norm(e) < 5e-3 * largest_e && norm(h) < 5e-3 * largest_h);
    }
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sphere_keeps_fields_out),
        cmocka_unit_test(test_power_balances_on_plates),
        cmocka_unit_test(test_box_with_a_whip_is_empty),
        cmocka_unit_test(test_box_over_soil),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
