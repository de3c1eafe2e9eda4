/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/memory.h"
#include "observe/multiport.h"
#include "study/answer.h"
#include "study/result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Current that flows into the structure at a port [A]. */
static double complex structure_current(const ali_answer *answer, size_t port)
{
    return ali_functional_apply(&answer->unit->ports.ports[port].gap, answer->x,
                                answer->unit->basis->count);
}

/** Probe residuals of column `port` of the port solutions. */
static const double complex *port_probe(const ali_unit *unit, size_t port)
{
    return unit->probe + port * unit->basis->probe_count;
}

/** `unit_probe`: residuals of the solution for 1 V at this port, with the networks in place; NULL
 * without error bars. */
static alicorn_source_result describe_port(const ali_answer *answer, size_t port,
                                           double complex current, const double complex *unit_probe)
{
    const ali_model *model = answer->unit->structure->model;
    ali_site site = answer->unit->ports.ports[port].site;
    bool on_wire = site.kind != ALI_SITE_EDGES;
    double complex voltage = answer->v[port];
    alicorn_source_result result = {.tag = on_wire ? model->segments[site.index].tag : 0,
                                    .segment = on_wire ? site.index + 1 : 0,
                                    .voltage = ali_to_public(voltage),
                                    .current = ali_to_public(current),
                                    .impedance = ali_to_public(voltage / current),
                                    .impedance_error = -1.0,
                                    .power_w = 0.5 * creal(voltage * conj(current))};
    if (unit_probe) {
        double of_current = ali_unit_error(answer->unit, unit_probe, answer->probe);
        result.impedance_error =
            cabs(voltage / current) * (of_current / cabs(current) + ALI_QUADRATURE_ERROR);
    }
    return result;
}

/** Unit ports that sources drive, each once, in the order of the input. */
static size_t driven_ports(const ali_answer *answer, size_t *port)
{
    const ali_drive *drive = &answer->task->drive;
    size_t count = 0;
    for (size_t i = 0; i < drive->source_count; i++) {
        size_t p = ali_port_list_find(
            &answer->unit->ports,
            ali_model_source_site(answer->unit->structure->model, &drive->sources[i]));
        bool seen = false;
        for (size_t j = 0; j < count; j++)
            seen |= port[j] == p;
        if (!seen)
            port[count++] = p;
    }
    return count;
}

/** Segments where networks attach, those without a source first, as NEC lists them. */
static alicorn_status add_connections(ali_answer *answer, const size_t *driven, size_t driven_count,
                                      alicorn_error *error)
{
    alicorn_solve_result *result = answer->result;
    const ali_task *task = answer->task;
    result->connections = ali_calloc(2 * task->network_count, sizeof *result->connections);
    bool *listed = ali_calloc(answer->unit->ports.count, sizeof *listed);
    if (!result->connections || !listed) {
        free(listed);
        return ali_error_memory(error, task->network_count * sizeof *result->connections,
                                "network connections");
    }
    for (int with_source = 0; with_source < 2; with_source++)
        for (size_t i = 0; i < 2 * task->network_count; i++) {
            size_t p = ali_port_list_find_segment(&answer->unit->ports,
                                                  task->networks[i / 2].segment[i % 2]);
            bool has_source = false;
            for (size_t j = 0; j < driven_count; j++)
                has_source |= driven[j] == p;
            if (listed[p] || has_source != with_source)
                continue;
            listed[p] = true;
            result->connections[result->connection_count++] =
                describe_port(answer, p, structure_current(answer, p), NULL);
        }
    free(listed);
    return ALICORN_OK;
}

/* ---- N-port matrices ---- */

/** Arrays while the N-port is made: unit voltage at one source after the other, networks in place.
 */
typedef struct nport_work {
    size_t count; /**< driven ports */
    const size_t *port;
    double complex *v, *network; /**< [unit ports][count] */
    double complex *y;           /**< [count][count] */
    double *y_error;             /**< [count][count] */
    double complex *probe;       /**< [count][elements] */
    bool *driven;                /**< [unit ports] */
} nport_work;

static void nport_clear(nport_work *work)
{
    free(work->v);
    free(work->y);
    free(work->y_error);
    free(work->probe);
    free(work->driven);
}

