/* SPDX-License-Identifier: Apache-2.0 */
#include "project_support.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char dipole_deck[] = "CE\nSY h=0.5\nGW 3 9 0 0 -h 0 0 h .001\nGE\nLD 4 3 5 5 5 0\n"
                                  "EX 0 3 5 0 1\nFR 0 1 0 0 150\nXQ\nEN\n";
static const char pair_deck[] = "CE\nGW 1 3 0 0 0 0 0 1 .001\nGW 2 5 1 0 0 1 0 1 .001\nGE\n"
                                "TL 1 2 2 3 75 2\nEX 0 1 2 0 1\nEX 0 2 3 0 1\nXQ\nEN\n";

/** One square, as one group. */
static void add_square(ali_triangulation *t, const ali_placement *placement, int group)
{
    size_t base = t->vertex_count;
    for (int i = 0; i <= 4; i++)
        for (int j = 0; j <= 4; j++) {
            ali_vec3 point = {(i - 2) / 4.0, (j - 2) / 4.0, 0};
            assert_int_equal(
                ali_triangulation_add_vertex(t, ali_placement_apply(placement, point), NULL), 0);
        }
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) {
            size_t corner = base + 5 * i + j;
            const size_t lower[3] = {corner, corner + 5, corner + 6};
            const size_t upper[3] = {corner, corner + 6, corner + 1};
            assert_int_equal(ali_triangulation_add_triangle(t, lower, group, NULL), 0);
            assert_int_equal(ali_triangulation_add_triangle(t, upper, group, NULL), 0);
        }
}

static alicorn_status mesh(void *user, size_t shape_count, const ali_shape *shapes,
                           size_t point_count, const ali_embedded_point *points,
                           const ali_mesher_options *options, ali_triangulation *triangulation,
                           alicorn_error *error)
{
    mesher_log *log = user;
    log->runs++;
    log->options = *options;
    if (log->fail != ALICORN_OK)
        return ali_error_set(error, log->fail, "the mesher failed");
    assert_true(shape_count <= 16 && point_count <= 32);
    log->shape_count = shape_count;
    log->point_count = point_count;
    if (point_count > 0)
        memcpy(log->points, points, point_count * sizeof *points);
    for (size_t i = 0; i < shape_count; i++) {
        log->shapes[i] = shapes[i];
        if (shapes[i].profile_count > 0 && shapes[i].profile_count <= 8)
            memcpy(log->profile, shapes[i].profile, shapes[i].profile_count * sizeof *log->profile);
        add_square(triangulation, &shapes[i].placement, shapes[i].group);
    }
    return ALICORN_OK;
}

static alicorn_status read_mesh(void *user, const char *path, double scale,
                                ali_triangulation *triangulation, alicorn_error *error)
{
    mesher_log *log = user;
    const ali_placement identity = ali_placement_identity();
    snprintf(log->file, sizeof log->file, "%s", path);
    assert_true(scale == 1);
    if (!strstr(path, "good.msh"))
        return ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL, "there is no such file");
    add_square(triangulation, &identity, 7);
    static const size_t lines[][3] = {
        {7, 11, 10}, {7, 13, 12}, {7, 14, 13}, {7, 12, 11}, {8, 6, 11}, {8, 16, 11},
        {8, 16, 17}, {8, 17, 18}, {8, 18, 13}, {8, 13, 8},  {8, 8, 7},  {8, 7, 6},
        {9, 0, 5},   {9, 10, 15}, {10, 0, 5},  {10, 5, 10}, {10, 5, 6}, {11, 5, 1},
        {11, 1, 7},  {13, 0, 5},  {13, 10, 5}, {12, 0, 1},  {12, 1, 0}};
    static const struct {
        int group;
        const char *name;
    } names[] = {{7, "feed"}, {8, "ring"}, {9, "pieces"}, {10, "fork"}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_int_equal(
            ali_triangulation_add_line(triangulation, lines[i] + 1, (int)lines[i][0], NULL), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(
            ali_triangulation_add_name(triangulation, 1, names[i].group, names[i].name, NULL), 0);
    assert_int_equal(ali_triangulation_add_name(triangulation, 2, 11, "face", NULL), 0);
    return ALICORN_OK;
}

static alicorn_status read_deck(void *user, const char *path, const alicorn_read_options *options,
                                alicorn_model **model, alicorn_error *error)
{
    mesher_log *log = user;
    snprintf(log->file, sizeof log->file, "%s", path);
    *model = NULL;
    const char *text = strstr(path, "dipole.nec") ? dipole_deck
                       : strstr(path, "pair.nec") ? pair_deck
                       : strstr(path, "bad.nec")  ? "CE\nGW 1 x\nGE\nEN\n"
                                                  : NULL;
    if (!text)
        return ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL, "there is no such file");
    return alicorn_model_parse_nec(text, strlen(text), path, options, model, error);
}

static alicorn_status read_radios(void *user, const char *path, const alicorn_read_options *options,
                                  alicorn_radios **radios, alicorn_error *error)
{
    static const char text[] = "alicorn-radios: 1\n"
                               "radios:\n"
                               "  - { name: R1, port: A, channels: 150 MHz, receiver: "
                               "{ bandwidth: 1 kHz, sensitivity: -100 dBm } }\n"
                               "  - { name: R2, port: B, channels: 160 MHz, receiver: "
                               "{ bandwidth: 1 kHz, sensitivity: -100 dBm } }\n";
    mesher_log *log = user;
    snprintf(log->file, sizeof log->file, "%s", path);
    *radios = NULL;
    if (!strstr(path, "radios.yaml"))
        return ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL, "there is no such file");
    return alicorn_radios_parse(text, sizeof text - 1, path, options, radios, error);
}

ali_project_mesher test_mesher(mesher_log *log)
{
    return (ali_project_mesher){mesh, read_mesh, read_deck, read_radios, log};
}

ali_model *read_good(const char *text, mesher_log *log, char *notes)
{
    mesher_log own = {0};
    ali_project_mesher mesher = test_mesher(log ? log : &own);
    alicorn_read_options options = {.report = collect_notes, .report_user = notes};
    ali_model *model = NULL;
    alicorn_error error = {0};
    if (notes)
        notes[0] = '\0';
    alicorn_status status = ali_project_parse(text, strlen(text), "some/where/test.yaml", &options,
                                              &mesher, &model, &error);
    if (status != ALICORN_OK)
        print_message("%d:%d: %s\n", error.line, error.column, error.message);
    assert_int_equal(status, ALICORN_OK);
    assert_non_null(model);
    return model;
}

const char *read_bad(const char *text)
{
    static char errors[ERRORS_SIZE];
    mesher_log log = {0};
    ali_project_mesher mesher = test_mesher(&log);
    alicorn_read_options options = {.report = collect_errors, .report_user = errors};
    ali_model *model = NULL;
    alicorn_error error = {0};
    errors[0] = '\0';
    alicorn_status status =
        ali_project_parse(text, strlen(text), "test.yaml", &options, &mesher, &model, &error);
    assert_int_equal(status, ALICORN_E_INPUT);
    assert_null(model);

    /* *error holds the first of them, with its place. */
    char first[700];
    snprintf(first, sizeof first, "%d:%d: %s\n", error.line, error.column, error.message);
    assert_memory_equal(first, errors, strlen(first));
    assert_string_equal(error.file, "test.yaml");
    return errors;
}
