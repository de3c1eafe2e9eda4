/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_SOLVE_H
#define ALICORN_SOLVE_H

#include "alicorn/model.h"
#include "alicorn/options.h"
#include "alicorn/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Solve everything the model asks for. The model is only read and may be shared between threads.
 *  When interrupted through options->progress, *result holds the solves that were finished.
 *  @return ALICORN_OK, ALICORN_E_INPUT, ALICORN_E_NUMERIC, ALICORN_E_MEMORY, ALICORN_E_INTERRUPTED,
 *  … */
ALICORN_API alicorn_status alicorn_solve(const alicorn_model *model, const alicorn_options *options,
                                         alicorn_result **result, alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
