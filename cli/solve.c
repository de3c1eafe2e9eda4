/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "errand.h"
#include "error.h"
#include "model.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

/** Something of the result on standard output. */
typedef alicorn_status (*show_fn)(const alicorn_model *model, const alicorn_result *result,
                                  alicorn_error *error);

/** Show, unless a file goes to standard output, and write files. Returns the exit status. */
static int write_results(const cli_settings *settings, const alicorn_model *model,
                         const alicorn_result *result, show_fn show)
{
    alicorn_error error = {0};
    alicorn_status status = ALICORN_OK;
    if (show && !cli_output_to_stdout(settings))
        status = show(model, result, &error);
    if (status == ALICORN_OK)
        status = cli_output_write(settings, model, result, &error);
    if (status != ALICORN_OK)
        cli_error_print(&error);
    return cli_exit_writing(status);
}

static int conclude_deck(const cli_settings *settings, const alicorn_model *model,
                         const alicorn_result *result)
{
    return write_results(settings, model, result, cli_output_summary);
}

static int conclude_rcs(const cli_settings *settings, const alicorn_model *model,
                        const alicorn_result *result)
{
    return write_results(settings, model, result, cli_output_rcs);
}

/** Files only. */
static int conclude_nec(const cli_settings *settings, const alicorn_model *model,
                        const alicorn_result *result)
{
    return write_results(settings, model, result, NULL);
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
    const cli_errand work = {
        .solve = solve_deck, .predict = predict_deck, .conclude = conclude_deck};
    return cli_errand_run_resumable(settings, operands[0], &work);
}

static alicorn_status solve_rcs(const cli_settings *settings, const alicorn_model *model,
                                alicorn_result **result, alicorn_error *error)
{
    return cli_solve_rcs(settings, model, &settings->solver, result, error);
}

int cli_run_rcs(cli_settings *settings, char **operands, int operand_count)
{
    (void)operand_count;
    const cli_errand work = {
        .solve = solve_rcs, .predict = cli_predict_rcs, .conclude = conclude_rcs, .undriven = true};
    return cli_errand_run_resumable(settings, operands[0], &work);
}

/** The deck's name with the extension .out, as nec2c makes it; to be freed. NULL without memory. */
static char *listing_name(const char *deck)
{
    const char *base = strrchr(deck, '/');
    const char *dot = strrchr(base ? base : deck, '.');
    return cli_join(deck, dot && dot != deck ? (size_t)(dot - deck) : strlen(deck), ".out");
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
    char *plot_name = cli_join(settings->input, strlen(settings->input), ".plt");
    settings->plot = strcmp(settings->input, "-") == 0 ? NULL : plot_name;
    int exit_status = ALICORN_E_MEMORY;
    if (settings->listing && plot_name)
        exit_status = cli_errand_run(
            settings, settings->input,
            &(cli_errand){.solve = solve_deck, .predict = predict_deck, .conclude = conclude_nec});
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
