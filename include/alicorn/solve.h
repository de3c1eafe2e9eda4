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

/** What a solve will take, before it starts. */
typedef struct alicorn_prediction {
    size_t solves;             /**< results: one per frequency and excitation set */
    size_t factorisations;     /**< systems that are filled and factored */
    int adaptive;              /**< 1: at most so many; adaptive sweeps take what they need */
    size_t unknowns;           /**< of the largest system; degrees that are raised add to it */
    int compressed;            /**< 1: the largest system's matrix is compressed */
    size_t memory_bytes;       /**< that the process takes at most: itself, near pairs, results, and
                                  the systems that are solved side by side; raised degrees add to
                                  it */
    size_t memory_limit_bytes; /**< what it may take */
    /** Expected wall times [s] of all factorisations together, at the rates in the options; raised
     * degrees add to them. near_s: what the frequencies of a structure share, once. */
    double near_s, fill_s, factor_s, solve_s;
    double total_s; /**< their sum; < 0: no rates were given, and all times are unknown */
} alicorn_prediction;

/** Plan a solve without solving: meshes and counts as alicorn_solve does, integrates nothing, and
 * refuses what it would refuse.
 *  @return ALICORN_OK, ALICORN_E_USAGE, ALICORN_E_INPUT, ALICORN_E_MEMORY (also when the solve
 * would not fit) */
ALICORN_API alicorn_status alicorn_predict(const alicorn_model *model,
                                           const alicorn_options *options,
                                           alicorn_prediction *prediction, alicorn_error *error);

#ifdef __cplusplus
}
#endif
#endif
