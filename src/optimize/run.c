/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  Optimisation of a file: variables and goals in, values and figures out. */

#include "alicorn/solve.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/numbers.h"
#include "base/text_file.h"
#include "input/project.h"
#include "optimize/goal.h"
#include "optimize/required.h"
#include "optimize/search.h"
#include "optimize/substitute.h"
#include "study/signature.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Most variables and goals, not counting requirements. */
enum { MOST = 64 };

/** The goal that stands for all requirements of the project. */
static const char all_requirements[] = "requirements";

/** What a run works on. */
typedef struct task {
    const char *path;
    const alicorn_read_options *read;
    const alicorn_options *solver;
    const alicorn_optimize_options *options;
    char *text; /* of the file */
    size_t length;
    size_t set_count;       /* fixed ones, then the variables */
    const char **set_names; /* [set_count] */
    double *set_values;     /* [set_count] */
    ali_goal goals[MOST];
    size_t goal_count;
    bool judged;             /* requirements are goals, too */
    alicorn_check *required; /* their verdicts, not yet judged; NULL unless judged */
    double lower[MOST], upper[MOST], start[MOST];
} task;

void alicorn_optimize_options_default(alicorn_optimize_options *options)
{
    *options = (alicorn_optimize_options){
        .algorithm = "BOBYQA", .evaluations = 200, .starts = 1, .tolerance = 1e-3};
}

static alicorn_status read_text(const char *path, char **text, size_t *length,
                                ali_definitions *definitions, alicorn_error *error)
{
    *text = NULL;
    *definitions = (ali_definitions){0};
    if (strcmp(path, "-") == 0)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "standard input can be read once only, expected a file");
    alicorn_status status = ali_text_file_read(path, "a deck or project", text, length, error);
    if (status == ALICORN_OK)
        status = ali_definitions_find(*text, *length, ali_project_detect(*text, *length, path),
                                      definitions, error);
    return status;
}

/** Bounds and start of one variable. */
static alicorn_status take_variable(task *t, const ali_definitions *definitions, size_t i,
                                    alicorn_error *error)
{
    const alicorn_optimize_variable *variable = &t->options->variables[i];
    bool found;
    double own = ali_definitions_value(definitions, t->text, variable->name, &found);
    double start = isnan(variable->start) ? own : variable->start;
    if (!found)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%s does not define '%s' where it could be replaced", t->path,
                             variable->name);
    if (isnan(start))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "'%s' depends on others, expected %s=LOWER:START:UPPER",
                             variable->name, variable->name);
    if (!(variable->lower < variable->upper) || !isfinite(variable->upper - variable->lower) ||
        start < variable->lower || start > variable->upper)
        return ali_error_set(error, ALICORN_E_USAGE, "'%s' starts at %g, expected within %g … %g",
                             variable->name, start, variable->lower, variable->upper);
    t->lower[i] = variable->lower;
    t->upper[i] = variable->upper;
    t->start[i] = start;
    t->set_names[t->read->set_count + i] = variable->name;
    t->set_values[t->read->set_count + i] = start;
    return ALICORN_OK;
}

static alicorn_status prepare(task *t, alicorn_error *error)
{
    const alicorn_optimize_options *options = t->options;
    ali_definitions definitions;
    alicorn_status status = read_text(t->path, &t->text, &t->length, &definitions, error);
    t->set_count = t->read->set_count + options->variable_count;
    t->set_names = ali_calloc(t->set_count, sizeof *t->set_names);
    t->set_values = ali_calloc(t->set_count, sizeof *t->set_values);
    if (status == ALICORN_OK && (!t->set_names || !t->set_values))
        status = ali_error_memory(error, t->set_count * sizeof(double), "variables");
    for (size_t i = 0; status == ALICORN_OK && i < t->read->set_count; i++) {
        t->set_names[i] = t->read->set_names[i];
        t->set_values[i] = t->read->set_values[i];
    }
    for (size_t i = 0; status == ALICORN_OK && i < options->variable_count; i++)
        status = take_variable(t, &definitions, i, error);
    t->judged = options->goal_count == 0;
    for (size_t i = 0; status == ALICORN_OK && i < options->goal_count; i++) {
        if (strcmp(options->goals[i], all_requirements) == 0)
            t->judged = true;
        else
            status = ali_goal_parse(options->goals[i], &t->goals[t->goal_count++], error);
    }
    ali_definitions_clear(&definitions);
    return status;
}

