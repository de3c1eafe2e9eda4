/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The compressed solver in whole solves: the same impedances, gains, currents and cross-sections
 *  as with the full matrix, for wires, faces and both; and which of the two is taken. */

#include "alicorn/alicorn.h"
#include "assert_close.h"
#include "study/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static alicorn_model *read_deck(const char *deck)
{
    alicorn_model *model = NULL;
    alicorn_read_options options = {0};
    alicorn_error error = {0};
    if (alicorn_model_parse_nec(deck, strlen(deck), "deck", &options, &model, &error))
        fail_msg("%d: %s", error.line, error.message);
    return model;
}

static alicorn_result *solve_by(const alicorn_model *model, int solver, int degree)
{
    alicorn_options options;
    alicorn_options_default(&options);
    options.solver = solver;
    options.degree = degree;
    options.threads = 2;
    alicorn_result *result = NULL;
    alicorn_error error = {0};
    if (alicorn_solve(model, &options, &result, &error))
        fail_msg("%s", error.message);
    return result;
}

static double complex value_of(alicorn_complex z)
{
    return CMPLX(z.re, z.im);
}

static void compare_currents(const alicorn_solve_result *a, const alicorn_solve_result *b,
                             double tolerance)
{
    double difference = 0.0, size = 0.0;
    assert_int_equal(a->current_count, b->current_count);
    for (size_t i = 0; i < a->current_count; i++) {
        double complex x = value_of(a->currents[i].current), y = value_of(b->currents[i].current);
        difference = hypot(difference, cabs(x - y));
        size = hypot(size, cabs(x));
    }
    assert_true(difference <= tolerance * size);
}

/** The matrix is compressed to 1e-5; what comes out is allowed ten times that. */
static void compare_solves(const alicorn_solve_result *full, const alicorn_solve_result *compressed)
{
    const double tolerance = 1e-4;
    assert_false(full->compressed);
    assert_true(compressed->compressed);
    assert_true(full->matrix_error == 0.0);
    assert_true(compressed->matrix_error > 0.0 && compressed->matrix_error < tolerance);
    assert_true(compressed->residual < 1e-5);
    assert_int_equal(full->unknowns, compressed->unknowns);
    assert_int_equal(full->source_count, compressed->source_count);
    for (size_t i = 0; i < full->source_count; i++) {
        double complex z = value_of(full->sources[i].impedance);
        assert_close(value_of(compressed->sources[i].impedance), z, tolerance * cabs(z));
        assert_close(compressed->sources[i].impedance_error, full->sources[i].impedance_error,
                     0.01 * fabs(full->sources[i].impedance_error) + tolerance);
    }
    for (size_t i = 0; i < full->rcs_count; i++)
        assert_close(compressed->rcs[i].vv_dbsm, full->rcs[i].vv_dbsm, 0.01);
    assert_close(compressed->max_gain_dbi, full->max_gain_dbi, 0.001);
    compare_currents(full, compressed, tolerance);
}

static void compare_solvers(const char *deck, int degree)
{
    alicorn_model *model = read_deck(deck);
    alicorn_result *full = solve_by(model, ALICORN_SOLVER_DENSE, degree);
    alicorn_result *compressed = solve_by(model, ALICORN_SOLVER_COMPRESSED, degree);
    assert_int_equal(alicorn_result_count(full), alicorn_result_count(compressed));
    for (size_t i = 0; i < alicorn_result_count(full); i++)
        compare_solves(alicorn_result_solve(full, i), alicorn_result_solve(compressed, i));
    alicorn_result_destroy(full);
    alicorn_result_destroy(compressed);
    alicorn_model_destroy(model);
}

/** Loaded dipoles in two polarisations over perfect ground: most far blocks have decoupled halves.
 */
#define DIPOLES                                                                                    \
    "CE\nGW 1 5 0 0 2 0 0 2.5 .002\nGM 1 11 0 0 0 0 .8 0 1\n"                                      \
    "GW 13 5 .4 0 2.2 .9 0 2.2 .004\nGM 1 11 0 0 0 0 .8 0 13\nGE 1\nGN 1\n"                        \
    "LD 0 1 3 3 50 1e-7 0\nEX 0 4 3 0 1\nFR 0 2 0 0 280 20\nXQ\nEN\n"

static void test_wires(void **state)
{
    (void)state;
    compare_solvers(DIPOLES, 2);
}

/** Where degrees are raised after the first factor, which elements are may hang on the last digit.
 */
static void test_raised_degrees(void **state)
{
    (void)state;
    alicorn_model *model = read_deck(DIPOLES);
    alicorn_result *full = solve_by(model, ALICORN_SOLVER_DENSE, 0);
    alicorn_result *compressed = solve_by(model, ALICORN_SOLVER_COMPRESSED, 0);
    for (size_t i = 0; i < alicorn_result_count(full); i++) {
        const alicorn_source_result *a = alicorn_result_solve(full, i)->sources;
        const alicorn_source_result *b = alicorn_result_solve(compressed, i)->sources;
        assert_close(value_of(b->impedance), value_of(a->impedance), 0.1 * a->impedance_error);
        assert_close(b->impedance_error, a->impedance_error, 0.1 * a->impedance_error);
    }
    alicorn_result_destroy(full);
    alicorn_result_destroy(compressed);
    alicorn_model_destroy(model);
}

