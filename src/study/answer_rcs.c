/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/blas.h"
#include "observe/rcs.h"
#include "operator/face_excitation.h"
#include "operator/face_wave.h"
#include "study/answer.h"
#include "study/wave_span.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** @file
 *  Radar cross-sections. The scattered far field of polarisation p^ towards r^ is bilinear in two
 * plane waves,
 *
 *      p^.F = -jk eta/(4 pi) v_r . Z^-1 v_t,
 *
 *  v_t of the incident wave and v_r of one that would come from the receiver (reciprocity). On
 * bodies under the combined-field equation v_t has combined rows, v_r has not. So all directions
 * are right-hand sides of one factorisation, most of them combinations of few (wave_span.h), and
 * the product of both residuals on the probes estimates the error, as with ports. */

/** Bytes that one block of waves may take, and bounds of its directions. */
static const double BLOCK_BYTES = 32e6;
enum { BLOCK_LEAST = 32, BLOCK_MOST = 512 };

/** Backward error to which waves are solved: a five-hundredth of what the quadrature leaves of
 * every bilinear result (ALI_QUADRATURE_ERROR), and about that of single precision. */
static const double WAVE_TARGET = 1e-6;

/** Directions further below the horizon of a ground get nothing [cosine of the angle from the
 * zenith], as far fields. */
static const double HORIZON = -1.7e-4;

/** What is the same for all blocks. */
typedef struct rcs_work {
    ali_unit *unit;
    const ali_task *task;
    size_t n, elements, rows; /**< rows = n + elements */
    size_t *all;              /**< [elements] every element, for the probes */
    ali_face_waves *waves;
    ali_wave_span span;     /**< of the right-hand sides solved so far */
    double complex *shares; /**< [2 capacity of a block][span.capacity] */
    bool *kept;             /**< [2 capacity of a block] */
    double residual;        /**< largest relative residual of the waves */
} rcs_work;

/** Waves of both polarisations from some directions of a grid. Wave 2 i comes from direction i with
 * E along theta^, wave 2 i + 1 along phi^. */
typedef struct wave_block {
    size_t count;        /**< directions */
    size_t *at;          /**< [capacity] which of the grid */
    double *theta, *phi; /**< [capacity] [rad] */
    double complex *v;   /**< [2 capacity][rows] right-hand sides, unknowns and probes */
    double complex *x;   /**< [2 capacity][rows] solutions, and their residuals on the probes */
    bool solved;         /**< x is set */
} wave_block;

static void block_clear(wave_block *block)
{
    free(block->at);
    free(block->theta);
    free(block->phi);
    free(block->v);
    free(block->x);
}

static alicorn_status block_create(const rcs_work *work, size_t capacity, wave_block *block,
                                   alicorn_error *error)
{
    *block = (wave_block){0};
    block->at = ali_calloc(capacity, sizeof *block->at);
    block->theta = ali_calloc(capacity, sizeof *block->theta);
    block->phi = ali_calloc(capacity, sizeof *block->phi);
    block->v = ali_calloc(2 * capacity * work->rows, sizeof *block->v);
    block->x = ali_calloc(2 * capacity * work->rows, sizeof *block->x);
    if (block->at && block->theta && block->phi && block->v && block->x)
        return ALICORN_OK;
    return ali_error_memory(error, 4 * capacity * work->rows * sizeof *block->v,
                            "plane waves of the cross-sections");
}

/** Directions that one block takes. */
static size_t block_capacity(size_t rows, size_t directions)
{
    double fit = BLOCK_BYTES / (4.0 * (double)rows * sizeof(double complex));
    size_t capacity = fit < BLOCK_LEAST ? BLOCK_LEAST : fit > BLOCK_MOST ? BLOCK_MOST : (size_t)fit;
    return capacity < directions ? capacity : directions;
}

static size_t grid_count(const ali_direction_grid *grid)
{
    return grid->theta_count * grid->phi_count;
}

/** Directions whose waves are solved for. `estimated`: errors are, with those of the receiver. */
static size_t solved_directions(const ali_rcs_request *request, bool estimated)
{
    size_t incident = grid_count(&request->incident);
    return request->bistatic && estimated ? incident + grid_count(&request->receive) : incident;
}

