/* SPDX-License-Identifier: Apache-2.0 */
#include "study/answer.h"

#include "base/clock.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "operator/face_excitation.h"
#include "study/result.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Right-hand sides solved at a time: enough for the solver's blocks, bounded in memory. */
enum { WAVE_BLOCK = 64 };

size_t ali_answer_count(const ali_task *task)
{
    if (task->drive.kind == ALI_DRIVE_SOURCES && task->drive.in_turn)
        return task->drive.source_count;
    if (task->drive.kind != ALI_DRIVE_PLANE_WAVE)
        return 1;
    return task->drive.waves.theta_count * task->drive.waves.phi_count;
}

size_t ali_answer_bytes(const ali_task *task, size_t unknowns, size_t probes, bool single)
{
    if (task->request_count && task->requests[0].kind == ALI_REQUEST_RCS)
        return ali_answer_rcs_bytes(&task->requests[0].as.rcs, unknowns, probes, single);
    size_t columns = 0, count = ali_answer_count(task);
    if (task->drive.kind == ALI_DRIVE_PLANE_WAVE || task->drive.kind == ALI_DRIVE_CURRENT_ELEMENT)
        columns = count < WAVE_BLOCK ? count : WAVE_BLOCK;
    count = count < ALI_RADIATORS_MOST ? count : ALI_RADIATORS_MOST;
    return (columns * (unknowns + probes) + count * (2 * unknowns + probes)) *
               sizeof(double complex) +
           ali_system_solve_bytes(unknowns, columns, single);
}

/* ---- excitations ---- */

/** Plane wave number i of a task, theta fastest as NEC runs them. */
static ali_plane_wave make_wave(const ali_unit *unit, const ali_task *task, size_t i)
{
    const ali_plane_waves *waves = &task->drive.waves;
    double sign = waves->polarisation == ALI_POL_LEFT ? -1.0 : 1.0;
    double minor = waves->polarisation == ALI_POL_LINEAR ? 0.0 : sign * waves->axial_ratio;
    double c = cos(waves->eta), s = sin(waves->eta);
    ali_plane_wave wave = {
        .theta = waves->theta_start + (double)(i % waves->theta_count) * waves->theta_step,
        .phi = waves->phi_start + (double)(i / waves->theta_count) * waves->phi_step,
        /* E = p - j m (w x p): in a right-hand wave the field turns from the major axis p towards w
           x p, w along the propagation */
        .e_theta = CMPLX(c, -minor * s),
        .e_phi = CMPLX(s, minor * c),
        .k = unit->k,
        .ground = task->ground.kind};
    if (ali_ground_is_lossy(&task->ground))
        wave.permittivity = ali_medium_permittivity(&task->ground.medium, unit->omega);
    return wave;
}

static ali_element_field make_element(const ali_unit *unit, const ali_task *task)
{
    const ali_current_element *element = &task->drive.element;
    return (ali_element_field){.position = element->position,
                               .direction = {cos(element->alpha) * cos(element->beta),
                                             cos(element->alpha) * sin(element->beta),
                                             sin(element->alpha)},
                               .moment = element->moment,
                               .k = unit->k,
                               .image = task->ground.kind == ALI_GROUND_PEC,
                               .above = task->ground.kind == ALI_GROUND_SOMMERFELD};
}

/** Right-hand side of excitation i, unknowns and probes. */
static alicorn_status excite(const ali_unit *unit, const ali_task *task, size_t i,
                             double complex *v, alicorn_error *error)
{
    if (task->drive.kind == ALI_DRIVE_PLANE_WAVE) {
        ali_plane_wave wave = make_wave(unit, task, i);
        ali_excite_plane_wave(unit->basis, true, &wave, v);
        ali_combine_plane_wave(unit->basis, unit->system.share, &wave, v);
    } else if (task->drive.kind == ALI_DRIVE_CURRENT_ELEMENT) {
        ali_element_field element = make_element(unit, task);
        ali_excite_current_element(unit->basis, true, &element, v);
        ali_combine_current_element(unit->basis, unit->system.share, &element, v);
        if (task->ground.kind == ALI_GROUND_SOMMERFELD)
            return ali_current_element_ground(
                unit->basis->wires, true, &element,
                ali_medium_permittivity(&task->ground.medium, unit->omega),
                v + unit->basis->wire_first, error);
    }
    return ALICORN_OK;
}

