/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_result.h"

#include "base/constants.h"
#include "base/memory.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The result as the writers see it: through these functions only. */
struct alicorn_result {
    alicorn_solve_result *solves;
    size_t count, capacity;
    size_t swept; /**< adaptive sweeps */
};

size_t alicorn_result_count(const alicorn_result *result)
{
    return result->count;
}

const alicorn_solve_result *alicorn_result_solve(const alicorn_result *result, size_t i)
{
    return i < result->count ? &result->solves[i] : NULL;
}

size_t alicorn_result_unknowns(const alicorn_result *result)
{
    size_t largest = 0;
    for (size_t i = 0; i < result->count; i++)
        largest = result->solves[i].unknowns > largest ? result->solves[i].unknowns : largest;
    return largest;
}

static const alicorn_sweep sample_sweep = {.task = 0,
                                           .frequencies = 201,
                                           .solved = 17,
                                           .tolerance = 1e-3,
                                           .error = 4e-4,
                                           .largest_singular = 0.998};

size_t alicorn_result_sweep_count(const alicorn_result *result)
{
    return result->swept;
}

const alicorn_sweep *alicorn_result_sweep(const alicorn_result *result, size_t i)
{
    return i < result->swept ? &sample_sweep : NULL;
}

void sample_sweep_adaptively(alicorn_result *result)
{
    result->swept = 1;
    result->solves[1].interpolated = 1;
}

const char *alicorn_result_blas(const alicorn_result *result)
{
    (void)result;
    return "OpenBLAS 0.3.21, SkylakeX";
}

static void *need(size_t count, size_t size)
{
    void *memory = ali_calloc(count, size);
    assert_non_null(memory);
    return memory;
}

static void need_room(void **items, size_t *capacity, size_t count, size_t size)
{
    assert_int_equal(ali_grow(items, capacity, count, size), 0);
}

static void clear_solve(alicorn_solve_result *solve)
{
    for (size_t k = 0; k < solve->pattern_count; k++) {
        free(solve->patterns[k].theta_deg);
        free(solve->patterns[k].phi_deg);
        free(solve->patterns[k].e_theta);
        free(solve->patterns[k].e_phi);
        free(solve->patterns[k].e_rho);
    }
    for (size_t k = 0; k < solve->near_field_count; k++) {
        free(solve->near_fields[k].point);
        free(solve->near_fields[k].field);
    }
    free((void *)solve->ports.names);
    free((void *)solve->ports.z0);
    free(solve->ports.z);
    free(solve->ports.y);
    free(solve->ports.s);
    free(solve->ports.s_error);
    free(solve->ports.coupling_db);
    free(solve->sources);
    free(solve->connections);
    free(solve->currents);
    free(solve->face_currents);
    free(solve->patterns);
    free(solve->near_fields);
    free(solve->couplings);
    free(solve->rcs);
}

void alicorn_result_destroy(alicorn_result *result)
{
    if (!result)
        return;
    for (size_t i = 0; i < result->count; i++)
        clear_solve(&result->solves[i]);
    free(result->solves);
    free(result);
}

/* ---- model ---- */

ali_model *sample_model(const char *name, const char *comment)
{
    ali_model *model = ali_model_create();
    assert_non_null(model);
    free(model->name);
    free(model->comment);
    model->name = ali_strdup(name);
    model->comment = ali_strdup(comment);
    return model;
}

void sample_wire(ali_model *model, int tag, size_t count, ali_vec3 start, ali_vec3 end,
                 double radius)
{
    ali_vec3 *points = need(count + 1, sizeof *points);
    double *radii = need(count, sizeof *radii);
    for (size_t i = 0; i <= count; i++)
        points[i] = ali_vec3_axpy(start, (double)i / (double)count, ali_vec3_sub(end, start));
    for (size_t i = 0; i < count; i++)
        radii[i] = radius;
    assert_int_equal(
        ali_model_add_wire(model, tag, count, points, radii, (ali_origin){0, 0, "GW"}, NULL),
        ALICORN_OK);
    free(points);
    free(radii);
}

ali_model *sample_dipoles(void)
{
    ali_model *model = sample_model("dipoles.nec", "two dipoles\nside by side");
    sample_wire(model, 1, 3, (ali_vec3){0, 0, -.25}, (ali_vec3){0, 0, .25}, .001);
    sample_wire(model, 2, 3, (ali_vec3){.3, 0, -.25}, (ali_vec3){.3, 0, .25}, .001);
    return model;
}

