/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "observe/multiport.h"
#include "observe/near_field.h"
#include "observe/pattern.h"
#include "observe/radiation.h"
#include "study/answer.h"

#include <stdlib.h>
#include <string.h>

static ali_pattern_drive pattern_drive(const ali_answer *answer)
{
    const ali_drive *drive = &answer->task->drive;
    const alicorn_power *power = &answer->result->power;
    ali_pattern_drive result = {.kind = drive->kind,
                                .input_w = power->input,
                                .radiated_w = power->radiated,
                                .axial_ratio = drive->waves.axial_ratio};
    if (drive->kind == ALI_DRIVE_CURRENT_ELEMENT)
        result.input_w = result.radiated_w =
            ali_radiation_element_power(answer->unit->k, drive->element.moment);
    return result;
}

static alicorn_status add_pattern(ali_answer *answer, const ali_request *request,
                                  alicorn_error *error)
{
    ali_pattern_drive drive = pattern_drive(answer);
    alicorn_solve_result *result = answer->result;
    alicorn_status status = ali_pattern_create(&request->as.pattern, &answer->current,
                                               answer->unit->k, &answer->task->ground, &drive,
                                               &result->patterns[result->pattern_count], error);
    if (status)
        return status;
    result->pattern_count++;
    return ali_answer_pattern_rcs(answer, &result->patterns[result->pattern_count - 1], error);
}

/** All near fields of the task, in the order asked. */
static alicorn_status add_near_fields(ali_answer *answer, alicorn_error *error)
{
    const ali_task *task = answer->task;
    alicorn_solve_result *result = answer->result;
    size_t count = 0;
    ali_near_question *question = ali_calloc(task->request_count, sizeof *question);
    if (!question)
        return ali_error_memory(error, task->request_count * sizeof *question, "near fields");
    for (size_t i = 0; i < task->request_count; i++) {
        ali_request_kind kind = task->requests[i].kind;
        if (kind == ALI_REQUEST_NEAR_E || kind == ALI_REQUEST_NEAR_H)
            question[count++] =
                (ali_near_question){&task->requests[i].as.near, kind == ALI_REQUEST_NEAR_H};
    }
    alicorn_status status = ALICORN_OK;
    if (count > 0)
        status = ali_near_fields_create(count, question, &answer->current, answer->unit->k,
                                        &task->ground, result->near_fields, error);
    if (status == ALICORN_OK)
        result->near_field_count = count;
    free(question);
    return status;
}

/** Coupling of every pair of the asked segments, all the others shorted but for the task's
 * networks. */
static alicorn_status add_couplings(ali_answer *answer, alicorn_error *error)
{
    const ali_unit *unit = answer->unit;
    const ali_task *task = answer->task;
    const ali_segment *segments = unit->structure->model->segments;
    size_t count = task->coupling_count, ports = unit->ports.count;
    alicorn_solve_result *result = answer->result;
    result->couplings = ali_calloc(count * count, sizeof *result->couplings);
    double complex *v = ali_calloc(4 * ports, sizeof *v);
    bool *driven = ali_calloc(ports, sizeof *driven);
    alicorn_status status = ALICORN_OK;
    if (!result->couplings || !v || !driven)
        status = ali_error_memory(error, ports * 4 * sizeof *v, "couplings");
    for (size_t i = 0; i < count && !status; i++)
        for (size_t j = i + 1; j < count && !status; j++) {
            size_t pair[2] = {ali_port_list_find_segment(&unit->ports, task->coupling[i]),
                              ali_port_list_find_segment(&unit->ports, task->coupling[j])};
            double complex y[2][2];
            memset(driven, 0, ports * sizeof *driven);
            memset(v, 0, 2 * ports * sizeof *v);
            for (size_t p = 0; p < 2; p++) {
                driven[pair[p]] = true;
                v[2 * pair[p] + p] = 1.0;
            }
            status = ali_answer_circuit(unit, task, driven, 2, v, NULL, v + 2 * ports, error);
            for (size_t p = 0; p < 2; p++)
                for (size_t q = 0; q < 2; q++) {
                    y[p][q] = v[2 * ports + 2 * pair[p] + q];
                    for (size_t r = 0; r < ports; r++)
                        y[p][q] += unit->y[r * ports + pair[p]] * v[2 * r + q];
                }
            alicorn_coupling *coupling = &result->couplings[result->coupling_count++];
            *coupling = (alicorn_coupling){
                .segment = {task->coupling[i] + 1, task->coupling[j] + 1},
                .tag = {segments[task->coupling[i]].tag, segments[task->coupling[j]].tag}};
            ali_multiport_coupling(y[0][0], 0.5 * (y[0][1] + y[1][0]), y[1][1], coupling);
        }
    free(v);
    free(driven);
    return status;
}

static alicorn_status answer_request(ali_answer *answer, const ali_request *request,
                                     alicorn_error *error)
{
    switch (request->kind) {
    case ALI_REQUEST_PATTERN:
        return add_pattern(answer, request, error);
    case ALI_REQUEST_COUPLING:
        return answer->result->couplings ? ALICORN_OK : add_couplings(answer, error);
    case ALI_REQUEST_NEAR_E: /* all at once */
    case ALI_REQUEST_NEAR_H:
    case ALI_REQUEST_CURRENTS:
    case ALI_REQUEST_RCS: /* answered apart, see ali_answer_task */
        return ALICORN_OK;
    }
    return ALICORN_OK;
}

alicorn_status ali_answer_requests(ali_answer *answer, alicorn_error *error)
{
    const ali_task *task = answer->task;
    alicorn_solve_result *result = answer->result;
    result->patterns = ali_calloc(task->request_count, sizeof *result->patterns);
    result->near_fields = ali_calloc(task->request_count, sizeof *result->near_fields);
    if (!result->patterns || !result->near_fields)
        return ali_error_memory(error, task->request_count * sizeof *result->patterns, "requests");
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < task->request_count && !status; i++)
        status = answer_request(answer, &task->requests[i], error);
    return status ? status : add_near_fields(answer, error);
}
