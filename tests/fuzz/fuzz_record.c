/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Any bytes as a record of a checkpoint: reading stays within them, and what it makes of them is
 * whole: every array has the size that its counts say, and written again it reads the same. */

#include "study/record.h"

#include <stdlib.h>
#include <string.h>

static void free_solve(alicorn_solve_result *solve)
{
    for (size_t i = 0; i < solve->pattern_count; i++) {
        alicorn_pattern *pattern = &solve->patterns[i];
        free(pattern->theta_deg), free(pattern->phi_deg);
        free(pattern->e_theta), free(pattern->e_phi), free(pattern->e_rho);
    }
    for (size_t i = 0; i < solve->near_field_count; i++)
        free(solve->near_fields[i].point), free(solve->near_fields[i].field);
    free((void *)solve->ports.names);
    free((void *)solve->ports.z0);
    free(solve->ports.z), free(solve->ports.y), free(solve->ports.s), free(solve->ports.s_error);
    free(solve->sources), free(solve->connections), free(solve->currents), free(solve->patterns);
    free(solve->near_fields), free(solve->couplings), free(solve->rcs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ali_record record = {.bytes = (unsigned char *)data, .size = size, .reading = true};
    alicorn_solve_result solve = {0}, again = {0};
    ali_record_solve(&record, &solve);
    if (record.at > size)
        abort();
    if (record.status == ALICORN_OK) {
        ali_record first = {0}, second = {0};
        ali_record_solve(&first, &solve); /* reads every array to its end */
        first.reading = true;
        ali_record_solve(&first, &again);
        if (first.status || first.at != first.size)
            abort();
        ali_record_solve(&second, &again);
        if (second.size != first.size || memcmp(second.bytes, first.bytes, first.size) != 0)
            abort();
        ali_record_clear(&first);
        ali_record_clear(&second);
    }
    free_solve(&solve);
    free_solve(&again);
    return 0;
}
