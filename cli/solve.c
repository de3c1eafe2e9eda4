/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "error.h"
#include "model.h"
#include "output.h"
#include "progress.h"
#include "rates.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** What the commands that solve do differently. */
typedef struct errand {
    alicorn_status (*solve)(const cli_settings *settings, const alicorn_model *model,
                            alicorn_result **result, alicorn_error *error);
    alicorn_status (*predict)(const cli_settings *settings, const alicorn_model *model,
                              alicorn_prediction *prediction, alicorn_error *error);
    /** What is printed on standard output; NULL: nothing. */
    alicorn_status (*show)(const alicorn_model *model, const alicorn_result *result,
                           alicorn_error *error);
    bool undriven; /**< decks without excitation will do */
} errand;

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
static int predict(const cli_settings *settings, const alicorn_model *model, const errand *work)
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

/** Summary and files. Returns the exit status. */
static int write_results(const cli_settings *settings, const alicorn_model *model,
                         const alicorn_result *result, const errand *work)
{
    alicorn_error error = {0};
    alicorn_status status = ALICORN_OK;
    if (work->show)
        status = work->show(model, result, &error);
    if (status == ALICORN_OK)
        status = cli_output_write(settings, model, result, &error);
    if (status != ALICORN_OK)
        cli_error_print(&error);
    return cli_exit_writing(status);
}

/** Solve and write what was asked for; after an interruption, what was finished. Returns the exit
 *  status. */
static int solve_and_write(cli_settings *settings, const alicorn_model *model, const errand *work)
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
    if (result && (solved == ALICORN_OK || alicorn_result_count(result) > 0))
        written = write_results(settings, model, result, work);
    if (solved == ALICORN_OK) {
        exit_status = written;
        if (written == ALICORN_OK && settings->solver.checkpoint)
            remove(settings->solver.checkpoint);
    } else if (solved == ALICORN_E_INTERRUPTED) {
        hint_at_checkpoint(settings);
    }
    cli_progress_end();
    alicorn_result_destroy(result);
    return exit_status;
}

static int run(cli_settings *settings, const char *path, const errand *work)
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
                                        : solve_and_write(settings, model, work);
    settings->solver.rates = NULL;
    alicorn_model_destroy(model);
    return exit_status;
}

/** The first `length` bytes of text with a suffix; to be freed. NULL without memory. */
static char *join(const char *text, size_t length, const char *suffix)
{
    size_t size = strlen(suffix) + 1;
    char *joined = malloc(length + size);
    if (joined) {
        memcpy(joined, text, length);
        memcpy(joined + length, suffix, size);
    }
    return joined;
}

/** As run, with a checkpoint if one is wanted. */
static int run_resumable(cli_settings *settings, const char *path, const errand *work)
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
        made_name = join(path, strlen(path), ".alicorn-resume");
        if (!made_name)
            return ALICORN_E_MEMORY;
        settings->solver.checkpoint = made_name;
    }
    int exit_status = run(settings, path, work);
    settings->solver.checkpoint = NULL;
    free(made_name);
    return exit_status;
}

static alicorn_status solve_deck(const cli_settings *settings, const alicorn_model *model,
                                 alicorn_result **result, alicorn_error *error)
{
    return alicorn_solve(model, &settings->solver, result, error);
}

static alicorn_status predict_deck(const cli_settings *settings, const alicorn_model *model,
                                   alicorn_prediction *prediction, alicorn_error *error)
{
    return alicorn_predict(model, &settings->solver, prediction, error);
}

int cli_run_solve(cli_settings *settings, char **operands, int operand_count)
{
    (void)operand_count;
    const errand work = {.solve = solve_deck,
                         .predict = predict_deck,
                         .show = cli_output_to_stdout(settings) ? NULL : cli_output_summary};
    return run_resumable(settings, operands[0], &work);
}

static alicorn_angles angles_of(const cli_range *range, double standard)
{
    return range->count > 0 ? (alicorn_angles){range->start, range->step, range->count}
                            : (alicorn_angles){.start_deg = standard, .count = 1};
}

