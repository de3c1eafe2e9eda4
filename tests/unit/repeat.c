/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Identical input gives identical output, bit for bit, run to run with the same number of threads:
 *  wires, faces under the electric-field equation, closed bodies under the combined one, sweeps
 *  whose frequencies are solved side by side, and what the compressed solver makes of wires and
 *  faces. More threads than cores, so that the order in which
 *  they finish changes. */

#include "alicorn/alicorn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { REPEAT = 3, THREADS = 4 };

/** The whole result as JSON, but for the lines that tell times. */
static char *solve_to_text(const alicorn_model *model, int solver)
{
    alicorn_options options;
    alicorn_options_default(&options);
    options.threads = THREADS;
    options.solver = solver;
    alicorn_result *result = NULL;
    alicorn_error error = {0};
    if (alicorn_solve(model, &options, &result, &error))
        fail_msg("%s", error.message);
    /* numbers are written so that they are read back exactly */
    FILE *stream = tmpfile();
    assert_non_null(stream);
    assert_int_equal(alicorn_write_json(model, result, stream, NULL), ALICORN_OK);
    long size = ftell(stream);
    assert_true(size > 0);
    char *text = malloc((size_t)size + 1);
    assert_non_null(text);
    rewind(stream);
    assert_int_equal(fread(text, 1, (size_t)size, stream), size);
    text[size] = '\0';
    fclose(stream);
    alicorn_result_destroy(result);
    return text;
}

