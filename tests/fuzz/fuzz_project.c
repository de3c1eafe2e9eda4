/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer target: any bytes as a project, with a mesher and decks out of memory.
 * Run: fuzz_project -max_len=3000 -dict=tests/fuzz/project.dict CORPUS tests/fuzz/projects */
#include "input/project.h"
#include "model/model.h"
#include "model/requirement.h"

#include "base/error.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char deck[] =
    "CE\nSY h=0.5\nGW 3 9 0 0 -h 0 0 h .001\nGE\nLD 4 3 5 5 5 0\nTL 3 1 3 9 50\n"
    "EX 0 3 5 0 1\nXQ\nEN\n";

static void check(int good)
{
    if (!good)
        abort();
}

/** A square of four triangles around its centre. */
static alicorn_status add_square(ali_triangulation *t, const ali_placement *placement, int group,
                                 alicorn_error *error)
{
    static const ali_vec3 corners[] = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {-1, 0, 0}, {0, -1, 0}};
    size_t base = t->vertex_count;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < 5 && status == ALICORN_OK; i++)
        status = ali_triangulation_add_vertex(t, ali_placement_apply(placement, corners[i]), error);
    for (size_t i = 0; i < 4 && status == ALICORN_OK; i++) {
        const size_t triangle[3] = {base, base + 1 + i, base + 1 + (i + 1) % 4};
        status = ali_triangulation_add_triangle(t, triangle, group, error);
    }
    return status;
}

static alicorn_status mesh(void *user, size_t shape_count, const ali_shape *shapes,
                           size_t point_count, const ali_embedded_point *points,
                           const ali_mesher_options *options, ali_triangulation *triangulation,
                           alicorn_error *error)
{
    (void)user;
    check(options->program != NULL && strcmp(options->program, "gmsh") == 0);
    for (size_t i = 0; i < point_count; i++)
        check(points[i].size >= 0 && isfinite(points[i].point.x) && isfinite(points[i].point.y));
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < shape_count && status == ALICORN_OK; i++) {
        check(shapes[i].longest_edge > 0 && shapes[i].group > 0);
        check(shapes[i].radius >= 0 && shapes[i].height >= 0 && shapes[i].line > 0);
        check((shapes[i].kind == ALI_SHAPE_STEP) == (shapes[i].file != NULL));
        for (size_t k = 0; k < shapes[i].profile_count; k++)
            check(isfinite(shapes[i].profile[k][0]) && isfinite(shapes[i].profile[k][1]));
        if (i < 100)
            status = add_square(triangulation, &shapes[i].placement, shapes[i].group, error);
    }
    return status;
}

static alicorn_status read_mesh(void *user, const char *path, double scale,
                                ali_triangulation *triangulation, alicorn_error *error)
{
    const ali_placement identity = ali_placement_identity();
    (void)user;
    check(path[0] != '\0' && scale == 1);
    static const size_t lines[][3] = {{1, 1, 0}, {1, 0, 3}, {2, 0, 1}, {2, 0, 2}, {2, 0, 3}};
    alicorn_status status = add_square(triangulation, &identity, 1, error);
    for (size_t i = 0; i < sizeof lines / sizeof *lines && status == ALICORN_OK; i++)
        status = ali_triangulation_add_line(triangulation, lines[i] + 1, (int)lines[i][0], error);
    if (status == ALICORN_OK)
        status = ali_triangulation_add_name(triangulation, 1, 1, "feed", error);
    return status;
}

static const char radios_text[] =
    "alicorn-radios: 1\nradios:\n  - { name: R, port: A, channels: 150 MHz, receiver: "
    "{ bandwidth: 1 kHz, sensitivity: -100 dBm } }\n";

static alicorn_status read_radios(void *user, const char *path, const alicorn_read_options *options,
                                  alicorn_radios **radios, alicorn_error *error)
{
    (void)user;
    check(path[0] != '\0');
    return alicorn_radios_parse(radios_text, sizeof radios_text - 1, path, options, radios, error);
}

