/* SPDX-License-Identifier: Apache-2.0 */
#include "study/unit.h"

#include "base/clock.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "mesh/joints.h"
#include "operator/face_excitation.h"
#include "operator/face_magnetic.h"
#include "study/adapt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ali_structure_clear(ali_structure *structure)
{
    ali_mesh_destroy(structure->mesh);
    ali_near_destroy(structure->near);
    ali_face_near_destroy(structure->face_near);
    ali_port_list_clear(&structure->ports);
    *structure = (ali_structure){0};
}

/** Near pairs with moments up to the highest degree a current may be raised to, and one more for
 * the probes. */
static alicorn_status find_near(ali_structure *structure, alicorn_error *error)
{
    size_t elements = structure->mesh->wires->element_count;
    bool image = structure->state->ground.kind != ALI_GROUND_NONE;
    unsigned char *order = ali_calloc(elements, 1);
    if (!order)
        return ali_error_memory(error, elements, "near pairs");
    memset(order, ALI_ADAPT_DEGREE_MAX + 1, elements);
    alicorn_status status =
        ali_near_find(structure->mesh->wires, order, image, &structure->near, error);
    free(order);
    if (!status && structure->mesh->surfaces->face_count > 0)
        status = ali_face_near_find(structure->mesh, ALI_ADAPT_DEGREE_MAX + 1, image,
                                    &structure->face_near, error);
    return status;
}

alicorn_status ali_structure_integrate(ali_structure *structure, int threads,
                                       alicorn_progress_fn progress, void *progress_user,
                                       alicorn_error *error)
{
    double start = ali_clock_seconds();
    alicorn_status status =
        ali_near_integrate(structure->near, threads, progress, progress_user, error);
    if (!status && structure->face_near)
        status = ali_face_near_integrate(structure->face_near, structure->mesh, threads, progress,
                                         progress_user, error);
    if (!status && structure->face_near)
        status = ali_magnetic_near(structure->model, structure->mesh->surfaces,
                                   structure->face_near, threads, error);
    structure->near_s = ali_clock_seconds() - start;
    return status;
}

/** |k2| of a medium below z = 0 [rad/m], k being that of the air; 0 where no wire can be below. */
static double soil_wavenumber(const ali_ground *ground, double k)
{
    if (ground->kind != ALI_GROUND_SOMMERFELD)
        return 0.0;
    return k * sqrt(cabs(ali_medium_permittivity(&ground->medium, k * ALI_C0)));
}

/** What a solve at the wavenumber k starts with, but for the degrees. */
static ali_basis_options start_options(const ali_structure *structure, double k)
{
    return (ali_basis_options){.wavenumber = k,
                               .soil_wavenumber = soil_wavenumber(&structure->state->ground, k)};
}

static alicorn_status start_degrees(const ali_structure *structure, double k,
                                    const alicorn_options *options, unsigned char *degree,
                                    alicorn_error *error)
{
    ali_basis_options start = start_options(structure, k);
    start.degree = options->degree;
    return ali_adapt_start(structure->mesh->wires, &structure->ports, &start, structure->fields,
                           degree, error);
}

alicorn_status ali_structure_start_basis(const ali_structure *structure, double k,
                                         const alicorn_options *options, ali_basis **basis,
                                         alicorn_error *error)
{
    *basis = NULL;
    unsigned char *degree = ali_calloc(structure->mesh->wires->element_count, 1);
    alicorn_status status = degree ? start_degrees(structure, k, options, degree, error)
                                   : ali_error_memory(error, structure->mesh->wires->element_count,
                                                      "degrees of the current");
    ali_basis_options basis_options = start_options(structure, k);
    basis_options.degrees = degree;
    if (!status)
        status = ali_basis_create(structure->mesh, &basis_options, basis, error);
    free(degree);
    return status;
}

/** Memory of the tables of the ground at the wavenumber k [rad/m]; 0 if it needs none [bytes]. */
static size_t foresee_ground(const ali_structure *structure, double k)
{
    const ali_ground *ground = &structure->state->ground;
    if (ground->kind != ALI_GROUND_SOMMERFELD)
        return 0;
    return ali_half_space_kernel_foresee(structure->mesh, k,
                                         ali_medium_permittivity(&ground->medium, k * ALI_C0));
}

/** Unknowns that a solve at the highest frequency starts with, and what its ground takes. */
static alicorn_status count_unknowns(ali_structure *structure, double highest,
                                     const alicorn_options *options, alicorn_error *error)
{
    ali_basis *basis = NULL;
    alicorn_status status = ali_structure_start_basis(structure, 2.0 * ALI_PI * highest / ALI_C0,
                                                      options, &basis, error);
    if (!status) {
        structure->unknowns = basis->count;
        structure->surface_unknowns = basis->wire_first;
        structure->ground_bytes = foresee_ground(structure, 2.0 * ALI_PI * highest / ALI_C0);
    }
    ali_basis_destroy(basis);
    return status;
}

