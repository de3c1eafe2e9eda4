/* SPDX-License-Identifier: Apache-2.0 */
#include "study/unit.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/blas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PROBE_STRIP = 64 };

void ali_structure_clear(ali_structure *structure)
{
    ali_wire_mesh_destroy(structure->mesh);
    ali_near_destroy(structure->near);
    ali_port_list_clear(&structure->ports);
    *structure = (ali_structure){0};
}

/** Near pairs with moments one degree above the highest the structure will carry, for the probes.
 */
static alicorn_status integrate_near(ali_structure *structure, double highest,
                                     const alicorn_options *options, alicorn_error *error)
{
    ali_basis_options basis_options = {.degree = options->degree,
                                       .wavenumber = 2.0 * ALI_PI * highest / ALI_C0};
    ali_wire_basis *basis = NULL;
    alicorn_status status = ali_wire_basis_create(structure->mesh, &basis_options, &basis, error);
    if (status)
        return status;
    structure->unknowns = basis->count;
    for (size_t e = 0; e < structure->mesh->element_count; e++)
        basis->degree[e]++;
    status = ali_near_create(structure->mesh, basis->degree,
                             structure->state->ground.kind != ALI_GROUND_NONE, options->threads,
                             &structure->near, error);
    ali_wire_basis_destroy(basis);
    return status;
}

alicorn_status ali_structure_create(const ali_model *model, const ali_task *const *tasks,
                                    size_t task_count, double highest,
                                    const alicorn_options *options, ali_structure *structure,
                                    alicorn_error *error)
{
    *structure = (ali_structure){.model = model, .state = tasks[0]};
    const ali_ground *ground = &tasks[0]->ground;
    ali_mesh_options mesh_options = {.split_ends = options->split_ends,
                                     .refine = options->refine,
                                     .ground = ground->kind != ALI_GROUND_NONE,
                                     .connect = ground->connect};
    alicorn_status status = ali_wire_mesh_create(model, &mesh_options, options->report,
                                                 options->report_user, &structure->mesh, error);
    for (size_t i = 0; i < task_count && !status; i++)
        status = ali_port_list_add(&structure->ports, tasks[i], error);
    if (!status)
        status = integrate_near(structure, highest, options, error);
    if (status)
        ali_structure_clear(structure);
    return status;
}

/* ---- one frequency ---- */

void ali_unit_clear(ali_unit *unit)
{
    ali_solver_destroy(unit->solver);
    ali_operator_destroy(unit->operator);
    ali_load_set_clear(&unit->loads);
    ali_port_list_clear(&unit->ports);
    ali_wire_basis_destroy(unit->basis);
    free(unit->x);
    free(unit->y);
    free(unit->probe);
    free(unit->probe_scale);
    *unit = (ali_unit){0};
}

static alicorn_status copy_ports(ali_unit *unit, alicorn_error *error)
{
    const ali_port_list *list = &unit->structure->ports;
    unit->ports.ports = ali_calloc(list->count, sizeof *list->ports);
    if (!unit->ports.ports)
        return ali_error_memory(error, list->count * sizeof *list->ports, "ports");
    unit->ports.count = unit->ports.capacity = list->count;
    for (size_t i = 0; i < list->count; i++)
        unit->ports.ports[i] =
            (ali_port){.segment = list->ports[i].segment, .at_start = list->ports[i].at_start};
    return ali_port_list_place(&unit->ports, unit->basis, error);
}

/** Basis, loads and operator of a frequency. */
static alicorn_status describe(ali_unit *unit, const alicorn_options *options, alicorn_error *error)
{
    const ali_structure *structure = unit->structure;
    const ali_task *state = structure->state;
    ali_basis_options basis_options = {.degree = options->degree, .wavenumber = unit->k};
    alicorn_status status =
        ali_wire_basis_create(structure->mesh, &basis_options, &unit->basis, error);
    if (status ||
        (status = ali_load_set_create(unit->basis, structure->model, state->loads,
                                      state->load_count, unit->omega, &unit->loads, error)))
        return status;
    ali_operator_setup setup = {.basis = unit->basis,
                                .near = structure->near,
                                .omega = unit->omega,
                                .ground = state->ground.kind,
                                .series = unit->loads.series,
                                .lumped = unit->loads.lumped,
                                .lumped_count = unit->loads.lumped_count};
    if (setup.ground == ALI_GROUND_REFLECTION)
        setup.permittivity = ali_medium_permittivity(&state->ground.medium, unit->omega);
    if ((status = ali_operator_create(&setup, &unit->operator, error)))
        return status;
    return copy_ports(unit, error);
}

/** Diagonal of the probes. */
static alicorn_status scale_probes(ali_unit *unit, alicorn_error *error)
{
    size_t n = unit->basis->count, elements = unit->basis->mesh->element_count;
    unit->probe_scale = ali_calloc(elements, sizeof *unit->probe_scale);
    if (!unit->probe_scale)
        return ali_error_memory(error, elements * sizeof *unit->probe_scale, "the error estimate");
    int failed = 0;
#pragma omp parallel for schedule(dynamic, 64) num_threads(unit->threads) reduction(| : failed)
    for (size_t e = 0; e < elements; e++) {
        double complex self;
        failed |= ali_operator_fill(unit->operator, n + e, 1, n + e, 1, &self, 1, NULL) != 0;
        unit->probe_scale[e] = 1.0 / cabs(self);
    }
    return failed ? ali_error_memory(error, 0, "the error estimate") : ALICORN_OK;
}

