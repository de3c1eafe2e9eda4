/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/probe.h"

#include "base/error.h"
#include "base/memory.h"
#include "basis/wire_current.h"
#include "operator/pair_factors.h"
#include "operator/shape_kernel.h"

#include <stdlib.h>
#include <string.h>

/** Elements of a strip: their moments with one other element stay in the first-level cache. */
enum { STRIP = 256, SIZE = ALI_MOMENT_SIZE };

/** Tested elements `one` against a strip `many`, and back if the strip is tested, too. */
typedef struct probe_task {
    size_t one_first, one_count; /**< in the list of tested elements */
    size_t many_first, many_count;
    bool mutual;         /**< many's probes are wanted as well */
    bool half;           /**< one and many are the same elements: each pair once */
    double complex *sum; /**< [columns][one_count + many_count]: Z x of their probes */
} probe_task;

/** One call. */
typedef struct probe_run {
    const ali_wire_operator_setup *setup;
    const ali_moment_source *source;
    const ali_shape_kernel *kernel;
    size_t count;           /**< tested elements */
    const size_t *elements; /**< [count] */
    size_t columns;
    ali_wire_current *currents; /**< [columns] */
    int order;                  /**< of all of them */
    size_t task_count;
    probe_task *tasks;
    double complex *sums; /**< of all tasks */
} probe_run;

/** The probe of an element, and its slope by the local coordinate, in Legendre polynomials of that
 * coordinate. */
typedef struct probe_shape {
    double current[SIZE], slope[SIZE];
} probe_shape;

static probe_shape shape_of(const ali_wire_basis *basis, size_t e)
{
    probe_shape shape;
    ali_shape_legendre(ALI_SHAPE_BUBBLE + basis->degree[e] + 1, 1.0, SIZE - 1, shape.current,
                       shape.slope);
    return shape;
}

/** Working memory of a task. */
typedef struct probe_worker {
    const probe_run *run;
    const probe_task *task;
    ali_moment_batch *batch;
    ali_pair_factors factors;
    ali_ground_moments ground; /**< over a half-space */
    double *memory;
    /* by place: coefficients of the currents and of their slopes by the local coordinate, real and
     * imaginary, [columns][order + 1][2][places] each */
    double *current, *slope;
    double *weight, *slope_weight; /**< [SIZE][places] of the probes, if mutual */
    double *sum;                   /**< [columns][2][places]: many's */
    unsigned *weights, *slopes;    /**< [group_count]: bit sets of orders with weights */
    unsigned *currents, *charges;  /**< [group_count]: of orders with coefficients */
} probe_worker;

static double *coefficients(const probe_worker *worker, double *from, size_t column, int q)
{
    size_t set = column * ((size_t)worker->run->order + 1) + (size_t)q;
    return from + 2 * set * worker->batch->places;
}

/* ---- setting up ---- */

static void worker_clear(probe_worker *worker)
{
    ali_moment_batch_destroy(worker->batch);
    ali_pair_factors_clear(&worker->factors);
    ali_ground_moments_clear(&worker->ground);
    free(worker->memory);
    free(worker->weights);
}

/** Batch, and what a half-space adds. */
static int make_batch(probe_worker *worker)
{
    const probe_task *task = worker->task;
    const unsigned char *degree = worker->run->setup->basis->degree;
    size_t elements[STRIP];
    unsigned char orders[STRIP];
    int order = 1;
    for (size_t i = 0; i < task->many_count; i++) {
        elements[i] = task->many_first + i;
        orders[i] = (unsigned char)(degree[elements[i]] + task->mutual);
    }
    for (size_t i = 0; i < task->one_count; i++) {
        int of_one = degree[worker->run->elements[task->one_first + i]] + 1;
        order = of_one > order ? of_one : order;
    }
    if (ali_moment_batch_create(worker->run->source, ALI_MOMENT_ESTIMATE, task->many_count,
                                elements, orders, order, &worker->batch, NULL))
        return -1;
    return worker->run->setup->ground == ALI_GROUND_SOMMERFELD
               ? ali_ground_moments_create(worker->batch, order, &worker->ground)
               : 0;
}

static int allocate(probe_worker *worker)
{
    size_t places = worker->batch->places, columns = worker->run->columns;
    size_t sets = columns * ((size_t)worker->run->order + 1);
    size_t groups = worker->batch->group_count;
    worker->memory =
        ali_calloc_aligned((4 * sets + 2 * SIZE + 2 * columns) * places, sizeof *worker->memory);
    worker->weights = ali_calloc(4 * groups, sizeof *worker->weights);
    if (!worker->memory || !worker->weights)
        return -1;
    worker->current = worker->memory;
    worker->slope = worker->current + 2 * sets * places;
    worker->weight = worker->slope + 2 * sets * places;
    worker->slope_weight = worker->weight + SIZE * places;
    worker->sum = worker->slope_weight + SIZE * places;
    worker->slopes = worker->weights + groups;
    worker->currents = worker->slopes + groups;
    worker->charges = worker->currents + groups;
    return 0;
}