/* ---- from port voltages to the current ---- */

/** Given voltages of the sources, and which ports they drive. */
static void set_sources(const ali_answer *answer, bool *driven)
{
    const ali_drive *drive = &answer->task->drive;
    for (size_t i = 0; drive->kind == ALI_DRIVE_SOURCES && i < drive->source_count; i++) {
        const ali_source *source = &drive->sources[i];
        if (drive->in_turn && i != answer->excitation)
            continue;
        size_t p = ali_port_list_find(
            &answer->unit->ports, ali_model_source_site(answer->unit->structure->model, source));
        driven[p] = true;
        answer->v[p] = drive->in_turn ? 1.0 : source->voltage;
    }
}

/** Add the port solutions, weighted with the port voltages, to the current and its residual. */
static void superpose(ali_answer *answer)
{
    const ali_unit *unit = answer->unit;
    size_t n = unit->basis->count, elements = unit->basis->probe_count;
    for (size_t p = 0; p < unit->ports.count; p++) {
        double complex voltage = answer->v[p];
        if (voltage == 0.0)
            continue;
        for (size_t i = 0; i < n; i++)
            answer->x[i] += voltage * unit->x[p * n + i];
        for (size_t e = 0; answer->probe && e < elements; e++)
            answer->probe[e] += voltage * unit->probe[p * elements + e];
    }
}

/** Turn 1 V across the port that is driven in turn into 1 V behind its reference impedance. */
static void put_source_behind(ali_answer *answer)
{
    const ali_unit *unit = answer->unit;
    const ali_model *model = unit->structure->model;
    const ali_source *source = &answer->task->drive.sources[answer->excitation];
    size_t ports = unit->ports.count;
    size_t driven = ali_port_list_find(&unit->ports, ali_model_source_site(model, source));
    double complex current = answer->network[driven];
    for (size_t p = 0; p < ports; p++)
        current += unit->y[p * ports + driven] * answer->v[p];
    double complex share = 1.0 / (1.0 + model->ports[source->segment].z0 * current);
    for (size_t p = 0; p < ports; p++) {
        answer->v[p] *= share;
        answer->network[p] *= share;
    }
}

/** Port voltages of one excitation; answer->x holds the response to an incident field with all
 * ports shorted. */
static alicorn_status solve_voltages(ali_answer *answer, alicorn_error *error)
{
    const ali_unit *unit = answer->unit;
    size_t ports = unit->ports.count;
    bool *driven = ali_calloc(ports, sizeof *driven);
    double complex *incident = ali_calloc(ports, sizeof *incident);
    alicorn_status status = ALICORN_OK;
    if (driven && incident) {
        set_sources(answer, driven);
        for (size_t p = 0; p < ports; p++)
            incident[p] =
                ali_functional_apply(&unit->ports.ports[p].gap, answer->x, unit->basis->count);
        status = ali_answer_circuit(unit, answer->task, driven, 1, answer->v, incident,
                                    answer->network, error);
        if (!status && answer->task->drive.kind == ALI_DRIVE_SOURCES && answer->task->drive.in_turn)
            put_source_behind(answer);
    } else {
        status = ali_error_memory(error, ports * sizeof *incident, "port voltages");
    }
    free(driven);
    free(incident);
    return status;
}

/** Element and local coordinate of the middle of a segment. */
static size_t middle_element(const ali_wire_mesh *mesh, size_t segment, double *u)
{
    size_t first = mesh->segment_first[segment], end = mesh->segment_first[segment + 1];
    double length = 0.0, passed = 0.0;
    for (size_t e = first; e < end; e++)
        length += mesh->elements[e].half;
    size_t e = first;
    while (e + 1 < end && passed + mesh->elements[e].half < 0.5 * length)
        passed += mesh->elements[e++].half;
    *u = (0.5 * length - passed) / mesh->elements[e].half * 2.0 - 1.0;
    return e;
}