static alicorn_status read_deck(void *user, const char *path, const alicorn_read_options *options,
                                alicorn_model **model, alicorn_error *error)
{
    (void)user;
    return alicorn_model_parse_nec(deck, sizeof deck - 1, path, options, model, error);
}

static void check_task(const ali_model *model, const ali_task *task)
{
    check(task->frequency_count > 0 && task->request_count > 0);
    check(task->drive.kind == ALI_DRIVE_SOURCES || task->drive.kind == ALI_DRIVE_PLANE_WAVE);
    for (size_t i = 0; i < task->frequency_count; i++)
        check(task->frequencies[i] > 0 && isfinite(task->frequencies[i]));
    for (size_t i = 0; i < task->drive.source_count; i++)
        check(task->drive.sources[i].segment < (task->drive.sources[i].kind == ALI_SOURCE_PORT
                                                    ? model->port_count
                                                    : model->segment_count));
    for (size_t i = 0; i < task->load_count; i++)
        check(task->loads[i].first <= task->loads[i].last &&
              task->loads[i].last < model->segment_count);
    for (size_t i = 0; i < task->network_count; i++)
        check(task->networks[i].segment[0] < model->segment_count &&
              task->networks[i].segment[1] < model->segment_count &&
              task->networks[i].length >= 0 && isfinite(task->networks[i].length));
}

/** What everything behind the reader relies on. */
static void check_model(const ali_model *model, bool judged)
{
    for (size_t i = 0; i < model->segment_count; i++) {
        const ali_segment *s = &model->segments[i];
        check(isfinite(ali_vec3_distance(s->start, s->end)) && s->radius > 0);
        check(s->wire < model->wire_count);
    }
    for (size_t i = 0; i < model->triangle_count; i++)
        for (int j = 0; j < 3; j++)
            check(model->triangles[i].vertex[j] < model->vertex_count);
    for (size_t i = 0; i < model->edge_line_count; i++)
        for (size_t j = 0; j < model->edge_lines[i].count; j++)
            check(model->edge_lines[i].vertices[j] < model->vertex_count);
    for (size_t i = 0; i < model->port_count; i++) {
        const ali_named_port *port = &model->ports[i];
        check(port->z0 > 0 && port->name[0]);
        check(port->site.index <
              (port->site.kind == ALI_SITE_EDGES ? model->edge_line_count : model->segment_count));
    }
    check(model->task_count > 0 || judged);
    for (size_t t = 0; t < model->task_count; t++)
        check_task(model, &model->tasks[t]);
    for (size_t i = 0; judged && i < model->requirement_count; i++) {
        const ali_requirement *r = &model->requirements[i];
        check(r->task < model->task_count || r->task == ALI_NONE);
        check(r->low <= r->high && (r->beacon.port_count > 0) == (r->beacon.ports != NULL));
    }
}

static void count_finding(void *user, const alicorn_diagnostic *finding)
{
    size_t *errors = user;
    *errors += finding->severity == ALICORN_ERROR;
    check(finding->name && finding->message && finding->message[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ali_project_mesher mesher = {mesh, read_mesh, read_deck, read_radios, NULL};
    size_t errors = 0;
    /* either its requests or its requirements become tasks */
    bool judged = size % 2 == 1;
    alicorn_read_options options = {
        .requirements = judged, .report = count_finding, .report_user = &errors};
    alicorn_model *model;
    alicorn_error error = {0};
    alicorn_status status =
        ali_project_parse((const char *)data, size, "fuzz.yaml", &options, &mesher, &model, &error);
    check((status == ALICORN_OK) == (model != NULL));
    check(status != ALICORN_OK || errors == 0);
    check(status != ALICORN_E_INPUT || (errors > 0 && error.message[0]));
    if (model)
        check_model(model, judged);
    alicorn_model_destroy(model);
    return 0;
}
