/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/output.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/model.h"
#include "output/json_stream.h"
#include "output/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Every key written here is described in docs/api.md; tests/unit/output_geometry.c compares the
 * two. */

/* ---- findings ---- */

/** Most places of one finding: they are to lead the eye. */
enum { PLACES_MAX = 64 };

/** Whether a finding is about a wire: by its name, or by the card that made it. */
static bool concerns(const ali_model *model, const alicorn_diagnostic *finding, size_t wire)
{
    unsigned long number;
    if (finding->object && sscanf(finding->object, "wire %lu", &number) == 1)
        return number == wire + 1;
    return finding->line > 0 && model->wires[wire].origin.line == finding->line &&
           strncmp(finding->object ? finding->object : "", model->wires[wire].origin.card,
                   sizeof model->wires[wire].origin.card) == 0;
}

static ali_vec3 middle(ali_vec3 a, ali_vec3 b)
{
    return ali_vec3_scale(0.5, ali_vec3_add(a, b));
}

static void put_point(ali_json *json, const char *key, ali_vec3 point)
{
    ali_json_reals(json, key, (const double[]){point.x, point.y, point.z}, 3);
}

/** The middles of the wires that a finding is about. */
static void put_places(ali_json *json, const ali_model *model, const alicorn_diagnostic *finding)
{
    size_t places = 0;
    ali_json_open_array(json, "points", ALI_JSON_INLINE);
    for (size_t i = 0; model && i < model->wire_count && places < PLACES_MAX; i++) {
        const ali_wire *wire = &model->wires[i];
        const ali_segment *half = &model->segments[wire->first + wire->count / 2];
        if (!concerns(model, finding, i))
            continue;
        put_point(json, NULL, wire->count % 2 ? middle(half->start, half->end) : half->start);
        places++;
    }
    ali_json_close(json);
}

static void put_place(ali_json *json, const char *key, int number)
{
    if (number > 0)
        ali_json_integer(json, key, number);
    else
        ali_json_null(json, key);
}

static void put_findings(ali_json *json, const ali_model *model, const alicorn_diagnostic *findings,
                         size_t count)
{
    static const char *const severities[] = {"note", "warning", "error"};
    ali_json_open_array(json, "findings", ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++) {
        const alicorn_diagnostic *finding = &findings[i];
        ali_json_open_object(json, NULL, ALI_JSON_INLINE);
        ali_json_text(json, "severity", severities[finding->severity]);
        ali_json_text(json, "name", finding->name);
        ali_json_text(json, "message", finding->message);
        ali_json_text(json, "file", finding->file);
        put_place(json, "line", finding->line);
        put_place(json, "column", finding->column);
        put_places(json, model, finding);
        ali_json_close(json);
    }
    ali_json_close(json);
}

/* ---- wires and surfaces ---- */

static void put_segments(ali_json *json, const ali_model *model)
{
    ali_json_open_array(json, "segments", ALI_JSON_INLINE);
    for (size_t i = 0; i < model->segment_count; i++) {
        const ali_segment *s = &model->segments[i];
        const double numbers[7] = {s->start.x, s->start.y, s->start.z, s->end.x,
                                   s->end.y,   s->end.z,   s->radius};
        for (size_t k = 0; k < 7; k++)
            ali_json_real(json, NULL, numbers[k]);
    }
    ali_json_close(json);
    ali_json_open_array(json, "segment_line", ALI_JSON_INLINE);
    for (size_t i = 0; i < model->segment_count; i++)
        ali_json_integer(json, NULL, model->wires[model->segments[i].wire].origin.line);
    ali_json_close(json);
    ali_json_open_array(json, "segment_tag", ALI_JSON_INLINE);
    for (size_t i = 0; i < model->segment_count; i++)
        ali_json_integer(json, NULL, model->segments[i].tag);
    ali_json_close(json);
    ali_json_open_array(json, "segment_wire", ALI_JSON_INLINE);
    for (size_t i = 0; i < model->segment_count; i++)
        ali_json_integer(json, NULL, (long long)model->segments[i].wire + 1);
    ali_json_close(json);
}

static void put_triangles(ali_json *json, const ali_model *model)
{
    ali_json_open_array(json, "vertices", ALI_JSON_INLINE);
    for (size_t i = 0; i < model->vertex_count; i++) {
        ali_json_real(json, NULL, model->vertices[i].x);
        ali_json_real(json, NULL, model->vertices[i].y);
        ali_json_real(json, NULL, model->vertices[i].z);
    }
    ali_json_close(json);
    ali_json_open_array(json, "triangles", ALI_JSON_INLINE);
    for (size_t i = 0; i < model->triangle_count; i++)
        for (size_t k = 0; k < 3; k++)
            ali_json_integer(json, NULL, (long long)model->triangles[i].vertex[k]);
    ali_json_close(json);
    ali_json_open_array(json, "surfaces", ALI_JSON_LINES);
    for (size_t i = 0; i < model->surface_count; i++) {
        const ali_surface *surface = &model->surfaces[i];
        bool conductor = surface->sheet.kind == ALI_SHEET_PERFECT;
        ali_json_open_object(json, NULL, ALI_JSON_INLINE);
        ali_json_text(json, "name", surface->name ? surface->name : "");
        ali_json_integer(json, "first", (long long)surface->first);
        ali_json_integer(json, "count", (long long)surface->count);
        ali_json_integer(json, "line", surface->line);
        ali_json_text(json, "kind", conductor ? "conductor" : "sheet");
        ali_json_close(json);
    }
    ali_json_close(json);
}