size_t ali_answer_rcs_bytes(const ali_rcs_request *request, size_t unknowns, size_t probes)
{
    size_t rows = unknowns + probes,
           capacity = block_capacity(rows, grid_count(&request->incident));
    size_t span = ali_wave_span_capacity(rows, 2 * solved_directions(request, true));
    if (request->bistatic)
        capacity += block_capacity(rows, grid_count(&request->receive));
    /* and the solver's copy of what it is given at a time */
    return (4 * capacity * rows + 2 * capacity * (unknowns + span)) * sizeof(double complex) +
           ali_wave_span_bytes(rows, span);
}

/** Wave w of a block. */
static ali_plane_wave wave_of(const rcs_work *work, const wave_block *block, size_t w)
{
    const ali_ground *ground = &work->task->ground;
    ali_plane_wave wave = {.theta = block->theta[w / 2],
                           .phi = block->phi[w / 2],
                           .e_theta = w % 2 == 0,
                           .e_phi = w % 2 == 1,
                           .k = work->unit->k,
                           .ground = ground->kind,
                           .permittivity = 1.0};
    if (ground->kind == ALI_GROUND_REFLECTION)
        wave.permittivity = ali_medium_permittivity(&ground->medium, work->unit->omega);
    return wave;
}

/** No wave comes from below a ground's horizon. */
static bool is_hidden(const ali_plane_wave *wave)
{
    return wave->ground != ALI_GROUND_NONE && cos(wave->theta) < HORIZON;
}

/** Right-hand sides of the next `count` directions of a grid, `first` of which are done. They are
 * taken from all over the grid, so that the first block leaves little to be solved for later ones.
 */
static void excite_block(const rcs_work *work, const ali_direction_grid *grid, size_t first,
                         size_t count, wave_block *block)
{
    double start = ali_clock_seconds();
    size_t directions = grid_count(grid), step = ali_wave_span_step(directions);
    for (size_t i = 0; i < count; i++) {
        size_t at = (first + i) * step % directions;
        block->at[i] = at;
        block->theta[i] = grid->theta_start + (double)(at % grid->theta_count) * grid->theta_step;
        block->phi[i] = grid->phi_start + (double)(at / grid->theta_count) * grid->phi_step;
    }
    block->count = count;
    block->solved = false;
#pragma omp parallel for schedule(static) num_threads(work->unit->system.setup.threads)
    for (size_t i = 0; i < count; i++) {
        const ali_plane_wave wave[2] = {wave_of(work, block, 2 * i),
                                        wave_of(work, block, 2 * i + 1)};
        double complex *v = block->v + 2 * i * work->rows;
        if (is_hidden(&wave[0]))
            memset(v, 0, 2 * work->rows * sizeof *v);
        else
            ali_face_waves_excite(work->waves, 2, wave,
                                  (double complex *const[2]){v, v + work->rows});
    }
    work->unit->solve_s += ali_clock_seconds() - start;
}

/** Add the port solutions, and their residuals, times the port voltages v [ports][columns]. */
static void add_port_solutions(const rcs_work *work, size_t columns, const double complex *v,
                               double complex *x)
{
    enum { CHUNK = 64 };
    const ali_unit *unit = work->unit;
    size_t ports = unit->ports.count;
    int former = ali_blas_set_threads(1);
#pragma omp parallel for schedule(static) num_threads(unit->system.setup.threads)
    for (size_t first = 0; first < columns; first += CHUNK) {
        size_t count = columns - first < CHUNK ? columns - first : CHUNK;
        double complex *to = x + first * work->rows;
        ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, work->n, count, ports, 1.0, unit->x,
                       work->n, v + first, columns, 1.0, to, work->rows);
        if (unit->probe && work->elements > 0)
            ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_TRANSPOSED, work->elements, count, ports, 1.0,
                           unit->probe, work->elements, v + first, columns, 1.0, to + work->n,
                           work->rows);
    }
    ali_blas_set_threads(former);
}

/** The task's networks hang on the structure: port voltages for every wave, and what they add to
 * the solutions and residuals for shorted ports. */