/** Total current into driven port i when driven port j has 1 V. */
static double complex total_current(const ali_unit *unit, const nport_work *work, size_t i,
                                    size_t j)
{
    size_t ports = unit->ports.count, p = work->port[i];
    double complex sum = work->network[p * work->count + j];
    for (size_t q = 0; q < ports; q++)
        sum += unit->y[q * ports + p] * work->v[q * work->count + j];
    return sum;
}

static void estimate_admittance_error(const ali_unit *unit, nport_work *work)
{
    size_t elements = unit->basis->probe_count, n = work->count;
    for (size_t j = 0; j < n; j++)
        for (size_t q = 0; q < unit->ports.count; q++)
            for (size_t e = 0; e < elements; e++)
                work->probe[j * elements + e] += port_probe(unit, q)[e] * work->v[q * n + j];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            work->y_error[i * n + j] =
                ali_unit_error(unit, work->probe + i * elements, work->probe + j * elements) +
                ALI_QUADRATURE_ERROR * cabs(work->y[i * n + j]);
}

static alicorn_status compute_admittance(const ali_answer *answer, nport_work *work,
                                         alicorn_error *error)
{
    const ali_unit *unit = answer->unit;
    size_t ports = unit->ports.count, n = work->count;
    size_t elements = unit->basis->probe_count;
    work->v = ali_calloc(2 * ports * n, sizeof *work->v);
    work->y = ali_calloc(n * n, sizeof *work->y);
    work->y_error = ali_calloc(n * n, sizeof *work->y_error);
    work->probe = ali_calloc(unit->probe ? n * elements : 0, sizeof *work->probe);
    work->driven = ali_calloc(ports, sizeof *work->driven);
    if (!work->v || !work->y || !work->y_error || !work->probe || !work->driven)
        return ali_error_memory(error, (ports + elements) * n * sizeof *work->v, "the N-port");
    work->network = work->v + ports * n;
    for (size_t j = 0; j < n; j++) {
        work->driven[work->port[j]] = true;
        work->v[work->port[j] * n + j] = 1.0;
    }
    alicorn_status status = ali_answer_circuit(unit, answer->task, work->driven, n, work->v, NULL,
                                               work->network, error);
    if (status)
        return status;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            work->y[i * n + j] = total_current(unit, work, i, j);
    if (unit->probe)
        estimate_admittance_error(unit, work);
    return ALICORN_OK;
}

/** The named port that source `i` of the input drives, NULL for a deck's source. Named sources are
 * on ports of their own, so that their order is that of the driven ports. */
static const ali_named_port *named_port(const ali_answer *answer, size_t i)
{
    const ali_source *source = &answer->task->drive.sources[i];
    const ali_model *model = answer->unit->structure->model;
    return source->kind == ALI_SOURCE_PORT ? &model->ports[source->segment] : NULL;
}

/** Name of the i-th driven port: the user's, or its number. */
static void name_port(const ali_answer *answer, size_t i, char name[ALI_PORT_NAME_SIZE])
{
    const ali_named_port *named = named_port(answer, i);
    if (named)
        memcpy(name, named->name, ALI_PORT_NAME_SIZE);
    else
        snprintf(name, ALI_PORT_NAME_SIZE, "%zu", i + 1);
}

/** Names of the driven ports: one block that holds the pointers and then the text. */
static const char **make_names(const ali_answer *answer, size_t count)
{
    const char **names = ali_calloc(1, count * (sizeof *names + ALI_PORT_NAME_SIZE) + 1);
    for (size_t i = 0; names && i < count; i++) {
        char *text = (char *)(names + count) + i * ALI_PORT_NAME_SIZE;
        name_port(answer, i, text);
        names[i] = text;
    }
    return names;
}

/** Copy into a new public array, NULL when memory is out. */
static alicorn_complex *publish(size_t count, const double complex *values)
{
    alicorn_complex *copy = ali_calloc(count, sizeof *copy);
    for (size_t i = 0; copy && i < count; i++)
        copy[i] = ali_to_public(values[i]);
    return copy;
}