ali_task sample_task(double frequency_hz)
{
    ali_task task;
    ali_task_init(&task);
    task.frequencies = need(1, sizeof *task.frequencies);
    task.frequencies[0] = frequency_hz;
    task.frequency_count = 1;
    return task;
}

/* Arrays of a task have no capacity of their own; samples are small, so each append copies. */
static void *append(void *items, size_t *count, const void *item, size_t size)
{
    items = realloc(items, (*count + 1) * size);
    assert_non_null(items);
    memcpy((char *)items + *count * size, item, size);
    ++*count;
    return items;
}

void sample_source(ali_task *task, size_t segment, double complex voltage)
{
    ali_source source = {.segment = segment, .voltage = voltage};
    task->drive.kind = ALI_DRIVE_SOURCES;
    task->drive.sources =
        append(task->drive.sources, &task->drive.source_count, &source, sizeof source);
}

static void add_request(ali_task *task, ali_request request)
{
    task->requests = append(task->requests, &task->request_count, &request, sizeof request);
}

void sample_request_pattern(ali_task *task, ali_pattern_request pattern)
{
    add_request(task, (ali_request){.kind = ALI_REQUEST_PATTERN, .as.pattern = pattern});
}

void sample_request_near(ali_task *task, bool magnetic, ali_near_request near)
{
    add_request(task, (ali_request){.kind = magnetic ? ALI_REQUEST_NEAR_H : ALI_REQUEST_NEAR_E,
                                    .as.near = near});
}

void sample_request_currents(ali_task *task)
{
    add_request(task, (ali_request){.kind = ALI_REQUEST_CURRENTS});
}

void sample_load(ali_task *task, ali_load load)
{
    task->loads = append(task->loads, &task->load_count, &load, sizeof load);
}

void sample_network(ali_task *task, ali_network network)
{
    task->networks = append(task->networks, &task->network_count, &network, sizeof network);
}

void sample_end_task(ali_model *model, ali_task *task)
{
    assert_int_equal(ali_model_add_task(model, task, NULL), ALICORN_OK);
}

void sample_card(ali_model *model, const char *name, const int integers[4], const double reals[6])
{
    need_room((void **)&model->echo, &model->echo_capacity, model->echo_count, sizeof *model->echo);
    ali_card_echo *card = &model->echo[model->echo_count++];
    memcpy(card->name, name, 3);
    memcpy(card->integer, integers, sizeof card->integer);
    memcpy(card->real, reals, sizeof card->real);
}

/* ---- result ---- */

alicorn_result *sample_result(void)
{
    return need(1, sizeof(alicorn_result));
}

static double complex to_c(alicorn_complex z)
{
    return z.re + z.im * I;
}

static alicorn_complex from_c(double complex z)
{
    return (alicorn_complex){creal(z), cimag(z)};
}

static alicorn_source_result source_at(const ali_model *model, size_t segment,
                                       double complex voltage, double complex impedance)
{
    double complex current = voltage / impedance;
    return (alicorn_source_result){.tag = model->segments[segment].tag,
                                   .segment = segment + 1,
                                   .voltage = from_c(voltage),
                                   .current = from_c(current),
                                   .impedance = from_c(impedance),
                                   .impedance_error = -1.0,
                                   .power_w = 0.5 * creal(voltage * conj(current))};
}

static void fill_sources(alicorn_solve_result *solve, const ali_model *model, const ali_task *task,
                         alicorn_complex z)
{
    solve->source_count = task->drive.source_count;
    solve->sources = need(solve->source_count, sizeof *solve->sources);
    for (size_t i = 0; i < solve->source_count; i++) {
        const ali_source *source = &task->drive.sources[i];
        solve->sources[i] =
            source_at(model, source->segment, source->voltage, z.re + 10.0 * (double)i + z.im * I);
        snprintf(solve->sources[i].port, sizeof solve->sources[i].port, "%zu", i + 1);
        solve->sources[i].impedance_error = 0.4;
    }
}

/** Diagonal Z of the sources' impedances, S = (Z - z0)/(Z + z0), a made-up coupling of 0.1 + 0.01
 * (row + 2 column) between ports: not reciprocal, so that a transposed matrix shows. */
