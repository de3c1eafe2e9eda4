/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"
#include "progress.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int cli_read_model(const cli_settings *settings, const char *path, bool undriven,
                   cli_reporter *reporter, alicorn_model **model)
{
    alicorn_error error = {0};
    alicorn_read_options options = {.set_names = (const char *const *)settings->set_names,
                                    .set_values = settings->set_values,
                                    .set_count = settings->set_count,
                                    .mesher = settings->gmsh,
                                    .undriven = undriven,
                                    .requirements = settings->check.wanted,
                                    .report = cli_report,
                                    .report_user = reporter};
    alicorn_status status = alicorn_model_read(path, &options, model, &error);
    if (status != ALICORN_OK && reporter->errors == 0)
        cli_error_print(&error);
    return cli_exit_reading(status);
}

cli_reporter cli_reporter_to(FILE *stream, const cli_settings *settings)
{
    return (cli_reporter){
        .stream = stream, .off = (const char *const *)settings->off, .quiet = settings->quiet};
}

/** The lint's errors that a solve does not refuse leave an answer to be doubted: they are warnings
 * here, and its notes stay with `alicorn lint`. */
static void report_before_solve(void *user, const alicorn_diagnostic *diagnostic)
{
    alicorn_diagnostic doubt = *diagnostic;
    if (doubt.severity == ALICORN_NOTE)
        return;
    doubt.severity = ALICORN_WARNING;
    cli_report(user, &doubt);
}

/** Findings that are not wanted: what the purpose says or refuses in its own words, or does not ask
 * for. */
#define SAID_BY_WIRES                                                                              \
    "duplicate-wire", "zero-length", "no-radius", "below-ground", "in-ground-plane"
#define SAID_BY_SURFACES                                                                           \
    "bad-surface", "surfaces-cross", "face-in-ground", "wire-along-surface", "wire-near-surface"
#define NOT_ASKED "no-task", "no-source", "no-frequency", "source-zero", "source-twice"
static const char *const unwanted[][16] = {
    [CLI_TO_SOLVE] = {SAID_BY_WIRES, SAID_BY_SURFACES, NULL},
    [CLI_TO_MESH] = {"bad-surface", NOT_ASKED, NULL},
    [CLI_TO_RADAR] = {SAID_BY_WIRES, SAID_BY_SURFACES, NOT_ASKED, NULL},
};

alicorn_status cli_warn(const alicorn_model *model, cli_purpose purpose, cli_reporter *reporter,
                        alicorn_error *error)
{
    if (reporter->quiet)
        return ALICORN_OK;
    return alicorn_model_lint(model, unwanted[purpose], report_before_solve, reporter, NULL, error);
}

alicorn_options cli_solver(const cli_settings *settings, cli_reporter *reporter)
{
    alicorn_options solver = settings->solver;
    solver.report = cli_report;
    solver.report_user = reporter;
    solver.progress = cli_progress;
    return solver;
}

/* ---- projects by their folders ---- */

/** Whether a file has a line that begins with the key of projects. */
static bool is_project(const char *path)
{
    char line[256];
    bool found = false, start = true;
    FILE *file = fopen(path, "r");
    while (file && !found && fgets(line, sizeof line, file)) {
        found = start && strncmp(line, "alicorn:", 8) == 0;
        start = strchr(line, '\n') != NULL;
    }
    if (file)
        fclose(file);
    return found;
}

static bool is_yaml(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot != name && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

/** Path of the only project in a folder, to be freed; NULL and *error if there is not one. */
static char *project_in(const char *folder, alicorn_error *error)
{
    DIR *directory = opendir(folder);
    char *found = NULL;
    size_t count = 0;
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        size_t size = strlen(folder) + strlen(entry->d_name) + 2;
        char *path = is_yaml(entry->d_name) ? malloc(size) : NULL;
        if (!path)
            continue;
        snprintf(path, size, "%s/%s", folder, entry->d_name);
        if (is_project(path) && count++ == 0)
            found = path;
        else
            free(path);
    }
    if (directory)
        closedir(directory);
    if (count == 1)
        return found;
    cli_error(error, ALICORN_E_USAGE, "%s: %zu projects in this folder, expected one", folder,
              count);
    free(found);
    return NULL;
}

alicorn_status cli_model_path(const char *operand, char **path, alicorn_error *error)
{
    struct stat facts;
    if (stat(operand, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        *path = project_in(operand, error);
        return *path ? ALICORN_OK : ALICORN_E_USAGE;
    }
    *path = strdup(operand);
    return *path ? ALICORN_OK : cli_error(error, ALICORN_E_MEMORY, "out of memory");
}

/* ---- cross-sections ---- */

static alicorn_angles angles_of(const cli_range *range, double standard)
{
    return range->count > 0 ? (alicorn_angles){range->start, range->step, range->count}
                            : (alicorn_angles){.start_deg = standard, .count = 1};
}

alicorn_rcs_request cli_rcs_request(const cli_settings *settings)
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

alicorn_status cli_solve_rcs(const cli_settings *settings, const alicorn_model *model,
                             const alicorn_options *solver, alicorn_result **result,
                             alicorn_error *error)
{
    alicorn_rcs_request request = cli_rcs_request(settings);
    if (!request.frequencies_hz)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    alicorn_status status = alicorn_solve_rcs(model, &request, solver, result, error);
    free((double *)request.frequencies_hz);
    return status;
}

alicorn_status cli_predict_rcs(const cli_settings *settings, const alicorn_model *model,
                               alicorn_prediction *prediction, alicorn_error *error)
{
    alicorn_rcs_request request = cli_rcs_request(settings);
    if (!request.frequencies_hz)
        return cli_error(error, ALICORN_E_MEMORY, "out of memory");
    alicorn_status status =
        alicorn_predict_rcs(model, &request, &settings->solver, prediction, error);
    free((double *)request.frequencies_hz);
    return status;
}