static void load_currents(const probe_worker *worker, size_t group, size_t e, size_t place)
{
    const probe_run *run = worker->run;
    size_t places = worker->batch->places, width = (size_t)run->order + 1;
    double half = run->setup->basis->mesh->elements[e].half;
    for (size_t c = 0; c < run->columns; c++)
        for (int q = 0; q <= run->order; q++) {
            double complex current = run->currents[c].current[e * width + (size_t)q];
            double complex slope = half * run->currents[c].slope[e * width + (size_t)q];
            double *to = coefficients(worker, worker->current, c, q) + place;
            to[0] = creal(current);
            to[places] = cimag(current);
            to = coefficients(worker, worker->slope, c, q) + place;
            to[0] = creal(slope);
            to[places] = cimag(slope);
            worker->currents[group] |= (unsigned)(current != 0.0) << q;
            worker->charges[group] |= (unsigned)(slope != 0.0) << q;
        }
}

static void load_probe(const probe_worker *worker, size_t group, size_t e, size_t place)
{
    probe_shape shape = shape_of(worker->run->setup->basis, e);
    for (size_t q = 0; q < SIZE; q++) {
        worker->weight[q * worker->batch->places + place] = shape.current[q];
        worker->slope_weight[q * worker->batch->places + place] = shape.slope[q];
        worker->weights[group] |= (unsigned)(shape.current[q] != 0.0) << q;
        worker->slopes[group] |= (unsigned)(shape.slope[q] != 0.0) << q;
    }
}

static int prepare(probe_worker *worker)
{
    if (make_batch(worker) || allocate(worker) ||
        ali_pair_factors_create(worker->batch, &worker->factors))
        return -1;
    for (size_t g = 0; g < worker->batch->group_count; g++) {
        const ali_moment_group *group = &worker->batch->groups[g];
        for (size_t place = group->first; place < group->first + group->count; place++) {
            load_currents(worker, g, worker->batch->element[place], place);
            if (worker->task->mutual)
                load_probe(worker, g, worker->batch->element[place], place);
        }
    }
    return 0;
}

/* ---- pairs ---- */

/** Moments (p, q) and factors of the places from … end - 1 of a group. */
static ali_moment_line moment_line(const probe_worker *worker, const ali_moment_group *group, int p,
                                   int q, bool slope, bool image, size_t from)
{
    const ali_pair_factors *factors = &worker->factors;
    bool complex_factors = ali_pair_factors_complex(worker->run->setup, image);
    bool scalar = slope && ali_pair_factors_half_space(worker->run->setup, image);
    size_t at = (size_t)(p * (group->order + 1) + q) * worker->batch->places + from;
    return (ali_moment_line){
        .count = group->first + group->count - from,
        .re = (scalar ? worker->ground.re : worker->batch->re) + at,
        .im = (scalar ? worker->ground.im : worker->batch->im) + at,
        .factor_re =
            !complex_factors ? NULL : (slope ? factors->scalar_re : factors->vector_re) + from,
        .factor_im = (slope ? factors->scalar_im : factors->vector_im) + from};
}

/** What the currents of a group do to e's probe, sum [columns]. */
static void collect_group(const probe_worker *worker, size_t g, size_t e, bool image, size_t from,
                          double complex *sum)
{
    const probe_run *run = worker->run;
    const ali_moment_group *group = &worker->batch->groups[g];
    size_t places = worker->batch->places;
    int degree = run->setup->basis->degree[e];
    probe_shape shape = shape_of(run->setup->basis, e);
    double inverse_half = 1.0 / run->setup->basis->mesh->elements[e].half;
    for (int slope = 0; slope < 2; slope++)
        for (int p = 0; p <= degree + 1; p++) {
            double weight = slope ? inverse_half * shape.slope[p] : shape.current[p];
            unsigned left = weight != 0.0 ? (slope ? worker->charges : worker->currents)[g] : 0;
            for (; left; left &= left - 1) {
                int q = __builtin_ctz(left);
                ali_moment_line line = moment_line(worker, group, p, q, slope, image, from);
                for (size_t c = 0; c < run->columns; c++) {
                    const double *by =
                        coefficients(worker, slope ? worker->slope : worker->current, c, q) + from;
                    run->kernel->collect(&line, by, by + places, weight, (double *)&sum[c]);
                }
            }
        }
}