static void fill_ports(alicorn_solve_result *solve)
{
    size_t n = solve->source_count;
    const char **names = need(n, sizeof *names);
    double *z0 = need(n, sizeof *z0);
    solve->ports = (alicorn_ports){.count = n,
                                   .names = names,
                                   .z0 = z0,
                                   .z = need(n * n, sizeof(alicorn_complex)),
                                   .y = need(n * n, sizeof(alicorn_complex)),
                                   .s = need(n * n, sizeof(alicorn_complex)),
                                   .s_error = need(n * n, sizeof(double)),
                                   .coupling_db = need(n * n, sizeof(double))};
    for (size_t i = 0; i < n; i++) {
        names[i] = solve->sources[i].port;
        z0[i] = 50.0;
        for (size_t j = 0; j < n; j++) {
            size_t k = i * n + j;
            double complex z = to_c(solve->sources[i].impedance);
            solve->ports.s[k] = i == j ? from_c((z - 50.0) / (z + 50.0))
                                       : (alicorn_complex){0.1 + 0.01 * (double)(i + 2 * j), -0.05};
            solve->ports.z[k] = i == j ? from_c(z) : (alicorn_complex){1.0, -2.0};
            solve->ports.y[k] = i == j ? from_c(1.0 / z) : (alicorn_complex){1e-3, 2e-3};
            solve->ports.s_error[k] = 1e-3 * (double)(k + 1);
            solve->ports.coupling_db[k] = i == j ? NAN : -10.0 - (double)(i + j);
        }
    }
}

static int is_driven(const ali_task *task, size_t segment)
{
    for (size_t i = 0; i < task->drive.source_count; i++)
        if (task->drive.sources[i].segment == segment)
            return 1;
    return 0;
}

/** Segments without a source first, as NEC lists them; each once in the samples. */
static void fill_connections(alicorn_solve_result *solve, const ali_model *model,
                             const ali_task *task)
{
    solve->connections = need(2 * task->network_count, sizeof *solve->connections);
    for (int driven = 0; driven < 2; driven++) {
        for (size_t k = 0; k < 2 * task->network_count; k++) {
            size_t segment = task->networks[k / 2].segment[k % 2];
            if (is_driven(task, segment) == driven)
                solve->connections[solve->connection_count++] =
                    source_at(model, segment, 0.25 - 0.5 * I, 20.0 + 30.0 * I);
        }
    }
}

static void fill_currents(alicorn_solve_result *solve, const ali_model *model)
{
    solve->current_count = model->segment_count;
    solve->currents = need(solve->current_count, sizeof *solve->currents);
    for (size_t i = 0; i < solve->current_count; i++) {
        const ali_segment *segment = &model->segments[i];
        ali_vec3 centre = ali_vec3_scale(0.5, ali_vec3_add(segment->start, segment->end));
        double length = ali_vec3_distance(segment->start, segment->end);
        ali_vec3 along = ali_vec3_scale(1.0 / length, ali_vec3_sub(segment->end, segment->start));
        double size = 1.0 + (double)i;
        solve->currents[i] = (alicorn_segment_current){.segment = i + 1,
                                                       .tag = segment->tag,
                                                       .centre = {centre.x, centre.y, centre.z},
                                                       .length = length,
                                                       .radius = segment->radius,
                                                       .direction = {along.x, along.y, along.z},
                                                       .current = {1e-3 * size, -2e-3 * size},
                                                       .charge = {-1e-12 * size, 1e-12}};
    }
}

/** Made up like the currents of the wires. */
static void fill_face_currents(alicorn_solve_result *solve, const ali_model *model)
{
    solve->face_current_count = model->triangle_count;
    solve->face_currents = need(solve->face_current_count, sizeof *solve->face_currents);
    for (size_t i = 0; i < solve->face_current_count; i++) {
        const ali_triangle *triangle = &model->triangles[i];
        double size = 1.0 + (double)i;
        solve->face_currents[i] =
            (alicorn_face_current){.surface = triangle->surface + 1,
                                   .triangle = i + 1,
                                   .centre = {0.1 * size, 0.2 * size, 0.3},
                                   .area = 0.5 * size,
                                   .current = {{1e-3 * size, -2e-3}, {0.0, 3e-3 * size}, {4e-3, 0}},
                                   .charge = {-5e-12 * size, 6e-12}};
    }
}

static void fill_power(alicorn_solve_result *solve)
{
    for (size_t i = 0; i < solve->source_count; i++)
        solve->power.input += solve->sources[i].power_w;
    solve->power.structure_loss = 0.02 * solve->power.input;
    solve->power.network_loss = 0.01 * solve->power.input;
    solve->power.radiated = 0.97 * solve->power.input;
    solve->power.far_field = solve->power.radiated;
    solve->has_gain = 1;
    solve->max_gain_dbi = 2.15;
    solve->max_gain_theta_deg = 90.0;
    solve->max_gain_error_db = 0.02;
    solve->average_gain = 0.9998;
}