static alicorn_status attach_networks(const rcs_work *work, wave_block *block, alicorn_error *error)
{
    const ali_unit *unit = work->unit;
    size_t ports = unit->ports.count, columns = 2 * block->count;
    if (work->task->network_count == 0 && !ali_task_terminates(work->task))
        return ALICORN_OK;
    double complex *v = ali_calloc(3 * ports * columns, sizeof *v);
    bool *driven = ali_calloc(ports, sizeof *driven);
    alicorn_status status = ALICORN_OK;
    if (!v || !driven) {
        status = ali_error_memory(error, 3 * ports * columns * sizeof *v, "port voltages");
        goto cleanup;
    }
    double complex *incident = v + ports * columns, *network = incident + ports * columns;
    for (size_t p = 0; p < ports; p++)
        for (size_t w = 0; w < columns; w++)
            incident[p * columns + w] =
                ali_functional_apply(&unit->ports.ports[p].gap, block->x + w * work->rows, work->n);
    status = ali_answer_circuit(unit, work->task, driven, columns, v, incident, network, error);
    if (!status)
        add_port_solutions(work, columns, v, block->x);
cleanup:
    free(v);
    free(driven);
    return status;
}

/** Solve columns of `rows` numbers as they are, residuals on the probes included. */
static alicorn_status solve_columns(rcs_work *work, size_t columns, double complex *x,
                                    alicorn_error *error)
{
    alicorn_status status =
        ali_unit_solve_to(work->unit, WAVE_TARGET, columns, x, &work->residual, error);
    double start = ali_clock_seconds();
    if (!status && work->unit->probe)
        status = ali_system_probe(&work->unit->system, work->elements, work->all, columns,
                                  work->rows, x, error);
    work->unit->solve_s += ali_clock_seconds() - start;
    return status;
}

/** The same by solving what is new only. */
static alicorn_status solve_new(rcs_work *work, size_t columns, double complex *x,
                                alicorn_error *error)
{
    ali_wave_span *span = &work->span;
    size_t rows = work->rows, known = span->count;
    double start = ali_clock_seconds();
    ali_wave_span_split(span, columns, x, work->shares, work->kept);
    work->unit->solve_s += ali_clock_seconds() - start;
    memcpy(span->y + known * rows, span->q + known * rows,
           (span->count - known) * rows * sizeof *span->y);
    alicorn_status status = solve_columns(work, span->count - known, span->y + known * rows, error);
    for (size_t j = 0, run; j < columns && !status; j += run) {
        for (run = 1; j + run < columns && work->kept[j + run] == work->kept[j];)
            run++;
        if (work->kept[j])
            status = solve_columns(work, run, x + j * rows, error);
    }
    start = ali_clock_seconds();
    if (!status)
        ali_wave_span_combine(span, columns, work->shares, x);
    work->unit->solve_s += ali_clock_seconds() - start;
    return status;
}

static alicorn_status solve_block(rcs_work *work, wave_block *block, alicorn_error *error)
{
    size_t columns = 2 * block->count;
    const double *share = work->unit->system.share;
#pragma omp parallel for schedule(static) num_threads(work->unit->system.setup.threads)
    for (size_t w = 0; w < columns; w++) {
        ali_plane_wave wave = wave_of(work, block, w);
        memcpy(block->x + w * work->rows, block->v + w * work->rows, work->rows * sizeof *block->x);
        if (share && !is_hidden(&wave))
            ali_combine_plane_wave(work->unit->basis, share, &wave, block->x + w * work->rows);
    }
    alicorn_status status = solve_new(work, columns, block->x, error);
    if (!status)
        status = attach_networks(work, block, error);
    block->solved = !status;
    return status;
}

/** Level of an error above a field's magnitude [dB]; -1 if there is none. */
static double error_db(double magnitude, double deviation)
{
    return magnitude > 0.0 ? 20.0 * log10(1.0 + deviation / magnitude) : -1.0;
}

/** sum v_i x_i. */
static double complex product_of(size_t n, const double complex *v, const double complex *x)
{
    double re = 0.0, im = 0.0;
#pragma omp simd reduction(+ : re, im)
    for (size_t i = 0; i < n; i++) {
        re += creal(v[i]) * creal(x[i]) - cimag(v[i]) * cimag(x[i]);
        im += creal(v[i]) * cimag(x[i]) + cimag(v[i]) * creal(x[i]);
    }
    return CMPLX(re, im);
}

/** Cross-section between direction t of a solved block and direction r of another (or the same).
 */