/** What e's currents do to the probes of a group. */
static void spread_group(const probe_worker *worker, size_t g, size_t e, bool image, size_t from)
{
    const probe_run *run = worker->run;
    const ali_moment_group *group = &worker->batch->groups[g];
    size_t places = worker->batch->places, width = (size_t)run->order + 1;
    int degree = run->setup->basis->degree[e];
    for (int slope = 0; slope < 2; slope++)
        for (unsigned left = slope ? worker->slopes[g] : worker->weights[g]; left;
             left &= left - 1) {
            int q = __builtin_ctz(left);
            const double *weight =
                (slope ? worker->slope_weight : worker->weight) + (size_t)q * places + from;
            for (int p = 0; p <= degree - slope; p++) {
                ali_moment_line line = moment_line(worker, group, p, q, slope, image, from);
                for (size_t c = 0; c < run->columns; c++) {
                    const ali_wire_current *current = &run->currents[c];
                    double *sum = worker->sum + 2 * c * places + from;
                    run->kernel->spread(
                        &line, (slope ? current->slope : current->current)[e * width + (size_t)p],
                        weight, sum, sum + places);
                }
            }
        }
}

/** All pairs of e with the places from `first` on, which is e's own in a half. */
static void add_element(const probe_worker *worker, size_t e, size_t first, double complex *sum)
{
    const ali_wire_operator_setup *setup = worker->run->setup;
    const probe_task *task = worker->task;
    for (size_t g = 0; g < worker->batch->group_count; g++) {
        const ali_moment_group *group = &worker->batch->groups[g];
        size_t end = group->first + group->count,
               from = first > group->first ? first : group->first;
        if (end <= from)
            continue;
        size_t aligned = from / ALI_FAR_LANES * ALI_FAR_LANES;
        size_t others = task->half && from == first ? from + 1 : from; /* e tests itself once */
        for (int image = 0; image <= (setup->ground != ALI_GROUND_NONE); image++) {
            int order = setup->basis->degree[e] + 1;
            ali_moment_batch_run(worker->batch, group, aligned, e, order, image);
            if (ali_pair_factors_half_space(setup, image))
                ali_ground_moments_run(&worker->ground, setup->half_space, worker->batch, group,
                                       aligned, e, order, image);
            ali_pair_factors_set(&worker->factors, setup, worker->batch, e, image, from, end);
            collect_group(worker, g, e, image, from, sum);
            if (task->mutual && others < end)
                spread_group(worker, g, e, image, others);
        }
    }
}

static int do_task(const probe_run *run, const probe_task *task)
{
    probe_worker worker = {.run = run, .task = task};
    double complex *sum = ali_calloc(run->columns, sizeof *sum);
    int failed = sum ? prepare(&worker) : -1;
    size_t stride = task->one_count + task->many_count;
    for (size_t i = 0; i < task->one_count && !failed; i++) {
        size_t place = task->half ? worker.batch->place[i] : 0;
        memset(sum, 0, run->columns * sizeof *sum);
        add_element(&worker, run->elements[task->one_first + i], place, sum);
        for (size_t c = 0; c < run->columns; c++)
            task->sum[c * stride + i] = sum[c];
    }
    for (size_t i = 0; i < task->many_count && task->mutual && !failed; i++)
        for (size_t c = 0; c < run->columns; c++) {
            const double *of_many =
                worker.sum + 2 * c * worker.batch->places + worker.batch->place[i];
            task->sum[c * stride + task->one_count + i] =
                CMPLX(of_many[0], of_many[worker.batch->places]);
        }
    worker_clear(&worker);
    free(sum);
    return failed;
}

/* ---- all pairs ---- */

static size_t strip_count(size_t first, size_t total)
{
    return total - first < STRIP ? total - first : STRIP;
}

/** All elements tested: every pair of strips once. Some of them: each strip of these against each
 * of all. */
static int make_tasks(probe_run *run)
{
    size_t total = run->setup->basis->mesh->element_count, size = 0;
    bool all = run->count == total;
    size_t strips = (total + STRIP - 1) / STRIP, tested = (run->count + STRIP - 1) / STRIP;
    run->tasks = ali_calloc(strips * tested, sizeof *run->tasks);
    if (!run->tasks)
        return -1;
    for (size_t i = 0; i < run->count; i += STRIP)
        for (size_t j = all ? i : 0; j < total; j += STRIP) {
            probe_task task = {.one_first = i,
                               .one_count = strip_count(i, run->count),
                               .many_first = j,
                               .many_count = strip_count(j, total),
                               .mutual = all,
                               .half = all && i == j};
            run->tasks[run->task_count++] = task;
            size += task.one_count + task.many_count;
        }
    run->sums = ali_calloc(run->columns * size, sizeof *run->sums);
    double complex *next = run->sums;
    for (size_t t = 0; t < run->task_count && run->sums; t++) {
        run->tasks[t].sum = next;
        next += run->columns * (run->tasks[t].one_count + run->tasks[t].many_count);
    }
    return run->sums ? 0 : -1;
}