/** Number of figures of a candidate: of the goals, then of the requirements. */
static size_t figure_count(const task *t)
{
    return t->goal_count + (t->required ? t->required->count * ALI_REQUIRED_FIGURES : 0);
}

/** Read the file with the values that are set now, for its requirements or for what it requests. */
static alicorn_status read_model(const task *t, bool required, alicorn_report_fn report,
                                 alicorn_model **model, alicorn_error *error)
{
    alicorn_read_options read = *t->read;
    read.set_names = t->set_names;
    read.set_values = t->set_values;
    read.set_count = t->set_count;
    read.requirements = required;
    read.report = report;
    return alicorn_model_read(t->path, &read, model, error);
}

/* ---- candidates ---- */

static alicorn_status goal_figures(const task *t, const alicorn_result *result, double *figures,
                                   alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; status == ALICORN_OK && i < t->goal_count; i++)
        status = ali_goal_figure(&t->goals[i], result, &figures[i], error);
    return status;
}

static alicorn_status required_figures(const task *t, const alicorn_model *model,
                                       const alicorn_result *result, double *figures,
                                       alicorn_error *error)
{
    alicorn_check *check = NULL;
    alicorn_status status = alicorn_check_requirements(model, result, &check, error);
    if (status == ALICORN_OK && check->count != t->required->count)
        status = ali_error_set(error, ALICORN_E_INPUT, "%zu verdicts, expected %zu as at the start",
                               check->count, t->required->count);
    if (status == ALICORN_OK)
        ali_required_figures(check->verdicts, check->count, figures + t->goal_count);
    alicorn_check_destroy(check);
    return status;
}

/** Solve what the requirements need, or what the file requests, and take the figures from it. */
static alicorn_status solve_candidate(const task *t, bool required, double *figures,
                                      alicorn_error *error)
{
    alicorn_options solver = *t->solver;
    alicorn_model *model = NULL;
    alicorn_result *result = NULL;
    solver.report = NULL;
    solver.checkpoint = NULL;
    alicorn_status status = read_model(t, required, NULL, &model, error);
    /* requirements of radios that bring their own S have nothing to solve */
    if (status == ALICORN_OK && !(required && alicorn_model_task_count(model) == 0))
        status = alicorn_solve(model, &solver, &result, error);
    if (status == ALICORN_OK)
        status = required ? required_figures(t, model, result, figures, error)
                          : goal_figures(t, result, figures, error);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
    return status;
}

static alicorn_status evaluate(void *user, const double *values, double *figures,
                               alicorn_error *error)
{
    task *t = user;
    const alicorn_options *solver = t->solver;
    alicorn_status status = ALICORN_OK;
    memcpy(t->set_values + t->read->set_count, values, t->options->variable_count * sizeof *values);
    if (solver->progress && solver->progress(solver->progress_user, "candidate", 0, 1))
        return ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted");
    if (t->goal_count > 0)
        status = solve_candidate(t, false, figures, error);
    if (status == ALICORN_OK && t->judged)
        status = solve_candidate(t, true, figures, error);
    return status;
}

static double judge(void *user, const double *figures)
{
    const task *t = user;
    double objective = ali_goal_objective(t->goals, t->goal_count, figures);
    if (t->judged)
        objective += ali_required_objective(figures + t->goal_count, t->required->count);
    return objective;
}

/* ---- the log ---- */

static void hash_model(const task *t, const alicorn_model *model, ali_hash *hash)
{
    ali_signature signature = {0};
    ali_signature_make(model, t->solver, &signature);
    const uint64_t parts[] = {signature.wires.high,   signature.wires.low,  signature.surfaces.high,
                              signature.surfaces.low, signature.tasks.high, signature.tasks.low};
    ali_hash_bytes(hash, parts, sizeof parts);
    for (size_t i = 0; i < ALI_SIGNATURE_OPTIONS; i++)
        ali_hash_real(hash, signature.options[i]);
}

