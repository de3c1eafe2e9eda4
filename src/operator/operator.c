/* SPDX-License-Identifier: Apache-2.0 */
#include "operator/operator.h"

#include "base/error.h"
#include "base/memory.h"
#include "operator/probe.h"

#include <stdlib.h>
#include <string.h>

/** Elements, and columns of the faces' unknowns, that are filled at a time for the probes. */
enum { PROBE_RUN = 10, PROBE_STRIP = 128 };

struct ali_operator {
    const ali_basis *basis;
    ali_wire_operator *wires;
    ali_surface_operator *surfaces; /**< NULL without faces */
    bool symmetric;
};

alicorn_status ali_operator_create(const ali_operator_setup *setup, ali_operator **operator,
                                   alicorn_error * error)
{
    *operator= NULL;
    ali_operator *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "the operator");
    made->basis = setup->basis;
    made->symmetric = !setup->share;
    ali_wire_operator_setup wires = {.basis = setup->basis->wires,
                                     .near = setup->near,
                                     .omega = setup->omega,
                                     .ground = setup->ground,
                                     .reflector = setup->reflector,
                                     .half_space = setup->half_space,
                                     .series = setup->series,
                                     .lumped = setup->lumped,
                                     .lumped_count = setup->lumped_count};
    alicorn_status status = ali_wire_operator_create(&wires, &made->wires, error);
    if (!status && setup->face_near) {
        ali_surface_operator_setup surfaces = {.basis = setup->basis,
                                               .near = setup->face_near,
                                               .omega = setup->omega,
                                               .ground = setup->ground == ALI_GROUND_PEC,
                                               .half_space = setup->half_space,
                                               .sheet = setup->sheet,
                                               .share = setup->share};
        status = ali_surface_operator_create(&surfaces, &made->surfaces, error);
    }
    if (status)
        ali_operator_destroy(made);
    else
        *operator= made;
    return status;
}

void ali_operator_destroy(ali_operator *operator)
{
    if (!operator)
        return;
    ali_wire_operator_destroy(operator->wires);
    ali_surface_operator_destroy(operator->surfaces);
    free(operator);
}

bool ali_operator_is_symmetric(const ali_operator *operator)
{
    return operator->symmetric;
}

/* ---- blocks ---- */

struct ali_operator_side {
    size_t count;
    ali_wire_side *wires;
    ali_surface_side *surfaces; /**< NULL without faces */
};

static alicorn_status make_side(const ali_operator *operator, const ali_selection * selection,
                                ali_operator_side **side, alicorn_error *error)
{
    *side = NULL;
    ali_operator_side *made = calloc(1, sizeof *made);
    if (!made)
        return ali_error_memory(error, sizeof *made, "a block of the matrix");
    made->count = selection->count;
    alicorn_status status =
        ali_wire_side_create(operator->wires, selection, operator->basis->wire_first, &made->wires,
                             error);
    if (!status && operator->surfaces)
        status = ali_surface_side_create(operator->surfaces, selection, &made->surfaces, error);
    if (status)
        ali_operator_side_destroy(made);
    else
        *side = made;
    return status;
}

alicorn_status ali_operator_side_create(const ali_operator *operator, size_t count,
                                        const size_t *unknowns, ali_operator_side **side,
                                        alicorn_error *error)
{
    return make_side(operator, &(ali_selection){.count = count, .list = unknowns}, side, error);
}

void ali_operator_side_destroy(ali_operator_side *side)
{
    if (!side)
        return;
    ali_wire_side_destroy(side->wires);
    ali_surface_side_destroy(side->surfaces);
    free(side);
}

alicorn_status ali_operator_fill_sides(const ali_operator *operator, ali_operator_side * rows,
                                       ali_operator_side *columns, double complex *block,
                                       size_t leading, alicorn_error *error)
{
    for (size_t j = 0; j < columns->count; j++)
        memset(block + j * leading, 0, rows->count * sizeof *block);
    alicorn_status status = ali_wire_operator_fill_sides(operator->wires, rows->wires,
                                                         columns->wires, block, leading, error);
    if (!status && operator->surfaces)
        status = ali_surface_operator_add_sides(operator->surfaces, rows->surfaces,
                                                columns->surfaces, block, leading, error);
    return status;
}

