/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/rates.h"

#include "base/clock.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/processor.h"
#include "math/blas.h"
#include "operator/operator.h"
#include "solver/solver.h"
#include "study/work.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Cells of the square grid of wires, and of the square plate. */
enum { GRID = 16, PLATE = 12 };
/** Edge of a cell in wavelengths. */
static const double GRID_STEP = 0.06, PLATE_STEP = 0.08;
/** Unknowns of the factorisations: enough for single precision to be what the solver takes. */
enum { SINGLE_ORDER = 1216, DOUBLE_ORDER = 832 };
/** Numbers that are read to measure the memory, far more than caches hold per core: 48 MB. */
enum { MEMORY_NUMBERS = 6000000 };
enum { REPEAT = 2, MEMORY_REPEAT = 4, TILE = 192 };

/** Processor time of all threads since `start`, over the threads: wall time, but for what other
 * programs take. */
static double elapsed(double start, int threads)
{
    return (ali_clock_processor_seconds() - start) / threads;
}

/* ---- factorisation ---- */

/** A matrix with the decay of an integral operator and a heavy diagonal. */
static alicorn_status fill_decay(void *context, size_t row_first, size_t row_count,
                                 size_t col_first, size_t col_count, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    (void)context, (void)error;
    for (size_t j = 0; j < col_count; j++)
        for (size_t i = 0; i < row_count; i++) {
            double distance = fabs((double)(row_first + i) - (double)(col_first + j));
            block[i + j * leading] = distance > 0.0 ? (1.0 - 0.5 * I) / (1.0 + distance) : 20.0;
        }
    return ALICORN_OK;
}

/** Processor time when the fill was done. */
static int note_fill(void *user, const char *stage, size_t done, size_t total)
{
    double *filled = user;
    if (strcmp(stage, "fill") == 0 && done == total)
        *filled = ali_clock_processor_seconds();
    return 0;
}

static alicorn_status measure_factor(int threads, size_t order, bool single, double *rate,
                                     alicorn_error *error)
{
    double filled = 0.0, best = HUGE_VAL, n = (double)order;
    ali_solver_options options;
    ali_solver_options_default(&options);
    options.threads = threads;
    options.mixed = single;
    options.progress = note_fill;
    options.progress_user = &filled;
    for (int i = 0; i < REPEAT; i++) {
        ali_solver *solver = NULL;
        alicorn_status status =
            ali_solver_create(order, fill_decay, NULL, &options, &solver, error);
        best = fmin(best, elapsed(filled, threads));
        ali_solver_destroy(solver);
        if (status)
            return status;
    }
    *rate = 4.0 / 3.0 * n * n * (n + ALI_FACTOR_HALF_RATE) / best;
    return ALICORN_OK;
}

/* ---- memory ---- */

static alicorn_status measure_memory(int threads, double *rate, alicorn_error *error)
{
    double best = HUGE_VAL, sum = 0.0;
    double *numbers = ali_alloc_aligned(MEMORY_NUMBERS, sizeof *numbers);
    if (!numbers)
        return ali_error_memory(error, MEMORY_NUMBERS * sizeof *numbers, "the rate of the memory");
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < MEMORY_NUMBERS; i++)
        numbers[i] = (double)i;
    for (int repeat = 0; repeat < MEMORY_REPEAT; repeat++) {
        double start = ali_clock_processor_seconds();
#pragma omp parallel for simd num_threads(threads) schedule(static) reduction(+ : sum)
        for (size_t i = 0; i < MEMORY_NUMBERS; i++)
            sum += numbers[i];
        best = fmin(best, elapsed(start, threads));
    }
    free(numbers);
    /* the sum is used, so that it is made */
    *rate = sum > 0.0 ? MEMORY_NUMBERS * sizeof *numbers / best : 0.0;
    return ALICORN_OK;
}

/* ---- fill ---- */

/** A structure whose fill is timed. */
typedef struct fill_sample {
    ali_model *model;
    ali_mesh *mesh;
    ali_near *near;
    ali_face_near *face_near;
    ali_basis *basis;
    ali_operator *operator;
    double k;
} fill_sample;

