/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  The document of a geometry, read back by Jansson. */

#include "alicorn/output.h"
#include "json_keys.h"
#include "sample_result.h"

#include <math.h>
#include <stdlib.h>

typedef struct written {
    const alicorn_model *model;
    const alicorn_diagnostic *findings;
    size_t count;
    const alicorn_prediction *prediction;
} written;

static alicorn_status write_geometry(FILE *stream, void *user, alicorn_error *error)
{
    const written *w = user;
    return alicorn_write_geometry_json(w->model, w->findings, w->count, w->prediction, stream,
                                       error);
}

static json_t *document_of(written *w)
{
    char *text = sample_written(write_geometry, w);
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("line %d: %s", error.line, error.text);
    free(text);
    return root;
}

static double number(const json_t *root, const char *key, size_t i)
{
    return json_number_value(json_array_get(json_object_get(root, key), i));
}

static void check_point(const json_t *point, double x, double y, double z)
{
    assert_int_equal(json_array_size(point), 3);
    sample_close(json_number_value(json_array_get(point, 0)), x, 1e-11);
    sample_close(json_number_value(json_array_get(point, 1)), y, 1e-11);
    sample_close(json_number_value(json_array_get(point, 2)), z, 1e-11);
}

static void check_documented(json_t *root)
{
    char *page = sample_file(ALI_SOURCE_ROOT "/docs/api.md");
    every_key_is_documented(root, page);
    free(page);
}

static void has_a_decks_wires_and_sources(void **state)
{
    (void)state;
    alicorn_result *result;
    ali_model *model;
    sample_full(&model, &result);
    static const alicorn_diagnostic findings[] = {
        {.severity = ALICORN_WARNING,
         .name = "wires-cross",
         .message = "they do",
         .file = "x.nec",
         .object = "wire 2"},
        {.severity = ALICORN_NOTE, .name = "note", .message = "all", .line = 3, .column = 4}};
    const alicorn_prediction prediction = {.unknowns = 12, .memory_bytes = 1000, .total_s = -1.0};
    json_t *root = document_of(
        &(written){.model = model, .findings = findings, .count = 2, .prediction = &prediction});
    assert_true(json_is_true(json_object_get(root, "good")));
    size_t count = model->segment_count;
    assert_int_equal(json_array_size(json_object_get(root, "segments")), 7 * count);
    assert_int_equal(json_array_size(json_object_get(root, "segment_line")), count);
    for (size_t i = 0; i < count; i++) {
        sample_close(number(root, "segments", 7 * i + 2), model->segments[i].start.z, 1e-11);
        sample_close(number(root, "segments", 7 * i + 3), model->segments[i].end.x, 1e-11);
        sample_close(number(root, "segments", 7 * i + 6), model->segments[i].radius, 1e-11);
        sample_close(number(root, "segment_tag", i), model->segments[i].tag, 0);
        sample_close(number(root, "segment_wire", i), (double)model->segments[i].wire + 1, 0);
    }
    const ali_drive *drive = &model->tasks[0].drive;
    const json_t *ports = json_object_get(root, "ports");
    assert_int_equal(json_array_size(ports), drive->source_count);
    const ali_segment *fed = &model->segments[drive->sources[1].segment];
    assert_string_equal(json_string_value(json_object_get(json_array_get(ports, 1), "name")), "2");
    check_point(json_object_get(json_array_get(ports, 1), "position"),
                0.5 * (fed->start.x + fed->end.x), 0.5 * (fed->start.y + fed->end.y),
                0.5 * (fed->start.z + fed->end.z));
    const json_t *frequencies = json_object_get(root, "frequencies_hz");
    for (size_t i = 1; i < json_array_size(frequencies); i++)
        assert_true(number(root, "frequencies_hz", i) > number(root, "frequencies_hz", i - 1));
    sample_close(json_number_value(json_object_get(root, "unknowns")), 12, 0);
    assert_true(json_is_null(json_object_get(root, "seconds")));
    /* the middle of the second wire, and no place of a finding about all */
    const json_t *found = json_object_get(root, "findings");
    const json_t *points = json_object_get(json_array_get(found, 0), "points");
    const ali_wire *wire = &model->wires[1];
    const ali_segment *first = &model->segments[wire->first],
                      *last = &model->segments[wire->first + wire->count - 1];
    assert_int_equal(json_array_size(points), 1);
    check_point(json_array_get(points, 0), 0.5 * (first->start.x + last->end.x),
                0.5 * (first->start.y + last->end.y), 0.5 * (first->start.z + last->end.z));
    assert_true(json_is_null(json_object_get(json_array_get(found, 0), "line")));
    assert_int_equal(json_array_size(json_object_get(json_array_get(found, 1), "points")), 0);
    check_documented(root);
    json_decref(root);
    alicorn_result_destroy(result);
    ali_model_destroy(model);
}