static alicorn_rcs combine(const rcs_work *work, const wave_block *transmit, size_t t,
                           const wave_block *receive, size_t r)
{
    const ali_unit *unit = work->unit;
    double scale = unit->k * ALI_ETA0 / (4.0 * ALI_PI);
    double complex field[2][2]; /* [transmitted][received] */
    double errors[2][2] = {{-1.0, -1.0}, {-1.0, -1.0}};
    for (size_t q = 0; q < 2; q++)
        for (size_t p = 0; p < 2; p++) {
            const double complex *v = receive->v + (2 * r + p) * work->rows;
            const double complex *x = transmit->x + (2 * t + q) * work->rows;
            double complex sum = product_of(work->n, v, x);
            field[q][p] = scale * sum;
            if (!unit->probe || !receive->solved)
                continue;
            const double complex *dual = receive->x + (2 * r + p) * work->rows;
            double deviation = ali_unit_error(unit, dual + work->n, x + work->n) +
                               ALI_QUADRATURE_ERROR * cabs(sum);
            errors[q][p] = error_db(cabs(sum), deviation);
        }
    ali_rcs_angles angles = {.theta = receive->theta[r],
                             .phi = receive->phi[r],
                             .theta_inc = transmit->theta[t],
                             .phi_inc = transmit->phi[t]};
    alicorn_rcs rcs = ali_rcs_combine(&angles, field[0], field[1]);
    rcs.vv_error_db = errors[0][0];
    rcs.hv_error_db = errors[0][1];
    rcs.vh_error_db = errors[1][0];
    rcs.hh_error_db = errors[1][1];
    return rcs;
}

/** All cross-sections of a block of incident directions that has been solved, to
 * out[direction][each].
 */
static alicorn_status receive_all(rcs_work *work, const ali_rcs_request *request,
                                  const wave_block *transmit, wave_block *receive, size_t capacity,
                                  alicorn_rcs *out, alicorn_error *error)
{
    int threads = work->unit->system.setup.threads;
    if (!request->bistatic) {
#pragma omp parallel for schedule(static) num_threads(threads)
        for (size_t i = 0; i < transmit->count; i++)
            out[transmit->at[i]] = combine(work, transmit, i, transmit, i);
        return ALICORN_OK;
    }
    size_t each = grid_count(&request->receive);
    alicorn_status status = ALICORN_OK;
    for (size_t first = 0; first < each && !status; first += capacity) {
        size_t count = each - first < capacity ? each - first : capacity;
        excite_block(work, &request->receive, first, count, receive);
        if (work->unit->probe)
            status = solve_block(work, receive, error);
        if (status)
            break;
#pragma omp parallel for schedule(static) num_threads(threads)
        for (size_t i = 0; i < transmit->count * count; i++)
            out[transmit->at[i / count] * each + receive->at[i % count]] =
                combine(work, transmit, i / count, receive, i % count);
    }
    return status;
}

static void describe(const rcs_work *work, size_t task_index, alicorn_solve_result *result)
{
    ali_unit *unit = work->unit;
    result->frequency_hz = unit->frequency;
    result->task = task_index;
    result->unknowns = unit->basis->count;
    result->driven = 4;
    result->residual = fmax(unit->residual, work->residual);
    ali_unit_times(unit, result);
    result->max_gain_error_db = -1.0;
}

