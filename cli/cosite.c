/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "error.h"
#include "model.h"
#include "output.h"
#include "progress.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/** Width of tables where there is no terminal, and the least [characters]. */
enum { STANDARD_COLUMNS = 80, LEAST_COLUMNS = 40 };

static alicorn_status read_radios(const cli_settings *settings, const char *path,
                                  cli_reporter *reporter, alicorn_radios **radios,
                                  alicorn_error *error)
{
    const alicorn_read_options options = {.set_names = (const char *const *)settings->set_names,
                                          .set_values = settings->set_values,
                                          .set_count = settings->set_count,
                                          .report = cli_report,
                                          .report_user = reporter};
    return alicorn_radios_read(path, &options, radios, error);
}

/* ---- S of the platforms ---- */

/** Solve a project's frequencies and take its ports. Findings about it go to the reporter. */
static alicorn_status solve_project(const cli_settings *settings, const char *path,
                                    cli_reporter *reporter, alicorn_network **network,
                                    alicorn_error *error)
{
    const alicorn_read_options options = {
        .mesher = settings->gmsh, .report = cli_report, .report_user = reporter};
    alicorn_options solver = cli_solver(settings, reporter);
    alicorn_model *model = NULL;
    alicorn_result *result = NULL;
    alicorn_status status = alicorn_model_read(path, &options, &model, error);
    if (status == ALICORN_OK)
        status = cli_warn(model, CLI_TO_SOLVE, reporter, error);
    if (status == ALICORN_OK)
        status = alicorn_solve(model, &solver, &result, error);
    if (status == ALICORN_OK)
        status = alicorn_network_from_result(result, 0, network, error);
    alicorn_result_destroy(result);
    alicorn_model_destroy(model);
    return status;
}

static alicorn_status give_network(const cli_settings *settings, const char *file, bool solved,
                                   const char *platform, cli_reporter *reporter,
                                   alicorn_radios *radios, alicorn_error *error)
{
    alicorn_network *network = NULL;
    char doubt[160];
    alicorn_status status = solved ? solve_project(settings, file, reporter, &network, error)
                                   : alicorn_network_read(file, &network, error);
    if (status == ALICORN_OK && alicorn_network_doubt(network, doubt, sizeof doubt))
        cli_report(reporter, &(alicorn_diagnostic){.severity = ALICORN_WARNING,
                                                   .name = "not-passive",
                                                   .message = doubt,
                                                   .file = file});
    if (status == ALICORN_OK)
        status = alicorn_radios_set_network(radios, platform, network, error);
    return status;
}

static bool names_platform(const cli_source *source, const char *platform)
{
    return source->name_length == strlen(platform) &&
           memcmp(source->text, platform, source->name_length) == 0;
}

/** The source of the command line with a platform's name, or, if NULL, without a name; NULL if
 * there is none. */
static const cli_source *find_source(const cli_settings *settings, const char *platform)
{
    for (size_t i = 0; i < settings->cosite.source_count; i++) {
        const cli_source *source = &settings->cosite.sources[i];
        if (platform ? names_platform(source, platform) : source->name_length == 0)
            return source;
    }
    return NULL;
}

/** Say which platforms there are. */
static alicorn_status unknown_platform(const cli_source *source, const alicorn_radios *radios,
                                       alicorn_error *error)
{
    char known[200] = "";
    size_t used = 0;
    const char *platform;
    for (size_t i = 0; (platform = alicorn_radios_platform(radios, i)) && used < sizeof known; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s'%s'", i > 0 ? ", " : "",
                                 platform);
    return cli_error(error, ALICORN_E_USAGE,
                     "--%s %s: there is no platform '%.*s', expected one of %s%s", source->option,
                     source->text, (int)source->name_length, source->text, known,
                     used < sizeof known ? "" : "…");
}

/** Every source has a platform of its own. */
static alicorn_status check_sources(const cli_settings *settings, const alicorn_radios *radios,
                                    alicorn_error *error)
{
    for (size_t i = 0; i < settings->cosite.source_count; i++) {
        const cli_source *source = &settings->cosite.sources[i];
        const char *platform = NULL;
        size_t p = 0;
        while (source->name_length > 0 && (platform = alicorn_radios_platform(radios, p)) &&
               !names_platform(source, platform))
            p++;
        if (source->name_length > 0 && !platform)
            return unknown_platform(source, radios, error);
        if (find_source(settings, platform) == source)
            continue;
        return platform ? cli_error(error, ALICORN_E_USAGE,
                                    "--%s %s: the platform '%s' has another source of S already",
                                    source->option, source->text, platform)
                        : cli_error(error, ALICORN_E_USAGE,
                                    "expected only one of --s and --project without NAME=");
    }
    return ALICORN_OK;
}

/** Give S to every platform: the command line's to those that it names; what it gives without a
 * name to the only one, or to those that have none. */
