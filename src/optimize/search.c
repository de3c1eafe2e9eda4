/* SPDX-License-Identifier: Apache-2.0 */
#include "optimize/search.h"

#include "base/error.h"

#include <math.h>
#include <nlopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/** Seed of the algorithms that draw random numbers. */
#define SEED 1u
/** First step of local algorithms, over the range of a variable. */
#define FIRST_STEP 0.1

static const struct algorithm {
    const char *name, *about;
    nlopt_algorithm number;
    bool local; /* it begins where it is told to */
} algorithms[] = {
    {"BOBYQA", "local, by quadratic models", NLOPT_LN_BOBYQA, true},
    {"COBYLA", "local, by linear models", NLOPT_LN_COBYLA, true},
    {"NELDER-MEAD", "local, by a simplex", NLOPT_LN_NELDERMEAD, true},
    {"SBPLX", "local, by simplices in subspaces", NLOPT_LN_SBPLX, true},
    {"PRAXIS", "local, by principal axes; random", NLOPT_LN_PRAXIS, true},
    {"DIRECT", "global, by dividing boxes", NLOPT_GN_DIRECT, false},
    {"DIRECT-L", "the same, more local", NLOPT_GN_DIRECT_L, false},
    {"CRS2", "global, by a population; random", NLOPT_GN_CRS2_LM, false},
    {"ISRES", "global, by evolution; random", NLOPT_GN_ISRES, false},
    {"ESCH", "global, by evolution; random", NLOPT_GN_ESCH, false},
};
enum { ALGORITHMS = sizeof algorithms / sizeof *algorithms };

/** Algorithms people ask for that need derivatives. */
static const char *const gradient_names[] = {"LBFGS",   "MMA",      "SLSQP",  "CCSAQ",
                                             "TNEWTON", "VAR1",     "VAR2",   "MLSL",
                                             "STOGO",   "LD_LBFGS", "LD_MMA", "LD_SLSQP"};

const char *alicorn_optimize_algorithm(size_t index, const char **about)
{
    if (about)
        *about = index < ALGORITHMS ? algorithms[index].about : NULL;
    return index < ALGORITHMS ? algorithms[index].name : NULL;
}

static alicorn_status find_algorithm(const char *name, const struct algorithm **found,
                                     alicorn_error *error)
{
    char known[256] = "";
    size_t length = 0;
    for (size_t i = 0; i < ALGORITHMS; i++) {
        if (strcasecmp(name, algorithms[i].name) == 0) {
            *found = &algorithms[i];
            return ALICORN_OK;
        }
        length += (size_t)snprintf(known + length, sizeof known - length, "%s%s", i ? ", " : "",
                                   algorithms[i].name);
    }
    for (size_t i = 0; i < sizeof gradient_names / sizeof *gradient_names; i++)
        if (strcasecmp(name, gradient_names[i]) == 0)
            return ali_error_set(error, ALICORN_E_USAGE,
                                 "algorithm %s needs derivatives, which solves do not give; "
                                 "expected one of %s",
                                 name, known);
    return ali_error_set(error, ALICORN_E_USAGE, "unknown algorithm %s, expected one of %s", name,
                         known);
}

/** What the callback of NLopt works on. */
typedef struct state {
    const ali_search *search;
    ali_search_result *result;
    double *values, *figures; /* of the candidate */
    size_t limit;             /* of evaluations, for the present start */
    nlopt_opt optimizer;
    alicorn_status status;
    alicorn_error *error;
} state;

/** Round to the digits that logs and models hold. */
static double rounded(double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.*g", ALI_CANDIDATE_DIGITS, value);
    return strtod(text, NULL);
}

