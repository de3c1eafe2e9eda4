/* SPDX-License-Identifier: Apache-2.0 */
#include "observe/circuit.h"

#include "base/error.h"
#include "base/memory.h"
#include "math/small_dense.h"

#include <math.h>
#include <stdlib.h>

/** Unknowns: n port voltages, then two currents into every line. */
typedef struct nodal_system {
    size_t ports, lines, size, columns;
    double complex *a; /**< [size][size] */
    double complex *b; /**< [size][columns] */
} nodal_system;

static double complex *at(const nodal_system *circuit, size_t row, size_t column)
{
    return &circuit->a[row * circuit->size + column];
}

/** Kirchhoff's current law at a port: structure + networks = 0. Driven ports state their voltage
 * instead. */
static void stamp_structure(const nodal_system *circuit, const double complex *y,
                            const bool *driven, const double complex *v,
                            const double complex *incident)
{
    size_t n = circuit->ports, columns = circuit->columns;
    for (size_t p = 0; p < n; p++) {
        if (driven[p])
            *at(circuit, p, p) = 1.0;
        for (size_t q = 0; q < n && !driven[p]; q++)
            *at(circuit, p, q) = y[p * n + q];
        for (size_t c = 0; c < columns; c++) {
            if (driven[p])
                circuit->b[p * columns + c] = v[p * columns + c];
            else
                circuit->b[p * columns + c] = incident ? -incident[p * columns + c] : 0.0;
        }
    }
}

static void stamp_branch(const nodal_system *circuit, const ali_branch *branch, const bool *driven,
                         size_t line)
{
    size_t p = branch->port[0], q = branch->port[1];
    if (!driven[p]) {
        *at(circuit, p, p) += branch->y11;
        if (branch->kind == ALI_BRANCH_ADMITTANCE)
            *at(circuit, p, q) += branch->y12;
    }
    if (!driven[q]) {
        *at(circuit, q, q) += branch->y22;
        if (branch->kind == ALI_BRANCH_ADMITTANCE)
            *at(circuit, q, p) += branch->y12;
    }
    if (branch->kind != ALI_BRANCH_LINE)
        return;
    size_t j1 = circuit->ports + 2 * line, j2 = j1 + 1;
    double z0 = fabs(branch->z0), sign = branch->z0 < 0.0 ? -1.0 : 1.0;
    double c = cos(branch->angle), s = sin(branch->angle);
    if (!driven[p])
        *at(circuit, p, j1) += 1.0;
    if (!driven[q])
        *at(circuit, q, j2) += 1.0;
    /* V1 = c V2 - j z0 s J2 and z0 J1 = j s V2 - z0 c J2, both with V2 and J2 reversed in a crossed
     * line */
    *at(circuit, j1, p) += 1.0;
    *at(circuit, j1, q) -= sign * c;
    *at(circuit, j1, j2) += sign * CMPLX(0.0, z0 * s);
    *at(circuit, j2, j1) += z0;
    *at(circuit, j2, q) -= sign * CMPLX(0.0, s);
    *at(circuit, j2, j2) += sign * z0 * c;
}

/** Read voltages and network currents off the solution. */
static void collect(const nodal_system *circuit, size_t branch_count, const ali_branch *branches,
                    double complex *v, double complex *network)
{
    size_t columns = circuit->columns, line = 0;
    for (size_t i = 0; i < circuit->ports * columns; i++) {
        v[i] = circuit->b[i];
        network[i] = 0.0;
    }
    for (size_t i = 0; i < branch_count; i++) {
        const ali_branch *branch = &branches[i];
        size_t p = branch->port[0], q = branch->port[1];
        bool is_line = branch->kind == ALI_BRANCH_LINE;
        const double complex *current = circuit->b + (circuit->ports + 2 * line) * columns;
        for (size_t c = 0; c < columns; c++) {
            double complex vp = v[p * columns + c], vq = v[q * columns + c];
            network[p * columns + c] +=
                branch->y11 * vp + (is_line ? current[c] : branch->y12 * vq);
            network[q * columns + c] +=
                branch->y22 * vq + (is_line ? current[columns + c] : branch->y12 * vp);
        }
        line += is_line;
    }
}

alicorn_status ali_circuit_solve(size_t ports, const double complex *y, size_t branch_count,
                                 const ali_branch *branches, const bool *driven, size_t columns,
                                 double complex *v, const double complex *incident,
                                 double complex *network, alicorn_error *error)
{
    nodal_system circuit = {.ports = ports, .columns = columns};
    for (size_t i = 0; i < branch_count; i++)
        circuit.lines += branches[i].kind == ALI_BRANCH_LINE;
    circuit.size = ports + 2 * circuit.lines;
    circuit.a = ali_calloc(circuit.size * circuit.size, sizeof *circuit.a);
    circuit.b = ali_calloc(circuit.size * columns, sizeof *circuit.b);
    alicorn_status status = ALICORN_OK;
    if (!circuit.a || !circuit.b) {
        status = ali_error_memory(error, circuit.size * circuit.size * sizeof *circuit.a,
                                  "the network equations");
        goto cleanup;
    }
    stamp_structure(&circuit, y, driven, v, incident);
    for (size_t i = 0, line = 0; i < branch_count; i++) {
        stamp_branch(&circuit, &branches[i], driven, line);
        line += branches[i].kind == ALI_BRANCH_LINE;
    }
    if (ali_small_solve(circuit.size, columns, circuit.a, circuit.b))
        status = ali_error_set(error, ALICORN_E_NUMERIC,
                               "the equations of the networks and transmission lines are "
                               "singular: a resonance without loss");
    else
        collect(&circuit, branch_count, branches, v, network);
cleanup:
    free(circuit.a);
    free(circuit.b);
    return status;
}