static void has_a_projects_surfaces_and_ports(void **state)
{
    (void)state;
    const ali_pattern_request pattern = {.theta_count = 2, .theta_step = 1.0, .phi_count = 1};
    alicorn_result *result;
    ali_model *model;
    sample_mast(&pattern, &model, &result);
    model->tasks[0].ground =
        (ali_ground){.kind = ALI_GROUND_SOMMERFELD, .medium = {.eps_r = 13.0, .sigma = 5e-3}};
    const ali_named_port named = {
        .name = "UHF-1", .site = {ALI_SITE_SEGMENT_END, 0}, .z0 = 75.0, .line = 9};
    assert_int_equal(ali_model_add_port(model, &named, NULL), ALICORN_OK);
    json_t *root = document_of(&(written){.model = model});
    assert_int_equal(json_array_size(json_object_get(root, "triangles")), 6);
    assert_int_equal(json_array_size(json_object_get(root, "vertices")), 3 * model->vertex_count);
    for (size_t i = 0; i < 6; i++)
        sample_close(number(root, "triangles", i), (double)model->triangles[i / 3].vertex[i % 3],
                     0);
    const json_t *surface = json_array_get(json_object_get(root, "surfaces"), 0);
    assert_string_equal(json_string_value(json_object_get(surface, "name")), "hull");
    assert_string_equal(json_string_value(json_object_get(surface, "kind")), "conductor");
    sample_close(json_number_value(json_object_get(surface, "count")), 2, 0);
    const json_t *ports = json_object_get(root, "ports"), *port = json_array_get(ports, 0);
    const ali_vec3 end = model->segments[0].end;
    assert_int_equal(json_array_size(ports), 1);
    assert_string_equal(json_string_value(json_object_get(port, "name")), "UHF-1");
    check_point(json_object_get(port, "position"), end.x, end.y, end.z);
    sample_close(json_number_value(json_object_get(port, "z0")), 75.0, 0);
    sample_close(json_number_value(json_object_get(port, "line")), 9, 0);
    const json_t *ground = json_object_get(root, "ground");
    sample_close(json_number_value(json_object_get(ground, "eps_r")), 13.0, 0);
    sample_close(json_number_value(json_object_get(ground, "sigma")), 5e-3, 1e-15);
    assert_true(json_is_null(json_object_get(root, "unknowns")));
    check_documented(root);
    json_decref(root);
    alicorn_result_destroy(result);
    ali_model_destroy(model);
}

static void says_that_there_is_no_model(void **state)
{
    (void)state;
    const alicorn_diagnostic finding = {.severity = ALICORN_ERROR,
                                        .name = "unknown-card",
                                        .message = "not a card \xff",
                                        .file = "x.nec",
                                        .line = 7,
                                        .column = 1};
    json_t *root = document_of(&(written){.findings = &finding, .count = 1});
    assert_true(json_is_false(json_object_get(root, "good")));
    assert_null(json_object_get(root, "segments"));
    const json_t *found = json_array_get(json_object_get(root, "findings"), 0);
    assert_string_equal(json_string_value(json_object_get(found, "severity")), "error");
    sample_close(json_number_value(json_object_get(found, "line")), 7, 0);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(has_a_decks_wires_and_sources),
                                       cmocka_unit_test(has_a_projects_surfaces_and_ports),
                                       cmocka_unit_test(says_that_there_is_no_model)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
