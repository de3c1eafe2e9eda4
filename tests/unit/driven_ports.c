/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Named ports driven in turn on wires, faces and wires on faces: N-port matrices must be
 * reciprocal, and what goes in must come out, radiated power counted by the far field. */

#include "alicorn/alicorn.h"
#include "surface_support.h"

#include <math.h>

enum { PORTS = 3 };

/** A monopole on a plate, a strip on its edge that is driven across, and a dipole beside; without
 * loss. */
static ali_model *make_model(const double z0[PORTS])
{
    ali_model *model = ali_model_create();
    const ali_vec3 monopole[] = {{0.1, 0.1, 0}, {0.1, 0.1, 0.12}, {0.1, 0.1, 0.24}};
    const ali_vec3 dipole[] = {
        {-0.35, -0.2, 0.3}, {-0.35, -0.06, 0.3}, {-0.35, 0.06, 0.3}, {-0.35, 0.2, 0.3}};
    const double radii[] = {0.002, 0.002, 0.002};
    assert_non_null(model);
    add_plate(model, "plate", (ali_vec3){-0.2, -0.2, 0}, (ali_vec3){0.4, 0, 0},
              (ali_vec3){0, 0.4, 0}, 8, 8);
    /* on the plate's rim at x = 0.2, vertices at its own */
    add_plate(model, "strip", (ali_vec3){0.2, -0.05, 0}, (ali_vec3){0.2, 0, 0},
              (ali_vec3){0, 0.05, 0}, 4, 1);
    assert_int_equal(ali_model_add_wire(model, 1, 2, monopole, radii, (ali_origin){0}, NULL), 0);
    assert_int_equal(ali_model_add_wire(model, 2, 3, dipole, radii, (ali_origin){0}, NULL), 0);
    size_t first = model->surfaces[1].first, line;
    /* the strip's edge at x = 0.25, from y = -0.05 to 0 */
    size_t vertices[2] = {model->triangles[first].vertex[1], model->triangles[first].vertex[2]};
    assert_int_equal(ali_model_add_edge_line(model, 2, vertices, &line, NULL), 0);
    const ali_named_port ports[PORTS] = {
        {.name = "monopole", .site = {ALI_SITE_SEGMENT_START, 0}, .z0 = z0[0]},
        {.name = "strip", .site = {ALI_SITE_EDGES, line}, .z0 = z0[1]},
        {.name = "dipole", .site = {ALI_SITE_SEGMENT, 3}, .z0 = z0[2]}};
    for (size_t i = 0; i < PORTS; i++)
        assert_int_equal(ali_model_add_port(model, &ports[i], NULL), 0);
    return model;
}

static void add_task(ali_model *model)
{
    double frequencies[] = {250e6, 310e6};
    ali_source sources[PORTS];
    ali_task filled, task;
    for (size_t i = 0; i < PORTS; i++)
        sources[i] = (ali_source){.kind = ALI_SOURCE_PORT, .segment = i, .voltage = 1.0};
    ali_task_init(&filled);
    filled.frequencies = frequencies, filled.frequency_count = 2;
    filled.drive.kind = ALI_DRIVE_SOURCES;
    filled.drive.in_turn = true;
    filled.drive.sources = sources, filled.drive.source_count = PORTS;
    assert_int_equal(ali_task_copy(&filled, &task, NULL), 0);
    assert_int_equal(ali_model_add_task(model, &task, NULL), 0);
}

static double complex at(const alicorn_complex *matrix, size_t i, size_t j)
{
    return CMPLX(matrix[PORTS * i + j].re, matrix[PORTS * i + j].im);
}

/** 1 - S^H S must not be negative anywhere: the pivots of its elimination. */
static void check_passive(const alicorn_complex *s)
{
    double complex left[PORTS][PORTS];
    for (size_t i = 0; i < PORTS; i++)
        for (size_t j = 0; j < PORTS; j++) {
            left[i][j] = i == j;
            for (size_t p = 0; p < PORTS; p++)
                left[i][j] -= conj(at(s, p, i)) * at(s, p, j);
        }
    for (size_t p = 0; p < PORTS; p++) {
        assert_true(creal(left[p][p]) > 1e-4); /* all of them radiate */
        for (size_t i = p + 1; i < PORTS; i++)
            for (size_t j = p + 1; j < PORTS; j++)
                left[i][j] -= left[i][p] * left[p][j] / left[p][p];
    }
}

static void check_reciprocal(const alicorn_ports *ports)
{
    for (size_t i = 0; i < PORTS; i++)
        for (size_t j = 0; j < i; j++) {
            assert_close(at(ports->s, i, j), at(ports->s, j, i), 1e-9);
            assert_close(at(ports->z, i, j), at(ports->z, j, i), 1e-6);
            assert_true(ports->coupling_db[PORTS * i + j] == ports->coupling_db[PORTS * j + i]);
            /* no less than what passes unmatched */
            assert_true(ports->coupling_db[PORTS * i + j] >=
                        20.0 * log10(cabs(at(ports->s, i, j))));
            assert_true(ports->coupling_db[PORTS * i + j] < 0.0);
        }
    assert_true(cabs(at(ports->s, 1, 0)) > 1e-3 && cabs(at(ports->s, 2, 0)) > 1e-3);
}

/** 1 V behind z0 offers 1/(8 z0). */
static void check_balance(const alicorn_solve_result *solve)
{
    const alicorn_ports *ports = &solve->ports;
    size_t driven = (size_t)solve->driven_port;
    double offered = 1.0 / (8.0 * ports->z0[driven]), passed = 0.0;
    for (size_t i = 0; i < PORTS; i++) {
        double part = cabs(at(ports->s, i, driven));
        passed += i == driven ? 0.0 : part * part;
    }
    double reflected = cabs(at(ports->s, driven, driven));
    reflected *= reflected;
    assert_close(solve->power.input / offered, 1.0 - reflected, 1e-9);
    assert_close(solve->power.termination / offered, passed, 1e-9);
    assert_true(solve->power.structure_loss == 0.0 && solve->power.network_loss == 0.0);
    assert_close(reflected + passed + solve->power.far_field / offered, 1.0, 1e-3);
    assert_close(solve->power.radiated, solve->power.far_field, 1e-3 * offered);
}

static void reciprocal_and_passive(void **state)
{
    (void)state;
    const double z0[PORTS] = {50.0, 100.0, 75.0};
    ali_model *model = make_model(z0);
    alicorn_result *result = NULL;
    alicorn_error error = {0};
    add_task(model);
    alicorn_solve(model, NULL, &result, &error);
    assert_string_equal(error.message, "");
    assert_int_equal(alicorn_result_count(result), 2 * PORTS);
    for (size_t i = 0; i < 2 * PORTS; i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        assert_int_equal(solve->driven_port, i % PORTS);
        assert_int_equal(solve->ports.count, PORTS);
        assert_int_equal(solve->source_count, 1);
        assert_string_equal(solve->sources[0].port, solve->ports.names[i % PORTS]);
        for (size_t p = 0; p < PORTS; p++)
            assert_true(solve->ports.z0[p] == z0[p]);
        check_reciprocal(&solve->ports);
        check_passive(solve->ports.s);
        check_balance(solve);
    }
    alicorn_result_destroy(result);
    ali_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reciprocal_and_passive)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
