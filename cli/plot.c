/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "errand.h"
#include "error.h"
#include "model.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is asked ---- */

/** The kind of that name. */
static alicorn_status find_kind(const char *name, alicorn_plot_kind *kind, alicorn_error *error)
{
    const char *known[32];
    size_t count = 0;
    for (const char *text; (text = alicorn_plot_kind_text((alicorn_plot_kind)count)); count++) {
        known[count] = text;
        if (strcmp(text, name) == 0) {
            *kind = (alicorn_plot_kind)count;
            return ALICORN_OK;
        }
    }
    const char *nearest = cli_nearest(name, known, count);
    if (nearest)
        return cli_error(error, ALICORN_E_USAGE,
                         "there is no plot of kind '%s', did you mean '%s'?", name, nearest);
    return cli_error(error, ALICORN_E_USAGE,
                     "there is no plot of kind '%s', see 'alicorn help plot'", name);
}

static bool angles_given(const cli_settings *settings)
{
    return settings->theta.count > 0 || settings->phi.count > 0 ||
           settings->receive_theta.count > 0 || settings->receive_phi.count > 0;
}

/** The settings as options of the library; frequencies_hz is to be freed. NULL there without
 * memory. Cross-sections are solved at the wanted frequencies only. */
static alicorn_plot_options options_of(const cli_settings *settings)
{
    const cli_plot *own = &settings->drawing;
    const cli_range *range = &settings->frequency;
    bool solved_so = own->kind == ALICORN_PLOT_RCS;
    double *frequencies = malloc((range->count + 1) * sizeof *frequencies);
    for (size_t i = 0; frequencies && i < range->count; i++)
        frequencies[i] = 1e6 * (range->start + (double)i * range->step);
    return (alicorn_plot_options){.title = own->title,
                                  .ports = own->ports.item,
                                  .port_count = own->ports.count,
                                  .pairs = own->pairs.item,
                                  .pair_count = own->pairs.count,
                                  .components = own->components.item,
                                  .component_count = own->components.count,
                                  .frequencies_hz = frequencies,
                                  .frequency_count = solved_so ? 0 : range->count,
                                  .task = solved_so ? 0 : (size_t)own->task,
                                  .pattern = (size_t)own->pattern,
                                  .cut = (alicorn_plot_cut)own->cut,
                                  .angle_deg = own->angle,
                                  .floor = own->floor,
                                  .ceiling = own->ceiling,
                                  .polar = own->polar,
                                  .azimuth_deg = own->azimuth,
                                  .elevation_deg = own->elevation};
}

/** Check the options, and against the model if there is one. */
static alicorn_status check(const cli_settings *settings, const alicorn_model *model,
                            alicorn_error *error)
{
    alicorn_plot_options options = options_of(settings);
    if (!options.frequencies_hz)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    alicorn_status status = alicorn_plot_check(settings->drawing.kind, model, &options, error);
    free((double *)options.frequencies_hz);
    return status;
}

/* ---- drawing ---- */

/** Draw into memory first: what cannot be drawn leaves no half file. Returns the exit status. */
static int draw(const cli_settings *settings, const alicorn_plot_input *input)
{
    char *svg = NULL;
    size_t length = 0;
    alicorn_error error = {0};
    alicorn_plot_options options = options_of(settings);
    FILE *memory = options.frequencies_hz ? open_memstream(&svg, &length) : NULL;
    alicorn_status status = ALICORN_E_MEMORY;
    if (memory)
        status = alicorn_write_plot(settings->drawing.kind, input, &options, memory, &error);
    else
        cli_error(&error, status, "out of memory");
    if (memory && fclose(memory) && status == ALICORN_OK)
        status = cli_error(&error, ALICORN_E_MEMORY, "out of memory");
    int exit_status = cli_exit_reading(status);
    if (status == ALICORN_OK) {
        status = cli_output_text(settings, svg, length, &error);
        exit_status = cli_exit_writing(status);
    }
    if (status != ALICORN_OK)
        cli_error_print(&error);
    free(svg);
    free((double *)options.frequencies_hz);
    return exit_status;
}

static int conclude(const cli_settings *settings, const alicorn_model *model,
                    const alicorn_result *result)
{
    const alicorn_plot_input input = {
        .source = settings->drawing.source, .model = model, .result = result};
    return draw(settings, &input);
}