/** Read the file at the start, with all that is to be said about it: mistakes in it end the search
 *  before it begins. */
static alicorn_status begin(task *t, ali_hash *hash, alicorn_error *error)
{
    alicorn_model *model = NULL;
    alicorn_status status = ALICORN_OK;
    *hash = ali_hash_start();
    ali_hash_bytes(hash, t->text, t->length);
    for (size_t i = 0; i < t->read->set_count; i++)
        ali_hash_real(hash, t->set_values[i]);
    for (int required = 0; required < 2 && status == ALICORN_OK; required++) {
        if (required ? !t->judged : t->goal_count == 0)
            continue;
        bool first = !(required && t->goal_count > 0);
        status = read_model(t, required, first ? t->read->report : NULL, &model, error);
        if (status == ALICORN_OK && required && alicorn_model_requirement_count(model) == 0)
            status = ali_error_set(error, ALICORN_E_USAGE,
                                   "%s: no `requirements:` that could be goals, expected them in "
                                   "the project, or other goals",
                                   t->path);
        if (status == ALICORN_OK && required)
            status = alicorn_check_begin(model, &t->required, error);
        if (status == ALICORN_OK && required)
            status = ali_required_hash(model, hash, error);
        if (status == ALICORN_OK)
            hash_model(t, model, hash);
        alicorn_model_destroy(model);
        model = NULL;
    }
    return status;
}

/** What makes two searches share a log: the file, its model at the start and the options of
 *  solves, by their hash; variables; and figures, whose limits may change, but those of
 * requirements, which belong to the file. */
static alicorn_status make_header(const task *t, ali_hash hash, char **header, alicorn_error *error)
{
    enum { LINE = 256 };
    const alicorn_optimize_options *options = t->options;
    size_t verdicts = t->required ? t->required->count : 0, at = 0;
    size_t room = (3 + options->variable_count + t->goal_count + verdicts) * LINE;
    *header = malloc(room);
    if (!*header)
        return ali_error_memory(error, room, "the log");
    at += (size_t)snprintf(*header + at, room - at,
                           "alicorn optimize 1\ninput %016" PRIx64 "%016" PRIx64 "\n", hash.high,
                           hash.low);
    for (size_t i = 0; i < options->variable_count; i++)
        at +=
            (size_t)snprintf(*header + at, room - at, "variable %s\n", options->variables[i].name);
    for (size_t i = 0; i < t->goal_count; i++)
        at += ali_goal_describe(&t->goals[i], *header + at, room - at);
    for (size_t i = 0; i < verdicts; i++) {
        char text[LINE / 2];
        ali_required_text(&t->required->verdicts[i], text, sizeof text);
        at += (size_t)snprintf(*header + at, room - at, "value, excess, verdict of %s\n", text);
    }
    snprintf(*header + at, room - at, "evaluations\n");
    return ALICORN_OK;
}

/* ---- the result ---- */

static void fill_goal(const ali_goal *goal, double start, double best,
                      alicorn_optimize_figure *figure)
{
    snprintf(figure->text, sizeof figure->text, "%s", goal->text);
    snprintf(figure->unit, sizeof figure->unit, "%s", ali_goal_unit(goal));
    figure->start = start;
    figure->best = best;
    figure->limited = ali_goal_is_limit(goal);
    figure->met = ali_goal_is_met(goal, best);
}

static void fill_required(const alicorn_verdict *verdict, const double *start, const double *best,
                          alicorn_optimize_figure *figure)
{
    ali_required_text(verdict, figure->text, sizeof figure->text);
    snprintf(figure->unit, sizeof figure->unit, "%s", verdict->unit);
    figure->start = start[ALI_REQUIRED_VALUE];
    figure->best = best[ALI_REQUIRED_VALUE];
    figure->limited = figure->required = 1;
    figure->judgement = ali_required_judgement(best);
    figure->met = figure->judgement == ALICORN_PASS;
}