/** Subtract the tasks' sums, always in the same order. */
static void subtract_sums(const probe_run *run, size_t rows, double complex *v)
{
    size_t n = run->setup->basis->count;
    for (size_t t = 0; t < run->task_count; t++) {
        const probe_task *task = &run->tasks[t];
        const double complex *sum = task->sum;
        for (size_t c = 0; c < run->columns; c++, sum += task->one_count + task->many_count) {
            double complex *probe = v + c * rows + n;
            for (size_t i = 0; i < task->one_count; i++)
                probe[run->elements[task->one_first + i]] -= sum[i];
            for (size_t i = 0; i < task->many_count && task->mutual; i++)
                probe[task->many_first + i] -= sum[task->one_count + i];
        }
    }
}

/** Series impedance: Legendre polynomials are orthogonal. */
static void subtract_series(const probe_run *run, size_t rows, double complex *v)
{
    const ali_wire_basis *basis = run->setup->basis;
    size_t width = (size_t)run->order + 1;
    for (size_t i = 0; i < run->count && run->setup->series; i++) {
        size_t e = run->elements[i];
        probe_shape shape = shape_of(basis, e);
        double length = 2.0 * basis->mesh->elements[e].half;
        for (size_t c = 0; c < run->columns; c++)
            for (size_t p = 0; p < width; p++)
                v[c * rows + basis->count + e] -= run->setup->series[e] * shape.current[p] *
                                                  run->currents[c].current[e * width + p] * length /
                                                  (double)(2 * p + 1);
    }
}

/** Lumped loads act on the probes of a listed element through their mean current. */
static void subtract_lumped(const probe_run *run, const bool *tested, size_t rows,
                            double complex *v)
{
    size_t n = run->setup->basis->count;
    for (size_t l = 0; l < run->setup->lumped_count; l++) {
        const ali_functional *g = &run->setup->lumped[l].current;
        for (size_t c = 0; c < run->columns; c++) {
            double complex voltage = 0.0;
            for (size_t i = 0; i < g->count; i++)
                if (g->function[i] < n)
                    voltage += g->weight[i] * v[c * rows + g->function[i]];
            voltage *= run->setup->lumped[l].impedance;
            for (size_t i = 0; i < g->count; i++)
                if (g->function[i] >= n && tested[g->function[i] - n])
                    v[c * rows + g->function[i]] -= g->weight[i] * voltage;
        }
    }
}

static void run_clear(probe_run *run)
{
    for (size_t c = 0; c < run->columns && run->currents; c++)
        ali_wire_current_clear(&run->currents[c]);
    free(run->currents);
    free(run->tasks);
    free(run->sums);
}

static int take_currents(probe_run *run, size_t rows, const double complex *v)
{
    run->currents = ali_calloc(run->columns, sizeof *run->currents);
    for (size_t c = 0; c < run->columns && run->currents; c++) {
        if (ali_wire_current_create(run->setup->basis, v + c * rows, &run->currents[c], NULL))
            return -1;
        run->order = run->currents[c].order;
    }
    return run->currents ? 0 : -1;
}

alicorn_status ali_wire_operator_probe(const ali_wire_operator *operator, size_t count,
                                       const size_t *elements, size_t columns, size_t rows,
                                       double complex *v, int threads, alicorn_error *error)
{
    probe_run run = {.setup = ali_wire_operator_get_setup(operator),
                     .source = ali_wire_operator_get_source(operator),
                     .kernel = ali_shape_kernel_best(),
                     .count = count,
                     .elements = elements,
                     .columns = columns};
    if (count == 0 || columns == 0)
        return ALICORN_OK;
    bool *tested = ali_calloc(run.setup->basis->mesh->element_count, sizeof *tested);
    int failed = !tested || take_currents(&run, rows, v) || make_tasks(&run);
    if (!failed) {
#pragma omp parallel for schedule(dynamic) num_threads(threads)
        for (size_t t = 0; t < run.task_count; t++)
            if (do_task(&run, &run.tasks[t])) {
#pragma omp atomic write
                failed = 1;
            }
    }
    if (!failed) {
        for (size_t i = 0; i < count; i++)
            tested[elements[i]] = true;
        subtract_sums(&run, rows, v);
        subtract_series(&run, rows, v);
        subtract_lumped(&run, tested, rows, v);
    }
    run_clear(&run);
    free(tested);
    return failed ? ali_error_memory(error, count * columns * sizeof *v, "the error estimate")
                  : ALICORN_OK;
}
