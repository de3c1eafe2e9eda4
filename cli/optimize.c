/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "error.h"
#include "model.h"
#include "progress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Who is told of the progress. */
typedef struct listener {
    double best; /* that was told */
    bool quiet;
} listener;

/** Says on standard error when a candidate is the best so far. */
static void tell(void *user, const alicorn_optimize_progress *progress)
{
    listener *to = user;
    if (to->quiet || !(progress->best < to->best))
        return;
    to->best = progress->best;
    cli_progress_clear();
    fprintf(stderr, "evaluation %zu: objective %.6g\n", progress->evaluations, progress->best);
}

static void print_figure(double figure)
{
    if (isnan(figure) || fabs(figure) >= HUGE_VAL)
        printf("  %12s", isnan(figure) ? "none" : figure > 0 ? "endless" : "-endless");
    else
        printf("  %12.6g", figure);
}

/** What a goal has become; "" if it can never be met. */
static const char *fate_of(const alicorn_optimize_figure *goal)
{
    static const char *const judgements[] = {
        [ALICORN_PASS] = "  pass", [ALICORN_UNDECIDED] = "  undecided", [ALICORN_FAIL] = "  fail"};
    if (goal->required)
        return judgements[goal->judgement];
    return !goal->limited ? "" : goal->met ? "  met" : "  not met";
}

static void print_result(const alicorn_optimize_result *result)
{
    size_t width = 32;
    for (size_t i = 0; i < result->goal_count; i++) {
        size_t length = strlen(result->goals[i].text);
        width = length > width ? length : width;
    }
    int column = (int)width;
    printf("%-*s  %12s  %12s\n", column, "variable", "start", "best");
    for (size_t i = 0; i < result->variable_count; i++)
        printf("%-*s  %12.6g  %12.6g\n", column, result->variables[i].name,
               result->variables[i].start, result->variables[i].best);
    printf("\n%-*s  %12s  %12s\n", column, "goal, worst figure", "start", "best");
    for (size_t i = 0; i < result->goal_count; i++) {
        const alicorn_optimize_figure *goal = &result->goals[i];
        printf("%-*s", column, goal->text);
        print_figure(goal->start);
        print_figure(goal->best);
        printf("%s%s%s\n", *goal->unit ? " " : "", goal->unit, fate_of(goal));
    }
    printf("\n%-*s", column, "objective");
    print_figure(result->start_objective);
    print_figure(result->best_objective);
    printf("\n%zu evaluation%s, %zu of them known before, %zu without result: %s\n",
           result->evaluations, result->evaluations == 1 ? "" : "s", result->recalled,
           result->infeasible, result->reason);
}

static alicorn_status search(const cli_settings *settings, const char *path, cli_reporter *reporter,
                             alicorn_optimize_result **result, alicorn_error *error)
{
    const cli_optimize *own = &settings->optimize;
    const alicorn_read_options read = {.set_names = (const char *const *)settings->set_names,
                                       .set_values = settings->set_values,
                                       .set_count = settings->set_count,
                                       .mesher = settings->gmsh,
                                       .report = cli_report,
                                       .report_user = reporter};
    alicorn_options solver = settings->solver;
    alicorn_optimize_options options;
    listener to = {.best = HUGE_VAL, .quiet = settings->quiet};
    size_t size = strlen(path) + sizeof ".alicorn-optimize";
    char *log = malloc(size);
    if (!log)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    snprintf(log, size, "%s.alicorn-optimize", path);
    alicorn_optimize_options_default(&options);
    solver.progress = cli_progress;
    options.variables = own->variables;
    options.variable_count = own->variable_count;
    options.goals = own->goals.item;
    options.goal_count = own->goals.count;
    if (own->algorithm || own->variable_count == 1)
        options.algorithm = own->algorithm ? own->algorithm : "COBYLA";
    options.evaluations = (size_t)own->evaluations;
    options.starts = (size_t)own->starts;
    options.tolerance = own->tolerance;
    options.log = own->log ? own->log : log;
    options.progress = tell;
    options.progress_user = &to;
    alicorn_status status = alicorn_optimize(path, &read, &solver, &options, result, error);
    free(log);
    return status;
}

/** Say why a candidate has no result, and where that is known. */
static void note_failure(const char *path, const alicorn_error *failure)
{
    fprintf(stderr, "%s:", *failure->file ? failure->file : path);
    if (failure->line > 0)
        fprintf(stderr, "%d:%d:", failure->line, failure->column);
    fprintf(stderr, " note: a candidate has no result: %s\n", failure->message);
}

/** Tell what was found, and write it. Returns the exit status. */
static int conclude(const cli_settings *settings, const char *path,
                    const alicorn_optimize_result *result)
{
    alicorn_error error = {0};
    alicorn_status status = ALICORN_OK;
    if (result->failure.code != ALICORN_OK && !settings->quiet)
        note_failure(path, &result->failure);
    print_result(result);
    if (settings->optimize.output)
        status = alicorn_optimize_write(path, result, settings->optimize.output, &error);
    if (status != ALICORN_OK)
        cli_error_print(&error);
    return cli_exit_writing(status);
}

int cli_run_optimize(cli_settings *settings, char **operands, int operand_count)
{
    alicorn_error error = {0};
    alicorn_optimize_result *result = NULL;
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    char *path = NULL;
    (void)operand_count;
    alicorn_status status = cli_model_path(operands[0], &path, &error);
    cli_progress_begin(!settings->quiet);
    if (status == ALICORN_OK)
        status = search(settings, path, &reporter, &result, &error);
    cli_progress_end();
    int exit_status = cli_exit_reading(status);
    if (status != ALICORN_OK && reporter.errors == 0)
        cli_error_print(&error);
    int written = result ? conclude(settings, path, result) : ALICORN_OK;
    alicorn_optimize_result_destroy(result);
    free(path);
    return written != ALICORN_OK ? written : exit_status;
}