static void sample_clear(fill_sample *sample)
{
    ali_operator_destroy(sample->operator);
    ali_basis_destroy(sample->basis);
    ali_near_destroy(sample->near);
    ali_face_near_destroy(sample->face_near);
    ali_mesh_destroy(sample->mesh);
    ali_model_destroy(sample->model);
}

static alicorn_status add_grid(ali_model *model, alicorn_error *error)
{
    double radius = 0.1;
    alicorn_status status = ALICORN_OK;
    for (int i = 0; i <= GRID; i++)
        for (int j = 0; j <= GRID && !status; j++) {
            ali_vec3 start = {i, j, 0.0}, right = {i + 1, j, 0.0}, up = {i, j + 1, 0.0};
            if (i < GRID)
                status = ali_model_add_wire(model, 1, 1, (ali_vec3[]){start, right}, &radius,
                                            (ali_origin){0}, error);
            if (j < GRID && !status)
                status = ali_model_add_wire(model, 1, 1, (ali_vec3[]){start, up}, &radius,
                                            (ali_origin){0}, error);
        }
    return status;
}

/** A point of the plate. Like most surfaces it is curved, for pairs of faces in one plane are a
 * special case of the near integrals. */
static ali_vec3 bulge(double x, double y)
{
    const double middle = 0.5 * PLATE, curvature = 0.05;
    return (ali_vec3){x, y,
                      curvature * ((x - middle) * (x - middle) + (y - middle) * (y - middle))};
}

static alicorn_status add_plate(ali_model *model, alicorn_error *error)
{
    enum { SIDE = PLATE + 1 };
    ali_vec3 vertices[SIDE * SIDE];
    size_t triangles[2 * PLATE * PLATE][3], count = 0;
    for (size_t i = 0; i < SIDE * SIDE; i++)
        vertices[i] = bulge((double)(i % SIDE), (double)(i / SIDE));
    for (size_t row = 0; row < PLATE; row++)
        for (size_t column = 0; column < PLATE; column++) {
            size_t a = row * SIDE + column,
                   corner[2][3] = {{a, a + 1, a + SIDE + 1}, {a, a + SIDE + 1, a + SIDE}};
            memcpy(triangles + count, corner, sizeof corner);
            count += 2;
        }
    ali_surface surface = ali_surface_default();
    return ali_model_add_surface(model, SIDE * SIDE, vertices, count, (const size_t(*)[3])triangles,
                                 &surface, error);
}

/** Integrate what is near and make the operator. */
static alicorn_status prepare(fill_sample *sample, int threads, double *near_s,
                              alicorn_error *error)
{
    ali_mesh_options mesh_options = {.refine = 1};
    ali_basis_options basis_options = {.degree = 1, .wavenumber = sample->k};
    alicorn_status status =
        ali_mesh_create(sample->model, &mesh_options, NULL, NULL, &sample->mesh, error);
    if (status)
        return status;
    size_t elements = sample->mesh->wires->element_count;
    unsigned char *order = ali_calloc(elements, 1);
    if (!order)
        return ali_error_memory(error, elements, "near pairs");
    memset(order, 2, elements);
    status = ali_near_create(sample->mesh->wires, order, false, threads, &sample->near, error);
    free(order);
    if (!status && sample->mesh->surfaces->face_count > 0)
        status = ali_face_near_find(sample->mesh, 2, false, &sample->face_near, error);
    double start = ali_clock_processor_seconds();
    if (!status && sample->face_near)
        status =
            ali_face_near_integrate(sample->face_near, sample->mesh, threads, NULL, NULL, error);
    *near_s = elapsed(start, threads);
    if (!status)
        status = ali_basis_create(sample->mesh, &basis_options, &sample->basis, error);
    ali_operator_setup setup = {.basis = sample->basis,
                                .near = sample->near,
                                .face_near = sample->face_near,
                                .omega = sample->k * ALI_C0};
    return status ? status : ali_operator_create(&setup, &sample->operator, error);
}