/** Fill a block of two selections that no side is kept of; rows == columns: the same. */
static alicorn_status fill_once(const ali_operator *operator, const ali_selection * rows,
                                const ali_selection *columns, double complex *block, size_t leading,
                                alicorn_error *error)
{
    ali_operator_side *row = NULL, *column = NULL;
    alicorn_status status = make_side(operator, rows, &row, error);
    if (!status && rows != columns)
        status = make_side(operator, columns, &column, error);
    if (!status)
        status = ali_operator_fill_sides(operator, row, rows == columns ? row : column, block,
                                         leading, error);
    ali_operator_side_destroy(row);
    ali_operator_side_destroy(column);
    return status;
}

alicorn_status ali_operator_fill(void *context, size_t row_first, size_t row_count,
                                 size_t col_first, size_t col_count, double complex *block,
                                 size_t leading, alicorn_error *error)
{
    ali_selection rows = {.count = row_count, .first = row_first};
    ali_selection columns = {.count = col_count, .first = col_first};
    bool same = row_first == col_first && row_count == col_count;
    return fill_once(context, &rows, same ? &rows : &columns, block, leading, error);
}

/** Consecutive elements whose probes are done together. */
typedef struct probe_run {
    size_t first, count;
} probe_run;

/** Cut the list of elements in runs; returns how many. */
static size_t list_runs(size_t count, const size_t *elements, probe_run *runs)
{
    size_t run_count = 0;
    for (size_t i = 0; i < count; i++) {
        probe_run *last = run_count > 0 ? &runs[run_count - 1] : NULL;
        if (last && last->count < PROBE_RUN && elements[i] == last->first + last->count)
            last->count++;
        else
            runs[run_count++] = (probe_run){elements[i], 1};
    }
    return run_count;
}

/** Subtract block x from the probes, block of shape [run, strip] belonging to x from `first` on. */
static void subtract_block(const double complex *block, size_t run, size_t strip,
                           const double complex *x, double complex *probe)
{
    for (size_t i = 0; i < strip; i++) {
        const double re = creal(x[i]), im = cimag(x[i]);
        const double *from = (const double *)(block + i * run);
        double *to = (double *)probe;
        for (size_t r = 0; r < run; r++) {
            to[2 * r] -= from[2 * r] * re - from[2 * r + 1] * im;
            to[2 * r + 1] -= from[2 * r] * im + from[2 * r + 1] * re;
        }
    }
}

/** Subtract from a run's probes what the currents on faces do to them. */
static alicorn_status probe_faces(const ali_operator *operator, probe_run run, size_t columns,
                                  size_t rows, double complex *v)
{
    size_t n = operator->basis->count, probe = n + run.first;
    double complex *block = ali_calloc_aligned(run.count * PROBE_STRIP, sizeof *block);
    alicorn_status status = block ? ALICORN_OK : ALICORN_E_MEMORY;
    for (size_t first = 0; first < n && !status; first += PROBE_STRIP) {
        size_t count = n - first < PROBE_STRIP ? n - first : PROBE_STRIP;
        memset(block, 0, run.count * count * sizeof *block);
        status = ali_surface_operator_add(operator->surfaces, probe, run.count, first, count, block,
                                          run.count, NULL);
        for (size_t j = 0; j < columns && !status; j++)
            subtract_block(block, run.count, count, v + j * rows + first, v + j * rows + probe);
    }
    free(block);
    return status;
}

alicorn_status ali_operator_probe(const ali_operator *operator, size_t count,
                                  const size_t *elements, size_t columns, size_t rows,
                                  double complex *v, int threads, alicorn_error *error)
{
    alicorn_status status =
        ali_wire_operator_probe(operator->wires, count, elements, columns, rows,
                                v + operator->basis->wire_first, threads, error);
    if (status || !operator->surfaces)
        return status;
    probe_run *runs = ali_calloc(count, sizeof *runs);
    if (!runs)
        return ali_error_memory(error, count * sizeof *runs, "the error estimate");
    size_t run_count = list_runs(count, elements, runs);
    (void)threads;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t i = 0; i < run_count; i++) {
        if (probe_faces(operator, runs[i], columns, rows, v)) {
#pragma omp atomic write
            status = ALICORN_E_MEMORY;
        }
    }
    free(runs);
    return status
               ? ali_error_memory(error, operator->basis->count * sizeof * v, "the error estimate")
               : ALICORN_OK;
}
