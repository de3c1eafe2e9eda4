/* SPDX-License-Identifier: Apache-2.0 */
#include "alicorn/network.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>

static int by_frequency(const void *a, const void *b)
{
    double left = (*(const alicorn_solve_result *const *)a)->frequency_hz;
    double right = (*(const alicorn_solve_result *const *)b)->frequency_hz;
    return (left > right) - (left < right);
}

/** The task's solves with S, ascending; returns how many. */
static size_t collect(const alicorn_result *result, size_t task,
                      const alicorn_solve_result **solves)
{
    size_t count = 0;
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        /* of ports that are driven in turn every entry has the same S */
        if (solve->task == task && solve->ports.count > 0 && solve->ports.s &&
            solve->driven_port <= 0)
            solves[count++] = solve;
    }
    qsort(solves, count, sizeof *solves, by_frequency);
    return count;
}

static alicorn_status append_solves(const alicorn_solve_result *const *solves, size_t count,
                                    alicorn_network *network, alicorn_error *error)
{
    bool with_error = true;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < count; i++)
        with_error = with_error && solves[i]->ports.s_error;
    for (size_t i = 0; i < count && !status; i++) {
        const alicorn_ports *ports = &solves[i]->ports;
        if (ports->count != network->ports)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "the number of ports changes from %zu to %zu at %.15g Hz",
                                 network->ports, ports->count, solves[i]->frequency_hz);
        if (i > 0 && !(solves[i]->frequency_hz > solves[i - 1]->frequency_hz))
            return ali_error_set(
                error, ALICORN_E_USAGE,
                "frequency %.15g Hz occurs twice in task %zu, and S over frequency "
                "has each once",
                solves[i]->frequency_hz, solves[i]->task + 1);
        status = alicorn_network_append(network, solves[i]->frequency_hz, ports->s,
                                        with_error ? ports->s_error : NULL, error);
    }
    return status;
}

alicorn_status alicorn_network_from_result(const alicorn_result *result, size_t task,
                                           alicorn_network **network, alicorn_error *error)
{
    size_t total = alicorn_result_count(result);
    *network = NULL;
    const alicorn_solve_result **solves = ali_calloc(total, sizeof(alicorn_solve_result *));
    if (!solves)
        return ali_error_memory(error, total * sizeof *solves, "the list of frequencies");
    size_t count = collect(result, task, solves);
    alicorn_status status =
        count == 0 ? ali_error_set(error, ALICORN_E_USAGE,
                                   "task %zu has no ports, so no S-parameters", task + 1)
                   : alicorn_network_create(solves[0]->ports.count, solves[0]->ports.names,
                                            solves[0]->ports.z0, network, error);
    if (!status)
        status = append_solves(solves, count, *network, error);
    if (status) {
        alicorn_network_destroy(*network);
        *network = NULL;
    }
    free((void *)solves);
    return status;
}
