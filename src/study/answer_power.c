/* SPDX-License-Identifier: Apache-2.0 */
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "observe/sheet_power.h"
#include "operator/face_excitation.h"
#include "study/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Probes looked at for the error of the gain: those whose residuals make up nearly all of the
 * estimate. */
enum { GAIN_PROBES_MAX = 128 };
static const double GAIN_PROBES_SHARE = 0.98;

/** Power that networks take from the structure's side [W]. */
static double network_power(const ali_answer *answer)
{
    double power = 0.0;
    for (size_t p = 0; p < answer->unit->ports.count; p++)
        power += 0.5 * creal(answer->v[p] * conj(answer->network[p]));
    return power;
}

/** Whether a source of this answer stands at a named port. */
static bool is_driven(const ali_answer *answer, size_t named)
{
    const ali_drive *drive = &answer->task->drive;
    if (drive->kind != ALI_DRIVE_SOURCES)
        return false;
    for (size_t i = 0; i < drive->source_count; i++)
        if (drive->sources[i].kind == ALI_SOURCE_PORT && drive->sources[i].segment == named &&
            (!drive->in_turn || i == answer->excitation))
            return true;
    return false;
}

/** Power that the ports which are not driven absorb in their reference impedances [W]. */
static double termination_power(const ali_answer *answer)
{
    const ali_model *model = answer->unit->structure->model;
    double power = 0.0;
    for (size_t i = 0; ali_task_terminates(answer->task) && i < model->port_count; i++) {
        if (is_driven(answer, i))
            continue;
        double size =
            cabs(answer->v[ali_port_list_find(&answer->unit->ports, model->ports[i].site)]);
        power += 0.5 * size * size / model->ports[i].z0;
    }
    return power;
}

static void add_budget(ali_answer *answer)
{
    alicorn_power *power = &answer->result->power;
    for (size_t i = 0; i < answer->result->source_count; i++)
        power->input += answer->result->sources[i].power_w;
    power->structure_loss = ali_load_power(answer->unit->basis->wires, &answer->unit->system.loads,
                                           answer->x + answer->unit->basis->wire_first);
    if (answer->unit->system.sheet != NULL)
        power->structure_loss += ali_sheet_power(
            answer->unit->basis->mesh, &answer->current.surfaces, answer->unit->system.sheet);
    power->termination = termination_power(answer);
    if (answer->task->network_count > 0)
        power->network_loss = network_power(answer) - power->termination;
    power->radiated =
        power->input - power->structure_loss - power->network_loss - power->termination;
}

/* ---- error of the gain ---- */

typedef struct ranked_probe {
    double weight;
    size_t element;
} ranked_probe;

static int compare_weights(const void *a, const void *b)
{
    const ranked_probe *p = a, *q = b;
    return p->weight > q->weight ? -1 : p->weight < q->weight;
}

static int compare_elements(const void *a, const void *b)
{
    const size_t *p = a, *q = b;
    return *p < *q ? -1 : *p > *q;
}

/** The strongest probes of the answer, ascending; returns how many, at most GAIN_PROBES_MAX. */
static size_t choose_probes(const ali_answer *answer, ranked_probe *ranked, size_t *chosen)
{
    size_t elements = answer->unit->basis->probe_count, count = 0;
    double total = 0.0, sum = 0.0;
    for (size_t e = 0; e < elements; e++) {
        double size = cabs(answer->probe[e]);
        ranked[e] = (ranked_probe){size * size * answer->unit->probe_scale[e], e};
        total += ranked[e].weight;
    }
    qsort(ranked, elements, sizeof *ranked, compare_weights);
    while (count < elements && count < GAIN_PROBES_MAX && sum < GAIN_PROBES_SHARE * total)
        sum += ranked[count++].weight;
    for (size_t i = 0; i < count; i++)
        chosen[i] = ranked[i].element;
    qsort(chosen, count, sizeof *chosen, compare_elements);
    return count;
}

/** Error of the far field towards (theta, phi) in its own polarisation, relative. The field is the
 * response to a plane wave from there (reciprocity), so its error is bilinear in the residuals of
 * both solutions. */
