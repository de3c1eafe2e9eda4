/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "error.h"
#include "model.h"
#include "output.h"
#include "progress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** A or B. */
typedef struct side {
    char *path;               /**< a folder's project in its place */
    alicorn_model *model;     /**< NULL of a Touchstone file */
    alicorn_network *network; /**< of a Touchstone file */
    alicorn_radios *radios;
    alicorn_result *result, *rcs;
    alicorn_cosite_result *cosite;
} side;

static bool rcs_wanted(const cli_settings *settings)
{
    return settings->theta.count > 0 || settings->phi.count > 0;
}

static void clear_side(side *s)
{
    alicorn_cosite_result_destroy(s->cosite);
    alicorn_result_destroy(s->result);
    alicorn_result_destroy(s->rcs);
    alicorn_radios_destroy(s->radios);
    alicorn_network_destroy(s->network);
    alicorn_model_destroy(s->model);
    free(s->path);
}

/* ---- before anything is solved ---- */

/** What a Touchstone file cannot answer. */
static alicorn_status check_touchstone(const cli_settings *settings, const char *path,
                                       alicorn_error *error)
{
    const char *lacks = rcs_wanted(settings)                     ? "cross-sections"
                        : !isnan(settings->compare.coverage_dbi) ? "patterns"
                                                                 : NULL;
    if (!lacks || !cli_is_touchstone(path))
        return ALICORN_OK;
    return cli_error(error, ALICORN_E_USAGE,
                     "%s: a Touchstone file has no %s, expected a deck or project", path, lacks);
}

static alicorn_status check_usage(const cli_settings *settings, char **operands, side sides[2],
                                  alicorn_error *error)
{
    const cli_compare *compare = &settings->compare;
    alicorn_status status = ALICORN_OK;
    if (!compare->radios && (compare->s[0] || compare->s[1]))
        return cli_error(error, ALICORN_E_USAGE, "--s-%c needs --radios",
                         compare->s[0] ? 'a' : 'b');
    if (strcmp(operands[0], "-") == 0 && strcmp(operands[1], "-") == 0)
        return cli_error(error, ALICORN_E_USAGE, "A and B cannot both be standard input");
    for (int k = 0; k < 2 && status == ALICORN_OK; k++) {
        status = cli_model_path(operands[k], &sides[k].path, error);
        if (status == ALICORN_OK)
            status = check_touchstone(settings, sides[k].path, error);
        if (status == ALICORN_OK)
            status = cli_output_check(settings, sides[k].path, error);
    }
    return status;
}

/** Give the radios' platforms the S of this side: the only one, or those that have none. */
static alicorn_status give_network(const cli_settings *settings, int k, side *s,
                                   alicorn_error *error)
{
    const char *file = settings->compare.s[k];
    size_t count = alicorn_radios_platform_count(s->radios);
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < count && status == ALICORN_OK; i++) {
        alicorn_network *network = NULL;
        if (count > 1 && alicorn_radios_has_network(s->radios, i))
            continue;
        if (!file && !s->model)
            status = alicorn_network_read(s->path, &network, error);
        else
            status = file ? alicorn_network_read(file, &network, error)
                          : alicorn_network_from_result(s->result, 0, &network, error);
        if (status == ALICORN_OK)
            status = alicorn_radios_set_network(s->radios, alicorn_radios_platform(s->radios, i),
                                                network, error);
    }
    return status;
}

/** Read what one side is. Returns the exit status; what was wrong is printed. */
static int read_side(const cli_settings *settings, int k, side *s, cli_reporter *reporter)
{
    alicorn_error error = {0};
    alicorn_status status = ALICORN_OK;
    /* the radios of both are the same: their warnings come once */
    const alicorn_read_options radios = {.report = k == 0 ? cli_report : NULL,
                                         .report_user = reporter};
    if (cli_is_touchstone(s->path)) {
        status = alicorn_network_read(s->path, &s->network, &error);
    } else {
        int exit_status =
            cli_read_model(settings, s->path, rcs_wanted(settings), reporter, &s->model);
        if (exit_status != 0)
            return exit_status;
        status = cli_warn(s->model, rcs_wanted(settings) ? CLI_TO_RADAR : CLI_TO_SOLVE, reporter,
                          &error);
    }
    if (status == ALICORN_OK && settings->compare.radios)
        status = alicorn_radios_read(settings->compare.radios, &radios, &s->radios, &error);
    /* before long solves */
    if (status == ALICORN_OK && s->radios && (settings->compare.s[k] || s->network))
        status = give_network(settings, k, s, &error);
    if (status != ALICORN_OK && reporter->errors == 0)
        cli_error_print(&error);
    return cli_exit_reading(status);
}