/** Take out the numbers of the times, which are never the same. */
static void drop_times(char *text)
{
    static const char *const keys[] = {"\"fill_s\":", "\"factor_s\":", "\"solve_s\":"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        for (char *at = strstr(text, keys[i]); at; at = strstr(at, keys[i])) {
            at += strlen(keys[i]);
            size_t number = strcspn(at, ",}\n");
            memmove(at, at + number, strlen(at + number) + 1);
        }
}

static void check_repeats_by(const alicorn_model *model, int solver)
{
    char *first = solve_to_text(model, solver);
    assert_non_null(strstr(first, "fill_s"));
    bool compressed = strstr(first, "matrix_error") != NULL;
    assert_int_equal(compressed, solver == ALICORN_SOLVER_COMPRESSED);
    drop_times(first);
    for (int i = 1; i < REPEAT; i++) {
        char *again = solve_to_text(model, solver);
        drop_times(again);
        size_t length = strlen(first);
        assert_int_equal(strlen(again), length);
        for (size_t at = 0; at < length; at++)
            if (first[at] != again[at])
                fail_msg("differs at byte %zu: %.60s", at, again + (at > 30 ? at - 30 : 0));
        free(again);
    }
    free(first);
}

static void check_repeats(const alicorn_model *model)
{
    check_repeats_by(model, ALICORN_SOLVER_AUTO);
}

static alicorn_model *read_text(const char *text, const char *name)
{
    alicorn_model *model = NULL;
    alicorn_read_options options = {0};
    alicorn_error error = {0};
    if (alicorn_model_parse_nec(text, strlen(text), name, &options, &model, &error))
        fail_msg("%d: %s", error.line, error.message);
    return model;
}

/** A wire grid of about 500 unknowns, more than one thread takes alone, with a driven wire. */
static void wires_repeat(void **state)
{
    (void)state;
    alicorn_model *model = alicorn_model_create();
    assert_non_null(model);
    enum { CELLS = 8 };
    for (int i = 0; i <= CELLS; i++)
        for (int j = 0; j < CELLS; j++) {
            double a[3] = {0.1 * i, 0.1 * j, 0.0}, b[3] = {0.1 * i, 0.1 * (j + 1), 0.0};
            double c[3] = {0.1 * j, 0.1 * i, 0.0}, d[3] = {0.1 * (j + 1), 0.1 * i, 0.0};
            assert_int_equal(alicorn_model_add_wire(model, 1, 1, a, b, 0.002, NULL), ALICORN_OK);
            assert_int_equal(alicorn_model_add_wire(model, 1, 1, c, d, 0.002, NULL), ALICORN_OK);
        }
    double foot[3] = {0.4, 0.4, 0.0}, tip[3] = {0.4, 0.4, 0.25};
    assert_int_equal(alicorn_model_add_wire(model, 2, 9, foot, tip, 0.002, NULL), ALICORN_OK);
    assert_int_equal(alicorn_model_add_source(model, 2, 1, (alicorn_complex){1.0, 0.0}, NULL),
                     ALICORN_OK);
    assert_int_equal(alicorn_model_add_pattern(model, 7, 0.0, 15.0, 4, 0.0, 90.0, NULL),
                     ALICORN_OK);
    assert_int_equal(alicorn_model_add_frequency(model, 299.8e6, NULL), ALICORN_OK);
    check_repeats(model);
    alicorn_model_destroy(model);
}

static void sweep_repeats(void **state)
{
    (void)state;
    alicorn_model *model =
        read_text("CE\nGW 1 21 0 0 -.25 0 0 .25 .001\nGW 2 21 .2 0 -.25 .2 0 .25 "
                  ".001\nGE\nFR 0 16 0 0 250 6\nEX 0 1 11 0 1\nXQ\nEN\n",
                  "sweep");
    check_repeats(model);
    alicorn_model_destroy(model);
}

/** A box of triangles in STL or a project needs files; here it is a project with a mesh file. */
static alicorn_model *read_box(const char *electric_share)
{
    enum { CELLS = 4 };
    char folder[] = "/tmp/alicorn-repeat-XXXXXX", mesh[64], project[64];
    assert_non_null(mkdtemp(folder));
    snprintf(mesh, sizeof mesh, "%s/box.stl", folder);
    snprintf(project, sizeof project, "%s/box.yaml", folder);
    FILE *out = fopen(mesh, "w");
    assert_non_null(out);
    fputs("solid box\n", out);
    for (int face = 0; face < 6; face++)
        for (int cell = 0; cell < 2 * CELLS * CELLS; cell++) {
            int axis = face / 2, u = cell / 2 % CELLS, v = cell / 2 / CELLS;
            int corner[2][3][2] = {{{0, 0}, {1, 0}, {1, 1}}, {{0, 0}, {1, 1}, {0, 1}}};
            fputs("facet normal 0 0 0\nouter loop\n", out);
            for (int c = 0; c < 3; c++) {
                /* outwards on the far face of every axis, the other way round on the near one */
                int *step = corner[cell % 2][face % 2 ? c : 2 - c];
                double point[3];
                point[axis] = face % 2 ? 0.5 : 0.0;
                point[(axis + 1) % 3] = 0.5 * (u + step[0]) / CELLS;
                point[(axis + 2) % 3] = 0.5 * (v + step[1]) / CELLS;
                fprintf(out, "vertex %.9g %.9g %.9g\n", point[0], point[1], point[2]);
            }
            fputs("endloop\nendfacet\n", out);
        }
    fputs("endsolid box\n", out);
    fclose(out);
    out = fopen(project, "w");
    assert_non_null(out);
    fprintf(out,
            "alicorn: 1\nparts:\n  - { name: box, mesh: box.stl, electric_share: %s }\n"
            "frequencies: 300 MHz\nrequests:\n  - rcs: { theta: [0, 180, 30], phi: 20 }\n",
            electric_share);
    fclose(out);
    alicorn_model *model = NULL;
    alicorn_read_options options = {0};
    alicorn_error error = {0};
    alicorn_status status = alicorn_model_read_project(project, &options, &model, &error);
    remove(mesh);
    remove(project);
    remove(folder);
    if (status)
        fail_msg("%d: %s", error.line, error.message);
    return model;
}

static void faces_repeat(void **state)
{
    (void)state;
    alicorn_model *model = read_box("1");
    check_repeats(model);
    alicorn_model_destroy(model);
}

static void combined_faces_repeat(void **state)
{
    (void)state;
    alicorn_model *model = read_box("0.5");
    check_repeats(model);
    alicorn_model_destroy(model);
}

/** A long plate with wires on it and beside it: far blocks of both kinds, and a border for the
 * degrees that are raised. */
static void compressed_repeats(void **state)
{
    (void)state;
    alicorn_model *model = read_text("CE\nGW 1 5 -2 1 2 -2 1 2.5 .002\nGM 1 11 0 0 0 .4 0 0 1\n"
                                     "SM 20 3 -2.5 -.4 1 2.5 -.4 1\nSC 0 0 2.5 .4 1\n"
                                     "GW 20 7 0 0 1 0 0 1.25 .004\nGE\nEX 0 20 1 0 1\n"
                                     "FR 0 1 0 0 300\nRP 0 7 1 1000 0 20 15 0\nEN\n",
                                     "compressed");
    check_repeats_by(model, ALICORN_SOLVER_COMPRESSED);
    alicorn_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wires_repeat),       cmocka_unit_test(sweep_repeats),
        cmocka_unit_test(faces_repeat),       cmocka_unit_test(combined_faces_repeat),
        cmocka_unit_test(compressed_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