/** The command line's cross-sections; frequencies_hz is to be freed. NULL there without memory. */
static alicorn_rcs_request rcs_request(const cli_settings *settings)
{
    const cli_range *frequency = &settings->frequency;
    double *frequencies = malloc((frequency->count + 1) * sizeof *frequencies);
    for (size_t i = 0; frequencies && i < frequency->count; i++)
        frequencies[i] = 1e6 * (frequency->start + (double)i * frequency->step);
    return (alicorn_rcs_request){.theta = angles_of(&settings->theta, 90.0),
                                 .phi = angles_of(&settings->phi, 0.0),
                                 .bistatic = settings->receive_theta.count > 0 ||
                                             settings->receive_phi.count > 0,
                                 .receive_theta = angles_of(&settings->receive_theta, 90.0),
                                 .receive_phi = angles_of(&settings->receive_phi, 0.0),
                                 .task = (size_t)settings->task - 1,
                                 .frequencies_hz = frequencies,
                                 .frequency_count = frequency->count};
}

static alicorn_status solve_rcs(const cli_settings *settings, const alicorn_model *model,
                                alicorn_result **result, alicorn_error *error)
{
    alicorn_rcs_request request = rcs_request(settings);
    if (!request.frequencies_hz)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    alicorn_status status = alicorn_solve_rcs(model, &request, &settings->solver, result, error);
    free((double *)request.frequencies_hz);
    return status;
}

static alicorn_status predict_rcs(const cli_settings *settings, const alicorn_model *model,
                                  alicorn_prediction *prediction, alicorn_error *error)
{
    alicorn_rcs_request request = rcs_request(settings);
    if (!request.frequencies_hz)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    alicorn_status status =
        alicorn_predict_rcs(model, &request, &settings->solver, prediction, error);
    free((double *)request.frequencies_hz);
    return status;
}

int cli_run_rcs(cli_settings *settings, char **operands, int operand_count)
{
    (void)operand_count;
    const errand work = {.solve = solve_rcs,
                         .predict = predict_rcs,
                         .show = cli_output_to_stdout(settings) ? NULL : cli_output_rcs,
                         .undriven = true};
    return run_resumable(settings, operands[0], &work);
}

/** The deck's name with the extension .out, as nec2c makes it; to be freed. NULL without memory. */
static char *listing_name(const char *deck)
{
    const char *base = strrchr(deck, '/');
    const char *dot = strrchr(base ? base : deck, '.');
    return join(deck, dot && dot != deck ? (size_t)(dot - deck) : strlen(deck), ".out");
}

int cli_run_nec(cli_settings *settings, char **operands, int operand_count)
{
    if (settings->version)
        return cli_run_version(settings, operands, operand_count);
    alicorn_error error;
    if (!settings->input) {
        cli_error(&error, ALICORN_E_USAGE, "nec needs -i DECK, see 'alicorn help nec'");
        cli_error_print(&error);
        return ALICORN_E_USAGE;
    }
    char *made_name = NULL;
    if (!settings->listing) {
        made_name = listing_name(settings->input);
        settings->listing = strcmp(settings->input, "-") == 0 ? "-" : made_name;
    }
    /* as nec2c names it; a deck without a name has none */
    char *plot_name = join(settings->input, strlen(settings->input), ".plt");
    settings->plot = strcmp(settings->input, "-") == 0 ? NULL : plot_name;
    int exit_status = ALICORN_E_MEMORY;
    if (settings->listing && plot_name)
        exit_status =
            run(settings, settings->input, &(errand){.solve = solve_deck, .predict = predict_deck});
    free(made_name);
    free(plot_name);
    return exit_status;
}

int cli_run_lint(cli_settings *settings, char **operands, int operand_count)
{
    (void)operand_count;
    alicorn_error error = {0};
    alicorn_model *model = NULL;
    cli_reporter reporter = cli_reporter_to(stdout, settings);
    reporter.quiet = false; /* here, findings are what was asked for */
    int exit_status = cli_read_model(settings, operands[0], false, &reporter, &model);
    if (exit_status == 0) {
        /* The reporter leaves unwanted names out, those of the reader as well as those of the lint.
         */
        alicorn_status status =
            alicorn_model_lint(model, NULL, cli_report, &reporter, NULL, &error);
        if (status != ALICORN_OK)
            cli_error_print(&error);
        exit_status = cli_exit_reading(status);
    }
    alicorn_model_destroy(model);
    if (exit_status == 0 && reporter.errors > 0)
        exit_status = ALICORN_E_INPUT;
    if (!settings->quiet)
        fprintf(stderr, "%s: %zu error%s, %zu warning%s\n", operands[0], reporter.errors,
                reporter.errors == 1 ? "" : "s", reporter.warnings,
                reporter.warnings == 1 ? "" : "s");
    return exit_status;
}