/* ---- solving ---- */

static alicorn_status solve_side(const cli_settings *settings, side *s, cli_reporter *reporter,
                                 alicorn_error *error)
{
    alicorn_options solver = cli_solver(settings, reporter);
    if (!s->model)
        return ALICORN_OK;
    alicorn_status status = alicorn_solve(s->model, &solver, &s->result, error);
    if (status == ALICORN_OK && rcs_wanted(settings))
        status = cli_solve_rcs(settings, s->model, &solver, &s->rcs, error);
    return status;
}

static alicorn_status analyse_side(const cli_settings *settings, int k, side *s,
                                   alicorn_error *error)
{
    alicorn_cosite_options options;
    alicorn_status status = ALICORN_OK;
    if (!s->radios)
        return ALICORN_OK;
    alicorn_cosite_options_default(&options);
    options.plan = 0;
    options.progress = cli_progress;
    if (s->model && !settings->compare.s[k])
        status = give_network(settings, k, s, error);
    return status == ALICORN_OK ? alicorn_cosite_run(s->radios, &options, &s->cosite, error)
                                : status;
}

/* ---- the comparison ---- */

static alicorn_compare_input input_of(const side *s)
{
    return (alicorn_compare_input){.title = s->path,
                                   .result = s->result,
                                   .network = s->network,
                                   .rcs = s->rcs,
                                   .cosite = s->cosite};
}

static alicorn_status compare_sides(const cli_settings *settings, const side sides[2],
                                    alicorn_comparison **comparison, alicorn_error *error)
{
    const alicorn_compare_input a = input_of(&sides[0]), b = input_of(&sides[1]);
    alicorn_compare_options options;
    alicorn_compare_options_default(&options);
    if (!isnan(settings->compare.coverage_dbi))
        options.coverage_dbi = settings->compare.coverage_dbi;
    options.percent = settings->compare.percent;
    options.sectors = (size_t)settings->compare.sectors;
    return alicorn_compare(&a, &b, &options, comparison, error);
}

static bool has_requirements(const side *s)
{
    return s->model && alicorn_model_requirement_count(s->model) > 0;
}

static alicorn_status write_results(const cli_settings *settings, const side sides[2],
                                    const alicorn_comparison *comparison, alicorn_error *error)
{
    const alicorn_compare_view view = {.color = cli_color_wanted(),
                                       .list = (size_t)settings->compare.list};
    alicorn_status status = ALICORN_OK;
    if (!cli_output_to_stdout(settings)) {
        status = alicorn_write_compare_table(comparison, &view, stdout, error);
        if (has_requirements(&sides[0]) && has_requirements(&sides[1]))
            puts("Both have requirements: 'alicorn check' holds each against its own.");
    }
    return status == ALICORN_OK ? cli_output_compare(settings, comparison, error) : status;
}

/** Solve, analyse, compare and write. Returns the exit status. */
static int compare(const cli_settings *settings, side sides[2], cli_reporter *reporter)
{
    alicorn_error error = {0};
    alicorn_comparison *comparison = NULL;
    alicorn_status status = ALICORN_OK;
    cli_progress_begin(!settings->quiet);
    for (int k = 0; k < 2 && status == ALICORN_OK; k++)
        status = solve_side(settings, &sides[k], reporter, &error);
    for (int k = 0; k < 2 && status == ALICORN_OK; k++)
        status = analyse_side(settings, k, &sides[k], &error);
    cli_progress_clear();
    int exit_status = cli_exit_reading(status);
    if (status == ALICORN_OK) {
        status = compare_sides(settings, sides, &comparison, &error);
        if (status == ALICORN_OK)
            status = write_results(settings, sides, comparison, &error);
        exit_status = cli_exit_writing(status);
    }
    cli_progress_end();
    if (status != ALICORN_OK)
        cli_error_print(&error);
    alicorn_comparison_destroy(comparison);
    return exit_status;
}

int cli_run_compare(cli_settings *settings, char **operands, int operand_count)
{
    alicorn_error error = {0};
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    side sides[2] = {{0}, {0}};
    (void)operand_count;
    alicorn_status status = check_usage(settings, operands, sides, &error);
    if (status != ALICORN_OK)
        cli_error_print(&error);
    int exit_status = cli_exit_writing(status);
    for (int k = 0; k < 2 && exit_status == 0; k++)
        exit_status = read_side(settings, k, &sides[k], &reporter);
    if (exit_status == 0)
        exit_status = compare(settings, sides, &reporter);
    clear_side(&sides[0]);
    clear_side(&sides[1]);
    return exit_status;
}