alicorn_solve_result *sample_solve(alicorn_result *result, const ali_model *model, size_t index,
                                   double frequency_hz, alicorn_complex z)
{
    const ali_task *task = &model->tasks[index];
    need_room((void **)&result->solves, &result->capacity, result->count, sizeof *result->solves);
    alicorn_solve_result *solve = &result->solves[result->count++];
    solve->frequency_hz = frequency_hz;
    solve->task = index;
    solve->unknowns = 2 * model->segment_count;
    solve->driven = (int)task->drive.kind;
    solve->driven_port = -1;
    solve->theta_inc_deg = task->drive.waves.theta_start / ALI_DEGREE;
    solve->phi_inc_deg = task->drive.waves.phi_start / ALI_DEGREE;
    solve->eta_deg = task->drive.waves.eta / ALI_DEGREE;
    solve->axial_ratio = task->drive.waves.axial_ratio;
    solve->residual = 2e-13;
    solve->fill_s = 0.003;
    solve->factor_s = 0.0012;
    solve->solve_s = 0.0005;
    fill_currents(solve, model);
    fill_face_currents(solve, model);
    if (task->drive.source_count == 0)
        return solve;
    fill_sources(solve, model, task, z);
    fill_ports(solve);
    fill_connections(solve, model, task);
    fill_power(solve);
    return solve;
}

static void add_pattern(alicorn_solve_result *solve, const ali_pattern_request *request)
{
    size_t n = request->theta_count * request->phi_count;
    bool surface = request->mode == ALI_PATTERN_SURFACE_WAVE;
    alicorn_pattern pattern = {.mode = (int)request->mode,
                               .bistatic = solve->driven == 2,
                               .theta_count = request->theta_count,
                               .phi_count = request->phi_count,
                               .theta_deg = need(request->theta_count, sizeof(double)),
                               .phi_deg = need(request->phi_count, sizeof(double)),
                               .e_theta = need(n, sizeof(alicorn_complex)),
                               .e_phi = need(n, sizeof(alicorn_complex)),
                               .e_rho = surface ? need(n, sizeof(alicorn_complex)) : NULL,
                               .distance = request->distance,
                               .gain_scale = 0.5,
                               .below_index = 1.0,
                               .axes = request->axes,
                               .normalised = request->normalised,
                               .directive = request->directive,
                               .average = request->average,
                               .normalisation_db = request->normalisation_db,
                               .average_gain = 0.9876,
                               .solid_angle = 2.0 * ALI_PI};
    for (size_t i = 0; i < request->theta_count; i++)
        pattern.theta_deg[i] =
            (request->theta_start + (double)i * request->theta_step) / (surface ? 1.0 : ALI_DEGREE);
    for (size_t j = 0; j < request->phi_count; j++)
        pattern.phi_deg[j] = (request->phi_start + (double)j * request->phi_step) / ALI_DEGREE;
    for (size_t k = 1; k < n; k++) { /* direction 0 stays without any field */
        pattern.e_theta[k] = (alicorn_complex){1.0 + 0.1 * (double)k, 0.5};
        pattern.e_phi[k] = (alicorn_complex){0.0, k % 2 ? 0.0 : -0.3};
        if (surface)
            pattern.e_rho[k] = (alicorn_complex){-0.2, 0.1 * (double)k};
    }
    if (surface)
        pattern.e_rho[0] = pattern.e_theta[0] = (alicorn_complex){0.3, 0.4};
    solve->patterns = append(solve->patterns, &solve->pattern_count, &pattern, sizeof pattern);
}

static void add_near(alicorn_solve_result *solve, const ali_near_request *request, bool magnetic)
{
    size_t n = request->count[0] * request->count[1] * request->count[2];
    alicorn_near_field near = {.magnetic = magnetic,
                               .spherical = request->spherical,
                               .count = n,
                               .point = need(3 * n, sizeof(double)),
                               .field = need(3 * n, sizeof(alicorn_complex))};
    for (size_t k = 0; k < n; k++) {
        size_t index[3] = {k % request->count[0], k / request->count[0] % request->count[1],
                           k / request->count[0] / request->count[1]};
        for (size_t c = 0; c < 3; c++) {
            near.point[3 * k + c] = request->start[c] + (double)index[c] * request->step[c];
            near.field[3 * k + c] = (alicorn_complex){(double)c, 0.1 * (double)k};
        }
    }
    solve->near_fields = append(solve->near_fields, &solve->near_field_count, &near, sizeof near);
}