/** Copy what the search found. */
static void fill_result(const task *t, const ali_search_result *found,
                        alicorn_optimize_result *result)
{
    for (size_t i = 0; i < result->variable_count; i++) {
        alicorn_optimize_value *value = &result->variables[i];
        snprintf(value->name, sizeof value->name, "%s", t->options->variables[i].name);
        value->lower = t->lower[i];
        value->upper = t->upper[i];
        value->start = t->start[i];
        value->best = found->best[i];
    }
    for (size_t i = 0; i < t->goal_count; i++)
        fill_goal(&t->goals[i], found->start_figures[i], found->best_figures[i], &result->goals[i]);
    bool undecided = false;
    for (size_t i = t->goal_count, at = i; i < result->goal_count; i++) {
        fill_required(&t->required->verdicts[i - t->goal_count], found->start_figures + at,
                      found->best_figures + at, &result->goals[i]);
        undecided = undecided || result->goals[i].judgement == ALICORN_UNDECIDED;
        at += ALI_REQUIRED_FIGURES;
    }
    result->start_objective = found->start_objective;
    result->best_objective = found->best_objective;
    result->evaluations = found->evaluations;
    result->recalled = found->recalled;
    result->infeasible = found->infeasible;
    result->failure = found->failure;
    snprintf(result->reason, sizeof result->reason, "%s",
             undecided && found->best_objective <= 0.0
                 ? "no limit is missed, but some verdicts are undecided"
                 : found->reason);
}

/** Room for what becomes of variables and goals. */
static alicorn_status make_result(const task *t, alicorn_optimize_result *result,
                                  alicorn_error *error)
{
    size_t verdicts = t->required ? t->required->count : 0;
    result->variable_count = t->options->variable_count;
    result->goal_count = t->goal_count + verdicts;
    result->variables = ali_calloc(result->variable_count, sizeof *result->variables);
    result->goals = ali_calloc(result->goal_count, sizeof *result->goals);
    return result->variables && result->goals
               ? ALICORN_OK
               : ali_error_memory(error, result->goal_count * sizeof *result->goals, "the result");
}

static alicorn_status search(task *t, ali_log *log, alicorn_optimize_result *result,
                             alicorn_error *error)
{
    const alicorn_optimize_options *options = t->options;
    size_t figures = figure_count(t);
    double best[MOST], *memory = ali_calloc(2 * figures, sizeof *memory);
    if (!memory)
        return ali_error_memory(error, 2 * figures * sizeof *memory, "figures");
    ali_search_result found = {
        .best = best, .best_figures = memory, .start_figures = memory + figures};
    ali_search search = {.variables = options->variable_count,
                         .figures = figures,
                         .lower = t->lower,
                         .upper = t->upper,
                         .start = t->start,
                         .algorithm = options->algorithm,
                         .evaluations = options->evaluations,
                         .starts = options->starts,
                         .tolerance = options->tolerance,
                         .bounded = true,
                         .evaluate = evaluate,
                         .judge = judge,
                         .progress = options->progress,
                         .user = t,
                         .progress_user = options->progress_user,
                         .log = log};
    for (size_t i = 0; i < t->goal_count; i++)
        search.bounded = search.bounded && ali_goal_is_limit(&t->goals[i]);
    alicorn_status status = ali_search_run(&search, &found, error);
    result->best_objective = found.best_objective;
    if (found.best_objective < HUGE_VAL)
        fill_result(t, &found, result);
    free(memory);
    return status;
}

static alicorn_status check_options(const alicorn_optimize_options *options, alicorn_error *error)
{
    if (options->variable_count == 0 || options->variable_count > MOST ||
        options->goal_count > MOST)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%zu variables and %zu goals, expected 1 … %d and up to %d",
                             options->variable_count, options->goal_count, MOST, MOST);
    if (options->starts == 0 || options->starts > 10000)
        return ali_error_set(error, ALICORN_E_USAGE, "%zu starts, expected 1 … 10000",
                             options->starts);
    if (options->evaluations == 0 || options->evaluations > 1000000 ||
        !(options->tolerance >= 0.0 && options->tolerance <= 1.0))
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%zu evaluations and tolerance %g, expected 1 … 1000000 and 0 … 1",
                             options->evaluations, options->tolerance);
    return ALICORN_OK;
}