alicorn_status ali_structure_count(const ali_structure *structure, double frequency,
                                   const alicorn_options *options, size_t *unknowns, ali_work *work,
                                   alicorn_error *error)
{
    double k = 2.0 * ALI_PI * frequency / ALI_C0;
    bool image = structure->state->ground.kind != ALI_GROUND_NONE;
    ali_basis *basis = NULL;
    alicorn_status status = ali_structure_start_basis(structure, k, options, &basis, error);
    if (!status) {
        *unknowns = basis->count;
        *work = ali_work_count(basis, structure->near, structure->face_near, image,
                               structure->symmetric, k);
        if (structure->state->ground.kind == ALI_GROUND_SOMMERFELD) {
            ali_work_count_ground(work, (double)foresee_ground(structure, k));
            if (structure->face_near)
                ali_work_count_below(structure->mesh, structure->face_near, work);
        }
        status = ali_work_count_fields(structure->mesh, k, &structure->state->ground, work, error);
    }
    ali_basis_destroy(basis);
    return status;
}

/** A surface under the combined field equation over a half-space, NULL if there is none. */
static const ali_surface *combined_over_soil(const ali_model *model, const ali_ground *ground)
{
    for (size_t i = 0; i < model->surface_count && ground->kind == ALI_GROUND_SOMMERFELD; i++)
        if (model->surfaces[i].electric_share < 1.0)
            return &model->surfaces[i];
    return NULL;
}

alicorn_status ali_structure_describe(const ali_model *model, const ali_task *const *tasks,
                                      size_t task_count, double highest,
                                      const alicorn_options *options, ali_structure *structure,
                                      alicorn_error *error)
{
    *structure = (ali_structure){.model = model, .state = tasks[0], .symmetric = true};
    const ali_ground *ground = &tasks[0]->ground;
    ali_mesh_options mesh_options = {.split_ends = options->split_ends,
                                     .refine = options->refine,
                                     .longest = ALI_C0 / highest,
                                     .ground = ground->kind != ALI_GROUND_NONE,
                                     .connect = ground->connect,
                                     .feet = options->ground_contact == ALICORN_CONTACT_DISC,
                                     .soil = ground->kind == ALI_GROUND_SOMMERFELD,
                                     .soil_wavenumber =
                                         soil_wavenumber(ground, 2.0 * ALI_PI * highest / ALI_C0)};
    if (model->triangle_count > 0 && ground->kind == ALI_GROUND_REFLECTION)
        return ali_error_set_at(error, ALICORN_E_INPUT, model->name, model->surfaces[0].line, 0,
                                NULL,
                                "surfaces over a ground by reflection coefficients (GN 0) cannot "
                                "be solved, expected the exact ground (GN 2), a perfect one or "
                                "free space");
    const ali_surface *combined = combined_over_soil(model, ground);
    if (combined)
        return ali_error_set_at(error, ALICORN_E_INPUT, model->name, combined->line,
                                combined->column, NULL,
                                "the combined field equation cannot be solved over a lossy ground "
                                "(GN 2), expected the electric field equation");
    alicorn_status status = ali_mesh_create(model, &mesh_options, options->report,
                                            options->report_user, &structure->mesh, error);
    for (size_t i = 0; i < task_count && !status; i++) {
        ali_drive_kind drive = tasks[i]->drive.kind;
        structure->fields |= drive == ALI_DRIVE_PLANE_WAVE || drive == ALI_DRIVE_CURRENT_ELEMENT;
        status = ali_port_list_add(&structure->ports, model, tasks[i], error);
    }
    for (size_t i = 0; i < model->surface_count; i++)
        structure->symmetric &= model->surfaces[i].electric_share == 1.0;
    if (!status)
        status = count_unknowns(structure, highest, options, error);
    if (status)
        ali_structure_clear(structure);
    return status;
}

alicorn_status ali_structure_create(const ali_model *model, const ali_task *const *tasks,
                                    size_t task_count, double highest,
                                    const alicorn_options *options, ali_structure *structure,
                                    alicorn_error *error)
{
    alicorn_status status =
        ali_structure_describe(model, tasks, task_count, highest, options, structure, error);
    if (!status)
        status = find_near(structure, error);
    if (status)
        ali_structure_clear(structure);
    return status;
}

size_t ali_structure_mixed_from(const ali_structure *structure)
{
    return ali_solver_mixed_from(structure->fields ? SIZE_MAX : structure->ports.count);
}

/* ---- one frequency ---- */