void sample_answers(alicorn_solve_result *solve, const ali_model *model)
{
    const ali_task *task = &model->tasks[solve->task];
    for (size_t k = 0; k < task->request_count; k++) {
        const ali_request *request = &task->requests[k];
        if (request->kind == ALI_REQUEST_PATTERN)
            add_pattern(solve, &request->as.pattern);
        else if (request->kind == ALI_REQUEST_NEAR_E || request->kind == ALI_REQUEST_NEAR_H)
            add_near(solve, &request->as.near, request->kind == ALI_REQUEST_NEAR_H);
    }
}

void sample_add_coupling(alicorn_solve_result *solve, const ali_model *model, size_t a, size_t b,
                         int valid)
{
    alicorn_coupling coupling = {.segment = {a + 1, b + 1},
                                 .tag = {model->segments[a].tag, model->segments[b].tag},
                                 .valid = valid,
                                 .maximum_db = -13.706,
                                 .load = {52.5, 36.0},
                                 .input = {48.25, -30.5}};
    solve->couplings = append(solve->couplings, &solve->coupling_count, &coupling, sizeof coupling);
}

void sample_add_rcs(alicorn_solve_result *solve, double theta_deg, double vv_dbsm)
{
    alicorn_rcs rcs = {.theta_deg = theta_deg,
                       .phi_deg = 10.0,
                       .theta_inc_deg = solve->theta_inc_deg,
                       .phi_inc_deg = solve->phi_inc_deg,
                       .vv_dbsm = vv_dbsm,
                       .hv_dbsm = -HUGE_VAL,
                       .vh_dbsm = -HUGE_VAL,
                       .hh_dbsm = -40.0};
    solve->rcs = append(solve->rcs, &solve->rcs_count, &rcs, sizeof rcs);
}

static void full_task(ali_model *model)
{
    const ali_pattern_request far = {.theta_count = 3,
                                     .theta_step = 0.5,
                                     .phi_count = 2,
                                     .phi_step = 1.0,
                                     .average = 1,
                                     .normalised = 5};
    const ali_pattern_request surface = {.mode = ALI_PATTERN_SURFACE_WAVE,
                                         .theta_count = 2,
                                         .theta_start = 1.0,
                                         .theta_step = 10.0,
                                         .phi_count = 1,
                                         .distance = 500.0};
    const ali_near_request near = {
        .count = {2, 1, 1}, .start = {1.0, 0.0, 0.5}, .step = {0.5, 0.0, 0.0}};
    ali_task task = sample_task(290e6);
    sample_source(&task, 1, 1.0);
    sample_source(&task, 4, 1.0 * I);
    sample_network(&task, (ali_network){.kind = ALI_NETWORK_LINE, .segment = {1, 3}, .z0 = 50.0});
    sample_request_pattern(&task, far);
    sample_request_pattern(&task, surface);
    sample_request_near(&task, false, near);
    sample_request_near(&task, true, near);
    sample_end_task(model, &task);
    task = sample_task(300e6);
    task.drive.kind = ALI_DRIVE_PLANE_WAVE;
    task.drive.waves =
        (ali_plane_waves){.theta_count = 1, .phi_count = 1, .theta_start = 30.0 * ALI_DEGREE};
    sample_request_pattern(&task, far);
    sample_end_task(model, &task);
}

void sample_full(ali_model **model, alicorn_result **result)
{
    *model = sample_dipoles();
    full_task(*model);
    *result = sample_result();
    for (int k = 0; k < 2; k++) {
        alicorn_solve_result *solve =
            sample_solve(*result, *model, 0, 290e6 + 20e6 * k, (alicorn_complex){72.13, -2.3});
        sample_answers(solve, *model);
        sample_add_coupling(solve, *model, 1, 4, 1);
        sample_add_coupling(solve, *model, 0, 5, 0);
    }
    alicorn_solve_result *wave = sample_solve(*result, *model, 1, 300e6, (alicorn_complex){0, 0});
    sample_answers(wave, *model);
    sample_add_rcs(wave, 30.0, -12.5);
    sample_add_rcs(wave, 60.0, -HUGE_VAL);
}

