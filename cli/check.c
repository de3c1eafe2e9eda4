/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "errand.h"
#include "error.h"
#include "model.h"
#include "output.h"

#include <stdlib.h>

static alicorn_status solve_required(const cli_settings *settings, const alicorn_model *model,
                                     alicorn_result **result, alicorn_error *error)
{
    return alicorn_solve(model, &settings->solver, result, error);
}

static alicorn_status predict_required(const cli_settings *settings, const alicorn_model *model,
                                       alicorn_prediction *prediction, alicorn_error *error)
{
    return alicorn_predict(model, &settings->solver, prediction, error);
}

/** Judge and tell. */
static int conclude(const cli_settings *settings, const alicorn_model *model,
                    const alicorn_result *result)
{
    alicorn_check *check = NULL;
    alicorn_error error = {0};
    alicorn_status status = alicorn_check_requirements(model, result, &check, &error);
    int exit_status = cli_exit_reading(status);
    if (status == ALICORN_OK) {
        if (!cli_output_to_stdout(settings))
            status = alicorn_write_check_table(check, stdout, &error);
        if (status == ALICORN_OK)
            status = cli_output_check_files(settings, check, &error);
        bool bad = check->failed > 0 || (settings->check.strict && check->undecided > 0);
        exit_status =
            status == ALICORN_OK && bad ? ALICORN_E_REQUIREMENT : cli_exit_writing(status);
    }
    if (status != ALICORN_OK)
        cli_error_print(&error);
    alicorn_check_destroy(check);
    return exit_status;
}

int cli_run_check(cli_settings *settings, char **operands, int operand_count)
{
    static const cli_errand work = {.solve = solve_required,
                                    .predict = predict_required,
                                    .conclude = conclude,
                                    .idle = true,
                                    .whole = true};
    alicorn_error error = {0};
    char *path = NULL;
    (void)operand_count;
    alicorn_status status = cli_model_path(operands[0], &path, &error);
    if (status != ALICORN_OK) {
        cli_error_print(&error);
        return cli_exit_reading(status);
    }
    settings->check.wanted = true;
    int exit_status = cli_errand_run_resumable(settings, path, &work);
    free(path);
    return exit_status;
}