static alicorn_status give_networks(const cli_settings *settings, cli_reporter *reporter,
                                    alicorn_radios *radios, alicorn_error *error)
{
    size_t count = alicorn_radios_platform_count(radios), shared = 0;
    const cli_source *unnamed = find_source(settings, NULL);
    alicorn_status status = check_sources(settings, radios, error);
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        const char *platform = alicorn_radios_platform(radios, i);
        const char *project = alicorn_radios_project(radios, i);
        const cli_source *source = find_source(settings, platform);
        if (!source && (count == 1 || (!project && !alicorn_radios_has_network(radios, i)))) {
            source = unnamed;
            shared += unnamed != NULL;
        }
        if (source || project)
            status =
                give_network(settings, source ? source->file : project,
                             source ? source->solved : true, platform, reporter, radios, error);
    }
    if (status == ALICORN_OK && unnamed && shared == 0)
        status = cli_error(error, ALICORN_E_USAGE, "--%s: every platform has its own S already",
                           unnamed->option);
    return status;
}

/* ---- results ---- */

static size_t terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return STANDARD_COLUMNS;
    return size.ws_col < LEAST_COLUMNS ? LEAST_COLUMNS : size.ws_col;
}

static alicorn_status write_results(const cli_settings *settings,
                                    const alicorn_cosite_result *result, alicorn_error *error)
{
    const alicorn_cosite_view view = {.color = cli_color_wanted(),
                                      .columns = settings->cosite.columns > 0
                                                     ? (size_t)settings->cosite.columns
                                                     : terminal_columns(),
                                      .list = (size_t)settings->cosite.list};
    alicorn_status status = ALICORN_OK;
    if (!cli_output_to_stdout(settings))
        status = alicorn_write_cosite_table(result, &view, stdout, error);
    if (status == ALICORN_OK)
        status = cli_output_cosite(settings, result, error);
    return status;
}

/** With --check: 5 if a receiver is disturbed; with --strict also if that cannot be told. */
static int judge(const cli_settings *settings, const alicorn_cosite_result *result)
{
    bool bad = false, open = result->unknown_count > 0;
    for (size_t i = 0; i < result->entry_count; i++) {
        bad |= result->entries[i].margin_db > result->margin_db;
        open |= result->entries[i].margin_most_db > result->margin_db;
    }
    for (size_t i = 0; i < result->radio_count; i++) {
        const alicorn_cosite_total *total = &result->totals[i];
        bad |= total->applies && total->margin_db > result->margin_db;
        open |= total->applies && total->margin_most_db > result->margin_db;
    }
    bool failed = bad || (open && settings->cosite.strict);
    return settings->cosite.check && failed ? ALICORN_E_REQUIREMENT : ALICORN_OK;
}

static alicorn_cosite_options options_of(const cli_settings *settings)
{
    alicorn_cosite_options options;
    alicorn_cosite_options_default(&options);
    options.order = settings->cosite.order;
    options.tones = settings->cosite.tones;
    options.margin_db = settings->cosite.margin_db;
    options.floor_db = settings->cosite.floor_db;
    options.hold = settings->cosite.hold;
    options.plan = !settings->cosite.no_plan;
    options.samples = (size_t)settings->cosite.samples;
    options.progress = cli_progress;
    return options;
}

/** Analyse and write. Returns the exit status. */
static int analyse(const cli_settings *settings, const alicorn_radios *radios)
{
    const alicorn_cosite_options options = options_of(settings);
    alicorn_cosite_result *result = NULL;
    alicorn_error error = {0};
    alicorn_status status = alicorn_cosite_run(radios, &options, &result, &error);
    cli_progress_clear();
    int exit_status = cli_exit_reading(status);
    if (status == ALICORN_OK) {
        status = write_results(settings, result, &error);
        exit_status = status == ALICORN_OK ? judge(settings, result) : cli_exit_writing(status);
    }
    if (status != ALICORN_OK)
        cli_error_print(&error);
    alicorn_cosite_result_destroy(result);
    return exit_status;
}

int cli_run_cosite(cli_settings *settings, char **operands, int operand_count)
{
    alicorn_error error = {0};
    alicorn_radios *radios = NULL;
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    (void)operand_count;
    alicorn_status status = cli_output_check(settings, operands[0], &error);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return cli_exit_writing(status);
    }
    status = read_radios(settings, operands[0], &reporter, &radios, &error);
    cli_progress_begin(!settings->quiet);
    if (status == ALICORN_OK)
        status = give_networks(settings, &reporter, radios, &error);
    cli_progress_clear();
    if (status != ALICORN_OK && reporter.errors == 0)
        cli_error_print(&error);
    int exit_status = status == ALICORN_OK ? analyse(settings, radios) : cli_exit_reading(status);
    cli_progress_end();
    alicorn_radios_destroy(radios);
    return exit_status;
}