static void add_job_task(ali_model *job, double frequency_hz)
{
    ali_task task = sample_task(frequency_hz);
    sample_source(&task, 0, 1.0);
    sample_request_currents(&task);
    sample_end_task(job, &task);
}

/** As sample_solve, for a task of a later job: `before` tasks come before its own. */
static void solve_of_job(alicorn_result *result, const ali_model *job, size_t index, size_t before)
{
    sample_solve(result, job, index, job->tasks[index].frequencies[0], (alicorn_complex){72, 1})
        ->task = before + index;
}

void sample_two_jobs(ali_model **model, alicorn_result **result)
{
    ali_model *second = sample_model("jobs.nec", "second");
    *model = sample_model("jobs.nec", "first");
    (*model)->next = second;
    sample_wire(*model, 1, 1, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, .001);
    sample_wire(second, 2, 2, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, .001);
    add_job_task(*model, 100e6);
    add_job_task(second, 200e6);
    add_job_task(second, 300e6);
    *result = sample_result();
    solve_of_job(*result, *model, 0, 0);
    solve_of_job(*result, second, 0, 1);
    solve_of_job(*result, second, 1, 1);
}

static const char *const mast_ports[] = {"UHF-1", "AIS/top", "L band"};

static void add_hull(ali_model *model)
{
    const ali_vec3 vertices[] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}};
    const size_t triangles[][3] = {{0, 1, 2}, {0, 2, 3}};
    ali_surface surface = ali_surface_default();
    surface.name = "hull";
    assert_int_equal(ali_model_add_surface(model, 4, vertices, 2, triangles, &surface, NULL),
                     ALICORN_OK);
}

/** Leave one of the sources: the others are terminations, which take a tenth of its power. */
static void drive_one(alicorn_solve_result *solve, size_t port)
{
    solve->driven_port = (int)port;
    solve->sources[0] = solve->sources[port];
    snprintf(solve->sources[0].port, sizeof solve->sources[0].port, "%s", mast_ports[port]);
    solve->source_count = 1;
    for (size_t i = 0; i < solve->ports.count; i++)
        ((const char **)solve->ports.names)[i] = mast_ports[i];
    alicorn_power *power = &solve->power;
    power->input = solve->sources[0].power_w;
    power->structure_loss = 0.02 * power->input;
    power->network_loss = 0.0;
    power->termination = 0.1 * power->input;
    power->radiated = power->far_field = 0.88 * power->input;
    solve->max_gain_dbi = 2.0 + (double)port;
}

void sample_mast(const ali_pattern_request *pattern, ali_model **model, alicorn_result **result)
{
    *model = sample_model("mast.yaml", "a mast");
    sample_wire(*model, 1, 3, (ali_vec3){0, 0, 0}, (ali_vec3){0, 0, 1}, .001);
    add_hull(*model);
    ali_task task = sample_task(300e6);
    for (size_t i = 0; i < 3; i++)
        sample_source(&task, i, 1.0);
    task.drive.in_turn = true;
    sample_request_pattern(&task, *pattern);
    sample_end_task(*model, &task);
    *result = sample_result();
    for (size_t i = 0; i < 6; i++) {
        alicorn_solve_result *solve =
            sample_solve(*result, *model, 0, i < 3 ? 300e6 : 200e6, (alicorn_complex){60.0, 12.0});
        drive_one(solve, i % 3);
        sample_answers(solve, *model);
    }
}

void sample_close(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance))
        fail_msg("%.17g is not %.17g within %g", got, expected, tolerance);
}

/* ---- text ---- */

static char *read_all(FILE *stream)
{
    assert_int_equal(fseek(stream, 0, SEEK_END), 0);
    long size = ftell(stream);
    assert_true(size >= 0);
    rewind(stream);
    char *text = need((size_t)size + 1, 1);
    assert_int_equal(fread(text, 1, (size_t)size, stream), size);
    return text;
}

char *sample_written(sample_write_fn write, void *user)
{
    alicorn_error error = {0};
    FILE *stream = tmpfile();
    assert_non_null(stream);
    alicorn_status status = write(stream, user, &error);
    if (status != ALICORN_OK)
        fail_msg("%s: %s", alicorn_status_text(status), error.message);
    char *text = read_all(stream);
    fclose(stream);
    return text;
}

char *sample_file(const char *path)
{
    FILE *stream = fopen(path, "r");
    if (!stream)
        fail_msg("%s cannot be opened", path);
    char *text = read_all(stream);
    fclose(stream);
    return text;
}
