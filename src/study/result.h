/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_RESULT_H
#define ALI_STUDY_RESULT_H

#include "alicorn/result.h"

#include <complex.h>

/** All solves of a model. */
struct alicorn_result {
    alicorn_solve_result *solves; /**< [count] */
    size_t count;
    alicorn_sweep *sweeps; /**< [sweep_count] */
    size_t sweep_count;
    char blas[128];
};

/** Free what a solve owns. */
void ali_solve_result_clear(alicorn_solve_result *solve);

static inline alicorn_complex ali_to_public(double complex value)
{
    return (alicorn_complex){creal(value), cimag(value)};
}

#endif