alicorn_status ali_answer_rcs(ali_unit *unit, const ali_task *task, size_t task_index,
                              alicorn_solve_result *result, alicorn_error *error)
{
    const ali_rcs_request *request = &task->requests[0].as.rcs;
    size_t directions = grid_count(&request->incident);
    size_t each = request->bistatic ? grid_count(&request->receive) : 1;
    rcs_work work = {
        .unit = unit, .task = task, .n = unit->basis->count, .elements = unit->basis->probe_count};
    work.rows = work.n + work.elements;
    wave_block transmit = {0}, receive = {0};
    size_t capacity = block_capacity(work.rows, directions);
    size_t receive_capacity = block_capacity(work.rows, each);
    alicorn_status status = ALICORN_OK;
    work.all = ali_calloc(work.elements, sizeof *work.all);
    result->rcs = ali_calloc(directions * each, sizeof *result->rcs);
    size_t widest = 2 * (capacity > receive_capacity ? capacity : receive_capacity);
    size_t vectors =
        ali_wave_span_capacity(work.rows, 2 * solved_directions(request, unit->probe != NULL));
    work.shares = ali_calloc(widest * vectors, sizeof *work.shares);
    work.kept = ali_calloc(widest, sizeof *work.kept);
    if (!work.all || !result->rcs || !work.shares || !work.kept ||
        ali_wave_span_create(work.rows, vectors, unit->system.setup.threads, &work.span)) {
        status = ali_error_memory(error, directions * each * sizeof *result->rcs, "cross-sections");
        goto cleanup;
    }
    result->rcs_count = directions * each;
    for (size_t e = 0; e < work.elements; e++)
        work.all[e] = e;
    if ((status = ali_face_waves_create(unit->basis, &work.waves, error)) ||
        (status = block_create(&work, capacity, &transmit, error)) ||
        (request->bistatic && (status = block_create(&work, receive_capacity, &receive, error))))
        goto cleanup;
    for (size_t first = 0; first < directions && !status; first += capacity) {
        size_t count = directions - first < capacity ? directions - first : capacity;
        excite_block(&work, &request->incident, first, count, &transmit);
        status = solve_block(&work, &transmit, error);
        if (!status)
            status = receive_all(&work, request, &transmit, &receive, receive_capacity, result->rcs,
                                 error);
        if (!status)
            status = ali_unit_advance(unit, first + count, directions, error);
    }
    describe(&work, task_index, result);
cleanup:
    block_clear(&transmit);
    block_clear(&receive);
    ali_face_waves_destroy(work.waves);
    ali_wave_span_clear(&work.span);
    free(work.shares);
    free(work.kept);
    free(work.all);
    return status;
}

/* ---- cross-sections of patterns ---- */

/** Polarisation of a task's waves: 0 along theta^, 1 along phi^, -1 neither. */
static int pure_polarisation(const ali_plane_waves *waves)
{
    const double pure = 1.0 - 1e-12;
    if (waves->polarisation != ALI_POL_LINEAR && waves->axial_ratio > 0.0)
        return -1;
    return fabs(cos(waves->eta)) > pure ? 0 : fabs(sin(waves->eta)) > pure ? 1 : -1;
}

alicorn_status ali_answer_pattern_rcs(ali_answer *answer, const alicorn_pattern *pattern,
                                      alicorn_error *error)
{
    alicorn_solve_result *result = answer->result;
    const ali_drive *drive = &answer->task->drive;
    int transmitted = drive->kind == ALI_DRIVE_PLANE_WAVE ? pure_polarisation(&drive->waves) : -1;
    if (transmitted < 0 || pattern->mode == ALI_PATTERN_SURFACE_WAVE)
        return ALICORN_OK;
    size_t count = pattern->theta_count * pattern->phi_count;
    alicorn_rcs *grown = realloc(result->rcs, (result->rcs_count + count) * sizeof *result->rcs);
    if (!grown)
        return ali_error_memory(error, count * sizeof *grown, "cross-sections");
    result->rcs = grown;
    for (size_t i = 0; i < count; i++) {
        const double complex zero[2] = {0.0, 0.0};
        const double complex field[2] = {CMPLX(pattern->e_theta[i].re, pattern->e_theta[i].im),
                                         CMPLX(pattern->e_phi[i].re, pattern->e_phi[i].im)};
        ali_rcs_angles angles = {.theta = pattern->theta_deg[i % pattern->theta_count] * ALI_DEGREE,
                                 .phi = pattern->phi_deg[i / pattern->theta_count] * ALI_DEGREE,
                                 .theta_inc = result->theta_inc_deg * ALI_DEGREE,
                                 .phi_inc = result->phi_inc_deg * ALI_DEGREE};
        alicorn_rcs rcs = ali_rcs_combine(&angles, transmitted == 0 ? field : zero,
                                          transmitted == 0 ? zero : field);
        *(transmitted == 0 ? &rcs.vh_dbsm : &rcs.vv_dbsm) = NAN;
        *(transmitted == 0 ? &rcs.hh_dbsm : &rcs.hv_dbsm) = NAN;
        rcs.vv_error_db = rcs.hv_error_db = rcs.vh_error_db = rcs.hh_error_db = -1.0;
        result->rcs[result->rcs_count++] = rcs;
    }
    return ALICORN_OK;
}