/** A long plate of patches, so that its ends are far apart, with a wire on it, over perfect ground.
 */
static void test_faces_with_wire(void **state)
{
    (void)state;
    compare_solvers(
        "CE\nSM 20 3 -2.5 -.4 1 2.5 -.4 1\nSC 0 0 2.5 .4 1\nGW 1 7 0 0 1 0 0 1.25 .004\nGE 1\n"
        "GN 1\nEX 0 1 1 0 1\nFR 0 1 0 0 300\nXQ\nEN\n",
        0);
}

/** Small structures are not compressed unless it is asked for. */
static void test_small_is_dense(void **state)
{
    (void)state;
    alicorn_model *model = read_deck("CE\nGW 1 9 0 0 -.25 0 0 .25 .001\nGE\nEX 0 1 5 0 1\n"
                                     "FR 0 1 0 0 300\nXQ\nEN\n");
    alicorn_result *result = solve_by(model, ALICORN_SOLVER_AUTO, 0);
    assert_false(alicorn_result_solve(result, 0)->compressed);
    alicorn_result_destroy(result);
    result = solve_by(model, ALICORN_SOLVER_COMPRESSED, 0);
    assert_true(alicorn_result_solve(result, 0)->compressed);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
}

/** Where the full matrix does not fit the memory that is allowed, and the compressed one does. */
static void test_memory_decides(void **state)
{
    (void)state;
    alicorn_options options;
    alicorn_prediction prediction;
    alicorn_error error;
    alicorn_options_default(&options);
    alicorn_model *model = read_deck("CE\nSM 90 8 -8 -.7 0 8 -.7 0\nSC 0 0 8 .7 0\n"
                                     "GW 1 9 0 0 1 0 0 1.5 .001\nGE\nEX 0 1 5 0 1\n"
                                     "FR 0 1 0 0 200\nXQ\nEN\n");
    options.solver = ALICORN_SOLVER_DENSE;
    assert_int_equal(alicorn_predict(model, &options, &prediction, &error), ALICORN_OK);
    assert_false(prediction.compressed);
    size_t dense = prediction.memory_bytes;
    options.solver = ALICORN_SOLVER_AUTO;
    options.memory_gb = 0.8e-9 * (double)dense;
    assert_int_equal(alicorn_predict(model, &options, &prediction, &error), ALICORN_OK);
    assert_true(prediction.compressed);
    assert_true(prediction.memory_bytes < prediction.memory_limit_bytes);
    options.solver = ALICORN_SOLVER_DENSE;
    assert_int_equal(alicorn_predict(model, &options, &prediction, &error), ALICORN_E_MEMORY);
    options.solver = ALICORN_SOLVER_COMPRESSED;
    options.memory_gb = 0.01;
    assert_int_equal(alicorn_predict(model, &options, &prediction, &error), ALICORN_E_MEMORY);
    assert_non_null(strstr(error.message, "enough for"));
    alicorn_model_destroy(model);
}

/** Triangles of 1e-5 wavelengths, whose matrix single precision cannot hold: an error if the matrix
 * must be compressed, otherwise the full one takes over. */
static void test_full_matrix_takes_over(void **state)
{
    (void)state;
    alicorn_model *model = read_deck("CE\nSM 6 6 -1 -1 1 1 -1 1\nSC 0 0 1 1 1\nGE\n"
                                     "EX 1 1 1 0 30 0\nFR 0 1 0 0 .01\nXQ\nEN\n");
    for (int solver = ALICORN_SOLVER_AUTO; solver <= ALICORN_SOLVER_COMPRESSED; solver++) {
        alicorn_options options;
        alicorn_options_default(&options);
        options.solver = solver;
        const ali_task *task = &model->tasks[0];
        ali_structure structure;
        ali_unit unit;
        ali_solver_options solver_options;
        ali_solver_options_default(&solver_options);
        assert_int_equal(
            ali_structure_create(model, &task, 1, task->frequencies[0], &options, &structure, NULL),
            ALICORN_OK);
        assert_int_equal(ali_structure_integrate(&structure, 1, NULL, NULL, NULL), ALICORN_OK);
        structure.compressed = solver != ALICORN_SOLVER_DENSE;
        alicorn_error error = {0};
        alicorn_status status = ali_unit_create(&structure, task->frequencies[0], &options, 1,
                                                &solver_options, &unit, &error);
        if (solver == ALICORN_SOLVER_COMPRESSED) {
            assert_int_equal(status, ALICORN_E_NUMERIC);
            assert_non_null(strstr(error.message, "does not converge"));
        } else {
            assert_int_equal(status, ALICORN_OK);
            assert_non_null(unit.system.factor.dense);
            assert_null(unit.system.factor.compressed);
            ali_unit_clear(&unit);
        }
        ali_structure_clear(&structure);
    }
    alicorn_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wires),           cmocka_unit_test(test_raised_degrees),
        cmocka_unit_test(test_faces_with_wire), cmocka_unit_test(test_small_is_dense),
        cmocka_unit_test(test_memory_decides),  cmocka_unit_test(test_full_matrix_takes_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
