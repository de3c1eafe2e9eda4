/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "observe/circuit.h"
#include "study/answer.h"

#include <stdlib.h>
#include <string.h>

/** A task's circuit on the ports that take part in it. */
typedef struct task_circuit {
    size_t count;
    size_t *member;    /**< [count] unit port */
    size_t *place;     /**< [unit ports] index into member, ALI_NONE if shorted */
    double complex *y; /**< [count][count] */
    bool *driven;      /**< [count] */
    double complex *v, *incident, *network; /**< [count][columns] */
    ali_branch *branches; /**< [branch_count] the task's networks, then terminations */
    size_t branch_count;
} task_circuit;

static void circuit_clear(task_circuit *circuit)
{
    free(circuit->member);
    free(circuit->place);
    free(circuit->y);
    free(circuit->driven);
    free(circuit->v);
    free(circuit->branches);
}

static ali_vec3 middle_of(const ali_model *model, size_t segment)
{
    const ali_segment *s = &model->segments[segment];
    return ali_vec3_scale(0.5, ali_vec3_add(s->start, s->end));
}

static ali_branch make_branch(const ali_unit *unit, const ali_network *network)
{
    ali_branch branch = {.y11 = network->y11, .y12 = network->y12, .y22 = network->y22};
    if (network->kind == ALI_NETWORK_LINE) {
        const ali_model *model = unit->structure->model;
        double length = network->length;
        if (length == 0.0)
            length = ali_vec3_distance(middle_of(model, network->segment[0]),
                                       middle_of(model, network->segment[1]));
        branch = (ali_branch){.kind = ALI_BRANCH_LINE,
                              .y11 = network->shunt[0],
                              .y22 = network->shunt[1],
                              .z0 = network->crossed ? -network->z0 : network->z0,
                              .angle = unit->k * length};
    }
    return branch;
}

/** Choose the members: driven ports and ends of networks. */
static void choose_members(const ali_unit *unit, const ali_task *task, const bool *driven,
                           task_circuit *circuit)
{
    size_t ports = unit->ports.count;
    for (size_t p = 0; p < ports; p++)
        circuit->place[p] = driven[p] ? 0 : ALI_NONE;
    for (size_t i = 0; i < 2 * task->network_count; i++)
        circuit->place[ali_port_list_find_segment(&unit->ports,
                                                  task->networks[i / 2].segment[i % 2])] = 0;
    for (size_t i = 0; ali_task_terminates(task) && i < unit->structure->model->port_count; i++)
        circuit->place[ali_port_list_find(&unit->ports, unit->structure->model->ports[i].site)] = 0;
    for (size_t p = 0; p < ports; p++)
        if (circuit->place[p] != ALI_NONE) {
            circuit->place[p] = circuit->count;
            circuit->member[circuit->count++] = p;
        }
}

/** A one-port of 1/z0 at every named port that nothing drives. */
static void add_terminations(const ali_unit *unit, task_circuit *circuit)
{
    const ali_model *model = unit->structure->model;
    for (size_t i = 0; i < model->port_count; i++) {
        size_t place = circuit->place[ali_port_list_find(&unit->ports, model->ports[i].site)];
        if (!circuit->driven[place])
            circuit->branches[circuit->branch_count++] =
                (ali_branch){.port = {place, place}, .y11 = 1.0 / model->ports[i].z0};
    }
}

static int fill_circuit(const ali_unit *unit, const ali_task *task, const bool *driven,
                        size_t columns, const double complex *v, const double complex *incident,
                        task_circuit *circuit)
{
    size_t ports = unit->ports.count;
    circuit->member = ali_calloc(ports, sizeof *circuit->member);
    circuit->place = ali_calloc(ports, sizeof *circuit->place);
    circuit->y = ali_calloc(ports * ports, sizeof *circuit->y);
    circuit->driven = ali_calloc(ports, sizeof *circuit->driven);
    circuit->v = ali_calloc(3 * ports * columns, sizeof *circuit->v);
    circuit->branches = ali_calloc(task->network_count + unit->structure->model->port_count,
                                   sizeof *circuit->branches);
    if (!circuit->member || !circuit->place || !circuit->y || !circuit->driven || !circuit->v ||
        !circuit->branches)
        return -1;
    choose_members(unit, task, driven, circuit);
    size_t count = circuit->count;
    circuit->incident = circuit->v + ports * columns;
    circuit->network = circuit->incident + ports * columns;
    for (size_t i = 0; i < count; i++) {
        size_t p = circuit->member[i];
        circuit->driven[i] = driven[p];
        for (size_t j = 0; j < count; j++)
            circuit->y[i * count + j] = unit->y[circuit->member[j] * ports + p];
        memcpy(circuit->v + i * columns, v + p * columns, columns * sizeof *v);
        if (incident)
            memcpy(circuit->incident + i * columns, incident + p * columns, columns * sizeof *v);
    }
    circuit->branch_count = task->network_count;
    for (size_t i = 0; i < task->network_count; i++) {
        circuit->branches[i] = make_branch(unit, &task->networks[i]);
        for (int side = 0; side < 2; side++)
            circuit->branches[i].port[side] = circuit->place[ali_port_list_find_segment(
                &unit->ports, task->networks[i].segment[side])];
    }
    if (ali_task_terminates(task))
        add_terminations(unit, circuit);
    return 0;
}

alicorn_status ali_answer_circuit(const ali_unit *unit, const ali_task *task, const bool *driven,
                                  size_t columns, double complex *v, const double complex *incident,
                                  double complex *network, alicorn_error *error)
{
    task_circuit circuit = {0};
    alicorn_status status = ALICORN_OK;
    if (fill_circuit(unit, task, driven, columns, v, incident, &circuit))
        status = ali_error_memory(error, unit->ports.count * columns * 64, "the network equations");
    else
        status = ali_circuit_solve(circuit.count, circuit.y, circuit.branch_count, circuit.branches,
                                   circuit.driven, columns, circuit.v,
                                   incident ? circuit.incident : NULL, circuit.network, error);
    if (!status) {
        memset(v, 0, unit->ports.count * columns * sizeof *v);
        memset(network, 0, unit->ports.count * columns * sizeof *network);
        for (size_t i = 0; i < circuit.count; i++) {
            size_t p = circuit.member[i];
            memcpy(v + p * columns, circuit.v + i * columns, columns * sizeof *v);
            memcpy(network + p * columns, circuit.network + i * columns, columns * sizeof *v);
        }
    }
    circuit_clear(&circuit);
    return status;
}
