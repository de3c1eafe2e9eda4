/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALICORN_OPTIMIZE_H
#define ALICORN_OPTIMIZE_H

#include "alicorn/assess.h"
#include "alicorn/model.h"
#include "alicorn/options.h"

/** @file
 *  Change symbols of a deck or variables of a project within bounds until goals are met:
 *  docs/theory/optimize.md. */

#ifdef __cplusplus
extern "C" {
#endif

/** A symbol (SY) or variable that may change. SI units, as in the file. */
typedef struct alicorn_optimize_variable {
    char name[64];
    double lower, upper;
    double start; /**< NAN: the number that the file gives it */
} alicorn_optimize_variable;

/** Where the search stands, after every evaluation. */
typedef struct alicorn_optimize_progress {
    size_t evaluations; /**< so far, this one included */
    double objective;   /**< of this candidate; HUGE_VAL: it could not be built or solved */
    double best;        /**< lowest so far; HUGE_VAL: none could be solved */
} alicorn_optimize_progress;

typedef struct alicorn_optimize_options {
    const alicorn_optimize_variable *variables; /**< [variable_count] */
    size_t variable_count;
    const char *const *goals; /**< [goal_count], as "vswr <= 1.5"; "requirements" stands for all of
                                 the project's, and so does no goal at all */
    size_t goal_count;
    const char *algorithm; /**< one of alicorn_optimize_algorithm() */
    size_t evaluations;    /**< most; those recalled from the log count */
    size_t starts;         /**< of a local algorithm: the given one, then others spread over the
                              bounds, one after the other; they share the evaluations. 1 … 10000 */
    double tolerance;      /**< change of variables that ends the search, over their ranges */
    const char *log; /**< file of all evaluations; an earlier run's is gone on from. NULL: none */
    void (*progress)(void *user, const alicorn_optimize_progress *progress); /**< may be NULL */
    void *progress_user;
} alicorn_optimize_options;

/** What became of one variable. */
typedef struct alicorn_optimize_value {
    char name[64];
    double lower, upper, start, best;
} alicorn_optimize_value;

/** What became of one goal: worst figures over all frequencies. NAN: could not be solved, or
 * nothing was there to be judged. */
typedef struct alicorn_optimize_figure {
    char text[128]; /**< the goal as given; of a requirement its limits and line */
    char unit[8];   /**< "" for ratios */
    double start, best;
    int limited;                 /**< 0: to be as large or small as possible, and never met */
    int met;                     /**< the best model meets it; of a requirement: passes it */
    int required;                /**< it is a requirement of the project */
    alicorn_judgement judgement; /**< of a requirement: of the best model */
} alicorn_optimize_figure;

typedef struct alicorn_optimize_result {
    size_t variable_count, goal_count;
    alicorn_optimize_value *variables;
    alicorn_optimize_figure *goals;
    double start_objective; /**< HUGE_VAL if the start could not be solved */
    double best_objective;
    size_t evaluations, recalled; /**< of them taken from the log */
    size_t infeasible;            /**< that could not be built or solved */
    alicorn_error failure;        /**< why the first of these could not */
    char reason[64];              /**< why the search ended */
} alicorn_optimize_result;

/** Every field its default; variables and goals are none. */
ALICORN_API void alicorn_optimize_options_default(alicorn_optimize_options *options);

/** Names of the algorithms, index from 0, NULL behind the last; *about says what it is, may be
 * NULL. */
ALICORN_API const char *alicorn_optimize_algorithm(size_t index, const char **about);

/** Search. `read` sets what is not varied, `solver` the solves; its progress function interrupts.
 *  Algorithms that draw random numbers begin with the same seed every time, which is the NLopt
 *  library's own state of the calling thread.
 *  When interrupted, *result holds the best so far, if there is any.
 *  Requirements need solves of their own: beside other goals every candidate is solved twice.
 *  Mistakes in the file at the start go to read->report; those of later candidates are in
 *  result->failure.
 *  @return ALICORN_OK, ALICORN_E_USAGE (goal, variable or algorithm, nothing required),
 *  ALICORN_E_INPUT (the file, no candidate could be solved, or the log is another search's),
 * ALICORN_E_INTERRUPTED, ALICORN_E_MEMORY, ALICORN_E_IO */
ALICORN_API alicorn_status alicorn_optimize(const char *path, const alicorn_read_options *read,
                                            const alicorn_options *solver,
                                            const alicorn_optimize_options *options,
                                            alicorn_optimize_result **result, alicorn_error *error);

/** Write the file again with the best values in the definitions of its variables; every other byte
 *  stays. @return ALICORN_OK, ALICORN_E_IO, ALICORN_E_INPUT, ALICORN_E_MEMORY */
ALICORN_API alicorn_status alicorn_optimize_write(const char *path,
                                                  const alicorn_optimize_result *result,
                                                  const char *output, alicorn_error *error);

ALICORN_API void alicorn_optimize_result_destroy(alicorn_optimize_result *result);

#ifdef __cplusplus
}
#endif
#endif
