/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "error.h"
#include "model.h"
#include "output.h"
#include "progress.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/** Solve what the requirements need and judge them. */
static alicorn_status solve_and_judge(const cli_settings *settings, const alicorn_model *model,
                                      cli_reporter *reporter, alicorn_check **check,
                                      alicorn_error *error)
{
    alicorn_options solver = cli_solver(settings, reporter);
    alicorn_result *result = NULL;
    cli_progress_begin(!settings->quiet);
    alicorn_status status = alicorn_solve(model, &solver, &result, error);
    cli_progress_clear();
    if (status == ALICORN_OK)
        status = alicorn_check_requirements(model, result, check, error);
    cli_progress_end();
    alicorn_result_destroy(result);
    return status;
}

static alicorn_status write_verdicts(const cli_settings *settings, const alicorn_check *check,
                                     alicorn_error *error)
{
    alicorn_status status = ALICORN_OK;
    if (!cli_output_to_stdout(settings))
        status = alicorn_write_check_table(check, stdout, error);
    return status == ALICORN_OK ? cli_output_check_files(settings, check, error) : status;
}

static int check_model(const cli_settings *settings, const alicorn_model *model,
                       cli_reporter *reporter)
{
    alicorn_check *check = NULL;
    alicorn_error error = {0};
    alicorn_status status = cli_warn(model, CLI_TO_SOLVE, reporter, &error);
    if (status == ALICORN_OK)
        status = solve_and_judge(settings, model, reporter, &check, &error);
    int exit_status = cli_exit_writing(status);
    if (status == ALICORN_OK) {
        status = write_verdicts(settings, check, &error);
        bool bad = check->failed > 0 || (settings->check.strict && check->undecided > 0);
        exit_status = status != ALICORN_OK ? cli_exit_writing(status)
                      : bad                ? ALICORN_E_REQUIREMENT
                                           : ALICORN_OK;
    }
    if (status != ALICORN_OK)
        cli_error_print(&error);
    alicorn_check_destroy(check);
    return exit_status;
}

int cli_run_check(cli_settings *settings, char **operands, int operand_count)
{
    struct stat facts;
    alicorn_error error = {0};
    alicorn_model *model = NULL;
    char *found = NULL;
    cli_reporter reporter = cli_reporter_to(stderr, settings);
    (void)operand_count;
    if (stat(operands[0], &facts) == 0 && S_ISDIR(facts.st_mode)) {
        found = project_in(operands[0], &error);
        if (!found) {
            cli_error_print(&error);
            return ALICORN_E_USAGE;
        }
    }
    const char *path = found ? found : operands[0];
    alicorn_status status = cli_output_check(settings, path, &error);
    int exit_status = cli_exit_writing(status);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
    } else {
        settings->check.wanted = true;
        exit_status = cli_read_model(settings, path, false, &reporter, &model);
        if (exit_status == 0)
            exit_status = check_model(settings, model, &reporter);
    }
    alicorn_model_destroy(model);
    free(found);
    return exit_status;
}