static alicorn_status field_error(ali_answer *answer, double theta, double phi,
                                  double complex e_theta, double complex e_phi, double *relative,
                                  alicorn_error *error)
{
    ali_unit *unit = answer->unit;
    size_t n = unit->basis->count, elements = unit->basis->probe_count;
    const ali_ground *ground = &answer->task->ground;
    double size = hypot(cabs(e_theta), cabs(e_phi));
    ali_plane_wave wave = {.theta = theta,
                           .phi = phi,
                           .e_theta = conj(e_theta) / size,
                           .e_phi = conj(e_phi) / size,
                           .k = unit->k,
                           .ground = ground->kind};
    if (ali_ground_is_lossy(ground))
        wave.permittivity = ali_medium_permittivity(&ground->medium, unit->omega);
    double complex *v = ali_calloc(n + elements, sizeof *v);
    ranked_probe *ranked = ali_calloc(elements, sizeof *ranked);
    size_t chosen[GAIN_PROBES_MAX];
    alicorn_status status = ALICORN_OK;
    if (!v || !ranked) {
        status = ali_error_memory(error, (n + elements) * sizeof *v, "the error of the gain");
        goto cleanup;
    }
    ali_excite_plane_wave(unit->basis, true, &wave, v);
    size_t count = choose_probes(answer, ranked, chosen);
    double sum = 0.0;
    double complex response = 0.0;
    for (size_t j = 0; j < n; j++)
        response += v[j] * answer->x[j];
    ali_combine_plane_wave(unit->basis, unit->system.share, &wave, v);
    status = ali_unit_solve(unit, 1, v, error);
    if (!status)
        status = ali_system_probe(&unit->system, count, chosen, 1, n + elements, v, error);
    for (size_t i = 0; i < count && !status; i++) {
        size_t e = chosen[i];
        sum += cabs(v[n + e]) * cabs(answer->probe[e]) * unit->probe_scale[e];
    }
    *relative = ALI_ERROR_FACTOR * sum / cabs(response) + ALI_QUADRATURE_ERROR;
cleanup:
    free(v);
    free(ranked);
    return status;
}

/** Relative error of the input power. */
static double power_error(const ali_answer *answer)
{
    double sum = 0.0;
    for (size_t i = 0; i < answer->result->source_count; i++) {
        const alicorn_source_result *source = &answer->result->sources[i];
        double current = hypot(source->current.re, source->current.im);
        /* |dI| = |I| dZ/|Z|, and the power changes by |V| |dI|/2 at most */
        sum += 0.5 * current * current * source->impedance_error;
    }
    return sum / answer->result->power.input;
}

static alicorn_status add_gain_error(ali_answer *answer, alicorn_error *error)
{
    const ali_radiation_peak *peak = &answer->peak;
    double complex e_theta, e_phi;
    double relative = 0.0;
    ali_radiator_far_field(answer->radiator, 1, &peak->theta, &peak->phi, &e_theta, &e_phi);
    alicorn_status status =
        field_error(answer, peak->theta, peak->phi, e_theta, e_phi, &relative, error);
    if (!status)
        answer->result->max_gain_error_db =
            10.0 / log(10.0) * (2.0 * relative + power_error(answer));
    return status;
}

alicorn_status ali_answer_power(ali_answer *answer, alicorn_error *error)
{
    alicorn_solve_result *result = answer->result;
    const ali_radiation_peak *peak = &answer->peak;
    if (answer->task->drive.kind == ALI_DRIVE_SOURCES)
        add_budget(answer);
    result->power.far_field = answer->radiated;
    if (answer->task->drive.kind == ALI_DRIVE_SOURCES &&
        ali_ground_is_lossy(&answer->task->ground)) {
        result->power.has_ground_loss = 1;
        result->power.ground_loss = result->power.radiated - result->power.far_field;
    }
    if (!(result->power.input > 0.0) || !(peak->intensity > 0.0))
        return ALICORN_OK;
    result->has_gain = 1;
    result->max_gain_dbi = 10.0 * log10(ali_radiation_gain(peak->intensity, result->power.input));
    result->max_gain_theta_deg = peak->theta / ALI_DEGREE;
    result->max_gain_phi_deg = peak->phi / ALI_DEGREE;
    result->max_gain_error_db = -1.0;
    result->average_gain = result->power.far_field / result->power.input *
                           (answer->task->ground.kind == ALI_GROUND_NONE ? 1.0 : 2.0);
    return answer->probe ? add_gain_error(answer, error) : ALICORN_OK;
}
