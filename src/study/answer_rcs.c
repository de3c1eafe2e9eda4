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
 * are right-hand sides of one factorisation, most of them combinations v_t = Q c of few vectors Q
 * (wave_span.h) with solutions Y, and with g = Y^T v_r a field is the short product g . c. The
 * product of both residuals on the probes estimates the error, as with ports. */

/** Bytes that one block of waves may take, and bounds of its directions. */
static const double BLOCK_BYTES = 16e6;
enum { BLOCK_LEAST = 32, BLOCK_MOST = 512 };
/** Waves that one thread takes at a time. */
enum { CHUNK = 32 };

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
    ali_wave_span span; /**< of the right-hand sides solved so far */
    bool *kept;         /**< [2 capacity of a block] */
    double residual;    /**< largest relative residual of the waves */
} rcs_work;

/** Waves of both polarisations from some directions of a grid. Wave 2 i comes from direction i with
 * E along theta^, wave 2 i + 1 along phi^. A solution is Y c, one of its own where the span was
 * full, and port solutions times the voltages that the networks leave at the ports. */
typedef struct wave_block {
    size_t count;              /**< directions */
    size_t *at;                /**< [capacity] which of the grid */
    double *theta, *phi;       /**< [capacity] [rad] */
    double complex *v;         /**< [2 capacity][rows] the waves on unknowns and probes */
    double complex *b;         /**< [2 capacity][rows] right-hand sides; v but for combined rows */
    double complex *c;         /**< [2 capacity][span.capacity]; 0 for a solution of its own */
    double complex *own;       /**< [own_count][rows] solutions of its own; NULL: none */
    size_t *own_at;            /**< [2 capacity] ALI_NONE: none */
    size_t own_count, vectors; /**< vectors: of the span, that c goes with */
    double complex *voltage;   /**< [2 capacity][ports]; NULL: no networks */
    double complex *residual;  /**< [2 capacity][elements] of the solutions on the probes */
    double complex *g; /**< [2 capacity][span.capacity + ports] Y and port solutions times v */
    bool solved;       /**< the solutions and their residuals are set */
} wave_block;

static void block_clear(wave_block *block)
{
    if (block->b != block->v)
        free(block->b);
    free(block->at);
    free(block->theta);
    free(block->phi);
    free(block->v);
    free(block->c);
    free(block->own);
    free(block->own_at);
    free(block->voltage);
    free(block->residual);
    free(block->g);
}

/** Numbers per row of wave_block.g. */
static size_t products_of(const rcs_work *work)
{
    return work->span.capacity + work->unit->ports.count;
}

static alicorn_status block_create(const rcs_work *work, size_t capacity, wave_block *block,
                                   alicorn_error *error)
{
    size_t waves = 2 * capacity;
    *block = (wave_block){0};
    block->at = ali_calloc(capacity, sizeof *block->at);
    block->theta = ali_calloc(capacity, sizeof *block->theta);
    block->phi = ali_calloc(capacity, sizeof *block->phi);
    block->v = ali_calloc(waves * work->rows, sizeof *block->v);
    block->b =
        work->unit->system.share ? ali_calloc(waves * work->rows, sizeof *block->b) : block->v;
    block->c = ali_calloc(waves * work->span.capacity, sizeof *block->c);
    block->own_at = ali_calloc(waves, sizeof *block->own_at);
    block->residual = ali_calloc(waves * work->elements, sizeof *block->residual);
    block->g = ali_calloc(waves * products_of(work), sizeof *block->g);
    bool networks = work->task->network_count > 0 || ali_task_terminates(work->task);
    if (networks)
        block->voltage = ali_calloc(waves * work->unit->ports.count, sizeof *block->voltage);
    if (block->at && block->theta && block->phi && block->v && block->b && block->c &&
        block->own_at && block->residual && block->g && (!networks || block->voltage))
        return ALICORN_OK;
    return ali_error_memory(error, waves * work->rows * sizeof *block->v,
                            "plane waves of the cross-sections");
}

