/* SPDX-License-Identifier: Apache-2.0 */
#include "study/result.h"

#include "observe/pattern.h"

#include <stdlib.h>
#include <string.h>

static void ports_clear(alicorn_ports *ports)
{
    free((void *)ports->names);
    free((void *)ports->z0);
    free(ports->z);
    free(ports->y);
    free(ports->s);
    free(ports->s_error);
    free(ports->coupling_db);
}

void ali_solve_result_clear(alicorn_solve_result *solve)
{
    for (size_t i = 0; i < solve->pattern_count; i++)
        ali_pattern_clear(&solve->patterns[i]);
    for (size_t i = 0; i < solve->near_field_count; i++) {
        free(solve->near_fields[i].point);
        free(solve->near_fields[i].field);
    }
    ports_clear(&solve->ports);
    free(solve->sources);
    free(solve->connections);
    free(solve->currents);
    free(solve->face_currents);
    free(solve->patterns);
    free(solve->near_fields);
    free(solve->couplings);
    free(solve->rcs);
    memset(solve, 0, sizeof *solve);
    solve->driven_port = -1;
}

void alicorn_result_destroy(alicorn_result *result)
{
    if (!result)
        return;
    for (size_t i = 0; i < result->count; i++)
        ali_solve_result_clear(&result->solves[i]);
    free(result->solves);
    free(result->sweeps);
    free(result);
}

size_t alicorn_result_count(const alicorn_result *result)
{
    return result->count;
}

const alicorn_solve_result *alicorn_result_solve(const alicorn_result *result, size_t i)
{
    return i < result->count ? &result->solves[i] : NULL;
}

size_t alicorn_result_sweep_count(const alicorn_result *result)
{
    return result->sweep_count;
}

const alicorn_sweep *alicorn_result_sweep(const alicorn_result *result, size_t i)
{
    return i < result->sweep_count ? &result->sweeps[i] : NULL;
}

size_t alicorn_result_unknowns(const alicorn_result *result)
{
    size_t most = 0;
    for (size_t i = 0; i < result->count; i++)
        if (result->solves[i].unknowns > most)
            most = result->solves[i].unknowns;
    return most;
}

const char *alicorn_result_blas(const alicorn_result *result)
{
    return result->blas;
}