/* ---- ports, loads, ground ---- */

static void put_port(ali_json *json, const ali_shown_port *port)
{
    ali_json_open_object(json, NULL, ALI_JSON_INLINE);
    ali_json_text(json, "name", port->name);
    if (port->placed)
        put_point(json, "position", port->point);
    else
        ali_json_null(json, "position");
    ali_json_integer(json, "line", port->line);
    ali_json_real(json, "z0", port->z0);
    ali_json_close(json);
}

static void put_ports(ali_json *json, const ali_model *model)
{
    size_t count = ali_model_shown_port_count(model);
    ali_json_open_array(json, "ports", ALI_JSON_LINES);
    for (size_t i = 0; i < count; i++) {
        const ali_shown_port port = ali_model_shown_port(model, i);
        put_port(json, &port);
    }
    ali_json_close(json);
}

/** Middles of segments with lumped loads in the first task: a wall's conductivity is no place. */
static void put_loads(ali_json *json, const ali_model *model)
{
    const ali_task *task = model->task_count > 0 ? &model->tasks[0] : NULL;
    ali_json_open_array(json, "loads", ALI_JSON_INLINE);
    for (size_t i = 0; task && i < task->load_count; i++) {
        const ali_load *load = &task->loads[i];
        if (load->kind == ALI_LOAD_CONDUCTIVITY)
            continue;
        for (size_t k = load->first; k <= load->last && k < model->segment_count; k++)
            put_point(json, NULL, middle(model->segments[k].start, model->segments[k].end));
    }
    ali_json_close(json);
}

/** That of the first task. */
static void put_ground(ali_json *json, const ali_model *model)
{
    static const ali_ground none = {.kind = ALI_GROUND_NONE};
    const ali_ground *ground = model->task_count > 0 ? &model->tasks[0].ground : &none;
    if (ground->kind == ALI_GROUND_NONE) {
        ali_json_null(json, "ground");
    } else if (ground->kind == ALI_GROUND_PEC) {
        ali_json_text(json, "ground", "perfect");
    } else {
        ali_json_open_object(json, "ground", ALI_JSON_INLINE);
        ali_json_real(json, "eps_r", ground->medium.eps_r);
        ali_json_real(json, "sigma", ground->medium.sigma);
        ali_json_close(json);
    }
}

/* ---- what is asked ---- */

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/** Frequencies of all tasks of all jobs, ascending, each once. */
static alicorn_status put_frequencies(ali_json *json, const ali_model *model, alicorn_error *error)
{
    size_t count = 0, at = 0;
    for (const ali_model *job = model; job; job = job->next)
        for (size_t i = 0; i < job->task_count; i++)
            count += job->tasks[i].frequency_count;
    double *all = ali_calloc(count, sizeof *all);
    if (!all)
        return ali_error_memory(error, count * sizeof *all, "frequencies");
    for (const ali_model *job = model; job; job = job->next)
        for (size_t i = 0; i < job->task_count; i++)
            for (size_t k = 0; k < job->tasks[i].frequency_count; k++)
                all[at++] = job->tasks[i].frequencies[k];
    if (count > 1)
        qsort(all, count, sizeof *all, by_value);
    ali_json_open_array(json, "frequencies_hz", ALI_JSON_INLINE);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || all[i] > all[i - 1])
            ali_json_real(json, NULL, all[i]);
    ali_json_close(json);
    free(all);
    return ALICORN_OK;
}

static void put_prediction(ali_json *json, const alicorn_prediction *prediction)
{
    double seconds = prediction && prediction->total_s >= 0.0 ? prediction->total_s : NAN;
    ali_json_real(json, "unknowns", prediction ? (double)prediction->unknowns : NAN);
    ali_json_real(json, "memory_bytes", prediction ? (double)prediction->memory_bytes : NAN);
    ali_json_real(json, "seconds", seconds);
}

alicorn_status alicorn_write_geometry_json(const alicorn_model *model,
                                           const alicorn_diagnostic *findings, size_t count,
                                           const alicorn_prediction *prediction, FILE *stream,
                                           alicorn_error *error)
{
    ali_writer writer;
    ali_json json;
    alicorn_status status = ali_writer_begin(&writer, stream, "geometry", error);
    if (status != ALICORN_OK)
        return status;
    ali_json_begin(&json, stream);
    ali_json_open_object(&json, NULL, ALI_JSON_LINES);
    put_findings(&json, model, findings, count);
    ali_json_bool(&json, "good", model != NULL);
    if (model) {
        put_segments(&json, model);
        put_triangles(&json, model);
        put_ports(&json, model);
        put_loads(&json, model);
        put_ground(&json, model);
        status = put_frequencies(&json, model, error);
        put_prediction(&json, prediction);
    }
    ali_json_close(&json);
    fputc('\n', stream);
    return ali_writer_end(&writer, status, error);
}