void ali_unit_clear(ali_unit *unit)
{
    ali_system_clear(&unit->system);
    ali_port_list_clear(&unit->ports);
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
        unit->ports.ports[i] = (ali_port){.site = list->ports[i].site};
    return ALICORN_OK;
}

alicorn_status ali_unit_solve(ali_unit *unit, size_t columns, double complex *v,
                              alicorn_error *error)
{
    return ali_unit_solve_to(unit, 0.0, columns, v, &unit->residual, error);
}

alicorn_status ali_unit_solve_to(ali_unit *unit, double target, size_t columns, double complex *v,
                                 double *residual, alicorn_error *error)
{
    double own = 0.0, start = ali_clock_seconds();
    size_t rows = unit->basis->count + unit->basis->probe_count;
    alicorn_status status = ali_system_solve(&unit->system, target, columns, rows, v, &own, error);
    unit->solve_s += ali_clock_seconds() - start;
    *residual = fmax(*residual, own);
    return status;
}

alicorn_status ali_unit_advance(const ali_unit *unit, size_t done, size_t total,
                                alicorn_error *error)
{
    const ali_solver_options *options = &unit->system.setup.solver;
    if (options->progress && options->progress(options->progress_user, "solve", done, total))
        return ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted during solve");
    return ALICORN_OK;
}

void ali_unit_describe(const ali_unit *unit, alicorn_solve_result *result)
{
    result->frequency_hz = unit->frequency;
    result->unknowns = unit->basis->count;
    result->compressed = unit->system.factor.compressed != NULL;
    if (result->compressed)
        result->matrix_error =
            ali_compressed_get_facts(unit->system.factor.compressed).matrix_error;
}

void ali_unit_times(ali_unit *unit, alicorn_solve_result *result)
{
    result->fill_s = unit->shared_s + unit->system.fill_s;
    result->factor_s = unit->system.factor_s;
    result->solve_s = unit->solve_s - unit->reported_s;
    unit->reported_s = unit->solve_s;
}

/** Keep the solutions in v and what follows from them. */
static void keep_solutions(ali_unit *unit, const double complex *v)
{
    size_t n = unit->basis->count, rows = n + unit->basis->probe_count;
    size_t count = unit->ports.count;
    for (size_t p = 0; p < count; p++) {
        memcpy(unit->x + p * n, v + p * rows, n * sizeof *v);
        for (size_t q = 0; q < count; q++)
            unit->y[p * count + q] =
                ali_functional_apply(&unit->ports.ports[q].gap, unit->x + p * n, n);
    }
}

/** Residuals of the solutions in v against the probes of `count` elements. */
static alicorn_status keep_probes(ali_unit *unit, size_t count, const size_t *elements,
                                  double complex *v, alicorn_error *error)
{
    size_t n = unit->basis->count, total = unit->basis->probe_count;
    size_t ports = unit->ports.count;
    double start = ali_clock_seconds();
    alicorn_status status =
        ali_system_probe(&unit->system, count, elements, ports, n + total, v, error);
    if (!status)
        status = ali_system_probe_scale(&unit->system, count, elements, unit->probe_scale, error);
    /* the degree of a foot is its model, not an approximation */
    for (size_t i = 0; i < count && !status; i++)
        if (ali_element_is_foot(&unit->structure->mesh->wires->elements[elements[i]]))
            unit->probe_scale[elements[i]] = 0.0;
    unit->solve_s += ali_clock_seconds() - start;
    for (size_t p = 0; p < ports && !status; p++)
        for (size_t i = 0; i < count; i++)
            unit->probe[p * total + elements[i]] = v[p * (n + total) + n + elements[i]];
    return status;
}

/** Solve for 1 V at every port on the present basis; probe `count` elements. */
static alicorn_status solve_ports(ali_unit *unit, size_t count, const size_t *elements,
                                  alicorn_error *error)
{
    unit->basis = unit->system.basis;
    size_t n = unit->basis->count, rows = n + unit->basis->probe_count;
    size_t ports = unit->ports.count;
    alicorn_status status =
        ali_port_list_place(&unit->ports, unit->structure->model, unit->basis, error);
    if (status)
        return status;
    double complex *v = ali_calloc(rows * ports, sizeof *v);
    double complex *x = ali_calloc(n * ports, sizeof *x);
    if (!v || !x) {
        free(v);
        free(x);
        return ali_error_memory(error, 2 * rows * ports * sizeof *v, "port currents");
    }
    free(unit->x);
    unit->x = x;
    for (size_t p = 0; p < ports; p++) {
        const ali_functional *gap = &unit->ports.ports[p].gap;
        for (size_t i = 0; i < gap->count; i++)
            v[p * rows + gap->function[i]] = gap->weight[i];
        ali_combine_gap(unit->basis, unit->system.share, v + p * rows);
    }
    status = ali_unit_advance(unit, 0, 1, error);
    if (!status)
        status = ali_unit_solve(unit, ports, v, error);
    if (!status) {
        keep_solutions(unit, v);
        status = keep_probes(unit, count, elements, v, error);
    }
    free(v);
    return status;
}