static alicorn_status solve(const cli_settings *settings, const alicorn_model *model,
                            alicorn_result **result, alicorn_error *error)
{
    alicorn_status status = check(settings, model, error);
    if (status != ALICORN_OK)
        return status;
    return settings->drawing.kind == ALICORN_PLOT_RCS
               ? cli_solve_rcs(settings, model, &settings->solver, result, error)
               : alicorn_solve(model, &settings->solver, result, error);
}

static alicorn_status predict(const cli_settings *settings, const alicorn_model *model,
                              alicorn_prediction *prediction, alicorn_error *error)
{
    return settings->drawing.kind == ALICORN_PLOT_RCS
               ? cli_predict_rcs(settings, model, prediction, error)
               : alicorn_predict(model, &settings->solver, prediction, error);
}

/* ---- what it is drawn of ---- */

static int draw_touchstone(const cli_settings *settings, const char *path)
{
    static const alicorn_plot_kind beyond[] = {ALICORN_PLOT_PATTERN, ALICORN_PLOT_RCS,
                                               ALICORN_PLOT_MODEL};
    alicorn_error error = {0};
    alicorn_network *network = NULL;
    alicorn_status status = ALICORN_OK;
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
        if (settings->drawing.kind == beyond[i])
            status = cli_error(&error, ALICORN_E_USAGE,
                               "%s: a Touchstone file has no %s, expected a deck or project", path,
                               alicorn_plot_kind_text(beyond[i]));
    if (status == ALICORN_OK)
        status = cli_output_check(settings, path, &error);
    int exit_status = cli_exit_writing(status);
    if (status == ALICORN_OK) {
        status = alicorn_network_read(path, &network, &error);
        exit_status = cli_exit_reading(status);
    }
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return exit_status;
    }
    const alicorn_plot_input input = {.source = path, .network = network};
    exit_status = draw(settings, &input);
    alicorn_network_destroy(network);
    return exit_status;
}

/** Without a solve. */
static int draw_model(const cli_settings *settings, const char *path)
{
    alicorn_error error = {0};
    alicorn_model *model = NULL;
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    alicorn_status status = cli_output_check(settings, path, &error);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return cli_exit_writing(status);
    }
    int exit_status = cli_read_model(settings, path, true, &reporter, &model);
    if (exit_status == 0)
        exit_status = conclude(settings, model, NULL);
    alicorn_model_destroy(model);
    return exit_status;
}

static int draw_solved(cli_settings *settings, const char *path)
{
    const cli_errand work = {.solve = solve,
                             .predict = predict,
                             .conclude = conclude,
                             .undriven = settings->drawing.kind == ALICORN_PLOT_RCS};
    return cli_errand_run_resumable(settings, path, &work);
}

/** Complete the settings. */
static alicorn_status begin(cli_settings *settings, char **operands, char **path,
                            alicorn_error *error)
{
    cli_plot *own = &settings->drawing;
    alicorn_status status = find_kind(operands[0], &own->kind, error);
    if (status == ALICORN_OK)
        status = check(settings, NULL, error);
    if (status == ALICORN_OK && own->kind != ALICORN_PLOT_RCS && angles_given(settings))
        status = cli_error(error, ALICORN_E_USAGE,
                           "--theta, --phi and the --bistatic options are of rcs");
    if (status == ALICORN_OK)
        status = cli_model_path(operands[1], path, error);
    if (status != ALICORN_OK)
        return status;
    own->source = *path;
    if (!own->output)
        own->output = "-";
    if (own->task > 0)
        settings->task = own->task;
    if (own->kind == ALICORN_PLOT_RCS && !angles_given(settings))
        settings->phi = (cli_range){.start = 0.0, .step = 1.0, .count = 361};
    return ALICORN_OK;
}

int cli_run_plot(cli_settings *settings, char **operands, int operand_count)
{
    alicorn_error error = {0};
    char *path = NULL;
    (void)operand_count;
    alicorn_status status = begin(settings, operands, &path, &error);
    int exit_status = cli_exit_reading(status);
    if (status != ALICORN_OK)
        cli_error_print(&error);
    else if (cli_is_touchstone(path))
        exit_status = draw_touchstone(settings, path);
    else if (settings->drawing.kind == ALICORN_PLOT_MODEL)
        exit_status = draw_model(settings, path);
    else
        exit_status = draw_solved(settings, path);
    free(path);
    return exit_status;
}