static alicorn_status add_currents(ali_answer *answer, alicorn_error *error)
{
    const ali_wire_mesh *mesh = answer->unit->basis->mesh->wires;
    const ali_model *model = answer->unit->structure->model;
    alicorn_solve_result *result = answer->result;
    result->currents = ali_calloc(model->segment_count, sizeof *result->currents);
    if (!result->currents)
        return ali_error_memory(error, model->segment_count * sizeof *result->currents,
                                "segment currents");
    result->current_count = model->segment_count;
    for (size_t s = 0; s < model->segment_count; s++) {
        const ali_segment *segment = &model->segments[s];
        ali_vec3 axis = ali_vec3_sub(segment->end, segment->start);
        double length = ali_vec3_norm(axis);
        ali_vec3 centre = ali_vec3_axpy(segment->start, 0.5, axis);
        alicorn_segment_current *current = &result->currents[s];
        *current = (alicorn_segment_current){
            .segment = s + 1,
            .tag = segment->tag,
            .centre = {centre.x, centre.y, centre.z},
            .length = length,
            .radius = segment->radius,
            .direction = {axis.x / length, axis.y / length, axis.z / length}};
        if (mesh->segment_master[s] != s)
            continue;
        double u;
        size_t e = middle_element(mesh, s, &u);
        current->current = ali_to_public(ali_wire_current_at(&answer->current.wires, e, u));
        current->charge = ali_to_public(CMPLX(0.0, 1.0 / answer->unit->omega) *
                                        ali_wire_current_slope(&answer->current.wires, e, u));
    }
    return ALICORN_OK;
}

/* ---- one answer ---- */

static void describe(const ali_answer *answer, size_t task_index, size_t i)
{
    const ali_task *task = answer->task;
    alicorn_solve_result *result = answer->result;
    ali_unit_describe(answer->unit, result);
    result->task = task_index;
    result->driven = (int)task->drive.kind;
    result->driven_port =
        task->drive.kind == ALI_DRIVE_SOURCES && task->drive.in_turn ? (int)i : -1;
    result->residual = answer->unit->residual;
    result->max_gain_error_db = -1.0;
    if (task->drive.kind == ALI_DRIVE_PLANE_WAVE) {
        ali_plane_wave wave = make_wave(answer->unit, task, i);
        result->theta_inc_deg = wave.theta / ALI_DEGREE;
        result->phi_inc_deg = wave.phi / ALI_DEGREE;
        result->eta_deg = task->drive.waves.eta / ALI_DEGREE;
        result->axial_ratio = task->drive.waves.axial_ratio;
    }
}

static void answer_clear(ali_answer *answer)
{
    free(answer->v);
    ali_current_clear(&answer->current);
    ali_radiator_destroy(answer->radiator);
}

/** Current of excitation i, whose incident response (and residual) is in `incident`, or NULL. Clear
 * in any case. */
static alicorn_status find_current(ali_answer *answer, size_t task_index,
                                   const double complex *incident, alicorn_error *error)
{
    ali_unit *unit = answer->unit;
    size_t n = unit->basis->count, elements = unit->basis->probe_count;
    size_t ports = unit->ports.count;
    double complex *storage = ali_calloc(2 * ports + n + elements, sizeof *storage);
    if (!storage)
        return ali_error_memory(error, (2 * ports + n + elements) * sizeof *storage, "an answer");
    answer->v = storage;
    answer->network = storage + ports;
    answer->x = storage + 2 * ports;
    answer->probe = unit->probe && !incident ? answer->x + n : NULL;
    if (incident)
        memcpy(answer->x, incident, n * sizeof *incident);
    describe(answer, task_index, answer->excitation);
    alicorn_status status = solve_voltages(answer, error);
    if (status)
        return status;
    superpose(answer);
    status = ali_current_create(unit->basis, answer->x, &answer->current, error);
    return status ? status
                  : ali_radiator_create(&answer->current, unit->k, &answer->task->ground,
                                        ALI_PATTERN_SPACE_WAVE, &answer->radiator, error);
}

/** Everything that follows from the current and its far field. */
static alicorn_status describe_current(ali_answer *answer, alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    if (!(status = add_currents(answer, error)) && !(status = ali_answer_faces(answer, error)) &&
        !(status = ali_answer_ports(answer, error)) && !(status = ali_answer_power(answer, error)))
        status = ali_answer_requests(answer, error);
    ali_unit_times(answer->unit, answer->result);
    return status;
}

/** Answer excitations first … first + count - 1, count <= ALI_RADIATORS_MOST, whose far fields are
 * computed together.
 *  @param incident  [count][unknowns and probes] incident responses and their residuals, or NULL */