/** Figures of the candidate from the log or a solve; *feasible tells whether there are any. */
static alicorn_status evaluate(state *s, bool *feasible)
{
    const ali_search *search = s->search;
    const double *known;
    alicorn_error reason = {0};
    if (ali_log_find(search->log, s->values, &known)) {
        *feasible = known != NULL;
        if (known)
            memcpy(s->figures, known, search->figures * sizeof *known);
        s->result->recalled++;
        return ALICORN_OK;
    }
    alicorn_status status = search->evaluate(search->user, s->values, s->figures, &reason);
    *feasible = status == ALICORN_OK;
    if (!*feasible && status != ALICORN_E_INPUT && status != ALICORN_E_NUMERIC &&
        status != ALICORN_E_IO) {
        *s->error = reason;
        return status;
    }
    if (!*feasible && s->result->failure.code == ALICORN_OK)
        s->result->failure = reason;
    return ali_log_add(search->log, s->values, *feasible ? s->figures : NULL, s->error);
}

/** Count the candidate and keep it if it is the first or the best. */
static double account(state *s, bool feasible)
{
    const ali_search *search = s->search;
    ali_search_result *result = s->result;
    double objective = feasible ? search->judge(search->user, s->figures) : HUGE_VAL;
    if (result->evaluations++ == 0) {
        result->start_objective = objective;
        for (size_t i = 0; i < search->figures; i++)
            result->start_figures[i] = feasible ? s->figures[i] : (double)NAN;
    }
    result->infeasible += !feasible;
    if (objective < result->best_objective) {
        result->best_objective = objective;
        memcpy(result->best, s->values, search->variables * sizeof *s->values);
        memcpy(result->best_figures, s->figures, search->figures * sizeof *s->figures);
    }
    if (search->progress)
        search->progress(search->progress_user,
                         &(alicorn_optimize_progress){.evaluations = result->evaluations,
                                                      .objective = objective,
                                                      .best = result->best_objective});
    return feasible ? objective : ALI_INFEASIBLE_OBJECTIVE;
}

/** Whether nothing is left to be improved. */
static bool is_done(const state *s)
{
    return s->search->bounded && s->result->best_objective <= 0.0;
}

static bool is_spent(const state *s)
{
    return s->result->evaluations >= s->limit;
}

/** nlopt_func: x is scaled to 0 … 1. */
static double objective(unsigned count, const double *x, double *gradient, void *user)
{
    state *s = user;
    bool feasible = false;
    (void)gradient;
    if (s->status != ALICORN_OK || is_done(s) || is_spent(s))
        return ALI_INFEASIBLE_OBJECTIVE;
    for (unsigned i = 0; i < count; i++) {
        double lower = s->search->lower[i], upper = s->search->upper[i];
        s->values[i] = fmin(fmax(rounded(lower + (upper - lower) * x[i]), lower), upper);
    }
    s->status = evaluate(s, &feasible);
    if (s->status != ALICORN_OK) {
        nlopt_force_stop(s->optimizer);
        return ALI_INFEASIBLE_OBJECTIVE;
    }
    double found = account(s, feasible);
    /* some algorithms look at stopping values and counts now and then only */
    if (is_done(s) || is_spent(s))
        nlopt_force_stop(s->optimizer);
    return found;
}

static const char *reason_of(const state *s, nlopt_result ended)
{
    if (s->status != ALICORN_OK)
        return "interrupted";
    if (is_done(s))
        return "all goals are met";
    if (is_spent(s))
        return "the evaluations are used up";
    return ended == NLOPT_ROUNDOFF_LIMITED ? "rounding errors prevent further progress"
                                           : "the variables settled within the tolerance";
}

/** Run on x, a scaled start. */
static alicorn_status run(state *s, nlopt_algorithm algorithm, double *x)
{
    const ali_search *search = s->search;
    unsigned count = (unsigned)search->variables;
    double least;
    s->optimizer = nlopt_create(algorithm, count);
    if (!s->optimizer)
        return ali_error_memory(s->error, count * sizeof(double), "the search");
    nlopt_srand(SEED);
    bool good = nlopt_set_min_objective(s->optimizer, objective, s) > 0 &&
                nlopt_set_lower_bounds1(s->optimizer, 0.0) > 0 &&
                nlopt_set_upper_bounds1(s->optimizer, 1.0) > 0 &&
                nlopt_set_xtol_abs1(s->optimizer, search->tolerance) > 0 &&
                nlopt_set_initial_step1(s->optimizer, FIRST_STEP) > 0;
    nlopt_result ended = good ? nlopt_optimize(s->optimizer, x, &least) : NLOPT_FAILURE;
    nlopt_destroy(s->optimizer);
    snprintf(s->result->reason, sizeof s->result->reason, "%s", reason_of(s, ended));
    if (s->status != ALICORN_OK || is_done(s) || is_spent(s))
        return s->status;
    if (ended == NLOPT_OUT_OF_MEMORY)
        return ali_error_memory(s->error, count * sizeof(double), "the search");
    if (ended < 0 && ended != NLOPT_ROUNDOFF_LIMITED)
        return ali_error_set(s->error, ALICORN_E_USAGE, "algorithm %s cannot search %u variable%s",
                             search->algorithm, count, count == 1 ? "" : "s");
    return ALICORN_OK;
}