static alicorn_status run(task *t, alicorn_optimize_result *result, alicorn_error *error)
{
    char *header = NULL;
    ali_log *log = NULL;
    ali_hash hash;
    alicorn_status status = prepare(t, error);
    if (status == ALICORN_OK)
        status = begin(t, &hash, error);
    if (status == ALICORN_OK)
        status = make_result(t, result, error);
    if (status == ALICORN_OK)
        status = make_header(t, hash, &header, error);
    if (status == ALICORN_OK)
        status = ali_log_open(t->options->log, header, t->options->variable_count, figure_count(t),
                              &log, error);
    if (status == ALICORN_OK)
        status = search(t, log, result, error);
    ali_log_close(log);
    free(header);
    alicorn_check_destroy(t->required);
    free(t->text);
    free((void *)t->set_names);
    free(t->set_values);
    return status;
}

alicorn_status alicorn_optimize(const char *path, const alicorn_read_options *read,
                                const alicorn_options *solver,
                                const alicorn_optimize_options *options,
                                alicorn_optimize_result **result, alicorn_error *error)
{
    ali_numeric_scope scope;
    *result = NULL;
    alicorn_status status = check_options(options, error);
    if (status != ALICORN_OK)
        return status;
    alicorn_optimize_result *made = calloc(1, sizeof *made);
    task *t = calloc(1, sizeof *t);
    status = ali_error_memory(error, sizeof *t, "the search");
    if (made)
        made->best_objective = HUGE_VAL;
    if (made && t && ali_numeric_begin(&scope) == 0) {
        *t = (task){.path = path, .read = read, .solver = solver, .options = options};
        status = run(t, made, error);
        ali_numeric_end(&scope);
    }
    free(t);
    bool keep = status == ALICORN_OK ||
                (status == ALICORN_E_INTERRUPTED && made && made->best_objective < HUGE_VAL);
    if (keep)
        *result = made;
    else
        alicorn_optimize_result_destroy(made);
    return status;
}

static alicorn_status write_text(const char *path, const char *text, size_t length,
                                 alicorn_error *error)
{
    FILE *file = fopen(path, "wb");
    bool good = file && fwrite(text, 1, length, file) == length;
    if (file && fclose(file) != 0)
        good = false;
    return good ? ALICORN_OK
                : ali_error_set_at(error, ALICORN_E_IO, path, 0, 0, NULL, "cannot be written: %s",
                                   strerror(errno));
}

alicorn_status alicorn_optimize_write(const char *path, const alicorn_optimize_result *result,
                                      const char *output, alicorn_error *error)
{
    char *text, *made = NULL;
    size_t length = 0, made_length = 0;
    const char *names[MOST];
    double values[MOST];
    ali_definitions definitions;
    ali_numeric_scope scope;
    alicorn_status status = read_text(path, &text, &length, &definitions, error);
    for (size_t i = 0; i < result->variable_count; i++) {
        names[i] = result->variables[i].name;
        values[i] = result->variables[i].best;
    }
    if (status == ALICORN_OK && ali_numeric_begin(&scope) == 0) {
        made = ali_definitions_replace(&definitions, text, length, names, values,
                                       result->variable_count, &made_length);
        ali_numeric_end(&scope);
    }
    if (status == ALICORN_OK)
        status = made ? write_text(output, made, made_length, error)
                      : ali_error_memory(error, length, "the best model");
    free(made);
    free(text);
    ali_definitions_clear(&definitions);
    return status;
}

void alicorn_optimize_result_destroy(alicorn_optimize_result *result)
{
    if (!result)
        return;
    free(result->variables);
    free(result->goals);
    free(result);
}
