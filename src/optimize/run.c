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
#include "optimize/search.h"
#include "optimize/substitute.h"
#include "study/signature.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Most variables and goals. */
enum { MOST = 64 };

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
    double lower[MOST], upper[MOST], start[MOST];
} task;

void alicorn_optimize_options_default(alicorn_optimize_options *options)
{
    *options =
        (alicorn_optimize_options){.algorithm = "BOBYQA", .evaluations = 200, .tolerance = 1e-3};
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
    for (size_t i = 0; status == ALICORN_OK && i < options->goal_count; i++)
        status = ali_goal_parse(options->goals[i], &t->goals[i], error);
    ali_definitions_clear(&definitions);
    return status;
}

/** Read the file with the values that are set now. */
static alicorn_status read_model(const task *t, alicorn_report_fn report, alicorn_model **model,
                                 alicorn_error *error)
{
    alicorn_read_options read = *t->read;
    read.set_names = t->set_names;
    read.set_values = t->set_values;
    read.set_count = t->set_count;
    read.report = report;
    return alicorn_model_read(t->path, &read, model, error);
}

static alicorn_status evaluate(void *user, const double *values, double *figures,
                               alicorn_error *error)
{
    task *t = user;
    alicorn_options solver = *t->solver;
    alicorn_model *model = NULL;
    alicorn_result *result = NULL;
    solver.report = NULL;
    solver.checkpoint = NULL;
    memcpy(t->set_values + t->read->set_count, values, t->options->variable_count * sizeof *values);
    if (solver.progress && solver.progress(solver.progress_user, "candidate", 0, 1))
        return ali_error_set(error, ALICORN_E_INTERRUPTED, "interrupted");
    alicorn_status status = read_model(t, NULL, &model, error);
    if (status == ALICORN_OK)
        status = alicorn_solve(model, &solver, &result, error);
    for (size_t i = 0; status == ALICORN_OK && i < t->options->goal_count; i++)
        status = ali_goal_figure(&t->goals[i], result, &figures[i], error);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
    return status;
}

static double judge(void *user, const double *figures)
{
    const task *t = user;
    return ali_goal_objective(t->goals, t->options->goal_count, figures);
}

/** What makes two searches share a log: the file, its model at the start and the options of
 *  solves, by their hash; variables; and figures, whose limits may change. */
static alicorn_status make_header(task *t, char **header, alicorn_error *error)
{
    enum { LINE = 256 };
    const alicorn_optimize_options *options = t->options;
    size_t room = (3 + options->variable_count + options->goal_count) * LINE, at = 0;
    alicorn_model *model = NULL;
    alicorn_error unused;
    ali_signature signature = {0};
    ali_hash hash = ali_hash_start();
    *header = malloc(room);
    if (!*header)
        return ali_error_memory(error, room, "the log");
    ali_hash_bytes(&hash, t->text, t->length);
    for (size_t i = 0; i < t->read->set_count; i++)
        ali_hash_real(&hash, t->set_values[i]);
    alicorn_status status = read_model(t, NULL, &model, &unused);
    if (status == ALICORN_OK) {
        ali_signature_make(model, t->solver, &signature);
        const uint64_t parts[] = {signature.wires.high,    signature.wires.low,
                                  signature.surfaces.high, signature.surfaces.low,
                                  signature.tasks.high,    signature.tasks.low};
        ali_hash_bytes(&hash, parts, sizeof parts);
        for (size_t i = 0; i < ALI_SIGNATURE_OPTIONS; i++)
            ali_hash_real(&hash, signature.options[i]);
    }
    alicorn_model_destroy(model);
    at += (size_t)snprintf(*header + at, room - at,
                           "alicorn optimize 1\ninput %016" PRIx64 "%016" PRIx64 "\n", hash.high,
                           hash.low);
    for (size_t i = 0; i < options->variable_count; i++)
        at +=
            (size_t)snprintf(*header + at, room - at, "variable %s\n", options->variables[i].name);
    for (size_t i = 0; i < options->goal_count; i++)
        at += ali_goal_describe(&t->goals[i], *header + at, room - at);
    snprintf(*header + at, room - at, "evaluations\n");
    return ALICORN_OK;
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
    for (size_t i = 0; i < result->goal_count; i++) {
        alicorn_optimize_figure *figure = &result->goals[i];
        snprintf(figure->text, sizeof figure->text, "%s", t->goals[i].text);
        snprintf(figure->unit, sizeof figure->unit, "%s", ali_goal_unit(&t->goals[i]));
        figure->start = found->start_figures[i];
        figure->best = found->best_figures[i];
        figure->limited = ali_goal_is_limit(&t->goals[i]);
        figure->met = ali_goal_is_met(&t->goals[i], figure->best);
    }
    result->start_objective = found->start_objective;
    result->best_objective = found->best_objective;
    result->evaluations = found->evaluations;
    result->recalled = found->recalled;
    result->infeasible = found->infeasible;
    result->failure = found->failure;
    snprintf(result->reason, sizeof result->reason, "%s", found->reason);
}

static alicorn_status search(task *t, ali_log *log, alicorn_optimize_result *result,
                             alicorn_error *error)
{
    const alicorn_optimize_options *options = t->options;
    double best[MOST], best_figures[MOST], start_figures[MOST];
    ali_search_result found = {
        .best = best, .best_figures = best_figures, .start_figures = start_figures};
    ali_search search = {.variables = options->variable_count,
                         .figures = options->goal_count,
                         .lower = t->lower,
                         .upper = t->upper,
                         .start = t->start,
                         .algorithm = options->algorithm,
                         .evaluations = options->evaluations,
                         .tolerance = options->tolerance,
                         .bounded = true,
                         .evaluate = evaluate,
                         .judge = judge,
                         .progress = options->progress,
                         .user = t,
                         .progress_user = options->progress_user,
                         .log = log};
    for (size_t i = 0; i < options->goal_count; i++)
        search.bounded = search.bounded && ali_goal_is_limit(&t->goals[i]);
    alicorn_status status = ali_search_run(&search, &found, error);
    if (found.best_objective < HUGE_VAL) {
        result->variable_count = options->variable_count;
        result->goal_count = options->goal_count;
        fill_result(t, &found, result);
    }
    return status;
}

static alicorn_status check_options(const alicorn_optimize_options *options, alicorn_error *error)
{
    if (options->variable_count == 0 || options->goal_count == 0 ||
        options->variable_count > MOST || options->goal_count > MOST)
        return ali_error_set(error, ALICORN_E_USAGE,
                             "%zu variables and %zu goals, expected 1 … %d of each",
                             options->variable_count, options->goal_count, MOST);
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
    alicorn_status status = prepare(t, error);
    if (status == ALICORN_OK)
        status = make_header(t, &header, error);
    if (status == ALICORN_OK)
        status = ali_log_open(t->options->log, header, t->options->variable_count,
                              t->options->goal_count, &log, error);
    if (status == ALICORN_OK)
        status = search(t, log, result, error);
    ali_log_close(log);
    free(header);
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
    if (made && t) {
        made->variables = calloc(options->variable_count, sizeof *made->variables);
        made->goals = calloc(options->goal_count, sizeof *made->goals);
        if (made->variables && made->goals && ali_numeric_begin(&scope) == 0) {
            *t = (task){.path = path, .read = read, .solver = solver, .options = options};
            status = run(t, made, error);
            ali_numeric_end(&scope);
        }
    }
    free(t);
    bool keep = status == ALICORN_OK ||
                (status == ALICORN_E_INTERRUPTED && made && made->variable_count > 0);
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