/** Directions that one block takes. */
static size_t block_capacity(size_t rows, size_t directions)
{
    double fit = BLOCK_BYTES / (2.0 * (double)rows * sizeof(double complex));
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

size_t ali_answer_rcs_bytes(const ali_rcs_request *request, size_t unknowns, size_t probes,
                            bool single)
{
    size_t rows = unknowns + probes;
    size_t transmit = block_capacity(rows, grid_count(&request->incident));
    size_t receive = request->bistatic ? block_capacity(rows, grid_count(&request->receive)) : 0;
    size_t span = ali_wave_span_capacity(rows, 2 * solved_directions(request, true));
    size_t solved = 2 * (transmit > receive ? transmit : receive);
    /* waves, combined rows, and their products with the span */
    return 2 * (transmit + receive) * (2 * rows + 2 * span + probes) * sizeof(double complex) +
           ali_wave_span_bytes(rows, span) + ali_system_solve_bytes(unknowns, solved, single);
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
    if (ali_ground_is_lossy(ground))
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

/** to [columns][ld_to] = alpha op(left) right + beta to for many columns, on all threads; BLAS is
 * on one. */
static void multiply_wide(int threads, ali_blas_op op, size_t m, size_t columns, size_t k,
                          const double complex *left, size_t ld_left, const double complex *right,
                          size_t ld_right, double beta, double complex *to, size_t ld_to)
{
    if (m > 0 && k > 0)
#pragma omp parallel for schedule(static) num_threads(threads)
        for (size_t first = 0; first < columns; first += CHUNK)
            ali_blas_zgemm(op, ALI_BLAS_PLAIN, m, columns - first < CHUNK ? columns - first : CHUNK,
                           k, 1.0, left, ld_left, right + first * ld_right, ld_right, beta,
                           to + first * ld_to, ld_to);
}

/** Current of wave w's solution at a port, all ports shorted. The functional of every vector of the
 * span is in `of_vector`. */
static double complex port_current(const rcs_work *work, const wave_block *block, size_t w,
                                   const ali_functional *gap, const double complex *of_vector)
{
    if (block->own_at[w] != ALI_NONE)
        return ali_functional_apply(gap, block->own + block->own_at[w] * work->rows, work->n);
    double complex sum = 0.0;
    for (size_t k = 0; k < block->vectors; k++)
        sum += of_vector[k] * block->c[w * work->span.capacity + k];
    return sum;
}

/** The task's networks hang on the structure: port voltages for every wave, and what they add to
 * the residuals for shorted ports. */
static alicorn_status attach_networks(const rcs_work *work, wave_block *block, alicorn_error *error)
{
    const ali_unit *unit = work->unit;
    size_t ports = unit->ports.count, columns = 2 * block->count;
    if (!block->voltage)
        return ALICORN_OK;
    double complex *v = ali_calloc(3 * ports * columns + block->vectors, sizeof *v);
    bool *driven = ali_calloc(ports, sizeof *driven);
    alicorn_status status = ALICORN_OK;
    if (!v || !driven) {
        status = ali_error_memory(error, 3 * ports * columns * sizeof *v, "port voltages");
        goto cleanup;
    }
    double complex *incident = v + ports * columns, *network = incident + ports * columns;
    double complex *of_vector = network + ports * columns;
    for (size_t p = 0; p < ports; p++) {
        const ali_functional *gap = &unit->ports.ports[p].gap;
        for (size_t k = 0; k < block->vectors; k++)
            of_vector[k] = ali_functional_apply(gap, work->span.y + k * work->rows, work->n);
        for (size_t w = 0; w < columns; w++)
            incident[p * columns + w] = port_current(work, block, w, gap, of_vector);
    }
    status = ali_answer_circuit(unit, work->task, driven, columns, v, incident, network, error);
    if (status)
        goto cleanup;
    for (size_t w = 0; w < columns; w++)
        for (size_t p = 0; p < ports; p++)
            block->voltage[w * ports + p] = v[p * columns + w];
    if (unit->probe)
        multiply_wide(unit->system.setup.threads, ALI_BLAS_PLAIN, work->elements, columns, ports,
                      unit->probe, work->elements, block->voltage, ports, 1.0, block->residual,
                      work->elements);
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

/** Solve for the waves that the span has no room for. */
static alicorn_status solve_own(rcs_work *work, wave_block *block, alicorn_error *error)
{
    size_t rows = work->rows, columns = 2 * block->count;
    free(block->own);
    block->own = NULL;
    block->own_count = 0;
    for (size_t w = 0; w < columns; w++)
        block->own_at[w] = work->kept[w] ? block->own_count++ : ALI_NONE;
    if (block->own_count == 0)
        return ALICORN_OK;
    block->own = ali_calloc(block->own_count * rows, sizeof *block->own);
    if (!block->own)
        return ali_error_memory(error, block->own_count * rows * sizeof *block->own,
                                "plane waves of the cross-sections");
    for (size_t w = 0; w < columns; w++)
        if (work->kept[w]) {
            memcpy(block->own + block->own_at[w] * rows, block->b + w * rows,
                   rows * sizeof *block->own);
            memset(block->c + w * work->span.capacity, 0, block->vectors * sizeof *block->c);
        }
    return solve_columns(work, block->own_count, block->own, error);
}

/** Residuals of the solutions on the probes, without networks. */
static void gather_residuals(const rcs_work *work, wave_block *block)
{
    const ali_wave_span *span = &work->span;
    size_t elements = work->elements, columns = 2 * block->count;
    if (!work->unit->probe)
        return;
    memset(block->residual, 0, columns * elements * sizeof *block->residual);
    multiply_wide(work->unit->system.setup.threads, ALI_BLAS_PLAIN, elements, columns,
                  block->vectors, span->y + work->n, span->rows, block->c, span->capacity, 0.0,
                  block->residual, elements);
    for (size_t w = 0; w < columns; w++)
        if (block->own_at[w] != ALI_NONE)
            memcpy(block->residual + w * elements,
                   block->own + block->own_at[w] * work->rows + work->n,
                   elements * sizeof *block->residual);
}

/** Right-hand sides with combined rows. */
static void combine_rows(const rcs_work *work, wave_block *block)
{
    const double *share = work->unit->system.share;
    if (!share)
        return;
#pragma omp parallel for schedule(static) num_threads(work->unit->system.setup.threads)
    for (size_t w = 0; w < 2 * block->count; w++) {
        ali_plane_wave wave = wave_of(work, block, w);
        memcpy(block->b + w * work->rows, block->v + w * work->rows, work->rows * sizeof *block->b);
        if (!is_hidden(&wave))
            ali_combine_plane_wave(work->unit->basis, share, &wave, block->b + w * work->rows);
    }
}

/** Solve for the waves of a block, of which only what is new to the span costs a solve. */
static alicorn_status solve_block(rcs_work *work, wave_block *block, alicorn_error *error)
{
    ali_wave_span *span = &work->span;
    size_t known = span->count, rows = work->rows;
    double start = ali_clock_seconds();
    combine_rows(work, block);
    ali_wave_span_split(span, 2 * block->count, block->b, block->c, work->kept);
    block->vectors = span->count;
    work->unit->solve_s += ali_clock_seconds() - start;
    memcpy(span->y + known * rows, span->q + known * rows,
           (span->count - known) * rows * sizeof *span->y);
    alicorn_status status = solve_columns(work, span->count - known, span->y + known * rows, error);
    if (!status)
        status = solve_own(work, block, error);
    if (status)
        return status;
    gather_residuals(work, block);
    status = attach_networks(work, block, error);
    block->solved = !status;
    return status;
}

/** What the vectors' and the ports' solutions, as far as `transmit` needs them, send to the waves
 * of a block. */
static void receive_vectors(const rcs_work *work, const wave_block *transmit, wave_block *receive)
{
    const ali_unit *unit = work->unit;
    size_t ld = products_of(work), columns = 2 * receive->count;
    int threads = unit->system.setup.threads;
    double start = ali_clock_seconds();
    multiply_wide(threads, ALI_BLAS_TRANSPOSED, transmit->vectors, columns, work->n, work->span.y,
                  work->rows, receive->v, work->rows, 0.0, receive->g, ld);
    if (transmit->voltage)
        multiply_wide(threads, ALI_BLAS_TRANSPOSED, unit->ports.count, columns, work->n, unit->x,
                      work->n, receive->v, work->rows, 0.0, receive->g + work->span.capacity, ld);
    work->unit->solve_s += ali_clock_seconds() - start;
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

/** v . x of wave r of a block and the solution of wave t of another. */
static double complex response(const rcs_work *work, const wave_block *transmit, size_t t,
                               const wave_block *receive, size_t r)
{
    size_t ports = work->unit->ports.count;
    const double complex *g = receive->g + r * products_of(work);
    double complex sum = product_of(transmit->vectors, g, transmit->c + t * work->span.capacity);
    if (transmit->voltage)
        sum += product_of(ports, g + work->span.capacity, transmit->voltage + t * ports);
    if (transmit->own_at[t] != ALI_NONE)
        sum += product_of(work->n, receive->v + r * work->rows,
                          transmit->own + transmit->own_at[t] * work->rows);
    return sum;
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
            double complex sum = response(work, transmit, 2 * t + q, receive, 2 * r + p);
            field[q][p] = scale * sum;
            if (!unit->probe || !receive->solved)
                continue;
            double deviation =
                ali_unit_error(unit, receive->residual + (2 * r + p) * work->elements,
                               transmit->residual + (2 * t + q) * work->elements) +
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
                                  wave_block *transmit, wave_block *receive, size_t capacity,
                                  alicorn_rcs *out, alicorn_error *error)
{
    int threads = work->unit->system.setup.threads;
    if (!request->bistatic) {
        receive_vectors(work, transmit, transmit);
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
        receive_vectors(work, transmit, receive);
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
    ali_unit_describe(unit, result);
    result->task = task_index;
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
    int former = ali_blas_set_threads(1); /* of this room's own products */
    alicorn_status status = ALICORN_OK;
    work.all = ali_calloc(work.elements, sizeof *work.all);
    result->rcs = ali_calloc(directions * each, sizeof *result->rcs);
    size_t widest = 2 * (capacity > receive_capacity ? capacity : receive_capacity);
    size_t vectors =
        ali_wave_span_capacity(work.rows, 2 * solved_directions(request, unit->probe != NULL));
    work.kept = ali_calloc(widest, sizeof *work.kept);
    if (!work.all || !result->rcs || !work.kept ||
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
    ali_blas_set_threads(former);
    block_clear(&transmit);
    block_clear(&receive);
    ali_face_waves_destroy(work.waves);
    ali_wave_span_clear(&work.span);
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