/** Fill the lower half tile by tile, as the solver asks for it; block [threads][TILE * TILE]. */
static alicorn_status fill_half(const fill_sample *sample, int threads, double complex *block)
{
    size_t n = sample->basis->count, tiles = (n + TILE - 1) / TILE;
    alicorn_status status = ALICORN_OK;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (size_t tile = 0; tile < tiles * tiles; tile++) {
        size_t i = tile % tiles * TILE, j = tile / tiles * TILE;
        if (i < j)
            continue;
        alicorn_status failed = ali_operator_fill(
            sample->operator, i, n - i < TILE ? n - i : TILE, j, n - j < TILE ? n - j : TILE,
            block + (size_t)omp_get_thread_num() * TILE * TILE, TILE, NULL);
        if (failed) {
#pragma omp atomic write
            status = failed;
        }
    }
    return status;
}

static alicorn_status time_fill(const fill_sample *sample, int threads, double *best,
                                alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    double complex *block = ali_calloc((size_t)threads * TILE * TILE, sizeof *block);
    *best = HUGE_VAL;
    for (int i = 0; i < REPEAT && !status && block; i++) {
        double start = ali_clock_processor_seconds();
        status = fill_half(sample, threads, block);
        *best = fmin(*best, elapsed(start, threads));
    }
    free(block);
    return block && !status ? ALICORN_OK
                            : ali_error_memory(error, (size_t)threads * TILE * TILE * sizeof *block,
                                               "the rate of the fill");
}

static alicorn_status measure_fill(int threads,
                                   alicorn_status (*add)(ali_model *model, alicorn_error *error),
                                   double step, ali_work *work, double *near_s, double *fill_s,
                                   alicorn_error *error)
{
    fill_sample sample = {.model = ali_model_create(), .k = 2.0 * ALI_PI * step};
    if (!sample.model)
        return ali_error_memory(error, sizeof *sample.model, "a model");
    alicorn_status status = add(sample.model, error);
    if (!status)
        status = prepare(&sample, threads, near_s, error);
    if (!status)
        status = time_fill(&sample, threads, fill_s, error);
    if (!status)
        *work = ali_work_count(sample.basis, sample.near, sample.face_near, false, true, sample.k);
    sample_clear(&sample);
    return status;
}

/* ---- all ---- */

alicorn_status alicorn_rates_measure(int threads, alicorn_rates *rates, alicorn_error *error)
{
    if (threads < 0)
        return ali_error_set(error, ALICORN_E_USAGE, "%d threads, expected 0 or more", threads);
    *rates = (alicorn_rates){.threads = alicorn_rates_threads(threads)};
    int count = rates->threads, former = ali_blas_set_threads(1);
    double near_s, fill_s;
    ali_work work;
    alicorn_status status = measure_factor(count, SINGLE_ORDER, true, &rates->factor_single, error);
    if (!status)
        status = measure_factor(count, DOUBLE_ORDER, false, &rates->factor_double, error);
    if (!status)
        status = measure_memory(count, &rates->memory, error);
    if (!status)
        status = measure_fill(count, add_grid, GRID_STEP, &work, &near_s, &fill_s, error);
    if (!status)
        rates->wire_pair = work.wire_fill / fill_s;
    if (!status)
        status = measure_fill(count, add_plate, PLATE_STEP, &work, &near_s, &fill_s, error);
    if (!status) {
        rates->face_pair = work.face_fill / fill_s;
        rates->near_pair = work.face_near / near_s;
    }
    ali_blas_set_threads(former);
    return status;
}

int alicorn_rates_threads(int threads)
{
    return threads > 0 ? threads : omp_get_max_threads();
}

void alicorn_rates_key(int threads, char *text, size_t size)
{
    char processor[64], blas[128];
    ali_processor_name(processor, sizeof processor);
    ali_blas_facts(blas, sizeof blas);
    snprintf(text, size, "Alicorn %s; %s; %s; %d threads", alicorn_version(), processor, blas,
             alicorn_rates_threads(threads));
}

int alicorn_rates_valid(const alicorn_rates *rates)
{
    bool valid = rates->threads > 0;
#define CHECK(field, text) valid = valid && rates->field > 0.0 && isfinite(rates->field);
    ALICORN_RATE_TABLE(CHECK)
#undef CHECK
    return valid;
}