/** Point k of a sequence that fills the box 0 … 1 evenly in any number of dimensions, however far
 *  it is taken: multiples of powers of the generalised golden ratio, without their whole part
 *  [Roberts:2018]. */
static void spread(size_t k, size_t dimensions, double *x)
{
    double ratio = 1.5, power = 1.0; /* ratio^(dimensions + 1) = ratio + 1 */
    for (int i = 0; i < 60; i++)
        ratio = pow(1.0 + ratio, 1.0 / (double)(dimensions + 1));
    for (size_t i = 0; i < dimensions; i++) {
        power /= ratio;
        x[i] = fmod(0.5 + (double)k * power, 1.0);
    }
}

/** All starts, one after the other, in x; what one leaves of its share of evaluations is the
 *  others'. */
static alicorn_status run_starts(state *s, nlopt_algorithm algorithm, double *x)
{
    const ali_search *search = s->search;
    alicorn_status status = ALICORN_OK;
    for (size_t k = 0; k < search->starts && status == ALICORN_OK; k++) {
        size_t used = s->result->evaluations;
        s->limit = used + (search->evaluations - used) / (search->starts - k);
        if (k > 0)
            spread(k, search->variables, x);
        if (is_done(s) || is_spent(s))
            snprintf(s->result->reason, sizeof s->result->reason, "%s",
                     reason_of(s, NLOPT_SUCCESS));
        else
            status = run(s, algorithm, x);
    }
    return status;
}

alicorn_status ali_search_run(const ali_search *search, ali_search_result *result,
                              alicorn_error *error)
{
    const struct algorithm *algorithm = NULL;
    size_t width = 2 * search->variables + search->figures;
    result->best_objective = result->start_objective = HUGE_VAL;
    alicorn_status status = find_algorithm(search->algorithm, &algorithm, error);
    if (status == ALICORN_OK && search->starts > 1 && !algorithm->local)
        status = ali_error_set(error, ALICORN_E_USAGE,
                               "%s searches everywhere from one start, expected a local algorithm "
                               "for %zu starts",
                               algorithm->name, search->starts);
    if (status != ALICORN_OK)
        return status;
    double *memory = calloc(width + 1, sizeof *memory);
    if (!memory)
        return ali_error_memory(error, width * sizeof *memory, "the search");
    state s = {.search = search,
               .result = result,
               .values = memory + search->variables,
               .figures = memory + 2 * search->variables,
               .error = error};
    bool feasible = false;
    /* the file's own values first, wherever the algorithm begins */
    for (size_t i = 0; i < search->variables; i++) {
        memory[i] = (search->start[i] - search->lower[i]) / (search->upper[i] - search->lower[i]);
        s.values[i] = rounded(search->start[i]);
    }
    status = evaluate(&s, &feasible);
    if (status == ALICORN_OK) {
        account(&s, feasible);
        status = run_starts(&s, algorithm->number, memory);
    }
    if (status == ALICORN_OK && result->best_objective == HUGE_VAL)
        status = ali_error_set_at(
            error, ALICORN_E_INPUT, result->failure.file, result->failure.line,
            result->failure.column, NULL,
            "none of %zu candidates could be built and solved; the first: %s", result->evaluations,
            *result->failure.message ? result->failure.message : "the log keeps no reason");
    free(memory);
    return status;
}
