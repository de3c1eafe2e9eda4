/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_OPTIMIZE_SEARCH_H
#define ALI_OPTIMIZE_SEARCH_H

#include "alicorn/optimize.h"
#include "optimize/log.h"

/** @file
 *  The search itself, whatever the figures mean: NLopt on variables scaled to 0 … 1. */

/** Objective of a candidate that cannot be built or solved, for the algorithm: as much as one goal
 * missed by 100 dB. */
#define ALI_INFEASIBLE_OBJECTIVE 1e4

typedef struct ali_search {
    size_t variables, figures;
    const double *lower, *upper, *start; /**< [variables] */
    const char *algorithm;
    size_t evaluations; /**< most of all starts together */
    size_t starts;      /**< of a local algorithm; >= 1 */
    double tolerance;
    bool bounded; /**< objective 0 cannot be improved */
    /** Figures of a candidate. ALICORN_E_INPUT, _NUMERIC and _IO: it is infeasible; any other
     * failure ends the search. */
    alicorn_status (*evaluate)(void *user, const double *values, double *figures,
                               alicorn_error *error);
    double (*judge)(void *user, const double *figures); /**< objective, lower is better */
    void (*progress)(void *user, const alicorn_optimize_progress *progress); /**< may be NULL */
    void *user, *progress_user;
    ali_log *log;
} ali_search;

/** Counts, and the best candidate; the caller gives the arrays. */
typedef struct ali_search_result {
    double *best, *best_figures;            /**< [variables], [figures] */
    double *start_figures;                  /**< [figures]; NAN if infeasible */
    double best_objective, start_objective; /**< HUGE_VAL: none */
    size_t evaluations, recalled, infeasible;
    alicorn_error failure; /**< of the first infeasible candidate that was not recalled */
    char reason[64];
} ali_search_result;

/** Search from the start, which is evaluated first, and from others that are spread over the box.
 *  @return ALICORN_OK, ALICORN_E_USAGE, ALICORN_E_INPUT (nothing was feasible), or what evaluating
 *  gave; *result holds what was found in any case */
alicorn_status ali_search_run(const ali_search *search, ali_search_result *result,
                              alicorn_error *error);

#endif