/** Weight of every element in the worst relative error of the ports' own admittances; returns that
 * error. */
static double weigh_elements(const ali_unit *unit, double *weight)
{
    size_t total = unit->basis->probe_count, ports = unit->ports.count;
    double worst = 0.0;
    memset(weight, 0, total * sizeof *weight);
    for (size_t p = 0; p < ports; p++) {
        double sum = 0.0, scale = ALI_ERROR_FACTOR / cabs(unit->y[p * ports + p]);
        for (size_t e = 0; e < total; e++) {
            double size = cabs(unit->probe[p * total + e]);
            double share = scale * size * size * unit->probe_scale[e];
            weight[e] = fmax(weight[e], share);
            sum += share;
        }
        worst = fmax(worst, sum);
    }
    return worst;
}

/** Raise degrees where the estimate asks for it, round by round. */
static alicorn_status adapt(ali_unit *unit, alicorn_error *error)
{
    size_t total = unit->basis->probe_count;
    double *weight = ali_calloc(total, sizeof *weight);
    unsigned char *degree = ali_calloc(total, 1);
    size_t *marked = ali_calloc(total, sizeof *marked);
    alicorn_status status = ALICORN_OK;
    if (!weight || !degree || !marked)
        status = ali_error_memory(error, total * 2 * sizeof *weight, "the error estimate");
    for (int round = 0; round < ALI_ADAPT_ROUNDS && !status; round++) {
        double worst = weigh_elements(unit, weight);
        memcpy(degree, unit->basis->wires->degree, total);
        size_t count = ali_adapt_mark(total, worst, weight, degree, marked);
        if (count == 0)
            break;
        status = ali_system_raise(&unit->system, degree, error);
        if (!status)
            status = solve_ports(unit, count, marked, error);
    }
    free(weight);
    free(degree);
    free(marked);
    return status;
}

static alicorn_status solve_first(ali_unit *unit, alicorn_error *error)
{
    size_t total = unit->structure->mesh->wires->element_count, ports = unit->ports.count;
    size_t *all = ali_calloc(total, sizeof *all);
    unit->y = ali_calloc(ports * ports, sizeof *unit->y);
    unit->probe = ali_calloc(total * ports, sizeof *unit->probe);
    unit->probe_scale = ali_calloc(total, sizeof *unit->probe_scale);
    if (!all || !unit->y || !unit->probe || !unit->probe_scale) {
        free(all);
        return ali_error_memory(error, total * (ports + 2) * sizeof *unit->probe,
                                "the error estimate");
    }
    for (size_t e = 0; e < total; e++)
        all[e] = e;
    alicorn_status status = solve_ports(unit, total, all, error);
    free(all);
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
                       .k = 2.0 * ALI_PI * frequency / ALI_C0};
    ali_system_setup setup = {.model = structure->model,
                              .state = structure->state,
                              .mesh = structure->mesh,
                              .near = structure->near,
                              .face_near = structure->face_near,
                              .ground_cache = structure->ground_cache,
                              .omega = unit->omega,
                              .k = unit->k,
                              .soil_wavenumber =
                                  soil_wavenumber(&structure->state->ground, unit->k),
                              .threads = threads,
                              .compressed = structure->compressed,
                              .full_too = options->solver == ALICORN_SOLVER_AUTO,
                              .solver = *solver_options};
    unsigned char *degree = ali_calloc(structure->mesh->wires->element_count, 1);
    if (!degree)
        return ali_error_memory(error, structure->mesh->wires->element_count,
                                "degrees of the current");
    alicorn_status status = start_degrees(structure, unit->k, options, degree, error);
    ali_basis_options start = start_options(structure, unit->k);
    start.degrees = degree;
    if (!status)
        status = ali_system_create(&setup, &start, &unit->system, error);
    free(degree);
    if (!status)
        status = copy_ports(unit, error);
    if (!status)
        status = solve_first(unit, error);
    if (!status && options->degree == 0)
        status = adapt(unit, error);
    /* the probes know nothing of what is wrong on faces */
    if (!status && (!options->error_bars || structure->face_near)) {
        free(unit->probe);
        unit->probe = NULL;
    }
    if (status)
        ali_unit_clear(unit);
    return status;
}

double ali_unit_error(const ali_unit *unit, const double complex *residual_a,
                      const double complex *residual_b)
{
    double sum = 0.0;
    for (size_t e = 0; e < unit->basis->probe_count; e++)
        sum += cabs(residual_a[e]) * cabs(residual_b[e]) * unit->probe_scale[e];
    return ALI_ERROR_FACTOR * sum;
}