static alicorn_status answer_some(const ali_answer *common, size_t task_index, size_t first,
                                  size_t count, const double complex *incident,
                                  alicorn_solve_result *result, alicorn_error *error)
{
    size_t rows = common->unit->basis->count + common->unit->basis->probe_count;
    ali_answer answers[ALI_RADIATORS_MOST];
    const ali_radiator *radiators[ALI_RADIATORS_MOST];
    double power[ALI_RADIATORS_MOST];
    ali_radiation_peak peaks[ALI_RADIATORS_MOST];
    alicorn_status status = ALICORN_OK;
    assert(count <= ALI_RADIATORS_MOST);
    for (size_t i = 0; i < count; i++) {
        answers[i] = *common;
        answers[i].excitation = first + i;
        answers[i].result = &result[first + i];
    }
    for (size_t i = 0; i < count && !status; i++) {
        status =
            find_current(&answers[i], task_index, incident ? incident + i * rows : NULL, error);
        radiators[i] = answers[i].radiator;
    }
    if (!status)
        status = ali_radiation_survey(radiators, count, power, peaks, error);
    for (size_t i = 0; i < count && !status; i++) {
        answers[i].radiated = power[i];
        answers[i].peak = peaks[i];
        status = describe_current(&answers[i], error);
    }
    for (size_t i = 0; i < count; i++)
        answer_clear(&answers[i]);
    return status;
}

/** Excitations first … first + count - 1 driven by impressed fields: one block of right-hand sides.
 */
static alicorn_status answer_fields(const ali_answer *common, size_t task_index, size_t first,
                                    size_t count, alicorn_solve_result *result,
                                    alicorn_error *error)
{
    ali_unit *unit = common->unit;
    size_t rows = unit->basis->count + unit->basis->probe_count;
    double complex *v = ali_calloc(rows * count, sizeof *v);
    if (!v)
        return ali_error_memory(error, rows * count * sizeof *v, "right-hand sides");
    double start = ali_clock_seconds();
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < count && !status; i++)
        status = excite(unit, common->task, first + i, v + i * rows, error);
    unit->solve_s += ali_clock_seconds() - start;
    if (!status)
        status = ali_unit_solve(unit, count, v, error);
    for (size_t i = 0, some; i < count && !status; i += some) {
        some = count - i < ALI_RADIATORS_MOST ? count - i : ALI_RADIATORS_MOST;
        status = answer_some(common, task_index, first + i, some, v + i * rows, result, error);
    }
    free(v);
    return status;
}

alicorn_status ali_answer_task(ali_unit *unit, const ali_task *task, size_t task_index,
                               const alicorn_options *options, alicorn_solve_result *result,
                               alicorn_error *error)
{
    bool fields =
        task->drive.kind == ALI_DRIVE_PLANE_WAVE || task->drive.kind == ALI_DRIVE_CURRENT_ELEMENT;
    bool approximate = task->ground.kind == ALI_GROUND_REFLECTION,
         faces = unit->basis->mesh->surfaces->face_count > 0;
    if (task->drive.kind == ALI_DRIVE_CURRENT_ELEMENT && ali_ground_is_lossy(&task->ground) &&
        (approximate || faces)) {
        const ali_origin *origin = &task->drive.origin;
        return ali_error_set_at(error, ALICORN_E_INPUT, unit->structure->model->name, origin->line,
                                origin->column, origin->card,
                                "a current element over a lossy ground is not supported with %s",
                                faces ? "surfaces; free space or a perfect ground is expected"
                                      : "reflection coefficients (GN 0); GN 2, free space or a "
                                        "perfect ground is expected");
    }
    if (task->request_count && task->requests[0].kind == ALI_REQUEST_RCS)
        return ali_answer_rcs(unit, task, task_index, result, error);
    const ali_answer common = {.unit = unit, .task = task, .options = options};
    size_t count = ali_answer_count(task), most = fields ? WAVE_BLOCK : ALI_RADIATORS_MOST;
    alicorn_status status = ALICORN_OK;
    for (size_t first = 0, some; first < count && !status; first += some) {
        some = count - first < most ? count - first : most;
        status = fields ? answer_fields(&common, task_index, first, some, result, error)
                        : answer_some(&common, task_index, first, some, NULL, result, error);
        if (!status)
            status = ali_unit_advance(unit, first + some, count, error);
    }
    return status;
}