/** Subtract from v's probe rows what the solution in its first n rows does to them, strip by strip.
 */
static alicorn_status subtract_probes(ali_unit *unit, size_t columns, double complex *v,
                                      alicorn_error *error)
{
    size_t n = unit->basis->count, elements = unit->basis->mesh->element_count;
    size_t rows = n + elements, strips = (elements + PROBE_STRIP - 1) / PROBE_STRIP;
    int failed = 0;
#pragma omp parallel for schedule(dynamic) num_threads(unit->threads) reduction(| : failed)
    for (size_t strip = 0; strip < strips; strip++) {
        size_t first = strip * PROBE_STRIP;
        size_t count = elements - first < PROBE_STRIP ? elements - first : PROBE_STRIP;
        double complex *block = ali_calloc(count * n, sizeof *block);
        bool filled = block && ali_operator_fill(unit->operator, n + first, count, 0, n, block,
                                                 count, NULL) == ALICORN_OK;
        if (filled)
            ali_blas_zgemm(ALI_BLAS_PLAIN, ALI_BLAS_PLAIN, count, columns, n, -1.0, block, count, v,
                           rows, 1.0, v + n + first, rows);
        free(block);
        failed |= !filled;
    }
    return failed ? ali_error_memory(error, PROBE_STRIP * n * sizeof *v, "the error estimate")
                  : ALICORN_OK;
}

alicorn_status ali_unit_solve(ali_unit *unit, size_t columns, double complex *v, bool probes,
                              alicorn_error *error)
{
    size_t n = unit->basis->count, rows = n + unit->basis->mesh->element_count;
    double residual = 0.0;
    if (columns == 0)
        return ALICORN_OK;
    double complex *b = ali_calloc(n * columns, sizeof *b);
    if (!b)
        return ali_error_memory(error, n * columns * sizeof *b, "right-hand sides");
    for (size_t j = 0; j < columns; j++)
        memcpy(b + j * n, v + j * rows, n * sizeof *b);
    alicorn_status status = ali_solver_solve(unit->solver, columns, b, &residual, error);
    for (size_t j = 0; j < columns; j++)
        memcpy(v + j * rows, b + j * n, n * sizeof *b);
    free(b);
    unit->residual = fmax(unit->residual, residual);
    if (!status && probes)
        status = subtract_probes(unit, columns, v, error);
    return status;
}

/** Solve for 1 V at every port. */
static alicorn_status solve_ports(ali_unit *unit, bool probes, alicorn_error *error)
{
    size_t n = unit->basis->count, elements = unit->basis->mesh->element_count;
    size_t rows = n + elements, count = unit->ports.count;
    double complex *v = ali_calloc(rows * count, sizeof *v);
    unit->x = ali_calloc(n * count, sizeof *unit->x);
    unit->y = ali_calloc(count * count, sizeof *unit->y);
    unit->probe = probes ? ali_calloc(elements * count, sizeof *unit->probe) : NULL;
    if (!v || !unit->x || !unit->y || (probes && !unit->probe)) {
        free(v);
        return ali_error_memory(error, 2 * rows * count * sizeof *v, "port currents");
    }
    for (size_t p = 0; p < count; p++) {
        const ali_functional *gap = &unit->ports.ports[p].gap;
        for (size_t i = 0; i < gap->count; i++)
            v[p * rows + gap->function[i]] = gap->weight[i];
    }
    alicorn_status status = ali_unit_solve(unit, count, v, probes, error);
    for (size_t p = 0; p < count && !status; p++) {
        memcpy(unit->x + p * n, v + p * rows, n * sizeof *v);
        if (probes)
            memcpy(unit->probe + p * elements, v + p * rows + n, elements * sizeof *v);
        for (size_t q = 0; q < count; q++)
            unit->y[p * count + q] =
                ali_functional_apply(&unit->ports.ports[q].gap, unit->x + p * n, n);
    }
    free(v);
    return status;
}

alicorn_status ali_unit_create(const ali_structure *structure, double frequency,
                               const alicorn_options *options, int threads,
                               const ali_solver_options *solver_options, ali_unit *unit,
                               alicorn_error *error)
{
    *unit = (ali_unit){.structure = structure,
                       .frequency = frequency,
                       .omega = 2.0 * ALI_PI * frequency,
                       .k = 2.0 * ALI_PI * frequency / ALI_C0,
                       .threads = threads};
    alicorn_status status = describe(unit, options, error);
    if (!status)
        status = ali_solver_create(unit->basis->count, ali_operator_fill, unit->operator,
                                   solver_options, &unit->solver, error);
    if (!status && options->error_bars)
        status = scale_probes(unit, error);
    if (!status)
        status = solve_ports(unit, options->error_bars, error);
    if (status)
        ali_unit_clear(unit);
    return status;
}

double ali_unit_error(const ali_unit *unit, const double complex *residual_a,
                      const double complex *residual_b)
{
    double sum = 0.0;
    for (size_t e = 0; e < unit->basis->mesh->element_count; e++)
        sum += cabs(residual_a[e]) * cabs(residual_b[e]) * unit->probe_scale[e];
    return ALI_ERROR_FACTOR * sum;
}
