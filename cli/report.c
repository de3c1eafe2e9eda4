/* SPDX-License-Identifier: Apache-2.0 */
#include "view/report.h"
#include "command.h"
#include "error.h"
#include "model.h"
#include "output.h"
#include "progress.h"
#include "rates.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/** When the report says that it was made: SOURCE_DATE_EPOCH, so that builds can be repeated. */
static alicorn_status take_time(time_t *made, const time_t **given, alicorn_error *error)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    char *end;
    *given = NULL;
    if (!text || !*text)
        return ALICORN_OK;
    errno = 0;
    long long seconds = strtoll(text, &end, 10);
    if (*end || errno || seconds < 0)
        return cli_error(error, ALICORN_E_USAGE,
                         "SOURCE_DATE_EPOCH=%s: expected seconds since 1970", text);
    *made = (time_t)seconds;
    *given = made;
    return ALICORN_OK;
}

static alicorn_status check_usage(const cli_settings *settings, const char *path,
                                  alicorn_error *error)
{
    if (strcmp(path, "-") == 0)
        return cli_error(error, ALICORN_E_USAGE,
                         "a report names its inputs; expected a file, not standard input");
    if (!settings->report.output)
        return cli_error(error, ALICORN_E_USAGE, "expected --output FILE for the report");
    return cli_output_check(settings, path, error);
}

/** Nothing need drive what is to be looked at by radar only. */
static bool is_driven(const cli_settings *settings, const char *path)
{
    const alicorn_read_options options = {.set_names = (const char *const *)settings->set_names,
                                          .set_values = settings->set_values,
                                          .set_count = settings->set_count,
                                          .mesher = settings->gmsh};
    alicorn_model *model = NULL;
    alicorn_error unused;
    alicorn_status status = alicorn_model_read(path, &options, &model, &unused);
    alicorn_model_destroy(model);
    return status == ALICORN_OK;
}

/** Read the file once to tell what is wrong with it, as other commands do, and what there is to be
 * reported. Returns the exit status. */
static int look(const cli_settings *settings, const char *path, cli_reporter *reporter,
                view_report_options *report)
{
    alicorn_model *model = NULL;
    alicorn_error error = {0};
    int exit_status = cli_read_model(settings, path, report->rcs != NULL, reporter, &model);
    if (exit_status != 0)
        return exit_status;
    report->check = alicorn_model_requirement_count(model) > 0;
    report->solve =
        alicorn_model_task_count(model) > 0 && (!report->rcs || is_driven(settings, path));
    alicorn_status status =
        cli_warn(model, report->solve ? CLI_TO_SOLVE : CLI_TO_RADAR, reporter, &error);
    if (status != ALICORN_OK)
        cli_error_print(&error);
    alicorn_model_destroy(model);
    return cli_exit_reading(status);
}

/** Make it and write it. Returns the exit status. */
static int make(const cli_settings *settings, const view_options *options,
                const view_report_options *report)
{
    alicorn_error error = {0};
    char *text = NULL;
    size_t size = 0;
    cli_progress_begin(!settings->quiet);
    alicorn_status status = view_report(options, report, &text, &size, &error);
    cli_progress_clear();
    int exit_status = cli_exit_reading(status);
    if (status == ALICORN_OK) {
        status = cli_output_text(settings, text, size, &error);
        exit_status = cli_exit_writing(status);
    }
    if (status != ALICORN_OK)
        cli_error_print(&error);
    cli_progress_end();
    free(text);
    return exit_status;
}

static int report_file(cli_settings *settings, const char *path)
{
    alicorn_error error = {0};
    time_t made;
    const time_t *given = NULL;
    alicorn_status status = check_usage(settings, path, &error);
    if (status == ALICORN_OK)
        status = take_time(&made, &given, &error);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return cli_exit_writing(status);
    }
    alicorn_rcs_request rcs = cli_rcs_request(settings);
    if (!rcs.frequencies_hz)
        return ALICORN_E_MEMORY;
    bool echoes = settings->theta.count > 0 || settings->phi.count > 0;
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    view_report_options report = {.rcs = echoes ? &rcs : NULL, .radios = settings->report.radios};
    const view_options options = {.path = path,
                                  .set_names = (const char *const *)settings->set_names,
                                  .set_values = settings->set_values,
                                  .set_count = settings->set_count,
                                  .mesher = settings->gmsh,
                                  .solver = &settings->solver,
                                  .progress = cli_progress,
                                  .made = given};
    alicorn_rates rates;
    if (cli_rates_find(settings->solver.threads, false, &rates))
        settings->solver.rates = &rates;
    int exit_status = look(settings, path, &reporter, &report);
    if (exit_status == 0)
        exit_status = make(settings, &options, &report);
    settings->solver.rates = NULL;
    free((double *)rcs.frequencies_hz);
    return exit_status;
}

int cli_run_report(cli_settings *settings, char **operands, int operand_count)
{
    alicorn_error error = {0};
    char *path = NULL;
    (void)operand_count;
    alicorn_status status = cli_model_path(operands[0], &path, &error);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return cli_exit_reading(status);
    }
    int exit_status = report_file(settings, path);
    free(path);
    return exit_status;
}
