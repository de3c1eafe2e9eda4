/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "error.h"
#include "progress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Says on standard error when a candidate is the best so far. */
static void tell(void *user, const alicorn_optimize_progress *progress)
{
    const cli_settings *settings = user;
    if (settings->quiet || progress->objective > progress->best ||
        !(progress->objective < HUGE_VAL))
        return;
    cli_progress_clear();
    fprintf(stderr, "evaluation %zu: objective %.6g\n", progress->evaluations, progress->best);
}

static void print_figure(double figure)
{
    if (isfinite(figure))
        printf("  %12.6g", figure);
    else
        printf("  %12s", "none");
}

static void print_result(const alicorn_optimize_result *result)
{
    printf("%-32s  %12s  %12s\n", "variable", "start", "best");
    for (size_t i = 0; i < result->variable_count; i++)
        printf("%-32s  %12.6g  %12.6g\n", result->variables[i].name, result->variables[i].start,
               result->variables[i].best);
    printf("\n%-32s  %12s  %12s\n", "goal, worst figure", "start", "best");
    for (size_t i = 0; i < result->goal_count; i++) {
        const alicorn_optimize_figure *goal = &result->goals[i];
        printf("%-32s", goal->text);
        print_figure(goal->start);
        print_figure(goal->best);
        printf("%s%s%s\n", *goal->unit ? " " : "", goal->unit,
               !goal->limited ? ""
               : goal->met    ? "  met"
                              : "  not met");
    }
    printf("\n%-32s", "objective");
    print_figure(result->start_objective);
    print_figure(result->best_objective);
    printf("\n%zu evaluations, %zu of them known before, %zu without result: %s\n",
           result->evaluations, result->recalled, result->infeasible, result->reason);
}

static alicorn_status search(const cli_settings *settings, const char *path,
                             alicorn_optimize_result **result, alicorn_error *error)
{
    const cli_optimize *own = &settings->optimize;
    const alicorn_read_options read = {.set_names = (const char *const *)settings->set_names,
                                       .set_values = settings->set_values,
                                       .set_count = settings->set_count,
                                       .mesher = settings->gmsh};
    alicorn_options solver = settings->solver;
    alicorn_optimize_options options;
    size_t size = strlen(path) + sizeof ".alicorn-optimize";
    char *log = malloc(size);
    if (!log)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    snprintf(log, size, "%s.alicorn-optimize", path);
    alicorn_optimize_options_default(&options);
    solver.progress = cli_progress;
    options.variables = own->variables;
    options.variable_count = own->variable_count;
    options.goals = own->goals;
    options.goal_count = own->goal_count;
    if (own->algorithm || own->variable_count == 1)
        options.algorithm = own->algorithm ? own->algorithm : "COBYLA";
    options.evaluations = (size_t)own->evaluations;
    options.tolerance = own->tolerance;
    options.log = own->log ? own->log : log;
    options.progress = tell;
    options.progress_user = (void *)settings;
    alicorn_status status = alicorn_optimize(path, &read, &solver, &options, result, error);
    free(log);
    return status;
}

int cli_run_optimize(cli_settings *settings, char **operands, int operand_count)
{
    alicorn_error error = {0};
    alicorn_optimize_result *result = NULL;
    (void)operand_count;
    cli_progress_begin(!settings->quiet);
    alicorn_status status = search(settings, operands[0], &result, &error);
    cli_progress_end();
    int exit_status = cli_exit_reading(status);
    if (status != ALICORN_OK)
        cli_error_print(&error);
    if (result) {
        if (result->failure.code != ALICORN_OK && !settings->quiet)
            fprintf(stderr, "%s: note: a candidate has no result: %s\n", operands[0],
                    result->failure.message);
        print_result(result);
        status =
            settings->optimize.output
                ? alicorn_optimize_write(operands[0], result, settings->optimize.output, &error)
                : ALICORN_OK;
        if (status != ALICORN_OK) {
            cli_error_print(&error);
            exit_status = cli_exit_writing(status);
        }
    }
    alicorn_optimize_result_destroy(result);
    return exit_status;
}
