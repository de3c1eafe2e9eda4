/* SPDX-License-Identifier: Apache-2.0 */
#include "errand.h"

#include "error.h"
#include "model.h"
#include "output.h"
#include "progress.h"
#include "rates.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Where an unfinished run can be taken up again. */
static void hint_at_checkpoint(const cli_settings *settings)
{
    if (settings->solver.checkpoint && !settings->quiet)
        fprintf(stderr,
                "%s: note: what is finished is kept here; the same command with --resume "
                "goes on\n",
                settings->solver.checkpoint);
}

/** Print what the solve would take. Returns the exit status. */
static int predict(const cli_settings *settings, const alicorn_model *model, const cli_errand *work)
{
    alicorn_error error = {0};
    alicorn_prediction prediction;
    alicorn_status status = work->predict(settings, model, &prediction, &error);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return cli_exit_reading(status);
    }
    printf("solves          %zu\n"
           "factorisations  %s%zu\n"
           "unknowns        %zu\n"
           "solver          %s\n"
           "memory          %.3g MB of %.3g MB\n",
           prediction.solves, prediction.adaptive ? "at most " : "", prediction.factorisations,
           prediction.unknowns, prediction.compressed ? "compressed" : "dense",
           (double)prediction.memory_bytes / 1e6, (double)prediction.memory_limit_bytes / 1e6);
    if (prediction.total_s >= 0.0)
        printf("time            %s%.2g s: fill %.2g, factor %.2g, solve %.2g\n",
               prediction.adaptive ? "at most " : "", prediction.total_s,
               prediction.near_s + prediction.fill_s, prediction.factor_s, prediction.solve_s);
    return ALICORN_OK;
}

/** Tell what is coming: somebody who watches, and a log if it takes long. */
static void announce(void *user, const alicorn_prediction *prediction)
{
    const double long_s = 10.0;
    const cli_settings *settings = user;
    cli_progress_expect(prediction);
    if (settings->quiet || (!isatty(STDERR_FILENO) && prediction->total_s < long_s))
        return;
    char time[64] = "";
    if (prediction->total_s >= 0.0)
        snprintf(time, sizeof time, ", %s %.2g s", prediction->adaptive ? "at most" : "about",
                 prediction->total_s);
    if (prediction->factorisations > 1)
        fprintf(stderr, "%s%zu frequencies, up to ", prediction->adaptive ? "at most " : "",
                prediction->factorisations);
    fprintf(stderr, "%zu unknowns%s, %.3g MB%s\n", prediction->unknowns,
            prediction->compressed ? ", compressed" : "", (double)prediction->memory_bytes / 1e6,
            time);
}

/** Solve and conclude from all, or after an interruption from what was finished. Returns the exit
 *  status. */
static int solve_and_conclude(cli_settings *settings, const alicorn_model *model,
                              const cli_errand *work)
{
    alicorn_error error = {0};
    alicorn_result *result = NULL;
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    settings->solver = cli_solver(settings, &reporter);
    settings->solver.planned = announce;
    settings->solver.planned_user = settings;
    cli_progress_begin(!settings->quiet);
    alicorn_status solved = work->solve(settings, model, &result, &error);
    cli_progress_clear();
    if (solved != ALICORN_OK)
        cli_error_print(&error);
    /* All that alicorn_solve itself reads or writes is the checkpoint. */
    int exit_status = cli_exit_writing(solved), written = ALICORN_OK;
    if (solved == ALICORN_OK || (result && alicorn_result_count(result) > 0 && !work->whole))
        written = work->conclude(settings, model, result);
    if (solved == ALICORN_OK) {
        exit_status = written;
        if ((written == ALICORN_OK || written == ALICORN_E_REQUIREMENT) &&
            settings->solver.checkpoint)
            remove(settings->solver.checkpoint);
    } else if (solved == ALICORN_E_INTERRUPTED) {
        hint_at_checkpoint(settings);
    }
    cli_progress_end();
    alicorn_result_destroy(result);
    return exit_status;
}

int cli_errand_run(cli_settings *settings, const char *path, const cli_errand *work)
{
    alicorn_error error;
    alicorn_status status = cli_output_check(settings, path, &error);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return cli_exit_writing(status);
    }
    alicorn_model *model = NULL;
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    int exit_status = cli_read_model(settings, path, work->undriven, &reporter, &model);
    if (exit_status == 0 && work->idle && alicorn_model_task_count(model) == 0) {
        exit_status = work->conclude(settings, model, NULL);
        alicorn_model_destroy(model);
        return exit_status;
    }
    if (exit_status == 0) {
        status = cli_warn(model, work->undriven ? CLI_TO_RADAR : CLI_TO_SOLVE, &reporter, &error);
        if (status != ALICORN_OK)
            cli_error_print(&error);
        exit_status = cli_exit_reading(status);
    }
    alicorn_rates rates;
    if (exit_status == 0 &&
        cli_rates_find(settings->solver.threads,
                       settings->dry_run || (!settings->quiet && isatty(STDERR_FILENO)), &rates))
        settings->solver.rates = &rates;
    if (exit_status == 0)
        exit_status = settings->dry_run ? predict(settings, model, work)
                                        : solve_and_conclude(settings, model, work);
    settings->solver.rates = NULL;
    alicorn_model_destroy(model);
    return exit_status;
}

char *cli_join(const char *text, size_t length, const char *suffix)
{
    size_t size = strlen(suffix) + 1;
    char *joined = malloc(length + size);
    if (joined) {
        memcpy(joined, text, length);
        memcpy(joined + length, suffix, size);
    }
    return joined;
}

int cli_errand_run_resumable(cli_settings *settings, const char *path, const cli_errand *work)
{
    char *made_name = NULL;
    settings->solver.resume = settings->resume;
    if (settings->resume && !settings->solver.checkpoint) {
        alicorn_error error;
        if (strcmp(path, "-") == 0) {
            cli_error(&error, ALICORN_E_USAGE,
                      "a deck from standard input has no name: --resume needs --checkpoint FILE");
            cli_error_print(&error);
            return ALICORN_E_USAGE;
        }
        made_name = cli_join(path, strlen(path), ".alicorn-resume");
        if (!made_name)
            return ALICORN_E_MEMORY;
        settings->solver.checkpoint = made_name;
    }
    int exit_status = cli_errand_run(settings, path, work);
    settings->solver.checkpoint = NULL;
    free(made_name);
    return exit_status;
}