/** Scattering matrix, its error and what follows from it. `matrix`: space for [count][count]. */
static alicorn_status publish_scattering(const nport_work *work, double complex *matrix,
                                         alicorn_ports *ports, alicorn_error *error)
{
    size_t count = work->count, size = count * count;
    if (ali_multiport_scattering(count, work->y, ports->z0, ports->s_error ? work->y_error : NULL,
                                 matrix, ports->s_error))
        return ali_error_set(error, ALICORN_E_NUMERIC, "S does not exist: 1 + z0 Y is singular");
    ports->s = publish(size, matrix);
    ports->coupling_db = count > 1 ? ali_calloc(size, sizeof *ports->coupling_db) : NULL;
    if (!ports->s || (count > 1 && !ports->coupling_db))
        return ali_error_memory(error, size * sizeof *ports->s, "the N-port");
    if (ports->coupling_db)
        ali_multiport_couplings(count, matrix, ports->z0, ports->coupling_db);
    return ALICORN_OK;
}

/** Z and S of the admittance in *work, and all of it into the result. */
static alicorn_status publish_nport(const ali_answer *answer, const nport_work *work,
                                    alicorn_ports *ports, alicorn_error *error)
{
    size_t count = work->count, size = count * count;
    bool errors = answer->unit->probe != NULL;
    double *z0 = ali_calloc(count, sizeof *z0);
    double complex *matrix = ali_calloc(size, sizeof *matrix);
    alicorn_status status = ALICORN_OK;
    ports->z0 = z0;
    ports->names = make_names(answer, count);
    ports->y = publish(size, work->y);
    ports->s_error = errors ? ali_calloc(size, sizeof *ports->s_error) : NULL;
    if (!z0 || !matrix || !ports->names || !ports->y || (errors && !ports->s_error)) {
        status = ali_error_memory(error, 4 * size * sizeof *ports->y, "the N-port");
        goto cleanup;
    }
    for (size_t i = 0; i < count; i++) {
        const ali_named_port *named = named_port(answer, i);
        z0[i] = named ? named->z0 : answer->options->z0;
    }
    if (!ali_multiport_impedance(count, work->y, matrix))
        ports->z = publish(size, matrix);
    status = publish_scattering(work, matrix, ports, error);
    ports->count = status ? 0 : count;
cleanup:
    free(matrix);
    return status;
}

static alicorn_status add_sources(ali_answer *answer, const nport_work *work, alicorn_error *error)
{
    alicorn_solve_result *result = answer->result;
    size_t count = work->count, elements = answer->unit->basis->probe_count;
    const size_t *port = work->port;
    result->sources = ali_calloc(count, sizeof *result->sources);
    if (!result->sources)
        return ali_error_memory(error, count * sizeof *result->sources, "sources");
    bool in_turn = answer->task->drive.in_turn;
    for (size_t i = 0; i < count; i++) {
        if (in_turn && i != answer->excitation)
            continue;
        alicorn_source_result *source = &result->sources[result->source_count++];
        double complex current = structure_current(answer, port[i]) + answer->network[port[i]];
        *source = describe_port(answer, port[i], current,
                                answer->probe ? work->probe + i * elements : NULL);
        name_port(answer, i, source->port);
    }
    return ALICORN_OK;
}

static alicorn_status add_nport(ali_answer *answer, const size_t *port, size_t count,
                                alicorn_error *error)
{
    nport_work work = {.count = count, .port = port};
    alicorn_status status = compute_admittance(answer, &work, error);
    if (!status)
        status = add_sources(answer, &work, error);
    if (!status)
        status = publish_nport(answer, &work, &answer->result->ports, error);
    nport_clear(&work);
    return status;
}

alicorn_status ali_answer_ports(ali_answer *answer, alicorn_error *error)
{
    size_t *port = ali_calloc(answer->task->drive.source_count, sizeof *port);
    if (!port)
        return ali_error_memory(error, answer->task->drive.source_count * sizeof *port, "ports");
    bool sources = answer->task->drive.kind == ALI_DRIVE_SOURCES;
    size_t count = sources ? driven_ports(answer, port) : 0;
    alicorn_status status = ALICORN_OK;
    if (count)
        status = add_nport(answer, port, count, error);
    if (!status && answer->task->network_count)
        status = add_connections(answer, port, count, error);
    free(port);
    return status;
}
